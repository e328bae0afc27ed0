/*
 * registry: SQLite as the memory of what was recorded: every version of every
 * record and the links between them.  Compiling straight from files fills the
 * same tables in memory, so there is one path and not two.  All SQL is in
 * statements.def, a named row per statement.
 *
 * What a subject brings along is data (schemas/dossier.xml): rows "a record of
 * kind K whose element E points to something taken is taken too"; links of
 * taken records are always followed forward.  The closure is one recursive
 * query over the links, which a light scan of every file found; only the
 * records it names are parsed and validated.
 */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include "base/base.h"
#include "records/records.h"

struct registry;
/* An empty registry in memory; NULL after reporting. */
struct registry *registry_open(struct job *job, struct records *rs);
void registry_free(struct registry *r); /* accepts NULL */

/* Enters the id, kind and links of every record in these files, and of every
 * *.xml in these folders and below, in sorted order; a file met twice is entered
 * once.  False if one could not be
 * read; the others are entered. */
bool registry_scan(struct registry *r, struct job *job,
    const char *const *paths, size_t n_paths);

struct registry_row {
	const char *id, *kind, *file; /* in the job's arena */
	struct where where;
};
bool registry_lookup(struct registry *r, struct job *job, const char *id,
    struct registry_row *row);
/* All records (kind NULL), or all of a kind, by file; an arena array. */
size_t registry_list(struct registry *r, struct job *job, const char *kind,
    struct registry_row **rows);
/* The ids most like a wrong one, of these kinds (separated by spaces; NULL:
 * any), at most `max`, for "did you mean". */
size_t registry_similar(struct registry *r, struct job *job, const char *id,
    const char *kinds, size_t max, const char **ids);
/* What the dossier of a subject needs for a document about a record of a kind
 * (NULL: about the subject; "*": about anything): the subject first, then by kind and id.  An id
 * that stands twice gives two rows.  0 if there is no such subject. */
size_t registry_needed(struct registry *r, struct job *job, const char *subject,
    const char *about_kind, struct registry_row **rows);

/* Rules of phase `store`: ids are unique, a file in a folder is
 * called by its record's id (R2), links lead to a record of the
 * right kind (R1).  With a subject: of what registry_needed() last gave for it;
 * NULL: of all records.  False after reporting. */
bool registry_check(struct registry *r, struct job *job, const char *subject);

#endif
