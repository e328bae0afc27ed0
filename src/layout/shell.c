/*
 * Blocks in an inline (XSL 1.1, 6.6.7), as Apache FOP has them.  The builder has
 * parted the inline; its part with the blocks is a shell around them.  Each line
 * of the blocks, or row of a table, is an area of the shell, and of every block
 * around it: with all of their borders and padding, one below the other.  So
 * the elements of a shell are cut as pages would cut them, and each piece is a
 * box for those that place it.  Where nothing of that can be seen the blocks are
 * left as they are, but for those with a frame, which are cut by themselves.
 *
 * A shell around another shell has the height of a line of its font, whatever
 * is in it.
 */
#include <stdlib.h>

#include "layout/pages.h"
#include "layout/para.h"

#define SEEN_DEPTH 200		/* of what is looked into for frames */

struct shell {
	struct vbox b;		/* at its content */
	mpt start, end;		/* the edges that its content leaves room for */
	mpt kept_start, kept_end, full_start, full_end;
	mpt above, below;
	mpt line;		/* around another shell: how high; else 0 */
	bool rtl;
	/* While a piece of it is painted: */
	mpt left, right;	/* its edges */
	mpt moved;		/* how far right shells inside move it too much */
	bool has_start, has_end;
	bool empty;		/* there is nothing in the piece */
};

/* ---------------------------------------------------------------- shells */

static bool
is_in_between(const struct fo_node *n)
{
	return n->type == FO_BLOCK || n->type == FO_WRAPPER || n->shell ||
	    n->type == FO_MULTI_SWITCH || n->type == FO_MULTI_CASE ||
	    n->type == FO_MULTI_PROPERTIES || n->type == FO_RETRIEVE_MARKER;
}

static bool
is_of_table(const struct fo_node *n)
{
	return n->type == FO_TABLE || n->type == FO_TABLE_AND_CAPTION ||
	    n->type == FO_TABLE_HEADER || n->type == FO_TABLE_FOOTER ||
	    n->type == FO_TABLE_BODY || n->type == FO_TABLE_ROW;
}

/* Are there lists, cells and the like with a frame?  That of a block is torn by
 * itself, what is in cells, items and containers is as elsewhere. */
static bool
holds_frames(const struct fo_node *n, int depth)
{
	for (const struct fo_node *c = n->first; c != NULL; c = c->next) {
		bool between = is_in_between(c);

		if (c->type == FO_TEXT ||
		    (!between && fo_is_inline((enum fo_type)c->type)))
			continue;
		if ((!between && decor_is_seen(c->style)) ||
		    ((between || is_of_table(c)) && depth < SEEN_DEPTH &&
		    holds_frames(c, depth + 1)))
			return true;
	}
	return false;
}

bool
shell_holds(const struct fo_node *n)
{
	do
		n = n->parent;
	while (n != NULL && !n->shell && is_in_between(n));
	return n != NULL && n->shell;
}

static bool
holds_shell(const struct fo_node *n)
{
	for (const struct fo_node *c = n->first; c != NULL; c = c->next)
		if (c->shell)
			return true;
	return false;
}

static void
shell_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	const struct shell *sh = (const struct shell *)(const void *)b;
	struct edges edges = { true, true, sh->has_start, sh->has_end };
	mpt y = part->y, h = part->h;

	if (sh->empty)
		return;
	if (sh->line > 0) {
		y -= sh->above;
		h = sh->above + sh->line + sh->below;
	}
	decor_paint(p, b->style, part->x - sh->moved - sh->left, y,
	    b->width + sh->left + sh->right, h, edges);
}

static const struct vbox_class shell_class = { .name = "shell",
	.paint = shell_paint };
static const struct vbox_class plain_class = { .name = "plain" };

static void
set_edges(struct shell *sh, const struct room *room,
    const struct text_style *ts)
{
	const struct fo_node *n = sh->b.node;
	const struct fo_style *st = n->style;
	mpt ipd = room->ipd;

	sh->full_start = decor_edge(st, SIDE_START, ipd);
	sh->full_end = decor_edge(st, SIDE_END, ipd);
	sh->kept_start = decor_kept(st, SIDE_START, ipd);
	sh->kept_end = decor_kept(st, SIDE_END, ipd);
	sh->start = n->goes_on_from ? sh->kept_start : sh->full_start;
	sh->end = n->goes_on ? sh->kept_end : sh->full_end;
	sh->above = decor_edge(st, SIDE_BEFORE, ipd);
	sh->below = decor_edge(st, SIDE_AFTER, ipd);
	sh->rtl = room->rtl;
	if (holds_shell(n)) {
		sh->line = ts->ascent + ts->descent;
		return;
	}
	sh->b.head = sh->above;
	sh->b.foot = sh->below;
}

