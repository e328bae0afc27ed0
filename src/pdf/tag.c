/*
 * Structure: which content belongs to which element, and the tree of elements.
 *
 * Two passes, because pages may be painted in another order than they are read
 * (a booklet).  tags_page() takes a page in reading order: it cuts the items
 * into marks, pieces of one element each, enters elements at their first item
 * and notes the marks as their kids.  Painting then only brackets the marks.
 * Numbers of marks count from 0 on each area_page; where the page comes to
 * stand is filled in when an element is written.
 *
 * An element is written and forgotten as soon as it has ended and every page up
 * to that end is painted: memory follows what is open, not what was.
 *
 * Brackets nest with q and Q: a group whose items all belong to one element
 * is part of one mark; any other group is entered, and marks end at its bounds.
 */
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

void
tags_open(struct pdf *p)
{
	p->tags.live.prev = p->tags.live.next = &p->tags.live;
	p->tags.tree = object_new(p);
}

static void
plan_free(struct plan *plan)
{
	if (!plan)
		return;
	free(plan->marks);
	free(plan->owners);
	free(plan->links);
	free(plan);
}

static void
elem_forget(struct pdf_elem *e)
{
	e->prev->next = e->next;
	e->next->prev = e->prev;
	if (e->kids != e->few)
		free(e->kids);
	free(e->bbox);
	free(e);
}

void
tags_free(struct pdf *p)
{
	struct tags *t = &p->tags;

	/* An element that has not ended is its maker's, and may be gone. */
	while (t->live.next && t->live.next != &t->live)
		elem_forget(t->live.next);
	for (size_t i = t->ended_from; i < t->n_ended; i++)
		area_elem_free(t->ended[i].elem);
	for (size_t i = 0; i < t->n_pages; i++)
		plan_free(t->pages[i].plan);
	free(t->pages);
	free(t->ended);
	free(t->parents);
	free(t->notes);
	free(t->path);
	buf_free(&t->roots);
}

/* ------------------------------------------------------------- elements */

static void
add_kid(struct pdf_elem *e, enum kid_type type, int page, uint32_t value)
{
	if (e->n == e->cap) {
		uint32_t cap = e->cap * 2;
		struct kid *kids = e->kids == e->few ? NULL : e->kids;

		kids = xrealloc(kids, cap, sizeof *kids);
		if (e->kids == e->few)
			memcpy(kids, e->few, sizeof e->few);
		e->kids = kids;
		e->cap = cap;
	}
	e->kids[e->n++] = (struct kid){ type, (unsigned)page & 0x3FFFFFFF,
		value };
}

static struct pdf_elem *
elem_new(struct pdf *p, struct area_elem *elem)
{
	struct pdf_elem *e = xcalloc(1, sizeof *e), *head = &p->tags.live;

	e->elem = elem;
	e->id = object_new(p);
	e->kids = e->few;
	e->cap = sizeof e->few / sizeof *e->few;
	e->prev = head->prev;
	e->next = head;
	head->prev->next = e;
	head->prev = e;
	elem->out = e;
	return e;
}

/* The element's data; entered below its parent, and that below its own, if
 * this is the first that is seen of them. */
static struct pdf_elem *
enter(struct pdf *p, struct area_elem *elem)
{
	struct tags *t = &p->tags;
	size_t n = 0;

	for (struct area_elem *e = elem; e && !e->out; e = e->parent) {
		VEC_RESERVE(t->path, t->cap_path, n + 1);
		t->path[n++] = e;
	}
	while (n > 0) {
		struct area_elem *e = t->path[--n];
		struct pdf_elem *pe = elem_new(p, e);

		if (e->parent)
			add_kid(e->parent->out, KID_ELEM, 0, pe->id);
		else
			put_ref(&t->roots, pe->id);
	}
	return elem->out;
}

/* ---------------------------------------------------------------- plans */

struct planner {
	struct pdf *p;
	const struct area_page *page;
	struct plan *plan;
	struct area_elem *open;	/* of the mark being made, or NULL */
	/* For each PUSH: its POP, and the one element of all inside. */
	uint32_t *pop;
	struct area_elem **only;
};

static bool
is_drawn(enum area_item_type type)
{
	return type == AREA_TEXT || type == AREA_RECT || type == AREA_PATH ||
	    type == AREA_IMAGE || type == AREA_SLOT;
}

/* Finds the end of each group and whether it is of one element: `only` is
 * then that element, else NULL. */
