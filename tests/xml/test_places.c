/*
 * Places of start tags: exact to the character, past line 65,535, across lines
 * and encodings, and kept when a node moves to another tree.  The reader gives
 * the same as the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "xml/xml.h"

struct world {
	struct job job;
	struct xml *x;
};

static int
set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof *w);

	w->job.arena = arena_new();
	w->job.diag = diag_new(LANG_EN, DIAG_TEXT);
	w->x = xml_new();
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	xml_free(w->x);
	diag_free(w->job.diag);
	arena_free(w->job.arena);
	free(w);
	return 0;
}

static xmlDoc *
parse(struct world *w, const char *text, size_t n)
{
	xmlDoc *doc = xml_parse_bytes(&w->job, w->x, text, n, "f.xml",
	    &xml_limits_fo);

	assert_non_null(doc);
	return doc;
}

static void
assert_at(const xmlNode *n, int line, int col)
{
	const struct where where = xml_where(n);

	assert_string_equal(where.file, "f.xml");
	assert_int_equal(where.line, line);
	assert_int_equal(where.col, col);
}

static void
test_columns(void **state)
{
	static const char text[] =
	    "\xEF\xBB\xBF<?xml version='1.0'?>\n"
	    "<a>\n"
	    "  <b/>é→<c x='>'\n"
	    "     y='\"'\t/><d\n"
	    ">t</d><e/>\r\n"
	    "<f/></a>\n";
	xmlDoc *doc = parse(*state, text, sizeof text - 1);
	const xmlNode *a = xmlDocGetRootElement(doc);

	assert_at(a, 2, 1);
	assert_at(xml_child(a, "b"), 3, 3);
	assert_at(xml_child(a, "c"), 3, 9);
	assert_at(xml_child(a, "d"), 4, 14);
	assert_at(xml_child(a, "d")->children, 4, 14);
	assert_at(xml_child(a, "e"), 5, 7);
	assert_at(xml_child(a, "f"), 6, 1);
	assert_at((xmlNode *)xml_child(a, "c")->properties, 3, 9);
	xmlFreeDoc(doc);
}

static void
test_latin1(void **state)
{
	static const char text[] =
	    "<?xml version='1.0' encoding='ISO-8859-1'?>\n"
	    "<a>\xE9\xE9<b/>\n  <c/></a>";
	xmlDoc *doc = parse(*state, text, sizeof text - 1);
	const xmlNode *a = xmlDocGetRootElement(doc);

	assert_at(a, 2, 1);
	assert_at(xml_child(a, "b"), 2, 6);
	assert_at(xml_child(a, "c"), 3, 3);
	xmlFreeDoc(doc);
}

#define LINES 70000

/* A file of many lines with something to find on the last. */
static void
long_file(struct buf *b)
{
	int i;

	buf_puts(b, "<a>\n");
	for (i = 0; i < LINES; i++)
		buf_puts(b, "  <row>text &amp; more, é</row>\n");
	buf_puts(b, " <last\n/><after/></a>\n");
}

static void
test_long(void **state)
{
	struct buf b = { 0 };
	xmlDoc *doc;
	const xmlNode *a;

	long_file(&b);
	doc = parse(*state, b.p, b.n);
	a = xmlDocGetRootElement(doc);
	assert_at(xml_child(a, "row"), 2, 3);
	assert_at(xml_child(a, "last"), LINES + 2, 2);
	assert_at(xml_child(a, "after"), LINES + 3, 3);
	xmlFreeDoc(doc);
	buf_free(&b);
}

static void
test_move_and_copy(void **state)
{
	struct world *w = *state;
	static const char one[] = "<a>\n<b><c/></b></a>";
	xmlDoc *from = parse(w, one, sizeof one - 1);
	xmlDoc *to = xml_new_tree(w->x);
	xmlNode *root = xmlNewDocNode(to, NULL, (const xmlChar *)"r", NULL);
	xmlNode *b = xml_child(xmlDocGetRootElement(from), "b");
	xmlNode *copy;

	xmlDocSetRootElement(to, root);
	xmlUnlinkNode(b);
	xmlSetTreeDoc(b, to);
	xmlAddChild(root, b);
	xmlFreeDoc(from);
	assert_at(b, 2, 1);
	assert_at(xml_child(b, "c"), 2, 4);
	/* A copy knows its nearest ancestor with a place. */
	copy = xmlDocCopyNode(xml_child(b, "c"), to, 1);
	xmlAddChild(b, copy);
	assert_at(copy, 2, 1);
	assert_null(xml_where(root).file);
	xml_set_where(&w->job, root, (struct where){ "f.xml", 8, 9 });
	assert_at(root, 8, 9);
	xmlFreeDoc(to);
}

