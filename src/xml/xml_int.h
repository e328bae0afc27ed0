/*
 * xml's own files share this: the process-wide store, places while parsing,
 * and the translation of what the libraries say.
 */
#ifndef XML_XML_INT_H
#define XML_XML_INT_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "xml/xml.h"

struct xml {
	struct arena *arena;	 /* places of what is kept between jobs */
	xmlDict *dict;		 /* shared by all trees */
	struct map *schemas;	 /* joined paths -> struct xml_schema */
	struct map *styles;	 /* path -> struct xml_style */
	struct map *documents;	 /* path -> xmlDoc read by document() */
	char **allowed;		 /* real paths of readable folders */
	size_t n_allowed;
	const char *ns;		 /* of the structures; NULL: there are none */
	struct map *structures;	 /* elements without text of their own */
};

/* Limits libxml2's blocks of memory; before its first call. */
void xml_memory_limit(void);

/* Follows the bytes of one file and knows the line and column of each. */
struct tracker {
	size_t off;
	int32_t line, col;	/* of the byte at off; col in characters */
};
/* Moves to offset `to`; bytes[0] is at offset `base` <= t->off. */
void tracker_advance(struct tracker *t, const char *bytes, size_t base,
    size_t to);

/* One parse in progress, in ctxt->_private. */
struct parse {
	struct job *job;
	const struct xml *x;
	const struct xml_limits *limits;
	const char *file;	/* in the arena */
	const char *bytes;	/* what is known of the file from offset base */
	size_t base;
	struct tracker tracker;
	const xmlParserCtxt *main; /* libxml2 parses an entity in another */
	size_t elements;
	int depth;
	bool failed;	/* something was reported */
	bool fatal;	/* nothing more is worth reporting */
};

/* Prepares a parser context: dictionary, limits, errors, entity policy. */
void parse_setup(struct parse *p, struct job *job, struct xml *x,
    const char *file, const struct xml_limits *limits, xmlParserCtxt *ctxt);
/* To be called from startElementNs: where the tag begins. */
struct where parse_tag_where(struct parse *p, xmlParserCtxt *ctxt);
/* That of the last tag in the file itself. */
struct where parse_last_where(const struct parse *p);
/* Counts an element in; false, after reporting, when it is one too many. */
bool parse_enter(struct parse *p, xmlParserCtxt *ctxt, struct where where,
    const char *name);
void parse_fail(struct parse *p, enum diag_code code, struct where where,
    const char *a, const char *b);
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA | \
    XML_PARSE_COMPACT | XML_PARSE_BIG_LINES)

/* Reports what libxml2 found ill-formed, in our words. */
void parse_error_report(struct parse *p, const xmlError *err);

void schema_free(struct xml_schema *s);
void style_free(struct xml_style *s);

#endif
