/*
 * Collects a paragraph: the inline-level children of a block become one text,
 * a list of spans (which formatting object a stretch of text belongs to) and a
 * list of marks in the order of the text (stretches of text, edges of spans,
 * objects).  Objects stand in the text as a character, so that line breaking
 * and bidirectional ordering see them.
 */
#include <string.h>

#include "layout/para.h"
#include "layout/recall.h"

static void collect_children(struct para *p, struct fo_node *n, int span);
static void collect_node(struct para *p, struct fo_node *n, int span);

static void
add_mark(struct para *p, enum piece_type type, int span, uint32_t from,
    struct fo_node *n)
{
	struct mark *m;

	/* Gone as soon as lines are chosen. */
	p->marks = arena_grow(p->fit, p->marks, &p->cap_marks,
	    p->n_marks + 1, sizeof *m);
	m = &p->marks[p->n_marks++];
	m->type = (uint8_t)type;
	m->span = span;
	m->from = from;
	m->to = (uint32_t)p->text.n;
	m->node = n;
}

static void
add_object(struct para *p, enum piece_type type, int span, struct fo_node *n)
{
	uint32_t from = (uint32_t)p->text.n;

	buf_puts(&p->text, type == PC_NUMBER || type == PC_SLOT ?
	    NUMBER_CHAR : OBJECT_CHAR);
	add_mark(p, type, span, from, n);
}

/* --------------------------------------------------------------- spans */

/* The lines on text are inherited as colours (XSL 1.1, 7.17.4). */
static void
set_decoration(struct span *sp)
{
	static const enum fo_prop props[3] = { PR_TEXT_DECORATION_UNDERLINE,
		PR_TEXT_DECORATION_OVERLINE, PR_TEXT_DECORATION_LINE_THROUGH };
	int i;

	for (i = 0; i < 3; i++) {
		if (fo_value(sp->style, props[i])->kind != FV_COLOR)
			continue;
		sp->lines |= (uint8_t)(1 << i);
		sp->line_color[i] = color_of(fo_color(sp->style, props[i]));
	}
}

static void
set_kept(const struct para *p, struct span *sp, const struct span *up)
{
	sp->kept_start = up->kept_start;
	sp->kept_end = up->kept_end;
	if (!sp->boxed)
		return;
	sp->kept_start += decor_kept(sp->style, SIDE_START, p->width);
	sp->kept_end += decor_kept(sp->style, SIDE_END, p->width);
}

static int
span_at(const struct para *p, const struct piece *pc, bool open)
{
	switch (pc->type) {
	case PC_START:
	case PC_END:
		return open ? pc->span : p->spans[pc->span].parent;
	case PC_GRAPHIC:
	case PC_LIST:
	case PC_LEADER:
	case PC_ANCHOR:
		return p->spans[pc->span].parent;
	default:
		return pc->span;
	}
}

int
para_before(const struct para *p, const struct piece *pc)
{
	return span_at(p, pc, pc->type == PC_END);
}

int
para_after(const struct para *p, const struct piece *pc)
{
	return span_at(p, pc, pc->type == PC_START);
}

static void
move_span(struct para *p, struct span *sp, const struct span *up)
{
	relative_offset(sp->style, p->width, p->room->room->bpd, &sp->dx,
	    &sp->dy);
	sp->dx += up->dx;
	sp->dy += up->dy;
	p->moved |= sp->dx != 0 || sp->dy != 0;
}

