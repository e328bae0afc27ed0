/*
 * Links told by what the other record says: the words of a cell, in any order,
 * find the record that has them.  An index of all records of the kinds is made
 * once, so that each row costs a look-up.
 */
#include <stdlib.h>
#include <string.h>

#include "import/import_int.h"

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Folded words, sorted: "Nguyễn Mai" and "mai NGUYEN" are one key. */
static void
put_key(struct buf *out, const char *text)
{
	struct buf folded = { 0 };
	char *words[64], *word, *rest;
	size_t n = 0, i;

	str_fold(&folded, text);
	for (word = folded.n > 0 ? strtok_r(folded.p, " ", &rest) : NULL;
	    word != NULL && n < 64; word = strtok_r(NULL, " ", &rest))
		words[n++] = word;
	qsort(words, n, sizeof *words, compare);
	for (i = 0; i < n; i++)
		buf_printf(out, "%s%s", i > 0 ? " " : "", words[i]);
	buf_free(&folded);
}

void
names_add(struct map *index, struct arena *arena, const char *by,
    struct job *job, const struct record *record)
{
	const struct record_field *v;
	const size_t n = record_fields(job, record, &v);
	struct buf text = { 0 }, key = { 0 };
	struct named *named;
	size_t i;

	for (i = 0; i < n; i++)
		if (str_has_word(by, v[i].path))
			buf_printf(&text, "%s ", v[i].value);
	put_key(&key, buf_str(&text));
	named = map_lookup(index, buf_str(&key));
	if (named == NULL) {
		named = arena_alloc(arena, sizeof *named);
		named->id = arena_strdup(arena, record->id);
		map_put(index, buf_str(&key), named);
	} else if (!str_eq(named->id, record->id)) {
		named->several = true;
		buf_clear(&text);
		buf_printf(&text, "%s, %s", named->id, record->id);
		/* Two are enough to see what is meant. */
		if (strchr(named->id, ',') == NULL)
			named->id = arena_strdup(arena, text.p);
	}
	buf_free(&text);
	buf_free(&key);
}

static void
add_kind(struct map *index, struct arena *arena, const char *by,
    struct job *job, struct registry *r, const char *kind)
{
	struct job list = { arena_new(), job->diag, job->watch };
	struct job own = { arena_new(), job->diag, job->watch };
	struct registry_version *v;
	const size_t n = registry_current(r, &list, kind, &v);
	struct record *record;
	size_t i;

	for (i = 0; i < n; i++) {
		record = registry_version(r, &own, v[i].id, 0);
		if (record != NULL)
			names_add(index, arena, by, &own, record);
		record_free(record);
		arena_reset(own.arena);
	}
	arena_free(own.arena);
	arena_free(list.arena);
}

struct map *
names_index(struct arena *arena, const char *by, const char *kinds,
    struct job *job, struct registry *r)
{
	struct map *index = map_new();
	char *list = xstrdup(kinds), *kind, *rest;

	for (kind = strtok_r(list, " \t\r\n", &rest); kind != NULL;
	    kind = strtok_r(NULL, " \t\r\n", &rest))
		add_kind(index, arena, by, job, r, kind);
	free(list);
	return index;
}

const struct named *
names_lookup(const struct map *index, const char *text)
{
	struct buf key = { 0 };
	const struct named *named;

	put_key(&key, text);
	named = key.n > 0 ? map_lookup(index, key.p) : NULL;
	buf_free(&key);
	return named;
}
