/*
 * What is held on a person: handed over, or erased.  Erasing is the one
 * exception to a registry that only grows.
 *
 * It goes in two steps, each of which may be cut short: one transaction takes
 * everything out and notes that it did; then the file is written anew without
 * the pages that are free now, its log is emptied, and every backup is made
 * anew.  A note that is not marked as done is taken up by the next call.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "registry/registry_int.h"

/* ---------------------------------------------------------------- export */

static void
export_versions(struct registry *r, struct job *job,
    const struct registry_takeout *to)
{
	sqlite3_stmt *s = registry_ask(r, STMT_GOES);

	while (registry_next(r, job, s)) {
		const struct registry_version v = {
			.id = registry_text(job, s, 0),
			.rank = sqlite3_column_int(s, 1),
			.at = registry_text(job, s, 3),
			.author = registry_text(job, s, 4),
			.command = registry_text(job, s, 5),
			.file = registry_text(job, s, 6),
			.kind = registry_text(job, s, 7),
		};

		to->version(to->ctx, &v, sqlite3_column_blob(s, 2),
		    (size_t)sqlite3_column_bytes(s, 2));
	}
	s = registry_ask(r, STMT_GOES_ATTACHED);
	while (registry_next(r, job, s))
		to->attachment(to->ctx, registry_text(job, s, 0),
		    sqlite3_column_blob(s, 1),
		    (size_t)sqlite3_column_bytes(s, 1));
}

static void
read_issue(struct job *job, sqlite3_stmt *s, struct registry_issue *i)
{
	const char **const texts[] = { &i->number, &i->document, &i->subject,
		&i->about, &i->audience, &i->lang, &i->date, &i->path,
		&i->keep, &i->at, &i->author };
	size_t k;

	*i = (struct registry_issue){ 0 };
	for (k = 0; k < sizeof texts / sizeof *texts; k++)
		*texts[k] = registry_text(job, s, (int)k);
	i->pages = sqlite3_column_int(s, 11);
	if (sqlite3_column_bytes(s, 12) == sizeof i->digest)
		memcpy(i->digest, sqlite3_column_blob(s, 12),
		    sizeof i->digest);
}

/* The versions that are theirs, into `goes`. */
static bool
gather(struct registry *r, struct job *job)
{
	return registry_step(r, job, STMT_CLEAR_GOES) &&
	    registry_step(r, job, STMT_TAKE_GOES) &&
	    registry_step(r, job, STMT_TAKE_NAMING);
}

bool
registry_export(struct registry *r, struct job *job, const char *id,
    const struct registry_takeout *to)
{
	const size_t errors = diag_count(job->diag, DIAG_ERROR);
	sqlite3_stmt *s;

	if (!registry_take(r, job, id) || !gather(r, job))
		return false;
	export_versions(r, job, to);
	s = registry_ask(r, STMT_GOES_ISSUED);
	while (registry_next(r, job, s)) {
		struct registry_issue i;

		read_issue(job, s, &i);
		to->issue(to->ctx, &i);
	}
	return diag_count(job->diag, DIAG_ERROR) == errors;
}

/* ------------------------------------------------------------ may it go? */

static bool
nothing_in(struct registry *r, struct job *job, enum stmt name,
    enum diag_code code, const char *id)
{
	sqlite3_stmt *s = registry_ask(r, name);
	bool nothing = true;

	if (sqlite3_bind_parameter_count(s) > 0)
		registry_bind(s, 1, id);
	while (registry_next(r, job, s)) {
		diag_report(job->diag, code, where_file(r->path),
		    registry_text(job, s, 0), registry_text(job, s, 1), id);
		nothing = false;
	}
	return nothing;
}

/* False after reporting what else would go, or would point to nothing. */
static bool
may_go(struct registry *r, struct job *job, const char *id, bool shared)
{
	const bool alone = shared || nothing_in(r, job, STMT_SHARED,
	    DIAG_FORGET_SHARED, id);

	return nothing_in(r, job, STMT_REFERRING, DIAG_FORGET_REFERRED, id) &&
	    alone;
}

/* -------------------------------------------------- what it is known by */

/* An id may be a name: who was erased is known by a sum alone. */
static void
sum_id(const char *id, uint8_t sum[32])
{
	struct digest *d = digest_new();

	digest_add(d, id, strlen(id));
	digest_end(d, sum);
}

bool
registry_was_forgotten(struct registry *r, struct job *job, const char *id,
    struct registry_forgotten *out)
{
	uint8_t sum[32];
	sqlite3_stmt *s;
	size_t *const counts[] = { &out->records, &out->versions, &out->links,
		&out->attachments, &out->issued, &out->backups };
	size_t i;

	*out = (struct registry_forgotten){ 0 };
	if (!r->kept)
		return false;
	sum_id(id, sum);
	s = registry_ask(r, STMT_FORGOTTEN);
	sqlite3_bind_blob(s, 1, sum, sizeof sum, SQLITE_STATIC);
	if (!registry_next(r, job, s))
		return false;
	out->number = (size_t)sqlite3_column_int64(s, 0);
	out->at = registry_text(job, s, 1);
	out->author = registry_text(job, s, 2);
	for (i = 0; i < sizeof counts / sizeof *counts; i++)
		*counts[i] = (size_t)sqlite3_column_int64(s, (int)i + 3);
	out->done = sqlite3_column_int(s, 9) != 0;
	sqlite3_reset(s);
	return true;
}

/* ------------------------------------------------------------ taking out */

