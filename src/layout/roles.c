/*
 * Structure elements: what a formatting object means to a reader who does not
 * see the page (ISO 32000-1, 14.8.4).  The role property decides, else the
 * type's row below.
 */
#include "layout/layout_int.h"

enum { NO_ELEM = -1, BY_CONTENT = -2 };

static const int16_t roles[FO_TYPE_COUNT] = {
	[FO_BLOCK] = BY_CONTENT,
	[FO_BLOCK_CONTAINER] = ROLE_DIV,
	[FO_INLINE_CONTAINER] = ROLE_DIV,
	[FO_EXTERNAL_DOCUMENT] = ROLE_FIGURE,
	[FO_EXTERNAL_GRAPHIC] = ROLE_FIGURE,
	[FO_INSTREAM_FOREIGN_OBJECT] = ROLE_FIGURE,
	[FO_BASIC_LINK] = ROLE_LINK,
	[FO_PAGE_NUMBER_CITATION] = ROLE_REFERENCE,
	[FO_PAGE_NUMBER_CITATION_LAST] = ROLE_REFERENCE,
	[FO_FOOTNOTE_BODY] = ROLE_NOTE,
	[FO_LIST_BLOCK] = ROLE_L,
	[FO_LIST_ITEM] = ROLE_LI,
	[FO_LIST_ITEM_LABEL] = ROLE_LBL,
	[FO_LIST_ITEM_BODY] = ROLE_LBODY,
	[FO_TABLE_AND_CAPTION] = ROLE_DIV,
	[FO_TABLE_CAPTION] = ROLE_CAPTION,
	[FO_TABLE] = ROLE_TABLE,
	[FO_TABLE_HEADER] = ROLE_THEAD,
	[FO_TABLE_FOOTER] = ROLE_TFOOT,
	[FO_TABLE_BODY] = ROLE_TBODY,
	[FO_TABLE_ROW] = ROLE_TR,
	[FO_TABLE_CELL] = ROLE_TD,
};

/* A block of lines is a paragraph; one that holds blocks is a division.  A
 * streamed one holds blocks. */
static int
block_role(struct layout *l, struct fo_node *n)
{
	struct fo_node *c;

	if (n->streamed)
		return ROLE_DIV;
	for (c = fo_child(l->doc, n, NULL); c != NULL;
	    c = fo_child(l->doc, n, c))
		if (fo_is_block((enum fo_type)c->type) &&
		    c->type != FO_WRAPPER && c->type != FO_RETRIEVE_MARKER)
			return ROLE_DIV;
	return ROLE_P;
}

/* A header cell heads its column in a table's header, else its row. */
static void
cell_scope(struct area_elem *e, const struct fo_node *n)
{
	const struct fo_node *up = n->parent;

	while (up != NULL && up->type != FO_TABLE_HEADER &&
	    up->type != FO_TABLE)
		up = up->parent;
	e->scope = up != NULL && up->type == FO_TABLE_HEADER ? SCOPE_COLUMN :
	    SCOPE_ROW;
}

static bool
in_header(const struct fo_node *n)
{
	return n->parent != NULL && (n->parent->type == FO_TABLE_HEADER ||
	    (n->parent->type == FO_TABLE_ROW && n->parent->parent != NULL &&
	    n->parent->parent->type == FO_TABLE_HEADER));
}

static int
role_of(struct layout *l, struct fo_node *n)
{
	int role = fo_role(n) != NULL ? area_role_parse(fo_role(n)) : -1;

	if (role >= 0)
		return role;
	if (n->type == FO_TABLE_CELL && (in_header(n) ||
	    fo_keyword(n->style, PR_HEADER) == KW_TRUE))
		return ROLE_TH;
	/* Types without a row make no element. */
	role = roles[n->type];
	if (role == ROLE_DOCUMENT)
		return NO_ELEM;
	return role == BY_CONTENT ? block_role(l, n) : role;
}

/* The language of an object, "fr-FR", when it is not its parent's. */
static const char *
own_language(struct layout *l, const struct fo_node *n)
{
	const struct fo_style *st = n->style;
	const struct fo_style *up = n->parent != NULL ? n->parent->style : NULL;
	const char *language = fo_string(st, PR_LANGUAGE);
	const char *country = fo_string(st, PR_COUNTRY);
	const char *lang;
	struct buf b = { 0 };

	if (language == NULL || (up != NULL &&
	    str_eq(language, fo_string(up, PR_LANGUAGE)) &&
	    str_eq(country, fo_string(up, PR_COUNTRY))))
		return NULL;
	buf_puts(&b, language);
	if (country != NULL)
		buf_printf(&b, "-%s", country);
	lang = str_eq(buf_str(&b), l->area_doc.lang) ? NULL :
	    arena_strdup(l->arena, buf_str(&b));
	buf_free(&b);
	return lang;
}

struct area_elem *
role_elem(struct layout *l, struct fo_node *n, struct area_elem *parent,
    bool *own)
{
	struct area_elem *e;
	const char *lang;
	int role;

	*own = false;
	if (area_is_artifact(parent))
		return parent;
	role = role_of(l, n);
	lang = own_language(l, n);
	if (role == NO_ELEM && lang != NULL && n->type != FO_FLOW)
		role = fo_is_inline((enum fo_type)n->type) ? ROLE_SPAN :
		    ROLE_NONSTRUCT;
	if (role == NO_ELEM)
		return parent;
	e = area_elem_new((enum area_role)role, parent);
	if (area_is_artifact(e))
		return e;
	*own = true;
	area_elem_set(e, lang, fo_alt(n), n->id);
	if (e->role == ROLE_TH)
		cell_scope(e, n);
	if (n->type == FO_TABLE_CELL) {
		e->colspan = (uint16_t)fo_integer(n->style,
		    PR_NUMBER_COLUMNS_SPANNED, 1);
		e->rowspan = (uint16_t)fo_integer(n->style,
		    PR_NUMBER_ROWS_SPANNED, 1);
	}
	return e;
}
