/*
 * Builds a line from its pieces: positions on it, room spread over its spaces,
 * visual order, items in painting order.  A built line is one block of memory
 * with all it needs (items, glyphs, text).
 */
#include <stdlib.h>
#include <string.h>

#include "layout/builder.h"
#include "layout/pages.h"
#include "layout/recall.h"

/* --------------------------------------------------------------- items */

struct line_item *
line_add_item(struct builder *b, enum line_item_type type, const struct span *sp)
{
	struct part *part;
	struct line_item *it;

	b->parts = arena_grow(b->p->arena, b->parts, &b->cap_parts,
	    b->n_parts + 1, sizeof *part);
	part = &b->parts[b->n_parts++];
	memset(part, 0, sizeof *part);
	part->span = (int)(sp - b->p->spans);
	part->order = (uint64_t)b->piece << 32 | b->n_parts;
	it = &part->item;
	it->type = (uint8_t)type;
	it->elem = sp->elem;
	it->node = sp->node;
	it->ts = sp->ts;
	it->color = sp->ts->color;
	it->x = b->x;
	return it;
}

/* The text item that was added last; NULL: something else was. */
static struct line_item *
last_text(struct builder *b)
{
	struct line_item *it = b->n_parts > 0 ?
	    &b->parts[b->n_parts - 1].item : NULL;

	return it != NULL && it->type == LI_TEXT ? it : NULL;
}

bool
line_is_hidden(const struct span *sp)
{
	enum fo_keyword v = fo_keyword(sp->style, PR_VISIBILITY);

	return v == KW_HIDDEN || v == KW_COLLAPSE;
}

/* Lines on text (XSL 1.1, 7.17.4), where Apache FOP has them: they are as thick
 * as an eighth of the font's descent, in the middle of the descent, a little
 * above capitals, and a little below the middle of capitals. */
static void
add_text_lines(struct builder *b, const struct span *sp, const struct font *f,
    mpt x, mpt w)
{
	/* Small capitals are no reason for another line. */
	const struct span *up = sp->alias ? &b->p->spans[sp->parent] : sp;
	mpt size = (up->ts->small == sp->ts ? up : sp)->ts->size;
	mpt depth = -font_mpt(f, size, f->descender);
	mpt capitals = font_mpt(f, size, f->cap_height);
	mpt thin = mpt_max(depth / 8, 100);
	mpt tops[3];
	int i;

	tops[0] = depth / 2 - thin / 2;
	tops[1] = -mpt_scale(capitals, 110, 100) - thin / 2;
	tops[2] = -mpt_scale(capitals, 45, 100) - thin / 2;
	for (i = 0; i < 3; i++) {
		struct line_item *it;

		if (!(sp->lines & 1 << i) || w <= 0)
			continue;
		it = line_add_item(b, LI_RECT, sp);
		it->elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
		it->x = x;
		it->y = tops[i] - sp->shift;
		it->w = w;
		it->h = thin;
		it->color = sp->line_color[i];
	}
}

/* ---------------------------------------------------------------- text */

static uint32_t
add_text(struct builder *b, const char *s, size_t n)
{
	uint32_t at = (uint32_t)b->n_text;

	b->text = arena_grow(b->p->arena, b->text, &b->cap_text,
	    b->n_text + n, 1);
	memcpy(b->text + b->n_text, s, n);
	b->n_text += n;
	return at;
}

/* The bytes that the cluster of glyph i stands for end here (offsets in the
 * word); 0 length when the glyph before began the same cluster. */
static uint32_t
cluster_end(const struct shaped *s, size_t i, size_t word_n, bool rtl)
{
	uint32_t c = s->glyphs[i].cluster;
	size_t j;

	if (rtl) {
		for (j = i; j-- > 0;)
			if (s->glyphs[j].cluster != c)
				return s->glyphs[j].cluster;
	} else {
		for (j = i + 1; j < s->n; j++)
			if (s->glyphs[j].cluster != c)
				return s->glyphs[j].cluster;
	}
	return (uint32_t)word_n;
}

/* The text of glyphs [g0, g1), in the order in which it is read whatever that
 * of the glyphs; *first is where it begins in the word. */
