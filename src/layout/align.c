/*
 * Where inlines and objects stand above and below the line's baseline (XSL 1.1,
 * 7.14), by Apache FOP's reading of the section: every area has baselines of
 * its own, at heights that its font or its height says; it hangs by one of them
 * at a baseline of a table that it has from around itself, or is a table itself
 * to what it holds if it says so (dominant-baseline) or is shifted.  What the
 * heights come to is kept with each span; those of the line's own edges are
 * known when the line is, and what hangs there is then placed again.
 */
#include "layout/para.h"

#define HANGING 800	/* thousandths of the ascent, where no font says */

/* A baseline above the alphabetic one of an area, an object's being its foot. */
static mpt
height_of(const struct align *al, enum fo_keyword which)
{
	switch (which) {
	case KW_BEFORE_EDGE:
	case KW_TEXT_BEFORE_EDGE:
	case KW_TEXT_TOP:
	case KW_TOP:
		return al->ascent;
	case KW_HANGING:
		return mpt_scale(al->ascent, HANGING, 1000);
	case KW_CENTRAL:
		return (al->ascent + al->descent) / 2 - al->descent;
	case KW_MATHEMATICAL:
		return al->ascent / 2;
	case KW_MIDDLE:
		return al->x_height / 2;
	case KW_AFTER_EDGE:
	case KW_TEXT_AFTER_EDGE:
	case KW_TEXT_BOTTOM:
	case KW_BOTTOM:
	case KW_IDEOGRAPHIC:
		return -al->descent;
	default:
		return 0;
	}
}

/* 1, -1: the before or after edge; 0: a baseline of the text. */
static int
edge_of(enum fo_keyword which)
{
	switch (which) {
	case KW_BEFORE_EDGE:
	case KW_TOP:
		return 1;
	case KW_AFTER_EDGE:
	case KW_BOTTOM:
		return -1;
	default:
		return 0;
	}
}

/* A baseline above the one named `from`, both of the same area. */
static mpt
above(const struct align *al, enum fo_keyword which, enum fo_keyword from)
{
	return height_of(al, which) - height_of(al, from);
}

/* A baseline of a span's table above its dominant one; the table of the block
 * has the edges of the line. */
static mpt
in_table(const struct para *p, int table, enum fo_keyword which)
{
	const struct align *al = &p->spans[table].align;
	int edge = table == 0 ? edge_of(which) : 0;

	if (edge != 0)
		return edge > 0 ? p->line_up : -p->line_down;
	return above(al, which, (enum fo_keyword)al->dominant);
}

/* How much the span's dominant baseline stands above that of its parent. */
static mpt
base_delta(const struct para *p, const struct align *al,
    const struct align *up)
{
	enum fo_keyword which = (enum fo_keyword)al->which;
	enum fo_keyword dominant = (enum fo_keyword)up->dominant;

	return in_table(p, up->table, which) -
	    above(&p->spans[al->table].align, which, dominant) -
	    in_table(p, al->table, dominant) + al->shift;
}

/* Where the span hangs, and what hangs there: above the line's baseline. */
static void
place(const struct para *p, struct span *sp)
{
	struct align *al = &sp->align;
	const struct align *up = &p->spans[sp->parent].align;

	al->base = up->base + base_delta(p, al, up);
	al->at = up->base + in_table(p, up->table,
	    (enum fo_keyword)al->which) + al->shift;
	sp->shift = al->at + al->point - al->ascent;
}

/* The parent's alphabetic baseline above its dominant one, its own shift left
 * out. */
static mpt
alphabetic(const struct align *up)
{
	return up->at - up->base + above(up, KW_ALPHABETIC,
	    (enum fo_keyword)up->which);
}

static mpt
baseline_shift(const struct fo_style *st, const struct align *al,
    const struct align *up, mpt line_height)
{
	const struct fo_value *v = fo_value(st, PR_BASELINE_SHIFT);

	if (v->kind == FV_LENGTH)
		return fo_length(st, PR_BASELINE_SHIFT, line_height);
	/* The standard leaves these to the fonts; FOP's. */
	if (v->kw == KW_SUPER)
		return up->x_height + alphabetic(up);
	if (v->kw == KW_SUB)
		return alphabetic(up) - al->x_height / 2;
	return 0;
}

/* Its dominant baseline, and whether its own baselines are the table of what it
 * holds. */
