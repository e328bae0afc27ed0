/*
 * What a person may ask of those who keep records on them: parcours export,
 * forget.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli_int.h"
#include "compile.h"

/* ---------------------------------------------------------------- export */

struct takeout {
	struct run *run;
	const char *folder;
	struct buf log;		/* log.xml */
	struct list put;	/* paths of what was put there, in the arena */
	size_t versions, attachments, issued;
	bool ok;
};

/* A new folder that only its owner can read, or one with nothing in it. */
static bool
make_folder(struct run *r, const char *path)
{
	const struct dirent *e;
	bool empty = true;
	DIR *dir;

	if (mkdir(path, 0700) == 0)
		return true;
	dir = errno == EEXIST ? opendir(path) : NULL;
	if (dir == NULL) {
		diag_report(r->job.diag, DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(r->job.diag), errno));
		return false;
	}
	while ((e = readdir(dir)) != NULL)
		empty = empty && (str_eq(e->d_name, ".") ||
			str_eq(e->d_name, ".."));
	closedir(dir);
	if (!empty)
		diag_report(r->job.diag, DIAG_EXPORT_FOLDER, where_file(path),
		    NULL);
	return empty;
}

static void
note_put(struct takeout *t, const char *path)
{
	VEC_RESERVE(t->put.items, t->put.cap, t->put.n + 1);
	t->put.items[t->put.n++] = arena_strdup(t->run->job.arena, path);
}

/* Nobody is handed half of it. */
static void
take_back(struct takeout *t)
{
	while (t->put.n > 0)
		remove(t->put.items[--t->put.n]);
	rmdir(t->folder);
}

/* Writes FOLDER/NAME, where NAME is "id@rank/file": neither comes from us, so
 * neither may leave the folder. */
static void
put_file(struct takeout *t, const char *name, const void *bytes, size_t n)
{
	const char *slash = strchr(name, '/');
	struct buf path = { 0 };
	struct outfile *out;

	buf_printf(&path, "%s/", t->folder);
	if (slash != NULL) {
		buf_put(&path, name, (size_t)(slash - name));
		if (mkdir(path.p, 0700) == 0)
			note_put(t, path.p);
		buf_putc(&path, '/');
		name = slash + 1;
	}
	cli_put_name(&path, name);
	out = outfile_open(&t->run->job, path.p);
	if (out != NULL)
		outfile_write(out, bytes, n);
	note_put(t, path.p);
	t->ok = out != NULL && outfile_commit(out) && t->ok;
	buf_free(&path);
}

static void
put_attribute(struct buf *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(out, " %s=\"", name);
	for (; *value != '\0'; value++)
		switch (*value) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		default:
			buf_putc(out, *value);
		}
	buf_putc(out, '"');
}

static void
put_number(struct takeout *t, const char *name, int n)
{
	put_attribute(&t->log, name,
	    cli_number(&t->run->job, n > 0 ? (size_t)n : 0));
}

static void
take_version(void *ctx, const struct registry_version *v, const void *bytes,
    size_t n)
{
	struct takeout *t = ctx;
	struct buf name = { 0 };

	buf_printf(&name, "%s@%d/%s.xml", v->id, v->rank, v->id);
	put_file(t, name.p, bytes, n);
	buf_puts(&t->log, "  <version");
	put_attribute(&t->log, "id", v->id);
	put_number(t, "rank", v->rank);
	put_attribute(&t->log, "kind", v->kind);
	put_attribute(&t->log, "at", v->at);
	put_attribute(&t->log, "author", v->author);
	put_attribute(&t->log, "command", v->command);
	put_attribute(&t->log, "from", v->file);
	put_attribute(&t->log, "file", name.p);
	buf_puts(&t->log, "/>\n");
	t->versions++;
	buf_free(&name);
}

static void
take_attachment(void *ctx, const char *name, const void *bytes, size_t n)
{
	struct takeout *t = ctx;

	put_file(t, name, bytes, n);
	t->attachments++;
}

static void
take_issue(void *ctx, const struct registry_issue *i)
{
	struct takeout *t = ctx;
	char digest[65];
	size_t k;

	for (k = 0; k < sizeof i->digest; k++)
		snprintf(digest + 2 * k, 3, "%02x", i->digest[k]);
	buf_puts(&t->log, "  <issued");
	put_attribute(&t->log, "number", i->number);
	put_attribute(&t->log, "document", i->document);
	put_attribute(&t->log, "subject", i->subject);
	put_attribute(&t->log, "about", i->about);
	put_attribute(&t->log, "audience", i->audience);
	put_attribute(&t->log, "lang", i->lang);
	put_attribute(&t->log, "date", i->date);
	put_number(t, "pages", i->pages);
	put_attribute(&t->log, "keep", i->keep);
	put_attribute(&t->log, "at", i->at);
	put_attribute(&t->log, "author", i->author);
	put_attribute(&t->log, "path", i->path);
	put_attribute(&t->log, "sha256", digest);
	buf_puts(&t->log, "/>\n");
	t->issued++;
}

/* The document that tells a person what is held on them; NULL if the data have
 * none. */
static const struct document *
export_document(struct compiler *c)
{
	const struct catalogue *cat = compiler_catalogue(c);

	return cat != NULL && cat->export != NULL
		   ? catalogue_lookup(cat, cat->export) : NULL;
}

/* Is it a record of a person, as that document says?  What is held on an
 * organisation would be everybody's; a record by itself stays, for the registry
 * forgets nothing but people.  False after reporting. */
