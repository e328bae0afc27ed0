/*
 * The log of issued documents.
 */
#include <string.h>

#include "registry/registry_int.h"

bool
registry_issue(struct registry *r, struct job *job,
    const struct registry_issue *issue)
{
	const char *const texts[] = { issue->number, issue->document,
		issue->subject, issue->about, issue->audience, issue->lang,
		issue->date };
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_ISSUED);
	size_t i;

	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		registry_bind(s, (int)i + 1, texts[i]);
	sqlite3_bind_int(s, 8, issue->pages);
	sqlite3_bind_blob(s, 9, issue->digest, sizeof issue->digest,
	    SQLITE_STATIC);
	registry_bind(s, 10, issue->path);
	registry_bind(s, 11, issue->keep);
	sqlite3_bind_int64(s, 12, r->entry);
	if (!registry_run(r, job, s))
		return false;
	s = registry_ask(r, STMT_ADD_ISSUED_FROM);
	sqlite3_bind_int64(s, 1, sqlite3_last_insert_rowid(r->db));
	return registry_run(r, job, s);
}

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
	*n = read_origins(r, job, issued, from);
	return true;
}
