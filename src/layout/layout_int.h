/*
 * layout's own: the vertical list, and what its files promise each other.
 *
 * THE MODEL
 *
 * Block-level objects become a stream of vertical elements (struct velem),
 * pulled from a feed as pages need them:
 *
 *   BOX    something that is not broken: a line, a part of a table row.
 *   GAP    the only place where a page may end, and the space there: `space`
 *          when it does not end, `tail` before and `head` after the break when
 *          it does (spaces with conditionality "retain"); `cost` says how
 *          much we want to avoid it.  Between two boxes there is at most one.
 *   OPEN   a block's box begins: border and padding before it.
 *   CLOSE  it ends: padding and border after it.
 *
 * OPEN and CLOSE nest.  A box that is open where a page breaks is closed there
 * with `foot_broken` and opened again on the next page with `head_broken`
 * (retained borders and padding; a table's repeated footer and header).
 *
 * Between two boxes there may be several gaps, because a block's box can lie
 * between its own space and its parent's; one at most is a place to break, the
 * others are `fixed`: the fixed ones before the break then show their `tail`
 * instead of their space, those after it their `head`.  vlist_cut does that:
 * after it the two parts are plain lists.
 *
 * Keeps, widows and orphans are nothing but costs of gaps; a table row or a
 * list item is several vertical lists merged into one (step.c): a vbox whose
 * paint() paints its strands, and whose resume() makes what is left of it anew
 * after a break.  No box is ever resized or split after it was made.
 *
 * Who does what: layout.c runs page sequences; masters.c chooses page masters;
 * flow.c and feed.c pull blocks into vertical elements, float.c sets floats
 * beside them, space.c resolves spaces (XSL 4.3); vlist.c holds, measures and
 * cuts lists; stream.c holds a flow, breaks.c chooses where its columns end
 * (split.c: their footnotes; balance.c: before what spans them all); trial.c
 * foresees a page; page.c fills pages and regions; notes.c places footnotes;
 * compose.c paints lists; para.c and line.c make paragraphs into lines; step.c
 * merges parallel lists (relative.c: on one baseline); table.c and list.c use
 * it; variants.c has what shows as much as fits.
 *
 * FLOATS
 *
 * A side float is a box without height, just before the line that calls it;
 * the feed adds up heights and so knows where each float ends.  Lines are
 * asked for up to the next height where their width changes: para_lines stops
 * there and says where to go on, just as after a page break.  What is left of
 * a flow where a page ends beside a float is made again in its full width
 * (stream_again).  float.c has all of it; before.c has the floats that stand
 * at the top of a page, which travel with their line as footnotes do.
 *
 * All x are measured from the left, also in right-to-left writing modes.
 */
#ifndef LAYOUT_LAYOUT_INT_H
#define LAYOUT_LAYOUT_INT_H

#include <limits.h>

#include "area/area.h"
#include "base/base.h"
#include "fo/fo.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "layout/layout.h"
#include "svg/svg.h"

struct layout;
struct painter;
struct para_mark;
struct room;

/* ------------------------------------------------------------- fragments */

/* Something that can be painted: the content of a box.  Owned by its velem. */
struct frag;
struct frag_class {
	const char *name;
	/* Paints with the top left corner of the column's content at (x, y):
	 * a fragment adds its own indents. */
	void (*paint)(struct frag *f, struct painter *p, mpt x, mpt y);
	/* Its height where so much of a column is left; shown: that is where it
	 * stands.  NULL: it is always the same. */
	mpt (*fit)(struct frag *f, mpt room, bool shown);
	void (*free)(struct frag *f);	/* may be NULL */
};

struct frag {
	const struct frag_class *cls;
};

/* --------------------------------------------------------- vertical list */

struct space {
	mpt min, opt, max;
};

#define COST_FORBID INT_MAX	/* keep "always" */
#define COST_FORCE INT_MIN	/* a break-before or break-after */
#define COST_SHUN 1		/* anything else is better */
#define COST_WIDOW 900		/* breaks widows or orphans: only if nothing else */
#define COST_KEEP 1000		/* plus the strength of a keep */

/* Do the rules let a column end, a note be split, at a gap of this cost, which
 * is no forced break? */
static inline bool
cost_is_allowed(int cost)
{
	return (cost < COST_WIDOW && cost != COST_FORCE) ||
	    (cost >= COST_KEEP && cost < COST_FORBID);
}

/* The cost of a gap where two rules are broken: no keep, whatever its strength,
 * allows what widows and orphans do not. */
static inline int
cost_join(int a, int b)
{
	int high = a > b ? a : b;

	return a != b && (a == COST_WIDOW || b == COST_WIDOW) &&
	    high > COST_WIDOW ? COST_FORBID : high;
}

enum velem_type { VE_BOX, VE_GAP, VE_OPEN, VE_CLOSE };

/* BREAK_SPAN: the columns end here, others begin on the same page. */
enum break_class {
	BREAK_COLUMN, BREAK_SPAN, BREAK_PAGE, BREAK_EVEN, BREAK_ODD
};

/* A footnote called from a box.  Who makes the box makes the note and its
 * footnote; the rest is notes.c's. */
struct note {
	struct note *next;
	struct fo_node *footnote;
	struct note *origin;	/* the same note in a strand, a header; or NULL */
	bool before;		/* a float at the page's top, not a footnote */
	bool placed;		/* …that stands on the page being made */
	struct vlist *body;	/* made when a page needs it, else NULL */
};

