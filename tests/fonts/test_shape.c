/*
 * Shaping and its cache, features, and subsets that open again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <hb-ot.h>

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

static const struct font *
font(const char *family)
{
	return font_list_first(fonts_match(fs, &(struct font_query){
	    .families = family, .weight = 400, .stretch = 100 }), NULL);
}

static const struct shaped *
shape(struct shape_query q, const char *text)
{
	return fonts_shape(fs, &q, text, strlen(text));
}

static void
test_ligatures(void **state)
{
	const struct font *noto = font("Noto Serif");
	const struct font *nimbus = font("Nimbus Roman");
	const struct font *times = font("Times");

	(void)state;
	assert_int_equal(shape((struct shape_query){ .font = nimbus }, "fi")->n,
	    1);
	assert_int_equal(shape((struct shape_query){ .font = times }, "fi")->n,
	    2);
	assert_int_equal(shape((struct shape_query){ .font = nimbus,
	    .no_ligatures = true }, "fi")->n, 2);
	/* the base 14 are set without kerning, the same file with it */
	assert_true(shape((struct shape_query){ .font = nimbus },
	    "AV")->advance <
	    shape((struct shape_query){ .font = times }, "AV")->advance);
	assert_int_equal(shape((struct shape_query){ .font = nimbus,
	    .no_kerning = true }, "AV")->advance, 1444);
	/* asked for by the author, they come back */
	assert_int_equal(shape((struct shape_query){ .font = times,
	    .features = fonts_features(fs, "liga") }, "fi")->n, 1);
	/* a kern is no reason not to divide a word */
	assert_false(shape((struct shape_query){ .font = noto },
	    "AV")->unsafe);
	assert_false(shape((struct shape_query){ .font = times },
	    "AV")->unsafe);
}

static void
test_features(void **state)
{
	const struct font *inter = font("Inter");
	const struct font_features *tnum = fonts_features(fs, "'tnum' 1, zero");

	(void)state;
	assert_non_null(tnum);
	assert_int_equal(tnum->n, 2);
	assert_ptr_equal(tnum, fonts_features(fs, "'tnum' 1, zero"));
	assert_null(fonts_features(fs, ""));
	assert_null(fonts_features(fs, NULL));
	assert_null(fonts_features(fs, "not a feature, ,"));
	assert_true(shape((struct shape_query){ .font = inter }, "1")->advance <
	    shape((struct shape_query){ .font = inter }, "8")->advance);
	assert_int_equal(shape((struct shape_query){ .font = inter,
	    .features = tnum },
	    "1")->advance, shape((struct shape_query){ .font = inter,
	    .features = tnum },
	    "8")->advance);
}

static void
test_clusters(void **state)
{
	/* é decomposed: one glyph, one cluster; order left to right */
	const struct shaped *s = shape((struct shape_query){ .font = font("Inter") },
	    "ae\xcc\x81z");

	(void)state;
	assert_int_equal(s->n, 3);
	assert_int_equal(s->glyphs[0].cluster, 0);
	assert_int_equal(s->glyphs[1].cluster, 1);
	assert_int_equal(s->glyphs[2].cluster, 4);
	s = shape((struct shape_query){ .font = font("Noto Sans Hebrew"),
	    .rtl = true }, "אב");
	assert_int_equal(s->n, 2);
	assert_int_equal(s->glyphs[0].cluster, 2);
	assert_int_equal(s->glyphs[1].cluster, 0);
	/* Arabic joins: not the glyphs of the letters by themselves */
	s = shape((struct shape_query){ .font = font("Noto Sans Arabic"),
	    .rtl = true }, "مم");
	assert_int_equal(s->n, 2);
	assert_int_not_equal(s->glyphs[0].gid, s->glyphs[1].gid);
	assert_true(s->unsafe);
	/* U+202F has no glyph here; it still has a width */
	s = shape((struct shape_query){ .font = font("Helvetica") },
	    "\xe2\x80\xaf");
	assert_int_equal(s->n, 1);
	assert_int_not_equal(s->glyphs[0].gid, 0);
	assert_in_range(s->advance, 1, 277);
}

