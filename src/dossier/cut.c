/*
 * The cut: what an audience may not see leaves the tree.
 *
 * An element stays when it and all above it bear a class whose audiences name
 * ours; an attribute likewise.  Then what linked to a record that is gone
 * goes too, and so do attributes that name it.  What is not declared has no
 * class and is nobody's.
 */
#include <string.h>

#include "dossier/dossier_int.h"
#include "records/records.h"
#include "xml/xml.h"

struct cut {
	struct job *job;
	struct record_view *view;
	struct map *gone;	/* ids of records that left */
};

static void
remove_node(xmlNode *n)
{
	xmlUnlinkNode(n);
	xmlFreeNode(n);
}

static void
cut_attributes(struct cut *c, xmlNode *node, const struct record_sight *sight,
    bool record)
{
	xmlAttr *a, *next;

	for (a = node->properties; a != NULL; a = next) {
		next = a->next;
		if (!record_sees_attribute(c->view, sight,
			(const char *)a->name, record))
			xmlRemoveProp(a);
	}
}

static void cut_children(struct cut *c, xmlNode *node);

/* Cuts inside an element; false if it may not stay itself. */
static bool
cut_element(struct cut *c, xmlNode *node, bool record)
{
	const struct record_sight *sight = record_sight(c->view,
	    (const char *)node->name);

	if (!record_sees(sight))
		return false;
	cut_attributes(c, node, sight, record);
	cut_children(c, node);
	return true;
}

static void
cut_children(struct cut *c, xmlNode *node)
{
	xmlNode *n, *next;

	for (n = node->children; n != NULL; n = next) {
		next = n->next;
		if (n->type == XML_ELEMENT_NODE && !cut_element(c, n, false))
			remove_node(n);
	}
}

/* Cuts the records that are children of a section. */
static void
cut_records(struct cut *c, xmlNode *section)
{
	xmlNode *n, *next;

	for (n = xml_child(section, NULL); n != NULL; n = next) {
		const char *id;

		next = xml_next(n, NULL);
		if (cut_element(c, n, true))
			continue;
		id = xml_attr(c->job, n, "id");
		if (id != NULL)
			map_put(c->gone, id, n);
		remove_node(n);
	}
}

/* A section that is there whatever its class. */
static void
cut_section(struct cut *c, xmlNode *section)
{
	cut_attributes(c, section,
	    record_sight(c->view, (const char *)section->name), false);
	cut_children(c, section);
}

/* A view is declared as an element, too: rows say something by being there,
 * whatever is left in them. */
static void
cut_tables(struct cut *c, xmlNode *tables)
{
	xmlNode *n, *next;

	for (n = xml_child(tables, NULL); n != NULL; n = next) {
		const char *view = xml_attr(c->job, n, "view");

		next = xml_next(n, NULL);
		if (view == NULL || !record_sees(record_sight(c->view, view)))
			remove_node(n);
	}
	cut_section(c, tables);
}

/* Removes what names a record that is gone: elements by their ref, and in
 * derived facts attributes of any name. */
static void
cut_links(const struct cut *c, xmlNode *node, bool derived)
{
	xmlNode *n, *next;
	xmlAttr *a, *after;

	for (n = xml_child(node, NULL); n != NULL; n = next) {
		const char *ref = xml_attr(c->job, n, "ref");

		next = xml_next(n, NULL);
		if (ref != NULL && map_lookup(c->gone, ref) != NULL) {
			remove_node(n);
			continue;
		}
		for (a = n->properties; derived && a != NULL; a = after) {
			const char *value = xml_attr(c->job, n,
			    (const char *)a->name);

			after = a->next;
			if (value != NULL && map_lookup(c->gone, value) != NULL)
				xmlRemoveProp(a);
		}
		cut_links(c, n, derived);
	}
}

static void
cut_tree(struct cut *c, xmlNode *root)
{
	xmlNode *subject = xml_child(root, "subject");
	xmlNode *records = xml_child(root, "records");
	xmlNode *derived = xml_child(root, "derived");
	xmlNode *tables = xml_child(root, "tables");
	const char *about = xml_attr(c->job, root, "about");

	cut_records(c, subject);
	cut_records(c, records);
	if (derived != NULL)
		cut_section(c, derived);
	if (tables != NULL)
		cut_tables(c, tables);
	if (map_count(c->gone) == 0)
		return;
	if (derived != NULL)
		cut_links(c, derived, true);
	cut_links(c, subject, false);
	cut_links(c, records, false);
	if (about != NULL && map_lookup(c->gone, about) != NULL)
		xmlUnsetProp(root, (const xmlChar *)"about");
}

bool
dossier_cut(struct job *job, struct records *rs, xmlDoc *doc,
    const char *audience)
{
	struct cut c = { job, records_view(job, rs, audience), map_new() };

	if (c.view != NULL)
		cut_tree(&c, xmlDocGetRootElement(doc));
	map_free(c.gone);
	return c.view != NULL;
}
