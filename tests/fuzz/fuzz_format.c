/*
 * The whole formatter, from an FO file to a PDF or, by the parity of its size,
 * to a dump of its areas.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "compile.h"

const char *const fuzz_seeds[] = { "tests/layout", ".fo", "tests/peer", ".fo",
	"tests/pdf", ".fo", "tests/bad/fo", ".fo", "tests/fo/cases", ".fo",
	NULL };

/* Fonts stay open from one input to the next; but what inputs ask for gathers
 * there too. */
#define INPUTS 2000
static struct job outer;
static struct compiler *compiler;

static void
set_up(void)
{
	static int inputs;

	if (inputs++ % INPUTS != 0)
		return;
	compiler_free(compiler);
	diag_free(outer.diag);
	arena_free(outer.arena);
	outer.arena = arena_new();
	outer.diag = diag_new(LANG_EN, DIAG_TEXT);
	compiler = compiler_new(&outer, "build/share");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char in[] = "/tmp/fuzz-format-XXXXXX", out[] = "/tmp/fuzz-pages-XXXXXX";
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_FR, DIAG_TEXT) };
	struct compile_output output = { .path = out,
		.end = size % 2 != 0 ? END_PDF : END_AREAS };
	int fd;

	set_up();
	fd = mkstemp(in);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	fd = mkstemp(out);
	if (fd < 0)
		abort();
	close(fd);
	(void)compile_format(&job, compiler, in, &output);
	unlink(in);
	unlink(out);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
