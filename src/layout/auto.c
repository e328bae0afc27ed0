/*
 * Automatic table layout (XSL 1.1, 7.28.16, which refers to CSS 2.1, 17.5.2.2):
 * columns take their widths from what stands in their cells.
 *
 * WHEN
 *
 * "auto" is the initial value, but formatters have long treated a table that
 * does not say so as one of equal columns, and files rely on it.  So the widths
 * come from the content only where table-layout="auto" is written on the table
 * itself, and a column has no width: whoever writes both a width on every column
 * and "auto" gets the widths.  Shares have no meaning outside the fixed layout
 * (5.10.4), but who writes them does not ask for columns by their content: they
 * are columns of one width then, as in FOP.
 *
 * HOW
 *
 * Every cell has a minimum width, that of its widest unbreakable piece, and a
 * maximum, that of its widest paragraph on one line.  A column's are the
 * greatest of its cells'; what a spanning cell needs beyond the columns it
 * spans is shared among them by their maxima.  A column-width that is given
 * holds exactly.  The table is as wide as its `width` says, else as the maxima
 * ask, but not wider than its room.  Room beyond the minima is shared by what
 * the columns lack to their maxima; room beyond the maxima by the maxima.
 *
 * Rows are streamed, so of a long table only the first ROWS_LOOKED_AT rows
 * decide: a table of any length costs the same.  It takes all the room it has,
 * because later rows may ask for more (running numbers do).
 */
#include <stdlib.h>

#include "layout/table.h"

#define ROWS_LOOKED_AT 200
#define NESTED_MAX 16	/* tables in tables that are looked into */
#define WHOLE 100000	/* 100 % as fo_value has it */

/* A cell that spans columns. */
struct span_need {
	size_t col, n;
	struct widths w;
};

struct measuring {
	struct table *t;
	struct widths *need;	/* of each column */
	struct span_need *spans;
	size_t n_spans, cap_spans;
	int rows;		/* that may still be looked at */
	int depth;
};

static struct widths content_widths(struct layout *l, struct fo_node *n,
    mpt ipd, int depth);

/* ------------------------------------------------------------- content */

static struct widths
widths_add(struct widths w, mpt more)
{
	return (struct widths){ mpt_add(w.min, more), mpt_add(w.max, more) };
}

static void
widths_raise(struct widths *w, struct widths by)
{
	w->min = mpt_max(w->min, by.min);
	w->max = mpt_max(w->max, mpt_max(by.max, by.min));
}

static mpt
indents(const struct fo_style *st, mpt ipd)
{
	return mpt_add(fo_length(st, PR_START_INDENT, ipd),
	    fo_length(st, PR_END_INDENT, ipd));
}

/* A width that does not depend on the column being measured. */
static bool
own_width(const struct fo_style *st, mpt *out)
{
	const struct fo_value *v = fo_value(st, PR_IPD_OPTIMUM);

	if (v->kind != FV_LENGTH || v->pct != 0)
		return false;
	*out = fo_length(st, PR_IPD_OPTIMUM, 0);
	return true;
}

static struct widths
container_widths(struct layout *l, struct fo_node *n, mpt ipd, int depth)
{
	const struct fo_style *st = n->style;
	enum fo_keyword position = fo_keyword(st, PR_ABSOLUTE_POSITION);
	struct widths w = { 0, 0 };

	if (position == KW_ABSOLUTE || position == KW_FIXED)
		return w;
	if (own_width(st, &w.min))
		w.max = w.min;
	else
		w = content_widths(l, n, ipd, depth + 1);
	return widths_add(w, indents(st, ipd));
}

/* Label and body stand at their own indents: a label never asks for more than
 * the room before its body. */
static struct widths
item_widths(struct layout *l, struct fo_node *n, mpt ipd, int depth)
{
	struct widths w = { 0, 0 };
	struct fo_node *c;

	for (c = fo_child(l->doc, n, NULL); c != NULL;
	    c = fo_child(l->doc, n, c))
		if (c->type == FO_LIST_ITEM_BODY)
			widths_raise(&w, content_widths(l, c, ipd, depth));
	return w;
}

