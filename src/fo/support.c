/*
 * What the formatter makes of each property, as a table.
 */
#include "fo/fo.h"

static const unsigned char props[PR_COUNT] = {
#define OBJECT_SUPPORT(id, level, how)
#define PROP_SUPPORT(id, level, how) [PR_##id] = SUPPORT_##level,
#include "fo/support.def"
#undef OBJECT_SUPPORT
#undef PROP_SUPPORT
};

enum fo_support
fo_prop_support(enum fo_prop p)
{
	return (enum fo_support)props[p];
}
