/*
 * svg: an SVG figure to vector items of a page.
 */
#ifndef SVG_SVG_H
#define SVG_SVG_H

#include <libxml/tree.h>

#include "area/area.h"

struct fonts;
struct images;
struct svg;

/* Reads a figure from its svg element; the tree must outlive it.  Unsupported
 * elements and bad values are reported once per place. */
struct svg *svg_new(struct job *job, xmlNode *root, struct where where);
/* Reads a file.  NULL after reporting. */
struct svg *svg_open(struct job *job, const char *path, struct where where);
void svg_free(struct svg *s);

/* The figure's own size (SVG 1.1, 7.2), a px being a pt; a missing side is
 * 100%, and percentages are of 100 px, as in FOP. */
void svg_size(const struct svg *s, mpt *w, mpt *h);
/* <title> and <desc> of the root joined, or NULL: the text twin. */
const char *svg_alt(const struct svg *s);

/* Paints the figure into the box; all items belong to `elem`.
 * A figure is a document of its own, which inherits neither font nor colour, as
 * in FOP. */
struct svg_context {
	struct job *job;
	struct fonts *fonts;
	struct images *images;
	struct area_page *page;
	struct area_elem *elem;
	const char *lang;	/* of text without its own */
};
/* The matrix of a transform list (SVG 1.1, 7.6), without units.  False: it is
 * not one. */
bool svg_transform(const char *list, double m[6]);
/* What the names of a figure's own destinations begin with. */
#define SVG_ANCHOR "figure#"

void svg_paint(const struct svg *s, const struct svg_context *ctx, mpt x,
    mpt y, mpt w, mpt h);

#endif
