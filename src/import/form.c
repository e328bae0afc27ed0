/*
 * The form of a kind of record: schemas/fields/KIND.xml, which was made of its
 * schema when the program was built.
 */
#include <string.h>

#include "import/import_int.h"

static enum form_type
type_of(const char *name)
{
	static const char *const names[] = {
		[FORM_TEXT] = "text",	  [FORM_DATE] = "date",
		[FORM_NUMBER] = "number", [FORM_BOOLEAN] = "boolean",
		[FORM_CHOICE] = "choice", [FORM_LINK] = "link",
	};
	size_t i;

	for (i = FORM_TEXT; i < sizeof names / sizeof names[0]; i++)
		if (str_eq(names[i], name))
			return (enum form_type)i;
	return FORM_GROUP;
}

static void
read_field(struct job *job, struct form *form, const xmlNode *n)
{
	struct form_field *f = &form->fields[form->n++];

	f->path = xml_attr(job, n, "path");
	f->type = type_of(xml_attr(job, n, "type"));
	f->required = xml_attr(job, n, "required") != NULL;
	f->many = xml_attr(job, n, "many") != NULL;
	f->common = xml_attr(job, n, "common") != NULL;
	f->vague = xml_attr(job, n, "vague") != NULL;
	f->nameless = xml_attr(job, n, "nameless") != NULL;
	f->words[LANG_FR] = xml_attr(job, n, "fr");
	f->words[LANG_EN] = xml_attr(job, n, "en");
	f->heading[LANG_FR] = xml_attr(job, n, "heading-fr");
	f->heading[LANG_EN] = xml_attr(job, n, "heading-en");
	f->brief[LANG_FR] = xml_attr(job, n, "brief-fr");
	f->brief[LANG_EN] = xml_attr(job, n, "brief-en");
	f->target = xml_attr(job, n, "target");
	f->node = n;
	f->rank = form->n;
	map_put(form->by_path, f->path, f);
}

bool
form_open(struct job *job, struct records *rs, const char *kind,
    struct form *form)
{
	const xmlNode *root, *n;
	size_t count = 0;

	*form = (struct form){ .doc = records_form(job, rs, kind) };
	if (form->doc == NULL)
		return false;
	root = xmlDocGetRootElement(form->doc);
	for (n = xml_child(root, NULL); n != NULL; n = xml_next(n, NULL))
		count++;
	form->version = xml_attr(job, root, "version");
	form->by_path = map_new();
	form->fields = arena_array(job->arena, count, sizeof *form->fields);
	for (n = xml_child(root, NULL); n != NULL; n = xml_next(n, NULL))
		read_field(job, form, n);
	return true;
}

void
form_close(struct form *form)
{
	map_free(form->by_path);
	xmlFreeDoc(form->doc);
	*form = (struct form){ 0 };
}

const struct form_field *
form_lookup(const struct form *form, const char *path)
{
	return map_lookup(form->by_path, path);
}

/* The field or group around one; NULL for what is in the root. */
static const struct form_field *
around(struct job *job, const struct form *form, const struct form_field *f)
{
	const char *slash = strrchr(f->path, '/');

	return slash == NULL ? NULL : form_lookup(form,
	    arena_strndup(job->arena, f->path, (size_t)(slash - f->path)));
}

bool
form_is_required(struct job *job, const struct form *form,
    const struct form_field *f)
{
	while (f != NULL && f->required)
		f = strchr(f->path, '/') != NULL ? around(job, form, f) : NULL;
	return f == NULL;
}

