/*
 * records: one file in, one validated record out.  Which kinds there are, what
 * they hold, how they link and what must be true of them is data: the schemas
 * and rules below the data folder.
 */
#ifndef RECORDS_RECORDS_H
#define RECORDS_RECORDS_H

#include <libxml/tree.h>

#include "base/base.h"

struct xml;

#define RECORD_NS "urn:parcours:record"

/* The schemas, links and rules of one data folder; lives as long as the
 * process. */
struct records;
/* `data` is the folder that holds schemas/ and stylesheets/; NULL after
 * reporting. */
struct records *records_open(struct job *job, struct xml *x, const char *data);
void records_free(struct records *rs); /* accepts NULL */

/* A link as written in a record. */
struct record_link {
	const char *element; /* local name of the element that carries it */
	const char *id;	     /* the ref */
	struct where where;
};

/* What a glance at a file tells, without a tree: enough to know what it is
 * and what it points to.  All in the arena. */
struct record_head {
	const char *kind, *id, *file;
	struct where where; /* of the root's start tag */
	const struct record_link *links;
	size_t n_links;
};
enum record_scan { SCAN_RECORD, SCAN_OTHER_XML, SCAN_FAILED };
/* SCAN_FAILED is reported (not readable, ill-formed, no id); that a file is no
 * record at all is for the caller to judge: record_report_foreign(). */
enum record_scan record_scan(struct job *job, struct records *rs,
    const char *path, struct record_head *head);
/* Says that a file is XML but no record. */
void record_report_foreign(struct job *job, struct records *rs,
    const char *path, enum diag_severity severity);

/* How a record does with the schema and the rules of phase `record`. */
enum record_proof {
	RECORD_UNPROVEN,	/* it fails, or nobody has looked */
	RECORD_PASSED,		/* perhaps with warnings */
	RECORD_SILENT,		/* without a word */
};

struct record {
	const char *kind, *id, *lang, *file; /* in the arena */
	struct where where;
	xmlDoc *doc; /* owned; its root may be moved out */
	enum record_proof proof; /* by the schemas and rules of today */
};
/* Says which kinds are about to be loaded, so that their schemas are compiled
 * together, once. */
void records_expect(struct records *rs, const char *kind);
/* Loads and validates a record: well-formed, schema, rules of phase `record`,
 * everything wrong reported.  NULL after an error. */
struct record *record_load(struct job *job, struct records *rs,
    const char *path);
/* The same without the rules, for those who run them on many records at
 * once. */
struct record *record_read(struct job *job, struct records *rs,
    const char *path);
/* The bytes of a record's file, as far as a record may be large; false after
 * reporting. */
bool record_file(struct job *job, const char *path, struct buf *bytes);
/* The same of bytes in memory, with the rules or without; `name` stands in
 * places.  proof: of these bytes, from before. */
struct record *record_load_bytes(struct job *job, struct records *rs,
    const char *bytes, size_t n, const char *name);
struct record *record_read_bytes(struct job *job, struct records *rs,
    const char *bytes, size_t n, const char *name, enum record_proof proof);
/* A record of its own, places and all. */
struct record *record_copy(struct job *job, struct records *rs,
    const struct record *r);
void record_free(struct record *r); /* accepts NULL */

/* A record field by field, in its order: "rating[mow-lawn]/comment" and what
 * stands there, white space folded; attributes are "@name".  Equal fields are
 * an equal record, however its file is laid out.  All in the arena. */
struct record_field {
	const char *path, *value;
};
size_t record_fields(struct job *job, const struct record *r,
    const struct record_field **fields);
/* What differs between two records: a field of the second alone has no
 * `before`, one of the first alone no `after`.  In the order of the second,
 * then of the first; an arena array. */
struct record_change {
	const char *path, *before, *after;
};
size_t record_changes(struct job *job, const struct record *before,
    const struct record *after, const struct record_change **changes);
/* SHA-256 of the kind and these, its fields. */
void record_sum(const struct record *r, const struct record_field *fields,
    size_t n, uint8_t sum[32]);
/* The files that it names, relative to its own; an arena array. */
struct record_attachment {
	const char *name;
	struct where where;
};
size_t record_attachments(struct job *job, const struct records *rs,
    const struct record *r, const struct record_attachment **v);
/* The links it carries; an arena array. */
size_t record_links(struct job *job, const struct record *r,
    const struct record_link **links);

/* The kinds an element of a kind may link to, separated by spaces; NULL if it
 * is not a link. */
const char *records_targets(struct records *rs, const char *kind,
    const char *element);
/* The form of a kind: a tree of all that can be written in one
 * (schemas/build/fields.xsl says how); NULL after reporting that there is no
 * such kind.  The caller's. */
