/*
 * Side floats (XSL 1.1, 6.12.2 and 7.19).  A float stands with its top at the
 * top of the line that it is called from, at the start or end edge of the
 * reference area; that line and the next ones are narrower as long as they
 * begin above the float's bottom.  The paragraph is broken anew from each
 * line on where the width changes, as FOP 2.8 does it, so that lines break at
 * the same words.
 *
 * Where we leave FOP: it loses the words between the beginning of the line and
 * the call, floats that are children of the flow, and clear; it sets several
 * floats of one side upon each other, and one whose block has a width always
 * at the start side.
 *
 * As in FOP the width of a float is that of its content without its indents,
 * and what stands beside it is moved by that much in addition to its own
 * indents (intrusion-displace "auto" and "indent"); "line" takes the larger of
 * both.  Whatever is a box to be seen (a table, a container, a block with a
 * background or borders) is narrower as a whole, or goes below.
 *
 * Pages may only know inside and outside when lines have long been made: they
 * are start and end, as for text-align.
 */
#include <stdlib.h>

#include "layout/pages.h"

/* Lines with less than this part of their room go below the floats. */
#define LEAST_PART 8

/* Floats in floats that are laid out twice, to be as narrow as they may: each
 * doubles the work of those in it.  Deeper ones take all of their room. */
#define SHRUNK_MOST 8

struct float_frag {
	struct frag f;
	struct fo_node *node;
	struct vlist *list;
	struct para_mark mark;	/* of the line; first NULL: none */
	mpt dx, dy, height;
};

static void
float_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	struct float_frag *ff = (struct float_frag *)(void *)f;

	y = mpt_add(y, ff->dy);
	if (mpt_add(y, ff->height) > mpt_add(p->ref_y, p->ref_h) + 10)
		diag_report(p->l->job->diag, DIAG_LAYOUT_TALL,
		    ff->node->where, NULL);
	vlist_paint(ff->list, 0, ff->list->n, p, mpt_add(x, ff->dx), y);
}

static void
float_free(struct frag *f)
{
	vlist_free(((struct float_frag *)(void *)f)->list);
	free(f);
}

static const struct frag_class float_class = { .name = "float",
	.paint = float_paint, .free = float_free };

bool
float_mark(const struct frag *f, struct para_mark *out)
{
	if (f->cls != &float_class)
		return false;
	*out = ((const struct float_frag *)(const void *)f)->mark;
	return out->first != NULL;
}

/* ---------------------------------------------------------- what is taken */

/* Room taken at a height. */
struct taken {
	mpt start, end;
	mpt until;		/* the height where that changes; 0: never */
};

/* What begins within `ahead` below counts as well: lines are that high. */
static struct taken
taken_at(const struct floats *fl, size_t from, mpt y, mpt ahead)
{
	struct taken t = { 0 };
	size_t i = fl->live > from ? fl->live : from;

	for (; i < fl->n; i++) {
		const struct side_float *sf = &fl->v[i];
		mpt *side = sf->end ? &t.end : &t.start;
		mpt top = sf->top - ahead, change = top > y ? top : sf->bottom;

		if (sf->bottom <= y)
			continue;
		if (t.until == 0 || change < t.until)
			t.until = change;
		if (top > y)
			continue;
		*side = mpt_max(*side, sf->reach);
	}
	return t;
}

/* The height below all floats of the sides named. */
static mpt
cleared(const struct floats *fl, size_t from, bool start, bool end, mpt y)
{
	for (size_t i = fl->live > from ? fl->live : from; i < fl->n; i++)
		if (fl->v[i].end ? end : start)
			y = mpt_max(y, fl->v[i].bottom);
	return y;
}

static void
floats_add(struct floats *fl, struct side_float sf, mpt y)
{
	while (fl->live < fl->n && fl->v[fl->live].bottom <= y)
		fl->live++;
	VEC_RESERVE(fl->v, fl->cap, fl->n + 1);
	fl->v[fl->n++] = sf;
}

