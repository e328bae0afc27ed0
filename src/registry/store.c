/*
 * Opening a registry, in memory or in a file that lasts: its rights, its
 * tables, the steps from an older version, and what may go wrong with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/registry_int.h"

/* "parc", in the header of the file: tells file(1) and us whose it is. */
#define APPLICATION 0x70617263

/* Another process may be adding the records of a whole year. */
#define PATIENCE 60000 /* ms */

static const char *const migrations[] = {
#define MIGRATION(text) text,
#include "registry/migrations.def"
#undef MIGRATION
};
#define N_MIGRATIONS ((int)(sizeof migrations / sizeof migrations[0]))

/* For the work of one process, in a registry of either sort. */
static const char scratch[] =
    "PRAGMA temp_store = MEMORY;"
    "CREATE TEMP TABLE bring(kind TEXT, element TEXT, any_of INTEGER,"
    " unless TEXT);"
    "CREATE INDEX temp.bring_any ON bring(any_of, kind, element, unless);"
    "CREATE TEMP TABLE taken(id TEXT PRIMARY KEY, own INTEGER) WITHOUT ROWID;"
    "CREATE TEMP TABLE goes(version INTEGER PRIMARY KEY);";

static void drop_empty(struct registry *);

static struct registry *
new(struct records *rs)
{
	struct registry *r = xcalloc(1, sizeof *r);

	r->rs = rs;
	r->seen = map_new();
	r->unread = map_new();
	return r;
}

struct registry *
registry_open(struct job *job, struct records *rs)
{
	struct registry *r = new(rs);

	if (sqlite3_open_v2(":memory:", &r->db, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
	    sqlite3_exec(r->db, migrations[0], NULL, NULL, NULL) ==
		SQLITE_OK &&
	    sqlite3_exec(r->db, scratch, NULL, NULL, NULL) == SQLITE_OK &&
	    registry_set_functions(r))
		return r;
	registry_report(r, job);
	registry_free(r);
	return NULL;
}

void
registry_free(struct registry *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < STMT_COUNT; i++)
		sqlite3_finalize(r->stmts[i]);
	registry_measures_free(r);
	registry_shared_free(r);
	if (r->made && r->db != NULL)
		drop_empty(r);
	sqlite3_close(r->db);
	map_free(r->seen);
	map_free(r->unread);
	registry_drop_same(r);
	free(r->path);
	free(r->brought);
	free(r);
}

/* --------------------------------------------------------------- a file */

/* The file, readable by its owner alone, whatever the umask; made if asked:
 * *made. */
