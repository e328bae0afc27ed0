/*
 * The registry over SQLite: questions are the statements of statements.def,
 * prepared when first asked.
 */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "registry/registry_int.h"

static const char *const sql[] = {
#define STMT(name, text) text,
#include "registry/statements.def"
#undef STMT
};

/* ------------------------------------------------------------ statements */

sqlite3_stmt *
registry_ask(struct registry *r, enum stmt name)
{
	sqlite3_stmt *s = r->stmts[name];

	if (s == NULL)
		sqlite3_prepare_v3(r->db, sql[name], -1,
		    SQLITE_PREPARE_PERSISTENT, &r->stmts[name], NULL);
	s = r->stmts[name];
	/* In a damaged file a table may be missing.  SQLite takes NULL as a
	 * statement and fails with the error that was, but not here. */
	if (s != NULL) {
		sqlite3_reset(s);
		sqlite3_clear_bindings(s);
	}
	return s;
}

void
registry_bind(sqlite3_stmt *s, int i, const char *text)
{
	if (text != NULL)
		sqlite3_bind_text(s, i, text, -1, SQLITE_STATIC);
}

bool
registry_next(struct registry *r, struct job *job, sqlite3_stmt *s)
{
	const int rc = sqlite3_step(s);

	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		registry_report(r, job);
	sqlite3_reset(s);
	return false;
}

bool
registry_run(struct registry *r, struct job *job, sqlite3_stmt *s)
{
	const bool done = sqlite3_step(s) == SQLITE_DONE;

	if (!done)
		registry_report(r, job);
	sqlite3_reset(s);
	return done;
}

bool
registry_do(struct registry *r, struct job *job, const char *text)
{
	if (sqlite3_exec(r->db, text, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	registry_report(r, job);
	return false;
}

const char *
registry_text(struct job *job, sqlite3_stmt *s, int col)
{
	const unsigned char *t = sqlite3_column_text(s, col);

	return t != NULL ? arena_strdup(job->arena, (const char *)t) : NULL;
}

/* -------------------------------------------------------------- questions */

void
registry_read_row(struct job *job, sqlite3_stmt *s, struct registry_row *row)
{
	row->shared = false;
	row->id = registry_text(job, s, 0);
	row->kind = registry_text(job, s, 1);
	row->file = registry_text(job, s, 2);
	row->where = (struct where){ row->file, sqlite3_column_int(s, 3),
		sqlite3_column_int(s, 4) };
}

/* Another row at the end of an arena array. */
static struct registry_row *
add_row(struct job *job, sqlite3_stmt *s, struct registry_row **rows,
    size_t *n, size_t *cap)
{
	*rows = arena_grow(job->arena, *rows, cap, *n + 1, sizeof **rows);
	registry_read_row(job, s, &(*rows)[*n]);
	return &(*rows)[(*n)++];
}

/* The columns of LOOKUP and its like. */
static size_t
registry_rows(struct registry *r, struct job *job, sqlite3_stmt *s,
    struct registry_row **rows)
{
	size_t n = 0, cap = 0;

	*rows = NULL;
	while (registry_next(r, job, s))
		add_row(job, s, rows, &n, &cap);
	return n;
}

bool
registry_lookup(struct registry *r, struct job *job, const char *id,
    struct registry_row *row)
{
	sqlite3_stmt *s = registry_ask(r, STMT_LOOKUP);

	registry_bind(s, 1, id);
	if (!registry_next(r, job, s))
		return false;
	registry_read_row(job, s, row);
	sqlite3_reset(s);
	return true;
}

size_t
registry_list(struct registry *r, struct job *job, const char *kind,
    struct registry_row **rows)
{
	sqlite3_stmt *s = registry_ask(r, STMT_LIST);

	registry_bind(s, 1, kind);
	return registry_rows(r, job, s, rows);
}

size_t
registry_members(struct registry *r, struct job *job, const char *id,
    const char *kinds, struct registry_row **rows)
{
	sqlite3_stmt *s = registry_ask(r, STMT_MEMBERS);
	size_t n, i, right = 0;

	registry_bind(s, 1, id);
	n = registry_rows(r, job, s, rows);
	for (i = 0; i < n; i++)
		if (str_has_word(kinds, (*rows)[i].kind))
			(*rows)[right++] = (*rows)[i];
	return right;
}

size_t
registry_expect(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_OUTDATED);
	size_t n;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)records_sum(job, r->rs));
	for (n = 0; registry_next(r, job, s); n++)
		records_expect(r->rs, registry_text(job, s, 0));
	return n;
}

