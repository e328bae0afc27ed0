/*
 * What is not XSL-FO: figures inside instream-foreign-object as trees of their
 * own, and what fo:declarations says of the document (XMP, attached files),
 * in the vocabulary of Apache FOP.
 */
#include "fo/fo_int.h"

#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>

#define NS_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* --------------------------------------------------------------- trees */

static void
own(struct unit *u, xmlDoc *doc)
{
	struct foreign *f = arena_alloc(u->arena, sizeof *f);

	f->doc = doc;
	f->next = u->foreign;
	u->foreign = f;
}

/* The declaration of a namespace in force at the node, made if missing. */
static xmlNs *
namespace_for(xmlNode *node, const char *href)
{
	struct buf b = { 0 };
	xmlNs *ns;
	int i;

	if (href == NULL)
		return NULL;
	if (strcmp(href, NS_XML) == 0)
		return xmlSearchNs(node->doc, node, BAD_CAST "xml");
	/* A default namespace does not reach attributes. */
	ns = xmlSearchNsByHref(node->doc, node, BAD_CAST href);
	if (ns != NULL && ns->prefix != NULL)
		return ns;
	ns = NULL;
	for (i = 0; ns == NULL && i < 1000; i++) {
		buf_clear(&b);
		buf_printf(&b, "n%d", i);
		if (xmlSearchNs(node->doc, node, BAD_CAST buf_str(&b)) == NULL)
			ns = xmlNewNs(node, BAD_CAST href,
			    BAD_CAST buf_str(&b));
	}
	buf_free(&b);
	return ns;
}

/* An element's own name is put into a default namespace, as a figure mostly
 * is of one. */
static void
set_namespace(xmlNode *node, const char *href)
{
	xmlNs *ns;

	if (href == NULL)
		return;
	ns = xmlSearchNs(node->doc, node, NULL);
	if (ns == NULL || strcmp((const char *)ns->href, href) != 0)
		ns = xmlNewNs(node, BAD_CAST href, NULL);
	xmlSetNs(node, ns);
}

static xmlNode *
element_new(struct fo_doc *d, xmlDoc *doc, xmlNode *parent,
    const struct xml_event *e)
{
	xmlNode *node = xmlNewDocNode(doc, NULL, BAD_CAST e->name, NULL);
	size_t i;

	if (parent != NULL)
		xmlAddChild(parent, node);
	else
		xmlDocSetRootElement(doc, node);
	set_namespace(node, e->ns);
	for (i = 0; i < e->n_attrs; i++)
		xmlNewNsProp(node, namespace_for(node, e->attrs[i].ns),
		    BAD_CAST e->attrs[i].name, BAD_CAST e->attrs[i].value);
	if (e->where.file != NULL)
		xml_set_where(d->job, node, e->where);
	return node;
}

xmlNode *
foreign_read(struct fo_doc *d, struct unit *u, const struct xml_event *start)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *root, *cur;
	const struct xml_event *e;

	own(u, doc);
	root = cur = element_new(d, doc, NULL, start);
	event_next(d);
	while ((e = event_peek(d)) != NULL) {
		if (e->type == XML_EVENT_START) {
			cur = element_new(d, doc, cur, e);
		} else if (e->type == XML_EVENT_TEXT) {
			xmlAddChild(cur, xmlNewDocTextLen(doc,
			    BAD_CAST e->text, (int)e->n_text));
		} else if (cur == root) {
			event_next(d);
			break;
		} else {
			cur = cur->parent;
		}
		event_next(d);
	}
	return root;
}

xmlNode *
foreign_copy(struct unit *u, const xmlNode *node)
{
	xmlDoc *doc;

	if (node == NULL)
		return NULL;
	doc = xmlCopyDoc(node->doc, 1);
	own(u, doc);
	return xmlDocGetRootElement(doc);
}

/* ---------------------------------------------------------------- info */

static const char *
content(struct fo_doc *d, const xmlNode *node)
{
	xmlChar *text = xmlNodeGetContent(node);
	const char *s = (const char *)text, *copy;
	size_t n;

	if (text == NULL)
		return NULL;
	while (is_space((unsigned char)*s))
		s++;
	n = strlen(s);
	while (n > 0 && is_space((unsigned char)s[n - 1]))
		n--;
	copy = n > 0 ? arena_strndup(d->lasting->arena, s, n) : NULL;
	xmlFree(text);
	return copy;
}

static const char *
attribute(struct fo_doc *d, const xmlNode *node, const char *name)
{
	xmlChar *text = xmlGetNoNsProp(node, BAD_CAST name);
	const char *copy = NULL;

	if (text != NULL)
		copy = arena_strdup(d->lasting->arena, (const char *)text);
	xmlFree(text);
	return copy;
}

