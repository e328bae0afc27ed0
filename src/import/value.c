/*
 * What people write in cells, as XML Schema writes it: dates as France writes
 * them (31/12/2025, 1er janvier 2026) or by ISO 8601, numbers with a decimal
 * comma or point.  What could be two things is none: a year has four digits, the
 * day comes before the month.
 */
#include <stdlib.h>
#include <string.h>

#include "import/import_int.h"

/* ------------------------------------------------------------ white space */

/* How many bytes of white space begin here, with spaces that do not break. */
static size_t
space_at(const char *s)
{
	static const char *const wide[] = { "\u00a0", "\u202f", "\u2007",
		"\u2009", "\ufeff" };
	size_t i;

	if (is_space((unsigned char)*s))
		return 1;
	for (i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (str_starts(s, wide[i]))
			return strlen(wide[i]);
	return 0;
}

void
value_trim(struct buf *out, const char *text, bool keep_lines)
{
	const size_t before = out->n;
	const char *run;
	size_t n;
	bool line;

	while (*text != '\0') {
		line = false;
		for (run = text; (n = space_at(text)) > 0; text += n)
			line = line || *text == '\n' || *text == '\r';
		if (text > run && *text != '\0' && out->n > before) {
			/* One that does not break is somebody's wish. */
			if (!is_space((unsigned char)*run) &&
			    run + space_at(run) == text)
				buf_put(out, run, (size_t)(text - run));
			else
				buf_putc(out, line && keep_lines ? '\n' : ' ');
		}
		if (*text != '\0')
			buf_putc(out, *text++);
	}
}

/* ------------------------------------------------------------------ dates */

static bool
put_date(struct buf *out, long y, long m, long d)
{
	if (y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1 ||
	    d > date_month_days(y, m))
		return false;
	buf_printf(out, "%04ld-%02ld-%02ld", y, m, d);
	return true;
}

/* The number at *s; how many digits it has, 0 if there is none. */
static size_t
read_digits(const char **s, long *n)
{
	const char *begin = *s;

	*n = 0;
	for (; **s >= '0' && **s <= '9' && *s - begin < 9; ++*s)
		*n = *n * 10 + (**s - '0');
	return (size_t)(*s - begin);
}

/* 31/12/2025, 31.12.2025, 31-12-2025, 2025-12-31, with or without a time. */
static bool
date_of_numbers(struct buf *out, const char *s)
{
	long a, b, c;
	size_t digits[3];
	char sign;

	digits[0] = read_digits(&s, &a);
	sign = *s;
	if (strchr("/.-", sign) == NULL || sign == '\0')
		return false;
	s++;
	digits[1] = read_digits(&s, &b);
	if (*s != sign)
		return false;
	s++;
	digits[2] = read_digits(&s, &c);
	if (*s != '\0' && ((*s != ' ' && *s != 'T') || s[1] < '0' ||
	    s[1] > '9' || s[strspn(s, "0123456789:. TZ")] != '\0'))
		return false;
	if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
		return put_date(out, a, b, c);
	return digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4 &&
	    put_date(out, c, b, a);
}

static long
month_of(const char *word)
{
	static const struct {
		const char *word;
		long month;
	} months[] = {
#define MONTH(word, n) { word, n },
#define YES(word)
#define NO(word)
#include "import/words.def"
#undef MONTH
#undef YES
#undef NO
	};
	size_t i;

	for (i = 0; i < sizeof months / sizeof months[0]; i++)
		if (str_eq(months[i].word, word))
			return months[i].month;
	return 0;
}

/* 1er janvier 2026, mardi 3 mars 2026, December 31, 2025: a month, a year of
 * four digits and a day, in any order; before them perhaps one other word. */
static bool
date_of_words(struct buf *out, const char *text)
{
	struct buf folded = { 0 };
	long y = 0, m = 0, d = 0, n;
	size_t digits, others = 0;
	char *word, *rest;
	bool ok = true;

	str_fold(&folded, text);
	for (word = folded.n > 0 ? strtok_r(folded.p, " ", &rest) : NULL;
	    word != NULL && ok; word = strtok_r(NULL, " ", &rest)) {
		const char *s = word;

		digits = read_digits(&s, &n);
		if (digits == 4 && y == 0 && *s == '\0')
			y = n;
		else if (digits > 0 && digits <= 2 && d == 0 && (*s == '\0' ||
		    str_has_word("er st nd rd th", s)))
			d = n;
		else if (digits == 0 && m == 0 && month_of(word) != 0)
			m = month_of(word);
		else
			ok = digits == 0 && others++ == 0 && d == 0 && m == 0;
	}
	buf_free(&folded);
	return ok && put_date(out, y, m, d);
}

bool
value_date(struct buf *out, const char *text)
{
	return date_of_numbers(out, text) || date_of_words(out, text);
}

/* ---------------------------------------------------------------- numbers */

/* Which sign parts the decimals: of a comma and a point the last one, if there
 * is only one of its kind; several of one kind part thousands. */
static char
decimal_sign(const char *s)
{
	const char *comma = strrchr(s, ','), *point = strrchr(s, '.');
	const char *last = comma > point ? comma : point;

	if (last == NULL || strchr(s, *last) != last)
		return '\0';
	return *last;
}

/* Thousands stand in groups of three, behind what is at most three. */
static bool
good_groups(const char *digits, const char *end)
{
	size_t run = 0;
	bool first = true;

	for (; digits < end; digits++) {
		if (*digits >= '0' && *digits <= '9') {
			run++;
			continue;
		}
		if (run == 0 || run > 3 || (!first && run != 3))
			return false;
		first = false;
		run = 0;
	}
	return first || run == 3;
}

bool
value_number(struct buf *out, const char *text)
{
	const size_t before = out->n;
	struct buf plain = { 0 };
	const char *s, *end;
	char sign;
	size_t n;
	bool ok;

	for (s = text; *s != '\0'; s += n > 0 ? n : 1) {
		n = space_at(s);
		/* A minus as typographers set it. */
		if (str_starts(s, "\u2212")) {
			buf_putc(&plain, '-');
			n = 3;
		} else {
			buf_putc(&plain, n > 0 || *s == '\'' ? '_' : *s);
		}
	}
	s = buf_str(&plain);
	sign = decimal_sign(s);
	if (*s == '-' || *s == '+') {
		if (*s == '-')
			buf_putc(out, '-');
		s++;
	}
	end = sign != '\0' ? strrchr(s, sign) : s + strlen(s);
	ok = s < end && *s >= '0' && *s <= '9' && good_groups(s, end) &&
	    strspn(s, "0123456789_.,") == strlen(s);
	for (; ok && s < end; s++)
		if (*s >= '0' && *s <= '9')
			buf_putc(out, *s);
	if (ok && sign != '\0') {
		ok = end[1] != '\0' && strspn(end + 1, "0123456789") ==
		    strlen(end + 1);
		buf_putc(out, '.');
		buf_puts(out, end + 1);
	}
	if (!ok)
		out->n = before;
	buf_free(&plain);
	return ok;
}

bool
value_boolean(struct buf *out, const char *text)
{
	static const struct {
		const char *word;
		bool yes;
	} words[] = {
#define MONTH(word, n)
#define YES(word) { word, true },
#define NO(word) { word, false },
#include "import/words.def"
#undef MONTH
#undef YES
#undef NO
	};
	struct buf folded = { 0 };
	bool found = false;
	size_t i;

	str_fold(&folded, text);
	for (i = 0; !found && i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i].word, buf_str(&folded))) {
			buf_puts(out, words[i].yes ? "true" : "false");
			found = true;
		}
	buf_free(&folded);
	return found;
}

void
value_id(struct buf *out, const char *text)
{
	struct buf folded = { 0 };
	const char *s;
	uint32_t cp;

	str_fold(&folded, text);
	for (s = buf_str(&folded); *s != '\0';) {
		cp = utf8_next(&s, folded.p + folded.n);
		if (cp == ' ')
			buf_putc(out, '-');
		else
			buf_utf8(out, cp);
	}
	buf_free(&folded);
}
