/*
 * Row by row: values out of cells, a tree out of values, bytes out of the tree,
 * which are added as the file of a record is.  The file has a name that tells
 * the row, FILE:ROW or FILE:SHEET:ROW; what is found in it is told of the cell
 * that the element at fault came from.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "import/import_int.h"

/* What is remembered of a row. */
struct entered {
	const char *id;		/* NULL: it was not entered this round */
	int32_t line;
	struct buf why;		/* it is refused; empty: it is not */
};

struct import {
	struct job *job;	/* of what lasts */
	struct records *rs;
	struct import_source source;
	struct form form;
	struct mapping mapping;
	struct buf heading;	/* the cells of that row, a NUL after each */
	size_t n_headings;
	const char *sheet;
	struct buf prefix;	/* of the names of rows */
	struct map *headings;	/* folded, that the mapping speaks of */

	struct entered *rows;	/* by number */
	size_t n_rows, cap_rows;
	struct arena *round;	/* ids of the rows */
	struct map *ids;	/* -> number of the row */
	struct registry_link *links; /* of rows that were not entered */
	size_t n_links, cap_links;
	struct import_state state;
};

/* One row on its way. */
struct making {
	struct import *im;
	struct job job;		/* its arena and sink are of the row */
	struct registry *r;
	const struct row *row;
	struct buf name;
	struct buf bytes;
	bool known;		/* the registry has the record */
	size_t before;		/* how many links others had */
	bool *unread;		/* by field: its cells could not be read */
};

/* --------------------------------------------------------------- opening */

static const char *
remember_heading(struct map *headings, const char *heading)
{
	struct buf key = { 0 };

	str_fold(&key, heading);
	map_put(headings, buf_str(&key), headings);
	buf_free(&key);
	return heading;
}

static void
gather_headings(struct import *im)
{
	size_t i, k;

	im->headings = map_new();
	for (i = 0; i <= im->mapping.n; i++) {
		const struct field *f = i < im->mapping.n
		    ? &im->mapping.fields[i] : &im->mapping.id;

		for (k = 0; k < f->n_parts; k++)
			if (f->parts[k].heading != NULL)
				remember_heading(im->headings,
				    f->parts[k].heading);
	}
}

static bool
load_mapping(struct import *im)
{
	const struct import_source *s = &im->source;
	struct buf text = { 0 }, columns = { 0 };
	xmlDoc *doc;
	bool ok;

	if (s->mapping != NULL) {
		doc = xml_parse_file(im->job, records_xml(im->rs), s->mapping,
		    &xml_limits_data);
	} else {
		import_template(im->job, im->rs, s->kind, s->lang, &text,
		    &columns);
		doc = xml_parse_bytes(im->job, records_xml(im->rs),
		    buf_str(&text), text.n, s->kind, &xml_limits_data);
	}
	ok = doc != NULL && mapping_open(im->job, im->rs, &im->form, doc,
	    s->kind, &im->mapping);
	xmlFreeDoc(doc);
	buf_free(&text);
	buf_free(&columns);
	return ok;
}

static struct table *
open_sheet(struct import *im, struct job *job)
{
	return table_open(job, records_xml(im->rs), im->source.path,
	    im->mapping.sheet, im->headings);
}

/* Lists have titles above them: where the mapping does not say which row has the
 * headings, it is that of the first few that has most of those asked for. */
static void
find_heading(struct import *im)
{
	struct job own = { im->job->arena, diag_new(LANG_EN, DIAG_TEXT), NULL };
	struct table *t = open_sheet(im, &own);
	const struct row *row;
	size_t best = 0, n, i;

	for (i = 0; t != NULL && i < HEADING_ROWS &&
	    (row = table_next(t)) != NULL; i++) {
		n = headings_among(im->headings, row);
		if (n > best) {
			best = n;
			im->mapping.heading = (long)row->number;
		}
	}
	table_free(t);
	diag_free(own.diag);
}

/* Where the mapping names no sheet, the table may be on another. */
static bool
bind(struct import *im, struct job *job, const struct table *t,
    const struct row *row)
{
	if (mapping_bind(job, &im->mapping, row, im->source.path))
		return true;
	if (t->sheet != NULL && im->mapping.sheet == NULL)
		diag_report(job->diag, DIAG_IMPORT_FIRST_SHEET,
		    where_file(im->source.path), t->sheet);
	return false;
}

