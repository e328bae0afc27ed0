/*
 * What page operators refer to by name: opacity, gradients, images, forms.
 * Each is written as soon as it is known.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* -------------------------------------------------------------- opacity */

unsigned
paint_gstate(struct pdf *p, uint8_t fill, uint8_t stroke)
{
	struct gstate_object *g;
	struct buf b = { 0 };

	for (size_t i = 0; i < p->n_gstates; i++) {
		g = &p->gstates[i];
		if (g->fill == fill && g->stroke == stroke)
			return g->id;
	}
	buf_puts(&b, "<</ca ");
	buf_num(&b, fill / 255.0, 4);
	buf_puts(&b, "/CA ");
	buf_num(&b, stroke / 255.0, 4);
	buf_puts(&b, ">>");
	VEC_RESERVE(p->gstates, p->cap_gstates, p->n_gstates + 1);
	g = &p->gstates[p->n_gstates++];
	g->fill = fill;
	g->stroke = stroke;
	g->id = object_add(p, &b);
	buf_free(&b);
	return g->id;
}

unsigned
paint_form(struct content *c, unsigned id, const double box[4],
    const char *keys)
{
	struct buf b = { 0 };

	buf_puts(&b, "/Type/XObject/Subtype/Form/BBox[");
	for (int i = 0; i < 4; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_num(&b, box[i], 3);
	}
	buf_putc(&b, ']');
	buf_puts(&b, keys);
	content_put_resources(c, &b);
	object_put_stream(c->pdf, id, b.p, c->out.p, c->out.n, FAST);
	buf_free(&b);
	return id;
}

/* ------------------------------------------------------------ gradients */

struct area_paint
paint_effective(const struct area_paint *p)
{
	struct area_paint e = *p;
	uint8_t most = 0;

	if (e.kind == PAINT_LINEAR || e.kind == PAINT_RADIAL) {
		for (size_t i = 0; i < e.n_stops; i++)
			if (e.stops[i].color.a > most)
				most = e.stops[i].color.a;
		if (e.n_stops == 1)
			e.kind = PAINT_COLOR;
		if (e.n_stops > 0)
			e.color = e.stops[0].color;
		if (most == 0)
			e.kind = PAINT_NONE;
	} else if (e.kind == PAINT_COLOR && e.color.a == 0) {
		e.kind = PAINT_NONE;
	}
	return e;
}

static bool
is_even(const struct area_paint *p)
{
	for (size_t i = 1; i < p->n_stops; i++)
		if (p->stops[i].color.a != p->stops[0].color.a)
			return false;
	return true;
}

static void
put_stop(struct buf *b, struct color c, bool alpha)
{
	buf_putc(b, '[');
	if (alpha) {
		buf_num(b, c.a / 255.0, 4);
	} else {
		buf_num(b, c.r / 255.0, 4);
		buf_putc(b, ' ');
		buf_num(b, c.g / 255.0, 4);
		buf_putc(b, ' ');
		buf_num(b, c.b / 255.0, 4);
	}
	buf_putc(b, ']');
}

/* From one colour to the next (7.10.3). */
static void
put_ramp(struct buf *b, struct color from, struct color to, bool alpha)
{
	buf_puts(b, "<</FunctionType 2/Domain[0 1]/N 1/C0");
	put_stop(b, from, alpha);
	buf_puts(b, "/C1");
	put_stop(b, to, alpha);
	buf_puts(b, ">>");
}

/* Ramps stitched together (7.10.4).  Bounds must increase, so two stops in one
 * place give no ramp: the colour jumps there by itself. */
static void
put_stops(struct buf *b, const struct area_paint *p, bool alpha)
{
	struct buf ramps = { 0 }, bounds = { 0 }, encode = { 0 };
	struct color last = p->stops[0].color;
	float at = 0;
	bool any = false;

	for (size_t i = 0; i <= p->n_stops; i++) {
		bool end = i == p->n_stops;
		float offset = end ? 1 : p->stops[i].offset;
		struct color c = end ? last : p->stops[i].color;

		if (offset > 1)
			offset = 1;
		if (offset > at) {
			if (any) {
				buf_num(&bounds, at, 5);
				buf_putc(&bounds, ' ');
			}
			put_ramp(&ramps, last, c, alpha);
			buf_puts(&encode, "0 1 ");
			any = true;
			at = offset;
		}
		last = c;
	}
	buf_puts(b, "<</FunctionType 3/Domain[0 1]/Functions[");
	buf_puts(b, buf_str(&ramps));
	buf_puts(b, "]/Bounds[");
	buf_puts(b, buf_str(&bounds));
	buf_puts(b, "]/Encode[");
	buf_puts(b, buf_str(&encode));
	buf_puts(b, "]>>");
	buf_free(&ramps);
	buf_free(&bounds);
	buf_free(&encode);
}

