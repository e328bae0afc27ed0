/*
 * The registry of 1,000, 10,000 and 100,000 people (PEOPLE=10000 in the
 * environment: no more than that), in figures that tell how each grows.
 *
 * Programs are run cold; only the dossier is measured in a process that has
 * started, for it is a part of what is made of it.  What is added was written
 * just before, so it is read from memory where there is enough.  The time of the
 * processor stands below that of the clock, for a machine that does other things
 * too.
 */
#define _DEFAULT_SOURCE

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "bench.h"
#include "compile.h"
#include "dossier/dossier.h"
#include "registry/registry.h"

#define DATA "build/share"
/* Everybody is under contract on this day. */
#define DAY  "2027-03-15"
#define EPOCH "1805112000" /* that day */

enum figure { ADD, ADD_MB, AGAIN, SIZE, DOSSIER, KB, DUE, MATRIX, FIND_NAME,
	FIND_WORD, FIND_COMMON, N_FIGURES };

static const struct row {
	const char *what, *unit, *goal;
} rows[N_FIGURES] = {
	[ADD] = { "add: one call for all", "per s", "goal: 1,000" },
	[ADD_MB] = { "     memory", "MB peak", "" },
	[AGAIN] = { "add: a year of one person more", "ms", "" },
	[SIZE] = { "the registry", "MB", "" },
	[DOSSIER] = { "dossier of a person, 20 records", "ms", "goal: 2" },
	[KB] = { "     of", "kB", "" },
	[DUE] = { "due --within 30d", "ms", "goal: 2000" },
	[MATRIX] = { "team matrix of 200 people, PDF", "ms", "goal: 1000" },
	[FIND_NAME] = { "find: a name", "ms", "goal: 50" },
	[FIND_WORD] = { "find: a name and the beginning of a word", "ms",
	    "goal: 50" },
	[FIND_COMMON] = { "find: a word that everybody has", "ms", "goal: 50" },
};

static const long sizes[] = { 1000, 10000, 100000 };
#define N_SIZES ((int)(sizeof sizes / sizeof *sizes))

/* By the clock, and by the processor's if that is another (0: it is not). */
struct figure_of {
	double clock, processor;
};

struct site {
	char db[64], folder[64];
	const char *program;
	long people, records;
};

static double
megabytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
}

static struct figure_of
in_ms(struct usage u)
{
	return (struct figure_of){ u.ms, u.cpu };
}

static void
measure_add(struct site *s, struct figure_of *figures)
{
	struct usage u;

	s->records = write_people(s->folder, s->people);
	u = RUN(1, s->program, "add", "-q", "-r", s->db, "samples/frameworks",
	    s->folder);
	if (!u.ok) {
		printf("  add fails\n");
		return;
	}
	/* Gigabytes on their way to the disk slow down whoever reads. */
	sync();
	figures[ADD].clock = (double)s->records * 1000 / u.ms;
	figures[ADD].processor = (double)s->records * 1000 / u.cpu;
	figures[ADD_MB].clock = u.mb;
	figures[SIZE].clock = megabytes(s->db);
}

/* One more joins them. */
static void
measure_again(struct site *s, struct figure_of *figures)
{
	char *folder = xstrdup(temp("more"));

	write_person_more(folder, s->people);
	figures[AGAIN] = in_ms(RUN(1, s->program, "add", "-q", "-r", s->db,
	    folder));
	RUN(1, "rm", "-r", folder);
	free(folder);
}

static double
ms_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Of the people with twenty records, spread over all; the first is not counted,
 * for it compiles schemas and rules. */
