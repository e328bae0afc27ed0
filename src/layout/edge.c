/*
 * One border as a filled strip, in each of the styles of XSL 1.1, 7.8.20.
 */
#include "layout/layout_int.h"

/* Lighter and darker shades give groove, ridge, inset and outset their
 * relief: half way to white, and two thirds of the colour. */
static struct color
shade(uint32_t rgba, bool light)
{
	uint8_t c[4] = { (uint8_t)(rgba >> 24), (uint8_t)(rgba >> 16),
		(uint8_t)(rgba >> 8), (uint8_t)rgba };
	int i;

	for (i = 0; i < 3; i++)
		c[i] = (uint8_t)(light ? c[i] + (255 - c[i]) / 2 :
		    c[i] * 2 / 3);
	return (struct color){ c[0], c[1], c[2], c[3] };
}

static struct color
plain(uint32_t rgba)
{
	return (struct color){ (uint8_t)(rgba >> 24), (uint8_t)(rgba >> 16),
		(uint8_t)(rgba >> 8), (uint8_t)rgba };
}

/* A strip, and along which direction it runs. */
struct strip {
	struct painter *p;
	struct area_elem *elem;
	bool flat;		/* runs from left to right */
	mpt x, y, w, h;
};

/* The part of the strip's thickness from thirds or halves a to b of n. */
static void
strip_fill(const struct strip *s, int a, int b, int n, struct color c)
{
	mpt t = s->flat ? s->h : s->w;
	mpt from = mpt_scale(t, a, n), to = mpt_scale(t, b, n);

	if (s->flat)
		area_add_rect(s->p->page, s->elem, s->x, s->y + from, s->w,
		    to - from, c);
	else
		area_add_rect(s->p->page, s->elem, s->x + from, s->y,
		    to - from, s->h, c);
}

static void
strip_dashes(const struct strip *s, enum fo_keyword style, struct color c)
{
	struct arena *a = s->p->page->arena;
	struct area_path *path = arena_alloc(a, sizeof *path);
	mpt *xy = arena_array(a, 4, sizeof *xy);
	mpt thick = s->flat ? s->h : s->w, length = s->flat ? s->w : s->h;

	xy[0] = s->flat ? s->x : s->x + s->w / 2;
	xy[1] = s->flat ? s->y + s->h / 2 : s->y;
	xy[2] = s->flat ? s->x + s->w : xy[0];
	xy[3] = s->flat ? xy[1] : s->y + s->h;
	path->cmds = "ML";
	path->n_cmds = 2;
	path->xy = xy;
	path->stroke.kind = PAINT_COLOR;
	path->stroke.color = c;
	path->line_width = thick;
	path->miter = 4;
	decor_dashes(path, a, style, thick, length);
	area_add(s->p->page, AREA_PATH, s->elem, path);
}

void
decor_edge(struct painter *p, enum fo_keyword style, uint32_t rgba,
    enum side side, mpt x, mpt y, mpt w, mpt h)
{
	struct strip s = { p, painter_elem(p,
	    area_artifact(ROLE_ARTIFACT_LAYOUT)), side == SIDE_BEFORE ||
	    side == SIDE_AFTER, x, y, w, h };
	bool upper = side == SIDE_BEFORE || side == SIDE_START;

	switch (style) {
	case KW_NONE:
	case KW_HIDDEN:
	case KW_NONE_GIVEN:
		break;
	case KW_DOUBLE:
		strip_fill(&s, 0, 1, 3, plain(rgba));
		strip_fill(&s, 2, 3, 3, plain(rgba));
		break;
	case KW_DASHED:
	case KW_DOTTED:
		strip_dashes(&s, style, plain(rgba));
		break;
	case KW_GROOVE:
	case KW_RIDGE:
		strip_fill(&s, 0, 1, 2, shade(rgba, style == KW_RIDGE));
		strip_fill(&s, 1, 2, 2, shade(rgba, style == KW_GROOVE));
		break;
	case KW_INSET:
	case KW_OUTSET:
		strip_fill(&s, 0, 1, 1, shade(rgba,
		    upper == (style == KW_OUTSET)));
		break;
	default:
		strip_fill(&s, 0, 1, 1, plain(rgba));
		break;
	}
}
