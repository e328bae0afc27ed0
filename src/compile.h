/*
 * compile: the whole road, from records to a document and from XSL-FO to PDF.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include "base/base.h"
#include "registry/registry.h"
#include "transform/transform.h"

/* What outlives a document: schemas, stylesheets, fonts, the registry.  Made
 * as far as it is needed: formatting a file opens no schema.  `job` must
 * outlive it. */
struct compiler;
/* `data` is the folder of schemas/ and stylesheets/. */
struct compiler *compiler_new(struct job *job, const char *data);
void compiler_free(struct compiler *c); /* accepts NULL */

/* The documents that can be made; NULL after reporting. */
const struct catalogue *compiler_catalogue(struct compiler *c);
/* Finds the records in these files and folders, once before documents are
 * made of them.  NULL after reporting that something could not be read. */
struct registry *compiler_scan(struct compiler *c, const char *const *paths,
    size_t n_paths);

/* Takes the records from the registry in a file instead. */
struct registry *compiler_open(struct job *job, struct compiler *c,
    const char *path, enum registry_access access);
/* Forgets the registry, of either sort; another can then be opened. */
void compiler_close(struct compiler *c);
/* The records' schemas and all that is said of them; of a registry that was
 * opened. */
struct records *compiler_records(struct compiler *c);

/* Where the road ends: the document, a table of it for a spreadsheet, or texts
 * for people and tests. */
enum compile_end { END_PDF, END_DOSSIER, END_FO, END_AREAS, END_CSV };

struct compile_output {
	const char *path;	/* "-": standard output */
	enum compile_end end;
	bool booklet;		/* impose the pages on sheets */
	bool uncompressed;	/* page contents readable */
	bool hold;		/* a PDF is not yet given its name: compile_enter */
	/* Told after each finished page; may be NULL. */
	void (*progress)(void *ctx, int pages);
	void *ctx;
	const char *table;	/* END_CSV: the view; NULL: its first */
	int pages;		/* set: how many there are */
	const char *held;	/* set: where the file waits (outfile_hold) */
	struct registry_issue issue; /* set: how it is entered; in the arena */
	size_t rows;		/* set: of the table */
};

/* Which document, about whom; NULL leaves the choice to the data. */
struct compile_request {
	const struct document *document;
	const char *subject, *about, *date, *audience, *lang, *paper;
	const char *from, *to;	/* the period of its tables */
	/* Enters the PDF in the log of the registry it is made from; NULL: no. */
	const struct registry_call *call;
};

/* Each returns false after reporting; no file is then written or changed. */
bool compile_document(struct job *job, struct compiler *c,
    const struct compile_request *request, struct compile_output *output);
/* Enters a document made with `hold`, by this process or another, and gives the
 * file its name: both or neither.  False after reporting; the held one is then
 * gone. */
bool compile_enter(struct job *job, struct compiler *c,
    const struct registry_call *call, const struct registry_issue *issue,
    const char *held);
/* The sum of all that a document would be made of, found without making it: the
 * versions that it needs, what is asked, and the data.  False if there is no such
 * subject, nothing for the document to say of it, or after reporting. */
bool compile_recipe(struct job *job, struct compiler *c,
    const struct compile_request *request,
    const struct compile_output *output, uint8_t recipe[32]);
/* Compiles what the document and its records need, for processes that inherit
 * it.  False after reporting. */
bool compile_prepare(struct job *job, struct compiler *c,
    const struct document *document);
/* `path` "-": standard input. */
bool compile_format(struct job *job, struct compiler *c, const char *path,
    struct compile_output *output);
/* Validates everything below the paths: each record by itself and, in
 * folders, the links between records and the rules on each subject.  *records:
 * how many were seen. */
bool compile_check(struct job *job, struct compiler *c,
    const char *const *paths, size_t n_paths, size_t *records);

/* Adds the records in these files and folders to the registry that was opened
 * for writing, all or none: they, their links and the subjects they concern are
 * checked as by compile_check. */
bool compile_add(struct job *job, struct compiler *c,
    const char *const *paths, size_t n_paths,
    const struct registry_call *call);

/* Makes records of the rows of a table and adds them the same way.  Without
 * `refused`, all or none; with it, rows at fault are left out and written to
 * that file, if there are any, with what is wrong with them. */
struct compile_import {
	const char *path, *kind, *mapping, *lang; /* see import.h */
	const char *refused;
	size_t rows, n_refused;	/* set: how many there are */
};
bool compile_import(struct job *job, struct compiler *c,
    struct compile_import *what, const struct registry_call *call);
/* The kind of record that a user means, by its id or what it is called; NULL after
 * reporting that there is none. */
const char *compile_kind(struct job *job, struct compiler *c,
    const char *name);
/* A mapping to begin with, and what its columns are: see import.h. */
bool compile_template(struct job *job, struct compiler *c, const char *kind,
    const char *lang, struct buf *mapping, struct buf *columns);
/* What the fields of a record are called: see import.h. */
void compile_field_names(struct job *job, struct compiler *c, const char *kind,
    const char *const *paths, size_t n, const char **names);

#endif