/* The table at the row behind the headings; NULL after reporting. */
static struct table *
open_table(struct import *im, struct job *job, bool first)
{
	struct table *t = open_sheet(im, job);
	const struct row *row = NULL;
	size_t i;

	while (t != NULL && (row = table_next(t)) != NULL &&
	    (long)row->number < im->mapping.heading)
		;
	if (t != NULL && row == NULL && !t->failed)
		diag_report(job->diag, DIAG_IMPORT_EMPTY_TABLE,
		    where_file(im->source.path), NULL);
	if (row == NULL || (first && !bind(im, job, t, row))) {
		table_free(t);
		return NULL;
	}
	if (!first)
		return t;
	im->sheet = t->sheet;
	im->n_headings = row->n;
	for (i = 0; i < row->n; i++) {
		value_trim(&im->heading, row->cells[i].text, false);
		buf_putc(&im->heading, '\0');
	}
	return t;
}

static const char *
heading_of(const struct import *im, size_t column)
{
	const char *s = buf_str(&im->heading);

	if (column >= im->n_headings)
		return "";
	while (column-- > 0)
		s += strlen(s) + 1;
	return s;
}

/* "people.ods:Sheet 1:", to which the number of the row comes.  A slash in it
 * would be a folder's. */
static void
make_prefix(struct import *im)
{
	size_t begin;

	buf_printf(&im->prefix, "%s:", im->source.path);
	begin = im->prefix.n;
	if (im->sheet != NULL)
		buf_printf(&im->prefix, "%s:", im->sheet);
	for (; begin < im->prefix.n; begin++)
		if (im->prefix.p[begin] == '/')
			im->prefix.p[begin] = '_';
}

struct import *
import_open(struct job *job, struct records *rs,
    const struct import_source *source)
{
	struct import *im = xcalloc(1, sizeof *im);
	struct table *t = NULL;

	im->job = job;
	im->rs = rs;
	im->source = *source;
	im->round = arena_new();
	im->ids = map_new();
	if (form_open(job, rs, source->kind, &im->form) && load_mapping(im)) {
		gather_headings(im);
		if (im->mapping.heading == 0)
			find_heading(im);
		t = open_table(im, job, true);
	}
	if (t == NULL) {
		import_free(im);
		return NULL;
	}
	make_prefix(im);
	table_free(t);
	return im;
}

void
import_free(struct import *im)
{
	size_t i;

	if (im == NULL)
		return;
	for (i = 0; i < im->n_rows; i++)
		buf_free(&im->rows[i].why);
	free(im->rows);
	mapping_close(&im->mapping);
	form_close(&im->form);
	buf_free(&im->heading);
	buf_free(&im->prefix);
	map_free(im->headings);
	map_free(im->ids);
	free(im->links);
	arena_free(im->round);
	free(im);
}

const struct import_state *
import_state(const struct import *im)
{
	return &im->state;
}

static struct entered *
entry_of(struct import *im, size_t number)
{
	const size_t before = im->cap_rows;

	VEC_RESERVE(im->rows, im->cap_rows, number + 1);
	if (im->cap_rows > before)
		memset(im->rows + before, 0,
		    (im->cap_rows - before) * sizeof *im->rows);
	if (number >= im->n_rows)
		im->n_rows = number + 1;
	return &im->rows[number];
}

/* --------------------------------------------------------------- telling */

/* Says something of a row, and of a column of it unless that is SIZE_MAX; an
 * error refuses the row. */
static void
tell(struct import *im, enum diag_severity severity, const char *id,
    size_t number, size_t column, const char *text)
{
	static const enum diag_code forms[] = { DIAG_IMPORT_IN_ROW,
		DIAG_IMPORT_IN_CELL, DIAG_IMPORT_IN_SHEET_ROW,
		DIAG_IMPORT_IN_SHEET_CELL };
	struct entered *e = entry_of(im, number);
	const bool cell = column != SIZE_MAX;
	const char *heading = cell ? heading_of(im, column) : "";
	struct buf n = { 0 }, out = { 0 };

	buf_printf(&n, "%zu", number);
	message_format(&out, diag_lang(im->job->diag),
	    forms[(im->sheet != NULL ? 2 : 0) + cell],
	    (const char *const[]){ n.p, text, heading,
		im->sheet != NULL ? im->sheet : "", NULL });
	diag_report_rule(im->job->diag, severity, id, (struct where){
		im->source.path, e->line, cell ? (int32_t)column + 1 : 0 },
	    out.p);
	if (severity >= DIAG_ERROR) {
		if (e->why.n == 0) {
			im->state.refused++;
			im->state.round++;
		}
		if (e->why.n > 0)
			buf_putc(&e->why, '\n');
		if (cell)
			message_format(&e->why, diag_lang(im->job->diag),
			    DIAG_IMPORT_OF_COLUMN, (const char *const[]){
				heading, text, NULL });
		else
			buf_puts(&e->why, text);
	}
	buf_free(&n);
	buf_free(&out);
}

