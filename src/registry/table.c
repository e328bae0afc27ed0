/*
 * What views answer: the rows of one subject, language and period.
 */
#include <stdlib.h>
#include <string.h>

#include "registry/registry_int.h"

/* Columns by which rows are chosen, and how. */
static const struct {
	const char *column, *condition;
} filters[] = {
	{ "subject", "\"subject\" = ?1" },
	{ "lang", "\"lang\" = ?2" },
	{ "since", "\"since\" <= ?4" },
	{ "until", "(\"until\" IS NULL OR \"until\" >= ?4)" },
	{ "sinceBefore", "\"sinceBefore\" <= ?3" },
	{ "untilBefore", "(\"untilBefore\" IS NULL OR \"untilBefore\" >= ?3)" },
	{ "year", "\"year\" BETWEEN substr(?3, 1, 4) AND substr(?4, 1, 4)" },
	{ "month", "\"month\" BETWEEN substr(?3, 1, 7) AND substr(?4, 1, 7)" },
	{ "day", "\"day\" BETWEEN ?3 AND ?4" },
	{ "before", "\"before\" <= ?4" },
};
#define N_FILTERS (sizeof filters / sizeof *filters)

/* Columns that only choose, and are not handed on. */
static bool
is_handed_on(const char *column)
{
	return !str_eq(column, "subject") && !str_eq(column, "lang") &&
	    !str_eq(column, "before") && !str_eq(column, "of");
}

/* folded(value): a text as it sorts for a reader, whatever machine it is on;
 * anything else as it is. */
static void
folded(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct buf b = { 0 };

	(void)n;
	if (sqlite3_value_type(v[0]) != SQLITE_TEXT) {
		sqlite3_result_value(c, v[0]);
		return;
	}
	str_fold(&b, (const char *)sqlite3_value_text(v[0]));
	sqlite3_result_text(c, buf_str(&b), (int)b.n, SQLITE_TRANSIENT);
	buf_free(&b);
}

bool
registry_set_functions(struct registry *r)
{
	return sqlite3_create_function_v2(r->db, "folded", 1, SQLITE_UTF8 |
		SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, folded, NULL,
		NULL, NULL) == SQLITE_OK;
}

/* The rows of a view sorted by what is handed on, from the left. */
static sqlite3_stmt *
prepare(struct registry *r, struct job *job, const char *view,
    const char *conditions, const char **columns, size_t n_sorted)
{
	struct buf sql = { 0 };
	sqlite3_stmt *s;
	size_t i;

	buf_printf(&sql, "SELECT * FROM \"%s\"%s", view, conditions);
	for (i = 0; i < n_sorted; i++)
		buf_printf(&sql, "%s folded(\"%s\"), \"%s\"",
		    i == 0 ? " ORDER BY" : ",", columns[i], columns[i]);
	s = registry_prepare_data(r, job, sql.p, REGISTRY_READING, NULL);
	buf_free(&sql);
	return s;
}

/* The conditions that the view's columns ask for. */
static void
put_conditions(struct buf *b, sqlite3_stmt *columns,
    const struct registry_question *q)
{
	const int n = sqlite3_column_count(columns);
	size_t k;
	int i;

	for (i = 0; i < n; i++)
		for (k = 0; k < N_FILTERS; k++)
			if (str_eq(sqlite3_column_name(columns, i),
				filters[k].column) && (q->subject != NULL ||
				!str_eq(filters[k].column, "subject")))
				buf_printf(b, "%s%s",
				    b->n == 0 ? " WHERE " : " AND ",
				    filters[k].condition);
}

static void
bind_question(sqlite3_stmt *s, const struct registry_question *q)
{
	const char *const values[] = { q->subject, q->lang, q->from, q->to };
	int i;

	for (i = 0; i < 4 && i < sqlite3_bind_parameter_count(s); i++)
		registry_bind(s, i + 1, values[i]);
}

/* As SQLite writes it; a whole number is one whatever its column's type. */
static const char *
cell(struct job *job, sqlite3_stmt *s, int col)
{
	const char *text = registry_text(job, s, col);

	if (sqlite3_column_type(s, col) == SQLITE_FLOAT &&
	    str_ends(text, ".0"))
		return arena_strndup(job->arena, text, strlen(text) - 2);
	return text;
}

static void
read_columns(struct job *job, sqlite3_stmt *s, struct registry_table *t)
{
	const int n = sqlite3_column_count(s);
	int i;

	t->columns = arena_array(job->arena, (size_t)n, sizeof *t->columns);
	for (i = 0; i < n; i++)
		if (is_handed_on(sqlite3_column_name(s, i)))
			t->columns[t->n_columns++] = arena_strdup(job->arena,
			    sqlite3_column_name(s, i));
}

/* The record a row tells of is one that the document is made from. */
static void
note_origin(struct registry *r, struct job *job, const char *id)
{
	sqlite3_stmt *s;

	if (id == NULL)
		return;
	s = registry_ask(r, STMT_TAKE_ONE);
	registry_bind(s, 1, id);
	registry_run(r, job, s);
}

static void
read_row(struct registry *r, struct job *job, sqlite3_stmt *s,
    struct registry_table *t, size_t *cap)
{
	const int n = sqlite3_column_count(s);
	const char **to;
	int i;

	t->cells = arena_grow(job->arena, t->cells, cap,
	    (t->n_rows + 1) * t->n_columns, sizeof *t->cells);
	to = t->cells + t->n_rows++ * t->n_columns;
	for (i = 0; i < n; i++)
		if (is_handed_on(sqlite3_column_name(s, i)))
			*to++ = cell(job, s, i);
		else if (str_eq(sqlite3_column_name(s, i), "of"))
			note_origin(r, job, registry_text(job, s, i));
}

bool
registry_table(struct registry *r, struct job *job, const char *view,
    const struct registry_question *q, struct registry_table *t)
{
	struct buf conditions = { 0 };
	sqlite3_stmt *s;
	size_t cap = 0;
	int rc;

	*t = (struct registry_table){ .name = view };
	if (!registry_measures_ready(r, job, !r->kept))
		return false;
	s = prepare(r, job, view, "", NULL, 0);
	if (s == NULL)
		return false;
	put_conditions(&conditions, s, q);
	read_columns(job, s, t);
	sqlite3_finalize(s);
	s = prepare(r, job, view, buf_str(&conditions), t->columns,
	    t->n_columns);
	buf_free(&conditions);
	if (s == NULL)
		return false;
	bind_question(s, q);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		read_row(r, job, s, t, &cap);
	if (rc != SQLITE_DONE)
		registry_report(r, job);
	sqlite3_finalize(s);
	return rc == SQLITE_DONE;
}
