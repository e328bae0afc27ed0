/*
 * What each block-level formatting object gives to the vertical list.  The
 * blocks' common frame is here; lists, containers and tables have their own
 * files.
 */
#include <stdlib.h>

#include "layout/pages.h"

/* ---------------------------------------------------------------- boxes */

/* Where a break cuts the box a border is drawn only if it is retained. */
void
block_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	decor_paint(p, b->style, part->x, part->y, part->w, part->h,
	    (struct edges){
		.before = part->first || part->torn_head ||
		    decor_is_kept(b->style, SIDE_BEFORE),
		.after = part->last || part->torn_foot ||
		    decor_is_kept(b->style, SIDE_AFTER),
		.start = true,
		.end = true,
	    });
}

static const struct vbox_class block_class = { .name = "block",
	.paint = block_paint };
/* In an inline: each line of it has its frame (shell.c). */
static const struct vbox_class torn_class = { .name = "torn block",
	.paint = block_paint };
static const struct vbox_class plain_class = { .name = "plain" };

/* Border and padding before and after, and what of them stays at a break. */
static void
box_edges(struct vbox *b, const struct fo_style *st, mpt ipd)
{
	b->head = decor_edge(st, SIDE_BEFORE, ipd);
	b->head_broken = decor_kept(st, SIDE_BEFORE, ipd);
	b->foot = decor_edge(st, SIDE_AFTER, ipd);
	b->foot_broken = decor_kept(st, SIDE_AFTER, ipd);
}

struct vbox *
vbox_new(struct layout *l, const struct vbox_class *cls, size_t size,
    struct fo_node *n, const struct room *room)
{
	struct vbox *b = xcalloc(1, size);

	b->cls = cls;
	b->l = l;
	b->node = n;
	b->style = n->style;
	b->elem = room->elem;
	b->x = room->x;
	b->width = room->ipd;
	b->release = n->parent != NULL && n->parent->streamed;
	b->has_markers = markers_has(l, n);
	return b;
}

mpt
room_base(const struct room *room)
{
	if (room->base > 0)
		return room->base;
	return room->turned > 0 ? room->turned : room->ipd;
}

void
room_inside(struct room *room, const struct fo_style *st, mpt ipd)
{
	room->start_pct = fo_value(st, PR_START_INDENT)->pct;
	room->end_pct = fo_value(st, PR_END_INDENT)->pct;
	room->pct_of = room->ipd;
	room->ipd = ipd;
	room->base = room->bpd = room->turned = 0;
}

/* An indent; `inherited` percent of it are of what is around the reference
 * area. */
static mpt
indent(const struct fo_style *st, enum fo_prop p, mpt inherited,
    const struct room *room)
{
	mpt v = fo_length(st, p, room->ipd);

	if (inherited == 0 || fo_value(st, p)->pct == 0)
		return v;
	return mpt_add(v, mpt_scale((int64_t)room->pct_of - room->ipd,
	    inherited, 100000));
}

void
content_edges(const struct fo_style *st, const struct room *room, mpt *left,
    mpt *width)
{
	mpt start = indent(st, PR_START_INDENT, room->start_pct, room);
	mpt end = indent(st, PR_END_INDENT, room->end_pct, room);

	*width = mpt_add(room->ipd, -mpt_add(start, end));
	/* Where the indents leave nothing the one at the end gives way (5.3.4). */
	if (*width < 0) {
		end = mpt_add(end, *width);
		*width = 0;
	}
	*left = mpt_add(room->x, room->rtl ? end : start);
}

void
room_narrow(struct room *room, const struct fo_style *st)
{
	mpt left;

	content_edges(st, room, &left, &room->base);
	room->base = mpt_max(room->base, 1);
	room->bpd = 0;
}

/* What text-indent an object has in percent, what is in it inherits as it was
 * computed (XSL 1.1, 5.1.4). */
static void
room_indent(struct room *room, const struct fo_style *st)
{
	if (fo_is_specified(st, PR_TEXT_INDENT))
		room->indent_of = room_base(room);
}

