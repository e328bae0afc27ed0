/*
 * pdf, inside: the parts of the writer and what they share.
 *
 *   object.c   numbers, object streams, cross references (libharu)
 *   press.c    streams, deflated and written
 *   font.c     codes for glyphs, embedded subsets
 *   content.c  page operators: state, fills, groups
 *   text.c     page operators: text
 *   paint.c    what stands outside the operators: alpha, gradients, images
 *   tag.c      marked content and the structure tree
 *   page.c     sheets: what is painted where, links and anchors
 *   nav.c      destinations, outline, page labels
 *   meta.c     Info, XMP, output intent, attachments
 */
#ifndef PDF_PDF_INT_H
#define PDF_PDF_INT_H

#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <zlib.h>

#include "pdf/pdf.h"
#include "fonts/fonts.h"
#include "images/images.h"

/* --------------------------------------------------------------- object.c */

/* Dictionaries wait here until there are enough to be deflated together. */
struct object_stream {
	unsigned id;		/* its number; 0: none begun */
	size_t n;		/* objects in it */
	struct buf head, body;	/* "number offset…", the objects */
};

/* A row of the table of cross references; the types are the file's. */
struct object_row {
	uint32_t at;		/* its offset, or the number of a stream… */
	uint16_t place;		/* …and its place in it */
	enum { OBJECT_NONE, OBJECT_PLAIN, OBJECT_PACKED } type : 8;
};

struct objects {
	HPDF_Doc haru;
	HPDF_Stream out;	/* the press's */
	HPDF_STATUS error;	/* libharu's first; it overwrites its own */
	struct object_row *table;	/* by number */
	size_t n, cap;
	struct object_stream stream;
	struct press *press;
};

/* ----------------------------------------------------------------- font.c */

/* A meaning of a glyph: its code in content stands for these characters. */
struct font_code {
	uint16_t gid;
	uint32_t text;		/* a code point, or TEXT_STRING + number */
	int32_t width;		/* as W says, hundred-thousandths of an em */
};

/* A font as this document uses it. */
struct pdf_font {
	const struct font *font;
	unsigned id;		/* of the Type0 dictionary */
	struct font_code *codes;	/* codes[0] is .notdef */
	size_t n, cap;
	/* The first code of each glyph, which is nearly always the one. */
	struct {
		uint32_t text;
		uint16_t code;
	} *first;
	size_t n_first;
	uint16_t *hash;		/* codes by glyph and text; 0: empty */
	size_t n_hash;
	struct pdf_font *next;	/* in order of making */
};

/* -------------------------------------------------------------- content.c */

enum content_mode { MODE_PAGE, MODE_TEXT };

#define COLOR_UNKNOWN 0xFF000000u

/* What operators have set; saved and restored with q and Q. */
struct gstate {
	uint32_t fill, stroke;	/* 0xRRGGBB or COLOR_UNKNOWN */
	uint8_t fill_alpha, stroke_alpha;
	mpt line_width, size;
	uint8_t cap, join, render;
	bool dashed;
	float miter;
	const struct pdf_font *font;
	double opacity;		/* a factor on every alpha, 0…1 */
	double page[6];		/* to the page: links, anchors, boxes */
	double local[6];	/* to the space of this stream: patterns */
	bool form;		/* the group is a form of its own */
	const struct area_push *push;
};

struct resource {
	char kind;		/* F font, X object, G state, P pattern, L layer */
	unsigned id;
};

/* A content stream in the making: a page or a form. */
struct content {
	struct pdf *pdf;
	struct content *up;	/* the stream this form will stand in */
	struct buf out;
	mpt y0;			/* y up is y0 minus y down */
	enum content_mode mode;
	bool upright;		/* text matrix is a mere translation */
	mpt text_x, text_y;	/* of the last line start */
	struct gstate g, *stack;
	size_t depth, cap_depth;
	struct resource *resources;
	size_t n_resources, cap_resources;
	bool transparent;
	double bounds[4];	/* of what was painted, if n_painted */
	size_t n_painted;
};

/* ------------------------------------------------------------------ tag.c */

enum kid_type { KID_ELEM, KID_MARK, KID_ANNOT };

