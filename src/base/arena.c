/*
 * Memory.  Running out of it ends the program, so that no caller carries a
 * failure that it could not mend.  An arena is a chain of blocks; what is
 * larger than a quarter of a block gets a block of its own, so that a large
 * request never wastes the room left in the current one, and a large array
 * grows without leaving its old copy behind.  Memory is zeroed as it is given
 * out: most arenas are small, and a block costs what is used of it.
 */
#include "base/base.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base_int.h"

#define BLOCK_SIZE ((size_t)64 * 1024)
#define SMALL	   ((size_t)256)	/* for xcalloc, either way */
#define LARGE ((size_t)1 << 20)	/* an array that no longer doubles */

struct block {
	struct block *next, *prev;
	size_t size, used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct block *first;	/* kept by arena_reset */
	struct block *current;	/* the block that small requests come from */
	struct block *others;	/* every block but the first */
	size_t bytes;
};

static _Noreturn void
out_of_memory(void)
{
	const char *text;

	/* No allocation here: the words go out as they stand in the table.
	 * exit, not abort: temporary files are to be removed. */
	text = message_text(message_lang(NULL), DIAG_OUT_OF_MEMORY);
	fd_write_all(STDERR_FILENO, text, strlen(text));
	fd_write_all(STDERR_FILENO, "\n", 1);
	exit(3);
}

void *
xmalloc(size_t size)
{
	void *p;

	p = size < PTRDIFF_MAX ? malloc(size ? size : 1) : NULL;
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p;

	/* glibc keeps what was freed last at hand for malloc alone. */
	if (n <= SMALL && size <= SMALL)
		return memset(xmalloc(n * size), 0, n * size);
	p = calloc(n ? n : 1, size ? size : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xrealloc(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		out_of_memory();
	n *= size;
	p = n < PTRDIFF_MAX ? realloc(p, n != 0 ? n : 1) : NULL;
	if (p == NULL)
		out_of_memory();
	return p;
}

char *
xstrndup(const char *s, size_t n)
{
	char *p;

	p = xmalloc(n + 1);
	if (n != 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

static struct block *
block_new(struct arena *a, size_t size)
{
	struct block *b;

	if (size > SIZE_MAX - sizeof *b)
		out_of_memory();
	b = xmalloc(sizeof *b + size);
	*b = (struct block){ .size = size };
	a->bytes += sizeof *b + size;
	return b;
}

struct arena *
arena_new(void)
{
	struct arena *a;

	a = xcalloc(1, sizeof *a);
	a->first = a->current = block_new(a, BLOCK_SIZE);
	return a;
}

static void
free_others(struct arena *a)
{
	struct block *b, *next;

	for (b = a->others; b != NULL; b = next) {
		next = b->next;
		a->bytes -= sizeof *b + b->size;
		free(b);
	}
	a->others = NULL;
	a->current = a->first;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_others(a);
	free(a->first);
	free(a);
}

void
arena_reset(struct arena *a)
{
	free_others(a);
	a->first->used = 0;
}

static struct block *
add_block(struct arena *a, size_t size)
{
	struct block *b;

	b = block_new(a, size);
	b->next = a->others;
	if (b->next != NULL)
		b->next->prev = b;
	a->others = b;
	return b;
}

/* The room that so many bytes take. */
static size_t
aligned(size_t size)
{
	if (size > SIZE_MAX - sizeof(struct block) - alignof(max_align_t))
		out_of_memory();
	if (size == 0)
		size = 1;
	return (size + alignof(max_align_t) - 1) &
	    ~(alignof(max_align_t) - 1);
}

static bool
has_own_block(size_t size)
{
	return size > BLOCK_SIZE / 4;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct block *b;
	void *p;

	size = aligned(size);
	b = a->current;
	if (has_own_block(size))
		b = add_block(a, size);
	else if (size > b->size - b->used)
		b = a->current = add_block(a, BLOCK_SIZE);
	p = b->data + b->used;
	b->used += size;
	memset(p, 0, size);
	return p;
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(a, n * size);
}

/* Grows what has a block of its own: no copy stays behind. */
static void *
grow_block(struct arena *a, void *p, size_t old, size_t size)
{
	struct block *b, **link;

	b = (struct block *)(void *)((char *)p -
	    offsetof(struct block, data));
	link = b->prev != NULL ? &b->prev->next : &a->others;
	a->bytes += size - b->size;
	b = xrealloc(b, sizeof *b + size, 1);
	b->size = b->used = size;
	*link = b;
	if (b->next != NULL)
		b->next->prev = b;
	memset(b->data + old, 0, size - old);
	return b->data;
}

/* Twice as many elements as before, of large arrays half as many more. */
static size_t
grown(size_t cap, size_t need, size_t size)
{
	size_t n;

	n = cap < 8 ? 8 : cap * size < LARGE ? cap * 2 : cap + cap / 2;
	return n < need ? need : n;
}

void *
arena_grow(struct arena *a, void *p, size_t *cap, size_t need, size_t size)
{
	size_t n, old;
	void *q;

	if (need <= *cap)
		return p;
	n = grown(*cap, need, size);
	if (n > SIZE_MAX / size)
		out_of_memory();
	old = *cap * size;
	*cap = n;
	if (has_own_block(aligned(old)))
		return grow_block(a, p, old, aligned(n * size));
	q = arena_alloc(a, n * size);
	if (old != 0)
		memcpy(q, p, old);
	return q;
}

void *
arena_trim(struct arena *a, void *p, size_t *cap, size_t n, size_t size)
{
	if (n >= *cap || !has_own_block(aligned(n * size)))
		return p;
	*cap = n;
	return grow_block(a, p, aligned(n * size), aligned(n * size));
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		out_of_memory();
	p = arena_alloc(a, n + 1);
	if (n != 0)
		memcpy(p, s, n);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

size_t
arena_bytes(const struct arena *a)
{
	return a->bytes;
}