void
floats_copy(struct floats *to, const struct floats *from, size_t first,
    mpt dy)
{
	for (size_t i = first; i < from->n; i++) {
		struct side_float sf = from->v[i];

		sf.top = mpt_add(sf.top, -dy);
		sf.bottom = mpt_add(sf.bottom, -dy);
		VEC_RESERVE(to->v, to->cap, to->n + 1);
		to->v[to->n++] = sf;
	}
}

/* ------------------------------------------------------------- the float */

static enum fo_keyword
side_of(const struct fo_node *n)
{
	switch (fo_keyword(n->style, PR_FLOAT)) {
	case KW_START:
	case KW_INSIDE:
		return KW_START;
	case KW_END:
	case KW_OUTSIDE:
		return KW_END;
	default:
		return KW_NONE;
	}
}

bool
float_is_before(const struct fo_node *n)
{
	return fo_keyword(n->style, PR_FLOAT) == KW_BEFORE;
}

/* What a float's first block adds to its content's width on both sides. */
struct float_sides {
	mpt indents;		/* start- and end-indent */
	mpt start, end;		/* border and padding */
};

static struct float_sides
float_sides(struct layout *l, struct fo_node *n, mpt ipd)
{
	struct fo_node *c = fo_child(l->doc, n, NULL);
	struct float_sides fs = { 0 };

	if (c == NULL)
		return fs;
	fs.indents = mpt_add(fo_length(c->style, PR_START_INDENT, ipd),
	    fo_length(c->style, PR_END_INDENT, ipd));
	if (c->type != FO_BLOCK && c->type != FO_LIST_BLOCK)
		return fs;
	fs.start = decor_edge(c->style, SIDE_START, ipd);
	fs.end = decor_edge(c->style, SIDE_END, ipd);
	return fs;
}

/* Footnotes called in the float are those of its box. */
static struct note *
take_notes(struct vlist *list)
{
	struct note *first = NULL, **link = &first;

	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i].type != VE_BOX)
			continue;
		*link = list->v[i].box.notes;
		list->v[i].box.notes = NULL;
		while (*link != NULL)
			link = &(*link)->next;
	}
	return first;
}

/* The content in no more width than it needs: *width with the border and
 * padding of its first block, *outer with its indents, which need not leave
 * room for these. */
static struct vlist *
float_content(struct feed *s, struct frame *f, struct fo_node *n,
    const struct float_sides *fs, mpt *width, mpt *outer)
{
	struct layout *l = feed_layout(s);
	struct room room = f->room;
	struct vlist *list;
	mpt left = 0, right = 0;

	room.floats = NULL;
	room.in_floats++;
	list = flow_collect_area(l, n, &room);
	*width = 0;
	if (vlist_extent(list, &left, &right))
		*width = mpt_max(0, mpt_add(right, -left));
	*outer = mpt_add(*width, fs->indents - fs->start - fs->end);
	if (*outer >= room.ipd || *width == 0 ||
	    room.in_floats > SHRUNK_MOST) {
		*outer = room.ipd;
		return list;
	}
	vlist_free(list);
	room.ipd = *outer;
	return flow_collect_area(l, n, &room);
}

/* Where a float finds room, at y or below, and what stands there. */
static mpt
find_room(const struct floats *fl, const struct frame *f,
    const struct fo_node *n, mpt width, mpt y, struct taken *t)
{
	enum fo_keyword clear = fo_keyword(n->style, PR_CLEAR);

	if (clear != KW_NONE)
		y = cleared(fl, f->floats_hidden, clear == KW_START ||
		    clear == KW_BOTH || clear == KW_INSIDE, clear == KW_END ||
		    clear == KW_BOTH || clear == KW_OUTSIDE, y);
	/* No float stands higher than one that was called before. */
	if (fl->n > f->floats_hidden)
		y = mpt_max(y, fl->v[fl->n - 1].top);
	for (;;) {
		*t = taken_at(fl, f->floats_hidden, y, 0);
		if ((t->start == 0 && t->end == 0) || (int64_t)t->start +
		    t->end + width <= f->room.ipd)
			return y;
		y = t->until;
	}
}

