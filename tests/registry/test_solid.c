/*
 * A registry outlives what may happen to it: processes killed at any moment,
 * several at once, a full disk, damage, rights that lack, another version of
 * parcours.
 *
 * PARCOURS_KILLS=N kills N times in each test, for a longer run than that of
 * every day.
 */
#define _XOPEN_SOURCE 700 /* nftw */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/base.h"
#include "records/records.h"
#include "registry/registry.h"
#include "xml/xml.h"

#define NOBODY 65534

static char folder[] = "/tmp/parcours-solid-XXXXXX";
static struct job job;
static struct records *rs;
static char db[256];
static const char *program;

/* ----------------------------------------------------------------- helpers */

static const char *
in_folder(const char *name)
{
	struct buf b = { 0 };
	const char *path;

	buf_printf(&b, "%s/%s", folder, name);
	path = arena_strdup(job.arena, buf_str(&b));
	buf_free(&b);
	return path;
}

/* Another sequence in every test, the same on every run. */
static unsigned long long state = 88172645463325252ULL;

static unsigned
below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n == 0 ? 0 : (unsigned)(state % n);
}

static int
kills(int n)
{
	const char *s = getenv("PARCOURS_KILLS");
	long asked;

	return s != NULL && num_parse_int(s, NULL, &asked) ? (int)asked : n;
}

static void
doze(unsigned us)
{
	nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 },
	    NULL);
}

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
end_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* What was found since the last time. */
static const char *
findings(void)
{
	struct buf b = { 0 };
	const char *s;

	diag_dump(job.diag, &b);
	s = arena_strdup(job.arena, buf_str(&b));
	buf_free(&b);
	diag_free(job.diag);
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
	return s;
}

