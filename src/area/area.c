/*
 * Pages and their items.  Layout appends items in painting order and never
 * changes them; all that a page points to lives in the page's arena, so that
 * a written page is forgotten at once.
 */
#include <stdlib.h>
#include <string.h>

#include "area/area.h"

/* ------------------------------------------------------------- elements */

/*
 * Elements come and go by the hundred per page and live across pages, so they
 * are in no arena: the allocator's own free list serves them.  Elements
 * of artifacts are one shared constant per kind.
 */
struct area_elem *
area_elem_new(enum area_role role, struct area_elem *parent)
{
	struct area_elem *e;

	if (role >= ROLE_ARTIFACT_HEADER)
		return area_artifact(role);
	e = xcalloc(1, sizeof *e);
	e->role = role;
	e->parent = parent;
	e->colspan = e->rowspan = 1;
	return e;
}

static void
replace(const char **field, const char *value)
{
	if (!value)
		return;
	free((char *)*field);
	*field = xstrdup(value);
}

void
area_elem_set(struct area_elem *e, const char *lang, const char *alt,
    const char *id)
{
	if (area_is_artifact(e))
		return;
	replace(&e->lang, lang);
	replace(&e->alt, alt);
	replace(&e->id, id);
}

void
area_elem_set_actual(struct area_elem *e, const char *actual)
{
	if (!area_is_artifact(e))
		replace(&e->actual, actual);
}

void
area_elem_free(struct area_elem *e)
{
	if (!e || area_is_artifact(e))
		return;
	free((char *)e->lang);
	free((char *)e->alt);
	free((char *)e->actual);
	free((char *)e->id);
	free(e);
}

bool
area_is_artifact(const struct area_elem *e)
{
	return e->role >= ROLE_ARTIFACT_HEADER;
}

struct area_elem *
area_artifact(enum area_role role)
{
	/* Never written to: area_elem_set and area_elem_free leave them. */
	static struct area_elem header = { .role = ROLE_ARTIFACT_HEADER };
	static struct area_elem footer = { .role = ROLE_ARTIFACT_FOOTER };
	static struct area_elem layout = { .role = ROLE_ARTIFACT_LAYOUT };

	switch (role) {
	case ROLE_ARTIFACT_HEADER:
		return &header;
	case ROLE_ARTIFACT_FOOTER:
		return &footer;
	default:
		return &layout;
	}
}

/* ---------------------------------------------------------------- roles */

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_DOCUMENT] = "Document",
	[ROLE_PART] = "Part",
	[ROLE_SECT] = "Sect",
	[ROLE_DIV] = "Div",
	[ROLE_BLOCKQUOTE] = "BlockQuote",
	[ROLE_CAPTION] = "Caption",
	[ROLE_TOC] = "TOC",
	[ROLE_TOCI] = "TOCI",
	[ROLE_INDEX] = "Index",
	[ROLE_NONSTRUCT] = "NonStruct",
	[ROLE_P] = "P",
	[ROLE_H1] = "H1",
	[ROLE_H2] = "H2",
	[ROLE_H3] = "H3",
	[ROLE_H4] = "H4",
	[ROLE_H5] = "H5",
	[ROLE_H6] = "H6",
	[ROLE_L] = "L",
	[ROLE_LI] = "LI",
	[ROLE_LBL] = "Lbl",
	[ROLE_LBODY] = "LBody",
	[ROLE_TABLE] = "Table",
	[ROLE_THEAD] = "THead",
	[ROLE_TBODY] = "TBody",
	[ROLE_TFOOT] = "TFoot",
	[ROLE_TR] = "TR",
	[ROLE_TH] = "TH",
	[ROLE_TD] = "TD",
	[ROLE_SPAN] = "Span",
	[ROLE_QUOTE] = "Quote",
	[ROLE_NOTE] = "Note",
	[ROLE_REFERENCE] = "Reference",
	[ROLE_CODE] = "Code",
	[ROLE_LINK] = "Link",
	[ROLE_FIGURE] = "Figure",
	[ROLE_FORMULA] = "Formula",
	[ROLE_ARTIFACT_HEADER] = "Artifact:Header",
	[ROLE_ARTIFACT_FOOTER] = "Artifact:Footer",
	[ROLE_ARTIFACT_LAYOUT] = "Artifact",
};

const char *
area_role_name(enum area_role role)
{
	return role_names[role];
}

int
area_role_parse(const char *name)
{
	for (int i = 0; name && i < ROLE_COUNT; i++)
		if (!strcmp(role_names[i], name))
			return i;
	return -1;
}

/* ---------------------------------------------------------------- pages */

struct area_page *
area_page_new(mpt width, mpt height, int index)
{
	struct arena *arena = arena_new();
	struct area_page *p = arena_alloc(arena, sizeof *p);

	p->arena = arena;
	p->width = width;
	p->height = height;
	p->index = index;
	return p;
}

void
area_page_free(struct area_page *p)
{
	if (p)
		arena_free(p->arena);
}

void
area_add(struct area_page *p, enum area_item_type type, struct area_elem *elem,
    const void *payload)
{
	struct area_item *it;

	if (p->n == p->cap)
		p->items = arena_grow(p->arena, p->items, &p->cap, p->n + 1,
		    sizeof *p->items);
	it = &p->items[p->n++];
	it->type = type;
	it->elem = elem;
	/* All members are pointers to constants; C17 6.2.5 gives pointers to
	 * structures one representation. */
	it->as.text = payload;
}

