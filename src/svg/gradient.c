/*
 * Linear and radial gradients.  A gradient takes what it does not say from the
 * one it refers to, and so on.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define MAX_STOPS 256
#define MAX_PERIODS 500	/* of a gradient that repeats, to either side */
#define MAX_SPREAD 8192	/* stops of all of them */

void
svg_chain_follow(struct painter *p, xmlNode *node, struct svg_chain *c)
{
	c->n = 0;
	while (node && c->n < SVG_MAX_CHAIN) {
		const char *href = svg_node_href(node);

		/* What comes round again adds nothing. */
		for (int i = 0; i < c->n; i++)
			if (c->nodes[i] == node)
				return;
		c->nodes[c->n++] = node;
		node = href ? svg_node_by_id(p,
		    svg_value_fragment(p->scratch, href, NULL)) : NULL;
	}
}

static const xmlNode *
chain_has(const struct svg_chain *c, const char *name)
{
	for (int i = 0; i < c->n; i++)
		if (svg_node_attr(c->nodes[i], name))
			return c->nodes[i];
	return NULL;
}

const char *
svg_chain_attr(const struct svg_chain *c, const char *name)
{
	const xmlNode *n = chain_has(c, name);

	return n ? svg_node_attr(n, name) : NULL;
}

double
svg_chain_px(struct painter *p, const struct svg_chain *c, const struct frame *f,
    const char *name, enum axis axis, double percent)
{
	const xmlNode *n = chain_has(c, name);
	double otherwise = svg_length_px(f,
	    (struct svg_length){ percent, UNIT_PERCENT }, axis);

	return n ? svg_attr_px(p, n, f, name, axis, otherwise) : otherwise;
}

bool
svg_paint_box(const struct frame *f, const struct path *path, double box[4])
{
	if (f->object)
		memcpy(box, f->object, 4 * sizeof *box);
	return f->object || (path && svg_path_bounds(path, box));
}

/* --------------------------------------------------------------- stops */

static void
read_stops(struct painter *p, const struct svg_chain *c, double opacity,
    struct area_paint *out)
{
	struct area_stop *stops;
	struct svg_style of_gradient, st;
	xmlNode *from = NULL;
	size_t n = 0;
	float last = 0;

	for (int i = 0; i < c->n && !from; i++)
		for (xmlNode *s = svg_first_element(c->nodes[i]); s && !from;
		    s = svg_next_element(s))
			if (svg_node_is(s, "stop"))
				from = c->nodes[i];
	if (!from)
		return;
	stops = arena_array(p->arena, MAX_STOPS, sizeof *stops);
	svg_style_in_place(p, from, &of_gradient);
	for (xmlNode *s = svg_first_element(from); s && n < MAX_STOPS;
	    s = svg_next_element(s)) {
		const char *attr = svg_node_attr(s, "offset");
		double offset = 0;

		if (!svg_node_is(s, "stop"))
			continue;
		if (attr && !svg_value_number(attr, &offset))
			svg_report_value(p, s, "offset", attr);
		svg_style_compute(p, s, &of_gradient, &st);
		/* SVG 1.1, 13.2.4: offsets never go back. */
		last = fmaxf(last, fminf(fmaxf((float)offset, 0), 1));
		stops[n++] = (struct area_stop){ last,
		    svg_color_of(&st.stop_color, &st,
		    st.stop_opacity * opacity) };
	}
	out->stops = stops;
	out->n_stops = n;
}

/* ------------------------------------------------------------- geometry */

static void
linear(struct painter *p, const struct svg_chain *c, const struct frame *f,
    struct area_paint *out)
{
	out->kind = PAINT_LINEAR;
	out->x1 = svg_chain_px(p, c, f, "x1", AXIS_X, 0);
	out->y1 = svg_chain_px(p, c, f, "y1", AXIS_Y, 0);
	out->x2 = svg_chain_px(p, c, f, "x2", AXIS_X, 100);
	out->y2 = svg_chain_px(p, c, f, "y2", AXIS_Y, 0);
}

