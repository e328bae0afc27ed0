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
};

/* Reports that SQLite failed in a way no user's file can cause. */
void registry_report(struct registry *r, struct job *job);
/* The statement, ready for new arguments. */
sqlite3_stmt *registry_ask(struct registry *r, enum stmt name);
/* Binds a text that stays until the statement has run; NULL stays NULL. */
void registry_bind(sqlite3_stmt *s, int i, const char *text);
/* The next row; false at the end, after which the statement is reset. */
bool registry_next(struct registry *r, struct job *job, sqlite3_stmt *s);
/* A column copied to the arena; NULL stays NULL. */
const char *registry_text(struct job *job, sqlite3_stmt *s, int col);

#endif
