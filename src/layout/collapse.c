/*
 * Borders that cells share (border-collapse="collapse"; XSL 1.1, 6.7.10 and
 * 7.28.3, with the rules of CSS 2, 17.6.2.1): of all the borders that meet at
 * an edge "hidden" wins and shows nothing, then the higher precedence (with
 * "collapse-with-precedence"), the wider, the more conspicuous style, and last
 * the object that is nearer to the cell.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/table.h"

/* Order of styles when widths are the same; higher wins. */
static int
style_rank(enum fo_keyword style)
{
	switch (style) {
	case KW_DOUBLE:
		return 8;
	case KW_SOLID:
		return 7;
	case KW_DASHED:
		return 6;
	case KW_DOTTED:
		return 5;
	case KW_RIDGE:
		return 4;
	case KW_OUTSET:
		return 3;
	case KW_GROOVE:
		return 2;
	case KW_INSET:
		return 1;
	default:
		return 0;
	}
}

struct side_props {
	enum fo_prop style, width, color, precedence, keep;
};

static const struct side_props sides[4] = {
	[SIDE_BEFORE] = { .style = PR_BORDER_BEFORE_STYLE,
	    .width = PR_BORDER_BEFORE_WIDTH, .color = PR_BORDER_BEFORE_COLOR,
	    .precedence = PR_BORDER_BEFORE_PRECEDENCE,
	    .keep = PR_BORDER_BEFORE_WIDTH_CONDITIONALITY },
	[SIDE_AFTER] = { .style = PR_BORDER_AFTER_STYLE,
	    .width = PR_BORDER_AFTER_WIDTH, .color = PR_BORDER_AFTER_COLOR,
	    .precedence = PR_BORDER_AFTER_PRECEDENCE,
	    .keep = PR_BORDER_AFTER_WIDTH_CONDITIONALITY },
	[SIDE_START] = { .style = PR_BORDER_START_STYLE,
	    .width = PR_BORDER_START_WIDTH, .color = PR_BORDER_START_COLOR,
	    .precedence = PR_BORDER_START_PRECEDENCE },
	[SIDE_END] = { .style = PR_BORDER_END_STYLE,
	    .width = PR_BORDER_END_WIDTH, .color = PR_BORDER_END_COLOR,
	    .precedence = PR_BORDER_END_PRECEDENCE },
};

static struct edge
edge_of(const struct fo_node *n, enum side side)
{
	const struct side_props *s = &sides[side];
	struct edge e = { .style = KW_NONE };

	if (n == NULL)
		return e;
	e.style = fo_keyword(n->style, s->style);
	e.rgba = fo_color(n->style, s->color);
	if (fo_keyword(n->style, PR_BORDER_COLLAPSE) ==
	    KW_COLLAPSE_WITH_PRECEDENCE)
		e.precedence = fo_integer(n->style, s->precedence, 0);
	if (e.style != KW_NONE && e.style != KW_HIDDEN)
		e.width = decor_border(n->style, side);
	return e;
}

/* The winner; on equal terms `a`, which comes from nearer to the cell. */
static struct edge
resolve(struct edge a, struct edge b)
{
	if (a.style == KW_HIDDEN || b.style == KW_HIDDEN)
		return (struct edge){ .style = KW_HIDDEN };
	if (b.style == KW_NONE)
		return a;
	if (a.style == KW_NONE)
		return b;
	if (a.precedence != b.precedence)
		return a.precedence > b.precedence ? a : b;
	if (a.width != b.width)
		return a.width > b.width ? a : b;
	return style_rank(b.style) > style_rank(a.style) ? b : a;
}

static const struct cell *
cell_at(const struct group *g, size_t row, size_t col)
{
	size_t i;

	for (i = 0; i < g->n_cells; i++) {
		const struct cell *c = &g->cells[i];

		if (row >= c->row && row < c->row + c->rows &&
		    col >= c->col && col < c->col + c->cols)
			return c;
	}
	return NULL;
}

/* What an object wants; a border that breaks do not keep is not seen where they
 * cut it off (7.8.15, 7.8.16). */
