/*
 * A line while it is built: what line.c, which places its pieces, and extent.c
 * share.
 */
#ifndef LAYOUT_BUILDER_H
#define LAYOUT_BUILDER_H

#include "layout/para.h"

/* An item while its line is built. */
struct part {
	struct line_item item;
	int span;
	uint64_t order;		/* its place in the text */
};

/* A line while it is built; the arrays are the paragraph's, used again by its
 * next line. */
struct builder {
	struct para *p;
	const struct fit_line *fit;
	struct part *parts;
	size_t n_parts, cap_parts;
	struct area_glyph *glyphs;
	size_t n_glyphs, cap_glyphs;
	char *text;
	size_t n_text, cap_text;
	/* The spans with extents on this line: a paragraph may have a million
	 * spans, and a line a few of them. */
	int *touched;
	size_t n_touched, cap_touched;
	size_t *order;
	size_t cap_order;
	mpt x;
	size_t piece;			/* being placed */
	int64_t flex, flex_used;	/* what stretches, and how much of it was */
	mpt diff;			/* what it stretches by, or shrinks */
	mpt letters;			/* the same of each letter-spacing */
	bool in_text;			/* a run of text goes on */
	mpt owed;			/* how much further left it stands */
	mpt up;				/* its top above the baseline */
	bool slot_end;			/* unknown numbers stand at their end */
	enum hold hold;
};

/* Where a span's content lies on this line. */
struct extent {
	mpt from, to;
	mpt ascent, descent;	/* of the objects in it */
	bool used, start, end;
	bool touched;
};

/* An item of a span at b->x, with nothing else set. (line.c) */
struct line_item *line_add_item(struct builder *b, enum line_item_type type,
    const struct span *sp);
bool line_is_hidden(const struct span *sp);

/* The span of that number reaches over a part of the line; NULL: it shows
 * nothing. */
struct extent *extent_reach(struct builder *b, int span, mpt from, mpt to);
/* Every span around a piece reaches over it. */
void extent_around(struct builder *b, const struct piece *pc, mpt from, mpt to);
/* Where a line begins (LI_BEGIN), or ends (LI_END), in a span. */
void extent_go_on(struct builder *b, enum line_item_type type, int span);
/* The edge of a span stands here. */
void extent_edge(struct builder *b, const struct piece *pc);
/* Backgrounds and borders of the spans go below their text: they are put in
 * front of all items.  Links come last. */
void extents_decors(struct builder *b);
void extents_links(struct builder *b);
/* The line is built: its extents are as those of no line. */
void extents_forget(struct builder *b);

#endif
