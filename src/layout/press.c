/*
 * What a printer's sheet has around a page: Apache FOP's fox:bleed,
 * fox:crop-offset, fox:crop-box and fox:scale of a simple-page-master.
 */
#include "layout/pages.h"

static bool
is_plain(const struct area_press *p)
{
	for (int i = 0; i < 4; i++)
		if (p->bleed[i] != 0 || p->crop[i] != 0)
			return false;
	return p->sx == 1 && p->sy == 1;
}

/* In the order of struct area_press. */
static const struct {
	uint16_t bleed, crop;
} sides[4] = {
	{ PR_BLEED_TOP, PR_CROP_OFFSET_TOP },
	{ PR_BLEED_BOTTOM, PR_CROP_OFFSET_BOTTOM },
	{ PR_BLEED_LEFT, PR_CROP_OFFSET_LEFT },
	{ PR_BLEED_RIGHT, PR_CROP_OFFSET_RIGHT },
};

const struct area_press *
press_of(struct arena *arena, const struct fo_style *st)
{
	struct area_press p = {
		.sx = fo_number(st, PR_SCALE_X, 1000) / 1000.0,
		.sy = fo_number(st, PR_SCALE_Y, 1000) / 1000.0,
	}, *kept;
	enum fo_keyword box = fo_keyword(st, PR_CROP_BOX);

	for (int i = 0; i < 4; i++) {
		p.bleed[i] = fo_length(st, (enum fo_prop)sides[i].bleed, 0);
		p.crop[i] = fo_length(st, (enum fo_prop)sides[i].crop, 0);
	}
	p.box = box == KW_TRIM_BOX ? CROP_TRIM :
	    box == KW_BLEED_BOX ? CROP_BLEED : CROP_MEDIA;
	if (is_plain(&p))
		return NULL;
	kept = arena_alloc(arena, sizeof *kept);
	*kept = p;
	return kept;
}
