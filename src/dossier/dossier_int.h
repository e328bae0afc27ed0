/* A dossier in the making. */
#ifndef DOSSIER_DOSSIER_INT_H
#define DOSSIER_DOSSIER_INT_H

#include "dossier/dossier.h"

struct making {
	struct job *job;
	struct records *rs;
	struct registry *registry;
	const struct dossier_request *request;
	struct registry_row *rows;	/* what is needed, the subject first */
	struct record **records;	/* the same, loaded; NULL: failed */
	size_t n;
	bool proven;		/* registry_proven() */
	uint64_t limits;	/* with these */
	const char *about, *date, *lang;
};

#endif
