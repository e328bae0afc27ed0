/*
 * Vertical lists: holding, measuring and cutting them.  See layout_int.h for
 * the model.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/layout_int.h"

void
vlist_add(struct vlist *l, struct velem e)
{
	VEC_RESERVE(l->v, l->cap, l->n + 1);
	l->v[l->n++] = e;
}

mpt
velem_height(const struct velem *e)
{
	switch (e->type) {
	case VE_BOX:
		return e->box.height;
	case VE_GAP:
		return e->gap.space.opt;
	case VE_OPEN:
		return e->open.box->head;
	case VE_CLOSE:
		break;
	}
	return e->open.box->foot;
}

void
verge_join(struct verge *v, const struct verge *part)
{
	if (part->klass > v->klass)
		v->klass = part->klass;
	if (part->keep > v->keep)
		v->keep = part->keep;
	if (part->keep_page > v->keep_page)
		v->keep_page = part->keep_page;
}

void
vlist_move(struct vlist *l, struct vlist *from)
{
	VEC_RESERVE(l->v, l->cap, l->n + from->n);
	if (from->n > 0)
		memcpy(l->v + l->n, from->v, from->n * sizeof *from->v);
	l->n += from->n;
	from->n = 0;
}

void
vbox_free(struct vbox *b)
{
	if (b == NULL || b->kept)
		return;
	if (b->own_elem)
		layout_orphan(b->l, b->elem, b->painted);
	if (b->cls->free != NULL)
		b->cls->free(b);
	free(b);
}

static void
notes_free(struct note *n)
{
	struct note *next;

	for (; n != NULL; n = next) {
		next = n->next;
		if (n->origin == NULL)
			vlist_free(n->body);
		free(n);
	}
}

struct note **
vlist_copy_notes(const struct vlist *l, size_t from, size_t to,
    struct note **end)
{
	for (size_t k = from; k < to; k++) {
		const struct velem *e = &l->v[k];

		if (e->type != VE_BOX)
			continue;
		for (struct note *o = e->box.notes; o != NULL; o = o->next) {
			struct note *c = xcalloc(1, sizeof *c);

			c->footnote = o->footnote;
			c->origin = o->origin != NULL ? o->origin : o;
			*end = c;
			end = &c->next;
		}
	}
	return end;
}

static void
velem_free(struct velem *e)
{
	switch (e->type) {
	case VE_BOX:
		if (e->box.frag != NULL && e->box.frag->cls->free != NULL)
			e->box.frag->cls->free(e->box.frag);
		notes_free(e->box.notes);
		break;
	case VE_CLOSE:
		vbox_free(e->open.box);
		break;
	case VE_GAP:
	case VE_OPEN:
		break;
	}
}

void
vlist_truncate(struct vlist *l, size_t to)
{
	for (size_t i = to; i < l->n; i++)
		velem_free(&l->v[i]);
	l->n = to;
}

void
vlist_free(struct vlist *l)
{
	if (l == NULL)
		return;
	vlist_truncate(l, 0);
	if (l->held != NULL)
		fo_let_go(l->held);
	free(l->v);
	free(l);
}

struct vlist *
vlist_hold(struct vlist *l, struct fo_node *n)
{
	fo_hold(n);
	l->held = n;
	return l;
}

void
vlist_drop(struct layout *ly, struct vlist *l, size_t to)
{
	for (size_t i = 0; i < to; i++) {
		struct velem *e = &l->v[i];

		if (e->type == VE_CLOSE && e->open.box->release)
			fo_release(ly->doc, e->open.box->node);
		velem_free(e);
	}
	memmove(l->v, l->v + to, (l->n - to) * sizeof *l->v);
	l->n -= to;
}

size_t
vlist_forget(struct vlist *l, size_t to)
{
	size_t kept = 0;

	for (size_t i = 0; i < to; i++) {
		struct velem e = l->v[i];

		if (e.type == VE_OPEN)
			l->v[kept++] = e;
		else
			velem_free(&e);
		if (e.type == VE_CLOSE)
			kept--;
	}
	memmove(l->v + kept, l->v + to, (l->n - to) * sizeof *l->v);
	l->n -= to - kept;
	return kept;
}

void
gap_forbid(struct velem *e)
{
	e->gap.cost = COST_FORBID;
	e->gap.page_cost = COST_FORBID;
}

void
vlist_whole_tail(struct vlist *l, size_t from, size_t to, mpt height)
{
	int64_t left = height;

	while (to > from && left > 0) {
		struct velem *e = &l->v[--to];

		left -= velem_height(e);
		if (e->type == VE_GAP)
			gap_forbid(e);
		else if (e->type == VE_CLOSE && left > 0)
			e->open.box->whole_tail = mpt_max((mpt)left,
			    e->open.box->whole_tail);
	}
}

/* Broken heads and feet of the boxes that are open before element `from`. */
static void
open_sums(const struct vlist *l, size_t from, int64_t *head, int64_t *foot)
{
	*head = *foot = 0;
	for (size_t i = 0; i < from; i++) {
		const struct velem *e = &l->v[i];
		int sign = e->type == VE_OPEN ? 1 : -1;

		if (e->type != VE_OPEN && e->type != VE_CLOSE)
			continue;
		*head += sign * e->open.box->head_broken;
		*foot += sign * e->open.box->foot_broken;
	}
}

