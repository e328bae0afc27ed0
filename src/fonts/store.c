/*
 * The store of fonts and the lists that queries resolve to.  A list holds the
 * fonts of the families asked for; what they cannot draw is looked for among
 * the fallback families, character by character, and remembered.
 */
#include <stdlib.h>
#include <string.h>

#include <unigbrk.h>

#include "fonts/fonts_int.h"

#define DIRECT 0x250	/* code points with a table of their own: all Latin */

struct char_font {
	uint32_t cp;		/* 0: free */
	bool found;
	const struct font *font;
};

struct font_list {
	struct font_query query;
	const struct font **fonts;	/* of the families; at least one */
	size_t n;
	const char *missing;		/* first family without a font */
	enum afm_family afm;		/* of the first */
	struct char_font direct[DIRECT];
	struct char_font *others;	/* open addressing; cap a power of 2 */
	size_t n_others, cap_others;
};

/* ---------------------------------------------------------------- store */

struct fonts *
fonts_new(void)
{
	struct fonts *fs = xcalloc(1, sizeof *fs);

	fs->arena = arena_new();
	fs->faces = map_new();
	fs->families = map_new();
	fs->lists = map_new();
	fs->features = map_new();
	return fs;
}

void
fonts_set_hyphens(struct fonts *fs, const char *folder)
{
	fs->hyphen_folder = arena_strdup(fs->arena, folder);
}

void
fonts_free(struct fonts *fs)
{
	if (!fs)
		return;
	for (size_t i = 0; i < fs->n; i++)
		font_face_free(fs->all[i]);
	for (size_t i = 0; i < map_count(fs->lists); i++)
		free(((struct font_list *)map_value(fs->lists, i))->others);
	free(fs->all);
	map_free(fs->faces);
	map_free(fs->families);
	map_free(fs->lists);
	map_free(fs->features);
	font_words_free(fs->words);
	font_hyphens_free(fs->hyphens);
	fontconfig_free(fs->fc);
	arena_free(fs->arena);
	free(fs);
}

/* -------------------------------------------------------------- queries */

/* The next name of a comma-separated list, unquoted; false at the end. */
static bool
next_family(const char **s, char *name, size_t size)
{
	const char *p = *s, *start, *end;

	for (;;) {
		while (is_space((unsigned char)*p) || *p == ',')
			p++;
		if (!*p)
			return false;
		start = p;
		if (*p == '\'' || *p == '"') {
			start = ++p;
			while (*p && *p != start[-1])
				p++;
			end = p;
			while (*p && *p != ',')
				p++;
		} else {
			while (*p && *p != ',')
				p++;
			end = p;
			while (end > start && is_space((unsigned char)end[-1]))
				end--;
		}
		*s = p;
		if (end > start)
			break;
	}
	if ((size_t)(end - start) >= size)
		end = start + size - 1;
	memcpy(name, start, (size_t)(end - start));
	name[end - start] = '\0';
	return true;
}

static void
list_add(struct fonts *fs, struct font_list *l, size_t *cap,
    const struct font *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->fonts[i] == f)
			return;
	l->fonts = arena_grow(fs->arena, l->fonts, cap, l->n + 1,
	    sizeof *l->fonts);
	l->fonts[l->n++] = f;
}

static struct font_list *
list_make(struct fonts *fs, const struct font_query *q)
{
	/* When no family asked for is there: Times, as in FOP, or whatever a
	 * machine may have. */
	static const char *const last_resort[] = {
		"serif", "Noto Sans", "DejaVu Sans", "Inter"
	};
	struct font_list *l = arena_alloc(fs->arena, sizeof *l);
	const char *rest = q->families ? q->families : "";
	char name[256];
	size_t cap = 0;

	l->query = *q;
	l->query.families = arena_strdup(fs->arena, rest);
	l->query.lang = q->lang ? arena_strdup(fs->arena, q->lang) : NULL;
	while (next_family(&rest, name, sizeof name)) {
		const struct font_family *fam = font_family_lookup(fs, name);
		const struct font *f = font_family_match(fs, fam, q);

		if (f)
			list_add(fs, l, &cap, f);
		else if (!l->missing)
			l->missing = arena_strdup(fs->arena, name);
	}
	for (size_t i = 0; l->n == 0 &&
	    i < sizeof last_resort / sizeof *last_resort; i++) {
		const struct font *f = font_family_match(fs,
		    font_family_lookup(fs, last_resort[i]), q);

		if (f)
			list_add(fs, l, &cap, f);
	}
	if (l->n == 0)
		list_add(fs, l, &cap, font_face_blank(fs));
	l->afm = l->fonts[0]->face->afm;
	return l;
}

