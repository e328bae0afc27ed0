/*
 * Gives a collected paragraph its widths: text is cut where font, direction,
 * script or a break opportunity changes, shaped word by word (fonts/ keeps the
 * words), and cut again where it may be hyphenated.  A hyphenated word stays
 * shaped as a whole; its parts are ranges of its glyphs.
 */
#include <stdio.h>
#include <string.h>

#include "layout/para.h"

struct piece *
para_piece(struct para *p, enum piece_type type, int span, uint32_t from,
    uint32_t to)
{
	struct piece *pc;

	p->pieces = arena_grow(p->arena, p->pieces, &p->cap_pieces,
	    p->n_pieces + 1, sizeof *pc);
	pc = &p->pieces[p->n_pieces++];
	memset(pc, 0, sizeof *pc);
	pc->type = (uint8_t)type;
	pc->span = span;
	pc->from = from;
	pc->to = to;
	pc->level = p->rtl;
	return pc;
}

static bool
is_elastic(const struct text_style *ts)
{
	return ts->letter_stretch != 0 || ts->letter_shrink != 0;
}

static bool
has_letter_spacing(const struct text_style *ts)
{
	return ts->letter_spacing != 0 || is_elastic(ts);
}

const struct shaped *
para_shape_text(struct para *p, const struct span *sp,
    const struct font *font, const char *text, size_t n, bool rtl)
{
	struct shape_query q = {
		.font = font,
		.features = sp->ts->features,
		.lang = sp->ts->lang,
		.rtl = rtl,
		.no_ligatures = has_letter_spacing(sp->ts),
	};

	return fonts_shape(p->l->fonts, &q, text, n);
}

bool
para_is_number(const struct span *sp)
{
	return sp->node->type == FO_PAGE_NUMBER ||
	    sp->node->type == FO_PAGE_NUMBER_CITATION ||
	    sp->node->type == FO_PAGE_NUMBER_CITATION_LAST;
}

/* What is one glyph to FOP: fo:character, numbers of pages. */
static bool
is_solid(const struct span *sp)
{
	return sp->node->type == FO_CHARACTER || para_is_number(sp);
}

/* Width of the hyphen that is set where a word of the span is divided. */
static mpt
hyphen_width(struct para *p, const struct span *sp)
{
	const char *c = fo_string(sp->style, PR_HYPHENATION_CHARACTER);
	const struct shaped *s;

	if (c == NULL)
		c = "-";
	s = para_shape_text(p, sp, sp->ts->font, c, strlen(c), false);
	return font_mpt(s->font, sp->ts->size, s->advance);
}

/* ------------------------------------------------------------- segments */

