/*
 * parcours build: every document that the organisations of a registry plan, of
 * which something has changed since it was issued.
 *
 * This process plans, and is the one that writes to the registry; others make
 * the files (base/pool.c), each with a connection of its own.  What they find is
 * told in the order of the plan, so that nothing depends on how many there are.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli_int.h"
#include "compile.h"
#include "records/records.h"
#include "registry/registry.h"

#define PDF_MAX ((size_t)1 << 30)

/* A document that is planned. */
struct task {
	struct compile_request request;
	bool booklet;
	const char *period;	/* as it stands in its name, or NULL */
	const char *path;
	uint8_t recipe[32];
};

struct building {
	struct run *run;
	struct compiler *compiler;
	struct registry *registry;	/* the one who writes: open or NULL */
	struct registry_call call;
	struct task *tasks;
	size_t n, cap;
	size_t made, same, refused;
	struct map *paths;	/* of all tasks */
	const char *day;	/* from which periods are seen */
};

/* ------------------------------------------------------------------ plans */

/* FOLDER/DOCUMENT/DOCUMENT-SUBJECT.pdf, with what the plan says of it in the
 * name: a plan may have the same for several readers. */
static const char *
path_of(struct building *b, const struct task *t)
{
	const char *parts[] = { t->period, t->request.audience,
		t->request.lang, t->request.paper,
		t->booklet ? "booklet" : NULL };
	const char *folder = b->run->opt.output, *copy;
	struct buf path = { 0 };
	size_t i;

	if (folder != NULL)
		buf_printf(&path, "%s%s", folder,
		    str_ends(folder, "/") ? "" : "/");
	buf_printf(&path, "%s/", t->request.document->id);
	cli_put_name(&path, t->request.document->id);
	buf_putc(&path, '-');
	cli_put_name(&path, t->request.subject);
	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i] != NULL) {
			buf_putc(&path, '-');
			cli_put_name(&path, parts[i]);
		}
	buf_puts(&path, ".pdf");
	copy = arena_strdup(b->run->job.arena, path.p);
	buf_free(&path);
	return copy;
}

static struct compile_output
output_of(const struct task *t)
{
	return (struct compile_output){ .path = t->path, .end = END_PDF,
		.booklet = t->booklet, .hold = true };
}

/* A document about this subject, if there is something to put in it and nobody
 * else has planned it. */
static void
add_task(struct building *b, const struct document *document,
    const struct record_planned *p, const char *subject)
{
	struct job *job = &b->run->job;
	struct task t = {
		.request = {
			.document = document,
			.subject = subject,
			.audience = p->audience,
			.lang = p->lang,
			.paper = p->paper,
			.date = b->run->opt.date,
		},
		.booklet = p->booklet,
	};
	struct compile_output output;

	if (p->period != NULL)
		cli_period_seen(job, p->period, b->day, &t.period,
		    &t.request.from, &t.request.to);
	t.path = path_of(b, &t);
	output = output_of(&t);
	if (map_lookup(b->paths, t.path) != NULL ||
	    !compile_recipe(job, b->compiler, &t.request, &output, t.recipe))
		return;
	map_put(b->paths, t.path, b);
	b->tasks = arena_grow(job->arena, b->tasks, &b->cap, b->n + 1,
	    sizeof *b->tasks);
	b->tasks[b->n++] = t;
}

static void
plan_document(struct building *b, struct registry *registry, const char *id,
    const struct record_planned *p)
{
	struct job *job = &b->run->job;
	const struct catalogue *cat = compiler_catalogue(b->compiler);
	const struct document *document = p->document != NULL
	    ? catalogue_lookup(cat, p->document) : NULL;
	struct registry_row *rows;
	size_t n, i;

	if (document == NULL) {
		diag_report(job->diag, DIAG_USAGE_DOCUMENT, p->where,
		    p->document, cli_document_ids(job, cat, false));
		return;
	}
	if (p->audience != NULL &&
	    !str_has_word(document->audiences, p->audience)) {
		diag_report(job->diag, DIAG_USAGE_AUDIENCE, p->where,
		    p->audience, document->audiences);
		return;
	}
	if (p->period != NULL && document->tables == NULL) {
		diag_report(job->diag, DIAG_USAGE_NO_TABLES, p->where,
		    cli_document_ids(job, cat, true));
		return;
	}
	n = registry_members(registry, job, id, document->subject_kind, &rows);
	for (i = 0; i < n; i++)
		add_task(b, document, p, rows[i].id);
}

