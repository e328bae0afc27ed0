/*
 * Golden figures: CASE.svg of figures/ and of cases/ (one behaviour each, which
 * `make peer` compares with librsvg) painted at its own size on a page as
 * large, against CASE.area: the page's items, then the findings.  With ACCEPT
 * in the environment the results become the golden files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "area/area.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "svg/svg.h"


struct stores {
	struct fonts *fonts;
	struct images *images;
};

static void
paint_file(struct stores *st, const char *path, struct buf *out)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct svg *svg = svg_open(&job, path, where_none());
	struct area_elem *elem = area_elem_new(ROLE_FIGURE, NULL);
	struct area_page *page;
	mpt w, h;

	if (svg) {
		svg_size(svg, &w, &h);
		page = area_page_new(w, h, 0);
		page->label = "1";
		svg_paint(svg, &(struct svg_context){ .job = &job,
		    .fonts = st->fonts, .images = st->images, .page = page,
		    .elem = elem, .lang = "fr" }, 0, 0, w, h);
		area_dump_page(out, page, false);
		if (svg_alt(svg))
			buf_printf(out, "alt %s\n", svg_alt(svg));
		area_page_free(page);
		svg_free(svg);
	}
	diag_dump(job.diag, out);
	area_elem_free(elem);
	diag_free(job.diag);
	arena_free(job.arena);
}

static void
check_case(struct stores *st, const char *folder, const char *name)
{
	struct buf path = { 0 }, got = { 0 }, want = { 0 };
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	FILE *f;

	buf_printf(&path, "%s%s", folder, name);
	paint_file(st, path.p, &got);
	path.n -= 3;
	buf_puts(&path, "area");
	if (getenv("ACCEPT")) {
		f = fopen(path.p, "w");
		assert_non_null(f);
		assert_int_equal(fwrite(buf_str(&got), 1, got.n, f), got.n);
		assert_int_equal(fclose(f), 0);
	}
	assert_true(file_read(&job, path.p, 1 << 24, &want));
	if (strcmp(buf_str(&got), buf_str(&want)) != 0)
		fail_msg("%s differs from what we got:\n%s", path.p,
		    buf_str(&got));
	buf_free(&path);
	buf_free(&got);
	buf_free(&want);
	diag_free(job.diag);
	arena_free(job.arena);
}

static int
check_folder(const char *folder)
{
	struct stores st = { fonts_new(), images_new() };
	struct dirent **list;
	int n = scandir(folder, &list, NULL, alphasort), cases = 0;

	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		if (str_ends(list[i]->d_name, ".svg") &&
		    !str_starts(list[i]->d_name, "part-")) {
			check_case(&st, folder, list[i]->d_name);
			cases++;
		}
		free(list[i]);
	}
	free(list);
	images_free(st.images);
	fonts_free(st.fonts);
	return cases;
}

static void
test_figures(void **state)
{
	(void)state;
	assert_true(check_folder("tests/svg/figures/") >= 10);
}

static void
test_cases(void **state)
{
	(void)state;
	assert_true(check_folder("tests/svg/cases/") >= 90);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
