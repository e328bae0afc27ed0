/*
 * Page masters: which one a page gets (XSL 1.1, 6.4.7 to 6.4.11), and where
 * its regions stand (6.4.12 to 6.4.17).
 */
#include <stdlib.h>

#include "layout/pages.h"

struct masters {
	struct map *simple, *sequence;	/* struct fo_node by master-name */
	struct map *flow_maps;		/* by flow-map-name */
	struct map *regions;		/* the names that regions are given */
};

/* Apache FOP's page when the FO names no size. */
#define AUTO_WIDTH 594720	/* 8.26in */
#define AUTO_HEIGHT 792000	/* 11in */

static mpt
page_side(const struct fo_style *st, enum fo_prop p, mpt otherwise)
{
	mpt v = fo_length(st, p, 0);

	return v > 0 ? v : otherwise;
}

/* Content that much further on cannot stand on a page of this master: twice
 * the height of its columns, one below the other, however it is turned. */
static mpt
out_of_reach(struct layout *l, struct fo_node *master)
{
	mpt side = mpt_max(page_side(master->style, PR_PAGE_WIDTH, AUTO_WIDTH),
	    page_side(master->style, PR_PAGE_HEIGHT, AUTO_HEIGHT));
	const struct fo_node *body = fo_child_of_type(l->doc, master,
	    FO_REGION_BODY);
	int columns = body != NULL ?
	    fo_integer(body->style, PR_COLUMN_COUNT, 1) : 1;

	return mpt_far((int64_t)side * 2 * (columns < 1 ? 1 : columns));
}

static void
put_master(struct layout *l, struct map *map, const char *name,
    struct fo_node *n)
{
	if (map_put(map, name, n) != NULL)
		diag_report(l->job->diag, DIAG_LAYOUT_MASTER_TWICE, n->where,
		    name);
}

static void
put_regions(struct layout *l, struct masters *m, struct fo_node *master)
{
	struct fo_node *n = NULL;

	while ((n = fo_child(l->doc, master, n)) != NULL) {
		const char *name = fo_string(n->style, PR_REGION_NAME);

		if (name != NULL)
			map_put(m->regions, name, n);
	}
}

struct masters *
masters_new(struct layout *l, struct fo_node *root)
{
	struct masters *m = xcalloc(1, sizeof *m);
	struct fo_node *set = fo_child_of_type(l->doc, root,
	    FO_LAYOUT_MASTER_SET), *n;

	m->simple = map_new();
	m->sequence = map_new();
	m->flow_maps = map_new();
	m->regions = map_new();
	l->far = 0;
	if (set == NULL)
		return m;
	for (n = fo_child(l->doc, set, NULL); n != NULL;
	    n = fo_child(l->doc, set, n)) {
		const char *name = fo_string(n->style, PR_MASTER_NAME);

		if (n->type == FO_FLOW_MAP)
			name = fo_string(n->style, PR_FLOW_MAP_NAME);
		if (n->type == FO_SIMPLE_PAGE_MASTER) {
			l->far = mpt_max(l->far, out_of_reach(l, n));
			put_regions(l, m, n);
		}
		if (name == NULL)
			continue;
		if (n->type == FO_FLOW_MAP)
			map_put(m->flow_maps, name, n);
		else if (n->type == FO_SIMPLE_PAGE_MASTER)
			put_master(l, m->simple, name, n);
		else if (n->type == FO_PAGE_SEQUENCE_MASTER)
			put_master(l, m->sequence, name, n);
	}
	return m;
}

void
masters_free(struct masters *m)
{
	if (m == NULL)
		return;
	map_free(m->simple);
	map_free(m->sequence);
	map_free(m->flow_maps);
	map_free(m->regions);
	free(m);
}

bool
masters_have_region(const struct masters *m, const char *name)
{
	return map_lookup(m->regions, name) != NULL;
}

struct fo_node *
masters_flow_map(const struct masters *m, const char *name)
{
	return map_lookup(m->flow_maps, name);
}

/* --------------------------------------------------------------- choice */

