/*
 * parcours make DOCUMENT --subject ID…: documents from records.  parcours report
 * is the same of documents that have tables.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli_int.h"
#include "compile.h"
#include "registry/registry.h"

/* A run of `make`: the document, and for whom. */
struct making {
	struct run *run;
	struct compiler *compiler;
	const struct document *document;
	const char **subjects;
	size_t n;
	bool issues;		/* they are entered in the registry */
	bool into_folder;	/* -o names one, or there is none */
	const char *from, *to;	/* the period of tables, or NULL */
	size_t made;
};

/* -------------------------------------------------------- what was asked */

const char *
cli_document_ids(struct job *job, const struct catalogue *cat,
    bool with_tables)
{
	struct buf ids = { 0 };
	const char *s;
	size_t i;

	for (i = 0; i < cat->n; i++)
		if (!with_tables || cat->documents[i].tables != NULL)
			buf_printf(&ids, "%s%s", ids.n != 0 ? ", " : "",
			    cat->documents[i].id);
	s = arena_strdup(job->arena, buf_str(&ids));
	buf_free(&ids);
	return s;
}

static bool
is_report(const struct run *r)
{
	return (r->command->bit & C_REPORT) != 0;
}

/* What is asked of a document's tables. */
static bool
check_tables(struct making *m, const struct catalogue *cat)
{
	struct options *opt = &m->run->opt;
	struct diag *d = m->run->job.diag;
	const char *tables = m->document->tables;

	if (tables == NULL && (is_report(m->run) || opt->period != NULL ||
		opt->table != NULL || opt->csv))
		diag_report(d, DIAG_USAGE_NO_TABLES, where_none(),
		    cli_document_ids(&m->run->job, cat, true));
	else if (opt->period != NULL &&
	    !cli_period(&m->run->job, opt->period, &m->from, &m->to))
		diag_report(d, DIAG_USAGE_PERIOD, where_none(), opt->period);
	else if (opt->table != NULL && !str_has_word(tables, opt->table))
		diag_report(d, DIAG_USAGE_TABLE, where_none(), opt->table,
		    tables);
	else
		return true;
	return false;
}

/* What can be seen to be wrong before any record is read. */
static bool
check_request(struct making *m, const struct catalogue *cat)
{
	struct run *r = m->run;
	const char *id = r->opt.operands.items[0];

	m->document = catalogue_lookup(cat, id);
	if (m->document == NULL)
		diag_report(r->job.diag, DIAG_USAGE_DOCUMENT, where_none(), id,
		    cli_document_ids(&r->job, cat, is_report(r)));
	else if (r->opt.subjects.n == 0)
		diag_report(r->job.diag, DIAG_USAGE_SUBJECT, where_none(),
		    NULL);
	else if (r->opt.from.n > 0 && r->opt.registry != NULL)
		diag_report(r->job.diag, DIAG_REGISTRY_BOTH, where_none(),
		    NULL);
	else if (r->opt.date != NULL && !date_is_valid(r->opt.date))
		diag_report(r->job.diag, DIAG_USAGE_DATE, where_none(),
		    r->opt.date);
	else if (r->opt.audience != NULL &&
	    !str_has_word(m->document->audiences, r->opt.audience))
		diag_report(r->job.diag, DIAG_USAGE_AUDIENCE, where_none(),
		    r->opt.audience, m->document->audiences);
	else
		return check_tables(m, cat);
	return false;
}

/* Whether there is something that a document could say of this subject: nobody
 * expects one for those of whom there is nothing. */
static bool
has_matter(struct making *m, struct registry *registry, const char *id)
{
	const struct document *d = m->document;
	struct job *job = &m->run->job;
	struct registry_row *rows;
	size_t i, n;

	if (d->needs == NULL)
		return true;
	n = registry_needed(registry, job, id, d->about_kind, &rows);
	for (i = 0; i < n; i++)
		if (str_eq(rows[i].kind, d->needs))
			return true;
	diag_report(job->diag, DIAG_MAKE_SKIPPED, where_file(rows[0].file), id,
	    d->needs);
	return false;
}

