/*
 * The catalogue and the run of a document's stylesheet.
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

static void
read_document(struct job *job, const xmlNode *n, struct document *d)
{
	d->id = xml_attr(job, n, "id");
	d->title = title_in(job, n,
	    diag_lang(job->diag) == LANG_FR ? "fr" : "en");
	d->subject_kind = xml_attr(job, n, "subject");
	d->about_kind = xml_attr(job, n, "about");
	d->audiences = xml_attr(job, n, "audiences");
	d->paper = xml_attr(job, n, "paper");
	d->stylesheet = xml_attr(job, n, "stylesheet");
}

static bool
is_complete(const struct document *d)
{
	return d->id != NULL && d->subject_kind != NULL &&
	    d->audiences != NULL && d->paper != NULL && d->stylesheet != NULL;
}

const struct catalogue *
catalogue_load(struct job *job, struct xml *x, const char *data)
{
	struct catalogue *c = arena_alloc(job->arena, sizeof *c);
	struct document *documents = NULL;
	struct buf path = { 0 };
	size_t cap = 0;
	const xmlNode *n;
	xmlDoc *doc;

	buf_printf(&path, "%s/stylesheets/catalogue.xml", data);
	doc = xml_parse_file(job, x, buf_str(&path), &xml_limits_data);
	buf_free(&path);
	if (doc == NULL)
		return NULL;
	for (n = xml_child(xmlDocGetRootElement(doc), "document"); n != NULL;
	    n = xml_next(n, "document")) {
		documents = arena_grow(job->arena, documents, &cap, c->n + 1,
		    sizeof *documents);
		read_document(job, n, &documents[c->n]);
		if (is_complete(&documents[c->n]))
			c->n++;
		else
			diag_report(job->diag, DIAG_CATALOGUE_ROW,
			    xml_where(n), NULL);
	}
	c->documents = documents;
	xmlFreeDoc(doc);
	return c;
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
	struct buf path = { 0 };
	struct xml_style *s;

	buf_printf(&path, "%s/%s", options->data, document->stylesheet);
	s = xml_style_load(job, x, buf_str(&path));
	buf_free(&path);
	return s == NULL ? NULL : xml_style_run(job, x, s, dossier, params,
	    sizeof params / sizeof *params);
}
