/*
 * Parallel lists: the cells of a table row (or of rows that cells span), the
 * label and body of a list item.  They stand side by side and break together.
 *
 * A step is a height at which the page may end: there every list is either not
 * begun yet, done, or stands at one of its own gaps.  Candidates are the
 * heights of all gaps of all lists and the edges of rows; one is a step if
 * each list that has begun by then shows something.  A row whose cells do not
 * yet, while those that span it go on, waits: the page may end there all the
 * same, with the rows above reaching down so far.  The group becomes boxes, the
 * slices between steps, and gaps whose cost is the highest of the gaps that the
 * lists stand at.
 *
 * When a page really ends at a step the lists are cut there and the group is
 * measured anew from the cuts: the rest is exactly as high as it needs to be,
 * padding at breaks included.  Nothing is estimated across a break.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/layout_int.h"

struct lane {
	struct strand s;
	struct fo_node *marked;	/* whose area it is, if that has markers… */
	bool trails;		/* …and how that ends: see struct vlist */
	bool repeats;		/* tables in it repeat footnotes */
	bool measured;		/* total and cuts are those of what is left */
	size_t from;		/* first element that is left */
	bool begun;		/* something of it stands on an earlier page */
	mpt dropped;		/* space at the break before, if it counts */
	mpt total;		/* height of what is left, padding included */
	struct cuts cuts;	/* heights with padding */
	size_t forced;		/* the first of them that is a break, or n */
	/* The part that was cut off last and is about to be painted. */
	size_t part_from, part_to;
	bool part_begun;
	mpt part_dropped;
};

enum { LANE_WAITS = -1, LANE_DONE = -2, LANE_STAYS = -3 };

struct step {
	mpt height;
	int cost, page_cost;
	uint8_t klass;
	uint32_t waits;		/* this row and those after it do; 0: none */
	/* Rows that end here, none if 0, and how much higher the last of them is
	 * if a page ends with it. */
	uint32_t rows;
	mpt more;
	mpt rest;		/* see struct velem */
};

struct step_group {
	struct layout *l;
	struct lane *lanes;
	size_t n;
	size_t *by_end;		/* lanes by the row they end in */
	/* The lanes that the steps tell of: those before are done, those after
	 * begin below the last step. */
	size_t *live;
	size_t n_live;
	struct step_row *rows;
	size_t n_rows;
	mpt *edges;		/* n_rows + 1, of what is left */
	mpt *part_edges;	/* of the part about to be painted */
	mpt part_height;
	bool head_ends, tail_ends;	/* the page does, with what is painted */
	mpt *seen;		/* the edges that are painted */
	mpt seen_height;
	struct step *steps;
	size_t n_steps, cap_steps;
	/* n_live per step: the index of a cut, or LANE_… */
	int32_t *at;
	size_t cap_at;
	/* What the notes that are repeated in the strands take, where what is
	 * left begins, and the most where it breaks. */
	int64_t head_notes, foot_notes;
};

/* ------------------------------------------------------------ measuring */

/* Where the content ends, the lists beside may go on behind a break: padding
 * that a break does not keep need not fit. */
static void
add_end(struct lane *ln, mpt before)
{
	struct cuts *c = &ln->cuts;

	if (ln->from >= ln->s.list->n)
		return;
	VEC_RESERVE(c->v, c->cap, c->n + 1);
	c->v[c->n++] = (struct cut){ .at = ln->s.list->n - 1,
		.height = mpt_add(mpt_max(c->total, ln->s.height),
		    before + ln->s.after_broken) };
}

static void
lane_measure(struct lane *ln, mpt far)
{
	mpt before = ln->begun ? mpt_add(ln->s.before_broken, ln->dropped) :
	    ln->s.before;

	if (ln->measured)
		return;
	ln->measured = true;
	ln->cuts.n = ln->forced = 0;
	ln->total = 0;
	ln->cuts.end = ln->s.list->n;
	if (ln->begun && ln->from == ln->s.list->n)
		return;
	ln->cuts.far = far;
	vlist_cuts(ln->s.list, ln->from, &ln->cuts);
	for (size_t i = 0; i < ln->cuts.n; i++)
		ln->cuts.v[i].height = mpt_add(mpt_max(ln->cuts.v[i].height,
		    ln->s.least), before + ln->s.after_broken);
	ln->total = mpt_add(mpt_max(ln->cuts.total, ln->s.height),
	    before + ln->s.after);
	add_end(ln, before);
	while (ln->forced < ln->cuts.n &&
	    ln->cuts.v[ln->forced].cost != COST_FORCE)
		ln->forced++;
}

