/*
 * Style sheets, as far as figures use them: selectors of level 2 and the
 * structural ones of level 3 that need no counting of types; @media that speak
 * of print.  A rule with a selector that we do not know matches nothing, and is
 * handed back to be reported; what only a screen can do (:hover) is not.
 */
#include <string.h>

#include <libxml/tree.h>

#include "svg/svg_int.h"

#define MAX_PARTS 8	/* compound selectors joined in one */
#define MAX_MEDIA 4	/* @media within @media */

/* A compound selector, and how it is joined to the one before: white space,
 * ">", "+", "~", or 0 for the first. */
struct css_part {
	const char *s, *end;
	char join;
};

struct css_rule {
	const struct css_part *parts;
	int n_parts;
	const char *block;
	size_t block_n;
	int specificity;
};

struct css {
	struct arena *arena;
	struct css_rule *rules;	/* by increasing precedence */
	size_t n, cap;
	bool important;		/* some declaration is */
	const char *unknown;	/* the first selector not understood */
};

struct css *
svg_css_new(struct arena *a)
{
	struct css *c = arena_alloc(a, sizeof *c);

	c->arena = a;
	return c;
}

/* ------------------------------------------------------------ scanning */

/* Past white space and comments. */
static const char *
skip_blank(const char *s, const char *end)
{
	while (s < end) {
		if (is_space((unsigned char)*s) || *s == '\f') {
			s++;
		} else if (end - s >= 2 && s[0] == '/' && s[1] == '*') {
			s += 2;
			while (s < end && !(end - s >= 2 && s[0] == '*' &&
			    s[1] == '/'))
				s++;
			s = end - s >= 2 ? s + 2 : end;
		} else {
			break;
		}
	}
	return s;
}

/* To the first of `stop` outside strings and brackets. */
static const char *
find(const char *s, const char *end, const char *stop)
{
	int depth = 0;

	for (; s < end; s++) {
		if (*s == '"' || *s == '\'') {
			const char quote = *s++;

			while (s < end && *s != quote)
				s++;
			if (s == end)
				break;
		} else if (depth == 0 && strchr(stop, *s)) {
			return s;
		} else if (*s == '(') {
			depth++;
		} else if (*s == ')' && depth > 0) {
			depth--;
		}
	}
	return end;
}

static const char *
trim_end(const char *s, const char *end)
{
	while (end > s && is_space((unsigned char)end[-1]))
		end--;
	return end;
}

void
svg_css_declarations(const char *s, size_t n, bool important,
    declaration_fn *fn, void *ctx)
{
	const char *end = s + n;

	while ((s = skip_blank(s, end)) < end) {
		const char *stop = find(s, end, ";");
		const char *colon = find(s, stop, ":");
		const char *name_end = trim_end(s, colon), *v, *v_end, *mark;

		if (colon < stop) {
			v = skip_blank(colon + 1, stop);
			v_end = trim_end(v, stop);
			mark = find(v, v_end, "!");
			if (name_end > s && mark > v &&
			    (mark < v_end) == important)
				fn(ctx, s, (size_t)(name_end - s), v,
				    (size_t)(trim_end(v, mark) - v));
		}
		s = stop < end ? stop + 1 : end;
	}
}

/* ------------------------------------------------------------- selectors */

static bool
is_name_char(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_' || c >= 0x80;
}

static const char *
name_end(const char *s, const char *end)
{
	while (s < end && is_name_char((unsigned char)*s))
		s++;
	return s;
}

static bool
bytes_eq(const char *a, size_t n, const char *b)
{
	return b && strncmp(a, b, n) == 0 && b[n] == '\0';
}

static bool
has_class(const char *classes, const char *name, size_t n)
{
	while (classes && *classes) {
		size_t len;

		svg_skip_space(&classes);
		len = strcspn(classes, " \t\r\n");
		if (len == n && n > 0 && memcmp(classes, name, n) == 0)
			return true;
		classes += len;
	}
	return false;
}

/* [name], [name="value"] and its kin; false at what is no such test.  *yes
 * (may be NULL with the node): does the element pass? */