static struct widths
child_widths(struct layout *l, struct fo_node *n, mpt ipd, int depth)
{
	switch (n->type) {
	case FO_MARKER:
	case FO_FLOAT:
		return (struct widths){ 0, 0 };
	case FO_BLOCK_CONTAINER:
		return container_widths(l, n, ipd, depth);
	case FO_TABLE:
		return auto_table_widths(l, n, ipd, depth + 1);
	case FO_LIST_ITEM:
		return item_widths(l, n, ipd, depth);
	default:
		return content_widths(l, n, ipd, depth);
	}
}

/* Of the content of a block or a reference area. */
static struct widths
content_widths(struct layout *l, struct fo_node *n, mpt ipd, int depth)
{
	struct widths w = { 0, 0 }, one;
	struct fo_node *c = fo_child(l->doc, n, NULL), *end;

	if (depth > LAYOUT_DEPTH_MAX)
		return w;
	while (c != NULL) {
		if (!flow_in_lines(l, c)) {
			widths_raise(&w, child_widths(l, c, ipd, depth + 1));
			c = fo_child(l->doc, n, c);
			continue;
		}
		for (end = c; end != NULL && (flow_in_lines(l, end) ||
		    end->type == FO_WRAPPER); end = fo_child(l->doc, n, end))
			;
		para_widths(l, n, c, end, ipd, &one.min, &one.max);
		widths_raise(&w, widths_add(one, indents(n->style, ipd)));
		c = end;
	}
	return w;
}

struct widths
auto_content_widths(struct layout *l, struct fo_node *n, mpt ipd)
{
	return content_widths(l, n, ipd, 0);
}

/* --------------------------------------------------------------- cells */

static mpt
cell_frame(const struct table *t, const struct group *g, const struct cell *c,
    enum side side)
{
	mpt w = decor_padding(c->node->style, side, t->room.ipd);

	if (t->collapse)
		return w + collapse_width(t, g, c, side) / 2;
	return w + decor_border(c->node->style, side) + t->gap_i;
}

static void
measure_cell(struct measuring *m, const struct group *g, const struct cell *c)
{
	struct table *t = m->t;
	struct widths w;

	if (!own_width(c->node->style, &w.min))
		w = content_widths(t->l, c->node, t->room.ipd, m->depth);
	else
		w.max = w.min;
	w = widths_add(w, cell_frame(t, g, c, SIDE_START) +
	    cell_frame(t, g, c, SIDE_END));
	if (c->cols == 1) {
		widths_raise(&m->need[c->col], w);
		return;
	}
	VEC_RESERVE(m->spans, m->cap_spans, m->n_spans + 1);
	m->spans[m->n_spans++] = (struct span_need){ c->col, c->cols, w };
}

/* False: enough rows have been seen. */
static bool
measure_section(struct measuring *m, struct fo_node *section)
{
	struct table *t = m->t;
	struct fo_node *cursor = NULL;
	struct group *g;
	size_t i;

	while (m->rows > 0 && (g = grid_next(t, section, &cursor)) != NULL) {
		if (t->collapse) {
			collapse_own(t, g);
			collapse_resolve(t, g, NULL, NULL);
		}
		for (i = 0; i < g->n_cells; i++)
			measure_cell(m, g, &g->cells[i]);
		m->rows -= (int)g->n_rows;
		group_free(g);
	}
	return m->rows > 0;
}

/* Is the column's width its own affair?  Then it neither gives nor takes. */
static bool
is_given(const struct column *c)
{
	return c->node != NULL &&
	    fo_value(c->node->style, PR_COLUMN_WIDTH)->kind == FV_LENGTH;
}

static bool
has_share(const struct column *c)
{
	return c->node != NULL &&
	    fo_value(c->node->style, PR_COLUMN_WIDTH)->kind == FV_PROPORTION;
}

