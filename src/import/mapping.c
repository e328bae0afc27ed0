/*
 * The mapping: which column goes where in a record.  Its form is
 * schemas/import.xsd; the paths must be in the form of the kind.
 */
#include <stdlib.h>
#include <string.h>

#include "import/import_int.h"

#define IMPORT_NS "urn:parcours:import"

/* -------------------------------------------------------------- patterns */

static void
add_part(struct job *job, struct field *f, size_t *cap, const char *s,
    size_t n, bool is_column)
{
	struct part *p;

	if (n == 0)
		return;
	f->parts = arena_grow(job->arena, f->parts, cap, f->n_parts + 1,
	    sizeof *f->parts);
	p = &f->parts[f->n_parts++];
	*p = (struct part){ .column = SIZE_MAX };
	*(is_column ? &p->heading : &p->text) = arena_strndup(job->arena, s, n);
}

/* What column="…" or pattern="…{…}…" say. */
static void
read_source(struct job *job, const xmlNode *n, struct field *f)
{
	const char *s = xml_attr(job, n, "column"), *open, *close;
	size_t cap = 0;

	f->where = xml_where(n);
	if (s != NULL) {
		add_part(job, f, &cap, s, strlen(s), true);
		return;
	}
	s = xml_attr(job, n, "pattern");
	while (s != NULL && (open = strchr(s, '{')) != NULL &&
	    (close = strchr(open, '}')) != NULL) {
		add_part(job, f, &cap, s, (size_t)(open - s), false);
		add_part(job, f, &cap, open + 1, (size_t)(close - open - 1),
		    true);
		s = close + 1;
	}
	if (s != NULL)
		add_part(job, f, &cap, s, strlen(s), false);
}

/* ----------------------------------------------------------------- paths */

/* [@name='value'] or [2] after a step; past it, or NULL. */
static const char *
read_bracket(struct job *job, const char *s, struct step *step)
{
	const char *close = strchr(s, ']'), *equals = strchr(s, '=');
	char quote;

	if (close == NULL)
		return NULL;
	if (s[1] != '@')
		return num_parse_int(s + 1, &s, &step->nth) && s == close &&
		    step->nth >= 1 && step->nth <= 1000 ? close + 1 : NULL;
	if (equals == NULL || equals > close)
		return NULL;
	quote = equals[1];
	close = quote == '\'' || quote == '"' ? strchr(equals + 2, quote)
					       : NULL;
	if (close == NULL || close[1] != ']')
		return NULL;
	step->attr = arena_strndup(job->arena, s + 2,
	    (size_t)(equals - s - 2));
	step->value = arena_strndup(job->arena, equals + 2,
	    (size_t)(close - equals - 2));
	return close + 2;
}

/* Takes a path apart; false if it is none. */
static bool
read_path(struct job *job, struct field *f)
{
	struct buf plain = { 0 };
	const char *s = f->path;
	size_t cap = 0, n;
	bool ok = true;

	while (ok && *s != '\0' && *s != '@') {
		struct step *step;

		n = strcspn(s, "/[@");
		f->steps = arena_grow(job->arena, f->steps, &cap,
		    f->n_steps + 1, sizeof *f->steps);
		step = &f->steps[f->n_steps++];
		*step = (struct step){ .nth = 1,
			.name = arena_strndup(job->arena, s, n) };
		buf_printf(&plain, "%s%s", plain.n > 0 ? "/" : "", step->name);
		s += n;
		if (*s == '[')
			s = read_bracket(job, s, step);
		ok = n > 0 && s != NULL && (*s == '/' || *s == '\0');
		if (ok && *s == '/')
			s++;
	}
	if (ok && *s == '@') {
		f->attribute = s + 1;
		buf_printf(&plain, "%s%s", plain.n > 0 ? "/" : "", s);
	}
	f->plain = arena_strdup(job->arena, buf_str(&plain));
	buf_free(&plain);
	return ok;
}

/* ---------------------------------------------------------------- fields */

static void
read_choices(struct job *job, const xmlNode *n, struct field *f)
{
	const xmlNode *c;
	struct buf key = { 0 };
	static const char *const words[] = { "value", "fr", "en" };
	size_t i;

	f->choices = map_new();
	/* The mapping's own come last and win. */
	for (c = xml_child(f->form->node, "choice"); c != NULL;
	    c = xml_next(c, "choice"))
		for (i = 0; i < 3; i++) {
			if (xml_attr(job, c, words[i]) == NULL)
				continue;
			buf_clear(&key);
			str_fold(&key, xml_attr(job, c, words[i]));
			map_put(f->choices, buf_str(&key),
			    (void *)xml_attr(job, c, "value"));
		}
	for (c = xml_child(n, "choice"); c != NULL; c = xml_next(c, "choice")) {
		buf_clear(&key);
		str_fold(&key, xml_attr(job, c, "cell"));
		map_put(f->choices, buf_str(&key),
		    (void *)xml_attr(job, c, "value"));
	}
	buf_free(&key);
}

