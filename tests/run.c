/*
 * The runner of the golden tests.  A suite is a row of a table: which files of
 * a folder are cases, and the function that runs one.  What a case gives is
 * compared with the files beside it; a file that is missing stands for an
 * empty one, so that a case without findings needs none.
 *
 *   CASE.fo   -> CASE.area      the pages, as `format --dump-areas` prints them
 *                CASE.fr.diag, CASE.en.diag   the findings, and the exit
 *                               status unless it is 0
 *   CASE.fo in tests/peer -> CASE.area    the pages alone
 *   CASE.xml, CASE.set/ -> CASE.fr.diag, CASE.en.diag    as `check` prints them
 *   CASE.fo in tests/pdf -> CASE.tags   structure and text, by pdfinfo, once
 *                               qpdf --check has no complaint
 *   CASE.cmd  -> CASE.out, CASE.fr.diag, CASE.en.diag    the arguments of a
 *                               command, words separated by white space;
 *                               CASE.en.out where English prints otherwise
 *   CASE.sh   -> CASE.out       a script, which must end with status 0
 *   test_*                      a cmocka program
 *   fuzz_*                      a fuzz target, which must survive
 *
 * Everything runs twice: plainly, and in a locale whose decimal sign is a comma
 * and in another time zone, with a program that obeys it.
 *
 * usage: run [-u] -b BUILD [SUBSTRING...]
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>



/* No case may take more seconds of the processor; sanitizers need ten times as
 * many.  By the clock on the wall it may be as many more as the machine has
 * other things to do. */
#define TIME_LIMIT 20
#define WALL 6

struct run {
	const char *build;	/* build/dev */
	char *program;		/* of this pass */
	bool update;		/* -u: what we got becomes what is expected */
	int time_limit;
	char *const *only;	/* substrings of case names, NULL-terminated */
	const char *pass;	/* printed beside a failure */
	size_t passed, failed;
};

struct suite {
	const char *name;
	const char *folder;	/* NULL: where the programs are built */
	const char *suffix;	/* of the cases; may be a folder's */
	const char *prefix;	/* instead: of the programs that are cases */
	void (*run)(struct run *r, const char *path);
};

/* What a program printed and how it ended. */
struct result {
	struct buf out, err;
	int status;		/* exit status, or 128 + signal */
	bool timed_out;
};

/* ---------------------------------------------------- running a program */

static void
result_free(struct result *res)
{
	buf_free(&res->out);
	buf_free(&res->err);
}

static void
read_back(int fd, struct buf *out)
{
	char chunk[65536];
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, chunk, sizeof chunk)) > 0)
		buf_put(out, chunk, (size_t)n);
	close(fd);
}

static int
open_temp(void)
{
	char name[] = "/tmp/parcours-run-XXXXXX";
	int fd;

	fd = mkstemp(name);
	if (fd < 0) {
		perror(name);
		exit(3);
	}
	unlink(name);
	return fd;
}

static void
limit_time(int seconds)
{
	struct rlimit limit = { (rlim_t)seconds, (rlim_t)seconds + 1 };

	setrlimit(RLIMIT_CPU, &limit);
}

/* Runs argv to its end or the time limit.  Output goes through files, not
 * pipes: a pipe that nobody empties would stop the program. */