/* The percentage of a column's width in thousandths, 0 if it has none. */
static int32_t
percent_of(const struct column *c)
{
	return c->node != NULL && is_given(c) ?
	    fo_value(c->node->style, PR_COLUMN_WIDTH)->pct : 0;
}

static mpt
given_width(const struct column *c, mpt table)
{
	return mpt_max(0, fo_length(c->node->style, PR_COLUMN_WIDTH, table));
}

/* ---------------------------------------------------------------- spans */

/* What columns [s->col, s->col + s->n) lack to the need of a cell that spans
 * them: shared by what they want, equally if they want nothing. */
static void
raise_spanned(struct measuring *m, const struct span_need *s, bool min)
{
	int64_t have = 0, base = 0, free_cols = 0, seen = 0, lack;
	size_t i, end = s->col + s->n;

	for (i = s->col; i < end; i++) {
		have += min ? m->need[i].min : m->need[i].max;
		if (is_given(&m->t->cols[i]))
			continue;
		base += m->need[i].max;
		free_cols++;
	}
	lack = (min ? s->w.min : s->w.max) - have;
	if (lack <= 0 || free_cols == 0)
		return;
	for (i = s->col; i < end; i++) {
		mpt *w = min ? &m->need[i].min : &m->need[i].max;
		mpt before;

		if (is_given(&m->t->cols[i]))
			continue;
		before = mpt_scale(lack, seen, base > 0 ? base : free_cols);
		seen += base > 0 ? m->need[i].max : 1;
		*w = mpt_add(*w, mpt_scale(lack, seen,
		    base > 0 ? base : free_cols) - before);
	}
}

static void
settle(struct measuring *m)
{
	size_t i;

	for (i = 0; i < m->t->n_cols; i++)
		if (is_given(&m->t->cols[i]))
			m->need[i].min = m->need[i].max =
			    percent_of(&m->t->cols[i]) != 0 ? 0 :
			    given_width(&m->t->cols[i], m->t->room.ipd);
	for (i = 0; i < m->n_spans; i++) {
		/* Minima last: they are shared by the maxima. */
		raise_spanned(m, &m->spans[i], /*min*/false);
		raise_spanned(m, &m->spans[i], /*min*/true);
	}
	for (i = 0; i < m->t->n_cols; i++)
		m->need[i].max = mpt_max(m->need[i].max, m->need[i].min);
	free(m->spans);
}

/* What each column needs, free() it; *cut: as far as was looked. */
static struct widths *
measure(struct table *t, int depth, bool *cut)
{
	struct measuring m = { .t = t, .rows = ROWS_LOOKED_AT,
		.depth = depth };
	struct fo_node *n = fo_child(t->l->doc, t->node, NULL);

	m.need = xcalloc(t->n_cols + 1, sizeof *m.need);
	/* The child after a body that has not been read to its end would cost
	 * reading all of it. */
	for (; n != NULL; n = fo_child(t->l->doc, t->node, n))
		if ((n->type == FO_TABLE_HEADER ||
		    n->type == FO_TABLE_FOOTER ||
		    n->type == FO_TABLE_BODY) && !measure_section(&m, n))
			break;
	*cut = n != NULL;
	settle(&m);
	return m.need;
}

/* ------------------------------------------------------- the table's width */

static bool
has_width(const struct table *t)
{
	return fo_value(t->node->style, PR_IPD_OPTIMUM)->kind == FV_LENGTH;
}

/* The width in which every column has its maximum, percentages being of that
 * width; `room` if there is none. */
static mpt
wanted_width(const struct table *t, const struct widths *need, mpt room)
{
	int64_t sum = 0, percent = 0;
	size_t i;

	for (i = 0; i < t->n_cols; i++) {
		sum += need[i].max;
		percent += percent_of(&t->cols[i]);
	}
	if (percent >= WHOLE)
		return room;
	sum = mpt_scale(sum, WHOLE, WHOLE - percent);
	return sum < room ? (mpt)sum : room;
}

