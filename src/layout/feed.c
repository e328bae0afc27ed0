/*
 * Feeds: a stack of frames gives vertical elements, one small step at a time,
 * so that neither deep nesting nor a long flow costs more than what a page
 * needs.  flow.c knows the formatting objects; this file knows what stands
 * between two pieces of content.
 *
 * THE ZONE
 *
 * Between two boxes lies a zone: boxes' ends, then boxes' beginnings, and the
 * spaces of each.  It is gathered as events until the next box comes and tells
 * what stands at its other side:
 *
 *   CLOSE a   space-after a   CLOSE b   space-after b  |  space-before c
 *   OPEN c   space-before d   OPEN d
 *
 * The page may break at the bar: after the last end, before the first
 * beginning.  Boxes whose edge has a border or padding are fences: they part
 * the spaces into sequences that are resolved each by itself (XSL 1.1, 4.3).
 * Each space stays where it was: a parent's background reaches behind
 * the space-before of its first child, as 4.3 has it.
 *
 * Every sequence is resolved three times: for a page without a break here, for
 * the end of a page at the bar, and for the beginning of the next one.  That is
 * what the three values of a gap are.
 *
 * Keeps, breaks and spans that meet in the zone make one cost and one class of
 * break; the keep of what holds both sides counts, so the lowest depth that the
 * stack had in the zone is remembered.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/layout_int.h"

enum zone_type { ZONE_SPACE, ZONE_OPEN, ZONE_CLOSE };

struct zone_event {
	enum zone_type type;
	struct vbox *box;		/* OPEN and CLOSE */
	struct space_spec spec;		/* SPACE */
	struct space space;		/* results */
	mpt tail, head;
};

struct feed {
	struct layout *l;
	struct frame *frames;
	size_t n_frames, cap_frames;
	struct vlist out;		/* ready elements, from out_at */
	size_t out_at;
	struct vlist torn;		/* of a shell, from torn_at */
	size_t torn_at;
	struct zone_event *zone;
	size_t n_zone, cap_zone;
	size_t bar;			/* where the first beginning stands, or SIZE_MAX */
	struct space_spec *specs;	/* scratch of resolve */
	size_t cap_specs;
	bool started;			/* some box came already */
	bool is_flow;
	bool goes_on;			/* what came before it stands already */
	/* What the next break costs; what of it the keeps with what follows
	 * ask for, and such keeps that a forced break has left over. */
	int cost, page_cost;
	int next, next_page, left, left_page;
	bool forced;
	enum break_class klass;
	bool parted;			/* a forced break has come */
	bool ended;			/* something that ended asks for it */
	mpt tail, head;			/* what its ends take more */
	bool after;			/* …asked for by what came last: a… */
	bool twice;			/* …column break after it is one more */
	enum break_class first;		/* the break before that one */
	struct verge lead, trail;	/* of a part: see vlist */
	size_t low;			/* least n_frames in the zone */
	bool trails;			/* what ended last did so: see vlist */
	bool spans;			/* what came last spans all columns */
	int64_t y;			/* height of all that came */
	int64_t given;			/* …and of what was asked for of it */
	mpt hold;			/* so much is held back, lest a frame that
					 * ends has no say in it any more */
	struct floats floats;
	bool own_floats;		/* it holds its floats */
};

struct layout *
feed_layout(const struct feed *s)
{
	return s->l;
}

/* ------------------------------------------------------------- the zone */

static struct zone_event *
zone_add(struct feed *s, enum zone_type type)
{
	struct zone_event *e;

	VEC_RESERVE(s->zone, s->cap_zone, s->n_zone + 1);
	e = &s->zone[s->n_zone++];
	memset(e, 0, sizeof *e);
	e->type = type;
	return e;
}

/* Something begins: the break, if there is one, comes before it. */
static void
zone_bar(struct feed *s)
{
	if (s->bar == SIZE_MAX)
		s->bar = s->n_zone;
}

static void
zone_open(struct feed *s, struct vbox *b)
{
	zone_bar(s);
	zone_add(s, ZONE_OPEN)->box = b;
}

static void
zone_close(struct feed *s, struct vbox *b)
{
	zone_add(s, ZONE_CLOSE)->box = b;
}

