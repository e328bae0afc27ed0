/*
 * Tables (XSL 1.1, 6.7): rows are pulled from the flow a group at a time (rows
 * that spans tie together), laid out as parallel lists (step.c) and given to
 * the source as one box each, so that a table of any length costs what a page
 * of it costs.
 *
 * The header is laid out once.  It stands at the top as a box like any other;
 * where the page breaks inside the table it is painted again in the room that
 * the table's box asks for (vbox.head_broken), then as an artifact.  The
 * footer likewise.
 *
 * With border-collapse="collapse" an edge between two groups belongs to both:
 * the next group's wishes must be known before a group is laid out, so one
 * group is always pulled ahead.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"
#include "layout/table.h"

struct table_box {
	struct vbox b;
	struct table *t;
};

/* The header or footer where it stands for the first time. */
struct repeat_frag {
	struct frag frag;
	struct table *t;
	struct vlist *list;	/* the table's */
};

/* The pulling of a table's rows. */
struct table_frame {
	struct table *t;
	struct fo_node *body, *cursor;	/* where the next group begins */
	struct group *ahead;		/* pulled, not laid out */
	struct places *above;		/* what the one before wants below it */
	struct row_box *made;		/* laid out, not given yet; NULL: none… */
	struct vlist inside;		/* …and what stands in it */
	struct verge first;		/* the first group's keeps, until the next */
	bool started;
};

static const struct edges no_edges = { false, false, false, false };

/* ------------------------------------------------------ header and footer */

static void
put_box(struct vlist *list, struct row_box *rb, struct vlist *inside)
{
	vlist_add(list, (struct velem){ .type = VE_OPEN, .node = rb->b.node,
	    .open.box = &rb->b });
	vlist_move(list, inside);
	vlist_add(list, (struct velem){ .type = VE_CLOSE, .node = rb->b.node,
	    .open.box = &rb->b });
}

/* Lays out a header or footer as a whole.  above and below: what the rows that
 * it meets want at the edge, for shared borders; NULL: it meets none. */
static struct vlist *
make_section(struct table *t, struct fo_node *section,
    const struct places *above, const struct places *below)
{
	struct vlist *list = xcalloc(1, sizeof *list);
	bool own;
	struct area_elem *elem = role_elem(t->l, section, t->room.elem, &own);
	struct fo_node *cursor = NULL;
	struct group *g = grid_next(t, section, &cursor), *next;

	for (; g != NULL; g = next) {
		struct vlist inside = { 0 };
		struct row_box *rb;

		next = grid_next(t, section, &cursor);
		g->first_in_table = g->first_in_section &&
		    section->type == FO_TABLE_HEADER;
		g->last_in_table = next == NULL &&
		    section->type == FO_TABLE_FOOTER;
		if (t->collapse) {
			collapse_own(t, g);
			if (next != NULL)
				collapse_own(t, next);
			collapse_resolve(t, g, above, next != NULL ?
			    collapse_top(next) : below);
			above = collapse_bottom(t, g);
		}
		rb = rows_new(t, g, elem, &inside);
		if (next == NULL && own)
			rb->section_elem = elem;
		put_box(list, rb, &inside);
		free(inside.v);
	}
	/* A section without rows has nobody to end its element. */
	if (own && list->n == 0)
		area_elem_free(elem);
	return list;
}

/* What a section that was made wants at its lower or upper end. */
static const struct places *
section_edges(const struct vlist *list, bool lower)
{
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++) {
		const struct velem *e = &list->v[lower ? list->n - 1 - i : i];

		if (e->type == VE_OPEN && e->open.box->cls == &row_class) {
			const struct row_box *rb = row_box(e->open.box);

			return lower ? collapse_bottom(rb->t, rb->g) :
			    collapse_top(rb->g);
		}
	}
	return NULL;
}

/* Paints the header or footer; one that retrieves markers is made anew, with
 * what the rows of this part say, in the room that was kept for it. */
