/*
 * Shorthands (XSL 1.1, 7.31) and absolute variants (5.3): each attribute here
 * becomes values of rows, at its own rank.
 */
#include "fo/fo_int.h"

#include <string.h>

enum { MAX_TOKENS = 16, TOKEN_SIZE = 256 };

/* The parts of a value between blanks (or commas, as in FOP); what is in
 * parentheses or quotes, or about an operator, stays together. */
struct tokens {
	size_t n;
	const char *s[MAX_TOKENS];
};

static const char *
blanks_end(const char *s)
{
	while (is_space((unsigned char)*s))
		s++;
	return s;
}

static const char *
token_begin(const char *s)
{
	while (is_space((unsigned char)*s) || *s == ',')
		s++;
	return s;
}

/* Where the second operand begins if an operator of expressions (5.9) stands
 * at s, between blanks; else NULL. */
static const char *
operator_end(const char *s)
{
	static const char *const operators[] = { "+", "-", "*", "div", "mod" };
	size_t i, n;

	for (i = 0; i < sizeof operators / sizeof *operators; i++) {
		n = strlen(operators[i]);
		if (strncmp(s, operators[i], n) == 0 &&
		    is_space((unsigned char)s[n]))
			return blanks_end(s + n);
	}
	return NULL;
}

static const char *
token_end(const char *s)
{
	const char *operand;
	int depth = 0;
	char quote = '\0';

	for (; *s != '\0'; s++) {
		if (quote != '\0') {
			quote = *s == quote ? '\0' : quote;
		} else if (*s == '\'' || *s == '"') {
			quote = *s;
		} else if (*s == '(') {
			depth++;
		} else if (*s == ')') {
			depth--;
		} else if (depth <= 0 && *s == ',') {
			break;
		} else if (depth <= 0 && is_space((unsigned char)*s)) {
			operand = operator_end(blanks_end(s));
			if (operand == NULL)
				break;
			s = operand - 1;
		}
	}
	return s;
}

/* At most `max` tokens; the last one takes the rest. */
static struct tokens
split(struct making *m, const char *s, size_t max)
{
	struct tokens t = { 0 };
	const char *end;

	for (;;) {
		s = token_begin(s);
		if (*s == '\0' || t.n == max)
			return t;
		end = t.n + 1 == max ? s + strlen(s) : token_end(s);
		t.s[t.n++] = styles_intern(m->st, s, (size_t)(end - s));
		s = end;
	}
}

static void
complain(struct making *m, const struct name *name, const char *text)
{
	making_report(m, DIAG_FO_PROP_VALUE, name->name, text, NULL);
}

/* ---------------------------------------------------- absolute variants */

/* before, after, start or end: which of them is this side? */
static int
relative_of(const struct making *m, unsigned side)
{
	int i;

	for (i = 0; i < 3; i++)
		if (m->sides[i] == side)
			return i;
	return 3;
}

static bool
is_vertical(const struct making *m)
{
	return m->sides[0] == SIDE_LEFT || m->sides[0] == SIDE_RIGHT;
}