/* The values of an rdf:Bag or rdf:Seq, with commas. */
static const char *
list_content(struct fo_doc *d, const xmlNode *node)
{
	const xmlNode *list = xml_child(node, NULL), *li;
	struct buf b = { 0 };
	const char *text;

	if (list == NULL || str_eq((const char *)list->name, "Alt"))
		return content(d, list != NULL && xml_child(list, NULL) != NULL
		    ? xml_child(list, NULL) : node);
	for (li = xml_child(list, NULL); li != NULL; li = xml_next(li, NULL)) {
		text = content(d, li);
		if (text == NULL)
			continue;
		if (b.n > 0)
			buf_puts(&b, ", ");
		buf_puts(&b, text);
	}
	text = arena_strdup(d->lasting->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

/* True if the field is one of the document information, and taken. */
static bool
take_field(struct fo_doc *d, const char *name, const char *value)
{
	struct fo_info *info = &d->info;
	const char *elsewhere; /* the writer or the root says it better */
	const struct {
		const char *name;
		const char **field;
	} fields[] = {
		{ "title", &info->title }, { "Title", &info->title },
		{ "creator", &info->author }, { "Author", &info->author },
		{ "description", &info->subject },
		{ "Subject", &info->subject },
		{ "Keywords", &info->keywords },
		{ "subject", &info->keywords },
		{ "CreatorTool", &info->creator },
		{ "Creator", &info->creator },
		{ "CreateDate", &info->date }, { "date", &info->date },
		{ "CreationDate", &info->date },
		{ "identifier", &info->number },
		{ "language", &elsewhere }, { "format", &elsewhere },
		{ "Producer", &elsewhere }, { "ModifyDate", &elsewhere },
	};
	size_t i;

	for (i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_eq(name, fields[i].name)) {
			if (value != NULL)
				*fields[i].field = value;
			return true;
		}
	return false;
}

/* The declaration of a namespace on the root of what is written alone, under
 * the prefix that readers of XMP expect (ISO 16684-1, 8). */
static xmlNs *
declare(xmlNode *root, const xmlChar *href)
{
	static const struct {
		const char *href, *prefix;
	} usual[] = {
		{ NS_RDF, "rdf" },
		{ "http://purl.org/dc/elements/1.1/", "dc" },
		{ "http://ns.adobe.com/xap/1.0/", "xmp" },
		{ "http://ns.adobe.com/xap/1.0/mm/", "xmpMM" },
		{ "http://ns.adobe.com/xap/1.0/rights/", "xmpRights" },
		{ "http://ns.adobe.com/pdf/1.3/", "pdf" },
	};
	char other[24] = "";
	const char *prefix = other;
	xmlNs *ns;
	size_t i, n = 0;

	for (ns = root->nsDef; ns != NULL; ns = ns->next, n++)
		if (xmlStrEqual(ns->href, href))
			return ns;
	snprintf(other, sizeof other, "ns%zu", n);
	for (i = 0; i < sizeof usual / sizeof *usual; i++)
		if (str_eq((const char *)href, usual[i].href))
			prefix = usual[i].prefix;
	return xmlNewNs(root, href, BAD_CAST prefix);
}

static void
declare_below(xmlNode *root, xmlNode *node)
{
	xmlNode *child;
	xmlAttr *a;

	if (node->ns != NULL)
		node->ns = declare(root, node->ns->href);
	for (a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL && !str_eq((const char *)a->ns->href, NS_XML))
			a->ns = declare(root, a->ns->href);
	for (child = xml_child(node, NULL); child != NULL;
	     child = xml_next(child, NULL))
		declare_below(root, child);
	if (node != root) {
		xmlFreeNsList(node->nsDef);
		node->nsDef = NULL;
	}
}

/* Written alone it must declare what it uses. */
static void
declare_all(xmlNode *root)
{
	xmlNs *before = root->nsDef;

	root->nsDef = NULL;
	declare_below(root, root);
	xmlFreeNsList(before);
}

/* What the document information has no field for goes into the file as it
 * is; the rest is written from the fields, since no property may stand twice. */
static void
take_description(struct fo_doc *d, xmlNode *node, struct buf *xmp)
{
	xmlNode *child, *next;
	xmlAttr *a, *next_a;
	xmlBuffer *out;

	for (child = xml_child(node, NULL); child != NULL; child = next) {
		next = xml_next(child, NULL);
		if (take_field(d, (const char *)child->name,
			list_content(d, child))) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
		}
	}
	for (a = node->properties; a != NULL; a = next_a) {
		next_a = a->next;
		if (a->ns != NULL && a->children != NULL &&
		    take_field(d, (const char *)a->name,
			content(d, a->children)))
			xmlRemoveProp(a);
	}
	if (xml_child(node, NULL) == NULL &&
	    (node->properties == NULL || node->properties->next == NULL))
		return;
	declare_all(node);
	out = xmlBufferCreate();
	xmlNodeDump(out, node->doc, node, 0, 0);
	buf_put(xmp, xmlBufferContent(out), (size_t)xmlBufferLength(out));
	buf_putc(xmp, '\n');
	xmlBufferFree(out);
}

static void
take_xmp(struct fo_doc *d, xmlNode *meta)
{
	xmlNode *rdf, *node, *next;
	struct buf xmp = { 0 };

	rdf = xml_is(meta, NS_RDF, "RDF") ? meta : xml_child(meta, "RDF");
	for (node = rdf != NULL ? xml_child(rdf, "Description") : NULL;
	     node != NULL; node = next) {
		next = xml_next(node, "Description");
		take_description(d, node, &xmp);
	}
	if (xmp.n > 0)
		d->info.xmp = arena_strdup(d->lasting->arena, buf_str(&xmp));
	buf_free(&xmp);
}

static void
take_file(struct fo_doc *d, const xmlNode *node)
{
	VEC_RESERVE(d->files, d->files_cap, d->info.n_files + 1);
	d->files[d->info.n_files++] = (struct fo_file){
		.name = attribute(d, node, "filename"),
		.description = attribute(d, node, "description"),
		.src = attribute(d, node, "src"),
	};
	d->info.files = d->files;
}

/* --------------------------------------------------------------- layers */

/* The child of that name and key, or NULL: pdf:name, pdf:array, pdf:dictionary
 * of Apache FOP. */
static xmlNode *
keyed(struct fo_doc *d, xmlNode *node, const char *name, const char *key)
{
	xmlNode *child = node != NULL ? xml_child(node, name) : NULL;
	const char *has;

	for (; child != NULL; child = xml_next(child, name))
		if ((has = attribute(d, child, "key")) != NULL &&
		    str_eq(has, key))
			return child;
	return NULL;
}

static void
take_layer(struct fo_doc *d, xmlNode *node)
{
	xmlNode *name = keyed(d, node, "string", "Name");
	struct fo_layer layer = { .id = attribute(d, node, "id"),
		.name = name != NULL ? content(d, name) : NULL,
		.hidden = d->layers_hidden };

	if (layer.id == NULL)
		return;
	if (layer.name == NULL)
		layer.name = layer.id;
	VEC_RESERVE(d->layers, d->layers_cap, d->info.n_layers + 1);
	d->layers[d->info.n_layers++] = layer;
	d->info.layers = d->layers;
}

/* The layers that an array refers to show at first, or not. */
static void
set_hidden(struct fo_doc *d, xmlNode *array, bool hidden)
{
	xmlNode *child = array != NULL ? xml_child(array, "reference") : NULL;
	const char *id;

	for (; child != NULL; child = xml_next(child, "reference")) {
		id = attribute(d, child, "refid");
		for (size_t i = 0; id != NULL && i < d->info.n_layers; i++)
			if (str_eq(d->layers[i].id, id))
				d->layers[i].hidden = hidden;
	}
}

/* Of pdf:catalog that counts which says how the layers are at first (ISO 32000-1,
 * 8.11.4.3); their directory is written anyway. */
static void
take_catalog(struct fo_doc *d, xmlNode *node)
{
	xmlNode *first = keyed(d, keyed(d, node, "dictionary", "OCProperties"),
	    "dictionary", "D");
	xmlNode *base = keyed(d, first, "name", "BaseState");
	const char *state = base != NULL ? content(d, base) : NULL;

	d->layers_hidden = state != NULL && str_eq(state, "OFF");
	for (size_t i = 0; i < d->info.n_layers; i++)
		d->layers[i].hidden = d->layers_hidden;
	set_hidden(d, keyed(d, first, "array", "ON"), false);
	set_hidden(d, keyed(d, first, "array", "OFF"), true);
}

void
info_add(struct fo_doc *d, xmlNode *node)
{
	const char *name = (const char *)node->name;
	const xmlNode *child;

	if (str_eq(name, "xmpmeta") || str_eq(name, "RDF")) {
		take_xmp(d, node);
	} else if (str_eq(name, "embedded-file")) {
		take_file(d, node);
	} else if (str_eq(name, "layer")) {
		take_layer(d, node);
	} else if (str_eq(name, "catalog")) {
		take_catalog(d, node);
	} else if (str_eq(name, "info")) {
		/* pdf:info of Apache FOP: <pdf:name key="Title">…. */
		for (child = xml_child(node, NULL); child != NULL;
		     child = xml_next(child, NULL))
			take_field(d, attribute(d, child, "key"),
			    content(d, child));
	} else {
		diag_report(d->job->diag, DIAG_FO_ELEMENT, xml_where(node),
		    name);
	}
}

void
info_root(struct fo_doc *d)
{
	const struct fo_style *s = d->root->style;
	const char *language = fo_string(s, PR_LANGUAGE);
	const char *country = fo_string(s, PR_COUNTRY);
	struct buf b = { 0 };

	if (language == NULL)
		return;
	buf_puts(&b, language);
	if (country != NULL) {
		buf_putc(&b, '-');
		buf_puts(&b, country);
	}
	d->info.lang = arena_strdup(d->lasting->arena, buf_str(&b));
	buf_free(&b);
}

static void
put_text(struct buf *out, const struct fo_node *n)
{
	const struct fo_node *c;

	if (n->type == FO_TEXT)
		buf_put(out, n->text, n->text_n);
	for (c = n->first; c != NULL; c = c->next)
		put_text(out, c);
}

void
info_title(struct fo_doc *d, const struct fo_node *title)
{
	struct buf b = { 0 };

	put_text(&b, title);
	d->info.title = arena_strdup(d->lasting->arena, buf_str(&b));
	buf_free(&b);
}

const struct fo_info *
fo_info(struct fo_doc *d)
{
	return &d->info;
}
