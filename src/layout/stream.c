/*
 * The flow on its way into columns: pulled as far as it is looked at, cut where
 * a column ends, forgotten when that is painted.
 *
 * Where a column ends is chosen in breaks.c.  What is here is for trials: among
 * the gaps where a column could end and still fit, the cheapest is taken, the
 * last one if several cost the same.
 *
 * Where there is one column its footnotes stand below it: a break fits if the
 * notes called before it fit too.  (Those of several: trial.c.)  The last of them may be split as long as
 * its first lines stand below the anchor (FOP's choice as well: a full column
 * with a split note rather than a short one).
 */
#include <stdlib.h>
#include <string.h>

#include "layout/breaks.h"

void
stream_init(struct stream *st, struct layout *l, struct feed *feed)
{
	*st = (struct stream){ .l = l, .feed = feed, .fitness = FITNESS_FREE,
		.begins = true };
}

static bool take_again(struct stream *st, struct fo_node *flow,
    const struct room *room);

/* Behind what kept its width the flow is made for another one. */
static void
take_element(struct stream *st, struct velem e)
{
	vlist_add(&st->list, e);
	st->taken++;
	if (st->waits == NULL || e.type != VE_CLOSE ||
	    e.open.box != st->waits)
		return;
	st->waits = NULL;
	take_again(st, st->waits_flow, &st->waits_room);
}

bool
stream_need(struct stream *st, size_t i)
{
	struct velem e;

	while (i >= st->list.n && !st->ended) {
		if (feed_next(st->feed, &e))
			take_element(st, e);
		else if (!sequence_next_flow(st->l, st))
			st->ended = true;
	}
	return i < st->list.n;
}

/* ------------------------------------------------------- another width */

void
stream_end(struct stream *st)
{
	struct vlist *rest = xcalloc(1, sizeof *rest);

	flow_take_ended(st->l, &st->list, 0);
	*rest = st->list;
	vlist_free(rest);
	feed_free(st->feed);
	free(st->open);
	free(st->plan.v);
	*st = (struct stream){ 0 };
}

/* Is the end of a box here?  One that makes its rest anew is pulled to it. */
static bool
ends_here(struct stream *st, const struct vbox *b)
{
	bool pulls = b->cls->resume != NULL;

	for (size_t i = 0; i < st->list.n || (pulls && stream_need(st, i));
	    i++)
		if (st->list.v[i].type == VE_CLOSE &&
		    st->list.v[i].open.box == b)
			return true;
	return false;
}

static bool
take_again(struct stream *st, struct fo_node *flow, const struct room *room)
{
	struct rest rest = { .node = flow, .open = st->open,
		.n_open = st->n_open, .list = &st->list, .feed = st->feed };

	if (!flow_again(st->l, &rest, room))
		return false;
	st->feed = rest.feed;
	st->ended = false;
	st->plan.n = 0;
	return true;
}

bool
stream_again(struct stream *st, struct fo_node *flow, const struct room *room)
{
	struct vbox *stiff = flow_stiff(st->open, st->n_open);
	size_t next = 0;

	while (stream_need(st, next) && st->list.v[next].type == VE_GAP)
		next++;
	if (next == st->list.n)
		return true;
	st->waits = NULL;
	if (stiff == NULL || ends_here(st, stiff))
		return take_again(st, flow, room);
	st->waits = stiff;
	st->waits_flow = flow;
	st->waits_room = *room;
	return true;
}

/* ----------------------------------------------------------------- scan */

struct choice {
	size_t at;
	int cost;
	bool found;
	mpt height;
};

/* The notes of a column that is tried. */
struct scan_notes {
	int64_t all;		/* height of separator, waiting and new notes */
	/* The same with the last one split.  Only a note called since the last
	 * place to break may be: the others are settled. */
	int64_t split;
};

static void
notes_start(struct scan_notes *sn, const struct fill *f)
{
	*sn = (struct scan_notes){ 0, 0 };
	if (f->notes == NULL || f->notes->n == 0)
		return;
	sn->all = (int64_t)notes_waiting(f->notes) + notes_separator(f->notes);
	sn->split = (int64_t)notes_separator(f->notes) +
	    notes_waiting_least(f->notes);
}

static void
notes_call(struct scan_notes *sn, const struct fill *f, struct note *n)
{
	for (; f->notes != NULL && n != NULL; n = n->next) {
		mpt least, h, separator;

		if (n->before)
			continue;
		h = note_height(f->notes, n, &least);
		separator = notes_separator(f->notes);
		/* What no column can hold gets one of its own. */
		if ((int64_t)separator + least > f->room)
			continue;
		if (sn->all == 0)
			sn->all = separator;
		sn->split = sn->all + least;
		sn->all += h;
	}
}