static uint32_t
add_word_text(struct builder *b, const struct shaped *s, uint32_t g0,
    uint32_t g1, const char *word, size_t word_n, bool rtl, uint32_t *first)
{
	uint32_t from = UINT32_MAX, to = 0, g = g0;

	/* Read from left to right, clusters follow each other. */
	if (!rtl && g0 < g1) {
		from = s->glyphs[g0].cluster;
		to = cluster_end(s, g1 - 1, word_n, rtl);
		g = g1;
	}
	for (; g < g1; g++) {
		uint32_t end;

		if (g > g0 && s->glyphs[g].cluster == s->glyphs[g - 1].cluster)
			continue;
		end = cluster_end(s, g, word_n, rtl);
		if (s->glyphs[g].cluster < from)
			from = s->glyphs[g].cluster;
		to = end > to ? end : to;
	}
	*first = g0 < g1 ? from : 0;
	return add_text(b, word + *first, g0 < g1 ? to - from : 0);
}

/* Appends glyphs [g0, g1) of a shaped word whose text begins at `word`, so
 * that they take `width` together. */
static void
add_glyphs(struct builder *b, struct line_item *it, const struct shaped *s,
    uint32_t g0, uint32_t g1, const char *word, size_t word_n, mpt width)
{
	mpt size = it->ts->size, sum = 0;
	mpt spacing = it->ts->letter_spacing + b->letters;
	mpt before = 0, after;
	bool rtl = it->level % 2 == 1;
	int64_t units = 0;
	uint32_t g, first, at;

	b->glyphs = arena_grow(b->p->arena, b->glyphs, &b->cap_glyphs,
	    b->n_glyphs + (g1 - g0), sizeof *b->glyphs);
	at = add_word_text(b, s, g0, g1, word, word_n, rtl, &first) -
	    it->as.text.text;
	for (g = g0; g < g1; g++) {
		const struct shaped_glyph *sg = &s->glyphs[g];
		struct area_glyph *out = &b->glyphs[b->n_glyphs++];

		units += sg->advance;
		after = font_mpt(s->font, size, (int32_t)units);
		memset(out, 0, sizeof *out);
		out->gid = (uint16_t)sg->gid;
		out->advance = after - before;
		before = after;
		if (sg->dx != 0)
			out->dx = font_mpt(s->font, size, sg->dx);
		if (sg->dy != 0)
			out->dy = font_mpt(s->font, size, sg->dy);
		out->text_off = at + sg->cluster - first;
		if (g == g0 || s->glyphs[g - 1].cluster != sg->cluster)
			out->text_len = (uint16_t)(cluster_end(s, g, word_n,
			    rtl) - sg->cluster);
		if (spacing != 0 && (g + 1 == g1 ||
		    s->glyphs[g + 1].cluster != sg->cluster))
			out->advance += spacing;
		sum += out->advance;
	}
	if (g1 > g0)
		b->glyphs[b->n_glyphs - 1].advance += width - sum;
	it->as.text.n_glyphs += g1 - g0;
	it->as.text.n_text = (uint32_t)b->n_text - it->as.text.text;
	it->w = mpt_add(it->w, width);
}

/* How far an inline's text begins below what is around the inline: another one,
 * or the line. */
static mpt
depth_of(const struct builder *b, const struct span *sp)
{
	const struct span *spans = b->p->spans, *up;

	while (sp != spans && (sp->alias || sp->node->type == FO_WRAPPER))
		sp = &spans[sp->parent];
	if (sp == spans)
		return 0;
	up = &spans[sp->parent];
	return (up == spans ? b->up : up->shift + up->ts->ascent) -
	    sp->shift - sp->ts->ascent;
}

/* FOP aligns the text of an inline by its top: where base fonts take turns, one
 * that is higher than the first stands lower; and one that is not as high as
 * the inline stands as far below its top as that is below what is around it. */
static mpt
font_drop(const struct builder *b, const struct span *sp,
    const struct font *font)
{
	const struct text_style *ts = sp->ts;
	mpt ascent, descent;

	if (font == ts->font || b->p->typography || !font->plain ||
	    !ts->font->plain || !font_list_has(ts->fonts, font))
		return 0;
	ascent = font_mpt(font, ts->size, font->ascender);
	descent = -font_mpt(font, ts->size, font->descender);
	return ascent - ts->ascent + (ascent + descent == ts->ascent +
	    ts->descent ? 0 : depth_of(b, sp));
}

