/*
 * Pages of random items, orderly and not: whatever comes, the file is sound,
 * brackets nest, everything painted is tagged or an artifact, and every mark
 * has its element.
 */
#include "check_pdf.h"

#include <ctype.h>
#include <unistd.h>

#include "make_doc.h"

static uint32_t seed;

static int
any(int n)
{
	seed = seed * 1103515245 + 12345;
	return (int)((seed >> 16) % (uint32_t)n);
}

/* A place where someone may stand in the tree. */
struct tree {
	struct area_elem *elems[12];
	int n;
};

static struct area_elem *
any_elem(struct maker *m, struct tree *t)
{
	static const enum area_role roles[] = { ROLE_P, ROLE_SPAN, ROLE_LINK,
		ROLE_FIGURE, ROLE_TD, ROLE_LBL, ROLE_NOTE, ROLE_L };

	switch (any(4)) {
	case 0:
		return area_artifact((enum area_role)(ROLE_ARTIFACT_HEADER +
		    any(3)));
	case 1:
		if (t->n < 12) {
			struct area_elem *e = area_elem_new(roles[any(8)],
			    t->n ? t->elems[any(t->n)] : m->root);

			area_elem_set(e, NULL, "alt", NULL);
			t->elems[t->n++] = e;
			return e;
		}
		/* fall through */
	default:
		return t->n ? t->elems[any(t->n)] : m->root;
	}
}

static struct area_path *
any_path(struct maker *m)
{
	static const struct area_stop stops[] = { { 0, { 255, 0, 0, 255 } },
		{ .5f, { 0, 255, 0, 90 } }, { 1, { 0, 0, 255, 255 } } };
	mpt r[4] = { PT(any(20)), PT(any(20)), PT(any(20)), PT(any(20)) };
	struct area_path *p = area_round_rect(m->page->arena, PT(any(500)),
	    PT(any(700)), PT(any(200)), PT(any(200)), r, r);
	struct area_paint *paints[2] = { &p->fill, &p->stroke };

	for (int i = 0; i < 2; i++) {
		struct area_paint *a = paints[i];

		a->kind = (enum area_paint_kind)any(4);
		a->color = (struct color){ 10, 20, 30,
			(uint8_t)(any(2) ? 255 : any(256)) };
		a->x2 = a->r2 = 1;
		a->m[0] = a->m[3] = PT(100);
		a->stops = stops;
		a->n_stops = (size_t)any(4);
	}
	p->line_width = any(5000);
	p->join = (uint8_t)any(3);
	p->cap = (uint8_t)any(3);
	p->even_odd = any(2);
	return p;
}

static void
any_item(struct maker *m, struct tree *t)
{
	struct area_page *p = m->page;
	struct area_elem *e = any_elem(m, t);
	mpt x = PT(any(500)), y = PT(any(800));

	switch (any(11)) {
	case 0:
	case 1:
		m->size = PT(4 + any(20));
		m->oblique = any(5) == 0;
		m->color.a = (uint8_t)(any(3) ? 255 : any(256));
		maker_text(m, e, x, y, "Office \xC3\xA9(1)");
		break;
	case 2:
		area_add_rect(p, e, x, y, PT(any(90) - 5), PT(any(90) - 5),
		    (struct color){ (uint8_t)any(256), 0, 0,
			(uint8_t)(any(2) ? 255 : 100) });
		break;
	case 3:
		area_add(p, AREA_PATH, e, any_path(m));
		break;
	case 4:
	case 5:
		area_push(p, e, (const double[]){ 1, any(3) * .1, any(3) * .1,
		    1, PT(any(9)), PT(any(9)) }, any(2) ? any_path(m) : NULL,
		    (uint8_t)(any(2) ? 255 : any(256)));
		break;
	case 6:
	case 7:
		area_pop(p);
		break;
	case 8: {
		struct area_link *l = arena_alloc(p->arena, sizeof *l);

		*l = (struct area_link){ x, y, PT(50), PT(10),
			any(2) ? "https://exemple.org/" : NULL, "a", NULL };
		area_add(p, AREA_LINK, e, l);
		break;
	}
	case 9: {
		struct area_slot *s = arena_alloc(p->arena, sizeof *s);

		*s = (struct area_slot){ any(3), x, y, PT(30) };
		area_add(p, AREA_SLOT, e, s);
		break;
	}
	default:
		area_add(p, AREA_TOUCH, e, NULL);
	}
}

/* ------------------------------------------------------------- checking */

static bool
is_one_of(const char *word, const char *words)
{
	const char *at = strstr(words, word);

	return at && (at == words || at[-1] == ' ') &&
	    (at[strlen(word)] == ' ' || !at[strlen(word)]);
}

