/*
 * make bench, inside: what its rows share.
 *
 *   bench.c      whole documents, and which rows are run
 *   formatter.c  XSL-FO to PDF beside Apache FOP
 *   input.c      the XSL-FO that formatter.c measures with
 *   registry.c   the registry of 1,000, 10,000 and 100,000 people
 *   people.c     the records that registry.c measures with
 *   measure.c    runs of programs, and how they are printed
 *   floor.c      a program: the same words through libharu, without layout
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stdio.h>

#define FOP_CONFIG "tests/transform/fop.xconf"

struct usage {
	double ms;	/* wall clock */
	double cpu;	/* ms of the processor, system's included */
	double mb;	/* peak resident memory */
	bool ok;
	bool late;	/* not ok, because it took more than its time */
};

/* ----------------------------------------------------------- measure.c */

/* Runs a program once; what it prints goes to `out` and `err`.  After that many
 * seconds it is ended; 0: never. */
struct usage run_once(const char *const *argv, const char *out,
    const char *err, int seconds);
/* The best of several runs: what disturbs a measurement only makes it longer. */
struct usage run_best(int times, const char *const *argv);
#define RUN(times, ...) \
	run_best((times), (const char *const[]){ __VA_ARGS__, NULL })
bool has_program(const char *name);
/* Is it installed and wanted (FOP=no)? */
bool has_fop(void);
/* What `build` is: the folder of the programs. */
void measure_open(const char *build);
void measure_close(void);
const char *program_path(const char *name);
/* A path in our folder, good until the eighth call from now. */
const char *temp(const char *name);
long count_pages(const char *pdf);

void print_machine(void);
void print_row(const char *what, double value, const char *unit,
    const char *goal);
void print_usage(const char *what, struct usage u, const char *goal);
void print_ratio(struct usage theirs, struct usage ours, const char *goal);

/* ------------------------------------------------------------- input.c */

/* Tables as reports have them: 8 columns, a header, ruled cells; 10 rows fill
 * a page. */
void write_table(const char *path, long rows);
/* Paragraphs of text, about 8 on a page; `per_sequence` of them in each page
 * sequence. */
void write_text(const char *path, long paragraphs, long per_sequence);
/* A book of chapters: contents and cross references with page numbers,
 * running heads, footnotes, hyphenated words; a chapter has some 10 pages. */
void write_book(const char *path, int chapters);

/* ------------------------------------------------------------ people.c */

#define PEOPLE_PER_SITE 200
#define PEOPLE_RICH	100	/* everybody with as many records and bytes as
				 * the goals name is so many after another */
/* Writes the records of so many people into a folder; how many they are. */
long write_people(const char *folder, long people);
/* Those of one person more, who comes after so many. */
void write_person_more(const char *folder, long person);
const char *family_name(long person);

/* --------------------------------------------------------- formatter.c */

void bench_table(void);
void bench_rows(void);
void bench_pages(void);
void bench_book(void);

/* ---------------------------------------------------------- registry.c */

void bench_registry(void);

#endif