#define SCRIPT_TAG(a, b, c, d)                                                \
	((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 |     \
	    (uint32_t)(d))

/* What a walk over the text of a paragraph knows. */
struct segmenter {
	struct para *p;
	uint8_t *breaks;		/* per byte */
	const uint8_t *levels;
	const uint8_t *divided;		/* enum para_divided, per byte */
	uint32_t end;			/* of the text that is walked over */
	/* Do spaces stretch and shrink?  Where only the last line is justified
	 * the others do not shrink. */
	bool stretches, shrinks;
};

/* Characters that show nothing and join nothing: bidi controls, BOM. */
static bool
is_invisible(uint32_t cp)
{
	return (cp >= 0x202A && cp <= 0x202E) ||
	    (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F ||
	    cp == 0x2060 || cp == 0xFEFF;
}

static void
report_missing(struct para *p, const struct span *sp, uint32_t cp)
{
	struct buf c = { 0 }, code = { 0 };

	buf_utf8(&c, cp);
	buf_printf(&code, "U+%04X", cp);
	diag_report(p->l->job->diag, DIAG_FONT_NO_GLYPH, sp->node->where,
	    c.p, code.p, sp->ts->font->family);
	buf_free(&c);
	buf_free(&code);
}

static mpt
glyphs_width(const struct span *sp, const struct shaped *s, uint32_t g0,
    uint32_t g1)
{
	int64_t units = 0;
	uint32_t g;

	if (g0 == 0 && g1 == s->n) {
		units = s->advance;
	} else {
		for (g = g0; g < g1; g++)
			units += s->glyphs[g].advance;
	}
	return mpt_scale(units, sp->ts->size, s->font->upem);
}

static int
clusters(const struct shaped *s, uint32_t g0, uint32_t g1)
{
	int n = 0;

	for (uint32_t g = g0; g < g1; g++)
		n += g == 0 || s->glyphs[g].cluster != s->glyphs[g - 1].cluster;
	return n;
}

/* Letter-spacing, and with it how much it may stretch and shrink, so many times
 * more in a piece. */
static void
space_letters(struct piece *pc, const struct text_style *ts, int n)
{
	pc->width += n * ts->letter_spacing;
	pc->stretch += n * ts->letter_stretch;
	pc->shrink += n * ts->letter_shrink;
}

static struct piece *
add_glyphs(struct segmenter *sg, int span, const struct shaped *s,
    uint32_t base, uint32_t from, uint32_t to, uint32_t g0, uint32_t g1)
{
	struct para *p = sg->p;
	struct piece *pc = para_piece(p, PC_TEXT, span, from, to);

	pc->level = sg->levels[base];
	pc->as.t.word = s;
	pc->as.t.g0 = g0;
	pc->as.t.g1 = g1;
	pc->base = base;
	pc->width = glyphs_width(&p->spans[span], s, g0, g1);
	if (has_letter_spacing(p->spans[span].ts))
		space_letters(pc, p->spans[span].ts, clusters(s, g0, g1));
	return pc;
}

/* The glyph that begins the cluster at byte `at`, or -1 when a glyph there
 * stands for characters on both sides. */
static int
glyph_at(const struct shaped *s, uint32_t at)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->glyphs[i].cluster >= at)
			return s->glyphs[i].cluster == at ? (int)i : -1;
	return -1;
}

/* In typographic text an inline may forbid it, else the block has said. */
static bool
may_divide(const struct para *p, const struct span *sp, const struct shaped *s,
    int level)
{
	return level % 2 == 0 && !s->unsafe && (!p->typography ||
	    fo_keyword(sp->style, PR_HYPHENATE) == KW_TRUE);
}

bool
para_is_separator(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0x2028 ||
	    cp == 0x200B || cp == 0xAD || is_invisible(cp);
}

/* Adds the parts of a word between the places at which it may be divided; are
 * there any? */
static bool
add_divided(struct segmenter *sg, int span, const struct shaped *s,
    uint32_t from, uint32_t to)
{
	struct para *p = sg->p;
	uint32_t at = from, g0 = 0, i;

	for (i = from + 1; i <= to; i++) {
		struct piece *pc;
		int g;

		if (sg->divided[i - 1] != DIVIDED_HYPHEN)
			continue;
		g = i == to ? (int)s->n : glyph_at(s, i - from);
		if (g <= (int)g0)
			continue;
		pc = add_glyphs(sg, span, s, from, at, i, g0, (uint32_t)g);
		pc->brk = BREAK_ALLOWED;
		pc->hyphen = true;
		pc->hyphen_width = hyphen_width(p, &p->spans[span]);
		at = i;
		g0 = (uint32_t)g;
	}
	if (at < to)
		add_glyphs(sg, span, s, from, at, to, g0, (uint32_t)s->n);
	return at > from;
}

/* A word, or the part of one that is set in one font.  True: it may be
 * hyphenated. */
static bool
add_run(struct segmenter *sg, int span, uint32_t from, uint32_t to,
    const struct font *font)
{
	struct para *p = sg->p;
	const struct span *sp = &p->spans[span];
	int level = sg->levels[from];
	const struct shaped *s = para_shape_text(p, sp, font,
	    p->text.p + from, to - from, level % 2 == 1);

	if (may_divide(p, sp, s, level))
		return add_divided(sg, span, s, from, to);
	add_glyphs(sg, span, s, from, from, to, 0, (uint32_t)s->n);
	return false;
}

/* Letter-spacing stands between letters: none follows the last one of a word,
 * or of a line, and spaces make up for it (FOP's reading of 7.17.2).  What
 * stretches or shrinks is none where the text goes on in another inline; and
 * where a ragged line may end after a letter it is, unreckoned. */
