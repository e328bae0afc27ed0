/*
 * Bytes in, a tree with places out.
 *
 * libxml2 gives a node a line of 16 bits and no column, and loses both in a
 * schema error.  So the SAX handler that builds the tree is wrapped: at each
 * start tag the offset of its "<" is found and line and column are counted up
 * to there from the tag before, once over the file in all.
 *
 * Entities: a record needs none, or a name for a character.  So a declaration is
 * accepted only if its text is short and calls no other entity; then nothing
 * can grow, and there is nothing to fetch.  FO files of others have them for
 * whatever is written often; there libxml2 sees to it that nothing grows beyond
 * measure.  What stands in an entity has the place of the tag before it.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/uri.h>
#include <libxml/xmlsave.h>

#include "xml/xml_int.h"

/* A record is written by people; 4 MB is a hundred times the largest seen.
 * libxml2 itself stops at a depth of 256. */
const struct xml_limits xml_limits_record = { 4 << 20, 100000, 100, false,
	0, false };
const struct xml_limits xml_limits_data = { 16 << 20, 400000, 200, false, 0,
	false };
/* Whoever reads FO keeps its own stack; drawings are trees of libxml2. */
const struct xml_limits xml_limits_fo = { (size_t)1 << 30, 100000000, 30000,
	true, 0, true };
const struct xml_limits xml_limits_drawing = { (size_t)1 << 30, 100000000,
	250, false, 0, false };

#define ENTITY_MAX 200 /* bytes an entity may stand for */

static void
quiet(void *data, const char *fmt, ...)
{
	(void)data;
	(void)fmt;
}

/* Whatever libxml2 would fetch by itself (a DTD, an external entity) is not
 * there: schemas and stylesheets are read by us. */
static xmlParserInput *
refuse_external(const char *url, const char *id, xmlParserCtxt *ctxt)
{
	(void)url;
	(void)id;
	(void)ctxt;
	return NULL;
}

struct xml *
xml_new(void)
{
	struct xml *x = xcalloc(1, sizeof *x);

	xml_memory_limit();
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, quiet);
	xmlSetExternalEntityLoader(refuse_external);
	x->arena = arena_new();
	x->dict = xmlDictCreate();
	x->schemas = map_new();
	x->styles = map_new();
	x->documents = map_new();
	x->structures = map_new();
	return x;
}

void
xml_holds_elements(struct xml *x, const char *ns, const char *name)
{
	if (x->ns == NULL)
		x->ns = arena_strdup(x->arena, ns);
	map_put(x->structures, name, x);
}

void
xml_free(struct xml *x)
{
	size_t i;

	if (x == NULL)
		return;
	for (i = 0; i < map_count(x->schemas); i++)
		schema_free(map_value(x->schemas, i));
	for (i = 0; i < map_count(x->styles); i++)
		style_free(map_value(x->styles, i));
	for (i = 0; i < map_count(x->documents); i++)
		xmlFreeDoc(map_value(x->documents, i));
	map_free(x->schemas);
	map_free(x->styles);
	map_free(x->documents);
	map_free(x->structures);
	for (i = 0; i < x->n_allowed; i++)
		free(x->allowed[i]);
	free(x->allowed);
	xmlDictFree(x->dict);
	arena_free(x->arena);
	free(x);
}

/* --------------------------------------------------------------- places */

static void
tracker_start(struct tracker *t)
{
	t->off = 0;
	t->line = t->col = 1;
}

