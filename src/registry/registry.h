/*
 * registry: SQLite as the memory of what was recorded: every version of every
 * record and the links between them.  Compiling straight from files fills the
 * same tables in memory, so there is one path and not two.  All SQL is in
 * statements.def, a named row per statement.
 *
 * What a subject brings along is data (schemas/dossier.xml): rows "a record of
 * kind K whose element E points to something taken is taken too"; links of
 * taken records are always followed forward.  The closure is one recursive
 * query over the links, which a light scan of every file found; only the
 * records it names are parsed and validated.
 */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include "base/base.h"
#include "records/records.h"

struct registry;
/* An empty registry in memory; NULL after reporting. */
struct registry *registry_open(struct job *job, struct records *rs);
/* The registry in a file, which only its owner may read (mode 0600): READ never
 * writes to it; CREATE makes it if it is missing, and registry_free() takes it
 * away again if nothing came into it.  One of an older parcours is brought up to
 * date by WRITE; one of a newer is refused.  NULL after reporting. */
enum registry_access { REGISTRY_READ, REGISTRY_WRITE, REGISTRY_CREATE };
struct registry *registry_open_file(struct job *job, struct records *rs,
    const char *path, enum registry_access access);
void registry_free(struct registry *r); /* accepts NULL */

/* Enters the id, kind and links of every record in these files, and of every
 * *.xml in these folders and below, in sorted order; a file met twice is entered
 * once.  False if one could not be
 * read; the others are entered. */
bool registry_scan(struct registry *r, struct job *job,
    const char *const *paths, size_t n_paths);

struct registry_row {
	const char *id, *kind, *file; /* in the job's arena */
	struct where where;
	bool shared;	/* registry_needed(): not the subject's own, so others'
			 * dossiers have it, too */
};
/* The record of a row, from its file or from the registry; NULL after
 * reporting.  The second runs the rules of phase `record`, too. */
struct record *registry_read(struct registry *r, struct job *job,
    const struct registry_row *row);
struct record *registry_load(struct registry *r, struct job *job,
    const struct registry_row *row);
bool registry_lookup(struct registry *r, struct job *job, const char *id,
    struct registry_row *row);
/* All records (kind NULL), or all of a kind, by file; an arena array. */
size_t registry_list(struct registry *r, struct job *job, const char *kind,
    struct registry_row **rows);
/* The ids most like a wrong one, of these kinds (separated by spaces; NULL:
 * any), at most `max`, for "did you mean". */
size_t registry_similar(struct registry *r, struct job *job, const char *id,
    const char *kinds, size_t max, const char **ids);
/* What the dossier of a subject needs for a document about a record of a kind
 * (NULL: about the subject; "*": about anything): the subject first, then by kind and id.  An id
 * that stands twice gives two rows.  0 if there is no such subject. */
size_t registry_needed(struct registry *r, struct job *job, const char *subject,
    const char *about_kind, struct registry_row **rows);

/* Rules of phase `store`: ids are unique, a file in a folder is
 * called by its record's id (R2), links lead to a record of the
 * right kind (R1).  With a subject: of what registry_needed() last gave for it;
 * NULL: of all records.  False after reporting. */
bool registry_check(struct registry *r, struct job *job, const char *subject);
/* Is it known that what registry_needed() last gave for this subject obeys the
 * rules of phase `store`, and those of phase `subject` without a word, as they are
 * today?  *limits: records_limits_sum() of then. */
bool registry_proven(struct registry *r, struct job *job, const char *subject,
    uint64_t *limits);
/* Remembers it, within a call, or does nothing where there is none.  False after
 * reporting. */
bool registry_prove(struct registry *r, struct job *job, const char *subject,
    uint64_t limits);

/* ------------------------------------------------- a registry that lasts */

/* Every change is a call: who, when (UTC), by which command.  It is one
 * transaction: after begin comes commit or undo. */
struct registry_call {
	const char *author, *at, *command;
};
bool registry_begin(struct registry *r, struct job *job,
    const struct registry_call *call);
bool registry_commit(struct registry *r, struct job *job);
void registry_undo(struct registry *r);

