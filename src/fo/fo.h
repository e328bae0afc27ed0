/*
 * fo: an XSL-FO file (or a stylesheet's result) to a typed tree of formatting
 * objects with computed properties: shorthands expanded, expressions
 * evaluated, inheritance and corresponding properties done (XSL 1.1, 5),
 * white space treated (7.17), the typographic spaces of each language set where
 * px:typography="on".  What stays for layout: percentages of areas.
 *
 * The tree is read as layout asks for it: one page sequence, and inside its
 * flow one child (one table row) at a time, so that a long document is never
 * held whole.  A layout that must begin again opens the document again.
 */
#ifndef FO_FO_H
#define FO_FO_H

#include <libxml/tree.h>

#include "base/base.h"

enum fo_type {
	FO_TEXT,		/* characters, white space treated */
	FO_ROOT, FO_DECLARATIONS, FO_COLOR_PROFILE,
	FO_BOOKMARK_TREE, FO_BOOKMARK, FO_BOOKMARK_TITLE,
	FO_LAYOUT_MASTER_SET, FO_PAGE_SEQUENCE_MASTER,
	FO_SINGLE_PAGE_MASTER_REFERENCE, FO_REPEATABLE_PAGE_MASTER_REFERENCE,
	FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES,
	FO_CONDITIONAL_PAGE_MASTER_REFERENCE, FO_SIMPLE_PAGE_MASTER,
	FO_REGION_BODY, FO_REGION_BEFORE, FO_REGION_AFTER, FO_REGION_START,
	FO_REGION_END, FO_FLOW_MAP, FO_FLOW_ASSIGNMENT, FO_FLOW_SOURCE_LIST,
	FO_FLOW_NAME_SPECIFIER, FO_FLOW_TARGET_LIST, FO_REGION_NAME_SPECIFIER,
	FO_PAGE_SEQUENCE_WRAPPER, FO_PAGE_SEQUENCE,
	FO_EXTERNAL_DOCUMENT, FO_TITLE,
	FO_STATIC_CONTENT, FO_FLOW, FO_FOLIO_PREFIX, FO_FOLIO_SUFFIX,
	FO_BLOCK, FO_BLOCK_CONTAINER, FO_BIDI_OVERRIDE, FO_CHARACTER,
	FO_INITIAL_PROPERTY_SET, FO_EXTERNAL_GRAPHIC,
	FO_INSTREAM_FOREIGN_OBJECT, FO_INLINE, FO_INLINE_CONTAINER, FO_LEADER,
	FO_PAGE_NUMBER, FO_PAGE_NUMBER_CITATION, FO_PAGE_NUMBER_CITATION_LAST,
	FO_SCALING_VALUE_CITATION, FO_TABLE_AND_CAPTION, FO_TABLE_CAPTION,
	FO_TABLE, FO_TABLE_COLUMN, FO_TABLE_HEADER, FO_TABLE_FOOTER,
	FO_TABLE_BODY, FO_TABLE_ROW, FO_TABLE_CELL, FO_LIST_BLOCK,
	FO_LIST_ITEM, FO_LIST_ITEM_LABEL, FO_LIST_ITEM_BODY, FO_BASIC_LINK,
	FO_MULTI_SWITCH, FO_MULTI_CASE, FO_MULTI_TOGGLE, FO_MULTI_PROPERTIES,
	FO_MULTI_PROPERTY_SET, FO_INDEX_PAGE_NUMBER_PREFIX,
	FO_INDEX_PAGE_NUMBER_SUFFIX, FO_INDEX_RANGE_BEGIN, FO_INDEX_RANGE_END,
	FO_INDEX_KEY_REFERENCE, FO_INDEX_PAGE_CITATION_LIST,
	FO_INDEX_PAGE_CITATION_LIST_SEPARATOR,
	FO_INDEX_PAGE_CITATION_RANGE_SEPARATOR, FO_FLOAT, FO_FOOTNOTE,
	FO_FOOTNOTE_BODY, FO_CHANGE_BAR_BEGIN, FO_CHANGE_BAR_END, FO_WRAPPER,
	FO_MARKER, FO_RETRIEVE_MARKER, FO_RETRIEVE_TABLE_MARKER,
	FO_TYPE_COUNT
};

/* ----------------------------------------------------------- properties */

/* props.def has one row per property and per part of a compound property:
 * PROP(SPACE_BEFORE_OPTIMUM, "space-before.optimum", inherited, type, initial,
 * percent, words, section).  Shorthands stand in a table of their own and
 * never reach a style. */
enum fo_prop {
#define PROP(id, name, inherited, type, initial, percent, words, section) \
	PR_##id,
#include "fo/props.def"
#undef PROP
	PR_COUNT
};

