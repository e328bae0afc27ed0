/*
 * The rows of a table: a group becomes the box of parallel lists (step.c) that
 * are its cells, with their borders and padding, and paints itself: backgrounds
 * of the body, the columns and the rows below those of the cells.
 */
#include <stdlib.h>

#include "layout/table.h"

/* ------------------------------------------------------ painting of rows */

struct row_painting {
	struct row_box *rb;
	mpt x;			/* of the page's column */
	mpt y, h;		/* of the part */
	bool begins, ends;	/* the table's part on this page does with it */
};

static bool
is_retained(const struct cell *c, enum fo_prop prop)
{
	return fo_keyword(c->node->style, prop) == KW_RETAIN;
}

/* The edges of a part of a cell: a break has none, unless they are retained
 * there (XSL 1.1, 7.8.15, 7.8.16). */
static struct edges
part_edges(const struct cell *c, bool first, bool last)
{
	return (struct edges){
		.before = first || is_retained(c,
		    PR_BORDER_BEFORE_WIDTH_CONDITIONALITY),
		.after = last || is_retained(c,
		    PR_BORDER_AFTER_WIDTH_CONDITIONALITY),
		.start = true, .end = true,
	};
}

static mpt cell_border(const struct table *t, const struct group *g,
    const struct cell *c, enum side side);
static mpt cell_border_end(const struct table *t, const struct group *g,
    const struct cell *c, enum side side);
static mpt cell_border_broken(const struct table *t, const struct group *g,
    const struct cell *c, enum side side);

/* The padding rectangle of a cell's part, whose border rectangle, with the room
 * between the borders, is given. */
static struct rect
padding_rect(const struct row_painting *rp, const struct cell *c,
    struct rect r, bool first, bool last)
{
	const struct table *t = rp->rb->t;
	const struct group *g = rp->rb->g;
	mpt before = !first ? cell_border_broken(t, g, c, SIDE_BEFORE) :
	    rp->begins && r.y == rp->y ?
	    cell_border_end(t, g, c, SIDE_BEFORE) :
	    cell_border(t, g, c, SIDE_BEFORE);
	mpt after = !last ? cell_border_broken(t, g, c, SIDE_AFTER) :
	    rp->ends && r.y + r.h == rp->y + rp->h ?
	    cell_border_end(t, g, c, SIDE_AFTER) :
	    cell_border(t, g, c, SIDE_AFTER);
	mpt start = cell_border(t, g, c, SIDE_START);
	mpt end = cell_border(t, g, c, SIDE_END);

	return (struct rect){ .x = r.x + (t->room.rtl ? end : start),
		.y = r.y + before, .w = r.w - start - end,
		.h = r.h - before - after };
}

/* Backgrounds of column, body and row lie below the cell's own (6.7.3), and no
 * further than that, as in FOP: not behind borders, nor between them, nor where
 * no cell is. */
static void
draw_behind(const struct row_painting *rp, struct painter *p,
    const struct cell *c, const struct rect *cell, const struct rect *piece)
{
	const struct table *t = rp->rb->t;
	const struct group *g = rp->rb->g;
	const struct column *col = &t->cols[c->col];
	struct rect whole = { .x = rp->x + t->room.x, .y = cell->y,
		.w = t->room.ipd, .h = cell->h };

	if (col->node != NULL) {
		struct rect column = { .x = rp->x + col->x, .y = t->part_top,
			.w = col->width, .h = t->part_bottom - t->part_top };

		decor_behind(p, col->node->style, piece, &column);
	}
	decor_behind(p, g->section->style, piece, &whole);
	if (g->rows[c->row] != NULL)
		decor_behind(p, g->rows[c->row]->style, piece, &whole);
}

