/*
 * Running XSLT: what a stylesheet may do, what stops it, and what it has to
 * say, in our words.
 *
 * libxslt's loader is global, so the run in progress is a thread's variable;
 * every file that a stylesheet asks for passes load(), which reads only below
 * the allowed folders and through our own parser: stylesheets and documents
 * have places too.  A document read by document() is kept for the next run.
 *
 * libxslt reports by printf, in pieces.  They are gathered to lines; a table
 * recognises what a line is about and says it in our words, at the
 * instruction's place.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libexslt/exslt.h>
#include <libxml/uri.h>
#include <libxml/xpathInternals.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include "xml/style_int.h"
#include "xml/xml_int.h"

/* Enough for a report of 100,000 rows; a loop without end stops within a few
 * seconds. */
#define MAX_INSTRUCTIONS 50000000UL
#define MAX_XPATH_STEPS	 400000000UL
#define MAX_DEPTH	 1500
#define MAX_NODES	 20000000L

/* xmlerror.h stops at the errors of XPath's first years. */
#define XPATH_OP_LIMIT	  (XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED)
#define XPATH_DEPTH_LIMIT (XML_XPATH_EXPRESSION_OK + \
	XPATH_RECURSION_LIMIT_EXCEEDED)

struct xml_style {
	xsltStylesheet *sheet;
	char *path;
	uint64_t files;		/* sum of what it was compiled from */
};

static _Thread_local struct run *running;

void
style_free(struct xml_style *s)
{
	if (s == NULL)
		return;
	if (s->sheet != NULL)
		xsltFreeStylesheet(s->sheet);
	free(s->path);
	free(s);
}

/* ------------------------------------------------------ what may be read */

void
xml_allow(struct xml *x, const char *folder)
{
	char *real = realpath(folder, NULL);

	if (real == NULL)
		return;
	x->allowed = xrealloc(x->allowed, x->n_allowed + 1,
	    sizeof *x->allowed);
	x->allowed[x->n_allowed++] = real;
}

/* May a stylesheet read this path? */
static bool
xml_may_read(const struct xml *x, const char *path)
{
	char *real = realpath(path, NULL);
	bool may = false;
	size_t i;

	for (i = 0; real != NULL && i < x->n_allowed; i++) {
		const size_t n = strlen(x->allowed[i]);

		if (strncmp(real, x->allowed[i], n) == 0 &&
		    (real[n] == '/' || real[n] == '\0'))
			may = true;
	}
	free(real);
	return may;
}

/* Parses a file that outlives the job, so its places must as well; its bytes
 * go into a stylesheet's sum. */
static xmlDoc *
parse_kept(struct run *run, const char *path)
{
	struct job kept = *run->job;
	struct buf bytes = { 0 };
	xmlDoc *doc = NULL;

	kept.arena = run->x->arena;
	if (file_read(&kept, path, xml_limits_data.bytes, &bytes)) {
		run->files = sum_add(run->files, buf_str(&bytes), bytes.n);
		doc = xml_parse_bytes(&kept, run->x, buf_str(&bytes), bytes.n,
		    path, &xml_limits_data);
	}
	buf_free(&bytes);
	return doc;
}

/* The path a URI reference of libxslt stands for. */
static char *
uri_path(const char *uri)
{
	char *s = xmlURIUnescapeString(str_starts(uri, "file://")
	    ? uri + 7 : uri, 0, NULL);
	char *copy = s != NULL ? xstrdup(s) : NULL;

	xmlFree(s);
	return copy;
}

static xmlDoc *
load(const xmlChar *uri, xmlDict *dict, int options, void *ctxt,
    xsltLoadType type)
{
	struct run *run = running;
	char *path = run != NULL ? uri_path((const char *)uri) : NULL;
	xmlDoc *doc = NULL;

	(void)dict;
	(void)options;
	(void)ctxt;
	if (path == NULL)
		return NULL;
	if (access(path, F_OK) != 0)
		diag_report(run->job->diag, DIAG_FILE_OPEN, where_file(path),
		    message_reason(diag_lang(run->job->diag), errno));
	else if (!xml_may_read(run->x, path))
		run_report(run, DIAG_STYLE_READ, path);
	else if (type == XSLT_LOAD_STYLESHEET)
		doc = parse_kept(run, path);
	else if ((doc = map_lookup(run->x->documents, path)) == NULL &&
	    (doc = parse_kept(run, path)) != NULL)
		map_put(run->x->documents, path, doc);
	if (doc == NULL)
		run->failed = true;
	free(path);
	return doc;
}

