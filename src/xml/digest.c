/*
 * The digest of a tree: what it says, whoever wrote it down and wherever.
 */
#include <string.h>

#include "xml/xml_int.h"

/* Each piece begins with its kind and ends with a NUL, which XML cannot
 * contain, so that two trees never give the same bytes. */
static void
add(struct digest *d, char kind, const xmlChar *s)
{
	digest_add(d, &kind, 1);
	if (s != NULL)
		digest_add(d, s, strlen((const char *)s));
	digest_add(d, "", 1);
}

static void
add_element(struct digest *d, const xmlNode *n)
{
	const xmlAttr *a;
	xmlChar *value;

	if (n->ns != NULL)
		add(d, '{', n->ns->href);
	add(d, '<', n->name);
	for (a = n->properties; a != NULL; a = a->next) {
		value = xmlNodeGetContent((const xmlNode *)a);
		add(d, '@', a->name);
		add(d, '=', value);
		xmlFree(value);
	}
}

static void
add_node(struct digest *d, const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE)
		add_element(d, n);
	else if ((n->type == XML_TEXT_NODE ||
	    n->type == XML_CDATA_SECTION_NODE) && !xmlIsBlankNode(n))
		add(d, '"', n->content);
}

void
xml_digest(const xmlDoc *doc, struct digest *d)
{
	const xmlNode *n = xmlDocGetRootElement(doc);

	while (n != NULL) {
		add_node(d, n);
		if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
			n = n->children;
			continue;
		}
		while (n != NULL && n->next == NULL) {
			n = n->parent->type == XML_ELEMENT_NODE ? n->parent
								: NULL;
			if (n != NULL)
				add(d, '>', NULL);
		}
		if (n != NULL)
			n = n->next;
	}
}