enum fo_prop
absolute_prop(const struct making *m, unsigned arg)
{
	/* The rows of a side: color, style, width, its conditionality,
	 * padding, its conditionality. */
	static const uint16_t first[4] = { PR_BORDER_BEFORE_COLOR,
		PR_BORDER_AFTER_COLOR, PR_BORDER_START_COLOR,
		PR_BORDER_END_COLOR };
	static const uint16_t margin[4] = { PR_MARGIN_TOP, PR_MARGIN_BOTTOM,
		PR_MARGIN_LEFT, PR_MARGIN_RIGHT };
	unsigned what = arg >> 2, side = arg & 3;
	int rel = relative_of(m, side);
	bool swap = is_vertical(m);

	switch (what) {
	case ABS_BORDER_COLOR:
		return (enum fo_prop)first[rel];
	case ABS_BORDER_STYLE:
		return (enum fo_prop)(first[rel] + 1);
	case ABS_BORDER_WIDTH:
		return (enum fo_prop)(first[rel] + 2);
	case ABS_PADDING:
		return (enum fo_prop)(first[rel] + 4);
	case ABS_MARGIN:
		return (enum fo_prop)margin[side];
	case ABS_BLEED:
		return (enum fo_prop)(PR_BLEED_TOP + side);
	case ABS_CROP_OFFSET:
		return (enum fo_prop)(PR_CROP_OFFSET_TOP + side);
	case ABS_CLIP:
		return (enum fo_prop)(PR_CLIP_TOP + side);
	case ABS_WIDTH:
		return swap ? PR_BPD_OPTIMUM : PR_IPD_OPTIMUM;
	case ABS_HEIGHT:
		return swap ? PR_IPD_OPTIMUM : PR_BPD_OPTIMUM;
	case ABS_MIN_WIDTH:
		return swap ? PR_BPD_MINIMUM : PR_IPD_MINIMUM;
	case ABS_MIN_HEIGHT:
		return swap ? PR_IPD_MINIMUM : PR_BPD_MINIMUM;
	case ABS_MAX_WIDTH:
		return swap ? PR_BPD_MAXIMUM : PR_IPD_MAXIMUM;
	default:
		return swap ? PR_IPD_MAXIMUM : PR_BPD_MAXIMUM;
	}
}

void
absolute_expand(struct making *m, const struct name *name, const char *text)
{
	enum fo_prop p = absolute_prop(m, name->arg);
	unsigned what = name->arg >> 2;

	if ((what == ABS_MAX_WIDTH || what == ABS_MAX_HEIGHT) &&
	    str_eq(text, "none"))
		text = "auto";
	if (what == ABS_WIDTH || what == ABS_HEIGHT) {
		making_set(m, p - 1, text, name->rank);
		making_set(m, p + 1, text, name->rank);
	}
	making_set(m, p, text, name->rank);
}

/* -------------------------------------------------- borders and boxes */

static const char side_order[4] = { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM,
	SIDE_LEFT };

/* One to four values for top, right, bottom, left. */
static void
expand_box(struct making *m, const struct name *name, const char *text,
    unsigned what)
{
	static const uint8_t of[4][4] = {
		{ 0, 0, 0, 0 }, { 0, 1, 0, 1 }, { 0, 1, 2, 1 }, { 0, 1, 2, 3 }
	};
	struct tokens t = split(m, text, MAX_TOKENS);
	unsigned side;
	int i;

	/* An expression with blanks in it is one value. */
	if (t.n > 4) {
		t.n = 1;
		t.s[0] = text;
	}
	if (t.n == 0) {
		complain(m, name, text);
		return;
	}
	for (i = 0; i < 4; i++) {
		side = (unsigned char)side_order[i];
		making_set(m, absolute_prop(m, what << 2 | side),
		    t.s[of[t.n - 1][i]], name->rank);
	}
}

static bool
is_width(const char *s)
{
	return (*s >= '0' && *s <= '9') || *s == '.' || *s == '+' ||
	    *s == '-' || str_eq(s, "thin") || str_eq(s, "medium") ||
	    str_eq(s, "thick");
}

static void
expand_border_side(struct making *m, const struct name *name, const char *s,
    unsigned side)
{
	struct tokens t = split(m, s, MAX_TOKENS);
	unsigned what;
	size_t i;

	for (i = 0; i < t.n; i++) {
		if (str_eq(t.s[i], "inherit") && t.n == 1) {
			for (what = ABS_BORDER_COLOR; what <= ABS_BORDER_WIDTH;
			     what++)
				making_set(m,
				    absolute_prop(m, what << 2 | side), s,
				    name->rank);
			return;
		}
		what = ABS_BORDER_COLOR;
		if (is_width(t.s[i]))
			what = ABS_BORDER_WIDTH;
		else if (words_have(prop_rows[PR_BORDER_BEFORE_STYLE].words,
			     t.s[i], strlen(t.s[i])))
			what = ABS_BORDER_STYLE;
		making_set(m, absolute_prop(m, what << 2 | side), t.s[i],
		    name->rank);
	}
	if (t.n == 0)
		complain(m, name, s);
}

