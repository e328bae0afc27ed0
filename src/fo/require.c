/*
 * What an object cannot do without (the content models and "required
 * properties" of XSL 1.1, 6): without it nothing comes of the object, or of
 * a part of it, which is said at its place.
 */
#include "fo/fo_int.h"

/* ------------------------------------------------------------- properties */

/* One of two properties must be there; other = PR_COUNT: the one alone. */
struct required_prop {
	enum fo_type type;
	enum fo_prop prop, other;
};

static const struct required_prop props[] = {
	{ FO_BASIC_LINK, PR_INTERNAL_DESTINATION, PR_EXTERNAL_DESTINATION },
	{ FO_BOOKMARK, PR_INTERNAL_DESTINATION, PR_EXTERNAL_DESTINATION },
	{ FO_CHANGE_BAR_BEGIN, PR_CHANGE_BAR_CLASS, PR_COUNT },
	{ FO_CHANGE_BAR_END, PR_CHANGE_BAR_CLASS, PR_COUNT },
	{ FO_CHARACTER, PR_CHARACTER, PR_COUNT },
	{ FO_CONDITIONAL_PAGE_MASTER_REFERENCE, PR_MASTER_REFERENCE,
	    PR_COUNT },
	{ FO_EXTERNAL_DOCUMENT, PR_SRC, PR_COUNT },
	{ FO_EXTERNAL_GRAPHIC, PR_SRC, PR_COUNT },
	{ FO_INDEX_KEY_REFERENCE, PR_REF_INDEX_KEY, PR_COUNT },
	{ FO_MARKER, PR_MARKER_CLASS_NAME, PR_COUNT },
	{ FO_PAGE_NUMBER_CITATION, PR_REF_ID, PR_COUNT },
	{ FO_PAGE_NUMBER_CITATION_LAST, PR_REF_ID, PR_COUNT },
	{ FO_PAGE_SEQUENCE_MASTER, PR_MASTER_NAME, PR_COUNT },
	{ FO_REPEATABLE_PAGE_MASTER_REFERENCE, PR_MASTER_REFERENCE, PR_COUNT },
	{ FO_RETRIEVE_MARKER, PR_RETRIEVE_CLASS_NAME, PR_COUNT },
	{ FO_RETRIEVE_TABLE_MARKER, PR_RETRIEVE_CLASS_NAME, PR_COUNT },
	{ FO_SIMPLE_PAGE_MASTER, PR_MASTER_NAME, PR_COUNT },
	{ FO_SINGLE_PAGE_MASTER_REFERENCE, PR_MASTER_REFERENCE, PR_COUNT },
	{ FO_STATIC_CONTENT, PR_FLOW_NAME, PR_COUNT },
};

static bool
is_given(const struct fo_node *n, enum fo_prop p)
{
	const char *s = p < PR_COUNT ? fo_string(n->style, p) : NULL;

	return s != NULL && *s != '\0';
}

bool
require_properties(struct fo_doc *d, const struct fo_node *n)
{
	bool all = true;

	for (size_t i = 0; i < sizeof props / sizeof *props; i++) {
		if (props[i].type != n->type || is_given(n, props[i].prop) ||
		    is_given(n, props[i].other))
			continue;
		diag_report(d->job->diag, DIAG_FO_PROP_MISSING, n->where,
		    fo_type_name((enum fo_type)n->type),
		    fo_prop_name(props[i].prop));
		all = false;
	}
	return all;
}

/* ------------------------------------------------------------------ places */

static bool
is_retriever(enum fo_type type, enum fo_type around)
{
	if (type == FO_RETRIEVE_MARKER)
		return around == FO_STATIC_CONTENT;
	return around == FO_TABLE_HEADER || around == FO_TABLE_FOOTER ||
	    around == FO_TABLE_CAPTION;
}

void
require_place(struct fo_doc *d, const struct fo_node *n)
{
	const struct fo_node *up;

	if (n->type != FO_RETRIEVE_MARKER &&
	    n->type != FO_RETRIEVE_TABLE_MARKER)
		return;
	for (up = n->parent; up != NULL && up->type != FO_MARKER;
	    up = up->parent)
		if (is_retriever((enum fo_type)n->type,
		    (enum fo_type)up->type))
			return;
	diag_report(d->job->diag, DIAG_FO_RETRIEVE_PLACE, n->where,
	    fo_type_name((enum fo_type)n->type));
}

/* --------------------------------------------------------------- children */

/* One of two types of children must be there; FO_TEXT: the one alone. */
struct required_child {
	enum fo_type type, child, other;
};

static const struct required_child children[] = {
	{ FO_BOOKMARK, FO_BOOKMARK_TITLE, FO_TEXT },
	{ FO_FOOTNOTE, FO_FOOTNOTE_BODY, FO_TEXT },
	{ FO_LIST_BLOCK, FO_LIST_ITEM, FO_TEXT },
	{ FO_LIST_ITEM, FO_LIST_ITEM_LABEL, FO_TEXT },
	{ FO_LIST_ITEM, FO_LIST_ITEM_BODY, FO_TEXT },
	{ FO_PAGE_SEQUENCE, FO_FLOW, FO_TEXT },
	{ FO_TABLE, FO_TABLE_BODY, FO_TEXT },
	{ FO_TABLE_BODY, FO_TABLE_ROW, FO_TABLE_CELL },
	{ FO_TABLE_HEADER, FO_TABLE_ROW, FO_TABLE_CELL },
	{ FO_TABLE_FOOTER, FO_TABLE_ROW, FO_TABLE_CELL },
	{ FO_TABLE_ROW, FO_TABLE_CELL, FO_TEXT },
};

#define N_CHILDREN (sizeof children / sizeof *children)
_Static_assert(N_CHILDREN <= 16, "inner.has has a bit for each row");

void
require_note(struct fo_node *parent, enum fo_type child)
{
	if (child == FO_TEXT)
		return;
	for (size_t i = 0; i < N_CHILDREN; i++)
		if (children[i].type == parent->type &&
		    (children[i].child == child || children[i].other == child))
			parent->has |= (uint16_t)(1u << i);
}

void
require_children(struct fo_doc *d, const struct fo_node *n)
{
	for (size_t i = 0; i < N_CHILDREN; i++)
		if (children[i].type == n->type &&
		    !(n->has & 1u << i))
			diag_report(d->job->diag, DIAG_FO_CHILD_MISSING,
			    n->where, fo_type_name((enum fo_type)n->type),
			    fo_type_name(children[i].child));
}