static void
assert_found(const char *code)
{
	const char *s = findings();

	if (strstr(s, code) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", code, s);
}

static void
assert_nothing_found(void)
{
	assert_string_equal(findings(), "");
}

static struct registry *
open_db(const char *path, enum registry_access access)
{
	return registry_open_file(&job, rs, path, access);
}

static void
drop_db(const char *path)
{
	struct buf b = { 0 };

	unlink(path);
	buf_printf(&b, "%s-wal", path);
	unlink(b.p);
	buf_clear(&b);
	buf_printf(&b, "%s-shm", path);
	unlink(b.p);
	buf_free(&b);
}

/* SQL that our own statements would not do. */
static void
force(const char *path, const char *sql)
{
	sqlite3 *s;

	assert_int_equal(sqlite3_open(path, &s), SQLITE_OK);
	assert_int_equal(sqlite3_exec(s, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(s), SQLITE_OK);
}

static void
slurp(const char *path, struct buf *out)
{
	buf_clear(out);
	assert_true(file_look(path, (size_t)1 << 30, out));
}

/* An actor whose n-th version this is. */
static void
put_actor(struct buf *out, const char *id, int n)
{
	buf_clear(out);
	buf_printf(out, "<actor xmlns='urn:parcours:record' id='%s'"
	    " schemaVersion='1' xml:lang='fr-FR' createdOn='2025-09-01'>"
	    "<organisation ref='org-ecluse'/><civility>M</civility>"
	    "<givenName>Yannick</givenName><familyName>Obringer</familyName>"
	    "<function>conseiller %d</function></actor>\n", id, n);
}

static bool
add_bytes(struct registry *r, const char *id, int n)
{
	struct buf b = { 0 };
	bool ok;

	put_actor(&b, id, n);
	ok = registry_add_bytes(r, &job, id, &b);
	buf_free(&b);
	return ok;
}

/* A transaction: the n-th version of two actors. */
static bool
add_pair(struct registry *r, const char *one, const char *other, int n)
{
	if (!registry_begin(r, &job, &(struct registry_call){ .author = "Ana",
		.at = "2026-11-05T00:00:00Z", .command = "add" }))
		return false;
	if (add_bytes(r, one, n) && add_bytes(r, other, n) &&
	    registry_check_added(r, &job))
		return registry_commit(r, &job);
	registry_undo(r);
	return false;
}

static void
begin_db(const char *path)
{
	static const char *const samples[] = {
		"samples/chantier/organisation"
	};
	struct registry *r;

	drop_db(path);
	r = open_db(path, REGISTRY_CREATE);
	assert_non_null(r);
	assert_true(registry_begin(r, &job, &(struct registry_call){
		.author = "Ana", .at = "2026-11-05T00:00:00Z",
		.command = "add" }));
	assert_true(registry_add(r, &job, samples, 1));
	assert_true(registry_commit(r, &job));
	registry_free(r);
}

static int
versions(struct registry *r, const char *id)
{
	struct registry_version *v;

	return (int)registry_history(r, &job, id, &v);
}

/* How many versions both have; -1 if they do not have as many. */
static int
pairs(const char *path, const char *one, const char *other)
{
	struct registry *r = open_db(path, REGISTRY_READ);
	struct registry_state s;
	int n;

	assert_non_null(r);
	assert_true(registry_verify(r, &job, &s));
	assert_nothing_found();
	n = versions(r, one);
	if (versions(r, other) != n)
		n = -1;
	registry_free(r);
	return n;
}

/* ----------------------------------------------------------------- killed */

/* Adds and adds, a byte to `fd` after each transaction, until killed. */
static void
add_for_ever(int from, int fd)
{
	struct registry *r = open_db(db, REGISTRY_WRITE);
	int n;

	for (n = from + 1; r != NULL && add_pair(r, "a", "b", n); n++)
		if (write(fd, "", 1) != 1)
			break;
	_exit(1);
}

/* Killed some time after `after` transactions were told of; how many there were
 * until then.  The time is not what makes it certain that there were any, since
 * a machine may be of any speed, another one in every moment. */
static int
kill_adder(int from, int after, unsigned us)
{
	char told[4096];
	int fds[2], n;
	ssize_t k;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		add_for_ever(from, fds[1]);
	close(fds[1]);
	for (n = 0; n < after; n += (int)k) {
		k = read(fds[0], told, sizeof told);
		assert_true(k > 0);
	}
	doze(us);
	kill(pid, SIGKILL);
	assert_true(WIFSIGNALED(end_of(pid)));
	while ((k = read(fds[0], told, sizeof told)) > 0)
		n += (int)k;
	close(fds[0]);
	return n;
}

/* How long a process takes to add so many pairs. */
static unsigned
time_pairs(int n)
{
	struct registry *r;
	int64_t start;
	int i;

	begin_db(db);
	start = now_us();
	r = open_db(db, REGISTRY_WRITE);
	for (i = 1; i <= n; i++)
		assert_true(add_pair(r, "a", "b", i));
	registry_free(r);
	return (unsigned)(now_us() - start);
}

static void
test_killed_adding(void **unused)
{
	const int rounds = kills(250);
	const unsigned takes = time_pairs(2);
	int i, n, has = 0, did = 0;

	(void)unused;
	for (i = 0; i < rounds; i++) {
		if (i % 50 == 0) {
			begin_db(db);
			has = 0;
		}
		n = kill_adder(has, (int)below(4), below(takes));
		did += n;
		/* The last one may be in without having been told of. */
		n += has;
		has = pairs(db, "a", "b");
		if (has != n && has != n + 1)
			fail_msg("round %d: %d pairs, %d told of", i, has, n);
	}
	print_message("%d kills, %d transactions\n", rounds, did);
	assert_true(did > rounds / 2);
}

/* The program with these arguments, its output thrown away. */
static pid_t
spawn(const char *const *args, rlim_t file_limit)
{
	const int null = open("/dev/null", O_WRONLY);
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		if (file_limit != RLIM_INFINITY)
			setrlimit(RLIMIT_FSIZE, &(struct rlimit){ file_limit,
			    file_limit });
		execv(program, (char *const *)args);
		_exit(127);
	}
	close(null);
	return pid;
}

static bool
is_whole_pdf(const char *path)
{
	struct buf b = { 0 };
	bool whole;

	if (access(path, F_OK) != 0)
		return true;
	slurp(path, &b);
	whole = b.n > 1000 && memcmp(b.p, "%PDF-", 5) == 0 &&
	    memcmp(b.p + b.n - 6, "%%EOF\n", 6) == 0;
	buf_free(&b);
	return whole;
}

/* A backup, if there is one, is whole and can be read by itself. */
static bool
is_whole_registry(const char *path)
{
	struct registry *r;
	struct registry_state s;
	bool whole;

	if (access(path, F_OK) != 0)
		return true;
	r = open_db(path, REGISTRY_READ);
	whole = r != NULL && registry_verify(r, &job, &s) && s.records > 0;
	registry_free(r);
	return whole;
}

static size_t
issued(void)
{
	struct registry *r = open_db(db, REGISTRY_READ);
	struct registry_state s;

	assert_non_null(r);
	assert_true(registry_verify(r, &job, &s));
	registry_free(r);
	assert_nothing_found();
	return s.issued;
}

/* How long a command takes when it is let alone, as it was lately. */
struct pace {
	int64_t us;
};

/* Until nobody is left who holds the other end of a pipe. */
static void
wait_for_all(int fd)
{
	char byte;

	while (read(fd, &byte, 1) != 0)
		;
	close(fd);
}

/* Starts a command and kills it at a moment of the time it takes, which is
 * learnt anew whenever it had ended before: a machine's speed changes.  False if
 * it had.  Processes that worked for it have ended, too. */
static bool
kill_some_time(const char *const *args, struct pace *pace)
{
	const int64_t start = now_us();
	int status, fds[2];
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = spawn(args, RLIM_INFINITY);
	close(fds[1]);
	doze(below((unsigned)pace->us));
	kill(pid, SIGKILL);
	status = end_of(pid);
	wait_for_all(fds[0]);
	if (WIFSIGNALED(status)) {
		pace->us += pace->us / 32;
		return true;
	}
	assert_int_equal(WEXITSTATUS(status), 0);
	pace->us = now_us() - start;
	return false;
}

static struct pace
let_alone(const char *const *args)
{
	const int64_t start = now_us();

	assert_int_equal(end_of(spawn(args, RLIM_INFINITY)), 0);
	return (struct pace){ now_us() - start };
}

/* Kills a command so many times; `product` is then not there or whole. */
static void
kill_command(const char *const *args, const char *product,
    bool (*is_whole)(const char *), int rounds)
{
	size_t before = issued();
	struct pace pace = let_alone(args);
	int killed = 0;

	assert_int_equal(access(product, F_OK), 0);
	while (killed < rounds) {
		size_t n;

		unlink(product);
		n = issued();
		assert_true(n == before || n == before + 1);
		before = n;
		if (kill_some_time(args, &pace))
			killed++;
		else /* What is entered is there. */
			assert_int_equal(access(product, F_OK), 0);
		assert_true(is_whole(product));
		assert_nothing_found();
	}
	assert_int_equal(end_of(spawn(args, RLIM_INFINITY)), 0);
	assert_true(is_whole(product));
}

static void
fill_db(void)
{
	const char *const args[] = { program, "add", "-r", db,
		"samples/frameworks", "samples/chantier", NULL };

	drop_db(db);
	assert_int_equal(end_of(spawn(args, RLIM_INFINITY)), 0);
}

static void
test_killed_making(void **unused)
{
	const char *pdf = in_folder("made.pdf");
	const char *const args[] = { program, "make", "skills-summary", "-r",
		db, "-s", "person-kowalczyk", "-o", pdf, NULL };

	(void)unused;
	fill_db();
	kill_command(args, pdf, is_whole_pdf, kills(25));
}

static void
test_killed_copying(void **unused)
{
	const char *copy = in_folder("copy.db");
	const char *const args[] = { program, "backup", "-r", db, copy, NULL };

	(void)unused;
	fill_db();
	kill_command(args, copy, is_whole_registry, kills(20));
}

/* What is below a folder where documents are built, by file_seen(). */
static struct {
	int documents, entered, other;
	struct registry *registry;
} built;

static int
file_seen(const char *path, const struct stat *st, int type, struct FTW *at)
{
	struct registry_issue issue;
	struct registry_origin *from;
	struct digest *d;
	struct buf b = { 0 };
	uint8_t sum[32];
	size_t n;

	(void)st;
	if (type != FTW_F)
		return 0;
	if (!str_ends(path, ".pdf") || path[at->base] == '.') {
		built.other++;
		return 0;
	}
	assert_true(is_whole_pdf(path));
	slurp(path, &b);
	d = digest_new();
	digest_add(d, b.p, b.n);
	digest_end(d, sum);
	buf_free(&b);
	built.documents++;
	built.entered += registry_issued(built.registry, &job, sum, NULL,
	    &issue, &from, &n);
	return 0;
}

static void
look_at_built(const char *place)
{
	built.documents = built.entered = built.other = 0;
	built.registry = open_db(db, REGISTRY_READ);
	assert_non_null(built.registry);
	nftw(place, file_seen, 16, FTW_PHYS);
	registry_free(built.registry);
}

static int
remove_some(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)at;
	return type == FTW_F && below(3) > 0 ? unlink(path) : 0;
}