static void
draw_cell(void *ctx, struct painter *p, const struct strand *s, mpt y, mpt h,
    bool first, bool last)
{
	struct row_painting *rp = ctx;
	struct table *t = rp->rb->t;
	struct cell *c = s->user;
	struct rect cell = { .x = rp->x + table_span_x(t, c->col, c->cols),
		.y = y, .w = table_span_width(t, c->col, c->cols), .h = h };
	struct rect piece = padding_rect(rp, c, cell, first, last);
	struct edges edges;

	draw_behind(rp, p, c, &cell, &piece);
	if (t->collapse) {
		decor_behind(p, c->node->style, &piece, &piece);
		c->begins = first;
		c->ends = last;
		return;
	}
	edges = part_edges(c, first, last);
	decor_paint(p, c->node->style, cell.x + t->gap_i,
	    edges.before ? y + t->gap_b : y, cell.w - 2 * t->gap_i,
	    h - (edges.before + edges.after) * t->gap_b, edges);
}

/* The edges that cells share lie over all backgrounds. */
static void
paint_collapsed(const struct row_painting *rp, struct painter *p)
{
	struct row_box *rb = rp->rb;
	struct collapsed k = { .t = rb->t, .g = rb->g, .p = p, .x = rp->x,
		.y = rp->y, .height = rp->h,
		.rows = step_row_edges(rb->steps),
		.begins = rp->begins, .ends = rp->ends };

	collapse_paint(&k);
}

static void
end_elements(struct row_box *rb, struct painter *p)
{
	size_t i;

	for (i = 0; i < rb->g->n_rows; i++)
		if (rb->own_row_elems[i])
			area_end(p->page, rb->row_elems[i]);
	if (rb->section_elem != NULL)
		area_end(p->page, rb->section_elem);
	rb->ended = true;
}

/* The row was only measured, or it stands on a page and goes on nowhere. */
static void
drop_elements(struct row_box *rb)
{
	size_t i;

	for (i = 0; i < rb->g->n_rows; i++)
		if (rb->own_row_elems[i])
			layout_orphan(rb->b.l, rb->row_elems[i],
			    rb->b.painted);
	/* Other rows of the section may stand on a page. */
	if (rb->section_elem != NULL)
		table_ends_body(rb->t, rb->section_elem);
}

/* The section, and the rows after the first, which is the box's own node.  Rows
 * that are done, or empty, have no height. */
static void
place_ids(const struct row_painting *rp, struct painter *p,
    const struct vpart *part)
{
	const struct group *g = rp->rb->g;
	const mpt *y = step_row_edges(rp->rb->steps);

	ids_place(p, g->section, part->x, rp->y);
	for (size_t i = 1; i < g->n_rows; i++)
		if (g->rows[i] != NULL &&
		    (y[i + 1] > y[i] ? y[i] < rp->h : part->first))
			ids_place(p, g->rows[i], part->x, rp->y + y[i]);
}

/* The markers of the section.  It ends before what stands in its last row on a
 * page does (as in FOP). */
static void
note_section(const struct row_box *rb, bool first, bool last)
{
	const struct group *g = rb->g;

	markers_begin(rb->b.l, g->section, first && g->first_in_section);
	markers_end(rb->b.l, g->section, last && g->last_in_section);
}

void
row_note_again(const struct row_box *rb)
{
	note_section(rb, true, true);
	for (size_t i = 0; i < rb->g->n_cells; i++) {
		markers_begin(rb->b.l, rb->g->cells[i].node, true);
		markers_end(rb->b.l, rb->g->cells[i].node, true);
	}
}

static void
row_paint(struct vbox *b, struct painter *p, const struct vpart *part)
{
	struct row_box *rb = row_box(b);
	struct row_painting rp = { .rb = rb, .x = part->x - b->x,
		.y = part->y, .h = part->h,
		.begins = rb->t->first_row == b,
		.ends = rb->t->last_row == b };
	bool head = rp.begins && part->first, tail = rp.ends && part->last;

	/* Where a page begins or ends with the row it has other borders. */
	if (head) {
		rp.y -= rb->head_more;
		rp.h += rb->head_more;
	}
	if (tail)
		rp.h += rb->tail_more;
	step_set_ends(rb->steps, head, tail);
	if (rb->section_marked && !p->is_static)
		note_section(rb, part->first, part->last);
	step_paint(rb->steps, p, part, rp.x, rp.y, draw_cell, &rp);
	place_ids(&rp, p, part);
	if (rb->t->collapse)
		paint_collapsed(&rp, p);
	if (part->last && !p->is_static)
		end_elements(rb, p);
}

