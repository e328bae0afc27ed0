/*
 * What the files of cli/ share: the options, the run, the commands.
 */
#ifndef CLI_CLI_INT_H
#define CLI_CLI_INT_H

#include "base/base.h"
#include "registry/registry.h"

enum exit_status {
	EXIT_DONE = 0,
	EXIT_FINDINGS = 1,	/* of level error */
	EXIT_USAGE = 2,
	EXIT_MACHINE = 3	/* disk, permission, memory */
};

/* Which commands know an option; one bit per row of commands[]. */
enum {
	C_DOCUMENTS = 1 << 0,
	C_CHECK = 1 << 1,
	C_MAKE = 1 << 2,
	C_FORMAT = 1 << 3,
	C_ADD = 1 << 4,
	C_LIST = 1 << 5,
	C_SHOW = 1 << 6,
	C_HISTORY = 1 << 7,
	C_FIND = 1 << 8,
	C_VERIFY = 1 << 9,
	C_BACKUP = 1 << 10,
	C_EXPORT = 1 << 11,
	C_FORGET = 1 << 12,
	C_IMPORT = 1 << 13,
	C_BUILD = 1 << 14,
	C_DUE = 1 << 15,
	C_REPORT = 1 << 16,
	C_DOCUMENT = C_MAKE | C_REPORT,
	C_REGISTRY = C_REPORT | C_DUE | C_BUILD | C_IMPORT | C_EXPORT |
	    C_FORGET | C_BACKUP | C_VERIFY | C_ADD | C_LIST | C_SHOW |
	    C_HISTORY | C_FIND | C_MAKE,
	C_ALL = ~0
};

struct list {
	const char **items;	/* NULL while empty */
	size_t n, cap;
};

struct options {
	struct list subjects, from;
	const char *about, *date, *audience, *lang, *paper, *output, *messages;
	const char *registry, *author, *jobs, *period, *table;
	const char *as, *template, *mapping, *within;
	bool booklet, dump_dossier, dump_fo, dump_areas, uncompressed;
	bool times, shared, skip_bad, csv;
	bool json, quiet, help, version;
	struct list operands;	/* what is not an option */
};

struct run;

struct command {
	const char *name;
	unsigned bit;
	size_t min_operands, max_operands;
	enum diag_code synopsis;	/* operands and main options */
	enum diag_code help;		/* what it does, in a sentence */
	bool findings_are_output;	/* they go to standard output */
	enum exit_status (*run)(struct run *r);
};

extern const struct command commands[];
extern const size_t n_commands;

/* One run of the program. */
struct run {
	struct job job;
	const struct command *command;	/* NULL before one is known */
	struct options opt;
};

/* The options in front of the command; where the command stands, or -1 after
 * reporting wrong usage. */
int options_before_command(struct run *r, int argc, char *argv[]);
/* Options and operands after the command; false after reporting. */
bool options_parse(struct run *r, int argc, char *argv[]);
void options_free(struct options *o);
/* What argv says of the language and form of findings, before anything is
 * parsed that could give one. */
void options_glance(int argc, char *argv[], struct options *o);
/* Appends the table of options that `bit` knows, for the help. */
void options_help(struct buf *out, enum lang lang, unsigned bit);

/* Prints what was found so far, where this command's findings go. */
void cli_print_findings(struct run *r);
/* A text of messages/ with its {1}…, on standard output. */
#define cli_tell(r, code, ...) \
	cli_tell_args(r, code, (const char *const[]){ __VA_ARGS__, NULL })
void cli_tell_args(struct run *r, enum diag_code code, const char *const *args);
void cli_put(struct buf *out, enum lang lang, enum diag_code code);
/* A line of JSON: an object of strings, from names and values in turn. */
void cli_print_json(const char *const *pairs);
/* A whole number as a string in the arena. */
const char *cli_number(struct job *job, size_t n);

/* A part of a file's name that comes from a file anyone may have written: it must
 * not lead out of the folder. */
void cli_put_name(struct buf *out, const char *name);
/* The ids of the catalogue, for one who asked for another; of all, or of those
 * that have tables. */
struct catalogue;
const char *cli_document_ids(struct job *job, const struct catalogue *cat,
    bool with_tables);
/* A document was made. */
void cli_tell_made(struct run *r, const char *path, int pages);
/* The first and last day of "2026", "2026-03", "2026-03-19" or of two of these
 * with a slash between; false if it is no period. */
bool cli_period(struct job *job, const char *s, const char **from,
    const char **to);
/* One seen from a day, as plans have it: year, lastYear, month, lastMonth; its
 * first and last day.  *name: as users write it.  False if it is none. */
bool cli_period_seen(struct job *job, const char *s, const char *day,
    const char **name, const char **from, const char **to);

/* The folder of schemas and stylesheets, in the arena. */
const char *cli_data_folder(struct job *job);

/* The registry that the options name, else the one in this folder. */
const char *cli_registry(const struct run *r);
/* Who calls, when: what a change of the registry is entered with. */
struct registry_call cli_call(struct run *r);
/* The day by the clock, here. */
const char *cli_today(struct run *r);
/* A moment of the log as it is read. */
const char *cli_moment(struct run *r, const char *at);

/* A command of the registry: what it opens, and what it then does. */
struct compiler;
typedef enum exit_status work_fn(struct run *r, struct compiler *c,
    struct registry *registry);
enum exit_status cli_with_registry(struct run *r, enum registry_access access,
    work_fn *work);
/* Reports that there is no record of this id, and why or which are like it. */
void cli_report_unknown(struct run *r, struct registry *registry,
    const char *id);

/* Something like "12/40 ID" that is overwritten in place: only on a terminal,
 * and only when the work takes long. */
void progress_show(struct run *r, const char *text);
void progress_clear(void);

enum exit_status command_documents(struct run *r);
enum exit_status command_check(struct run *r);
enum exit_status command_make(struct run *r);
enum exit_status command_build(struct run *r);
enum exit_status command_format(struct run *r);
enum exit_status command_add(struct run *r);
enum exit_status command_list(struct run *r);
enum exit_status command_show(struct run *r);
enum exit_status command_history(struct run *r);
enum exit_status command_find(struct run *r);
enum exit_status command_verify(struct run *r);
enum exit_status command_backup(struct run *r);
enum exit_status command_export(struct run *r);
enum exit_status command_forget(struct run *r);
enum exit_status command_import(struct run *r);
enum exit_status command_due(struct run *r);

#endif