static void
expand_border(struct making *m, const struct name *name, const char *text)
{
	unsigned side;

	for (side = 0; side < 4; side++)
		expand_border_side(m, name, text, side);
}

/* A corner's radii: `x` along horizontal, `y` along vertical edges. */
static void
set_corner(struct making *m, unsigned corner, const char *x, const char *y,
    int rank)
{
	static const uint8_t ends[4][2] = { { SIDE_TOP, SIDE_LEFT },
		{ SIDE_TOP, SIDE_RIGHT }, { SIDE_BOTTOM, SIDE_RIGHT },
		{ SIDE_BOTTOM, SIDE_LEFT } };
	int a = relative_of(m, ends[corner][0]);
	int b = relative_of(m, ends[corner][1]);
	bool after, end;
	int p;

	after = a == 1 || b == 1;
	end = a == 3 || b == 3;
	p = PR_BORDER_BEFORE_START_RADIUS_INLINE + 4 * after + 2 * end;
	making_set(m, (enum fo_prop)p, is_vertical(m) ? y : x, rank);
	making_set(m, (enum fo_prop)(p + 1), is_vertical(m) ? x : y, rank);
}

static void
expand_radius(struct making *m, const struct name *name, const char *text)
{
	static const uint8_t of[4][4] = {
		{ 0, 0, 0, 0 }, { 0, 1, 0, 1 }, { 0, 1, 2, 1 }, { 0, 1, 2, 3 }
	};
	const char *slash = strchr(text, '/');
	struct tokens x, y;
	unsigned corner;

	x = split(m, slash == NULL ? text : styles_intern(m->st, text,
	    (size_t)(slash - text)), MAX_TOKENS);
	y = slash == NULL ? x : split(m, slash + 1, MAX_TOKENS);
	if (x.n < 1 || x.n > 4 || y.n < 1 || y.n > 4) {
		complain(m, name, text);
		return;
	}
	/* FOP's own shorthand takes the two radii of all corners. */
	if (slash == NULL && x.n == 2 && str_starts(name->name, "fox:")) {
		y.s[0] = y.s[1];
		x.n = y.n = 1;
	}
	for (corner = 0; corner < 4; corner++)
		set_corner(m, corner, x.s[of[x.n - 1][corner]],
		    y.s[of[y.n - 1][corner]], name->rank);
}

/* One corner: a radius, or two. */
static void
expand_corner(struct making *m, const struct name *name, const char *text,
    bool relative)
{
	struct tokens t = split(m, text, MAX_TOKENS);
	const char *second;

	if (t.n < 1 || t.n > 2) {
		complain(m, name, text);
		return;
	}
	second = t.s[t.n - 1];
	if (!relative) {
		set_corner(m, name->arg & 3, t.s[0], second, name->rank);
		return;
	}
	making_set(m, (enum fo_prop)name->prop, t.s[0], name->rank);
	making_set(m, (enum fo_prop)(name->prop + 1), second, name->rank);
}

/* ------------------------------------------------------------ the font */

static void
set_font_size(struct making *m, const char *text, int rank)
{
	const char *slash = strchr(text, '/');

	if (slash == NULL) {
		making_set(m, PR_FONT_SIZE, text, rank);
		text = "normal";
	} else {
		making_set(m, PR_FONT_SIZE, styles_intern(m->st, text,
		    (size_t)(slash - text)), rank);
		text = slash + 1;
	}
	making_set(m, PR_LINE_HEIGHT_MINIMUM, text, rank);
	making_set(m, PR_LINE_HEIGHT_OPTIMUM, text, rank);
	making_set(m, PR_LINE_HEIGHT_MAXIMUM, text, rank);
}