/* The text item to append to: the last one if it goes on without a change. */
static struct line_item *
text_item(struct builder *b, const struct span *sp, const struct font *font,
    int level)
{
	struct line_item *it = last_text(b);

	if (it != NULL && it->node == sp->node &&
	    it->ts == sp->ts && it->as.text.font == font && it->level == level &&
	    level % 2 == 0 && it->x + it->w == b->x - b->owed)
		return it;
	it = line_add_item(b, LI_TEXT, sp);
	it->x -= b->owed;
	it->level = (uint8_t)level;
	it->y = font_drop(b, sp, font) - sp->shift;
	it->as.text.font = font;
	it->as.text.glyph = (uint32_t)b->n_glyphs;
	it->as.text.text = (uint32_t)b->n_text;
	return it;
}

/* How much a flexible piece grows on this line; whole sums are scaled, so that
 * the rounding never adds up. */
static mpt
flex(struct builder *b, const struct piece *pc)
{
	int64_t share = b->diff > 0 ? pc->stretch : pc->shrink;
	mpt before, after;

	mpt loose = b->diff > 0 ? pc->loose : pc->loose_shrink;

	if (loose > 0 && b->flex > 0)
		return mpt_scale(b->diff, loose, b->flex);
	if (b->flex == 0 || share == 0)
		return 0;
	before = mpt_scale(b->diff, b->flex_used, b->flex);
	b->flex_used += share;
	after = mpt_scale(b->diff, b->flex_used, b->flex);
	return after - before;
}

static void
place_glyphs(struct builder *b, const struct piece *pc, const struct span *sp,
    mpt width)
{
	const struct shaped *s = pc->as.t.word;
	const char *word = b->p->text.p + pc->base;

	if (!line_is_hidden(sp) && s->n > 0) {
		/* The end of the whole word: that of its last part. */
		const struct piece *last = pc;

		while (last + 1 < b->p->pieces + b->p->n_pieces &&
		    last[1].type == PC_TEXT && last[1].as.t.word == s &&
		    last[1].base == pc->base)
			last++;
		add_glyphs(b, text_item(b, sp, s->font, pc->level), s,
		    pc->as.t.g0, pc->as.t.g1, word, last->to - pc->base,
		    width);
	}
	b->x = mpt_add(b->x, width);
}

/* The nothing after an ideograph: what it stretches to is the advance of the
 * glyph before, so that the text stays one item. */
static void
place_seam(struct builder *b, mpt width)
{
	struct line_item *it = last_text(b);

	if (it != NULL && it->as.text.n_glyphs > 0 &&
	    it->x + it->w == b->x - b->owed) {
		b->glyphs[b->n_glyphs - 1].advance += width;
		it->w = mpt_add(it->w, width);
	}
	b->x = mpt_add(b->x, width);
}

/* A run of text begins.  If it is with a space, that is in FOP narrower by the
 * letter-spacing after the letter before, which is another's; the room it does
 * not need is at the end of the run. */
static mpt
begin_text(struct builder *b, const struct piece *pc, const struct span *sp)
{
	const char *text = b->p->text.p;

	b->in_text = true;
	b->owed = 0;
	if (b->p->typography || (pc->type != PC_SPACE && !pc->kept) ||
	    pc->from == 0 || text[pc->from - 1] == ' ' ||
	    text[pc->from - 1] == '\n')
		return 0;
	return sp->ts->letter_spacing + b->letters;
}

static void
place_text(struct builder *b, const struct piece *pc, const struct span *sp)
{
	const struct text_style *ts = sp->ts;
	mpt share = b->diff > 0 ? ts->letter_stretch : ts->letter_shrink;
	mpt owed = 0, width;

	if (pc->from == pc->to) {
		place_seam(b, flex(b, pc));
		return;
	}
	if (share > 0 && b->flex > 0)
		b->letters = mpt_scale(b->diff, share, b->flex);
	if (!b->in_text)
		owed = begin_text(b, pc, sp);
	if (pc->type == PC_SPACE || pc->kept)
		b->letters = 0;
	width = pc->width + flex(b, pc);
	place_glyphs(b, pc, sp, width - owed);
	if (owed != 0) {
		b->x = mpt_add(b->x, owed);
		b->owed = owed;
	}
	b->letters = 0;
}

/* ------------------------------------------------------------- objects */