/* Heights of the rows: their own minimum, their cells; what a spanning cell
 * needs beyond its rows goes to the last of them. */
static void
measure_rows(struct step_group *g)
{
	size_t k = 0;
	mpt y = 0;

	for (size_t r = 0; r < g->n_rows; r++) {
		mpt h = g->rows[r].height;

		for (; k < g->n; k++) {
			const struct lane *ln = &g->lanes[g->by_end[k]];

			if (ln->s.first_row + ln->s.rows > r + 1)
				break;
			h = mpt_max(h, ln->total -
			    (y - g->edges[ln->s.first_row]));
		}
		g->edges[r] = y;
		y = mpt_far((int64_t)y + h);
		g->edges[r + 1] = y;
	}
}

/* ---------------------------------------------------------------- steps */

static int
compare_mpt(const void *a, const void *b)
{
	mpt x = *(const mpt *)a, y = *(const mpt *)b;

	return (x > y) - (x < y);
}

/* The first forced break up to `last`, which nothing may pass; without one the
 * last cut that breaks no widows and no keeps; without one, the last that is not
 * forbidden; else `last`. */
static size_t
best_cut(const struct cuts *c, size_t last)
{
	static const int limits[] = { COST_WIDOW, COST_FORBID };

	for (size_t i = 0; i <= last; i++)
		if (c->v[i].cost == COST_FORCE)
			return i;
	for (int k = 0; k < 2; k++)
		for (size_t i = last + 1; i-- > 0;)
			if (c->v[i].cost < limits[k])
				return i;
	return last;
}

/* Where a lane stands at height h: a cut's index or LANE_…; false: it has
 * begun and shows nothing. */
static bool
lane_at(const struct step_group *g, const struct lane *ln, mpt h, int32_t *at)
{
	mpt top = g->edges[ln->s.first_row];
	mpt end = g->edges[ln->s.first_row + ln->s.rows];
	size_t lo = 0, hi = ln->cuts.n;

	if (h < top || (h == top && end > top)) {
		*at = LANE_WAITS;
		return true;
	}
	/* Nothing goes beyond a break. */
	if (ln->forced < ln->cuts.n &&
	    h - top >= ln->cuts.v[ln->forced].height) {
		*at = (int32_t)ln->forced;
		return true;
	}
	if (h >= end || h - top >= ln->total) {
		*at = LANE_DONE;
		return true;
	}
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (ln->cuts.v[mid].height <= h - top)
			lo = mid + 1;
		else
			hi = mid;
	}
	*at = lo > 0 ? (int32_t)best_cut(&ln->cuts, lo - 1) : LANE_STAYS;
	/* Its padding at the end is no more of it. */
	if (lo > 0 && ln->cuts.v[*at].at + 1 == ln->s.list->n)
		*at = LANE_DONE;
	return lo > 0 || ln->begun;
}

static void
step_cost(struct step *st, int cost, int page_cost, uint8_t klass)
{
	if (st->cost == COST_FORCE)
		return;
	if (cost == COST_FORCE) {
		st->cost = cost;
		st->klass = klass;
		return;
	}
	st->cost = cost_join(st->cost, cost);
	st->page_cost = cost_join(st->page_cost, page_cost);
}

/* Does the lane have content left when its list is cut there? */
static bool
goes_on(const struct lane *ln, int32_t at)
{
	return at >= 0 ? ln->cuts.v[at].at + 1 < ln->s.list->n :
	    at == LANE_STAYS;
}

/* Has the lane nothing left after that place but what no page may break? */
static bool
is_last_piece(const struct lane *ln, int32_t at)
{
	if (at == LANE_DONE)
		return true;
	/* The last of the cuts is the end. */
	for (size_t k = at < 0 ? 0 : (size_t)at + 1; k + 1 < ln->cuts.n; k++)
		if (ln->cuts.v[k].cost < COST_FORBID &&
		    ln->cuts.v[k].cost != COST_WIDOW)
			return false;
	return true;
}

/* Where the lanes stood at the last step that breaks no widows; NULL: there is
 * none. */
static const int32_t *
fair_step(const struct step_group *g)
{
	for (size_t k = g->n_steps; k-- > 0;)
		if (g->steps[k].cost != COST_WIDOW)
			return &g->at[k * g->n_live];
	return NULL;
}

/* A lane that came to its last piece, or its end, before, in the midst of its
 * rows, keeps what is beside together as it would what follows (as in FOP). */
static void
keep_beside(const struct step_group *g, mpt h, const int32_t *at,
    struct step *st)
{
	const int32_t *before = fair_step(g);

