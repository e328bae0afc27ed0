/*
 * Linear and radial gradients.  A gradient takes what it does not say from the
 * one it refers to, and so on.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define MAX_CHAIN 16	/* gradients that refer to one another */
#define MAX_STOPS 256

struct chain {
	xmlNode *nodes[MAX_CHAIN];
	int n;
};

static void
follow(struct painter *p, xmlNode *node, struct chain *c)
{
	c->n = 0;
	while (node && c->n < MAX_CHAIN) {
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
chain_has(const struct chain *c, const char *name)
{
	for (int i = 0; i < c->n; i++)
		if (svg_node_attr(c->nodes[i], name))
			return c->nodes[i];
	return NULL;
}

static const char *
chain_attr(const struct chain *c, const char *name)
{
	const xmlNode *n = chain_has(c, name);

	return n ? svg_node_attr(n, name) : NULL;
}

static double
chain_px(struct painter *p, const struct chain *c, const struct frame *f,
    const char *name, enum axis axis, double percent)
{
	const xmlNode *n = chain_has(c, name);
	double otherwise = svg_length_px(f,
	    (struct svg_length){ percent, UNIT_PERCENT }, axis);

	return n ? svg_attr_px(p, n, f, name, axis, otherwise) : otherwise;
}

/* --------------------------------------------------------------- stops */

static void
read_stops(struct painter *p, const struct chain *c, double opacity,
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
linear(struct painter *p, const struct chain *c, const struct frame *f,
    struct area_paint *out)
{
	out->kind = PAINT_LINEAR;
	out->x1 = chain_px(p, c, f, "x1", AXIS_X, 0);
	out->y1 = chain_px(p, c, f, "y1", AXIS_Y, 0);
	out->x2 = chain_px(p, c, f, "x2", AXIS_X, 100);
	out->y2 = chain_px(p, c, f, "y2", AXIS_Y, 0);
}

static void
radial(struct painter *p, const struct chain *c, const struct frame *f,
    struct area_paint *out)
{
	double d;

	out->kind = PAINT_RADIAL;
	out->x2 = chain_px(p, c, f, "cx", AXIS_X, 50);
	out->y2 = chain_px(p, c, f, "cy", AXIS_Y, 50);
	out->r2 = chain_px(p, c, f, "r", AXIS_BOTH, 50);
	out->x1 = chain_has(c, "fx") ? chain_px(p, c, f, "fx", AXIS_X, 50) :
	    out->x2;
	out->y1 = chain_has(c, "fy") ? chain_px(p, c, f, "fy", AXIS_Y, 50) :
	    out->y2;
	out->r1 = chain_px(p, c, f, "fr", AXIS_BOTH, 0);
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

void
svg_gradient_paint(struct painter *p, xmlNode *node, const struct frame *f,
    double opacity, const struct path *path, struct mat to,
    struct area_paint *out)
{
	struct chain c;
	struct frame space = *f;
	const char *attr;
	double box[4];
	struct mat m;

	memset(out, 0, sizeof *out);
	follow(p, node, &c);
	read_stops(p, &c, opacity, out);
	if (out->n_stops == 0)
		return;
	if (!str_eq(chain_attr(&c, "gradientUnits"), "userSpaceOnUse")) {
		/* SVG 1.1, 7.11: no box, no paint. */
		if (!path || !svg_path_bounds(path, box) || !(box[2] > 0) ||
		    !(box[3] > 0))
			return;
		to = svg_mat_mul(to, (struct mat){ box[2], 0, 0, box[3], box[0],
		    box[1] });
		space.vw = space.vh = 1;
	}
	if ((attr = chain_attr(&c, "gradientTransform")) != NULL) {
		if (svg_value_transform(attr, &m))
			to = svg_mat_mul(to, m);
		else
			svg_report_value(p, node, "gradientTransform", attr);
	}
	attr = chain_attr(&c, "spreadMethod");
	if (attr && strcmp(attr, "pad") != 0)
		svg_report_unsupported(p, node, "spreadMethod");
	if (svg_node_is(node, "linearGradient"))
		linear(p, &c, &space, out);
	else
		radial(p, &c, &space, out);
	if (is_flat(out)) {
		out->color = out->stops[out->n_stops - 1].color;
		out->kind = out->color.a ? PAINT_COLOR : PAINT_NONE;
		return;
	}
	memcpy(out->m, (double[]){ to.a, to.b, to.c, to.d, to.e, to.f },
	    sizeof out->m);
}
