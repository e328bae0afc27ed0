/*
 * Fonts: every font is a Type0 font with codes of two bytes, embedded as the
 * subset of the glyphs that were used.
 *
 * A code is given, in the order of first use, to each PAIR of glyph and text:
 * a space glyph drawn for U+0020 and for U+202F has two codes, "é" from one
 * character or from two has two.  So ToUnicode says exactly what was written,
 * which a code per glyph cannot.  Codes become glyphs of the subset at the end:
 *
 *   TrueType           Identity-H, a CIDToGIDMap stream code -> new glyph
 *   CFF by name        our own CMap code -> CID, which is the new glyph
 *   CFF by CID         the same CMap, but CIDs are the old glyph numbers (seen
 *                      right in poppler and MuPDF with Noto Sans CJK)
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* text of a font_code from here on: a string of p->strings. */
#define TEXT_STRING 0x80000000u
#define MAX_CODES   65535

/* Advance in thousandths of an em. */
static double
width_of(const struct font *f, uint16_t gid)
{
	return font_advance(f, gid) * 1000.0 / f->upem;
}

static struct pdf_font *
font_new(struct pdf *p, const struct font *f)
{
	struct pdf_font *pf = xcalloc(1, sizeof *pf);

	pf->font = f;
	pf->id = object_new(p);
	pf->n_hash = 256;
	pf->hash = xcalloc(pf->n_hash, sizeof *pf->hash);
	VEC_RESERVE(pf->codes, pf->cap, 1);
	pf->codes[0] = (struct font_code){ 0, 0xFFFD,
		(int32_t)lround(width_of(f, 0) * 100) };
	pf->n = 1;
	if (p->last_font)
		p->last_font->next = pf;
	else
		p->first_font = pf;
	p->last_font = pf;
	return pf;
}

struct pdf_font *
font_use(struct pdf *p, const struct font *f)
{
	size_t i = (size_t)f->id;

	if (i >= p->n_by_font) {
		size_t n = i + 8;

		p->by_font = xrealloc(p->by_font, n, sizeof *p->by_font);
		memset(p->by_font + p->n_by_font, 0,
		    (n - p->n_by_font) * sizeof *p->by_font);
		p->n_by_font = n;
	}
	if (!p->by_font[i])
		p->by_font[i] = font_new(p, f);
	return p->by_font[i];
}

/* ---------------------------------------------------------------- codes */

static size_t
hash_of(uint16_t gid, uint32_t text, size_t n)
{
	uint32_t h = (gid * 2654435761u) ^ (text * 2246822519u);

	return (h ^ h >> 15) & (n - 1);
}

static void
hash_insert(struct pdf_font *pf, uint16_t code)
{
	const struct font_code *c = &pf->codes[code];
	size_t i = hash_of(c->gid, c->text, pf->n_hash);

	while (pf->hash[i])
		i = (i + 1) & (pf->n_hash - 1);
	pf->hash[i] = code;
}

static unsigned
hash_lookup(const struct pdf_font *pf, uint16_t gid, uint32_t text)
{
	size_t i = hash_of(gid, text, pf->n_hash);

	for (; pf->hash[i]; i = (i + 1) & (pf->n_hash - 1)) {
		const struct font_code *c = &pf->codes[pf->hash[i]];

		if (c->gid == gid && c->text == text)
			return pf->hash[i];
	}
	return 0;
}

static unsigned
new_code(struct pdf_font *pf, uint16_t gid, uint32_t text)
{
	unsigned code = (unsigned)pf->n++;

	VEC_RESERVE(pf->codes, pf->cap, pf->n);
	pf->codes[code] = (struct font_code){ gid, text,
		(int32_t)lround(width_of(pf->font, gid) * 100) };
	if (pf->n * 2 > pf->n_hash) {
		free(pf->hash);
		pf->n_hash *= 2;
		pf->hash = xcalloc(pf->n_hash, sizeof *pf->hash);
		for (size_t i = 1; i < pf->n; i++)
			hash_insert(pf, (uint16_t)i);
	} else {
		hash_insert(pf, (uint16_t)code);
	}
	return code;
}