static bool
position_holds(enum fo_keyword position, const struct page_query *q)
{
	switch (position) {
	case KW_ONLY:
		return q->first && q->last && !q->not_only;
	case KW_FIRST:
		return q->first;
	case KW_LAST:
		return q->last;
	case KW_REST:
		return !q->first && !q->last;
	default:
		return true;
	}
}

static bool
condition_holds(const struct fo_style *st, const struct page_query *q)
{
	enum fo_keyword parity = fo_keyword(st, PR_ODD_OR_EVEN);
	enum fo_keyword blank = fo_keyword(st, PR_BLANK_OR_NOT_BLANK);

	if (!position_holds(fo_keyword(st, PR_PAGE_POSITION), q))
		return false;
	if (parity == KW_ODD && q->number % 2 == 0)
		return false;
	if (parity == KW_EVEN && q->number % 2 != 0)
		return false;
	if (blank == KW_BLANK && !q->blank)
		return false;
	return blank != KW_NOT_BLANK || !q->blank;
}

/* The name of the master that a specifier gives for a page, or NULL: it gives
 * none (any more). */
static const char *
specifier_name(struct layout *l, struct master_cursor *c,
    const struct page_query *q)
{
	struct fo_node *s = c->specifier, *n;
	int most = s->type == FO_SINGLE_PAGE_MASTER_REFERENCE ? 1 :
	    fo_integer(s->style, PR_MAXIMUM_REPEATS, INT_MAX);

	if (c->used >= most)
		return NULL;
	if (s->type != FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES) {
		c->used++;
		return fo_string(s->style, PR_MASTER_REFERENCE);
	}
	for (n = fo_child(l->doc, s, NULL); n != NULL;
	    n = fo_child(l->doc, s, n)) {
		if (n->type != FO_CONDITIONAL_PAGE_MASTER_REFERENCE ||
		    !condition_holds(n->style, q))
			continue;
		c->used++;
		return fo_string(n->style, PR_MASTER_REFERENCE);
	}
	return NULL;
}

static bool
is_specifier(const struct fo_node *n)
{
	return n->type == FO_SINGLE_PAGE_MASTER_REFERENCE ||
	    n->type == FO_REPEATABLE_PAGE_MASTER_REFERENCE ||
	    n->type == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES;
}

/* Moves on to the next specifier; false: there is none. */
static bool
next_specifier(struct layout *l, struct fo_node *sequence,
    struct master_cursor *c)
{
	struct fo_node *n = c->specifier;

	do
		n = fo_child(l->doc, sequence, n);
	while (n != NULL && !is_specifier(n));
	if (n == NULL)
		return false;
	c->specifier = n;
	c->used = 0;
	return true;
}

/* The last specifier is used up: it serves all the same, from its start. */
static const char *
exhausted_name(struct layout *l, const struct fo_node *at,
    struct master_cursor *c, const struct page_query *q)
{
	const char *name;
	struct fo_node *n;

	if (!c->exhausted)
		diag_report(l->job->diag, DIAG_LAYOUT_MASTERS_EXHAUSTED,
		    at->where, fo_string(at->style, PR_MASTER_REFERENCE));
	c->exhausted = true;
	c->used = 0;
	name = specifier_name(l, c, q);
	if (name != NULL)
		return name;
	for (n = c->specifier->first; n != NULL; n = n->next)
		if (n->type == FO_CONDITIONAL_PAGE_MASTER_REFERENCE)
			name = fo_string(n->style, PR_MASTER_REFERENCE);
	return name;
}

static struct fo_node *
choose_simple(struct layout *l, struct masters *m, const struct fo_node *at,
    struct master_cursor *c, const struct page_query *q)
{
	const char *name = fo_string(at->style, PR_MASTER_REFERENCE);
	struct fo_node *sequence, *n = NULL;
	const char *simple;

	if (name != NULL)
		n = map_lookup(m->simple, name);
	if (n != NULL || name == NULL)
		return n;
	sequence = map_lookup(m->sequence, name);
	if (sequence == NULL)
		return NULL;
	if (c->specifier == NULL && !next_specifier(l, sequence, c))
		return NULL;
	while ((simple = specifier_name(l, c, q)) == NULL) {
		if (next_specifier(l, sequence, c))
			continue;
		simple = exhausted_name(l, at, c, q);
		break;
	}
	c->wanted = simple;
	return simple != NULL ? map_lookup(m->simple, simple) : NULL;
}

