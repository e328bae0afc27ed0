/*
 * Paragraphs: a run of inline-level content to lines.  The work is done in
 * the files that para.h names; this one leads and puts the lines into the
 * vertical list, where orphans, widows and hyphens at the page's end are
 * costs of the gaps between them.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/para.h"

/* Shaped words are forgotten between paragraphs when they take more. */
#define SHAPE_CACHE_BYTES (16u << 20)

/* How often the first line may end elsewhere than expected. */
#define INITIAL_TRIES 4

/* ------------------------------------------------------ scratch memory */

/* Paragraphs nest (a footnote in a line); each level has its own arena, used
 * again by the next paragraph of that level. */
static struct arena *
scratch_take(struct layout *l)
{
	if (l->n_scratch == l->scratch_used) {
		VEC_RESERVE(l->scratch, l->cap_scratch, l->n_scratch + 1);
		l->scratch[l->n_scratch++] = arena_new();
	}
	return l->scratch[l->scratch_used++];
}

static void
scratch_give_back(struct layout *l)
{
	arena_reset(l->scratch[--l->scratch_used]);
}

/* ------------------------------------------------------------ alignment */

/* text-align and text-align-last (XSL 1.1, 7.16.9 and 7.16.10); inside and
 * outside depend on the page and are start and end on odd ones. */
static enum fo_keyword
alignment(const struct fo_style *st)
{
	enum fo_keyword kw = fo_keyword(st, PR_TEXT_ALIGN);

	switch (kw) {
	case KW_CENTER:
	case KW_END:
	case KW_JUSTIFY:
		return kw;
	case KW_OUTSIDE:
		return KW_END;
	default:
		return KW_START;
	}
}

static enum fo_keyword
alignment_last(const struct fo_style *st, enum fo_keyword align)
{
	enum fo_keyword kw = fo_keyword(st, PR_TEXT_ALIGN_LAST);

	switch (kw) {
	case KW_CENTER:
	case KW_END:
	case KW_JUSTIFY:
	case KW_START:
		return kw;
	case KW_OUTSIDE:
		return KW_END;
	case KW_INSIDE:
		return KW_START;
	default:
		return align == KW_JUSTIFY ? KW_START : align;
	}
}

/* What is set next stands in this room. */
static void
para_enter(struct para *p, const struct para_room *room)
{
	p->room = room;
	p->width = room->width;
	p->made = room->made > 0 ? room->made : room->width;
	p->indent = 0;
	if (room->first && room->skip == 0)
		p->indent = fo_length(p->style, PR_TEXT_INDENT,
		    room->room->indent_of > 0 &&
		    !fo_is_specified(p->style, PR_TEXT_INDENT) ?
		    room->room->indent_of : room->width);
	p->end_indent = fo_length(p->style, PR_LAST_LINE_END_INDENT,
	    room->width);
}

static void
para_start(struct para *p, struct layout *l, struct fo_node *block,
    const struct para_room *room)
{
	const struct fo_style *st = block->style;

	memset(p, 0, sizeof *p);
	if (l->scratch_used == 0)
		fonts_trim(l->fonts, SHAPE_CACHE_BYTES);
	p->l = l;
	p->arena = scratch_take(l);
	p->fit = scratch_take(l);
	p->ways = scratch_take(l);
	p->block = block;
	p->style = st;
	p->rtl = room->room->rtl;
	p->nowrap = fo_keyword(st, PR_WRAP_OPTION) == KW_NO_WRAP;
	p->hyphenate = fo_keyword(st, PR_HYPHENATE) == KW_TRUE;
	p->typography = fo_keyword(st, PR_TYPOGRAPHY) == KW_ON;
	p->prints_lead = !p->typography &&
	    fo_keyword(st, PR_WHITE_SPACE_TREATMENT) ==
	    KW_IGNORE_IF_BEFORE_LINEFEED;
	p->ladder = fo_integer(st, PR_HYPHENATION_LADDER_COUNT, 0);
	p->align = alignment(st);
	p->align_last = alignment_last(st, p->align);
	para_enter(p, room);
}

static void
para_end(struct para *p)
{
	buf_free(&p->text);
	scratch_give_back(p->l);
	scratch_give_back(p->l);
	scratch_give_back(p->l);
}

/* ---------------------------------------------------------------- lines */

/* The place of an inline that has an id, where nothing in it can be seen. */
static bool
is_place(const struct para *p, const struct piece *pc)
{
	const struct fo_node *n = p->spans[pc->span].node;

	return (pc->type == PC_ANCHOR || pc->type == PC_START) &&
	    pc->span > 0 && n->id != NULL && (n->type == FO_INLINE ||
	    n->type == FO_BASIC_LINK || n->type == FO_WRAPPER ||
	    n->type == FO_BIDI_OVERRIDE);
}

