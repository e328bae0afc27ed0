/*
 * impose: arranges finished pages on sheets.  Matrices only, never content.
 */
#ifndef IMPOSE_IMPOSE_H
#define IMPOSE_IMPOSE_H

#include "area/area.h"

struct impose_options {
	mpt sheet_width, sheet_height;	/* landscape; both 0: the stock size
					 * of two pages side by side */
	mpt thickness;		/* of the paper, for creep: 283 for 80 g/m²; 0: none */
	int sheets_per_signature;	/* 0: one signature for all */
	bool long_edge;		/* the printer turns on the long edge: backs upside down */
};

/* Saddle stitch: takes n pages (borrowed) and gives the sides of the sheets in
 * printing order (front, back, front, back…), allocated in `arena`.  n is
 * padded to a multiple of four with nothing, before the last page, so that a
 * back cover stays one.  Pages stand at the spine, in the middle of the height;
 * those larger than half a sheet are scaled down, none up.  Creep moves the
 * pages of inner sheets towards the spine.  A side is labelled with its
 * pages' labels: "8 | 1". */
struct area_sheet *impose_booklet(struct arena *arena,
    const struct impose_options *o, struct area_page *const *pages, size_t n,
    size_t *n_sides);

/* A page on a sheet of its own size, or of what a printer wants around it. */
void impose_single(struct area_sheet *out, const struct area_page *page);

#endif