/* Killed while it works with two others, it leaves whole documents only, all of
 * them entered but perhaps the last, and nothing beside them. */
static void
test_killed_building(void **unused)
{
	const char *place = in_folder("built");
	const char *const add[] = { program, "add", "-r", db,
		"samples/frameworks", "samples/genie", NULL };
	const char *const args[] = { program, "build", "-r", db, "-j", "2",
		"-o", place, NULL };
	const int rounds = kills(20);
	struct pace pace;
	int killed = 0, all, made = 0;

	(void)unused;
	drop_db(db);
	assert_int_equal(end_of(spawn(add, RLIM_INFINITY)), 0);
	pace = let_alone(args);
	look_at_built(place);
	all = built.documents;
	assert_int_equal(all, 2);
	while (killed < rounds) {
		nftw(place, remove_some, 16, FTW_PHYS);
		killed += kill_some_time(args, &pace);
		look_at_built(place);
		assert_true(built.entered == built.documents ||
		    built.entered == built.documents - 1);
		assert_int_equal(built.other, 0);
		made += built.documents;
		issued();
		assert_nothing_found();
	}
	print_message("%d kills, %d of %d documents there\n", killed, made,
	    killed * all);
	assert_int_equal(end_of(spawn(args, RLIM_INFINITY)), 0);
	look_at_built(place);
	assert_int_equal(built.documents, all);
	assert_int_equal(built.entered, all);
	assert_int_equal(built.other, 0);
}

