/*
 * make bench: how fast and how large, beside Apache FOP where it is installed
 * and beside the floor: the same transformation by xsltproc, and the same
 * glyphs written straight through libharu.  Each row stands beside the goal it
 * is held against.  Programs are run cold, as a user runs them.
 *
 * usage: bench BUILD [ROW…]      rows: document format batch table pages rows
 *                         book registry; FOP=no in the environment: without
 *                         FOP
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "bench.h"

#define WORKER "person-kowalczyk"
/* By their full paths, so that the pictures in an XSL-FO that is dumped are
 * found from anywhere. */
#define PRACTICE "--from", frameworks, "--from", practice

static char program[600];
static char *frameworks, *practice;

/* The stages as --times prints them, and what is left of the wall clock: the
 * start of the process and its end. */
static void
print_stages(const char *times, double total)
{
	char line[128], name[32];
	const char *p;
	double ms, sum;
	FILE *f;

	sum = 0;
	f = fopen(times, "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL) {
		if (sscanf(line, "%31s", name) != 1)
			continue;
		for (p = line + strlen(name); is_space(*p); p++)
			continue;
		if (!num_parse(p, NULL, &ms))
			continue;
		printf("      %-40s %10.1f ms\n", name, ms);
		sum += ms;
	}
	if (f != NULL)
		fclose(f);
	printf("      %-40s %10.1f ms\n", "process start and end", total - sum);
}

/* A document of a sample practice: whole, or with fewer records, so that its
 * dossier has about the size that a goal names. */
static const struct paper {
	const char *document;
	const char *what;
	const char *practice;	/* folder of samples/ */
	const char *worker;	/* id, after "person-" */
	const char *family;	/* name, as it is written */
	const char *files;	/* have this in their names: an expression */
	const char *without;	/* files left out: an expression */
	const char *cold, *batch; /* goals */
} papers[] = {
	{ "competency-sheet", "competency sheet, three evaluations",
	    "chantier", "kowalczyk", "Kowalczyk", "-kowalczyk", "^$",
	    "", "" },
	{ "competency-sheet", "competency sheet, one evaluation",
	    "chantier", "kowalczyk", "Kowalczyk", "-kowalczyk",
	    "(evaluation|action)-kowalczyk-[23]",
	    "goal: 30 ms at 50 kB", "goal: 150 at 50 kB" },
	{ "skills-summary", "skills summary",
	    "chantier", "kowalczyk", "Kowalczyk", "-kowalczyk", "^$",
	    "goal: 30 ms at 50 kB", "goal: 150 at 50 kB" },
	{ "activity-summary", "activity summary, one activity",
	    "genie", "bouchard", "Bouchard", "-(bouchard|dam-)",
	    "activity-bouchard-[^p]",
	    "goal: 30 ms at 50 kB", "goal: 400 at 10 kB" },
};

/* The frameworks and the practice, without what is left out. */
static void
copy_practice(const struct paper *p, const char *to)
{
	struct buf command = { 0 };

	buf_printf(&command,
	    "rm -rf %s && mkdir -p %s && cp -r samples/frameworks samples/%s "
	    "%s && find %s/%s -name '*.xml' | grep -E -e '%s' | xargs -r rm",
	    to, to, p->practice, to, to, p->practice, p->without);
	if (system(command.p) != 0)
		fprintf(stderr, "cannot make %s\n", to);
	buf_free(&command);
}

/* Makes the sample worker's document; `last` is an option more, or NULL. */
static struct usage
make_paper(int times, const struct paper *p, const char *from,
    const char *to, const char *last)
{
	char subject[64];

	snprintf(subject, sizeof subject, "person-%s", p->worker);
	return RUN(times, program, "make", p->document, "--subject", subject,
	    "--from", from, "-q", "-o", to, last);
}

static void
print_dossier(const struct paper *p, const char *from)
{
	struct stat st;

	make_paper(1, p, from, temp("size.xml"), "--dump-dossier");
	if (stat(temp("size.xml"), &st) == 0)
		print_row("its dossier", (double)st.st_size / 1000, "kB", "");
}

static void
bench_document(void)
{
	char *from = xstrdup(temp("practice"));
	const char *times;
	struct usage u;
	size_t i;

	printf("\none document, cold\n");
	for (i = 0; i < sizeof papers / sizeof papers[0]; i++) {
		copy_practice(&papers[i], from);
		print_usage(papers[i].what,
		    make_paper(20, &papers[i], from, temp("one.pdf"), NULL),
		    papers[i].cold);
		print_dossier(&papers[i], from);
	}
	free(from);

	printf("  stages of the competency sheet with three evaluations\n");
	times = temp("times");
	u = run_once((const char *const[]){ program, "make",
			 "competency-sheet", "--subject", WORKER, PRACTICE,
			 "-q", "--times", "-o", temp("one.pdf"), NULL },
	    "/dev/null", times, 0);
	print_stages(times, u.ms);

	RUN(1, program, "make", "competency-sheet", "--subject", WORKER,
	    PRACTICE, "--dump-dossier", "-o", temp("dossier.xml"));
	if (has_program("xsltproc")) {
		u = RUN(10, "xsltproc", "--novalid", "-o", temp("floor.fo"),
		    "stylesheets/documents/competency-sheet.xsl",
		    temp("dossier.xml"));
		print_usage("floor: xsltproc, transformation only", u, "");
	}
}

