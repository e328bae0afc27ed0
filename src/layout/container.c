/*
 * fo:block-container (XSL 1.1, 6.5.3).  One that is only as high as its content
 * breaks with the page like a block; one of given height, turned, or clipped is
 * a single box; one with an absolute position takes no room at all.
 */
#include <limits.h>
#include <stdlib.h>

#include "layout/pages.h"
#include "layout/table.h"

/* ------------------------------------------------------------ measuring */

/* A dimension that is given: its optimum, a percentage of `base` if that is
 * known. */
static bool
given(const struct fo_style *st, enum fo_prop p, mpt base, mpt *out)
{
	const struct fo_value *v = fo_value(st, p);

	if (v->kind != FV_LENGTH || (v->pct != 0 && base == 0))
		return false;
	*out = fo_length(st, p, base);
	return true;
}

int
style_turn(const struct fo_style *st)
{
	int turn = fo_integer(st, PR_REFERENCE_ORIENTATION, 0) % 360;

	return (turn < 0 ? turn + 360 : turn) / 90 * 90;
}

static bool
is_vertical(const struct fo_style *st)
{
	enum fo_keyword mode = fo_keyword(st, PR_WRITING_MODE);

	return mode == KW_TB_RL || mode == KW_TB_LR;
}

int
region_turn(const struct fo_style *st)
{
	return (style_turn(st) + (is_vertical(st) ? 270 : 0)) % 360;
}

static bool
is_clipped(const struct fo_style *st)
{
	switch (fo_keyword(st, PR_OVERFLOW)) {
	case KW_HIDDEN:
	case KW_ERROR_IF_OVERFLOW:
		return true;
	default:
		/* Nobody scrolls on paper; what is there is shown. */
		return false;
	}
}

struct area_path *
clip_path(struct area_page *page, const struct fo_style *st, mpt x, mpt y,
    mpt w, mpt h)
{
	static const mpt square[4];
	mpt top = fo_length(st, PR_CLIP_TOP, 0);
	mpt left = fo_length(st, PR_CLIP_LEFT, 0);

	if (!is_clipped(st))
		return NULL;
	w -= left + fo_length(st, PR_CLIP_RIGHT, 0);
	h -= top + fo_length(st, PR_CLIP_BOTTOM, 0);
	return area_round_rect(page->arena, x + left, y + top, mpt_max(w, 0),
	    mpt_max(h, 0), square, square);
}

/* The space of content turned in a rectangle: its origin is the top left corner
 * as its reader sees it (XSL 1.1, 7.21.3). */
static void
turn_matrix(int turn, mpt x, mpt y, mpt w, mpt h, double m[6])
{
	static const double turns[4][4] = {
		{ 1, 0, 0, 1 }, { 0, -1, 1, 0 }, { -1, 0, 0, -1 },
		{ 0, 1, -1, 0 },
	};
	const double *t = turns[turn / 90 % 4];

	for (int i = 0; i < 4; i++)
		m[i] = t[i];
	m[4] = x + (t[0] < 0 || t[2] < 0 ? w : 0);
	m[5] = y + (t[1] < 0 || t[3] < 0 ? h : 0);
}

bool
group_begin(struct area_page *page, const struct fo_style *st, int turn,
    mpt w, mpt h, mpt *x, mpt *y)
{
	struct area_path *clip;
	double m[6];

	if (turn == 0 && !is_clipped(st))
		return false;
	if (turn == 0) {
		/* The coordinates stay the page's. */
		turn_matrix(0, 0, 0, 0, 0, m);
		clip = clip_path(page, st, *x, *y, w, h);
	} else {
		turn_matrix(turn, *x, *y, w, h, m);
		clip = clip_path(page, st, 0, 0, turn % 180 == 0 ? w : h,
		    turn % 180 == 0 ? h : w);
		*x = *y = 0;
	}
	area_push(page, area_artifact(ROLE_ARTIFACT_LAYOUT), m, clip, 255);
	return true;
}

/* The dimensions of a container count in its own orientation, as in FOP: one
 * turned to its side is as high on the page as it is wide for its reader. */
static bool
on_side(const struct fo_style *st)
{
	return style_turn(st) % 180 != 0;
}

