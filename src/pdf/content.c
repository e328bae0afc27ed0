/*
 * Page operators: what a content stream says, with no more words than needed.
 *
 * Coordinates: areas count down from the top, PDF counts up; a point (x,y) is
 * written (x, y0 - y), and matrices are turned over likewise, so text stands
 * upright without a matrix of its own.
 *
 * A stream is always in one of three modes: inside BT…ET, inside a path of
 * rectangles that waits for its f, or neither.  content_mode() moves between them,
 * so neighbours of one kind share their brackets.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"


/* ------------------------------------------------------------- matrices */

void
matrix_mul(double out[6], const double a[6], const double b[6])
{
	double r[6] = {
		a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
		a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
		a[4] * b[0] + a[5] * b[2] + b[4],
		a[4] * b[1] + a[5] * b[3] + b[5],
	};

	memcpy(out, r, sizeof r);
}

void
matrix_apply(const double m[6], double *x, double *y)
{
	double u = *x, v = *y;

	*x = m[0] * u + m[2] * v + m[4];
	*y = m[1] * u + m[3] * v + m[5];
}

void
matrix_flip(double out[6], const double m[6], mpt from, mpt to)
{
	const double turn[6] = { 1, 0, 0, -1, 0, from / 1000.0 };
	const double back[6] = { 1, 0, 0, -1, 0, to / 1000.0 };
	const double pt[6] = { m[0], m[1], m[2], m[3], m[4] / 1000,
		m[5] / 1000 };
	double half[6];

	matrix_mul(half, turn, pt);
	matrix_mul(out, half, back);
}

void
box_add(double box[4], bool first, double x, double y)
{
	if (first || x < box[0])
		box[0] = x;
	if (first || y < box[1])
		box[1] = y;
	if (first || x > box[2])
		box[2] = x;
	if (first || y > box[3])
		box[3] = y;
}

/* -------------------------------------------------------------- numbers */

char *
content_reserve(struct buf *b, size_t n)
{
	if (b->cap - b->n < n + 1) {
		b->cap = b->cap * 2 + n + 64;
		b->p = xrealloc(b->p, b->cap, 1);
	}
	return b->p + b->n;
}

