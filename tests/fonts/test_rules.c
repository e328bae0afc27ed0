/*
 * Break opportunities, hyphens, direction, case: tables of texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "fonts/fonts.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))

/* Where a line may end is written as |, where it must as !. */
static void
test_breaks(void **state)
{
	static const struct {
		const char *lang, *expected;
	} t[] = {
		{ "fr", "Le |chat |dort.|" },
		{ "fr", "l’équipe |d'Aïcha|" },
		{ "fr", "les |agent·e·s |formé·e·s|" },
		{ "fr", "chanteur·euse·s |et |directeur‧rice|" },
		{ "fr", "12\xe2\x80\xaf""345,50\xc2\xa0€ |net|" },
		{ "fr", "«\xc2\xa0""Bonjour\xc2\xa0» |dit-|il|" },
		{ "fr", "mi-|temps |non‑violent|" },
		{ "fr", "fin.\n!Suite|" },
		{ "en", "well-|known |(see |page |3)|" },
		{ "en", "50% |of |$1,200.50|" },
		{ NULL, "co­|opération|" },
		{ NULL, "2024-01-15 |et/ou |H/F |é/à|" },
		{ "fr", "conductrice/|conducteur |km/heure|" },
		{ "he", "שלום |עולם|" },
		{ "ja", "日|本|語。|" },
		/* Not before a closing mark, a small kana or a long vowel's
		 * sign, nor after an opening one. */
		{ "ja", "「人|間|は、」|コ|ン|ピュー|ター|と|" },
		{ "ja", "第|12|条|（2|項）|で|は|PDF|を|" },
		{ "zh", "他|说：|“好。”|《书》|50%|" },
		{ "ko", "모|든 |인|간|은|" },
		{ "th", "มนุษย์ทั้งหลาย |เกิดมา|" },
		{ "hi", "क्ष |श्री |स्वतन्त्रता|" },
		{ "ar", "السلام |عليكم|" },
		{ "xx-invalid-tag", "a |b|" },
		{ NULL, "a |b|\xc3 d" },
		/* Flags are two letters each, of which one may be alone. */
		{ NULL, "a |🇧🇪|🇨🇦 |🇫🇷, |🇫 |b|" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct buf text = { 0 }, got = { 0 };
		uint8_t breaks[128];

		for (const char *p = t[i].expected; *p; p++)
			if (*p != '|' && *p != '!')
				buf_putc(&text, *p);
		text_breaks(text.p, text.n, t[i].lang, breaks);
		text_keep_pairs(text.p, text.n, breaks);
		for (size_t k = 0; k < text.n; k++) {
			buf_putc(&got, text.p[k]);
			if (breaks[k] == BREAK_ALLOWED)
				buf_putc(&got, '|');
			if (breaks[k] == BREAK_MANDATORY)
				buf_putc(&got, '!');
		}
		assert_string_equal(got.p, t[i].expected);
		buf_free(&text);
		buf_free(&got);
	}
}

static void
test_hyphens(void **state)
{
	static const struct {
		const char *lang, *expected;
		struct hyphen_rule rule;
		bool known;
	} t[] = {
		{ "fr", "in|té|gra|tion", { 2, 2, 0 }, true },
		{ "fr", "intégra|tion", { 6, 2, 0 }, true },
		{ "fr", "in|tégration", { 2, 8, 0 }, true },
		{ "fr-FR", "com|pé|tences", { 2, 3, 0 }, true },
		{ "fr-CA", "ac|com|pa|gne|ment", { 2, 3, 0 }, true },
		{ "fr-BE", "ac|com|pa|gne|ment", { 2, 3, 0 }, true },
		{ "fr", "COM|PÉ|TEN|CES", { 2, 3, 0 }, true },
		{ "fr", "COM|PÉ|TENCES", { 2, 3, true }, true },
		{ "fr", "l’in|té|gra|tion", { 2, 3, 0 }, true },
		{ "fr", "qu'au|jourd'hui", { 2, 3, 0 }, true },
		{ "fr", "sous-trai|tance", { 2, 3, 0 }, true },
		{ "fr", "col|la|bo|ra|teur·rice·s", { 2, 3, true }, true },
		{ "fr", "em|ployé·e·s", { 2, 3, true }, true },
		{ "fr", "em|ployés·équipe", { 2, 3, 0 }, true },
		{ "fr", "·euse", { 1, 1, true }, true },
		{ "fr", "2024", { 1, 1, 0 }, true },
		{ "fr", "", { 2, 2, 0 }, true },
		{ "fr", "mot", { 2, 3, 0 }, true },
		{ "en", "hy|phen|ation", { 2, 3, 0 }, true },
		{ "en-US", "hy|phen|ation", { 2, 3, 0 }, true },
		{ "en-GB", "hy|phen|a|tion", { 2, 3, 0 }, true },
		{ "en", "(hy|phen|ation).", { 2, 3, 0 }, true },
		{ "en", "par|lemen|t(s)", { 2, 2, 0 }, true },
		{ "en", "par|lement(s)", { 2, 2, true }, true },
		{ "en", "IN|FOR|MATION", { 2, 2, 0 }, true },
		{ "en", "IN|FOR|MA|TION", { 2, 2, true }, true },
		{ "en", "par|lia|ment's", { 2, 2, 0 }, true },
		{ "en", "o'hy|phen|ation", { 2, 3, 0 }, true },
		{ "de", "Stra|ßen|bahn", { 2, 2, 0 }, true },
		{ "de-AT", "Bü|cher|re|gal", { 2, 2, 0 }, true },
		{ "es", "bi|blio|te|ca", { 2, 2, 0 }, true },
		{ "pl", "bi|blio|te|ka", { 2, 2, 0 }, true },
		{ "ru", "биб|лио|тека", { 2, 2, 0 }, true },
		{ "xx", "intégration", { 2, 2, 0 }, false },
		{ "../../etc", "intégration", { 2, 2, 0 }, false },
		{ NULL, "intégration", { 2, 2, 0 }, false },
	};
	struct fonts *fs = fonts_new();

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct buf word = { 0 }, got = { 0 };
		uint8_t points[128];

		for (const char *p = t[i].expected; *p; p++)
			if (*p != '|')
				buf_putc(&word, *p);
		assert_int_equal(text_hyphens(fs, t[i].lang, buf_str(&word),
		    word.n, &t[i].rule, points), t[i].known);
		for (size_t k = 0; k < word.n; k++) {
			if (points[k])
				buf_putc(&got, '|');
			buf_putc(&got, word.p[k]);
		}
		assert_string_equal(buf_str(&got), t[i].expected);
		buf_free(&word);
		buf_free(&got);
	}
	fonts_free(fs);
}