	for (size_t i = 0; i < g->n_live; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];
		const struct verge *v = &ln->s.list->trail;
		bool moves = before == NULL ? at[i] != LANE_STAYS :
		    at[i] != before[i];

		if ((v->keep == 0 && v->keep_page == 0) ||
		    at[i] == LANE_WAITS || (moves && goes_on(ln, at[i])) ||
		    h >= g->edges[ln->s.first_row + ln->s.rows])
			continue;
		if (is_last_piece(ln, at[i]))
			step_cost(st, v->keep, v->keep_page, 0);
	}
}

/* The first edge of rows that is not above height h. */
static size_t
edge_at(const struct step_group *g, mpt h)
{
	size_t lo = 0, hi = g->n_rows;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (g->edges[mid] < h)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* What it costs to break the rows at height h, and which end there. */
static void
row_cost(const struct step_group *g, mpt h, struct step *st)
{
	size_t r = st->waits > 0 ? st->waits : edge_at(g, h);

	if (r > 0 && g->edges[r] > h)
		step_cost(st, g->rows[r - 1].keep, g->rows[r - 1].keep_page, 0);
	for (; r > 0 && r < g->n_rows && g->edges[r] == h; r++) {
		const struct step_row *row = &g->rows[r - 1];

		st->rows = (uint32_t)r;
		step_cost(st, row->after, row->after_page,
		    (uint8_t)row->klass);
	}
}

/* May the row in which a lane begins wait below height h?  Rows above it are on
 * the page and reach down so far, if their height lets them (as in FOP). */
static bool
may_wait(const struct step_group *g, const struct lane *ln, mpt h)
{
	size_t r = ln->s.first_row;

	return r > 0 && g->edges[r] > 0 && !ln->begun &&
	    (g->rows[r - 1].height == 0 || h <= g->rows[r - 1].height);
}

/* Where the lanes stand at height h, and which row waits; false: a lane that
 * may not wait would show nothing. */
static bool
find_places(const struct step_group *g, mpt h, int32_t *at, struct step *st)
{
	for (size_t i = 0; i < g->n_live; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];

		if (lane_at(g, ln, h, &at[i]))
			continue;
		if (!may_wait(g, ln, h))
			return false;
		if (st->waits == 0 || ln->s.first_row < st->waits)
			st->waits = ln->s.first_row;
	}
	for (size_t i = 0; st->waits > 0 && i < g->n_live; i++)
		if (g->lanes[g->live[i]].s.first_row >= st->waits)
			at[i] = LANE_WAITS;
	return true;
}

/* Have all lanes that end in the row at height h come to their ends, above that
 * of the row?  Then it is the row's end where a page may end, unless it is the
 * last. */
static bool
row_is_done(const struct step_group *g, mpt h, const int32_t *at)
{
	size_t r = edge_at(g, h);
	bool any = false;

	if (r == 0 || r >= g->n_rows || g->edges[r] == h)
		return false;
	for (size_t i = 0; i < g->n_live; i++) {
		const struct strand *s = &g->lanes[g->live[i]].s;

		if (s->first_row + s->rows != r)
			continue;
		any = true;
		if (at[i] != LANE_DONE)
			return false;
	}
	return any;
}

/* Does a break part what a lane may not be parted at?  Then it waits until that
 * lane stands where it may. */
static bool
break_waits(const struct step_group *g, const int32_t *at, const struct step *st)
{
	if (st->cost != COST_FORCE)
		return false;
	for (size_t i = 0; i < g->n_live; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];
		int cost;

		if (at[i] < 0 || !goes_on(ln, at[i]))
			continue;
		cost = ln->cuts.v[at[i]].cost;
		if (cost != COST_FORCE && !cost_is_allowed(cost))
			return true;
	}
	return false;
}

/* Does the strand begin with that row, or end with it? */
static bool
at_row(const struct strand *s, size_t row, bool head)
{
	return head ? s->first_row == row : s->first_row + s->rows == row + 1;
}

