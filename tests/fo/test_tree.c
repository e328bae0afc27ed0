/*
 * Formatting-object files to trees: cases/NAME.fo gives NAME.tree, what fo_dump
 * says of it, and NAME.fr.diag, NAME.en.diag, its findings; no file means none.
 * Each case is read as a stream and as a tree, which must agree (but
 * for the places of text, which a tree has only by element).  With ACCEPT=1
 * in the environment what comes out becomes what is expected.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "fo/fo.h"
#include "xml/xml.h"

#define CASES "tests/fo/cases"

static void
read_all(struct fo_doc *d, struct fo_node *n)
{
	struct fo_node *c;

	for (c = fo_child(d, n, NULL); c != NULL; c = fo_child(d, n, c))
		read_all(d, c);
}

static void
put_info(struct buf *out, const struct fo_info *info)
{
	const struct {
		const char *name, *value;
	} rows[] = {
		{ "lang", info->lang }, { "title", info->title },
		{ "author", info->author }, { "subject", info->subject },
		{ "keywords", info->keywords }, { "creator", info->creator },
		{ "date", info->date }, { "number", info->number },
	};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].value != NULL)
			buf_printf(out, "info %s: %s\n", rows[i].name,
			    rows[i].value);
	for (i = 0; i < info->n_files; i++)
		buf_printf(out, "info file: %s (%s) %s\n",
		    info->files[i].name,
		    info->files[i].description != NULL
			? info->files[i].description : "",
		    info->files[i].src);
}

static void
dump_doc(struct fo_doc *d, struct buf *out)
{
	struct fo_node *n = d != NULL ? fo_root(d) : NULL, *c;

	if (n == NULL)
		return;
	fo_dump(out, n);
	while ((c = fo_next_sequence(d)) != NULL) {
		read_all(d, c);
		fo_dump(out, c);
	}
	put_info(out, fo_info(d));
}

struct outcome {
	struct buf tree, findings;
};

static struct outcome
read_case(const char *path, enum lang lang, bool streamed)
{
	struct outcome o = { 0 };
	struct job job = { .arena = arena_new(),
		.diag = diag_new(lang, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct fo_doc *d = NULL;
	xmlDoc *tree = NULL;

	if (streamed)
		d = fo_open(&job, path);
	else
		tree = xml_parse_file(&job, x, path, &xml_limits_fo);
	if (tree != NULL)
		d = fo_open_tree(&job, tree);
	dump_doc(d, &o.tree);
	fo_free(d);
	xmlFreeDoc(tree);
	diag_dump(job.diag, &o.findings);
	xml_free(x);
	diag_free(job.diag);
	arena_free(job.arena);
	return o;
}

static void
compare(const char *stem, const char *suffix, const struct buf *got)
{
	struct buf path = { 0 }, expected = { 0 };
	char chunk[4096];
	size_t n;
	FILE *f;

	buf_printf(&path, "%s%s", stem, suffix);
	if (getenv("ACCEPT") != NULL) {
		remove(buf_str(&path));
		if (got->n > 0) {
			f = fopen(buf_str(&path), "wb");
			assert_non_null(f);
			fwrite(got->p, 1, got->n, f);
			fclose(f);
		}
	}
	f = fopen(buf_str(&path), "rb");
	while (f != NULL && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&expected, chunk, n);
	if (f != NULL)
		fclose(f);
	if (strcmp(buf_str(got), buf_str(&expected)) != 0)
		fail_msg("%s: got\n%s", buf_str(&path), buf_str(got));
	buf_free(&path);
	buf_free(&expected);
}

static void
run_case(const char *name)
{
	struct buf path = { 0 }, stem = { 0 };
	struct outcome stream, tree;

	buf_printf(&path, "%s/%s", CASES, name);
	buf_put(&stem, buf_str(&path), path.n - 3);

	stream = read_case(buf_str(&path), LANG_FR, true);
	tree = read_case(buf_str(&path), LANG_FR, false);
	assert_string_equal(buf_str(&stream.tree), buf_str(&tree.tree));
	compare(buf_str(&stem), ".tree", &stream.tree);
	compare(buf_str(&stem), ".fr.diag", &stream.findings);
	buf_free(&stream.tree);
	buf_free(&stream.findings);
	buf_free(&tree.tree);
	buf_free(&tree.findings);

	stream = read_case(buf_str(&path), LANG_EN, true);
	compare(buf_str(&stem), ".en.diag", &stream.findings);
	buf_free(&stream.tree);
	buf_free(&stream.findings);
	buf_free(&path);
	buf_free(&stem);
}

static void
test_cases(void **state)
{
	DIR *dir = opendir(CASES);
	struct dirent *e;
	int n = 0;

	(void)state;
	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL)
		if (str_ends(e->d_name, ".fo")) {
			run_case(e->d_name);
			n++;
		}
	closedir(dir);
	assert_true(n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