static enum fo_prop
width_prop(const struct fo_style *st)
{
	return on_side(st) ? PR_BPD_OPTIMUM : PR_IPD_OPTIMUM;
}

static enum fo_prop
height_prop(const struct fo_style *st)
{
	return on_side(st) ? PR_IPD_OPTIMUM : PR_BPD_OPTIMUM;
}

/* What percentages of them are of: width counts in the width around always. */
static mpt
width_base(const struct fo_style *st, const struct room *room)
{
	return on_side(st) ? room->bpd : room_base(room);
}

static mpt
height_base(const struct fo_style *st, const struct room *room)
{
	return on_side(st) ? room_base(room) : room->bpd;
}

/* -------------------------------------------------------------- viewport */

/* A container as one box: a viewport on its content. */
struct viewport {
	struct frag f;
	struct fo_node *node;
	struct vlist *list;
	int turn;		/* of the content: 0, 90, 180, 270 */
	mpt x;			/* of the content, from the column's left */
	mpt w, h;		/* of the content as it stands on the page */
	mpt ipd, bpd;		/* of the content, turned */
	mpt used;		/* height of the list */
};

mpt
display_shift(const struct fo_style *st, const struct vlist *l, mpt bpd)
{
	enum fo_keyword align = fo_keyword(st, PR_DISPLAY_ALIGN);
	mpt spare;

	if (align != KW_CENTER && align != KW_AFTER)
		return 0;
	spare = bpd - vlist_height(l, 0, l->n);
	if (spare < 0)
		spare = mpt_max(0, bpd - vlist_last_part(l, bpd));
	return align == KW_CENTER ? spare / 2 : spare;
}

/* Paints the content with its own top left corner at (x, y) of the page. */
static void
viewport_show(struct viewport *v, struct painter *p, mpt x, mpt y)
{
	struct painter inner = *p;
	bool group = group_begin(p->page, v->node->style, v->turn, v->w,
	    v->h, &x, &y);
	size_t from;

	inner.ref_x = x;
	inner.ref_y = y;
	inner.ref_w = v->ipd;
	inner.ref_h = v->bpd;
	from = p->page->n;
	vlist_paint(v->list, 0, v->list->n, &inner, x, y +
	    display_shift(v->node->style, v->list, v->bpd));
	if (group) {
		area_stack(p->page, from);
		area_pop(p->page);
	}
}

static void
viewport_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	struct viewport *v = (struct viewport *)(void *)f;

	viewport_show(v, p, x + v->x, y);
}

static void
viewport_free(struct frag *f)
{
	struct viewport *v = (struct viewport *)(void *)f;

	vlist_free(v->list);
	free(v);
}

static const struct frag_class viewport_class = { .name = "viewport",
	.paint = viewport_paint, .free = viewport_free };

static void
report_overflow(struct layout *l, const struct viewport *v)
{
	struct buf over = { 0 };

	if (v->used <= v->bpd + 10 ||
	    fo_keyword(v->node->style, PR_OVERFLOW) == KW_VISIBLE)
		return;
	diag_length(l->job->diag, &over, v->used - v->bpd);
	diag_report(l->job->diag, DIAG_LAYOUT_CONTAINER_OVERFLOW,
	    v->node->where, over.p);
	buf_free(&over);
}

/* Lines that run down the page are lines turned to the right: that is what a
 * vertical writing-mode is here, as in FOP.  Without a height to run down, they
 * stay as they are. */
static int
content_turn(const struct fo_node *n, mpt h)
{
	if (h < 0 || (n->parent != NULL && is_vertical(n->parent->style)))
		return style_turn(n->style);
	return region_turn(n->style);
}

/* Would all spaces of the list still be there, shrunk like this? */
static bool
spaces_remain(const struct vlist *l, double ratio)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct space *s = &l->v[i].gap.space;

		if (l->v[i].type == VE_GAP && s->opt > 0 &&
		    s->opt + ratio * (s->opt - s->min) < 0)
			return false;
	}
	return true;
}

/* Content that is too high has those spaces shrunk that can (4.3), even below
 * their minimum if that makes it fit (as in FOP, where lines may come to lie
 * upon each other). */