static void
end_spacing(struct segmenter *sg, const struct span *sp, uint32_t to)
{
	const struct para *p = sg->p;
	const struct text_style *ts = sp->ts;
	struct piece *pc = &p->pieces[p->n_pieces - 1];

	if (to >= p->text.n || p->text.p[to] == ' ' || p->text.p[to] == '\n' ||
	    (to == sg->end && is_elastic(ts))) {
		space_letters(pc, ts, -1);
	} else if (pc->brk == BREAK_ALLOWED && !pc->hyphen) {
		pc->hyphen_width -= ts->letter_spacing;
		if (sg->stretches || !is_elastic(ts))
			return;
		pc->loose = pc->stretch;
		pc->loose_shrink = pc->shrink;
		pc->stretch -= ts->letter_stretch;
		pc->shrink -= ts->letter_shrink;
	}
}

/* A shaper looks back from each mark for its letter: what is longer than any
 * word is shaped in parts, before a letter if there is one. */
#define WORD_MAX 4096	/* bytes */

static uint32_t
part_of_word(const char *text, uint32_t n)
{
	const char *s = text, *end = text + n, *cut = NULL, *at = text;

	if (n <= WORD_MAX)
		return n;
	while (s < end && s - text < WORD_MAX) {
		at = s;
		if (!text_is_mark(utf8_next(&s, end)) && at > text)
			cut = at;
	}
	return (uint32_t)((cut != NULL ? cut : at) - text);
}

/* Centred, FOP reckons with a hyphen wherever a word may be left. */
static void
allow_hyphen(struct para *p, struct piece *pc)
{
	if (!p->typography && p->align == KW_CENTER)
		pc->hyphen_width = hyphen_width(p, &p->spans[pc->span]);
}

/* The bytes of a word's beginning that are drawn with one font. */
static uint32_t
font_run(struct para *p, const struct span *sp, uint32_t from, uint32_t to,
    const struct font **font)
{
	const char *word = p->text.p + from;
	uint32_t missing, all = part_of_word(word, to - from);
	uint32_t n = (uint32_t)font_list_run(p->l->fonts, sp->ts->fonts, word,
	    all, font, &missing);
	const struct font *one;

	if (n < all &&
	    (one = font_list_word(sp->ts->fonts, word, all)) != NULL) {
		*font = one;
		return all;
	}
	if (missing != 0)
		report_missing(p, sp, missing);
	return n;
}

static void
add_word(struct segmenter *sg, int span, uint32_t from, uint32_t to)
{
	struct para *p = sg->p;
	const struct span *sp = &p->spans[span];
	const struct font *font;
	uint32_t n;
	bool divided = false;
	struct piece *pc;

	if (from == to)
		return;
	for (; from < to; from += n) {
		n = font_run(p, sp, from, to, &font);
		divided |= add_run(sg, span, from, from + n, font);
	}
	/* In FOP a word that may be divided may not be left after a hyphen of
	 * its own. */
	pc = &p->pieces[p->n_pieces - 1];
	if (sg->divided[to - 1] == DIVIDED_BARE) {
		pc->bare = true;
		pc->brk = BREAK_ALLOWED;
	} else if (sg->divided[to - 1] == DIVIDED_NO &&
	    (!divided || p->typography)) {
		pc->brk = sg->breaks[to - 1];
	}
	if (pc->brk == BREAK_ALLOWED)
		allow_hyphen(p, pc);
	end_spacing(sg, sp, to);
}

/* What a space gives and takes in justified lines.  Where only the last line is
 * justified FOP reckons without the spaces at which no line may end, and has
 * them grow with the others all the same; and wherever letters shrink, all
 * spaces do, though only those of justified lines are reckoned with. */
