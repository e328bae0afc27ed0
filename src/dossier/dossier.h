/*
 * dossier: one XML tree about one subject, cut to what its reader may see.
 *
 *   <dossier xmlns="urn:parcours:record" subject="ID" about="ID" date="…"
 *       audience="…" document="…" xml:lang="fr-FR">
 *     <subject> the record of the subject </subject>
 *     <records> every other record, sorted by kind, then id </records>
 *     <limits>  the limits in force at the date, by id </limits>
 *     <derived date="…"> what stylesheets/derive.xsl found </derived>
 *     <tables periodFrom="…" periodTo="…">
 *       <table view="…"> <columns> each, empty </columns>
 *         <row> a cell per column, but what is NULL </row>
 *       </table>
 *     </tables>, if the document asks for some
 *   </dossier>
 *
 * Limits are there for the rules and derive.xsl; a document is told what was
 * derived, so its dossier has them no more.
 * Records are moved here from their files, never copied, and keep their
 * places.  Made in this order: assembled whole, rules of phase `subject`, rules of
 * phase `document`, derive.xsl, tables, cut to the audience; so rules and sums see
 * everything and a document's stylesheet cannot leak.  The attribute `about` names
 * the record the document is about, if its catalogue row has one.
 */
#ifndef DOSSIER_DOSSIER_H
#define DOSSIER_DOSSIER_H

#include <libxml/tree.h>

#include "base/base.h"

struct records;
struct registry;

struct dossier_request {
	const char *subject;	/* id */
	const char *subject_kind; /* kinds allowed, separated by spaces; NULL */
	const char *about;	/* id; NULL: the latest not after the date */
	const char *about_kind;	/* NULL: the document is about the subject */
	const char *date;	/* AAAA-MM-JJ; NULL: SOURCE_DATE_EPOCH, else the
				 * date of the record it is about */
	const char *audience;
	const char *document;	/* id in the catalogue; NULL */
	const char *lang;	/* NULL: the organisation's, else the
				 * subject's */
	const char *tables;	/* views, separated by spaces; NULL: none */
	const char *from, *to;	/* the period of their rows; NULL: from the
				 * beginning of the year, to the date */
	bool whole;		/* everything held, whatever the rules say */
};

struct dossier {
	xmlDoc *doc; /* owned */
	const char *subject, *about, *date, *audience, *lang; /* arena */
};

/* NULL after reporting. */
struct dossier *dossier_make(struct job *job, struct records *rs,
    struct registry *r, const struct dossier_request *request);
void dossier_free(struct dossier *d); /* accepts NULL */
/* Compiles what derives facts ahead of use; its sum, 0 after reporting. */
uint64_t dossier_prepare(struct job *job, struct records *rs);

/* Appends a table of the dossier as CSV (view NULL: the first) in its language;
 * how many rows it has.  False if it has no such table. */
bool dossier_csv(struct job *job, struct records *rs, const struct dossier *d,
    const char *view, struct buf *out, size_t *rows);

/* Assembles and runs the rules, as for a document, which is not made; false
 * after reporting an error.  Without an audience a date is not asked for. */
bool dossier_check(struct job *job, struct records *rs, struct registry *r,
    const struct dossier_request *request);

/* Removes from the tree what the audience may not see: every element and
 * attribute without a class or whose class does not name the audience, with
 * all that is in it, and the elements that link to a record which is gone.
 * False after reporting: no such audience. */
bool dossier_cut(struct job *job, struct records *rs, xmlDoc *doc,
    const char *audience);

#endif
