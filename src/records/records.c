/*
 * What is known of all records before one is read: kinds, links, classes,
 * limits, and how a dossier is put together.  It comes from four files that the
 * build collected from the schemas; an arena of its own holds it for the life
 * of the process.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "records/records_int.h"
#include "xml/xml.h"

/* Two names joined: the key of a table of two columns.  The schemas have no
 * names as long as this; a document may, of things that are in no table. */
struct joined {
	char text[256];
	size_t n;	/* 0: longer than any */
};

static struct joined
join(const char *a, const char *b)
{
	const size_t n_a = strlen(a), n_b = strlen(b);
	struct joined key;

	key.n = 0;
	if (n_a + 1 + n_b > sizeof key.text)
		return key;
	memcpy(key.text, a, n_a);
	key.text[n_a] = '/';
	memcpy(key.text + n_a + 1, b, n_b);
	key.n = n_a + 1 + n_b;
	return key;
}

static void
put_joined(struct map *m, struct arena *arena, const char *a, const char *b,
    const char *value)
{
	const struct joined key = join(a, b);

	if (value != NULL && key.n > 0)
		map_put_bytes(m, key.text, key.n, arena_strdup(arena, value));
}

static const char *
look_joined(const struct map *m, const char *a, const char *b)
{
	const struct joined key = join(a, b);

	return key.n > 0 ? map_lookup_bytes(m, key.text, key.n) : NULL;
}

/* A name may be declared in several kinds, here for text and there for more. */
static void
tell_structures(struct records *rs, const struct map *texts)
{
	size_t i;

	for (i = 0; i < map_count(rs->element_class); i++) {
		const char *name = map_key(rs->element_class, i);

		if (map_lookup(texts, name) == NULL)
			xml_holds_elements(rs->x, RECORD_NS, name);
	}
}

/* What a user may call a kind: the first who comes has the name, unless it is
 * another's, too. */
static void
call_kind(struct records *rs, struct kind *k, const char *name)
{
	static struct kind several;
	struct buf key = { 0 };
	const struct kind *other;

	str_fold(&key, name);
	other = map_lookup(rs->kinds_called, buf_str(&key));
	if (other != k)
		map_put(rs->kinds_called, buf_str(&key),
		    other == NULL ? k : &several);
	buf_free(&key);
}

static void
read_kind(struct job *job, struct records *rs, const xmlNode *n,
    const char *id)
{
	static const char *const langs[] = { [LANG_FR] = "fr",
		[LANG_EN] = "en" };
	struct kind *k = arena_alloc(rs->arena, sizeof *k);
	const char *heading;
	size_t i;

	k->id = arena_strdup(rs->arena, id);
	map_put(rs->kinds, id, k);
	call_kind(rs, k, id);
	for (i = 0; i < sizeof langs / sizeof *langs; i++) {
		heading = xml_attr(job, n, langs[i]);
		if (heading == NULL)
			continue;
		k->heading[i] = arena_strdup(rs->arena, heading);
		call_kind(rs, k, heading);
	}
}

static bool
read_classes(struct job *job, struct records *rs)
{
	xmlDoc *doc = records_parse(job, rs, "schemas/classes.xml");
	struct map *texts;
	const xmlNode *n;

	if (doc == NULL)
		return false;
	texts = map_new();
	for (n = xml_child(xmlDocGetRootElement(doc), NULL); n != NULL;
	    n = xml_next(n, NULL)) {
		const char *name = xml_attr(job, n, "name");
		const char *class = xml_attr(job, n, "class");
		const char *target = xml_attr(job, n, "target");
		const char *kind = xml_attr(job, n, "kind");
		const bool is_attr = xml_is(n, SCHEMA_NS, "attribute");
		const char *of = is_attr ? xml_attr(job, n, "of") : name;

		if (xml_is(n, SCHEMA_NS, "kind")) {
			read_kind(job, rs, n, name);
			buf_puts(&rs->kind_list, rs->kind_list.n ? ", " : "");
			buf_puts(&rs->kind_list, name);
			continue;
		}
		if (xml_attr(job, n, "text") != NULL)
			map_put(texts, name, rs);
		if (xml_attr(job, n, "file") != NULL)
			put_joined(rs->files, rs->arena, of, name, "file");
		if (target != NULL)
			put_joined(rs->targets, rs->arena, kind, of, target);
		if (is_attr)
			put_joined(rs->attribute_class, rs->arena, of, name,
			    class);
		else if (class != NULL)
			map_put(rs->element_class, name,
			    arena_strdup(rs->arena, class));
	}
	tell_structures(rs, texts);
	map_free(texts);
	xmlFreeDoc(doc);
	return true;
}

