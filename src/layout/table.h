/*
 * What the files of tables share: table.c pulls rows, row.c makes their boxes,
 * grid.c puts cells into rows and columns, columns.c finds the widths,
 * collapse.c resolves borders that cells share.
 */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include "layout/layout_int.h"

/* A border as it competes with others for an edge. */
struct edge {
	enum fo_keyword style;
	mpt width;
	uint32_t rgba;
	int precedence;		/* of the object it comes from */
};

/* The borders of one side of one place of the grid, by where the row stands. */
struct places {
	struct edge within;	/* other rows are beside it */
	struct edge end;	/* the part of the table on a page begins or ends
				 * with the row */
	struct edge rest;	/* …or with a piece of it */
};

struct column {
	struct fo_node *node;	/* the fo:table-column, or NULL */
	/* The cell of a first row whose width is the column's, or NULL. */
	const struct fo_node *sized;
	mpt x, width;		/* from the column's (page's) left */
};

struct cell {
	struct fo_node *node;
	size_t row, col, rows, cols;	/* in the group, in the table */
	bool begins, ends;	/* in the part that is being painted */
};

/* Rows that spans tie together, laid out as one. */
struct group {
	struct fo_node *section;	/* header, footer or body */
	struct fo_node **rows;		/* NULL: a row without a table-row */
	struct cell *cells;
	size_t n_rows, cap_rows, n_cells, cap_cells;
	bool first_in_section, last_in_section;
	bool first_in_table, last_in_table;
	/* Collapsed borders: n_rows * n_cols each, what the rows themselves
	 * want above and below, and in the end what won at breaks. */
	struct places *above, *below;
	/* What won: (n_rows + 1) * n_cols horizontal edges, n_rows *
	 * (n_cols + 1) vertical ones. */
	struct edge *across, *along;
};

struct table {
	struct layout *l;
	struct fo_node *node;
	struct room room;	/* of the rows: x and ipd of the content */
	mpt around;		/* the width that its own indents are of */
	struct column *cols;
	size_t n_cols;
	bool collapse;
	mpt gap_i, gap_b;	/* half of border-separation */
	bool repeat_header, repeat_footer;
	struct fo_node *header_node, *footer_node;
	struct vlist *header, *footer;
	/* The footer below the last row, where that is another row than it was
	 * made to share borders with; NULL: it is not. */
	struct vlist *last_footer;
	mpt header_h, footer_h;
	/* How much their notes take where they are repeated; of notes of that
	 * width, 0: it is not known yet. */
	struct repeat_notes {
		mpt ipd, height;
	} header_notes, footer_notes;
	/* The border of its true beginning, end is not seen unless breaks keep
	 * it. */
	bool bare_head, bare_foot;
	/* Header or footer retrieve markers: they are made anew for each part;
	 * NULL: they do not. */
	struct markers *markers;
	mpt part_top, part_bottom;	/* of what is being painted */
	/* The rows that the part being painted begins and ends with. */
	const struct vbox *first_row, *last_row;
	struct area_elem *section_elem;	/* of the body being pulled */
	/* Elements of bodies that no row ends: they end with the table. */
	struct area_elem **bodies;
	size_t n_bodies, cap_bodies;
};

/* Column widths of a content width; the table grows when they need more.
 * (columns.c) */
void table_columns(struct table *t);
mpt table_span_width(const struct table *t, size_t col, size_t n);
mpt table_span_x(const struct table *t, size_t col, size_t n);
/* Widths from the content, where the table asks for it; see auto.c. */
bool auto_applies(const struct table *t);
void auto_columns(struct table *t);
/* The least and the greatest width that a table can use, its indents
 * included. */
struct widths {
	mpt min, max;
};
struct widths auto_table_widths(struct layout *l, struct fo_node *n, mpt ipd,
    int depth);
/* The same of what a reference area holds. */
struct widths auto_content_widths(struct layout *l, struct fo_node *n,
    mpt ipd);
/* The columns of a table without their widths. (columns.c) */
void table_grid(struct table *t);
/* How many columns a table has that defines none: those of its widest row, as
 * in FOP; of very long tables only the first rows are asked. (grid.c) */
size_t grid_count_columns(struct table *t);
/* Finds the cells of first rows that size columns (XSL 1.1, 7.15.14), whether or
 * not the columns have widths, as in FOP: of header, footer and first body the
 * last. (grid.c) */
void grid_size_columns(struct table *t);

/* Pulls the next rows of a section that belong together, beginning after
 * `*cursor`; NULL at its end. (grid.c) */
struct group *grid_next(struct table *t, struct fo_node *section,
    struct fo_node **cursor);
void group_free(struct group *g);	/* accepts NULL */

/* What the group wants at its own edges. (collapse.c) */
void collapse_own(const struct table *t, struct group *g);
/* What the rows of a group want below its last or above its first row: n_cols
 * of them; NULL where borders do not collapse. */
const struct places *collapse_bottom(const struct table *t,
    const struct group *g);
const struct places *collapse_top(const struct group *g);
/* Resolves all edges; above and below: what the neighbouring rows want there,
 * NULL: there are none. */
void collapse_resolve(const struct table *t, struct group *g,
    const struct places *above, const struct places *below);
/* Resolves what the rows of the bodies show where pages break; header and
 * footer: what the ones repeated there want, NULL: there are none. */
void collapse_breaks(const struct table *t, struct group *g,
    const struct places *header, const struct places *footer, bool first,
    bool last);
/* Widest edge of a side of a cell; at a break before or after its row, or
 * inside it. */
mpt collapse_width(const struct table *t, const struct group *g,
    const struct cell *c, enum side side);
mpt collapse_width_broken(const struct table *t, const struct group *g,
    const struct cell *c, enum side side, bool inside);
/* The part of a group that is painted. */
struct collapsed {
	const struct table *t;
	const struct group *g;
	struct painter *p;
	mpt x, y;		/* of the page's column, of the part's top */
	const mpt *rows;	/* grid lines from the part's top, n_rows + 1 */
	mpt height;		/* of the part */
	bool begins, ends;	/* the table's part does with it */
};
/* Paints all its edges: the halves on its side of the grid lines, and the others
 * too where the part of the table ends. */
void collapse_paint(const struct collapsed *k);

/* A row, or rows that spans tie together. */
struct row_box {
	struct vbox b;
	struct table *t;
	struct group *g;
	struct step_group *steps;
	/* What it takes more where a page begins or ends with it. */
	mpt head_more, tail_more;
	struct area_elem **row_elems;	/* TR of each row */
	bool *own_row_elems;
	struct area_elem *section_elem;	/* ends with the last row, or NULL */
	bool ended;		/* these have ended */
	bool section_marked;	/* the section has markers */
};

/* An element of a body goes to the table's end. (table.c) */
void table_ends_body(struct table *t, struct area_elem *body);

static inline struct row_box *
row_box(struct vbox *b)
{
	return (struct row_box *)(void *)b;
}

extern const struct vbox_class row_class;
/* Makes the box of a group, which it then owns, and what stands in it.
 * (row.c) */
struct row_box *rows_new(struct table *t, struct group *g,
    struct area_elem *section, struct vlist *out);
/* What a row (NULL: it is none) asks of the gap before or after it, by its two
 * keeps on that side. */
struct verge row_verge(const struct fo_node *row, enum fo_prop keep,
    enum fo_prop keep_page);
/* The rows stand on one more page: the markers of their section and of their
 * cells. */
void row_note_again(const struct row_box *rb);

#endif