/* A side float with its top at y or below. */
static struct velem
float_box(struct feed *s, struct frame *f, struct fo_node *n,
    const struct para_mark *mark, mpt y)
{
	struct floats *fl = feed_floats(s);
	struct float_frag *ff = xcalloc(1, sizeof *ff);
	struct velem e = { .type = VE_BOX, .node = n, .box.frag = &ff->f };
	bool end = side_of(n) == KW_END;
	struct float_sides fs = float_sides(feed_layout(s), n, f->room.ipd);
	mpt width, outer, top, inset;
	struct taken t;

	ff->f.cls = &float_class;
	ff->node = n;
	ff->mark = *mark;
	ff->list = float_content(s, f, n, &fs, &width, &outer);
	ff->height = vlist_height(ff->list, 0, ff->list->n);
	e.box.notes = take_notes(ff->list);
	top = find_room(fl, f, n, width, y, &t);
	ff->dy = top - y;
	/* Border and padding stand inside the indents, as in FOP. */
	inset = end ? mpt_add(t.end, fs.end) : mpt_add(t.start, fs.start);
	ff->dx = end != f->room.rtl ? f->room.ipd - outer - inset : inset;
	floats_add(fl, (struct side_float){
	    .end = end,
	    .reach = mpt_add(width, end ? t.end : t.start),
	    .top = top,
	    .bottom = mpt_add(top, ff->height),
	}, y);
	return e;
}

/* ----------------------------------------------------------------- lines */

static struct taken
taken_now(struct feed *s, const struct frame *f, mpt ahead, mpt *y)
{
	struct floats *fl = feed_floats(s);
	struct taken t = { 0 }, past;
	mpt edge;

	if (fl->n == f->floats_hidden)
		return t;
	*y = feed_y(s);
	t = taken_at(fl, f->floats_hidden, *y, ahead);
	/* A float that ends in the space before a line still narrows it (as in
	 * FOP, where a page could end before the space, not in it). */
	edge = feed_edge(s);
	if (edge >= *y)
		return t;
	past = taken_at(fl, f->floats_hidden, edge, 0);
	if (past.start <= t.start && past.end <= t.end)
		return t;
	t.start = mpt_max(t.start, past.start);
	t.end = mpt_max(t.end, past.end);
	t.until = *y + 1;
	return t;
}

/* Empty room down to where floats end. */
static void
go_below(struct feed *s, struct fo_node *n, mpt height)
{
	if (height > 0)
		feed_box(s, (struct velem){
		    .type = VE_BOX,
		    .node = n,
		    .box = { .height = height, .beside = true },
		});
}

/* The width that floats leave to lines; false: too little. */
static bool
line_room(const struct frame *f, struct taken *t, mpt x, mpt width,
    struct para_room *pr)
{
	enum fo_keyword how = fo_keyword(f->node->style,
	    PR_INTRUSION_DISPLACE);
	mpt left, right;

	if (how == KW_NONE)
		*t = (struct taken){ 0 };
	left = f->room.rtl ? t->end : t->start;
	right = f->room.rtl ? t->start : t->end;
	if (how == KW_LINE) {
		left = mpt_max(0, left - (x - f->room.x));
		right = mpt_max(0, right - (f->room.x + f->room.ipd -
		    (x + width)));
	}
	if (how != KW_LINE && left + right > 0) {
		/* The whole area is narrower, which indents in percent are
		 * of: a label keeps its width. */
		struct room room = f->room;

		room.x = mpt_add(room.x, left);
		room.ipd = mpt_add(room.ipd, -mpt_add(left, right));
		content_edges(f->node->style, &room, &pr->x, &pr->width);
	} else {
		pr->x = mpt_add(x, left);
		pr->width = mpt_add(width, -mpt_add(left, right));
	}
	pr->narrow = left > 0 || right > 0;
	return !pr->narrow || pr->width > width / LEAST_PART;
}