static void
test_where_parse(void **state)
{
	struct world *w = *state;
	struct where where = xml_where_parse(&w->job, "C:/a b.xml:12:7");

	assert_string_equal(where.file, "C:/a b.xml");
	assert_int_equal(where.line, 12);
	assert_int_equal(where.col, 7);
	assert_null(xml_where_parse(&w->job, "").file);
	assert_null(xml_where_parse(&w->job, "abc").file);
	assert_null(xml_where_parse(&w->job, NULL).file);
	assert_null(xml_where_parse(&w->job, ":1:2").file);
}

/* The reader says of a file what the tree says, element by element. */
static void
compare(struct world *w, const char *text, size_t n)
{
	char path[] = "/tmp/parcours-places-XXXXXX";
	const int fd = mkstemp(path);
	xmlDoc *doc = parse(w, text, n);
	const xmlNode *at = xmlDocGetRootElement(doc);
	struct xml_reader *r;
	const struct xml_event *e;
	int depth = 0;

	assert_true(write(fd, text, n) == (ssize_t)n);
	close(fd);
	r = xml_reader_open(&w->job, w->x, path, &xml_limits_fo);
	assert_non_null(r);
	while ((e = xml_reader_next(r)) != NULL) {
		if (e->type == XML_EVENT_END) {
			if (--depth > 0)
				at = at->parent;
			continue;
		}
		if (e->type != XML_EVENT_START)
			continue;
		if (depth++ > 0) {
			const xmlNode *inside = xml_child(at, NULL);

			/* Nodes already read are taken off by marking. */
			while (inside->psvi != NULL)
				inside = xml_next(inside, NULL);
			at = inside;
		}
		((xmlNode *)at)->psvi = doc;
		assert_string_equal(e->name, at->name);
		assert_int_equal(e->where.line, xml_where(at).line);
		assert_int_equal(e->where.col, xml_where(at).col);
	}
	assert_false(xml_reader_failed(r));
	assert_int_equal(depth, 0);
	xml_reader_free(r);
	unlink(path);
	xmlFreeDoc(doc);
}

static void
test_reader(void **state)
{
	struct buf b = { 0 };
	int i;

	buf_puts(&b, "<a>\n");
	for (i = 0; i < 3000; i++)
		buf_printf(&b, "%*s<b x='%d'\n y='é'>%.*s<c/>é<d></d></b>\n",
		    i % 50, "", i, i % 40,
		    "a text that is longer or shorter or absent");
	buf_puts(&b, "</a>");
	compare(*state, b.p, b.n);
	buf_free(&b);
}

static void
test_reader_long_text(void **state)
{
	struct buf b = { 0 };
	int i;

	buf_puts(&b, "<a>");
	for (i = 0; i < 20000; i++)
		buf_puts(&b, "a line of a text without any tag\n");
	buf_puts(&b, "é <b/></a>");
	compare(*state, b.p, b.n);
	buf_free(&b);
}

static void
test_reader_events(void **state)
{
	static const char text[] = "<!DOCTYPE a [<!ENTITY nb '&#160;'>]>"
	    "<a xmlns='urn:x' y='1 &lt; 2'>one<!-- no --> &amp;"
	    "<![CDATA[ <two>]]>&nb;<b/></a>";
	struct world *w = *state;
	char path[] = "/tmp/parcours-places-XXXXXX";
	const int fd = mkstemp(path);
	struct xml_reader *r;
	const struct xml_event *e;

	assert_true(write(fd, text, sizeof text - 1) > 0);
	close(fd);
	r = xml_reader_open(&w->job, w->x, path, &xml_limits_fo);
	e = xml_reader_next(r);
	assert_int_equal(e->type, XML_EVENT_START);
	assert_string_equal(e->ns, "urn:x");
	assert_int_equal(e->n_attrs, 1);
	assert_string_equal(e->attrs[0].name, "y");
	assert_string_equal(e->attrs[0].value, "1 < 2");
	assert_null(e->attrs[0].ns);
	e = xml_reader_next(r);
	assert_int_equal(e->type, XML_EVENT_TEXT);
	assert_string_equal(e->text, "one & <two>\xC2\xA0");
	e = xml_reader_next(r);
	assert_int_equal(e->type, XML_EVENT_START);
	assert_string_equal(e->name, "b");
	assert_int_equal(xml_reader_next(r)->type, XML_EVENT_END);
	assert_int_equal(xml_reader_next(r)->type, XML_EVENT_END);
	assert_null(xml_reader_next(r));
	assert_false(xml_reader_failed(r));
	xml_reader_free(r);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_latin1),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_move_and_copy),
		cmocka_unit_test(test_where_parse),
		cmocka_unit_test(test_reader),
		cmocka_unit_test(test_reader_long_text),
		cmocka_unit_test(test_reader_events),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
