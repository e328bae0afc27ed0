/*
 * Markers.  What stands in a marker has no style of its own until it is
 * retrieved: it inherits from the place that retrieves it (XSL 1.1, 6.13.5),
 * so its nodes keep their attributes and each retrieval computes a copy.
 */
#include "fo/fo_int.h"

static const struct fo_access *
copy_access(struct unit *u, const struct fo_access *from)
{
	struct fo_access *a;

	if (from == NULL)
		return NULL;
	a = arena_alloc(u->arena, sizeof *a);
	if (from->role != NULL)
		a->role = arena_strdup(u->arena, from->role);
	if (from->alt != NULL)
		a->alt = arena_strdup(u->arena, from->alt);
	return a;
}

/* Copies a node's own fields; attributes are copied if they must outlive it. */
static struct fo_node *
copy_node(struct unit *u, struct fo_node *parent,
    const struct fo_node *from)
{
	struct fo_node *n = node_new(u, parent, (enum fo_type)from->type);

	n->where = from->where;
	n->placed = from->placed;
	if (from->type == FO_TEXT)
		n->text = arena_strndup(u->arena, from->text, from->text_n);
	u->used += from->text_n;
	n->text_n = from->text_n;
	n->id = from->id != NULL ? arena_strdup(u->arena, from->id) : NULL;
	n->access = copy_access(u, from->access);
	if (from->type == FO_INSTREAM_FOREIGN_OBJECT)
		n->foreign = foreign_copy(u, from->foreign);
	n->complete = true;
	return n;
}

void
attrs_copy(struct unit *u, struct fo_node *n, const struct attr *attrs,
    size_t n_attrs)
{
	struct attr_list *copy = arena_alloc(u->arena, sizeof *copy +
	    n_attrs * sizeof *copy->v);
	size_t i;

	copy->n = n_attrs;
	for (i = 0; i < n_attrs; i++) {
		copy->v[i].name = attrs[i].name;
		copy->v[i].value = arena_strdup(u->arena, attrs[i].value);
	}
	inner(n)->attrs = copy;
}

static void
copy_attributes(struct unit *u, struct fo_node *n, const struct fo_node *from)
{
	const struct attr_list *list = inner(from)->attrs;

	if (list != NULL)
		attrs_copy(u, n, list->v, list->n);
}

/* What retrieves a marker in a marker is none (6.13.6), and could retrieve
 * itself without end. */
static void
keep_children(struct unit *u, struct fo_node *to,
    const struct fo_node *from)
{
	const struct fo_node *c;
	struct fo_node *n;

	for (c = from->first; c != NULL; c = c->next) {
		if (c->type == FO_RETRIEVE_MARKER ||
		    c->type == FO_RETRIEVE_TABLE_MARKER)
			continue;
		n = copy_node(u, to, c);
		copy_attributes(u, n, c);
		node_append(to, n);
		keep_children(u, n, c);
	}
}

struct fo_node *
fo_marker_keep(struct fo_doc *d, struct fo_node *marker)
{
	struct fo_node *n = copy_node(d->lasting, NULL, marker);

	n->style = marker->style;
	copy_attributes(d->lasting, n, marker);
	keep_children(d->lasting, n, marker);
	return n;
}

static void
compute(struct fo_doc *d, struct fo_node *n, const struct attr_list *attrs)
{
	if (attrs != NULL)
		node_compute(d, n, attrs->v, attrs->n);
	else
		node_compute(d, n, NULL, 0);
}

/* Children with their properties, paragraphs treated from inside out. */
static void
instance_children(struct fo_doc *d, struct unit *u, struct fo_node *to,
    const struct fo_node *from)
{
	const struct fo_node *c;
	struct fo_node *n;

	for (c = from->first; c != NULL; c = c->next) {
		n = copy_node(u, to, c);
		n->in_marker = false;
		if (c->type != FO_TEXT)
			compute(d, n, inner(c)->attrs);
		node_append(to, n);
		instance_children(d, u, n, c);
		if (type_flags((enum fo_type)n->type) & OBJ_LINES &&
		    n->type != FO_MARKER)
			build_finish_lines(n, NULL, true, true);
	}
}

/* A page's headers need little: many instances share a unit. */
static struct unit *
instance_unit(struct fo_doc *d)
{
	struct unit *u;

	if (d->instances == NULL || d->instances->used > UNIT_SIZE) {
		u = unit_new(d);
		u->next = d->instances;
		d->instances = u;
	}
	return d->instances;
}

struct fo_node *
fo_marker_instance(struct fo_doc *d, struct fo_node *marker,
    struct fo_node *retrieve)
{
	const struct fo_node *parent = retrieve->parent;
	struct unit *u = instance_unit(d);
	struct fo_node *n;

	n = node_new(u, retrieve, FO_WRAPPER);
	n->complete = true;
	instance_children(d, u, n, marker);
	/* Among other text, a space at either end separates words; but in a
	 * block FOP drops the one it begins with, and keeps the one it ends
	 * with even where nothing follows. */
	build_finish_lines(n, NULL, parent == NULL ||
	    (parent->type == FO_BLOCK && retrieve->type == FO_RETRIEVE_MARKER) ||
	    parent->first == retrieve, parent == NULL);
	return n;
}
