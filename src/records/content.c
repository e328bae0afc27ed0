/*
 * What a loaded record says, field by field, whatever the layout of its file:
 * for telling two versions apart, for finding it by its words, for the links it
 * carries.
 */
#include <stdlib.h>
#include <string.h>

#include "records/records_int.h"
#include "xml/xml.h"

struct flat {
	struct job *job;
	struct buf path;
	struct record_field *v;
	size_t n, cap;
};

static void
add_field(struct flat *f, const char *value)
{
	f->v = arena_grow(f->job->arena, f->v, &f->cap, f->n + 1,
	    sizeof *f->v);
	f->v[f->n].path = arena_strdup(f->job->arena, buf_str(&f->path));
	f->v[f->n++].value = value;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp((const char *)(*(xmlAttr *const *)a)->name,
	    (const char *)(*(xmlAttr *const *)b)->name);
}

/* The order of attributes says nothing, so it is that of their names. */
static void
flatten_attributes(struct flat *f, const xmlNode *node)
{
	const size_t end = f->path.n;
	xmlAttr *a, **v = NULL;
	size_t n = 0, cap = 0, i;

	for (a = node->properties; a != NULL; a = a->next) {
		VEC_RESERVE(v, cap, n + 1);
		v[n++] = a;
	}
	if (n > 1)
		qsort(v, n, sizeof *v, by_name);
	for (i = 0; i < n; i++) {
		xmlChar *value = xmlNodeListGetString(node->doc,
		    v[i]->children, 1);

		buf_puts(&f->path, end > 0 ? "/@" : "@");
		buf_puts(&f->path, (const char *)v[i]->name);
		add_field(f, value != NULL
		    ? arena_strdup(f->job->arena, (const char *)value) : "");
		f->path.n = end;
		xmlFree(value);
	}
	free(v);
}

/* "name/identity" of a child: its first attribute, or that of its first link;
 * false if it has none. */
static bool
identify(struct flat *f, const xmlNode *n, struct buf *key)
{
	const xmlNode *c = xml_child(n, NULL);
	const char *id;

	if (n->properties != NULL && n->properties->ns == NULL)
		id = xml_attr(f->job, n, (const char *)n->properties->name);
	else
		id = c != NULL ? xml_attr(f->job, c, "ref") : NULL;
	buf_clear(key);
	if (id == NULL)
		return false;
	buf_puts(key, (const char *)n->name);
	buf_putc(key, '/');
	buf_puts(key, id);
	return true;
}

/* One more of a key; how many there are now. */
static size_t
count(struct map *seen, const char *key)
{
	const size_t n = (size_t)(uintptr_t)map_lookup(seen, key) + 1;

	map_put(seen, key, (void *)(uintptr_t)n);
	return n;
}

/* How often each identity occurs among the children, and so each name that
 * has brothers without one of their own. */
static struct map *
count_children(struct flat *f, const xmlNode *node)
{
	struct map *seen = map_new();
	struct buf key = { 0 };
	const xmlNode *n;

	for (n = xml_child(node, NULL); n != NULL; n = xml_next(n, NULL)) {
		bool alone;

		alone = identify(f, n, &key) && count(seen, key.p) == 1;
		buf_clear(&key);
		buf_putc(&key, '?');
		buf_puts(&key, (const char *)n->name);
		if (!alone)
			count(seen, key.p);
	}
	buf_free(&key);
	return seen;
}

/* name, or name[identity] where there are brothers, or name[3] where these
 * cannot be told apart by what they are. */
static void
put_step(struct flat *f, const xmlNode *n, struct map *seen)
{
	const char *name = (const char *)n->name;
	const size_t rank = count(seen, name);
	struct buf key = { 0 };
	bool doubtful;

	buf_putc(&key, '?');
	buf_puts(&key, name);
	doubtful = map_lookup(seen, key.p) != NULL;
	if (f->path.n > 0)
		buf_putc(&f->path, '/');
	buf_puts(&f->path, name);
	if (rank == 1 && xml_next(n, name) == NULL)
		;
	else if (!doubtful && identify(f, n, &key))
		buf_printf(&f->path, "[%s]", key.p + strlen(name) + 1);
	else
		buf_printf(&f->path, "[%zu]", rank);
	buf_free(&key);
}

static void
flatten(struct flat *f, const xmlNode *node)
{
	const size_t end = f->path.n;
	struct map *seen = xml_child(node, NULL) != NULL
	    ? count_children(f, node) : NULL;
	const xmlNode *n;

	flatten_attributes(f, node);
	for (n = node->children; n != NULL; n = n->next) {
		if (n->type == XML_ELEMENT_NODE) {
			put_step(f, n, seen);
			flatten(f, n);
			f->path.n = end;
			f->path.p[end] = '\0';
		} else if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE) {
			const char *text = xml_fold(f->job, n->content);

			if (text != NULL)
				add_field(f, text);
		}
	}
	if (node->properties == NULL && node->children == NULL)
		add_field(f, "");
	map_free(seen);
}

size_t
record_fields(struct job *job, const struct record *r,
    const struct record_field **fields)
{
	struct flat f = { .job = job };

	flatten(&f, xmlDocGetRootElement(r->doc));
	buf_free(&f.path);
	*fields = f.v;
	return f.n;
}

