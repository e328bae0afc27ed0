/*
 * Before-floats (XSL 1.1, 6.12.2): they stand at the top of the page, over all
 * its columns, and below them what the static content
 * xsl-before-float-separator holds, when there is any on the page.
 *
 * A float stands on the page of its line if it leaves room there for that
 * line; else on the next page that has room for it, in the order of the calls.
 * One that is higher than a page stands on one all the same.  FOP 2.8 has no
 * before-floats: it prints them over the text.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"

static struct room
before_room(const struct page_sequence *ps, bool is_static)
{
	return (struct room){
		.ipd = ps->body_ipd,
		.bpd = ps->body_bpd,
		.stack = ps->body_bpd,
		.elem = is_static ? area_artifact(ROLE_ARTIFACT_LAYOUT) :
		    ps->l->area_doc.root,
		.rtl = ps->rtl,
		.is_static = is_static,
	};
}

void
befores_free(struct befores *b)
{
	for (size_t i = 0; i < b->n; i++)
		vlist_free(b->v[i]);
	free(b->v);
	*b = (struct befores){ 0 };
}

static void
befores_push(struct befores *b, struct vlist *list)
{
	VEC_RESERVE(b->v, b->cap, b->n + 1);
	b->v[b->n++] = list;
}

static mpt
list_height(const struct vlist *list)
{
	return vlist_height(list, 0, list->n);
}

static struct vlist *
separator(struct page_sequence *ps)
{
	struct room room = before_room(ps, true);

	return ps->before_separator == NULL ? xcalloc(1,
	    sizeof(struct vlist)) :
	    flow_collect(ps->l, ps->before_separator, &room);
}

static struct note *
note_origin(struct note *n)
{
	return n->origin != NULL ? n->origin : n;
}

static struct vlist *
note_list(struct page_sequence *ps, struct note *n)
{
	struct room room = before_room(ps, false);

	if (n->body == NULL)
		n->body = vlist_hold(flow_collect_area(ps->l, n->footnote,
		    &room), n->footnote);
	return n->body;
}

void
before_add(struct page_sequence *ps, struct note *n)
{
	n = note_origin(n);
	if (n->placed)
		return;
	befores_push(&ps->befores, note_list(ps, n));
	n->body = NULL;
	n->placed = true;
}

/* The next float called after element *i of the flow that stands on no page
 * yet; *i: the element that calls it. */
static struct note *
next_call(struct page_sequence *ps, size_t *i, size_t end)
{
	const struct vlist *l = &ps->stream.list;

	for (; *i < end && *i < l->n; ++*i) {
		if (l->v[*i].type != VE_BOX)
			continue;
		for (struct note *n = l->v[*i].box.notes; n != NULL;
		    n = n->next)
			if (n->before && !note_origin(n)->placed)
				return note_origin(n);
	}
	return NULL;
}

/* Takes waiting floats, then those called on the page itself, as long as they
 * fit.  Returns their height. */
static mpt
choose(struct page_sequence *ps, const struct page_plan *plan, mpt line,
    struct befores *chosen)
{
	struct befores *waiting = &ps->befores;
	mpt bpd = plan->regions[REGION_BODY].bpd, used = line;
	struct note *n;
	size_t i = 0;

	while (i < waiting->n) {
		mpt h = list_height(waiting->v[i]);

		if (mpt_add(used, h) > bpd && chosen->n > 0)
			break;
		if (mpt_add(used, h) > bpd)
			diag_report(ps->l->job->diag, DIAG_LAYOUT_TALL,
			    waiting->v[i]->v[0].node->where, NULL);
		befores_push(chosen, waiting->v[i++]);
		used = mpt_add(used, h);
	}
	waiting->n -= i;
	if (waiting->n > 0)
		memmove(waiting->v, waiting->v + i,
		    waiting->n * sizeof *waiting->v);
	if (waiting->n > 0 || used >= bpd)
		return used;
	i = 0;
	while ((n = next_call(ps, &i, trial_end(ps, plan, chosen->n > 0 ?
	    used : 0))) != NULL) {
		mpt h = mpt_add(used, list_height(note_list(ps, n)));

		if (h >= bpd || trial_end(ps, plan, h) <= i)
			break;
		used = h;
		befores_push(chosen, n->body);
		n->body = NULL;
		n->placed = true;
	}
	return used;
}

mpt
before_paint(struct page_sequence *ps, const struct page_plan *plan,
    struct painter *p, mpt x, mpt y)
{
	struct befores chosen = { 0 };
	struct vlist *line = separator(ps);
	mpt used = choose(ps, plan, list_height(line), &chosen);
	struct painter artifact = *p;

	for (size_t i = 0; i < chosen.n; i++)
		y += vlist_paint(chosen.v[i], 0, chosen.v[i]->n, p, x, y);
	if (chosen.n > 0) {
		artifact.is_static = true;
		artifact.artifact = area_artifact(ROLE_ARTIFACT_LAYOUT);
		vlist_paint(line, 0, line->n, &artifact, x, y);
	} else {
		used = 0;
	}
	befores_free(&chosen);
	vlist_free(line);
	return used;
}
