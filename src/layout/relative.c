/*
 * relative-align (XSL 1.1, 7.14.6): the first lines of the cells of a row, or of
 * an item's label and body, stand on one baseline.  Those whose baseline would be
 * higher begin lower, within the height that they are given.  What has no line
 * stays where it is.
 */
#include <stdlib.h>

#include "layout/layout_int.h"

static bool
strand_baseline(const struct strand *s, mpt *y)
{
	if (s->align != ALIGN_BASELINE || !vlist_baseline(s->list, y))
		return false;
	*y = mpt_add(*y, s->before);
	return true;
}

void
strands_relate(struct strand *s, size_t n, size_t n_rows)
{
	mpt *lowest = xcalloc(n_rows + 1, sizeof *lowest), y;

	for (size_t i = 0; i < n; i++)
		if (strand_baseline(&s[i], &y))
			lowest[s[i].first_row] =
			    mpt_max(lowest[s[i].first_row], y);
	for (size_t i = 0; i < n; i++) {
		mpt down;

		if (!strand_baseline(&s[i], &y))
			continue;
		down = lowest[s[i].first_row] - y;
		s[i].before = mpt_add(s[i].before, down);
		s[i].height = mpt_max(0, s[i].height - down);
	}
	free(lowest);
}
