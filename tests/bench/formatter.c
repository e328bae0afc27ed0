/*
 * XSL-FO to PDF: ours, and Apache FOP's on the same file where it is installed,
 * at its fastest of three heaps.  Both write tags.
 */
#include <stdlib.h>

#include "bench.h"

/* What FOP may take for one file, in seconds. */
#define FOP_TIME 600

static struct usage
format_once(const char *fo)
{
	return RUN(1, program_path("parcours"), "format", fo, "-q", "-o",
	    temp("ours.pdf"));
}

static struct usage
format_best(const char *fo)
{
	return RUN(3, program_path("parcours"), "format", fo, "-q", "-o",
	    temp("ours.pdf"));
}

static struct usage
fop_with(const char *heap, const char *fo)
{
	setenv("FOP_OPTS", heap, 1);
	setenv("JAVA_ARGS", heap, 1);
	return run_once((const char *const[]){ "fop", "-a", "-r", "-q", "-c",
			    FOP_CONFIG, fo, temp("theirs.pdf"), NULL },
	    "/dev/null", "/dev/null", FOP_TIME);
}

/* The fastest of the heaps; not ok, where none is enough. */
static struct usage
fop_best(const char *fo, const char **with)
{
	static const char *const heaps[] = { "-Xmx256m", "-Xmx512m",
		"-Xmx1g" };
	struct usage u, best = { 0 };
	size_t i;

	*with = "";
	for (i = 0; i < sizeof heaps / sizeof heaps[0]; i++) {
		u = fop_with(heaps[i], fo);
		if (u.ok ? !best.ok || u.ms < best.ms : !best.ok) {
			best = u;
			*with = heaps[i];
		}
	}
	return best;
}

/* Ours is measured: FOP beside it. */
static void
print_fop(const char *fo, struct usage ours, const char *goal)
{
	const char *heap;
	char name[64];
	struct usage theirs;

	if (!has_fop())
		return;
	theirs = fop_best(fo, &heap);
	snprintf(name, sizeof name, "fop -a, %s", heap);
	print_usage(name, theirs, "");
	print_ratio(theirs, ours, goal);
}

void
bench_table(void)
{
	const char *fo = temp("table.fo");
	struct usage ours;

	printf("\n1,000 pages of tables, 80,000 cells\n");
	write_table(fo, 10000);
	ours = format_best(fo);
	print_usage("parcours format", ours, "goal: 60 MB");
	print_row("pages", (double)count_pages(temp("ours.pdf")), "", "");
	print_usage("floor: the same words through libharu",
	    RUN(3, program_path("tests/bench/floor"), fo, temp("floor.pdf")),
	    "");
	print_fop(fo, ours, "goal: 15");
}

void
bench_rows(void)
{
	static const long counts[] = { 10000, 100000 };
	struct usage u[2];
	int i;

	printf("\na table of 100,000 rows\n");
	for (i = 0; i < 2; i++) {
		write_table(temp("rows.fo"), counts[i]);
		u[i] = format_once(temp("rows.fo"));
		printf("  %ld rows\n", counts[i]);
		print_usage("parcours format", u[i], "");
	}
	if (u[0].ok && u[1].ok) {
		print_row("ten times the rows take", u[1].ms / u[0].ms,
		    "x as long", "goal: linear, 10");
		print_row("memory a page",
		    (u[1].mb - u[0].mb) * 1024 /
			((double)(counts[1] - counts[0]) / 10),
		    "kB", "goal: 16");
	}
	print_fop(temp("rows.fo"), u[1], "");
}

/* A row of figures for a number of pages. */
static void
print_pages(const char *who, long pages, struct usage u)
{
	if (!u.ok) {
		printf("    %6ld pages %-14s %10s\n", pages, who,
		    u.late ? "too late" : "fails");
		return;
	}
	printf("    %6ld pages %-14s %9.3f ms a page %10.1f MB peak "
	       "%10.1f ms\n",
	    pages, who, u.ms / (double)pages, u.mb, u.ms);
	fflush(stdout);
}

static void
bench_length(const char *what, bool many)
{
	static const long counts[] = { 825, 8243, 82430 };
	const char *heap;
	struct usage u[3], theirs;
	long pages[3];
	int i;

	printf("  %s\n", what);
	for (i = 0; i < 3; i++) {
		write_text(temp("text.fo"), counts[i], many ? 20 : counts[i]);
		u[i] = format_once(temp("text.fo"));
		pages[i] = count_pages(temp("ours.pdf"));
		print_pages("", pages[i], u[i]);
		if (!u[i].ok || pages[i] == 0)
			return;
		if (many || !has_fop())
			continue;
		theirs = fop_best(temp("text.fo"), &heap);
		print_pages(theirs.ok ? heap : "fop", pages[i], theirs);
		print_ratio(theirs, u[i], "");
	}
	print_row("cost of a page, longest against shortest",
	    (u[2].ms / (double)pages[2]) / (u[0].ms / (double)pages[0]),
	    "", "goal: 0.8 to 1.2");
	print_row("memory a finished page",
	    (u[2].mb - u[1].mb) * 1024 / (double)(pages[2] - pages[1]), "kB",
	    "goal: 4");
}

void
bench_pages(void)
{
	printf("\nfrom 100 to 10,000 pages of text\n");
	bench_length("one page sequence", false);
	bench_length("many page sequences", true);
}

void
bench_book(void)
{
	const char *fo = temp("book.fo");
	struct usage ours;

	printf("\na book with footnotes and cross references\n");
	write_book(fo, 20);
	ours = format_best(fo);
	print_usage("parcours format", ours, "");
	print_row("pages", (double)count_pages(temp("ours.pdf")), "",
	    "goal: 300");
	print_fop(fo, ours, "");
}
