/*
 * What an audience may see.  A class names its audiences; here that becomes a
 * verdict on each element and attribute, found once: the same few hundred names
 * come again in dossier after dossier.
 */
#include <stdlib.h>
#include <string.h>

#include "records/records_int.h"
#include "xml/xml.h"

struct record_view {
	struct records *rs;
	struct map *open;	/* the classes it may see */
	struct map *sights;	/* element -> struct record_sight */
};

struct record_sight {
	const char *element;
	bool open;
	struct map *attributes[2];	/* -> yes or no; [1]: of a record's root */
};

static const char yes[] = "yes", no[] = "no";

static bool
is_open(const struct record_view *v, const char *element,
    const char *attribute, bool record)
{
	const char *class = records_class(v->rs, element, attribute, record);

	return class != NULL && map_lookup(v->open, class) != NULL;
}

const struct record_sight *
record_sight(struct record_view *v, const char *element)
{
	struct record_sight *s = map_lookup(v->sights, element);

	if (s != NULL)
		return s;
	s = arena_alloc(v->rs->arena, sizeof *s);
	s->element = arena_strdup(v->rs->arena, element);
	s->open = is_open(v, element, NULL, false);
	s->attributes[0] = map_new();
	s->attributes[1] = map_new();
	map_put(v->sights, element, s);
	return s;
}

bool
record_sees(const struct record_sight *s)
{
	return s->open;
}

bool
record_sees_attribute(struct record_view *v, const struct record_sight *s,
    const char *attribute, bool record)
{
	struct map *verdicts = s->attributes[record];
	const char *verdict = map_lookup(verdicts, attribute);

	if (verdict == NULL) {
		verdict = is_open(v, s->element, attribute, record) ? yes : no;
		map_put(verdicts, attribute, (void *)verdict);
	}
	return verdict == yes;
}

/* Puts the classes that name the audience into its view.  False if nothing says
 * that there is such an audience; *known: those there are. */
static bool
read_audience(struct job *job, struct record_view *v, const xmlDoc *doc,
    const char *audience, struct buf *known)
{
	const xmlNode *n = xml_child(xmlDocGetRootElement((xmlDoc *)doc), NULL);
	bool found = false;

	for (; n != NULL; n = xml_next(n, NULL)) {
		const char *id = xml_attr(job, n, "id");
		const char *who = xml_attr(job, n, "audiences");

		if (who != NULL) {
			if (str_has_word(who, audience))
				map_put(v->open, id, v);
			continue;
		}
		found |= str_eq(id, audience);
		buf_printf(known, "%s%s", known->n > 0 ? ", " : "", id);
	}
	return found;
}

static void
free_view(struct record_view *v)
{
	size_t i;

	for (i = 0; i < map_count(v->sights); i++) {
		struct record_sight *s = map_value(v->sights, i);

		map_free(s->attributes[0]);
		map_free(s->attributes[1]);
	}
	map_free(v->sights);
	map_free(v->open);
}

void
records_free_views(struct records *rs)
{
	size_t i;

	for (i = 0; i < map_count(rs->views); i++)
		free_view(map_value(rs->views, i));
	map_free(rs->views);
}

struct record_view *
records_view(struct job *job, struct records *rs, const char *audience)
{
	struct record_view *v = map_lookup(rs->views, audience);
	const xmlDoc *doc = v == NULL ? records_audiences(job, rs) : NULL;
	struct buf known = { 0 };

	if (v != NULL || doc == NULL)
		return v;
	v = arena_alloc(rs->arena, sizeof *v);
	*v = (struct record_view){ rs, map_new(), map_new() };
	if (read_audience(job, v, doc, audience, &known)) {
		map_put(rs->views, audience, v);
	} else {
		diag_report(job->diag, DIAG_DOSSIER_AUDIENCE, where_none(),
		    audience, buf_str(&known));
		free_view(v);
		v = NULL;
	}
	buf_free(&known);
	return v;
}
