/*
 * OpenDocument spreadsheets: content.xml of a ZIP archive, read as a stream, so
 * that memory is that of a row and not of the file.  A row or cell that repeats
 * is written once with a number; empty ones repeat to the ends of the sheet and
 * cost nothing, others count against a limit, as do the bytes unpacked.
 */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "import/import_int.h"

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define TABLE  "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define TEXT   "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

/* Of the file unpacked; no cell is as long as that text, no row as that. */
static const struct xml_limits limits = { UNPACKED_MAX, 100000000, 200,
	false, (size_t)16 << 20 };
#define ROW_BYTES ((size_t)64 << 20)

struct ods {
	struct table t;
	struct job own;		/* XML's findings are not for the user */
	zip_t *zip;
	zip_file_t *file;
	size_t unpacked;
	bool large;
	struct xml_reader *reader;
	struct buf sheet;
	size_t next_number;	/* of the row that comes */
	size_t repeat;		/* how often the row comes again */
	size_t cells_read;
	struct cell *cells;
	size_t cap;
	struct buf text;
};

static void
ods_free(struct table *t)
{
	struct ods *o = (struct ods *)t;

	xml_reader_free(o->reader);
	if (o->file != NULL)
		zip_fclose(o->file);
	if (o->zip != NULL)
		zip_discard(o->zip);
	diag_free(o->own.diag);
	arena_free(o->own.arena);
	buf_free(&o->sheet);
	buf_free(&o->text);
	free(o->cells);
	free(o);
}

static ptrdiff_t
unpack(void *ctx, void *p, size_t n)
{
	struct ods *o = ctx;
	const zip_int64_t got = zip_fread(o->file, p, n);

	if (got < 0)
		return -1;
	o->unpacked += (size_t)got;
	if (o->unpacked <= UNPACKED_MAX)
		return (ptrdiff_t)got;
	o->large = true;
	return -1;
}

static void
fail(struct ods *o, enum diag_code code)
{
	if (!o->t.failed)
		diag_report(o->t.job->diag, code, where_file(o->t.path), NULL);
	o->t.failed = true;
}

static const struct xml_event *
pull(struct ods *o)
{
	const struct xml_event *e = o->t.failed ? NULL
	    : xml_reader_next(o->reader);

	if (e == NULL && xml_reader_failed(o->reader))
		fail(o, o->large ? DIAG_IMPORT_LARGE : DIAG_IMPORT_DAMAGED);
	return e;
}

static const char *
attr(const struct xml_event *e, const char *ns, const char *name)
{
	size_t i;

	for (i = 0; i < e->n_attrs; i++)
		if (str_eq(e->attrs[i].ns, ns) &&
		    str_eq(e->attrs[i].name, name))
			return e->attrs[i].value;
	return NULL;
}

static bool
is(const struct xml_event *e, const char *ns, const char *name)
{
	return str_eq(e->ns, ns) && str_eq(e->name, name);
}

static size_t
count_of(const struct xml_event *e, const char *ns, const char *name)
{
	const char *s = attr(e, ns, name);
	long n;

	return s != NULL && num_parse_int(s, NULL, &n) && n > 0 ? (size_t)n
								: 1;
}

/* ----------------------------------------------------------------- cells */

/* Reads to the end of an element that is of no interest. */
static void
skip(struct ods *o)
{
	const struct xml_event *e;
	size_t depth = 1;

	while (depth > 0 && (e = pull(o)) != NULL) {
		depth += e->type == XML_EVENT_START;
		depth -= e->type == XML_EVENT_END;
	}
}

/* The text of a cell, to its end: paragraphs are lines; notes, drawings and
 * the like are not its text. */
