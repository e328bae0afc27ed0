/*
 * The order of pages.  Normally pages leave as they are made.  In a booklet
 * some page sequences stand elsewhere than in the FO (px:booklet, see
 * FORMATTER.md): on the centre spread, inside the back cover, on the back.
 *
 * The page count that this needs is known after a first layout: it counts, and
 * is not stable.  From then on each page has its place when it is made: the
 * binder tells its index, holds pages back until those before them have come,
 * and says how many blanks fill the last sheet.  A count that changes makes
 * the layout unstable once more.
 */
#include <stdlib.h>

#include "layout/pages.h"

struct binder {
	struct layout *l;
	struct booklet *plan;	/* of the memory */
	struct booklet now;	/* what this layout has seen */
	enum fo_keyword kind;	/* of the sequence being made */
	int ordinal;		/* of that sequence, 1… */
	struct area_page **held;	/* by index; NULL: not come yet */
	size_t n_held, cap_held;
	int next;		/* index of the page that leaves next */
	int filler;		/* blanks that filled the last sheet */
	bool refused;
};

struct binder *
binder_new(struct layout *l)
{
	struct binder *b = xcalloc(1, sizeof *b);

	b->l = l;
	b->plan = memory_booklet(l->memory);
	return b;
}

void
binder_free(struct binder *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->n_held; i++)
		if (b->held[i] != NULL)
			area_page_free(b->held[i]);
	free(b->held);
	free(b);
}

void
binder_sequence(struct binder *b, enum fo_keyword kind)
{
	b->kind = kind;
	b->ordinal++;
	if (kind != KW_CENTRE && kind != KW_INSIDE_BACK && kind != KW_BACK)
		b->now.last_normal = b->ordinal;
}

static int *
count_of(struct booklet *k, enum fo_keyword kind)
{
	switch (kind) {
	case KW_CENTRE:
		return &k->centre;
	case KW_INSIDE_BACK:
		return &k->inside;
	case KW_BACK:
		return &k->back;
	default:
		return &k->normal;
	}
}

/* Pages of the booklet: whole sheets of four. */
static int
total(const struct booklet *k)
{
	int n = k->normal + k->centre + k->inside + k->back;

	return (n + 3) / 4 * 4;
}

int
binder_index(const struct binder *b)
{
	const struct booklet *k = b->plan;
	struct booklet now = b->now;
	int i = *count_of(&now, b->kind), n = total(k), centre;

	if (!k->known)
		return now.normal + now.centre + now.inside + now.back;
	if (b->kind != KW_CENTRE && b->kind != KW_INSIDE_BACK &&
	    b->kind != KW_BACK)
		i += b->filler;
	centre = n / 2 - k->centre / 2;
	switch (b->kind) {
	case KW_CENTRE:
		return centre + i;
	case KW_INSIDE_BACK:
		return n - k->back - k->inside + i;
	case KW_BACK:
		return n - k->back + i;
	default:
		return i < centre ? i : i + k->centre;
	}
}

int
binder_blanks(const struct binder *b)
{
	const struct booklet *k = b->plan;

	if (!k->known || b->ordinal != k->last_normal)
		return 0;
	return total(k) - (k->normal + k->centre + k->inside + k->back);
}

static bool
hand_on(struct binder *b, struct area_page *page)
{
	const struct area_sink *sink = b->l->sink;

	b->next++;
	if (!sink->page(sink->ctx, page))
		b->refused = true;
	return !b->refused;
}

bool
binder_page(struct binder *b, struct area_page *page, bool filler)
{
	size_t i = (size_t)page->index;

	if (filler)
		b->filler++;
	else
		++*count_of(&b->now, b->kind);
	if (page->index == b->next && b->n_held == 0)
		return hand_on(b, page);
	while (b->n_held <= i) {
		VEC_RESERVE(b->held, b->cap_held, b->n_held + 1);
		b->held[b->n_held++] = NULL;
	}
	if (b->held[i] != NULL)
		area_page_free(b->held[i]);
	b->held[i] = page;
	while ((size_t)b->next < b->n_held && b->held[b->next] != NULL &&
	    !b->refused) {
		page = b->held[b->next];
		b->held[b->next] = NULL;
		hand_on(b, page);
	}
	return !b->refused;
}

bool
binder_end(struct binder *b)
{
	const struct booklet *was = b->plan;
	struct booklet *now = &b->now;
	bool is_booklet = now->centre + now->inside + now->back > 0;
	bool stable = !is_booklet || (was->known &&
	    was->normal == now->normal && was->centre == now->centre &&
	    was->inside == now->inside && was->back == now->back &&
	    was->last_normal == now->last_normal);

	/* What was planned and did not come leaves holes. */
	for (size_t i = 0; i < b->n_held; i++) {
		if (b->held[i] == NULL)
			continue;
		if (b->refused)
			area_page_free(b->held[i]);
		else
			hand_on(b, b->held[i]);
		b->held[i] = NULL;
	}
	now->known = is_booklet;
	*b->plan = *now;
	return stable;
}
