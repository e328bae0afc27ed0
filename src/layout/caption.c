/*
 * fo:table-and-caption (XSL 1.1, 6.7.2 and 6.7.5): the caption before or after
 * the table as blocks one after the other, or beside it as two parallel lists.
 *
 * A caption above is kept with the table's first row, one below with its last:
 * the standard leaves it open, and a caption alone on a page tells nobody what
 * it belongs to.  A caption beside the table is as wide as it says, else as
 * the table leaves it, else as its text wants, up to a third of the room.
 */
#include <stdlib.h>

#include "layout/pages.h"
#include "layout/table.h"

struct captioned_box {
	struct vbox b;
	struct step_group *group;	/* side by side, or NULL */
};

struct captioned {
	struct fo_node *caption, *table;
	enum fo_keyword side;	/* KW_BEFORE, _AFTER, _START or _END */
	int step;
};

static struct step_group *
group_of(struct vbox *b)
{
	return ((struct captioned_box *)(void *)b)->group;
}

static void
captioned_free(struct vbox *b)
{
	step_free(group_of(b));
}

static void
beside_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	block_paint(b, p, part);
	step_paint(group_of(b), p, part, part->x - b->x,
	    part->y + (part->first ? b->head : b->head_broken), NULL, NULL);
}

static void
beside_resume(struct vbox *b, uint32_t step, struct vlist *out)
{
	step_resume(group_of(b), step, out);
}

static const struct vbox_class stacked_class = { .name = "captioned",
	.paint = block_paint, .free = captioned_free };
static const struct vbox_class beside_class = { .name = "captioned",
	.paint = beside_paint, .resume = beside_resume,
	.free = captioned_free };

/* caption-side (7.28.7), absolute sides by the writing mode. */
static enum fo_keyword
caption_side(const struct fo_node *n, bool rtl)
{
	switch (fo_keyword(n->style, PR_CAPTION_SIDE)) {
	case KW_AFTER:
	case KW_BOTTOM:
		return KW_AFTER;
	case KW_START:
		return KW_START;
	case KW_END:
		return KW_END;
	case KW_LEFT:
		return rtl ? KW_END : KW_START;
	case KW_RIGHT:
		return rtl ? KW_START : KW_END;
	default:
		return KW_BEFORE;
	}
}

static void
find_parts(struct layout *l, struct fo_node *node, struct captioned *cd)
{
	struct fo_node *n = NULL;

	/* Asking for what follows the table would read all of it. */
	while (cd->table == NULL &&
	    (n = fo_child(l->doc, node, n)) != NULL) {
		if (n->type == FO_TABLE_CAPTION && cd->caption == NULL)
			cd->caption = n;
		else if (n->type == FO_TABLE)
			cd->table = n;
	}
}

/* --------------------------------------------------------- one by one */

/* The caption is a reference area, as a block-container is. */
static void
push_caption(struct feed *s, struct fo_node *caption, const struct room *room)
{
	struct vbox *b = block_box(feed_layout(s), caption, room);
	struct room inner = *room;
	struct frame *f;

	container_place(b, room, &inner);
	b->is_reference = true;
	f = block_push(s, caption, b, room);
	inner.elem = f->room.elem;
	f->room = inner;
}

static bool
stacked_step(struct feed *s, struct frame *f)
{
	struct captioned *cd = f->data;
	bool caption = (cd->step == 0) == (cd->side != KW_AFTER);
	struct room room = f->room;

	if (cd->step > 1)
		return false;
	if (cd->step++ > 0 && cd->caption != NULL)
		feed_keep(s, COST_FORBID, COST_FORBID);
	if (caption && cd->caption != NULL)
		push_caption(s, cd->caption, &room);
	else if (!caption && cd->table != NULL)
		table_push(s, cd->table, &room);
	return true;
}

static void
captioned_end(struct frame *f)
{
	free(f->data);
}

static const struct frame_kind stacked_frame = { .name = "captioned",
	.step = stacked_step, .free = captioned_end };

/* -------------------------------------------------------- side by side */

