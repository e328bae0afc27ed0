/*
 * Text operators.  A run is one TJ: strings of codes and, between them, how far
 * the pen must move because layout wants it elsewhere than the widths of the
 * glyphs lead (kerning, justification, letter spacing, marks).
 */
#include "pdf/pdf_int.h"

/* tan 12°: how far text leans whose family has no italic. */
#define SLANT "0.2126"

/* A glyph string of TJ in the making. */
struct show {
	struct content *c;
	const struct area_text *t;
	struct pdf_font *font;
	bool open;		/* inside ( ) */
	bool array;		/* inside [ ] */
	bool hex;
	int64_t drift;		/* where the viewer's pen is too far left, in
				 * millionths of a point */
	mpt rise;		/* Ts in effect */
};

static void
set_font(struct content *c, const struct pdf_font *f, mpt size)
{
	if (c->g.font == f && c->g.size == size)
		return;
	c->g.font = f;
	c->g.size = size;
	content_resource(c, 'F', f->id);
	buf_printf(&c->out, "/F%u ", f->id);
	put_mpt(&c->out, size);
	buf_puts(&c->out, " Tf\n");
}

static void
set_render(struct content *c, const struct area_text *t)
{
	bool stroke = t->stroke_width > 0 && t->stroke.a > 0;
	uint8_t mode = !stroke ? 0 : t->color.a ? 2 : 1;

	if (stroke) {
		content_stroke(c, t->stroke);
		content_line_width(c, t->stroke_width);
	}
	if (mode != c->g.render)
		buf_printf(&c->out, "%d Tr\n", c->g.render = mode);
}

static void
set_position(struct content *c, const struct area_text *t)
{
	if (t->oblique || !c->upright) {
		buf_printf(&c->out, "1 0 %s 1 ", t->oblique ? SLANT : "0");
		put_mpts(&c->out,
		    (const int64_t[]){ t->x, (int64_t)c->y0 - t->y }, 2, "Tm");
		c->upright = !t->oblique;
	} else {
		put_mpts(&c->out,
		    (const int64_t[]){ (int64_t)t->x - c->text_x,
			(int64_t)c->text_y - t->y },
		    2, "Td");
	}
	c->text_x = t->x;
	c->text_y = t->y;
}

static void
show_open(struct show *s)
{
	struct buf *out = &s->c->out;

	if (!s->array)
		buf_putc(out, '[');
	if (!s->open)
		buf_putc(out, s->hex ? '<' : '(');
	s->array = s->open = true;
}

static void
show_close_string(struct show *s)
{
	if (s->open)
		buf_putc(&s->c->out, s->hex ? '>' : ')');
	s->open = false;
}

static void
show_close(struct show *s)
{
	show_close_string(s);
	if (s->array)
		buf_puts(&s->c->out, "]TJ\n");
	s->array = false;
}

static void
show_code(struct show *s, unsigned code)
{
	unsigned char bytes[2] = { (unsigned char)(code >> 8),
		(unsigned char)code };
	char *to;

	show_open(s);
	if (s->hex) {
		put_hex4(&s->c->out, code);
		return;
	}
	to = content_reserve(&s->c->out, 4);
	for (int i = 0; i < 2; i++) {
		if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
			*to++ = '\\';
		/* A carriage return inside a string reads as a line feed. */
		if (bytes[i] == '\r') {
			*to++ = '\\';
			*to++ = 'r';
		} else {
			*to++ = (char)bytes[i];
		}
	}
	s->c->out.n = (size_t)(to - s->c->out.p);
}

/* Moves the viewer's pen when it is off by more than `least` thousandths of
 * the font size. */
static void
show_adjust(struct show *s, int64_t least)
{
	int64_t unit = s->t->size;	/* 1/1000 em in millionths of pt */
	int64_t d = s->drift, n;

	/* As n < least && n > -least, which is nearly always so, without the
	 * division. */
	if ((d < 0 ? -d : d) + unit / 2 < least * unit)
		return;
	n = (d + (d < 0 ? -unit : unit) / 2) / unit;
	show_close_string(s);
	if (!s->array)
		buf_putc(&s->c->out, '[');
	s->array = true;
	if (n > 0)
		buf_putc(&s->c->out, '-');
	put_uint(&s->c->out, (uint64_t)(n > 0 ? n : -n));
	s->drift -= n * unit;
}

static void
show_rise(struct show *s, mpt dy)
{
	if (s->rise == dy)
		return;
	show_close(s);
	put_mpt(&s->c->out, dy);
	buf_puts(&s->c->out, " Ts\n");
	s->rise = dy;
}

static void
show_glyph(struct show *s, const struct area_glyph *g, const char *text,
    size_t n)
{
	struct pdf_font *before = s->font;
	unsigned code = font_code(s->c->pdf, &s->font, g->gid, text, n);
	int64_t dx = (int64_t)g->dx * 1000;

	if (s->font != before) {
		show_close(s);
		set_font(s->c, s->font, s->t->size);
	}
	show_rise(s, g->dy);
	s->drift += dx;
	/* Three thousandths of an em cannot be seen, and cost a string each
	 * time; what a mark or a kern moves is more. */
	show_adjust(s, dx ? 1 : 3);
	show_code(s, code);
	s->drift += (int64_t)g->advance * 1000 - dx -
	    (int64_t)s->font->codes[code].width * s->t->size / 100;
}

/* Glyphs [i, end) belong together: their text is said in words, where the
 * extractors understand that (left to right only). */
static void
show_cluster(struct show *s, size_t i, size_t end, bool say)
{
	const struct area_glyph *g = s->t->glyphs;
	const char *text = s->t->text;
	size_t n = 0;

	if (say) {
		for (size_t k = i; k < end; k++)
			n += g[k].text_len;
		show_close(s);
		buf_puts(&s->c->out, "/Span<</ActualText");
		put_text_n(&s->c->out, text + g[i].text_off, n);
		buf_puts(&s->c->out, ">>BDC\n");
	}
	for (size_t k = i; k < end; k++)
		show_glyph(s, &g[k], text + g[k].text_off, g[k].text_len);
	if (say) {
		show_close(s);
		buf_puts(&s->c->out, "EMC\n");
	}
}

/* Does the glyph go on what the one before began?  A mark that is moved onto
 * its letter does: by itself poppler takes it for a word of its own. */
static bool
goes_on(const struct area_text *t, size_t i)
{
	const struct area_glyph *g = &t->glyphs[i];
	const char *s = t->text + g->text_off;

	if (!g->text_len)
		return true;
	return !(t->level & 1) &&
	    (g->dy != 0 || g->dx != 0 || g->advance == 0) &&
	    g->text_off == g[-1].text_off + g[-1].text_len &&
	    text_is_mark(utf8_next(&s, s + g->text_len));
}

void
content_text(struct content *c, const struct area_text *t, bool artifact)
{
	struct show s = { .c = c, .t = t,
		.hex = c->pdf->options.uncompressed };

	if (t->n == 0 || t->size <= 0)
		return;
	content_mode(c, MODE_TEXT);
	s.font = font_use(c->pdf, t->font);
	set_font(c, s.font, t->size);
	content_fill(c, t->color);
	set_render(c, t);
	set_position(c, t);
	for (size_t i = 0, end; i < t->n; i = end) {
		for (end = i + 1; end < t->n && goes_on(t, end);)
			end++;
		show_cluster(&s, i, end,
		    end - i > 1 && !(t->level & 1) && !artifact);
	}
	show_close(&s);
	show_rise(&s, 0);
}
