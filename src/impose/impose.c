/*
 * A page on its own sheet: page and sheet are one, unless the page names what a
 * printer needs around it.
 *
 * Saddle stitch: sheets lie in each other and are folded once.  Of N pages (a
 * multiple of four) in one signature, sheet k from the outside carries
 *
 *   front   N - 2k | 1 + 2k        back   2 + 2k | N - 1 - 2k
 *
 * Folded, the inner sheets stick out by the thickness of those around them, and
 * the trimming takes that off their outer margins; so sheet k moves its
 * pages k thicknesses towards the spine (creep), and what would cross it is
 * cut.
 */
#include "impose/impose.h"

#include <math.h>

struct booklet {
	struct arena *arena;
	const struct impose_options *o;
	struct area_page *const *pages;
	size_t n, padded;
	mpt width, height;	/* of a sheet */
};

static size_t
round_up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

/* Page number `i` (from 1) of the padded booklet, or NULL. */
static const struct area_page *
page_at(const struct booklet *b, size_t i)
{
	if (i == b->padded && b->n > 1)
		return b->pages[b->n - 1];
	if (i <= b->n - (b->n > 1))
		return b->pages[i - 1];
	return NULL;
}

/* Sheets that printers have.  Two A5 pages side by side are a millimetre
 * narrower than the A4 that they were cut from (ISO 216 rounds down). */
static const struct {
	mpt width, height;
} stock[] = {
	{ 841890, 595276 },	/* A4 */
	{ 1190551, 841890 },	/* A3 */
	{ 792000, 612000 },	/* Letter */
	{ 1224000, 792000 },	/* Tabloid */
};

#define STOCK_TOLERANCE 3000	/* mpt: what the rounding of sizes may differ */

static void
take_stock(struct booklet *b)
{
	for (size_t i = 0; i < sizeof stock / sizeof *stock; i++) {
		mpt w = stock[i].width - b->width;
		mpt h = stock[i].height - b->height;

		if (w > STOCK_TOLERANCE || w < -STOCK_TOLERANCE ||
		    h > STOCK_TOLERANCE || h < -STOCK_TOLERANCE)
			continue;
		b->width = stock[i].width;
		b->height = stock[i].height;
		return;
	}
}

static void
sheet_size(struct booklet *b)
{
	b->width = b->o->sheet_width;
	b->height = b->o->sheet_height;
	if (b->width || b->height)
		return;
	for (size_t i = 0; i < b->n; i++) {
		if (2 * b->pages[i]->width > b->width)
			b->width = 2 * b->pages[i]->width;
		if (b->pages[i]->height > b->height)
			b->height = b->pages[i]->height;
	}
	take_stock(b);
}

/* Half a sheet: the page at the spine, moved towards it by `creep`. */
static struct area_placed
place(const struct booklet *b, const struct area_page *page, bool right,
    mpt creep, bool turned)
{
	struct area_placed at = { .page = page, .m = { 1, 0, 0, 1, 0, 0 } };
	double scale = 1, x, y;
	mpt cut;

	if (!page)
		return at;
	if (page->width > b->width / 2)
		scale = b->width / 2.0 / page->width;
	if (page->height * scale > b->height)
		scale = (double)b->height / page->height;
	x = right ? b->width / 2.0 - creep
		  : b->width / 2.0 - page->width * scale + creep;
	y = (b->height - page->height * scale) / 2;
	at.m[0] = at.m[3] = turned ? -scale : scale;
	at.m[4] = turned ? b->width - x : x;
	at.m[5] = turned ? b->height - y : y;
	cut = (mpt)(creep / scale + 0.5);
	at.clip_x = right ? cut : 0;
	at.clip_w = page->width - cut;
	return at;
}

static const char *
label_of(const struct area_page *page)
{
	return page && page->label ? page->label : "";
}

static void
make_side(const struct booklet *b, struct area_sheet *s, size_t left,
    size_t right, mpt creep, bool turned)
{
	const struct area_page *l = page_at(b, left), *r = page_at(b, right);
	struct buf label = { 0 };

	buf_printf(&label, "%s | %s", label_of(l), label_of(r));
	*s = (struct area_sheet){ .width = b->width, .height = b->height,
		.label = arena_strdup(b->arena, label.p), .n = 2 };
	s->placed[0] = place(b, l, false, creep, turned);
	s->placed[1] = place(b, r, true, creep, turned);
	buf_free(&label);
}

struct area_sheet *
impose_booklet(struct arena *arena, const struct impose_options *o,
    struct area_page *const *pages, size_t n, size_t *n_sides)
{
	struct booklet b = { arena, o, pages, n, round_up(n, 4), 0, 0 };
	size_t per = o->sheets_per_signature > 0
	    ? 4 * (size_t)o->sheets_per_signature : b.padded;
	struct area_sheet *sides, *s;

	*n_sides = b.padded / 2;
	sides = s = arena_array(arena, *n_sides + 1, sizeof *sides);
	sheet_size(&b);
	for (size_t first = 0; first < b.padded; first += per) {
		size_t rest = b.padded - first, size = rest < per ? rest : per;

		for (size_t k = 0; k < size / 4; k++) {
			size_t low = first + 2 * k, high = first + size - 2 * k;
			mpt creep = (mpt)((int64_t)k * o->thickness);

			make_side(&b, s++, high, low + 1, creep, false);
			make_side(&b, s++, low + 2, high - 1, creep,
			    o->long_edge);
		}
	}
	return sides;
}

/* ----------------------------------------------------------- single pages */

enum { TOP, BOTTOM, LEFT, RIGHT };

static mpt
scaled(mpt v, double by)
{
	return (mpt)lround(v * by);
}

/* A page's box with so much outside its edges, on a sheet that has `media`
 * outside them. */
static struct area_box
box_of(const struct area_page *page, const mpt media[4], const mpt out[4])
{
	double sx = page->press->sx, sy = page->press->sy;

	return (struct area_box){
		.x = scaled(media[LEFT] - out[LEFT], sx),
		.y = scaled(media[TOP] - out[TOP], sy),
		.w = scaled(page->width + out[LEFT] + out[RIGHT], sx),
		.h = scaled(page->height + out[TOP] + out[BOTTOM], sy),
	};
}

static void
press_sheet(struct area_sheet *s, const struct area_page *page)
{
	static const mpt none[4] = { 0 };
	const struct area_press *press = page->press;
	struct area_box whole;
	mpt media[4];
	double *m = s->placed[0].m;

	for (int i = 0; i < 4; i++) {
		media[i] = press->bleed[i] > press->crop[i] ? press->bleed[i]
							    : press->crop[i];
		if (media[i] < 0)
			media[i] = 0;
	}
	whole = box_of(page, media, media);
	s->width = whole.w;
	s->height = whole.h;
	s->trimmed = true;
	s->trim = box_of(page, media, none);
	s->bleed = box_of(page, media, press->bleed);
	s->crop = press->box == CROP_TRIM ? s->trim :
	    press->box == CROP_BLEED ? s->bleed : whole;
	m[0] = press->sx;
	m[3] = press->sy;
	m[4] = s->trim.x;
	m[5] = s->trim.y;
}

void
impose_single(struct area_sheet *out, const struct area_page *page)
{
	*out = (struct area_sheet){ .width = page->width,
		.height = page->height, .label = page->label, .n = 1,
		.placed = { { .page = page, .m = { 1, 0, 0, 1, 0, 0 } } } };
	if (page->press)
		press_sheet(out, page);
}