static bool
shows(const struct fo_node *n, mpt ipd)
{
	return n->parent->shell || holds_shell(n) ||
	    decor_has_frame(n->style, ipd) || holds_frames(n, 0);
}

/* What is in a line has the content rectangle of the block around for its
 * reference area, where indents that it inherits count once more (as in FOP). */
static void
narrow(const struct fo_node *n, struct room *room)
{
	const struct fo_node *up = n->parent;
	mpt left, width;

	while (up->type != FO_BLOCK && !up->shell && is_in_between(up))
		up = up->parent;
	if (up->type != FO_BLOCK)
		return;
	content_edges(up->style, room, &left, &width);
	room->x = left;
	room->ipd = width;
	room->base = 0;
}

void
shell_push(struct feed *s, struct fo_node *n, const struct room *room)
{
	struct layout *l = feed_layout(s);
	struct room inner = *room;
	bool seen;
	struct shell *sh;

	narrow(n, &inner);
	seen = shows(n, inner.ipd);
	sh = (struct shell *)(void *)vbox_new(l, seen ?
	    &shell_class : &plain_class, sizeof *sh, n, &inner);
	sh->b.elem = role_elem(l, n, room->elem, &sh->b.own_elem);
	if (seen) {
		set_edges(sh, &inner, text_style(l, n->style, n->where));
		inner.x = mpt_add(inner.x, sh->rtl ? sh->end : sh->start);
		inner.ipd = mpt_add(inner.ipd, -(sh->start + sh->end));
		sh->b.x = inner.x;
		sh->b.width = inner.ipd;
	}
	block_push(s, n, &sh->b, &inner);
}

static bool
is_shell(const struct vbox *b)
{
	return b->cls == &shell_class;
}

bool
shell_tears(const struct vbox *b)
{
	return is_shell(b) || block_tears(b);
}

/* ---------------------------------------------------------------- pieces */

/* What all pieces of a shell share. */
struct torn {
	struct vlist *list;
	size_t refs;
};

/* A shell that a piece is of. */
struct layer {
	struct shell *shell;
	bool first, last;
};

struct piece_frag {
	struct frag f;
	struct torn *torn;
	size_t from, to;
	struct vbox **open;	/* boxes that are open before it */
	size_t n_open;
	struct layer *layers;	/* outer ones first */
	size_t n_layers, cap_layers;
	bool empty;		/* nothing in it is high */
};

/* The edges of a shell beside one piece; returns how much further left its
 * content stands than it was laid out. */
static mpt
layer_edges(const struct layer *ly)
{
	struct shell *sh = ly->shell;
	const struct fo_node *n = sh->b.node;
	bool first = ly->first && !n->goes_on_from;
	bool last = ly->last && !n->goes_on;
	mpt start = first ? sh->full_start : sh->kept_start;
	mpt end = last ? sh->full_end : sh->kept_end;

	sh->has_start = first || decor_is_kept(sh->b.style, SIDE_START);
	sh->has_end = last || decor_is_kept(sh->b.style, SIDE_END);
	sh->left = sh->rtl ? end : start;
	sh->right = sh->rtl ? start : end;
	return sh->left - (sh->rtl ? sh->end : sh->start);
}

static void
piece_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	const struct piece_frag *pc = (const struct piece_frag *)(void *)f;
	mpt moved = 0;

	for (size_t i = pc->n_layers; i-- > 0;) {
		pc->layers[i].shell->moved = moved;
		pc->layers[i].shell->empty = pc->empty;
		moved += layer_edges(&pc->layers[i]);
	}
	compose(pc->torn->list, pc->from, pc->to, pc->open, pc->n_open, p,
	    x + moved, y);
}

static void
piece_free(struct frag *f)
{
	struct piece_frag *pc = (struct piece_frag *)(void *)f;

	if (--pc->torn->refs == 0) {
		vlist_free(pc->torn->list);
		free(pc->torn);
	}
	free(pc->open);
	free(pc->layers);
	free(pc);
}

static const struct frag_class piece_class = { .name = "piece of a shell",
	.paint = piece_paint, .free = piece_free };

/* ---------------------------------------------------------------- tearing */

struct tearing {
	struct torn *torn;
	struct vlist *out;
	struct vbox **open;	/* before the piece, and while it is walked over */
	size_t n_open, cap_open;
};

static void
note_layer(struct piece_frag *pc, struct vbox *b, bool first)
{
	if (!is_shell(b))
		return;
	VEC_RESERVE(pc->layers, pc->cap_layers, pc->n_layers + 1);
	pc->layers[pc->n_layers++] = (struct layer){ .first = first,
		.shell = (struct shell *)(void *)b };
}

static void
note_end(struct piece_frag *pc, const struct vbox *b)
{
	for (size_t i = 0; i < pc->n_layers; i++)
		if (&pc->layers[i].shell->b == b)
			pc->layers[i].last = true;
}

