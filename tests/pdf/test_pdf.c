/* Text, structure, navigation and metadata of whole documents, as other
 * programs read them. */
#include "check_pdf.h"

#include <unistd.h>

#include "impose/impose.h"
#include "make_doc.h"

struct fixture {
	struct maker m;
	char path[64];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int fd;

	strcpy(f->path, "/tmp/parcours-pdf-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	remove(f->path);
	if (f->m.job.arena)
		maker_free(&f->m);
	free(f);
	return 0;
}

static struct maker *
begin(struct fixture *f, bool uncompressed)
{
	maker_begin(&f->m, f->path,
	    &(struct pdf_options){ .uncompressed = uncompressed });
	return &f->m;
}

static void
end(struct fixture *f)
{
	struct maker *m = &f->m;

	if (m->page) {
		area_end(m->page, m->root);
		assert_true(maker_send(m));
	}
	assert_true(maker_end(m));
	if (diag_count(m->job.diag, DIAG_NOTE)) {
		struct buf b = { 0 };

		diag_dump(m->job.diag, &b);
		fail_msg("%s", b.p);
	}
	check_file(f->path);
}

static struct buf
contents(const char *path)
{
	return run("cat @", path);
}

/* ----------------------------------------------------------------- text */

/* Ligatures, kerning, spaces that do not break, two ways to write é, the
 * specials of PDF strings, all kinds of fonts. */
static void
test_text(void **state)
{
	static const char *const families[] = { "Inter", "Liberation Serif",
		"Nimbus Roman", "Noto Sans" };
	static const char text[] = "Affichage difficile : AVAT (a\\b) "
	    "e\xCC\x81t\xC3\xA9 \xC5\x93uvre \xE2\x82\xAC";
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct buf expected = { 0 };

	maker_page(m);
	for (int i = 0; i < 4; i++) {
		m->families = families[i];
		maker_line(m, ROLE_P, m->root, PT(50), PT(50 + 20 * i), text);
		buf_printf(&expected, "%s\n", text);
	}
	end(f);
	assert_output("pdftotext -layout @ - | tr -d '\f' | grep -v '^$' |"
	    " sed 's/^ *//'",
	    f->path, expected.p);
	buf_free(&expected);
}

static void
test_spaces(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, true);
	struct buf b;

	maker_page(m);
	maker_line(m, ROLE_P, m->root, PT(50), PT(50),
	    "12\xE2\x80\xAF" "345\xC2\xA0\xE2\x82\xAC oui");
	end(f);
	b = qdf(f->path);
	/* Three spaces have three codes, each with its own meaning. */
	assert_holds(&b, "><0020>");
	assert_holds(&b, "><00A0>");
	assert_holds(&b, "><202F>");
	buf_free(&b);
}

/* Glyphs of one cluster are named together; offsets move the pen; what is
 * justified stands where layout wants it. */
static void
test_clusters(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, true);
	struct area_elem *e;
	struct area_text *t;
	struct area_glyph g[3], *wide;
	struct buf b;

	maker_page(m);
	e = area_elem_new(ROLE_P, m->root);
	t = maker_text(m, e, PT(50), PT(50), "oe!");
	memcpy(g, t->glyphs, sizeof g);
	t->text = "\xC5\x93!";
	g[0].text_off = 0;
	g[0].text_len = 2;
	g[1].text_len = 0;
	g[1].dy = 1500;
	g[2].text_off = 2;
	g[2].text_len = 1;
	t->glyphs = g;
	t = maker_text(m, e, PT(50), PT(70), "a b");
	wide = memcpy(arena_array(m->page->arena, 3, sizeof *wide), t->glyphs,
	    3 * sizeof *wide);
	wide[1].advance += 5000;
	t->glyphs = wide;
	area_end(m->page, e);
	end(f);
	/* Page contents stand first, and as we wrote them. */
	b = contents(f->path);
	assert_holds(&b, "/Span<</ActualText<FEFF0153>>>BDC");
	assert_holds(&b, "1.5 Ts");
	assert_holds(&b, "0 Ts");
	/* 5 pt at 10 pt are 500 thousandths. */
	assert_holds(&b, ">-500<");
	buf_free(&b);
	assert_output("pdftotext @ - | head -1", f->path, "\xC5\x93!\n");
}

