/*
 * Measures: what of the records is reckoned with, in tables of its own, and
 * the views over them.  Which, is data (schemas/measures.xml, schemas/views.sql);
 * all here is derived from the records in force and can be made anew.
 *
 * A registry that lasts keeps the sum of what its tables were made by: when the
 * data folder says something else, they are dropped and filled again.  One in
 * memory fills them when they are first asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "registry/registry_int.h"
#include "xml/xml.h"

#define VIEWS_MAX ((size_t)1 << 20)

enum type { TYPE_TEXT, TYPE_INTEGER, TYPE_REAL };

struct column {
	const char *name;
	enum type type;
	struct xml_path *path;	/* from a row */
};

struct measure {
	const char *name;	/* of the table */
	const char *kind;	/* of the records that fill it; NULL: */
	const char *file;	/* of the data folder that does */
	const char *key;	/* column that tells the rows of a record apart,
				 * or NULL */
	struct xml_path *each;	/* its rows in a record, from the root */
	struct column *columns;
	size_t n;
	sqlite3_stmt *insert, *remove; /* NULL until first needed */
};

struct measures {
	struct arena *arena;
	xmlDoc *doc;
	struct buf views;	/* schemas/views.sql */
	struct measure *v;
	size_t n;
	struct map *kinds;	/* that fill a table */
	int64_t sum;		/* of all that the tables are made by */
	bool ready;
};

/* ------------------------------------------------------------ definition */

static const char *
in_data(struct registry *r, struct job *job, const char *name)
{
	struct buf path = { 0 };
	const char *s;

	buf_printf(&path, "%s/%s", records_data(r->rs), name);
	s = arena_strdup(job->arena, path.p);
	buf_free(&path);
	return s;
}

static bool
read_column(struct job *job, const xmlNode *n, struct column *c)
{
	const char *type = xml_attr(job, n, "type");

	c->name = xml_attr(job, n, "name");
	c->type = str_eq(type, "integer") ? TYPE_INTEGER
	    : str_eq(type, "real")	  ? TYPE_REAL
					  : TYPE_TEXT;
	c->path = xml_path_compile(job, n, xml_attr(job, n, "select"));
	return c->path != NULL;
}

static bool
read_table(struct job *job, const xmlNode *table, struct measure *m)
{
	const xmlNode *n;
	size_t cap = 0;

	m->name = xml_attr(job, table, "name");
	m->kind = xml_attr(job, table, "kind");
	m->file = xml_attr(job, table, "file");
	m->key = xml_attr(job, table, "key");
	m->each = xml_path_compile(job, table, xml_attr(job, table, "each"));
	if (m->each == NULL)
		return false;
	for (n = xml_child(table, "column"); n != NULL;
	    n = xml_next(n, "column")) {
		m->columns = arena_grow(job->arena, m->columns, &cap,
		    m->n + 1, sizeof *m->columns);
		if (!read_column(job, n, &m->columns[m->n++]))
			return false;
	}
	return true;
}

static bool
sum_file(struct registry *r, struct job *job, const char *name,
    uint64_t *sum)
{
	struct buf bytes = { 0 };
	const bool ok = file_read(job, in_data(r, job, name), VIEWS_MAX,
	    &bytes);

	*sum = sum_add(*sum, bytes.p, bytes.n);
	buf_free(&bytes);
	return ok;
}

static bool
read_definition(struct registry *r, struct job *job, struct measures *ms)
{
	uint64_t sum = 0;
	const xmlNode *n;
	size_t cap = 0, i;
	bool ok;

	ms->doc = xml_parse_file(job, records_xml(r->rs),
	    in_data(r, job, "schemas/measures.xml"), &xml_limits_data);
	ok = ms->doc != NULL && file_read(job,
	    in_data(r, job, "schemas/views.sql"), VIEWS_MAX, &ms->views) &&
	    sum_file(r, job, "schemas/measures.xml", &sum);
	sum = sum_add(sum, ms->views.p, ms->views.n);
	for (n = ok ? xml_child(xmlDocGetRootElement(ms->doc), "table") : NULL;
	    ok && n != NULL; n = xml_next(n, "table")) {
		ms->v = arena_grow(ms->arena, ms->v, &cap, ms->n + 1,
		    sizeof *ms->v);
		ok = read_table(job, n, &ms->v[ms->n++]);
	}
	for (i = 0; ok && i < ms->n; i++)
		if (ms->v[i].file != NULL)
			ok = sum_file(r, job, ms->v[i].file, &sum);
		else
			map_put(ms->kinds, ms->v[i].kind, ms);
	ms->sum = (int64_t)sum;
	return ok;
}

