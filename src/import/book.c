/*
 * The archive of a spreadsheet, its parts and its rows: see book.h.
 */
#include <stdlib.h>

#include "import/book.h"

/* Of the file unpacked; no cell is as long as that text, no row as that. */
static const struct xml_limits limits = { UNPACKED_MAX, 100000000, 200,
	false, (size_t)16 << 20, false };
#define ROW_BYTES ((size_t)64 << 20)

void
book_start(struct book *b, const struct table_type *type, struct job *job,
    struct xml *x, const char *path, zip_t *zip)
{
	b->t.type = type;
	b->t.job = job;
	b->t.path = path;
	b->t.arena = arena_new();
	b->own = (struct job){ arena_new(), diag_new(LANG_EN, DIAG_TEXT),
		NULL };
	b->xml = x;
	b->zip = zip;
}

static void
leave(struct book *b)
{
	xml_reader_free(b->reader);
	b->reader = NULL;
	if (b->file != NULL)
		zip_fclose(b->file);
	b->file = NULL;
}

void
book_end(struct book *b)
{
	leave(b);
	zip_discard(b->zip);
	diag_free(b->own.diag);
	arena_free(b->own.arena);
	buf_free(&b->text);
	free(b->cells);
}

void
book_fail(struct book *b, enum diag_code code)
{
	if (!b->t.failed)
		diag_report(b->t.job->diag, code, where_file(b->t.path), NULL);
	b->t.failed = true;
}

/* --------------------------------------------------------------- reading */

static ptrdiff_t
unpack(void *ctx, void *p, size_t n)
{
	struct book *b = ctx;
	const zip_int64_t got = zip_fread(b->file, p, n);

	if (got < 0)
		return -1;
	b->unpacked += (size_t)got;
	if (b->unpacked <= UNPACKED_MAX)
		return (ptrdiff_t)got;
	b->large = true;
	return -1;
}

bool
book_enter(struct book *b, const char *part)
{
	leave(b);
	b->file = zip_fopen(b->zip, part, 0);
	if (b->file == NULL)
		return false;
	b->reader = xml_reader_open_source(&b->own, b->xml, b->t.path, unpack,
	    b, &limits);
	return true;
}

const struct xml_event *
book_next(struct book *b)
{
	const struct xml_event *e = b->t.failed ? NULL
	    : xml_reader_next(b->reader);

	if (e == NULL && xml_reader_failed(b->reader))
		book_fail(b, b->large ? DIAG_IMPORT_LARGE
		    : DIAG_IMPORT_DAMAGED);
	return e;
}

void
book_skip(struct book *b)
{
	const struct xml_event *e;
	size_t depth = 1;

	while (depth > 0 && (e = book_next(b)) != NULL) {
		depth += e->type == XML_EVENT_START;
		depth -= e->type == XML_EVENT_END;
	}
}

bool
event_is(const struct xml_event *e, const char *ns, const char *name)
{
	return str_eq(e->ns, ns) && str_eq(e->name, name);
}

const char *
event_attr(const struct xml_event *e, const char *ns, const char *name)
{
	size_t i;

	for (i = 0; i < e->n_attrs; i++)
		if (str_eq(e->attrs[i].ns, ns) &&
		    str_eq(e->attrs[i].name, name))
			return e->attrs[i].value;
	return NULL;
}

/* ------------------------------------------------------------------ rows */

void
book_row(struct book *b)
{
	arena_reset(b->t.arena);
	b->t.row.n = 0;
}

bool
book_put(struct book *b, size_t column, size_t n, const struct cell *c)
{
	static const struct cell empty = { CELL_TEXT, "", NULL };
	size_t i;

	if (column > COLUMNS_MAX || n > COLUMNS_MAX - column ||
	    arena_bytes(b->t.arena) > ROW_BYTES) {
		book_fail(b, DIAG_IMPORT_LARGE);
		return false;
	}
	VEC_RESERVE(b->cells, b->cap, column + n);
	b->t.row.cells = b->cells;
	for (i = b->t.row.n; i < column; i++)
		b->cells[i] = empty;
	for (i = column; i < column + n; i++)
		b->cells[i] = *c;
	if (b->t.row.n < column + n)
		b->t.row.n = column + n;
	return true;
}

const struct row *
book_give(struct book *b, size_t number)
{
	b->t.row.number = number;
	b->t.row.line = (int32_t)number;
	b->cells_read += b->t.row.n;
	if (number <= ROWS_MAX && b->cells_read <= CELLS_MAX)
		return &b->t.row;
	book_fail(b, DIAG_IMPORT_LARGE);
	return NULL;
}

/* ---------------------------------------------------------------- sheets */

void
book_name(struct buf *names, const char *name)
{
	buf_printf(names, "%s%s", names->n > 0 ? ", " : "", name);
}

void
book_no_sheet(struct book *b, const char *sheet, const struct buf *names)
{
	if (b->t.failed || names->n == 0 || sheet == NULL) {
		book_fail(b, DIAG_IMPORT_DAMAGED);
		return;
	}
	diag_report(b->t.job->diag, DIAG_IMPORT_SHEET, where_file(b->t.path),
	    sheet, buf_str(names));
	b->t.failed = true;
}

struct table *
book_open(struct job *job, struct xml *x, const char *path, const char *sheet)
{
	int err;
	zip_t *zip = zip_open(path, ZIP_RDONLY, &err);

	if (zip == NULL) {
		diag_report(job->diag, DIAG_IMPORT_DAMAGED, where_file(path),
		    NULL);
		return NULL;
	}
	if (zip_name_locate(zip, "content.xml", 0) >= 0)
		return ods_open(job, x, path, sheet, zip);
	if (zip_name_locate(zip, "_rels/.rels", 0) >= 0)
		return xlsx_open(job, x, path, sheet, zip);
	diag_report(job->diag, DIAG_IMPORT_FORM, where_file(path), NULL);
	zip_discard(zip);
	return NULL;
}