/* A mark is named with its letter; the space at the end of a line, which takes
 * no room either, is not: poppler would take "e " for the end of a word. */
static void
test_marks(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, true);
	struct area_elem *e;
	struct area_text *t;
	struct area_glyph g[3];
	struct buf b;

	maker_page(m);
	e = area_elem_new(ROLE_P, m->root);
	t = maker_text(m, e, PT(50), PT(50), "oe ");
	memcpy(g, t->glyphs, sizeof g);
	t->text = "e\xCC\x81 ";
	g[1].text_len = 2;
	g[1].advance = 0;
	g[2].text_off = 3;
	g[2].advance = 0;
	t->glyphs = g;
	area_end(m->page, e);
	end(f);
	b = contents(f->path);
	assert_holds(&b, "/Span<</ActualText<FEFF00650301>>>BDC");
	buf_free(&b);
	assert_output("pdftotext -bbox @ - | grep -o 'yMax.*</word>' |"
	    " sed 's/.*>\\(.*\\)<.*/[\\1]/'", f->path, "[e\xCC\x81]\n");
}

/* 70,000 meanings need more than the 65,535 codes of one font. */
static void
test_many_codes(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct buf b = { 0 };
	uint32_t cp = 0x20000;
	uint16_t gid;

	maker_page(m);
	struct area_elem *e = area_elem_new(ROLE_P, m->root);
	gid = maker_text(m, e, PT(50), PT(20), "x")->glyphs[0].gid;
	for (int line = 0; line < 70; line++) {
		struct area_glyph *g = arena_array(m->page->arena, 1000,
		    sizeof *g);
		struct area_text *t = maker_text(m, e, PT(50),
		    PT(30 + 10 * line), "x");

		buf_clear(&b);
		for (int i = 0; i < 1000; i++) {
			g[i] = (struct area_glyph){ .gid = gid, .text_len = 4,
				.text_off = (uint32_t)b.n, .advance = 500 };
			buf_utf8(&b, cp++);
		}
		t->glyphs = g;
		t->n = 1000;
		t->text = arena_strdup(m->page->arena, b.p);
	}
	area_end(m->page, e);
	end(f);
	buf_free(&b);
	b = run("pdffonts @ | tail -n +3 | wc -l", f->path);
	assert_string_equal(b.p, "2\n");
	buf_free(&b);
	b = run("pdftotext @ - | tr -d ' \\n\\f' | tail -c 4", f->path);
	const char *s = b.p;
	assert_int_equal(utf8_next(&s, b.p + b.n), cp - 1);
	buf_free(&b);
}

/* ------------------------------------------------------------ structure */

