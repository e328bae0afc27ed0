/*
 * Lists: an item is two parallel lists, label and body, that stand side by side
 * by their own indents (XSL 1.1, 6.8) and break together.
 */
#include <stdlib.h>

#include "layout/pages.h"

struct item_box {
	struct vbox b;
	struct layout *l;
	struct step_group *group;
};

static void
item_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	struct item_box *it = (struct item_box *)(void *)b;

	block_paint(b, p, part);
	step_paint(it->group, p, part, part->x - b->x,
	    part->y + (part->first ? b->head : b->head_broken), NULL, NULL);
}

static void
item_resume(struct vbox *b, uint32_t step, struct vlist *out)
{
	step_resume(((struct item_box *)(void *)b)->group, step, out);
}

static mpt
item_baseline(const struct vbox *b)
{
	return step_baseline(((const struct item_box *)(const void *)b)->
	    group);
}

static mpt
item_repeat_notes(const struct vbox *b, bool head)
{
	return step_repeat_notes(((const struct item_box *)(const void *)b)->
	    group, head);
}

struct remaking {
	struct layout *l;
	struct room room;
};

static size_t
remake_part(void *ctx, const struct strand *s, size_t from)
{
	struct remaking *rm = ctx;

	return flow_collect_again(rm->l, s->user, &rm->room, s->list, from);
}

static void
item_again(struct vbox *b, const struct room *room, struct vlist *out)
{
	struct item_box *it = (struct item_box *)(void *)b;
	struct remaking rm = { .l = it->l, .room = *room };

	block_place(b, room);
	rm.room.elem = b->elem;
	rm.room.base = 0;
	rm.room.floats = NULL;
	step_again(it->group, remake_part, &rm, out);
}

/* When the end of a page is chosen, the stretch of the spaces inside items does
 * not count, and a space that a break in an item drops counts all the same;
 * then they are what the page makes of them, and what is below moves with them:
 * FOP's pages end there. */
static mpt
item_adjust(struct vbox *b, bool last, double ratio)
{
	return step_adjust(((struct item_box *)(void *)b)->group, last, ratio);
}

static void
item_free(struct vbox *b)
{
	step_free(((struct item_box *)(void *)b)->group);
}

static const struct vbox_class item_class = { .name = "list-item",
	.paint = item_paint, .repeat_notes = item_repeat_notes,
	.baseline = item_baseline, .resume = item_resume, .again = item_again,
	.adjust = item_adjust, .free = item_free };

/* A label or body beside the floats of its surroundings, and theirs. */
static struct vlist *
item_part(struct feed *s, const struct frame *f, struct fo_node *n,
    struct room *room, mpt top)
{
	struct floats beside = { 0 }, *around = room->floats;
	struct vlist *list;
	size_t old;

	floats_copy(&beside, feed_floats(s), f->floats_hidden, top);
	old = beside.n;
	room->floats = &beside;
	list = flow_collect_area(feed_layout(s), n, room);
	room->floats = around;
	floats_copy(feed_floats(s), &beside, old, -top);
	free(beside.v);
	return list;
}

/* On a page before one of another width FOP would rather end the page between
 * the lines of an item than between blocks in a block, or between the items of a
 * list in it after which most breaks are such. */
static void
shun_blocks(struct vlist *body)
{
	int shunned = 0;

	for (size_t i = 0; i < body->n; i++) {
		struct velem *e = &body->v[i];

		if (e->type != VE_GAP || e->gap.fixed ||
		    !cost_is_allowed(e->gap.cost))
			continue;
		if (e->gap.cost < COST_KEEP && (e->gap.within == FO_BLOCK ||
		    (e->gap.within == FO_LIST_BLOCK && shunned > 0)))
			e->gap.cost = COST_SHUN;
		shunned += e->gap.cost > 0 ? 1 : -1;
	}
}

static void
list_item(struct feed *s, struct frame *f, struct fo_node *item)
{
	struct layout *l = feed_layout(s);
	struct item_box *it = (struct item_box *)(void *)block_box_of(l,
	    &item_class, sizeof *it, item, &f->room);
	struct room room = f->room;
	struct strand strands[2] = { 0 };
	struct step_row row = { .keep = keep_cost(item->style,
	    PR_KEEP_TOGETHER_WITHIN_COLUMN), .keep_page = keep_cost(item->style,
	    PR_KEEP_TOGETHER_WITHIN_PAGE) };
	struct vlist slices = { 0 };
	struct verge trail;
	struct fo_node *n;
	enum strand_align align = fo_keyword(item->style,
	    PR_RELATIVE_ALIGN) == KW_BASELINE ? ALIGN_BASELINE : ALIGN_BEFORE;
	size_t count = 0;
	mpt top;

	it->l = l;
	room.elem = it->b.elem;
	/* Percentages in a body are of the whole area (as in FOP). */
	room.base = 0;
	feed_before(s, item->style, room_base(&f->room));
	top = mpt_add(feed_y(s), it->b.head);
	for (n = fo_child(l->doc, item, NULL); n != NULL && count < 2;
	    n = fo_child(l->doc, item, n)) {
		if (n->type != FO_LIST_ITEM_LABEL &&
		    n->type != FO_LIST_ITEM_BODY)
			continue;
		strands[count].rows = 1;
		strands[count].align = align;
		strands[count].user = n;
		strands[count].counts_dropped = true;
		strands[count].ends_itself = true;
		strands[count].list = item_part(s, f, n, &room, top);
		if (n->type == FO_LIST_ITEM_BODY && !room.is_static &&
		    sequence_turns(l) && fo_keep(item->style,
		    PR_KEEP_WITH_PREVIOUS_WITHIN_COLUMN) == 0)
			shun_blocks(strands[count].list);
		/* A break after the last of a body is none (as in FOP). */
		trail = strands[count].list->trail;
		trail.klass = 0;
		verge_join(&slices.trail, &trail);
		verge_join(&slices.lead, &strands[count++].list->lead);
	}
	strands_relate(strands, count, 1);
	it->group = step_new(l, strands, count, &row, 1);
	it->b.repeats = step_repeats(it->group);
	step_emit(it->group, &slices);
	feed_part(s, &slices.lead);
	feed_group(s, &it->b, &slices);
	feed_part(s, &slices.trail);
	feed_after(s, item->style, room_base(&f->room));
	free(slices.v);
}

static bool
list_step(struct feed *s, struct frame *f)
{
	struct fo_node *n = frame_next(s, f);

	if (n == NULL)
		return false;
	if (n->type == FO_LIST_ITEM)
		list_item(s, f, n);
	else if (n->type != FO_MARKER)
		feed_child(s, f, n);
	return true;
}

static const struct frame_kind list_frame = { .name = "list",
	.step = list_step };

const struct frame_kind *
list_frames(void)
{
	return &list_frame;
}

void
list_push(struct feed *s, struct fo_node *list, const struct room *room)
{
	feed_limits(s, feed_push(s, &list_frame, list,
	    block_box(feed_layout(s), list, room), room));
}