static xmlNode *
at_place(xmlNode *n, struct where where)
{
	xmlNode *child, *found;
	const struct where own = xml_where(n);

	if (own.line == where.line && own.col == where.col)
		return n;
	for (child = xml_child(n, NULL); child != NULL;
	    child = xml_next(child, NULL))
		if ((found = at_place(child, where)) != NULL)
			return found;
	return NULL;
}

static bool
is_at(const xmlNode *n, const char *plain)
{
	const char *end = plain + strlen(plain);
	size_t k;

	for (; n->parent != NULL && n->parent->type == XML_ELEMENT_NODE;
	    n = n->parent) {
		k = strlen((const char *)n->name);
		if ((size_t)(end - plain) < k ||
		    memcmp(end - k, n->name, k) != 0)
			return false;
		end -= k;
		end -= end > plain;
	}
	return end == plain;
}

static size_t
column_of(const struct field *f)
{
	size_t i;

	for (i = 0; i < f->n_parts; i++)
		if (f->parts[i].column != SIZE_MAX)
			return f->parts[i].column;
	return SIZE_MAX;
}

/* The column that the element at a place of a record came from; SIZE_MAX if
 * none did, or several. */
static size_t
column_at(struct import *im, const struct buf *bytes, struct where where)
{
	struct job own = { arena_new(), im->job->diag, NULL };
	xmlDoc *doc = xml_parse_bytes(&own, records_xml(im->rs),
	    buf_str(bytes), bytes->n, "", &xml_limits_record);
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL, *n;
	size_t i, found = SIZE_MAX, count = 0;

	n = root != NULL ? at_place(root, where) : NULL;
	for (i = 0; n != NULL && i < im->mapping.n; i++) {
		const struct field *f = &im->mapping.fields[i];

		if (column_of(f) != SIZE_MAX &&
		    (tree_element(root, f) == n ||
			(f->split != NULL && is_at(n, f->plain)))) {
			found = column_of(f);
			count++;
		}
	}
	xmlFreeDoc(doc);
	arena_free(own.arena);
	return count == 1 ? found : SIZE_MAX;
}

/* A finding in the bytes of a row; a column instead of a place has no line. */
static void
tell_finding(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct making *m = ctx;
	size_t column = SIZE_MAX;

	if (where.line > 0)
		column = column_at(m->im, &m->bytes, where);
	else if (where.col > 0)
		column = (size_t)where.col - 1;
	tell(m->im, severity, id, m->row->number, column, text);
}

static void
complain_at(struct making *m, size_t column, enum diag_code code,
    const char *a, const char *b)
{
	const struct where where = { m->name.p, 0,
		column == SIZE_MAX ? 0 : (int32_t)column + 1 };

	diag_report(m->job.diag, code, where, a, b);
}

/* Something wrong with what is in the columns of a field. */
static void
complain(struct making *m, const struct field *f, enum diag_code code,
    const char *a, const char *b)
{
	complain_at(m, column_of(f), code, a, b);
}

/* ---------------------------------------------------------------- values */

static const struct cell *
cell_at(const struct row *row, size_t column)
{
	static const struct cell empty = { CELL_TEXT, "", NULL };

	return column < row->n ? &row->cells[column] : &empty;
}

/* A cell's text; a number that a narrow column shows as 1,5E+9 or ### is
 * written out. */
static const char *
text_of(const struct cell *c)
{
	if (c->type == CELL_NUMBER && (strchr(c->text, '#') != NULL ||
	    strpbrk(c->text, "eE") != NULL))
		return c->value;
	return c->text;
}

/* What stands in the columns of a field; false if they are all empty. */
static bool
gather(const struct making *m, const struct field *f, bool lines,
    struct buf *out)
{
	bool any = false;
	size_t i, before;

