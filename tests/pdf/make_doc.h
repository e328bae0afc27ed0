/*
 * Documents for tests, their areas built by hand: one line of text, one box at
 * a time, as layout would.
 */
#ifndef TESTS_MAKE_DOC_H
#define TESTS_MAKE_DOC_H

#include <stdlib.h>
#include <string.h>

#include "area/area.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "pdf/pdf.h"

struct maker {
	struct job job;
	struct fonts *fonts;
	struct images *images;
	struct outfile *out;
	struct pdf *pdf;
	struct area_sink sink;
	struct area_doc doc;
	struct area_elem *root;
	struct area_page *page;
	int n_pages;
	const char *families;	/* of the text that follows */
	int weight;
	mpt size;
	struct color color;
	bool rtl, oblique;
	const char *lang;
};

static const mpt a4_width = 595276, a4_height = 841890;

static inline void
maker_begin(struct maker *m, const char *path, const struct pdf_options *o)
{
	m->job.arena = arena_new();
	m->job.diag = diag_new(LANG_EN, DIAG_TEXT);
	m->fonts = fonts_new();
	m->images = images_new();
	m->out = outfile_open(&m->job, path);
	m->pdf = pdf_open(&m->job, m->out, m->fonts, o);
	m->sink = pdf_sink(m->pdf);
	m->root = area_elem_new(ROLE_DOCUMENT, NULL);
	m->doc.root = m->root;
	if (!m->doc.title)
		m->doc.title = "Essai";
	if (!m->doc.lang)
		m->doc.lang = "fr-FR";
	m->families = "Inter";
	m->weight = 400;
	m->size = 10000;
	m->color = (struct color){ 0, 0, 0, 255 };
	m->sink.begin(m->sink.ctx, &m->doc);
}

static inline struct area_page *
maker_page(struct maker *m)
{
	m->page = area_page_new(a4_width, a4_height, m->n_pages++);
	return m->page;
}

static inline bool
maker_send(struct maker *m)
{
	struct area_page *p = m->page;

	m->page = NULL;
	return m->sink.page(m->sink.ctx, p);
}

/* Ends the document; the bytes are then in the file. */
static inline bool
maker_end(struct maker *m)
{
	bool ok;

	m->sink.end(m->sink.ctx, &m->doc);
	ok = pdf_end(m->pdf, &m->doc);
	pdf_free(m->pdf);
	ok = outfile_commit(m->out) && ok;
	images_free(m->images);
	fonts_free(m->fonts);
	return ok;
}

static inline void
maker_free(struct maker *m)
{
	diag_free(m->job.diag);
	arena_free(m->job.arena);
}

static inline const struct font *
maker_font(struct maker *m)
{
	struct font_query q = { m->families, m->weight, SLANT_NORMAL, 100,
		NULL };

	return font_list_first(fonts_match(m->fonts, &q), NULL);
}

/* Where the cluster that begins at `at` ends. */
static inline size_t
maker_cluster_end(const struct shaped *s, size_t at, size_t n)
{
	size_t end = n;

	for (size_t i = 0; i < s->n; i++)
		if (s->glyphs[i].cluster > at && s->glyphs[i].cluster < end)
			end = s->glyphs[i].cluster;
	return end;
}

static inline struct area_text *
maker_run(struct maker *m, struct arena *a, mpt x, mpt y, const char *text)
{
	struct shape_query q = { .font = maker_font(m), .rtl = m->rtl,
		.lang = m->lang };
	size_t n = strlen(text);
	const struct shaped *s = fonts_shape(m->fonts, &q, text, n);
	struct area_glyph *g = arena_array(a, s->n + 1, sizeof *g);
	struct area_text *t = arena_alloc(a, sizeof *t);

	for (size_t i = 0; i < s->n; i++) {
		const struct shaped_glyph *from = &s->glyphs[i];
		size_t at = from->cluster;

		g[i].gid = (uint16_t)from->gid;
		g[i].text_off = (uint32_t)at;
		if (i == 0 || s->glyphs[i - 1].cluster != at)
			g[i].text_len = (uint16_t)(maker_cluster_end(s, at,
			    n) - at);
		g[i].advance = mpt_scale(from->advance, m->size,
		    q.font->upem);
		g[i].dx = mpt_scale(from->dx, m->size, q.font->upem);
		g[i].dy = mpt_scale(from->dy, m->size, q.font->upem);
	}
	*t = (struct area_text){ .font = q.font, .size = m->size, .x = x,
		.y = y, .glyphs = g, .n = s->n,
		.text = arena_strdup(a, text), .color = m->color,
		.level = m->rtl, .oblique = m->oblique };
	return t;
}

static inline struct area_text *
maker_text(struct maker *m, struct area_elem *e, mpt x, mpt y,
    const char *text)
{
	struct area_text *t = maker_run(m, m->page->arena, x, y, text);

	area_add(m->page, AREA_TEXT, e, t);
	return t;
}

/* An element with one line of text, ended on this page. */
static inline struct area_elem *
maker_line(struct maker *m, enum area_role role, struct area_elem *parent,
    mpt x, mpt y, const char *text)
{
	struct area_elem *e = area_elem_new(role, parent);

	maker_text(m, e, x, y, text);
	area_end(m->page, e);
	return e;
}

#endif
