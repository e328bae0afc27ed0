/*
 * Computed style: a table of properties, each with its reader.  A value comes
 * from a presentation attribute, then from the rules of style elements, then
 * from the style attribute; the last good one stands.
 */
#include <string.h>

#include <libxml/tree.h>

#include "svg/svg_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))

struct setter;

struct property {
	const char *name;
	bool (*set)(struct setter *s, const char *value);
	size_t offset, size;		/* the field, for "inherit" */
	const struct svg_keyword *keywords;
	size_t n_keywords;
};

struct setter {
	struct painter *p;
	const xmlNode *node;
	const struct svg_style *parent;
	struct svg_style *st;
	const struct property *prop;
};

/* ------------------------------------------------------------- keywords */

static const struct svg_keyword caps[] = {
	{ "butt", 0 }, { "round", 1 }, { "square", 2 }
};
static const struct svg_keyword joins[] = {
	{ "arcs", 0 }, { "bevel", 2 }, { "miter", 0 }, { "miter-clip", 0 },
	{ "round", 1 }
};
static const struct svg_keyword rules[] = {
	{ "evenodd", 1 }, { "nonzero", 0 }
};
static const struct svg_keyword anchors[] = {
	{ "end", ANCHOR_END }, { "middle", ANCHOR_MIDDLE },
	{ "start", ANCHOR_START }
};
static const struct svg_keyword baselines[] = {
	{ "alphabetic", BASELINE_ALPHABETIC }, { "auto", BASELINE_ALPHABETIC },
	{ "central", BASELINE_CENTRAL }, { "hanging", BASELINE_HANGING },
	{ "ideographic", BASELINE_AFTER },
	{ "mathematical", BASELINE_MATHEMATICAL },
	{ "middle", BASELINE_MIDDLE }, { "no-change", BASELINE_ALPHABETIC },
	{ "reset-size", BASELINE_ALPHABETIC },
	{ "text-after-edge", BASELINE_AFTER },
	{ "text-before-edge", BASELINE_BEFORE }, { "text-bottom",
	BASELINE_AFTER }, { "text-top", BASELINE_BEFORE },
	{ "use-script", BASELINE_ALPHABETIC }
};
static const struct svg_keyword slants[] = {
	{ "italic", SLANT_ITALIC }, { "normal", SLANT_NORMAL },
	{ "oblique", SLANT_ITALIC }
};
static const struct svg_keyword stretches[] = {
	{ "condensed", 75 }, { "expanded", 125 }, { "extra-condensed", 62 },
	{ "extra-expanded", 150 }, { "normal", 100 },
	{ "semi-condensed", 87 }, { "semi-expanded", 112 },
	{ "ultra-condensed", 50 }, { "ultra-expanded", 200 }
};
static const struct svg_keyword directions[] = {
	{ "ltr", 0 }, { "rtl", 1 }
};
static const struct svg_keyword hidden[] = {
	{ "collapse", 1 }, { "hidden", 1 }, { "visible", 0 }
};
static const struct svg_keyword overflows[] = {
	{ "auto", 1 }, { "hidden", 0 }, { "scroll", 0 }, { "visible", 1 }
};
static const struct svg_keyword variants[] = {
	{ "all-small-caps", 2 }, { "normal", 0 }, { "small-caps", 1 },
	{ "tabular-nums", 3 }
};
static const struct svg_keyword spaces[] = {
	{ "break-spaces", 1 }, { "normal", 0 }, { "nowrap", 0 }, { "pre", 1 },
	{ "pre-line", 0 }, { "pre-wrap", 1 }
};
/* Thousandths of "medium"; negative: of the parent's. */
static const struct svg_keyword sizes[] = {
	{ "large", 1200 }, { "larger", -1200 }, { "medium", 1000 },
	{ "small", 833 }, { "smaller", -833 }, { "x-large", 1440 },
	{ "x-small", 694 }, { "xx-large", 1728 }, { "xx-small", 579 }
};

/* -------------------------------------------------------------- readers */

static void *
field(struct setter *s)
{
	return (char *)s->st + s->prop->offset;
}

static bool
set_keyword(struct setter *s, const char *value)
{
	const struct svg_keyword *k = svg_keyword_find(s->prop->keywords,
	    s->prop->n_keywords, value, strlen(value));

	if (k)
		*(int *)field(s) = k->value;
	return k != NULL;
}

static bool
set_opacity(struct setter *s, const char *value)
{
	double v;

	if (!svg_value_number(value, &v))
		return false;
	*(double *)field(s) = v < 0 ? 0 : v > 1 ? 1 : v;
	return true;
}

