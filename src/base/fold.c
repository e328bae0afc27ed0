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

static void
put_letter(struct buf *out, uint32_t cp)
{
	size_t i;

	cp = uc_tolower(cp);
	for (i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (whole[i].letter == cp) {
			buf_puts(out, whole[i].text);
			return;
		}
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

void
str_fold(struct buf *out, const char *s)
{
	const size_t n = strlen(s);
	size_t i, long_n;
	uint8_t *apart;

	for (i = 0; i < n && (unsigned char)s[i] < 0x80; i++)
		;
	if (i == n) {
		fold(out, s, s + n);
		return;
	}
	apart = u8_normalize(UNINORM_NFKD, (const uint8_t *)s, n, NULL,
	    &long_n);
	if (apart == NULL) {	/* ill-formed UTF-8 */
		fold(out, s, s + n);
		return;
	}
	fold(out, (const char *)apart, (const char *)apart + long_n);
	free(apart);
}
