/*
 * layout's own: the vertical list, and what its files promise each other.
 *
 * THE MODEL
 *
 * Block-level objects become a stream of vertical elements (struct velem),
 * pulled from a source as pages need them:
 *
 *   BOX    something that is not broken: a line, a part of a table row.
 *   GAP    the only place where a page may end, and the space there: `space`
 *          when it does not end, `tail` before and `head` after the break when
 *          it does (spaces with conditionality "retain"); `cost` says how
 *          much we want to avoid it.  Between two boxes there is at most one.
 *   OPEN   a block's box begins: border and padding before it.
 *   CLOSE  it ends: padding and border after it.
 *
 * OPEN and CLOSE nest.  A box that is open where a page breaks is closed there
 * with `foot_broken` and opened again on the next page with `head_broken`
 * (retained borders and padding; a table's repeated footer and header).
 *
 * Keeps, widows and orphans are nothing but costs of gaps; a table row or a
 * list item is several vertical lists merged into one (step.c).  No box is ever
 * resized or split after it was made.
 *
 * Who does what: layout.c runs page sequences; flow.c pulls blocks into
 * vertical elements and resolves spaces (XSL 4.3); page.c chooses breaks;
 * compose.c paints a page; para.c and line.c make paragraphs into lines;
 * step.c merges parallel lists; table.c and list.c use it.
 */
#ifndef LAYOUT_LAYOUT_INT_H
#define LAYOUT_LAYOUT_INT_H

#include <limits.h>

#include "area/area.h"
#include "base/base.h"
#include "fo/fo.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "layout/layout.h"
#include "svg/svg.h"

struct layout;
struct painter;

/* ------------------------------------------------------------- fragments */

/* Something that can be painted: the content of a box.  Owned by its velem. */
struct frag;
struct frag_class {
	const char *name;
	/* Paints with the top left corner of the column's content at (x, y):
	 * a fragment adds its own indents. */
	void (*paint)(struct frag *f, struct painter *p, mpt x, mpt y);
	void (*free)(struct frag *f);	/* may be NULL */
};

struct frag {
	const struct frag_class *cls;
};

/* --------------------------------------------------------- vertical list */

struct space {
	mpt min, opt, max;
};

#define COST_FORBID INT_MAX	/* keep "always" */
#define COST_FORCE INT_MIN	/* a break-before or break-after */
#define COST_WIDOW 900		/* breaks widows or orphans: only if nothing else */
#define COST_HYPHEN 50		/* page ends in a hyphenated line */

enum velem_type { VE_BOX, VE_GAP, VE_OPEN, VE_CLOSE };

enum break_class { BREAK_COLUMN, BREAK_PAGE, BREAK_EVEN, BREAK_ODD };

/* A footnote called from a box. */
struct note {
	struct note *next;
	struct fo_node *footnote;
	struct vlist *body;	/* made when the line is made */
};

struct velem {
	enum velem_type type;
	struct fo_node *node;	/* what it comes from: places, ids, markers */
	union {
		struct {
			mpt height;
			struct frag *frag;	/* NULL: empty room */
			struct note *notes;	/* in order */
			/* Column-relative overflow was already reported. */
		} box;
		struct {
			struct space space;
			mpt tail, head;
			int cost;
			enum break_class klass;	/* of a forced break */
		} gap;
		struct {
			struct vbox *box;
		} open;			/* and close */
	};
};

/* A block's box: one per OPEN/CLOSE pair, living until its CLOSE was painted
 * or dropped. */
struct vbox {
	const struct vbox_class *cls;
	struct fo_node *node;
	const struct fo_style *style;
	struct area_elem *elem;	/* its structure element, or its parent's */
	bool own_elem;		/* elem ends with the box */
	mpt x, width;		/* of the border rectangle, from the column's start */
	mpt head, foot;		/* border and padding before and after */
	mpt head_broken, foot_broken;	/* the same at a page break inside */
	bool continued;		/* a part of it was painted on an earlier page */
};

