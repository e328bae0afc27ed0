/*
 * Figures made to exhaust a program: they end, soon, with a finding.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fonts/fonts.h"
#include "images/images.h"
#include "svg/svg.h"
#include "xml/xml.h"

/* Paints a text; gives the findings, and the number of items. */
static char *
paint(const char *text, size_t *items)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct xml *x = xml_new();
	xmlDoc *doc = xml_parse_bytes(&job, x, text, strlen(text), "t.svg",
	    &xml_limits_fo);
	struct fonts *fonts = fonts_new();
	struct images *images = images_new();
	struct area_page *page = area_page_new(PT(100), PT(100), 0);
	struct buf out = { 0 };
	struct svg *svg;

	assert_non_null(doc);
	svg = svg_new(&job, xmlDocGetRootElement(doc), where_none());
	svg_paint(svg, &(struct svg_context){ .job = &job, .fonts = fonts,
	    .images = images, .page = page,
	    .elem = area_artifact(ROLE_ARTIFACT_LAYOUT) }, 0, 0, PT(100),
	    PT(100));
	*items = page->n;
	svg_free(svg);
	area_page_free(page);
	images_free(images);
	fonts_free(fonts);
	xmlFreeDoc(doc);
	xml_free(x);
	diag_dump(job.diag, &out);
	diag_free(job.diag);
	arena_free(job.arena);
	return out.p ? buf_take(&out) : xstrdup("");
}

static void
check(const char *text, const char *finding, size_t min, size_t max)
{
	clock_t start = clock();
	size_t items;
	char *got = paint(text, &items);

	if (!strstr(got, finding))
		fail_msg("no %s in: %s", finding, got);
	assert_in_range(items, min, max);
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
	free(got);
}

#define HEAD "<svg xmlns='http://www.w3.org/2000/svg'>"

static void
test_cycle(void **state)
{
	(void)state;
	check(HEAD "<g id='a'><rect width='1' height='1'/><use href='#a'/></g>"
	    "</svg>", "svg-depth", 10, 100);
	check(HEAD "<symbol id='a'><use href='#b'/></symbol><symbol id='b'>"
	    "<use href='#a'/></symbol><use href='#a'/></svg>", "svg-depth", 0,
	    200);
	check(HEAD "<clipPath id='a' clip-path='url(#a)'><use href='#u'/>"
	    "<use id='u' href='#u'/></clipPath><rect width='9' height='9' "
	    "clip-path='url(#a)'/></svg>", "", 0, 50);
}

/* Each level doubles: 2 to the power of 24 rectangles if it were let. */
static void
test_explosion(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, HEAD "<defs><rect id='u0' width='1' height='1'/>");
	for (int i = 1; i <= 24; i++)
		buf_printf(&b, "<g id='u%d'><use href='#u%d'/>"
		    "<use href='#u%d'/></g>", i, i - 1, i - 1);
	buf_puts(&b, "</defs><use href='#u24'/></svg>");
	check(b.p, "svg-large", 1000, 200000);
	buf_free(&b);
}

static void
test_deep(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, HEAD);
	for (int i = 0; i < 80; i++)
		buf_puts(&b, "<g>");
	buf_puts(&b, "<rect width='1' height='1'/>");
	for (int i = 0; i < 80; i++)
		buf_puts(&b, "</g>");
	buf_puts(&b, "</svg>");
	/* Nothing but the clip of the figure. */
	check(b.p, "svg-depth", 2, 2);
	buf_free(&b);
}

static void
test_huge_numbers(void **state)
{
	(void)state;
	check(HEAD "<g transform='scale(1e30)'><rect width='1e30' height='1'/>"
	    "<text x='1e30' font-size='1e9'>a</text>"
	    "<path d='M1e300 1L2 2' stroke='red' stroke-width='1e30'/></g>"
	    "<g transform='scale(0)' stroke='red'><rect width='9' height='9'/>"
	    "<text>b</text><circle r='3'/></g>"
	    "<g transform='matrix(1 2 2 4 0 0)' stroke='red'><circle r='3'/>"
	    "<text>c</text></g></svg>", "", 0, 20);
}

/* One path of many segments, a long list of positions, a long text. */
static void
test_long(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, HEAD "<path stroke='red' d='M0 0");
	for (int i = 0; i < 200000; i++)
		buf_puts(&b, "L1 2");
	buf_puts(&b, "'/><text x='");
	for (int i = 0; i < 2000; i++)
		buf_puts(&b, "1 ");
	buf_puts(&b, "'>");
	for (int i = 0; i < 20000; i++)
		buf_puts(&b, "a");
	buf_puts(&b, "</text></svg>");
	check(b.p, "", 2000, 2100);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cycle),
		cmocka_unit_test(test_explosion),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_huge_numbers),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
