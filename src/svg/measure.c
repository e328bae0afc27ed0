/*
 * How large painted things are: the boxes of links, and those that
 * objectBoundingBox refers to (SVG 1.1, 7.11), which pens do not widen.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

struct extent {
	double box[4];		/* left, top, right, bottom */
	bool any;
};

/* A group that is open: its matrix, and what its clips leave. */
struct open_group {
	struct mat m;
	double clip[4];
};

static void
add_point(struct extent *e, double x, double y)
{
	if (!e->any) {
		e->box[0] = e->box[2] = x;
		e->box[1] = e->box[3] = y;
		e->any = true;
	}
	e->box[0] = fmin(e->box[0], x);
	e->box[1] = fmin(e->box[1], y);
	e->box[2] = fmax(e->box[2], x);
	e->box[3] = fmax(e->box[3], y);
}

/* A rectangle seen through a matrix. */
static void
add_box(struct extent *e, struct mat m, double x, double y, double w, double h)
{
	for (int i = 0; i < 4; i++) {
		double u = i & 1 ? x + w : x, v = i & 2 ? y + h : y;

		svg_mat_apply(m, &u, &v);
		add_point(e, u, v);
	}
}

static void
add_path(struct extent *e, struct mat m, const struct area_path *a,
    struct arena *scratch)
{
	struct path path = { .arena = scratch };
	const mpt *xy = a->xy;
	double box[4], v[6];

	for (size_t i = 0; i < a->n_cmds; i++) {
		size_t n = a->cmds[i] == PATH_CURVE ? 3 :
		    a->cmds[i] == PATH_CLOSE ? 0 : 1;

		for (size_t k = 0; k < n; k++) {
			v[2 * k] = *xy++;
			v[2 * k + 1] = *xy++;
			svg_mat_apply(m, &v[2 * k], &v[2 * k + 1]);
		}
		if (n == 3)
			svg_path_curve(&path, v[0], v[1], v[2], v[3], v[4],
			    v[5]);
		else if (n == 1 && a->cmds[i] == PATH_MOVE)
			svg_path_move(&path, v[0], v[1]);
		else if (n == 1)
			svg_path_line(&path, v[0], v[1]);
		else
			svg_path_close(&path);
	}
	if (!svg_path_bounds(&path, box))
		return;
	add_point(e, box[0], box[1]);
	add_point(e, box[0] + box[2], box[1] + box[3]);
}

static void
add_text(struct extent *e, struct mat m, const struct area_text *t)
{
	double em = (double)t->size / t->font->upem, w = 0;

	for (size_t i = 0; i < t->n; i++)
		w += t->glyphs[i].advance;
	add_box(e, m, t->x, t->y - em * t->font->ascender, w,
	    em * (t->font->ascender - t->font->descender));
}

static void
clip_extent(struct extent *e, const double clip[4])
{
	for (int i = 0; i < 2; i++) {
		e->box[i] = fmin(fmax(e->box[i], clip[i]), clip[i + 2]);
		e->box[i + 2] = fmax(fmin(e->box[i + 2], clip[i + 2]), clip[i]);
	}
}

static void
push_group(struct open_group *g, const struct area_push *push,
    struct arena *scratch)
{
	struct extent e = { .any = false };

	g[1] = g[0];
	g[1].m = svg_mat_mul(g[0].m, (struct mat){ push->m[0], push->m[1],
	    push->m[2], push->m[3], push->m[4], push->m[5] });
	if (!push->clip)
		return;
	add_path(&e, g[1].m, push->clip, scratch);
	if (e.any) {
		clip_extent(&e, g[0].clip);
		memcpy(g[1].clip, e.box, sizeof e.box);
	}
}

bool
svg_items_box(const struct area_page *page, size_t from, double box[4],
    struct arena *scratch)
{
	enum { DEEP = 4 * SVG_MAX_DEPTH };
	struct open_group *g = arena_array(scratch, DEEP + 1, sizeof *g);
	struct extent all = { .any = false };
	int depth = 0;

	g[0] = (struct open_group){ svg_mat_identity(),
		{ -1e12, -1e12, 1e12, 1e12 } };
	for (size_t i = from; i < page->n; i++) {
		const struct area_item *it = &page->items[i];
		struct extent e = { .any = false };
		struct mat m = g[depth < DEEP ? depth : DEEP].m;

		if (it->type == AREA_PUSH) {
			if (++depth <= DEEP)
				push_group(&g[depth - 1], it->as.push, scratch);
		} else if (it->type == AREA_POP) {
			depth -= depth > 0;
		} else if (it->type == AREA_TEXT) {
			add_text(&e, m, it->as.text);
		} else if (it->type == AREA_PATH) {
			add_path(&e, m, it->as.path, scratch);
		} else if (it->type == AREA_RECT) {
			add_box(&e, m, it->as.rect->x, it->as.rect->y,
			    it->as.rect->w, it->as.rect->h);
		} else if (it->type == AREA_IMAGE) {
			add_box(&e, m, it->as.image->x, it->as.image->y,
			    it->as.image->w, it->as.image->h);
		}
		if (e.any) {
			clip_extent(&e, g[depth < DEEP ? depth : DEEP].clip);
			add_point(&all, e.box[0], e.box[1]);
			add_point(&all, e.box[2], e.box[3]);
		}
	}
	memcpy(box, all.box, sizeof all.box);
	box[2] -= box[0];
	box[3] -= box[1];
	return all.any;
}

/* Painted aside, a thousandth of a user unit to each unit of the page. */
bool
svg_object_box(struct painter *p, const xmlNode *node, const struct frame *f,
    double box[4])
{
	struct path path = { .arena = p->scratch };
	struct painter aside = *p;
	struct svg_context ctx = *p->ctx;
	struct svg_style st = *f->style;
	struct frame in = *f;
	bool any;

	if (svg_is_shape(node))
		return svg_shape_path(p, node, f, &path) &&
		    svg_path_bounds(&path, box);
	if (p->depth >= SVG_MAX_DEPTH || p->full)
		return false;
	st.clip = NULL;
	st.mask = NULL;
	st.opacity = 1;
	in.style = &st;
	in.m = (struct mat){ 1000, 0, 0, 1000, 0, 0 };
	ctx.page = area_page_new(1, 1, 0);
	aside.ctx = &ctx;
	aside.arena = ctx.page->arena;
	aside.measuring = true;
	aside.depth++;
	svg_paint_element(&aside, (xmlNode *)node, &in);
	p->painted = aside.painted;
	p->points = aside.points;
	p->full = aside.full;
	any = svg_items_box(ctx.page, 0, box, p->scratch);
	for (int i = 0; i < 4; i++)
		box[i] /= 1000;
	area_page_free(ctx.page);
	return any;
}
