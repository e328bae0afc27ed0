/*
 * GIF (CompuServe, GIF89a): the first frame, as RGB on the logical screen, with
 * its transparent colour as opacity.
 */
#include <stdlib.h>
#include <string.h>

#include "images/images_int.h"

#define CODES 4096		/* of at most 12 bits */
#define END 0xFFFF

struct gif {
	const unsigned char *p, *end;
	int width, height;		/* of the screen */
	const unsigned char *palette;	/* in force, 3 bytes a colour */
	int colors;
	int clear;			/* transparent colour, or -1 */
	/* The frame. */
	int x, y, w, h;
	bool interlaced;
};

static unsigned
get16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static bool
has(const struct gif *g, size_t n)
{
	return (size_t)(g->end - g->p) >= n;
}

static bool
take_palette(struct gif *g, unsigned flags)
{
	int n = 2 << (flags & 7);

	if (!(flags & 0x80))
		return true;
	if (!has(g, (size_t)n * 3))
		return false;
	g->palette = g->p;
	g->colors = n;
	g->p += n * 3;
	return true;
}

static bool
read_screen(struct gif *g)
{
	unsigned flags;

	if (!has(g, 13))
		return false;
	g->width = (int)get16(g->p + 6);
	g->height = (int)get16(g->p + 8);
	flags = g->p[10];
	g->p += 13;
	return take_palette(g, flags);
}

/* A block of an extension; of them only the graphic control says something to
 * us. */
static bool
read_extension(struct gif *g)
{
	bool control;

	if (!has(g, 1))
		return false;
	control = *g->p++ == 0xF9;
	while (has(g, 1) && *g->p != 0) {
		size_t n = *g->p;

		if (!has(g, n + 1))
			return false;
		if (control && n >= 4)
			g->clear = g->p[1] & 1 ? g->p[4] : -1;
		g->p += n + 1;
	}
	g->p++;
	return g->p <= g->end;
}

/* Up to the first frame. */
static bool
find_frame(struct gif *g)
{
	while (has(g, 1)) {
		int kind = *g->p++;

		if (kind == 0x21 && read_extension(g))
			continue;
		if (kind != 0x2C || !has(g, 9))
			return false;
		g->x = (int)get16(g->p);
		g->y = (int)get16(g->p + 2);
		g->w = (int)get16(g->p + 4);
		g->h = (int)get16(g->p + 6);
		g->interlaced = g->p[8] & 0x40;
		g->p += 9;
		return take_palette(g, g->p[-1]) && g->palette != NULL;
	}
	return false;
}

/* ------------------------------------------------------------------ LZW */

/* Codes out of sub-blocks. */
struct bits {
	struct gif *g;
	size_t left;		/* in the sub-block */
	unsigned long held;
	int n;
};

static unsigned
next_code(struct bits *b, int width)
{
	unsigned code;

	while (b->n < width) {
		if (b->left == 0) {
			if (!has(b->g, 1) || *b->g->p == 0 ||
			    !has(b->g, (size_t)*b->g->p + 1))
				return END;
			b->left = *b->g->p++;
		}
		b->held |= (unsigned long)*b->g->p++ << b->n;
		b->left--;
		b->n += 8;
	}
	code = (unsigned)(b->held & ((1ul << width) - 1));
	b->held >>= width;
	b->n -= width;
	return code;
}

struct lzw {
	uint16_t before[CODES];
	unsigned char last[CODES], first[CODES];
	unsigned n, clear;
	int width;
};

static void
lzw_clear(struct lzw *z, int least)
{
	z->n = z->clear + 2;
	z->width = least + 1;
}

/* What a code stands for, written backwards from the end of its room: the
 * length is counted first. */
static size_t
put_string(const struct lzw *z, unsigned code, unsigned char *out, size_t room)
{
	size_t n = 1, i;
	unsigned c;

	for (c = code; c >= z->clear; c = z->before[c])
		n++;
	for (c = code, i = n; i > 0; c = z->before[c]) {
		i--;
		if (i < room)
			out[i] = c < z->clear ? (unsigned char)c : z->last[c];
	}
	return n < room ? n : room;
}

