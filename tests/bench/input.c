/*
 * The XSL-FO that make bench measures with: large, and the same on every run.
 */
#include <stdlib.h>

#include "bench.h"

static FILE *
create(const char *path)
{
	FILE *f;

	f = fopen(path, "w");
	if (f == NULL) {
		perror(path);
		exit(3);
	}
	return f;
}

static void
put_masters(FILE *f)
{
	fputs("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "
	      "font-family='Liberation Sans' font-size='9pt' "
	      "xml:lang='en'><fo:layout-master-set>"
	      "<fo:simple-page-master master-name='p' page-width='210mm' "
	      "page-height='297mm' margin='20mm'><fo:region-body/>"
	      "</fo:simple-page-master></fo:layout-master-set>\n",
	    f);
}

static void
open_sequence(FILE *f)
{
	fputs("<fo:page-sequence master-reference='p'>"
	      "<fo:flow flow-name='xsl-region-body'>\n",
	    f);
}

static void
close_sequence(FILE *f)
{
	fputs("</fo:flow></fo:page-sequence>\n", f);
}

static const char *const syllables[] = { "ra", "ti", "mon", "vel", "su", "pre",
	"do", "ken", "li", "ber", "ga", "tos", "en", "mi", "cal", "or" };

/* Words that differ as those of a language do: short ones often, long ones
 * seldom, the same on every run. */
static void
put_word(FILE *f, unsigned *seed)
{
	unsigned n;

	*seed = *seed * 1103515245u + 12345u;
	for (n = 1 + (*seed >> 16) % 4; n > 0; n--) {
		*seed = *seed * 1103515245u + 12345u;
		fputs(syllables[*seed >> 16 & 15], f);
	}
}

static void
put_words(FILE *f, unsigned *seed, int n)
{
	for (; n > 0; n--) {
		put_word(f, seed);
		fputc(n > 1 ? ' ' : '\n', f);
	}
}

void
write_table(const char *path, long rows)
{
	unsigned seed = 1;
	FILE *f;
	long i;
	int c;

	f = create(path);
	put_masters(f);
	open_sequence(f);
	fputs("<fo:table table-layout='fixed' width='100%' "
	      "border-collapse='separate'>"
	      "<fo:table-column number-columns-repeated='8' "
	      "column-width='proportional-column-width(1)'/>"
	      "<fo:table-header><fo:table-row>",
	    f);
	for (c = 1; c <= 8; c++)
		fprintf(f, "<fo:table-cell padding='2pt' font-weight='bold' "
			   "border-bottom='1pt solid black'>"
			   "<fo:block>Column %d</fo:block></fo:table-cell>",
		    c);
	fputs("</fo:table-row></fo:table-header><fo:table-body>\n", f);
	for (i = 1; i <= rows; i++) {
		fputs("<fo:table-row height='70pt'>", f);
		for (c = 0; c < 8; c++) {
			fputs("<fo:table-cell padding='2pt' "
			      "border-bottom='0.5pt solid #999999'><fo:block>",
			    f);
			put_words(f, &seed, 4);
			fputs("</fo:block></fo:table-cell>", f);
		}
		fputs("</fo:table-row>\n", f);
	}
	fputs("</fo:table-body></fo:table>", f);
	close_sequence(f);
	fputs("</fo:root>\n", f);
	fclose(f);
}

void
write_text(const char *path, long paragraphs, long per_sequence)
{
	unsigned seed = 2;
	FILE *f;
	long i;

	f = create(path);
	put_masters(f);
	for (i = 0; i < paragraphs; i++) {
		if (i % per_sequence == 0)
			open_sequence(f);
		fputs("<fo:block space-after='6pt' text-align='justify'>", f);
		put_words(f, &seed, 120);
		fputs("</fo:block>\n", f);
		if (i + 1 == paragraphs || (i + 1) % per_sequence == 0)
			close_sequence(f);
	}
	fputs("</fo:root>\n", f);
	fclose(f);
}

/* ----------------------------------------------------------------- a book */

#define SECTIONS 5	/* in a chapter */
#define PARAGRAPHS 13	/* in a section */

