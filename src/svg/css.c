/*
 * Style sheets, as far as figures use them: rules whose selectors are made of
 * element names, classes and ids, joined by white space or ">".  A rule with
 * any other selector, and every at-rule, matches nothing.
 */
#include <string.h>

#include <libxml/tree.h>

#include "svg/svg_int.h"

#define MAX_PARTS 8	/* compound selectors joined in one */

struct css_rule {
	const char *selector;	/* one, without commas */
	size_t selector_n;
	const char *block;
	size_t block_n;
	int specificity;
};

struct css {
	struct arena *arena;
	struct css_rule *rules;	/* by increasing precedence */
	size_t n, cap;
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
svg_css_declarations(const char *s, size_t n, declaration_fn *fn, void *ctx)
{
	const char *end = s + n;

	while ((s = skip_blank(s, end)) < end) {
		const char *stop = find(s, end, ";");
		const char *colon = find(s, stop, ":");
		const char *name_end = trim_end(s, colon), *v, *v_end;

		if (colon < stop) {
			v = skip_blank(colon + 1, stop);
			v_end = trim_end(v, stop);
			/* "!important" orders nothing among so few rules. */
			if (v_end - v > 10 &&
			    memcmp(v_end - 10, "!important", 10) == 0)
				v_end = trim_end(v, v_end - 10);
			if (name_end > s && v_end > v)
				fn(ctx, s, (size_t)(name_end - s), v,
				    (size_t)(v_end - v));
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

/* Ids count 100, classes 10, names 1; -1 for a selector we do not know. */
static int
specificity(const char *s, const char *end)
{
	int sum = 0;

	while (s < end) {
		int c = (unsigned char)*s;

		if (c == '#' || c == '.') {
			const char *e = name_end(s + 1, end);

			if (e == s + 1)
				return -1;
			sum += c == '#' ? 100 : 10;
			s = e;
		} else if (is_name_char(c)) {
			sum++;
			s = name_end(s, end);
		} else if (is_space(c) || c == '*' || c == '>') {
			s++;
		} else {
			return -1;
		}
	}
	return sum;
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
		if (len == n && memcmp(classes, name, n) == 0)
			return true;
		classes += len;
	}
	return false;
}

/* "rect.tick#first" against one element. */
static bool
match_compound(const char *s, const char *end, const xmlNode *node)
{
	while (s < end) {
		const char *from = s;
		int c = (unsigned char)*s;

		if (c == '*') {
			s++;
		} else if (c == '#' || c == '.') {
			s = name_end(++from, end);
			if (c == '#' ? !bytes_eq(from, (size_t)(s - from),
			    svg_node_attr(node, "id")) :
			    !has_class(svg_node_attr(node, "class"), from,
			    (size_t)(s - from)))
				return false;
		} else {
			s = name_end(s, end);
			if (!bytes_eq(from, (size_t)(s - from),
			    (const char *)node->name))
				return false;
		}
	}
	return true;
}

/* From right to left.  With few parts and shallow figures, trying every
 * ancestor for white space is quick enough. */
static bool
match_selector(const char *s, const char *end, const xmlNode *node, int parts)
{
	const char *from;
	bool child = false;

	end = trim_end(s, end);
	from = end;
	while (from > s && !is_space((unsigned char)from[-1]) &&
	    from[-1] != '>')
		from--;
	if (from == end || parts > MAX_PARTS ||
	    !match_compound(from, end, node))
		return false;
	while (from > s && (is_space((unsigned char)from[-1]) ||
	    from[-1] == '>'))
		child |= *--from == '>';
	if (from == s)
		return true;
	for (node = node->parent; node && node->type == XML_ELEMENT_NODE;
	    node = node->parent) {
		if (match_selector(s, from, node, parts + 1))
			return true;
		if (child)
			return false;
	}
	return false;
}

/* ----------------------------------------------------------------- rules */

static void
add_rule(struct css *c, const char *s, const char *end, const char *block,
    size_t block_n)
{
	int sp = specificity(s, end);
	size_t at;

	if (sp < 0 || s == end)
		return;
	c->rules = arena_grow(c->arena, c->rules, &c->cap, c->n + 1,
	    sizeof *c->rules);
	for (at = c->n; at > 0 && c->rules[at - 1].specificity > sp; at--)
		c->rules[at] = c->rules[at - 1];
	c->rules[at] = (struct css_rule){ s, (size_t)(end - s), block, block_n,
		sp };
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

void
svg_css_add(struct css *c, const char *sheet)
{
	const char *s = arena_strdup(c->arena, sheet), *end = s + strlen(s);

	while ((s = skip_blank(s, end)) < end) {
		const char *open = find(s, end, "{;"), *close;

		if (open == end)
			break;
		if (*open == ';') {	/* @import and the like */
			s = open + 1;
			continue;
		}
		close = block_end(open + 1, end);
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

void
svg_css_match(const struct css *c, const xmlNode *node, declaration_fn *fn,
    void *ctx)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct css_rule *r = &c->rules[i];

		if (match_selector(r->selector, r->selector + r->selector_n,
		    node, 1))
			svg_css_declarations(r->block, r->block_n, fn, ctx);
	}
}