static void
find_groups(struct planner *pl, uint32_t *stack)
{
	const struct area_page *page = pl->page;
	size_t depth = 0;

	for (uint32_t i = 0; i < page->n; i++) {
		const struct area_item *it = &page->items[i];

		if (it->type == AREA_PUSH) {
			stack[depth++] = i;
			pl->only[i] = it->elem;
		} else if (it->type == AREA_POP && depth > 0) {
			uint32_t push = stack[--depth];

			pl->pop[push] = i;
			if (depth > 0 &&
			    pl->only[push] != pl->only[stack[depth - 1]])
				pl->only[stack[depth - 1]] = NULL;
		} else if (depth > 0 && it->elem != pl->only[stack[depth - 1]] &&
		    it->type != AREA_ANCHOR && it->type != AREA_LINK) {
			pl->only[stack[depth - 1]] = NULL;
		}
	}
	/* A group that nobody closed is not of one piece. */
	while (depth > 0)
		pl->only[stack[--depth]] = NULL;
}

static void
end_mark(struct planner *pl)
{
	pl->open = NULL;
}

static void
want(struct planner *pl, struct area_elem *elem, uint32_t from, uint32_t to)
{
	struct plan *plan = pl->plan;
	struct mark *m;

	if (pl->open == elem) {
		plan->marks[plan->n - 1].to = to;
		return;
	}
	pl->open = elem;
	VEC_RESERVE(plan->marks, plan->cap, plan->n + 1);
	m = &plan->marks[plan->n++];
	*m = (struct mark){ from, to, elem, 0 };
	if (area_is_artifact(elem))
		return;
	struct pdf_elem *e = enter(pl->p, elem);

	m->mcid = (uint32_t)plan->n_owners;
	VEC_RESERVE(plan->owners, plan->cap_owners, plan->n_owners + 1);
	plan->owners[plan->n_owners++] = e->id;
	add_kid(e, KID_MARK, pl->page->index, m->mcid);
}

/* An annotation stands in a Link element (ISO 14289-1, 7.18.5): the one it is
 * in, or one made for it alone. */
static void
plan_link(struct planner *pl, const struct area_item *it)
{
	struct pdf *p = pl->p;
	struct plan *plan = pl->plan;
	struct area_elem *e = it->elem;
	struct plan_link *l;

	while (e && e->role != ROLE_LINK)
		e = e->parent;
	VEC_RESERVE(plan->links, plan->cap_links, plan->n_links + 1);
	l = &plan->links[plan->n_links++];
	l->annot = object_new(p);
	l->elem = 0;
	if (!e) {
		struct area_elem *parent = area_is_artifact(it->elem)
		    ? p->tags.root : it->elem;

		if (!parent) {
			p->accessible = false;
			return;
		}
		e = area_elem_new(ROLE_LINK, parent);
		VEC_RESERVE(p->tags.ended, p->tags.cap_ended,
		    p->tags.n_ended + 1);
		p->tags.ended[p->tags.n_ended++] = (struct ended){ e,
			(uint32_t)pl->page->index };
	}
	l->elem = enter(p, e)->id;
	add_kid(e->out, KID_ANNOT, pl->page->index, l->annot);
}

/* A list's kind of label, from its first one (ISO 14289-1, 7.6). */
static void
note_label(struct planner *pl, const struct area_item *it)
{
	struct area_elem *e = it->elem;
	const char *s, *end;
	struct pdf_elem *list;
	uint32_t cp;

	if (it->type != AREA_TEXT || area_is_artifact(e) || !it->as.text->n)
		return;
	for (int i = 0; e && e->role != ROLE_LBL && i < 3; i++)
		e = e->parent;
	if (!e || e->role != ROLE_LBL)
		return;
	while (e && e->role != ROLE_L)
		e = e->parent;
	list = e ? enter(pl->p, e) : NULL;
	if (!list || list->numbering)
		return;
	s = it->as.text->text + it->as.text->glyphs[0].text_off;
	end = s + strlen(s);
	do
		cp = utf8_next(&s, end);
	while (cp == ' ' || cp == '(');
	list->numbering = cp >= '0' && cp <= '9' ? "Decimal"
	    : cp == 'i' || cp == 'v' || cp == 'x' ? "LowerRoman"
	    : cp == 'I' || cp == 'V' || cp == 'X' ? "UpperRoman"
	    : cp >= 'a' && cp <= 'z'		  ? "LowerAlpha"
	    : cp >= 'A' && cp <= 'Z'		  ? "UpperAlpha"
	    : cp == 0x25E6 || cp == 0x25CB	  ? "Circle"
	    : cp == 0x25AA || cp == 0x25A0	  ? "Square"
						  : "Disc";
}

