/*
 * White space (XSL 1.1, 7.16.7, 7.16.8, 7.16.12) in a paragraph: linefeeds are
 * treated, spaces around linefeeds dropped, runs of spaces collapsed, all
 * by the properties of the block (they do not apply to inline objects).  The
 * beginning and the end of the paragraph and the blocks in it count as
 * linefeeds.
 *
 * The standard does not say whether "a <inline> b" has one space or two, nor
 * what a space is before a page number at the paragraph's end.  Apache FOP
 * treats each run of text between two other objects by itself; the spaces at
 * the end of an inline object wait for what comes.  Whoever wrote for it placed
 * his words by that, so we do the same; where px:typography is on the
 * paragraph is one run.
 *
 * Text is rewritten in place, since it only gets shorter (but for zero width
 * spaces).
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

/* Where spaces begin: a run and a byte of its text. */
struct trail {
	size_t run, at;
};

struct spacer {
	struct arena *arena;
	struct run *runs;
	size_t n, cap;
	bool typography;	/* on in some text */
	bool begins;		/* the paragraph does, with the first run */

	/* Of the block: */
	enum fo_keyword linefeed, treatment;
	bool collapse;

	bool after_linefeed;
	bool in_space;		/* the last character was a space */
	bool in_text;		/* no other object since the last text */
	bool float_space;	/* …before the float that came last */
	bool solid;		/* the last run has more than spaces */
	bool bare;		/* nothing but spaces on the line so far… */
	bool floated;		/* …and a float */
	bool has_trail;		/* spaces that a linefeed would drop */
	struct trail trail;
	struct trail *waiting;	/* at the ends of inline objects */
	size_t n_waiting, cap_waiting;
};

/* ----------------------------------------------------------- collecting */

static void
add_run(struct spacer *s, int kind, struct fo_node *node, int depth)
{
	VEC_RESERVE(s->runs, s->cap, s->n + 1);
	s->runs[s->n].kind = kind;
	s->runs[s->n].in_block = depth == 0;
	s->runs[s->n++].node = node;
}

static void
collect(struct spacer *s, struct fo_node *first, int depth)
{
	struct fo_node *n;

	for (n = first; n != NULL; n = n->next) {
		switch (n->type) {
		case FO_TEXT:
			s->typography |=
			    fo_keyword(n->style, PR_TYPOGRAPHY) == KW_ON;
			add_run(s, RUN_TEXT, n, depth);
			break;
		case FO_CHARACTER:
			add_run(s, RUN_CHARACTER, n, depth);
			break;
		case FO_INLINE:
		case FO_BASIC_LINK:
		case FO_BIDI_OVERRIDE:
		case FO_WRAPPER:
		case FO_MULTI_TOGGLE:
		case FO_MULTI_SWITCH:
		case FO_MULTI_CASE:
		case FO_MULTI_PROPERTIES:
			add_run(s, RUN_SPLIT, NULL, depth);
			collect(s, n->first, depth + 1);
			add_run(s, RUN_INLINE_END, NULL, depth);
			break;
		case FO_FOOTNOTE:
			add_run(s, RUN_SPLIT, NULL, depth);
			collect(s, n->first, depth + 1);
			add_run(s, RUN_APART, NULL, depth);
			break;
		case FO_LEADER:
			add_run(s, RUN_OBJECT, NULL, depth);
			collect(s, n->first, depth + 1);
			add_run(s, RUN_INLINE_END, NULL, depth);
			add_run(s, RUN_OBJECT, NULL, depth);
			break;
		case FO_FOOTNOTE_BODY:
		case FO_MARKER:
			break;
		case FO_FLOAT:
			add_run(s, RUN_FLOAT, NULL, depth);
			break;
		case FO_CHANGE_BAR_BEGIN:
		case FO_CHANGE_BAR_END:
		case FO_INDEX_RANGE_BEGIN:
		case FO_INDEX_RANGE_END:
		case FO_INITIAL_PROPERTY_SET:
		case FO_MULTI_PROPERTY_SET:
			add_run(s, RUN_SPLIT, NULL, depth);
			break;
		default:
			add_run(s, fo_is_block((enum fo_type)n->type)
			    ? RUN_BREAK : RUN_OBJECT, NULL, depth);
			break;
		}
	}
}