static void
read_text(struct ods *o, struct buf *out)
{
	const struct xml_event *e;
	size_t depth = 1, i;
	bool begun = false;

	while (depth > 0 && (e = pull(o)) != NULL) {
		if (e->type == XML_EVENT_END) {
			depth--;
		} else if (e->type == XML_EVENT_TEXT) {
			if (depth > 1)
				buf_put(out, e->text, e->n_text);
		} else if (!str_eq(e->ns, TEXT)) {
			skip(o);
		} else {
			depth++;
			if (is(e, TEXT, "p") && begun)
				buf_putc(out, '\n');
			begun = begun || is(e, TEXT, "p");
			if (is(e, TEXT, "s"))
				for (i = count_of(e, TEXT, "c"); i > 0 &&
				    out->n < UNPACKED_MAX / 1024; i--)
					buf_putc(out, ' ');
			else if (is(e, TEXT, "tab"))
				buf_putc(out, '\t');
			else if (is(e, TEXT, "line-break"))
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
	const char *of = attr(e, OFFICE, "value-type"), *value;
	size_t i;

	*c = (struct cell){ CELL_TEXT, "", NULL };
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(of, kinds[i].type) &&
		    (value = attr(e, OFFICE, kinds[i].value)) != NULL) {
			c->type = kinds[i].cell;
			c->value = arena_strdup(o->t.arena, value);
		}
}

static void
read_cell(struct ods *o, const struct xml_event *e, size_t *column)
{
	const size_t n = count_of(e, TABLE, "number-columns-repeated");
	struct cell c;
	size_t i;

	read_value(o, e, &c);
	buf_clear(&o->text);
	read_text(o, &o->text);
	if (o->text.n == 0 && c.value == NULL) {
		*column += n < COLUMNS_MAX ? n : COLUMNS_MAX;
		return;
	}
	c.text = o->text.n > 0
	    ? arena_strndup(o->t.arena, o->text.p, o->text.n) : c.value;
	if (*column > COLUMNS_MAX || n > COLUMNS_MAX - *column ||
	    arena_bytes(o->t.arena) > ROW_BYTES) {
		fail(o, DIAG_IMPORT_LARGE);
		return;
	}
	VEC_RESERVE(o->cells, o->cap, *column + n);
	for (i = o->t.row.n; i < *column; i++)
		o->cells[i] = (struct cell){ CELL_TEXT, "", NULL };
	for (i = 0; i < n; i++)
		o->cells[*column + i] = c;
	*column += n;
	o->t.row.n = *column;
}

static void
read_row(struct ods *o, const struct xml_event *start)
{
	const struct xml_event *e;
	size_t column = 0;

	o->repeat = count_of(start, TABLE, "number-rows-repeated");
	arena_reset(o->t.arena);
	o->t.row.n = 0;
	while ((e = pull(o)) != NULL && e->type != XML_EVENT_END) {
		if (e->type != XML_EVENT_START)
			continue;
		if (is(e, TABLE, "table-cell") ||
		    is(e, TABLE, "covered-table-cell"))
			read_cell(o, e, &column);
		else
			skip(o);
	}
	o->t.row.cells = o->cells;
}

static const struct row *
give(struct ods *o)
{
	o->repeat--;
	o->t.row.number = o->next_number++;
	o->t.row.line = (int32_t)o->t.row.number;
	o->cells_read += o->t.row.n;
	if (o->t.row.number <= ROWS_MAX && o->cells_read <= CELLS_MAX)
		return &o->t.row;
	fail(o, DIAG_IMPORT_LARGE);
	return NULL;
}

/* The next row; groups of rows are rows. */
static const struct row *
next(struct table *t)
{
	struct ods *o = (struct ods *)t;
	const struct xml_event *e;

	if (o->repeat > 0)
		return give(o);
	while ((e = pull(o)) != NULL) {
		if (e->type == XML_EVENT_END && is(e, TABLE, "table"))
			return NULL;
		if (e->type != XML_EVENT_START)
			continue;
		if (is(e, TABLE, "table-row")) {
			read_row(o, e);
			if (o->t.failed)
				return NULL;
			if (!row_is_empty(&o->t.row))
				return give(o);
			if (o->repeat > ROWS_MAX)
				o->repeat = ROWS_MAX;
			o->next_number += o->repeat;
			o->repeat = 0;
		} else if (!is(e, TABLE, "table-row-group") &&
		    !is(e, TABLE, "table-header-rows") &&
		    !is(e, TABLE, "table-rows")) {
			skip(o);
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

	while ((e = pull(o)) != NULL) {
		if (e->type != XML_EVENT_START)
			continue;
		if (is(e, OFFICE, "document-content") ||
		    is(e, OFFICE, "body") || is(e, OFFICE, "spreadsheet"))
			continue;
		name = is(e, TABLE, "table") ? attr(e, TABLE, "name") : NULL;
		if (name != NULL && (sheet == NULL || str_eq(name, sheet))) {
			o->t.sheet = arena_strdup(o->t.job->arena, name);
			buf_free(&names);
			return true;
		}
		if (name != NULL)
			buf_printf(&names, "%s%s", names.n > 0 ? ", " : "",
			    name);
		skip(o);
	}
	if (!o->t.failed && names.n > 0)
		diag_report(o->t.job->diag, DIAG_IMPORT_SHEET,
		    where_file(o->t.path), sheet, buf_str(&names));
	else
		fail(o, DIAG_IMPORT_DAMAGED);
	buf_free(&names);
	return false;
}

static bool
open_content(struct ods *o, struct xml *x)
{
	int err;

	o->zip = zip_open(o->t.path, ZIP_RDONLY, &err);
	if (o->zip == NULL) {
		fail(o, DIAG_IMPORT_DAMAGED);
		return false;
	}
	o->file = zip_fopen(o->zip, "content.xml", 0);
	if (o->file == NULL) {
		fail(o, zip_name_locate(o->zip, "xl/workbook.xml", 0) >= 0
			? DIAG_IMPORT_XLSX : DIAG_IMPORT_FORM);
		return false;
	}
	o->reader = xml_reader_open_source(&o->own, x, o->t.path, unpack, o,
	    &limits);
	return true;
}

struct table *
ods_open(struct job *job, struct xml *x, const char *path, const char *sheet)
{
	struct ods *o = xcalloc(1, sizeof *o);

	o->t.type = &type;
	o->t.job = job;
	o->t.path = path;
	o->t.arena = arena_new();
	o->own = (struct job){ arena_new(), diag_new(LANG_EN, DIAG_TEXT),
		NULL };
	o->next_number = 1;
	if (open_content(o, x) && find_sheet(o, sheet))
		return &o->t;
	table_free(&o->t);
	return NULL;
}