static void
read_bring(struct job *job, struct records *rs, const xmlNode *n)
{
	struct record_bring *row;

	rs->brings = arena_grow(rs->arena, rs->brings, &rs->cap_brings,
	    rs->n_brings + 1, sizeof *rs->brings);
	row = &rs->brings[rs->n_brings++];
	row->kind = xml_attr(job, n, "kind");
	row->link = xml_attr(job, n, "link");
	row->any = str_eq(xml_attr(job, n, "of"), "any");
	row->unless = xml_attr(job, n, "unless");
	row->about = xml_attr(job, n, "about");
	row->subject = xml_attr(job, n, "subject");
}

static bool
read_dossier(struct job *job, struct records *rs)
{
	xmlDoc *doc = records_parse(job, rs, "schemas/dossier.xml");
	const xmlNode *n;

	if (doc == NULL)
		return false;
	for (n = xml_child(xmlDocGetRootElement(doc), NULL); n != NULL;
	    n = xml_next(n, NULL)) {
		const char *kind = xml_attr(job, n, "kind");
		const char *element = xml_attr(job, n, "element");

		if (str_eq((const char *)n->name, "bring"))
			read_bring(job, rs, n);
		else if (str_eq((const char *)n->name, "subject"))
			map_put(rs->subjects, kind, rs);
		else if (str_eq((const char *)n->name, "dated"))
			map_put(rs->dated, kind, (void *)element);
		else if (str_eq((const char *)n->name, "language")) {
			rs->language_kind = kind;
			rs->language_element = element;
		} else if (str_eq((const char *)n->name, "plan")) {
			rs->plan_kind = kind;
			rs->plan_element = element;
		}
	}
	xmlFreeDoc(doc);
	return true;
}

xmlDoc *
records_parse(struct job *job, struct records *rs, const char *name)
{
	struct buf path = { 0 };
	xmlDoc *doc;

	buf_printf(&path, "%s/%s", rs->data, name);
	doc = xml_parse_file(job, rs->x, buf_str(&path), &xml_limits_data);
	buf_free(&path);
	return doc;
}

struct records *
records_open(struct job *job, struct xml *x, const char *data)
{
	struct records *rs = xcalloc(1, sizeof *rs);
	struct job own = { .diag = job->diag };

	rs->arena = own.arena = arena_new();
	rs->x = x;
	rs->data = arena_strdup(rs->arena, data);
	rs->kinds = map_new();
	rs->kinds_called = map_new();
	rs->targets = map_new();
	rs->element_class = map_new();
	rs->attribute_class = map_new();
	rs->files = map_new();
	rs->subjects = map_new();
	rs->dated = map_new();
	rs->expected = map_new();
	rs->schemas = map_new();
	rs->views = map_new();
	xml_allow(x, data);
	if (read_classes(&own, rs) && read_dossier(&own, rs) &&
	    (rs->limits = records_parse(&own, rs, "schemas/limits.xml")) !=
		NULL)
		return rs;
	records_free(rs);
	return NULL;
}

void
records_free(struct records *rs)
{
	if (rs == NULL)
		return;
	map_free(rs->kinds);
	map_free(rs->kinds_called);
	map_free(rs->targets);
	map_free(rs->element_class);
	map_free(rs->attribute_class);
	map_free(rs->files);
	map_free(rs->subjects);
	map_free(rs->dated);
	map_free(rs->expected);
	map_free(rs->schemas);
	records_free_views(rs);
	xmlFreeDoc(rs->limits);
	xmlFreeDoc(rs->in_force);
	free(rs->held);
	xmlFreeDoc(rs->words);
	xmlFreeDoc(rs->audiences);
	buf_free(&rs->kind_list);
	arena_free(rs->arena);
	free(rs);
}

const char *
records_targets(struct records *rs, const char *kind, const char *element)
{
	return look_joined(rs->targets, kind, element);
}

xmlDoc *
records_form(struct job *job, struct records *rs, const char *kind)
{
	struct buf name = { 0 };
	xmlDoc *doc;

	if (!records_has_kind(rs, kind)) {
		records_report_kind(job, rs, where_none(), kind);
		return NULL;
	}
	buf_printf(&name, "schemas/fields/%s.xml", kind);
	doc = records_parse(job, rs, buf_str(&name));
	buf_free(&name);
	return doc;
}

