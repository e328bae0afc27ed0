/*
 * Areas come in, a PDF file goes out.
 *
 * libharu has the document: catalog, Info and page tree, the stream to the file,
 * the memory of all that, and the record of errors.  What goes into the objects is ours, as text:
 * libharu's own page operators know no glyph offsets, gradients or marked content,
 * its font embedding loses nested composites and keeps unneeded tables, and
 * its PNG reader ends the program on a damaged file.
 *
 * Everything is written at the earliest moment (a page when it is painted, an
 * element when it has ended and its pages are painted, an image at its first
 * use) and then forgotten; fonts, the page tree and what counts pages come at
 * the end.  Nothing depends on the clock or on addresses: the same areas give
 * the same bytes, and the file's ID is a sum of them.
 */
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

struct pdf *
pdf_open(struct job *job, struct outfile *out, struct fonts *fonts,
    const struct pdf_options *o)
{
	struct pdf *p = xcalloc(1, sizeof *p);

	p->job = job;
	p->file = out;
	p->fonts = fonts;
	if (o)
		p->options = *o;
	p->accessible = true;
	if (!objects_open(p)) {
		diag_report(job->diag, DIAG_PDF_LIBRARY, where_none(), "open");
		pdf_free(p);
		return NULL;
	}
	tags_open(p);
	return p;
}

void
pdf_begin(struct pdf *p, const struct area_doc *doc)
{
	p->tags.root = doc->root;
}

void
pdf_structure(struct pdf *p, const struct area_page *page)
{
	tags_page(p, page);
}

/* One finding for what libharu met first; the rest follows from it. */
static void
report_library(struct pdf *p)
{
	struct buf b = { 0 };

	if (!p->o.error)
		return;
	buf_printf(&b, "0x%04lX", (unsigned long)p->o.error);
	diag_report(p->job->diag, DIAG_PDF_LIBRARY, where_none(), b.p);
	buf_free(&b);
}

static void
finish(struct pdf *p, const struct area_doc *doc)
{
	struct buf catalog = { 0 }, names = { 0 };

	slots_write(p, doc);
	buf_puts(&catalog, "/StructTreeRoot");
	put_ref(&catalog, tags_finish(p));
	fonts_write(p);
	pages_finish(p);
	nav_finish(p, doc, &catalog, &names);
	meta_finish(p, doc, &catalog, &names);
	if (names.n)
		buf_printf(&catalog, "/Names<<%s>>", names.p);
	objects_put_catalog(p, &catalog);
	objects_finish(p);
	buf_free(&catalog);
	buf_free(&names);
}

bool
pdf_end(struct pdf *p, const struct area_doc *doc)
{
	if (!p->ended) {
		p->ended = true;
		if (!p->failed)
			finish(p, doc);
		report_library(p);
	}
	return !p->failed;
}

void
pdf_free(struct pdf *p)
{
	if (!p)
		return;
	tags_free(p);
	fonts_forget(p);
	nav_free(p);
	objects_free(p);
	content_forget(p);
	free(p->images);
	free(p->gstates);
	free(p->slots);
	free(p->layers);
	free(p->page_ids);
	free(p->nodes);
	buf_free(&p->scratch);
	free(p);
}

/* ----------------------------------------------------------------- sink */

static void
sink_begin(void *ctx, const struct area_doc *doc)
{
	pdf_begin(ctx, doc);
}

static bool
sink_page(void *ctx, struct area_page *page)
{
	struct area_sheet s = { .width = page->width, .height = page->height,
		.label = page->label, .n = 1 };
	bool ok;

	s.placed[0] = (struct area_placed){ page, { 1, 0, 0, 1, 0, 0 }, 0,
		page->width };
	pdf_structure(ctx, page);
	ok = pdf_sheet(ctx, &s);
	area_page_free(page);
	return ok;
}

static void
sink_end(void *ctx, const struct area_doc *doc)
{
	pdf_end(ctx, doc);
}

struct area_sink
pdf_sink(struct pdf *p)
{
	return (struct area_sink){ p, sink_begin, sink_page, sink_end };
}