struct velem {
	enum velem_type type;
	struct fo_node *node;	/* what it comes from: places, ids, markers */
	union {
		struct {
			mpt height;
			struct frag *frag;	/* NULL: empty room */
			struct note *notes;	/* in order; malloc'ed */
			bool beside;	/* narrower because of a float */
		} box;
		struct {
			struct space space;
			mpt tail, head;
			/* Of a step: how much higher what is left below is
			 * than it would be in one piece. */
			mpt rest;
			int cost;
			int page_cost;	/* more when a page ends here, not just a column */
			uint8_t klass;	/* enum break_class, of a forced break */
			uint8_t within;	/* enum fo_type of what holds both sides;
					 * 0: lines, or parts of a group */
			bool fixed;	/* no place to break */
			bool asked;	/* vlist_cut: a break stood here */
			bool midst;	/* a break that is no end to FOP: it does not
					 * fill the page up */
			bool leads;	/* a space follows that begins a block,
					 * whether or not it shows */
			bool after;	/* a break that what ends asks for */
			uint32_t step;	/* of a vbox with resume(): which one */
		} gap;
		struct {
			struct vbox *box;
		} open;			/* and close */
	};
};

/* A block's box: one per OPEN/CLOSE pair, living until its CLOSE was painted
 * or dropped.  Allocated with malloc; classes put it first in their own. */
struct vbox {
	const struct vbox_class *cls;
	struct layout *l;
	struct fo_node *node;
	const struct fo_style *style;
	struct area_elem *elem;	/* its structure element, or its parent's */
	bool own_elem;		/* elem ends with the box */
	bool release;		/* node goes back to the builder with the box */
	bool is_reference;	/* absolute positions inside count from it */
	/* A cell, whose element is there whether or not anything stands in it:
	 * the rows of a table have as many cells as it has columns, for who
	 * listens too (ISO 14289-1, 7.5). */
	bool is_cell;
	bool has_markers;	/* node has fo:marker children */
	bool trails;		/* what its content ends with: see struct vlist */
	bool whole;		/* every part of it has all its edges */
	bool painted;		/* a part of it stands on a page */
	bool kept;		/* flow_again: survives its elements */
	bool torn;		/* its last part ended inside a container in it */
	bool repeats;		/* what it repeats, or tables in it do, calls
				 * footnotes: see repeat_notes */
	mpt whole_tail;		/* so much at its end is not parted */
	mpt x, width;		/* of the border rectangle, from the column's left */
	mpt head, foot;		/* border and padding before and after */
	mpt head_broken, foot_broken;	/* the same at a page break inside */
};

/* The part of a box on one page or column. */
struct vpart {
	mpt x, y, w, h;		/* border rectangle */
	bool first, last;	/* it has the box's true beginning, end */
	bool torn_head, torn_foot;	/* what is cut there is shown all the same */
	/* The elements inside, without the box's own OPEN and CLOSE. */
	const struct velem *from, *to;
};

struct vbox_class {
	const char *name;
	/* Paints what stands behind the content of one part of the box:
	 * background and borders; NULL: nothing.  Called before the content
	 * is painted; boxes with resume() paint their content, too. */
	void (*paint)(struct vbox *b, struct painter *p,
	    const struct vpart *part);
	/* Paints what head_broken/foot_broken made room for (a repeated header
	 * or footer), at the top or bottom of a part: y is the top of the
	 * room; NULL: nothing. */
	void (*paint_repeat)(struct vbox *b, struct painter *p, mpt x, mpt y,
	    bool head);
	/* How much the footnotes that paint_repeat calls take below its column.
	 * Asked only of boxes that are marked so. */
	mpt (*repeat_notes)(const struct vbox *b, bool head);
	/* The baseline of the first line in what the box paints, below its head; 0:
	 * there is none.  NULL: nobody looks into it (a table hangs by its end, as
	 * in FOP). */
	mpt (*baseline)(const struct vbox *b);
	/* A page ends at the gap numbered `step` directly inside the box:
	 * appends what stands between that gap and CLOSE anew.  NULL: the
	 * elements stay as they are. */
	void (*resume)(struct vbox *b, uint32_t step, struct vlist *out);
	/* Lays out anew what is left of the box, which is to stand in a room of
	 * another width, and appends it.  NULL: it keeps its width. */
	void (*again)(struct vbox *b, const struct room *room,
	    struct vlist *out);
	/* The spaces inside its part on a page (its last part, or the one that
	 * resume() cut off) become what the page makes of them; returns how
	 * much higher it is then than it was reckoned.  NULL: there are
	 * none. */
	mpt (*adjust)(struct vbox *b, bool last, double ratio);
	/* Its last part is painted: ends what ends with the box besides its own
	 * element; NULL: nothing.  Not called for static content. */
	void (*end)(struct vbox *b, struct painter *p);
	void (*free)(struct vbox *b);	/* frees all but b; NULL: nothing */
};

static inline mpt
repeat_notes(const struct vbox *b, bool head)
{
	return b->repeats ? b->cls->repeat_notes(b, head) : 0;
}

/* What the first or last content of a part that was collected asks of the gap
 * beyond it: for that of what it is a part of. */
struct verge {
	uint8_t klass;		/* a break: enum break_class + 1, or 0 */
	int keep, keep_page;	/* cost of its keeps */
};

void verge_join(struct verge *v, const struct verge *part);

struct vlist {
	struct velem *v;
	size_t n, cap;
	struct verge lead, trail;
	/* The last of it ends with a space, padding or a border of its own.
	 * Then FOP takes no notice that what holds it ends: its markers are
	 * not among those that end on the page. */
	bool trails;
	struct fo_node *held;	/* that it is made of, until it is freed; or NULL */
};

/* How high an element is where no break is near. */
mpt velem_height(const struct velem *e);
/* Nothing may break at a gap. */
void gap_forbid(struct velem *e);
void vlist_add(struct vlist *l, struct velem e);
/* The list, which stands on another page than the object it is made of: that is
 * not released before the list is freed. */
struct vlist *vlist_hold(struct vlist *l, struct fo_node *n);
/* Moves all elements of `from` to the end of l. */
void vlist_move(struct vlist *l, struct vlist *from);
/* Frees the elements [0, to), which have been painted, but for the OPEN of boxes
 * that are still open, which move to the front; returns how many these are. */