/* Items from `i` up to `end` that draw nothing, inside a group of one piece. */
static void
plan_inner(struct planner *pl, uint32_t i, uint32_t end)
{
	for (; i < end; i++)
		if (pl->page->items[i].type == AREA_LINK)
			plan_link(pl, &pl->page->items[i]);
}

static void
plan_items(struct planner *pl)
{
	for (uint32_t i = 0; i < pl->page->n; i++) {
		const struct area_item *it = &pl->page->items[i];

		if (it->type == AREA_PUSH && pl->only[i]) {
			want(pl, pl->only[i], i, pl->pop[i] + 1);
			plan_inner(pl, i, pl->pop[i]);
			i = pl->pop[i];
		} else if (it->type == AREA_PUSH || it->type == AREA_POP) {
			end_mark(pl);
		} else if (it->type == AREA_LINK) {
			plan_link(pl, it);
		} else if (it->type == AREA_TOUCH) {
			if (it->elem != pl->open)
				end_mark(pl);
			if (!area_is_artifact(it->elem))
				enter(pl->p, it->elem);
		} else if (is_drawn(it->type)) {
			note_label(pl, it);
			want(pl, it->elem, i, i + 1);
		}
	}
}

static void
plan_page(struct pdf *p, const struct area_page *page, struct plan *plan)
{
	struct planner pl = { .p = p, .page = page, .plan = plan };
	uint32_t *stack = NULL;
	bool groups = false;

	for (size_t i = 0; i < page->n && !groups; i++)
		groups = page->items[i].type == AREA_PUSH;
	if (groups) {
		pl.pop = xcalloc(page->n, sizeof *pl.pop);
		pl.only = xcalloc(page->n, sizeof *pl.only);
		stack = xcalloc(page->n, sizeof *stack);
		find_groups(&pl, stack);
		free(stack);
	}
	plan_items(&pl);
	free(pl.pop);
	free(pl.only);
}

static struct page_entry *
page_entry(struct pdf *p, const struct area_page *page)
{
	struct tags *t = &p->tags;
	size_t i = (size_t)page->index;

	while (t->n_pages <= i) {
		VEC_RESERVE(t->pages, t->cap_pages, t->n_pages + 1);
		t->pages[t->n_pages++] = (struct page_entry){ NULL, 0, 0 };
	}
	return &t->pages[i];
}

void
tags_page(struct pdf *p, const struct area_page *page)
{
	struct tags *t = &p->tags;
	struct page_entry *entry = page_entry(p, page);

	plan_free(entry->plan);
	entry->plan = xcalloc(1, sizeof *entry->plan);
	plan_page(p, page, entry->plan);
	for (size_t i = 0; i < page->n_ended; i++) {
		VEC_RESERVE(t->ended, t->cap_ended, t->n_ended + 1);
		t->ended[t->n_ended++] = (struct ended){ page->ended[i],
			(uint32_t)page->index };
	}
}

struct plan *
tags_plan(struct pdf *p, const struct area_page *page)
{
	return page_entry(p, page)->plan;
}

uint32_t
tags_key(struct pdf *p, unsigned object)
{
	struct tags *t = &p->tags;

	VEC_RESERVE(t->parents, t->cap_parents, t->n_parents + 1);
	t->parents[t->n_parents] = object;
	return (uint32_t)t->n_parents++;
}

void
tags_painted(struct pdf *p, const struct area_page *page, unsigned id,
    uint32_t mcid)
{
	struct tags *t = &p->tags;
	struct page_entry *entry = page_entry(p, page);

	plan_free(entry->plan);
	*entry = (struct page_entry){ NULL, id, mcid };
	while (t->n_painted < t->n_pages && t->pages[t->n_painted].id)
		t->n_painted++;
}

void
tags_box(const struct area_elem *e, const double box[4])
{
	struct pdf_elem *pe = e->out;
	bool first = pe && !pe->bbox;

	if (!pe)
		return;
	if (first)
		pe->bbox = xcalloc(4, sizeof *pe->bbox);
	box_add(pe->bbox, first, box[0], box[1]);
	box_add(pe->bbox, false, box[2], box[3]);
}

/* -------------------------------------------------------------- writing */

