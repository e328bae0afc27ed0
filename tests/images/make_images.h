/*
 * Images for tests, made in memory: PNG of every kind by libpng, JPEG by hand
 * (blocks of one grey each, which need no more than two Huffman codes).
 */
#ifndef TESTS_MAKE_IMAGES_H
#define TESTS_MAKE_IMAGES_H

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

struct make_png {
	int width, height;
	int type, depth;	/* PNG_COLOR_TYPE_…, bits */
	bool interlaced, trns, bad_gamma, dense;
	const unsigned char *icc;
	size_t icc_n;
};

static void
make_write(png_structp png, png_bytep p, size_t n)
{
	buf_put(png_get_io_ptr(png), p, n);
}

static void
make_flush(png_structp png)
{
	(void)png;
}

/* Sample k of pixel (x,y), in `depth` bits: a picture without symmetry. */
static inline unsigned
make_sample(const struct make_png *m, int x, int y, int k)
{
	unsigned max = m->depth == 16 ? 65535 : (1u << m->depth) - 1;

	if (m->type == PNG_COLOR_TYPE_PALETTE)
		return (unsigned)(x + 2 * y) % (max < 4 ? max + 1 : 4);
	return (unsigned)((x * 37 + y * 101 + k * 59) % 256) * max / 255;
}

static inline int
make_channels(int type)
{
	switch (type) {
	case PNG_COLOR_TYPE_RGB:
		return 3;
	case PNG_COLOR_TYPE_RGB_ALPHA:
		return 4;
	case PNG_COLOR_TYPE_GRAY_ALPHA:
		return 2;
	default:
		return 1;
	}
}

static inline void
make_row(const struct make_png *m, int y, unsigned char *row, size_t size)
{
	int c = make_channels(m->type), bit = 0;

	memset(row, 0, size);
	for (int x = 0; x < m->width; x++)
		for (int k = 0; k < c; k++, bit += m->depth) {
			unsigned v = make_sample(m, x, y, k);

			if (m->depth == 16) {
				row[bit / 8] = (unsigned char)(v >> 8);
				row[bit / 8 + 1] = (unsigned char)v;
			} else {
				row[bit / 8] |= (unsigned char)(v
				    << (8 - m->depth - bit % 8));
			}
		}
}

static const png_color make_palette[4] = { { 255, 0, 0 }, { 0, 255, 0 },
	{ 0, 0, 255 }, { 9, 8, 7 } };

static inline void
make_png(struct buf *out, const struct make_png *m)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
	    NULL, NULL);
	png_infop info = png_create_info_struct(png);
	unsigned char row[8192];
	png_byte alpha[2] = { 0, 128 };
	png_color_16 key = { 0, 37, 0, 0, 37 };

	png_set_write_fn(png, out, make_write, make_flush);
	png_set_IHDR(png, info, (png_uint_32)m->width, (png_uint_32)m->height,
	    m->depth, m->type,
	    m->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (m->type == PNG_COLOR_TYPE_PALETTE)
		png_set_PLTE(png, info, make_palette, m->depth == 1 ? 2 : 4);
	if (m->trns && m->type == PNG_COLOR_TYPE_PALETTE)
		png_set_tRNS(png, info, alpha, 2, NULL);
	else if (m->trns) {
		/* The sample that make_sample gives at (0,0). */
		key.gray = (png_uint_16)make_sample(m, 0, 0, 0);
		key.red = key.gray;
		key.green = (png_uint_16)make_sample(m, 0, 0, 1);
		key.blue = (png_uint_16)make_sample(m, 0, 0, 2);
		png_set_tRNS(png, info, NULL, 0, &key);
	}
	if (m->dense)
		png_set_pHYs(png, info, 11811, 5906, PNG_RESOLUTION_METER);
	if (m->icc)
		png_set_iCCP(png, info, "p", 0, m->icc, (png_uint_32)m->icc_n);
	png_write_info(png, info);
	if (m->bad_gamma)
		png_write_chunk(png, (png_const_bytep)"gAMA",
		    (png_const_bytep)"x", 1);
	for (int pass = png_set_interlace_handling(png); pass > 0; pass--)
		for (int y = 0; y < m->height; y++) {
			make_row(m, y, row, sizeof row);
			png_write_row(png, row);
		}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
}

struct make_jpeg {
	int width, height;	/* multiples of 8 */
	int components;
	bool jfif, adobe, comment, progressive_12bit;
	int exif;		/* orientation, 0: no Exif */
	const unsigned char *icc;
	size_t icc_n;
};

static inline void
make_segment(struct buf *out, int kind, const void *p, size_t n)
{
	buf_putc(out, 0xFF);
	buf_putc(out, kind);
	buf_putc(out, (int)((n + 2) >> 8));
	buf_putc(out, (int)((n + 2) & 255));
	buf_put(out, p, n);
}