static int
add_span(struct para *p, struct fo_node *n, int parent)
{
	struct span *sp, *up;
	int number = (int)p->n_spans;
	bool own;

	p->spans = arena_grow(p->arena, p->spans, &p->cap_spans,
	    p->n_spans + 1, sizeof *sp);
	sp = &p->spans[p->n_spans++];
	memset(sp, 0, sizeof *sp);
	sp->node = n;
	sp->style = n->style;
	sp->ts = text_style(p->l, n->style, n->where);
	sp->parent = parent;
	set_decoration(sp);
	align_span(p, number);
	if (parent < 0) {
		sp->elem = p->room->elem;
		return number;
	}
	up = &p->spans[parent];
	sp->marked = !p->room->room->is_static && markers_has(p->l, n);
	sp->elem = role_elem(p->l, n, up->elem, &own);
	sp->own_elem = own;
	sp->link = n->type == FO_BASIC_LINK ? n : up->link;
	/* Images and containers paint their own frames. */
	sp->boxed = n->type != FO_EXTERNAL_GRAPHIC &&
	    n->type != FO_INSTREAM_FOREIGN_OBJECT &&
	    n->type != FO_INLINE_CONTAINER &&
	    decor_has_frame(n->style, p->width);
	set_kept(p, sp, up);
	move_span(p, sp, up);
	return number;
}

/* A direction isolate around a span (unicode-bidi, 7.29.6): the control
 * characters of UAX #9, which the shaper hides. */
static const char *
bidi_opening(const struct fo_node *n)
{
	bool rtl = fo_keyword(n->style, PR_DIRECTION) == KW_RTL;

	switch (fo_keyword(n->style, PR_UNICODE_BIDI)) {
	case KW_EMBED:
		return rtl ? "\u202B" : "\u202A";
	case KW_BIDI_OVERRIDE:
		return rtl ? "\u202E" : "\u202D";
	default:
		return NULL;
	}
}

static void
add_control(struct para *p, const char *text, int span)
{
	uint32_t from = (uint32_t)p->text.n;

	buf_puts(&p->text, text);
	add_mark(p, PC_TEXT, span, from, NULL);
}

static void
collect_span(struct para *p, struct fo_node *n, int parent)
{
	const char *opening = bidi_opening(n);
	int span;

	if (++p->depth > LAYOUT_DEPTH_MAX) {
		if (!p->deep)
			diag_report(p->l->job->diag, DIAG_LAYOUT_DEPTH,
			    n->where, fo_type_name((enum fo_type)n->type));
		p->deep = true;
		p->depth--;
		return;
	}
	span = add_span(p, n, parent);
	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	if (opening != NULL)
		add_control(p, opening, span);
	collect_children(p, n, span);
	if (opening != NULL)
		add_control(p, "\u202C", span);
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
	p->depth--;
}

/* ---------------------------------------------------------------- text */

/* A word begins after a space, a bracket or a quotation mark, as in FOP; not
 * after a hyphen or an apostrophe. */
static bool
is_word_start(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xA0 ||
	    cp == 0x202F || cp == '"' || cp == '(' || cp == '[' || cp == '{' ||
	    cp == 0xAB || cp == 0x2018 || cp == 0x201C || cp == 0x201E;
}

/* text-transform (7.17.6). */
static void
transform(struct para *p, const char *s, size_t n, enum fo_keyword how)
{
	const char *end = s + n;
	bool start = p->text.n == 0 ||
	    is_space((unsigned char)p->text.p[p->text.n - 1]);

	while (s < end) {
		uint32_t cp = utf8_next(&s, end);

		if (how == KW_LOWERCASE)
			cp = text_lower(cp);
		else if (how == KW_UPPERCASE ||
		    (how == KW_CAPITALIZE && start))
			cp = text_upper(cp);
		start = is_word_start(cp);
		buf_utf8(&p->text, cp);
	}
}

/* The same object once more, for text of it in another style. */
static struct span *
alias_span(struct para *p, int span)
{
	struct span *sp;

	p->spans = arena_grow(p->arena, p->spans, &p->cap_spans,
	    p->n_spans + 1, sizeof *sp);
	sp = &p->spans[p->n_spans++];
	*sp = p->spans[span];
	sp->parent = span;
	sp->alias = true;
	sp->boxed = sp->own_elem = false;
	return sp;
}

/* The span of the small letters of a span whose font has no small capitals. */
static int
small_span(struct para *p, int span)
{
	struct span *sp;

	if (p->small > 0 && p->small_of == span)
		return p->small;
	sp = alias_span(p, span);
	sp->ts = sp->ts->small;
	p->small = (int)p->n_spans - 1;
	p->small_of = span;
	return p->small;
}

