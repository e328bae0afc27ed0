/*
 * The catalogue, document numbers, and the run of a document's stylesheet.
 */
#include <string.h>

#include "transform/transform.h"
#include "xml/xml.h"

static const char *
title_in(struct job *job, const xmlNode *document, const char *lang)
{
	const xmlNode *n;
	const char *title = NULL;

	for (n = xml_child(document, "title"); n != NULL;
	    n = xml_next(n, "title")) {
		xmlChar *of = xmlNodeGetLang(n);

		if (title == NULL || str_eq((const char *)of, lang)) {
			xmlChar *text = xmlNodeGetContent(n);

			title = arena_strdup(job->arena,
			    text != NULL ? (const char *)text : "");
			xmlFree(text);
		}
		xmlFree(of);
	}
	return title != NULL ? title : "";
}

static uint64_t
sum_row(const xmlNode *n)
{
	const xmlAttr *a;
	uint64_t sum = 0;

	for (a = n->properties; a != NULL; a = a->next) {
		xmlChar *value = xmlNodeGetContent((const xmlNode *)a);

		sum = sum_add(sum, a->name, strlen((const char *)a->name));
		sum = sum_add(sum, value, strlen((const char *)value));
		xmlFree(value);
	}
	return sum;
}

static void
read_document(struct job *job, const xmlNode *n, struct document *d)
{
	const char *keep;
	long months;

	d->id = xml_attr(job, n, "id");
	d->title = title_in(job, n,
	    diag_lang(job->diag) == LANG_FR ? "fr" : "en");
	d->subject_kind = xml_attr(job, n, "subject");
	d->about_kind = xml_attr(job, n, "about");
	d->needs = xml_attr(job, n, "needs");
	if (d->needs == NULL)
		d->needs = d->about_kind;
	d->audiences = xml_attr(job, n, "audiences");
	d->paper = xml_attr(job, n, "paper");
	d->prefix = xml_attr(job, n, "prefix");
	keep = xml_attr(job, n, "keep");
	if (keep != NULL && num_parse_int(keep, NULL, &months))
		d->keep = (int)months;
	d->stylesheet = xml_attr(job, n, "stylesheet");
	d->tables = xml_attr(job, n, "tables");
	d->sources = xml_attr(job, n, "source");
	d->whole = str_eq(xml_attr(job, n, "whole"), "true");
	d->sum = sum_row(n);
}

static bool
is_complete(const struct document *d)
{
	return d->id != NULL && d->subject_kind != NULL &&
	    d->audiences != NULL && d->paper != NULL && d->prefix != NULL &&
	    d->stylesheet != NULL;
}

/* The sum of the files that `reads` lists. */
static bool
sum_reads(struct job *job, const char *data, const xmlNode *n, uint64_t *sum)
{
	struct buf path = { 0 }, bytes = { 0 };
	const char *reads = xml_attr(job, n, "reads"), *p, *end;
	bool ok = true;

	for (p = reads != NULL ? reads : ""; ok && *p != '\0'; p = end) {
		for (; is_space(*p); p++)
			;
		for (end = p; *end != '\0' && !is_space(*end); end++)
			;
		if (end == p)
			break;
		buf_clear(&path);
		buf_clear(&bytes);
		buf_printf(&path, "%s/%.*s", data, (int)(end - p), p);
		ok = file_read(job, buf_str(&path), xml_limits_data.bytes,
		    &bytes);
		*sum = sum_add(*sum, buf_str(&bytes), bytes.n);
	}
	buf_free(&path);
	buf_free(&bytes);
	return ok;
}

static void
read_source(struct job *job, struct catalogue *c, const xmlNode *source)
{
	struct catalogue_title *v = NULL;
	size_t cap = 0;
	const xmlNode *n;

	c->source = xml_attr(job, source, "name");
	for (n = xml_child(source, "title"); n != NULL;
	    n = xml_next(n, "title")) {
		xmlChar *lang = xmlNodeGetLang(n);
		xmlChar *text = xmlNodeGetContent(n);

		v = arena_grow(job->arena, v, &cap, c->n_source_titles + 1,
		    sizeof *v);
		v[c->n_source_titles++] = (struct catalogue_title){
			arena_strdup(job->arena, (const char *)lang),
			arena_strdup(job->arena, (const char *)text) };
		c->reads = sum_add(c->reads, text,
		    strlen((const char *)text));
		xmlFree(lang);
		xmlFree(text);
	}
	c->source_titles = v;
}

const char *
catalogue_source_title(const struct catalogue *c, const char *lang)
{
	const size_t n = strcspn(lang, "-");
	size_t i;

	for (i = 0; i < c->n_source_titles; i++)
		if (strlen(c->source_titles[i].lang) == n &&
		    strncmp(c->source_titles[i].lang, lang, n) == 0)
			return c->source_titles[i].text;
	return c->n_source_titles > 0 ? c->source_titles[0].text : NULL;
}

