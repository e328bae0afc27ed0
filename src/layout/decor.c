/*
 * Backgrounds and borders of a rectangle (XSL 1.1, 7.8), with rounded corners
 * (fox:border-…-radius).  All of it is decoration: an artifact.
 *
 * The background fills the padding rectangle, as in FOP; so a dashed border has
 * nothing behind its gaps.
 */
#include <math.h>
#include <stdlib.h>

#include "layout/layout_int.h"

struct border {
	mpt width;		/* 0: none */
	enum fo_keyword style;
	struct color color;
};

struct decor {
	struct painter *p;
	struct area_elem *elem;
	const struct fo_style *st;
	mpt x, y, w, h;		/* border rectangle */
	const struct rect *whole;	/* what images are placed in; NULL: the
					 * padding rectangle */
	struct border top, bottom, left, right;
	mpt rx[4], ry[4];	/* top left, top right, bottom right, bottom left */
	bool rounded;
};

/* ---------------------------------------------------------- computed */

static const struct {
	enum fo_prop color, style, width, padding, keep, keep_padding;
} sides[] = {
#define SIDE(ID) [SIDE_##ID] = { PR_BORDER_##ID##_COLOR, \
	PR_BORDER_##ID##_STYLE, PR_BORDER_##ID##_WIDTH, PR_PADDING_##ID, \
	PR_BORDER_##ID##_WIDTH_CONDITIONALITY, PR_PADDING_##ID##_CONDITIONALITY }
	SIDE(BEFORE), SIDE(AFTER), SIDE(START), SIDE(END),
#undef SIDE
};

mpt
decor_border(const struct fo_style *st, enum side side)
{
	enum fo_keyword k = fo_keyword(st, sides[side].style);

	if (k == KW_NONE || k == KW_HIDDEN)
		return 0;
	return mpt_max(0, fo_length(st, sides[side].width, 0));
}

mpt
decor_padding(const struct fo_style *st, enum side side, mpt ipd)
{
	return mpt_max(0, fo_length(st, sides[side].padding, ipd));
}

mpt
decor_edge(const struct fo_style *st, enum side side, mpt ipd)
{
	return mpt_add(decor_border(st, side), decor_padding(st, side, ipd));
}

bool
decor_is_kept(const struct fo_style *st, enum side side)
{
	return fo_keyword(st, sides[side].keep) == KW_RETAIN;
}

mpt
decor_kept(const struct fo_style *st, enum side side, mpt ipd)
{
	return (decor_is_kept(st, side) ? decor_border(st, side) : 0) +
	    (fo_keyword(st, sides[side].keep_padding) == KW_RETAIN ?
	    decor_padding(st, side, ipd) : 0);
}

static bool
has_background(const struct fo_style *st)
{
	const char *image = fo_string(st, PR_BACKGROUND_IMAGE);

	return (fo_color(st, PR_BACKGROUND_COLOR) & 0xFF) != 0 ||
	    (image != NULL && *image != '\0');
}

bool
decor_is_seen(const struct fo_style *st)
{
	for (enum side side = 0; side < N_SIDES; side++)
		if (decor_border(st, side) != 0)
			return true;
	return has_background(st);
}

bool
decor_has_frame(const struct fo_style *st, mpt ipd)
{
	for (enum side side = 0; side < N_SIDES; side++)
		if (decor_padding(st, side, ipd) != 0)
			return true;
	return decor_is_seen(st);
}

static struct border
border_of(const struct fo_style *st, enum side side, bool shown)
{
	struct border b = { .width = shown ? decor_border(st, side) : 0 };

	b.style = fo_keyword(st, sides[side].style);
	b.color = color_of(fo_color(st, sides[side].color));
	return b;
}

/* --------------------------------------------------------------- corners */

