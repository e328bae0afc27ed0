/*
 * Finding one's way: named destinations, outline, page labels.
 */
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* --------------------------------------------------------- destinations */

void
nav_anchor(struct pdf *p, const char *id, unsigned page, double x, double y)
{
	struct anchor *a;

	if (!p->anchor_ids)
		p->anchor_ids = map_new();
	if (map_lookup(p->anchor_ids, id))
		return;
	map_put(p->anchor_ids, id, p);
	VEC_RESERVE(p->anchors, p->cap_anchors, p->n_anchors + 1);
	a = &p->anchors[p->n_anchors++];
	*a = (struct anchor){ xstrdup(id), page, x, y };
}

void
nav_want(struct pdf *p, const char *id)
{
	if (p->anchor_ids && map_lookup(p->anchor_ids, id))
		return;
	if (!p->wanted_ids)
		p->wanted_ids = map_new();
	map_put(p->wanted_ids, id, p);
}

static void
find_wanted(struct pdf *p)
{
	size_t n = p->wanted_ids ? map_count(p->wanted_ids) : 0;

	for (size_t i = 0; i < n && p->n_pages > 0; i++)
		nav_anchor(p, map_key(p->wanted_ids, i), p->page_ids[0], 0,
		    p->top);
}

static int
by_id(const void *a, const void *b)
{
	const struct anchor *x = a, *y = b;

	return strcmp(x->id, y->id);
}

#define NAMES_PER_NODE 256

/* A name tree of two levels, sorted by bytes (7.9.6). */
static void
put_destinations(struct pdf *p, struct buf *names)
{
	struct buf leaf = { 0 };

	if (!p->n_anchors)
		return;
	qsort(p->anchors, p->n_anchors, sizeof *p->anchors, by_id);
	buf_puts(names, "/Dests<</Kids[");
	for (size_t i = 0; i < p->n_anchors; i += NAMES_PER_NODE) {
		size_t end = i + NAMES_PER_NODE < p->n_anchors
		    ? i + NAMES_PER_NODE : p->n_anchors;
		const char *first = p->anchors[i].id;
		const char *last = p->anchors[end - 1].id;

		buf_puts(&leaf, "<</Limits[");
		put_bytes(&leaf, first, strlen(first));
		put_bytes(&leaf, last, strlen(last));
		buf_puts(&leaf, "]/Names[");
		for (size_t k = i; k < end; k++) {
			const struct anchor *a = &p->anchors[k];

			put_bytes(&leaf, a->id, strlen(a->id));
			buf_putc(&leaf, '[');
			put_ref(&leaf, a->page);
			buf_puts(&leaf, "/XYZ ");
			buf_num(&leaf, a->x, 2);
			buf_putc(&leaf, ' ');
			buf_num(&leaf, a->y, 2);
			/* null: the reader's zoom stays. */
			buf_puts(&leaf, " null]");
		}
		buf_puts(&leaf, "]>>");
		put_ref(names, object_add(p, &leaf));
	}
	buf_puts(names, "]>>");
	buf_free(&leaf);
}

/* -------------------------------------------------------------- outline */

/* Writes the entries of one level; returns how many show when their parent is
 * open, counting open children (12.3.3).  One whose destination is nowhere leads
 * nowhere. */
static long
write_level(struct pdf *p, const struct area_outline *first, unsigned first_id,
    unsigned parent, unsigned *last_id)
{
	struct buf b = { 0 };
	unsigned before = 0, id = first_id;
	long shown = 0;

	for (const struct area_outline *o = first; o; o = o->next) {
		unsigned after = o->next ? object_new(p) : 0;
		unsigned kid = o->first ? object_new(p) : 0, last_kid = 0;
		long kids = kid ? write_level(p, o->first, kid, id, &last_kid)
				: 0;

		buf_puts(&b, "<</Title");
		put_text(&b, o->title);
		buf_puts(&b, "/Parent");
		put_ref(&b, parent);
		if (before) {
			buf_puts(&b, "/Prev");
			put_ref(&b, before);
		}
		if (after) {
			buf_puts(&b, "/Next");
			put_ref(&b, after);
		}
		if (kid) {
			buf_puts(&b, "/First");
			put_ref(&b, kid);
			buf_puts(&b, "/Last");
			put_ref(&b, last_kid);
			buf_printf(&b, "/Count %ld", o->open ? kids : -kids);
		}
		if (o->dest && p->anchor_ids &&
		    map_lookup(p->anchor_ids, o->dest)) {
			buf_puts(&b, "/Dest");
			put_bytes(&b, o->dest, strlen(o->dest));
		} else if (o->uri) {
			put_action(&b, o->uri);
		}
		buf_puts(&b, ">>");
		object_put(p, id, &b);
		shown += 1 + (o->open ? kids : 0);
		*last_id = before = id;
		id = after;
	}
	buf_free(&b);
	return shown;
}