static bool
is_table(const struct fo_style *st, struct align *al)
{
	enum fo_keyword kw = fo_keyword(st, PR_DOMINANT_BASELINE);

	switch (kw) {
	case KW_AUTO:
	case KW_USE_SCRIPT:
	case KW_NO_CHANGE:
	case KW_NONE_GIVEN:
		return al->shift != 0;
	case KW_RESET_SIZE:
		return true;
	default:
		al->dominant = (uint16_t)kw;
		return true;
	}
}

/* How far below the top of the area is what it hangs by (alignment-adjust);
 * percentages are of `line_height`. */
static mpt
hanging_point(const struct fo_style *st, const struct align *al,
    mpt line_height)
{
	enum fo_keyword which = fo_keyword(st, PR_ALIGNMENT_ADJUST);
	mpt top = height_of(al, KW_TEXT_BEFORE_EDGE) -
	    height_of(al, (enum fo_keyword)al->dominant);

	if (fo_value(st, PR_ALIGNMENT_ADJUST)->kind == FV_LENGTH)
		return top + fo_length(st, PR_ALIGNMENT_ADJUST, line_height);
	if (which == KW_BASELINE)
		return top;
	if (which == KW_AUTO || which == KW_NONE_GIVEN)
		which = (enum fo_keyword)al->which;
	return above(al, KW_TEXT_BEFORE_EDGE, which);
}

/* Hangs an area, whose ascent, descent and x-height are set, in what is around
 * its span. */
static void
hang(struct para *p, int span, mpt line_height)
{
	struct span *sp = &p->spans[span];
	const struct span *parent = &p->spans[sp->parent];
	struct align *al = &sp->align;
	enum fo_keyword which = fo_keyword(sp->style, PR_ALIGNMENT_BASELINE);

	al->dominant = parent->align.dominant;
	al->which = which == KW_AUTO || which == KW_BASELINE ||
	    which == KW_NONE_GIVEN ? al->dominant : (uint16_t)which;
	al->shift = baseline_shift(sp->style, al, &parent->align,
	    parent->ts->line_height);
	al->table = is_table(sp->style, al) ? span : parent->align.table;
	al->point = hanging_point(sp->style, al, line_height);
	if (parent->align.table == 0 &&
	    edge_of((enum fo_keyword)al->which) != 0) {
		p->edges = true;
		sp->at_edge = al->table == 0;
	}
	place(p, sp);
}

static mpt
x_height(const struct text_style *ts)
{
	return font_mpt(ts->font, ts->size, ts->font->x_height);
}

/* A wrapper has no area; its text hangs where that around it does. */
static bool
is_transparent(const struct span *sp)
{
	return sp->alias || sp->node->type == FO_WRAPPER;
}

static void
align_with_parent(const struct para *p, struct span *sp)
{
	const struct span *up = &p->spans[sp->parent];

	sp->align = up->align;
	sp->shift = up->shift;
	sp->at_edge = up->at_edge;
}

void
align_span(struct para *p, int span)
{
	struct span *sp = &p->spans[span];

	if (sp->parent >= 0 && is_transparent(sp)) {
		align_with_parent(p, sp);
		return;
	}
	sp->align = (struct align){ .ascent = sp->ts->ascent,
		.descent = sp->ts->descent, .x_height = x_height(sp->ts),
		.point = sp->ts->ascent, .dominant = KW_ALPHABETIC,
		.which = KW_ALPHABETIC };
	if (sp->parent >= 0) {
		hang(p, span, sp->ts->line_height);
		return;
	}
	p->line_up = sp->ts->ascent;
	p->line_down = sp->ts->descent;
}

void
align_object(struct para *p, int span, mpt height)
{
	struct span *sp = &p->spans[span];

	sp->align = (struct align){ .ascent = height, .x_height = height };
	hang(p, span, height);
}

void
align_by(struct para *p, int span, mpt point)
{
	struct span *sp = &p->spans[span];

	sp->align.point = point;
	place(p, sp);
}

/* Places a span anew, and before it those around it. */
static void
replace(struct para *p, int span)
{
	struct span *sp = &p->spans[span];

	if (span == 0)
		return;
	replace(p, sp->parent);
	if (is_transparent(sp))
		align_with_parent(p, sp);
	else
		place(p, sp);
}

void
align_edges(struct para *p, const struct fit_line *fit, mpt up, mpt down)
{
	if (!p->edges)
		return;
	p->line_up = up;
	p->line_down = down;
	for (size_t i = fit->from; i < fit->to; i++)
		replace(p, p->pieces[i].span);
}

mpt
align_top(const struct span *sp)
{
	return sp->align.at + sp->align.point;
}
