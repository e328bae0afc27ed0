/* Tables of every form, and what is not one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

#include "import/import_int.h"

static char path[] = "/tmp/parcours-table-XXXXXX";
static struct xml *xml;

static void
put_file(const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
}

/* A part of an archive. */
struct part_of {
	const char *name;
	const char *content;
};

static void
put_parts(const struct part_of *parts, size_t n)
{
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	size_t i;

	assert_non_null(z);
	for (i = 0; i < n; i++)
		zip_file_add(z, parts[i].name, zip_source_buffer(z,
		    parts[i].content, strlen(parts[i].content), 0), 0);
	assert_int_equal(zip_close(z), 0);
}

static void
put_zip(const char *name, const struct buf *content)
{
	put_parts(&(struct part_of){ name, buf_str(content) }, 1);
}

/* The table as "number: cell|cell" lines, then what was found. */
static void
dump(struct buf *out, const char *sheet)
{
	struct job job = { arena_new(), diag_new(LANG_EN, DIAG_TEXT), NULL };
	struct map *headings = map_new();
	struct table *t;
	const struct row *row;
	struct buf found = { 0 };
	const char *at;
	size_t i;

	map_put(headings, "nom", headings);
	map_put(headings, "ne le", headings);
	t = table_open(&job, xml, path, sheet, headings);
	while (t != NULL && (row = table_next(t)) != NULL) {
		buf_printf(out, "%zu", row->number);
		if ((size_t)row->line != row->number)
			buf_printf(out, "/%d", (int)row->line);
		for (i = 0; i < row->n; i++) {
			buf_printf(out, "%c%s", i > 0 ? '|' : ':',
			    row->cells[i].text);
			if (row->cells[i].value != NULL)
				buf_printf(out, "=%s", row->cells[i].value);
		}
		buf_putc(out, '\n');
	}
	table_free(t);
	diag_dump(job.diag, &found);
	/* The code alone: words have tests of their own. */
	for (at = buf_str(&found); (at = strchr(at, '[')) != NULL; at++)
		buf_printf(out, "%.*s\n", (int)strcspn(at, ":"), at);
	buf_free(&found);
	map_free(headings);
	diag_free(job.diag);
	arena_free(job.arena);
}

