/*
 * What becomes of text: white space, and the spaces of each language's
 * typography.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base.h"
#include "fo/fo_int.h"

/* ---------------------------------------------------------- typography */

/* In these tables ~ is U+00A0 and _ is U+202F. */
struct sentence {
	const char *lang, *in, *out;
};

static void
put_marks(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '~')
			buf_utf8(out, 0xa0);
		else if (*s == '_')
			buf_utf8(out, 0x202f);
		else
			buf_putc(out, *s);
	}
}

static void
check_sentences(const struct sentence *rows, size_t n)
{
	struct buf in = { 0 }, expected = { 0 }, got = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&in);
		buf_clear(&expected);
		buf_clear(&got);
		put_marks(&in, rows[i].in);
		put_marks(&expected, rows[i].out);
		typography_text(rows[i].lang, buf_str(&in), in.n, &got);
		if (strcmp(buf_str(&got), buf_str(&expected)) != 0)
			fail_msg("%s: %s: got %s, expected %s", rows[i].lang,
			    buf_str(&in), buf_str(&got), buf_str(&expected));
		/* What is set once stays as it is. */
		buf_clear(&in);
		buf_puts(&in, buf_str(&got));
		buf_clear(&got);
		typography_text(rows[i].lang, buf_str(&in), in.n, &got);
		assert_string_equal(buf_str(&got), buf_str(&expected));
	}
	buf_free(&in);
	buf_free(&expected);
	buf_free(&got);
}

static void
test_typography(void **state)
{
	static const struct sentence rows[] = {
		/* high signs */
		{ "fr-FR", "Bonjour !", "Bonjour_!" },
		{ "fr-FR", "Bonjour!", "Bonjour_!" },
		{ "fr-FR", "Bonjour~!", "Bonjour_!" },
		{ "fr-BE", "Quoi ?", "Quoi_?" },
		{ "fr", "un ; deux", "un_; deux" },
		{ "fr", "un; deux", "un_; deux" },
		{ "fr-FR", "Quoi ?!", "Quoi_?!" },
		{ "fr-FR", "Quoi?!", "Quoi_?!" },
		{ "fr-FR", "Ah !!!", "Ah_!!!" },
		{ "fr-FR", "Vraiment… ?", "Vraiment…_?" },
		{ "fr-FR", "etc. ?", "etc._?" },
		{ "fr-FR", "(oui !)", "(oui_!)" },
		{ "fr-FR", "(?)", "(?)" },
		{ "fr-FR", "?", "?" },
		{ "fr-FR", "! a", "! a" },
		{ "fr-FR", "2 > 1 !", "2 > 1_!" },
		{ "fr-FR", "(un) ; deux", "(un)_; deux" },
		/* colon */
		{ "fr-FR", "Nom : Jean", "Nom~: Jean" },
		{ "fr-FR", "Nom: Jean", "Nom~: Jean" },
		{ "fr-CA", "Nom : Jean", "Nom~: Jean" },
		{ "fr-CA", "Nom: Jean", "Nom~: Jean" },
		{ "fr-FR", "Nom :", "Nom~:" },
		{ "fr-FR", "à 12:30 précises", "à 12:30 précises" },
		{ "fr-CA", "à 12:30", "à 12:30" },
		{ "fr-FR", "rapport 1:3", "rapport 1:3" },
		{ "fr-FR", "xs:string", "xs:string" },
		{ "fr-FR", "sourire :-)", "sourire :-)" },
		{ "fr-FR", "C:\\temp", "C:\\temp" },
		/* quotes */
		{ "fr-FR", "« oui »", "«~oui~»" },
		{ "fr-FR", "«oui»", "«~oui~»" },
		{ "fr-CA", "«oui»", "«~oui~»" },
		{ "fr-FR", "« oui ! »", "«~oui_!~»" },
		{ "fr-FR", "« oui »!", "«~oui~»_!" },
		{ "fr-FR", "« a », b", "«~a~», b" },
		{ "fr-FR", "‹a›", "‹~a~›" },
		{ "fr-FR", "«~oui~»", "«~oui~»" },
		/* Québec: nothing before high signs */
		{ "fr-CA", "Bonjour !", "Bonjour!" },
		{ "fr-CA", "Bonjour!", "Bonjour!" },
		{ "fr-CA", "Quoi ?", "Quoi?" },
		{ "fr-CA", "un ; deux", "un; deux" },
		{ "fr-CA", "« oui ! »", "«~oui!~»" },
		/* numbers and signs */
		{ "fr-FR", "50 %", "50~%" },
		{ "fr-FR", "50%", "50~%" },
		{ "fr-FR", "7,5 % de", "7,5~% de" },
		{ "fr-CA", "25 $", "25~$" },
		{ "fr-CA", "25$", "25~$" },
		{ "fr-FR", "12 €.", "12~€." },
		{ "fr-FR", "$25", "$25" },
		{ "fr-FR", "%d", "%d" },
		{ "fr-FR", "50%25", "50%25" },
		/* thousands */
		{ "fr-FR", "12 345 habitants", "12_345 habitants" },
		{ "fr-CA", "12 345 habitants", "12~345 habitants" },
		{ "fr-FR", "1 234 567", "1_234_567" },
		{ "fr-BE", "02 555 01 27", "02 555 01 27" },
		{ "fr-BE", "070 245 245", "070 245 245" },
		{ "fr-CA", "418 555-0142", "418 555-0142" },
		{ "fr-FR", "en 2024 12 345 fois", "en 2024 12_345 fois" },
		{ "fr-FR", "12345", "12345" },
		{ "fr-FR", "en 2025 300 personnes", "en 2025 300 personnes" },
		{ "fr-FR", "24 06 2025", "24 06 2025" },
		{ "fr-FR", "7,5 300", "7,5 300" },
		{ "fr-FR", "12 345 €", "12_345~€" },
		/* units */
		{ "fr-FR", "14 h 30", "14~h~30" },
		{ "fr-CA", "19 h", "19~h" },
		{ "fr-FR", "5 km", "5~km" },
		{ "fr-FR", "5 kilos", "5 kilos" },
		{ "fr-FR", "20 °C", "20~°C" },
		{ "fr-FR", "10 m² de", "10~m² de" },
		{ "fr-FR", "h 5", "h 5" },
		/* apostrophes */
		{ "fr-FR", "l'eau", "l’eau" },
		{ "fr-CA", "aujourd'hui", "aujourd’hui" },
		{ "fr-FR", "l'«eau»", "l’«~eau~»" },
		{ "fr-FR", "'x'", "'x'" },
		{ "fr-FR", "5' 3", "5' 3" },
		/* no sentences */
		{ "fr-FR", "https://a.fr/?b=c;d!", "https://a.fr/?b=c;d!" },
		{ "fr-FR", "voir https://a.fr ; puis",
		    "voir https://a.fr_; puis" },
		{ "fr-FR", "www.a.fr/l'eau", "www.a.fr/l'eau" },
		{ "fr-FR", "mailto:a@b.fr", "mailto:a@b.fr" },
		{ "fr-FR", "l'ami@exemple.fr", "l'ami@exemple.fr" },
		{ "fr-FR", "n° 5", "n° 5" },
		{ "fr-FR", "n°5", "n°5" },
		{ "fr-FR", "ingénieur·e·s", "ingénieur·e·s" },
		/* other languages */
		{ "en", "What ?", "What ?" },
		{ "en-GB", "don't : 50 %", "don't : 50 %" },
		{ "nl", "Hallo !", "Hallo !" },
		{ "fr-FR", "", "" },
	};

	(void)state;
	check_sentences(rows, sizeof rows / sizeof *rows);
}