static void
zone_space(struct feed *s, struct space_spec spec)
{
	/* Most objects have none: nothing to resolve, and a space of
	 * nothing only matters when it forces. */
	if (spec.space.min == 0 && spec.space.opt == 0 &&
	    spec.space.max == 0 && spec.precedence == 0)
		return;
	zone_add(s, ZONE_SPACE)->spec = spec;
}

static bool
is_fence(const struct zone_event *e)
{
	return (e->type == ZONE_OPEN && e->box->head != 0) ||
	    (e->type == ZONE_CLOSE && e->box->foot != 0);
}

enum pass { PASS_SPACE, PASS_TAIL, PASS_HEAD };

/* Resolves the spaces of events [a, b) and stores the results of a pass. */
static void
zone_resolve(struct feed *s, size_t a, size_t b, bool leading,
    bool trailing, enum pass pass)
{
	size_t n = 0;

	VEC_RESERVE(s->specs, s->cap_specs, b - a + 1);
	for (size_t i = a; i < b; i++)
		if (s->zone[i].type == ZONE_SPACE)
			s->specs[n++] = s->zone[i].spec;
	if (n == 0)
		return;
	space_resolve(s->specs, n, leading, trailing);
	n = 0;
	for (size_t i = a; i < b; i++) {
		struct zone_event *e = &s->zone[i];

		if (e->type != ZONE_SPACE)
			continue;
		switch (pass) {
		case PASS_SPACE:
			e->space = s->specs[n].result;
			e->tail = e->head = e->space.opt;
			break;
		case PASS_TAIL:
			e->tail = s->specs[n].result.opt;
			break;
		case PASS_HEAD:
			e->head = s->specs[n].result.opt;
			break;
		}
		n++;
	}
}

static void
zone_resolve_all(struct feed *s, size_t bar, bool end)
{
	for (size_t a = 0; a <= s->n_zone;) {
		size_t b = a;
		bool leading = !s->started && a == 0, trailing;

		while (b < s->n_zone && !is_fence(&s->zone[b]))
			b++;
		trailing = end && b == s->n_zone;
		zone_resolve(s, a, b, leading, trailing, PASS_SPACE);
		if (a <= bar && bar <= b) {
			zone_resolve(s, a, bar, leading, true, PASS_TAIL);
			zone_resolve(s, bar, b, true, trailing, PASS_HEAD);
		}
		a = b + 1;
	}
}

/* The gap being gathered from neighbouring spaces. */
struct gap_sum {
	struct velem e;
	bool any, is_bar;
};

static void
gap_put(struct feed *s, struct gap_sum *g)
{
	if (g->any || g->is_bar)
		vlist_add(&s->out, g->e);
	memset(g, 0, sizeof *g);
	g->e.type = VE_GAP;
	g->e.gap.fixed = true;
	g->e.gap.cost = COST_FORBID;
}

static void
gap_sum(struct gap_sum *g, const struct zone_event *e, bool before_bar)
{
	g->e.gap.space.min = mpt_add(g->e.gap.space.min, e->space.min);
	g->e.gap.space.opt = mpt_add(g->e.gap.space.opt, e->space.opt);
	g->e.gap.space.max = mpt_add(g->e.gap.space.max, e->space.max);
	/* A space stands wholly on one side of the break. */
	if (before_bar) {
		g->e.gap.tail = mpt_add(g->e.gap.tail, e->tail);
	} else {
		g->e.gap.head = mpt_add(g->e.gap.head, e->head);
		g->e.gap.leads = true;
	}
	g->any = true;
}

/* Does one of the first n frames not let its content be parted there, as too
 * little of it has come? */
static bool
is_whole(const struct feed *s, size_t n, int64_t y)
{
	for (size_t i = 0; i < n; i++) {
		const struct frame *f = &s->frames[i];

		if (f->whole_head > 0 && f->whole_from >= 0 &&
		    y - f->whole_from < f->whole_head)
			return true;
	}
	return false;
}

/* Is what begins at the bar a table, beside what stands before it?  What begins
 * with a block gives its break to that. */
static bool
begins_table(const struct feed *s)
{
	for (size_t i = s->bar; i < s->n_zone; i++) {
		const struct zone_event *e = &s->zone[i];

		if (e->type == ZONE_OPEN && e->box->node->type != FO_WRAPPER)
			return e->box->node->type == FO_TABLE;
	}
	return false;
}

static int
max_int(int a, int b)
{
	return a > b ? a : b;
}

/* In FOP a keep with what follows that a forced break does not let hold is not
 * gone: it comes between the next two children of the flow. */
