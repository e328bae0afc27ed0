/*
 * The commands of a registry that lasts: parcours add, list, show, history,
 * find, verify, backup.
 */
#include "registry/registry.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli_int.h"
#include "compile.h"

#define FOUND_MAX  50
#define VERIFY_MAX ((size_t)1 << 30)

const char *
cli_registry(const struct run *r)
{
	return r->opt.registry != NULL ? r->opt.registry : "parcours.db";
}

enum exit_status
cli_with_registry(struct run *r, enum registry_access access, work_fn *work)
{
	struct compiler *c = compiler_new(&r->job, cli_data_folder(&r->job));
	struct registry *registry = compiler_open(&r->job, c,
	    cli_registry(r), access);
	enum exit_status status = EXIT_FINDINGS;

	if (registry != NULL)
		status = work(r, c, registry);
	compiler_free(c);
	return status;
}

/* ------------------------------------------------------------------- add */

/* The clock, which a test may set, is read for the log of the registry, in UTC,
 * and for what is of today, here; and for nothing else. */
static const char *
now(struct job *job)
{
	char text[32];
	struct tm tm;

	clock_now(&tm);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_strdup(job->arena, text);
}

static const char *
author(const struct run *r)
{
	const struct passwd *pw;

	if (r->opt.author != NULL)
		return r->opt.author;
	pw = getpwuid(geteuid());
	return pw != NULL ? pw->pw_name : "?";
}

struct registry_call
cli_call(struct run *r)
{
	return (struct registry_call){
		.author = author(r),
		.at = now(&r->job),
		.command = r->command->name,
	};
}

const char *
cli_today(struct run *r)
{
	char text[32];
	struct tm tm;

	clock_today(&tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return arena_strdup(r->job.arena, text);
}

const char *
cli_moment(struct run *r, const char *at)
{
	return message_moment(r->job.arena, diag_lang(r->job.diag), at);
}

static void
tell_added(struct run *r, const struct registry_added *n)
{
	const char *fresh = cli_number(&r->job, n->fresh);
	const char *changed = cli_number(&r->job, n->changed);
	const char *same = cli_number(&r->job, n->same);

	if (r->opt.quiet)
		return;
	if (r->opt.json)
		cli_print_json((const char *const[]){ "added", fresh,
			"changed", changed, "unchanged", same, NULL });
	else if (n->fresh + n->changed == 0)
		cli_tell(r, DIAG_ADDED_NOTHING, same);
	else
		cli_tell(r, DIAG_ADDED, fresh, changed, same);
}

static enum exit_status
add(struct run *r, struct compiler *c, struct registry *registry)
{
	const struct registry_call call = cli_call(r);
	const struct registry_added *n = registry_counts(registry);

	if (!compile_add(&r->job, c, r->opt.operands.items,
		r->opt.operands.n, &call)) {
		if (!r->opt.quiet && !r->opt.json)
			cli_tell(r, DIAG_ADDED_REFUSED, NULL);
		return EXIT_FINDINGS;
	}
	if (n->fresh + n->changed + n->same == 0) {
		diag_report(r->job.diag, DIAG_ADDED_NONE, where_none(), NULL);
		return EXIT_FINDINGS;
	}
	tell_added(r, n);
	return EXIT_DONE;
}

enum exit_status
command_add(struct run *r)
{
	return cli_with_registry(r, REGISTRY_CREATE, add);
}

/* ------------------------------------------------------------------ list */

static enum exit_status
list(struct run *r, struct compiler *c, struct registry *registry)
{
	const char *kind = NULL;
	struct registry_version *v;
	size_t n, i;

	if (r->opt.operands.n > 0) {
		kind = compile_kind(&r->job, c, r->opt.operands.items[0]);
		if (kind == NULL)
			return EXIT_FINDINGS;
	}
	n = registry_current(registry, &r->job, kind, &v);
	for (i = 0; i < n; i++) {
		const char *rank = cli_number(&r->job, (size_t)v[i].rank);

		if (r->opt.quiet)
			printf("%s\n", v[i].id);
		else if (r->opt.json)
			cli_print_json((const char *const[]){ "id", v[i].id,
				"kind", v[i].kind, "version", rank,
				"at", v[i].at, "author", v[i].author, NULL });
		else
			cli_tell(r, DIAG_LIST_ROW, v[i].id, v[i].kind, rank,
			    message_day_of(r->job.arena,
				diag_lang(r->job.diag), v[i].at),
			    v[i].author);
	}
	return EXIT_DONE;
}

enum exit_status
command_list(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, list);
}