void
area_add_rect(struct area_page *p, struct area_elem *elem, mpt x, mpt y, mpt w,
    mpt h, struct color color)
{
	struct area_rect *r = arena_alloc(p->arena, sizeof *r);

	*r = (struct area_rect){ x, y, w, h, color };
	area_add(p, AREA_RECT, elem, r);
}

void
area_push(struct area_page *p, struct area_elem *elem, const double m[6],
    const struct area_path *clip, uint8_t opacity)
{
	static const double identity[6] = { 1, 0, 0, 1, 0, 0 };
	struct area_push *g = arena_alloc(p->arena, sizeof *g);

	memcpy(g->m, m ? m : identity, sizeof g->m);
	g->clip = clip;
	g->opacity = opacity;
	area_add(p, AREA_PUSH, elem, g);
}

void
area_push_layer(struct area_page *p, const struct area_layer *layer)
{
	struct area_push *g = arena_alloc(p->arena, sizeof *g);

	*g = (struct area_push){ .m = { 1, 0, 0, 1, 0, 0 }, .opacity = 255,
		.layer = layer };
	area_add(p, AREA_PUSH, area_artifact(ROLE_ARTIFACT_LAYOUT), g);
}

void
area_pop(struct area_page *p)
{
	area_add(p, AREA_POP, area_artifact(ROLE_ARTIFACT_LAYOUT), NULL);
}

void
area_end(struct area_page *p, struct area_elem *e)
{
	if (area_is_artifact(e))
		return;
	if (p->n_ended == p->cap_ended)
		p->ended = arena_grow(p->arena, p->ended, &p->cap_ended,
		    p->n_ended + 1, sizeof(struct area_elem *));
	p->ended[p->n_ended++] = e;
}

/* ---------------------------------------------------------------- paths */

/* Where a cubic's control points stand to follow a quarter circle: within
 * 0.03 % of the radius, 4/3 (sqrt 2 - 1). */
#define KAPPA 0.5522847498

struct pen {
	char *cmd;
	mpt *xy;
};

static void
pen_point(struct pen *p, int64_t x, int64_t y)
{
	*p->xy++ = (mpt)x;
	*p->xy++ = (mpt)y;
}

/* A quarter ellipse from the current point to (x,y); the tangents meet in
 * (cx,cy), the corner. */
static void
pen_corner(struct pen *p, mpt cx, mpt cy, mpt x, mpt y)
{
	mpt x0 = p->xy[-2], y0 = p->xy[-1];

	*p->cmd++ = PATH_CURVE;
	pen_point(p, x0 + (int64_t)(KAPPA * (cx - x0)),
	    y0 + (int64_t)(KAPPA * (cy - y0)));
	pen_point(p, x + (int64_t)(KAPPA * (cx - x)),
	    y + (int64_t)(KAPPA * (cy - y)));
	pen_point(p, x, y);
}

static void
pen_line(struct pen *p, mpt x, mpt y)
{
	if (p->xy[-2] == x && p->xy[-1] == y)
		return;
	*p->cmd++ = PATH_LINE;
	pen_point(p, x, y);
}

/* Radii that do not fit beside each other are scaled down together (CSS
 * Backgrounds 3, 5.5). */
static void
fit_radii(mpt w, mpt h, mpt rx[4], mpt ry[4])
{
	double f = 1, sums[4][2] = {
		{ (double)rx[0] + rx[1], w }, { (double)rx[2] + rx[3], w },
		{ (double)ry[0] + ry[3], h }, { (double)ry[1] + ry[2], h },
	};

	for (int i = 0; i < 4; i++)
		if (sums[i][0] * f > sums[i][1])
			f = sums[i][1] / sums[i][0];
	for (int i = 0; i < 4 && f < 1; i++) {
		rx[i] = (mpt)(rx[i] * f);
		ry[i] = (mpt)(ry[i] * f);
	}
}

struct area_path *
area_round_rect(struct arena *a, mpt x, mpt y, mpt w, mpt h, const mpt rx[4],
    const mpt ry[4])
{
	struct area_path *path = arena_alloc(a, sizeof *path);
	char *cmds = arena_alloc(a, 10);
	mpt *xy = arena_array(a, 34, sizeof *xy);
	struct pen pen = { cmds, xy };
	mpt cx[4] = { 0 }, cy[4] = { 0 };

	/* A corner with one radius of zero is square. */
	for (int i = 0; i < 4; i++)
		if (rx && ry && rx[i] > 0 && ry[i] > 0) {
			cx[i] = rx[i];
			cy[i] = ry[i];
		}
	fit_radii(w, h, cx, cy);

	*pen.cmd++ = PATH_MOVE;
	pen_point(&pen, x + cx[0], y);
	pen_line(&pen, x + w - cx[1], y);
	if (cx[1])
		pen_corner(&pen, x + w, y, x + w, y + cy[1]);
	pen_line(&pen, x + w, y + h - cy[2]);
	if (cx[2])
		pen_corner(&pen, x + w, y + h, x + w - cx[2], y + h);
	pen_line(&pen, x + cx[3], y + h);
	if (cx[3])
		pen_corner(&pen, x, y + h, x, y + h - cy[3]);
	pen_line(&pen, x, y + cy[0]);
	if (cx[0])
		pen_corner(&pen, x, y, x + cx[0], y);
	*pen.cmd++ = PATH_CLOSE;

	path->cmds = cmds;
	path->n_cmds = (size_t)(pen.cmd - cmds);
	path->xy = xy;
	path->miter = 4;
	return path;
}
