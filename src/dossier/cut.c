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
	struct records *rs;
	struct map *open;	/* classes that the audience may see */
	struct map *gone;	/* ids of records that left */
	struct map *judged;	/* "element" or "element attribute record" */
	struct buf name;	/* of one that is judged */
};

static bool
is_open(const struct cut *c, const char *class)
{
	return class != NULL && map_lookup(c->open, class) != NULL;
}

/* Of an element or, if not NULL, an attribute of it.  The same few hundred names
 * come again and again: each is judged once. */
static bool
may_see(struct cut *c, const xmlNode *node, const xmlAttr *a, bool record)
{
	static const char yes[] = "yes", no[] = "no";
	const char *element = (const char *)node->name;
	const char *attribute = a != NULL ? (const char *)a->name : NULL;
	const char *verdict;

	buf_clear(&c->name);
	buf_puts(&c->name, element);
	if (attribute != NULL) {
		buf_puts(&c->name, record ? " record " : " ");
		buf_puts(&c->name, attribute);
	}
	verdict = map_lookup_bytes(c->judged, c->name.p, c->name.n);
	if (verdict == NULL) {
		verdict = is_open(c, records_class(c->rs, element, attribute,
		    record)) ? yes : no;
		map_put_bytes(c->judged, c->name.p, c->name.n, (void *)verdict);
	}
	return verdict == yes;
}

static void
remove_node(xmlNode *n)
{
	xmlUnlinkNode(n);
	xmlFreeNode(n);
}

static void
cut_attributes(struct cut *c, xmlNode *node, bool record)
{
	xmlAttr *a, *next;

	for (a = node->properties; a != NULL; a = next) {
		next = a->next;
		if (!may_see(c, node, a, record))
			xmlRemoveProp(a);
	}
}

/* Cuts inside an element that stays. */
static void
cut_children(struct cut *c, xmlNode *node)
{
	xmlNode *n, *next;

	for (n = node->children; n != NULL; n = next) {
		next = n->next;
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!may_see(c, n, NULL, false)) {
			remove_node(n);
			continue;
		}
		cut_attributes(c, n, false);
		cut_children(c, n);
	}
}

/* Cuts the records (or derived facts) that are children of a section. */
static void
cut_records(struct cut *c, xmlNode *section)
{
	xmlNode *n, *next;

	for (n = xml_child(section, NULL); n != NULL; n = next) {
		next = xml_next(n, NULL);
		if (!may_see(c, n, NULL, false)) {
			const char *id = xml_attr(c->job, n, "id");

			if (id != NULL)
				map_put(c->gone, id, n);
			remove_node(n);
			continue;
		}
		cut_attributes(c, n, true);
		cut_children(c, n);
	}
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
		if (view == NULL ||
		    !is_open(c, records_class(c->rs, view, NULL, false)))
			remove_node(n);
	}
	cut_attributes(c, tables, false);
	cut_children(c, tables);
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

static bool
read_audience(struct cut *c, const char *audience)
{
	const xmlDoc *doc = records_audiences(c->job, c->rs);
	struct buf known = { 0 };
	const xmlNode *n;
	bool found = false;

	if (doc == NULL)
		return false;
	for (n = xml_child(xmlDocGetRootElement((xmlDoc *)doc), NULL);
	    n != NULL; n = xml_next(n, NULL)) {
		const char *id = xml_attr(c->job, n, "id");
		const char *who = xml_attr(c->job, n, "audiences");

		if (who != NULL) {
			if (str_has_word(who, audience))
				map_put(c->open, id, c);
			continue;
		}
		found |= str_eq(id, audience);
		buf_printf(&known, "%s%s", known.n > 0 ? ", " : "", id);
	}
	if (!found)
		diag_report(c->job->diag, DIAG_DOSSIER_AUDIENCE, where_none(),
		    audience, buf_str(&known));
	buf_free(&known);
	return found;
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
	if (derived != NULL) {
		cut_attributes(c, derived, false);
		cut_children(c, derived);
	}
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
	struct cut c = { .job = job, .rs = rs, .open = map_new(),
		.gone = map_new(), .judged = map_new() };
	const bool known = read_audience(&c, audience);

	if (known)
		cut_tree(&c, xmlDocGetRootElement(doc));
	map_free(c.open);
	map_free(c.gone);
	map_free(c.judged);
	buf_free(&c.name);
	return known;
}
