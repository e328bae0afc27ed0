/*
 * Prints docs/parcours-fo.7 from the tables that the program itself reads: which
 * objects and properties of XSL 1.1 there are (objects.def, props.def,
 * names.def) and what is done of them (support.def).
 *
 * With -i, instead: OBJECT or PROP, identifier, level, a row each, for the test
 * that looks for them in the sources.
 */
#include <stdio.h>
#include <string.h>

enum level { YES, PARTLY, NO, IDLE, LEVELS };

struct row {
	const char *id, *name, *section;
	enum level level;
	const char *how;
};

static struct row objects[] = {
#define OBJECT(id, name, flags, content, section) \
	{ #id, name, section, YES, NULL },
#include "fo/objects.def"
#undef OBJECT
};

static struct row props[] = {
#define PROP(id, name, inherited, type, initial, percent, words, section) \
	{ #id, name, section, YES, NULL },
#include "fo/props.def"
#undef PROP
};

static const struct row support[] = {
#define OBJECT_SUPPORT(id, level, how) { #id, "object", NULL, level, how },
#define PROP_SUPPORT(id, level, how) { #id, "", NULL, level, how },
#include "fo/support.def"
#undef OBJECT_SUPPORT
#undef PROP_SUPPORT
};

/* Attributes that stand for others, and those that say nothing on paper. */
static const struct {
	const char *name, *kind;
} names[] = {
#define NAME(name, kind, rank, prop, n, arg) { name, #kind },
#include "fo/names.def"
#undef NAME
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A row of support.def that is of nothing is an error. */
static int
join(void)
{
	size_t i, k, n;
	struct row *rows;

	for (i = 0; i < COUNT(support); i++) {
		int object = *support[i].name != '\0';

		rows = object ? objects : props;
		n = object ? COUNT(objects) : COUNT(props);
		for (k = 0; k < n; k++)
			if (strcmp(rows[k].id, support[i].id) == 0)
				break;
		if (k == n || rows[k].level != YES) {
			fprintf(stderr, "support.def: %s\n", support[i].id);
			return 1;
		}
		rows[k].level = support[i].level;
		rows[k].how = support[i].how;
	}
	return 0;
}

static void
put_ids(const char *kind, const struct row *rows, size_t n)
{
	static const char *const words[LEVELS] = { "YES", "PARTLY", "NO",
		"IDLE" };
	size_t i;

	for (i = 0; i < n; i++)
		printf("%s %s %s\n", kind, rows[i].id, words[rows[i].level]);
}

static void
put_rows(const struct row *rows, size_t n)
{
	static const char *const words[LEVELS] = { "yes", "partly", "no",
		"no" };
	size_t i;

	printf(".Bl -column \"repeatable-page-master-alternatives\" \"0.00.00\" "
	    "\"yes\"\n");
	for (i = 0; i < n; i++) {
		printf(".It %s Ta %s Ta %s", rows[i].name,
		    *rows[i].section != '\0' ? rows[i].section : "-",
		    words[rows[i].level]);
		if (rows[i].how != NULL)
			printf(": %s", rows[i].how);
		putchar('\n');
	}
	printf(".El\n");
}

static void
put_count(const char *what, const struct row *rows, size_t n)
{
	size_t count[LEVELS] = { 0 }, i;

	for (i = 0; i < n; i++)
		count[rows[i].level]++;
	printf("Of %zu %s, %zu are done, %zu partly, %zu are not, and %zu have "
	    "no meaning on paper or in a PDF.\n", n, what, count[YES],
	    count[PARTLY], count[NO], count[IDLE]);
}

static void
put_names(const char *kind, const char *other)
{
	const char *before = "";
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		if (strcmp(names[i].kind, kind) != 0 &&
		    strcmp(names[i].kind, other) != 0)
			continue;
		printf("%s%s", before, names[i].name);
		before = ",\n";
	}
	printf(".\n");
}

static void
put_page(void)
{
	printf(".\\\" Printed by docs/conformance.c; run \"make conformance\".\n"
	    ".Dd November 22, 2026\n"
	    ".Dt PARCOURS-FO 7\n"
	    ".Os\n"
	    ".Sh NAME\n"
	    ".Nm parcours-fo\n"
	    ".Nd what parcours does of XSL-FO 1.1\n"
	    ".Sh DESCRIPTION\n"
	    "Every object and property of XSL 1.1, with the section that "
	    "defines it, and whether\n"
	    ".Xr parcours 1\n"
	    "does it: yes, partly (what is done), or no (what happens "
	    "instead).\n"
	    "What is not done is reported where it is used.\n"
	    ".Pp\n");
	put_count("objects", objects, COUNT(objects));
	put_count("properties and parts of properties", props, COUNT(props));
	printf(".Sh OBJECTS\n");
	put_rows(objects, COUNT(objects));
	printf(".Pp\nApache FOP's\n.Cm fox:destination\nis not needed: every "
	    "id is a named destination of the file.\n");
	printf(".Sh PROPERTIES\n"
	    "Names with\n.Cm fox:\nare Apache FOP's, those with\n.Cm px:\n"
	    "are our own.\n");
	put_rows(props, COUNT(props));
	printf(".Ss Shorthands, compounds and absolute variants\n"
	    "These stand for properties of the list above:\n");
	put_names("SHORTHAND", "ABSOLUTE");
	printf(".Pp\nWhole compounds give all their parts a value:\n");
	put_names("PARTS", "PARTS");
	printf(".Ss Read by objects themselves\n");
	put_names("NODE", "NODE");
	printf(".Ss For the ear\n"
	    "Aural properties are accepted without effect:\n");
	put_names("IGNORED", "IGNORED");
	printf(".Sh SEE ALSO\n.Xr parcours 1\n"
	    ".Sh STANDARDS\n"
	    "Extensible Stylesheet Language (XSL) Version 1.1, W3C "
	    "Recommendation of 5 December 2006.\n");
}

int
main(int argc, char **argv)
{
	if (join() != 0)
		return 1;
	if (argc > 1 && strcmp(argv[1], "-i") == 0) {
		put_ids("OBJECT", objects, COUNT(objects));
		put_ids("PROP", props, COUNT(props));
	} else {
		put_page();
	}
	return 0;
}
