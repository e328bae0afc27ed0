/*
 * What one layout tells the next, beside the pages of ids (ids.c): where index
 * keys stand, and the scale that graphics were set at.
 *
 * Whoever asks gets what the layout before knew; what was asked is kept, and
 * when the layout ends with other answers it was not stable.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"
#include "layout/recall.h"

struct key {
	struct occurrence *v;
	size_t n, cap;
};

struct scale {
	int32_t width, height;	/* thousandths of the graphic's own */
};

struct recall {
	struct arena *arena;
	struct map *keys;	/* struct key by index-key */
	struct map *ranges;	/* struct range by the id of its beginning */
	struct map *scales;	/* struct scale by id */
	struct map *asked_keys, *asked_scales;	/* struct where */
};

struct range {
	struct key *key;
	size_t at;
};

struct recall *
recall_new(void)
{
	struct recall *r = xcalloc(1, sizeof *r);

	r->arena = arena_new();
	r->keys = map_new();
	r->ranges = map_new();
	r->scales = map_new();
	r->asked_keys = map_new();
	r->asked_scales = map_new();
	return r;
}

void
recall_free(struct recall *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < map_count(r->keys); i++)
		free(((struct key *)map_value(r->keys, i))->v);
	map_free(r->keys);
	map_free(r->ranges);
	map_free(r->scales);
	map_free(r->asked_keys);
	map_free(r->asked_scales);
	arena_free(r->arena);
	free(r);
}

static void
ask(struct recall *r, struct map *asked, const char *what, struct where where)
{
	struct where *w;

	if (map_lookup(asked, what) != NULL)
		return;
	w = arena_alloc(r->arena, sizeof *w);
	*w = where;
	map_put(asked, what, w);
}

/* ---------------------------------------------------------- index keys */

static const char *
index_key(const struct fo_node *n)
{
	const char *key = fo_string(n->style, PR_INDEX_KEY);

	return key != NULL && *key != '\0' ? key : NULL;
}

bool
recall_wants(const struct fo_node *n)
{
	return n->type == FO_INDEX_RANGE_END || index_key(n) != NULL;
}

static struct key *
key_of(struct recall *r, const char *name)
{
	struct key *k = map_lookup(r->keys, name);

	if (k == NULL) {
		k = arena_alloc(r->arena, sizeof *k);
		*k = (struct key){ 0 };
		map_put(r->keys, name, k);
	}
	return k;
}

static struct cited_page
this_page(struct recall *r, const struct painter *p)
{
	return (struct cited_page){
		.label = arena_strdup(r->arena, p->context->label),
		.index = p->context->index,
		.number = p->context->number,
	};
}

/* The place that links from the index lead to: named by its rank among the
 * key's, which a later layout does not change. */
static const char *
make_anchor(struct recall *r, struct painter *p, const char *key, size_t rank,
    mpt x, mpt y)
{
	struct buf name = { 0 };
	const char *id;

	buf_printf(&name, "index-%s-%d", key, (int)rank + 1);
	id = arena_strdup(r->arena, buf_str(&name));
	buf_free(&name);
	ids_place_name(p, id, x, y);
	return id;
}

static void
end_range(struct recall *r, const struct painter *p, const struct fo_node *n)
{
	const char *id = fo_string(n->style, PR_REF_ID);
	struct range *open = id != NULL ? map_lookup(r->ranges, id) : NULL;

	if (open != NULL)
		open->key->v[open->at].to = this_page(r, p);
}

static void
begin_range(struct recall *r, const char *id, struct key *k)
{
	struct range *open = arena_alloc(r->arena, sizeof *open);

	*open = (struct range){ k, k->n - 1 };
	map_put(r->ranges, id, open);
}