/* Equal paths, as of the pieces of a mixed text, meet in their order. */
size_t
record_changes(struct job *job, const struct record *before,
    const struct record *after, const struct record_change **changes)
{
	const struct record_field *a, *b;
	const size_t n_a = record_fields(job, before, &a);
	const size_t n_b = record_fields(job, after, &b);
	struct map *at = map_new();
	size_t *next = arena_array(job->arena, n_a, sizeof *next), n = 0, i;
	struct record_change *v = arena_array(job->arena, n_a + n_b,
	    sizeof *v);

	for (i = n_a; i-- > 0;)	/* 1 + the index of the next with this path */
		next[i] = (size_t)(uintptr_t)map_put(at, a[i].path,
		    (void *)(uintptr_t)(i + 1));
	for (i = 0; i < n_b; i++) {
		const size_t found = (size_t)(uintptr_t)map_lookup(at,
		    b[i].path);

		if (found == 0) {
			v[n++] = (struct record_change){ b[i].path, NULL,
				b[i].value };
			continue;
		}
		map_put(at, b[i].path, (void *)(uintptr_t)next[found - 1]);
		next[found - 1] = SIZE_MAX;
		if (!str_eq(a[found - 1].value, b[i].value))
			v[n++] = (struct record_change){ b[i].path,
				a[found - 1].value, b[i].value };
	}
	for (i = 0; i < n_a; i++)
		if (next[i] != SIZE_MAX)
			v[n++] = (struct record_change){ a[i].path, a[i].value,
				NULL };
	map_free(at);
	*changes = v;
	return n;
}

void
record_sum(const struct record *r, const struct record_field *v, size_t n,
    uint8_t sum[32])
{
	struct digest *d = digest_new();
	size_t i;

	digest_add(d, r->kind, strlen(r->kind) + 1);
	for (i = 0; i < n; i++) {
		digest_add(d, v[i].path, strlen(v[i].path) + 1);
		digest_add(d, v[i].value, strlen(v[i].value) + 1);
	}
	digest_end(d, sum);
}

static void
collect_links(struct job *job, const xmlNode *node, struct record_link **v,
    size_t *n, size_t *cap)
{
	const xmlNode *c;

	for (c = xml_child(node, NULL); c != NULL; c = xml_next(c, NULL)) {
		const char *ref = xml_attr(job, c, "ref");

		if (ref != NULL) {
			*v = arena_grow(job->arena, *v, cap, *n + 1,
			    sizeof **v);
			(*v)[(*n)++] = (struct record_link){
				.element = (const char *)c->name,
				.id = ref,
				.where = xml_where(c),
			};
		}
		collect_links(job, c, v, n, cap);
	}
}

size_t
record_links(struct job *job, const struct record *r,
    const struct record_link **links)
{
	struct record_link *v = NULL;
	size_t n = 0, cap = 0;

	collect_links(job, xmlDocGetRootElement(r->doc), &v, &n, &cap);
	*links = v;
	return n;
}

struct attachments {
	struct job *job;
	const struct records *rs;
	struct record_attachment *v;
	size_t n, cap;
};

static void
collect_attachments(struct attachments *f, const xmlNode *node)
{
	const xmlNode *c;
	const xmlAttr *a;

	for (a = node->properties; a != NULL; a = a->next)
		if (records_is_file(f->rs, (const char *)node->name,
			(const char *)a->name)) {
			f->v = arena_grow(f->job->arena, f->v, &f->cap,
			    f->n + 1, sizeof *f->v);
			f->v[f->n].name = xml_attr(f->job, node,
			    (const char *)a->name);
			f->v[f->n++].where = xml_where(node);
		}
	for (c = xml_child(node, NULL); c != NULL; c = xml_next(c, NULL))
		collect_attachments(f, c);
}

size_t
record_attachments(struct job *job, const struct records *rs,
    const struct record *r, const struct record_attachment **v)
{
	struct attachments f = { .job = job, .rs = rs };

	collect_attachments(&f, xmlDocGetRootElement(r->doc));
	*v = f.v;
	return f.n;
}

/* -------------------------------------------------------------------- plans */

struct planning {
	struct job *job;
	const char *element;
	struct record_planned *v;
	size_t n, cap;
};

static void
add_planned(struct planning *p, const xmlNode *n)
{
	const char *booklet = xml_attr(p->job, n, "booklet");

	p->v = arena_grow(p->job->arena, p->v, &p->cap, p->n + 1,
	    sizeof *p->v);
	p->v[p->n++] = (struct record_planned){
		.where = xml_where(n),
		.document = xml_attr(p->job, n, "document"),
		.audience = xml_attr(p->job, n, "audience"),
		.lang = xml_attr(p->job, n, "language"),
		.paper = xml_attr(p->job, n, "paper"),
		.period = xml_attr(p->job, n, "period"),
		/* As schemas write what is true. */
		.booklet = str_eq(booklet, "true") || str_eq(booklet, "1"),
	};
}

static void
find_planned(struct planning *p, const xmlNode *node)
{
	const xmlNode *n;

	for (n = xml_child(node, NULL); n != NULL; n = xml_next(n, NULL))
		if (str_eq((const char *)n->name, p->element))
			add_planned(p, n);
		else
			find_planned(p, n);
}

size_t
record_plan(struct job *job, const struct records *rs, const struct record *r,
    const struct record_planned **planned)
{
	struct planning p = { .job = job, .element = rs->plan_element };

	if (str_eq(r->kind, rs->plan_kind))
		find_planned(&p, xmlDocGetRootElement(r->doc));
	*planned = p.v;
	return p.n;
}
