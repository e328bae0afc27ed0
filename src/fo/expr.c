/*
 * The expression language of XSL 1.1, 5.9: operators, units, percentages.
 *
 * A numeric keeps its percentage of an area apart from its length, so
 * "100% - 2cm" is computed here and stays exact; percentages of a font size
 * become lengths at once.
 *
 * Units: one px is one point, as in Apache FOP (72 dpi).
 */
#include "fo/fo_int.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 64, MAX_ARGS = 16 };

struct parser {
	struct making *m;
	enum fo_prop p;
	const char *s;
	int depth;
	double whole;		/* in a colour: what 100% is; else 0 */
};

static bool parse_sum(struct parser *e, struct result *out);

/* ------------------------------------------------------------- results */

struct result
result_number(double v, int dim)
{
	return (struct result){ .kind = RK_NUMERIC, .v = v, .dim = dim };
}

struct result
result_value(struct fo_value value)
{
	struct result r = { .kind = RK_VALUE, .value = value };

	if (value.kind == FV_LENGTH) {
		r = result_number(value.len / 1000.0, 1);
		r.pct = value.pct / 1000.0;
	} else if (value.kind == FV_NUMBER) {
		r = result_number(value.num / 1000.0, 0);
	}
	return r;
}

bool
result_is_number(const struct result *r)
{
	return r->kind == RK_NUMERIC && r->dim == 0 && r->pct == 0 &&
	    r->prop == 0;
}

bool
result_comparable(const struct result *a, const struct result *b)
{
	return a->kind == RK_NUMERIC && b->kind == RK_NUMERIC &&
	    a->dim == b->dim && a->prop == 0 && b->prop == 0 &&
	    a->pct == b->pct;
}

/* -------------------------------------------------------------- units */

static const struct unit_name {
	const char *name;
	double factor;		/* to points or degrees */
	int dim;
} units[] = {
	{ "pt", 1, 1 }, { "mm", 72 / 25.4, 1 }, { "cm", 720 / 25.4, 1 },
	{ "in", 72, 1 }, { "pc", 12, 1 }, { "px", 1, 1 },
	{ "mpt", 0.001, 1 }, { "deg", 1, 0 }, { "grad", 0.9, 0 },
	{ "rad", 57.29577951308232, 0 },
};

/* The font-size that em and percentages of p refer to, in points. */
static double
font_size(const struct parser *e)
{
	const struct fo_value *v = &e->m->v[PR_FONT_SIZE];

	if (prop_rows[e->p].percent == PP_PARENT_FONT)
		v = e->m->parent != NULL
		    ? fo_value(&e->m->parent->s, PR_FONT_SIZE) : NULL;
	return v != NULL && v->kind == FV_LENGTH ? v->len / 1000.0 : 12;
}

static double
parent_line_height(const struct parser *e)
{
	const struct fo_style *s = e->m->parent != NULL
	    ? &e->m->parent->s : styles_initial(e->m->st);

	return fo_line_height(s) / 1000.0;
}

static bool
apply_percent(struct parser *e, struct result *r)
{
	if (e->whole > 0) {
		r->v = r->v * e->whole / 100;
		return true;
	}
	switch (prop_rows[e->p].percent) {
	case PP_AREA:
		*r = (struct result){ .kind = RK_NUMERIC, .pct = r->v,
			.dim = 1 };
		return true;
	case PP_PARENT_LINE:
		*r = result_number(r->v / 100 * parent_line_height(e), 1);
		return true;
	case PP_FONT:
	case PP_PARENT_FONT:
		*r = result_number(r->v / 100 * font_size(e), 1);
		return true;
	default:
		return false;
	}
}

static bool
apply_unit(struct parser *e, struct result *r, const char *unit, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i].name) == n &&
		    strncasecmp(unit, units[i].name, n) == 0) {
			*r = result_number(r->v * units[i].factor,
			    units[i].dim);
			return true;
		}
	if (n != 2 || (unit[0] | 0x20) != 'e')
		return false;
	/* Without a font at hand an x-height is half an em (CSS 2). */
	if ((unit[1] | 0x20) == 'm' || (unit[1] | 0x20) == 'x') {
		*r = result_number(r->v * font_size(e) *
		    ((unit[1] | 0x20) == 'm' ? 1 : 0.5), 1);
		return true;
	}
	return false;
}

