/*
 * Text as it compares for people: "NGUYỄN  Thị-Mai" and "nguyen thi mai" are
 * the same.  Unicode takes accents off by decomposing (NFKD) and leaving out
 * marks; letters that it does not take apart are in a table.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* Letters of Europe that are no letter with a mark to Unicode. */
static const struct {
	uint32_t letter;
	const char *text;
} whole[] = {
	{ 0xdf, "ss" }, { 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" },
	{ 0xfe, "th" }, { 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" },
	{ 0x142, "l" }, { 0x153, "oe" },
};

/* What such a letter is written as without it; NULL for any other. */
static const char *
apart(uint32_t small)
{
	size_t i;

	for (i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (whole[i].letter == small)
			return whole[i].text;
	return NULL;
}

static void
put_letter(struct buf *out, uint32_t cp)
{
	const char *text;

	cp = uc_tolower(cp);
	text = apart(cp);
	if (text != NULL)
		buf_puts(out, text);
	else
		buf_utf8(out, cp);
}

static void
fold(struct buf *out, const char *s, const char *end)
{
	const size_t before = out->n;
	bool gap = false;
	uint32_t cp;

	while (s < end) {
		cp = utf8_next(&s, end);
		if (uc_is_general_category(cp, UC_CATEGORY_M))
			continue;
		if (!uc_is_general_category(cp, UC_CATEGORY_L) &&
		    !uc_is_general_category(cp, UC_CATEGORY_N)) {
			gap = true;
			continue;
		}
		if (gap && out->n > before)
			buf_putc(out, ' ');
		gap = false;
		put_letter(out, cp);
	}
}

/* A capital stays one: its first letter, if there are two. */
static const char *
put_plain(struct buf *out, const char *s, const char *end)
{
	const char *p = s;
	const uint32_t cp = utf8_next(&p, end), small = uc_tolower(cp);
	const char *text = apart(small);

	if (text == NULL) {
		buf_put(out, s, (size_t)(p - s));
		return p;
	}
	buf_utf8(out, cp == small ? (uint32_t)*text
				  : uc_toupper((uint32_t)*text));
	buf_puts(out, text + 1);
	return p;
}

void
str_plain(struct buf *out, const char *s)
{
	const char *const end = s + strlen(s);
	const char *p;

	for (; s < end; s = p) {
		for (p = s; p < end && (unsigned char)*p < 0x80; p++)
			;
		buf_put(out, s, (size_t)(p - s));
		if (p < end)
			p = put_plain(out, p, end);
	}
}

void
str_fold(struct buf *out, const char *s)
{
	const size_t n = strlen(s);
	size_t i, long_n;
	uint8_t *decomposed;

	for (i = 0; i < n && (unsigned char)s[i] < 0x80; i++)
		;
	if (i == n) {
		fold(out, s, s + n);
		return;
	}
	decomposed = u8_normalize(UNINORM_NFKD, (const uint8_t *)s, n, NULL,
	    &long_n);
	if (decomposed == NULL) {	/* ill-formed UTF-8 */
		fold(out, s, s + n);
		return;
	}
	fold(out, (const char *)decomposed, (const char *)decomposed + long_n);
	free(decomposed);
}