size_t vlist_forget(struct vlist *l, size_t to);
void vlist_free(struct vlist *l);	/* frees what it owns; accepts NULL */
/* Frees the elements from `to` on. */
void vlist_truncate(struct vlist *l, size_t to);
/* Frees the elements [0, to) and moves the others down; nodes of boxes that
 * end among them go back to the builder.  A box that stays open stays. */
void vlist_drop(struct layout *ly, struct vlist *l, size_t to);
/* No page breaks the last `height` of what stands before element `to`, down
 * from element `from`. */
void vlist_whole_tail(struct vlist *l, size_t from, size_t to, mpt height);
/* Natural height of elements [from, to): optimum spaces, no break. */
mpt vlist_height(const struct vlist *l, size_t from, size_t to);
/* Spaces among the elements [from, to) become what a page makes of them that
 * uses `ratio` of their stretch (up to 1) or shrink (down to -1).  `outer`: the
 * innermost box that was opened before the list begins, or NULL.  Returns how
 * much higher the elements are then. */
mpt vlist_adjust(struct vlist *l, size_t from, size_t to, struct vbox *outer,
    double ratio);

/* A gap where a list may be cut, and how high what precedes it is then. */
struct cut {
	size_t at;
	mpt height;
	mpt above;		/* of the list in one piece, what stands above… */
	mpt head;		/* …and what open boxes have after a break */
	int cost, page_cost;
	uint8_t klass;
};

struct cuts {
	struct cut *v;		/* heights do not fall; free() */
	size_t n, cap;
	mpt total;		/* height of everything if it is not cut */
	/* Given: nobody looks further than so far down if there is a place to
	 * cut above; 0: all is looked at. */
	mpt far;
	size_t end;		/* the element where looking stopped */
};

/* The gaps from element `from` on, which continues the boxes open there. */
void vlist_cuts(const struct vlist *l, size_t from, struct cuts *out);

/* Copies the notes that elements [from, to) call to *end; returns where others
 * may follow. */
struct note **vlist_copy_notes(const struct vlist *l, size_t from, size_t to,
    struct note **end);

/* The baseline of a list's first line below its top.  False: there is no line.
 * (object.c) */
bool vlist_baseline(const struct vlist *l, mpt *y);

/* The spaces that a break at the gap `at` drops, up to the next content. */
mpt vlist_dropped(const struct vlist *l, size_t at);

/* The height of the last part of a list that is cut into parts as high as a
 * room, nowhere between its outermost boxes. */
mpt vlist_last_part(const struct vlist *l, mpt room);

/* Ends a page at the gap l->v[at]: what precedes it (the gap included) and
 * what follows become plain lists.  `outer`: the innermost box that was
 * opened before the list begins, or NULL. */
void vlist_cut(struct vlist *l, size_t at, struct vbox *outer);
/* What stands between element `at` and the CLOSE of b is made anew for a room of
 * another width. */
void vlist_remake(struct vlist *l, size_t at, struct vbox *b,
    const struct room *room);
/* The innermost box that is open before element `at`, `outer` if it was opened
 * before the list begins. */
struct vbox *vlist_innermost(const struct vlist *l, size_t at,
    struct vbox *outer);
/* Paints elements [from, to) with the top left corner of their column at
 * (x, y); boxes open at `from` are continued, boxes open at `to` are closed
 * as at a break.  Returns the height used. (compose.c) */
mpt vlist_paint(struct vlist *l, size_t from, size_t to, struct painter *p,
    mpt x, mpt y);

void vbox_free(struct vbox *b);	/* accepts NULL */

/* ---------------------------------------------------------------- spaces */

/* A space-before or space-after, and what becomes of it between others. */
struct space_spec {
	struct space space;
	int precedence;		/* INT_MAX: force */
	bool retain;
	bool dropped;		/* space_resolve's own */
	struct space result;	/* zero if suppressed */
};

/* Sets the results of a sequence without fences (space.c).  leading, trailing:
 * it begins or ends a reference area. */
void space_resolve(struct space_spec *v, size_t n, bool leading,
    bool trailing);
struct space_spec space_spec(const struct fo_style *st, bool before, mpt ipd);

/* --------------------------------------------------------------- feeds */

/* Where content goes: what a block must know of its surroundings. */
struct room {
	mpt x;		/* left edge of the containing reference area's content
			 * from the column's left */
	mpt ipd;	/* its width */
	mpt bpd;	/* the height of the box around if known, which
			 * percentages of heights are of, else 0 */
	mpt stack;	/* the height of the column, 0 in a box of its own */
	mpt base;	/* content width of the block around, which percentages
			 * of widths are of; 0: ipd */
	/* Indents of the object that makes the reference area, as percentages
	 * of what is around it: its content inherits what they came to. */
	mpt start_pct, end_pct, pct_of;
	mpt indent_of;	/* what percentages in an inherited text-indent are of: the
			 * width around the object that has it; 0: of the lines' */
	mpt grown;	/* how much wider it is than when FOP first laid out its
			 * content: on a page of another width than where the
			 * part of the flow up to the next break began */
	mpt turned;	/* of a turned area: its width as it stands on the page,
			 * which percentages are of, as in FOP; else 0 */
	struct area_elem *elem;	/* parent structure element */
	bool rtl;
	bool is_static;	/* static content: artifact, no ids on later pages */
	bool boxed;	/* in a cell or a container, which is as high as it holds */
	int depth;	/* nesting of collected lists, bounded */
	/* Floats of the surroundings that reach down beside what is collected,
	 * heights from its top; those of its own are added.  NULL: it is by itself
	 * and holds its floats. */
	struct floats *floats;
	int in_floats;	/* how many side floats it stands in */
};

/* A side float: room taken from the lines beside it. */
struct side_float {
	bool end;		/* at the end side */
	mpt reach;		/* from that edge */
	mpt top, bottom;
};