/* -------------------------------------------------------------- lexing */

static void
skip_space(struct parser *e)
{
	while (is_space((unsigned char)*e->s))
		e->s++;
}

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name_start(int c)
{
	return is_letter(c) || c == '_' || c >= 0x80;
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_char(int c)
{
	return is_name_start(c) || is_digit(c) || c == '-' || c == '.' ||
	    c == ':';
}

static bool
accept(struct parser *e, char c)
{
	skip_space(e);
	if (*e->s != c)
		return false;
	e->s++;
	return true;
}

/* Accepts the operator's name if it stands here as a word. */
static bool
accept_word(struct parser *e, const char *word)
{
	size_t n = strlen(word);

	skip_space(e);
	if (strncmp(e->s, word, n) != 0 ||
	    is_name_char((unsigned char)e->s[n]))
		return false;
	e->s += n;
	return true;
}

static bool
parse_number(struct parser *e, struct result *out)
{
	const char *s = e->s, *unit;
	double v;
	char digits[64];
	size_t n = 0;

	/* No exponent here: in 2em the e begins the unit. */
	while (is_digit((unsigned char)*s) || *s == '.') {
		if (n + 1 < sizeof digits)
			digits[n++] = *s;
		s++;
	}
	digits[n] = '\0';
	if (!num_parse(digits, NULL, &v))
		return false;
	*out = result_number(v, 0);
	e->s = s;
	if (*s == '%') {
		e->s++;
		return apply_percent(e, out);
	}
	for (unit = s; is_letter((unsigned char)*s); s++)
		;
	e->s = s;
	return s == unit || apply_unit(e, out, unit, (size_t)(s - unit));
}

/* ------------------------------------------------------------- grammar */

/* A profile that has no source has an empty one: rgb-icc(…, #Separation,, …). */
static bool
parse_argument(struct parser *e, struct result *out)
{
	skip_space(e);
	if (e->whole == 0 || *e->s != ',')
		return parse_sum(e, out);
	*out = (struct result){ .kind = RK_NAME, .name = e->s };
	return true;
}

static bool
parse_call(struct parser *e, const struct function *f, struct result *out)
{
	struct result args[MAX_ARGS];
	struct call c = { e->m, e->p, f->name, args, 0 };
	double whole = e->whole;

	if (!accept(e, ')')) {
		if (f->whole > 0)
			e->whole = f->whole;
		do {
			if (c.n == MAX_ARGS || !parse_argument(e, &args[c.n]))
				return false;
			c.n++;
		} while (accept(e, ','));
		e->whole = whole;
		if (!accept(e, ')'))
			return false;
	}
	return f->call(&c, out);
}

static bool
parse_literal(struct parser *e, struct result *out)
{
	char quote = *e->s++;
	const char *end = strchr(e->s, quote);

	if (end == NULL)
		return false;
	*out = (struct result){ .kind = RK_NAME, .name = e->s,
		.n = (size_t)(end - e->s) };
	e->s = end + 1;
	return true;
}

static bool
parse_hash(struct parser *e, struct result *out)
{
	const char *start = e->s++;
	uint32_t rgba;

	while (is_letter((unsigned char)*e->s) ||
	    is_digit((unsigned char)*e->s))
		e->s++;
	if (color_parse(start, (size_t)(e->s - start), &rgba)) {
		*out = result_value(value_color(rgba));
		return true;
	}
	/* The pseudo profiles of rgb-icc(): #CMYK, #Grayscale. */
	*out = (struct result){ .kind = RK_NAME, .name = start,
		.n = (size_t)(e->s - start) };
	return e->whole > 0;
}

static bool
parse_name(struct parser *e, struct result *out)
{
	const char *start = e->s;
	const struct function *f;
	size_t n;

	while (is_name_char((unsigned char)*e->s))
		e->s++;
	n = (size_t)(e->s - start);
	if (accept(e, '(')) {
		f = function_lookup(start, n);
		return f != NULL && parse_call(e, f, out);
	}
	*out = (struct result){ .kind = RK_NAME, .name = start, .n = n };
	return true;
}

static bool
parse_primary(struct parser *e, struct result *out)
{
	bool ok;
	int c;

	skip_space(e);
	c = (unsigned char)*e->s;
	if (c == '(') {
		e->s++;
		return parse_sum(e, out) && accept(e, ')');
	}
	if (c == '-' || c == '+') {
		if (++e->depth > MAX_DEPTH)
			return false;
		e->s++;
		ok = parse_primary(e, out) && out->kind == RK_NUMERIC;
		e->depth--;
		if (ok && c == '-') {
			out->v = -out->v;
			out->pct = -out->pct;
			out->prop = -out->prop;
		}
		return ok;
	}
	if (is_digit(c) || c == '.')
		return parse_number(e, out);
	if (c == '#')
		return parse_hash(e, out);
	if (c == '\'' || c == '"')
		return parse_literal(e, out);
	return is_name_start(c) && parse_name(e, out);
}

static bool
multiply(struct result *a, const struct result *b)
{
	if (a->kind != RK_NUMERIC || b->kind != RK_NUMERIC)
		return false;
	/* Only a plain number may multiply what has a percentage in it. */
	if ((a->pct != 0 || a->prop != 0) && !result_is_number(b))
		return false;
	if ((b->pct != 0 || b->prop != 0) && !result_is_number(a))
		return false;
	if (result_is_number(b)) {
		a->v *= b->v;
		a->pct *= b->v;
		a->prop *= b->v;
		return true;
	}
	a->pct = a->v * b->pct;
	a->prop = a->v * b->prop;
	a->v *= b->v;
	a->dim += b->dim;
	return true;
}

static bool
divide(struct result *a, const struct result *b)
{
	if (a->kind != RK_NUMERIC || b->kind != RK_NUMERIC || b->pct != 0 ||
	    b->prop != 0 || b->v == 0)
		return false;
	if (b->dim != 0 && (a->pct != 0 || a->prop != 0))
		return false;
	a->v /= b->v;
	a->pct /= b->v;
	a->prop /= b->v;
	a->dim -= b->dim;
	return true;
}

static bool
modulo(struct result *a, const struct result *b)
{
	if (!result_comparable(a, b) || a->pct != 0 || b->v == 0)
		return false;
	a->v = fmod(a->v, b->v);
	return true;
}

static bool
parse_product(struct parser *e, struct result *out)
{
	struct result right;

	if (!parse_primary(e, out))
		return false;
	for (;;) {
		if (accept(e, '*')) {
			if (!parse_primary(e, &right) ||
			    !multiply(out, &right))
				return false;
		} else if (accept_word(e, "div")) {
			if (!parse_primary(e, &right) || !divide(out, &right))
				return false;
		} else if (accept_word(e, "mod")) {
			if (!parse_primary(e, &right) || !modulo(out, &right))
				return false;
		} else {
			return true;
		}
	}
}

static bool
add(struct result *a, const struct result *b, double sign)
{
	if (a->kind != RK_NUMERIC || b->kind != RK_NUMERIC || a->dim != b->dim)
		return false;
	a->v += sign * b->v;
	a->pct += sign * b->pct;
	a->prop += sign * b->prop;
	return true;
}

static bool
parse_sum(struct parser *e, struct result *out)
{
	struct result right;
	bool ok;

	if (++e->depth > MAX_DEPTH)
		return false;
	ok = parse_product(e, out);
	while (ok) {
		if (accept(e, '+'))
			ok = parse_product(e, &right) && add(out, &right, 1);
		else if (accept(e, '-'))
			ok = parse_product(e, &right) && add(out, &right, -1);
		else
			break;
	}
	e->depth--;
	return ok;
}

bool
expr_evaluate(struct making *m, enum fo_prop p, const char *text,
    struct result *out)
{
	struct parser e = { .m = m, .p = p, .s = text };

	if (!parse_sum(&e, out))
		return false;
	skip_space(&e);
	return *e.s == '\0';
}

bool
expr_is_call(const char *s)
{
	const char *start = s;

	while (is_name_char((unsigned char)*s))
		s++;
	return *s == '(' &&
	    function_lookup(start, (size_t)(s - start)) != NULL;
}
