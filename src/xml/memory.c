/*
 * The memory of libxml2 and libxslt.
 *
 * A stylesheet can double a string at each of a thousand steps, and no limit of
 * theirs counts bytes; so no single block may be larger than LIMIT.  One that
 * would be ends the program as running out of memory does everywhere: with a
 * message, and without a half-written file.
 *
 * One expression takes and returns dozens of blocks in a few microseconds, and
 * malloc() was a sixth of a document.  So small blocks are cut from slabs and,
 * when freed, put on the list of their size, to be handed out again from there;
 * slabs stay until the program ends.  Before each block stands how many bytes
 * it holds.  A sanitizer has to see every block: there, each is malloc()'s own.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlmemory.h>

#include "xml/xml_int.h"

/* More than the largest file that is read whole; the number of nodes, and so
 * of small blocks, is limited elsewhere. */
#define LIMIT ((size_t)256 << 20)

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define UNIT  16	/* sizes are multiples of it, and so are addresses */
#define SMALL 512	/* the largest block, with its head, that has a list */
#define SLAB  (64 << 10)

struct head {
	size_t room;
};

struct freed {
	struct freed *next;
};

/* Of each thread: then there is nothing to lock, and a block may be freed by
 * another thread than the one that took it. */
static _Thread_local struct freed *lists[SMALL / UNIT + 1];
static _Thread_local char *slab, *slab_end;

static size_t
allowed(size_t n)
{
	return n > LIMIT ? SIZE_MAX - UNIT : n;
}

/* A large block has a head as well, as wide as a unit: addresses stay even. */
static void *
large(void *p, size_t n)
{
	struct head *h = (struct head *)((char *)p + UNIT) - 1;

	h->room = n;
	return h + 1;
}

static void *
cut(size_t size)
{
	struct head *h;

	if ((size_t)(slab_end - slab) < size) {
		slab = (char *)xmalloc(SLAB) + UNIT - sizeof *h;
		slab_end = slab + SLAB - UNIT;
	}
	h = (struct head *)slab;
	slab += size;
	h->room = size - sizeof *h;
	return h + 1;
}

static void *
mem_malloc(size_t n)
{
	const size_t size = (n + sizeof(struct head) + UNIT - 1) & ~(UNIT - 1U);
	struct freed *f;

	if (SANITIZED)
		return xmalloc(allowed(n));
	if (n > SMALL - sizeof(struct head))
		return large(xmalloc(allowed(n) + UNIT), n);
	f = lists[size / UNIT];
	if (f == NULL)
		return cut(size);
	lists[size / UNIT] = f->next;
	return f;
}

static void
mem_free(void *p)
{
	struct head *h = p;
	struct freed *f = p;

	if (p == NULL || SANITIZED) {
		free(p);
		return;
	}
	h--;
	if (h->room > SMALL - sizeof *h) {
		free((char *)p - UNIT);
		return;
	}
	f->next = lists[(h->room + sizeof *h) / UNIT];
	lists[(h->room + sizeof *h) / UNIT] = f;
}

static void *
mem_realloc(void *p, size_t n)
{
	struct head *h = p;
	void *copy;

	if (SANITIZED)
		return xrealloc(p, 1, allowed(n));
	if (p == NULL)
		return mem_malloc(n);
	h--;
	if (n <= h->room)
		return p;
	if (h->room > SMALL - sizeof *h)
		return large(xrealloc((char *)p - UNIT, 1,
		    allowed(n) + UNIT), n);
	copy = mem_malloc(n);
	memcpy(copy, p, h->room);
	mem_free(p);
	return copy;
}

static char *
mem_strdup(const char *s)
{
	const size_t n = strlen(s) + 1;

	return memcpy(mem_malloc(n), s, n);
}

void
xml_memory_limit(void)
{
	static bool done;

	if (!done)
		xmlMemSetup(mem_free, mem_malloc, mem_realloc, mem_strdup);
	done = true;
}
