/*
 * Choosing where columns and pages end: total fit over the spaces, the same
 * algorithm that breaks paragraphs into lines (fit.c), for heights.
 *
 * Spaces have a minimum, an optimum and a maximum (XSL 1.1, 4.3), and a column
 * may use them: ratio r is how much of them it needs, 1 all the stretch above
 * it, -1 all the shrink.  Every gap where a column may end is a node; from each
 * active node the column up to the next gap is rated (1 + 100|r|^3 + p)^2, p
 * the price of a keep; the best way to each place is kept per class of
 * tightness.  A column that is too short for its stretch is taken only where
 * nothing better is left, and the least short one then.  So columns without
 * such spaces are simply filled one after the other.  The figures are FOP's,
 * so that pages end at the same words.
 *
 * A page before one of another width ends the search, for what follows is made
 * anew: of the breaks where it may end the best is taken, whatever comes after.
 *
 * Only the first break is taken, and as soon as every way that is left begins
 * with it; no more is looked at than a few columns, LOOK_AHEAD at most.
 *
 * What comes up to the first place where a column may end can be higher than the
 * column.  If one of the next few has room for it, the column stays empty; if
 * none has, it runs out of this one, and the next column goes on after it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/breaks.h"

#define LOOK_AHEAD 12		/* columns */
#define EMPTY_MOST 5		/* columns that stay empty in a row */
#define FITNESS_DEMERITS 50.0
#define ENDLESS 1000.0		/* the ratio of a column that cannot stretch */
#define NONE SIZE_MAX

/* A place where a column may end. */
struct node {
	size_t at;		/* the gap */
	size_t up;		/* the node before it */
	size_t first;		/* the first on the way here */
	int columns;		/* on the way here */
	int fitness;
	double ratio, demerits;
	mpt height;
	bool active;
	struct scan scan;	/* of the column that begins here */
	bool passed;		/* it could have ended already */
	struct noted noted;	/* notes in the columns that end here */
};

/* The columns after the one being filled. */
struct ahead {
	const struct fill *fill;
	struct master_cursor cursor;
	int number;		/* of the page of the last one */
	int column, columns;	/* …and its place there */
	mpt room[LOOK_AHEAD + 2];
	bool ends_page[LOOK_AHEAD + 2];
	mpt ipd[LOOK_AHEAD + 2];
	int n;
};

struct chooser {
	struct stream *st;
	struct fill *fill;
	struct node *v;
	size_t n, cap;
	size_t live;		/* those before it are not active */
	struct ahead ahead;
	struct calls calls;
	/* When nothing is active any more: */
	struct node too_short;	/* the least short column… */
	bool any_short;		/* …if there is one */
	size_t ended;		/* the node that was the last to go */
	struct node turn;	/* the best before a page of another width… */
	bool any_turn;		/* …if there is one */
	bool turns;		/* so does what was found last */
	/* Broken heads and feet of the boxes that are open at this element. */
	int64_t head, foot;
};

/* One way to end a column here, and how good it is. */
struct rating {
	int64_t height, spare;	/* without its notes; what is left over */
	double ratio, demerits;
	int fitness;
	struct noted noted;
};

/* --------------------------------------------------------------- columns */

/* The next page, unless none of the next few takes the flow. */
static void
next_page(struct ahead *a, const struct page_sequence *ps)
{
	for (int k = 0; k < LOOK_AHEAD; k++) {
		struct page_query q = { .number = ++a->number };
		struct page_plan plan;

		if (!masters_choose(ps->l, ps->l->masters, ps->node,
		    &a->cursor, &q, &plan))
			return;
		if (!sequence_maps(ps, &plan))
			continue;
		a->columns = plan.columns;
		a->room[a->n] = plan.regions[REGION_BODY].bpd;
		a->ipd[a->n] = plan.column_width;
		return;
	}
}

static void
next_column(struct ahead *a)
{
	const struct page_sequence *ps = a->fill->ps;

	a->room[a->n] = a->room[a->n - 1];
	a->ipd[a->n] = a->ipd[a->n - 1];
	if (++a->column >= a->columns && ps != NULL) {
		a->column = 0;
		next_page(a, ps);
	}
	a->ends_page[a->n++] = a->column + 1 >= a->columns;
}