void
block_place(struct vbox *b, const struct room *room)
{
	const struct fo_style *st = b->style;
	mpt start = decor_edge(st, SIDE_START, room_base(room));
	mpt end = decor_edge(st, SIDE_END, room_base(room));

	content_edges(st, room, &b->x, &b->width);
	b->x -= room->rtl ? end : start;
	b->width = mpt_add(b->width, start + end);
	box_edges(b, st, room_base(room));
}

struct vbox *
block_box_of(struct layout *l, const struct vbox_class *cls, size_t size,
    struct fo_node *n, const struct room *room)
{
	struct vbox *b = vbox_new(l, cls, size, n, room);

	block_place(b, room);
	b->elem = role_elem(l, n, room->elem, &b->own_elem);
	return b;
}

struct vbox *
block_box(struct layout *l, struct fo_node *n, const struct room *room)
{
	const struct vbox_class *cls = &plain_class;

	if (decor_is_seen(n->style))
		cls = n->type == FO_BLOCK && shell_holds(n) ? &torn_class :
		    &block_class;
	return block_box_of(l, cls, sizeof(struct vbox), n, room);
}

bool
block_tears(const struct vbox *b)
{
	return b->cls == &torn_class;
}

/* A box that only stands for its node: ids, markers, structure. */
static struct vbox *
wrapper_box(struct layout *l, struct fo_node *n, const struct room *room)
{
	struct vbox *b = vbox_new(l, &plain_class, sizeof *b, n, room);

	b->elem = role_elem(l, n, room->elem, &b->own_elem);
	return b;
}

/* --------------------------------------------------------------- blocks */

/* The first child of a wrapper that is more than a marker. */
static struct fo_node *
first_content(struct layout *l, struct fo_node *n)
{
	struct fo_node *c = fo_child(l->doc, n, NULL);

	while (c != NULL && c->type == FO_MARKER)
		c = fo_child(l->doc, n, c);
	return c;
}

struct fo_node *
flow_shown_case(struct layout *l, struct fo_node *n)
{
	struct fo_node *c = fo_child(l->doc, n, NULL);

	while (c != NULL && (c->type != FO_MULTI_CASE ||
	    fo_keyword(c->style, PR_STARTING_STATE) == KW_HIDE))
		c = fo_child(l->doc, n, c);
	return c;
}

/* Does n stand in lines?  A wrapper and its like are what they hold; one
 * that holds nothing goes with what follows it. */
bool
flow_in_lines(struct layout *l, struct fo_node *n)
{
	for (;;) {
		struct fo_node *c;

		switch (n->type) {
		case FO_MULTI_SWITCH:
			c = flow_shown_case(l, n);
			break;
		case FO_MULTI_CASE:
			c = first_content(l, n);
			break;
		case FO_WRAPPER:
		case FO_MULTI_PROPERTIES:
			c = first_content(l, n);
			/* The place of an id is a line in a block, as in
			 * FOP. */
			if (c == NULL && n->id != NULL &&
			    n->parent->type == FO_BLOCK)
				return true;
			if (c == NULL)
				c = fo_child(l->doc, n->parent, n);
			break;
		case FO_RETRIEVE_MARKER: {
			struct fo_node *found = markers_retrieve(l, n);

			c = found != NULL ? first_content(l, found) : NULL;
			if (c == NULL)
				return n->parent->type == FO_BLOCK;
			break;
		}
		case FO_MARKER:
			return false;
		case FO_INLINE:
			return !n->shell;
		case FO_FLOAT:
		case FO_CHANGE_BAR_BEGIN:
		case FO_CHANGE_BAR_END:
			return n->parent->type != FO_FLOW;
		default:
			return fo_is_inline((enum fo_type)n->type);
		}
		if (c == NULL)
			return false;
		n = c;
	}
}

static void push_wrapper(struct feed *s, struct fo_node *n,
    const struct room *room);

static bool
is_bar(const struct fo_node *n)
{
	return n->type == FO_CHANGE_BAR_BEGIN || n->type == FO_CHANGE_BAR_END;
}

/* Lines of a run of inline-level children that begins with f->cursor. */
static void
run_lines(struct feed *s, struct frame *f)
{
	struct layout *l = feed_layout(s);
	struct fo_node *last = f->cursor, *n;

	f->in_line |= !is_bar(last);
	while ((n = fo_child(l->doc, f->node, last)) != NULL &&
	    (flow_in_lines(l, n) || (n->type == FO_WRAPPER &&
	    first_content(l, n) == NULL))) {
		last = n;
		f->in_line |= !is_bar(last);
	}
	float_lines(s, f, n);
	f->cursor = last;
	f->skip = f->called = 0;
}

