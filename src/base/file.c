/*
 * Files that are written whole or not at all, and files read under a limit.
 *
 * An ordinary target gets a temporary file beside it, which takes its name
 * when everything is on the disk.  Where the file system can, it has no name
 * before, so that nothing is left of a process that is killed.  What cannot be renamed over (standard
 * output, a device, a pipe) gets a spool without a name, copied when complete,
 * so that a reader never sees half a document there either.
 *
 * Temporary files must not outlive a program that ends early, so the open
 * ones stand in a list that atexit and the signals that end us walk through:
 * the one piece of state of the process in this file.
 */
#define _GNU_SOURCE /* O_TMPFILE, realpath */

#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_int.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct outfile {
	struct job *job;
	char *path;		/* as the user gave it */
	char *target;		/* path without symbolic links */
	char *temp;		/* its name, or NULL: it has none (yet) */
	bool spool;		/* target_fd gets a copy */
	int fd;			/* of the temporary file or spool */
	int target_fd;		/* -1 unless a spool */
	mode_t mode;		/* of the finished file */
	pid_t pid;		/* who may remove temp */
	int err;		/* the first errno met */
	unsigned char *buffer;
	size_t n;
	struct outfile *next;	/* in open_files */
};

static struct outfile *volatile open_files;

static void
remove_temps(void)
{
	const struct outfile *f;

	for (f = open_files; f != NULL; f = f->next)
		if (f->temp != NULL && f->pid == getpid())
			unlink(f->temp);
}

static void
on_signal(int sig)
{
	remove_temps();
	/* SA_RESETHAND restored the default: this ends the program. */
	raise(sig);
}

void
file_limits_are_errors(void)
{
	struct sigaction act = { .sa_handler = SIG_IGN }, former;

	if (sigaction(SIGXFSZ, NULL, &former) == 0 &&
	    former.sa_handler == SIG_DFL)
		sigaction(SIGXFSZ, &act, NULL);
}

static void
watch_end(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	static bool watched;
	struct sigaction act = { .sa_handler = on_signal }, former;
	size_t i;

	if (watched)
		return;
	watched = true;
	atexit(remove_temps);
	act.sa_flags = SA_RESETHAND;
	sigemptyset(&act.sa_mask);
	for (i = 0; i < sizeof signals / sizeof signals[0]; i++)
		if (sigaction(signals[i], NULL, &former) == 0 &&
		    former.sa_handler == SIG_DFL)
			sigaction(signals[i], &act, NULL);
	file_limits_are_errors();
}

static void
list_remove(struct outfile *f)
{
	struct outfile *p;

	if (open_files == f)
		open_files = f->next;
	for (p = open_files; p != NULL; p = p->next)
		if (p->next == f)
			p->next = f->next;
}

int
fd_write_all(int fd, const void *p, size_t n)
{
	const char *s;
	ssize_t k;

	for (s = p; n > 0; s += k, n -= (size_t)k) {
		k = write(fd, s, n);
		if (k < 0 && errno != EINTR)
			return errno;
		if (k < 0)
			k = 0;
	}
	return 0;
}

static void
free_outfile(struct outfile *f)
{
	list_remove(f);
	if (f->fd >= 0)
		close(f->fd);
	if (f->target_fd >= 0 && f->target_fd != STDOUT_FILENO)
		close(f->target_fd);
	free(f->path);
	free(f->target);
	free(f->temp);
	free(f->buffer);
	free(f);
}

/* A file without a name; -1 with errno set. */
static int
open_spool(void)
{
	const char *folder;
	struct buf name = { 0 };
	int fd;

	folder = getenv("TMPDIR");
	buf_printf(&name, "%s/parcours-XXXXXX",
	    folder != NULL && *folder != '\0' ? folder : "/tmp");
	fd = mkstemp(name.p);
	if (fd >= 0)
		unlink(name.p);
	buf_free(&name);
	return fd;
}

/* "FOLDER/", or "" for this one. */
static void
put_folder(const struct outfile *f, struct buf *out)
{
	const char *slash = strrchr(f->target, '/');

	if (slash != NULL)
		buf_put(out, f->target, (size_t)(slash + 1 - f->target));
}

