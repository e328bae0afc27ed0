/*
 * External graphics and instream foreign objects: what they are, and the size
 * of the viewport and of the content in it (XSL 1.1, 6.6.5 and 7.15).
 */
#include <string.h>

#include "layout/layout_int.h"
#include "layout/recall.h"

/* FOP's source resolution: without a resolution of its own a pixel of an
 * image is a 72th of an inch. */
#define DEFAULT_DPI 72.0

static mpt
pixels(int n, double dpi)
{
	double pt = n * 72.0 / (dpi > 0 ? dpi : DEFAULT_DPI) * 1000;

	return pt > MPT_MAX ? MPT_MAX : (mpt)(pt + 0.5);
}

/* The content's own size. */
static void
intrinsic_size(const struct graphic *g, mpt *w, mpt *h)
{
	if (g->svg != NULL) {
		svg_size(g->svg, w, h);
	} else {
		*w = pixels(g->image->width, g->image->dpi_x);
		*h = pixels(g->image->height, g->image->dpi_y);
	}
}

/* One direction of a graphic: properties, the reference of percentages. */
struct direction {
	enum fo_prop min, opt, max, content;
	mpt base;
};

/* A dimension that counts: a percentage of a height that is not known is none,
 * and FOP knows the height of nothing around a graphic. */
static bool
is_length(const struct fo_style *st, const struct direction *d,
    enum fo_prop p)
{
	const struct fo_value *v = fo_value(st, p);

	return v->kind == FV_LENGTH && (v->pct == 0 || d->base > 0);
}

/* A specified dimension of the viewport, or -1 for auto. */
static mpt
viewport_side(const struct fo_style *st, const struct direction *d)
{
	if (is_length(st, d, d->opt))
		return mpt_max(0, fo_length(st, d->opt, d->base));
	if (is_length(st, d, d->min) && fo_length(st, d->min, d->base) > 0)
		return fo_length(st, d->min, d->base);
	return -1;
}

/* What the least and the greatest dimension leave of a length. */
static mpt
limited(const struct fo_style *st, const struct direction *d, mpt v)
{
	enum fo_keyword fit = fo_keyword(st, d->content);

	if (is_length(st, d, d->max) && fit != KW_SCALE_UP_TO_FIT)
		v = mpt_min(v, fo_length(st, d->max, d->base));
	if (is_length(st, d, d->min) && fit != KW_SCALE_DOWN_TO_FIT)
		v = mpt_max(v, fo_length(st, d->min, d->base));
	return v;
}

static bool
is_fitted(const struct fo_style *st, enum fo_prop p)
{
	enum fo_keyword fit = fo_keyword(st, p);

	return fit == KW_SCALE_TO_FIT || fit == KW_SCALE_UP_TO_FIT ||
	    fit == KW_SCALE_DOWN_TO_FIT;
}

/* The natural size of content that is to fit, within those limits. */
static void
limit_own(const struct fo_style *st, const struct direction *across,
    const struct direction *down, mpt *w, mpt *h)
{
	mpt lw = limited(st, across, *w), lh = limited(st, down, *h);

	if (fo_keyword(st, PR_SCALING) != KW_NON_UNIFORM && *w > 0 && *h > 0) {
		if ((int64_t)lw * *h < (int64_t)lh * *w)
			lh = mpt_scale(*h, lw, *w);
		else
			lw = mpt_scale(*w, lh, *h);
	}
	*w = lw;
	*h = lh;
}

/* One side of the content (7.15.4, 7.15.5): a length, a percentage of its own
 * size, or fitted to the viewport; -1: auto. */
static mpt
content_side(const struct fo_style *st, enum fo_prop prop, mpt own, mpt view)
{
	const struct fo_value *v = fo_value(st, prop);

	if (v->kind == FV_LENGTH)
		return mpt_max(0, fo_length(st, prop, own));
	switch (v->kw) {
	case KW_SCALE_TO_FIT:
		return view;
	case KW_SCALE_DOWN_TO_FIT:
		return own > view ? view : -1;
	case KW_SCALE_UP_TO_FIT:
		return own < view ? view : -1;
	default:
		return -1;
	}
}

