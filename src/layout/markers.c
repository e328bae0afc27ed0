/*
 * Markers (XSL 1.1, 6.13.5 to 6.13.7): what running headers and footers say.
 * For each class the page's first and last markers are remembered while the
 * page is painted, and the last one of the pages before.  Tables that retrieve
 * markers in their headers have such a memory of their own, in which the part
 * of the table on one page takes the place of the page.
 */
#include <stdlib.h>

#include "layout/pages.h"

struct marker_class {
	bool touched;		/* on the page being painted */
	/* On the page being painted; kept copies, NULL: none. */
	struct fo_node *first_start, *last_start, *first_any, *last_any,
	    *last_end;
	/* Before this page, and the number of the page sequence it comes
	 * from. */
	struct fo_node *before;
	int sequence;
	int page;		/* that the last of them stands on */
};

struct markers {
	struct map *classes;	/* by name */
	/* Those on the page being painted. */
	struct marker_class **touched;
	size_t n_touched, cap_touched;
	/* Instances made for the page being painted. */
	struct instance {
		struct fo_node *retrieve, *content;
	} *instances;
	size_t n_instances, cap_instances;
};

struct markers *
markers_new(void)
{
	struct markers *m = xcalloc(1, sizeof *m);

	m->classes = map_new();
	return m;
}

void
markers_free(struct markers *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < map_count(m->classes); i++)
		free(map_value(m->classes, i));
	map_free(m->classes);
	free(m->touched);
	free(m->instances);
	free(m);
}

static struct marker_class *
marker_class(struct markers *m, const char *name)
{
	struct marker_class *c = map_lookup(m->classes, name);

	if (c == NULL) {
		c = xcalloc(1, sizeof *c);
		map_put(m->classes, name, c);
	}
	return c;
}

/* The class of a marker that stands on the page, and *marker as it is kept;
 * NULL: it has no name. */
static struct marker_class *
class_of(struct layout *l, struct markers *m, struct fo_node **marker)
{
	const char *name = fo_string((*marker)->style, PR_MARKER_CLASS_NAME);
	struct marker_class *c;

	if (name == NULL)
		return NULL;
	if ((*marker)->layout == NULL)
		(*marker)->layout = fo_marker_keep(l->doc, *marker);
	*marker = (*marker)->layout;
	c = marker_class(m, name);
	if (!c->touched) {
		c->touched = true;
		VEC_RESERVE(m->touched, m->cap_touched, m->n_touched + 1);
		m->touched[m->n_touched++] = c;
	}
	return c;
}

static void
note_begin(struct layout *l, struct markers *m, struct fo_node *marker,
    bool first)
{
	struct marker_class *c = class_of(l, m, &marker);

	if (c == NULL)
		return;
	if (first && c->first_start == NULL)
		c->first_start = marker;
	if (first)
		c->last_start = marker;
	if (c->first_any == NULL)
		c->first_any = marker;
}

/* Of areas that end at the same place the outermost is the last (as in FOP). */
static void
note_end(struct layout *l, struct markers *m, struct fo_node *marker,
    bool last)
{
	struct marker_class *c = class_of(l, m, &marker);

	if (c == NULL)
		return;
	c->last_any = marker;
	c->page = l->pages;
	if (last)
		c->last_end = marker;
}

bool
markers_has(struct layout *l, struct fo_node *n)
{
	struct fo_node *c = fo_child(l->doc, n, NULL);

	while (c != NULL && c->type == FO_TEXT)
		c = fo_child(l->doc, n, c);
	return c != NULL && c->type == FO_MARKER;
}

/* The marker that follows, with nothing but white space before it (6.13.5). */
static struct fo_node *
marker_from(struct fo_node *c)
{
	while (c != NULL && c->type == FO_TEXT)
		c = c->next;
	return c != NULL && c->type == FO_MARKER ? c : NULL;
}

/* Does one before it have the same class?  An object has one of each (6.13.5);
 * of more, the first counts. */
static bool
is_one_more(const struct fo_node *n, const struct fo_node *marker)
{
	const char *name = fo_string(marker->style, PR_MARKER_CLASS_NAME);

	for (const struct fo_node *c = n->first; c != marker; c = c->next)
		if (c->type == FO_MARKER && name != NULL && str_eq(name,
		    fo_string(c->style, PR_MARKER_CLASS_NAME)))
			return true;
	return false;
}

static void
begin_own(struct layout *l, struct markers *m, struct fo_node *n, bool first)
{
	for (struct fo_node *c = n->first; (c = marker_from(c)) != NULL;
	    c = c->next)
		if (!is_one_more(n, c))
			note_begin(l, m, c, first);
}

static void
end_own(struct layout *l, struct markers *m, struct fo_node *n, bool last)
{
	for (struct fo_node *c = n->first; (c = marker_from(c)) != NULL;
	    c = c->next)
		if (!is_one_more(n, c))
			note_end(l, m, c, last);
}

