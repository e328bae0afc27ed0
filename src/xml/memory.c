/*
 * The memory of libxml2 and libxslt.  A stylesheet can double a string at each
 * of a thousand steps, and no limit of theirs counts bytes; so we do, and what
 * needs more than LIMIT ends the program as running out of memory does
 * everywhere: without a half-written file, and with a message.
 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlmemory.h>

#include "xml/xml_int.h"

/* Far more than the largest tree that the limits on files let in. */
#define LIMIT ((size_t)1 << 30)

static size_t used;

static void *
count(void *p)
{
	used += malloc_usable_size(p);
	return p;
}

static void
discount(void *p)
{
	const size_t n = malloc_usable_size(p);

	used = used > n ? used - n : 0;
}

/* What to ask for: too much, when it would be too much. */
static size_t
allowed(size_t n)
{
	return used > LIMIT || n > LIMIT - used ? SIZE_MAX : n;
}

static void *
mem_malloc(size_t n)
{
	return count(xmalloc(allowed(n)));
}

static void *
mem_realloc(void *p, size_t n)
{
	discount(p);
	return count(xrealloc(p, 1, allowed(n)));
}

static void
mem_free(void *p)
{
	discount(p);
	free(p);
}

static char *
mem_strdup(const char *s)
{
	size_t n;

	n = strlen(s) + 1;
	return memcpy(mem_malloc(n), s, n);
}

void
xml_memory_count(void)
{
	static bool done;

	if (!done)
		xmlMemSetup(mem_free, mem_malloc, mem_realloc, mem_strdup);
	done = true;
}