/* A run of letters longer than any word, and bytes that are no text. */
static void
test_hyphens_odd(void **state)
{
	const struct hyphen_rule rule = { 2, 2, false };
	struct fonts *fs = fonts_new();
	char word[1000];
	uint8_t points[1000];

	(void)state;
	memset(word, 'a', sizeof word);
	assert_true(text_hyphens(fs, "fr", word, sizeof word, &rule, points));
	memset(word, 0xe9, sizeof word);
	assert_true(text_hyphens(fs, "fr", word, sizeof word, &rule, points));
	for (size_t i = 0; i < sizeof word; i++)
		assert_int_equal(points[i], 0);
	fonts_free(fs);
}

/* Levels of characters, one figure each. */
static void
test_levels(void **state)
{
	static const struct {
		const char *text;
		int base;
		const char *levels;
		bool any;
	} t[] = {
		{ "abc", 0, "000", false },
		{ "l’été", 0, "00000", false },
		{ "abc", 1, "222", true },
		{ "a אב b", 0, "001100", true },
		{ "אב 12 ג", 0, "1112211", true },
		{ "אב (c) ג", 1, "11112111", true },
		{ "a (אב)", 0, "000110", true },
		{ "مرحبا 3", 0, "1111112", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct buf got = { 0 };
		const char *s = t[i].text, *end = s + strlen(s);
		uint8_t levels[64];

		assert_int_equal(text_levels(s, strlen(s), t[i].base, levels),
		    t[i].any);
		while (s < end) {
			const char *from = s;

			buf_printf(&got, "%d", levels[s - t[i].text]);
			utf8_next(&s, end);
			for (; from < s; from++)
				assert_int_equal(levels[from - t[i].text],
				    levels[s - 1 - t[i].text]);
		}
		assert_string_equal(got.p, t[i].levels);
		buf_free(&got);
	}
}

static void
test_chars(void **state)
{
	(void)state;
	assert_int_equal(text_upper(0xe9), 0xc9);
	assert_int_equal(text_upper(0x153), 0x152);
	assert_int_equal(text_upper('i'), 'I');
	assert_int_equal(text_upper(0xff), 0x178);
	assert_int_equal(text_lower(0xc9), 0xe9);
	assert_int_equal(text_lower(0x1f88), 0x1f80);
	assert_int_equal(text_upper('3'), '3');
	assert_int_equal(text_mirror('('), ')');
	assert_int_equal(text_mirror(0xab), 0xbb);
	assert_int_equal(text_mirror('a'), 'a');
	assert_int_equal(text_script('a'), 0x4c61746e);
	assert_int_equal(text_script(0x5d0), 0x48656272);
	assert_int_equal(text_script(' '), 0);
	assert_int_equal(text_script(0x301), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_breaks),
		cmocka_unit_test(test_hyphens),
		cmocka_unit_test(test_hyphens_odd),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_chars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