static bool
set_miter(struct setter *s, const char *value)
{
	double v;

	if (!svg_value_number(value, &v) || v < 1)
		return false;
	*(double *)field(s) = v;
	return true;
}

static bool
set_length(struct setter *s, const char *value)
{
	struct svg_length l;

	if (!svg_value_length(value, &l))
		return false;
	*(struct svg_length *)field(s) = l;
	return true;
}

static bool
set_width(struct setter *s, const char *value)
{
	struct svg_length l;

	if (!svg_value_length(value, &l) || l.v < 0)
		return false;
	*(struct svg_length *)field(s) = l;
	return true;
}

static bool
set_spacing(struct setter *s, const char *value)
{
	if (strcmp(value, "normal") != 0)
		return set_length(s, value);
	*(struct svg_length *)field(s) = (struct svg_length){ 0, UNIT_USER };
	return true;
}

static bool
set_color(struct setter *s, const char *value)
{
	/* "currentColor" on color itself means the parent's. */
	return strcmp(value, "currentColor") == 0 ||
	    svg_value_color(value, field(s));
}

/* none, currentColor or a colour */
static bool
read_plain_paint(const char *value, enum svg_paint_kind *kind,
    struct color *color)
{
	*kind = SVG_COLOR;
	if (strcmp(value, "none") == 0)
		*kind = SVG_NONE;
	else if (strcmp(value, "currentColor") == 0 ||
	    strcmp(value, "currentcolor") == 0)
		*kind = SVG_CURRENT;
	else
		return svg_value_color(value, color);
	return true;
}

static bool
set_paint(struct setter *s, const char *value)
{
	struct svg_paint paint = { SVG_NONE, { 0, 0, 0, 255 }, SVG_NONE,
		NULL };
	const char *rest;

	if (str_starts(value, "url(")) {
		paint.server = svg_value_fragment(s->p->scratch, value, &rest);
		if (!paint.server)
			return false;
		paint.kind = SVG_SERVER;
		svg_skip_space(&rest);
		if (*rest && !read_plain_paint(rest, &paint.substitute,
		    &paint.color))
			return false;
	} else if (!read_plain_paint(value, &paint.kind, &paint.color)) {
		return false;
	}
	*(struct svg_paint *)field(s) = paint;
	return true;
}

static bool
set_dash(struct setter *s, const char *value)
{
	struct svg_length *dash = NULL;
	size_t n = 0, cap = 0;
	double sum = 0;

	if (strcmp(value, "none") != 0) {
		for (svg_skip_space(&value); *value; svg_skip_comma(&value)) {
			dash = arena_grow(s->p->scratch, dash, &cap, n + 1,
			    sizeof *dash);
			if (n >= 64 || !svg_parse_length(&value, &dash[n]) ||
			    dash[n].v < 0)
				return false;
			sum += dash[n++].v;
		}
		/* SVG 1.1, 11.4: a sum of 0 is a solid line. */
		if (sum == 0)
			n = 0;
	}
	s->st->dash = dash;
	s->st->n_dash = n;
	return true;
}

/* The id of a reference, or none. */
static bool
read_reference(struct setter *s, const char *value, const char **out)
{
	*out = strcmp(value, "none") == 0 ? NULL :
	    svg_value_fragment(s->p->scratch, value, NULL);
	return *out || strcmp(value, "none") == 0;
}

static bool
set_reference(struct setter *s, const char *value)
{
	return read_reference(s, value, field(s));
}

/* The shorthand of all three. */
static bool
set_markers(struct setter *s, const char *value)
{
	const char *id;

	if (!read_reference(s, value, &id))
		return false;
	for (int i = 0; i < 3; i++)
		s->st->markers[i] = id;
	return true;
}

static bool
set_display(struct setter *s, const char *value)
{
	s->st->display_none = strcmp(value, "none") == 0;
	return true;
}

static bool
set_paint_order(struct setter *s, const char *value)
{
	s->st->stroke_first = str_starts(value, "stroke");
	return true;
}

static bool
set_families(struct setter *s, const char *value)
{
	s->st->families = arena_strdup(s->p->scratch, value);
	return true;
}

static bool
set_font_size(struct setter *s, const char *value)
{
	const struct svg_keyword *k = svg_keyword_find(sizes, COUNT(sizes),
	    value, strlen(value));
	double parent = s->parent->font_size;
	struct svg_length l;

	if (k) {
		s->st->font_size = k->value > 0 ?
		    SVG_MEDIUM * k->value / 1000 : parent * -k->value / 1000;
		return true;
	}
	if (!svg_value_length(value, &l) || l.v < 0)
		return false;
	s->st->font_size = l.unit == UNIT_USER ? l.v :
	    l.unit == UNIT_PERCENT ? parent * l.v / 100 :
	    l.unit == UNIT_EM ? parent * l.v : parent * l.v / 2;
	return true;
}

