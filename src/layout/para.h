/*
 * What the files that make lines share: inline.c collects a paragraph's
 * content into pieces, shape.c gives text pieces their glyphs, word.c says where
 * words may be divided, fit.c chooses the breaks, align.c puts inlines above and
 * below each other, reach.c says how high a line is, line.c builds the lines
 * (builder.h, extent.c), paint.c paints them, para.c leads.
 */
#ifndef LAYOUT_PARA_H
#define LAYOUT_PARA_H

#include "layout/layout_int.h"

/* How an inline or an object is aligned with what is around it (align.c).
 * Heights are from its own alphabetic baseline, an object's foot. */
struct align {
	mpt ascent, descent, x_height;
	mpt point;		/* what it hangs by, below its top */
	mpt shift;		/* baseline-shift */
	/* Above the line's baseline: its dominant baseline, and what it hangs
	 * at. */
	mpt base, at;
	int table;		/* the span whose baselines are its content's */
	uint16_t dominant, which;	/* enum fo_keyword: baselines of its
					 * own, of the table around */
};

/* An inline formatting object and what its content inherits from it; number 0
 * is the block itself. */
struct span {
	struct fo_node *node;
	const struct fo_style *style;
	const struct text_style *ts;
	struct area_elem *elem;
	struct fo_node *link;	/* the basic-link it stands in, or NULL */
	struct align align;
	mpt shift;		/* its alphabetic baseline above the block's */
	int parent;		/* number of the span around it, -1 */
	bool at_edge : 1;	/* hangs at an edge of the line */
	bool own_elem : 1;	/* elem ends with the paragraph */
	bool alias : 1;		/* of its parent: the same object in another size */
	bool open : 1;		/* ids_open */
	bool marked : 1;	/* has markers, that a page takes notice of */
	bool boxed : 1;		/* has borders, padding or a background… */
	uint8_t lines;		/* DECO_… in force */
	mpt low;		/* …about so much above its baseline and nothing
				 * below: a leader; 0: about its font's height */
	mpt dx, dy;		/* moved by relative-position */
	/* Borders and padding, those of the inlines around it too, that are
	 * kept where lines begin and end inside of it. */
	mpt kept_start, kept_end;
	struct color line_color[3];	/* of under-, over- and line-through */
};

enum { DECO_UNDER = 1, DECO_OVER = 2, DECO_THROUGH = 4 };

enum piece_type {
	PC_TEXT,	/* glyphs [g0, g1) of a shaped word */
	PC_SPACE,	/* a space that lines may stretch or drop */
	PC_INDENT,	/* empty room */
	PC_GAP,		/* the same, between inlines: dropped like a space */
	PC_START,	/* a span's start edge */
	PC_END,		/* a span's end edge */
	PC_GRAPHIC,
	PC_LEADER,
	PC_NUMBER,	/* page number of the page it is painted on */
	PC_SLOT,	/* citation that is filled in at the end */
	PC_LIST,	/* an inline-container */
	PC_ANCHOR,	/* only an id or a marker */
	PC_NOTE,	/* a footnote is called here */
	PC_FLOAT,	/* a side float is called here */
	PC_BAR		/* a change bar begins or ends here */
};

struct leader {
	enum fo_keyword pattern;
	mpt pattern_width;	/* 0: as wide as its content */
	mpt thickness;
	enum fo_keyword style;	/* of a rule */
	bool aligned;		/* leader-alignment: page or reference-area */
	mpt unit_width;		/* of the repeated content… */
	const struct shaped *unit;	/* …which is text, or NULL… */
	/* …or more than text: a line, the piece's until it is placed. */
	struct frag *content;
	const struct font *font;
	const char *text;	/* of the unit */
	size_t text_n;
};

/* A paragraph can have millions of them: they are kept small. */
struct piece {
	uint8_t type;		/* enum piece_type */
	uint8_t level;		/* bidi */
	uint8_t brk;		/* enum text_break: may a line end after it? */
	bool hyphen : 1;	/* …then with a hyphen */
	bool bare : 1;		/* …at the price of one */
	bool inner : 1;		/* …at that of a break in a word */
	bool aside : 1;		/* lines are broken without its width */
	bool kept : 1;		/* a space that is not dropped */
	bool low : 1;		/* a space that makes no line higher */
	int span;
	uint32_t from, to;	/* bytes of the paragraph's text */
	mpt hyphen_width;	/* if `hyphen` */
	mpt width, stretch, shrink;
	/* What the fit of the line does not know of. */
	mpt loose, loose_shrink;
	mpt reserve;		/* more room while lines are broken */
	uint32_t base;		/* where its word begins in the text */
	union {
		struct {
			const struct shaped *word;
			uint32_t g0, g1;
		} t;
		struct graphic *graphic;
		struct leader *leader;
		struct vlist *list;
		int slot;
		struct note *note;
		struct fo_node *flt;	/* or of the bar */
	} as;
};