const struct font_list *
fonts_match(struct fonts *fs, const struct font_query *q)
{
	struct buf key = { 0 };
	struct font_query fixed = *q;
	struct font_list *l;

	if (fixed.weight < 1 || fixed.weight > 1000)
		fixed.weight = 400;
	if (fixed.stretch < 1)
		fixed.stretch = 100;
	buf_printf(&key, "%d|%d|%d|%s|%s", fixed.weight, (int)fixed.slant,
	    fixed.stretch, q->lang ? q->lang : "",
	    q->families ? q->families : "");
	l = map_lookup(fs->lists, key.p);
	if (!l) {
		l = list_make(fs, &fixed);
		map_put(fs->lists, key.p, l);
	}
	buf_free(&key);
	return l;
}

const struct font *
font_list_first(const struct font_list *l, const char **missing)
{
	if (missing)
		*missing = l->missing;
	return l->fonts[0];
}

bool
font_list_has(const struct font_list *l, const struct font *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->fonts[i] == f)
			return true;
	return false;
}

/* ----------------------------------------------------------- characters */

/* Characters without a glyph of their own: HarfBuzz hides them, or layout
 * never shows them.  Nobody needs to have them. */
static bool
is_invisible(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad ||
	    cp == 0x34f || cp == 0x61c || (cp >= 0x180b && cp <= 0x180f) ||
	    (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2060 && cp <= 0x206f) || (cp >= 0xfe00 && cp <= 0xfe0f) ||
	    cp == 0xfeff || (cp >= 0xfff9 && cp <= 0xfffb) ||
	    (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* Has the parts of a precomposed character, which HarfBuzz then sets. */
static bool
has_parts(const struct font *f, uint32_t cp)
{
	hb_codepoint_t a, b;

	for (int depth = 0; depth < 4; depth++) {
		if (!hb_unicode_decompose(hb_unicode_funcs_get_default(), cp,
		    &a, &b))
			return false;
		if (b && !font_has_char(f, b))
			return false;
		if (font_has_char(f, a))
			return true;
		cp = a;
	}
	return false;
}

static const struct font *
find_fallback(struct fonts *fs, const struct font_list *l, uint32_t cp,
    bool (*has)(const struct font *, uint32_t))
{
	uint32_t script = text_script(cp);
	const char *name;

	for (size_t i = 0; (name = font_fallback_family(script, l->query.lang,
	    l->fonts[0]->serif, l->afm, i)) != NULL; i++) {
		const struct font *f = font_family_match(fs,
		    font_family_lookup(fs, name), &l->query);

		if (f && has(f, cp))
			return f;
	}
	return NULL;
}

/* The files that stand for Adobe's text fonts hold more than those do: a
 * character that is not theirs is left to a later family that was asked for,
 * as "serif, Symbol" means it.  A space is as wide as the text's own font has
 * it, as in FOP. */
static bool
is_beyond(const struct font *f, uint32_t cp)
{
	enum afm_family afm = f->face->afm;

	return (afm == AFM_HELVETICA || afm == AFM_TIMES ||
	    afm == AFM_COURIER) && cp > 0x2dd && (cp < 0x2010 ||
	    cp > 0x203a) && cp != 0x2044 && cp != 0x20ac && cp != 0x2122 &&
	    !font_is_made_space(cp);
}

static struct char_font
find_char(struct fonts *fs, const struct font_list *l, uint32_t cp)
{
	struct char_font cf = { cp, true, l->fonts[0] };

	if (is_invisible(cp))
		return cf;
	cf.font = NULL;
	for (size_t i = 0; i < l->n; i++) {
		if (!font_has_char(l->fonts[i], cp))
			continue;
		if (cf.font == NULL)
			cf.font = l->fonts[i];
		if (!is_beyond(l->fonts[i], cp)) {
			cf.font = l->fonts[i];
			break;
		}
	}
	if (cf.font != NULL)
		return cf;
	/* A whole character of a fallback family looks better than one put
	 * together, but that is better than none. */
	cf.font = find_fallback(fs, l, cp, font_has_char);
	for (size_t i = 0; i < l->n && !cf.font; i++)
		if (has_parts(l->fonts[i], cp))
			cf.font = l->fonts[i];
	if (!cf.font)
		cf.font = find_fallback(fs, l, cp, has_parts);
	if (!cf.font) {
		cf.font = l->fonts[0];
		cf.found = false;
	}
	return cf;
}

static struct char_font *
others_slot(struct char_font *table, size_t cap, uint32_t cp)
{
	size_t i = (cp * 2654435761u) & (cap - 1);

	while (table[i].cp != 0 && table[i].cp != cp)
		i = (i + 1) & (cap - 1);
	return &table[i];
}

static void
others_grow(struct font_list *l)
{
	size_t cap = l->cap_others ? l->cap_others * 2 : 64;
	struct char_font *table = xcalloc(cap, sizeof *table);

	for (size_t i = 0; i < l->cap_others; i++)
		if (l->others[i].cp != 0)
			*others_slot(table, cap, l->others[i].cp) =
			    l->others[i];
	free(l->others);
	l->others = table;
	l->cap_others = cap;
}

static const struct char_font *
char_font(struct fonts *fs, const struct font_list *cl, uint32_t cp)
{
	/* Lists are the store's own; const is the caller's promise. */
	struct font_list *l = (struct font_list *)cl;
	struct char_font *slot;

	if (cp < DIRECT) {
		if (!l->direct[cp].font)
			l->direct[cp] = find_char(fs, l, cp);
		return &l->direct[cp];
	}
	if (l->n_others * 2 >= l->cap_others)
		others_grow(l);
	slot = others_slot(l->others, l->cap_others, cp);
	if (slot->cp == 0) {
		*slot = find_char(fs, l, cp);
		l->n_others++;
	}
	return slot;
}

const struct font *
font_list_char(struct fonts *fs, const struct font_list *l, uint32_t cp,
    bool *found)
{
	const struct char_font *cf = char_font(fs, l, cp);

	if (found)
		*found = cf->found;
	return cf->font;
}

/* ----------------------------------------------------------------- runs */

/* Could f draw the whole cluster, its characters composed where possible? */
static bool
has_cluster(const struct font *f, const char *s, const char *end)
{
	hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
	hb_codepoint_t both;
	uint32_t cp = utf8_next(&s, end), next;

	while (s < end) {
		next = utf8_next(&s, end);
		if (is_invisible(next))
			continue;
		if (hb_unicode_compose(u, cp, next, &both) &&
		    font_has_char(f, both)) {
			cp = both;
			continue;
		}
		if (!font_has_char(f, next))
			return false;
	}
	return is_invisible(cp) || font_has_char(f, cp);
}

/* The font of a cluster of several characters: the base's if it has the
 * marks too, else the first that has them all, else the base's. */
static const struct font *
cluster_font(struct fonts *fs, const struct font_list *l, const char *s,
    const char *end, uint32_t *missing)
{
	const char *p = s;
	uint32_t base = utf8_next(&p, end);
	const struct char_font *cf = char_font(fs, l, base);
	const struct font *base_font = cf->font;
	const char *name;

	*missing = cf->found ? 0 : base;
	if (p >= end || has_cluster(base_font, s, end))
		return base_font;
	for (size_t i = 0; i < l->n; i++)
		if (has_cluster(l->fonts[i], s, end))
			return l->fonts[i];
	for (size_t i = 0; (name = font_fallback_family(text_script(base),
	    l->query.lang, l->fonts[0]->serif, l->afm, i)) != NULL; i++) {
		const struct font *f = font_family_match(fs,
		    font_family_lookup(fs, name), &l->query);

		if (f && has_cluster(f, s, end))
			return f;
	}
	/* Nobody has all of it: name the first mark that is lost. */
	while (p < end && !*missing) {
		uint32_t cp = utf8_next(&p, end);

		if (!is_invisible(cp) && !font_has_char(base_font, cp))
			*missing = cp;
	}
	return base_font;
}

static const char *
cluster_end(const char *s, const char *end)
{
	const char *p = s, *q;
	uint32_t cp = utf8_next(&p, end);

	/* No mark stands below U+0300: most text is quick. */
	q = p;
	if (p >= end || (cp < 0x300 && utf8_next(&q, end) < 0x300))
		return p;
	q = (const char *)u8_grapheme_next((const uint8_t *)s,
	    (const uint8_t *)end);
	return q && q > p ? q : p;
}

size_t
font_list_run(struct fonts *fs, const struct font_list *l, const char *text,
    size_t n, const struct font **font, uint32_t *missing)
{
	const char *s = text, *end = text + n;

	*font = l->fonts[0];
	*missing = 0;
	while (s < end) {
		const struct char_font *cf;
		const struct font *f;
		const char *next;
		uint32_t lost;

		/* No mark follows: UTF-8 of U+0300 begins with 0xCC. */
		if ((unsigned char)*s < 0x80 &&
		    (s + 1 == end || (unsigned char)s[1] < 0xCC)) {
			cf = char_font(fs, l, (unsigned char)*s);
			f = cf->font;
			lost = cf->found ? 0 : (unsigned char)*s;
			next = s + 1;
		} else {
			next = cluster_end(s, end);
			f = cluster_font(fs, l, s, next, &lost);
		}
		if (s > text && f != *font)
			break;
		*font = f;
		if (lost && !*missing)
			*missing = lost;
		s = next;
	}
	return (size_t)(s - text);
}

static bool
has_word(const struct font *f, const char *s, const char *end)
{
	while (s < end) {
		uint32_t cp = utf8_next(&s, end);

		if (!is_invisible(cp) && (!font_has_char(f, cp) ||
		    is_beyond(f, cp)))
			return false;
	}
	return true;
}

const struct font *
font_list_word(const struct font_list *l, const char *text, size_t n)
{
	for (size_t i = 0; l->n > 1 && i < l->n; i++)
		if (has_word(l->fonts[i], text, text + n))
			return l->fonts[i];
	return NULL;
}