/* A paragraph of nothing but edges makes no line of its own; one with the id of
 * an inline does, in FOP too. */
static bool
has_ink(const struct para *p)
{
	size_t i;

	for (i = 0; i < p->n_pieces; i++) {
		const struct piece *pc = &p->pieces[i];

		if (pc->type == PC_TEXT || pc->type == PC_SPACE ||
		    (pc->type >= PC_GRAPHIC && pc->type <= PC_LIST) ||
		    pc->brk == BREAK_MANDATORY || is_place(p, pc) ||
		    (pc->type != PC_INDENT && pc->width > 0))
			return true;
	}
	return false;
}

/* The beginning of a line's text, for a message: words, without the signs that
 * stand for objects. */
#define QUOTED_MAX 40	/* characters */

static void
quote_line(const struct para *p, const struct fit_line *fit, struct buf *out)
{
	uint32_t from = p->pieces[fit->from].from;
	uint32_t to = p->pieces[fit->to - 1].to, object;
	const char *s = p->text.p + from, *end = p->text.p + mpt_max(
	    (mpt)from, (mpt)to), *first = OBJECT_CHAR;
	int n = 0;

	object = utf8_next(&first, first + strlen(first));
	while (s < end && n < QUOTED_MAX) {
		uint32_t cp = utf8_next(&s, end);

		if (cp == object)
			continue;
		buf_utf8(out, cp);
		n++;
	}
	while (out->n > 0 && is_space((unsigned char)out->p[out->n - 1]))
		out->n--;
	if (s < end && n == QUOTED_MAX)
		buf_puts(out, "\u2026");
	else if (out->n == 0)
		buf_puts(out, "\u2026");
}

/* Once for a paragraph: of its lines the one that reaches furthest. */
static void
report_overflow(struct para *p, const struct fit_line *fit, mpt most)
{
	struct buf over = { 0 }, words = { 0 };

	diag_length(p->l->job->diag, &over, most);
	quote_line(p, fit, &words);
	diag_report(p->l->job->diag, DIAG_LAYOUT_LINE_OVERFLOW,
	    p->block->where, over.p, words.p);
	buf_free(&over);
	buf_free(&words);
}

static mpt
overflow(const struct para *p, const struct fit_line *fit)
{
	mpt room = p->width - (fit->forced ? p->end_indent : 0);

	return fit->natural - fit->shrink - room;
}

static void
check_overflow(struct para *p, const struct fit_line *lines, size_t n)
{
	const struct fit_line *worst = NULL;
	mpt most = 10;	/* less than can be seen */
	size_t i;

	for (i = 0; i < n; i++)
		if (overflow(p, &lines[i]) > most) {
			most = overflow(p, &lines[i]);
			worst = &lines[i];
		}
	if (worst != NULL)
		report_overflow(p, worst, most);
}

/* What it costs to end a page after a line, `above` and `below` which so many
 * lines stand (XSL 1.1, 7.20.6, 7.20.7).  As in FOP they are those between two
 * linefeeds, and between a block's inner blocks. */
static int
gap_cost(const struct para *p, const struct fit_line *fit, size_t above,
    size_t below)
{
	size_t orphans = (size_t)fo_integer(p->style, PR_ORPHANS, 2);
	size_t widows = (size_t)fo_integer(p->style, PR_WIDOWS, 2);

	if (fit->forced)
		return 0;
	if (above < orphans || below < widows)
		return COST_WIDOW;
	return !fit->hyphen || fo_keyword(p->style, PR_HYPHENATION_KEEP) ==
	    KW_AUTO ? 0 : COST_WIDOW;
}

static void
add_line(struct para *p, const struct fit_line *fit, bool last, bool ends,
    struct vlist *out)
{
	struct velem e = { .type = VE_BOX, .node = p->block };

	e.box.frag = line_new(p, fit, last, ends, &e.box.height);
	e.box.notes = line_notes(p, fit);
	vlist_add(out, e);
}

/* The gap before line i, one of those from `start` to `end` that no linefeed
 * parts. */
static void
add_gap(struct para *p, const struct fit_line *lines, size_t start, size_t i,
    size_t end, struct vlist *out)
{
	struct velem e = { .type = VE_GAP, .node = p->block };

	e.gap.cost = gap_cost(p, &lines[i - 1], start == 0 &&
	    p->room->skip > 0 ? SIZE_MAX : i - start, end - i);
	vlist_add(out, e);
}