static void
set_flex(const struct segmenter *sg, const struct span *sp, struct piece *pc,
    mpt bare)
{
	const struct text_style *ts = sp->ts;
	bool given = ts->word_stretch >= 0;
	mpt stretch = given ? ts->word_stretch : bare / 2 +
	    2 * ts->letter_stretch;
	mpt shrink = given ? ts->word_shrink : bare / 3 +
	    2 * ts->letter_shrink;

	pc->stretch = pc->shrink = 0;
	if (!sg->stretches) {
		pc->loose_shrink = shrink;
	} else if (!sg->shrinks && pc->brk == BREAK_NO) {
		pc->loose = stretch;
		pc->loose_shrink = shrink;
	} else {
		pc->stretch = stretch;
		if (sg->shrinks)
			pc->shrink = shrink;
		else
			pc->loose_shrink = shrink;
	}
}

/* Something between words that takes no room but may end a line. */
static void
add_opportunity(struct segmenter *sg, int span, uint32_t from, uint32_t to,
    bool hyphen)
{
	struct piece *pc = para_piece(sg->p, PC_INDENT, span, from, to);

	pc->level = sg->levels[from];
	pc->brk = sg->breaks[to - 1];
	pc->inner = sg->divided[to - 1] == DIVIDED_INNER;
	pc->hyphen = hyphen;
	if (pc->inner)
		allow_hyphen(sg->p, pc);
	if (hyphen)
		pc->hyphen_width = hyphen_width(sg->p, &sg->p->spans[span]);
}

/* A line may end where what is kept stands, and then the next one begins with
 * it. */
static void
break_before(struct segmenter *sg, int span, uint32_t at, uint32_t to)
{
	struct piece *pc;

	if (sg->breaks[to - 1] != BREAK_ALLOWED)
		return;
	pc = para_piece(sg->p, PC_INDENT, span, at, at);
	pc->level = sg->levels[at];
	pc->brk = BREAK_ALLOWED;
}

static bool
follows_letter(const struct para *p, uint32_t at)
{
	return at > 0 && p->text.p[at - 1] != ' ' && p->text.p[at - 1] != '\n';
}

static struct piece *
add_space_glyph(struct segmenter *sg, int span, uint32_t from, uint32_t to)
{
	struct para *p = sg->p;
	const struct span *sp = &p->spans[span];
	const struct shaped *s = para_shape_text(p, sp, sp->ts->font, " ", 1,
	    sg->levels[from] % 2 == 1);
	struct piece *pc = add_glyphs(sg, span, s, from, from, to, 0,
	    (uint32_t)s->n);

	/* A specified word-spacing is all there is between words; else there
	 * is the letter-spacing of the space and of the letter before. */
	pc->width = mpt_add(font_mpt(s->font, sp->ts->size, s->advance),
	    sp->ts->word_stretch >= 0 ? sp->ts->word_spacing :
	    sp->ts->letter_spacing * (follows_letter(p, from) ? 2 : 1));
	return pc;
}

static mpt
bare_width(const struct span *sp, const struct piece *pc)
{
	const struct shaped *s = pc->as.t.word;

	return font_mpt(s->font, sp->ts->size, s->advance);
}

static bool
keeps_spaces(const struct span *sp)
{
	return fo_keyword(sp->style, PR_WHITE_SPACE_TREATMENT) == KW_PRESERVE;
}

/* A space that a line may stretch, unless it is a no-break one that is an object
 * of its own… */
static struct piece *
add_flexible(struct segmenter *sg, int span, uint32_t from, uint32_t to)
{
	const struct span *sp = &sg->p->spans[span];
	struct piece *pc = add_space_glyph(sg, span, from, to);

	pc->brk = sg->breaks[to - 1];
	if (to - from == 1 || !is_solid(sp))
		set_flex(sg, sp, pc, bare_width(sp, pc));
	return pc;
}

/* …and that is not dropped at its ends: a no-break one stretches with the
 * others, as in FOP, but where the language's spaces are set. */
static void
add_kept_space(struct segmenter *sg, int span, uint32_t from, uint32_t to)
{
	struct piece *pc;

	break_before(sg, span, from, to);
	pc = add_flexible(sg, span, from, to);
	pc->kept = true;
	pc->low = !is_solid(&sg->p->spans[span]);
	if (pc->brk != BREAK_MANDATORY)
		pc->brk = BREAK_NO;
}