	for (i = 0; i < f->n_parts; i++) {
		if (f->parts[i].text != NULL) {
			buf_puts(out, f->parts[i].text);
			continue;
		}
		before = out->n;
		value_trim(out, text_of(cell_at(m->row, f->parts[i].column)),
		    lines);
		any = any || out->n > before;
	}
	return any;
}

/* Does a field take what it says from a cell that shows an error? */
static bool
has_error(const struct making *m, const struct field *f)
{
	size_t i;

	for (i = 0; i < f->n_parts; i++)
		if (f->parts[i].text == NULL &&
		    cell_at(m->row, f->parts[i].column)->type == CELL_ERROR)
			return true;
	return false;
}

static bool
is_clean(const char *s)
{
	const char *end = s + strlen(s);
	uint32_t cp;

	while (s < end) {
		cp = utf8_next(&s, end);
		if ((cp < 0x20 && !is_space((int)cp)) || cp == 0xfffe ||
		    cp == 0xffff)
			return false;
	}
	return true;
}

/* A link that is looked at where the row is not entered: what it leads to may
 * come in a later row. */
static void
note_link(struct making *m, const struct field *f, const char *target)
{
	struct import *im = m->im;

	if (f->form->target == NULL || f->n_steps == 0)
		return;
	VEC_RESERVE(im->links, im->cap_links, im->n_links + 1);
	im->links[im->n_links++] = (struct registry_link){
		.where = { arena_strdup(im->round, m->name.p), 0,
			(int32_t)column_of(f) + 1 },
		.element = f->steps[f->n_steps - 1].name,
		.target = arena_strdup(im->round, target),
		.kinds = f->form->target,
	};
}

static bool
link_value(struct making *m, struct field *f, const char *text,
    struct buf *out)
{
	const struct named *named;
	struct registry_row row;

	if (f->by == NULL)
		note_link(m, f, text);
	if (f->by == NULL || registry_lookup(m->r, &m->job, text, &row)) {
		buf_puts(out, text);
		return true;
	}
	if (f->index == NULL)
		f->index = names_index(m->im->job->arena, f->by, f->kind,
		    &m->job, m->r);
	named = names_lookup(f->index, text);
	if (named == NULL)
		complain(m, f, DIAG_IMPORT_NOBODY, text,
		    records_kinds_shown(&m->job, m->im->rs, f->kind));
	else if (named->several)
		complain(m, f, DIAG_IMPORT_SEVERAL, text, named->id);
	else
		buf_puts(out, named->id);
	return named != NULL && !named->several;
}

static void
complain_choice(struct making *m, const struct field *f, const char *text)
{
	struct buf b = { 0 };

	form_choices(&m->job, f->form, diag_lang(m->job.diag), &b);
	complain(m, f, DIAG_IMPORT_CHOICE, text, buf_str(&b));
	buf_free(&b);
}

static const char *
choose(const struct field *f, const char *text)
{
	struct buf key = { 0 };
	const char *value;

	str_fold(&key, text);
	value = map_lookup(f->choices, buf_str(&key));
	buf_free(&key);
	return value;
}

/* A text as the record has it; c is the cell it came from by itself, or NULL.
 * False after complaining. */
static bool
convert(struct making *m, struct field *f, const char *text,
    const struct cell *c, struct buf *out)
{
	const char *chosen = choose(f, text);
	double number;

	if (!is_clean(text)) {
		complain(m, f, DIAG_IMPORT_CHARACTER, NULL, NULL);
		return false;
	}
	if (chosen != NULL) {
		buf_puts(out, chosen);
		return true;
	}
	switch (f->type) {
	case FORM_DATE:
		if (c != NULL && c->type == CELL_DATE
			? value_date(out, c->value) : value_date(out, text))
			return true;
		complain(m, f, DIAG_IMPORT_DATE, text, NULL);
		return false;
	case FORM_NUMBER:
		if (c != NULL && c->type == CELL_NUMBER &&
		    num_parse(c->value, NULL, &number)) {
			if (strpbrk(c->value, "eE") == NULL)
				buf_puts(out, c->value);
			else
				buf_num(out, number, /*decimals*/ 9);
			return true;
		}
		if (value_number(out, text))
			return true;
		complain(m, f, DIAG_IMPORT_NUMBER, text, NULL);
		return false;
	case FORM_BOOLEAN:
		if (value_boolean(out, c != NULL && c->type == CELL_BOOLEAN
			? c->value : text))
			return true;
		complain(m, f, DIAG_IMPORT_BOOLEAN, text, NULL);
		return false;
	case FORM_CHOICE:
		complain_choice(m, f, text);
		return false;
	case FORM_LINK:
		return link_value(m, f, text, out);
	default:
		buf_puts(out, text);
		return true;
	}
}