static void
run(struct registry *r, struct job *job, enum stmt name, const char *arg)
{
	sqlite3_stmt *s = registry_ask(r, name);

	registry_bind(s, 1, arg);
	registry_next(r, job, s);
}

/* Is a word of a list (NULL: of any)? */
static bool
listed(const char *list, const char *word)
{
	const size_t n = word != NULL ? strlen(word) : 0;
	const char *p = list;

	if (list == NULL)
		return true;
	while (n > 0 && (p = strstr(p, word)) != NULL) {
		if ((p == list || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return true;
		p += n;
	}
	return false;
}

/* The tables are as they were before the transaction, and numbers of versions
 * will be given again. */
void
registry_rolled_back(void *data)
{
	struct registry *r = data;

	free(r->brought);
	r->brought = NULL;
	registry_shared_free(r);
}

/* Are those of this request in the table already? */
static bool
are_brought(struct registry *r, const char *subject_kind,
    const char *about_kind)
{
	struct buf request = { 0 };
	bool same;

	buf_printf(&request, "%s/%s", subject_kind != NULL ? subject_kind : "",
	    about_kind != NULL ? about_kind : "");
	same = str_eq(r->brought, request.p);
	if (!same) {
		free(r->brought);
		r->brought = xstrdup(request.p);
	}
	buf_free(&request);
	return same;
}

static void
enter_brings(struct registry *r, struct job *job, const char *subject_kind,
    const char *about_kind)
{
	const struct record_bring *b;
	const size_t n = records_brings(r->rs, &b);
	size_t i;

	if (are_brought(r, subject_kind, about_kind))
		return;
	run(r, job, STMT_CLEAR_BRING, NULL);
	for (i = 0; i < n; i++) {
		sqlite3_stmt *s;

		if (!listed(b[i].subject, subject_kind) ||
		    (!str_eq(about_kind, "*") &&
			!listed(b[i].about, about_kind)))
			continue;
		s = registry_ask(r, STMT_ADD_BRING);
		registry_bind(s, 1, b[i].kind);
		registry_bind(s, 2, b[i].link);
		sqlite3_bind_int(s, 3, b[i].any);
		registry_bind(s, 4, b[i].unless);
		registry_next(r, job, s);
	}
}

bool
registry_step(struct registry *r, struct job *job, enum stmt name)
{
	return registry_run(r, job, registry_ask(r, name));
}

bool
registry_take(struct registry *r, struct job *job, const char *id)
{
	struct registry_row *rows;

	return registry_needed(r, job, id, "*", &rows) > 0;
}

size_t
registry_needed(struct registry *r, struct job *job, const char *subject,
    const char *about_kind, struct registry_row **rows)
{
	struct registry_row row;
	size_t n = 0, cap = 0;
	sqlite3_stmt *s;

	*rows = NULL;
	r->newest = 0;
	run(r, job, STMT_CLEAR_TAKEN, NULL);
	if (!registry_lookup(r, job, subject, &row))
		return 0;
	enter_brings(r, job, row.kind, about_kind);
	run(r, job, STMT_TAKE, subject);
	s = registry_ask(r, STMT_NEEDED);
	registry_bind(s, 1, subject);
	while (registry_next(r, job, s)) {
		const sqlite3_int64 version = sqlite3_column_int64(s, 6);

		add_row(job, s, rows, &n, &cap)->shared =
		    !sqlite3_column_int(s, 5);
		if (version > r->newest)
			r->newest = version;
	}
	return n;
}

/* ------------------------------------------------------------------ rules */

static bool
check_ids(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_DUPLICATES);
	bool passed = true;

	while (registry_next(r, job, s)) {
		struct registry_row row;
		struct buf first = { 0 };

		registry_read_row(job, s, &row);
		buf_printf(&first, "%s:%d", registry_text(job, s, 5),
		    sqlite3_column_int(s, 6));
		diag_report(job->diag, DIAG_STORE_DUPLICATE, row.where, row.id,
		    buf_str(&first));
		buf_free(&first);
		passed = false;
	}
	return passed;
}

void
registry_check_name(struct job *job, struct where where, const char *id,
    const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash != NULL ? slash + 1 : file;
	const size_t n = strlen(id);

	if (strncmp(name, id, n) != 0 || !str_eq(name + n, ".xml"))
		diag_report(job->diag, DIAG_STORE_FILE_NAME, where, id, name);
}

static void
check_names(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_WALKED);

	while (registry_next(r, job, s)) {
		struct registry_row row;

		registry_read_row(job, s, &row);
		registry_check_name(job, row.where, row.id, row.file);
	}
}

