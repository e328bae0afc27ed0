/*
 * What a stylesheet may call and what becomes of it: a table of bodies of the
 * template of the root, each with the text it gives or the finding it causes.
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

#define INPUT "<a xmlns='urn:t'>\n <b>un</b><b>deux</b><c lang='x'/>" \
	"<d><title>enfin</title><item>deux</item><item shape='99'/></d></a>"

static const struct {
	const char *body;	/* of the template */
	const char *gives;	/* the text, or "[id]" of a finding */
	const char *word;	/* that its message must name; NULL: any */
} cases[] = {
	{ "<xsl:value-of select='p:place(//t:b[2])'/>", "in.xml:2:11", NULL },
	{ "<xsl:value-of select='p:place(//t:c/@lang)'/>", "in.xml:2:22",
	    NULL },
	{ "<xsl:value-of select='p:place(//t:z)'/>", "", NULL },
	{ "<xsl:value-of select='generate-id(//t:b[2])'/>", "i1", NULL },
	{ "<xsl:value-of select='concat(generate-id(//t:b[2]), "
	  "generate-id(//t:b[1]), generate-id(//t:b[2]), generate-id(//t:z))'"
	  "/>", "i1i2i1", NULL },
	{ "<xsl:value-of select='d:add(\"2024-01-31\", \"P1M\")'/>",
	    "2024-02-29", NULL },
	{ "<xsl:value-of select='d:year(\"2024-01-31\")'/>", "2024", NULL },
	{ "<xsl:value-of select='count(str:tokenize(\"a b c\"))'/>", "3",
	    NULL },
	{ "<xsl:value-of select='math:max(//t:b/string-length())'/>",
	    "[style-xpath]", NULL },
	{ "<xsl:value-of select='p:say(7.5, \"fr\")'/>", "7,5", NULL },
	{ "<xsl:value-of select='p:day(\"2024-03-01\") - "
	  "p:day(\"2024-02-28\")'/>", "2", NULL },
	{ "<xsl:value-of select='p:day(\" 2100-03-01 \") - "
	  "p:day(\"2000-02-29\")'/>", "36525", NULL },
	{ "<xsl:value-of select='p:day(\"demain\")'/>", "NaN", NULL },
	{ "<xsl:value-of select='p:say(7.5, \"en\")'/>", "7.5", NULL },
	{ "<xsl:value-of select='p:say(\"3.2.1\", \"fr\")'/>", "3.2.1", NULL },
	{ "<xsl:value-of select='p:occurs(\"enfin le DEUX\", //t:d)'/>",
	    "deux", NULL },
	{ "<xsl:value-of select='p:occurs(\"deuxième, enfin\", //t:d)'/>", "",
	    NULL },
	{ "<xsl:value-of select='p:occurs(\"l’an 26\", //t:d)/@shape'/>", "99",
	    NULL },
	{ "<xsl:value-of select='p:occurs(\"\", //t:d)'/>", "", NULL },
	{ "<xsl:value-of select='p:within(//t:b, //t:item)'/>", "deux", NULL },
	{ "<xsl:value-of select='p:without(//t:b, //t:item)'/>", "un", NULL },
	{ "<xsl:value-of select='p:without(//t:b, \"un\")'/>", "deux", NULL },
	{ "<xsl:value-of select='count(p:within(//t:b | //t:item, //t:b))'/>",
	    "3", NULL },
	{ "<xsl:value-of select='count(p:within(//t:b, //t:z))'/>",
	    "0", NULL },
	{ "<xsl:value-of select='count(p:without(//t:b, //t:z))'/>",
	    "2", NULL },
	{ "<xsl:value-of select='count(p:without(//t:z, //t:b))'/>",
	    "0", NULL },
	{ "<xsl:value-of select='count(p:within(//t:c | //t:c/@lang, //t:c))'/>",
	    "1", NULL },
	{ "<xsl:value-of select='p:greatest(//t:b)'/>", "un", NULL },
	{ "<xsl:value-of select='p:least(//t:b)'/>", "deux", NULL },
	{ "<xsl:value-of select='p:least(//t:z)'/>", "", NULL },
	{ "<xsl:value-of select='count(p:unlike(/t:a | //t:d, \"b\", \"c\"))'/>",
	    "1", NULL },
	{ "<xsl:value-of select='count(p:unlike(//t:d, \"item\", \"item\"))'/>",
	    "0", NULL },
	{ "<xsl:value-of select='count(p:below(/, \"b\"))'/>", "0", NULL },
	{ "<xsl:value-of select='p:within(1, //t:b)'/>", "[style-type]", NULL },

	{ "<xsl:value-of select='d:date-time()'/>", "[style-clock]",
	    "date-time" },
	{ "<xsl:value-of select='d:year()'/>", "[style-clock]", "year" },
	{ "<xsl:value-of select='math:random()'/>", "[style-clock]",
	    "random" },
	{ "<xsl:value-of select='$no'/>", "[style-variable]", "no" },
	{ "<xsl:value-of select='str:nothing(1)'/>", "[style-function]",
	    "nothing" },
	{ "<xsl:value-of select='a['/>", "[style-xpath]", NULL },
	{ "<xsl:value-of select='z:f(1)'/>", "[style-", NULL },
	{ "<xsl:call-template name='none'/>", "[style-template]", "none" },
	{ "<xsl:call-template name='main'/>", "[style-limit]", NULL },
	{ "<xsl:value-of select='document(\"/etc/hostname\")'/>",
	    "[style-read]", "/etc/hostname" },
	{ "<xsl:value-of select='document(\"../../etc/passwd\")'/>",
	    "[style-read]", NULL },
	{ "<exsl:document href='/tmp/parcours-never.xml'>x</exsl:document>",
	    "[style-write]", NULL },
	{ "<xsl:document href='/tmp/parcours-never.xml'>x</xsl:document>",
	    "[style-", NULL },
	{ "<xsl:message>attention</xsl:message>", "[style-says]",
	    "attention" },
	{ "<xsl:message terminate='yes'>assez</xsl:message>",
	    "[style-stops]", "assez" },
	{ "<xsl:nothing/>", "[style-element]", NULL },
	{ "<xsl:value-of/>", "[style-", NULL },
	{ "<xsl:value-of select='\"x\"'></xsl:value-of", "[xml-", NULL },
};

