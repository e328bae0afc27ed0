/*
 * TIFF through libtiff, which knows the compressions: a page becomes 8-bit
 * grey or RGB, with the opacity apart.  Its messages are dropped; a page that
 * is not whole is damaged.
 */
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "images/images_int.h"

/* The file in memory, and where libtiff stands in it. */
struct source {
	const unsigned char *p;
	toff_t n, at;
};

static tmsize_t
on_read(thandle_t h, void *out, tmsize_t n)
{
	struct source *s = h;
	toff_t left = s->at < s->n ? s->n - s->at : 0;
	size_t k = n < 0 ? 0 : (toff_t)n < left ? (size_t)n : (size_t)left;

	if (k > 0)
		memcpy(out, s->p + s->at, k);
	s->at += k;
	return (tmsize_t)k;
}

static tmsize_t
on_write(thandle_t h, void *in, tmsize_t n)
{
	(void)h;
	(void)in;
	(void)n;
	return 0;
}

static toff_t
on_seek(thandle_t h, toff_t to, int whence)
{
	struct source *s = h;

	s->at = whence == SEEK_SET ? to : whence == SEEK_CUR ? s->at + to :
	    s->n + to;
	return s->at;
}

static int
on_close(thandle_t h)
{
	(void)h;
	return 0;
}

static toff_t
on_size(thandle_t h)
{
	return ((struct source *)h)->n;
}

static int
on_message(TIFF *tif, void *data, const char *module, const char *format,
    va_list ap)
{
	(void)tif;
	(void)data;
	(void)module;
	(void)format;
	(void)ap;
	return 1;
}

static TIFF *
tiff_open(struct source *s)
{
	TIFFOpenOptions *o = TIFFOpenOptionsAlloc();
	TIFF *tif;

	if (o == NULL)
		return NULL;
	TIFFOpenOptionsSetMaxSingleMemAlloc(o, IMAGE_MAX_BYTES);
	TIFFOpenOptionsSetErrorHandlerExtR(o, on_message, NULL);
	TIFFOpenOptionsSetWarningHandlerExtR(o, on_message, NULL);
	/* m: not mapped. */
	tif = TIFFClientOpenExt("", "rm", s, on_read, on_write, on_seek,
	    on_close, on_size, NULL, NULL, o);
	TIFFOpenOptionsFree(o);
	return tif;
}

/* ---------------------------------------------------------------- pixels */

static bool
is_grey(TIFF *tif)
{
	uint16_t photometric = PHOTOMETRIC_RGB;

	TIFFGetField(tif, TIFFTAG_PHOTOMETRIC, &photometric);
	return photometric == PHOTOMETRIC_MINISWHITE ||
	    photometric == PHOTOMETRIC_MINISBLACK;
}

/* Takes the pixels apart; libtiff has multiplied them by their opacity. */
static void
copy_pixels(const uint32_t *raster, size_t n, struct image *im)
{
	unsigned char *data = xmalloc(n * (size_t)im->components);
	unsigned char *alpha = xmalloc(n), all = 255;

	im->data = data;
	im->n = n * (size_t)im->components;
	for (size_t i = 0; i < n; i++) {
		uint32_t v = raster[i], a = TIFFGetA(v);
		uint32_t c[3] = { TIFFGetR(v), TIFFGetG(v), TIFFGetB(v) };

		for (int k = 0; k < im->components; k++)
			*data++ = (unsigned char)(a == 0 || c[k] >= a ?
			    (a == 0 ? 0 : 255) : (c[k] * 255 + a / 2) / a);
		all &= alpha[i] = (unsigned char)a;
	}
	if (all == 255)
		free(alpha);
	else
		im->alpha = alpha;
}

static void
copy_extras(TIFF *tif, struct image *im)
{
	uint16_t unit = RESUNIT_INCH;
	float x = 0, y = 0;
	uint32_t n = 0;
	void *icc;

	TIFFGetFieldDefaulted(tif, TIFFTAG_RESOLUTIONUNIT, &unit);
	if (unit != RESUNIT_NONE &&
	    TIFFGetField(tif, TIFFTAG_XRESOLUTION, &x) &&
	    TIFFGetField(tif, TIFFTAG_YRESOLUTION, &y) && x > 0 && y > 0) {
		im->dpi_x = x * (unit == RESUNIT_CENTIMETER ? 2.54 : 1);
		im->dpi_y = y * (unit == RESUNIT_CENTIMETER ? 2.54 : 1);
	}
	if (TIFFGetField(tif, TIFFTAG_ICCPROFILE, &n, &icc) &&
	    image_icc_fits(icc, n, im->components)) {
		im->icc = memcpy(xmalloc(n), icc, n);
		im->icc_n = n;
	}
}

static enum image_fault
read_page(TIFF *tif, struct image *im)
{
	uint32_t w = 0, h = 0, *raster;
	char why[1024];
	bool good;

	if (!TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &w) ||
	    !TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &h) || w == 0 || h == 0)
		return IMAGE_DAMAGED;
	if ((uint64_t)w * h > IMAGE_MAX_BYTES / sizeof *raster)
		return IMAGE_LARGE;
	if (!TIFFRGBAImageOK(tif, why))
		return IMAGE_FORMAT;
	raster = xmalloc((size_t)w * h * sizeof *raster);
	good = TIFFReadRGBAImageOriented(tif, w, h, raster,
	    ORIENTATION_TOPLEFT, /*stopOnError*/1);
	if (good) {
		im->kind = IMAGE_RAW;
		im->width = (int)w;
		im->height = (int)h;
		im->components = is_grey(tif) ? 1 : 3;
		copy_pixels(raster, (size_t)w * h, im);
		copy_extras(tif, im);
	}
	free(raster);
	return good ? IMAGE_GOOD : IMAGE_DAMAGED;
}

enum image_fault
image_read_tiff(const unsigned char *p, size_t n, int page, struct image *im)
{
	struct source s = { .p = p, .n = n };
	TIFF *tif = tiff_open(&s);
	enum image_fault fault = IMAGE_DAMAGED;

	if (tif == NULL)
		return fault;
	if (page == 0)
		im->pages = (int)TIFFNumberOfDirectories(tif);
	if (TIFFSetDirectory(tif, (tdir_t)(page == 0 ? 0 : page - 1)))
		fault = read_page(tif, im);
	TIFFClose(tif);
	return fault;
}
