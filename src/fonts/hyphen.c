/*
 * Hyphens by libhyphen with the patterns of Debian's hyphen-* packages, one
 * dictionary a language, loaded when first needed.  A word is cut into runs of
 * letters at apostrophes, hyphens and figures; what follows an inclusive point
 * ("·euse·s") is never divided.
 */
#include <stdlib.h>
#include <string.h>

#include <hyphen.h>

#include "fonts/fonts_int.h"

#ifndef HYPHEN_ROOT
#define HYPHEN_ROOT "/usr/share/hyphen/"
#endif

#define MAX_RUN 100	/* characters of a run; longer is not a word */

/* The points of a word that was asked for before: the words of a text come
 * again and again, and the patterns take ten times as long. */
struct hyphen_answer {
	HyphenDict *dict;
	uint32_t points;	/* a bit for each byte */
	uint8_t before, after, n;
	char word[29];
};

#define ANSWERS 2048		/* a power of two */

struct hyphen_store {
	struct hyphen_answer *answers;	/* by a sum of the word; the last wins */
	struct map *dicts;	/* lower-case language → HyphenDict, or &none */
	char last[40];		/* the language asked for last */
	HyphenDict *last_dict;
};

static HyphenDict none;	/* no patterns for this language; never read */

/* --------------------------------------------------------- dictionaries */

/* "fr-CA" → fr_CA, whatever stands after the region dropped.  False if it is
 * not made of letters and figures: it becomes a part of a path. */
static bool
dict_name(char *out, size_t size, const char *lang)
{
	size_t n = 0;
	bool region = false;

	for (; *lang && n + 1 < size; lang++) {
		if (*lang == '-') {
			if (region)
				break;
			region = true;
			out[n++] = '_';
		} else if ((*lang >= 'a' && *lang <= 'z') ||
		    (*lang >= 'A' && *lang <= 'Z') ||
		    (*lang >= '0' && *lang <= '9')) {
			out[n] = *lang;
			if (region && *lang >= 'a' && *lang <= 'z')
				out[n] = (char)(*lang - 'a' + 'A');
			if (!region && *lang >= 'A' && *lang <= 'Z')
				out[n] = (char)(*lang - 'A' + 'a');
			n++;
		} else {
			return false;
		}
	}
	out[n] = '\0';
	return n > 0;
}

static HyphenDict *
dict_load(const char *name)
{
	struct buf path = { 0 };
	HyphenDict *d;

	buf_printf(&path, "%shyph_%s.dic", HYPHEN_ROOT, name);
	d = hnj_hyphen_load(path.p);
	buf_free(&path);
	if (d && !d->utf8) {
		/* Positions in other encodings would be bytes of a text that
		 * we do not have; every current dictionary is UTF-8. */
		hnj_hyphen_free(d);
		d = NULL;
	}
	/* How many letters may stand alone is for the text to say. */
	for (HyphenDict *k = d; k; k = k->nextlevel)
		k->lhmin = k->rhmin = 1;
	return d;
}

/* The language's own patterns; English alone differs by region. */
static HyphenDict *
dict_open(struct hyphen_store *hs, char *name)
{
	HyphenDict *d;
	char *region = strchr(name, '_');

	if (region && !str_starts(name, "en_"))
		*region = '\0';
	d = map_lookup(hs->dicts, name);
	if (d)
		return d;
	d = dict_load(name);
	if (!d && region) {
		*region = '\0';
		d = map_lookup(hs->dicts, name);
		if (!d)
			d = dict_load(name);
	}
	if (!d)
		d = &none;
	map_put(hs->dicts, name, d);
	return d;
}

static HyphenDict *
dict_lookup(struct fonts *fs, const char *lang)
{
	struct hyphen_store *hs = fs->hyphens;
	char name[16];

	if (!lang || !*lang)
		return NULL;
	if (!hs) {
		hs = fs->hyphens = xcalloc(1, sizeof *hs);
		hs->dicts = map_new();
		hs->answers = xcalloc(ANSWERS, sizeof *hs->answers);
	}
	if (strcmp(lang, hs->last) != 0) {
		if (strlen(lang) >= sizeof hs->last ||
		    !dict_name(name, sizeof name, lang))
			return NULL;
		strcpy(hs->last, lang);
		hs->last_dict = dict_open(hs, name);
	}
	return hs->last_dict == &none ? NULL : hs->last_dict;
}

