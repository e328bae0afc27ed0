/* A figure, painted on a page. */
#include "fuzz.h"

#include "base/base.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "svg/svg.h"
#include "xml/xml.h"

const char *const fuzz_seeds[] = { "tests/svg", ".svg", NULL };

static void
paint(struct job *job, xmlDoc *doc)
{
	static struct fonts *fonts;
	struct images *images = images_new();
	struct area_page *page = area_page_new(PT(595), PT(842), 0);
	struct svg *svg;
	mpt w, h;

	if (fonts == NULL)
		fonts = fonts_new();
	svg = svg_new(job, xmlDocGetRootElement(doc), where_none());
	svg_size(svg, &w, &h);
	(void)svg_alt(svg);
	svg_paint(svg,
	    &(struct svg_context){
		.job = job,
		.fonts = fonts,
		.images = images,
		.page = page,
		.elem = area_artifact(ROLE_ARTIFACT_LAYOUT),
		.lang = "fr",
	    },
	    0, 0, w, h);
	svg_free(svg);
	area_page_free(page);
	images_free(images);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct job job = { arena_new(), diag_new(LANG_EN, DIAG_TEXT), NULL };
	struct xml *xml = xml_new();
	xmlDoc *doc;

	doc = xml_parse_bytes(&job, xml, (const char *)data, n, "fuzz.svg",
	    &xml_limits_data);
	if (doc != NULL)
		paint(&job, doc);
	xmlFreeDoc(doc);
	xml_free(xml);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