static void
shrink_spaces(struct viewport *v)
{
	int64_t room = 0;
	double ratio;

	for (size_t i = 0; i < v->list->n; i++) {
		const struct velem *e = &v->list->v[i];

		if (e->type == VE_GAP)
			room += e->gap.space.opt - e->gap.space.min;
	}
	if (v->used <= v->bpd || room <= 0)
		return;
	ratio = (double)(v->bpd - v->used) / (double)room;
	if (!spaces_remain(v->list, ratio))
		return;
	vlist_adjust(v->list, 0, v->list->n, NULL, ratio);
	v->used = vlist_height(v->list, 0, v->list->n);
}

/* How long the lines of a container on its side are that has no such length: as
 * long as the page allows, or, in a box of its own, as the longest of them needs.
 * (FOP has no room for them there.) */
static mpt
line_length(struct layout *l, struct fo_node *n, const struct room *around)
{
	mpt most = around->stack > 0 ? around->stack : around->ipd;

	if (around->boxed && l->sequence != NULL)
		most = mpt_max(most, l->sequence->body_bpd);
	return around->boxed ?
	    mpt_min(most, auto_content_widths(l, n, most).max) : most;
}

/* Collects the content for a viewport that takes w by h of the page; h < 0: as
 * high as needed. */
static struct viewport *
viewport_new(struct layout *l, struct fo_node *n, const struct room *around,
    mpt w, mpt h)
{
	struct viewport *v = xcalloc(1, sizeof *v);
	struct room room = { .elem = around->elem,
		.is_static = around->is_static, .depth = around->depth,
		.ipd = around->ipd, .boxed = true };
	bool side;

	v->f.cls = &viewport_class;
	v->node = n;
	v->turn = content_turn(n, h);
	side = v->turn % 180 != 0;
	if (side && h < 0)
		h = line_length(l, n, around);
	room_inside(&room, n->style, side ? h : w);
	room.bpd = side ? w : mpt_max(h, 0);
	room.turned = side ? w : 0;
	room.rtl = fo_keyword(n->style, PR_WRITING_MODE) == KW_RL_TB;
	v->list = flow_collect(l, n, &room);
	v->used = vlist_height(v->list, 0, v->list->n);
	v->w = w;
	v->h = h < 0 ? v->used : h;
	v->ipd = room.ipd;
	v->bpd = side ? w : v->h;
	shrink_spaces(v);
	report_overflow(l, v);
	return v;
}

/* -------------------------------------------------------------- absolute */

/* Out of the flow: paints all of itself, borders too. */
struct absolute {
	struct frag f;
	struct viewport *view;
	struct area_elem *elem;
	bool own_elem;
	mpt left, top;		/* border and padding */
	mpt right, bottom;
	mpt of_w, of_h;		/* what percentages are of */
};

/* Where the content begins in a reference rectangle (7.6.2 to 7.6.5): borders
 * and padding reach outwards, and the far side only counts for a size that is
 * given (as in FOP). */
static mpt
offset(const struct fo_style *st, enum fo_prop near, enum fo_prop far,
    enum fo_prop size, mpt ref, mpt of)
{
	mpt v, w;

	if (given(st, near, of, &v))
		return v;
	if (given(st, far, of, &v) && given(st, size, of, &w))
		return ref - v - w;
	return 0;
}

bool
z_index(const struct fo_style *st, int *z)
{
	*z = fo_integer(st, PR_Z_INDEX, INT_MIN);
	return *z != INT_MIN;
}

/* fox:transform, about the corner (x, y): what is painted until area_pop goes
 * through it, from there on measured.  False: there is none. */
static bool
transform_begin(struct painter *p, const struct fo_node *n, mpt *x, mpt *y)
{
	const char *list = fo_string(n->style, PR_TRANSFORM);
	double m[6];

	if (list == NULL || str_eq(list, "none"))
		return false;
	if (!svg_transform(list, m)) {
		diag_report(p->l->job->diag, DIAG_FO_PROP_VALUE, n->where,
		    "fox:transform", list);
		return false;
	}
	m[4] += *x;
	m[5] += *y;
	area_push(p->page, area_artifact(ROLE_ARTIFACT_LAYOUT), m, NULL, 255);
	*x = *y = 0;
	return true;
}

