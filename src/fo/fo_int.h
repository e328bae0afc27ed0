/*
 * fo, seen from inside.  The road of an FO: source.c gives events of a file or
 * of a tree; build.c makes nodes of them, asking style.c for each node's
 * computed properties (names.c: which attribute means what; shorthand.c;
 * expr.c: values); space.c and typography.c treat the text of a finished
 * paragraph.
 */
#ifndef FO_FO_INT_H
#define FO_FO_INT_H

#include "fo/fo.h"
#include "xml/xml.h"

#define NS_FO  "http://www.w3.org/1999/XSL/Format"
#define NS_FOX "http://xmlgraphics.apache.org/fop/extensions"
#define NS_PX  "urn:parcours:fo"
#define NS_XML "http://www.w3.org/XML/1998/namespace"

/* ------------------------------------------------------- objects (type.c) */

enum {
	OBJ_BLOCK = 1,		/* %block; */
	OBJ_INLINE = 2,		/* %inline; */
	OBJ_REFERENCE = 4,	/* a new reference area: indents begin at 0 */
	OBJ_OUT = 8,		/* may stand wherever text or blocks may */
	OBJ_LINES = 16,		/* its text is a paragraph of its own */
	OBJ_NEUTRAL = 32	/* block or inline as its content is */
};

/* FO_TYPE_COUNT for a name that is not XSL's. */
enum fo_type type_lookup(const char *name);
unsigned type_flags(enum fo_type t);
/* May `child` stand in `parent`?  FO_TEXT is characters that are not space. */
bool type_can_contain(enum fo_type parent, enum fo_type child);

/* --------------------------------------------------- properties (names.c) */

enum prop_type {
	PT_WORD, PT_LENGTH, PT_NUMBER, PT_INTEGER, PT_COLOR, PT_STRING, PT_URI,
	PT_CHAR, PT_NAMES, PT_FACTOR, PT_PROPORTION, PT_DECORATION
};

enum prop_percent {
	PP_NONE, PP_AREA, PP_FONT, PP_PARENT_FONT, PP_PARENT_LINE
};

struct prop_row {
	const char *name;
	uint8_t inherited, type, percent;
	const char *initial;
	const char *words;	/* keywords allowed, separated by spaces */
};

extern const struct prop_row prop_rows[PR_COUNT];

/* What an attribute's name stands for. */
enum name_kind {
	NAME_PROP,	/* one row */
	NAME_PARTS,	/* a compound: n rows from prop on get the value */
	NAME_SHORTHAND,	/* shorthand.c expands it with `arg` */
	NAME_ABSOLUTE,	/* by writing mode: `arg` is what and which side */
	NAME_NODE,	/* a field of the node: id, role … */
	NAME_IGNORED	/* has no visual effect (aural properties) */
};

/* `arg` of absolute variants and shorthands is one of these << 2, with a side
 * or corner in the lower bits. */
enum {
	ABS_BORDER_COLOR, ABS_BORDER_STYLE, ABS_BORDER_WIDTH, ABS_PADDING,
	ABS_MARGIN, ABS_WIDTH, ABS_HEIGHT, ABS_MIN_WIDTH, ABS_MIN_HEIGHT,
	ABS_MAX_WIDTH, ABS_MAX_HEIGHT, ABS_BLEED, ABS_CROP_OFFSET,
	ABS_CLIP
};
enum {
	SH_FONT, SH_BACKGROUND, SH_BACKGROUND_POSITION, SH_BORDER,
	SH_BORDER_SIDE, SH_BORDER_COLOR, SH_BORDER_STYLE, SH_BORDER_WIDTH,
	SH_BORDER_SPACING, SH_PADDING, SH_MARGIN, SH_BREAK_BEFORE,
	SH_BREAK_AFTER, SH_BREAK_INSIDE, SH_POSITION, SH_SIZE,
	SH_TEXT_DECORATION, SH_VERTICAL_ALIGN, SH_WHITE_SPACE, SH_XML_LANG,
	SH_RADIUS, SH_CORNER, SH_RADII, SH_BLEED, SH_CROP_OFFSET, SH_SCALE,
	SH_CLIP
};
enum { NODE_ID, NODE_ROLE, NODE_ALT, NODE_PLACE, NODE_NUMBER };
enum side { SIDE_TOP, SIDE_BOTTOM, SIDE_LEFT, SIDE_RIGHT };

struct name {
	const char *name;
	uint8_t kind;
	uint8_t rank;	/* a higher one wins (XSL 1.1, 5.2 and 5.3) */
	uint8_t n;
	uint16_t prop;
	uint16_t arg;
};

