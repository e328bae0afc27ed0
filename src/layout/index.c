/*
 * fo:index-page-citation-list (XSL 1.1, 6.10 and 7.24): the pages of the keys
 * that its index-key-references name, as text and links.
 *
 * 1. Each occurrence of a key is an item: a page, or a range of pages.
 * 2. The items of all references are put into one order of pages where pages
 *    may be merged across references, else each reference's by itself.
 * 3. What is cited already is dropped: a page twice, a page in a range; ranges
 *    that meet become one.  Only items of one index-class, and of one
 *    reference unless merging across references is allowed, are compared.
 * 4. Three or more pages in a row become a range, where sequential numbers are
 *    to be merged; two stay as they are: "3-4" says no more than "3, 4".
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"
#include "layout/recall.h"

struct item {
	struct cited_page from, to;
	const char *klass, *dest;
	struct fo_node *ref;	/* fo:index-key-reference */
	int group;		/* items of another group are not compared */
	int rank;		/* keeps the order of equal items */
};

struct items {
	struct item *v;
	size_t n, cap;
};

/* --------------------------------------------------------------- items */

static bool
merges(const struct fo_node *n, enum fo_prop p)
{
	return fo_keyword(n->style, p) != KW_LEAVE_SEPARATE;
}

static void
add_items(struct layout *l, struct items *it, struct fo_node *ref, int group)
{
	const char *key = fo_string(ref->style, PR_REF_INDEX_KEY);
	const struct occurrence *v;
	size_t n = 0, i;

	if (key == NULL || *key == '\0')
		return;
	v = recall_key(l, key, ref->where, &n);
	for (i = 0; i < n; i++) {
		VEC_RESERVE(it->v, it->cap, it->n + 1);
		it->v[it->n] = (struct item){ v[i].from, v[i].to, v[i].klass,
			v[i].dest, ref, group, (int)it->n };
		it->n++;
	}
}

/* By groups, then pages; of items that begin on a page the longest first. */
static int
compare_pages(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->from.index != y->from.index)
		return x->from.index < y->from.index ? -1 : 1;
	if (x->to.index != y->to.index)
		return x->to.index > y->to.index ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* What may be merged stands together: classes inside groups. */
static int
compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->klass, y->klass);

	return x->group != y->group || order == 0 ? compare_pages(a, b) :
	    order;
}

static bool
is_range(const struct item *i)
{
	return i->to.index > i->from.index;
}

static bool
comparable(const struct fo_node *list, const struct item *a,
    const struct item *b)
{
	if (a->group != b->group || !str_eq(a->klass, b->klass))
		return false;
	return a->ref == b->ref || !is_range(a) || !is_range(b) ||
	    merges(list, PR_MERGE_RANGES);
}

static bool
follows(const struct cited_page *a, const struct cited_page *b)
{
	return b->index == a->index + 1 && b->number == a->number + 1;
}

/* Does b only say what a says, or go on where a range ends? */
static bool
absorb(struct item *a, const struct item *b)
{
	if (b->from.index > a->to.index &&
	    !(is_range(a) && is_range(b) && follows(&a->to, &b->from)))
		return false;
	if (b->to.index > a->to.index)
		a->to = b->to;
	return true;
}

static void
drop_repeated(const struct fo_node *list, struct items *it)
{
	size_t n = 0, i;

	for (i = 0; i < it->n; i++)
		if (n == 0 || !comparable(list, &it->v[n - 1], &it->v[i]) ||
		    !absorb(&it->v[n - 1], &it->v[i]))
			it->v[n++] = it->v[i];
	it->n = n;
}

/* Where the run of sequential items that begins at i ends. */
static size_t
run_end(const struct fo_node *list, const struct items *it, size_t i)
{
	size_t k = i + 1;

	while (k < it->n && comparable(list, &it->v[k - 1], &it->v[k]) &&
	    follows(&it->v[k - 1].to, &it->v[k].from))
		k++;
	return k;
}

static void
join_runs(const struct fo_node *list, struct items *it)
{
	size_t n = 0, i, end;

	for (i = 0; i < it->n; i = end) {
		struct item first = it->v[i];

		end = run_end(list, it, i);
		if (it->v[end - 1].to.index - first.from.index < 2)
			end = i + 1;
		first.to = it->v[end - 1].to;
		it->v[n++] = first;
	}
	it->n = n;
}

static void
collect_items(struct layout *l, struct fo_node *list, struct items *it)
{
	bool pages = merges(list, PR_MERGE_PAGES);
	struct fo_node *n;
	int group = 0;

	for (n = list->first; n != NULL; n = n->next)
		if (n->type == FO_INDEX_KEY_REFERENCE)
			add_items(l, it, n, pages ? 0 : group++);
	if (it->n == 0)
		return;
	qsort(it->v, it->n, sizeof *it->v, compare_items);
	drop_repeated(list, it);
	if (merges(list, PR_MERGE_SEQUENTIAL))
		join_runs(list, it);
	qsort(it->v, it->n, sizeof *it->v, compare_pages);
}

