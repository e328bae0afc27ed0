/*
 * Shapes to paths, paths to page items, and the groups that clips and opacity
 * need.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

/* --------------------------------------------------------------- shapes */

static bool
rect_path(struct painter *p, const xmlNode *node, const struct frame *f,
    struct path *out)
{
	double w = svg_attr_px(p, node, f, "width", AXIS_X, 0);
	double h = svg_attr_px(p, node, f, "height", AXIS_Y, 0);
	double rx = svg_attr_px(p, node, f, "rx", AXIS_X, -1);
	double ry = svg_attr_px(p, node, f, "ry", AXIS_Y, -1);

	if (!(w > 0 && h > 0))
		return false;
	/* SVG 1.1, 9.2: one radius serves for both. */
	if (rx < 0)
		rx = ry;
	if (ry < 0)
		ry = rx;
	svg_path_rect(out, svg_attr_px(p, node, f, "x", AXIS_X, 0),
	    svg_attr_px(p, node, f, "y", AXIS_Y, 0), w, h, rx, ry);
	return true;
}

static bool
ellipse_path(struct painter *p, const xmlNode *node, const struct frame *f,
    struct path *out)
{
	bool circle = svg_node_is(node, "circle");
	double rx = svg_attr_px(p, node, f, circle ? "r" : "rx",
	    circle ? AXIS_BOTH : AXIS_X, -1);
	double ry = circle ? rx : svg_attr_px(p, node, f, "ry", AXIS_Y, -1);

	if (rx < 0)
		rx = ry;
	if (ry < 0)
		ry = rx;
	if (!(rx > 0 && ry > 0))
		return false;
	svg_path_ellipse(out, svg_attr_px(p, node, f, "cx", AXIS_X, 0),
	    svg_attr_px(p, node, f, "cy", AXIS_Y, 0), rx, ry);
	return true;
}

static bool
data_path(struct painter *p, const xmlNode *node, const char *name,
    struct path *out)
{
	const char *s = svg_node_attr(node, name);
	bool ok;

	if (!s || strcmp(s, "none") == 0)
		return false;
	/* SVG 1.1, F.2: what stands before an error is drawn. */
	ok = name[0] == 'd' ? svg_path_parse(out, s) :
	    svg_path_points(out, s, svg_node_is(node, "polygon"));
	if (!ok)
		svg_report_value(p, node, name, s);
	return out->n_cmds > 0;
}

bool
svg_shape_path(struct painter *p, const xmlNode *node, const struct frame *f,
    struct path *out)
{
	switch (node->name[0]) {
	case 'r':
		return rect_path(p, node, f, out);
	case 'c': case 'e':
		return ellipse_path(p, node, f, out);
	case 'l':
		svg_path_move(out, svg_attr_px(p, node, f, "x1", AXIS_X, 0),
		    svg_attr_px(p, node, f, "y1", AXIS_Y, 0));
		svg_path_line(out, svg_attr_px(p, node, f, "x2", AXIS_X, 0),
		    svg_attr_px(p, node, f, "y2", AXIS_Y, 0));
		return true;
	default:
		return data_path(p, node, svg_node_is(node, "path") ? "d" :
		    "points", out);
	}
}

