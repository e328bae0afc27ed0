/*
 * images: pixels from untrusted files.  PNG and TIFF are decoded by their
 * libraries under limits, GIF and plain BMP here; a JPEG's headers are checked
 * and its picture passed on as it is coded, without camera data, thumbnails and
 * comments.  Of EPS, EMF and WMF the size is read and no more.
 */
#ifndef IMAGES_IMAGES_H
#define IMAGES_IMAGES_H

#include "base/base.h"

enum image_kind {
	IMAGE_RAW, IMAGE_JPEG,
	IMAGE_BOX	/* only its size is known: nothing to paint */
};

struct image {
	int id;			/* 0, 1, 2… in the store: a stable order */
	enum image_kind kind;
	int width, height;	/* pixels, after orientation */
	int components;		/* 1 grey, 3 RGB, 4 CMYK */
	bool inverted;		/* CMYK JPEG written by Adobe: 0 is full ink */
	int orientation;	/* Exif 1…8 of a JPEG; 1 upright */
	double dpi_x, dpi_y;	/* 0: unknown */
	int pages;		/* the reference stands for: of a file that has
				 * several, all, unless it names one */
	/* IMAGE_RAW: width*height*components bytes; IMAGE_JPEG: a JPEG file
	 * (lying as the camera held it: see orientation). */
	const unsigned char *data;
	size_t n;
	/* width*height bytes of opacity, or NULL: opaque. */
	const unsigned char *alpha;
	/* ICC profile or NULL (only passed on when it fits `components`). */
	const unsigned char *icc;
	size_t icc_n;
};

struct images;
struct images *images_new(void);
void images_free(struct images *is);

/* Loads a file once.  uri: a path, "file:…" or "data:…;base64,…" (also inside
 * "url('…')"), relative to the folder of `base` (a file) or to the working
 * folder; "#page=2" at its end names a page of a TIFF.  One that is only a box
 * is reported as well.  NULL after reporting at `where`: missing, of another
 * kind, damaged, too large (100 megapixels, 256 MB). */
const struct image *images_load(struct images *is, struct job *job,
    const char *uri, const char *base, struct where where);
/* From now on these bytes are what is read under a name, which is the resolved
 * form of a reference; the first of a name stays. */
void images_provide(struct images *is, const char *name, const void *bytes,
    size_t n);
/* The bytes that a reference names, whatever they are (an attachment), under
 * the same rules and limits.  False after reporting. */
bool images_read(struct job *job, const char *uri, const char *base,
    struct where where, struct buf *out);
/* True when the reference names an SVG file (".svg", ".svgz", or a data: URI
 * that says so); *path is the resolved path, or that URI, in the job's arena. */
bool images_is_svg(struct job *job, const char *uri, const char *base,
    const char **path);
/* The bytes of such a figure, unpacked.  False after reporting. */
bool images_drawing(struct job *job, const char *path, struct where where,
    struct buf *out);

#endif
