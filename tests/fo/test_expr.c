/*
 * Properties and their expressions: attributes of an object and of its parents
 * in, one computed value out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base.h"
#include "fo/fo_int.h"

struct row {
	enum fo_type type;
	const char *parent;	/* attributes: "name=value|name=value" */
	const char *own;
	const char *prop;	/* the row asked for */
	const char *expected;	/* "!" at the end: with a finding */
};

static size_t
split_attrs(struct styles *st, const char *text, struct attr *out)
{
	size_t n = 0;
	const char *eq, *end;

	while (*text != '\0') {
		end = strchr(text, '|');
		if (end == NULL)
			end = text + strlen(text);
		eq = strchr(text, '=');
		out[n].name = styles_name(st, styles_intern(st, text,
		    (size_t)(eq - text)));
		assert_non_null(out[n].name);
		out[n++].value = styles_intern(st, eq + 1,
		    (size_t)(end - eq - 1));
		text = end + (*end == '|');
	}
	return n;
}

static enum fo_prop
prop_named(const char *name)
{
	enum fo_prop p;

	for (p = 0; p < PR_COUNT; p++)
		if (strcmp(fo_prop_name(p), name) == 0)
			return p;
	fail_msg("no property %s", name);
	return PR_COUNT;
}

static void
check_rows(const struct row *rows, size_t n)
{
	struct styles *st = styles_new();
	const struct style *parent, *own;
	struct attr attrs[16];
	struct buf got = { 0 };
	size_t i, k;

	for (i = 0; i < n; i++) {
		k = split_attrs(st, rows[i].parent, attrs);
		parent = style_make(st, NULL, rows[i].type == FO_LIST_ITEM_BODY
		    ? FO_LIST_ITEM : FO_BLOCK, attrs, k, NULL);
		k = split_attrs(st, rows[i].own, attrs);
		own = style_make(st, parent, rows[i].type, attrs, k, NULL);
		buf_clear(&got);
		value_put(&got, fo_value(&own->s, prop_named(rows[i].prop)));
		if (own->findings != NULL)
			buf_puts(&got, "!");
		if (strcmp(buf_str(&got), rows[i].expected) != 0)
			fail_msg("[%s] [%s] %s: %s, expected %s",
			    rows[i].parent, rows[i].own, rows[i].prop,
			    buf_str(&got), rows[i].expected);
	}
	buf_free(&got);
	styles_free(st);
}

#define CHECK(rows) check_rows(rows, sizeof rows / sizeof *rows)
#define B FO_BLOCK

