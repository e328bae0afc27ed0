/*
 * White space (XSL 1.1, 7.16.7, 7.16.8, 7.16.12) in a paragraph: linefeeds are
 * treated, spaces around linefeeds dropped, runs of spaces collapsed, all
 * by the properties of the block (they do not apply to inline objects).  The
 * beginning and the end of the paragraph and the blocks in it count as
 * linefeeds.
 *
 * The standard does not say whether "a <inline> b" has one space or two.
 * Apache FOP keeps both, and whoever wrote for it placed his words by that, so
 * we do; where px:typography is on there is one.
 *
 * Text is rewritten in place, since it only gets shorter (but for zero width
 * spaces).
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

struct spacer {
	struct arena *arena;
	struct run *runs;
	size_t n, cap;
	struct fo_node **apart;		/* contents treated by themselves */
	size_t n_apart, cap_apart;
	bool typography;	/* on in some text */

	/* Of the block: */
	enum fo_keyword linefeed, treatment;
	bool collapse;

	bool after_linefeed;
	bool in_space;		/* the last character was a space */
	bool split;		/* an inline object began or ended since */
	bool after_inline;	/* one ended that stands in the block itself */
	bool has_trail;		/* spaces that a linefeed would drop … */
	size_t trail_run;	/* … begin in this run */
	size_t trail_at;	/* at this byte */
};

/* ----------------------------------------------------------- collecting */

static void
add_run(struct spacer *s, int kind, struct fo_node *node)
{
	VEC_RESERVE(s->runs, s->cap, s->n + 1);
	s->runs[s->n].kind = kind;
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
			add_run(s, RUN_TEXT, n);
			break;
		case FO_CHARACTER:
			add_run(s, RUN_CHARACTER, n);
			break;
		case FO_INLINE:
		case FO_BASIC_LINK:
		case FO_BIDI_OVERRIDE:
		case FO_WRAPPER:
		case FO_FOOTNOTE:
		case FO_MULTI_TOGGLE:
		case FO_MULTI_SWITCH:
		case FO_MULTI_CASE:
		case FO_MULTI_PROPERTIES:
			add_run(s, RUN_SPLIT, NULL);
			collect(s, n->first, depth + 1);
			add_run(s, depth == 0 ? RUN_INLINE_END : RUN_SPLIT,
			    NULL);
			break;
		case FO_LEADER:
			VEC_RESERVE(s->apart, s->cap_apart, s->n_apart + 1);
			s->apart[s->n_apart++] = n->first;
			add_run(s, RUN_OBJECT, NULL);
			break;
		case FO_MARKER:
		case FO_FLOAT:
		case FO_FOOTNOTE_BODY:
		case FO_CHANGE_BAR_BEGIN:
		case FO_CHANGE_BAR_END:
		case FO_INDEX_RANGE_BEGIN:
		case FO_INDEX_RANGE_END:
		case FO_INITIAL_PROPERTY_SET:
		case FO_MULTI_PROPERTY_SET:
			add_run(s, RUN_SPLIT, NULL);
			break;
		default:
			add_run(s, fo_is_block((enum fo_type)n->type)
			    ? RUN_BREAK : RUN_OBJECT, NULL);
			break;
		}
	}
}

/* ------------------------------------------------------------- treating */

/* A linefeed comes: the spaces before it go.  `*out` is the length so far
 * of the run being written. */
static void
drop_trail(struct spacer *s, size_t current, size_t *out)
{
	size_t i;

	if (!s->has_trail)
		return;
	s->has_trail = false;
	if (s->treatment != KW_IGNORE_IF_SURROUNDING_LINEFEED &&
	    s->treatment != KW_IGNORE_IF_BEFORE_LINEFEED)
		return;
	for (i = s->trail_run; i <= current && i < s->n; i++) {
		size_t left = i == s->trail_run ? s->trail_at : 0;

		if (s->runs[i].kind != RUN_TEXT)
			continue;
		if (i == current && out != NULL)
			*out = left;
		else
			s->runs[i].node->text_n = left;
	}
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
		return !s->after_linefeed;
	default:
		return true;
	}
}

