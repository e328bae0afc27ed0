/*
 * The runs of a text as items of the page.  A run is one text item, or several:
 * one for each turn that a path makes under it.  What is painted with more than
 * a colour is painted as outlines, with the text unseen over it; so is nothing
 * but outlines what clips.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

/* How far below the point given the alphabetic baseline lies. */
static double
baseline_offset(const struct svg_run *r)
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

/* Where the cluster that begins at this byte ends. */
static uint32_t
cluster_end(const struct svg_run *r, size_t i)
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
cluster_spacing(const struct svg_text *t, const struct svg_run *r,
    uint32_t from, uint32_t to)
{
	const char *s = t->bytes.p + r->off + from;
	const char *end = t->bytes.p + r->off + to;
	double v = 0;

	while (s < end)
		v += svg_text_spacing(t, r->first->st, utf8_next(&s, end));
	return svg_to_mpt(v * t->scale);
}

static const struct area_glyph *
make_glyphs(const struct svg_text *t, const struct svg_run *r, mpt size)
{
	const struct shaped *s = r->shaped;
	struct area_glyph *g = arena_array(t->p->arena, s->n + 1, sizeof *g);
	bool spaced = svg_text_is_spaced(r->first->st);

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
		if (last)
			g[i].advance += svg_to_mpt(r->extra * t->scale);
	}
	return g;
}

/* A colour for text; what is more than a colour is painted by outlines. */
static struct color
text_color(struct svg_text *t, const struct svg_run *r,
    const struct svg_paint *from, double opacity)
{
	struct area_paint paint;
	struct frame f = t->f;

	f.style = r->first->st;
	svg_paint_of(t->p, r->first->node, &f, from, opacity, NULL, f.m,
	    &paint);
	return paint.color;
}

/* A line under, over or through the glyphs from…till. */
static void
emit_line(struct svg_text *t, const struct svg_run *r, mpt x, mpt y, mpt width,
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
			area_add_rect(t->p->ctx->page, t->p->ctx->elem, x,
			    svg_to_mpt(y - lines[i].top * em * t->scale),
			    width,
			    svg_to_mpt(lines[i].thickness * em * t->scale),
			    color);
}

/* Glyphs of a run that go together through one matrix to user space. */
struct piece {
	struct svg_run *r;
	size_t from, till;
	struct mat m;
};

static void
piece_outline(const struct svg_text *t, const struct piece *piece,
    struct mat to, struct path *out)
{
	const struct svg_run *r = piece->r;
	const struct shaped *s = r->shaped;
	double em = r->first->st->font_size / r->font->upem, x = 0;

	to = svg_mat_mul(to, piece->m);
	for (size_t i = piece->from; i < piece->till; i++) {
		const struct shaped_glyph *g = &s->glyphs[i];

		svg_glyph_path(out, r->font, g->gid, svg_mat_mul(to,
		    (struct mat){ em, 0, 0, -em, x + g->dx * em,
		    -g->dy * em }));
		x += r->glyphs ? r->glyphs[i].advance / t->scale :
		    g->advance * em;
	}
}

/* Does it take more than a colour for each to paint the run? */
static bool
needs_outline(const struct svg_text *t, const struct svg_style *st)
{
	const struct svg_paint *paints[] = { &st->fill, &st->stroke };

	for (int i = 0; i < 2; i++)
		if (paints[i]->kind == SVG_SERVER &&
		    svg_node_by_id(t->p, paints[i]->server))
			return true;
	return st->stroke_first && st->stroke.kind != SVG_NONE &&
	    st->fill.kind != SVG_NONE;
}

static double
run_opacity(const struct svg_text *t, const struct svg_style *st)
{
	return st->stroke.kind == SVG_NONE || st->fill.kind == SVG_NONE ?
	    t->f.style->opacity : 1;
}

/* The glyphs as shapes; the text itself is there too, unseen, to be read. */
static void
paint_outline(struct svg_text *t, const struct piece *piece)
{
	const struct svg_char *c = piece->r->first;
	struct path path = { .arena = t->p->scratch };
	struct svg_style st = *c->st;
	struct frame f = t->f;

	st.opacity = run_opacity(t, &st);
	st.fill_opacity *= c->opacity;
	st.stroke_opacity *= c->opacity;
	st.fill_rule = 0;
	f.style = &st;
	f.m = t->local;
	f.object = t->box;
	piece_outline(t, piece, svg_mat_identity(), &path);
	svg_paint_path(t->p, c->node, &f, &path);
}

