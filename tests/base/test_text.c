/*
 * Numbers, UTF-8, growing strings, lengths, memory and maps.  The runner runs
 * this under a comma locale, too: nothing may change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void
test_buf_num(void **state)
{
	static const struct {
		double v;
		int decimals;
		const char *text;
	} rows[] = {
		{ 0, 3, "0" },
		{ -0.0, 3, "0" },
		{ 1, 0, "1" },
		{ 12.5, 2, "12.5" },
		{ 12.5, 0, "13" },
		{ -12.345, 2, "-12.35" },
		{ 0.001, 3, "0.001" },
		{ 0.0004, 3, "0" },
		{ -0.0004, 3, "0" },
		{ 0.9996, 3, "1" },
		{ 999.9999, 3, "1000" },
		{ 100.10, 4, "100.1" },
		{ 1e15, 3, "1000000000000000" },
		{ 1e20, 3, "100000000000000000000" },
		{ 0.333333333333, 9, "0.333333333" },
	};
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		buf_clear(&b);
		buf_num(&b, rows[i].v, rows[i].decimals);
		assert_string_equal(buf_str(&b), rows[i].text);
	}
	buf_clear(&b);
	buf_num(&b, NAN, 2);
	assert_string_equal(buf_str(&b), "0");
	buf_free(&b);
}

static void
test_buf_mpt(void **state)
{
	static const struct {
		mpt v;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 12500, "12.5" },
		{ -1, "-0.001" },
		{ 1010, "1.01" },
		{ INT32_MAX, "2147483.647" },
		{ INT32_MIN, "-2147483.648" },
	};
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		buf_clear(&b);
		buf_mpt(&b, rows[i].v);
		assert_string_equal(buf_str(&b), rows[i].text);
	}
	buf_free(&b);
}

static void
test_num_parse(void **state)
{
	static const struct {
		const char *text;
		double v;
		int length; /* -1: no number */
	} rows[] = {
		{ "12.5pt", 12.5, 4 },
		{ "12,5", 12, 2 },
		{ "-3", -3, 2 },
		{ "+.5", .5, 3 },
		{ "5.", 5, 1 },
		{ "2em", 2, 1 },
		{ "2e3m", 2000, 3 },
		{ "1e-2", .01, 4 },
		{ "0.1", 0.1, 3 },
		{ "3.14159265358979323846", 3.14159265358979323846, 22 },
		{ "123456789012345678901234567890", 123456789012345678901234567890.,
		    30 },
		{ "", 0, -1 },
		{ "-", 0, -1 },
		{ ".", 0, -1 },
		{ "e5", 0, -1 },
		{ "nan", 0, -1 },
		{ "inf", 0, -1 },
		{ " 1", 0, -1 },
		{ "0x10", 0, 1 },
	};
	const char *end;
	double v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].length < 0) {
			assert_false(num_parse(rows[i].text, &end, &v));
			continue;
		}
		assert_true(num_parse(rows[i].text, &end, &v));
		assert_int_equal(end - rows[i].text, rows[i].length);
		assert_true(v == rows[i].v);
	}
}

static void
test_num_parse_int(void **state)
{
	const char *end;
	long v;

	(void)state;
	assert_true(num_parse_int("-42x", &end, &v));
	assert_int_equal(v, -42);
	assert_string_equal(end, "x");
	assert_true(num_parse_int("-9223372036854775808", NULL, &v));
	assert_true(v == INT64_MIN);
	assert_true(num_parse_int("9223372036854775807", NULL, &v));
	assert_true(v == INT64_MAX);
	assert_false(num_parse_int("9223372036854775808", NULL, &v));
	assert_false(num_parse_int("99999999999999999999", NULL, &v));
	assert_false(num_parse_int("+", NULL, &v));
}

