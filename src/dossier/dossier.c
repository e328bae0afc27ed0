/*
 * Records in, one tree out; dossier.h draws it.  The steps of dossier_make()
 * are the order that makes the cut safe: nothing is derived after it.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dossier/dossier_int.h"
#include "records/records.h"
#include "registry/registry.h"
#include "xml/xml.h"

/* ----------------------------------------------------------- what is needed */

static void
report_unknown(struct making *m, const char *id)
{
	const char *like[3];
	const size_t n = registry_similar(m->registry, m->job, id,
	    m->request->subject_kind, 3, like);
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i > 0 ? ", " : "", like[i]);
	if (n > 0)
		diag_report(m->job->diag, DIAG_DOSSIER_SUBJECT_LIKE,
		    where_none(), id, buf_str(&b));
	else
		diag_report(m->job->diag, DIAG_DOSSIER_SUBJECT, where_none(),
		    id);
	buf_free(&b);
}

static bool
find_rows(struct making *m)
{
	const struct dossier_request *q = m->request;

	/* A check is for no document: everything is looked at. */
	m->n = registry_needed(m->registry, m->job, q->subject,
	    q->audience != NULL && !q->whole ? q->about_kind : "*",
	    &m->rows);
	if (m->n == 0) {
		report_unknown(m, q->subject);
		return false;
	}
	if (q->subject_kind != NULL &&
	    !str_has_word(q->subject_kind, m->rows[0].kind)) {
		diag_report(m->job->diag, DIAG_DOSSIER_SUBJECT_KIND,
		    m->rows[0].where, q->subject,
		    records_kinds_shown(m->job, m->rs, m->rows[0].kind),
		    records_kinds_shown(m->job, m->rs, q->subject_kind));
		return false;
	}
	if (q->whole)
		return true;
	m->proven = registry_proven(m->registry, m->job, q->subject,
	    &m->limits);
	return m->proven || registry_check(m->registry, m->job, q->subject);
}

static bool
load_records(struct making *m)
{
	bool ok = true;
	size_t i;

	m->records = arena_array(m->job->arena, m->n, sizeof *m->records);
	for (i = 0; i < m->n; i++)
		records_expect(m->rs, m->rows[i].kind);
	for (i = 0; i < m->n; i++) {
		m->records[i] = registry_read(m->registry, m->job, &m->rows[i]);
		ok &= m->records[i] != NULL;
	}
	return ok;
}

/* ------------------------------------------------------- about, date, lang */

static xmlNode *
root_of(const struct making *m, size_t i)
{
	return xmlDocGetRootElement(m->records[i]->doc);
}

static const char *
text_of(struct making *m, const xmlNode *node)
{
	xmlChar *v = node != NULL ? xmlNodeGetContent(node) : NULL;
	const char *p = (const char *)v, *copy;
	size_t n;

	while (p != NULL && is_space((unsigned char)*p))
		p++;
	n = p != NULL ? strlen(p) : 0;
	while (n > 0 && is_space((unsigned char)p[n - 1]))
		n--;
	copy = p != NULL ? arena_strndup(m->job->arena, p, n) : NULL;
	xmlFree(v);
	return copy;
}

static const char *
date_of(struct making *m, size_t i)
{
	const char *element = records_dated(m->rs, m->records[i]->kind);

	if (element == NULL)
		return NULL;
	return *element == '@' ? xml_attr(m->job, root_of(m, i), element + 1)
	    : text_of(m, xml_child(root_of(m, i), element));
}

static bool
links_to(struct making *m, const xmlNode *root, const char *id)
{
	const xmlNode *n;

	for (n = xml_child(root, NULL); n != NULL; n = xml_next(n, NULL))
		if (str_eq(xml_attr(m->job, n, "ref"), id))
			return true;
	return false;
}

static const char *
epoch_date(struct making *m)
{
	struct buf b = { 0 };
	const char *date;
	struct tm tm;

	if (!clock_given(&tm))
		return NULL;
	buf_printf(&b, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday);
	date = arena_strdup(m->job->arena, buf_str(&b));
	buf_free(&b);
	return date;
}

/* The latest record of the kind the document is about, not after the date;
 * one that links to the subject itself goes before one that does not. */