static void
radial(struct painter *p, const struct svg_chain *c, const struct frame *f,
    struct area_paint *out)
{
	double d;

	out->kind = PAINT_RADIAL;
	out->x2 = svg_chain_px(p, c, f, "cx", AXIS_X, 50);
	out->y2 = svg_chain_px(p, c, f, "cy", AXIS_Y, 50);
	out->r2 = svg_chain_px(p, c, f, "r", AXIS_BOTH, 50);
	out->x1 = chain_has(c, "fx") ? svg_chain_px(p, c, f, "fx", AXIS_X, 50) :
	    out->x2;
	out->y1 = chain_has(c, "fy") ? svg_chain_px(p, c, f, "fy", AXIS_Y, 50) :
	    out->y2;
	out->r1 = svg_chain_px(p, c, f, "fr", AXIS_BOTH, 0);
	/* A focus outside the circle moves to its edge, and not quite there:
	 * on it the cone would open to a half plane. */
	d = hypot(out->x1 - out->x2, out->y1 - out->y2);
	if (d > out->r2 * 0.999) {
		out->x1 = out->x2 + (out->x1 - out->x2) * out->r2 * 0.999 / d;
		out->y1 = out->y2 + (out->y1 - out->y2) * out->r2 * 0.999 / d;
	}
}

/* One colour for all: of a single stop, or of ends that coincide. */
static bool
is_flat(const struct area_paint *a)
{
	if (a->n_stops == 1)
		return true;
	if (a->kind == PAINT_RADIAL)
		return !(a->r2 > 0);
	return a->x1 == a->x2 && a->y1 == a->y2;
}

/* ---------------------------------------------------------------- spread */

/* Which periods of the gradient, 0 being the one that is written, the path's
 * box, seen through the matrix, lies in; for a radial one as far as its farthest corner. */
static void
spread_range(const struct area_paint *a, struct mat m, const double box[4],
    long *from, long *till)
{
	double lo = 0, hi = 1, dx = a->x2 - a->x1, dy = a->y2 - a->y1;
	double per = a->kind == PAINT_LINEAR ? dx * dx + dy * dy :
	    a->r2 - a->r1 - hypot(dx, dy);

	*from = 0;
	*till = 1;
	if (!(per > 0))
		return;
	for (int i = 0; i < 4; i++) {
		double x = box[0] + (i & 1 ? box[2] : 0);
		double y = box[1] + (i & 2 ? box[3] : 0), t;

		svg_mat_apply(m, &x, &y);
		x -= a->x1;
		y -= a->y1;
		t = a->kind == PAINT_LINEAR ? (x * dx + y * dy) / per :
		    (hypot(x, y) - a->r1) / per;
		lo = fmin(lo, t);
		hi = fmax(hi, t);
	}
	*from = lo < -MAX_PERIODS ? -MAX_PERIODS : (long)floor(lo);
	*till = hi > MAX_PERIODS ? MAX_PERIODS : (long)ceil(hi);
	/* Circles inside the first one are inside its radius. */
	if (a->kind == PAINT_RADIAL)
		*from = a->r1 < MAX_PERIODS * per ?
		    -(long)floor(a->r1 / per) : 0;
	if (*from < -MAX_PERIODS)
		*from = -MAX_PERIODS;
}

/* A page's gradients only go on in their last colour: one that repeats is
 * written out, as often as the path needs. */
