/*
 * The functions that stylesheets and rules may call beyond XSLT 1.0.
 *
 * The same records must give the same bytes, so nothing here reads a clock, a
 * random number or an address: EXSLT's dates want an argument, math:random() is
 * refused, and generate-id() numbers nodes in the order asked.
 */
#include <stdlib.h>
#include <string.h>

#include <libexslt/exslt.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/xsltutils.h>

#include "xml/style_int.h"
#include "xml/xml_int.h"

/* Functions that read the clock when they get no argument. */
static struct guarded {
	const char *name;
	xmlXPathFunction original;
} dates[] = {
	{ "date-time", NULL }, { "date", NULL }, { "time", NULL },
	{ "year", NULL }, { "leap-year", NULL }, { "month-in-year", NULL },
	{ "month-name", NULL }, { "month-abbreviation", NULL },
	{ "week-in-year", NULL }, { "week-in-month", NULL },
	{ "day-in-year", NULL }, { "day-in-month", NULL },
	{ "day-of-week-in-month", NULL }, { "day-in-week", NULL },
	{ "day-name", NULL }, { "day-abbreviation", NULL },
	{ "hour-in-day", NULL }, { "minute-in-hour", NULL },
	{ "second-in-minute", NULL }, { "seconds", NULL },
};

static void
refuse(xmlXPathParserContext *ctxt, const char *name, int n_args)
{
	xsltTransformContext *t = xsltXPathGetTransformContext(ctxt);

	while (n_args-- > 0)
		xmlXPathFreeObject(valuePop(ctxt));
	valuePush(ctxt, xmlXPathNewCString(""));
	if (t == NULL)
		return;
	run_report(t->_private, DIAG_STYLE_CLOCK, name);
	t->state = XSLT_STATE_STOPPED;
}

static void
guarded_date(xmlXPathParserContext *ctxt, int n_args)
{
	const char *name = (const char *)ctxt->context->function;
	size_t i;

	for (i = 0; n_args > 0 && i < sizeof dates / sizeof *dates; i++)
		if (str_eq(dates[i].name, name)) {
			dates[i].original(ctxt, n_args);
			return;
		}
	refuse(ctxt, name, n_args);
}

static void
no_random(xmlXPathParserContext *ctxt, int n_args)
{
	refuse(ctxt, "random", n_args);
}

/* The node an optional node-set argument begins with; NULL if it is empty. */
static xmlNode *
first_argument(xmlXPathParserContext *ctxt, int n_args,
    xmlXPathObject **object)
{
	xmlNodeSet *set;

	*object = NULL;
	if (n_args == 0)
		return ctxt->context->node;
	if (n_args != 1 || (ctxt->value->type != XPATH_NODESET &&
		ctxt->value->type != XPATH_XSLT_TREE)) {
		xmlXPathErr(ctxt, n_args != 1 ? XPATH_INVALID_ARITY
		    : XPATH_INVALID_TYPE);
		return NULL;
	}
	*object = valuePop(ctxt);
	set = (*object)->nodesetval;
	return set != NULL && set->nodeNr > 0 ? set->nodeTab[0] : NULL;
}

static void
place(xmlXPathParserContext *ctxt, int n_args)
{
	xmlXPathObject *object;
	const xmlNode *node = first_argument(ctxt, n_args, &object);
	const struct where where = xml_where(node);
	struct buf b = { 0 };

	if (ctxt->error != XPATH_EXPRESSION_OK)
		return;
	if (where.file != NULL)
		buf_printf(&b, "%s:%d:%d", where.file, (int)where.line,
		    (int)where.col);
	valuePush(ctxt, xmlXPathNewCString(buf_str(&b)));
	buf_free(&b);
	xmlXPathFreeObject(object);
}

/* day(date): a number that grows by one a day, so that dates compare and their
 * differences are days; NaN of what is no date AAAA-MM-JJ. */
static void
day(xmlXPathParserContext *ctxt, int n_args)
{
	double result = xmlXPathNAN;
	long y, m, d;
	xmlChar *text;
	const char *p;

	if (n_args != 1) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	text = xmlXPathPopString(ctxt);
	p = (const char *)text;
	while (p != NULL && is_space((unsigned char)*p))
		p++;
	if (p != NULL && num_parse_int(p, &p, &y) && *p == '-' &&
	    num_parse_int(p + 1, &p, &m) && *p == '-' &&
	    num_parse_int(p + 1, &p, &d) && y > 0 && y < 10000 && m >= 1 &&
	    m <= 12 && d >= 1 && d <= 31)
		result = (double)date_number(y, m, d);
	valuePush(ctxt, xmlXPathNewFloat(result));
	xmlFree(text);
}

