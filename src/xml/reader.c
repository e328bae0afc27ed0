/*
 * The streaming reader: libxml2's push parser fed by pieces, its calls turned
 * into events that the caller pulls.  What one piece gives is kept until it is
 * consumed, so memory is that of a piece and not of the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>

#include "xml/xml_int.h"

#define PIECE (32 * 1024)

struct xml_reader {
	struct parse p;
	xmlParserCtxt *ctxt;	/* NULL before the first piece */
	struct xml *x;
	int fd;			/* -1: the bytes come from source */
	xml_source_fn *source;
	void *ctx;
	bool at_end;
	size_t total;		/* bytes read */
	struct buf window;	/* bytes that places may still need */
	struct arena *strings;	/* of the waiting events */
	struct xml_event *events;
	size_t n, cap, next;
	struct buf text;	/* a run of text that may go on */
	struct where text_where;
	size_t deep;		/* open elements beyond the limit of depth */
	bool deep_reported;
};

static struct xml_event *
new_event(struct xml_reader *r, enum xml_event_type type)
{
	struct xml_event *e;

	VEC_RESERVE(r->events, r->cap, r->n + 1);
	e = &r->events[r->n++];
	*e = (struct xml_event){ .type = type };
	return e;
}

static void
end_text(struct xml_reader *r)
{
	struct xml_event *e;

	if (r->text.n == 0)
		return;
	e = new_event(r, XML_EVENT_TEXT);
	e->text = arena_strndup(r->strings, r->text.p, r->text.n);
	e->n_text = r->text.n;
	e->where = r->text_where;
	buf_clear(&r->text);
}

static struct xml_reader *
of(void *data)
{
	return (struct xml_reader *)((xmlParserCtxt *)data)->_private;
}

/* An element nested too deeply: its tags are left out, its text belongs to what
 * is around it. */
static void
enter_deep(struct xml_reader *r, struct where where, const char *name)
{
	struct buf n = { 0 };

	if (r->deep++ > 0 || r->deep_reported)
		return;
	r->deep_reported = true;
	buf_printf(&n, "%d", r->p.limits->depth);
	diag_report(r->p.job->diag, DIAG_XML_DEEP, where, name, n.p);
	buf_free(&n);
}

/* An entity may be parsed with a dictionary of its own; equal names must be
 * equal pointers. */
static const char *
intern(struct xml_reader *r, const xmlParserCtxt *ctxt, const xmlChar *name)
{
	return (const char *)(name == NULL || ctxt->dict == r->x->dict
	    ? name
	    : xmlDictLookup(r->x->dict, name, -1));
}

static void
on_start(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attrs,
    int n_default, const xmlChar **attrs)
{
	struct xml_reader *r = of(data);
	const struct where where = parse_tag_where(&r->p, data);
	struct xml_attribute *a;
	struct xml_event *e;
	int i;

	(void)prefix;
	(void)n_ns;
	(void)ns;
	(void)n_default;
	if (r->p.limits->flat && r->p.depth >= r->p.limits->depth) {
		enter_deep(r, where, (const char *)name);
		return;
	}
	if (!parse_enter(&r->p, data, where, (const char *)name))
		return;
	end_text(r);
	a = arena_array(r->strings, (size_t)n_attrs + 1, sizeof *a);
	for (i = 0; i < n_attrs; i++, attrs += 5) {
		a[i].name = intern(r, data, attrs[0]);
		a[i].ns = intern(r, data, attrs[2]);
		a[i].value = arena_strndup(r->strings, (const char *)attrs[3],
		    (size_t)(attrs[4] - attrs[3]));
	}
	e = new_event(r, XML_EVENT_START);
	e->name = intern(r, data, name);
	e->ns = intern(r, data, uri);
	e->attrs = a;
	e->n_attrs = (size_t)n_attrs;
	e->where = where;
}

static void
on_end(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct xml_reader *r = of(data);
	struct xml_event *e;

	(void)prefix;
	if (r->deep > 0) {
		r->deep--;
		return;
	}
	r->p.depth--;
	end_text(r);
	e = new_event(r, XML_EVENT_END);
	e->name = intern(r, data, name);
	e->ns = intern(r, data, uri);
}

static void
on_text(void *data, const xmlChar *text, int n)
{
	struct xml_reader *r = of(data);
	const xmlParserCtxt *ctxt = data;

	if (r->p.limits->text > 0 &&
	    r->text.n + (size_t)n > r->p.limits->text) {
		parse_fail(&r->p, DIAG_XML_LONG, where_file(r->p.file), NULL,
		    NULL);
		xmlStopParser(data);
		return;
	}
	if (r->text.n == 0)
		r->text_where = ctxt != r->p.main
		    ? parse_last_where(&r->p)
		    : (struct where){ r->p.file, ctxt->input->line,
			  ctxt->input->col };
	buf_put(&r->text, text, (size_t)n);
}

static struct xml_reader *
new_reader(struct job *job, struct xml *x, const char *path,
    const struct xml_limits *limits)
{
	struct xml_reader *r = xcalloc(1, sizeof *r);

	r->x = x;
	r->fd = -1;
	r->p.job = job;
	r->p.limits = limits;
	r->p.file = arena_strdup(job->arena, path);
	r->strings = arena_new();
	return r;
}