static bool
set_weight(struct setter *s, const char *value)
{
	int parent = s->parent->weight;
	double v;

	/* CSS Fonts 4, 2.2.1: the steps of bolder and lighter. */
	if (strcmp(value, "normal") == 0)
		v = 400;
	else if (strcmp(value, "bold") == 0)
		v = 700;
	else if (strcmp(value, "bolder") == 0)
		v = parent < 350 ? 400 : parent < 550 ? 700 : 900;
	else if (strcmp(value, "lighter") == 0)
		v = parent < 550 ? 100 : parent < 750 ? 400 : 700;
	else if (!svg_value_number(value, &v) || v < 1 || v > 1000)
		return false;
	s->st->weight = (int)v;
	return true;
}

static bool
set_variant(struct setter *s, const char *value)
{
	static const char *const features[] = {
		NULL, "smcp", "smcp, c2sc", "tnum"
	};
	const struct svg_keyword *k = svg_keyword_find(variants,
	    COUNT(variants), value, strlen(value));

	if (k)
		s->st->features = features[k->value];
	return k != NULL;
}

static bool
set_features(struct setter *s, const char *value)
{
	s->st->features = strcmp(value, "normal") == 0 ? NULL :
	    arena_strdup(s->p->scratch, value);
	return true;
}

static bool
set_stretch(struct setter *s, const char *value)
{
	double v;

	if (set_keyword(s, value))
		return true;
	if (!svg_value_number(value, &v) || v <= 0 || v > 10)
		return false;
	s->st->stretch = (int)(v * 100 + 0.5);
	return true;
}

static bool
set_decoration(struct setter *s, const char *value)
{
	s->st->decoration =
	    (strstr(value, "underline") ? DECORATION_UNDER : 0) |
	    (strstr(value, "overline") ? DECORATION_OVER : 0) |
	    (strstr(value, "line-through") ? DECORATION_THROUGH : 0);
	return s->st->decoration != 0 || strcmp(value, "none") == 0;
}

static bool
set_shift(struct setter *s, const char *value)
{
	double size = s->st->font_size;
	struct svg_length l;

	if (strcmp(value, "sub") == 0)
		s->st->baseline_shift = -0.2 * size;
	else if (strcmp(value, "super") == 0)
		s->st->baseline_shift = 0.4 * size;
	else if (strcmp(value, "baseline") == 0)
		s->st->baseline_shift = 0;
	else if (!svg_value_length(value, &l))
		return false;
	else
		s->st->baseline_shift = l.unit == UNIT_USER ? l.v :
		    l.unit == UNIT_PERCENT ? size * l.v / 100 :
		    l.unit == UNIT_EM ? size * l.v : size * l.v / 2;
	return true;
}

/* The shorthand: [style] [weight] size[/line-height] families */
static bool
set_font(struct setter *s, const char *value)
{
	struct svg_style *st = s->st;
	char word[64];

	st->slant = SLANT_NORMAL;
	st->weight = 400;
	st->features = NULL;
	for (;;) {
		size_t n = strcspn(value, " \t\r\n");
		const struct svg_keyword *k;

		if (n == 0 || n >= sizeof word)
			return false;
		memcpy(word, value, n);
		word[n] = '\0';
		value += n;
		svg_skip_space(&value);
		if ((k = svg_keyword_find(slants, COUNT(slants), word, n)) !=
		    NULL) {
			if (k->value != SLANT_NORMAL)
				st->slant = k->value;
		} else if (strcmp(word, "small-caps") == 0) {
			st->features = "smcp";
		} else if (word[0] < '0' || word[0] > '9' ||
		    (n == 3 && strcmp(word + 1, "00") == 0)) {
			if (!set_weight(s, word))
				break;
		} else {
			break;
		}
	}
	if (strchr(word, '/'))
		*strchr(word, '/') = '\0';
	return *value && set_font_size(s, word) && set_families(s, value);
}

/* Says how to draw what we draw in one way, or speaks to a screen. */
static bool
set_ignored(struct setter *s, const char *value)
{
	(void)s;
	(void)value;
	return true;
}

static bool
set_unsupported(struct setter *s, const char *value)
{
	if (strcmp(value, "none") != 0 && strcmp(value, "auto") != 0 &&
	    strcmp(value, "normal") != 0)
		svg_report_unsupported(s->p, s->node, s->prop->name);
	return true;
}