/* Both sides, of which -1 is missing and follows in proportion; uniform scaling
 * that is given two sizes takes the smaller factor (7.15.12). */
static void
content_size(const struct fo_style *st, struct graphic *g, mpt own_w,
    mpt own_h, mpt w, mpt h)
{
	bool uniform = fo_keyword(st, PR_SCALING) != KW_NON_UNIFORM;

	if (w < 0 && h < 0) {
		w = own_w;
		h = own_h;
	} else if (w < 0) {
		w = own_h > 0 ? mpt_scale(own_w, h, own_h) : own_w;
	} else if (h < 0) {
		h = own_w > 0 ? mpt_scale(own_h, w, own_w) : own_h;
	} else if (uniform && (own_w == 0 || own_h == 0)) {
		/* What is missing has no proportion that could be kept. */
		w = h = 0;
	} else if (uniform) {
		if ((int64_t)w * own_h < (int64_t)h * own_w)
			h = mpt_scale(own_h, w, own_w);
		else
			w = mpt_scale(own_w, h, own_h);
	}
	g->w = w;
	g->h = h;
}

/* Places the content in its viewport (text-align, display-align). */
static void
place_content(const struct fo_style *st, struct graphic *g)
{

	switch (fo_keyword(st, PR_DISPLAY_ALIGN)) {
	case KW_CENTER:
		g->y = (g->view_h - g->h) / 2;
		break;
	case KW_AFTER:
		g->y = g->view_h - g->h;
		break;
	default:
		g->y = 0;
	}
	switch (fo_keyword(st, PR_TEXT_ALIGN)) {
	case KW_CENTER:
		g->x = (g->view_w - g->w) / 2;
		break;
	case KW_END:
		g->x = g->view_w - g->w;
		break;
	default:
		g->x = 0;
	}
}

/* The image that a reference names, or another page of its file. */
static const struct image *
open_image(struct layout *l, const struct fo_node *n, const char *src,
    int page)
{
	struct buf b = { 0 };
	const struct image *im;

	buf_puts(&b, src);
	if (page > 1)
		buf_printf(&b, "#page=%d", page);
	im = images_load(l->images, l->job, buf_str(&b), l->options->base,
	    n->where);
	buf_free(&b);
	return im;
}

static bool
open_content(struct layout *l, struct fo_node *n, int page, struct graphic *g)
{
	const char *path, *src;

	if (n->type == FO_INSTREAM_FOREIGN_OBJECT) {
		if (n->foreign != NULL)
			g->svg = svg_new(l->job, n->foreign, n->where);
		return g->svg != NULL;
	}
	src = fo_string(n->style, PR_SRC);
	if (src == NULL)
		return false;
	if (images_is_svg(l->job, src, l->options->base, &path))
		g->svg = svg_open(l->job, path, n->where);
	else
		g->image = open_image(l, n, src, page);
	return g->svg != NULL || g->image != NULL;
}

void
graphic_load(struct layout *l, struct fo_node *n, mpt ipd, int page,
    struct graphic *g)
{
	const struct fo_style *st = n->style;
	const struct direction across = { PR_IPD_MINIMUM, PR_IPD_OPTIMUM,
		PR_IPD_MAXIMUM, PR_CONTENT_WIDTH, ipd };
	const struct direction down = { PR_BPD_MINIMUM, PR_BPD_OPTIMUM,
		PR_BPD_MAXIMUM, PR_CONTENT_HEIGHT, 0 };
	mpt own_w = 0, own_h = 0, w, h, view_w, view_h;