static bool
choose_about(struct making *m)
{
	const char *kind = m->request->about_kind;
	const char *best_date = NULL;
	bool best_own = false;
	size_t i;

	for (i = 0; i < m->n; i++) {
		const bool right = str_eq(m->records[i]->kind, kind);
		const char *date = right ? date_of(m, i) : NULL;
		bool own;

		if (!right || (m->date != NULL && date != NULL &&
			strcmp(date, m->date) > 0))
			continue;
		own = links_to(m, root_of(m, i), m->request->subject);
		if (m->about != NULL && (own < best_own || (own == best_own &&
			(date == NULL || (best_date != NULL &&
			    strcmp(date, best_date) <= 0)))))
			continue;
		m->about = m->records[i]->id;
		best_date = date;
		best_own = own;
	}
	if (m->about == NULL)
		diag_report(m->job->diag, DIAG_DOSSIER_NO_ABOUT,
		    m->rows[0].where, m->request->subject, kind,
		    m->date != NULL ? m->date : "—");
	if (m->date == NULL)
		m->date = best_date;
	return m->about != NULL;
}

static bool
take_about(struct making *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (str_eq(m->records[i]->id, m->request->about))
			break;
	if (i == m->n || !str_eq(m->records[i]->kind,
		m->request->about_kind)) {
		diag_report(m->job->diag, DIAG_DOSSIER_ABOUT, where_none(),
		    m->request->about, m->request->subject,
		    m->request->about_kind);
		return false;
	}
	m->about = m->records[i]->id;
	if (m->date == NULL)
		m->date = date_of(m, i);
	return true;
}

/* The latest date of any dated record: of a document about the subject. */
static const char *
latest_date(struct making *m)
{
	const char *latest = NULL;
	size_t i;

	for (i = 0; i < m->n; i++) {
		const char *date = date_of(m, i);

		if (date != NULL && (i == 0 ||
			links_to(m, root_of(m, i), m->request->subject)) &&
		    (latest == NULL || strcmp(date, latest) > 0))
			latest = date;
	}
	return latest;
}

static bool
settle(struct making *m)
{
	m->date = m->request->date;
	if (m->date == NULL)
		m->date = epoch_date(m);
	if (m->date == NULL)
		m->date = m->request->to;
	if (m->request->about_kind != NULL &&
	    !(m->request->about != NULL ? take_about(m) : choose_about(m)))
		return false;
	if (m->date == NULL)
		m->date = latest_date(m);
	/* Where nothing is dated no rule looks at the date. */
	if (m->date == NULL && m->request->audience == NULL)
		m->date = "9999-12-31";
	if (m->date == NULL) {
		diag_report(m->job->diag, DIAG_DOSSIER_NO_DATE,
		    m->rows[0].where, m->request->subject);
		return false;
	}
	return true;
}

static const xmlNode *
descendant(const xmlNode *node, const char *name)
{
	const xmlNode *n, *found;

	for (n = xml_child(node, NULL); n != NULL; n = xml_next(n, NULL)) {
		if (str_eq((const char *)n->name, name))
			return n;
		if ((found = descendant(n, name)) != NULL)
			return found;
	}
	return NULL;
}

static const char *
language(struct making *m)
{
	const char *kind, *element, *found = NULL;
	size_t i;

	if (m->request->lang != NULL)
		return m->request->lang;
	records_language(m->rs, &kind, &element);
	for (i = 0; i < m->n && found == NULL; i++)
		if (str_eq(m->records[i]->kind, kind) &&
		    (i == 0 || links_to(m, root_of(m, 0), m->records[i]->id)))
			found = text_of(m, descendant(root_of(m, i), element));
	return found != NULL ? found : m->records[0]->lang;
}

/* ---------------------------------------------------------------- assembly */

static void
set(xmlNode *node, const char *name, const char *value)
{
	if (value != NULL)
		xmlNewProp(node, (const xmlChar *)name,
		    (const xmlChar *)value);
}

/* Comments and instructions are nobody's to read; and the namespace of
 * xml:lang belongs to the tree the node came from, which is about to go. */
static void
adopt(xmlNode *node, xmlNs *xml)
{
	xmlNode *n, *next;
	xmlAttr *a;

	for (a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL && xmlStrEqual(a->ns->href, XML_XML_NAMESPACE))
			a->ns = xml;
	for (n = node->children; n != NULL; n = next) {
		next = n->next;
		if (n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		} else if (n->type == XML_ELEMENT_NODE) {
			adopt(n, xml);
		}
	}
}