static void
put_shading(struct buf *b, const struct area_paint *p, bool alpha)
{
	bool radial = p->kind == PAINT_RADIAL;
	const double v[6] = { p->x1, p->y1, p->r1, p->x2, p->y2, p->r2 };

	buf_printf(b, "<</ShadingType %d/ColorSpace/Device%s/Coords[",
	    radial ? 3 : 2, alpha ? "Gray" : "RGB");
	for (int i = 0; i < 6; i++) {
		if (i % 3 == 2 && !radial)
			continue;
		buf_num(b, v[i], 5);
		buf_putc(b, ' ');
	}
	buf_puts(b, "]/Extend[true true]/Function");
	put_stops(b, p, alpha);
	buf_puts(b, ">>");
}

/* The gradient's own space (whose map gives mpt, y down) to points, y up. */
static void
gradient_matrix(double out[6], const struct content *c,
    const struct area_paint *paint)
{
	const double turn[6] = { .001, 0, 0, -.001, 0, c->y0 / 1000.0 };

	matrix_mul(out, paint->m, turn);
}

/* A pattern's space is that of its stream, whatever cm says (8.7.3.1). */
unsigned
paint_pattern(struct content *c, const struct area_paint *paint)
{
	struct buf b = { 0 };
	double m[6];
	unsigned id;

	gradient_matrix(m, c, paint);
	matrix_mul(m, m, c->g.local);
	buf_puts(&b, "<</PatternType 2/Matrix[");
	for (int i = 0; i < 6; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_num(&b, m[i], 8);
	}
	buf_puts(&b, "]/Shading");
	put_shading(&b, paint, false);
	buf_puts(&b, ">>");
	id = object_add(c->pdf, &b);
	buf_free(&b);
	return id;
}

/* The form whose brightness is the opacity: the gradient again, in grey. */
static unsigned
write_mask(struct content *c, const struct area_paint *paint,
    const double box[4])
{
	struct buf keys = { 0 }, ops = { 0 };
	double m[6];
	unsigned id;

	gradient_matrix(m, c, paint);
	for (int i = 0; i < 6; i++) {
		buf_num(&ops, m[i], 8);
		buf_putc(&ops, ' ');
	}
	buf_puts(&ops, "cm /S sh");
	buf_puts(&keys, "/Type/XObject/Subtype/Form/BBox[");
	for (int i = 0; i < 4; i++) {
		buf_num(&keys, box[i], 3);
		buf_putc(&keys, ' ');
	}
	buf_puts(&keys, "]/Group<</S/Transparency/CS/DeviceGray>>"
	    "/Resources<</Shading<</S ");
	put_shading(&keys, paint, true);
	buf_puts(&keys, ">>>>");
	id = object_add_stream(c->pdf, keys.p, ops.p, ops.n, FAST);
	buf_free(&keys);
	buf_free(&ops);
	return id;
}

bool
paint_mask(struct content *c, struct area_paint *paint, const double box[4])
{
	struct buf b = { 0 };
	unsigned id;

	if (paint->kind == PAINT_COLOR || is_even(paint))
		return false;
	paint->color.a = 255;
	content_group(c, NULL, NULL);
	buf_puts(&b, "<</SMask<</S/Luminosity/G");
	put_ref(&b, write_mask(c, paint, box));
	buf_puts(&b, ">>>>");
	id = object_add(c->pdf, &b);
	buf_free(&b);
	content_resource(c, 'G', id);
	buf_printf(&c->out, "/G%u gs\n", id);
	c->transparent = true;
	return true;
}

/* --------------------------------------------------------------- images */

/* A row's differences to what a predictor says, and the sum of their sizes as
 * far as `least`. */