/* The pieces of a cell, each a value of its own. */
static bool
put_pieces(struct making *m, struct field *f, xmlNode *root, char *text)
{
	const char *sign = str_eq(f->split, "lines") ? "\n" : f->split;
	struct buf piece = { 0 }, value = { 0 };
	char *end;
	long n = 0;
	bool ok = true;

	for (; text != NULL; text = end) {
		end = strstr(text, sign);
		if (end != NULL) {
			*end = '\0';
			end += strlen(sign);
		}
		buf_clear(&piece);
		buf_clear(&value);
		value_trim(&piece, text, false);
		if (piece.n == 0)
			continue;
		if (convert(m, f, piece.p, NULL, &value))
			tree_put(root, &m->im->form, f, buf_str(&value),
			    ++n);
		else
			ok = false;
	}
	if (ok && f->n_steps > 0)
		tree_cut(root, f, n);
	buf_free(&piece);
	buf_free(&value);
	return ok;
}

/* Puts what a row has for a field; false after complaining. */
static bool
put_field(struct making *m, struct field *f, xmlNode *root)
{
	const struct cell *only = f->n_parts == 1 && f->parts[0].heading != NULL
	    ? cell_at(m->row, f->parts[0].column) : NULL;
	struct buf text = { 0 }, value = { 0 };
	bool ok = true;

	if (has_error(m, f))
		return false;	/* which is said of the cell, once */
	if (f->value != NULL) {
		tree_put(root, &m->im->form, f, f->value, 1);
	} else if (gather(m, f, f->split != NULL, &text)) {
		if (f->split != NULL) {
			ok = put_pieces(m, f, root, text.p);
		} else {
			ok = convert(m, f, text.p, only, &value);
			if (ok)
				tree_put(root, &m->im->form, f,
				    buf_str(&value), 1);
		}
	} else if (f->fallback != NULL) {
		if (!m->known || tree_element(root, f) == NULL)
			tree_put(root, &m->im->form, f, f->fallback, 1);
	} else if (f->required && !m->known) {
		complain(m, f, DIAG_IMPORT_EMPTY_CELL,
		    f->form->words[diag_lang(m->job.diag)] != NULL
			? f->form->words[diag_lang(m->job.diag)]
			: f->path, NULL);
		ok = false;
	}
	buf_free(&text);
	buf_free(&value);
	return ok;
}

/* ------------------------------------------------------------------ rows */

/* An empty cell that makes the id; if it makes something else that must be, too,
 * that is said already. */
static void
complain_empty(struct making *m, size_t column)
{
	const struct mapping *map = &m->im->mapping;
	size_t i;

	for (i = 0; i < map->n; i++)
		if (map->fields[i].required && map->fields[i].n_parts == 1 &&
		    map->fields[i].fallback == NULL &&
		    column_of(&map->fields[i]) == column)
			return;
	complain_at(m, column, DIAG_IMPORT_NO_ID, NULL, NULL);
}

/* The id of the row's record, in the arena of the round; NULL after
 * complaining. */
static const char *
make_id(struct making *m)
{
	struct import *im = m->im;
	const struct field *f = &im->mapping.id;
	struct buf id = { 0 }, cell = { 0 };
	const bool as_it_is = f->n_parts == 1;
	const char *result = NULL;
	size_t i;
	bool whole = true;

	if (has_error(m, f))
		return NULL;
	for (i = 0; i < f->n_parts; i++) {
		buf_clear(&cell);
		if (f->parts[i].text != NULL) {
			buf_puts(&id, f->parts[i].text);
			continue;
		}
		value_trim(&cell,
		    text_of(cell_at(m->row, f->parts[i].column)), false);
		if (cell.n == 0)
			complain_empty(m, f->parts[i].column);
		whole = whole && cell.n > 0;
		if (as_it_is)
			buf_puts(&id, buf_str(&cell));
		else
			value_id(&id, buf_str(&cell));
	}
	if (whole && xmlValidateNCName((const xmlChar *)buf_str(&id), 0) != 0)
		complain(m, f, DIAG_IMPORT_BAD_ID, buf_str(&id), NULL);
	else if (whole)
		result = arena_strdup(im->round, id.p);
	buf_free(&id);
	buf_free(&cell);
	return result;
}