static void
place_graphic(struct builder *b, const struct piece *pc,
    const struct span *sp)
{
	struct line_item *it = line_add_item(b, LI_GRAPHIC, sp);

	it->as.graphic = pc->as.graphic;
	it->y = -align_top(sp);
	it->h = sp->align.ascent;
	it->w = pc->width;
	b->x = mpt_add(b->x, pc->width);
}

static void
place_list(struct builder *b, const struct piece *pc, const struct span *sp)
{
	struct line_item *it = line_add_item(b, LI_LIST, sp);

	it->as.list = pc->as.list;
	it->y = -align_top(sp);
	it->h = sp->align.ascent;
	it->w = pc->width;
	b->x = mpt_add(b->x, pc->width);
}

/* Text n times. */
static void
place_repeated(struct builder *b, const struct span *sp,
    const struct leader *ld, int n, mpt pitch)
{
	const struct shaped *s = ld->unit;
	struct line_item *it = line_add_item(b, LI_TEXT, sp);

	it->elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	it->y = -sp->shift;
	it->as.text.font = s->font;
	it->as.text.glyph = (uint32_t)b->n_glyphs;
	it->as.text.text = (uint32_t)b->n_text;
	while (n-- > 0)
		add_glyphs(b, it, s, 0, (uint32_t)s->n, ld->text, ld->text_n,
		    pitch);
}

/* More than text n times: its line stands on that of what is around. */
static void
place_content(struct builder *b, const struct span *sp, struct leader *ld,
    int n, mpt pitch)
{
	struct line_item *it = line_add_item(b, LI_UNITS, sp);

	it->elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	it->y = -b->p->spans[sp->parent].shift - frag_baseline(ld->content);
	it->w = n * pitch;
	it->as.units.frag = ld->content;
	it->as.units.n = n;
	it->as.units.pitch = pitch;
	ld->content = NULL;
}

/* How many of n units from here on may be seen: what lies further than a page is
 * wide and high is nowhere on it, however its column is turned. */
static int
units_seen(const struct builder *b, int n, mpt pitch)
{
	const struct page_sequence *ps = b->p->l->sequence;
	int64_t reach = (int64_t)ps->page_width + ps->page_height - b->x;

	if (b->p->room->x < 0)
		reach -= b->p->room->x;
	if (reach <= 0)
		return 0;
	return reach / pitch < n ? (int)(reach / pitch) + 1 : n;
}

/* Repeats a unit over a width.  What is left over stays empty at the end, as in
 * FOP, or, when leaders are aligned, also before the first unit, so that those
 * of several lines stand below each other. */
static void
place_units(struct builder *b, const struct span *sp, struct leader *ld,
    mpt width)
{
	mpt pitch = mpt_max(ld->unit_width, ld->pattern_width);
	mpt x0 = b->x, skip = 0;	/* what is left over on the left */
	int n;

	/* Space, and content that is nothing, have no unit. */
	if (ld->unit_width <= 0 || pitch <= 0)
		return;
	if (ld->aligned) {
		mpt from = b->p->room->x + b->x;

		skip = (pitch - from % pitch) % pitch;
	}
	n = units_seen(b, (width - skip) / pitch, pitch);
	if (n <= 0)
		return;
	if (b->p->rtl)
		skip = width - n * pitch;
	b->x = mpt_add(b->x, skip);
	/* Content that is repeated stands at the end of its room, as in FOP. */
	if ((ld->pattern == KW_USE_CONTENT) != b->p->rtl)
		b->x = mpt_add(b->x, pitch - ld->unit_width);
	if (ld->content != NULL)
		place_content(b, sp, ld, n, pitch);
	else
		place_repeated(b, sp, ld, n, pitch);
	b->x = x0;
}

static void
place_rule(struct builder *b, const struct span *sp, const struct leader *ld,
    mpt width)
{
	struct line_item *it;

	if (ld->style == KW_NONE || ld->thickness <= 0 || width <= 0)
		return;
	it = line_add_item(b, ld->style == KW_SOLID ? LI_RECT : LI_RULE, sp);
	it->elem = area_artifact(ROLE_ARTIFACT_LAYOUT);
	it->y = -ld->thickness - sp->shift;
	it->w = width;
	it->h = ld->thickness;
	it->as.rule = ld->style;
}

