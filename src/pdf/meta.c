/*
 * What the file says of itself: Info, XMP, the colour space it means, and the
 * files it carries.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define PRODUCER "parcours (libharu " HPDF_VERSION_TEXT ")"

/* ----------------------------------------------------------------- Info */

/* "2025-06-24T10:30:00+02:00" to "D:20250624103000+02'00'" (7.9.4). */
static void
put_date(struct buf *b, const char *iso)
{
	struct buf d = { 0 };
	bool zone = false;

	buf_puts(&d, "D:");
	for (size_t i = 0; iso[i]; i++) {
		char c = iso[i];

		if (i > 10 && (c == '+' || c == '-')) {
			buf_putc(&d, c);
			zone = true;
		} else if (zone && c == ':') {
			buf_putc(&d, '\'');
		} else if ((c >= '0' && c <= '9') || c == 'Z') {
			buf_putc(&d, c);
		}
	}
	if (zone)
		buf_putc(&d, '\'');
	put_bytes(b, d.p, d.n);
	buf_free(&d);
}

static void
put_info(struct pdf *p, const struct area_doc *doc)
{
	const struct {
		const char *key, *value;
	} rows[] = {
		{ "/Title", doc->title },
		{ "/Author", doc->author },
		{ "/Subject", doc->subject },
		{ "/Keywords", doc->keywords },
		{ "/Creator", doc->creator },
		{ "/Producer", PRODUCER },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].value) {
			buf_puts(&b, rows[i].key);
			put_text(&b, rows[i].value);
		}
	if (doc->date) {
		buf_puts(&b, "/CreationDate");
		put_date(&b, doc->date);
		buf_puts(&b, "/ModDate");
		put_date(&b, doc->date);
	}
	objects_put_info(p, &b);
	buf_free(&b);
}

/* ------------------------------------------------------------------ XMP */

/* Text as XML; what XML cannot hold is left out. */
static void
put_xml(struct buf *b, const char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		uint32_t cp = utf8_next(&s, end);

		if (cp == '&')
			buf_puts(b, "&amp;");
		else if (cp == '<')
			buf_puts(b, "&lt;");
		else if (cp == '>')
			buf_puts(b, "&gt;");
		else if ((cp >= 32 && cp != 0xFFFE && cp != 0xFFFF) ||
		    cp == '\n' || cp == '\t')
			buf_utf8(b, cp);
	}
}

/* How XMP wants a property: as it is, in an alternative by language, in a
 * sequence or a bag (ISO 16684-1, 7 and 8). */
enum xmp_form { XMP_PLAIN, XMP_ALT, XMP_SEQ, XMP_BAG };

static void
put_property(struct buf *b, const char *name, enum xmp_form form,
    const char *value)
{
	static const struct {
		const char *open, *close;
	} forms[] = {
		[XMP_PLAIN] = { "", "" },
		[XMP_ALT] = { "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
		    "</rdf:li></rdf:Alt>" },
		[XMP_SEQ] = { "<rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq>" },
		[XMP_BAG] = { "<rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag>" },
	};

	if (!value)
		return;
	buf_printf(b, "<%s>%s", name, forms[form].open);
	put_xml(b, value);
	buf_printf(b, "%s</%s>\n", forms[form].close, name);
}

/* ----------------------------------------------------------------- origin */

#define ORIGIN_NS "urn:parcours:origin#"

/* The record of origin in the order in which it stands: name, type and meaning
 * as PDF/A has them told. */
static const struct {
	const char *name, *type, *meaning;
	size_t at;
} origin_rows[] = {
	{ "number", "Text", "Number of the document",
	    offsetof(struct area_origin, number) },
	{ "document", "Text", "Kind of document, as the catalogue names it",
	    offsetof(struct area_origin, document) },
	{ "audience", "Text", "For whom the document was made",
	    offsetof(struct area_origin, audience) },
	{ "date", "Date", "Date of the document",
	    offsetof(struct area_origin, date) },
	{ "program", "Text", "Program and version that made the file",
	    offsetof(struct area_origin, program) },
};

static void
put_property_told(struct buf *b, const char *name, const char *type,
    const char *category, const char *meaning)
{
	buf_printf(b, "<rdf:li rdf:parseType=\"Resource\">"
	    "<pdfaProperty:name>%s</pdfaProperty:name>"
	    "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
	    "<pdfaProperty:category>%s</pdfaProperty:category>"
	    "<pdfaProperty:description>%s</pdfaProperty:description>"
	    "</rdf:li>\n", name, type, category, meaning);
}