/* ------------------------------------------------------------------ show */

void
cli_report_unknown(struct run *r, struct registry *registry, const char *id)
{
	struct registry_forgotten f;
	const char *like[3];
	const size_t n = registry_similar(registry, &r->job, id, NULL, 3,
	    like);
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i > 0 ? ", " : "", like[i]);
	if (registry_was_forgotten(registry, &r->job, id, &f))
		registry_report_forgotten(&r->job, where_file(cli_registry(r)),
		    id, &f);
	else if (n > 0)
		diag_report(r->job.diag, DIAG_REGISTRY_NO_RECORD_LIKE,
		    where_file(cli_registry(r)), id, buf_str(&b));
	else
		diag_report(r->job.diag, DIAG_REGISTRY_NO_RECORD,
		    where_file(cli_registry(r)), id);
	buf_free(&b);
}

/* ID or ID@VERSION; *rank is 0 for the version in force. */
static const char *
read_name(struct run *r, int *rank)
{
	const char *name = r->opt.operands.items[0];
	const char *at = strrchr(name, '@'), *end;
	long n;

	*rank = 0;
	if (at == NULL || !num_parse_int(at + 1, &end, &n) || *end != '\0' ||
	    n < 1 || n > INT32_MAX)
		return name;
	*rank = (int)n;
	return arena_strndup(r->job.arena, name, (size_t)(at - name));
}

static enum exit_status
show(struct run *r, struct compiler *c, struct registry *registry)
{
	struct registry_version *v;
	struct buf bytes = { 0 };
	struct outfile *out;
	const char *id;
	int rank;
	size_t n;
	bool ok;

	(void)c;
	id = read_name(r, &rank);
	n = registry_history(registry, &r->job, id, &v);
	if (n == 0) {
		cli_report_unknown(r, registry, id);
		return EXIT_FINDINGS;
	}
	if (!registry_content(registry, &r->job, id, rank, &bytes)) {
		diag_report(r->job.diag, DIAG_REGISTRY_NO_VERSION,
		    where_file(cli_registry(r)), id,
		    cli_number(&r->job, (size_t)rank),
		    cli_number(&r->job, (size_t)v[0].rank),
		    cli_number(&r->job, (size_t)v[n - 1].rank));
		return EXIT_FINDINGS;
	}
	out = outfile_open(&r->job,
	    r->opt.output != NULL ? r->opt.output : "-");
	ok = out != NULL;
	if (ok) {
		outfile_write(out, bytes.p, bytes.n);
		ok = outfile_commit(out);
	}
	buf_free(&bytes);
	return ok ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_show(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, show);
}

/* --------------------------------------------------------------- history */

/* The name of the field, and its path in the record; "- path: before" and
 * "+ path: after" where only one of them is. */
static void
tell_change(struct run *r, const struct record_change *c, const char *name)
{
	const char *before = c->before != NULL ? c->before : "";
	const char *after = c->after != NULL ? c->after : "";
	enum diag_code code = DIAG_HISTORY_CHANGED;
	struct buf field = { 0 };

	if (r->opt.json) {
		cli_print_json((const char *const[]){ "field", c->path,
			"name", name != NULL ? name : "", "before", before,
			"after", after, NULL });
		return;
	}
	if (c->before == NULL)
		code = DIAG_HISTORY_CAME;
	else if (c->after == NULL)
		code = DIAG_HISTORY_WENT;
	if (name != NULL)
		buf_printf(&field, "%s (%s)", name, c->path);
	else
		buf_puts(&field, c->path);
	cli_tell(r, code, field.p, c->before == NULL ? after : before, after);
	buf_free(&field);
}

static void
tell_all(struct run *r, struct compiler *c, const char *kind,
    const struct record_change *changes, size_t n)
{
	const char **paths = arena_array(r->job.arena, n, sizeof *paths);
	const char **names = arena_array(r->job.arena, n, sizeof *names);
	size_t i;

	for (i = 0; i < n; i++)
		paths[i] = changes[i].path;
	compile_field_names(&r->job, c, kind, paths, n, names);
	for (i = 0; i < n; i++)
		tell_change(r, &changes[i], names[i]);
}

static void
tell_changes(struct run *r, struct compiler *c, struct registry *registry,
    const struct registry_version *v)
{
	struct record *before = registry_version(registry, &r->job, v->id,
	    v->rank - 1);
	struct record *after = registry_version(registry, &r->job, v->id,
	    v->rank);
	const struct record_change *changes;
	size_t n;

	if (before != NULL && after != NULL) {
		n = record_changes(&r->job, before, after, &changes);
		tell_all(r, c, v->kind, changes, n);
		if (n == 0 && !r->opt.json)
			cli_tell(r, DIAG_HISTORY_SAME, NULL);
	}
	record_free(before);
	record_free(after);
}