bool
masters_ask(const struct master_cursor *c, enum fo_keyword position)
{
	const struct fo_node *n = c->specifier != NULL ? c->specifier->first :
	    NULL;

	while (n != NULL && fo_keyword(n->style, PR_PAGE_POSITION) != position)
		n = n->next;
	return n != NULL;
}

/* -------------------------------------------------------------- geometry */

static void
rect_inset(struct rect *r, mpt left, mpt top, mpt right, mpt bottom)
{
	r->x += left;
	r->y += top;
	r->w = mpt_max(0, r->w - left - right);
	r->h = mpt_max(0, r->h - top - bottom);
}

/* Margins and extents in percent are of the whole page, as in FOP. */
static void
page_margins(struct rect *r, const struct fo_style *st, mpt w, mpt h)
{
	rect_inset(r, fo_length(st, PR_MARGIN_LEFT, w),
	    fo_length(st, PR_MARGIN_TOP, h),
	    fo_length(st, PR_MARGIN_RIGHT, w),
	    fo_length(st, PR_MARGIN_BOTTOM, h));
}

/* A body that starts at the right has its margins at the other side, as in
 * FOP: a page is turned over with its side regions.  A margin-top, too, is a
 * space-before of the body. */
static void
body_margins(struct rect *r, const struct fo_style *st, mpt w, mpt h)
{
	mpt left = fo_length(st, PR_MARGIN_LEFT, w);
	mpt right = fo_length(st, PR_MARGIN_RIGHT, w);
	bool rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;

	rect_inset(r, rtl ? right : left,
	    fo_length(st, PR_SPACE_BEFORE_OPTIMUM, h), rtl ? left : right,
	    fo_length(st, PR_MARGIN_BOTTOM, h));
}

static void
place_region(struct region *rg, struct rect r)
{
	const struct fo_style *st = rg->node->style;
	mpt start = decor_edge(st, SIDE_START, r.w);
	mpt end = decor_edge(st, SIDE_END, r.w);

	rg->x = r.x;
	rg->y = r.y;
	rg->w = r.w;
	rg->h = r.h;
	rg->rtl = fo_keyword(st, PR_WRITING_MODE) == KW_RL_TB;
	rect_inset(&r, rg->rtl ? end : start,
	    decor_edge(st, SIDE_BEFORE, r.w), rg->rtl ? start : end,
	    decor_edge(st, SIDE_AFTER, r.w));
	rg->cx = r.x;
	rg->cy = r.y;
	rg->cw = r.w;
	rg->ch = r.h;
	rg->turn = region_turn(st);
	rg->ipd = rg->turn % 180 == 0 ? r.w : r.h;
	rg->bpd = rg->turn % 180 == 0 ? r.h : r.w;
}

static bool
has_precedence(const struct region *rg)
{
	return rg->node != NULL &&
	    fo_keyword(rg->node->style, PR_PRECEDENCE) == KW_TRUE;
}

static mpt
extent_of(const struct region *rg, mpt base, mpt most)
{
	return rg->node == NULL ? 0 :
	    mpt_min(most, fo_length(rg->node->style, PR_EXTENT, base));
}

static bool
starts_right(const struct region *rg)
{
	return rg->node != NULL &&
	    fo_keyword(rg->node->style, PR_WRITING_MODE) == KW_RL_TB;
}

/* The four regions at the edges of the content rectangle of a page of that
 * width and height: before and after give way to start and end unless they have
 * precedence.  Which side these two stand on, a region's own writing-mode
 * says. */