/* The k-th column from here. */
static mpt
column_room(struct ahead *a, int k, bool *ends_page)
{
	if (k > LOOK_AHEAD)
		k = LOOK_AHEAD;
	while (a->n <= k)
		next_column(a);
	*ends_page = a->ends_page[k];
	return a->room[k];
}

static void
ahead_start(struct ahead *a, const struct fill *f)
{
	*a = (struct ahead){ .fill = f, .column = f->column,
		.columns = f->columns, .n = 1 };
	a->room[0] = f->room;
	a->ends_page[0] = f->ends_page;
	if (f->ps != NULL) {
		a->cursor = f->ps->cursor;
		/* There need not be such pages: nobody is told of masters that
		 * are used up. */
		a->cursor.exhausted = true;
		a->number = f->ps->number;
		a->ipd[0] = f->ps->column_ipd;
	}
}

/* Is the column after the k-th on a page of another width? */
static bool
turns_after(struct ahead *a, int k)
{
	bool ends_page;

	if (k >= LOOK_AHEAD)
		return false;
	column_room(a, k + 1, &ends_page);
	return a->ipd[k + 1] != a->ipd[k];
}

/* ---------------------------------------------------------------- ratings */

static bool
is_place(const struct velem *e)
{
	return e->type == VE_GAP && !e->gap.fixed &&
	    (e->gap.cost == COST_FORCE || cost_is_allowed(e->gap.cost));
}

/* How much of its spaces a column needs. */
static double
ratio(int64_t spare, int64_t stretch, int64_t shrink)
{
	if (spare == 0)
		return 0;
	if (spare > 0)
		return stretch > 0 ? (double)spare / (double)stretch : ENDLESS;
	return shrink > 0 ? (double)spare / (double)shrink : -ENDLESS;
}

static int
fitness(double r)
{
	return r < -.5 ? 0 : r <= .5 ? 1 : r <= 1 ? 2 : 3;
}

static bool
is_forced(const struct velem *e)
{
	return e == NULL || e->gap.cost == COST_FORCE;
}

/* Need what ends there not fill its column?  To FOP a break inside a table or an
 * item of a list is not the end of anything, nor is one before a table. */
static bool
is_end(const struct velem *e)
{
	return is_forced(e) && (e == NULL ||
	    (e->gap.step == 0 && e->gap.within != FO_TABLE && !e->gap.midst));
}

/* The column from a node to a gap, or to the end of the flow (NULL).  False: a
 * keep does not let it end there. */
static bool
rate(struct chooser *c, const struct node *from, const struct velem *e,
    struct rating *out)
{
	const struct scan *s = &from->scan;
	bool ends_page;
	int64_t room = column_room(&c->ahead, from->columns, &ends_page);
	mpt tail = e != NULL ? e->gap.tail : 0;
	int cost = is_forced(e) ? 0 : gap_cost(e, ends_page);
	double p = cost >= COST_KEEP ? cost - 1 : cost;

	if (!cost_is_allowed(cost))
		return false;
	out->height = s->y + s->tail + tail + s->foot;
	out->spare = room - out->height;
	out->spare -= calls_fit(&c->calls, &from->noted, out->spare,
	    !from->passed, &out->noted);
	out->ratio = is_end(e) && out->spare >= 0 ? 0 :
	    ratio(out->spare, scan_stretch(s), scan_shrink(s));
	out->fitness = fitness(out->ratio);
	out->demerits = 1 + 100 * fabs(out->ratio * out->ratio * out->ratio) +
	    p;
	out->demerits *= out->demerits;
	out->demerits += calls_demerits(&c->calls, &out->noted) +
	    from->demerits;
	if (abs(out->fitness - from->fitness) > 1)
		out->demerits += FITNESS_DEMERITS;
	return true;
}

static struct node
node_at(const struct chooser *c, size_t up, size_t at,
    const struct rating *r)
{
	const struct node *from = &c->v[up];
	double used = r->ratio > 1 ? 1 : r->ratio < -1 ? -1 : r->ratio;

	used *= (double)(used > 0 ? scan_stretch(&from->scan) :
	    scan_shrink(&from->scan));
	return (struct node){
		.at = at,
		.up = up,
		.first = from->first,
		.columns = from->columns + 1,
		.fitness = r->fitness,
		.ratio = r->ratio,
		.demerits = r->demerits,
		.height = mpt_far(r->height + (int64_t)used),
		.active = true,
		.noted = r->noted,
	};
}

