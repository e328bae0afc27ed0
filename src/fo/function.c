/*
 * The functions of expressions (XSL 1.1, 5.10), those of Apache FOP for colours
 * included.  Each returns false when its arguments make no sense.
 */
#include "fo/fo_int.h"

#include <math.h>
#include <string.h>

static bool
fn_rounding(const struct call *c, struct result *out)
{
	if (c->n != 1 || !result_is_number(&c->args[0]))
		return false;
	*out = c->args[0];
	if (c->name[0] == 'f')
		out->v = floor(out->v);
	else if (c->name[0] == 'c')
		out->v = ceil(out->v);
	else
		out->v = floor(out->v + 0.5);
	return true;
}

static bool
fn_abs(const struct call *c, struct result *out)
{
	if (c->n != 1 || c->args[0].kind != RK_NUMERIC)
		return false;
	*out = c->args[0];
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
fn_min_max(const struct call *c, struct result *out)
{
	size_t i;

	if (c->n < 1)
		return false;
	*out = c->args[0];
	for (i = 1; i < c->n; i++) {
		if (!result_comparable(out, &c->args[i]) &&
		    !(out->kind == RK_NUMERIC && out->v == 0 &&
			c->args[i].kind == RK_NUMERIC && c->args[i].v == 0 &&
			out->dim == c->args[i].dim))
			return false;
		if ((c->name[1] == 'i') == (c->args[i].v + c->args[i].pct <
			out->v + out->pct))
			*out = c->args[i];
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
	*out = result_value(value_color(byte_of(rgb[0]) << 24 |
	    byte_of(rgb[1]) << 16 | byte_of(rgb[2]) << 8 |
	    byte_of(alpha * 255)));
	return true;
}

/* rgb, rgba, and rgb-icc and its like, of which the first three arguments are
 * what to use when the profile is not known (XSL 1.1, 5.10.2); fox-rgb-icc of FOP
 * has an alpha after them. */
static bool
fn_rgb(const struct call *c, struct result *out)
{
	bool from_1 = strncmp(c->name, "fop-", 4) == 0 || c->name[0] == 'c';
	double opaque = strcmp(c->name, "rgba") == 0 && c->n == 4 ? 1 :
	    strcmp(c->name, "fox-rgb-icc") == 0 && c->n > 4 ? 255 : 0;
	double rgb[3], alpha = 1;
	size_t i;

	if (c->n < 3)
		return false;
	for (i = 0; i < 3; i++) {
		if (!result_is_number(&c->args[i]))
			return false;
		rgb[i] = c->args[i].v;
		/* The fallback of Apache FOP's functions counts from 0 to 1. */
		if (from_1)
			rgb[i] *= 255;
	}
	if (opaque > 0) {
		if (!result_is_number(&c->args[3]))
			return false;
		alpha = c->args[3].v / opaque;
	}
	if (strcmp(c->name, "rgb-icc") == 0 && c->n == 8 &&
	    c->args[3].kind == RK_NAME && c->args[3].n == 5 &&
	    memcmp(c->args[3].name, "#CMYK", 5) == 0) {
		for (i = 0; i < 3; i++)
			rgb[i] = 255 * (1 - c->args[4 + i].v) *
			    (1 - c->args[7].v);
	}
	return color_result(rgb, alpha, out);
}

static bool
fn_cmyk(const struct call *c, struct result *out)
{
	double rgb[3];
	size_t i;

	if (c->n != 4)
		return false;
	for (i = 0; i < 4; i++)
		if (!result_is_number(&c->args[i]))
			return false;
	for (i = 0; i < 3; i++)
		rgb[i] = 255 * (1 - c->args[i].v) * (1 - c->args[3].v);
	return color_result(rgb, 1, out);
}

static bool
fn_system_color(const struct call *c, struct result *out)
{
	uint32_t rgba;

	if (c->n < 1 || c->args[0].kind != RK_NAME ||
	    !system_color(c->args[0].name, c->args[0].n, &rgba))
		return false;
	*out = result_value(value_color(rgba));
	return true;
}

static void
report_share(const struct call *c, double share)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s(", c->name);
	buf_num(&b, share, 3);
	buf_putc(&b, ')');
	making_report(c->m, DIAG_FO_PROP_VALUE, c->m->blame, buf_str(&b),
	    NULL);
	buf_free(&b);
}

/* A share of what is left of a table is an error but in the fixed layout, which
 * is not the initial one (XSL 1.1, 5.10.4).  Elsewhere it says no more than that
 * the column is one like the others, as in FOP. */
static bool
fn_proportion(const struct call *c, struct result *out)
{
	const struct result *a = &c->args[0];
	const struct style *table = c->m->parent;

	if (c->n != 1 || prop_rows[c->p].type != PT_PROPORTION ||
	    table == NULL)
		return false;
	*out = (struct result){ .kind = RK_NUMERIC, .dim = 1, .prop = a->v };
	/* A percentage is of one (as in FOP). */
	if (a->kind == RK_NUMERIC && a->v == 0 && a->prop == 0 && a->pct > 0)
		out->prop = a->pct / 100;
	else if (!result_is_number(a) || a->v < 0)
		return false;
	if (fo_keyword(&table->s, PR_TABLE_LAYOUT) != KW_FIXED) {
		report_share(c, out->prop);
		out->prop = 1;
	}
	return true;
}

/* The row that a function's argument names, the current one without any. */
static bool
argument_prop(const struct call *c, enum fo_prop *p)
{
	enum fo_prop named;

	*p = c->p;
	if (c->n == 0)
		return true;
	if (c->args[0].kind != RK_NAME)
		return false;
	named = making_prop(c->m, c->args[0].name, c->args[0].n,
	    c->p);
	if (named == PR_COUNT)
		return false;
	*p = named;
	return true;
}

static struct fo_value
initial_value(const struct call *c, enum fo_prop p)
{
	return *fo_value(styles_initial(c->m->st), p);
}

/* Its table's width, to a column: percentages of a column are of that. */
static bool
is_whole_table(const struct call *c, enum fo_prop p)
{
	const struct style *s = c->m->parent;

	return c->m->type == FO_TABLE_COLUMN && c->p == PR_COLUMN_WIDTH &&
	    p == PR_IPD_OPTIMUM && s != NULL && s->type == FO_TABLE &&
	    fo_value(&s->s, p)->kind == FV_LENGTH;
}

static bool
fn_parent(const struct call *c, struct result *out)
{
	const struct style *s = c->m->parent;
	enum fo_prop p;

	if (!argument_prop(c, &p))
		return false;
	if (is_whole_table(c, p)) {
		*out = result_number(0, 1);
		out->pct = 100;
		return true;
	}
	if (c->name[0] == 'i' && !prop_rows[p].inherited)
		return false;
	*out = result_value(s != NULL ? *fo_value(&s->s, p)
				    : initial_value(c, p));
	return true;
}

static bool
fn_nearest(const struct call *c, struct result *out)
{
	const struct style *s;
	enum fo_prop p;

	if (!argument_prop(c, &p))
		return false;
	for (s = c->m->parent; s != NULL; s = s->parent)
		if (s->specified[p / 8] & 1 << p % 8) {
			*out = result_value(*fo_value(&s->s, p));
			return true;
		}
	*out = result_value(initial_value(c, p));
	return true;
}

static bool
fn_context(const struct call *c, struct result *out)
{
	const struct style_context *context = c->m->context;
	const struct fo_style *s = NULL;
	enum fo_prop p;

	c->m->passing = true;
	if (!argument_prop(c, &p))
		return false;
	if (context != NULL && strcmp(c->name, "from-table-column") == 0)
		s = context->column;
	else if (context != NULL &&
	    strcmp(c->name, "from-page-master-region") == 0)
		s = context->region;
	else if (context != NULL)
		s = context->merge;
	if (s == NULL)
		return false;
	*out = result_value(*fo_value(s, p));
	return true;
}

/* body-start() and label-end() (XSL 1.1, 5.10.4) count from the list-item's
 * start-indent, so that a nested list stands under its item's body. */
static bool
fn_list(const struct call *c, struct result *out)
{
	const struct style *s, *around;
	struct fo_value separation, distance;
	const struct fo_value *indent;

	for (s = c->m->parent; s != NULL && s->type != FO_LIST_ITEM;
	     s = s->parent)
		;
	if (s == NULL || c->n != 0)
		return false;
	around = s->parent != NULL ? s->parent->parent : NULL;
	distance = style_in_area(around, *fo_value(&s->s,
	    PR_PROVISIONAL_DISTANCE_BETWEEN_STARTS));
	separation = style_in_area(around, *fo_value(&s->s,
	    PR_PROVISIONAL_LABEL_SEPARATION));
	indent = fo_value(&s->s, PR_START_INDENT);
	*out = result_number(((double)distance.len + indent->len) / 1000.0, 1);
	out->pct = ((double)distance.pct + indent->pct) / 1000.0;
	if (c->name[0] == 'b')
		return true;
	out->v = separation.len / 1000.0 - out->v;
	out->pct = 100 + separation.pct / 1000.0 - out->pct;
	return true;
}

static const struct function functions[] = {
	{ "floor", fn_rounding, 0 },
	{ "ceiling", fn_rounding, 0 },
	{ "round", fn_rounding, 0 },
	{ "abs", fn_abs, 0 },
	{ "min", fn_min_max, 0 },
	{ "max", fn_min_max, 0 },
	{ "rgb", fn_rgb, 255 },
	{ "rgba", fn_rgb, 255 },
	{ "rgb-icc", fn_rgb, 255 },
	{ "fop-rgb-icc", fn_rgb, 255 },
	{ "fox-rgb-icc", fn_rgb, 255 },
	{ "fop-rgb-named-color", fn_rgb, 255 },
	{ "cie-lab-color", fn_rgb, 255 },
	{ "cmyk", fn_cmyk, 1 },
	{ "device-cmyk", fn_cmyk, 1 },
	{ "system-color", fn_system_color, 0 },
	{ "inherited-property-value", fn_parent, 0 },
	{ "from-parent", fn_parent, 0 },
	{ "from-nearest-specified-value", fn_nearest, 0 },
	{ "from-table-column", fn_context, 0 },
	{ "from-page-master-region", fn_context, 0 },
	{ "merge-property-values", fn_context, 0 },
	{ "label-end", fn_list, 0 },
	{ "body-start", fn_list, 0 },
	{ "proportional-column-width", fn_proportion, 0 },
};

const struct function *
function_lookup(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof functions / sizeof *functions; i++)
		if (strlen(functions[i].name) == n &&
		    memcmp(functions[i].name, name, n) == 0)
			return &functions[i];
	return NULL;
}
