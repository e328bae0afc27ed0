/*
 * Values and path data: tables of strings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "svg/svg_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))

static void
put_path(struct buf *out, const struct path *p)
{
	const double *xy = p->xy;

	for (size_t i = 0; i < p->n_cmds; i++) {
		size_t n = p->cmds[i] == 'C' ? 6 : p->cmds[i] == 'Z' ? 0 : 2;

		if (i)
			buf_putc(out, ' ');
		buf_putc(out, p->cmds[i]);
		for (size_t k = 0; k < n; k++) {
			buf_putc(out, ' ');
			buf_num(out, xy[k], 2);
		}
		xy += n;
	}
}

static void
test_path(void **state)
{
	static const struct {
		const char *d, *expected;
		bool ok;
	} t[] = {
		{ "", "", true },
		{ "  ", "", true },
		{ "M1,2", "M 1 2", true },
		{ "M1 2 3 4", "M 1 2 L 3 4", true },
		{ "m1 2 3 4-1-1", "M 1 2 L 4 6 L 3 5", true },
		{ "M1 2zm3 4", "M 1 2 Z M 4 6", true },
		{ "M1 2L3 4zL5 6", "M 1 2 L 3 4 Z M 1 2 L 5 6", true },
		{ "M0 0H5V6h-2v-3", "M 0 0 L 5 0 L 5 6 L 3 6 L 3 3", true },
		{ "M.5.5-.5+1e1", "M 0.5 0.5 L -0.5 10", true },
		{ "M0 0C1 2 3 4 5 6 7 8 9 10 11 12",
		    "M 0 0 C 1 2 3 4 5 6 C 7 8 9 10 11 12", true },
		{ "M0 0c1 1 2 2 3 0s2 2 3 0",
		    "M 0 0 C 1 1 2 2 3 0 C 4 -2 5 2 6 0", true },
		{ "M0 0S1 2 3 4", "M 0 0 C 0 0 1 2 3 4", true },
		{ "M0 0Q3 3 6 0T12 0",
		    "M 0 0 C 2 2 4 2 6 0 C 8 -2 10 -2 12 0", true },
		{ "M1 1t3 0", "M 1 1 C 1 1 2 1 4 1", true },
		{ "M0 0A0 5 0 0 0 9 9", "M 0 0 L 9 9", true },
		{ "M1 1A5 5 0 0 0 1 1", "M 1 1", true },
		{ "M0 0a1 1 0 01 2 0",
		    "M 0 0 C 0 -0.55 0.45 -1 1 -1 C 1.55 -1 2 -0.55 2 0",
		    true },
		{ "M0 0a1 1 0 102 0",
		    "M 0 0 C 0 0.55 0.45 1 1 1 C 1.55 1 2 0.55 2 0", true },
		/* radii too small are scaled to reach */
		{ "M0 0A1 1 0 0 1 20 0", "M 0 0 C 0 -5.52 4.48 -10 10 -10 "
		    "C 15.52 -10 20 -5.52 20 0", true },
		/* what stands before an error is kept */
		{ "M0 0L1", "M 0 0", false },
		{ "M0 0L1 2,", "M 0 0 L 1 2", true },
		{ "M0 0X", "M 0 0", false },
		{ "M0 0z1 2", "M 0 0 Z", false },
		{ "L1 2", "", false },
		{ "1 2", "", false },
		{ "M0 0a1 1 0 2 0 3 3", "M 0 0", false },
		{ "M1e999 0", "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct arena *a = arena_new();
		struct path p = { .arena = a };
		struct buf got = { 0 };

		assert_int_equal(svg_path_parse(&p, t[i].d), t[i].ok);
		put_path(&got, &p);
		assert_string_equal(buf_str(&got), t[i].expected);
		buf_free(&got);
		arena_free(a);
	}
}