static struct places
places_of(const struct fo_node *n, enum side side)
{
	struct edge e = edge_of(n, side);
	struct places p = { .within = e, .end = e, .rest = e };

	if (n != NULL && fo_keyword(n->style, sides[side].keep) != KW_RETAIN)
		p.rest = (struct edge){ .style = KW_NONE };
	return p;
}

static void
places_join(struct places *a, const struct places *b)
{
	a->within = resolve(a->within, b->within);
	a->end = resolve(a->end, b->end);
	a->rest = resolve(a->rest, b->rest);
}

static void
places_add(struct places *a, const struct fo_node *n, enum side side)
{
	struct places b = places_of(n, side);

	places_join(a, &b);
}

/* What row `row` wants above (before) or below itself in a column.  Inside a
 * cell that spans rows there is an edge at breaks only. */
static struct places
own_places(const struct table *t, const struct group *g, size_t row, size_t col,
    enum side side)
{
	const struct cell *c = cell_at(g, row, col);
	struct places p = places_of(c != NULL ? c->node : NULL, side), r;
	bool top = side == SIDE_BEFORE;

	r = places_of(g->rows[row], side);
	if (c != NULL && (top ? c->row < row : c->row + c->rows > row + 1)) {
		p.within.style = r.within.style = r.end.style = KW_NONE;
		p.within.width = r.within.width = r.end.width = 0;
	}
	places_join(&p, &r);
	if (top ? g->first_in_section && row == 0 :
	    g->last_in_section && row + 1 == g->n_rows)
		places_add(&p, g->section, side);
	if (top ? g->first_in_table && row == 0 :
	    g->last_in_table && row + 1 == g->n_rows) {
		places_add(&p, t->cols[col].node, side);
		places_add(&p, t->node, side);
	}
	return p;
}

void
collapse_own(const struct table *t, struct group *g)
{
	size_t cols = t->n_cols;

	/* Asked of a group twice: as the next one, and when it is known whether
	 * it is the last. */
	free(g->above);
	free(g->below);
	g->above = xcalloc(g->n_rows * cols, sizeof *g->above);
	g->below = xcalloc(g->n_rows * cols, sizeof *g->below);
	for (size_t r = 0; r < g->n_rows; r++) {
		for (size_t c = 0; c < cols; c++) {
			g->above[r * cols + c] = own_places(t, g, r, c,
			    SIDE_BEFORE);
			g->below[r * cols + c] = own_places(t, g, r, c,
			    SIDE_AFTER);
		}
	}
}

const struct places *
collapse_top(const struct group *g)
{
	return g->above;
}

const struct places *
collapse_bottom(const struct table *t, const struct group *g)
{
	return g->below != NULL ? &g->below[(g->n_rows - 1) * t->n_cols] : NULL;
}

static struct edge
vertical_edge(const struct table *t, const struct group *g, size_t row,
    size_t line)
{
	const struct cell *before = line > 0 ?
	    cell_at(g, row, line - 1) : NULL;
	const struct cell *after = line < t->n_cols ?
	    cell_at(g, row, line) : NULL;
	struct edge e;

	if (before != NULL && before == after)
		return (struct edge){ .style = KW_NONE };
	e = resolve(edge_of(before != NULL ? before->node : NULL, SIDE_END),
	    edge_of(after != NULL ? after->node : NULL, SIDE_START));
	if (line > 0)
		e = resolve(e, edge_of(t->cols[line - 1].node, SIDE_END));
	if (line < t->n_cols)
		e = resolve(e, edge_of(t->cols[line].node, SIDE_START));
	if (line == 0 || line == t->n_cols) {
		enum side side = line == 0 ? SIDE_START : SIDE_END;

		e = resolve(e, edge_of(g->rows[row], side));
		e = resolve(e, edge_of(g->section, side));
		e = resolve(e, edge_of(t->node, side));
	}
	return e;
}