static size_t
next_forced(const struct fit_line *lines, size_t i, size_t n)
{
	while (i < n && !lines[i++].forced)
		;
	return i;
}

/* Nothing but inlines that hold nothing, not even an id. */
static bool
is_void(const struct para *p)
{
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *pc = &p->pieces[i];
		const struct fo_node *n = p->spans[pc->span].node;

		if (i == 0 && p->done == 0)
			continue; /* the text-indent */
		if (pc->type != PC_START && pc->type != PC_END &&
		    pc->type != PC_ANCHOR)
			return false;
		if (pc->span == 0 || n->id != NULL ||
		    (pc->type == PC_ANCHOR && n->first != NULL))
			return false;
	}
	return true;
}

/* Ids and notes without any text: a line without height.  Inlines that hold
 * nothing are no line, and spaces meet each other across them (as in FOP). */
static void
add_anchors(struct para *p, struct vlist *out)
{
	struct fit_line all = { .to = p->n_pieces, .ink = p->n_pieces,
		.forced = true };
	struct velem e = { .type = VE_BOX, .node = p->block };
	mpt height;

	if (p->n_pieces == 0 || (p->done == 0 && p->n_pieces == 1))
		return;
	e.box.frag = line_new(p, &all, true, true, &height);
	((struct line *)(void *)e.box.frag)->height = 0;
	e.box.notes = line_notes(p, &all);
	vlist_add(out, e);
}

void
leader_drop(struct leader *ld)
{
	if (ld->content != NULL)
		ld->content->cls->free(ld->content);
	ld->content = NULL;
}

/* What pieces own that no line has taken. */
static void
drop_pieces(struct piece *pc, size_t n)
{
	for (; n > 0; n--, pc++) {
		if (pc->type == PC_GRAPHIC) {
			graphic_free(pc->as.graphic);
			free(pc->as.graphic);
		} else if (pc->type == PC_LIST) {
			vlist_free(pc->as.list);
		} else if (pc->type == PC_LEADER) {
			leader_drop(pc->as.leader);
		} else if (pc->type == PC_NOTE) {
			free(pc->as.note);
		}
	}
}

/* Nothing was made of it: nobody ends its elements. */
static void
drop_elems(struct para *p)
{
	for (size_t i = p->n_spans; i-- > 1;)
		if (p->spans[i].own_elem)
			area_elem_free(p->spans[i].elem);
}

/* --------------------------------------------- the first line's properties */

static void
make_pieces(struct para *p, struct fo_node *end)
{
	para_collect(p, p->first, end);
	para_shape(p);
	p->pieces = arena_trim(p->arena, p->pieces, &p->cap_pieces,
	    p->n_pieces, sizeof *p->pieces);
	p->spans = arena_trim(p->arena, p->spans, &p->cap_spans, p->n_spans,
	    sizeof *p->spans);
}

/* As if nothing had been collected. */
static void
forget_pieces(struct para *p)
{
	drop_pieces(p->pieces, p->n_pieces);
	drop_elems(p);
	p->text.n = 0;
	p->n_spans = p->n_marks = p->n_pieces = 0;
	p->marks = NULL;
	p->cap_marks = 0;
	p->extents = NULL;
	p->small = p->alias = 0;
}

static struct fo_node *
initial_set(const struct para *p)
{
	struct fo_node *n;

	if (!p->room->first || p->room->skip > 0)
		return NULL;
	for (n = p->block->first; n != NULL; n = n->next)
		if (n->type == FO_INITIAL_PROPERTY_SET)
			return n;
	return NULL;
}

/* The text in the style of fo:initial-property-set (6.6.4) is that of the first
 * line, and where the first line ends depends on its style: the text is made
 * again until both agree. */
static void
make_first_line(struct para *p, struct fo_node *end)
{
	struct fit_line *lines;
	uint32_t to;
	size_t n;

	p->initial_to = UINT32_MAX;
	make_pieces(p, end);
	for (int i = 0; i < INITIAL_TRIES && p->n_pieces > 0; i++) {
		lines = para_fit(p, &n);
		if (n == 0)
			return;
		to = n == 1 ? UINT32_MAX : p->pieces[lines[0].to - 1].to;
		if (to == p->initial_to)
			return;
		forget_pieces(p);
		p->initial_to = to;
		make_pieces(p, end);
	}
}

/* ---------------------------------------------------------------- stops */

/* The first of the pieces from number `from` on whose float is not placed; the
 * number of all if there is none. */