static enum form_type
read_type(struct job *job, const xmlNode *n, const struct form_field *form)
{
	static const struct {
		const char *name;
		enum form_type type;
	} types[] = {
		{ "text", FORM_TEXT }, { "date", FORM_DATE },
		{ "number", FORM_NUMBER }, { "boolean", FORM_BOOLEAN },
		{ "choice", FORM_CHOICE }, { "link", FORM_LINK },
	};
	const char *name = xml_attr(job, n, "type");
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_eq(types[i].name, name))
			return types[i].type;
	return form->type;
}

static bool
read_field(struct job *job, const struct form *form, const char *kind,
    const xmlNode *n, struct field *f)
{
	read_source(job, n, f);
	f->path = xml_attr(job, n, "path");
	f->form = read_path(job, f) ? form_lookup(form, f->plain) : NULL;
	if (f->form == NULL || f->form->type == FORM_GROUP) {
		diag_report(job->diag, DIAG_IMPORT_PATH, f->where, kind,
		    f->path);
		return false;
	}
	f->value = xml_attr(job, n, "value");
	f->fallback = xml_attr(job, n, "default");
	f->split = xml_attr(job, n, "split");
	f->by = xml_attr(job, n, "by");
	f->kind = xml_attr(job, n, "kind");
	if (f->kind == NULL)
		f->kind = f->form->target;
	f->type = f->by != NULL ? FORM_LINK : read_type(job, n, f->form);
	f->optional = str_has_word("true 1",
	    xml_attr(job, n, "optional") != NULL
		? xml_attr(job, n, "optional") : "false");
	f->required = form_is_required(job, form, f->form) ||
	    (xml_attr(job, n, "required") != NULL &&
		str_has_word("true 1", xml_attr(job, n, "required")));
	read_choices(job, n, f);
	if (f->value != NULL || f->n_parts > 0)
		return true;
	diag_report(job->diag, DIAG_IMPORT_WITHOUT, f->where, f->path);
	return false;
}

static bool
is_valid(struct job *job, struct records *rs, const xmlDoc *doc,
    const char *kind)
{
	static const char *const file = "import.xsd";
	const xmlNode *root = xmlDocGetRootElement(doc);
	struct buf folder = { 0 };
	struct xml_schema *s;
	const char *of;

	if (!xml_is(root, IMPORT_NS, "import")) {
		diag_report(job->diag, DIAG_IMPORT_MAPPING, xml_where(root),
		    kind);
		return false;
	}
	buf_printf(&folder, "%s/schemas", records_data(rs));
	s = xml_schema_load(job, records_xml(rs), buf_str(&folder), IMPORT_NS,
	    &file, 1);
	buf_free(&folder);
	if (s == NULL || !xml_schema_check(job, s, (xmlDoc *)doc))
		return false;
	of = xml_attr(job, root, "kind");
	if (!str_eq(of, kind))
		diag_report(job->diag, DIAG_IMPORT_KIND, xml_where(root), of,
		    kind);
	return str_eq(of, kind);
}

/* What every record of the kind has, no field speaks of. */
static bool
check_required(struct job *job, const struct form *form,
    const struct mapping *m, struct where where)
{
	bool ok = true;
	size_t i, k;

	for (i = 0; i < form->n; i++) {
		const struct form_field *f = &form->fields[i];
		const size_t n = strlen(f->path);

		if (!f->required || f->common || strchr(f->path, '/') != NULL)
			continue;
		for (k = 0; k < m->n; k++)
			if (str_starts(m->fields[k].plain, f->path) &&
			    (m->fields[k].plain[n] == '\0' ||
				m->fields[k].plain[n] == '/'))
				break;
		if (k < m->n)
			continue;
		diag_report(job->diag, DIAG_IMPORT_MISSING, where, f->path,
		    f->words[diag_lang(job->diag)] != NULL
			? f->words[diag_lang(job->diag)] : "");
		ok = false;
	}
	return ok;
}

