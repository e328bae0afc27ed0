/*
 * One page: its columns are filled from the stream, its regions painted, and it
 * is handed on.
 *
 * The body is made first, because static content may retrieve its markers; the
 * items are then put into the order of painting: before and start below the
 * body, end and after above it (FOP's order; the standard leaves it open).
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"

struct making {
	struct page_sequence *ps;
	const struct page_plan *plan;
	struct area_page *area;
	struct page_context context;
	struct painter painter;
	/* Of the body's columns: */
	mpt y;			/* used so far, from the content's top… */
	mpt bottom;		/* …of what may be: below are footnotes of all */
	mpt low;		/* the lowest that is used */
	enum break_class klass;
	bool end;		/* the flow is done */
	bool any;		/* something stands on the page */
};

mpt
sequence_ipd(const struct layout *l, bool spans)
{
	const struct page_sequence *ps = l->sequence;

	if (ps == NULL)
		return 0;
	return spans ? ps->body_ipd : ps->column_ipd;
}

bool
sequence_turns(const struct layout *l)
{
	return l->sequence != NULL && l->sequence->turns;
}

/* -------------------------------------------------------------- regions */

/* Enters a region: *x and *y are its content's origin for painting.  True: a
 * group was begun, to be ended with area_pop. */
static bool
region_enter(struct making *mk, const struct region *rg, mpt *x, mpt *y)
{
	bool group;

	*x = rg->cx;
	*y = rg->cy;
	group = group_begin(mk->area, rg->node->style, rg->turn, rg->cw,
	    rg->ch, x, y);
	mk->painter.ref_x = *x;
	mk->painter.ref_y = *y;
	mk->painter.ref_w = rg->ipd;
	mk->painter.ref_h = rg->bpd;
	return group;
}

static void
region_back(struct making *mk, const struct region *rg)
{
	mk->painter.where = rg->node->where;
	decor_paint(&mk->painter, rg->node->style, rg->x, rg->y, rg->w, rg->h,
	    (struct edges){ true, true, true, true });
}

static struct fo_node *
static_content(struct layout *l, const struct page_sequence *ps,
    const char *name)
{
	struct fo_node *n;

	for (n = fo_child(l->doc, ps->node, NULL); n != NULL;
	    n = fo_child(l->doc, ps->node, n)) {
		if (n->type == FO_FLOW)
			return NULL;
		if (n->type == FO_STATIC_CONTENT &&
		    str_eq(fo_string(n->style, PR_FLOW_NAME), name))
			return n;
	}
	return NULL;
}

/* All static contents of a region, one below the other; *first: of them. */
static struct vlist *
collect_static(struct layout *l, const struct page_sequence *ps,
    const struct region *rg, const struct room *room, struct fo_node **first)
{
	struct vlist *list = NULL, *more;
	const char *name;
	struct fo_node *n;

	for (size_t i = 0; (name = flow_map_next(l, ps->node, rg->name, i)) !=
	    NULL; i++) {
		n = static_content(l, ps, name);
		if (n == NULL)
			continue;
		more = flow_collect(l, n, room);
		if (list == NULL) {
			list = more;
			*first = n;
			continue;
		}
		vlist_move(list, more);
		vlist_free(more);
	}
	return list;
}

/* A region's own content on this page: an artifact. */
static void
region_static(struct making *mk, enum region_type type)
{
	const struct region *rg = &mk->plan->regions[type];
	struct layout *l = mk->ps->l;
	struct fo_node *n;
	struct room room = { .ipd = rg->ipd, .bpd = rg->bpd,
		.stack = rg->bpd, .rtl = mk->ps->rtl, .is_static = true };
	struct vlist *list;
	size_t from;
	mpt x, y;
	bool group;

	if (rg->node == NULL)
		return;
	room.elem = area_artifact(type == REGION_BEFORE ?
	    ROLE_ARTIFACT_HEADER : type == REGION_AFTER ?
	    ROLE_ARTIFACT_FOOTER : ROLE_ARTIFACT_LAYOUT);
	mk->painter.is_static = true;
	mk->painter.artifact = room.elem;
	region_back(mk, rg);
	l->context = &mk->context;
	list = collect_static(l, mk->ps, rg, &room, &n);
	if (list == NULL) {
		l->context = NULL;
		return;
	}
	if (vlist_height(list, 0, list->n) > rg->bpd + 10)
		diag_report(l->job->diag, DIAG_LAYOUT_REGION_OVERFLOW,
		    n->where, rg->name);
	group = region_enter(mk, rg, &x, &y);
	from = mk->area->n;
	vlist_paint(list, 0, list->n, &mk->painter, x,
	    y + display_shift(rg->node->style, list, rg->bpd));
	area_stack(mk->area, from);
	if (group)
		area_pop(mk->area);
	vlist_free(list);
	l->context = NULL;
}