static void
corner(struct decor *d, int i, enum fo_prop in, enum fo_prop block, bool shown)
{
	if (!shown)
		return;
	d->rx[i] = mpt_max(0, fo_length(d->st, in, d->w));
	d->ry[i] = mpt_max(0, fo_length(d->st, block, d->h));
	d->rounded |= d->rx[i] > 0 && d->ry[i] > 0;
}

/* Radii that overlap are made smaller, all in the same proportion. */
static void
fit_radii(struct decor *d)
{
	double f = 1;
	const double sums[4][2] = {
		{ d->w, (double)d->rx[0] + d->rx[1] },
		{ d->w, (double)d->rx[2] + d->rx[3] },
		{ d->h, (double)d->ry[0] + d->ry[3] },
		{ d->h, (double)d->ry[1] + d->ry[2] },
	};

	for (int i = 0; i < 4; i++)
		if (sums[i][1] > 0 && sums[i][0] / sums[i][1] < f)
			f = sums[i][0] / sums[i][1];
	for (int i = 0; i < 4 && f < 1; i++) {
		d->rx[i] = (mpt)(d->rx[i] * f);
		d->ry[i] = (mpt)(d->ry[i] * f);
	}
}

static void
corners(struct decor *d, struct edges e, bool rtl)
{
	int tl = rtl ? 1 : 0, tr = rtl ? 0 : 1, br = rtl ? 3 : 2,
	    bl = rtl ? 2 : 3;

	corner(d, tl, PR_BORDER_BEFORE_START_RADIUS_INLINE,
	    PR_BORDER_BEFORE_START_RADIUS_BLOCK, e.before && e.start);
	corner(d, tr, PR_BORDER_BEFORE_END_RADIUS_INLINE,
	    PR_BORDER_BEFORE_END_RADIUS_BLOCK, e.before && e.end);
	corner(d, br, PR_BORDER_AFTER_END_RADIUS_INLINE,
	    PR_BORDER_AFTER_END_RADIUS_BLOCK, e.after && e.end);
	corner(d, bl, PR_BORDER_AFTER_START_RADIUS_INLINE,
	    PR_BORDER_AFTER_START_RADIUS_BLOCK, e.after && e.start);
	if (d->rounded)
		fit_radii(d);
}

/* A rounded rectangle inset from the border rectangle by parts of the borders'
 * widths, in thousandths. */
static struct area_path *
inset_path(const struct decor *d, int part)
{
	mpt top = mpt_scale(d->top.width, part, 1000);
	mpt bottom = mpt_scale(d->bottom.width, part, 1000);
	mpt left = mpt_scale(d->left.width, part, 1000);
	mpt right = mpt_scale(d->right.width, part, 1000);
	const mpt ix[4] = { left, right, right, left };
	const mpt iy[4] = { top, top, bottom, bottom };
	mpt rx[4], ry[4];

	for (int i = 0; i < 4; i++) {
		rx[i] = mpt_max(0, d->rx[i] - ix[i]);
		ry[i] = mpt_max(0, d->ry[i] - iy[i]);
		if (rx[i] == 0 || ry[i] == 0)
			rx[i] = ry[i] = 0;
	}
	return area_round_rect(d->p->page->arena, d->x + left, d->y + top,
	    mpt_max(0, d->w - left - right), mpt_max(0, d->h - top - bottom),
	    rx, ry);
}

/* ------------------------------------------------------------ background */

/* Where an image stands along one axis: a length, or a share of what is
 * left. */
static mpt
image_offset(const struct fo_style *st, enum fo_prop p, mpt spare)
{
	switch (fo_keyword(st, p)) {
	case KW_CENTER:
		return spare / 2;
	case KW_RIGHT:
	case KW_BOTTOM:
		return spare;
	default:
		return fo_length(st, p, spare);
	}
}

/* Pixels without a known resolution: 72 to the inch, as in FOP. */
static mpt
image_side(int pixels, double dpi)
{
	return (mpt)lround(pixels * 72000.0 / (dpi > 0 ? dpi : 72));
}

