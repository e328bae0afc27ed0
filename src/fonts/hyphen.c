/*
 * Hyphens by libhyphen with patterns of our own or those of Debian's hyphen-*
 * packages, one dictionary a language, loaded when first needed.  A word is cut into runs of
 * letters at apostrophes, hyphens and figures, and each is divided by itself.
 */
#include <errno.h>
#include <glob.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyphen.h>

#include "fonts/fonts_int.h"

#ifndef HYPHEN_ROOT
#define HYPHEN_ROOT "/usr/share/hyphen"
#endif

#define MAX_RUN 100	/* characters of a run; longer is not a word */

/* The points of a word that was asked for before: the words of a text come
 * again and again, and the patterns take ten times as long. */
struct hyphen_answer {
	HyphenDict *dict;
	uint32_t points;	/* a bit for each byte */
	struct hyphen_rule rule;
	uint8_t n;
	char word[31];
};

#define ANSWERS 2048		/* a power of two */

struct hyphen_store {
	const char *folder;	/* of dictionaries that come first, or NULL */
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

/* The file of a dictionary in a folder: that of the language, or else, by name,
 * the first of those of its countries. */
static FILE *
dict_file(const char *folder, const char *name)
{
	struct buf path = { 0 };
	FILE *f;
	glob_t g;

	buf_printf(&path, "%s/hyph_%s.dic", folder, name);
	f = fopen(path.p, "r");
	if (!f) {
		buf_clear(&path);
		buf_printf(&path, "%s/hyph_%s_*.dic", folder, name);
		if (glob(path.p, 0, NULL, &g) == 0) {
			f = fopen(g.gl_pathv[0], "r");
			globfree(&g);
		}
	}
	buf_free(&path);
	return f;
}

/* Bytes of the encoding `from` as UTF-8, up to the first that are not. */
static void
recode(const char *from, const char *text, size_t n, struct buf *out)
{
	iconv_t cd = iconv_open("UTF-8", from);
	char part[4096], *s = (char *)text, *to;
	size_t left = n, room, res = 0;

	if (cd == (iconv_t)-1)
		return;
	do {
		to = part;
		room = sizeof part;
		res = iconv(cd, &s, &left, &to, &room);
		buf_put(out, part, (size_t)(to - part));
	} while (res == (size_t)-1 && errno == E2BIG);
	iconv_close(cd);
}

/* The patterns of syllables, which are the last level of a file.  What stands
 * before divides at apostrophes, where a run of letters ends anyway, or is a list
 * of whole words: German has 69,000 of them, which take libhyphen seconds to
 * load, for the sake of a few divisions that FOP and TeX do without. */
static const char *
last_level(const struct buf *file)
{
	static const char mark[] = "\nNEXTLEVEL";
	const char *level = buf_str(file), *next;

	while ((next = strstr(level, mark)) != NULL)
		level = next + strlen(mark);
	return level + strcspn(level, "\n");
}

/* Text is UTF-8, the patterns are what the first line of their file says: they
 * are read in a copy. */
static HyphenDict *
dict_read(FILE *f)
{
	static const char utf8[] = "UTF-8";
	char name[64] = "", part[4096];
	struct buf in = { 0 }, out = { 0 };
	HyphenDict *d = NULL;
	const char *level;
	size_t n;
	FILE *copy;

	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_put(&in, part, n);
	sscanf(buf_str(&in), "%63[^\r\n]", name);
	level = last_level(&in);
	buf_puts(&out, utf8);
	if (strcmp(name, utf8) == 0)
		buf_puts(&out, level);
	else
		recode(name, level, in.n - (size_t)(level - in.p), &out);
	copy = fmemopen(out.p, out.n, "r");
	if (copy && out.n > strlen(utf8))
		d = hnj_hyphen_load_file(copy);
	if (copy)
		fclose(copy);
	buf_free(&in);
	buf_free(&out);
	return d;
}

static HyphenDict *
dict_load(const struct hyphen_store *hs, const char *name)
{
	FILE *f = NULL;
	HyphenDict *d = NULL;

	if (hs->folder)
		f = dict_file(hs->folder, name);
	if (!f)
		f = dict_file(HYPHEN_ROOT, name);
	if (f) {
		d = dict_read(f);
		fclose(f);
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
	d = dict_load(hs, name);
	if (!d && region) {
		*region = '\0';
		d = map_lookup(hs->dicts, name);
		if (!d)
			d = dict_load(hs, name);
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
		hs->folder = fs->hyphen_folder;
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

/* What a letter is to the patterns.  FOP takes a capital that several small
 * letters share for the last of them in Unicode, which no pattern has: a
 * dotless i for I, a long s for S. */
static uint32_t
letter_class(uint32_t cp, bool typographic)
{
	static const uint32_t shared[][2] = {
		{ 'I', 0x131 }, { 'S', 0x17f }, { 0x392, 0x3d0 },
		{ 0x395, 0x3f5 }, { 0x398, 0x3d1 }, { 0x399, 0x1fbe },
		{ 0x39a, 0x3f0 }, { 0x3a0, 0x3d6 }, { 0x3a1, 0x3f1 },
		{ 0x3a6, 0x3d5 }
	};

	for (size_t i = 0; !typographic && i < sizeof shared / sizeof *shared; i++)
		if (cp == shared[i][0])
			return shared[i][1];
	return text_lower(cp);
}

/* Reads the next run of letters from *s on.  False: there is none, or an
 * inclusive point stands before it: from there on the word stays whole. */
static bool
run_next(struct run *r, const char *word, const char **s, const char *end,
    bool typographic)
{
	r->n = r->chars = 0;
	while (*s < end) {
		const char *at = *s;
		uint32_t cp = utf8_next(s, end);

		if (text_is_letter(cp)) {
			if (r->chars < MAX_RUN) {
				r->starts[r->chars] = (size_t)(at - word);
				r->n += utf8_encode(letter_class(cp, typographic),
				    r->text + r->n);
			}
			r->chars++;
		} else if (r->chars > 0) {
			*s = at;
			break;
		} else if (typographic && text_is_inclusive_point(cp)) {
			return false;
		}
	}
	r->text[r->n] = '\0';
	return r->chars > 0;
}

/* Is a run the last of its word, with `s` after it?  For FOP it is if no more
 * than one other character follows, or that and a single letter. */
static bool
is_last_run(const char *s, const char *end)
{
	if (s < end)
		utf8_next(&s, end);
	return s == end || (text_is_letter(utf8_next(&s, end)) && s == end);
}

/* Marks the points of one run. */
static void
run_divide(HyphenDict *d, const struct run *r, int before, int after,
    uint8_t *points)
{
	char hyphens[MAX_RUN * 4 + 8];
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	int chars = (int)r->chars;

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
}

static void
divide(HyphenDict *d, const char *word, size_t n,
    const struct hyphen_rule *rule, uint8_t *points)
{
	const char *s = word, *end = word + n, *at;
	bool first = true, last;
	struct run r, more;

	for (; run_next(&r, word, &s, end, rule->typographic); first = false) {
		at = s;
		last = rule->typographic || is_last_run(s, end) ||
		    (first && !run_next(&more, word, &at, end, false));
		run_divide(d, &r, first || rule->typographic ? rule->before : 1,
		    last ? rule->after : 1, points);
	}
}

/* Where the answer is kept, with its question filled in; *known: it is
 * there.  NULL: for such a word none is kept. */
static struct hyphen_answer *
answer_slot(struct hyphen_store *hs, HyphenDict *d, const char *word, size_t n,
    const struct hyphen_rule *rule, bool *known)
{
	struct hyphen_answer *a;

	if (n > sizeof a->word)
		return NULL;
	a = &hs->answers[sum_add(0, word, n) & (ANSWERS - 1)];
	*known = a->dict == d && a->n == n && a->rule.before == rule->before &&
	    a->rule.after == rule->after && a->rule.typographic == rule->typographic &&
	    memcmp(a->word, word, n) == 0;
	if (!*known) {
		*a = (struct hyphen_answer){ d, 0, *rule, (uint8_t)n, "" };
		memcpy(a->word, word, n);
	}
	return a;
}

bool
text_hyphens(struct fonts *fs, const char *lang, const char *word, size_t n,
    const struct hyphen_rule *rule, uint8_t *points)
{
	struct hyphen_rule least = { rule->before < 1 ? 1 : rule->before,
		rule->after < 1 ? 1 : rule->after, rule->typographic };
	HyphenDict *d = dict_lookup(fs, lang);
	struct hyphen_answer *a;
	bool known = false;

	memset(points, 0, n);
	if (!d)
		return false;
	a = answer_slot(fs->hyphens, d, word, n, &least, &known);
	if (!known)
		divide(d, word, n, &least, points);
	for (size_t i = 0; a && i < n; i++) {
		if (known)
			points[i] = a->points >> i & 1;
		else
			a->points |= (uint32_t)points[i] << i;
	}
	return true;
}