const struct catalogue *
catalogue_load(struct job *job, struct xml *x, const char *data)
{
	struct catalogue *c = arena_alloc(job->arena, sizeof *c);
	struct document *documents = NULL;
	struct buf path = { 0 };
	size_t cap = 0;
	const xmlNode *root, *n;
	xmlDoc *doc;
	bool ok;

	buf_printf(&path, "%s/stylesheets/catalogue.xml", data);
	doc = xml_parse_file(job, x, buf_str(&path), &xml_limits_data);
	buf_free(&path);
	if (doc == NULL)
		return NULL;
	root = xmlDocGetRootElement(doc);
	c->fonts = xml_attr(job, root, "fonts");
	c->export = xml_attr(job, root, "export");
	c->due = xml_attr(job, root, "due");
	ok = sum_reads(job, data, root, &c->reads);
	if ((n = xml_child(root, "source")) != NULL)
		read_source(job, c, n);
	for (n = xml_child(root, "document"); n != NULL;
	    n = xml_next(n, "document")) {
		documents = arena_grow(job->arena, documents, &cap, c->n + 1,
		    sizeof *documents);
		read_document(job, n, &documents[c->n]);
		ok = sum_reads(job, data, n, &documents[c->n].reads) && ok;
		if (is_complete(&documents[c->n]))
			c->n++;
		else
			diag_report(job->diag, DIAG_CATALOGUE_ROW,
			    xml_where(n), NULL);
	}
	c->documents = documents;
	xmlFreeDoc(doc);
	return ok ? c : NULL;
}

const struct document *
catalogue_lookup(const struct catalogue *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (str_eq(c->documents[i].id, id))
			return &c->documents[i];
	return NULL;
}

static struct xml_style *
load_style(struct job *job, struct xml *x, const struct document *document,
    const char *data)
{
	struct buf path = { 0 };
	struct xml_style *s;

	buf_printf(&path, "%s/%s", data, document->stylesheet);
	s = xml_style_load(job, x, buf_str(&path));
	buf_free(&path);
	return s;
}

/* Of a stylesheet and what it reads as it runs. */
static uint64_t
sum_style(const struct catalogue *c, const struct document *d,
    const struct xml_style *s, uint64_t sum)
{
	sum = sum * 31 + xml_style_sum(s);
	return (sum * 31 + c->reads) * 31 + d->reads;
}

uint64_t
transform_prepare(struct job *job, struct xml *x, const struct catalogue *c,
    const char *data, const struct document *document)
{
	const struct xml_style *s = load_style(job, x, document, data);

	return s == NULL ? 0 : sum_style(c, document, s, document->sum) | 1;
}

/* Digits and letters that nobody takes for one another on the telephone. */
static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
put_base32(struct buf *out, const uint8_t *bytes)
{
	uint64_t bits = 0;
	int i;

	for (i = 0; i < 5; i++)
		bits = bits << 8 | bytes[i];
	for (i = 35; i >= 0; i -= 5)
		buf_putc(out, base32[bits >> i & 31]);
}

static uint64_t
add_option(uint64_t sum, const char *value)
{
	return sum_add(sum, value, value != NULL ? strlen(value) : 0);
}

/* The sum's bytes, spread by SHA-256: neighbours in content are not
 * neighbours in number. */
static void
put_number(struct buf *out, uint64_t sum)
{
	struct digest *d = digest_new();
	uint8_t bytes[32];
	int i;

	for (i = 0; i < 8; i++)
		bytes[i] = sum >> 8 * i & 255;
	digest_add(d, bytes, 8);
	digest_end(d, bytes);
	put_base32(out, bytes);
}

const char *
transform_number(struct job *job, struct xml *x, const struct catalogue *c,
    const struct document *document, const xmlDoc *dossier,
    const struct transform_options *options, uint64_t fonts)
{
	struct xml_style *s = load_style(job, x, document, options->data);
	struct buf number = { 0 };
	uint64_t sum = fonts;
	const char *copy;

	if (s == NULL)
		return NULL;
	sum = sum_style(c, document, s, sum);
	sum = add_option(sum, document->id);
	sum = add_option(sum, options->lang);
	sum = add_option(sum, options->paper);
	sum = add_option(sum, options->audience);
	sum = add_option(sum, options->date);
	buf_printf(&number, "%s-%.4s-", document->prefix, options->date);
	put_number(&number, xml_sum(dossier, sum));
	copy = arena_strdup(job->arena, buf_str(&number));
	buf_free(&number);
	return copy;
}

xmlDoc *
transform_run(struct job *job, struct xml *x, const struct document *document,
    xmlDoc *dossier, const struct transform_options *options)
{
	const struct xml_param params[] = {
		{ "language", options->lang },
		{ "paper", options->paper != NULL ? options->paper : "" },
		{ "audience", options->audience },
		{ "date", options->date },
		{ "document", document->id },
		{ "number", options->number != NULL ? options->number : "" },
	};
	struct xml_style *s = load_style(job, x, document, options->data);

	return s == NULL ? NULL : xml_style_run(job, x, s, dossier, params,
	    sizeof params / sizeof *params);
}