/* NULL after reporting. */
static struct measures *
definition(struct registry *r, struct job *job)
{
	struct measures *ms;
	struct job own;

	if (r->measures != NULL)
		return r->measures;
	ms = r->measures = xcalloc(1, sizeof *ms);
	ms->arena = arena_new();
	ms->kinds = map_new();
	own = (struct job){ ms->arena, job->diag, job->watch };
	if (read_definition(r, &own, ms))
		return ms;
	registry_measures_free(r);
	return NULL;
}

void
registry_measures_free(struct registry *r)
{
	struct measures *ms = r->measures;
	size_t i, k;

	if (ms == NULL)
		return;
	for (i = 0; i < ms->n; i++) {
		for (k = 0; k < ms->v[i].n; k++)
			xml_path_free(ms->v[i].columns[k].path);
		xml_path_free(ms->v[i].each);
		sqlite3_finalize(ms->v[i].insert);
		sqlite3_finalize(ms->v[i].remove);
	}
	xmlFreeDoc(ms->doc);
	buf_free(&ms->views);
	map_free(ms->kinds);
	arena_free(ms->arena);
	free(ms);
	r->measures = NULL;
}

/* ------------------------------------------------------------ the tables */

/* What SQL of the data folder may do while it is compiled. */
static int
authorise(void *lease, int action, const char *a, const char *b,
    const char *db, const char *trigger)
{
	const bool making = *(enum registry_lease *)lease == REGISTRY_MAKING;

	(void)b;
	(void)db;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_CREATE_VIEW:
		return making ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
		/* As a view is made of it. */
		return making && str_starts(a, "sqlite_") ? SQLITE_OK
							  : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

sqlite3_stmt *
registry_prepare_data(struct registry *r, struct job *job, const char *sql,
    enum registry_lease lease, const char **rest)
{
	sqlite3_stmt *s = NULL;
	int rc;

	sqlite3_set_authorizer(r->db, authorise, &lease);
	rc = sqlite3_prepare_v2(r->db, sql, -1, &s, rest);
	sqlite3_set_authorizer(r->db, NULL, NULL);
	if (rc == SQLITE_OK)
		return s;
	diag_report(job->diag, DIAG_REGISTRY_VIEW, where_file(r->path),
	    sqlite3_errmsg(r->db));
	return NULL;
}

static bool
make_views(struct registry *r, struct job *job, const char *sql)
{
	const size_t errors = diag_count(job->diag, DIAG_ERROR);
	sqlite3_stmt *s;
	bool ok = true;

	while (ok && (s = registry_prepare_data(r, job, sql, REGISTRY_MAKING,
		&sql)) != NULL) {
		ok = registry_run(r, job, s);
		sqlite3_finalize(s);
	}
	return ok && diag_count(job->diag, DIAG_ERROR) == errors;
}

/* With a key the table is its own index, and of the record says only which
 * version it is. */
static void
put_table(struct buf *sql, const struct measure *m)
{
	static const char *const types[] = {
		[TYPE_TEXT] = "TEXT",
		[TYPE_INTEGER] = "INTEGER",
		[TYPE_REAL] = "REAL",
	};
	size_t i;

	buf_printf(sql, "CREATE TABLE \"m_%s\"(version INTEGER%s", m->name,
	    m->key != NULL ? "" : ", id TEXT");
	for (i = 0; i < m->n; i++)
		buf_printf(sql, ", \"%s\" %s", m->columns[i].name,
		    types[m->columns[i].type]);
	if (m->key != NULL)
		buf_printf(sql, ", PRIMARY KEY(version, \"%s\"))"
		    " WITHOUT ROWID;", m->key);
	else
		buf_printf(sql, "); CREATE INDEX \"m_%s_version\" ON"
		    " \"m_%s\"(version);", m->name, m->name);
}

static bool
make_table(struct registry *r, struct job *job, const xmlNode *table,
    const struct measure *m)
{
	struct buf sql = { 0 };
	const xmlNode *n;
	size_t i;
	bool ok;

	put_table(&sql, m);
	for (n = xml_child(table, "index"), i = 0; n != NULL;
	    n = xml_next(n, "index"), i++)
		buf_printf(&sql, "CREATE INDEX \"m_%s_%zu\" ON \"m_%s\"(%s);",
		    m->name, i, m->name, xml_attr(job, n, "on"));
	ok = registry_do(r, job, sql.p);
	buf_free(&sql);
	return ok;
}

/* Views and tables of measures that were made by another definition. */
static bool
drop_all(struct registry *r, struct job *job)
{
	sqlite3_stmt *s = registry_ask(r, STMT_DERIVED);
	struct buf sql = { 0 };
	bool ok;

	while (registry_next(r, job, s))
		buf_printf(&sql, "DROP %s \"%s\";", registry_text(job, s, 0),
		    registry_text(job, s, 1));
	ok = registry_do(r, job, buf_str(&sql));
	buf_free(&sql);
	return ok;
}

/* --------------------------------------------------------------- filling */

static void
bind_cell(sqlite3_stmt *s, int i, enum type type, const char *text)
{
	long whole;
	double real;

	if (text == NULL)
		return;
	if (type == TYPE_TEXT)
		sqlite3_bind_text(s, i, text, -1, SQLITE_STATIC);
	else if (type == TYPE_REAL && num_parse(text, NULL, &real))
		sqlite3_bind_double(s, i, real);
	else if (type == TYPE_INTEGER && str_eq(text, "true"))
		sqlite3_bind_int(s, i, 1);
	else if (type == TYPE_INTEGER && str_eq(text, "false"))
		sqlite3_bind_int(s, i, 0);
	else if (type == TYPE_INTEGER && num_parse_int(text, NULL, &whole))
		sqlite3_bind_int64(s, i, whole);
}

static sqlite3_stmt *
insertion(struct registry *r, struct measure *m)
{
	struct buf sql = { 0 };
	size_t i;

	if (m->insert == NULL) {
		buf_printf(&sql, "INSERT INTO \"m_%s\" VALUES (?%s", m->name,
		    m->key != NULL ? "" : ",?");
		for (i = 0; i < m->n; i++)
			buf_puts(&sql, ",?");
		buf_putc(&sql, ')');
		sqlite3_prepare_v3(r->db, sql.p, -1,
		    SQLITE_PREPARE_PERSISTENT, &m->insert, NULL);
		buf_free(&sql);
	}
	return m->insert;
}

/* The rows of a tree into a table. */
static bool
fill(struct registry *r, struct job *job, struct measure *m, xmlNode *root,
    const char *id, sqlite3_int64 version)
{
	sqlite3_stmt *s = insertion(r, m);
	xmlNode **rows;
	const size_t n = xml_path_nodes(job, m->each, root, &rows);
	const int first = m->key != NULL ? 2 : 3;
	size_t i, k;

	for (i = 0; i < n; i++) {
		sqlite3_clear_bindings(s);
		sqlite3_bind_int64(s, 1, version);
		if (m->key == NULL)
			registry_bind(s, 2, id);
		for (k = 0; k < m->n; k++)
			bind_cell(s, first + (int)k, m->columns[k].type,
			    xml_path_text(job, m->columns[k].path, rows[i]));
		if (!registry_run(r, job, s))
			return false;
	}
	return true;
}

bool
registry_measure(struct registry *r, struct job *job,
    const struct record *record, sqlite3_int64 version)
{
	struct measures *ms = definition(r, job);
	bool ok = ms != NULL;
	size_t i;

	for (i = 0; ok && i < ms->n; i++)
		if (str_eq(ms->v[i].kind, record->kind))
			ok = fill(r, job, &ms->v[i],
			    xmlDocGetRootElement(record->doc), record->id,
			    version);
	return ok;
}

static bool
fill_from_file(struct registry *r, struct job *job, struct measure *m)
{
	xmlDoc *doc = xml_parse_file(job, records_xml(r->rs),
	    in_data(r, job, m->file), &xml_limits_data);
	const bool ok = doc != NULL &&
	    fill(r, job, m, xmlDocGetRootElement(doc), NULL, 0);

	xmlFreeDoc(doc);
	return ok;
}

/* The records of a kind that are in force; one that has a fault is reported
 * and measures nothing. */
static bool
fill_from_kind(struct registry *r, struct job *job, const char *kind)
{
	sqlite3_stmt *s = registry_ask(r, STMT_IN_FORCE);
	bool ok = true;

	registry_bind(s, 1, kind);
	while (registry_next(r, job, s)) {
		struct job own = { arena_new(), job->diag, job->watch };
		struct registry_row row;
		struct record *record;

		registry_read_row(&own, s, &row);
		record = registry_read(r, &own, &row);
		ok = record != NULL && registry_measure(r, &own, record,
		    sqlite3_column_int64(s, 5)) && ok;
		record_free(record);
		arena_free(own.arena);
	}
	return ok;
}

static bool
fill_all(struct registry *r, struct job *job, struct measures *ms)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < map_count(ms->kinds); i++)
		records_expect(r->rs, map_key(ms->kinds, i));
	for (i = 0; i < map_count(ms->kinds); i++)
		ok = fill_from_kind(r, job, map_key(ms->kinds, i)) && ok;
	for (i = 0; i < ms->n; i++)
		if (ms->v[i].file != NULL)
			ok = fill_from_file(r, job, &ms->v[i]) && ok;
	return ok;
}

