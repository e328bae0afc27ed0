/*
 * The table of formatting objects: names, kinds, and what may stand in what.
 */
#include "fo/fo_int.h"

#include <string.h>

struct object {
	const char *name;
	const char *content;
	unsigned flags;
};

static const struct object objects[FO_TYPE_COUNT] = {
	[FO_TEXT] = { "#text", "", OBJ_INLINE },
#define OBJECT(id, name, flags, content, section) \
	[FO_##id] = { name, content, flags },
#include "fo/objects.def"
#undef OBJECT
};

enum fo_type
type_lookup(const char *name)
{
	int i;

	for (i = FO_TEXT + 1; i < FO_TYPE_COUNT; i++)
		if (objects[i].name[0] == name[0] &&
		    strcmp(objects[i].name, name) == 0)
			return (enum fo_type)i;
	return FO_TYPE_COUNT;
}

unsigned
type_flags(enum fo_type t)
{
	return objects[t].flags;
}

bool
type_can_contain(enum fo_type parent, enum fo_type child)
{
	const struct object *c = &objects[child];
	const char *content = objects[parent].content;

	if (child == FO_TEXT)
		return words_have(content, "#", 1);
	if (words_have(content, c->name, strlen(c->name)))
		return true;
	return (c->flags & OBJ_INLINE && words_have(content, "%inline", 7)) ||
	    (c->flags & OBJ_BLOCK && words_have(content, "%block", 6)) ||
	    (c->flags & OBJ_OUT && words_have(content, "%out", 4));
}

const char *
fo_type_name(enum fo_type t)
{
	return objects[t].name;
}

bool
fo_is_inline(enum fo_type t)
{
	return (objects[t].flags & (OBJ_INLINE | OBJ_OUT)) != 0 &&
	    t != FO_FLOAT;
}

bool
fo_is_block(enum fo_type t)
{
	return (objects[t].flags & OBJ_BLOCK) != 0;
}
