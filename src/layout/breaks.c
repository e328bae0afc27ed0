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
 * A break is taken as soon as every way that is left has it, and those after it
 * that all of them have are kept for the next columns (struct plan).  No more is
 * looked at than LOOK_AHEAD columns: then the best way of all holds for half of
 * them, so that no column is looked at more than twice or so.
 *
 * What comes up to the first place where a column may end can be higher than the
 * column.  If one of the next few has room for it, the column stays empty; if
 * none has, it runs out of this one, and the next column goes on after it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/breaks.h"

#define LOOK_AHEAD 80		/* columns */
#define PAGES_MOST 12		/* that do not take the flow, in a row */
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

/* The least demerits to a place in some number of columns, per fitness. */
struct ways {
	struct node best[4];
	bool any[4];
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
	/* Those to the place that is being considered; numbers [from, to) are in
	 * use. */
	struct ways ways[LOOK_AHEAD + 2];
	int ways_from, ways_to;
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
	for (int k = 0; k < PAGES_MOST; k++) {
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

static void
ways_note(struct chooser *c, const struct node *to)
{
	struct ways *w = &c->ways[to->columns];

	if (c->ways_from == c->ways_to)
		c->ways_from = c->ways_to = to->columns;
	for (; c->ways_from > to->columns; c->ways_from--)
		memset(c->ways[c->ways_from - 1].any, 0, sizeof w->any);
	for (; c->ways_to <= to->columns; c->ways_to++)
		memset(c->ways[c->ways_to].any, 0, sizeof w->any);
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
			n->scan.y += (int64_t)e->gap.head + e->gap.rest;
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

	c->ways_from = c->ways_to = 0;
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
			ways_note(c, &to);
		if (r.ratio < -1 || forced)
			deactivate(c, i);
	}
	for (int k = c->ways_from; k < c->ways_to; k++)
		ways_add(c, &c->ways[k], e);
}

/* The last node on the ways to both. */
static size_t
meet(const struct chooser *c, size_t a, size_t b)
{
	while (a != b)
		if (a > b)
			a = c->v[a].up;
		else
			b = c->v[b].up;
	return a;
}

/* The last node all active ones have come through, and the column too short that
 * is taken should they all come to nothing; NULL: there is none. */
static const struct node *
common(const struct chooser *c)
{
	size_t all = c->any_short ? c->too_short.up : NONE;

	for (size_t i = c->live; i < c->n && all != 0; i++) {
		if (!c->v[i].active)
			continue;
		if (all != NONE && c->v[i].first != c->v[all].first)
			return NULL;
		all = all == NONE ? i : meet(c, all, i);
	}
	return all == NONE || all == 0 ? NULL : &c->v[all];
}

/* The best way that is left, where nobody looks further: half of it. */
static const struct node *
best_half(const struct chooser *c)
{
	const struct node *best = NULL;

	for (size_t i = c->live; i < c->n; i++)
		if (c->v[i].active && c->v[i].first != NONE && (best == NULL ||
		    c->v[i].demerits < best->demerits))
			best = &c->v[i];
	while (best != NULL && best->columns > LOOK_AHEAD / 2)
		best = &c->v[best->up];
	return best;
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
	return best;
}

/* Nothing is active: the best break before a page of another width, the break
 * that was good but has no good one after it, or a column that is too short. */
static const struct node *
recover(const struct chooser *c)
{
	const struct node *n = c->ended != NONE && c->v[c->ended].up != NONE ?
	    &c->v[c->ended] : NULL;

	if (c->turns && c->any_turn)
		return &c->turn;
	return (n == NULL || n->ratio <= 0) && c->any_short ? &c->too_short :
	    n;
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

/* Walks on until at least the first break is known; the last one that is. */
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
			found = too_far(c) ? best_half(c) : common(c);
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

/* The number of an element of the list among all that came. */
static size_t
number_of(const struct stream *st, size_t i)
{
	return st->taken - (st->list.n - i);
}

/* Which of the planned breaks is that of this column: the one after the break
 * that it begins at. */
static size_t
plan_find(const struct chooser *c)
{
	const struct plan *p = &c->st->plan;
	size_t i = p->i, from = c->fill->from;

	if (from == 0)
		return i;
	while (i < p->n && p->v[i].at != number_of(c->st, from - 1))
		i++;
	return i + 1;
}

/* The way to a node is the plan, or goes on with it; only a column further down
 * that does not is looked at for itself.  Gives the first node. */
static const struct node *
plan_way(struct chooser *c, const struct node *n)
{
	struct plan *p = &c->st->plan;
	size_t from = plan_find(c);
	bool page;

	if (c->fill->from == 0)
		p->i = from = 0;
	else if (from > p->n)
		return n->first == NONE ? n : &c->v[n->first];
	p->n = from + (size_t)n->columns;
	VEC_RESERVE(p->v, p->cap, p->n);
	for (size_t i = p->n;; n = &c->v[n->up]) {
		p->v[--i] = (struct planned){ number_of(c->st, n->at),
			column_room(&c->ahead, n->columns - 1, &page),
			n->ratio, n->height };
		if (i == from)
			return n;
	}
}

/* The break that was planned for this column, if it is what it was: what is left
 * of the flow may have been made anew, notes may have been put off. */
static bool
planned(struct chooser *c, struct node *found)
{
	const struct plan *p = &c->st->plan;
	size_t i = plan_find(c), at;
	const struct planned *next;
	struct rating r;

	if (i >= p->n)
		return false;
	next = &p->v[i];
	at = c->st->list.n - (c->st->taken - next->at);
	if (at > c->st->list.n || c->fill->room != next->room)
		return false;
	for (i = c->fill->from;; i++) {
		const struct velem *e = stream_need(c->st, i) ?
		    &c->st->list.v[i] : NULL;

		r = (struct rating){ .ratio = ENDLESS };
		if (e == NULL || is_place(e)) {
			if ((c->v[0].scan.any || is_forced(e)) &&
			    rate(c, &c->v[0], e, &r))
				pass(c, 0, &r);
			c->calls.fresh = c->calls.n;
			if (i == at)
				break;
		}
		if (e == NULL || i == at ||
		    (is_place(e) && is_forced(e) && c->v[0].scan.any))
			return false;
		scan_all(c, 1, e);
	}
	*found = node_at(c, 0, at, &r);
	return found->ratio == next->ratio && found->height == next->height;
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

static void
chooser_start(struct chooser *c, struct stream *st, struct fill *f)
{
	c->st = st;
	c->fill = f;
	c->n = 0;
	c->ended = NONE;
	VEC_RESERVE(c->v, c->cap, 1);
	c->v[c->n++] = (struct node){ .up = NONE, .first = NONE,
		.active = true,
		.fitness = f->from > 0 ? f->before : st->fitness };
	ahead_start(&c->ahead, f);
	scan_start(st, f, &c->v[0].scan, &c->head);
	c->foot = c->v[0].scan.foot;
	calls_start(&c->calls, f->notes, f->room);
}

void
breaks_choose(struct stream *st, struct fill *f)
{
	struct chooser *c = xcalloc(1, sizeof *c);
	struct node found;
	const struct node *n = &found;

	chooser_start(c, st, f);
	if (!planned(c, &found)) {
		calls_free(&c->calls);
		chooser_start(c, st, f);
		n = choose(c);
		if (n != NULL)
			n = plan_way(c, n);
	}
	if (n != NULL)
		take_node(c, n);
	else
		take_none(c);
	free(c->v);
	calls_free(&c->calls);
	free(c);
}
