/*
 * The document as layout asks for it: one page sequence, one child at a time;
 * releasing; markers; what stops the reading.
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
#include "fo/fo_int.h"

#define HEAD "<fo:root xmlns:fo='" NS_FO "'>" \
	"<fo:layout-master-set>" \
	"<fo:simple-page-master master-name='p' writing-mode='rl-tb'>" \
	"<fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
#define SEQUENCE(flow) "<fo:page-sequence master-reference='p'>" \
	"<fo:static-content flow-name='xsl-region-before'>" \
	"<fo:block color='red'>(<fo:retrieve-marker " \
	"retrieve-class-name='m'/>)</fo:block></fo:static-content>" \
	"<fo:flow flow-name='xsl-region-body'>" flow "</fo:flow>" \
	"</fo:page-sequence>"
#define TAIL "</fo:root>"

/* A document in a file, read as a stream. */
struct opened {
	struct job *job;
	struct fo_doc *doc;
	char path[40];
};

static struct opened
open_bytes(const char *text)
{
	struct opened o = { .path = "/tmp/parcours-fo-XXXXXX" };
	int fd = mkstemp(o.path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	o.job = xcalloc(1, sizeof *o.job);
	o.job->arena = arena_new();
	o.job->diag = diag_new(LANG_EN, DIAG_TEXT);
	o.doc = fo_open(o.job, o.path);
	assert_non_null(o.doc);
	return o;
}

static void
close_doc(struct opened *o)
{
	fo_free(o->doc);
	unlink(o->path);
	diag_free(o->job->diag);
	arena_free(o->job->arena);
	free(o->job);
}

static struct fo_node *
flow_of(struct fo_doc *d, struct fo_node *sequence)
{
	struct fo_node *n = NULL;

	while ((n = fo_child(d, sequence, n)) != NULL)
		if (n->type == FO_FLOW)
			return n;
	return NULL;
}

static void
put_text(struct buf *out, struct fo_doc *d, struct fo_node *n, bool release)
{
	struct fo_node *c, *next;

	if (n->type == FO_TEXT)
		buf_put(out, n->text, n->text_n);
	for (c = fo_child(d, n, NULL); c != NULL; c = next) {
		put_text(out, d, c, release);
		next = fo_child(d, n, c);
		if (release)
			fo_release(d, c);
	}
}

/* A table of many rows, in a block, gives the same text whether rows are
 * released or not, and hardly needs memory if they are. */
static void
test_release(void **state)
{
	struct buf xml = { 0 }, kept = { 0 }, released = { 0 };
	struct fo_node *flow;
	struct opened o;
	struct unit *u;
	size_t units;
	int i;

	(void)state;
	buf_puts(&xml, HEAD "<fo:page-sequence><fo:flow><fo:block>"
	    "<fo:block>first</fo:block><fo:table><fo:table-body>");
	for (i = 0; i < 3000; i++)
		buf_printf(&xml, "<fo:table-row><fo:table-cell padding='2pt'>"
		    "<fo:block>row %d</fo:block></fo:table-cell>"
		    "</fo:table-row>", i);
	buf_puts(&xml, "</fo:table-body></fo:table> text <fo:inline>and"
	    "</fo:inline> more<fo:block>last</fo:block></fo:block></fo:flow>"
	    "</fo:page-sequence>" TAIL);
	for (i = 0; i < 2; i++) {
		o = open_bytes(buf_str(&xml));
		flow = flow_of(o.doc, fo_next_sequence(o.doc));
		put_text(i == 0 ? &kept : &released, o.doc, flow, i == 1);
		assert_null(fo_next_sequence(o.doc));
		units = 0;
		for (u = o.doc->pool; u != NULL; u = u->next)
			units++;
		if (i == 1)
			assert_in_range(units, 1, 4);
		else
			assert_true(units > 10);
		assert_int_equal(diag_count(o.job->diag, DIAG_WARNING), 0);
		close_doc(&o);
	}
	assert_string_equal(buf_str(&kept), buf_str(&released));
	assert_true(str_starts(buf_str(&kept), "firstrow 0row 1row 2"));
	assert_true(str_ends(buf_str(&kept), "row 2999text and morelast"));
	buf_free(&xml);
	buf_free(&kept);
	buf_free(&released);
}

/* Going on further out keeps what was not read yet. */
static void
test_order(void **state)
{
	struct opened o = open_bytes(HEAD SEQUENCE(
	    "<fo:table><fo:table-body>"
	    "<fo:table-row><fo:table-cell><fo:block>a</fo:block>"
	    "</fo:table-cell></fo:table-row>"
	    "<fo:table-row><fo:table-cell><fo:block>b</fo:block>"
	    "</fo:table-cell></fo:table-row></fo:table-body></fo:table>"
	    "<fo:block>c</fo:block>") SEQUENCE("<fo:block>d</fo:block>") TAIL);
	struct fo_node *sequence = fo_next_sequence(o.doc), *flow, *table;
	struct buf b = { 0 };

	(void)state;
	flow = flow_of(o.doc, sequence);
	assert_true(flow->streamed);
	assert_false(flow->complete);
	table = fo_child(o.doc, flow, NULL);
	assert_true(table->streamed);
	assert_null(table->first);
	assert_int_equal(fo_child(o.doc, flow, table)->type, FO_BLOCK);
	assert_true(table->complete);
	put_text(&b, o.doc, table, false);
	assert_string_equal(buf_str(&b), "ab");
	assert_null(fo_child(o.doc, flow, flow->last));
	assert_true(flow->complete);

	/* A sequence may be left unread. */
	sequence = fo_next_sequence(o.doc);
	assert_non_null(sequence);
	assert_null(fo_next_sequence(o.doc));
	assert_null(fo_next_sequence(o.doc));
	buf_free(&b);
	close_doc(&o);
}

/* An unread table is passed over when it is released. */
static void
test_release_unread(void **state)
{
	struct opened o = open_bytes(HEAD SEQUENCE(
	    "<fo:table><fo:table-body><fo:table-row><fo:table-cell>"
	    "<fo:block>a</fo:block></fo:table-cell></fo:table-row>"
	    "</fo:table-body></fo:table><fo:block>c</fo:block>") TAIL);
	struct fo_node *flow = flow_of(o.doc, fo_next_sequence(o.doc)), *n;

	(void)state;
	fo_release(o.doc, fo_child(o.doc, flow, NULL));
	n = fo_child(o.doc, flow, NULL);
	assert_non_null(n);
	assert_int_equal(n->type, FO_BLOCK);
	assert_null(fo_child(o.doc, flow, n));
	close_doc(&o);
}

static struct fo_node *
find(struct fo_node *n, enum fo_type type)
{
	struct fo_node *c, *found = NULL;

	if (n->type == type)
		return n;
	for (c = n->first; c != NULL && found == NULL; c = c->next)
		found = find(c, type);
	return found;
}

/* Markers inherit from where they are retrieved, also after the page sequence
 * they came from. */
static void
test_markers(void **state)
{
	struct opened o = open_bytes(HEAD SEQUENCE(
	    "<fo:block color='blue'><fo:marker marker-class-name='m'> one "
	    "<fo:inline font-size='200%'>two </fo:inline></fo:marker>x"
	    "</fo:block>") SEQUENCE("<fo:block/>") TAIL);
	struct fo_node *sequence, *retrieve, *kept, *n, *in;
	struct buf b = { 0 };

	(void)state;
	sequence = fo_next_sequence(o.doc);
	n = fo_child(o.doc, flow_of(o.doc, sequence), NULL);
	assert_int_equal(n->first->type, FO_MARKER);
	kept = fo_marker_keep(o.doc, n->first);

	sequence = fo_next_sequence(o.doc);
	retrieve = find(sequence, FO_RETRIEVE_MARKER);
	assert_non_null(retrieve);
	n = fo_marker_instance(o.doc, kept, retrieve);
	put_text(&b, o.doc, n, false);
	assert_string_equal(buf_str(&b), "one two ");
	in = find(n, FO_INLINE);
	assert_int_equal(fo_color(in->style, PR_COLOR), 0xff0000ff);
	assert_int_equal(fo_length(in->style, PR_FONT_SIZE, 0), 24000);
	assert_null(fo_next_sequence(o.doc));
	buf_free(&b);
	close_doc(&o);
}

static void
test_region_and_wrapper(void **state)
{
	struct opened o = open_bytes(HEAD
	    "<fo:page-sequence-wrapper color='blue'>"
	    "<fo:page-sequence master-reference='p' "
	    "writing-mode='from-page-master-region()'>"
	    "<fo:flow flow-name='xsl-region-body'>"
	    "<fo:block padding-left='3pt'>x</fo:block></fo:flow>"
	    "</fo:page-sequence></fo:page-sequence-wrapper>"
	    "<fo:page-sequence/>" TAIL);
	struct fo_node *sequence = fo_next_sequence(o.doc), *n;

	(void)state;
	assert_int_equal(fo_color(sequence->style, PR_COLOR), 0x0000ffff);
	assert_int_equal(fo_keyword(sequence->style, PR_WRITING_MODE),
	    KW_RL_TB);
	n = fo_child(o.doc, flow_of(o.doc, sequence), NULL);
	assert_int_equal(fo_length(n->style, PR_PADDING_END, 0), 3000);
	sequence = fo_next_sequence(o.doc);
	assert_int_equal(fo_color(sequence->style, PR_COLOR), 0x000000ff);
	close_doc(&o);
}

static void
test_broken(void **state)
{
	struct opened o = open_bytes(HEAD "<fo:page-sequence><fo:flow>"
	    "<fo:block>a</fo:block><fo:table><fo:table-body><fo:table-row>");
	struct fo_node *sequence = fo_next_sequence(o.doc), *flow;
	struct buf b = { 0 };

	(void)state;
	if (sequence != NULL && (flow = flow_of(o.doc, sequence)) != NULL)
		put_text(&b, o.doc, flow, false);
	assert_null(fo_next_sequence(o.doc));
	assert_true(diag_worst(o.job->diag) >= DIAG_ERROR);
	buf_free(&b);
	close_doc(&o);

	/* Broken before the first page: one finding, not a second for what
	 * was read after it. */
	o = open_bytes(HEAD "<fo:page-sequence></fo:oops>");
	assert_null(fo_root(o.doc));
	assert_null(fo_next_sequence(o.doc));
	assert_int_equal(diag_count(o.job->diag, DIAG_WARNING), 1);
	close_doc(&o);

	o = open_bytes("<html><body/></html>");
	assert_null(fo_root(o.doc));
	assert_null(fo_next_sequence(o.doc));
	assert_int_equal(diag_count(o.job->diag, DIAG_ERROR), 1);
	close_doc(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_release_unread),
		cmocka_unit_test(test_markers),
		cmocka_unit_test(test_region_and_wrapper),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
