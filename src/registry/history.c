/*
 * What a registry that lasts remembers: contents and versions.
 */
#include <string.h>

#include "registry/registry_int.h"

/* Of a record, by the sum of the schemas and rules that stands with it: what
 * others let pass is looked at again.  Sums are odd; that of what passed without
 * a word is one less. */
enum record_proof
registry_proof(struct registry *r, struct job *job, sqlite3_int64 stands)
{
	const uint64_t sum = records_sum(job, r->rs);

	if ((uint64_t)stands == sum)
		return RECORD_PASSED;
	return (uint64_t)stands == sum - 1 ? RECORD_SILENT : RECORD_UNPROVEN;
}

/* The content that a statement of CONTENT's columns gives. */
static struct record *
read_content(struct registry *r, struct job *job, sqlite3_stmt *s, bool rules)
{
	const char *name = registry_text(job, s, 2);
	const char *bytes = sqlite3_column_blob(s, 0);
	const size_t n = (size_t)sqlite3_column_bytes(s, 0);
	const enum record_proof proof = registry_proof(r, job,
	    sqlite3_column_int64(s, 1));
	struct record *record;

	record = rules ? record_load_bytes(job, r->rs, bytes, n, name)
		       : record_read_bytes(job, r->rs, bytes, n, name, proof);
	sqlite3_reset(s);
	return record;
}

struct record *
registry_read_content(struct registry *r, struct job *job, const char *id,
    bool rules)
{
	sqlite3_stmt *s = registry_ask(r, STMT_CONTENT);

	registry_bind(s, 1, id);
	return registry_next(r, job, s) ? read_content(r, job, s, rules)
					: NULL;
}

struct record *
registry_read(struct registry *r, struct job *job,
    const struct registry_row *row)
{
	if (!r->kept)
		return record_read(job, r->rs, row->file);
	return row->shared ? registry_read_shared(r, job, row)
			   : registry_read_content(r, job, row->id,
				 /*rules*/ false);
}

struct record *
registry_load(struct registry *r, struct job *job,
    const struct registry_row *row)
{
	return r->kept ? registry_read_content(r, job, row->id, /*rules*/ true)
		       : record_load(job, r->rs, row->file);
}

/* The row of a version; NULL if there is none. */
static sqlite3_stmt *
ask_content(struct registry *r, struct job *job, const char *id, int rank)
{
	sqlite3_stmt *s = registry_ask(r, rank == 0 ? STMT_CONTENT
						    : STMT_CONTENT_AT);

	registry_bind(s, 1, id);
	if (rank != 0)
		sqlite3_bind_int(s, 2, rank);
	return registry_next(r, job, s) ? s : NULL;
}

bool
registry_content(struct registry *r, struct job *job, const char *id,
    int rank, struct buf *bytes)
{
	sqlite3_stmt *s = ask_content(r, job, id, rank);

	if (s == NULL)
		return false;
	buf_put(bytes, sqlite3_column_blob(s, 0),
	    (size_t)sqlite3_column_bytes(s, 0));
	sqlite3_reset(s);
	return true;
}

struct record *
registry_version(struct registry *r, struct job *job, const char *id,
    int rank)
{
	sqlite3_stmt *s = ask_content(r, job, id, rank);

	return s != NULL ? read_content(r, job, s, false) : NULL;
}

void
registry_attachments(struct registry *r, struct job *job,
    registry_attachment_fn *fn, void *ctx)
{
	sqlite3_stmt *s;

	if (!r->kept)
		return;
	s = registry_ask(r, STMT_ATTACHED);
	while (registry_next(r, job, s))
		fn(ctx, registry_text(job, s, 0), sqlite3_column_blob(s, 1),
		    (size_t)sqlite3_column_bytes(s, 1));
}

/* Versions, from a statement of HISTORY's columns. */
static size_t
read_versions(struct registry *r, struct job *job, sqlite3_stmt *s,
    struct registry_version **versions)
{
	size_t n = 0, cap = 0;

	*versions = NULL;
	while (registry_next(r, job, s)) {
		*versions = arena_grow(job->arena, *versions, &cap, n + 1,
		    sizeof **versions);
		(*versions)[n++] = (struct registry_version){
			.id = registry_text(job, s, 0),
			.kind = registry_text(job, s, 1),
			.rank = sqlite3_column_int(s, 2),
			.at = registry_text(job, s, 3),
			.author = registry_text(job, s, 4),
			.command = registry_text(job, s, 5),
			.file = registry_text(job, s, 6),
		};
	}
	return n;
}

size_t
registry_history(struct registry *r, struct job *job, const char *id,
    struct registry_version **versions)
{
	sqlite3_stmt *s = registry_ask(r, STMT_HISTORY);

	registry_bind(s, 1, id);
	return read_versions(r, job, s, versions);
}

size_t
registry_current(struct registry *r, struct job *job, const char *kind,
    struct registry_version **versions)
{
	sqlite3_stmt *s = registry_ask(r, STMT_CURRENT);

	registry_bind(s, 1, kind);
	return read_versions(r, job, s, versions);
}
