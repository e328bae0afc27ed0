/*
 * Balancing columns that end before something that spans them all (XSL 1.1,
 * 7.21.4): where each of them ends.
 *
 * The parts between the places where a column may end are shared out so that
 * each column ends as near as can be to its share of the whole height, then,
 * from the last column back, the first part of one that is higher than the one
 * before goes there while that does not make it higher by more than RAGGED.
 * These are FOP's rules.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/breaks.h"

#define RAGGED 4000

/* What stands between two places. */
struct part {
	int64_t from, to;	/* heights from the top of it all */
};

struct parts {
	struct part *v;
	size_t n, cap;
};

static int64_t
height(const struct parts *p, size_t first, size_t last)
{
	return p->v[last].to - p->v[first].from;
}

static void
part_add(struct parts *p, int64_t to)
{
	VEC_RESERVE(p->v, p->cap, p->n + 2);
	p->v[p->n++].to = to;
}

/* What a repeated header, borders and padding take at the top of a column that
 * begins inside a box. */
static int64_t
head_of(const struct velem *e)
{
	return e->type == VE_OPEN ? broken_head(e->open.box) :
	    e->type == VE_CLOSE ? -broken_head(e->open.box) : 0;
}

/* From an element on, up to the next forced break. */
static void
find_parts(struct stream *st, size_t from, struct parts *p)
{
	struct fill f = { .from = from };
	struct scan s;
	int64_t head;
	size_t i;

	scan_start(st, &f, &s, &head);
	VEC_RESERVE(p->v, p->cap, 1);
	p->v[0].from = 0;
	for (i = from; stream_need(st, i); i++) {
		const struct velem *e = &st->list.v[i];
		bool place = e->type == VE_GAP && !e->gap.fixed && s.any;

		if (place && e->gap.cost == COST_FORCE)
			break;
		if (place && cost_is_allowed(gap_cost(e, false))) {
			part_add(p, s.y + s.tail + e->gap.tail + s.foot);
			p->v[p->n].from = s.y - head +
			    vlist_dropped(&st->list, i);
		}
		scan_elem(&s, e);
		head += head_of(e);
	}
	part_add(p, s.y + s.tail + s.foot);
}

/* Ends each column near its share; returns how many ends were found. */
static size_t
end_near(const struct parts *p, size_t columns, int64_t share, size_t *ends)
{
	int64_t done = 0, want = share, before = 0;
	size_t n = 0, first = 0;

	for (size_t i = 0; i < p->n && n + 1 < columns; i++) {
		int64_t h = done + height(p, first, i);
		size_t last = i;

		if (h <= want) {
			before = h;
			continue;
		}
		if (i > first && h - want > want - before)
			last = i - 1;
		if (last + 1 == p->n)
			break;
		ends[n++] = last;
		done += height(p, first, last);
		first = last + 1;
		i = last;
		want += share;
	}
	return n;
}

static int64_t
sum_of(const struct parts *p, const size_t *ends, size_t n)
{
	int64_t sum = 0;
	size_t first = 0;

	for (size_t k = 0; k <= n; k++) {
		size_t last = k < n ? ends[k] : p->n - 1;

		sum += height(p, first, last);
		first = last + 1;
	}
	return sum;
}

/* Lets columns take from those after them. */
static void
even_out(const struct parts *p, size_t *ends, size_t n)
{
	bool changed;

	do {
		int64_t here = height(p, ends[n - 1] + 1, p->n - 1);

		changed = false;
		for (size_t k = n; k-- > 0;) {
			size_t first = k > 0 ? ends[k - 1] + 1 : 0;
			size_t last = k + 1 < n ? ends[k + 1] : p->n - 1;
			int64_t before = height(p, first, ends[k]);
			int64_t more = height(p, first, ends[k] + 1);

			if (before < here && ends[k] + 1 < last &&
			    more <= here + RAGGED) {
				ends[k]++;
				before = more;
				changed = true;
			}
			here = before;
		}
	} while (changed);
}

#define ROUNDS 20	/* of looking for shares that do not change any more */

/* What comes from an element up to the next forced break is shared out: which of
 * the places where it may end each of the columns ends at. */
static void
balance(struct stream *st, size_t from, size_t columns, size_t *parts)
{
	size_t *ends = xcalloc(columns, sizeof *ends);
	size_t *old = xcalloc(columns, sizeof *old);
	struct parts p = { 0 };
	size_t n = 0;

	find_parts(st, from, &p);
	for (int k = 0; k < ROUNDS; k++) {
		int64_t share = sum_of(&p, ends, n) / (int64_t)columns;

		n = end_near(&p, columns, share, ends);
		if (memcmp(ends, old, columns * sizeof *ends) == 0)
			break;
		memcpy(old, ends, columns * sizeof *ends);
	}
	if (n > 0)
		even_out(&p, ends, n);
	for (size_t k = 0; k < n; k++)
		parts[k] = ends[k] + 1 - (k > 0 ? ends[k - 1] + 1 : 0);
	free(p.v);
	free(ends);
	free(old);
}

/* Do what comes up to the next change of span, from an element on, fit into
 * `columns` columns of a height? */
static bool
columns_hold(struct stream *st, size_t from, mpt height, int columns)
{
	struct fill f = { .room = height, .from = from, .fresh = true };

	for (int k = 0; k < columns; k++) {
		stream_try(st, &f);
		if (f.overflows || f.end)
			return false;
		/* After a break-after FOP does not look what comes. */
		if (f.forced)
			return f.klass >= BREAK_SPAN &&
			    !st->list.v[f.at].gap.after &&
			    stream_balances(st, f.at + 1);
		f.from = f.at + 1;
	}
	return false;
}

void
columns_balance(struct stream *st, size_t from, mpt height, int columns,
    size_t *parts)
{
	if (columns > 1 && columns_hold(st, from, height, columns))
		balance(st, from, (size_t)columns, parts);
}
