/*
 * A file of a user becomes a record: first its links at a glance, or whole:
 * well-formed, then its schema, then the rules of phase `record`.  A step runs
 * only if the one before found nothing, since its findings would be echoes.
 */
#include <stdlib.h>
#include <string.h>

#include "records/records_int.h"
#include "xml/xml.h"

/* -------------------------------------------------------------- at a glance */

static const char *
event_attr(const struct xml_event *e, const char *name)
{
	size_t i;

	for (i = 0; i < e->n_attrs; i++)
		if (e->attrs[i].ns == NULL && str_eq(e->attrs[i].name, name))
			return e->attrs[i].value;
	return NULL;
}

static void
add_link(struct job *job, struct record_head *head, size_t *cap,
    const struct xml_event *e, const char *id)
{
	struct record_link *links = arena_grow(job->arena,
	    (void *)head->links, cap, head->n_links + 1, sizeof *links);

	links[head->n_links++] = (struct record_link){
		.element = arena_strdup(job->arena, e->name),
		.id = arena_strdup(job->arena, id),
		.where = e->where,
	};
	head->links = links;
}

enum record_scan
record_scan(struct job *job, struct records *rs, const char *path,
    struct record_head *head)
{
	struct xml_reader *r = xml_reader_open(job, rs->x, path,
	    &xml_limits_record);
	const struct xml_event *e;
	enum record_scan result = SCAN_RECORD;
	size_t cap = 0;

	*head = (struct record_head){ 0 };
	if (r == NULL)
		return SCAN_FAILED;
	while (result == SCAN_RECORD && (e = xml_reader_next(r)) != NULL) {
		const char *id;

		if (e->type != XML_EVENT_START)
			continue;
		if (head->kind != NULL) {
			if ((id = event_attr(e, "ref")) != NULL)
				add_link(job, head, &cap, e, id);
			continue;
		}
		head->kind = arena_strdup(job->arena, e->name);
		head->file = e->where.file;
		head->where = e->where;
		id = event_attr(e, "id");
		if (!str_eq(e->ns, RECORD_NS)) {
			result = SCAN_OTHER_XML;
		} else if (id == NULL || *id == '\0') {
			diag_report(job->diag, DIAG_RECORD_NO_ID, head->where,
			    head->kind);
			result = SCAN_FAILED;
		} else {
			head->id = arena_strdup(job->arena, id);
		}
	}
	if (xml_reader_failed(r))
		result = SCAN_FAILED;
	xml_reader_free(r);
	return result;
}

void
record_report_foreign(struct job *job, struct records *rs, const char *path,
    enum diag_severity severity)
{
	diag_report(job->diag, severity >= DIAG_ERROR
	    ? DIAG_RECORD_FOREIGN : DIAG_RECORD_SKIPPED,
	    where_file(arena_strdup(job->arena, path)), RECORD_NS,
	    records_kinds(rs));
}

/* -------------------------------------------------------------------- whole */

/* A row of what the schemas say, by tag and name; NULL if there is none. */
static const xmlNode *
words_of(struct records *rs, struct job *job, const char *tag,
    const char *name)
{
	struct job own = { .arena = rs->arena, .diag = job->diag };
	const xmlNode *n;

	if (rs->words == NULL)
		rs->words = records_parse(&own, rs, "schemas/words.xml");
	if (rs->words == NULL || name == NULL)
		return NULL;
	for (n = xml_child(xmlDocGetRootElement(rs->words), tag); n != NULL;
	    n = xml_next(n, tag))
		if (str_eq(xml_attr(job, n, "name"), name))
			return n;
	return NULL;
}

static const char *
hint(void *data, struct job *job, enum lang lang, enum xml_hint what,
    const char *name)
{
	struct records *rs = data;
	const xmlNode *n;

	if (what == XML_HINT_VALUE) {
		n = words_of(rs, job, "element", name);
		if (n == NULL)
			n = words_of(rs, job, "attribute", name);
		if (n == NULL)
			return NULL;
		name = xml_attr(job, n, "type");
	}
	n = words_of(rs, job, what == XML_HINT_ELEMENT ? "element"
	    : "simpleType", name);
	return n == NULL ? NULL
	    : xml_attr(job, n, lang == LANG_FR ? "fr" : "en");
}