static void
spawn(const struct run *r, const char *const *argv, struct result *res)
{
	struct timespec pause = { .tv_nsec = 2000000 };
	time_t start;
	pid_t pid, ended;
	int out, err, status;

	*res = (struct result){ 0 };
	out = open_temp();
	err = open_temp();
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		limit_time(r->time_limit);
		dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		dup2(err, STDERR_FILENO);
		execvp(argv[0], (char *const *)argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	start = time(NULL);
	status = 0;
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0) {
		if (time(NULL) - start > WALL * r->time_limit) {
			res->timed_out = true;
			kill(-pid, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
	res->status = ended == pid && WIFEXITED(status)
	    ? WEXITSTATUS(status)
	    : 128 + WTERMSIG(status);
	if (res->status == 128 + SIGXCPU)
		res->timed_out = true;
	read_back(out, &res->out);
	read_back(err, &res->err);
}

/* ------------------------------------------------------------ comparing */

static void
count(struct run *r, bool ok, const char *name, const char *what)
{
	if (ok) {
		r->passed++;
		return;
	}
	r->failed++;
	printf("FAILED %s (%s%s%s)\n", name, r->pass, *what ? ": " : "", what);
}

static void
slurp(const char *path, struct buf *out)
{
	int fd;

	fd = open(path, O_RDONLY);
	if (fd >= 0)
		read_back(fd, out);
}

/* Shows how the golden file and what we got differ. */
static void
show_diff(const char *golden, const struct buf *got)
{
	const char *old;
	int fd;
	pid_t pid;

	fd = open_temp();
	if (write(fd, buf_str(got), got->n) < 0)
		perror("write");
	lseek(fd, 0, SEEK_SET);
	old = access(golden, R_OK) == 0 ? golden : "/dev/null";
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(fd, STDIN_FILENO);
		execlp("diff", "diff", "-u", "--label", golden, "--label",
		    "now", old, "-", (char *)NULL);
		_exit(127);
	}
	close(fd);
	waitpid(pid, NULL, 0);
}

static void
accept(const char *golden, const struct buf *got)
{
	FILE *f;

	if (got->n == 0) {
		unlink(golden);
		return;
	}
	f = fopen(golden, "wb");
	if (f == NULL || fwrite(got->p, 1, got->n, f) != got->n ||
	    fclose(f) != 0) {
		perror(golden);
		exit(3);
	}
}

/* `stem` is the path of the case without its suffix. */
static void
compare(struct run *r, const char *stem, const char *suffix,
    const struct buf *got)
{
	struct buf golden = { 0 }, expected = { 0 };
	bool same;

	buf_printf(&golden, "%s%s", stem, suffix);
	slurp(golden.p, &expected);
	same = expected.n == got->n &&
	    (got->n == 0 || memcmp(expected.p, got->p, got->n) == 0);
	if (!same)
		show_diff(golden.p, got);
	if (!same && r->update) {
		accept(golden.p, got);
		printf("accepted %s\n", golden.p);
		same = true;
	}
	count(r, same, golden.p, "");
	buf_free(&golden);
	buf_free(&expected);
}

static char *
stem_of(const char *path)
{
	return xstrndup(path, (size_t)(strrchr(path, '.') - path));
}

/* A finding's golden text: what was printed, then how the program ended. */
static void
compare_findings(struct run *r, const char *stem, const char *lang,
    struct result *res)
{
	struct buf suffix = { 0 };

	if (res->timed_out)
		buf_puts(&res->err, "time limit\n");
	else if (res->status != 0)
		buf_printf(&res->err, "exit status %d\n", res->status);
	buf_printf(&suffix, ".%s.diag", lang);
	compare(r, stem, suffix.p, &res->err);
	buf_free(&suffix);
}

/* ------------------------------------------------------- kinds of cases */

static const char *const languages[] = { "fr", "en" };

/* Standard output in the second language, if it is not that of the first. */
static void
compare_other(struct run *r, const char *stem, const struct buf *first,
    const struct buf *second)
{
	static const struct buf nothing;

	compare(r, stem, ".en.out", strcmp(buf_str(first), buf_str(second)) == 0
		? &nothing : second);
}

/* Runs the program once for each language; its standard output is compared if
 * it has a suffix, else it belongs to the findings. */
static void
run_in_languages(struct run *r, const char *path, const char *const *argv,
    const char *out_suffix)
{
	const char *full[64];
	struct buf first = { 0 };
	struct result res;
	char *stem;
	size_t i, n;

	stem = stem_of(path);
	for (i = 0; i < 2; i++) {
		full[0] = r->program;
		full[1] = "--messages";
		full[2] = languages[i];
		for (n = 0; argv[n] != NULL && n < 60; n++)
			full[n + 3] = argv[n];
		full[n + 3] = NULL;
		spawn(r, full, &res);
		if (out_suffix == NULL)
			buf_put(&res.err, buf_str(&res.out), res.out.n);
		else if (i == 0)
			compare(r, stem, out_suffix, &res.out);
		else
			compare_other(r, stem, &first, &res.out);
		compare_findings(r, stem, languages[i], &res);
		if (i == 0)
			buf_put(&first, buf_str(&res.out), res.out.n);
		result_free(&res);
	}
	buf_free(&first);
	free(stem);
}

static void
run_areas(struct run *r, const char *path)
{
	run_in_languages(r, path,
	    (const char *const[]){ "format", path, "--dump-areas", "-o", "-",
		NULL },
	    ".area");
}

/* For cases that are compared with another formatter: where everything stands
 * is of interest, what is said about it has cases of its own. */
static void
run_pages(struct run *r, const char *path)
{
	char *stem = stem_of(path);
	struct result res;

	spawn(r, (const char *const[]){ r->program, "format", path,
		"--dump-areas", "-o", "-", NULL }, &res);
	compare(r, stem, ".area", &res.out);
	count(r, res.status <= 1, path, "exit status");
	result_free(&res);
	free(stem);
}

/* For cases whose findings alone are of interest. */
static void
run_findings(struct run *r, const char *path)
{
	run_in_languages(r, path,
	    (const char *const[]){ "format", path, "-o", "/dev/null", NULL },
	    NULL);
}

static void
run_check(struct run *r, const char *path)
{
	run_in_languages(r, path,
	    (const char *const[]){ "check", path, NULL }, NULL);
}

static void
run_command(struct run *r, const char *path)
{
	struct buf line = { 0 };
	const char *argv[60];
	char *word, *rest;
	size_t n;

	slurp(path, &line);
	n = 0;
	for (word = strtok_r(line.p, " \t\n", &rest);
	     word != NULL && n + 1 < sizeof argv / sizeof argv[0];
	     word = strtok_r(NULL, " \t\n", &rest))
		argv[n++] = word;
	argv[n] = NULL;
	run_in_languages(r, path, argv, ".out");
	buf_free(&line);
}

static void
run_pdf(struct run *r, const char *path)
{
	char pdf[] = "/tmp/parcours-run-XXXXXX";
	struct result res;
	char *stem;

	close(mkstemp(pdf));
	stem = stem_of(path);
	spawn(r, (const char *const[]){ r->program, "format", path, "-o", pdf,
		"--messages", "en", NULL }, &res);
	compare_findings(r, stem, "en", &res);
	result_free(&res);

	spawn(r, (const char *const[]){ "qpdf", "--check", pdf, NULL }, &res);
	if (res.status != 0)
		printf("%s%s", buf_str(&res.out), buf_str(&res.err));
	count(r, res.status == 0, path, "qpdf --check");
	result_free(&res);

	spawn(r, (const char *const[]){ "pdfinfo", "-struct-text", pdf, NULL },
	    &res);
	count(r, res.status == 0 && res.err.n == 0, path, buf_str(&res.err));
	compare(r, stem, ".tags", &res.out);
	result_free(&res);
	unlink(pdf);
	free(stem);
}

static void
run_script(struct run *r, const char *path)
{
	char folder[] = "/tmp/parcours-run-XXXXXX";
	struct result res;
	char *stem;

	if (mkdtemp(folder) == NULL) {
		perror(folder);
		exit(3);
	}
	setenv("T", folder, 1);
	stem = stem_of(path);
	spawn(r, (const char *const[]){ "sh", path, NULL }, &res);
	if (res.status != 0)
		printf("%s%s", buf_str(&res.out), buf_str(&res.err));
	count(r, res.status == 0, path,
	    res.timed_out ? "time limit" : "exit status");
	if (res.status == 0)
		compare(r, stem, ".out", &res.out);
	result_free(&res);
	spawn(r, (const char *const[]){ "rm", "-rf", folder, NULL }, &res);
	result_free(&res);
	free(stem);
}

static size_t
occurrences(const char *text, const char *part)
{
	size_t n;

	for (n = 0; (text = strstr(text, part)) != NULL; n++)
		text += strlen(part);
	return n;
}

/* A cmocka program: each of its tests counts. */
static void
run_unit(struct run *r, const char *path)
{
	struct result res;
	size_t ok, bad;

	spawn(r, (const char *const[]){ path, NULL }, &res);
	buf_put(&res.out, buf_str(&res.err), res.err.n);
	ok = occurrences(buf_str(&res.out), "[       OK ]");
	bad = occurrences(buf_str(&res.out), "[  FAILED  ] test_");
	r->passed += ok;
	if (res.status != 0 || ok == 0) {
		printf("%s", buf_str(&res.out));
		printf("FAILED %s (%s%s)\n", path, r->pass,
		    res.timed_out ? ": time limit" : "");
		r->failed += bad != 0 ? bad : 1;
	}
	result_free(&res);
}

static void
run_fuzz(struct run *r, const char *path)
{
	struct result res;

	spawn(r, (const char *const[]){ path, NULL }, &res);
	if (res.status != 0)
		printf("%s%s", buf_str(&res.out), buf_str(&res.err));
	count(r, res.status == 0, path, res.timed_out ? "time limit" : "ended");
	result_free(&res);
}

static const struct suite suites[] = {
	{ "units", NULL, NULL, "test_", run_unit },
	{ "fuzz targets", NULL, NULL, "fuzz_", run_fuzz },
	{ "areas", "tests/layout", ".fo", NULL, run_areas },
	{ "pages", "tests/peer", ".fo", NULL, run_pages },
	{ "figures", "tests/svg", ".fo", NULL, run_areas },
	{ "images", "tests/images", ".fo", NULL, run_areas },
	{ "pdf", "tests/pdf", ".fo", NULL, run_pdf },
	{ "records", "tests/records", ".xml", NULL, run_check },
	{ "sets of records", "tests/records", ".set", NULL, run_check },
	{ "bad records", "tests/bad", ".xml", NULL, run_check },
	{ "bad sets of records", "tests/bad", ".set", NULL, run_check },
	{ "bad objects", "tests/bad", ".fo", NULL, run_findings },
	{ "commands", "tests", ".cmd", NULL, run_command },
	{ "scripts", "tests", ".sh", NULL, run_script },
};

/* ------------------------------------------------------ finding the cases */

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; the caller frees each and the list. */
static char **
list_folder(const char *folder, size_t *n)
{
	struct dirent *e;
	char **names;
	size_t cap;
	DIR *dir;

	names = NULL;
	*n = cap = 0;
	dir = opendir(folder);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		VEC_RESERVE(names, cap, *n + 1);
		names[(*n)++] = xstrdup(e->d_name);
	}
	if (dir != NULL)
		closedir(dir);
	if (*n > 1)
		qsort(names, *n, sizeof *names, compare_names);
	return names;
}

static bool
is_wanted(const struct run *r, const char *path)
{
	char *const *s;

	for (s = r->only; *s != NULL; s++)
		if (strstr(path, *s) != NULL)
			return true;
	return r->only[0] == NULL;
}

static bool
is_case(const struct suite *s, const char *path, const struct stat *st)
{
	const char *name;

	name = strrchr(path, '/') + 1;
	if (s->prefix != NULL)
		return S_ISREG(st->st_mode) && str_starts(name, s->prefix) &&
		    strchr(name, '.') == NULL;
	return str_ends(name, s->suffix);
}

static bool
is_set(const char *name)
{
	return str_ends(name, ".set");
}

static void
walk(struct run *r, const struct suite *s, const char *folder)
{
	struct buf path = { 0 };
	struct stat st;
	char **names;
	size_t i, n;

	names = list_folder(folder, &n);
	for (i = 0; i < n; i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder, names[i]);
		if (stat(path.p, &st) != 0)
			continue;
		if (is_case(s, path.p, &st)) {
			if (is_wanted(r, path.p))
				s->run(r, path.p);
		} else if (S_ISDIR(st.st_mode) && !is_set(names[i])) {
			walk(r, s, path.p);
		}
		free(names[i]);
	}
	free(names);
	buf_free(&path);
}

