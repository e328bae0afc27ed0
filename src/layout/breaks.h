/*
 * What stream.c, which holds the flow, shares with breaks.c, which chooses where
 * columns end.
 */
#ifndef LAYOUT_BREAKS_H
#define LAYOUT_BREAKS_H

#include "layout/pages.h"

/* Heights of a column up to the element that is being looked at. */
struct scan {
	int64_t y;		/* with optimum spaces… */
	int64_t stretch, shrink;	/* …which may grow, shrink so much */
	/* What the fixed gaps since the last box change if a break follows,
	 * and how much of stretch and shrink is theirs. */
	int64_t tail, tail_stretch, tail_shrink;
	int64_t foot;		/* broken feet of the open boxes */
	bool any;		/* a box came */
	bool after_break;	/* the column begins after a gap of the list */
	int64_t notes;		/* separator, waiting and new notes */
	/* The same with the last one split.  Only a note called since the last
	 * place to break may be: the others are settled (as in FOP). */
	int64_t notes_split;
};

/* At f->from; *head: what the open boxes take at the column's top. */
void scan_start(const struct stream *st, struct fill *f, struct scan *s,
    int64_t *head);
void scan_elem(struct scan *s, struct fill *f, const struct velem *e);

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

/* Chooses the break of the column that begins at f->from, with all that follows
 * in view.  False: there is no place to break that the rules allow. */
bool breaks_choose(struct stream *st, struct fill *f);

#endif
