/*
 * Families: which files have a family's styles, and which of them a query
 * means.  Names come from the table of Debian's packages, from the rule of
 * its Noto package, and last from fontconfig.
 */
#include <string.h>
#include <unistd.h>

#include "fonts/fonts_int.h"

#ifndef FONT_ROOT
#define FONT_ROOT "/usr/share/fonts/"
#endif

enum style_list {
	LIST_RIBBI, LIST_SINGLE, LIST_NINE, LIST_OBLIQUE, LIST_PLAIN_ITALIC,
	LIST_NARROW, LIST_ROMAN, LIST_DEMI, LIST_BOOK, LIST_CJK_JP,
	LIST_CJK_KR, LIST_CJK_SC, LIST_CJK_TC
};

static const struct known_style {
	enum style_list list;
	const char *suffix;
	int weight;
	bool italic;
	int index;
} known_styles[] = {
#define STYLE(list, suffix, weight, italic, index) \
	{ LIST_##list, suffix, weight, italic, index },
#include "fonts/styles.def"
#undef STYLE
};

static const struct known_family {
	const char *name;
	enum style_list list;
	const char *prefix, *ext;
	enum afm_family afm;
} known_families[] = {
#define FAMILY(name, list, prefix, ext, afm) \
	{ name, LIST_##list, prefix, ext, AFM_##afm },
#define ALIAS(name, family)
#include "fonts/families.def"
#undef FAMILY
#undef ALIAS
};

static const struct known_alias {
	const char *name, *family;
} known_aliases[] = {
#define FAMILY(name, list, prefix, ext, afm)
#define ALIAS(name, family) { name, family },
#include "fonts/families.def"
#undef FAMILY
#undef ALIAS
};

#define COUNT(a) (sizeof (a) / sizeof *(a))

/* ---------------------------------------------------------------- names */

static int
fold_char(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static bool
name_eq(const char *a, const char *b)
{
	while (*a && fold_char((unsigned char)*a) ==
	    fold_char((unsigned char)*b))
		a++, b++;
	return *a == *b;
}

/* Lower case (ASCII), white space collapsed; cut to the size of out. */
static char *
name_fold(char *out, size_t size, const char *name, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n && len + 1 < size; i++) {
		int c = fold_char((unsigned char)name[i]);

		if (is_space(c)) {
			if (len == 0 || out[len - 1] == ' ')
				continue;
			c = ' ';
		}
		out[len++] = (char)c;
	}
	while (len > 0 && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return out;
}

/* ---------------------------------------------------------- known files */

/* Adds the files of a list that exist. */
static void
add_known(struct fonts *fs, struct font_family *fam, enum style_list list,
    const char *prefix, const char *ext)
{
	size_t cap = fam->n;

	for (size_t i = 0; i < COUNT(known_styles); i++) {
		const struct known_style *k = &known_styles[i];
		struct buf path = { 0 };

		if (k->list != list)
			continue;
		buf_printf(&path, "%s%s%s%s", FONT_ROOT, prefix, k->suffix,
		    ext);
		if (access(path.p, R_OK) == 0) {
			fam->styles = arena_grow(fs->arena, fam->styles, &cap,
			    fam->n + 1, sizeof *fam->styles);
			fam->styles[fam->n++] = (struct font_style){
				.file = arena_strdup(fs->arena, path.p),
				.index = k->index,
				.weight_lo = k->weight,
				.weight_hi = k->weight,
				.stretch_lo = 100, .stretch_hi = 100,
				.roman = !k->italic, .italic = k->italic,
			};
		}
		buf_free(&path);
	}
}

/* "Noto Sans Old Italic" is truetype/noto/NotoSansOldItalic-Regular.ttf. */
static void
add_noto(struct fonts *fs, struct font_family *fam)
{
	struct buf prefix = { 0 };

	buf_puts(&prefix, "truetype/noto/");
	for (const char *p = fam->name; *p; p++) {
		if (*p == ' ')
			continue;
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		    (*p >= '0' && *p <= '9'))) {
			buf_free(&prefix);
			return;
		}
		buf_putc(&prefix, *p);
	}
	add_known(fs, fam, LIST_RIBBI, prefix.p, ".ttf");
	buf_free(&prefix);
}

static struct font_family *
family_find(struct fonts *fs, const char *name)
{
	struct font_family *fam = arena_alloc(fs->arena, sizeof *fam);

	for (size_t i = 0; i < COUNT(known_aliases); i++)
		if (name_eq(known_aliases[i].name, name)) {
			name = known_aliases[i].family;
			break;
		}
	fam->name = arena_strdup(fs->arena, name);
	for (size_t i = 0; i < COUNT(known_families) && fam->n == 0; i++) {
		const struct known_family *k = &known_families[i];

		if (!name_eq(k->name, name))
			continue;
		fam->name = k->name;
		fam->afm = k->afm;
		add_known(fs, fam, k->list, k->prefix, k->ext);
	}
	if (fam->n == 0 && str_starts(name, "Noto "))
		add_noto(fs, fam);
	if (fam->n == 0)
		fontconfig_family(fs, fam);
	return fam;
}

const struct font_family *
font_family_lookup(struct fonts *fs, const char *name)
{
	char key[256];
	struct font_family *fam;

	name_fold(key, sizeof key, name, strlen(name));
	fam = map_lookup(fs->families, key);
	if (!fam) {
		fam = family_find(fs, name);
		map_put(fs->families, key, fam);
	}
	return fam;
}

/* ------------------------------------------------------------- matching */

/* How far a range is from a wish; what lies on the preferred side of it
 * comes before all on the other side. */
static int
range_distance(int lo, int hi, int want, bool prefer_more)
{
	if (want >= lo && want <= hi)
		return 0;
	if (want < lo)
		return lo - want + (prefer_more ? 0 : 1000);
	return want - hi + (prefer_more ? 1000 : 0);
}

/* CSS Fonts 4, 5.2, step 4.3: 400 and 500 try each other first, then what is
 * lighter; lighter wishes get lighter faces, heavier wishes heavier ones. */
static int
weight_distance(const struct font_style *s, int want)
{
	int d = range_distance(s->weight_lo, s->weight_hi, want, want > 500);

	if (d == 0 || want < 400 || want > 500)
		return d;
	if (s->weight_lo > want && s->weight_lo <= 500)
		return s->weight_lo - want;
	return d + 100;
}

/* Stretch before slant before weight. */
static int64_t
style_distance(const struct font_style *s, const struct font_query *q)
{
	int stretch = range_distance(s->stretch_lo, s->stretch_hi,
	    q->stretch, q->stretch > 100);
	bool slant_ok = q->slant == SLANT_ITALIC ? s->italic : s->roman;

	return ((int64_t)stretch << 32) + ((int64_t)!slant_ok << 24) +
	    ((int64_t)weight_distance(s, q->weight) << 1) + s->variable;
}

const struct font *
font_family_match(struct fonts *fs, const struct font_family *fam,
    const struct font_query *q)
{
	int64_t tried = -1;	/* greatest distance that did not open */
	size_t tried_i = 0;

	for (;;) {
		const struct font *f;
		int64_t best_d = INT64_MAX;
		size_t best = fam->n;

		for (size_t i = 0; i < fam->n; i++) {
			int64_t d = style_distance(&fam->styles[i], q);

			if (d < tried || (d == tried && i <= tried_i))
				continue;
			if (d < best_d) {
				best_d = d;
				best = i;
			}
		}
		if (best == fam->n)
			return NULL;
		f = font_face_open(fs, fam, &fam->styles[best], q);
		if (f)
			return f;
		tried = best_d;
		tried_i = best;
	}
}