static void
keep_on(struct feed *s, struct velem *gap)
{
	if (s->forced && s->low <= 2) {
		s->left = max_int(s->left, s->next);
		s->left_page = max_int(s->left_page, s->next_page);
	} else if (!s->forced && s->low <= 1) {
		gap->gap.cost = max_int(gap->gap.cost, s->left);
		gap->gap.page_cost = max_int(gap->gap.page_cost,
		    s->left_page);
		s->left = s->left_page = 0;
	}
}

static void
gap_make_bar(struct feed *s, struct gap_sum *g)
{
	const struct frame *low = s->low > 0 ? &s->frames[s->low - 1] : NULL;
	struct velem *e = &g->e;

	g->is_bar = true;
	e->gap.fixed = false;
	e->gap.cost = s->cost;
	e->gap.page_cost = s->page_cost;
	e->gap.tail = mpt_add(e->gap.tail, s->tail);
	e->gap.head = mpt_add(e->gap.head, s->head);
	if (low != NULL) {
		e->gap.within = (uint8_t)low->node->type;
		if (low->keep > e->gap.cost)
			e->gap.cost = low->keep;
		if (low->keep_page > e->gap.page_cost)
			e->gap.page_cost = low->keep_page;
	}
	if (s->is_flow)
		keep_on(s, e);
	if (s->forced) {
		e->gap.cost = COST_FORCE;
		e->gap.klass = s->klass;
		e->gap.midst = !s->ended && begins_table(s);
		e->gap.after = s->ended;
	}
	if (is_whole(s, s->low, s->y))
		gap_forbid(e);
}

/* Adds up what has come since element `from` of the output. */
static void
feed_count(struct feed *s, size_t from)
{
	for (size_t i = from; i < s->out.n; i++)
		s->y += velem_height(&s->out.v[i]);
}

mpt
feed_y(struct feed *s)
{
	int64_t y = s->y;

	zone_resolve_all(s, s->bar == SIZE_MAX ? s->n_zone : s->bar, false);
	for (size_t i = 0; i < s->n_zone; i++) {
		const struct zone_event *e = &s->zone[i];

		y += e->type == ZONE_SPACE ? e->space.opt :
		    e->type == ZONE_OPEN ? e->box->head : e->box->foot;
	}
	return mpt_far(y);
}

mpt
feed_edge(struct feed *s)
{
	int64_t y = s->y;

	for (size_t i = 0; i < s->n_zone; i++)
		if (s->zone[i].type == ZONE_CLOSE)
			y += s->zone[i].box->foot;
	return mpt_far(y);
}

struct floats *
feed_floats(struct feed *s)
{
	return &s->floats;
}

/* What the zone asks for, at an end of all that comes. */
static void
verge_note(const struct feed *s, struct verge *v)
{
	struct verge zone = { .keep = s->cost, .keep_page = s->page_cost,
		.klass = (uint8_t)(s->forced ? s->klass + 1 : 0) };

	verge_join(v, &zone);
}

/* A column with nothing in it. */
static void
nothing(struct feed *s)
{
	vlist_add(&s->out, (struct velem){ .type = VE_BOX,
	    .node = s->frames[0].node });
}

/* Turns the gathered zone into elements.  `end`: nothing follows. */
static void
zone_flush(struct feed *s, bool end)
{
	size_t bar = s->bar == SIZE_MAX ? s->n_zone : s->bar;
	struct gap_sum g;
	bool breakable = s->started && !end;
	size_t from = s->out.n;

	/* A flow may have to begin on an even or odd page, or with an object
	 * that spans the columns; or it leaves its first column empty. */
	if (!s->started && s->is_flow && s->forced &&
	    (s->klass == BREAK_SPAN || s->klass >= BREAK_EVEN))
		breakable = true;
	if (!s->started && s->is_flow && !s->goes_on && s->forced && !end &&
	    s->klass == BREAK_COLUMN) {
		nothing(s);
		s->started = breakable = true;
	}
	if (!breakable)
		verge_note(s, s->started ? &s->trail : &s->lead);
	zone_resolve_all(s, bar, end);
	memset(&g, 0, sizeof g);
	gap_put(s, &g);
	for (size_t i = 0; i <= s->n_zone; i++) {
		struct zone_event *e;

		if (i == bar && breakable && s->twice) {
			gap_make_bar(s, &g);
			g.e.gap.klass = (uint8_t)s->first;
			gap_put(s, &g);
			nothing(s);
		}
		if (i == bar && breakable)
			gap_make_bar(s, &g);
		if (i == s->n_zone)
			break;
		e = &s->zone[i];
		if (e->type == ZONE_SPACE) {
			gap_sum(&g, e, i < bar);
			continue;
		}
		gap_put(s, &g);
		vlist_add(&s->out, (struct velem){
		    .type = e->type == ZONE_OPEN ? VE_OPEN : VE_CLOSE,
		    .node = e->box->node,
		    .open.box = e->box,
		});
	}
	gap_put(s, &g);
	feed_count(s, from);
	s->n_zone = 0;
	s->bar = SIZE_MAX;
	s->cost = s->page_cost = s->next = s->next_page = 0;
	s->tail = s->head = 0;
	s->forced = s->after = s->ended = s->twice = false;
	s->low = s->n_frames;
}