/* One that is dropped there, unless white space is preserved. */
static void
add_space(struct segmenter *sg, int span, uint32_t from, uint32_t to)
{
	if (keeps_spaces(&sg->p->spans[span]))
		add_kept_space(sg, span, from, to);
	else
		add_flexible(sg, span, from, to)->type = PC_SPACE;
}

/* Spaces of a width of their own are kept, in FOP, as preserved ones are. */
static bool
has_own_width(uint32_t cp)
{
	return (cp >= 0x2000 && cp <= 0x200A) || cp == 0x3000;
}

/* What is a space of its own, but where the language's spaces are set. */
static bool
is_own_space(uint32_t cp)
{
	return cp == 0xA0 || has_own_width(cp);
}

/* Characters that are set without spaces and, justified, apart: Han, kana,
 * and their punctuation.  Korean has spaces. */
static bool
is_ideographic(uint32_t cp, uint32_t script)
{
	return script == SCRIPT_TAG('H', 'a', 'n', 'i') ||
	    script == SCRIPT_TAG('H', 'i', 'r', 'a') ||
	    script == SCRIPT_TAG('K', 'a', 'n', 'a') ||
	    script == SCRIPT_TAG('B', 'o', 'p', 'o') ||
	    (cp >= 0x3000 && cp <= 0x303F) || (cp >= 0xFF01 && cp <= 0xFF60);
}

/* After an ideograph at which a line may end, a justified line may stretch:
 * nothing, as wide as it needs to be, which a line's end drops like a space. */
static void
add_seam(struct segmenter *sg, int span, uint32_t at)
{
	struct para *p = sg->p;
	struct piece before = p->pieces[p->n_pieces - 1], *pc;

	if (!sg->stretches || before.type != PC_TEXT ||
	    before.brk != BREAK_ALLOWED)
		return;
	p->pieces[p->n_pieces - 1].brk = BREAK_NO;
	pc = para_piece(p, PC_SPACE, span, at, at);
	pc->as = before.as;
	pc->as.t.g0 = pc->as.t.g1;
	pc->level = before.level;
	pc->brk = BREAK_ALLOWED;
	pc->stretch = p->spans[span].ts->size / 16;
}

/* keep-together.within-line: the text stands on one line (XSL 1.1, 7.20.3). */
static void
keep_on_line(struct segmenter *sg, const struct mark *m)
{
	const struct fo_style *st = sg->p->spans[m->span].style;
	uint32_t i;

	if (fo_keyword(st, PR_KEEP_TOGETHER_WITHIN_LINE) != KW_ALWAYS)
		return;
	for (i = m->from; i < m->to; i++)
		if (sg->breaks[i] == BREAK_ALLOWED)
			sg->breaks[i] = BREAK_NO;
}

/* Such a space stands on the line that it begins.  The ideographic one is two
 * spaces wide in the base fonts, in FOP. */
static void
add_wide_space(struct segmenter *sg, int span, uint32_t cp, uint32_t from,
    uint32_t to)
{
	struct para *p = sg->p;
	const struct span *sp = &p->spans[span];
	const struct shaped *s;
	struct piece *pc;

	break_before(sg, span, from, to);
	add_word(sg, span, from, to);
	pc = &p->pieces[p->n_pieces - 1];
	pc->brk = BREAK_NO;
	pc->low = !is_solid(sp);
	if (cp != 0x3000 || !sp->ts->font->plain)
		return;
	s = para_shape_text(p, sp, sp->ts->font, " ", 1, /*rtl*/false);
	pc->width = 2 * font_mpt(s->font, sp->ts->size, s->advance);
}

static void
add_separator(struct segmenter *sg, int span, uint32_t cp, uint32_t from,
    uint32_t to)
{
	if (cp == ' ' || cp == '\t')
		add_space(sg, span, from, to);
	else if (cp == 0xA0)
		add_kept_space(sg, span, from, to);
	else if (has_own_width(cp))
		add_wide_space(sg, span, cp, from, to);
	else
		add_opportunity(sg, span, from, to, cp == 0xAD);
}

/* Is there an end of a word between the characters at `begin` and `at`, of
 * the scripts `script` and `own` (0: of any)? */