static void
spread(struct painter *p, const xmlNode *node, const struct frame *f,
    const struct path *path, bool reflect, struct mat user, struct mat to, struct area_paint *a)
{
	long from, till, n;
	struct area_stop *stops;
	struct area_paint first = *a;
	double box[4];
	struct mat back;
	size_t at = 0;

	if (!path || !svg_path_bounds(path, box))
		return;
	/* The path's user space, seen from the gradient's. */
	if (!svg_mat_invert(to, &back))
		return;
	user = svg_mat_mul(back, user);
	/* A pen reaches over the edge. */
	if (f->style->stroke.kind == SVG_SERVER) {
		double pen = svg_length_px(f, f->style->stroke_width,
		    AXIS_BOTH);

		box[0] -= pen / 2;
		box[1] -= pen / 2;
		box[2] += pen;
		box[3] += pen;
	}
	spread_range(a, user, box, &from, &till);
	n = till - from;
	if ((size_t)n * a->n_stops > MAX_SPREAD) {
		svg_report_unsupported(p, node, "spreadMethod");
		return;
	}
	stops = arena_array(p->arena, (size_t)n * (a->n_stops + 2),
	    sizeof *stops);
	for (long k = from; k < till; k++) {
		bool turned = reflect && (k & 1);
		size_t last = a->n_stops - 1;

		/* A period begins and ends with its outermost colours. */
		for (size_t i = 0; i < a->n_stops + 2; i++) {
			size_t j = i == 0 ? 0 : i > a->n_stops ? last : i - 1;
			float offset = i == 0 ? 0 : i > a->n_stops ? 1 :
			    first.stops[turned ? last - j : j].offset;

			if (turned && i > 0 && i <= a->n_stops)
				offset = 1 - offset;
			stops[at++] = (struct area_stop){
			    (float)((double)(k - from) + offset) / (float)n,
			    first.stops[turned ? last - j : j].color };
		}
	}
	a->stops = stops;
	a->n_stops = at;
	a->x1 = first.x1 + (first.x2 - first.x1) * (double)from;
	a->y1 = first.y1 + (first.y2 - first.y1) * (double)from;
	a->r1 = first.r1 + (first.r2 - first.r1) * (double)from;
	a->x2 = first.x1 + (first.x2 - first.x1) * (double)till;
	a->y2 = first.y1 + (first.y2 - first.y1) * (double)till;
	a->r2 = first.r1 + (first.r2 - first.r1) * (double)till;
}

void
svg_gradient_paint(struct painter *p, xmlNode *node, const struct frame *f,
    double opacity, const struct path *path, struct mat to,
    struct area_paint *out)
{
	struct svg_chain c;
	struct frame space = *f;
	const struct mat user = to;
	const char *attr;
	double box[4];
	struct mat m;

	memset(out, 0, sizeof *out);
	svg_chain_follow(p, node, &c);
	read_stops(p, &c, opacity, out);
	if (out->n_stops == 0)
		return;
	if (!str_eq(svg_chain_attr(&c, "gradientUnits"), "userSpaceOnUse")) {
		/* SVG 1.1, 7.11: no box, no paint. */
		if (!svg_paint_box(f, path, box) || !(box[2] > 0) ||
		    !(box[3] > 0))
			return;
		to = svg_mat_mul(to, (struct mat){ box[2], 0, 0, box[3], box[0],
		    box[1] });
		space.vw = space.vh = 1;
	}
	if ((attr = svg_chain_attr(&c, "gradientTransform")) != NULL) {
		if (svg_value_transform(attr, &m))
			to = svg_mat_mul(to, m);
		else
			svg_report_value(p, node, "gradientTransform", attr);
	}
	if (svg_node_is(node, "linearGradient"))
		linear(p, &c, &space, out);
	else
		radial(p, &c, &space, out);
	if (is_flat(out)) {
		out->color = out->stops[out->n_stops - 1].color;
		out->kind = out->color.a ? PAINT_COLOR : PAINT_NONE;
		return;
	}
	attr = svg_chain_attr(&c, "spreadMethod");
	if (str_eq(attr, "reflect") || str_eq(attr, "repeat"))
		spread(p, node, f, path, str_eq(attr, "reflect"), user, to, out);
	else if (attr && strcmp(attr, "pad") != 0)
		svg_report_value(p, node, "spreadMethod", attr);
	memcpy(out->m, (double[]){ to.a, to.b, to.c, to.d, to.e, to.f },
	    sizeof out->m);
}
