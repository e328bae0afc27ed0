/*
 * Styles found by position: the column of a table's cell, for
 * from-table-column(), and the region of a flow, for
 * from-page-master-region() (XSL 1.1, 5.10.4).
 */
#include "fo/fo_int.h"

#include <string.h>

/* Tables with more columns than this have no from-table-column(). */
enum { MAX_COLUMNS = 4096, MARK = 0x8000 };

static size_t
count_of(const struct fo_node *n, enum fo_prop p)
{
	int v = fo_integer(n->style, p, 1);

	return v < 1 ? 1 : v > MAX_COLUMNS ? MAX_COLUMNS : (size_t)v;
}

static const struct fo_node *
ancestor(const struct fo_node *n, enum fo_type type)
{
	while (n != NULL && n->type != type)
		n = n->parent;
	return n;
}

static bool
is_taken(const struct inner *table, size_t column)
{
	const struct taken *t = table->taken;

	/* What the row itself adds (MARK) is not in its own way. */
	return t != NULL && column <= t->n && t->rows[column - 1] > 0 &&
	    !(t->rows[column - 1] & MARK);
}

static bool
is_true(const struct fo_node *n, enum fo_prop p)
{
	return fo_keyword(n->style, p) == KW_TRUE;
}

/* Where a cell stands, for which the columns from `column` on are left. */
static size_t
own_column(const struct inner *table, const struct fo_node *cell, size_t column)
{
	int given = fo_integer(cell->style, PR_COLUMN_NUMBER, 0);

	if (given > 0 && given <= MAX_COLUMNS)
		return (size_t)given;
	if (is_true(cell, PR_STARTS_ROW))
		column = 1;
	while (is_taken(table, column))
		column++;
	return column;
}

/* The column, from 1, of a cell of the row, or of the body that has cells for
 * rows (6.7.10); the cell may not be linked yet. */
static size_t
cell_column(const struct inner *table, const struct fo_node *row,
    const struct fo_node *cell)
{
	const struct fo_node *c;
	size_t column = 1;

	for (c = row->first; c != NULL && c != cell; c = c->next) {
		if (c->type != FO_TABLE_CELL)
			continue;
		column = own_column(table, c, column) +
		    count_of(c, PR_NUMBER_COLUMNS_SPANNED);
		if (is_true(c, PR_ENDS_ROW))
			column = 1;
	}
	return own_column(table, cell, column);
}

const struct fo_style *
column_style(const struct fo_node *n)
{
	const struct fo_node *cell = ancestor(n, FO_TABLE_CELL), *c;
	const struct fo_node *table;
	size_t column, at = 1, repeated;
	int given;

	table = ancestor(cell, FO_TABLE);
	if (table == NULL)
		return NULL;
	column = cell_column(inner(table), cell->parent, cell);
	for (c = table->first; c != NULL; c = c->next) {
		if (c->type != FO_TABLE_COLUMN)
			continue;
		given = fo_integer(c->style, PR_COLUMN_NUMBER, 0);
		if (given > 0)
			at = (size_t)given;
		repeated = count_of(c, PR_NUMBER_COLUMNS_REPEATED);
		if (column >= at && column < at + repeated)
			return c->style;
		at += repeated;
	}
	return NULL;
}

/* Room for the first n columns of a table. */
static struct taken *
reserve_taken(struct inner *table, size_t n)
{
	struct taken *t = table->taken, *more;

	if (t != NULL && n <= t->n)
		return t;
	more = arena_alloc(table->unit->arena, sizeof *more +
	    (n + 8) * sizeof *more->rows);
	if (t != NULL)
		memcpy(more->rows, t->rows, t->n * sizeof *t->rows);
	more->n = n + 8;
	table->taken = more;
	return more;
}