bool
records_has_kind(const struct records *rs, const char *kind)
{
	return map_lookup(rs->kinds, kind) != NULL;
}

const char *
records_kind_called(const struct records *rs, const char *name)
{
	struct buf key = { 0 };
	const struct kind *k = map_lookup(rs->kinds, name);

	if (k == NULL) {
		str_fold(&key, name);
		k = map_lookup(rs->kinds_called, buf_str(&key));
		buf_free(&key);
	}
	return k != NULL ? k->id : NULL;
}

/* "person (Personne)"; the id alone says it where the heading is the same. */
static void
put_kind(struct buf *out, const struct kind *k, enum lang lang)
{
	const char *heading = k->heading[lang];
	struct buf a = { 0 }, b = { 0 };

	buf_puts(out, k->id);
	if (heading == NULL)
		return;
	str_fold(&a, k->id);
	str_fold(&b, heading);
	if (!str_eq(buf_str(&a), buf_str(&b)))
		buf_printf(out, " (%s)", heading);
	buf_free(&a);
	buf_free(&b);
}

void
records_report_kind(struct job *job, const struct records *rs,
    struct where where, const char *name)
{
	struct buf list = { 0 };
	size_t i;

	for (i = 0; i < map_count(rs->kinds); i++) {
		buf_puts(&list, i > 0 ? ", " : "");
		put_kind(&list, map_value(rs->kinds, i), diag_lang(job->diag));
	}
	diag_report(job->diag, DIAG_RECORD_KIND, where, name, buf_str(&list));
	buf_free(&list);
}

const char *
records_kinds_shown(struct job *job, const struct records *rs,
    const char *kinds)
{
	struct buf list = { 0 };
	const char *shown;
	size_t n;

	for (; *kinds != '\0'; kinds += n + (kinds[n] == ' ')) {
		const char *id;
		const struct kind *k;

		n = strcspn(kinds, " ");
		id = arena_strndup(job->arena, kinds, n);
		k = map_lookup(rs->kinds, id);
		buf_puts(&list, list.n > 0 ? ", " : "");
		if (k != NULL)
			put_kind(&list, k, diag_lang(job->diag));
		else
			buf_puts(&list, id);
	}
	shown = arena_strdup(job->arena, buf_str(&list));
	buf_free(&list);
	return shown;
}

const char *
records_kinds(const struct records *rs)
{
	return buf_str(&rs->kind_list);
}

const char *
records_class(struct records *rs, const char *element, const char *attribute,
    bool record)
{
	const char *class;

	if (attribute == NULL)
		return map_lookup(rs->element_class, element);
	class = look_joined(rs->attribute_class, element, attribute);
	if (class == NULL && record)
		class = look_joined(rs->attribute_class, "record", attribute);
	/* A link's ref stands in the type of all links. */
	if (class == NULL)
		class = look_joined(rs->attribute_class, "link", attribute);
	return class != NULL ? class
	    : look_joined(rs->attribute_class, "", attribute);
}

bool
records_is_file(const struct records *rs, const char *element,
    const char *attribute)
{
	return look_joined(rs->files, element, attribute) != NULL;
}

size_t
records_brings(struct records *rs, const struct record_bring **rows)
{
	*rows = rs->brings;
	return rs->n_brings;
}

bool
records_is_subject(struct records *rs, const char *kind)
{
	return map_lookup(rs->subjects, kind) != NULL;
}

const char *
records_dated(struct records *rs, const char *kind)
{
	return map_lookup(rs->dated, kind);
}

void
records_language(struct records *rs, const char **kind, const char **element)
{
	*kind = rs->language_kind;
	*element = rs->language_element;
}

xmlDoc *
records_limits(struct records *rs)
{
	return rs->limits;
}

static bool
is_in_force(struct job *job, const xmlNode *limit, const char *date)
{
	const char *from = xml_attr(job, limit, "from");
	const char *to = xml_attr(job, limit, "to");

	return !str_eq(xml_attr(job, limit, "enabled"), "false") &&
	    (from == NULL || strcmp(from, date) <= 0) &&
	    (to == NULL || strcmp(to, date) >= 0);
}

static void
copy_limits(struct records *rs)
{
	xmlNode *root;
	size_t i;

	xmlFreeDoc(rs->in_force);
	rs->in_force = xml_new_tree(rs->x);
	root = xmlNewDocNode(rs->in_force, NULL, (const xmlChar *)"limits",
	    NULL);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)RECORD_NS, NULL));
	xmlDocSetRootElement(rs->in_force, root);
	for (i = 0; i < rs->n_held; i++)
		xmlAddChild(root, xmlDocCopyNode((xmlNode *)rs->held[i],
		    rs->in_force, 1));
	rs->sum_in_force = xml_sum(rs->in_force, 0);
}