static bool
is_person(struct run *r, struct compiler *c, const struct registry_row *row)
{
	const struct document *document = export_document(c);
	const struct records *rs = compiler_records(c);

	if (document == NULL ||
	    str_has_word(document->subject_kind, row->kind))
		return true;
	diag_report(r->job.diag, DIAG_EXPORT_KIND, where_file(cli_registry(r)),
	    row->id, records_kinds_shown(&r->job, rs, row->kind),
	    records_kinds_shown(&r->job, rs, document->subject_kind));
	return false;
}

/* The same for reading, where the data have a document for it. */
static bool
put_readable(struct takeout *t, struct compiler *c,
    const struct registry_row *row)
{
	struct run *r = t->run;
	const struct document *document = export_document(c);
	struct buf path = { 0 };
	bool ok;

	if (document == NULL)
		return compiler_catalogue(c) != NULL;
	buf_printf(&path, "%s/%s.pdf", t->folder, document->id);
	/* It tells what is held today, whether something in it has a date or
	 * not. */
	ok = compile_document(&r->job, c, &(struct compile_request){
		.document = document, .subject = row->id, .lang = r->opt.lang,
		.date = cli_today(r) },
	    &(struct compile_output){ .path = path.p, .end = END_PDF });
	buf_free(&path);
	return ok;
}

static void
tell_exported(struct takeout *t)
{
	struct run *r = t->run;
	const char *versions = cli_number(&r->job, t->versions);
	const char *attachments = cli_number(&r->job, t->attachments);
	const char *issued = cli_number(&r->job, t->issued);

	if (r->opt.quiet)
		return;
	if (r->opt.json)
		cli_print_json((const char *const[]){ "folder", t->folder,
			"versions", versions, "attachments", attachments,
			"issued", issued, NULL });
	else
		cli_tell(r, DIAG_EXPORTED, t->folder, versions, attachments,
		    issued);
}

static enum exit_status
export(struct run *r, struct compiler *c, struct registry *registry)
{
	const char *id = r->opt.operands.items[0];
	struct takeout t = { .run = r, .ok = true,
		.folder = r->opt.output != NULL ? r->opt.output : id };
	struct registry_row row;

	if (!registry_lookup(registry, &r->job, id, &row)) {
		cli_report_unknown(r, registry, id);
		return EXIT_FINDINGS;
	}
	if (!is_person(r, c, &row) || !make_folder(r, t.folder))
		return EXIT_FINDINGS;
	buf_puts(&t.log, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<log xmlns=\"urn:parcours:log\"");
	put_attribute(&t.log, "about", id);
	buf_puts(&t.log, ">\n");
	t.ok = registry_export(registry, &r->job, id,
		   &(struct registry_takeout){ take_version, take_attachment,
		       take_issue, &t }) && t.ok;
	buf_puts(&t.log, "</log>\n");
	if (t.ok)
		put_file(&t, "log.xml", t.log.p, t.log.n);
	t.ok = t.ok && put_readable(&t, c, &row);
	if (!t.ok)
		take_back(&t);
	free(t.put.items);
	buf_free(&t.log);
	if (t.ok)
		tell_exported(&t);
	return t.ok ? EXIT_DONE : EXIT_FINDINGS;
}

enum exit_status
command_export(struct run *r)
{
	return cli_with_registry(r, REGISTRY_READ, export);
}

/* ---------------------------------------------------------------- forget */

/* What is out of our reach. */
static void
tell_left(struct run *r, const char *what, enum diag_code code,
    const char *const *paths, size_t n)
{
	size_t i;

	for (i = 0; i < n && !r->opt.quiet; i++)
		if (r->opt.json)
			cli_print_json((const char *const[]){ what, paths[i],
				NULL });
		else
			cli_tell(r, code, paths[i]);
}

static void
tell_forgotten(struct run *r, const struct registry_forgotten *f)
{
	const char *const n[] = { cli_number(&r->job, f->number),
		cli_number(&r->job, f->records),
		cli_number(&r->job, f->versions),
		cli_number(&r->job, f->links),
		cli_number(&r->job, f->attachments),
		cli_number(&r->job, f->issued),
		cli_number(&r->job, f->backups) };

	if (r->opt.json)
		cli_print_json((const char *const[]){ "certificate", n[0],
			"at", f->at, "author", f->author, "records", n[1],
			"versions", n[2], "links", n[3], "attachments", n[4],
			"issued", n[5], "backups", n[6], NULL });
	else
		cli_tell(r, DIAG_FORGOTTEN, n[0], cli_moment(r, f->at), f->author,
		    n[1], n[2], n[3], n[4], n[5], n[6]);
	tell_left(r, "paper", DIAG_FORGET_PAPER, f->papers, f->n_papers);
	tell_left(r, "source", DIAG_FORGET_SOURCE, f->sources, f->n_sources);
}

static enum exit_status
forget(struct run *r, struct compiler *c, struct registry *registry)
{
	const struct registry_call call = cli_call(r);
	const char *id = r->opt.operands.items[0];
	struct registry_forgotten f;
	struct registry_row row;
	const bool known = registry_lookup(registry, &r->job, id, &row);

	if (!known && !registry_was_forgotten(registry, &r->job, id, &f)) {
		cli_report_unknown(r, registry, id);
		return EXIT_FINDINGS;
	}
	if (known && !is_person(r, c, &row))
		return EXIT_FINDINGS;
	if (!registry_forget(registry, &r->job, id, r->opt.shared, &call, &f))
		return EXIT_FINDINGS;
	tell_forgotten(r, &f);
	return EXIT_DONE;
}

enum exit_status
command_forget(struct run *r)
{
	return cli_with_registry(r, REGISTRY_WRITE, forget);
}