mpt
vlist_height(const struct vlist *l, size_t from, size_t to)
{
	int64_t h, foot;

	open_sums(l, from, &h, &foot);
	for (size_t i = from; i < to; i++) {
		const struct velem *e = &l->v[i];

		h += velem_height(e);
		if (e->type == VE_OPEN)
			foot += e->open.box->foot_broken;
		else if (e->type == VE_CLOSE)
			foot -= e->open.box->foot_broken;
	}
	return mpt_far(h + foot);
}

/* What a space becomes: rather too little than too much, lest what stands below
 * (footnotes) find its room too small. */
static mpt
adjusted(const struct space *s, double ratio)
{
	if (ratio > 0)
		return s->opt + (mpt)(ratio * (s->max - s->opt));
	return s->opt + (mpt)floor(ratio * (s->opt - s->min) + 1e-6);
}

/* A box of parallel lists that is open in a walk over a list. */
struct parallel {
	struct vbox *box;	/* NULL: none is */
	struct velem *slice;	/* the last one on this page, or NULL */
};

static mpt
parallel_adjust(struct parallel *pl, bool last, double ratio)
{
	struct velem *e = pl->slice;
	mpt more;

	if (pl->box == NULL || e == NULL)
		return 0;
	more = pl->box->cls->adjust(pl->box, last, ratio);
	e->box.height = mpt_add(e->box.height, more);
	return more;
}

static bool
may_adjust(const struct vbox *b)
{
	return b != NULL && b->cls->adjust != NULL;
}

mpt
vlist_adjust(struct vlist *l, size_t from, size_t to, struct vbox *outer,
    double ratio)
{
	struct parallel pl = { may_adjust(outer) ? outer : NULL, NULL };
	mpt more = 0;

	for (size_t i = 0; i < to; i++) {
		struct velem *e = &l->v[i];
		mpt old;

		if (e->type == VE_OPEN && may_adjust(e->open.box)) {
			pl = (struct parallel){ e->open.box, NULL };
		} else if (e->type == VE_CLOSE && e->open.box == pl.box) {
			more = mpt_add(more, parallel_adjust(&pl, true, ratio));
			pl.box = NULL;
		} else if (e->type == VE_BOX && i >= from) {
			pl.slice = e;
		} else if (e->type == VE_GAP && i >= from) {
			old = e->gap.space.opt;
			e->gap.space.opt = adjusted(&e->gap.space, ratio);
			more = mpt_add(more, e->gap.space.opt - old);
		}
	}
	return mpt_add(more, parallel_adjust(&pl, false, ratio));
}

static void
cuts_add(struct cuts *c, const struct velem *e, size_t at, int64_t height,
    int64_t above, int64_t head)
{
	struct cut *k;

	VEC_RESERVE(c->v, c->cap, c->n + 1);
	k = &c->v[c->n];
	*k = (struct cut){
		.at = at,
		.height = mpt_far(height),
		.above = mpt_far(above),
		.head = mpt_far(head),
		.cost = e->gap.cost,
		.page_cost = e->gap.page_cost,
		.klass = e->gap.klass,
	};
	/* Heights must not fall, or a later gap would hide an earlier one. */
	if (c->n > 0)
		k->height = mpt_max(k->height, c->v[c->n - 1].height);
	c->n++;
}

void
vlist_cuts(const struct vlist *l, size_t from, struct cuts *out)
{
	int64_t y, head, foot, tail = 0;
	bool any = false, enough = false;
	size_t i;

	out->n = 0;
	open_sums(l, from, &head, &foot);
	y = head;
	for (i = from; i < l->n && !(enough && y > out->far); i++) {
		const struct velem *e = &l->v[i];

		switch (e->type) {
		case VE_BOX:
			y += e->box.height;
			tail = 0;
			any = true;
			break;
		case VE_OPEN:
			y += e->open.box->head;
			head += e->open.box->head_broken;
			foot += e->open.box->foot_broken;
			break;
		case VE_CLOSE:
			y += e->open.box->foot;
			head -= e->open.box->head_broken;
			foot -= e->open.box->foot_broken;
			break;
		case VE_GAP:
			if (any && !e->gap.fixed) {
				cuts_add(out, e, i, y + tail + e->gap.tail +
				    foot, y, head);
				enough |= e->gap.cost < COST_WIDOW &&
				    y < out->far / 2;
			}
			y += e->gap.space.opt;
			tail += (int64_t)e->gap.tail - e->gap.space.opt;
			break;
		}
	}
	out->total = mpt_far(y);
	out->end = i;
}