/* On most days the same hold, so they are copied once. */
xmlNode *
records_lend_limits(struct job *job, struct records *rs, const char *date)
{
	const xmlNode *n;
	bool same = rs->in_force != NULL;
	size_t i = 0;
	xmlNode *root;

	for (n = xml_child(xmlDocGetRootElement(rs->limits), "limit");
	    n != NULL; n = xml_next(n, "limit")) {
		if (!is_in_force(job, n, date))
			continue;
		same = same && i < rs->n_held && rs->held[i] == n;
		VEC_RESERVE(rs->held, rs->cap_held, i + 1);
		rs->held[i++] = n;
	}
	same = same && i == rs->n_held;
	rs->n_held = i;
	if (!same)
		copy_limits(rs);
	root = xmlDocGetRootElement(rs->in_force);
	xmlUnlinkNode(root);
	return root;
}

void
records_return_limits(struct records *rs, xmlNode *limits)
{
	xmlUnlinkNode(limits);
	xmlDocSetRootElement(rs->in_force, limits);
}

uint64_t
records_limits_sum(const struct records *rs)
{
	return rs->sum_in_force;
}

const xmlDoc *
records_audiences(struct job *job, struct records *rs)
{
	struct job own = { .arena = rs->arena, .diag = job->diag };

	if (rs->audiences == NULL)
		rs->audiences = records_parse(&own, rs,
		    "schemas/audiences.xml");
	return rs->audiences;
}

const char *
records_plan_kind(const struct records *rs)
{
	return rs->plan_kind;
}

/* Of files whatever their order: sums of each are added up. */
static uint64_t
sum_folder(struct job *job, const struct records *rs, const char *name,
    const char *suffix)
{
	struct buf path = { 0 }, bytes = { 0 };
	const struct dirent *e;
	uint64_t sum = 0;
	size_t end;
	DIR *dir;

	buf_printf(&path, "%s/%s/", rs->data, name);
	end = path.n;
	dir = opendir(path.p);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (!str_ends(e->d_name, suffix))
			continue;
		path.n = end;
		buf_puts(&path, e->d_name);
		buf_clear(&bytes);
		if (file_read(job, path.p, xml_limits_data.bytes, &bytes))
			sum += sum_add(0, bytes.p, bytes.n);
	}
	if (dir != NULL)
		closedir(dir);
	buf_free(&path);
	buf_free(&bytes);
	return sum;
}

struct summed {
	const char *folder, *suffix;
};

/* In *sum, once: a sum and, added to it, those of files; odd. */
static uint64_t
sum_once(struct job *job, const struct records *rs, uint64_t *sum,
    uint64_t begin, const struct summed *files, size_t n)
{
	uint64_t total = begin;
	size_t i;

	if (*sum == 0) {
		for (i = 0; i < n; i++)
			total += sum_folder(job, rs, files[i].folder,
			    files[i].suffix);
		*sum = total * 31 | 1;
	}
	return *sum;
}

#define SUM_ONCE(job, rs, sum, begin, files) \
	sum_once((job), (rs), (sum), (begin), (files), \
	    sizeof(files) / sizeof *(files))

uint64_t
records_sum(struct job *job, struct records *rs)
{
	static const struct summed files[] = {
		{ "schemas/records", ".xsd" },
		{ "rules", "record.fr.xsl" },
		{ "rules", "record.en.xsl" },
	};

	return SUM_ONCE(job, rs, &rs->sum, 0, files);
}

uint64_t
records_sum_subject(struct job *job, struct records *rs)
{
	static const struct summed files[] = {
		{ "schemas", "dossier.xml" },
		{ "rules", "subject.fr.xsl" },
		{ "rules", "subject.en.xsl" },
		{ "stylesheets", "functions.xsl" },
	};

	return SUM_ONCE(job, rs, &rs->sum_subject, records_sum(job, rs), files);
}

uint64_t
records_sum_all(struct job *job, struct records *rs)
{
	static const struct summed files[] = {
		{ "schemas", ".xml" },
		{ "schemas", ".sql" },
		{ "rules", ".xsl" },
	};

	return SUM_ONCE(job, rs, &rs->whole, records_sum(job, rs), files);
}

const char *
records_data(const struct records *rs)
{
	return rs->data;
}

struct xml *
records_xml(const struct records *rs)
{
	return rs->x;
}