struct para {
	struct layout *l;
	struct arena *arena;	/* scratch: all of it goes when lines are built */
	struct arena *fit;	/* what was collected; the lines, anew for each fit */
	struct arena *ways;	/* fit.c's, empty when lines are chosen */
	const struct para_room *room;
	struct fo_node *first;	/* of the run */
	struct fo_node *block;
	const struct fo_style *style;	/* of the block */
	struct buf text;
	struct span *spans;
	size_t n_spans, cap_spans;
	struct extent *extents;	/* of the spans on one line; extent.c's */
	struct builder *builder;	/* likewise */
	struct mark *marks;	/* what stands where, in order of the text */
	size_t n_marks, cap_marks;
	struct piece *pieces;
	size_t n_pieces, cap_pieces;
	size_t done;		/* pieces before them, on earlier lines */
	mpt width;		/* of a line */
	mpt made;		/* …when it was first laid out */
	mpt indent;		/* of the first line */
	/* Of the last one; before a block among the lines, too (7.16.3). */
	mpt end_indent;
	bool rtl;
	bool nowrap;
	bool widths_only;	/* it is measured and not laid out */
	bool hyphenate;		/* words may be divided */
	bool typography;	/* px:typography is on */
	/* FOP prints the spaces beyond an edge that begin a line, without
	 * reckoning with them, where only those before a linefeed go. */
	bool prints_lead;
	int ladder;		/* most hyphens in a row, 0: any number */
	bool edges;		/* something hangs at an edge of its line… */
	mpt line_up, line_down;	/* …which are there, from the baseline */
	bool deep;		/* nesting limit was reported */
	bool moved;		/* some span is (relative-position) */
	bool reserves;		/* some piece does */
	int small;		/* span for the small letters of small_of */
	int small_of;
	/* fo:initial-property-set: the text up to byte initial_to has its
	 * style; `alias` is the span for that of alias_of. */
	struct fo_node *initial;
	int initial_span, alias, alias_of;
	uint32_t initial_to;
	enum fo_keyword align, align_last;
	int depth;
};

/* Something collected: a stretch of text of one span, or an object. */
struct mark {
	uint8_t type;		/* enum piece_type; PC_TEXT: text */
	int span;
	uint32_t from, to;	/* objects stand on one character or on none */
	struct fo_node *node;	/* of an object */
};

/* An object stands in the text as a symbol (class AL, neutral), a number that
 * is not known yet as a digit: so lines break around it as around text. */
#define OBJECT_CHAR "\u25A0"
#define NUMBER_CHAR "0"

struct fit_line;
/* Hangs the span of an inline, or of an object of a height, in what is around
 * it. (align.c) */
void align_span(struct para *p, int span);
void align_object(struct para *p, int span, mpt height);
/* The object hangs by what is so far below its top. */
void align_by(struct para *p, int span, mpt point);
/* Places what hangs at the edges of a line: they are so far above and below
 * its baseline. */
void align_edges(struct para *p, const struct fit_line *fit, mpt up,
    mpt down);
/* The top of a span's area above the line's baseline. */
mpt align_top(const struct span *sp);

/* Collects the content into text, spans and marks. (inline.c) */
void para_collect(struct para *p, struct fo_node *first, struct fo_node *end);
/* The same, of what is repeated in a leader. */
void para_collect_unit(struct para *p, struct fo_node *leader);
/* A line of its own of what is repeated in a leader of the paragraph, at its
 * natural width; artifacts.  NULL: it is nothing. (para.c) */
struct frag *para_unit(struct para *p, struct fo_node *leader, mpt *width);
void leader_drop(struct leader *ld);	/* frees it if no line has taken it */
/* Turns marks into pieces with widths. (shape.c, object.c) */
void para_shape(struct para *p);
struct piece *para_piece(struct para *p, enum piece_type type, int span,
    uint32_t from, uint32_t to);