static void
row_resume(struct vbox *b, uint32_t step, struct vlist *out)
{
	step_resume(row_box(b)->steps, step, out);
}

static mpt
row_repeat_notes(const struct vbox *b, bool head)
{
	return step_repeat_notes(((const struct row_box *)(const void *)b)->
	    steps, head);
}

static void
row_free(struct vbox *b)
{
	struct row_box *rb = row_box(b);
	struct fo_node *section = rb->g->section;
	size_t i;

	if (!rb->ended)
		drop_elements(rb);
	step_free(rb->steps);
	/* The first row is the box's own node, released with it. */
	if (section->streamed)
		for (i = 1; i < rb->g->n_rows; i++)
			if (rb->g->rows[i] != NULL)
				fo_release(rb->t->l->doc, rb->g->rows[i]);
	group_free(rb->g);
	free(rb->row_elems);
	free(rb->own_row_elems);
}

const struct vbox_class row_class = { .name = "table-row",
	.paint = row_paint, .repeat_notes = row_repeat_notes,
	.resume = row_resume, .free = row_free };

/* -------------------------------------------------------- laying out rows */

/* Border of a cell on one side, what the grid takes included. */
static mpt
cell_border(const struct table *t, const struct group *g, const struct cell *c,
    enum side side)
{
	bool across = side == SIDE_BEFORE || side == SIDE_AFTER;

	if (t->collapse)
		return collapse_width(t, g, c, side) / 2;
	return decor_border(c->node->style, side) +
	    (across ? t->gap_b : t->gap_i);
}

static mpt
cell_edge(const struct table *t, const struct group *g, const struct cell *c,
    enum side side)
{
	return cell_border(t, g, c, side) + decor_padding(c->node->style, side,
	    t->room.ipd);
}

/* The same where a page begins or ends with the cell's rows. */
static mpt
cell_border_end(const struct table *t, const struct group *g,
    const struct cell *c, enum side side)
{
	return t->collapse ? collapse_width_broken(t, g, c, side,
	    /*inside*/false) / 2 :
	    cell_border(t, g, c, side);
}

/* The same where a page breaks inside the cell. */
static mpt
cell_border_broken(const struct table *t, const struct group *g,
    const struct cell *c, enum side side)
{
	if (t->collapse)
		return collapse_width_broken(t, g, c, side,
		    /*inside*/true) / 2;
	return is_retained(c, side == SIDE_BEFORE ?
	    PR_BORDER_BEFORE_WIDTH_CONDITIONALITY :
	    PR_BORDER_AFTER_WIDTH_CONDITIONALITY) ?
	    cell_border(t, g, c, side) : 0;
}

static mpt
cell_edge_broken(const struct table *t, const struct group *g,
    const struct cell *c, enum side side)
{
	mpt w = cell_border_broken(t, g, c, side);

	if (is_retained(c, side == SIDE_BEFORE ?
	    PR_PADDING_BEFORE_CONDITIONALITY :
	    PR_PADDING_AFTER_CONDITIONALITY))
		w += decor_padding(c->node->style, side, t->room.ipd);
	return w;
}

static enum strand_align
cell_align(const struct cell *c)
{
	switch (fo_keyword(c->node->style, PR_DISPLAY_ALIGN)) {
	case KW_CENTER:
		return ALIGN_CENTER;
	case KW_AFTER:
		return ALIGN_AFTER;
	case KW_AUTO:
		if (fo_keyword(c->node->style, PR_RELATIVE_ALIGN) ==
		    KW_BASELINE)
			return ALIGN_BASELINE;
		return ALIGN_BEFORE;
	default:
		return ALIGN_BEFORE;
	}
}

/* What a cell's content inherits of its indents, the cell's own or the table's:
 * percentages in them are what they came to there. */
static void
inherit_indents(const struct table *t, const struct fo_style *st,
    struct room *room)
{
	const struct fo_style *ts = t->node->style;

