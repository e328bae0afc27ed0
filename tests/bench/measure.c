/*
 * Runs of programs, and how they are printed.  Programs are run cold, as a user
 * runs them.
 */
#define _DEFAULT_SOURCE /* wait4 */

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "bench.h"

static const char *build;
static char folder[] = "/tmp/parcours-bench-XXXXXX";

void
measure_open(const char *programs)
{
	sigset_t child;

	build = programs;
	if (mkdtemp(folder) == NULL) {
		perror(folder);
		exit(3);
	}
	/* run_once waits for it, with a limit. */
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
}

void
measure_close(void)
{
	RUN(1, "rm", "-rf", folder);
}

const char *
program_path(const char *name)
{
	static char paths[4][600];
	static int next;
	char *p;

	p = paths[next++ % 4];
	snprintf(p, sizeof paths[0], "%s/%s", build, name);
	return p;
}

const char *
temp(const char *name)
{
	static char paths[8][600];
	static int next;
	char *p;

	p = paths[next++ % 8];
	snprintf(p, sizeof paths[0], "%s/%s", folder, name);
	return p;
}

/* ------------------------------------------------------- measuring runs */

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static pid_t
start(const char *const *argv, const char *out, const char *err)
{
	sigset_t none;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid != 0)
		return pid;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
	dup2(open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

struct usage
run_once(const char *const *argv, const char *out, const char *err,
    int seconds)
{
	const struct timespec limit = { .tv_sec = seconds }, now = { 0 };
	struct usage u = { 0 };
	struct rusage r;
	sigset_t child;
	double begin;
	pid_t pid;
	int status;

	/* A signal of a child before it says nothing of this one. */
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigtimedwait(&child, NULL, &now);
	begin = now_ms();
	pid = start(argv, out, err);
	if (seconds > 0 && sigtimedwait(&child, NULL, &limit) < 0) {
		u.late = true;
		kill(pid, SIGKILL);
	}
	wait4(pid, &status, 0, &r);
	u.ms = now_ms() - begin;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 +
	    (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3;
	u.mb = (double)r.ru_maxrss / 1024;
	u.ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return u;
}

struct usage
run_best(int times, const char *const *argv)
{
	struct usage best, u;
	int i;

	best = run_once(argv, "/dev/null", "/dev/null", 0);
	for (i = 1; i < times && best.ok; i++) {
		u = run_once(argv, "/dev/null", "/dev/null", 0);
		if (u.ms < best.ms)
			best.ms = u.ms;
	}
	return best;
}

bool
has_program(const char *name)
{
	struct buf command = { 0 };
	bool found;

	buf_printf(&command, "command -v %s >/dev/null 2>&1", name);
	found = system(command.p) == 0;
	buf_free(&command);
	return found;
}

bool
has_fop(void)
{
	const char *wanted = getenv("FOP");

	return !(wanted != NULL && strcmp(wanted, "no") == 0) &&
	    has_program("fop");
}

long
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

/* ------------------------------------------------------------- printing */

void
print_row(const char *what, double value, const char *unit, const char *goal)
{
	printf("  %-44s %10.1f %-8s %s\n", what, value, unit, goal);
	fflush(stdout);
}

void
print_usage(const char *what, struct usage u, const char *goal)
{
	if (!u.ok) {
		printf("  %-44s %10s\n", what, u.late ? "too late" : "fails");
		return;
	}
	print_row(what, u.ms, "ms", goal);
	print_row("", u.mb, "MB peak", "");
}

void
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

void
print_machine(void)
{
	printf("machine: %ld x ", sysconf(_SC_NPROCESSORS_ONLN));
	print_proc("/proc/cpuinfo", "model name");
	printf("memory:  ");
	print_proc("/proc/meminfo", "MemTotal");
}