/* Does a column that ends here, with `tail` below the last box, fit? */
static bool
scan_fits(const struct scan *s, const struct scan_notes *sn,
    const struct fill *f, mpt tail, struct choice *c)
{
	int64_t h = s->y + s->tail + tail + s->foot;
	int64_t notes = sn->all;

	if (h + notes > f->room && sn->split < notes)
		notes = sn->split;
	c->height = mpt_far(h);
	return h + notes <= f->room;
}

/* Not even a piece of the notes that wait fits into the column. */
static bool
notes_need_all(const struct fill *f)
{
	return f->notes != NULL && f->notes->n > 0 &&
	    (int64_t)notes_separator(f->notes) +
	    notes_waiting_least(f->notes) > f->room;
}

int
gap_cost(const struct velem *e, bool page)
{
	int cost = e->gap.page_cost;

	/* As in FOP what is to stay on a page would stay in a column, too. */
	if (!page && cost >= COST_KEEP)
		cost = COST_KEEP;
	return e->gap.cost == COST_FORCE ? COST_FORCE :
	    cost_join(e->gap.cost, cost);
}

void
scan_start(const struct stream *st, const struct fill *f, struct scan *s,
    int64_t *head)
{
	*s = (struct scan){ .room = f->room };
	for (size_t i = 0; i < st->n_open; i++) {
		s->y += broken_head(st->open[i]);
		s->foot += broken_foot(st->open[i]);
	}
	/* A trial may begin further down, where a break would be. */
	for (size_t i = 0; i < f->from; i++) {
		const struct velem *e = &st->list.v[i];
		int sign = e->type == VE_OPEN ? 1 : -1;

		if (e->type != VE_OPEN && e->type != VE_CLOSE)
			continue;
		s->y += sign * broken_head(e->open.box);
		s->foot += sign * broken_foot(e->open.box);
	}
	*head = s->y;
	if (f->from > 0)
		s->y += st->list.v[f->from - 1].gap.head;
	s->after_break = f->from > 0;
}

static void
scan_gap(struct scan *s, const struct velem *e)
{
	const struct space *sp = &e->gap.space;

	if (!s->any && s->after_break) {
		s->y += e->gap.head;
		if (e->gap.head != sp->opt)
			return;
		s->y -= sp->opt;
	}
	s->y += sp->opt;
	s->stretch += sp->max - sp->opt;
	s->shrink += sp->opt - sp->min;
	/* One that a break keeps, within a border or padding, is flexible there,
	 * too. */
	if (e->gap.tail == sp->opt)
		return;
	s->tail += (int64_t)e->gap.tail - sp->opt;
	s->tail_stretch += sp->max - sp->opt;
	s->tail_shrink += sp->opt - sp->min;
}

/* What is left of the column below what it holds at least. */
static mpt
scan_left(const struct scan *s)
{
	return mpt_far(s->room - (s->y - s->shrink + s->foot));
}

static mpt
box_height(const struct scan *s, const struct velem *e)
{
	struct frag *f = e->box.frag;

	return f != NULL && f->cls->fit != NULL && s->room > 0 ?
	    f->cls->fit(f, scan_left(s), /*shown*/false) : e->box.height;
}

void
scan_elem(struct scan *s, const struct velem *e)
{
	switch (e->type) {
	case VE_BOX:
		s->y += box_height(s, e);
		s->tail = s->tail_stretch = s->tail_shrink = 0;
		s->any = true;
		s->boxes += !s->joined;
		s->joined = false;
		break;
	case VE_GAP:
		scan_gap(s, e);
		s->joined = e->gap.step > 0 && !cost_is_allowed(e->gap.cost);
		break;
	case VE_OPEN:
		s->y += e->open.box->head;
		s->foot += broken_foot(e->open.box);
		s->boxes += e->open.box->head > 0;
		break;
	case VE_CLOSE:
		s->y += e->open.box->foot;
		s->foot -= broken_foot(e->open.box);
		s->boxes += e->open.box->foot > 0;
		break;
	}
}

/* Where to report what went wrong at an element: the nearest node. */
static struct where
place_near(const struct stream *st, size_t at)
{
	for (size_t i = at < st->list.n ? at + 1 : st->list.n; i-- > 0;)
		if (st->list.v[i].node != NULL)
			return st->list.v[i].node->where;
	return st->n_open > 0 ? st->open[st->n_open - 1]->node->where :
	    where_none();
}