static bool
attribute_test(const char *s, const char *end, const xmlNode *node, bool *yes)
{
	const char *name = skip_blank(s, end), *e = name_end(name, end), *v;
	const char *have;
	char key[64], op;
	size_t n, len;

	if (e == name || (size_t)(e - name) >= sizeof key)
		return false;
	memcpy(key, name, (size_t)(e - name));
	key[e - name] = '\0';
	have = node ? svg_node_attr(node, key) : NULL;
	s = skip_blank(e, end);
	if (s == end) {
		*yes = have != NULL;
		return true;
	}
	op = *s;
	if (op != '=' && (!strchr("~|^$*", op) || ++s == end))
		return false;
	if (*s != '=')
		return false;
	v = skip_blank(s + 1, end);
	e = trim_end(v, end);
	if (e - v >= 2 && (*v == '"' || *v == '\'') && e[-1] == *v) {
		v++;
		e--;
	}
	n = (size_t)(e - v);
	len = have ? strlen(have) : 0;
	if (!have || (n == 0 && op != '='))
		*yes = false;
	else if (op == '=')
		*yes = bytes_eq(v, n, have);
	else if (op == '~')
		*yes = has_class(have, v, n);
	else if (op == '|')
		*yes = len >= n && memcmp(have, v, n) == 0 &&
		    (have[n] == '\0' || have[n] == '-');
	else if (op == '^')
		*yes = len >= n && memcmp(have, v, n) == 0;
	else if (op == '$')
		*yes = len >= n && memcmp(have + len - n, v, n) == 0;
	else {
		*yes = false;
		for (size_t i = 0; i + n <= len && !*yes; i++)
			*yes = memcmp(have + i, v, n) == 0;
	}
	return true;
}

/* The element's place among its siblings, from 1, from either end. */
static long
sibling_number(const xmlNode *node, bool from_end)
{
	long n = 1;

	while ((node = from_end ? node->next : node->prev) != NULL)
		n += node->type == XML_ELEMENT_NODE;
	return n;
}

/* "odd", "even", "3", "2n", "2n+1": is i of the series? */
static bool
nth_test(const char *s, const char *end, long i, bool *yes)
{
	long a = 0, b = 0, sign = 1, v = 0;
	bool digits = false;

	if (end - s == 3 && memcmp(s, "odd", 3) == 0)
		s = "2n+1", end = s + 4;
	else if (end - s == 4 && memcmp(s, "even", 4) == 0)
		s = "2n", end = s + 2;
	for (; s < end; s++) {
		if (*s >= '0' && *s <= '9' && v < 100000) {
			v = v * 10 + (*s - '0');
			digits = true;
		} else if (*s == 'n') {
			a = sign * (digits ? v : 1);
			v = 0, sign = 1, digits = false;
		} else if (*s == '-' || *s == '+') {
			sign = *s == '-' ? -1 : 1;
		} else if (!is_space((unsigned char)*s)) {
			return false;
		}
	}
	b = sign * v;
	*yes = a == 0 ? i == b : (i - b) % a == 0 && (i - b) / a >= 0;
	return true;
}

static bool
test_compound(const char *s, const char *end, const xmlNode *node, bool *yes,
    int *specificity);

