/*
 * Footnotes (XSL 1.1, 6.12.3): their bodies stand at the bottom of the body
 * that holds their anchor, below the separator and all of its columns.  What does
 * not fit waits for the next page.  Those of a table's header and footer stand on
 * each page where these are repeated, as artifacts like them.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"

static void
bodies_free(struct note_bodies *b)
{
	for (size_t i = 0; i < b->n; i++)
		vlist_free(b->v[i]);
	free(b->v);
	*b = (struct note_bodies){ 0 };
}

void
notes_free(struct notes *ns)
{
	for (size_t i = 0; i < ns->n; i++)
		vlist_free(ns->v[i].list);
	free(ns->v);
	ns->v = NULL;
	ns->n = ns->cap = 0;
	ns->waiting = 0;
	bodies_free(&ns->heads);
	bodies_free(&ns->feet);
}

static struct room
notes_room(const struct notes *ns, bool is_static)
{
	return (struct room){
		.ipd = ns->ipd,
		.elem = is_static ? area_artifact(ROLE_ARTIFACT_LAYOUT) :
		    ns->l->area_doc.root,
		.rtl = ns->rtl,
		.is_static = is_static,
	};
}

mpt
notes_separator(struct notes *ns)
{
	struct room room = notes_room(ns, true);
	struct vlist *list;

	if (ns->separator == NULL)
		return 0;
	if (ns->measured && ns->measured_ipd == ns->ipd)
		return ns->separator_height;
	list = flow_collect(ns->l, ns->separator, &room);
	ns->separator_height = vlist_height(list, 0, list->n);
	vlist_free(list);
	ns->measured = true;
	ns->measured_ipd = ns->ipd;
	return ns->separator_height;
}

mpt
notes_waiting(const struct notes *ns)
{
	return mpt_far(ns->waiting);
}

/* How high the least piece of a list is that may stand alone. */
static mpt
note_least(const struct vlist *l, size_t from)
{
	struct cuts cuts = { 0 };
	mpt least;

	vlist_cuts(l, from, &cuts);
	least = cuts.total;
	for (size_t i = 0; i < cuts.n; i++) {
		if (cuts.v[i].cost < COST_WIDOW) {
			least = cuts.v[i].height;
			break;
		}
	}
	free(cuts.v);
	return least;
}

mpt
notes_waiting_least(const struct notes *ns)
{
	return ns->n > 0 ? note_least(ns->v[0].list, ns->v[0].from) : 0;
}

mpt
notes_waiting_one(const struct notes *ns, size_t i, mpt *least)
{
	const struct waiting *w = &ns->v[i];

	*least = note_least(w->list, w->from);
	return w->height;
}

static struct note *
note_origin(struct note *n)
{
	return n->origin != NULL ? n->origin : n;
}

/* Indents that a note inherits are percentages of an area it does not stand in:
 * nothing is left of these (as in FOP).  The end-indent of a list's label, say,
 * would take all of the note's width. */
static void
inherit_nothing(struct room *room, const struct fo_style *st)
{
	room->start_pct = fo_value(st, PR_START_INDENT)->pct;
	room->end_pct = fo_value(st, PR_END_INDENT)->pct;
	room->pct_of = 0;
}

static struct vlist *
make_body(struct notes *ns, const struct note *n, bool is_static)
{
	struct fo_node *body = fo_child_of_type(ns->l->doc, n->footnote,
	    FO_FOOTNOTE_BODY);
	struct room room = notes_room(ns, is_static);

	inherit_nothing(&room, n->footnote->style);
	return vlist_hold(body != NULL ? flow_collect_area(ns->l, body, &room) :
	    xcalloc(1, sizeof(struct vlist)), n->footnote);
}

mpt
note_height(struct notes *ns, struct note *n, mpt *least)
{
	n = note_origin(n);
	if (n->body == NULL)
		n->body = make_body(ns, n, false);
	*least = note_least(n->body, 0);
	return vlist_height(n->body, 0, n->body->n);
}

const struct vlist *
note_body(struct note *n)
{
	return note_origin(n)->body;
}

void
notes_add(struct notes *ns, struct note *n)
{
	mpt least, height;

	height = note_height(ns, n, &least);
	n = note_origin(n);
	VEC_RESERVE(ns->v, ns->cap, ns->n + 1);
	ns->v[ns->n++] = (struct waiting){ .list = n->body, .height = height };
	ns->waiting += height;
	n->body = NULL;
}

static void
bodies_add(struct notes *ns, const struct vlist *section,
    struct note_bodies *b)
{
	for (size_t i = 0; i < section->n; i++) {
		const struct velem *e = &section->v[i];

		if (e->type != VE_BOX)
			continue;
		for (struct note *n = e->box.notes; n != NULL; n = n->next) {
			VEC_RESERVE(b->v, b->cap, b->n + 1);
			b->v[b->n++] = make_body(ns, n, /*is_static*/true);
		}
	}
}

static mpt
bodies_height(const struct note_bodies *b)
{
	int64_t h = 0;

	for (size_t i = 0; i < b->n; i++)
		h += vlist_height(b->v[i], 0, b->v[i]->n);
	return mpt_far(h);
}

