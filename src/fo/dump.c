/*
 * The tree as text that people can read in a diff: an object to a line, its
 * text in quotes, and the properties in which it differs from its parent
 * (inherited ones) or from the initial values (the others).
 */
#include "fo/fo_int.h"

#include <string.h>

void
value_put(struct buf *out, const struct fo_value *v)
{
	switch (v->kind) {
	case FV_KEYWORD:
		buf_puts(out, v->kw == KW_NONE_GIVEN
		    ? "(none)" : fo_keyword_name((enum fo_keyword)v->kw));
		break;
	case FV_LENGTH:
		if (v->pct != 0) {
			buf_mpt(out, v->pct);
			buf_putc(out, '%');
			if (v->len == 0)
				break;
			if (v->len > 0)
				buf_putc(out, '+');
		}
		buf_mpt(out, v->len);
		break;
	case FV_NUMBER:
		buf_puts(out, "#");
		buf_mpt(out, v->num);
		break;
	case FV_COLOR:
		buf_printf(out, "#%08x", (unsigned)v->rgba);
		break;
	case FV_STRING:
		buf_printf(out, "\"%s\"", v->str);
		break;
	default:
		buf_mpt(out, v->num);
		buf_puts(out, " parts");
		if (v->num_len != 0) {
			buf_puts(out, "+");
			buf_mpt(out, v->num_len);
		}
		break;
	}
}

static void
put_text(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;
	uint32_t c;

	buf_putc(out, '"');
	while (s < end && (c = utf8_next(&s, end)) != 0) {
		if (c == '\n')
			buf_puts(out, "\\n");
		else if (c == 0xa0 || (c >= 0x2000 && c <= 0x200f) ||
		    c == 0x202f)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (int)c);
		else
			buf_utf8(out, c);
	}
	buf_putc(out, '"');
}

static void
put_style(struct buf *out, const struct fo_node *n)
{
	const struct fo_style *initial = node_style(n)->initial;
	const struct fo_style *parent;
	const struct fo_value *v, *from;
	enum fo_prop p;

	parent = n->parent != NULL && n->parent->style != NULL
	    ? n->parent->style : initial;
	for (p = 0; p < PR_COUNT; p++) {
		from = fo_value(prop_rows[p].inherited ? parent : initial, p);
		v = fo_value(n->style, p);
		if (v == from || memcmp(v, from, sizeof *v) == 0)
			continue;
		buf_printf(out, " %s=", prop_rows[p].name);
		value_put(out, v);
	}
}

static void
dump(struct buf *out, const struct fo_node *n, int depth)
{
	const struct fo_node *c;

	buf_printf(out, "%*s", 2 * depth, "");
	if (n->type == FO_TEXT) {
		put_text(out, n->text, n->text_n);
		buf_putc(out, '\n');
		return;
	}
	buf_puts(out, fo_type_name((enum fo_type)n->type));
	if (n->id != NULL)
		buf_printf(out, " id=%s", n->id);
	if (fo_role(n) != NULL)
		buf_printf(out, " role=%s", fo_role(n));
	if (fo_alt(n) != NULL)
		buf_printf(out, " alt=\"%s\"", fo_alt(n));
	if (n->type == FO_INSTREAM_FOREIGN_OBJECT && n->foreign != NULL)
		buf_printf(out, " <%s>", (const char *)n->foreign->name);
	if (n->style != NULL && !n->in_marker)
		put_style(out, n);
	if (n->streamed)
		buf_puts(out, " streamed");
	buf_putc(out, '\n');
	for (c = n->first; c != NULL; c = c->next)
		dump(out, c, depth + 1);
}

void
fo_dump(struct buf *out, const struct fo_node *n)
{
	dump(out, n, 0);
}