static void
lzw_add(struct lzw *z, unsigned before, unsigned char last)
{
	if (z->n >= CODES)
		return;
	z->before[z->n] = (uint16_t)before;
	z->last[z->n] = last;
	z->first[z->n] = before < z->clear ? (unsigned char)before :
	    z->first[before];
	z->n++;
	if (z->n == 1u << z->width && z->width < 12)
		z->width++;
}

/* Indexes of colours, row by row; false: not one of them. */
static bool
lzw_read(struct gif *g, unsigned char *out, size_t n)
{
	struct lzw *z = xcalloc(1, sizeof *z);
	struct bits bits = { .g = g };
	unsigned code, before = END;
	int least = has(g, 1) ? *g->p++ : 0;
	size_t done = 0;

	if (least < 1 || least > 11) {
		free(z);
		return false;
	}
	z->clear = 1u << least;
	lzw_clear(z, least);
	while (done < n && (code = next_code(&bits, z->width)) != END) {
		if (code == z->clear) {
			lzw_clear(z, least);
			before = END;
			continue;
		}
		if (code == z->clear + 1 || code > z->n ||
		    (code == z->n && before == END))
			break;
		/* The code that is being made: its string begins as the one
		 * before. */
		if (before != END)
			lzw_add(z, before, code == z->n ?
			    (before < z->clear ? (unsigned char)before :
			    z->first[before]) : code < z->clear ?
			    (unsigned char)code : z->first[code]);
		if (code >= z->n)
			break;
		done += put_string(z, code, out + done, n - done);
		before = code;
	}
	free(z);
	return done > 0;
}

/* --------------------------------------------------------------- pixels */

/* The row of the frame that is stored as number i (GIF89a, appendix E). */
static int
row_of(const struct gif *g, int i)
{
	static const int from[] = { 0, 4, 2, 1 }, step[] = { 8, 8, 4, 2 };

	if (!g->interlaced)
		return i;
	for (int pass = 0; pass < 4; pass++) {
		int rows = (g->h - from[pass] + step[pass] - 1) / step[pass];

		if (i < rows)
			return from[pass] + i * step[pass];
		i -= rows > 0 ? rows : 0;
	}
	return g->h;
}

static void
put_rows(const struct gif *g, const unsigned char *index, unsigned char *rgb,
    unsigned char *alpha)
{
	for (int i = 0; i < g->h; i++) {
		int y = g->y + row_of(g, i);

		for (int k = 0; k < g->w && y < g->height; k++) {
			int c = index[(size_t)i * (size_t)g->w + (size_t)k];
			size_t at = (size_t)y * (size_t)g->width +
			    (size_t)(g->x + k);

			if (g->x + k >= g->width)
				break;
			if (c == g->clear || c >= g->colors)
				continue;
			memcpy(rgb + 3 * at, g->palette + 3 * c, 3);
			alpha[at] = 255;
		}
	}
}

enum image_fault
image_read_gif(const unsigned char *p, size_t n, struct image *im)
{
	struct gif g = { .p = p, .end = p + n, .clear = -1 };
	unsigned char *index, *rgb, *alpha;
	size_t pixels, frame;

	if (!read_screen(&g) || !find_frame(&g))
		return IMAGE_DAMAGED;
	if (g.width == 0 || g.height == 0) {
		g.width = g.x + g.w;
		g.height = g.y + g.h;
	}
	pixels = (size_t)g.width * (size_t)g.height;
	frame = (size_t)g.w * (size_t)g.h;
	if (pixels == 0 || frame == 0)
		return IMAGE_DAMAGED;
	if (pixels > IMAGE_MAX_PIXELS || frame > IMAGE_MAX_PIXELS)
		return IMAGE_LARGE;
	index = xcalloc(frame, 1);
	if (!lzw_read(&g, index, frame)) {
		free(index);
		return IMAGE_DAMAGED;
	}
	rgb = xmalloc(3 * pixels);
	memset(rgb, 255, 3 * pixels);
	alpha = xcalloc(pixels, 1);
	put_rows(&g, index, rgb, alpha);
	free(index);
	im->kind = IMAGE_RAW;
	im->width = g.width;
	im->height = g.height;
	im->components = 3;
	im->data = rgb;
	im->n = 3 * pixels;
	im->alpha = alpha;
	if (memchr(alpha, 0, pixels) == NULL) {
		free(alpha);
		im->alpha = NULL;
	}
	return IMAGE_GOOD;
}