static void
paint_section(struct table *t, struct vlist *list, struct painter *p, mpt x,
    mpt y)
{
	struct fo_node *node = list == t->header ? t->header_node :
	    t->footer_node;
	struct area_elem *elem = t->room.elem;
	struct vlist *fresh;

	if (t->markers == NULL) {
		vlist_paint(list, 0, list->n, p, x, y);
		return;
	}
	t->l->table_markers = t->markers;
	if (p->is_static)
		t->room.elem = p->artifact;
	fresh = make_section(t, node, section_edges(list, false),
	    section_edges(list, true));
	t->room.elem = elem;
	t->l->table_markers = NULL;
	if (vlist_height(fresh, 0, fresh->n) > vlist_height(list, 0, list->n))
		diag_report(t->l->job->diag, DIAG_LAYOUT_REPEAT_OVERFLOW,
		    node->where, NULL);
	vlist_paint(fresh, 0, fresh->n, p, x, y);
	vlist_free(fresh);
}

static void
repeat_paint(struct frag *f, struct painter *p, mpt x, mpt y)
{
	const struct repeat_frag *r = (const struct repeat_frag *)(void *)f;

	paint_section(r->t, r->list, p, x, y);
}

static void
repeat_free(struct frag *f)
{
	free(f);
}

static const struct frag_class repeat_class = { .name = "table-repeat",
	.paint = repeat_paint, .free = repeat_free };

static void
put_section(struct feed *s, struct table *t, bool head)
{
	struct fo_node *node = head ? t->header_node : t->footer_node;
	struct vlist *list = head ? t->header :
	    t->last_footer != NULL ? t->last_footer : t->footer;
	struct note *notes = NULL;
	struct repeat_frag *f;

	if (list == NULL || list->n == 0)
		return;
	f = xcalloc(1, sizeof *f);
	f->frag.cls = &repeat_class;
	f->t = t;
	f->list = list;
	vlist_copy_notes(list, 0, list->n, &notes);
	feed_box(s, (struct velem){ .type = VE_BOX, .node = node, .box = {
	    .height = vlist_height(list, 0, list->n), .frag = &f->frag,
	    .notes = notes } });
}

/* ------------------------------------------------------------- the table */

static void
note_row(struct table *t, const struct group *g, bool first, bool last)
{
	size_t i;

	for (i = 0; i < g->n_cells; i++)
		markers_note_tree(t->l, t->markers, g->cells[i].node, first,
		    last, 0);
}

/* The markers of the rows that begin, go on or end in a part. */
static void
note_part(struct table *t, const struct vpart *part)
{
	const struct vbox *open = NULL;
	const struct velem *e;

	markers_turn(t->l, t->markers);
	for (e = part->from; e != part->to; e++) {
		bool row = (e->type == VE_OPEN || e->type == VE_CLOSE) &&
		    e->open.box->cls == &row_class &&
		    row_box(e->open.box)->t == t;

		if (row && e->type == VE_OPEN) {
			open = e->open.box;
		} else if (row) {
			note_row(t, row_box(e->open.box)->g, open != NULL,
			    true);
			open = NULL;
		}
	}
	if (open != NULL)
		note_row(t, ((const struct row_box *)(const void *)open)->g,
		    true, false);
}

/* The rows that a part begins and ends with. */
static void
note_ends(struct table *t, const struct vpart *part)
{
	const struct velem *e;

	t->first_row = t->last_row = NULL;
	for (e = part->from; e != part->to; e++) {
		if (e->type != VE_OPEN && e->type != VE_CLOSE)
			continue;
		if (e->open.box->cls != &row_class ||
		    row_box(e->open.box)->t != t)
			continue;
		if (t->first_row == NULL)
			t->first_row = e->open.box;
		t->last_row = e->open.box;
	}
}

static void
table_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	struct table *t = ((struct table_box *)(void *)b)->t;
	struct vpart bare = *part;

	if (t->markers != NULL)
		note_part(t, part);
	if (t->collapse)
		note_ends(t, part);
	t->part_top = part->y;
	t->part_bottom = part->y + part->h;
	if (t->collapse) {
		decor_paint(p, b->style, part->x, part->y, part->w, part->h,
		    no_edges);
		return;
	}
	bare.first &= !t->bare_head;
	bare.last &= !t->bare_foot;
	block_paint(b, p, &bare);
}