static bool
plan(struct building *b, struct registry *registry)
{
	struct job *job = &b->run->job;
	const struct records *rs = compiler_records(b->compiler);
	const struct record_planned *planned;
	struct registry_row *rows;
	const size_t n = registry_list(registry, job, records_plan_kind(rs),
	    &rows);
	size_t n_planned, i, k, all = 0;

	for (i = 0; i < n; i++) {
		struct record *r = registry_read(registry, job, &rows[i]);

		if (r == NULL)
			continue;
		n_planned = record_plan(job, rs, r, &planned);
		for (k = 0; k < n_planned; k++)
			plan_document(b, registry, r->id, &planned[k]);
		all += n_planned;
		record_free(r);
	}
	if (all == 0)
		diag_report(job->diag, DIAG_BUILD_NO_PLAN,
		    where_file(cli_registry(b->run)), records_plan_kind(rs));
	return all > 0;
}

/* Is the file there that was issued by this recipe, and as it was? */
static bool
is_current(struct building *b, struct registry *registry,
    const struct task *t)
{
	uint8_t issued[32], there[32];
	struct buf bytes = { 0 };
	struct digest *d;
	bool same = false;

	if (!registry_by_recipe(registry, &b->run->job, t->recipe, issued))
		return false;
	if (file_look(t->path, PDF_MAX, &bytes)) {
		d = digest_new();
		digest_add(d, bytes.p, bytes.n);
		digest_end(d, there);
		same = memcmp(issued, there, sizeof there) == 0;
	}
	buf_free(&bytes);
	return same;
}

/* Keeps what is to be made. */
static void
drop_current(struct building *b, struct registry *registry)
{
	size_t i, left = 0;

	for (i = 0; i < b->n; i++)
		if (is_current(b, registry, &b->tasks[i]))
			b->same++;
		else
			b->tasks[left++] = b->tasks[i];
	b->n = left;
}

/* ---------------------------------------------------------------- answers */

/* A text that may be NULL, with its end. */
static void
put_text(struct buf *out, const char *s)
{
	buf_putc(out, s != NULL ? '+' : '-');
	buf_put(out, s != NULL ? s : "", s != NULL ? strlen(s) + 1 : 1);
}

static const char *
get_text(const char **at)
{
	const char *s = *at;

	*at += strlen(s) + 1;
	return *s == '+' ? s + 1 : NULL;
}

static void
put_finding(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	const int32_t numbers[] = { (int32_t)severity, where.line, where.col };
	struct buf *out = ctx;

	buf_put(out, numbers, sizeof numbers);
	put_text(out, id);
	put_text(out, where.file);
	put_text(out, text);
}

static void
get_findings(struct diag *diag, const char *at, const char *end)
{
	int32_t numbers[3];

	while (at < end) {
		const char *id, *file, *text;

		memcpy(numbers, at, sizeof numbers);
		at += sizeof numbers;
		id = get_text(&at);
		file = get_text(&at);
		text = get_text(&at);
		diag_report_rule(diag, (enum diag_severity)numbers[0], id,
		    (struct where){ file, numbers[1], numbers[2] }, text);
	}
}

/* What of an issue the task does not say: numbers and sums as they are, then
 * texts, then versions. */
struct fixed {
	bool made;
	int pages;
	size_t n_from;
	uint8_t digest[32], recipe[32];
};

