/*
 * Text (SVG 1.1, chapter 10).  Gather, shape, place, emit:
 *
 * 1. The characters of text and its tspans are gathered, white space collapsed,
 *    each with its style and what x, y, dx, dy and rotate say of it.
 * 2. They are cut into runs: of one style, font, direction and script, and cut
 *    again where a position or a rotation begins.  A run is shaped whole.
 * 3. A chunk begins at each absolute position; its runs are put in visual order
 *    and moved by text-anchor as one.
 * 4. Each run becomes a text item.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define MAX_CHARS 100000	/* of one text element */

struct tchar {
	const struct svg_style *st;
	const xmlNode *node;
	uint32_t off;		/* byte in the text */
	uint32_t cp;
	bool has_x, has_y;
	double x, y, dx, dy, rotate;
	double shift;		/* of the baseline, up */
	double opacity;		/* of tspans */
	int decoration;
};

struct run {
	const struct font *font;
	const struct shaped *shaped;
	const struct tchar *first;	/* its first character */
	size_t off, n;			/* bytes */
	int level;
	bool oblique;
	double advance;			/* user units */
	double x, y;			/* its left end, user units */
};

struct text {
	struct painter *p;
	struct frame f;
	struct buf bytes;
	struct tchar *chars;
	size_t n, cap;
	struct run *runs;
	size_t n_runs, cap_runs;
	bool spaced;		/* the last character was a space, or none was */
	double scale;		/* mpt of a user unit where glyphs are set */
};

/* The positions of an element, in force for the characters after `start`. */
struct scope {
	const struct scope *up;
	size_t start;
	struct numbers {
		const double *v;
		size_t n;
	} x, y, dx, dy, rotate;
	double shift, opacity;
	int decoration;
};

/* -------------------------------------------------------------- gathering */

/* A list of lengths (or of angles). */
static struct numbers
read_list(struct text *t, const xmlNode *node, const struct frame *f,
    const char *name, enum axis axis)
{
	const char *attr = svg_node_attr(node, name), *s = attr;
	struct numbers list = { NULL, 0 };
	double *v = NULL;
	size_t cap = 0;

	if (!s)
		return list;
	for (svg_skip_space(&s); *s && list.n < MAX_CHARS; svg_skip_comma(&s)) {
		struct svg_length l;

		if (!svg_parse_length(&s, &l)) {
			svg_report_value(t->p, node, name, attr);
			break;
		}
		v = arena_grow(t->p->scratch, v, &cap, list.n + 1, sizeof *v);
		v[list.n++] = svg_length_px(f, l, axis);
	}
	list.v = v;
	return list;
}

/* What the innermost element says of the i-th character, if any does. */
static bool
scope_value(const struct scope *s, size_t i, size_t which, double *out)
{
	for (; s; s = s->up) {
		const struct numbers *list = (const struct numbers *)
		    ((const char *)s + which);

		if (i - s->start < list->n) {
			*out = list->v[i - s->start];
			return true;
		}
	}
	return false;
}

/* The last rotation goes on to the end of its element. */
static double
scope_rotation(const struct scope *s, size_t i)
{
	for (; s; s = s->up)
		if (s->rotate.n > 0)
			return s->rotate.v[i - s->start < s->rotate.n ?
			    i - s->start : s->rotate.n - 1];
	return 0;
}

static void
add_char(struct text *t, uint32_t cp, const struct svg_style *st,
    const xmlNode *node, const struct scope *s)
{
	struct tchar *c;

	if (t->n >= MAX_CHARS)
		return;
	if (cp == '\t' || cp == '\n' || cp == '\r')
		cp = ' ';
	if (cp == ' ' && !st->preserve && t->spaced)
		return;
	t->spaced = cp == ' ' && !st->preserve;
	t->chars = arena_grow(t->p->scratch, t->chars, &t->cap, t->n + 1,
	    sizeof *t->chars);
	c = &t->chars[t->n];
	*c = (struct tchar){ .st = st, .node = node, .cp = cp,
		.off = (uint32_t)t->bytes.n, .shift = s->shift,
		.opacity = s->opacity, .decoration = s->decoration };
	c->has_x = scope_value(s, t->n, offsetof(struct scope, x), &c->x);
	c->has_y = scope_value(s, t->n, offsetof(struct scope, y), &c->y);
	scope_value(s, t->n, offsetof(struct scope, dx), &c->dx);
	scope_value(s, t->n, offsetof(struct scope, dy), &c->dy);
	c->rotate = scope_rotation(s, t->n);
	buf_utf8(&t->bytes, cp);
	t->n++;
}

