/* Pages of areas: what is put in comes out of the dump. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "area/area.h"
#include "fonts/fonts.h"
#include "images/images.h"

static const struct color black = { 0, 0, 0, 255 };

static void
test_roles(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		assert_non_null(area_role_name(i));
		assert_int_equal(area_role_parse(area_role_name(i)), i);
	}
	assert_int_equal(area_role_parse("Artifact"), ROLE_ARTIFACT_LAYOUT);
	assert_int_equal(area_role_parse("h1"), -1);
	assert_int_equal(area_role_parse(NULL), -1);
}

static void
test_elements(void **state)
{
	struct area_elem *doc = area_elem_new(ROLE_DOCUMENT, NULL);
	struct area_elem *td = area_elem_new(ROLE_TD, doc);
	struct area_elem *art = area_elem_new(ROLE_ARTIFACT_FOOTER, doc);
	struct buf b = { 0 };
	char alt[] = "un";

	(void)state;
	assert_int_equal(td->colspan, 1);
	area_elem_set(td, "fr", alt, NULL);
	alt[0] = 'X';
	area_elem_set(td, NULL, NULL, "c1");
	area_elem_set_actual(td, "deux");
	area_dump_elem(&b, td);
	assert_string_equal(b.p, "Document / TD lang=fr id=c1 alt=\"un\"");
	assert_string_equal(td->actual, "deux");

	/* Elements of artifacts are shared and hold nothing. */
	assert_ptr_equal(art, area_artifact(ROLE_ARTIFACT_FOOTER));
	area_elem_set(art, "fr", "no", "no");
	assert_null(art->alt);
	assert_true(area_is_artifact(art));
	assert_false(area_is_artifact(td));
	area_elem_free(art);
	area_elem_free(NULL);
	area_elem_free(td);
	area_elem_free(doc);
	buf_free(&b);
}

static void
test_dump(void **state)
{
	struct area_elem *h1 = area_elem_new(ROLE_H1, NULL);
	struct area_page *p = area_page_new(595280, 841890, 0);
	struct font font = { .ps_name = "Inter-Bold", .upem = 1000 };
	struct image image = { .width = 20, .height = 10 };
	const struct area_glyph glyphs[] = {
		{ .gid = 7, .text_off = 0, .text_len = 2, .advance = 6000 },
		{ .gid = 9, .text_off = 2, .text_len = 1, .advance = 4500,
		    .dx = -20, .dy = 150 },
	};
	const struct area_text text = { .font = &font, .size = 20000,
		.x = 56693, .y = 62400, .glyphs = glyphs, .n = 2,
		.text = "\xC3\x89\"!", .color = black };
	const struct area_link link = { 1000, 2000, 3000, 4000,
		"https://example.org/", NULL, "Site" };
	const struct area_anchor anchor = { "a1", 0, -500 };
	const struct area_slot slot = { 2, 1, 10, 100 };
	const struct area_image img = { &image, 0, 0, 72000, 36000 };
	const struct area_stop stops[] = { { 0, { 255, 0, 0, 255 } },
		{ 1, { 0, 0, 255, 128 } } };
	struct area_path *path;
	struct buf b = { 0 };

	(void)state;
	p->label = "iv";
	area_add(p, AREA_TEXT, h1, &text);
	area_add_rect(p, area_artifact(ROLE_ARTIFACT_LAYOUT), 0, 0, 500, 1,
	    black);
	area_push(p, h1, (const double[]){ 0, 1, -1, 0, 2500, 0 },
	    area_round_rect(p->arena, 0, 0, 10, 20, NULL, NULL), 128);
	path = area_round_rect(p->arena, 0, 0, 10, 20, NULL, NULL);
	path->stroke.kind = PAINT_COLOR;
	path->stroke.color = black;
	path->line_width = 500;
	path->fill.kind = PAINT_LINEAR;
	path->fill.x2 = 10.5;
	path->fill.m[0] = path->fill.m[3] = 1;
	path->fill.stops = stops;
	path->fill.n_stops = 2;
	area_add(p, AREA_PATH, h1, path);
	area_pop(p);
	area_add(p, AREA_IMAGE, h1, &img);
	area_add(p, AREA_LINK, h1, &link);
	area_add(p, AREA_ANCHOR, h1, &anchor);
	area_add(p, AREA_SLOT, h1, &slot);
	area_add(p, AREA_TOUCH, h1, NULL);
	area_end(p, h1);
	area_end(p, area_artifact(ROLE_ARTIFACT_HEADER));
	assert_int_equal(p->n_ended, 1);

	area_dump_page(&b, p, true);
	assert_string_equal(b.p,
	    "page 1 \"iv\" 595.28x841.89\n"
	    "text 56.693 62.4 Inter-Bold 20 #000000 H1 \"\xC3\x89\\\"\" "
	    "w=10.5\n"
	    "  glyph 7 6 0 0 \"\xC3\x89\"\n"
	    "  glyph 9 4.5 -0.02 0.15 \"\\\"\"\n"
	    "rect 0 0 0.5 0.001 #000000 Artifact\n"
	    "push 0 1 -1 0 2.5 0 opacity=128 H1 clip M 0 0 L 0.01 0 "
	    "L 0.01 0.02 L 0 0.02 L 0 0 Z\n"
	    "path fill=linear(0 0 0 10.5 0 0 1 0 0 1 0 0, 0 #FF0000, "
	    "1 #0000FF80) stroke=#000000 width=0.5 H1 M 0 0 L 0.01 0 "
	    "L 0.01 0.02 L 0 0.02 L 0 0 Z\n"
	    "pop\n"
	    "image 0 0 72 36 20x10 H1\n"
	    "link 1 2 3 4 H1 uri=\"https://example.org/\" title=\"Site\"\n"
	    "anchor 0 -0.5 \"a1\"\n"
	    "slot 2 0.001 0.01 0.1 H1\n"
	    "touch H1\n");
	buf_free(&b);
	area_page_free(p);
	area_elem_free(h1);
}

/* Radii that do not fit are scaled down together: two of 80 in a width of 100
 * become 50 each, and the others shrink by the same factor. */
static void
test_round_rect(void **state)
{
	struct arena *a = arena_new();
	const mpt rx[4] = { 80, 80, 16, 0 }, ry[4] = { 80, 80, 16, 5 };
	struct area_path *p = area_round_rect(a, 0, 0, 100, 1000, rx, ry);

	(void)state;
	assert_int_equal(p->n_cmds, 8);
	assert_memory_equal(p->cmds, "MCLCLLCZ", 8);
	assert_int_equal(p->xy[0], 50);	/* start of the top edge */
	assert_int_equal(p->xy[6], 100);	/* end of the first corner */
	assert_int_equal(p->xy[7], 50);
	assert_int_equal(p->xy[14], 90);	/* end of the third: radius 10 */
	assert_int_equal(p->xy[15], 1000);
	arena_free(a);
}

static void
test_many_items(void **state)
{
	struct area_page *p = area_page_new(1000, 1000, 0);

	(void)state;
	for (int i = 0; i < 5000; i++)
		area_add_rect(p, area_artifact(ROLE_ARTIFACT_LAYOUT), i, 0, 1,
		    1, black);
	assert_int_equal(p->n, 5000);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(p->items[i].as.rect->x, i);
	area_page_free(p);
	area_page_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_round_rect),
		cmocka_unit_test(test_many_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