static void
put_issue(struct buf *out, bool made, const struct compile_output *o)
{
	const struct registry_issue *i = &o->issue;
	struct fixed f;

	/* What is between the fields is sent, too. */
	memset(&f, 0, sizeof f);
	f.made = made;
	f.pages = i->pages;
	f.n_from = i->n_from;
	memcpy(f.digest, i->digest, sizeof f.digest);
	memcpy(f.recipe, i->recipe, sizeof f.recipe);
	buf_put(out, &f, sizeof f);
	if (i->n_from > 0)
		buf_put(out, i->from, i->n_from * sizeof *i->from);
	put_text(out, i->number);
	put_text(out, i->about);
	put_text(out, i->audience);
	put_text(out, i->lang);
	put_text(out, i->date);
	put_text(out, i->keep);
	put_text(out, o->held);
}

/* Where the file waits, or NULL: it was not made. */
static const char *
get_issue(struct job *job, const char **at, struct registry_issue *i)
{
	const char *held;
	struct fixed f;
	int64_t *from;

	memcpy(&f, *at, sizeof f);
	*at += sizeof f;
	from = arena_array(job->arena, f.n_from + 1, sizeof *from);
	memcpy(from, *at, f.n_from * sizeof *from);
	*at += f.n_from * sizeof *from;
	i->pages = f.pages;
	i->from = from;
	i->n_from = f.n_from;
	memcpy(i->digest, f.digest, sizeof f.digest);
	memcpy(i->recipe, f.recipe, sizeof f.recipe);
	i->number = get_text(at);
	i->about = get_text(at);
	i->audience = get_text(at);
	i->lang = get_text(at);
	i->date = get_text(at);
	i->keep = get_text(at);
	held = get_text(at);
	return f.made ? held : NULL;
}

/* ---------------------------------------------------------- in a process */

static void
before_process(void *ctx)
{
	struct building *b = ctx;

	compiler_close(b->compiler);
	b->registry = NULL;
}

static void
work(void *ctx, size_t i, struct buf *answer)
{
	struct building *b = ctx;
	const struct run *r = b->run;
	struct job job = { arena_new(), diag_new(diag_lang(r->job.diag),
		DIAG_TEXT), NULL };
	struct compile_output output = output_of(&b->tasks[i]);
	bool made;

	if (b->registry == NULL)
		b->registry = compiler_open(&job, b->compiler, cli_registry(r),
		    REGISTRY_READ);
	made = b->registry != NULL && compile_document(&job, b->compiler,
	    &b->tasks[i].request, &output);
	put_issue(answer, made, &output);
	diag_take(job.diag, put_finding, answer);
	diag_free(job.diag);
	arena_free(job.arena);
}

static void
leave(void *ctx)
{
	(void)ctx;
	outfile_drop_held();
}

/* ------------------------------------------------------------------- here */

static void
show_progress(struct building *b, size_t i)
{
	struct buf text = { 0 };

	buf_printf(&text, "%zu/%zu %s %s", i + 1, b->n,
	    b->tasks[i].request.document->id, b->tasks[i].request.subject);
	progress_show(b->run, text.p);
	buf_free(&text);
}

static bool
enter(struct building *b, struct job *job, const char *held,
    struct registry_issue *issue, const struct task *t)
{
	issue->document = t->request.document->id;
	issue->subject = t->request.subject;
	issue->path = t->path;
	if (b->registry == NULL)
		b->registry = compiler_open(job, b->compiler,
		    cli_registry(b->run),
		    REGISTRY_WRITE);
	return b->registry != NULL && compile_enter(job, b->compiler, &b->call,
	    issue, held);
}

static bool
take(void *ctx, size_t i, const struct buf *answer)
{
	struct building *b = ctx;
	const struct task *t = &b->tasks[i];
	struct job job = { arena_new(), b->run->job.diag, NULL };
	struct registry_issue issue = { 0 };
	const char *at = answer != NULL ? answer->p : NULL, *held = NULL;

	show_progress(b, i);
	if (answer != NULL) {
		held = get_issue(&job, &at, &issue);
		get_findings(job.diag, at, answer->p + answer->n);
	}
	if (held != NULL && enter(b, &job, held, &issue, t)) {
		b->made++;
		cli_tell_made(b->run, t->path, issue.pages);
	} else {
		b->refused++;
		diag_report(job.diag, answer == NULL ? DIAG_BUILD_DIED
		    : DIAG_BUILD_REFUSED, where_file(t->path),
		    t->request.document->id, t->request.subject);
	}
	/* The machine would refuse the others, too. */
	progress_clear();
	cli_print_findings(b->run);
	arena_free(job.arena);
	return diag_worst(b->run->job.diag) < DIAG_FATAL;
}