static void
test_bounds(void **state)
{
	static const struct {
		const char *d;
		double box[4], area;
	} t[] = {
		{ "M1 2L3 8", { 1, 2, 2, 6 }, 0 },
		{ "M0 0H10V5H0Z", { 0, 0, 10, 5 }, 100 },
		{ "M0 0V5H10V0", { 0, 0, 10, 5 }, -100 },
		/* control points lie outside the curve */
		{ "M0 0C0 8 10 8 10 0", { 0, 0, 10, 6 }, 0 },
		{ "M0 0Q5 10 10 0", { 0, 0, 10, 5 }, 0 },
		{ "M0 0h2v2h-2zM5 5h2v2h-2z", { 0, 0, 7, 7 }, 16 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct arena *a = arena_new();
		struct path p = { .arena = a }, back = { .arena = a };
		double box[4];

		assert_true(svg_path_parse(&p, t[i].d));
		assert_true(svg_path_bounds(&p, box));
		for (int k = 0; k < 4; k++)
			assert_true(fabs(box[k] - t[i].box[k]) < 1e-6);
		assert_true(fabs(svg_path_area(&p) - t[i].area) < 1e-6);
		svg_path_append(&back, &p, svg_mat_identity(), true);
		assert_true(fabs(svg_path_area(&back) + t[i].area) < 1e-6);
		assert_true(svg_path_bounds(&back, box));
		for (int k = 0; k < 4; k++)
			assert_true(fabs(box[k] - t[i].box[k]) < 1e-6);
		arena_free(a);
	}
}

static void
test_colors(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		struct color c;
	} t[] = {
		{ "red", true, { 255, 0, 0, 255 } },
		{ " LightPuce", false, { 0, 0, 0, 0 } },
		{ "YellowGreen ", true, { 0x9a, 0xcd, 0x32, 255 } },
		{ "aliceblue", true, { 0xf0, 0xf8, 0xff, 255 } },
		{ "transparent", true, { 0, 0, 0, 0 } },
		{ "#123", true, { 0x11, 0x22, 0x33, 255 } },
		{ "#1234", true, { 0x11, 0x22, 0x33, 0x44 } },
		{ "#AbCdEf", true, { 0xab, 0xcd, 0xef, 255 } },
		{ "#abcdef80", true, { 0xab, 0xcd, 0xef, 0x80 } },
		{ "#12345", false, { 0, 0, 0, 0 } },
		{ "#12g", false, { 0, 0, 0, 0 } },
		{ "rgb(1, 2,3)", true, { 1, 2, 3, 255 } },
		{ "rgb(100%,0%,50%)", true, { 255, 0, 128, 255 } },
		{ "rgb(300 -5 3 / 50%)", true, { 255, 0, 3, 128 } },
		{ "RGBA(1,2,3,.2)", true, { 1, 2, 3, 51 } },
		{ "rgb(1,2)", false, { 0, 0, 0, 0 } },
		{ "rgb(1,2,3", false, { 0, 0, 0, 0 } },
		{ "", false, { 0, 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct color c;

		assert_int_equal(svg_value_color(t[i].s, &c), t[i].ok);
		if (t[i].ok)
			assert_memory_equal(&c, &t[i].c, sizeof c);
	}
}

static void
test_transforms(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		double x, y;	/* where (1, 2) goes */
	} t[] = {
		{ "", true, 1, 2 },
		{ "translate(3)", true, 4, 2 },
		{ "translate(3,4)", true, 4, 6 },
		{ " translate ( 3 4 ) , scale(2)", true, 5, 8 },
		{ "scale(2)translate(3 4)", true, 8, 12 },
		{ "scale(2,-1)", true, 2, -2 },
		{ "rotate(90)", true, -2, 1 },
		{ "rotate(180 1 1)", true, 1, 0 },
		{ "rotate(90deg) translate(1px, 0px)", true, -2, 2 },
		{ "matrix(1 2 3 4 5 6)", true, 12, 16 },
		{ "skewX(45)", true, 3, 2 },
		{ "skewY(45)", true, 1, 3 },
		{ "rotate(1,2)", false, 0, 0 },
		{ "matrix(1 2 3)", false, 0, 0 },
		{ "spin(3)", false, 0, 0 },
		{ "scale(", false, 0, 0 },
		{ "scale(2) x", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct mat m;
		double x = 1, y = 2;

		assert_int_equal(svg_value_transform(t[i].s, &m), t[i].ok);
		if (!t[i].ok)
			continue;
		svg_mat_apply(m, &x, &y);
		assert_true(fabs(x - t[i].x) < 1e-9);
		assert_true(fabs(y - t[i].y) < 1e-9);
	}
}

static void
test_fit(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		double a, d, e, f;	/* 10 x 10 into 40 x 20 at (0, 0) */
	} t[] = {
		{ "none", true, 4, 2, 0, 0 },
		{ "xMidYMid", true, 2, 2, 10, 0 },
		{ "xMinYMax meet", true, 2, 2, 0, 0 },
		{ "xMaxYMid", true, 2, 2, 20, 0 },
		{ "xMidYMin slice", true, 4, 4, 0, 0 },
		{ "defer xMidYMax slice", true, 4, 4, 0, -20 },
		{ "xMidYMid cut", false, 0, 0, 0, 0 },
		{ "centre", false, 0, 0, 0, 0 },
	};
	const double box[4] = { 0, 0, 10, 10 };

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct svg_fit fit;
		struct mat m;

		assert_int_equal(svg_value_fit(t[i].s, &fit), t[i].ok);
		if (!t[i].ok)
			continue;
		m = svg_fit_matrix(&fit, box, 0, 0, 40, 20);
		assert_true(m.a == t[i].a && m.d == t[i].d);
		assert_true(m.e == t[i].e && m.f == t[i].f);
	}
}

static void
test_lengths(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		double v;
		enum svg_unit unit;
	} t[] = {
		{ "12", true, 12, UNIT_USER },
		{ " 12px ", true, 12, UNIT_USER },
		{ "3pt", true, 3, UNIT_USER },
		{ "25.4mm", true, 72, UNIT_USER },
		{ "2.54cm", true, 72, UNIT_USER },
		{ "-.5in", true, -36, UNIT_USER },
		{ "1e1pc", true, 120, UNIT_USER },
		{ "2em", true, 2, UNIT_EM },
		{ "2ex", true, 2, UNIT_EX },
		{ "50%", true, 50, UNIT_PERCENT },
		{ "12 px", false, 0, UNIT_USER },
		{ "px", false, 0, UNIT_USER },
		{ "", false, 0, UNIT_USER },
		{ "1e400", false, 0, UNIT_USER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct svg_length l;

		assert_int_equal(svg_value_length(t[i].s, &l), t[i].ok);
		if (!t[i].ok)
			continue;
		assert_true(fabs(l.v - t[i].v) < 1e-9);
		assert_int_equal(l.unit, t[i].unit);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_colors),
		cmocka_unit_test(test_transforms),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