/* Where the notes of a header or footer stand on each page; NULL: nowhere. */
static struct notes *
notes_again(const struct table *t)
{
	return t->room.is_static || t->l->sequence == NULL ? NULL :
	    &t->l->sequence->notes;
}

/* Their separator is reckoned with the header's, or with the footer's alone.
 * Below several columns they take no room of this one. */
static mpt
table_repeat_notes(const struct vbox *b, bool head)
{
	struct table *t = ((const struct table_box *)(const void *)b)->t;
	struct repeat_notes *r = head ? &t->header_notes : &t->footer_notes;
	struct vlist *list = head ? t->header : t->footer;
	struct notes *ns = notes_again(t);

	if (ns != NULL && ns->shared)
		return 0;
	if (ns == NULL || r->ipd == ns->ipd)
		return r->height;
	*r = (struct repeat_notes){ .ipd = ns->ipd };
	if (list == NULL || !(head ? t->repeat_header : t->repeat_footer))
		return 0;
	r->height = notes_repeat_height(ns, list);
	if (r->height > 0 && (head || table_repeat_notes(b, true) == 0))
		r->height = mpt_add(r->height, notes_separator(ns));
	return r->height;
}

/* A header that is repeated begins and ends again, and so do its cells, but not
 * what stands in these (as in FOP). */
static void
note_repeat(const struct vlist *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].type == VE_OPEN &&
		    list->v[i].open.box->cls == &row_class)
			row_note_again(row_box(list->v[i].open.box));
}

static void
table_paint_repeat(struct vbox *b, struct painter *p, mpt x, mpt y,
    bool head)
{
	struct table *t = ((struct table_box *)(void *)b)->t;
	struct vlist *list = head ? t->header : t->footer;
	struct painter q = *p;

	if (list == NULL || !(head ? t->repeat_header : t->repeat_footer))
		return;
	if (head)
		y += b->head_broken - t->header_h;
	q.is_static = true;
	if (!p->is_static)
		q.artifact = area_artifact(ROLE_ARTIFACT_LAYOUT);
	paint_section(t, list, &q, x, y);
	if (!p->is_static)
		note_repeat(list);
	if (b->repeats && notes_again(t) != NULL)
		notes_repeat(notes_again(t), list, head);
}

static void
table_free(struct table *t, bool painted)
{
	vlist_free(t->header);
	vlist_free(t->footer);
	vlist_free(t->last_footer);
	for (size_t i = 0; i < t->n_bodies; i++)
		layout_orphan(t->l, t->bodies[i], painted);
	markers_free(t->markers);
	free(t->cols);
	free(t->bodies);
	free(t);
}

void
table_ends_body(struct table *t, struct area_elem *body)
{
	VEC_RESERVE(t->bodies, t->cap_bodies, t->n_bodies + 1);
	t->bodies[t->n_bodies++] = body;
}

/* The bodies whose last rows do not stand anywhere: what was left of the table
 * went when the page's width changed. */
static void
table_end(struct vbox *b, struct painter *p)
{
	struct table *t = ((struct table_box *)(void *)b)->t;

	for (size_t i = 0; i < t->n_bodies; i++)
		area_end(p->page, t->bodies[i]);
	t->n_bodies = 0;
}

static void
table_box_free(struct vbox *b)
{
	table_free(((struct table_box *)(void *)b)->t, b->painted);
}

static const struct vbox_class table_class = { .name = "table",
	.paint = table_paint, .paint_repeat = table_paint_repeat,
	.repeat_notes = table_repeat_notes, .end = table_end,
	.free = table_box_free };

static struct fo_node *
next_section(struct table *t, struct fo_node *after, enum fo_type type)
{
	struct fo_node *n = fo_child(t->l->doc, t->node, after);

	while (n != NULL && n->type != type)
		n = fo_child(t->l->doc, t->node, n);
	return n;
}