/* [style || variant || weight]? size[/line-height]? family (7.31.13). */
static void
expand_font(struct making *m, const struct name *name, const char *text)
{
	static const struct {
		enum fo_prop p;
		const char *words;
	} first[] = {
		{ PR_FONT_STYLE, "italic oblique backslant" },
		{ PR_FONT_VARIANT, "small-caps" },
		{ PR_FONT_WEIGHT, "bold bolder lighter 100 200 300 400 500 "
				  "600 700 800 900" },
		{ PR_COUNT, "normal" },
	};
	struct tokens t = split(m, text, MAX_TOKENS);
	size_t i, k, length;

	for (k = 0; k < 3; k++)
		making_set(m, first[k].p,
		    t.n == 1 && str_eq(t.s[0], "inherit") ? "inherit"
							  : "normal",
		    name->rank);
	for (i = 0; i < t.n; i++) {
		length = strlen(t.s[i]);
		for (k = 0; k < 4; k++)
			if (words_have(first[k].words, t.s[i], length))
				break;
		if (k == 4)
			break;
		if (first[k].p != PR_COUNT)
			making_set(m, first[k].p, t.s[i], name->rank);
	}
	if (t.n == 1 && str_eq(t.s[0], "inherit")) {
		making_set(m, PR_FONT_FAMILY, "inherit", name->rank);
		set_font_size(m, "inherit/inherit", name->rank);
		return;
	}
	if (i + 1 >= t.n) {
		complain(m, name, text);
		return;
	}
	set_font_size(m, t.s[i], name->rank);
	making_set(m, PR_FONT_FAMILY, split(m, text, i + 2).s[i + 1],
	    name->rank);
}

/* ------------------------------------------------------- the background */

static void
expand_position(struct making *m, const char *const *s, size_t n, int rank)
{
	const char *x = s[0], *y = n > 1 ? s[1] : "center", *swap;

	if (n == 1 && !words_have("left right center top bottom inherit", x,
		strlen(x)))
		y = "50%";
	if (words_have("top bottom", x, strlen(x)) ||
	    words_have("left right", y, strlen(y))) {
		swap = x;
		x = y;
		y = swap;
	}
	making_set(m, PR_BACKGROUND_POSITION_HORIZONTAL, x, rank);
	making_set(m, PR_BACKGROUND_POSITION_VERTICAL,
	    n == 1 && str_eq(x, "inherit") ? x : y, rank);
}

static void
expand_background(struct making *m, const struct name *name, const char *text)
{
	struct tokens t = split(m, text, MAX_TOKENS);
	static const uint16_t rows[] = { PR_BACKGROUND_COLOR,
		PR_BACKGROUND_IMAGE, PR_BACKGROUND_REPEAT,
		PR_BACKGROUND_ATTACHMENT, PR_BACKGROUND_POSITION_HORIZONTAL,
		PR_BACKGROUND_POSITION_VERTICAL };
	const char *place[2], *value;
	size_t i, k, n = 0;
	uint32_t rgba;

	for (k = 0; k < 6; k++) {
		value = t.n == 1 && str_eq(t.s[0], "inherit")
		    ? "inherit" : prop_rows[rows[k]].initial;
		making_set(m, (enum fo_prop)rows[k], value, name->rank);
	}
	for (i = 0; i < t.n && !str_eq(text, "inherit"); i++) {
		size_t length = strlen(t.s[i]);

		for (k = 2; k < 4; k++)
			if (words_have(prop_rows[rows[k]].words, t.s[i],
				length))
				break;
		if (k == 4)
			k = str_eq(t.s[i], "none") ||
				str_starts(t.s[i], "url(") ? 1
			    : color_parse(t.s[i], length, &rgba) ||
				strchr(t.s[i], '(') != NULL ? 0
							    : 5;
		if (k < 5)
			making_set(m, (enum fo_prop)rows[k], t.s[i],
			    name->rank);
		else if (n < 2)
			place[n++] = t.s[i];
		else
			complain(m, name, text);
	}
	if (n > 0)
		expand_position(m, place, n, name->rank);
}