/* -------------------------------------------------------------- the table */

#define FIELD(f) offsetof(struct svg_style, f), \
	sizeof ((struct svg_style *)0)->f
#define PLAIN(name, set, f) { name, set, FIELD(f), NULL, 0 }
#define WORDS(name, f, k) { name, set_keyword, FIELD(f), k, COUNT(k) }
#define NOTHING(name, set) { name, set, 0, 0, NULL, 0 }

/* Sorted by name. */
static const struct property properties[] = {
	NOTHING("alignment-baseline", set_unsupported),
	PLAIN("baseline-shift", set_shift, baseline_shift),
	PLAIN("clip-path", set_reference, clip),
	WORDS("clip-rule", clip_rule, rules),
	PLAIN("color", set_color, color),
	NOTHING("color-interpolation", set_ignored),
	NOTHING("color-rendering", set_ignored),
	NOTHING("cursor", set_ignored),
	WORDS("direction", rtl, directions),
	PLAIN("display", set_display, display_none),
	WORDS("dominant-baseline", baseline, baselines),
	PLAIN("fill", set_paint, fill),
	PLAIN("fill-opacity", set_opacity, fill_opacity),
	WORDS("fill-rule", fill_rule, rules),
	NOTHING("filter", set_unsupported),
	NOTHING("font", set_font),
	PLAIN("font-family", set_families, families),
	PLAIN("font-feature-settings", set_features, features),
	PLAIN("font-size", set_font_size, font_size),
	{ "font-stretch", set_stretch, FIELD(stretch), stretches,
	    COUNT(stretches) },
	WORDS("font-style", slant, slants),
	PLAIN("font-variant", set_variant, features),
	PLAIN("font-variant-caps", set_variant, features),
	PLAIN("font-variant-numeric", set_variant, features),
	PLAIN("font-weight", set_weight, weight),
	NOTHING("image-rendering", set_ignored),
	PLAIN("letter-spacing", set_spacing, letter_spacing),
	NOTHING("line-height", set_ignored),
	PLAIN("marker", set_markers, markers),
	PLAIN("marker-end", set_reference, markers[2]),
	PLAIN("marker-mid", set_reference, markers[1]),
	PLAIN("marker-start", set_reference, markers[0]),
	NOTHING("mask", set_unsupported),
	NOTHING("mix-blend-mode", set_unsupported),
	PLAIN("opacity", set_opacity, opacity),
	WORDS("overflow", overflow_visible, overflows),
	PLAIN("paint-order", set_paint_order, stroke_first),
	NOTHING("pointer-events", set_ignored),
	NOTHING("shape-rendering", set_ignored),
	PLAIN("stop-color", set_paint, stop_color),
	PLAIN("stop-opacity", set_opacity, stop_opacity),
	PLAIN("stroke", set_paint, stroke),
	PLAIN("stroke-dasharray", set_dash, dash),
	PLAIN("stroke-dashoffset", set_length, dash_offset),
	WORDS("stroke-linecap", cap, caps),
	WORDS("stroke-linejoin", join, joins),
	PLAIN("stroke-miterlimit", set_miter, miter),
	PLAIN("stroke-opacity", set_opacity, stroke_opacity),
	PLAIN("stroke-width", set_width, stroke_width),
	WORDS("text-anchor", anchor, anchors),
	PLAIN("text-decoration", set_decoration, decoration),
	NOTHING("text-rendering", set_ignored),
	NOTHING("unicode-bidi", set_ignored),
	NOTHING("vector-effect", set_unsupported),
	WORDS("visibility", hidden, hidden),
	WORDS("white-space", preserve, spaces),
	PLAIN("word-spacing", set_spacing, word_spacing),
	NOTHING("writing-mode", set_unsupported),
};