/* --------------------------------------------------------------- keeping */

static bool
make_all(struct registry *r, struct job *job, struct measures *ms)
{
	const xmlNode *n = xml_child(xmlDocGetRootElement(ms->doc), "table");
	bool ok = drop_all(r, job);
	size_t i;

	for (i = 0; ok && i < ms->n; i++, n = xml_next(n, "table"))
		ok = make_table(r, job, n, &ms->v[i]);
	return ok && make_views(r, job, buf_str(&ms->views)) &&
	    fill_all(r, job, ms);
}

static bool
is_current(struct registry *r, struct job *job, const struct measures *ms)
{
	sqlite3_stmt *s = registry_ask(r, STMT_MEASURED);
	bool same = false;

	if (registry_next(r, job, s))
		same = sqlite3_column_int64(s, 0) == ms->sum;
	sqlite3_reset(s);
	return same;
}

static bool
note_sum(struct registry *r, struct job *job, const struct measures *ms)
{
	sqlite3_stmt *s;

	if (!registry_step(r, job, STMT_CLEAR_MEASURED))
		return false;
	s = registry_ask(r, STMT_PUT_MEASURED);
	sqlite3_bind_int64(s, 1, ms->sum);
	return registry_run(r, job, s);
}

/* In a transaction: a process that dies leaves the former tables, and another
 * may have been quicker.  In memory there may be one already. */