/* ------------------------------------------------------------ the command */

static bool
make_folder(struct run *r, const char *path)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	diag_report(r->job.diag, DIAG_FILE_CREATE, where_file(path),
	    message_reason(diag_lang(r->job.diag), errno));
	return false;
}

/* The folders of what is to be made, and what the processes inherit. */
static bool
prepare(struct building *b)
{
	struct run *r = b->run;
	struct map *ready = map_new();
	bool ok = r->opt.output == NULL || make_folder(r, r->opt.output);
	size_t i;

	for (i = 0; ok && i < b->n; i++) {
		const struct task *t = &b->tasks[i];
		const char *end = strrchr(t->path, '/');

		if (map_put(ready, t->request.document->id, b) == NULL)
			ok = make_folder(r, arena_strndup(r->job.arena,
				 t->path, (size_t)(end - t->path))) &&
			    compile_prepare(&r->job, b->compiler,
				t->request.document);
	}
	map_free(ready);
	return ok;
}

/* From which day the plan is carried out: as for what is due, the clock's. */
static bool
read_day(struct building *b)
{
	struct run *r = b->run;

	if (r->opt.date != NULL && !date_is_valid(r->opt.date)) {
		diag_report(r->job.diag, DIAG_USAGE_DATE, where_none(),
		    r->opt.date);
		return false;
	}
	b->day = r->opt.date != NULL ? r->opt.date : cli_today(r);
	return true;
}

/* False if there is no such number of processes. */
static bool
read_jobs(struct run *r, int *n)
{
	const char *end;
	long asked = sysconf(_SC_NPROCESSORS_ONLN);

	if (r->opt.jobs != NULL && (!num_parse_int(r->opt.jobs, &end,
		&asked) || *end != '\0' || asked < 1 || asked > 1000)) {
		diag_report(r->job.diag, DIAG_USAGE_JOBS, where_none(),
		    r->opt.jobs);
		return false;
	}
	*n = asked < 1 ? 1 : (int)asked;
	return true;
}

static void
tell_built(struct building *b)
{
	struct run *r = b->run;
	const char *made = cli_number(&r->job, b->made);
	const char *same = cli_number(&r->job, b->same);
	const char *refused = cli_number(&r->job, b->refused);

	if (r->opt.json)
		cli_print_json((const char *const[]){ "made", made,
			"unchanged", same, "refused", refused, NULL });
	else if (!r->opt.quiet)
		cli_tell(r, DIAG_BUILT, made, same, refused);
}

static enum exit_status
build(struct run *r, struct compiler *c, struct registry *registry)
{
	struct building b = { .run = r, .compiler = c, .call = cli_call(r) };
	struct pool pool = { .ctx = &b, .before = before_process,
		.work = work, .leave = leave, .take = take };
	bool ok;

	if (!read_jobs(r, &pool.processes) || !read_day(&b))
		return EXIT_USAGE;
	if (compiler_catalogue(c) == NULL)
		return EXIT_FINDINGS;
	b.paths = map_new();
	registry_look(registry, &r->job);
	ok = plan(&b, registry);
	if (ok)
		drop_current(&b, registry);
	registry_looked(registry);
	cli_print_findings(r);
	pool.n = b.n;
	ok = ok && (b.n == 0 || (prepare(&b) && pool_run(&r->job, &pool)));
	map_free(b.paths);
	progress_clear();
	/* What a full disk or the like kept from being tried. */
	b.refused += b.n - b.made - b.refused;
	tell_built(&b);
	return ok && b.refused == 0 ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_build(struct run *r)
{
	return cli_with_registry(r, REGISTRY_WRITE, build);
}