static size_t
next_float(const struct para *p, size_t from)
{
	size_t skip = p->room->skip;

	if (skip + from < p->room->called)
		from = p->room->called - skip;
	while (from < p->n_pieces && p->pieces[from].type != PC_FLOAT)
		from++;
	return from < p->n_pieces ? from : p->n_pieces;
}

/* No line of this width goes beyond piece `at`. */
static void
stop_at(struct para *p, size_t at, size_t flt, struct para_stop *stop)
{
	size_t skip = p->room->skip;

	*stop = (struct para_stop){ .skip = skip + at,
		.called = p->room->called };
	if (flt < p->n_pieces) {
		stop->flt = p->pieces[flt].as.flt;
		stop->called = skip + flt + 1;
	}
	drop_pieces(p->pieces + at, p->n_pieces - at);
}

/* How many of the lines are of use: those before a float's line. */
static size_t
lines_before(const struct fit_line *lines, size_t n, size_t piece)
{
	size_t i = 0;

	while (i < n && lines[i].to <= piece)
		i++;
	return i;
}

/* Builds the lines up to the first stop.  False: all of them. */
static bool
build_lines(struct para *p, const struct fit_line *lines, size_t n,
    struct vlist *out, struct para_stop *stop)
{
	size_t flt = next_float(p, 0), useful = n, start = 0, end = 0, i;
	mpt limit = p->room->beside, y = 0;

	if (flt < p->n_pieces)
		useful = lines_before(lines, n, flt);
	for (i = 0; i < useful && (i == 0 || limit == 0 || y < limit); i++) {
		if (i == 0 || lines[i - 1].forced) {
			start = i;
			end = next_forced(lines, i, n);
		}
		if (i > 0)
			add_gap(p, lines, start, i, end, out);
		y = mpt_add(y, line_height(p, &lines[i]));
		add_line(p, &lines[i], i + 1 == n, i + 1 == useful ||
		    (limit > 0 && y >= limit), out);
	}
	check_overflow(p, lines, i);
	if (i == n)
		return false;
	if (i == 0)
		drop_elems(p);
	stop_at(p, lines[i].from, i == useful ? flt : p->n_pieces, stop);
	return true;
}

/* A long text is broken only so far beyond the float that its lines wait for:
 * what stands further on has no say in where they break. */
#define PIECES_BEYOND 3000

static bool
make_lines(struct para *p, struct vlist *out, struct para_stop *stop)
{
	size_t all = p->n_pieces, flt = next_float(p, 0), n;
	struct fit_line *lines;

	if (!has_ink(p)) {
		if (flt == all) {
			if (is_void(p))
				drop_elems(p);
			else
				add_anchors(p, out);
			return false;
		}
		stop_at(p, 0, flt, stop);
		drop_elems(p);
		return true;
	}
	if (all - flt > PIECES_BEYOND)
		p->n_pieces = flt + PIECES_BEYOND;
	arena_reset(p->fit);
	lines = para_fit(p, &n);
	p->n_pieces = all;
	return build_lines(p, lines, n, out, stop);
}

/* Can it go on in another room as it is, without being made anew?  Text can;
 * what has an owner, a measure of the room or an element that ends with the
 * lines cannot. */
static bool
is_plain(const struct para *p)
{
	if (p->initial != NULL || p->edges || p->moved)
		return false;
	for (size_t i = 1; i < p->n_spans; i++)
		if (p->spans[i].own_elem)
			return false;
	for (size_t i = p->done > 0 ? 0 : 1; i < p->n_pieces; i++) {
		const struct piece *pc = &p->pieces[i];

		if (pc->type != PC_TEXT && pc->type != PC_SPACE &&
		    pc->type != PC_FLOAT && pc->type != PC_ANCHOR &&
		    (pc->type >= PC_GRAPHIC || pc->width != 0))
			return false;
	}
	return true;
}

/* Those before number `skip` are done. */
static void
pass_over(struct para *p, size_t skip)
{
	size_t n = skip > p->done ? skip - p->done : 0;

	if (n > p->n_pieces)
		n = p->n_pieces;
	drop_pieces(p->pieces, n);
	p->pieces += n;
	p->n_pieces -= n;
	p->done += n;
	if (p->done == 0)
		p->pieces[0].width = p->indent;
}

bool
para_lines(struct layout *l, struct fo_node *block, struct fo_node *first,
    struct fo_node *end, const struct para_room *room, struct vlist *out,
    struct para_stop *stop, struct para **kept)
{
	struct para *p = *kept;
	bool fresh = p == NULL, more;

