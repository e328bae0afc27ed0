/*
 * One side of a border, in each of the styles of XSL 1.1, 7.8.20.  It is a line
 * as wide as the border, cut to where its neighbours at the corners begin: as
 * FOP paints it, so that thin borders look the same at every resolution.
 */
#include "layout/layout_int.h"

struct color
color_of(uint32_t rgba)
{
	return (struct color){ (uint8_t)(rgba >> 24), (uint8_t)(rgba >> 16),
		(uint8_t)(rgba >> 8), (uint8_t)rgba };
}

/* Lighter (factor > 0) or darker, in tenths. */
static struct color
shade(struct color c, int factor)
{
	uint8_t *v[3] = { &c.r, &c.g, &c.b };

	for (int i = 0; i < 3; i++)
		*v[i] = (uint8_t)(factor > 0 ?
		    *v[i] + (255 - *v[i]) * factor / 10 :
		    *v[i] + *v[i] * factor / 10);
	return c;
}

void
decor_dashes(struct area_path *path, struct arena *a, enum fo_keyword style,
    mpt width, mpt length)
{
	mpt *dash = arena_array(a, 2, sizeof *dash);
	int64_t unit = (int64_t)width * (style == KW_DOTTED || width >= 3000 ?
	    2 : 6);
	int64_t n = 0;

	if (style == KW_DOTTED) {
		n = unit > 0 ? length / unit : 0;
		n += n % 2 == 0;
		dash[0] = 0;
		dash[1] = mpt_max(1, length / (mpt)n);
		path->cap = 1;
	} else {
		/* n dashes and gaps, and one dash more. */
		if (unit > 0 && length > unit)
			n = 2 * (length - unit) / (3 * unit);
		dash[0] = mpt_max(1, mpt_scale(length, 2, 3 * (mpt)n + 2));
		dash[1] = mpt_max(1, dash[0] / 2);
	}
	path->dash = dash;
	path->n_dash = 2;
}

/* A point of the side: `along` from its beginning, `in` from its outer edge. */
static void
put_point(const struct border_side *s, mpt **xy, mpt along, mpt in)
{
	switch (s->turn) {
	case TURN_TOP:
		*(*xy)++ = s->x + along;
		*(*xy)++ = s->y + in;
		break;
	case TURN_RIGHT:
		*(*xy)++ = s->x - in;
		*(*xy)++ = s->y + along;
		break;
	case TURN_BOTTOM:
		*(*xy)++ = s->x - along;
		*(*xy)++ = s->y - in;
		break;
	case TURN_LEFT:
		*(*xy)++ = s->x + in;
		*(*xy)++ = s->y - along;
		break;
	}
}

/* The shape that shows of the line: slanting to the inner corners, and beyond
 * the outer edge all of it or nothing. */
static void
cut(const struct border_side *s, struct arena *a, struct area_path *path)
{
	mpt *xy = arena_array(a, 12, sizeof *xy), *from = xy;
	mpt in = s->width - s->out;

	put_point(s, &xy, 0, 0);
	if (s->outer) {
		put_point(s, &xy, -s->out_near, -s->out);
		put_point(s, &xy, s->length + s->out_far, -s->out);
	}
	put_point(s, &xy, s->length, 0);
	put_point(s, &xy, s->length - s->far, in);
	put_point(s, &xy, s->near, in);
	path->cut = from;
	path->n_cut = (size_t)(xy - from) / 2;
}

/* A line along the side: of n that make its thickness, the one numbered i from
 * the outer edge. */
static struct area_path *
line_of(const struct border_side *s, struct arena *a, int n, int i)
{
	struct area_path *path = arena_alloc(a, sizeof *path);
	mpt *xy = arena_array(a, 4, sizeof *xy), *at = xy;
	mpt in = mpt_scale(s->width, 2 * i + 1, 2 * n) - s->out;

	put_point(s, &at, s->outer ? -s->out_near : 0, in);
	put_point(s, &at, s->length + (s->outer ? s->out_far : 0), in);
	path->cmds = "ML";
	path->n_cmds = 2;
	path->xy = xy;
	path->line_width = mpt_scale(s->width, 1, n);
	path->miter = 4;
	return path;
}

static void
stroke(const struct border_side *s, struct painter *p, struct area_elem *elem,
    int n, int i, struct color c)
{
	struct arena *a = p->page->arena;
	struct area_path *path = line_of(s, a, n, i);
	bool outer = s->outer;

	path->stroke = (struct area_paint){ .kind = PAINT_COLOR, .color = c };
	if (s->style == KW_DASHED || s->style == KW_DOTTED)
		decor_dashes(path, a, s->style, s->width, s->length +
		    (outer ? s->out_near + s->out_far : 0));
	if (!s->bare || s->style == KW_DOTTED)
		cut(s, a, path);
	area_add(p->page, AREA_PATH, elem, path);
}

void
decor_side(struct painter *p, struct area_elem *elem,
    const struct border_side *s)
{
	int upper = s->turn == TURN_TOP || s->turn == TURN_LEFT ? 1 : -1;

	switch (s->style) {
	case KW_NONE:
	case KW_HIDDEN:
	case KW_NONE_GIVEN:
		break;
	case KW_DOTTED:
	case KW_DASHED:
		stroke(s, p, elem, 1, 0, s->color);
		break;
	case KW_DOUBLE:
		stroke(s, p, elem, 3, 0, s->color);
		stroke(s, p, elem, 3, 2, s->color);
		break;
	case KW_GROOVE:
	case KW_RIDGE:
		if (s->style == KW_RIDGE)
			upper = -upper;
		stroke(s, p, elem, 3, 0, shade(s->color, -4 * upper));
		stroke(s, p, elem, 3, 1, s->color);
		stroke(s, p, elem, 3, 2, shade(s->color, 4 * upper));
		break;
	case KW_INSET:
	case KW_OUTSET:
		stroke(s, p, elem, 1, 0, shade(s->color,
		    s->style == KW_INSET ? -4 * upper : 4 * upper));
		break;
	default:
		stroke(s, p, elem, 1, 0, s->color);
		break;
	}
}