static mpt
tile_side(const struct fo_style *st, enum fo_prop p, mpt room, mpt natural)
{
	mpt v = fo_length(st, p, room);

	return v > 0 ? v : natural;
}

/* More would only slow every reader down. */
#define TILES_MAX 10000
#define FIGURES_MAX 1000

/* The tiles along one axis: an image that repeats begins at the piece that is
 * seen, as in FOP, unless it is larger than that. */
struct tiles {
	mpt first;
	int64_t count;
};

static struct tiles
tiles_along(const struct fo_style *st, bool repeat, mpt at, mpt room,
    mpt whole_at, mpt whole, enum fo_prop position, mpt side)
{
	struct tiles t = { .first = at, .count = 1 };

	if (repeat && room >= side)
		t.count = (room + side - 1) / side;
	else
		t.first = whole_at + image_offset(st, position, whole - side);
	return t;
}

/* What is repeated: an image or a figure. */
struct tile {
	const struct image *image;	/* or… */
	struct svg *svg;
	mpt w, h;			/* its own size */
};

/* False: there is nothing to paint. */
static bool
open_tile(struct decor *d, const char *uri, struct tile *t)
{
	struct layout *l = d->p->l;
	const char *path;

	*t = (struct tile){ 0 };
	if (images_is_svg(l->job, uri, l->options->base, &path)) {
		t->svg = svg_open(l->job, path, d->p->where);
		if (t->svg != NULL)
			svg_size(t->svg, &t->w, &t->h);
		return t->svg != NULL;
	}
	t->image = images_load(l->images, l->job, uri, l->options->base,
	    d->p->where);
	if (t->image == NULL || t->image->kind == IMAGE_BOX)
		return false;
	t->w = image_side(t->image->width, t->image->dpi_x);
	t->h = image_side(t->image->height, t->image->dpi_y);
	return true;
}

static void
paint_tile(struct decor *d, const struct tile *t, mpt x, mpt y, mpt w, mpt h)
{
	struct area_page *page = d->p->page;
	struct svg_context ctx = { .job = d->p->l->job,
		.fonts = d->p->l->fonts, .images = d->p->l->images,
		.page = page, .elem = d->elem };
	struct area_image *a;

	if (t->svg != NULL) {
		svg_paint(t->svg, &ctx, x, y, w, h);
		return;
	}
	a = arena_alloc(page->arena, sizeof *a);
	*a = (struct area_image){ t->image, x, y, w, h };
	area_add(page, AREA_IMAGE, d->elem, a);
}

static void
paint_tiles(struct decor *d, const struct tile *t, const struct rect *r)
{
	const struct fo_style *st = d->st;
	const struct rect *whole = d->whole != NULL ? d->whole : r;
	enum fo_keyword repeat = fo_keyword(st, PR_BACKGROUND_REPEAT);
	mpt w = tile_side(st, PR_BACKGROUND_IMAGE_WIDTH, whole->w, t->w);
	mpt h = tile_side(st, PR_BACKGROUND_IMAGE_HEIGHT, whole->h, t->h);
	struct tiles x, y;

	if (w <= 0 || h <= 0)
		return;
	x = tiles_along(st, repeat == KW_REPEAT || repeat == KW_REPEAT_X,
	    r->x, r->w, whole->x, whole->w, PR_BACKGROUND_POSITION_HORIZONTAL,
	    w);
	y = tiles_along(st, repeat == KW_REPEAT || repeat == KW_REPEAT_Y,
	    r->y, r->h, whole->y, whole->h, PR_BACKGROUND_POSITION_VERTICAL,
	    h);
	if (x.count * y.count > (t->svg != NULL ? FIGURES_MAX : TILES_MAX))
		x.count = y.count = 1;
	for (int64_t i = 0; i < y.count; i++) {
		for (int64_t k = 0; k < x.count; k++)
			paint_tile(d, t, x.first + (mpt)k * w,
			    y.first + (mpt)i * h, w, h);
	}
}