static void
place_leader(struct builder *b, const struct piece *pc, const struct span *sp)
{
	struct leader *ld = pc->as.leader;
	mpt width = pc->width + flex(b, pc), x = b->x;
	mpt start = decor_edge(sp->style, SIDE_START, b->p->width);
	mpt end = decor_edge(sp->style, SIDE_END, b->p->width);

	/* The leader's length holds its borders and padding (as in FOP). */
	if (!line_is_hidden(sp)) {
		b->x = mpt_add(b->x, start);
		if (ld->pattern == KW_RULE)
			place_rule(b, sp, ld, width - start - end);
		else
			place_units(b, sp, ld, width - start - end);
	}
	leader_drop(ld);
	b->x = mpt_add(x, width);
}

static void
place_number(struct builder *b, const struct piece *pc, const struct span *sp)
{
	struct line_item *it = line_add_item(b,
	    pc->type == PC_SLOT ? LI_SLOT : LI_NUMBER, sp);

	it->y = -sp->shift;
	it->w = pc->width;
	it->hold = (uint8_t)b->hold;
	if (pc->type == PC_SLOT) {
		it->as.slot = pc->as.slot;
		ids_slot_align(b->p->l, pc->as.slot, b->slot_end);
	}
	b->x = mpt_add(b->x, pc->width);
}

/* -------------------------------------------------------- one piece more */

/* The hyphen of a divided word.  Where typography is on it is a soft hyphen to
 * whoever reads the text (ISO 32000-1, 14.8.2.2.3), else the character itself,
 * as FOP has it. */
static void
place_hyphen(struct builder *b, const struct piece *pc)
{
	static const char soft[] = "\u00AD";
	const struct span *sp = &b->p->spans[pc->span];
	const char *c = fo_string(sp->style, PR_HYPHENATION_CHARACTER);
	const struct shaped *s;
	const char *text;
	mpt width, from;

	if (c == NULL)
		c = "-";
	text = fo_keyword(sp->style, PR_TYPOGRAPHY) == KW_ON ? soft : c;
	s = para_shape_text(b->p, sp, sp->ts->font, c, strlen(c), false);
	width = font_mpt(s->font, sp->ts->size, s->advance);
	from = b->x;
	add_glyphs(b, text_item(b, sp, s->font, pc->level & ~1), s, 0,
	    (uint32_t)s->n, text, strlen(text), width);
	b->x = mpt_add(b->x, width);
	extent_around(b, pc, from, b->x);
}

static void
place_piece(struct builder *b, size_t i)
{
	const struct piece *pc = &b->p->pieces[i];
	const struct span *sp = &b->p->spans[pc->span];
	mpt from = b->x;

	if ((pc->type == PC_GAP && i >= b->fit->ink) ||
	    ((pc->type == PC_GAP || pc->type == PC_SPACE) && i < b->fit->lead))
		return;
	if (pc->type == PC_SPACE && i >= b->fit->ink) {
		/* The space at which a line ends takes no room, but stays: who
		 * reads the text without seeing the lines would join two
		 * words (ISO 32000-1, 14.8.2.5). */
		if (i == b->fit->ink && pc->level % 2 == 0 &&
		    pc->to > pc->from)
			place_glyphs(b, pc, sp, 0);
		return;
	}
	if ((pc->type == PC_START || pc->type >= PC_GRAPHIC) &&
	    pc->span > 0 && (sp->node->id != NULL || recall_wants(sp->node)))
		line_add_item(b, LI_ANCHOR, sp);
	if (pc->type > PC_INDENT) {
		b->in_text = false;
		b->owed = 0;
	}
	switch (pc->type) {
	case PC_TEXT:
	case PC_SPACE:
		place_text(b, pc, sp);
		break;
	case PC_START:
	case PC_END:
		extent_edge(b, pc);
		b->x = mpt_add(b->x, pc->width);
		break;
	case PC_GRAPHIC:
		place_graphic(b, pc, sp);
		break;
	case PC_LIST:
		place_list(b, pc, sp);
		break;
	case PC_LEADER:
		place_leader(b, pc, sp);
		break;
	case PC_NUMBER:
	case PC_SLOT:
		place_number(b, pc, sp);
		break;
	case PC_BAR:
		line_add_item(b, LI_BAR, sp)->node = pc->as.flt;
		break;
	default:
		b->x = mpt_add(b->x, pc->width);
		break;
	}
	extent_around(b, pc, from, b->x);
}

