/*
 * Text with a row a line: RFC 4180 as spreadsheets write it.  The encoding is
 * seen from the bytes: a byte order mark (UTF-8, UTF-16), else what is
 * well-formed UTF-8 is that, and anything else is Windows-1252.  What parts the
 * cells is that character of `;`, tab and `,` with which most of the headings
 * are found that the mapping speaks of.
 */
#include <stdlib.h>
#include <string.h>

#include "import/import_int.h"

#define BYTES_MAX ((size_t)256 << 20)

struct csv {
	struct table t;
	struct buf text;	/* UTF-8 */
	const char *p, *end;
	char separator;
	size_t number;
	int32_t line;
	struct cell *cells;
	size_t cap;
};

/* ------------------------------------------------------------- encodings */

/* Windows-1252 from 80 to 9F; 0: no character. */
static const uint16_t windows[32] = {
	0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,
	0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153,
	0, 0x17e, 0x178
};

static void
from_windows(struct buf *out, const struct buf *in)
{
	size_t i;

	for (i = 0; i < in->n; i++) {
		const unsigned char c = (unsigned char)in->p[i];

		if (c < 0x80)
			buf_putc(out, c);
		else if (c < 0xa0)
			buf_utf8(out, windows[c - 0x80] != 0
				? windows[c - 0x80] : 0xfffd);
		else
			buf_utf8(out, c);
	}
}

static uint32_t
unit(const struct buf *in, size_t i, bool big)
{
	const unsigned char a = (unsigned char)in->p[i];
	const unsigned char b = (unsigned char)in->p[i + 1];

	return big ? (uint32_t)(a << 8 | b) : (uint32_t)(b << 8 | a);
}

static void
from_utf16(struct buf *out, const struct buf *in, bool big)
{
	size_t i;

	for (i = 2; i + 1 < in->n; i += 2) {
		uint32_t c = unit(in, i, big);

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < in->n) {
			const uint32_t low = unit(in, i + 2, big);

			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + low -
				    0xdc00;
				i += 2;
			}
		}
		buf_utf8(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
}

static void
decode(struct buf *bytes)
{
	struct buf out = { 0 };

	if (bytes->n >= 3 && memcmp(bytes->p, "\xEF\xBB\xBF", 3) == 0 &&
	    utf8_valid(bytes->p, bytes->n) == bytes->n)
		buf_put(&out, bytes->p + 3, bytes->n - 3);
	else if (bytes->n >= 2 && (memcmp(bytes->p, "\xFF\xFE", 2) == 0 ||
	    memcmp(bytes->p, "\xFE\xFF", 2) == 0))
		from_utf16(&out, bytes, bytes->p[0] == '\xFE');
	else if (bytes->n == 0 || utf8_valid(bytes->p, bytes->n) == bytes->n)
		return;
	else
		from_windows(&out, bytes);
	buf_free(bytes);
	*bytes = out;
}

/* ------------------------------------------------------------------ rows */

/* A cell from c->p on; false after reporting that its quotes are not closed. */
static bool
read_cell(struct csv *c, struct buf *out)
{
	const struct where where = { c->t.path, c->line, 0 };
	bool quoted = c->p < c->end && *c->p == '"';

	c->p += quoted;
	for (; c->p < c->end; c->p++) {
		if (quoted && *c->p == '"' && c->p + 1 < c->end &&
		    c->p[1] == '"') {
			c->p++;
		} else if (quoted && *c->p == '"') {
			quoted = false;
			continue;
		} else if (!quoted && (*c->p == c->separator ||
		    *c->p == '\n' || *c->p == '\r')) {
			return true;
		}
		if (*c->p == '\n' ||
		    (*c->p == '\r' && (c->p + 1 == c->end || c->p[1] != '\n')))
			c->line++;
		buf_putc(out, *c->p);
	}
	if (quoted && !c->t.failed) {
		diag_report(c->t.job->diag, DIAG_IMPORT_QUOTES, where, NULL);
		c->t.failed = true;
	}
	return !quoted;
}

static void
end_line(struct csv *c)
{
	if (c->p == c->end)
		return;
	c->p += *c->p == '\r' && c->p + 1 < c->end && c->p[1] == '\n' ? 2 : 1;
	c->line++;
}

static const struct row *
next(struct table *t)
{
	struct csv *c = (struct csv *)t;
	struct buf text = { 0 };
	bool ok = true;

	if (c->p == c->end || t->failed)
		return NULL;
	arena_reset(t->arena);
	t->row = (struct row){ .number = ++c->number, .line = c->line };
	for (;; c->p++) {
		buf_clear(&text);
		ok = read_cell(c, &text);
		if (!ok)
			break;
		VEC_RESERVE(c->cells, c->cap, t->row.n + 1);
		c->cells[t->row.n++] = (struct cell){
			.type = CELL_TEXT,
			.text = arena_strndup(t->arena, buf_str(&text),
			    text.n),
		};
		if (c->p == c->end || *c->p != c->separator)
			break;
	}
	end_line(c);
	t->row.cells = c->cells;
	buf_free(&text);
	return ok ? &t->row : NULL;
}

static void
csv_free(struct table *t)
{
	struct csv *c = (struct csv *)t;

	buf_free(&c->text);
	free(c->cells);
	free(c);
}

static const struct table_type type = { next, csv_free };

static void
start(struct csv *c)
{
	c->p = buf_str(&c->text);
	c->end = c->p + c->text.n;
	c->number = 0;
	c->line = 1;
	c->t.failed = false;
	/* Excel's word for what parts the cells. */
	if (c->text.n > 5 && memcmp(c->p, "sep=", 4) == 0 &&
	    (c->p[5] == '\n' || c->p[5] == '\r')) {
		c->separator = c->p[4];
		c->p += 5;
		end_line(c);
		c->number = 1;
	}
}

static size_t
try_separator(struct csv *c, char separator, const struct map *headings)
{
	const struct row *row;
	size_t best = 0, n, i;

	c->separator = separator;
	start(c);
	for (i = 0; i < HEADING_ROWS && (row = next(&c->t)) != NULL; i++) {
		n = headings_among(headings, row);
		best = n > best ? n : best;
	}
	return best;
}

/* Which separator finds most headings; of equals, the first of the list. */
static void
find_separator(struct csv *c, const struct map *headings)
{
	static const char separators[] = ";\t,";
	struct job *job = c->t.job;
	struct job own = { job->arena, diag_new(LANG_EN, DIAG_TEXT), NULL };
	size_t best = 0, n, i;
	char found = separators[0];

	c->t.job = &own;
	for (i = 0; separators[i] != '\0'; i++) {
		n = try_separator(c, separators[i], headings);
		if (n > best) {
			best = n;
			found = separators[i];
		}
	}
	diag_free(own.diag);
	c->t.job = job;
	c->separator = found;
	start(c);
}

struct table *
csv_open(struct job *job, const char *path, const struct map *headings)
{
	struct csv *c = xcalloc(1, sizeof *c);

	c->t.type = &type;
	c->t.job = job;
	c->t.path = path;
	c->t.arena = arena_new();
	if (!file_read(job, path, BYTES_MAX, &c->text)) {
		table_free(&c->t);
		return NULL;
	}
	decode(&c->text);
	if (memchr(buf_str(&c->text), '\0', c->text.n) != NULL) {
		diag_report(job->diag, DIAG_IMPORT_FORM, where_file(path),
		    NULL);
		table_free(&c->t);
		return NULL;
	}
	find_separator(c, headings);
	return &c->t;
}