/* Keywords of all properties: KEYWORD(NO_WRAP, "no-wrap") → KW_NO_WRAP. */
enum fo_keyword {
	KW_NONE_GIVEN,
#define KEYWORD(id, name) KW_##id,
#include "fo/keywords.def"
#undef KEYWORD
	KW_COUNT
};

enum fo_kind {
	FV_KEYWORD,	/* kw */
	FV_LENGTH,	/* len + pct of a reference that layout knows */
	FV_NUMBER,	/* num, thousandths: "2" is 2000 */
	FV_COLOR,	/* 0xRRGGBBAA */
	FV_STRING,	/* str, never NULL */
	FV_PROPORTION	/* proportional-column-width: num + len */
};

struct fo_value {
	uint8_t kind;
	bool in_area;		/* a margin's percentage is of the reference area */
	uint16_t kw;
	uint32_t hole;		/* 0: values are compared as bytes */
	union {
		struct {
			mpt len;
			int32_t pct;	/* thousandths of a percent */
		};
		struct {
			int32_t num;
			mpt num_len;	/* the length added to a proportion */
		};
		uint32_t rgba;
		const char *str;
	};
};

/* Computed properties, shared between objects that compute alike; immutable
 * but for `layout`; lives until fo_free.  The values stand in runs of
 * FO_RUN rows of props.def, and styles share the runs in which they agree: a
 * style of its own costs 400 bytes, not 5,000. */
enum { FO_RUN = 16, FO_RUNS = (PR_COUNT + FO_RUN - 1) / FO_RUN };

struct fo_style {
	uint32_t id;
	void *layout;	/* layout's own cache (fonts), NULL at first */
	const struct fo_value *run[FO_RUNS];
};

/* Access.  Writing-mode-relative properties (before, after, start, end) are
 * always set; absolute ones have been mapped to them (XSL 1.1, 5.3).  For
 * objects that are not reference areas start-indent and end-indent count from
 * the containing reference area to the content rectangle. */
static inline const struct fo_value *
fo_value(const struct fo_style *s, enum fo_prop p)
{
	return &s->run[p / FO_RUN][p % FO_RUN];
}
/* A length, percentages resolved against `base`; 0 for a keyword.  Never more
 * than what a page could hold (PDF's are 14,400 pt at most), so that a few may
 * be added without a thought. */
#define FO_LENGTH_MAX PT(20000)
mpt fo_length(const struct fo_style *s, enum fo_prop p, mpt base);
/* The keyword, or KW_NONE_GIVEN when the value is of another kind. */
enum fo_keyword fo_keyword(const struct fo_style *s, enum fo_prop p);
/* A number rounded to an integer; `otherwise` for other kinds. */
int fo_integer(const struct fo_style *s, enum fo_prop p, int otherwise);
/* Thousandths. */
int32_t fo_number(const struct fo_style *s, enum fo_prop p, int32_t otherwise);
uint32_t fo_color(const struct fo_style *s, enum fo_prop p); /* 0xRRGGBBAA */
/* The string, or NULL for other kinds ("none", "auto"). */
const char *fo_string(const struct fo_style *s, enum fo_prop p);
/* The line-height (its optimum), "normal" being 1.2 times the font-size. */
mpt fo_line_height(const struct fo_style *s);
/* A keep: 0 auto, 1…  integer strength, INT_MAX always (XSL 1.1, 4.8). */
int fo_keep(const struct fo_style *s, enum fo_prop p);
bool fo_value_equal(const struct fo_value *a, const struct fo_value *b);
/* Is the property written on the object itself (not inherited, not initial)? */
bool fo_is_specified(const struct fo_style *s, enum fo_prop p);
const char *fo_prop_name(enum fo_prop p);
const char *fo_keyword_name(enum fo_keyword k);

/* ----------------------------------------------------------------- tree */

struct fo_node {		/* a large document has millions of them */
	uint16_t type;		/* enum fo_type */
	bool streamed : 1;	/* children come through fo_child only */
	bool complete : 1;	/* all children have been read */
	/* An inline that holds a block is parted (hoist.c): this part holds
	 * the block; one with areas is before this part; one is after it. */
	bool shell : 1, goes_on_from : 1, goes_on : 1;
	/* The builder's own. */
	bool top : 1;		/* counted in its unit's tops */
	bool placed : 1;	/* where is given by px:place, here or above */
	bool dropped : 1;	/* taken out of its paragraph */
	bool in_marker : 1;	/* computed only where the marker is retrieved */
	uint32_t run;		/* see fo_id_run */
	uint32_t text_n;	/* FO_TEXT: its length */
	uint16_t has;		/* builder: required children that have come */
	struct fo_node *parent, *first, *last, *next;
	const struct fo_style *style;	/* FO_TEXT: its parent's */
	/* px:place if there is one, else the FO's own place. */
	struct where where;
	union {
		const char *text;	/* FO_TEXT: UTF-8, not terminated */
		/* svg of an FO_INSTREAM_FOREIGN_OBJECT */
		xmlNode *foreign;
		void *layout;	/* FO_MARKER: layout's own, NULL at first */
	};
	const char *id;		/* or NULL */
	const struct fo_access *access;	/* or NULL */
};

