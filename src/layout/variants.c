/*
 * Cases of a fo:multi-switch of which a page shows the first that fits into what
 * is left of its column; nothing if none does (fox:auto-toggle, as in FOP).
 *
 * They are one box, which is not broken.  How high it is depends on where its
 * column begins, so whoever looks for the column's end asks anew for each place
 * (frag_class.fit); the stream tells it when that is known.
 */
#include <stdlib.h>

#include "layout/layout_int.h"

struct variants {
	struct frag frag;
	struct variant {
		struct vlist *list;
		mpt height;
	} *v;
	size_t n, cap;
	size_t shown;		/* n: none */
};

static struct variants *
variants_of(struct frag *f)
{
	return (struct variants *)(void *)f;
}

static size_t
first_fitting(const struct variants *v, mpt room)
{
	size_t k = 0;

	while (k < v->n && v->v[k].height > room)
		k++;
	return k;
}

static mpt
variants_fit(struct frag *f, mpt room, bool shown)
{
	struct variants *v = variants_of(f);
	size_t k = first_fitting(v, room);

	if (shown)
		v->shown = k;
	return k < v->n ? v->v[k].height : 0;
}

static void
variants_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	struct variants *v = variants_of(f);
	struct vlist *l;

	if (v->shown == v->n)
		return;
	l = v->v[v->shown].list;
	vlist_paint(l, 0, l->n, p, x, y);
}

static void
variants_free(struct frag *f)
{
	struct variants *v = variants_of(f);

	for (size_t i = 0; i < v->n; i++)
		vlist_free(v->v[i].list);
	free(v->v);
	free(v);
}

static const struct frag_class variants_class = { .name = "variants",
	.paint = variants_paint, .fit = variants_fit, .free = variants_free };

static void
add_case(struct variants *v, struct layout *l, struct fo_node *n,
    const struct room *room)
{
	struct vlist *list = flow_collect_area(l, n, room);

	VEC_RESERVE(v->v, v->cap, v->n + 1);
	v->v[v->n++] = (struct variant){ list, vlist_height(list, 0, list->n) };
}

/* Where nobody asks whether it fits the first is shown. */
static bool
variants_step(struct feed *s, struct frame *f)
{
	struct layout *l = feed_layout(s);
	struct variants *v;

	if (f->begun)
		return false;
	f->begun = true;
	v = xcalloc(1, sizeof *v);
	v->frag.cls = &variants_class;
	for (struct fo_node *n = fo_child(l->doc, f->node, NULL); n != NULL;
	    n = fo_child(l->doc, f->node, n))
		if (n->type == FO_MULTI_CASE)
			add_case(v, l, n, &f->room);
	feed_box(s, (struct velem){ .type = VE_BOX, .node = f->node, .box = {
	    .frag = &v->frag, .height = v->n > 0 ? v->v[0].height : 0 } });
	return true;
}

static const struct frame_kind variants_frame = { .name = "variants",
	.step = variants_step };

bool
variants_wanted(const struct fo_node *n)
{
	return n->type == FO_MULTI_SWITCH && fo_keyword(n->style,
	    PR_AUTO_TOGGLE) == KW_SELECT_FIRST_FITTING;
}

void
variants_push(struct feed *s, struct fo_node *n, struct vbox *b,
    const struct room *room)
{
	feed_push(s, &variants_frame, n, b, room);
}