/* The first, by_end, of the lanes that do not end above that row. */
static size_t
first_ending(const struct step_group *g, size_t row)
{
	size_t lo = 0, hi = g->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct strand *s = &g->lanes[g->by_end[mid]].s;

		if (s->first_row + s->rows <= row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* How much higher a row is where a page begins, or ends, with it. */
static mpt
row_more(const struct step_group *g, size_t r, bool head)
{
	mpt height = g->edges[r + 1] - g->edges[r], h = 0, most = 0;
	bool any = false;

	for (size_t i = head ? 0 : first_ending(g, r); i < g->n; i++) {
		const struct lane *ln = &g->lanes[g->by_end[i]];
		mpt more = head ? ln->s.before_more : ln->s.after_more;

		if (!at_row(&ln->s, r, head)) {
			if (head)
				continue;
			break;
		}
		most = any ? mpt_max(most, more) : more;
		any = true;
		if (ln->s.first_row + ln->s.rows == r + 1)
			h = mpt_max(h, ln->total + more - (g->edges[r] -
			    g->edges[ln->s.first_row]));
	}
	if (g->rows[r].height > 0)
		h = mpt_max(h, g->rows[r].height + most);
	return h - height;
}

/* How high what is left of a lane is below a step, laid out anew. */
static int64_t
lane_rest(const struct lane *ln, int32_t at)
{
	const struct vlist *l = ln->s.list;
	const struct cut *k;
	int64_t rest;

	if (at == LANE_STAYS || at == LANE_WAITS)
		return ln->total;
	if (!goes_on(ln, at))
		return 0;
	k = &ln->cuts.v[at];
	rest = (int64_t)ln->s.before_broken + k->head + ln->cuts.total -
	    k->above + l->v[k->at].gap.rest + ln->s.after;
	return ln->s.counts_dropped ? rest : rest - vlist_dropped(l, k->at);
}

/* How much higher the rows are below a step than they would be there in one
 * piece: lanes are not all cut at its very height, and what they repeat after a
 * break is to be there again. */
static mpt
rest_more(const struct step_group *g, mpt h, const int32_t *at)
{
	size_t r = edge_at(g, h);
	int64_t more = INT64_MIN;

	if (r > 0 && g->edges[r] > h && g->rows[r - 1].height > 0)
		more = g->rows[r - 1].height - (g->edges[r] - g->edges[r - 1]);
	for (size_t i = 0; i < g->n_live; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];
		mpt top = mpt_max(h, g->edges[ln->s.first_row]);
		mpt whole = g->edges[ln->s.first_row + ln->s.rows] - top;
		int64_t rest;

		if (at[i] == LANE_DONE)
			continue;
		rest = lane_rest(ln, at[i]);
		if (rest - whole > more)
			more = rest - whole;
	}
	return more == INT64_MIN ? 0 : mpt_far(more);
}

/* Makes a step of a height unless some strand would show nothing there, none
 * has content left in its row, or nothing has moved since the step before. */
static void
try_step(struct step_group *g, mpt h)
{
	struct step st = { .height = h };
	size_t n = g->n_live;
	int32_t *at;
	bool moved = g->n_steps == 0, open = false;

	VEC_RESERVE(g->at, g->cap_at, (g->n_steps + 1) * n + 1);
	at = &g->at[g->n_steps * n];
	if (!find_places(g, h, at, &st) || row_is_done(g, h, at))
		return;
	for (size_t i = 0; i < n; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];

		open |= goes_on(ln, at[i]);
		if (g->n_steps > 0 && at[i] != at[(int64_t)i - (int64_t)n])
			moved = true;
		if (at[i] >= 0)
			step_cost(&st, ln->cuts.v[at[i]].cost,
			    ln->cuts.v[at[i]].page_cost, ln->cuts.v[at[i]].klass);
	}
	keep_beside(g, h, at, &st);
	row_cost(g, h, &st);
	open |= st.rows > 0 || st.waits > 0;
	moved |= st.rows > 0;
	if (!moved || !open || break_waits(g, at, &st))
		return;
	if (st.rows > 0)
		st.more = row_more(g, st.rows - 1, false);
	st.rest = rest_more(g, h, at);
	VEC_RESERVE(g->steps, g->cap_steps, g->n_steps + 1);
	g->steps[g->n_steps++] = st;
}

/* A page ends at one of the steps and the rest is measured anew, so what no
 * page can hold would be found again and again: thousands of rows tied by one
 * span would take the cube of their number, and thousands of lines in one
 * cell its square.  Steps are found as far down as a page may reach, and
 * where cells are very many, only so many at a time. */
static size_t
steps_enough(const struct step_group *g)
{
	size_t few = 200, many = 500000 / (g->n_live + 1);

	return few > many ? few : many;
}

/* Lanes that have something left and begin above height `far`. */
static void
find_live(struct step_group *g, mpt far)
{
	g->n_live = 0;
	for (size_t i = 0; i < g->n; i++) {
		const struct lane *ln = &g->lanes[i];

		if (g->edges[ln->s.first_row] < far && (!ln->begun ||
		    ln->from < ln->s.list->n ||
		    g->edges[ln->s.first_row + ln->s.rows] > 0))
			g->live[g->n_live++] = i;
	}
}