/* ------------------------------------------------------------------ erased */

/* Is there anything of the person in a file, or in what SQLite and a backup put
 * beside it? */
static bool
is_traced(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
		"-journal", ".part" };
	struct buf name = { 0 }, b = { 0 };
	bool traced = false;
	size_t i;

	for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		static const char canary[] = "nguyen";
		const char *p, *end;

		buf_clear(&name);
		buf_printf(&name, "%s%s", path, suffixes[i]);
		buf_clear(&b);
		if (!file_look(name.p, (size_t)1 << 30, &b) || b.n == 0)
			continue;
		for (p = b.p, end = b.p + b.n; p != NULL && p < end; p++) {
			p = memchr(p, canary[0], (size_t)(end - p));
			if (p == NULL)
				break;
			traced = traced || ((size_t)(end - p) >=
				sizeof canary - 1 && memcmp(p, canary,
				sizeof canary - 1) == 0);
		}
	}
	buf_free(&name);
	buf_free(&b);
	return traced;
}

static void
copy_file(const char *from, const char *to)
{
	struct buf b = { 0 };
	int fd;

	slurp(from, &b);
	drop_db(to);
	fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(write(fd, b.p, b.n), (ssize_t)b.n);
	close(fd);
	buf_free(&b);
}

/* A registry with everybody in it, and its backup. */
static void
begin_erasing(const char *model, const char *backup)
{
	const char *const args[] = { program, "backup", "-r", db, backup,
		NULL };

	fill_db();
	assert_int_equal(end_of(spawn(args, RLIM_INFINITY)), 0);
	copy_file(db, model);
}

static int
erase(void)
{
	const char *const args[] = { program, "forget", "-r", db,
		"person-nguyen", NULL };

	return end_of(spawn(args, RLIM_INFINITY));
}

/* Killed at any moment of it, the person is there or gone, never half; the
 * same command then leaves no byte. */
