/*
 * PNG through libpng.  Every kind becomes 8 bits a component, grey or RGB, with
 * the opacity apart.  libpng reports an error by longjmp to this file and
 * nowhere else; what it only warns of is accepted.
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "images/images_int.h"

/* All that must survive a longjmp lives here, not in locals. */
struct reader {
	png_structp png;
	png_infop info;
	const unsigned char *p;	/* what is left of the file */
	size_t n;
	png_bytep *rows;
	unsigned char *pixels;	/* as libpng gives them, alpha interleaved */
	size_t stride;
	png_uint_32 width, height;
	int channels;		/* 1 or 3, and one more with alpha */
	bool large;
};

static void
on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static void
on_error(png_structp png, png_const_charp text)
{
	(void)text;
	png_longjmp(png, 1);
}

static void
on_read(png_structp png, png_bytep out, size_t n)
{
	struct reader *r = png_get_io_ptr(png);

	if (n > r->n)
		png_error(png, "truncated");
	memcpy(out, r->p, n);
	r->p += n;
	r->n -= n;
}

/* Every kind to 8-bit grey or RGB, transparency to a channel. */
static void
set_transforms(struct reader *r)
{
	png_set_expand(r->png);
	png_set_scale_16(r->png);
	png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	r->channels = png_get_channels(r->png, r->info);
	r->stride = png_get_rowbytes(r->png, r->info);
}

static bool
is_too_large(struct reader *r)
{
	r->width = png_get_image_width(r->png, r->info);
	r->height = png_get_image_height(r->png, r->info);
	if ((uint64_t)r->width * r->height > IMAGE_MAX_PIXELS)
		return true;
	set_transforms(r);
	return (uint64_t)r->stride * r->height > IMAGE_MAX_BYTES;
}

/* False after a longjmp: damaged, or something libpng cannot hold. */
static bool
decode(struct reader *r)
{
	if (setjmp(png_jmpbuf(r->png)))
		return false;
	png_set_user_limits(r->png, IMAGE_MAX_PIXELS, IMAGE_MAX_PIXELS);
	png_set_chunk_malloc_max(r->png, 16 * 1024 * 1024);
	png_set_chunk_cache_max(r->png, 200);
	png_set_read_fn(r->png, r, on_read);
	png_read_info(r->png, r->info);
	r->large = is_too_large(r);
	if (r->large)
		return true;
	r->pixels = xmalloc(r->stride * r->height);
	r->rows = xmalloc(r->height * sizeof *r->rows);
	for (png_uint_32 y = 0; y < r->height; y++)
		r->rows[y] = r->pixels + y * r->stride;
	png_read_image(r->png, r->rows);
	/* The checksum of the last data chunk is only tested here. */
	png_read_end(r->png, NULL);
	return true;
}

static void
copy_extras(const struct reader *r, struct image *im)
{
	png_uint_32 rx, ry, icc_n;
	png_charp name;
	png_bytep icc;
	int unit, method;

	if (png_get_pHYs(r->png, r->info, &rx, &ry, &unit) &&
	    unit == PNG_RESOLUTION_METER) {
		im->dpi_x = rx * 0.0254;
		im->dpi_y = ry * 0.0254;
	}
	if (png_get_iCCP(r->png, r->info, &name, &method, &icc, &icc_n) &&
	    image_icc_fits(icc, icc_n, im->components)) {
		im->icc = memcpy(xmalloc(icc_n), icc, icc_n);
		im->icc_n = icc_n;
	}
}

/* Takes the opacity out of the pixels, in place; drops it when all are
 * opaque. */
static void
split_alpha(struct reader *r, struct image *im)
{
	size_t n = (size_t)r->width * r->height;
	int c = im->components;
	const unsigned char *from = r->pixels;
	unsigned char *to = r->pixels, *alpha = xmalloc(n), all = 255;

	for (size_t i = 0; i < n; i++) {
		for (int k = 0; k < c; k++)
			*to++ = *from++;
		all &= alpha[i] = *from++;
	}
	if (all == 255)
		free(alpha);
	else
		im->alpha = alpha;
}

enum image_fault
image_read_png(const unsigned char *p, size_t n, struct image *im)
{
	struct reader r = { .p = p, .n = n };
	enum image_fault fault = IMAGE_DAMAGED;

	r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error,
	    on_warning);
	r.info = r.png ? png_create_info_struct(r.png) : NULL;
	if (!r.info || !decode(&r))
		goto out;
	if (r.large) {
		fault = IMAGE_LARGE;
		goto out;
	}
	im->kind = IMAGE_RAW;
	im->width = (int)r.width;
	im->height = (int)r.height;
	im->components = r.channels >= 3 ? 3 : 1;
	copy_extras(&r, im);
	if (r.channels == 2 || r.channels == 4)
		split_alpha(&r, im);
	im->data = r.pixels;
	im->n = (size_t)r.width * r.height * (size_t)im->components;
	r.pixels = NULL;
	fault = IMAGE_GOOD;
out:
	png_destroy_read_struct(&r.png, &r.info, NULL);
	free(r.rows);
	free(r.pixels);
	return fault;
}
