/*
 * What would stand on a page: its columns are tried one after the other, and
 * nothing is painted or reported.
 *
 * The footnotes of a body of several columns stand below all of them (XSL 1.1,
 * 6.4.13: the footnote-reference-area is the region's, not a column's).  So all
 * columns must leave them room before the first is filled, while what is called
 * depends on how much room is left: the more, the more text, the more notes.
 * The least room is sought for all notes that wait and the beginning at least of
 * the last one called.
 */
#include <stdlib.h>

#include "layout/pages.h"

/* A page on its way. */
struct attempt {
	const struct page_plan *plan;
	mpt bottom;		/* where columns end, from the body's top */
	size_t from;		/* what comes next… */
	mpt y;			/* …and where */
	bool end;
	bool overflows;		/* not even the first piece fits */
	mpt repeated;		/* the notes of headers that are repeated */
};

/* What the notes of a box's repeated header, or footer, take without their
 * separator. */
static int64_t
repeated_of(struct page_sequence *ps, const struct vbox *b, bool head)
{
	mpt h = repeat_notes(b, head);
	bool with = h > 0 && (head || repeat_notes(b, /*head*/true) == 0);

	return (int64_t)h - (with ? notes_separator(&ps->notes) : 0);
}

/* The same of all boxes that are open before an element. */
static int64_t
repeated_at(struct page_sequence *ps, size_t at, bool head)
{
	const struct stream *st = &ps->stream;
	int64_t h = 0;

	for (size_t i = 0; i < st->n_open; i++)
		h += repeated_of(ps, st->open[i], head);
	for (size_t i = 0; i < at && i < st->list.n; i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_OPEN)
			h += repeated_of(ps, e->open.box, head);
		else if (e->type == VE_CLOSE)
			h -= repeated_of(ps, e->open.box, head);
	}
	return h;
}

static void
add_repeated(struct page_sequence *ps, struct attempt *a, const struct fill *f)
{
	int64_t h;

	if (!ps->notes.shared)
		return;
	ps->notes.shared = false;
	h = repeated_at(ps, f->from, /*head*/true) +
	    (f->end ? 0 : repeated_at(ps, f->at, /*head*/false));
	ps->notes.shared = true;
	a->repeated = mpt_add(a->repeated, mpt_far(h));
}

/* Tries one set of columns.  False: the page is full, or the flow is done. */
static bool
try_columns(struct page_sequence *ps, struct attempt *a)
{
	struct stream *st = &ps->stream;
	int columns = stream_columns(st, a->plan, a->from);
	struct fill f = { .room = a->bottom - a->y, .fresh = a->from == 0,
		.before = FITNESS_FREE, .columns = columns, .ps = ps,
		.notes = a->from == 0 && !ps->notes.shared ? &ps->notes : NULL };
	size_t *parts = xcalloc((size_t)columns, sizeof *parts);
	bool more = false, done = false;
	mpt high = 0;

	for (int k = 0; k < columns && !done; k++) {
		if (k == 0 || f.forced)
			columns_balance(st, a->from, f.room, columns - k,
			    parts + k);
		f.from = a->from;
		f.parts = parts[k];
		f.column = k;
		f.ends_page = k + 1 == columns;
		stream_foresee(st, &f);
		high = columns_high(high, k, f.height);
		a->end = f.end && f.height <= f.room;
		a->overflows |= f.overflows || (f.nothing && a->from == 0);
		more = !f.nothing && f.forced && f.klass == BREAK_SPAN;
		done = f.end || f.nothing || f.height > f.room ||
		    (f.forced && f.klass != BREAK_COLUMN);
		if (!f.nothing) {
			add_repeated(ps, a, &f);
			a->from = f.at + 1;
			f.before = fill_fitness(&f);
		}
		f.fresh = false;
		f.notes = NULL;
	}
	free(parts);
	a->y += high;
	return more;
}

static struct attempt
try_page(struct page_sequence *ps, const struct page_plan *plan, mpt top,
    mpt bottom)
{
	struct attempt a = { .plan = plan, .bottom = bottom, .y = top };

	while (try_columns(ps, &a))
		;
	return a;
}

/* ------------------------------------------------------------------- notes */

/* The notes that wait, and those of a page where no room is left for them. */
struct page_notes {
	struct height {
		int64_t above;	/* of those before it */
		mpt least, all;	/* of its first piece, of it */
	} *v;
	size_t n, cap;
	mpt separator;
	size_t waiting;		/* so many of them wait */
};

/* The least room for notes is sought. */
struct search {
	struct page_sequence *ps;
	const struct page_plan *plan;
	mpt top, left;		/* the room of columns and notes */
	struct page_notes notes;
};