static void
test_cache(void **state)
{
	const struct font *f = font("Inter");
	const struct shaped *a = shape((struct shape_query){ .font = f },
	    "mot"), *b;

	(void)state;
	assert_ptr_equal(a, shape((struct shape_query){ .font = f }, "mot"));
	assert_ptr_not_equal(a, shape((struct shape_query){ .font = f,
	    .lang = "fr" },
	    "mot"));
	assert_ptr_not_equal(a, shape((struct shape_query){ .font = f,
	    .no_kerning = true }, "mot"));
	assert_ptr_not_equal(a,
	    shape((struct shape_query){ .font = font("Times") },
	    "mot"));
	for (int i = 0; i < 5000; i++) {
		struct buf word = { 0 };

		buf_printf(&word, "mot%d", i);
		assert_int_equal(shape((struct shape_query){ .font = f },
		    word.p)->n, word.n);
		buf_free(&word);
	}
	assert_ptr_equal(a, shape((struct shape_query){ .font = f }, "mot"));
	fonts_trim(fs, 1 << 30);
	assert_ptr_equal(a, shape((struct shape_query){ .font = f }, "mot"));
	fonts_trim(fs, 1000);
	b = shape((struct shape_query){ .font = f }, "mot");
	assert_int_equal(b->n, 3);
	assert_int_equal(shape((struct shape_query){ .font = f }, "")->n, 0);
}

/* ------------------------------------------------------------- subsets */