static void
test_killed_erasing(void **unused)
{
	const char *model = in_folder("model.db");
	const char *backup = in_folder("erase.db");
	const char *const args[] = { program, "forget", "-r", db,
		"person-nguyen", NULL };
	const int rounds = kills(25);
	int i, status, there = 0, gone = 0;
	struct pace pace;

	(void)unused;
	begin_erasing(model, backup);
	assert_true(is_traced(db));
	pace = let_alone(args);
	assert_false(is_traced(db));
	assert_false(is_traced(backup));
	for (i = 0; i < rounds; ) {
		struct registry *r;
		struct registry_state s;

		copy_file(model, db);
		copy_file(model, backup);
		if (!kill_some_time(args, &pace))
			continue;
		i++;
		r = open_db(db, REGISTRY_READ);
		assert_non_null(r);
		assert_true(registry_verify(r, &job, &s));
		/* 30 of 95 records are theirs. */
		if (versions(r, "person-nguyen") == 1)
			there += s.records == 95;
		else
			gone += s.records == 95 - 30;
		registry_free(r);
		assert_int_equal(there + gone, i);
		assert_true(is_whole_registry(backup));
		assert_nothing_found();
		/* Refused only where it was complete. */
		status = erase();
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
		assert_false(is_traced(db));
		assert_false(is_traced(backup));
		assert_true(is_whole_registry(db));
		assert_true(is_whole_registry(backup));
	}
	print_message("%d kills, person there after %d\n", rounds, there);
	assert_true(there > 0);
}

/* With somebody reading the log stays; nothing may be in it. */
static void
test_erasing_while_read(void **unused)
{
	const char *backup = in_folder("erase.db");
	struct registry *r;
	struct buf log = { 0 };

	(void)unused;
	begin_erasing(in_folder("model.db"), backup);
	r = open_db(db, REGISTRY_READ);
	assert_int_equal(versions(r, "person-nguyen"), 1);
	assert_int_equal(erase(), 0);
	buf_printf(&log, "%s-shm", db);
	assert_int_equal(access(log.p, F_OK), 0);
	assert_false(is_traced(db));
	assert_false(is_traced(backup));
	assert_int_equal(versions(r, "person-nguyen"), 0);
	registry_free(r);
	buf_free(&log);
}

/* ---------------------------------------------------------------- at once */

static void
test_two_at_once(void **unused)
{
	static const char *const ids[][2] = { { "a", "b" }, { "c", "d" } };
	enum { EACH = 40 };
	pid_t pids[2];
	int i, n;

	(void)unused;
	begin_db(db);
	for (i = 0; i < 2; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			struct registry *r = open_db(db, REGISTRY_WRITE);

			for (n = 1; r != NULL && n <= EACH; n++)
				if (!add_pair(r, ids[i][0], ids[i][1], n))
					_exit(1);
			_exit(r == NULL);
		}
	}
	assert_int_equal(end_of(pids[0]), 0);
	assert_int_equal(end_of(pids[1]), 0);
	assert_int_equal(pairs(db, "a", "b"), EACH);
	assert_int_equal(pairs(db, "c", "d"), EACH);
}

/* --------------------------------------------------------------- full disk */

/* In a process that may write no file beyond a limit; 0 if the pair is in, 1 if
 * it was refused because the disk is full, else 2. */