void
column_row_done(const struct fo_node *row)
{
	const struct fo_node *c;
	struct inner *table;
	struct taken *t;
	size_t i, column, span, rows, most = 1;

	c = ancestor(row, FO_TABLE);
	if (c == NULL)
		return;
	table = inner(c);
	for (c = row->first; c != NULL; c = c->next)
		if (c->type == FO_TABLE_CELL &&
		    (rows = count_of(c, PR_NUMBER_ROWS_SPANNED)) > most)
			most = rows;
	if (most == 1 && table->taken == NULL)
		return;
	/* New spans are marked, so that the step down leaves them. */
	for (c = row->first; c != NULL && most > 1; c = c->next) {
		if (c->type != FO_TABLE_CELL)
			continue;
		rows = count_of(c, PR_NUMBER_ROWS_SPANNED);
		span = count_of(c, PR_NUMBER_COLUMNS_SPANNED);
		if (rows < 2)
			continue;
		column = cell_column(table, row, c);
		if (column + span > MAX_COLUMNS)
			return;
		t = reserve_taken(table, column + span);
		for (i = column; i < column + span; i++)
			if (t->rows[i - 1] == 0)
				t->rows[i - 1] = (uint16_t)(MARK | (rows - 1));
	}
	t = table->taken;
	for (i = 0; t != NULL && i < t->n; i++) {
		if (t->rows[i] & MARK)
			t->rows[i] ^= MARK;
		else if (t->rows[i] > 0)
			t->rows[i]--;
	}
}

/* -------------------------------------------------------------- regions */

static const struct fo_node *
child_named(const struct fo_node *parent, enum fo_prop p, const char *name)
{
	const struct fo_node *c;

	for (c = parent->first; c != NULL; c = c->next)
		if (str_eq(fo_string(c->style, p), name))
			return c;
	return NULL;
}

/* The first reference below a page-sequence-master. */
static const char *
first_reference(const struct fo_node *n)
{
	const char *name = fo_string(n->style, PR_MASTER_REFERENCE);
	const struct fo_node *c;

	for (c = n->first; name == NULL && c != NULL; c = c->next)
		name = first_reference(c);
	return name;
}

static const char *
default_name(enum fo_type type)
{
	switch (type) {
	case FO_REGION_BODY:
		return "xsl-region-body";
	case FO_REGION_BEFORE:
		return "xsl-region-before";
	case FO_REGION_AFTER:
		return "xsl-region-after";
	case FO_REGION_START:
		return "xsl-region-start";
	case FO_REGION_END:
		return "xsl-region-end";
	default:
		return "";
	}
}

/* A string of the object that is being computed, whose style is not there yet,
 * or of one above it. */
static const char *
string_of(struct fo_doc *d, const struct fo_node *n, bool is_new,
    enum fo_prop p)
{
	size_t i;

	if (!is_new)
		return fo_string(n->style, p);
	for (i = 0; i < d->n_attrs; i++)
		if (d->attrs[i].name->kind == NAME_PROP &&
		    d->attrs[i].name->prop == p)
			return d->attrs[i].value;
	return NULL;
}

/* The standard leaves open which page's region is meant; it is that of the
 * first page master the sequence can use. */
const struct fo_style *
region_style(struct fo_doc *d, const struct fo_node *n)
{
	const struct fo_node *sequence = ancestor(n, FO_PAGE_SEQUENCE), *set;
	const struct fo_node *master, *region, *in;
	const char *name, *flow = NULL;
	int hops;

	for (set = d->root->first; set != NULL; set = set->next)
		if (set->type == FO_LAYOUT_MASTER_SET)
			break;
	if (set == NULL || sequence == NULL)
		return NULL;
	name = string_of(d, sequence, sequence == n, PR_MASTER_REFERENCE);
	master = child_named(set, PR_MASTER_NAME, name);
	for (hops = 0; master != NULL && hops < 10 &&
	     master->type != FO_SIMPLE_PAGE_MASTER; hops++)
		master = child_named(set, PR_MASTER_NAME,
		    first_reference(master));
	if (master == NULL)
		return NULL;
	for (in = n; in != sequence; in = in->parent)
		if (in->type == FO_FLOW || in->type == FO_STATIC_CONTENT)
			flow = string_of(d, in, in == n, PR_FLOW_NAME);
	if (flow == NULL)
		flow = "xsl-region-body";
	for (region = master->first; region != NULL; region = region->next) {
		name = fo_string(region->style, PR_REGION_NAME);
		if (str_eq(name != NULL ? name
			: default_name((enum fo_type)region->type), flow))
			return region->style;
	}
	return NULL;
}
