/*
 * Growing byte strings, and numbers written into them without a locale.
 */
#include "base/base.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes and the final NUL. */
static char *
reserve(struct buf *b, size_t n)
{
	VEC_RESERVE(b->p, b->cap, b->n + n + 1);
	return b->p + b->n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->p != NULL)
		b->p[0] = '\0';
}

void
buf_put(struct buf *b, const void *p, size_t n)
{
	char *to;

	to = reserve(b, n);
	if (n != 0)
		memcpy(to, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_putc(struct buf *b, int c)
{
	char *to;

	to = reserve(b, 1);
	to[0] = (char)c;
	to[1] = '\0';
	b->n++;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *to;
	int n;

	to = reserve(b, 80);
	va_start(ap, fmt);
	n = vsnprintf(to, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n > 0 && (size_t)n >= b->cap - b->n) {
		to = reserve(b, (size_t)n);
		va_start(ap, fmt);
		n = vsnprintf(to, b->cap - b->n, fmt, ap);
		va_end(ap);
	}
	if (n > 0)
		b->n += (size_t)n;
}

static void
put_unsigned(struct buf *b, uint64_t v)
{
	char digits[20];
	int i;

	i = sizeof digits;
	do
		digits[--i] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	buf_put(b, digits + i, sizeof digits - (size_t)i);
}

/* ".fraction" of `width` digits, without its trailing zeros. */
static void
put_fraction(struct buf *b, uint64_t v, int width)
{
	char digits[20];
	int i;

	if (v == 0)
		return;
	for (; v % 10 == 0; v /= 10)
		width--;
	digits[0] = '.';
	for (i = width; i > 0; i--, v /= 10)
		digits[i] = (char)('0' + v % 10);
	buf_put(b, digits, (size_t)width + 1);
}

void
buf_num(struct buf *b, double v, int decimals)
{
	static const uint64_t tens[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000, 10000000, 100000000, 1000000000 };
	char digits[320];
	uint64_t whole, part;
	int n;

	if (!isfinite(v)) {
		buf_putc(b, '0');
		return;
	}
	if (decimals < 0)
		decimals = 0;
	if (decimals > 9)
		decimals = 9;
	/* Beyond 2^53 there is no fraction, and %.0f writes no decimal sign. */
	if (fabs(v) >= 9e15) {
		n = snprintf(digits, sizeof digits, "%.0f", v);
		buf_put(b, digits, (size_t)n);
		return;
	}
	whole = (uint64_t)fabs(v);
	part = (uint64_t)llround((fabs(v) - (double)whole) *
	    (double)tens[decimals]);
	if (part == tens[decimals]) {
		whole++;
		part = 0;
	}
	if (v < 0 && (whole != 0 || part != 0))
		buf_putc(b, '-');
	put_unsigned(b, whole);
	put_fraction(b, part, decimals);
}

void
buf_mpt(struct buf *b, mpt v)
{
	uint64_t abs;

	abs = v < 0 ? (uint64_t) - (int64_t)v : (uint64_t)v;
	if (v < 0)
		buf_putc(b, '-');
	put_unsigned(b, abs / 1000);
	put_fraction(b, abs % 1000, 3);
}

void
buf_utf8(struct buf *b, uint32_t cp)
{
	char bytes[4];

	buf_put(b, bytes, utf8_encode(cp, bytes));
}

void
buf_json(struct buf *b, const char *s)
{
	buf_putc(b, '"');
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s < 0x20) {
			buf_printf(b, "\\u%04x", (unsigned)*s);
			continue;
		}
		if (*s == '"' || *s == '\\')
			buf_putc(b, '\\');
		buf_putc(b, *s);
	}
	buf_putc(b, '"');
}

const char *
buf_str(const struct buf *b)
{
	return b->p != NULL ? b->p : "";
}

char *
buf_take(struct buf *b)
{
	char *p;

	p = b->p != NULL ? b->p : xstrdup("");
	*b = (struct buf){ 0 };
	return p;
}