static int
add_under_limit(rlim_t limit, int n)
{
	const pid_t pid = fork();
	const char *said;
	struct registry *r;
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){ limit, limit });
		r = open_db(db, REGISTRY_WRITE);
		if (r != NULL && add_pair(r, "a", "b", n)) {
			registry_free(r);
			_exit(0);
		}
		said = findings();
		/* SQLite does not always keep why a write failed. */
		_exit(strstr(said, "registry-full") != NULL ||
			strstr(said, "registry-disk") != NULL ? 1 : 2);
	}
	status = end_of(pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
test_full_adding(void **unused)
{
	rlim_t limit;
	int has = 0, refused = 0, end;

	(void)unused;
	begin_db(db);
	for (limit = 0; limit <= 600000; limit += 12000) {
		end = add_under_limit(limit, has + 1);
		assert_in_range(end, 0, 1);
		refused += end;
		has += end == 0;
		assert_int_equal(pairs(db, "a", "b"), has);
	}
	assert_true(refused > 3 && has > 3);
}

/* Until there is room enough: exit status 3, no product, nothing entered. */
static void
fill_disk(const char *const *args, const char *product, rlim_t step)
{
	const size_t before = issued();
	rlim_t limit;
	int status = -1, refused = 0;

	for (limit = 0; status != 0 && limit < step * 40; limit += step) {
		status = end_of(spawn(args, limit));
		assert_true(WIFEXITED(status));
		if (status == 0)
			break;
		assert_int_equal(WEXITSTATUS(status), 3);
		assert_int_not_equal(access(product, F_OK), 0);
		assert_int_equal(issued(), before);
		refused++;
	}
	assert_int_equal(status, 0);
	assert_true(refused > 2);
	assert_int_equal(access(product, F_OK), 0);
}

static void
test_full_making(void **unused)
{
	const char *pdf = in_folder("full.pdf");
	const char *const args[] = { program, "make", "skills-summary", "-r",
		db, "-s", "person-kowalczyk", "-o", pdf, NULL };

	(void)unused;
	fill_db();
	fill_disk(args, pdf, 20000);
}

static void
test_full_copying(void **unused)
{
	const char *copy = in_folder("full.db");
	const char *const args[] = { program, "backup", "-r", db, copy, NULL };

	(void)unused;
	fill_db();
	fill_disk(args, copy, 60000);
	assert_true(is_whole_registry(copy));
}

/* Where there is no room, the person is there or the erasing is told to be cut
 * short; with room the same command ends it. */
static void
test_full_erasing(void **unused)
{
	const char *model = in_folder("model.db");
	const char *backup = in_folder("erase.db");
	const char *const args[] = { program, "forget", "-r", db,
		"person-nguyen", NULL };
	rlim_t limit;
	int status = 0, refused = 0;

	(void)unused;
	begin_erasing(model, backup);
	for (limit = 0; limit < 2400000; limit += 180000) {
		copy_file(model, db);
		copy_file(model, backup);
		status = end_of(spawn(args, limit));
		assert_true(WIFEXITED(status));
		assert_true(is_whole_registry(db));
		assert_true(is_whole_registry(backup));
		if (status != 0) {
			assert_int_equal(WEXITSTATUS(status), 3);
			assert_int_equal(erase(), 0);
			refused++;
		}
		assert_false(is_traced(db));
		assert_false(is_traced(backup));
	}
	assert_int_equal(status, 0);
	assert_true(refused > 3);
}

/* ---------------------------------------------------------------- versions */

static void
refuse(const char *path, const char *code)
{
	static const enum registry_access each[] = { REGISTRY_READ,
		REGISTRY_WRITE, REGISTRY_CREATE };
	struct buf before = { 0 }, after = { 0 };
	size_t i;

	slurp(path, &before);
	for (i = 0; i < 3; i++) {
		assert_null(open_db(path, each[i]));
		assert_found(code);
		slurp(path, &after);
		assert_int_equal(after.n, before.n);
		assert_memory_equal(after.p, before.p, before.n);
	}
	buf_free(&before);
	buf_free(&after);
}

static void
test_newer(void **unused)
{
	(void)unused;
	begin_db(db);
	force(db, "PRAGMA user_version = 99");
	refuse(db, "registry-newer");
}

static const char *const migrations[] = {
#define MIGRATION(text) text,
#include "registry/migrations.def"
#undef MIGRATION
};
#define N_MIGRATIONS ((int)(sizeof migrations / sizeof migrations[0]))

/* A registry of the time when there were so many steps, with a record in it
 * from when there were contents on: the second. */
static void
make_old(int steps, const struct buf *content)
{
	struct buf sql = { 0 };
	int i;

	drop_db(db);
	close(open(db, O_CREAT | O_RDWR, 0600));
	for (i = 0; i < steps; i++) {
		buf_puts(&sql, migrations[i]);
		if (i == 1)
			buf_printf(&sql, "INSERT INTO entry VALUES"
			    " (1, '2026-01-01T00:00:00Z', 'Old', 'add');"
			    "INSERT INTO version VALUES (7, 'old', 1, 'actor',"
			    " 1, 'old.xml', zeroblob(32), 0, \"%s\");"
			    "INSERT INTO record VALUES (7, 'old', 'actor',"
			    " 'old@1/old.xml', 1, 1, 0);"
			    "INSERT INTO words(rowid, id, body)"
			    " VALUES (7, 'old', 'Łukasz Øberg');", content->p);
	}
	buf_printf(&sql, "PRAGMA user_version = %d;"
	    "PRAGMA application_id = %d; PRAGMA journal_mode = WAL;", steps,
	    0x70617263);
	force(db, sql.p);
	buf_free(&sql);
}

static void
test_older(void **unused)
{
	struct buf content = { 0 }, before = { 0 }, bytes = { 0 };
	struct registry_found *found;
	struct registry *r;
	int steps;

	(void)unused;
	put_actor(&content, "old", 1);
	for (steps = 1; steps < N_MIGRATIONS; steps++) {
		make_old(steps, &content);
		slurp(db, &before);
		assert_null(open_db(db, REGISTRY_READ));
		assert_found("registry-older");
		slurp(db, &bytes);
		assert_int_equal(bytes.n, before.n);
		assert_memory_equal(bytes.p, before.p, before.n);
		r = open_db(db, REGISTRY_WRITE);
		assert_non_null(r);
		buf_clear(&bytes);
		assert_true(registry_content(r, &job, "old", 0, &bytes) ==
		    (steps >= 2));
		if (steps >= 2) {
			assert_string_equal(bytes.p, content.p);
			assert_int_equal(registry_find(r, &job, "LUKASZ oberg",
			    9, &found), 1);
		}
		assert_true(registry_begin(r, &job, &(struct registry_call){
			.author = "Ana", .at = "2026-11-05T00:00:00Z",
			.command = "add" }));
		assert_true(add_bytes(r, "old", 2));
		assert_true(registry_commit(r, &job));
		assert_int_equal(versions(r, "old"), steps >= 2 ? 2 : 1);
		registry_free(r);
		assert_nothing_found();
		assert_true(is_whole_registry(db));
	}
	buf_free(&content);
	buf_free(&before);
	buf_free(&bytes);
}

/* ------------------------------------------------------------------ damage */

static void
write_file(const char *path, const void *p, size_t n)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), (ssize_t)n);
	close(fd);
}

