/*
 * From paths to rows: folders are walked in the order of bytes, each file is
 * scanned once, and its id, kind and links are entered.
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
	bool ok;
};

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
	registry_next(r, job, s);
	version = sqlite3_last_insert_rowid(r->db);
	for (i = 0; i < h->n_links; i++) {
		s = registry_ask(r, STMT_ADD_LINK);
		registry_bind(s, 1, h->id);
		registry_bind(s, 2, h->kind);
		registry_bind(s, 3, h->links[i].element);
		registry_bind(s, 4, h->links[i].id);
		sqlite3_bind_int(s, 5, h->links[i].where.line);
		sqlite3_bind_int(s, 6, h->links[i].where.col);
		sqlite3_bind_int64(s, 7, version);
		registry_next(r, job, s);
	}
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
	id = xstrndup(name, strlen(name) - (str_ends(name, ".xml") ? 4 : 0));
	map_put(r->unread, id, r);
	free(id);
}

static void
scan_file(struct walk *w, const char *path, bool named)
{
	struct record_head head;

	if (is_seen(w, path))
		return;
	switch (record_scan(w->job, w->r->rs, path, &head)) {
	case SCAN_RECORD:
		enter(w->r, w->job, &head, !named);
		break;
	case SCAN_OTHER_XML:
		record_report_foreign(w->job, w->r->rs, path,
		    named ? DIAG_ERROR : DIAG_WARNING);
		w->ok &= !named;
		break;
	case SCAN_FAILED:
		note_unread(w->r, path);
		w->ok = false;
		break;
	}
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
			if (depth < DEPTH_MAX)
				walk(w, buf_str(&full), depth + 1);
		} else if (str_ends(names[i], ".xml")) {
			scan_file(w, buf_str(&full), false);
		}
		buf_free(&full);
		free(names[i]);
	}
	free(names);
}

bool
registry_scan(struct registry *r, struct job *job, const char *const *paths,
    size_t n_paths)
{
	struct walk w = { r, job, true };
	size_t i;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	for (i = 0; i < n_paths; i++) {
		struct stat st;

		if (stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode))
			walk(&w, paths[i], 0);
		else
			scan_file(&w, paths[i], true);
	}
	if (sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		registry_report(r, job);
		w.ok = false;
	}
	return w.ok;
}