static void
test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t cp;
		int length;
	} rows[] = {
		{ "A", 'A', 1 },
		{ "\xc3\xa9", 0xe9, 2 },
		{ "\xe2\x80\xaf", 0x202f, 3 },
		{ "\xf0\x9f\x8c\xbf", 0x1f33f, 4 },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff, 4 },
		{ "\xf4\x90\x80\x80", 0xfffd, 1 },	/* beyond U+10FFFF */
		{ "\xc0\x80", 0xfffd, 1 },		/* overlong */
		{ "\xe0\x9f\xbf", 0xfffd, 1 },		/* overlong */
		{ "\xed\xa0\x80", 0xfffd, 1 },		/* surrogate */
		{ "\xe2\x80", 0xfffd, 1 },		/* cut short */
		{ "\xa9", 0xfffd, 1 },			/* lone tail */
	};
	const char *s;
	char out[4];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		n = strlen(rows[i].bytes);
		s = rows[i].bytes;
		assert_int_equal(utf8_next(&s, s + n), rows[i].cp);
		assert_int_equal(s - rows[i].bytes, rows[i].length);
		assert_int_equal(utf8_valid(rows[i].bytes, n),
		    rows[i].cp == 0xfffd ? 0 : n);
		if (rows[i].cp == 0xfffd)
			continue;
		assert_int_equal(utf8_encode(rows[i].cp, out), n);
		assert_memory_equal(out, rows[i].bytes, n);
	}
	s = "";
	assert_int_equal(utf8_next(&s, s), 0);
	assert_int_equal(utf8_valid("ab\xff" "c", 4), 2);
	assert_int_equal(utf8_encode(0xd800, out), 3);
}

static void
test_buf(void **state)
{
	struct buf b = { 0 };
	char *taken, long_text[300];

	(void)state;
	assert_string_equal(buf_str(&b), "");
	memset(long_text, 'x', sizeof long_text);
	long_text[299] = '\0';
	buf_printf(&b, "%s %d", long_text, 7);
	assert_int_equal(b.n, 301);
	assert_string_equal(b.p + 299, " 7");
	buf_clear(&b);
	buf_put(&b, "a\0b", 3);
	buf_putc(&b, 'c');
	buf_utf8(&b, 0x153);
	assert_int_equal(b.n, 6);
	assert_memory_equal(b.p, "a\0bc\xc5\x93", 7);
	taken = buf_take(&b);
	assert_null(b.p);
	free(taken);
	taken = buf_take(&b);
	assert_string_equal(taken, "");
	free(taken);
}

static void
test_lengths(void **state)
{
	(void)state;
	assert_int_equal(mpt_scale(10, 1, 3), 3);
	assert_int_equal(mpt_scale(5, 1, 2), 3);
	assert_int_equal(mpt_scale(-5, 1, 2), -3);
	assert_int_equal(mpt_scale(5, 1, -2), -3);
	assert_int_equal(mpt_scale(INT32_MAX, INT32_MAX, 1), MPT_MAX);
	assert_int_equal(mpt_scale(INT32_MIN, INT32_MAX, 1), INT32_MIN);
	assert_int_equal(mpt_scale(INT64_MAX, 6, INT64_MAX), 6);
	assert_int_equal(mpt_scale(INT64_MIN, -1, INT64_MAX), 1);
	assert_int_equal(mpt_add(MPT_MAX, 1), MPT_MAX);
	assert_int_equal(mpt_add(INT32_MIN, -1), INT32_MIN);
}

static void
test_arena(void **state)
{
	struct arena *a;
	unsigned char *p;
	size_t i, k, cap, cap_w, start;
	int *v, *w;

	(void)state;
	a = arena_new();
	start = arena_bytes(a);
	/* Every size, aligned, zeroed and not overlapping what came before. */
	for (k = 0; k < 2; k++) {
		for (i = 0; i < 3000; i += 7) {
			p = arena_alloc(a, i);
			assert_int_equal((uintptr_t)p % 16, 0);
			assert_true(i == 0 || (p[0] == 0 && p[i - 1] == 0));
			memset(p, 0xff, i);
		}
		p = arena_alloc(a, 1000000);
		assert_true(p[0] == 0 && p[999999] == 0);
		p[999999] = 1;
		assert_true(arena_bytes(a) > 1000000);
		arena_reset(a);
		assert_int_equal(arena_bytes(a), start);
	}
	v = NULL;
	cap = 0;
	for (i = 0; i < 1000; i++) {
		v = arena_grow(a, v, &cap, i + 1, sizeof *v);
		v[i] = (int)i;
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(v[i], i);
	/* Two large arrays grow in turn and leave no copies behind. */
	arena_reset(a);
	v = w = NULL;
	cap = cap_w = 0;
	for (i = 0; i < 1000000; i++) {
		v = arena_grow(a, v, &cap, i + 1, sizeof *v);
		w = arena_grow(a, w, &cap_w, i + 1, sizeof *w);
		assert_true(v[i] == 0 && w[i] == 0);
		v[i] = (int)i;
		w[i] = -(int)i;
	}
	for (i = 0; i < 1000000; i++)
		assert_true(v[i] == (int)i && w[i] == -(int)i);
	assert_true(arena_bytes(a) < 2 * 1500000 * sizeof *v + 200000);
	arena_reset(a);
	assert_int_equal(arena_bytes(a), start);
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	arena_free(a);
	arena_free(NULL);
}

static void
test_map(void **state)
{
	struct map *m;
	char key[24];
	int values[5000];
	size_t i;

	(void)state;
	m = map_new();
	assert_null(map_lookup(m, "x"));
	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		assert_null(map_put(m, key, &values[i]));
	}
	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		assert_ptr_equal(map_lookup(m, key), &values[i]);
		assert_string_equal(map_key(m, i), key);
		assert_ptr_equal(map_value(m, i), &values[i]);
	}
	assert_ptr_equal(map_put(m, "key 7", &values[0]), &values[7]);
	assert_int_equal(map_count(m), 5000);
	/* Bytes with a NUL are not their prefix. */
	map_put_bytes(m, "a\0b", 3, &values[1]);
	assert_null(map_lookup(m, "a"));
	assert_ptr_equal(map_lookup_bytes(m, "a\0b", 3), &values[1]);
	map_put(m, "", &values[2]);
	assert_ptr_equal(map_lookup(m, ""), &values[2]);
	map_free(m);
	map_free(NULL);
}

