/* The inside of struct registry, for the files of this folder. */
#ifndef REGISTRY_REGISTRY_INT_H
#define REGISTRY_REGISTRY_INT_H

#include <sqlite3.h>

#include "registry/registry.h"

enum stmt {
#define STMT(name, text) STMT_##name,
#include "registry/statements.def"
#undef STMT
	STMT_COUNT
};

struct registry {
	struct records *rs;
	sqlite3 *db;
	sqlite3_stmt *stmts[STMT_COUNT]; /* NULL until first asked */
	struct map *seen;	/* files scanned, by device and inode */
	struct map *unread;	/* ids of records in files that have a fault,
				 * by the files' names */
	bool blind;		/* a folder could not be read */
	bool kept;		/* a file that lasts: contents are in it */
	char *path;		/* of that file, or NULL */
	sqlite3_int64 entry;	/* the call that is changing it, or 0 */
	struct registry_added added;	/* by that call */
};

/* What a walk over paths does with each file: `named` by the user or found in a
 * folder.  False after reporting. */
typedef bool visit_fn(struct registry *r, struct job *job, const char *path,
    bool named);
bool registry_walk(struct registry *r, struct job *job,
    const char *const *paths, size_t n_paths, visit_fn *visit);
/* A statement of no rows; false after reporting. */
bool registry_do(struct registry *r, struct job *job, const char *sql);
bool registry_run(struct registry *r, struct job *job, sqlite3_stmt *s);
/* The number a question gives; -1 after an error, unreported. */
sqlite3_int64 registry_pragma(sqlite3 *db, const char *sql);
/* Enters a link of a record. */
bool registry_enter_link(struct registry *r, struct job *job,
    const char *id, const char *kind, const struct record_link *l,
    sqlite3_int64 version);
/* Appends a text with its ligatures (œ, æ) as two letters, as one who searches
 * may type them; FTS5 folds accents and case by itself. */
void registry_fold(struct buf *out, const char *text);

/* Reports that SQLite failed in a way no user's file can cause. */
void registry_report(struct registry *r, struct job *job);
/* The same of another database, such as a backup. */
void registry_blame(struct job *job, sqlite3 *db, const char *path);
/* A statement of no rows and no arguments. */
bool registry_step(struct registry *r, struct job *job, enum stmt name);
/* What registry_needed() of anything about this subject takes; false if there
 * is no such record. */
bool registry_take(struct registry *r, struct job *job, const char *id);
/* Makes a backup anew, in a call that is open or not, and does this SQL to it;
 * removes what one cut short left beside it. */
void registry_drop_part(struct job *job, const char *path);
bool registry_copy(struct registry *r, struct job *job, const char *path,
    const char *then);
/* PRAGMA application_id of a registry. */
bool registry_is_ours(sqlite3 *db);
/* The statement, ready for new arguments. */
sqlite3_stmt *registry_ask(struct registry *r, enum stmt name);
/* Binds a text that stays until the statement has run; NULL stays NULL. */
void registry_bind(sqlite3_stmt *s, int i, const char *text);
/* The next row; false at the end, after which the statement is reset. */
bool registry_next(struct registry *r, struct job *job, sqlite3_stmt *s);
/* A column copied to the arena; NULL stays NULL. */
const char *registry_text(struct job *job, sqlite3_stmt *s, int col);

#endif
