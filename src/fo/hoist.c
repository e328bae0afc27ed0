/*
 * Blocks in inlines.  XSL 1.1, 6.6.7 allows fo:inline, fo:basic-link and the
 * like block-level content, which layout would have to set in the midst of
 * lines.  Here the inline is parted instead: what stands before the block, the
 * block, what follows it.  The part with the block is a shell around it, which
 * is no inline to layout.  Properties were inherited before; a link goes on
 * inside the block.
 */
#include "fo/fo_int.h"

#define HOIST_DEPTH 200		/* of what is looked into */

static bool
is_open(const struct fo_node *n)
{
	return n->type == FO_INLINE || n->type == FO_BASIC_LINK ||
	    n->type == FO_BIDI_OVERRIDE || n->type == FO_WRAPPER;
}

static bool
is_out(const struct fo_node *n)
{
	return n->type == FO_MARKER || n->type == FO_FLOAT;
}

static bool
holds_block(const struct fo_node *n, int depth)
{
	const struct fo_node *c;

	for (c = n->first; c != NULL && depth < HOIST_DEPTH; c = c->next) {
		if (is_out(c))
			continue;
		if (is_open(c) ? holds_block(c, depth + 1) :
		    fo_is_block((enum fo_type)c->type))
			return true;
	}
	return false;
}

/* A wrapper whose content begins with a block is a block itself; but its id is
 * a place in a line. */
static bool
begins_in_line(const struct fo_node *n)
{
	const struct fo_node *c = n->first;

	while (c != NULL && is_out(c))
		c = c->next;
	return c != NULL && !fo_is_block((enum fo_type)c->type) &&
	    (c->type != FO_WRAPPER || begins_in_line(c));
}

/* The same object once more, without children. */
static struct fo_node *
another(struct fo_node *n, struct fo_node *parent)
{
	struct fo_node *copy = node_new(inner(n)->unit, parent,
	    (enum fo_type)n->type);

	copy->style = n->style;
	copy->where = n->where;
	copy->access = n->access;
	copy->complete = true;
	return copy;
}

static void
adopt(struct fo_node *parent, struct fo_node *c)
{
	c->next = NULL;
	node_place(c, parent);
	node_append(parent, c);
}

/* What a link is in a block of it: it leads where the link does, its frame is
 * around the block, and its text is the block's. */
static const struct fo_style *
link_style(const struct fo_node *link, const struct fo_node *block)
{
	static const enum fo_prop leads[2] = { PR_INTERNAL_DESTINATION,
		PR_EXTERNAL_DESTINATION };
	static const struct style_context none = { 0 };
	struct unit *u = inner(block)->unit;

	return style_with(u->arena, style_make(u->doc->styles,
	    node_style(block), FO_BASIC_LINK, NULL, 0, &none), link->style,
	    leads, sizeof leads / sizeof *leads);
}

/* A link's block: its lines are the link's. */
static void
push_link(struct fo_node *link, struct fo_node *n, int depth)
{
	struct fo_node *c = n->first, *next, *run = NULL;

	if (depth > HOIST_DEPTH)
		return;
	n->first = n->last = NULL;
	for (; c != NULL; c = next) {
		bool line = n->type == FO_BLOCK && !is_out(c) &&
		    (c->type == FO_TEXT ||
		    fo_is_inline((enum fo_type)c->type));

		next = c->next;
		if (line && run == NULL) {
			run = another(link, n);
			run->style = link_style(link, n);
			adopt(n, run);
		}
		if (!line)
			run = NULL;
		adopt(line ? run : n, c);
		if (!line && !is_out(c))
			push_link(link, c, depth + 1);
	}
}

/* The next part of an inline carries the same markers. */
static void
copy_markers(const struct fo_node *n, struct fo_node *copy)
{
	for (const struct fo_node *c = n->first; c != NULL; c = c->next) {
		struct fo_node *marker;

		if (c->type != FO_MARKER)
			continue;
		marker = node_new(inner(n)->unit, copy, FO_MARKER);
		marker->style = c->style;
		marker->where = c->where;
		marker->first = c->first;
		marker->complete = true;
		inner(marker)->attrs = inner(c)->attrs;
		node_append(copy, marker);
	}
}