void para_object(struct para *p, const struct mark *m);
/* A character that is no part of a word but parts them. (shape.c) */
bool para_is_separator(uint32_t cp);
/* The number of a page? (shape.c) */
bool para_is_number(const struct span *sp);
/* May a line end after a byte, inside of what is one word to UAX #14? */
enum para_divided {
	DIVIDED_NO,
	DIVIDED_HYPHEN,		/* with a hyphen */
	DIVIDED_BARE,		/* as with one, but there is none */
	DIVIDED_INNER		/* at a space that is none; as after a dash */
};
/* Where words may be divided, an enum for each byte; `breaks` are those of
 * text_breaks.  In the paragraph's arena. (word.c) */
uint8_t *para_divide(struct para *p, const uint8_t *breaks);

/* The pieces of one line: [from, to), after dropping spaces at its ends. */
struct fit_line {
	size_t from, to;	/* pieces */
	size_t lead;		/* spaces before here are dropped */
	size_t ink;		/* …and from here on */
	mpt natural;		/* width without stretching, hyphen included */
	mpt stretch, shrink;	/* of its spaces and leaders */
	bool hyphen, forced;	/* how it ends */
};
/* The room that is kept for a number that is not known. (object.c) */
mpt para_open_width(struct para *p, const struct span *sp);
/* The innermost of the spans that hold what stands before, or after, a piece,
 * itself if it is an edge that is open there. (inline.c) */
int para_before(const struct para *p, const struct piece *pc);
int para_after(const struct para *p, const struct piece *pc);
/* Chooses the breaks; the lines are in the paragraph's arena. (fit.c) */
struct fit_line *para_fit(struct para *p, size_t *n);

enum line_item_type {
	LI_DECOR,	/* background and borders of a span */
	LI_TEXT,
	LI_RECT,	/* a line on text, a solid rule */
	LI_RULE,	/* a rule of another style */
	LI_GRAPHIC,
	LI_UNITS,	/* a line that a leader repeats */
	LI_LIST,
	LI_NUMBER,	/* the page's number */
	LI_SLOT,
	LI_LINK,
	/* Nothing to see: */
	LI_BAR,		/* a change bar begins or ends */
	LI_BEGIN,	/* an inline with markers begins (start); or, with an
			 * id too, goes on */
	LI_END,		/* one with markers ends (end), or goes on */
	LI_ANCHOR
};

/* What of a line keeps its place when a page's number takes more or less than
 * its room.  HOLD_BOTH: all; the number stands at the end of its room. */
enum hold { HOLD_BOTH, HOLD_LEFT, HOLD_RIGHT, HOLD_CENTER };

struct line_item {
	uint8_t type;
	uint8_t level;
	bool start : 1, end : 1;	/* LI_DECOR, …: these edges are here */
	uint8_t hold;		/* LI_NUMBER: enum hold */
	struct color color;
	mpt x, y, w, h;		/* y down from the baseline */
	struct area_elem *elem;
	struct fo_node *node;
	const struct text_style *ts;
	union {
		struct {
			const struct font *font;
			uint32_t glyph, n_glyphs, text, n_text;
		} text;
		struct graphic *graphic;
		struct vlist *list;
		int slot;
		enum fo_keyword rule;
		struct {
			struct frag *frag;
			int n;
			mpt pitch;
		} units;
	} as;
};

struct line {
	struct frag frag;
	mpt x, baseline, height;
	struct line_item *items;
	struct area_glyph *glyphs;
	char *text;
	struct area_elem **ended;	/* inline elements that end here */
	size_t n_items, n_ended;
	struct para_mark mark;		/* where it begins */
	bool painted;
};

extern const struct frag_class line_class;	/* paint.c */

/* Highest and lowest of what stands on the line, from the block's baseline,
 * without the leading. */
struct reach {
	mpt up, down;
};
struct reach line_reach(struct para *p, const struct fit_line *fit);

/* Builds the fragment of a line; last: of the run; ends: inline elements end
 * with it. (line.c) */
struct frag *line_new(struct para *p, const struct fit_line *line, bool last,
    bool ends, mpt *height);
/* The height it will have. */
mpt line_height(struct para *p, const struct fit_line *line);
/* The notes called from a line, in order. */
struct note *line_notes(struct para *p, const struct fit_line *line);

const struct shaped *para_shape_text(struct para *p, const struct span *sp,
    const struct font *font, const char *text, size_t n, bool rtl);
/* Font units to mpt in a size. */
static inline mpt
font_mpt(const struct font *f, mpt size, int32_t units)
{
	return mpt_scale(units, size, f->upem);
}

#endif