static void
place_edges(struct region *rg, struct rect page, mpt width, mpt height)
{
	mpt before = extent_of(&rg[REGION_BEFORE], height, page.h);
	mpt after = extent_of(&rg[REGION_AFTER], height, page.h);
	mpt start = extent_of(&rg[REGION_START], width, page.w);
	mpt end = extent_of(&rg[REGION_END], width, page.w);
	bool before_first = has_precedence(&rg[REGION_BEFORE]);
	bool after_first = has_precedence(&rg[REGION_AFTER]);
	mpt side_y = page.y + (before_first ? before : 0);
	mpt side_h = page.h - (before_first ? before : 0) -
	    (after_first ? after : 0);

	if (rg[REGION_BEFORE].node != NULL)
		place_region(&rg[REGION_BEFORE], (struct rect){
		    page.x + (before_first ? 0 :
			starts_right(&rg[REGION_BEFORE]) ? end : start),
		    page.y, page.w - (before_first ? 0 : start + end),
		    before });
	if (rg[REGION_AFTER].node != NULL)
		place_region(&rg[REGION_AFTER], (struct rect){
		    page.x + (after_first ? 0 :
			starts_right(&rg[REGION_AFTER]) ? end : start),
		    page.y + page.h - after,
		    page.w - (after_first ? 0 : start + end), after });
	if (rg[REGION_START].node != NULL)
		place_region(&rg[REGION_START], (struct rect){
		    starts_right(&rg[REGION_START]) ?
			page.x + page.w - start : page.x, side_y, start,
		    side_h });
	if (rg[REGION_END].node != NULL)
		place_region(&rg[REGION_END], (struct rect){
		    starts_right(&rg[REGION_END]) ? page.x :
			page.x + page.w - end, side_y, end, side_h });
}

/* A rectangle of a page that was laid out turned, on the page as it is: `page`
 * is its content rectangle. */
static void
turn_rect(int turn, const struct rect *page, mpt *x, mpt *y, mpt *w, mpt *h)
{
	struct rect r = { *x, *y, *w, *h };

	switch (turn) {
	case 90:
		*x = page->x + r.y;
		*y = page->y + page->h - r.x - r.w;
		break;
	case 180:
		*x = page->x + page->w - r.x - r.w;
		*y = page->y + page->h - r.y - r.h;
		break;
	default:
		*x = page->x + page->w - r.y - r.h;
		*y = page->y + r.x;
		break;
	}
	*w = turn == 180 ? r.w : r.h;
	*h = turn == 180 ? r.h : r.w;
}

static void
turn_regions(struct page_plan *p, const struct rect *page, int turn)
{
	for (int i = 0; i < REGION_COUNT; i++) {
		struct region *rg = &p->regions[i];

		if (rg->node == NULL)
			continue;
		turn_rect(turn, page, &rg->x, &rg->y, &rg->w, &rg->h);
		turn_rect(turn, page, &rg->cx, &rg->cy, &rg->cw, &rg->ch);
		rg->ipd = rg->turn % 180 == 0 ? rg->cw : rg->ch;
		rg->bpd = rg->turn % 180 == 0 ? rg->ch : rg->cw;
	}
}

static void
find_regions(struct layout *l, struct page_plan *p)
{
	static const struct {
		enum fo_type type;
		enum region_type region;
		const char *name;
	} kinds[] = {
		{ FO_REGION_BODY, REGION_BODY, "xsl-region-body" },
		{ FO_REGION_BEFORE, REGION_BEFORE, "xsl-region-before" },
		{ FO_REGION_AFTER, REGION_AFTER, "xsl-region-after" },
		{ FO_REGION_START, REGION_START, "xsl-region-start" },
		{ FO_REGION_END, REGION_END, "xsl-region-end" },
	};
	struct fo_node *n;

	for (n = fo_child(l->doc, p->master, NULL); n != NULL;
	    n = fo_child(l->doc, p->master, n)) {
		for (size_t i = 0; i < REGION_COUNT; i++) {
			struct region *rg = &p->regions[kinds[i].region];
			const char *name;

			if (n->type != kinds[i].type)
				continue;
			if (rg->node != NULL) {
				diag_report(l->job->diag,
				    DIAG_LAYOUT_REGION_TWICE, n->where,
				    fo_type_name(kinds[i].type));
				continue;
			}
			name = fo_string(n->style, PR_REGION_NAME);
			rg->node = n;
			rg->name = name != NULL && *name != '\0' ? name :
			    kinds[i].name;
		}
	}
}