static void
put_attributes(struct buf *b, const struct pdf_elem *pe)
{
	static const char *const scopes[] = { [SCOPE_ROW] = "Row",
		[SCOPE_COLUMN] = "Column", [SCOPE_BOTH] = "Both" };
	const struct area_elem *e = pe->elem;
	bool cell = e->role == ROLE_TH || e->role == ROLE_TD;

	if (cell && (e->colspan > 1 || e->rowspan > 1 || e->scope)) {
		buf_puts(b, "/A<</O/Table");
		if (e->role == ROLE_TH && e->scope)
			buf_printf(b, "/Scope/%s", scopes[e->scope]);
		if (e->colspan > 1)
			buf_printf(b, "/ColSpan %u", (unsigned)e->colspan);
		if (e->rowspan > 1)
			buf_printf(b, "/RowSpan %u", (unsigned)e->rowspan);
		buf_puts(b, ">>");
	} else if (e->role == ROLE_L && pe->numbering) {
		buf_printf(b, "/A<</O/List/ListNumbering/%s>>", pe->numbering);
	} else if (pe->bbox) {
		buf_puts(b, "/A<</O/Layout/Placement/Block/BBox[");
		for (int i = 0; i < 4; i++) {
			buf_num(b, pe->bbox[i], 2);
			buf_putc(b, i < 3 ? ' ' : ']');
		}
		buf_puts(b, ">>");
	}
}

/* Kids as numbers where they are on the element's own page, else in full. */
static void
put_kid(struct buf *b, const struct tags *t, const struct kid *k, unsigned own)
{
	const struct page_entry *page = &t->pages[k->page];

	if (k->type == KID_ELEM) {
		put_ref(b, k->value);
	} else if (k->type == KID_ANNOT) {
		buf_puts(b, "<</Type/OBJR/Obj");
		put_ref(b, k->value);
		buf_puts(b, "/Pg");
		put_ref(b, page->id);
		buf_puts(b, ">>");
	} else if (page->id == own) {
		buf_putc(b, ' ');
		put_uint(b, page->mcid + k->value);
	} else {
		buf_puts(b, "<</Type/MCR/Pg");
		put_ref(b, page->id);
		buf_printf(b, "/MCID %u>>", page->mcid + k->value);
	}
}

static void
put_kids(struct buf *b, const struct tags *t, const struct pdf_elem *pe)
{
	unsigned own = 0;
	uint32_t n = 0;

	/* Kids on a page that was never painted do not exist. */
	for (uint32_t i = 0; i < pe->n; i++) {
		const struct kid *k = &pe->kids[i];
		unsigned id = t->pages[k->page].id;

		if (k->type == KID_MARK && !own)
			own = id;
		if (k->type == KID_ELEM || id)
			n++;
	}
	if (own) {
		buf_puts(b, "/Pg");
		put_ref(b, own);
	}
	if (n == 0)
		return;
	buf_puts(b, n > 1 ? "/K[" : "/K");
	for (uint32_t i = 0; i < pe->n; i++)
		if (pe->kids[i].type == KID_ELEM ||
		    t->pages[pe->kids[i].page].id)
			put_kid(b, t, &pe->kids[i], own);
	if (n > 1)
		buf_putc(b, ']');
}

static void
check_accessible(struct pdf *p, const struct area_elem *e)
{
	if ((e->role == ROLE_FIGURE || e->role == ROLE_FORMULA) && !e->alt &&
	    !e->actual)
		p->accessible = false;
	/* No level of headings is left out (7.4.2). */
	if (e->role >= ROLE_H1 && e->role <= ROLE_H6) {
		int level = (int)e->role - ROLE_H1 + 1;

		if (level > p->tags.heading + 1)
			p->accessible = false;
		p->tags.heading = level;
	}
}

static struct pdf_elem *
table_of(const struct area_elem *e)
{
	while (e != NULL && e->role != ROLE_TABLE)
		e = e->parent;
	return e != NULL ? e->out : NULL;
}

/* The rows of a table have as many columns, what spans them reckoned in
 * (ISO 14289-1, 7.5): then its cells cover all of them. */
static void
check_table(struct pdf *p, struct pdf_elem *pe)
{
	const struct area_elem *e = pe->elem;
	struct pdf_elem *up = e->parent != NULL ? e->parent->out : NULL;
	uint32_t columns = e->colspan > 1 ? e->colspan : 1;

	if (e->role == ROLE_TABLE &&
	    pe->cover != (uint64_t)pe->rows * pe->columns)
		p->accessible = false;
	if (e->role == ROLE_TR && (up = table_of(e->parent)) != NULL) {
		if (up->rows++ == 0)
			up->columns = pe->columns;
		up->cover += pe->cover;
	}
	if ((e->role == ROLE_TD || e->role == ROLE_TH) && up != NULL) {
		up->columns += columns;
		up->cover += (uint64_t)columns *
		    (e->rowspan > 1 ? e->rowspan : 1);
	}
}