struct kid {
	uint32_t type : 2, page : 30;	/* page: index in reading order */
	uint32_t value;			/* object number or mark of the page */
};

/* What pdf knows of an element while it lives (area_elem.out). */
struct pdf_elem {
	struct pdf_elem *prev, *next;	/* all that are not written yet */
	struct area_elem *elem;
	unsigned id;
	struct kid *kids, few[2];
	uint32_t n, cap;
	const char *numbering;		/* of a list: its ListNumbering */
	double *bbox;			/* of a figure, in its page's space */
	/* Of a row or table: what its cells cover, and how many columns the
	 * (first) row has, how many rows the table. */
	uint64_t cover;
	uint32_t columns, rows;
};

/* Items [from, to) of a page are one piece of marked content. */
struct mark {
	uint32_t from, to;
	struct area_elem *elem;
	uint32_t mcid;			/* within its area_page; unused: artifact */
};

/* A page between pdf_structure and its painting. */
struct plan {
	struct mark *marks;
	size_t n, cap;
	uint32_t *owners;		/* element number of each mcid */
	size_t n_owners, cap_owners;
	struct plan_link {
		unsigned annot;		/* reserved number */
		unsigned elem;		/* the Link element's; 0: none */
	} *links;
	size_t n_links, cap_links;
};

struct page_entry {
	struct plan *plan;		/* NULL: not known, or painted */
	unsigned id;			/* of the PDF page it stands on, or 0 */
	uint32_t mcid;			/* its first there */
};

struct ended {
	struct area_elem *elem;
	uint32_t page;			/* written when all pages up to it are */
};

struct tags {
	struct area_elem *root;
	struct page_entry *pages;	/* by index in reading order */
	size_t n_pages, cap_pages;
	size_t n_painted;		/* all before this one are painted */
	struct ended *ended;		/* a queue */
	size_t ended_from, n_ended, cap_ended;
	struct pdf_elem live;		/* head of the ring */
	uint32_t *parents;		/* ParentTree: key -> object number */
	size_t n_parents, cap_parents;
	uint32_t *notes;		/* numbers of Note elements */
	size_t n_notes, cap_notes;
	struct buf roots;		/* references to elements without parent */
	unsigned tree;			/* StructTreeRoot */
	int heading;			/* level of the last one, 0: none */
	struct area_elem **path;	/* scratch: elements to enter */
	size_t cap_path;
};

/* ------------------------------------------------------------------ nav.c */

struct anchor {
	char *id;
	unsigned page;
	double x, y;
};

struct labels {
	struct buf nums;	/* written entries */
	char *prefix;		/* of the running entry; NULL: none yet */
	char style;		/* D r R or 0 */
	long next;		/* the number that would continue it */
};

/* ------------------------------------------------------------------- pdf */

struct gstate_object {
	uint8_t fill, stroke;
	unsigned id;
};

struct slot {
	unsigned id;
	mpt width;
};

struct pdf {
	struct job *job;
	struct outfile *file;
	struct fonts *fonts;
	struct pdf_options options;
	bool ended, failed;
	bool accessible;	/* nothing met yet that PDF/UA-1 forbids */
	struct objects o;
	struct pdf_font **by_font;	/* by font->id */
	size_t n_by_font;
	struct pdf_font *first_font, *last_font;
	struct map *strings;	/* texts of more than one character */
	unsigned *images;	/* object numbers by image->id */
	size_t n_images;
	struct gstate_object *gstates;
	size_t n_gstates, cap_gstates;
	struct slot *slots;
	size_t n_slots, cap_slots;
	unsigned *layers;		/* object numbers by layer->number */
	size_t n_layers;
	struct tags tags;
	uint32_t *page_ids;	/* of PDF pages, in order */
	size_t n_pages, cap_pages;
	uint32_t *nodes;	/* of the page tree, one per PAGES_PER_NODE */
	size_t n_nodes, cap_nodes;
	struct anchor *anchors;
	size_t n_anchors, cap_anchors;
	struct map *anchor_ids;	/* ids seen: the first one counts */
	struct map *wanted_ids;	/* ids that links led to before they were seen */
	double top;		/* of the first page */
	struct labels labels;
	struct content *spare;	/* one stream's buffers, for the next page */
	struct buf scratch;
};

