/*
 * BMP (Windows bitmaps): 1, 4, 8, 24 and 32 bits a pixel, not compressed.
 */
#include <stdlib.h>
#include <string.h>

#include "images/images_int.h"

struct bmp {
	const unsigned char *p;		/* the file */
	size_t n;
	int width, height;
	bool down;			/* rows from the top */
	unsigned bits;
	const unsigned char *palette;	/* 4 bytes a colour, blue first */
	unsigned colors;
	size_t pixels, stride;		/* where they begin, bytes of a row */
};

static uint32_t
get32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static enum image_fault
read_header(struct bmp *b)
{
	uint32_t header, compression;
	int64_t h;

	if (b->n < 54)
		return IMAGE_DAMAGED;
	b->pixels = get32(b->p + 10);
	header = get32(b->p + 14);
	if (header < 40 || header > b->n - 14)
		return IMAGE_FORMAT;
	b->width = (int)get32(b->p + 18);
	h = (int32_t)get32(b->p + 22);
	b->down = h < 0;
	h = h < 0 ? -h : h;
	b->bits = b->p[28] | (unsigned)b->p[29] << 8;
	compression = get32(b->p + 30);
	b->colors = get32(b->p + 46);
	b->palette = b->p + 14 + header;
	if (b->width <= 0 || h <= 0)
		return IMAGE_DAMAGED;
	if ((int64_t)b->width * h > IMAGE_MAX_PIXELS)
		return IMAGE_LARGE;
	b->height = (int)h;
	if (compression != 0 || (b->bits != 1 && b->bits != 4 &&
	    b->bits != 8 && b->bits != 24 && b->bits != 32))
		return IMAGE_FORMAT;
	if (b->bits <= 8 && (b->colors == 0 || b->colors > 1u << b->bits))
		b->colors = 1u << b->bits;
	b->stride = ((size_t)b->width * b->bits + 31) / 32 * 4;
	if (b->bits <= 8 && 14 + (size_t)header + 4 * (size_t)b->colors > b->n)
		return IMAGE_DAMAGED;
	return b->pixels <= b->n && b->stride * (size_t)b->height <=
	    b->n - b->pixels ? IMAGE_GOOD : IMAGE_DAMAGED;
}

/* Blue, green, red of a pixel of a row. */
static const unsigned char *
pixel(const struct bmp *b, const unsigned char *row, size_t x)
{
	static const unsigned char none[3];
	unsigned index;

	if (b->bits >= 24)
		return row + x * (b->bits / 8);
	index = row[x * b->bits / 8] >> (8 - b->bits - x * b->bits % 8) &
	    ((1u << b->bits) - 1);
	return index < b->colors ? b->palette + 4 * index : none;
}

enum image_fault
image_read_bmp(const unsigned char *p, size_t n, struct image *im)
{
	struct bmp b = { .p = p, .n = n };
	enum image_fault fault = read_header(&b);
	unsigned char *rgb, *to;

	if (fault != IMAGE_GOOD)
		return fault;
	im->n = 3 * (size_t)b.width * (size_t)b.height;
	rgb = to = xmalloc(im->n);
	for (int y = 0; y < b.height; y++) {
		const unsigned char *row = p + b.pixels + b.stride *
		    (size_t)(b.down ? y : b.height - 1 - y);

		for (int x = 0; x < b.width; x++, to += 3) {
			const unsigned char *c = pixel(&b, row, (size_t)x);

			to[0] = c[2];
			to[1] = c[1];
			to[2] = c[0];
		}
	}
	im->kind = IMAGE_RAW;
	im->width = b.width;
	im->height = b.height;
	im->components = 3;
	/* Pixels per metre. */
	im->dpi_x = (int32_t)get32(p + 38) * 0.0254;
	im->dpi_y = (int32_t)get32(p + 42) * 0.0254;
	im->data = rgb;
	return IMAGE_GOOD;
}
