/*
 * Validation by XSD, told in our words.
 *
 * libxml2 hands over a code, the node and an English sentence with the names
 * and values between marks; a facet that fails is followed by a second error
 * that names the type.  The code chooses our message, the marks give its
 * fields, and the second error is joined to the first, so that a wrong value
 * makes one finding: which element, which value, what is allowed.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/parserInternals.h>
#include <libxml/uri.h>
#include <libxml/xmlschemas.h>

#include "xml/xml_int.h"

#define SHOWN_MAX 60	/* characters of a wrong value that are repeated */

struct xml_schema {
	xmlSchema *schema;
	xml_hint_fn *hint;
	void *hint_data;
};

/* One wrong value, until the error that names its type has come. */
struct check {
	struct job *job;
	struct xml_schema *s;
	bool failed;
	bool pending;
	int error;
	const xmlNode *node;		/* the element */
	const xmlNode *shapeless;	/* whose value is no text at all */
	char attr[128];			/* "" : the element's own value */
	struct buf detail;		/* the sentence, for its marks */
};

void
schema_free(struct xml_schema *s)
{
	if (s == NULL)
		return;
	xmlSchemaFree(s->schema);
	free(s);
}

void
xml_schema_hints(struct xml_schema *s, xml_hint_fn *hint, void *data)
{
	s->hint = hint;
	s->hint_data = data;
}

/* ---------------------------------------------- reading libxml2's marks */

/* The local part of "{namespace}name", "prefix:name" or "name". */
static const char *
local(const char *name)
{
	const char *brace = strrchr(name, '}');
	const char *colon;

	if (brace != NULL)
		return brace + 1;
	colon = strrchr(name, ':');
	return colon != NULL ? colon + 1 : name;
}

/* What stands between the first `open` after `from` and the last `close`. */
static bool
between(const char *text, const char *from, char open, char close,
    struct buf *out)
{
	const char *p = strstr(text, from);
	const char *q;

	buf_clear(out);
	if (p == NULL || (p = strchr(p + strlen(from), open)) == NULL ||
	    (q = strrchr(p, close)) == NULL || q <= p)
		return false;
	buf_put(out, p + 1, (size_t)(q - p - 1));
	return true;
}

/* The last word between simple quotes: a type, a limit. */
static void
last_quoted(const char *text, struct buf *out)
{
	const char *end = strrchr(text, '\''), *p = end;

	buf_clear(out);
	if (end == NULL)
		return;
	while (p > text && p[-1] != '\'')
		p--;
	buf_put(out, p, (size_t)(end - p));
}

/* " {ns}a, {ns}b " as "a, b"; returns how many. */
static size_t
name_list(const char *list, struct buf *out)
{
	size_t n = 0;

	while (*list != '\0') {
		size_t len = strcspn(list, ", ");
		char *one = xstrndup(list, len);

		if (len > 0 && strncmp(one, "##", 2) != 0) {
			buf_puts(out, n > 0 ? ", " : "");
			buf_puts(out, local(one));
			n++;
		}
		free(one);
		list += len;
		list += strspn(list, ", ");
	}
	return n;
}

/* "'a', 'b'" as "a, b". */
static void
value_list(const char *list, struct buf *out)
{
	for (; *list != '\0'; list++)
		if (*list != '\'')
			buf_putc(out, *list);
}

/* ------------------------------------------------------- saying it again */

static void
say(struct check *c, struct buf *out, enum diag_code code, const char *a,
    const char *b)
{
	const char *const args[] = { a, b, NULL };

	message_format(out, diag_lang(c->job->diag), code, args);
}

/* The value at fault, shortened. */
static void
wrong_value(const struct check *c, struct buf *out)
{
	xmlChar *v = c->attr[0] != '\0'
	    ? xmlGetProp((xmlNode *)c->node, (const xmlChar *)local(c->attr))
	    : xmlNodeGetContent(c->node);
	const char *p = v != NULL ? (const char *)v : "";
	const char *const end = p + strlen(p);
	int n = 0;

	while (p < end && is_space((unsigned char)*p))
		p++;
	while (p < end && n++ < SHOWN_MAX)
		buf_utf8(out, utf8_next(&p, end));
	if (p < end)
		buf_puts(out, "…");
	xmlFree(v);
}