/* The font of what may have underlines and the like, NULL for what may not: the
 * dots of a leader have none, as in FOP. */
static const struct font *
lined_font(const struct line_item *it, const struct span *sp)
{
	bool dots = sp->node->type == FO_LEADER &&
	    fo_keyword(sp->style, PR_LEADER_PATTERN) == KW_DOTS;

	switch (it->type) {
	case LI_TEXT:
		return dots ? NULL : it->as.text.font;
	case LI_NUMBER:
	case LI_SLOT:
		return sp->ts->font;
	default:
		return NULL;
	}
}

/* They follow the finished items. */
static void
add_all_text_lines(struct builder *b)
{
	size_t n = b->n_parts, i;

	for (i = 0; i < n; i++) {
		struct line_item it = b->parts[i].item;
		const struct span *sp = &b->p->spans[b->parts[i].span];
		const struct font *f = lined_font(&it, sp);

		/* One line below capitals and small capitals alike. */
		if (sp->alias)
			sp = &b->p->spans[sp->parent];
		if (f != NULL && sp->lines)
			add_text_lines(b, sp, f, it.x, it.w);
	}
}

/* Spans with relative-position take what they hold with them. */
static void
move_items(struct builder *b)
{
	for (size_t i = 0; i < b->n_parts; i++) {
		struct part *part = &b->parts[i];

		part->item.x += b->p->spans[part->span].dx;
		part->item.y += b->p->spans[part->span].dy;
	}
}

/* ------------------------------------------------------------ the line */

/* UAX #9, L2: runs of a level or higher are turned around, from the highest
 * level to the lowest odd one. */
static size_t *
visual_order(struct builder *b)
{
	const struct para *p = b->p;
	const struct fit_line *fit = b->fit;
	size_t n = fit->to - fit->from, i, j, k, *order;
	int high = 0, low = 255, level;

	b->order = order = arena_grow(p->arena, b->order, &b->cap_order, n + 1,
	    sizeof *order);
	for (i = 0; i < n; i++) {
		level = p->pieces[fit->from + i].level;
		order[i] = fit->from + i;
		high = level > high ? level : high;
		if (level % 2 == 1 && level < low)
			low = level;
	}
	for (level = high; level >= low; level--) {
		for (i = 0; i < n; i = j + 1) {
			for (j = i; j < n &&
			    p->pieces[order[j]].level >= level; j++)
				;
			for (k = i; k + 1 < j - (k - i); k++) {
				size_t t = order[k], o = j - 1 - (k - i);

				order[k] = order[o];
				order[o] = t;
			}
		}
	}
	return order;
}

static int
compare_order(const void *a, const void *b)
{
	uint64_t x = ((const struct part *)a)->order;
	uint64_t y = ((const struct part *)b)->order;

	return (x > y) - (x < y);
}

/* The edges that are kept at the start, or the end, of the line, by a span and
 * those around it, which lie further out: on the left or the right. */
static void
place_kept(struct builder *b, int span, bool start, bool left)
{
	const struct span *sp = &b->p->spans[span], *up;
	mpt from, own;

	if ((start ? sp->kept_start : sp->kept_end) == 0)
		return;
	up = &b->p->spans[sp->parent];
	own = start ? sp->kept_start - up->kept_start :
	    sp->kept_end - up->kept_end;
	if (left)
		place_kept(b, sp->parent, start, left);
	from = b->x;
	b->x = mpt_add(b->x, own);
	for (int i = span; i > 0; i = b->p->spans[i].parent)
		extent_reach(b, i, from, b->x);
	if (!left)
		place_kept(b, sp->parent, start, left);
}

/* The pieces in the order of the eye; what they became in the order of the
 * text, in which a page is read to those who do not see it (ISO 32000-1,
 * 14.8.2.3).  Where no letter of the paragraph runs to the left, the eye's
 * order is that of the words, and keeps their punctuation with them. */
