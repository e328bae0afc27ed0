/*
 * Text (SVG 1.1, chapter 10).  Gather, shape, place, emit:
 *
 * 1. The characters of text and its tspans are gathered, white space collapsed,
 *    each with its style and what x, y, dx, dy and rotate say of it.
 * 2. They are cut into runs: of one style, font, direction and script, and cut
 *    again where a position or a rotation begins.  A run is shaped whole.
 * 3. A chunk begins at each absolute position; its runs are put in visual order
 *    and moved by text-anchor as one.
 * What becomes of the runs then is glyphs.c's.
 */
#include <string.h>

#include "svg/svg_int.h"

#define MAX_CHARS 100000	/* of one text element */

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
	const xmlNode *link;
	const struct svg_way *way;
};

/* -------------------------------------------------------------- gathering */

/* A list of lengths (or of angles). */
static struct numbers
read_list(struct svg_text *t, const xmlNode *node, const struct frame *f,
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
add_char(struct svg_text *t, uint32_t cp, const struct svg_style *st,
    const xmlNode *node, const struct scope *s)
{
	struct svg_char *c;

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
	*c = (struct svg_char){ .st = st, .node = node, .cp = cp,
		.off = (uint32_t)t->bytes.n, .shift = s->shift,
		.opacity = s->opacity, .decoration = s->decoration,
		.link = s->link, .way = s->way };
	c->has_x = scope_value(s, t->n, offsetof(struct scope, x), &c->x);
	c->has_y = scope_value(s, t->n, offsetof(struct scope, y), &c->y);
	scope_value(s, t->n, offsetof(struct scope, dx), &c->dx);
	scope_value(s, t->n, offsetof(struct scope, dy), &c->dy);
	c->rotate = scope_rotation(s, t->n);
	buf_utf8(&t->bytes, cp);
	t->n++;
}

static void
add_chars(struct svg_text *t, const char *p, const struct svg_style *st,
    const xmlNode *node, const struct scope *s)
{
	const char *end = p + strlen(p);

	while (p < end)
		add_char(t, utf8_next(&p, end), st, node, s);
}

/* SVG 1.1, 10.6: the characters of another element, in this one's style. */
static void
add_reference(struct svg_text *t, const xmlNode *node,
    const struct svg_style *st, const struct scope *s)
{
	const char *href = svg_node_href(node);
	xmlNode *target = href ? svg_node_by_id(t->p,
	    svg_value_fragment(t->p->scratch, href, NULL)) : NULL;
	xmlChar *content;

	if (!target) {
		diag_report(t->p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(t->p, node), href ? href : "tref");
		return;
	}
	content = xmlNodeGetContent(target);
	if (content)
		add_chars(t, (const char *)content, st, node, s);
	xmlFree(content);
}

/* textLength speaks of the characters gathered since `from`. */
static void
note_length(struct svg_text *t, const xmlNode *node, const struct frame *f,
    size_t from)
{
	double length = svg_attr_px(t->p, node, f, "textLength", AXIS_X, -1);
	struct svg_text_fit *fit;

	if (!(length >= 0) || t->n == from)
		return;
	fit = arena_alloc(t->p->scratch, sizeof *fit);
	*fit = (struct svg_text_fit){ from, t->n, length,
		str_eq(svg_node_attr(node, "lengthAdjust"),
		"spacingAndGlyphs"), t->fits };
	t->fits = fit;
}

static bool
is_part(const xmlNode *c)
{
	return svg_node_is(c, "tspan") || svg_node_is(c, "a") ||
	    svg_node_is(c, "textPath") || svg_node_is(c, "tref");
}

static void
gather(struct svg_text *t, const xmlNode *node, const struct svg_style *st,
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
	s.link = svg_node_is(node, "a") ? node : up ? up->link : NULL;
	s.way = up ? up->way : NULL;
	if (svg_node_is(node, "textPath") &&
	    (s.way = svg_way_new(t->p, node, &f)) == NULL)
		return;
	if (svg_node_is(node, "tref"))
		add_reference(t, node, st, &s);

	for (const xmlNode *c = node->children; c; c = c->next) {
		struct svg_style *own;

		if (c->type == XML_TEXT_NODE ||
		    c->type == XML_CDATA_SECTION_NODE) {
			add_chars(t, (const char *)c->content, st, node, &s);
			continue;
		}
		if (c->type != XML_ELEMENT_NODE || !svg_is_element(c) ||
		    svg_node_is(c, "title") || svg_node_is(c, "desc"))
			continue;
		if (depth >= SVG_MAX_DEPTH || !is_part(c))
			svg_report_unsupported(t->p, c, (const char *)c->name);
		if (depth >= SVG_MAX_DEPTH)
			continue;
		own = arena_alloc(t->p->scratch, sizeof *own);
		svg_style_compute(t->p, c, st, own);
		if (!own->display_none)
			gather(t, c, own, &s, depth + 1);
	}
	note_length(t, node, &f, s.start);
}

/* ---------------------------------------------------------------- shaping */

/* Does the i-th character begin a run of its own? */
static bool
begins_run(const struct svg_text *t, size_t i, const uint8_t *levels,
    uint32_t *script)
{
	const struct svg_char *c = &t->chars[i], *before = c - 1;
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
double
svg_text_spacing(const struct svg_text *t, const struct svg_style *st,
    uint32_t cp)
{
	struct frame f = t->f;
	double v;

	f.style = st;
	v = svg_length_px(&f, st->letter_spacing, AXIS_X);
	if (cp == ' ' || cp == 0xa0)
		v += svg_length_px(&f, st->word_spacing, AXIS_X);
	return v;
}

bool
svg_text_is_spaced(const struct svg_style *st)
{
	return st->letter_spacing.v != 0 || st->word_spacing.v != 0;
}

static void
add_run(struct svg_text *t, const struct font *font,
    const struct svg_char *first, size_t off, size_t n, int level)
{
	const struct svg_style *st = first->st;
	struct shape_query q = { .font = font, .lang = st->lang,
		.features = fonts_features(t->p->ctx->fonts, st->features),
		.rtl = level & 1,
		.no_ligatures = st->letter_spacing.v != 0 };
	const char *s = t->bytes.p + off, *end = s + n;
	struct svg_run *r;

	t->runs = arena_grow(t->p->scratch, t->runs, &t->cap_runs,
	    t->n_runs + 1, sizeof *t->runs);
	r = &t->runs[t->n_runs++];
	*r = (struct svg_run){ .font = font, .first = first, .off = off, .n = n,
		.level = level, .squeeze = 1,
		.oblique = st->slant == SLANT_ITALIC && !font->italic };
	r->shaped = fonts_shape(t->p->ctx->fonts, &q, s, n);
	r->advance = r->shaped->advance * st->font_size / font->upem;
	while (svg_text_is_spaced(st) && s < end)
		r->advance += svg_text_spacing(t, st, utf8_next(&s, end));
}

/* The pieces of characters i…j of one style that one font draws each. */
static void
shape_segment(struct svg_text *t, size_t i, size_t j, int level)
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
shape_text(struct svg_text *t)
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

/* ---------------------------------------------------------------- fitting */

static size_t
count_clusters(const struct svg_run *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->shaped->n; i++)
		n += i == 0 || r->shaped->glyphs[i].cluster !=
		    r->shaped->glyphs[i - 1].cluster;
	return n;
}

static bool
is_within(const struct svg_text *t, const struct svg_run *r,
    const struct svg_text_fit *fit)
{
	size_t at = (size_t)(r->first - t->chars);

	return at >= fit->from && at < fit->till;
}

/* SVG 1.1, 10.5: what is missing goes between the characters, or into them. */
static void
fit_length(struct svg_text *t, const struct svg_text_fit *fit)
{
	double natural = 0, extra;
	struct svg_run *last = NULL;
	size_t clusters = 0;

	for (size_t i = 0; i < t->n_runs; i++)
		if (is_within(t, &t->runs[i], fit)) {
			last = &t->runs[i];
			natural += last->advance;
			clusters += count_clusters(last);
		}
	if (!(natural > 0) || (!fit->glyphs && clusters < 2))
		return;
	extra = (fit->length - natural) / (double)(clusters - 1);
	for (size_t i = 0; i < t->n_runs; i++) {
		struct svg_run *r = &t->runs[i];

		if (!is_within(t, r, fit))
			continue;
		if (fit->glyphs) {
			r->squeeze *= fit->length / natural;
			r->advance *= fit->length / natural;
			continue;
		}
		r->extra += extra / r->squeeze;
		r->advance += extra * (double)(count_clusters(r) -
		    (r == last));
	}
}

/* ---------------------------------------------------------------- placing */

static bool
begins_chunk(const struct svg_text *t, size_t r)
{
	const struct svg_char *c = t->runs[r].first;

	/* Only the run that holds the character itself. */
	return r == 0 || ((c->has_x || c->has_y) &&
	    t->runs[r].off == c->off) ||
	    c->way != t->runs[r - 1].first->way;
}

static bool
begins_char(const struct svg_run *r)
{
	return r->off == r->first->off;
}

/* UAX #9, L2: turns round every stretch of runs at each level, from the
 * highest down. */
static void
reorder(const struct svg_text *t, size_t *order, size_t n)
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
place_chunk(struct svg_text *t, size_t from, size_t to, double *x, double *y)
{
	const struct svg_style *st = t->runs[from].first->st;
	size_t n = to - from;
	size_t *order = arena_array(t->p->scratch, n, sizeof *order);
	double total = 0, at = *x, shift;

	for (size_t i = 0; i < n; i++) {
		const struct svg_run *r = &t->runs[from + i];

		order[i] = from + i;
		total += r->advance + (begins_char(r) ? r->first->dx : 0);
	}
	shift = st->anchor == ANCHOR_MIDDLE ? total / 2 :
	    (st->anchor == ANCHOR_END) != (st->rtl != 0) ? total : 0;
	/* dy counts in reading order, whatever the eye sees first. */
	for (size_t i = from; i < to; i++) {
		struct svg_run *r = &t->runs[i];

		if (begins_char(r))
			*y += r->first->dy;
		r->y = *y - r->first->shift;
	}
	reorder(t, order, n);
	for (size_t i = 0; i < n; i++) {
		struct svg_run *r = &t->runs[order[i]];

		if (begins_char(r))
			at += r->first->dx;
		r->x = at - shift;
		at += r->advance;
	}
	*x += total - shift;
}

static void
place_text(struct svg_text *t)
{
	double x = 0, y = 0;
	size_t from = 0;

	for (size_t i = 1; i <= t->n_runs; i++) {
		const struct svg_char *c = t->runs[from].first;

		if (i < t->n_runs && !begins_chunk(t, i))
			continue;
		/* On a path x is how far along it, y how far beside it. */
		if (c->way && (from == 0 ||
		    c->way != t->runs[from - 1].first->way)) {
			x = svg_way_start(c->way);
			y = 0;
		}
		if (c->has_x)
			x = c->x + (c->way ? svg_way_start(c->way) : 0);
		if (c->has_y && !c->way)
			y = c->y;
		place_chunk(t, from, i, &x, &y);
		from = i;
	}
}

/* Gathers, shapes and places; false if there is nothing. */
bool
svg_text_prepare(struct svg_text *t, xmlNode *node)
{
	gather(t, node, t->f.style, NULL, 0);
	/* A collapsed space at the end was only the source's indentation. */
	if (t->n > 0 && t->spaced) {
		t->n--;
		t->bytes.n = t->chars[t->n].off;
	}
	t->p->points += t->n;
	if (t->n == 0)
		return false;
	shape_text(t);
	for (const struct svg_text_fit *fit = t->fits; fit; fit = fit->next)
		fit_length(t, fit);
	place_text(t);
	return true;
}