/* A size that no page has is that of a page without one. */
static void
check_size(struct layout *l, const struct page_plan *p)
{
	const struct fo_style *st = p->master->style;
	const struct fo_value *v[2] = { fo_value(st, PR_PAGE_WIDTH),
		fo_value(st, PR_PAGE_HEIGHT) };
	struct buf b[4] = { { 0 } };
	struct diag *d = l->job->diag;

	if ((v[0]->kind == FV_LENGTH && v[0]->len <= 0 && v[0]->pct == 0) ||
	    (v[1]->kind == FV_LENGTH && v[1]->len <= 0 && v[1]->pct == 0)) {
		diag_length(d, &b[0], v[0]->kind == FV_LENGTH ? v[0]->len :
		    p->width);
		diag_length(d, &b[1], v[1]->kind == FV_LENGTH ? v[1]->len :
		    p->height);
		diag_length(d, &b[2], p->width);
		diag_length(d, &b[3], p->height);
		diag_report(d, DIAG_LAYOUT_PAGE_SIZE, p->master->where, b[0].p,
		    b[1].p, b[2].p, b[3].p);
	}
	for (size_t i = 0; i < 4; i++)
		buf_free(&b[i]);
}

static void
check_room(struct layout *l, const struct region *rg)
{
	struct buf w = { 0 }, h = { 0 };

	if (rg->cw > 0 && rg->ch > 0)
		return;
	diag_length(l->job->diag, &w, rg->cw);
	diag_length(l->job->diag, &h, rg->ch);
	diag_report(l->job->diag, DIAG_LAYOUT_REGION_NONE, rg->node->where,
	    fo_type_name((enum fo_type)rg->node->type), w.p, h.p);
	buf_free(&w);
	buf_free(&h);
}

static void
plan_page(struct layout *l, struct fo_node *master, struct page_plan *p)
{
	const struct fo_style *st = master->style;
	struct region *body = &p->regions[REGION_BODY];
	struct rect page = { 0 }, whole;
	int turn = style_turn(st);
	bool aside = turn % 180 != 0;
	mpt width, height;	/* of the page as its regions see it */

	*p = (struct page_plan){ .master = master, .columns = 1 };
	p->width = page_side(st, PR_PAGE_WIDTH, AUTO_WIDTH);
	p->height = page_side(st, PR_PAGE_HEIGHT, AUTO_HEIGHT);
	check_size(l, p);
	page.w = p->width;
	page.h = p->height;
	find_regions(l, p);
	page_margins(&page, st, p->width, p->height);
	whole = page;
	if (turn != 0)
		page = aside ? (struct rect){ 0, 0, page.h, page.w } :
		    (struct rect){ 0, 0, page.w, page.h };
	width = aside ? p->height : p->width;
	height = aside ? p->width : p->height;
	place_edges(p->regions, page, width, height);
	if (body->node != NULL) {
		body_margins(&page, body->node->style, width, height);
		place_region(body, page);
	}
	if (turn != 0)
		turn_regions(p, &whole, turn);
	if (body->node == NULL)
		return;
	check_room(l, body);
	p->columns = fo_integer(body->node->style, PR_COLUMN_COUNT, 1);
	if (p->columns < 1)
		p->columns = 1;
	p->gap = fo_length(body->node->style, PR_COLUMN_GAP, body->ipd);
	p->column_width = mpt_max(0, (body->ipd -
	    p->gap * (p->columns - 1)) / p->columns);
}

bool
masters_choose(struct layout *l, struct masters *m,
    const struct fo_node *sequence, struct master_cursor *c,
    const struct page_query *q, struct page_plan *out)
{
	struct fo_node *simple = choose_simple(l, m, sequence, c, q);
	const char *name = fo_string(sequence->style, PR_MASTER_REFERENCE);

	if (simple == NULL) {
		simple = c->last;
		name = c->wanted != NULL ? c->wanted : name;
		diag_report(l->job->diag, simple == NULL ?
		    DIAG_LAYOUT_NO_MASTER : DIAG_LAYOUT_MASTER_UNKNOWN,
		    sequence->where, name != NULL ? name : "");
	}
	if (simple == NULL)
		return false;
	c->last = simple;
	plan_page(l, simple, out);
	return true;
}