/* What an inline object inherits from the block it inherits from the first
 * line's properties there (6.6.4). */
static const struct fo_style *
first_line_style(struct para *p, const struct fo_style *own)
{
	struct fo_style *st = arena_alloc(p->arena, sizeof *st);
	struct fo_value *values = arena_array(p->arena,
	    (size_t)FO_RUNS * FO_RUN, sizeof *values);
	int i;

	*st = *own;
	st->layout = NULL;
	for (i = 0; i < PR_BACKGROUND_COLOR; i++) {
		enum fo_prop prop = (enum fo_prop)i;
		bool own_value = fo_is_specified(own, prop) ||
		    !fo_value_equal(fo_value(own, prop),
		    fo_value(p->style, prop));

		values[i] = *fo_value(own_value ? own : p->initial->style,
		    prop);
	}
	for (; i < PR_COUNT; i++)
		values[i] = *fo_value(own, (enum fo_prop)i);
	for (i = 0; i < FO_RUNS; i++)
		st->run[i] = values + (size_t)i * FO_RUN;
	return st;
}

/* The span for text of a span that stands on the first line. */
static int
first_line_span(struct para *p, int span)
{
	struct span *sp;

	if (span == 0)
		return p->initial_span;
	if (p->alias > 0 && p->alias_of == span)
		return p->alias;
	sp = alias_span(p, span);
	sp->style = first_line_style(p, sp->style);
	sp->ts = text_style(p->l, sp->style, sp->node->where);
	set_decoration(sp);
	p->alias = (int)p->n_spans - 1;
	p->alias_of = span;
	return p->alias;
}

static bool
is_small_letter(uint32_t cp)
{
	return text_upper(cp) != cp;
}

/* font-variant="small-caps" (7.9.8) of text that stands at byte `from` of the
 * paragraph: small letters become capitals in runs of their own. */
static void
collect_small_caps(struct para *p, uint32_t from, int span)
{
	size_t n = p->text.n - from;
	const char *s = arena_strndup(p->arena, p->text.p + from, n);
	const char *end = s + n, *at;

	p->text.n = from;
	while (s < end) {
		uint32_t cp = (at = s, utf8_next(&at, end));
		bool small = is_small_letter(cp);

		from = (uint32_t)p->text.n;
		while (s < end && is_small_letter(cp = (at = s,
		    utf8_next(&at, end))) == small) {
			buf_utf8(&p->text, small ? text_upper(cp) : cp);
			s = at;
		}
		add_mark(p, PC_TEXT, small ? small_span(p, span) : span, from,
		    NULL);
	}
}

static void
collect_run(struct para *p, const char *s, size_t n, int span)
{
	enum fo_keyword how =
	    fo_keyword(p->spans[span].style, PR_TEXT_TRANSFORM);
	uint32_t from = (uint32_t)p->text.n;

	if (n == 0)
		return;
	if (how == KW_NONE || how == KW_NONE_GIVEN)
		buf_put(&p->text, s, n);
	else
		transform(p, s, n, how);
	if (p->spans[span].ts->small != NULL)
		collect_small_caps(p, from, span);
	else
		add_mark(p, PC_TEXT, span, from, NULL);
}

static void
collect_text(struct para *p, const char *s, size_t n, int span)
{
	size_t first = 0;

	if (p->initial_span > 0 && p->text.n < p->initial_to) {
		first = utf8_valid(s, n < p->initial_to - p->text.n ? n :
		    p->initial_to - p->text.n);
		collect_run(p, s, first, first_line_span(p, span));
	}
	collect_run(p, s + first, n - first, span);
}

/* A linefeed as fo:character ends no line, as in FOP: it is what linefeeds are
 * treated as, or, preserved, a character that no font has. */
