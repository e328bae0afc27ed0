/*
 * The document as layout asks for it.  `open` is the stack of streamed nodes
 * whose start tag was read and whose end was not: reading on means reading the
 * next child of the innermost of them.  Who asks for a child further out than
 * that gets it after the inner ones were read to their ends and kept.
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------- the stack */

static void
open_push(struct fo_doc *d, struct fo_node *n)
{
	n->streamed = true;
	VEC_RESERVE(d->open, d->open_cap, d->n_open + 1);
	d->open[d->n_open++] = n;
}

/* The end of the innermost one, or of the input. */
static void
open_pop(struct fo_doc *d)
{
	struct fo_node *n = d->open[--d->n_open];

	n->complete = true;
	build_run_end(d, n);
	require_children(d, n);
	event_next(d);
}

static void
take_top(struct fo_node *n, struct unit *u)
{
	n->top = true;
	u->tops++;
}

/* One of the unit's nodes is released. */
static void
lose_top(struct fo_doc *d, struct unit *u)
{
	if (--u->tops > 0)
		return;
	if (u->holds > 0)
		u->ended = true;
	else
		unit_release(d, u);
}

void
fo_hold(struct fo_node *n)
{
	inner(n)->unit->holds++;
}

void
fo_let_go(struct fo_node *n)
{
	struct unit *u = inner(n)->unit;

	if (--u->holds == 0 && u->ended && u->tops == 0)
		unit_release(u->doc, u);
}

/* --------------------------------------------------- children, streamed */

/* A block whose first child of substance is a block is streamed: reads what
 * comes before it (markers, white space). */
static bool
begins_with_block(struct fo_doc *d, struct fo_node *n)
{
	struct unit *u = inner(n)->unit;
	struct fo_node *child;

	for (;;) {
		switch (build_next_kind(d)) {
		case NEXT_SPACE:
		case NEXT_OUT:
			child = NULL;
			if (event_peek(d)->type == XML_EVENT_TEXT) {
				child = node_new(u, n, FO_TEXT);
				child->text = arena_strndup(u->arena,
				    event_peek(d)->text,
				    event_peek(d)->n_text);
				child->text_n = event_peek(d)->n_text;
				child->complete = true;
				node_append(n, child);
				event_next(d);
				break;
			}
			child = build_start(d, u, n);
			if (child != NULL) {
				node_append(n, child);
				build_rest(d, child);
			}
			break;
		case NEXT_BLOCK:
			build_finish_lines(n, NULL, true, true);
			return true;
		default:
			return false;
		}
	}
}

static bool
can_stream(struct fo_doc *d, struct fo_node *n)
{
	switch (n->type) {
	case FO_FLOW:
	case FO_TABLE_AND_CAPTION:
	case FO_TABLE:
	case FO_TABLE_BODY:
	case FO_LIST_BLOCK:
		return true;
	case FO_BLOCK:
		return begins_with_block(d, n);
	default:
		return false;
	}
}

/* Text and inline objects among the blocks of a streamed node. */
static struct fo_node *
read_run(struct fo_doc *d, struct fo_node *parent)
{
	struct unit *u = unit_filling(d);
	struct fo_node *before = parent->last, *n;

	build_run(d, u, parent);
	build_finish_lines(parent, before, true, true);
	n = before != NULL ? before->next : parent->first;
	for (before = n; before != NULL; before = before->next)
		take_top(before, u);
	return n;
}

/* What is out of the lines begins some all the same where white space can stand
 * between it and another such object (as in FOP; space.c). */
static bool
begins_run(struct fo_doc *d, const struct fo_node *parent, enum next_kind kind)
{
	if (kind == NEXT_BLOCK)
		return false;
	if (kind != NEXT_OUT)
		return true;
	if (parent->type != FO_BLOCK)
		return false;
	switch (build_next_type(d)) {
	case FO_FLOAT:
	case FO_CHANGE_BAR_BEGIN:
	case FO_CHANGE_BAR_END:
	case FO_INDEX_RANGE_BEGIN:
	case FO_INDEX_RANGE_END:
		return true;
	default:
		return false;
	}
}