/* The least demerits to this place in some number of columns, per fitness. */
struct ways {
	struct node best[4];
	bool any[4];
};

static void
ways_note(struct chooser *c, struct ways *w, const struct node *to)
{
	if (w->any[to->fitness] &&
	    to->demerits >= w->best[to->fitness].demerits)
		return;
	w->any[to->fitness] = true;
	w->best[to->fitness] = *to;
	c->any_short = false;
}

/* Is it the end of a page before one of another width?  Then it is noted. */
static bool
note_turn(struct chooser *c, const struct node *n, bool last)
{
	c->turns = !last && turns_after(&c->ahead, n->columns - 1);
	if (c->turns && (!c->any_turn ||
	    n->demerits < c->turn.demerits)) {
		c->turn = *n;
		c->any_turn = true;
	}
	return c->turns;
}

static void
ways_add(struct chooser *c, const struct ways *w, const struct velem *e)
{
	bool last = is_forced(e);
	double limit = INFINITY;

	for (int k = 0; k < 4; k++)
		if (w->any[k] && w->best[k].demerits < limit)
			limit = w->best[k].demerits;
	for (int k = 0; k < 4; k++) {
		struct node *n;
		bool page;

		if (!w->any[k] || w->best[k].demerits >
		    limit + FITNESS_DEMERITS ||
		    note_turn(c, &w->best[k], last))
			continue;
		VEC_RESERVE(c->v, c->cap, c->n + 1);
		n = &c->v[c->n];
		*n = w->best[k];
		if (n->first == NONE)
			n->first = c->n;
		n->scan = (struct scan){ .y = c->head, .foot = c->foot,
			.room = column_room(&c->ahead, n->columns, &page),
			.after_break = true };
		if (e != NULL)
			n->scan.y += e->gap.head;
		c->n++;
	}
}

static void
note_short(struct chooser *c, const struct node *n)
{
	if (c->any_short && n->demerits > c->too_short.demerits)
		return;
	c->too_short = *n;
	c->any_short = true;
}

/* Is the column that ends at a node the last of its page? */
static bool
ends_page(struct chooser *c, const struct node *n)
{
	bool ends;

	if (n->columns == 0)
		return c->ahead.fill->column == 0;
	column_room(&c->ahead, n->columns - 1, &ends);
	return ends;
}

/* Is a node better than another as an end?  FOP looks first whether a page ends
 * there. */
static bool
ends_better(struct chooser *c, const struct node *n, const struct node *other)
{
	bool page = ends_page(c, n);

	if (page != ends_page(c, other))
		return page;
	return n->at > other->at ||
	    (n->at == other->at && n->demerits < other->demerits);
}

/* The active nodes go that no column reaches any more from here. */
static void
deactivate(struct chooser *c, size_t i)
{
	c->v[i].active = false;
	if (c->ended == NONE || ends_better(c, &c->v[i], &c->v[c->ended]))
		c->ended = i;
	while (c->live < c->n && !c->v[c->live].active)
		c->live++;
}

/* The column from a node could have ended here.  FOP does not see that first
 * place in what begins a flow, or follows a forced break, with one box, if all
 * notes fit. */
static void
pass(struct chooser *c, size_t i, const struct rating *r)
{
	struct node *n = &c->v[i];

	n->passed |= n->up != NONE || !c->st->begins || n->scan.boxes != 1 ||
	    r->noted.i < c->calls.n;
}

/* A column may end at element `at`: e, or the flow's end (NULL).  Adds what
 * nodes come of it. */
