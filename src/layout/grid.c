/*
 * Rows and cells into a grid (XSL 1.1, 6.7.9 and 6.7.10): a cell takes the
 * next free column or the one it names; rows that row spans tie together are
 * pulled as one group.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/table.h"

/* A section's children are rows, or cells that begin and end rows. */
struct puller {
	struct table *t;
	struct group *g;
	size_t *left;		/* rows still spanned, per column */
	size_t col;		/* next column of the row being filled */
	size_t row;
};

static struct fo_node *
next_of_type(struct table *t, struct fo_node *parent, struct fo_node *after,
    enum fo_type a, enum fo_type b)
{
	struct fo_node *n = fo_child(t->l->doc, parent, after);

	while (n != NULL && n->type != a && n->type != b)
		n = fo_child(t->l->doc, parent, n);
	return n;
}

static int
clamp(int v, size_t most)
{
	return v < 1 ? 1 : (size_t)v > most ? (int)most : v;
}

/* ----------------------------------------------- columns without objects */

/* Rows are streamed, so of a long table only the first decide. */
#define ROWS_COUNTED 1000
#define COLUMNS_MAX 1000

struct counter {
	struct table *t;
	size_t left[COLUMNS_MAX];	/* rows still spanned, per column */
	size_t col;		/* next column of the row */
	size_t most;		/* columns of the widest row */
	int rows;		/* that may still be looked at */
};

static void
count_cell(struct counter *k, const struct fo_node *n)
{
	int number = fo_integer(n->style, PR_COLUMN_NUMBER, 0), span, rows;

	if (number > 0)
		k->col = (size_t)clamp(number, COLUMNS_MAX) - 1;
	while (k->col < COLUMNS_MAX && k->left[k->col] > 0)
		k->col++;
	span = clamp(fo_integer(n->style, PR_NUMBER_COLUMNS_SPANNED, 1),
	    COLUMNS_MAX - k->col);
	rows = clamp(fo_integer(n->style, PR_NUMBER_ROWS_SPANNED, 1), 10000);
	for (; span > 0 && k->col < COLUMNS_MAX; span--)
		k->left[k->col++] = (size_t)rows;
	if (k->col > k->most)
		k->most = k->col;
}

static void
count_row_end(struct counter *k)
{
	size_t c;

	for (c = 0; c < k->most; c++)
		if (k->left[c] > 0)
			k->left[c]--;
	k->col = 0;
	k->rows--;
}

static void
count_row(struct counter *k, struct fo_node *row)
{
	struct fo_node *c = NULL;

	while ((c = next_of_type(k->t, row, c, FO_TABLE_CELL,
	    FO_TABLE_CELL)) != NULL)
		count_cell(k, c);
	count_row_end(k);
}

/* Rows, or cells that begin and end rows; spans end with the section. */
static void
count_section(struct counter *k, struct fo_node *section)
{
	struct fo_node *n = NULL;
	bool begun = false;	/* a row of cells */

	memset(k->left, 0, sizeof k->left);
	while (k->rows > 0 && (n = next_of_type(k->t, section, n,
	    FO_TABLE_ROW, FO_TABLE_CELL)) != NULL) {
		if (begun && (n->type == FO_TABLE_ROW ||
		    fo_keyword(n->style, PR_STARTS_ROW) == KW_TRUE))
			count_row_end(k);
		begun = n->type == FO_TABLE_CELL;
		if (!begun) {
			count_row(k, n);
			continue;
		}
		count_cell(k, n);
		if (fo_keyword(n->style, PR_ENDS_ROW) == KW_TRUE) {
			count_row_end(k);
			begun = false;
		}
	}
	if (begun)
		count_row_end(k);
}

size_t
grid_count_columns(struct table *t)
{
	struct counter *k = xcalloc(1, sizeof *k);
	struct fo_node *n = NULL;
	size_t most;

	k->t = t;
	k->rows = ROWS_COUNTED;
	while (k->rows > 0 && (n = fo_child(t->l->doc, t->node, n)) != NULL)
		if (n->type == FO_TABLE_HEADER || n->type == FO_TABLE_FOOTER ||
		    n->type == FO_TABLE_BODY)
			count_section(k, n);
	most = k->most == 0 ? 1 : k->most;
	free(k);
	return most;
}

