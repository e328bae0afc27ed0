/*
 * Changing a registry that lasts: a call is one transaction, in which every
 * record given becomes a version; those that say what the registry says already
 * stay out.
 */
#include <stdlib.h>
#include <string.h>

#include "registry/registry_int.h"

#define ATTACHED_MAX ((size_t)64 << 20)

void
registry_drop_same(struct registry *r)
{
	size_t i;

	if (r->same != NULL)
		for (i = 0; i < map_count(r->same); i++)
			free(map_value(r->same, i));
	map_free(r->same);
	r->same = NULL;
}

bool
registry_begin(struct registry *r, struct job *job,
    const struct registry_call *call)
{
	sqlite3_stmt *s;

	if (!registry_do(r, job, "BEGIN IMMEDIATE"))
		return false;
	s = registry_ask(r, STMT_ADD_ENTRY);
	registry_bind(s, 1, call->at);
	registry_bind(s, 2, call->author);
	registry_bind(s, 3, call->command);
	if (registry_run(r, job, s)) {
		r->entry = sqlite3_last_insert_rowid(r->db);
		r->added = (struct registry_added){ 0 };
		registry_drop_same(r);
		r->same = map_new();
		return true;
	}
	registry_undo(r);
	return false;
}

void
registry_undo(struct registry *r)
{
	sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
	r->entry = 0;
}

/* Places in what was added are those of the files given until it is in; from
 * then on they are of the record and its version. */
bool
registry_commit(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_NAME_ADDED);
	bool ok;

	sqlite3_bind_int64(s, 1, r->entry);
	ok = registry_run(r, job, s);
	/* A call that changed nothing leaves no trace. */
	s = registry_ask(r, STMT_DROP_ENTRY);
	sqlite3_bind_int64(s, 1, r->entry);
	ok = ok && registry_run(r, job, s) && registry_do(r, job, "COMMIT");
	if (!ok)
		registry_undo(r);
	r->entry = 0;
	return ok;
}

/* -------------------------------------------------------------- a record */

/* What the registry has under this id now. */
struct held {
	sqlite3_int64 version, entry;
	int rank;
	const char *kind, *file;
	uint8_t sum[32];
};

static bool
look_up(struct registry *r, struct job *job, const char *id, struct held *h)
{
	sqlite3_stmt *s = registry_ask(r, STMT_HELD);

	registry_bind(s, 1, id);
	if (!registry_next(r, job, s))
		return false;
	h->version = sqlite3_column_int64(s, 0);
	h->entry = sqlite3_column_int64(s, 1);
	h->rank = sqlite3_column_int(s, 2);
	h->kind = registry_text(job, s, 3);
	h->file = registry_text(job, s, 4);
	if (sqlite3_column_bytes(s, 5) == sizeof h->sum)
		memcpy(h->sum, sqlite3_column_blob(s, 5), sizeof h->sum);
	sqlite3_reset(s);
	return true;
}

/* A file that a record names, and what is in it. */
struct attached {
	const char *name;
	struct buf bytes;
};

/* A record on its way in. */
struct incoming {
	const struct record *record;
	const struct buf *bytes;	/* as it was given */
	const struct record_field *fields;
	size_t n_fields;
	struct attached *files;
	size_t n_files;
	uint8_t sum[32];		/* of its fields and files */
};

static bool
enter_words(struct registry *r, struct job *job, const struct incoming *in,
    sqlite3_int64 version)
{
	const struct record_field *v = in->fields;
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_WORDS);
	struct buf body = { 0 };
	size_t i;
	bool ok;

	/* A middle dot is no word, and parts the fields where they are shown. */
	for (i = 0; i < in->n_fields; i++)
		/* Of attributes, refs and ids may be looked for; numbers and
		 * marks of the schema are in everything. */
		if (strrchr(v[i].path, '@') == NULL ||
		    str_ends(v[i].path, "@ref") || str_eq(v[i].path, "@id")) {
			str_plain(&body, v[i].value);
			buf_puts(&body, " \u00b7 ");
		}
	sqlite3_bind_int64(s, 1, version);
	registry_bind(s, 2, in->record->id);
	registry_bind(s, 3, buf_str(&body));
	ok = registry_run(r, job, s);
	buf_free(&body);
	return ok;
}

/* Does a link of this element bring a record into dossiers, or keep it out? */
static bool
hangs_by(const struct registry *r, const char *kind, const char *element)
{
	const struct record_bring *b;
	const size_t n = records_brings(r->rs, &b);
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(b[i].kind, kind) && (str_eq(b[i].link, element) ||
			str_eq(b[i].unless, element)))
			return true;
	return false;
}

static bool
has_link(const struct record_link *links, size_t n, const char *element,
    const char *target)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(links[i].element, element) &&
		    str_eq(links[i].id, target))
			return true;
	return false;
}

/* Is the new version brought along by others than the former was?  Then it has
 * left dossiers in which nothing is newer than before. */