/* ----------------------------------------------------------------- body */

static mpt
column_x(const struct making *mk, const struct region *rg, mpt x, int column)
{
	const struct page_plan *p = mk->plan;
	mpt step = p->column_width + p->gap;

	return mk->ps->rtl ? x + rg->ipd - p->column_width - step * column :
	    x + step * column;
}

/* The notes called from the elements of a column. */
static void
column_notes(struct page_sequence *ps, const struct fill *f)
{
	struct vlist *l = &ps->stream.list;

	for (size_t i = 0; i < l->n && i < f->at; i++) {
		if (l->v[i].type != VE_BOX)
			continue;
		for (struct note *n = l->v[i].box.notes; n != NULL;
		    n = n->next) {
			if (n->before)
				before_add(ps, n);
			else
				notes_add(&ps->notes, n);
		}
	}
}

/* What goes on in the next column has no float beside it there. */
static void
leave_floats(struct page_sequence *ps)
{
	struct room room = sequence_room(ps);

	if (stream_beside(&ps->stream))
		stream_again(&ps->stream, ps->flow, &room);
}

/* How far a column's content moves down by the region's display-align; its
 * notes stay at the bottom. */
static mpt
column_shift(struct page_sequence *ps, const struct region *rg,
    const struct fill *f)
{
	mpt notes = ps->notes.shared ? 0 : notes_waiting(&ps->notes);
	mpt room = f->room - f->height;

	if (notes > 0)
		room -= mpt_add(notes, notes_separator(&ps->notes));
	if (room <= 0)
		return 0;
	switch (fo_keyword(rg->node->style, PR_DISPLAY_ALIGN)) {
	case KW_CENTER:
		return room / 2;
	case KW_AFTER:
		return room;
	default:
		return 0;
	}
}

/* The notes below a column that ends at `y` and was `used` so far, down to
 * `bottom`. */
static void
column_paint_notes(struct making *mk, const struct fill *f, mpt x, mpt y,
    mpt used, mpt bottom)
{
	struct notes *ns = &mk->ps->notes;
	mpt room = 0;

	if (f->nothing || f->notes_height < 0)
		/* Spaces in list items may take more than was reckoned
		 * with. */
		room = bottom - y - mpt_min(used, f->height);
	else if (f->notes_height > 0)
		room = mpt_add(f->notes_height, notes_separator(ns) +
		    notes_repeated(ns));
	if (notes_paint(ns, &mk->painter, x, bottom, room,
	    /*fresh*/!mk->any) > 0)
		mk->any = true;
}

/* Cuts, paints and forgets what fill found.  `bottom`: of the body. */
static void
column_commit(struct making *mk, const struct region *rg, struct fill *f,
    mpt x, mpt y, mpt bottom)
{
	struct page_sequence *ps = mk->ps;
	struct stream *st = &ps->stream;
	mpt width = f->columns > 1 ? mk->plan->column_width : rg->ipd;
	mpt used = 0;

	mk->any |= !f->nothing && !stream_is_void(st, f);
	if (!f->nothing) {
		stream_cut(st, f);
		stream_adjust(st, f);
		column_notes(ps, f);
		y += column_shift(ps, rg, f);
	}
	/* A column is a reference area (6.4.14). */
	mk->painter.ref_x = x;
	mk->painter.ref_y = y;
	mk->painter.ref_w = width;
	if (!f->nothing) {
		bars_column(&mk->painter, &(struct bar_column){ .x = x,
		    .width = width, .rtl = ps->rtl,
		    .number = f->column, .count = f->columns }, y);
		used = compose(&st->list, 0, f->at < st->list.n ? f->at + 1 :
		    st->list.n, st->open, st->n_open, &mk->painter, x, y);
		bars_column_end(&mk->painter, mpt_add(y, used));
		stream_drop(st, f);
		if (st->begins)
			ps->part_ipd = ps->column_ipd;
		leave_floats(ps);
	}
	if (ps->notes.shared)
		mk->low = mpt_max(mk->low, rg->bpd - (bottom - y) + used);
	else
		column_paint_notes(mk, f, x, y, used, bottom);
}