static bool
is_seam(const struct segmenter *sg, uint32_t begin, uint32_t at,
    uint32_t script, uint32_t own)
{
	return begin < at && (sg->levels[at] != sg->levels[begin] ||
	    (own != 0 && script != 0 && own != script));
}

/* Cuts one stretch of text of one span into words and separators. */
static void
segment(struct segmenter *sg, const struct mark *m)
{
	const char *text = sg->p->text.p, *end = text + m->to;
	const char *s = text + m->from;
	uint32_t begin = m->from, script = 0;
	bool set = fo_keyword(sg->p->spans[m->span].style, PR_TYPOGRAPHY) ==
	    KW_ON;

	sg->end = m->to;
	keep_on_line(sg, m);
	while (s < end) {
		uint32_t at = (uint32_t)(s - text);
		uint32_t cp = utf8_next(&s, end);
		uint32_t next = (uint32_t)(s - text);
		uint32_t own = cp < 0x80 ? 0 : text_script(cp);

		if (para_is_separator(cp) || (!set && is_own_space(cp))) {
			add_word(sg, m->span, begin, at);
			add_separator(sg, m->span, cp, at, next);
			begin = next;
			script = 0;
			continue;
		}
		if (is_seam(sg, begin, at, script, own)) {
			add_word(sg, m->span, begin, at);
			begin = at;
			script = 0;
		}
		if (own != 0)
			script = own;
		if (sg->breaks[next - 1] != BREAK_NO) {
			add_word(sg, m->span, begin, next);
			if (is_ideographic(cp, own))
				add_seam(sg, m->span, next);
			begin = next;
			script = 0;
		}
	}
	add_word(sg, m->span, begin, m->to);
}

/* ---------------------------------------------------------------- edges */

static mpt
edge_width(const struct para *p, const struct span *sp, bool start)
{
	enum side side = start ? SIDE_START : SIDE_END;

	if (start ? sp->node->goes_on_from : sp->node->goes_on)
		return decor_kept(sp->style, side, p->width);
	return decor_edge(sp->style, side, p->width);
}

/* The space that another one meets, with nothing between but edges that take no
 * room; NULL: none. */
static struct piece *
gap_met(struct para *p)
{
	size_t i = p->n_pieces;

	while (i > 0 && (p->pieces[i - 1].type == PC_START ||
	    p->pieces[i - 1].type == PC_END ||
	    p->pieces[i - 1].type == PC_ANCHOR) &&
	    p->pieces[i - 1].width == 0)
		i--;
	return i > 0 && p->pieces[i - 1].type == PC_GAP ?
	    &p->pieces[i - 1] : NULL;
}

/* space-start and space-end: nothing where a line begins or ends, unless they
 * are retained; of two that meet the larger (XSL 1.1, 4.3.1). */
static void
add_gap(struct para *p, const struct mark *m)
{
	const struct span *sp = &p->spans[m->span];
	bool retained = fo_keyword(sp->style, m->type == PC_START ?
	    PR_SPACE_START_CONDITIONALITY : PR_SPACE_END_CONDITIONALITY) ==
	    KW_RETAIN;
	struct piece *pc;
	mpt w = fo_length(sp->style, m->type == PC_START ?
	    PR_SPACE_START_OPTIMUM : PR_SPACE_END_OPTIMUM, p->width);
	const struct piece *before = p->n_pieces > 0 ?
	    &p->pieces[p->n_pieces - 1] : NULL;

	/* It has no spaces around; a wrapper has no area. */
	if (w == 0 || is_solid(sp) || sp->node->type == FO_WRAPPER)
		return;
	if (retained) {
		pc = para_piece(p, PC_INDENT, sp->parent, m->from, m->from);
		pc->width = w;
		pc->aside = !p->typography;
		return;
	}
	if (before == NULL || before->brk == BREAK_MANDATORY ||
	    before->type == PC_INDENT)
		return;
	pc = gap_met(p);
	if (pc != NULL)
		pc->width = mpt_max(pc->width, w);
	else
		para_piece(p, PC_GAP, sp->parent, m->from, m->from)->width = w;
}

