/* Between the running of a stylesheet and the functions it may call. */
#ifndef XML_STYLE_INT_H
#define XML_STYLE_INT_H

#include <locale.h>

#include <libxslt/xsltInternals.h>

#include "base/base.h"

/* Of our own functions: that of records. */
#define STYLE_NS "urn:parcours:record"

struct xml;

/* One compilation or run in progress. */
struct run {
	struct job *job;
	struct xml *x;
	const char *style;		/* its path */
	xsltTransformContext *ctxt;	/* NULL while compiling */
	struct buf said;		/* the line being gathered */
	const char *file;		/* of the line before: where */
	int32_t line;
	uint64_t files;			/* sum of those compiled so far */
	struct map *ids;		/* node -> number of generate-id() */
	struct items *items;		/* of p:occurs(); NULL until asked */
	struct names *names;		/* of p:below() */
	long nodes;
	bool failed;	/* an error was reported */
	bool unnamed;	/* something went wrong that no message names yet */
	locale_t plain, former;	/* the numbers' locale during and after */
};

/* Reports an error at the current instruction. */
void run_report(struct run *run, enum diag_code code, const char *detail);

/* Makes the EXSLT modules we allow known, once per process. */
void style_functions_register(void);
/* Gives a run its own functions. */
void style_functions_set(struct run *run);

/* p:occurs(): the first of some lists' items that stands in a text. */
void xpath_occurs(xmlXPathParserContextPtr ctxt, int n_args);

/* p:within() and its like: see nodes.c. */
void xpath_within(xmlXPathParserContextPtr ctxt, int n_args);
void xpath_without(xmlXPathParserContextPtr ctxt, int n_args);
void xpath_unlike(xmlXPathParserContextPtr ctxt, int n_args);
void xpath_least(xmlXPathParserContextPtr ctxt, int n_args);
void xpath_greatest(xmlXPathParserContextPtr ctxt, int n_args);
void xpath_below(xmlXPathParserContextPtr ctxt, int n_args);
void style_names_free(struct run *run);

#endif