static void
add_height(struct page_notes *pn, mpt least, mpt all)
{
	const struct height *last = pn->n > 0 ? &pn->v[pn->n - 1] : NULL;
	int64_t above = last != NULL ? last->above + last->all : 0;

	VEC_RESERVE(pn->v, pn->cap, pn->n + 1);
	pn->v[pn->n++] = (struct height){ above, least, all };
}

/* Counts the notes called up to an element, and adds their heights if `pn` is
 * given.  What no page can hold holds up nothing: it waits for a page of its
 * own. */
static size_t
count_called(struct page_sequence *ps, size_t to, struct page_notes *pn)
{
	const struct vlist *l = &ps->stream.list;
	size_t count = 0;

	for (size_t i = 0; i < to && i < l->n; i++) {
		struct note *n = l->v[i].type == VE_BOX ? l->v[i].box.notes :
		    NULL;

		for (; n != NULL; n = n->next) {
			mpt least, all;

			if (n->before)
				continue;
			all = note_height(&ps->notes, n, &least);
			if ((int64_t)notes_separator(&ps->notes) + least >
			    ps->body_bpd)
				continue;
			count++;
			if (pn != NULL)
				add_height(pn, least, all);
		}
	}
	return count;
}

/* False: there are none. */
static bool
find_notes(struct search *s)
{
	struct page_sequence *ps = s->ps;
	struct page_notes *pn = &s->notes;
	struct attempt a;

	for (size_t i = 0; i < ps->notes.n; i++) {
		mpt least, all = notes_waiting_one(&ps->notes, i, &least);

		add_height(pn, least, all);
	}
	pn->waiting = pn->n;
	a = try_page(ps, s->plan, s->top, s->top + s->left);
	count_called(ps, a.from, pn);
	pn->separator = notes_separator(&ps->notes);
	return pn->n > 0 || a.repeated > 0;
}

/* A room for notes, and what they need when it is left. */
struct offer {
	mpt room, needs;
	bool overflows;		/* it leaves no room to the text */
	bool enough;
};

static struct offer
offer(struct search *s, mpt room)
{
	const struct page_notes *pn = &s->notes;
	struct attempt a = try_page(s->ps, s->plan, s->top,
	    s->top + s->left - room);
	size_t n = pn->waiting + count_called(s->ps, a.from, NULL);
	int64_t h = a.repeated;

	if (n > pn->n)
		n = pn->n;
	if (n > 0)
		h += pn->v[n - 1].above + (n > pn->waiting ?
		    pn->v[n - 1].least : pn->v[n - 1].all);
	if (h > 0)
		h += pn->separator;
	return (struct offer){ room, mpt_far(h), a.overflows,
		.enough = h <= room };
}

#define NEAR 100	/* a tenth of a point */

/* The least room that is enough; where it would leave none to the text, what
 * this leaves.  With more room never more is needed: what one that is enough
 * needs is the least that can be. */
static mpt
least_room(struct search *s)
{
	struct offer low = offer(s, 0), high, mid;

	if (low.enough || low.overflows)
		return 0;
	high = offer(s, mpt_min(low.needs, s->left));
	if (high.enough && !high.overflows && high.needs > 0) {
		mid = offer(s, high.needs);
		if (mid.enough)
			return mid.room;
		low = mid;
	} else if (!high.enough && !high.overflows) {
		low = high;
		high = offer(s, s->left);
	}
	while (high.room - low.room > NEAR) {
		mid = offer(s, low.room + (high.room - low.room) / 2);
		if (mid.enough || mid.overflows)
			high = mid;
		else
			low = mid;
	}
	if (high.overflows)
		return low.room;
	/* A line may end exactly where the notes begin. */
	mid = offer(s, high.needs);
	return mid.enough ? mid.room : high.room;
}

mpt
trial_notes(struct page_sequence *ps, const struct page_plan *plan, mpt top)
{
	struct search s = { .ps = ps, .plan = plan, .top = top,
		.left = plan->regions[REGION_BODY].bpd - top };
	mpt room = find_notes(&s) ? least_room(&s) : 0;

	free(s.notes.v);
	return room;
}

/* -------------------------------------------------------------------- ends */

/* A page with room for the footnotes of all columns. */
static struct attempt
try_with_notes(struct page_sequence *ps, const struct page_plan *plan, mpt top)
{
	return try_page(ps, plan, top, plan->regions[REGION_BODY].bpd -
	    (ps->notes.shared ? trial_notes(ps, plan, top) : 0));
}

bool
page_would_end(struct page_sequence *ps, const struct page_plan *plan)
{
	return plan->regions[REGION_BODY].node != NULL &&
	    try_with_notes(ps, plan, 0).end;
}

size_t
trial_end(struct page_sequence *ps, const struct page_plan *plan, mpt top)
{
	struct attempt a = try_with_notes(ps, plan, top);

	return a.overflows ? 0 : a.from;
}
