/*
 * p:occurs(text, lists): the first of some listed words and shapes that stands
 * in a text; which words is the caller's data, the elements `item` in the
 * lists.  (Lists, because a node-set is copied at each call: of a few nodes.)
 *
 * Case, and the kind of space or quotation mark, do not matter; accents do.  An
 * item is its text, or the shape of a number in its attribute `shape`, where 9
 * stands for any digit.  It occurs as whole words only.  A rule asks this of
 * every text with the same items, so these are prepared once per run and kept
 * by first byte; a text is looked at once, at the beginnings of its words.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>

#include "xml/style_int.h"
#include "xml/xml_int.h"

struct item {
	xmlNode *node;
	const char *text;	/* folded */
	size_t n;
	struct item *next;	/* with the same first byte */
};

struct items {
	const xmlNode *first;	/* of the lists they were made from */
	int n;			/* lists */
	struct item *by_byte[256];
};

static uint32_t
lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
	    (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
		return c + 32;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
		return c | 1;
	return c;
}

/* Lower case, digits as 9, other spaces and typographic marks as a space. */
static void
fold(const char *s, struct buf *out)
{
	const char *const end = s + strlen(s);

	while (s < end) {
		size_t plain = 0;
		uint32_t c;

		while ((s[plain] >= 'a' && s[plain] <= 'z') || s[plain] == ' ')
			plain++;
		buf_put(out, s, plain);
		s += plain;
		if (s == end)
			break;
		c = utf8_next(&s, end);
		if (c >= '0' && c <= '9')
			c = '9';
		else if ((c >= 0x80 && c <= 0xBF) ||
		    (c >= 0x2000 && c <= 0x206F) || is_space((int)c))
			c = ' ';
		buf_utf8(out, lower(c));
	}
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || c == '9' || (unsigned char)c >= 0x80;
}

/* The last to be added is the first to be found. */
static void
add_item(struct run *run, struct items *items, xmlNode *node)
{
	struct item *item = arena_alloc(run->job->arena, sizeof *item);
	struct buf folded = { 0 };
	struct item **list;
	xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)"shape");

	if (text == NULL)
		text = xmlNodeGetContent(node);
	fold(text != NULL ? (const char *)text : "", &folded);
	xmlFree(text);
	item->node = node;
	item->n = folded.n;
	item->text = arena_strdup(run->job->arena, buf_str(&folded));
	buf_free(&folded);
	if (item->n == 0)
		return;
	list = &items->by_byte[(unsigned char)item->text[0]];
	item->next = *list;
	*list = item;
}

static struct items *
prepare(struct run *run, const xmlNodeSet *lists)
{
	struct items *items = arena_alloc(run->job->arena, sizeof *items);
	xmlNode *n;
	int i;

	items->first = lists->nodeTab[0];
	items->n = lists->nodeNr;
	for (i = lists->nodeNr - 1; i >= 0; i--)
		for (n = xmlGetLastChild(lists->nodeTab[i]); n != NULL;
		     n = n->prev)
			if (n->type == XML_ELEMENT_NODE &&
			    str_eq((const char *)n->name, "item"))
				add_item(run, items, n);
	return items;
}

static void
search(const struct items *items, const char *text, xmlNodeSet *found)
{
	const char *p;

	for (p = text; *p != '\0'; p++) {
		const struct item *item;

		if (!is_word(*p) || (p > text && is_word(p[-1])))
			continue;
		for (item = items->by_byte[(unsigned char)*p]; item != NULL;
		    item = item->next)
			if (strncmp(p, item->text, item->n) == 0 &&
			    !is_word(p[item->n])) {
				xmlXPathNodeSetAdd(found, item->node);
				return;
			}
	}
}

void
xpath_occurs(xmlXPathParserContext *ctxt, int n_args)
{
	struct run *run = xsltXPathGetTransformContext(ctxt)->_private;
	xmlXPathObject *set, *result;
	struct buf folded = { 0 };
	xmlChar *text;

	if (n_args != 2 || ctxt->value == NULL ||
	    ctxt->value->type != XPATH_NODESET) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	set = valuePop(ctxt);
	text = xmlXPathPopString(ctxt);
	result = xmlXPathNewNodeSet(NULL);
	if (text != NULL && set->nodesetval != NULL &&
	    set->nodesetval->nodeNr > 0) {
		if (run->items == NULL ||
		    run->items->first != set->nodesetval->nodeTab[0] ||
		    run->items->n != set->nodesetval->nodeNr)
			run->items = prepare(run, set->nodesetval);
		fold((const char *)text, &folded);
		search(run->items, buf_str(&folded), result->nodesetval);
	}
	valuePush(ctxt, result);
	buf_free(&folded);
	xmlFree(text);
	xmlXPathFreeObject(set);
}