static void
test_foreign(void **unused)
{
	const char *path = in_folder("foreign.db");

	(void)unused;
	write_file(path, "Not a database, whatever its name says.\n", 40);
	refuse(path, "registry-foreign");
	drop_db(path);
	force(path, "CREATE TABLE accounts(amount)");
	refuse(path, "registry-foreign");
	drop_db(path);
	force(path, "PRAGMA user_version = 1; CREATE TABLE t(x)");
	refuse(path, "registry-foreign");
}

/* Whatever a page is made into, nothing crashes.  A page lost is noticed, even
 * where SQLite does not care, as at the end of a long content. */
static void
test_damaged(void **unused)
{
	const char *path = in_folder("damaged.db");
	struct buf good = { 0 };
	char *bad;
	int i, noticed = 0;

	(void)unused;
	fill_db();
	slurp(db, &good);
	bad = xmalloc(good.n);
	for (i = 0; i < 40; i++) {
		const size_t pages = good.n / 4096;
		const size_t at = 4096 * (1 + below((unsigned)pages - 1));
		struct registry *r;
		struct registry_state s;
		struct registry_found *found;
		struct registry_version *v;

		memcpy(bad, good.p, good.n);
		memset(bad + at, i % 2 == 0 ? 0 : 0x5a, 4096);
		drop_db(path);
		write_file(path, bad, good.n);
		r = open_db(path, REGISTRY_READ);
		if (r != NULL) {
			registry_find(r, &job, "yannick", 9, &found);
			registry_current(r, &job, NULL, &v);
			noticed += !registry_verify(r, &job, &s);
		} else {
			noticed++;
		}
		registry_free(r);
		findings();
	}
	/* One or two may have been free. */
	assert_true(noticed >= 38);
	/* Cut short. */
	drop_db(path);
	write_file(path, good.p, good.n / 2);
	assert_false(is_whole_registry(path));
	assert_found("registry-damaged");
	free(bad);
	buf_free(&good);
}

/* ------------------------------------------------------------------ rights */

/* As one who owns the registry but may not write where it is. */
static int
use_read_only(const char *path)
{
	struct registry *r = open_db(path, REGISTRY_READ);
	struct registry_version *v;

	if (r == NULL || registry_current(r, &job, NULL, &v) < 1)
		return 1;
	registry_free(r);
	r = open_db(path, REGISTRY_WRITE);
	if (r != NULL && add_pair(r, "a", "b", 1))
		return 2;
	return strstr(findings(), "registry-readonly") != NULL ? 0 : 3;
}

