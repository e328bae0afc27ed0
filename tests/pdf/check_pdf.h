/* What other programs make of a PDF: qpdf and poppler. */
#ifndef TESTS_CHECK_PDF_H
#define TESTS_CHECK_PDF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

/* Runs a command line; its output, to be freed with buf_free. */
static inline struct buf
run(const char *fmt, const char *path)
{
	struct buf cmd = { 0 }, out = { 0 };
	char chunk[4096];
	size_t n;
	FILE *f;

	for (; *fmt; fmt++) {
		if (*fmt == '@')
			buf_puts(&cmd, path);
		else
			buf_putc(&cmd, *fmt);
	}
	f = popen(cmd.p, "r");
	assert_non_null(f);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&out, chunk, n);
	if (pclose(f) != 0)
		fail_msg("%s: %s", cmd.p, buf_str(&out));
	buf_free(&cmd);
	return out;
}

static inline void
assert_output(const char *fmt, const char *path, const char *expected)
{
	struct buf out = run(fmt, path);

	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static inline void
assert_holds(const struct buf *b, const char *text)
{
	if (!strstr(buf_str(b), text))
		fail_msg("\"%s\" is not in:\n%s", text, buf_str(b));
}

static inline void
assert_lacks(const struct buf *b, const char *text)
{
	if (strstr(buf_str(b), text))
		fail_msg("\"%s\" is in:\n%s", text, buf_str(b));
}

/* Every file must pass: syntax, embedded fonts with Unicode, XMP. */
static inline void
check_file(const char *path)
{
	struct buf out = run("qpdf --check @ 2>&1", path);
	char *line;

	assert_holds(&out, "No syntax or stream encoding errors");
	assert_lacks(&out, "WARNING");
	buf_free(&out);
	out = run("pdffonts @ 2>&1 | tail -n +3", path);
	for (line = out.p; line && *line; line = strchr(line, '\n') + 1)
		if (strncmp(line + 72, "yes yes yes", 11))
			fail_msg("fonts:\n%s", out.p);
	buf_free(&out);
	out = run("pdfinfo -meta @ | xmllint --noout - 2>&1", path);
	assert_string_equal(buf_str(&out), "");
	buf_free(&out);
}

/* The file as text that strstr can read to its end. */
static inline struct buf
qdf(const char *path)
{
	return run("qpdf --qdf --object-streams=disable --no-original-object-ids"
	    " @ - | tr -d '\\000'", path);
}

/* A rendered page: 24-bit pixels at 72 dpi. */
struct picture {
	struct buf ppm;
	int width, height;
	const unsigned char *pixels;
};

static inline struct picture
render(const char *path)
{
	struct picture p = { run("pdftoppm -r 72 -f 1 -l 1 @", path), 0, 0,
		NULL };
	int max, at;

	assert_int_equal(sscanf(p.ppm.p, "P6 %d %d %d%n", &p.width, &p.height,
	    &max, &at), 3);
	p.pixels = (unsigned char *)p.ppm.p + at + 1;
	return p;
}

/* Within a few levels, which renderers may differ by. */
static inline void
assert_pixel(const struct picture *p, int x, int y, int r, int g, int b)
{
	const unsigned char *c = p->pixels + 3 * (y * p->width + x);

	if (abs(c[0] - r) > 12 || abs(c[1] - g) > 12 || abs(c[2] - b) > 12)
		fail_msg("pixel %d,%d is %d %d %d, not %d %d %d", x, y, c[0],
		    c[1], c[2], r, g, b);
}

#endif