static void
check(const char *sheet, const char *expected)
{
	struct buf out = { 0 };

	dump(&out, sheet);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void
check_csv(const char *bytes, size_t n, const char *expected)
{
	put_file(bytes, n);
	check(NULL, expected);
}

#define CSV(bytes, expected) check_csv(bytes, sizeof(bytes) - 1, expected)

static void
csv(void **state)
{
	(void)state;
	CSV("Nom;N\u00e9 le\nA;1\n", "1:Nom|N\u00e9 le\n2:A|1\n");
	CSV("Nom,N\u00e9 le\r\nA,1\r\n", "1:Nom|N\u00e9 le\n2:A|1\n");
	CSV("Nom\tN\u00e9 le\nA\t1", "1:Nom|N\u00e9 le\n2:A|1\n");
	/* The heading has a comma and yet it is semicolons that part. */
	CSV("Nom;a, b, c;N\u00e9 le\n", "1:Nom|a, b, c|N\u00e9 le\n");
	CSV("sep=,\nNom,x;y\n", "2:Nom|x;y\n");
	CSV("\xEF\xBB\xBFNom;N\u00e9 le\n", "1:Nom|N\u00e9 le\n");
	CSV("Nom;N\xe9 le\n\x8cuvrard;\x80\n",
	    "1:Nom|N\u00e9 le\n2:\u0152uvrard|\u20ac\n");
	CSV("\xff\xfeN\0o\0m\0\t\0\xe9\0\n\0", "1:Nom|\u00e9\n");
	CSV("\xfe\xff\0N\0o\0m\0;\0x", "1:Nom|x\n");
	CSV("Nom;b\n\"a \"\"x\"\"\nb\";\"c;d\"\ne;f\n",
	    "1:Nom|b\n2:a \"x\"\nb|c;d\n3/4:e|f\n");
	/* Old Macintosh lines, empty rows, a cell more than headings. */
	CSV("Nom;b\r\r;;\rA;B;C\r", "1:Nom|b\n4:A|B|C\n");
	CSV("Nom\n\"abc\n", "1:Nom\n[import-quotes]\n");
	CSV("", "");
	CSV("\n\n", "");
	CSV("\xd0\xcf\x11\xe0\0\0\0", "[import-form]\n");
	CSV("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "[import-form]\n");
	CSV("PK\003\004 nothing of the kind", "[import-damaged]\n");
}

#define HEAD "<office:document-content" \
	" xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'" \
	" xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'" \
	" xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>" \
	"<office:automatic-styles><x/></office:automatic-styles>" \
	"<office:body><office:spreadsheet><table:calculation-settings/>"
#define TAIL "</office:spreadsheet></office:body></office:document-content>"
#define T(text) "<table:table-cell><text:p>" text "</text:p></table:table-cell>"

static void
check_ods(const char *sheet, const char *tables, const char *expected)
{
	struct buf content = { 0 };

	buf_printf(&content, "%s%s%s", HEAD, tables, TAIL);
	put_zip("content.xml", &content);
	check(sheet, expected);
	buf_free(&content);
}

static void
ods(void **state)
{
	(void)state;
	check_ods(NULL, "<table:table table:name='A'><table:table-column/>"
	    "<table:table-header-rows><table:table-row>" T("Nom") T("N\u00e9")
	    "</table:table-row></table:table-header-rows>"
	    "<table:table-row table:number-rows-repeated='3'><table:table-cell"
	    " table:number-columns-repeated='16384'/></table:table-row>"
	    "<table:table-row><table:table-cell"
	    " table:number-columns-repeated='2'/><table:table-cell"
	    " office:value-type='date' office:date-value='2026-01-31'><text:p>"
	    "31/01/26</text:p></table:table-cell></table:table-row>"
	    "<table:table-row-group><table:table-row"
	    " table:number-rows-repeated='2'><table:table-cell"
	    " office:value-type='float' office:value='1.5'"
	    " table:number-columns-repeated='2'><text:p>1,5</text:p>"
	    "</table:table-cell></table:table-row></table:table-row-group>"
	    "<table:table-row table:number-rows-repeated='1048569'>"
	    "<table:table-cell/></table:table-row></table:table>",
	    "1:Nom|N\u00e9\n5:||31/01/26=2026-01-31\n"
	    "6:1,5=1.5|1,5=1.5\n7:1,5=1.5|1,5=1.5\n");
	/* Of a cell the text counts, not its note; lines are lines. */
	check_ods(NULL, "<table:table table:name='A'><table:table-row>"
	    "<table:table-cell><office:annotation><text:p>note</text:p>"
	    "</office:annotation><text:p>a<text:s text:c='2'/><text:span>b"
	    "</text:span></text:p><text:p>c</text:p></table:table-cell>"
	    "<table:covered-table-cell/>" T("d") "</table:table-row>"
	    "</table:table>", "1:a  b\nc||d\n");
	check_ods("B", "<table:table table:name='A'><table:table-row>" T("no")
	    "</table:table-row></table:table><table:table table:name='B'>"
	    "<table:table-row>" T("yes") "</table:table-row></table:table>",
	    "1:yes\n");
	check_ods("C", "<table:table table:name='A'/>", "[import-sheet]\n");
	check_ods(NULL, "", "[import-damaged]\n");
	check_ods(NULL, "<table:table table:name='A'><table:table-row>"
	    T("a") "</table:table>", "[import-damaged]\n");
}

#define MAIN "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE \
	"xmlns='http://schemas.openxmlformats.org/package/2006/relationships'"
#define WORKBOOK "<workbook " MAIN " xmlns:r='" REL "'>"
#define SHEETS "<sheets><sheet name='Notes' state='hidden' r:id='r1'/>" \
	"<sheet name='A' r:id='r2'/><sheet name='B' r:id='r3'/></sheets>"
/* Dates, a time, numbers of telephones and of towns, an amount. */
#define STYLES "<styleSheet " MAIN "><numFmts>" \
	"<numFmt numFmtId='164' formatCode='dd/mm/yyyy'/>" \
	"<numFmt numFmtId='165' formatCode='0#&quot; &quot;##&quot; &quot;##" \
	"&quot; &quot;##&quot; &quot;##'/>" \
	"<numFmt numFmtId='166' formatCode='00000'/>" \
	"<numFmt numFmtId='167' formatCode='[Red]#,##0.00\\ &quot;dym&quot;'/>" \
	"<numFmt numFmtId='168' formatCode='h:mm'/>" \
	"<numFmt numFmtId='169' formatCode='mmmm\\ yy;@'/></numFmts>" \
	"<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>" \
	"<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>" \
	"<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/>" \
	"<xf numFmtId='168'/><xf numFmtId='169'/></cellXfs></styleSheet>"
#define TEXTS "<sst " MAIN "><si><t>Nom</t></si><si><r><t>N</t></r><r><rPr>" \
	"<b/></rPr><t xml:space='preserve'>\u00e9 le</t></r><rPh sb='0' eb='1'>" \
	"<t>x</t></rPh></si><si><t>a_x000A_b_x005F_c</t></si></sst>"

static void
put_workbook(const char *workbook, const char *sheet)
{
	const struct part_of parts[] = {
		{ "_rels/.rels", "<Relationships " PACKAGE "><Relationship"
		  " Id='a' Type='" REL "/officeDocument'"
		  " Target='xl/workbook.xml'/></Relationships>" },
		{ "xl/_rels/workbook.xml.rels", "<Relationships " PACKAGE ">"
		  "<Relationship Id='r1' Type='x' Target='worksheets/no.xml'/>"
		  "<Relationship Id='r2' Type='x' Target='worksheets/s.xml'/>"
		  "<Relationship Id='r3' Type='x' Target='../b.xml'/>"
		  "<Relationship Id='r4' Type='" REL "/styles'"
		  " Target='/xl/styles.xml'/>"
		  "<Relationship Id='r5' Type='" REL "/sharedStrings'"
		  " Target='sharedStrings.xml'/></Relationships>" },
		{ "xl/workbook.xml", workbook },
		{ "xl/styles.xml", STYLES },
		{ "xl/sharedStrings.xml", TEXTS },
		{ "xl/worksheets/s.xml", sheet },
		{ "b.xml", "<worksheet " MAIN "><sheetData><row><c t='inlineStr'>"
		  "<is><t>b</t></is></c></row></sheetData></worksheet>" },
	};

	put_parts(parts, sizeof parts / sizeof parts[0]);
}

static void
check_xlsx(const char *rows, const char *expected)
{
	struct buf sheet = { 0 };

	buf_printf(&sheet, "<worksheet " MAIN "><sheetViews><x/></sheetViews>"
	    "<sheetData>%s</sheetData><pageMargins/></worksheet>", rows);
	put_workbook(WORKBOOK SHEETS "</workbook>", sheet.p);
	check(NULL, expected);
	buf_free(&sheet);
}

static void
xlsx(void **state)
{
	(void)state;
	check_xlsx("<row r='1'><c r='A1' t='s'><v>0</v></c>"
	    "<c r='B1' t='s'><v>1</v></c></row>"
	    "<row r='4'><c r='A4' t='str'><f>A1&amp;B1</f><v>x_x0041_</v></c>"
	    "<c r='D4' t='s'><v>2</v></c></row>"
	    "<row r='5'><c r='A5' s='1'/></row>"
	    "<row><c><v>1</v></c><c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c>"
	    "<c t='s'><v>99</v></c></row>",
	    "1:Nom|N\u00e9 le\n4:xA|||a\nb_c\n6:1=1|true=true|#REF!\n");
	/* Days, and what only looks like one. */
	check_xlsx("<row><c s='1'><v>46053</v></c><c s='2'><v>46053.75</v></c>"
	    "<c s='7'><v>61</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c>"
	    "<c s='6'><v>0.5</v></c><c s='5'><v>46053</v></c>"
	    "<c t='d'><v>2026-01-31</v></c><c s='1' t='s'><v>0</v></c></row>",
	    "1:31/01/2026=2026-01-31|31/01/2026=2026-01-31|"
	    "01/03/1900=1900-03-01|28/02/1900=1900-02-28|60=60|0.5=0.5|"
	    "46053=46053|2026-01-31=2026-01-31|Nom\n");
	/* A binary double is not what was typed. */
	check_xlsx("<row><c s='3'><v>612345678</v></c><c s='4'><v>1000</v></c>"
	    "<c><v>12.699999999999999</v></c><c><v>1.5E-3</v></c>"
	    "<c><v>185057800608436</v></c><c s='3'><v>33612345678</v></c>"
	    "<c s='3'><v>1.5</v></c><c><v>x</v></c><c s='77'><v>-2</v></c></row>",
	    "1:06 12 34 56 78=612345678|01000=1000|12.7=12.7|0.0015=0.0015|"
	    "185057800608436=185057800608436|336 12 34 56 78=33612345678|"
	    "1.5=1.5|x|-2=-2\n");
	check_xlsx("<row><c r='XFE1'><v>1</v></c></row>", "[import-large]\n");
	check_xlsx("<row r='1048577'><c><v>1</v></c></row>",
	    "[import-large]\n");
	check_xlsx("<row><c><v>1</v>", "[import-damaged]\n");
	put_workbook(WORKBOOK "<workbookPr date1904='1'/>" SHEETS "</workbook>",
	    "<worksheet " MAIN "><sheetData><row><c s='1'><v>44591</v></c></row>"
	    "</sheetData></worksheet>");
	check(NULL, "1:31/01/2026=2026-01-31\n");
	check("B", "1:b\n");
	check("C", "[import-sheet]\n");
	put_workbook(WORKBOOK "<sheets/></workbook>", "");
	check(NULL, "[import-damaged]\n");
	put_workbook("<document/>", "");
	check(NULL, "[import-form]\n");
}

/* What is written in few bytes and is a whole world when unpacked. */
static void
bombs(void **state)
{
	struct buf b = { 0 };
	size_t i;

	(void)state;
	check_ods(NULL, "<table:table table:name='A'><table:table-row>"
	    "<table:table-cell table:number-columns-repeated='99999999'>"
	    "<text:p>x</text:p></table:table-cell></table:table-row>"
	    "</table:table>", "[import-large]\n");
	check_ods(NULL, "<table:table table:name='A'><table:table-row>"
	    "<table:table-cell table:number-columns-repeated='99999999'/>"
	    T("x") "</table:table-row></table:table>", "[import-large]\n");
	check_ods(NULL, "<table:table table:name='A'><table:table-row"
	    " table:number-rows-repeated='99999999'><table:table-cell/>"
	    "</table:table-row><table:table-row>" T("x") "</table:table-row>"
	    "</table:table>", "[import-large]\n");
	/* Entities that call entities. */
	buf_puts(&b, "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
	    "<!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>");
	put_zip("content.xml", &b);
	check(NULL, "[import-damaged]\n");
	buf_clear(&b);
	/* A text that is longer than any. */
	buf_puts(&b, HEAD "<table:table table:name='A'><table:table-row>"
	    "<table:table-cell><text:p>");
	for (i = 0; i < (size_t)20 << 20; i++)
		buf_putc(&b, ' ');
	put_zip("content.xml", &b);
	check(NULL, "[import-damaged]\n");
	buf_free(&b);
}

static void
other_archives(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, "<workbook/>");
	put_zip("_rels/.rels", &b);
	check(NULL, "[import-form]\n");
	put_zip("hello.txt", &b);
	check(NULL, "[import-form]\n");
	buf_free(&b);
}

/* Seconds for a table of so many rows. */
static double
time_rows(size_t rows, bool spreadsheet)
{
	struct buf b = { 0 }, out = { 0 };
	const clock_t start = clock();
	size_t i;

	if (spreadsheet)
		buf_puts(&b, HEAD "<table:table table:name='A'>");
	else
		buf_puts(&b, "Nom;N\u00e9 le\n");
	for (i = 0; i < rows; i++)
		buf_printf(&b, spreadsheet ? "<table:table-row>" T("n%zu")
			T("31/12/2025") "</table:table-row>"
		    : "n%zu;31/12/2025\n", i);
	if (spreadsheet) {
		buf_puts(&b, "</table:table>" TAIL);
		put_zip("content.xml", &b);
	} else {
		put_file(b.p, b.n);
	}
	dump(&out, NULL);
	assert_true(out.n > rows * 10);
	assert_null(strchr(out.p, '['));
	buf_free(&b);
	buf_free(&out);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Ten times the rows take about ten times as long; what grows with the square
 * takes a hundred times. */
static void
linear(void **state)
{
	int form;

	(void)state;
	for (form = 0; form < 2; form++) {
		const double few = time_rows(10000, form == 1);
		const double many = time_rows(100000, form == 1);

		if (many > 30 * few + 0.2)
			fail_msg("10,000 rows take %.3f s, 100,000 %.3f s",
			    few, many);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv),
		cmocka_unit_test(ods),
		cmocka_unit_test(xlsx),
		cmocka_unit_test(bombs),
		cmocka_unit_test(other_archives),
		cmocka_unit_test(linear),
	};
	int status;

	close(mkstemp(path));
	xml = xml_new();
	status = cmocka_run_group_tests(tests, NULL, NULL);
	xml_free(xml);
	unlink(path);
	return status;
}