/* How values of the built-in types are written. */
static const struct {
	const char *type;
	enum diag_code code;
} formats[] = {
	{ "date", DIAG_XML_FORMAT_DATE },
	{ "time", DIAG_XML_FORMAT_TIME },
	{ "boolean", DIAG_XML_FORMAT_BOOLEAN },
	{ "decimal", DIAG_XML_FORMAT_DECIMAL },
	{ "integer", DIAG_XML_FORMAT_INTEGER },
	{ "nonNegativeInteger", DIAG_XML_FORMAT_COUNT },
	{ "positiveInteger", DIAG_XML_FORMAT_POSITIVE },
	{ "NCName", DIAG_XML_FORMAT_ID },
	{ "language", DIAG_XML_FORMAT_LANGUAGE },
};

/* What a value of this type looks like: our schemas say it of their own types,
 * the table above of XSD's. */
static void
describe_type(struct check *c, const char *type, struct buf *out)
{
	const enum lang lang = diag_lang(c->job->diag);
	const char *text = NULL;
	size_t i;

	const char *name = c->attr[0] != '\0' ? local(c->attr)
	    : (const char *)c->node->name;

	if (c->s->hint != NULL && strncmp(type, "xs:", 3) != 0)
		text = c->s->hint(c->s->hint_data, c->job, lang,
		    *type != '\0' ? XML_HINT_TYPE : XML_HINT_VALUE,
		    *type != '\0' ? local(type) : name);
	if (text != NULL) {
		say(c, out, DIAG_XML_FORMAT_TYPE, text, NULL);
		return;
	}
	for (i = 0; i < sizeof formats / sizeof *formats; i++)
		if (str_eq(formats[i].type, local(type))) {
			say(c, out, formats[i].code, NULL, NULL);
			return;
		}
	say(c, out, DIAG_XML_FORMAT_OTHER, name, NULL);
}

/* What is allowed instead, by the facet that failed. */
static void
describe_allowed(struct check *c, const char *type, struct buf *out)
{
	const char *text = buf_str(&c->detail);
	struct buf mark = { 0 };

	last_quoted(text, &mark);
	switch (c->error) {
	case XML_SCHEMAV_CVC_ENUMERATION_VALID: {
		struct buf set = { 0 };

		between(text, "set", '{', '}', &mark);
		value_list(buf_str(&mark), &set);
		say(c, out, DIAG_XML_ALLOWED_SET, buf_str(&set), NULL);
		buf_free(&set);
		break;
	}
	case XML_SCHEMAV_CVC_MINLENGTH_VALID:
		say(c, out, DIAG_XML_ALLOWED_SHORTEST, buf_str(&mark), NULL);
		break;
	case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
		say(c, out, DIAG_XML_ALLOWED_LONGEST, buf_str(&mark), NULL);
		break;
	case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
	case XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID:
		say(c, out, c->error == XML_SCHEMAV_CVC_MININCLUSIVE_VALID
		    ? DIAG_XML_ALLOWED_LEAST : DIAG_XML_ALLOWED_ABOVE,
		    buf_str(&mark), NULL);
		break;
	case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID:
	case XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID:
		say(c, out, c->error == XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID
		    ? DIAG_XML_ALLOWED_MOST : DIAG_XML_ALLOWED_BELOW,
		    buf_str(&mark), NULL);
		break;
	case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID:
	case XML_SCHEMAV_CVC_TOTALDIGITS_VALID:
		say(c, out, DIAG_XML_ALLOWED_DIGITS, buf_str(&mark), NULL);
		break;
	default:
		describe_type(c, type, out);
	}
	buf_free(&mark);
}

/* "« date »", or "attribut « kind » de « contract »". */
static void
name_it(struct check *c, struct buf *out)
{
	const char *element = (const char *)c->node->name;

	if (c->attr[0] != '\0')
		say(c, out, DIAG_XML_THE_ATTRIBUTE, local(c->attr), element);
	else
		say(c, out, DIAG_XML_THE_ELEMENT, element, NULL);
}

static void
report(struct check *c, enum diag_code code, const char *a, const char *b,
    const char *d)
{
	diag_report(c->job->diag, code, xml_where(c->node), a, b ? b : "",
	    d ? d : "");
	c->failed = true;
}

static void
report_value(struct check *c, const char *type)
{
	struct buf name = { 0 }, value = { 0 }, allowed = { 0 };

	name_it(c, &name);
	wrong_value(c, &value);
	describe_allowed(c, type, &allowed);
	report(c, value.n > 0 ? DIAG_XML_VALUE : DIAG_XML_VALUE_EMPTY,
	    buf_str(&name), value.n > 0 ? buf_str(&value) : buf_str(&allowed),
	    buf_str(&allowed));
	buf_free(&name);
	buf_free(&value);
	buf_free(&allowed);
	c->pending = false;
}