/* A frame around one part, to collect it alone. */
static bool
part_step(struct feed *s, struct frame *f)
{
	struct captioned *cd = f->data;
	struct room room = f->room;

	if (cd->step++ > 0)
		return false;
	if (cd->table != NULL)
		table_push(s, cd->table, &room);
	else
		push_caption(s, cd->caption, &room);
	return true;
}

static const struct frame_kind part_frame = { .name = "captioned-part",
	.step = part_step };

static struct vlist *
collect_part(struct layout *l, struct fo_node *node, struct captioned part,
    const struct room *room)
{
	struct vlist *list = xcalloc(1, sizeof *list);
	struct feed *s = feed_start(l, &part_frame, node, room);
	struct velem e;

	feed_top(s)->data = &part;
	while (feed_next(s, &e))
		vlist_add(list, e);
	feed_free(s);
	return list;
}

static mpt
caption_width(struct layout *l, const struct captioned *cd, mpt room)
{
	const struct fo_style *st = cd->caption->style;
	const struct fo_style *table = cd->table->style;
	mpt frame = decor_edge(st, SIDE_START, room) +
	    decor_edge(st, SIDE_END, room);
	mpt rest;

	if (fo_value(st, PR_IPD_OPTIMUM)->kind == FV_LENGTH)
		return fo_length(st, PR_IPD_OPTIMUM, room) + frame;
	if (fo_value(table, PR_IPD_OPTIMUM)->kind == FV_LENGTH) {
		rest = room - fo_length(table, PR_IPD_OPTIMUM, room);
		if (rest > 0)
			return rest;
	}
	return mpt_min(mpt_add(auto_content_widths(l, cd->caption, room).max,
	    frame), room / 3);
}

static enum strand_align
caption_align(const struct fo_style *st)
{
	switch (fo_keyword(st, PR_DISPLAY_ALIGN)) {
	case KW_CENTER:
		return ALIGN_CENTER;
	case KW_AFTER:
		return ALIGN_AFTER;
	default:
		return ALIGN_BEFORE;
	}
}

static void
put_beside(struct feed *s, struct fo_node *n, const struct captioned *cd,
    const struct room *room)
{
	struct layout *l = feed_layout(s);
	struct captioned_box *cb = (struct captioned_box *)(void *)
	    block_box_of(l, &beside_class, sizeof *cb, n, room);
	mpt width = caption_width(l, cd, room->ipd);
	struct room side = *room, main = *room;
	struct strand strands[2] = { { .rows = 1 }, { .rows = 1 } };
	struct step_row row = { 0 };
	struct vlist slices = { 0 };

	side.elem = main.elem = cb->b.elem;
	side.depth++;
	main.depth++;
	side.ipd = width;
	main.ipd = mpt_max(0, room->ipd - width);
	if ((cd->side == KW_START) != room->rtl)
		main.x += width;
	else
		side.x += main.ipd;
	strands[0].list = collect_part(l, n,
	    (struct captioned){ .caption = cd->caption }, &side);
	strands[0].align = caption_align(cd->caption->style);
	strands[1].list = collect_part(l, n,
	    (struct captioned){ .table = cd->table }, &main);
	cb->group = step_new(l, strands, 2, &row, 1);
	step_emit(cb->group, &slices);
	feed_before(s, n->style, room_base(room));
	feed_group(s, &cb->b, &slices);
	feed_after(s, n->style, room_base(room));
	free(slices.v);
}

void
caption_push(struct feed *s, struct fo_node *node, const struct room *room)
{
	struct layout *l = feed_layout(s);
	struct captioned *cd = xcalloc(1, sizeof *cd);

	find_parts(l, node, cd);
	cd->side = caption_side(node, room->rtl);
	if (cd->caption != NULL && cd->table != NULL &&
	    (cd->side == KW_START || cd->side == KW_END)) {
		put_beside(s, node, cd, room);
		free(cd);
		return;
	}
	feed_push(s, &stacked_frame, node, block_box_of(l, &stacked_class,
	    sizeof(struct captioned_box), node, room), room)->data = cd;
}