/* An inline that holds nothing, not even an id, is none (as in FOP). */
static bool
is_nothing(const struct fo_node *n, int depth)
{
	const struct fo_node *c = n->first;

	if (!is_open(n) || n->type == FO_WRAPPER || n->id != NULL ||
	    depth > HOIST_DEPTH)
		return false;
	while (c != NULL && is_nothing(c, depth + 1))
		c = c->next;
	return c == NULL;
}

static bool
has_areas(const struct fo_node *n)
{
	const struct fo_node *c = n->first;

	while (c != NULL && (c->type == FO_MARKER || is_nothing(c, 0)))
		c = c->next;
	return c != NULL;
}

/* An inline is parted. */
struct parting {
	struct fo_node *n, *parent;
	struct fo_node *now;	/* the part that grows, or NULL */
	struct fo_node *before;	/* the part before it that has areas, or NULL */
	const char *id;		/* for the next part, or NULL */
};

static struct fo_node *
next_part(struct parting *pt)
{
	pt->now = another(pt->n, pt->parent);
	copy_markers(pt->n, pt->now);
	pt->now->id = pt->id;
	pt->id = NULL;
	return pt->now;
}

/* The part is whole: it goes to the end of the parent's children.  The id of an
 * inline is that of its first area, of a wrapper it is a place in a line. */
static void
end_part(struct parting *pt)
{
	struct fo_node *now = pt->now;

	pt->now = NULL;
	if (now == NULL)
		return;
	if (!has_areas(now)) {
		if (now->id != NULL && now->type == FO_WRAPPER)
			adopt(pt->parent, now);
		else
			pt->id = now->id;
		return;
	}
	adopt(pt->parent, now);
	if (pt->before != NULL)
		pt->before->goes_on = now->goes_on_from = true;
	pt->before = now;
}

/* A block of it, or the shell of one.  A part of the inline holds either blocks
 * or shells: around these it is as high as a line. */
static void
part_block(struct parting *pt, struct fo_node *c, int depth)
{
	if (pt->now == NULL || !pt->now->shell ||
	    pt->now->last->shell != c->shell)
		end_part(pt);
	if (pt->n->type == FO_WRAPPER) {
		adopt(pt->parent, c);
		return;
	}
	if (pt->now == NULL) {
		next_part(pt)->type = FO_INLINE;
		pt->now->shell = true;
	}
	adopt(pt->now, c);
	if (pt->n->type == FO_BASIC_LINK) {
		/* What is in it is the link, and says so to who listens. */
		pt->now->access = NULL;
		push_link(pt->n, c, depth);
	}
}

/* Takes inline n apart. */
static void
part(struct fo_node *n, struct fo_node *parent, int depth)
{
	struct parting pt = { .n = n, .parent = parent, .now = n };
	struct fo_node *c = n->first, *next;

	n->first = n->last = NULL;
	for (; c != NULL; c = next) {
		next = c->next;
		if (c->shell || (fo_is_block((enum fo_type)c->type) &&
		    !is_open(c))) {
			part_block(&pt, c, depth);
			continue;
		}
		if (pt.now != NULL && pt.now->shell)
			end_part(&pt);
		if (pt.now == NULL)
			next_part(&pt);
		adopt(pt.now, c);
	}
	end_part(&pt);
}

static void
hoist(struct fo_node *parent, struct fo_node *before, int depth)
{
	struct fo_node *c = before != NULL ? before->next : parent->first;
	struct fo_node *next;

	if (before != NULL)
		before->next = NULL;
	else
		parent->first = NULL;
	parent->last = before;
	for (; c != NULL; c = next) {
		next = c->next;
		if (depth < HOIST_DEPTH && is_open(c) && holds_block(c, 0) &&
		    (depth > 0 || c->type != FO_WRAPPER ||
		    begins_in_line(c) || (c->id != NULL &&
		    parent->type == FO_BLOCK))) {
			hoist(c, NULL, depth + 1);
			part(c, parent, depth);
		} else {
			adopt(parent, c);
		}
	}
}

void
hoist_blocks(struct fo_node *parent, struct fo_node *before)
{
	const struct fo_node *c;

	for (c = before != NULL ? before->next : parent->first; c != NULL;
	    c = c->next)
		if (is_open(c) && holds_block(c, 0)) {
			hoist(parent, before, 0);
			return;
		}
}