static void
write_elem(struct pdf *p, struct pdf_elem *pe)
{
	struct tags *t = &p->tags;
	const struct area_elem *e = pe->elem;
	struct pdf_elem *parent = e->parent ? e->parent->out : NULL;
	struct buf *b = &p->scratch;

	buf_clear(b);
	buf_puts(b, "<</S/");
	buf_puts(b, area_role_name(e->role));
	buf_puts(b, "/P");
	put_ref(b, parent ? parent->id : t->tree);
	put_kids(b, t, pe);
	if (e->lang) {
		buf_puts(b, "/Lang");
		put_text(b, e->lang);
	}
	if (e->alt) {
		buf_puts(b, "/Alt");
		put_text(b, e->alt);
	}
	if (e->actual) {
		buf_puts(b, "/ActualText");
		put_text(b, e->actual);
	}
	/* A note has an ID (ISO 14289-1, 7.9); ours are numbers of objects,
	 * filled up with zeros so that they sort. */
	if (e->role == ROLE_NOTE) {
		buf_printf(b, "/ID(%08u)", pe->id);
		VEC_RESERVE(t->notes, t->cap_notes, t->n_notes + 1);
		t->notes[t->n_notes++] = pe->id;
	}
	put_attributes(b, pe);
	buf_puts(b, ">>");
	check_accessible(p, e);
	check_table(p, pe);
	object_put(p, pe->id, b);
}

void
tags_write_ended(struct pdf *p)
{
	struct tags *t = &p->tags;

	while (t->ended_from < t->n_ended &&
	    t->ended[t->ended_from].page < t->n_painted) {
		struct area_elem *e = t->ended[t->ended_from++].elem;

		if (e->out) {
			write_elem(p, e->out);
			elem_forget(e->out);
			e->out = NULL;
		}
		area_elem_free(e);
	}
	if (t->ended_from == t->n_ended)
		t->ended_from = t->n_ended = 0;
}

/* ----------------------------------------------------------------- ends */

#define KEYS_PER_NODE 500

/* A number tree of two levels (7.9.7). */
static unsigned
write_parents(struct pdf *p)
{
	struct tags *t = &p->tags;
	struct buf root = { 0 }, leaf = { 0 };
	unsigned id;

	buf_puts(&root, "<</Kids[");
	for (size_t i = 0; i < t->n_parents; i += KEYS_PER_NODE) {
		size_t end = i + KEYS_PER_NODE < t->n_parents
		    ? i + KEYS_PER_NODE : t->n_parents;

		buf_printf(&leaf, "<</Limits[%zu %zu]/Nums[", i, end - 1);
		for (size_t k = i; k < end; k++) {
			buf_printf(&leaf, "%zu", k);
			put_ref(&leaf, t->parents[k]);
			buf_putc(&leaf, ' ');
		}
		buf_puts(&leaf, "]>>");
		put_ref(&root, object_add(p, &leaf));
	}
	buf_puts(&root, "]>>");
	if (t->n_parents == 0) {
		buf_clear(&root);
		buf_puts(&root, "<</Nums[]>>");
	}
	id = object_add(p, &root);
	buf_free(&root);
	buf_free(&leaf);
	return id;
}

static int
by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
put_notes(struct buf *b, struct tags *t)
{
	if (!t->n_notes)
		return;
	qsort(t->notes, t->n_notes, sizeof *t->notes, by_id);
	buf_puts(b, "/IDTree<</Names[");
	for (size_t i = 0; i < t->n_notes; i++) {
		buf_printf(b, "(%08u)", t->notes[i]);
		put_ref(b, t->notes[i]);
	}
	buf_puts(b, "]>>");
}

unsigned
tags_finish(struct pdf *p)
{
	struct tags *t = &p->tags;
	struct buf b = { 0 };

	t->n_painted = t->n_pages;
	tags_write_ended(p);
	/* What nobody ended stays its maker's, but belongs in the tree. */
	for (struct pdf_elem *e = t->live.next; e != &t->live; e = e->next)
		write_elem(p, e);
	buf_puts(&b, "<</Type/StructTreeRoot/K[");
	buf_puts(&b, buf_str(&t->roots));
	buf_puts(&b, "]/ParentTree");
	put_ref(&b, write_parents(p));
	buf_printf(&b, "/ParentTreeNextKey %zu", t->n_parents);
	put_notes(&b, t);
	buf_puts(&b, ">>");
	object_put(p, t->tree, &b);
	buf_free(&b);
	return t->tree;
}
