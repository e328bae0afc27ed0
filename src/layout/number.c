/*
 * Page numbers as text (XSL 1.1, 7.26, after XSLT 1.0, 7.7.1).
 */
#include <string.h>

#include "layout/pages.h"

static void
put_roman(struct buf *out, int n, bool upper)
{
	static const struct {
		int value;
		const char *lower, *upper;
	} steps[] = {
		{ 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" },
		{ 400, "cd", "CD" }, { 100, "c", "C" }, { 90, "xc", "XC" },
		{ 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" },
		{ 9, "ix", "IX" }, { 5, "v", "V" }, { 4, "iv", "IV" },
		{ 1, "i", "I" },
	};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (; n >= steps[i].value; n -= steps[i].value)
			buf_puts(out, upper ? steps[i].upper :
			    steps[i].lower);
}

/* a … z, aa … az, ba … */
static void
put_letters(struct buf *out, int n, char first)
{
	char s[16];
	size_t i = sizeof s;

	for (; n > 0; n = (n - 1) / 26)
		s[--i] = (char)(first + (n - 1) % 26);
	buf_put(out, s + i, sizeof s - i);
}

/* Digits from the code point of a zero, at least `width` of them, grouped. */
static void
put_digits(struct buf *out, int n, uint32_t zero, int width,
    const struct fo_style *st)
{
	const char *separator = fo_string(st, PR_GROUPING_SEPARATOR);
	int group = fo_integer(st, PR_GROUPING_SIZE, 0);
	char s[16];
	int count = 0;

	if (separator == NULL || *separator == '\0')
		group = 0;
	while (count < width || n > 0) {
		s[count++] = (char)(n % 10);
		n /= 10;
		if (count == (int)sizeof s)
			break;
	}
	while (count-- > 0) {
		buf_utf8(out, zero + (uint32_t)s[count]);
		if (group > 0 && count > 0 && count % group == 0)
			buf_puts(out, separator);
	}
}

/* The zero of the digits that a code point belongs to, or 0. */
static uint32_t
zero_of(uint32_t cp)
{
	static const uint32_t zeros[] = { '0', 0x0660, 0x06F0, 0x0966, 0x09E6,
		0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
		0x0ED0, 0x0F20, 0xFF10 };

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (cp >= zeros[i] && cp <= zeros[i] + 9)
			return zeros[i];
	return 0;
}

void
number_format(struct buf *out, int number, const struct fo_style *st)
{
	const char *format = fo_string(st, PR_FORMAT);
	const char *s = format != NULL && *format != '\0' ? format : "1";
	const char *end = s + strlen(s), *p;
	uint32_t zero = 0;
	int width = 0;

	/* Punctuation before and after the token is printed as it is. */
	for (p = s; p < end; p++) {
		const char *at = p;
		uint32_t cp = utf8_next(&at, end);

		zero = zero_of(cp);
		if (zero != 0 || strchr("aAiI", *p) != NULL)
			break;
		buf_putc(out, *p);
	}
	if (p == end || number < 1 || (zero == 0 && number > 100000)) {
		put_digits(out, number < 0 ? 0 : number, '0', 1, st);
		return;
	}
	if (zero != 0) {
		const char *at = p;

		while (at < end && zero_of(utf8_next(&at, end)) == zero) {
			width++;
			p = at;
		}
		put_digits(out, number, zero, width, st);
	} else {
		if (*p == 'a' || *p == 'A')
			put_letters(out, number, *p);
		else
			put_roman(out, number, *p == 'I');
		p++;
	}
	buf_puts(out, p);
}

/* The characters that an object holds, whatever is between them. */
static void
put_characters(struct buf *out, const struct fo_node *n)
{
	const struct fo_node *c;

	for (c = n->first; c != NULL; c = c->next) {
		if (c->type == FO_TEXT)
			buf_put(out, c->text, c->text_n);
		else if (c->type == FO_CHARACTER)
			buf_puts(out, fo_string(c->style, PR_CHARACTER));
		else
			put_characters(out, c);
	}
}

/* The characters of fo:folio-prefix or -suffix (6.6.13, 6.6.14): they belong
 * to the number, wherever it is printed or cited, in the style it has there. */
void
folio_text(struct buf *out, struct layout *l, struct fo_node *sequence,
    enum fo_type type)
{
	struct fo_node *n;

	for (n = fo_child(l->doc, sequence, NULL); n != NULL &&
	    n->type != FO_FLOW; n = fo_child(l->doc, sequence, n))
		if (n->type == type)
			put_characters(out, n);
}