/* q and Q, BT and ET, BDC and EMC nest; nothing is painted outside marks.
 * Returns the number of marks with an MCID. */
static int
check_content(const char *s, size_t n)
{
	char stack[64], word[64];
	int depth = 0, marks = 0, mcids = 0;
	size_t len = 0;
	bool name = false;

	for (size_t i = 0; i <= n; i++) {
		char c = i < n ? s[i] : ' ';

		if (!isspace((unsigned char)c) && !strchr("[]<>/", c)) {
			assert_true(len < sizeof word - 1);
			word[len++] = c;
			continue;
		}
		word[len] = '\0';
		if (name && !strcmp(word, "MCID"))
			mcids++;
		if (len && !name) {
			if (is_one_of(word, "q BT BDC BMC")) {
				assert_true(depth < 64);
				stack[depth++] = word[1] == 'D' ||
				    word[1] == 'M' ? 'm' : word[0];
				marks += stack[depth - 1] == 'm';
			} else if (is_one_of(word, "Q ET EMC")) {
				char open = word[0] == 'Q' ? 'q'
				    : word[1] == 'T'	   ? 'B'
							   : 'm';

				assert_true(depth > 0);
				assert_int_equal(stack[--depth], open);
				marks -= open == 'm';
			} else if (is_one_of(word, "f f* S B B* TJ Do sh")) {
				assert_true(marks > 0);
			}
		}
		if (len || c != '/')
			name = false;
		len = 0;
		name = c == '/';
	}
	assert_int_equal(depth, 0);
	return mcids;
}

/* Every page: its content, and as many parents as it has marks. */
static void
check_pages(const struct buf *b)
{
	const char *page = b->p, *end = b->p + b->n;
	int pages = 0;

	for (; page < end - 12; page++) {
		unsigned id, key;
		char head[48];
		const char *at;
		size_t n;
		int mcids, parents = 0;

		if (memcmp(page, "/Contents ", 10))
			continue;
		assert_int_equal(sscanf(page, "/Contents %u", &id), 1);
		snprintf(head, sizeof head, "\n%u 0 obj\n<</Length ", id);
		for (at = b->p; memcmp(at, head, strlen(head)); at++)
			assert_true(at < end - 64);
		at += strlen(head);
		n = strtoul(at, NULL, 10);
		mcids = check_content(strstr(at, "stream\n") + 7, n);
		at = strstr(page, "/StructParents ");
		assert_non_null(at);
		assert_int_equal(sscanf(at, "/StructParents %u", &key), 1);
		/* The array of parents was written just before the page. */
		for (at = page; memcmp(at, "obj\n[", 5); at--)
			assert_true(at > b->p);
		for (at += 5; *at != ']'; at++)
			parents += *at == 'R';
		assert_int_equal(parents, mcids);
		pages++;
	}
	assert_int_equal(pages, 3);
}

static void
make_random(const char *path, bool uncompressed)
{
	struct maker m = { 0 };
	struct tree t = { .n = 0 };
	const struct area_text *slots[2];

	maker_begin(&m, path, &(struct pdf_options){ .uncompressed =
	    uncompressed });
	for (int page = 0; page < 3; page++) {
		maker_page(&m);
		for (int n = any(120); n >= 0; n--)
			any_item(&m, &t);
		if (page == 2) {
			while (t.n > 0)
				area_end(m.page, t.elems[--t.n]);
			area_end(m.page, m.root);
		}
		assert_true(maker_send(&m));
	}
	m.color.a = 255;
	slots[0] = maker_run(&m, m.job.arena, 0, 0, "1");
	slots[1] = NULL;
	m.doc.slots = slots;
	m.doc.n_slots = 2;
	assert_true(maker_end(&m));
	assert_int_equal(diag_count(m.job.diag, DIAG_NOTE), 0);
	maker_free(&m);
}

static void
test_random(void **state)
{
	char path[] = "/tmp/parcours-random-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	for (uint32_t i = 0; i < 60; i++) {
		struct buf b;

		seed = i;
		make_random(path, true);
		b = run("cat @", path);
		check_pages(&b);
		buf_free(&b);
		if (i % 10)
			continue;
		seed = i;
		make_random(path, false);
		check_file(path);
		/* Poppler reads and renders it without a complaint. */
		b = run("pdftoppm -r 10 @ 2>&1 >/dev/null", path);
		assert_string_equal(buf_str(&b), "");
		buf_free(&b);
		b = run("pdfinfo -struct @ 2>&1 >/dev/null", path);
		assert_string_equal(buf_str(&b), "");
		buf_free(&b);
	}
	remove(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
