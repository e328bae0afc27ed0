/*
 * The order of painting where objects have a stack level (XSL 1.1, 7.30.18): the
 * lower first, all of one thing as one.
 */
#include <stdlib.h>
#include <string.h>

#include "area/area.h"

void
area_raise(struct area_page *p, size_t from, int z)
{
	if (p->n == from || z == 0)
		return;
	if (p->n_levels == p->cap_levels)
		p->levels = arena_grow(p->arena, p->levels, &p->cap_levels,
		    p->n_levels + 1, sizeof *p->levels);
	p->levels[p->n_levels++] = (struct area_level){ from, p->n, z };
}

static int
by_level(const void *a, const void *b)
{
	const struct area_level *l = a, *r = b;

	if (l->z != r->z)
		return l->z < r->z ? -1 : 1;
	return l->from < r->from ? -1 : l->from > r->from;
}

static size_t
take(const struct area_page *p, size_t from, size_t to,
    struct area_item *out)
{
	memcpy(out, p->items + from, (to - from) * sizeof *out);
	return to - from;
}

/* What is on no level of its own, in its order; levels are in theirs. */
static size_t
take_rest(const struct area_page *p, size_t from,
    const struct area_level *l, size_t n, struct area_item *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		k += take(p, from, l[i].from, out + k);
		from = l[i].to;
	}
	return k + take(p, from, p->n, out + k);
}

void
area_stack(struct area_page *p, size_t from)
{
	size_t first = p->n_levels, n, n_rest, k = 0, i;
	struct area_item *out, *rest;
	struct area_level *l;

	while (first > 0 && p->levels[first - 1].from >= from)
		first--;
	n = p->n_levels - first;
	if (n == 0)
		return;
	l = p->levels + first;
	p->n_levels = first;
	out = xcalloc(p->n - from, sizeof *out);
	rest = xcalloc(p->n - from, sizeof *rest);
	n_rest = take_rest(p, from, l, n, rest);
	qsort(l, n, sizeof *l, by_level);
	for (i = 0; i < n && l[i].z < 0; i++)
		k += take(p, l[i].from, l[i].to, out + k);
	memcpy(out + k, rest, n_rest * sizeof *rest);
	k += n_rest;
	for (; i < n; i++)
		k += take(p, l[i].from, l[i].to, out + k);
	memcpy(p->items + from, out, k * sizeof *out);
	free(out);
	free(rest);
}
