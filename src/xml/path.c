/*
 * XPath for our own data: an expression is compiled once and asked of many
 * trees.  The context, which holds the function library, is kept with it: to
 * make one takes longer than a short path.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "xml/xml_int.h"

struct xml_path {
	xmlXPathContext *context;
	xmlXPathCompExpr *compiled;
};

/* What is wrong with an expression is told by us. */
static void
say_nothing(void *ctx, xmlError *e)
{
	(void)ctx;
	(void)e;
}

/* The prefixes that the file of the expression declares. */
static void
declare(xmlXPathContext *c, const xmlNode *at)
{
	xmlNs **all = xmlGetNsList(at->doc, at);
	size_t i;

	for (i = 0; all != NULL && all[i] != NULL; i++)
		if (all[i]->prefix != NULL)
			xmlXPathRegisterNs(c, all[i]->prefix, all[i]->href);
	xmlFree(all);
}

struct xml_path *
xml_path_compile(struct job *job, const xmlNode *at, const char *expression)
{
	struct xml_path *p = xcalloc(1, sizeof *p);

	p->context = xmlXPathNewContext(at->doc);
	if (p->context != NULL) {
		p->context->error = say_nothing;
		declare(p->context, at);
		p->compiled = xmlXPathCtxtCompile(p->context,
		    (const xmlChar *)expression);
	}
	if (p->compiled != NULL)
		return p;
	diag_report(job->diag, DIAG_STYLE_XPATH, xml_where(at), expression);
	xml_path_free(p);
	return NULL;
}

void
xml_path_free(struct xml_path *p)
{
	if (p == NULL)
		return;
	xmlXPathFreeCompExpr(p->compiled);
	xmlXPathFreeContext(p->context);
	free(p);
}

/* How much of a text is folded as it stands: single spaces, none at its end. */
static size_t
folded_length(const char *p)
{
	size_t n = 0;

	while (p[n] != '\0' && (!is_space((unsigned char)p[n]) ||
		(p[n] == ' ' && n > 0 && p[n + 1] != '\0' &&
		    !is_space((unsigned char)p[n + 1]))))
		n++;
	return n;
}

const char *
xml_fold(struct job *job, const xmlChar *text)
{
	const char *p = (const char *)text, *s;
	const size_t n = p != NULL ? folded_length(p) : 0;
	struct buf b = { 0 };

	if (n > 0 && p[n] == '\0')
		return arena_strndup(job->arena, p, n);
	for (; p != NULL && *p != '\0'; p++) {
		if (!is_space((unsigned char)*p))
			buf_putc(&b, *p);
		else if (b.n > 0 && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	}
	while (b.n > 0 && b.p[b.n - 1] == ' ')
		b.n--;
	s = b.n > 0 ? arena_strndup(job->arena, b.p, b.n) : NULL;
	buf_free(&b);
	return s;
}

static xmlXPathObject *
evaluate(struct xml_path *p, xmlNode *node)
{
	p->context->doc = node->doc;
	p->context->node = node;
	return xmlXPathCompiledEval(p->compiled, p->context);
}

size_t
xml_path_nodes(struct job *job, struct xml_path *p, xmlNode *node,
    xmlNode ***nodes)
{
	xmlXPathObject *found = evaluate(p, node);
	size_t n = 0;

	*nodes = NULL;
	if (found != NULL && found->nodesetval != NULL &&
	    found->nodesetval->nodeNr > 0) {
		n = (size_t)found->nodesetval->nodeNr;
		*nodes = arena_array(job->arena, n, sizeof **nodes);
		memcpy(*nodes, found->nodesetval->nodeTab, n * sizeof **nodes);
	}
	xmlXPathFreeObject(found);
	return n;
}

const char *
xml_path_text(struct job *job, struct xml_path *p, xmlNode *node)
{
	xmlXPathObject *found = evaluate(p, node);
	xmlChar *text = found != NULL ? xmlXPathCastToString(found) : NULL;
	const char *folded = xml_fold(job, text);

	xmlFree(text);
	xmlXPathFreeObject(found);
	return folded;
}