static bool
bring_up(struct registry *r, struct job *job, struct measures *ms)
{
	bool ok = registry_do(r, job, r->kept ? "BEGIN IMMEDIATE"
					      : "SAVEPOINT measures");

	if (ok && !(r->kept && is_current(r, job, ms)))
		ok = make_all(r, job, ms) &&
		    (!r->kept || note_sum(r, job, ms));
	if (!r->kept)
		return registry_do(r, job, "RELEASE measures") && ok;
	return registry_do(r, job, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool
registry_measures_ready(struct registry *r, struct job *job, bool write)
{
	struct measures *ms = definition(r, job);

	if (ms == NULL || ms->ready)
		return ms != NULL;
	if (r->kept && is_current(r, job, ms)) {
		ms->ready = true;
	} else if (r->kept && !write) {
		diag_report(job->diag, DIAG_REGISTRY_OLDER,
		    where_file(r->path), NULL);
	} else {
		ms->ready = bring_up(r, job, ms);
	}
	return ms->ready;
}

static sqlite3_stmt *
removal(struct registry *r, struct measure *m)
{
	struct buf sql = { 0 };

	if (m->remove == NULL) {
		buf_printf(&sql, "DELETE FROM \"m_%s\" WHERE version = ?1",
		    m->name);
		sqlite3_prepare_v3(r->db, sql.p, -1,
		    SQLITE_PREPARE_PERSISTENT, &m->remove, NULL);
		buf_free(&sql);
	}
	return m->remove;
}

bool
registry_unmeasure(struct registry *r, struct job *job, sqlite3_int64 version)
{
	struct measures *ms = definition(r, job);
	bool ok = ms != NULL;
	size_t i;

	for (i = 0; ok && i < ms->n; i++) {
		sqlite3_stmt *s;

		if (ms->v[i].kind == NULL)
			continue;
		s = removal(r, &ms->v[i]);
		sqlite3_bind_int64(s, 1, version);
		ok = registry_run(r, job, s);
	}
	return ok;
}

bool
registry_unmeasure_goes(struct registry *r, struct job *job)
{
	struct measures *ms = definition(r, job);
	struct buf sql = { 0 };
	bool ok = ms != NULL;
	size_t i;

	for (i = 0; ok && i < ms->n; i++)
		buf_printf(&sql, "DELETE FROM \"m_%s\" WHERE version IN"
		    " (SELECT version FROM goes);", ms->v[i].name);
	ok = ok && registry_do(r, job, buf_str(&sql));
	buf_free(&sql);
	return ok;
}