/* A document of most kinds of elements. */
static void
make_structure(struct maker *m)
{
	struct area_elem *sect, *e, *list, *li, *body, *table, *tr, *th, *td;
	struct area_elem *header = area_artifact(ROLE_ARTIFACT_HEADER);
	static const struct area_link uri = { PT(80), PT(190), PT(60), PT(12),
		"https://exemple.org/\xC3\xA9 t%C3%A9?a=(1)", NULL, "Le site" };
	static const struct area_link page = { PT(200), PT(190), PT(60), PT(12),
		NULL, "fin (1)", NULL };
	static const struct area_anchor end_of_text = { "fin (1)", PT(10),
		PT(100) };

	maker_page(m);
	maker_text(m, header, PT(50), PT(30), "En-t\xC3\xAAte");
	sect = area_elem_new(ROLE_SECT, m->root);
	maker_line(m, ROLE_H1, sect, PT(50), PT(60), "Titre");

	list = area_elem_new(ROLE_L, sect);
	for (int i = 0; i < 2; i++) {
		li = area_elem_new(ROLE_LI, list);
		maker_line(m, ROLE_LBL, li, PT(50), PT(100 + 15 * i),
		    i ? "2." : "1.");
		body = area_elem_new(ROLE_LBODY, li);
		maker_line(m, ROLE_P, body, PT(70), PT(100 + 15 * i), "Point");
		area_end(m->page, body);
		area_end(m->page, li);
	}
	area_end(m->page, list);

	/* Text, a link, text again: the link stands between. */
	e = area_elem_new(ROLE_P, sect);
	maker_text(m, e, PT(50), PT(200), "Voir ");
	struct area_elem *link = area_elem_new(ROLE_LINK, e);
	maker_text(m, link, PT(80), PT(200), "le site");
	area_add(m->page, AREA_LINK, link, &uri);
	maker_text(m, e, PT(150), PT(200), " et ");
	area_add(m->page, AREA_LINK, e, &page);
	area_end(m->page, link);
	struct area_elem *note = maker_line(m, ROLE_NOTE, e, PT(300), PT(200),
	    "Note");
	area_elem_set(note, "en", NULL, "n1");
	area_end(m->page, e);

	table = area_elem_new(ROLE_TABLE, sect);
	tr = area_elem_new(ROLE_TR, table);
	th = maker_line(m, ROLE_TH, tr, PT(50), PT(300), "Colonne");
	th->scope = SCOPE_COLUMN;
	th->colspan = 3;
	area_end(m->page, tr);
	tr = area_elem_new(ROLE_TR, table);
	maker_line(m, ROLE_TD, tr, PT(50), PT(320), "Un");
	/* An empty cell exists all the same. */
	td = area_elem_new(ROLE_TD, tr);
	area_add(m->page, AREA_TOUCH, td, NULL);
	area_end(m->page, td);
	/* This row goes on over the page. */
	e = area_elem_new(ROLE_TD, tr);
	maker_text(m, e, PT(150), PT(320), "Avant");
	/* An element without anything is none. */
	area_end(m->page, area_elem_new(ROLE_P, sect));
	assert_true(maker_send(m));

	maker_page(m);
	maker_text(m, header, PT(50), PT(30), "En-t\xC3\xAAte");
	maker_text(m, e, PT(150), PT(60), "Apr\xC3\xA8s");
	area_end(m->page, e);
	area_end(m->page, tr);
	area_end(m->page, table);
	e = area_elem_new(ROLE_FIGURE, sect);
	area_elem_set(e, NULL, "Un carr\xC3\xA9", NULL);
	area_add_rect(m->page, e, PT(100), PT(100), PT(50), PT(50),
	    (struct color){ 255, 0, 0, 255 });
	area_end(m->page, e);
	area_add(m->page, AREA_ANCHOR, sect, &end_of_text);
	area_end(m->page, sect);
}

static void
test_structure(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct buf b;

	make_structure(m);
	end(f);
	assert_output("pdfinfo -struct-text @ | grep -v Object |"
	    " sed 's/<[0-9]*>/<>/'", f->path,
	    "Document\n"
	    "  Sect\n"
	    "    H1 (block)\n"
	    "      \"Titre\"\n"
	    "    L (block):\n"
	    "       /ListNumbering /Decimal\n"
	    "      LI (block)\n"
	    "        Lbl (block)\n"
	    "          \"1.\"\n"
	    "        LBody (block)\n"
	    "          P (block)\n"
	    "            \"Point\"\n"
	    "      LI (block)\n"
	    "        Lbl (block)\n"
	    "          \"2.\"\n"
	    "        LBody (block)\n"
	    "          P (block)\n"
	    "            \"Point\"\n"
	    "    P (block)\n"
	    "      \"Voir \"\n"
	    "      Link (inline)\n"
	    "        \"le site\"\n"
	    "      \" et \"\n"
	    "      Link (inline)\n"
	    "      Note <> (inline)\n"
	    "        \"Note\"\n"
	    "    Table (block)\n"
	    "      TR\n"
	    "        TH:\n"
	    "           /Scope /Column\n"
	    "           /ColSpan 3\n"
	    "          \"Colonne\"\n"
	    "      TR\n"
	    "        TD\n"
	    "          \"Un\"\n"
	    "        TD\n"
	    "        TD\n"
	    "          \"Avant\"\n"
	    "          \"Apr\xC3\xA8s\"\n"
	    "    Figure:\n"
	    "       /Placement /Block\n"
	    "       /BBox [100 691.89 150 741.89]\n"
	    "      \"\"\n");
	b = qdf(f->path);
	assert_holds(&b, "/Alt <feff0055006e0020006300610072007200e9>");
	assert_holds(&b, "/Lang (en)");
	assert_holds(&b, "/IDTree");
	assert_holds(&b, "/URI (https://exemple.org/%C3%A9%20t%C3%A9?a=\\(1\\))");
	assert_holds(&b, "/Contents (Le site)");
	assert_holds(&b, "/Contents (fin \\(1\\))");
	assert_holds(&b, "/Dest (fin \\(1\\))");
	assert_holds(&b, "/Marked true");
	assert_holds(&b, "/DisplayDocTitle true");
	assert_holds(&b, "<pdfuaid:part>1</pdfuaid:part>");
	assert_holds(&b, "/Lang (fr-FR)");
	assert_holds(&b, "/Tabs /S");
	buf_free(&b);
	/* The destination is where the anchor was. */
	b = run("pdfinfo -dests @ | tail -1", f->path);
	assert_holds(&b, "   2 [ XYZ   10  742");
	assert_holds(&b, "\"fin (1)\"");
	buf_free(&b);
}

