/*
 * A page sequence from its first page to its last: page numbers, masters,
 * blank pages for forced parities (XSL 1.1, 6.6.4, 7.27.6, 7.27.7).
 */
#include <stdlib.h>

#include "layout/pages.h"

/* The number of the next page: it follows the last one by its place in the
 * document, since pages of a booklet are not made in their order. */
static int
next_number(const struct layout *l)
{
	return l->last_number + binder_index(l->binder) - l->last_index;
}

int
sequence_first_number(const struct layout *l, const struct fo_style *st)
{
	int next = next_number(l);

	switch (fo_keyword(st, PR_INITIAL_PAGE_NUMBER)) {
	case KW_AUTO:
		return next;
	case KW_AUTO_ODD:
		return next % 2 == 0 ? next + 1 : next;
	case KW_AUTO_EVEN:
		return next % 2 != 0 ? next + 1 : next;
	default:
		next = fo_integer(st, PR_INITIAL_PAGE_NUMBER, 1);
		return next < 1 ? 1 : next;
	}
}

static bool
make(struct page_sequence *ps, const struct page_plan *plan,
    enum page_kind kind, enum break_class *klass, bool *end)
{
	struct layout *l = ps->l;
	bool ok;

	l->last_index = binder_index(l->binder);
	l->last_number = ps->number;
	ok = page_make(ps, plan, kind, klass, end);
	ps->number = next_number(l);
	return ok;
}

/* A page without anything of the flow: a blank one, or one whose body does not
 * take it. */
static bool
make_empty(struct page_sequence *ps, bool blank, bool last,
    enum page_kind kind)
{
	struct page_query q = { .number = ps->number, .first = ps->done == 0,
		.last = last, .blank = blank };
	struct page_plan plan;
	enum break_class klass;
	bool end;

	return masters_choose(ps->l, ps->l->masters, ps->node, &ps->cursor,
	    &q, &plan) && make(ps, &plan, kind, &klass, &end);
}

static bool
make_blank(struct page_sequence *ps, bool last, enum page_kind kind)
{
	return make_empty(ps, /*blank*/true, last, kind);
}

bool
sequence_parity_holds(enum break_class klass, int number)
{
	return klass == BREAK_EVEN ? number % 2 == 0 :
	    klass == BREAK_ODD ? number % 2 != 0 : true;
}

/* The body's measures on a page: what the flow is laid out for. */
static void
take_measures(struct page_sequence *ps, const struct page_plan *plan)
{
	const struct region *body = &plan->regions[REGION_BODY];

	ps->column_ipd = plan->columns > 1 ? plan->column_width : body->ipd;
	ps->body_ipd = body->ipd;
	ps->notes.ipd = ps->body_ipd;
	ps->notes.shared = plan->columns > 1;
	ps->body_bpd = body->bpd;
	ps->page_width = plan->width;
	ps->page_height = plan->height;
	/* Writing modes are inherited in the tree of objects: the master's is
	 * that of its regions and columns, not of what flows into them. */
	ps->rtl = ps->notes.rtl = fo_keyword(ps->node->style,
	    PR_WRITING_MODE) == KW_RL_TB;
}

struct room
sequence_room(const struct page_sequence *ps)
{
	return (struct room){
		.ipd = ps->column_ipd,
		.bpd = ps->body_bpd,
		.stack = ps->body_bpd,
		.grown = ps->column_ipd - ps->part_ipd,
		.elem = ps->l->area_doc.root,
		.rtl = ps->rtl,
	};
}

/* Is the page after one that was chosen with this cursor of another width? */
static void
look_ahead(struct page_sequence *ps, struct master_cursor cursor,
    const struct page_plan *plan)
{
	struct page_query q = { .number = ps->number + 1 };
	struct page_plan next;

	/* There need not be such a page: nobody is told of masters that are used
	 * up. */
	cursor.exhausted = true;
	ps->turns = masters_choose(ps->l, ps->l->masters, ps->node, &cursor,
	    &q, &next) && next.column_width != plan->column_width;
}