static unsigned
predict(unsigned char *out, const unsigned char *cur,
    const unsigned char *said, size_t row, unsigned least)
{
	unsigned sum = 0;
	size_t i, end;

	/* In pieces, because most trials fail early. */
	for (i = 0; i < row && sum < least; i = end) {
		end = row - i < 64 ? row : i + 64;
		for (size_t k = i; k < end; k++) {
			out[k] = (unsigned char)(cur[k] - said[k]);
			sum += (unsigned)abs((signed char)out[k]);
		}
	}
	return sum;
}

/* The pixels with PNG's predictors, row by row the one whose differences are
 * smallest (the rule of thumb of PNG's own specification, 12.8).  None, Sub, Up;
 * the other two rarely pay for their time. */
static void
put_predicted(struct buf *out, const struct image *im)
{
	size_t bpp = (size_t)im->components, row = (size_t)im->width * bpp;
	unsigned char *zero = xcalloc(row, 1), *left = xcalloc(row + bpp, 1);
	unsigned char *trial = xmalloc(row), *best = xmalloc(row), *t;

	for (int y = 0; y < im->height; y++) {
		const unsigned char *cur = im->data + (size_t)y * row;
		const unsigned char *said[] = { zero, left,
			y ? cur - row : zero };
		unsigned least = UINT_MAX;
		int kind = 0;

		memcpy(left + bpp, cur, row);
		for (int k = 0; k <= 2; k++) {
			unsigned sum = predict(trial, cur, said[k], row, least);

			if (sum < least) {
				least = sum;
				kind = k;
				t = best;
				best = trial;
				trial = t;
			}
		}
		buf_putc(out, kind);
		buf_put(out, best, row);
	}
	free(zero);
	free(left);
	free(trial);
	free(best);
}

static void
put_space(struct pdf *p, struct buf *b, const struct image *im)
{
	static const char *const spaces[] = { [1] = "Gray", [3] = "RGB",
		[4] = "CMYK" };
	struct buf keys = { 0 };

	if (!im->icc) {
		buf_printf(b, "/ColorSpace/Device%s", spaces[im->components]);
		return;
	}
	buf_printf(&keys, "/N %d", im->components);
	buf_puts(b, "/ColorSpace[/ICCBased");
	put_ref(b, object_add_stream(p, keys.p, im->icc, im->icc_n, SMALL));
	buf_putc(b, ']');
	buf_free(&keys);
}

/* Pictures as they stand in files, for the next document. */

#define MEMORY_BYTES ((size_t)32 << 20)

struct pdf_memory {
	struct map *packed;	/* by image and layer: struct buf */
	size_t bytes;
};

struct pdf_memory *
pdf_memory_new(void)
{
	struct pdf_memory *m = xcalloc(1, sizeof *m);

	m->packed = map_new();
	return m;
}

void
pdf_memory_free(struct pdf_memory *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < map_count(m->packed); i++) {
		struct buf *b = map_value(m->packed, i);

		buf_free(b);
		free(b);
	}
	map_free(m->packed);
	free(m);
}

enum layer { LAYER_COLOR, LAYER_ALPHA };

static void
pack_layer(struct pdf *p, const struct image *im, enum layer layer,
    struct buf *out)
{
	struct buf rows = { 0 };
	uLongf n;

	if (layer == LAYER_COLOR)
		put_predicted(&rows, im);
	else
		buf_put(&rows, im->alpha,
		    (size_t)im->width * (size_t)im->height);
	n = compressBound(rows.n);
	out->p = xrealloc(out->p, n, 1);
	out->cap = n;
	if (compress2((Bytef *)out->p, &n, (const Bytef *)rows.p, rows.n,
	    SMALL) != Z_OK)
		p->failed = true;
	out->n = n;
	buf_free(&rows);
}

static unsigned
add_layer(struct pdf *p, struct buf *keys, const struct image *im,
    enum layer layer)
{
	struct pdf_memory *m = p->options.memory;
	const struct {
		const struct image *image;
		size_t layer;
	} key = { im, layer };
	struct buf packed = { 0 }, *kept;
	unsigned id;

