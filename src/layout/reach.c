/*
 * How high a line is: what stands on it above and below the block's baseline
 * (XSL 1.1, 4.5 and 7.16.6), and where that puts what is aligned with the
 * line's own edges.
 */
#include "layout/para.h"

/* What a piece takes above and below; false: nothing. */
static bool
piece_reach(const struct para *p, const struct piece *pc, mpt *up, mpt *down)
{
	const struct span *sp = &p->spans[pc->span];

	switch (pc->type) {
	case PC_GRAPHIC:
		*up = pc->as.g.ascent;
		*down = pc->as.g.descent;
		return true;
	case PC_LIST:
		*up = pc->as.box.ascent;
		*down = pc->as.box.descent;
		return true;
	case PC_LEADER:
		*up = sp->shift + (pc->as.leader->pattern == KW_RULE ?
		    pc->as.leader->thickness : 0);
		*down = -sp->shift;
		return true;
	case PC_TEXT:
	case PC_NUMBER:
	case PC_SLOT:
		*up = sp->ts->ascent + sp->shift;
		*down = sp->ts->descent - sp->shift;
		return true;
	default:
		return false;
	}
}

/* The span at an edge of the line that a piece stands in, or 0. */
static int
edge_span(const struct para *p, const struct piece *pc)
{
	int i;

	for (i = pc->span; i > 0; i = p->spans[i].parent)
		if (p->spans[i].edge != 0)
			return i;
	return 0;
}

static bool
disregards_shifts(const struct para *p)
{
	return fo_keyword(p->style, PR_LINE_HEIGHT_SHIFT_ADJUSTMENT) ==
	    KW_DISREGARD_SHIFTS;
}

struct reach
line_reach(const struct para *p, const struct fit_line *fit)
{
	const struct text_style *ts = p->spans[0].ts;
	struct reach r = { ts->ascent, ts->descent, 0 };
	bool flat = disregards_shifts(p);
	mpt up, down;
	size_t i;

	/* Only font-height lets the content out of account; line-height is
	 * taken for max-height, as in FOP. */
	if (fo_keyword(p->style, PR_LINE_STACKING_STRATEGY) == KW_FONT_HEIGHT)
		return r;
	for (i = fit->from; i < fit->to; i++) {
		const struct piece *pc = &p->pieces[i];

		if (!piece_reach(p, pc, &up, &down) ||
		    (flat && p->spans[pc->span].delta != 0))
			continue;
		if (p->edges && edge_span(p, pc) != 0) {
			r.floating = mpt_max(r.floating, up + down);
			continue;
		}
		r.up = mpt_max(r.up, up);
		r.down = mpt_max(r.down, down);
	}
	r.down = mpt_max(r.down, r.floating - r.up);
	return r;
}

/* What of a line moves a span that stands at one of its edges. */
static mpt
edge_shift(const struct span *sp, const struct reach *r)
{
	if (sp->edge == 0)
		return 0;
	return sp->edge > 0 ? r->up - sp->ts->ascent :
	    sp->ts->descent - r->down;
}

void
line_settle(struct para *p, const struct fit_line *fit,
    const struct reach *r)
{
	size_t i;
	int k;

	for (i = fit->from; p->edges && i < fit->to; i++) {
		struct span *sp = &p->spans[p->pieces[i].span];

		sp->shift = 0;
		for (k = p->pieces[i].span; k > 0; k = p->spans[k].parent) {
			sp->shift += p->spans[k].delta +
			    edge_shift(&p->spans[k], r);
			if (p->spans[k].edge != 0)
				break;
		}
	}
	for (i = fit->from; p->edges && i < fit->to; i++) {
		struct piece *pc = &p->pieces[i];
		int edge = p->spans[pc->span].edge;
		mpt *up = &pc->as.g.ascent, *down = &pc->as.g.descent, h;

		if (edge == 0 || (pc->type != PC_GRAPHIC &&
		    pc->type != PC_LIST))
			continue;
		if (pc->type == PC_LIST) {
			up = &pc->as.box.ascent;
			down = &pc->as.box.descent;
		}
		h = *up + *down;
		*up = edge > 0 ? r->up : h - r->down;
		*down = h - *up;
	}
}
