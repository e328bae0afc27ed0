/*
 * Where the words of a paragraph may be divided.  A word is what stands between
 * two places at which a line may end anyway, in however many fonts and inlines
 * it is set; what shows no letter in it (a picture, a number) is no part of it,
 * but does not end it either.
 *
 * As in FOP the block says whether and in which language words are divided, and
 * how many letters must stay together; in typographic text each inline does.
 *
 * Two more things are FOP's.  Where text ends in a dash or a slash and goes on in
 * another inline, a line may end, at the price of a hyphen, and so does the word.
 * And where something in an inline, or in the text between two of them, can be
 * divided, all of it is made anew: then these ends are forgotten, and a line that
 * ends at a zero-width space there costs as much as one that ends in a word.
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
	int span;		/* in which it began */
	bool seam, boxed;	/* an edge, one with a border, came after it */
	bool soft;		/* a soft hyphen stands at one of its ends */
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

	if (w->n > 1 && !w->soft &&
	    fo_keyword(sp->style, PR_HYPHENATE) == KW_TRUE) {
		text_hyphens(p->l->fonts, sp->ts->lang, w->text, w->n, &rule,
		    points);
		for (i = 1; i < w->n; i++)
			if (points[i])
				w->divided[w->ends[i - 1] - 1] =
				    DIVIDED_HYPHEN;
	}
	w->n = 0;
	w->soft = false;
}

/* FOP divides no word beside a soft hyphen. */
static void
meet_soft_hyphen(struct word *w)
{
	w->soft = !w->p->typography;
	end_word(w);
	w->soft = !w->p->typography;
}

static void
add_letter(struct word *w, int span, uint32_t from, uint32_t to)
{
	if (w->n == 0)
		w->span = span;
	w->seam = w->boxed = false;
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

		if (cp == 0xAD)
			meet_soft_hyphen(w);
		else if (ends_word(w->p, cp))
			end_word(w);
		else if (!is_silent(cp))
			add_letter(w, m->span, at, next);
		if (w->breaks[next - 1] != BREAK_NO && cp != 0xAD)
			end_word(w);
	}
}

/* Something else follows: does the word end in a dash or a slash? */
static void
part_at_dash(struct word *w)
{
	char c = w->n > 0 ? w->text[w->n - 1] : '\0';

	if (w->p->typography || w->boxed || (c != '-' && c != '/'))
		return;
	w->divided[w->ends[w->n - 1] - 1] = DIVIDED_BARE;
	end_word(w);
}

static void
collect_words(struct word *w)
{
	struct para *p = w->p;

	for (size_t i = 0; i < p->n_marks; i++) {
		const struct mark *m = &p->marks[i];
		bool text = m->type == PC_TEXT &&
		    !para_is_number(&p->spans[m->span]);

		if (m->type == PC_START || m->type == PC_END) {
			w->seam = true;
			w->boxed |= p->spans[m->span].boxed;
		}
		if (m->from == m->to)
			continue;
		if (w->seam || !text)
			part_at_dash(w);
		if (text)
			add_stretch(w, m);
		else if (w->breaks[m->to - 1] != BREAK_NO)
			end_word(w);
	}
	end_word(w);
}

/* ---------------------------------------------------------------- units */

static void
settle_unit(const struct para *p, uint8_t *divided, uint32_t from, uint32_t to)
{
	static const char space[] = "\u200B";
	uint32_t n = sizeof space - 1;

	if (memchr(divided + from, DIVIDED_HYPHEN, to - from) == NULL)
		return;
	for (uint32_t i = from; i < to; i++)
		if (divided[i] == DIVIDED_BARE)
			divided[i] = DIVIDED_NO;
		else if (i + 1 >= from + n &&
		    memcmp(p->text.p + i + 1 - n, space, n) == 0)
			divided[i] = DIVIDED_INNER;
}

static void
settle_units(const struct para *p, uint8_t *divided)
{
	uint32_t from = 0;
	int depth = 0;

	for (size_t i = 0; i < p->n_marks; i++) {
		const struct mark *m = &p->marks[i];

		depth -= m->type == PC_END;
		if (depth == 0 && m->type != PC_TEXT) {
			settle_unit(p, divided, from, m->from);
			from = m->from;
		}
		depth += m->type == PC_START;
	}
	settle_unit(p, divided, from, (uint32_t)p->text.n);
}

uint8_t *
para_divide(struct para *p, const uint8_t *breaks)
{
	size_t n = p->text.n + 1;
	struct word w = { .p = p, .breaks = breaks };

	w.divided = arena_alloc(p->arena, n);
	memset(w.divided, DIVIDED_NO, n);
	if (!p->hyphenate && !p->typography)
		return w.divided;
	w.text = xmalloc(2 * n);
	w.ends = xmalloc(n * sizeof *w.ends);
	collect_words(&w);
	if (!p->typography)
		settle_units(p, w.divided);
	free(w.text);
	free(w.ends);
	return w.divided;
}
