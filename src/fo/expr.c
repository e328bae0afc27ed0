/*
 * Values of properties: keywords, strings, and the expression language of
 * XSL 1.1, 5.9.
 *
 * A numeric is kept as v + pct % + prop parts: v in points when it is a length
 * (dim 1), a plain number when dim is 0; pct refers to an area that only layout
 * knows; prop is what proportional-column-width() gave.  So "100% - 2cm" is
 * computed here and stays exact.  Percentages of a font size become lengths
 * at once.
 *
 * Units: one px is one point, as in Apache FOP (72 dpi); a length without a unit
 * is taken as points with a warning.
 */
#include "fo/fo_int.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 64, MAX_ARGS = 16 };

enum result_kind { RK_NUMERIC, RK_VALUE, RK_NAME };

struct result {
	enum result_kind kind;
	double v, pct, prop;
	int dim;
	struct fo_value value;	/* RK_VALUE: a colour, keyword or string */
	const char *name;	/* RK_NAME: a word, or a literal's content */
	size_t n;
};

struct parser {
	struct making *m;
	enum fo_prop p;
	const char *s;
	int depth;
	int in_color;		/* 100% is 255 there */
};

static bool parse_sum(struct parser *e, struct result *out);

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

struct fo_value
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

struct fo_value
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

static struct result
numeric(double v, int dim)
{
	return (struct result){ .kind = RK_NUMERIC, .v = v, .dim = dim };
}

