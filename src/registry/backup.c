/*
 * Keeping a registry for years: is it whole, and a copy of it elsewhere.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/registry_int.h"

/* -------------------------------------------------------------- is it whole */

/* Whether the database is whole; false after reporting. */
static bool
registry_is_whole(struct job *job, sqlite3 *db, const char *path)
{
	sqlite3_stmt *s;
	const char *said = NULL;
	bool whole = false;
	int rc;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &s,
		NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		said = registry_text(job, s, 0);
	rc = sqlite3_finalize(s);
	whole = rc == SQLITE_OK && str_eq(said, "ok");
	if (!whole && rc != SQLITE_OK)
		registry_blame(job, db, path);
	else if (!whole || registry_pragma(db, "SELECT count(*) FROM"
		" pragma_foreign_key_check") != 0)
		diag_report(job->diag, DIAG_REGISTRY_DAMAGED,
		    where_file(path), "11");
	else
		return true;
	return false;
}

/* SQLite has no interest in what a content is. */
static bool
contents_are_whole(struct registry *r, struct job *job)
{
	const size_t errors = diag_count(job->diag, DIAG_ERROR);
	sqlite3_stmt *s = registry_ask(r, STMT_SEALS);

	while (registry_next(r, job, s)) {
		const void *p = sqlite3_column_blob(s, 0);
		const size_t n = (size_t)sqlite3_column_bytes(s, 0);

		if (sum_add(0, p != NULL ? p : "", n) ==
		    (uint64_t)sqlite3_column_int64(s, 1))
			continue;
		diag_report(job->diag, DIAG_REGISTRY_DAMAGED,
		    where_file(r->path), "11");
		sqlite3_reset(s);
		return false;
	}
	return diag_count(job->diag, DIAG_ERROR) == errors;
}

static void
count(struct registry *r, struct job *job, struct registry_state *state)
{
	sqlite3_stmt *s = registry_ask(r, STMT_COUNTS);

	*state = (struct registry_state){ 0 };
	if (registry_next(r, job, s)) {
		state->records = (size_t)sqlite3_column_int64(s, 0);
		state->versions = (size_t)sqlite3_column_int64(s, 1);
		state->issued = (size_t)sqlite3_column_int64(s, 2);
		state->unfinished = (size_t)sqlite3_column_int64(s, 3);
		sqlite3_reset(s);
	}
	s = registry_ask(r, STMT_LAST_BACKUP);
	if (registry_next(r, job, s)) {
		state->backup = registry_text(job, s, 0);
		state->backup_at = registry_text(job, s, 1);
		sqlite3_reset(s);
	}
}

bool
registry_verify(struct registry *r, struct job *job,
    struct registry_state *state)
{
	if (!registry_is_whole(job, r->db, r->path) ||
	    !contents_are_whole(r, job))
		return false;
	count(r, job, state);
	return true;
}

/* ---------------------------------------------------------------- backup */

/* The path from the root, so that it is found from any folder; NULL with
 * errno set. */
static const char *
full_path(struct job *job, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };
	char *real = realpath(path, NULL);
	const char *result = NULL;

	if (real != NULL) {
		result = arena_strdup(job->arena, real);
	} else if (errno == ENOENT) {
		real = realpath(slash == NULL ? "."
			: slash == path ? "/"
			: arena_strndup(job->arena, path,
			    (size_t)(slash - path)), NULL);
		if (real != NULL) {
			buf_printf(&b, "%s/%s", str_eq(real, "/") ? "" : real,
			    slash == NULL ? path : slash + 1);
			result = arena_strdup(job->arena, buf_str(&b));
		}
	}
	buf_free(&b);
	free(real);
	return result;
}

/* Is the file that a backup would replace a registry, and not this one?  False
 * after reporting. */
static bool
may_replace(struct registry *r, struct job *job, const char *path)
{
	struct stat here, there;
	sqlite3 *db;
	bool ours;

	if (stat(path, &there) != 0)
		return errno == ENOENT;
	if (stat(r->path, &here) == 0 && here.st_dev == there.st_dev &&
	    here.st_ino == there.st_ino) {
		diag_report(job->diag, DIAG_BACKUP_ITSELF, where_file(path),
		    NULL);
		return false;
	}
	if (S_ISDIR(there.st_mode)) {
		diag_report(job->diag, DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(job->diag), EISDIR));
		return false;
	}
	ours = S_ISREG(there.st_mode) && sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
	if (ours) {
		ours = registry_is_ours(db);
		sqlite3_close(db);
	}
	if (!ours)
		diag_report(job->diag, DIAG_BACKUP_FOREIGN, where_file(path),
		    NULL);
	return ours;
}