/* --subject all: every record of the kinds that the document is about. */
static bool
take_all(struct making *m, struct registry *registry)
{
	struct job *job = &m->run->job;
	struct registry_row *rows;
	size_t i, n, right;

	n = registry_list(registry, job, NULL, &rows);
	m->subjects = arena_array(job->arena, n, sizeof *m->subjects);
	right = 0;
	for (i = 0; i < n; i++) {
		if (!str_has_word(m->document->subject_kind, rows[i].kind))
			continue;
		right++;
		if (has_matter(m, registry, rows[i].id))
			m->subjects[m->n++] = rows[i].id;
	}
	if (right == 0)
		diag_report(job->diag, DIAG_MAKE_NOBODY, where_none(),
		    records_kinds_shown(job, compiler_records(m->compiler),
			m->document->subject_kind));
	return right != 0;
}

static bool
choose_subjects(struct making *m, struct registry *registry)
{
	struct list *asked = &m->run->opt.subjects;

	if (asked->n == 1 && strcmp(asked->items[0], "all") == 0)
		return take_all(m, registry);
	m->subjects = asked->items;
	m->n = asked->n;
	return true;
}

/* ----------------------------------------------------------- where it goes */

static bool
is_folder(const char *path)
{
	struct stat st;

	return str_ends(path, "/") ||
	    (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* A table is asked for by --csv, by its name or by that of the file. */
static enum compile_end
road_end(const struct options *opt)
{
	return opt->csv || opt->table != NULL ||
		(opt->output != NULL && str_has_ending(opt->output, ".csv"))
				 ? END_CSV
	    : opt->dump_dossier	 ? END_DOSSIER
	    : opt->dump_fo	 ? END_FO
	    : opt->dump_areas	 ? END_AREAS
				 : END_PDF;
}

void
cli_put_name(struct buf *out, const char *name)
{
	for (; *name != '\0'; name++)
		buf_putc(out, *name == '/' ? '_' : *name);
}

/* DOCUMENT-SUBJECT.pdf, in the folder asked for or here, with what was asked for
 * in the name as build has it: what is for one reader does not take the place of
 * what is for another. */
static const char *
output_path(struct making *m, const char *subject)
{
	static const char *const suffixes[] = {
		[END_PDF] = "pdf",
		[END_DOSSIER] = "xml",
		[END_FO] = "fo",
		[END_AREAS] = "txt",
		[END_CSV] = "csv",
	};
	struct options *opt = &m->run->opt;
	const char *const parts[] = { opt->period, opt->audience, opt->lang,
		opt->paper, opt->booklet ? "booklet" : NULL, opt->table };
	struct buf path = { 0 };
	const char *result;
	size_t i;

	if (!m->into_folder)
		return opt->output;
	if (opt->output != NULL)
		buf_printf(&path, "%s%s", opt->output,
		    str_ends(opt->output, "/") ? "" : "/");
	cli_put_name(&path, m->document->id);
	buf_putc(&path, '-');
	cli_put_name(&path, subject);
	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i] != NULL) {
			buf_putc(&path, '-');
			cli_put_name(&path, parts[i]);
		}
	buf_printf(&path, ".%s", suffixes[road_end(opt)]);
	result = arena_strdup(m->run->job.arena, path.p);
	buf_free(&path);
	return result;
}

/* Several documents need a folder; one that is missing is made. */
static enum exit_status
choose_output(struct making *m)
{
	struct options *opt = &m->run->opt;

	m->into_folder = opt->output == NULL || is_folder(opt->output);
	if (m->n > 1 && !m->into_folder) {
		diag_report(m->run->job.diag, DIAG_USAGE_FOLDER, where_none(),
		    opt->output);
		return EXIT_USAGE;
	}
	if (opt->output == NULL || !m->into_folder ||
	    mkdir(opt->output, 0777) == 0 || errno == EEXIST)
		return EXIT_DONE;
	diag_report(m->run->job.diag, DIAG_FILE_CREATE,
	    where_file(opt->output),
	    message_reason(diag_lang(m->run->job.diag), errno));
	return EXIT_MACHINE;
}

/* -------------------------------------------------------------- the work */

static void
show_progress(struct making *m, size_t i)
{
	struct buf text = { 0 };

	if (m->n < 2)
		return;
	buf_printf(&text, "%zu/%zu %s", i + 1, m->n, m->subjects[i]);
	progress_show(m->run, text.p);
	buf_free(&text);
}