struct vbox_class {
	const char *name;
	/* Paints what stands behind the content of one part of the box (border
	 * rectangle x, y, width, height): background and borders; first and
	 * last: this part has the true beginning and end of the box.  Called
	 * before the content is painted. */
	void (*paint)(struct vbox *b, struct painter *p, mpt x, mpt y, mpt w,
	    mpt h, bool first, bool last);
	/* Paints what head_broken/foot_broken made room for (a repeated header
	 * or footer), at the top or bottom of a part; NULL: nothing. */
	void (*paint_repeat)(struct vbox *b, struct painter *p, mpt x, mpt y,
	    bool head);
	void (*free)(struct vbox *b);	/* NULL: nothing to free */
};

struct vlist {
	struct velem *v;
	size_t n, cap;
};

void vlist_add(struct vlist *l, struct velem e);
void vlist_free(struct vlist *l);	/* frees fragments and boxes too */
/* Natural height of elements [from, to): optimum spaces, no break. */
mpt vlist_height(const struct vlist *l, size_t from, size_t to);
/* Paints elements [from, to) at (x, y); `height` available; the parts at the
 * two ends are true ends of the list if from is 0 and to is l->n.  Returns
 * the height used. (compose.c) */
mpt vlist_paint(struct vlist *l, size_t from, size_t to, struct painter *p,
    mpt x, mpt y);

/* --------------------------------------------------------------- sources */

/* Where content goes: what a block must know of its surroundings. */
struct room {
	mpt ipd;	/* width of the containing reference area */
	mpt bpd;	/* its height if known (percentages), else 0 */
	struct area_elem *elem;	/* parent structure element */
	bool rtl;
	bool is_static;	/* static content: artifact, no ids on later pages */
	int depth;	/* nesting, bounded */
};

/* Pulls the children of `node` as vertical elements, resolving spaces. */
struct source;
struct source *source_new(struct layout *l, struct fo_node *node,
    const struct room *room);
/* False: no more.  The element is the caller's. */
bool source_next(struct source *s, struct velem *out);
void source_free(struct source *s);
/* All of it at once: a cell, a label, a footnote, a region. */
struct vlist *flow_collect(struct layout *l, struct fo_node *node,
    const struct room *room);

/* ---------------------------------------------------------------- lines */

/*
 * A paragraph is a run of inline-level children of a block: from `first` up to
 * (not including) `end` among its children.  para_lines appends the lines as
 * boxes with gaps between them (widows, orphans, keeps of lines) to `out`:
 * no gap before the first or after the last.
 */
struct para_room {
	mpt x;		/* of the line's start edge from the column's start */
	mpt width;	/* of the lines */
	bool first;	/* the block's first run: text-indent applies */
	bool last;	/* the block's last run: last-line-end-indent applies */
	struct area_elem *elem;	/* structure element the text belongs to */
	const struct room *room;
};
void para_lines(struct layout *l, struct fo_node *block,
    struct fo_node *first, struct fo_node *end, const struct para_room *room,
    struct vlist *out);
/* Minimum (longest unbreakable piece) and maximum (no break) width, for
 * automatic columns. */
void para_widths(struct layout *l, struct fo_node *block,
    struct fo_node *first, struct fo_node *end, mpt *min, mpt *max);
/* Baseline of the first line box below its top, or the box's height. */
mpt frag_baseline(const struct frag *f);

/* ------------------------------------------------------- parallel lists */

/* One of several lists that stand side by side: a cell, a label, a body. */
struct strand {
	struct vlist *list;
	mpt x;		/* offset of its content from the column's start */
	mpt before, after;	/* padding and border above and below */
	mpt before_broken, after_broken;	/* the same at a break inside */
	mpt shift;	/* display-align or relative-align: extra above */
	size_t first_row, rows;	/* which rows of the group it spans */
};