static void
measure_dossier(struct site *s, struct figure_of *figures)
{
	struct job job = { .arena = arena_new(), .diag = diag_new(LANG_FR,
		DIAG_KEPT) };
	struct compiler *c = compiler_new(&job, DATA);
	struct registry *r = compiler_open(&job, c, s->db, REGISTRY_READ);
	const long rich = s->people / PEOPLE_RICH;
	const long step = rich > 200 ? rich / 200 : 1;
	struct figure_of begin = { 0 };
	long i, n = 0;

	for (i = 0; r != NULL && i < rich; i += step) {
		struct job own = { arena_new(), job.diag, NULL };
		char id[32];
		struct dossier *d;

		snprintf(id, sizeof id, "person-%06ld", i * PEOPLE_RICH);
		/* As whoever makes a document does. */
		registry_look(r, &own);
		d = dossier_make(&own, compiler_records(c), r,
		    &(struct dossier_request){ .subject = id, .date = DAY,
			.audience = "supervisor", .about_kind = "evaluation" });
		registry_looked(r);
		if (d == NULL)
			printf("  no dossier of %s\n", id);
		dossier_free(d);
		arena_free(own.arena);
		if (n++ == 0)
			begin = (struct figure_of){ ms_of(CLOCK_MONOTONIC),
				ms_of(CLOCK_PROCESS_CPUTIME_ID) };
	}
	if (n > 1) {
		figures[DOSSIER].clock = (ms_of(CLOCK_MONOTONIC) -
			begin.clock) / (double)(n - 1);
		figures[DOSSIER].processor = (ms_of(CLOCK_PROCESS_CPUTIME_ID) -
			begin.processor) / (double)(n - 1);
	}
	compiler_free(c);
	diag_free(job.diag);
	arena_free(job.arena);
	RUN(1, s->program, "make", "competency-sheet", "-q", "-r", s->db,
	    "-s", "person-000000", "-a", "supervisor", "--date", DAY,
	    "--dump-dossier", "-o", temp("dossier.xml"));
	figures[KB].clock = megabytes(temp("dossier.xml")) * 1e3;
}

static void
measure_reading(struct site *s, struct figure_of *figures)
{
	figures[DUE] = in_ms(RUN(2, s->program, "due", "-q", "-r", s->db, "--within",
	    "30d"));
	figures[MATRIX] = in_ms(RUN(3, s->program, "report", "team-matrix", "-q",
	    "-r", s->db, "-s", "site-0001", "--date", DAY, "-o",
	    temp("matrix.pdf")));
	figures[FIND_NAME] = in_ms(RUN(3, s->program, "find", "-r", s->db,
	    family_name(s->people / 2)));
	figures[FIND_WORD] = in_ms(RUN(3, s->program, "find", "-r", s->db,
	    family_name(s->people / 2), "esp"));
	figures[FIND_COMMON] = in_ms(RUN(3, s->program, "find", "-r", s->db,
	    "machine"));
}

static void
print_line(const char *what, const char *after,
    struct figure_of figures[N_SIZES][N_FIGURES], int row, bool processor, int n)
{
	int k;

	printf("  %-42s", what);
	for (k = 0; k < n; k++)
		printf(" %9.1f", processor ? figures[k][row].processor
					   : figures[k][row].clock);
	printf(" %-8s%s\n", rows[row].unit, after);
}

static void
print_growth(struct figure_of figures[N_SIZES][N_FIGURES], int n)
{
	int i, k;

	printf("\n  %-42s", "people");
	for (k = 0; k < n; k++)
		printf(" %9ld", sizes[k]);
	printf("\n");
	for (i = 0; i < N_FIGURES; i++) {
		print_line(rows[i].what, rows[i].goal, figures, i, false, n);
		if (figures[0][i].processor > 0)
			print_line("     by the processor's time", "", figures,
			    i, true, n);
	}
}

void
bench_registry(void)
{
	static struct figure_of figures[N_SIZES][N_FIGURES];
	const char *most = getenv("PEOPLE");
	struct site s = { .program = program_path("parcours") };
	int n;

	printf("\nthe registry of many people\n");
	setenv("SOURCE_DATE_EPOCH", EPOCH, 1);
	snprintf(s.db, sizeof s.db, "%s", temp("people.db"));
	snprintf(s.folder, sizeof s.folder, "%s", temp("people"));
	for (n = 0; n < N_SIZES; n++) {
		s.people = sizes[n];
		if (most != NULL && s.people > atol(most))
			break;
		RUN(1, "rm", "-rf", s.folder, s.db);
		measure_add(&s, figures[n]);
		measure_dossier(&s, figures[n]);
		measure_reading(&s, figures[n]);
		measure_again(&s, figures[n]);
	}
	unsetenv("SOURCE_DATE_EPOCH");
	print_growth(figures, n);
}