/* Who may have been meant is looked for among all records: for so many that are
 * missing, each once. */
#define MEANT_MAX 20

struct missing {
	struct registry *r;
	struct job *job;
	struct map *meant;	/* by kinds and the id that is missing; "" if
				 * nobody */
};

/* "a, b" of the ids like it, or "". */
static const char *
who_was_meant(struct missing *m, const char *target, const char *kinds)
{
	struct buf key = { 0 }, b = { 0 };
	const char *like[3], *text;
	size_t n, i;

	buf_printf(&key, "%s/%s", kinds, target);
	text = map_lookup(m->meant, key.p);
	if (text == NULL && map_count(m->meant) < MEANT_MAX) {
		n = registry_similar(m->r, m->job, target, kinds, 3, like);
		for (i = 0; i < n; i++)
			buf_printf(&b, "%s%s", i > 0 ? ", " : "", like[i]);
		text = arena_strdup(m->job->arena, buf_str(&b));
		map_put(m->meant, key.p, (void *)text);
	}
	buf_free(&key);
	buf_free(&b);
	return text != NULL ? text : "";
}

/* A record that could not be read is not missing: its own fault was told. */
static void
report_missing(struct missing *m, struct where where, const char *element,
    const char *target, const char *kinds)
{
	static const enum diag_code codes[2][2] = {
		{ DIAG_STORE_REF, DIAG_STORE_REF_LIKE },
		{ DIAG_STORE_REF_KEPT, DIAG_STORE_REF_KEPT_LIKE },
	};
	struct diag *diag = m->job->diag;
	const char *meant;

	if (m->r->blind || map_lookup(m->r->unread, target) != NULL)
		return;
	meant = who_was_meant(m, target, kinds);
	diag_report(diag, codes[m->r->kept][*meant != '\0'], where, element,
	    target, str_commas(m->job->arena, kinds), meant);
}

static void
report_kind(struct job *job, struct where where, const char *element,
    const char *target, const char *found, const char *kinds)
{
	diag_report(job->diag, DIAG_STORE_REF_KIND, where, element, target,
	    found, str_commas(job->arena, kinds));
}

/* One link, from a row of LINKS; false after reporting. */
static bool
check_link(struct missing *m, struct job *job, sqlite3_stmt *s)
{
	const char *kind = registry_text(job, s, 1);
	const char *element = registry_text(job, s, 2);
	const char *target = registry_text(job, s, 3);
	const char *found = registry_text(job, s, 7);
	const char *kinds = records_targets(m->r->rs, kind, element);
	struct where where;

	if (kinds == NULL || (found != NULL && listed(kinds, found)))
		return true;
	where = (struct where){ registry_text(m->job, s, 4),
		sqlite3_column_int(s, 5), sqlite3_column_int(s, 6) };
	if (found == NULL)
		report_missing(m, where, element, target, kinds);
	else
		report_kind(job, where, element, target, found, kinds);
	return false;
}

static bool
check_links(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_LINKS);
	struct missing m = { r, job, map_new() };
	struct job own = { arena_new(), job->diag, job->watch };
	bool passed = true;

	while (registry_next(r, job, s)) {
		passed = check_link(&m, &own, s) && passed;
		arena_reset(own.arena);
	}
	arena_free(own.arena);
	map_free(m.meant);
	return passed;
}

bool
registry_check_links(struct registry *r, struct job *job,
    const struct registry_link *links, size_t n)
{
	struct missing m = { r, job, map_new() };
	bool passed = true;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct registry_link *l = &links[i];
		struct registry_row row;

		if (!registry_lookup(r, job, l->target, &row))
			report_missing(&m, l->where, l->element, l->target,
			    l->kinds);
		else if (listed(l->kinds, row.kind))
			continue;
		else
			report_kind(job, l->where, l->element, l->target,
			    row.kind, l->kinds);
		passed = false;
	}
	map_free(m.meant);
	return passed;
}

