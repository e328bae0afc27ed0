/*
 * How high a line is: what stands on it above and below the block's baseline
 * (XSL 1.1, 4.5 and 7.16.6), and where that puts what is aligned with the
 * line's own edges.
 */
#include "layout/para.h"

/* What a piece takes above and below; false: nothing, as no space does (also in
 * FOP). */
static bool
piece_reach(const struct para *p, const struct piece *pc, mpt *up, mpt *down)
{
	const struct span *sp = &p->spans[pc->span];

	switch (pc->type) {
	case PC_LEADER:
		if (pc->as.leader->pattern == KW_USE_CONTENT)
			return false;
		/* fallthrough */
	case PC_GRAPHIC:
	case PC_LIST:
		*up = align_top(sp);
		*down = sp->align.ascent - *up;
		return true;
	case PC_TEXT:
		if (pc->low)
			return false;
		/* fallthrough */
	case PC_NUMBER:
	case PC_SLOT:
		*up = sp->ts->ascent + sp->shift;
		*down = sp->ts->descent - sp->shift;
		return true;
	default:
		return false;
	}
}

static bool
disregards_shifts(const struct para *p)
{
	return fo_keyword(p->style, PR_LINE_HEIGHT_SHIFT_ADJUSTMENT) ==
	    KW_DISREGARD_SHIFTS;
}

struct reach
line_reach(struct para *p, const struct fit_line *fit)
{
	const struct text_style *ts = p->spans[0].ts;
	struct reach r = { ts->ascent, ts->descent };
	bool flat = disregards_shifts(p);
	mpt up, down, floating = 0;
	size_t i;

	/* Only font-height lets the content out of account; line-height is
	 * taken for max-height, as in FOP. */
	if (fo_keyword(p->style, PR_LINE_STACKING_STRATEGY) == KW_FONT_HEIGHT)
		return r;
	/* The edges as they were if nothing stood on the line. */
	align_edges(p, fit, r.up, r.down);
	for (i = fit->from; i < fit->to; i++) {
		const struct piece *pc = &p->pieces[i];
		const struct span *sp = &p->spans[pc->span];

		if (!piece_reach(p, pc, &up, &down))
			continue;
		if (sp->at_edge) {
			floating = mpt_max(floating, up + down);
		} else if (!flat || sp->align.shift == 0) {
			r.up = mpt_max(r.up, up);
			r.down = mpt_max(r.down, down);
		}
	}
	r.down = mpt_max(r.down, floating - r.up);
	return r;
}
