/*
 * pdf: areas to a PDF file through libharu's object layer; all page operators
 * are ours (see the essay in pdf.c).  Writes PDF 1.7, tagged, every font
 * embedded, and gives the same bytes for the same input.
 */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "area/area.h"

struct outfile;
struct fonts;

/* What the documents of one process share: pictures, deflated once.  It ends
 * before the images that they are of. */
struct pdf_memory;
struct pdf_memory *pdf_memory_new(void);
void pdf_memory_free(struct pdf_memory *m);	/* accepts NULL */

struct pdf_options {
	bool uncompressed;	/* page contents readable, for tests */
	/* An sRGB profile to be named as the output intent, or NULL. */
	const char *output_profile;
	struct pdf_memory *memory;	/* or NULL */
};

struct pdf;
/* Starts a document whose bytes go to `out` (borrowed).  NULL after reporting. */
struct pdf *pdf_open(struct job *job, struct outfile *out, struct fonts *fonts,
    const struct pdf_options *o);
void pdf_begin(struct pdf *p, const struct area_doc *doc);
/* Enters the page's items into the structure; pages must come in reading
 * order, each before it is painted.  Elements in page->ended become pdf's. */
void pdf_structure(struct pdf *p, const struct area_page *page);
/* Paints a sheet (for a plain document: one page as it is) and writes it out.
 * Links, anchors and labels follow the page's place on the sheet.  False:
 * writing failed; reported. */
bool pdf_sheet(struct pdf *p, const struct area_sheet *s);
/* Fills the slots, writes fonts, structure, outline, metadata.  False after
 * reporting.  Called again it only repeats its answer. */
bool pdf_end(struct pdf *p, const struct area_doc *doc);
void pdf_free(struct pdf *p);	/* accepts NULL; also of an unfinished one */

/* A sink that writes each page as it comes and ends with pdf_end; ctx is the
 * struct pdf. */
struct area_sink pdf_sink(struct pdf *p);

#endif
