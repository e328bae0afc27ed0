/*
 * Records that are not one subject's own, as a framework or an organisation:
 * dossier after dossier has them, so they are parsed once and copied.
 *
 * A copy is as good as what it was made from, which is known by everything that
 * can make a difference: the number of its version, that version's sum, and its
 * name in places, which says whose version it is and which.  Of versions that
 * never came into force the numbers are given again: after a rollback nothing is
 * kept.  Whether it passed today's schemas is asked every time.
 */
#include <stdlib.h>
#include <string.h>

#include "registry/registry_int.h"

#define SLOTS 16
#define LARGE (256 << 10) /* bytes of one that is not kept */

struct key {
	sqlite3_int64 version;
	uint8_t sum[32];
	const char *file;
};

struct slot {
	struct key key;
	struct record *record;	/* NULL: free */
	struct arena *arena;	/* of both */
};

struct shared {
	struct slot slots[SLOTS];
	unsigned next;		/* to be used again */
};

static void
empty(struct slot *slot)
{
	if (slot->record == NULL)
		return;
	record_free(slot->record);
	arena_free(slot->arena);
	slot->record = NULL;
}

void
registry_shared_free(struct registry *r)
{
	size_t i;

	for (i = 0; r->shared != NULL && i < SLOTS; i++)
		empty(&r->shared->slots[i]);
	free(r->shared);
	r->shared = NULL;
}

static struct slot *
find(struct registry *r, const struct key *key)
{
	size_t i;

	for (i = 0; r->shared != NULL && i < SLOTS; i++) {
		struct slot *slot = &r->shared->slots[i];

		if (slot->record != NULL &&
		    slot->key.version == key->version &&
		    memcmp(slot->key.sum, key->sum, sizeof key->sum) == 0 &&
		    str_eq(slot->key.file, key->file))
			return slot;
	}
	return NULL;
}

/* The record of this key, in a slot; NULL after reporting. */
static struct slot *
keep(struct registry *r, struct job *job, const char *id,
    const struct key *key)
{
	struct job own = { arena_new(), job->diag, job->watch };
	struct record *record = registry_read_content(r, &own, id,
	    /*rules*/ false);
	struct slot *slot;

	if (record == NULL) {
		arena_free(own.arena);
		return NULL;
	}
	if (r->shared == NULL)
		r->shared = xcalloc(1, sizeof *r->shared);
	slot = &r->shared->slots[r->shared->next++ % SLOTS];
	empty(slot);
	*slot = (struct slot){ *key, record, own.arena };
	slot->key.file = arena_strdup(own.arena, key->file);
	return slot;
}

/* Can it be kept?  *proof: what it passed. */
static bool
read_key(struct registry *r, struct job *job, const char *id,
    struct key *key, enum record_proof *proof)
{
	sqlite3_stmt *s = registry_ask(r, STMT_CONTENT_KEY);
	bool can;

	registry_bind(s, 1, id);
	if (!registry_next(r, job, s))
		return false;
	key->version = sqlite3_column_int64(s, 0);
	can = sqlite3_column_bytes(s, 1) == sizeof key->sum;
	if (can)
		memcpy(key->sum, sqlite3_column_blob(s, 1), sizeof key->sum);
	*proof = registry_proof(r, job, sqlite3_column_int64(s, 2));
	key->file = registry_text(job, s, 3);
	can = can && key->file != NULL && *proof != RECORD_UNPROVEN &&
	    sqlite3_column_int64(s, 4) < LARGE;
	sqlite3_reset(s);
	return can;
}

struct record *
registry_read_shared(struct registry *r, struct job *job,
    const struct registry_row *row)
{
	enum record_proof proof;
	struct slot *slot;
	struct key key;

	if (!read_key(r, job, row->id, &key, &proof))
		return registry_read_content(r, job, row->id,
		    /*rules*/ false);
	slot = find(r, &key);
	if (slot == NULL)
		slot = keep(r, job, row->id, &key);
	if (slot == NULL)
		return NULL;
	slot->record->proof = proof;
	return record_copy(job, r->rs, slot->record);
}