static void
set_stroke(struct svg_text *t, const struct svg_run *r, double opacity,
    struct area_text *a)
{
	const struct svg_style *st = r->first->st;
	struct frame f = t->f;

	f.style = st;
	a->stroke = text_color(t, r, &st->stroke,
	    opacity * st->stroke_opacity);
	a->stroke_width = svg_to_mpt(t->scale *
	    svg_length_px(&f, st->stroke_width, AXIS_BOTH));
	if (a->stroke.a == 0)
		a->stroke_width = 0;
}

/* The piece with its baseline beginning at (x, y), mpt; a ghost is there to
 * be read only. */
static void
emit_glyphs(struct svg_text *t, const struct piece *piece, mpt x, mpt y,
    bool ghost)
{
	struct svg_run *r = piece->r;
	const struct svg_style *st = r->first->st;
	double opacity = r->first->opacity * run_opacity(t, st);
	struct area_text *a = arena_alloc(t->p->arena, sizeof *a);
	int64_t width = 0;

	a->font = r->font;
	a->size = svg_to_mpt(st->font_size * t->scale);
	a->x = x;
	a->y = y;
	a->n = piece->till - piece->from;
	a->level = (uint8_t)r->level;
	a->oblique = r->oblique;
	if (!ghost) {
		a->color = text_color(t, r, &st->fill,
		    opacity * st->fill_opacity);
		if (st->stroke.kind != SVG_NONE)
			set_stroke(t, r, opacity, a);
	}
	if (a->size <= 0 || a->n == 0 || (a->color.a == 0 &&
	    a->stroke_width == 0 && !ghost && !t->p->measuring))
		return;
	a->glyphs = r->glyphs + piece->from;
	if (!r->text)
		r->text = arena_strndup(t->p->arena, t->bytes.p + r->off,
		    r->n);
	a->text = r->text;
	area_add(t->p->ctx->page, AREA_TEXT, t->p->ctx->elem, a);
	for (size_t i = 0; i < a->n; i++)
		width += a->glyphs[i].advance;
	if (piece->till == r->shaped->n)
		width -= svg_to_mpt(r->extra * t->scale);
	if (!ghost)
		emit_line(t, r, x, y, svg_to_mpt((double)width), a->color);
}

static void
emit_piece(struct svg_text *t, const struct piece *piece)
{
	double x = piece->m.e, y = piece->m.f;
	struct mat m = piece->m;
	bool ghost = needs_outline(t, piece->r->first->st);
	bool turned = !(m.a == 1 && m.b == 0 && m.c == 0 && m.d == 1);

	if (piece->r->first->st->hidden && !t->p->measuring)
		return;
	if (!piece->r->glyphs)
		piece->r->glyphs = make_glyphs(t, piece->r,
		    svg_to_mpt(piece->r->first->st->font_size * t->scale));
	if (ghost)
		paint_outline(t, piece);
	svg_mat_apply(t->local, &x, &y);
	if (!turned) {
		emit_glyphs(t, piece, svg_to_mpt(x), svg_to_mpt(y), ghost);
		return;
	}
	area_push(t->p->ctx->page, t->p->ctx->elem,
	    (const double[6]){ m.a, m.b, m.c, m.d, x, y }, NULL, 255);
	emit_glyphs(t, piece, 0, 0, ghost);
	area_pop(t->p->ctx->page);
}

typedef void piece_fn(struct svg_text *t, const struct piece *piece, void *ctx);

/* On a path each cluster stands upright on its middle (10.13.3). */
static void
pieces_on_way(struct svg_text *t, struct svg_run *r, double beside,
    piece_fn *fn, void *ctx)
{
	const struct shaped *s = r->shaped;
	double em = r->first->st->font_size / r->font->upem, at = r->x;

	for (size_t i = 0, j; i < s->n; i = j) {
		struct piece piece = { r, i, i, svg_mat_identity() };
		uint32_t from = s->glyphs[i].cluster;
		double w = 0;

		for (j = i; j < s->n && s->glyphs[j].cluster == from; j++)
			w += s->glyphs[j].advance * em;
		if (svg_text_is_spaced(r->first->st))
			w += cluster_spacing(t, r, from, cluster_end(r, i)) /
			    t->scale;
		piece.till = j;
		if (svg_way_at(r->first->way, at + w * r->squeeze / 2,
		    &piece.m)) {
			piece.m = svg_mat_mul(piece.m, (struct mat){
			    r->squeeze, 0, 0, 1, -w * r->squeeze / 2, beside });
			fn(t, &piece, ctx);
		}
		at += (w + r->extra) * r->squeeze;
	}
}

