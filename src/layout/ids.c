/*
 * Ids: the pages they stand on, the citations of those pages, and what the next
 * layout may know in advance.
 *
 * A citation of a page that is known already, or was known at the end of the
 * layout before, is text; else it gets a slot with room for the digits that
 * are expected, filled at the end.  When a text proves wrong, or a slot too
 * narrow or a digit too wide, the result is not stable.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/layout_int.h"
#include "layout/pages.h"
#include "layout/recall.h"

/* Page labels of one id; strings of the run's arena or of the memory. */
struct id_labels {
	const char *first, *last;
};

struct citation {
	const char *id;
	bool last;
	struct where where;
	const char *guess;	/* what was printed; NULL: a slot */
	/* Of a slot: */
	const struct fo_style *style;
	mpt width;
	int digits;
	bool align_end;
};

struct ids {
	struct map *labels;	/* struct id_labels */
	struct citation *cites;
	size_t n, cap;
	struct map *links;	/* struct where by the id that is linked to */
	/* The first citation of an id before its first page is known: its
	 * number, from 1. */
	struct map *awaited;
	size_t *slots;		/* indexes of the citations that are slots */
	size_t n_slots, cap_slots;
};

struct ids *
ids_new(void)
{
	struct ids *ids = xcalloc(1, sizeof *ids);

	ids->labels = map_new();
	ids->links = map_new();
	ids->awaited = map_new();
	return ids;
}

void
ids_free(struct ids *ids)
{
	if (ids == NULL)
		return;
	map_free(ids->labels);
	map_free(ids->links);
	map_free(ids->awaited);
	free(ids->cites);
	free(ids->slots);
	free(ids);
}

/* --------------------------------------------------------------- memory */

struct layout_memory {
	struct arena *arena;
	struct map *labels;	/* struct id_labels of the layout before */
	bool stale;		/* layout_is_stale */
	bool learnt;		/* from a whole layout: what it lacks is not there */
	struct booklet booklet;
	struct recall *recall;	/* of the last layout, or NULL */
	/* The root element of the last layout: its pages' receiver may look at
	 * it after the layout has ended. */
	struct area_elem *root;
};

bool
layout_is_stale(const struct layout_memory *m)
{
	return m->stale;
}

struct layout_memory *
layout_memory_new(void)
{
	struct layout_memory *m = xcalloc(1, sizeof *m);

	m->arena = arena_new();
	m->labels = map_new();
	return m;
}

void
layout_memory_free(struct layout_memory *m)
{
	if (m == NULL)
		return;
	map_free(m->labels);
	arena_free(m->arena);
	area_elem_free(m->root);
	recall_free(m->recall);
	free(m);
}

struct recall **
memory_recall(struct layout_memory *m)
{
	return &m->recall;
}

struct booklet *
memory_booklet(struct layout_memory *m)
{
	return &m->booklet;
}

struct area_elem *
memory_root(struct layout_memory *m)
{
	area_elem_free(m->root);
	m->root = area_elem_new(ROLE_DOCUMENT, NULL);
	return m->root;
}

static const char *
memory_string(struct layout_memory *m, const char *old, const char *s)
{
	/* The same label is not stored again by every layout. */
	return str_eq(old, s) ? old : arena_strdup(m->arena, s);
}

static void
memory_learn(struct layout_memory *m, const struct map *labels)
{
	m->stale = false;
	m->learnt = true;
	for (size_t i = 0; i < map_count(labels); i++) {
		const struct id_labels *now = map_value(labels, i);
		struct id_labels *old = map_lookup(m->labels,
		    map_key(labels, i));

		if (old == NULL) {
			old = arena_alloc(m->arena, sizeof *old);
			map_put(m->labels, map_key(labels, i), old);
		}
		old->first = memory_string(m, old->first, now->first);
		old->last = memory_string(m, old->last, now->last);
	}
}

/* --------------------------------------------------------------- places */

/* Did the label fit the room that its slot was given? */
static bool
slot_fits(const struct citation *c, const struct area_text *t)
{
	int64_t width = 0, digit = c->width / (c->digits > 0 ? c->digits : 1);
	bool number = t->text[strspn(t->text, "0123456789")] == '\0';

	for (size_t i = 0; i < t->n; i++)
		width += t->glyphs[i].advance;
	if (!number)
		return llabs(width - c->width) <= digit / 100;
	/* A proportional "1" is narrower than the "0" that was measured, a "4"
	 * a little wider: of numbers only a whole digit too much or too few is
	 * wrong. */
	return width <= c->width + digit / 8 &&
	    c->width - width < digit * 3 / 4;
}

/* The first page of an id is known: is that what was expected?  If not, all
 * that is still to come will be made again. */
static void
check_awaited(struct layout *l, const char *id, const char *label)
{
	size_t i = (size_t)(uintptr_t)map_lookup(l->ids->awaited, id);
	const struct citation *c;

	if (i == 0 || l->memory->stale)
		return;
	c = &l->ids->cites[i - 1];
	l->memory->stale = c->guess != NULL ? !str_eq(c->guess, label) :
	    !slot_fits(c, slot_text(l, l->arena, c->style, label, c->width,
		c->align_end));
}

/* Notes the page of an id; true if it is its first. */
static bool
note_label(struct layout *l, const char *id, const char *label)
{
	struct id_labels *known = map_lookup(l->ids->labels, id);

	if (known == NULL) {
		known = arena_alloc(l->arena, sizeof *known);
		known->first = known->last = arena_strdup(l->arena, label);
		map_put(l->ids->labels, id, known);
		check_awaited(l, id, label);
		return true;
	}
	if (!str_eq(known->last, label))
		known->last = arena_strdup(l->arena, label);
	return false;
}