/* The heights, above `far`, of row edges and cuts; free() */
static mpt *
candidates(const struct step_group *g, mpt far, size_t *n)
{
	size_t most = edge_at(g, far);
	mpt *heights;

	for (size_t i = 0; i < g->n_live; i++)
		most += g->lanes[g->live[i]].cuts.n;
	heights = xcalloc(most + 1, sizeof *heights);
	*n = 0;
	for (size_t r = 1; r < g->n_rows && g->edges[r] < far; r++)
		heights[(*n)++] = g->edges[r];
	for (size_t i = 0; i < g->n_live; i++) {
		const struct lane *ln = &g->lanes[g->live[i]];
		mpt top = g->edges[ln->s.first_row];

		for (size_t k = 0; k < ln->cuts.n &&
		    top < far - ln->cuts.v[k].height; k++)
			heights[(*n)++] = top + ln->cuts.v[k].height;
	}
	qsort(heights, *n, sizeof *heights, compare_mpt);
	return heights;
}

static void
measure(struct step_group *g)
{
	mpt *heights, total, far = g->l->far;
	size_t n, enough;

	for (size_t i = 0; i < g->n; i++)
		lane_measure(&g->lanes[i], mpt_add(far, far));
	measure_rows(g);
	total = g->edges[g->n_rows];
	find_live(g, far);
	enough = steps_enough(g);
	heights = candidates(g, far, &n);
	g->n_steps = 0;
	for (size_t i = 0; i < n && g->n_steps < enough; i++)
		if (heights[i] > 0 && heights[i] <= total &&
		    (i == 0 || heights[i] != heights[i - 1]))
			try_step(g, heights[i]);
	free(heights);
}

/* ------------------------------------------------------------- emitting */

/* Where the list of the i-th live lane ends at a step. */
static size_t
lane_end(const struct step_group *g, size_t step, size_t i)
{
	const struct lane *ln = &g->lanes[g->live[i]];
	int32_t at;

	if (step >= g->n_steps)
		return ln->cuts.end;
	at = g->at[step * g->n_live + i];
	if (at >= 0)
		return ln->cuts.v[at].at + 1;
	return at == LANE_DONE ? ln->s.list->n : ln->from;
}

/* The last of the slices from number `step` on that no break may part. */
static size_t
run_end(const struct step_group *g, size_t step)
{
	while (step < g->n_steps && g->steps[step].cost != COST_FORCE &&
	    !cost_is_allowed(g->steps[step].cost))
		step++;
	return step;
}

/* The footnotes called in the slices [from, to], lane by lane; those of what
 * begins below all steps come last. */
static struct note *
step_notes(const struct step_group *g, size_t from, size_t to)
{
	struct note *first = NULL, **end = &first;
	size_t i, live = 0;

	for (i = 0; i < g->n_live; i++)
		end = vlist_copy_notes(g->lanes[g->live[i]].s.list, from == 0 ?
		    g->lanes[g->live[i]].from : lane_end(g, from - 1, i),
		    lane_end(g, to, i), end);
	for (i = 0; to == g->n_steps && i < g->n; i++) {
		const struct lane *ln = &g->lanes[i];

		if (live < g->n_live && g->live[live] == i)
			live++;
		else if (!ln->begun)
			end = vlist_copy_notes(ln->s.list, ln->from, ln->s.list->n,
			    end);
	}
	return first;
}

/* Adds those of a lane, which may hold tables whose headers and footers call
 * notes. */
static void
measure_repeated(struct step_group *g, const struct lane *ln)
{
	const struct vlist *l = ln->s.list;
	int64_t foot = 0, most = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct velem *e = &l->v[i];
		int sign = e->type == VE_OPEN ? 1 : -1;

		if (i >= ln->from && foot > most)
			most = foot;
		if (e->type != VE_OPEN && e->type != VE_CLOSE)
			continue;
		foot += sign * repeat_notes(e->open.box, /*head*/false);
		if (i < ln->from)
			g->head_notes += sign *
			    repeat_notes(e->open.box, /*head*/true);
	}
	g->foot_notes += most;
}

bool
step_repeats(const struct step_group *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->lanes[i].repeats)
			return true;
	return false;
}

mpt
step_repeat_notes(const struct step_group *g, bool head)
{
	return mpt_far(head ? g->head_notes : g->foot_notes);
}

mpt
step_baseline(const struct step_group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct strand *s = &g->lanes[i].s;
		mpt y;

		if (vlist_baseline(s->list, &y))
			return g->edges[s->first_row] + s->before + y;
	}
	return 0;
}

