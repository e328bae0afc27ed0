/*
 * The objects that stand in a line: graphics, leaders, page numbers, slots of
 * citations, inline containers, footnote calls.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"
#include "layout/para.h"

/* Borders and padding of an object along one direction. */
static mpt
frame(const struct fo_style *st, enum side a, enum side b, mpt ipd)
{
	return decor_edge(st, a, ipd) + decor_edge(st, b, ipd);
}

/* ------------------------------------------------------------- graphics */

static void
add_graphic(struct para *p, const struct mark *m)
{
	const struct fo_style *st = m->node->style;
	struct graphic *g = xcalloc(1, sizeof *g);
	struct piece *pc;
	mpt h;

	graphic_load(p->l, m->node, p->width, 1, g);
	pc = para_piece(p, PC_GRAPHIC, m->span, m->from, m->to);
	pc->as.graphic = g;
	/* No spaces around: to FOP it is one glyph. */
	pc->width = g->view_w + frame(st, SIDE_START, SIDE_END, p->width);
	h = g->view_h + frame(st, SIDE_BEFORE, SIDE_AFTER, p->width);
	align_object(p, m->span, h);
}

bool
vlist_baseline(const struct vlist *l, mpt *out)
{
	mpt y = 0, base;

	for (size_t i = 0; i < l->n; i++) {
		const struct velem *e = &l->v[i];

		base = 0;
		if (e->type == VE_OPEN) {
			y += e->open.box->head;
			if (e->open.box->cls->baseline != NULL)
				base = e->open.box->cls->baseline(e->open.box);
		} else if (e->type == VE_CLOSE) {
			y += e->open.box->foot;
		} else if (e->type == VE_GAP) {
			y += e->gap.space.opt;
		} else if (e->box.frag != NULL) {
			base = frag_baseline(e->box.frag);
		}
		if (base != 0) {
			*out = y + base;
			return true;
		}
		if (e->type == VE_BOX)
			y += e->box.height;
	}
	return false;
}

/* The first line's baseline below a list's top; its height if there is no line
 * in it. */
static mpt
list_baseline(const struct vlist *l)
{
	mpt y;

	return vlist_baseline(l, &y) ? y : vlist_height(l, 0, l->n);
}

/* A baseline of a container below its top: FOP's figures, but for that of its
 * first line. */
static mpt
container_baseline(enum fo_keyword which, const struct vlist *list, mpt h)
{
	switch (which) {
	case KW_BEFORE_EDGE:
	case KW_TEXT_BEFORE_EDGE:
	case KW_TEXT_TOP:
	case KW_TOP:
		return 0;
	case KW_AFTER_EDGE:
	case KW_TEXT_AFTER_EDGE:
	case KW_TEXT_BOTTOM:
	case KW_BOTTOM:
		return h;
	case KW_MIDDLE:
	case KW_CENTRAL:
	case KW_MATHEMATICAL:
		return h / 2;
	case KW_IDEOGRAPHIC:
		return h * 7 / 10;
	case KW_ALPHABETIC:
		return h * 6 / 10;
	case KW_HANGING:
		return h * 2 / 10;
	default:
		return list_baseline(list);
	}
}

/* What a container hangs by, below its top. */
static mpt
container_point(const struct span *sp, const struct vlist *list, mpt h)
{
	enum fo_keyword which = fo_keyword(sp->style, PR_ALIGNMENT_ADJUST);
	enum fo_keyword dominant = (enum fo_keyword)sp->align.dominant;

	if (fo_value(sp->style, PR_ALIGNMENT_ADJUST)->kind == FV_LENGTH)
		return container_baseline(dominant, list, h) +
		    fo_length(sp->style, PR_ALIGNMENT_ADJUST,
		    sp->ts->line_height);
	if (which == KW_AUTO || which == KW_NONE_GIVEN)
		which = fo_keyword(sp->style, PR_ALIGNMENT_BASELINE);
	else if (which == KW_BASELINE)
		which = dominant;
	return container_baseline(which, list, h);
}

