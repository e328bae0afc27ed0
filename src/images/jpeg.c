/*
 * JPEG: the headers are read and checked, the picture itself is passed on
 * undecoded (PDF knows it as DCTDecode).  What goes on is the picture and
 * nothing else: camera data, places, thumbnails and comments stay behind,
 * they are no business of the document's readers.
 *
 * A file is a chain of segments, FF kind length…, and after each SOS segment
 * coded data up to the next marker (ITU-T T.81, annex B).
 */
#include <stdlib.h>
#include <string.h>

#include "images/images_int.h"

enum {
	M_SOF0 = 0xC0, M_SOF2 = 0xC2, M_DHT = 0xC4, M_JPG = 0xC8,
	M_DAC = 0xCC, M_SOF15 = 0xCF, M_RST0 = 0xD0, M_RST7 = 0xD7,
	M_SOI = 0xD8, M_EOI = 0xD9, M_SOS = 0xDA, M_APP0 = 0xE0,
	M_APP1 = 0xE1, M_APP2 = 0xE2, M_APP14 = 0xEE, M_APP15 = 0xEF,
	M_COM = 0xFE, M_TEM = 0x01
};

struct parser {
	const unsigned char *p, *end;
	struct image *im;
	struct buf out;		/* what is passed on */
	struct buf icc;
	int icc_next;		/* number of the next part of the profile */
	bool frame, scan, adobe, density;
};

static unsigned
u16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

/* ----------------------------------------------------------------- Exif */

struct tiff {
	const unsigned char *p;
	size_t n;
	bool little;
};

static uint32_t
tiff_uint(const struct tiff *t, size_t at, int bytes)
{
	uint32_t v = 0;

	if (at > t->n || t->n - at < (size_t)bytes)
		return 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | t->p[at + (size_t)(t->little ? bytes - 1 - i : i)];
	return v;
}

static double
tiff_ratio(const struct tiff *t, size_t entry)
{
	size_t at = tiff_uint(t, entry + 8, 4);
	uint32_t den = tiff_uint(t, at + 4, 4);

	return den ? (double)tiff_uint(t, at, 4) / den : 0;
}

/* The first directory's orientation and resolution (Exif 2.3, 4.6.4). */
static void
read_exif(struct parser *ps, const unsigned char *p, size_t n)
{
	struct tiff t = { p, n, n > 0 && p[0] == 'I' };
	size_t dir = tiff_uint(&t, 4, 4);
	unsigned count = tiff_uint(&t, dir, 2), unit = 2;
	double x = 0, y = 0;

	if (tiff_uint(&t, 2, 2) != 42)
		return;
	for (size_t i = 0, e = dir + 2; i < count && e + 12 <= n; i++, e += 12) {
		unsigned value = tiff_uint(&t, e + 8, 2);

		switch (tiff_uint(&t, e, 2)) {
		case 0x0112:
			if (value >= 1 && value <= 8)
				ps->im->orientation = (int)value;
			break;
		case 0x011A:
			x = tiff_ratio(&t, e);
			break;
		case 0x011B:
			y = tiff_ratio(&t, e);
			break;
		case 0x0128:
			unit = value;
			break;
		}
	}
	if (!ps->density && (unit == 2 || unit == 3) && x > 0 && y > 0) {
		ps->im->dpi_x = unit == 3 ? x * 2.54 : x;
		ps->im->dpi_y = unit == 3 ? y * 2.54 : y;
	}
}

/* ------------------------------------------------------------- segments */

static void
read_jfif(struct parser *ps, const unsigned char *p, size_t n)
{
	double x, y;

	if (n < 12 || memcmp(p, "JFIF", 5) || p[7] < 1 || p[7] > 2)
		return;
	x = u16(p + 8);
	y = u16(p + 10);
	if (x <= 0 || y <= 0)
		return;
	ps->im->dpi_x = p[7] == 2 ? x * 2.54 : x;
	ps->im->dpi_y = p[7] == 2 ? y * 2.54 : y;
	ps->density = true;
}

/* A profile comes in numbered parts (ICC.1, B.4); out of order it is left. */
static void
read_icc(struct parser *ps, const unsigned char *p, size_t n)
{
	if (n < 14 || memcmp(p, "ICC_PROFILE", 12))
		return;
	if (p[12] != ps->icc_next + 1 || p[12] > p[13])
		ps->icc_next = -1000;
	else
		ps->icc_next++;
	if (ps->icc_next > 0)
		buf_put(&ps->icc, p + 14, n - 14);
}

static enum image_fault
read_frame(struct parser *ps, int kind, const unsigned char *p, size_t n)
{
	struct image *im = ps->im;

	if (ps->frame || n < 6 || n < 6 + 3 * (size_t)p[5])
		return IMAGE_DAMAGED;
	/* PDF takes Huffman coding of 8 bits: baseline, extended sequential and
	 * progressive (ISO 32000-1, 7.4.8). */
	if (kind > M_SOF2 || p[0] != 8)
		return IMAGE_FORMAT;
	im->height = (int)u16(p + 1);
	im->width = (int)u16(p + 3);
	im->components = p[5];
	if (im->width == 0 || im->height == 0)
		return IMAGE_DAMAGED;
	if ((int64_t)im->width * im->height > IMAGE_MAX_PIXELS)
		return IMAGE_LARGE;
	if (p[5] != 1 && p[5] != 3 && p[5] != 4)
		return IMAGE_FORMAT;
	ps->frame = true;
	return IMAGE_GOOD;
}