	memset(g, 0, sizeof *g);
	/* What is missing is nothing, in the room that was asked for it. */
	if (open_content(l, n, page, g))
		intrinsic_size(g, &own_w, &own_h);
	view_w = viewport_side(st, &across);
	view_h = viewport_side(st, &down);
	w = own_w;
	h = own_h;
	if (is_fitted(st, PR_CONTENT_WIDTH) || is_fitted(st, PR_CONTENT_HEIGHT))
		limit_own(st, &across, &down, &w, &h);
	/* Whether it is to grow or shrink is asked of its natural size. */
	content_size(st, g, w, h,
	    content_side(st, PR_CONTENT_WIDTH, own_w, view_w),
	    content_side(st, PR_CONTENT_HEIGHT, own_h, view_h));
	g->view_w = view_w >= 0 ? view_w : limited(st, &across, g->w);
	g->view_h = view_h >= 0 ? view_h : limited(st, &down, g->h);
	place_content(st, g);
	if (n->id != NULL && own_w > 0 && own_h > 0)
		recall_scale_put(l, n->id, mpt_scale(g->w, 1000, own_w),
		    mpt_scale(g->h, 1000, own_h));
}

void
graphic_free(struct graphic *g)
{
	svg_free(g->svg);
	g->svg = NULL;
}

/* A figure that need not keep its proportions is drawn in them and pulled to
 * the size it is given: begins a group that does, and sets *w and *h to the
 * figure's own size in it. */
static bool
stretch(struct painter *p, struct fo_node *n, const struct graphic *g,
    struct area_elem *elem, mpt x, mpt y, mpt *w, mpt *h)
{
	double m[6] = { 0 };
	mpt own_w, own_h;

	if (fo_keyword(n->style, PR_SCALING) != KW_NON_UNIFORM)
		return false;
	svg_size(g->svg, &own_w, &own_h);
	if (own_w <= 0 || own_h <= 0 ||
	    (int64_t)g->w * own_h == (int64_t)g->h * own_w)
		return false;
	m[0] = (double)g->w / own_w;
	m[3] = (double)g->h / own_h;
	m[4] = x;
	m[5] = y;
	area_push(p->page, elem, m, NULL, 255);
	*w = own_w;
	*h = own_h;
	return true;
}

static void
paint_content(struct painter *p, struct fo_node *n, const struct graphic *g,
    struct area_elem *elem, mpt x, mpt y)
{
	struct svg_context ctx = {
		.job = p->l->job,
		.fonts = p->l->fonts,
		.images = p->l->images,
		.page = p->page,
		.elem = elem,
	};
	struct area_image *im;
	mpt w = g->w, h = g->h;
	bool stretched;
	size_t from;

	if (g->svg == NULL && (g->image == NULL ||
	    g->image->kind == IMAGE_BOX))
		return;
	if (g->svg == NULL) {
		im = arena_alloc(p->page->arena, sizeof *im);
		*im = (struct area_image){ g->image, x, y, g->w, g->h };
		area_add(p->page, AREA_IMAGE, elem, im);
		return;
	}
	ctx.lang = text_style(p->l, n->style, n->where)->lang;
	/* What the FO does not say of the figure, it may say itself. */
	if (fo_alt(n) == NULL && elem->role == ROLE_FIGURE)
		area_elem_set(elem, NULL, svg_alt(g->svg), NULL);
	from = p->page->n;
	stretched = stretch(p, n, g, elem, x, y, &w, &h);
	svg_paint(g->svg, &ctx, stretched ? 0 : x, stretched ? 0 : y, w, h);
	if (stretched)
		area_pop(p->page);
	/* Where they lead outside the figure, the document must have it. */
	for (; from < p->page->n; from++) {
		const struct area_item *it = &p->page->items[from];

		if (it->type == AREA_LINK && it->as.link->dest != NULL &&
		    !str_starts(it->as.link->dest, SVG_ANCHOR))
			ids_link(p->l, it->as.link->dest, n->where);
	}
}

void
graphic_paint(struct painter *p, struct fo_node *n, const struct graphic *g,
    struct area_elem *elem, mpt x, mpt y)
{
	static const double identity[6] = { 1, 0, 0, 1, 0, 0 };
	struct area_path *clip = clip_path(p->page, n->style, x, y, g->view_w,
	    g->view_h);

	if (clip != NULL)
		area_push(p->page, elem, identity, clip, 255);
	paint_content(p, n, g, elem, x + g->x, y + g->y);
	if (clip != NULL)
		area_pop(p->page);
}
