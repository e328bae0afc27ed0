/*
 * Functions of stylesheets and rules over sets of nodes, for what XPath finds
 * only by comparing each with each, or by going through every template:
 *
 *   p:within(nodes, values)   those whose text is that of one of the values
 *   p:without(nodes, values)  the others; values may be one text instead
 *   p:unlike(nodes, a, b)     those in which the first child a and the first child
 *                             b have different texts, or one is missing
 *   p:least(nodes), p:greatest(nodes)  the text that is first, or last, in the
 *                             order of bytes: of dates, the earliest
 *   p:below(nodes, names)     the nearest elements below them, in the records'
 *                             namespace, of these local names, each perhaps after
 *                             that of its parent: "title records/person"
 *
 * What comes out is in the order of what went in: that of the document.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>

#include "xml/style_int.h"
#include "xml/xml_int.h"

/* ------------------------------------------------------------------ values */

/* A node's text; *own: to be freed, or NULL. */
static const char *
text_of(const xmlNode *node, xmlChar **own)
{
	const xmlNode *n = node->type == XML_NAMESPACE_DECL ? NULL
	    : node->children;

	*own = NULL;
	/* Nearly always one text node, whose text is already there. */
	if (n != NULL && n->next == NULL && n->type == XML_TEXT_NODE &&
	    (node->type == XML_ATTRIBUTE_NODE ||
		node->type == XML_ELEMENT_NODE))
		return (const char *)n->content;
	*own = xmlXPathCastNodeToString((xmlNode *)node);
	return (const char *)*own;
}

/* The texts of some nodes, for looking up; to be freed. */
static struct map *
texts_of(const xmlNodeSet *set)
{
	struct map *texts = map_new();
	xmlChar *own;
	int i;

	for (i = 0; set != NULL && i < set->nodeNr; i++) {
		map_put(texts, text_of(set->nodeTab[i], &own), texts);
		xmlFree(own);
	}
	return texts;
}

/* Those of `from` whose text is one of the values, or not; of a single value
 * no table is made.  from, values, one: NULL where there is none. */
static void
choose(const xmlNodeSet *from, const xmlNodeSet *values, const char *one,
    bool within, xmlNodeSet *chosen)
{
	const int n = from != NULL ? from->nodeNr : 0;
	const bool single = values != NULL && values->nodeNr == 1;
	struct map *all = NULL;
	xmlChar *kept = NULL, *own;
	int i;

	if (single)
		one = text_of(values->nodeTab[0], &kept);
	else if (one == NULL)
		all = texts_of(values);
	for (i = 0; i < n; i++) {
		const char *text = text_of(from->nodeTab[i], &own);
		const bool has = one != NULL ? strcmp(text, one) == 0
					     : map_lookup(all, text) != NULL;

		xmlFree(own);
		if (has == within)
			xmlXPathNodeSetAddUnique(chosen, from->nodeTab[i]);
	}
	xmlFree(kept);
	map_free(all);
}

/* The values that the argument on top is: a set, or else *text. */
static xmlNodeSet *
pop_values(xmlXPathParserContext *ctxt, xmlChar **text)
{
	*text = NULL;
	if (ctxt->value != NULL && (ctxt->value->type == XPATH_NODESET ||
		ctxt->value->type == XPATH_XSLT_TREE))
		return xmlXPathPopNodeSet(ctxt);
	*text = xmlXPathPopString(ctxt);
	return NULL;
}

static void
compare(xmlXPathParserContext *ctxt, int n_args, bool within)
{
	xmlNodeSet *values, *from, *chosen;
	xmlChar *text;

	if (n_args != 2) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	values = pop_values(ctxt, &text);
	from = ctxt->error == XPATH_EXPRESSION_OK ? xmlXPathPopNodeSet(ctxt)
						  : NULL;
	if (ctxt->error == XPATH_EXPRESSION_OK) {
		chosen = xmlXPathNodeSetCreate(NULL);
		choose(from, values, (const char *)text, within, chosen);
		valuePush(ctxt, xmlXPathWrapNodeSet(chosen));
	}
	xmlXPathFreeNodeSet(from);
	xmlXPathFreeNodeSet(values);
	xmlFree(text);
}

void
xpath_within(xmlXPathParserContext *ctxt, int n_args)
{
	compare(ctxt, n_args, true);
}

void
xpath_without(xmlXPathParserContext *ctxt, int n_args)
{
	compare(ctxt, n_args, false);
}

static bool
are_unlike(const xmlNode *node, const char *a, const char *b)
{
	const xmlNode *first = xml_child(node, a), *second = xml_child(node, b);
	xmlChar *of_first, *of_second;
	bool unlike;

	if (first == NULL || second == NULL)
		return first != second;
	unlike = strcmp(text_of(first, &of_first),
		     text_of(second, &of_second)) != 0;
	xmlFree(of_first);
	xmlFree(of_second);
	return unlike;
}