/* ---------------------------------------------- whole blocks, from a file */

struct paragraph {
	const char *attributes;	/* of the block */
	const char *content;
	const char *expected;	/* its text; | where an object stands */
};

static void
put_content(struct buf *out, const struct fo_node *n)
{
	const struct fo_node *c;

	for (c = n->first; c != NULL; c = c->next) {
		if (c->type == FO_TEXT)
			buf_put(out, c->text, c->text_n);
		else if (fo_is_block((enum fo_type)c->type)) {
			buf_putc(out, '[');
			put_content(out, c);
			buf_putc(out, ']');
		} else if (c->type == FO_PAGE_NUMBER)
			buf_putc(out, '|');
		else if (c->type != FO_MARKER)
			put_content(out, c);
	}
}

static void
read_block(const char *attributes, const char *content, struct buf *out)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct buf xml = { 0 };
	struct fo_node *sequence, *flow, *block;
	struct fo_doc *d;
	xmlDoc *tree;

	buf_printf(&xml, "<fo:root xmlns:fo='" NS_FO "' xmlns:px='" NS_PX
	    "'><fo:page-sequence><fo:flow><fo:table-and-caption>"
	    "<fo:table-caption><fo:block %s>%s</fo:block></fo:table-caption>"
	    "</fo:table-and-caption></fo:flow></fo:page-sequence></fo:root>",
	    attributes, content);
	tree = xml_parse_bytes(&job, x, buf_str(&xml), xml.n, "test",
	    &xml_limits_fo);
	assert_non_null(tree);
	d = fo_open_tree(&job, tree);
	sequence = fo_next_sequence(d);
	assert_non_null(sequence);
	flow = fo_child(d, sequence, NULL);
	block = fo_child(d, fo_child(d, fo_child(d, flow, NULL), NULL), NULL);
	put_content(out, block);
	assert_int_equal(diag_count(job.diag, DIAG_WARNING), 0);
	fo_free(d);
	xmlFreeDoc(tree);
	xml_free(x);
	buf_free(&xml);
	diag_free(job.diag);
	arena_free(job.arena);
}

static void
check_paragraphs(const struct paragraph *rows, size_t n)
{
	struct buf got = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&got);
		read_block(rows[i].attributes, rows[i].content, &got);
		if (strcmp(buf_str(&got), rows[i].expected) != 0)
			fail_msg("<%s>%s: got \"%s\", expected \"%s\"",
			    rows[i].attributes, rows[i].content, buf_str(&got),
			    rows[i].expected);
	}
	buf_free(&got);
}

