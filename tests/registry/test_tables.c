/*
 * Measures and views: the same answers from files and from a registry that
 * lasts, kept up to date as records change, made anew when their definition
 * does, and no SQL of the data folder that could do more than read.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

static const char *const samples[] = { "samples/frameworks",
	"samples/chantier" };
static const struct registry_question asked = { "site-fonderie", "fr",
	"2026-01-01", "2026-11-05" };

/* A table as lines of text. */
static const char *
told(struct registry *r, const char *view, const struct registry_question *q)
{
	struct registry_table t;
	struct buf b = { 0 };
	const char *text;
	size_t i;

	if (!registry_table(r, &job, view, q, &t))
		return NULL;
	for (i = 0; i < t.n_rows * t.n_columns; i++)
		buf_printf(&b, "%s%s", t.cells[i] != NULL ? t.cells[i] : "-",
		    (i + 1) % t.n_columns == 0 ? "\n" : "|");
	text = arena_strdup(job.arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static void
add(struct registry *r, const char *path)
{
	const char *paths[] = { path };

	assert_true(registry_begin(r, &job, &call));
	assert_true(registry_add(r, &job, path != NULL ? paths : samples,
	    path != NULL ? 1 : 2));
	assert_true(registry_commit(r, &job));
}

static void
assert_found(const char *code)
{
	struct buf b = { 0 };

	diag_dump(job.diag, &b);
	if (strstr(buf_str(&b), code) == NULL)
		fail_msg("no %s in %s", code, buf_str(&b));
	buf_free(&b);
	diag_free(job.diag);
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
}

static void
run_sql(const char *sql)
{
	sqlite3 *other;

	assert_int_equal(sqlite3_open(db, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, sql, NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(other);
}

static void
test_same(void **unused)
{
	struct registry *files = registry_open(&job, rs);
	struct registry *kept = open_file(REGISTRY_CREATE);
	const char *text;

	(void)unused;
	assert_true(registry_scan(files, &job, samples, 2));
	add(kept, NULL);
	text = told(files, "team", &asked);
	assert_non_null(text);
	assert_non_null(strstr(text, "Kowalczyk Łukasz|person-kowalczyk|"
	    "Agent d’entretien et de réparation|2026-06-01|2027-01-31\n"));
	assert_string_equal(text, told(kept, "team", &asked));
	registry_free(files);
	registry_free(kept);
}

/* On a day: who was there then. */
static void
test_days(void **unused)
{
	struct registry_question q = asked;
	struct registry *r = open_file(REGISTRY_READ);

	(void)unused;
	q.to = "2025-10-06";
	assert_non_null(strstr(told(r, "team", &q), "Vandenbr"));
	assert_null(strstr(told(r, "team", &q), "Kowalczyk"));
	q.to = "2025-10-05";
	assert_string_equal(told(r, "team", &q), "");
	q.to = "2027-02-28";
	assert_non_null(strstr(told(r, "team", &q), "Vandenbr"));
	q.subject = "site-elsewhere";
	assert_string_equal(told(r, "team", &q), "");
	assert_null(told(r, "nothing", &q));
	assert_found("registry-view");
	registry_free(r);
}

/* A new version takes the place of the former; the tables are those of what is
 * in force. */
static void
test_change(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);
	char name[] = "/tmp/parcours-record-XXXXXX";
	const int fd = mkstemp(name);
	struct buf bytes = { 0 };
	char *post;

	(void)unused;
	assert_true(file_read(&job,
	    "samples/chantier/people/person-kowalczyk.xml", 100000, &bytes));
	buf_putc(&bytes, '\0');
	post = strstr(bytes.p, "<post>");
	assert_non_null(post);
	memcpy(post + 6, "Zz", 2);
	assert_int_equal(write(fd, bytes.p, bytes.n - 1), bytes.n - 1);
	close(fd);
	add(r, name);
	assert_non_null(strstr(told(r, "team", &asked), "|Zzent d"));
	assert_null(strstr(told(r, "team", &asked), "|Agent d"));
	unlink(name);
	buf_free(&bytes);
	registry_free(r);
}

/* What another edition of the data made is not trusted. */
static void
test_other_definition(void **unused)
{
	struct registry *r = open_file(REGISTRY_READ);
	const char *before = told(r, "team", &asked);

	(void)unused;
	registry_free(r);
	run_sql("UPDATE measured SET sum = 1; DROP TABLE m_contract;"
		" CREATE TABLE m_former(x); DELETE FROM m_person");
	r = open_file(REGISTRY_READ);
	assert_null(told(r, "team", &asked));
	assert_found("registry-older");
	registry_free(r);
	r = open_file(REGISTRY_WRITE);
	assert_string_equal(told(r, "team", &asked), before);
	assert_int_equal(registry_pragma(r->db, "SELECT count(*) FROM"
	    " sqlite_schema WHERE name = 'm_former'"), 0);
	registry_free(r);
}

/* Small numbers are not published, nor what would give one away. */
static void
test_masks(void **unused)
{
	static const struct {
		const char *exits;	/* durable, transition, positive, other */
		const char *shown;	/* the same and the total; -: masked */
	} cases[] = {
		{ "9 8 7 6", "9 8 7 6 30" },
		{ "9 8 3 6", "9 8 - - 26" },
		{ "9 5 6 4", "9 - 6 - 24" },
		{ "9 2 3 6", "9 - - 6 20" },
		{ "9 1 1 6", "9 - - - 17" },
		{ "9 4 4 6", "9 - - - 23" },
		{ "4 4 4 4", "- - - - -" },
		{ "9 0 0 6", "9 0 0 6 15" },
		{ "9 0 1 0", "- 0 - 0 10" },
		{ "2 0 1 1", "- - - - -" },
		{ "5 0 0 0", "5 0 0 0 5" },
	};
	static const char *const kinds[] = { "longJob", "shortJob", "training",
		"noNews" };
	struct registry *r = open_file(REGISTRY_WRITE);
	size_t i, k;

	(void)unused;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *p = cases[i].exits;
		sqlite3_stmt *s;
		struct buf shown = { 0 };
		long n;

		assert_true(registry_do(r, &job, "BEGIN; DELETE FROM m_exit"));
		for (k = 0; k < 4; k++, p++)
			for (num_parse_int(p, &p, &n); n > 0; n--) {
				struct buf sql = { 0 };

				buf_printf(&sql, "INSERT INTO m_exit(site,"
				    " kind, date) VALUES ('s', '%s',"
				    " '2026-05-02')", kinds[k]);
				assert_true(registry_do(r, &job, sql.p));
				buf_free(&sql);
			}
		s = registry_prepare_data(r, &job, "SELECT"
		    " group_concat(ifnull(exitShown, '-'), ' ') || ' ' ||"
		    " ifnull(max(totalShown), '-') FROM (SELECT * FROM"
		    " exitTable WHERE subject = 's' ORDER BY categoryRank)",
		    REGISTRY_READING, NULL);
		assert_int_equal(sqlite3_step(s), SQLITE_ROW);
		buf_puts(&shown, (const char *)sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
		assert_string_equal(shown.p, cases[i].shown);
		buf_free(&shown);
		assert_true(registry_do(r, &job, "ROLLBACK"));
	}
	registry_free(r);
}

static void
test_authority(void **unused)
{
	static const char *const refused[] = { "DELETE FROM record",
		"CREATE TABLE x(y)", "PRAGMA user_version = 9",
		"ATTACH 'x.db' AS x", "DROP VIEW team",
		"INSERT INTO m_person(id) VALUES ('x')",
		"CREATE TRIGGER t AFTER INSERT ON m_person BEGIN SELECT 1; END" };
	struct registry *r = open_file(REGISTRY_WRITE);
	sqlite3_stmt *s;
	size_t i;

	(void)unused;
	for (i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_null(registry_prepare_data(r, &job, refused[i],
		    REGISTRY_READING, NULL));
		assert_found("registry-view");
		assert_null(registry_prepare_data(r, &job, refused[i],
		    REGISTRY_MAKING, NULL));
		assert_found("registry-view");
	}
	assert_null(registry_prepare_data(r, &job,
	    "CREATE VIEW x AS SELECT 1", REGISTRY_READING, NULL));
	assert_found("registry-view");
	s = registry_prepare_data(r, &job, "SELECT count(*) FROM team",
	    REGISTRY_READING, NULL);
	assert_non_null(s);
	sqlite3_finalize(s);
	registry_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_other_definition),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_authority),
	};

	return run_in_registry(tests, sizeof tests / sizeof tests[0]);
}