static void
absolute_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	struct absolute *a = (struct absolute *)(void *)f;
	struct viewport *v = a->view;
	const struct fo_style *st = v->node->style;
	bool fixed = fo_keyword(st, PR_ABSOLUTE_POSITION) == KW_FIXED;
	mpt w = v->w + a->left + a->right, h = v->h + a->top + a->bottom;
	size_t from = p->page->n, inner;
	bool group, layer, raised;
	int z;

	/* A fixed one begins on the page and is measured in the region: so in
	 * FOP, and letters are made for it. */
	x = offset(st, PR_LEFT, PR_RIGHT, width_prop(st), p->ref_w,
	    a->of_w) +
	    (fixed ? 0 : p->ref_x) - a->left;
	y = offset(st, PR_TOP, PR_BOTTOM, height_prop(st), p->ref_h,
	    a->of_h) +
	    (fixed ? 0 : p->ref_y) - a->top;
	ids_place(p, v->node, x, y);
	p->where = v->node->where;
	raised = z_index(st, &z);
	layer = layer_begin(p, v->node);
	group = transform_begin(p, v->node, &x, &y);
	decor_paint(p, st, x, y, w, h, (struct edges){ true, true, true,
	    true });
	inner = p->page->n;
	viewport_show(v, p, x + a->left, y + a->top);
	if (group || layer || raised)
		area_stack(p->page, inner);
	if (group)
		area_pop(p->page);
	if (layer)
		area_pop(p->page);
	if (raised)
		area_raise(p->page, from, z);
	if (a->own_elem && !p->is_static) {
		area_end(p->page, a->elem);
		a->own_elem = false;
	}
}

static void
absolute_free(struct frag *f)
{
	struct absolute *a = (struct absolute *)(void *)f;

	viewport_free(&a->view->f);
	/* Of what stands on no page. */
	if (a->own_elem)
		area_elem_free(a->elem);
	free(a);
}

static const struct frag_class absolute_class = { .name = "absolute",
	.paint = absolute_paint, .free = absolute_free };

/* A size along one axis: given (a percentage is of `ref`), or what the offsets
 * leave of `avail`; else `otherwise`, if it is negative. */
static mpt
absolute_size(const struct fo_style *st, enum fo_prop size,
    enum fo_prop near, enum fo_prop far, mpt ref, mpt avail, mpt otherwise)
{
	mpt v, a = 0, b = 0;

	if (given(st, size, ref, &v))
		return v;
	given(st, near, ref, &a);
	if (!given(st, far, ref, &b) && otherwise < 0)
		return otherwise;
	return mpt_max(0, avail - a - b);
}

static mpt
indents(const struct fo_style *st, mpt ipd)
{
	return mpt_add(fo_length(st, PR_START_INDENT, ipd),
	    fo_length(st, PR_END_INDENT, ipd));
}

static void
push_absolute(struct feed *s, struct fo_node *n, const struct room *room)
{
	struct layout *l = feed_layout(s);
	const struct fo_style *st = n->style;
	struct absolute *a = xcalloc(1, sizeof *a);
	struct room around = *room;
	mpt w, h, high = room->stack;

	if (fo_keyword(st, PR_ABSOLUTE_POSITION) == KW_FIXED &&
	    l->sequence != NULL) {
		around.ipd = l->sequence->page_width;
		high = l->sequence->page_height;
	}
	a->f.cls = &absolute_class;
	a->of_w = room_base(room);
	a->of_h = room->bpd;
	a->left = decor_edge(st, SIDE_START, a->of_w);
	a->right = decor_edge(st, SIDE_END, a->of_w);
	a->top = decor_edge(st, SIDE_BEFORE, a->of_w);
	a->bottom = decor_edge(st, SIDE_AFTER, a->of_w);
	/* The indents that it has, or inherits, keep its own edges apart, and
	 * those of its content again (as in FOP). */
	w = absolute_size(st, width_prop(st), PR_LEFT, PR_RIGHT,
	    width_base(st, room), around.ipd - indents(st, room->ipd), 0);
	h = absolute_size(st, height_prop(st), PR_TOP, PR_BOTTOM,
	    height_base(st, room), high - a->top - a->bottom, -1);
	/* Lines that stand upright are as long as the region allows. */
	if (h < 0 && on_side(st) && !room->boxed)
		h = mpt_max(0, room->stack - a->top - a->bottom);
	a->elem = around.elem = role_elem(l, n, room->elem, &a->own_elem);
	a->view = viewport_new(l, n, &around, w, h);
	/* Turned to its side it is as wide as it has lines, unless its width or
	 * its right side is given. */
	if (on_side(st) && !given(st, width_prop(st), 1, &w) &&
	    !given(st, PR_RIGHT, 1, &w))
		a->view->w = a->view->bpd = a->view->used;
	feed_box(s, (struct velem){
	    .type = VE_BOX,
	    .node = n,
	    .box.frag = &a->f,
	});
}