static void
each_piece(struct svg_text *t, struct svg_run *r, piece_fn *fn, void *ctx)
{
	double y = r->y + baseline_offset(r);
	double turn = r->first->rotate * 3.14159265358979323846 / 180;
	double c = turn == 0 ? 1 : cos(turn), s = turn == 0 ? 0 : sin(turn);
	struct piece piece = { r, 0, r->shaped->n, { c * r->squeeze,
	    s * r->squeeze, -s, c, r->x, y } };

	if (r->first->way)
		pieces_on_way(t, r, y, fn, ctx);
	else
		fn(t, &piece, ctx);
}

/* SVG 1.1, 7.11: the box of text is that of its characters' cells. */
static void
find_box(struct svg_text *t)
{
	double right = 0, bottom = 0;

	for (size_t i = 0; i < t->n_runs; i++) {
		const struct svg_run *r = &t->runs[i];
		double em = r->first->st->font_size / r->font->upem;
		double y = r->y + baseline_offset(r);
		double top = y - em * r->font->ascender;
		double low = y - em * r->font->descender;

		if (i == 0 || r->x < t->box[0])
			t->box[0] = r->x;
		if (i == 0 || top < t->box[1])
			t->box[1] = top;
		if (i == 0 || r->x + r->advance > right)
			right = r->x + r->advance;
		if (i == 0 || low > bottom)
			bottom = low;
	}
	t->box[2] = right - t->box[0];
	t->box[3] = bottom - t->box[1];
}

static void
emit_fn(struct svg_text *t, const struct piece *piece, void *ctx)
{
	(void)ctx;
	emit_piece(t, piece);
}

static void
emit_text(struct svg_text *t)
{
	struct area_page *page = t->p->ctx->page;
	struct mat m = t->f.m;
	double s = svg_mat_scale(m);
	bool upright = svg_mat_is_upright(m);
	const xmlNode *link = NULL;
	size_t from = 0;

	if (!(s > 0))
		return;
	t->scale = s;
	t->local = upright ? m : (struct mat){ s, 0, 0, s, 0, 0 };
	find_box(t);
	if (!upright)
		area_push(page, t->p->ctx->elem,
		    (const double[6]){ m.a / s, m.b / s, m.c / s, m.d / s,
		    m.e, m.f }, NULL, 255);
	for (size_t i = 0; i < t->n_runs; i++) {
		if (t->runs[i].first->link != link) {
			if (link)
				svg_add_link(t->p, link, from);
			link = t->runs[i].first->link;
			from = page->n;
		}
		each_piece(t, &t->runs[i], emit_fn, NULL);
	}
	if (link)
		svg_add_link(t->p, link, from);
	if (!upright)
		area_pop(page);
}

void
svg_paint_text(struct painter *p, xmlNode *node, const struct frame *f)
{
	struct svg_text t = { .p = p, .f = *f, .spaced = true };

	if (svg_text_prepare(&t, node))
		emit_text(&t);
	buf_free(&t.bytes);
}

static void
outline_fn(struct svg_text *t, const struct piece *piece, void *ctx)
{
	if (piece->r->first->st->hidden)
		return;
	if (!piece->r->glyphs)
		piece->r->glyphs = make_glyphs(t, piece->r,
		    svg_to_mpt(piece->r->first->st->font_size * t->scale));
	piece_outline(t, piece, t->f.m, ctx);
}

void
svg_text_outline(struct painter *p, xmlNode *node, const struct frame *f,
    struct path *out)
{
	struct svg_text t = { .p = p, .f = *f, .spaced = true,
		.scale = svg_mat_scale(f->m) };

	if (t.scale > 0 && svg_text_prepare(&t, node))
		for (size_t i = 0; i < t.n_runs; i++)
			each_piece(&t, &t.runs[i], outline_fn, out);
	p->points += out->n_cmds;
	buf_free(&t.bytes);
}
