/*
 * A face: a font file opened by HarfBuzz, with the figures that layout and
 * output need.  Files are mapped, never read whole; HarfBuzz checks every
 * table before it is used, so a damaged file gives no glyphs but no harm.
 */
#include <string.h>

#include <hb-ot.h>

#include "fonts/fonts_int.h"

#define TAG_GLYF HB_TAG('g', 'l', 'y', 'f')
#define TAG_CFF HB_TAG('C', 'F', 'F', ' ')
#define TAG_HEAD HB_TAG('h', 'e', 'a', 'd')
#define TAG_HHEA HB_TAG('h', 'h', 'e', 'a')
#define TAG_OS2 HB_TAG('O', 'S', '/', '2')
#define TAG_POST HB_TAG('p', 'o', 's', 't')

struct afm {
	enum afm_family family;
	bool bold, italic;
	int32_t ascender, descender, cap_height, x_height;
};

static const struct afm afms[] = {
#define AFM(family, bold, italic, asc, desc, cap, x) \
	{ AFM_##family, bold, italic, asc, desc, cap, x },
#include "fonts/afm.def"
#undef AFM
};

/* --------------------------------------------------------------- tables */

/* Big-endian 16 bits at an offset of a table, 0 past its end. */
static int
table_u16(hb_blob_t *b, unsigned off)
{
	unsigned n;
	const char *p = hb_blob_get_data(b, &n);

	if (off + 2 > n)
		return 0;
	return (unsigned char)p[off] << 8 | (unsigned char)p[off + 1];
}

static uint32_t
table_u32(hb_blob_t *b, unsigned off)
{
	return (uint32_t)table_u16(b, off) << 16 |
	    (uint32_t)table_u16(b, off + 2);
}

static int
table_i16(hb_blob_t *b, unsigned off)
{
	return (int16_t)table_u16(b, off);
}

static bool
has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *b = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(b) > 0;

	hb_blob_destroy(b);
	return has;
}

static int32_t
metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
	hb_position_t v;

	hb_ot_metrics_get_position_with_fallback(font, tag, &v);
	return v;
}

/* -------------------------------------------------------------- metrics */

/*
 * Ascender and descender for lines: the typographic ones of OS/2 when they
 * fit the em, else those of hhea when these do, else the typographic ones
 * whatever they are.  (Apache FOP's choice, so that lines fall alike.)
 */
static void
read_line_height(struct font *f, hb_blob_t *os2, hb_blob_t *hhea)
{
	int typo_a = table_i16(os2, 68), typo_d = table_i16(os2, 70);
	int hhea_a = table_i16(hhea, 4), hhea_d = table_i16(hhea, 6);

	if (typo_d > 0)
		typo_d = -typo_d;
	if ((typo_a > 0 && typo_a - typo_d <= f->upem) || hhea_a <= 0) {
		f->ascender = typo_a;
		f->descender = typo_d;
	} else if (hhea_a - hhea_d <= f->upem || typo_a <= 0) {
		f->ascender = hhea_a;
		f->descender = hhea_d;
	} else {
		f->ascender = typo_a;
		f->descender = typo_d;
	}
	if (f->ascender <= 0) {
		f->ascender = f->upem * 4 / 5;
		f->descender = -f->upem / 5;
	}
}

/* Serifs as OS/2 states them: by PANOSE, else by the IBM family class. */
static bool
read_serif(hb_blob_t *os2)
{
	unsigned n;
	const unsigned char *p =
	    (const unsigned char *)hb_blob_get_data(os2, &n);
	int family_class;

	if (n < 42)
		return false;
	if (p[32] == 2 && p[33] >= 2)
		return p[33] <= 10;
	family_class = p[30];
	return (family_class >= 1 && family_class <= 5) || family_class == 7;
}

static void
read_metrics(struct font *f)
{
	hb_face_t *face = f->face->face;
	hb_font_t *font = f->face->font;
	hb_blob_t *os2 = hb_face_reference_table(face, TAG_OS2);
	hb_blob_t *hhea = hb_face_reference_table(face, TAG_HHEA);
	hb_blob_t *head = hb_face_reference_table(face, TAG_HEAD);
	hb_blob_t *post = hb_face_reference_table(face, TAG_POST);

	f->sum = table_u32(head, 8);
	read_line_height(f, os2, hhea);
	f->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
	f->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT);
	f->underline_position =
	    metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
	f->underline_thickness =
	    metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
	f->strikeout_position =
	    metric(font, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET);
	f->strikeout_thickness =
	    metric(font, HB_OT_METRICS_TAG_STRIKEOUT_SIZE);
	for (unsigned i = 0; i < 4; i++)
		f->bbox[i] = table_i16(head, 36 + 2 * i);
	f->fixed_pitch = table_u16(post, 12) || table_u16(post, 14);
	f->serif = read_serif(os2);

	hb_blob_destroy(os2);
	hb_blob_destroy(hhea);
	hb_blob_destroy(head);
	hb_blob_destroy(post);
}

