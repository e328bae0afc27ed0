/*
 * Shaping, with a cache of shaped words: a page of a document uses few
 * different words, so nearly all shaping is a look-up.  Words live in an arena
 * of their own, with an open-addressing table of pointers; both are emptied
 * together when they grow too large.
 */
#include <stdlib.h>
#include <string.h>

#include "fonts/fonts_int.h"

#define MAX_FEATURES 64

struct word {
	uint64_t hash;
	const struct font *font;
	const struct font_features *features;
	hb_language_t lang;
	uint32_t flags;
	uint32_t n;
	const char *text;
	struct shaped shaped;
};

struct word_cache {
	struct arena *arena;
	struct word **table;
	size_t n, cap;		/* cap: a power of 2 */
	hb_buffer_t *buffer;
	char last_text[40];	/* the language asked for last… */
	hb_language_t last_lang;	/* …and what HarfBuzz calls it */
};

enum { FLAG_RTL = 1, FLAG_NO_KERNING = 2, FLAG_NO_LIGATURES = 4 };

/* ------------------------------------------------------------- features */

/* Reads one feature as CSS ("'tnum' 1") or HarfBuzz ("-liga") write it. */
static bool
parse_feature(const char *s, size_t n, hb_feature_t *out)
{
	char plain[64];
	size_t len = 0;

	for (size_t i = 0; i < n && len + 1 < sizeof plain; i++)
		if (s[i] != '\'' && s[i] != '"')
			plain[len++] = s[i];
	plain[len] = '\0';
	return hb_feature_from_string(plain, (int)len, out);
}

const struct font_features *
fonts_features(struct fonts *fs, const char *spec)
{
	struct font_features *ff;
	size_t n = 1;

	if (!spec || !*spec)
		return NULL;
	ff = map_lookup(fs->features, spec);
	if (ff)
		return ff->n ? ff : NULL;
	for (const char *p = spec; *p; p++)
		n += *p == ',';
	ff = arena_alloc(fs->arena, sizeof *ff + n * sizeof *ff->list);
	for (const char *p = spec, *end; *p; p = *end ? end + 1 : end) {
		end = strchr(p, ',');
		if (!end)
			end = p + strlen(p);
		if (ff->n < MAX_FEATURES &&
		    parse_feature(p, (size_t)(end - p), &ff->list[ff->n]))
			ff->n++;
	}
	map_put(fs->features, spec, ff);
	return ff->n ? ff : NULL;
}

/* The features of a run, in order of increasing authority: what the font is
 * (base 14), what the author asks for, what layout must forbid. */
static unsigned
collect_features(const struct shape_query *q, hb_feature_t *out)
{
	static const hb_tag_t ligatures[] = {
		HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'),
		HB_TAG('d', 'l', 'i', 'g'), HB_TAG('h', 'l', 'i', 'g')
	};
	const hb_tag_t kern = HB_TAG('k', 'e', 'r', 'n');
	const size_t n_lig = sizeof ligatures / sizeof *ligatures;
	unsigned n = 0;
#define OFF(t) \
	(out[n++] = (hb_feature_t){ t, 0, HB_FEATURE_GLOBAL_START, \
	    HB_FEATURE_GLOBAL_END })

	if (q->font->plain) {
		OFF(kern);
		for (size_t i = 0; i < n_lig; i++)
			OFF(ligatures[i]);
	}
	for (size_t i = 0; q->features && i < q->features->n; i++)
		out[n++] = q->features->list[i];
	if (q->no_kerning)
		OFF(kern);
	for (size_t i = 0; q->no_ligatures && i < n_lig; i++)
		OFF(ligatures[i]);
#undef OFF
	return n;
}

/* -------------------------------------------------------------- shaping */

/* The script of the first character that has one; Latin for figures and
 * signs alone, since its features (tnum) are what a font has most of. */
static hb_script_t
run_script(const char *text, size_t n)
{
	const char *s = text, *end = text + n;

	while (s < end) {
		uint32_t script = text_script(utf8_next(&s, end));

		if (script)
			return (hb_script_t)script;
	}
	return HB_SCRIPT_LATIN;
}

/* Scripts whose letters stand by themselves: a cut between two clusters costs
 * at most their kern.  HarfBuzz's own flag counts that too. */
static bool
is_separable(hb_script_t script)
{
	static const hb_script_t separable[] = {
		HB_SCRIPT_LATIN, HB_SCRIPT_GREEK, HB_SCRIPT_CYRILLIC,
		HB_SCRIPT_ARMENIAN, HB_SCRIPT_GEORGIAN, HB_SCRIPT_HEBREW,
		HB_SCRIPT_HAN, HB_SCRIPT_HIRAGANA, HB_SCRIPT_KATAKANA,
		HB_SCRIPT_HANGUL, HB_SCRIPT_BOPOMOFO
	};

	for (size_t i = 0; i < sizeof separable / sizeof *separable; i++)
		if (separable[i] == script)
			return true;
	return false;
}

static hb_language_t
run_language(struct word_cache *wc, const char *lang)
{
	if (!lang || !*lang)
		return HB_LANGUAGE_INVALID;
	if (wc->last_lang && strcmp(lang, wc->last_text) == 0)
		return wc->last_lang;
	if (strlen(lang) >= sizeof wc->last_text)
		return HB_LANGUAGE_INVALID;
	strcpy(wc->last_text, lang);
	return wc->last_lang = hb_language_from_string(lang, -1);
}

