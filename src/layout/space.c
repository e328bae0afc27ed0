/*
 * Resolving a sequence of space-specifiers that follow each other without
 * anything between them (XSL 1.1, 4.3.1).
 */
#include "layout/layout_int.h"

/* At the edge of a reference area conditional spaces vanish, and those that
 * directly follow them. */
static void
drop_edge(struct space_spec *v, size_t n, bool trailing)
{
	for (size_t i = 0; i < n; i++) {
		struct space_spec *s = &v[trailing ? n - 1 - i : i];

		if (s->retain)
			return;
		s->dropped = true;
	}
}

/* If any space is forcing, only forcing ones stay, all of them. */
static bool
keep_forcing(struct space_spec *v, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= !v[i].dropped && v[i].precedence == INT_MAX;
	for (size_t i = 0; any && i < n; i++)
		if (!v[i].dropped && v[i].precedence == INT_MAX)
			v[i].result = v[i].space;
	return any;
}

void
space_resolve(struct space_spec *v, size_t n, bool leading, bool trailing)
{
	struct space_spec *win = NULL;
	struct space s;

	for (size_t i = 0; i < n; i++) {
		v[i].dropped = false;
		v[i].result = (struct space){ 0, 0, 0 };
	}
	if (leading)
		drop_edge(v, n, false);
	if (trailing)
		drop_edge(v, n, true);
	if (keep_forcing(v, n))
		return;
	/* The highest precedence wins, then the greatest optimum, then the
	 * last of those that are left. */
	for (size_t i = 0; i < n; i++) {
		if (v[i].dropped)
			continue;
		if (win == NULL || v[i].precedence > win->precedence ||
		    (v[i].precedence == win->precedence &&
		    v[i].space.opt >= win->space.opt))
			win = &v[i];
	}
	if (win == NULL)
		return;
	/* Among equals: the greatest minimum and the least maximum. */
	s = win->space;
	for (size_t i = 0; i < n; i++) {
		if (v[i].dropped || v[i].precedence != win->precedence ||
		    v[i].space.opt != win->space.opt)
			continue;
		s.min = mpt_max(s.min, v[i].space.min);
		s.max = mpt_min(s.max, v[i].space.max);
	}
	win->result = s;
}

struct space_spec
space_spec(const struct fo_style *st, bool before, mpt ipd)
{
	enum fo_prop opt = before ? PR_SPACE_BEFORE_OPTIMUM :
	    PR_SPACE_AFTER_OPTIMUM;
	enum fo_prop min = before ? PR_SPACE_BEFORE_MINIMUM :
	    PR_SPACE_AFTER_MINIMUM;
	enum fo_prop max = before ? PR_SPACE_BEFORE_MAXIMUM :
	    PR_SPACE_AFTER_MAXIMUM;
	enum fo_prop cond = before ? PR_SPACE_BEFORE_CONDITIONALITY :
	    PR_SPACE_AFTER_CONDITIONALITY;
	enum fo_prop prec = before ? PR_SPACE_BEFORE_PRECEDENCE :
	    PR_SPACE_AFTER_PRECEDENCE;
	struct space_spec s = {
		.space.opt = fo_length(st, opt, ipd),
		.space.min = fo_length(st, min, ipd),
		.space.max = fo_length(st, max, ipd),
		.retain = fo_keyword(st, cond) == KW_RETAIN,
		.precedence = fo_keyword(st, prec) == KW_FORCE ? INT_MAX :
		    fo_integer(st, prec, 0),
	};

	s.space.min = mpt_min(s.space.min, s.space.opt);
	s.space.max = mpt_max(s.space.max, s.space.opt);
	return s;
}