static void
consider(struct chooser *c, size_t at, const struct velem *e)
{
	bool forced = is_forced(e);
	size_t n = c->n;
	struct ways w[LOOK_AHEAD + 2];

	for (int k = 0; k < LOOK_AHEAD + 2; k++)
		memset(w[k].any, 0, sizeof w[k].any);
	c->ended = NONE;
	for (size_t i = c->live; i < n; i++) {
		struct rating r;
		struct node to;

		if (!c->v[i].active || (!c->v[i].scan.any && !forced) ||
		    !rate(c, &c->v[i], e, &r))
			continue;
		pass(c, i, &r);
		to = node_at(c, i, at, &r);
		if (r.ratio > 1)
			note_short(c, &to);
		else if (r.ratio >= -1 && to.columns < LOOK_AHEAD + 2)
			ways_note(c, &w[to.columns], &to);
		if (r.ratio < -1 || forced)
			deactivate(c, i);
	}
	for (int k = 0; k < LOOK_AHEAD + 2; k++)
		ways_add(c, &w[k], e);
}

/* The node all active ones have come through; NULL: not one alone. */
static const struct node *
common_first(const struct chooser *c)
{
	size_t first = NONE;

	for (size_t i = c->live; i < c->n; i++) {
		if (!c->v[i].active)
			continue;
		if (c->v[i].first == NONE ||
		    (first != NONE && c->v[i].first != first))
			return NULL;
		first = c->v[i].first;
	}
	return first == NONE ? NULL : &c->v[first];
}

/* The best way that is left, where nobody looks further. */
static const struct node *
best_first(const struct chooser *c)
{
	const struct node *best = NULL;

	for (size_t i = c->live; i < c->n; i++)
		if (c->v[i].active && c->v[i].first != NONE && (best == NULL ||
		    c->v[i].demerits < best->demerits))
			best = &c->v[i];
	return best == NULL ? NULL : &c->v[best->first];
}

/* The same where all of them end. */
static const struct node *
best_end(struct chooser *c)
{
	const struct node *best = NULL;

	for (size_t i = c->live; i < c->n; i++)
		if (c->v[i].active && c->v[i].first != NONE && (best == NULL ||
		    ends_better(c, &c->v[i], best)))
			best = &c->v[i];
	return best == NULL ? NULL : &c->v[best->first];
}

/* Nothing is active: the best break before a page of another width, the break
 * that was good but has no good one after it, or a column that is too short. */
static const struct node *
recover(const struct chooser *c)
{
	const struct node *n = c->ended != NONE && c->v[c->ended].up != NONE ?
	    &c->v[c->ended] : NULL;

	if (c->turns && c->any_turn)
		return c->turn.first == NONE ? &c->turn :
		    &c->v[c->turn.first];

	if (n == NULL || n->ratio <= 0) {
		if (!c->any_short)
			return n == NULL ? NULL : &c->v[n->first];
		n = &c->too_short;
		if (n->first == NONE)
			return n;
	}
	return &c->v[n->first];
}

static bool
too_far(const struct chooser *c)
{
	return c->n > 0 && c->v[c->n - 1].columns >= LOOK_AHEAD;
}

/* Adds an element to the columns of the nodes before number n.  False: none of
 * them can hold it. */
static bool
scan_all(struct chooser *c, size_t n, const struct velem *e)
{
	bool hold = n < c->n;

	for (size_t i = c->live; i < n; i++) {
		struct scan *s = &c->v[i].scan;
		bool ends_page;

		if (!c->v[i].active)
			continue;
		scan_elem(s, e);
		hold |= e->type != VE_BOX || s->y - s->shrink <=
		    column_room(&c->ahead, c->v[i].columns, &ends_page);
	}
	if (e->type == VE_BOX) {
		calls_add(&c->calls, e->box.notes);
	} else if (e->type != VE_GAP) {
		int sign = e->type == VE_OPEN ? 1 : -1;

		c->head += sign * broken_head(e->open.box);
		c->foot += sign * broken_foot(e->open.box);
	}
	return hold;
}

/* Walks on until the first break is known. */
static const struct node *
choose(struct chooser *c)
{
	for (size_t i = c->fill->from; stream_need(c->st, i); i++) {
		const struct velem *e = &c->st->list.v[i];
		size_t n = c->n;

		if (is_place(e) && e->gap.cost != COST_FORCE) {
			const struct node *found;

			consider(c, i, e);
			if (c->live == c->n)
				return recover(c);
			found = too_far(c) ? best_first(c) : common_first(c);
			if (found != NULL)
				return found;
			c->calls.fresh = c->calls.n;
		} else if (is_place(e) && c->v[0].scan.any) {
			consider(c, i, e);
			return c->live == c->n ? recover(c) : best_end(c);
		}
		if (!scan_all(c, n, e)) {
			c->ended = NONE;
			for (size_t k = c->live; k < n; k++)
				if (c->v[k].active)
					deactivate(c, k);
			return recover(c);
		}
	}
	consider(c, c->st->list.n, NULL);
	return c->live == c->n ? recover(c) : best_end(c);
}

