/*
 * What the files that make pages share: masters.c chooses and measures page
 * masters, stream.c holds the flow, breaks.c chooses its breaks, notes.c places
 * footnotes, page.c fills and paints pages, sequence.c runs a page sequence,
 * booklet.c orders pages.
 */
#ifndef LAYOUT_PAGES_H
#define LAYOUT_PAGES_H

#include "layout/layout_int.h"

/* -------------------------------------------------------------- masters */

enum region_type {
	REGION_BODY, REGION_BEFORE, REGION_AFTER, REGION_START, REGION_END,
	REGION_COUNT
};

/* A region on its page.  Content coordinates begin at the top left corner of
 * the content rectangle as its reader sees it, turned by `turn`. */
struct region {
	struct fo_node *node;	/* NULL: the page has none */
	const char *name;
	mpt x, y, w, h;		/* border rectangle on the page */
	mpt cx, cy, cw, ch;	/* content rectangle on the page */
	int turn;		/* reference-orientation: 0, 90, 180, 270 */
	mpt ipd, bpd;		/* content measures, turned */
	bool rtl;
};

struct page_plan {
	struct fo_node *master;	/* simple-page-master */
	mpt width, height;
	struct region regions[REGION_COUNT];
	int columns;
	mpt gap, column_width;
};

/* What the printer's sheet has around pages of this master, in the arena; NULL:
 * nothing. */
const struct area_press *press_of(struct arena *arena,
    const struct fo_style *st);

struct page_query {
	int number;
	bool first, last, blank;
	bool not_only;		/* no master for page-position "only" */
};

/* Where a page sequence stands in its page-sequence-master. */
struct master_cursor {
	struct fo_node *specifier;
	int used;
	bool exhausted;		/* was reported */
	const char *wanted;	/* the simple-page-master it names, or NULL */
	struct fo_node *last;	/* the one before, which stands in for it */
};

struct masters;
struct masters *masters_new(struct layout *l, struct fo_node *root);
void masters_free(struct masters *m);	/* accepts NULL */
/* Chooses a page's master and measures it.  False after reporting: there is
 * no such master. */
bool masters_choose(struct layout *l, struct masters *m,
    const struct fo_node *sequence, struct master_cursor *c,
    const struct page_query *q, struct page_plan *out);
/* Has the subsequence that the cursor stands in a master for this
 * page-position?  (FOP looks no further.) */
bool masters_ask(const struct master_cursor *c, enum fo_keyword position);
/* Has a region of some master this region-name? */
bool masters_have_region(const struct masters *m, const char *name);

/* The fo:flow-map of a name, or NULL. */
struct fo_node *masters_flow_map(const struct masters *m, const char *name);

/* The name of the i-th flow or static content that goes into a region of this
 * page sequence; NULL: there are no more. (flowmap.c) */
const char *flow_map_next(struct layout *l, const struct fo_node *sequence,
    const char *region, size_t i);
/* Is a flow of this name one of them? */
bool flow_map_takes(struct layout *l, const struct fo_node *sequence,
    const char *region, const char *flow);
/* The i-th fo:flow itself; NULL: no more. */
struct fo_node *flow_map_flow(struct layout *l, struct fo_node *sequence,
    const char *region, size_t i);

/* --------------------------------------------------------------- stream */

/* Where the next columns are to end (breaks.c). */
struct planned {
	size_t at;		/* number of the gap among all the flow gave */
	mpt room;		/* of the column */
	double ratio;
	mpt height;
};

struct plan {
	struct planned *v;
	size_t n, cap;
	size_t i;		/* of the next column */
};

/* The content of a flow that is not on a page yet. */
struct stream {
	struct layout *l;
	struct feed *feed;
	struct vlist list;
	size_t taken;		/* elements that came, in all */
	bool ended;		/* the feed has no more */
	struct vbox **open;	/* open where the list begins, outermost first */
	size_t n_open, cap_open;
	int fitness;		/* of the column before */
	bool begins;		/* there is none, or a forced break ended it */
	/* A box that is open and keeps its width (a table): what follows is
	 * to be made in this room.  NULL: no box is waited for. */
	struct vbox *waits;
	struct fo_node *waits_flow;
	struct room waits_room;
	int empty;		/* columns left empty just before */
	bool leads;		/* the list begins with the space-before of a block,
				 * which the break before it has dropped */
	struct plan plan;
};