#define I(s) "<fo:inline>" s "</fo:inline>"
#define P    "<fo:page-number/>"
#define BLK  "<fo:block>b</fo:block>"

static void
test_spaces(void **state)
{
	static const struct paragraph rows[] = {
		{ "", "  a  b  ", "a b" },
		{ "", "\n a\n\t b \n", "a b" },
		/* as Apache FOP: each side of an edge has its own space */
		{ "", "a " I(" b ") " c", "a  b  c" },
		{ "px:typography='on'", "a " I(" b ") " c", "a b c" },
		{ "px:typography='on'", I("") " a " I(" ") " b", "a b" },
		{ "", "a" I(" ") "b", "a b" },
		{ "", " " I(" a") " ", "a" },
		{ "", I("a ") I(" "), "a" },
		{ "", "a " I("b ") BLK, "a b[b]" },
		{ "", "x<fo:character character=' '/> y", "xy" },
		{ "", " <fo:character character=' '/>x", "x" },
		{ "", "a " P " b", "a | b" },
		/* at an inline object's end they wait for text after them */
		{ "", I("a ") P, "a|" },
		{ "", I("a ") P "b", "a |b" },
		{ "", I("a ") "b" P, "ab|" },
		{ "", I("a ") I("b") P, "a b|" },
		{ "", I("a" I(" b ")) P " ", "a b|" },
		{ "", I("a ") "<fo:leader/>", "a" },
		{ "px:typography='on'", I("a ") P, "a |" },
		{ "", " " P " ", "|" },
		{ "", "a " BLK " c ", "a[b]c" },
		{ "", "   ", "" },
		{ "px:typography='on'", "a " I("") " b", "a b" },
		{ "", "a\xc2\xa0 \xc2\xa0" "b", "a\xc2\xa0 \xc2\xa0" "b" },
		{ "", "<fo:marker marker-class-name='m'> x </fo:marker> b",
		    "b" },
		/* kept */
		{ "white-space-collapse='false'", " a  b ", "a  b" },
		{ "white-space-collapse='false' "
		  "white-space-treatment='preserve'", " a  b ", " a  b " },
		{ "white-space='pre'", " a\n  b \n", " a\n  b \n" },
		{ "white-space-treatment='preserve'", " a  b ", " a b " },
		/* linefeeds */
		{ "linefeed-treatment='preserve'", " a \n  b\n\nc ",
		    "a\nb\n\nc" },
		{ "linefeed-treatment='preserve' "
		  "white-space-treatment='ignore-if-before-linefeed'",
		    "a \n b", "a\n b" },
		{ "linefeed-treatment='preserve' "
		  "white-space-treatment='ignore-if-after-linefeed'",
		    "a \n b", "a \nb" },
		{ "linefeed-treatment='preserve' "
		  "white-space-collapse='false'", "a  \n  b", "a\nb" },
		{ "linefeed-treatment='preserve'", "a " I(" \n ") "b",
		    "a \nb" },
		{ "linefeed-treatment='ignore'", "a\nb \n c", "ab c" },
		{ "linefeed-treatment='treat-as-zero-width-space'", "a\nb",
		    "a\xe2\x80\x8b" "b" },
		{ "white-space-treatment='ignore'", "a b\tc", "abc" },
		{ "", "a" I("\n") "b", "a b" },
		/* a property of blocks */
		{ "", "<fo:inline white-space-collapse='false'>a  b</fo:inline>",
		    "a b" },
	};

	(void)state;
	check_paragraphs(rows, sizeof rows / sizeof *rows);
}

/* Across inline objects, each text by its own language. */
static void
test_typography_in_blocks(void **state)
{
#define ON "xml:lang='fr-FR' px:typography='on'"
#define NN "\xe2\x80\xaf"
#define NB "\xc2\xa0"
	static const struct paragraph rows[] = {
		{ ON, "Oui " I("!"), "Oui" NN "!" },
		{ ON, "Oui" I("!"), "Oui" NN "!" },
		{ ON, I("Oui ") "!", "Oui" NN "!" },
		{ ON, "Page " P " : un", "Page |" NB ": un" },
		{ ON, "« " I("a") " »", "«" NB "a" NB "»" },
		{ ON, "« \n a  »", "«" NB "a" NB "»" },
		{ ON, "<fo:inline xml:lang='en-GB'>What ?</fo:inline> Oui ?",
		    "What ? Oui" NN "?" },
		{ ON, "<fo:inline px:typography='off'>a : b</fo:inline> c : d",
		    "a : b c" NB ": d" },
		{ "xml:lang='fr-FR'", "Oui !", "Oui !" },
		{ ON, "Oui" BLK "! a", "Oui[b]! a" },
		{ ON, "l'" I("eau"), "l’eau" },
	};

	(void)state;
	check_paragraphs(rows, sizeof rows / sizeof *rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typography),
		cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_typography_in_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