void
step_emit(struct step_group *g, struct vlist *out)
{
	size_t noted = 0;	/* slices whose notes have been given */
	mpt y = 0;

	g->head_notes = g->foot_notes = 0;
	for (size_t i = 0; i < g->n; i++)
		if (g->lanes[i].repeats)
			measure_repeated(g, &g->lanes[i]);
	for (size_t k = 0; k <= g->n_steps; k++) {
		struct velem box = { .type = VE_BOX };
		struct velem gap = { .type = VE_GAP };
		mpt h = k < g->n_steps ? g->steps[k].height :
		    g->edges[g->n_rows];

		box.box.height = h - y;
		if (k == noted) {
			noted = run_end(g, k) + 1;
			box.box.notes = step_notes(g, k, noted - 1);
		}
		vlist_add(out, box);
		if (k == g->n_steps)
			break;
		gap.gap.cost = g->steps[k].cost;
		gap.gap.page_cost = g->steps[k].page_cost;
		gap.gap.klass = g->steps[k].klass;
		gap.gap.tail = g->steps[k].more;
		gap.gap.rest = g->steps[k].rest;
		gap.gap.step = (uint32_t)k + 1;
		vlist_add(out, gap);
		y = h;
	}
}

mpt
step_more(const struct step_group *g, bool head)
{
	return row_more(g, head ? 0 : g->n_rows - 1, head);
}

void
step_set_ends(struct step_group *g, bool head, bool tail)
{
	g->head_ends = head;
	g->tail_ends = tail;
}

/* What is left of the first n rows' minimum heights below height h. */
static void
cut_rows(struct step_group *g, size_t n, mpt h)
{
	for (size_t r = 0; r < n; r++) {
		mpt done = mpt_min(h, g->edges[r + 1]) - g->edges[r];

		if (h >= g->edges[r + 1])
			g->rows[r].height = 0;
		else if (done > 0)
			g->rows[r].height = mpt_max(0,
			    g->rows[r].height - done);
	}
}

static void
lane_cut(struct lane *ln, size_t at)
{
	if (ln->s.counts_dropped)
		ln->dropped = vlist_dropped(ln->s.list, at);
	vlist_cut(ln->s.list, at, NULL);
}

/* What is left of the height that a lane is raised to when so much of it stands
 * on the page. */
static void
lane_lower(struct lane *ln, mpt done)
{
	mpt edges = (ln->begun ? ln->s.before_broken : ln->s.before) +
	    ln->s.after_broken;

	ln->s.height = mpt_max(0, ln->s.height - (done - edges));
	ln->s.least = 0;
}

/* The next page begins with this strand if its row follows the cut at height
 * h. */
static void
lane_lead(const struct step_group *g, struct lane *ln, mpt h)
{
	if (g->edges[ln->s.first_row] > h ||
	    ln->s.before_more == 0)
		return;
	ln->s.before += ln->s.before_more;
	ln->s.before_more = 0;
	ln->measured = false;
}

void
step_resume(struct step_group *g, uint32_t step, struct vlist *out)
{
	size_t k = step - 1, waits = g->steps[k].waits;
	size_t done = waits > 0 ? waits : g->steps[k].rows;
	mpt h = g->steps[k].height;

	memcpy(g->part_edges, g->edges, (g->n_rows + 1) * sizeof *g->edges);
	g->part_height = h + g->steps[k].more;
	if (done > 0)
		g->part_edges[done] = g->part_height;
	for (size_t i = 0; i < g->n; i++) {
		struct lane *ln = &g->lanes[i];

		ln->part_from = ln->part_to = ln->from;
		ln->part_begun = ln->begun;
		ln->part_dropped = ln->dropped;
	}
	for (size_t i = 0; i < g->n_live; i++) {
		struct lane *ln = &g->lanes[g->live[i]];
		int32_t at = g->at[k * g->n_live + i];

		ln->part_to = lane_end(g, k, i);
		if (at == LANE_WAITS) {
			lane_lead(g, ln, h);
			continue;
		}
		if (at >= 0 && goes_on(ln, at))
			lane_cut(ln, ln->cuts.v[at].at);
		lane_lower(ln, h - g->edges[ln->s.first_row]);
		ln->from = ln->part_to;
		ln->begun = true;
		ln->measured = false;
	}
	cut_rows(g, waits > 0 ? waits : g->n_rows, h);
	measure(g);
	step_emit(g, out);
}

void
step_again(struct step_group *g, step_remake *remake, void *ctx,
    struct vlist *out)
{
	for (size_t i = 0; i < g->n; i++) {
		struct lane *ln = &g->lanes[i];

		if (ln->from >= ln->s.list->n)
			continue;
		ln->from = remake(ctx, &ln->s, ln->from);
		ln->part_from = ln->part_to = ln->from;
		ln->measured = false;
	}
	measure(g);
	step_emit(g, out);
}

