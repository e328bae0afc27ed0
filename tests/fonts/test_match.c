/*
 * Which file a family, weight and slant mean, its figures, and who draws what
 * the family lacks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fonts/fonts_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))

static struct fonts *fs;

static int
setup(void **state)
{
	(void)state;
	fs = fonts_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fonts_free(fs);
	return 0;
}

static const struct font_list *
list(const char *families, int weight, enum font_slant slant, const char *lang)
{
	return fonts_match(fs, &(struct font_query){ .families = families,
	    .weight = weight, .slant = slant, .stretch = 100, .lang = lang });
}

static void
test_styles(void **state)
{
	static const struct {
		const char *families;
		int weight;
		enum font_slant slant;
		const char *ps_name, *missing;
	} t[] = {
		{ "Inter", 400, SLANT_NORMAL, "Inter-Regular", NULL },
		{ "inter", 700, SLANT_NORMAL, "Inter-Bold", NULL },
		{ "'Inter'", 600, SLANT_ITALIC, "Inter-SemiBoldItalic", NULL },
		{ "Inter", 100, SLANT_ITALIC, "Inter-ThinItalic", NULL },
		{ "Inter", 950, SLANT_NORMAL, "Inter-Black", NULL },
		{ "Inter", 450, SLANT_NORMAL, "Inter-Medium", NULL },
		{ "Inter", 350, SLANT_NORMAL, "Inter-Light", NULL },
		{ "Inter", 550, SLANT_NORMAL, "Inter-SemiBold", NULL },
		/* two weights only: 500 tries 400 first, 600 the bolder */
		{ "Noto Sans", 500, SLANT_NORMAL, "NotoSans-Regular", NULL },
		{ "Noto Sans", 600, SLANT_NORMAL, "NotoSans-Bold", NULL },
		{ "Noto Sans", 900, SLANT_ITALIC, "NotoSans-BoldItalic", NULL },
		{ "noto sans", 300, SLANT_NORMAL, "NotoSans-Regular", NULL },
		/* no italic: the upright, which layout slants */
		{ "Noto Sans Hebrew", 700, SLANT_ITALIC,
		    "NotoSansHebrew-Bold", NULL },
		/* the base 14 and their other names */
		{ "Helvetica", 400, SLANT_NORMAL, "NimbusSans-Regular", NULL },
		{ "Arial", 700, SLANT_NORMAL, "NimbusSans-Bold", NULL },
		{ "sans-serif", 400, SLANT_ITALIC, "NimbusSans-Italic", NULL },
		{ "Times New Roman", 700, SLANT_ITALIC,
		    "NimbusRoman-BoldItalic", NULL },
		{ "monospace", 400, SLANT_NORMAL, "NimbusMonoPS-Regular",
		    NULL },
		{ "Symbol", 400, SLANT_NORMAL, "StandardSymbolsPS", NULL },
		{ "ZapfDingbats", 400, SLANT_NORMAL, "D050000L", NULL },
		{ "URW Gothic", 400, SLANT_NORMAL, "URWGothic-Book", NULL },
		{ "URW Bookman", 700, SLANT_NORMAL, "URWBookman-Demi", NULL },
		/* not in the table: fontconfig's, and its alias of a design */
		{ "Z003", 400, SLANT_ITALIC, "Z003-MediumItalic", NULL },
		{ "z003", 400, SLANT_NORMAL, "Z003-MediumItalic", NULL },
		{ "Palatino", 700, SLANT_NORMAL, "P052-Bold", NULL },
		/* lists */
		{ "Nowhere, Inter, serif", 400, SLANT_NORMAL,
		    "Inter-Regular", "Nowhere" },
		{ "Inter, Nowhere", 400, SLANT_NORMAL, "Inter-Regular",
		    "Nowhere" },
		{ "Nowhere", 400, SLANT_NORMAL, "NimbusRoman-Regular",
		    "Nowhere" },
		{ "\"Nowhere, at all\"", 400, SLANT_NORMAL,
		    "NimbusRoman-Regular", "Nowhere, at all" },
		{ "", 400, SLANT_NORMAL, "NimbusRoman-Regular", NULL },
		{ " , ,", 0, SLANT_NORMAL, "NimbusRoman-Regular", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const char *missing;
		const struct font *f = font_list_first(list(t[i].families,
		    t[i].weight, t[i].slant, NULL), &missing);

		assert_string_equal(f->ps_name, t[i].ps_name);
		if (t[i].missing)
			assert_string_equal(missing, t[i].missing);
		else
			assert_null(missing);
	}
}

static void
test_shared(void **state)
{
	const struct font *a, *b;

	(void)state;
	a = font_list_first(list("Arial", 400, SLANT_NORMAL, "fr"), NULL);
	b = font_list_first(list("Helvetica, Inter", 300, SLANT_NORMAL, NULL),
	    NULL);
	assert_ptr_equal(a, b);
	assert_ptr_equal(list("Arial", 400, SLANT_NORMAL, "fr"),
	    list("Arial", 400, SLANT_NORMAL, "fr"));
}

