/*
 * Spreadsheets in ZIP archives: what OpenDocument and Office Open XML have in
 * common.  A part of the archive is read as a stream, so that memory is that of
 * a row and not of the file; what is unpacked counts against a limit, and so do
 * rows and cells.
 */
#ifndef IMPORT_BOOK_H
#define IMPORT_BOOK_H

#include <zip.h>

#include "import/import_int.h"

struct book {
	struct table t;
	struct job own;		/* XML's findings are not for the user */
	struct xml *xml;
	zip_t *zip;
	zip_file_t *file;	/* the part that is read */
	struct xml_reader *reader;
	size_t unpacked;
	bool large;
	size_t cells_read;
	struct cell *cells;	/* of the row */
	size_t cap;
	struct buf text;	/* of a cell */
};

/* zip is the book's from here on. */
void book_start(struct book *b, const struct table_type *type, struct job *job,
    struct xml *x, const char *path, zip_t *zip);
/* Frees what book_start() and reading made, not b itself. */
void book_end(struct book *b);
/* Reports why no more can be read, once. */
void book_fail(struct book *b, enum diag_code code);

/* Reads this part from its beginning; false if there is none, which is not
 * reported. */
bool book_enter(struct book *b, const char *part);
/* As xml_reader_next(); what fails is reported. */
const struct xml_event *book_next(struct book *b);
/* Reads to the end of an element that is of no interest. */
void book_skip(struct book *b);

bool event_is(const struct xml_event *e, const char *ns, const char *name);
/* NULL: it has no such attribute.  ns NULL: one in no namespace. */
const char *event_attr(const struct xml_event *e, const char *ns,
    const char *name);

/* A row begins, with no cells. */
void book_row(struct book *b);
/* So many times the cell, from this column on, counted from 0; what comes
 * between is empty.  False after reporting that a row is no longer than that. */
bool book_put(struct book *b, size_t column, size_t n, const struct cell *c);
/* The row, with its number; NULL after reporting that a sheet has no more. */
const struct row *book_give(struct book *b, size_t number);

/* Goes on with the names of sheets that there are: a list for a finding. */
void book_name(struct buf *names, const char *name);
/* Reports that there is no sheet of this name, but these. */
void book_no_sheet(struct book *b, const char *sheet, const struct buf *names);

/* What reads one kind of archive.  The sheet of this name, or the first; zip
 * is theirs.  NULL after reporting. */
struct table *ods_open(struct job *job, struct xml *x, const char *path,
    const char *sheet, zip_t *zip);
struct table *xlsx_open(struct job *job, struct xml *x, const char *path,
    const char *sheet, zip_t *zip);

#endif