static void
put_outline(struct pdf *p, const struct area_outline *o, struct buf *catalog)
{
	unsigned root, first, last = 0;
	struct buf b = { 0 };
	long shown;

	if (!o)
		return;
	root = object_new(p);
	first = object_new(p);
	shown = write_level(p, o, first, root, &last);
	buf_puts(&b, "<</Type/Outlines/First");
	put_ref(&b, first);
	buf_puts(&b, "/Last");
	put_ref(&b, last);
	buf_printf(&b, "/Count %ld>>", shown);
	object_put(p, root, &b);
	buf_puts(catalog, "/Outlines");
	put_ref(catalog, root);
	buf_puts(catalog, "/PageMode/UseOutlines");
	buf_free(&b);
}

/* --------------------------------------------------------------- labels */

static const char *
roman(long n, char out[32])
{
	static const struct {
		int value;
		const char *text;
	} rows[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" },
		{ 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" },
		{ 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" },
		{ 4, "iv" }, { 1, "i" } };
	char *to = out;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (; n >= rows[i].value; n -= rows[i].value) {
			strcpy(to, rows[i].text);
			to += strlen(rows[i].text);
		}
	*to = '\0';
	return out;
}

/* Labels that count: prefix and number, in style D, r or R.  Anything else is
 * all prefix. */
static void
split_label(const char *label, size_t *prefix, char *style, long *number)
{
	size_t n = strlen(label), i = n;
	char text[32];

	*style = 0;
	*prefix = n;
	*number = 0;
	while (i > 0 && n - i < 9 && label[i - 1] >= '0' && label[i - 1] <= '9')
		i--;
	while (i < n && label[i] == '0')
		i++;
	if (i < n) {
		*style = 'D';
		*prefix = i;
		*number = strtol(label + i, NULL, 10);
		return;
	}
	if (n == 0 || n > 20)
		return;
	for (long k = 1; k < 400; k++) {
		roman(k, text);
		if (!strcmp(text, label)) {
			*style = 'r';
		} else {
			for (char *s = text; *s; s++)
				*s = (char)(*s - 'a' + 'A');
			if (strcmp(text, label))
				continue;
			*style = 'R';
		}
		*prefix = 0;
		*number = k;
		return;
	}
}

/* Only what does not follow from the label before is written (12.4.2). */
void
nav_label(struct pdf *p, const char *label)
{
	struct labels *l = &p->labels;
	size_t page = p->n_pages - 1, prefix;
	struct buf plain = { 0 };
	char style;
	long number;

	if (!label) {
		buf_printf(&plain, "%zu", page + 1);
		label = plain.p;
	}
	split_label(label, &prefix, &style, &number);
	if (!(l->prefix && style && style == l->style && number == l->next &&
		strlen(l->prefix) == prefix &&
		!strncmp(l->prefix, label, prefix))) {
		free(l->prefix);
		l->prefix = xstrndup(label, prefix);
		l->style = style;
		buf_printf(&l->nums, "%zu<<", page);
		if (style)
			buf_printf(&l->nums, "/S/%c", style);
		if (style && number != 1)
			buf_printf(&l->nums, "/St %ld", number);
		if (prefix) {
			buf_puts(&l->nums, "/P");
			put_text(&l->nums, l->prefix);
		}
		buf_puts(&l->nums, ">>");
	}
	l->next = number + 1;
	buf_free(&plain);
}

/* ------------------------------------------------------------------ end */

void
nav_finish(struct pdf *p, const struct area_doc *doc, struct buf *catalog,
    struct buf *names)
{
	find_wanted(p);
	put_destinations(p, names);
	put_outline(p, doc->outline, catalog);
	if (p->labels.nums.n)
		buf_printf(catalog, "/PageLabels<</Nums[%s]>>",
		    p->labels.nums.p);
}

void
nav_free(struct pdf *p)
{
	for (size_t i = 0; i < p->n_anchors; i++)
		free(p->anchors[i].id);
	free(p->anchors);
	map_free(p->anchor_ids);
	map_free(p->wanted_ids);
	buf_free(&p->labels.nums);
	free(p->labels.prefix);
}