/* Validates the records in these files and folders by themselves and enters
 * each as the next version of its id; one that says what the last version says
 * changes nothing.  False after reporting everything wrong; then undo. */
bool registry_add(struct registry *r, struct job *job,
    const char *const *paths, size_t n_paths);
bool registry_add_bytes(struct registry *r, struct job *job, const char *name,
    const struct buf *bytes);
/* Rules of phase `store` on what this call added. */
bool registry_check_added(struct registry *r, struct job *job);
/* The same of links of records that could not be added.  False after
 * reporting. */
struct registry_link {
	struct where where;
	const char *element, *target, *kinds;
};
bool registry_check_links(struct registry *r, struct job *job,
    const struct registry_link *links, size_t n);
/* The subjects into whose dossiers something of it goes. */
size_t registry_concerned(struct registry *r, struct job *job,
    struct registry_row **rows);
/* Hands over the files that the records of the last registry_needed() name,
 * under their names seen from the record's place: "org@1/logo.png". */
typedef void registry_attachment_fn(void *ctx, const char *name,
    const void *bytes, size_t n);
void registry_attachments(struct registry *r, struct job *job,
    registry_attachment_fn *fn, void *ctx);
/* What the call did. */
struct registry_added {
	size_t fresh, changed, same;
};
const struct registry_added *registry_counts(const struct registry *r);

/* A version of a record: who entered it and when; all in the job's arena. */
struct registry_version {
	const char *id, *kind, *at, *author, *command;
	const char *file;	/* from which it was added */
	int rank;		/* 1, 2, 3… */
};
/* The records in force, by kind and id; kind NULL: all. */
size_t registry_current(struct registry *r, struct job *job, const char *kind,
    struct registry_version **versions);
/* The versions of a record, the oldest first; 0 if there is none. */
size_t registry_history(struct registry *r, struct job *job, const char *id,
    struct registry_version **versions);
/* The bytes of a version (rank 0: the one in force) as they were given; false
 * if there is none. */
bool registry_content(struct registry *r, struct job *job, const char *id,
    int rank, struct buf *bytes);
/* That version as a record; NULL if there is none, or after reporting. */
struct record *registry_version(struct registry *r, struct job *job,
    const char *id, int rank);
/* The records in force that have all these words, accents and case aside, a
 * word's beginning being enough; the best first, at most `max`.  Where a thousand
 * have the words themselves, of the latest thousand. */
struct registry_found {
	const char *id, *kind, *snippet;
};
size_t registry_find(struct registry *r, struct job *job, const char *words,
    size_t max, struct registry_found **found);

/* How a registry is. */
struct registry_state {
	size_t records, versions, issued;
	size_t unfinished;	/* erasures that were cut short */
	const char *backup, *backup_at; /* the last one, or NULL */
};
/* Looks at every page of the file.  False after reporting damage. */
bool registry_verify(struct registry *r, struct job *job,
    struct registry_state *state);
/* Copies the registry while others use it to a file that only its owner can
 * read, which appears when it is complete and found whole, in place of a former
 * backup; the registry remembers where it is.  A call by itself.  False after
 * reporting: a former backup is then as it was. */
bool registry_backup(struct registry *r, struct job *job, const char *path,
    const struct registry_call *call, struct registry_state *state);

/* ----------------------------------------------------------------- tables */

/* A question to a view of schemas/views.sql; NULL: not asked for.  Each of these
 * columns that the view has chooses rows:
 *   subject, lang		is that of the question (subject NULL: any)
 *   day, month, year		lies in the period
 *   since, until		holds on the last day of the period
 *   sinceBefore, untilBefore	held on the first
 *   before			is not after the last day
 *   of				a record that the row tells of: it becomes one
 *				of those that the document is made from
 * subject, lang, before and of are not handed on. */
struct registry_question {
	const char *subject, *lang, *from, *to;
};
/* Rows sorted by their columns from the left; all in the arena. */
struct registry_table {
	const char *name;
	const char **columns;
	size_t n_columns, n_rows;
	const char **cells;	/* row after row; NULL: nothing stands there */
};
/* False after reporting. */
bool registry_table(struct registry *r, struct job *job, const char *view,
    const struct registry_question *q, struct registry_table *table);

/* ------------------------------------------------------ issued documents */

