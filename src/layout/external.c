/*
 * fox:external-document, an extension of Apache FOP: a picture, or every page
 * of a file that has several, as a page of its size.  As in FOP the page is as
 * large as the viewport an fo:external-graphic would have, and a picture that
 * is missing makes none.
 */
#include <string.h>

#include "layout/pages.h"

/* A page, its picture (if it is to have it) and its number. */
static bool
external_page(struct layout *l, struct fo_node *node, const struct graphic *g,
    int number, bool blank)
{
	bool aside = style_turn(node->style) % 180 != 0;
	mpt w = aside ? g->view_h : g->view_w;
	mpt h = aside ? g->view_w : g->view_h;
	struct area_page *page = area_page_new(w, h, binder_index(l->binder));
	struct page_context context = { 0 };
	struct painter p = { .l = l, .page = page, .context = &context };
	struct area_elem *elem;
	struct buf label = { 0 };
	mpt x = 0, y = 0;
	bool group, own;

	number_format(&label, number, node->style);
	page->label = arena_strdup(page->arena, buf_str(&label));
	buf_free(&label);
	context.label = page->label;
	context.index = page->index;
	context.number = number;
	for (struct fo_node *n = node; n != NULL; n = n->parent)
		ids_place(&p, n, 0, 0);
	if (!blank) {
		group = group_begin(page, node->style,
		    style_turn(node->style), w, h, &x, &y);
		elem = role_elem(l, node, l->area_doc.root, &own);
		graphic_paint(&p, node, g, elem, x, y);
		if (group)
			area_pop(page);
		if (own)
			area_end(page, elem);
	}
	l->last_index = page->index;
	l->last_number = number;
	l->pages++;
	return binder_page(l->binder, page, false);
}

bool
external_run(struct layout *l, struct fo_node *node)
{
	int number, first, pages = 1;
	bool ok = true;

	binder_sequence(l->binder, fo_keyword(node->style, PR_BOOKLET));
	l->sequences++;
	number = first = sequence_first_number(l, node->style);
	for (int i = 1; ok && i <= pages; i++) {
		struct graphic g;

		graphic_load(l, node, 0, i, &g);
		if (i == 1 && g.image != NULL)
			pages = g.image->pages;
		if ((g.image != NULL || g.svg != NULL) && g.view_w > 0 &&
		    g.view_h > 0)
			ok = external_page(l, node, &g, number++, false);
		if (ok && i == pages && number > first &&
		    sequence_wants_one_more(l, node, number - first,
		    number - 1))
			ok = external_page(l, node, &g, number, true);
		graphic_free(&g);
	}
	return ok;
}