static enum exit_status
history(struct run *r, struct compiler *c, struct registry *registry)
{
	const char *id = r->opt.operands.items[0];
	struct registry_version *v;
	const size_t n = registry_history(registry, &r->job, id, &v);
	size_t i;

	if (n == 0) {
		cli_report_unknown(r, registry, id);
		return EXIT_FINDINGS;
	}
	for (i = 0; i < n; i++) {
		const char *rank = cli_number(&r->job, (size_t)v[i].rank);

		if (r->opt.json)
			cli_print_json((const char *const[]){ "id", id,
				"version", rank, "at", v[i].at, "author",
				v[i].author, "command", v[i].command, "file",
				v[i].file, NULL });
		else
			cli_tell(r, DIAG_HISTORY_ROW, id, rank,
			    cli_moment(r, v[i].at), v[i].author, v[i].file);
		if (v[i].rank > 1 && !r->opt.quiet)
			tell_changes(r, c, registry, &v[i]);
	}
	return EXIT_DONE;
}

enum exit_status
command_history(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, history);
}

/* ------------------------------------------------------------------ find */

/* Is there a letter or a digit? */
static bool
has_words(const char *text)
{
	struct buf folded = { 0 };
	bool has;

	str_fold(&folded, text);
	has = folded.n > 0;
	buf_free(&folded);
	return has;
}

static enum exit_status
find(struct run *r, struct compiler *c, struct registry *registry)
{
	struct registry_found *found;
	struct buf words = { 0 };
	size_t n, i;

	(void)c;
	for (i = 0; i < r->opt.operands.n; i++)
		buf_printf(&words, "%s ", r->opt.operands.items[i]);
	if (!has_words(words.p)) {
		diag_report(r->job.diag, DIAG_USAGE_FIND, where_none(), NULL);
		buf_free(&words);
		return EXIT_USAGE;
	}
	n = registry_find(registry, &r->job, buf_str(&words), FOUND_MAX,
	    &found);
	buf_free(&words);
	for (i = 0; i < n; i++)
		if (r->opt.quiet)
			printf("%s\n", found[i].id);
		else if (r->opt.json)
			cli_print_json((const char *const[]){ "id",
				found[i].id, "kind", found[i].kind, "text",
				found[i].snippet, NULL });
		else
			cli_tell(r, DIAG_FIND_ROW, found[i].id, found[i].kind,
			    found[i].snippet);
	if (n == 0 && !r->opt.quiet && !r->opt.json)
		cli_tell(r, DIAG_FIND_NOTHING, NULL);
	return EXIT_DONE;
}

enum exit_status
command_find(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, find);
}

/* ---------------------------------------------------------------- verify */

/* The number that our documents carry in their XMP, which is never packed. */
static const char *
number_in(struct job *job, const struct buf *file)
{
	static const char before[] = "<dc:identifier>", after[] = "</";
	const char *p = file->p, *end = file->p + file->n, *number = NULL;
	size_t n;

	/* The last one is that of the last update. */
	for (; p != NULL && p + sizeof before - 1 < end;
	    p = memchr(p + 1, '<', (size_t)(end - p - 1))) {
		if (memcmp(p, before, sizeof before - 1) != 0)
			continue;
		for (n = 0; p + sizeof before - 1 + n + 2 <= end &&
		    memcmp(p + sizeof before - 1 + n, after, 2) != 0; n++)
			;
		if (n < 64)
			number = arena_strndup(job->arena,
			    p + sizeof before - 1, n);
	}
	return number;
}

static void
tell_origins(struct run *r, const struct registry_origin *from, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const char *rank = cli_number(&r->job, (size_t)from[i].rank);
		const char *now = cli_number(&r->job, (size_t)from[i].now);

		if (r->opt.json)
			cli_print_json((const char *const[]){ "id",
				from[i].id, "version", rank, "now", now,
				NULL });
		else if (from[i].now == 0)
			cli_tell(r, DIAG_VERIFY_GONE, from[i].id, rank);
		else if (from[i].now != from[i].rank)
			cli_tell(r, DIAG_VERIFY_CHANGED, from[i].id, rank,
			    now);
		else if (!r->opt.quiet)
			cli_tell(r, DIAG_VERIFY_SAME, from[i].id, rank);
	}
}