void
recall_place(struct painter *p, const struct fo_node *n, mpt x, mpt y)
{
	struct recall *r = p->l->recall;
	const char *name = index_key(n), *klass;
	struct occurrence *o;
	struct key *k;

	if (p->is_static)
		return;
	if (n->type == FO_INDEX_RANGE_END) {
		end_range(r, p, n);
		return;
	}
	klass = fo_string(n->style, PR_INDEX_CLASS);
	k = key_of(r, name);
	/* A page is cited once for what stands on it. */
	if (k->n > 0 && n->type != FO_INDEX_RANGE_BEGIN &&
	    k->v[k->n - 1].from.index == p->context->index &&
	    str_eq(k->v[k->n - 1].klass, klass != NULL ? klass : ""))
		return;
	VEC_RESERVE(k->v, k->cap, k->n + 1);
	o = &k->v[k->n++];
	o->from = o->to = this_page(r, p);
	o->klass = arena_strdup(r->arena, klass != NULL ? klass : "");
	o->dest = make_anchor(r, p, name, k->n - 1, x, y);
	if (n->type == FO_INDEX_RANGE_BEGIN && n->id != NULL)
		begin_range(r, n->id, k);
}

const struct occurrence *
recall_key(struct layout *l, const char *name, struct where where, size_t *n)
{
	const struct recall *before = *memory_recall(l->memory);
	const struct key *k;

	ask(l->recall, l->recall->asked_keys, name, where);
	k = before != NULL ? map_lookup(before->keys, name) : NULL;
	*n = k != NULL ? k->n : 0;
	return k != NULL ? k->v : NULL;
}

/* --------------------------------------------------------------- scales */

void
recall_scale_put(struct layout *l, const char *id, int32_t width,
    int32_t height)
{
	struct recall *r = l->recall;
	struct scale *s = map_lookup(r->scales, id);

	if (s == NULL) {
		s = arena_alloc(r->arena, sizeof *s);
		map_put(r->scales, id, s);
	}
	*s = (struct scale){ width, height };
}

int32_t
recall_scale(struct layout *l, const char *id, bool height,
    struct where where)
{
	const struct recall *before = *memory_recall(l->memory);
	const struct scale *s;

	ask(l->recall, l->recall->asked_scales, id, where);
	s = before != NULL ? map_lookup(before->scales, id) : NULL;
	if (s == NULL)
		s = map_lookup(l->recall->scales, id);
	return s == NULL ? -1 : height ? s->height : s->width;
}

/* -------------------------------------------------------------- the end */

static bool
same_page(const struct cited_page *a, const struct cited_page *b)
{
	return a->index == b->index && str_eq(a->label, b->label);
}

static bool
same_key(const struct key *a, const struct key *b)
{
	size_t n = a != NULL ? a->n : 0;

	if (n != (b != NULL ? b->n : 0))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!same_page(&a->v[i].from, &b->v[i].from) ||
		    !same_page(&a->v[i].to, &b->v[i].to) ||
		    !str_eq(a->v[i].klass, b->v[i].klass))
			return false;
	return true;
}

static bool
same_scale(const struct scale *a, const struct scale *b)
{
	return a != NULL && b != NULL ? a->width == b->width &&
	    a->height == b->height : a == b;
}

bool
recall_finish(struct layout *l)
{
	struct recall **memory = memory_recall(l->memory);
	struct recall *now = l->recall, *before = *memory;
	bool stable = true;

	for (size_t i = 0; i < map_count(now->asked_keys); i++) {
		const char *name = map_key(now->asked_keys, i);
		struct key *k = map_lookup(now->keys, name);

		stable &= same_key(k, before != NULL ?
		    map_lookup(before->keys, name) : NULL);
		if (k == NULL)
			diag_report(l->job->diag, DIAG_LAYOUT_UNKNOWN_KEY,
			    *(struct where *)map_value(now->asked_keys, i),
			    name);
	}
	for (size_t i = 0; i < map_count(now->asked_scales); i++) {
		const char *id = map_key(now->asked_scales, i);
		struct scale *s = map_lookup(now->scales, id);

		stable &= same_scale(s, before != NULL ?
		    map_lookup(before->scales, id) : NULL);
		if (s == NULL)
			diag_report(l->job->diag, DIAG_LAYOUT_UNKNOWN_ID,
			    *(struct where *)map_value(now->asked_scales, i),
			    id);
	}
	/* Pages' slots and labels may still be looked at: the strings of this
	 * layout live on in the memory. */
	recall_free(before);
	*memory = now;
	l->recall = NULL;
	return stable;
}