/* Header and footer stand before the bodies (6.7.3). */
static void
find_sections(struct table_frame *tf)
{
	struct table *t = tf->t;
	struct fo_node *n = fo_child(t->l->doc, t->node, NULL);

	for (; n != NULL && n->type != FO_TABLE_BODY;
	    n = fo_child(t->l->doc, t->node, n)) {
		if (n->type == FO_TABLE_HEADER)
			t->header_node = n;
		else if (n->type == FO_TABLE_FOOTER)
			t->footer_node = n;
	}
	tf->body = n;
}

static bool
retrieves(const struct fo_node *n, int depth)
{
	const struct fo_node *c;

	if (n == NULL || depth > LAYOUT_DEPTH_MAX)
		return false;
	for (c = n->first; c != NULL; c = c->next)
		if (c->type == FO_RETRIEVE_TABLE_MARKER ||
		    retrieves(c, depth + 1))
			return true;
	return false;
}

/* A header or footer that will be made anew is measured without structure
 * elements: those are the new one's own. */
static struct vlist *
measure_bare(struct table *t, struct fo_node *node, const struct places *above,
    const struct places *below)
{
	struct area_elem *elem = t->room.elem;
	struct vlist *list;

	t->room.elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	list = make_section(t, node, above, below);
	t->room.elem = elem;
	return list;
}

/* One that retrieves markers is made for each part. */
static struct vlist *
measure_section(struct table *t, struct fo_node *node,
    const struct places *above, const struct places *below)
{
	return (t->markers != NULL ? measure_bare : make_section)(t, node,
	    above, below);
}

/* The next group of the bodies, without its layout. */
static struct group *
pull(struct table_frame *tf)
{
	struct table *t = tf->t;

	while (tf->body != NULL) {
		struct group *g = grid_next(t, tf->body, &tf->cursor);

		if (g != NULL)
			return g;
		tf->body = next_section(t, tf->body, FO_TABLE_BODY);
		tf->cursor = NULL;
	}
	return NULL;
}

/* Is g the last of the rows of all bodies? */
static bool
is_last_body_row(struct table_frame *tf, const struct group *g)
{
	return g->last_in_section &&
	    next_section(tf->t, g->section, FO_TABLE_BODY) == NULL;
}

static const struct places *
own_top(const struct table *t, const struct group *g)
{
	return t->collapse && g != NULL ? collapse_top(g) : NULL;
}

static struct area_elem *
section_elem(struct table *t, struct group *g)
{
	bool own;

	if (!g->first_in_section)
		return t->section_elem;
	t->section_elem = role_elem(t->l, g->section, t->room.elem, &own);
	if (own)
		table_ends_body(t, t->section_elem);
	return t->section_elem;
}

static void
resolve_group(struct table_frame *tf, struct group *g)
{
	struct table *t = tf->t;
	const struct places *header = section_edges(t->header, true);
	const struct places *footer = section_edges(t->footer, false);

	collapse_resolve(t, g, tf->above != NULL ? tf->above : header,
	    tf->ahead != NULL ? own_top(t, tf->ahead) : footer);
	collapse_breaks(t, g, t->repeat_header ? header : NULL,
	    t->repeat_footer ? footer : NULL, tf->above == NULL,
	    tf->ahead == NULL);
}

/* Pulls the group to be laid out next. */
static void
pull_ahead(struct table_frame *tf)
{
	struct table *t = tf->t;
	bool first = !tf->started;

	tf->ahead = pull(tf);
	if (tf->ahead == NULL)
		return;
	tf->ahead->first_in_table = first && t->header_node == NULL;
	tf->ahead->last_in_table = t->footer_node == NULL &&
	    is_last_body_row(tf, tf->ahead);
	if (t->collapse)
		collapse_own(t, tf->ahead);
}

/* A footer after the bodies, where it does not belong, stands there all the same
 * but is not repeated. */