static void
gather(struct text *t, const xmlNode *node, const struct svg_style *st,
    const struct scope *up, int depth)
{
	struct frame f = t->f;
	struct scope s = { .up = up, .start = t->n };

	f.style = st;
	s.x = read_list(t, node, &f, "x", AXIS_X);
	s.y = read_list(t, node, &f, "y", AXIS_Y);
	s.dx = read_list(t, node, &f, "dx", AXIS_X);
	s.dy = read_list(t, node, &f, "dy", AXIS_Y);
	s.rotate = read_list(t, node, &f, "rotate", AXIS_X);
	s.shift = (up ? up->shift : 0) + st->baseline_shift;
	/* The text element's own opacity is its group's. */
	s.opacity = up ? up->opacity * st->opacity : 1;
	s.decoration = (up ? up->decoration : 0) | st->decoration;
	if (svg_node_attr(node, "textLength"))
		svg_report_unsupported(t->p, node, "textLength");

	for (const xmlNode *c = node->children; c; c = c->next) {
		struct svg_style *own;

		if (c->type == XML_TEXT_NODE ||
		    c->type == XML_CDATA_SECTION_NODE) {
			const char *p = (const char *)c->content;
			const char *end = p + strlen(p);

			while (p < end)
				add_char(t, utf8_next(&p, end), st, node, &s);
			continue;
		}
		if (c->type != XML_ELEMENT_NODE || !svg_is_element(c) ||
		    svg_node_is(c, "title") || svg_node_is(c, "desc"))
			continue;
		if (depth >= SVG_MAX_DEPTH || (!svg_node_is(c, "tspan") &&
		    !svg_node_is(c, "a")))
			svg_report_unsupported(t->p, c, (const char *)c->name);
		if (depth >= SVG_MAX_DEPTH)
			continue;
		own = arena_alloc(t->p->scratch, sizeof *own);
		svg_style_compute(t->p, c, st, own);
		if (!own->display_none)
			gather(t, c, own, &s, depth + 1);
	}
}

/* ---------------------------------------------------------------- shaping */

/* Does the i-th character begin a run of its own? */
static bool
begins_run(const struct text *t, size_t i, const uint8_t *levels,
    uint32_t *script)
{
	const struct tchar *c = &t->chars[i], *before = c - 1;
	uint32_t own = text_script(c->cp);
	bool cut = c->has_x || c->has_y || c->dx != 0 || c->dy != 0 ||
	    c->rotate != 0 || before->rotate != 0 ||
	    c->st != before->st ||
	    levels[c->off] != levels[before->off] ||
	    (own && *script && own != *script);

	if (cut || !*script)
		*script = own;
	return cut;
}

/* Letter and word spacing of a character, user units. */
static double
spacing(const struct text *t, const struct svg_style *st, uint32_t cp)
{
	struct frame f = t->f;
	double v;

	f.style = st;
	v = svg_length_px(&f, st->letter_spacing, AXIS_X);
	if (cp == ' ' || cp == 0xa0)
		v += svg_length_px(&f, st->word_spacing, AXIS_X);
	return v;
}

static bool
is_spaced(const struct svg_style *st)
{
	return st->letter_spacing.v != 0 || st->word_spacing.v != 0;
}

static void
add_run(struct text *t, const struct font *font, const struct tchar *first,
    size_t off, size_t n, int level)
{
	const struct svg_style *st = first->st;
	struct shape_query q = { .font = font, .lang = st->lang,
		.features = fonts_features(t->p->ctx->fonts, st->features),
		.rtl = level & 1,
		.no_ligatures = st->letter_spacing.v != 0 };
	const char *s = t->bytes.p + off, *end = s + n;
	struct run *r;

	t->runs = arena_grow(t->p->scratch, t->runs, &t->cap_runs,
	    t->n_runs + 1, sizeof *t->runs);
	r = &t->runs[t->n_runs++];
	*r = (struct run){ .font = font, .first = first, .off = off, .n = n,
		.level = level,
		.oblique = st->slant == SLANT_ITALIC && !font->italic };
	r->shaped = fonts_shape(t->p->ctx->fonts, &q, s, n);
	r->advance = r->shaped->advance * st->font_size / font->upem;
	while (is_spaced(st) && s < end)
		r->advance += spacing(t, st, utf8_next(&s, end));
}

