/*
 * What a subject's dossier needs: what it brings along and what that links to,
 * and nothing of anybody else.  A small workspace of heads of records is written
 * to a folder; only links count here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "records/records.h"
#include "registry/registry.h"
#include "xml/xml.h"

/* kind, id, links as element=id. */
static const char *const heads[][8] = {
	{ "organisation", "org" },
	{ "organisation", "other-org" },
	{ "person", "lea", "organisation=org" },
	{ "person", "max", "organisation=org" },
	{ "actor", "tom", "organisation=org" },
	{ "actor", "ina", "organisation=other-org" },
	{ "site", "yard", "organisation=org" },
	{ "contract", "c-lea", "person=lea", "organisation=org",
	    "site=yard" },
	{ "contract", "c-max", "person=max", "organisation=org" },
	{ "evaluation", "e-lea", "person=lea", "contract=c-lea",
	    "framework=fw", "supervisor=tom" },
	{ "evaluation", "e-max", "person=max", "framework=fw" },
	{ "framework", "fw", "scale=sc" },
	{ "framework", "unused", "scale=sc" },
	{ "scale", "sc" },
	{ "agreement", "ag", "apprentice=lea", "accompanier=max" },
	{ "meeting", "m1", "agreement=ag" },
	{ "cpdActivity", "a-lea", "person=lea" },
	{ "cpdActivity", "a-max", "person=max" },
	{ "assignment", "as-org", "organisation=org", "holder=tom" },
	{ "assignment", "as-lea", "organisation=org", "person=lea",
	    "holder=tom" },
	{ "assignment", "as-max", "organisation=org", "person=max",
	    "holder=ina" },
	{ "roleChart", "roles", "organisation=org" },
	{ "booklet", "bk", "organisation=org", "roleChart=roles" },
	{ "booklet", "bk-max", "organisation=org", "person=max" },
};

static const struct {
	const char *subject, *about;
	const char *needed; /* subject, then by kind and id */
} cases[] = {
	{ "lea", "evaluation",
	    "lea tom ag as-lea as-org c-lea a-lea e-lea fw m1 org max sc yard" },
	{ "lea", "booklet",
	    "lea tom ag as-lea as-org bk c-lea a-lea e-lea fw m1 org max "
	    "roles sc yard" },
	{ "max", NULL,
	    "max ina tom ag as-max as-org c-max a-max e-max fw m1 org "
	    "other-org lea sc" },
	{ "org", NULL, "org tom as-org bk roles yard" },
	{ "nobody", NULL, "" },
};

static void
write_head(const char *folder, const char *const *head)
{
	char path[300];
	FILE *f;
	size_t i;

	snprintf(path, sizeof path, "%s/%s.xml", folder, head[1]);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "<%s xmlns='urn:parcours:record' id='%s'>\n", head[0],
	    head[1]);
	for (i = 2; i < 8 && head[i] != NULL; i++) {
		const char *eq = strchr(head[i], '=');

		fprintf(f, "<%.*s ref='%s'/>\n", (int)(eq - head[i]), head[i],
		    eq + 1);
	}
	fprintf(f, "</%s>\n", head[0]);
	fclose(f);
}

static void
remove_all(const char *folder)
{
	size_t i;

	for (i = 0; i < sizeof heads / sizeof *heads; i++) {
		char path[300];

		snprintf(path, sizeof path, "%s/%s.xml", folder, heads[i][1]);
		unlink(path);
	}
	rmdir(folder);
}

static void
check_case(struct registry *r, struct job *job, size_t i)
{
	struct registry_row *rows;
	const size_t n = registry_needed(r, job, cases[i].subject,
	    cases[i].about, &rows);
	struct buf got = { 0 };
	size_t j;

	for (j = 0; j < n; j++)
		buf_printf(&got, "%s%s", j > 0 ? " " : "", rows[j].id);
	assert_string_equal(buf_str(&got), cases[i].needed);
	buf_free(&got);
}

static void
test_needed(void **state)
{
	char folder[] = "/tmp/parcours-needed-XXXXXX";
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct records *rs = records_open(&job, x, "build/share");
	struct registry *r = registry_open(&job, rs);
	const char *paths[] = { folder, folder };
	struct registry_row row;
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (i = 0; i < sizeof heads / sizeof *heads; i++)
		write_head(folder, heads[i]);
	/* A folder given twice is read once. */
	assert_true(registry_scan(r, &job, paths, 2));
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		check_case(r, &job, i);
	assert_true(registry_check(r, &job, NULL));
	assert_true(registry_lookup(r, &job, "m1", &row));
	assert_string_equal(row.kind, "meeting");
	assert_int_equal(row.where.line, 1);
	assert_false(registry_lookup(r, &job, "m2", &row));
	remove_all(folder);
	registry_free(r);
	records_free(rs);
	xml_free(x);
	diag_free(job.diag);
	arena_free(job.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