	room->start_pct = fo_value(st, PR_START_INDENT)->pct;
	room->end_pct = fo_value(st, PR_END_INDENT)->pct;
	room->pct_of = fo_value(ts, PR_START_INDENT)->pct == room->start_pct &&
	    fo_value(ts, PR_END_INDENT)->pct == room->end_pct ? t->around :
	    t->room.ipd;
}

static struct strand
cell_strand(struct row_box *rb, struct cell *c)
{
	struct table *t = rb->t;
	struct room room = t->room;
	mpt start = cell_edge(t, rb->g, c, SIDE_START);
	mpt end = cell_edge(t, rb->g, c, SIDE_END);
	struct strand s = {
		.first_row = (uint32_t)c->row,
		.rows = (uint32_t)c->rows,
		.align = cell_align(c),
		.user = c,
	};

	room.x = table_span_x(t, c->col, c->cols) + (t->room.rtl ? end : start);
	room.ipd = mpt_max(0, table_span_width(t, c->col, c->cols) - start -
	    end);
	inherit_indents(t, c->node->style, &room);
	room.elem = rb->row_elems[c->row];
	room.boxed = true;
	room.bpd = room.base = room.turned = 0;
	s.x = room.x;
	s.width = room.ipd;
	s.list = flow_collect_area(t->l, c->node, &room);
	s.before = cell_edge(t, rb->g, c, SIDE_BEFORE);
	s.after = cell_edge(t, rb->g, c, SIDE_AFTER);
	s.lift = s.before +
	    (t->collapse ? cell_border(t, rb->g, c, SIDE_BEFORE) : 0);
	s.before_broken = cell_edge_broken(t, rb->g, c, SIDE_BEFORE);
	s.after_broken = cell_edge_broken(t, rb->g, c, SIDE_AFTER);
	s.before_more = cell_border_end(t, rb->g, c, SIDE_BEFORE) -
	    cell_border(t, rb->g, c, SIDE_BEFORE);
	s.after_more = cell_border_end(t, rb->g, c, SIDE_AFTER) -
	    cell_border(t, rb->g, c, SIDE_AFTER);
	return s;
}

/* The least height, 0 for auto. */
static mpt
least_bpd(const struct fo_style *st)
{
	return fo_value(st, PR_BPD_MINIMUM)->kind == FV_LENGTH ?
	    fo_length(st, PR_BPD_MINIMUM, 0) : 0;
}

/* A specified height, 0 for auto. */
static mpt
specified_bpd(const struct fo_style *st)
{
	mpt h = least_bpd(st);

	if (fo_value(st, PR_BPD_OPTIMUM)->kind == FV_LENGTH)
		h = mpt_max(h, fo_length(st, PR_BPD_OPTIMUM, 0));
	return h;
}

struct verge
row_verge(const struct fo_node *row, enum fo_prop keep,
    enum fo_prop keep_page)
{
	struct verge v = { 0 };

	if (row != NULL) {
		v.keep = keep_cost(row->style, keep);
		v.keep_page = keep_cost(row->style, keep_page);
	}
	return v;
}

/* A gap between two rows of a group is what they, and the cells that end or
 * begin there, make of it; those around the group are its own. */
static void
meet_rows(const struct group *g, const struct strand *strands,
    struct verge *gaps)
{
	size_t i;

	for (i = 0; i < g->n_cells; i++) {
		const struct cell *c = &g->cells[i];

		verge_join(&gaps[c->row], &strands[i].list->lead);
		verge_join(&gaps[c->row + c->rows], &strands[i].list->trail);
	}
	for (i = 1; i < g->n_rows; i++) {
		struct verge above = row_verge(g->rows[i - 1],
		    PR_KEEP_WITH_NEXT_WITHIN_COLUMN,
		    PR_KEEP_WITH_NEXT_WITHIN_PAGE);
		struct verge below = row_verge(g->rows[i],
		    PR_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
		    PR_KEEP_WITH_PREVIOUS_WITHIN_PAGE);

		verge_join(&gaps[i], &above);
		verge_join(&gaps[i], &below);
	}
}

