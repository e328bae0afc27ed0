/*
 * The spaces of a language's typography, set where px:typography is on: a
 * space that was typed is exchanged, one that is missing is added.  What is
 * no sentence is left alone: web and mail addresses, 12:30, xs:string.
 *
 * The text between two breaks is taken as one row of characters, whatever
 * inline objects it is in; each character goes by the rules of its own text's
 * language.
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

enum rule { BEFORE, AFTER, NUMBER, UNIT, THOUSANDS, APOSTROPHE };
enum { NONE = 0, NARROW = 0x202f, WIDE = 0xa0, OBJECT = 0xfffc };

static const struct typo {
	const char *lang;
	enum rule rule;
	const char *what;
	uint32_t space;
} typos[] = {
#define TYPO(lang, rule, what, space) { lang, rule, what, space },
#include "fo/typography.def"
#undef TYPO
};
#define N_TYPOS (sizeof typos / sizeof *typos)

struct ch {
	uint32_t cp;		/* 0: taken out */
	uint32_t before;	/* space to add before it, or 0 */
	const char *lang;	/* of the rules, NULL: none */
	const struct fo_node *node;
	bool address;		/* part of an address and the like */
};

struct line {
	struct ch *c;
	size_t n, cap;
};

/* --------------------------------------------------------------- kinds */