/* object.c: PDF.md's object layer.  The number of a new object. */
bool objects_open(struct pdf *p);
void objects_free(struct pdf *p);
unsigned object_new(struct pdf *p);
/* Gives the object its value, anything but a stream; b is emptied. */
void object_put(struct pdf *p, unsigned id, struct buf *b);
unsigned object_add(struct pdf *p, struct buf *b);
/* Writes a stream at once.  keys: more of its dictionary.  level: of zlib; with
 * 0 (or options.uncompressed, or nothing to say) the bytes are stored.  The
 * levels are by measurement on pages of tables: 3 for contents and 4 for
 * dictionaries take 3 % more room than 6 and 6, and a quarter less time; fonts
 * and pictures are few, but 9 takes ten times as long as 6 for nothing. */
enum { STORED = 0, FAST = 3, DENSE = 4, SMALL = 6 };
void object_put_stream(struct pdf *p, unsigned id, const char *keys,
    const void *data, size_t n, int level);
unsigned object_add_stream(struct pdf *p, const char *keys, const void *data,
    size_t n, int level);
/* Catalog and Info are libharu's dictionaries; their keys come as text. */
unsigned objects_pages_id(struct pdf *p);
void objects_put_catalog(struct pdf *p, struct buf *keys);
void objects_put_info(struct pdf *p, struct buf *keys);
void objects_finish(struct pdf *p);
void put_uint(struct buf *b, uint64_t v);
/* " 12 0 R". */
void put_ref(struct buf *b, unsigned id);
void put_name(struct buf *b, const char *name);
/* A text string: ASCII as it is, all else UTF-16BE (ISO 32000-1, 7.9.2.2).
 * Control characters are left out. */
void put_text(struct buf *b, const char *utf8);
void put_text_n(struct buf *b, const char *utf8, size_t n);
/* A byte string. */
void put_bytes(struct buf *b, const char *s, size_t n);
/* "/A" and the action that opens an address or another PDF file. (page.c) */
void put_action(struct buf *b, const char *uri);
/* Four digits; a character in four or eight. */
void put_hex4(struct buf *b, unsigned v);
void put_utf16_hex(struct buf *b, uint32_t cp);
void put_matrix(struct buf *b, const double m[6]);

/* press.c: false: libharu has no stream for it. */
bool press_open(struct pdf *p);
void press_free(struct pdf *p);	/* accepts none */
/* As object_put_stream; the data may be written later, and is copied then. */
void press_stream(struct pdf *p, unsigned id, const char *keys,
    const void *data, size_t n, int level);
/* For a readable file: any other value. */
void press_object(struct pdf *p, unsigned id, const struct buf *value);
/* What is no object: the first and the last lines. */
void press_text(struct pdf *p, const char *text);
/* All is written: says to object_stands() where, and what the bytes sum up to.
 * Returns their number. */
uint64_t press_finish(struct pdf *p, uint64_t sums[2]);
/* Deflated; only after press_finish. */
void press_pack(struct pdf *p, const void *data, size_t n, int level,
    struct buf *out);
/* The object begins at an offset of the file. (object.c) */
void object_stands(struct pdf *p, unsigned id, uint32_t offset);

/* font.c */
struct pdf_font *font_use(struct pdf *p, const struct font *f);
/* The code of a glyph that stands for the text; may move *f on to a new font
 * when all codes of the old one are used. */
unsigned font_code(struct pdf *p, struct pdf_font **f, uint16_t gid,
    const char *text, size_t n);
void fonts_write(struct pdf *p);
void fonts_forget(struct pdf *p);