static void
put_book_masters(FILE *f)
{
	fputs("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "
	      "font-family='Liberation Sans' font-size='10pt' "
	      "line-height='14pt' language='en' hyphenate='true'>"
	      "<fo:layout-master-set>"
	      "<fo:simple-page-master master-name='p' page-width='160mm' "
	      "page-height='240mm' margin='15mm'>"
	      "<fo:region-body margin='12mm 0 12mm 0'/>"
	      "<fo:region-before extent='10mm'/>"
	      "<fo:region-after extent='10mm'/>"
	      "</fo:simple-page-master></fo:layout-master-set>\n",
	    f);
}

/* The running head is the section's, from a marker; the folio is below. */
static void
open_chapter(FILE *f)
{
	fputs("<fo:page-sequence master-reference='p'>"
	      "<fo:static-content flow-name='xsl-region-before'>"
	      "<fo:block font-size='8pt' border-bottom='0.5pt solid black'>"
	      "<fo:retrieve-marker retrieve-class-name='section' "
	      "retrieve-position='first-including-carryover'/></fo:block>"
	      "</fo:static-content>"
	      "<fo:static-content flow-name='xsl-region-after'>"
	      "<fo:block text-align='center'><fo:page-number/></fo:block>"
	      "</fo:static-content>"
	      "<fo:static-content flow-name='xsl-footnote-separator'>"
	      "<fo:block><fo:leader leader-pattern='rule' "
	      "leader-length='40mm' rule-thickness='0.5pt'/></fo:block>"
	      "</fo:static-content>"
	      "<fo:flow flow-name='xsl-region-body'>\n",
	    f);
}

static void
put_contents(FILE *f, int chapters)
{
	int c, s;

	open_chapter(f);
	for (c = 1; c <= chapters; c++)
		for (s = 1; s <= SECTIONS; s++)
			fprintf(f,
			    "<fo:block text-align-last='justify'>"
			    "<fo:basic-link internal-destination='s%d-%d'>"
			    "Section %d.%d<fo:leader leader-pattern='dots'/>"
			    "<fo:page-number-citation ref-id='s%d-%d'/>"
			    "</fo:basic-link></fo:block>\n",
			    c, s, c, s, c, s);
	close_sequence(f);
}

/* Every third paragraph has a note, every fourth refers to a section. */
static void
put_paragraph(FILE *f, unsigned *seed, int n, int chapters)
{
	int c, s;

	fputs("<fo:block text-align='justify' text-indent='12pt'>", f);
	put_words(f, seed, 40);
	if (n % 3 == 0) {
		fprintf(f,
		    "<fo:footnote><fo:inline font-size='6pt' "
		    "baseline-shift='super'>%d</fo:inline>"
		    "<fo:footnote-body><fo:block font-size='8pt' "
		    "line-height='10pt'>%d ",
		    n / 3 + 1, n / 3 + 1);
		put_words(f, seed, 20);
		fputs("</fo:block></fo:footnote-body></fo:footnote> ", f);
	}
	put_words(f, seed, 20);
	if (n % 4 == 0) {
		*seed = *seed * 1103515245u + 12345u;
		c = 1 + (int)((*seed >> 16) % (unsigned)chapters);
		s = 1 + (int)((*seed >> 8) % SECTIONS);
		fprintf(f,
		    " (see <fo:basic-link internal-destination='s%d-%d' "
		    "color='#003399'>%d.%d, page <fo:page-number-citation "
		    "ref-id='s%d-%d'/></fo:basic-link>) ",
		    c, s, c, s, c, s);
	}
	put_words(f, seed, 20);
	fputs("</fo:block>\n", f);
}

void
write_book(const char *path, int chapters)
{
	unsigned seed = 3;
	FILE *f;
	int c, s, n;

	f = create(path);
	put_book_masters(f);
	put_contents(f, chapters);
	for (c = 1; c <= chapters; c++) {
		open_chapter(f);
		for (s = 1, n = 0; s <= SECTIONS; s++) {
			fprintf(f,
			    "<fo:block id='s%d-%d' font-weight='bold' "
			    "font-size='13pt' space-before='18pt' "
			    "space-after='6pt' "
			    "keep-with-next.within-page='always'>"
			    "<fo:marker marker-class-name='section'>"
			    "%d.%d</fo:marker>%d.%d ",
			    c, s, c, s, c, s);
			put_words(f, &seed, 4);
			fputs("</fo:block>\n", f);
			for (; n < s * PARAGRAPHS; n++)
				put_paragraph(f, &seed, n, chapters);
		}
		close_sequence(f);
	}
	fputs("</fo:root>\n", f);
	fclose(f);
}