static void
take_node(struct chooser *c, const struct node *n)
{
	struct fill *f = c->fill;
	const struct velem *e = n->at < c->st->list.n ?
	    &c->st->list.v[n->at] : NULL;

	f->at = n->at;
	f->height = n->height;
	f->end = e == NULL;
	f->forced = e != NULL && e->gap.cost == COST_FORCE;
	if (f->forced)
		f->klass = e->gap.klass;
	f->fitness = n->fitness;
	f->ratio = n->ratio > 1 ? 1 : n->ratio;
	f->notes_height = mpt_far(n->noted.height);
}

/* The first place where a column may end by its keeps, widows and orphans: how
 * high it is then at least.  ends_page: its page ends there, too. */
static int64_t
first_place(const struct chooser *c, bool ends_page, size_t *at,
    int64_t *shrink)
{
	struct scan s;
	int64_t head, tail = 0;
	size_t i;

	scan_start(c->st, c->fill, &s, &head);
	for (i = c->fill->from; stream_need(c->st, i); i++) {
		const struct velem *e = &c->st->list.v[i];

		if (s.any && is_place(e) && (e->gap.cost == COST_FORCE ||
		    cost_is_allowed(gap_cost(e, ends_page)))) {
			tail = e->gap.tail;
			break;
		}
		scan_elem(&s, e);
	}
	*at = i;
	*shrink = scan_shrink(&s);
	return s.y + s.tail + tail + s.foot - *shrink;
}

/* Has one of the next columns room up to the first place where it may end?
 * Lines of another width are not looked at: they would not be the same. */
static bool
fits_later(struct chooser *c)
{
	for (int k = 1; k + c->st->empty <= EMPTY_MOST; k++) {
		bool ends_page;
		mpt room = column_room(&c->ahead, k, &ends_page);
		int64_t shrink;
		size_t at;

		if (c->ahead.ipd[k] != c->ahead.ipd[0])
			return k > 1;
		if (first_place(c, ends_page, &at, &shrink) <= room)
			return true;
	}
	return false;
}

/* No place where the column may end fits. */
static void
take_none(struct chooser *c)
{
	struct fill *f = c->fill;
	size_t at;
	int64_t shrink;
	int64_t height = first_place(c, f->ends_page, &at, &shrink);
	const struct velem *e;

	/* Room that notes take is there when they have been placed. */
	f->nothing = (height <= f->room && f->notes != NULL &&
	    f->notes->n > 0) || fits_later(c);
	if (f->nothing)
		return;
	e = at < c->st->list.n ? &c->st->list.v[at] : NULL;
	f->at = at;
	f->height = f->room;
	f->overflows = true;
	/* What is too high shrinks its spaces further than they say (as in FOP);
	 * but what is higher than two columns is not moved off the page. */
	if (shrink > 0 && height > f->room && height < 2 * (int64_t)f->room)
		f->ratio = ratio(f->room - height - shrink, 0, shrink);
	f->end = e == NULL;
	f->forced = e != NULL && e->gap.cost == COST_FORCE;
	if (f->forced)
		f->klass = e->gap.klass;
}

void
breaks_choose(struct stream *st, struct fill *f)
{
	struct chooser c = { .st = st, .fill = f, .ended = NONE };
	const struct node *n;

	VEC_RESERVE(c.v, c.cap, 1);
	c.v[c.n++] = (struct node){ .up = NONE, .first = NONE,
		.active = true, .fitness = st->fitness };
	ahead_start(&c.ahead, f);
	scan_start(st, f, &c.v[0].scan, &c.head);
	c.foot = c.v[0].scan.foot;
	calls_start(&c.calls, f->notes, f->room);
	n = choose(&c);
	if (n != NULL)
		take_node(&c, n);
	else
		take_none(&c);
	free(c.v);
	calls_free(&c.calls);
}