/* No two rows make one record. */
static bool
claim_id(struct making *m, const char *id)
{
	struct buf first = { 0 };
	size_t *row = map_lookup(m->im->ids, id);

	if (row == NULL) {
		row = arena_alloc(m->im->round, sizeof *row);
		*row = m->row->number;
		map_put(m->im->ids, id, row);
		return true;
	}
	buf_printf(&first, "%zu", *row);
	complain(m, &m->im->mapping.id, DIAG_IMPORT_SAME_ID, id, first.p);
	buf_free(&first);
	return false;
}

/* The record that is there, or the beginning of a new one. */
static xmlDoc *
begin_record(struct making *m, const char *id)
{
	struct import *im = m->im;
	struct buf old = { 0 };
	xmlDoc *doc = NULL;
	xmlNode *root;

	if (registry_content(m->r, &m->job, id, 0, &old))
		doc = xml_parse_bytes(&m->job, records_xml(im->rs), old.p,
		    old.n, m->name.p, &xml_limits_record);
	buf_free(&old);
	root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	m->known = root != NULL && xml_is(root, RECORD_NS, im->mapping.kind);
	if (m->known) {
		tree_strip(root, &im->form);
		return doc;
	}
	xmlFreeDoc(doc);
	doc = xmlNewDoc((const xmlChar *)"1.0");
	root = xmlNewDocNode(doc, NULL, (const xmlChar *)im->mapping.kind,
	    NULL);
	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)RECORD_NS, NULL));
	xmlSetProp(root, (const xmlChar *)"id", (const xmlChar *)id);
	xmlSetProp(root, (const xmlChar *)"schemaVersion",
	    (const xmlChar *)im->form.version);
	xmlNodeSetLang(root, (const xmlChar *)im->mapping.lang);
	return doc;
}

/* Records that links of this very table may mean. */
static void
name_added(struct making *m, xmlDoc *doc, const char *id)
{
	const struct record record = { .kind = m->im->mapping.kind, .id = id,
		.doc = doc };
	size_t i;

	for (i = 0; i < m->im->mapping.n; i++) {
		struct field *f = &m->im->mapping.fields[i];

		if (f->index != NULL && str_has_word(f->kind, record.kind))
			names_add(f->index, m->im->job->arena, f->by, &m->job,
			    &record);
	}
}

static bool
field_takes(const struct field *f, size_t column)
{
	size_t i;

	for (i = 0; i < f->n_parts; i++)
		if (f->parts[i].text == NULL && f->parts[i].column == column)
			return true;
	return false;
}

/* Errors that spreadsheets show, in columns that something is taken from. */
static void
complain_errors(struct making *m)
{
	const struct mapping *map = &m->im->mapping;
	bool taken;
	size_t i, k;

	for (i = 0; i < m->row->n; i++) {
		if (m->row->cells[i].type != CELL_ERROR)
			continue;
		taken = field_takes(&map->id, i);
		for (k = 0; !taken && k < map->n; k++)
			taken = field_takes(&map->fields[k], i);
		if (taken)
			complain_at(m, i, DIAG_IMPORT_ERROR,
			    m->row->cells[i].text, NULL);
	}
}

/* Does what is wrong in a column, or in an attribute of whichever column, come
 * from what merely stands in for cells that could not be read? */
static bool
stands_in(const struct making *m, size_t column)
{
	const struct mapping *map = &m->im->mapping;
	size_t i;

	for (i = 0; i < map->n; i++)
		if (m->unread[i] && (column != SIZE_MAX
			? field_takes(&map->fields[i], column)
			: map->fields[i].attribute != NULL))
			return true;
	return false;
}

/* What a cell says must be what the schema allows; that something is not there
 * may be because of another cell, which was told of. */
static void
keep_value(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct making *m = ctx;
	size_t column;

	if (!str_eq(id, "xml-value") || where.line <= 0)
		return;
	column = column_at(m->im, &m->bytes, where);
	if (stands_in(m, column))
		return;
	diag_report_rule(m->job.diag, severity, id, (struct where){ m->name.p,
		0, column == SIZE_MAX ? 0 : (int32_t)column + 1 }, text);
}

/* Where something must be, the schema looks at nothing that comes behind: what
 * could not be read gets a value of its type. */
