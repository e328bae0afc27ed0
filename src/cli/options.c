/*
 * Options: one table, options.def.  Long options may be cut short while they
 * stay unique, and take their value after "=" or as the next word.
 */
#include "cli/cli_int.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind { FLAG, VALUE, LIST };

static const struct option_row {
	const char *name;
	char letter;
	enum kind kind;
	size_t field;		/* its offset in struct options */
	unsigned commands;
	enum diag_code value;	/* DIAG_NONE for a flag */
	enum diag_code help;
} rows[] = {
#define DIAG_NONE DIAG_COUNT
#define OPTION(name, letter, kind, field, commands, value, help) \
	{ name, letter, kind, offsetof(struct options, field), \
	    (unsigned)(commands), DIAG_##value, DIAG_##help },
#include "cli/options.def"
#undef OPTION
};

#define N_ROWS (sizeof rows / sizeof rows[0])

/* Where the value of an option of this kind is kept. */
static bool *
flag_of(struct options *o, const struct option_row *row)
{
	return (bool *)((char *)o + row->field);
}

static const char **
value_of(struct options *o, const struct option_row *row)
{
	return (const char **)((char *)o + row->field);
}

static struct list *
list_of(struct options *o, const struct option_row *row)
{
	return (struct list *)((char *)o + row->field);
}

static void
list_add(struct list *l, const char *item)
{
	VEC_RESERVE(l->items, l->cap, l->n + 1);
	l->items[l->n++] = item;
}

void
options_free(struct options *o)
{
	free(o->subjects.items);
	free(o->from.items);
	free(o->operands.items);
}

static const struct option_row *
find_letter(char letter)
{
	size_t i;

	for (i = 0; i < N_ROWS; i++)
		if (rows[i].letter == letter)
			return &rows[i];
	return NULL;
}

/* The row of a long name of n bytes, whole or its unique beginning. */
static const struct option_row *
find_long(const char *name, size_t n)
{
	const struct option_row *found;
	size_t i, matches;

	found = NULL;
	matches = 0;
	for (i = 0; i < N_ROWS; i++) {
		if (strncmp(rows[i].name, name, n) != 0)
			continue;
		if (rows[i].name[n] == '\0')
			return &rows[i];
		found = &rows[i];
		matches++;
	}
	return matches == 1 ? found : NULL;
}

/* Without a command, only what concerns every command is known. */
static bool
is_known(const struct run *r, const struct option_row *row)
{
	return (row->commands &
		   (r->command != NULL ? r->command->bit : 1u << 31)) != 0;
}

static bool
set(struct run *r, const struct option_row *row, const char *value)
{
	struct options *o = &r->opt;

	switch (row->kind) {
	case FLAG:
		*flag_of(o, row) = true;
		return true;
	case LIST:
		list_add(list_of(o, row), value);
		return true;
	case VALUE:
		if (*value_of(o, row) != NULL &&
		    strcmp(*value_of(o, row), value) != 0) {
			diag_report(r->job.diag, DIAG_USAGE_TWICE,
			    where_none(), row->name);
			return false;
		}
		*value_of(o, row) = value;
		return true;
	}
	return false;
}

/* Reads argv[i], an option, with its value; returns the index after it, or -1
 * after reporting. */
static int
parse_option(struct run *r, int argc, char *argv[], int i)
{
	const struct option_row *row;
	const char *word, *value, *equals;
	bool is_long;

	word = argv[i];
	is_long = word[1] == '-';
	equals = is_long ? strchr(word, '=') : NULL;
	if (is_long)
		row = find_long(word + 2, equals != NULL
			? (size_t)(equals - word - 2) : strlen(word + 2));
	else
		row = find_letter(word[1]);
	if (row == NULL || !is_known(r, row)) {
		diag_report(r->job.diag, DIAG_USAGE_OPTION, where_none(), word);
		return -1;
	}
	value = is_long ? (equals != NULL ? equals + 1 : NULL)
			: (word[2] != '\0' ? word + 2 : NULL);
	if (row->kind == FLAG && value != NULL) {
		diag_report(r->job.diag, is_long ? DIAG_USAGE_NO_VALUE
						 : DIAG_USAGE_OPTION,
		    where_none(), word);
		return -1;
	}
	if (row->kind != FLAG && value == NULL) {
		if (i + 1 >= argc) {
			diag_report(r->job.diag, DIAG_USAGE_VALUE,
			    where_none(), word);
			return -1;
		}
		value = argv[++i];
	}
	return set(r, row, value) ? i + 1 : -1;
}

int
options_before_command(struct run *r, int argc, char *argv[])
{
	int i;

	for (i = 0; i >= 0 && i < argc && argv[i][0] == '-';)
		i = parse_option(r, argc, argv, i);
	return i;
}

bool
options_parse(struct run *r, int argc, char *argv[])
{
	int i;

	for (i = 0; i < argc;) {
		if (strcmp(argv[i], "--") == 0)
			break;
		if (argv[i][0] == '-' && argv[i][1] != '\0') {
			i = parse_option(r, argc, argv, i);
			if (i < 0)
				return false;
		} else {
			list_add(&r->opt.operands, argv[i++]);
		}
	}
	for (i++; i < argc; i++)
		list_add(&r->opt.operands, argv[i]);
	return true;
}

void
options_glance(int argc, char *argv[], struct options *o)
{
	int i;

	for (i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0)
			o->json = true;
		else if (str_starts(argv[i], "--messages="))
			o->messages = argv[i] + strlen("--messages=");
		else if (strcmp(argv[i], "--messages") == 0 && i + 1 < argc)
			o->messages = argv[i + 1];
	}
}

/* Code points: what a terminal column is, for the letters of our words. */
static size_t
width(const char *s)
{
	size_t n;

	for (n = 0; *s != '\0'; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

void
options_help(struct buf *out, enum lang lang, unsigned bit)
{
	struct buf line = { 0 };
	size_t i;

	for (i = 0; i < N_ROWS; i++) {
		if ((rows[i].commands & bit) == 0)
			continue;
		buf_clear(&line);
		if (rows[i].letter != 0)
			buf_printf(&line, "  -%c, ", rows[i].letter);
		else
			buf_puts(&line, "      ");
		buf_printf(&line, "--%s", rows[i].name);
		if (rows[i].kind != FLAG) {
			buf_putc(&line, ' ');
			cli_put(&line, lang, rows[i].value);
		}
		do
			buf_putc(&line, ' ');
		while (width(line.p) < 28);
		cli_put(&line, lang, rows[i].help);
		buf_printf(out, "%s\n", line.p);
	}
	buf_free(&line);
}
