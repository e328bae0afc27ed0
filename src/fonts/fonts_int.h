/*
 * What the files of fonts/ share: the store, families with their files, and
 * the libraries' objects behind a face.
 */
#ifndef FONTS_FONTS_INT_H
#define FONTS_FONTS_INT_H

#include <hb.h>

#include "fonts/fonts.h"

#define MAX_AXES 16

/* Line figures that replace the file's own. */
enum afm_family {
	AFM_NONE, AFM_HELVETICA, AFM_TIMES, AFM_COURIER, AFM_SYMBOL,
	AFM_DINGBATS
};

struct font_face {
	hb_blob_t *blob;
	hb_face_t *face;
	hb_font_t *font;	/* scale: upem; with the axes set */
	hb_face_t *outlines;	/* subset.c: what to cut from, or NULL */
	hb_variation_t axes[MAX_AXES];	/* the pinned instance, all axes */
	unsigned n_axes;
	enum afm_family afm;
};

/* One file of a family and what it can be. */
struct font_style {
	const char *file;
	int index;
	int weight_lo, weight_hi;	/* equal unless variable */
	int stretch_lo, stretch_hi;	/* percent */
	bool roman, italic;		/* which slants it has */
	bool variable;
};

struct font_family {
	const char *name;
	enum afm_family afm;
	struct font_style *styles;	/* sorted by file and index */
	size_t n;			/* 0: nobody has it */
};

struct word_cache;
struct hyphen_store;
struct fontconfig;

struct fonts {
	struct arena *arena;		/* names, fonts, lists */
	struct map *faces;		/* file, index, instance → struct font */
	struct map *families;		/* lower-case name → struct font_family */
	struct map *lists;		/* query → struct font_list */
	struct map *features;		/* spec → struct font_features */
	struct font **all;
	size_t n, cap;
	struct word_cache *words;
	struct hyphen_store *hyphens;
	const char *hyphen_folder;	/* in the arena, or NULL */
	struct fontconfig *fc;		/* NULL until asked */
};

struct font_features {
	size_t n;
	hb_feature_t list[];
};

/* --------------------------------------------------------------- face.c */

/* The instance of a style nearest to weight, stretch and slant; loaded once.
 * NULL: not a font file that we can shape, measure and embed. */
const struct font *font_face_open(struct fonts *fs,
    const struct font_family *fam,
    const struct font_style *st, const struct font_query *q);
/* A font without glyphs, for a machine that has none at all. */
const struct font *font_face_blank(struct fonts *fs);
void font_face_free(struct font *f);
/* Is it a space that HarfBuzz makes from U+0020 in the right width when a font
 * has none of its own: Unicode's Zs but the Ogham space mark? */
bool font_is_made_space(uint32_t cp);

/* ------------------------------------------------------------- family.c */

/* The family of that name (any case), from the table or fontconfig; with n
 * = 0 if there is none.  Owned by the store. */
const struct font_family *font_family_lookup(struct fonts *fs,
    const char *name);
/* The style of the family that CSS Fonts 4, 5.2 prefers and that opens. */
const struct font *font_family_match(struct fonts *fs,
    const struct font_family *fam, const struct font_query *q);


/* --------------------------------------------------------- fontconfig.c */

/* Adds the files that fontconfig knows for exactly this family. */
void fontconfig_family(struct fonts *fs, struct font_family *fam);
void fontconfig_free(struct fontconfig *fc);

/* ----------------------------------------------------- shape.c, hyphen.c */

void font_words_free(struct word_cache *wc);
void font_hyphens_free(struct hyphen_store *hs);

/* --------------------------------------------------------------- text.c */

/* A letter or a mark on one. */
bool text_is_letter(uint32_t cp);
/* The points of French inclusive writing, as people type them. */
bool text_is_inclusive_point(uint32_t cp);

/* ----------------------------------------------------------- fallback.c */

/* The i-th fallback family for a character, in order, or NULL at the end. */
const char *font_fallback_family(uint32_t script, const char *lang, bool serif,
    enum afm_family afm, size_t i);

#endif