/* Before content goes out. */
static void
feed_solid(struct feed *s)
{
	zone_flush(s, false);
	s->started = true;
	if (s->n_frames > 0)
		s->frames[s->n_frames - 1].filled = true;
	for (size_t i = 0; i < s->n_frames; i++)
		if (s->frames[i].whole_from < 0)
			s->frames[i].whole_from = s->y;
}

/* -------------------------------------------------- what frames may call */

void
feed_keep(struct feed *s, int cost, int page_cost)
{
	if (cost > s->cost)
		s->cost = cost;
	if (page_cost > s->page_cost)
		s->page_cost = page_cost;
}

/* The next gap is a break. */
static void
feed_break(struct feed *s, enum break_class klass)
{
	/* Of several breaks at one place the strongest holds, of an even and
	 * an odd one the later. */
	if (!s->forced || klass >= s->klass)
		s->klass = klass;
	s->forced = s->parted = true;
	/* What follows is first laid out in the room that it begins in. */
	for (size_t i = 0; i < s->n_frames; i++)
		s->frames[i].room.grown = 0;
}

static void
feed_break_word(struct feed *s, enum fo_keyword k, bool after)
{
	/* A column break after a break leaves a column empty, while pages that
	 * would be empty are not made (as in FOP). */
	if (!after && s->forced && k == KW_COLUMN && (s->after ||
	    (s->klass == BREAK_SPAN && !s->spans))) {
		s->twice = true;
		s->first = s->klass;
		s->klass = BREAK_COLUMN;
	}
	if (k != KW_AUTO) {
		s->after = after;
		s->ended |= after;
	}
	switch (k) {
	case KW_COLUMN:
		feed_break(s, BREAK_COLUMN);
		break;
	case KW_PAGE:
		feed_break(s, BREAK_PAGE);
		break;
	case KW_EVEN_PAGE:
		feed_break(s, BREAK_EVEN);
		break;
	case KW_ODD_PAGE:
		feed_break(s, BREAK_ODD);
		break;
	default:
		break;
	}
}

void
feed_part(struct feed *s, const struct verge *v)
{
	if (v->klass > 0)
		feed_break(s, (enum break_class)(v->klass - 1));
	feed_keep(s, v->keep, v->keep_page);
}

/* Begins where content of the frame comes next. */
void
feed_limits(struct feed *s, struct frame *f)
{
	const struct fo_style *st = f->node->style;

	f->whole_head = fo_length(st, PR_WIDOW_CONTENT_LIMIT, 0);
	f->whole_tail = fo_length(st, PR_ORPHAN_CONTENT_LIMIT, 0);
	f->whole_from = -1;
	s->hold = mpt_max(s->hold, f->whole_tail);
}

void
feed_limits_end(struct feed *s, struct frame *f)
{
	if (f->whole_tail > 0 && f->whole_from >= 0) {
		int64_t most = s->y - f->whole_from;

		vlist_whole_tail(&s->out, s->out_at, s->out.n,
		    most < f->whole_tail ? (mpt)most : f->whole_tail);
	}
	f->whole_head = f->whole_tail = 0;
	s->hold = 0;
	for (size_t i = 0; i < s->n_frames; i++)
		s->hold = mpt_max(s->hold, s->frames[i].whole_tail);
}

bool
feed_breaks_before(const struct feed *s)
{
	return s->started && s->forced && !s->after && s->klass != BREAK_SPAN;
}