struct floats {
	struct side_float *v;
	size_t n, cap;
	size_t live;		/* those before it have ended */
};

/* Appends the floats from number `first` on, whose heights count from dy. */
void floats_copy(struct floats *to, const struct floats *from, size_t first,
    mpt dy);

/* Pulls the children of `node` as vertical elements, resolving spaces. */
struct feed;
struct feed *feed_new(struct layout *l, struct fo_node *node,
    const struct room *room);
/* False: no more.  The element is the caller's. */
bool feed_next(struct feed *s, struct velem *out);
void feed_free(struct feed *s);

/* An inline around blocks: each of their lines has its frame, and that of
 * every block around it. (shell.c) */
void shell_push(struct feed *s, struct fo_node *n, const struct room *room);
/* Is a block, and every block around it, in a shell? */
bool shell_holds(const struct fo_node *n);
/* Is it a shell that has something to show for it, or a block in one that has? */
bool shell_tears(const struct vbox *b);
/* Puts the elements of such a box, from its OPEN to its CLOSE, as boxes into a
 * list; they own them. */
void shell_tear(struct vlist *list, struct vlist *out);

/*
 * A feed is a stack of frames, one per formatting object whose children are
 * being pulled.  Kinds of frames differ in what step() does: make the next
 * piece of the object, by the feed_ calls below, pushing frames for
 * block-level children; false when there is no more.
 */
struct frame;
struct frame_kind {
	const char *name;
	bool (*step)(struct feed *s, struct frame *f);
	void (*free)(struct frame *f);	/* frees f->data; may be NULL */
};

struct frame {
	const struct frame_kind *kind;
	struct fo_node *node;
	struct fo_node *cursor;	/* the child that was done last… */
	bool begun;		/* …if this is true */
	struct fo_node *again;	/* the child to do next, or NULL: after cursor */
	size_t skip;		/* pieces of its lines that are done… */
	size_t called;		/* …and pieces whose floats are */
	bool filled;		/* some content came… */
	bool in_line;		/* …lines, just now */
	struct vbox *box;	/* opened by feed_push, NULL: none */
	struct room room;	/* of its children */
	mpt base;		/* what percentages in its own spaces are of */
	int keep, keep_page;	/* cost of gaps inside: its keeps and its parents' */
	/* The first and last so much of its content is not parted. */
	mpt whole_head, whole_tail;
	int64_t whole_from;	/* where it begins, or -1: not yet */
	/* Floats that were there before it; and those that its content does
	 * not see, because it is narrower as a whole or stands by itself. */
	size_t floats_before, floats_hidden;
	void *data;		/* the kind's own */
};

/* Begins an object: its break-before, keeps, space-before, OPEN of `box` (NULL:
 * none).  The frame is valid until the next push. */
struct frame *feed_push(struct feed *s, const struct frame_kind *kind,
    struct fo_node *node, struct vbox *box, const struct room *room);
/* Begins whatever block-level object n is, in the room of frame f. */
void feed_child(struct feed *s, struct frame *f, struct fo_node *n);
/* Content: a box, or finished elements that begin and end with boxes.  The
 * keeps of the open frames are added to the gaps. */
void feed_box(struct feed *s, struct velem e);
void feed_list(struct feed *s, struct vlist *l);	/* empties l */
/* A box without height. */
void feed_nothing(struct feed *s);
/* A box around such a list: OPEN, elements, CLOSE, without a frame. */
void feed_group(struct feed *s, struct vbox *box, struct vlist *l);
/* A box of nothing at this place, that parts no spaces; `begins`: it stays with
 * what follows. */
void feed_empty_box(struct feed *s, struct vbox *box, bool begins);
/* What stands before and after the next gap takes more if a page ends there. */
void feed_ends(struct feed *s, mpt tail, mpt head);
/* What the next gap costs at least (keeps between rows and items). */
void feed_keep(struct feed *s, int cost, int page_cost);
/* What comes of the frame from here on is not parted before, nor when less than,
 * its content limits are reached (fox:widow- and fox:orphan-content-limit);
 * until feed_limits_end, or the frame's end. */
void feed_limits(struct feed *s, struct frame *f);
void feed_limits_end(struct feed *s, struct frame *f);
/* Is the next gap a break that what begins there asks for, after content? */
bool feed_breaks_before(const struct feed *s);
/* …that what ends there asks for, or an object of this style that ends, too? */
bool feed_breaks_after(const struct feed *s, const struct fo_style *st);
/* The next gap has the break and keeps of a part that was collected. */
void feed_part(struct feed *s, const struct verge *v);
/* All has come: notes its own. */
void feed_verges(const struct feed *s, struct vlist *l);
/* Of the content that came, as in struct vlist. */
bool feed_trails(const struct feed *s);
/* The next object spans all columns or stands in one (XSL 1.1, 7.21.4). */
void feed_span(struct feed *s, const struct fo_style *st);
/* It does already. */
void feed_in_span(struct feed *s, const struct fo_style *st);
/* The spaces, keeps and breaks of an object that has a box but no frame. */
void feed_before(struct feed *s, const struct fo_style *st, mpt ipd);
void feed_after(struct feed *s, const struct fo_style *st, mpt ipd);
/* The same of a table row, which has no spaces (XSL 1.1, 6.7.9). */
void feed_before_row(struct feed *s, const struct fo_style *st);
void feed_after_row(struct feed *s, const struct fo_style *st);
/* A frame in the midst of its children, whose box is open already. */
struct frame *feed_reopen(struct feed *s, const struct frame_kind *kind,
    struct vbox *box, const struct room *room);
