/*
 * OpenDocument spreadsheets: content.xml of the archive.  A row or cell that
 * repeats is written once with a number; empty ones repeat to the ends of the
 * sheet and cost nothing.
 */
#include <stdlib.h>

#include "import/book.h"

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define TABLE  "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define TEXT   "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
/* LibreOffice's own, which tells errors from texts. */
#define CALC   "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

struct ods {
	struct book b;
	size_t next_number;	/* of the row that comes */
	size_t repeat;		/* how often the row comes again */
};

static void
ods_free(struct table *t)
{
	struct ods *o = (struct ods *)t;

	book_end(&o->b);
	free(o);
}

static size_t
count_of(const struct xml_event *e, const char *ns, const char *name)
{
	const char *s = event_attr(e, ns, name);
	long n;

	return s != NULL && num_parse_int(s, NULL, &n) && n > 0 ? (size_t)n
								: 1;
}

/* ----------------------------------------------------------------- cells */

/* The text of a cell, to its end: paragraphs are lines; notes, drawings and
 * the like are not its text. */
static void
read_text(struct ods *o, struct buf *out)
{
	const struct xml_event *e;
	size_t depth = 1, i;
	bool begun = false;

	while (depth > 0 && (e = book_next(&o->b)) != NULL) {
		if (e->type == XML_EVENT_END) {
			depth--;
		} else if (e->type == XML_EVENT_TEXT) {
			if (depth > 1)
				buf_put(out, e->text, e->n_text);
		} else if (!str_eq(e->ns, TEXT)) {
			book_skip(&o->b);
		} else {
			depth++;
			if (event_is(e, TEXT, "p") && begun)
				buf_putc(out, '\n');
			begun = begun || event_is(e, TEXT, "p");
			if (event_is(e, TEXT, "s"))
				for (i = count_of(e, TEXT, "c"); i > 0 &&
				    out->n < UNPACKED_MAX / 1024; i--)
					buf_putc(out, ' ');
			else if (event_is(e, TEXT, "tab"))
				buf_putc(out, '\t');
			else if (event_is(e, TEXT, "line-break"))
				buf_putc(out, '\n');
		}
	}
}

/* What the file says a cell is, beside its text. */
static void
read_value(struct ods *o, const struct xml_event *e, struct cell *c)
{
	static const struct {
		const char *type, *value;
		enum cell_type cell;
	} kinds[] = {
		{ "float", "value", CELL_NUMBER },
		{ "currency", "value", CELL_NUMBER },
		{ "percentage", "value", CELL_NUMBER },
		{ "date", "date-value", CELL_DATE },
		{ "boolean", "boolean-value", CELL_BOOLEAN },
	};
	const char *of = event_attr(e, OFFICE, "value-type"), *value;
	size_t i;

	*c = (struct cell){ CELL_TEXT, "", NULL };
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(of, kinds[i].type) &&
		    (value = event_attr(e, OFFICE, kinds[i].value)) != NULL) {
			c->type = kinds[i].cell;
			c->value = arena_strdup(o->b.t.arena, value);
		}
	if (str_eq(event_attr(e, CALC, "value-type"), "error"))
		c->type = CELL_ERROR;
}

static void
read_cell(struct ods *o, const struct xml_event *e, size_t *column)
{
	const size_t n = count_of(e, TABLE, "number-columns-repeated");
	struct cell c;

	read_value(o, e, &c);
	buf_clear(&o->b.text);
	read_text(o, &o->b.text);
	if (o->b.text.n == 0 && c.value == NULL) {
		*column += n < COLUMNS_MAX ? n : COLUMNS_MAX;
		return;
	}
	c.text = o->b.text.n > 0
	    ? arena_strndup(o->b.t.arena, o->b.text.p, o->b.text.n) : c.value;
	if (book_put(&o->b, *column, n, &c))
		*column += n;
}

static void
read_row(struct ods *o, const struct xml_event *start)
{
	const struct xml_event *e;
	size_t column = 0;

	o->repeat = count_of(start, TABLE, "number-rows-repeated");
	book_row(&o->b);
	while ((e = book_next(&o->b)) != NULL && e->type != XML_EVENT_END) {
		if (e->type != XML_EVENT_START)
			continue;
		if (event_is(e, TABLE, "table-cell") ||
		    event_is(e, TABLE, "covered-table-cell"))
			read_cell(o, e, &column);
		else
			book_skip(&o->b);
	}
}

static const struct row *
give(struct ods *o)
{
	o->repeat--;
	return book_give(&o->b, o->next_number++);
}

/* The next row; groups of rows are rows. */
static const struct row *
next(struct table *t)
{
	struct ods *o = (struct ods *)t;
	const struct xml_event *e;

	if (o->repeat > 0)
		return give(o);
	while ((e = book_next(&o->b)) != NULL) {
		if (e->type == XML_EVENT_END && event_is(e, TABLE, "table"))
			return NULL;
		if (e->type != XML_EVENT_START)
			continue;
		if (event_is(e, TABLE, "table-row")) {
			read_row(o, e);
			if (o->b.t.failed)
				return NULL;
			if (!row_is_empty(&o->b.t.row))
				return give(o);
			if (o->repeat > ROWS_MAX)
				o->repeat = ROWS_MAX;
			o->next_number += o->repeat;
			o->repeat = 0;
		} else if (!event_is(e, TABLE, "table-row-group") &&
		    !event_is(e, TABLE, "table-header-rows") &&
		    !event_is(e, TABLE, "table-rows")) {
			book_skip(&o->b);
		}
	}
	return NULL;
}

static const struct table_type type = { next, ods_free };

/* --------------------------------------------------------------- opening */

/* Goes into the sheet of this name, or the first; false after reporting that
 * there is none. */
static bool
find_sheet(struct ods *o, const char *sheet)
{
	const struct xml_event *e;
	struct buf names = { 0 };
	const char *name;

	while ((e = book_next(&o->b)) != NULL) {
		if (e->type != XML_EVENT_START)
			continue;
		if (event_is(e, OFFICE, "document-content") ||
		    event_is(e, OFFICE, "body") ||
		    event_is(e, OFFICE, "spreadsheet"))
			continue;
		name = event_is(e, TABLE, "table")
		    ? event_attr(e, TABLE, "name") : NULL;
		if (name != NULL && (sheet == NULL || str_eq(name, sheet))) {
			o->b.t.sheet = arena_strdup(o->b.t.job->arena, name);
			buf_free(&names);
			return true;
		}
		if (name != NULL)
			book_name(&names, name);
		book_skip(&o->b);
	}
	book_no_sheet(&o->b, sheet, &names);
	buf_free(&names);
	return false;
}

struct table *
ods_open(struct job *job, struct xml *x, const char *path, const char *sheet,
    zip_t *zip)
{
	struct ods *o = xcalloc(1, sizeof *o);

	book_start(&o->b, &type, job, x, path, zip);
	o->next_number = 1;
	if (!book_enter(&o->b, "content.xml"))
		book_fail(&o->b, DIAG_IMPORT_DAMAGED);
	else if (find_sheet(o, sheet))
		return &o->b.t;
	table_free(&o->b.t);
	return NULL;
}
