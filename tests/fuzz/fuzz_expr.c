/*
 * The value of any property.  The first two bytes choose the name,
 * the rest is the text of the attribute.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "fo/fo_int.h"

const char *const fuzz_seeds[] = { "tests/fo/expr", ".txt", NULL };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct styles *st;
	struct map *names;
	struct attr attr;
	const struct style *parent;
	char *text;

	if (size < 2)
		return 0;
	st = styles_new();
	names = names_new();
	attr.name = map_value(names,
	    (size_t)(data[0] << 8 | data[1]) % map_count(names));
	text = xstrndup((const char *)data + 2, size - 2);
	attr.value = text;
	if (utf8_valid(text, strlen(text)) == strlen(text)) {
		parent = style_make(st, NULL, FO_LIST_ITEM, &attr, 1, NULL);
		style_make(st, parent, FO_BLOCK, &attr, 1, NULL);
	}
	free(text);
	map_free(names);
	styles_free(st);
	return 0;
}
