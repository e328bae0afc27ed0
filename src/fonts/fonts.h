/*
 * fonts: font files and everything about text that needs a library: finding a
 * face (fontconfig), shaping (HarfBuzz), direction (FriBidi), break
 * opportunities (libunibreak), hyphens (libhyphen), subsetting (hb-subset).
 * No other folder includes those libraries' headers.
 *
 * All figures of a font are in font units (upem to the em), y up.
 */
#ifndef FONTS_FONTS_H
#define FONTS_FONTS_H

#include "base/base.h"

/* ---------------------------------------------------------------- faces */

/* A face as layout and output see it; immutable, lives as long as its store. */
struct font {
	const char *family;	/* its own name: "Helvetica" for Arial, sans-serif */
	const char *ps_name;	/* PostScript name, without subset tag */
	const char *file;
	int face_index;		/* in a collection */
	int id;			/* 0, 1, 2… in the store: a stable order */
	uint32_t sum;		/* of the file, as its maker put it in head */
	int weight;		/* of the face: 100…900 */
	bool italic;		/* the face itself slants */
	bool fixed_pitch, serif;
	bool cff;		/* OpenType CFF outlines, else glyf */
	bool cid_keyed;		/* CFF whose glyphs have CIDs (Noto CJK) */
	int32_t upem;
	/* For line layout.  Base-14 families have their AFM figures. */
	int32_t ascender, descender;	/* descender is negative */
	int32_t cap_height, x_height;
	/* Positions are of the stroke's top edge above the baseline. */
	int32_t underline_position, underline_thickness;
	int32_t strikeout_position, strikeout_thickness;
	int32_t bbox[4];
	bool plain;		/* no kerning, no ligatures (base-14 families) */
	struct font_face *face;	/* private */
};

enum font_slant { SLANT_NORMAL, SLANT_ITALIC };

/* What a formatting object asks for. */
struct font_query {
	const char *families;	/* comma-separated, in order of preference */
	int weight;		/* 100…900 */
	enum font_slant slant;
	int stretch;		/* 100 normal, percent of width */
	const char *lang;	/* BCP 47 or NULL */
};

struct fonts;
/* An empty store; fontconfig is asked only for families that are not among
 * the known ones (fonts.c has the table of files of Debian's packages). */
struct fonts *fonts_new(void);
/* Before the first text: dictionaries of hyphens in this folder (hyph_LANG.dic,
 * libhyphen's) come before those of the system. */
void fonts_set_hyphens(struct fonts *fs, const char *folder);
void fonts_free(struct fonts *fs);

/* A resolved query: the fonts to try in order, those of the named families,
 * then the fallback families.  Cached and owned by the store. */
struct font_list;
const struct font_list *fonts_match(struct fonts *fs,
    const struct font_query *q);
/* The first font: its metrics rule the line.  *missing (may be NULL) is set
 * to the first family that could not be found, or NULL. */
const struct font *font_list_first(const struct font_list *l,
    const char **missing);
/* Is it of the families that were asked for, not a fallback? */
bool font_list_has(const struct font_list *l, const struct font *f);
/* The font to draw a code point with (the rest of its cluster included);
 * never NULL; *found false: nobody has it and the first font's .notdef shows. */
const struct font *font_list_char(struct fonts *fs, const struct font_list *l,
    uint32_t cp, bool *found);
bool font_has_char(const struct font *f, uint32_t cp);
/* Has the font substitutions of a feature, "smcp"? */
bool font_has_feature(const struct font *f, const char *tag);
/* The bytes of the longest beginning of the text that one font draws, in
 * whole grapheme clusters, so that marks and variation selectors stay with
 * their base; n > 0 gives at least one cluster.  *missing: the first code
 * point of it that nobody has, or 0. */
size_t font_list_run(struct fonts *fs, const struct font_list *l,
    const char *text, size_t n, const struct font **font, uint32_t *missing);
/* The first of the families that were asked for that has all of a word, so that
 * its letters and signs are of one design; NULL: none, or there is one only. */
const struct font *font_list_word(const struct font_list *l, const char *text,
    size_t n);

/* -------------------------------------------------------------- shaping */

struct shaped_glyph {
	uint32_t gid;
	uint32_t cluster;	/* byte offset in the text that was shaped */
	int32_t advance, dx, dy;	/* font units, y up */
};