static void
place_pieces(struct builder *b)
{
	const struct para *p = b->p;
	size_t n = b->fit->to - b->fit->from, i;
	size_t *order = visual_order(b);
	int first = para_before(p, &p->pieces[b->fit->from]);
	int last = para_after(p, &p->pieces[b->fit->to - 1]);
	bool turned = false;

	b->piece = b->fit->from;
	extent_go_on(b, LI_BEGIN, first);
	place_kept(b, p->rtl ? last : first, !p->rtl, /*left*/true);
	for (i = 0; i < n; i++) {
		b->piece = order[i];
		turned |= order[i] != b->fit->from + i;
		place_piece(b, order[i]);
	}
	if (turned && b->n_parts > 0 && text_has_rtl(p->text.p, p->text.n))
		qsort(b->parts, b->n_parts, sizeof *b->parts, compare_order);
	if (b->fit->hyphen)
		place_hyphen(b, &b->p->pieces[b->fit->to - 1]);
	extent_go_on(b, LI_END, last);
	place_kept(b, p->rtl ? first : last, p->rtl, /*left*/false);
}

/* How far a line that is too long may shrink: as its spaces say or, justified
 * as in FOP, until they are nothing; what is too long for that and not
 * justified does not shrink at all. */
static mpt
most_shrink(const struct builder *b, enum fo_keyword align, mpt excess)
{
	const struct fit_line *fit = b->fit;
	mpt most = 0;

	if (b->p->typography || excess <= fit->shrink)
		return fit->shrink;
	if (align != KW_JUSTIFY)
		return 0;
	for (size_t i = fit->lead; i < fit->ink; i++)
		if (b->p->pieces[i].shrink > 0)
			most = mpt_add(most, b->p->pieces[i].width);
	return mpt_max(most, fit->shrink);
}

/* How much wider the open numbers of a line are while it is broken. */
static mpt
reserved(const struct builder *b)
{
	mpt sum = 0;

	for (size_t i = b->fit->from; b->p->reserves && i < b->fit->ink; i++)
		sum = mpt_add(sum, b->p->pieces[i].reserve);
	return sum;
}

static void
set_flex(struct builder *b, mpt room, bool last)
{
	const struct fit_line *fit = b->fit;
	enum fo_keyword align = last || fit->forced ? b->p->align_last :
	    b->p->align;
	mpt free = room - fit->natural, spare = free;

	/* A line that is not justified shrinks as if its open numbers were as
	 * wide as it was broken with (as in FOP). */
	if (align == KW_START && !b->p->typography)
		spare -= reserved(b);
	if (spare < 0 && fit->shrink > 0) {
		b->flex = fit->shrink;
		b->diff = mpt_max(spare, -most_shrink(b, align, -spare));
	} else if (free > 0 && align == KW_JUSTIFY && fit->stretch > 0) {
		b->flex = fit->stretch;
		b->diff = free;
	}
	free -= b->diff;
	b->slot_end = align == KW_END || align == KW_JUSTIFY;
	b->hold = align == KW_JUSTIFY ? HOLD_BOTH : align == KW_CENTER ?
	    HOLD_CENTER : b->p->rtl == (align == KW_END) ? HOLD_LEFT :
	    HOLD_RIGHT;
	if (align == KW_CENTER)
		b->x = free / 2;
	else if (b->p->rtl && align != KW_END)
		/* What is too long begins at the left all the same, as in
		 * FOP. */
		b->x = mpt_max(0, free);
	else if (!b->p->rtl && align == KW_END)
		b->x = free;
}

static struct line *
pack(struct builder *b, size_t n_ended)
{
	size_t items = b->n_parts * sizeof(struct line_item);
	size_t glyphs = b->n_glyphs * sizeof *b->glyphs;
	size_t ended = n_ended * sizeof(struct area_elem *);
	struct line *ln = xmalloc(sizeof *ln + items + ended + glyphs +
	    b->n_text + 1);
	char *at = (char *)(ln + 1);

	memset(ln, 0, sizeof *ln);
	ln->frag.cls = &line_class;
	ln->items = (struct line_item *)(void *)at;
	ln->ended = (struct area_elem **)(void *)(at + items);
	ln->glyphs = (struct area_glyph *)(void *)(at + items + ended);
	ln->text = at + items + ended + glyphs;
	ln->n_items = b->n_parts;
	ln->n_ended = n_ended;
	for (size_t i = 0; i < b->n_parts; i++)
		ln->items[i] = b->parts[i].item;
	if (glyphs > 0)
		memcpy(ln->glyphs, b->glyphs, glyphs);
	if (b->n_text > 0)
		memcpy(ln->text, b->text, b->n_text);
	return ln;
}