static void
size_columns(struct table *t, const struct fo_node *cell, size_t col)
{
	struct fo_node *node = t->cols[col].node;

	if (fo_integer(cell->style, PR_NUMBER_COLUMNS_SPANNED, 1) != 1 ||
	    fo_value(cell->style, PR_IPD_OPTIMUM)->kind != FV_LENGTH)
		return;
	t->cols[col].sized = cell;
	/* A column that is repeated is one. */
	for (size_t i = 0; node != NULL && i < t->n_cols; i++)
		if (t->cols[i].node == node)
			t->cols[i].sized = cell;
}

/* The first row of a section. */
static void
size_by_section(struct table *t, struct fo_node *section)
{
	struct fo_node *first = next_of_type(t, section, NULL, FO_TABLE_ROW,
	    FO_TABLE_CELL), *n = first;
	bool loose = first != NULL && first->type == FO_TABLE_CELL;
	size_t col = 0;

	if (first != NULL && !loose)
		n = next_of_type(t, first, NULL, FO_TABLE_CELL, FO_TABLE_CELL);
	while (n != NULL && n->type == FO_TABLE_CELL) {
		int number = fo_integer(n->style, PR_COLUMN_NUMBER, 0);

		if (loose && n != first &&
		    fo_keyword(n->style, PR_STARTS_ROW) == KW_TRUE)
			return;
		if (number > 0)
			col = (size_t)number - 1;
		if (col >= t->n_cols)
			return;
		size_columns(t, n, col);
		col += (size_t)clamp(fo_integer(n->style,
		    PR_NUMBER_COLUMNS_SPANNED, 1), t->n_cols);
		if (loose && fo_keyword(n->style, PR_ENDS_ROW) == KW_TRUE)
			return;
		n = next_of_type(t, loose ? section : first, n, FO_TABLE_CELL,
		    FO_TABLE_ROW);
	}
}

void
grid_size_columns(struct table *t)
{
	struct fo_node *n = NULL;

	while ((n = fo_child(t->l->doc, t->node, n)) != NULL) {
		if (n->type == FO_TABLE_HEADER || n->type == FO_TABLE_FOOTER ||
		    n->type == FO_TABLE_BODY)
			size_by_section(t, n);
		if (n->type == FO_TABLE_BODY)
			return;
	}
}

/* ------------------------------------------------------------- the groups */

static void
begin_row(struct puller *u, struct fo_node *row)
{
	struct group *g = u->g;

	VEC_RESERVE(g->rows, g->cap_rows, g->n_rows + 1);
	u->row = g->n_rows;
	g->rows[g->n_rows++] = row;
	u->col = 0;
}

static void
end_row(struct puller *u)
{
	size_t c;

	for (c = 0; c < u->t->n_cols; c++)
		if (u->left[c] > 0)
			u->left[c]--;
}

static bool
spans_go_on(const struct puller *u)
{
	size_t c;

	for (c = 0; c < u->t->n_cols; c++)
		if (u->left[c] > 0)
			return true;
	return false;
}

/* A cell that finds its column taken, or spans more than there are. */
static void
report_cell(struct puller *u, const struct fo_node *n, size_t wanted)
{
	struct diag *d = u->t->l->job->diag;
	struct buf a = { 0 }, b = { 0 };
	int span = fo_integer(n->style, PR_NUMBER_COLUMNS_SPANNED, 1);

	if (wanted < u->col) {
		buf_printf(&a, "%zu", wanted + 1);
		buf_printf(&b, "%zu", u->col + 1);
		diag_report(d, DIAG_TABLE_CELL_OVER, n->where, a.p, b.p);
	}
	if (span > 1 && (size_t)span > u->t->n_cols - u->col)
		diag_report(d, DIAG_TABLE_SPAN_OUTSIDE, n->where, NULL);
	buf_free(&a);
	buf_free(&b);
}