struct frame *feed_top(struct feed *s);
/* Where content that comes now would begin, from the top of the feed. */
mpt feed_y(struct feed *s);
/* The height where what stands so far ends, without the spaces after it. */
mpt feed_edge(struct feed *s);
/* The side floats of the feed, from its top. */
struct floats *feed_floats(struct feed *s);
struct layout *feed_layout(const struct feed *s);
/* The child of f->node after f->cursor has been done; NULL at the end. */
struct fo_node *frame_next(struct feed *s, struct frame *f);

/* The plain box of a block in a room: indents, borders, padding, structure
 * element.  Painted as background and borders. */
struct vbox *block_box(struct layout *l, struct fo_node *n,
    const struct room *room);
/* Is it a box of a block in an inline that has a frame? */
bool block_tears(const struct vbox *b);
/* The same of a class of its own, which may paint with block_paint. */
struct vbox *block_box_of(struct layout *l, const struct vbox_class *cls,
    size_t size, struct fo_node *n, const struct room *room);
void block_paint(struct vbox *b, struct painter *p,
    const struct vpart *part);
/* The same for the content of a block. */
void room_narrow(struct room *room, const struct fo_style *st);
/* What percentages of widths are of (XSL 1.1, 7.3.1): the content rectangle of
 * the block around, within the reference area. */
mpt room_base(const struct room *room);
/* The room inside the reference area that an object makes, ipd wide. */
void room_inside(struct room *room, const struct fo_style *st, mpt ipd);
/* Content edges in a reference area: start- and end-indent count to the
 * content rectangle (XSL 1.1, 5.3.2). */
void content_edges(const struct fo_style *st, const struct room *room,
    mpt *left, mpt *width);
/* A box of a class of its own, `size` bytes, with nothing set but node, style
 * and the parent's structure element. */
struct vbox *vbox_new(struct layout *l, const struct vbox_class *cls,
    size_t size, struct fo_node *n, const struct room *room);
/* A keep as a cost (0 for auto). */
int keep_cost(const struct fo_style *st, enum fo_prop p);

/* A feed of frames of a given kind; feed_new's is that of blocks. */
struct feed *feed_start(struct layout *l, const struct frame_kind *kind,
    struct fo_node *node, const struct room *room);

/* Something came just before that is not this feed's: what stands after it. */
void feed_go_on(struct feed *s, const struct fo_style *st, mpt ipd);
/* It gives what is left of a flow: no column stays empty before that. */
void feed_goes_on(struct feed *s);

/* Pushes the frame of an object that holds blocks or lines. */
struct frame *block_push(struct feed *s, struct fo_node *n, struct vbox *b,
    const struct room *room);

/* Lines of a run of inline-level children, from f->cursor up to `end`, with
 * the floats that they call. (float.c) */
void float_lines(struct feed *s, struct frame *f, struct fo_node *end);
/* A float among blocks. */
void float_block(struct feed *s, struct frame *f, struct fo_node *n);
/* The room of a block-level object that floats keep out of, whole; true: it is
 * narrower than *room was. */
bool float_room(struct feed *s, struct fo_node *n, struct room *room);
/* The object begins below the floats that its clear names (XSL 1.1, 7.19.1). */
void float_clear(struct feed *s, struct fo_node *n);
/* What is left of the floats from number `from` on takes room as well: they
 * belong to what ends here. */
void float_contain(struct feed *s, size_t from, struct fo_node *n);
/* Does it stand at the top of a page? */
bool float_is_before(const struct fo_node *n);
/* The line that a float was called from. */
bool float_mark(const struct frag *f, struct para_mark *out);

/* Frames of fo:list-block (list.c), fo:block-container (container.c), fo:table
 * (table.c), fo:table-and-caption (caption.c). */
void list_push(struct feed *s, struct fo_node *list,
    const struct room *room);
void container_push(struct feed *s, struct fo_node *container,
    const struct room *room);
void table_push(struct feed *s, struct fo_node *table,
    const struct room *room);
/* A table whose bodies have no row is nothing, with its header and footer and
 * the space around it (as in FOP). */
bool table_has_rows(struct layout *l, struct fo_node *table);
void caption_push(struct feed *s, struct fo_node *node,
    const struct room *room);
/* The cases of a fo:multi-switch of which each page shows the first that fits, in
 * its box. (variants.c) */
bool variants_wanted(const struct fo_node *n);
void variants_push(struct feed *s, struct fo_node *n, struct vbox *b,
    const struct room *room);
/* Does a child stand in lines, or is it a block? */
bool flow_in_lines(struct layout *l, struct fo_node *n);
/* The case of a fo:multi-switch that is shown (XSL 1.1, 6.9.4), the first that
 * does not begin hidden: paper shows one only.  NULL: none. */
struct fo_node *flow_shown_case(struct layout *l, struct fo_node *n);
/* All of it at once: a cell, a label, a footnote, a region. */
struct vlist *flow_collect(struct layout *l, struct fo_node *node,
    const struct room *room);
/* The same in a box for the node itself: its structure element, id, markers. */
struct vlist *flow_collect_area(struct layout *l, struct fo_node *node,
    const struct room *room);
/* Makes what is left of such a list, from element `from` on, anew in another
 * room; returns where it begins then. */
size_t flow_collect_again(struct layout *l, struct fo_node *node,
    const struct room *room, struct vlist *list, size_t from);

/* ---------------------------------------------------------------- lines */

/*
 * A paragraph is a run of inline-level children of a block: from `first` up to
 * (not including) `end` among its children.  para_lines appends the lines as
 * boxes with gaps between them (widows, orphans, keeps of lines) to `out`:
 * no gap before the first or after the last.
 */
struct para_room {
	mpt x;		/* of the lines' left edge from the column's left */
	mpt width;	/* of the lines */
	mpt made;	/* …when they were first laid out; 0: the same */
	bool first;	/* the block's first run: text-indent applies */
	size_t skip;	/* pieces that stand on earlier pages (para_mark) */
	size_t called;	/* floats called by pieces before this one are placed */
	bool narrow;	/* beside a float, … */
	mpt beside;	/* …which ends so far below the first line; 0: none */
	struct area_elem *elem;	/* structure element the text belongs to */
	const struct room *room;
};
/* Where lines stopped: before the one that calls a side float that is not
 * placed yet (flt), or before the first that begins below the float beside
 * it. */