/* ------------------------------------------------------ what is reported */

static struct where
run_where(const struct run *run)
{
	struct where where = where_none();

	if (run->ctxt != NULL && run->ctxt->inst != NULL)
		where = xml_where(run->ctxt->inst);
	if (where.file == NULL && run->file != NULL)
		return (struct where){ run->file, run->line, 0 };
	return where.file != NULL ? where : where_file(run->style);
}

void
run_report(struct run *run, enum diag_code code, const char *detail)
{
	diag_report(run->job->diag, code, run_where(run), detail);
	run->failed = true;
}

/* What a line of libxslt or an XPath error is about. */
static const struct {
	const char *text;
	enum diag_code code;
} meanings[] = {
	{ "write rights", DIAG_STYLE_WRITE },
	{ "read rights", DIAG_STYLE_READ },
	{ "Variable '", DIAG_STYLE_VARIABLE },
	{ "Undefined namespace prefix", DIAG_STYLE_PREFIX },
	{ "template '", DIAG_STYLE_TEMPLATE },
	{ "infinite template recursion", DIAG_STYLE_LIMIT },
	{ "potential infinite", DIAG_STYLE_LIMIT },
	{ "limit exceeded", DIAG_STYLE_LIMIT },
	{ "unknown element", DIAG_STYLE_ELEMENT },
	{ "unknown xsl:", DIAG_STYLE_ELEMENT },
	{ "not a valid XSLT element", DIAG_STYLE_ELEMENT },
	{ "could not compile", DIAG_STYLE_XPATH },
	{ "Failed to compile", DIAG_STYLE_XPATH },
	{ "Failed to evaluate", DIAG_STYLE_VALUE },
	{ "Attribute nodes must be added", DIAG_STYLE_ATTRIBUTE },
};

/* The name that a line of libxslt is about: in quotes, before "denied" or
 * after the colon. */
static void
quoted(const char *text, struct buf *out)
{
	const char *p = strstr(text, " for "), *q = strstr(text, " denied");

	if (p != NULL && q != NULL && q > p) {
		buf_put(out, p + 5, (size_t)(q - p - 5));
		return;
	}
	p = strchr(text, '\'');
	if (p != NULL && (q = strchr(p + 1, '\'')) != NULL)
		buf_put(out, p + 1, (size_t)(q - p - 1));
	else if ((p = strrchr(text, ':')) != NULL)
		buf_puts(out, p + 1 + (p[1] == ' '));
}