void
tracker_advance(struct tracker *t, const char *bytes, size_t base, size_t to)
{
	const char *p = bytes + (t->off - base);
	const char *const end = bytes + (to - base);
	const char *nl;

	if (to <= t->off)
		return;
	if (t->off == 0 && end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	while ((nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		t->line++;
		t->col = 1;
		p = nl + 1;
	}
	for (; p < end; p++)
		if (((unsigned char)*p & 0xC0) != 0x80)
			t->col++;
	t->off = to;
}

struct where
parse_last_where(const struct parse *p)
{
	return (struct where){ p->file, p->tracker.line, p->tracker.col };
}

struct where
parse_tag_where(struct parse *p, xmlParserCtxt *ctxt)
{
	const xmlParserInput *const in = ctxt->input;
	const xmlChar *lt = in->cur;
	struct where where = { p->file, in->line, in->col };
	size_t off;

	if (ctxt != p->main)
		return parse_last_where(p);
	/* An attribute cannot hold a "<", so the nearest one opens the tag. */
	while (lt > in->base && *lt != '<')
		lt--;
	off = in->consumed + (size_t)(lt - in->base);
	if (p->bytes != NULL && (in->buf == NULL || in->buf->encoder == NULL)) {
		tracker_advance(&p->tracker, p->bytes, p->base, off);
		where.line = p->tracker.line;
		where.col = p->tracker.col;
		return where;
	}
	/* Another encoding: offsets are not those of the file. */
	for (; lt < in->cur; lt++) {
		where.col--;
		if (*lt == '\n') {
			where.line--;
			where.col = 1;
		}
	}
	return where;
}

struct where
xml_where(const xmlNode *node)
{
	for (; node != NULL; node = node->parent) {
		if (node->type == XML_ELEMENT_NODE && node->_private != NULL)
			return *(const struct where *)node->_private;
		if (node->type == XML_DOCUMENT_NODE ||
		    node->type == XML_HTML_DOCUMENT_NODE ||
		    node->type == XML_NAMESPACE_DECL)
			break;
	}
	return where_none();
}

void
xml_set_where(struct job *job, xmlNode *node, struct where where)
{
	struct where *copy = arena_alloc(job->arena, sizeof *copy);

	*copy = where;
	node->_private = copy;
}

struct where
xml_where_parse(struct job *job, const char *place)
{
	struct where where = where_none();
	const char *col = place != NULL ? strrchr(place, ':') : NULL;
	const char *line = col;
	long l, c;

	if (col == NULL)
		return where;
	while (line > place && line[-1] != ':')
		line--;
	if (line <= place + 1 || !num_parse_int(line, NULL, &l) ||
	    !num_parse_int(col + 1, NULL, &c))
		return where;
	where.file = arena_strndup(job->arena, place,
	    (size_t)(line - 1 - place));
	where.line = (int32_t)l;
	where.col = (int32_t)c;
	return where;
}

/* ---------------------------------------------------------------- policy */

void
parse_fail(struct parse *p, enum diag_code code, struct where where,
    const char *a, const char *b)
{
	if (!p->fatal)
		diag_report(p->job->diag, code, where, a != NULL ? a : "",
		    b != NULL ? b : "");
	p->failed = p->fatal = true;
}

bool
parse_enter(struct parse *p, xmlParserCtxt *ctxt, struct where where,
    const char *name)
{
	struct buf n = { 0 };

	p->elements++;
	p->depth++;
	if (p->depth > p->limits->depth) {
		buf_printf(&n, "%d", p->limits->depth);
		parse_fail(p, DIAG_XML_DEPTH, where, name, buf_str(&n));
	} else if (p->elements > p->limits->elements) {
		buf_printf(&n, "%zu", p->limits->elements);
		parse_fail(p, DIAG_XML_ELEMENTS, where, buf_str(&n), NULL);
	} else {
		return true;
	}
	buf_free(&n);
	xmlStopParser(ctxt);
	return false;
}

static void
start_element(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attrs,
    int n_default, const xmlChar **attrs)
{
	xmlParserCtxt *ctxt = data;
	struct parse *p = ctxt->_private;
	const struct where where = parse_tag_where(p, ctxt);

	if (!parse_enter(p, ctxt, where, (const char *)name))
		return;
	xmlSAX2StartElementNs(data, name, prefix, uri, n_ns, ns, n_attrs,
	    n_default, attrs);
	if (ctxt->node != NULL)
		xml_set_where(p->job, ctxt->node, where);
}

static void
end_element(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct parse *p = ((xmlParserCtxt *)data)->_private;

	p->depth--;
	xmlSAX2EndElementNs(data, name, prefix, uri);
}

static bool
is_structure(const struct xml *x, const xmlNode *node)
{
	return node != NULL && node->ns != NULL && x->ns != NULL &&
	    str_eq((const char *)node->ns->href, x->ns) &&
	    map_lookup(x->structures, (const char *)node->name) != NULL;
}

/* A third of a record's nodes would be the indentation of its file. */
static void
characters(void *data, const xmlChar *text, int n)
{
	const xmlParserCtxt *ctxt = data;
	const struct parse *p = ctxt->_private;
	int i;

	for (i = 0; i < n && is_space(text[i]); i++)
		;
	if (i < n || !is_structure(p->x, ctxt->node))
		xmlSAX2Characters(data, text, n);
}

/* See the top of the file. */
static bool
is_harmless(const struct parse *p, const char *text)
{
	return p->limits->entities ||
	    (strlen(text) <= ENTITY_MAX && strpbrk(text, "<&%") == NULL);
}

/* What is refused ends the parse, or is empty from here on. */
static void
declare_entity(void *data, const xmlChar *name, int type,
    const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	xmlParserCtxt *ctxt = data;
	struct parse *p = ctxt->_private;
	const char *text = content != NULL ? (const char *)content : "";
	const struct where where = { p->file, ctxt->input->line,
		ctxt->input->col };

	if (p->limits->entities && system_id != NULL) {
		diag_report(p->job->diag, DIAG_XML_ENTITY_LEFT_OUT, where,
		    (const char *)name);
		xmlSAX2EntityDecl(data, name,
		    type == XML_EXTERNAL_PARAMETER_ENTITY
			? XML_INTERNAL_PARAMETER_ENTITY
			: XML_INTERNAL_GENERAL_ENTITY,
		    NULL, NULL, (xmlChar *)"");
		return;
	}
	if (type != XML_INTERNAL_GENERAL_ENTITY && !p->limits->entities) {
		parse_fail(p, DIAG_XML_ENTITY_EXTERNAL, where,
		    (const char *)name, NULL);
	} else if (!is_harmless(p, text)) {
		parse_fail(p, DIAG_XML_ENTITY_GROWS, where,
		    (const char *)name, NULL);
	} else {
		xmlSAX2EntityDecl(data, name, type, public_id, system_id,
		    content);
		return;
	}
	xmlStopParser(ctxt);
}

static void
on_error(void *data, xmlError *err)
{
	xmlParserCtxt *ctxt = data;

	if (ctxt != NULL && ctxt->_private != NULL)
		parse_error_report(ctxt->_private, err);
}

void
parse_setup(struct parse *p, struct job *job, struct xml *x, const char *file,
    const struct xml_limits *limits, xmlParserCtxt *ctxt)
{
	p->job = job;
	p->x = x;
	p->main = ctxt;
	p->limits = limits;
	p->file = arena_strdup(job->arena, file);
	tracker_start(&p->tracker);
	xmlDictReference(x->dict);
	xmlDictFree(ctxt->dict);
	ctxt->dict = x->dict;
	ctxt->_private = p;
	ctxt->sax->serror = on_error;
	ctxt->sax->startElementNs = start_element;
	ctxt->sax->endElementNs = end_element;
	ctxt->sax->entityDecl = declare_entity;
	ctxt->sax->externalSubset = NULL;
}

/* --------------------------------------------------------------- parsing */

xmlDoc *
xml_parse_bytes(struct job *job, struct xml *x, const char *bytes, size_t n,
    const char *name, const struct xml_limits *limits)
{
	struct parse p = { 0 };
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	xmlDoc *doc;

	if (ctxt == NULL)
		xmalloc(SIZE_MAX); /* ends the program */
	parse_setup(&p, job, x, name, limits, ctxt);
	/* One for both: else libxml2 guesses which white space matters. */
	ctxt->sax->characters = ctxt->sax->ignorableWhitespace = characters;
	p.bytes = bytes;
	if (n > limits->bytes || n > INT32_MAX) {
		struct buf max = { 0 };

		buf_num(&max, (double)limits->bytes / 1e6, /*decimals*/ 1);
		parse_fail(&p, DIAG_FILE_TOO_LARGE, where_file(p.file),
		    buf_str(&max), NULL);
		buf_free(&max);
		doc = NULL;
	} else {
		xmlChar *url = xmlPathToURI((const xmlChar *)name);

		doc = xmlCtxtReadMemory(ctxt, bytes, (int)n,
		    (const char *)url, NULL, PARSE_OPTIONS);
		xmlFree(url);
	}
	if (doc == NULL || p.failed) {
		if (!p.failed)
			parse_fail(&p, DIAG_XML_SYNTAX, where_file(p.file),
			    NULL, NULL);
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlFreeParserCtxt(ctxt);
	return doc;
}

xmlDoc *
xml_parse_file(struct job *job, struct xml *x, const char *path,
    const struct xml_limits *limits)
{
	struct buf b = { 0 };
	xmlDoc *doc = NULL;

	if (file_read(job, path, limits->bytes, &b))
		doc = xml_parse_bytes(job, x, buf_str(&b), b.n, path, limits);
	buf_free(&b);
	return doc;
}

/* ------------------------------------------------------------- tree help */

xmlDoc *
xml_new_tree(struct xml *x)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");

	doc->dict = x->dict;
	xmlDictReference(x->dict);
	return doc;
}

/* Both trees have the same shape. */
static void
copy_places(struct job *job, const xmlNode *from, xmlNode *to,
    const char *file)
{
	for (; from != NULL; from = from->next, to = to->next) {
		struct where where;

		if (from->type != XML_ELEMENT_NODE)
			continue;
		where = xml_where(from);
		where.file = file;
		xml_set_where(job, to, where);
		copy_places(job, from->children, to->children, file);
	}
}

xmlDoc *
xml_copy(struct job *job, struct xml *x, const xmlDoc *doc)
{
	xmlNode *const from = xmlDocGetRootElement(doc);
	xmlDoc *copy = xml_new_tree(x);
	xmlNode *to = xmlDocCopyNode(from, copy, /*deep*/ 1);

	if (to == NULL)
		xmalloc(SIZE_MAX); /* ends the program */
	xmlDocSetRootElement(copy, to);
	copy_places(job, from, to,
	    arena_strdup(job->arena, xml_where(from).file));
	return copy;
}

const char *
xml_attr(struct job *job, const xmlNode *node, const char *name)
{
	const xmlAttr *a;
	xmlChar *v;
	char *copy;

	for (a = node->properties; a != NULL; a = a->next) {
		if (a->ns != NULL || !str_eq((const char *)a->name, name))
			continue;
		/* Nearly always one text node, whose text is already ours. */
		if (a->children != NULL && a->children->next == NULL &&
		    a->children->type == XML_TEXT_NODE)
			return arena_strdup(job->arena,
			    (const char *)a->children->content);
		v = xmlNodeGetContent((const xmlNode *)a);
		copy = arena_strdup(job->arena, v ? (const char *)v : "");
		xmlFree(v);
		return copy;
	}
	return NULL;
}

bool
xml_is(const xmlNode *node, const char *ns, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	    str_eq((const char *)node->name, name) &&
	    str_eq(node->ns ? (const char *)node->ns->href : NULL, ns);
}

static xmlNode *
first_named(xmlNode *n, const char *name)
{
	for (; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE &&
		    (name == NULL || str_eq((const char *)n->name, name)))
			return n;
	return NULL;
}

xmlNode *
xml_child(const xmlNode *node, const char *name)
{
	return node != NULL ? first_named(node->children, name) : NULL;
}

xmlNode *
xml_next(const xmlNode *node, const char *name)
{
	return node != NULL ? first_named(node->next, name) : NULL;
}

static int
append(void *data, const char *bytes, int n)
{
	buf_put(data, bytes, (size_t)n);
	return n;
}

void
xml_write(const xmlDoc *doc, bool indent, struct buf *out)
{
	xmlSaveCtxt *save = xmlSaveToIO(append, NULL, out, "UTF-8",
	    indent ? XML_SAVE_FORMAT : 0);

	xmlSaveDoc(save, (xmlDoc *)doc);
	xmlSaveClose(save);
}