static void
test_numbers(void **state)
{
	static const struct row rows[] = {
		/* units */
		{ B, "", "text-indent=1in", "text-indent", "72" },
		{ B, "", "text-indent=2.54cm", "text-indent", "72" },
		{ B, "", "text-indent=25.4mm", "text-indent", "72" },
		{ B, "", "text-indent=6pc", "text-indent", "72" },
		{ B, "", "text-indent=72px", "text-indent", "72" },
		{ B, "", "text-indent=1500mpt", "text-indent", "1.5" },
		{ B, "", "text-indent=.5pt", "text-indent", "0.5" },
		{ B, "", "text-indent=1PT", "text-indent", "1" },
		{ B, "", "text-indent=0", "text-indent", "0" },
		{ B, "", "text-indent=3", "text-indent", "3!" },
		{ B, "", "text-indent=3ells", "text-indent", "0!" },
		{ B, "", "text-indent=  4pt ", "text-indent", "4" },
		/* operators */
		{ B, "", "text-indent=1pt + 2pt", "text-indent", "3" },
		{ B, "", "text-indent=1pt+2pt", "text-indent", "3" },
		{ B, "", "text-indent=5pt - 2pt", "text-indent", "3" },
		{ B, "", "text-indent=5pt -2pt", "text-indent", "3" },
		{ B, "", "text-indent=-5pt", "text-indent", "-5" },
		{ B, "", "text-indent=--5pt", "text-indent", "5" },
		{ B, "", "text-indent=2 * 3pt", "text-indent", "6" },
		{ B, "", "text-indent=3pt * 2", "text-indent", "6" },
		{ B, "", "text-indent=7pt div 2", "text-indent", "3.5" },
		{ B, "", "text-indent=7pt mod 4pt", "text-indent", "3" },
		{ B, "", "text-indent=1pt + 2 * 3pt", "text-indent", "7" },
		{ B, "", "text-indent=(1pt + 2pt) * 3", "text-indent", "9" },
		{ B, "", "text-indent=2pt * 3pt div 2pt", "text-indent", "3" },
		{ B, "", "text-indent=2pt * 3pt", "text-indent", "0!" },
		{ B, "", "text-indent=1pt + 2", "text-indent", "0!" },
		{ B, "", "text-indent=1pt div 0", "text-indent", "0!" },
		{ B, "", "text-indent=1pt +", "text-indent", "0!" },
		{ B, "", "text-indent=(1pt", "text-indent", "0!" },
		{ B, "", "text-indent=", "text-indent", "0!" },
		/* percentages */
		{ B, "", "text-indent=10%", "text-indent", "10%" },
		{ B, "", "start-indent=100% - 2cm", "start-indent",
		    "100%-56.692" },
		{ B, "", "start-indent=50% * 2 + 1pt", "start-indent",
		    "100%+1" },
		{ B, "", "start-indent=10% div 4", "start-indent", "2.5%" },
		{ B, "", "start-indent=10% * 2pt", "start-indent", "0!" },
		{ B, "", "border-before-width=10%",
		    "border-before-width.length", "0!" },
		/* functions */
		{ B, "", "text-indent=abs(-3pt)", "text-indent", "3" },
		{ B, "", "text-indent=min(3pt, 2pt)", "text-indent", "2" },
		{ B, "", "text-indent=max(3pt,2pt,9pt)", "text-indent", "9" },
		{ B, "", "text-indent=max(3pt, 2)", "text-indent", "0!" },
		{ B, "", "text-indent=floor(2.9) * 1pt", "text-indent", "2" },
		{ B, "", "text-indent=ceiling(2.1) * 1pt", "text-indent",
		    "3" },
		{ B, "", "text-indent=round(2.5) * 1pt", "text-indent", "3" },
		{ B, "", "text-indent=floor(2pt)", "text-indent", "0!" },
		{ B, "", "text-indent=foo(2pt)", "text-indent", "0!" },
		{ B, "", "text-indent=min()", "text-indent", "0!" },
		/* em */
		{ B, "font-size=20pt", "text-indent=1.5em", "text-indent",
		    "30" },
		{ B, "font-size=20pt", "font-size=10pt|text-indent=1.5em",
		    "text-indent", "15" },
		{ B, "font-size=20pt", "text-indent=1em|font-size=10pt",
		    "text-indent", "10" },
		{ B, "font-size=20pt", "font-size=0.5em", "font-size", "10" },
		{ B, "font-size=20pt", "font-size=150%", "font-size", "30" },
		{ B, "font-size=20pt", "font-size=larger", "font-size", "24.883" },
		{ B, "font-size=24pt", "font-size=smaller", "font-size",
		    "20.736" },
		{ B, "", "font-size=x-large", "font-size", "17.28" },
		{ B, "", "font-size=-3pt", "font-size", "0!" },
		/* integers and numbers */
		{ B, "", "orphans=3", "orphans", "#3" },
		{ B, "", "orphans=2.6", "orphans", "#3" },
		{ B, "", "orphans=1 + 1", "orphans", "#2" },
		{ B, "", "orphans=3pt", "orphans", "#2!" },
		{ B, "", "reference-orientation=-90", "reference-orientation",
		    "#-90" },
		{ B, "", "glyph-orientation-vertical=90deg",
		    "glyph-orientation-vertical", "#90!" },
		{ B, "", "text-indent=99999999999pt", "text-indent",
		    "2147483.647" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_colors(void **state)
{
	static const struct row rows[] = {
		{ B, "", "color=red", "color", "#ff0000ff" },
		{ B, "", "color=Red", "color", "#ff0000ff" },
		{ B, "", "color=lightgoldenrodyellow", "color", "#fafad2ff" },
		{ B, "", "color=light", "color", "#000000ff!" },
		{ B, "", "color=#abc", "color", "#aabbccff" },
		{ B, "", "color=#abcd", "color", "#aabbccdd" },
		{ B, "", "color=#102030", "color", "#102030ff" },
		{ B, "", "color=#10203040", "color", "#10203040" },
		{ B, "", "color=#12", "color", "#000000ff!" },
		{ B, "", "color=#xyz", "color", "#000000ff!" },
		{ B, "", "color=rgb(1,2,3)", "color", "#010203ff" },
		{ B, "", "color=rgb( 100% , 0%, 50% )", "color",
		    "#ff0080ff" },
		{ B, "", "color=rgb(300, -5, 0)", "color", "#ff0000ff" },
		{ B, "", "color=rgb(1,2)", "color", "#000000ff!" },
		{ B, "", "color=rgba(255,0,0,0.5)", "color", "#ff000080" },
		{ B, "", "color=cmyk(0,1,1,0)", "color", "#ff0000ff" },
		{ B, "", "color=cmyk(0,0,0,0.5)", "color", "#808080ff" },
		{ B, "", "color=cmyk(0%,100%,100%,50%)", "color", "#800000ff" },
		{ B, "", "color=fox-rgb-icc(153, 153, 102, 51, #CMYK, 0, 0, 0.2, 0.4)",
		    "color", "#99996633" },
		{ B, "", "color=rgb-icc(153,153,0,#Separation,,Yellow)",
		    "color", "#999900ff" },
		{ B, "", "color=rgb-icc(9,8,7,#CMYK,0,1,0,0)", "color",
		    "#ff00ffff" },
		{ B, "", "color=rgb-icc(9,8,7,sRGB,0.1,0.2,0.3)", "color",
		    "#090807ff" },
		{ B, "", "color=system-color(WindowText)", "color",
		    "#000000ff" },
		{ B, "", "color=system-color('Nothing')", "color",
		    "#000000ff!" },
		{ B, "", "background-color=transparent", "background-color",
		    "#00000000" },
		{ B, "color=blue", "", "color", "#0000ffff" },
		{ B, "color=blue", "background-color=inherited-property-value("
		    "color)", "background-color", "#0000ffff" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_inheritance(void **state)
{
	static const struct row rows[] = {
		{ B, "orphans=5", "", "orphans", "#5" },
		{ B, "break-before=page", "", "break-before", "auto" },
		{ B, "break-before=page", "break-before=inherit",
		    "break-before", "page" },
		{ B, "padding-before=3pt",
		    "padding-before=from-parent(padding-before)",
		    "padding-before.length", "3" },
		{ B, "padding-before=3pt", "padding-after=from-parent("
		    "padding-before) * 2", "padding-after.length", "6" },
		{ B, "padding-top=3pt", "padding-bottom=from-parent("
		    "padding-top)", "padding-after.length", "3" },
		{ B, "start-indent=10pt",
		    "start-indent=inherited-property-value(start-indent) + "
		    "2pt", "start-indent", "12" },
		{ B, "start-indent=10pt", "start-indent=from-parent() + 2pt",
		    "start-indent", "12" },
		{ B, "", "padding-before=inherited-property-value("
		    "padding-before)", "padding-before.length", "0!" },
		{ B, "space-before.optimum=7pt",
		    "space-before.optimum=from-nearest-specified-value("
		    "space-before)", "space-before.optimum", "7" },
		{ B, "", "orphans=from-nearest-specified-value(orphans)",
		    "orphans", "#2" },
		{ B, "font-size=10pt|line-height=1.5", "font-size=20pt",
		    "line-height.optimum", "#1.5" },
		{ B, "font-size=10pt|line-height=150%", "font-size=20pt",
		    "line-height.optimum", "15" },
		{ B, "", "text-align=from-table-column()", "text-align",
		    "start!" },
		{ B, "font-weight=bold", "font-weight=lighter", "font-weight",
		    "#400" },
		{ B, "", "font-weight=bolder", "font-weight", "#700" },
		{ B, "", "font-weight=600", "font-weight", "#600" },
		{ FO_LIST_ITEM_BODY,
		    "start-indent=10pt|provisional-distance-between-starts="
		    "30pt", "start-indent=body-start()", "start-indent",
		    "40" },
		{ FO_LIST_ITEM_BODY, "start-indent=10pt",
		    "end-indent=label-end()", "end-indent", "100%-28" },
		{ B, "", "start-indent=body-start()", "start-indent", "0!" },
		{ B, "text-decoration=underline|color=red", "color=blue",
		    "text-decoration.underline", "#ff0000ff" },
		{ B, "text-decoration=underline",
		    "text-decoration=no-underline line-through|color=blue",
		    "text-decoration.underline", "none" },
		{ B, "text-decoration=underline",
		    "text-decoration=line-through|color=blue",
		    "text-decoration.line-through", "#0000ffff" },
		{ B, "text-decoration=underline", "text-decoration=none",
		    "text-decoration.underline", "none" },
		{ B, "text-decoration=underline", "text-decoration=waves",
		    "text-decoration.underline", "#000000ff!" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_shorthands(void **state)
{
	static const struct row rows[] = {
		{ B, "", "font=bold 10pt/12pt 'A B', serif", "font-family",
		    "\"A B,serif\"" },
		{ B, "", "font=bold 10pt/12pt A", "font-weight", "#700" },
		{ B, "font-style=italic", "font=bold 10pt A", "font-style",
		    "normal" },
		{ B, "", "font=10pt/120% A", "line-height.optimum", "12" },
		{ B, "", "font=10pt/1.2em A|font-size=20pt",
		    "line-height.optimum", "24" },
		{ B, "", "font=10pt A|font-size=20pt", "font-size", "20" },
		{ B, "", "font=bold", "font-weight", "#700!" },
		{ B, "", "border=1pt solid red", "border-end-style", "solid" },
		{ B, "", "border=solid", "border-end-width.length", "1" },
		{ B, "", "border-left=3pt dotted rgb(0, 0, 255)",
		    "border-start-color", "#0000ffff" },
		{ B, "", "border=1pt solid|border-left=none",
		    "border-start-style", "none" },
		{ B, "", "border=1pt solid|border-left=none",
		    "border-start-width.length", "0" },
		{ B, "", "border-left=2pt solid|border=1pt solid",
		    "border-start-width.length", "2" },
		{ B, "", "border=1pt solid|border-width=1pt 2pt 3pt",
		    "border-start-width.length", "2" },
		{ B, "", "border-style=solid|border-start-width=thick",
		    "border-start-width.length", "2" },
		{ B, "", "border=1pt wavy", "border-start-style", "none!" },
		{ B, "", "padding=1pt 2pt 3pt 4pt", "padding-start.length",
		    "4" },
		{ B, "", "padding=1pt 2pt", "padding-end.length", "2" },
		{ B, "", "padding=5%", "padding-end.length", "5%" },
		{ B, "", "padding=-1pt", "padding-end.length", "0!" },
		{ B, "", "padding=1pt|padding-left=9pt", "padding-start.length",
		    "9" },
		{ B, "", "margin=1pt 2pt 3pt 4pt", "start-indent", "4" },
		{ B, "start-indent=10pt", "margin-left=4pt", "start-indent",
		    "14" },
		{ B, "start-indent=10pt", "margin=4pt|start-indent=1pt",
		    "start-indent", "1" },
		{ B, "start-indent=10pt", "margin-left=4pt|start-indent=1pt",
		    "start-indent", "14" },
		{ FO_BLOCK_CONTAINER, "start-indent=10pt", "margin-left=4pt",
		    "start-indent", "4" },
		{ B, "start-indent=13pt|end-indent=13pt", "margin-left=5%",
		    "start-indent", "5%+11.7" },
		{ B, "start-indent=50%", "margin-left=10%", "start-indent",
		    "55%" },
		{ FO_BLOCK_CONTAINER, "start-indent=13pt", "margin-left=5%",
		    "start-indent", "5%-0.65" },
		{ B, "", "margin-top=4pt", "space-before.optimum", "4" },
		{ B, "", "margin-left=auto", "start-indent", "0" },
		{ B, "", "space-before=4pt", "space-before.maximum", "4" },
		{ B, "", "space-before=4pt|space-before.maximum=6pt",
		    "space-before.maximum", "6" },
		{ B, "", "space-before.optimum=4pt", "space-before.maximum",
		    "4" },
		{ B, "", "space-before.minimum=4pt", "space-before.optimum",
		    "4" },
		{ B, "", "leader-length.minimum=40pt",
		    "leader-length.optimum", "40" },
		{ B, "", "leader-length=40pt", "leader-length.maximum", "40" },
		{ B, "", "keep-together=always", "keep-together.within-page",
		    "always" },
		{ B, "", "keep-together.within-page=5",
		    "keep-together.within-page", "#5" },
		{ B, "", "page-break-before=always", "break-before", "page" },
		{ B, "", "page-break-after=avoid",
		    "keep-with-next.within-page", "always" },
		{ B, "", "page-break-inside=avoid",
		    "keep-together.within-page", "always" },
		{ B, "", "page-break-before=never", "break-before", "auto!" },
		{ B, "", "white-space=pre", "linefeed-treatment", "preserve" },
		{ B, "", "white-space=nowrap", "wrap-option", "no-wrap" },
		{ B, "", "white-space=pre|wrap-option=wrap", "wrap-option",
		    "wrap" },
		{ B, "", "xml:lang=fr-CA", "country", "\"CA\"" },
		{ B, "", "xml:lang=sr-Latn-RS", "script", "\"Latn\"" },
		{ B, "", "xml:lang=fr-CA|country=FR", "country", "\"FR\"" },
		{ B, "", "background=red url('a b.png') no-repeat",
		    "background-image", "\"a b.png\"" },
		{ B, "", "background=red url(a.png) no-repeat center",
		    "background-position-horizontal", "50%" },
		{ B, "", "background=red", "background-color", "#ff0000ff" },
		{ B, "", "background-position=top left",
		    "background-position-horizontal", "0" },
		{ B, "", "background-position=10pt 20%",
		    "background-position-vertical", "20%" },
		{ B, "", "position=absolute", "absolute-position",
		    "absolute" },
		{ B, "", "position=relative", "relative-position",
		    "relative" },
		{ B, "", "vertical-align=super", "baseline-shift", "super" },
		{ B, "", "vertical-align=middle", "alignment-baseline",
		    "middle" },
		{ B, "", "vertical-align=2pt", "alignment-adjust", "2" },
		{ B, "", "border-spacing=2pt 3pt",
		    "border-separation.block-progression-direction", "3" },
		{ B, "", "border-radius=1pt 2pt 3pt 4pt",
		    "fox:border-after-start-radius.inline", "4" },
		{ B, "", "border-radius=1pt / 5pt",
		    "fox:border-before-end-radius.block", "5" },
		{ B, "", "fox:border-before-start-radius=7pt",
		    "fox:border-before-start-radius.block", "7" },
		{ B, "", "size=10cm 20cm", "page-height", "566.929" },
		{ B, "", "max-height=none", "block-progression-dimension."
		    "maximum", "auto" },
		{ B, "", "width=50%|max-width=3cm",
		    "inline-progression-dimension.maximum", "85.039" },
		/* words that stand for others */
		{ B, "", "text-align=left", "text-align", "start" },
		{ B, "", "text-align=.", "text-align", "\".\"" },
		{ B, "", "text-align= center ", "text-align", "center" },
		{ B, "", "text-align=middle", "text-align", "start!" },
		{ B, "", "text-align-last=middle", "text-align-last",
		    "relative!" },
		/* texts */
		{ B, "", "src=url( 'a.png' )", "src", "\"a.png\"" },
		{ B, "", "src=a.png", "src", "\"a.png\"" },
		{ B, "", "character= ", "character", "\" \"" },
		{ B, "", "character=ab", "character", "(none)!" },
		{ B, "", "hyphenation-character='-'", "hyphenation-character",
		    "\"-\"" },
		{ B, "", "grouping-separator= ", "grouping-separator",
		    "\" \"" },
		{ FO_TABLE_COLUMN, "table-layout=fixed",
		    "column-width=proportional-column-width(2) + 1pt",
		    "column-width", "2 parts+1" },
		{ FO_TABLE_COLUMN, "",
		    "column-width=proportional-column-width(2)",
		    "column-width", "1 parts!" },
		{ B, "", "space-before=5%", "space-before.optimum", "0!" },
		{ B, "", "space-start=5%", "space-start.optimum", "5%" },
		{ B, "", "start-indent=proportional-column-width(2)",
		    "start-indent", "0!" },
	};

	(void)state;
	CHECK(rows);
}

/* Absolute sides under other writing modes (5.3). */
static void
test_writing_modes(void **state)
{
	static const struct row rows[] = {
		{ FO_BLOCK_CONTAINER, "", "writing-mode=rl-tb|padding-left=1pt",
		    "padding-end.length", "1" },
		{ FO_BLOCK_CONTAINER, "", "writing-mode=rl-tb|margin-right=1pt",
		    "start-indent", "1" },
		{ FO_BLOCK_CONTAINER, "", "writing-mode=tb-rl|padding-top=1pt",
		    "padding-start.length", "1" },
		{ FO_BLOCK_CONTAINER, "",
		    "writing-mode=tb-rl|border-right=1pt solid",
		    "border-before-width.length", "1" },
		{ FO_BLOCK_CONTAINER, "", "writing-mode=tb-rl|width=9pt",
		    "block-progression-dimension.optimum", "9" },
		{ FO_BLOCK_CONTAINER, "", "writing-mode=tb-lr|height=9pt",
		    "inline-progression-dimension.optimum", "9" },
		{ FO_BLOCK_CONTAINER, "",
		    "writing-mode=rl-tb|border-radius=1pt 2pt 3pt 4pt",
		    "fox:border-before-start-radius.inline", "2" },
		/* not on a block, which makes no reference area */
		{ B, "", "writing-mode=rl-tb|padding-left=1pt",
		    "padding-start.length", "1" },
		{ B, "", "writing-mode=rl-tb", "writing-mode", "lr-tb" },
		{ FO_BLOCK_CONTAINER, "", "writing-mode=rl", "writing-mode",
		    "rl-tb" },
	};

	(void)state;
	CHECK(rows);
}

/* Equal objects share one style; a string of its own shares the rest. */
static void
test_sharing(void **state)
{
	struct styles *st = styles_new();
	const struct style *root, *a, *b;
	struct attr attrs[4];
	size_t i, n, differ = 0;

	(void)state;
	root = style_make(st, NULL, FO_ROOT, NULL, 0, NULL);
	n = split_attrs(st, "color=red|padding=2pt", attrs);
	a = style_make(st, root, FO_BLOCK, attrs, n, NULL);
	assert_ptr_equal(a, style_make(st, root, FO_BLOCK, attrs, n, NULL));
	n = split_attrs(st, "internal-destination=x", attrs);
	b = style_make(st, a, FO_BASIC_LINK, attrs, n, NULL);
	assert_ptr_not_equal(a, b);
	for (i = 0; i < FO_RUNS; i++)
		differ += root->s.run[i] != b->s.run[i];
	/* The runs with color and internal-destination, and one in which
	 * inherited and other rows meet at most. */
	assert_in_range(differ, 2, 3);
	styles_free(st);
}

static void
test_accessors(void **state)
{
	struct styles *st = styles_new();
	const struct fo_style *s;
	struct attr attrs[8];
	size_t n;

	(void)state;
	n = split_attrs(st, "font-size=10pt|start-indent=50% + 1pt|src=a|"
	    "keep-together.within-page=-3|keep-with-next=always", attrs);
	s = &style_make(st, NULL, FO_BLOCK, attrs, n, NULL)->s;
	assert_int_equal(fo_line_height(s), 12000);
	assert_int_equal(fo_length(s, PR_START_INDENT, 200000), 101000);
	assert_int_equal(fo_length(s, PR_BPD_OPTIMUM, 200000), 0);
	assert_int_equal(fo_keyword(s, PR_BPD_OPTIMUM), KW_AUTO);
	assert_int_equal(fo_keyword(s, PR_FONT_SIZE), KW_NONE_GIVEN);
	assert_int_equal(fo_integer(s, PR_ORPHANS, 7), 2);
	assert_int_equal(fo_integer(s, PR_Z_INDEX, 7), 7);
	assert_string_equal(fo_string(s, PR_SRC), "a");
	assert_null(fo_string(s, PR_REF_ID));
	assert_int_equal(fo_keep(s, PR_KEEP_TOGETHER_WITHIN_PAGE), 1);
	assert_int_equal(fo_keep(s, PR_KEEP_WITH_NEXT_WITHIN_PAGE), INT32_MAX);
	assert_int_equal(fo_keep(s, PR_KEEP_WITH_PREVIOUS_WITHIN_PAGE), 0);
	styles_free(st);
}

/* Each keyword of a row is in the table of keywords, each name is unique. */
static void
test_tables(void **state)
{
	struct map *names = names_new();
	const char *word;
	size_t n;
	enum fo_prop p;
	int k;

	(void)state;
	for (p = 0; p < PR_COUNT; p++)
		for (word = prop_rows[p].words; *word != '\0';
		     word += n + (word[n] == ' ')) {
			n = strcspn(word, " ");
			if (keyword_lookup(word, n) == KW_NONE_GIVEN)
				fail_msg("%s: %.*s", prop_rows[p].name, (int)n,
				    word);
		}
	for (k = KW_NONE_GIVEN + 2; k < KW_COUNT; k++)
		assert_true(strcmp(fo_keyword_name((enum fo_keyword)(k - 1)),
		    fo_keyword_name((enum fo_keyword)k)) < 0);
	assert_true(map_count(names) > PR_COUNT);
	map_free(names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_colors),
		cmocka_unit_test(test_inheritance),
		cmocka_unit_test(test_shorthands),
		cmocka_unit_test(test_writing_modes),
		cmocka_unit_test(test_sharing),
		cmocka_unit_test(test_accessors),
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