/* ------------------------------------------------------------- painting */

struct painter {
	struct layout *l;
	struct area_page *page;
	/* The page's resolved numbers for page-number and markers. */
	struct page_context *context;
	bool is_static;	/* everything is an artifact… */
	struct area_elem *artifact;	/* …of this kind */
};

/* Background, borders (with radii) of a box, as decoration of `elem`:
 * artifacts.  Edges that are cut by a break are left out. (decor.c) */
struct edges {
	bool before, after, start, end;
};
void decor_paint(struct painter *p, const struct fo_style *st, mpt x, mpt y,
    mpt w, mpt h, struct edges edges);
/* Border plus padding of one side, 0 for border-style none (computed width). */
enum side { SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END };
mpt decor_border(const struct fo_style *st, enum side side);
mpt decor_padding(const struct fo_style *st, enum side side, mpt ipd);

/* The element for a formatting object: by its role property, else by its
 * type; the parent's own when the object makes none. (roles.c) */
struct area_elem *role_elem(struct layout *l, struct fo_node *n,
    struct area_elem *parent, bool *own);

/* ----------------------------------------------------- pages and numbers */

/* Notes that an id stands on the page being painted, at (x, y). (ids.c) */
void ids_place(struct painter *p, const struct fo_node *n, mpt x, mpt y);
/* The page label of an id (last: of its last area) as known now or from the
 * layout before; NULL: not known yet. */
const char *ids_label(struct layout *l, const char *id, bool last);
/* Someone cites an id whose text was `guess` (or, NULL, got a slot): checked
 * at the end; a slot's text is then made by para.c's slot_text. */
int ids_slot(struct layout *l, struct fo_node *citation, mpt width,
    int digits);
void ids_cite(struct layout *l, struct fo_node *citation, const char *guess);

struct page_context {
	const char *label;	/* of the page being painted */
	int index;
	struct page_markers *markers;
};

/* The children of a retrieve-marker on the page being painted, or NULL. */
struct fo_node *markers_retrieve(struct painter *p, struct fo_node *retrieve);

/* ------------------------------------------------------------ resources */

/* Fonts of a style, cached in style->layout (text.c). */
struct text_style {
	const struct font_list *fonts;
	const struct font *font;	/* the first: rules the line */
	const struct font_features *features;
	mpt size, line_height, ascent, descent;	/* descent positive */
	mpt letter_spacing, word_spacing;
	const char *lang;	/* "fr-FR" */
	struct color color;
	bool oblique;
};
const struct text_style *text_style(struct layout *l,
    const struct fo_style *st, struct where where);

/* The size an image or figure gets (XSL 1.1, 7.15: content-width, scaling…). */
struct graphic {
	const struct image *image;	/* or… */
	struct svg *svg;
	mpt view_w, view_h;	/* the viewport: what it takes in the line */
	mpt x, y, w, h;		/* the content in it */
	bool clip;
};
bool graphic_load(struct layout *l, struct fo_node *n, mpt ipd, mpt bpd,
    struct graphic *g);
void graphic_paint(struct painter *p, struct fo_node *n,
    const struct graphic *g, struct area_elem *elem, mpt x, mpt y);

/* One run over a document. */
struct layout {
	struct job *job;
	struct fo_doc *doc;
	struct fonts *fonts;
	struct images *images;
	struct layout_memory *memory;
	const struct layout_options *options;
	const struct area_sink *sink;
	struct area_doc area_doc;
	struct arena *arena;	/* lives as long as the run */
	struct ids *ids;
	struct page_sequence *sequence;	/* being laid out (layout.c) */
};

#define LAYOUT_DEPTH_MAX 1000	/* nesting of block-level objects */

static inline mpt
mpt_max(mpt a, mpt b)
{
	return a > b ? a : b;
}

static inline mpt
mpt_min(mpt a, mpt b)
{
	return a < b ? a : b;
}

#endif
