/*
 * Pictures that are programs for a printer or a screen: EPS, EMF and WMF.  We
 * run none; how large they want to be stands at their beginning, and that much
 * room they get.  The sizes are those that Apache FOP gives them.
 */
#include <stdlib.h>
#include <string.h>

#include "images/images_int.h"

#define UNITS_PER_POINT 1000

/* As pixels, of which a thousand make a point. */
static enum image_fault
box_of(double w, double h, struct image *im)
{
	if (!(w > 0 && h > 0))
		return IMAGE_DAMAGED;
	if (w > 1e6 || h > 1e6)
		return IMAGE_LARGE;
	im->kind = IMAGE_BOX;
	im->width = (int)(w * UNITS_PER_POINT + 0.5);
	im->height = (int)(h * UNITS_PER_POINT + 0.5);
	im->dpi_x = im->dpi_y = 72.0 * UNITS_PER_POINT;
	return IMAGE_GOOD;
}

static uint32_t
word_at(const unsigned char *p, int bytes)
{
	uint32_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | p[bytes];
	return v;
}

/* ------------------------------------------------------------------- EPS */

/* The four numbers of a comment "%%NAME: x0 y0 x1 y1" in the header. */
static bool
find_box(const char *head, const char *name, double *w, double *h)
{
	const char *at = strstr(head, name);
	double v[4];

	if (at == NULL)
		return false;
	at += strlen(name);
	for (int i = 0; i < 4; i++) {
		at += strspn(at, " \t");
		if (!num_parse(at, &at, &v[i]))
			return false;
	}
	*w = v[2] - v[0];
	*h = v[3] - v[1];
	return true;
}

/* Adobe's EPSF 3.0; with a preview, the program stands behind a header. */
static enum image_fault
read_eps(const unsigned char *p, size_t n, struct image *im)
{
	enum { HEAD = 16384 };
	size_t from = 0;
	char *head;
	double w = 0, h = 0;

	if (n >= 12 && p[0] == 0xC5)
		from = word_at(p + 4, 4);
	if (from >= n)
		return IMAGE_DAMAGED;
	n = n - from < HEAD ? n - from : HEAD;
	head = memcpy(xmalloc(n + 1), p + from, n);
	head[n] = '\0';
	if (!find_box(head, "%%HiResBoundingBox:", &w, &h))
		find_box(head, "%%BoundingBox:", &w, &h);
	free(head);
	return box_of(w, h, im);
}

/* ------------------------------------------------------------- metafiles */

/* [MS-EMF] 2.2.9: the frame, in hundredths of a millimetre. */
static enum image_fault
read_emf(const unsigned char *p, size_t n, struct image *im)
{
	const double unit = 72 / 2540.0;
	int32_t r[4];

	if (n < 40)
		return IMAGE_DAMAGED;
	for (int i = 0; i < 4; i++)
		r[i] = (int32_t)word_at(p + 24 + 4 * i, 4);
	return box_of(((double)r[2] - r[0]) * unit, ((double)r[3] - r[1]) *
	    unit, im);
}

/* [MS-WMF] 2.3.2.3: a box and how many of its units are an inch. */
static enum image_fault
read_wmf(const unsigned char *p, size_t n, struct image *im)
{
	double per_inch;
	int16_t r[4];

	if (n < 22)
		return IMAGE_DAMAGED;
	for (int i = 0; i < 4; i++)
		r[i] = (int16_t)word_at(p + 6 + 2 * i, 2);
	per_inch = word_at(p + 14, 2);
	if (per_inch == 0)
		return IMAGE_DAMAGED;
	return box_of((r[2] - r[0]) * 72 / per_inch, (r[3] - r[1]) * 72 /
	    per_inch, im);
}

enum image_fault
image_read_box(const unsigned char *p, size_t n, struct image *im)
{
	if (n >= 4 && (!memcmp(p, "%!PS", 4) ||
	    !memcmp(p, "\xC5\xD0\xD3\xC6", 4)))
		return read_eps(p, n, im);
	if (n >= 44 && !memcmp(p, "\x01\0\0\0", 4) &&
	    !memcmp(p + 40, " EMF", 4))
		return read_emf(p, n, im);
	if (n >= 4 && !memcmp(p, "\xD7\xCD\xC6\x9A", 4))
		return read_wmf(p, n, im);
	return IMAGE_FORMAT;
}
