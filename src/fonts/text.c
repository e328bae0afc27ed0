/*
 * What Unicode says of characters and text: break opportunities, direction,
 * scripts, mirrored forms, case.  Case comes from libunistring (which also
 * finds the grapheme clusters of store.c): towupper follows the locale.
 */
#include <stdlib.h>
#include <string.h>

#include <fribidi.h>
#include <hb.h>
#include <linebreak.h>
#include <unicase.h>
#include <unictype.h>

#include "fonts/fonts_int.h"

/* --------------------------------------------------------------- breaks */

bool
text_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L |
	    UC_CATEGORY_MASK_M);
}

bool
text_is_mark(uint32_t cp)
{
	return cp >= 0x300 &&
	    uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M);
}

bool
text_is_inclusive_point(uint32_t cp)
{
	return cp == 0xb7 || cp == 0x2022 || cp == 0x2027 || cp == 0x22c5;
}

/* UAX #14's class CJ, small kana and the sign of a long vowel.  LB1 makes it NS,
 * which begins no line; the library makes it ID. */
static bool
is_small_kana(uint32_t cp)
{
	static const uint32_t kana[] = {	/* from ぁ, and from ァ likewise */
		0x41, 0x43, 0x45, 0x47, 0x49, 0x63, 0x83, 0x85, 0x87, 0x8e,
		0x95, 0x96
	};

	if (cp == 0x30fc || (cp >= 0x31f0 && cp <= 0x31ff) ||
	    (cp >= 0xff67 && cp <= 0xff70))
		return true;
	for (size_t i = 0; i < sizeof kana / sizeof *kana; i++)
		if (cp == 0x3000 + kana[i] || cp == 0x3060 + kana[i])
			return true;
	return false;
}

/* Rules of ours, applied after UAX #14: may a line end between a and b? */
static bool
is_forbidden(uint32_t before, uint32_t a, uint32_t b)
{
	/* "agent·e·s" is one word. */
	if (text_is_inclusive_point(a) && text_is_letter(before) &&
	    text_is_letter(b))
		return true;
	if (text_is_inclusive_point(b) && text_is_letter(a))
		return true;
	/* An elided word stays with the next: "l’équipe". */
	if ((a == 0x2019 || a == '\'') && text_is_letter(before) &&
	    text_is_letter(b))
		return true;
	if (is_small_kana(b) && a != ' ' && a != 0x3000 && a != 0x200b)
		return true;
	return a == 0xa0 || (b == 0xa0 && a != ' ') || a == 0x202f ||
	    b == 0x202f;
}

/* Letters that touch a place in the text, counted up to `max`. */
static int
letters_before(const char *text, const char *at, int max)
{
	int n = 0;

	while (at > text && n < max) {
		const char *from = utf8_before(text, at), *s = from;

		if (!text_is_letter(utf8_next(&s, at)))
			break;
		at = from;
		n++;
	}
	return n;
}

static int
letters_after(const char *at, const char *end, int max)
{
	int n = 0;

	while (at < end && n < max && text_is_letter(utf8_next(&at, end)))
		n++;
	return n;
}

/* UAX #14's class RI: two of these letters are a flag. */
static bool
is_regional(uint32_t cp)
{
	return cp >= 0x1f1e6 && cp <= 0x1f1ff;
}

static void
forbid_breaks(const char *text, size_t n, uint8_t *breaks)
{
	const char *s = text, *end = text + n;
	uint32_t before = 0, a = utf8_next(&s, end);
	bool half = is_regional(a);	/* of a flag (LB30a) */

	while (s < end) {
		size_t at = (size_t)(s - text) - 1;
		uint32_t b = utf8_next(&s, end);
		bool flag = half && is_regional(b);

		if (breaks[at] == BREAK_ALLOWED &&
		    (flag || is_forbidden(before, a, b)))
			breaks[at] = BREAK_NO;
		half = !flag && is_regional(b);
		before = a;
		a = b;
	}
}

/* The library ends the program where it meets a regional indicator: it is given
 * ideographs for them, of as many bytes, around which lines may end as well. */
static char *
without_regional(const char *text, size_t n)
{
	static const char ideograph[] = "\xf0\xa0\x80\x80";
	const char *s = text, *end = text + n;
	char *copy = NULL;

	while ((s = memchr(s, 0xf0, (size_t)(end - s))) != NULL) {
		const char *from = s;

		if (!is_regional(utf8_next(&s, end)))
			continue;
		if (copy == NULL)
			copy = xstrndup(text, n);
		memcpy(copy + (from - text), ideograph, 4);
	}
	return copy;
}

/* Most text is letters, figures, single spaces, commas and full stops: lines
 * end after the spaces (LB7, LB18), and nowhere else (LB13, LB25, LB28, LB29).
 * False: there is more in it. */
static bool
plain_breaks(const char *text, size_t n, uint8_t *breaks)
{
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i], u = c | 0x20;
		bool word = (u >= 'a' && u <= 'z') || (c >= '0' && c <= '9');
		bool begins = i == 0 || text[i - 1] == ' ';

		if (!word && (begins || (c != ' ' && c != ',' && c != '.')))
			return false;
		breaks[i] = c == ' ' ? BREAK_ALLOWED : BREAK_NO;
	}
	breaks[n - 1] = BREAK_ALLOWED;	/* as the library has it */
	return true;
}