/* Does the page go on behind a forced break, because columns end there only or
 * because nothing stands on it yet and the break does not ask for another page
 * (as in FOP)? */
static bool
goes_on(const struct making *mk, enum break_class klass)
{
	if (klass == BREAK_SPAN)
		return mk->y < mk->bottom;
	return !mk->any && sequence_parity_holds(klass, mk->context.number);
}

/* Fills one set of columns from mk->y down.  False: the page is full. */
static bool
fill_columns(struct making *mk, const struct region *rg, mpt x, mpt y)
{
	struct page_sequence *ps = mk->ps;
	int columns = stream_columns(&ps->stream, mk->plan, 0);
	mpt room = mk->bottom - mk->y, top = y + mk->y, high = 0;
	size_t *parts = xcalloc((size_t)columns, sizeof *parts);
	bool more = false, done = false;

	for (int k = 0; k < columns && !done; k++) {
		struct fill f = { .room = room, .fresh = !mk->any,
			.ends_page = k + 1 == columns, .column = k,
			.columns = columns, .ps = ps,
			.notes = ps->notes.shared ? NULL : &ps->notes };
		mpt cx = columns > 1 ? column_x(mk, rg, x, k) : x;

		if (k == 0 || ps->stream.begins)
			columns_balance(&ps->stream, 0, room, columns - k,
			    parts + k);
		f.parts = parts[k];
		stream_fill(&ps->stream, &f);
		high = columns_high(high, k, mpt_min(f.height, room));
		column_commit(mk, rg, &f, cx, top, y + rg->bpd);
		mk->end = done = f.end;
		if (!f.end && !f.nothing && f.forced &&
		    f.klass != BREAK_COLUMN) {
			mk->y += high;
			more = goes_on(mk, f.klass);
			mk->klass = more ? BREAK_COLUMN : f.klass;
			done = true;
		}
	}
	free(parts);
	return more;
}

/* The part of the flow on this page, which may have markers of its own. */
static void
fill_body(struct making *mk, const struct region *rg, mpt x, mpt y)
{
	struct page_sequence *ps = mk->ps;
	struct fo_node *flow = ps->flow;

	if (mk->end)
		return;
	markers_begin(ps->l, flow, ps->begun != flow);
	ps->begun = flow;
	/* A body without any height takes a piece a page all the same. */
	while (!mk->end && (mk->y < mk->bottom || !mk->any) &&
	    fill_columns(mk, rg, x, y))
		;
	markers_end(ps->l, flow, (mk->end || ps->flow != flow) &&
	    !feed_trails(ps->stream.feed));
}

/* The notes below all columns, or those that are left when the flow is done. */
static void
body_notes(struct making *mk, const struct region *rg, mpt x, mpt y)
{
	mk->painter.ref_x = x;
	mk->painter.ref_y = y;
	mk->painter.ref_w = rg->ipd;
	notes_paint(&mk->ps->notes, &mk->painter, x, y + rg->bpd,
	    rg->bpd - mk->low, /*fresh*/!mk->any);
}