/* A file without a name that can be given one later; -1 where there is no such
 * thing. */
static int
open_nameless(const struct outfile *f)
{
	struct buf folder = { 0 };
	int fd = -1;

#ifdef O_TMPFILE
	put_folder(f, &folder);
	buf_putc(&folder, '.');
	if (access("/proc/self/fd", X_OK) == 0)
		fd = open(folder.p, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
#endif
	buf_free(&folder);
	return fd;
}

static bool
open_beside(struct outfile *f)
{
	struct buf name = { 0 };

	f->fd = open_nameless(f);
	if (f->fd >= 0)
		return true;
	put_folder(f, &name);
	buf_puts(&name, ".parcours-XXXXXX");
	f->fd = mkstemp(name.p);
	f->temp = buf_take(&name);
	if (f->fd >= 0)
		return true;
	free(f->temp);
	f->temp = NULL;
	return false;
}

/* Gives the file a name beside its target; 0 or an errno. */
static int
name_file(struct outfile *f)
{
	struct buf name = { 0 }, self = { 0 };
	static unsigned count;
	int err = EEXIST;

	buf_printf(&self, "/proc/self/fd/%d", f->fd);
	while (err == EEXIST) {
		buf_clear(&name);
		put_folder(f, &name);
		buf_printf(&name, ".parcours-%d-%u", (int)getpid(), count++);
		err = linkat(AT_FDCWD, self.p, AT_FDCWD, name.p,
		    AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
	}
	if (err == 0)
		f->temp = buf_take(&name);
	buf_free(&name);
	buf_free(&self);
	return err;
}

/* Opens what will be written to; false with errno set. */
static bool
open_target(struct outfile *f)
{
	struct stat st;
	mode_t mask;

	if (strcmp(f->path, "-") == 0) {
		f->spool = true;
		f->target_fd = STDOUT_FILENO;
		f->fd = open_spool();
		return f->fd >= 0;
	}
	if (stat(f->path, &st) != 0) {
		if (errno != ENOENT)
			return false;
		mask = umask(0);
		umask(mask);
		f->mode = 0644 & ~mask;
		f->target = xstrdup(f->path);
		return open_beside(f);
	}
	if (S_ISREG(st.st_mode)) {
		/* The rename would succeed on a file that is marked
		 * read-only; the mark is there to be respected. */
		if (access(f->path, W_OK) != 0)
			return false;
		f->mode = st.st_mode & 07777;
		f->target = realpath(f->path, NULL);
		return f->target != NULL && open_beside(f);
	}
	f->spool = true;
	f->target_fd = open(f->path, O_WRONLY | O_NOCTTY);
	if (f->target_fd >= 0)
		f->fd = open_spool();
	return f->fd >= 0;
}

struct outfile *
outfile_open(struct job *job, const char *path)
{
	struct outfile *f;

	watch_end();
	f = xcalloc(1, sizeof *f);
	f->job = job;
	f->path = xstrdup(path);
	f->fd = f->target_fd = -1;
	f->pid = getpid();
	if (!open_target(f)) {
		diag_report(job->diag, DIAG_FILE_CREATE, where_file(path),
		    message_reason(diag_lang(job->diag), errno));
		free_outfile(f);
		return NULL;
	}
	f->buffer = xmalloc(BUFFER_SIZE);
	f->next = open_files;
	open_files = f;
	return f;
}

static void
flush(struct outfile *f)
{
	if (f->err == 0)
		f->err = fd_write_all(f->fd, f->buffer, f->n);
	f->n = 0;
}

void
outfile_write(struct outfile *f, const void *p, size_t n)
{
	if (n > BUFFER_SIZE - f->n)
		flush(f);
	if (n > BUFFER_SIZE) {
		if (f->err == 0)
			f->err = fd_write_all(f->fd, p, n);
		return;
	}
	if (n != 0)
		memcpy(f->buffer + f->n, p, n);
	f->n += n;
}

void
outfile_restart(struct outfile *f)
{
	f->n = 0;
	f->err = 0;
	if (ftruncate(f->fd, 0) != 0 || lseek(f->fd, 0, SEEK_SET) != 0)
		f->err = errno;
}

/* Copies what is left to read; 0 or an errno. */
static int
copy(int from, int to, unsigned char *buffer)
{
	ssize_t k;
	int err;

	while ((k = read(from, buffer, BUFFER_SIZE)) != 0) {
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return errno;
		err = fd_write_all(to, buffer, (size_t)k);
		if (err != 0)
			return err;
	}
	return 0;
}

/* Copies the spool to its target. */
static int
copy_spool(struct outfile *f)
{
	int err;

	if (lseek(f->fd, 0, SEEK_SET) != 0)
		return errno;
	err = copy(f->fd, f->target_fd, f->buffer);
	if (err != 0)
		return err;
	if (f->target_fd == STDOUT_FILENO)
		return 0;
	err = close(f->target_fd) != 0 ? errno : 0;
	f->target_fd = -1;
	return err;
}

/* Puts the name of the finished file on the disk; a file system that cannot
 * do that has still done the rename. */
static void
sync_folder(const char *path)
{
	char *folder, *slash;
	int fd;

	folder = xstrdup(path);
	slash = strrchr(folder, '/');
	if (slash != NULL)
		slash[slash == folder] = '\0';
	fd = open(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	free(folder);
}

/* Puts the bytes of a file on the disk; 0 or an errno. */
static int
sync_file(const char *path)
{
	const int fd = open(path, O_RDONLY);
	const int err = fd < 0 || fsync(fd) != 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return err;
}

int
file_replace(const char *from, const char *to)
{
	int err = sync_file(from);

	if (err == 0 && rename(from, to) != 0)
		err = errno;
	if (err == 0)
		sync_folder(to);
	return err;
}

/* Where a path leads, should it be a link; free(). */
static char *
led_to(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL ? real : xstrdup(path);
}

int
file_swap(const char *from, const char *to, bool *can_undo)
{
	char *target = led_to(to);
	int err = sync_file(from);

	*can_undo = true;
	if (err == 0 && renameat2(AT_FDCWD, from, AT_FDCWD, target,
		RENAME_EXCHANGE) != 0) {
		/* Not every file system can do that. */
		*can_undo = errno == ENOENT;
		if (rename(from, target) != 0)
			err = errno;
	}
	if (err == 0)
		sync_folder(target);
	free(target);
	return err;
}

void
file_put_back(const char *from, const char *to)
{
	char *target = led_to(to);

	if (access(from, F_OK) == 0)
		rename(from, target);
	else
		unlink(target);
	free(target);
}

/* Puts the complete file on the disk, under a name beside its target. */
static int
settle(struct outfile *f)
{
	int err;

	if (fchmod(f->fd, f->mode) != 0 || fsync(f->fd) != 0)
		return errno;
	err = f->temp == NULL ? name_file(f) : 0;
	if (close(f->fd) != 0 && err == 0)
		err = errno;
	f->fd = -1;
	return err;
}

/* Gives the complete file its name. */
static int
rename_temp(struct outfile *f)
{
	const int err = settle(f);

	if (err != 0)
		return err;
	if (rename(f->temp, f->target) != 0)
		return errno;
	free(f->temp);
	f->temp = NULL;
	sync_folder(f->target);
	return 0;
}

bool
outfile_digest(struct outfile *f, uint8_t sum[32])
{
	unsigned char *piece = xmalloc(BUFFER_SIZE);
	struct digest *d = digest_new();
	off_t at = 0;
	ssize_t k = 0;

	flush(f);
	while (f->err == 0 &&
	    (k = pread(f->fd, piece, BUFFER_SIZE, at)) != 0) {
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			f->err = errno;
			break;
		}
		digest_add(d, piece, (size_t)k);
		at += k;
	}
	digest_end(d, sum);
	free(piece);
	return f->err == 0;
}

static void
report_write(const struct outfile *f)
{
	diag_report(f->job->diag, DIAG_FILE_WRITE, where_file(f->path),
	    message_reason(diag_lang(f->job->diag), f->err));
}

bool
outfile_commit(struct outfile *f)
{
	bool done;

	flush(f);
	if (f->err == 0)
		f->err = f->spool ? copy_spool(f) : rename_temp(f);
	done = f->err == 0;
	if (!done)
		report_write(f);
	outfile_abort(f);
	return done;
}

const char *
outfile_hold(struct outfile *f)
{
	flush(f);
	if (f->err == 0)
		f->err = f->spool ? EINVAL : settle(f);
	if (f->err != 0) {
		report_write(f);
		outfile_abort(f);
		return NULL;
	}
	/* It stays in the list of what this process must not leave behind. */
	free(f->buffer);
	f->buffer = NULL;
	return f->temp;
}

bool
outfile_is_ordinary(const struct outfile *f)
{
	return !f->spool;
}

void
outfile_drop_held(void)
{
	remove_temps();
}

void
outfile_abort(struct outfile *f)
{
	if (f == NULL)
		return;
	if (f->temp != NULL)
		unlink(f->temp);
	free_outfile(f);
}

bool
file_spool(struct job *job, int fd)
{
	unsigned char *buffer;
	int spool, err;

	if (lseek(fd, 0, SEEK_CUR) >= 0)
		return true;
	spool = open_spool();
	err = spool < 0 ? errno : 0;
	if (err == 0) {
		buffer = xmalloc(BUFFER_SIZE);
		err = copy(fd, spool, buffer);
		free(buffer);
	}
	if (err == 0 &&
	    (lseek(spool, 0, SEEK_SET) != 0 || dup2(spool, fd) < 0))
		err = errno;
	if (spool >= 0)
		close(spool);
	if (err != 0)
		diag_report(job->diag, DIAG_FILE_OPEN, where_file("-"),
		    message_reason(diag_lang(job->diag), err));
	return err == 0;
}

/* Opens a regular file for reading; -1 with errno set.  Without O_NONBLOCK a
 * pipe would keep us waiting before we could see that it is one. */
static int
open_regular(const char *path)
{
	struct stat st;
	int fd, err;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -1;
	err = 0;
	if (fstat(fd, &st) != 0)
		err = errno;
	else if (S_ISDIR(st.st_mode))
		err = EISDIR;
	else if (!S_ISREG(st.st_mode))
		err = EINVAL;
	if (err == 0)
		return fd;
	close(fd);
	errno = err;
	return -1;
}

/* Appends the file to out; 0, an errno, or -1 if it holds more than max. */
static int
read_all(int fd, size_t max, struct buf *out)
{
	size_t start;
	ssize_t k;

	start = out->n;
	for (;;) {
		VEC_RESERVE(out->p, out->cap, out->n + BUFFER_SIZE + 1);
		k = read(fd, out->p + out->n, out->cap - out->n - 1);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return errno;
		out->n += (size_t)k;
		out->p[out->n] = '\0';
		if (k == 0)
			return 0;
		if (out->n - start > max)
			return -1;
	}
}

static int
read_file(const char *path, size_t max, struct buf *out)
{
	int fd, err;

	fd = open_regular(path);
	err = fd < 0 ? errno : read_all(fd, max, out);
	if (fd >= 0)
		close(fd);
	return err;
}

bool
file_look(const char *path, size_t max, struct buf *out)
{
	return read_file(path, max, out) == 0;
}

bool
file_read(struct job *job, const char *path, size_t max, struct buf *out)
{
	struct buf limit = { 0 };
	int err;

	err = read_file(path, max, out);
	if (err > 0)
		diag_report(job->diag, DIAG_FILE_OPEN, where_file(path),
		    message_reason(diag_lang(job->diag), err));
	if (err < 0) {
		buf_num(&limit, (double)max / 1e6, /*decimals*/ 1);
		if (diag_lang(job->diag) == LANG_FR &&
		    strchr(buf_str(&limit), '.') != NULL)
			*strchr(limit.p, '.') = ',';
		diag_report(job->diag, DIAG_FILE_TOO_LARGE, where_file(path),
		    buf_str(&limit));
		buf_free(&limit);
	}
	return err == 0;
}