void
notes_repeat(struct notes *ns, const struct vlist *section, bool head)
{
	bodies_add(ns, section, head ? &ns->heads : &ns->feet);
}

mpt
notes_repeat_height(struct notes *ns, const struct vlist *section)
{
	struct note_bodies b = { 0 };
	mpt h;

	bodies_add(ns, section, &b);
	h = bodies_height(&b);
	bodies_free(&b);
	return h;
}

mpt
notes_repeated(const struct notes *ns)
{
	return mpt_add(bodies_height(&ns->heads), bodies_height(&ns->feet));
}

/* Where a waiting note ends best in some room: list->n if all of it fits, the
 * last of the cheapest gaps that do, SIZE_MAX if nothing fits. */
static size_t
note_end(const struct waiting *w, mpt room, mpt *height)
{
	struct cuts cuts = { 0 };
	int cost = COST_FORBID - 1;
	size_t at = SIZE_MAX;

	vlist_cuts(w->list, w->from, &cuts);
	if (cuts.total <= room) {
		at = w->list->n;
		*height = cuts.total;
	}
	for (size_t i = 0; at != w->list->n && i < cuts.n; i++) {
		if (cuts.v[i].height > room || cuts.v[i].cost > cost)
			continue;
		at = cuts.v[i].at;
		cost = cuts.v[i].cost;
		*height = cuts.v[i].height;
	}
	free(cuts.v);
	return at;
}

/* Chooses where each note ends in a column (ends[i]), as many as fit.  Returns
 * how many, and their height. */
static size_t
notes_choose(struct notes *ns, mpt room, bool fresh, size_t *ends, mpt *height)
{
	size_t i;

	*height = 0;
	for (i = 0; i < ns->n; i++) {
		const struct waiting *w = &ns->v[i];
		mpt h = 0;

		ends[i] = note_end(w, room - *height, &h);
		if (ends[i] == SIZE_MAX && i == 0 && fresh) {
			/* Higher than the column, and in one piece. */
			diag_report(ns->l->job->diag, DIAG_LAYOUT_TALL,
			    w->list->n > 0 && w->list->v[0].node != NULL ?
			    w->list->v[0].node->where : where_none(), NULL);
			ends[i] = w->list->n;
			h = w->height;
		}
		if (ends[i] == SIZE_MAX)
			break;
		*height = mpt_add(*height, h);
		if (ends[i] < w->list->n)
			return i + 1;
	}
	return i;
}

static mpt
paint_static(struct vlist *list, struct painter *p, mpt x, mpt y)
{
	struct painter inner = *p;

	inner.is_static = true;
	inner.artifact = area_artifact(ROLE_ARTIFACT_LAYOUT);
	return vlist_paint(list, 0, list->n, &inner, x, y);
}

static mpt
paint_separator(struct notes *ns, struct painter *p, mpt x, mpt y)
{
	struct room room = notes_room(ns, true);
	struct vlist *list;
	mpt h;

	if (ns->separator == NULL)
		return 0;
	list = flow_collect(ns->l, ns->separator, &room);
	h = paint_static(list, p, x, y);
	vlist_free(list);
	return h;
}

static void
paint_bodies(struct note_bodies *b, struct painter *p, mpt x, mpt *y)
{
	for (size_t i = 0; i < b->n; i++)
		*y += paint_static(b->v[i], p, x, *y);
	bodies_free(b);
}

/* Paints a note up to its end; true if nothing of it is left. */
static bool
paint_note(struct waiting *w, size_t end, struct painter *p, mpt x, mpt *y)
{
	size_t from = w->from;

	if (end == w->list->n) {
		*y += vlist_paint(w->list, from, end, p, x, *y);
		vlist_free(w->list);
		return true;
	}
	w->dropped = vlist_dropped(w->list, end);
	vlist_cut(w->list, end, NULL);
	w->from = end + 1;
	w->height = vlist_height(w->list, w->from, w->list->n);
	*y += vlist_paint(w->list, from, w->from, p, x, *y);
	return false;
}

mpt
notes_paint(struct notes *ns, struct painter *p, mpt x, mpt bottom, mpt room,
    bool fresh)
{
	mpt repeated = notes_repeated(ns), others, height, y;
	size_t n, done = 0;
	size_t *ends;

	if (ns->n == 0 && repeated == 0)
		return 0;
	others = mpt_add(notes_separator(ns), repeated);
	ends = xcalloc(ns->n + 1, sizeof *ends);
	n = notes_choose(ns, room - others, fresh, ends, &height);
	if (n > 0 || repeated > 0) {
		height = mpt_add(height, others);
		y = bottom - height;
		y += paint_separator(ns, p, x, y);
		paint_bodies(&ns->heads, p, x, &y);
		for (size_t i = 0; i < n; i++) {
			struct waiting *w = &ns->v[i];

			ns->waiting -= w->height;
			if (paint_note(w, ends[i], p, x, &y))
				done++;
			else
				ns->waiting += w->height;
		}
		paint_bodies(&ns->feet, p, x, &y);
		memmove(ns->v, ns->v + done, (ns->n - done) * sizeof *ns->v);
		ns->n -= done;
		/* What a table in a note repeats calls nothing. */
		bodies_free(&ns->heads);
	}
	free(ends);
	return n > 0 || repeated > 0 ? height : 0;
}