void
font_hyphens_free(struct hyphen_store *hs)
{
	if (!hs)
		return;
	for (size_t i = 0; i < map_count(hs->dicts); i++) {
		HyphenDict *d = map_value(hs->dicts, i);

		if (d != &none)
			hnj_hyphen_free(d);
	}
	map_free(hs->dicts);
	free(hs->answers);
	free(hs);
}

/* ---------------------------------------------------------------- words */

/* A run of letters in lower case, with the way back to the word. */
struct run {
	char text[MAX_RUN * 4 + 1];
	size_t n;			/* bytes of text */
	size_t starts[MAX_RUN];		/* byte of each character in the word */
	size_t chars;
};

static void
run_add(struct run *r, uint32_t cp, size_t at)
{
	if (r->chars < MAX_RUN) {
		r->starts[r->chars] = at;
		r->n += utf8_encode(text_lower(cp), r->text + r->n);
	}
	r->chars++;
}

/* Marks the points of one run, and forgets the run. */
static void
run_end(HyphenDict *d, struct run *r, int before, int after, uint8_t *points)
{
	char hyphens[MAX_RUN * 4 + 8];
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	int chars = (int)r->chars;

	r->text[r->n] = '\0';
	if (chars >= before + after && chars <= MAX_RUN &&
	    hnj_hyphen_hyphenate2(d, r->text, (int)r->n, hyphens, NULL, &rep,
	    &pos, &cut) == 0) {
		/* hyphens[i] odd: a hyphen may stand after character i.  A
		 * place where the spelling would change is left alone. */
		for (int i = before - 1; i >= 0 && i + 1 <= chars - after; i++)
			if ((hyphens[i] & 1) && !(rep && rep[i]))
				points[r->starts[i + 1]] = 1;
		for (int i = 0; rep && i + 1 < chars; i++)
			free(rep[i]);
	}
	free(rep);
	free(pos);
	free(cut);
	r->n = r->chars = 0;
}

static void
divide(HyphenDict *d, const char *word, size_t n, int before, int after,
    uint8_t *points)
{
	const char *s = word, *end = word + n;
	struct run r;

	r.n = r.chars = 0;
	while (s < end) {
		size_t at = (size_t)(s - word);
		uint32_t cp = utf8_next(&s, end);

		if (text_is_letter(cp)) {
			run_add(&r, cp, at);
			continue;
		}
		run_end(d, &r, before, after, points);
		/* From the first inclusive point on, the word stays whole. */
		if (text_is_inclusive_point(cp))
			return;
	}
	run_end(d, &r, before, after, points);
}

/* Where the answer is kept, with its question filled in; *known: it is
 * there.  NULL: for such a word none is kept. */
static struct hyphen_answer *
answer_slot(struct hyphen_store *hs, HyphenDict *d, const char *word, size_t n,
    int before, int after, bool *known)
{
	struct hyphen_answer *a;

	if (n > sizeof a->word || before > UINT8_MAX || after > UINT8_MAX)
		return NULL;
	a = &hs->answers[sum_add(0, word, n) & (ANSWERS - 1)];
	*known = a->dict == d && a->n == n && a->before == before &&
	    a->after == after && memcmp(a->word, word, n) == 0;
	if (!*known) {
		*a = (struct hyphen_answer){ d, 0, (uint8_t)before,
			(uint8_t)after, (uint8_t)n, "" };
		memcpy(a->word, word, n);
	}
	return a;
}

bool
text_hyphens(struct fonts *fs, const char *lang, const char *word, size_t n,
    int before, int after, uint8_t *points)
{
	HyphenDict *d = dict_lookup(fs, lang);
	struct hyphen_answer *a;
	bool known = false;

	memset(points, 0, n);
	if (!d)
		return false;
	if (before < 1)
		before = 1;
	if (after < 1)
		after = 1;
	a = answer_slot(fs->hyphens, d, word, n, before, after, &known);
	if (!known)
		divide(d, word, n, before, after, points);
	for (size_t i = 0; a && i < n; i++) {
		if (known)
			points[i] = a->points >> i & 1;
		else
			a->points |= (uint32_t)points[i] << i;
	}
	return true;
}
