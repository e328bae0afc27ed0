/*
 * A hash map that remembers the order of insertion: a dense array of entries,
 * and an open-addressed table of indices into it.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	uint64_t hash;
	char *key;	/* NUL-terminated copy */
	size_t n;	/* its length without the NUL */
	void *value;
};

struct map {
	struct entry *entries;
	size_t count, cap;
	uint32_t *slots;	/* index into entries + 1, or 0 if empty */
	size_t n_slots;		/* a power of two, over 4/3 of count */
};

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 32;
}

/* Eight bytes at a time: most keys are names, shorter than two words. */
static uint64_t
hash_bytes(const void *key, size_t n)
{
	const unsigned char *p = key;
	uint64_t h = n, word;

	for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
		memcpy(&word, p, sizeof word);
		h = mix(h, word);
	}
	for (word = 0; n > 0; n--)
		word = word << 8 | p[n - 1];
	return mix(h, word);
}

struct map *
map_new(void)
{
	struct map *m;

	m = xcalloc(1, sizeof *m);
	m->n_slots = 16;
	m->slots = xcalloc(m->n_slots, sizeof *m->slots);
	return m;
}

void
map_free(struct map *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->count; i++)
		free(m->entries[i].key);
	free(m->entries);
	free(m->slots);
	free(m);
}

/* The slot that holds the key, or the empty one where it belongs. */
static uint32_t *
find_slot(const struct map *m, uint64_t hash, const void *key, size_t n)
{
	const struct entry *e;
	size_t i;

	for (i = hash & (m->n_slots - 1); m->slots[i] != 0;
	     i = (i + 1) & (m->n_slots - 1)) {
		e = &m->entries[m->slots[i] - 1];
		if (e->hash == hash && e->n == n &&
		    (n == 0 || memcmp(e->key, key, n) == 0))
			break;
	}
	return &m->slots[i];
}

static void
grow_slots(struct map *m)
{
	size_t i, at;

	free(m->slots);
	m->n_slots *= 2;
	m->slots = xcalloc(m->n_slots, sizeof *m->slots);
	for (i = 0; i < m->count; i++) {
		at = m->entries[i].hash & (m->n_slots - 1);
		while (m->slots[at] != 0)
			at = (at + 1) & (m->n_slots - 1);
		m->slots[at] = (uint32_t)i + 1;
	}
}

void *
map_lookup_bytes(const struct map *m, const void *key, size_t n)
{
	const uint32_t *slot;

	slot = find_slot(m, hash_bytes(key, n), key, n);
	return *slot != 0 ? m->entries[*slot - 1].value : NULL;
}

void *
map_lookup(const struct map *m, const char *key)
{
	return map_lookup_bytes(m, key, strlen(key));
}

void *
map_put_bytes(struct map *m, const void *key, size_t n, void *value)
{
	uint64_t hash;
	uint32_t *slot;
	void *former;

	hash = hash_bytes(key, n);
	slot = find_slot(m, hash, key, n);
	if (*slot != 0) {
		former = m->entries[*slot - 1].value;
		m->entries[*slot - 1].value = value;
		return former;
	}
	VEC_RESERVE(m->entries, m->cap, m->count + 1);
	m->entries[m->count] = (struct entry){
		.hash = hash,
		.key = xstrndup(key, n),
		.n = n,
		.value = value,
	};
	*slot = (uint32_t)++m->count;
	if (m->count > m->n_slots - m->n_slots / 4)
		grow_slots(m);
	return NULL;
}

void *
map_put(struct map *m, const char *key, void *value)
{
	return map_put_bytes(m, key, strlen(key), value);
}

size_t
map_count(const struct map *m)
{
	return m->count;
}

const char *
map_key(const struct map *m, size_t i)
{
	return m->entries[i].key;
}

void *
map_value(const struct map *m, size_t i)
{
	return m->entries[i].value;
}