/* An inline without content has no area, only its id. */
static bool
end_empty(struct para *p, const struct mark *m)
{
	struct piece *pc = p->n_pieces > 0 ?
	    &p->pieces[p->n_pieces - 1] : NULL;

	if (m->type != PC_END || pc == NULL || pc->type != PC_START ||
	    pc->span != m->span)
		return false;
	pc->type = PC_ANCHOR;
	pc->width = 0;
	return true;
}

static void
add_edge(struct para *p, const struct mark *m)
{
	struct piece *pc;

	if (end_empty(p, m))
		return;
	if (m->type == PC_START)
		add_gap(p, m);
	pc = para_piece(p, (enum piece_type)m->type, m->span, m->from,
	    m->from);
	pc->width = edge_width(p, &p->spans[m->span], m->type == PC_START);
	/* FOP reckons without the edges at a block inside. */
	pc->aside = !p->typography && pc->width > 0 && (m->type == PC_START ?
	    p->spans[m->span].node->goes_on_from :
	    p->spans[m->span].node->goes_on);
	if (m->type == PC_END)
		add_gap(p, m);
}

/* A line that may end after a space may rather end after the edges that
 * close there: they belong to what went before. */
static void
move_breaks(struct para *p)
{
	size_t i;

	for (i = 1; i < p->n_pieces; i++) {
		struct piece *pc = &p->pieces[i], *before = pc - 1;

		if ((pc->type != PC_END && pc->type != PC_NOTE) ||
		    before->brk == BREAK_NO || before->hyphen || before->bare)
			continue;
		pc->brk = before->brk;
		before->brk = BREAK_NO;
	}
}

/* The place of an id, or of a wrapper, is something to stand on a line (as in
 * FOP): one may end at the space before those that end the text. */
static void
free_last_space(struct para *p)
{
	bool place = false;

	for (size_t i = p->n_pieces; i-- > 0;) {
		struct piece *pc = &p->pieces[i];
		const struct fo_node *n = p->spans[pc->span].node;

		if (pc->type == PC_SPACE && !pc->kept && place &&
		    !p->typography)
			pc->brk = BREAK_ALLOWED;
		if (pc->type != PC_ANCHOR && pc->type != PC_START &&
		    pc->type != PC_END)
			return;
		place |= pc->type == PC_ANCHOR && pc->span > 0 &&
		    (n->id != NULL || n->type == FO_WRAPPER);
	}
}

/* May a line end after the character that ends at byte `at`, whatever stands
 * beside it in another inline?  After spaces; and between ideographs. */
static bool
parts_inlines(const struct para *p, uint32_t at)
{
	const char *text = p->text.p, *from = utf8_before(text, text + at);
	const char *s = from;
	uint8_t breaks[8];
	uint32_t cp;

	cp = utf8_next(&s, text + p->text.n);
	if (para_is_separator(cp))
		return true;
	if (at == p->text.n || !is_ideographic(cp, text_script(cp)))
		return false;
	utf8_next(&s, text + p->text.n);
	text_breaks(from, (size_t)(s - from), NULL, breaks);
	return breaks[text + at - from - 1] == BREAK_ALLOWED;
}

/* Each stretch of text between the edges of inlines and objects is judged by
 * itself, as in FOP: spaces at its ends part it from what is beside it,
 * whatever that is, and nothing else does. */
static void
stretch_breaks(struct para *p, uint32_t from, uint32_t to, uint8_t *breaks)
{
	const char *text = p->text.p;
	uint32_t i = from;

	text_breaks(text + from, to - from, NULL, breaks + from);
	while (i < to && text[i] == ' ')
		i++;
	if (i > from)
		breaks[i - 1] = BREAK_ALLOWED;
	if (!parts_inlines(p, to))
		breaks[to - 1] = BREAK_NO;
}

/* FOP has a line end before a no-break space that a space follows. */
static void
fixed_breaks(const struct para *p, uint32_t from, uint32_t to, uint8_t *breaks)
{
	static const char fixed[] = "\u00A0 ";
	uint32_t n = sizeof fixed - 1;

	for (; from + n <= to; from++)
		if (memcmp(p->text.p + from, fixed, n) == 0)
			breaks[from + n - 2] = BREAK_ALLOWED;
}