/* What an author says of an object to those who do not see it. */
struct fo_access {
	const char *role;	/* the role property, or NULL */
	const char *alt;	/* fox:alt-text, or NULL */
};
static inline const char *
fo_role(const struct fo_node *n)
{
	return n->access != NULL ? n->access->role : NULL;
}
static inline const char *
fo_alt(const struct fo_node *n)
{
	return n->access != NULL ? n->access->alt : NULL;
}

/* What the formatter makes of a property (support.def). */
enum fo_support { SUPPORT_YES, SUPPORT_PARTLY, SUPPORT_NO, SUPPORT_IDLE };
enum fo_support fo_prop_support(enum fo_prop p);

const char *fo_type_name(enum fo_type t);	/* "table-cell" */
bool fo_is_inline(enum fo_type t);	/* may stand in a line */
bool fo_is_block(enum fo_type t);

struct fo_doc;

/* A file ("-": standard input, which must have been spooled by the caller), or
 * a tree that must outlive the document.  NULL after reporting. */
struct fo_doc *fo_open(struct job *job, const char *path);
struct fo_doc *fo_open_tree(struct job *job, xmlDoc *tree);
void fo_free(struct fo_doc *d);

/* The fo:root with everything before the first page sequence: layout masters,
 * declarations, bookmarks.  NULL after reporting. */
struct fo_node *fo_root(struct fo_doc *d);
/* The next fo:page-sequence: title and static contents complete, its flow
 * without children (streamed).  NULL at the end, or after reporting a fatal
 * error (diag says).  The one before is freed. */
struct fo_node *fo_next_sequence(struct fo_doc *d);
/* When all of a sequence's flow has been read: the initial-page-number of the
 * sequence after it as it is written ("auto" if it is not), on which
 * force-page-count="auto" depends (XSL 1.1, 7.27.6).  NULL: none follows. */
const char *fo_peek_initial(struct fo_doc *d);
/* The child after `after` (NULL: the first), read when needed; NULL: no more.
 * Works for every node; the only way for streamed ones (flow, and below it
 * table, table-body, list-block, and blocks that hold blocks).  A node below a
 * streamed one is complete with all its children, unless it is streamed
 * itself. */
struct fo_node *fo_child(struct fo_doc *d, struct fo_node *parent,
    struct fo_node *after);
/* The first child of a type, read when needed; NULL: none. */
struct fo_node *fo_child_of_type(struct fo_doc *d, struct fo_node *parent,
    enum fo_type type);
/* Content between two breaks that are asked for (break-before, break-after, a
 * change of span, a page sequence) is a run; runs are counted in the order of
 * the document.  The run of the object of an id; 0: it has not been read. */
uint32_t fo_id_run(const struct fo_doc *d, const char *id);
/* Layout is done with this child of a streamed node: its memory is reused.
 * Markers and ids that must survive have been taken by layout. */
void fo_release(struct fo_doc *d, struct fo_node *n);
/* A node is needed beyond its release, with all that it holds, until it is let
 * go as often: what it calls stands on a page to come. */
void fo_hold(struct fo_node *n);
void fo_let_go(struct fo_node *n);

/* The content of a marker as children of an fo:wrapper in the place of the
 * retrieve-marker, properties computed there (XSL 1.1, 6.13.6).  `marker` must not have been
 * released: fo_marker_keep makes a copy that lives until fo_free.  The
 * result lives until the page sequence ends. */
struct fo_node *fo_marker_keep(struct fo_doc *d, struct fo_node *marker);
struct fo_node *fo_marker_instance(struct fo_doc *d, struct fo_node *marker,
    struct fo_node *retrieve);

/* What fo:declarations and the root say of the document. */
struct fo_info {
	const char *lang;		/* xml:lang or language-country */
	const char *title;		/* dc:title, else fo:title of the first sequence */
	const char *author, *subject, *keywords, *creator, *date;
	const char *number;		/* px:number on the root */
	const char *xmp;		/* rdf:Description elements, serialised, or NULL */
	/* pdf:embedded-file in the order of the document */
	size_t n_files;
	const struct fo_file {
		const char *name, *description, *src;
	} *files;
	/* pdf:layer, which fox:layer names; hidden: it does not show at first */
	size_t n_layers;
	const struct fo_layer {
		const char *id, *name;
		bool hidden;
	} *layers;
};
const struct fo_info *fo_info(struct fo_doc *d);

/* The tree as text, for tests: type, text, and the properties that differ
 * from the parent's or from the initial value. */
void fo_dump(struct buf *out, const struct fo_node *n);

#endif