void
xpath_unlike(xmlXPathParserContext *ctxt, int n_args)
{
	xmlChar *a, *b;
	xmlNodeSet *from, *found;
	int i;

	if (n_args != 3) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	b = xmlXPathPopString(ctxt);
	a = xmlXPathPopString(ctxt);
	from = xmlXPathPopNodeSet(ctxt);
	if (ctxt->error == XPATH_EXPRESSION_OK) {
		found = xmlXPathNodeSetCreate(NULL);
		for (i = 0; from != NULL && i < from->nodeNr; i++)
			if (from->nodeTab[i]->type == XML_ELEMENT_NODE &&
			    are_unlike(from->nodeTab[i], (const char *)a,
				(const char *)b))
				xmlXPathNodeSetAddUnique(found,
				    from->nodeTab[i]);
		valuePush(ctxt, xmlXPathWrapNodeSet(found));
	}
	xmlXPathFreeNodeSet(from);
	xmlFree(a);
	xmlFree(b);
}

/* sign: 1 for the greatest, -1 for the least. */
static void
extreme(xmlXPathParserContext *ctxt, int n_args, int sign)
{
	xmlChar *best = NULL, *own;
	xmlNodeSet *from;
	int i;

	if (n_args != 1) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	from = xmlXPathPopNodeSet(ctxt);
	if (ctxt->error == XPATH_EXPRESSION_OK) {
		for (i = 0; from != NULL && i < from->nodeNr; i++) {
			const char *text = text_of(from->nodeTab[i], &own);

			if (best == NULL ||
			    sign * strcmp(text, (const char *)best) > 0) {
				xmlFree(best);
				best = xmlStrdup((const xmlChar *)text);
			}
			xmlFree(own);
		}
		valuePush(ctxt, best != NULL ? xmlXPathWrapString(best)
		    : xmlXPathNewCString(""));
	}
	xmlXPathFreeNodeSet(from);
}

void
xpath_least(xmlXPathParserContext *ctxt, int n_args)
{
	extreme(ctxt, n_args, -1);
}

void
xpath_greatest(xmlXPathParserContext *ctxt, int n_args)
{
	extreme(ctxt, n_args, 1);
}

/* ------------------------------------------------------------------- names */

/* A list of names, made once for all calls that give the same. */
struct names {
	const char *list;
	struct map *map;	/* name -> struct place */
	struct names *next;
};

/* Where an element of a name is meant. */
struct place {
	bool anywhere;		/* else below a parent of these names */
	struct map *parents;	/* NULL: none was given */
};

static void
add_name(struct run *run, struct names *names, const char *word, size_t n)
{
	const char *slash = memchr(word, '/', n);
	const char *name = slash != NULL ? slash + 1 : word;
	const size_t n_name = (size_t)(word + n - name);
	struct place *place = map_lookup_bytes(names->map, name, n_name);

	if (place == NULL) {
		place = arena_alloc(run->job->arena, sizeof *place);
		map_put_bytes(names->map, name, n_name, place);
	}
	if (slash == NULL) {
		place->anywhere = true;
		return;
	}
	if (place->parents == NULL)
		place->parents = map_new();
	map_put_bytes(place->parents, word, (size_t)(slash - word), names);
}

static const struct map *
names_of(struct run *run, const char *list)
{
	struct names *names;
	const char *p = list;

	for (names = run->names; names != NULL; names = names->next)
		if (str_eq(names->list, list))
			return names->map;
	names = arena_alloc(run->job->arena, sizeof *names);
	names->list = arena_strdup(run->job->arena, list);
	names->map = map_new();
	names->next = run->names;
	run->names = names;
	while (*(p += strspn(p, " ")) != '\0') {
		const size_t n = strcspn(p, " ");

		add_name(run, names, p, n);
		p += n;
	}
	return names->map;
}

void
style_names_free(struct run *run)
{
	const struct names *names;
	size_t i;

	for (names = run->names; names != NULL; names = names->next) {
		for (i = 0; i < map_count(names->map); i++)
			map_free(((struct place *)map_value(names->map, i))
				     ->parents);
		map_free(names->map);
	}
}

static bool
is_meant(const xmlNode *n, const struct map *names)
{
	const struct place *place = map_lookup(names, (const char *)n->name);

	return place != NULL && n->ns != NULL &&
	    str_eq((const char *)n->ns->href, STYLE_NS) &&
	    (place->anywhere || (n->parent->type == XML_ELEMENT_NODE &&
		map_lookup(place->parents, (const char *)n->parent->name) !=
		    NULL));
}

/* Depth is limited where a tree is read. */
static void
find_below(const xmlNode *node, const struct map *names, xmlNodeSet *found)
{
	xmlNode *n;

	for (n = node->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is_meant(n, names))
			xmlXPathNodeSetAddUnique(found, n);
		else
			find_below(n, names, found);
	}
}

void
xpath_below(xmlXPathParserContext *ctxt, int n_args)
{
	struct run *run = xsltXPathGetTransformContext(ctxt)->_private;
	xmlNodeSet *from = NULL, *found;
	xmlChar *list = NULL;
	int i;

	if (n_args != 2) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	list = xmlXPathPopString(ctxt);
	from = xmlXPathPopNodeSet(ctxt);
	if (ctxt->error == XPATH_EXPRESSION_OK) {
		found = xmlXPathNodeSetCreate(NULL);
		for (i = 0; from != NULL && i < from->nodeNr; i++)
			if (from->nodeTab[i]->type == XML_ELEMENT_NODE ||
			    from->nodeTab[i]->type == XML_DOCUMENT_NODE)
				find_below(from->nodeTab[i],
				    names_of(run, (const char *)list), found);
		valuePush(ctxt, xmlXPathWrapNodeSet(found));
	}
	xmlXPathFreeNodeSet(from);
	xmlFree(list);
}