static void
find_late_footer(struct table *t, const struct group *last)
{
	t->footer_node = next_section(t, last->section, FO_TABLE_FOOTER);
	if (t->footer_node == NULL)
		return;
	t->footer = measure_section(t, t->footer_node,
	    t->collapse ? collapse_bottom(t, last) : NULL, NULL);
	t->footer_h = vlist_height(t->footer, 0, t->footer->n);
	t->repeat_footer = false;
}

/* The element of a body is its last row's to end. */
static bool
take_body(struct table *t, struct area_elem *body)
{
	for (size_t i = 0; i < t->n_bodies; i++) {
		if (t->bodies[i] == body) {
			t->bodies[i] = t->bodies[--t->n_bodies];
			return true;
		}
	}
	return false;
}

/* Lays out the group ahead, and pulls the one after it. */
static void
make_group(struct table_frame *tf)
{
	struct table *t = tf->t;
	struct group *g = tf->ahead;

	pull_ahead(tf);
	if (tf->ahead == NULL && t->footer_node == NULL)
		find_late_footer(t, g);
	else if (tf->ahead == NULL && t->collapse)
		t->last_footer = measure_section(t, t->footer_node,
		    collapse_bottom(t, g), NULL);
	if (t->collapse)
		resolve_group(tf, g);
	tf->made = rows_new(t, g, section_elem(t, g), &tf->inside);
	if (g->last_in_section && take_body(t, t->section_elem))
		tf->made->section_elem = t->section_elem;
	if (!t->collapse)
		return;
	/* The group may be gone when the next one is laid out. */
	tf->above = xrealloc(tf->above, t->n_cols, sizeof *tf->above);
	memcpy(tf->above, collapse_bottom(t, g),
	    t->n_cols * sizeof *tf->above);
}

/* Header and footer, which may share borders with the rows that they meet. */
static void
make_sections(struct table *t, const struct group *g)
{
	if (t->header_node != NULL) {
		t->header = measure_section(t, t->header_node, NULL,
		    own_top(t, g));
		t->header_h = vlist_height(t->header, 0, t->header->n);
	}
	if (t->footer_node == NULL)
		return;
	/* The footer's height must be known before the first break; below the
	 * last row, which it meets and is not known yet, it is made anew. */
	t->footer = t->collapse && g != NULL ?
	    measure_bare(t, t->footer_node, collapse_bottom(t, g), NULL) :
	    measure_section(t, t->footer_node, NULL, NULL);
	t->footer_h = vlist_height(t->footer, 0, t->footer->n);
}

static bool
calls_notes(const struct vlist *section)
{
	for (size_t i = 0; section != NULL && i < section->n; i++)
		if (section->v[i].type == VE_BOX &&
		    section->v[i].box.notes != NULL)
			return true;
	return false;
}

/* In FOP a table that stands directly in the flow, and begins a page because it
 * or what it begins with asks for that, has at its ends the borders and padding
 * only that breaks keep; before a break that it asks for, at that end. */
static void
bare_end(struct table *t, struct vbox *b, bool head)
{
	if (t->collapse || t->node->parent->type != FO_FLOW)
		return;
	if (head) {
		b->head = b->head_broken;
		t->bare_head = true;
	}
	b->foot = b->foot_broken;
	t->bare_foot = true;
}

/* What a row and its cells ask of the gap before them. */
static struct verge
keeps_before(const struct fo_node *row, const struct vlist *inside)
{
	struct verge keeps = { .keep = inside->lead.keep,
		.keep_page = inside->lead.keep_page };
	struct verge own = row_verge(row, PR_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
	    PR_KEEP_WITH_PREVIOUS_WITHIN_PAGE);

	verge_join(&keeps, &own);
	return keeps;
}

/* Breaks and keeps of the first row and its cells are the table's: they come
 * before the header.  The keeps hold after the first group as well (as in
 * FOP). */