static void
put_stand_in(struct making *m, const struct field *f, xmlNode *root)
{
	static const char *const values[] = { [FORM_DATE] = "2000-01-01",
		[FORM_NUMBER] = "1", [FORM_BOOLEAN] = "true",
		[FORM_LINK] = "x", [FORM_TEXT] = "x" };
	const char *value = f->type == FORM_CHOICE
	    ? f->choices != NULL && map_count(f->choices) > 0
		? map_lookup(f->choices, map_key(f->choices, 0)) : NULL
	    : (size_t)f->type < sizeof values / sizeof *values
	    ? values[f->type] : NULL;

	if (value != NULL)
		tree_put(root, &m->im->form, f, value, 1);
}

/* Looks at the cells that could be read of a row that has others, too. */
static void
look_at_rest(struct making *m, xmlDoc *doc, const char *id)
{
	struct diag *found = diag_new(diag_lang(m->job.diag), DIAG_KEPT);
	struct job own = { m->job.arena, found, m->job.watch };
	xmlNode *root = xmlDocGetRootElement(doc);
	size_t i;

	if (id == NULL)
		xmlSetProp(root, (const xmlChar *)"id", (const xmlChar *)"row");
	for (i = 0; i < m->im->mapping.n; i++)
		if (m->unread[i])
			put_stand_in(m, &m->im->mapping.fields[i], root);
	xml_write(doc, /*indent*/ true, &m->bytes);
	record_free(record_read_bytes(&own, m->im->rs, m->bytes.p, m->bytes.n,
	    m->name.p, RECORD_UNPROVEN));
	diag_take(found, keep_value, m);
	diag_free(found);
}

/* Without an id, the cells are looked at all the same. */
static bool
make_record(struct making *m, const char *id)
{
	struct import *im = m->im;
	xmlDoc *doc = begin_record(m, id != NULL ? id : "");
	xmlNode *root = xmlDocGetRootElement(doc);
	bool ok = id != NULL;
	size_t i;

	m->unread = arena_array(m->job.arena, im->mapping.n,
	    sizeof *m->unread);
	for (i = 0; i < im->mapping.n; i++) {
		m->unread[i] = !put_field(m, &im->mapping.fields[i], root);
		ok = ok && !m->unread[i];
	}
	if (ok) {
		xml_write(doc, /*indent*/ true, &m->bytes);
		ok = registry_add_bytes(m->r, &m->job, m->name.p, &m->bytes);
	} else {
		look_at_rest(m, doc, id);
	}
	if (ok) {
		im->n_links = m->before;
		name_added(m, doc, id);
	}
	xmlFreeDoc(doc);
	return ok;
}

static void
enter_row(struct import *im, struct job *job, struct diag *gather_in,
    struct registry *r, const struct row *row)
{
	struct making m = { .im = im, .r = r, .row = row,
		.job = { arena_new(), gather_in, job->watch },
		.before = im->n_links };
	struct entered *e = entry_of(im, row->number);
	const char *id;

	e->line = row->line;
	buf_printf(&m.name, "%s%zu", buf_str(&im->prefix), row->number);
	complain_errors(&m);
	id = make_id(&m);
	if (id != NULL && !claim_id(&m, id))
		id = NULL;
	if (make_record(&m, id))
		e->id = id;
	if (diag_count(gather_in, DIAG_NOTE) > 0)
		diag_take(gather_in, tell_finding, &m);
	buf_free(&m.name);
	buf_free(&m.bytes);
	arena_free(m.job.arena);
}

/* Forgets the round before. */
static void
begin_round(struct import *im)
{
	size_t i;

	for (i = 0; i < im->n_rows; i++)
		im->rows[i].id = NULL;
	map_free(im->ids);
	im->ids = map_new();
	arena_reset(im->round);
	im->n_links = 0;
	im->state.rows = im->state.round = 0;
	for (i = 0; i < im->mapping.n; i++) {
		map_free(im->mapping.fields[i].index);
		im->mapping.fields[i].index = NULL;
	}
}

/* The row that a name of ours tells; 0 if it is none. */
static size_t
number_of(const struct import *im, const char *file)
{
	const char *end;
	long n;

	if (file == NULL || !str_starts(file, buf_str(&im->prefix)) ||
	    !num_parse_int(file + im->prefix.n, &end, &n) || *end != '\0' ||
	    n < 1 || (size_t)n >= im->n_rows)
		return 0;
	return (size_t)n;
}