void
markers_begin(struct layout *l, struct fo_node *n, bool first)
{
	begin_own(l, l->markers, n, first && !n->goes_on_from);
}

void
markers_end(struct layout *l, struct fo_node *n, bool last)
{
	end_own(l, l->markers, n, last && !n->goes_on);
}

void
markers_note_tree(struct layout *l, struct markers *m, struct fo_node *n,
    bool first, bool last, int depth)
{
	if (depth > LAYOUT_DEPTH_MAX)
		return;
	begin_own(l, m, n, first);
	for (struct fo_node *c = n->first; c != NULL; c = c->next)
		if (c->type != FO_MARKER)
			markers_note_tree(l, m, c, first, last, depth + 1);
	end_own(l, m, n, last);
}

void
markers_turn(struct layout *l, struct markers *m)
{
	for (size_t i = 0; i < m->n_touched; i++) {
		struct marker_class *c = m->touched[i];

		if (c->last_any != NULL) {
			c->before = c->last_end != NULL ? c->last_end :
			    c->last_any;
			c->sequence = l->sequence->ordinal;
		}
		c->first_start = c->last_start = c->first_any = NULL;
		c->last_any = c->last_end = NULL;
		c->touched = false;
	}
	m->n_touched = 0;
	for (size_t i = 0; i < m->n_instances; i++)
		fo_release(l->doc, m->instances[i].content);
	m->n_instances = 0;
}

void
markers_page_end(struct layout *l)
{
	markers_turn(l, l->markers);
}

/* The marker at a position of the page or of the table's part on it, or NULL
 * (7.25.4, 7.25.6). */
static struct fo_node *
at_position(const struct marker_class *c, enum fo_keyword position)
{
	switch (position) {
	case KW_FIRST_INCLUDING_CARRYOVER:
		return c->first_any;
	case KW_LAST_STARTING:
	case KW_LAST_STARTING_WITHIN_PAGE:
		return c->last_start != NULL ? c->last_start : c->last_any;
	case KW_LAST_ENDING:
	case KW_LAST_ENDING_WITHIN_PAGE:
		return c->last_end != NULL ? c->last_end : c->last_any;
	default:
		return c->first_start != NULL ? c->first_start : c->first_any;
	}
}

/* 6.13.7: as below, with the part of the table for the page. */
static struct fo_node *
find_in_table(struct layout *l, struct fo_node *retrieve)
{
	const struct fo_style *st = retrieve->style;
	const char *name = fo_string(st, PR_RETRIEVE_CLASS_NAME);
	enum fo_keyword boundary = fo_keyword(st,
	    PR_RETRIEVE_BOUNDARY_WITHIN_TABLE);
	struct fo_node *found;
	struct marker_class *c;

	if (name == NULL || l->table_markers == NULL)
		return NULL;
	c = marker_class(l->table_markers, name);
	found = at_position(c,
	    fo_keyword(st, PR_RETRIEVE_POSITION_WITHIN_TABLE));
	if (found == NULL && (boundary == KW_TABLE ||
	    (boundary == KW_PAGE && c->page == l->pages)))
		found = c->before;
	return found;
}

static struct fo_node *
find(struct layout *l, struct fo_node *retrieve)
{
	const struct fo_style *st = retrieve->style;
	const char *name = fo_string(st, PR_RETRIEVE_CLASS_NAME);
	enum fo_keyword boundary = fo_keyword(st, PR_RETRIEVE_BOUNDARY);
	struct fo_node *found;
	struct marker_class *c;

	if (name == NULL)
		return NULL;
	c = marker_class(l->markers, name);
	found = at_position(c, fo_keyword(st, PR_RETRIEVE_POSITION));
	if (found != NULL || boundary == KW_PAGE)
		return found;
	if (boundary == KW_DOCUMENT || c->sequence == l->sequence->ordinal)
		return c->before;
	return NULL;
}

struct fo_node *
markers_retrieve(struct layout *l, struct fo_node *retrieve)
{
	bool table = retrieve->type == FO_RETRIEVE_TABLE_MARKER;
	struct markers *m = table ? l->table_markers : l->markers;
	struct fo_node *marker;

	if (table ? m == NULL : l->context == NULL)
		return NULL;
	for (size_t i = 0; i < m->n_instances; i++)
		if (m->instances[i].retrieve == retrieve)
			return m->instances[i].content;
	marker = table ? find_in_table(l, retrieve) : find(l, retrieve);
	if (marker == NULL)
		return NULL;
	VEC_RESERVE(m->instances, m->cap_instances, m->n_instances + 1);
	m->instances[m->n_instances].retrieve = retrieve;
	m->instances[m->n_instances].content = fo_marker_instance(l->doc,
	    marker, retrieve);
	return m->instances[m->n_instances++].content;
}