static void
page_body(struct making *mk)
{
	const struct region *rg = &mk->plan->regions[REGION_BODY];
	struct page_sequence *ps = mk->ps;
	bool shared = ps->notes.shared, done, group;
	size_t from;
	mpt x, y;

	mk->painter.is_static = false;
	group = region_enter(mk, rg, &x, &y);
	from = mk->area->n;
	mk->y = mk->low = before_paint(ps, mk->plan, &mk->painter, x, y);
	mk->any = mk->y > 0;
	mk->end = done = ps->stream.ended && ps->stream.list.n == 0;
	mk->bottom = rg->bpd;
	if (shared && !done)
		mk->bottom -= trial_notes(ps, mk->plan, mk->y);
	fill_body(mk, rg, x, y);
	if (shared || done)
		body_notes(mk, rg, x, y);
	area_stack(mk->area, from);
	if (group)
		area_pop(mk->area);
}

/* Moves the items from `at` on to the front. */
static void
bring_to_front(struct area_page *p, size_t at)
{
	size_t n = p->n - at;
	struct area_item *copy;

	if (at == 0 || n == 0)
		return;
	copy = xcalloc(n, sizeof *copy);
	memcpy(copy, p->items + at, n * sizeof *copy);
	memmove(p->items + n, p->items, at * sizeof *copy);
	memcpy(p->items, copy, n * sizeof *copy);
	free(copy);
}

/* --------------------------------------------------------------- making */

static void
making_start(struct making *mk, struct page_sequence *ps,
    const struct page_plan *plan)
{
	struct layout *l = ps->l;
	struct buf label = { 0 };

	*mk = (struct making){ .ps = ps, .plan = plan, .klass = BREAK_COLUMN };
	mk->area = area_page_new(plan->width, plan->height,
	    binder_index(l->binder));
	mk->area->press = press_of(mk->area->arena, plan->master->style);
	folio_text(&label, l, ps->node, FO_FOLIO_PREFIX);
	number_format(&label, ps->number, ps->node->style);
	folio_text(&label, l, ps->node, FO_FOLIO_SUFFIX);
	mk->area->label = arena_strdup(mk->area->arena, buf_str(&label));
	buf_free(&label);
	mk->context = (struct page_context){ .label = mk->area->label,
		.index = mk->area->index, .number = ps->number };
	mk->painter = (struct painter){ .l = l, .page = mk->area,
		.context = &mk->context };
}

bool
page_make(struct page_sequence *ps, const struct page_plan *plan,
    enum page_kind kind, enum break_class *klass, bool *end)
{
	struct layout *l = ps->l;
	const struct region *body = &plan->regions[REGION_BODY];
	struct making mk;
	size_t at;

	making_start(&mk, ps, plan);
	for (size_t i = 0; i < l->n_orphans; i++)
		area_end(mk.area, l->orphans[i]);
	l->n_orphans = 0;
	/* Every page is one of the sequence, of what is around it, the root. */
	for (struct fo_node *n = ps->node; n != NULL; n = n->parent)
		ids_place(&mk.painter, n, 0, 0);
	if (ps->flow != NULL && ps->flow->id != NULL && kind == PAGE_FILLED)
		ids_place(&mk.painter, ps->flow, body->cx, body->cy);
	if (kind == PAGE_FILLED && body->node != NULL)
		page_body(&mk);
	at = mk.area->n;
	region_static(&mk, REGION_BEFORE);
	region_static(&mk, REGION_START);
	if (body->node != NULL) {
		mk.painter.is_static = true;
		mk.painter.artifact = area_artifact(ROLE_ARTIFACT_LAYOUT);
		region_back(&mk, body);
	}
	bring_to_front(mk.area, at);
	region_static(&mk, REGION_END);
	region_static(&mk, REGION_AFTER);
	markers_page_end(l);
	*klass = mk.klass;
	*end = mk.end && ps->notes.n == 0 && ps->befores.n == 0;
	ps->done++;
	l->pages++;
	return binder_page(l->binder, mk.area, kind == PAGE_FILLER);
}

bool
page_would_be_one(struct page_sequence *ps, const struct page_plan *plan)
{
	struct fill f = { .room = plan->regions[REGION_BODY].bpd,
		.fresh = true, .notes = &ps->notes };

	if (plan->regions[REGION_BODY].node == NULL)
		return false;
	stream_try(&ps->stream, &f);
	return f.end;
}
