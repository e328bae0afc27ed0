/*
 * The proof of the cut on the tree itself: a canary in every text and attribute
 * of whole dossiers, cut for each audience.  What may be seen is worked out
 * here a second time, by the plain words of schemas/audiences.xml.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "dossier/dossier.h"
#include "records/records.h"
#include "registry/registry.h"
#include "xml/xml.h"

#define DATA "build/share"

static const char *const audiences[] = { "public", "employer", "host", "order",
	"worker", "supervisor", "referent", "prescriber", "peers", "hr",
	"direction" };

/* Each practice, somebody of it and what a document of theirs is about. */
static const struct {
	const char *folder, *subject, *about_kind;
} dossiers[] = {
	{ "samples/chantier", "person-nguyen", "evaluation" },
	{ "samples/genie", "person-stonge", "agreement" },
	{ "samples/asbl", "person-sahin", "booklet" },
	{ "samples/service", "person-lacaze", NULL },
};

struct canary {
	bool visible;	/* every class on the way down names the audience */
	bool certain;	/* and no link on the way that may vanish */
};

struct world {
	struct job job;
	struct xml *x;
	struct records *rs;
	xmlDoc *classes;	/* of audiences.xml */
	const char *audience;
	struct canary *canaries;
	size_t n, cap;
};

static void
open_world(struct world *w)
{
	w->job.arena = arena_new();
	w->job.diag = diag_new(LANG_EN, DIAG_TEXT);
	w->x = xml_new();
	w->rs = records_open(&w->job, w->x, DATA);
	assert_non_null(w->rs);
	w->classes = xml_parse_file(&w->job, w->x, "schemas/audiences.xml",
	    &xml_limits_data);
	assert_non_null(w->classes);
}

static void
close_world(struct world *w)
{
	xmlFreeDoc(w->classes);
	records_free(w->rs);
	xml_free(w->x);
	diag_free(w->job.diag);
	arena_free(w->job.arena);
	free(w->canaries);
}

/* A whole dossier: the person concerned may see all that is held. */
static xmlDoc *
whole(struct world *w, size_t i)
{
	struct registry *r = registry_open(&w->job, w->rs);
	const char *const paths[] = { dossiers[i].folder,
		"samples/frameworks" };
	const struct dossier_request request = {
		.subject = dossiers[i].subject,
		.about_kind = dossiers[i].about_kind,
		.audience = "worker",
	};
	struct dossier *d;
	xmlDoc *doc;

	assert_true(registry_scan(r, &w->job, paths, 2));
	d = dossier_make(&w->job, w->rs, r, &request);
	assert_non_null(d);
	doc = d->doc;
	d->doc = NULL;
	dossier_free(d);
	registry_free(r);
	return doc;
}

static bool
sees(struct world *w, const char *class)
{
	const xmlNode *n;

	for (n = xml_child(xmlDocGetRootElement(w->classes), "class");
	     class != NULL && n != NULL; n = xml_next(n, "class"))
		if (str_eq(xml_attr(&w->job, n, "id"), class)) {
			struct buf all = { 0 }, one = { 0 };
			bool found;

			buf_printf(&all, " %s ",
			    xml_attr(&w->job, n, "audiences"));
			buf_printf(&one, " %s ", w->audience);
			found = strstr(buf_str(&all), buf_str(&one)) != NULL;
			buf_free(&all);
			buf_free(&one);
			return found;
		}
	return false;
}

static void
new_canary(struct world *w, bool visible, bool certain, struct buf *name)
{
	VEC_RESERVE(w->canaries, w->cap, w->n + 1);
	w->canaries[w->n] = (struct canary){ visible, certain };
	buf_clear(name);
	buf_printf(name, "Canari%zuZ", w->n++);
}

/* What holds the tree together stays as it is. */
static bool
is_structure(const xmlAttr *a)
{
	return str_eq((const char *)a->name, "id") ||
	    str_eq((const char *)a->name, "ref") ||
	    str_eq((const char *)a->name, "lang");
}

static void
plant(struct world *w, xmlNode *node, bool record, bool visible, bool certain)
{
	const char *name = (const char *)node->name;
	struct buf text = { 0 };
	xmlAttr *a;
	xmlNode *n;

	visible &= sees(w, records_class(w->rs, name, NULL, false));
	certain &= xml_attr(&w->job, node, "ref") == NULL;
	for (a = node->properties; a != NULL; a = a->next) {
		if (is_structure(a))
			continue;
		new_canary(w, visible && sees(w, records_class(w->rs, name,
		    (const char *)a->name, record)), certain, &text);
		xmlNodeSetContent((xmlNode *)a, (const xmlChar *)buf_str(&text));
	}
	for (n = node->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE) {
			plant(w, n, false, visible, certain);
		} else if (n->type == XML_TEXT_NODE && !xmlIsBlankNode(n)) {
			new_canary(w, visible, certain, &text);
			xmlNodeSetContent(n, (const xmlChar *)buf_str(&text));
		}
	buf_free(&text);
}