static struct result
from_value(struct fo_value value)
{
	struct result r = { .kind = RK_VALUE, .value = value };

	if (value.kind == FV_LENGTH) {
		r = numeric(value.len / 1000.0, 1);
		r.pct = value.pct / 1000.0;
	} else if (value.kind == FV_NUMBER) {
		r = numeric(value.num / 1000.0, 0);
	}
	return r;
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
	if (e->in_color > 0) {
		r->v = r->v * 255 / 100;
		return true;
	}
	switch (prop_rows[e->p].percent) {
	case PP_AREA:
		*r = (struct result){ .kind = RK_NUMERIC, .pct = r->v,
			.dim = 1 };
		return true;
	case PP_PARENT_LINE:
		*r = numeric(r->v / 100 * parent_line_height(e), 1);
		return true;
	case PP_FONT:
	case PP_PARENT_FONT:
		*r = numeric(r->v / 100 * font_size(e), 1);
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
			*r = numeric(r->v * units[i].factor, units[i].dim);
			return true;
		}
	if (n != 2 || (unit[0] | 0x20) != 'e')
		return false;
	/* Without a font at hand an x-height is half an em (CSS 2). */
	if ((unit[1] | 0x20) == 'm' || (unit[1] | 0x20) == 'x') {
		*r = numeric(r->v * font_size(e) *
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
	*out = numeric(v, 0);
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

/* ----------------------------------------------------------- functions */

static bool
is_number(const struct result *r)
{
	return r->kind == RK_NUMERIC && r->dim == 0 && r->pct == 0 &&
	    r->prop == 0;
}

static bool
comparable(const struct result *a, const struct result *b)
{
	return a->kind == RK_NUMERIC && b->kind == RK_NUMERIC &&
	    a->dim == b->dim && a->prop == 0 && b->prop == 0 &&
	    a->pct == b->pct;
}

static bool
fn_rounding(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	(void)e;
	if (n != 1 || !is_number(&args[0]))
		return false;
	*out = args[0];
	if (name[0] == 'f')
		out->v = floor(out->v);
	else if (name[0] == 'c')
		out->v = ceil(out->v);
	else
		out->v = floor(out->v + 0.5);
	return true;
}

static bool
fn_abs(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	(void)e, (void)name;
	if (n != 1 || args[0].kind != RK_NUMERIC)
		return false;
	*out = args[0];
	if (out->v < 0 || (out->v == 0 && out->pct < 0)) {
		/* The sign of 10% - 1pt is layout's to know. */
		if (out->pct > 0)
			return false;
		out->v = -out->v;
		out->pct = -out->pct;
	}
	return true;
}

static bool
fn_min_max(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	size_t i;

	(void)e;
	if (n < 1)
		return false;
	*out = args[0];
	for (i = 1; i < n; i++) {
		if (!comparable(out, &args[i]) &&
		    !(out->kind == RK_NUMERIC && out->v == 0 &&
			args[i].kind == RK_NUMERIC && args[i].v == 0 &&
			out->dim == args[i].dim))
			return false;
		if ((name[1] == 'i') == (args[i].v + args[i].pct <
			out->v + out->pct))
			*out = args[i];
	}
	return out->kind == RK_NUMERIC;
}

static uint32_t
byte_of(double v)
{
	return v <= 0 || v != v ? 0 : v >= 255 ? 255 : (uint32_t)(v + 0.5);
}

static bool
color_result(const double rgb[3], double alpha, struct result *out)
{
	*out = from_value(value_color(byte_of(rgb[0]) << 24 |
	    byte_of(rgb[1]) << 16 | byte_of(rgb[2]) << 8 |
	    byte_of(alpha * 255)));
	return true;
}

/* rgb, rgba, and rgb-icc and its like, of which the first three arguments are
 * what to use when the profile is not known (XSL 1.1, 5.10.2). */
static bool
fn_rgb(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	double rgb[3], alpha = 1;
	size_t i;

	(void)e;
	if (n < 3)
		return false;
	for (i = 0; i < 3; i++) {
		if (!is_number(&args[i]))
			return false;
		rgb[i] = args[i].v;
		/* The fallback of Apache FOP's functions counts from 0 to 1. */
		if (name[0] == 'f' || name[0] == 'c' || name[0] == 'o')
			rgb[i] *= 255;
	}
	if (strcmp(name, "rgba") == 0 && n == 4) {
		if (!is_number(&args[3]))
			return false;
		alpha = args[3].v;
	}
	if (strcmp(name, "rgb-icc") == 0 && n == 8 &&
	    args[3].kind == RK_NAME && args[3].n == 5 &&
	    memcmp(args[3].name, "#CMYK", 5) == 0) {
		for (i = 0; i < 3; i++)
			rgb[i] = 255 * (1 - args[4 + i].v) * (1 - args[7].v);
	}
	return color_result(rgb, alpha, out);
}

static bool
fn_cmyk(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	double rgb[3];
	size_t i;

	(void)e, (void)name;
	if (n != 4)
		return false;
	for (i = 0; i < 4; i++)
		if (!is_number(&args[i]))
			return false;
	for (i = 0; i < 3; i++)
		rgb[i] = 255 * (1 - args[i].v) * (1 - args[3].v);
	return color_result(rgb, 1, out);
}

static bool
fn_system_color(struct parser *e, const char *name, struct result *args,
    size_t n, struct result *out)
{
	uint32_t rgba;

	(void)e, (void)name;
	if (n < 1 || args[0].kind != RK_NAME ||
	    !system_color(args[0].name, args[0].n, &rgba))
		return false;
	*out = from_value(value_color(rgba));
	return true;
}

static bool
fn_proportion(struct parser *e, const char *name, struct result *args,
    size_t n, struct result *out)
{
	(void)name;
	if (n != 1 || !is_number(&args[0]) || args[0].v < 0 ||
	    prop_rows[e->p].type != PT_PROPORTION)
		return false;
	*out = (struct result){ .kind = RK_NUMERIC, .dim = 1,
		.prop = args[0].v };
	return true;
}

/* The row that a function's argument names, the current one without any. */
static bool
argument_prop(struct parser *e, const struct result *args, size_t n,
    enum fo_prop *p)
{
	enum fo_prop named;

	*p = e->p;
	if (n == 0)
		return true;
	if (args[0].kind != RK_NAME)
		return false;
	named = making_prop(e->m, args[0].name, args[0].n, e->p);
	if (named == PR_COUNT)
		return false;
	*p = named;
	return true;
}

static struct fo_value
initial_value(struct parser *e, enum fo_prop p)
{
	return *fo_value(styles_initial(e->m->st), p);
}

static bool
fn_parent(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	const struct style *s = e->m->parent;
	enum fo_prop p;

	if (!argument_prop(e, args, n, &p))
		return false;
	if (name[0] == 'i' && !prop_rows[p].inherited)
		return false;
	*out = from_value(s != NULL ? *fo_value(&s->s, p)
				    : initial_value(e, p));
	return true;
}

static bool
fn_nearest(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	const struct style *s;
	enum fo_prop p;

	(void)name;
	if (!argument_prop(e, args, n, &p))
		return false;
	for (s = e->m->parent; s != NULL; s = s->parent)
		if (s->specified[p / 8] & 1 << p % 8) {
			*out = from_value(*fo_value(&s->s, p));
			return true;
		}
	*out = from_value(initial_value(e, p));
	return true;
}

static bool
fn_context(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	const struct style_context *c = e->m->context;
	const struct fo_style *s = NULL;
	enum fo_prop p;

	e->m->passing = true;
	if (!argument_prop(e, args, n, &p))
		return false;
	if (c != NULL && strcmp(name, "from-table-column") == 0)
		s = c->column;
	else if (c != NULL && strcmp(name, "from-page-master-region") == 0)
		s = c->region;
	else if (c != NULL)
		s = c->merge;
	if (s == NULL)
		return false;
	*out = from_value(*fo_value(s, p));
	return true;
}

/* body-start() and label-end() (XSL 1.1, 5.10.4) count from the list-item's
 * start-indent, so that a nested list stands under its item's body. */
static bool
fn_list(struct parser *e, const char *name, struct result *args, size_t n,
    struct result *out)
{
	const struct style *s;
	const struct fo_value *separation, *distance, *indent;

	(void)args;
	for (s = e->m->parent; s != NULL && s->type != FO_LIST_ITEM;
	     s = s->parent)
		;
	if (s == NULL || n != 0)
		return false;
	distance = fo_value(&s->s, PR_PROVISIONAL_DISTANCE_BETWEEN_STARTS);
	separation = fo_value(&s->s, PR_PROVISIONAL_LABEL_SEPARATION);
	indent = fo_value(&s->s, PR_START_INDENT);
	*out = numeric(((double)distance->len + indent->len) / 1000.0, 1);
	out->pct = (distance->pct + indent->pct) / 1000.0;
	if (name[0] == 'b')
		return true;
	out->v = separation->len / 1000.0 - out->v;
	out->pct = 100 + separation->pct / 1000.0 - out->pct;
	return true;
}

static const struct function {
	const char *name;
	bool (*call)(struct parser *e, const char *name, struct result *args,
	    size_t n, struct result *out);
	bool color;		/* a percentage among its arguments is of 255 */
} functions[] = {
	{ "floor", fn_rounding, false },
	{ "ceiling", fn_rounding, false },
	{ "round", fn_rounding, false },
	{ "abs", fn_abs, false },
	{ "min", fn_min_max, false },
	{ "max", fn_min_max, false },
	{ "rgb", fn_rgb, true },
	{ "rgba", fn_rgb, true },
	{ "rgb-icc", fn_rgb, true },
	{ "fop-rgb-icc", fn_rgb, true },
	{ "fop-rgb-named-color", fn_rgb, true },
	{ "cie-lab-color", fn_rgb, true },
	{ "cmyk", fn_cmyk, false },
	{ "device-cmyk", fn_cmyk, false },
	{ "system-color", fn_system_color, false },
	{ "inherited-property-value", fn_parent, false },
	{ "from-parent", fn_parent, false },
	{ "from-nearest-specified-value", fn_nearest, false },
	{ "from-table-column", fn_context, false },
	{ "from-page-master-region", fn_context, false },
	{ "merge-property-values", fn_context, false },
	{ "label-end", fn_list, false },
	{ "body-start", fn_list, false },
	{ "proportional-column-width", fn_proportion, false },
};

static const struct function *
function_lookup(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof functions / sizeof *functions; i++)
		if (strlen(functions[i].name) == n &&
		    memcmp(functions[i].name, name, n) == 0)
			return &functions[i];
	return NULL;
}

static bool
parse_call(struct parser *e, const struct function *f, struct result *out)
{
	struct result args[MAX_ARGS];
	size_t n = 0;
	bool ok;

	if (!accept(e, ')')) {
		e->in_color += f->color;
		do {
			if (n == MAX_ARGS || !parse_sum(e, &args[n]))
				return false;
			n++;
		} while (accept(e, ','));
		e->in_color -= f->color;
		if (!accept(e, ')'))
			return false;
	}
	ok = f->call(e, f->name, args, n, out);
	return ok;
}

/* ------------------------------------------------------------- grammar */

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
		*out = from_value(value_color(rgba));
		return true;
	}
	/* The pseudo profiles of rgb-icc(): #CMYK, #Grayscale. */
	*out = (struct result){ .kind = RK_NAME, .name = start,
		.n = (size_t)(e->s - start) };
	return e->in_color > 0;
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
	if ((a->pct != 0 || a->prop != 0) && !is_number(b))
		return false;
	if ((b->pct != 0 || b->prop != 0) && !is_number(a))
		return false;
	if (is_number(b)) {
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
	if (!comparable(a, b) || a->pct != 0 || b->v == 0)
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
	{ PR_FONT_SIZE, "larger", "1.2em" },
	{ PR_FONT_SIZE, "smaller", "1em div 1.2" },
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
	*out = value_length(thousandths(r->v), thousandths(r->pct));
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
	struct parser e = { .m = m, .p = p, .s = text };
	struct result r;
	uint32_t rgba;

	if (!parse_sum(&e, &r))
		return false;
	skip_space(&e);
	if (*e.s != '\0')
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

static bool
is_call(const char *s)
{
	const char *start = s;

	while (is_name_char((unsigned char)*s))
		s++;
	return *s == '(' &&
	    function_lookup(start, (size_t)(s - start)) != NULL;
}

bool
expr_value(struct making *m, enum fo_prop p, const char *text,
    struct fo_value *out)
{
	const struct prop_row *row = &prop_rows[p];
	const char *s = text, *original;
	struct buf b = { 0 };
	size_t n = strlen(s);
	bool ok;

	/* A character or a separator may be a space: those stay as they are. */
	if (row->type != PT_CHAR && p != PR_GROUPING_SEPARATOR) {
		while (is_space((unsigned char)*s))
			s++, n--;
		while (n > 0 && is_space((unsigned char)s[n - 1]))
			n--;
	}
	original = s;
	if (n == 7 && memcmp(s, "inherit", n) == 0) {
		*out = m->parent != NULL ? *fo_value(&m->parent->s, p)
					 : *fo_value(styles_initial(m->st), p);
		return true;
	}
	s = without_synonym(p, s, &n);
	if (word_value(p, s, n, out))
		return true;
	if (p == PR_FONT_WEIGHT && relative_weight(m, s, n, out))
		return true;
	if (is_text_type(row->type) && !is_call(s)) {
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