/* Reads the next child of the innermost open node; NULL at its end. */
static struct fo_node *
read_child(struct fo_doc *d, struct fo_node *parent)
{
	enum next_kind kind;
	struct fo_node *n;
	struct unit *u;

	for (;;) {
		kind = build_next_kind(d);
		if (kind == NEXT_END) {
			open_pop(d);
			return NULL;
		}
		if (kind == NEXT_SPACE &&
		    parent->last != NULL && parent->last->type != FO_TEXT) {
			event_next(d);
			continue;
		}
		if (begins_run(d, parent, kind)) {
			n = read_run(d, parent);
			if (n != NULL)
				return n;
			continue;
		}
		u = unit_filling(d);
		n = build_start(d, u, parent);
		if (n == NULL)
			continue;
		take_top(n, u);
		node_append(parent, n);
		if (can_stream(d, n))
			open_push(d, n);
		else
			build_rest(d, n);
		return n;
	}
}

struct fo_node *
fo_child(struct fo_doc *d, struct fo_node *parent, struct fo_node *after)
{
	struct fo_node *next = after != NULL ? after->next : parent->first;
	size_t i;

	if (next != NULL || parent->complete)
		return next;
	for (i = d->n_open; i > 0 && d->open[i - 1] != parent; i--)
		;
	if (i == 0)
		return NULL;
	while (d->n_open > i)
		read_child(d, d->open[d->n_open - 1]);
	return read_child(d, parent);
}

struct fo_node *
fo_child_of_type(struct fo_doc *d, struct fo_node *parent, enum fo_type type)
{
	struct fo_node *c = fo_child(d, parent, NULL);

	while (c != NULL && c->type != type)
		c = fo_child(d, parent, c);
	return c;
}

/* ------------------------------------------------------------- releasing */

static void
unlink_node(struct fo_node *n)
{
	struct fo_node *parent = n->parent, *before = NULL, *c;

	for (c = parent->first; c != NULL && c != n; c = c->next)
		before = c;
	if (c == NULL)
		return;
	if (before != NULL)
		before->next = n->next;
	else
		parent->first = n->next;
	if (parent->last == n)
		parent->last = before;
}

/* Gives back the units of a streamed node's children. */
static void
release_children(struct fo_doc *d, struct fo_node *n)
{
	struct fo_node *c, *next;

	for (c = n->first; c != NULL; c = next) {
		next = c->next;
		if (c->streamed)
			release_children(d, c);
		if (c->top)
			lose_top(d, inner(c)->unit);
	}
	n->first = n->last = NULL;
}

void
fo_release(struct fo_doc *d, struct fo_node *n)
{
	struct fo_node *c;
	size_t i;

	if (n == NULL || !n->top)
		return;
	/* What of it was not read is passed over. */
	for (i = 0; i < d->n_open && d->open[i] != n; i++)
		;
	while (d->n_open > i) {
		c = d->open[d->n_open - 1];
		release_children(d, c);
		read_child(d, c);
	}
	unlink_node(n);
	if (n->streamed)
		release_children(d, n);
	lose_top(d, inner(n)->unit);
}

/* ------------------------------------------------------- page sequences */

static void
release_sequence(struct fo_doc *d)
{
	struct fo_node *n = d->sequence;
	struct unit *u;

	while (d->instances != NULL) {
		u = d->instances;
		d->instances = u->next;
		unit_release(d, u);
	}
	if (n == NULL)
		return;
	while (d->n_open > 0) {
		release_children(d, d->open[d->n_open - 1]);
		read_child(d, d->open[d->n_open - 1]);
	}
	release_children(d, n);
	unlink_node(n);
	unit_release(d, inner(n)->unit);
	d->sequence = NULL;
}

/* Up to the flow; all before it is complete. */
static void
read_sequence(struct fo_doc *d, struct fo_node *n)
{
	struct fo_node *c;

	open_push(d, n);
	for (;;) {
		c = read_child(d, n);
		if (c == NULL)
			return;
		if (c->type == FO_TITLE && d->info.title == NULL)
			info_title(d, c);
		if (c->type == FO_FLOW)
			return;
	}
}

static void
end_wrapper(struct fo_doc *d)
{
	event_next(d);
	d->wrapper->complete = true;
	d->wrapper = d->wrapper != d->root ? d->wrapper->parent : NULL;
}

static bool
makes_pages(enum fo_type type)
{
	return type == FO_PAGE_SEQUENCE || type == FO_EXTERNAL_DOCUMENT;
}