	if (fresh) {
		p = xmalloc(sizeof *p);
		para_start(p, l, block, room);
		p->first = first;
		p->initial = initial_set(p);
		if (p->initial != NULL)
			make_first_line(p, end);
		else
			make_pieces(p, end);
	} else {
		para_enter(p, room);
	}
	/* What stands on earlier pages has been made into pieces all the same:
	 * the rest is shaped as it was with it. */
	pass_over(p, room->skip);
	more = make_lines(p, out, stop);
	*kept = p;
	if (!more || (fresh && !is_plain(p))) {
		para_drop(p);
		*kept = NULL;
	}
	return more;
}

void
para_drop(struct para *p)
{
	if (p == NULL)
		return;
	para_end(p);
	free(p);
}

struct frag *
para_unit(struct para *p, struct fo_node *leader, mpt *width)
{
	struct room room = *p->room->room;
	struct para_room at = { .width = p->width, .room = &room };
	struct fit_line all = { .forced = true };
	struct frag *f = NULL;
	struct para unit;
	mpt height;

	*width = 0;
	if (++room.depth > LAYOUT_DEPTH_MAX) {
		diag_report(p->l->job->diag, DIAG_LAYOUT_DEPTH, leader->where,
		    fo_type_name((enum fo_type)leader->type));
		return NULL;
	}
	room.elem = at.elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	para_start(&unit, p->l, p->block, &at);
	unit.align = unit.align_last = KW_START;
	unit.hyphenate = false;
	para_collect_unit(&unit, leader);
	para_shape(&unit);
	all.to = all.ink = unit.n_pieces;
	for (size_t i = 0; i < unit.n_pieces; i++)
		all.natural = mpt_add(all.natural, unit.pieces[i].width);
	*width = unit.width = all.natural;
	if (all.natural > 0)
		f = line_new(&unit, &all, /*last*/true, /*ends*/true, &height);
	else
		drop_pieces(unit.pieces, unit.n_pieces);
	para_end(&unit);
	return f;
}

void
para_widths(struct layout *l, struct fo_node *block, struct fo_node *first,
    struct fo_node *end, mpt ipd, mpt *min, mpt *max)
{
	struct para_room room = { .width = ipd, .first = true };
	struct room around = { .ipd = ipd, .is_static = false };
	mpt word = 0, line = 0;
	struct para p;
	size_t i;

	room.elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	around.elem = room.elem;
	room.room = &around;
	*min = *max = 0;
	para_start(&p, l, block, &room);
	p.widths_only = true;
	para_collect(&p, first, end);
	para_shape(&p);
	for (i = 0; i < p.n_pieces; i++) {
		const struct piece *pc = &p.pieces[i];
		bool drop = pc->type == PC_SPACE;

		line = mpt_add(line, pc->width);
		word = mpt_add(word, drop ? 0 : pc->width - pc->shrink);
		*max = mpt_max(*max, drop ? *max : line);
		*min = mpt_max(*min, word);
		if (pc->brk != BREAK_NO && !p.nowrap)
			word = 0;
		if (pc->brk == BREAK_MANDATORY)
			line = 0;
	}
	if (p.nowrap)
		*min = *max;
	drop_pieces(p.pieces, p.n_pieces);
	para_end(&p);
}

/* ------------------------------------------------------- numbers of pages */

const struct area_text *
slot_text(struct layout *l, struct arena *arena, const struct fo_style *st,
    const char *text, mpt width, bool align_end)
{
	const struct text_style *ts = text_style(l, st, where_none());
	struct shape_query q = { .font = ts->font, .features = ts->features,
		.lang = ts->lang };
	const struct shaped *s = fonts_shape(l->fonts, &q, text,
	    strlen(text));
	struct area_glyph *glyphs = arena_array(arena, s->n, sizeof *glyphs);
	struct area_text *t = arena_alloc(arena, sizeof *t);
	size_t i, n = strlen(text);
	mpt sum = 0;

	for (i = 0; i < s->n; i++) {
		const struct shaped_glyph *g = &s->glyphs[i];
		size_t end = i + 1 < s->n ? s->glyphs[i + 1].cluster : n;

		glyphs[i].gid = (uint16_t)g->gid;
		glyphs[i].text_off = g->cluster;
		glyphs[i].text_len = (uint16_t)(end - g->cluster);
		glyphs[i].advance = font_mpt(s->font, ts->size, g->advance);
		sum += glyphs[i].advance;
	}
	t->font = s->font;
	t->size = ts->size;
	t->x = align_end ? width - sum : 0;
	t->glyphs = glyphs;
	t->n = s->n;
	t->text = arena_strdup(arena, text);
	t->color = ts->color;
	t->oblique = ts->oblique;
	return t;
}