static void
understand(struct run *run, const char *line)
{
	struct buf detail = { 0 };
	size_t i;

	for (i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (strstr(line, meanings[i].text) != NULL)
			break;
	quoted(line, &detail);
	/* Every failure echoes; only what says more than the last counts. */
	if (i < sizeof meanings / sizeof *meanings)
		run_report(run, meanings[i].code, buf_str(&detail));
	else
		run->unnamed = true;
	buf_free(&detail);
}

/* "runtime error: file F line N element E" says where the next line is. */
static bool
read_context(struct run *run, const char *line)
{
	const char *file = strstr(line, "error: file ");
	const char *at = file != NULL ? strstr(file, " line ") : NULL;
	long n;

	if (at == NULL || !num_parse_int(at + 6, NULL, &n))
		return strncmp(line, "compilation error", 17) == 0 ||
		    strncmp(line, "runtime error", 13) == 0;
	run->file = arena_strndup(run->job->arena, file + 12,
	    (size_t)(at - file - 12));
	run->line = (int32_t)n;
	return true;
}

static bool
is_message(const struct run *run)
{
	return run->ctxt != NULL && run->ctxt->inst != NULL &&
	    xml_is(run->ctxt->inst, (const char *)XSLT_NAMESPACE, "message");
}

/* A stylesheet speaks about the node it is at. */
static void
report_message(struct run *run, const char *text)
{
	xmlChar *stop = xmlGetNoNsProp(run->ctxt->inst,
	    (const xmlChar *)"terminate");
	const bool fatal = str_eq((const char *)stop, "yes");
	struct where where = xml_where(run->ctxt->node);

	diag_report(run->job->diag,
	    fatal ? DIAG_STYLE_STOPS : DIAG_STYLE_SAYS,
	    where.file != NULL ? where : run_where(run), text);
	run->failed |= fatal;
	xmlFree(stop);
}

static void
gather(void *data, const char *fmt, ...)
{
	struct run *run = data != NULL ? data : running;
	char piece[2048];
	va_list ap;
	size_t n;

	if (run == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(piece, sizeof piece, fmt, ap);
	va_end(ap);
	buf_puts(&run->said, piece);
	n = run->said.n;
	if (n == 0 || run->said.p[n - 1] != '\n')
		return;
	run->said.p[n - 1] = '\0';
	if (is_message(run))
		report_message(run, run->said.p);
	else if (!read_context(run, run->said.p))
		understand(run, run->said.p);
	buf_clear(&run->said);
}

/* XPath has codes, and the expression for a name; it gives no sentence. */
static const struct {
	int error;
	enum diag_code code;
} xpath_meanings[] = {
	{ XML_XPATH_UNDEF_VARIABLE_ERROR, DIAG_STYLE_VARIABLE },
	{ XML_XPATH_UNKNOWN_FUNC_ERROR, DIAG_STYLE_FUNCTION },
	{ XML_XPATH_UNDEF_PREFIX_ERROR, DIAG_STYLE_PREFIX },
	{ XML_XPATH_INVALID_ARITY, DIAG_STYLE_ARGUMENTS },
	{ XML_XPATH_INVALID_TYPE, DIAG_STYLE_TYPE },
	{ XML_XPATH_INVALID_OPERAND, DIAG_STYLE_TYPE },
	{ XML_XPATH_NUMBER_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_UNFINISHED_LITERAL_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_START_LITERAL_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_VARIABLE_REF_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_INVALID_PREDICATE_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_EXPR_ERROR, DIAG_STYLE_XPATH },
	{ XML_XPATH_UNCLOSED_ERROR, DIAG_STYLE_XPATH },
	{ XPATH_OP_LIMIT, DIAG_STYLE_LIMIT },
	{ XPATH_DEPTH_LIMIT, DIAG_STYLE_LIMIT },
};

/* The expression at fault: the one given, else that of the instruction. */
static const char *
expression(const struct run *run, const xmlError *err)
{
	static const char *const attrs[] = { "select", "test", "use" };
	const char *text = err->str1;
	size_t i;

	for (i = 0; text == NULL && run->ctxt != NULL &&
	     run->ctxt->inst != NULL && i < 3; i++)
		text = xml_attr(run->job, run->ctxt->inst, attrs[i]);
	return text != NULL ? text : "…";
}

static void
gather_structured(void *data, xmlError *err)
{
	struct run *run = data != NULL ? data : running;
	size_t i;

	if (run == NULL || err == NULL || err->domain != XML_FROM_XPATH ||
	    run->failed)
		return;
	for (i = 0; i < sizeof xpath_meanings / sizeof *xpath_meanings; i++)
		if (xpath_meanings[i].error == err->code) {
			run_report(run, xpath_meanings[i].code,
			    expression(run, err));
			return;
		}
	run->unnamed = true;
}

/* ------------------------------------------------------------ start, end */

static void
run_start(struct run *run)
{
	/* libxml2 writes numbers with printf: under a comma locale number(x)
	 * of what it wrote itself would be NaN. */
	run->plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
	run->former = uselocale(run->plain);
	running = run;
	xsltSetLoaderFunc(load);
	xsltSetGenericErrorFunc(run, gather);
	xmlSetStructuredErrorFunc(run, gather_structured);
}

static void
run_end(struct run *run)
{
	if (run->unnamed && !run->failed)
		run_report(run, DIAG_STYLE_FAILED, "");
	running = NULL;
	xsltSetGenericErrorFunc(NULL, NULL);
	xmlSetStructuredErrorFunc(NULL, NULL);
	buf_free(&run->said);
	uselocale(run->former);
	freelocale(run->plain);
}

struct xml_style *
xml_style_load(struct job *job, struct xml *x, const char *path)
{
	struct xml_style *s = map_lookup(x->styles, path);
	struct run run = { .job = job, .x = x, .style = path };
	xmlDoc *doc;

	if (s != NULL)
		return s;
	style_functions_register();
	s = xcalloc(1, sizeof *s);
	s->path = xstrdup(path);
	run.style = s->path;
	if ((doc = parse_kept(&run, path)) == NULL) {
		style_free(s);
		return NULL;
	}
	run_start(&run);
	s->sheet = xsltParseStylesheetDoc(doc);
	if (s->sheet == NULL)
		xmlFreeDoc(doc);
	if (s->sheet == NULL || s->sheet->errors != 0)
		run.unnamed = true;
	run_end(&run);
	s->files = run.files;
	if (run.failed) {
		style_free(s);
		return NULL;
	}
	map_put(x->styles, path, s);
	return s;
}

uint64_t
xml_style_sum(const struct xml_style *s)
{
	return s->files;
}

/* Nothing may be written, nor fetched.  Reading a file is judged by load(),
 * through which all of it goes: here libxslt gives a URI half undone. */
static xsltSecurityPrefs *
new_prefs(void)
{
	xsltSecurityPrefs *prefs = xsltNewSecurityPrefs();

	xsltSetSecurityPrefs(prefs, XSLT_SECPREF_WRITE_FILE,
	    xsltSecurityForbid);
	xsltSetSecurityPrefs(prefs, XSLT_SECPREF_CREATE_DIRECTORY,
	    xsltSecurityForbid);
	xsltSetSecurityPrefs(prefs, XSLT_SECPREF_READ_NETWORK,
	    xsltSecurityForbid);
	xsltSetSecurityPrefs(prefs, XSLT_SECPREF_WRITE_NETWORK,
	    xsltSecurityForbid);
	return prefs;
}

/* Counts what a run makes; the context looks at its state before each
 * instruction. */
static void
count_node(xmlNode *node)
{
	(void)node;
	if (running == NULL || ++running->nodes <= MAX_NODES)
		return;
	if (running->ctxt != NULL && running->ctxt->state == XSLT_STATE_OK) {
		run_report(running, DIAG_STYLE_LIMIT, "");
		running->ctxt->state = XSLT_STATE_STOPPED;
	}
}

/* Documents that document() read are ours: the context must not free them. */
static void
keep_documents(struct run *run)
{
	xsltDocument *d;
	size_t i;

	for (d = run->ctxt->docList; d != NULL; d = d->next)
		for (i = 0; i < map_count(run->x->documents); i++)
			if (map_value(run->x->documents, i) == d->doc)
				d->main = 1;
}

xmlDoc *
xml_style_run(struct job *job, struct xml *x, struct xml_style *s, xmlDoc *doc,
    const struct xml_param *params, size_t n_params)
{
	struct run run = { .job = job, .x = x, .style = s->path };
	xsltSecurityPrefs *prefs = new_prefs();
	xmlRegisterNodeFunc before;
	xmlDoc *result;
	size_t i;

	run.ctxt = xsltNewTransformContext(s->sheet, doc);
	run.ctxt->_private = &run;
	run_start(&run);
	xsltSetTransformErrorFunc(run.ctxt, &run, gather);
	xsltSetCtxtSecurityPrefs(prefs, run.ctxt);
	run.ctxt->opLimit = MAX_INSTRUCTIONS;
	run.ctxt->xpathCtxt->opLimit = MAX_XPATH_STEPS;
	run.ctxt->xpathCtxt->error = gather_structured;
	run.ctxt->xpathCtxt->userData = &run;
	run.ctxt->maxTemplateDepth = MAX_DEPTH;
	style_functions_set(&run);
	for (i = 0; i < n_params; i++)
		xsltQuoteOneUserParam(run.ctxt,
		    (const xmlChar *)params[i].name,
		    (const xmlChar *)params[i].value);
	before = xmlRegisterNodeDefault(count_node);
	result = xsltApplyStylesheetUser(s->sheet, doc, NULL, NULL, NULL,
	    run.ctxt);
	xmlRegisterNodeDefault(before);
	if (result == NULL || run.ctxt->state != XSLT_STATE_OK)
		run.unnamed = true;
	keep_documents(&run);
	run_end(&run);
	xsltFreeTransformContext(run.ctxt);
	xsltFreeSecurityPrefs(prefs);
	map_free(run.ids);
	style_names_free(&run);
	if (run.failed && result != NULL) {
		xmlFreeDoc(result);
		result = NULL;
	}
	return result;
}
