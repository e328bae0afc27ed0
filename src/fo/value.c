/*
 * Reading computed properties.  Nothing here computes them: see style.c.
 */
#include <limits.h>

#include "fo/fo_int.h"

static const char *const prop_names[PR_COUNT] = {
#define PROP(id, name, inherited, type, initial, percent, words, section) \
	[PR_##id] = name,
#include "fo/props.def"
#undef PROP
};

static const char *const keyword_names[KW_COUNT] = {
#define KEYWORD(id, name) [KW_##id] = name,
#include "fo/keywords.def"
#undef KEYWORD
};

bool
fo_value_equal(const struct fo_value *a, const struct fo_value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case FV_KEYWORD:
		return a->kw == b->kw;
	case FV_STRING:
		return str_eq(a->str, b->str);
	case FV_COLOR:
		return a->rgba == b->rgba;
	default:
		return a->len == b->len && a->pct == b->pct;
	}
}

bool
fo_is_specified(const struct fo_style *s, enum fo_prop p)
{
	const struct style *own = (const struct style *)s;

	return (own->specified[p / 8] & 1 << p % 8) != 0;
}

mpt
fo_length(const struct fo_style *s, enum fo_prop p, mpt base)
{
	const struct fo_value *v = fo_value(s, p);

	mpt sum;

	if (v->kind != FV_LENGTH)
		return 0;
	sum = v->pct == 0 ? v->len :
	    mpt_add(v->len, mpt_scale(base, v->pct, 100000));
	return sum > FO_LENGTH_MAX ? FO_LENGTH_MAX :
	    sum < -FO_LENGTH_MAX ? -FO_LENGTH_MAX : sum;
}

enum fo_keyword
fo_keyword(const struct fo_style *s, enum fo_prop p)
{
	const struct fo_value *v = fo_value(s, p);

	return v->kind == FV_KEYWORD ? (enum fo_keyword)v->kw : KW_NONE_GIVEN;
}

int
fo_integer(const struct fo_style *s, enum fo_prop p, int otherwise)
{
	const struct fo_value *v = fo_value(s, p);

	return v->kind == FV_NUMBER ? mpt_scale(v->num, 1, 1000) : otherwise;
}

int32_t
fo_number(const struct fo_style *s, enum fo_prop p, int32_t otherwise)
{
	const struct fo_value *v = fo_value(s, p);

	return v->kind == FV_NUMBER ? v->num : otherwise;
}

uint32_t
fo_color(const struct fo_style *s, enum fo_prop p)
{
	const struct fo_value *v = fo_value(s, p);

	return v->kind == FV_COLOR ? v->rgba : 0;
}

const char *
fo_string(const struct fo_style *s, enum fo_prop p)
{
	const struct fo_value *v = fo_value(s, p);

	return v->kind == FV_STRING ? v->str : NULL;
}

mpt
fo_line_height(const struct fo_style *s)
{
	const struct fo_value *v = fo_value(s, PR_LINE_HEIGHT_OPTIMUM);
	mpt size = fo_length(s, PR_FONT_SIZE, 0);

	switch (v->kind) {
	case FV_NUMBER:
		return mpt_scale(size, v->num, 1000);
	case FV_LENGTH:
		return fo_length(s, PR_LINE_HEIGHT_OPTIMUM, size);
	default:
		/* The factor of Apache FOP for "normal". */
		return mpt_scale(size, 12, 10);
	}
}

int
fo_keep(const struct fo_style *s, enum fo_prop p)
{
	const struct fo_value *v = fo_value(s, p);
	int strength;

	if (v->kind == FV_KEYWORD)
		return v->kw == KW_ALWAYS ? INT_MAX : 0;
	/* Any integer is stronger than auto (XSL 1.1, 4.8). */
	strength = fo_integer(s, p, 0);
	return strength < 1 ? 1 : strength;
}

const char *
fo_prop_name(enum fo_prop p)
{
	return prop_names[p];
}

const char *
fo_keyword_name(enum fo_keyword k)
{
	return k == KW_NONE_GIVEN ? "" : keyword_names[k];
}
