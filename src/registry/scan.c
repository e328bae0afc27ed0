/*
 * From paths to rows: folders are walked in the order of bytes, each file is
 * visited once; scanning one enters its id, kind and links.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "registry/registry_int.h"

#define DEPTH_MAX 32 /* folders within folders */

struct walk {
	struct registry *r;
	struct job *job;
	visit_fn *visit;
	bool ok;
};

bool
registry_enter_link(struct registry *r, struct job *job, const char *id,
    const char *kind, const struct record_link *l, sqlite3_int64 version)
{
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_LINK);

	registry_bind(s, 1, id);
	registry_bind(s, 2, kind);
	registry_bind(s, 3, l->element);
	registry_bind(s, 4, l->id);
	sqlite3_bind_int(s, 5, l->where.line);
	sqlite3_bind_int(s, 6, l->where.col);
	sqlite3_bind_int64(s, 7, version);
	return registry_run(r, job, s);
}

static void
enter(struct registry *r, struct job *job, const struct record_head *h,
    bool walked)
{
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_RECORD);
	sqlite3_int64 version;
	size_t i;

	registry_bind(s, 1, h->id);
	registry_bind(s, 2, h->kind);
	registry_bind(s, 3, h->file);
	sqlite3_bind_int(s, 4, h->where.line);
	sqlite3_bind_int(s, 5, h->where.col);
	sqlite3_bind_int(s, 6, walked);
	registry_run(r, job, s);
	version = sqlite3_last_insert_rowid(r->db);
	for (i = 0; i < h->n_links; i++)
		registry_enter_link(r, job, h->id, h->kind, &h->links[i],
		    version);
}

/* A folder and a file of it may both be named; a file is read once. */
static bool
is_seen(struct walk *w, const char *path)
{
	struct stat st;
	struct {
		dev_t dev;
		ino_t ino;
	} key;

	if (stat(path, &st) != 0)
		return false;
	memset(&key, 0, sizeof key);
	key.dev = st.st_dev;
	key.ino = st.st_ino;
	return map_put_bytes(w->r->seen, &key, sizeof key, w) != NULL;
}

/* A record bears the name of its file (R2). */
static void
note_unread(struct registry *r, const char *path)
{
	const char *name = strrchr(path, '/');
	char *id;

	name = name != NULL ? name + 1 : path;
	id = xstrndup(name, strlen(name) - (str_has_ending(name, ".xml") ? 4 : 0));
	map_put(r->unread, id, r);
	free(id);
}

static bool
scan_file(struct registry *r, struct job *job, const char *path, bool named)
{
	struct record_head head;

	switch (record_scan(job, r->rs, path, &head)) {
	case SCAN_RECORD:
		enter(r, job, &head, !named);
		return true;
	case SCAN_OTHER_XML:
		record_report_foreign(job, r->rs, path,
		    named ? DIAG_ERROR : DIAG_WARNING);
		return !named;
	default:
		note_unread(r, path);
		return false;
	}
}

static void
visit(struct walk *w, const char *path, bool named)
{
	if (!is_seen(w, path))
		w->ok &= w->visit(w->r, w->job, path, named);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder that are to be looked at, sorted. */
static size_t
read_folder(struct walk *w, const char *path, char ***names)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	size_t n = 0, cap = 0;

	*names = NULL;
	if (dir == NULL) {
		diag_report(w->job->diag, DIAG_FILE_OPEN, where_file(path),
		    message_reason(diag_lang(w->job->diag), errno));
		w->r->blind = true;
		w->ok = false;
		return 0;
	}
	while ((e = readdir(dir)) != NULL)
		if (e->d_name[0] != '.') {
			VEC_RESERVE(*names, cap, n + 1);
			(*names)[n++] = xstrdup(e->d_name);
		}
	closedir(dir);
	if (n > 0)
		qsort(*names, n, sizeof **names, by_bytes);
	return n;
}

/* A folder id@version holds what was handed over: former versions, which would
 * come into force again. */
static bool
is_handed_over(const char *name)
{
	const char *at = strrchr(name, '@');

	return at != NULL && at[1] != '\0' &&
	    at[1 + strspn(at + 1, "0123456789")] == '\0';
}

static void
walk(struct walk *w, const char *path, int depth)
{
	char **names;
	const size_t n = read_folder(w, path, &names);
	size_t i;

	for (i = 0; i < n; i++) {
		struct buf full = { 0 };
		struct stat st;

		buf_printf(&full, "%s%s%s", path,
		    str_ends(path, "/") ? "" : "/", names[i]);
		/* Links to folders are not followed: they can make a ring. */
		if (lstat(buf_str(&full), &st) == 0 && S_ISDIR(st.st_mode)) {
			if (depth < DEPTH_MAX && !is_handed_over(names[i]))
				walk(w, buf_str(&full), depth + 1);
		} else if (str_has_ending(names[i], ".xml")) {
			visit(w, buf_str(&full), false);
		}
		buf_free(&full);
		free(names[i]);
	}
	free(names);
}

bool
registry_walk(struct registry *r, struct job *job, const char *const *paths,
    size_t n_paths, visit_fn *fn)
{
	struct walk w = { r, job, fn, true };
	size_t i;

	for (i = 0; i < n_paths; i++) {
		struct stat st;

		if (stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode))
			walk(&w, paths[i], 0);
		else
			visit(&w, paths[i], true);
	}
	return w.ok;
}

bool
registry_scan(struct registry *r, struct job *job, const char *const *paths,
    size_t n_paths)
{
	bool ok;

	registry_do(r, job, "BEGIN");
	ok = registry_walk(r, job, paths, n_paths, scan_file);
	return registry_do(r, job, "COMMIT") && ok;
}
