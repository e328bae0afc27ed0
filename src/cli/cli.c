/*
 * The program from the command line to its exit status: finds the command, has
 * its options read, runs it, prints what was found.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli_int.h"

const struct command commands[] = {
	{ "documents", C_DOCUMENTS, 0, 0, DIAG_SYNOPSIS_DOCUMENTS,
	    DIAG_HELP_DOCUMENTS, false, command_documents },
	{ "check", C_CHECK, 1, SIZE_MAX, DIAG_SYNOPSIS_CHECK, DIAG_HELP_CHECK,
	    true, command_check },
	{ "make", C_MAKE, 1, 1, DIAG_SYNOPSIS_MAKE, DIAG_HELP_MAKE, false,
	    command_make },
	{ "build", C_BUILD, 0, 0, DIAG_SYNOPSIS_DOCUMENTS, DIAG_HELP_BUILD,
	    false, command_build },
	{ "report", C_REPORT, 1, 1, DIAG_SYNOPSIS_REPORT, DIAG_HELP_REPORT,
	    false, command_make },
	{ "add", C_ADD, 1, SIZE_MAX, DIAG_SYNOPSIS_CHECK, DIAG_HELP_ADD,
	    false, command_add },
	{ "due", C_DUE, 0, 0, DIAG_SYNOPSIS_DUE, DIAG_HELP_DUE, false,
	    command_due },
	{ "import", C_IMPORT, 0, 1, DIAG_SYNOPSIS_IMPORT, DIAG_HELP_IMPORT,
	    false, command_import },
	{ "list", C_LIST, 0, 1, DIAG_SYNOPSIS_LIST, DIAG_HELP_LIST, false,
	    command_list },
	{ "show", C_SHOW, 1, 1, DIAG_SYNOPSIS_SHOW, DIAG_HELP_SHOW, false,
	    command_show },
	{ "history", C_HISTORY, 1, 1, DIAG_SYNOPSIS_HISTORY,
	    DIAG_HELP_HISTORY, false, command_history },
	{ "find", C_FIND, 1, SIZE_MAX, DIAG_SYNOPSIS_FIND, DIAG_HELP_FIND,
	    false, command_find },
	{ "verify", C_VERIFY, 0, SIZE_MAX, DIAG_SYNOPSIS_VERIFY,
	    DIAG_HELP_VERIFY, true, command_verify },
	{ "backup", C_BACKUP, 1, 1, DIAG_SYNOPSIS_BACKUP, DIAG_HELP_BACKUP,
	    false, command_backup },
	{ "export", C_EXPORT, 1, 1, DIAG_SYNOPSIS_EXPORT, DIAG_HELP_EXPORT,
	    false, command_export },
	{ "forget", C_FORGET, 1, 1, DIAG_SYNOPSIS_FORGET, DIAG_HELP_FORGET,
	    false, command_forget },
	{ "format", C_FORMAT, 1, 1, DIAG_SYNOPSIS_FORMAT, DIAG_HELP_FORMAT,
	    false, command_format },
};
const size_t n_commands = sizeof commands / sizeof commands[0];

/* --------------------------------------------------------------- saying */

void
cli_put(struct buf *out, enum lang lang, enum diag_code code)
{
	message_format(out, lang, code, NULL);
}

void
cli_tell_args(struct run *r, enum diag_code code, const char *const *args)
{
	struct buf text = { 0 };

	message_format(&text, diag_lang(r->job.diag), code, args);
	printf("%s\n", buf_str(&text));
	buf_free(&text);
}

const char *
cli_number(struct job *job, size_t n)
{
	struct buf text = { 0 };
	char *s;

	buf_printf(&text, "%zu", n);
	s = arena_strdup(job->arena, text.p);
	buf_free(&text);
	return s;
}

void
cli_print_json(const char *const *pairs)
{
	struct buf line = { 0 };
	size_t i;

	for (i = 0; pairs[i] != NULL; i += 2) {
		buf_putc(&line, i == 0 ? '{' : ',');
		buf_json(&line, pairs[i]);
		buf_putc(&line, ':');
		buf_json(&line, pairs[i + 1]);
	}
	printf("%s}\n", buf_str(&line));
	buf_free(&line);
}

static void
help_program(struct run *r)
{
	enum lang lang = diag_lang(r->job.diag);
	struct buf out = { 0 };
	size_t i;

	message_format(&out, lang, DIAG_HELP_PROGRAM,
	    (const char *const[]){ PARCOURS_VERSION, NULL });
	buf_puts(&out, "\n\n");
	cli_put(&out, lang, DIAG_HELP_USAGE_PROGRAM);
	buf_puts(&out, "\n\n");
	for (i = 0; i < n_commands; i++) {
		buf_printf(&out, "  %-12s", commands[i].name);
		cli_put(&out, lang, commands[i].help);
		buf_putc(&out, '\n');
	}
	buf_putc(&out, '\n');
	options_help(&out, lang, 1u << 31);
	buf_putc(&out, '\n');
	cli_put(&out, lang, DIAG_HELP_MORE);
	printf("%s\n", out.p);
	buf_free(&out);
}

static void
help_command(struct run *r)
{
	enum lang lang = diag_lang(r->job.diag);
	struct buf out = { 0 };

	message_format(&out, lang, DIAG_HELP_USAGE,
	    (const char *const[]){ r->command->name, NULL });
	buf_putc(&out, ' ');
	cli_put(&out, lang, r->command->synopsis);
	buf_puts(&out, "\n\n");
	cli_put(&out, lang, r->command->help);
	buf_puts(&out, "\n\n");
	options_help(&out, lang, r->command->bit);
	printf("%s", out.p);
	buf_free(&out);
}