/* A page with a body of another width: what is left of the flow is made again
 * for it.  In the midst of a table that waits until the table ends. */
static void
fit_flow(struct page_sequence *ps, const struct page_plan *plan)
{
	struct room room;

	if (plan->regions[REGION_BODY].node == NULL)
		return;
	take_measures(ps, plan);
	if (ps->stream.begins) {
		ps->part_ipd = ps->column_ipd;
		look_ahead(ps, ps->cursor, plan);
	}
	if (ps->column_ipd == ps->made_ipd && ps->body_ipd == ps->made_body_ipd)
		return;
	room = sequence_room(ps);
	look_ahead(ps, ps->cursor, plan);
	if (!stream_again(&ps->stream, ps->flow, &room))
		return;
	ps->made_ipd = ps->column_ipd;
	ps->made_body_ipd = ps->body_ipd;
}

/* force-page-count, where auto depends on the next sequence (7.27.6). */
static enum fo_keyword
force_of(const struct layout *l, const struct fo_node *node)
{
	enum fo_keyword force = fo_keyword(node->style, PR_FORCE_PAGE_COUNT);
	const char *next;
	long number;

	if (force != KW_AUTO)
		return force;
	next = fo_peek_initial(l->doc);
	if (next == NULL || str_eq(next, "auto"))
		return KW_NO_FORCE;
	if (str_eq(next, "auto-odd"))
		return KW_END_ON_EVEN;
	if (str_eq(next, "auto-even"))
		return KW_END_ON_ODD;
	if (!num_parse_int(next, NULL, &number))
		return KW_NO_FORCE;
	return number % 2 == 0 && number > 0 ? KW_END_ON_ODD : KW_END_ON_EVEN;
}

/* Does force-page-count ask for a page more after so many, the last of them
 * with this number? */
static bool
wants_one_more(enum fo_keyword force, int pages, int number)
{
	switch (force) {
	case KW_EVEN:
		return pages % 2 != 0;
	case KW_ODD:
		return pages % 2 == 0;
	case KW_END_ON_EVEN:
		return number % 2 != 0;
	case KW_END_ON_ODD:
		return number % 2 == 0;
	default:
		return false;
	}
}

bool
sequence_wants_one_more(const struct layout *l, const struct fo_node *node,
    int pages, int number)
{
	return wants_one_more(force_of(l, node), pages, number);
}

/* Would such a page be the last one of the sequence?  Not where one more must
 * follow, unless that depends on the next sequence (as in FOP). */
static bool
may_be_last(const struct page_sequence *ps)
{
	return !wants_one_more(fo_keyword(ps->node->style,
	    PR_FORCE_PAGE_COUNT), ps->done + 1, ps->number);
}

/* What becomes of the master of a last page (6.4.8, page-position). */
enum last_master {
	LAST_NOT,		/* the next page is none, or needs none */
	LAST_TAKEN,		/* the rest of the flow stands on it */
	LAST_TOO_SMALL		/* it follows, blank (as in FOP) */
};

/* Has the subsequence that gives the first page a master for "only", too? */
static bool
asks_only(const struct page_sequence *ps)
{
	struct page_query q = { .number = ps->number, .first = true };
	struct master_cursor cursor = ps->cursor;
	struct page_plan plan;

	return masters_choose(ps->l, ps->l->masters, ps->node, &cursor, &q,
	    &plan) && masters_ask(&cursor, KW_ONLY);
}

/* Is the next page one for the master of page-position "only"?  It is where all
 * of the flow is one part on it (as in FOP). */
static bool
try_only(struct page_sequence *ps, struct page_plan *plan, bool *taken)
{
	struct page_query q = { .number = ps->number, .first = true,
		.last = true };
	struct master_cursor cursor = ps->cursor;

	*taken = false;
	if (ps->done > 0 || !asks_only(ps))
		return true;
	if (!masters_choose(ps->l, ps->l->masters, ps->node, &cursor, &q, plan))
		return false;
	fit_flow(ps, plan);
	*taken = page_would_be_one(ps, plan);
	if (*taken)
		ps->cursor = cursor;
	return true;
}

