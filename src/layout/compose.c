/*
 * Painting a part of a vertical list: where its elements stand, the boxes'
 * backgrounds before their content, structure elements and ids on the way.
 *
 * Two walks over the same elements: the first finds how high each box's part
 * is, the second paints.  No recursion: boxes may nest deeply.
 */
#include <stdlib.h>

#include "layout/pages.h"

/* One box's part, in the order of their beginnings. */
struct part {
	struct vbox *box;
	struct vpart at;	/* x, w and y relative to the column */
	size_t up;		/* index of the part around it, or SIZE_MAX */
	bool layered;		/* it stands on a layer */
	size_t from, inner;	/* its first item on the page, and its content's */
};

struct composer {
	const struct vlist *l;
	size_t from, to;
	struct painter *p;
	mpt x, y;
	mpt ref_w, ref_h;	/* of the reference area that the list is in */
	struct part *parts;
	size_t n, cap;
	size_t top;		/* innermost open part, or SIZE_MAX */
	size_t next;		/* second walk: the part that opens next */
	/* Reference areas around, saved while one inside is open. */
	struct painter *saved;
	size_t n_saved, cap_saved;
};

/*
 * What a box has before and after its content in a part.  A container breaks as
 * in FOP: its content stands below its border and padding on every page,
 * though nothing is asked of the page for them where it is continued, and they
 * are not shown; unless the break was deeper inside it.  Then they are, those
 * before and those after, and so are those of all boxes around it.  Those after
 * also are where a break was asked for.
 */
static bool
is_container(const struct vbox *b)
{
	return b->node != NULL && b->node->type == FO_BLOCK_CONTAINER;
}

static mpt
part_head(const struct part *pt)
{
	const struct vbox *b = pt->box;

	return pt->at.first || pt->at.torn_head || is_container(b) ? b->head :
	    b->head_broken;
}

static mpt
part_foot(const struct part *pt)
{
	const struct vbox *b = pt->box;

	if (!pt->at.last && !pt->at.torn_foot)
		return b->foot_broken;
	/* It ends, and what follows stands, where it would without that head. */
	return b->foot - (pt->at.first || pt->at.torn_head ||
	    !is_container(b) ? 0 : mpt_min(b->foot, b->head - b->head_broken));
}

/* Is what ends the part a break that was asked for? */
static bool
is_forced(const struct composer *c)
{
	const struct velem *e = c->to > c->from ? &c->l->v[c->to - 1] : NULL;

	return e != NULL && e->type == VE_GAP && e->gap.asked;
}

/* ------------------------------------------------------- the first walk */

/* relative-position moves what is painted, not what it leaves room for
 * (7.13.5). */
void
relative_offset(const struct fo_style *st, mpt w, mpt h, mpt *dx, mpt *dy)
{
	*dx = *dy = 0;
	if (fo_keyword(st, PR_RELATIVE_POSITION) != KW_RELATIVE)
		return;
	if (fo_value(st, PR_LEFT)->kind == FV_LENGTH)
		*dx = fo_length(st, PR_LEFT, w);
	else
		*dx = -fo_length(st, PR_RIGHT, w);
	if (fo_value(st, PR_TOP)->kind == FV_LENGTH)
		*dy = fo_length(st, PR_TOP, h);
	else
		*dy = -fo_length(st, PR_BOTTOM, h);
}

/* Moves the column as its box wants it (sign 1), and back. */
static mpt
move_by(struct composer *c, const struct vbox *b, int sign)
{
	mpt dx, dy;

	relative_offset(b->style, c->ref_w, c->ref_h, &dx, &dy);
	c->x += sign * dx;
	return sign * dy;
}

static void
part_push(struct composer *c, struct vbox *b, mpt y, bool first, size_t from)
{
	struct part *pt;

	VEC_RESERVE(c->parts, c->cap, c->n + 1);
	pt = &c->parts[c->n];
	*pt = (struct part){
		.box = b,
		.at = {
			.x = c->x + b->x,
			.y = y,
			.w = b->width,
			.first = first,
			.torn_head = !first && (b->torn || b->whole),
			.from = c->l->v + from,
		},
		.up = c->top,
	};
	c->top = c->n++;
}