static const char *
linefeed_sign(const struct para *p)
{
	switch (fo_keyword(p->style, PR_LINEFEED_TREATMENT)) {
	case KW_TREAT_AS_SPACE:
		return " ";
	case KW_PRESERVE:
		return "#";
	default:
		return "\u200B";
	}
}

/* A character by itself is as high as the font that draws it, as in FOP, if it
 * is one of those that were asked for. */
static void
take_own_font(struct para *p, int span, const char *c)
{
	struct span *sp = &p->spans[span];
	const struct font *font = font_list_char(p->l->fonts, sp->ts->fonts,
	    utf8_next(&c, c + strlen(c)), NULL);

	if (font == sp->ts->font || p->typography ||
	    !font_list_has(sp->ts->fonts, font))
		return;
	sp->ts = text_variant(p->l, sp->ts, font, sp->ts->even);
	align_span(p, span);
}

static void
collect_character(struct para *p, struct fo_node *n, int parent)
{
	const char *c = fo_string(n->style, PR_CHARACTER);
	int span;

	if (c == NULL || *c == '\0')
		return;
	if (*c == '\n')
		c = linefeed_sign(p);
	span = add_span(p, n, parent);
	take_own_font(p, span, c);
	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	collect_text(p, c, strlen(c), span);
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
}

/* ------------------------------------------------------------- objects */

/* Numbers are set without letter-spacing, as in FOP: their room is kept before
 * their digits are known.  Lines keep the style longer than the paragraph. */
static void
close_letters(struct para *p, int span)
{
	struct span *sp = &p->spans[span];

	if (sp->ts->letter_spacing != 0)
		sp->ts = text_variant(p->l, sp->ts, sp->ts->font, true);
}

/* A citation whose number is known is text like any other; else room is kept
 * for it (layout.h: a slot). */
static void
collect_citation(struct para *p, struct fo_node *n, int parent)
{
	const char *id = fo_string(n->style, PR_REF_ID);
	bool last = n->type == FO_PAGE_NUMBER_CITATION_LAST;
	const char *label = id != NULL ? ids_label(p->l, id, last) : NULL;
	int span = add_span(p, n, parent);

	close_letters(p, span);
	p->spans[span].open = ids_open(p->l, n);
	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	if (label != NULL) {
		ids_cite(p->l, n, label);
		collect_text(p, label, strlen(label), span);
	} else {
		add_object(p, PC_SLOT, span, n);
	}
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
}

/* In static content the page is known; in the flow it is known when the line
 * is painted. */
static void
collect_page_number(struct para *p, struct fo_node *n, int parent)
{
	int span = add_span(p, n, parent);

	close_letters(p, span);
	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	if (p->l->context != NULL) {
		const char *label = p->l->context->label;

		collect_text(p, label, strlen(label), span);
	} else {
		add_object(p, PC_NUMBER, span, n);
	}
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
}

/* An index of pages that the layout before knew; nothing in the first. */
static void
collect_index(struct para *p, struct fo_node *n, int parent)
{
	int span = add_span(p, n, parent);
	struct fo_node *c;

	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	for (c = index_content(p->l, n); c != NULL; c = c->next)
		collect_node(p, c, span);
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
}

static void
collect_scale(struct para *p, struct fo_node *n, int parent)
{
	int span = add_span(p, n, parent);
	struct buf text = { 0 };

	index_scale_text(p->l, n, &text);
	add_mark(p, PC_START, span, (uint32_t)p->text.n, n);
	collect_text(p, buf_str(&text), text.n, span);
	add_mark(p, PC_END, span, (uint32_t)p->text.n, n);
	buf_free(&text);
}

static void
collect_footnote(struct para *p, struct fo_node *n, int span)
{
	struct fo_node *c;

	for (c = n->first; c != NULL; c = c->next)
		if (c->type != FO_FOOTNOTE_BODY)
			collect_node(p, c, span);
	add_mark(p, PC_NOTE, span, (uint32_t)p->text.n, n);
}

static void
collect_object(struct para *p, struct fo_node *n, int parent,
    enum piece_type type)
{
	int span = add_span(p, n, parent);

