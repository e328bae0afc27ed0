/*
 * Finding records by their words.  A word is one as it stands or a beginning;
 * where very many records have it, as a year or a trade, the latest of them are
 * looked at: to find those takes no longer when there are more.
 */
#include <stdlib.h>
#include <string.h>

#include "registry/registry_int.h"

#define LATEST 1000

/* ------------------------------------------------------------------ ranking */

/* How well a record answers: as BM25, by how often the words stand in it for its
 * length; but how rare a word is does not count, for all that are found have all
 * words, and it takes a look at every record that has it. */
static void
closeness(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *c,
    int n, sqlite3_value **v)
{
	const double k = 1.2, b = 0.75; /* as BM25's usually are */
	const int phrases = api->xPhraseCount(fts);
	int *often = xcalloc((size_t)phrases + 1, sizeof *often);
	int i, length = 0, instances = 0, phrase, column, offset;
	sqlite3_int64 words = 0, rows = 0;
	double weight = 0, most;

	(void)n;
	(void)v;
	api->xColumnSize(fts, -1, &length);
	api->xColumnTotalSize(fts, -1, &words);
	api->xRowCount(fts, &rows);
	api->xInstCount(fts, &instances);
	for (i = 0; i < instances; i++)
		if (api->xInst(fts, i, &phrase, &column, &offset) == SQLITE_OK)
			often[phrase]++;
	most = words > 0 ? k * (1 - b + b * length * (double)rows /
		(double)words) : k;
	for (i = 0; i < phrases; i++)
		weight += often[i] / (often[i] + most);
	free(often);
	sqlite3_result_double(c, weight);
}

bool
registry_set_ranking(struct registry *r)
{
	sqlite3_stmt *s = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(r->db, "SELECT fts5(?1)", -1, &s, NULL) ==
	    SQLITE_OK) {
		sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return api != NULL && api->xCreateFunction(api, "closeness", NULL,
		closeness, NULL) == SQLITE_OK;
}

/* ---------------------------------------------------------------- searching */

/* Each word in quotes, which FTS5 takes as it stands; or as a beginning.  FTS5
 * folds case and accents by itself, but not letters such as œ and ł. */
static void
put_query(struct buf *out, const char *words, bool beginnings)
{
	struct buf folded = { 0 };
	char *p;
	size_t n;

	buf_clear(out);
	str_plain(&folded, words);
	for (p = folded.p; p != NULL && *p != '\0'; p += n) {
		n = strcspn(p, " \t\r\n\"");
		if (n > 0)
			buf_printf(out, "\"%.*s\"%s ", (int)n, p,
			    beginnings ? "*" : "");
		else
			n = 1;
	}
	buf_free(&folded);
}

/* From which version on the latest records begin, if so many are found; else
 * 0. */
static sqlite3_int64
begin_of_latest(struct registry *r, struct job *job, const char *query)
{
	sqlite3_stmt *s = registry_ask(r, STMT_FIND_LATEST);
	sqlite3_int64 version = 0;

	registry_bind(s, 1, query);
	sqlite3_bind_int(s, 2, LATEST - 1);
	if (registry_next(r, job, s))
		version = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return version;
}

size_t
registry_find(struct registry *r, struct job *job, const char *words,
    size_t max, struct registry_found **found)
{
	struct buf query = { 0 };
	sqlite3_int64 since = 0;
	sqlite3_stmt *s;
	size_t n = 0, cap = 0;

	*found = NULL;
	put_query(&query, words, /*beginnings*/ false);
	if (query.n > 0 && (since = begin_of_latest(r, job, query.p)) == 0) {
		put_query(&query, words, /*beginnings*/ true);
		since = begin_of_latest(r, job, query.p);
	}
	s = registry_ask(r, STMT_FIND);
	registry_bind(s, 1, buf_str(&query));
	sqlite3_bind_int64(s, 2, since);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)max);
	while (query.n > 0 && registry_next(r, job, s)) {
		*found = arena_grow(job->arena, *found, &cap, n + 1,
		    sizeof **found);
		(*found)[n++] = (struct registry_found){
			.id = registry_text(job, s, 0),
			.kind = registry_text(job, s, 1),
			.snippet = registry_text(job, s, 2),
		};
	}
	buf_free(&query);
	return n;
}