/* Moves a record's tree below a node of the dossier. */
static void
move(struct record *r, xmlNode *parent)
{
	xmlNode *root = xmlDocGetRootElement(r->doc);

	xmlUnlinkNode(root);
	xmlSetTreeDoc(root, parent->doc);
	xmlAddChild(parent, root);
	adopt(root, xmlSearchNs(parent->doc, parent, (const xmlChar *)"xml"));
}

static xmlNode *
section(xmlNode *root, const char *name)
{
	return xmlNewChild(root, root->ns, (const xmlChar *)name, NULL);
}

static xmlDoc *
assemble(struct making *m)
{
	xmlDoc *doc = xml_new_tree(records_xml(m->rs));
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"dossier",
	    NULL);
	xmlNode *records;
	size_t i;

	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)RECORD_NS, NULL));
	set(root, "subject", m->request->subject);
	move(m->records[0], section(root, "subject"));
	records = section(root, "records");
	for (i = 1; i < m->n; i++)
		move(m->records[i], records);
	xmlAddChild(root, records_lend_limits(m->job, m->rs, m->date));
	return doc;
}

/* What it is for, and on what day. */
static void
address(struct making *m, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);

	set(root, "about", m->about);
	set(root, "date", m->date);
	set(root, "audience", m->request->audience);
	set(root, "document", m->request->document);
	xmlNodeSetLang(root, (const xmlChar *)m->lang);
}

/* The limits were there to reckon with, and are not ours to free. */
static void
return_limits(struct making *m, xmlDoc *doc)
{
	xmlNode *limits = xml_child(xmlDocGetRootElement(doc), "limits");

	if (limits != NULL)
		records_return_limits(m->rs, limits);
}

static void
discard(struct making *m, xmlDoc *doc)
{
	if (doc == NULL)
		return;
	return_limits(m, doc);
	xmlFreeDoc(doc);
}

static struct xml_style *
load_derive(struct job *job, struct records *rs)
{
	struct buf path = { 0 };
	struct xml_style *s;

	buf_printf(&path, "%s/stylesheets/derive.xsl", records_data(rs));
	s = xml_style_load(job, records_xml(rs), buf_str(&path));
	buf_free(&path);
	return s;
}

uint64_t
dossier_prepare(struct job *job, struct records *rs)
{
	const struct xml_style *s = load_derive(job, rs);

	return s == NULL ? 0 : xml_style_sum(s) | 1;
}

static bool
derive(struct making *m, xmlDoc *doc)
{
	struct xml_style *s = load_derive(m->job, m->rs);
	xmlDoc *found = NULL;

	if (s != NULL)
		found = xml_style_run(m->job, records_xml(m->rs), s, doc, NULL,
		    0);
	if (found == NULL)
		return false;
	return_limits(m, doc);
	xmlAddChild(xmlDocGetRootElement(doc),
	    xmlDocCopyNode(xmlDocGetRootElement(found), doc, 1));
	xmlFreeDoc(found);
	return true;
}

/* ----------------------------------------------------------------- tables */

/* The first day of a date's year. */
static const char *
year_begin(struct job *job, const char *date)
{
	char *first = arena_strdup(job->arena, date);

	if (strlen(first) == 10)
		memcpy(first + 5, "01-01", 5);
	return first;
}

static void
add_cells(xmlNode *row, const struct registry_table *t, const char **cells)
{
	size_t i;

	for (i = 0; i < t->n_columns; i++)
		if (cells == NULL || cells[i] != NULL)
			xmlNewTextChild(row, row->ns,
			    (const xmlChar *)t->columns[i],
			    (const xmlChar *)(cells != NULL ? cells[i] : NULL));
}

static void
add_table(xmlNode *tables, const struct registry_table *t)
{
	xmlNode *table = section(tables, "table");
	size_t i;

	set(table, "view", t->name);
	add_cells(section(table, "columns"), t, NULL);
	for (i = 0; i < t->n_rows; i++)
		add_cells(section(table, "row"), t,
		    t->cells + i * t->n_columns);
}