/* Every name with what it stands for; the caller frees the map. */
struct map *names_new(void);
/* KW_NONE_GIVEN if it is no keyword. */
enum fo_keyword keyword_lookup(const char *s, size_t n);
bool words_have(const char *words, const char *s, size_t n);

/* ------------------------------------------------------- styles (style.c) */

struct attr {
	const struct name *name;
	const char *value;
};

/* A finding to be repeated at each place that uses a style. */
struct finding {
	struct finding *next;
	enum diag_code code;
	const char *args[3];
};

struct style {
	struct fo_style s;
	const struct style *parent;
	const struct fo_style *initial;	/* every property's initial value */
	const struct finding *findings;
	uint16_t type;
	uint16_t mode;	/* the writing-mode that directions follow: keyword */
	bool passing;	/* depends on more than parent, type and attributes */
	uint8_t specified[(PR_COUNT + 7) / 8];
};

struct styles;
struct styles *styles_new(void);
void styles_free(struct styles *st); /* accepts NULL */
/* The name of an attribute ("px:place" with its prefix), NULL if unknown. */
const struct name *styles_name(const struct styles *st, const char *name);
/* Every property's initial value. */
const struct fo_style *styles_initial(const struct styles *st);

/* What some functions of expressions need beyond the parent's style. */
struct style_context {
	const struct fo_style *column;	/* from-table-column(), or NULL */
	const struct fo_style *region;	/* from-page-master-region(), or NULL */
	const struct fo_style *merge;	/* merge-property-values(), or NULL */
};

/* The style of an object with these attributes, NULL parent for the root. */
const struct style *style_make(struct styles *st, const struct style *parent,
    enum fo_type type, const struct attr *attrs, size_t n,
    const struct style_context *context);
/* A style like this one, in the arena, but with these values of another. */
const struct fo_style *style_with(struct arena *arena,
    const struct style *style, const struct fo_style *from,
    const enum fo_prop *props, size_t n);
/* Reports the style's findings at this place. */
void style_report(struct job *job, const struct style *s, struct where w);
/* A percentage of a margin or a list's distance is of the parent's content, an
 * indent's is of the reference area: what the parent's indents take away counts
 * less. */
struct fo_value style_in_area(const struct style *parent,
    struct fo_value margin);
const char *styles_intern(struct styles *st, const char *s, size_t n);

/* What is known while one style is computed. */
struct making {
	struct styles *st;
	const struct style *parent;	/* NULL for the root */
	enum fo_type type;
	const struct style_context *context;
	struct fo_value v[FO_RUNS * FO_RUN];
	uint8_t rank[PR_COUNT];	/* 0: not specified */
	uint16_t mode;		/* the writing-mode that directions follow */
	uint8_t sides[4];	/* enum side of before, after, start, end */
	const char *blame;	/* the attribute that findings are about */
	struct finding *findings;
	bool passing;
};

/* The row that a property's name means where `current` is computed: of a
 * compound, the part that current is of its own.  PR_COUNT if none. */
enum fo_prop making_prop(struct making *m, const char *name, size_t n,
    enum fo_prop current);
/* The row of an absolute variant's `arg` under the writing mode. */
enum fo_prop absolute_prop(const struct making *m, unsigned arg);
void making_report(struct making *m, enum diag_code code, const char *a,
    const char *b, const char *c);
/* Evaluates text as the value of p and sets it unless a higher rank did. */
void making_set(struct making *m, enum fo_prop p, const char *text, int rank);
void making_put(struct making *m, enum fo_prop p, struct fo_value v, int rank);
void shorthand_expand(struct making *m, const struct name *name,
    const char *text);
void absolute_expand(struct making *m, const struct name *name,
    const char *text);

/* --------- values (read.c), expressions (expr.c), functions (function.c) */

struct fo_value value_keyword(enum fo_keyword k);
struct fo_value value_length(mpt len, int32_t pct);
struct fo_value value_color(uint32_t rgba);
/* As fo_dump writes it: "12.5", "50%+3", "#2" a number, "#rrggbbaa". */
void value_put(struct buf *out, const struct fo_value *v);

/* A numeric is v + pct % + prop parts: v in points when dim is 1, a plain
 * number when it is 0; pct is of an area that layout knows; prop is what
 * proportional-column-width() gave. */
struct result {
	enum { RK_NUMERIC, RK_VALUE, RK_NAME } kind;
	double v, pct, prop;
	int dim;
	struct fo_value value;	/* RK_VALUE: a colour, keyword or string */
	const char *name;	/* RK_NAME: a word, or a literal's content */
	size_t n;
};

/* The value of an expression for the row p; false if it makes no sense. */
bool expr_evaluate(struct making *m, enum fo_prop p, const char *text,
    struct result *out);