/* One number for the text of a cluster. */
static uint32_t
text_number(struct pdf *p, const char *text, size_t n)
{
	const char *s = text, *end = text + n;
	uint32_t cp;
	void *known;

	if (n == 0)
		return 0x2060;
	cp = utf8_next(&s, end);
	if (s == end)
		return cp;
	if (!p->strings)
		p->strings = map_new();
	known = map_lookup_bytes(p->strings, text, n);
	if (!known) {
		/* Values are places in the order of insertion, from 1. */
		known = (void *)(uintptr_t)(map_count(p->strings) + 1);
		map_put_bytes(p->strings, text, n, known);
	}
	return TEXT_STRING + (uint32_t)(uintptr_t)known - 1;
}

static void
grow_first(struct pdf_font *pf, uint16_t gid)
{
	size_t n = (size_t)gid + 256;

	pf->first = xrealloc(pf->first, n, sizeof *pf->first);
	memset(pf->first + pf->n_first, 0,
	    (n - pf->n_first) * sizeof *pf->first);
	pf->n_first = n;
}

unsigned
font_code(struct pdf *p, struct pdf_font **f, uint16_t gid, const char *text,
    size_t n)
{
	struct pdf_font *pf = *f;
	uint32_t t = n == 1 ? (unsigned char)*text : text_number(p, text, n);
	unsigned code;

	if (gid >= pf->n_first)
		grow_first(pf, gid);
	if (pf->first[gid].code && pf->first[gid].text == t)
		return pf->first[gid].code;
	code = hash_lookup(pf, gid, t);
	if (code)
		return code;
	if (pf->n > MAX_CODES) {
		*f = p->by_font[pf->font->id] = font_new(p, pf->font);
		return font_code(p, f, gid, text, n);
	}
	if (gid == 0)
		p->accessible = false;	/* ISO 14289-1, 7.21.8 */
	code = new_code(pf, gid, t);
	if (!pf->first[gid].code) {
		pf->first[gid].text = t;
		pf->first[gid].code = (uint16_t)code;
	}
	return code;
}

/* -------------------------------------------------------------- writing */

/* A subset, and the CID of each code. */
struct cut {
	struct font_subset subset;
	uint16_t *new_gid;	/* by old glyph */
	char tag[8];		/* "ABCDEF+" */
};

static int
by_number(const void *a, const void *b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* The tag that names a subset, from what is in it (9.6.4). */
static void
name_subset(struct cut *cut)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < cut->subset.n; i++)
		h = (h ^ ((unsigned char *)cut->subset.data)[i]) * 16777619u;
	for (int i = 0; i < 6; i++, h /= 26)
		cut->tag[i] = (char)('A' + h % 26);
	cut->tag[6] = '+';
	cut->tag[7] = '\0';
}

static bool
cut_font(const struct pdf_font *pf, struct cut *cut)
{
	uint16_t *gids = xmalloc(pf->n * sizeof *gids);
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < pf->n; i++)
		gids[i] = pf->codes[i].gid;
	qsort(gids, pf->n, sizeof *gids, by_number);
	for (size_t i = 0; i < pf->n; i++)
		if (i == 0 || gids[i] != gids[i - 1])
			gids[n++] = gids[i];
	cut->new_gid = xcalloc(65536, sizeof *cut->new_gid);
	ok = font_subset(pf->font, gids, n, &cut->subset);
	if (ok) {
		for (size_t i = 0; i < n; i++)
			cut->new_gid[gids[i]] = (uint16_t)cut->subset.gids[i];
		name_subset(cut);
	}
	free(gids);
	return ok;
}

static void
cut_free(struct cut *cut)
{
	free(cut->subset.data);
	free(cut->subset.gids);
	free(cut->new_gid);
}

/* The CID that a code selects. */
static unsigned
cid_of(const struct pdf_font *pf, const struct cut *cut, size_t code)
{
	uint16_t gid = pf->codes[code].gid;

	if (!pf->font->cff)
		return (unsigned)code;
	return cut->subset.cid_keyed ? gid : cut->new_gid[gid];
}

struct width {
	unsigned cid;
	int32_t w;
};

static int
by_cid(const void *a, const void *b)
{
	const struct width *x = a, *y = b;

	return (x->cid > y->cid) - (x->cid < y->cid);
}