static bool
hangs_otherwise(struct registry *r, struct job *job, const struct held *h,
    const struct record *record)
{
	sqlite3_stmt *s = registry_ask(r, STMT_LINKS_OF);
	const struct record_link *links;
	const size_t n = record_links(job, record, &links);
	size_t was = 0, is = 0, i;
	bool lost = false;

	for (i = 0; i < n; i++)
		is += hangs_by(r, record->kind, links[i].element);
	sqlite3_bind_int64(s, 1, h->version);
	while (registry_next(r, job, s)) {
		const char *element = registry_text(job, s, 0);

		if (!hangs_by(r, record->kind, element))
			continue;
		was++;
		lost |= !has_link(links, n, element, registry_text(job, s, 1));
	}
	return lost || was != is;
}

/* The former version is no longer in force. */
static bool
retire(struct registry *r, struct job *job, const struct held *h,
    const struct record *record)
{
	static const enum stmt steps[] = {
		STMT_RETIRE_WORDS, STMT_RETIRE_LINKS, STMT_RETIRE_RECORD
	};
	size_t i;

	if (hangs_otherwise(r, job, h, record) &&
	    !registry_step(r, job, STMT_DROP_PROVEN))
		return false;
	for (i = 0; i < sizeof steps / sizeof *steps; i++) {
		sqlite3_stmt *s = registry_ask(r, steps[i]);

		sqlite3_bind_int64(s, 1, h->version);
		if (!registry_run(r, job, s))
			return false;
	}
	return registry_unmeasure(r, job, h->version);
}

/* The files beside the record; false after reporting those that cannot be
 * read. */
static bool
read_attached(struct registry *r, struct job *job, struct incoming *in)
{
	const struct record *record = in->record;
	const struct record_attachment *a;
	const size_t n = record_attachments(job, r->rs, record, &a);
	const char *slash = strrchr(record->file, '/');
	size_t i;

	in->files = arena_array(job->arena, n, sizeof *in->files);
	for (i = 0; i < n; i++) {
		struct buf path = { 0 };
		struct attached *to = &in->files[in->n_files];

		*to = (struct attached){ .name = a[i].name };
		if (slash != NULL)
			buf_put(&path, record->file,
			    (size_t)(slash + 1 - record->file));
		buf_puts(&path, a[i].name);
		if (file_look(path.p, ATTACHED_MAX, &to->bytes))
			in->n_files++;
		else
			diag_report(job->diag, DIAG_REGISTRY_ATTACHMENT,
			    a[i].where, a[i].name);
		buf_free(&path);
	}
	return in->n_files == n;
}

static bool
enter_seal(struct registry *r, struct job *job, sqlite3_int64 version,
    const char *name, const struct buf *bytes)
{
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_SEAL);

	sqlite3_bind_int64(s, 1, version);
	registry_bind(s, 2, name);
	sqlite3_bind_int64(s, 3,
	    (sqlite3_int64)sum_add(0, buf_str(bytes), bytes->n));
	return registry_run(r, job, s);
}

static bool
enter_attached(struct registry *r, struct job *job, const struct incoming *in,
    sqlite3_int64 version)
{
	const struct attached *v = in->files;
	size_t i;

	for (i = 0; i < in->n_files; i++) {
		sqlite3_stmt *s = registry_ask(r, STMT_ADD_ATTACHMENT);

		sqlite3_bind_int64(s, 1, version);
		registry_bind(s, 2, v[i].name);
		sqlite3_bind_blob64(s, 3, v[i].bytes.p, v[i].bytes.n,
		    SQLITE_STATIC);
		if (!registry_run(r, job, s) ||
		    !enter_seal(r, job, version, v[i].name, &v[i].bytes))
			return false;
	}
	return true;
}

/* A record with another logo is another version. */
static void
sum_all(struct incoming *in)
{
	struct digest *d;
	size_t i;

	record_sum(in->record, in->fields, in->n_fields, in->sum);
	if (in->n_files == 0)
		return;
	d = digest_new();
	digest_add(d, in->sum, sizeof in->sum);
	for (i = 0; i < in->n_files; i++)
		digest_add(d, in->files[i].bytes.p, in->files[i].bytes.n);
	digest_end(d, in->sum);
}

/* Its number, or 0 after reporting. */
static sqlite3_int64
put_version(struct registry *r, struct job *job, const struct incoming *in,
    int rank)
{
	const struct record *record = in->record;
	sqlite3_stmt *s = registry_ask(r, STMT_ADD_VERSION);

	registry_bind(s, 1, record->id);
	sqlite3_bind_int(s, 2, rank);
	registry_bind(s, 3, record->kind);
	sqlite3_bind_int64(s, 4, r->entry);
	registry_bind(s, 5, record->file);
	sqlite3_bind_blob(s, 6, in->sum, sizeof in->sum, SQLITE_STATIC);
	/* See registry_proof(). */
	sqlite3_bind_int64(s, 7, (sqlite3_int64)(records_sum(job, r->rs) -
		(record->proof == RECORD_SILENT)));
	sqlite3_bind_blob64(s, 8, in->bytes->p, in->bytes->n, SQLITE_STATIC);
	return registry_run(r, job, s) ? sqlite3_last_insert_rowid(r->db) : 0;
}