/* Tries the next page as the last one, chosen from where `cursor` stands: the
 * flow is made for it.  Where there is a master for "only", too, FOP leaves the
 * lines as they are. */
static bool
try_last(struct page_sequence *ps, struct master_cursor *cursor,
    struct page_plan *last, enum last_master *out)
{
	struct page_query q = { .number = ps->number,
		.first = ps->done == 0, .last = true,
		.not_only = fo_keyword(ps->node->style, PR_FORCE_PAGE_COUNT) !=
		    KW_ODD };

	if (!masters_choose(ps->l, ps->l->masters, ps->node, cursor, &q, last))
		return false;
	if (masters_ask(&ps->cursor, KW_ONLY))
		take_measures(ps, last);
	else
		fit_flow(ps, last);
	*out = page_would_end(ps, last) ? LAST_TAKEN : LAST_TOO_SMALL;
	return true;
}

/* Is a body as wide on the last page, on the one with what did not fit there
 * (unless there is a master for "only", too) and on one after that?  Where not,
 * FOP makes no blank last page. */
static bool
same_width(struct page_sequence *ps, const struct page_plan *last,
    const struct page_plan *plan)
{
	bool only = masters_ask(&ps->cursor, KW_ONLY);
	struct page_query q = { .number = ps->number + 1 };
	struct master_cursor cursor = ps->cursor;
	struct page_plan next;

	return (only || last->column_width == plan->column_width) &&
	    masters_choose(ps->l, ps->l->masters, ps->node, &cursor, &q,
	    &next) && next.column_width == last->column_width;
}

/* Does a page of the sequence that ends the flow have a master of its own? */
static bool
asks_last(const struct page_sequence *ps)
{
	return may_be_last(ps) && (masters_ask(&ps->cursor, KW_LAST) ||
	    (ps->done == 0 && masters_ask(&ps->cursor, KW_ONLY)));
}

/* Chooses the master of the next page.  One of page-position "only" is tried
 * first; one for the last page only where another would hold the rest, too, for
 * that is how many pages there are (as in FOP). */
static bool
choose(struct page_sequence *ps, struct page_plan *plan, enum last_master *out)
{
	struct layout *l = ps->l;
	struct page_query q = { .number = ps->number,
		.first = ps->done == 0 };
	struct master_cursor cursor = ps->cursor;
	struct page_plan last;
	bool only;

	*out = LAST_NOT;
	if (!try_only(ps, plan, &only))
		return false;
	if (only)
		return true;
	if (!masters_choose(l, l->masters, ps->node, &ps->cursor, &q, plan))
		return false;
	fit_flow(ps, plan);
	if (!asks_last(ps) || !page_would_end(ps, plan))
		return true;
	if (!try_last(ps, &cursor, &last, out))
		return false;
	if (*out == LAST_TAKEN) {
		ps->cursor = cursor;
		*plan = last;
		return true;
	}
	if (!same_width(ps, &last, plan))
		*out = LAST_NOT;
	fit_flow(ps, plan);
	return true;
}

static bool
is_mapped(const struct page_sequence *ps, const char *region,
    const struct fo_node *flow)
{
	return flow_map_takes(ps->l, ps->node, region,
	    fo_string(flow->style, PR_FLOW_NAME));
}

bool
sequence_maps(const struct page_sequence *ps, const struct page_plan *plan)
{
	const struct region *body = &plan->regions[REGION_BODY];

	return body->node != NULL && is_mapped(ps, body->name, ps->flow);
}

#define EMPTY_MOST 100	/* pages without the flow that are looked beyond */

/* How many pages come before the next one whose body takes the flow: they stay
 * empty.  0 if none does: the flow stands in the first body all the same. */