/* Replaces the file's line figures by those of the base-14 font it stands
 * for; the tops of underline and strike-out as OpenType states them. */
static void
apply_afm(struct font *f)
{
	const struct afm *a = NULL;

	for (size_t i = 0; i < sizeof afms / sizeof *afms; i++)
		if (afms[i].family == f->face->afm &&
		    (!a || (afms[i].bold == (f->weight >= 600) &&
		    afms[i].italic == f->italic)))
			a = &afms[i];
	if (!a)
		return;
	f->ascender = mpt_scale(a->ascender, f->upem, 1000);
	f->descender = mpt_scale(a->descender, f->upem, 1000);
	f->cap_height = mpt_scale(a->cap_height, f->upem, 1000);
	f->x_height = mpt_scale(a->x_height, f->upem, 1000);
	f->underline_thickness = mpt_scale(50, f->upem, 1000);
	f->underline_position = mpt_scale(-75, f->upem, 1000);
	f->strikeout_thickness = f->underline_thickness;
	f->strikeout_position = (f->x_height + f->strikeout_thickness) / 2;
	f->serif = a->family == AFM_TIMES || a->family == AFM_COURIER;
	f->fixed_pitch = a->family == AFM_COURIER;
	f->plain = true;
}

/* --------------------------------------------------------- symbol fonts */

static const struct codes {
	enum afm_family family;
	uint32_t cp, code, n;
} codes[] = {
#define CODES(family, cp, code, n) { AFM_##family, cp, code, n },
#include "fonts/symbol.def"
#undef CODES
};

/* Looks a code point up in the symbol font's own encoding. */
static hb_bool_t
symbol_glyph(hb_font_t *font, void *data, hb_codepoint_t cp,
    hb_codepoint_t *gid, void *user)
{
	const struct font_face *fc = data;

	(void)user;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].family == fc->afm && cp >= codes[i].cp &&
		    cp - codes[i].cp < codes[i].n)
			return hb_font_get_nominal_glyph(
			    hb_font_get_parent(font),
			    codes[i].code + cp - codes[i].cp, gid);
	return false;
}

/* Puts Unicode before the encoding: a font over the font. */
static void
wrap_symbol_font(struct font_face *fc)
{
	hb_font_t *over = hb_font_create_sub_font(fc->font);
	hb_font_funcs_t *funcs = hb_font_funcs_create();

	hb_font_funcs_set_nominal_glyph_func(funcs, symbol_glyph, NULL, NULL);
	hb_font_funcs_make_immutable(funcs);
	hb_font_set_funcs(over, funcs, fc, NULL);
	hb_font_funcs_destroy(funcs);
	hb_font_destroy(fc->font);
	fc->font = over;
}

/* ------------------------------------------------------------ variables */