bool
mapping_open(struct job *job, struct records *rs, const struct form *form,
    const xmlDoc *doc, const char *kind, struct mapping *m)
{
	const xmlNode *root = xmlDocGetRootElement(doc), *n;
	const char *heading;
	bool ok = true;

	*m = (struct mapping){ .kind = kind };
	if (!is_valid(job, rs, doc, kind))
		return false;
	m->lang = xml_attr(job, root, "lang");
	m->sheet = xml_attr(job, root, "sheet");
	heading = xml_attr(job, root, "heading");
	if (heading != NULL)
		num_parse_int(heading, NULL, &m->heading);
	read_source(job, xml_child(root, "id"), &m->id);
	if (m->id.n_parts == 0) {
		diag_report(job->diag, DIAG_IMPORT_WITHOUT, m->id.where, "id");
		ok = false;
	}
	for (n = xml_child(root, "field"); n != NULL;
	    n = xml_next(n, "field")) {
		m->fields = arena_grow(job->arena, m->fields, &m->cap,
		    m->n + 1, sizeof *m->fields);
		ok = read_field(job, form, kind, n, &m->fields[m->n]) && ok;
		m->n++;
	}
	return ok && check_required(job, form, m, xml_where(root));
}

void
mapping_close(struct mapping *m)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		map_free(m->fields[i].choices);
		map_free(m->fields[i].index);
	}
	m->n = 0;
}

/* --------------------------------------------------------------- columns */

/* Where each heading of the table is: folded -> its column and 1; one that
 * stands twice has none. */
static struct map *
index_headings(const struct row *row, size_t *columns)
{
	struct map *map = map_new();
	struct buf key = { 0 };
	size_t i;

	for (i = 0; i < row->n; i++) {
		buf_clear(&key);
		str_fold(&key, row->cells[i].text);
		columns[i] = i;
		if (key.n == 0)
			continue;
		if (map_lookup(map, key.p) != NULL)
			columns[i] = SIZE_MAX;
		map_put(map, key.p, &columns[i]);
	}
	buf_free(&key);
	return map;
}

bool
mapping_is_why(const char *heading)
{
	struct buf why = { 0 };
	bool is = false;
	int lang;

	for (lang = LANG_FR; lang <= LANG_EN; lang++) {
		buf_clear(&why);
		message_format(&why, (enum lang)lang, DIAG_IMPORT_WHY, NULL);
		is = is || str_eq(heading, buf_str(&why));
	}
	buf_free(&why);
	return is;
}

static const char *
list_headings(struct job *job, const struct row *row, const bool *used)
{
	struct buf b = { 0 }, text = { 0 };
	const char *list;
	size_t i;

	for (i = 0; i < row->n; i++) {
		buf_clear(&text);
		value_trim(&text, row->cells[i].text, false);
		if (text.n > 0 && !mapping_is_why(text.p) &&
		    (used == NULL || !used[i]))
			message_format(&b, diag_lang(job->diag), b.n > 0
				? DIAG_IMPORT_NEXT_NAME : DIAG_IMPORT_NAME,
			    (const char *const[]){ text.p, NULL });
	}
	list = arena_strdup(job->arena, buf_str(&b));
	buf_free(&b);
	buf_free(&text);
	return list;
}

static bool
bind_field(struct job *job, struct field *f, const struct map *headings,
    const struct row *row, const char *file, bool *used)
{
	const struct where where = { file, row->line, 0 };
	struct buf key = { 0 };
	bool ok = true;
	size_t i, *column;

	for (i = 0; i < f->n_parts; i++) {
		struct part *p = &f->parts[i];

		if (p->heading == NULL)
			continue;
		buf_clear(&key);
		str_fold(&key, p->heading);
		column = map_lookup(headings, buf_str(&key));
		p->column = column != NULL ? *column : SIZE_MAX;
		if (p->column != SIZE_MAX) {
			used[p->column] = true;
		} else if (column != NULL) {
			diag_report(job->diag, DIAG_IMPORT_TWICE,
			    where, p->heading);
			ok = false;
		} else if (!f->optional) {
			diag_report(job->diag, DIAG_IMPORT_COLUMN,
			    where, p->heading,
			    list_headings(job, row, NULL));
			ok = false;
		}
	}
	buf_free(&key);
	return ok;
}

bool
mapping_bind(struct job *job, struct mapping *m, const struct row *row,
    const char *file)
{
	size_t *columns = arena_array(job->arena, row->n, sizeof *columns);
	bool *used = arena_array(job->arena, row->n, sizeof *used);
	struct map *headings = index_headings(row, columns);
	const struct where where = { file, row->line, 0 };
	const char *left;
	bool ok;
	size_t i;

	ok = bind_field(job, &m->id, headings, row, file, used);
	for (i = 0; i < m->n; i++)
		ok = bind_field(job, &m->fields[i], headings, row, file,
			 used) && ok;
	map_free(headings);
	left = list_headings(job, row, used);
	if (*left != '\0')
		diag_report(job->diag, DIAG_IMPORT_UNUSED,
		    where, left);
	return ok;
}