/* say(value, language): a number with the language's decimal sign, anything
 * else as its text. */
static void
say(xmlXPathParserContext *ctxt, int n_args)
{
	xmlChar *lang, *text;
	const char *p;
	double number;

	if (n_args != 2) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	lang = xmlXPathPopString(ctxt);
	text = xmlXPathPopString(ctxt);
	p = (const char *)text;
	if (xmlStrEqual(lang, (const xmlChar *)"fr") && p != NULL &&
	    num_parse(p, &p, &number) && *p == '\0' &&
	    (p = strchr((const char *)text, '.')) != NULL)
		text[p - (const char *)text] = ',';
	valuePush(ctxt, xmlXPathWrapString(text));
	xmlFree(lang);
}

/* fold(text): as it sorts for a reader, accents and case aside. */
static void
fold_text(xmlXPathParserContext *ctxt, int n_args)
{
	struct buf b = { 0 };
	xmlChar *text;

	if (n_args != 1) {
		xmlXPathErr(ctxt, XPATH_INVALID_ARITY);
		return;
	}
	text = xmlXPathPopString(ctxt);
	if (text != NULL)
		str_fold(&b, (const char *)text);
	valuePush(ctxt, xmlXPathNewCString(buf_str(&b)));
	buf_free(&b);
	xmlFree(text);
}

static void
generate_id(xmlXPathParserContext *ctxt, int n_args)
{
	struct run *run = xsltXPathGetTransformContext(ctxt)->_private;
	xmlXPathObject *object;
	const xmlNode *node = first_argument(ctxt, n_args, &object);
	struct buf b = { 0 };

	if (ctxt->error != XPATH_EXPRESSION_OK)
		return;
	if (node != NULL) {
		uintptr_t id;

		if (run->ids == NULL)
			run->ids = map_new();
		id = (uintptr_t)map_lookup_bytes(run->ids, &node, sizeof node);
		if (id == 0) {
			id = map_count(run->ids) + 1;
			map_put_bytes(run->ids, &node, sizeof node,
			    (void *)id);
		}
		buf_printf(&b, "i%lu", (unsigned long)id);
	}
	valuePush(ctxt, xmlXPathNewCString(buf_str(&b)));
	buf_free(&b);
	xmlXPathFreeObject(object);
}

static const struct {
	const char *name;
	xmlXPathFunction function;
} own[] = {
	{ "place", place }, { "day", day }, { "say", say },
	{ "fold", fold_text }, { "occurs", xpath_occurs },
	{ "within", xpath_within }, { "without", xpath_without },
	{ "unlike", xpath_unlike }, { "least", xpath_least },
	{ "greatest", xpath_greatest }, { "below", xpath_below },
};

void
style_functions_register(void)
{
	static bool done;
	size_t i;

	if (done)
		return;
	done = true;
	exsltCommonRegister();
	exsltMathRegister();
	exsltSetsRegister();
	exsltFuncRegister();
	exsltStrRegister();
	exsltDateRegister();
	for (i = 0; i < sizeof dates / sizeof *dates; i++) {
		const xmlChar *name = (const xmlChar *)dates[i].name;

		dates[i].original = xsltExtModuleFunctionLookup(name,
		    EXSLT_DATE_NAMESPACE);
		if (dates[i].original != NULL)
			xsltRegisterExtModuleFunction(name,
			    EXSLT_DATE_NAMESPACE, guarded_date);
	}
	xsltRegisterExtModuleFunction((const xmlChar *)"random",
	    EXSLT_MATH_NAMESPACE, no_random);
	for (i = 0; i < sizeof own / sizeof *own; i++)
		xsltRegisterExtModuleFunction((const xmlChar *)own[i].name,
		    (const xmlChar *)STYLE_NS, own[i].function);
}

void
style_functions_set(struct run *run)
{
	static const xmlChar name[] = "generate-id";

	/* A function that is there is not replaced: it must go first. */
	xmlXPathRegisterFunc(run->ctxt->xpathCtxt, name, NULL);
	xmlXPathRegisterFunc(run->ctxt->xpathCtxt, name, generate_id);
}