/* -------------------------------------------------------------- running */

static bool
wants_color(int fd)
{
	const char *term;

	term = getenv("TERM");
	return isatty(fd) && getenv("NO_COLOR") == NULL && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

static enum exit_status
wrong_usage(struct run *r)
{
	struct buf out = { 0 };

	diag_flush(r->job.diag, STDERR_FILENO, wants_color(STDERR_FILENO));
	if (!r->opt.json) {
		message_format(&out, diag_lang(r->job.diag),
		    r->command != NULL ? DIAG_USAGE_HINT_COMMAND
				       : DIAG_USAGE_HINT,
		    (const char *const[]){
			r->command != NULL ? r->command->name : NULL, NULL });
		fprintf(stderr, "%s\n", out.p);
		buf_free(&out);
	}
	return EXIT_USAGE;
}

static const struct command *
find_command(const char *name)
{
	size_t i;

	for (i = 0; i < n_commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

void
cli_print_findings(struct run *r)
{
	int fd;

	fd = r->command->findings_are_output ? STDOUT_FILENO : STDERR_FILENO;
	fflush(stdout);
	diag_flush(r->job.diag, fd, wants_color(fd));
}

/* The usual two courtesies; true if one was asked for. */
static bool
answer(struct run *r)
{
	if (r->opt.version)
		printf("parcours %s\n", PARCOURS_VERSION);
	else if (r->opt.help && r->command != NULL)
		help_command(r);
	else if (r->opt.help)
		help_program(r);
	return r->opt.version || r->opt.help;
}

static bool
check_operands(struct run *r)
{
	const struct command *c = r->command;

	if (r->opt.operands.n >= c->min_operands &&
	    r->opt.operands.n <= c->max_operands)
		return true;
	diag_report(r->job.diag,
	    r->opt.operands.n < c->min_operands ? DIAG_USAGE_MISSING
						: DIAG_USAGE_OPERAND,
	    where_none(),
	    r->opt.operands.n < c->min_operands
		? c->name : r->opt.operands.items[c->max_operands]);
	return false;
}

/* What the findings make of a command's own status. */
static enum exit_status
judge(const struct run *r, enum exit_status status)
{
	if (status == EXIT_USAGE)
		return status;
	switch (diag_worst(r->job.diag)) {
	case DIAG_FATAL:
		return EXIT_MACHINE;
	case DIAG_ERROR:
		return EXIT_FINDINGS;
	default:
		return status;
	}
}

/* Milliseconds, a line for each stage that took some. */
static void
print_times(struct job *job)
{
	struct buf line = { 0 };
	int64_t t;
	int i;

	for (i = 0; i < STAGE_COUNT; i++) {
		t = stopwatch_time(job->watch, (enum stage)i);
		if (t == 0)
			continue;
		buf_clear(&line);
		buf_printf(&line, "%-12s", stage_name((enum stage)i));
		buf_num(&line, (double)t / 1000, /*decimals*/ 3);
		fprintf(stderr, "%s\n", line.p);
	}
	buf_free(&line);
	stopwatch_free(job->watch);
	job->watch = NULL;
}

/* [OPTION…] COMMAND [OPTION or NAME…] */
static bool
parse_line(struct run *r, int argc, char *argv[])
{
	int i;

	i = options_before_command(r, argc, argv);
	if (i < 0 || i == argc)
		return i >= 0;
	r->command = find_command(argv[i]);
	if (r->command == NULL) {
		diag_report(r->job.diag, DIAG_USAGE_COMMAND, where_none(),
		    argv[i]);
		return false;
	}
	return options_parse(r, argc - i - 1, argv + i + 1);
}

static enum exit_status
run(struct run *r, int argc, char *argv[])
{
	enum exit_status status;

	if (!parse_line(r, argc - 1, argv + 1))
		return wrong_usage(r);
	if (answer(r))
		return EXIT_DONE;
	if (r->opt.messages != NULL && strcmp(r->opt.messages, "fr") != 0 &&
	    strcmp(r->opt.messages, "en") != 0) {
		diag_report(r->job.diag, DIAG_USAGE_MESSAGES, where_none(),
		    r->opt.messages);
		return wrong_usage(r);
	}
	if (r->command == NULL) {
		diag_report(r->job.diag, DIAG_USAGE_NOTHING, where_none(),
		    NULL);
		return wrong_usage(r);
	}
	if (!check_operands(r))
		return wrong_usage(r);
	if (r->opt.times)
		r->job.watch = stopwatch_new();
	status = r->command->run(r);
	progress_clear();
	if (r->opt.times)
		print_times(&r->job);
	if (status == EXIT_USAGE)
		return wrong_usage(r);
	cli_print_findings(r);
	return judge(r, status);
}

/* Standard output that could not be written whole is a failure, too. */
static enum exit_status
close_output(struct run *r, enum exit_status status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	diag_report(r->job.diag, DIAG_FILE_WRITE, where_file("-"),
	    message_reason(diag_lang(r->job.diag), errno));
	diag_flush(r->job.diag, STDERR_FILENO, false);
	return EXIT_MACHINE;
}

int
cli_main(int argc, char *argv[])
{
	struct run r = { 0 };
	struct options glance = { 0 };
	enum exit_status status;

	options_glance(argc, argv, &glance);
	r.job.arena = arena_new();
	r.job.diag = diag_new(message_lang(glance.messages),
	    glance.json ? DIAG_JSON : DIAG_TEXT);
	r.opt.json = glance.json;
	status = run(&r, argc, argv);
	status = close_output(&r, status);
	options_free(&r.opt);
	diag_free(r.job.diag);
	arena_free(r.job.arena);
	return (int)status;
}
