/*
 * Markers (SVG 1.1, 11.6): arrow heads and points at the vertices of a path.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define PI 3.14159265358979323846

/* A vertex with the directions in which the path comes and goes; either may
 * be missing. */
struct vertex {
	double x, y;
	double in_x, in_y, out_x, out_y;
};

/* ------------------------------------------------------------- vertices */

/* The first of three differences that is not nothing: a control point may lie
 * on its end point. */
static void
direction(const double *from, const double *const to[3], double sign,
    double *x, double *y)
{
	for (int i = 0; i < 3; i++) {
		*x = sign * (to[i][0] - from[0]);
		*y = sign * (to[i][1] - from[1]);
		if (*x != 0 || *y != 0)
			return;
	}
}

/* Gives the number of vertices of the path; v has room for one a command. */
static size_t
find_vertices(const struct path *path, struct vertex *v)
{
	const double *xy = path->xy, *at = xy, *start = xy;
	size_t n = 0;

	for (size_t i = 0; i < path->n_cmds; i++) {
		const double *c1 = at, *c2 = at, *end = xy;

		if (path->cmds[i] == PATH_MOVE) {
			start = xy;
		} else if (path->cmds[i] == PATH_CLOSE) {
			c1 = c2 = end = start;
		} else if (path->cmds[i] == PATH_CURVE) {
			c1 = xy;
			c2 = xy + 2;
			end = xy + 4;
		} else {
			c1 = end;
		}
		v[n] = (struct vertex){ .x = end[0], .y = end[1] };
		if (path->cmds[i] != PATH_MOVE) {
			direction(at, (const double *[]){ c1, c2, end }, 1,
			    &v[n - 1].out_x, &v[n - 1].out_y);
			direction(end, (const double *[]){ c2, c1, at }, -1,
			    &v[n].in_x, &v[n].in_y);
		}
		n++;
		at = end;
		xy += path->cmds[i] == PATH_CURVE ? 6 :
		    path->cmds[i] == PATH_CLOSE ? 0 : 2;
	}
	return n;
}

/* The bisector of coming and going, in degrees. */
static double
vertex_angle(const struct vertex *v)
{
	double in = hypot(v->in_x, v->in_y), out = hypot(v->out_x, v->out_y);
	double x = 0, y = 0;

	if (in > 0) {
		x += v->in_x / in;
		y += v->in_y / in;
	}
	if (out > 0) {
		x += v->out_x / out;
		y += v->out_y / out;
	}
	return atan2(y, x) * 180 / PI;
}

/* --------------------------------------------------------------- marker */

static double
marker_angle(struct painter *p, const xmlNode *marker,
    const struct vertex *v, bool first)
{
	const char *orient = svg_node_attr(marker, "orient");
	double angle;

	if (!orient)
		return 0;
	if (str_starts(orient, "auto"))
		return vertex_angle(v) + (first &&
		    strcmp(orient, "auto-start-reverse") == 0 ? 180 : 0);
	if (!num_parse(orient, NULL, &angle)) {
		svg_report_value(p, marker, "orient", orient);
		return 0;
	}
	return angle;
}

static void
paint_marker(struct painter *p, xmlNode *marker, const struct frame *f,
    const struct vertex *v, bool first)
{
	double t = marker_angle(p, marker, v, first) * PI / 180;
	double c = cos(t), s = sin(t), scale = 1;
	double w, h, ref_x, ref_y, box[4];
	const char *attr = svg_node_attr(marker, "viewBox");
	struct svg_fit fit = { false, false, 0.5, 0.5 };
	struct path clip = { .arena = p->scratch };
	const xmlNode *outer = p->marker;
	struct svg_style st;
	struct frame in = *f;
	struct mat view;

	if (marker == outer || p->markers >= SVG_MAX_MARKERS) {
		diag_report(p->ctx->job->diag, DIAG_SVG_DEPTH,
		    svg_where(p, marker), NULL);
		return;
	}
	/* A marker has its own ancestors' style, not the path's. */
	svg_style_in_place(p, marker, &st);
	in.style = &st;
	w = svg_attr_px(p, marker, f, "markerWidth", AXIS_X, 3);
	h = svg_attr_px(p, marker, f, "markerHeight", AXIS_Y, 3);
	ref_x = svg_attr_px(p, marker, f, "refX", AXIS_X, 0);
	ref_y = svg_attr_px(p, marker, f, "refY", AXIS_Y, 0);
	if (!(w > 0 && h > 0))
		return;
	if (!str_eq(svg_node_attr(marker, "markerUnits"), "userSpaceOnUse"))
		scale = svg_length_px(f, f->style->stroke_width, AXIS_BOTH);
	if (!attr || !svg_value_view_box(attr, box))
		memcpy(box, (double[]){ 0, 0, w, h }, sizeof box);
	attr = svg_node_attr(marker, "preserveAspectRatio");
	if (attr)
		svg_value_fit(attr, &fit);
	/* The reference point lies on the vertex. */
	view = svg_fit_matrix(&fit, box, 0, 0, w, h);
	svg_mat_apply(view, &ref_x, &ref_y);
	in.m = svg_mat_mul(f->m, (struct mat){ c * scale, s * scale,
	    -s * scale, c * scale, v->x, v->y });
	in.m = svg_mat_mul(in.m, (struct mat){ 1, 0, 0, 1, -ref_x, -ref_y });
	if (!st.overflow_visible) {
		svg_path_rect(&clip, 0, 0, w, h, 0, 0);
		svg_push_clip(p, &clip, in.m, false);
	}
	in.m = svg_mat_mul(in.m, view);
	in.vw = box[2];
	in.vh = box[3];
	p->marker = marker;
	p->depth++;
	p->markers++;
	for (xmlNode *n = svg_first_element(marker); n;
	    n = svg_next_element(n))
		svg_paint_node(p, n, &in);
	p->markers--;
	p->depth--;
	p->marker = outer;
	svg_group_end(p, !st.overflow_visible);
}

void
svg_paint_markers(struct painter *p, const xmlNode *node,
    const struct frame *f, const struct path *path)
{
	const struct svg_style *st = f->style;
	xmlNode *markers[3] = { NULL };
	struct vertex *v;
	size_t n;

	for (int i = 0; i < 3; i++) {
		if (!st->markers[i])
			continue;
		markers[i] = svg_node_by_id(p, st->markers[i]);
		if (markers[i] && svg_node_is(markers[i], "marker"))
			continue;
		diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(p, node), st->markers[i]);
		markers[i] = NULL;
	}
	if (st->hidden || p->depth >= SVG_MAX_DEPTH ||
	    (!markers[0] && !markers[1] && !markers[2]))
		return;
	v = arena_array(p->scratch, path->n_cmds + 1, sizeof *v);
	n = find_vertices(path, v);
	for (size_t i = 0; i < n && !p->full; i++) {
		xmlNode *m = markers[i == 0 ? 0 : i + 1 == n ? 2 : 1];

		if (m)
			paint_marker(p, m, f, &v[i], i == 0);
		/* A path of one point begins and ends there. */
		if (n == 1 && markers[2])
			paint_marker(p, markers[2], f, &v[i], false);
	}
}