struct para_stop {
	struct fo_node *flt;	/* NULL: none */
	size_t skip, called;	/* what para_room needs to go on */
};
/* False: the lines go to the end of the run.  *kept, NULL at first, is what the
 * next call for the same run may go on with; para_drop it. */
struct para;
bool para_lines(struct layout *l, struct fo_node *block,
    struct fo_node *first, struct fo_node *end, const struct para_room *room,
    struct vlist *out, struct para_stop *stop, struct para **kept);
void para_drop(struct para *p);	/* accepts NULL */
/* Minimum (longest unbreakable piece) and maximum (no break) width, for
 * automatic columns; percentages are of ipd. */
void para_widths(struct layout *l, struct fo_node *block,
    struct fo_node *first, struct fo_node *end, mpt ipd, mpt *min, mpt *max);
/* Where a line begins in its paragraph: enough to make the rest of it anew in
 * another width. */
struct para_mark {
	struct fo_node *first;	/* of the run */
	size_t skip, called;
};
bool frag_mark(const struct frag *f, struct para_mark *out);	/* false: no line */
/* The structure elements that end with a line; they are the caller's now. */
size_t frag_ended(struct frag *f, struct area_elem *const **elems);
/* What a list of lines and blocks really takes of its room: its leftmost and
 * rightmost edges, from the column's left.  False: nothing. */
bool vlist_extent(const struct vlist *l, mpt *left, mpt *right);
bool frag_extent(const struct frag *f, mpt *left, mpt *right);
/* Baseline of the first line box below its top, or the box's height. */
mpt frag_baseline(const struct frag *f);

/* ------------------------------------------------------- parallel lists */

enum strand_align {
	ALIGN_BEFORE, ALIGN_CENTER, ALIGN_AFTER,
	ALIGN_BASELINE		/* strands_relate moved it; else as before */
};

/* One of several lists that stand side by side: a cell, a label, a body.
 * `list` becomes the group's; it was collected with room.x = its x. */
struct strand {
	struct vlist *list;
	mpt x, width;		/* content of the reference area that it is, from
				 * the column's left; width 0: it is none */
	mpt before, after;	/* padding and border above and below */
	mpt before_broken, after_broken;	/* the same at a break inside */
	/* How much more they are where a page begins with the first of its rows,
	 * ends with the last. */
	mpt before_more, after_more;
	/* Absolute positions in it count from so far above its content: in FOP
	 * from a cell's upper edge. */
	mpt lift;
	/* What its content is raised to, without those; and the least that it
	 * takes where it breaks. */
	mpt height, least;
	enum strand_align align;
	uint32_t first_row, rows;	/* which rows of the group it spans */
	void *user;
	/* A space that a break inside drops still counts on the next page when
	 * its end is chosen. */
	bool counts_dropped;
	bool ends_itself;	/* as an area it ends where its content does, not
				 * where its rows do */
};

/* A row of the group; a list item is one row. */
struct step_row {
	mpt height;		/* minimum */
	int keep, keep_page;	/* cost of gaps inside */
	/* Cost of the gap after it; COST_FORCE with class. */
	int after, after_page;
	enum break_class klass;
};

/* Those of each row that ask for it meet on the baseline of their first lines.
 * (relative.c) */
void strands_relate(struct strand *s, size_t n, size_t n_rows);

struct step_group;
/* Strands and rows are copied. */
struct step_group *step_new(struct layout *l, const struct strand *strands,
    size_t n, const struct step_row *rows, size_t n_rows);
/* How much higher the rows are where the page begins or ends with them. */
mpt step_more(const struct step_group *g, bool head);
/* …and whether it does, in the part that is painted next. */
void step_set_ends(struct step_group *g, bool head, bool tail);
/* Appends the boxes and gaps of what is left; `step` of the gaps is what
 * step_resume takes. */
void step_emit(struct step_group *g, struct vlist *out);
/* vbox.repeats and vbox_class.repeat_notes of whoever owns the group: what
 * tables in its strands do. */
bool step_repeats(const struct step_group *g);
mpt step_repeat_notes(const struct step_group *g, bool head);
/* vbox_class.baseline of whoever owns the group. */
mpt step_baseline(const struct step_group *g);
/* vbox_class.resume of whoever owns the group. */
void step_resume(struct step_group *g, uint32_t step, struct vlist *out);
/* What is left of the strands is collected anew and appended as by step_emit:
 * remake() makes the list of one from element `from` on and returns where it
 * begins then. */
typedef size_t step_remake(void *ctx, const struct strand *strand,
    size_t from);
void step_again(struct step_group *g, step_remake *remake, void *ctx,
    struct vlist *out);
/* n_rows + 1 edges of the rows from the top of the part that was painted last;
 * a row that was painted before has no height. */
const mpt *step_row_edges(const struct step_group *g);
/* Paints one part with its top at y: every strand that stands in it, first
 * draw(ctx, …): its rectangle's top and height, and whether its true
 * beginning and end are in this part; then its content with the column's left
 * at x.  What reaches out of one is covered by the next, as in FOP. */
typedef void step_draw(void *ctx, struct painter *p,
    const struct strand *strand, mpt y, mpt h, bool first, bool last);
void step_paint(struct step_group *g, struct painter *p,
    const struct vpart *part, mpt x, mpt y, step_draw *draw, void *ctx);
/* What a vbox_class's adjust() does, for all strands. */
mpt step_adjust(struct step_group *g, bool last, double ratio);
void step_free(struct step_group *g);	/* accepts NULL */

/* ------------------------------------------------------------- painting */