const char *
records_heading(struct job *job, struct records *rs, const char *element,
    enum lang lang)
{
	const xmlNode *n = words_of(rs, job, "element", element);
	const char *heading = n == NULL ? NULL
	    : xml_attr(job, n, lang == LANG_FR ? "headingFr" : "headingEn");

	return heading != NULL ? heading : element;
}

bool
records_is_number(struct job *job, struct records *rs, const char *element)
{
	const xmlNode *n = words_of(rs, job, "element", element);

	return n != NULL && xml_attr(job, n, "number") != NULL;
}

void
records_expect(struct records *rs, const char *kind)
{
	if (records_has_kind(rs, kind))
		map_put(rs->expected, kind, rs);
}

/* The schema that knows this kind: compiled with all kinds expected. */
static struct xml_schema *
schema_of(struct job *job, struct records *rs, const char *kind)
{
	struct xml_schema *s = map_lookup(rs->schemas, kind);
	struct buf folder = { 0 };
	const char **files;
	size_t n, i;

	if (s != NULL)
		return s;
	records_expect(rs, kind);
	n = map_count(rs->expected);
	files = arena_array(job->arena, n, sizeof *files);
	for (i = 0; i < n; i++) {
		struct buf file = { 0 };

		buf_printf(&file, "%s.xsd", map_key(rs->expected, i));
		files[i] = arena_strdup(job->arena, buf_str(&file));
		buf_free(&file);
	}
	buf_printf(&folder, "%s/schemas/records", rs->data);
	s = xml_schema_load(job, rs->x, buf_str(&folder), RECORD_NS, files, n);
	for (i = 0; s != NULL && i < n; i++)
		map_put(rs->schemas, map_key(rs->expected, i), s);
	if (s != NULL)
		xml_schema_hints(s, hint, rs);
	buf_free(&folder);
	return s;
}

static bool
is_valid(struct job *job, struct records *rs, xmlDoc *doc, const char *path)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const char *kind = (const char *)root->name;
	struct xml_schema *s;
	enum stage former;
	bool valid;

	if (root->ns == NULL ||
	    !str_eq((const char *)root->ns->href, RECORD_NS)) {
		record_report_foreign(job, rs, path, DIAG_ERROR);
		return false;
	}
	if (!records_has_kind(rs, kind)) {
		records_report_kind(job, rs, xml_where(root), kind);
		return false;
	}
	former = stopwatch_enter(job, STAGE_SCHEMA);
	s = schema_of(job, rs, kind);
	valid = s != NULL && xml_schema_check(job, s, doc);
	stopwatch_enter(job, former);
	return valid;
}

/* The record that a tree is, if it is valid; the tree goes with it.  What has
 * a proof needs no look. */
static struct record *
from_tree(struct job *job, struct records *rs, xmlDoc *doc, const char *path,
    enum record_proof proof)
{
	struct record *r;
	xmlNode *root;
	xmlChar *lang;

	if (doc == NULL)
		return NULL;
	if (proof == RECORD_UNPROVEN && !is_valid(job, rs, doc, path)) {
		xmlFreeDoc(doc);
		return NULL;
	}
	root = xmlDocGetRootElement(doc);
	lang = xmlNodeGetLang(root);
	r = xcalloc(1, sizeof *r);
	r->doc = doc;
	r->proof = proof;
	r->kind = arena_strdup(job->arena, (const char *)root->name);
	r->id = xml_attr(job, root, "id");
	r->lang = arena_strdup(job->arena, lang ? (const char *)lang : "");
	r->where = xml_where(root);
	r->file = r->where.file;
	xmlFree(lang);
	return r;
}

