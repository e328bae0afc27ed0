/*
 * Files: whole or not at all, and what the user is told when it is not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

static struct job job;
static char folder[] = "/tmp/test_file-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	/* What runs us may ignore signals: a job in the background ignores
	 * SIGINT.  Before the first file is opened, which looks at that. */
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	job.arena = arena_new();
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(job.arena);
	diag_free(job.diag);
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static size_t
count_files(void)
{
	struct dirent *e;
	size_t n;
	DIR *dir;

	dir = opendir(".");
	assert_non_null(dir);
	n = 0;
	while ((e = readdir(dir)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static void
assert_finding(const char *part)
{
	struct buf out = { 0 };

	diag_dump(job.diag, &out);
	assert_non_null(strstr(buf_str(&out), part));
	buf_free(&out);
	/* The next finding of the same words is to be reported again. */
	diag_free(job.diag);
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
}

static void
assert_holds(const char *path, const char *text)
{
	struct buf b = { 0 };

	assert_true(file_read(&job, path, 1 << 20, &b));
	assert_string_equal(buf_str(&b), text);
	buf_free(&b);
}

static void
write_file(const char *path, const char *text)
{
	struct outfile *f;

	f = outfile_open(&job, path);
	assert_non_null(f);
	outfile_write(f, text, strlen(text));
	assert_true(outfile_commit(f));
}

static void
test_replace(void **state)
{
	struct outfile *f;
	struct stat st;

	(void)state;
	umask(022);
	write_file("a", "old");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	chmod("a", 0640);

	f = outfile_open(&job, "a");
	outfile_write(f, "new", 3);
	assert_holds("a", "old");
	outfile_restart(f);
	outfile_write(f, "newer", 5);
	assert_true(outfile_commit(f));
	assert_holds("a", "newer");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);

	f = outfile_open(&job, "a");
	outfile_write(f, "lost", 4);
	outfile_abort(f);
	outfile_abort(NULL);
	assert_holds("a", "newer");
	assert_int_equal(count_files(), 1);

	/* A link keeps pointing to the file that is replaced. */
	assert_int_equal(symlink("a", "link"), 0);
	write_file("link", "through");
	assert_holds("a", "through");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	unlink("link");
	unlink("a");
}

static void
test_large(void **state)
{
	struct outfile *f;
	struct buf back = { 0 };
	char *big;
	size_t i;

	(void)state;
	big = xmalloc(200000);
	for (i = 0; i < 200000; i++)
		big[i] = (char)(i % 251);
	f = outfile_open(&job, "big");
	outfile_write(f, big, 5);
	outfile_write(f, big + 5, 199990);
	outfile_write(f, big + 199995, 5);
	assert_true(outfile_commit(f));
	assert_true(file_read(&job, "big", 200000, &back));
	assert_int_equal(back.n, 200000);
	assert_memory_equal(back.p, big, 200000);
	buf_clear(&back);
	assert_false(file_read(&job, "big", 199999, &back));
	assert_finding("big: error [file-too-large]");
	buf_free(&back);
	free(big);
	unlink("big");
}

static void
test_full_disk(void **state)
{
	struct outfile *f;

	(void)state;
	f = outfile_open(&job, "/dev/full");
	assert_non_null(f);
	outfile_write(f, "x", 1);
	assert_false(outfile_commit(f));
	assert_finding("/dev/full: error [file-write]: the document could not "
		       "be written whole (the disk is full)");
}

static void
test_not_possible(void **state)
{
	struct buf b = { 0 };

	(void)state;
	write_file("plain", "x");
	assert_null(outfile_open(&job, "plain/out.pdf"));
	assert_finding("(a part of the path is not a folder)");
	assert_null(outfile_open(&job, "missing/out.pdf"));
	assert_finding("(it does not exist)");
	assert_null(outfile_open(&job, "."));
	assert_finding("[file-create]: cannot write here (it is a folder)");
	assert_false(file_read(&job, "missing", 10, &b));
	assert_finding("missing: error [file-open]");
	assert_false(file_read(&job, ".", 10, &b));
	assert_finding("(it is a folder)");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_false(file_read(&job, "fifo", 10, &b));
	assert_finding("(it is not an ordinary file)");
	unlink("fifo");
	unlink("plain");
	assert_int_equal(count_files(), 0);
	buf_free(&b);
}

/* Ended by a signal or by exit, we leave no temporary file. */
static void
test_early_end(void **state)
{
	static const int how[] = { SIGTERM, SIGINT, 0 };
	int status;
	pid_t pid;
	size_t i;

	(void)state;
	for (i = 0; i < 2 * sizeof how / sizeof how[0]; i++) {
		const int sig = how[i / 2];

		pid = fork();
		if (pid == 0) {
			struct outfile *f = outfile_open(&job, "out");

			outfile_write(f, "x", 1);
			if (i % 2 == 1)
				outfile_hold(f);
			if (sig == 0)
				exit(i % 2 == 0 || count_files() == 1 ? 7 : 8);
			raise(sig);
			_exit(9);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (sig == 0)
			assert_int_equal(WEXITSTATUS(status), 7);
		else
			assert_true(WIFSIGNALED(status) &&
			    WTERMSIG(status) == sig);
		assert_int_equal(count_files(), 0);
	}
}

static const char *
hold(const char *path, const char *text)
{
	struct outfile *f = outfile_open(&job, path);

	assert_true(outfile_is_ordinary(f));
	outfile_write(f, text, strlen(text));
	return outfile_hold(f);
}

/* One that takes the place of another, or of none, can go back. */
static void
test_swap(void)
{
	const char *name = hold("out", "later");
	bool can_undo;

	assert_int_equal(file_swap(name, "out", &can_undo), 0);
	assert_holds("out", "later");
	if (can_undo) {
		file_put_back(name, "out");
		assert_holds("out", "after");
	}
	assert_int_equal(count_files(), 1);
	assert_int_equal(symlink("out", "led"), 0);
	name = hold("led", "led");
	assert_int_equal(file_swap(name, "led", &can_undo), 0);
	unlink(name);
	assert_holds("out", "led");
	unlink("led");
	name = hold("new", "new");
	assert_int_equal(file_swap(name, "new", &can_undo), 0);
	assert_holds("new", "new");
	assert_true(can_undo);
	file_put_back(name, "new");
	assert_int_equal(count_files(), 1);
}

/* A file that is held is whole and waits for its name. */
static void
test_hold(void **state)
{
	struct outfile *f;
	const char *name;

	(void)state;
	write_file("out", "before");
	f = outfile_open(&job, "out");
	outfile_write(f, "after", 5);
	name = outfile_hold(f);
	assert_non_null(name);
	assert_holds("out", "before");
	assert_holds(name, "after");
	assert_int_equal(file_replace(name, "out"), 0);
	assert_holds("out", "after");
	f = outfile_open(&job, "out");
	outfile_write(f, "never", 5);
	assert_non_null(outfile_hold(f));
	assert_int_equal(count_files(), 2);
	outfile_drop_held();
	assert_int_equal(count_files(), 1);
	assert_holds("out", "after");
	test_swap();
	f = outfile_open(&job, "/dev/null");
	assert_false(outfile_is_ordinary(f));
	assert_null(outfile_hold(f));
	assert_finding("/dev/null: error [file-write]");
	unlink("out");
}

static void
test_stdout(void **state)
{
	struct outfile *f;
	char back[8];
	int pipes[2], saved;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	saved = dup(STDOUT_FILENO);
	dup2(pipes[1], STDOUT_FILENO);
	f = outfile_open(&job, "-");
	outfile_write(f, "half", 4);
	outfile_restart(f);
	outfile_write(f, "whole", 5);
	assert_true(outfile_commit(f));
	dup2(saved, STDOUT_FILENO);
	close(saved);
	assert_int_equal(read(pipes[0], back, sizeof back), 5);
	assert_memory_equal(back, "whole", 5);
	close(pipes[0]);
	close(pipes[1]);
}

/* What came through a pipe can be read twice. */
static void
test_spool(void **state)
{
	char back[8];
	int pipes[2], i;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(write(pipes[1], "text", 4), 4);
	close(pipes[1]);
	assert_true(file_spool(&job, pipes[0]));
	for (i = 0; i < 2; i++) {
		assert_int_equal(lseek(pipes[0], 0, SEEK_SET), 0);
		assert_int_equal(read(pipes[0], back, sizeof back), 4);
		assert_memory_equal(back, "text", 4);
	}
	close(pipes[0]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replace),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_not_possible),
		cmocka_unit_test(test_early_end),
		cmocka_unit_test(test_hold),
		cmocka_unit_test(test_stdout),
		cmocka_unit_test(test_spool),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