/* --------------------------------------------------------------- in flow */

static bool
one_step(struct feed *s, struct frame *f)
{
	struct viewport *v = f->data;

	if (v == NULL)
		return false;
	f->data = NULL;
	feed_box(s, (struct velem){
	    .type = VE_BOX,
	    .node = f->node,
	    .box = { .height = v->h, .frag = &v->f },
	});
	return true;
}

static void
one_free(struct frame *f)
{
	if (f->data != NULL)
		viewport_free(f->data);
}

static const struct frame_kind one_frame = { .name = "viewport",
	.step = one_step, .free = one_free };

/* A container on its side whose lines have no given length is as wide on the
 * page as its content is high; what it was given counts for its display-align
 * (as in FOP). */
static void
viewport_shrink(struct viewport *v, struct vbox *b)
{
	b->width -= v->w - v->used;
	v->w = v->used;
}

/* The border rectangle of a container, and the room of its content. */
void
container_place(struct vbox *b, const struct room *room, struct room *inner)
{
	const struct fo_style *st = b->style;
	mpt start = decor_edge(st, SIDE_START, room_base(room));
	mpt end = decor_edge(st, SIDE_END, room_base(room));
	struct room around = *room;
	mpt ipd;

	/* Its indents are those of its own writing-mode. */
	around.rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;
	block_place(b, &around);
	*inner = around;
	inner->elem = b->elem;
	ipd = mpt_max(0, b->width - start - end);
	if (given(st, width_prop(st), width_base(st, room), &ipd)) {
		mpt width = ipd + start + end;

		if (room->rtl)
			b->x += b->width - width;
		b->width = width;
		around.grown = 0;
	}
	inner->grown = around.grown;
	room_inside(inner, st, ipd);
	inner->boxed = true;
	inner->x = b->x + (around.rtl ? end : start);
}

void
container_push(struct feed *s, struct fo_node *n, const struct room *room)
{
	struct layout *l = feed_layout(s);
	const struct fo_style *st = n->style;
	struct room inner = *room;
	struct vbox *b;
	struct frame *f;
	mpt h = -1;

	if (fo_keyword(st, PR_ABSOLUTE_POSITION) == KW_ABSOLUTE ||
	    fo_keyword(st, PR_ABSOLUTE_POSITION) == KW_FIXED) {
		push_absolute(s, n, room);
		return;
	}
	b = block_box(l, n, room);
	container_place(b, room, &inner);
	given(st, height_prop(st), height_base(st, room), &h);
	if (h >= 0 || style_turn(st) != 0) {
		struct room around = *room;
		struct viewport *v;

		around.elem = b->elem;
		if (around.stack > 0)
			around.stack = mpt_max(0, around.stack - b->head -
			    b->foot);
		v = viewport_new(l, n, &around, inner.ipd, h);
		if (h < 0 && on_side(st))
			viewport_shrink(v, b);
		v->x = inner.x;
		f = feed_push(s, &one_frame, n, b, room);
		f->data = v;
		return;
	}
	b->is_reference = true;
	/* The space properties refer to the room around. */
	f = block_push(s, n, b, room);
	inner.elem = f->room.elem;
	if (f->room.grown == 0)
		inner.grown = 0;
	f->room = inner;
}