static void
add_container(struct para *p, const struct mark *m)
{
	const struct fo_style *st = m->node->style;
	struct room room = *p->room->room;
	struct piece *pc = para_piece(p, PC_LIST, m->span, m->from, m->to);
	struct vlist *list;
	mpt h;

	room_inside(&room, st, fo_value(st, PR_IPD_OPTIMUM)->kind ==
	    FV_LENGTH ? fo_length(st, PR_IPD_OPTIMUM, p->width) : p->width);
	room.x = 0;
	room.elem = p->spans[m->span].elem;
	room.depth++;
	/* What is in it does not count for its width; measured and then laid
	 * out at each level, the innermost were made 2^n times. */
	list = p->widths_only ? xcalloc(1, sizeof *list) :
	    flow_collect(p->l, m->node, &room);
	h = fo_value(st, PR_BPD_OPTIMUM)->kind == FV_LENGTH ?
	    fo_length(st, PR_BPD_OPTIMUM, room.bpd) :
	    vlist_height(list, 0, list->n);
	pc->as.list = list;
	pc->width = room.ipd;
	align_object(p, m->span, h);
	align_by(p, m->span, container_point(&p->spans[m->span], list, h));
}

/* -------------------------------------------------------------- leaders */

/* The text of use-content.  False: there is more than text, or it has a frame,
 * which is that of each repetition, too. */
static bool
leader_text(const struct span *sp, struct fo_node *n, struct buf *b)
{
	struct fo_node *c;

	for (c = n->first; c != NULL; c = c->next) {
		if (c->type != FO_TEXT || sp->boxed)
			return false;
		buf_put(b, c->text, c->text_n);
	}
	return true;
}

static void
leader_unit(struct para *p, const struct span *sp, struct leader *ld,
    struct fo_node *n)
{
	struct buf b = { 0 };

	if (ld->pattern == KW_DOTS) {
		buf_puts(&b, ".");
	} else if (ld->pattern == KW_USE_CONTENT && !leader_text(sp, n, &b)) {
		ld->content = para_unit(p, n, &ld->unit_width);
		b.n = 0;
	}
	if (b.n > 0) {
		ld->text = arena_strndup(p->arena, b.p, b.n);
		ld->text_n = b.n;
		ld->font = sp->ts->font;
		ld->unit = para_shape_text(p, sp, ld->font, ld->text, b.n,
		    false);
		ld->unit_width = font_mpt(ld->unit->font, sp->ts->size,
		    ld->unit->advance);
	}
	buf_free(&b);
}

/* From one repetition to the next. */
static mpt
unit_pitch(const struct leader *ld)
{
	return ld->unit_width == 0 ? 0 : mpt_max(ld->unit_width,
	    ld->pattern_width);
}

/* How high a leader is, as in FOP: its rule, also one that is not seen; space,
 * a rule of initial thickness; dots are as high as wide. */
static mpt
leader_height(const struct leader *ld)
{
	switch (ld->pattern) {
	case KW_RULE:
		return ld->thickness;
	case KW_SPACE:
		return PT(1);
	case KW_DOTS:
		return ld->unit_width;
	default:
		return 0;
	}
}

static void
add_leader(struct para *p, const struct mark *m)
{
	struct span *sp = &p->spans[m->span];
	const struct fo_style *st = sp->style;
	struct leader *ld = arena_alloc(p->arena, sizeof *ld);
	struct piece *pc = para_piece(p, PC_LEADER, m->span, m->from, m->to);
	mpt min = fo_length(st, PR_LEADER_LENGTH_MINIMUM, p->width);
	mpt opt = fo_length(st, PR_LEADER_LENGTH_OPTIMUM, p->width);
	mpt max = fo_length(st, PR_LEADER_LENGTH_MAXIMUM, p->width);

	ld->pattern = fo_keyword(st, PR_LEADER_PATTERN);
	ld->style = fo_keyword(st, PR_RULE_STYLE);
	ld->thickness = fo_length(st, PR_RULE_THICKNESS, 0);
	/* FOP aligns no leaders, and tables of contents written for it say
	 * reference-area: dots are to be where it has them.  Who wants them
	 * below each other asks for the page. */
	ld->aligned = fo_keyword(st, PR_LEADER_ALIGNMENT) == KW_PAGE;
	if (fo_value(st, PR_LEADER_PATTERN_WIDTH)->kind == FV_LENGTH)
		ld->pattern_width = fo_length(st, PR_LEADER_PATTERN_WIDTH,
		    p->width);
	leader_unit(p, sp, ld, m->node);
	sp->low = leader_height(ld);
	if (ld->pattern != KW_USE_CONTENT)
		align_object(p, m->span, sp->low);
	opt = mpt_max(min, mpt_min(opt, mpt_max(min, max)));
	/* Content that finds no room is given what it needs, as in FOP. */
	if (ld->pattern == KW_USE_CONTENT && unit_pitch(ld) <= max)
		opt = mpt_max(opt, unit_pitch(ld));
	pc->as.leader = ld;
	pc->width = opt;
	/* In ragged text a leader keeps its optimum, as in FOP. */
	if (p->align != KW_JUSTIFY && p->align_last != KW_JUSTIFY)
		return;
	pc->stretch = mpt_max(0, max - opt);
	pc->shrink = mpt_max(0, opt - min);
}