/* ------------------------------------------- words that set other rows */

struct meaning {
	uint8_t shorthand;
	const char *word;
	uint16_t p;
	const char *value;
};

static const struct meaning meanings[] = {
	/* 7.31.16 to 7.31.18 */
	{ SH_BREAK_BEFORE, "auto", PR_BREAK_BEFORE, "auto" },
	{ SH_BREAK_BEFORE, "always", PR_BREAK_BEFORE, "page" },
	{ SH_BREAK_BEFORE, "left", PR_BREAK_BEFORE, "even-page" },
	{ SH_BREAK_BEFORE, "right", PR_BREAK_BEFORE, "odd-page" },
	{ SH_BREAK_BEFORE, "avoid", PR_KEEP_WITH_PREVIOUS_WITHIN_PAGE,
	    "always" },
	{ SH_BREAK_AFTER, "auto", PR_BREAK_AFTER, "auto" },
	{ SH_BREAK_AFTER, "always", PR_BREAK_AFTER, "page" },
	{ SH_BREAK_AFTER, "left", PR_BREAK_AFTER, "even-page" },
	{ SH_BREAK_AFTER, "right", PR_BREAK_AFTER, "odd-page" },
	{ SH_BREAK_AFTER, "avoid", PR_KEEP_WITH_NEXT_WITHIN_PAGE, "always" },
	{ SH_BREAK_INSIDE, "auto", PR_KEEP_TOGETHER_WITHIN_PAGE, "auto" },
	{ SH_BREAK_INSIDE, "avoid", PR_KEEP_TOGETHER_WITHIN_PAGE, "always" },
	{ SH_BREAK_INSIDE, "inherit", PR_KEEP_TOGETHER_WITHIN_PAGE,
	    "inherit" },
	/* 7.31.20 */
	{ SH_POSITION, "static", PR_RELATIVE_POSITION, "static" },
	{ SH_POSITION, "static", PR_ABSOLUTE_POSITION, "auto" },
	{ SH_POSITION, "relative", PR_RELATIVE_POSITION, "relative" },
	{ SH_POSITION, "relative", PR_ABSOLUTE_POSITION, "auto" },
	{ SH_POSITION, "absolute", PR_ABSOLUTE_POSITION, "absolute" },
	{ SH_POSITION, "fixed", PR_ABSOLUTE_POSITION, "fixed" },
	/* 7.31.22 */
	{ SH_VERTICAL_ALIGN, "baseline", PR_ALIGNMENT_BASELINE, "baseline" },
	{ SH_VERTICAL_ALIGN, "top", PR_ALIGNMENT_BASELINE, "before-edge" },
	{ SH_VERTICAL_ALIGN, "text-top", PR_ALIGNMENT_BASELINE,
	    "text-before-edge" },
	{ SH_VERTICAL_ALIGN, "middle", PR_ALIGNMENT_BASELINE, "middle" },
	{ SH_VERTICAL_ALIGN, "bottom", PR_ALIGNMENT_BASELINE, "after-edge" },
	{ SH_VERTICAL_ALIGN, "text-bottom", PR_ALIGNMENT_BASELINE,
	    "text-after-edge" },
	{ SH_VERTICAL_ALIGN, "sub", PR_BASELINE_SHIFT, "sub" },
	{ SH_VERTICAL_ALIGN, "super", PR_BASELINE_SHIFT, "super" },
	/* 7.31.23 */
#define WHITE(word, linefeed, collapse, treatment, wrap) \
	{ SH_WHITE_SPACE, word, PR_LINEFEED_TREATMENT, linefeed }, \
	{ SH_WHITE_SPACE, word, PR_WHITE_SPACE_COLLAPSE, collapse }, \
	{ SH_WHITE_SPACE, word, PR_WHITE_SPACE_TREATMENT, treatment }, \
	{ SH_WHITE_SPACE, word, PR_WRAP_OPTION, wrap }
	WHITE("normal", "treat-as-space", "true",
	    "ignore-if-surrounding-linefeed", "wrap"),
	WHITE("nowrap", "treat-as-space", "true",
	    "ignore-if-surrounding-linefeed", "no-wrap"),
	WHITE("pre", "preserve", "false", "preserve", "no-wrap"),
	WHITE("inherit", "inherit", "inherit", "inherit", "inherit"),
#undef WHITE
};