/* Inline elements end with the paragraph, inner ones first. */
static void
list_ended(const struct para *p, struct line *ln)
{
	size_t i, n = 0;

	for (i = p->n_spans; i-- > 1;)
		if (p->spans[i].own_elem)
			ln->ended[n++] = p->spans[i].elem;
}

static size_t
count_ended(const struct para *p)
{
	size_t i, n = 0;

	for (i = 1; i < p->n_spans; i++)
		n += p->spans[i].own_elem;
	return n;
}

/* The leading of the block, around whatever stands on the line. */
static mpt
leading_of(const struct para *p)
{
	const struct text_style *ts = p->spans[0].ts;

	return ts->line_height - ts->ascent - ts->descent;
}

mpt
line_height(struct para *p, const struct fit_line *fit)
{
	struct reach r = line_reach(p, fit);

	return r.up + r.down + leading_of(p);
}

/* An empty line in the room of the one before. */
static struct builder *
builder_start(struct para *p, const struct fit_line *fit)
{
	struct builder *b = p->builder, empty = { .p = p, .fit = fit };

	if (b == NULL)
		b = p->builder = arena_alloc(p->arena, sizeof *b);
	empty.parts = b->parts;
	empty.cap_parts = b->cap_parts;
	empty.glyphs = b->glyphs;
	empty.cap_glyphs = b->cap_glyphs;
	empty.text = b->text;
	empty.cap_text = b->cap_text;
	empty.touched = b->touched;
	empty.cap_touched = b->cap_touched;
	empty.order = b->order;
	empty.cap_order = b->cap_order;
	*b = empty;
	return b;
}

struct frag *
line_new(struct para *p, const struct fit_line *fit, bool last, bool ends,
    mpt *height)
{
	struct builder *b = builder_start(p, fit);
	struct reach r = line_reach(p, fit);
	mpt leading = leading_of(p);
	struct line *ln;

	b->up = r.up;
	align_edges(p, fit, r.up, r.down);
	if (p->extents == NULL)
		p->extents = arena_array(p->arena, p->n_spans,
		    sizeof *p->extents);
	set_flex(b, p->width - (fit->forced ? p->end_indent : 0), last);
	place_pieces(b);
	add_all_text_lines(b);
	extents_decors(b);
	extents_links(b);
	if (p->moved)
		move_items(b);
	extents_forget(b);
	ln = pack(b, ends ? count_ended(p) : 0);
	if (ends)
		list_ended(p, ln);
	ln->mark = (struct para_mark){ p->first, p->room->skip + fit->from,
		p->room->called };
	ln->x = p->room->x;
	ln->baseline = r.up + leading / 2;
	ln->height = r.up + r.down + leading;
	*height = ln->height;
	return &ln->frag;
}

struct note *
line_notes(struct para *p, const struct fit_line *fit)
{
	struct note *first = NULL, **link = &first;
	size_t i;

	for (i = fit->from; i < fit->to; i++) {
		if (p->pieces[i].type != PC_NOTE)
			continue;
		*link = p->pieces[i].as.note;
		link = &(*link)->next;
	}
	return first;
}

bool
frag_mark(const struct frag *f, struct para_mark *out)
{
	if (f == NULL)
		return false;
	if (f->cls != &line_class)
		return float_mark(f, out);
	*out = ((const struct line *)(const void *)f)->mark;
	return true;
}

size_t
frag_ended(struct frag *f, struct area_elem *const **elems)
{
	struct line *ln = (struct line *)(void *)f;
	size_t n;

	*elems = NULL;
	if (f->cls != &line_class)
		return 0;
	n = ln->n_ended;
	*elems = ln->ended;
	ln->n_ended = 0;
	return n;
}

bool
frag_extent(const struct frag *f, mpt *left, mpt *right)
{
	const struct line *ln = (const struct line *)(const void *)f;
	bool any = false;

	if (f->cls != &line_class)
		return false;
	for (size_t i = 0; i < ln->n_items; i++) {
		const struct line_item *it = &ln->items[i];
		mpt a = mpt_add(ln->x, it->x), b = mpt_add(a, it->w);

		if (it->type >= LI_BAR)
			continue;
		*left = any ? mpt_min(*left, a) : a;
		*right = any ? mpt_max(*right, b) : b;
		any = true;
	}
	return any;
}

mpt
frag_baseline(const struct frag *f)
{
	return f->cls == &line_class ?
	    ((const struct line *)(const void *)f)->baseline : 0;
}
