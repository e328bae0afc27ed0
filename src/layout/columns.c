/*
 * Column widths (XSL 1.1, 6.7.4 and 7.28.9): lengths and percentages first, of
 * the columns or of cells in the first row, then what is left is shared among
 * the proportional columns.  A column
 * without a width counts as proportional-column-width(1), as in FOP, unless
 * the table asks for widths from its content (auto.c).
 */
#include <stdlib.h>

#include "layout/table.h"

#define ONE_SHARE 1000	/* proportional-column-width(1) in thousandths */
#define COLUMNS_MAX 1000

static size_t
repeated(const struct fo_node *n)
{
	int r = fo_integer(n->style, PR_NUMBER_COLUMNS_REPEATED, 1);

	return r < 1 ? 1 : r > COLUMNS_MAX ? COLUMNS_MAX : (size_t)r;
}

static void
place_column(struct table *t, struct fo_node *n, size_t at, size_t *cap)
{
	VEC_RESERVE(t->cols, *cap, at + 1);
	while (t->n_cols <= at)
		t->cols[t->n_cols++] = (struct column){ 0 };
	t->cols[at].node = n;
}

/* The columns that fo:table-column objects define. */
static void
defined_columns(struct table *t, size_t *cap)
{
	struct fo_node *n = fo_child(t->l->doc, t->node, NULL);
	size_t at = 0, i, k;

	for (; n != NULL; n = fo_child(t->l->doc, t->node, n)) {
		int number;

		if (n->type == FO_MARKER)
			continue;
		if (n->type != FO_TABLE_COLUMN)
			return;
		number = fo_integer(n->style, PR_COLUMN_NUMBER, 0);
		if (number > 0 && number <= COLUMNS_MAX)
			at = (size_t)number - 1;
		/* number-columns-spanned tells for whom its properties are,
		 * not how many columns it makes (7.28.13). */
		k = repeated(n);
		for (i = 0; i < k && at < COLUMNS_MAX; i++)
			place_column(t, n, at++, cap);
	}
}

/* The share of a proportional column, 0 for one with a width. */
static int64_t
share(const struct column *c)
{
	const struct fo_value *v;

	if (c->sized != NULL)
		return 0;
	if (c->node == NULL)
		return ONE_SHARE;
	v = fo_value(c->node->style, PR_COLUMN_WIDTH);
	if (v->kind == FV_PROPORTION)
		return v->num > 0 ? v->num : 0;
	return v->kind == FV_LENGTH ? 0 : ONE_SHARE;
}

/* What a column takes before sharing. */
static mpt
base_width(const struct table *t, const struct column *c)
{
	const struct fo_value *v;

	if (c->sized != NULL)
		return mpt_max(0, fo_length(c->sized->style, PR_IPD_OPTIMUM,
		    t->room.ipd));
	if (c->node == NULL)
		return 0;
	v = fo_value(c->node->style, PR_COLUMN_WIDTH);
	if (v->kind == FV_PROPORTION)
		return v->num_len;
	return mpt_max(0, fo_length(c->node->style, PR_COLUMN_WIDTH,
	    t->room.ipd));
}

/* A fixed table of a given width grows to what its columns ask for, and
 * percentages are of that then, as in FOP. */
static bool
grows(const struct table *t)
{
	const struct fo_style *st = t->node->style;

	return fo_value(st, PR_IPD_OPTIMUM)->kind == FV_LENGTH &&
	    fo_keyword(st, PR_TABLE_LAYOUT) == KW_FIXED;
}

static void
share_out(struct table *t)
{
	int64_t shares = 0, used = 0, rest;
	size_t i;

	for (i = 0; i < t->n_cols; i++) {
		t->cols[i].width = base_width(t, &t->cols[i]);
		used += t->cols[i].width;
		shares += share(&t->cols[i]);
	}
	rest = t->room.ipd - used;
	if (shares == 0 || rest <= 0)
		return;
	/* What is less than a thousandth of a point is dropped, as in FOP: rules
	 * between columns fall on the same pixels then. */
	for (i = 0; i < t->n_cols; i++)
		t->cols[i].width += (mpt)(rest * share(&t->cols[i]) / shares);
}

void
table_grid(struct table *t)
{
	size_t cap = 0, n, i;

	defined_columns(t, &cap);
	if (t->n_cols > 0)
		return;
	n = grid_count_columns(t);
	for (i = 0; i < n; i++)
		place_column(t, NULL, i, &cap);
}

void
table_columns(struct table *t)
{
	int64_t sum = 0;
	size_t i;
	mpt x;

	table_grid(t);
	if (auto_applies(t))
		auto_columns(t);
	else {
		grid_size_columns(t);
		share_out(t);
	}
	for (i = 0; i < t->n_cols; i++)
		sum += t->cols[i].width;
	if (sum > t->room.ipd && grows(t)) {
		t->room.ipd = mpt_scale(sum, 1, 1);
		share_out(t);
	}
	x = t->room.rtl ? t->room.x + t->room.ipd : t->room.x;
	for (i = 0; i < t->n_cols; i++) {
		if (t->room.rtl)
			x -= t->cols[i].width;
		t->cols[i].x = x;
		if (!t->room.rtl)
			x += t->cols[i].width;
	}
}

mpt
table_span_width(const struct table *t, size_t col, size_t n)
{
	mpt w = 0;
	size_t i;

	for (i = col; i < col + n && i < t->n_cols; i++)
		w += t->cols[i].width;
	return w;
}

mpt
table_span_x(const struct table *t, size_t col, size_t n)
{
	return t->room.rtl ? t->cols[col + n - 1].x : t->cols[col].x;
}