void
ids_place(struct painter *p, const struct fo_node *n, mpt x, mpt y)
{
	if (n->id != NULL)
		ids_place_name(p, n->id, x, y);
	if (recall_wants(n))
		recall_place(p, n, x, y);
}

void
ids_place_name(struct painter *p, const char *id, mpt x, mpt y)
{
	struct area_anchor *a;

	if (!note_label(p->l, id, p->context->label))
		return;
	a = arena_alloc(p->page->arena, sizeof *a);
	a->id = arena_strdup(p->page->arena, id);
	a->x = x;
	a->y = y;
	area_add(p->page, AREA_ANCHOR, painter_elem(p, p->l->area_doc.root),
	    a);
}

const char *
ids_label(struct layout *l, const char *id, bool last)
{
	const struct id_labels *known = map_lookup(l->ids->labels, id);

	/* The first page does not change any more; the last one may. */
	if (known != NULL && !last)
		return known->first;
	known = map_lookup(l->memory->labels, id);
	if (known == NULL)
		return NULL;
	return last ? known->last : known->first;
}

/* An object that has not ended while its sequence goes on. */
static bool
is_around(const struct layout *l, const char *id)
{
	const struct fo_node *n = l->sequence != NULL ? l->sequence->node :
	    NULL;

	for (; n != NULL; n = n->parent)
		if (str_eq(n->id, id))
			return true;
	return false;
}

bool
ids_open(struct layout *l, const struct fo_node *citation)
{
	const char *id = fo_string(citation->style, PR_REF_ID);
	uint32_t run;

	if (id == NULL)
		return false;
	if (citation->type == FO_PAGE_NUMBER_CITATION_LAST && is_around(l, id))
		return true;
	if (l->context != NULL || citation->run == 0)
		return map_lookup(l->ids->labels, id) == NULL;
	run = fo_id_run(l->doc, id);
	return run == 0 || run >= citation->run;
}

bool
ids_hopeless(const struct layout *l, const char *id)
{
	return l->memory->learnt &&
	    map_lookup(l->memory->labels, id) == NULL;
}

static struct citation *
cite(struct layout *l, const struct fo_node *n)
{
	struct ids *ids = l->ids;
	struct citation *c;
	const char *id = fo_string(n->style, PR_REF_ID);

	VEC_RESERVE(ids->cites, ids->cap, ids->n + 1);
	c = &ids->cites[ids->n++];
	*c = (struct citation){
		.id = arena_strdup(l->arena, id != NULL ? id : ""),
		.last = n->type == FO_PAGE_NUMBER_CITATION_LAST,
		.where = n->where,
		.style = n->style,
	};
	if (!c->last && map_lookup(ids->labels, c->id) == NULL &&
	    map_lookup(ids->awaited, c->id) == NULL)
		map_put(ids->awaited, c->id, (void *)(uintptr_t)ids->n);
	return c;
}

int
ids_slot(struct layout *l, struct fo_node *citation, mpt width, int digits)
{
	struct citation *c = cite(l, citation);
	struct ids *ids = l->ids;

	c->width = width;
	c->digits = digits;
	VEC_RESERVE(ids->slots, ids->cap_slots, ids->n_slots + 1);
	ids->slots[ids->n_slots] = ids->n - 1;
	return (int)ids->n_slots++;
}

void
ids_slot_align(struct layout *l, int slot, bool end)
{
	l->ids->cites[l->ids->slots[slot]].align_end = end;
}

void
ids_cite(struct layout *l, struct fo_node *citation, const char *guess)
{
	const char *copy = arena_strdup(l->arena, guess);

	cite(l, citation)->guess = copy;
}

void
ids_link(struct layout *l, const char *id, struct where where)
{
	struct where *w;

	if (map_lookup(l->ids->links, id) != NULL)
		return;
	w = arena_alloc(l->arena, sizeof *w);
	*w = where;
	map_put(l->ids->links, id, w);
}

/* -------------------------------------------------------------- the end */

static void
check_links(struct layout *l)
{
	const struct map *links = l->ids->links;

	for (size_t i = 0; i < map_count(links); i++)
		if (map_lookup(l->ids->labels, map_key(links, i)) == NULL)
			diag_report(l->job->diag, DIAG_LAYOUT_UNKNOWN_DEST,
			    *(struct where *)map_value(links, i),
			    map_key(links, i));
}

bool
ids_finish(struct layout *l)
{
	struct ids *ids = l->ids;
	const struct area_text **slots = arena_array(l->arena,
	    ids->n_slots + 1, sizeof *slots);
	bool stable = true;
	size_t slot = 0;

	for (size_t i = 0; i < ids->n; i++) {
		struct citation *c = &ids->cites[i];
		const struct id_labels *known = map_lookup(ids->labels, c->id);
		const char *label = known == NULL ? NULL :
		    c->last ? known->last : known->first;

		if (label == NULL && *c->id != '\0')
			diag_report(l->job->diag, DIAG_LAYOUT_UNKNOWN_ID,
			    c->where, c->id);
		if (c->guess != NULL) {
			stable &= str_eq(c->guess, label);
			continue;
		}
		stable &= label != NULL || *c->id == '\0' ||
		    ids_hopeless(l, c->id);
		if (label != NULL) {
			slots[slot] = slot_text(l, l->arena, c->style, label,
			    c->width, c->align_end);
			stable &= slot_fits(c, slots[slot]);
		}
		slot++;
	}
	check_links(l);
	l->area_doc.slots = slots;
	l->area_doc.n_slots = ids->n_slots;
	memory_learn(l->memory, ids->labels);
	return stable;
}
