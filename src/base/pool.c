/*
 * Processes that share out work.  One who asks (here) and those who answer, each
 * at the other end of a pair of sockets: a number there, an answer back with its
 * length before it.  Nothing else is shared, so that whoever dies takes nothing
 * along.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "base/base_int.h"

#define PROCESSES_MAX 256

struct process {
	pid_t pid;	/* 0: there is none */
	int fd;
	size_t piece;	/* it is at; n: at none */
};

/* What became of a piece. */
struct answer {
	bool known, died;
	struct buf text;
};

struct sharing {
	const struct pool *pool;
	struct job *job;
	struct process *processes;
	struct answer *answers;
	size_t given, taken;
	bool stopped;		/* take() wants no more */
};

/* All of it or nothing: the other end has died, or was killed midway. */
static bool
read_all(int fd, void *p, size_t n)
{
	char *at = p;
	ssize_t k;

	for (; n > 0; at += k, n -= (size_t)k) {
		k = read(fd, at, n);
		if (k == 0 || (k < 0 && errno != EINTR))
			return false;
		if (k < 0)
			k = 0;
	}
	return true;
}

/* ------------------------------------------------------------------ there */

static _Noreturn void
serve(const struct sharing *s, int fd)
{
	const struct pool *p = s->pool;
	struct buf answer = { 0 };
	size_t i;

	while (read_all(fd, &i, sizeof i)) {
		buf_clear(&answer);
		p->work(p->ctx, i, &answer);
		if (fd_write_all(fd, &answer.n, sizeof answer.n) != 0 ||
		    fd_write_all(fd, answer.p, answer.n) != 0)
			break;
	}
	if (p->leave != NULL)
		p->leave(p->ctx);
	/* What atexit() would do is for the one who asked. */
	_exit(0);
}

/* ------------------------------------------------------------------- here */

static void
close_others(const struct sharing *s)
{
	int i;

	for (i = 0; i < s->pool->processes && i < PROCESSES_MAX; i++)
		if (s->processes[i].pid != 0)
			close(s->processes[i].fd);
}

/* False with errno set. */
static bool
begin(struct sharing *s, struct process *p)
{
	int ends[2], err;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return false;
	if (s->pool->before != NULL)
		s->pool->before(s->pool->ctx);
	fflush(NULL);
	p->pid = fork();
	if (p->pid == 0) {
		/* An end that another held would outlive the one who asks. */
		close_others(s);
		close(ends[0]);
		serve(s, ends[1]);
	}
	err = errno;
	close(ends[1]);
	p->fd = ends[0];
	p->piece = s->pool->n;
	if (p->pid > 0)
		return true;
	close(ends[0]);
	p->pid = 0;
	errno = err;
	return false;
}

static void
end(struct process *p)
{
	if (p->pid == 0)
		return;
	close(p->fd);
	while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
		;
	p->pid = 0;
}

/* The next piece for a process that is free, which is begun if need be.  False
 * with errno set if there is none and cannot be. */
static bool
give(struct sharing *s, struct process *p)
{
	if (s->stopped || s->given == s->pool->n)
		return true;
	if (p->pid == 0 && !begin(s, p))
		return false;
	p->piece = s->given++;
	/* A process that died is found by what it does not answer. */
	fd_write_all(p->fd, &p->piece, sizeof p->piece);
	return true;
}

static void
receive(struct sharing *s, struct process *p)
{
	struct answer *a = &s->answers[p->piece];
	size_t n;

	a->known = true;
	if (read_all(p->fd, &n, sizeof n)) {
		VEC_RESERVE(a->text.p, a->text.cap, n + 1);
		a->text.n = n;
		a->text.p[n] = '\0';
		a->died = !read_all(p->fd, a->text.p, n);
	} else {
		a->died = true;
	}
	p->piece = s->pool->n;
	if (a->died)
		end(p);
}

/* In their order; none before those that come first. */
static void
take(struct sharing *s)
{
	while (s->taken < s->given && s->answers[s->taken].known) {
		struct answer *a = &s->answers[s->taken];

		if (!s->stopped && !s->pool->take(s->pool->ctx, s->taken,
			a->died ? NULL : &a->text))
			s->stopped = true;
		s->taken++;
		buf_free(&a->text);
	}
}

/* Waits for an answer; false if none is to come. */
static bool
listen_once(struct sharing *s, int n)
{
	struct pollfd fds[PROCESSES_MAX];
	int i, waiting = 0;

	for (i = 0; i < n; i++) {
		const struct process *p = &s->processes[i];
		const bool busy = p->pid != 0 && p->piece < s->pool->n;

		fds[i] = (struct pollfd){ busy ? p->fd : -1, POLLIN, 0 };
		waiting += busy;
	}
	if (waiting == 0)
		return false;
	if (poll(fds, (nfds_t)n, -1) < 0)
		return true;
	for (i = 0; i < n; i++)
		if (fds[i].revents != 0)
			receive(s, &s->processes[i]);
	return true;
}

bool
pool_run(struct job *job, const struct pool *pool)
{
	struct sharing s = { .pool = pool, .job = job };
	const int n = pool->processes < 1 ? 1
	    : pool->processes > PROCESSES_MAX ? PROCESSES_MAX : pool->processes;
	struct sigaction ignore = { .sa_handler = SIG_IGN }, former;
	int i, err = 0;

	s.processes = xcalloc((size_t)n, sizeof *s.processes);
	s.answers = xcalloc(pool->n + 1, sizeof *s.answers);
	sigaction(SIGPIPE, &ignore, &former);
	do {
		for (i = 0; i < n; i++) {
			struct process *p = &s.processes[i];

			if ((p->pid == 0 || p->piece == pool->n) &&
			    !give(&s, p))
				err = errno;
		}
		take(&s);
	} while (listen_once(&s, n));
	for (i = 0; i < n; i++)
		end(&s.processes[i]);
	sigaction(SIGPIPE, &former, NULL);
	/* Fewer processes than asked for do as well, but not none. */
	if (s.given < pool->n && !s.stopped)
		diag_report(job->diag, DIAG_POOL_NONE, where_none(),
		    message_reason(diag_lang(job->diag), err));
	else
		err = 0;
	free(s.processes);
	free(s.answers);
	return err == 0;
}