/* Never what was there before the last transactions. */
static int
use_with_log(const char *path)
{
	struct registry *r = open_db(path, REGISTRY_READ);

	if (r != NULL)
		return versions(r, "a") == 1 ? 0 : 1;
	return strstr(findings(), "registry-readonly") != NULL ? 0 : 2;
}

static int
as_nobody(int (*use)(const char *), const char *path)
{
	const pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && setuid(NOBODY) != 0)
			_exit(9);
		_exit(use(path));
	}
	status = end_of(pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
give_to_nobody(const char *path)
{
	if (geteuid() == 0)
		assert_int_equal(chown(path, NOBODY, NOBODY), 0);
}

static void
test_read_only_folder(void **unused)
{
	const char *place = in_folder("shut");
	const char *path = in_folder("shut/reg.db");
	struct registry *r;

	(void)unused;
	assert_int_equal(mkdir(place, 0700), 0);
	begin_db(path);
	assert_int_equal(chmod(folder, 0755), 0);
	give_to_nobody(path);
	assert_int_equal(chmod(place, 0555), 0);
	assert_int_equal(as_nobody(use_read_only, path), 0);
	assert_int_not_equal(access(in_folder("shut/reg.db-wal"), F_OK), 0);
	assert_int_not_equal(access(in_folder("shut/reg.db-shm"), F_OK), 0);
	assert_int_equal(chmod(place, 0755), 0);
	/* What one who died left in the log. */
	if (fork() == 0) {
		r = open_db(path, REGISTRY_WRITE);
		add_pair(r, "a", "b", 1);
		raise(SIGKILL);
	}
	wait(NULL);
	give_to_nobody(in_folder("shut/reg.db-wal"));
	unlink(in_folder("shut/reg.db-shm"));
	assert_int_equal(chmod(place, 0555), 0);
	assert_int_equal(as_nobody(use_with_log, path), 0);
	assert_int_equal(chmod(place, 0755), 0);
	assert_int_equal(pairs(path, "a", "b"), 1);
}

/* Whatever the umask was, and made tight again when it was not. */
static void
test_private(void **unused)
{
	const mode_t mask = umask(0);
	struct stat st;

	(void)unused;
	begin_db(db);
	umask(mask);
	assert_int_equal(stat(db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(chmod(db, 0644), 0);
	registry_free(open_db(db, REGISTRY_WRITE));
	assert_int_equal(stat(db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* ------------------------------------------------------------------- frame */

static int
remove_it(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

/* Schemas and rules are read once, not by every process that is killed. */
static void
warm_up(void)
{
	struct registry *r;

	begin_db(db);
	r = open_db(db, REGISTRY_WRITE);
	if (!add_pair(r, "a", "b", 1))
		fputs(findings(), stderr);
	registry_free(r);
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_killed_adding),
		cmocka_unit_test(test_killed_making),
		cmocka_unit_test(test_killed_copying),
		cmocka_unit_test(test_killed_building),
		cmocka_unit_test(test_killed_erasing),
		cmocka_unit_test(test_erasing_while_read),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_full_adding),
		cmocka_unit_test(test_full_making),
		cmocka_unit_test(test_full_copying),
		cmocka_unit_test(test_full_erasing),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_older),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_read_only_folder),
		cmocka_unit_test(test_private),
	};
	struct xml *x = xml_new();
	struct buf path = { 0 };
	int failed;

	/* The program stands above tests/registry/, where this one is. */
	buf_printf(&path, "%.*s/../../parcours",
	    (int)(argc > 0 ? strlen(argv[0]) - strlen("/test_solid") : 0),
	    argv[0]);
	program = path.p;
	job.arena = arena_new();
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
	rs = records_open(&job, x, "build/share");
	if (rs == NULL || mkdtemp(folder) == NULL)
		return 1;
	snprintf(db, sizeof db, "%s/reg.db", folder);
	warm_up();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	nftw(folder, remove_it, 16, FTW_DEPTH | FTW_PHYS);
	buf_free(&path);
	records_free(rs);
	xml_free(x);
	diag_free(job.diag);
	arena_free(job.arena);
	return failed;
}