/* What fits into a column. */
struct fill {
	/* Given: */
	mpt room;		/* notes included */
	size_t parts;		/* it ends at this of the places where it may;
				 * 0: where is best */
	size_t from;		/* first element (0, or after a gap)… */
	int before;		/* …and then the fitness of the column before */
	bool fresh;		/* stream_try: something must fit, nothing
				 * stands above */
	bool ends_page;		/* it is the last column of its page */
	/* Which of how many columns it is, and of which sequence's page: the
	 * columns that follow.  NULL: they are like this one. */
	int column, columns;
	const struct page_sequence *ps;
	struct notes *notes;	/* whose pending notes take room, or NULL */
	/* Found: */
	size_t at;		/* gap to break at, or list.n at the end */
	bool nothing;		/* it stays empty: what comes next does not fit */
	bool end;		/* all of the flow fits */
	bool forced;
	bool overflows;		/* what is taken does not really fit */
	enum break_class klass;	/* if forced */
	mpt height;
	mpt notes_height;	/* of the notes below it; -1: what there is room for */
	/* How much of its spaces' stretch (up to 1) or shrink (down to -1) the
	 * column uses, and how tight that makes it (breaks.c). */
	double ratio;
	int fitness;
};

/* Of a column without one before it, or after one that is not to be filled. */
#define FITNESS_FREE 1

/* What the fitness of a column is to the next. */
static inline int
fill_fitness(const struct fill *f)
{
	return f->end || f->forced ? FITNESS_FREE : f->fitness;
}

void stream_init(struct stream *st, struct layout *l, struct feed *feed);
void stream_end(struct stream *st);
/* Makes element i exist.  False: the flow has no such element. */
bool stream_need(struct stream *st, size_t i);
void stream_fill(struct stream *st, struct fill *f);
/* The same, without reports, and no column is filled by it. */
void stream_foresee(struct stream *st, struct fill *f);
/* What fits if the column takes as much as it can: to try. */
void stream_try(struct stream *st, struct fill *f);
/* Do what comes up to the next change of span, from an element on, fit into so
 * many columns of a height?  If so they are balanced: parts[k] is at which of the
 * places where it may end the k-th of them ends.  (balance.c) */
void columns_balance(struct stream *st, size_t from, mpt height, int columns,
    size_t *parts);
/* The height of columns, the k-th of which is so high.  It may be less than
 * nothing: what spans them can begin with such a space. */
static inline mpt
columns_high(mpt before, int k, mpt height)
{
	return k == 0 ? height : mpt_max(before, height);
}
/* A forced break that stands before all content: its class.  False: none. */
bool stream_break_first(struct stream *st, enum break_class *klass);
/* Is one block without any content, padding or border all that the fill found,
 * which has no space before it either?  FOP needs no page for that. */
bool stream_is_void(const struct stream *st, const struct fill *f);
/* How many columns of a page what comes next has, or what stands behind a break
 * before element `from`: one if it spans them. */
int stream_columns(struct stream *st, const struct page_plan *plan,
    size_t from);
/* Does that span all columns, and are the columns before it balanced? */
bool stream_balances(struct stream *st, size_t from);
/* Cuts the list at the break found. */
void stream_cut(struct stream *st, const struct fill *f);
/* Its spaces become what the column makes of them. */
void stream_adjust(struct stream *st, const struct fill *f);
/* The column's elements have been painted: forgets them. */
void stream_drop(struct stream *st, const struct fill *f);

/* What is left of a flow, or of a list that was collected. */
struct rest {
	struct fo_node *node;
	struct vbox *const *open;	/* outermost first */
	size_t n_open;
	struct vlist *list;
	size_t at;		/* its first element that is left */
	struct feed *feed;	/* which gives more of it, or NULL */
};

/* Makes what is left anew for a room of another width: the boxes that are open
 * are placed anew, the elements go, and another feed gives them.  Those of a box
 * that cannot go on so (flow_stiff) stay, as they are or remade by itself, and
 * the feed begins after it: its end must be in the list.  False: nothing is left,
 * or it cannot be made again; then all is as it was.  (flow.c) */
bool flow_again(struct layout *l, struct rest *r, const struct room *room);
/* The outermost box that keeps its width to its end, or makes what is left of
 * it anew by itself; NULL: there is none. */
struct vbox *flow_stiff(struct vbox *const *open, size_t n_open);
/* The structure elements that end with the lines from element `at` on, in the
 * midst of a paragraph, end on the next page. */
void flow_take_ended(struct layout *l, const struct vlist *list, size_t at);
/* Puts the box of a block, of a container into a room. */
void block_place(struct vbox *b, const struct room *room);
void container_place(struct vbox *b, const struct room *room,
    struct room *inner);
const struct frame_kind *list_frames(void);
/* The rest of the flow in a room of another width.  False: not here. */
bool stream_again(struct stream *st, struct fo_node *flow,
    const struct room *room);
/* Is the next line narrower because of a float on the page before? */
bool stream_beside(const struct stream *st);

