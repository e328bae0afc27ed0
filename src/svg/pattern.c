/*
 * Patterns (SVG 1.1, 13.3): the path is a clip, and what the pattern contains
 * is painted once for each tile that the path's box touches.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define MAX_TILES 4096	/* in one fill */

struct tiling {
	const xmlNode *content;	/* whose children are painted */
	struct frame in;	/* pattern space, without the content's matrix */
	struct mat content_m;
	double x, y, w, h;	/* the first tile */
	long from[2], till[2];	/* columns, rows */
};

/* The first of the chain that has something inside. */
static const xmlNode *
find_content(const struct svg_chain *c)
{
	for (int i = 0; i < c->n; i++)
		if (svg_first_element(c->nodes[i]))
			return c->nodes[i];
	return NULL;
}

/* The tile, in user space or in parts of the box. */
static bool
read_tile(struct painter *p, const struct svg_chain *c, const struct frame *f,
    const double *box, struct tiling *t)
{
	bool of_box = !str_eq(svg_chain_attr(c, "patternUnits"),
	    "userSpaceOnUse");
	struct frame unit = *f;

	if (of_box)
		unit.vw = unit.vh = 1;
	t->x = svg_chain_px(p, c, &unit, "x", AXIS_X, 0);
	t->y = svg_chain_px(p, c, &unit, "y", AXIS_Y, 0);
	t->w = svg_chain_px(p, c, &unit, "width", AXIS_X, 0);
	t->h = svg_chain_px(p, c, &unit, "height", AXIS_Y, 0);
	if (of_box) {
		t->x = box[0] + t->x * box[2];
		t->y = box[1] + t->y * box[3];
		t->w *= box[2];
		t->h *= box[3];
	}
	return t->w > 0 && t->h > 0;
}

static void
read_content_matrix(struct painter *p, const struct svg_chain *c,
    const double *box, struct tiling *t)
{
	const char *view = svg_chain_attr(c, "viewBox");
	const char *align = svg_chain_attr(c, "preserveAspectRatio");
	struct svg_fit fit = { false, false, 0.5, 0.5 };
	double v[4];

	/* The contents begin where the tile does.  The text of the standard
	 * can be read otherwise, its implementations cannot. */
	t->content_m = (struct mat){ 1, 0, 0, 1, t->x, t->y };
	if (view && svg_value_view_box(view, v)) {
		if (align && !svg_value_fit(align, &fit))
			svg_report_value(p, c->nodes[0],
			    "preserveAspectRatio", align);
		t->content_m = svg_fit_matrix(&fit, v, t->x, t->y, t->w, t->h);
		t->in.vw = v[2];
		t->in.vh = v[3];
	} else if (view) {
		svg_report_value(p, c->nodes[0], "viewBox", view);
	} else if (str_eq(svg_chain_attr(c, "patternContentUnits"),
	    "objectBoundingBox")) {
		t->content_m.a = box[2];
		t->content_m.d = box[3];
		t->in.vw = t->in.vh = 1;
	}
}

/* Which tiles the box touches, seen from the pattern's space. */
static bool
read_range(struct tiling *t, struct mat pattern, const double box[4])
{
	double lo[2] = { INFINITY, INFINITY }, hi[2] = { -INFINITY, -INFINITY };
	struct mat back;

	if (!svg_mat_invert(pattern, &back))
		return false;
	for (int i = 0; i < 4; i++) {
		double x = box[0] + (i & 1 ? box[2] : 0);
		double y = box[1] + (i & 2 ? box[3] : 0);

		svg_mat_apply(back, &x, &y);
		x = (x - t->x) / t->w;
		y = (y - t->y) / t->h;
		lo[0] = fmin(lo[0], x);
		lo[1] = fmin(lo[1], y);
		hi[0] = fmax(hi[0], x);
		hi[1] = fmax(hi[1], y);
	}
	for (int i = 0; i < 2; i++) {
		if (!(fabs(lo[i]) < 1e6 && fabs(hi[i]) < 1e6))
			return false;
		t->from[i] = (long)floor(lo[i] + 1e-6);
		t->till[i] = (long)ceil(hi[i] - 1e-6);
	}
	return (double)(t->till[0] - t->from[0]) *
	    (double)(t->till[1] - t->from[1]) <= MAX_TILES;
}

static void
paint_tile(struct painter *p, const struct tiling *t, long column, long row,
    bool clipped)
{
	struct path edge = { .arena = p->scratch };
	struct frame in = t->in;

	in.m = svg_mat_mul(in.m, (struct mat){ 1, 0, 0, 1,
	    (double)column * t->w, (double)row * t->h });
	if (clipped) {
		svg_path_rect(&edge, t->x, t->y, t->w, t->h, 0, 0);
		svg_push_clip(p, &edge, in.m, false);
	}
	in.m = svg_mat_mul(in.m, t->content_m);
	for (xmlNode *c = svg_first_element(t->content); c;
	    c = svg_next_element(c))
		svg_paint_node(p, c, &in);
	svg_group_end(p, clipped);
}

bool
svg_pattern_fill(struct painter *p, xmlNode *pattern, const xmlNode *node,
    const struct frame *f, const struct path *path, double opacity)
{
	const xmlNode *outer = p->tile;
	struct tiling t = { .in = *f };
	struct mat m = svg_mat_identity();
	struct svg_chain c;
	struct svg_style st;
	const char *attr;
	double box[4], reach[4];
	int groups = 1;

	svg_chain_follow(p, pattern, &c);
	t.content = find_content(&c);
	if (p->measuring || !t.content || opacity <= 0 ||
	    !svg_path_bounds(path, reach) || !svg_paint_box(f, path, box))
		return true;
	attr = svg_chain_attr(&c, "patternTransform");
	if (attr && !svg_value_transform(attr, &m)) {
		svg_report_value(p, pattern, "patternTransform", attr);
		m = svg_mat_identity();
	}
	if (!read_tile(p, &c, f, box, &t))
		return true;
	t.in.object = NULL;
	read_content_matrix(p, &c, box, &t);
	/* What is too fine to be told apart is not worth its size; and what
	 * contains itself has no end. */
	if (t.content == outer || p->depth >= SVG_MAX_DEPTH ||
	    !read_range(&t, m, reach)) {
		svg_report_unsupported(p, node, "pattern");
		return false;
	}
	svg_style_in_place(p, t.content, &st);
	t.in.style = &st;
	t.in.m = svg_mat_mul(f->m, m);
	svg_push_clip(p, path, f->m, f->style->fill_rule);
	if (opacity < 1) {
		area_push(p->ctx->page, p->ctx->elem,
		    (const double[6]){ 1, 0, 0, 1, 0, 0 }, NULL,
		    (uint8_t)lround(opacity * 255));
		groups++;
	}
	p->tile = t.content;
	p->depth++;
	for (long row = t.from[1]; row < t.till[1]; row++)
		for (long col = t.from[0]; col < t.till[0] && !p->full; col++)
			paint_tile(p, &t, col, row, !st.overflow_visible);
	p->depth--;
	p->tile = outer;
	svg_group_end(p, groups);
	return true;
}