static int
pages_without(struct page_sequence *ps)
{
	struct master_cursor cursor = ps->cursor;
	struct page_plan plan;

	for (int k = 0; ps->flow != NULL && k < EMPTY_MOST &&
	    !cursor.exhausted; k++) {
		struct page_query q = { .number = ps->number + k,
			.first = ps->done + k == 0 };

		if (!masters_choose(ps->l, ps->l->masters, ps->node, &cursor,
		    &q, &plan))
			return 0;
		if (sequence_maps(ps, &plan))
			return k;
	}
	return 0;
}

/* A flow needs a body on each of its pages. */
static bool
has_body(const struct page_sequence *ps, const struct page_plan *plan)
{
	if (plan->regions[REGION_BODY].node != NULL)
		return true;
	diag_report(ps->l->job->diag, DIAG_LAYOUT_NO_BODY, plan->master->where,
	    NULL);
	return false;
}

/* The filled pages.  False: no more can be done. */
static bool
run_pages(struct page_sequence *ps)
{
	enum break_class klass = BREAK_COLUMN;
	enum last_master last = LAST_NOT;
	bool end = false;

	stream_break_first(&ps->stream, &klass);
	while (!end) {
		struct page_plan plan;

		if (!sequence_parity_holds(klass, ps->number) &&
		    !make_blank(ps, false, PAGE_BLANK))
			return false;
		for (int n = pages_without(ps); n > 0; n--)
			if (!make_empty(ps, false, false, PAGE_BLANK))
				return false;
		if (!choose(ps, &plan, &last) || !has_body(ps, &plan))
			return false;
		if (!make(ps, &plan, PAGE_FILLED, &klass, &end))
			return false;
	}
	if (last != LAST_TOO_SMALL)
		return true;
	return make_blank(ps, may_be_last(ps), PAGE_BLANK);
}

/* Is the page that force-page-count adds the last one to its masters?  FOP only
 * knows a last page where some master asks for it, and not where the next
 * sequence forces the page. */
static bool
forced_is_last(const struct page_sequence *ps)
{
	return fo_keyword(ps->node->style, PR_FORCE_PAGE_COUNT) != KW_AUTO &&
	    (masters_ask(&ps->cursor, KW_LAST) ||
	    (ps->done == 1 && masters_ask(&ps->cursor, KW_ONLY)));
}

static bool
run_forced(struct page_sequence *ps)
{
	bool is_last = forced_is_last(ps);

	if (sequence_wants_one_more(ps->l, ps->node, ps->done,
	    ps->l->last_number) &&
	    !make_blank(ps, is_last, PAGE_BLANK))
		return false;
	for (int n = binder_blanks(ps->l->binder); n > 0; n--)
		if (!make_blank(ps, n == 1, PAGE_FILLER))
			return false;
	return true;
}

static bool
measure_body(struct page_sequence *ps)
{
	struct master_cursor cursor = { 0 };
	struct page_query q = { .number = ps->number, .first = true };
	struct page_plan plan;

	for (int n = pages_without(ps); n >= 0; n--) {
		if (!masters_choose(ps->l, ps->l->masters, ps->node, &cursor,
		    &q, &plan))
			return false;
		q.number++;
		q.first = false;
	}
	take_measures(ps, &plan);
	ps->body_name = plan.regions[REGION_BODY].name;
	ps->made_ipd = ps->part_ipd = ps->column_ipd;
	ps->made_body_ipd = ps->body_ipd;
	look_ahead(ps, cursor, &plan);
	return has_body(ps, &plan);
}

/* The first flow, and the separators among what precedes it. */
static void
find_flow(struct page_sequence *ps)
{
	struct fo_node *n;

	for (n = fo_child(ps->l->doc, ps->node, NULL); n != NULL;
	    n = fo_child(ps->l->doc, ps->node, n)) {
		if (n->type == FO_FLOW)
			ps->flow = n;
		else if (n->type == FO_STATIC_CONTENT &&
		    str_eq(fo_string(n->style, PR_FLOW_NAME),
		    "xsl-footnote-separator"))
			ps->notes.separator = n;
		else if (n->type == FO_STATIC_CONTENT &&
		    str_eq(fo_string(n->style, PR_FLOW_NAME),
		    "xsl-before-float-separator"))
			ps->before_separator = n;
		if (ps->flow != NULL)
			return;
	}
}