static void
expand_word(struct making *m, const struct name *name, const char *text)
{
	struct tokens t = split(m, text, MAX_TOKENS);
	bool found = false;
	size_t i;

	for (i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (meanings[i].shorthand == name->arg >> 2 && t.n == 1 &&
		    str_eq(meanings[i].word, t.s[0])) {
			making_set(m, (enum fo_prop)meanings[i].p,
			    meanings[i].value, name->rank);
			found = true;
		}
	if (!found && name->arg >> 2 == SH_VERTICAL_ALIGN) {
		making_set(m, PR_ALIGNMENT_BASELINE, "baseline", name->rank);
		making_set(m, PR_ALIGNMENT_ADJUST, text, name->rank);
	} else if (!found) {
		complain(m, name, text);
	}
}

/* ------------------------------------------------------------- the rest */

/* fr-FR, sr-Latn-RS: language, script, country (RFC 3066 and after). */
static void
expand_lang(struct making *m, const struct name *name, const char *text)
{
	const char *end;
	size_t n;

	for (n = 0; *text != '\0'; text = end + (*end == '-')) {
		const char *part;

		end = text + strcspn(text, "-");
		part = styles_intern(m->st, text, (size_t)(end - text));
		if (n++ == 0)
			making_set(m, PR_LANGUAGE, part, name->rank);
		else if (end - text == 4)
			making_set(m, PR_SCRIPT, part, name->rank);
		else if (end - text == 2 || end - text == 3)
			making_set(m, PR_COUNTRY, part, name->rank);
	}
}

static void
expand_decoration(struct making *m, const struct name *name, const char *text)
{
	static const struct {
		const char *word;
		uint16_t p;
	} lines[] = {
		{ "underline", PR_TEXT_DECORATION_UNDERLINE },
		{ "overline", PR_TEXT_DECORATION_OVERLINE },
		{ "line-through", PR_TEXT_DECORATION_LINE_THROUGH },
	};
	struct tokens t = split(m, text, MAX_TOKENS);
	const char *word;
	bool found, off;
	size_t i, k;

	for (i = 0; i < t.n; i++) {
		word = t.s[i];
		off = str_starts(word, "no-");
		found = str_eq(word, "blink") || str_eq(word, "no-blink") ||
		    str_eq(word, "none") || str_eq(word, "inherit");
		for (k = 0; k < 3; k++) {
			if (str_eq(word, "none"))
				making_put(m, (enum fo_prop)lines[k].p,
				    value_keyword(KW_NONE), name->rank);
			if (!str_eq(word + (off ? 3 : 0), lines[k].word))
				continue;
			found = true;
			making_put(m, (enum fo_prop)lines[k].p,
			    off ? value_keyword(KW_NONE) : m->v[PR_COLOR],
			    name->rank);
		}
		if (!found)
			complain(m, name, text);
	}
}

static void
expand_pair(struct making *m, const struct name *name, const char *text,
    enum fo_prop first, enum fo_prop second)
{
	struct tokens t = split(m, text, MAX_TOKENS);

	if (t.n < 1 || t.n > 2) {
		complain(m, name, text);
		return;
	}
	making_set(m, first, t.s[0], name->rank);
	making_set(m, second, t.s[t.n - 1], name->rank);
}

/* Does it hold what no part of a value can: a style sheet's semicolon, a slash
 * where none may be?  Then nothing of it counts, as in FOP. */
static bool
is_broken(const char *s, bool slash)
{
	int depth = 0;
	char quote = '\0';

	for (; *s != '\0'; s++) {
		if (quote != '\0')
			quote = *s == quote ? '\0' : quote;
		else if (*s == '\'' || *s == '"')
			quote = *s;
		else if (*s == '(' || *s == ')')
			depth += *s == '(' ? 1 : -1;
		else if (depth <= 0 && (strchr(";:!|?@$&=~^<>[]{}\\", *s) !=
		    NULL || (*s == '/' && !slash)))
			return true;
	}
	return false;
}

/* rect() of four lengths or auto: 7.21.1. */
static void
expand_clip(struct making *m, const struct name *name, const char *text)
{
	static const char rect[] = "rect(";
	size_t n = strlen(text);
	const char *edges;

	if (words_have("auto inherit", text, n)) {
		expand_box(m, name, text, ABS_CLIP);
		return;
	}
	if (!str_starts(text, rect) || text[n - 1] != ')') {
		complain(m, name, text);
		return;
	}
	edges = styles_intern(m->st, text + sizeof rect - 1,
	    n - sizeof rect);
	if (split(m, edges, MAX_TOKENS).n == 4)
		expand_box(m, name, edges, ABS_CLIP);
	else
		complain(m, name, text);
}

void
shorthand_expand(struct making *m, const struct name *name, const char *text)
{
	unsigned kind = name->arg >> 2;
	struct tokens t;

	/* A font ends in names of families, which may be anything. */
	if (kind != SH_FONT && is_broken(text, kind == SH_RADIUS)) {
		complain(m, name, text);
		return;
	}
	switch (kind) {
	case SH_FONT:
		expand_font(m, name, text);
		break;
	case SH_BACKGROUND:
		expand_background(m, name, text);
		break;
	case SH_BACKGROUND_POSITION:
		t = split(m, text, MAX_TOKENS);
		if (t.n == 1 || t.n == 2)
			expand_position(m, t.s, t.n, name->rank);
		else
			complain(m, name, text);
		break;
	case SH_BORDER:
		expand_border(m, name, text);
		break;
	case SH_BORDER_SIDE:
		expand_border_side(m, name, text, name->arg & 3);
		break;
	case SH_BORDER_COLOR:
		expand_box(m, name, text, ABS_BORDER_COLOR);
		break;
	case SH_BORDER_STYLE:
		expand_box(m, name, text, ABS_BORDER_STYLE);
		break;
	case SH_BORDER_WIDTH:
		expand_box(m, name, text, ABS_BORDER_WIDTH);
		break;
	case SH_PADDING:
		expand_box(m, name, text, ABS_PADDING);
		break;
	case SH_MARGIN:
		expand_box(m, name, text, ABS_MARGIN);
		break;
	case SH_BLEED:
		expand_box(m, name, text, ABS_BLEED);
		break;
	case SH_CROP_OFFSET:
		expand_box(m, name, text, ABS_CROP_OFFSET);
		break;
	case SH_CLIP:
		expand_clip(m, name, text);
		break;
	case SH_SCALE:
		expand_pair(m, name, text, PR_SCALE_X, PR_SCALE_Y);
		break;
	case SH_BORDER_SPACING:
		expand_pair(m, name, text, PR_BORDER_SEPARATION_INLINE,
		    PR_BORDER_SEPARATION_BLOCK);
		break;
	case SH_SIZE:
		expand_pair(m, name, text, PR_PAGE_WIDTH, PR_PAGE_HEIGHT);
		break;
	case SH_TEXT_DECORATION:
		expand_decoration(m, name, text);
		break;
	case SH_XML_LANG:
		expand_lang(m, name, text);
		break;
	case SH_RADIUS:
		expand_radius(m, name, text);
		break;
	case SH_CORNER:
	case SH_RADII:
		expand_corner(m, name, text, name->arg >> 2 == SH_RADII);
		break;
	default:
		expand_word(m, name, text);
		break;
	}
}
