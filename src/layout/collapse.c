/*
 * Borders that cells share (border-collapse="collapse"; XSL 1.1, 6.7.10 and
 * 7.28.3, with the rules of CSS 2, 17.6.2.1): of all the borders that meet at
 * an edge "hidden" wins and shows nothing, then the higher precedence, the
 * wider, the more conspicuous style, and last the object that is nearer to the
 * cell.
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
	enum fo_prop style, width, color, precedence;
};

static const struct side_props sides[4] = {
	[SIDE_BEFORE] = { PR_BORDER_BEFORE_STYLE, PR_BORDER_BEFORE_WIDTH,
	    PR_BORDER_BEFORE_COLOR, PR_BORDER_BEFORE_PRECEDENCE },
	[SIDE_AFTER] = { PR_BORDER_AFTER_STYLE, PR_BORDER_AFTER_WIDTH,
	    PR_BORDER_AFTER_COLOR, PR_BORDER_AFTER_PRECEDENCE },
	[SIDE_START] = { PR_BORDER_START_STYLE, PR_BORDER_START_WIDTH,
	    PR_BORDER_START_COLOR, PR_BORDER_START_PRECEDENCE },
	[SIDE_END] = { PR_BORDER_END_STYLE, PR_BORDER_END_WIDTH,
	    PR_BORDER_END_COLOR, PR_BORDER_END_PRECEDENCE },
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

/* What row `row` wants above (before) or below itself in a column. */
static struct edge
own_edge(const struct table *t, const struct group *g, size_t row, size_t col,
    enum side side)
{
	const struct cell *c = cell_at(g, row, col);
	struct edge e = edge_of(c != NULL ? c->node : NULL, side);
	bool top = side == SIDE_BEFORE;

	e = resolve(e, edge_of(g->rows[row], side));
	if (top ? g->first_in_section && row == 0 :
	    g->last_in_section && row + 1 == g->n_rows)
		e = resolve(e, edge_of(g->section, side));
	if (top ? g->first_in_table && row == 0 :
	    g->last_in_table && row + 1 == g->n_rows) {
		e = resolve(e, edge_of(t->cols[col].node, side));
		e = resolve(e, edge_of(t->node, side));
	}
	return e;
}

void
collapse_own(const struct table *t, struct group *g)
{
	size_t c;

	g->top = xcalloc(t->n_cols, sizeof *g->top);
	g->bottom = xcalloc(t->n_cols, sizeof *g->bottom);
	for (c = 0; c < t->n_cols; c++) {
		g->top[c] = own_edge(t, g, 0, c, SIDE_BEFORE);
		g->bottom[c] = own_edge(t, g, g->n_rows - 1, c, SIDE_AFTER);
	}
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

static struct edge
inner_edge(const struct table *t, const struct group *g, size_t line,
    size_t col)
{
	if (cell_at(g, line - 1, col) != NULL &&
	    cell_at(g, line - 1, col) == cell_at(g, line, col))
		return (struct edge){ .style = KW_NONE };
	return resolve(own_edge(t, g, line - 1, col, SIDE_AFTER),
	    own_edge(t, g, line, col, SIDE_BEFORE));
}

void
collapse_resolve(const struct table *t, struct group *g,
    const struct edge *above, const struct edge *below)
{
	size_t cols = t->n_cols, r, c;

	g->across = xcalloc((g->n_rows + 1) * cols, sizeof *g->across);
	g->along = xcalloc(g->n_rows * (cols + 1), sizeof *g->along);
	for (c = 0; c < cols; c++) {
		g->across[c] = above != NULL ?
		    resolve(g->top[c], above[c]) : g->top[c];
		for (r = 1; r < g->n_rows; r++)
			g->across[r * cols + c] = inner_edge(t, g, r, c);
		g->across[g->n_rows * cols + c] = below != NULL ?
		    resolve(g->bottom[c], below[c]) : g->bottom[c];
	}
	for (r = 0; r < g->n_rows; r++)
		for (c = 0; c <= cols; c++)
			g->along[r * (cols + 1) + c] =
			    vertical_edge(t, g, r, c);
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

/* -------------------------------------------------------------- painting */

static void
paint_edge(struct painter *p, const struct edge *e, enum side side, mpt x,
    mpt y, mpt w, mpt h)
{
	if (e->width > 0 && w > 0 && h > 0)
		decor_edge(p, e->style, e->rgba, side, x, y, w, h);
}

/* Edges lie on the grid lines, half to each side; horizontal ones reach over
 * the vertical ones at their ends. */
static void
paint_across(const struct table *t, const struct group *g,
    const struct cell *c, struct painter *p, size_t row, enum side side,
    mpt x0, mpt y)
{
	size_t cols = t->n_cols, i;
	size_t r = row < g->n_rows ? row : g->n_rows - 1;

	for (i = c->col; i < c->col + c->cols; i++) {
		const struct edge *e = &g->across[row * cols + i];
		mpt before = g->along[r * (cols + 1) + i].width / 2;
		mpt after = g->along[r * (cols + 1) + i + 1].width / 2;
		mpt left = t->room.rtl ? after : before;

		paint_edge(p, e, side, x0 + t->cols[i].x - left,
		    y - e->width / 2, t->cols[i].width + before + after,
		    e->width);
	}
}

void
collapse_paint(const struct table *t, const struct group *g,
    const struct cell *c, struct painter *p, mpt x, mpt y, mpt w, mpt h)
{
	size_t stride = t->n_cols + 1;
	const struct edge *start = &g->along[c->row * stride + c->col];
	const struct edge *end = &g->along[c->row * stride + c->col +
	    c->cols];
	const struct edge *left = t->room.rtl ? end : start;
	const struct edge *right = t->room.rtl ? start : end;
	/* The page's x of the place that the columns count from. */
	mpt x0 = x - table_span_x(t, c->col, c->cols);

	paint_edge(p, left, SIDE_START, x - left->width / 2, y, left->width,
	    h);
	paint_edge(p, right, SIDE_END, x + w - right->width / 2, y,
	    right->width, h);
	paint_across(t, g, c, p, c->row, SIDE_BEFORE, x0, y);
	paint_across(t, g, c, p, c->row + c->rows, SIDE_AFTER, x0, y + h);
}
