/*
 * The text of an attribute to the value of a row: words, texts of several
 * kinds, and what expr.c makes of the rest.  A length without a unit is taken as
 * points, with a warning.
 */
#include "fo/fo_int.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------- values */

/* Styles compare runs of values byte by byte: no byte may be left unset. */
static struct fo_value
value_zero(enum fo_kind kind)
{
	struct fo_value v;

	memset(&v, 0, sizeof v);
	v.kind = (uint8_t)kind;
	return v;
}

struct fo_value
value_keyword(enum fo_keyword k)
{
	struct fo_value v = value_zero(FV_KEYWORD);

	v.kw = (uint16_t)k;
	return v;
}

struct fo_value
value_length(mpt len, int32_t pct)
{
	struct fo_value v = value_zero(FV_LENGTH);

	v.len = len;
	v.pct = pct;
	return v;
}

static struct fo_value
value_number(int32_t thousandths)
{
	struct fo_value v = value_zero(FV_NUMBER);

	v.num = thousandths;
	return v;
}

struct fo_value
value_color(uint32_t rgba)
{
	struct fo_value v = value_zero(FV_COLOR);

	v.rgba = rgba;
	return v;
}

static struct fo_value
value_string(const char *s)
{
	struct fo_value v = value_zero(FV_STRING);

	v.str = s;
	return v;
}