/* Outlines of a bare CFF, put into an sfnt that has no more than that. */
static void
check_bare_cff(const struct font *f, const struct font_subset *sub,
    const uint16_t *gids, size_t n)
{
	unsigned char maxp[6] = { 0, 0, 0x50, 0, 0, 0 };
	hb_face_t *builder = hb_face_builder_create();
	hb_blob_t *cff = hb_blob_create(sub->data, (unsigned)sub->n,
	    HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_blob_t *head = hb_face_reference_table(f->face->face,
	    HB_TAG('h', 'e', 'a', 'd'));
	hb_blob_t *max, *whole;
	hb_face_t *face;
	hb_font_t *font2;

	/* the header of Technical Note 5176, no sfnt */
	assert_int_equal(((unsigned char *)sub->data)[0], 1);
	assert_int_equal(((unsigned char *)sub->data)[2], 4);
	for (size_t i = 0; i < n; i++)
		if (sub->gids[i] >= maxp[5])
			maxp[5] = (unsigned char)(sub->gids[i] + 1);
	max = hb_blob_create((const char *)maxp, sizeof maxp,
	    HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_builder_add_table(builder, HB_TAG('C', 'F', 'F', ' '), cff);
	hb_face_builder_add_table(builder, HB_TAG('h', 'e', 'a', 'd'), head);
	hb_face_builder_add_table(builder, HB_TAG('m', 'a', 'x', 'p'), max);
	whole = hb_face_reference_blob(builder);
	face = hb_face_create(whole, 0);
	font2 = hb_font_create(face);
	hb_font_set_scale(font2, f->upem, f->upem);
	for (size_t i = 0; i < n; i++) {
		hb_glyph_extents_t x, y;

		assert_true(hb_font_get_glyph_extents(font2, sub->gids[i],
		    &x));
		assert_true(hb_font_get_glyph_extents(f->face->font, gids[i],
		    &y));
		assert_int_equal(x.width, y.width);
		assert_int_equal(x.height, y.height);
		assert_int_not_equal(x.height, 0);
	}
	hb_font_destroy(font2);
	hb_face_destroy(face);
	hb_face_destroy(builder);
	hb_blob_destroy(whole);
	hb_blob_destroy(max);
	hb_blob_destroy(head);
	hb_blob_destroy(cff);
}

/* The glyphs of a text, the subset, and the subset's outlines and advances
 * against those of the font. */
static void
check_subset(const struct font *f, const char *text)
{
	const struct shaped *s = shape((struct shape_query){ .font = f }, text);
	uint16_t gids[32];
	struct font_subset sub;

	for (size_t i = 0; i < s->n; i++)
		gids[i] = (uint16_t)s->glyphs[i].gid;
	assert_true(font_subset(f, gids, s->n, &sub));
	assert_in_range(sub.n, 100, 20000);
	for (size_t i = 0; i < s->n; i++)
		assert_in_range(sub.gids[i], 1, 20);
	if (f->cff) {
		check_bare_cff(f, &sub, gids, s->n);
	} else {
		hb_blob_t *b = hb_blob_create(sub.data, (unsigned)sub.n,
		    HB_MEMORY_MODE_READONLY, NULL, NULL);
		hb_face_t *face = hb_face_create(b, 0);
		hb_font_t *font2 = hb_font_create(face);

		hb_font_set_scale(font2, f->upem, f->upem);
		assert_int_equal(hb_face_get_upem(face), f->upem);
		assert_in_range(hb_face_get_glyph_count(face), 2, 40);
		for (size_t i = 0; i < s->n; i++) {
			hb_glyph_extents_t x, y;

			assert_int_equal(hb_font_get_glyph_h_advance(font2,
			    sub.gids[i]), font_advance(f, gids[i]));
			assert_true(hb_font_get_glyph_extents(font2,
			    sub.gids[i], &x));
			assert_true(hb_font_get_glyph_extents(f->face->font,
			    gids[i], &y));
			assert_int_equal(x.width, y.width);
			assert_int_equal(x.height, y.height);
		}
		hb_font_destroy(font2);
		hb_face_destroy(face);
		hb_blob_destroy(b);
	}
	free(sub.data);
	free(sub.gids);
}

static void
test_subset(void **state)
{
	static const char *const families[] = {
		"Inter", "Helvetica", "Noto Sans", "Liberation Serif",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(families); i++)
		check_subset(font(families[i]), "Évaluation");
}

static void
test_subset_small(void **state)
{
	struct font_subset sub;
	const uint16_t far[] = { 65535 };

	(void)state;
	assert_true(font_subset(font("Inter"), NULL, 0, &sub));
	free(sub.data);
	free(sub.gids);
	/* a glyph that the font does not have becomes .notdef */
	if (font_subset(font("Noto Sans"), far, 1, &sub)) {
		assert_int_equal(sub.gids[0], 0);
		free(sub.data);
		free(sub.gids);
	}
	assert_false(font_subset(font_face_blank(fs), far, 1, &sub));
	assert_null(sub.data);
}

/* An instance of a variable font is shaped and embedded as pinned. */
static void
test_variable(void **state)
{
	struct font_style st = {
		.file = "/usr/share/fonts/truetype/inter-vf/"
		    "Inter-roman.var.ttf",
		.weight_lo = 100, .weight_hi = 900, .stretch_lo = 100,
		.stretch_hi = 100, .roman = true, .variable = true
	};
	struct font_family fam = { .name = "Variable", .styles = &st, .n = 1 };
	struct font_query q = { .weight = 400, .stretch = 100 };
	const struct font *regular = font_family_match(fs, &fam, &q), *bold;

	(void)state;
	assert_non_null(regular);
	q.weight = 700;
	bold = font_family_match(fs, &fam, &q);
	assert_ptr_not_equal(regular, bold);
	assert_int_equal(bold->weight, 700);
	assert_true(shape((struct shape_query){ .font = bold }, "m")->advance >
	    shape((struct shape_query){ .font = regular }, "m")->advance);
	check_subset(regular, "Poids");
	check_subset(bold, "Poids");
}

/* Files that are no fonts are no candidates, and the next one is tried. */
static void
test_damaged(void **state)
{
	struct font_style st[] = {
		{ .file = "/dev/null", .weight_lo = 400, .weight_hi = 400,
		    .stretch_lo = 100, .stretch_hi = 100, .roman = true },
		{ .file = "Makefile", .weight_lo = 400, .weight_hi = 400,
		    .stretch_lo = 100, .stretch_hi = 100, .roman = true },
		{ .file = "/nowhere.ttf", .weight_lo = 700, .weight_hi = 700,
		    .stretch_lo = 100, .stretch_hi = 100, .roman = true },
		{ .file = font("Inter")->file, .weight_lo = 900,
		    .weight_hi = 900, .stretch_lo = 100, .stretch_hi = 100,
		    .italic = true },
	};
	struct font_family fam = { .name = "Damaged", .styles = st, .n = 4 };
	struct font_query q = { .weight = 400, .stretch = 100 };

	(void)state;
	assert_string_equal(font_family_match(fs, &fam, &q)->ps_name,
	    "Inter-Regular");
	fam.n = 3;
	assert_null(font_family_match(fs, &fam, &q));
	/* no font at all: lines keep their height, nothing is drawn */
	assert_int_equal(font_face_blank(fs)->ascender, 718);
	assert_false(font_has_char(font_face_blank(fs), 'a'));
	shape((struct shape_query){ .font = font_face_blank(fs) }, "abc");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ligatures, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_features, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_clusters, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_cache, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subset, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subset_small, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_variable, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_damaged, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