/* ":first-child" and its like, *s after the colon, which moves past. */
static bool
pseudo_test(const char **s, const char *end, const xmlNode *node, bool *yes,
    int *specificity)
{
	static const struct {
		const char *name;
		enum { FIRST, LAST, ONLY, ROOT, NEVER, NTH, NTH_LAST, NOT } is;
	} rows[] = {
		{ "active", NEVER }, { "after", NEVER }, { "before", NEVER },
		{ "first-child", FIRST }, { "focus", NEVER },
		{ "hover", NEVER }, { "last-child", LAST },
		{ "link", NEVER }, { "not", NOT }, { "nth-child", NTH },
		{ "nth-last-child", NTH_LAST }, { "only-child", ONLY },
		{ "root", ROOT }, { "target", NEVER }, { "visited", NEVER }
	};
	const char *name = *s, *e, *arg = NULL, *arg_end = NULL;
	size_t row = 0;
	int ignored = 0;

	if (name < end && *name == ':')
		name++;
	e = name_end(name, end);
	while (row < sizeof rows / sizeof *rows &&
	    !bytes_eq(name, (size_t)(e - name), rows[row].name))
		row++;
	if (row == sizeof rows / sizeof *rows)
		return false;
	if (e < end && *e == '(') {
		arg = skip_blank(e + 1, end);
		e = find(e + 1, end, ")");
		arg_end = trim_end(arg, e);
		e += e < end;
	}
	*s = e;
	if ((rows[row].is >= NTH) != (arg != NULL))
		return false;
	*yes = false;
	if (rows[row].is == NOT) {
		/* A test alone, no selector with parts (Selectors 3, 6.6.7). */
		if (!test_compound(arg, arg_end, node, yes, &ignored))
			return false;
		*specificity += ignored;
		*yes = !*yes;
		return true;
	}
	*specificity += 10;
	if (rows[row].is >= NTH)
		return nth_test(arg, arg_end, node ? sibling_number(node,
		    rows[row].is == NTH_LAST) : 1, yes);
	if (!node)
		return true;
	switch (rows[row].is) {
	case FIRST:
		*yes = sibling_number(node, false) == 1;
		break;
	case LAST:
		*yes = sibling_number(node, true) == 1;
		break;
	case ONLY:
		*yes = sibling_number(node, false) == 1 &&
		    sibling_number(node, true) == 1;
		break;
	case ROOT:
		*yes = !node->parent || node->parent->type != XML_ELEMENT_NODE;
		break;
	default:
		break;
	}
	return true;
}

/* "rect.tick#first[x]:not(.k)" against one element, or, without one, only
 * whether we understand it.  Ids count 100, classes and their like 10, names
 * 1. */
static bool
test_compound(const char *s, const char *end, const xmlNode *node, bool *yes,
    int *specificity)
{
	bool all = node != NULL;

	if (s == end)
		return false;
	while (s < end) {
		const char *from = s + 1;
		int c = (unsigned char)*s;
		bool one = true;

		if (c == '*') {
			s++;
		} else if (c == '#' || c == '.') {
			s = name_end(from, end);
			if (s == from)
				return false;
			*specificity += c == '#' ? 100 : 10;
			if (node)
				one = c == '#' ? bytes_eq(from,
				    (size_t)(s - from),
				    svg_node_attr(node, "id")) :
				    has_class(svg_node_attr(node, "class"),
				    from, (size_t)(s - from));
		} else if (c == '[') {
			s = find(from, end, "]");
			if (s == end || !attribute_test(from, s, node, &one))
				return false;
			s++;
			*specificity += 10;
		} else if (c == ':') {
			s = from;
			if (!pseudo_test(&s, end, node, &one, specificity))
				return false;
		} else if (is_name_char(c)) {
			from = s;
			s = name_end(s, end);
			++*specificity;
			one = node && bytes_eq(from, (size_t)(s - from),
			    (const char *)node->name);
		} else {
			return false;
		}
		all &= one;
	}
	*yes = all;
	return true;
}

static const xmlNode *
element_before(const xmlNode *node)
{
	do
		node = node->prev;
	while (node && node->type != XML_ELEMENT_NODE);
	return node;
}

/* From right to left.  With few parts and shallow figures, trying every
 * ancestor or sibling is quick enough. */
static bool
match_parts(const struct css_part *parts, int n, const xmlNode *node)
{
	const struct css_part *p = &parts[n - 1];
	bool up = p->join == ' ' || p->join == '>', yes = false;
	int ignored = 0;

	if (!test_compound(p->s, p->end, node, &yes, &ignored) || !yes)
		return false;
	if (n == 1)
		return true;
	for (;;) {
		node = up ? node->parent : element_before(node);
		if (!node || node->type != XML_ELEMENT_NODE)
			return false;
		if (match_parts(parts, n - 1, node))
			return true;
		if (p->join == '>' || p->join == '+')
			return false;
	}
}

/* ----------------------------------------------------------------- rules */