static void
add_cell(struct puller *u, struct fo_node *n)
{
	size_t cols = u->t->n_cols, c, wanted = u->t->n_cols;
	int number = fo_integer(n->style, PR_COLUMN_NUMBER, 0);
	struct group *g = u->g;
	struct cell *cell;

	if (number > 0)
		u->col = wanted = (size_t)number - 1;
	while (u->col < cols && u->left[u->col] > 0)
		u->col++;
	if (u->col >= cols) {
		diag_report(u->t->l->job->diag, DIAG_TABLE_CELL_OUTSIDE,
		    n->where, NULL);
		return;
	}
	report_cell(u, n, wanted);
	VEC_RESERVE(g->cells, g->cap_cells, g->n_cells + 1);
	cell = &g->cells[g->n_cells++];
	*cell = (struct cell){ .node = n, .row = u->row, .col = u->col };
	cell->cols = (size_t)clamp(fo_integer(n->style,
	    PR_NUMBER_COLUMNS_SPANNED, 1), cols - u->col);
	cell->rows = (size_t)clamp(fo_integer(n->style,
	    PR_NUMBER_ROWS_SPANNED, 1), 10000);
	/* A span ends before a column that a cell above still takes. */
	for (c = 0; c < cell->cols && u->left[u->col + c] == 0; c++)
		u->left[u->col + c] = cell->rows;
	cell->cols = c;
	u->col += cell->cols;
}

static void
pull_row(struct puller *u, struct fo_node *row)
{
	struct fo_node *c = NULL;

	begin_row(u, row);
	while ((c = next_of_type(u->t, row, c, FO_TABLE_CELL,
	    FO_TABLE_CELL)) != NULL)
		add_cell(u, c);
	end_row(u);
}

/* A row of cells that stand directly in the section; returns its last. */
static struct fo_node *
pull_loose_row(struct puller *u, struct fo_node *cell)
{
	struct fo_node *last = cell;

	begin_row(u, NULL);
	for (;;) {
		add_cell(u, cell);
		last = cell;
		if (fo_keyword(cell->style, PR_ENDS_ROW) == KW_TRUE)
			break;
		cell = next_of_type(u->t, cell->parent, cell, FO_TABLE_CELL,
		    FO_TABLE_ROW);
		if (cell == NULL || cell->type != FO_TABLE_CELL ||
		    fo_keyword(cell->style, PR_STARTS_ROW) == KW_TRUE)
			break;
	}
	end_row(u);
	return last;
}

/* Spans that reach past the last row end with it. */
static void
trim_spans(struct group *g)
{
	size_t i;

	for (i = 0; i < g->n_cells; i++)
		if (g->cells[i].row + g->cells[i].rows > g->n_rows)
			g->cells[i].rows = g->n_rows - g->cells[i].row;
}

struct group *
grid_next(struct table *t, struct fo_node *section, struct fo_node **cursor)
{
	struct puller u = { .t = t };
	struct fo_node *n;

	n = next_of_type(t, section, *cursor, FO_TABLE_ROW, FO_TABLE_CELL);
	if (n == NULL)
		return NULL;
	u.g = xcalloc(1, sizeof *u.g);
	u.g->section = section;
	u.g->first_in_section = *cursor == NULL;
	u.left = xcalloc(t->n_cols, sizeof *u.left);
	for (;;) {
		if (n->type == FO_TABLE_ROW)
			pull_row(&u, n);
		else
			n = pull_loose_row(&u, n);
		*cursor = n;
		n = next_of_type(t, section, n, FO_TABLE_ROW, FO_TABLE_CELL);
		if (n == NULL || !spans_go_on(&u))
			break;
	}
	u.g->last_in_section = n == NULL;
	trim_spans(u.g);
	free(u.left);
	return u.g;
}

void
group_free(struct group *g)
{
	if (g == NULL)
		return;
	free(g->rows);
	free(g->cells);
	free(g->above);
	free(g->below);
	free(g->across);
	free(g->along);
	free(g);
}