/* How far relative-position moves an object in a reference area of this size.
 * (compose.c) */
void relative_offset(const struct fo_style *st, mpt w, mpt h, mpt *dx,
    mpt *dy);

struct painter {
	struct layout *l;
	struct area_page *page;
	struct page_context *context;	/* numbers and markers of the page */
	bool is_static;	/* everything is an artifact… */
	struct area_elem *artifact;	/* …of this kind */
	/* Content rectangle of the nearest reference area, for absolute
	 * positions. */
	mpt ref_x, ref_y, ref_w, ref_h;
	struct where where;	/* of the box being painted, for messages */
};

/* The element an item belongs to: `elem`, or the artifact in static content
 * and repeated headers. */
static inline struct area_elem *
painter_elem(const struct painter *p, struct area_elem *elem)
{
	return p->is_static ? p->artifact : elem;
}

/* What an object's fox:layer puts on a layer of the document begins, up to
 * area_pop.  False: it names none.  (layout.c) */
bool layer_begin(struct painter *p, const struct fo_node *n);

/* Background, borders (with radii) of a box, as decoration of `elem`:
 * artifacts.  Edges that are cut by a break are left out. (decor.c) */
struct edges {
	bool before, after, start, end;
};
void decor_paint(struct painter *p, const struct fo_style *st, mpt x, mpt y,
    mpt w, mpt h, struct edges edges);
struct rect {
	mpt x, y, w, h;
};
/* The background of something as far as it is seen behind a piece of it; `whole`
 * is where its image is placed. */
void decor_behind(struct painter *p, const struct fo_style *st,
    const struct rect *piece, const struct rect *whole);
/* Border plus padding of one side, 0 for border-style none (computed width). */
enum side { SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END, N_SIDES };
/* Makes a path of that length and width dashed or dotted: dashes of six times
 * their width, or twice where that is 3 pt or more, with gaps of half their
 * length; dots as far apart as they are wide; stretched so that both end as
 * they begin.  These are FOP's measures. */
void decor_dashes(struct area_path *path, struct arena *a,
    enum fo_keyword style, mpt width, mpt length);
/* One side of a border: a line along its outer edge, seen clockwise round the
 * box.  At the inner corners its neighbours take `near` and `far` of it.  Where
 * cells share it, `out` of its width lies outside that edge: cut away, or with
 * `outer` shown, and reaching round the corners by out_near and out_far. */
enum turn { TURN_TOP, TURN_RIGHT, TURN_BOTTOM, TURN_LEFT };
struct border_side {
	enum fo_keyword style;
	struct color color;
	enum turn turn;
	bool outer;
	bool bare;		/* a rule: nothing is cut away */
	mpt x, y;		/* where the outer edge begins */
	mpt length, width;
	mpt near, far, out, out_near, out_far;
};
/* Paints it in its style. (edge.c) */
void decor_side(struct painter *p, struct area_elem *elem,
    const struct border_side *s);
struct color color_of(uint32_t rgba);
/* Is there anything to paint? */
bool decor_is_seen(const struct fo_style *st);
/* Is there, or does padding take room? */
bool decor_has_frame(const struct fo_style *st, mpt ipd);
mpt decor_border(const struct fo_style *st, enum side side);
mpt decor_padding(const struct fo_style *st, enum side side, mpt ipd);
/* Both: how far the content stands within the border edge. */
mpt decor_edge(const struct fo_style *st, enum side side, mpt ipd);
/* Does a break keep the border of a side, and what it keeps of both. */
bool decor_is_kept(const struct fo_style *st, enum side side);
mpt decor_kept(const struct fo_style *st, enum side side, mpt ipd);

/* The element for a formatting object: by its role property, else by its
 * type; the parent's own when the object makes none. (roles.c) */
struct area_elem *role_elem(struct layout *l, struct fo_node *n,
    struct area_elem *parent, bool *own);

/* An element that nobody ends any more.  Has a page seen it, the next one ends
 * it; else it is gone. (layout.c) */
void layout_orphan(struct layout *l, struct area_elem *elem, bool seen);

/* ----------------------------------------------------- pages and numbers */

/* Notes that an object, with its id and index key, stands on the page being
 * painted, at (x, y). (ids.c) */
void ids_place(struct painter *p, const struct fo_node *n, mpt x, mpt y);
void ids_place_name(struct painter *p, const char *id, mpt x, mpt y);
/* The page label of an id (last: of its last area) as known now or from the
 * layout before; NULL: not known yet. */
const char *ids_label(struct layout *l, const char *id, bool last);
/* Someone cites an id whose text was `guess` (or, NULL, got a slot): checked
 * at the end; a slot's text is then made by para.c's slot_text. */
/* Is a citation's number not known to FOP when it breaks the line?  It keeps
 * room for OPEN_NUMBER then, however wide the number proves. */
#define OPEN_NUMBER "MMM"
bool ids_open(struct layout *l, const struct fo_node *citation);
/* No object has this id: a whole layout has found none. */
bool ids_hopeless(const struct layout *l, const char *id);
int ids_slot(struct layout *l, struct fo_node *citation, mpt width,
    int digits);
void ids_cite(struct layout *l, struct fo_node *citation, const char *guess);
/* Someone links to an id: reported if nobody has it in the end. */
void ids_link(struct layout *l, const char *id, struct where where);
/* The slot's text stands at the end of its room, not at the start. */
void ids_slot_align(struct layout *l, int slot, bool end);
/* A number in a style, its left end at x of its room, on the baseline 0;
 * lives in `arena`. (para.c) */
const struct area_text *slot_text(struct layout *l, struct arena *arena,
    const struct fo_style *st, const char *text, mpt width, bool align_end);

struct page_context {
	const char *label;	/* of the page being painted */
	int index;
	int number;
};

/* A retrieve-marker on the page whose static content is being made: a node
 * whose children are the marker's content, or NULL: nothing. (markers.c) */