/* A line may end at a space that is kept if another one follows, and not at the
 * last of a stretch. */
static void
kept_breaks(const struct para *p, uint32_t from, uint32_t to, uint8_t *breaks)
{
	const char *text = p->text.p;

	for (; from + 1 < to; from++)
		if (text[from] == ' ' && text[from + 1] == ' ')
			breaks[from] = BREAK_ALLOWED;
	if (text[from] == ' ')
		breaks[from] = BREAK_NO;
}

static void
find_breaks(struct para *p, uint8_t *breaks)
{
	const struct mark *m = p->marks, *end = m + p->n_marks;

	if (p->typography) {
		text_breaks(p->text.p, p->text.n, p->spans[0].ts->lang,
		    breaks);
		text_keep_pairs(p->text.p, p->text.n, breaks);
		return;
	}
	memset(breaks, BREAK_NO, p->text.n);
	while (m < end) {
		uint32_t from = m->from;

		if (m->type != PC_TEXT || is_solid(&p->spans[m->span])) {
			m++;
			continue;
		}
		while (m < end && m->type == PC_TEXT)
			m++;
		if (m[-1].to == from)
			continue;
		stretch_breaks(p, from, m[-1].to, breaks);
		fixed_breaks(p, from, m[-1].to, breaks);
		if (keeps_spaces(&p->spans[m[-1].span]))
			kept_breaks(p, from, m[-1].to, breaks);
	}
}

/* What has no text of its own, an edge or an id, parts no run of the text
 * around it. */
static uint8_t
between(uint8_t before, uint8_t after)
{
	return before < after ? before : after;
}

/* The room of open numbers, on the first piece of each. */
static void
reserve_numbers(struct para *p)
{
	int span = 0;

	for (size_t i = 0; i < p->n_pieces; i++) {
		struct piece *pc = &p->pieces[i];
		const struct span *sp = &p->spans[pc->span];

		if (!sp->open || (pc->type != PC_TEXT &&
		    pc->type != PC_SPACE && pc->type != PC_SLOT))
			continue;
		pc->reserve = (pc->span == span ? 0 :
		    para_open_width(p, sp)) - pc->width;
		span = pc->span;
		p->reserves = true;
	}
}

void
para_shape(struct para *p)
{
	uint8_t *breaks = arena_alloc(p->arena, p->text.n + 1);
	uint8_t *levels = arena_alloc(p->arena, p->text.n + 1);
	bool justified = p->align == KW_JUSTIFY;
	struct segmenter sg = { .p = p, .breaks = breaks, .levels = levels,
		.stretches = justified || p->align_last == KW_JUSTIFY,
		.shrinks = justified };
	size_t i;

	if (p->text.n > 0) {
		find_breaks(p, breaks);
		text_levels(p->text.p, p->text.n, p->rtl, levels);
		/* The end of the text is no break of its own. */
		if (p->text.p[p->text.n - 1] != '\n')
			breaks[p->text.n - 1] = BREAK_NO;
		sg.divided = para_divide(p, breaks);
	}
	/* It is there if it is nothing, too: pieces are known by their numbers
	 * to what goes on with the paragraph elsewhere. */
	para_piece(p, PC_INDENT, 0, 0, 0)->width = p->indent;
	for (i = 0; i < p->n_marks; i++) {
		const struct mark *m = &p->marks[i];

		if (m->type == PC_TEXT)
			segment(&sg, m);
		else if (m->type == PC_START || m->type == PC_END)
			add_edge(p, m);
		else
			para_object(p, m);
	}
	for (i = 0; i < p->n_pieces; i++) {
		struct piece *pc = &p->pieces[i];

		/* Objects: the opportunity stands in the text. */
		if (pc->type >= PC_GRAPHIC && pc->to > pc->from)
			pc->brk = breaks[pc->to - 1];
		if (pc->to > pc->from)
			pc->level = levels[pc->from];
		else if (pc->from > 0 && pc->from < p->text.n)
			pc->level = between(levels[pc->from - 1],
			    levels[pc->from]);
	}
	free_last_space(p);
	move_breaks(p);
	reserve_numbers(p);
}