/* A link without a title is called by its words, wherever they stand. */
static void
test_link_words(void **state)
{
	static const struct area_link here = { PT(50), PT(40), PT(60), PT(12),
		NULL, "x1", NULL };
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct area_elem *p, *link, *span;
	struct buf b;

	maker_page(m);
	p = area_elem_new(ROLE_P, m->root);
	link = area_elem_new(ROLE_LINK, p);
	span = area_elem_new(ROLE_SPAN, link);
	maker_text(m, p, PT(20), PT(50), "Voir ");
	maker_text(m, link, PT(50), PT(50), "la ");
	area_add(m->page, AREA_LINK, link, &here);
	maker_text(m, span, PT(80), PT(50), "suite");
	/* In a header there is no element to stand in: it gets its own. */
	area_add(m->page, AREA_LINK, area_artifact(ROLE_ARTIFACT_HEADER),
	    &here);
	area_end(m->page, span);
	area_end(m->page, link);
	area_end(m->page, p);
	end(f);
	b = qdf(f->path);
	assert_holds(&b, "/Contents (la suite)");
	assert_holds(&b, "/Contents (x1)");
	buf_free(&b);
	assert_output("pdfinfo -struct @ | grep -v Object", f->path,
	    "Document\n  P (block)\n    Link (inline)\n      Span (inline)\n"
	    "  Link (inline)\n");
}

/* A claim to be accessible is only made where it holds. */
static void
test_not_accessible(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct area_elem *e;
	struct buf b;

	maker_page(m);
	e = area_elem_new(ROLE_FIGURE, m->root);
	area_add_rect(m->page, e, 0, 0, PT(9), PT(9),
	    (struct color){ 0, 0, 0, 255 });
	area_end(m->page, e);
	end(f);
	b = run("pdfinfo -meta @", f->path);
	assert_lacks(&b, "pdfuaid:part");
	buf_free(&b);
}

static struct area_elem *
put_elem(struct maker *m, enum area_role role, struct area_elem *parent)
{
	struct area_elem *e = area_elem_new(role, parent);

	area_add_rect(m->page, e, 0, 0, PT(9), PT(9),
	    (struct color){ 0, 0, 0, 255 });
	return e;
}

/* Two rows, the first of two cells, the second of one that spans so many. */
static void
put_table(struct maker *m, uint16_t spans)
{
	struct area_elem *table = area_elem_new(ROLE_TABLE, m->root), *row, *e;

	for (int i = 0; i < 2; i++) {
		row = area_elem_new(ROLE_TR, table);
		for (int k = 0; k < 2 - i; k++) {
			e = put_elem(m, ROLE_TD, row);
			e->colspan = i == 0 ? 1 : spans;
			area_end(m->page, e);
		}
		area_end(m->page, row);
	}
	area_end(m->page, table);
}

static void
put_headings(struct maker *m, enum area_role second)
{
	area_end(m->page, put_elem(m, ROLE_H1, m->root));
	area_end(m->page, put_elem(m, second, m->root));
}

