/* images, inside: the readers. */
#ifndef IMAGES_IMAGES_INT_H
#define IMAGES_IMAGES_INT_H

#include "images/images.h"

#define IMAGE_MAX_PIXELS (100 * 1000 * 1000)
#define IMAGE_MAX_BYTES	 (256u * 1024 * 1024)

enum image_fault {
	IMAGE_GOOD,
	IMAGE_MISSING,
	IMAGE_ADDRESS,	/* not a reference we follow */
	IMAGE_FORMAT,	/* none of those we read */
	IMAGE_DAMAGED,
	IMAGE_LARGE
};

/* Each fills *im from the bytes of a file; data, alpha and icc are then on the
 * heap and the caller's.  After a fault nothing is left behind. */
enum image_fault image_read_png(const unsigned char *p, size_t n,
    struct image *im);
enum image_fault image_read_jpeg(const unsigned char *p, size_t n,
    struct image *im);
enum image_fault image_read_gif(const unsigned char *p, size_t n,
    struct image *im);
enum image_fault image_read_bmp(const unsigned char *p, size_t n,
    struct image *im);
enum image_fault image_read_tiff(const unsigned char *p, size_t n, int page,
    struct image *im);
/* EPS, EMF, WMF: an IMAGE_BOX. */
enum image_fault image_read_box(const unsigned char *p, size_t n,
    struct image *im);

/* Is this an ICC profile of a device with so many components?  (ICC.1, 7.2) */
bool image_icc_fits(const unsigned char *p, size_t n, int components);

#endif