/* The dump is indented, the document was not: FOP, which would retrieve the
 * white space in its markers, stops there. */
static void
take_indents(const char *fo)
{
	struct buf command = { 0 };

	buf_printf(&command, "sed -i -z 's/>\\n *</></g' %s", fo);
	if (system(command.p) != 0)
		fprintf(stderr, "cannot change %s\n", fo);
	buf_free(&command);
}

static void
bench_format(void)
{
	struct usage ours, theirs;

	printf("\nthe same XSL-FO, cold\n");
	RUN(1, program, "make", "competency-sheet", "--subject", WORKER,
	    PRACTICE, "--dump-fo", "-o", temp("one.fo"));
	take_indents(temp("one.fo"));
	ours = RUN(20, program, "format", temp("one.fo"), "-q", "-o",
	    temp("ours.pdf"));
	print_usage("parcours format", ours, "");
	if (!has_fop())
		return;
	theirs = RUN(3, "fop", "-r", "-q", "-c", FOP_CONFIG, temp("one.fo"),
	    temp("theirs.pdf"));
	print_usage("fop", theirs, "");
	print_ratio(theirs, ours, "goal: 40");
}

/* How often the sample worker stands in the workspace of the batch. */
#define CLONES 1000

/* The practice with CLONES workers more, each with files, a name and ids of
 * their own. */
static void
clone_workers(const struct paper *p, const char *to)
{
	struct buf command = { 0 };

	copy_practice(p, to);
	buf_printf(&command,
	    "mkdir %s/clones && find %s/%s -name '*.xml' | grep -E -e '%s' | "
	    "while read -r f; do for i in $(seq 1 %d); do "
	    "printf '%%s %%s\\n' \"$f\" $i; done; done | "
	    "awk '{ out = \"%s/clones/\" $2 \"-\"; n = split($1, p, \"/\"); "
	    "out = out p[n]; while ((getline line < $1) > 0) { "
	    "gsub(/%s/, \"-k\" $2 \"&\", line); "
	    "gsub(/%s/, \"&\" $2, line); "
	    "print line > out } close($1); close(out) }'",
	    to, to, p->practice, p->files, CLONES, to, p->files, p->family);
	if (system(command.p) != 0)
		fprintf(stderr, "cannot make %s\n", to);
	buf_free(&command);
}

/* One process that makes a document for each of n workers. */
static struct usage
run_batch(const struct paper *p, const char *workspace, int n)
{
	static char ids[CLONES][64];
	const char *argv[2 * CLONES + 16];
	int i, argc;

	argc = 0;
	argv[argc++] = program;
	argv[argc++] = "make";
	argv[argc++] = p->document;
	argv[argc++] = "--from";
	argv[argc++] = workspace;
	argv[argc++] = "-q";
	argv[argc++] = "-o";
	argv[argc++] = temp("batch/");
	for (i = 0; i < n; i++) {
		snprintf(ids[i], sizeof ids[i], "person-k%d-%s", i + 1,
		    p->worker);
		argv[argc++] = "--subject";
		argv[argc++] = ids[i];
	}
	argv[argc] = NULL;
	return run_once(argv, "/dev/null", temp("err"), 0);
}

/* Documents a second: from two runs of different length, so that the start of
 * the process and the reading of the workspace do not count. */
static void
bench_batch_of(const struct paper *p, const char *workspace)
{
	struct usage few, many;

	clone_workers(p, workspace);
	few = run_batch(p, workspace, CLONES / 10);
	many = run_batch(p, workspace, CLONES);
	if (!few.ok || !many.ok) {
		print_usage(p->what, many, "");
		return;
	}
	print_row(p->what,
	    (CLONES - CLONES / 10.0) * 1000 / (many.ms - few.ms), "per s",
	    p->batch);
	print_row("", many.mb, "MB peak", "");
	print_dossier(p, workspace);
}

static void
bench_batch(void)
{
	char *workspace = xstrdup(temp("workspace"));
	size_t i;

	printf("\n1,000 documents in one process\n");
	for (i = 0; i < sizeof papers / sizeof papers[0]; i++)
		bench_batch_of(&papers[i], workspace);
	free(workspace);
}

static const struct {
	const char *name;
	void (*run)(void);
} benches[] = {
	{ "document", bench_document },
	{ "format", bench_format },
	{ "batch", bench_batch },
	{ "table", bench_table },
	{ "pages", bench_pages },
	{ "rows", bench_rows },
	{ "book", bench_book },
	{ "registry", bench_registry },
};

static bool
is_wanted(int argc, char *argv[], const char *name)
{
	int i;

	for (i = 2; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return argc < 3;
}

int
main(int argc, char *argv[])
{
	size_t i;

	if (argc < 2)
		return 2;
	measure_open(argv[1]);
	snprintf(program, sizeof program, "%s", program_path("parcours"));
	frameworks = realpath("samples/frameworks", NULL);
	practice = realpath("samples/chantier", NULL);
	print_machine();
	for (i = 0; i < sizeof benches / sizeof benches[0]; i++)
		if (is_wanted(argc, argv, benches[i].name))
			benches[i].run();
	measure_close();
	return 0;
}