/* The elements that may stand here; when there is one, what it is. */
static void
report_content(struct check *c, const char *text)
{
	const char *element = (const char *)c->node->name;
	const char *parent = c->node->parent != NULL &&
		c->node->parent->type == XML_ELEMENT_NODE
	    ? (const char *)c->node->parent->name : element;
	const bool missing = strstr(text, "Missing child") != NULL;
	struct buf list = { 0 }, names = { 0 };
	size_t n = 0;

	if (between(text, "Expected is", '(', ')', &list))
		n = name_list(buf_str(&list), &names);
	if (n == 1 && c->s->hint != NULL) {
		const char *doc = c->s->hint(c->s->hint_data, c->job,
		    diag_lang(c->job->diag), XML_HINT_ELEMENT, buf_str(&names));

		if (doc != NULL)
			buf_printf(&names, " (%s)", doc);
	}
	if (missing)
		report(c, n > 0 ? DIAG_XML_MISSING : DIAG_XML_INCOMPLETE,
		    element, buf_str(&names), NULL);
	else if (n > 0)
		report(c, DIAG_XML_UNEXPECTED, element, parent,
		    buf_str(&names));
	else
		report(c, DIAG_XML_NO_MORE, element, parent, NULL);
	buf_free(&list);
	buf_free(&names);
}

static void
report_structure(struct check *c, int error, const char *text)
{
	const char *element = (const char *)c->node->name;
	struct buf mark = { 0 };

	switch (error) {
	case XML_SCHEMAV_ELEMENT_CONTENT:
		report_content(c, text);
		break;
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
		if (between(text, "The attribute", '\'', '\'', &mark))
			report(c, DIAG_XML_ATTRIBUTE_MISSING, element,
			    local(buf_str(&mark)), NULL);
		break;
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
	case XML_SCHEMAV_CVC_TYPE_3_1_1:
		report(c, DIAG_XML_ATTRIBUTE_UNKNOWN, element, local(c->attr),
		    NULL);
		break;
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
		report(c, DIAG_XML_TEXT_HERE, element, NULL, NULL);
		break;
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
		report(c, DIAG_XML_CONTENT_HERE, element, NULL, NULL);
		break;
	case XML_SCHEMAV_CVC_TYPE_3_1_2:
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
		report(c, DIAG_XML_ELEMENTS_HERE, element, NULL, NULL);
		c->shapeless = c->node;
		break;
	case XML_SCHEMAV_CVC_ELT_1:
		report(c, DIAG_XML_ROOT, element, NULL, NULL);
		break;
	case XML_SCHEMAV_CVC_IDC:
		report(c, DIAG_XML_REPEATED, element, NULL, NULL);
		break;
	default:
		report(c, DIAG_XML_SHAPE, element, NULL, NULL);
	}
	buf_free(&mark);
}

/* An error of the value itself, as against one of what stands where. */
static bool
is_value(int error)
{
	return error >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 &&
	    error <= XML_SCHEMAV_CVC_ENUMERATION_VALID &&
	    error != XML_SCHEMAV_CVC_TYPE_3_1_1 &&
	    error != XML_SCHEMAV_CVC_TYPE_3_1_2;
}

static bool
names_type(int error)
{
	return error == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 ||
	    error == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2 ||
	    error == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3;
}

/* Splits "Element 'x', attribute 'y': sentence" into y ("" if none) and the
 * sentence, which is returned. */
static const char *
split(const char *text, char *attr, size_t size)
{
	const char *colon = strstr(text, "': ");
	const char *a = strstr(text, "', attribute '");
	size_t n;

	*attr = '\0';
	if (strncmp(text, "Element '", 9) != 0 || colon == NULL)
		return text;
	if (a != NULL && a < colon) {
		a += strlen("', attribute '");
		n = (size_t)(colon - a) < size ? (size_t)(colon - a) : size - 1;
		memcpy(attr, a, n);
		attr[n] = '\0';
	}
	return colon + 3;
}

/* The type that the sentence ends with. */
static void
report_typed(struct check *c, const char *text)
{
	struct buf type = { 0 };

	last_quoted(text, &type);
	report_value(c, buf_str(&type));
	buf_free(&type);
}