/* The pieces of characters i…j of one style that one font draws each. */
static void
shape_segment(struct text *t, size_t i, size_t j, int level)
{
	struct fonts *fonts = t->p->ctx->fonts;
	const struct svg_style *st = t->chars[i].st;
	const struct font_list *list = fonts_match(fonts,
	    &(struct font_query){ .families = st->families,
	    .weight = st->weight, .slant = st->slant, .stretch = st->stretch,
	    .lang = st->lang });
	size_t off = t->chars[i].off;
	size_t end = j < t->n ? t->chars[j].off : t->bytes.n;
	const char *absent;

	font_list_first(list, &absent);
	if (absent)
		diag_report(t->p->ctx->job->diag, DIAG_FONT_MISSING,
		    svg_where(t->p, t->chars[i].node), absent,
		    font_list_first(list, NULL)->family);
	while (off < end) {
		const struct font *font;
		uint32_t missing;
		size_t n = font_list_run(fonts, list, t->bytes.p + off,
		    end - off, &font, &missing);

		if (missing) {
			char utf8[5] = "", code[16];
			struct buf b = { 0 };

			utf8[utf8_encode(missing, utf8)] = '\0';
			buf_printf(&b, "U+%04X", (unsigned)missing);
			memcpy(code, b.p, b.n + 1);
			buf_free(&b);
			diag_report(t->p->ctx->job->diag, DIAG_FONT_NO_GLYPH,
			    svg_where(t->p, t->chars[i].node), utf8, code,
			    font->family);
		}
		while (t->chars[i].off < off)
			i++;
		add_run(t, font, &t->chars[i], off, n, level);
		off += n;
	}
}

static void
shape_text(struct text *t)
{
	uint8_t *levels = arena_alloc(t->p->scratch, t->bytes.n + 1);
	uint32_t script = text_script(t->chars[0].cp);
	size_t start = 0;

	text_levels(t->bytes.p, t->bytes.n, t->f.style->rtl, levels);
	for (size_t i = 1; i <= t->n; i++) {
		if (i < t->n && !begins_run(t, i, levels, &script))
			continue;
		shape_segment(t, start, i, levels[t->chars[start].off]);
		start = i;
	}
}

/* ---------------------------------------------------------------- placing */

static bool
begins_chunk(const struct text *t, size_t r)
{
	const struct tchar *c = t->runs[r].first;

	/* Only the run that holds the character itself. */
	return r == 0 || ((c->has_x || c->has_y) &&
	    t->runs[r].off == c->off);
}

static bool
begins_char(const struct run *r)
{
	return r->off == r->first->off;
}

/* UAX #9, L2: turns round every stretch of runs at each level, from the
 * highest down. */
static void
reorder(const struct text *t, size_t *order, size_t n)
{
	int high = 0;

	for (size_t i = 0; i < n; i++)
		if (t->runs[order[i]].level > high)
			high = t->runs[order[i]].level;
	for (int level = high; level > 0; level--)
		for (size_t i = 0; i < n; i++) {
			size_t j = i;

			while (j < n && t->runs[order[j]].level >= level)
				j++;
			for (size_t a = i, b = j; a + 1 < b; a++) {
				size_t swap = order[a];

				order[a] = order[--b];
				order[b] = swap;
			}
			i = j;
		}
}

/* The runs of one chunk, moved by the anchor; cur is where it begins, and
 * afterwards where it ends. */
static void
place_chunk(struct text *t, size_t from, size_t to, double *x, double *y)
{
	const struct svg_style *st = t->runs[from].first->st;
	size_t n = to - from;
	size_t *order = arena_array(t->p->scratch, n, sizeof *order);
	double total = 0, at = *x, shift;

	for (size_t i = 0; i < n; i++) {
		const struct run *r = &t->runs[from + i];

		order[i] = from + i;
		total += r->advance + (begins_char(r) ? r->first->dx : 0);
	}
	shift = st->anchor == ANCHOR_MIDDLE ? total / 2 :
	    (st->anchor == ANCHOR_END) != (st->rtl != 0) ? total : 0;
	/* dy counts in reading order, whatever the eye sees first. */
	for (size_t i = from; i < to; i++) {
		struct run *r = &t->runs[i];

		if (begins_char(r))
			*y += r->first->dy;
		r->y = *y - r->first->shift;
	}
	reorder(t, order, n);
	for (size_t i = 0; i < n; i++) {
		struct run *r = &t->runs[order[i]];

		if (begins_char(r))
			at += r->first->dx;
		r->x = at - shift;
		at += r->advance;
	}
	*x += total - shift;
}

