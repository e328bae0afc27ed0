/*
 * Where the words of a paragraph may be divided.  A word is what stands between
 * two places at which a line may end anyway, in however many fonts and inlines
 * it is set; what shows no letter in it (a picture, a number) is no part of it,
 * but does not end it either.
 *
 * As in FOP the block says whether and in which language words are divided, and
 * how many letters must stay together; in typographic text each inline does.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/para.h"

/* A word while it is collected, with the way back to the text. */
struct word {
	struct para *p;
	const uint8_t *breaks;
	uint8_t *divided;
	char *text;
	uint32_t *ends;		/* of each byte: byte of the paragraph after it */
	size_t n;
	int span, last;		/* in which it began, and is */
};

/* What parts words. */
static bool
ends_word(const struct para *p, uint32_t cp)
{
	switch (cp) {
	case 0xA0:
	case 0x202F:
	case 0x2060:
	case 0xFEFF:
		/* For FOP nothing, unless it stretches in justified lines. */
		return p->typography || p->align == KW_JUSTIFY;
	case 0x3000:
		return true;
	default:
		return para_is_separator(cp) ||
		    (cp >= 0x2000 && cp <= 0x200A);
	}
}

static bool
is_silent(uint32_t cp)
{
	return cp == 0xA0 || cp == 0x202F || cp == 0x2060 || cp == 0xFEFF;
}

static void
end_word(struct word *w)
{
	struct para *p = w->p;
	const struct span *sp = &p->spans[p->typography ? w->span : 0];
	const struct hyphen_rule rule = {
		fo_integer(sp->style, PR_HYPHENATION_REMAIN_CHARACTER_COUNT, 2),
		fo_integer(sp->style, PR_HYPHENATION_PUSH_CHARACTER_COUNT, 2),
		p->typography
	};
	uint8_t *points = (uint8_t *)w->text + w->n;
	size_t i;

	if (w->n > 1 && fo_keyword(sp->style, PR_HYPHENATE) == KW_TRUE) {
		text_hyphens(p->l->fonts, sp->ts->lang, w->text, w->n, &rule,
		    points);
		for (i = 1; i < w->n; i++)
			if (points[i])
				w->divided[w->ends[i - 1] - 1] = 1;
	}
	w->n = 0;
}

static void
add_letter(struct word *w, int span, uint32_t from, uint32_t to)
{
	if (w->n == 0)
		w->span = span;
	w->last = span;
	for (; from < to; from++, w->n++) {
		w->text[w->n] = w->p->text.p[from];
		w->ends[w->n] = to;
	}
}

static void
add_stretch(struct word *w, const struct mark *m)
{
	const char *text = w->p->text.p, *end = text + m->to;
	const char *s = text + m->from;

	while (s < end) {
		uint32_t at = (uint32_t)(s - text);
		uint32_t cp = utf8_next(&s, end);
		uint32_t next = (uint32_t)(s - text);

		if (ends_word(w->p, cp))
			end_word(w);
		else if (!is_silent(cp))
			add_letter(w, m->span, at, next);
		if (w->breaks[next - 1] != BREAK_NO)
			end_word(w);
	}
}

/* For FOP a word ends where the text of an inline ends in a dash or a slash. */
static bool
ends_in_dash(const struct word *w, const struct mark *next)
{
	return !w->p->typography && w->n > 0 &&
	    (next->type != PC_TEXT || next->span != w->last) &&
	    (w->text[w->n - 1] == '-' || w->text[w->n - 1] == '/');
}

uint8_t *
para_divide(struct para *p, const uint8_t *breaks)
{
	size_t n = p->text.n + 1, i;
	struct word w = { .p = p, .breaks = breaks };

	w.divided = arena_alloc(p->arena, n);
	memset(w.divided, 0, n);
	if (!p->hyphenate && !p->typography)
		return w.divided;
	w.text = xmalloc(2 * n);
	w.ends = xmalloc(n * sizeof *w.ends);
	for (i = 0; i < p->n_marks; i++) {
		const struct mark *m = &p->marks[i];

		if (m->from == m->to)
			continue;
		if (ends_in_dash(&w, m))
			end_word(&w);
		if (m->type == PC_TEXT && !para_is_number(&p->spans[m->span]))
			add_stretch(&w, m);
		else if (breaks[m->to - 1] != BREAK_NO)
			end_word(&w);
	}
	end_word(&w);
	free(w.text);
	free(w.ends);
	return w.divided;
}
