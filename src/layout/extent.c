/*
 * Where the content of inlines lies on a line, which is known when its pieces
 * are placed: their backgrounds and borders, links, and what a page takes notice
 * of where they begin, end or go on.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/builder.h"

static struct extent *
touch(struct builder *b, int span)
{
	struct extent *e = &b->p->extents[span];

	if (e->touched)
		return e;
	e->touched = true;
	b->touched = arena_grow(b->p->arena, b->touched, &b->cap_touched,
	    b->n_touched + 1, sizeof *b->touched);
	b->touched[b->n_touched++] = span;
	return e;
}

static int
compare_spans(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

void
extents_forget(struct builder *b)
{
	size_t i;

	for (i = 0; i < b->n_touched; i++)
		memset(&b->p->extents[b->touched[i]], 0,
		    sizeof *b->p->extents);
}

struct extent *
extent_reach(struct builder *b, int span, mpt from, mpt to)
{
	const struct span *sp = &b->p->spans[span];
	struct extent *e;

	if (sp->alias || (!sp->boxed && sp->node->type != FO_BASIC_LINK))
		return NULL;
	e = touch(b, span);
	if (!e->used || from < e->from)
		e->from = from;
	if (!e->used || to > e->to)
		e->to = to;
	e->used = true;
	return e;
}

void
extent_around(struct builder *b, const struct piece *pc, mpt from, mpt to)
{
	int i;

	if (pc->type == PC_ANCHOR)
		return;
	for (i = pc->span; i > 0; i = b->p->spans[i].parent) {
		struct extent *e = extent_reach(b, i, from, to);

		if (e == NULL)
			continue;
		if (pc->type == PC_LEADER && i == pc->span)
			e->start = e->end = true;
		if (pc->type == PC_GRAPHIC) {
			const struct span *own = &b->p->spans[pc->span];
			mpt top = align_top(own);

			e->ascent = mpt_max(e->ascent, top);
			e->descent = mpt_max(e->descent,
			    own->align.ascent - top);
		}
	}
}

/* A page takes notice of an inline that begins, ends, or does so elsewhere. */
static void
add_notice(struct builder *b, enum line_item_type type, const struct span *sp,
    bool here)
{
	struct line_item *it = line_add_item(b, type, sp);

	it->start = it->end = here;
}

void
extent_go_on(struct builder *b, enum line_item_type type, int span)
{
	const struct span *sp = &b->p->spans[span];

	if (span == 0)
		return;
	if (type == LI_BEGIN)
		extent_go_on(b, type, sp->parent);
	if (sp->marked || (type == LI_BEGIN && sp->node->id != NULL))
		add_notice(b, type, sp, /*here*/false);
	if (type == LI_END)
		extent_go_on(b, type, sp->parent);
}

void
extent_edge(struct builder *b, const struct piece *pc)
{
	struct extent *e = touch(b, pc->span);
	const struct span *sp = &b->p->spans[pc->span];
	const struct fo_node *n = sp->node;

	if (sp->marked)
		add_notice(b, pc->type == PC_START ? LI_BEGIN : LI_END, sp,
		    /*here*/true);
	if (pc->type == PC_START)
		e->start = !n->goes_on_from;
	else
		e->end = !n->goes_on;
}

/* What a span's own content takes above the baseline; *down: and below. */
static mpt
span_height(const struct span *sp, mpt *down)
{
	*down = sp->low > 0 ? 0 : sp->ts->descent;
	return sp->low > 0 ? sp->low : sp->ts->ascent;
}

static void
add_decor(struct builder *b, int i)
{
	const struct span *sp = &b->p->spans[i];
	const struct extent *e = &b->p->extents[i];
	mpt ipd = b->p->width, down, up = span_height(sp, &down);
	mpt above = decor_edge(sp->style, SIDE_BEFORE, ipd);
	mpt below = decor_edge(sp->style, SIDE_AFTER, ipd);
	struct line_item *it = line_add_item(b, LI_DECOR, sp);

	it->start = e->start || decor_is_kept(sp->style, SIDE_START);
	it->end = e->end || decor_is_kept(sp->style, SIDE_END);
	it->x = e->from;
	it->w = e->to - e->from;
	it->y = -sp->shift - up - above;
	it->h = above + up + down + below;
}

static void
add_link(struct builder *b, int i)
{
	const struct span *sp = &b->p->spans[i];
	const struct extent *e = &b->p->extents[i];
	struct line_item *it = line_add_item(b, LI_LINK, sp);
	mpt up = mpt_max(sp->shift + sp->ts->ascent, e->ascent);
	mpt down = mpt_max(sp->ts->descent - sp->shift, e->descent);

	it->x = e->from;
	it->w = e->to - e->from;
	it->y = -up;
	it->h = up + down;
}

void
extents_decors(struct builder *b)
{
	size_t before = b->n_parts, added, i;

	/* The outer before the inner. */
	if (b->n_touched > 1)
		qsort(b->touched, b->n_touched, sizeof *b->touched,
		    compare_spans);
	for (i = 0; i < b->n_touched; i++) {
		const struct span *sp = &b->p->spans[b->touched[i]];

		if (sp->boxed && b->p->extents[b->touched[i]].used &&
		    !line_is_hidden(sp))
			add_decor(b, b->touched[i]);
	}
	added = b->n_parts - before;
	if (added == 0)
		return;
	b->parts = arena_grow(b->p->arena, b->parts, &b->cap_parts,
	    b->n_parts + added, sizeof *b->parts);
	memmove(b->parts + added, b->parts, b->n_parts * sizeof *b->parts);
	memcpy(b->parts, b->parts + b->n_parts, added * sizeof *b->parts);
}

void
extents_links(struct builder *b)
{
	size_t i;

	for (i = 0; i < b->n_touched; i++) {
		int n = b->touched[i];

		if (b->p->spans[n].node->type == FO_BASIC_LINK &&
		    b->p->extents[n].used)
			add_link(b, n);
	}
}