static void
before_rows(struct feed *s, struct table_frame *tf, bool begins)
{
	struct fo_node *row = tf->made->g->rows[0];

	if (row != NULL)
		feed_before_row(s, row->style);
	feed_part(s, &tf->inside.lead);
	feed_keep(s, tf->first.keep, tf->first.keep_page);
	tf->first = (struct verge){ 0 };
	if (begins)
		tf->first = keeps_before(row, &tf->inside);
}

/* Those of the last row come after the footer. */
static void
after_rows(struct feed *s, const struct row_box *rb, const struct verge *trail)
{
	struct fo_node *last = rb->g->rows[rb->g->n_rows - 1];

	feed_part(s, trail);
	if (last != NULL)
		feed_after_row(s, last->style);
}

/* Columns, then the first group of the bodies, header and footer. */
static void
table_start(struct feed *s, struct frame *f, struct table_frame *tf)
{
	struct table *t = tf->t;
	struct vbox *b = f->box;

	t->room.elem = f->room.elem;
	pull_ahead(tf);
	tf->started = true;
	make_sections(t, tf->ahead);
	b->repeats = (t->repeat_header && calls_notes(t->header)) ||
	    (t->repeat_footer && calls_notes(t->footer));
	if (tf->ahead != NULL) {
		make_group(tf);
		before_rows(s, tf, /*begins*/true);
	}
	if (feed_breaks_before(s))
		bare_end(t, b, true);
	if (t->repeat_header)
		b->head_broken += t->header_h;
	if (t->repeat_footer)
		b->foot_broken += t->footer_h;
	put_section(s, t, true);
	if (t->header != NULL && t->header->n > 0)
		feed_keep(s, COST_FORBID, COST_FORBID);
	if (tf->made == NULL)
		put_section(s, t, false);
	feed_limits(s, f);
}

static void
put_group(struct feed *s, struct frame *f, struct table_frame *tf)
{
	struct row_box *rb = tf->made;
	struct verge trail = tf->inside.trail;
	struct table *t = tf->t;
	struct vbox *b = f->box;
	bool last = tf->ahead == NULL;

	feed_ends(s, 0, rb->head_more);
	feed_group(s, &rb->b, &tf->inside);
	feed_ends(s, rb->tail_more, 0);
	if (last)
		feed_limits_end(s, f);
	if (last && t->footer != NULL) {
		feed_keep(s, COST_FORBID, COST_FORBID);
		put_section(s, t, false);
	}
	after_rows(s, rb, &trail);
	if (last && feed_breaks_after(s, t->node->style))
		bare_end(t, b, false);
	free(tf->inside.v);
	tf->inside = (struct vlist){ 0 };
	tf->made = NULL;
}

static bool
table_step(struct feed *s, struct frame *f)
{
	struct table_frame *tf = f->data;

	if (!tf->started) {
		table_start(s, f, tf);
		return true;
	}
	if (tf->made == NULL) {
		if (tf->ahead == NULL)
			return false;
		make_group(tf);
		before_rows(s, tf, /*begins*/false);
	}
	put_group(s, f, tf);
	return true;
}

static void
table_frame_free(struct frame *f)
{
	struct table_frame *tf = f->data;

	if (tf->made != NULL) {
		struct vlist *rest = xcalloc(1, sizeof *rest);

		put_box(rest, tf->made, &tf->inside);
		vlist_free(rest);
	}
	free(tf->inside.v);
	group_free(tf->ahead);
	free(tf->above);
	free(tf);
}

static const struct frame_kind table_frame = { .name = "table",
	.step = table_step, .free = table_frame_free };

/* A table with a caption is aligned by its parent's text-align (6.7.2). */
static void
align_in_parent(struct table *t, struct vbox *b, mpt room)
{
	mpt free_room = room - b->width;
	size_t i;

	switch (t->node->parent->type != FO_TABLE_AND_CAPTION ? KW_START :
	    fo_keyword(t->node->parent->style, PR_TEXT_ALIGN)) {
	case KW_CENTER:
		free_room /= 2;
		break;
	case KW_END:
	case KW_OUTSIDE:
		break;
	default:
		return;
	}
	if (t->room.rtl)
		free_room = -free_room;
	for (i = 0; i < t->n_cols; i++)
		t->cols[i].x += free_room;
	t->room.x += free_room;
	b->x += free_room;
}

