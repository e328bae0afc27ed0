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
			adopt(n, run);
		}
		if (!line)
			run = NULL;
		adopt(line ? run : n, c);
		if (!line && !is_out(c))
			push_link(link, c, depth + 1);
	}
}

/* The next part of an inline, whose areas carry the same markers. */
static struct fo_node *
next_part(struct fo_node *n, struct fo_node *parent)
{
	struct fo_node *copy = another(n, parent);

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
	return copy;
}

static bool
has_areas(const struct fo_node *n)
{
	const struct fo_node *c = n->first;

	while (c != NULL && c->type == FO_MARKER)
		c = c->next;
	return c != NULL;
}

/* An inline is parted. */
struct parting {
	struct fo_node *n, *parent;
	struct fo_node *now;	/* the part that grows, or NULL */
	struct fo_node *before;	/* the part before it that has areas, or NULL */
};

/* The part is whole: it goes to the end of the parent's children. */
static void
end_part(struct parting *pt)
{
	struct fo_node *now = pt->now;

	pt->now = NULL;
	if (now == NULL || (!has_areas(now) && now->id == NULL))
		return;
	adopt(pt->parent, now);
	if (!has_areas(now))
		return;
	if (pt->before != NULL)
		pt->before->goes_on = now->goes_on_from = true;
	pt->before = now;
}

/* The inline's id, if it begins with this block: that is a place of the block,
 * and no line of its own. */
static const char *
take_id(struct parting *pt, const struct fo_node *c)
{
	struct fo_node *n = pt->n;
	const char *id = n->id;

	if (pt->now != n || has_areas(n) || n->type == FO_WRAPPER ||
	    (n->type != FO_INLINE && c->id != NULL))
		return NULL;
	n->id = NULL;
	return id;
}

/* A block of it, or the shell of one. */
static void
part_block(struct parting *pt, struct fo_node *c, int depth)
{
	const char *id = take_id(pt, c);

	if (pt->now == NULL || !pt->now->shell)
		end_part(pt);
	if (pt->n->type != FO_INLINE) {
		if (id != NULL)
			c->id = id;
		adopt(pt->parent, c);
		if (pt->n->type == FO_BASIC_LINK)
			push_link(pt->n, c, depth);
		return;
	}
	if (pt->now == NULL) {
		pt->now = next_part(pt->n, pt->parent);
		pt->now->shell = true;
		pt->now->id = id;
	}
	adopt(pt->now, c);
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
			pt.now = next_part(n, parent);
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