void
collapse_resolve(const struct table *t, struct group *g,
    const struct places *above, const struct places *below)
{
	size_t cols = t->n_cols, last = g->n_rows * cols, c;

	g->across = xcalloc(last + cols, sizeof *g->across);
	g->along = xcalloc(g->n_rows * (cols + 1), sizeof *g->along);
	for (c = 0; c < cols; c++)
		g->across[c] = above != NULL ?
		    resolve(g->above[c].within, above[c].within) :
		    g->above[c].within;
	for (c = cols; c < last; c++)
		g->across[c] = resolve(g->below[c - cols].within,
		    g->above[c].within);
	for (c = 0; c < cols; c++) {
		struct edge own = g->below[last - cols + c].within;

		g->across[last + c] = below != NULL ?
		    resolve(own, below[c].within) : own;
	}
	for (size_t r = 0; r < g->n_rows; r++)
		for (c = 0; c <= cols; c++)
			g->along[r * (cols + 1) + c] =
			    vertical_edge(t, g, r, c);
}

/* What all rows meet where a page breaks: the header or footer that stands
 * there, or what the table keeps of its own border. */
static struct edge
break_edge(const struct table *t, size_t col, const struct places *repeated,
    enum side side)
{
	struct places p;

	if (repeated != NULL)
		return repeated[col].within;
	p = places_of(t->cols[col].node, side);
	places_add(&p, t->node, side);
	return p.rest;
}

void
collapse_breaks(const struct table *t, struct group *g,
    const struct places *header, const struct places *footer, bool first,
    bool last)
{
	size_t cols = t->n_cols, end = g->n_rows * cols;

	for (size_t c = 0; c < cols; c++) {
		struct edge top = break_edge(t, c, header, SIDE_BEFORE);
		struct edge bottom = break_edge(t, c, footer, SIDE_AFTER);

		for (size_t i = c; i < end; i += cols) {
			struct places *a = &g->above[i], *b = &g->below[i];

			a->end = resolve(a->end, top);
			a->rest = resolve(a->rest, top);
			b->end = resolve(b->end, bottom);
			b->rest = resolve(b->rest, bottom);
		}
		if (first)
			g->above[c].end = g->across[c];
		if (last)
			g->below[end - cols + c].end = g->across[end + c];
	}
}

mpt
collapse_width(const struct table *t, const struct group *g,
    const struct cell *c, enum side side)
{
	size_t cols = t->n_cols, i;
	mpt w = 0;

	if (side == SIDE_BEFORE || side == SIDE_AFTER) {
		size_t row = side == SIDE_BEFORE ? c->row : c->row + c->rows;

		for (i = c->col; i < c->col + c->cols; i++)
			w = mpt_max(w, g->across[row * cols + i].width);
		return w;
	}
	for (i = c->row; i < c->row + c->rows; i++)
		w = mpt_max(w, g->along[i * (cols + 1) +
		    (side == SIDE_START ? c->col : c->col + c->cols)].width);
	return w;
}

/* The row of places that a side of a cell looks at. */
static const struct places *
cell_places(const struct table *t, const struct group *g, const struct cell *c,
    enum side side)
{
	return side == SIDE_BEFORE ? &g->above[c->row * t->n_cols] :
	    &g->below[(c->row + c->rows - 1) * t->n_cols];
}

mpt
collapse_width_broken(const struct table *t, const struct group *g,
    const struct cell *c, enum side side, bool inside)
{
	const struct places *p = cell_places(t, g, c, side);
	mpt w = 0;

	for (size_t i = c->col; i < c->col + c->cols; i++)
		w = mpt_max(w, inside ? p[i].rest.width : p[i].end.width);
	return w;
}

/* -------------------------------------------------------------- painting */

/* The edges of one place of the grid on the page. */
struct place {
	mpt x, y, w, h;
	const struct edge *edges[4];	/* by enum turn; NULL: none */
	bool outer[4];			/* an edge of the table's part, too */
};

/* The grid line before column `line`, or after the last one. */
static mpt
line_x(const struct table *t, size_t line)
{
	const struct column *c = &t->cols[line < t->n_cols ? line : line - 1];

	return (line < t->n_cols) == t->room.rtl ? c->x + c->width : c->x;
}

static mpt
half(const struct place *c, enum turn turn)
{
	return c->edges[turn] == NULL ? 0 : c->edges[turn]->width / 2;
}

/* Each place paints the inner halves of its edges, the outer one paints whole
 * ones: as FOP does it, so that lines and backgrounds meet in the same way. */