/* compose.c: as vlist_paint, with the boxes open at `from` given. */
mpt compose(const struct vlist *l, size_t from, size_t to,
    struct vbox *const *open, size_t n_open, struct painter *p, mpt x, mpt y);

/* reference-orientation: 0, 90, 180 or 270. (container.c) */
int style_turn(const struct fo_style *st);
/* How a region's content is turned: a vertical writing-mode turns it, too. */
int region_turn(const struct fo_style *st);
/* Begins the group of a viewport's content, w by h of the page at (*x, *y), if
 * its reference-orientation turns it (XSL 1.1, 7.21.3: the origin is then the
 * top left corner as its reader sees it) or its overflow is cut off.  False:
 * there is no group.  (container.c) */
bool group_begin(struct area_page *page, const struct fo_style *st, int turn,
    mpt w, mpt h, mpt *x, mpt *y);

/* How far down display-align moves content in a room of a height, by which
 * its overflow does not count: what is too high is broken as into pages of
 * that height, and what the last of them holds is aligned (as in FOP).
 * (container.c) */
mpt display_shift(const struct fo_style *st, const struct vlist *l, mpt bpd);

/* ---------------------------------------------------------------- notes */

/* Footnotes that wait for room; see notes.c. */
struct notes {
	struct layout *l;
	struct fo_node *separator;	/* static-content, or NULL */
	mpt ipd;			/* width of footnotes */
	/* They stand below all columns of the page, not below the text that calls
	 * them: it does not reckon with their height. */
	bool shared;
	/* Height of the separator in that width, once it was measured. */
	bool measured;
	mpt measured_ipd, separator_height;
	bool rtl;
	struct waiting {
		struct vlist *list;
		size_t from;		/* first element that is left */
		mpt height;		/* of what is left */
		/* A space that a break in it dropped: it still counts where its
		 * column's end is chosen. */
		mpt dropped;
	} *v;				/* called already, in order */
	size_t n, cap;
	int64_t waiting;		/* height of them all */
	/* What headers and footers that are repeated on the page call: it stands
	 * before and after all others, whole (as in FOP). */
	struct note_bodies {
		struct vlist **v;
		size_t n, cap;
	} heads, feet;
};

void notes_free(struct notes *ns);	/* empties it */
/* Height of the separator. */
mpt notes_separator(struct notes *ns);
/* Height of what waits. */
mpt notes_waiting(const struct notes *ns);
/* Height of the least piece of it. */
mpt notes_waiting_least(const struct notes *ns);
/* The same of number i alone: its height, and of its least piece. */
mpt notes_waiting_one(const struct notes *ns, size_t i, mpt *least);
/* Height of a note, and of the least piece of it that can stand alone. */
mpt note_height(struct notes *ns, struct note *n, mpt *least);
/* What note_height measured. */
const struct vlist *note_body(struct note *n);
/* A note's anchor stands in this column now. */
void notes_add(struct notes *ns, struct note *n);
/* A header (or footer) that calls notes is repeated in the column being painted;
 * and how high such notes are. */
void notes_repeat(struct notes *ns, const struct vlist *section, bool head);
mpt notes_repeat_height(struct notes *ns, const struct vlist *section);
/* The height of those that were called. */
mpt notes_repeated(const struct notes *ns);
/* Paints at the bottom of a column what fits into `room`; the rest waits.
 * `fresh`: something must fit.  Returns the height used. */
mpt notes_paint(struct notes *ns, struct painter *p, mpt x, mpt bottom,
    mpt room, bool fresh);

/* ------------------------------------------------------- before-floats */

/* Floats for the top of a page that wait for one with room (before.c). */
struct befores {
	struct vlist **v;
	size_t n, cap;
};

struct page_sequence;
void befores_free(struct befores *b);	/* empties it */
/* The line that calls a float stands on the page being made now. */
void before_add(struct page_sequence *ps, struct note *n);
/* Paints the floats of a page, with their separator, at the top (x, y) of its
 * body.  Returns the height used. */
mpt before_paint(struct page_sequence *ps, const struct page_plan *plan,
    struct painter *p, mpt x, mpt y);

/* ------------------------------------------------------------- sequence */

struct page_sequence {
	struct layout *l;
	struct fo_node *node, *flow;
	const struct fo_node *begun;	/* the last flow that stands on a page */
	size_t flow_number;	/* of those that the flow map names */
	struct master_cursor cursor;
	struct stream stream;
	struct notes notes;
	struct befores befores;
	struct fo_node *before_separator;	/* static-content, or NULL */
	int number;		/* of the next page */
	int done;		/* pages made */
	int ordinal;		/* 1 for the document's first sequence */
	mpt column_ipd, body_ipd;	/* of the page being filled */
	mpt body_bpd;
	mpt page_width, page_height;
	const char *body_name;
	bool rtl;
	/* The width that the rest of the flow was made for, and that in which
	 * what comes up to the next forced break began. */
	mpt made_ipd, made_body_ipd, part_ipd;
	/* Has the page after that where what is made now began another width? */
	bool turns;
};