struct result result_number(double v, int dim);
struct result result_value(struct fo_value value);
bool result_is_number(const struct result *r);	/* no unit, no percentage */
bool result_comparable(const struct result *a, const struct result *b);
/* Does the text begin with a call of a function we know? */
bool expr_is_call(const char *text);

struct call {
	struct making *m;
	enum fo_prop p;
	const char *name;
	struct result *args;
	size_t n;
};
struct function {
	const char *name;
	bool (*call)(const struct call *c, struct result *out);
	double whole;		/* of a colour: what 100% is among its arguments; or 0 */
};
const struct function *function_lookup(const char *name, size_t n);

/* The value of p given by text; false after noting a finding. */
bool value_read(struct making *m, enum fo_prop p, const char *text,
    struct fo_value *out);
/* True if the text could be a colour: for shorthands that sort by kind. */
bool color_parse(const char *s, size_t n, uint32_t *rgba);
bool system_color(const char *s, size_t n, uint32_t *rgba);

/* --------------------------------------------------------- text (space.c) */

/* Makes blocks that stand in inlines siblings of them, among the children of
 * `parent` that follow `before` (NULL: all). */
void hoist_blocks(struct fo_node *parent, struct fo_node *before);
/* Treats white space (XSL 1.1, 7.16.7, 7.16.8, 7.16.12) and typography in the
 * inline content of a paragraph: the siblings from `first` on, and below
 * them down to the next block.  Text that became empty keeps its node,
 * with text_n 0.  `begins`, `ends`: a line begins before and ends after them. */
void space_treat(struct arena *arena, struct fo_node *first, bool begins,
    bool ends);

/* What a paragraph is made of, in order. */
struct run {
	enum {
		RUN_TEXT,
		RUN_CHARACTER,	/* an fo:character */
		RUN_SPLIT,	/* an inline object begins, or marks a place */
		RUN_FLOAT,	/* the same, of a float */
		RUN_INLINE_END,	/* one ends */
		RUN_APART,	/* text that does not stand here has come */
		RUN_OBJECT,	/* a page number, an image … */
		RUN_BREAK	/* a block: the line ends */
	} kind;
	bool in_block;		/* not in an inline object */
	struct fo_node *node;	/* of text and characters */
};

/* Sets the spaces of each text's language where px:typography is on. */
void typography_treat(struct arena *arena, const struct run *runs, size_t n);
/* The same of one text ("fr", "fr-CA" …). */
void typography_text(const char *lang, const char *text, size_t n,
    struct buf *out);

/* ------------------------------------------------- the document (build.c) */

/* A unit takes no more when it has a little less than the 64 kB of an arena's
 * block. */
enum { UNIT_SIZE = 48 * 1024 };

/* What is allocated and given back together: some children of streamed nodes
 * with all they hold, or a page sequence. */
struct unit {
	struct unit *next;	/* in the pool, or in the list of a sequence */
	struct fo_doc *doc;
	struct arena *arena;
	size_t used;		/* bytes, about */
	size_t tops;		/* nodes that are not released yet */
	size_t holds;		/* of nodes that are needed beyond that */
	bool ended;		/* waits for these only */
	struct foreign *foreign; /* trees of foreign objects, newest first */
};

struct foreign {
	struct foreign *next;
	xmlDoc *doc;
};

/* A node with what only the builder knows. */
struct inner {
	struct fo_node n;
	struct unit *unit;
	union {
		/* Of a marker and what is in it: the attributes, for that. */
		const struct attr_list *attrs;
		/* Of a table elsewhere: for each column the rows that a cell
		 * from above still takes; or NULL. */
		struct taken *taken;
	};
};

struct attr_list {
	size_t n;
	struct attr v[];
};

struct taken {
	size_t n;
	uint16_t rows[];
};

static inline struct inner *
inner(const struct fo_node *n)
{
	return (struct inner *)n;
}

static inline const struct style *
node_style(const struct fo_node *n)
{
	return (const struct style *)n->style;
}

struct fo_doc {
	struct job *job;
	struct source *source;
	struct styles *styles;
	const struct xml_event *event;	/* looked at, not yet consumed */
	bool ended;			/* no event will come */
	struct unit *pool;		/* units to be used again */
	struct unit *filling;		/* takes the next streamed children */
	struct unit *lasting;		/* of the root, kept markers */
	struct unit *instances;		/* markers retrieved in this sequence */
	struct fo_node *root, *sequence, *wrapper;
	struct fo_node **open;		/* streamed nodes being read */
	size_t n_open, open_cap;
	struct attr *attrs;		/* of the element being read */
	size_t n_attrs, attrs_cap;
	struct buf name;
	struct map *ids;		/* all so far: the run of each */
	uint32_t run;			/* being read */
	struct fo_info info;
	struct fo_file *files;
	size_t files_cap;
	struct fo_layer *layers;
	size_t layers_cap;
	bool layers_hidden;	/* pdf:catalog: all that it does not name */
};