	add_object(p, type, span, n);
}

/* A block among inline content is not in the standard's content model for
 * lines; it stands on lines of its own. */
static void
collect_block(struct para *p, struct fo_node *n, int span)
{
	static const char newline[] = "\n";

	if (p->text.n > 0 && p->text.p[p->text.n - 1] != '\n')
		collect_text(p, newline, 1, span);
	collect_span(p, n, span);
	if (p->text.n > 0 && p->text.p[p->text.n - 1] != '\n')
		collect_text(p, newline, 1, span);
}

static void
collect_node(struct para *p, struct fo_node *n, int span)
{
	switch (n->type) {
	case FO_TEXT:
		collect_text(p, n->text, n->text_n, span);
		break;
	case FO_CHARACTER:
		collect_character(p, n, span);
		break;
	case FO_EXTERNAL_GRAPHIC:
	case FO_INSTREAM_FOREIGN_OBJECT:
		collect_object(p, n, span, PC_GRAPHIC);
		break;
	case FO_INLINE_CONTAINER:
		collect_object(p, n, span, PC_LIST);
		break;
	case FO_LEADER:
		collect_object(p, n, span, PC_LEADER);
		break;
	case FO_PAGE_NUMBER:
		collect_page_number(p, n, span);
		break;
	case FO_PAGE_NUMBER_CITATION:
	case FO_PAGE_NUMBER_CITATION_LAST:
		collect_citation(p, n, span);
		break;
	case FO_INDEX_RANGE_BEGIN:
	case FO_INDEX_RANGE_END:
		add_mark(p, PC_ANCHOR, add_span(p, n, span),
		    (uint32_t)p->text.n, n);
		break;
	case FO_INDEX_PAGE_CITATION_LIST:
		collect_index(p, n, span);
		break;
	case FO_SCALING_VALUE_CITATION:
		collect_scale(p, n, span);
		break;
	case FO_FOOTNOTE:
		collect_footnote(p, n, span);
		break;
	case FO_FLOAT:
		add_mark(p, float_is_before(n) && !p->room->room->is_static ?
		    PC_NOTE : PC_FLOAT, span, (uint32_t)p->text.n, n);
		break;
	case FO_CHANGE_BAR_BEGIN:
	case FO_CHANGE_BAR_END:
		add_mark(p, PC_BAR, span, (uint32_t)p->text.n, n);
		break;
	case FO_RETRIEVE_MARKER:
	case FO_RETRIEVE_TABLE_MARKER: {
		struct fo_node *found = markers_retrieve(p->l, n);

		if (found != NULL)
			collect_children(p, found, span);
		break;
	}
	case FO_MULTI_SWITCH: {
		struct fo_node *shown = flow_shown_case(p->l, n);

		if (shown != NULL)
			collect_span(p, shown, span);
		break;
	}
	case FO_MARKER:
	case FO_INITIAL_PROPERTY_SET:
		add_mark(p, PC_ANCHOR, span, (uint32_t)p->text.n, n);
		break;
	default:
		if (fo_is_block((enum fo_type)n->type))
			collect_block(p, n, span);
		else
			collect_span(p, n, span);
		break;
	}
}

static void
collect_children(struct para *p, struct fo_node *n, int span)
{
	struct fo_node *c;

	for (c = fo_child(p->l->doc, n, NULL); c != NULL;
	    c = fo_child(p->l->doc, n, c))
		collect_node(p, c, span);
}

void
para_collect_unit(struct para *p, struct fo_node *leader)
{
	add_span(p, p->block, -1);
	collect_span(p, leader, 0);
}

void
para_collect(struct para *p, struct fo_node *first, struct fo_node *end)
{
	struct fo_node *c;

	add_span(p, p->block, -1);
	if (p->initial != NULL)
		p->initial_span = add_span(p, p->initial, 0);
	for (c = first; c != NULL && c != end; c = c->next)
		collect_node(p, c, 0);
}