static void
paint_place_edge(const struct place *c, struct painter *p, enum turn turn)
{
	enum turn before = (turn + 3) % 4, after = (turn + 1) % 4;
	const struct edge *e = c->edges[turn], *from = c->edges[before],
	    *to = c->edges[after];
	bool upright = turn == TURN_LEFT || turn == TURN_RIGHT;
	struct border_side s = {
		.turn = turn, .outer = c->outer[turn],
		.x = turn == TURN_RIGHT || turn == TURN_BOTTOM ? c->x + c->w :
		    c->x,
		.y = turn == TURN_BOTTOM || turn == TURN_LEFT ? c->y + c->h :
		    c->y,
		.length = upright ? c->h : c->w,
		.out = half(c, turn),
	};

	if (e == NULL || e->width <= 0)
		return;
	s.style = e->style;
	s.color = color_of(e->rgba);
	s.width = e->width;
	s.near = from == NULL ? 0 : from->width - half(c, before);
	s.far = to == NULL ? 0 : to->width - half(c, after);
	s.out_near = c->outer[before] ? half(c, before) : 0;
	s.out_far = c->outer[after] ? half(c, after) : 0;
	decor_side(p, painter_elem(p, area_artifact(ROLE_ARTIFACT_LAYOUT)),
	    &s);
}

/* The edge above a row of the part; `first`: the row is its first. */
static const struct edge *
top_edge(const struct collapsed *k, size_t row, size_t col, bool first)
{
	size_t at = row * k->t->n_cols + col;
	const struct cell *c = cell_at(k->g, row, col);

	if (first && c != NULL && (c->row < row || !c->begins))
		return &k->g->above[at].rest;
	return first && k->begins ? &k->g->above[at].end : &k->g->across[at];
}

/* The edge below it; `last`: the row or a piece of it ends the part. */
static const struct edge *
bottom_edge(const struct collapsed *k, size_t row, size_t col, bool last)
{
	size_t at = row * k->t->n_cols + col;
	const struct cell *c = cell_at(k->g, row, col);

	if (last && c != NULL && (c->row + c->rows > row + 1 || !c->ends))
		return &k->g->below[at].rest;
	return last && k->ends ? &k->g->below[at].end :
	    &k->g->across[at + k->t->n_cols];
}

static void
paint_place(const struct collapsed *k, size_t row, size_t col, mpt y0, mpt y1,
    bool first)
{
	const struct table *t = k->t;
	const struct edge *along = &k->g->along[row * (t->n_cols + 1) + col];
	enum turn start = t->room.rtl ? TURN_RIGHT : TURN_LEFT;
	enum turn end = t->room.rtl ? TURN_LEFT : TURN_RIGHT;
	mpt xa = line_x(t, col), xb = line_x(t, col + 1);
	bool last = y1 >= k->height;
	struct place c = { .x = k->x + mpt_min(xa, xb), .w = abs(xb - xa) };

	y1 = mpt_min(y1, k->height);
	c.y = k->y + y0;
	c.h = y1 - y0;
	c.edges[TURN_TOP] = top_edge(k, row, col, first);
	c.edges[TURN_BOTTOM] = bottom_edge(k, row, col, last);
	c.edges[start] = &along[0];
	c.edges[end] = &along[1];
	c.outer[TURN_TOP] = c.y == t->part_top;
	c.outer[TURN_BOTTOM] = c.y + c.h == t->part_bottom;
	c.outer[start] = col == 0;
	c.outer[end] = col + 1 == t->n_cols;
	for (enum turn turn = TURN_TOP; turn <= TURN_LEFT; turn++)
		paint_place_edge(&c, k->p, turn);
}

void
collapse_paint(const struct collapsed *k)
{
	const mpt *y = k->rows;
	size_t r = 0, last = k->g->n_rows, first;

	/* Rows that stood on earlier pages have no height, nor have those
	 * that wait for a later one. */
	while (r + 1 < last && y[r + 1] <= 0)
		r++;
	for (first = r; r < last && y[r] < k->height; r++)
		for (size_t c = 0; c < k->t->n_cols; c++)
			paint_place(k, r, c, y[r], y[r + 1], r == first);
}
