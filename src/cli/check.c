/*
 * parcours check PATH…: schemas and rules.
 */
#include "cli/cli_int.h"
#include "compile.h"

enum exit_status
command_check(struct run *r)
{
	struct compiler *c;
	size_t n, errors, warnings;
	bool ok;

	n = 0;
	c = compiler_new(&r->job, cli_data_folder(&r->job));
	ok = compile_check(&r->job, c, r->opt.operands.items,
	    r->opt.operands.n, &n);
	compiler_free(c);
	cli_print_findings(r);
	errors = diag_count(r->job.diag, DIAG_ERROR);
	warnings = diag_count(r->job.diag, DIAG_WARNING) - errors;
	if (!r->opt.quiet && !r->opt.json && ok)
		cli_tell(r, DIAG_CHECKED, cli_number(&r->job, n),
		    cli_number(&r->job, warnings));
	return ok ? EXIT_DONE : EXIT_FINDINGS;
}
