/*
 * What one layout tells the next: places of index keys, scales of graphics
 * (recall.c).  index.c makes the text of index citations of it.
 */
#ifndef LAYOUT_RECALL_H
#define LAYOUT_RECALL_H

#include "layout/layout_int.h"

struct cited_page {
	const char *label;
	int index;	/* place in the document */
	int number;
};

/* One mention of an index key: on a page, or a range of pages. */
struct occurrence {
	struct cited_page from, to;
	const char *klass;	/* index-class, "" if none */
	const char *dest;	/* the anchor that links lead to */
};

struct recall *recall_new(void);
void recall_free(struct recall *r);	/* accepts NULL */
/* Does an object's place concern an index? */
bool recall_wants(const struct fo_node *n);
/* It stands on the page being painted, at (x, y). */
void recall_place(struct painter *p, const struct fo_node *n, mpt x, mpt y);
/* The occurrences of a key in the layout before, in the order of pages. */
const struct occurrence *recall_key(struct layout *l, const char *name,
    struct where where, size_t *n);
/* A graphic with an id was scaled, in thousandths; -1: not known yet. */
void recall_scale_put(struct layout *l, const char *id, int32_t width,
    int32_t height);
int32_t recall_scale(struct layout *l, const char *id, bool height,
    struct where where);
/* The layout ends: tells the memory.  False: some answer was wrong. */
bool recall_finish(struct layout *l);
/* Where the memory keeps it; recall_free by whoever frees the memory. */
struct recall **memory_recall(struct layout_memory *m);

/* The content of an index-page-citation-list as inline nodes, in the run's
 * arena; NULL: no page is known. (index.c) */
struct fo_node *index_content(struct layout *l, struct fo_node *list);
/* The text of a scaling-value-citation. */
void index_scale_text(struct layout *l, struct fo_node *n, struct buf *out);

#endif