/* The one that goes into the body first. */
static void
map_flow(struct page_sequence *ps)
{
	struct fo_node *n = flow_map_flow(ps->l, ps->node, ps->body_name, 0);

	if (n != NULL)
		ps->flow = n;
}

bool
sequence_next_flow(struct layout *l, struct stream *st)
{
	struct page_sequence *ps = l->sequence;
	struct fo_node *n;
	struct room room;

	if (ps == NULL || st != &ps->stream)
		return false;
	n = flow_map_flow(l, ps->node, ps->body_name, ps->flow_number + 1);
	if (n == NULL)
		return false;
	ps->flow_number++;
	ps->flow = n;
	room = sequence_room(ps);
	feed_free(st->feed);
	st->feed = feed_new(l, n, &room);
	feed_go_on(st->feed, n->style, room.ipd);
	return true;
}

/* Is it the name of no region at all?  A standard one may well have no region
 * on the pages of this sequence. */
static bool
is_nowhere(const struct page_sequence *ps, const char *name)
{
	return fo_string(ps->node->style, PR_FLOW_MAP_REFERENCE) == NULL &&
	    name != NULL && *name != '\0' && !str_starts(name, "xsl-") &&
	    !masters_have_region(ps->l->masters, name);
}

static void
report_statics(struct page_sequence *ps)
{
	struct fo_node *n = NULL;

	while ((n = fo_child(ps->l->doc, ps->node, n)) != NULL &&
	    n->type != FO_FLOW) {
		const char *name = fo_string(n->style, PR_FLOW_NAME);

		if (n->type == FO_STATIC_CONTENT && is_nowhere(ps, name))
			diag_report(ps->l->job->diag,
			    DIAG_LAYOUT_REGION_UNKNOWN, n->where, name);
	}
}

/* Flows that no region takes. */
static void
report_flows(struct page_sequence *ps)
{
	struct fo_node *n = NULL;

	while ((n = fo_child(ps->l->doc, ps->node, n)) != NULL)
		if (n->type == FO_FLOW && n != ps->flow && !is_mapped(ps, ps->body_name, n))
			diag_report(ps->l->job->diag, DIAG_LAYOUT_FLOW_UNUSED,
			    n->where, fo_string(n->style, PR_FLOW_NAME));
}

/* A flow stands in the body, whatever name it gives. */
static void
check_flow_name(struct page_sequence *ps)
{
	const char *name = fo_string(ps->flow->style, PR_FLOW_NAME);

	if (!str_eq(name, flow_map_next(ps->l, ps->node, ps->body_name, 0)))
		diag_report(ps->l->job->diag, DIAG_LAYOUT_FLOW_NAME,
		    ps->flow->where, name != NULL ? name : "", ps->body_name);
}

bool
sequence_run(struct layout *l, struct fo_node *node)
{
	struct page_sequence ps = { .l = l, .node = node };
	struct room room;
	bool ok;

	binder_sequence(l->binder, fo_keyword(node->style, PR_BOOKLET));
	ps.ordinal = ++l->sequences;
	ps.number = sequence_first_number(l, node->style);
	find_flow(&ps);
	if (!measure_body(&ps))
		return false;
	if (ps.flow == NULL)
		return true;
	map_flow(&ps);
	l->sequence = &ps;
	ps.notes.l = l;
	check_flow_name(&ps);
	report_statics(&ps);
	room = sequence_room(&ps);
	stream_init(&ps.stream, l, feed_new(l, ps.flow, &room));
	ok = run_pages(&ps) && run_forced(&ps);
	report_flows(&ps);
	stream_end(&ps.stream);
	notes_free(&ps.notes);
	befores_free(&ps.befores);
	bars_free(&l->bars);
	l->sequence = NULL;
	return ok;
}