/* ---------------------------------------------------------------- nodes */

/* A node of our own below `parent`, in the style of `like`. */
static struct fo_node *
add_node(struct layout *l, struct fo_node *parent, enum fo_type type,
    const struct fo_node *like)
{
	struct fo_node *n = arena_alloc(l->arena, sizeof *n);

	memset(n, 0, sizeof *n);
	n->type = (uint16_t)type;
	n->complete = true;
	n->parent = parent;
	n->style = like->style;
	n->where = like->where;
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
	return n;
}

static void
add_text(struct layout *l, struct fo_node *parent, const char *text)
{
	struct fo_node *n = add_node(l, parent, FO_TEXT, parent);

	n->text = text;
	n->text_n = (uint32_t)strlen(text);
}

/* The content of a prefix, suffix or separator, as often as needed. */
static void
add_copy(struct layout *l, struct fo_node *parent, struct fo_node *of,
    const char *otherwise)
{
	struct fo_node *n;

	if (of == NULL) {
		if (otherwise != NULL)
			add_text(l, parent, otherwise);
		return;
	}
	n = add_node(l, parent, FO_INLINE, of);
	n->first = of->first;
	n->last = of->last;
}

/* A style that leads somewhere. */
static const struct fo_style *
link_style(struct layout *l, const struct fo_style *like, const char *dest)
{
	enum { RUN = PR_INTERNAL_DESTINATION / FO_RUN };
	struct fo_style *st = arena_alloc(l->arena, sizeof *st);
	struct fo_value *run = arena_array(l->arena, FO_RUN, sizeof *run);

	*st = *like;
	memcpy(run, like->run[RUN], FO_RUN * sizeof *run);
	run[PR_INTERNAL_DESTINATION % FO_RUN] = (struct fo_value){
		.kind = FV_STRING, .str = arena_strdup(l->arena, dest) };
	st->run[RUN] = run;
	return st;
}

static void
add_citation(struct layout *l, struct fo_node *out, struct fo_node *list,
    const struct item *i)
{
	bool link = fo_keyword(i->ref->style, PR_PAGE_NUMBER_TREATMENT) ==
	    KW_LINK;
	struct fo_node *n = add_node(l, out, link ? FO_BASIC_LINK : FO_INLINE,
	    i->ref);

	if (link)
		n->style = link_style(l, i->ref->style, i->dest);
	add_copy(l, n, fo_child_of_type(l->doc, i->ref,
	    FO_INDEX_PAGE_NUMBER_PREFIX), NULL);
	add_text(l, n, arena_strdup(l->arena, i->from.label));
	if (is_range(i)) {
		add_copy(l, n, fo_child_of_type(l->doc, list,
		    FO_INDEX_PAGE_CITATION_RANGE_SEPARATOR), "\u2013");
		add_text(l, n, arena_strdup(l->arena, i->to.label));
	}
	add_copy(l, n, fo_child_of_type(l->doc, i->ref,
	    FO_INDEX_PAGE_NUMBER_SUFFIX), NULL);
}

struct fo_node *
index_content(struct layout *l, struct fo_node *list)
{
	struct items it = { 0 };
	struct fo_node top = { 0 };
	size_t i;

	collect_items(l, list, &it);
	for (i = 0; i < it.n; i++) {
		if (i > 0)
			add_copy(l, &top, fo_child_of_type(l->doc, list,
			    FO_INDEX_PAGE_CITATION_LIST_SEPARATOR), NULL);
		if (i > 0 && fo_child_of_type(l->doc, list,
		    FO_INDEX_PAGE_CITATION_LIST_SEPARATOR) == NULL) {
			struct fo_node *n = add_node(l, &top, FO_INLINE, list);

			add_text(l, n, ", ");
		}
		add_citation(l, &top, list, &it.v[i]);
	}
	free(it.v);
	for (struct fo_node *n = top.first; n != NULL; n = n->next)
		n->parent = list;
	return top.first;
}

/* --------------------------------------------------------------- scales */

/* The scale in percent, intrinsic-scale-value being 100 % (6.6.15). */
void
index_scale_text(struct layout *l, struct fo_node *n, struct buf *out)
{
	const char *id = fo_string(n->style, PR_REF_ID);
	bool height = fo_keyword(n->style, PR_SCALE_OPTION) == KW_HEIGHT;
	int32_t scale = id != NULL ? recall_scale(l, id, height, n->where) : -1;
	int32_t whole = fo_number(n->style, PR_INTRINSIC_SCALE_VALUE, 100000);

	number_format(out, scale < 0 ? mpt_scale(whole, 1, 1000) :
	    mpt_scale(mpt_scale(whole, scale, 1000), 1, 1000), n->style);
}
