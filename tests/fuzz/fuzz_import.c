/* A table: the first byte says what the others are, text, the content of an
 * OpenDocument spreadsheet or the parts of an Excel workbook, each after a line
 * "= its name", so that fuzzing is not about unpacking. */
#define _GNU_SOURCE	/* memmem */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/base.h"
#include "import/import_int.h"

const char *const fuzz_seeds[] = { "tests/import", ".csv", "tests/import",
	".content", "tests/import", ".parts", NULL };

static void
add_part(zip_t *z, const char *name, const uint8_t *bytes, size_t n)
{
	zip_source_t *source = zip_source_buffer(z, bytes, n, 0);
	const zip_int64_t at = zip_file_add(z, name, source,
	    ZIP_FL_OVERWRITE);

	if (at < 0)
		zip_source_free(source);
	else
		zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/* Adds the parts that the bytes name; a name that cannot be is none. */
static void
add_parts(zip_t *z, const uint8_t *bytes, size_t n)
{
	const uint8_t *end = bytes + n, *line, *next;
	char name[64];
	int len;

	while (bytes < end && (line = memchr(bytes, '\n',
	    (size_t)(end - bytes))) != NULL) {
		len = line - bytes < 2 ? 0 : line - bytes > 60 ? 60
		    : (int)(line - bytes) - 2;
		snprintf(name, sizeof name, "%.*s", len,
		    (const char *)bytes + (len > 0 ? 2 : 0));
		line++;
		next = memmem(line, (size_t)(end - line), "\n= ", 3);
		add_part(z, name, line, (size_t)((next != NULL ? next : end) -
		    line));
		bytes = next != NULL ? next + 1 : end;
	}
}

static void
put(int fd, const char *path, const uint8_t *bytes, size_t n)
{
	zip_t *z;

	if (n < 3 || (bytes[0] != '<' && bytes[0] != '=')) {
		if (write(fd, bytes, n) != (ssize_t)n)
			abort();
		return;
	}
	z = zip_open(path, ZIP_TRUNCATE, NULL);
	if (z == NULL)
		abort();
	if (bytes[0] == '<')
		add_part(z, "content.xml", bytes, n);
	else
		add_parts(z, bytes, n);
	if (zip_close(z) != 0)
		zip_discard(z);
}

/* Every cell is read as everything it could be. */
static void
read_cells(const struct row *row, struct buf *out)
{
	size_t i;

	for (i = 0; i < row->n && i < 100; i++) {
		const char *text = row->cells[i].text;

		buf_clear(out);
		value_date(out, text);
		value_number(out, text);
		value_boolean(out, text);
		value_trim(out, text, i % 2 == 0);
		value_id(out, text);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char path[] = "/tmp/fuzz-import-XXXXXX";
	struct job job = { arena_new(), diag_new(LANG_FR, DIAG_TEXT), NULL };
	struct xml *xml = xml_new();
	struct map *headings = map_new();
	struct table *t;
	const struct row *row;
	struct buf out = { 0 };
	size_t rows = 0;
	int fd;

	fd = mkstemp(path);
	if (fd < 0)
		abort();
	put(fd, path, bytes, n);
	close(fd);
	map_put(headings, "nom", headings);
	t = table_open(&job, xml, path, NULL, headings);
	while (t != NULL && rows++ < 2000 && (row = table_next(t)) != NULL)
		read_cells(row, &out);
	table_free(t);
	unlink(path);
	buf_free(&out);
	map_free(headings);
	xml_free(xml);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