static void
shape_word(struct word_cache *wc, struct word *w, const struct shape_query *q)
{
	hb_feature_t features[MAX_FEATURES + 16];
	hb_buffer_t *b = wc->buffer;
	hb_script_t script = run_script(w->text, w->n);
	bool joined = !is_separable(script);
	struct shaped_glyph *g;
	hb_glyph_info_t *info;
	hb_glyph_position_t *pos;
	unsigned n;

	hb_buffer_clear_contents(b);
	hb_buffer_set_cluster_level(b,
	    HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_add_utf8(b, w->text, (int)w->n, 0, (int)w->n);
	hb_buffer_set_direction(b,
	    q->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(b, script);
	if (w->lang)
		hb_buffer_set_language(b, w->lang);
	hb_shape(w->font->face->font, b, features,
	    collect_features(q, features));

	info = hb_buffer_get_glyph_infos(b, &n);
	pos = hb_buffer_get_glyph_positions(b, &n);
	g = arena_array(wc->arena, n ? n : 1, sizeof *g);
	for (unsigned i = 0; i < n; i++) {
		g[i] = (struct shaped_glyph){
			.gid = info[i].codepoint, .cluster = info[i].cluster,
			.advance = pos[i].x_advance,
			.dx = pos[i].x_offset, .dy = pos[i].y_offset
		};
		w->shaped.advance += g[i].advance;
		if (joined && (hb_glyph_info_get_glyph_flags(&info[i]) &
		    HB_GLYPH_FLAG_UNSAFE_TO_BREAK))
			w->shaped.unsafe = true;
	}
	w->shaped.font = w->font;
	w->shaped.n = n;
	w->shaped.glyphs = g;
}

/* ---------------------------------------------------------------- cache */

static uint64_t
mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15ull;
	return h ^ h >> 32;
}

static uint64_t
word_hash(const struct word *w)
{
	uint64_t h = mix((uint64_t)w->font->id << 32 | w->flags, w->n), v;
	const char *s = w->text;
	size_t n = w->n;

	h = mix(h, (uint64_t)(uintptr_t)w->features);
	h = mix(h, (uint64_t)(uintptr_t)w->lang);
	for (; n >= 8; n -= 8, s += 8) {
		memcpy(&v, s, 8);
		h = mix(h, v);
	}
	v = 0;
	memcpy(&v, s, n);
	return mix(h, v);
}

static bool
word_eq(const struct word *a, const struct word *b)
{
	return a->hash == b->hash && a->font == b->font && a->n == b->n &&
	    a->features == b->features && a->lang == b->lang &&
	    a->flags == b->flags && memcmp(a->text, b->text, a->n) == 0;
}

static struct word **
word_slot(struct word_cache *wc, const struct word *w)
{
	size_t i = w->hash & (wc->cap - 1);

	while (wc->table[i] && !word_eq(wc->table[i], w))
		i = (i + 1) & (wc->cap - 1);
	return &wc->table[i];
}

static void
words_grow(struct word_cache *wc)
{
	struct word **old = wc->table;
	size_t old_cap = wc->cap;

	wc->cap = old_cap ? old_cap * 2 : 1024;
	wc->table = xcalloc(wc->cap, sizeof *wc->table);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i])
			*word_slot(wc, old[i]) = old[i];
	free(old);
}

static struct word_cache *
words_new(void)
{
	struct word_cache *wc = xcalloc(1, sizeof *wc);

	wc->arena = arena_new();
	wc->buffer = hb_buffer_create();
	words_grow(wc);
	return wc;
}

void
font_words_free(struct word_cache *wc)
{
	if (!wc)
		return;
	hb_buffer_destroy(wc->buffer);
	free(wc->table);
	arena_free(wc->arena);
	free(wc);
}

const struct shaped *
fonts_shape(struct fonts *fs, const struct shape_query *q, const char *text,
    size_t n)
{
	struct word_cache *wc = fs->words;
	struct word key, **slot, *w;

	if (!wc)
		wc = fs->words = words_new();
	key.font = q->font;
	key.features = q->features;
	key.lang = run_language(wc, q->lang);
	key.flags = (q->rtl ? FLAG_RTL : 0) |
	    (q->no_kerning ? FLAG_NO_KERNING : 0) |
	    (q->no_ligatures ? FLAG_NO_LIGATURES : 0);
	key.text = text;
	key.n = (uint32_t)n;
	key.hash = word_hash(&key);
	slot = word_slot(wc, &key);
	if (*slot)
		return &(*slot)->shaped;

	w = arena_alloc(wc->arena, sizeof *w);
	*w = key;
	memset(&w->shaped, 0, sizeof w->shaped);
	w->text = arena_strndup(wc->arena, text, n);
	shape_word(wc, w, q);
	*slot = w;
	if (++wc->n * 2 > wc->cap)
		words_grow(wc);
	return &w->shaped;
}

void
fonts_trim(struct fonts *fs, size_t bytes)
{
	struct word_cache *wc = fs->words;

	if (!wc || arena_bytes(wc->arena) + wc->cap * sizeof *wc->table <=
	    bytes)
		return;
	font_words_free(wc);
	fs->words = NULL;
}