/* Border-box to content: the rows' room.  `rtl`: where the table stands, a
 * narrow one is at the right. */
static void
table_room(struct table *t, struct vbox *b, const struct room *room, bool rtl)
{
	const struct fo_style *st = t->node->style;
	mpt border_s = decor_border(st, SIDE_START);
	mpt border_e = decor_border(st, SIDE_END);
	mpt pad_s = decor_padding(st, SIDE_START, room_base(room));
	mpt pad_e = decor_padding(st, SIDE_END, room_base(room));
	mpt own, whole = b->width;

	t->room = *room;
	t->around = room->ipd;
	t->room.depth++;
	t->room.grown = 0;
	t->room.x = b->x + (room->rtl ? border_e + pad_e : border_s + pad_s);
	t->room.ipd = b->width - border_s - border_e - pad_s - pad_e;
	if (fo_value(st, PR_IPD_OPTIMUM)->kind == FV_LENGTH) {
		own = fo_length(st, PR_IPD_OPTIMUM, room_base(room));
		if (rtl)
			t->room.x += t->room.ipd - own;
		t->room.ipd = own;
	}
	table_columns(t);
	if (!t->collapse) {
		b->x = t->room.x - (room->rtl ? border_e + pad_e :
		    border_s + pad_s);
		b->width = t->room.ipd + border_s + border_e + pad_s + pad_e;
		align_in_parent(t, b, whole);
		return;
	}
	/* The table's own borders belong to its cells' edges, and it has no
	 * padding (CSS 2, 17.6.2). */
	b->x = t->room.x;
	b->width = t->room.ipd;
	b->head = b->foot = b->head_broken = b->foot_broken = 0;
	align_in_parent(t, b, whole - border_s - border_e - pad_s - pad_e);
}

bool
table_has_rows(struct layout *l, struct fo_node *node)
{
	struct fo_node *n, *c;

	for (n = fo_child(l->doc, node, NULL); n != NULL;
	    n = fo_child(l->doc, node, n)) {
		if (n->type != FO_TABLE_BODY)
			continue;
		for (c = fo_child(l->doc, n, NULL); c != NULL;
		    c = fo_child(l->doc, n, c))
			if (c->type != FO_MARKER)
				return true;
	}
	return false;
}

void
table_push(struct feed *s, struct fo_node *node, const struct room *room)
{
	struct layout *l = feed_layout(s);
	struct table_box *tb = (struct table_box *)(void *)block_box_of(l,
	    &table_class, sizeof *tb, node, room);
	struct table_frame *tf = xcalloc(1, sizeof *tf);
	struct table *t = xcalloc(1, sizeof *t);
	const struct fo_style *st = node->style;
	struct room own = *room;

	/* A table may turn the order of its columns (7.29.7). */
	own.rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;
	t->l = l;
	t->node = node;
	t->collapse = fo_keyword(st, PR_BORDER_COLLAPSE) != KW_SEPARATE;
	if (!t->collapse) {
		t->gap_i = fo_length(st, PR_BORDER_SEPARATION_INLINE, 0) / 2;
		t->gap_b = fo_length(st, PR_BORDER_SEPARATION_BLOCK, 0) / 2;
	}
	t->repeat_header =
	    fo_keyword(st, PR_TABLE_OMIT_HEADER_AT_BREAK) != KW_TRUE;
	t->repeat_footer =
	    fo_keyword(st, PR_TABLE_OMIT_FOOTER_AT_BREAK) != KW_TRUE;
	tb->t = t;
	tf->t = t;
	find_sections(tf);
	if (retrieves(t->header_node, 0) || retrieves(t->footer_node, 0))
		t->markers = markers_new();
	table_room(t, &tb->b, &own, room->rtl);
	feed_push(s, &table_frame, node, &tb->b, room)->data = tf;
}
