/*
 * The tables of names: properties and their rows, shorthands, keywords.
 */
#include "fo/fo_int.h"

#include <string.h>

const struct prop_row prop_rows[PR_COUNT] = {
#define PROP(id, name, inherited, type, initial, percent, words, section) \
	[PR_##id] = { name, inherited, PT_##type, PP_##percent, initial, \
		words },
#include "fo/props.def"
#undef PROP
};

static const struct name row_names[PR_COUNT] = {
#define PROP(id, name, inherited, type, initial, percent, words, section) \
	[PR_##id] = { name, NAME_PROP, 60, 1, PR_##id, 0 },
#include "fo/props.def"
#undef PROP
};

static const struct name other_names[] = {
#define NAME(name, kind, rank, prop, n, arg) \
	{ name, NAME_##kind, rank, n, prop, arg },
#include "fo/names.def"
#undef NAME
};

static const char *const keywords[KW_COUNT] = {
#define KEYWORD(id, name) [KW_##id] = name,
#include "fo/keywords.def"
#undef KEYWORD
};

struct map *
names_new(void)
{
	struct map *m = map_new();
	size_t i;

	for (i = 0; i < PR_COUNT; i++)
		map_put(m, row_names[i].name, (void *)&row_names[i]);
	for (i = 0; i < sizeof other_names / sizeof *other_names; i++)
		map_put(m, other_names[i].name, (void *)&other_names[i]);
	return m;
}

enum fo_keyword
keyword_lookup(const char *s, size_t n)
{
	int low = KW_NONE_GIVEN + 1, high = KW_COUNT - 1, middle, order;

	while (low <= high) {
		middle = (low + high) / 2;
		order = strncmp(s, keywords[middle], n);
		if (order == 0 && keywords[middle][n] != '\0')
			order = -1;
		if (order == 0)
			return (enum fo_keyword)middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return KW_NONE_GIVEN;
}

bool
words_have(const char *words, const char *s, size_t n)
{
	size_t length;

	while (*words != '\0') {
		length = strcspn(words, " ");
		if (length == n && memcmp(words, s, n) == 0)
			return true;
		words += length;
		words += *words == ' ';
	}
	return false;
}