const struct xml_event *event_peek(struct fo_doc *d);
void event_next(struct fo_doc *d);

struct unit *unit_new(struct fo_doc *d);
/* The unit for the next child of a streamed node: shared by neighbours while
 * they fit into one block of memory. */
struct unit *unit_filling(struct fo_doc *d);
void unit_release(struct fo_doc *d, struct unit *u);
struct fo_node *node_new(struct unit *u, struct fo_node *parent,
    enum fo_type type);
/* Makes a node a child of another, among whose children it is not yet. */
void node_place(struct fo_node *n, struct fo_node *parent);
void node_append(struct fo_node *parent, struct fo_node *n);
/* Keeps attributes with a node of a marker. (marker.c) */
void attrs_copy(struct unit *u, struct fo_node *n, const struct attr *attrs,
    size_t n_attrs);
void node_compute(struct fo_doc *d, struct fo_node *n,
    const struct attr *attrs, size_t n_attrs);

/* A node has ended: it may end its run (fo_id_run). */
void build_run_end(struct fo_doc *d, const struct fo_node *n);

/* The node of the start tag that event_peek shows, which is consumed; not yet
 * appended.  NULL after reporting and skipping what may not stand here. */
struct fo_node *build_start(struct fo_doc *d, struct unit *u,
    struct fo_node *parent);
/* The same of fo:root, which has no parent. */
struct fo_node *build_root(struct fo_doc *d, struct unit *u);
/* Consumes text where there may be none, reporting it unless it is blank. */
void build_refuse_text(struct fo_doc *d, struct fo_node *parent);
/* Reads all that a started node holds. */
void build_rest(struct fo_doc *d, struct fo_node *n);
/* Reads text and inline objects into `parent` until a block or the end. */
void build_run(struct fo_doc *d, struct unit *u, struct fo_node *parent);
/* Treats what a paragraph holds after `before` (NULL: all of it), and drops
 * empty text. */
void build_finish_lines(struct fo_node *parent, struct fo_node *before,
    bool begins, bool ends);
enum next_kind {
	NEXT_END,	/* of the element, or of the input */
	NEXT_SPACE,	/* white space */
	NEXT_TEXT,
	NEXT_INLINE,	/* an object that stands in lines */
	NEXT_OUT,	/* a marker, float, … */
	NEXT_BLOCK	/* anything else */
};
enum next_kind build_next_kind(struct fo_doc *d);
/* The type that the next start tag or text would make; FO_TYPE_COUNT: none. */
enum fo_type build_next_type(struct fo_doc *d);
/* The type of an element, or FO_TYPE_COUNT. */
enum fo_type build_type(const struct xml_event *e);

/* Reads a foreign element whose start was the last event into a tree of its
 * own, owned by the unit. */
xmlNode *foreign_read(struct fo_doc *d, struct unit *u,
    const struct xml_event *start);
xmlNode *foreign_copy(struct unit *u, const xmlNode *node);
/* Takes what an element in fo:declarations says of the document. */
void info_add(struct fo_doc *d, xmlNode *node);
void info_root(struct fo_doc *d);
void info_title(struct fo_doc *d, const struct fo_node *title);
/* The style of the column that a cell, or what is in it, belongs to. */
const struct fo_style *column_style(const struct fo_node *n);
/* Notes which columns a finished row's cells take below it. */
void column_row_done(const struct fo_node *row);
const struct fo_style *region_style(struct fo_doc *d, const struct fo_node *n);

/* ------------------------------------------------------ events (source.c) */

struct source;
struct source *source_open_file(struct job *job, const char *path);
struct source *source_open_tree(struct job *job, xmlDoc *tree);
void source_free(struct source *s); /* accepts NULL */
/* As xml_reader_next. */
const struct xml_event *source_next(struct source *s);
bool source_failed(const struct source *s);

/* ------------------------------------------------------------ require.c */

/* Reports the required properties that an object does not have, and whether it
 * has them all; those of its children once all have come: require_note was
 * told of each. */
bool require_properties(struct fo_doc *d, const struct fo_node *n);
/* Reports what retrieves markers where there are none. */
void require_place(struct fo_doc *d, const struct fo_node *n);
void require_note(struct fo_node *parent, enum fo_type child);
void require_children(struct fo_doc *d, const struct fo_node *n);

#endif