bool
svg_is_shape(const xmlNode *node)
{
	static const char *const names[] = {
		"circle", "ellipse", "line", "path", "polygon", "polyline",
		"rect"
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (svg_node_is(node, names[i]))
			return true;
	return false;
}

/* --------------------------------------------------------------- paints */

static struct color
with_opacity(struct color c, double opacity)
{
	c.a = (uint8_t)lround(c.a * opacity);
	return c;
}

struct color
svg_color_of(const struct svg_paint *from, const struct svg_style *st,
    double opacity)
{
	enum svg_paint_kind kind = from->kind == SVG_SERVER ?
	    from->substitute : from->kind;

	if (kind == SVG_NONE)
		return (struct color){ 0, 0, 0, 0 };
	return with_opacity(kind == SVG_CURRENT ? st->color : from->color,
	    opacity);
}

void
svg_paint_of(struct painter *p, const xmlNode *node, const struct frame *f,
    const struct svg_paint *from, double opacity, const struct path *path,
    struct mat to, struct area_paint *out)
{
	memset(out, 0, sizeof *out);
	if (from->kind == SVG_SERVER) {
		xmlNode *server = svg_node_by_id(p, from->server);

		if (server && (svg_node_is(server, "linearGradient") ||
		    svg_node_is(server, "radialGradient"))) {
			svg_gradient_paint(p, server, f, opacity, path, to,
			    out);
			return;
		}
		if (server)
			svg_report_unsupported(p, node,
			    (const char *)server->name);
		else if (from->substitute == SVG_NONE)
			diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
			    svg_where(p, node), from->server);
	}
	out->color = svg_color_of(from, f->style, opacity);
	out->kind = out->color.a ? PAINT_COLOR : PAINT_NONE;
}

/* A leaf with one paint carries its opacity itself: no group is needed. */
static bool
folds_opacity(const struct svg_style *st)
{
	return st->fill.kind == SVG_NONE || st->stroke.kind == SVG_NONE;
}

/* ------------------------------------------------------------------ paths */

static struct area_path *
make_path(struct painter *p, const struct path *path, struct mat to)
{
	struct area_path *a = arena_alloc(p->arena, sizeof *a);
	char *cmds = arena_alloc(p->arena, path->n_cmds + 1);
	mpt *xy = arena_array(p->arena, path->n_xy + 1, sizeof *xy);

	memcpy(cmds, path->cmds, path->n_cmds);
	for (size_t i = 0; i + 1 < path->n_xy; i += 2) {
		double x = path->xy[i], y = path->xy[i + 1];

		svg_mat_apply(to, &x, &y);
		xy[i] = svg_to_mpt(x);
		xy[i + 1] = svg_to_mpt(y);
	}
	a->cmds = cmds;
	a->xy = xy;
	a->n_cmds = path->n_cmds;
	p->points += path->n_cmds;
	return a;
}

static void
set_pen(struct painter *p, const struct frame *f, struct mat to,
    struct area_path *a)
{
	const struct svg_style *st = f->style;
	double scale = svg_mat_scale(to);
	mpt *dash;

	a->line_width = svg_to_mpt(scale *
	    svg_length_px(f, st->stroke_width, AXIS_BOTH));
	/* A pen too thin to count is still a pen. */
	if (a->line_width < 1)
		a->line_width = 1;
	a->cap = (uint8_t)st->cap;
	a->join = (uint8_t)st->join;
	a->miter = (float)st->miter;
	if (st->n_dash == 0)
		return;
	dash = arena_array(p->arena, st->n_dash, sizeof *dash);
	for (size_t i = 0; i < st->n_dash; i++)
		dash[i] = svg_to_mpt(scale *
		    svg_length_px(f, st->dash[i], AXIS_BOTH));
	a->dash = dash;
	a->n_dash = st->n_dash;
	a->dash_phase = svg_to_mpt(scale *
	    svg_length_px(f, st->dash_offset, AXIS_BOTH));
}

static void
add_path(struct painter *p, const struct area_path *a)
{
	if (a->fill.kind != PAINT_NONE || a->stroke.kind != PAINT_NONE ||
	    p->measuring)
		area_add(p->ctx->page, AREA_PATH, p->ctx->elem, a);
}

