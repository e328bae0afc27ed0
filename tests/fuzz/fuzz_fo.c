/*
 * A whole FO, from bytes to the tree, children released as layout
 * would or, by the parity of its size, kept; markers retrieved.
 */
#include "fuzz.h"

#include "base/base.h"
#include "fo/fo_int.h"

const char *const fuzz_seeds[] = { "tests/fo/cases", ".fo",
	"tests/layout", ".fo", "tests/peer", ".fo", "tests/bad/fo", ".fo", NULL };

static void
read_all(struct fo_doc *d, struct fo_node *n, bool release)
{
	struct fo_node *c, *next;

	for (c = fo_child(d, n, NULL); c != NULL; c = next) {
		if (c->type == FO_MARKER)
			fo_marker_instance(d, fo_marker_keep(d, c), n);
		read_all(d, c, release);
		next = fo_child(d, n, c);
		if (release)
			fo_release(d, c);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct xml *x = xml_new();
	struct fo_node *n;
	struct fo_doc *d;
	struct buf b = { 0 };
	xmlDoc *tree;

	tree = xml_parse_bytes(&job, x, (const char *)data, size, "fuzz",
	    &xml_limits_fo);
	if (tree != NULL) {
		d = fo_open_tree(&job, tree);
		n = fo_root(d);
		if (n != NULL)
			fo_dump(&b, n);
		while ((n = fo_next_sequence(d)) != NULL) {
			read_all(d, n, size % 2);
			fo_dump(&b, n);
		}
		fo_free(d);
		xmlFreeDoc(tree);
	}
	buf_free(&b);
	xml_free(x);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