mpt
vlist_dropped(const struct vlist *l, size_t at)
{
	int64_t h = 0;

	for (; at < l->n && l->v[at].type != VE_BOX; at++)
		if (l->v[at].type == VE_GAP)
			h += l->v[at].gap.space.opt - l->v[at].gap.head;
	return mpt_far(h);
}

mpt
vlist_last_part(const struct vlist *l, mpt room)
{
	struct cuts cuts = { 0 };
	mpt base = 0, next = 0;
	size_t at = 0;
	int depth = 0;

	vlist_cuts(l, 0, &cuts);
	for (size_t i = 0; i < cuts.n; i++) {
		const struct cut *c = &cuts.v[i];

		for (; at < c->at; at++)
			depth += l->v[at].type == VE_OPEN ? 1 :
			    l->v[at].type == VE_CLOSE ? -1 : 0;
		if (c->cost >= COST_WIDOW || depth == 0)
			continue;
		if (next > base && c->height - base > room)
			base = next;
		next = c->height + l->v[c->at].gap.space.opt;
	}
	if (cuts.total - base > room)
		base = next;
	free(cuts.v);
	return cuts.total - base;
}

/* A space that has become what it is.  Where that is no other than without a
 * break it may stretch and shrink as before. */
static void
gap_fix(struct velem *e, mpt space)
{
	if (space != e->gap.space.opt)
		e->gap.space = (struct space){ space, space, space };
	e->gap.tail = e->gap.head = space;
	e->gap.fixed = true;
	e->gap.cost = COST_FORBID;
	e->gap.step = 0;
}

struct vbox *
vlist_innermost(const struct vlist *l, size_t at, struct vbox *outer)
{
	size_t depth = 0;

	while (at-- > 0) {
		const struct velem *e = &l->v[at];

		if (e->type == VE_CLOSE)
			depth++;
		else if (e->type == VE_OPEN && depth-- == 0)
			return e->open.box;
	}
	return outer;
}

/* Frees what stands between `at` and the CLOSE of b. */
static void
vlist_clear(struct vlist *l, size_t at, const struct vbox *b)
{
	size_t end = at;

	while (end < l->n && !(l->v[end].type == VE_CLOSE &&
	    l->v[end].open.box == b))
		velem_free(&l->v[end++]);
	memmove(l->v + at, l->v + end, (l->n - end) * sizeof *l->v);
	l->n -= end - at;
}

static void
vlist_insert(struct vlist *l, size_t at, struct vlist *fresh)
{
	VEC_RESERVE(l->v, l->cap, l->n + fresh->n);
	memmove(l->v + at + fresh->n, l->v + at, (l->n - at) * sizeof *l->v);
	if (fresh->n > 0)
		memcpy(l->v + at, fresh->v, fresh->n * sizeof *fresh->v);
	l->n += fresh->n;
	free(fresh->v);
}

/* Replaces what stands between `at` and the CLOSE of b by what b makes anew. */
static void
vlist_resume(struct vlist *l, size_t at, struct vbox *b, uint32_t step)
{
	struct vlist fresh = { 0 };

	vlist_clear(l, at, b);
	b->cls->resume(b, step, &fresh);
	vlist_whole_tail(&fresh, 0, fresh.n, b->whole_tail);
	vlist_insert(l, at, &fresh);
}

void
vlist_remake(struct vlist *l, size_t at, struct vbox *b,
    const struct room *room)
{
	struct vlist fresh = { 0 };

	vlist_clear(l, at, b);
	b->cls->again(b, room, &fresh);
	vlist_whole_tail(&fresh, 0, fresh.n, b->whole_tail);
	vlist_insert(l, at, &fresh);
}

void
vlist_cut(struct vlist *l, size_t at, struct vbox *outer)
{
	struct velem gap = l->v[at];

	for (size_t i = at; i-- > 0 && l->v[i].type != VE_BOX;)
		if (l->v[i].type == VE_GAP)
			gap_fix(&l->v[i], l->v[i].gap.tail);
	gap_fix(&l->v[at], gap.gap.tail);
	l->v[at].gap.asked = gap.gap.cost == COST_FORCE;
	if (gap.gap.step != 0) {
		struct vbox *b = vlist_innermost(l, at, outer);

		if (b != NULL && b->cls->resume != NULL)
			vlist_resume(l, at + 1, b, gap.gap.step);
	}
	for (size_t i = at + 1; i < l->n && l->v[i].type != VE_BOX; i++)
		if (l->v[i].type == VE_GAP)
			gap_fix(&l->v[i], l->v[i].gap.head);
	if (gap.gap.head != 0) {
		mpt head = gap.gap.head;

		VEC_RESERVE(l->v, l->cap, l->n + 1);
		memmove(l->v + at + 2, l->v + at + 1,
		    (l->n - at - 1) * sizeof *l->v);
		l->n++;
		gap_fix(&gap, head);
		l->v[at + 1] = gap;
	}
}
