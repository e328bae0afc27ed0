/*
 * A table of a dossier as CSV, for spreadsheets: what the audience may see and
 * no more, for the dossier is cut before.  stylesheets/tables.xsl puts the words
 * of its language into the cells, the same that a document has.
 *
 * UTF-8 with the mark that Excel needs to know it; quoted as RFC 4180 says.
 * Where the language writes a decimal comma, fields part at semicolons.
 */
#include <string.h>

#include "dossier/dossier_int.h"
#include "records/records.h"
#include "xml/xml.h"

struct csv {
	struct job *job;
	struct records *rs;
	struct buf *out;
	bool french;
};

/* A text that a spreadsheet would take for a formula is told to be a text. */
static bool
is_formula(const char *text)
{
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static void
put_number(struct csv *c, const char *text)
{
	for (; *text != '\0'; text++)
		buf_putc(c->out, *text == '.' && c->french ? ',' : *text);
}

static void
put_text(struct csv *c, const char *text)
{
	const bool quoted = text[strcspn(text, ";,\"\r\n")] != '\0';

	if (quoted)
		buf_putc(c->out, '"');
	if (is_formula(text))
		buf_putc(c->out, '\'');
	for (; *text != '\0'; text++)
		buf_printf(c->out, "%s%c", *text == '"' ? "\"" : "", *text);
	if (quoted)
		buf_putc(c->out, '"');
}

static void
part(struct csv *c, const xmlNode *first, const xmlNode *column)
{
	if (column != first)
		buf_putc(c->out, c->french ? ';' : ',');
}

static void
put_head(struct csv *c, const xmlNode *columns)
{
	const xmlNode *first = xml_child(columns, NULL), *n;

	for (n = first; n != NULL; n = xml_next(n, NULL)) {
		part(c, first, n);
		put_text(c, records_heading(c->job, c->rs,
		    (const char *)n->name, c->french ? LANG_FR : LANG_EN));
	}
	buf_puts(c->out, "\r\n");
}

static void
put_row(struct csv *c, const xmlNode *columns, const xmlNode *row)
{
	const xmlNode *first = xml_child(columns, NULL), *n;

	for (n = first; n != NULL; n = xml_next(n, NULL)) {
		const char *name = (const char *)n->name;
		const xmlNode *cell = xml_child(row, name);
		xmlChar *text = cell != NULL ? xmlNodeGetContent(cell) : NULL;

		part(c, first, n);
		if (text != NULL)
			(records_is_number(c->job, c->rs, name) ? put_number
								: put_text)(c,
			    (const char *)text);
		xmlFree(text);
	}
	buf_puts(c->out, "\r\n");
}

/* The tables in the words of the language; NULL after reporting. */
static xmlDoc *
say_tables(struct job *job, struct records *rs, const struct dossier *d)
{
	const struct xml_param params[] = { { "language", d->lang } };
	struct buf path = { 0 };
	struct xml_style *s;

	buf_printf(&path, "%s/stylesheets/tables.xsl", records_data(rs));
	s = xml_style_load(job, records_xml(rs), path.p);
	buf_free(&path);
	return s == NULL ? NULL
	    : xml_style_run(job, records_xml(rs), s, d->doc, params, 1);
}

/* The view's, else the first; NULL if there is none. */
static const xmlNode *
find_table(struct job *job, const xmlDoc *tables, const char *view)
{
	const xmlNode *n = xml_child(xmlDocGetRootElement(tables), "table");

	while (n != NULL && view != NULL &&
	    !str_eq(xml_attr(job, n, "view"), view))
		n = xml_next(n, "table");
	return n;
}

bool
dossier_csv(struct job *job, struct records *rs, const struct dossier *d,
    const char *view, struct buf *out, size_t *rows)
{
	struct csv c = { job, rs, out, !str_starts(d->lang, "en") };
	xmlDoc *tables = say_tables(job, rs, d);
	const xmlNode *table = tables != NULL ? find_table(job, tables, view)
					      : NULL;
	const xmlNode *columns = xml_child(table, "columns"), *n;

	*rows = 0;
	if (table != NULL) {
		buf_puts(out, "\xEF\xBB\xBF");
		put_head(&c, columns);
	}
	for (n = xml_child(table, "row"); n != NULL; n = xml_next(n, "row")) {
		put_row(&c, columns, n);
		++*rows;
	}
	xmlFreeDoc(tables);
	return table != NULL;
}
