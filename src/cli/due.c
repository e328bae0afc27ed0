/*
 * parcours due: what has to be done, by whom, until when.  What that is, the
 * view of schemas/views.sql says; the clock is read here, and nowhere in what it
 * is made of.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "calendar/calendar.h"
#include "cli/cli_int.h"
#include "compile.h"
#include "registry/registry.h"

#define VIEW   "reminder"
#define WITHIN "30d"
#define DAYS_MAX 36600

struct due {
	struct run *run;
	const char *today, *week, *last; /* days; the end of this week */
	const char *subject;	/* NULL: everybody */
	struct tm stamp;
	struct registry_table t;
};

/* The cell of a column, "" if nothing stands there. */
static const char *
cell(const struct due *d, size_t row, const char *column)
{
	size_t i;

	for (i = 0; i < d->t.n_columns; i++)
		if (str_eq(d->t.columns[i], column))
			break;
	return i < d->t.n_columns &&
	    d->t.cells[row * d->t.n_columns + i] != NULL
	    ? d->t.cells[row * d->t.n_columns + i] : "";
}

/* ------------------------------------------------------------------- days */

static const char *
day_after(struct job *job, const struct tm *from, int days)
{
	struct tm tm = *from;
	char text[32];

	tm.tm_mday += days;
	tm.tm_hour = 12;
	tm.tm_isdst = -1;
	mktime(&tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return arena_strdup(job->arena, text);
}

/* 30d, 6w, or in French 30j, 6s: days; -1 if it is none of these. */
static int
read_within(const char *s)
{
	long n;

	if (!num_parse_int(s, &s, &n) || n < 0 || n > DAYS_MAX)
		return -1;
	if ((str_eq(s, "w") || str_eq(s, "s")) && n <= DAYS_MAX / 7)
		return (int)n * 7;
	return *s == '\0' || str_eq(s, "d") || str_eq(s, "j") ? (int)n : -1;
}

static bool
set_days(struct due *d)
{
	struct run *r = d->run;
	const char *within = r->opt.within != NULL ? r->opt.within : WITHIN;
	const int days = read_within(within);
	struct tm today;

	if (days < 0) {
		diag_report(r->job.diag, DIAG_USAGE_WITHIN, where_none(),
		    within);
		return false;
	}
	clock_now(&d->stamp);
	clock_today(&today);
	d->today = day_after(&r->job, &today, 0);
	/* A week ends on Sunday. */
	d->week = day_after(&r->job, &today, (7 - today.tm_wday) % 7);
	d->last = day_after(&r->job, &today, days);
	return true;
}

/* ------------------------------------------------------------------- text */

/* A day as it is read. */
static const char *
shown(const struct due *d, const char *day)
{
	struct buf b = { 0 };
	const char *text;

	if (diag_lang(d->run->job.diag) != LANG_FR)
		return day;
	buf_printf(&b, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
	text = arena_strdup(d->run->job.arena, b.p);
	buf_free(&b);
	return text;
}

static void
tell_row(struct due *d, size_t i)
{
	const char *detail = cell(d, i, "detail"), *by = cell(d, i, "by");

	cli_tell(d->run, *by == '\0'
		? *detail == '\0' ? DIAG_DUE_ROW_BARE : DIAG_DUE_ROW_NOBODY
		: *detail == '\0' ? DIAG_DUE_ROW_SHORT : DIAG_DUE_ROW,
	    shown(d, cell(d, i, "date")), cell(d, i, "what"),
	    cell(d, i, "name"), detail, by);
}

/* In which of the groups a day is: overdue, this week, later. */
static int
group_of(const struct due *d, const char *day)
{
	if (strcmp(day, d->today) < 0)
		return 0;
	return strcmp(day, d->week) <= 0 ? 1 : 2;
}

static void
tell(struct due *d)
{
	static const enum diag_code heads[] = { DIAG_DUE_OVERDUE, DIAG_DUE_WEEK,
		DIAG_DUE_LATER };
	int group = -1, next;
	size_t i;

	for (i = 0; i < d->t.n_rows; i++) {
		next = group_of(d, cell(d, i, "date"));
		if (next != group && !d->run->opt.quiet) {
			if (group >= 0)
				printf("\n");
			cli_tell(d->run, heads[next], NULL);
		}
		group = next;
		tell_row(d, i);
	}
	if (d->t.n_rows == 0 && !d->run->opt.quiet)
		cli_tell(d->run, DIAG_DUE_NOTHING, shown(d, d->last));
}

static void
tell_json(struct due *d)
{
	static const char *const groups[] = { "overdue", "week", "later" };
	size_t i;

	for (i = 0; i < d->t.n_rows; i++) {
		const char *day = cell(d, i, "date");

		cli_print_json((const char *const[]){ "due", day, "when",
			groups[group_of(d, day)],
			"what", cell(d, i, "what"),
			"detail", cell(d, i, "detail"),
			"about", cell(d, i, "about"),
			"name", cell(d, i, "name"),
			"by", cell(d, i, "by"),
			"kind", cell(d, i, "kind"),
			"key", cell(d, i, "key"), NULL });
	}
}

/* --------------------------------------------------------------- calendar */

static void
put_entry(struct due *d, size_t i, struct buf *out)
{
	struct buf uid = { 0 }, summary = { 0 }, text = { 0 };
	const char *detail = cell(d, i, "detail"), *by = cell(d, i, "by");

	buf_printf(&uid, "%s.parcours", cell(d, i, "key"));
	message_format(&summary, diag_lang(d->run->job.diag),
	    DIAG_DUE_SUMMARY, (const char *const[]){ cell(d, i, "what"),
		cell(d, i, "name"), NULL });
	buf_printf(&text, "%s%s%s", detail,
	    *detail != '\0' && *by != '\0' ? "\n" : "", by);
	calendar_put(out, &(struct calendar_entry){
		.uid = uid.p, .day = cell(d, i, "date"),
		.summary = summary.p, .description = text.n > 0 ? text.p : NULL,
	    }, &d->stamp);
	buf_free(&uid);
	buf_free(&summary);
	buf_free(&text);
}

static bool
write_calendar(struct due *d, const char *path)
{
	struct outfile *file = outfile_open(&d->run->job, path);
	struct buf out = { 0 };
	size_t i;

	if (file == NULL)
		return false;
	calendar_begin(&out);
	for (i = 0; i < d->t.n_rows; i++)
		put_entry(d, i, &out);
	calendar_end(&out);
	outfile_write(file, out.p, out.n);
	buf_free(&out);
	if (!outfile_commit(file))
		return false;
	if (!d->run->opt.quiet && !d->run->opt.json)
		cli_tell(d->run, DIAG_DUE_WRITTEN, path,
		    cli_number(&d->run->job, d->t.n_rows));
	return true;
}

/* --------------------------------------------------------------- document */

/* Whose document, if nobody was named: the only one's there is; NULL after
 * reporting that there are several or none. */
static const char *
choose_subject(struct due *d, struct registry *registry, const char *kind)
{
	struct run *r = d->run;
	struct registry_version *v;
	struct buf ids = { 0 };
	size_t n, i;

	n = registry_current(registry, &r->job, kind, &v);
	if (n == 1)
		return v[0].id;
	for (i = 0; i < n && i < 10; i++)
		buf_printf(&ids, "%s%s", i > 0 ? ", " : "", v[i].id);
	diag_report(r->job.diag, DIAG_DUE_WHOSE, where_file(cli_registry(r)),
	    buf_str(&ids));
	buf_free(&ids);
	return NULL;
}

/* The document that tells what is due; NULL if there is none. */
static const struct document *
document_of(struct compiler *c)
{
	const struct catalogue *cat = compiler_catalogue(c);

	return cat != NULL && cat->due != NULL
	    ? catalogue_lookup(cat, cat->due) : NULL;
}

static bool
write_document(struct due *d, struct compiler *c, struct registry *registry,
    const char *path)
{
	struct run *r = d->run;
	const struct registry_call call = cli_call(r);
	struct compile_output output = { .path = path, .end = END_PDF };
	struct compile_request request = {
		.document = document_of(c), .subject = d->subject,
		.date = d->today, .from = d->today, .to = d->last,
		.call = &call,
	};

	if (request.document == NULL)
		return false;
	if (request.subject == NULL)
		request.subject = choose_subject(d, registry,
		    request.document->subject_kind);
	if (request.subject == NULL ||
	    !compile_document(&r->job, c, &request, &output))
		return false;
	if (!r->opt.quiet && !r->opt.json && !str_eq(path, "-"))
		cli_tell(r, output.pages == 1 ? DIAG_MADE_PAGE
			: DIAG_MADE_PAGES, path,
		    cli_number(&r->job, (size_t)output.pages));
	return true;
}

static bool
wants_document(const struct run *r)
{
	return r->opt.output != NULL && str_has_ending(r->opt.output, ".pdf");
}

/* -------------------------------------------------------------------- due */

/* Whose things, if not everybody's.  One of whom nothing can be due would hear
 * that there is nothing to do. */
static bool
set_subject(struct due *d, struct compiler *c, struct registry *registry)
{
	struct run *r = d->run;
	const struct document *document = document_of(c);
	const struct records *rs = compiler_records(c);
	const char *id = r->opt.subjects.n > 0 ? r->opt.subjects.items[0]
					       : "all";
	struct registry_row row;

	if (str_eq(id, "all"))
		return true;
	if (!registry_lookup(registry, &r->job, id, &row)) {
		cli_report_unknown(r, registry, id);
		return false;
	}
	if (document != NULL &&
	    !str_has_word(document->subject_kind, row.kind)) {
		diag_report(r->job.diag, DIAG_DUE_KIND,
		    where_file(cli_registry(r)), id,
		    records_kinds_shown(&r->job, rs, row.kind),
		    records_kinds_shown(&r->job, rs, document->subject_kind));
		return false;
	}
	d->subject = id;
	return true;
}

static enum exit_status
list_due(struct run *r, struct compiler *c, struct registry *registry)
{
	const char *path = r->opt.output;
	struct due d = { .run = r };
	struct registry_question q;

	if (r->opt.subjects.n > 1)
		diag_report(r->job.diag, DIAG_USAGE_TWICE, where_none(),
		    "subject");
	if (r->opt.subjects.n > 1 || !set_days(&d))
		return EXIT_USAGE;
	if (!set_subject(&d, c, registry))
		return EXIT_FINDINGS;
	if (wants_document(r))
		return write_document(&d, c, registry, path) ? EXIT_DONE
							     : EXIT_FINDINGS;
	q = (struct registry_question){
		.subject = d.subject,
		.lang = diag_lang(r->job.diag) == LANG_FR ? "fr" : "en",
		.from = d.today,
		.to = d.last,
	};
	if (!registry_table(registry, &r->job, VIEW, &q, &d.t))
		return EXIT_FINDINGS;
	if (path != NULL)
		return write_calendar(&d, path) ? EXIT_DONE : EXIT_FINDINGS;
	if (r->opt.json)
		tell_json(&d);
	else
		tell(&d);
	return EXIT_DONE;
}

/* A calendar under the name of something else would be opened by a program that
 * cannot read it. */
static bool
has_form(const struct run *r)
{
	const char *path = r->opt.output;

	if (path == NULL || str_eq(path, "-") || wants_document(r) ||
	    str_has_ending(path, ".ics"))
		return true;
	diag_report(r->job.diag, DIAG_USAGE_DUE_FILE, where_none(), path);
	return false;
}

enum exit_status
command_due(struct run *r)
{
	if (!has_form(r))
		return EXIT_USAGE;
	/* A document is entered in the log. */
	return cli_with_registry(r, wants_document(r) ? REGISTRY_WRITE
		: REGISTRY_READ, list_due);
}
