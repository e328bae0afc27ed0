/*
 * What a style means for text: its fonts, sizes, line height and colour,
 * computed once per style and kept with it.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/layout_int.h"

/* XSL 1.1, 7.16.4 leaves "normal" to the formatter; FOP's value. */
#define NORMAL_LINE_HEIGHT 1200	/* thousandths of the font size */

#define SMALL_CAPS 800	/* thousandths of the font size */

/* font-stretch (7.9.5) as percent of the normal width, as OpenType's width
 * classes have it. */
static int
stretch_percent(const struct fo_style *st)
{
	switch (fo_keyword(st, PR_FONT_STRETCH)) {
	case KW_ULTRA_CONDENSED:
		return 50;
	case KW_EXTRA_CONDENSED:
		return 63;
	case KW_CONDENSED:
	case KW_NARROWER:
		return 75;
	case KW_SEMI_CONDENSED:
		return 88;
	case KW_SEMI_EXPANDED:
		return 113;
	case KW_EXPANDED:
	case KW_WIDER:
		return 125;
	case KW_EXTRA_EXPANDED:
		return 150;
	case KW_ULTRA_EXPANDED:
		return 200;
	default:
		return 100;
	}
}

/* "fr-FR" from language and country; NULL without a language. */
static const char *
language(struct layout *l, const struct fo_style *st)
{
	const char *lang = fo_string(st, PR_LANGUAGE);
	const char *country = fo_string(st, PR_COUNTRY);
	struct buf b = { 0 };
	const char *res;

	if (lang == NULL || *lang == '\0')
		return NULL;
	buf_puts(&b, lang);
	if (country != NULL && *country != '\0') {
		buf_putc(&b, '-');
		buf_puts(&b, country);
	}
	res = arena_strdup(l->arena, b.p);
	buf_free(&b);
	return res;
}

static mpt
line_height(const struct fo_style *st, mpt size)
{
	const struct fo_value *v = fo_value(st, PR_LINE_HEIGHT_OPTIMUM);

	switch (v->kind) {
	case FV_LENGTH:
		return fo_length(st, PR_LINE_HEIGHT_OPTIMUM, size);
	case FV_NUMBER:
		return mpt_scale(size, v->num, 1000);
	default:
		return mpt_scale(size, NORMAL_LINE_HEIGHT, 1000);
	}
}

static mpt
spacing(const struct fo_style *st, enum fo_prop prop, mpt size)
{
	return fo_value(st, prop)->kind == FV_LENGTH ?
	    fo_length(st, prop, size) : 0;
}

/* How far a spacing between two others stretches and shrinks.  False: the
 * property says nothing. */
static bool
set_flex(const struct fo_style *st, mpt size, enum fo_prop least,
    enum fo_prop best, enum fo_prop most, mpt *stretch, mpt *shrink)
{
	mpt optimum = spacing(st, best, size);

	if (fo_value(st, best)->kind != FV_LENGTH)
		return false;
	*stretch = mpt_max(0, spacing(st, most, size) - optimum);
	*shrink = mpt_max(0, optimum - spacing(st, least, size));
	return true;
}

static struct color
style_color(const struct fo_style *st)
{
	uint32_t c = fo_color(st, PR_COLOR);

	return (struct color){ (uint8_t)(c >> 24), (uint8_t)(c >> 16),
		(uint8_t)(c >> 8), (uint8_t)c };
}

/* px:font-features and font-variant="small-caps" as one specification. */
static const struct font_features *
features(struct layout *l, const struct fo_style *st,
    const struct font *font)
{
	const char *spec = fo_string(st, PR_FONT_FEATURES);
	bool small_caps = fo_keyword(st, PR_FONT_VARIANT) == KW_SMALL_CAPS;
	const struct font_features *res;
	struct buf b = { 0 };

	if (spec != NULL)
		buf_puts(&b, spec);
	if (small_caps && font_has_feature(font, "smcp"))
		buf_puts(&b, b.n > 0 ? ", smcp" : "smcp");
	res = b.n > 0 ? fonts_features(l->fonts, b.p) : NULL;
	buf_free(&b);
	return res;
}