/* Fill and stroke in one item, or in two when the stroke comes first. */
static void
emit_path(struct painter *p, const xmlNode *node, const struct frame *f,
    const struct path *path, struct mat to, bool filled, bool stroked)
{
	const struct svg_style *st = f->style;
	double opacity = folds_opacity(st) ? st->opacity : 1;
	struct area_path *a = make_path(p, path, to), *first;

	/* A single straight line has nothing inside. */
	if (path->n_xy > 4 && filled)
		svg_paint_of(p, node, f, &st->fill, opacity * st->fill_opacity,
		    path, to, &a->fill);
	a->even_odd = st->fill_rule;
	if (stroked) {
		svg_paint_of(p, node, f, &st->stroke,
		    opacity * st->stroke_opacity, path, to, &a->stroke);
		set_pen(p, f, to, a);
	}
	if (st->stroke_first && a->fill.kind != PAINT_NONE) {
		first = arena_alloc(p->arena, sizeof *first);
		*first = *a;
		first->fill.kind = PAINT_NONE;
		a->stroke.kind = PAINT_NONE;
		add_path(p, first);
	}
	add_path(p, a);
}

/* True if a pattern filled the path, so that no colour has to. */
static bool
fill_with_pattern(struct painter *p, const xmlNode *node,
    const struct frame *f, const struct path *path)
{
	const struct svg_style *st = f->style;
	xmlNode *server = st->fill.kind == SVG_SERVER ?
	    svg_node_by_id(p, st->fill.server) : NULL;

	return server && svg_node_is(server, "pattern") && path->n_xy > 4 &&
	    svg_pattern_fill(p, server, node, f, path, st->fill_opacity *
	    (folds_opacity(st) ? st->opacity : 1));
}

void
svg_paint_path(struct painter *p, const xmlNode *node, const struct frame *f,
    const struct path *path)
{
	const struct svg_style *st = f->style;
	bool stroked = st->stroke.kind != SVG_NONE &&
	    svg_length_px(f, st->stroke_width, AXIS_BOTH) > 0;
	struct mat m = f->m;
	bool filled;

	if ((st->hidden && !p->measuring) || path->n_cmds == 0)
		return;
	filled = !fill_with_pattern(p, node, f, path);
	if (!stroked || svg_mat_is_similar(m)) {
		emit_path(p, node, f, path, m, filled, stroked);
		return;
	}
	if (fabs(m.a * m.d - m.b * m.c) < 1e-9)
		return;
	/* The pen is an ellipse on the page: draw in user space, in
	 * thousandths, and let the group's matrix do the rest. */
	area_push(p->ctx->page, p->ctx->elem, (const double[6]){ m.a / 1000,
	    m.b / 1000, m.c / 1000, m.d / 1000, m.e, m.f }, NULL, 255);
	emit_path(p, node, f, path, (struct mat){ 1000, 0, 0, 1000, 0, 0 },
	    filled, stroked);
	area_pop(p->ctx->page);
}

/* ----------------------------------------------------------------- groups */

void
svg_push_clip(struct painter *p, const struct path *path, struct mat to,
    bool even_odd)
{
	struct area_path *a = make_path(p, path, to);

	a->even_odd = even_odd;
	area_push(p->ctx->page, p->ctx->elem,
	    (const double[6]){ 1, 0, 0, 1, 0, 0 }, a, 255);
}

/* Adds the shapes below a clipPath, all turned the same way round, so that
 * together they are their union. */
static void
gather_clip(struct painter *p, xmlNode *node, const struct frame *f,
    struct path *out, size_t *shapes, bool *even_odd, int depth)
{
	struct path path = { .arena = p->scratch };
	struct svg_style st;
	struct frame in = *f;
	const char *transform = svg_node_attr(node, "transform");
	struct mat m;