struct registry_issue {
	const char *number, *document, *subject, *about; /* about or NULL */
	const char *audience, *lang, *date, *path;
	const char *keep;	/* until when it must be kept, or NULL */
	int pages;
	uint8_t digest[32];	/* SHA-256 of the file */
	uint8_t recipe[32];	/* sum of all that it was made of */
	const int64_t *from;	/* versions: registry_taken() */
	size_t n_from;
	const char *at, *author; /* when read */
	const char *later, *later_at;	/* likewise: number of the one that was
				 * issued in its place, or NULL */
};
/* Enters a document as part of the call that is open.  False after reporting,
 * also if its subject was erased in the meantime. */
bool registry_issue(struct registry *r, struct job *job,
    const struct registry_issue *issue);
/* Between look and looked everything read is of one moment, whatever others
 * add. */
bool registry_look(struct registry *r, struct job *job);
void registry_looked(struct registry *r);
/* The versions that the last registry_needed() gave, as their numbers and as an
 * addition to a recipe (or NULL); an arena array. */
size_t registry_taken(struct registry *r, struct job *job,
    struct digest *recipe, const int64_t **versions);
/* Which records in which versions are in force, all of them, as an addition to
 * a recipe; it means something in this registry only. */
void registry_in_force(struct registry *r, struct job *job,
    struct digest *recipe);
/* The digest of the document last issued by this recipe; false if none was. */
bool registry_by_recipe(struct registry *r, struct job *job,
    const uint8_t recipe[32], uint8_t digest[32]);
/* The records of these kinds, separated by spaces, that link to one, and itself
 * if it is of them; by id, an arena array. */
size_t registry_members(struct registry *r, struct job *job, const char *id,
    const char *kinds, struct registry_row **rows);
/* Says to records_expect() which kinds hold records that passed other schemas
 * than those of today and must pass these.  How many. */
size_t registry_expect(struct registry *r, struct job *job);

/* A record a document was made from, and how far it has come since. */
struct registry_origin {
	const char *id, *kind;
	int rank, now;		/* now 0: it is gone */
};
/* The document last issued with this digest or, if NULL, under this number,
 * and what it was made from; false if there is none. */
bool registry_issued(struct registry *r, struct job *job,
    const uint8_t digest[32], const char *number,
    struct registry_issue *issue, struct registry_origin **from, size_t *n);

/* ---------------------------------------------------------------- privacy */

/* Everything that is held on a person, handed over piece by piece: each version
 * of their records and each file kept with one as "id@rank/name", then the
 * documents issued about them.  What is theirs: rows of="own" of
 * schemas/dossier.xml.  False if there is no such record, or after reporting. */
struct registry_takeout {
	void (*version)(void *ctx, const struct registry_version *v,
	    const void *bytes, size_t n);
	void (*attachment)(void *ctx, const char *name, const void *bytes,
	    size_t n);
	void (*issue)(void *ctx, const struct registry_issue *issue);
	void *ctx;
};
bool registry_export(struct registry *r, struct job *job, const char *id,
    const struct registry_takeout *to);

/* What was erased; it names nobody. */
struct registry_forgotten {
	size_t number;
	const char *at, *author;
	size_t records, versions, links, attachments, issued, backups;
	const char **papers;	/* where documents about them were written */
	size_t n_papers;
	const char **sources;	/* what their records were read from */
	size_t n_sources;
	bool done;		/* from the file and the backups, too */
};
/* Erases a person: their records with all versions, what was issued about them,
 * and former versions of other records that name them; then no byte of it is
 * left in the file, its log and the backups.  What belongs to somebody else as
 * well is erased only if SHARED; what refers to them and is not theirs must
 * first be changed.  A call by itself, which can be done again if it was cut
 * short.  False after reporting. */
bool registry_forget(struct registry *r, struct job *job, const char *id,
    bool shared, const struct registry_call *call,
    struct registry_forgotten *out);
/* Was the one with this id erased, and when? */
bool registry_was_forgotten(struct registry *r, struct job *job,
    const char *id, struct registry_forgotten *out);
void registry_report_forgotten(struct job *job, struct where where,
    const char *id, const struct registry_forgotten *f);

#endif