static void
place_text(struct text *t)
{
	double x = 0, y = 0;
	size_t from = 0;

	for (size_t i = 1; i <= t->n_runs; i++) {
		const struct tchar *c = t->runs[from].first;

		if (i < t->n_runs && !begins_chunk(t, i))
			continue;
		if (c->has_x)
			x = c->x;
		if (c->has_y)
			y = c->y;
		place_chunk(t, from, i, &x, &y);
		from = i;
	}
}

/* How far below the point given the alphabetic baseline lies. */
static double
baseline_offset(const struct run *r)
{
	const struct font *f = r->font;
	double em = r->first->st->font_size / f->upem;

	switch (r->first->st->baseline) {
	case BASELINE_MIDDLE:
		return em * f->x_height / 2;
	case BASELINE_CENTRAL:
		return em * (f->ascender + f->descender) / 2;
	case BASELINE_HANGING:
		return em * f->ascender * 0.8;
	case BASELINE_MATHEMATICAL:
		return em * f->ascender / 2;
	case BASELINE_BEFORE:
		return em * f->ascender;
	case BASELINE_AFTER:
		return em * f->descender;
	default:
		return 0;
	}
}

/* --------------------------------------------------------------- emitting */

/* Where the cluster that begins at this byte ends. */
static uint32_t
cluster_end(const struct run *r, size_t i)
{
	const struct shaped *s = r->shaped;
	uint32_t from = s->glyphs[i].cluster;

	if (r->level & 1) {
		while (i > 0 && s->glyphs[i - 1].cluster == from)
			i--;
		return i > 0 ? s->glyphs[i - 1].cluster : (uint32_t)r->n;
	}
	while (i < s->n && s->glyphs[i].cluster == from)
		i++;
	return i < s->n ? s->glyphs[i].cluster : (uint32_t)r->n;
}

/* Spacing of the characters of a cluster, in mpt. */
static mpt
cluster_spacing(const struct text *t, const struct run *r, uint32_t from,
    uint32_t to)
{
	const char *s = t->bytes.p + r->off + from;
	const char *end = t->bytes.p + r->off + to;
	double v = 0;

	while (s < end)
		v += spacing(t, r->first->st, utf8_next(&s, end));
	return svg_to_mpt(v * t->scale);
}

static const struct area_glyph *
make_glyphs(const struct text *t, const struct run *r, mpt size)
{
	const struct shaped *s = r->shaped;
	struct area_glyph *g = arena_array(t->p->arena, s->n + 1, sizeof *g);
	bool spaced = is_spaced(r->first->st);

	for (size_t i = 0; i < s->n; i++) {
		const struct shaped_glyph *from = &s->glyphs[i];
		uint32_t end = cluster_end(r, i);
		bool first = i == 0 || s->glyphs[i - 1].cluster !=
		    from->cluster;
		bool last = i + 1 == s->n || s->glyphs[i + 1].cluster !=
		    from->cluster;

		g[i] = (struct area_glyph){
			.gid = (uint16_t)from->gid, .text_off = from->cluster,
			.text_len = first ?
			    (uint16_t)(end - from->cluster) : 0,
			.advance = mpt_scale(from->advance, size,
			    r->font->upem),
			.dx = mpt_scale(from->dx, size, r->font->upem),
			.dy = mpt_scale(from->dy, size, r->font->upem)
		};
		if (spaced && last)
			g[i].advance += cluster_spacing(t, r, from->cluster,
			    end);
	}
	return g;
}

/* A colour for text: of a gradient its first, since a page item cannot fill
 * glyphs with more. */
static struct color
text_color(struct text *t, const struct run *r, const struct svg_paint *from,
    double opacity)
{
	struct area_paint paint;
	struct frame f = t->f;

	f.style = r->first->st;
	svg_paint_of(t->p, r->first->node, &f, from, opacity, NULL, f.m,
	    &paint);
	if (paint.kind == PAINT_LINEAR || paint.kind == PAINT_RADIAL ||
	    (from->kind == SVG_SERVER && paint.n_stops > 0)) {
		svg_report_unsupported(t->p, r->first->node, "gradient");
		return paint.stops[0].color;
	}
	return paint.color;
}

