/*
 * What stream.c, which holds the flow, shares with breaks.c, which chooses where
 * columns end.
 */
#ifndef LAYOUT_BREAKS_H
#define LAYOUT_BREAKS_H

#include "layout/pages.h"

/* Heights of a column up to the element that is being looked at. */
struct scan {
	mpt room;		/* of the column; 0: nobody asks what fits */
	int64_t y;		/* with optimum spaces… */
	int64_t stretch, shrink;	/* …which may grow, shrink so much */
	/* What the fixed gaps since the last box change if a break follows,
	 * and how much of stretch and shrink is theirs. */
	int64_t tail, tail_stretch, tail_shrink;
	int64_t foot;		/* broken feet of the open boxes */
	bool any;		/* a box came */
	/* How many did, borders and padding among them; slices that no break
	 * may part are one. */
	int boxes;
	bool joined;		/* the next slice is part of the one before */
	bool after_break;	/* the column begins after a gap of the list */
};

/* At f->from; *head: what the open boxes take at the column's top. */
void scan_start(const struct stream *st, const struct fill *f, struct scan *s,
    int64_t *head);
void scan_elem(struct scan *s, const struct velem *e);

/* What a box that is open at a break takes of the column after or before it, with
 * the notes of what is repeated there. */
static inline int64_t
broken_head(const struct vbox *b)
{
	return (int64_t)b->head_broken + repeat_notes(b, /*head*/true);
}

static inline int64_t
broken_foot(const struct vbox *b)
{
	return (int64_t)b->foot_broken + repeat_notes(b, /*head*/false);
}

static inline int64_t
scan_stretch(const struct scan *s)
{
	return s->stretch - s->tail_stretch;
}

static inline int64_t
scan_shrink(const struct scan *s)
{
	return s->shrink - s->tail_shrink;
}

/* What it costs to end a column at a gap; `page`: and its page with it. */
int gap_cost(const struct velem *e, bool page);

/* The notes that wait and those that the text calls, in order (split.c). */
struct called {
	const struct vlist *list;
	size_t from;		/* first element that is left */
	mpt dropped;		/* space at the break before: it counts */
	int64_t end;		/* height of all notes up to its end */
	struct cuts cuts;	/* where it may be split… */
	bool is_cut;		/* …once this is true */
};

struct calls {
	struct notes *notes;	/* NULL: there are none */
	mpt room;		/* of the column */
	struct called *v;
	size_t n, cap;
	size_t fresh;		/* first called since the last place to end */
};

/* What of them stands in the columns up to a place. */
struct noted {
	size_t i;		/* the note that is not all there… */
	size_t cut;		/* …but its parts up to this cut; 0: nothing */
	int64_t height;		/* of what is there */
};

void calls_start(struct calls *c, struct notes *ns, mpt room);
void calls_add(struct calls *c, struct note *n);	/* and those after it */
void calls_free(struct calls *c);
/* What a column that begins with the notes after `from` has of them in a height
 * that its text leaves, and their own height, more than that height if they
 * cannot be there.  first: it ends at the first place where it could. */
int64_t calls_fit(struct calls *c, const struct noted *from, int64_t room,
    bool first, struct noted *to);
/* The demerits of what is put off then. */
double calls_demerits(const struct calls *c, const struct noted *to);

/* Chooses the break of the column that begins at f->from, with all that follows
 * in view. */
void breaks_choose(struct stream *st, struct fill *f);

#endif