/* A wrapper of blocks counts among a block's lines: unless it follows text there
 * is one before its blocks, with nothing on it (as in FOP). */
static void
empty_line(struct feed *s, struct frame *f)
{
	const struct text_style *ts = text_style(feed_layout(s),
	    f->node->style, f->node->where);

	feed_box(s, (struct velem){ .type = VE_BOX, .node = f->node,
	    .box.height = ts->line_height });
}

static bool
block_step(struct feed *s, struct frame *f)
{
	struct fo_node *n = frame_next(s, f);

	if (n == NULL)
		return false;
	if (n->type == FO_MARKER || n->type == FO_INITIAL_PROPERTY_SET)
		return true;
	if (flow_in_lines(feed_layout(s), n)) {
		run_lines(s, f);
		return true;
	}
	if (n->type == FO_WRAPPER && f->node->type == FO_BLOCK && !f->in_line)
		empty_line(s, f);
	f->in_line = false;
	feed_child(s, f, n);
	return true;
}

static const struct frame_kind block_frame = { .name = "block",
	.step = block_step };

struct frame *
block_push(struct feed *s, struct fo_node *n, struct vbox *b,
    const struct room *room)
{
	return feed_push(s, &block_frame, n, b, room);
}

static void
push_wrapper(struct feed *s, struct fo_node *n, const struct room *room)
{
	block_push(s, n, wrapper_box(feed_layout(s), n, room), room);
}

/* --------------------------------------------------------------- others */

/* Among blocks a wrapper is an area without height, before what it holds: it
 * parts the spaces (as in FOP). */
static void
wrapper_area(struct feed *s, const struct fo_node *n)
{
	const struct fo_node *up = n->parent;

	while (up->type == FO_WRAPPER || up->type == FO_RETRIEVE_MARKER)
		up = up->parent;
	if (up->type != FO_BLOCK)
		feed_nothing(s);
}

void
feed_child(struct feed *s, struct frame *f, struct fo_node *n)
{
	struct layout *l = feed_layout(s);
	struct room room = f->room;
	size_t seen = feed_floats(s)->n;
	bool narrow;

	if (f->node->type == FO_FLOW && !room.is_static) {
		feed_span(s, n->style);
		room.ipd = sequence_ipd(l,
		    fo_keyword(n->style, PR_SPAN) == KW_ALL);
	}
	float_clear(s, n);
	narrow = float_room(s, n, &room);
	room_indent(&room, n->style);
	switch (n->type) {
	case FO_BLOCK:
		block_push(s, n, block_box(l, n, &room), &room);
		break;
	case FO_LIST_BLOCK:
		list_push(s, n, &room);
		break;
	case FO_INLINE:
		shell_push(s, n, &room);
		break;
	case FO_BLOCK_CONTAINER:
		container_push(s, n, &room);
		break;
	case FO_RETRIEVE_MARKER:
		n = markers_retrieve(l, n);
		if (n != NULL)
			block_push(s, n, NULL, &room);
		break;
	case FO_MULTI_SWITCH:
		if (variants_wanted(n)) {
			variants_push(s, n, wrapper_box(l, n, &room), &room);
			break;
		}
		n = flow_shown_case(l, n);
		if (n != NULL)
			push_wrapper(s, n, &room);
		break;
	case FO_TABLE:
		if (table_has_rows(l, n))
			table_push(s, n, &room);
		break;
	case FO_TABLE_AND_CAPTION:
		caption_push(s, n, &room);
		break;
	case FO_WRAPPER:
		wrapper_area(s, n);
		push_wrapper(s, n, &room);
		break;
	case FO_FLOAT:
		float_block(s, feed_top(s), n);
		break;
	case FO_CHANGE_BAR_BEGIN:
	case FO_CHANGE_BAR_END:
		bars_block(s, f, n);
		break;
	default:
		push_wrapper(s, n, &room);
		break;
	}
	if (narrow && feed_top(s)->node == n)
		feed_top(s)->floats_hidden = seen;
}