	if (depth > 4 || !svg_is_element(node))
		return;
	svg_style_compute(p, node, f->style, &st);
	in.style = &st;
	if (st.display_none || st.hidden)
		return;
	if (transform && svg_value_transform(transform, &m))
		in.m = svg_mat_mul(f->m, m);
	if (svg_node_is(node, "use")) {
		const char *href = svg_node_href(node);
		xmlNode *target = href ? svg_node_by_id(p,
		    svg_value_fragment(p->scratch, href, NULL)) : NULL;

		in.m = svg_mat_mul(in.m, (struct mat){ 1, 0, 0, 1,
		    svg_attr_px(p, node, &in, "x", AXIS_X, 0),
		    svg_attr_px(p, node, &in, "y", AXIS_Y, 0) });
		if (target)
			gather_clip(p, target, &in, out, shapes, even_odd,
			    depth + 1);
	} else if (svg_is_shape(node)) {
		if (!svg_shape_path(p, node, &in, &path))
			return;
		++*shapes;
		*even_odd = st.clip_rule;
		svg_path_append(out, &path, in.m, !st.clip_rule &&
		    svg_path_area(&path) * (in.m.a * in.m.d - in.m.b * in.m.c) <
		    0);
	} else if (svg_node_is(node, "text")) {
		svg_text_outline(p, node, &in, out);
		*even_odd = false;
		++*shapes;
	}
}

/* The matrix of a clipPath's contents; false if its units need the box of
 * something that has none. */
static bool
clip_frame(struct painter *p, const xmlNode *node, const xmlNode *clip,
    const struct frame *f, struct frame *out)
{
	const char *transform = svg_node_attr(clip, "transform");
	double box[4];
	struct mat m;

	*out = *f;
	if (transform && svg_value_transform(transform, &m))
		out->m = svg_mat_mul(out->m, m);
	if (!str_eq(svg_node_attr(clip, "clipPathUnits"), "objectBoundingBox"))
		return true;
	/* SVG 1.1, 7.11: what has no box is not painted at all. */
	if (!svg_object_box(p, node, f, box))
		return false;
	out->m = svg_mat_mul(out->m, (struct mat){ box[2], 0, 0, box[3], box[0],
	    box[1] });
	return true;
}

/* The groups of a clipPath and of the clipPaths that clip it; -1 if it leaves
 * nothing. */
static int
begin_clip(struct painter *p, const xmlNode *node, const struct frame *f,
    const char *id, int depth)
{
	xmlNode *clip = svg_node_by_id(p, id);
	struct path path = { .arena = p->scratch };
	struct svg_style st;
	struct frame in;
	size_t shapes = 0;
	bool even_odd = false;
	int outer = 0;

	if (!clip || !svg_node_is(clip, "clipPath")) {
		diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(p, node), id);
		return 0;
	}
	if (depth > 8)
		return 0;
	if (!clip_frame(p, node, clip, f, &in))
		return -1;
	svg_style_in_place(p, clip, &st);
	in.style = &st;
	if (st.clip)
		outer = begin_clip(p, node, f, st.clip, depth + 1);
	if (outer < 0)
		return -1;
	for (xmlNode *c = svg_first_element(clip); c; c = svg_next_element(c))
		gather_clip(p, c, &in, &path, &shapes, &even_odd, 0);
	if (path.n_cmds == 0) {
		svg_group_end(p, outer);
		return -1;
	}
	svg_push_clip(p, &path, svg_mat_identity(), even_odd && shapes == 1);
	return outer + 1;
}

int
svg_group_begin(struct painter *p, const xmlNode *node, const struct frame *f,
    bool leaf)
{
	const struct svg_style *st = f->style;
	int n = 0;

	if (st->opacity <= 0)
		return -1;
	if (st->clip)
		n = begin_clip(p, node, f, st->clip, 0);
	if (n >= 0 && st->opacity < 1 && !(leaf && folds_opacity(st))) {
		area_push(p->ctx->page, p->ctx->elem,
		    (const double[6]){ 1, 0, 0, 1, 0, 0 }, NULL,
		    (uint8_t)lround(st->opacity * 255));
		n++;
	}
	return n;
}

void
svg_group_end(struct painter *p, int n)
{
	while (n-- > 0)
		area_pop(p->ctx->page);
}