static void
tell_issue(struct run *r, const char *path, const struct registry_issue *i)
{
	const char *pages = cli_number(&r->job, (size_t)i->pages);

	if (r->opt.json)
		cli_print_json((const char *const[]){ "file", path, "number",
			i->number, "document", i->document, "subject",
			i->subject, "audience", i->audience, "date", i->date,
			"pages", pages, "at", i->at, "author", i->author,
			"keep", i->keep != NULL ? i->keep : "", "later",
			i->later != NULL ? i->later : "", NULL });
	else
		cli_tell(r, DIAG_VERIFY_ISSUED, path, i->number, i->document,
		    i->subject, i->audience, message_day(r->job.arena,
			diag_lang(r->job.diag), i->date),
		    cli_moment(r, i->at), i->author);
	if (i->later != NULL && !r->opt.json)
		cli_tell(r, DIAG_VERIFY_LATER, i->later,
		    cli_moment(r, i->later_at));
}

static bool
verify_one(struct run *r, struct registry *registry, const char *path)
{
	struct buf file = { 0 };
	struct registry_issue issue;
	struct registry_origin *from;
	struct digest *d;
	uint8_t sum[32];
	const char *number;
	size_t n;
	bool good;

	if (!file_read(&r->job, path, VERIFY_MAX, &file))
		return false;
	d = digest_new();
	digest_add(d, file.p, file.n);
	digest_end(d, sum);
	number = number_in(&r->job, &file);
	buf_free(&file);
	good = registry_issued(registry, &r->job, sum, NULL, &issue, &from,
	    &n);
	if (good) {
		tell_issue(r, path, &issue);
		tell_origins(r, from, n);
	} else if (number != NULL && registry_issued(registry, &r->job, NULL,
	    number, &issue, &from, &n)) {
		diag_report(r->job.diag, DIAG_VERIFY_ALTERED, where_file(path),
		    number, cli_moment(r, issue.at), issue.path);
	} else {
		diag_report(r->job.diag, DIAG_VERIFY_UNKNOWN, where_file(path),
		    NULL);
	}
	return good;
}

static void
tell_state(struct run *r, enum diag_code code, const char *path,
    const struct registry_state *s)
{
	const char *records = cli_number(&r->job, s->records);
	const char *versions = cli_number(&r->job, s->versions);
	const char *issued = cli_number(&r->job, s->issued);

	if (r->opt.quiet)
		return;
	if (r->opt.json)
		cli_print_json((const char *const[]){ "file", path, "records",
			records, "versions", versions, "issued", issued,
			"backup", s->backup != NULL ? s->backup : "", "at",
			s->backup_at != NULL ? s->backup_at : "", NULL });
	else
		cli_tell(r, code, path, records, versions, issued);
}

/* Without a document: the registry itself. */
static enum exit_status
verify_registry(struct run *r, struct registry *registry)
{
	struct registry_state s;

	if (!registry_verify(registry, &r->job, &s))
		return EXIT_FINDINGS;
	tell_state(r, DIAG_VERIFY_WHOLE, cli_registry(r), &s);
	if (s.unfinished > 0)
		diag_report(r->job.diag, DIAG_FORGET_UNFINISHED,
		    where_file(cli_registry(r)), NULL);
	if (r->opt.quiet || r->opt.json)
		return EXIT_DONE;
	if (s.backup != NULL)
		cli_tell(r, DIAG_VERIFY_BACKUP, cli_moment(r, s.backup_at),
		    s.backup);
	else
		cli_tell(r, DIAG_VERIFY_NO_BACKUP, NULL);
	return EXIT_DONE;
}

static enum exit_status
verify(struct run *r, struct compiler *c, struct registry *registry)
{
	bool good = true;
	size_t i;

	(void)c;
	if (r->opt.operands.n == 0)
		return verify_registry(r, registry);
	for (i = 0; i < r->opt.operands.n; i++)
		good = verify_one(r, registry, r->opt.operands.items[i]) &&
		    good;
	return good ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_verify(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, verify);
}

/* ---------------------------------------------------------------- backup */

static enum exit_status
backup(struct run *r, struct compiler *c, struct registry *registry)
{
	const struct registry_call call = cli_call(r);
	const char *path = r->opt.operands.items[0];
	struct registry_state s;

	(void)c;
	if (!registry_backup(registry, &r->job, path, &call, &s))
		return EXIT_FINDINGS;
	tell_state(r, DIAG_BACKUP_MADE, path, &s);
	return EXIT_DONE;
}

enum exit_status
command_backup(struct run *r)
{
	return cli_with_registry(r, REGISTRY_WRITE, backup);
}
