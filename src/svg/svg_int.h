/*
 * What the files of svg/ share: values, computed style, paths, and the state
 * of one painting.
 *
 * A figure is interpreted from its tree each time it is painted.  Every element
 * gets a frame: the matrix from its user space to the page (in mpt), its
 * viewport for percentages, its computed style.  Paths leave in page
 * coordinates; only what a page item cannot say in them (group opacity, clips,
 * turned text, pens that a skewed space makes elliptic) is put into a group.
 */
#ifndef SVG_SVG_INT_H
#define SVG_SVG_INT_H

#include "fonts/fonts.h"
#include "images/images.h"
#include "svg/svg.h"
#include "xml/xml.h"

#define SVG_MAX_DEPTH 64	/* nested elements, use included */
#define SVG_MAX_MARKERS 4	/* markers on the paths of markers */
#define SVG_MAX_PAINTED 200000	/* elements painted in one figure */
#define SVG_MAX_POINTS 2000000	/* path commands in one figure */
#define SVG_MAX_FILES 4		/* figures inside figures */
#define SVG_MAX_CHAIN 16	/* gradients or patterns that refer to others */
/* As in XSL-FO here and in Apache FOP 72 px are an inch, not CSS's 96: a figure
 * of so many px is as wide as a block of so many. */
#define MPT_PER_PX 1000.0

/* --------------------------------------------------------------- values */

/* A matrix [a c e; b d f] as SVG writes matrix(a b c d e f). */
struct mat {
	double a, b, c, d, e, f;
};

struct mat svg_mat_identity(void);
struct mat svg_mat_mul(struct mat m, struct mat n);	/* n first, then m */
void svg_mat_apply(struct mat m, double *x, double *y);
bool svg_mat_invert(struct mat m, struct mat *out);
double svg_mat_scale(struct mat m);	/* square root of the determinant */
/* Turns, flips and skews by nothing: m.a = m.d > 0, m.b = m.c = 0. */
bool svg_mat_is_upright(struct mat m);
/* Keeps circles circles. */
bool svg_mat_is_similar(struct mat m);
mpt svg_to_mpt(double v);		/* rounded and clamped */

enum svg_unit { UNIT_USER, UNIT_PERCENT, UNIT_EM, UNIT_EX };
struct svg_length {
	double v;		/* user units, percent, em, ex */
	enum svg_unit unit;
};

/* Each parses at *s and moves past; false leaves *s where it was. */
void svg_skip_space(const char **s);
void svg_skip_comma(const char **s);	/* space, at most one comma, space */
bool svg_parse_number(const char **s, double *out);
bool svg_parse_length(const char **s, struct svg_length *out);
/* The whole string, white space around it allowed. */
bool svg_value_number(const char *s, double *out);	/* "50%" is 0.5 */
bool svg_value_length(const char *s, struct svg_length *out);
bool svg_value_color(const char *s, struct color *out);
bool svg_value_transform(const char *s, struct mat *out);
bool svg_value_view_box(const char *s, double out[4]);
/* The fragment of "#id" or "url(#id)", NULL if it is something else. */
const char *svg_value_fragment(struct arena *a, const char *s,
    const char **rest);

struct svg_fit {		/* preserveAspectRatio */
	bool none, slice;
	double x, y;		/* 0 min, 0.5 mid, 1 max */
};
bool svg_value_fit(const char *s, struct svg_fit *out);
/* From a view box to a rectangle. */
struct mat svg_fit_matrix(const struct svg_fit *fit, const double box[4],
    double x, double y, double w, double h);

/* A keyword table sorted by name. */
struct svg_keyword {
	const char *name;
	int value;
};
const struct svg_keyword *svg_keyword_find(const struct svg_keyword *k,
    size_t n, const char *name, size_t len);

/* ---------------------------------------------------------------- style */

enum svg_paint_kind { SVG_NONE, SVG_COLOR, SVG_CURRENT, SVG_SERVER };
struct svg_paint {
	enum svg_paint_kind kind;
	struct color color;	/* of SVG_COLOR, and a server's substitute… */
	enum svg_paint_kind substitute;	/* …if this is not SVG_SERVER */
	const char *server;	/* id */
};