static bool
prepare_file(struct job *job, const char *path, enum registry_access access,
    bool *made)
{
	const int flags = O_CLOEXEC |
	    (access == REGISTRY_READ ? O_RDONLY : O_RDWR);
	struct stat st;
	int fd;

	fd = open(path, flags);
	if (fd < 0 && errno == ENOENT && access == REGISTRY_CREATE) {
		fd = open(path, flags | O_CREAT | O_EXCL, 0600);
		*made = fd >= 0;
		/* Another was quicker. */
		if (fd < 0 && errno == EEXIST)
			fd = open(path, flags);
	}
	if (fd < 0 && errno == ENOENT && access != REGISTRY_CREATE) {
		diag_report(job->diag, DIAG_REGISTRY_MISSING,
		    where_file(path), NULL);
		return false;
	}
	if (fd < 0 || fstat(fd, &st) != 0 ||
	    (S_ISDIR(st.st_mode) && (errno = EISDIR) != 0)) {
		diag_report(job->diag, access == REGISTRY_READ
		    ? DIAG_FILE_OPEN : DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(job->diag), errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	if (access != REGISTRY_READ && (st.st_mode & 077) != 0)
		fchmod(fd, 0600);
	close(fd);
	return true;
}

sqlite3_int64
registry_pragma(sqlite3 *db, const char *text)
{
	sqlite3_stmt *s;
	sqlite3_int64 value = -1;

	if (sqlite3_prepare_v2(db, text, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return value;
}

bool
registry_is_ours(sqlite3 *db)
{
	return registry_pragma(db, "PRAGMA application_id") == APPLICATION;
}

/* Each step in a transaction of its own, so that a process that dies leaves a
 * registry of some version; another process may have been quicker. */
static bool
migrate(struct registry *r, struct job *job)
{
	struct buf sql = { 0 };
	int64_t done;
	bool ok = true;

	while (ok && (done = registry_pragma(r->db, "PRAGMA user_version")) <
		N_MIGRATIONS) {
		ok = registry_do(r, job, "BEGIN IMMEDIATE");
		if (ok && registry_pragma(r->db, "PRAGMA user_version") == done) {
			buf_clear(&sql);
			buf_printf(&sql, "%s PRAGMA user_version = %d;"
			    " PRAGMA application_id = %d;",
			    migrations[done], (int)done + 1, APPLICATION);
			ok = registry_do(r, job, sql.p);
		}
		ok = registry_do(r, job, ok ? "COMMIT" : "ROLLBACK") && ok;
	}
	buf_free(&sql);
	return ok;
}

/* Is it a registry, and of a version we know? */
static bool
recognise(struct registry *r, struct job *job)
{
	const int64_t version = registry_pragma(r->db, "PRAGMA user_version");
	const int64_t application = registry_pragma(r->db, "PRAGMA application_id");

	if (version < 0) {
		registry_report(r, job);
		return false;
	}
	if (application != APPLICATION && (application != 0 || version != 0 ||
		registry_pragma(r->db, "SELECT count(*) FROM sqlite_schema") != 0)) {
		diag_report(job->diag, DIAG_REGISTRY_FOREIGN,
		    where_file(r->path), NULL);
		return false;
	}
	if (version > N_MIGRATIONS) {
		diag_report(job->diag, DIAG_REGISTRY_NEWER,
		    where_file(r->path), NULL);
		return false;
	}
	return true;
}

/* Is there something in the log beside the file? */
static bool
has_log(const char *path)
{
	struct buf log = { 0 };
	struct stat st;
	bool has;

	buf_printf(&log, "%s-wal", path);
	has = stat(log.p, &st) == 0 && st.st_size > 0;
	buf_free(&log);
	return has;
}

/* In a folder where nothing can be written, the file itself is read, without
 * the lock that SQLite would put beside it; but not past a log, which has what
 * was done last. */
static int
open_to_read(struct registry *r, const char *path)
{
	struct buf uri = { 0 };
	int rc;

	rc = sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READONLY |
	    SQLITE_OPEN_NOMUTEX, NULL);
	/* Another may be closing it just now. */
	sqlite3_busy_timeout(r->db, PATIENCE);
	if (rc == SQLITE_OK && registry_pragma(r->db, "PRAGMA user_version") >= 0)
		return rc;
	rc = sqlite3_errcode(r->db);
	if ((rc != SQLITE_CANTOPEN && rc != SQLITE_READONLY) || has_log(path))
		return rc;
	sqlite3_close(r->db);
	buf_puts(&uri, "file:");
	for (; *path != '\0'; path++)
		if (strchr("?#%", *path) != NULL)
			buf_printf(&uri, "%%%02X", (unsigned char)*path);
		else
			buf_putc(&uri, *path);
	buf_puts(&uri, "?immutable=1");
	rc = sqlite3_open_v2(uri.p, &r->db, SQLITE_OPEN_READONLY |
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
	buf_free(&uri);
	return rc;
}

/* Is the file no longer the one that bears its name?  Whoever made it took it
 * away, for nothing came into it. */
static bool
is_gone(struct registry *r)
{
	int moved = 0;

	return sqlite3_file_control(r->db, "main", SQLITE_FCNTL_HAS_MOVED,
		   &moved) == SQLITE_OK && moved;
}

/* Takes the whole file for us, without a log: false if others have it open. */
static bool
take_alone(struct registry *r)
{
	sqlite3_stmt *s;
	bool alone;

	sqlite3_busy_timeout(r->db, 0);
	sqlite3_exec(r->db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL,
	    NULL);
	alone = sqlite3_prepare_v2(r->db, "PRAGMA journal_mode = DELETE", -1,
		    &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW &&
	    str_eq((const char *)sqlite3_column_text(s, 0), "delete");
	sqlite3_finalize(s);
	return alone && sqlite3_exec(r->db, "BEGIN EXCLUSIVE", NULL, NULL,
			    NULL) == SQLITE_OK;
}

static bool
is_empty(struct registry *r)
{
	return registry_pragma(r->db, "SELECT count(*) FROM entry") == 0;
}

/* A registry into which nothing came: its first call failed, so it is as if it
 * had never been.  One who opens it in this moment waits, and then sees that it
 * is gone; one into which something came is left as it is, for others may be
 * at work in it. */
static void
drop_empty(struct registry *r)
{
	if (is_empty(r) && take_alone(r) && is_empty(r))
		unlink(r->path);
}

static struct registry *
open_file(struct job *job, struct records *rs, const char *path,
    enum registry_access access, bool *gone)
{
	struct registry *r;
	bool ok, made = false;

	*gone = false;
	if (!prepare_file(job, path, access, &made))
		return NULL;
	r = new(rs);
	r->path = xstrdup(path);
	r->kept = true;
	r->made = made;
	if (access == REGISTRY_READ)
		ok = open_to_read(r, path) == SQLITE_OK;
	else
		ok = sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READWRITE |
		    SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
	sqlite3_busy_timeout(r->db, PATIENCE);
	if (!ok)
		registry_report(r, job);
	ok = ok && recognise(r, job);
	*gone = ok && is_gone(r);
	ok = ok && !*gone;
	if (access != REGISTRY_READ)
		ok = ok && registry_do(r, job, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;"
		    " PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
		    " PRAGMA secure_delete = ON;") && migrate(r, job);
	else if (ok && registry_pragma(r->db, "PRAGMA user_version") < N_MIGRATIONS) {
		diag_report(job->diag, DIAG_REGISTRY_OLDER, where_file(path),
		    NULL);
		ok = false;
	}
	sqlite3_rollback_hook(r->db, registry_rolled_back, r);
	if (ok && registry_do(r, job, scratch) && registry_set_functions(r) &&
	    registry_set_ranking(r) &&
	    (access == REGISTRY_READ || registry_measures_ready(r, job, true)))
		return r;
	registry_free(r);
	return NULL;
}

struct registry *
registry_open_file(struct job *job, struct records *rs, const char *path,
    enum registry_access access)
{
	struct registry *r;
	bool gone;

	file_limits_are_errors();
	do
		r = open_file(job, rs, path, access, &gone);
	while (gone);
	return r;
}

/* -------------------------------------------------------- what went wrong */

/* SQLite knows one of the ways in which there may be no room. */
static bool
no_room(sqlite3 *db, int rc)
{
	const int err = sqlite3_system_errno(db);

	return (rc & 0xff) == SQLITE_IOERR &&
	    (err == ENOSPC || err == EDQUOT || err == EFBIG);
}

void
registry_blame(struct job *job, sqlite3 *db, const char *path)
{
	static const struct {
		int rc;
		enum diag_code code;
	} rows[] = {
		{ SQLITE_FULL, DIAG_REGISTRY_FULL },
		{ SQLITE_BUSY, DIAG_REGISTRY_BUSY },
		{ SQLITE_LOCKED, DIAG_REGISTRY_BUSY },
		{ SQLITE_NOTADB, DIAG_REGISTRY_FOREIGN },
		{ SQLITE_CORRUPT, DIAG_REGISTRY_DAMAGED },
		{ SQLITE_READONLY, DIAG_REGISTRY_READONLY },
		{ SQLITE_CANTOPEN, DIAG_REGISTRY_READONLY },
		{ SQLITE_IOERR, DIAG_REGISTRY_DISK },
	};
	const int rc = sqlite3_extended_errcode(db);
	enum diag_code found = DIAG_REGISTRY_BROKEN;
	struct buf code = { 0 };
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if ((rc & 0xff) == rows[i].rc)
			found = rows[i].code;
	if (no_room(db, rc))
		found = DIAG_REGISTRY_FULL;
	buf_printf(&code, "%d", rc);
	diag_report(job->diag, found, where_file(path), buf_str(&code));
	buf_free(&code);
}

void
registry_report(struct registry *r, struct job *job)
{
	registry_blame(job, r->db, r->path);
}