static void
write_style(const char *path, const char *body)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fprintf(f, "<xsl:stylesheet version='1.0'"
	    " xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
	    " xmlns:p='urn:parcours:record' xmlns:t='urn:t'"
	    " xmlns:d='http://exslt.org/dates-and-times'"
	    " xmlns:math='http://exslt.org/math'"
	    " xmlns:str='http://exslt.org/strings'"
	    " xmlns:exsl='http://exslt.org/common'"
	    " extension-element-prefixes='exsl'>"
	    "<xsl:template match='/' name='main'><r>%s</r></xsl:template>"
	    "</xsl:stylesheet>", body);
	fclose(f);
}

static void
judge(size_t i, const char *folder)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_FR, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct buf path = { 0 }, said = { 0 };
	xmlDoc *doc = xml_parse_bytes(&job, x, INPUT, sizeof INPUT - 1,
	    "in.xml", &xml_limits_data);
	xmlDoc *result = NULL;
	struct xml_style *s;
	xmlChar *text;

	xml_allow(x, folder);
	buf_printf(&path, "%s/%zu.xsl", folder, i);
	write_style(buf_str(&path), cases[i].body);
	s = xml_style_load(&job, x, buf_str(&path));
	if (s != NULL)
		result = xml_style_run(&job, x, s, doc, NULL, 0);
	diag_dump(job.diag, &said);
	if (cases[i].gives[0] == '[') {
		if (strstr(buf_str(&said), cases[i].gives) == NULL ||
		    (cases[i].word != NULL &&
			strstr(buf_str(&said), cases[i].word) == NULL))
			fail_msg("%s: said “%s”", cases[i].body,
			    buf_str(&said));
		/* A note in passing stops nothing; an error does. */
		assert_true((diag_worst(job.diag) >= DIAG_ERROR) ==
		    (result == NULL));
	} else {
		if (result == NULL)
			fail_msg("%s: %s", cases[i].body, buf_str(&said));
		text = xmlNodeGetContent(xmlDocGetRootElement(result));
		assert_string_equal((char *)text, cases[i].gives);
		xmlFree(text);
	}
	unlink(buf_str(&path));
	xmlFreeDoc(result);
	xmlFreeDoc(doc);
	xml_free(x);
	buf_free(&path);
	buf_free(&said);
	diag_free(job.diag);
	arena_free(job.arena);
}