static bool
is_gap(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

static bool
is_break_space(uint32_t c)
{
	return is_gap(c) || c == '\n' || c == '\t' || c == '\r' || c == 0;
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Letters by what they are not: beyond ASCII, all but punctuation, signs and
 * spaces. */
static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 &&
	    !(c >= 0x2000 && c <= 0x2bff) && !(c >= 0x3000 && c <= 0x3020) &&
	    c < 0xfff0;
}

static uint32_t
at(const struct line *l, size_t i)
{
	return i < l->n ? l->c[i].cp : 0;
}

static bool
has_char(const char *set, uint32_t cp)
{
	const char *end = set + strlen(set);
	uint32_t c;

	while ((c = utf8_next(&set, end)) != 0)
		if (c == cp)
			return true;
	return false;
}

static const struct typo *
find(const struct ch *c, enum rule rule, uint32_t cp)
{
	size_t i;

	if (c->lang == NULL || c->address)
		return NULL;
	for (i = 0; i < N_TYPOS; i++)
		if (typos[i].rule == rule && str_eq(typos[i].lang, c->lang) &&
		    (cp == 0 || has_char(typos[i].what, cp)))
			return &typos[i];
	return NULL;
}

/* ------------------------------------------------------------ addresses */

/* Is the word l[from, to) a web or mail address or a path? */
static bool
is_address(const struct line *l, size_t from, size_t to)
{
	static const char *const starts[] = { "www.", "mailto:", "urn:",
		"tel:", "data:" };
	char word[16] = { 0 };
	size_t i, n = to - from;
	bool at_sign = false;

	for (i = 0; i < n && i + 1 < sizeof word; i++)
		word[i] = l->c[from + i].cp < 0x80
		    ? (char)l->c[from + i].cp : '?';
	for (i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(word, starts[i]))
			return true;
	for (i = from; i < to; i++) {
		uint32_t c = l->c[i].cp;

		at_sign |= c == '@' && i > from;
		if (at_sign && c == '.' && is_letter(at(l, i + 1)))
			return true;
		if (c == '\\' || (c == ':' && i + 2 < to &&
		    at(l, i + 1) == '/' && at(l, i + 2) == '/'))
			return true;
	}
	return false;
}

/* The last sign of a sentence is not part of the address before it. */
static size_t
without_end_sign(const struct line *l, size_t from, size_t to)
{
	while (to > from && has_char(";!?:,.)»", l->c[to - 1].cp))
		to--;
	return to;
}

static void
mark_addresses(struct line *l)
{
	size_t from, to, i, end;

	for (from = 0; from < l->n; from = to + 1) {
		for (to = from; to < l->n && !is_break_space(l->c[to].cp) &&
		     l->c[to].cp != OBJECT; to++)
			;
		if (!is_address(l, from, to))
			continue;
		end = without_end_sign(l, from, to);
		for (i = from; i < end; i++)
			l->c[i].address = true;
	}
}

/* --------------------------------------------------------------- rules */

static bool
is_closing(uint32_t c)
{
	return has_char(".…)]}’”\"»›%‰°²³'*€$£", c);
}

static bool
ends_word(uint32_t c)
{
	return is_letter(c) || is_digit(c) || is_closing(c) || c == OBJECT;
}

static void
rule_before(struct line *l, size_t i)
{
	struct ch *c = l->c;
	const struct typo *t = find(&c[i], BEFORE, c[i].cp);
	uint32_t next = at(l, i + 1);
	bool quote = c[i].cp == 0xbb || c[i].cp == 0x203a;

	if (t == NULL || i == 0)
		return;
	/* xs:string, 12:30, a?b: no sign of a sentence. */
	if (!quote && (is_letter(next) || is_digit(next) || next == '/' ||
	    next == '-' || next == '='))
		return;
	if (is_gap(c[i - 1].cp)) {
		if (i >= 2 && (ends_word(c[i - 2].cp) ||
		    has_char(";!?:", c[i - 2].cp)))
			c[i - 1].cp = t->space;
	} else if (c[i - 1].address) {
		/* Whose sign it is cannot be told. */
		return;
	} else if (ends_word(c[i - 1].cp) ||
	    (quote && has_char(";!?:,", c[i - 1].cp))) {
		c[i].before = t->space;
	}
}

static void
rule_after(struct line *l, size_t i)
{
	struct ch *c = l->c;
	const struct typo *t = find(&c[i], AFTER, c[i].cp);

	if (t == NULL || i + 1 >= l->n || c[i + 1].cp == '\n')
		return;
	if (is_gap(c[i + 1].cp))
		c[i + 1].cp = t->space;
	else
		c[i + 1].before = t->space;
}

static void
rule_number(struct line *l, size_t i)
{
	struct ch *c = l->c;
	const struct typo *t = find(&c[i], NUMBER, c[i].cp);
	uint32_t next = at(l, i + 1);

	if (t == NULL || i == 0 || is_digit(next) || is_letter(next))
		return;
	if (is_digit(c[i - 1].cp))
		c[i].before = t->space;
	else if (is_gap(c[i - 1].cp) && i >= 2 && is_digit(c[i - 2].cp))
		c[i - 1].cp = t->space;
}

/* A space after a number, before a unit; and in "14 h 30" both. */
static void
rule_unit(struct line *l, size_t i)
{
	struct ch *c = l->c;
	const struct typo *t;
	char word[32];
	size_t n = 0, k;

	if (!is_gap(c[i].cp) || i == 0 || !is_digit(c[i - 1].cp))
		return;
	t = find(&c[i], UNIT, 0);
	for (k = i + 1; k < l->n && n + 4 < sizeof word &&
	     (is_letter(c[k].cp) || has_char("°²³€", c[k].cp)); k++)
		n += utf8_encode(c[k].cp, word + n);
	if (t == NULL || n == 0 || !words_have(t->what, word, n))
		return;
	c[i].cp = t->space;
	if (n == 1 && word[0] == 'h' && is_gap(at(l, k)) &&
	    is_digit(at(l, k + 1)))
		c[k].cp = t->space;
}

/* How many digits end before i. */
static size_t
digits_before(const struct line *l, size_t i)
{
	size_t n = 0;

	while (n < i && is_digit(l->c[i - 1 - n].cp))
		n++;
	return n;
}

static size_t
digits_from(const struct line *l, size_t i)
{
	size_t n = 0;

	while (is_digit(at(l, i + n)))
		n++;
	return n;
}

/* Are the digits before the gap at i the first of a number in groups, or a
 * later group of it?  A telephone number, 02 555 01 27, begins with a 0. */
static bool
is_group_before(const struct line *l, size_t i)
{
	for (;;) {
		size_t n = digits_before(l, i);
		size_t first = i - n, more;

		if (n < 1 || n > 3)
			return false;
		if (first > 0 && has_char(",./:-", l->c[first - 1].cp))
			return false;
		more = first > 0 && n == 3 && is_gap(l->c[first - 1].cp) ?
		    digits_before(l, first - 1) : 0;
		if (more < 1 || more > 3)
			return l->c[first].cp != '0' || n == 1;
		i = first - 1;
	}
}

/* Are those after it a group of three, and all that follow? */
static bool
is_group_after(const struct line *l, size_t i)
{
	while (is_gap(at(l, i)) && is_digit(at(l, i + 1))) {
		if (digits_from(l, i + 1) != 3)
			return false;
		i += 4;
	}
	return at(l, i) != '-' || !is_digit(at(l, i + 1));
}

static void
rule_thousands(struct line *l, size_t i)
{
	struct ch *c = l->c;
	const struct typo *t;

	if (!is_gap(c[i].cp) || digits_from(l, i + 1) != 3 ||
	    !is_group_before(l, i) || !is_group_after(l, i))
		return;
	t = find(&c[i], THOUSANDS, 0);
	if (t != NULL)
		c[i].cp = t->space;
}

static void
rule_apostrophe(struct line *l, size_t i)
{
	const struct typo *t;
	uint32_t next = at(l, i + 1);

	if (l->c[i].cp != '\'' || i == 0 || !is_letter(l->c[i - 1].cp) ||
	    !(is_letter(next) || is_digit(next) || next == 0xab ||
		next == OBJECT))
		return;
	t = find(&l->c[i], APOSTROPHE, 0);
	if (t != NULL)
		l->c[i].cp = t->space;
}

static void
apply_rules(struct line *l)
{
	size_t i;

	mark_addresses(l);
	for (i = 0; i < l->n; i++) {
		if (is_gap(l->c[i].cp)) {
			rule_thousands(l, i);
			rule_unit(l, i);
		} else if (!is_letter(l->c[i].cp) && !is_digit(l->c[i].cp)) {
			rule_number(l, i);
			rule_after(l, i);
			rule_before(l, i);
			rule_apostrophe(l, i);
		}
	}
}

/* ------------------------------------------------------- in and out again */

/* The language under which the rules are found: with the country if that has
 * rows of its own. */
static const char *
rules_lang(const char *language, const char *country)
{
	const char *found = NULL;
	size_t i, n;

	if (language == NULL)
		return NULL;
	n = strlen(language);
	for (i = 0; i < N_TYPOS; i++) {
		if (!str_starts(typos[i].lang, language))
			continue;
		if (typos[i].lang[n] == '\0')
			found = found != NULL ? found : typos[i].lang;
		else if (country != NULL && typos[i].lang[n] == '-' &&
		    str_eq(typos[i].lang + n + 1, country))
			return typos[i].lang;
	}
	return found;
}

static void
line_add(struct line *l, uint32_t cp, const char *lang,
    const struct fo_node *node)
{
	VEC_RESERVE(l->c, l->cap, l->n + 1);
	l->c[l->n++] = (struct ch){ .cp = cp, .lang = lang, .node = node };
}

static void
line_add_text(struct line *l, const char *s, size_t n, const char *lang,
    const struct fo_node *node)
{
	const char *end = s + n;

	while (s < end)
		line_add(l, utf8_next(&s, end), lang, node);
}

static void
put_ch(struct buf *out, const struct ch *c)
{
	if (c->before != 0)
		buf_utf8(out, c->before);
	if (c->cp != 0)
		buf_utf8(out, c->cp);
}

/* Writes the characters back to the nodes they came from. */
static void
write_back(struct arena *arena, const struct line *l)
{
	struct buf b = { 0 };
	struct fo_node *node;
	size_t i, k;

	for (i = 0; i < l->n; i = k) {
		node = (struct fo_node *)l->c[i].node;
		buf_clear(&b);
		for (k = i; k < l->n && l->c[k].node == node; k++)
			put_ch(&b, &l->c[k]);
		if (node == NULL || (b.n == node->text_n &&
		    memcmp(b.p, node->text, b.n) == 0))
			continue;
		node->text = arena_strndup(arena, buf_str(&b), b.n);
		node->text_n = b.n;
	}
	buf_free(&b);
}

void
typography_treat(struct arena *arena, const struct run *runs, size_t n)
{
	struct line l = { 0 };
	const struct fo_node *node;
	const char *lang;
	size_t i;

	for (i = 0; i <= n; i++) {
		if (i == n || runs[i].kind == RUN_BREAK) {
			apply_rules(&l);
			write_back(arena, &l);
			l.n = 0;
			continue;
		}
		node = runs[i].node;
		if (runs[i].kind != RUN_TEXT) {
			if (runs[i].kind == RUN_OBJECT ||
			    runs[i].kind == RUN_CHARACTER)
				line_add(&l, OBJECT, NULL, NULL);
			continue;
		}
		lang = NULL;
		if (fo_keyword(node->style, PR_TYPOGRAPHY) == KW_ON)
			lang = rules_lang(fo_string(node->style, PR_LANGUAGE),
			    fo_string(node->style, PR_COUNTRY));
		line_add_text(&l, node->text, node->text_n, lang, node);
	}
	free(l.c);
}

void
typography_text(const char *lang, const char *text, size_t n, struct buf *out)
{
	struct line l = { 0 };
	struct buf language = { 0 };
	const char *dash = strchr(lang, '-');
	size_t i;

	buf_put(&language, lang,
	    dash != NULL ? (size_t)(dash - lang) : strlen(lang));
	line_add_text(&l, text, n,
	    rules_lang(buf_str(&language), dash != NULL ? dash + 1 : NULL),
	    NULL);
	apply_rules(&l);
	for (i = 0; i < l.n; i++)
		put_ch(out, &l.c[i]);
	buf_free(&language);
	free(l.c);
}
