/*
 * xml: the only door through which XML comes in: safe parsing with places,
 * schemas, and running XSLT.  libxml2, libxslt and libexslt live here; what
 * they say never reaches a user, who reads our messages instead.
 *
 * Policy, the same for every file: no network, no DTD is loaded, no external
 * entity, bounded size, depth and number of elements; a nested entity in FO
 * files alone.
 *
 * Places: every element of a tree parsed here carries the file, line and
 * column of its start tag (16 bytes of the job's arena in node->_private).  They
 * survive moving the node to another tree, not copying it: a copy answers with
 * its nearest ancestor that has a place.
 */
#ifndef XML_XML_H
#define XML_XML_H

#include <libxml/tree.h>

#include "base/base.h"

struct xml_limits {
	size_t bytes;	/* of the file */
	size_t elements;
	int depth;	/* nested elements */
	bool flat;	/* a reader leaves out deeper tags; else an error */
	size_t text;	/* bytes that a reader gives in one piece; 0: any */
	bool entities;	/* may be long, hold elements and call each other; one
			 * of another file is left out, else an error */
};

extern const struct xml_limits xml_limits_record; /* one record */
extern const struct xml_limits xml_limits_data;	  /* our own data files */
extern const struct xml_limits xml_limits_fo;	  /* a FO file */
extern const struct xml_limits xml_limits_drawing; /* an SVG file */

/* What lives longer than a job: the dictionary that all trees share (so that
 * nodes move between them without copying), schemas and stylesheets.  One per
 * process; not for two threads. */
struct xml;
struct xml *xml_new(void);
void xml_free(struct xml *x); /* accepts NULL; after every tree is freed */
/* Lets stylesheets read files below this folder, and nowhere else. */
void xml_allow(struct xml *x, const char *folder);
/* Elements of this name in a namespace hold elements alone: white space between
 * these is the layout of a file, and leaves no node in a tree that is parsed
 * from now on.  One namespace for all. */
void xml_holds_elements(struct xml *x, const char *ns, const char *name);

/* ------------------------------------------------------------- parsing */

/* Parses a whole file; NULL after reporting.  The tree is the caller's
 * (xmlFreeDoc), its places are in job->arena. */
xmlDoc *xml_parse_file(struct job *job, struct xml *x, const char *path,
    const struct xml_limits *limits);
/* The same of bytes in memory; `name` stands in places and is copied. */
xmlDoc *xml_parse_bytes(struct job *job, struct xml *x, const char *bytes,
    size_t n, const char *name, const struct xml_limits *limits);

/* Where the start tag of this node, or of its nearest ancestor with a place,
 * stands; of an attribute, its element; where_none() otherwise. */
struct where xml_where(const xmlNode *node);
/* Gives an element a place, e.g. that of the record it was made from. */
void xml_set_where(struct job *job, xmlNode *node, struct where where);
/* Reads "file:line:column", as p:place() writes it; file is put in the
 * arena.  where_none() if it has not that form. */
struct where xml_where_parse(struct job *job, const char *place);

/* An empty tree that nodes of others can be moved into. */
xmlDoc *xml_new_tree(struct xml *x);
/* A copy of a tree that was parsed, places and all: the caller's. */
xmlDoc *xml_copy(struct job *job, struct xml *x, const xmlDoc *doc);

/* Value of an attribute without a namespace, in the arena; NULL if absent. */
const char *xml_attr(struct job *job, const xmlNode *node, const char *name);
bool xml_is(const xmlNode *node, const char *ns, const char *name);
/* The first child element with this local name, any if NULL; NULL if none. */
xmlNode *xml_child(const xmlNode *node, const char *name);
xmlNode *xml_next(const xmlNode *node, const char *name);

/* Text with its white space folded, in the arena; NULL if it is blank. */
const char *xml_fold(struct job *job, const xmlChar *text);

/* A streaming reader with the same policy and places, for files too large for
 * a tree.  Memory is that of one 32 kB piece of input and its events. */
struct xml_reader;
enum xml_event_type { XML_EVENT_START, XML_EVENT_END, XML_EVENT_TEXT };
struct xml_attribute {
	const char *ns;	  /* NULL: none */
	const char *name; /* local */
	const char *value;
};
struct xml_event {
	enum xml_event_type type;
	const char *ns, *name;	/* START, END: interned in the reader, so equal
				 * names are equal pointers */
	const struct xml_attribute *attrs; /* START */
	size_t n_attrs;
	const char *text; /* TEXT, NUL-terminated; runs are joined */
	size_t n_text;
	struct where where; /* START: of the tag; TEXT: where it begins */
};
/* NULL after reporting; path "-" is standard input. */
struct xml_reader *xml_reader_open(struct job *job, struct xml *x,
    const char *path, const struct xml_limits *limits);