/* -------------------------------------------------------------- numbers */

static int
digits_of(size_t n)
{
	int d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

static mpt
digits_width(struct para *p, const struct span *sp, int digits)
{
	const struct shaped *s = para_shape_text(p, sp, sp->ts->font, "0", 1,
	    false);

	return mpt_scale((int64_t)s->advance * digits, sp->ts->size,
	    s->font->upem);
}

mpt
para_open_width(struct para *p, const struct span *sp)
{
	const struct shaped *s = para_shape_text(p, sp, sp->ts->font,
	    OPEN_NUMBER, sizeof OPEN_NUMBER - 1, false);

	return font_mpt(s->font, sp->ts->size, s->advance);
}

/* A first guess of how many pages a document has, from its bytes of FO; layout
 * is repeated when the digits of the last page's number prove to be others.  A
 * short document has its share of figures and styles, a long one is text and
 * tables. */
#define SHORT_BYTES 300000
#define SHORT_BYTES_PER_PAGE 30000
#define LONG_BYTES_PER_PAGE 10000

static size_t
guess_pages(size_t bytes)
{
	return bytes / (bytes < SHORT_BYTES ? SHORT_BYTES_PER_PAGE :
	    LONG_BYTES_PER_PAGE);
}

static void
add_slot(struct para *p, const struct mark *m)
{
	const struct span *sp = &p->spans[m->span];
	struct piece *pc = para_piece(p, PC_SLOT, m->span, m->from, m->to);
	int digits = digits_of(guess_pages(p->l->options->input_bytes));
	const char *id = fo_string(m->node->style, PR_REF_ID);

	/* What will stay empty keeps its room, as in FOP. */
	pc->width = id != NULL && ids_hopeless(p->l, id) ?
	    para_open_width(p, sp) : digits_width(p, sp, digits);
	pc->as.slot = ids_slot(p->l, m->node, pc->width, digits);
}

/* The number of the page being filled: most lines stand there, and the next one
 * is as wide but for once in ten. */
static void
add_page_number(struct para *p, const struct mark *m)
{
	struct piece *pc = para_piece(p, PC_NUMBER, m->span, m->from, m->to);
	const struct page_sequence *ps = p->l->sequence;
	const struct span *sp = &p->spans[m->span];
	const struct shaped *s;
	struct buf text = { 0 };

	if (ps == NULL) {
		pc->width = digits_width(p, sp, 1);
		return;
	}
	folio_text(&text, p->l, ps->node, FO_FOLIO_PREFIX);
	number_format(&text, ps->number, ps->node->style);
	folio_text(&text, p->l, ps->node, FO_FOLIO_SUFFIX);
	s = para_shape_text(p, sp, sp->ts->font, buf_str(&text), text.n,
	    false);
	pc->width = font_mpt(s->font, sp->ts->size, s->advance);
	buf_free(&text);
}

/* ---------------------------------------------------------------- notes */

static void
add_note(struct para *p, const struct mark *m)
{
	struct piece *pc = para_piece(p, PC_NOTE, m->span, m->from, m->to);
	struct note *note = xcalloc(1, sizeof *note);

	note->footnote = m->node;
	note->before = m->node->type == FO_FLOAT;
	pc->as.note = note;
}

void
para_object(struct para *p, const struct mark *m)
{
	switch (m->type) {
	case PC_GRAPHIC:
		add_graphic(p, m);
		break;
	case PC_LIST:
		add_container(p, m);
		break;
	case PC_LEADER:
		add_leader(p, m);
		break;
	case PC_SLOT:
		add_slot(p, m);
		break;
	case PC_NUMBER:
		add_page_number(p, m);
		break;
	case PC_NOTE:
		add_note(p, m);
		break;
	case PC_FLOAT:
	case PC_BAR:
		para_piece(p, m->type, m->span, m->from, m->to)->as.flt =
		    m->node;
		break;
	default:
		para_piece(p, PC_ANCHOR, m->span, m->from, m->to);
		break;
	}
}