	kept = m ? map_lookup_bytes(m->packed, &key, sizeof key) : NULL;
	if (!kept)
		pack_layer(p, im, layer, &packed);
	buf_puts(keys, "/Filter/FlateDecode");
	id = object_add_stream(p, keys->p, kept ? kept->p : packed.p,
	    kept ? kept->n : packed.n, STORED);
	if (kept || !m || m->bytes + packed.n > MEMORY_BYTES) {
		buf_free(&packed);
		return id;
	}
	kept = xmalloc(sizeof *kept);
	*kept = packed;
	map_put_bytes(m->packed, &key, sizeof key, kept);
	m->bytes += packed.n;
	return id;
}

static unsigned
write_alpha(struct pdf *p, const struct image *im)
{
	struct buf keys = { 0 };
	unsigned id;

	buf_printf(&keys, "/Type/XObject/Subtype/Image/Width %d/Height %d"
	    "/ColorSpace/DeviceGray/BitsPerComponent 8", im->width,
	    im->height);
	if (p->options.uncompressed)
		id = object_add_stream(p, keys.p, im->alpha,
		    (size_t)im->width * (size_t)im->height, STORED);
	else
		id = add_layer(p, &keys, im, LAYER_ALPHA);
	buf_free(&keys);
	return id;
}

static unsigned
write_image(struct pdf *p, const struct image *im)
{
	struct buf keys = { 0 };
	bool side = im->orientation >= 5;
	unsigned id;

	buf_printf(&keys, "/Type/XObject/Subtype/Image/Width %d/Height %d"
	    "/BitsPerComponent 8", side ? im->height : im->width,
	    side ? im->width : im->height);
	put_space(p, &keys, im);
	if (im->alpha) {
		buf_puts(&keys, "/SMask");
		put_ref(&keys, write_alpha(p, im));
	}
	if (im->kind == IMAGE_JPEG) {
		buf_puts(&keys, "/Filter/DCTDecode");
		if (im->inverted)
			buf_puts(&keys, "/Decode[1 0 1 0 1 0 1 0]");
		id = object_add_stream(p, keys.p, im->data, im->n, STORED);
	} else if (p->options.uncompressed) {
		id = object_add_stream(p, keys.p, im->data, im->n, STORED);
	} else {
		buf_printf(&keys, "/DecodeParms<</Predictor 15/Colors %d"
		    "/Columns %d>>", im->components, im->width);
		id = add_layer(p, &keys, im, LAYER_COLOR);
	}
	buf_free(&keys);
	return id;
}

static unsigned
image_object(struct pdf *p, const struct image *im)
{
	size_t i = (size_t)im->id;

	if (i >= p->n_images) {
		size_t n = i + 16;

		p->images = xrealloc(p->images, n, sizeof *p->images);
		memset(p->images + p->n_images, 0,
		    (n - p->n_images) * sizeof *p->images);
		p->n_images = n;
	}
	if (!p->images[i])
		p->images[i] = write_image(p, im);
	return p->images[i];
}

/* The stored picture's unit square to the upright one, by Exif orientation
 * (Exif 2.3, 4.6.4 A); y up. */
static const double upright[9][6] = {
	[0] = { 1, 0, 0, 1, 0, 0 },
	[1] = { 1, 0, 0, 1, 0, 0 },
	[2] = { -1, 0, 0, 1, 1, 0 },
	[3] = { -1, 0, 0, -1, 1, 1 },
	[4] = { 1, 0, 0, -1, 0, 1 },
	[5] = { 0, -1, -1, 0, 1, 1 },
	[6] = { 0, -1, 1, 0, 0, 1 },
	[7] = { 0, 1, 1, 0, 0, 0 },
	[8] = { 0, 1, -1, 0, 1, 0 },
};

void
paint_image(struct content *c, const struct area_image *i)
{
	const double box[6] = { i->w / 1000.0, 0, 0, i->h / 1000.0,
		i->x / 1000.0, ((double)c->y0 - i->y - i->h) / 1000 };
	unsigned id = image_object(c->pdf, i->image);
	double m[6];

	content_mode(c, MODE_PAGE);
	content_alpha(c, 255, -1);
	matrix_mul(m, upright[i->image->orientation], box);
	content_resource(c, 'X', id);
	if (i->image->alpha)
		c->transparent = true;
	buf_puts(&c->out, "q ");
	put_matrix(&c->out, m);
	buf_printf(&c->out, " cm/X%u Do Q\n", id);
}