static void
open_schema(struct buf *b, const char *title, const char *uri,
    const char *prefix)
{
	buf_printf(b, "<rdf:li rdf:parseType=\"Resource\">"
	    "<pdfaSchema:schema>%s</pdfaSchema:schema>"
	    "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>"
	    "<pdfaSchema:prefix>%s</pdfaSchema:prefix>"
	    "<pdfaSchema:property><rdf:Seq>\n", title, uri, prefix);
}

static void
close_schema(struct buf *b)
{
	buf_puts(b, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
}

/* A property whose namespace PDF/A does not know must be described in the file
 * (ISO 19005-2, 6.6.2.3.3): ours, and that of PDF/UA. */
static void
put_extensions(struct buf *b, bool accessible)
{
	size_t i;

	buf_puts(b, "<pdfaExtension:schemas><rdf:Bag>\n");
	open_schema(b, "Origin of the document", ORIGIN_NS, "parcours");
	for (i = 0; i < sizeof origin_rows / sizeof *origin_rows; i++)
		put_property_told(b, origin_rows[i].name, origin_rows[i].type,
		    "external", origin_rows[i].meaning);
	close_schema(b);
	if (accessible) {
		open_schema(b, "PDF/UA identification",
		    "http://www.aiim.org/pdfua/ns/id/", "pdfuaid");
		put_property_told(b, "part", "Integer", "internal",
		    "Part of ISO 14289");
		close_schema(b);
	}
	buf_puts(b, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static void
put_origin(struct buf *b, const struct area_origin *o, bool accessible)
{
	struct buf name = { 0 };
	size_t i;

	buf_puts(b, "<rdf:Description rdf:about=\"\""
	    " xmlns:parcours=\"" ORIGIN_NS "\""
	    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
	    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
	    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
	for (i = 0; i < sizeof origin_rows / sizeof *origin_rows; i++) {
		buf_clear(&name);
		buf_printf(&name, "parcours:%s", origin_rows[i].name);
		put_property(b, name.p, XMP_PLAIN, *(const char *const *)
		    ((const char *)o + origin_rows[i].at));
	}
	put_extensions(b, accessible);
	buf_puts(b, "</rdf:Description>\n");
	buf_free(&name);
}

static void
put_xmp(struct pdf *p, const struct area_doc *doc, struct buf *catalog)
{
	struct buf b = { 0 };

	buf_puts(&b,
	    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
	    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
	put_property(&b, "dc:format", XMP_PLAIN, "application/pdf");
	put_property(&b, "dc:title", XMP_ALT, doc->title);
	put_property(&b, "dc:creator", XMP_SEQ, doc->author);
	put_property(&b, "dc:description", XMP_ALT, doc->subject);
	put_property(&b, "dc:language", XMP_BAG, doc->lang);
	put_property(&b, "dc:identifier", XMP_PLAIN, doc->number);
	put_property(&b, "pdf:Keywords", XMP_PLAIN, doc->keywords);
	put_property(&b, "pdf:Producer", XMP_PLAIN, PRODUCER);
	put_property(&b, "xmp:CreatorTool", XMP_PLAIN, doc->creator);
	put_property(&b, "xmp:CreateDate", XMP_PLAIN, doc->date);
	put_property(&b, "xmp:ModifyDate", XMP_PLAIN, doc->date);
	if (p->accessible)
		put_property(&b, "pdfuaid:part", XMP_PLAIN, "1");
	buf_puts(&b, "</rdf:Description>\n");
	if (doc->origin)
		put_origin(&b, doc->origin, p->accessible);
	if (doc->xmp)
		buf_puts(&b, doc->xmp);
	buf_puts(&b, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
	buf_puts(catalog, "/Metadata");
	/* Not deflated, so that tools which know no PDF find it. */
	put_ref(catalog, object_add_stream(p, "/Type/Metadata/Subtype/XML",
	    b.p, b.n, STORED));
	buf_free(&b);
}

/* --------------------------------------------------------- output intent */

static void
put_intent(struct pdf *p, struct buf *catalog)
{
	struct buf icc = { 0 };
	const char *path = p->options.output_profile;

	if (!path || !file_read(p->job, path, 4 * 1024 * 1024, &icc))
		return;
	buf_puts(catalog, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
	    "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
	    "/DestOutputProfile");
	put_ref(catalog, object_add_stream(p, "/N 3", icc.p, icc.n, SMALL));
	buf_puts(catalog, ">>]");
	buf_free(&icc);
}

/* ----------------------------------------------------------- attachments */

static unsigned
write_attachment(struct pdf *p, const struct area_doc *doc,
    const struct area_attachment *a)
{
	struct buf b = { 0 };
	unsigned file, id;

	buf_puts(&b, "/Type/EmbeddedFile");
	if (a->mime) {
		buf_puts(&b, "/Subtype");
		put_name(&b, a->mime);
	}
	buf_printf(&b, "/Params<</Size %zu", a->n);
	if (doc->date) {
		buf_puts(&b, "/ModDate");
		put_date(&b, doc->date);
	}
	buf_puts(&b, ">>");
	file = object_add_stream(p, b.p, a->data, a->n, SMALL);
	buf_clear(&b);
	buf_puts(&b, "<</Type/Filespec/F");
	put_text(&b, a->name);
	buf_puts(&b, "/UF");
	put_text(&b, a->name);
	buf_puts(&b, "/AFRelationship");
	put_name(&b, a->relationship ? a->relationship : "Unspecified");
	if (a->description) {
		buf_puts(&b, "/Desc");
		put_text(&b, a->description);
	}
	buf_puts(&b, "/EF<</F");
	put_ref(&b, file);
	buf_puts(&b, "/UF");
	put_ref(&b, file);
	buf_puts(&b, ">>>>");
	id = object_add(p, &b);
	buf_free(&b);
	return id;
}

static int
by_name(const void *a, const void *b)
{
	const struct area_attachment *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static void
put_attachments(struct pdf *p, const struct area_doc *doc, struct buf *catalog,
    struct buf *names)
{
	size_t n = doc->n_attachments;
	const struct area_attachment **sorted;

	if (!n)
		return;
	sorted = xmalloc(n * sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = &doc->attachments[i];
	qsort(sorted, n, sizeof *sorted, by_name);
	buf_puts(names, "/EmbeddedFiles<</Names[");
	buf_puts(catalog, "/AF[");
	for (size_t i = 0; i < n; i++) {
		unsigned id = write_attachment(p, doc, sorted[i]);

		put_bytes(names, sorted[i]->name, strlen(sorted[i]->name));
		put_ref(names, id);
		put_ref(catalog, id);
	}
	buf_puts(names, "]>>");
	buf_putc(catalog, ']');
	free(sorted);
}

/* --------------------------------------------------------------- layers */

unsigned
meta_layer(struct pdf *p, size_t number)
{
	if (number >= p->n_layers) {
		p->layers = xrealloc(p->layers, number + 1,
		    sizeof *p->layers);
		while (p->n_layers <= number)
			p->layers[p->n_layers++] = object_new(p);
	}
	return p->layers[number];
}

/* The groups of optional content, and what shows at first (ISO 32000-1, 8.11). */
static void
put_layers(struct pdf *p, const struct area_doc *doc, struct buf *catalog)
{
	struct buf all = { 0 }, off = { 0 }, b = { 0 };

	if (doc->n_layers == 0)
		return;
	for (size_t i = 0; i < doc->n_layers; i++) {
		put_ref(&all, meta_layer(p, i));
		if (doc->layers[i].hidden)
			put_ref(&off, meta_layer(p, i));
		buf_puts(&b, "<</Type/OCG/Name");
		put_text(&b, doc->layers[i].name);
		buf_puts(&b, ">>");
		object_put(p, meta_layer(p, i), &b);
	}
	buf_printf(catalog, "/OCProperties<</OCGs[%s]/D<</Name",
	    buf_str(&all));
	put_text(catalog, "Default");
	buf_printf(catalog, "/Order[%s]/OFF[%s]>>>>", buf_str(&all),
	    buf_str(&off));
	buf_free(&all);
	buf_free(&off);
	buf_free(&b);
}

void
meta_finish(struct pdf *p, const struct area_doc *doc, struct buf *catalog,
    struct buf *names)
{
	if (!doc->title || !doc->lang)
		p->accessible = false;
	if (doc->lang) {
		buf_puts(catalog, "/Lang");
		put_text(catalog, doc->lang);
	}
	buf_puts(catalog, "/MarkInfo<</Marked true>>");
	if (doc->title)
		buf_puts(catalog,
		    "/ViewerPreferences<</DisplayDocTitle true>>");
	put_attachments(p, doc, catalog, names);
	put_layers(p, doc, catalog);
	put_intent(p, catalog);
	put_xmp(p, doc, catalog);
	put_info(p, doc);
}