/* The same of what a function gives: at most n bytes at a time, 0 at the end,
 * less than 0 after it reported why there is no more. */
typedef ptrdiff_t xml_source_fn(void *ctx, void *p, size_t n);
struct xml_reader *xml_reader_open_source(struct job *job, struct xml *x,
    const char *name, xml_source_fn *source, void *ctx,
    const struct xml_limits *limits);
/* The next event, valid until the next call but for interned names; NULL at
 * the end and after an error, which is reported: xml_reader_failed(). */
const struct xml_event *xml_reader_next(struct xml_reader *r);
bool xml_reader_failed(const struct xml_reader *r);
void xml_reader_free(struct xml_reader *r); /* accepts NULL */

/* --------------------------------------------------------------- paths */

/* An XPath expression of our own data, compiled once; its prefixes are those
 * declared where it stands, at `at`.  NULL after reporting. */
struct xml_path;
struct xml_path *xml_path_compile(struct job *job, const xmlNode *at,
    const char *expression);
void xml_path_free(struct xml_path *p); /* accepts NULL */
/* What it selects from a node, in the order of the tree; an arena array. */
size_t xml_path_nodes(struct job *job, struct xml_path *p, xmlNode *node,
    xmlNode ***nodes);
/* What it says from a node, folded, in the arena; NULL if nothing. */
const char *xml_path_text(struct job *job, struct xml_path *p, xmlNode *node);

/* ------------------------------------------------------------- schemas */

/* A schema of several files of one target namespace. */
struct xml_schema;
/* Compiles a schema that includes `files` of `folder` (only what is below it
 * can be read), or finds it compiled before; NULL after reporting.  x owns
 * it. */
struct xml_schema *xml_schema_load(struct job *job, struct xml *x,
    const char *folder, const char *namespace, const char *const *files,
    size_t n_files);
/* What a value of a type looks like, what a value of an element or attribute of
 * this name looks like, or what an element is, in the user's words, for
 * messages; NULL if nothing is known. */
enum xml_hint { XML_HINT_TYPE, XML_HINT_VALUE, XML_HINT_ELEMENT };
typedef const char *xml_hint_fn(void *data, struct job *job, enum lang lang,
    enum xml_hint what, const char *name);
void xml_schema_hints(struct xml_schema *s, xml_hint_fn *hint, void *data);
/* Reports everything that is wrong, each at its place; true if nothing. */
bool xml_schema_check(struct job *job, struct xml_schema *s, xmlDoc *doc);

/* ---------------------------------------------------------------- XSLT */

struct xml_style;
/* Compiles a stylesheet and what it includes, or finds it compiled before;
 * NULL after reporting.  x owns it.  It can read only inside allowed folders
 * and never write; EXSLT common, dates and times (with arguments only), math
 * (without random), sets, strings and functions (func:function, which our words
 * and figures are written in) are there; generate-id() gives i1, i2… in the
 * order asked, the same on every run.  In the namespace urn:parcours:record,
 * p:place(node-set) gives "file:line:column" of its first node ("" if unknown)
 * and p:occurs(text, lists) the first `item` in some lists that stands in a
 * text as whole words: its text, or in its attribute `shape` digits as 9;
 * p:day(date) gives the day as a number, so that dates compare and subtract,
 * p:list(nodes) their values, each between two spaces, to look values up in,
 * p:fold(text) a text as it sorts for a reader, and p:say(value, language) a
 * number as the language writes it. */
struct xml_style *xml_style_load(struct job *job, struct xml *x,
    const char *path);

/* The sum of every file that the stylesheet was compiled from. */
uint64_t xml_style_sum(const struct xml_style *s);

struct xml_param {
	const char *name;
	const char *value; /* a string, taken literally */
};
/* Runs a stylesheet; NULL after reporting.  The result is the caller's.
 * xsl:message becomes a warning (with terminate="yes" an error) at the
 * current node's place. */
xmlDoc *xml_style_run(struct job *job, struct xml *x, struct xml_style *s,
    xmlDoc *doc, const struct xml_param *params, size_t n_params);

/* Adds to a sum what a tree says: names, attributes, text.  Places,
 * prefixes, comments and the spaces between elements do not count. */
uint64_t xml_sum(const xmlDoc *doc, uint64_t sum);
/* Serialises a tree as UTF-8 (for dumps). */
void xml_write(const xmlDoc *doc, bool indent, struct buf *out);

#endif