static bool
put_record(struct registry *r, struct job *job, const struct record *record,
    sqlite3_int64 version)
{
	sqlite3_stmt *s = registry_ask(r, STMT_PUT_RECORD);

	sqlite3_bind_int64(s, 1, version);
	registry_bind(s, 2, record->id);
	registry_bind(s, 3, record->kind);
	registry_bind(s, 4, record->file);
	sqlite3_bind_int(s, 5, record->where.line);
	sqlite3_bind_int(s, 6, record->where.col);
	return registry_run(r, job, s);
}

static bool
put_links(struct registry *r, struct job *job, const struct record *record,
    sqlite3_int64 version)
{
	const struct record_link *links;
	const size_t n = record_links(job, record, &links);
	size_t i;

	for (i = 0; i < n; i++)
		if (!registry_enter_link(r, job, record->id, record->kind,
			&links[i], version))
			return false;
	return true;
}

/* As the version of this rank, which comes into force. */
static bool
enter_version(struct registry *r, struct job *job, const struct incoming *in,
    int rank)
{
	const sqlite3_int64 version = put_version(r, job, in, rank);

	return version != 0 && put_record(r, job, in->record, version) &&
	    put_links(r, job, in->record, version) &&
	    enter_seal(r, job, version, "", in->bytes) &&
	    registry_measure(r, job, in->record, version) &&
	    enter_words(r, job, in, version) &&
	    enter_attached(r, job, in, version);
}

/* The registry has a record of this id already: may this be its next version?
 * Not where another file of this call has the id, too: a copy in which it was
 * left as it stood would take the place of the record copied.  False after
 * reporting. */
static bool
may_follow(struct registry *r, struct job *job, const struct held *h,
    const struct record *record)
{
	const char *file = h->entry == r->entry ? h->file
						: map_lookup(r->same, record->id);

	if (file != NULL) {
		diag_report(job->diag, DIAG_STORE_DUPLICATE, record->where,
		    record->id, file);
		return false;
	}
	if (!str_eq(h->kind, record->kind)) {
		diag_report(job->diag, DIAG_REGISTRY_KIND, record->where,
		    record->id, h->kind, record->kind);
		return false;
	}
	return true;
}

/* An old file must not bring back one who was erased. */
static bool
may_come(struct registry *r, struct job *job, const struct record *record)
{
	struct registry_forgotten f;

	if (!registry_was_forgotten(r, job, record->id, &f))
		return true;
	registry_report_forgotten(job, record->where, record->id, &f);
	return false;
}

static bool
enter(struct registry *r, struct job *job, const struct record *record,
    const struct buf *bytes)
{
	struct incoming in = { .record = record, .bytes = bytes };
	struct held h = { 0 };
	const bool known = look_up(r, job, record->id, &h);
	bool ok;

	if (known ? !may_follow(r, job, &h, record)
		  : !may_come(r, job, record))
		return false;
	ok = read_attached(r, job, &in);
	in.n_fields = record_fields(job, record, &in.fields);
	sum_all(&in);
	if (ok && known && memcmp(in.sum, h.sum, sizeof in.sum) == 0) {
		r->added.same++;
		map_put(r->same, record->id, xstrdup(record->file));
	} else if (ok) {
		*(known ? &r->added.changed : &r->added.fresh) += 1;
		ok = (!known || retire(r, job, &h, record)) &&
		    enter_version(r, job, &in, h.rank + 1);
	}
	while (in.n_files > 0)
		buf_free(&in.files[--in.n_files].bytes);
	return ok;
}

bool
registry_add_bytes(struct registry *r, struct job *job, const char *name,
    const struct buf *bytes)
{
	struct record *record = record_load_bytes(job, r->rs, bytes->p,
	    bytes->n, name);
	bool ok;

	if (record == NULL)
		return false;
	ok = enter(r, job, record, bytes);
	record_free(record);
	return ok;
}

/* Whatever is in the arena for a file goes when the file is in. */
static bool
add_file(struct registry *r, struct job *job, const char *path, bool named)
{
	struct job own = { arena_new(), job->diag, job->watch };
	struct buf bytes = { 0 };
	struct record_head head;
	bool ok = true;

	switch (named ? SCAN_RECORD : record_scan(&own, r->rs, path, &head)) {
	case SCAN_RECORD:
		if (!named)
			registry_check_name(job, head.where, head.id, path);
		ok = record_file(job, path, &bytes) &&
		    registry_add_bytes(r, &own, path, &bytes);
		break;
	case SCAN_OTHER_XML:
		record_report_foreign(job, r->rs, path, DIAG_WARNING);
		break;
	default:
		ok = false;
	}
	buf_free(&bytes);
	arena_free(own.arena);
	return ok;
}

bool
registry_add(struct registry *r, struct job *job, const char *const *paths,
    size_t n_paths)
{
	return registry_walk(r, job, paths, n_paths, add_file);
}

const struct registry_added *
registry_counts(const struct registry *r)
{
	return &r->added;
}