static const struct property *
property_find(const char *name, size_t n)
{
	size_t lo = 0, hi = COUNT(properties);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strncmp(name, properties[mid].name, n);

		if (c == 0 && properties[mid].name[n] == '\0')
			return &properties[mid];
		if (c > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* ------------------------------------------------------------ computing */

static void
apply(struct setter *s, const struct property *prop, const char *value)
{
	struct svg_style before = *s->st;

	s->prop = prop;
	if (strcmp(value, "inherit") == 0) {
		memcpy((char *)s->st + prop->offset,
		    (const char *)s->parent + prop->offset, prop->size);
		if (prop->set == set_dash)
			s->st->n_dash = s->parent->n_dash;
		return;
	}
	if (!prop->set(s, value)) {
		*s->st = before;
		svg_report_value(s->p, s->node, prop->name, value);
	}
}

/* A declaration of a style sheet or a style attribute. */
static void
declare(void *ctx, const char *name, size_t name_n, const char *value,
    size_t value_n)
{
	struct setter *s = ctx;
	const struct property *prop = property_find(name, name_n);

	if (prop) {
		apply(s, prop, arena_strndup(s->p->scratch, value, value_n));
	} else if (name_n > 0 && name[0] != '-') {
		/* Vendors' own properties are of no concern here. */
		svg_report_unsupported(s->p, s->node,
		    arena_strndup(s->p->scratch, name, name_n));
	}
}

static const char *
trimmed(struct arena *a, const char *s)
{
	size_t n;

	svg_skip_space(&s);
	n = strlen(s);
	while (n > 0 && is_space((unsigned char)s[n - 1]))
		n--;
	return s[n] ? arena_strndup(a, s, n) : s;
}

static void
reset(struct svg_style *st)
{
	st->opacity = st->stop_opacity = 1;
	st->stop_color = (struct svg_paint){ SVG_COLOR, { 0, 0, 0, 255 },
		SVG_NONE, NULL };
	st->clip = NULL;
	st->display_none = 0;
	st->overflow_visible = 0;
	st->decoration = DECORATION_NONE;
	st->baseline_shift = 0;
}

void
svg_style_init(struct svg_style *st, const struct svg_context *ctx)
{
	memset(st, 0, sizeof *st);
	st->fill = (struct svg_paint){ SVG_COLOR, { 0, 0, 0, 255 }, SVG_NONE,
		NULL };
	st->stroke.kind = SVG_NONE;
	st->fill_opacity = st->stroke_opacity = 1;
	st->stroke_width = (struct svg_length){ 1, UNIT_USER };
	st->miter = 4;
	st->color = (struct color){ 0, 0, 0, 255 };
	st->families = "sans-serif";
	st->lang = ctx->lang;
	st->font_size = SVG_MEDIUM;
	st->weight = 400;
	st->stretch = 100;
	reset(st);
}

/* xml:lang or lang, xml:space. */
static void
read_xml_attrs(struct painter *p, const xmlNode *node, struct svg_style *st)
{
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		const char *name = (const char *)a->name;
		const char *value = a->children ?
		    (const char *)a->children->content : NULL;

		if (!value || (a->ns && !str_eq((const char *)a->ns->href,
		    "http://www.w3.org/XML/1998/namespace")))
			continue;
		if (strcmp(name, "lang") == 0)
			st->lang = arena_strdup(p->scratch, value);
		else if (a->ns && strcmp(name, "space") == 0)
			st->preserve = strcmp(value, "preserve") == 0;
	}
}

void
svg_style_compute(struct painter *p, const xmlNode *node,
    const struct svg_style *parent, struct svg_style *out)
{
	struct setter s = { p, node, parent, out, NULL };
	const char *style;

	*out = *parent;
	reset(out);
	read_xml_attrs(p, node, out);
	/* Sizes first: em in the others, and sub and super, refer to it. */
	for (int pass = 0; pass < 2; pass++)
		for (const xmlAttr *a = node->properties; a; a = a->next) {
			const char *name = (const char *)a->name;
			const struct property *prop;

			if (a->ns || !a->children || !a->children->content ||
			    (strcmp(name, "font-size") == 0) != (pass == 0))
				continue;
			prop = property_find(name, strlen(name));
			if (prop && prop->set != set_font)
				apply(&s, prop, trimmed(p->scratch,
				    (const char *)a->children->content));
		}
	style = svg_node_attr(node, "style");
	for (int important = 0; important < 2; important++) {
		if (p->svg->css)
			svg_css_match(p->svg->css, node, important, declare,
			    &s);
		if (style)
			svg_css_declarations(style, strlen(style), important,
			    declare, &s);
	}
}

/* From the root down; what lies deeper than any figure that we paint takes
 * the style of what lies less deep. */
static void
style_chain(struct painter *p, const xmlNode *node, struct svg_style *out,
    int depth)
{
	struct svg_style parent;

	if (node->parent && node->parent->type == XML_ELEMENT_NODE &&
	    node != p->svg->root && depth < SVG_MAX_DEPTH)
		style_chain(p, node->parent, &parent, depth + 1);
	else
		svg_style_init(&parent, p->ctx);
	svg_style_compute(p, node, &parent, out);
}

void
svg_style_in_place(struct painter *p, const xmlNode *node,
    struct svg_style *out)
{
	style_chain(p, node, out, 0);
}