/* Notes how much goes, while it is still there. */
static bool
note(struct registry *r, struct job *job, const char *id)
{
	sqlite3_stmt *counts = registry_ask(r, STMT_GOES_COUNTS);
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_FORGOTTEN);
	uint8_t sum[32];
	int i;

	if (!registry_next(r, job, counts))
		return false;
	sum_id(id, sum);
	sqlite3_bind_blob(s, 1, sum, sizeof sum, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, r->entry);
	for (i = 0; i < 6; i++)
		sqlite3_bind_int64(s, i + 3, sqlite3_column_int64(counts, i));
	sqlite3_reset(counts);
	return registry_run(r, job, s);
}

/* Paths, one a row. */
static size_t
read_paths(struct registry *r, struct job *job, enum stmt name,
    const char ***paths)
{
	sqlite3_stmt *s = registry_ask(r, name);
	size_t n = 0, cap = 0;

	*paths = NULL;
	while (registry_next(r, job, s)) {
		*paths = arena_grow(job->arena, *paths, &cap, n + 1,
		    sizeof **paths);
		(*paths)[n++] = registry_text(job, s, 0);
	}
	return n;
}

static bool
erase(struct registry *r, struct job *job)
{
	static const enum stmt steps[] = { STMT_GRANT, STMT_ERASE_ISSUED_FROM,
		STMT_ERASE_ISSUED, STMT_ERASE_WORDS, STMT_ERASE_LINKS,
		STMT_ERASE_ATTACHMENTS, STMT_ERASE_SEALS, STMT_ERASE_RECORDS,
		STMT_DROP_PROVEN, STMT_ERASE_VERSIONS, STMT_REBUILD_WORDS,
		STMT_DENY };
	sqlite3_stmt *s;
	size_t i;

	for (i = 0; i < sizeof steps / sizeof *steps; i++)
		if (!registry_step(r, job, steps[i]))
			return false;
	if (!registry_unmeasure_goes(r, job))
		return false;
	s = registry_ask(r, STMT_ERASE_ENTRIES);
	sqlite3_bind_int64(s, 1, r->entry);
	return registry_run(r, job, s);
}

/* What is theirs is looked up in the transaction that erases it: another
 * process may have added to it. */
static bool
take_out(struct registry *r, struct job *job, const char *id, bool shared,
    const struct registry_call *call, struct registry_forgotten *out)
{
	if (!registry_begin(r, job, call))
		return false;
	if (registry_take(r, job, id) && may_go(r, job, id, shared) &&
	    gather(r, job)) {
		/* A report on a team names them, too, and is about somebody
		 * else. */
		out->n_papers = read_paths(r, job, STMT_GOES_PAPERS,
		    &out->papers);
		out->n_sources = read_paths(r, job, STMT_GOES_SOURCES,
		    &out->sources);
		if (note(r, job, id) && erase(r, job))
			return registry_commit(r, job);
	}
	registry_undo(r);
	return false;
}

/* --------------------------------------------------------- no byte is left */

/* The file without its free pages, and an empty log. */
static bool
scrub(struct registry *r, struct job *job)
{
	int in_log, moved;

	if (!registry_do(r, job, "VACUUM"))
		return false;
	if (sqlite3_wal_checkpoint_v2(r->db, "main",
		SQLITE_CHECKPOINT_TRUNCATE, &in_log, &moved) == SQLITE_OK)
		return true;
	registry_report(r, job);
	return false;
}

/* Where a backup was and is no more, it may be on a disk in a drawer: told, but
 * nothing we can wait for. */
static bool
renew_backups(struct registry *r, struct job *job, size_t *n)
{
	const char **paths;
	const size_t count = read_paths(r, job, STMT_BACKUPS, &paths);
	bool ok = true;
	size_t i;

	*n = 0;
	for (i = 0; i < count; i++)
		if (access(paths[i], F_OK) != 0 && errno == ENOENT) {
			registry_drop_part(job, paths[i]);
			diag_report(job->diag, DIAG_FORGET_AWAY,
			    where_file(paths[i]), NULL);
		} else if (registry_copy(r, job, paths[i],
			"UPDATE forgotten SET done = 1")) {
			++*n;
		} else {
			ok = false;
		}
	return ok;
}

static bool
finish(struct registry *r, struct job *job, const char *id)
{
	uint8_t sum[32];
	sqlite3_stmt *s;
	size_t backups;
	bool ok;

	if (!scrub(r, job) || !registry_do(r, job, "BEGIN IMMEDIATE"))
		return false;
	/* Nobody makes a backup meanwhile of what was before. */
	ok = renew_backups(r, job, &backups);
	if (ok) {
		sum_id(id, sum);
		s = registry_ask(r, STMT_FINISH_FORGOTTEN);
		sqlite3_bind_blob(s, 1, sum, sizeof sum, SQLITE_STATIC);
		sqlite3_bind_int64(s, 2, (sqlite3_int64)backups);
		ok = registry_run(r, job, s);
	}
	return registry_do(r, job, ok ? "COMMIT" : "ROLLBACK") && ok;
}

void
registry_report_forgotten(struct job *job, struct where where, const char *id,
    const struct registry_forgotten *f)
{
	diag_report(job->diag, DIAG_REGISTRY_FORGOTTEN, where, id,
	    message_moment(job->arena, diag_lang(job->diag), f->at));
}

bool
registry_forget(struct registry *r, struct job *job, const char *id,
    bool shared, const struct registry_call *call,
    struct registry_forgotten *out)
{
	struct registry_forgotten left = { 0 };

	if (registry_was_forgotten(r, job, id, out) && out->done) {
		registry_report_forgotten(job, where_file(r->path), id, out);
		return false;
	}
	if (out->number == 0 &&
	    !take_out(r, job, id, shared, call, &left))
		return false;
	if (!finish(r, job, id) || !registry_was_forgotten(r, job, id, out))
		return false;
	out->papers = left.papers;
	out->n_papers = left.n_papers;
	out->sources = left.sources;
	out->n_sources = left.n_sources;
	return true;
}