/* content.c */
struct content *content_new(struct pdf *p, struct content *up, mpt y0);
void content_free(struct content *c);
void content_forget(struct pdf *p);
void content_mode(struct content *c, enum content_mode mode);
void content_item(struct content *c, const struct area_item *it);
void content_group(struct content *c, const double m[6], const mpt *clip);
void content_end_group(struct content *c);
/* PUSH and POP; `whole`: all inside is one piece, so it may be a form. */
void content_push(struct content **c, const struct area_item *it, bool whole);
void content_pop(struct content **c);
void content_resource(struct content *c, char kind, unsigned id);
void content_put_resources(const struct content *c, struct buf *out);
/* Alpha of fills and strokes, times the group's; -1: as it is. */
void content_alpha(struct content *c, int fill, int stroke);
void content_fill(struct content *c, struct color color);
void content_stroke(struct content *c, struct color color);
void content_line_width(struct content *c, mpt width);
bool content_item_box(const struct content *c, const struct area_item *it,
    double box[4]);
void content_bounds(struct content *c, const double box[4]);
/* As buf_mpt, without the zero before the point: these are most of a page. */
void put_mpt(struct buf *b, int64_t v);
void put_mpts(struct buf *b, const int64_t *v, size_t n, const char *op);
/* Room for n bytes at the end, whose number the caller adds to b->n. */
char *content_reserve(struct buf *b, size_t n);

/* text.c: artifacts need no words for their clusters. */
void content_text(struct content *c, const struct area_text *t, bool artifact);

/* paint.c: a paint without special cases: no stops is none, one stop a
 * colour; color.a is what alpha to set for a gradient. */
struct area_paint paint_effective(const struct area_paint *p);
/* Opacity that changes along a gradient needs a mask: true if one was set, in
 * a group that the caller ends. */
bool paint_mask(struct content *c, struct area_paint *paint,
    const double box[4]);
unsigned paint_pattern(struct content *c, const struct area_paint *paint);
void paint_image(struct content *c, const struct area_image *i);
unsigned paint_gstate(struct pdf *p, uint8_t fill, uint8_t stroke);
/* The content as a form object. */
unsigned paint_form(struct content *c, unsigned id, const double box[4],
    const char *keys);

/* tag.c: pages are planned first, in reading order, and painted later. */
void tags_open(struct pdf *p);
void tags_free(struct pdf *p);
void tags_page(struct pdf *p, const struct area_page *page);
/* The plan of a page that was not painted yet, or NULL. */
struct plan *tags_plan(struct pdf *p, const struct area_page *page);
/* The page's marks were painted on the PDF page `id`, from `mcid` on. */
void tags_painted(struct pdf *p, const struct area_page *page, unsigned id,
    uint32_t mcid);
/* A new key of the ParentTree, with what it leads to (an element, or an array
 * of them). */
uint32_t tags_key(struct pdf *p, unsigned object);
/* Part of a figure was painted here. */
void tags_box(const struct area_elem *e, const double box[4]);
/* Writes and frees what ended on pages that are all painted. */
void tags_write_ended(struct pdf *p);
/* Writes what is left and the tree's root, whose number is returned. */
unsigned tags_finish(struct pdf *p);

/* page.c */
void slots_write(struct pdf *p, const struct area_doc *doc);
void pages_finish(struct pdf *p);

/* nav.c */
void nav_anchor(struct pdf *p, const char *id, unsigned page, double x,
    double y);
/* A link leads to an id.  If no page has it, it leads to the first page: a link
 * stays a link, as in FOP. */
void nav_want(struct pdf *p, const char *id);
void nav_label(struct pdf *p, const char *label);
/* Keys for the catalog. */
void nav_finish(struct pdf *p, const struct area_doc *doc, struct buf *catalog,
    struct buf *names);
void nav_free(struct pdf *p);

/* meta.c */
/* The number of a layer's group of optional content. */
unsigned meta_layer(struct pdf *p, size_t number);
void meta_finish(struct pdf *p, const struct area_doc *doc,
    struct buf *catalog, struct buf *names);

/* Affine maps: out = a, then b. */
void matrix_mul(double out[6], const double a[6], const double b[6]);
void matrix_apply(const double m[6], double *x, double *y);
/* The map of a y-down space in mpt (area_push.m) between spaces in points
 * whose y goes up from y0 (from) and y1 (to). */
void matrix_flip(double out[6], const double m[6], mpt from, mpt to);
void box_add(double box[4], bool first, double x, double y);

#endif