static void
paint_image(struct decor *d, mpt x, mpt y, mpt w, mpt h)
{
	static const double same[6] = { 1, 0, 0, 1, 0, 0 };
	const char *uri = fo_string(d->st, PR_BACKGROUND_IMAGE);
	struct tile t;

	if (uri == NULL || *uri == '\0')
		return;
	if (!open_tile(d, uri, &t))
		return;
	area_push(d->p->page, d->elem, same, inset_path(d, 1000), 255);
	paint_tiles(d, &t, &(struct rect){ x, y, w, h });
	area_pop(d->p->page);
	svg_free(t.svg);
}

static void
paint_background(struct decor *d)
{
	struct color c = color_of(fo_color(d->st, PR_BACKGROUND_COLOR));
	mpt x = d->x + d->left.width, y = d->y + d->top.width;
	mpt w = d->w - d->left.width - d->right.width;
	mpt h = d->h - d->top.width - d->bottom.width;

	if (w <= 0 || h <= 0)
		return;
	if (c.a != 0 && d->rounded) {
		struct area_path *path = inset_path(d, 1000);

		path->fill = (struct area_paint){ .kind = PAINT_COLOR,
			.color = c };
		area_add(d->p->page, AREA_PATH, d->elem, path);
	} else if (c.a != 0) {
		area_add_rect(d->p->page, d->elem, x, y, w, h, c);
	}
	paint_image(d, x, y, w, h);
}

/* --------------------------------------------------------------- borders */

