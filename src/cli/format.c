/*
 * parcours format FILE.fo: the XSL-FO formatter by itself.
 */
#include <string.h>

#include "cli/cli_int.h"
#include "compile.h"

static void
show_pages(void *ctx, int pages)
{
	struct run *r = ctx;
	struct buf text = { 0 };

	if (pages % 16 != 0)
		return;
	message_format(&text, diag_lang(r->job.diag), DIAG_PROGRESS_PAGES,
	    (const char *const[]){
		cli_number(&r->job, (size_t)pages), NULL });
	progress_show(r, text.p);
	buf_free(&text);
}

/* FILE.fo gives FILE.pdf beside it, standard input standard output. */
static const char *
default_output(struct job *job, const char *path)
{
	struct buf out = { 0 };
	const char *name;
	size_t n;

	if (strcmp(path, "-") == 0)
		return path;
	n = strlen(path);
	if (str_ends(path, ".fo"))
		n -= 3;
	buf_put(&out, path, n);
	buf_puts(&out, ".pdf");
	name = arena_strdup(job->arena, out.p);
	buf_free(&out);
	return name;
}

enum exit_status
command_format(struct run *r)
{
	const char *path = r->opt.operands.items[0];
	struct compile_output output = {
		.path = r->opt.output,
		.end = r->opt.dump_areas ? END_AREAS : END_PDF,
		.booklet = r->opt.booklet,
		.uncompressed = r->opt.uncompressed,
		.progress = show_pages,
		.ctx = r,
	};
	struct compiler *c;
	bool ok;

	if (output.path == NULL)
		output.path = default_output(&r->job, path);
	c = compiler_new(&r->job, cli_data_folder(&r->job));
	ok = compile_format(&r->job, c, path, &output);
	compiler_free(c);
	return ok ? EXIT_DONE : EXIT_FINDINGS;
}