bool
feed_breaks_after(const struct feed *s, const struct fo_style *st)
{
	return s->forced || fo_keyword(st, PR_BREAK_AFTER) != KW_AUTO;
}

void
feed_verges(const struct feed *s, struct vlist *l)
{
	l->lead = s->lead;
	l->trail = s->trail;
	verge_note(s, &l->trail);
	l->trails = s->trails;
}

bool
feed_trails(const struct feed *s)
{
	return s->trails;
}

int
keep_cost(const struct fo_style *st, enum fo_prop p)
{
	int strength = fo_keep(st, p);

	if (strength == 0)
		return 0;
	if (strength == INT_MAX)
		return COST_FORBID;
	return COST_KEEP + (strength < 1000000 ? strength : 1000000);
}

void
feed_span(struct feed *s, const struct fo_style *st)
{
	bool spans = fo_keyword(st, PR_SPAN) == KW_ALL;

	if (spans == s->spans)
		return;
	s->spans = spans;
	feed_break(s, BREAK_SPAN);
}

void
feed_in_span(struct feed *s, const struct fo_style *st)
{
	s->spans = fo_keyword(st, PR_SPAN) == KW_ALL;
}

void
feed_ends(struct feed *s, mpt tail, mpt head)
{
	s->tail += tail;
	s->head += head;
}

void
feed_before_row(struct feed *s, const struct fo_style *st)
{
	feed_break_word(s, fo_keyword(st, PR_BREAK_BEFORE), false);
	feed_keep(s, keep_cost(st, PR_KEEP_WITH_PREVIOUS_WITHIN_COLUMN),
	    keep_cost(st, PR_KEEP_WITH_PREVIOUS_WITHIN_PAGE));
	zone_bar(s);
}

void
feed_before(struct feed *s, const struct fo_style *st, mpt ipd)
{
	feed_before_row(s, st);
	zone_space(s, space_spec(st, true, ipd));
}

void
feed_after_row(struct feed *s, const struct fo_style *st)
{
	int next = keep_cost(st, PR_KEEP_WITH_NEXT_WITHIN_COLUMN);
	int next_page = keep_cost(st, PR_KEEP_WITH_NEXT_WITHIN_PAGE);

	feed_break_word(s, fo_keyword(st, PR_BREAK_AFTER), true);
	feed_keep(s, next, next_page);
	s->next = max_int(s->next, next);
	s->next_page = max_int(s->next_page, next_page);
}

void
feed_after(struct feed *s, const struct fo_style *st, mpt ipd)
{
	feed_after_row(s, st);
	zone_space(s, space_spec(st, false, ipd));
}

/* The keep-together of what it applies to: not of a cell (XSL 1.1, 6.7.10), nor
 * of an inline that holds blocks. */
static int
keep_inside(const struct fo_node *n, enum fo_prop p)
{
	return n->type == FO_TABLE_CELL || n->type == FO_INLINE ? 0 :
	    keep_cost(n->style, p);
}

struct frame *
feed_push(struct feed *s, const struct frame_kind *kind,
    struct fo_node *node, struct vbox *box, const struct room *room)
{
	const struct frame *up = s->n_frames > 0 ?
	    &s->frames[s->n_frames - 1] : NULL;
	struct frame f = {
		.kind = kind,
		.node = node,
		.box = box,
		.room = *room,
		.base = room_base(room),
		.floats_before = s->floats.n,
		.keep = keep_inside(node, PR_KEEP_TOGETHER_WITHIN_COLUMN),
		.keep_page = keep_inside(node, PR_KEEP_TOGETHER_WITHIN_PAGE),
	};

	if (up != NULL) {
		f.keep = max_int(f.keep, up->keep);
		f.keep_page = max_int(f.keep_page, up->keep_page);
		f.floats_hidden = up->floats_hidden;
		feed_before(s, node->style, f.base);
		if (s->parted)
			f.room.grown = 0;
		if (node->type == FO_BLOCK || node->type == FO_LIST_BLOCK)
			room_narrow(&f.room, node->style);
	}
	if (box != NULL) {
		f.room.elem = box->elem;
		if (box->is_reference)
			f.floats_hidden = s->floats.n;
		zone_open(s, box);
	}
	VEC_RESERVE(s->frames, s->cap_frames, s->n_frames + 1);
	s->frames[s->n_frames++] = f;
	return &s->frames[s->n_frames - 1];
}

