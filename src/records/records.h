/*
 * records: one file in, one validated record out.  Which kinds there are, what
 * they hold, how they link and what must be true of them is data: the schemas
 * and rules below the data folder.
 */
#ifndef RECORDS_RECORDS_H
#define RECORDS_RECORDS_H

#include <libxml/tree.h>

#include "base/base.h"

struct xml;

#define RECORD_NS "urn:parcours:record"

/* The schemas, links and rules of one data folder; lives as long as the
 * process. */
struct records;
/* `data` is the folder that holds schemas/ and stylesheets/; NULL after
 * reporting. */
struct records *records_open(struct job *job, struct xml *x, const char *data);
void records_free(struct records *rs); /* accepts NULL */

/* A link as written in a record. */
struct record_link {
	const char *element; /* local name of the element that carries it */
	const char *id;	     /* the ref */
	struct where where;
};

/* What a glance at a file tells, without a tree: enough to know what it is
 * and what it points to.  All in the arena. */
struct record_head {
	const char *kind, *id, *file;
	struct where where; /* of the root's start tag */
	const struct record_link *links;
	size_t n_links;
};
/* False after reporting (not readable, ill-formed, not a record). */
bool record_scan(struct job *job, struct records *rs, const char *path,
    struct record_head *head);

struct record {
	const char *kind, *id, *lang, *file; /* in the arena */
	struct where where;
	xmlDoc *doc; /* owned; its root may be moved out */
};
/* Loads and validates a record: well-formed, schema, rules of phase `record`,
 * everything wrong reported.  NULL after an error. */
struct record *record_load(struct job *job, struct records *rs,
    const char *path);
void record_free(struct record *r); /* accepts NULL */

/* The kinds an element of a kind may link to, separated by spaces; NULL if it
 * is not a link. */
const char *records_targets(struct records *rs, const char *kind,
    const char *element);
/* How users call a kind, with its article, in the language of messages. */
const char *records_kind_name(struct records *rs, struct job *job,
    const char *kind);

/* Rules: schemas/rules/NAME.sch, compiled when the program was built.
 * `record` runs within record_load(), `subject` on a whole dossier.  False when
 * a rule of severity error failed; each failure is a finding at its node. */
bool records_rules(struct job *job, struct records *rs, const char *phase,
    xmlDoc *doc);

/* The schema classes of elements and attributes and who sees what is in
 * dossier/; this is where they come from. */
const char *records_data(const struct records *rs);
struct xml *records_xml(const struct records *rs);

#endif
