/*
 * The floor under the table row of make bench: the words of the same XSL-FO
 * file, written through libharu at places that need no layout.  No table, no
 * tags, no lines broken: what is left is reading the words and libharu itself.
 *
 * usage: floor FILE.fo FILE.pdf
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hpdf.h>

#define FONT "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
#define COLUMNS 8
#define ROWS 10 /* on a page */

static void
fail(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
	(void)data;
	fprintf(stderr, "libharu: %lx %lu\n", (unsigned long)error,
	    (unsigned long)detail);
	exit(1);
}

/* The text of the next block, or NULL. */
static char *
next_block(char **at)
{
	char *start, *end;

	start = strstr(*at, "<fo:block>");
	if (start == NULL)
		return NULL;
	start += strlen("<fo:block>");
	end = strchr(start, '<');
	*end = '\0';
	*at = end + 1;
	return start;
}

static char *
read_file(const char *path)
{
	char *text;
	long size;
	FILE *f;

	f = fopen(path, "rb");
	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		exit(3);
	size = ftell(f);
	rewind(f);
	text = malloc((size_t)size + 1);
	if (text == NULL || fread(text, 1, (size_t)size, f) != (size_t)size)
		exit(3);
	text[size] = '\0';
	fclose(f);
	return text;
}

int
main(int argc, char *argv[])
{
	HPDF_Doc doc;
	HPDF_Font font;
	HPDF_Page page = NULL;
	char *text, *at, *block, *word;
	float x, y;
	long i;

	if (argc != 3)
		return 2;
	at = text = read_file(argv[1]);
	doc = HPDF_New(fail, NULL);
	HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
	font = HPDF_GetFont(doc, HPDF_LoadTTFontFromFile(doc, FONT, HPDF_TRUE),
	    "WinAnsiEncoding");
	for (i = 0; (block = next_block(&at)) != NULL; i++) {
		if (i % (COLUMNS * ROWS) == 0) {
			page = HPDF_AddPage(doc);
			HPDF_Page_SetFontAndSize(page, font, 9);
		}
		x = 56 + (float)(i % COLUMNS) * 60;
		y = 780 - (float)(i / COLUMNS % ROWS) * 70;
		HPDF_Page_BeginText(page);
		for (word = strtok(block, " \n"); word != NULL;
		     word = strtok(NULL, " \n")) {
			HPDF_Page_TextOut(page, x, y, word);
			y -= 11;
		}
		HPDF_Page_EndText(page);
	}
	HPDF_SaveToFile(doc, argv[2]);
	HPDF_Free(doc);
	free(text);
	return 0;
}