/* Has a space or an edge come since the last content? */
static bool
zone_trails(const struct feed *s)
{
	for (size_t i = 0; i < s->n_zone; i++) {
		const struct zone_event *e = &s->zone[i];

		if (e->type == ZONE_SPACE ? e->spec.space.min != 0 ||
		    e->spec.space.max != 0 : is_fence(e))
			return true;
	}
	return false;
}

/* The top frame has no more to give. */
static void
feed_pop(struct feed *s)
{
	struct frame *f = &s->frames[s->n_frames - 1];
	struct frame *up = s->n_frames > 1 ? f - 1 : NULL;
	bool solid = f->box != NULL && f->node->type != FO_WRAPPER;

	feed_limits_end(s, f);
	if (up == NULL ? s->own_floats : f->box != NULL &&
	    f->box->is_reference)
		float_contain(s, f->floats_before, f->node);
	/* A block without content is an area all the same (as in FOP): its
	 * spaces do not meet each other. */
	if (!f->filled && solid)
		feed_box(s, (struct velem){ .type = VE_BOX, .node = f->node });
	if (up != NULL && f->filled)
		up->filled = true;
	if (f->kind->free != NULL)
		f->kind->free(f);
	s->trails = zone_trails(s);
	if (f->box != NULL) {
		f->box->trails = s->trails;
		zone_close(s, f->box);
	}
	s->n_frames--;
	if (s->n_frames < s->low)
		s->low = s->n_frames;
	if (up != NULL)
		feed_after(s, f->node->style, f->base);
}

void
feed_box(struct feed *s, struct velem e)
{
	feed_solid(s);
	vlist_add(&s->out, e);
	feed_count(s, s->out.n - 1);
}

void
feed_nothing(struct feed *s)
{
	int cost = s->cost, page_cost = s->page_cost;

	feed_box(s, (struct velem){ .type = VE_BOX,
	    .node = s->frames[s->n_frames - 1].node });
	/* What is to be kept with something does not mean nothing. */
	feed_keep(s, cost, page_cost);
}

/* Forbids the gaps of finished elements that come before the content limits of
 * open frames. */
static void
whole_gaps(const struct feed *s, struct vlist *l)
{
	int64_t y = s->y;

	for (size_t i = 0; i < l->n && is_whole(s, s->n_frames, y); i++) {
		struct velem *e = &l->v[i];

		if (e->type == VE_GAP)
			gap_forbid(e);
		y += velem_height(e);
	}
}

/* Adds the keeps of the open frames to the gaps of finished elements. */
static void
keep_gaps(const struct feed *s, struct vlist *l)
{
	const struct frame *f = s->n_frames > 0 ?
	    &s->frames[s->n_frames - 1] : NULL;

	whole_gaps(s, l);
	if (f == NULL || (f->keep == 0 && f->keep_page == 0))
		return;
	for (size_t i = 0; i < l->n; i++) {
		struct velem *e = &l->v[i];

		if (e->type != VE_GAP || e->gap.cost == COST_FORCE)
			continue;
		e->gap.cost = cost_join(e->gap.cost, f->keep);
		e->gap.page_cost = cost_join(e->gap.page_cost, f->keep_page);
	}
}

void
feed_list(struct feed *s, struct vlist *l)
{
	size_t from;

	if (l->n == 0)
		return;
	feed_solid(s);
	keep_gaps(s, l);
	from = s->out.n;
	vlist_move(&s->out, l);
	feed_count(s, from);
}

void
feed_group(struct feed *s, struct vbox *box, struct vlist *l)
{
	zone_open(s, box);
	if (l->n == 0)
		vlist_add(l, (struct velem){
		    .type = VE_BOX, .node = box->node });
	feed_list(s, l);
	zone_close(s, box);
}

void
feed_empty_box(struct feed *s, struct vbox *box, bool begins)
{
	if (begins)
		zone_bar(s);
	zone_add(s, ZONE_OPEN)->box = box;
	zone_add(s, ZONE_CLOSE)->box = box;
}

struct frame *
feed_reopen(struct feed *s, const struct frame_kind *kind, struct vbox *box,
    const struct room *room)
{
	struct frame *f = feed_push(s, kind, box->node, NULL, room);

	f->box = box;
	f->room.elem = box->elem;
	f->filled = true;
	/* Nothing of what began it counts again. */
	s->n_zone = 0;
	s->bar = SIZE_MAX;
	s->cost = s->page_cost = 0;
	s->tail = s->head = 0;
	s->forced = false;
	s->low = s->n_frames;
	return f;
}