/* W: runs of following CIDs, "12[500 600]40[250]". */
static void
put_widths(struct buf *b, const struct pdf_font *pf, const struct cut *cut)
{
	struct width *ws = xmalloc(pf->n * sizeof *ws);
	bool open = false;

	for (size_t i = 0; i < pf->n; i++)
		ws[i] = (struct width){ cid_of(pf, cut, i),
			pf->codes[i].width };
	qsort(ws, pf->n, sizeof *ws, by_cid);
	buf_puts(b, "/W[");
	for (size_t i = 0; i < pf->n; i++) {
		if (i > 0 && ws[i].cid == ws[i - 1].cid)
			continue;
		if (open && ws[i].cid == ws[i - 1].cid + 1)
			buf_putc(b, ' ');
		else
			buf_printf(b, "%s%u[", open ? "]" : "", ws[i].cid);
		buf_num(b, ws[i].w / 100.0, 2);
		open = true;
	}
	buf_puts(b, "]]");
	free(ws);
}

static void
put_cmap_head(struct buf *b, const char *name, const char *ordering)
{
	buf_printf(b,
	    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>def\n"
	    "/CMapName/%s def\n/CMapType %d def\n%s"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n",
	    ordering, name, str_eq(ordering, "UCS") ? 2 : 1,
	    str_eq(ordering, "UCS") ? "" : "/WMode 0 def\n");
}

static void
put_cmap_tail(struct buf *b)
{
	buf_puts(b, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
	    "end\nend");
}

/* Operators of a CMap take at most 100 entries (Adobe TN 5014). */
static void
put_block(struct buf *b, const char *what, size_t i, size_t n)
{
	size_t rest = n - i;

	if (i % 100 != 1)
		return;
	if (i > 1)
		buf_printf(b, "end%s\n", what);
	buf_printf(b, "%zu begin%s\n", rest < 100 ? rest : 100, what);
}

static void
put_meaning(struct buf *b, struct pdf *p, uint32_t text)
{
	const char *s, *end;

	if (text < TEXT_STRING) {
		/* These three would not conform (ISO 14289-1, 7.21.7). */
		if (text == 0 || text == 0xFEFF || text == 0xFFFE)
			text = 0x2060;
		put_utf16_hex(b, text);
		return;
	}
	s = map_key(p->strings, text - TEXT_STRING);
	for (end = s + strlen(s); s < end;)
		put_utf16_hex(b, utf8_next(&s, end));
}

static unsigned
write_to_unicode(struct pdf *p, const struct pdf_font *pf)
{
	struct buf b = { 0 };
	unsigned id;

	put_cmap_head(&b, "Meanings", "UCS");
	for (size_t i = 1; i < pf->n; i++) {
		put_block(&b, "bfchar", i, pf->n);
		buf_putc(&b, '<');
		put_hex4(&b, (unsigned)i);
		buf_puts(&b, "><");
		put_meaning(&b, p, pf->codes[i].text);
		buf_puts(&b, ">\n");
	}
	if (pf->n > 1)
		buf_puts(&b, "endbfchar\n");
	put_cmap_tail(&b);
	id = object_add_stream(p, "", b.p, b.n, SMALL);
	buf_free(&b);
	return id;
}

static unsigned
write_cmap(struct pdf *p, const struct pdf_font *pf, const struct cut *cut)
{
	struct buf b = { 0 };
	unsigned id;

	put_cmap_head(&b, "Codes", "Identity");
	for (size_t i = 1; i < pf->n; i++) {
		put_block(&b, "cidchar", i, pf->n);
		buf_printf(&b, "<%04zX> %u\n", i, cid_of(pf, cut, i));
	}
	if (pf->n > 1)
		buf_puts(&b, "endcidchar\n");
	put_cmap_tail(&b);
	id = object_add_stream(p,
	    "/Type/CMap/CMapName/Codes/CIDSystemInfo<</Registry(Adobe)"
	    "/Ordering(Identity)/Supplement 0>>/WMode 0", b.p, b.n, SMALL);
	buf_free(&b);
	return id;
}

static unsigned
write_gid_map(struct pdf *p, const struct pdf_font *pf, const struct cut *cut)
{
	struct buf b = { 0 };
	unsigned id;

	for (size_t i = 0; i < pf->n; i++) {
		uint16_t gid = cut->new_gid[pf->codes[i].gid];

		buf_putc(&b, gid >> 8);
		buf_putc(&b, gid & 255);
	}
	id = object_add_stream(p, "", b.p, b.n, SMALL);
	buf_free(&b);
	return id;
}

static unsigned
write_file(struct pdf *p, const struct pdf_font *pf, const struct cut *cut)
{
	struct buf keys = { 0 };
	unsigned id;

	if (pf->font->cff)
		buf_puts(&keys, "/Subtype/CIDFontType0C");
	else
		buf_printf(&keys, "/Length1 %zu", cut->subset.n);
	id = object_add_stream(p, keys.p, cut->subset.data, cut->subset.n,
	    SMALL);
	buf_free(&keys);
	return id;
}