struct fo_node *
fo_next_sequence(struct fo_doc *d)
{
	const struct xml_event *e;
	struct fo_node *n;
	struct unit *u;

	if (fo_root(d) == NULL)
		return NULL;
	release_sequence(d);
	while (d->wrapper != NULL && (e = event_peek(d)) != NULL) {
		if (e->type == XML_EVENT_END) {
			end_wrapper(d);
			continue;
		}
		if (e->type == XML_EVENT_TEXT) {
			event_next(d);
			continue;
		}
		u = makes_pages(build_type(e)) ? unit_new(d) : d->lasting;
		n = build_start(d, u, d->wrapper);
		if (n == NULL) {
			if (u != d->lasting)
				unit_release(d, u);
			continue;
		}
		node_append(d->wrapper, n);
		if (n->type == FO_PAGE_SEQUENCE_WRAPPER) {
			d->wrapper = n;
			continue;
		}
		if (!makes_pages((enum fo_type)n->type)) {
			build_rest(d, n);
			continue;
		}
		d->sequence = n;
		if (n->type == FO_PAGE_SEQUENCE)
			read_sequence(d, n);
		else
			build_rest(d, n);
		return source_failed(d->source) ? NULL : n;
	}
	return NULL;
}

const char *
fo_peek_initial(struct fo_doc *d)
{
	const struct xml_event *e = NULL;
	size_t i;

	while (d->n_open > 0)
		read_child(d, d->open[d->n_open - 1]);
	while (d->wrapper != NULL && (e = event_peek(d)) != NULL) {
		if (e->type == XML_EVENT_END)
			end_wrapper(d);
		else if (e->type == XML_EVENT_TEXT)
			event_next(d);
		else
			break;
	}
	if (d->wrapper == NULL || e == NULL ||
	    !makes_pages(build_type(e)))
		return NULL;
	for (i = 0; i < e->n_attrs; i++)
		if (str_eq(e->attrs[i].name, "initial-page-number"))
			return e->attrs[i].value;
	return "auto";
}

/* ------------------------------------------------------------- the root */

static struct fo_node *
start_root(struct fo_doc *d)
{
	const struct xml_event *e;
	struct fo_node *n;

	while ((e = event_peek(d)) != NULL && e->type != XML_EVENT_START)
		event_next(d);
	if (e == NULL)
		return NULL;
	if (!str_eq(e->ns, NS_FO) || !str_eq(e->name, "root")) {
		diag_report(d->job->diag, DIAG_FO_ROOT, e->where, e->name);
		return NULL;
	}
	n = build_root(d, d->lasting);
	n->streamed = true;
	return n;
}

struct fo_node *
fo_root(struct fo_doc *d)
{
	const struct xml_event *e;
	struct fo_node *n;

	if (d->root != NULL || d->ended)
		return d->root;
	d->root = start_root(d);
	if (d->root == NULL) {
		d->ended = true;
		return NULL;
	}
	d->wrapper = d->root;
	info_root(d);
	while ((e = event_peek(d)) != NULL && e->type != XML_EVENT_END) {
		if (e->type == XML_EVENT_START &&
		    (makes_pages(build_type(e)) ||
		    build_type(e) == FO_PAGE_SEQUENCE_WRAPPER))
			break;
		if (e->type == XML_EVENT_TEXT) {
			build_refuse_text(d, d->root);
			continue;
		}
		n = build_start(d, d->lasting, d->root);
		if (n != NULL) {
			node_append(d->root, n);
			build_rest(d, n);
		}
	}
	if (source_failed(d->source)) {
		d->root = NULL;
		d->ended = true;
	}
	return d->root;
}

/* --------------------------------------------------------- open and free */

static struct fo_doc *
doc_new(struct job *job, struct source *source)
{
	struct fo_doc *d;

	if (source == NULL)
		return NULL;
	d = xcalloc(1, sizeof *d);
	d->job = job;
	d->source = source;
	d->styles = styles_new();
	d->lasting = unit_new(d);
	d->ids = map_new();
	return d;
}

struct fo_doc *
fo_open(struct job *job, const char *path)
{
	return doc_new(job, source_open_file(job, path));
}

struct fo_doc *
fo_open_tree(struct job *job, xmlDoc *tree)
{
	return doc_new(job, source_open_tree(job, tree));
}

void
fo_free(struct fo_doc *d)
{
	struct unit *u;

	if (d == NULL)
		return;
	/* Nothing more is read. */
	d->ended = true;
	d->event = NULL;
	release_sequence(d);
	unit_release(d, d->lasting);
	if (d->filling != NULL) {
		u = d->filling;
		d->filling = NULL;
		unit_release(d, u);
	}
	while (d->pool != NULL) {
		u = d->pool;
		d->pool = u->next;
		arena_free(u->arena);
		free(u);
	}
	source_free(d->source);
	styles_free(d->styles);
	free(d->open);
	free(d->attrs);
	free(d->files);
	free(d->layers);
	buf_free(&d->name);
	map_free(d->ids);
	free(d);
}