void
cli_tell_made(struct run *r, const char *path, int n)
{
	const char *pages = cli_number(&r->job, (size_t)n);

	if (r->opt.quiet)
		return;
	progress_clear();
	if (r->opt.json)
		cli_print_json((const char *const[]){ "file", path, "pages",
			pages, NULL });
	else
		cli_tell(r, n == 1 ? DIAG_MADE_PAGE : DIAG_MADE_PAGES, path,
		    pages);
}

/* Which table it was, for there may be others. */
static void
tell_csv(struct making *m, const struct compile_output *output)
{
	struct job *job = &m->run->job;
	const char *rows = cli_number(job, output->rows);

	if (m->run->opt.quiet)
		return;
	progress_clear();
	if (m->run->opt.json)
		cli_print_json((const char *const[]){ "file", output->path,
			"rows", rows, "table", output->table, NULL });
	else
		cli_tell(m->run, DIAG_MADE_CSV, output->path, rows,
		    output->table);
}

/* The table for a spreadsheet: the one asked for, or the document's first. */
static const char *
table_of(struct making *m)
{
	const char *tables = m->document->tables;

	return m->run->opt.table != NULL || tables == NULL
	    ? m->run->opt.table
	    : arena_strndup(m->run->job.arena, tables, strcspn(tables, " "));
}

/* A report tells how things stand, so without a date it is of today: that of the
 * records would be the day on which an organisation was entered. */
static const char *
date_of(struct making *m)
{
	const struct options *opt = &m->run->opt;

	return opt->date == NULL && m->to == NULL && is_report(m->run)
	    ? cli_today(m->run) : opt->date;
}

static void
make_one(struct making *m, const char *subject)
{
	struct options *opt = &m->run->opt;
	struct job job = {
		arena_new(), m->run->job.diag, m->run->job.watch
	};
	const struct registry_call call = cli_call(m->run);
	struct compile_request request = {
		.document = m->document,
		.subject = subject,
		.about = opt->about,
		.date = date_of(m),
		.audience = opt->audience,
		.lang = opt->lang,
		.paper = opt->paper,
		.from = m->from,
		.to = m->to,
		.call = m->issues ? &call : NULL,
	};
	struct compile_output output = {
		.path = output_path(m, subject),
		.end = road_end(opt),
		.booklet = opt->booklet,
		.uncompressed = opt->uncompressed,
		.table = table_of(m),
	};

	if (compile_document(&job, m->compiler, &request, &output)) {
		m->made++;
		if (output.end == END_PDF && strcmp(output.path, "-") != 0)
			cli_tell_made(m->run, output.path, output.pages);
		if (output.end == END_CSV && strcmp(output.path, "-") != 0)
			tell_csv(m, &output);
	}
	arena_free(job.arena);
}

/* The files named, the registry named, the registry of this folder, or else
 * the files of this folder. */
static struct registry *
open_source(struct making *m)
{
	static const char *here = ".";
	struct list *from = &m->run->opt.from;
	const char *path = cli_registry(m->run);

	if (from->n > 0)
		return compiler_scan(m->compiler, from->items, from->n);
	if (m->run->opt.registry != NULL || access(path, F_OK) == 0) {
		m->issues = road_end(&m->run->opt) == END_PDF;
		return compiler_open(&m->run->job, m->compiler, path,
		    m->issues ? REGISTRY_WRITE : REGISTRY_READ);
	}
	return compiler_scan(m->compiler, &here, 1);
}

static enum exit_status
make_all(struct making *m)
{
	struct registry *registry;
	enum exit_status status;
	size_t i;

	registry = open_source(m);
	if (registry == NULL || !choose_subjects(m, registry))
		return EXIT_FINDINGS;
	status = choose_output(m);
	if (status != EXIT_DONE)
		return status;
	for (i = 0; i < m->n; i++) {
		show_progress(m, i);
		make_one(m, m->subjects[i]);
	}
	return m->made == m->n ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_make(struct run *r)
{
	struct making m = { .run = r };
	const struct catalogue *cat;
	enum exit_status status;

	m.compiler = compiler_new(&r->job, cli_data_folder(&r->job));
	cat = compiler_catalogue(m.compiler);
	if (cat == NULL)
		status = EXIT_FINDINGS;
	else if (!check_request(&m, cat))
		status = EXIT_USAGE;
	else
		status = make_all(&m);
	compiler_free(m.compiler);
	return status;
}