struct xml_reader *
xml_reader_open_source(struct job *job, struct xml *x, const char *name,
    xml_source_fn *source, void *ctx, const struct xml_limits *limits)
{
	struct xml_reader *r = new_reader(job, x, name, limits);

	r->source = source;
	r->ctx = ctx;
	return r;
}

struct xml_reader *
xml_reader_open(struct job *job, struct xml *x, const char *path,
    const struct xml_limits *limits)
{
	struct xml_reader *r;
	const bool is_stdin = str_eq(path, "-");
	const int fd = is_stdin ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		diag_report(job->diag, DIAG_FILE_OPEN, where_file(path),
		    message_reason(diag_lang(job->diag), errno));
		return NULL;
	}
	r = new_reader(job, x, path, limits);
	r->fd = fd;
	return r;
}

static void
start_parser(struct xml_reader *r, const char *piece, int n)
{
	xmlSAXHandler sax = { 0 };

	xmlSAXVersion(&sax, 2);
	sax.ignorableWhitespace = sax.characters = sax.cdataBlock = on_text;
	sax.comment = NULL;
	sax.processingInstruction = NULL;
	r->ctxt = xmlCreatePushParserCtxt(&sax, NULL, piece, n, r->p.file);
	if (r->ctxt == NULL)
		xmalloc(SIZE_MAX); /* ends the program */
	xmlCtxtUseOptions(r->ctxt, PARSE_OPTIONS);
	parse_setup(&r->p, r->p.job, r->x, r->p.file, r->p.limits, r->ctxt);
	r->ctxt->sax->startElementNs = on_start;
	r->ctxt->sax->endElementNs = on_end;
}

/* Forgets the bytes that no place needs any more: those before the parser. */
static void
slide_window(struct xml_reader *r)
{
	const xmlParserInput *in = r->ctxt != NULL ? r->ctxt->input : NULL;
	size_t at = in != NULL ? in->consumed + (size_t)(in->cur - in->base)
			       : 0;
	size_t drop;

	if (in != NULL && in->buf != NULL && in->buf->encoder != NULL) {
		r->p.bytes = NULL;
		return;
	}
	if (at > r->p.base + r->window.n)
		at = r->p.base + r->window.n;
	if (at > r->p.tracker.off)
		tracker_advance(&r->p.tracker, buf_str(&r->window), r->p.base,
		    at);
	drop = r->p.tracker.off - r->p.base;
	if (drop > 0 && drop <= r->window.n) {
		memmove(r->window.p, r->window.p + drop, r->window.n - drop);
		r->window.n -= drop;
		r->p.base += drop;
	}
}

/* As read(2), but what fails is reported. */
static ssize_t
read_piece(struct xml_reader *r, char *piece)
{
	ssize_t n;

	if (r->source != NULL) {
		n = r->source(r->ctx, piece, PIECE);
		if (n < 0)
			r->p.failed = r->p.fatal = true;
		return n;
	}
	do
		n = read(r->fd, piece, PIECE);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		parse_fail(&r->p, DIAG_FILE_OPEN, where_file(r->p.file),
		    message_reason(diag_lang(r->p.job->diag), errno), NULL);
	return n;
}

/* Reads and parses one piece; false at the end of the file. */
static bool
feed(struct xml_reader *r)
{
	char piece[PIECE];
	const ssize_t n = read_piece(r, piece);

	if (n < 0)
		return false;
	r->total += (size_t)n;
	if (r->total > r->p.limits->bytes) {
		struct buf max = { 0 };

		buf_num(&max, (double)r->p.limits->bytes / 1e6, /*decimals*/ 1);
		parse_fail(&r->p, DIAG_FILE_TOO_LARGE, where_file(r->p.file),
		    buf_str(&max), NULL);
		buf_free(&max);
		return false;
	}
	slide_window(r);
	buf_put(&r->window, piece, (size_t)n);
	r->p.bytes = buf_str(&r->window);
	if (r->ctxt == NULL) {
		const int head = n > 4 ? 4 : (int)n;

		start_parser(r, piece, head);
		if (n > head)
			xmlParseChunk(r->ctxt, piece + head, (int)n - head, 0);
	} else if (n > 0) {
		xmlParseChunk(r->ctxt, piece, (int)n, 0);
	}
	if (n == 0) {
		xmlParseChunk(r->ctxt, "", 0, 1);
		if (r->ctxt->wellFormed == 0 && !r->p.failed)
			parse_fail(&r->p, DIAG_XML_SYNTAX,
			    where_file(r->p.file), NULL, NULL);
	}
	return n > 0;
}

const struct xml_event *
xml_reader_next(struct xml_reader *r)
{
	while (r->next >= r->n) {
		if (r->at_end || r->p.fatal)
			return NULL;
		r->n = r->next = 0;
		arena_reset(r->strings);
		r->at_end = !feed(r);
	}
	return &r->events[r->next++];
}

bool
xml_reader_failed(const struct xml_reader *r)
{
	return r->p.failed;
}

void
xml_reader_free(struct xml_reader *r)
{
	if (r == NULL)
		return;
	if (r->ctxt != NULL) {
		xmlFreeDoc(r->ctxt->myDoc);
		r->ctxt->myDoc = NULL;
		xmlFreeParserCtxt(r->ctxt);
	}
	if (r->fd >= 0)
		close(r->fd);
	arena_free(r->strings);
	buf_free(&r->window);
	buf_free(&r->text);
	free(r->events);
	free(r);
}