xmlDoc *records_form(struct job *job, struct records *rs, const char *kind);
/* All kinds, separated by ", ". */
const char *records_kinds(const struct records *rs);
bool records_has_kind(const struct records *rs, const char *kind);
/* The kind that a user means by this: its id or what it is called in French or
 * English, accents and case aside; NULL if it is none, or several. */
const char *records_kind_called(const struct records *rs, const char *name);
/* Reports that it is none, and which there are. */
void records_report_kind(struct job *job, const struct records *rs,
    struct where where, const char *name);
/* Kinds, separated by spaces, as a user reads them: "actor (Intervenant),
 * person (Personne)"; in the arena. */
const char *records_kinds_shown(struct job *job, const struct records *rs,
    const char *kinds);
/* The disclosure class of an element, or of an attribute of it (attribute not
 * NULL; `record` says that the element is a record's root); NULL if it has
 * none. */
const char *records_class(struct records *rs, const char *element,
    const char *attribute, bool record);

/* What heads a column of this element (its name if nothing does), and is what
 * stands in it a number? */
const char *records_heading(struct job *job, struct records *rs,
    const char *element, enum lang lang);
bool records_is_number(struct job *job, struct records *rs,
    const char *element);

/* Does this attribute name a file that belongs to the record? */
bool records_is_file(const struct records *rs, const char *element,
    const char *attribute);

/* Rows of schemas/dossier.xml, which explains them. */
struct record_bring {
	const char *kind, *link;
	bool any;
	const char *unless, *about, *subject; /* NULL: no condition */
};
size_t records_brings(struct records *rs, const struct record_bring **rows);
bool records_is_subject(struct records *rs, const char *kind);
/* The element that dates a record of this kind; NULL if none. */
const char *records_dated(struct records *rs, const char *kind);
/* Where the language of a dossier stands. */
void records_language(struct records *rs, const char **kind,
    const char **element);
/* The kind of record in which documents are planned. */
const char *records_plan_kind(const struct records *rs);
/* What one of that kind plans; an arena array.  What is not said is NULL. */
struct record_planned {
	struct where where;
	const char *document, *audience, *lang, *paper;
	const char *period;	/* of its tables: year, lastYear, month… */
	bool booklet;
};
size_t record_plan(struct job *job, const struct records *rs,
    const struct record *r, const struct record_planned **planned);
/* All limits, for the life of rs: elements limit of urn:parcours:limits. */
xmlDoc *records_limits(struct records *rs);
/* An element `limits` of those that hold on a day and are certain enough, to be
 * moved into a tree; it must be given back before that is freed.  There is one. */
xmlNode *records_lend_limits(struct job *job, struct records *rs,
    const char *date);
void records_return_limits(struct records *rs, xmlNode *limits);
/* The sum of those that were lent last. */
uint64_t records_limits_sum(const struct records *rs);
/* Audiences and classes, for the life of rs; NULL after reporting. */
const xmlDoc *records_audiences(struct job *job, struct records *rs);
/* What an audience may see, for the life of rs; NULL after reporting that there is
 * no such audience.  An element, and likewise an attribute, may be seen if its
 * class names the audience; what has no class is nobody's. */
struct record_view;
struct record_view *records_view(struct job *job, struct records *rs,
    const char *audience);
/* Of the elements of a name, each of which has the same class: may they be seen,
 * and an attribute of theirs?  (`record`: of a record's root.) */
struct record_sight;
const struct record_sight *record_sight(struct record_view *v,
    const char *element);
bool record_sees(const struct record_sight *s);
bool record_sees_attribute(struct record_view *v, const struct record_sight *s,
    const char *attribute, bool record);

/* Rules: schemas/rules/PHASE.sch, compiled when the program was built.
 * `record` runs within record_load() or on a dossier of records that were only
 * read, `subject` on a whole dossier that does not say yet what day it is and what
 * document it is for, `document` on one that does.  RECORD_UNPROVEN when a rule of
 * severity error failed; each failure is a finding at its node. */
enum record_proof records_rules(struct job *job, struct records *rs,
    const char *phase, xmlDoc *doc);

/* The sum of all schemas and the rules of phase `record`, odd: what passed one of
 * the same sum passes still. */
uint64_t records_sum(struct job *job, struct records *rs);
/* The sum of all that rules of phase `subject` are, but for the limits, odd. */
uint64_t records_sum_subject(struct job *job, struct records *rs);
/* The sum of all that is said of records: schemas, classes, audiences, limits,
 * rules. */
uint64_t records_sum_all(struct job *job, struct records *rs);
/* Compiles what checks records of the kinds expected, and the rules, ahead of
 * use.  False after reporting. */
bool records_prepare(struct job *job, struct records *rs);
const char *records_data(const struct records *rs);
struct xml *records_xml(const struct records *rs);

#endif