/* The rows of a table have as many columns; no level of headings is left out. */
static void
test_accessible_rows_and_headings(void **state)
{
	static const struct {
		uint16_t spans;
		enum area_role heading;
		bool claims;
	} rows[] = {
		{ 2, ROLE_H2, true }, { 1, ROLE_H2, false },
		{ 2, ROLE_H1, true }, { 2, ROLE_H3, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture *f = *state;
		struct maker *m = begin(f, false);
		struct buf b;

		maker_page(m);
		put_headings(m, rows[i].heading);
		put_table(m, rows[i].spans);
		end(f);
		b = run("pdfinfo -meta @", f->path);
		if (rows[i].claims)
			assert_holds(&b, "pdfuaid:part");
		else
			assert_lacks(&b, "pdfuaid:part");
		buf_free(&b);
	}
}

/* Eight pages on two sheets: read 1 to 8, whatever order they are painted
 * in; links and anchors stand where the page stands. */
static void
test_booklet(void **state)
{
	static const struct area_link link = { PT(50), PT(90), PT(60), PT(12),
		NULL, "p8", NULL };
	static const struct area_anchor anchor = { "p8", PT(20), PT(40) };
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct impose_options o = { 0 };
	struct area_page *pages[8];
	struct area_elem *across = NULL;
	struct area_sheet *sides;
	struct buf b = { 0 };
	size_t n;

	for (int i = 0; i < 8; i++) {
		char text[32];

		pages[i] = maker_page(m);
		snprintf(text, sizeof text, "Page %d", i + 1);
		pages[i]->label = arena_strdup(pages[i]->arena, text + 5);
		if (i == 2)
			across = area_elem_new(ROLE_P, m->root);
		if (i == 2 || i == 3)
			maker_text(m, across, PT(50), PT(50), text);
		else
			maker_line(m, ROLE_P, m->root, PT(50), PT(50), text);
		if (i == 3)
			area_end(m->page, across);
		if (i == 0)
			area_add(m->page, AREA_LINK, m->root, &link);
		if (i == 7) {
			area_add(m->page, AREA_ANCHOR, m->root, &anchor);
			area_end(m->page, m->root);
		}
		pdf_structure(m->pdf, pages[i]);
	}
	m->page = NULL;
	sides = impose_booklet(m->job.arena, &o, pages, 8, &n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++)
		assert_true(pdf_sheet(m->pdf, &sides[i]));
	for (int i = 0; i < 8; i++)
		area_page_free(pages[i]);
	end(f);
	assert_output("pdfinfo -struct-text @ | grep Page | tr -d ' \\n'",
	    f->path, "\"Page1\"\"Page2\"\"Page3\"\"Page4\"\"Page5\"\"Page6\""
	    "\"Page7\"\"Page8\"");
	assert_output("pdftotext -f 1 -l 1 -layout @ - | tr -s ' ' | grep P;"
	    " pdftotext -f 4 -l 4 -layout @ - | tr -s ' ' | grep P",
	    f->path, "Page 8 Page 1\nPage 4 Page 5\n");
	/* Page 1 stands right on the first side, page 8 left. */
	b = qdf(f->path);
	assert_holds(&b, "/Rect [\n    645.28\n");
	assert_holds(&b, "/P (8 | )");
	buf_free(&b);
	b = run("pdfinfo -dests @ | tail -1", f->path);
	assert_holds(&b, "   1 [ XYZ   20  802");
	buf_free(&b);
}

/* ----------------------------------------------------- around the pages */

static void
test_slots(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	const struct area_text *slots[2];

	for (int i = 0; i < 3; i++) {
		struct area_slot *slot;

		maker_page(m);
		slot = arena_alloc(m->page->arena, sizeof *slot);
		*slot = (struct area_slot){ i == 2, PT(80), PT(50), PT(30) };
		m->color = (struct color){ 0, 0, 255, 100 };
		maker_text(m, area_artifact(ROLE_ARTIFACT_FOOTER), PT(50),
		    PT(50), "sur");
		area_add(m->page, AREA_SLOT,
		    area_artifact(ROLE_ARTIFACT_FOOTER), slot);
		if (i < 2)
			assert_true(maker_send(m));
	}
	m->color = (struct color){ 255, 0, 0, 255 };
	m->size = PT(40);
	slots[0] = maker_run(m, m->job.arena, PT(5), 0, "MMM");
	slots[1] = NULL;
	m->doc.slots = slots;
	m->doc.n_slots = 2;
	end(f);
	assert_output("pdftotext -layout @ - | tr -d '\f' | tr -s ' ' | grep s",
	    f->path,
	    "sur MMM\nsur MMM\nsur\n");
	/* Red and opaque, whatever came before it on the page. */
	struct picture p = render(f->path);
	bool red = false;
	for (int x = 84; x < 160 && !red; x++) {
		const unsigned char *c = p.pixels + 3 * (35 * p.width + x);

		red = c[0] > 240 && c[1] < 40 && c[2] < 40;
	}
	assert_true(red);
	buf_free(&p.ppm);
}

static void
test_outline(void **state)
{
	struct area_outline b2 = { "B 2", "b2", false, NULL, NULL, NULL };
	struct area_outline b1 = { "B 1", "b1", false, NULL, &b2, NULL };
	struct area_outline c = { "\xC3\x89t\xC3\xA9 \xF0\x9F\x98\x80", "c",
		false, NULL, NULL, NULL };
	struct area_outline b = { "B", "b1", true, &b1, &c, NULL };
	struct area_outline a = { "A (1)", NULL, false, &b2, &b, NULL };
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct buf out;

	maker_page(m);
	m->doc.outline = &a;
	end(f);
	out = run("qpdf --json --json-key=outlines @", f->path);
	assert_holds(&out, "\"title\": \"A (1)\"");
	assert_holds(&out, "\"title\": \"B 1\"");
	assert_holds(&out, "\"title\": \"\xC3\x89t\xC3\xA9 \xF0\x9F\x98\x80\"");
	buf_free(&out);
	out = qdf(f->path);
	/* A is closed over one, B open over two: five are seen. */
	assert_holds(&out, "/Count -1\n");
	assert_holds(&out, "/Count 2\n");
	assert_holds(&out, "/Count 5\n");
	buf_free(&out);
}

static void
test_labels(void **state)
{
	static const char *const labels[] = { "i", "ii", "iii", "iv", "1", "2",
		"3", "A-9", "A-10", "\xC3\xA9", "7", "X", "XI", "010" };
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	size_t n = sizeof labels / sizeof *labels;
	struct buf b;

	for (size_t i = 0; i < n; i++) {
		maker_page(m)->label = labels[i];
		if (i + 1 < n)
			assert_true(maker_send(m));
	}
	end(f);
	b = run("qpdf --json --json-key=pagelabels @ | tr -d ' \\n'", f->path);
	assert_holds(&b,
	    "[{\"index\":0,\"label\":{\"/S\":\"/r\",\"/St\":1}},"
	    "{\"index\":4,\"label\":{\"/S\":\"/D\",\"/St\":1}},"
	    "{\"index\":7,\"label\":{\"/P\":\"u:A-\",\"/S\":\"/D\",\"/St\":9}},"
	    "{\"index\":9,\"label\":{\"/P\":\"u:\xC3\xA9\",\"/St\":1}},"
	    "{\"index\":10,\"label\":{\"/S\":\"/D\",\"/St\":7}},"
	    "{\"index\":11,\"label\":{\"/S\":\"/R\",\"/St\":10}},"
	    "{\"index\":13,\"label\":{\"/P\":\"u:0\",\"/S\":\"/D\",\"/St\":10}}]");
	buf_free(&b);
}

static void
test_metadata(void **state)
{
	static struct area_attachment files[] = {
		{ "z.xml", "Donn\xC3\xA9" "es", "application/xml", "Source",
		    "<z/>", 4 },
		{ "a.txt", NULL, "text/plain", NULL, "", 0 },
	};
	struct fixture *f = *state;
	struct maker *m = &f->m;
	struct buf b;

	m->doc.title = "a & <b> \xC3\xA9";
	m->doc.author = "Z\xC3\xB6" "e";
	m->doc.subject = "s\x01ujet";
	m->doc.keywords = "un, deux";
	m->doc.creator = "essai";
	m->doc.number = "N-12";
	m->doc.date = "2025-06-24T10:30:00+02:00";
	m->doc.xmp = "<rdf:Description rdf:about=\"\" "
	    "xmlns:e=\"urn:e\"><e:x>1</e:x></rdf:Description>";
	m->doc.attachments = files;
	m->doc.n_attachments = 2;
	maker_begin(m, f->path, &(struct pdf_options){ .output_profile =
	    "/usr/share/color/icc/sRGB.icc" });
	maker_page(m);
	end(f);
	b = run("TZ=UTC pdfinfo @", f->path);
	assert_holds(&b, "Title:           a & <b> \xC3\xA9\n");
	assert_holds(&b, "Author:          Z\xC3\xB6" "e\n");
	assert_holds(&b, "Keywords:        un, deux\n");
	assert_holds(&b, "Creator:         essai\n");
	assert_holds(&b, "CreationDate:    Tue Jun 24 08:30:00 2025 UTC\n");
	assert_holds(&b, "ModDate:         Tue Jun 24 08:30:00 2025 UTC\n");
	assert_holds(&b, "Tagged:          yes\n");
	assert_holds(&b, "PDF version:     1.7\n");
	buf_free(&b);
	b = run("pdfinfo -meta @", f->path);
	assert_holds(&b, "a &amp; &lt;b&gt; \xC3\xA9");
	assert_holds(&b, "<dc:identifier>N-12<");
	assert_holds(&b, "2025-06-24T10:30:00+02:00");
	assert_holds(&b, "<e:x>1</e:x>");
	assert_holds(&b, ">sujet<");
	buf_free(&b);
	b = run("pdfdetach -list @", f->path);
	assert_holds(&b, "2 embedded files\n1: a.txt\n2: z.xml\n");
	buf_free(&b);
	assert_output("pdfdetach -save 2 -o @.x @ && cat @.x; rm -f @.x",
	    f->path, "<z/>");
	b = qdf(f->path);
	assert_holds(&b, "/AFRelationship /Source");
	assert_holds(&b, "/Subtype /application#2fxml");
	assert_holds(&b, "/OutputIntents");
	assert_holds(&b, "/AF [");
	buf_free(&b);
}

/* ------------------------------------------------------------ the file */

/* The trailer's ID. */
static const char *
id_of(const struct buf *b)
{
	for (size_t i = b->n - 5; i > 0; i--)
		if (!memcmp(b->p + i, "/ID[<", 5))
			return b->p + i + 5;
	fail();
	return NULL;
}

static void
test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct buf first, again;

	make_structure(begin(f, false));
	end(f);
	first = contents(f->path);
	maker_free(&f->m);
	f->m = (struct maker){ 0 };
	make_structure(begin(f, false));
	end(f);
	again = contents(f->path);
	assert_int_equal(first.n, again.n);
	assert_memory_equal(first.p, again.p, first.n);
	buf_free(&again);
	maker_free(&f->m);

	/* Another title: another ID. */
	f->m = (struct maker){ .doc.title = "Autre" };
	make_structure(begin(f, false));
	end(f);
	again = contents(f->path);
	assert_memory_not_equal(id_of(&first), id_of(&again), 32);
	buf_free(&first);
	buf_free(&again);
}