/* Skips coded data: FF 00 is a byte FF, FF D0…D7 are restarts. */
static void
copy_scan(struct parser *ps)
{
	const unsigned char *from = ps->p;

	while (ps->p < ps->end) {
		ps->p = memchr(ps->p, 0xFF, (size_t)(ps->end - ps->p));
		if (!ps->p) {
			ps->p = ps->end;
		} else if (ps->end - ps->p < 2) {
			ps->p = ps->end;
		} else if (ps->p[1] == 0 ||
		    (ps->p[1] >= M_RST0 && ps->p[1] <= M_RST7)) {
			ps->p += 2;
		} else if (ps->p[1] == 0xFF) {
			ps->p++;
		} else {
			break;
		}
	}
	buf_put(&ps->out, from, (size_t)(ps->p - from));
}

/* A segment's contents, without its length. */
static enum image_fault
read_segment(struct parser *ps, int kind, const unsigned char *p, size_t n)
{
	if (kind >= M_SOF0 && kind <= M_SOF15 && kind != M_DHT &&
	    kind != M_JPG && kind != M_DAC)
		return read_frame(ps, kind, p, n);
	switch (kind) {
	case M_APP0:
		read_jfif(ps, p, n);
		break;
	case M_APP1:
		if (n > 6 && !memcmp(p, "Exif\0", 6))
			read_exif(ps, p + 6, n - 6);
		break;
	case M_APP2:
		read_icc(ps, p, n);
		break;
	case M_APP14:
		if (n >= 12 && !memcmp(p, "Adobe", 5))
			ps->adobe = true;
		break;
	case M_SOS:
		if (!ps->frame)
			return IMAGE_DAMAGED;
		ps->scan = true;
		break;
	}
	return IMAGE_GOOD;
}

/* The decoder needs Adobe's note of the colour transform; no other
 * application data nor comments. */
static bool
is_needed(int kind)
{
	return kind == M_APP14 ||
	    (kind != M_COM && !(kind >= M_APP0 && kind <= M_APP15));
}

/* One marker with its segment; *end is set at EOI. */
static enum image_fault
read_marker(struct parser *ps, bool *end)
{
	enum image_fault fault;
	const unsigned char *from;
	size_t n;
	int kind;

	while (ps->end - ps->p >= 2 && ps->p[0] == 0xFF && ps->p[1] == 0xFF)
		ps->p++;
	if (ps->end - ps->p < 2 || ps->p[0] != 0xFF)
		return IMAGE_DAMAGED;
	from = ps->p;
	kind = ps->p[1];
	ps->p += 2;
	if (kind == M_EOI) {
		*end = true;
		buf_put(&ps->out, from, 2);
		return ps->scan ? IMAGE_GOOD : IMAGE_DAMAGED;
	}
	if (kind == M_TEM || (kind >= M_RST0 && kind <= M_RST7))
		return IMAGE_GOOD;
	if (ps->end - ps->p < 2 || kind == 0 || kind == M_SOI)
		return IMAGE_DAMAGED;
	n = u16(ps->p);
	if (n < 2 || (size_t)(ps->end - ps->p) < n)
		return IMAGE_DAMAGED;
	fault = read_segment(ps, kind, ps->p + 2, n - 2);
	ps->p += n;
	if (is_needed(kind))
		buf_put(&ps->out, from, n + 2);
	if (fault == IMAGE_GOOD && kind == M_SOS)
		copy_scan(ps);
	return fault;
}

/* Orientations 5 to 8 lie on their side. */
static void
turn(struct image *im)
{
	int w = im->width;
	double x = im->dpi_x;

	if (im->orientation < 5)
		return;
	im->width = im->height;
	im->height = w;
	im->dpi_x = im->dpi_y;
	im->dpi_y = x;
}

enum image_fault
image_read_jpeg(const unsigned char *p, size_t n, struct image *im)
{
	struct parser ps = { .p = p + 2, .end = p + n, .im = im };
	enum image_fault fault = IMAGE_GOOD;
	bool end = false;

	im->kind = IMAGE_JPEG;
	buf_put(&ps.out, p, 2);
	while (fault == IMAGE_GOOD && !end)
		fault = read_marker(&ps, &end);
	if (fault == IMAGE_GOOD) {
		im->inverted = im->components == 4 && ps.adobe;
		turn(im);
		im->n = ps.out.n;
		im->data = (unsigned char *)buf_take(&ps.out);
		if (image_icc_fits((unsigned char *)ps.icc.p, ps.icc.n,
			im->components)) {
			im->icc_n = ps.icc.n;
			im->icc = (unsigned char *)buf_take(&ps.icc);
		}
	}
	buf_free(&ps.out);
	buf_free(&ps.icc);
	return fault;
}