static void
on_schema_error(void *data, xmlError *err)
{
	struct check *c = data;
	const xmlNode *node = err->node;
	char attr[sizeof c->attr];
	const char *text = split(err->message != NULL ? err->message : "",
	    attr, sizeof attr);

	if (node != NULL && node->type == XML_ATTRIBUTE_NODE)
		node = node->parent;
	if (node == NULL)
		return;
	if (c->pending && names_type(err->code) && c->node == node &&
	    str_eq(c->attr, attr)) {
		report_typed(c, text);
		return;
	}
	if (c->pending)
		report_value(c, "");
	if (is_value(err->code) && node == c->shapeless)
		return;
	c->node = node;
	c->error = err->code;
	memcpy(c->attr, attr, sizeof attr);
	buf_clear(&c->detail);
	buf_puts(&c->detail, text);
	if (names_type(err->code))
		report_typed(c, text);
	else if (is_value(err->code))
		c->pending = true;
	else
		report_structure(c, err->code, text);
}

bool
xml_schema_check(struct job *job, struct xml_schema *s, xmlDoc *doc)
{
	struct check c = { .job = job, .s = s };
	xmlSchemaValidCtxt *v = xmlSchemaNewValidCtxt(s->schema);

	xmlSchemaSetValidStructuredErrors(v, on_schema_error, &c);
	if (xmlSchemaValidateDoc(v, doc) != 0 && !c.failed && !c.pending)
		report(&c, DIAG_XML_SHAPE,
		    (const char *)(c.node = xmlDocGetRootElement(doc))->name,
		    NULL, NULL);
	if (c.pending)
		report_value(&c, "");
	xmlSchemaFreeValidCtxt(v);
	buf_free(&c.detail);
	return !c.failed;
}

/* ------------------------------------------------------------- compiling */

/* While a schema is compiled its own folder may be read, and nothing else. */
static _Thread_local const char *schema_folder;

static xmlParserInput *
load_schema_part(const char *url, const char *id, xmlParserCtxt *ctxt)
{
	xmlParserInput *input = NULL;
	char *path = url != NULL ? xmlURIUnescapeString(url, 0, NULL) : NULL;

	(void)id;
	if (path != NULL && schema_folder != NULL &&
	    str_starts(path, schema_folder) && strstr(path, "/../") == NULL)
		input = xmlNewInputFromFile(ctxt, path);
	xmlFree(path);
	return input;
}

static void
on_compile_error(void *data, xmlError *err)
{
	struct job *job = data;
	struct where where = { err->file != NULL
		? arena_strdup(job->arena, err->file) : NULL, err->line, 0 };

	diag_report(job->diag, DIAG_XML_SCHEMA_BROKEN, where, NULL);
}

/* A schema that only includes the files asked for: what they share is then
 * read once. */
static void
write_driver(struct buf *b, const char *namespace, const char *const *files,
    size_t n)
{
	size_t i;

	buf_printf(b, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
	    " targetNamespace=\"%s\">", namespace);
	for (i = 0; i < n; i++)
		buf_printf(b, "<xs:include schemaLocation=\"%s\"/>", files[i]);
	buf_puts(b, "</xs:schema>");
}

struct xml_schema *
xml_schema_load(struct job *job, struct xml *x, const char *folder,
    const char *namespace, const char *const *files, size_t n_files)
{
	const xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
	struct buf driver = { 0 }, url = { 0 };
	struct xml_schema *s;
	xmlSchemaParserCtxt *ctxt;
	xmlChar *uri;
	xmlDoc *doc;

	write_driver(&driver, namespace, files, n_files);
	buf_printf(&url, "%s/", folder);
	s = map_lookup_bytes(x->schemas, driver.p, driver.n);
	if (s == NULL) {
		schema_folder = buf_str(&url);
		xmlSetExternalEntityLoader(load_schema_part);
		uri = xmlPathToURI((const xmlChar *)buf_str(&url));
		doc = xmlReadMemory(driver.p, (int)driver.n,
		    (const char *)uri, NULL, XML_PARSE_NONET);
		xmlFree(uri);
		ctxt = xmlSchemaNewDocParserCtxt(doc);
		xmlSchemaSetParserStructuredErrors(ctxt, on_compile_error, job);
		s = xcalloc(1, sizeof *s);
		s->schema = xmlSchemaParse(ctxt);
		xmlSchemaFreeParserCtxt(ctxt);
		xmlFreeDoc(doc);
		xmlSetExternalEntityLoader(before);
		schema_folder = NULL;
		if (s->schema != NULL)
			map_put_bytes(x->schemas, driver.p, driver.n, s);
	}
	buf_free(&driver);
	buf_free(&url);
	if (s->schema == NULL) {
		schema_free(s);
		return NULL;
	}
	return s;
}
