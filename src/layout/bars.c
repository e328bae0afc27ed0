/*
 * Change bars (XSL 1.1, 6.13 and 7.30): lines beside the column, from the place
 * where fo:change-bar-begin stands to that of its fo:change-bar-end, on as many
 * pages as that is.  They are drawn when what is between is painted.  "inside"
 * and "outside" depend on the page, odd ones have start inside; "alternate" is at
 * the start of the first and the end of the second of two columns, else outside.
 */
#include <stdlib.h>

#include "layout/pages.h"

static bool
is_at_right(const struct bar_column *c, enum fo_keyword placement, bool odd)
{
	switch (placement) {
	case KW_LEFT:
		return false;
	case KW_RIGHT:
		return true;
	case KW_END:
		return !c->rtl;
	case KW_INSIDE:
		return odd == c->rtl;
	case KW_ALTERNATE:
		if (c->count == 2)
			return (c->number == 0) == c->rtl;
		return odd != c->rtl;
	case KW_OUTSIDE:
		return odd != c->rtl;
	default:
		return c->rtl;
	}
}

static void
bar_draw(struct painter *p, const struct bar *b, mpt end)
{
	const struct bar_column *c = &p->l->bars.column;
	bool odd = p->context == NULL || p->context->number % 2 != 0;
	mpt middle = is_at_right(c, b->placement, odd) ?
	    mpt_add(c->x, mpt_add(c->width, b->offset)) :
	    mpt_add(c->x, -b->offset);

	struct border_side side = { .style = b->style,
		.color = color_of(b->rgba), .turn = TURN_LEFT,
		.x = mpt_add(middle, -b->width / 2), .y = end,
		.length = end - b->y, .width = b->width };

	if (end > b->y)
		decor_side(p, painter_elem(p,
		    area_artifact(ROLE_ARTIFACT_LAYOUT)), &side);
}

void
bars_column(struct painter *p, const struct bar_column *c, mpt y)
{
	struct bars *bs = &p->l->bars;

	bs->column = *c;
	for (size_t i = 0; i < bs->n; i++)
		bs->v[i].y = y;
}

void
bars_column_end(struct painter *p, mpt y)
{
	for (size_t i = 0; i < p->l->bars.n; i++)
		bar_draw(p, &p->l->bars.v[i], y);
}

static void
bar_begin(struct bars *bs, const struct fo_node *n, mpt y)
{
	const struct fo_style *st = n->style;
	const char *class = fo_string(st, PR_CHANGE_BAR_CLASS);

	VEC_RESERVE(bs->v, bs->cap, bs->n + 1);
	/* The node may be gone before the bar ends. */
	bs->v[bs->n++] = (struct bar){
		.class = xstrdup(class != NULL ? class : ""),
		.style = fo_keyword(st, PR_CHANGE_BAR_STYLE),
		.placement = fo_keyword(st, PR_CHANGE_BAR_PLACEMENT),
		.rgba = fo_color(st, PR_CHANGE_BAR_COLOR),
		.width = fo_length(st, PR_CHANGE_BAR_WIDTH, 0),
		.offset = fo_length(st, PR_CHANGE_BAR_OFFSET, 0),
		.y = y,
	};
}

static void
bar_remove(struct bars *bs, size_t i)
{
	free(bs->v[i].class);
	for (bs->n--; i < bs->n; i++)
		bs->v[i] = bs->v[i + 1];
}

void
bars_mark(struct painter *p, const struct fo_node *n, mpt y)
{
	struct bars *bs = &p->l->bars;
	const char *class = fo_string(n->style, PR_CHANGE_BAR_CLASS);

	if (p->is_static)
		return;
	if (n->type == FO_CHANGE_BAR_BEGIN) {
		bar_begin(bs, n, y);
		return;
	}
	for (size_t i = bs->n; i-- > 0;) {
		if (!str_eq(bs->v[i].class, class != NULL ? class : ""))
			continue;
		bar_draw(p, &bs->v[i], y);
		bar_remove(bs, i);
		return;
	}
}

void
bars_free(struct bars *bs)
{
	while (bs->n > 0)
		bar_remove(bs, bs->n - 1);
	free(bs->v);
	*bs = (struct bars){ 0 };
}

/* ----------------------------------------------------------- among blocks */

static void
mark_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	bars_mark(p, b->node, part->y);
}

static const struct vbox_class mark_class = { .name = "change-bar",
	.paint = mark_paint };

void
bars_block(struct feed *s, const struct frame *f, struct fo_node *n)
{
	feed_empty_box(s, vbox_new(feed_layout(s), &mark_class,
	    sizeof(struct vbox), n, &f->room), n->type ==
	    FO_CHANGE_BAR_BEGIN);
}
