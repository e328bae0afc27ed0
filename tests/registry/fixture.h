/*
 * What tests of a registry in a file stand on: a job, the records' schemas, a
 * file that is gone afterwards.
 */
#ifndef TESTS_REGISTRY_FIXTURE_H
#define TESTS_REGISTRY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "records/records.h"
#include "registry/registry_int.h"
#include "xml/xml.h"

static struct job job;
static struct records *rs;
static char db[] = "/tmp/parcours-registry-XXXXXX";

static struct registry *
open_file(enum registry_access access)
{
	struct registry *r = registry_open_file(&job, rs, db, access);

	assert_non_null(r);
	return r;
}

static const struct registry_call call = { "Ana", "2026-11-05T00:00:00Z",
	"add" };

/* Enters a file in which the first `from` is `to`. */
static inline bool
enter_changed(struct registry *r, const char *file, const char *from,
    const char *to)
{
	struct buf now = { 0 }, bytes = { 0 };
	const char *p;
	bool entered;

	assert_true(file_read(&job, file, 1 << 20, &now));
	p = strstr(buf_str(&now), from);
	assert_non_null(p);
	buf_put(&bytes, now.p, (size_t)(p - now.p));
	buf_printf(&bytes, "%s%s", to, p + strlen(from));
	entered = registry_add_bytes(r, &job, file, &bytes);
	buf_free(&now);
	buf_free(&bytes);
	return entered;
}

/* The exit status. */
static int
run_in_registry(const struct CMUnitTest *tests, size_t n)
{
	struct xml *x = xml_new();
	int failed;

	job.arena = arena_new();
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
	rs = records_open(&job, x, "build/share");
	if (rs == NULL || mkstemp(db) < 0)
		return 1;
	failed = _cmocka_run_group_tests("registry", tests, n, NULL, NULL);
	unlink(db);
	records_free(rs);
	xml_free(x);
	diag_free(job.diag);
	arena_free(job.arena);
	return failed;
}

#endif