static void
tell_link(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct import *im = ctx;

	tell(im, severity, id, number_of(im, where.file),
	    (size_t)where.col - 1, text);
}

/* Of rows that were not entered, for the others are asked together; one that is
 * not entered is no fault of those that lead to it. */
static void
look_at_links(struct import *im, struct job *job, struct registry *r,
    struct diag *found)
{
	struct job own = { job->arena, found, job->watch };
	size_t i, n = 0;

	for (i = 0; i < im->n_links; i++)
		if (map_lookup(im->ids, im->links[i].target) == NULL)
			im->links[n++] = im->links[i];
	(void)registry_check_links(r, &own, im->links, n);
	diag_take(found, tell_link, im);
}

bool
import_rows(struct import *im, struct job *job, struct registry *r)
{
	struct diag *found = diag_new(diag_lang(job->diag), DIAG_KEPT);
	struct table *t = open_table(im, job, false);
	const struct row *row;
	bool ok;

	begin_round(im);
	while (t != NULL && (row = table_next(t)) != NULL) {
		im->state.rows++;
		if (entry_of(im, row->number)->why.n == 0)
			enter_row(im, job, found, r, row);
	}
	ok = t != NULL && !t->failed;
	table_free(t);
	look_at_links(im, job, r, found);
	diag_free(found);
	return ok;
}

/* --------------------------------------------------------------- judging */

struct judging {
	struct import *im;
	struct job *job;
	struct registry *r;
	bool elsewhere;
};

/* The row that made the record of a name; 0 if none did. */
static size_t
row_of(const struct import *im, const char *file)
{
	const size_t n = number_of(im, file);

	return n > 0 && im->rows[n].id != NULL ? n : 0;
}

static void
judge(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct judging *j = ctx;
	const size_t number = row_of(j->im, where.file);
	struct buf bytes = { 0 };
	size_t column = SIZE_MAX;

	if (number == 0) {
		j->elsewhere = j->elsewhere || severity >= DIAG_ERROR;
		diag_report_rule(j->job->diag, severity, id, where, text);
		return;
	}
	if (where.line > 0 && registry_content(j->r, j->job,
	    j->im->rows[number].id, 0, &bytes))
		column = column_at(j->im, &bytes, where);
	tell(j->im, severity, id, number, column, text);
	buf_free(&bytes);
}

bool
import_judge(struct import *im, struct job *job, struct registry *r,
    struct diag *found)
{
	struct judging j = { im, job, r, false };

	diag_take(found, judge, &j);
	return !j.elsewhere;
}

/* --------------------------------------------------------------- refused */

static void
put_cell(struct buf *out, const char *text, bool first)
{
	if (!first)
		buf_putc(out, ';');
	if (strpbrk(text, ";\"\r\n") == NULL) {
		buf_puts(out, text);
		return;
	}
	buf_putc(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

/* The cells of a row as it was, and why it was refused behind the last column
 * that has a heading; what a former table of refused rows says of that is
 * out of date. */
static void
put_row(const struct import *im, struct buf *out, const struct row *row,
    const char *why)
{
	size_t i;

	for (i = 0; i < im->n_headings; i++)
		if (!mapping_is_why(heading_of(im, i)))
			put_cell(out, text_of(cell_at(row, i)), i == 0);
	put_cell(out, why, false);
	buf_puts(out, "\r\n");
}

bool
import_refused(struct import *im, struct job *job, const char *path)
{
	struct table *t = open_table(im, job, false);
	struct outfile *file = t != NULL ? outfile_open(job, path) : NULL;
	const struct row *row;
	struct buf out = { 0 };
	size_t i;
	bool ok = file != NULL;

	buf_puts(&out, "\uFEFF");
	for (i = 0; ok && i < im->n_headings; i++)
		if (!mapping_is_why(heading_of(im, i)))
			put_cell(&out, heading_of(im, i), i == 0);
	buf_putc(&out, ';');
	message_format(&out, diag_lang(job->diag), DIAG_IMPORT_WHY, NULL);
	buf_puts(&out, "\r\n");
	while (ok && (row = table_next(t)) != NULL) {
		const struct entered *e = entry_of(im, row->number);

		if (e->why.n > 0)
			put_row(im, &out, row, e->why.p);
		outfile_write(file, out.p, out.n);
		buf_clear(&out);
	}
	ok = ok && outfile_commit(file);
	table_free(t);
	buf_free(&out);
	return ok;
}