/* Moves notes to the end of others; returns where more go. */
static struct note **
take_notes(struct note **link, struct velem *e)
{
	*link = e->box.notes;
	e->box.notes = NULL;
	while (*link != NULL)
		link = &(*link)->next;
	return link;
}

static void
walk_in(struct tearing *t, struct piece_frag *pc, struct vbox *b)
{
	VEC_RESERVE(t->open, t->cap_open, t->n_open + 1);
	t->open[t->n_open++] = b;
	b->whole = true;
	b->head_broken = b->head;
	b->foot_broken = b->foot;
	note_layer(pc, b, /*first*/true);
}

/* Walks over a piece: how high it is.  Its notes go to the box. */
static mpt
walk(struct tearing *t, struct piece_frag *pc, struct velem *box)
{
	struct note **link = &box->box.notes;
	int64_t h = 0;

	for (size_t i = 0; i < t->n_open; i++)
		h += t->open[i]->head;
	for (size_t i = pc->from; i < pc->to; i++) {
		struct velem *e = &t->torn->list->v[i];

		h += velem_height(e);
		switch (e->type) {
		case VE_BOX:
			box->box.beside |= e->box.beside;
			link = take_notes(link, e);
			break;
		case VE_OPEN:
			walk_in(t, pc, e->open.box);
			break;
		case VE_CLOSE:
			note_end(pc, e->open.box);
			t->n_open--;
			break;
		case VE_GAP:
			break;
		}
	}
	for (size_t i = 0; i < t->n_open; i++)
		h += t->open[i]->foot;
	return mpt_far(h);
}

static bool
is_high(const struct velem *e)
{
	return e->type == VE_BOX && e->box.height > 0;
}

static bool
holds_high(const struct vlist *l, size_t from, size_t to)
{
	while (from < to && !is_high(&l->v[from]))
		from++;
	return from < to;
}

static bool
holds_steps(const struct vlist *l, size_t from, size_t to)
{
	for (; from < to; from++)
		if (l->v[from].type == VE_GAP && l->v[from].gap.step != 0)
			return true;
	return false;
}

static void
add_piece(struct tearing *t, size_t from, size_t to)
{
	struct piece_frag *pc = xcalloc(1, sizeof *pc);
	struct velem e = { .type = VE_BOX };
	const struct shell *outer = NULL;

	*pc = (struct piece_frag){ .f.cls = &piece_class, .torn = t->torn,
		.from = from, .to = to, .n_open = t->n_open };
	t->torn->refs++;
	pc->open = xcalloc(t->n_open + 1, sizeof(struct vbox *));
	for (size_t i = 0; i < t->n_open; i++) {
		pc->open[i] = t->open[i];
		note_layer(pc, t->open[i], /*first*/false);
	}
	e.box.frag = &pc->f;
	e.box.height = walk(t, pc, &e);
	if (pc->n_layers > 0)
		outer = pc->layers[0].shell;
	pc->empty = !holds_high(t->torn->list, from, to);
	if (outer != NULL && outer->line > 0 && !pc->empty &&
	    !holds_steps(t->torn->list, from, to))
		e.box.height = outer->above + outer->line + outer->below;
	/* Only the first can be begun again elsewhere. */
	if (from == 0)
		e.node = t->torn->list->v[0].open.box->node;
	vlist_add(t->out, e);
}

/* Where the piece from element `from` on ends: at a gap behind something that
 * is high, or at the end.  A row, or an item of a list, that is whole here knows
 * one part of itself at a time and is not torn. */
static size_t
piece_end(const struct vlist *l, size_t from, size_t last)
{
	bool any = false;

	for (size_t i = from; i < last; i++) {
		const struct velem *e = &l->v[i];

		any |= is_high(e);
		if (any && e->type == VE_GAP && !e->gap.fixed &&
		    e->gap.step == 0)
			return i;
	}
	return l->n;
}

/* The last element that is high. */
static size_t
last_high(const struct vlist *l)
{
	size_t i = l->n;

	while (i > 0 && !is_high(&l->v[i - 1]))
		i--;
	return i;
}

void
shell_tear(struct vlist *list, struct vlist *out)
{
	struct tearing t = { .torn = xcalloc(1, sizeof *t.torn), .out = out };
	size_t from = 0, end;

	t.torn->list = list;
	for (;;) {
		struct velem gap;

		end = piece_end(list, from, last_high(list));
		if (end == list->n)
			break;
		gap = list->v[end];
		vlist_cut(list, end, NULL);
		add_piece(&t, from, end);
		gap.gap.step = 0;
		gap.node = NULL;
		vlist_add(out, gap);
		from = end + 1;
	}
	add_piece(&t, from, end);
	free(t.open);
}
