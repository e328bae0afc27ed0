/*
 * How much of the footnotes stands below the text of a page of one column, while
 * it is sought where that ends (breaks.c).
 *
 * All notes that wait or are called stand there if they fit.  If they do not,
 * some may be put off, and one may be split where its own list may be cut: at
 * the first place of a column where it may end, whatever waits; elsewhere only
 * what was called since the place before, the first lines of it at least.
 * These are FOP's rules, so that notes are split at the same words.
 */
#include <stdlib.h>

#include "layout/breaks.h"

#define DEFERRED_DEMERITS 10000.0	/* of each note that waits */
#define SPLIT_DEMERITS 5000.0		/* of one that goes on elsewhere */

static void
call(struct calls *c, const struct vlist *list, size_t from, mpt dropped,
    mpt height)
{
	struct called *n;

	VEC_RESERVE(c->v, c->cap, c->n + 1);
	n = &c->v[c->n++];
	*n = (struct called){ .list = list, .from = from, .dropped = dropped,
		.end = (c->n > 1 ? n[-1].end : 0) + height + dropped };
}

void
calls_start(struct calls *c, struct notes *ns, mpt room)
{
	*c = (struct calls){ .notes = ns, .room = room };
	for (size_t i = 0; ns != NULL && i < ns->n; i++) {
		const struct waiting *w = &ns->v[i];

		call(c, w->list, w->from, w->dropped, w->height);
	}
	c->fresh = c->n;
}

void
calls_add(struct calls *c, struct note *n)
{
	for (; c->notes != NULL && n != NULL; n = n->next) {
		mpt least, h;

		if (n->before)
			continue;
		h = note_height(c->notes, n, &least);
		/* What no column can hold does not hold up the text: it gets
		 * a column of its own. */
		if ((int64_t)notes_separator(c->notes) + least > c->room)
			continue;
		call(c, note_body(n), 0, 0, h);
	}
}

void
calls_free(struct calls *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->v[i].cuts.v);
	free(c->v);
}

/* Height of the notes that end before number i. */
static int64_t
height_before(const struct calls *c, size_t i)
{
	return i > 0 ? c->v[i - 1].end : 0;
}

/* The places where a note may be split, with what stands above them. */
static const struct cuts *
note_cuts(struct called *n)
{
	struct cuts *cuts = &n->cuts;
	size_t k = 0;

	if (n->is_cut)
		return cuts;
	n->is_cut = true;
	vlist_cuts(n->list, n->from, cuts);
	for (size_t i = 0; i < cuts->n; i++)
		if (cost_is_allowed(cuts->v[i].cost) ||
		    cuts->v[i].cost == COST_FORCE)
			cuts->v[k++] = cuts->v[i];
	cuts->n = k;
	return cuts;
}

/* The furthest that pieces of the note after `at` reach within a height; false:
 * not one does. */
static bool
add_pieces(struct calls *c, int64_t most, struct noted *at)
{
	struct called *n = &c->v[at->i];
	const struct cuts *cuts = note_cuts(n);
	bool any = false;

	for (size_t k = at->cut; k < cuts->n; k++) {
		int64_t h = height_before(c, at->i) + n->dropped +
		    cuts->v[k].height;

		if (h > most)
			break;
		*at = (struct noted){ at->i, k + 1, h };
		any = true;
	}
	return any;
}

/* What of the notes after `from` may stand in a room that is too low for all;
 * false: nothing. */
static bool
split(struct calls *c, const struct noted *from, int64_t room, bool first,
    struct noted *to)
{
	int64_t most = from->height + room;
	bool any = false;

	*to = *from;
	if (room <= 0)
		return false;
	if (!first && from->i < c->fresh)
		*to = (struct noted){ c->fresh, 0, height_before(c, c->fresh) };
	while (to->i < c->n && c->v[to->i].end <= most) {
		*to = (struct noted){ to->i + 1, 0, c->v[to->i].end };
		any = true;
	}
	if (to->i < c->n && add_pieces(c, most, to))
		any = true;
	return any;
}

int64_t
calls_fit(struct calls *c, const struct noted *from, int64_t room, bool first,
    struct noted *to)
{
	int64_t all = c->n > 0 ? c->v[c->n - 1].end : 0;
	int64_t separator;

	*to = (struct noted){ c->n, 0, all };
	if (all <= from->height) {
		*to = *from;
		return 0;
	}
	separator = notes_separator(c->notes);
	if (from->height + room - separator < all &&
	    (first || c->fresh < c->n)) {
		struct noted some;

		if (split(c, from, room - separator, first, &some))
			*to = some;
	}
	return separator + to->height - from->height;
}

double
calls_demerits(const struct calls *c, const struct noted *to)
{
	bool splits = to->cut > 0;
	size_t waits = c->n - to->i - splits;

	return (double)waits * DEFERRED_DEMERITS +
	    (splits ? SPLIT_DEMERITS : 0);
}