static void
put_font_name(struct buf *b, const struct pdf_font *pf, const struct cut *cut,
    const char *more)
{
	struct buf name = { 0 };

	buf_printf(&name, "%s%s%s", cut->tag, pf->font->ps_name, more);
	put_name(b, name.p);
	buf_free(&name);
}

static unsigned
write_descriptor(struct pdf *p, const struct pdf_font *pf,
    const struct cut *cut)
{
	const struct font *f = pf->font;
	double k = 1000.0 / f->upem;
	struct buf b = { 0 };
	/* 9.8.2: fixed pitch 1, serif 2, symbolic 4, italic 64. */
	int flags = 4 | (f->fixed_pitch ? 1 : 0) | (f->serif ? 2 : 0) |
	    (f->italic ? 64 : 0);
	const struct {
		const char *name;
		double value;
	} rows[] = {
		{ "/Ascent ", f->ascender * k },
		{ "/Descent ", f->descender * k },
		{ "/CapHeight ", f->cap_height * k },
		{ "/XHeight ", f->x_height * k },
		/* No table says how thick stems are; from the weight, as
		 * others guess too. */
		{ "/StemV ", 10 + 220.0 * (f->weight - 50) / 900 },
		{ "/ItalicAngle ", f->italic ? -12 : 0 },
	};

	buf_puts(&b, "<</Type/FontDescriptor/FontName");
	put_font_name(&b, pf, cut, "");
	buf_printf(&b, "/Flags %d/FontBBox[", flags);
	for (int i = 0; i < 4; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_num(&b, i < 2 ? floor(f->bbox[i] * k) : ceil(f->bbox[i] * k),
		    0);
	}
	buf_putc(&b, ']');
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_puts(&b, rows[i].name);
		buf_num(&b, rows[i].value, 0);
	}
	buf_puts(&b, f->cff ? "/FontFile3" : "/FontFile2");
	put_ref(&b, write_file(p, pf, cut));
	buf_puts(&b, ">>");
	unsigned id = object_add(p, &b);
	buf_free(&b);
	return id;
}

static void
write_font(struct pdf *p, struct pdf_font *pf)
{
	struct cut cut = { .new_gid = NULL };
	struct buf b = { 0 };
	bool cff = pf->font->cff;
	unsigned cid_font;

	if (!cut_font(pf, &cut)) {
		diag_report(p->job->diag, DIAG_PDF_FONT, where_none(),
		    pf->font->ps_name);
		p->failed = true;
		cut_free(&cut);
		return;
	}
	buf_printf(&b, "<</Type/Font/Subtype/CIDFontType%d/BaseFont",
	    cff ? 0 : 2);
	put_font_name(&b, pf, &cut, "");
	buf_puts(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
	    "/Supplement 0>>/FontDescriptor");
	put_ref(&b, write_descriptor(p, pf, &cut));
	put_widths(&b, pf, &cut);
	if (!cff) {
		buf_puts(&b, "/CIDToGIDMap");
		put_ref(&b, write_gid_map(p, pf, &cut));
	}
	buf_puts(&b, ">>");
	cid_font = object_add(p, &b);

	buf_puts(&b, "<</Type/Font/Subtype/Type0/BaseFont");
	put_font_name(&b, pf, &cut, cff ? "-Codes" : "");
	buf_puts(&b, "/Encoding");
	if (cff)
		put_ref(&b, write_cmap(p, pf, &cut));
	else
		buf_puts(&b, "/Identity-H");
	buf_puts(&b, "/DescendantFonts[");
	put_ref(&b, cid_font);
	buf_puts(&b, "]/ToUnicode");
	put_ref(&b, write_to_unicode(p, pf));
	buf_puts(&b, ">>");
	object_put(p, pf->id, &b);
	buf_free(&b);
	cut_free(&cut);
}

void
fonts_write(struct pdf *p)
{
	for (struct pdf_font *pf = p->first_font; pf; pf = pf->next)
		write_font(p, pf);
}

void
fonts_forget(struct pdf *p)
{
	struct pdf_font *next;

	for (struct pdf_font *pf = p->first_font; pf; pf = next) {
		next = pf->next;
		free(pf->codes);
		free(pf->first);
		free(pf->hash);
		free(pf);
	}
	free(p->by_font);
	map_free(p->strings);
}