/* ---------------------------------------------------------------- passes */

static void
run_suites(struct run *r)
{
	struct buf units = { 0 };
	size_t i;

	setenv("PARCOURS", r->program, 1);
	buf_printf(&units, "%s/tests", r->build);
	for (i = 0; i < sizeof suites / sizeof suites[0]; i++)
		walk(r, &suites[i], suites[i].folder != NULL
			? suites[i].folder : units.p);
	buf_free(&units);
}

static void
plain_pass(struct run *r)
{
	struct buf program = { 0 };

	r->pass = "plain";
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	buf_printf(&program, "%s/parcours", r->build);
	r->program = program.p;
	run_suites(r);
	buf_free(&program);
}

/* The locale is the one that the Makefile built; without it the pass would
 * prove nothing, so it fails. */
static void
comma_pass(struct run *r)
{
	struct buf program = { 0 }, locales = { 0 };
	char *here;

	r->pass = "comma locale";
	here = realpath(".", NULL);
	buf_printf(&locales, "%s/build/locale", here);
	free(here);
	setenv("LOCPATH", locales.p, 1);
	setenv("LC_ALL", "fr_FR.UTF-8", 1);
	setenv("TZ", "Pacific/Kiritimati", 1);
	count(r, setlocale(LC_NUMERIC, "") != NULL &&
		*localeconv()->decimal_point == ',', "fr_FR.UTF-8",
	    "no such locale");
	setlocale(LC_NUMERIC, "C");
	buf_printf(&program, "%s/tests/parcours", r->build);
	r->program = program.p;
	run_suites(r);
	buf_free(&program);
	buf_free(&locales);
}

int
main(int argc, char *argv[])
{
	struct run r = { 0 };
	int c;

	while ((c = getopt(argc, argv, "ub:")) != -1) {
		if (c == 'u')
			r.update = true;
		else if (c == 'b')
			r.build = optarg;
		else
			return 2;
	}
	if (r.build == NULL)
		return 2;
	r.only = argv + optind;
	r.time_limit = TIME_LIMIT * (strstr(r.build, "asan") ? 10 : 1);
	setenv("BUILD", r.build, 1);
	unsetenv("LANG");
	unsetenv("LANGUAGE");
	unsetenv("SOURCE_DATE_EPOCH");
	plain_pass(&r);
	if (!r.update)
		comma_pass(&r);
	printf("%zu passed, %zu failed\n", r.passed, r.failed);
	return r.failed != 0;
}
