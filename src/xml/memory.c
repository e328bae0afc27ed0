/*
 * The memory of libxml2 and libxslt.  A stylesheet can double a string at each
 * of a thousand steps, and no limit of theirs counts bytes; so no single block
 * may be larger than LIMIT.  One that would be ends the program as running out
 * of memory does everywhere: with a message, and without a half-written file.
 */
#include <stdlib.h>

#include <libxml/xmlmemory.h>

#include "xml/xml_int.h"

/* More than the largest file that is read whole; the number of nodes, and so
 * of small blocks, is limited elsewhere. */
#define LIMIT ((size_t)256 << 20)

static size_t
allowed(size_t n)
{
	return n > LIMIT ? SIZE_MAX : n;
}

static void *
mem_malloc(size_t n)
{
	return xmalloc(allowed(n));
}

static void *
mem_realloc(void *p, size_t n)
{
	return xrealloc(p, 1, allowed(n));
}

void
xml_memory_limit(void)
{
	static bool done;

	if (!done)
		xmlMemSetup(free, mem_malloc, mem_realloc, xstrdup);
	done = true;
}