/* Sets the widths of the columns that have none of their own. */
static void
share_room(struct table *t, const struct widths *need, int64_t room)
{
	int64_t min = 0, max = 0, seen = 0, base, from;
	bool beyond;
	size_t i, n = 0;

	for (i = 0; i < t->n_cols; i++) {
		if (is_given(&t->cols[i])) {
			room -= t->cols[i].width;
			continue;
		}
		min += need[i].min;
		max += need[i].max;
		n++;
	}
	beyond = room >= max;
	from = beyond ? max : min;
	base = beyond ? max : max - min;
	room = room > from ? room - from : 0;
	for (i = 0; i < t->n_cols; i++) {
		const struct widths *w = &need[i];
		mpt before;

		if (is_given(&t->cols[i]))
			continue;
		before = mpt_scale(room, seen, base > 0 ? base : (int64_t)n);
		seen += base == 0 ? 1 : beyond ? w->max : w->max - w->min;
		t->cols[i].width = mpt_add(beyond ? w->max : w->min,
		    mpt_scale(room, seen, base > 0 ? base : (int64_t)n) -
		    before);
	}
}

bool
auto_applies(const struct table *t)
{
	bool any = false;
	size_t i;

	if (!fo_is_specified(t->node->style, PR_TABLE_LAYOUT) ||
	    fo_keyword(t->node->style, PR_TABLE_LAYOUT) != KW_AUTO)
		return false;
	for (i = 0; i < t->n_cols; i++) {
		if (has_share(&t->cols[i]))
			return false;
		any |= !is_given(&t->cols[i]);
	}
	return any;
}

void
auto_columns(struct table *t)
{
	bool cut;
	struct widths *need = measure(t, 0, &cut);
	mpt room = t->room.ipd;
	size_t i;

	if (!has_width(t) && !cut) {
		t->room.ipd = wanted_width(t, need, room);
		if (t->room.rtl)
			t->room.x += room - t->room.ipd;
	}
	for (i = 0; i < t->n_cols; i++)
		if (is_given(&t->cols[i]))
			t->cols[i].width = given_width(&t->cols[i],
			    t->room.ipd);
	share_room(t, need, t->room.ipd);
	free(need);
}

/* --------------------------------------------------------- nested tables */

/* Columns that share a width: each is as wide as the neediest. */
static struct widths
equal_widths(const struct table *t, const struct widths *need)
{
	struct widths w = { 0, 0 }, most = { 0, 0 };
	mpt n = 0;
	size_t i;

	for (i = 0; i < t->n_cols; i++) {
		if (is_given(&t->cols[i])) {
			w = widths_add(w, need[i].min);
			continue;
		}
		widths_raise(&most, need[i]);
		n++;
	}
	return (struct widths){ mpt_add(w.min, mpt_scale(most.min, n, 1)),
	    mpt_add(w.max, mpt_scale(most.max, n, 1)) };
}

static struct widths
sum_widths(const struct table *t, const struct widths *need)
{
	struct widths w = { 0, 0 };
	size_t i;

	for (i = 0; i < t->n_cols; i++) {
		w.min = mpt_add(w.min, need[i].min);
		w.max = mpt_add(w.max, need[i].max);
	}
	return w;
}

struct widths
auto_table_widths(struct layout *l, struct fo_node *n, mpt ipd, int depth)
{
	const struct fo_style *st = n->style;
	struct table t = { .l = l, .node = n, .room = { .ipd = ipd } };
	struct widths w = { 0, 0 }, *need;
	bool cut;

	if (depth > NESTED_MAX)
		return w;
	t.collapse = fo_keyword(st, PR_BORDER_COLLAPSE) != KW_SEPARATE;
	if (!t.collapse)
		t.gap_i = fo_length(st, PR_BORDER_SEPARATION_INLINE, 0) / 2;
	table_grid(&t);
	if (own_width(st, &w.min)) {
		w.max = w.min;
	} else {
		need = measure(&t, depth, &cut);
		w = auto_applies(&t) ? sum_widths(&t, need) :
		    equal_widths(&t, need);
		free(need);
	}
	free(t.cols);
	return widths_add(w, indents(st, ipd));
}