static void
mark_beside(struct vlist *lines, size_t from)
{
	for (size_t i = from; i < lines->n; i++)
		if (lines->v[i].type == VE_BOX)
			lines->v[i].box.beside = true;
}

/* Content of a float that is none: where it is called. */
static void
float_in_place(struct feed *s, struct frame *f, struct fo_node *n)
{
	struct room room = f->room;
	struct vlist *list;

	room.floats = NULL;
	list = flow_collect_area(feed_layout(s), n, &room);
	feed_list(s, list);
	vlist_free(list);
}

void
float_lines(struct feed *s, struct frame *f, struct fo_node *end)
{
	struct layout *l = feed_layout(s);
	struct para_room pr = { .first = !f->filled,
		.elem = f->room.elem, .room = &f->room, .skip = f->skip,
		.called = f->called };
	struct fo_node *first = f->cursor;
	struct vlist lines = { 0 };
	struct para_stop stop;
	struct para *kept = NULL;
	size_t floats, all = 0, orphans = (size_t)fo_integer(f->node->style,
	    PR_ORPHANS, 2);
	bool more = true;
	/* Less than a line that only touches the float's top. */
	mpt ahead = text_style(l, f->node->style, f->node->where)->
	    line_height - 1;
	mpt x, width, y = 0;

	content_edges(f->node->style, &f->room, &x, &width);
	while (more) {
		struct taken t = taken_now(s, f, ahead, &y);

		if (!line_room(f, &t, x, width, &pr)) {
			feed_list(s, &lines);
			go_below(s, f->node, t.until - y);
			continue;
		}
		pr.beside = t.until > 0 ? t.until - y : 0;
		pr.made = mpt_max(0, width - f->room.grown);
		floats = lines.n;
		more = para_lines(l, f->node, first, end, &pr, &lines, &stop,
		    &kept);
		if (pr.narrow)
			mark_beside(&lines, floats);
		if (more && lines.n == floats && stop.flt != NULL &&
		    side_of(stop.flt) != KW_NONE) {
			/* Called from the line that comes next. */
			struct para_mark mark = { first, stop.skip,
				pr.called };

			vlist_add(&lines, float_box(s, f, stop.flt, &mark,
			    feed_y(s)));
			pr.called = stop.called;
			continue;
		}
		all += lines.n - floats;
		feed_list(s, &lines);
		if (more && pr.first && all < 2 * orphans - 1)
			feed_keep(s, COST_WIDOW, COST_WIDOW);
		if (more && lines.n == 0 && stop.flt != NULL &&
		    side_of(stop.flt) == KW_NONE) {
			float_in_place(s, f, stop.flt);
			pr.called = stop.called;
		}
		pr.skip = stop.skip;
	}
	para_drop(kept);
	free(lines.v);
}

/* ---------------------------------------------------------------- blocks */

void
float_block(struct feed *s, struct frame *f, struct fo_node *n)
{
	struct velem e = { .type = VE_BOX, .node = n };
	struct para_mark none = { 0 };

	if (float_is_before(n) && !f->room.is_static) {
		e.box.notes = xcalloc(1, sizeof *e.box.notes);
		e.box.notes->footnote = n;
		e.box.notes->before = true;
	} else if (side_of(n) == KW_NONE) {
		float_in_place(s, f, n);
		return;
	} else {
		e = float_box(s, f, n, &none, feed_y(s));
	}
	feed_box(s, e);
	feed_keep(s, COST_WIDOW, COST_WIDOW);
}

/* Is it a box to be seen, or a reference area? */
static bool
is_whole(const struct fo_node *n)
{
	switch (n->type) {
	case FO_TABLE:
	case FO_TABLE_AND_CAPTION:
		return true;
	case FO_BLOCK_CONTAINER:
		return fo_keyword(n->style, PR_ABSOLUTE_POSITION) == KW_AUTO;
	case FO_BLOCK:
	case FO_LIST_BLOCK:
		return decor_is_seen(n->style) || fo_keyword(n->style,
		    PR_INTRUSION_DISPLACE) == KW_BLOCK;
	default:
		return false;
	}
}