static struct step_row
row_terms(const struct row_box *rb, size_t row, const struct verge *below)
{
	const struct fo_node *n = rb->g->rows[row];
	struct step_row r = { .after = below->keep,
		.after_page = below->keep_page };

	if (below->klass > 0) {
		r.after = COST_FORCE;
		r.klass = (enum break_class)(below->klass - 1);
	}
	if (n == NULL)
		return r;
	r.height = specified_bpd(n->style);
	r.keep = keep_cost(n->style, PR_KEEP_TOGETHER_WITHIN_COLUMN);
	r.keep_page = keep_cost(n->style, PR_KEEP_TOGETHER_WITHIN_PAGE);
	return r;
}

/* Heights that are specified are those of the cells' content, as in FOP: a
 * row's goes to each of its cells, and their borders and padding come on top
 * (7.28.4 leaves it open). */
static void
raise_cells(const struct row_box *rb, struct strand *strands)
{
	size_t i;

	for (i = 0; i < rb->g->n_cells; i++) {
		const struct cell *c = &rb->g->cells[i];
		const struct fo_node *row = rb->g->rows[c->row];

		strands[i].height = specified_bpd(c->node->style);
		strands[i].least = least_bpd(c->node->style);
		if (row == NULL)
			continue;
		strands[i].height = mpt_max(strands[i].height,
		    specified_bpd(row->style));
		strands[i].least = mpt_max(strands[i].least,
		    least_bpd(row->style));
	}
}

static void
lay_out_cells(struct row_box *rb, struct vlist *out)
{
	struct group *g = rb->g;
	struct strand *strands = xcalloc(g->n_cells + 1, sizeof *strands);
	struct step_row *rows = xcalloc(g->n_rows, sizeof *rows);
	struct verge *gaps = xcalloc(g->n_rows + 1, sizeof *gaps);
	size_t i;

	for (i = 0; i < g->n_cells; i++)
		strands[i] = cell_strand(rb, &g->cells[i]);
	meet_rows(g, strands, gaps);
	out->lead = gaps[0];
	out->trail = gaps[g->n_rows];
	for (i = 0; i < g->n_rows; i++)
		rows[i] = row_terms(rb, i, &gaps[i + 1]);
	raise_cells(rb, strands);
	strands_relate(strands, g->n_cells, g->n_rows);
	rb->steps = step_new(rb->t->l, strands, g->n_cells, rows, g->n_rows);
	rb->b.repeats = step_repeats(rb->steps);
	rb->head_more = step_more(rb->steps, true);
	rb->tail_more = step_more(rb->steps, false);
	step_emit(rb->steps, out);
	free(strands);
	free(rows);
	free(gaps);
}

/* The structure element of a row; one of cells alone has its own, too. */
static struct area_elem *
row_elem(struct table *t, struct fo_node *row, struct area_elem *section,
    bool *own)
{
	if (row != NULL)
		return role_elem(t->l, row, section, own);
	*own = !area_is_artifact(section);
	return *own ? area_elem_new(ROLE_TR, section) : section;
}

struct row_box *
rows_new(struct table *t, struct group *g, struct area_elem *section,
    struct vlist *out)
{
	struct fo_node *n = g->rows[0] != NULL ? g->rows[0] : g->section;
	struct room room = t->room;
	struct row_box *rb;
	size_t i;

	room.elem = section;
	rb = row_box(vbox_new(t->l, &row_class, sizeof *rb, n, &room));
	rb->b.release = g->rows[0] != NULL && g->section->streamed;
	/* Rows have no markers (6.7.9). */
	rb->b.has_markers = false;
	rb->section_marked = markers_has(t->l, g->section);
	rb->t = t;
	rb->g = g;
	rb->row_elems = xcalloc(g->n_rows, sizeof *rb->row_elems);
	rb->own_row_elems = xcalloc(g->n_rows, sizeof *rb->own_row_elems);
	for (i = 0; i < g->n_rows; i++)
		rb->row_elems[i] = row_elem(t, g->rows[i], section,
		    &rb->own_row_elems[i]);
	lay_out_cells(rb, out);
	return rb;
}