static float
clamp(float v, float lo, float hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* Where the query puts an axis; what it says nothing of stays at default. */
static float
axis_value(const hb_ot_var_axis_info_t *a, const struct font_query *q)
{
	float v = a->default_value;

	switch (a->tag) {
	case HB_OT_TAG_VAR_AXIS_WEIGHT:
		v = (float)q->weight;
		break;
	case HB_OT_TAG_VAR_AXIS_WIDTH:
		v = (float)q->stretch;
		break;
	case HB_OT_TAG_VAR_AXIS_ITALIC:
		v = q->slant == SLANT_ITALIC ? 1 : 0;
		break;
	case HB_OT_TAG_VAR_AXIS_SLANT:
		/* Degrees, negative to the right; 12 is the usual slope. */
		v = q->slant == SLANT_ITALIC ? -12 : 0;
		break;
	default:
		break;
	}
	return clamp(v, a->min_value, a->max_value);
}

/* Pins all axes.  Gives the weight, and whether the instance slants. */
static void
pin_axes(struct font *f, const struct font_query *q)
{
	struct font_face *fc = f->face;
	hb_ot_var_axis_info_t info[MAX_AXES];
	unsigned n = MAX_AXES;

	hb_ot_var_get_axis_infos(fc->face, 0, &n, info);
	for (unsigned i = 0; i < n; i++) {
		float v = axis_value(&info[i], q);

		fc->axes[i] = (hb_variation_t){ info[i].tag, v };
		if (info[i].tag == HB_OT_TAG_VAR_AXIS_WEIGHT)
			f->weight = (int)v;
		if ((info[i].tag == HB_OT_TAG_VAR_AXIS_ITALIC && v >= 1) ||
		    (info[i].tag == HB_OT_TAG_VAR_AXIS_SLANT && v < 0))
			f->italic = true;
	}
	fc->n_axes = n;
	hb_font_set_variations(fc->font, fc->axes, n);
}

/* -------------------------------------------------------------- opening */

static void
face_init(struct fonts *fs, struct font *f)
{
	struct font_face *fc = f->face;
	char name[128];
	unsigned n = sizeof name;

	f->upem = (int32_t)hb_face_get_upem(fc->face);
	fc->font = hb_font_create(fc->face);
	hb_font_set_scale(fc->font, f->upem, f->upem);
	hb_ot_name_get_utf8(fc->face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
	    HB_LANGUAGE_INVALID, &n, name);
	f->ps_name = arena_strdup(fs->arena, n ? name : "Font");
	f->id = (int)fs->n;
	VEC_RESERVE(fs->all, fs->cap, fs->n + 1);
	fs->all[fs->n++] = f;
}

/* A number of our own for an embedded font's CIDs needs CFF or glyf: bitmaps
 * and CFF2 cannot be put into a PDF. */
static bool
can_embed(hb_face_t *face)
{
	return has_table(face, TAG_CFF) || has_table(face, TAG_GLYF);
}

/* A CFF whose top dictionary has ROS (12 30) numbers its glyphs by CIDs.
 * Technical Note 5176, section 9 and appendix H. */
static bool
is_cid_keyed(hb_face_t *face)
{
	hb_blob_t *b = hb_face_reference_table(face, TAG_CFF);
	unsigned n;
	const unsigned char *p =
	    (const unsigned char *)hb_blob_get_data(b, &n);
	bool cid = false;

	/* Header, name index, then the top dictionary index: ROS is the
	 * first operator, after three operands. */
	if (n > 4 && p[2] < n) {
		unsigned at = p[2];

		for (int index = 0; index < 2 && at + 3 < n; index++) {
			unsigned count = (unsigned)p[at] << 8 | p[at + 1];
			unsigned size = p[at + 2], last = 0;
			unsigned offs = at + 3, data;

			if (count == 0 || size < 1 || size > 4 ||
			    (uint64_t)offs + (count + 1ull) * size > n)
				break;
			for (unsigned i = 0; i < size; i++)
				last = last << 8 | p[offs + count * size + i];
			data = offs + (count + 1) * size - 1;
			if (last > n - data)
				break;
			at = data + last;
			if (index == 0)
				continue;
			for (unsigned i = data + 1; i + 1 < at; i++) {
				if (p[i] == 12)
					cid = p[i + 1] == 30;
				if (p[i] <= 21)
					break;
				/* operands: 28 takes 2 bytes, 29 four */
				i += p[i] == 28 ? 2 : p[i] == 29 ? 4 :
				    p[i] >= 247 && p[i] <= 254 ? 1 : 0;
			}
		}
	}
	hb_blob_destroy(b);
	return cid;
}

static struct font *
face_load(struct fonts *fs, const struct font_family *fam,
    const struct font_style *st, const struct font_query *q)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(st->file);
	hb_face_t *face;
	struct font *f;

	if (!blob)
		return NULL;
	face = hb_face_create(blob, (unsigned)st->index);
	if (!can_embed(face)) {
		hb_face_destroy(face);
		hb_blob_destroy(blob);
		return NULL;
	}
	f = arena_alloc(fs->arena, sizeof *f);
	f->face = arena_alloc(fs->arena, sizeof *f->face);
	f->face->blob = blob;
	f->face->face = face;
	f->face->afm = fam->afm;
	f->family = fam->name;
	f->file = st->file;
	f->face_index = st->index;
	f->weight = st->weight_lo;
	f->italic = st->italic && !st->roman;
	f->cff = has_table(face, TAG_CFF);
	f->cid_keyed = f->cff && is_cid_keyed(face);
	face_init(fs, f);
	if (st->variable)
		pin_axes(f, q);
	if (fam->afm == AFM_SYMBOL || fam->afm == AFM_DINGBATS)
		wrap_symbol_font(f->face);
	hb_font_make_immutable(f->face->font);
	read_metrics(f);
	apply_afm(f);
	return f;
}