static void
part_pop(struct composer *c, mpt y, size_t to)
{
	struct part *pt = &c->parts[c->top];

	pt->at.h = mpt_far((int64_t)y - pt->at.y);
	pt->at.to = c->l->v + to;
	c->top = pt->up;
}

/* The boxes that are open before element c->from, outermost first. */
static mpt
measure_continued(struct composer *c, mpt y)
{
	struct vbox **open = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < c->from; i++) {
		const struct velem *e = &c->l->v[i];

		if (e->type == VE_OPEN) {
			VEC_RESERVE(open, cap, n + 1);
			open[n++] = e->open.box;
		} else if (e->type == VE_CLOSE) {
			n--;
		}
	}
	for (size_t i = 0; i < n; i++) {
		y += move_by(c, open[i], 1);
		part_push(c, open[i], y, false, c->from);
		y = mpt_far((int64_t)y + part_head(&c->parts[c->top]));
	}
	free(open);
	return y;
}

static mpt
measure(struct composer *c, struct vbox *const *open, size_t n_open)
{
	mpt y = c->y;

	for (size_t i = 0; i < n_open; i++) {
		y += move_by(c, open[i], 1);
		part_push(c, open[i], y, false, c->from);
		y = mpt_far((int64_t)y + part_head(&c->parts[c->top]));
	}
	if (n_open == 0 && c->from > 0)
		y = measure_continued(c, y);
	for (size_t i = c->from; i < c->to; i++) {
		const struct velem *e = &c->l->v[i];

		switch (e->type) {
		case VE_BOX:
			y = mpt_far((int64_t)y + e->box.height);
			break;
		case VE_GAP:
			y = mpt_far((int64_t)y + e->gap.space.opt);
			break;
		case VE_OPEN:
			y += move_by(c, e->open.box, 1);
			part_push(c, e->open.box, y, true, i + 1);
			y = mpt_far((int64_t)y + e->open.box->head);
			break;
		case VE_CLOSE:
			c->parts[c->top].at.last = true;
			y = mpt_far((int64_t)y + part_foot(&c->parts[c->top]));
			part_pop(c, y, i);
			y += move_by(c, e->open.box, -1);
			break;
		}
	}
	for (bool torn = false, inside = false, ends = is_forced(c);
	    c->top != SIZE_MAX; inside = true) {
		struct part *pt = &c->parts[c->top];
		struct vbox *b = pt->box;

		torn |= inside && is_container(b);
		ends = torn || (ends && (inside || is_container(b)));
		pt->at.torn_foot = ends || b->whole;
		b->torn = torn;
		y = mpt_far((int64_t)y + part_foot(pt));
		part_pop(c, y, c->to);
		y += move_by(c, b, -1);
	}
	return y;
}

/* ------------------------------------------------------ the second walk */

/* Absolute positions inside count from a reference area's content. */
static void
reference_begin(struct composer *c, const struct part *pt)
{
	const struct vbox *b = pt->box;
	mpt head = part_head(pt), foot = part_foot(pt);
	mpt left = decor_edge(b->style, SIDE_START, b->width);
	mpt right = decor_edge(b->style, SIDE_END, b->width);

	VEC_RESERVE(c->saved, c->cap_saved, c->n_saved + 1);
	c->saved[c->n_saved++] = *c->p;
	c->p->ref_x = pt->at.x + left;
	c->p->ref_y = pt->at.y + head;
	c->p->ref_w = pt->at.w - left - right;
	c->p->ref_h = pt->at.h - head - foot;
}

static void
reference_end(struct composer *c)
{
	const struct painter *o = &c->saved[--c->n_saved];

	c->p->ref_x = o->ref_x;
	c->p->ref_y = o->ref_y;
	c->p->ref_w = o->ref_w;
	c->p->ref_h = o->ref_h;
}

static mpt
part_begin(struct composer *c, mpt y)
{
	size_t i = c->next++;
	struct part *pt = &c->parts[i];
	struct vbox *b = pt->box;

	y += move_by(c, b, 1);
	pt->up = c->top;
	c->top = i;
	pt->from = c->p->page->n;
	b->painted = true;
	if (b->node != NULL)
		ids_place(c->p, b->node, pt->at.x, y);
	if (b->has_markers && !c->p->is_static)
		markers_begin(c->p->l, b->node, pt->at.first);
	if (b->node != NULL)
		c->p->where = b->node->where;
	pt->layered = b->node != NULL && layer_begin(c->p, b->node);
	if (b->cls->paint != NULL)
		b->cls->paint(b, c->p, &pt->at);
	if (!pt->at.first && b->cls->paint_repeat != NULL)
		b->cls->paint_repeat(b, c->p, c->x, y, /*head*/true);
	if (b->is_reference)
		reference_begin(c, pt);
	pt->inner = c->p->page->n;
	return y + part_head(pt);
}