/* ----------------------------------------------------------- made again */

/* The child of `up` that is n or holds it. */
static struct fo_node *
child_towards(struct fo_node *n, const struct fo_node *up)
{
	while (n != NULL && n->parent != up)
		n = n->parent;
	return n;
}

/* A table, a viewport, a caption and its table keep their width. */
static bool
can_reopen(const struct vbox *b)
{
	return b->cls == &block_class || b->cls == &plain_class;
}

/* Opens the frame of a box again below the top frame. */
static bool
reopen(struct feed *s, struct vbox *b)
{
	struct layout *l = feed_layout(s);
	struct frame *f = feed_top(s);
	struct room room = f->room;
	struct fo_node *child = child_towards(b->node, f->node);

	if (child == NULL || !can_reopen(b))
		return false;
	f->cursor = child;
	f->begun = f->filled = true;
	if (f->node->type == FO_FLOW) {
		feed_in_span(s, child->style);
		room.ipd = sequence_ipd(l,
		    fo_keyword(child->style, PR_SPAN) == KW_ALL);
	}
	room_indent(&room, child->style);
	switch (b->node->type) {
	case FO_BLOCK_CONTAINER:
		container_place(b, &room, &room);
		break;
	case FO_BLOCK:
	case FO_LIST_BLOCK:
		block_place(b, &room);
		break;
	default:
		break;
	}
	feed_reopen(s, b->node->type == FO_LIST_BLOCK ? list_frames() :
	    &block_frame, b, &room);
	return true;
}

/* Sets the top frame to where the element stands: its next piece. */
static bool
go_on_at(struct feed *s, const struct velem *next)
{
	struct frame *f = feed_top(s);
	struct para_mark mark;

	if (next->type == VE_BOX && frag_mark(next->box.frag, &mark)) {
		if (mark.first->parent != f->node)
			return false;
		f->again = mark.first;
		f->skip = mark.skip;
		f->called = mark.called;
		return true;
	}
	f->again = next->node == NULL ? NULL :
	    child_towards(next->node, f->node);
	return next->type != VE_CLOSE && f->again != NULL;
}

struct vbox *
flow_stiff(struct vbox *const *open, size_t n_open)
{
	for (size_t i = 0; i < n_open; i++)
		if (!can_reopen(open[i]))
			return open[i];
	return NULL;
}

/* Opens a feed again for the boxes that stand around `group`, or all. */
static struct feed *
reopen_all(struct layout *l, const struct rest *r, const struct room *room,
    const struct vbox *group)
{
	struct feed *s = feed_start(l, &block_frame, r->node, room);

	feed_goes_on(s);
	for (size_t i = 0; i < r->n_open && r->open[i] != group; i++) {
		if (reopen(s, r->open[i]))
			continue;
		feed_free(s);
		return NULL;
	}
	return s;
}

/* The feed goes on behind what keeps its width, or makes its own rest anew:
 * elements from `at` on up to its end. */
static bool
go_on_after(struct feed *s, struct vbox *group, struct vlist *list, size_t at)
{
	struct frame *f = feed_top(s);

	f->cursor = child_towards(group->node, f->node);
	f->begun = f->filled = true;
	if (f->cursor != group->node)
		return false;
	if (group->cls->again != NULL)
		vlist_remake(list, at, group, &f->room);
	feed_go_on(s, group->node->style, f->room.ipd);
	return true;
}

/* How many elements of the list are left up to a box's end, and with it. */
static size_t
end_of(const struct vlist *list, size_t at, const struct vbox *b)
{
	while (at < list->n && !(list->v[at].type == VE_CLOSE &&
	    list->v[at].open.box == b))
		at++;
	return at < list->n ? at + 1 : at;
}

static void
keep_open(struct vbox *const *open, size_t n_open, bool kept)
{
	for (size_t i = 0; i < n_open; i++)
		open[i]->kept = kept;
}

/* Lines of a paragraph that is on a page already end elements that the page
 * has seen: they go to the next page made. */
static void
take_ended(struct layout *l, const struct velem *e)
{
	struct area_elem *const *elems;
	struct para_mark mark;
	size_t n;

	if (e->type != VE_BOX || !frag_mark(e->box.frag, &mark))
		return;
	n = frag_ended(e->box.frag, &elems);
	for (size_t i = 0; i < n; i++)
		layout_orphan(l, elems[i], /*seen*/true);
}

