/*
 * Events of a file, or of a tree as if it were read from one.
 */
#include "fo/fo_int.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

struct source {
	struct xml *xml;	/* of a file: with its reader */
	struct xml_reader *reader;

	const xmlNode *node;	/* of a tree: the last one told of */
	const xmlNode *root;
	bool leaving;		/* its end was told */
	struct xml_event event;
	struct xml_attribute *attrs;
	size_t cap;
	xmlChar **values;	/* attribute values put together */
	size_t n_values, values_cap;
};

struct source *
source_open_file(struct job *job, const char *path)
{
	struct source *s = xcalloc(1, sizeof *s);

	s->xml = xml_new();
	s->reader = xml_reader_open(job, s->xml, path, &xml_limits_fo);
	if (s->reader == NULL) {
		source_free(s);
		return NULL;
	}
	return s;
}

struct source *
source_open_tree(struct job *job, xmlDoc *tree)
{
	struct source *s = xcalloc(1, sizeof *s);

	(void)job;
	s->root = xmlDocGetRootElement(tree);
	return s;
}

static void
free_values(struct source *s)
{
	while (s->n_values > 0)
		xmlFree(s->values[--s->n_values]);
}

void
source_free(struct source *s)
{
	if (s == NULL)
		return;
	xml_reader_free(s->reader);
	xml_free(s->xml);
	free_values(s);
	free(s->values);
	free(s->attrs);
	free(s);
}

bool
source_failed(const struct source *s)
{
	return s->reader != NULL && xml_reader_failed(s->reader);
}

static const char *
attribute_value(struct source *s, const xmlNode *node, const xmlAttr *a)
{
	xmlChar *text;

	if (a->children == NULL)
		return "";
	if (a->children->next == NULL && a->children->type == XML_TEXT_NODE)
		return (const char *)a->children->content;
	text = xmlNodeListGetString(node->doc, a->children, 1);
	if (text == NULL)
		return "";
	VEC_RESERVE(s->values, s->values_cap, s->n_values + 1);
	s->values[s->n_values++] = text;
	return (const char *)text;
}

static void
set_element(struct source *s, const xmlNode *node, enum xml_event_type type)
{
	struct xml_event *e = &s->event;
	const xmlAttr *a;

	memset(e, 0, sizeof *e);
	e->type = type;
	e->ns = node->ns != NULL ? (const char *)node->ns->href : NULL;
	e->name = (const char *)node->name;
	if (type == XML_EVENT_END)
		return;
	e->where = xml_where(node);
	for (a = node->properties; a != NULL; a = a->next) {
		VEC_RESERVE(s->attrs, s->cap, e->n_attrs + 1);
		s->attrs[e->n_attrs++] = (struct xml_attribute){
			.ns = a->ns != NULL ? (const char *)a->ns->href : NULL,
			.name = (const char *)a->name,
			.value = attribute_value(s, node, a),
		};
	}
	e->attrs = s->attrs;
}

/* Moves to the next node in the order of the document. */
static bool
step(struct source *s)
{
	const xmlNode *n = s->node;

	if (n == NULL) {
		s->node = s->root;
		return s->root != NULL;
	}
	if (!s->leaving && n->type == XML_ELEMENT_NODE) {
		if (n->children == NULL) {
			s->leaving = true;
			return true;
		}
		s->node = n->children;
		return true;
	}
	if (n == s->root)
		return false;
	s->leaving = n->next == NULL;
	s->node = s->leaving ? n->parent : n->next;
	return true;
}

static const struct xml_event *
tree_next(struct source *s)
{
	free_values(s);
	while (step(s)) {
		const xmlNode *n = s->node;

		if (n->type == XML_ELEMENT_NODE) {
			set_element(s, n, s->leaving ? XML_EVENT_END
						     : XML_EVENT_START);
			return &s->event;
		}
		if ((n->type != XML_TEXT_NODE &&
			n->type != XML_CDATA_SECTION_NODE) ||
		    n->content == NULL)
			continue;
		s->event = (struct xml_event){
			.type = XML_EVENT_TEXT,
			.text = (const char *)n->content,
			.n_text = strlen((const char *)n->content),
			.where = xml_where(n),
		};
		return &s->event;
	}
	return NULL;
}

const struct xml_event *
source_next(struct source *s)
{
	return s->reader != NULL ? xml_reader_next(s->reader) : tree_next(s);
}