static struct record *
obeying(struct job *job, struct records *rs, struct record *r)
{
	if (r == NULL)
		return NULL;
	r->proof = records_rules(job, rs, "record", r->doc);
	if (r->proof != RECORD_UNPROVEN)
		return r;
	record_free(r);
	return NULL;
}

struct record *
record_read(struct job *job, struct records *rs, const char *path)
{
	return from_tree(job, rs, xml_parse_file(job, rs->x, path,
	    &xml_limits_record), path, RECORD_UNPROVEN);
}

struct record *
record_load(struct job *job, struct records *rs, const char *path)
{
	return obeying(job, rs, record_read(job, rs, path));
}

bool
record_file(struct job *job, const char *path, struct buf *bytes)
{
	return file_read(job, path, xml_limits_record.bytes, bytes);
}

struct record *
record_read_bytes(struct job *job, struct records *rs, const char *bytes,
    size_t n, const char *name, enum record_proof proof)
{
	return from_tree(job, rs, xml_parse_bytes(job, rs->x, bytes, n, name,
	    &xml_limits_record), name, proof);
}

struct record *
record_load_bytes(struct job *job, struct records *rs, const char *bytes,
    size_t n, const char *name)
{
	return obeying(job, rs, record_read_bytes(job, rs, bytes, n, name,
	    RECORD_UNPROVEN));
}

struct record *
record_copy(struct job *job, struct records *rs, const struct record *r)
{
	return from_tree(job, rs, xml_copy(job, rs->x, r->doc), r->file,
	    r->proof);
}

void
record_free(struct record *r)
{
	if (r == NULL)
		return;
	xmlFreeDoc(r->doc);
	free(r);
}

/* -------------------------------------------------------------------- rules */

static enum record_proof
report_rule(struct job *job, const xmlNode *n)
{
	const bool error = str_eq(xml_attr(job, n, "severity"), "error");
	xmlChar *text = xmlNodeGetContent(n);

	diag_report_rule(job->diag, error ? DIAG_ERROR : DIAG_WARNING,
	    xml_attr(job, n, "id"),
	    xml_where_parse(job, xml_attr(job, n, "place")),
	    text != NULL ? (const char *)text : "");
	xmlFree(text);
	return error ? RECORD_UNPROVEN : RECORD_PASSED;
}

static struct xml_style *
load_rules(struct job *job, struct records *rs, const char *phase)
{
	struct buf path = { 0 };
	struct xml_style *s;

	buf_printf(&path, "%s/rules/%s.%s.xsl", rs->data, phase,
	    diag_lang(job->diag) == LANG_FR ? "fr" : "en");
	s = xml_style_load(job, rs->x, buf_str(&path));
	buf_free(&path);
	return s;
}

enum record_proof
records_rules(struct job *job, struct records *rs, const char *phase,
    xmlDoc *doc)
{
	const enum stage former = stopwatch_enter(job, STAGE_RULES);
	struct xml_style *s = load_rules(job, rs, phase);
	xmlDoc *found = NULL;
	const xmlNode *n;
	enum record_proof proof = RECORD_SILENT;

	if (s != NULL)
		found = xml_style_run(job, rs->x, s, doc, NULL, 0);
	stopwatch_enter(job, former);
	if (found == NULL)
		return RECORD_UNPROVEN;
	for (n = xml_child(xmlDocGetRootElement(found), NULL); n != NULL;
	    n = xml_next(n, NULL)) {
		const enum record_proof one = report_rule(job, n);

		if (one < proof)
			proof = one;
	}
	xmlFreeDoc(found);
	return proof;
}

bool
records_prepare(struct job *job, struct records *rs)
{
	return (map_count(rs->expected) == 0 ||
	    schema_of(job, rs, map_key(rs->expected, 0)) != NULL) &&
	    load_rules(job, rs, "record") != NULL &&
	    load_rules(job, rs, "subject") != NULL &&
	    load_rules(job, rs, "document") != NULL;
}