/* The body's next flow, where a flow map names several: the stream goes on with
 * it.  False: there is none. */
bool sequence_next_flow(struct layout *l, struct stream *st);
/* Does the body of a page take the flow?  Where it is named otherwise it stays
 * empty, as in FOP. */
bool sequence_maps(const struct page_sequence *ps,
    const struct page_plan *plan);
/* Whether a page of this number may carry what a break asks for. */
bool sequence_parity_holds(enum break_class klass, int number);
/* Lays out a page sequence.  False: nothing more can be done. */
bool sequence_run(struct layout *l, struct fo_node *node);
/* The number of a page sequence's first page. */
int sequence_first_number(const struct layout *l, const struct fo_style *st);
/* Does force-page-count ask for a page more after so many, the last of them
 * with this number? */
bool sequence_wants_one_more(const struct layout *l,
    const struct fo_node *node, int pages, int number);
/* Lays out a fox:external-document.  (external.c) */
bool external_run(struct layout *l, struct fo_node *node);
enum page_kind {
	PAGE_FILLED,
	PAGE_BLANK,	/* nothing of the flow */
	PAGE_FILLER	/* the same, to complete a booklet */
};

/* Fills, paints and hands on one page.  *klass: the class of the forced break
 * that ended it, BREAK_COLUMN if none; *end: flow and notes are done. */
bool page_make(struct page_sequence *ps, const struct page_plan *plan,
    enum page_kind kind, enum break_class *klass, bool *end);
/* Would the rest of the flow fit on such a page? */
bool page_would_end(struct page_sequence *ps, const struct page_plan *plan);
/* Up to which element the flow would stand on such a page below `top`, from the
 * body's top; 0: not even its first piece would.  (trial.c) */
size_t trial_end(struct page_sequence *ps, const struct page_plan *plan,
    mpt top);
/* What the footnotes of a page of several columns take at the body's bottom, up
 * to all that is left below `top`.  (trial.c) */
mpt trial_notes(struct page_sequence *ps, const struct page_plan *plan,
    mpt top);
/* Would it, in its first column, as one part without a forced break? */
bool page_would_be_one(struct page_sequence *ps, const struct page_plan *plan);
/* What the flow is laid out in on the page being filled. */
struct room sequence_room(const struct page_sequence *ps);
/* Is what is made now for a page before one of another width? */
bool sequence_turns(const struct layout *l);
/* The width for a child of the flow that spans all columns, or not. */
mpt sequence_ipd(const struct layout *l, bool spans);

/* What stands around a page sequence's numbers: its FO_FOLIO_PREFIX or
 * FO_FOLIO_SUFFIX. (number.c) */
void folio_text(struct buf *out, struct layout *l, struct fo_node *sequence,
    enum fo_type type);
/* A page number as text (XSL 1.1, 7.26; XSLT 1.0, 7.7.1). (number.c) */
void number_format(struct buf *out, int number, const struct fo_style *st);

/* -------------------------------------------------------------- booklet */

/* How many pages the sequences of each kind had; see booklet.c. */
struct booklet {
	bool known;		/* counted by a layout before */
	int normal, centre, inside, back;
	int last_normal;	/* ordinal of the last normal page sequence */
};

struct binder;
struct binder *binder_new(struct layout *l);
void binder_free(struct binder *b);	/* accepts NULL */
/* Begins a page sequence of a kind. */
void binder_sequence(struct binder *b, enum fo_keyword kind);
/* The place of the next page of this sequence in the document, 0…; and of
 * the page before it. */
int binder_index(const struct binder *b);
/* Blank pages that must follow the sequence. */
int binder_blanks(const struct binder *b);
/* Hands a page on, when its turn has come.  filler: it is one of those blanks.
 * False: the sink takes no more. */
bool binder_page(struct binder *b, struct area_page *page, bool filler);
/* All sequences are done.  False: what was planned did not come true. */
bool binder_end(struct binder *b);

/* ----------------------------------------------------------------- ids */

struct ids *ids_new(void);
void ids_free(struct ids *ids);
/* Fills the slots, tells the memory; false: not stable. */
bool ids_finish(struct layout *l);
struct booklet *memory_booklet(struct layout_memory *m);
/* A new root element of the structure, which the memory owns. */
struct area_elem *memory_root(struct layout_memory *m);

void markers_page_end(struct layout *l);

#endif
