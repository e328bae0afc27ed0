/*
 * The log of issued documents.
 */
#include <string.h>

#include "registry/registry_int.h"

static bool
enter_origins(struct registry *r, struct job *job,
    const struct registry_issue *issue)
{
	const sqlite3_int64 issued = sqlite3_last_insert_rowid(r->db);
	size_t i;

	for (i = 0; i < issue->n_from; i++) {
		sqlite3_stmt *s = registry_ask(r, STMT_ADD_ISSUED_FROM);

		sqlite3_bind_int64(s, 1, issued);
		sqlite3_bind_int64(s, 2, issue->from[i]);
		if (!registry_run(r, job, s))
			return false;
	}
	return true;
}

bool
registry_issue(struct registry *r, struct job *job,
    const struct registry_issue *issue)
{
	const char *const texts[] = { issue->number, issue->document,
		issue->subject, issue->about, issue->audience, issue->lang,
		issue->date };
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_ISSUED);
	struct registry_forgotten f;
	size_t i;

	if (registry_was_forgotten(r, job, issue->subject, &f)) {
		registry_report_forgotten(job, where_none(), issue->subject,
		    &f);
		return false;
	}
	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		registry_bind(s, (int)i + 1, texts[i]);
	sqlite3_bind_int(s, 8, issue->pages);
	sqlite3_bind_blob(s, 9, issue->digest, sizeof issue->digest,
	    SQLITE_STATIC);
	registry_bind(s, 10, issue->path);
	registry_bind(s, 11, issue->keep);
	sqlite3_bind_int64(s, 12, r->entry);
	sqlite3_bind_blob(s, 13, issue->recipe, sizeof issue->recipe,
	    SQLITE_STATIC);
	return registry_run(r, job, s) && enter_origins(r, job, issue);
}

/* ---------------------------------------------------------------- recipes */

bool
registry_look(struct registry *r, struct job *job)
{
	return registry_do(r, job, "BEGIN");
}

void
registry_looked(struct registry *r)
{
	sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
}

/* The columns of TAKEN_VERSIONS and its like. */
static size_t
read_versions(struct registry *r, struct job *job, sqlite3_stmt *s,
    struct digest *recipe, const int64_t **versions)
{
	int64_t *v = NULL;
	size_t n = 0, cap = 0;

	while (registry_next(r, job, s)) {
		const int32_t rank = sqlite3_column_int(s, 2);

		v = arena_grow(job->arena, v, &cap, n + 1, sizeof *v);
		v[n++] = sqlite3_column_int64(s, 0);
		if (recipe == NULL)
			continue;
		digest_add(recipe, sqlite3_column_text(s, 1),
		    (size_t)sqlite3_column_bytes(s, 1) + 1);
		digest_add(recipe, &rank, sizeof rank);
		digest_add(recipe, sqlite3_column_blob(s, 3),
		    (size_t)sqlite3_column_bytes(s, 3));
	}
	*versions = v;
	return n;
}

size_t
registry_taken(struct registry *r, struct job *job, struct digest *recipe,
    const int64_t **versions)
{
	return read_versions(r, job, registry_ask(r, STMT_TAKEN_VERSIONS),
	    recipe, versions);
}

void
registry_in_force(struct registry *r, struct job *job, struct digest *recipe)
{
	sqlite3_stmt *s = registry_ask(r, STMT_STATE);
	int64_t state[2] = { 0 };

	if (registry_next(r, job, s)) {
		state[0] = sqlite3_column_int64(s, 0);
		state[1] = sqlite3_column_int64(s, 1);
	}
	sqlite3_reset(s);
	digest_add(recipe, state, sizeof state);
}

bool
registry_by_recipe(struct registry *r, struct job *job,
    const uint8_t recipe[32], uint8_t digest[32])
{
	sqlite3_stmt *s = registry_ask(r, STMT_ISSUED_RECIPE);
	bool found;

	sqlite3_bind_blob(s, 1, recipe, 32, SQLITE_STATIC);
	if (!registry_next(r, job, s))
		return false;
	found = sqlite3_column_bytes(s, 0) == 32;
	if (found)
		memcpy(digest, sqlite3_column_blob(s, 0), 32);
	sqlite3_reset(s);
	return found;
}

/* ---------------------------------------------------------------- the log */

static size_t
read_origins(struct registry *r, struct job *job, sqlite3_int64 issued,
    struct registry_origin **from)
{
	sqlite3_stmt *s = registry_ask(r, STMT_ISSUED_FROM);
	size_t n = 0, cap = 0;

	*from = NULL;
	sqlite3_bind_int64(s, 1, issued);
	while (registry_next(r, job, s)) {
		*from = arena_grow(job->arena, *from, &cap, n + 1,
		    sizeof **from);
		(*from)[n++] = (struct registry_origin){
			.id = registry_text(job, s, 0),
			.kind = registry_text(job, s, 1),
			.rank = sqlite3_column_int(s, 2),
			.now = sqlite3_column_int(s, 3),
		};
	}
	return n;
}

static void
read_later(struct registry *r, struct job *job, sqlite3_int64 issued,
    struct registry_issue *issue)
{
	sqlite3_stmt *s = registry_ask(r, STMT_ISSUED_LATER);

	sqlite3_bind_int64(s, 1, issued);
	if (registry_next(r, job, s)) {
		issue->later = registry_text(job, s, 0);
		issue->later_at = registry_text(job, s, 1);
	}
	sqlite3_reset(s);
}

bool
registry_issued(struct registry *r, struct job *job,
    const uint8_t digest[32], const char *number,
    struct registry_issue *issue, struct registry_origin **from, size_t *n)
{
	sqlite3_stmt *s = registry_ask(r, digest != NULL ? STMT_ISSUED_DIGEST
							 : STMT_ISSUED_NUMBER);
	const char **const texts[] = { &issue->number, &issue->document,
		&issue->subject, &issue->about, &issue->audience, &issue->lang,
		&issue->date };
	sqlite3_int64 issued;
	size_t i;

	if (digest != NULL)
		sqlite3_bind_blob(s, 1, digest, 32, SQLITE_STATIC);
	else
		registry_bind(s, 1, number);
	if (!registry_next(r, job, s))
		return false;
	*issue = (struct registry_issue){ 0 };
	issued = sqlite3_column_int64(s, 0);
	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = registry_text(job, s, (int)i + 1);
	issue->pages = sqlite3_column_int(s, 8);
	issue->path = registry_text(job, s, 9);
	issue->keep = registry_text(job, s, 10);
	issue->at = registry_text(job, s, 11);
	issue->author = registry_text(job, s, 12);
	sqlite3_reset(s);
	read_later(r, job, issued, issue);
	*n = read_origins(r, job, issued, from);
	return true;
}