enum { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum { BASELINE_ALPHABETIC, BASELINE_MIDDLE, BASELINE_CENTRAL,
	BASELINE_HANGING, BASELINE_MATHEMATICAL, BASELINE_BEFORE,
	BASELINE_AFTER };
enum { DECORATION_NONE, DECORATION_UNDER = 1, DECORATION_OVER = 2,
	DECORATION_THROUGH = 4 };

struct svg_style {
	/* inherited */
	struct svg_paint fill, stroke;
	double fill_opacity, stroke_opacity;
	int fill_rule, clip_rule;	/* 1: even-odd */
	struct svg_length stroke_width, dash_offset;
	int cap, join;
	double miter;
	const struct svg_length *dash;
	size_t n_dash;
	int stroke_first;		/* paint-order begins with stroke */
	struct color color;
	const char *families, *features, *lang;
	double font_size;		/* user units */
	int weight, slant, stretch;
	int anchor, baseline, rtl, preserve;
	struct svg_length letter_spacing, word_spacing;
	int hidden;
	const char *markers[3];		/* ids, or NULL: start, middle, end */
	/* not inherited */
	double opacity, stop_opacity;
	struct svg_paint stop_color;
	const char *clip;		/* id of a clipPath, or NULL */
	const char *mask;		/* id of a mask, or NULL */
	int display_none, overflow_visible;
	int decoration;			/* propagated by text.c */
	double baseline_shift;		/* user units, up; added up by text.c */
};

struct painter;
/* The font-size "medium", where text begins: as FOP, not browsers, has it. */
#define SVG_MEDIUM 9.0
void svg_style_init(struct svg_style *st, const struct svg_context *ctx);
/* The style of an element: presentation attributes, then the rules of <style>,
 * then its style attribute.  Reports bad values. */
void svg_style_compute(struct painter *p, const xmlNode *node,
    const struct svg_style *parent, struct svg_style *out);
/* The style of an element where it stands, not where it is used. */
void svg_style_in_place(struct painter *p, const xmlNode *node,
    struct svg_style *out);
/* Style attribute or a rule's block, calling back for each declaration that is
 * !important, or for each that is not. */
typedef void declaration_fn(void *ctx, const char *name, size_t name_n,
    const char *value, size_t value_n);
void svg_css_declarations(const char *s, size_t n, bool important,
    declaration_fn *fn, void *ctx);
/* The rules of style elements, by increasing precedence; either those that are
 * !important or the others. */
struct css;
struct css *svg_css_new(struct arena *a);
/* NULL, or the first selector that is not understood, which matches nothing. */
const char *svg_css_add(struct css *c, const char *sheet);
void svg_css_match(const struct css *c, const xmlNode *node, bool important,
    declaration_fn *fn, void *ctx);

/* ---------------------------------------------------------------- paths */

/* A path in user space: like area_path, in doubles. */
struct path {
	struct arena *arena;
	char *cmds;
	double *xy;
	size_t n_cmds, n_xy, cap_cmds, cap_xy;
	double start_x, start_y, x, y;	/* of the subpath; current point */
	bool open;			/* a subpath is begun */
};

void svg_path_move(struct path *p, double x, double y);
void svg_path_line(struct path *p, double x, double y);
void svg_path_curve(struct path *p, double x1, double y1, double x2, double y2,
    double x, double y);
void svg_path_close(struct path *p);
void svg_path_ellipse(struct path *p, double cx, double cy, double rx,
    double ry);
void svg_path_rect(struct path *p, double x, double y, double w, double h,
    double rx, double ry);
/* SVG 1.1, 8.3.  False on an error: the path holds all before it. */
bool svg_path_parse(struct path *p, const char *d);
bool svg_path_points(struct path *p, const char *points, bool close);
/* x, y, width, height of the tight box; false for an empty path. */
bool svg_path_bounds(const struct path *p, double box[4]);
/* Twice the signed area of the polygon of end points. */
double svg_path_area(const struct path *p);
/* Appends q, turned round if asked, through m. */
void svg_path_append(struct path *p, const struct path *q, struct mat m,
    bool reverse);

/* -------------------------------------------------------------- painting */

struct svg {
	struct job *job;
	struct arena *arena;
	xmlNode *root;
	xmlDoc *doc;		/* owned, when read from a file */
	struct xml *xml;	/* owned likewise */
	struct map *ids;	/* id → xmlNode */
	struct map *targets;	/* ids that links in the figure name */
	struct css *css;
	struct where where;	/* when a node has no place */
	const char *alt;
	double box[4];		/* viewBox or the own size, user units */
	bool has_box;
	struct svg_fit fit;
	struct svg_length width, height;
	bool has_width, has_height;
	int files;		/* depth of files in files */
};

struct painter {
	const struct svg *svg;
	const struct svg_context *ctx;
	struct arena *arena;	/* the page's */
	struct arena *scratch;	/* of this painting */
	int depth;
	size_t painted, points;
	bool full;		/* a limit was reported */
	bool deep;		/* that of the depth was */
	const xmlNode *marker;	/* being painted, or NULL */
	int markers;		/* that one and those it stands in */
	const xmlNode *tile;	/* a pattern likewise */
	bool measuring;		/* only sizes count: what is not seen too */
};

struct frame {
	struct mat m;		/* user space to page */
	double vw, vh;		/* viewport, user units */
	const struct svg_style *style;
	const double *object;	/* box that paints refer to, or NULL: the path's */
};

void svg_paint_node(struct painter *p, xmlNode *node, const struct frame *f);
/* Reads a figure in a figure; NULL after reporting. */
struct svg *svg_open_inner(struct job *job, const char *path,
    struct where where, int files);

struct where svg_where(const struct painter *p, const xmlNode *node);
const char *svg_node_attr(const xmlNode *node, const char *name);
const char *svg_node_href(const xmlNode *node);
xmlNode *svg_node_by_id(const struct painter *p, const char *id);
bool svg_node_is(const xmlNode *node, const char *name);
bool svg_is_element(const xmlNode *node);
xmlNode *svg_first_element(const xmlNode *node);
xmlNode *svg_next_element(const xmlNode *node);

enum axis { AXIS_X, AXIS_Y, AXIS_BOTH };
double svg_length_px(const struct frame *f, struct svg_length l,
    enum axis axis);
/* An attribute as a length in user units; `otherwise` if absent or bad. */
double svg_attr_px(struct painter *p, const xmlNode *node,
    const struct frame *f, const char *name, enum axis axis,
    double otherwise);
void svg_report_value(struct painter *p, const xmlNode *node, const char *name,
    const char *value);
void svg_report_unsupported(struct painter *p, const xmlNode *node,
    const char *what);

/* paint.c: a path of an element, filled and stroked by its style. */
void svg_paint_path(struct painter *p, const xmlNode *node,
    const struct frame *f, const struct path *path);
/* marker.c: what stands at the path's vertices. */
void svg_paint_markers(struct painter *p, const xmlNode *node,
    const struct frame *f, const struct path *path);
/* Begins the groups that the element's opacity and clip need; the number of
 * groups to pop, or -1 if nothing shows.  A leaf that is only filled or only
 * stroked carries its opacity itself. */
int svg_group_begin(struct painter *p, const xmlNode *node,
    const struct frame *f, bool leaf);
void svg_group_end(struct painter *p, int n);
void svg_push_clip(struct painter *p, const struct path *path, struct mat to,
    bool even_odd);
/* The path of a shape element; false if it is none or has no outline. */
bool svg_shape_path(struct painter *p, const xmlNode *node,
    const struct frame *f, struct path *out);

/* paint.c, gradient.c: what fills or strokes, or PAINT_NONE.  `to` maps user
 * space to the path's coordinates. */
void svg_paint_of(struct painter *p, const xmlNode *node, const struct frame *f,
    const struct svg_paint *from, double opacity, const struct path *path,
    struct mat to, struct area_paint *out);
/* A gradient or pattern and those that it takes from what it does not say. */
struct svg_chain {
	xmlNode *nodes[SVG_MAX_CHAIN];
	int n;
};
void svg_chain_follow(struct painter *p, xmlNode *node, struct svg_chain *c);
const char *svg_chain_attr(const struct svg_chain *c, const char *name);
/* A length; `percent` if nobody says it. */
double svg_chain_px(struct painter *p, const struct svg_chain *c,
    const struct frame *f, const char *name, enum axis axis, double percent);
/* The box that objectBoundingBox means for paints of the path. */
bool svg_paint_box(const struct frame *f, const struct path *path,
    double box[4]);
void svg_gradient_paint(struct painter *p, xmlNode *gradient,
    const struct frame *f, double opacity, const struct path *path,
    struct mat to, struct area_paint *out);
struct color svg_color_of(const struct svg_paint *from,
    const struct svg_style *st, double opacity);

/* measure.c: the box (x, y, width, height) around the page's items from the
 * one given on, in page coordinates, within their clips; false if there are
 * none.  Pens and masks do not count. */
bool svg_items_box(const struct area_page *page, size_t from, double box[4],
    struct arena *scratch);
/* The bounding box of an element in its own user space. */
bool svg_object_box(struct painter *p, const xmlNode *node,
    const struct frame *f, double box[4]);

/* An element as it is, its transform and style being those of the frame. */
void svg_paint_element(struct painter *p, xmlNode *node, const struct frame *f);
bool svg_is_shape(const xmlNode *node);
/* Makes the items from the one given on the body of a link. */
void svg_add_link(struct painter *p, const xmlNode *node, size_t from);

/* Fills a path with tiles; false, after reporting, if it cannot. */
bool svg_pattern_fill(struct painter *p, xmlNode *pattern,
    const xmlNode *node, const struct frame *f, const struct path *path,
    double opacity);

void svg_paint_image(struct painter *p, xmlNode *node, const struct frame *f);

/* ----------------------------------------------------------------- text */

struct svg_char {
	const struct svg_style *st;
	const xmlNode *node;
	uint32_t off;		/* byte in the text */
	uint32_t cp;
	bool has_x, has_y;
	double x, y, dx, dy, rotate;
	double shift;		/* of the baseline, up */
	double opacity;		/* of tspans */
	int decoration;
	const xmlNode *link;	/* the innermost a, or NULL */
	const struct svg_way *way;	/* of a textPath, or NULL */
};

struct svg_run {
	const struct font *font;
	const struct shaped *shaped;
	const struct svg_char *first;	/* its first character */
	size_t off, n;			/* bytes */
	int level;
	bool oblique;
	double advance;			/* user units */
	double extra;			/* after each cluster, of textLength */
	double squeeze;			/* of the glyphs' width, likewise */
	const struct area_glyph *glyphs;	/* made when first asked for */
	const char *text;		/* of all its areas, likewise */
	double x, y;			/* its left end, user units */
};

struct svg_text {
	struct painter *p;
	struct frame f;
	struct buf bytes;
	struct svg_char *chars;
	size_t n, cap;
	struct svg_run *runs;
	size_t n_runs, cap_runs;
	bool spaced;		/* the last character was a space, or none was */
	double scale;		/* mpt of a user unit where glyphs are set */
	struct mat local;	/* from user space to where glyphs are set */
	double box[4];		/* of all runs, user space: for paints */
	struct svg_text_fit {		/* a textLength of the characters from…till */
		size_t from, till;
		double length;
		bool glyphs;
		const struct svg_text_fit *next;
	} *fits;
};

/* text.c: gathers, shapes and places; false if there is nothing to paint. */
bool svg_text_prepare(struct svg_text *t, xmlNode *node);
/* Letter and word spacing of a character, user units. */
double svg_text_spacing(const struct svg_text *t, const struct svg_style *st,
    uint32_t cp);
bool svg_text_is_spaced(const struct svg_style *st);

/* glyphs.c */
void svg_paint_text(struct painter *p, xmlNode *node, const struct frame *f);
/* Adds the outlines of a text element, seen through the frame's matrix. */
void svg_text_outline(struct painter *p, xmlNode *node, const struct frame *f,
    struct path *out);

/* outline.c: appends a glyph; `m` maps font units. */
void svg_glyph_path(struct path *out, const struct font *f, uint32_t gid,
    struct mat m);
/* What text on a path goes along; NULL after reporting. */
struct svg_way *svg_way_new(struct painter *p, const xmlNode *node,
    const struct frame *f);
double svg_way_start(const struct svg_way *w);
/* The way's direction and place so far along it; false beyond its ends. */
bool svg_way_at(const struct svg_way *w, double at, struct mat *out);

#endif
