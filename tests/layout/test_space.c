/*
 * Space-specifiers that meet (XSL 1.1, 4.3.1): a table of sequences and what
 * becomes of each space.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/layout_int.h"

#define FORCE INT_MAX

struct one {
	mpt opt;
	int precedence;
	bool retain;
};

static const struct row {
	const char *says;
	bool leading, trailing;
	size_t n;
	struct one in[4];
	mpt out[4];
} rows[] = {
	{ "one alone", false, false, 1, { { 10, 0, false } }, { 10 } },
	{ "the greater of two", false, false, 2,
	    { { 10, 0, false }, { 20, 0, false } }, { 0, 20 } },
	{ "the last of equals", false, false, 3,
	    { { 20, 0, false }, { 20, 0, false }, { 5, 0, false } },
	    { 0, 20, 0 } },
	{ "precedence before size", false, false, 2,
	    { { 5, 2, false }, { 20, 1, false } }, { 5, 0 } },
	{ "forcing ones add up, the others vanish", false, false, 3,
	    { { 5, FORCE, false }, { 20, 9, false }, { 7, FORCE, false } },
	    { 5, 0, 7 } },
	{ "discarded at the beginning", true, false, 2,
	    { { 10, 0, false }, { 20, 0, false } }, { 0, 0 } },
	{ "up to the first that is retained", true, false, 3,
	    { { 30, 0, false }, { 10, 0, true }, { 20, 0, false } },
	    { 0, 0, 20 } },
	{ "retained at the beginning", true, false, 2,
	    { { 30, 0, false }, { 10, 0, true } }, { 0, 10 } },
	{ "discarded at the end, from the end", false, true, 3,
	    { { 10, 0, true }, { 20, 0, false }, { 30, 0, false } },
	    { 10, 0, 0 } },
	{ "a forcing one is discarded, too", true, false, 1,
	    { { 10, FORCE, false } }, { 0 } },
	{ "negative", false, false, 2,
	    { { -10, 0, false }, { 0, 0, false } }, { 0, 0 } },
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct space_spec v[4] = { 0 };

		for (size_t k = 0; k < r->n; k++)
			v[k] = (struct space_spec){
				.space = { r->in[k].opt, r->in[k].opt,
				    r->in[k].opt },
				.precedence = r->in[k].precedence,
				.retain = r->in[k].retain,
			};
		space_resolve(v, r->n, r->leading, r->trailing);
		for (size_t k = 0; k < r->n; k++)
			if (v[k].result.opt != r->out[k])
				fail_msg("%s: space %zu is %d, not %d",
				    r->says, k, v[k].result.opt, r->out[k]);
	}
}

/* Among equal optima the greatest minimum and the least maximum hold. */
static void
test_range(void **state)
{
	struct space_spec v[2] = {
		{ .space = { 4, 10, 30 } },
		{ .space = { 2, 10, 15 } },
	};

	(void)state;
	space_resolve(v, 2, false, false);
	assert_int_equal(v[1].result.min, 4);
	assert_int_equal(v[1].result.opt, 10);
	assert_int_equal(v[1].result.max, 15);
	assert_int_equal(v[0].result.opt, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