void
feed_go_on(struct feed *s, const struct fo_style *st, mpt ipd)
{
	s->started = true;
	feed_after(s, st, ipd);
}

void
feed_goes_on(struct feed *s)
{
	s->goes_on = true;
}

struct frame *
feed_top(struct feed *s)
{
	return &s->frames[s->n_frames - 1];
}

struct fo_node *
frame_next(struct feed *s, struct frame *f)
{
	if (f->again != NULL) {
		f->cursor = f->again;
		f->again = NULL;
		f->begun = true;
		return f->cursor;
	}
	f->cursor = fo_child(s->l->doc, f->node, f->begun ? f->cursor : NULL);
	f->begun = true;
	return f->cursor;
}

/* ------------------------------------------------------------ life of it */

struct feed *
feed_start(struct layout *l, const struct frame_kind *kind,
    struct fo_node *node, const struct room *room)
{
	struct feed *s = xcalloc(1, sizeof *s);
	struct frame *f;

	s->l = l;
	s->bar = SIZE_MAX;
	s->is_flow = node->type == FO_FLOW;
	s->own_floats = !s->is_flow && room->floats == NULL;
	f = feed_push(s, kind, node, NULL, room);
	if (room->floats != NULL)
		floats_copy(&s->floats, room->floats, 0, 0);
	f->room.floats = NULL;
	/* A keep is no property of a footnote's body (7.20.3), only of what
	 * stands in it. */
	if (node->type == FO_FOOTNOTE_BODY)
		f->keep = f->keep_page = 0;
	s->low = s->n_frames;
	return s;
}

/* What was given away does not stay before what is held back. */
static void
out_forget(struct feed *s)
{
	size_t left = s->out.n - s->out_at;

	if (left > s->out_at)
		return;
	if (left > 0)
		memmove(s->out.v, s->out.v + s->out_at,
		    left * sizeof *s->out.v);
	s->out.n = left;
	s->out_at = 0;
}

static bool
pull(struct feed *s, struct velem *out)
{
	while (s->out_at == s->out.n || (s->n_frames > 0 &&
	    s->y - s->given - velem_height(&s->out.v[s->out_at]) < s->hold)) {
		struct frame *f;

		out_forget(s);
		if (s->n_frames == 0) {
			if (s->n_zone == 0)
				return false;
			zone_flush(s, true);
			continue;
		}
		f = &s->frames[s->n_frames - 1];
		if (!f->kind->step(s, f))
			feed_pop(s);
	}
	*out = s->out.v[s->out_at++];
	s->given += velem_height(out);
	return true;
}

/* What stands in a shell comes in pieces of its own (shell.c). */
bool
feed_next(struct feed *s, struct velem *out)
{
	struct vlist *list;
	struct vbox *shell;
	struct velem e;

	if (s->torn_at < s->torn.n) {
		*out = s->torn.v[s->torn_at++];
		return true;
	}
	if (!pull(s, out))
		return false;
	if (out->type != VE_OPEN || !shell_tears(out->open.box))
		return true;
	shell = out->open.box;
	list = xcalloc(1, sizeof *list);
	vlist_add(list, *out);
	do {
		if (!pull(s, &e))
			break;
		vlist_add(list, e);
	} while (e.type != VE_CLOSE || e.open.box != shell);
	s->torn.n = s->torn_at = 0;
	shell_tear(list, &s->torn);
	return feed_next(s, out);
}

void
feed_free(struct feed *s)
{
	if (s == NULL)
		return;
	/* Rows before their tables, which are boxes still open. */
	vlist_truncate(&s->torn, s->torn_at);
	vlist_truncate(&s->out, s->out_at);
	for (size_t i = 0; i < s->n_zone; i++)
		if (s->zone[i].type == ZONE_CLOSE)
			vbox_free(s->zone[i].box);
	while (s->n_frames > 0) {
		struct frame *f = &s->frames[--s->n_frames];

		if (f->kind->free != NULL)
			f->kind->free(f);
		vbox_free(f->box);
	}
	free(s->frames);
	free(s->zone);
	free(s->specs);
	free(s->floats.v);
	free(s->torn.v);
	free(s->out.v);
	free(s);
}