static void
plant_all(struct world *w, xmlDoc *doc)
{
	static const char *const sections[] = { "subject", "records" };
	xmlNode *root = xmlDocGetRootElement(doc), *n;
	size_t i;

	w->n = 0;
	for (i = 0; i < 2; i++)
		for (n = xml_child(xml_child(root, sections[i]), NULL);
		     n != NULL; n = xml_next(n, NULL))
			plant(w, n, true, true, true);
	plant(w, xml_child(root, "derived"), false, true, true);
}

static void
look(struct world *w, xmlDoc *doc)
{
	struct buf out = { 0 };
	size_t i;

	xml_write(doc, false, &out);
	for (i = 0; i < w->n; i++) {
		struct buf name = { 0 };
		bool there;

		buf_printf(&name, "Canari%zuZ", i);
		there = strstr(buf_str(&out), buf_str(&name)) != NULL;
		if (there && !w->canaries[i].visible)
			fail_msg("%s sees %s", w->audience, buf_str(&name));
		if (!there && w->canaries[i].visible && w->canaries[i].certain)
			fail_msg("%s misses %s", w->audience, buf_str(&name));
		buf_free(&name);
	}
	buf_free(&out);
}

static void
test_every_field(void **state)
{
	struct world w = { 0 };
	size_t i, j, seen;

	(void)state;
	open_world(&w);
	for (i = 0; i < sizeof dossiers / sizeof *dossiers; i++)
		for (j = 0; j < sizeof audiences / sizeof *audiences; j++) {
			xmlDoc *doc = whole(&w, i);

			w.audience = audiences[j];
			plant_all(&w, doc);
			assert_true(w.n > 50);
			assert_true(dossier_cut(&w.job, w.rs, doc,
			    w.audience));
			look(&w, doc);
			xmlFreeDoc(doc);
		}
	/* The last was the direction's, whom peers exclude; the person
	 * concerned sees every one. */
	w.audience = "worker";
	for (i = 0; i < sizeof dossiers / sizeof *dossiers; i++) {
		xmlDoc *doc = whole(&w, i);

		plant_all(&w, doc);
		for (seen = 0, j = 0; j < w.n; j++)
			seen += w.canaries[j].visible;
		assert_int_equal(seen, w.n);
		xmlFreeDoc(doc);
	}
	close_world(&w);
}

/* An element that no schema knows is nobody's, with all that is in it. */
static void
test_unknown(void **state)
{
	static const char text[] =
	    "<dossier xmlns='urn:parcours:record'><subject>"
	    "<person id='a'><secret><givenName>X</givenName></secret>"
	    "<givenName colour='Y'>Z</givenName></person></subject>"
	    "<records><nothing id='b'/></records></dossier>";
	struct world w = { 0 };
	struct buf out = { 0 };
	xmlDoc *doc;

	(void)state;
	open_world(&w);
	doc = xml_parse_bytes(&w.job, w.x, text, sizeof text - 1, "d",
	    &xml_limits_data);
	assert_true(dossier_cut(&w.job, w.rs, doc, "worker"));
	xml_write(doc, false, &out);
	assert_null(strstr(buf_str(&out), "X"));
	assert_null(strstr(buf_str(&out), "Y"));
	assert_non_null(strstr(buf_str(&out), "Z"));
	assert_null(strstr(buf_str(&out), "nothing"));
	assert_false(dossier_cut(&w.job, w.rs, doc, "nobody"));
	buf_free(&out);
	xmlFreeDoc(doc);
	close_world(&w);
}

/* What links to a record that is gone goes with it. */
static void
test_links(void **state)
{
	static const char text[] =
	    "<dossier xmlns='urn:parcours:record' about='e'><subject>"
	    "<person id='a'/></subject><records>"
	    "<evaluation id='e'/><certification id='c'><person ref='e'/>"
	    "<title>T</title></certification></records>"
	    "<derived date='2026-01-01'><acquiredSkill skill='s' domain='d' "
	    "kind='technical' level='3' evaluation='e'/></derived></dossier>";
	struct world w = { 0 };
	struct buf out = { 0 };
	xmlDoc *doc;

	(void)state;
	open_world(&w);
	doc = xml_parse_bytes(&w.job, w.x, text, sizeof text - 1, "d",
	    &xml_limits_data);
	assert_true(dossier_cut(&w.job, w.rs, doc, "employer"));
	xml_write(doc, false, &out);
	assert_null(strstr(buf_str(&out), "evaluation"));
	assert_null(strstr(buf_str(&out), "about"));
	assert_null(strstr(buf_str(&out), "ref="));
	assert_non_null(strstr(buf_str(&out), "skill=\"s\""));
	assert_non_null(strstr(buf_str(&out), "<title>T"));
	buf_free(&out);
	xmlFreeDoc(doc);
	close_world(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