/* The tables that the document asks for; false after reporting. */
static bool
tabulate(struct making *m, xmlNode *root)
{
	const struct dossier_request *q = m->request;
	const struct registry_question question = {
		.subject = q->subject,
		.lang = arena_strndup(m->job->arena, m->lang,
		    strcspn(m->lang, "-")),
		.from = q->from != NULL ? q->from
		    : year_begin(m->job, q->to != NULL ? q->to : m->date),
		.to = q->to != NULL ? q->to : m->date,
	};
	const char *views = q->tables;
	xmlNode *tables;

	if (views == NULL)
		return true;
	tables = section(root, "tables");
	set(tables, "periodFrom", question.from);
	set(tables, "periodTo", question.to);
	while (*(views += strspn(views, " ")) != '\0') {
		const size_t n = strcspn(views, " ");
		struct registry_table t;

		if (!registry_table(m->registry, m->job,
			arena_strndup(m->job->arena, views, n), &question, &t))
			return false;
		add_table(tables, &t);
		views += n;
	}
	return true;
}

/* Those of each record by itself are left out where all have passed them before
 * without a word; a check need not repeat their warnings either, but a document's
 * reader is told them again. */
static bool
records_obey(struct making *m, xmlDoc *doc)
{
	const enum record_proof enough = m->request->audience == NULL
	    ? RECORD_PASSED : RECORD_SILENT;
	enum record_proof least = RECORD_SILENT;
	size_t i;

	for (i = 0; i < m->n; i++)
		if (m->records[i]->proof < least)
			least = m->records[i]->proof;
	return least >= enough || records_rules(m->job, m->rs, "record", doc);
}

/* Those between records; the dossier does not say yet what day it is, so that what
 * they found can be known from before, and remembered. */
static bool
whole_obeys(struct making *m, xmlDoc *doc)
{
	const uint64_t limits = records_limits_sum(m->rs);
	enum record_proof proof;

	if (m->proven && m->limits == limits)
		return true;
	proof = records_rules(m->job, m->rs, "subject", doc);
	return proof == RECORD_SILENT
	    ? registry_prove(m->registry, m->job, m->request->subject, limits)
	    : proof != RECORD_UNPROVEN;
}

/* All rules, each phase knowing more than the one before.  False after reporting. */
static bool
obeys(struct making *m, xmlDoc *doc)
{
	bool whole;

	if (!records_obey(m, doc))
		return false;
	whole = whole_obeys(m, doc);
	address(m, doc);
	return records_rules(m->job, m->rs, "document", doc) && whole;
}

/* The whole tree, its rules run; NULL after reporting an error. */
static xmlDoc *
make_whole(struct making *m)
{
	xmlDoc *doc = NULL;
	size_t i;

	if (find_rows(m) && load_records(m) && settle(m)) {
		m->lang = language(m);
		doc = assemble(m);
		if (m->request->whole) {
			address(m, doc);
		} else if (!obeys(m, doc)) {
			discard(m, doc);
			doc = NULL;
		}
	}
	for (i = 0; m->records != NULL && i < m->n; i++)
		record_free(m->records[i]);
	return doc;
}

bool
dossier_check(struct job *job, struct records *rs, struct registry *r,
    const struct dossier_request *request)
{
	struct making m = { .job = job, .rs = rs, .registry = r,
		.request = request };
	xmlDoc *doc = make_whole(&m);
	const bool passed = doc != NULL;

	discard(&m, doc);
	return passed;
}

struct dossier *
dossier_make(struct job *job, struct records *rs, struct registry *r,
    const struct dossier_request *request)
{
	struct making m = { .job = job, .rs = rs, .registry = r,
		.request = request };
	const enum stage former = stopwatch_enter(job, STAGE_SCAN);
	xmlDoc *doc = make_whole(&m);
	struct dossier *d;
	bool ok;

	stopwatch_enter(job, STAGE_DERIVE);
	ok = doc != NULL && derive(&m, doc) &&
	    tabulate(&m, xmlDocGetRootElement(doc));
	stopwatch_enter(job, STAGE_CUT);
	ok = ok && dossier_cut(job, rs, doc, request->audience);
	stopwatch_enter(job, former);
	if (!ok) {
		discard(&m, doc);
		return NULL;
	}
	d = xcalloc(1, sizeof *d);
	d->doc = doc;
	d->subject = m.request->subject;
	d->about = m.about;
	d->date = m.date;
	d->audience = request->audience;
	d->lang = m.lang;
	return d;
}

void
dossier_free(struct dossier *d)
{
	if (d == NULL)
		return;
	xmlFreeDoc(d->doc);
	free(d);
}
