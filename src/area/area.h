/*
 * area: the contract between layout and output.  A finished page is a list of
 * items in painting order, in absolute page coordinates: glyph runs, fills,
 * paths, images, links.  Beside the items stands the structure: elements
 * (heading, paragraph, table cell…) that items belong to, made by layout in
 * reading order.  Nothing here knows FO or PDF.
 *
 * Coordinates: thousandths of a point from the page's top left corner, y down.
 */
#ifndef AREA_AREA_H
#define AREA_AREA_H

#include "base/base.h"

struct font;	/* fonts/fonts.h */
struct image;	/* images/images.h */

struct color {
	uint8_t r, g, b, a;	/* a: 255 opaque */
};

/* ------------------------------------------------------------ structure */

/* Standard structure types of ISO 32000-1, 14.8.4, and three kinds of
 * artifact (14.8.2.2). */
enum area_role {
	ROLE_DOCUMENT, ROLE_PART, ROLE_SECT, ROLE_DIV, ROLE_BLOCKQUOTE,
	ROLE_CAPTION, ROLE_TOC, ROLE_TOCI, ROLE_INDEX, ROLE_NONSTRUCT,
	ROLE_P, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_H5, ROLE_H6,
	ROLE_L, ROLE_LI, ROLE_LBL, ROLE_LBODY,
	ROLE_TABLE, ROLE_THEAD, ROLE_TBODY, ROLE_TFOOT, ROLE_TR, ROLE_TH,
	ROLE_TD, ROLE_SPAN, ROLE_QUOTE, ROLE_NOTE, ROLE_REFERENCE, ROLE_CODE,
	ROLE_LINK, ROLE_FIGURE, ROLE_FORMULA,
	ROLE_ARTIFACT_HEADER, ROLE_ARTIFACT_FOOTER, ROLE_ARTIFACT_LAYOUT,
	ROLE_COUNT
};

enum area_scope { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN, SCOPE_BOTH };

/* One structure element.  Made by area_elem_new when layout meets its
 * formatting object; its place among its siblings is that of its first item in
 * the order of pages.  The receiver of pages frees it (area_elem_free) once
 * it was in some page's `ended` list and is written; children end before
 * their parent. */
struct area_elem {
	struct area_elem *parent;	/* NULL for the document and artifacts */
	const char *lang;		/* NULL: as the parent's */
	const char *alt;		/* alternative text or NULL */
	const char *actual;		/* replacement text or NULL */
	const char *id;			/* or NULL */
	uint16_t colspan, rowspan;	/* 1 by default */
	uint8_t role;			/* enum area_role */
	uint8_t scope;			/* enum area_scope, for ROLE_TH */
	void *out;			/* the receiver's own data */
};

/* Strings are copied; NULL leaves what is there.  Artifact roles give shared
 * static elements: never ended, never freed (area_elem_free ignores them). */
struct area_elem *area_elem_new(enum area_role role, struct area_elem *parent);
void area_elem_set(struct area_elem *e, const char *lang, const char *alt,
    const char *id);
void area_elem_set_actual(struct area_elem *e, const char *actual);
void area_elem_free(struct area_elem *e);
struct area_elem *area_artifact(enum area_role role);
bool area_is_artifact(const struct area_elem *e);
const char *area_role_name(enum area_role role);	/* "TBody" */
/* "H1", "TH", "Artifact", "Artifact:Header"… as a formatting object's role property; -1 unknown. */
int area_role_parse(const char *name);

/* ---------------------------------------------------------------- items */

enum area_item_type {
	AREA_TEXT,	/* a run of glyphs of one font */
	AREA_RECT,	/* a filled rectangle */
	AREA_PATH,	/* a filled or stroked path */
	AREA_IMAGE,
	AREA_PUSH,	/* begin a group: matrix, clip, opacity */
	AREA_POP,
	AREA_LINK,	/* an active rectangle */
	AREA_ANCHOR,	/* a destination */
	AREA_SLOT,	/* text known only at the end of the document */
	AREA_TOUCH	/* nothing to see: the element exists here */
};

struct area_glyph {
	uint16_t gid;
	uint16_t text_len;	/* bytes of its cluster; 0: as the one before */
	uint32_t text_off;	/* into the run's text */
	mpt advance;		/* final, with justification and spacing */
	mpt dx, dy;		/* offset of the drawing, y up */
};