struct shaped {
	const struct font *font;
	size_t n;
	const struct shaped_glyph *glyphs;	/* visual order, left to right */
	int32_t advance;	/* sum */
	/* Letters join or change places across clusters (Arabic, Devanagari):
	 * do not cut between glyphs.  A kern alone does not count. */
	bool unsafe;
};

/* Interned by fonts_features; NULL means the font's defaults. */
struct font_features;
/* "tnum, -liga, smcp" → a feature set owned by the store. */
const struct font_features *fonts_features(struct fonts *fs, const char *spec);

struct shape_query {
	const struct font *font;
	const struct font_features *features;
	const char *lang;	/* BCP 47 or NULL */
	bool rtl;
	bool no_kerning, no_ligatures;	/* letter-spacing ≠ 0 forbids ligatures */
};

/* Shapes text of one font, script and direction.  The result is cached per
 * word and owned by the store; it stays valid until fonts_trim. */
const struct shaped *fonts_shape(struct fonts *fs, const struct shape_query *q,
    const char *text, size_t n);
/* Forgets cached words if they take more than `bytes`. */
void fonts_trim(struct fonts *fs, size_t bytes);

/* ----------------------------------------------------------- text rules */

/* What may happen after a character (UAX #14), plus our own rules: no break
 * inside "·euse·s", after U+2019, or at U+00A0/U+202F. */
enum text_break { BREAK_NO, BREAK_ALLOWED, BREAK_MANDATORY };

/* breaks[i] tells of the byte i, the last byte of a character: may a line end
 * after it?  Inner bytes of a character get BREAK_NO. */
void text_breaks(const char *text, size_t n, const char *lang,
    uint8_t *breaks);
/* What is read as one word is not divided at its slash: "et/ou", "km/h". */
void text_keep_pairs(const char *text, size_t n, uint8_t *breaks);

/* How many characters must stay together (XSL 1.1, 7.10.6, 7.10.7): at the
 * beginning and the end of a word, as FOP counts them, or, in typographic text,
 * of each run of letters in it ("par|lemen|t(s)" shows why); there what follows
 * an inclusive point ("·euse·s") is never divided either. */
struct hyphen_rule {
	int before, after;
	bool typographic;
};

/* points[i] = 1: the word may be hyphenated before byte i.  False: no patterns
 * for this language (points are all 0). */
bool text_hyphens(struct fonts *fs, const char *lang, const char *word,
    size_t n, const struct hyphen_rule *rule, uint8_t *points);

/* Are there letters or marks of a script written from right to left? */
bool text_has_rtl(const char *text, size_t n);
/* Bidi embedding levels of each byte, for a paragraph whose base level is
 * given (0 or 1).  False when all are 0: nothing to do. */
bool text_levels(const char *text, size_t n, int base, uint8_t *levels);

/* ISO 15924 tag of the script of a code point; 0 for common and inherited. */
uint32_t text_script(uint32_t cp);
/* A combining mark (general category M), which goes with the letter before? */
bool text_is_mark(uint32_t cp);
/* The mirrored form of a bracket, or cp itself. */
uint32_t text_mirror(uint32_t cp);
/* Upper or lower case by Unicode's simple mappings (text-transform). */
uint32_t text_upper(uint32_t cp);
uint32_t text_lower(uint32_t cp);

/* ----------------------------------------------------------- subsetting */

struct font_subset {
	void *data;		/* bare CFF for cff fonts, else an sfnt; free() */
	size_t n;
	uint32_t *gids;		/* new glyph number of each glyph asked for; free() */
	bool cid_keyed;		/* CFF only: CIDs are the original glyph ids */
};

/* Cuts the font down to the glyphs (.notdef is always kept).  False: the
 * font cannot be subset. */
bool font_subset(const struct font *f, const uint16_t *gids, size_t n,
    struct font_subset *out);
/* Nominal advance of a glyph in font units. */
int32_t font_advance(const struct font *f, uint32_t gid);
/* The outline of a glyph, curves cubic, font units, y up.  Only figures need
 * it, where text is a clip or filled with more than a colour; all other text
 * stays text. */
struct font_pen {
	void (*move)(void *ctx, double x, double y);
	void (*line)(void *ctx, double x, double y);
	void (*curve)(void *ctx, double x1, double y1, double x2, double y2,
	    double x, double y);
	void (*close)(void *ctx);
	void *ctx;
};
void font_outline(const struct font *f, uint32_t gid,
    const struct font_pen *pen);

#endif
