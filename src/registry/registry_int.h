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

struct measures;
struct shared;

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
	bool made;		/* by us: not there before */
	sqlite3_int64 entry;	/* the call that is changing it, or 0 */
	sqlite3_int64 newest;	/* version in the table taken */
	char *brought;		/* whose rows are in the table bring */
	struct measures *measures; /* NULL until first needed */
	struct registry_added added;	/* by that call */
	struct map *same;	/* ids of records that it left as they were, each
				 * with the file it came from; NULL before */
	struct shared *shared;	/* NULL until first needed */
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
/* SQLite's rollback hook: what we know of the tables of this run may be so no
 * more. */
void registry_rolled_back(void *r);
/* What a call remembers of the records that it left as they were. */
void registry_drop_same(struct registry *r);
/* The number a question gives; -1 after an error, unreported. */
sqlite3_int64 registry_pragma(sqlite3 *db, const char *sql);
/* In a workspace a record is found by its name: the file is called as it (R2).
 * A file given by hand may have any name. */
void registry_check_name(struct job *job, struct where where, const char *id,
    const char *file);
/* Enters a link of a record. */
bool registry_enter_link(struct registry *r, struct job *job,
    const char *id, const char *kind, const struct record_link *l,
    sqlite3_int64 version);

/* measure.c.  Makes the tables of measures what the data folder says and what
 * the records in force fill them with: a registry that lasts only if `write`.
 * False after reporting. */
bool registry_measures_ready(struct registry *r, struct job *job, bool write);
void registry_measures_free(struct registry *r);
/* Enters the measures of a record that has come into force, takes out those of
 * one that has left it, or of all in `goes`. */
bool registry_measure(struct registry *r, struct job *job,
    const struct record *record, sqlite3_int64 version);
bool registry_unmeasure(struct registry *r, struct job *job,
    sqlite3_int64 version);
bool registry_unmeasure_goes(struct registry *r, struct job *job);
/* SQL of the data folder: it may read, or make views (MAKING), no more.  *rest:
 * what follows the statement.  NULL after reporting, or where nothing is. */
enum registry_lease { REGISTRY_READING, REGISTRY_MAKING };
sqlite3_stmt *registry_prepare_data(struct registry *r, struct job *job,
    const char *sql, enum registry_lease lease, const char **rest);

/* shared.c.  The record of a row that many dossiers have: parsed once, then
 * copied.  NULL after reporting. */
struct record *registry_read_shared(struct registry *r, struct job *job,
    const struct registry_row *row);
void registry_shared_free(struct registry *r);
/* How a record does by the schemas and rules of today, from the sum that stands
 * with its version. */
enum record_proof registry_proof(struct registry *r, struct job *job,
    sqlite3_int64 stands);
/* Its version in force, by CONTENT. */
struct record *registry_read_content(struct registry *r, struct job *job,
    const char *id, bool rules);

/* What our own questions may call beyond SQLite's functions. */
bool registry_set_functions(struct registry *r);
/* closeness(words), by which what is found is ranked. */
bool registry_set_ranking(struct registry *r);

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
/* The row that columns like those of LOOKUP give. */
void registry_read_row(struct job *job, sqlite3_stmt *s,
    struct registry_row *row);
/* A column copied to the arena; NULL stays NULL. */
const char *registry_text(struct job *job, sqlite3_stmt *s, int col);

#endif