static void
test_full_disk(void **state)
{
	struct fixture *f = *state;
	struct maker *m = &f->m;
	struct buf b = { 0 };

	maker_begin(m, "/dev/full", NULL);
	make_structure(m);
	area_end(m->page, m->root);
	maker_send(m);
	assert_false(maker_end(m));
	diag_dump(m->job.diag, &b);
	assert_holds(&b, "/dev/full: error [file-write]");
	buf_free(&b);
}

/* Given up half-way, everything is freed (the sanitizers look). */
static void
test_unfinished(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);

	make_structure(m);
	pdf_structure(m->pdf, m->page);
	area_page_free(m->page);
	pdf_free(m->pdf);
	outfile_abort(m->out);
	images_free(m->images);
	fonts_free(m->fonts);
	/* Elements that did not end are still layout's. */
	area_elem_free(m->root);
	pdf_free(NULL);
}

static long
resident_kb(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	long all, resident;

	assert_int_equal(fscanf(f, "%ld %ld", &all, &resident), 2);
	fclose(f);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* A page of a table, 80 cells. */
static void
table_page(struct maker *m, struct area_elem *body, int page)
{
	maker_page(m);
	for (int r = 0; r < 20; r++) {
		struct area_elem *tr = area_elem_new(ROLE_TR, body);

		for (int c = 0; c < 4; c++) {
			struct area_elem *td = area_elem_new(ROLE_TD, tr);
			char text[32];

			snprintf(text, sizeof text, "Cellule %d, %d",
			    page % 50 + r, c);
			maker_line(m, ROLE_P, td, PT(50 + 120 * c),
			    PT(60 + 36 * r), text);
			area_end(m->page, td);
		}
		area_end(m->page, tr);
	}
}

/* 2,000 pages, 320,000 elements: memory follows what is open.  What stays of a
 * page of tables is at most 16 kB. */
static void
test_flat_memory(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct area_elem *table = area_elem_new(ROLE_TABLE, m->root);
	struct area_elem *body = area_elem_new(ROLE_TBODY, table);
	long before = 0;

	for (int i = 0; i < 2000; i++) {
		table_page(m, body, i);
		if (i == 1999)
			break;
		assert_true(maker_send(m));
		if (i == 500)
			before = resident_kb();
	}
	/* (A sanitizer keeps what is freed.) */
#if !defined(__SANITIZE_ADDRESS__)
	if (resident_kb() - before > 1500 * 16)
		fail_msg("1500 pages took %ld kB", resident_kb() - before);
#endif
	area_end(m->page, body);
	area_end(m->page, table);
	end(f);
	assert_true(before > 0);
	assert_output("qpdf --show-npages @", f->path, "2000\n");
}

/* So long that a thread writes it. */
static void
long_table(struct fixture *f, bool whole)
{
	struct maker *m = begin(f, false);
	struct area_elem *table = area_elem_new(ROLE_TABLE, m->root);
	struct area_elem *body = area_elem_new(ROLE_TBODY, table);

	for (int i = 0; i < 120; i++) {
		table_page(m, body, i);
		if (i < 119)
			assert_true(maker_send(m));
	}
	area_end(m->page, body);
	area_end(m->page, table);
	if (whole) {
		end(f);
		return;
	}
	assert_true(maker_send(m));
	pdf_free(m->pdf);
	outfile_abort(m->out);
	images_free(m->images);
	fonts_free(m->fonts);
	area_elem_free(m->root);
}

static void
test_long_file(void **state)
{
	struct fixture *f = *state;
	struct buf first, again;

	long_table(f, true);
	check_file(f->path);
	first = contents(f->path);
	maker_free(&f->m);
	f->m = (struct maker){ 0 };
	long_table(f, true);
	again = contents(f->path);
	assert_int_equal(first.n, again.n);
	assert_memory_equal(first.p, again.p, first.n);
	buf_free(&first);
	buf_free(&again);
	maker_free(&f->m);
	f->m = (struct maker){ 0 };
	long_table(f, false);
}

static void
test_small_file(void **state)
{
	struct fixture *f = *state;
	struct maker *m = begin(f, false);
	struct buf b;

	maker_page(m);
	m->weight = 700;
	maker_line(m, ROLE_H1, m->root, PT(50), PT(50),
	    "Portez ce vieux whisky au juge blond qui fume");
	m->weight = 400;
	for (int i = 0; i < 40; i++)
		maker_line(m, ROLE_P, m->root, PT(50), PT(80 + 15 * i),
		    "Voix ambigu\xC3\xAB d\xE2\x80\x99un c\xC5\x93ur qui, au "
		    "z\xC3\xA9phyr, pr\xC3\xA9" "f\xC3\xA8re les jattes de "
		    "kiwis ; 0123456789");
	end(f);
	b = contents(f->path);
	if (b.n > 25000)
		fail_msg("%zu bytes", b.n);
	buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_text),
		TEST(test_spaces),
		TEST(test_clusters),
		TEST(test_marks),
		TEST(test_many_codes),
		TEST(test_structure),
		TEST(test_link_words),
		TEST(test_not_accessible),
		TEST(test_accessible_rows_and_headings),
		TEST(test_booklet),
		TEST(test_slots),
		TEST(test_outline),
		TEST(test_labels),
		TEST(test_metadata),
		TEST(test_same_bytes),
		TEST(test_full_disk),
		TEST(test_unfinished),
		TEST(test_flat_memory),
		TEST(test_long_file),
		TEST(test_small_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
