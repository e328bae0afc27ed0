/*
 * Text as shapes and along them: the outlines of glyphs, and the way that
 * textPath gives them to go.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define STEPS 24		/* straight pieces of a curve */

/* ------------------------------------------------------------- outlines */

struct glyph_pen {
	struct path *path;
	struct mat m;
};

static void
pen_move(void *ctx, double x, double y)
{
	struct glyph_pen *g = ctx;

	svg_mat_apply(g->m, &x, &y);
	svg_path_move(g->path, x, y);
}

static void
pen_line(void *ctx, double x, double y)
{
	struct glyph_pen *g = ctx;

	svg_mat_apply(g->m, &x, &y);
	svg_path_line(g->path, x, y);
}

static void
pen_curve(void *ctx, double x1, double y1, double x2, double y2, double x,
    double y)
{
	struct glyph_pen *g = ctx;

	svg_mat_apply(g->m, &x1, &y1);
	svg_mat_apply(g->m, &x2, &y2);
	svg_mat_apply(g->m, &x, &y);
	svg_path_curve(g->path, x1, y1, x2, y2, x, y);
}

static void
pen_close(void *ctx)
{
	struct glyph_pen *g = ctx;

	svg_path_close(g->path);
}

void
svg_glyph_path(struct path *out, const struct font *f, uint32_t gid,
    struct mat m)
{
	struct glyph_pen g = { out, m };

	font_outline(f, gid, &(struct font_pen){ pen_move, pen_line,
	    pen_curve, pen_close, &g });
}

/* ------------------------------------------------------------------ ways */

/* A path as points; `at` is how far along it each lies. */
struct svg_way {
	struct arena *arena;
	struct way_point {
		double x, y, at;
	} *v;
	size_t n, cap;
	double start;		/* of the text on it */
};

static void
way_put(struct svg_way *w, double x, double y, bool jump)
{
	double at = 0;

	if (w->n > 0) {
		const struct way_point *last = &w->v[w->n - 1];

		at = last->at + (jump ? 0 : hypot(x - last->x, y - last->y));
	}
	w->v = arena_grow(w->arena, w->v, &w->cap, w->n + 1, sizeof *w->v);
	w->v[w->n++] = (struct way_point){ x, y, at };
}

static void
way_curve(struct svg_way *w, const double *c)
{
	const struct way_point from = w->v[w->n - 1];

	for (int i = 1; i <= STEPS; i++) {
		double t = (double)i / STEPS, s = 1 - t;

		way_put(w, s * s * s * from.x + 3 * s * s * t * c[0] +
		    3 * s * t * t * c[2] + t * t * t * c[4],
		    s * s * s * from.y + 3 * s * s * t * c[1] +
		    3 * s * t * t * c[3] + t * t * t * c[5], false);
	}
}

static void
way_from_path(struct svg_way *w, const struct path *path)
{
	const double *xy = path->xy, *start = xy;

	for (size_t i = 0; i < path->n_cmds; i++) {
		if (path->cmds[i] == PATH_CURVE) {
			way_curve(w, xy);
			xy += 6;
		} else if (path->cmds[i] == PATH_CLOSE) {
			way_put(w, start[0], start[1], false);
		} else {
			way_put(w, xy[0], xy[1], path->cmds[i] == PATH_MOVE);
			if (path->cmds[i] == PATH_MOVE)
				start = xy;
			xy += 2;
		}
	}
}

struct svg_way *
svg_way_new(struct painter *p, const xmlNode *node, const struct frame *f)
{
	struct path path = { .arena = p->scratch }, moved = path;
	struct svg_way *w = arena_alloc(p->scratch, sizeof *w);
	const char *href = svg_node_href(node), *attr;
	xmlNode *target = href ? svg_node_by_id(p,
	    svg_value_fragment(p->scratch, href, NULL)) : NULL;
	struct svg_length l;
	struct mat m = svg_mat_identity();

	w->arena = p->scratch;
	if (!target || !svg_is_shape(target) ||
	    !svg_shape_path(p, target, f, &path)) {
		diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(p, node), href ? href : "textPath");
		return NULL;
	}
	/* The path's own transform counts, its ancestors' do not (10.13.2). */
	attr = svg_node_attr(target, "transform");
	if (attr)
		svg_value_transform(attr, &m);
	svg_path_append(&moved, &path, m, false);
	p->points += moved.n_cmds;
	way_from_path(w, &moved);
	attr = svg_node_attr(node, "startOffset");
	if (attr && !svg_value_length(attr, &l))
		svg_report_value(p, node, "startOffset", attr);
	else if (attr && l.unit == UNIT_PERCENT)
		w->start = l.v / 100 * w->v[w->n - 1].at;
	else if (attr)
		w->start = svg_length_px(f, l, AXIS_BOTH);
	return w;
}

double
svg_way_start(const struct svg_way *w)
{
	return w->start;
}

bool
svg_way_at(const struct svg_way *w, double at, struct mat *out)
{
	size_t lo = 0, hi = w->n - 1;
	const struct way_point *a, *b;
	double len, t, c, s;

	if (!(at >= 0 && at <= w->v[hi].at) || w->v[hi].at <= 0)
		return false;
	/* The last point that is not beyond. */
	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (w->v[mid].at <= at)
			lo = mid;
		else
			hi = mid;
	}
	a = &w->v[lo];
	b = &w->v[hi];
	len = b->at - a->at;
	if (!(len > 0))
		return false;
	t = (at - a->at) / len;
	c = (b->x - a->x) / len;
	s = (b->y - a->y) / len;
	*out = (struct mat){ c, s, -s, c, a->x + t * (b->x - a->x),
		a->y + t * (b->y - a->y) };
	return true;
}