/* Adobe's figures: what other formatters set base-14 lines with. */
static void
test_base14(void **state)
{
	static const struct {
		const char *family;
		int weight;
		enum font_slant slant;
		int ascender, descender, cap, x;
		const char *chars;
		int widths[8];
	} t[] = {
		{ "Helvetica", 400, SLANT_NORMAL, 718, -207, 718, 523,
		    " AWi0é", { 278, 667, 944, 222, 556, 556 } },
		{ "Helvetica", 700, SLANT_NORMAL, 718, -207, 718, 532,
		    " AWi0", { 278, 722, 944, 278, 556 } },
		{ "Helvetica", 700, SLANT_ITALIC, 718, -207, 718, 532,
		    " A", { 278, 722 } },
		{ "Times", 400, SLANT_NORMAL, 683, -217, 662, 450,
		    " AWi0œ", { 250, 722, 944, 278, 500, 722 } },
		{ "Times", 400, SLANT_ITALIC, 683, -205, 653, 441,
		    " AW", { 250, 611, 833 } },
		{ "Times", 700, SLANT_ITALIC, 699, -205, 669, 462,
		    " AW", { 250, 667, 889 } },
		{ "Courier", 400, SLANT_NORMAL, 629, -157, 562, 426,
		    " AWi", { 600, 600, 600, 600 } },
		{ "Symbol", 400, SLANT_NORMAL, 1010, -293, 1010, 520,
		    " αΩ→∑", { 250, 631, 768, 987, 713 } },
		{ "ZapfDingbats", 400, SLANT_NORMAL, 820, -143, 820, 426,
		    " ✁✔❶", { 278, 974, 846, 788 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const struct font *f = font_list_first(list(t[i].family,
		    t[i].weight, t[i].slant, NULL), NULL);
		const char *s = t[i].chars, *end = s + strlen(s);

		assert_true(f->plain);
		assert_int_equal(f->upem, 1000);
		assert_int_equal(f->ascender, t[i].ascender);
		assert_int_equal(f->descender, t[i].descender);
		assert_int_equal(f->cap_height, t[i].cap);
		assert_int_equal(f->x_height, t[i].x);
		assert_int_equal(f->underline_thickness, 50);
		for (size_t k = 0; s < end; k++) {
			const char *from = s;
			const struct shaped *sh;

			utf8_next(&s, end);
			sh = fonts_shape(fs, &(struct shape_query){
			    .font = f }, from, (size_t)(s - from));
			assert_int_equal(sh->advance, t[i].widths[k]);
			assert_int_equal(font_advance(f, sh->glyphs[0].gid),
			    t[i].widths[k]);
		}
	}
}

static void
test_figures(void **state)
{
	static const struct {
		const char *family;
		bool cff, serif, fixed;
	} t[] = {
		{ "Inter", true, false, false },
		{ "Noto Serif", false, true, false },
		{ "Noto Sans", false, false, false },
		{ "Liberation Mono", false, true, true },
		{ "Times", true, true, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const struct font *f = font_list_first(list(t[i].family, 400,
		    SLANT_NORMAL, NULL), NULL);

		assert_int_equal(f->cff, t[i].cff);
		assert_false(f->cid_keyed);
		assert_int_equal(f->serif, t[i].serif);
		assert_int_equal(f->fixed_pitch, t[i].fixed);
		assert_true(f->ascender > 0 && f->descender < 0);
		assert_true(f->cap_height > f->x_height && f->x_height > 0);
		assert_true(f->underline_position < 0);
		assert_true(f->underline_thickness > 0);
		assert_true(f->strikeout_position > 0);
		assert_true(f->bbox[2] > f->bbox[0] && f->bbox[3] > 0);
	}
}

static void
test_fallback(void **state)
{
	static const struct {
		const char *families, *text, *ps_name;
	} t[] = {
		{ "Inter", "Ł", "Inter-Regular" },
		{ "Inter", "ễ", "Inter-Regular" },
		{ "Helvetica", "Ł", "NimbusSans-Regular" },
		{ "Helvetica", "ş", "NimbusSans-Regular" },
		{ "Helvetica", "œ", "NimbusSans-Regular" },
		{ "Helvetica", "ễ", "NotoSans-Regular" },
		{ "Times", "ễ", "NotoSerif-Regular" },
		{ "Helvetica", "\xe2\x80\x90", "LiberationSans" },
		{ "Inter", "م", "NotoSansArabic-Regular" },
		{ "Times", "م", "NotoNaskhArabic-Regular" },
		{ "Inter", "ש", "NotoSansHebrew-Regular" },
		{ "Inter", "ह", "NotoSansDevanagari-Regular" },
		{ "Noto Sans Hebrew, Inter", "ש", "NotoSansHebrew-Regular" },
		{ "Noto Sans Hebrew, Inter", "z", "Inter-Regular" },
		/* letters are not drawn as the sign with their number */
		{ "Symbol", "a", "NotoSans-Regular" },
		{ "Symbol, Inter", "ω", "StandardSymbolsPS" },
		{ "Inter", "⚙", "NotoSansSymbols-Regular" },
		/* nothing to see: never a reason to change the font */
		{ "Inter", "\xc2\xad", "Inter-Regular" },
		{ "Noto Sans Hebrew", "\xe2\x80\x8f",
		    "NotoSansHebrew-Regular" },
		{ "Noto Sans Arabic", "\xef\xb8\x8f",
		    "NotoSansArabic-Regular" },
		/* HarfBuzz makes the narrow space from the space */
		{ "Helvetica", "\xe2\x80\xaf", "NimbusSans-Regular" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const char *s = t[i].text;
		uint32_t cp = utf8_next(&s, s + strlen(s));
		bool found;
		const struct font *f = font_list_char(fs, list(t[i].families,
		    400, SLANT_NORMAL, NULL), cp, &found);

		assert_true(found);
		assert_string_equal(f->ps_name, t[i].ps_name);
	}
}

static void
test_fallback_style(void **state)
{
	const struct font_list *l = list("Inter", 800, SLANT_ITALIC, "fr");
	bool found;

	(void)state;
	assert_string_equal(font_list_char(fs, l, 0x5e9, &found)->ps_name,
	    "NotoSansHebrew-Bold");
	/* a private-use character, and one twice */
	for (int i = 0; i < 2; i++) {
		assert_string_equal(font_list_char(fs, l, 0xf8ffd,
		    &found)->ps_name, "Inter-ExtraBoldItalic");
		assert_false(found);
	}
	/* Chinese only where its fonts are installed */
	font_list_char(fs, l, 0x4e2d, &found);
	assert_int_equal(found, access("/usr/share/fonts/opentype/noto/"
	    "NotoSansCJK-Bold.ttc", R_OK) == 0);
}

static void
test_many_chars(void **state)
{
	const struct font_list *l = list("Noto Sans Math", 400, SLANT_NORMAL,
	    NULL);
	const struct font *first = font_list_first(l, NULL);

	(void)state;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t cp = 0x1d400; cp < 0x1d7ff; cp++) {
			bool found;
			const struct font *f = font_list_char(fs, l, cp,
			    &found);

			if (font_has_char(first, cp))
				assert_ptr_equal(f, first);
			else
				assert_true(!found || f != first);
		}
}

static void
test_runs(void **state)
{
	static const struct {
		const char *families, *text;
		const char *runs[4];	/* "bytes PostScript-name" */
		uint32_t missing;
	} t[] = {
		{ "Inter", "Łukasz", { "7 Inter-Regular" }, 0 },
		{ "Helvetica", "Nguyễn", { "4 NimbusSans-Regular",
		    "3 NotoSans-Regular", "1 NimbusSans-Regular" }, 0 },
		/* decomposed: HarfBuzz composes é; ễ needs another font */
		{ "Helvetica", "e\xcc\x81t", { "4 NimbusSans-Regular" }, 0 },
		{ "Helvetica", "ae\xcc\x82\xcc\x83n", {
		    "1 NimbusSans-Regular", "5 NotoSans-Regular",
		    "1 NimbusSans-Regular" }, 0 },
		{ "Inter", "é שלום", { "3 Inter-Regular",
		    "8 NotoSansHebrew-Regular" }, 0 },
		{ "Inter", "a\xe2\x80\x8d\xef\xb8\x8f", {
		    "7 Inter-Regular" }, 0 },
		{ "Inter", "a\xf3\xb8\xbf\xbd""b", { "6 Inter-Regular" },
		    0xf8ffd },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const struct font_list *l = list(t[i].families, 400,
		    SLANT_NORMAL, NULL);
		const char *s = t[i].text;
		size_t left = strlen(s), k = 0;
		uint32_t missing = 0;

		for (; left > 0; k++) {
			struct buf got = { 0 };
			const struct font *f;
			uint32_t lost;
			size_t n = font_list_run(fs, l, s, left, &f, &lost);

			assert_in_range(n, 1, left);
			buf_printf(&got, "%zu %s", n, f->ps_name);
			assert_true(k < 4 && t[i].runs[k]);
			assert_string_equal(got.p, t[i].runs[k]);
			buf_free(&got);
			missing = missing ? missing : lost;
			s += n;
			left -= n;
		}
		assert_true(k == 4 || !t[i].runs[k]);
		assert_int_equal(missing, t[i].missing);
	}
}

static void
test_words(void **state)
{
	static const struct {
		const char *families, *text, *font;	/* NULL: several */
	} t[] = {
		{ "Helvetica", "√2", NULL },
		{ "Helvetica, Symbol", "√2", "StandardSymbolsPS" },
		{ "Helvetica, Symbol", "2x", "NimbusSans-Regular" },
		{ "Helvetica, Symbol", "√x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const struct font *f = font_list_word(list(t[i].families, 400,
		    SLANT_NORMAL, NULL), t[i].text, strlen(t[i].text));

		if (t[i].font == NULL)
			assert_null(f);
		else
			assert_string_equal(f->ps_name, t[i].font);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_styles, setup, teardown),
		cmocka_unit_test_setup_teardown(test_shared, setup, teardown),
		cmocka_unit_test_setup_teardown(test_base14, setup, teardown),
		cmocka_unit_test_setup_teardown(test_figures, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fallback, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_fallback_style, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_many_chars, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
