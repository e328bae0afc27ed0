/*
 * import: the rows of a spreadsheet become records.  A mapping, which is data,
 * says which column goes where in a record of a kind; the form of the kind
 * (schemas/fields) says in which order, and what a value is.  Each row is
 * written as the file of a record and then added like any other: what is wrong
 * with it is told by sheet, row and column.
 *
 * A row whose record the registry has changes that record: what the row does
 * not have stays as it is.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/base.h"
#include "records/records.h"
#include "registry/registry.h"

struct import;
struct import_source {
	const char *path;	/* CSV, XLSX or ODS */
	const char *kind;
	const char *mapping;	/* its file; NULL: the columns of the template */
	const char *lang;	/* of the records, if the mapping has none */
};
/* Reads the mapping and the headings; NULL after reporting.  `job` must
 * outlive it. */
struct import *import_open(struct job *job, struct records *rs,
    const struct import_source *source);
void import_free(struct import *im); /* accepts NULL */

/* One round, within a call of the registry: enters every row that was not
 * refused in a round before.  `found` is told as findings of the cells, unless
 * it is NULL; rows at fault are refused.  False if the file cannot be read to its
 * end. */
bool import_rows(struct import *im, struct job *job, struct registry *r);
/* What was found afterwards in records of this round is told of their rows,
 * which are refused; false if something is wrong elsewhere. */
bool import_judge(struct import *im, struct job *job, struct registry *r,
    struct diag *found);
struct import_state {
	size_t rows;		/* that are not empty */
	size_t refused;		/* in all rounds */
	size_t round;		/* in this one */
};
const struct import_state *import_state(const struct import *im);
/* Writes the refused rows and why to a table beside the file; false after
 * reporting. */
bool import_refused(struct import *im, struct job *job, const char *path);

/* What fields of a record are called in the user's language, as the heading of a
 * column would be; NULL for those that records of the kind do not have.  Paths
 * are those of struct record_field. */
void import_field_names(struct job *job, struct records *rs, const char *kind,
    const char *const *paths, size_t n, const char **names);
/* A mapping for a kind with all columns it can have, as a file; and a line for
 * each column: what it holds and whether it must.  False after reporting that
 * there is no such kind. */
bool import_template(struct job *job, struct records *rs, const char *kind,
    const char *lang, struct buf *mapping, struct buf *columns);

#endif