struct area_text {
	const struct font *font;
	mpt size;
	mpt x, y;		/* left end of the baseline */
	const struct area_glyph *glyphs;	/* left to right */
	size_t n;
	const char *text;	/* UTF-8, logical order */
	struct color color;
	uint8_t level;		/* bidi level; odd: right to left */
	bool oblique;		/* slanted by us: the family has no italic */
	/* SVG text only; both 0 and none otherwise */
	mpt stroke_width;
	struct color stroke;
};

struct area_rect {
	mpt x, y, w, h;
	struct color color;
};

enum area_paint_kind { PAINT_NONE, PAINT_COLOR, PAINT_LINEAR, PAINT_RADIAL };

struct area_stop {
	float offset;		/* 0…1, not decreasing */
	struct color color;
};

struct area_paint {
	enum area_paint_kind kind;
	struct color color;
	/* Gradients: linear from (x1,y1) to (x2,y2); radial from the circle
	 * (x1,y1,r1) to (x2,y2,r2); in the space of `m`, which maps to the
	 * path's coordinates.  Both ends are extended. */
	double x1, y1, r1, x2, y2, r2, m[6];
	const struct area_stop *stops;
	size_t n_stops;
};

/* Path commands; each takes its points from xy. */
enum { PATH_MOVE = 'M', PATH_LINE = 'L', PATH_CURVE = 'C', PATH_CLOSE = 'Z' };

struct area_path {
	const char *cmds;	/* n_cmds of 'M' 'L' (1 point) 'C' (3) 'Z' (0) */
	const mpt *xy;
	size_t n_cmds;
	struct area_paint fill, stroke;
	bool even_odd;
	mpt line_width;
	uint8_t cap;		/* 0 butt 1 round 2 square */
	uint8_t join;		/* 0 miter 1 round 2 bevel */
	float miter;		/* limit */
	const mpt *dash;
	size_t n_dash;
	mpt dash_phase;
	const mpt *cut;		/* it shows inside this polygon only; NULL: all of it */
	size_t n_cut;		/* corners */
};

struct area_image {
	const struct image *image;
	mpt x, y, w, h;
};

/* Content that viewers show or hide by itself (ISO 32000-1, 8.11). */
struct area_layer {
	const char *id, *name;
	size_t number;		/* 0, 1, 2… in the document */
	bool hidden;		/* at first */
};

struct area_push {
	double m[6];		/* a b c d e f, y down; identity 1 0 0 1 0 0; e and f in mpt */
	const struct area_path *clip;	/* in the new space, or NULL */
	uint8_t opacity;	/* of the group as a whole; 255 opaque */
	const struct area_layer *layer;	/* that it is on, or NULL */
};

struct area_link {
	mpt x, y, w, h;
	const char *uri;	/* or NULL and… */
	const char *dest;	/* the id of an anchor */
	const char *title;	/* what it says to a screen reader */
};

struct area_anchor {
	const char *id;
	mpt x, y;
};

/* Room for the text `doc->slots[index]`, which is made at the end. */
struct area_slot {
	int index;
	mpt x, y, width;	/* baseline; width: the room that layout kept */
};

struct area_item {
	enum area_item_type type;
	struct area_elem *elem;	/* what it belongs to; never NULL */
	union {
		const struct area_text *text;
		const struct area_rect *rect;
		const struct area_path *path;
		const struct area_image *image;
		const struct area_push *push;
		const struct area_link *link;
		const struct area_anchor *anchor;
		const struct area_slot *slot;
	} as;
};

/* What a printer's sheet has around a page: lengths outside its edges, in the
 * order top, bottom, left, right (Apache FOP's fox:bleed and others). */
struct area_press {
	mpt bleed[4], crop[4];
	enum { CROP_MEDIA, CROP_BLEED, CROP_TRIM } box;	/* what viewers show */
	double sx, sy;		/* it is printed so many times as large */
};

/* A finished page.  All that it points to, but fonts, images and elements,
 * lives in its arena. */
struct area_page {
	struct arena *arena;
	mpt width, height;
	const struct area_press *press;	/* NULL: the sheet is the page */
	int index;		/* 0, 1, 2… in reading order */
	const char *label;	/* the folio as printed: "iv", "12" */
	struct area_item *items;
	size_t n, cap;
	/* Items that lie above or below others, while the page is made. */
	struct area_level {
		size_t from, to;
		int z;
	} *levels;
	size_t n_levels, cap_levels;
	struct area_elem **ended;	/* elements with no content after this page */
	size_t n_ended, cap_ended;
};