/* ------------------------------------------------------------- treating */

static bool
drops_before_linefeed(const struct spacer *s)
{
	return s->treatment == KW_IGNORE_IF_SURROUNDING_LINEFEED ||
	    s->treatment == KW_IGNORE_IF_BEFORE_LINEFEED;
}

/* The spaces from `t` on, in all runs before `end`, go. */
static void
cut(struct spacer *s, struct trail t, size_t end)
{
	size_t i;

	for (i = t.run; i < end; i++) {
		if (s->runs[i].kind == RUN_TEXT)
			s->runs[i].node->text_n = i == t.run ? t.at : 0;
		else if (s->runs[i].kind == RUN_CHARACTER)
			s->runs[i].node->dropped = true;
	}
}

/* A linefeed comes before the run `next`, or in it, where `out` is the length
 * so far of what is written of it: the spaces before go. */
static void
drop_trail(struct spacer *s, size_t next, size_t *out)
{
	if (s->has_trail && drops_before_linefeed(s)) {
		cut(s, s->trail, next);
		if (out != NULL)
			*out = s->trail.run == next ? s->trail.at : 0;
	}
	s->has_trail = false;
}

/* The paragraph ends.  Spaces at the ends of inline objects go, if the text
 * after them has nothing but spaces. */
static void
drop_waiting(struct spacer *s)
{
	size_t i, end;

	if (!s->solid && (drops_before_linefeed(s) ||
	    (s->collapse && s->in_space))) {
		for (i = 0; i < s->n_waiting; i++) {
			for (end = s->waiting[i].run; end < s->n &&
			     s->runs[end].kind <= RUN_CHARACTER; end++)
				continue;
			cut(s, s->waiting[i], end);
		}
	}
	s->n_waiting = 0;
}

static bool
keeps_space(const struct spacer *s)
{
	if (s->collapse && s->in_space)
		return false;
	switch (s->treatment) {
	case KW_IGNORE:
		return false;
	case KW_IGNORE_IF_SURROUNDING_LINEFEED:
	case KW_IGNORE_IF_AFTER_LINEFEED:
		return !s->after_linefeed && !s->floated;
	default:
		return true;
	}
}

/* Text: it goes on, or a run of it begins. */
static void
begin_run(struct spacer *s, size_t index)
{
	if (s->in_text || s->typography)
		return;
	s->in_text = true;
	/* A run goes on behind a float, as in FOP. */
	s->in_space = index > 0 && s->runs[index - 1].kind == RUN_FLOAT &&
	    s->float_space;
	s->solid = s->has_trail = false;
	if (s->runs[index].in_block)
		s->after_linefeed = index == 0 ? s->begins
		    : s->runs[index - 1].kind == RUN_BREAK;
}

/* What is not text: a run of text that was before it ends. */
static void
end_run(struct spacer *s, size_t index)
{
	if (s->typography)
		return;
	if (!s->in_text) {
		s->solid = false;
		s->after_linefeed = index == 0 && s->begins;
	} else if (s->runs[index].kind == RUN_INLINE_END) {
		if (s->solid)
			s->n_waiting = 0;
		if (s->has_trail) {
			VEC_RESERVE(s->waiting, s->cap_waiting,
			    s->n_waiting + 1);
			s->waiting[s->n_waiting++] = s->trail;
		}
	}
	s->in_text = false;
}

/* A block among the lines, or their end. */
static void
end_lines(struct spacer *s, size_t next)
{
	if (s->in_text || s->typography)
		drop_trail(s, next, NULL);
	else
		s->solid = false;
	drop_waiting(s);
	s->after_linefeed = s->bare = true;
	s->in_text = s->in_space = s->has_trail = s->floated = false;
}

/* Something else than a space stands on the line. */
static void
fill_line(struct spacer *s)
{
	s->bare = s->floated = false;
}

/* A space stands at this byte of this run. */
static void
start_trail(struct spacer *s, size_t index, size_t at)
{
	if (s->has_trail)
		return;
	s->has_trail = true;
	s->trail.run = index;
	s->trail.at = at;
}

