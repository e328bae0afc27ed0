/*
 * Text as UTF-8, numbers without a locale, and the arithmetic of lengths.
 */
#include "base/base.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

__extension__ typedef __int128 wide;

static mpt
clamp(int64_t v)
{
	if (v > INT32_MAX)
		return INT32_MAX;
	if (v < INT32_MIN)
		return INT32_MIN;
	return (mpt)v;
}

/* n / d to nearest, halves away from zero, for d > 0. */
static int64_t
divide(int64_t n, int64_t d)
{
	int64_t q, r;

	q = n / d;
	r = n % d;
	if (r >= d - r)
		return q + 1;
	if (-r >= d + r)
		return q - 1;
	return q;
}

mpt
mpt_scale(int64_t a, int64_t b, int64_t c)
{
	int64_t n;
	wide q;

	if (!__builtin_mul_overflow(a, b, &n) && n != INT64_MIN &&
	    c != INT64_MIN)
		return clamp(c > 0 ? divide(n, c) : divide(-n, -c));
	q = (wide)a * b;
	q = (q < 0) == (c < 0) ? (q + c / 2) / c : (q - c / 2) / c;
	return q > INT32_MAX ? INT32_MAX : q < INT32_MIN ? INT32_MIN : (mpt)q;
}

mpt
mpt_add(mpt a, mpt b)
{
	return clamp((int64_t)a + b);
}

/* The code point that starts at s and its length, or 0 if ill-formed
 * (Unicode 15, table 3-7). */
static size_t
decode(const unsigned char *s, size_t n, uint32_t *cp)
{
	unsigned lo, hi;
	size_t len, i;

	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len > n)
		return 0;
	/* The second byte excludes overlong forms, surrogates and what lies
	 * beyond U+10FFFF. */
	lo = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
	hi = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
	if (s[1] < lo || s[1] > hi)
		return 0;
	*cp = s[0] & (0x7fu >> len);
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3fu);
	}
	return len;
}

uint32_t
utf8_next(const char **s, const char *end)
{
	uint32_t cp;
	size_t len;

	if (*s >= end)
		return 0;
	len = decode((const unsigned char *)*s, (size_t)(end - *s), &cp);
	if (len == 0) {
		++*s;
		return 0xfffd;
	}
	*s += len;
	return cp;
}

const char *
utf8_before(const char *begin, const char *s)
{
	do
		s--;
	while (s > begin && ((unsigned char)*s & 0xc0) == 0x80);
	return s;
}

size_t
utf8_valid(const char *s, size_t n)
{
	uint32_t cp;
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = decode((const unsigned char *)s + i, n - i, &cp);
		if (len == 0)
			break;
	}
	return i;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = 0xfffd;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* Where the number that starts at s ends, or NULL if none does.  An exponent
 * needs its digits, so that the e of "2em" is left alone. */
static const char *
number_end(const char *s)
{
	const char *p;
	bool digits;

	p = s + (*s == '-' || *s == '+');
	digits = is_digit(*p);
	while (is_digit(*p))
		p++;
	if (p[0] == '.' && is_digit(p[1])) {
		digits = true;
		for (p++; is_digit(*p); p++)
			continue;
	}
	if (!digits)
		return NULL;
	if (*p == 'e' || *p == 'E') {
		s = p + 1 + (p[1] == '-' || p[1] == '+');
		if (is_digit(*s)) {
			for (p = s; is_digit(*p); p++)
				continue;
		}
	}
	return p;
}

/* Up to 18 digits and a small power of ten: both are exact in a double, so
 * that one operation gives the nearest value.  False: take the long way. */
static bool
parse_short(const char *s, const char *end, double *out)
{
	static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
		1e18 };
	bool negative, fraction;
	uint64_t m;
	int n, scale;

	negative = *s == '-';
	s += *s == '-' || *s == '+';
	fraction = false;
	m = 0;
	scale = 0;
	for (n = 0; s < end; s++) {
		if (*s == '.') {
			fraction = true;
			continue;
		}
		if (!is_digit(*s) || ++n > 18)
			return false;
		m = m * 10 + (uint64_t)(*s - '0');
		scale += fraction;
	}
	if (m > (uint64_t)1 << 53)
		return false;
	*out = (double)m / tens[scale];
	if (negative)
		*out = -*out;
	return true;
}

static double
parse_long(const char *s, const char *end)
{
	locale_t plain, former;
	char *copy;
	double v;

	plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
	former = uselocale(plain);
	copy = xstrndup(s, (size_t)(end - s));
	v = strtod(copy, NULL);
	free(copy);
	uselocale(former);
	freelocale(plain);
	return v;
}

bool
num_parse(const char *s, const char **end, double *out)
{
	const char *e;

	e = number_end(s);
	if (e == NULL)
		return false;
	if (!parse_short(s, e, out))
		*out = parse_long(s, e);
	if (end != NULL)
		*end = e;
	return true;
}

bool
num_parse_int(const char *s, const char **end, long *out)
{
	const char *p;
	bool negative;
	long v;

	p = s + (*s == '-' || *s == '+');
	negative = *s == '-';
	if (!is_digit(*p))
		return false;
	for (v = 0; is_digit(*p); p++)
		if (__builtin_mul_overflow(v, 10L, &v) ||
		    __builtin_sub_overflow(v, (long)(*p - '0'), &v))
			return false;
	/* Gathered below zero, where there is room for one more. */
	if (!negative && __builtin_sub_overflow(0L, v, &v))
		return false;
	*out = v;
	if (end != NULL)
		*end = p;
	return true;
}

bool
str_eq(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool
str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
str_ends(const char *s, const char *suffix)
{
	size_t n, m;

	n = strlen(s);
	m = strlen(suffix);
	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool
str_has_ending(const char *name, const char *ending)
{
	const size_t n = strlen(name), m = strlen(ending);

	return n >= m && strcasecmp(name + n - m, ending) == 0;
}

const char *
str_commas(struct arena *a, const char *words)
{
	struct buf b = { 0 };
	const char *list;

	for (; *words != '\0'; words++) {
		if (*words == ' ')
			buf_putc(&b, ',');
		buf_putc(&b, *words);
	}
	list = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return list;
}

bool
str_has_word(const char *list, const char *word)
{
	const char *p;
	size_t n;

	n = strlen(word);
	for (p = list; n != 0 && (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || is_space((unsigned char)p[-1])) &&
		    (is_space((unsigned char)p[n]) || p[n] == '\0'))
			return true;
	return false;
}

bool
is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
