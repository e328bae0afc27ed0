/*
 * The breaks of paragraphs as a table: words are figures, their widths in
 * points; a space is 3 pt, "~" a place for a hyphen of 2 pt, "/" a break that
 * nothing shows, "!" a forced end of line.  The lines come back the same way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/para.h"

struct row {
	const char *words;
	int width;
	enum fo_keyword align, last;
	const char *lines;
	bool hyphenate;
	int ladder;
	bool typography;
};

static struct piece *
add(struct para *p, uint8_t type, mpt width)
{
	struct piece *pc;

	p->pieces = arena_grow(p->arena, p->pieces, &p->cap_pieces,
	    p->n_pieces + 1, sizeof *pc);
	pc = &p->pieces[p->n_pieces++];
	*pc = (struct piece){ .type = type, .width = width * 1000 };
	return pc;
}

static void
read_words(struct para *p, const char *s)
{
	bool stretches = p->align == KW_JUSTIFY || p->align_last == KW_JUSTIFY;
	struct piece *pc = NULL;
	mpt n;

	while (*s != '\0') {
		switch (*s) {
		case ' ':
			pc = add(p, PC_SPACE, 3);
			pc->brk = BREAK_ALLOWED;
			pc->stretch = stretches ? 1500 : 0;
			pc->shrink = p->align == KW_JUSTIFY ? 1000 : 0;
			s++;
			break;
		case '~':
			pc->brk = BREAK_ALLOWED;
			pc->hyphen = true;
			pc->hyphen_width = 2000;
			s++;
			break;
		case '/':
			pc->brk = BREAK_ALLOWED;
			s++;
			break;
		case '!':
			pc->brk = BREAK_MANDATORY;
			s++;
			break;
		default:
			for (n = 0; *s >= '0' && *s <= '9'; s++)
				n = n * 10 + (*s - '0');
			pc = add(p, PC_TEXT, n);
		}
	}
}

static void
put_lines(const struct para *p, const struct fit_line *lines, size_t n,
    struct buf *out)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(out, '|');
		for (k = lines[i].from; k < lines[i].to && k < lines[i].ink;
		    k++) {
			const struct piece *pc = &p->pieces[k];

			if (pc->type == PC_SPACE)
				buf_putc(out, ' ');
			else
				buf_printf(out, "%d", pc->width / 1000);
			if (k + 1 < lines[i].to && pc->brk != BREAK_NO &&
			    pc->type == PC_TEXT)
				buf_putc(out, pc->hyphen ? '~' : '/');
		}
		if (lines[i].hyphen)
			buf_putc(out, '-');
	}
}

/* The span all words are of: it keeps nothing at its edges. */
static struct span text;