void
text_breaks(const char *text, size_t n, const char *lang, uint8_t *breaks)
{
	static const uint8_t meaning[] = {
		[LINEBREAK_MUSTBREAK] = BREAK_MANDATORY,
		[LINEBREAK_ALLOWBREAK] = BREAK_ALLOWED,
		[LINEBREAK_NOBREAK] = BREAK_NO,
		[LINEBREAK_INSIDEACHAR] = BREAK_NO
	};
	static bool ready;
	char language[3] = "", *copy;

	/* The library stops at bytes that are no text; nothing breaks there. */
	memset(breaks, BREAK_NO, n);
	n = utf8_valid(text, n);
	if (n == 0 || plain_breaks(text, n, breaks))
		return;
	memset(breaks, BREAK_NO, n);
	if (!ready) {
		init_linebreak();
		ready = true;
	}
	/* The library's rules for quotation marks know bare language codes. */
	if (lang && lang[0] && lang[1] && (!lang[2] || lang[2] == '-'))
		memcpy(language, lang, 2);
	copy = without_regional(text, n);
	set_linebreaks_utf8((const utf8_t *)(copy != NULL ? copy : text), n,
	    language, (char *)breaks);
	free(copy);
	for (size_t i = 0; i < n; i++)
		breaks[i] = breaks[i] < sizeof meaning ? meaning[breaks[i]] :
		    BREAK_NO;
	forbid_breaks(text, n, breaks);
	/* The end of a text is the caller's to judge. */
	if (text[n - 1] != '\n' && breaks[n - 1] == BREAK_MANDATORY)
		breaks[n - 1] = BREAK_ALLOWED;
}

/* "et/ou", "H/F", "km/h" are read as one word; "conductrice/conducteur" may
 * be divided, as UAX #14 has it.  `at` is just past the slash. */
static bool
is_short_pair(const char *text, const char *at, const char *end)
{
	int before = letters_before(text, at - 1, 4);
	int after = letters_after(at, end, 4);

	return before > 0 && after > 0 && (before < 4 || after < 4);
}

void
text_keep_pairs(const char *text, size_t n, uint8_t *breaks)
{
	for (size_t i = 1; i + 1 < n; i++)
		if (text[i] == '/' && breaks[i] == BREAK_ALLOWED &&
		    is_short_pair(text, text + i + 1, text + n))
			breaks[i] = BREAK_NO;
}

/* ----------------------------------------------------------------- bidi */

/* Right-to-left letters and figures, marks and controls of direction: the
 * blocks that Unicode keeps for them. */
static bool
is_rtl(uint32_t cp)
{
	return (cp >= 0x590 && cp <= 0x8ff) || cp == 0x200f ||
	    (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
	    (cp >= 0xfb1d && cp <= 0xfdff) || (cp >= 0xfe70 && cp <= 0xfeff) ||
	    (cp >= 0x10800 && cp <= 0x10fff) ||
	    (cp >= 0x1e800 && cp <= 0x1efff);
}

bool
text_has_rtl(const char *text, size_t n)
{
	const char *s = text, *end;

	/* Of no text there may be no place either. */
	if (n == 0)
		return false;
	for (end = text + n; s < end;) {
		if ((unsigned char)*s < 0xd6)
			s++;
		else if (is_rtl(utf8_next(&s, end)))
			return true;
	}
	return false;
}

bool
text_levels(const char *text, size_t n, int base, uint8_t *levels)
{
	const char *s = text, *end = text + n;
	struct arena *a;
	FriBidiChar *chars;
	FriBidiCharType *types;
	FriBidiBracketType *brackets;
	FriBidiLevel *lv;
	FriBidiParType dir = base ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	size_t len = 0, at = 0;
	bool any = false;

	memset(levels, 0, n);
	if (n == 0 || (base == 0 && !text_has_rtl(text, n)))
		return false;

	a = arena_new();
	chars = arena_array(a, n, sizeof *chars);
	types = arena_array(a, n, sizeof *types);
	brackets = arena_array(a, n, sizeof *brackets);
	lv = arena_array(a, n, sizeof *lv);
	while (s < end)
		chars[len++] = utf8_next(&s, end);
	fribidi_get_bidi_types(chars, (FriBidiStrIndex)len, types);
	fribidi_get_bracket_types(chars, (FriBidiStrIndex)len, types,
	    brackets);
	if (fribidi_get_par_embedding_levels_ex(types, brackets,
	    (FriBidiStrIndex)len, &dir, lv) == 0)
		memset(lv, base, len * sizeof *lv);

	s = text;
	for (size_t i = 0; i < len; i++) {
		utf8_next(&s, end);
		while (at < (size_t)(s - text)) {
			/* FriBidi marks what it would remove with -1. */
			levels[at] = lv[i] < 0 ?
			    (at ? levels[at - 1] : (uint8_t)base) :
			    (uint8_t)lv[i];
			any |= levels[at++] != 0;
		}
	}
	arena_free(a);
	return any;
}

uint32_t
text_mirror(uint32_t cp)
{
	return hb_unicode_mirroring(hb_unicode_funcs_get_default(), cp);
}

/* ----------------------------------------------------- scripts and case */

uint32_t
text_script(uint32_t cp)
{
	hb_script_t s;

	if (cp < 0x80)
		return text_is_letter(cp) ? HB_SCRIPT_LATIN : 0;
	s = hb_unicode_script(hb_unicode_funcs_get_default(), cp);
	if (s == HB_SCRIPT_COMMON || s == HB_SCRIPT_INHERITED ||
	    s == HB_SCRIPT_UNKNOWN)
		return 0;
	return s;
}

uint32_t
text_upper(uint32_t cp)
{
	return uc_toupper(cp);
}

uint32_t
text_lower(uint32_t cp)
{
	return uc_tolower(cp);
}