static void
find_fonts(struct layout *l, const struct fo_style *st, struct where where,
    struct text_style *ts)
{
	enum fo_keyword slant = fo_keyword(st, PR_FONT_STYLE);
	struct font_query q = {
		.families = fo_string(st, PR_FONT_FAMILY),
		.weight = fo_integer(st, PR_FONT_WEIGHT, 400),
		.slant = slant == KW_ITALIC || slant == KW_OBLIQUE ||
		    slant == KW_BACKSLANT ? SLANT_ITALIC : SLANT_NORMAL,
		.stretch = stretch_percent(st),
		.lang = ts->lang,
	};
	const char *missing = NULL;

	if (q.families == NULL)
		q.families = "sans-serif";
	ts->fonts = fonts_match(l->fonts, &q);
	ts->font = font_list_first(ts->fonts, &missing);
	ts->oblique = q.slant == SLANT_ITALIC && !ts->font->italic;
	if (missing != NULL)
		diag_report(l->job->diag, DIAG_FONT_MISSING, where, missing,
		    ts->font->family);
}

/* Capitals as high as small ones are in most fonts that have them. */
static const struct text_style *
small_style(struct layout *l, const struct text_style *ts)
{
	struct text_style *small = arena_alloc(l->arena, sizeof *small);

	*small = *ts;
	small->size = mpt_scale(ts->size, SMALL_CAPS, 1000);
	small->ascent = mpt_scale(ts->ascent, SMALL_CAPS, 1000);
	small->descent = mpt_scale(ts->descent, SMALL_CAPS, 1000);
	small->small = NULL;
	return small;
}

static void
take_font(struct text_style *ts, const struct font *font)
{
	ts->font = font;
	ts->ascent = mpt_scale(font->ascender, ts->size, font->upem);
	ts->descent = -mpt_scale(font->descender, ts->size, font->upem);
}

const struct text_style *
text_style(struct layout *l, const struct fo_style *st, struct where where)
{
	struct text_style *ts = st->layout;

	if (ts != NULL)
		return ts;
	ts = arena_alloc(l->arena, sizeof *ts);
	ts->size = fo_length(st, PR_FONT_SIZE, 0);
	if (ts->size < 0)
		ts->size = 0;
	ts->lang = language(l, st);
	find_fonts(l, st, where, ts);
	ts->features = features(l, st, ts->font);
	ts->line_height = line_height(st, ts->size);
	take_font(ts, ts->font);
	ts->letter_spacing = spacing(st, PR_LETTER_SPACING_OPTIMUM, ts->size);
	ts->word_spacing = spacing(st, PR_WORD_SPACING_OPTIMUM, ts->size);
	set_flex(st, ts->size, PR_LETTER_SPACING_MINIMUM,
	    PR_LETTER_SPACING_OPTIMUM, PR_LETTER_SPACING_MAXIMUM,
	    &ts->letter_stretch, &ts->letter_shrink);
	if (!set_flex(st, ts->size, PR_WORD_SPACING_MINIMUM,
	    PR_WORD_SPACING_OPTIMUM, PR_WORD_SPACING_MAXIMUM,
	    &ts->word_stretch, &ts->word_shrink))
		ts->word_stretch = -1;
	ts->color = style_color(st);
	if (fo_keyword(st, PR_FONT_VARIANT) == KW_SMALL_CAPS &&
	    !font_has_feature(ts->font, "smcp"))
		ts->small = small_style(l, ts);
	/* The style is shared and immutable but for this cache. */
	((struct fo_style *)(uintptr_t)st)->layout = ts;
	return ts;
}

const struct text_style *
text_variant(struct layout *l, const struct text_style *ts,
    const struct font *font, bool even)
{
	struct text_style *v;

	for (v = ts->variants; v != NULL; v = v->variants)
		if (v->font == font && v->even == even)
			return v;
	v = arena_alloc(l->arena, sizeof *v);
	*v = *ts;
	v->even = even;
	if (font != ts->font)
		take_font(v, font);
	if (even)
		v->letter_spacing = v->letter_stretch = v->letter_shrink = 0;
	/* A style is immutable but for its list of variants, which goes on
	 * from one to the next. */
	((struct text_style *)(uintptr_t)ts)->variants = v;
	return v;
}