static bool
same_color(struct color a, struct color b)
{
	return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* Both upright sides between the others, all of them rectangles: sharper than
 * corners cut on a slant, and as good where all look alike. */
static void
paint_sharp(struct decor *d)
{
	struct area_page *page = d->p->page;
	mpt x = d->x, y = d->y, t = d->top.width, b = d->bottom.width;
	mpt h = d->h - t - b;

	area_add_rect(page, d->elem, x, y, d->w, t, d->top.color);
	area_add_rect(page, d->elem, x, y + d->h - b, d->w, b, d->top.color);
	area_add_rect(page, d->elem, x, y + t, d->left.width, h, d->top.color);
	area_add_rect(page, d->elem, x + d->w - d->right.width, y + t,
	    d->right.width, h, d->top.color);
}

static bool
alike(const struct decor *d)
{
	const struct border *b[] = { &d->top, &d->bottom, &d->left, &d->right };

	for (int i = 0; i < 4; i++)
		if (b[i]->style != KW_SOLID || b[i]->width == 0 ||
		    !same_color(b[i]->color, b[0]->color))
			return false;
	return true;
}

static void
paint_side(struct decor *d, const struct border *b, enum turn turn, mpt length,
    mpt near, mpt far)
{
	struct border_side s = {
		.style = b->style, .color = b->color, .turn = turn,
		.x = turn == TURN_RIGHT || turn == TURN_BOTTOM ? d->x + d->w :
		    d->x,
		.y = turn == TURN_BOTTOM || turn == TURN_LEFT ? d->y + d->h :
		    d->y,
		.length = length, .width = b->width,
		.near = near, .far = far,
	};

	if (b->width > 0)
		decor_side(d->p, d->elem, &s);
}

static void
paint_square(struct decor *d)
{
	mpt t = d->top.width, r = d->right.width, b = d->bottom.width,
	    l = d->left.width;

	if (fo_keyword(d->st, PR_BORDERS) == KW_SHARP && alike(d)) {
		paint_sharp(d);
		return;
	}
	paint_side(d, &d->top, TURN_TOP, d->w, l, r);
	paint_side(d, &d->right, TURN_RIGHT, d->h, t, b);
	paint_side(d, &d->bottom, TURN_BOTTOM, d->w, r, l);
	paint_side(d, &d->left, TURN_LEFT, d->h, b, t);
}

/* ------------------------------------------------------- rounded borders */

/* The ring between two insets, in one colour. */
static void
paint_ring(struct decor *d, int from, int to, struct color c)
{
	struct area_path *out = inset_path(d, from), *in = inset_path(d, to);
	struct arena *a = d->p->page->arena;
	struct area_path *path = arena_alloc(a, sizeof *path);
	size_t n = out->n_cmds + in->n_cmds, points = 0, k = 0;
	char *cmds = arena_alloc(a, n + 1);
	mpt *xy;

	for (size_t i = 0; i < n; i++) {
		cmds[i] = i < out->n_cmds ? out->cmds[i] :
		    in->cmds[i - out->n_cmds];
		points += cmds[i] == PATH_CURVE ? 3 : cmds[i] == PATH_CLOSE ?
		    0 : 1;
		if (i + 1 == out->n_cmds)
			k = points;
	}
	xy = arena_array(a, points + 1, 2 * sizeof *xy);
	for (size_t i = 0; i < 2 * points; i++)
		xy[i] = i < 2 * k ? out->xy[i] : in->xy[i - 2 * k];
	path->cmds = cmds;
	path->n_cmds = n;
	path->xy = xy;
	path->even_odd = true;
	path->fill = (struct area_paint){ .kind = PAINT_COLOR, .color = c };
	area_add(d->p->page, AREA_PATH, d->elem, path);
}

static void
paint_round_style(struct decor *d, const struct border *b)
{
	switch (b->style) {
	case KW_DOUBLE:
		paint_ring(d, 0, 333, b->color);
		paint_ring(d, 667, 1000, b->color);
		break;
	case KW_DASHED:
	case KW_DOTTED: {
		struct area_path *path = inset_path(d, 500);

		path->stroke = (struct area_paint){ .kind = PAINT_COLOR,
			.color = b->color };
		path->line_width = b->width;
		decor_dashes(path, d->p->page->arena, b->style, b->width,
		    2 * (d->w + d->h));
		area_add(d->p->page, AREA_PATH, d->elem, path);
		break;
	}
	default:
		paint_ring(d, 0, 1000, b->color);
		break;
	}
}

/* One side of a rounded border, along its edge from left to right or from top
 * to bottom: its neighbours at both ends, and the radii there across. */
struct round_side {
	bool upright, far;
	mpt from, length;	/* along the edge */
	mpt edge, across;	/* where it is, and how deep the box is there */
	mpt width, opposite;
	mpt neighbour[2], radius[2];
};

static struct round_side
round_side(const struct decor *d, enum turn where)
{
	switch (where) {
	case TURN_TOP:
		return (struct round_side){ false, false, d->x, d->w, d->y,
			d->h, d->top.width, d->bottom.width,
			{ d->left.width, d->right.width },
			{ d->ry[0], d->ry[1] } };
	case TURN_BOTTOM:
		return (struct round_side){ false, true, d->x, d->w,
			d->y + d->h, d->h, d->bottom.width, d->top.width,
			{ d->left.width, d->right.width },
			{ d->ry[3], d->ry[2] } };
	case TURN_LEFT:
		return (struct round_side){ true, false, d->y, d->h, d->x,
			d->w, d->left.width, d->right.width,
			{ d->top.width, d->bottom.width },
			{ d->rx[0], d->rx[3] } };
	default:
		return (struct round_side){ true, true, d->y, d->h,
			d->x + d->w, d->w, d->right.width, d->left.width,
			{ d->top.width, d->bottom.width },
			{ d->rx[1], d->rx[2] } };
	}
}

/* Its share of the border: it meets its neighbours in the lines through the
 * outer and inner corners that the box would have without rounding, as far as
 * they do not cross, and is no deeper than it is wide or round. */
static struct area_path *
round_share(struct arena *a, const struct round_side *s)
{
	struct area_path *clip = arena_alloc(a, sizeof *clip);
	mpt *xy = arena_array(a, 8, sizeof *xy);
	mpt most = mpt_scale(s->across, s->width, s->width + s->opposite);
	mpt both = s->neighbour[0] + s->neighbour[1];

	if (both > 0)
		most = mpt_min(most, mpt_scale(s->length, s->width, both));
	for (int i = 0; i < 4; i++) {
		int end = i == 1 || i == 2;
		mpt deep = i < 2 ? 0 :
		    mpt_min(most, mpt_max(s->width, s->radius[end]));
		mpt in = mpt_scale(s->neighbour[end], deep, s->width);
		mpt along = s->from + (end ? s->length - in : in);
		mpt away = s->edge + (s->far ? -deep : deep);

		xy[2 * i] = s->upright ? away : along;
		xy[2 * i + 1] = s->upright ? along : away;
	}
	clip->cmds = "MLLLZ";
	clip->n_cmds = 5;
	clip->xy = xy;
	return clip;
}

static void
paint_round_side(struct decor *d, const struct border *b, enum turn where)
{
	static const double same[6] = { 1, 0, 0, 1, 0, 0 };
	struct round_side s = round_side(d, where);

	if (b->width <= 0)
		return;
	area_push(d->p->page, d->elem, same,
	    round_share(d->p->page->arena, &s), 255);
	paint_round_style(d, b);
	area_pop(d->p->page);
}

static void
paint_round(struct decor *d)
{
	const struct border *b[] = { &d->top, &d->bottom, &d->left, &d->right };
	static const enum turn where[] = { TURN_TOP, TURN_BOTTOM, TURN_LEFT,
		TURN_RIGHT };
	bool same = true;

	for (int i = 1; i < 4; i++)
		same &= b[i]->style == b[0]->style &&
		    same_color(b[i]->color, b[0]->color) &&
		    (b[i]->width > 0) == (b[0]->width > 0);
	if (same) {
		if (b[0]->width > 0)
			paint_round_style(d, b[0]);
		return;
	}
	for (int i = 0; i < 4; i++)
		paint_round_side(d, b[i], where[i]);
}

void
decor_paint(struct painter *p, const struct fo_style *st, mpt x, mpt y,
    mpt w, mpt h, struct edges edges)
{
	bool rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;
	struct decor d = { .p = p, .st = st, .x = x, .y = y, .w = w, .h = h };

	if (w <= 0 || h <= 0 || !decor_is_seen(st) ||
	    fo_keyword(st, PR_VISIBILITY) == KW_HIDDEN)
		return;
	d.elem = p->is_static ? p->artifact :
	    area_artifact(ROLE_ARTIFACT_LAYOUT);
	d.top = border_of(st, SIDE_BEFORE, edges.before);
	d.bottom = border_of(st, SIDE_AFTER, edges.after);
	d.left = rtl ? border_of(st, SIDE_END, edges.end) :
	    border_of(st, SIDE_START, edges.start);
	d.right = rtl ? border_of(st, SIDE_START, edges.start) :
	    border_of(st, SIDE_END, edges.end);
	corners(&d, edges, rtl);
	paint_background(&d);
	if (d.rounded)
		paint_round(&d);
	else
		paint_square(&d);
}

void
decor_behind(struct painter *p, const struct fo_style *st,
    const struct rect *piece, const struct rect *whole)
{
	struct decor d = { .p = p, .st = st, .x = piece->x, .y = piece->y,
		.w = piece->w, .h = piece->h, .whole = whole };

	if (!has_background(st) ||
	    fo_keyword(st, PR_VISIBILITY) == KW_HIDDEN)
		return;
	d.elem = p->is_static ? p->artifact :
	    area_artifact(ROLE_ARTIFACT_LAYOUT);
	paint_background(&d);
}
