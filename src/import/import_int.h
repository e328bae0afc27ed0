/*
 * The inside of import/: tables of cells, the form of a kind, the mapping.
 */
#ifndef IMPORT_IMPORT_INT_H
#define IMPORT_IMPORT_INT_H

#include <libxml/tree.h>

#include "import/import.h"
#include "xml/xml.h"

/* ---------------------------------------------------------------- tables */

enum cell_type { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOLEAN,
	CELL_ERROR		/* a formula came to nothing: #REF! */
};

struct cell {
	enum cell_type type;
	const char *text;	/* as it is shown; never NULL */
	const char *value;	/* of what is no text: as XML Schema writes it */
};

/* Valid until the next one is read. */
struct row {
	size_t number;		/* as a spreadsheet counts, from 1 */
	int32_t line;		/* of the file; of a spreadsheet, the row */
	const struct cell *cells;
	size_t n;		/* up to the last that is not empty */
};

/* Among how many rows, from the first, the headings are looked for. */
#define HEADING_ROWS 10

/* No spreadsheet has more. */
#define ROWS_MAX    1048576
#define COLUMNS_MAX 16384
/* What a file may unpack to. */
#define UNPACKED_MAX ((size_t)1 << 30)
#define CELLS_MAX    ((size_t)50 << 20)

struct table {
	const struct table_type *type;
	struct job *job;
	const char *path;
	const char *sheet;	/* NULL: it has none */
	struct arena *arena;	/* of the row */
	bool failed;		/* which is reported */
	struct row row;
};

struct table_type {
	const struct row *(*next)(struct table *t);
	void (*free)(struct table *t);
};

/* A file's sheet of this name (NULL: the first); what the columns are called
 * helps to see what parts them: a map of folded headings.  NULL after
 * reporting. */
struct table *table_open(struct job *job, struct xml *x, const char *path,
    const char *sheet, const struct map *headings);
/* The next row that is not empty; NULL at the end or after reporting. */
const struct row *table_next(struct table *t);
void table_free(struct table *t); /* accepts NULL */

/* For the kinds of table. */
struct table *csv_open(struct job *job, const char *path,
    const struct map *headings);
struct table *book_open(struct job *job, struct xml *x, const char *path,
    const char *sheet);
bool row_is_empty(const struct row *row);
/* A text and how many of these headings are among the cells. */
size_t headings_among(const struct map *headings, const struct row *row);

/* ---------------------------------------------------------------- values */

/* A text as XML Schema writes a date, a number, a boolean; false if it is none
 * or could be two. */
bool value_date(struct buf *out, const char *text);
bool value_number(struct buf *out, const char *text);
bool value_boolean(struct buf *out, const char *text);
/* White space, also that which does not break, taken off both ends; inside,
 * runs of it become one space, of which lines of their own are kept. */
void value_trim(struct buf *out, const char *text, bool keep_lines);
/* An id made from what people write: "Nguyễn Mai" is nguyen-mai. */
void value_id(struct buf *out, const char *text);

/* ------------------------------------------------------------------ form */

enum form_type { FORM_GROUP, FORM_TEXT, FORM_DATE, FORM_NUMBER, FORM_BOOLEAN,
	FORM_CHOICE, FORM_LINK };

struct form_field {
	const char *path;
	enum form_type type;
	bool required, many, common;
	bool vague;		/* says little without what it is in */
	bool nameless;		/* says nothing: it is what it is in */
	const char *words[2];	/* by language; NULL: none */
	const char *heading[2];	/* of its column; NULL: to be cut from: */
	const char *brief[2];	/* what it is, without an article; or NULL */
	const char *target;	/* of a link */
	const xmlNode *node;	/* whose choices */
	size_t rank;
};

/* What can be written in a record of a kind. */
struct form {
	xmlDoc *doc;
	const char *version;
	struct form_field *fields;
	size_t n;
	struct map *by_path;
};
/* In the job's arena, but for what form_close() frees; false after
 * reporting. */
bool form_open(struct job *job, struct records *rs, const char *kind,
    struct form *form);
void form_close(struct form *form);
const struct form_field *form_lookup(const struct form *form,
    const char *path);
/* Whether every record of the kind has it. */
bool form_is_required(struct job *job, const struct form *form,
    const struct form_field *f);
/* What a column for a field is called; unique in the form. */
const char *form_heading(struct job *job, const struct form *form,
    const struct form_field *f, enum lang lang);
/* Appends the values that a choice has, each with what it means. */
void form_choices(struct job *job, const struct form_field *f, enum lang lang,
    struct buf *out);
/* Whether a column of the template can hold it. */
bool form_has_column(const struct form *form, const struct form_field *f);

/* --------------------------------------------------------------- mapping */

/* A piece of a pattern: text, or what is in a column. */
struct part {
	const char *text;	/* NULL: a column */
	const char *heading;
	size_t column;		/* in the table; SIZE_MAX: it has none */
};

struct step {
	const char *name;
	const char *attr, *value;	/* [@attr='value'], or NULL */
	long nth;			/* [n]; 1 if it does not say */
};

struct field {
	struct where where;
	const char *path, *plain;	/* without what is in brackets */
	struct step *steps;
	size_t n_steps;
	const char *attribute;		/* NULL: the element itself */
	const struct form_field *form;
	enum form_type type;
	struct part *parts;
	size_t n_parts;
	const char *value;		/* constant; NULL: from the row */
	const char *fallback;		/* of empty cells, or NULL */
	const char *split;		/* "lines", a text, or NULL */
	const char *by, *kind;		/* a link by what a record holds */
	struct map *index;		/* for that: key -> struct named */
	bool optional, required;
	struct map *choices;		/* folded text -> value; or NULL */
};

struct mapping {
	const char *kind, *lang, *sheet;
	long heading;			/* its row; 0: to be found */
	struct field id;
	struct field *fields;
	size_t n, cap;
};
/* In the job's arena, but for what mapping_close() frees; false after
 * reporting. */
bool mapping_open(struct job *job, struct records *rs, const struct form *form,
    const xmlDoc *doc, const char *kind, struct mapping *m);
void mapping_close(struct mapping *m);
/* Finds the columns in the row of headings; false after reporting those that
 * are not there. */
bool mapping_bind(struct job *job, struct mapping *m, const struct row *row,
    const char *file);


/* Puts a value where a field says, in the order of the form. */
void tree_put(xmlNode *root, const struct form *form, const struct field *f,
    const char *value, long nth);
/* Takes away the elements of a field beyond the n-th. */
void tree_cut(xmlNode *root, const struct field *f, long n);
/* The element that a field is in; NULL if there is none. */
xmlNode *tree_element(xmlNode *root, const struct field *f);
/* Takes away white space that only lays out the file. */
void tree_strip(xmlNode *root, const struct form *form);

/* Whether a column is that of the reasons in a table of refused rows. */
bool mapping_is_why(const char *heading);

/* ----------------------------------------------------------------- names */

/* A record found by what it says. */
struct named {
	const char *id;		/* two of them, if there are several */
	bool several;
};
/* An index of all records of these kinds by the values of the paths `by`; what
 * it points to is in the arena.  The map is the caller's. */
struct map *names_index(struct arena *arena, const char *by,
    const char *kinds, struct job *job, struct registry *r);
void names_add(struct map *index, struct arena *arena, const char *by,
    struct job *job, const struct record *record);
const struct named *names_lookup(const struct map *index, const char *text);

#endif