static void
test_cases(void **state)
{
	char folder[] = "/tmp/parcours-style-XXXXXX";
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		judge(i, folder);
	assert_int_not_equal(access("/tmp/parcours-never.xml", F_OK), 0);
	rmdir(folder);
}

/* The same stylesheet over the same tree, twice in one process. */
static void
test_again(void **state)
{
	char path[] = "/tmp/parcours-style-XXXXXX";
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct buf first = { 0 }, second = { 0 };
	xmlDoc *doc = xml_parse_bytes(&job, x, INPUT, sizeof INPUT - 1,
	    "in.xml", &xml_limits_data);
	struct buf *outs[] = { &first, &second };
	size_t i;

	(void)state;
	close(mkstemp(path));
	write_style(path, "<xsl:for-each select='//t:b'><q id='{generate-id()}'"
	    " at='{p:place(.)}'/></xsl:for-each><q><xsl:copy-of"
	    " select=\"document('')/*/@version\"/></q>");
	xml_allow(x, path);
	for (i = 0; i < 2; i++) {
		xmlDoc *result = xml_style_run(&job, x,
		    xml_style_load(&job, x, path), doc, NULL, 0);

		if (result == NULL) {
			diag_dump(job.diag, outs[i]);
			fail_msg("%s", buf_str(outs[i]));
		}
		xml_write(result, false, outs[i]);
		xmlFreeDoc(result);
	}
	assert_string_equal(buf_str(&first), buf_str(&second));
	assert_non_null(strstr(buf_str(&first), "id=\"i2\""));
	assert_non_null(strstr(buf_str(&first), "version=\"1.0\""));
	unlink(path);
	xmlFreeDoc(doc);
	xml_free(x);
	buf_free(&first);
	buf_free(&second);
	diag_free(job.diag);
	arena_free(job.arena);
}

/* A stylesheet outlives the job it was compiled in, and so do its places. */
static void
test_next_job(void **state)
{
	char path[] = "/tmp/parcours-style-XXXXXX";
	struct xml *x = xml_new();
	size_t i;

	(void)state;
	close(mkstemp(path));
	write_style(path, "<xsl:value-of select='str:nothing()'/>");
	xml_allow(x, path);
	for (i = 0; i < 2; i++) {
		struct job job = { .arena = arena_new(),
			.diag = diag_new(LANG_EN, DIAG_TEXT) };
		struct buf said = { 0 }, start = { 0 };
		xmlDoc *doc = xml_parse_bytes(&job, x, INPUT,
		    sizeof INPUT - 1, "in.xml", &xml_limits_data);
		xmlDoc *result = xml_style_run(&job, x,
		    xml_style_load(&job, x, path), doc, NULL, 0);

		assert_null(result);
		diag_dump(job.diag, &said);
		buf_printf(&start, "%s:1:", path);
		assert_true(str_starts(buf_str(&said), buf_str(&start)));
		buf_free(&said);
		buf_free(&start);
		xmlFreeDoc(doc);
		diag_free(job.diag);
		arena_free(job.arena);
	}
	unlink(path);
	xml_free(x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_next_job),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