/* The beginning of what a field is said to be, as far as it makes a name. */
static const char *
short_words(struct job *job, const struct form_field *f, enum lang lang)
{
	static const char *const ends[] = { ".", ",", ":", ";", "(", "\u00a0",
		" \u00ab", " \u201c" };
	const char *words = f->brief[lang], *end, *cut;
	size_t i;

	if (f->heading[lang] != NULL)
		return f->heading[lang];
	if (words == NULL)
		return f->path;
	end = words + strlen(words);
	for (i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if ((cut = strstr(words, ends[i])) != NULL && cut < end &&
		    cut > words)
			end = cut;
	while (end > words && end[-1] == ' ')
		end--;
	return arena_strndup(job->arena, words, (size_t)(end - words));
}

/* What it is said to be, after what the group so many levels above is. */
static const char *
words_within(struct job *job, const struct form *form,
    const struct form_field *f, enum lang lang, int levels)
{
	const struct form_field *group = f;
	const char *own, *words;
	struct buf b = { 0 };

	if (f->nameless && around(job, form, f) != NULL)
		group = f = around(job, form, f);
	own = short_words(job, f, lang);
	while (levels-- > 0 && group != NULL)
		group = around(job, form, group);
	if (group == f || group == NULL)
		return own;
	buf_printf(&b, "%s \u2013 %s", short_words(job, group, lang), own);
	words = arena_strdup(job->arena, b.p);
	buf_free(&b);
	return words;
}

/* Has another column the same words? */
static bool
is_shared(struct job *job, const struct form *form, const struct form_field *f,
    enum lang lang, int levels)
{
	const char *words = words_within(job, form, f, lang, levels);
	size_t i;

	for (i = 0; i < form->n; i++) {
		const struct form_field *other = &form->fields[i];

		if (other != f && form_has_column(form, other) &&
		    str_eq(words_within(job, form, other, lang, levels), words))
			return true;
	}
	return false;
}

/* After the nearest group that tells it from the others. */
const char *
form_heading(struct job *job, const struct form *form,
    const struct form_field *f, enum lang lang)
{
	const char *p;
	int depth = 0, levels = 0;

	for (p = f->path; (p = strchr(p, '/')) != NULL; p++)
		depth++;
	if (f->vague)
		levels = 1;
	while (levels < depth && is_shared(job, form, f, lang, levels))
		levels++;
	return words_within(job, form, f, lang, levels);
}

bool
form_has_column(const struct form *form, const struct form_field *f)
{
	size_t i;

	if (f->common || f->type == FORM_GROUP)
		return false;
	/* What is in something that repeats, or in a text. */
	for (i = 0; i < form->n; i++) {
		const struct form_field *g = &form->fields[i];
		const size_t n = strlen(g->path);

		if (g != f && str_starts(f->path, g->path) &&
		    f->path[n] == '/' && (g->many || g->type != FORM_GROUP))
			return false;
	}
	return true;
}

void
form_choices(struct job *job, const struct form_field *f, enum lang lang,
    struct buf *out)
{
	const xmlNode *c;
	const char *words;

	for (c = xml_child(f->node, "choice"); c != NULL;
	    c = xml_next(c, "choice")) {
		words = xml_attr(job, c, lang == LANG_FR ? "fr" : "en");
		buf_printf(out, "%s%s", out->n > 0 ? ", " : "",
		    xml_attr(job, c, "value"));
		if (words != NULL)
			buf_printf(out, " (%s)", words);
	}
}

/* A path without what is in brackets, which tells one of several. */
static const char *
plain_path(struct job *job, const char *path)
{
	char *plain = arena_strdup(job->arena, path), *to = plain;
	const char *p;

	for (p = path; *p != '\0'; p++)
		if (*p == '[')
			p += strcspn(p, "]") - (strchr(p, ']') == NULL);
		else
			*to++ = *p;
	*to = '\0';
	return plain;
}

void
import_field_names(struct job *job, struct records *rs, const char *kind,
    const char *const *paths, size_t n, const char **names)
{
	const struct form_field *f;
	struct form form;
	size_t i;

	memset(names, 0, n * sizeof *names);
	if (n == 0 || !records_has_kind(rs, kind) ||
	    !form_open(job, rs, kind, &form))
		return;
	for (i = 0; i < n; i++)
		if ((f = form_lookup(&form, plain_path(job, paths[i]))) != NULL)
			names[i] = arena_strdup(job->arena, form_heading(job,
			    &form, f, diag_lang(job->diag)));
	form_close(&form);
}