static void
end_elements(struct composer *c, struct vbox *b)
{
	if (b->cls->end != NULL)
		b->cls->end(b, c->p);
	if (b->own_elem)
		area_end(c->p->page, b->elem);
	b->own_elem = false;
}

/* The end of what stands on a layer, and of a moved container that lies above or
 * below others. */
static void
part_stack(struct area_page *page, const struct part *pt)
{
	const struct fo_style *st = pt->box->style;
	int z;
	bool raised = is_container(pt->box) && z_index(st, &z) &&
	    fo_keyword(st, PR_RELATIVE_POSITION) == KW_RELATIVE;

	if (raised || pt->layered)
		area_stack(page, pt->inner);
	if (pt->layered)
		area_pop(page);
	if (raised)
		area_raise(page, pt->from, z);
}

/* A cell may be empty, or what stands in it for the eye only. */
static void
touch_cell(struct composer *c, const struct part *pt)
{
	const struct area_page *page = c->p->page;

	if (!pt->box->is_cell || !pt->at.first || c->p->is_static)
		return;
	for (size_t i = pt->from; i < page->n; i++)
		if (page->items[i].type != AREA_ANCHOR &&
		    !area_is_artifact(page->items[i].elem))
			return;
	area_add(c->p->page, AREA_TOUCH, painter_elem(c->p, pt->box->elem),
	    NULL);
}

static mpt
part_end(struct composer *c, mpt y)
{
	struct part *pt = &c->parts[c->top];
	struct vbox *b = pt->box;

	if (b->is_reference)
		reference_end(c);
	if (b->has_markers && !c->p->is_static)
		markers_end(c->p->l, b->node, pt->at.last && !b->trails);
	if (!pt->at.last && b->cls->paint_repeat != NULL)
		b->cls->paint_repeat(b, c->p, c->x, y, /*head*/false);
	touch_cell(c, pt);
	part_stack(c->p->page, pt);
	if (pt->at.last && !c->p->is_static)
		end_elements(c, b);
	c->top = pt->up;
	return y + part_foot(pt) + move_by(c, b, -1);
}

static void
paint(struct composer *c, size_t n_continued)
{
	mpt y = c->y;

	while (c->next < n_continued)
		y = part_begin(c, y);
	for (size_t i = c->from; i < c->to; i++) {
		const struct velem *e = &c->l->v[i];

		switch (e->type) {
		case VE_BOX:
			if (e->box.frag != NULL)
				e->box.frag->cls->paint(e->box.frag, c->p,
				    c->x, y);
			y = mpt_far((int64_t)y + e->box.height);
			break;
		case VE_GAP:
			y = mpt_far((int64_t)y + e->gap.space.opt);
			break;
		case VE_OPEN:
			y = part_begin(c, y);
			break;
		case VE_CLOSE:
			y = part_end(c, y);
			break;
		}
	}
	while (c->top != SIZE_MAX)
		y = part_end(c, y);
}

mpt
compose(const struct vlist *l, size_t from, size_t to,
    struct vbox *const *open, size_t n_open, struct painter *p, mpt x, mpt y)
{
	struct composer c = { .l = l, .from = from, .to = to, .p = p, .x = x,
		.y = y, .ref_w = p->ref_w, .ref_h = p->ref_h,
		.top = SIZE_MAX };
	size_t n_continued = 0;
	mpt end = measure(&c, open, n_open);

	while (n_continued < c.n && !c.parts[n_continued].at.first)
		n_continued++;
	c.top = SIZE_MAX;
	paint(&c, n_continued);
	free(c.parts);
	free(c.saved);
	return end - y;
}

mpt
vlist_paint(struct vlist *l, size_t from, size_t to, struct painter *p, mpt x,
    mpt y)
{
	return compose(l, from, to, NULL, 0, p, x, y);
}