static void
take(struct fill *f, const struct choice *c)
{
	f->at = c->at;
	f->height = c->height;
}

/* A column whose end was fixed: its spaces fill the room as far as they may. */
static void
take_part(struct fill *f, const struct choice *c, const struct scan *s)
{
	double stretch = (double)scan_stretch(s);

	take(f, c);
	if (stretch > 0)
		f->ratio = (f->room - c->height) / stretch;
	if (f->ratio > 1)
		f->ratio = 1;
	f->height = mpt_add(c->height, (mpt)(f->ratio * stretch));
}

/* Nothing fits by the rules: the first piece stands there all the same. */
static void
fill_overflow(struct stream *st, struct fill *f)
{
	size_t i = f->from;
	bool any = false;

	f->overflows = true;
	for (; stream_need(st, i); i++) {
		const struct velem *e = &st->list.v[i];

		any |= e->type == VE_BOX;
		if (any && e->type == VE_GAP && !e->gap.fixed)
			break;
	}
	f->at = i;
	f->end = i == st->list.n;
	f->height = f->room;
	if (i < st->list.n && st->list.v[i].gap.cost == COST_FORCE) {
		f->forced = true;
		f->klass = st->list.v[i].gap.klass;
	}
}

static void
fill_start(struct fill *f)
{
	f->nothing = notes_need_all(f);
	f->end = f->forced = f->overflows = false;
	f->klass = BREAK_COLUMN;
	f->ratio = 0;
	f->fitness = FITNESS_FREE;
	f->notes_height = -1;
}

/* The column takes as much as fits, or ends where that is fixed. */
static void
fill_greedily(struct stream *st, struct fill *f)
{
	struct choice best = { .cost = COST_FORBID };
	struct scan_notes sn;
	struct scan s;
	int64_t head;
	size_t i, places = 0;

	scan_start(st, f, &s, &head);
	notes_start(&sn, f);
	for (i = f->from; stream_need(st, i); i++) {
		const struct velem *e = &st->list.v[i];
		struct choice c = { .at = i, .found = true };

		if (e->type == VE_GAP && !e->gap.fixed && s.any &&
		    scan_fits(&s, &sn, f, e->gap.tail, &c)) {
			c.cost = gap_cost(e, f->ends_page);
			if (c.cost == COST_FORCE) {
				f->forced = true;
				f->klass = e->gap.klass;
				take(f, &c);
				return;
			}
			if (cost_is_allowed(c.cost) && ++places == f->parts) {
				take_part(f, &c, &s);
				return;
			}
			if (cost_is_allowed(c.cost) && c.cost <= best.cost)
				best = c;
		}
		if (e->type == VE_GAP && !e->gap.fixed && s.any &&
		    e->gap.cost < COST_FORBID)
			sn.split = sn.all;
		scan_elem(&s, e);
		if (e->type == VE_BOX)
			notes_call(&sn, f, e->box.notes);
		if (s.any && s.y > f->room)
			break;
	}
	if (i == st->list.n && st->ended) {
		struct choice c = { .at = i };

		if (scan_fits(&s, &sn, f, 0, &c)) {
			f->end = true;
			take(f, &c);
			return;
		}
	}
	if (best.found)
		take(f, &best);
	else if (!f->fresh)
		f->nothing = true;
	else
		fill_overflow(st, f);
}

void
stream_foresee(struct stream *st, struct fill *f)
{
	fill_start(f);
	if (!f->nothing && f->parts > 0)
		fill_greedily(st, f);
	else if (!f->nothing)
		breaks_choose(st, f);
}

void
stream_fill(struct stream *st, struct fill *f)
{
	stream_foresee(st, f);
	st->empty = f->nothing ? st->empty + 1 : 0;
	if (f->overflows)
		diag_report(st->l->job->diag, DIAG_LAYOUT_TALL,
		    place_near(st, f->at), NULL);
}

void
stream_try(struct stream *st, struct fill *f)
{
	fill_start(f);
	if (!f->nothing)
		fill_greedily(st, f);
}

bool
stream_break_first(struct stream *st, enum break_class *klass)
{
	for (size_t i = 0; stream_need(st, i); i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_BOX)
			return false;
		if (e->type == VE_GAP && e->gap.cost == COST_FORCE) {
			*klass = e->gap.klass;
			return true;
		}
	}
	return false;
}