/* The least width that it should have. */
static mpt
least_width(const struct fo_node *n, mpt ipd)
{
	const struct fo_value *v = fo_value(n->style, PR_IPD_OPTIMUM);

	return v->kind == FV_LENGTH && v->pct == 0 ?
	    fo_length(n->style, PR_IPD_OPTIMUM, ipd) : ipd / LEAST_PART;
}

bool
float_room(struct feed *s, struct fo_node *n, struct room *room)
{
	const struct frame *f = feed_top(s);
	enum fo_keyword how = fo_keyword(n->style, PR_INTRUSION_DISPLACE);
	struct taken t;
	mpt y;

	if (!is_whole(n) || how == KW_NONE)
		return false;
	for (;;) {
		t = taken_now(s, f, 0, &y);
		if (t.start == 0 && t.end == 0)
			return false;
		if ((int64_t)t.start + t.end + least_width(n, room->ipd) <=
		    room->ipd)
			break;
		go_below(s, n, t.until - y);
	}
	room->x = mpt_add(room->x, room->rtl ? t.end : t.start);
	room->ipd = mpt_add(room->ipd, -mpt_add(t.start, t.end));
	return true;
}

void
float_clear(struct feed *s, struct fo_node *n)
{
	const struct frame *f = feed_top(s);
	const struct floats *fl = feed_floats(s);
	enum fo_keyword clear;
	mpt y;

	if (fl->n == f->floats_hidden || n->type == FO_FLOAT)
		return;
	clear = fo_keyword(n->style, PR_CLEAR);
	if (clear == KW_NONE)
		return;
	y = feed_y(s);
	go_below(s, n, cleared(fl, f->floats_hidden, clear == KW_START ||
	    clear == KW_BOTH || clear == KW_INSIDE, clear == KW_END ||
	    clear == KW_BOTH || clear == KW_OUTSIDE, y) - y);
}

void
float_contain(struct feed *s, size_t from, struct fo_node *n)
{
	const struct floats *fl = feed_floats(s);
	mpt y;

	if (fl->n == from)
		return;
	y = feed_y(s);
	go_below(s, n, cleared(fl, from, true, true, y) - y);
}

/* ---------------------------------------------------------------- extent */

static bool
is_filled(const struct fo_node *n)
{
	return n != NULL && (n->type == FO_TABLE ||
	    n->type == FO_BLOCK_CONTAINER || n->type == FO_LIST_BLOCK ||
	    n->type == FO_TABLE_AND_CAPTION);
}

bool
vlist_extent(const struct vlist *l, mpt *left, mpt *right)
{
	int64_t start = 0, end = 0;	/* borders and padding around */
	bool any = false;

	for (size_t i = 0; i < l->n; i++) {
		const struct velem *e = &l->v[i];
		mpt a, b;

		if (e->type == VE_GAP)
			continue;
		if (e->type == VE_BOX) {
			if (e->box.frag == NULL ||
			    !frag_extent(e->box.frag, &a, &b))
				continue;
		} else {
			const struct vbox *box = e->open.box;
			int sign = e->type == VE_OPEN ? 1 : -1;

			if (is_filled(box->node) && sign > 0) {
				a = box->x;
				b = mpt_add(a, box->width);
			} else {
				start += sign * decor_edge(box->style,
				    SIDE_START, box->width);
				end += sign * decor_edge(box->style,
				    SIDE_END, box->width);
				continue;
			}
		}
		a = mpt_far(a - start);
		b = mpt_far(b + end);
		*left = any ? mpt_min(*left, a) : a;
		*right = any ? mpt_max(*right, b) : b;
		any = true;
	}
	return any;
}
