/*
 * Paints built lines: every item moves to its place on the page and is copied
 * into the page's memory.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/para.h"

static void
paint_text(const struct line *ln, const struct line_item *it,
    struct painter *p, struct area_elem *elem, mpt x, mpt y)
{
	struct arena *a = p->page->arena;
	struct area_text *t = arena_alloc(a, sizeof *t);
	size_t bytes = it->as.text.n_glyphs * sizeof *ln->glyphs;
	struct area_glyph *glyphs = arena_alloc(a, bytes);

	memcpy(glyphs, ln->glyphs + it->as.text.glyph, bytes);
	t->font = it->as.text.font;
	t->size = it->ts->size;
	t->x = x;
	t->y = y;
	t->glyphs = glyphs;
	t->n = it->as.text.n_glyphs;
	t->text = arena_strndup(a, ln->text + it->as.text.text,
	    it->as.text.n_text);
	t->color = it->color;
	t->level = it->level;
	t->oblique = it->ts->oblique;
	area_add(p->page, AREA_TEXT, elem, t);
}

/* A rule of a leader that is not solid. */
static void
paint_rule(const struct line_item *it, struct painter *p,
    struct area_elem *elem, mpt x, mpt y)
{
	const struct border_side side = { .style = it->as.rule,
		.color = it->color, .turn = TURN_TOP, .x = x, .y = y,
		.length = it->w, .width = it->h, .bare = true };

	decor_side(p, elem, &side);
}

static void
paint_graphic(const struct line_item *it, struct painter *p,
    struct area_elem *elem, mpt x, mpt y)
{
	static const struct edges all = { true, true, true, true };
	const struct fo_style *st = it->node->style;
	bool rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;

	decor_paint(p, st, x, y, it->w, it->h, all);
	graphic_paint(p, it->node, it->as.graphic, elem,
	    x + decor_edge(st, rtl ? SIDE_END : SIDE_START, it->w),
	    y + decor_edge(st, SIDE_BEFORE, it->w));
}

/* A container shows its background, and no borders, as in FOP. */
static void
paint_container(const struct line_item *it, struct painter *p, mpt x, mpt y)
{
	const struct rect r = { x, y, it->w, it->h };

	decor_behind(p, it->node->style, &r, &r);
	vlist_paint(it->as.list, 0, it->as.list->n, p, x, y);
}

static void
paint_link(const struct line_item *it, struct painter *p,
    struct area_elem *elem, mpt x, mpt y)
{
	struct arena *a = p->page->arena;
	struct area_link *link = arena_alloc(a, sizeof *link);
	const char *uri = fo_string(it->node->style,
	    PR_EXTERNAL_DESTINATION);
	const char *dest = fo_string(it->node->style,
	    PR_INTERNAL_DESTINATION);

	if ((uri == NULL || *uri == '\0') && (dest == NULL || *dest == '\0'))
		return;
	link->x = x;
	link->y = y;
	link->w = it->w;
	link->h = it->h;
	if (dest != NULL && *dest != '\0') {
		link->dest = arena_strdup(a, dest);
		ids_link(p->l, dest, it->node->where);
	} else {
		link->uri = arena_strdup(a, uri);
	}
	link->title = fo_alt(it->node) != NULL ?
	    arena_strdup(a, fo_alt(it->node)) : NULL;
	area_add(p->page, AREA_LINK, elem, link);
}

static const struct area_text *
number_text(const struct line_item *it, const struct painter *p)
{
	return slot_text(p->l, p->page->arena, it->node->style,
	    p->context->label, it->w, it->hold == HOLD_BOTH);
}

/* The line was made for the number of another page: what stands before or after
 * this one moves, and what reaches over it grows. */
static void
settle_number(struct line *ln, const struct line_item *number,
    const struct painter *p)
{
	const struct area_text *t = number_text(number, p);
	mpt end = number->x + number->w, more = -number->w, before;

	if (t == NULL || number->hold == HOLD_BOTH)
		return;
	for (size_t i = 0; i < t->n; i++)
		more += t->glyphs[i].advance;
	before = number->hold == HOLD_LEFT ? 0 : number->hold == HOLD_RIGHT ?
	    -more : -more / 2;
	for (size_t i = 0; more != 0 && i < ln->n_items; i++) {
		struct line_item *it = &ln->items[i];
		mpt right = it->x + it->w;

		right += right < end ? before : before + more;
		it->x += it->x < end ? before : before + more;
		it->w = right - it->x;
	}
}

static void
paint_number(const struct line_item *it, struct painter *p,
    struct area_elem *elem, mpt x, mpt y)
{
	const struct area_text *made = number_text(it, p);
	struct area_text *t;

	if (made == NULL)
		return;
	t = arena_alloc(p->page->arena, sizeof *t);
	*t = *made;
	t->x += x;
	t->y += y;
	area_add(p->page, AREA_TEXT, elem, t);
}