/* The elements of a lane that stand on a page: its last, or those that were
 * cut off last. */
static void
lane_range(const struct lane *ln, bool last, size_t *from, size_t *to)
{
	*from = last ? ln->from : ln->part_from;
	*to = last ? ln->s.list->n : ln->part_to;
}

mpt
step_adjust(struct step_group *g, bool last, double ratio)
{
	mpt old = 0, now = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct lane *ln = &g->lanes[i];
		struct vlist *l = ln->s.list;
		size_t from, to;
		mpt h;

		lane_range(ln, last, &from, &to);
		h = vlist_height(l, from, to);
		old = mpt_max(old, mpt_add(h, last ? ln->dropped :
		    ln->part_dropped));
		now = mpt_max(now, mpt_add(h, vlist_adjust(l, from, to, NULL,
		    ratio)));
	}
	return now - old;
}

/* ------------------------------------------------------------- painting */

/* Content of a lane that is lower than its rectangle moves down in it. */
static mpt
lane_shift(const struct lane *ln, mpt room, size_t from, size_t to)
{
	mpt spare;

	if (ln->s.align == ALIGN_BEFORE || ln->s.align == ALIGN_BASELINE)
		return 0;
	spare = room - vlist_height(ln->s.list, from, to);
	if (spare <= 0)
		return 0;
	return ln->s.align == ALIGN_CENTER ? spare / 2 : spare;
}

struct lane_part {
	size_t from, to;
	bool first, last;
	mpt y, h;		/* from the part's top */
};

/* The edges of the part, moved by what its ends take more. */
static void
see_edges(struct step_group *g, bool rest)
{
	const mpt *edges = rest ? g->edges : g->part_edges;
	mpt head = g->head_ends ? step_more(g, true) : 0;
	mpt tail = g->tail_ends && rest ? step_more(g, false) : 0;

	g->seen[0] = edges[0];
	for (size_t r = 1; r <= g->n_rows; r++)
		g->seen[r] = edges[r] + head;
	g->seen[g->n_rows] += tail;
	g->seen_height = rest ? g->seen[g->n_rows] : g->part_height + head;
}

static bool
lane_part(const struct step_group *g, const struct lane *ln, bool rest,
    struct lane_part *lp)
{
	mpt end = g->seen[ln->s.first_row + ln->s.rows];

	lane_range(ln, rest, &lp->from, &lp->to);
	lp->first = rest ? !ln->begun : !ln->part_begun;
	lp->last = end <= g->seen_height;
	lp->y = g->seen[ln->s.first_row];
	lp->h = mpt_min(end, g->seen_height) - lp->y;
	/* What is left is painted even where it has no height: elements end
	 * with it. */
	return lp->y < g->seen_height || (lp->first && lp->y == end) ||
	    (rest && lp->from < lp->to);
}

/* Border and padding above or below the strand in a part. */
static mpt
lane_edge(const struct step_group *g, const struct lane *ln,
    const struct lane_part *lp, bool head)
{
	const struct strand *s = &ln->s;
	bool ends = (head ? g->head_ends : g->tail_ends) &&
	    at_row(s, head ? 0 : g->n_rows - 1, head);

	if (head)
		return !lp->first ? s->before_broken :
		    ends ? s->before + s->before_more : s->before;
	return !lp->last ? s->after_broken :
	    ends ? s->after + s->after_more : s->after;
}

#define MANY 4000	/* elements that are dropped together */

/* What pages have painted is not walked over on each that follows. */
static void
lane_forget(struct lane *ln)
{
	size_t kept, gone;

	if (ln->from < MANY)
		return;
	kept = vlist_forget(ln->s.list, ln->from);
	gone = ln->from - kept;
	for (size_t i = 0; i < ln->cuts.n; i++)
		ln->cuts.v[i].at -= gone;
	ln->cuts.end -= gone;
	ln->from = ln->part_from = ln->part_to = kept;
}

/* The area of a cell ends where its rows do, on whatever page its content ends;
 * but those that it does not come to take no notice of it, as in FOP.  Labels and
 * bodies of list items end with their content. */
static void
lane_mark(struct step_group *g, const struct lane *ln,
    const struct lane_part *lp, const struct painter *p, bool head)
{
	bool last = lp->last;

	if (ln->marked == NULL || p->is_static ||
	    (ln->s.ends_itself && lp->from == lp->to))
		return;
	if (ln->s.ends_itself)
		last = lp->to == ln->s.list->n;
	if (head)
		markers_begin(g->l, ln->marked, lp->first);
	else
		markers_end(g->l, ln->marked, last && !ln->trails);
}

