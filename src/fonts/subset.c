/*
 * Subsetting for embedding: only the glyphs used, without hints and without
 * the tables that a PDF reader does not use.  CFF goes out bare, as
 * FontFile3 wants it for CIDFontType0C (ISO 32000-1, 9.9).
 */
#include <stdlib.h>
#include <string.h>

#include <hb-subset.h>

#include "fonts/fonts_int.h"

/* Text is shaped and mapped by the time a font is embedded. */
static const hb_tag_t dropped[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
	HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
	HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
	HB_TAG('c', 'm', 'a', 'p'), HB_TAG('O', 'S', '/', '2'),
	HB_TAG('D', 'S', 'I', 'G'), HB_TAG('g', 'a', 's', 'p'),
	HB_TAG('S', 'T', 'A', 'T'), HB_TAG('M', 'A', 'T', 'H'),
	HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'),
	HB_TAG('m', 'e', 't', 'a'), HB_TAG('v', 'h', 'e', 'a'),
	HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'),
	HB_TAG('h', 'd', 'm', 'x'), HB_TAG('V', 'D', 'M', 'X'),
	HB_TAG('L', 'T', 'S', 'H'), HB_TAG('P', 'C', 'L', 'T'),
	HB_TAG('f', 'v', 'a', 'r'), HB_TAG('a', 'v', 'a', 'r'),
	HB_TAG('g', 'v', 'a', 'r'), HB_TAG('H', 'V', 'A', 'R'),
	HB_TAG('V', 'V', 'A', 'R'), HB_TAG('M', 'V', 'A', 'R'),
	HB_TAG('c', 'v', 'a', 'r'), HB_TAG('C', 'O', 'L', 'R'),
	HB_TAG('C', 'P', 'A', 'L'), HB_TAG('S', 'V', 'G', ' '),
	HB_TAG('C', 'B', 'D', 'T'), HB_TAG('C', 'B', 'L', 'C'),
	HB_TAG('s', 'b', 'i', 'x'), HB_TAG('F', 'F', 'T', 'M')
};

/* What an outline needs.  From a face without the character map, the subsetter
 * does not look through that for characters of the glyphs, which takes it longer
 * than all the rest: we know already what each glyph stands for. */
static const hb_tag_t needed[] = {
	HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
	HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
	HB_TAG('l', 'o', 'c', 'a'), HB_TAG('g', 'l', 'y', 'f'),
	HB_TAG('C', 'F', 'F', ' ')
};

/* The face to cut from; an instance of a variable font needs its axes. */
static hb_face_t *
outlines(const struct font *f)
{
	struct font_face *face = f->face;
	hb_blob_t *table;

	if (face->n_axes > 0)
		return face->face;
	if (face->outlines != NULL)
		return face->outlines;
	face->outlines = hb_face_builder_create();
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		table = hb_face_reference_table(face->face, needed[i]);
		if (hb_blob_get_length(table) > 0)
			hb_face_builder_add_table(face->outlines, needed[i],
			    table);
		hb_blob_destroy(table);
	}
	return face->outlines;
}

static hb_subset_input_t *
make_input(const struct font *f, const uint16_t *gids, size_t n)
{
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	hb_set_t *set, *drop;

	if (!in)
		return NULL;
	set = hb_subset_input_glyph_set(in);
	for (size_t i = 0; i < n; i++)
		hb_set_add(set, gids[i]);
	hb_set_add(set, 0);
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
	    HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		hb_set_add(drop, dropped[i]);
	/* Axes must be pinned while their tables are still read. */
	for (unsigned i = 0; i < f->face->n_axes; i++)
		hb_subset_input_pin_axis_location(in, f->face->face,
		    f->face->axes[i].tag, f->face->axes[i].value);
	return in;
}

static void
take_bytes(const struct font *f, hb_face_t *face, struct font_subset *out)
{
	hb_blob_t *b = f->cff ?
	    hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')) :
	    hb_face_reference_blob(face);
	unsigned n;
	const char *p = hb_blob_get_data(b, &n);

	out->data = xmalloc(n ? n : 1);
	if (n > 0)
		memcpy(out->data, p, n);
	out->n = n;
	hb_blob_destroy(b);
}

bool
font_subset(const struct font *f, const uint16_t *gids, size_t n,
    struct font_subset *out)
{
	hb_subset_input_t *in = make_input(f, gids, n);
	hb_subset_plan_t *plan = NULL;
	hb_face_t *face = NULL;
	const hb_map_t *map;

	memset(out, 0, sizeof *out);
	if (in && hb_face_get_glyph_count(f->face->face) > 0)
		plan = hb_subset_plan_create_or_fail(outlines(f), in);
	if (plan)
		face = hb_subset_plan_execute_or_fail(plan);
	if (face) {
		take_bytes(f, face, out);
		map = hb_subset_plan_old_to_new_glyph_mapping(plan);
		out->gids = xcalloc(n ? n : 1, sizeof *out->gids);
		for (size_t i = 0; i < n; i++) {
			hb_codepoint_t g = hb_map_get(map, gids[i]);

			out->gids[i] = g == HB_MAP_VALUE_INVALID ? 0 : g;
		}
		out->cid_keyed = f->cid_keyed;
	}
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(in);
	if (out->n > 0)
		return true;
	free(out->data);
	free(out->gids);
	memset(out, 0, sizeof *out);
	return false;
}