static void
paint_slot(const struct line_item *it, struct painter *p,
    struct area_elem *elem, mpt x, mpt y)
{
	struct area_slot *s = arena_alloc(p->page->arena, sizeof *s);

	*s = (struct area_slot){ it->as.slot, x, y, it->w };
	area_add(p->page, AREA_SLOT, elem, s);
}

static bool
is_white(const struct line *ln, const struct line_item *it)
{
	if (it->type != LI_TEXT)
		return false;
	for (uint32_t i = 0; i < it->as.text.n_text; i++)
		if (ln->text[it->as.text.text + i] != ' ')
			return false;
	return true;
}

/* A bar begins above its first line and ends below its last one; a line that
 * shows nothing is between bars. */
static bool
shows(const struct line *ln)
{
	for (size_t i = 0; i < ln->n_items; i++)
		if (ln->items[i].type < LI_BAR &&
		    !is_white(ln, &ln->items[i]))
			return true;
	return false;
}

static void line_paint(struct frag *f, struct painter *p, mpt x, mpt y);

/* The layers of the inlines around an item begin; how many. */
static int
begin_layers(const struct line_item *it, struct painter *p)
{
	const struct fo_node *n = it->node;
	int begun = 0;

	for (; n != NULL && fo_is_inline((enum fo_type)n->type); n = n->parent)
		begun += layer_begin(p, n);
	return begun;
}

static void
paint_item(const struct line *ln, const struct line_item *it,
    struct painter *p, mpt x, mpt y)
{
	struct area_elem *elem = painter_elem(p, it->elem);
	const struct edges edges = { true, true, it->start, it->end };
	int layers = begin_layers(it, p);

	x += it->x;
	y += it->y;
	switch (it->type) {
	case LI_DECOR:
		decor_paint(p, it->node->style, x, y, it->w, it->h, edges);
		break;
	case LI_TEXT:
		paint_text(ln, it, p, elem, x, y);
		break;
	case LI_RECT:
		area_add_rect(p->page, elem, x, y, it->w, it->h, it->color);
		break;
	case LI_RULE:
		paint_rule(it, p, elem, x, y);
		break;
	case LI_GRAPHIC:
		paint_graphic(it, p, elem, x, y);
		break;
	case LI_UNITS:
		for (int i = 0; i < it->as.units.n; i++)
			line_paint(it->as.units.frag, p,
			    x + i * it->as.units.pitch, y);
		break;
	case LI_LIST:
		paint_container(it, p, x, y);
		break;
	case LI_NUMBER:
		paint_number(it, p, elem, x, y);
		break;
	case LI_SLOT:
		paint_slot(it, p, elem, x, y);
		break;
	case LI_LINK:
		paint_link(it, p, elem, x, y);
		break;
	case LI_BAR:
		bars_mark(p, it->node, y - ln->baseline + ((it->node->type ==
		    FO_CHANGE_BAR_END) == shows(ln) ? ln->height : 0));
		break;
	case LI_BEGIN:
		if (it->node->id != NULL)
			ids_place_name(p, it->node->id, x, y);
		markers_begin(p->l, it->node, it->start);
		break;
	case LI_END:
		markers_end(p->l, it->node, it->end);
		break;
	case LI_ANCHOR:
		ids_place(p, it->node, x, y - it->ts->ascent);
		break;
	}
	while (layers-- > 0)
		area_pop(p->page);
}

static void
line_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	struct line *ln = (struct line *)(void *)f;
	size_t i;

	ln->painted = true;
	for (i = 0; i < ln->n_items; i++)
		if (ln->items[i].type == LI_NUMBER)
			settle_number(ln, &ln->items[i], p);
	for (i = 0; i < ln->n_items; i++)
		paint_item(ln, &ln->items[i], p, x + ln->x,
		    y + ln->baseline);
	if (!p->is_static)
		for (i = 0; i < ln->n_ended; i++)
			area_end(p->page, ln->ended[i]);
}

static void
line_free(struct frag *f)
{
	struct line *ln = (struct line *)(void *)f;
	size_t i;

	/* Elements that no page has seen. */
	for (i = 0; i < ln->n_ended && !ln->painted; i++)
		area_elem_free(ln->ended[i]);
	for (i = 0; i < ln->n_items; i++) {
		struct line_item *it = &ln->items[i];

		if (it->type == LI_GRAPHIC) {
			graphic_free(it->as.graphic);
			free(it->as.graphic);
		} else if (it->type == LI_LIST) {
			vlist_free(it->as.list);
		} else if (it->type == LI_UNITS) {
			line_free(it->as.units.frag);
		}
	}
	free(ln);
}

const struct frag_class line_class = { .name = "line", .paint = line_paint,
	.free = line_free };
