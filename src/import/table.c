/*
 * A file of rows, whatever its form: what it is, its first bytes say.
 */
#include <stdio.h>
#include <string.h>

#include "import/import_int.h"

/* Does the file begin so?  One that cannot be read is reported by its reader. */
static bool
begins(const char *path, const char *magic, size_t n)
{
	FILE *f = fopen(path, "rb");
	char head[8];
	bool yes;

	yes = f != NULL && fread(head, 1, n, f) == n &&
	    memcmp(head, magic, n) == 0;
	if (f != NULL)
		fclose(f);
	return yes;
}

struct table *
table_open(struct job *job, struct xml *x, const char *path,
    const char *sheet, const struct map *headings)
{
	if (begins(path, "PK\003\004", 4))
		return book_open(job, x, path, sheet);
	/* A compound file: what Excel wrote before 2007, and what it hides
	 * behind a password since. */
	if (begins(path, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8)) {
		diag_report(job->diag, DIAG_IMPORT_XLS, where_file(path), NULL);
		return NULL;
	}
	return csv_open(job, path, headings);
}

bool
row_is_empty(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		if (row->cells[i].text[strspn(row->cells[i].text, " \t\r\n")] !=
		    '\0')
			return false;
	return true;
}

const struct row *
table_next(struct table *t)
{
	const struct row *row;

	while ((row = t->type->next(t)) != NULL)
		if (!row_is_empty(row))
			break;
	return row;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	arena_free(t->arena);
	t->type->free(t);
}

size_t
headings_among(const struct map *headings, const struct row *row)
{
	struct buf key = { 0 };
	size_t i, n = 0;

	for (i = 0; i < row->n; i++) {
		buf_clear(&key);
		str_fold(&key, row->cells[i].text);
		n += key.n > 0 && map_lookup(headings, key.p) != NULL;
	}
	buf_free(&key);
	return n;
}