static void
lane_paint(struct step_group *g, struct lane *ln, const struct lane_part *lp,
    const struct painter *p, mpt x, mpt y)
{
	struct painter inner = *p;
	mpt before = lane_edge(g, ln, lp, true);
	mpt after = lane_edge(g, ln, lp, false), top = y + lp->y + before;

	top += lane_shift(ln, lp->h - before - after, lp->from, lp->to);
	if (ln->s.width > 0) {
		inner.ref_x = x + ln->s.x;
		inner.ref_y = y + lp->y + before - ln->s.lift;
		inner.ref_w = ln->s.width;
		inner.ref_h = lp->h - before - after + ln->s.lift;
	}
	lane_mark(g, ln, lp, p, true);
	vlist_paint(ln->s.list, lp->from, lp->to, &inner, x, top);
	lane_mark(g, ln, lp, p, false);
}

void
step_paint(struct step_group *g, struct painter *p, const struct vpart *part,
    mpt x, mpt y, step_draw *draw, void *ctx)
{
	see_edges(g, part->last);
	for (size_t i = 0; i < g->n; i++) {
		struct lane *ln = &g->lanes[i];
		struct lane_part lp;

		if (!lane_part(g, ln, part->last, &lp) ||
		    (lp.h <= 0 && lp.from >= lp.to))
			continue;
		if (draw != NULL)
			draw(ctx, p, &ln->s, y + lp.y, lp.h, lp.first,
			    lp.last);
		if (lp.from < lp.to)
			lane_paint(g, ln, &lp, p, x, y);
	}
	for (size_t i = 0; !part->last && i < g->n; i++)
		lane_forget(&g->lanes[i]);
}

const mpt *
step_row_edges(const struct step_group *g)
{
	return g->seen;
}

/* ----------------------------------------------------------------- life */

/* Counts the lanes that end in each row, then sets each in its place. */
static void
sort_by_end(struct step_group *g)
{
	size_t *at = xcalloc(g->n_rows + 2, sizeof *at);

	for (size_t i = 0; i < g->n; i++)
		at[g->lanes[i].s.first_row + g->lanes[i].s.rows + 1]++;
	for (size_t r = 1; r < g->n_rows + 2; r++)
		at[r] += at[r - 1];
	for (size_t i = 0; i < g->n; i++)
		g->by_end[at[g->lanes[i].s.first_row +
		    g->lanes[i].s.rows]++] = i;
	free(at);
}

/* Its markers are the lane's, not those of the box of its content. */
static void
take_markers(struct lane *ln)
{
	struct vlist *l = ln->s.list;

	if (l->n == 0 || l->v[0].type != VE_OPEN ||
	    !l->v[0].open.box->has_markers)
		return;
	ln->marked = l->v[0].open.box->node;
	ln->trails = l->v[0].open.box->trails;
	l->v[0].open.box->has_markers = false;
}

/* Few lanes repeat anything: the others are not walked over on every page. */
static bool
repeats_notes(const struct vlist *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].type == VE_OPEN && l->v[i].open.box->repeats)
			return true;
	return false;
}

struct step_group *
step_new(struct layout *l, const struct strand *strands, size_t n,
    const struct step_row *rows, size_t n_rows)
{
	struct step_group *g = xcalloc(1, sizeof *g);

	g->l = l;
	g->n = n;
	g->n_rows = n_rows;
	g->lanes = xcalloc(n + 1, sizeof *g->lanes);
	for (size_t i = 0; i < n; i++) {
		g->lanes[i].s = strands[i];
		g->lanes[i].repeats = repeats_notes(strands[i].list);
		take_markers(&g->lanes[i]);
	}
	g->rows = xcalloc(n_rows, sizeof *g->rows);
	memcpy(g->rows, rows, n_rows * sizeof *rows);
	g->by_end = xcalloc(n + 1, sizeof *g->by_end);
	g->live = xcalloc(n + 1, sizeof *g->live);
	sort_by_end(g);
	g->edges = xcalloc(n_rows + 1, sizeof *g->edges);
	g->part_edges = xcalloc(n_rows + 1, sizeof *g->part_edges);
	g->seen = xcalloc(n_rows + 1, sizeof *g->seen);
	measure(g);
	return g;
}

void
step_free(struct step_group *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->n; i++) {
		vlist_free(g->lanes[i].s.list);
		free(g->lanes[i].cuts.v);
	}
	free(g->lanes);
	free(g->by_end);
	free(g->live);
	free(g->rows);
	free(g->edges);
	free(g->part_edges);
	free(g->seen);
	free(g->steps);
	free(g->at);
	free(g);
}