/* Whether what was before an inline object's edge still counts. */
static void
cross_edges(struct spacer *s, const struct fo_node *n)
{
	if (fo_keyword(n->style, PR_TYPOGRAPHY) != KW_ON) {
		s->in_space = s->in_space && !s->split;
		s->after_linefeed = s->after_linefeed && !s->after_inline;
	}
	s->split = s->after_inline = false;
}

static void
treat_text(struct spacer *s, size_t index)
{
	struct fo_node *n = s->runs[index].node;
	const char *in = n->text, *end = in + n->text_n;
	char *text = (char *)n->text;
	size_t out = 0;
	int c;

	cross_edges(s, n);
	if (s->linefeed == KW_TREAT_AS_ZERO_WIDTH_SPACE)
		text = arena_alloc(s->arena, 3 * n->text_n);
	for (; in < end; in++) {
		c = (unsigned char)*in;
		if (c == '\n' && s->linefeed == KW_IGNORE)
			continue;
		if (c == '\n' && s->linefeed == KW_PRESERVE) {
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
			if (!s->has_trail) {
				s->has_trail = true;
				s->trail_run = index;
				s->trail_at = out;
			}
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
	}
	n->text = text;
	n->text_n = out;
}

/* fo:character counts as its character. */
static void
treat_character(struct spacer *s, struct fo_node *n)
{
	const char *text = fo_string(n->style, PR_CHARACTER);
	bool space = text != NULL && is_space((unsigned char)text[0]);

	cross_edges(s, n);
	if (space && !keeps_space(s)) {
		inner(n)->dropped = true;
		return;
	}
	s->in_space = space;
	s->after_linefeed = s->has_trail = false;
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

/* All runs of what begins with `first`; what is apart is left for later. */
static void
treat(struct spacer *sp, struct fo_node *first, bool begins, bool ends)
{
	struct spacer s = *sp;
	const struct fo_style *style;
	size_t i;

	if (first == NULL)
		return;
	style = paragraph_style(first);
	s.after_linefeed = begins;
	s.linefeed = fo_keyword(style, PR_LINEFEED_TREATMENT);
	s.treatment = fo_keyword(style, PR_WHITE_SPACE_TREATMENT);
	s.collapse = fo_keyword(style, PR_WHITE_SPACE_COLLAPSE) == KW_TRUE;
	collect(&s, first, 0);
	for (i = 0; i < s.n; i++) {
		switch (s.runs[i].kind) {
		case RUN_TEXT:
			treat_text(&s, i);
			break;
		case RUN_CHARACTER:
			treat_character(&s, s.runs[i].node);
			break;
		case RUN_SPLIT:
			s.split = true;
			break;
		case RUN_INLINE_END:
			/* After a block in an inline a line begins. */
			s.split = true;
			s.after_inline = i == 0 ||
			    s.runs[i - 1].kind != RUN_BREAK;
			break;
		case RUN_OBJECT:
			s.in_space = s.after_linefeed = s.has_trail = false;
			break;
		case RUN_BREAK:
			drop_trail(&s, i, NULL);
			s.after_linefeed = true;
			s.in_space = s.split = s.after_inline = false;
			break;
		}
	}
	if (ends)
		drop_trail(&s, s.n, NULL);
	if (s.typography)
		typography_treat(s.arena, s.runs, s.n);
	free(s.runs);
	sp->apart = s.apart;
	sp->n_apart = s.n_apart;
	sp->cap_apart = s.cap_apart;
}

/* A leader's content is a line of its own; leaders in leaders are not allowed,
 * but there may be thousands. */
void
space_treat(struct arena *arena, struct fo_node *first, bool begins, bool ends)
{
	struct spacer s = { .arena = arena };

	treat(&s, first, begins, ends);
	while (s.n_apart > 0)
		treat(&s, s.apart[--s.n_apart], false, false);
	free(s.apart);
}