struct fo_node *markers_retrieve(struct layout *l, struct fo_node *retrieve);
/* Does it begin with markers? */
bool markers_has(struct layout *l, struct fo_node *n);
/* A part of an object with markers begins, ends on the page being painted; first,
 * last: so does the box. */
void markers_begin(struct layout *l, struct fo_node *n, bool first);
void markers_end(struct layout *l, struct fo_node *n, bool last);
/* The memory of a table that retrieves markers: all markers in a tree begin,
 * continue or end in the part being painted; the part ends. */
struct markers *markers_new(void);
void markers_free(struct markers *m);	/* accepts NULL */
void markers_note_tree(struct layout *l, struct markers *m, struct fo_node *n,
    bool first, bool last, int depth);
void markers_turn(struct layout *l, struct markers *m);

/* ------------------------------------------------------------ refeeds */

/* Fonts of a style, cached in style->layout (text.c). */
struct text_style {
	const struct font_list *fonts;
	const struct font *font;	/* the first: rules the line */
	const struct font_features *features;
	mpt size, line_height, ascent, descent;	/* descent positive */
	mpt letter_spacing, word_spacing;
	mpt letter_stretch, letter_shrink;	/* of each letter-spacing */
	/* Of a space in justified text, beyond word_spacing; word_stretch is
	 * -1 where the property says nothing: then a part of its width. */
	mpt word_stretch, word_shrink;
	const char *lang;	/* "fr-FR" */
	struct color color;
	bool oblique;
	/* font-variant="small-caps" of a font that has none: small letters are
	 * set as capitals in this style; NULL: they are not. */
	const struct text_style *small;
	bool even;			/* a variant without letter-spacing */
	struct text_style *variants;	/* the next of them, or NULL */
};
const struct text_style *text_style(struct layout *l,
    const struct fo_style *st, struct where where);
/* The same in the height of another font that draws it, or with nothing between
 * the letters; made once, and kept as long as lines are. */
const struct text_style *text_variant(struct layout *l,
    const struct text_style *ts, const struct font *font, bool even);

/* The stack level of a container that has one; false: it has that of what is
 * around it.  (container.c) */
bool z_index(const struct fo_style *st, int *z);
/* What is to be seen of a content rectangle whose overflow is not (XSL 1.1, 7.21.1),
 * in the page's arena; NULL: all of it.  (container.c) */
struct area_path *clip_path(struct area_page *page, const struct fo_style *st,
    mpt x, mpt y, mpt w, mpt h);

/* The size an image or figure gets (XSL 1.1, 7.15: content-width, scaling…). */
struct graphic {
	const struct image *image;	/* or… */
	struct svg *svg;
	mpt view_w, view_h;	/* the viewport: what it takes in the line */
	mpt x, y, w, h;		/* the content in it */
};
/* page: of its file, 1 the one that it names. */
void graphic_load(struct layout *l, struct fo_node *n, mpt ipd, int page,
    struct graphic *g);
void graphic_free(struct graphic *g);
void graphic_paint(struct painter *p, struct fo_node *n,
    const struct graphic *g, struct area_elem *elem, mpt x, mpt y);

/* Change bars that have begun, and the column beside which they stand
 * (bars.c). */
struct bar {
	char *class;
	enum fo_keyword style, placement;
	uint32_t rgba;
	mpt width, offset;
	mpt y;			/* where it begins in the column */
};

struct bars {
	struct bar *v;
	size_t n, cap;
	struct bar_column {
		mpt x, width;
		bool rtl;
		int number, count;	/* 0…, of those of the page */
	} column;
};

/* A column begins, ends at y of the page. */
void bars_column(struct painter *p, const struct bar_column *c, mpt y);
void bars_column_end(struct painter *p, mpt y);
/* fo:change-bar-begin or -end stands at y. */
void bars_mark(struct painter *p, const struct fo_node *n, mpt y);
/* The same among blocks. */
void bars_block(struct feed *s, const struct frame *f, struct fo_node *n);
void bars_free(struct bars *bs);	/* empties it */

/* One run over a document. */
struct layout {
	struct bars bars;
	struct job *job;
	struct fo_doc *doc;
	struct fonts *fonts;
	struct images *images;
	struct layout_memory *memory;
	const struct layout_options *options;
	const struct area_sink *sink;
	struct area_doc area_doc;
	struct arena *arena;	/* lives as long as the run */
	struct ids *ids;
	struct recall *recall;
	struct markers *markers;
	struct markers *table_markers;	/* of the table whose header or footer
					 * is being made, or NULL */
	struct masters *masters;
	struct binder *binder;
	struct page_sequence *sequence;	/* being laid out (layout.c) */
	/* While static content is made: the page it is for; else NULL. */
	struct page_context *context;
	mpt far;		/* more than the columns of a page hold (masters.c) */
	int pages, sequences;	/* made so far */
	/* Elements that end without a line of theirs on the next page. */
	struct area_elem **orphans;
	size_t n_orphans, cap_orphans;
	/* The page made last: its place in the document and its number. */
	int last_index, last_number;
	/* para.c: an arena per level of nested paragraphs */
	struct arena **scratch;
	size_t n_scratch, cap_scratch, scratch_used;
};

#define LAYOUT_DEPTH_MAX 1000	/* nesting of block-level objects */

/* Sums of heights stop here, where nobody looks any more: a few lengths may
 * still be added to them. */
#define LAYOUT_FAR 1000000000

static inline mpt
mpt_far(int64_t v)
{
	return v > LAYOUT_FAR ? LAYOUT_FAR :
	    v < -LAYOUT_FAR ? -LAYOUT_FAR : (mpt)v;
}

static inline mpt
mpt_max(mpt a, mpt b)
{
	return a > b ? a : b;
}

static inline mpt
mpt_min(mpt a, mpt b)
{
	return a < b ? a : b;
}

#endif