struct area_page *area_page_new(mpt width, mpt height, int index);
void area_page_free(struct area_page *p);	/* not its elements */
/* Appends; the payload must live in p->arena (or longer). */
void area_add(struct area_page *p, enum area_item_type type,
    struct area_elem *elem, const void *payload);
void area_add_rect(struct area_page *p, struct area_elem *elem, mpt x, mpt y,
    mpt w, mpt h, struct color color);
/* m NULL: identity. */
void area_push(struct area_page *p, struct area_elem *elem, const double m[6],
    const struct area_path *clip, uint8_t opacity);
/* A group of what stands on a layer. */
void area_push_layer(struct area_page *p, const struct area_layer *layer);
void area_pop(struct area_page *p);
void area_end(struct area_page *p, struct area_elem *e);
/* The items from number `from` on lie at a level of those around them: above if
 * it is more than 0, below if it is less (stack.c). */
void area_raise(struct area_page *p, size_t from, int z);
/* Brings the items from `from` on into the order of their levels: within what
 * stands for one thing to what is around it, a group at least. */
void area_stack(struct area_page *p, size_t from);
/* A closed path of a rectangle with corner radii (top-left, top-right,
 * bottom-right, bottom-left; rx and ry each, or NULL: square), in the arena.
 * Radii too large for the box are scaled down together.  Paint is for the
 * caller to set. */
struct area_path *area_round_rect(struct arena *a, mpt x, mpt y, mpt w, mpt h,
    const mpt rx[4], const mpt ry[4]);

/* ------------------------------------------------------------- document */

struct area_outline {
	const char *title, *dest;
	bool open;
	struct area_outline *first, *next;
	const char *uri;	/* instead of dest: outside the document */
};

struct area_attachment {
	const char *name, *description, *mime, *relationship;
	const void *data;
	size_t n;
};

/* Where a document comes from, as the file itself says. */
struct area_origin {
	const char *number, *document, *audience, *date, *program;
};

/* What is known of the document as a whole.  Everything but `slots` and
 * `n_slots` is known when the first page comes. */
struct area_doc {
	const char *lang, *title, *author, *subject, *keywords, *creator;
	const char *date;	/* ISO 8601, of the document, never of the clock; or NULL */
	const char *xmp;	/* rdf:Description elements to be put in the packet, or NULL */
	const char *number;	/* document number or NULL */
	const struct area_origin *origin; /* or NULL */
	struct area_outline *outline;
	struct area_attachment *attachments;
	size_t n_attachments;
	struct area_layer *layers;
	size_t n_layers;
	struct area_elem *root;	/* ROLE_DOCUMENT; owned by the layout_memory */
	/* At the end: text of each slot with x = 0, y = 0 and its alignment
	 * already in x, or NULL if it stays empty. */
	const struct area_text **slots;
	size_t n_slots;
};

/* Who receives the pages, in reading order.  page() becomes the page's owner.
 * page() returns false when the receiver can take no more (it has reported). */
struct area_sink {
	void *ctx;
	void (*begin)(void *ctx, const struct area_doc *doc);
	bool (*page)(void *ctx, struct area_page *page);
	void (*end)(void *ctx, const struct area_doc *doc);
};

/* A sheet of paper with pages placed on it; the pages are borrowed. */
struct area_placed {
	const struct area_page *page;	/* NULL: nothing here */
	double m[6];		/* as area_push.m */
	mpt clip_x, clip_w;	/* visible strip of the page, all of its height;
				 * clip_w 0: whatever the sheet has room for */
};

struct area_box {
	mpt x, y, w, h;
};

struct area_sheet {
	mpt width, height;
	const char *label;
	size_t n;
	struct area_placed placed[2];
	/* What is shown, printed and left after trimming, within the sheet. */
	bool trimmed;		/* false: the sheet */
	struct area_box crop, bleed, trim;
};

/* ----------------------------------------------------------------- dump */

/* A text form for people and diffs, one line an item:
 *   page 1 "1" 595.28x841.89
 *   text 56.693 62.4 Inter-Bold 20 #1F2933 H1 "Le premier titre" w=210.3
 *   rect 56.693 70 482.6 0.5 #CBD2D9
 * glyph detail only with `glyphs`. */
void area_dump_page(struct buf *out, const struct area_page *p, bool glyphs);
void area_dump_doc(struct buf *out, const struct area_doc *doc);
/* An element with its ancestors, on one line: "Document / Table / TR / TD". */
void area_dump_elem(struct buf *out, const struct area_elem *e);

#endif
