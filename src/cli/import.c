/*
 * parcours import: the rows of a table into the registry.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli_int.h"
#include "compile.h"

static const char *
joined(struct job *job, const char *a, size_t n, const char *b, const char *c)
{
	struct buf path = { 0 };
	const char *s;

	buf_printf(&path, "%.*s%s%s", (int)n, a, b, c);
	s = arena_strdup(job->arena, path.p);
	buf_free(&path);
	return s;
}

/* The mapping named, else KIND.import.xml beside the table, else none. */
static const char *
find_mapping(struct run *r, const char *kind)
{
	const char *path = r->opt.operands.items[0];
	const char *slash = strrchr(path, '/');
	const char *beside;

	if (r->opt.mapping != NULL)
		return r->opt.mapping;
	beside = joined(&r->job, path,
	    slash != NULL ? (size_t)(slash + 1 - path) : 0, kind,
	    ".import.xml");
	return access(beside, F_OK) == 0 ? beside : NULL;
}

/* people.ods: people.refused.csv */
static const char *
refused_path(struct run *r)
{
	const char *path = r->opt.operands.items[0];
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');

	return joined(&r->job, path, dot != NULL && (slash == NULL ||
	    dot > slash) ? (size_t)(dot - path) : strlen(path), ".refused",
	    ".csv");
}

/* The language of the records, where no mapping says it. */
static const char *
record_lang(const struct run *r)
{
	if (r->opt.lang != NULL)
		return r->opt.lang;
	return diag_lang(r->job.diag) == LANG_FR ? "fr-FR" : "en";
}

static void
tell_json(struct run *r, const struct compile_import *what,
    const struct registry_added *n)
{
	cli_print_json((const char *const[]){ "rows",
		cli_number(&r->job, what->rows), "added",
		cli_number(&r->job, n->fresh), "changed",
		cli_number(&r->job, n->changed), "unchanged",
		cli_number(&r->job, n->same), "refused",
		cli_number(&r->job, what->n_refused), "file",
		what->n_refused > 0 ? what->refused : "", NULL });
}

static void
tell(struct run *r, const struct compile_import *what,
    const struct registry_added *n)
{
	const char *rows = cli_number(&r->job, what->rows);

	if (what->rows == 0)
		diag_report(r->job.diag, DIAG_IMPORT_NO_ROWS,
		    where_file(what->path), NULL);
	if (r->opt.quiet)
		return;
	if (r->opt.json) {
		tell_json(r, what, n);
		return;
	}
	if (what->rows == 0)
		return;
	if (n->fresh + n->changed == 0 && what->n_refused == 0)
		cli_tell(r, DIAG_IMPORT_SAME, rows);
	else
		cli_tell(r, DIAG_IMPORT_DONE, rows,
		    cli_number(&r->job, n->fresh),
		    cli_number(&r->job, n->changed),
		    cli_number(&r->job, n->same));
	if (what->n_refused > 0)
		cli_tell(r, DIAG_IMPORT_REFUSED,
		    cli_number(&r->job, what->n_refused), what->refused);
}

static enum exit_status
import(struct run *r, struct compiler *c, struct registry *registry)
{
	const struct registry_call call = cli_call(r);
	const char *kind = compile_kind(&r->job, c, r->opt.as);
	struct compile_import what = {
		.path = r->opt.operands.items[0],
		.kind = kind,
		.mapping = kind != NULL ? find_mapping(r, kind) : NULL,
		.lang = record_lang(r),
		.refused = r->opt.skip_bad ? refused_path(r) : NULL,
	};

	if (kind == NULL)
		return EXIT_FINDINGS;
	if (compile_import(&r->job, c, &what, &call)) {
		tell(r, &what, registry_counts(registry));
		return EXIT_DONE;
	}
	if (what.n_refused > 0 && !r->opt.quiet && !r->opt.json)
		cli_tell(r, DIAG_IMPORT_NONE,
		    cli_number(&r->job, what.n_refused),
		    cli_number(&r->job, what.rows));
	return EXIT_FINDINGS;
}

static enum exit_status
write_template(struct run *r)
{
	struct compiler *c = compiler_new(&r->job, cli_data_folder(&r->job));
	const char *kind = compile_kind(&r->job, c, r->opt.template);
	const char *path = r->opt.output;
	struct buf mapping = { 0 }, columns = { 0 };
	struct outfile *out = NULL;
	bool ok;

	if (kind != NULL && path == NULL)
		path = joined(&r->job, kind, strlen(kind), ".import", ".xml");
	ok = kind != NULL && compile_template(&r->job, c, kind,
	    record_lang(r), &mapping, &columns) &&
	    (out = outfile_open(&r->job, path)) != NULL;
	if (ok) {
		outfile_write(out, mapping.p, mapping.n);
		ok = outfile_commit(out);
	}
	if (ok && !r->opt.quiet && !str_eq(path, "-")) {
		cli_tell(r, DIAG_IMPORT_WROTE, path);
		printf("%s", buf_str(&columns));
	}
	buf_free(&mapping);
	buf_free(&columns);
	compiler_free(c);
	return ok ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_import(struct run *r)
{
	const bool file = r->opt.operands.n > 0;

	if (r->opt.template != NULL && !file && r->opt.as == NULL)
		return write_template(r);
	if (r->opt.template == NULL && file && r->opt.as != NULL)
		return cli_with_registry(r, REGISTRY_CREATE, import);
	diag_report(r->job.diag, DIAG_USAGE_IMPORT, where_none(), NULL);
	return EXIT_USAGE;
}
