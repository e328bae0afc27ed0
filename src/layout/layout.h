/*
 * layout: the formatting-object tree to pages of areas.  Paragraphs by total
 * fit, pages by best fit over penalties with a bounded look-ahead; each page
 * leaves through the sink as soon as it is final.  See the essays in flow.c
 * (vertical elements), page.c (breaking pages), para.c (lines), table.c.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "area/area.h"

struct fo_doc;
struct fonts;
struct images;

/* What one layout learns for the next: the page of each id that is cited, the
 * room citations need.  Empty at first. */
struct layout_memory;
struct layout_memory *layout_memory_new(void);
void layout_memory_free(struct layout_memory *m);

/* While a layout runs: a citation has proved to be wrong, so that the layout
 * will not be stable.  What its pages are written to need not be finished. */
bool layout_is_stale(const struct layout_memory *m);

struct layout_options {
	const char *base;	/* file that relative URIs refer to, or NULL */
	size_t input_bytes;	/* size of the FO: a guess of the number of pages */
};

struct layout_result {
	int pages;
	/* False: some citation needed other room than it was given; lay the
	 * document out again with the same memory. */
	bool stable;
	/* False: nothing could be made (reported). */
	bool ok;
};

struct layout_result layout_run(struct job *job, struct fo_doc *doc,
    struct fonts *fonts, struct images *images, struct layout_memory *memory,
    const struct layout_options *options, const struct area_sink *sink);

#endif
