/* The inside of struct records, for the files of this folder. */
#ifndef RECORDS_RECORDS_INT_H
#define RECORDS_RECORDS_INT_H

#include "records/records.h"

#define SCHEMA_NS "urn:parcours:schema"

/* A kind of record, and what it is called. */
struct kind {
	const char *id, *heading[2];	/* by language; NULL: the same */
};

struct records {
	struct arena *arena;	/* of all that follows */
	struct xml *x;
	const char *data;
	struct map *kinds;		/* kind -> struct kind */
	struct map *kinds_called;	/* folded id or heading -> struct kind;
					 * its id is NULL where there are
					 * several */
	struct buf kind_list;
	struct map *targets;		/* kind/element -> kinds */
	struct map *element_class;	/* element -> class */
	struct map *attribute_class;	/* element or group/attribute -> class */
	struct map *files;		/* element/attribute that names a file */
	struct map *subjects;		/* kind -> not NULL */
	struct map *dated;		/* kind -> element */
	struct record_bring *brings;
	size_t n_brings, cap_brings;
	const char *language_kind, *language_element;
	const char *plan_kind, *plan_element;
	xmlDoc *limits;
	xmlDoc *in_force;	/* its root is lent; NULL until asked */
	const xmlNode **held;	/* the limits it has copies of */
	size_t n_held, cap_held;
	uint64_t sum;		/* of the schemas; 0 until asked */
	uint64_t sum_subject;	/* of what rules of phase subject are, same */
	uint64_t sum_in_force;	/* of in_force */
	uint64_t whole;		/* of all below schemas/ and rules/; 0: same */
	xmlDoc *audiences;	/* NULL until asked */
	struct map *views;	/* audience -> struct record_view */
	xmlDoc *words;		/* of schemas/words.xml; NULL until a record
				 * is wrong */
	struct map *expected;	/* kinds to be compiled together */
	struct map *schemas;	/* kind -> struct xml_schema, xml's */
};

/* A file of the data folder, parsed; NULL after reporting. */
xmlDoc *records_parse(struct job *job, struct records *rs, const char *name);

void records_free_views(struct records *rs);

#endif
