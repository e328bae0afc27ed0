/*
 * The sum of a tree: what it says, whoever wrote it down and wherever.
 */
#include <string.h>

#include "xml/xml_int.h"

/* Each piece has its kind, so that a name is not taken for a text. */
static uint64_t
add(uint64_t sum, char kind, const xmlChar *s)
{
	return sum_add(sum ^ (uint64_t)kind, s,
	    s != NULL ? strlen((const char *)s) : 0);
}

static uint64_t
add_element(uint64_t sum, const xmlNode *n)
{
	const xmlAttr *a;
	xmlChar *value;

	if (n->ns != NULL)
		sum = add(sum, '{', n->ns->href);
	sum = add(sum, '<', n->name);
	for (a = n->properties; a != NULL; a = a->next) {
		value = xmlNodeGetContent((const xmlNode *)a);
		sum = add(add(sum, '@', a->name), '=', value);
		xmlFree(value);
	}
	return sum;
}

static uint64_t
add_node(uint64_t sum, const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE)
		return add_element(sum, n);
	if ((n->type == XML_TEXT_NODE ||
	    n->type == XML_CDATA_SECTION_NODE) && !xmlIsBlankNode(n))
		return add(sum, '"', n->content);
	return sum;
}

uint64_t
xml_sum(const xmlDoc *doc, uint64_t sum)
{
	const xmlNode *n = xmlDocGetRootElement(doc);

	while (n != NULL) {
		sum = add_node(sum, n);
		if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
			n = n->children;
			continue;
		}
		while (n != NULL && n->next == NULL) {
			n = n->parent->type == XML_ELEMENT_NODE ? n->parent
								: NULL;
			if (n != NULL)
				sum = add(sum, '>', NULL);
		}
		if (n != NULL)
			n = n->next;
	}
	return sum;
}