static void
treat_text(struct spacer *s, size_t index)
{
	struct fo_node *n = s->runs[index].node;
	const char *in = n->text, *end = in + n->text_n;
	char *text = (char *)n->text;
	size_t out = 0;
	bool one_line = fo_keyword(n->style, PR_KEEP_TOGETHER_WITHIN_LINE) ==
	    KW_ALWAYS;
	int c;

	begin_run(s, index);
	if (s->linefeed == KW_TREAT_AS_ZERO_WIDTH_SPACE)
		text = arena_alloc(s->arena, 3 * n->text_n);
	for (; in < end; in++) {
		c = (unsigned char)*in;
		if (c == '\n' && s->linefeed == KW_IGNORE)
			continue;
		if (c == '\n' && s->linefeed == KW_PRESERVE) {
			/* What is one line by a keep has no empty ones, as in
			 * FOP. */
			if (one_line && s->after_linefeed)
				continue;
			drop_trail(s, index, &out);
			text[out++] = '\n';
			s->after_linefeed = true;
			s->in_space = false;
			continue;
		}
		if (is_space(c) && !(c == '\n' &&
		    s->linefeed == KW_TREAT_AS_ZERO_WIDTH_SPACE)) {
			if (!keeps_space(s))
				continue;
			start_trail(s, index, out);
			text[out++] = ' ';
			s->in_space = true;
			continue;
		}
		if (c == '\n') {
			memcpy(text + out, "\xe2\x80\x8b", 3);
			out += 3;
		} else {
			text[out++] = (char)c;
		}
		s->in_space = s->after_linefeed = s->has_trail = false;
		s->solid = true;
		fill_line(s);
	}
	n->text = text;
	n->text_n = out;
}

/* fo:character counts as its character. */
static void
treat_character(struct spacer *s, size_t index)
{
	struct fo_node *n = s->runs[index].node;
	const char *text = fo_string(n->style, PR_CHARACTER);
	bool space = text != NULL && is_space((unsigned char)text[0]);

	begin_run(s, index);
	if (space && !keeps_space(s)) {
		n->dropped = true;
		return;
	}
	s->in_space = space;
	if (space) {
		start_trail(s, index, 0);
		return;
	}
	s->solid = true;
	s->after_linefeed = s->has_trail = false;
	fill_line(s);
}

static const struct fo_style *
paragraph_style(const struct fo_node *first)
{
	const struct fo_node *n = first->parent;

	while (n->parent != NULL &&
	    !(type_flags((enum fo_type)n->type) & OBJ_LINES))
		n = n->parent;
	return n->style;
}

static void
treat_run(struct spacer *s, size_t index)
{
	switch (s->runs[index].kind) {
	case RUN_TEXT:
		treat_text(s, index);
		break;
	case RUN_CHARACTER:
		treat_character(s, index);
		break;
	case RUN_OBJECT:
		if (s->typography)
			s->in_space = s->after_linefeed = s->has_trail =
			    false;
		end_run(s, index);
		fill_line(s);
		break;
	case RUN_FLOAT:
		/* At a line's beginning it leaves the beginning where it was,
		 * as in FOP. */
		s->floated = s->bare;
		s->float_space = s->in_text && s->in_space;
		end_run(s, index);
		break;
	case RUN_SPLIT:
	case RUN_INLINE_END:
		end_run(s, index);
		break;
	case RUN_APART:
		end_run(s, index);
		s->n_waiting = 0;
		fill_line(s);
		break;
	case RUN_BREAK:
		end_lines(s, index);
		break;
	}
}

void
space_treat(struct arena *arena, struct fo_node *first, bool begins, bool ends)
{
	const struct fo_style *style;
	struct spacer s = { .arena = arena, .begins = begins,
		.after_linefeed = begins, .bare = begins };
	size_t i;

	style = paragraph_style(first);
	s.linefeed = fo_keyword(style, PR_LINEFEED_TREATMENT);
	s.treatment = fo_keyword(style, PR_WHITE_SPACE_TREATMENT);
	s.collapse = fo_keyword(style, PR_WHITE_SPACE_COLLAPSE) == KW_TRUE;
	collect(&s, first, 0);
	for (i = 0; i < s.n; i++)
		treat_run(&s, i);
	if (ends)
		end_lines(&s, s.n);
	if (s.typography)
		typography_treat(s.arena, s.runs, s.n);
	free(s.runs);
	free(s.waiting);
}