/* Thousandths, rounded to nearest and clamped. */
static int32_t
thousandths(double v)
{
	v *= 1000;
	if (!(v > INT32_MIN))
		return v != v ? 0 : INT32_MIN;
	if (v >= INT32_MAX)
		return INT32_MAX;
	return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

/* Whole millipoints of a length in points.  FOP cuts the rest off: with a
 * millipoint more some lines hold a word more.  What binary fractions leave
 * out of a whole one is given back. */
static mpt
whole_mpt(double points)
{
	return thousandths(trunc(points * 1000 + (points < 0 ? -1e-4 : 1e-4)) /
	    1000);
}

/* --------------------------------------------- words with another meaning */

static const struct synonym {
	uint16_t p;
	const char *word, *means;
} synonyms[] = {
#define WIDTHS(p) { p, "thin", "0.5pt" }, { p, "medium", "1pt" }, \
	{ p, "thick", "2pt" }
	WIDTHS(PR_BORDER_BEFORE_WIDTH), WIDTHS(PR_BORDER_AFTER_WIDTH),
	WIDTHS(PR_BORDER_START_WIDTH), WIDTHS(PR_BORDER_END_WIDTH),
	WIDTHS(PR_CHANGE_BAR_WIDTH), WIDTHS(PR_RULE_THICKNESS),
#undef WIDTHS
	/* Steps of 1.2 from 12 pt, as Apache FOP has them. */
	{ PR_FONT_SIZE, "xx-small", "6.944pt" },
	{ PR_FONT_SIZE, "x-small", "8.333pt" },
	{ PR_FONT_SIZE, "small", "10pt" },
	{ PR_FONT_SIZE, "medium", "12pt" },
	{ PR_FONT_SIZE, "large", "14.4pt" },
	{ PR_FONT_SIZE, "x-large", "17.28pt" },
	{ PR_FONT_SIZE, "xx-large", "20.736pt" },
	{ PR_FONT_WEIGHT, "normal", "400" },
	{ PR_FONT_WEIGHT, "bold", "700" },
	{ PR_TEXT_ALIGN, "left", "start" },
	{ PR_TEXT_ALIGN, "right", "end" },
	{ PR_TEXT_ALIGN_LAST, "left", "start" },
	{ PR_TEXT_ALIGN_LAST, "right", "end" },
	{ PR_FLOAT, "left", "start" },
	{ PR_FLOAT, "right", "end" },
	{ PR_CLEAR, "left", "start" },
	{ PR_CLEAR, "right", "end" },
	{ PR_CAPTION_SIDE, "top", "before" },
	{ PR_CAPTION_SIDE, "bottom", "after" },
	{ PR_CAPTION_SIDE, "left", "start" },
	{ PR_CAPTION_SIDE, "right", "end" },
	{ PR_WRITING_MODE, "lr", "lr-tb" },
	{ PR_WRITING_MODE, "rl", "rl-tb" },
	{ PR_WRITING_MODE, "tb", "tb-rl" },
	{ PR_BACKGROUND_POSITION_HORIZONTAL, "left", "0%" },
	{ PR_BACKGROUND_POSITION_HORIZONTAL, "center", "50%" },
	{ PR_BACKGROUND_POSITION_HORIZONTAL, "right", "100%" },
	{ PR_BACKGROUND_POSITION_VERTICAL, "top", "0%" },
	{ PR_BACKGROUND_POSITION_VERTICAL, "center", "50%" },
	{ PR_BACKGROUND_POSITION_VERTICAL, "bottom", "100%" },
	{ PR_HYPHENATE, "yes", "true" },
	{ PR_HYPHENATE, "no", "false" },
};

static const char *
without_synonym(enum fo_prop p, const char *text, size_t *n)
{
	size_t i;

	for (i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
		if (synonyms[i].p == p && strlen(synonyms[i].word) == *n &&
		    memcmp(synonyms[i].word, text, *n) == 0) {
			*n = strlen(synonyms[i].means);
			return synonyms[i].means;
		}
	return text;
}

/* In a writing mode from right to left, left is the end: the standard knows
 * start only (7.16.9), FOP and the reader know better. */
static const char *
without_sides(const struct making *m, enum fo_prop p, const char *text,
    size_t *n)
{
	bool left = *n == 4 && memcmp(text, "left", 4) == 0;
	bool right = *n == 5 && memcmp(text, "right", 5) == 0;

	if ((p != PR_TEXT_ALIGN && p != PR_TEXT_ALIGN_LAST) ||
	    m->sides[2] != SIDE_RIGHT || !(left || right))
		return text;
	*n = left ? 3 : 5;
	return left ? "end" : "start";
}

/* The weights that CSS Fonts 3 (3.2) gives bolder and lighter: a family
 * seldom has more than regular and bold. */
static bool
relative_weight(struct making *m, const char *text, size_t n,
    struct fo_value *out)
{
	int w = m->parent != NULL
	    ? fo_integer(&m->parent->s, PR_FONT_WEIGHT, 400) : 400;

	if (n == 6 && memcmp(text, "bolder", n) == 0)
		w = w < 350 ? 400 : w < 550 ? 700 : 900;
	else if (n == 7 && memcmp(text, "lighter", n) == 0)
		w = w < 550 ? 100 : w < 750 ? 400 : 700;
	else
		return false;
	*out = value_number(w * 1000);
	return true;
}

/* larger and smaller (7.9.4): one step of the same scale up or down, from the
 * step that is nearest, as in FOP. */
#define SIZE_MEDIUM 12000

static bool
relative_size(struct making *m, const char *text, size_t n,
    struct fo_value *out)
{
	bool larger = n == 6 && memcmp(text, "larger", n) == 0;
	mpt size = SIZE_MEDIUM, step = SIZE_MEDIUM;

	if (!larger && !(n == 7 && memcmp(text, "smaller", n) == 0))
		return false;
	if (m->parent != NULL)
		size = fo_length(&m->parent->s, PR_FONT_SIZE, 0);
	while (step < MPT_MAX / 2 && size - step >= step * 6LL / 5 - size)
		step = mpt_scale(step, 6, 5);
	/* Of next to nothing five sixths are as much. */
	for (mpt less; (less = mpt_scale(step, 5, 6)) < step &&
	    step - size > size - less;)
		step = less;
	*out = value_length(larger ? mpt_scale(step, 6, 5) :
	    mpt_scale(step, 5, 6), 0);
	return true;
}

/* ------------------------------------------------------ texts by type */

/* url(…) or uri(…) without its dress, quotes stripped. */
static void
strip_url(const char **s, size_t *n)
{
	if (*n > 5 && (strncasecmp(*s, "url(", 4) == 0 ||
	    strncasecmp(*s, "uri(", 4) == 0) && (*s)[*n - 1] == ')') {
		*s += 4;
		*n -= 5;
		while (*n > 0 && is_space((unsigned char)**s))
			(*s)++, (*n)--;
		while (*n > 0 && is_space((unsigned char)(*s)[*n - 1]))
			(*n)--;
	}
	if (*n >= 2 && (**s == '\'' || **s == '"') && (*s)[*n - 1] == **s) {
		(*s)++;
		*n -= 2;
	}
}

/* A list of families: no quotes, no space around commas. */
static const char *
family_list(struct making *m, const char *s, size_t n)
{
	const char *end = s + n;
	struct buf b = { 0 };
	const char *name;
	char quote;

	while (s < end) {
		while (s < end && (is_space((unsigned char)*s) || *s == ','))
			s++;
		if (s == end)
			break;
		if (b.n > 0)
			buf_putc(&b, ',');
		quote = *s == '\'' || *s == '"' ? *s++ : '\0';
		name = s;
		while (s < end && *s != (quote ? quote : ','))
			s++;
		n = (size_t)(s - name);
		while (n > 0 && is_space((unsigned char)name[n - 1]))
			n--;
		buf_put(&b, name, n);
		s += quote && s < end;
	}
	name = styles_intern(m->st, buf_str(&b), b.n);
	buf_free(&b);
	return name;
}

static bool
text_value(struct making *m, enum fo_prop p, const char *s, size_t n,
    struct fo_value *out)
{
	const char *next = s;

	switch (prop_rows[p].type) {
	case PT_URI:
		strip_url(&s, &n);
		break;
	case PT_NAMES:
		*out = value_string(family_list(m, s, n));
		return out->str[0] != '\0';
	case PT_CHAR:
		if (n >= 3 && (*s == '\'' || *s == '"') && s[n - 1] == *s)
			s++, n -= 2;
		next = s;
		if (n == 0 || utf8_next(&next, s + n) == 0 || next != s + n)
			return false;
		break;
	default:
		if (n >= 2 && (*s == '\'' || *s == '"') && s[n - 1] == *s)
			s++, n -= 2;
		break;
	}
	*out = value_string(styles_intern(m->st, s, n));
	return true;
}

/* ------------------------------------------------------------ the value */

static bool
numeric_value(struct making *m, enum fo_prop p, const struct result *r,
    const char *text, struct fo_value *out)
{
	enum prop_type type = prop_rows[p].type;

	if (r->prop != 0) {
		if (type != PT_PROPORTION || r->pct != 0 || r->dim != 1)
			return false;
		memset(out, 0, sizeof *out);
		out->kind = FV_PROPORTION;
		out->num = thousandths(r->prop);
		out->num_len = thousandths(r->v);
		return true;
	}
	switch (type) {
	case PT_FACTOR:
	case PT_NUMBER:
	case PT_INTEGER:
		if (r->dim == 0) {
			*out = value_number(thousandths(type == PT_INTEGER
			    ? floor(r->v + 0.5) : r->v));
			return true;
		}
		if (type != PT_FACTOR)
			return false;
		break;
	case PT_LENGTH:
	case PT_PROPORTION:
		if (r->dim == 0 && r->v != 0)
			making_report(m, DIAG_FO_PROP_UNIT, m->blame, text,
			    NULL);
		break;
	default:
		return false;
	}
	if (r->dim != 1 && r->dim != 0)
		return false;
	*out = value_length(whole_mpt(r->v), thousandths(r->pct));
	return true;
}

static bool
word_value(enum fo_prop p, const char *s, size_t n, struct fo_value *out)
{
	if (!words_have(prop_rows[p].words, s, n))
		return false;
	*out = value_keyword(keyword_lookup(s, n));
	return true;
}

static bool
is_kind_fit(enum fo_prop p, const struct fo_value *v)
{
	switch (v->kind) {
	case FV_COLOR:
		return prop_rows[p].type == PT_COLOR ||
		    prop_rows[p].type == PT_DECORATION;
	case FV_KEYWORD:
		return v->kw != KW_NONE_GIVEN &&
		    word_value(p, fo_keyword_name(v->kw),
			strlen(fo_keyword_name(v->kw)),
			&(struct fo_value){ 0 });
	case FV_STRING:
		return prop_rows[p].type == PT_STRING ||
		    prop_rows[p].type == PT_URI ||
		    prop_rows[p].type == PT_NAMES ||
		    prop_rows[p].type == PT_CHAR;
	default:
		return prop_rows[p].type == PT_PROPORTION;
	}
}

static bool
expression_value(struct making *m, enum fo_prop p, const char *text,
    struct fo_value *out)
{
	struct result r;
	uint32_t rgba;

	if (!expr_evaluate(m, p, text, &r))
		return false;
	switch (r.kind) {
	case RK_NUMERIC:
		return numeric_value(m, p, &r, text, out);
	case RK_VALUE:
		*out = r.value;
		return is_kind_fit(p, out);
	default:
		if ((prop_rows[p].type == PT_COLOR ||
			prop_rows[p].type == PT_DECORATION) &&
		    color_parse(r.name, r.n, &rgba)) {
			*out = value_color(rgba);
			return true;
		}
		return word_value(p, r.name, r.n, out);
	}
}

/* Texts that are taken as they stand, unless they are a function call. */
static bool
is_text_type(enum prop_type t)
{
	return t == PT_STRING || t == PT_URI || t == PT_NAMES || t == PT_CHAR;
}

bool
value_read(struct making *m, enum fo_prop p, const char *text,
    struct fo_value *out)
{
	const struct prop_row *row = &prop_rows[p];
	const char *s = text, *original;
	struct buf b = { 0 };
	size_t n = strlen(s);
	bool ok;

	while (is_space((unsigned char)*s))
		s++, n--;
	while (n > 0 && is_space((unsigned char)s[n - 1]))
		n--;
	/* A character or a separator may be a space. */
	if (n == 0 && (row->type == PT_CHAR || p == PR_GROUPING_SEPARATOR)) {
		s = text;
		n = strlen(s);
	}
	original = s;
	if (n == 7 && memcmp(s, "inherit", n) == 0) {
		*out = m->parent != NULL ? *fo_value(&m->parent->s, p)
					 : *fo_value(styles_initial(m->st), p);
		return true;
	}
	s = without_synonym(p, without_sides(m, p, s, &n), &n);
	if (word_value(p, s, n, out))
		return true;
	if (p == PR_FONT_WEIGHT && relative_weight(m, s, n, out))
		return true;
	if (p == PR_FONT_SIZE && relative_size(m, s, n, out))
		return true;
	if (is_text_type(row->type) && !expr_is_call(s)) {
		ok = text_value(m, p, s, n, out);
	} else {
		buf_put(&b, s, n);
		ok = n > 0 && expression_value(m, p, buf_str(&b), out);
		buf_free(&b);
	}
	if (!ok)
		making_report(m, DIAG_FO_PROP_VALUE, m->blame, original,
		    NULL);
	return ok;
}