void
flow_take_ended(struct layout *l, const struct vlist *list, size_t at)
{
	for (; at < list->n; at++) {
		const struct velem *e = &list->v[at];

		if (e->type == VE_OPEN || e->type == VE_CLOSE)
			return;
		take_ended(l, e);
	}
}

bool
flow_again(struct layout *l, struct rest *r, const struct room *room)
{
	struct vbox *group = flow_stiff(r->open, r->n_open);
	size_t next = r->at;
	struct feed *s;
	bool ok;

	while (next < r->list->n && r->list->v[next].type == VE_GAP)
		next++;
	if (next == r->list->n)
		return false;
	keep_open(r->open, r->n_open, true);
	s = reopen_all(l, r, room, group);
	ok = s != NULL && (group == NULL ? go_on_at(s, &r->list->v[next]) :
	    go_on_after(s, group, r->list, r->at));
	if (ok) {
		if (group == NULL)
			flow_take_ended(l, r->list, r->at);
		vlist_truncate(r->list, group == NULL ? r->at :
		    end_of(r->list, r->at, group));
	}
	feed_free(ok ? r->feed : s);
	if (ok)
		r->feed = s;
	keep_open(r->open, r->n_open, false);
	return ok;
}

/* ---------------------------------------------------------------- lists */

struct feed *
feed_new(struct layout *l, struct fo_node *node, const struct room *room)
{
	return feed_start(l, &block_frame, node, room);
}

struct vlist *
flow_collect(struct layout *l, struct fo_node *node, const struct room *room)
{
	struct vlist *list = xcalloc(1, sizeof *list);
	struct room inner = *room;
	struct feed *s;
	struct velem e;

	if (++inner.depth > LAYOUT_DEPTH_MAX) {
		diag_report(l->job->diag, DIAG_LAYOUT_DEPTH, node->where,
		    fo_type_name((enum fo_type)node->type));
		return list;
	}
	s = feed_new(l, node, &inner);
	while (feed_next(s, &e))
		vlist_add(list, e);
	feed_verges(s, list);
	if (inner.floats != NULL)
		floats_copy(inner.floats, feed_floats(s), inner.floats->n, 0);
	feed_free(s);
	return list;
}

struct vlist *
flow_collect_area(struct layout *l, struct fo_node *node,
    const struct room *room)
{
	struct vbox *b = wrapper_box(l, node, room);
	struct velem edge = { .type = VE_OPEN, .node = node, .open.box = b };
	struct vlist *list = xcalloc(1, sizeof *list), *inside;
	struct room inner = *room;

	inner.elem = b->elem;
	inside = flow_collect(l, node, &inner);
	b->is_cell = node->type == FO_TABLE_CELL && b->own_elem &&
	    (b->elem->role == ROLE_TD || b->elem->role == ROLE_TH);
	if (inside->n == 0)
		vlist_add(inside, (struct velem){
		    .type = VE_BOX, .node = node });
	vlist_add(list, edge);
	list->lead = inside->lead;
	list->trail = inside->trail;
	b->trails = inside->trails;
	vlist_move(list, inside);
	vlist_free(inside);
	edge.type = VE_CLOSE;
	vlist_add(list, edge);
	return list;
}

size_t
flow_collect_again(struct layout *l, struct fo_node *node,
    const struct room *room, struct vlist *list, size_t from)
{
	size_t n_open = vlist_forget(list, from);
	struct vbox **open = xcalloc(n_open + 1, sizeof *open);
	struct rest rest = { .node = node, .open = open + 1,
		.n_open = n_open - 1, .list = list, .at = n_open };
	struct velem e, edge = list->v[list->n - 1];
	struct room inner = *room;

	for (size_t i = 0; i < n_open; i++)
		open[i] = list->v[i].open.box;
	inner.elem = open[0]->elem;
	/* Its own box stays open until all of it is there. */
	list->n--;
	if (flow_again(l, &rest, &inner))
		while (feed_next(rest.feed, &e))
			vlist_add(list, e);
	feed_free(rest.feed);
	vlist_add(list, edge);
	free(open);
	return n_open;
}