static void
emit_line(struct text *t, const struct run *r, double x, double y,
    struct color color)
{
	double em = r->first->st->font_size / r->font->upem;
	const struct font *f = r->font;
	const struct {
		int which;
		int32_t top, thickness;
	} lines[] = {
		{ DECORATION_UNDER, f->underline_position,
		    f->underline_thickness },
		{ DECORATION_OVER, f->ascender, f->underline_thickness },
		{ DECORATION_THROUGH, f->strikeout_position,
		    f->strikeout_thickness },
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (r->first->decoration & lines[i].which)
			area_add_rect(t->p->ctx->page, t->p->ctx->elem,
			    svg_to_mpt(x),
			    svg_to_mpt(y - lines[i].top * em * t->scale),
			    svg_to_mpt(r->advance * t->scale),
			    svg_to_mpt(lines[i].thickness * em * t->scale),
			    color);
}

/* The run with its baseline beginning at (x, y), mpt. */
static void
emit_run(struct text *t, const struct run *r, double x, double y)
{
	const struct tchar *c = r->first;
	const struct svg_style *st = c->st;
	double opacity = c->opacity * (st->stroke.kind == SVG_NONE ||
	    st->fill.kind == SVG_NONE ? t->f.style->opacity : 1);
	struct area_text *a = arena_alloc(t->p->arena, sizeof *a);
	struct frame f = t->f;

	f.style = st;
	a->font = r->font;
	a->size = svg_to_mpt(st->font_size * t->scale);
	a->x = svg_to_mpt(x);
	a->y = svg_to_mpt(y);
	a->n = r->shaped->n;
	a->level = (uint8_t)r->level;
	a->oblique = r->oblique;
	a->color = text_color(t, r, &st->fill, opacity * st->fill_opacity);
	if (st->stroke.kind != SVG_NONE) {
		a->stroke = text_color(t, r, &st->stroke,
		    opacity * st->stroke_opacity);
		a->stroke_width = svg_to_mpt(t->scale *
		    svg_length_px(&f, st->stroke_width, AXIS_BOTH));
		if (a->stroke.a == 0)
			a->stroke_width = 0;
	}
	if (a->size <= 0 || a->n == 0 ||
	    (a->color.a == 0 && a->stroke_width == 0))
		return;
	a->glyphs = make_glyphs(t, r, a->size);
	a->text = arena_strndup(t->p->arena, t->bytes.p + r->off, r->n);
	area_add(t->p->ctx->page, AREA_TEXT, t->p->ctx->elem, a);
	emit_line(t, r, x, y, a->color);
}

static void
emit_text(struct text *t)
{
	struct mat m = t->f.m, local;
	double s = svg_mat_scale(m);
	bool upright = svg_mat_is_upright(m);

	if (!(s > 0))
		return;
	t->scale = s;
	local = upright ? m : (struct mat){ s, 0, 0, s, 0, 0 };
	if (!upright)
		area_push(t->p->ctx->page, t->p->ctx->elem,
		    (const double[6]){ m.a / s, m.b / s, m.c / s, m.d / s,
		    m.e, m.f }, NULL, 255);
	for (size_t i = 0; i < t->n_runs; i++) {
		struct run *r = &t->runs[i];
		double x = r->x, y = r->y + baseline_offset(r);
		double turn = r->first->rotate * 3.14159265358979323846 / 180;

		if (r->first->st->hidden)
			continue;
		svg_mat_apply(local, &x, &y);
		if (turn == 0) {
			emit_run(t, r, x, y);
			continue;
		}
		area_push(t->p->ctx->page, t->p->ctx->elem,
		    (const double[6]){ cos(turn), sin(turn), -sin(turn),
		    cos(turn), x, y }, NULL, 255);
		emit_run(t, r, 0, 0);
		area_pop(t->p->ctx->page);
	}
	if (!upright)
		area_pop(t->p->ctx->page);
}

void
svg_paint_text(struct painter *p, xmlNode *node, const struct frame *f)
{
	struct text t = { .p = p, .f = *f, .spaced = true };

	gather(&t, node, f->style, NULL, 0);
	/* A collapsed space at the end was only the source's indentation. */
	if (t.n > 0 && t.spaced) {
		t.n--;
		t.bytes.n = t.chars[t.n].off;
	}
	p->points += t.n;
	if (t.n > 0) {
		shape_text(&t);
		place_text(&t);
		emit_text(&t);
	}
	buf_free(&t.bytes);
}