static void
test_breaks(void **state)
{
	static const struct row rows[] = {
		/* One line; none longer than the room. */
		{ "40 40", 100, KW_START, KW_START, "40 40", 0, 0, false },
		{ "40 40 40", 100, KW_START, KW_START, "40 40|40", 0, 0, false },
		/* Shrinking by a third of each space: 46 + 3 + 46 > 94. */
		{ "46 46 10", 94, KW_JUSTIFY, KW_START, "46 46|10", 0, 0, false },
		{ "46 46 10", 94, KW_START, KW_START, "46|46 10", 0, 0, false },
		/* A last line had better not be short: its stretch is the
		 * room's width, and the first line's 10 pt. */
		{ "30 33 3 2", 72, KW_START, KW_START, "30 33|3 2", 0, 0, false },
		{ "30 33 3 30", 72, KW_START, KW_START, "30 33 3|30", 0, 0, false },
		/* Centred: the last line is rated as all others are. */
		{ "30 30 30 30", 100, KW_CENTER, KW_CENTER,
		    "30 30|30 30", 0, 0, false },
		{ "30 30 30 30", 100, KW_START, KW_START,
		    "30 30 30|30", 0, 0, false },
		/* A word wider than the room stands alone; what follows is
		 * broken as if it began there. */
		{ "20 150 40 40 40", 100, KW_START, KW_START,
		    "20|150|40 40|40", 0, 0, false },
		{ "150", 100, KW_JUSTIFY, KW_START, "150", 0, 0, false },
		/* Hyphens only where no line without one fits. */
		{ "50 40~40 50", 100, KW_JUSTIFY, KW_START,
		    "50 40-|40 50", 1, 0, false },
		{ "50 40~40 50", 100, KW_JUSTIFY, KW_START,
		    "50|40~40|50", 0, 0, false },
		{ "48 45 40~40 50", 96, KW_JUSTIFY, KW_START,
		    "48 45|40~40|50", 1, 0, false },
		/* Not the last word, when another way costs less, where
		 * typography is on. */
		{ "60 35~55 33 4~20", 100, KW_START, KW_START,
		    "60 35-|55 33|4~20", 1, 0, true },
		{ "60 35~55 33 4~20", 100, KW_START, KW_START,
		    "60 35-|55 33 4-|20", 1, 0, false },
		{ "60 35~55 33 4~20 30", 100, KW_START, KW_START,
		    "60 35-|55 33 4-|20 30", 1, 0, false },
		/* No more hyphens in a row than the ladder has rungs. */
		{ "50 40~40 16 38~40 50", 100, KW_JUSTIFY, KW_START,
		    "50 40-|40 16 38-|40 50", 1, 0, false },
		{ "50 40~40 16 38~40 50", 100, KW_JUSTIFY, KW_START,
		    "50 40-|40 16|38~40|50", 1, 1, false },
		/* Breaks that nothing shows, and forced ones. */
		{ "60/30/30", 100, KW_START, KW_START, "60/30|30", 0, 0, false },
		{ "40! 40", 100, KW_START, KW_START, "40| 40", 0, 0, false },
		{ "40 40!40 40", 100, KW_JUSTIFY, KW_START,
		    "40 40|40 40", 0, 0, false },
	};
	struct buf got = { 0 };
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct para p = { .arena = arena_new(), .fit = arena_new(),
		    .ways = arena_new(), .spans = &text, .n_spans = 1,
			.width = rows[i].width * 1000,
			.made = rows[i].width * 1000,
			.align = rows[i].align, .align_last = rows[i].last,
			.hyphenate = rows[i].hyphenate,
			.ladder = rows[i].ladder,
			.typography = rows[i].typography };
		struct fit_line *lines;

		read_words(&p, rows[i].words);
		lines = para_fit(&p, &n);
		buf_clear(&got);
		put_lines(&p, lines, n, &got);
		if (strcmp(buf_str(&got), rows[i].lines) != 0)
			fail_msg("row %zu \"%s\" in %d: got \"%s\", "
				 "expected \"%s\"", i, rows[i].words,
			    rows[i].width, buf_str(&got), rows[i].lines);
		arena_free(p.arena);
		arena_free(p.fit);
		arena_free(p.ways);
	}
	buf_free(&got);
}

/* A long paragraph takes time in proportion, and no line is left out. */
static void
test_long(void **state)
{
	struct para p = { .arena = arena_new(), .fit = arena_new(),
		    .ways = arena_new(), .spans = &text, .n_spans = 1, .width = 300000, .made = 300000,
		.align = KW_JUSTIFY, .align_last = KW_START };
	struct fit_line *lines;
	size_t i, n;

	(void)state;
	for (i = 0; i < 200000; i++) {
		struct piece *pc = add(&p, PC_TEXT, (mpt)(5 + i * 7 % 40));

		pc = add(&p, PC_SPACE, 3);
		pc->brk = BREAK_ALLOWED;
		pc->stretch = 1500;
		pc->shrink = 1000;
	}
	lines = para_fit(&p, &n);
	assert_true(n > 10000);
	for (i = 0; i < n; i++) {
		assert_true(lines[i].from < lines[i].to);
		if (i > 0)
			assert_true(lines[i].from >= lines[i - 1].to);
		assert_true(lines[i].natural - lines[i].shrink <= p.width);
	}
	assert_int_equal(lines[n - 1].to, p.n_pieces);
	arena_free(p.arena);
	arena_free(p.fit);
	arena_free(p.ways);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_breaks),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