static void
test_digest(void **state)
{
	struct digest *d;
	struct buf hex = { 0 };
	uint8_t out[32];
	size_t i;

	(void)state;
	d = digest_new();
	digest_add(d, "a", 1);
	digest_add(d, "bc", 2);
	digest_end(d, out);
	for (i = 0; i < 32; i++)
		buf_printf(&hex, "%02x", out[i]);
	/* FIPS 180-4's example. */
	assert_string_equal(buf_str(&hex), "ba7816bf8f01cfea414140de5dae2223"
					   "b00361a396177a9cb410ff61f20015ad");
	buf_free(&hex);
}

static void
test_strings(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq("a", NULL));
	assert_true(str_eq("a", "a"));
	assert_true(str_starts("abc", "ab"));
	assert_false(str_starts("a", "ab"));
	assert_true(str_ends("abc", "bc"));
	assert_false(str_ends("c", "bc"));
	assert_true(str_has_word("a bc d", "bc"));
	assert_true(str_has_word("bc", "bc"));
	assert_true(str_has_word("abc bc", "bc"));
	assert_false(str_has_word("abc bcd", "bc"));
	assert_false(str_has_word("a  b", ""));
	assert_true(is_space('\n'));
	assert_false(is_space('\v'));
}

/* What data hold in UTC is read by the clock on the wall, in words. */
static void
test_moments(void **state)
{
	static const struct {
		const char *zone, *at, *fr, *en;
	} rows[] = {
		{ "UTC0", "2026-11-30T22:52:30Z",
		    "30 novembre 2026 à 22 h 52", "30 November 2026 at 22:52" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-30T22:52:30Z",
		    "30 novembre 2026 à 23 h 52", "30 November 2026 at 23:52" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-31T22:05:00Z",
		    "1er août 2026 à 0 h 05", "1 August 2026 at 0:05" },
		{ "EST5EDT,M3.2.0,M11.1.0", "2027-01-01T04:59:59Z",
		    "31 décembre 2026 à 23 h 59",
		    "31 December 2026 at 23:59" },
		{ "UTC0", "", "", "" },
		{ "UTC0", "2026-11-30", "2026-11-30", "2026-11-30" },
		{ "UTC0", "2026-02-30T22:52:30Z", "2026-02-30T22:52:30Z",
		    "2026-02-30T22:52:30Z" },
		{ "UTC0", "2026-11-30T22:52:30Z!", "2026-11-30T22:52:30Z!",
		    "2026-11-30T22:52:30Z!" },
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		setenv("TZ", rows[i].zone, 1);
		assert_string_equal(message_moment(a, LANG_FR, rows[i].at),
		    rows[i].fr);
		assert_string_equal(message_moment(a, LANG_EN, rows[i].at),
		    rows[i].en);
	}
	setenv("TZ", "EAST-14", 1);
	assert_string_equal(message_day_of(a, LANG_FR, "2026-02-28T10:00:00Z"),
	    "1er mars 2026");
	assert_string_equal(message_day(a, LANG_FR, "2026-02-28"),
	    "28 février 2026");
	assert_string_equal(message_day(a, LANG_EN, "2026-2-28"), "2026-2-28");
	arena_free(a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf_num),
		cmocka_unit_test(test_buf_mpt),
		cmocka_unit_test(test_num_parse),
		cmocka_unit_test(test_num_parse_int),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_buf),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