bool
stream_is_void(const struct stream *st, const struct fill *f)
{
	int boxes = 0;

	if (st->leads)
		return false;
	for (size_t i = 0; i < st->list.n && i < f->at; i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_BOX && (e->box.frag != NULL ||
		    e->box.height > 0 || ++boxes > 1))
			return false;
		if ((e->type == VE_OPEN && e->open.box->head > 0) ||
		    (e->type == VE_CLOSE && e->open.box->foot > 0) ||
		    (e->type == VE_GAP &&
		    (e->gap.leads || e->gap.space.opt != 0)))
			return false;
	}
	return true;
}

bool
stream_beside(const struct stream *st)
{
	struct para_mark mark;

	for (size_t i = 0; i < st->list.n; i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_BOX)
			return e->box.beside && (e->box.frag == NULL ||
			    !float_mark(e->box.frag, &mark));
	}
	return false;
}

/* The style of what comes next in the flow, or behind a break before element
 * `from`; NULL: it is not known. */
static const struct fo_style *
style_next(struct stream *st, size_t from)
{
	for (size_t i = from; stream_need(st, i); i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_BOX)
			break;
		if (e->type == VE_OPEN && (st->n_open == 0 || from > 0))
			return e->open.box->style;
	}
	return st->n_open > 0 ? st->open[0]->style : NULL;
}

int
stream_columns(struct stream *st, const struct page_plan *plan, size_t from)
{
	const struct fo_style *style = plan->columns > 1 ?
	    style_next(st, from) : NULL;

	return style != NULL && fo_keyword(style, PR_SPAN) == KW_ALL ? 1 :
	    plan->columns;
}

bool
stream_balances(struct stream *st, size_t from)
{
	const struct fo_style *style = style_next(st, from);

	return style != NULL && fo_keyword(style, PR_SPAN) == KW_ALL &&
	    fo_keyword(style, PR_DISABLE_COLUMN_BALANCING) != KW_TRUE;
}

/* The boxes of the column that was found are as high as there is room for. */
static void
fit_boxes(struct stream *st, const struct fill *f)
{
	struct scan s;
	int64_t head;

	scan_start(st, f, &s, &head);
	for (size_t i = 0; i < f->at && i < st->list.n; i++) {
		struct velem *e = &st->list.v[i];

		if (e->type == VE_BOX && e->box.frag != NULL &&
		    e->box.frag->cls->fit != NULL)
			e->box.height = e->box.frag->cls->fit(e->box.frag,
			    scan_left(&s), /*shown*/true);
		scan_elem(&s, e);
	}
}

void
stream_cut(struct stream *st, const struct fill *f)
{
	struct vbox *outer = st->n_open > 0 ? st->open[st->n_open - 1] : NULL;

	fit_boxes(st, f);
	if (f->at == st->list.n)
		return;
	/* A box that makes its rest anew must be here to its end. */
	if (st->list.v[f->at].gap.step != 0) {
		struct vbox *b = vlist_innermost(&st->list, f->at, outer);
		size_t i = f->at;

		while (stream_need(st, i) &&
		    !(st->list.v[i].type == VE_CLOSE &&
		    st->list.v[i].open.box == b))
			i++;
	}
	/* The break says what becomes of all spaces up to the next content. */
	for (size_t i = f->at + 1; stream_need(st, i); i++)
		if (st->list.v[i].type == VE_BOX)
			break;
	vlist_cut(&st->list, f->at, outer);
}

void
stream_adjust(struct stream *st, const struct fill *f)
{
	struct vbox *outer = st->n_open > 0 ? st->open[st->n_open - 1] : NULL;
	size_t to = f->at < st->list.n ? f->at : st->list.n;

	st->fitness = fill_fitness(f);
	st->begins = f->forced;
	vlist_adjust(&st->list, 0, to, outer, f->ratio);
}

void
stream_drop(struct stream *st, const struct fill *f)
{
	size_t to = f->at < st->list.n ? f->at + 1 : st->list.n;

	st->leads = f->at < st->list.n && st->list.v[f->at].gap.leads;
	for (size_t i = 0; i < to; i++) {
		const struct velem *e = &st->list.v[i];

		if (e->type == VE_OPEN) {
			VEC_RESERVE(st->open, st->cap_open, st->n_open + 1);
			st->open[st->n_open++] = e->open.box;
		} else if (e->type == VE_CLOSE) {
			st->n_open--;
		}
	}
	vlist_drop(st->l, &st->list, to);
	st->plan.i++;
}
