/* The order and the place of pages in booklets. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "impose/impose.h"

#define MAX_PAGES 40

static struct area_page pages[MAX_PAGES];
static struct area_page *list[MAX_PAGES];
static char labels[MAX_PAGES][8];

static int
setup(void **state)
{
	for (int i = 0; i < MAX_PAGES; i++) {
		snprintf(labels[i], sizeof labels[i], "%d", i + 1);
		pages[i] = (struct area_page){ .width = 419528,
			.height = 595276, .index = i, .label = labels[i] };
		list[i] = &pages[i];
	}
	*state = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

/* "8 1, 2 7": the pages of each side, 0 for nothing. */
static void
order(struct arena *a, const struct impose_options *o, size_t n,
    struct buf *out)
{
	size_t sides;
	struct area_sheet *s = impose_booklet(a, o, list, n, &sides);

	buf_clear(out);
	for (size_t i = 0; i < sides; i++) {
		assert_int_equal(s[i].n, 2);
		buf_puts(out, i ? ", " : "");
		for (int k = 0; k < 2; k++) {
			const struct area_page *p = s[i].placed[k].page;

			buf_printf(out, "%s%d", k ? " " : "",
			    p ? p->index + 1 : 0);
		}
	}
}

static void
test_order(void **state)
{
	static const struct {
		size_t n;
		int per;
		const char *sides;
	} rows[] = {
		{ 0, 0, "" },
		{ 1, 0, "0 1, 0 0" },
		{ 2, 0, "2 1, 0 0" },
		{ 3, 0, "3 1, 2 0" },
		{ 4, 0, "4 1, 2 3" },
		{ 5, 0, "5 1, 2 0, 0 3, 4 0" },
		{ 8, 0, "8 1, 2 7, 6 3, 4 5" },
		{ 12, 0, "12 1, 2 11, 10 3, 4 9, 8 5, 6 7" },
		{ 20, 0, "20 1, 2 19, 18 3, 4 17, 16 5, 6 15, 14 7, 8 13, "
		    "12 9, 10 11" },
		/* Signatures of two sheets; the last is smaller. */
		{ 20, 2, "8 1, 2 7, 6 3, 4 5, 16 9, 10 15, 14 11, 12 13, "
		    "20 17, 18 19" },
		{ 10, 1, "4 1, 2 3, 8 5, 6 7, 10 9, 0 0" },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct impose_options o = { .sheets_per_signature =
			rows[i].per };

		order(*state, &o, rows[i].n, &b);
		assert_string_equal(buf_str(&b), rows[i].sides);
	}
	buf_free(&b);
}

#define SPINE 420945	/* half an A4 sheet */

static void
near(double a, double b)
{
	if (a - b > 1 || b - a > 1)
		fail_msg("%ld is not %ld", (long)a, (long)b);
}

/* Where a point of the page comes to stand on the sheet. */
static void
check_point(const struct area_placed *at, double x, double y, double to_x,
    double to_y)
{
	near(at->m[0] * x + at->m[2] * y + at->m[4], to_x);
	near(at->m[1] * x + at->m[3] * y + at->m[5], to_y);
}

static void
test_places(void **state)
{
	struct impose_options o = { 0 };
	size_t n;
	struct area_sheet *s = impose_booklet(*state, &o, list, 8, &n);

	/* A5 pages go on A4, which is a millimetre wider than two of them. */
	assert_int_equal(s[0].width, 841890);
	assert_int_equal(s[0].height, 595276);
	assert_string_equal(s[0].label, "8 | 1");
	check_point(&s[0].placed[0], 0, 0, SPINE - 419528, 0);
	check_point(&s[0].placed[1], 0, 0, SPINE, 0);
	assert_int_equal(s[0].placed[0].clip_w, 419528);

	/* A larger sheet: at the spine, in the middle of the height. */
	o.sheet_width = 1000000;
	o.sheet_height = 700000;
	s = impose_booklet(*state, &o, list, 8, &n);
	check_point(&s[0].placed[0], 419528, 0, 500000, 52362);
	check_point(&s[0].placed[1], 0, 0, 500000, 52362);

	/* A smaller one: scaled down, never up. */
	o.sheet_width = 419528;
	o.sheet_height = 595276;
	s = impose_booklet(*state, &o, list, 8, &n);
	check_point(&s[0].placed[0], 0, 0, 0, 148819);
	check_point(&s[0].placed[0], 419528, 595276, 209764, 446457);
}

static void
test_creep(void **state)
{
	struct impose_options o = { .thickness = 283 };
	size_t n;
	struct area_sheet *s = impose_booklet(*state, &o, list, 20, &n);

	assert_int_equal(n, 10);
	for (size_t k = 0; k < 5; k++)
		for (size_t side = 0; side < 2; side++) {
			const struct area_placed *at = s[2 * k + side].placed;
			mpt creep = (mpt)(283 * k);

			/* Left pages move right, right ones left. */
			check_point(&at[0], 0, 0, SPINE - 419528 + creep, 0);
			check_point(&at[1], 0, 0, SPINE - creep, 0);
			/* Nothing crosses the spine. */
			assert_int_equal(at[0].clip_x, 0);
			assert_int_equal(at[0].clip_w, 419528 - creep);
			assert_int_equal(at[1].clip_x, creep);
			assert_int_equal(at[1].clip_w, 419528 - creep);
		}
	/* Each signature begins anew. */
	o.sheets_per_signature = 2;
	s = impose_booklet(*state, &o, list, 20, &n);
	check_point(&s[2].placed[0], 0, 0, SPINE - 419528 + 283, 0);
	check_point(&s[4].placed[0], 0, 0, SPINE - 419528, 0);
	check_point(&s[6].placed[1], 0, 0, SPINE - 283, 0);
}

/* A printer that turns on the long edge: backs stand on their heads. */
static void
test_long_edge(void **state)
{
	struct impose_options o = { .long_edge = true, .thickness = 283 };
	size_t n;
	struct area_sheet *s = impose_booklet(*state, &o, list, 8, &n);

	check_point(&s[2].placed[0], 0, 0, SPINE - 419528 + 283, 0);
	/* Back of the second sheet: pages 4 and 5. */
	assert_int_equal(s[3].placed[0].page->index, 3);
	check_point(&s[3].placed[0], 0, 0, SPINE + 419528 - 283, 595276);
	check_point(&s[3].placed[1], 0, 0, SPINE + 283, 595276);
}

/* A page with something around it is where its sheet is trimmed to. */
static void
test_press(void **state)
{
	const struct area_press press = { .bleed = { 5, 6, 7, 8 },
		.crop = { 20, 2, -3, 10 }, .box = CROP_BLEED,
		.sx = 2, .sy = 1 };
	const struct area_page page = { .width = 200, .height = 100,
		.press = &press };
	struct area_sheet s;

	(void)state;
	impose_single(&s, &page);
	assert_int_equal(s.width, 2 * (7 + 200 + 10));
	assert_int_equal(s.height, 20 + 100 + 6);
	check_point(&s.placed[0], 0, 0, 2 * 7, 20);
	check_point(&s.placed[0], 200, 100, 2 * 207, 120);
	assert_true(s.trimmed);
	assert_int_equal(s.trim.x, 2 * 7);
	assert_int_equal(s.trim.h, 100);
	assert_int_equal(s.crop.x, 0);
	assert_int_equal(s.crop.y, 15);
	assert_int_equal(s.bleed.w, 2 * (7 + 200 + 8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_creep, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_edge, setup,
		    teardown),
		cmocka_unit_test(test_press),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