/* All pages as they are at one moment.  The copy is one file: whoever opens it
 * needs nothing beside it. */
static bool
copy_pages(struct registry *r, struct job *job, sqlite3 *to, const char *path,
    const char *then)
{
	sqlite3 *from;
	sqlite3_backup *b;
	bool ok;

	/* Another connection, which sees what is committed. */
	ok = sqlite3_open_v2(r->path, &from, SQLITE_OPEN_READONLY |
	    SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
	b = ok ? sqlite3_backup_init(to, "main", from, "main") : NULL;
	if (b == NULL) {
		registry_blame(job, ok ? to : from, ok ? path : r->path);
	} else {
		sqlite3_backup_step(b, -1);
		ok = sqlite3_backup_finish(b) == SQLITE_OK &&
		    sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL,
			NULL, NULL) == SQLITE_OK &&
		    sqlite3_exec(to, then, NULL, NULL, NULL) == SQLITE_OK;
		if (!ok)
			registry_blame(job, to, path);
	}
	sqlite3_close(from);
	/* A copy is as damaged as what it is a copy of. */
	return b != NULL && ok && registry_is_whole(job, to, r->path);
}

/* Its name is always the same, so that a copy cut short is written over by the
 * next one and does not lie about. */
static const char *
part_name(struct job *job, const char *path)
{
	struct buf b = { 0 };
	const char *name;

	buf_printf(&b, "%s.part", path);
	name = arena_strdup(job->arena, buf_str(&b));
	buf_free(&b);
	return name;
}

void
registry_drop_part(struct job *job, const char *path)
{
	unlink(part_name(job, path));
}

bool
registry_copy(struct registry *r, struct job *job, const char *path,
    const char *then)
{
	const char *part = part_name(job, path);
	sqlite3 *db = NULL;
	int fd, err;
	bool ok;

	unlink(part);
	fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || close(fd) != 0) {
		diag_report(job->diag, DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(job->diag), errno));
		return false;
	}
	ok = sqlite3_open_v2(part, &db, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
	    sqlite3_exec(db, "PRAGMA journal_mode = OFF;"
		" PRAGMA synchronous = OFF", NULL, NULL, NULL) == SQLITE_OK;
	if (!ok)
		registry_blame(job, db, path);
	ok = ok && copy_pages(r, job, db, path, then);
	sqlite3_close(db);
	err = ok ? file_replace(part, path) : 0;
	if (err != 0)
		diag_report(job->diag, DIAG_FILE_WRITE, where_file(path),
		    message_reason(diag_lang(job->diag), err));
	if (!ok || err != 0)
		unlink(part);
	return ok && err == 0;
}

static bool
note(struct registry *r, struct job *job, enum stmt name, const char *path)
{
	sqlite3_stmt *s = registry_ask(r, name);

	registry_bind(s, 1, path);
	if (name == STMT_PUT_BACKUP)
		sqlite3_bind_int64(s, 2, r->entry);
	return registry_run(r, job, s);
}

/* While it is copied nobody changes the registry: a person who is erased now
 * would come back in the copy. */
static bool
copy_locked(struct registry *r, struct job *job, const char *path,
    const struct registry_call *call)
{
	if (!contents_are_whole(r, job) || !registry_begin(r, job, call))
		return false;
	if (registry_copy(r, job, path, "") && note(r, job, STMT_PUT_BACKUP, path))
		return registry_commit(r, job);
	registry_undo(r);
	return false;
}

bool
registry_backup(struct registry *r, struct job *job, const char *path,
    const struct registry_call *call, struct registry_state *state)
{
	const char *full = full_path(job, path);
	bool ok;

	if (full == NULL) {
		diag_report(job->diag, DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(job->diag), errno));
		return false;
	}
	/* Where it will be is known before it is there: whatever is written
	 * must be found by one who erases, even if this process dies. */
	if (!may_replace(r, job, full) ||
	    !note(r, job, STMT_PLAN_BACKUP, full))
		return false;
	ok = copy_locked(r, job, full, call);
	if (ok)
		count(r, job, state);
	else
		note(r, job, STMT_DROP_BACKUP, full);
	return ok;
}
