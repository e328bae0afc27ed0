/*
 * The sink of findings: order, once each, both languages, both forms, and how
 * it copes with a flood.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static struct where
at(const char *file, int line, int col)
{
	return (struct where){ .file = file, .line = line, .col = col };
}

/* What the sink holds, which the caller frees; frees the sink. */
static char *
dump(struct diag *d)
{
	struct buf out = { 0 };

	diag_dump(d, &out);
	diag_free(d);
	return buf_take(&out);
}

static void
assert_dump(struct diag *d, const char *expected)
{
	char *text;

	text = dump(d);
	assert_string_equal(text, expected);
	free(text);
}

static void
test_order(void **state)
{
	struct diag *d;

	(void)state;
	d = diag_new(LANG_EN, DIAG_TEXT);
	assert_int_equal(diag_worst(d), DIAG_NOTE);
	diag_report_rule(d, DIAG_WARNING, "w", at("b.xml", 2, 0), "fourth");
	diag_report_rule(d, DIAG_WARNING, "w", at("a.xml", 70000, 3), "third");
	diag_report_rule(d, DIAG_WARNING, "w", at("a.xml", 70000, 3), "third");
	diag_report_rule(d, DIAG_WARNING, "w", at("a.xml", 9, 12), "second");
	diag_report_rule(d, DIAG_NOTE, "n", where_none(), "first");
	diag_report_rule(d, DIAG_WARNING, "w", where_file("c.xml"), "fifth");
	assert_int_equal(diag_worst(d), DIAG_WARNING);
	assert_int_equal(diag_count(d, DIAG_NOTE), 5);
	assert_int_equal(diag_count(d, DIAG_WARNING), 4);
	assert_dump(d, "note [n]: first\n"
		       "a.xml:9:12: warning [w]: second\n"
		       "a.xml:70000:3: warning [w]: third\n"
		       "b.xml:2: warning [w]: fourth\n"
		       "c.xml: warning [w]: fifth\n");
}

static void
test_languages(void **state)
{
	struct diag *d;
	char *text;

	(void)state;
	d = diag_new(LANG_FR, DIAG_TEXT);
	diag_report(d, DIAG_FILE_OPEN, at("a.xml", 1, 1), "« x »");
	assert_int_equal(diag_worst(d), DIAG_FATAL);
	text = dump(d);
	assert_non_null(strstr(text, "a.xml:1:1: erreur [file-open]: "));
	assert_non_null(strstr(text, "« x »"));
	free(text);

	d = diag_new(LANG_EN, DIAG_TEXT);
	diag_report(d, DIAG_FILE_OPEN, at("a.xml", 1, 1), "why");
	text = dump(d);
	assert_non_null(strstr(text, "a.xml:1:1: error [file-open]: cannot "));
	assert_non_null(strstr(text, "(why)"));
	free(text);
}

static void
test_json(void **state)
{
	struct diag *d;

	(void)state;
	d = diag_new(LANG_EN, DIAG_JSON);
	diag_report_rule(d, DIAG_ERROR, "R1", at("d/\"a\".xml", 3, 4),
	    "a \"b\"\\\n\x1b[31m\xff");
	diag_report_rule(d, DIAG_WARNING, "R2", where_none(), "é");
	assert_dump(d,
	    "{\"severity\":\"warning\",\"code\":\"R2\",\"message\":\"é\"}\n"
	    "{\"file\":\"d/\\\"a\\\".xml\",\"line\":3,\"column\":4,"
	    "\"severity\":\"error\",\"code\":\"R1\","
	    "\"message\":\"a \\\"b\\\"\\\\  [31m\xef\xbf\xbd\"}\n");
}

static void
test_long_text(void **state)
{
	struct diag *d;
	char *big, *text;

	(void)state;
	big = xmalloc(1000001);
	memset(big, 'x', 1000000);
	big[1000000] = '\0';
	d = diag_new(LANG_EN, DIAG_TEXT);
	diag_report_rule(d, DIAG_ERROR, "R", where_none(), big);
	text = dump(d);
	assert_true(strlen(text) < 3000);
	assert_non_null(strstr(text, "x…\n"));
	free(text);
	free(big);
}

static void
test_flood(void **state)
{
	struct diag *d;
	char *text, *p;
	int i, lines;

	(void)state;
	d = diag_new(LANG_EN, DIAG_TEXT);
	for (i = 1; i <= 100000; i++)
		diag_report_rule(d, DIAG_ERROR, "R9", at("a", i, 1), "bad");
	diag_report_rule(d, DIAG_ERROR, "R8", at("a", 5, 1), "other");
	assert_int_equal(diag_count(d, DIAG_ERROR), 100001);
	text = dump(d);
	lines = 0;
	for (p = text; (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	assert_int_equal(lines, 202);
	assert_non_null(strstr(text, "error [R9]: 99800 more"));
	assert_non_null(strstr(text, "a:5:1: error [R8]: other\n"));
	free(text);
}

static void
test_format(void **state)
{
	struct buf b = { 0 };

	(void)state;
	message_format(&b, LANG_EN, DIAG_FILE_OPEN, NULL);
	assert_non_null(strstr(buf_str(&b), "()"));
	buf_clear(&b);
	message_format(&b, LANG_EN, DIAG_FILE_OPEN,
	    (const char *const[]){ "{1}", NULL });
	assert_non_null(strstr(buf_str(&b), "({1})"));
	buf_free(&b);
}

static void
test_message_lang(void **state)
{
	(void)state;
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	setenv("LANG", "fr_CA.UTF-8", 1);
	assert_int_equal(message_lang(NULL), LANG_FR);
	setenv("LC_ALL", "", 1);
	assert_int_equal(message_lang(NULL), LANG_FR);
	setenv("LC_MESSAGES", "C", 1);
	assert_int_equal(message_lang(NULL), LANG_EN);
	setenv("LC_ALL", "fr", 1);
	assert_int_equal(message_lang(NULL), LANG_FR);
	setenv("LC_ALL", "fry_NL", 1);
	assert_int_equal(message_lang(NULL), LANG_EN);
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	unsetenv("LANG");
	assert_int_equal(message_lang(NULL), LANG_EN);
	assert_int_equal(message_lang("fr"), LANG_FR);
	assert_int_equal(message_lang(NULL), LANG_FR);
	assert_int_equal(message_lang("en"), LANG_EN);
}

static void
test_stopwatch(void **state)
{
	struct job job = { 0 };

	(void)state;
	assert_int_equal(stopwatch_enter(&job, STAGE_PDF), STAGE_OTHER);
	job.watch = stopwatch_new();
	assert_int_equal(stopwatch_enter(&job, STAGE_PDF), STAGE_OTHER);
	assert_int_equal(stopwatch_enter(&job, STAGE_LAYOUT), STAGE_PDF);
	while (stopwatch_time(job.watch, STAGE_LAYOUT) < 2000)
		continue;
	assert_int_equal(stopwatch_enter(&job, STAGE_PDF), STAGE_LAYOUT);
	assert_true(stopwatch_time(job.watch, STAGE_LAYOUT) >= 2000);
	assert_true(stopwatch_time(job.watch, STAGE_SCAN) == 0);
	assert_string_equal(stage_name(STAGE_LAYOUT), "layout");
	stopwatch_free(job.watch);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_message_lang),
		cmocka_unit_test(test_stopwatch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
