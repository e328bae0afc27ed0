/*
 * transform: a dossier becomes XSL-FO by the stylesheet of its document, and
 * the catalogue says which documents there are.
 *
 * Parameters every document's stylesheet receives: language, paper ("" for the
 * organisation's), audience, date, document and number (the document number,
 * "" if none).  The stylesheets find the words of the language themselves: a
 * regional file holds only what differs from its base.
 */
#ifndef TRANSFORM_TRANSFORM_H
#define TRANSFORM_TRANSFORM_H

#include <libxml/tree.h>

#include "base/base.h"

struct xml;

/* A row of stylesheets/catalogue.xml; strings in the arena. */
struct document {
	const char *id;
	const char *title;	  /* in the language of messages */
	const char *subject_kind; /* kinds, separated by spaces */
	const char *about_kind;	  /* NULL: about the subject itself */
	const char *needs;	  /* a kind without which there is nothing to
				   * say, or NULL */
	const char *audiences;	  /* the narrowest first */
	const char *paper;	  /* default, e.g. "a4" */
	const char *prefix;	  /* of its document numbers */
	int keep;		  /* months for which it must be kept, or 0 */
	const char *stylesheet;	  /* path, from the data folder */
	const char *sources;	  /* audiences that get its dossier, or NULL */
	const char *tables;	  /* views, separated by spaces; NULL: none */
	bool whole;		  /* all that is held, whatever rules say */
	uint64_t reads;		  /* sum of what its stylesheet alone reads */
	uint64_t sum;		  /* of the row */
};

/* A text in one of its languages. */
struct catalogue_title {
	const char *lang, *text;
};

struct catalogue {
	const struct document *documents; /* in the catalogue's order */
	size_t n;
	const char *export;	/* the document handed over, or NULL */
	const char *due;	/* that of what has to be done, or NULL */
	const char *source;	/* name of the dossier as it is attached */
	const struct catalogue_title *source_titles;
	size_t n_source_titles;
	const char *fonts;	/* families, as font-family names them */
	uint64_t reads;		/* sum of what stylesheets read as they run */
};

/* Reads DATA/stylesheets/catalogue.xml into the arena; NULL after reporting. */
const struct catalogue *catalogue_load(struct job *job, struct xml *x,
    const char *data);
/* What an attached dossier is called in a language ("fr-BE"), or else in the
 * first that there is. */
const char *catalogue_source_title(const struct catalogue *c,
    const char *lang);
const struct document *catalogue_lookup(const struct catalogue *c,
    const char *id);

struct transform_options {
	const char *data;	/* data folder */
	const char *lang;	/* fr-FR, fr-BE, fr-CA, en… */
	const char *paper;	/* NULL: the organisation's or document's */
	const char *audience;
	const char *date;
	const char *number;	/* document number; NULL: none */
};

/* The document number: prefix, year and 8 base-32 characters of the digest of
 * the dossier, the stylesheet with what it reads, the options and
 * `fonts`, a sum of the caller's.  The same papers have the same
 * number, whoever makes them and wherever.  In the arena; NULL after
 * reporting. */
const char *transform_number(struct job *job, struct xml *x,
    const struct catalogue *c, const struct document *document,
    const xmlDoc *dossier, const struct transform_options *options,
    uint64_t fonts);

/* Compiles the document's stylesheet ahead of its use.  Its sum, and that of what
 * it reads as it runs; 0 after reporting. */
uint64_t transform_prepare(struct job *job, struct xml *x,
    const struct catalogue *c, const char *data,
    const struct document *document);

/* Dossier in, XSL-FO out; NULL after reporting.  The result is the caller's
 * (xmlFreeDoc). */
xmlDoc *transform_run(struct job *job, struct xml *x,
    const struct document *document, xmlDoc *dossier,
    const struct transform_options *options);

#endif
