/*
 * parcours documents: what can be made, from what, for whom.
 */
#include <stdio.h>

#include "cli/cli_int.h"
#include "compile.h"

static void
print_row(struct run *r, const struct document *d)
{
	if (r->opt.quiet)
		printf("%s\n", d->id);
	else if (r->opt.json)
		cli_print_json((const char *const[]){ "id", d->id,
			"title", d->title, "subject", d->subject_kind,
			"about", d->about_kind != NULL ? d->about_kind : "",
			"audiences", d->audiences, NULL });
	else
		cli_tell(r, DIAG_DOCUMENT_ROW, d->id, d->title, d->subject_kind,
		    d->about_kind != NULL ? d->about_kind : "-",
		    d->audiences);
}

enum exit_status
command_documents(struct run *r)
{
	struct compiler *c;
	const struct catalogue *cat;
	size_t i;

	c = compiler_new(&r->job, cli_data_folder(&r->job));
	cat = compiler_catalogue(c);
	for (i = 0; cat != NULL && i < cat->n; i++)
		print_row(r, &cat->documents[i]);
	compiler_free(c);
	return cat != NULL ? EXIT_DONE : EXIT_FINDINGS;
}