/* Cuts a selector into its parts; their number, or 0 if one is unknown. */
static int
parse_selector(const char *s, const char *end, struct css_part *parts,
    int *specificity)
{
	int n = 0;
	char join = 0;
	bool ignored;

	while (s < end) {
		const char *stop = find(s, end, " \t\r\n>+~[");

		/* What stands in brackets joins nothing. */
		while (stop < end && *stop == '[') {
			stop = find(stop + 1, end, "]");
			stop = find(stop, end, " \t\r\n>+~[");
		}
		if (n == MAX_PARTS || !test_compound(s, stop, NULL, &ignored,
		    specificity))
			return 0;
		parts[n++] = (struct css_part){ s, stop, join };
		join = ' ';
		for (s = stop; s < end && (is_space((unsigned char)*s) ||
		    strchr(">+~", *s)); s++)
			if (!is_space((unsigned char)*s))
				join = *s;
	}
	return n;
}

static void
add_rule(struct css *c, const char *s, const char *end, const char *block,
    size_t block_n)
{
	struct css_part parts[MAX_PARTS], *own;
	int sp = 0, n = parse_selector(s, end, parts, &sp);
	size_t at;

	if (n == 0) {
		if (!c->unknown && s < end)
			c->unknown = arena_strndup(c->arena, s,
			    (size_t)(end - s));
		return;
	}
	own = arena_array(c->arena, (size_t)n, sizeof *own);
	memcpy(own, parts, (size_t)n * sizeof *own);
	c->rules = arena_grow(c->arena, c->rules, &c->cap, c->n + 1,
	    sizeof *c->rules);
	for (at = c->n; at > 0 && c->rules[at - 1].specificity > sp; at--)
		c->rules[at] = c->rules[at - 1];
	c->rules[at] = (struct css_rule){ own, n, block, block_n, sp };
	c->n++;
}

/* The brace that closes a block, blocks inside it skipped. */
static const char *
block_end(const char *s, const char *end)
{
	int depth = 0;

	while ((s = find(s, end, "{}")) < end) {
		if (*s == '}' && depth-- == 0)
			return s;
		if (*s == '{')
			depth++;
		s++;
	}
	return end;
}

/* @media whose list has print or all, without conditions. */
static bool
is_for_print(const char *s, const char *end)
{
	if (end - s < 6 || memcmp(s, "@media", 6) != 0)
		return false;
	for (s += 6; s < end;) {
		const char *comma = find(s, end, ","), *e;

		s = skip_blank(s, comma);
		e = trim_end(s, comma);
		if ((e - s == 5 && memcmp(s, "print", 5) == 0) ||
		    (e - s == 3 && memcmp(s, "all", 3) == 0))
			return true;
		s = comma < end ? comma + 1 : end;
	}
	return false;
}

static void
add_rules(struct css *c, const char *s, const char *end, int depth)
{
	while ((s = skip_blank(s, end)) < end) {
		const char *open = find(s, end, "{;"), *close;

		if (open == end)
			break;
		if (*open == ';') {	/* @import and the like */
			s = open + 1;
			continue;
		}
		close = block_end(open + 1, end);
		if (*s == '@' && depth < MAX_MEDIA && is_for_print(s, open))
			add_rules(c, open + 1, close, depth + 1);
		for (const char *p = s; *s != '@' && p < open;) {
			const char *comma = find(p, open, ",");

			p = skip_blank(p, comma);
			add_rule(c, p, trim_end(p, comma), open + 1,
			    (size_t)(close - open - 1));
			p = comma < open ? comma + 1 : open;
		}
		s = close < end ? close + 1 : end;
	}
}

const char *
svg_css_add(struct css *c, const char *sheet)
{
	const char *s = arena_strdup(c->arena, sheet);

	c->unknown = NULL;
	c->important |= strchr(s, '!') != NULL;
	add_rules(c, s, s + strlen(s), 0);
	return c->unknown;
}

void
svg_css_match(const struct css *c, const xmlNode *node, bool important,
    declaration_fn *fn, void *ctx)
{
	if (important && !c->important)
		return;
	for (size_t i = 0; i < c->n; i++) {
		const struct css_rule *r = &c->rules[i];

		if (match_parts(r->parts, r->n_parts, node))
			svg_css_declarations(r->block, r->block_n, important,
			    fn, ctx);
	}
}