const struct font *
font_face_open(struct fonts *fs, const struct font_family *fam,
    const struct font_style *st, const struct font_query *q)
{
	struct buf key = { 0 };
	struct font *f;

	buf_printf(&key, "%d|%d|%s", st->index, (int)fam->afm, st->file);
	if (st->variable)
		buf_printf(&key, "|%d|%d|%d", q->weight, q->stretch,
		    (int)q->slant);
	f = map_lookup(fs->faces, key.p);
	if (!f) {
		f = face_load(fs, fam, st, q);
		if (f)
			map_put(fs->faces, key.p, f);
	}
	buf_free(&key);
	return f;
}

const struct font *
font_face_blank(struct fonts *fs)
{
	struct font *f = map_lookup(fs->faces, "");

	if (f)
		return f;
	f = arena_alloc(fs->arena, sizeof *f);
	f->face = arena_alloc(fs->arena, sizeof *f->face);
	f->face->blob = hb_blob_get_empty();
	f->face->face = hb_face_get_empty();
	f->face->afm = AFM_HELVETICA;
	f->family = f->file = "";
	f->weight = 400;
	face_init(fs, f);
	apply_afm(f);
	map_put(fs->faces, "", f);
	return f;
}

void
font_face_free(struct font *f)
{
	hb_font_destroy(f->face->font);
	hb_face_destroy(f->face->outlines);
	hb_face_destroy(f->face->face);
	hb_blob_destroy(f->face->blob);
}

/* -------------------------------------------------------------- queries */

bool
font_is_made_space(uint32_t cp)
{
	return cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f ||
	    cp == 0x205f || cp == 0x3000;
}

bool
font_has_char(const struct font *f, uint32_t cp)
{
	hb_codepoint_t gid;
	hb_font_t *font = f->face->font;

	if (hb_font_get_nominal_glyph(font, cp, &gid) && gid != 0)
		return true;
	if (font_is_made_space(cp))
		return hb_font_get_nominal_glyph(font, ' ', &gid) && gid != 0;
	/* HarfBuzz draws the hard hyphen as the hyphen. */
	if (cp == 0x2011)
		return hb_font_get_nominal_glyph(font, 0x2010, &gid) &&
		    gid != 0;
	return false;
}

int32_t
font_advance(const struct font *f, uint32_t gid)
{
	return hb_font_get_glyph_h_advance(f->face->font, gid);
}

bool
font_has_feature(const struct font *f, const char *tag)
{
	hb_tag_t want = hb_tag_from_string(tag, -1), tags[64];
	unsigned at = 0, n;

	do {
		n = sizeof tags / sizeof *tags;
		hb_ot_layout_table_get_feature_tags(f->face->face,
		    HB_OT_TAG_GSUB, at, &n, tags);
		for (unsigned i = 0; i < n; i++)
			if (tags[i] == want)
				return true;
		at += n;
	} while (n == sizeof tags / sizeof *tags);
	return false;
}

/* -------------------------------------------------------------- outlines */

static void
draw_move(hb_draw_funcs_t *fn, void *ctx, hb_draw_state_t *st, float x,
    float y, void *data)
{
	const struct font_pen *pen = ctx;

	(void)fn;
	(void)st;
	(void)data;
	pen->move(pen->ctx, x, y);
}

static void
draw_line(hb_draw_funcs_t *fn, void *ctx, hb_draw_state_t *st, float x,
    float y, void *data)
{
	const struct font_pen *pen = ctx;

	(void)fn;
	(void)st;
	(void)data;
	pen->line(pen->ctx, x, y);
}

static void
draw_curve(hb_draw_funcs_t *fn, void *ctx, hb_draw_state_t *st, float x1,
    float y1, float x2, float y2, float x, float y, void *data)
{
	const struct font_pen *pen = ctx;

	(void)fn;
	(void)st;
	(void)data;
	pen->curve(pen->ctx, x1, y1, x2, y2, x, y);
}

static void
draw_close(hb_draw_funcs_t *fn, void *ctx, hb_draw_state_t *st, void *data)
{
	const struct font_pen *pen = ctx;

	(void)fn;
	(void)st;
	(void)data;
	pen->close(pen->ctx);
}

void
font_outline(const struct font *f, uint32_t gid, const struct font_pen *pen)
{
	hb_draw_funcs_t *fn = hb_draw_funcs_create();

	/* HarfBuzz makes quadratic curves cubic where none is asked for. */
	hb_draw_funcs_set_move_to_func(fn, draw_move, NULL, NULL);
	hb_draw_funcs_set_line_to_func(fn, draw_line, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(fn, draw_curve, NULL, NULL);
	hb_draw_funcs_set_close_path_func(fn, draw_close, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
	hb_font_draw_glyph(f->face->font, gid, fn, (void *)pen);
#else
	hb_font_get_glyph_shape(f->face->font, gid, fn, (void *)pen);
#endif
	hb_draw_funcs_destroy(fn);
}