bool
registry_check(struct registry *r, struct job *job, const char *subject)
{
	bool ids;

	if (subject == NULL) {
		check_names(r, job);
		run(r, job, STMT_CLEAR_TAKEN, NULL);
		run(r, job, STMT_TAKE_ALL, NULL);
	}
	ids = check_ids(r, job);
	return check_links(r, job) && ids;
}

/* A statement about the proof of what registry_needed() last gave. */
static sqlite3_stmt *
ask_proof(struct registry *r, struct job *job, enum stmt name,
    const char *subject)
{
	sqlite3_stmt *s = registry_ask(r, name);

	registry_bind(s, 1, subject);
	sqlite3_bind_int64(s, 2, r->newest);
	sqlite3_bind_int64(s, 3,
	    (sqlite3_int64)records_sum_subject(job, r->rs));
	return s;
}

/* Whatever joins a dossier later, or is changed in it, is newer than all that was
 * in it then; what takes a record out, an erasure or a link that leads elsewhere,
 * drops all proofs. */
bool
registry_proven(struct registry *r, struct job *job, const char *subject,
    uint64_t *limits)
{
	sqlite3_stmt *s;

	if (!r->kept)
		return false;
	s = ask_proof(r, job, STMT_PROVEN, subject);
	if (!registry_next(r, job, s))
		return false;
	*limits = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return true;
}

bool
registry_prove(struct registry *r, struct job *job, const char *subject,
    uint64_t limits)
{
	sqlite3_stmt *s;

	if (r->entry == 0)
		return true;
	s = ask_proof(r, job, STMT_PROVE, subject);
	sqlite3_bind_int64(s, 4, (sqlite3_int64)limits);
	return registry_run(r, job, s);
}

bool
registry_check_added(struct registry *r, struct job *job)
{
	sqlite3_stmt *s;

	run(r, job, STMT_CLEAR_TAKEN, NULL);
	s = registry_ask(r, STMT_TAKE_ADDED);
	sqlite3_bind_int64(s, 1, r->entry);
	return registry_run(r, job, s) && check_links(r, job);
}

size_t
registry_concerned(struct registry *r, struct job *job,
    struct registry_row **rows)
{
	sqlite3_stmt *s;
	size_t n, i, subjects = 0;

	enter_brings(r, job, NULL, "*");
	s = registry_ask(r, STMT_CONCERNED);
	sqlite3_bind_int64(s, 1, r->entry);
	n = registry_rows(r, job, s, rows);
	for (i = 0; i < n; i++)
		if (records_is_subject(r->rs, (*rows)[i].kind))
			(*rows)[subjects++] = (*rows)[i];
	return subjects;
}

/* ------------------------------------------------------------ resemblance */

/* Levenshtein's distance of two short strings, at most 99. */
static int
distance(const char *a, const char *b)
{
	int row[64];
	const size_t n = strlen(b);
	size_t i, j;

	if (n >= 63 || strlen(a) >= 63)
		return 99;
	for (j = 0; j <= n; j++)
		row[j] = (int)j;
	for (i = 0; a[i] != '\0'; i++) {
		int corner = (int)i;

		row[0] = (int)i + 1;
		for (j = 0; j < n; j++) {
			const int change = corner + (a[i] != b[j]);
			const int least = row[j] < row[j + 1] ? row[j] + 1
							      : row[j + 1] + 1;

			corner = row[j + 1];
			row[j + 1] = change < least ? change : least;
		}
	}
	return row[n];
}

/* An id may stand twice, which is for another rule to say. */
static bool
is_among(const char *const *ids, size_t n, const char *id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(ids[i], id))
			return true;
	return false;
}

size_t
registry_similar(struct registry *r, struct job *job, const char *id,
    const char *kinds, size_t max, const char **ids)
{
	struct job own = { arena_new(), job->diag, job->watch };
	struct registry_row *rows;
	const size_t n = registry_list(r, &own, NULL, &rows);
	const int most = (int)strlen(id) / 3 + 1;
	size_t found = 0, i;
	int d;

	for (d = 1; d <= most && found < max; d++)
		for (i = 0; i < n && found < max; i++)
			if (listed(kinds, rows[i].kind) &&
			    distance(id, rows[i].id) == d &&
			    !is_among(ids, found, rows[i].id))
				ids[found++] = arena_strdup(job->arena,
				    rows[i].id);
	arena_free(own.arena);
	return found;
}
