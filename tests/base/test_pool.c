/* Processes that share out work: what is answered, in which order, and what
 * becomes of those who die. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

#define PIECES 40

static struct job job;

struct sharing {
	struct buf taken;	/* what was taken, in its order */
	int fd;			/* told of by those who leave, or -1 */
	int deaths;
	size_t dies, stops;	/* at which piece; PIECES: never */
	int begun;
};

static void
before(void *ctx)
{
	((struct sharing *)ctx)->begun++;
}

/* The first pieces take longest, so that answers come out of order; and they are
 * of many lengths, the longest more than a socket holds. */
static void
work(void *ctx, size_t i, struct buf *answer)
{
	const struct sharing *s = ctx;
	size_t k;

	if (i == s->dies)
		raise(SIGKILL);
	if (i % 7 == 0)
		nanosleep(&(struct timespec){ 0, 3000000 }, NULL);
	for (k = 0; k < (i == 5 ? 300000 : i); k++)
		buf_putc(answer, 'a' + (int)(i % 26));
}

static void
leave(void *ctx)
{
	const struct sharing *s = ctx;

	if (s->fd >= 0 && write(s->fd, "", 1) != 1)
		_exit(1);
}

static bool
take(void *ctx, size_t i, const struct buf *answer)
{
	struct sharing *s = ctx;
	const size_t n = i == 5 ? 300000 : i;
	size_t k;

	if (answer == NULL) {
		s->deaths++;
		buf_printf(&s->taken, "%zu? ", i);
		return true;
	}
	assert_int_equal(answer->n, n);
	for (k = 0; k < n; k++)
		if (answer->p[k] != 'a' + (int)(i % 26))
			fail_msg("piece %zu is not its own", i);
	buf_printf(&s->taken, "%zu ", i);
	return i != s->stops;
}

/* Everything up to `last`, `died` with a question mark. */
static void
assert_taken(const struct sharing *s, size_t last, size_t died)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i <= last; i++)
		buf_printf(&b, "%zu%s ", i, i == died ? "?" : "");
	assert_string_equal(s->taken.p, b.p);
	buf_free(&b);
}

static struct sharing
share(int processes, size_t dies, size_t stops)
{
	struct sharing s = { .fd = -1, .dies = dies, .stops = stops };

	assert_true(pool_run(&job, &(struct pool){ .n = PIECES,
		.processes = processes, .ctx = &s, .before = before,
		.work = work, .leave = leave, .take = take }));
	/* Nobody is left. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return s;
}

static void
test_order(void **unused)
{
	static const int processes[] = { -1, 1, 2, 3, PIECES + 2 };
	size_t i;

	(void)unused;
	for (i = 0; i < sizeof processes / sizeof *processes; i++) {
		struct sharing s = share(processes[i], PIECES, PIECES);

		assert_taken(&s, PIECES - 1, PIECES);
		assert_in_range(s.begun, 1, PIECES);
		buf_free(&s.taken);
	}
}

static void
test_nothing(void **unused)
{
	(void)unused;
	assert_true(pool_run(&job, &(struct pool){ .processes = 2 }));
}

/* One piece is lost, and another process goes on. */
static void
test_death(void **unused)
{
	int processes;

	(void)unused;
	for (processes = 1; processes <= 3; processes++) {
		struct sharing s = share(processes, 9, PIECES);

		assert_int_equal(s.deaths, 1);
		assert_taken(&s, PIECES - 1, 9);
		buf_free(&s.taken);
	}
}

static void
test_stop(void **unused)
{
	struct sharing s = share(3, PIECES, 6);

	(void)unused;
	assert_taken(&s, 6, PIECES);
	buf_free(&s.taken);
}

static bool
die(void *ctx, size_t i, const struct buf *answer)
{
	(void)ctx;
	(void)answer;
	if (i == 2)
		raise(SIGKILL);
	return true;
}

/* When the one who asks dies, the others see to what they hold and go. */
static void
test_orphans(void **unused)
{
	int fds[2], n = 0;
	char told[8];
	ssize_t k;
	pid_t pid;

	(void)unused;
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		struct sharing s = { .fd = fds[1], .dies = PIECES };

		close(fds[0]);
		pool_run(&job, &(struct pool){ .n = PIECES, .processes = 3,
			.ctx = &s, .work = work, .leave = leave,
			.take = die });
		_exit(0);
	}
	close(fds[1]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	while ((k = read(fds[0], told, sizeof told)) > 0)
		n += (int)k;
	close(fds[0]);
	assert_int_equal(n, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_death),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_orphans),
	};
	int failed;

	job.arena = arena_new();
	job.diag = diag_new(LANG_EN, DIAG_TEXT);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	diag_free(job.diag);
	arena_free(job.arena);
	return failed;
}
