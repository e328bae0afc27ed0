/*
 * The tree of a record, written field by field in any order: a new element
 * takes the place that the form gives it among those that are there.
 */
#include <string.h>

#include "import/import_int.h"

static bool
fits(const xmlNode *n, const struct step *step)
{
	xmlChar *value;
	bool same;

	if (n->type != XML_ELEMENT_NODE ||
	    !str_eq((const char *)n->name, step->name))
		return false;
	if (step->attr == NULL)
		return true;
	value = xmlGetNoNsProp((xmlNode *)n, (const xmlChar *)step->attr);
	same = str_eq((const char *)value, step->value);
	xmlFree(value);
	return same;
}

/* The nth child that a step means. */
static xmlNode *
find(const xmlNode *parent, const struct step *step, long nth)
{
	xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next)
		if (fits(n, step) && --nth <= 0)
			return n;
	return NULL;
}

static size_t
rank_of(const struct form *form, const struct buf *parent, const char *name)
{
	struct buf path = { 0 };
	const struct form_field *f;

	buf_printf(&path, "%s%s%s", buf_str(parent), parent->n > 0 ? "/" : "",
	    name);
	f = form_lookup(form, path.p);
	buf_free(&path);
	return f != NULL ? f->rank : 0;
}

/* A new child, behind all that the form has before it. */
static xmlNode *
create(xmlNode *parent, const struct form *form, const struct buf *path,
    const struct step *step)
{
	xmlNode *n = xmlNewDocNode(parent->doc, parent->ns,
	    (const xmlChar *)step->name, NULL);
	const size_t rank = rank_of(form, path, step->name);
	xmlNode *next;

	if (step->attr != NULL)
		xmlNewProp(n, (const xmlChar *)step->attr,
		    (const xmlChar *)step->value);
	for (next = parent->children; next != NULL; next = next->next)
		if (next->type == XML_ELEMENT_NODE &&
		    rank_of(form, path, (const char *)next->name) > rank)
			break;
	return next != NULL ? xmlAddPrevSibling(next, n)
			    : xmlAddChild(parent, n);
}

xmlNode *
tree_element(xmlNode *root, const struct field *f)
{
	xmlNode *n = root;
	size_t i;

	for (i = 0; n != NULL && i < f->n_steps; i++)
		n = find(n, &f->steps[i], f->steps[i].nth);
	return n;
}

static void
set_attribute(xmlNode *n, const char *name, const char *value)
{
	if (str_eq(name, "xml:lang"))
		xmlNodeSetLang(n, (const xmlChar *)value);
	else
		xmlSetProp(n, (const xmlChar *)name, (const xmlChar *)value);
}

/* A text that is there already stays, with what it has of markup. */
static void
set_text(xmlNode *n, const char *value)
{
	xmlChar *old = xmlNodeGetContent(n);
	struct buf a = { 0 }, b = { 0 };

	value_trim(&a, (const char *)old, false);
	value_trim(&b, value, false);
	if (!str_eq(buf_str(&a), buf_str(&b))) {
		xmlNodeSetContent(n, NULL);
		xmlAddChild(n, xmlNewDocText(n->doc, (const xmlChar *)value));
	}
	xmlFree(old);
	buf_free(&a);
	buf_free(&b);
}

void
tree_put(xmlNode *root, const struct form *form, const struct field *f,
    const char *value, long nth)
{
	struct buf path = { 0 };
	xmlNode *n = root, *child;
	size_t i;

	for (i = 0; i < f->n_steps; i++, n = child) {
		const struct step *step = &f->steps[i];
		const bool last = i + 1 == f->n_steps;

		child = find(n, step, last && nth > 1 ? nth : step->nth);
		if (child == NULL)
			child = create(n, form, &path, step);
		buf_printf(&path, "%s%s", path.n > 0 ? "/" : "", step->name);
	}
	if (f->attribute != NULL)
		set_attribute(n, f->attribute, value);
	else
		set_text(n, value);
	buf_free(&path);
}

void
tree_cut(xmlNode *root, const struct field *f, long n)
{
	xmlNode *parent = root, *surplus;
	size_t i;

	for (i = 0; parent != NULL && i + 1 < f->n_steps; i++)
		parent = find(parent, &f->steps[i], f->steps[i].nth);
	while (parent != NULL && (surplus = find(parent,
	    &f->steps[f->n_steps - 1], n + 1)) != NULL) {
		xmlUnlinkNode(surplus);
		xmlFreeNode(surplus);
	}
}

static bool
is_blank(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE && xmlIsBlankNode((xmlNode *)n);
}

static void
strip(xmlNode *n, const struct form *form, struct buf *path)
{
	const struct form_field *f = form_lookup(form, buf_str(path));
	const size_t before = path->n;
	xmlNode *child, *next;

	/* A text with markup in it has white space of its own. */
	if (f != NULL && f->type != FORM_GROUP)
		return;
	for (child = n->children; child != NULL; child = next) {
		next = child->next;
		if (is_blank(child)) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
		} else if (child->type == XML_ELEMENT_NODE) {
			buf_printf(path, "%s%s", before > 0 ? "/" : "",
			    (const char *)child->name);
			strip(child, form, path);
			path->n = before;
			if (path->p != NULL)
				path->p[before] = '\0';
		}
	}
}

void
tree_strip(xmlNode *root, const struct form *form)
{
	struct buf path = { 0 };

	strip(root, form, &path);
	buf_free(&path);
}
