/*
 * Families that are not in our table: asked of fontconfig, which is started
 * only then, because reading its configuration costs milliseconds.  Its
 * answer is a list of files; which of them fits a query is decided by
 * family.c as for all others, so that the choice does not hang on the order
 * of a cache.
 */
#include <stdlib.h>
#include <string.h>

#include <fontconfig/fontconfig.h>

#include "fonts/fonts_int.h"

struct fontconfig {
	FcConfig *config;
};

static FcConfig *
fontconfig_config(struct fonts *fs)
{
	if (!fs->fc) {
		fs->fc = xcalloc(1, sizeof *fs->fc);
		fs->fc->config = FcInitLoadConfigAndFonts();
	}
	return fs->fc->config;
}

void
fontconfig_free(struct fontconfig *fc)
{
	if (!fc)
		return;
	if (fc->config)
		FcConfigDestroy(fc->config);
	free(fc);
}

/* A number or the ends of a range. */
static bool
pattern_range(FcPattern *p, const char *object, double *lo, double *hi)
{
	FcRange *r;

	if (FcPatternGetDouble(p, object, 0, lo) == FcResultMatch) {
		*hi = *lo;
		return true;
	}
	return FcPatternGetRange(p, object, 0, &r) == FcResultMatch &&
	    FcRangeGetDouble(r, lo, hi);
}

/* Only what we can embed: outlines in an sfnt, not a named instance of a
 * variable font (the font itself stands in the list too). */
static bool
pattern_fits(FcPattern *p)
{
	FcChar8 *s;
	int index;

	if (FcPatternGetString(p, FC_FONTFORMAT, 0, &s) != FcResultMatch ||
	    (strcmp((char *)s, "TrueType") != 0 &&
	    strcmp((char *)s, "CFF") != 0))
		return false;
	return FcPatternGetInteger(p, FC_INDEX, 0, &index) == FcResultMatch &&
	    index >> 16 == 0;
}

static void
add_pattern(struct fonts *fs, struct font_family *fam, size_t *cap,
    FcPattern *p)
{
	double lo, hi;
	FcBool variable = FcFalse;
	FcChar8 *file;
	struct font_style st = {
		.weight_lo = 400, .weight_hi = 400,
		.stretch_lo = 100, .stretch_hi = 100, .roman = true
	};

	if (!pattern_fits(p) ||
	    FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch)
		return;
	st.file = arena_strdup(fs->arena, (char *)file);
	FcPatternGetInteger(p, FC_INDEX, 0, &st.index);
	st.index &= 0xffff;
	FcPatternGetBool(p, FC_VARIABLE, 0, &variable);
	st.variable = variable;
	if (pattern_range(p, FC_WEIGHT, &lo, &hi)) {
		st.weight_lo = (int)(FcWeightToOpenTypeDouble(lo) + 0.5);
		st.weight_hi = (int)(FcWeightToOpenTypeDouble(hi) + 0.5);
	}
	if (pattern_range(p, FC_WIDTH, &lo, &hi)) {
		st.stretch_lo = (int)lo;
		st.stretch_hi = (int)hi;
	}
	if (pattern_range(p, FC_SLANT, &lo, &hi)) {
		st.roman = lo <= FC_SLANT_ROMAN;
		st.italic = hi > FC_SLANT_ROMAN;
	}
	fam->styles = arena_grow(fs->arena, fam->styles, cap, fam->n + 1,
	    sizeof *fam->styles);
	fam->styles[fam->n++] = st;
}

static int
style_cmp(const void *a, const void *b)
{
	const struct font_style *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	return c ? c : x->index - y->index;
}

/* True if fontconfig's rules tie the family it found to the name asked for:
 * the name itself, or an alias of the same design ("Calibri" → Carlito). */
static bool
is_meant(FcPattern *asked, const FcChar8 *found)
{
	FcValue v;
	FcValueBinding binding;

	for (int i = 0; FcPatternGetWithBinding(asked, FC_FAMILY, i, &v,
	    &binding) == FcResultMatch; i++) {
		if (i > 0 && binding == FcValueBindingWeak)
			continue;
		if (v.type == FcTypeString &&
		    FcStrCmpIgnoreCase(v.u.s, found) == 0)
			return true;
	}
	return false;
}

/* The name of the family that stands for this one, or NULL; FcStrFree. */
static FcChar8 *
resolve(FcConfig *config, const char *name)
{
	FcPattern *asked = FcPatternCreate(), *m;
	FcResult result;
	FcChar8 *found, *out = NULL;

	FcPatternAddString(asked, FC_FAMILY, (const FcChar8 *)name);
	FcConfigSubstitute(config, asked, FcMatchPattern);
	FcDefaultSubstitute(asked);
	m = FcFontMatch(config, asked, &result);
	for (int i = 0; m && !out && FcPatternGetString(m, FC_FAMILY, i,
	    &found) == FcResultMatch; i++)
		if (is_meant(asked, found))
			out = FcStrCopy(found);
	if (m)
		FcPatternDestroy(m);
	FcPatternDestroy(asked);
	return out;
}

void
fontconfig_family(struct fonts *fs, struct font_family *fam)
{
	FcConfig *config = fontconfig_config(fs);
	FcChar8 *name = config ? resolve(config, fam->name) : NULL;
	FcPattern *p;
	FcObjectSet *os;
	FcFontSet *set;
	size_t cap = 0;

	if (!name)
		return;
	p = FcPatternCreate();
	FcPatternAddString(p, FC_FAMILY, name);
	os = FcObjectSetBuild(FC_FILE, FC_INDEX, FC_WEIGHT, FC_WIDTH, FC_SLANT,
	    FC_VARIABLE, FC_FONTFORMAT, (char *)NULL);
	set = FcFontList(config, p, os);
	for (int i = 0; set && i < set->nfont; i++)
		add_pattern(fs, fam, &cap, set->fonts[i]);
	if (fam->n > 0)
		qsort(fam->styles, fam->n, sizeof *fam->styles, style_cmp);
	if (set)
		FcFontSetDestroy(set);
	FcObjectSetDestroy(os);
	FcPatternDestroy(p);
	FcStrFree(name);
}
