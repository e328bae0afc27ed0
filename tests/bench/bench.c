/*
 * make bench: how fast and how large, beside Apache FOP where it is installed
 * and beside the floor: the same transformation by xsltproc, and the same
 * glyphs written straight through libharu.  Each row stands beside the goal it
 * is held against.  Programs are run cold, as a user runs them.
 *
 * usage: bench BUILD [ROW…]      rows: document format table batch pages rows
 */
#define _DEFAULT_SOURCE /* wait4 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

#define FOP_CONFIG "tests/transform/fop.xconf"
#define WORKER "person-kowalczyk"
/* By their full paths, so that the pictures in an XSL-FO that is dumped are
 * found from anywhere. */
#define PRACTICE "--from", frameworks, "--from", practice

struct usage {
	double ms;	/* wall clock */
	double mb;	/* peak resident memory */
	bool ok;
};

static char program[512], floor_program[512];
static char *frameworks, *practice;
static char folder[] = "/tmp/parcours-bench-XXXXXX";

/* -------------------------------------------------------- measuring runs */

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Runs a program once; what it prints goes to `out` and `err`. */
static struct usage
run_once(const char *const *argv, const char *out, const char *err)
{
	struct usage u;
	struct rusage r;
	double start;
	pid_t pid;
	int status;

	fflush(NULL);
	start = now_ms();
	pid = fork();
	if (pid == 0) {
		dup2(open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
		dup2(open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	wait4(pid, &status, 0, &r);
	u.ms = now_ms() - start;
	u.mb = (double)r.ru_maxrss / 1024;
	u.ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return u;
}

/* The best of several runs: what disturbs a measurement only makes it longer. */
static struct usage
run_best(int times, const char *const *argv)
{
	struct usage best, u;
	int i;

	best = run_once(argv, "/dev/null", "/dev/null");
	for (i = 1; i < times && best.ok; i++) {
		u = run_once(argv, "/dev/null", "/dev/null");
		if (u.ms < best.ms)
			best.ms = u.ms;
	}
	return best;
}

#define RUN(times, ...) \
	run_best((times), (const char *const[]){ __VA_ARGS__, NULL })

static bool
has_program(const char *name)
{
	struct buf command = { 0 };
	bool found;

	buf_printf(&command, "command -v %s >/dev/null 2>&1", name);
	found = system(command.p) == 0;
	buf_free(&command);
	return found;
}

/* ------------------------------------------------------------- printing */

static void
print_row(const char *what, double value, const char *unit, const char *goal)
{
	printf("  %-44s %10.1f %-8s %s\n", what, value, unit, goal);
	fflush(stdout);
}

static void
print_usage(const char *what, struct usage u, const char *goal)
{
	if (!u.ok) {
		printf("  %-44s     failed\n", what);
		return;
	}
	print_row(what, u.ms, "ms", goal);
	print_row("", u.mb, "MB peak", "");
}

static void
print_ratio(struct usage theirs, struct usage ours, const char *goal)
{
	if (theirs.ok && ours.ok)
		print_row("ratio", theirs.ms / ours.ms, "x faster", goal);
}

/* The value of the first line of a /proc file that starts with a name. */
static void
print_proc(const char *path, const char *name)
{
	char line[512], *value;
	FILE *f;

	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL) {
		if (!str_starts(line, name))
			continue;
		value = strchr(line, ':');
		printf("%s", value + 1 + strspn(value + 1, " \t"));
		break;
	}
	if (f != NULL)
		fclose(f);
}

static void
print_machine(void)
{
	printf("machine: %ld x ", sysconf(_SC_NPROCESSORS_ONLN));
	print_proc("/proc/cpuinfo", "model name");
	printf("memory:  ");
	print_proc("/proc/meminfo", "MemTotal");
}

/* ------------------------------------------------------------ test input */

/* A path in our folder, good until the eighth call from now. */
static const char *
temp(const char *name)
{
	static char paths[8][600];
	static int next;
	char *p;

	p = paths[next++ % 8];
	snprintf(p, sizeof paths[0], "%s/%s", folder, name);
	return p;
}

static FILE *
create(const char *path)
{
	FILE *f;

	f = fopen(path, "w");
	if (f == NULL) {
		perror(path);
		exit(3);
	}
	return f;
}

static void
put_masters(FILE *f)
{
	fputs("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "
	      "font-family='Liberation Sans' font-size='9pt' "
	      "xml:lang='en'><fo:layout-master-set>"
	      "<fo:simple-page-master master-name='p' page-width='210mm' "
	      "page-height='297mm' margin='20mm'><fo:region-body/>"
	      "</fo:simple-page-master></fo:layout-master-set>\n",
	    f);
}

static void
open_sequence(FILE *f)
{
	fputs("<fo:page-sequence master-reference='p'>"
	      "<fo:flow flow-name='xsl-region-body'>\n",
	    f);
}

static void
close_sequence(FILE *f)
{
	fputs("</fo:flow></fo:page-sequence>\n", f);
}

static const char *const syllables[] = { "ra", "ti", "mon", "vel", "su", "pre",
	"do", "ken", "li", "ber", "ga", "tos", "en", "mi", "cal", "or" };

/* Words that differ as those of a language do: short ones often, long ones
 * seldom, the same on every run. */
static void
put_word(FILE *f, unsigned *seed)
{
	unsigned n;

	*seed = *seed * 1103515245u + 12345u;
	for (n = 1 + (*seed >> 16) % 4; n > 0; n--) {
		*seed = *seed * 1103515245u + 12345u;
		fputs(syllables[*seed >> 16 & 15], f);
	}
}

static void
put_words(FILE *f, unsigned *seed, int n)
{
	for (; n > 0; n--) {
		put_word(f, seed);
		fputc(n > 1 ? ' ' : '\n', f);
	}
}

/* Tables as reports have them: 8 columns, a header, ruled cells. */
static void
write_table(const char *path, long rows)
{
	unsigned seed = 1;
	FILE *f;
	long i;
	int c;

	f = create(path);
	put_masters(f);
	open_sequence(f);
	fputs("<fo:table table-layout='fixed' width='100%' "
	      "border-collapse='separate'>"
	      "<fo:table-column number-columns-repeated='8' "
	      "column-width='proportional-column-width(1)'/>"
	      "<fo:table-header><fo:table-row>",
	    f);
	for (c = 1; c <= 8; c++)
		fprintf(f, "<fo:table-cell padding='2pt' font-weight='bold' "
			   "border-bottom='1pt solid black'>"
			   "<fo:block>Column %d</fo:block></fo:table-cell>",
		    c);
	fputs("</fo:table-row></fo:table-header><fo:table-body>\n", f);
	for (i = 1; i <= rows; i++) {
		fputs("<fo:table-row height='70pt'>", f);
		for (c = 0; c < 8; c++) {
			fputs("<fo:table-cell padding='2pt' "
			      "border-bottom='0.5pt solid #999999'><fo:block>",
			    f);
			put_words(f, &seed, 4);
			fputs("</fo:block></fo:table-cell>", f);
		}
		fputs("</fo:table-row>\n", f);
	}
	fputs("</fo:table-body></fo:table>", f);
	close_sequence(f);
	fputs("</fo:root>\n", f);
	fclose(f);
}

/* Paragraphs of text; `per_sequence` of them in each page sequence. */
static void
write_text(const char *path, long paragraphs, long per_sequence)
{
	unsigned seed = 2;
	FILE *f;
	long i;

	f = create(path);
	put_masters(f);
	for (i = 0; i < paragraphs; i++) {
		if (i % per_sequence == 0)
			open_sequence(f);
		fputs("<fo:block space-after='6pt' text-align='justify'>", f);
		put_words(f, &seed, 120);
		fputs("</fo:block>\n", f);
		if (i + 1 == paragraphs || (i + 1) % per_sequence == 0)
			close_sequence(f);
	}
	fputs("</fo:root>\n", f);
	fclose(f);
}

static long
count_pages(const char *pdf)
{
	struct buf command = { 0 };
	char line[64];
	long n;
	FILE *f;

	buf_printf(&command, "pdfinfo %s | sed -n 's/^Pages: *//p'", pdf);
	f = popen(command.p, "r");
	n = 0;
	if (f != NULL && fgets(line, sizeof line, f) != NULL)
		num_parse_int(line, NULL, &n);
	if (f != NULL)
		pclose(f);
	buf_free(&command);
	return n;
}

/* ------------------------------------------------------------------ rows */

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

static void
bench_document(void)
{
	const char *times = temp("times");
	struct usage u;

	printf("\none document, cold (competency-sheet)\n");
	u = RUN(20, program, "make", "competency-sheet", "--subject", WORKER,
	    PRACTICE, "-q", "-o", temp("one.pdf"));
	print_usage("parcours make", u, "goal: 30 ms");
	u = run_once((const char *const[]){ program, "make",
			 "competency-sheet", "--subject", WORKER, PRACTICE,
			 "-q", "--times", "-o", temp("one.pdf"), NULL },
	    "/dev/null", times);
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

static void
bench_format(void)
{
	struct usage ours, theirs;

	printf("\nthe same XSL-FO, cold\n");
	RUN(1, program, "make", "competency-sheet", "--subject", WORKER,
	    PRACTICE, "--dump-fo", "-o", temp("one.fo"));
	ours = RUN(20, program, "format", temp("one.fo"), "-q", "-o",
	    temp("ours.pdf"));
	print_usage("parcours format", ours, "");
	if (!has_program("fop"))
		return;
	theirs = RUN(3, "fop", "-r", "-q", "-c", FOP_CONFIG, temp("one.fo"),
	    temp("theirs.pdf"));
	print_usage("fop", theirs, "");
	print_ratio(theirs, ours, "goal: 40");
}

static void
bench_table(void)
{
	static const char *const heaps[] = { "-Xmx256m", "-Xmx512m",
		"-Xmx1g" };
	struct usage ours, theirs, best = { 0 };
	const char *fo = temp("table.fo");
	size_t i;

	printf("\n1,000 pages of tables, 80,000 cells\n");
	write_table(fo, 10000);
	ours = RUN(3, program, "format", fo, "-q", "-o", temp("table.pdf"));
	print_usage("parcours format", ours, "goal: 60 MB");
	print_row("pages", (double)count_pages(temp("table.pdf")), "", "");
	print_usage("floor: the same words through libharu",
	    RUN(3, floor_program, fo, temp("floor.pdf")), "");
	for (i = 0; i < 3 && has_program("fop"); i++) {
		setenv("FOP_OPTS", heaps[i], 1);
		setenv("JAVA_ARGS", heaps[i], 1);
		theirs = RUN(1, "fop", "-r", "-q", "-c", FOP_CONFIG, fo,
		    temp("theirs.pdf"));
		printf("  fop %s\n", heaps[i]);
		print_usage("", theirs, "");
		if (theirs.ok && (!best.ok || theirs.ms < best.ms))
			best = theirs;
	}
	print_ratio(best, ours, "goal: 15");
}

/* How often the sample worker stands in the workspace of the batch. */
#define CLONES 1000

/* The sample workspace with CLONES workers more, each with files, a name and
 * ids of their own. */
static void
clone_workers(const char *to)
{
	struct buf command = { 0 };

	buf_printf(&command,
	    "mkdir -p %s && cp -r samples/frameworks samples/chantier %s && "
	    "find samples/chantier -name '*kowalczyk*' | "
	    "while read -r f; do for i in $(seq 1 %d); do "
	    "printf '%%s %%s\\n' \"$f\" $i; done; done | "
	    "awk '{ out = \"%s/\" $2 \"-\"; n = split($1, p, \"/\"); "
	    "out = out p[n]; while ((getline line < $1) > 0) { "
	    "gsub(/kowalczyk/, \"k\" $2, line); "
	    "gsub(/Kowalczyk/, \"Kowalczyk\" $2, line); "
	    "print line > out } close($1); close(out) }'",
	    to, to, CLONES, to);
	if (system(command.p) != 0)
		fprintf(stderr, "cannot make %s\n", to);
	buf_free(&command);
}

/* One process that makes a document for each of n workers. */
static struct usage
run_batch(const char *document, const char *workspace, int n)
{
	static char ids[CLONES][32];
	const char *argv[2 * CLONES + 16];
	int i, argc;

	argc = 0;
	argv[argc++] = program;
	argv[argc++] = "make";
	argv[argc++] = document;
	argv[argc++] = "--from";
	argv[argc++] = workspace;
	argv[argc++] = "-q";
	argv[argc++] = "-o";
	argv[argc++] = temp("batch/");
	for (i = 0; i < n; i++) {
		snprintf(ids[i], sizeof ids[i], "person-k%d", i + 1);
		argv[argc++] = "--subject";
		argv[argc++] = ids[i];
	}
	argv[argc] = NULL;
	return run_once(argv, "/dev/null", temp("err"));
}

/* Documents a second: from two runs of different length, so that the start of
 * the process and the reading of the workspace do not count. */
static void
bench_batch_of(const char *document, const char *workspace)
{
	struct usage few, many;
	struct stat st;

	RUN(1, program, "make", document, "--subject", WORKER, PRACTICE,
	    "--dump-dossier", "-o", temp("size.xml"));
	few = run_batch(document, workspace, CLONES / 10);
	many = run_batch(document, workspace, CLONES);
	if (!few.ok || !many.ok || stat(temp("size.xml"), &st) != 0) {
		print_usage(document, many, "");
		return;
	}
	print_row(document,
	    (CLONES - CLONES / 10.0) * 1000 / (many.ms - few.ms), "per s",
	    "goal: 150 at 50 kB of dossier");
	print_row("its dossier", (double)st.st_size / 1000, "kB", "");
	print_row("", many.mb, "MB peak", "");
}

static void
bench_batch(void)
{
	char *workspace = xstrdup(temp("workspace"));

	printf("\n1,000 documents in one process\n");
	clone_workers(workspace);
	bench_batch_of("skills-summary", workspace);
	bench_batch_of("competency-sheet", workspace);
	free(workspace);
}

static void
bench_length(const char *what, bool many)
{
	static const long counts[] = { 500, 5000, 50000 };
	struct usage u[3];
	long pages[3];
	int i;

	printf("  %s\n", what);
	for (i = 0; i < 3; i++) {
		write_text(temp("text.fo"), counts[i], many ? 20 : counts[i]);
		u[i] = RUN(1, program, "format", temp("text.fo"), "-q", "-o",
		    temp("text.pdf"));
		pages[i] = count_pages(temp("text.pdf"));
		if (!u[i].ok || pages[i] == 0) {
			print_usage("", u[i], "");
			return;
		}
		printf("    %6ld pages %12.3f ms a page %10.1f MB peak\n",
		    pages[i], u[i].ms / (double)pages[i], u[i].mb);
		fflush(stdout);
	}
	print_row("cost of a page, longest against shortest",
	    (u[2].ms / (double)pages[2]) / (u[0].ms / (double)pages[0]),
	    "", "goal: 0.8 to 1.2");
	print_row("memory a finished page",
	    (u[2].mb - u[1].mb) * 1024 / (double)(pages[2] - pages[1]), "kB",
	    "goal: 4");
}

static void
bench_pages(void)
{
	printf("\nfrom 100 to 10,000 pages of text\n");
	bench_length("one page sequence", false);
	bench_length("many page sequences", true);
}

static void
bench_rows(void)
{
	static const long counts[] = { 10000, 100000 };
	struct usage u[2];
	int i;

	printf("\na table of 100,000 rows\n");
	for (i = 0; i < 2; i++) {
		write_table(temp("rows.fo"), counts[i]);
		u[i] = RUN(1, program, "format", temp("rows.fo"), "-q", "-o",
		    temp("rows.pdf"));
		printf("  %ld rows\n", counts[i]);
		print_usage("", u[i], "");
	}
	if (u[0].ok && u[1].ok)
		print_row("ten times the rows take", u[1].ms / u[0].ms,
		    "x as long", "goal: linear, 10");
}

static const struct {
	const char *name;
	void (*run)(void);
} benches[] = {
	{ "document", bench_document },
	{ "format", bench_format },
	{ "table", bench_table },
	{ "batch", bench_batch },
	{ "pages", bench_pages },
	{ "rows", bench_rows },
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

	if (argc < 2 || mkdtemp(folder) == NULL)
		return 2;
	snprintf(program, sizeof program, "%s/parcours", argv[1]);
	snprintf(floor_program, sizeof floor_program, "%s/tests/bench/floor", argv[1]);
	frameworks = realpath("samples/frameworks", NULL);
	practice = realpath("samples/chantier", NULL);
	print_machine();
	for (i = 0; i < sizeof benches / sizeof benches[0]; i++)
		if (is_wanted(argc, argv, benches[i].name))
			benches[i].run();
	RUN(1, "rm", "-rf", folder);
	return 0;
}