static char *
format_uint(char *s, uint64_t v)
{
	char digits[20];
	int n = 0;

	do {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	while (n > 0)
		*s++ = digits[--n];
	return s;
}

static char *
format_mpt(char *s, int64_t v)
{
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	unsigned frac = (unsigned)(u % 1000);

	if (v < 0)
		*s++ = '-';
	if (u >= 1000 || !frac)
		s = format_uint(s, u / 1000);
	if (frac) {
		*s++ = '.';
		*s++ = (char)('0' + frac / 100);
		if (frac % 100)
			*s++ = (char)('0' + frac / 10 % 10);
		if (frac % 10)
			*s++ = (char)('0' + frac % 10);
	}
	return s;
}

void
put_mpt(struct buf *b, int64_t v)
{
	char *s = content_reserve(b, 28);

	b->n = (size_t)(format_mpt(s, v) - b->p);
	b->p[b->n] = '\0';
}

void
put_mpts(struct buf *b, const int64_t *v, size_t n, const char *op)
{
	for (size_t i = 0; i < n; i++) {
		put_mpt(b, v[i]);
		buf_putc(b, ' ');
	}
	buf_puts(b, op);
	buf_putc(b, '\n');
}

/* -------------------------------------------------------------- streams */

static const struct gstate first_state = {
	.fill = 0, .stroke = 0, .fill_alpha = 255, .stroke_alpha = 255,
	.line_width = 1000, .miter = 10, .opacity = 1,
	.page = { 1, 0, 0, 1, 0, 0 }, .local = { 1, 0, 0, 1, 0, 0 },
};

struct content *
content_new(struct pdf *p, struct content *up, mpt y0)
{
	struct content *c = p->spare;
	struct buf out;

	if (c) {
		p->spare = NULL;
		out = c->out;
		buf_clear(&out);
		*c = (struct content){ .out = out, .stack = c->stack,
			.cap_depth = c->cap_depth,
			.resources = c->resources,
			.cap_resources = c->cap_resources };
	} else {
		c = xcalloc(1, sizeof *c);
	}
	c->pdf = p;
	c->up = up;
	c->y0 = y0;
	c->g = first_state;
	return c;
}

static void
drop(struct content *c)
{
	buf_free(&c->out);
	free(c->stack);
	free(c->resources);
	free(c);
}

/* One stays for the next page. */
void
content_free(struct content *c)
{
	if (c->pdf->spare)
		drop(c);
	else
		c->pdf->spare = c;
}

void
content_forget(struct pdf *p)
{
	if (p->spare)
		drop(p->spare);
	p->spare = NULL;
}

void
content_resource(struct content *c, char kind, unsigned id)
{
	for (size_t i = 0; i < c->n_resources; i++)
		if (c->resources[i].id == id)
			return;
	VEC_RESERVE(c->resources, c->cap_resources, c->n_resources + 1);
	c->resources[c->n_resources++] = (struct resource){ kind, id };
}

/* "<</Font<</F5 5 0 R>>…>>": names are kind and number. */
void
content_put_resources(const struct content *c, struct buf *out)
{
	static const char kinds[] = "FXGPL";
	static const char *const names[] = { "Font", "XObject", "ExtGState",
		"Pattern", "Properties" };

	buf_puts(out, "/Resources<<");
	for (int k = 0; k < 5; k++) {
		bool any = false;

		for (size_t i = 0; i < c->n_resources; i++) {
			const struct resource *r = &c->resources[i];

			if (r->kind != kinds[k])
				continue;
			if (!any)
				buf_printf(out, "/%s<<", names[k]);
			any = true;
			buf_printf(out, "/%c%u", r->kind, r->id);
			put_ref(out, r->id);
		}
		if (any)
			buf_puts(out, ">>");
	}
	buf_puts(out, ">>");
}

void
content_mode(struct content *c, enum content_mode mode)
{
	if (c->mode == mode)
		return;
	if (c->mode == MODE_TEXT)
		buf_puts(&c->out, "ET\n");
	if (mode == MODE_TEXT) {
		buf_puts(&c->out, "BT\n");
		c->upright = true;
		c->text_x = 0;
		c->text_y = c->y0;
	}
	c->mode = mode;
}

/* --------------------------------------------------------------- colour */

static void
put_level(struct buf *b, unsigned v)
{
	char *s = content_reserve(b, 8);

	/* Three decimals give each of 256 levels back. */
	b->n = (size_t)(format_mpt(s, (v * 1000 + 127) / 255) - b->p);
	b->p[b->n++] = ' ';
	b->p[b->n] = '\0';
}

static void
put_color(struct content *c, uint32_t rgb, const char *grey, const char *full)
{
	unsigned r = rgb >> 16, g = rgb >> 8 & 255, b = rgb & 255;

	put_level(&c->out, r);
	if (r == g && g == b) {
		buf_puts(&c->out, grey);
		return;
	}
	put_level(&c->out, g);
	put_level(&c->out, b);
	buf_puts(&c->out, full);
}

static uint32_t
rgb_of(struct color c)
{
	return (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
}

void
content_alpha(struct content *c, int fill, int stroke)
{
	uint8_t f = c->g.fill_alpha, s = c->g.stroke_alpha;
	unsigned id;

	if (fill >= 0)
		f = (uint8_t)lround(fill * c->g.opacity);
	if (stroke >= 0)
		s = (uint8_t)lround(stroke * c->g.opacity);
	if (f == c->g.fill_alpha && s == c->g.stroke_alpha)
		return;
	c->g.fill_alpha = f;
	c->g.stroke_alpha = s;
	c->transparent = true;
	id = paint_gstate(c->pdf, f, s);
	content_resource(c, 'G', id);
	buf_printf(&c->out, "/G%u gs\n", id);
}

void
content_fill(struct content *c, struct color color)
{
	uint32_t rgb = rgb_of(color);

	content_alpha(c, color.a, -1);
	if (rgb == c->g.fill)
		return;
	c->g.fill = rgb;
	put_color(c, rgb, "g\n", "rg\n");
}

void
content_stroke(struct content *c, struct color color)
{
	uint32_t rgb = rgb_of(color);

	content_alpha(c, -1, color.a);
	if (rgb == c->g.stroke)
		return;
	c->g.stroke = rgb;
	put_color(c, rgb, "G\n", "RG\n");
}

/* Any paint as the current colour of fills or strokes. */
static void
set_paint(struct content *c, const struct area_paint *paint, bool stroke)
{
	unsigned id;

	if (paint->kind == PAINT_COLOR) {
		if (stroke)
			content_stroke(c, paint->color);
		else
			content_fill(c, paint->color);
		return;
	}
	content_mode(c, MODE_PAGE);
	content_alpha(c, stroke ? -1 : paint->color.a,
	    stroke ? paint->color.a : -1);
	id = paint_pattern(c, paint);
	content_resource(c, 'P', id);
	buf_printf(&c->out, stroke ? "/Pattern CS/P%u SCN\n"
				   : "/Pattern cs/P%u scn\n", id);
	*(stroke ? &c->g.stroke : &c->g.fill) = COLOR_UNKNOWN;
}

/* ----------------------------------------------------------- rectangles */

static void
paint_rect(struct content *c, const struct area_rect *r)
{
	if (r->color.a == 0 || r->w <= 0 || r->h <= 0)
		return;
	content_fill(c, r->color);
	/* Each is a path of its own: readers set thin ones sharply on their
	 * pixels only then. */
	content_mode(c, MODE_PAGE);
	put_mpts(&c->out,
	    (const int64_t[]){ r->x, (int64_t)c->y0 - r->y - r->h, r->w, r->h },
	    4, "re");
	buf_puts(&c->out, "f\n");
}

/* ---------------------------------------------------------------- paths */

static void
content_outline(struct content *c, const struct area_path *p)
{
	static const struct {
		const char *op;
		size_t points;
	} ops[128] = {
		[PATH_MOVE] = { "m", 1 },
		[PATH_LINE] = { "l", 1 },
		[PATH_CURVE] = { "c", 3 },
		[PATH_CLOSE] = { "h", 0 },
	};
	const mpt *xy = p->xy;

	for (size_t i = 0; i < p->n_cmds; i++) {
		unsigned cmd = (unsigned char)p->cmds[i] & 127;

		for (size_t k = 0; k < ops[cmd].points; k++, xy += 2) {
			put_mpt(&c->out, xy[0]);
			buf_putc(&c->out, ' ');
			put_mpt(&c->out, (int64_t)c->y0 - xy[1]);
			buf_putc(&c->out, ' ');
		}
		buf_puts(&c->out, ops[cmd].op);
		buf_putc(&c->out, '\n');
	}
}

static void
path_box(const struct content *c, const struct area_path *p, double box[4])
{
	size_t n = 0;
	/* A miter may reach out by its limit times half the width. */
	double out = p->stroke.kind == PAINT_NONE ? 0
	    : p->line_width / 2000.0 * (p->join == 0 && p->miter > 1.5
		? p->miter : 1.5);

	for (size_t i = 0; i < p->n_cmds; i++)
		n += p->cmds[i] == PATH_CURVE ? 3 : p->cmds[i] != PATH_CLOSE;
	for (size_t i = 0; i < n; i++)
		box_add(box, i == 0, p->xy[2 * i] / 1000.0,
		    (c->y0 - (double)p->xy[2 * i + 1]) / 1000);
	box[0] -= out;
	box[1] -= out;
	box[2] += out;
	box[3] += out;
}

void
content_line_width(struct content *c, mpt width)
{
	if (width == c->g.line_width)
		return;
	c->g.line_width = width;
	put_mpt(&c->out, width);
	buf_puts(&c->out, " w\n");
}

static void
set_dash(struct content *c, const struct area_path *p)
{
	if (!p->n_dash && !c->g.dashed)
		return;
	c->g.dashed = p->n_dash > 0;
	buf_putc(&c->out, '[');
	for (size_t i = 0; i < p->n_dash; i++) {
		if (i)
			buf_putc(&c->out, ' ');
		put_mpt(&c->out, p->dash[i]);
	}
	buf_puts(&c->out, "] ");
	put_mpt(&c->out, p->dash_phase);
	buf_puts(&c->out, " d\n");
}

static void
set_line(struct content *c, const struct area_path *p)
{
	struct gstate *g = &c->g;
	float miter = p->miter < 1 ? 1 : p->miter;

	content_line_width(c, p->line_width);
	if (p->cap != g->cap)
		buf_printf(&c->out, "%d J\n", g->cap = p->cap);
	if (p->join != g->join)
		buf_printf(&c->out, "%d j\n", g->join = p->join);
	if (p->join == 0 && (miter > g->miter || miter < g->miter)) {
		g->miter = miter;
		buf_num(&c->out, miter, 3);
		buf_puts(&c->out, " M\n");
	}
	set_dash(c, p);
}

static bool
is_solid(const struct area_paint *p)
{
	return p->kind == PAINT_COLOR && p->color.a == 255;
}

static void
outline_cut(struct content *c, const struct area_path *p)
{
	static const char lines[] = "MLLLLLLLLLLLLLL";
	struct area_path shape = { .xy = p->cut, .n_cmds = p->n_cut };

	shape.cmds = lines;
	content_outline(c, &shape);
	buf_puts(&c->out, "h W n\n");
}

static void
paint_path(struct content *c, const struct area_path *p)
{
	struct area_paint fill = paint_effective(&p->fill);
	struct area_paint stroke = paint_effective(&p->stroke);
	bool fills = fill.kind != PAINT_NONE;
	bool strokes = stroke.kind != PAINT_NONE && p->line_width > 0;
	double box[4] = { 0 };

	if (p->n_cmds == 0 || (!fills && !strokes))
		return;
	content_mode(c, MODE_PAGE);
	/* One operator for both only where that cannot be seen: PDF takes
	 * fill and stroke of B for one shape, SVG paints one over the other. */
	if (fills && strokes && is_solid(&fill) && is_solid(&stroke) &&
	    c->g.opacity >= 1) {
		content_fill(c, fill.color);
		content_stroke(c, stroke.color);
		set_line(c, p);
		content_outline(c, p);
		buf_puts(&c->out, p->even_odd ? "B*\n" : "B\n");
		return;
	}
	path_box(c, p, box);
	if (fills) {
		bool mask = paint_mask(c, &fill, box);

		set_paint(c, &fill, false);
		content_outline(c, p);
		buf_puts(&c->out, p->even_odd ? "f*\n" : "f\n");
		if (mask)
			content_end_group(c);
	}
	if (strokes) {
		bool mask = paint_mask(c, &stroke, box);

		set_paint(c, &stroke, true);
		set_line(c, p);
		content_outline(c, p);
		buf_puts(&c->out, "S\n");
		if (mask)
			content_end_group(c);
	}
}

/* --------------------------------------------------------------- groups */

static void
save(struct content *c)
{
	content_mode(c, MODE_PAGE);
	VEC_RESERVE(c->stack, c->cap_depth, c->depth + 1);
	c->stack[c->depth++] = c->g;
	c->g.form = false;
	c->g.push = NULL;
	buf_puts(&c->out, "q\n");
}

static void
transform(struct content *c, const double m[6])
{
	static const double identity[6] = { 1, 0, 0, 1, 0, 0 };

	if (!memcmp(m, identity, sizeof identity))
		return;
	put_matrix(&c->out, m);
	buf_puts(&c->out, " cm\n");
	matrix_mul(c->g.page, m, c->g.page);
	matrix_mul(c->g.local, m, c->g.local);
}

/* A group in a space m (points, y up); clip: x, y, w, h of its rectangle in
 * mpt, y up, or NULL. */
void
content_group(struct content *c, const double m[6], const mpt *clip)
{
	save(c);
	if (m)
		transform(c, m);
	if (clip) {
		put_mpts(&c->out,
		    (const int64_t[]){ clip[0], clip[1], clip[2], clip[3] }, 4,
		    "re");
		buf_puts(&c->out, "W n\n");
	}
}

void
content_end_group(struct content *c)
{
	content_mode(c, MODE_PAGE);
	if (c->depth == 0)
		return;
	c->g = c->stack[--c->depth];
	buf_puts(&c->out, "Q\n");
}

static void
begin_group(struct content *c, const struct area_push *g)
{
	double m[6];

	matrix_flip(m, g->m, c->y0, c->y0);
	content_group(c, m, NULL);
	if (!g->clip)
		return;
	if (g->clip->n_cmds)
		content_outline(c, g->clip);
	else
		buf_puts(&c->out, "0 0 0 0 re\n");
	buf_puts(&c->out, g->clip->even_odd ? "W* n\n" : "W n\n");
}

/* What is on a layer, up to the group's end. */
static void
begin_layer(struct content *c, const struct area_push *g)
{
	unsigned id = meta_layer(c->pdf, g->layer->number);

	content_resource(c, 'L', id);
	buf_printf(&c->out, "/OC/L%u BDC\n", id);
	c->g.push = g;
}

/* A group with an opacity of its own is a transparency group, a form
 * (ISO 32000-1, 11.6.6), if it is of one piece; else its items each take
 * the opacity, because a piece of structure cannot begin inside a form and
 * end outside. */
void
content_push(struct content **pc, const struct area_item *it, bool whole)
{
	struct content *c = *pc, *form;
	const struct area_push *g = it->as.push;
	double local[6];

	begin_group(c, g);
	if (g->layer != NULL)
		begin_layer(c, g);
	if (g->opacity == 255)
		return;
	if (!whole) {
		c->g.opacity *= g->opacity / 255.0;
		return;
	}
	c->g.form = true;
	c->g.push = g;
	/* Inside, the state is the one outside but for what a transparency
	 * group sets itself (11.6.6). */
	form = content_new(c->pdf, c, c->y0);
	memcpy(local, form->g.local, sizeof local);
	form->g = c->g;
	memcpy(form->g.local, local, sizeof local);
	form->g.fill_alpha = form->g.stroke_alpha = 255;
	form->g.opacity = 1;
	form->g.font = NULL;
	form->g.form = false;
	*pc = form;
}

void
content_pop(struct content **pc)
{
	struct content *c = *pc, *up = c->up;

	if (c->depth > 0 || !up) {
		if (c->g.push != NULL && c->g.push->layer != NULL) {
			content_mode(c, MODE_PAGE);
			buf_puts(&c->out, "EMC\n");
		}
		content_end_group(c);
		return;
	}
	content_mode(c, MODE_PAGE);
	if (c->n_painted) {
		unsigned id = paint_form(c, object_new(c->pdf), c->bounds,
		    "/Group<</S/Transparency/I true>>");
		double box[4];

		memcpy(box, c->bounds, sizeof box);
		content_alpha(up, up->g.push->opacity, -1);
		content_resource(up, 'X', id);
		buf_printf(&up->out, "/X%u Do\n", id);
		content_bounds(up, box);
	}
	up->transparent = true;
	content_free(c);
	content_end_group(up);
	*pc = up;
}

/* ---------------------------------------------------------------- items */

/* Adds a box of the present space to what the stream covers. */
void
content_bounds(struct content *c, const double box[4])
{
	for (int i = 0; i < 4; i++) {
		double x = box[i & 1 ? 2 : 0], y = box[i & 2 ? 3 : 1];

		matrix_apply(c->g.local, &x, &y);
		box_add(c->bounds, c->n_painted++ == 0, x, y);
	}
}

static void
text_box(const struct content *c, const struct area_text *t, double box[4])
{
	const struct font *f = t->font;
	double em = t->size / 1000.0, y = (c->y0 - (double)t->y) / 1000;
	int64_t w = 0;

	for (size_t i = 0; i < t->n; i++)
		w += t->glyphs[i].advance;
	box[0] = t->x / 1000.0;
	box[1] = y + em * f->descender / f->upem;
	box[2] = box[0] + (double)w / 1000;
	box[3] = y + em * f->ascender / f->upem;
}

/* Where the item is, in the present space.  False: it has no body. */
bool
content_item_box(const struct content *c, const struct area_item *it,
    double box[4])
{
	mpt x, y, w, h;

	switch (it->type) {
	case AREA_TEXT:
		text_box(c, it->as.text, box);
		return true;
	case AREA_PATH:
		path_box(c, it->as.path, box);
		return it->as.path->n_cmds > 0;
	case AREA_RECT:
		x = it->as.rect->x, y = it->as.rect->y;
		w = it->as.rect->w, h = it->as.rect->h;
		break;
	case AREA_IMAGE:
		x = it->as.image->x, y = it->as.image->y;
		w = it->as.image->w, h = it->as.image->h;
		break;
	case AREA_LINK:
		x = it->as.link->x, y = it->as.link->y;
		w = it->as.link->w, h = it->as.link->h;
		break;
	default:
		return false;
	}
	box[0] = x / 1000.0;
	box[1] = (c->y0 - (double)y - h) / 1000;
	box[2] = ((double)x + w) / 1000;
	box[3] = (c->y0 - (double)y) / 1000;
	return true;
}

void
content_item(struct content *c, const struct area_item *it)
{
	double box[4];

	switch (it->type) {
	case AREA_TEXT:
		content_text(c, it->as.text, area_is_artifact(it->elem));
		break;
	case AREA_RECT:
		paint_rect(c, it->as.rect);
		break;
	case AREA_PATH:
		if (it->as.path->cut != NULL) {
			content_group(c, NULL, NULL);
			outline_cut(c, it->as.path);
		}
		paint_path(c, it->as.path);
		if (it->as.path->cut != NULL)
			content_end_group(c);
		break;
	case AREA_IMAGE:
		paint_image(c, it->as.image);
		break;
	default:
		return;
	}
	/* Only forms need to know what they cover. */
	if (c->up && content_item_box(c, it, box))
		content_bounds(c, box);
}