static inline void
make_exif(struct buf *out, int orientation)
{
	unsigned char e[] = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x03"
	    "\x01\x12\0\x03\0\0\0\x01\0\0\0\0"
	    "\x01\x1a\0\x05\0\0\0\x01\0\0\0\x32"
	    "\x01\x1b\0\x05\0\0\0\x01\0\0\0\x3a"
	    "\0\0\0\0\0\0\x01\x2c\0\0\0\x01\0\0\0\x96\0\0\0\x01GPS";

	e[25] = (unsigned char)orientation;
	make_segment(out, 0xE1, e, sizeof e - 1);
}

/* The block in the top left corner is dark, all others are light. */
static inline void
make_scan(struct buf *out, const struct make_jpeg *m)
{
	unsigned bits = 0, n = 0;
	size_t blocks = (size_t)(m->width / 8) * (size_t)(m->height / 8);

	for (size_t i = 0; i < blocks * (size_t)m->components; i++) {
		size_t b = i / (size_t)m->components;
		bool luma = i % (size_t)m->components == 0;
		/* 10 + 7 bits of difference, else 0: no change; then 0: the
		 * block's end.  Differences are of the quantised DC, 8 = one
		 * grey level with a quantiser of 8… here 100 = 100 levels. */
		unsigned code = 0, len = 2;

		if (luma && b == 0) {
			code = 2u << 8 | (unsigned)(127 - 100) << 1;
			len = 10;
		} else if (luma && b == 1) {
			code = 2u << 8 | 127u << 1;
			len = 10;
		}
		bits = bits << len | code;
		n += len;
		while (n >= 8) {
			n -= 8;
			buf_putc(out, (int)(bits >> n & 255));
			if ((bits >> n & 255) == 255)
				buf_putc(out, 0);
		}
	}
	if (n)
		buf_putc(out, (int)((bits << (8 - n) | (255u >> n)) & 255));
}

static inline void
make_jpeg(struct buf *out, const struct make_jpeg *m)
{
	unsigned char dqt[65], sof[18], sos[13];
	/* DC: 0 -> no difference, 10 -> seven bits follow.  AC: 0 -> end. */
	static const unsigned char dc[19] = { 0, 1, 1, [17] = 0, [18] = 7 };
	static const unsigned char ac[18] = { 0x10, 1, [17] = 0 };
	int c = m->components;

	buf_put(out, "\xFF\xD8", 2);
	if (m->jfif)
		make_segment(out, 0xE0, "JFIF\0\1\1\1\0\x48\0\x90\0\0", 14);
	if (m->exif)
		make_exif(out, m->exif);
	if (m->comment)
		make_segment(out, 0xFE, "secret place", 12);
	if (m->icc) {
		struct buf b = { 0 };
		size_t half = m->icc_n / 2;

		buf_put(&b, "ICC_PROFILE\0\1\2", 14);
		buf_put(&b, m->icc, half);
		make_segment(out, 0xE2, b.p, b.n);
		buf_clear(&b);
		buf_put(&b, "ICC_PROFILE\0\2\2", 14);
		buf_put(&b, m->icc + half, m->icc_n - half);
		make_segment(out, 0xE2, b.p, b.n);
		buf_free(&b);
	}
	if (m->adobe)
		make_segment(out, 0xEE, "Adobe\0\x64\0\0\0\0\0", 12);
	memset(dqt, 8, sizeof dqt);
	dqt[0] = 0;
	make_segment(out, 0xDB, dqt, sizeof dqt);
	memcpy(sof, (unsigned char[]){ m->progressive_12bit ? 12 : 8,
	    (unsigned char)(m->height >> 8), (unsigned char)m->height,
	    (unsigned char)(m->width >> 8), (unsigned char)m->width,
	    (unsigned char)c }, 6);
	sos[0] = (unsigned char)c;
	for (int i = 0; i < c; i++) {
		memcpy(sof + 6 + 3 * i, (unsigned char[]){
		    (unsigned char)(i + 1), 0x11, 0 }, 3);
		sos[1 + 2 * i] = (unsigned char)(i + 1);
		sos[2 + 2 * i] = 0;
	}
	memcpy(sos + 1 + 2 * c, "\0\x3f\0", 3);
	make_segment(out, 0xC0, sof, 6 + 3 * (size_t)c);
	make_segment(out, 0xC4, dc, sizeof dc);
	make_segment(out, 0xC4, ac, sizeof ac);
	make_segment(out, 0xDA, sos, 4 + 2 * (size_t)c);
	make_scan(out, m);
	buf_put(out, "\xFF\xD9", 2);
}

#endif
