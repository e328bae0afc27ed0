/*
 * Office Open XML workbooks (ISO/IEC 29500-1, part 18: SpreadsheetML; part 9:
 * how the parts of the archive refer to each other), as Excel and LibreOffice
 * write them.  Texts stand in a table of their own, and what a number is, a
 * date among others, only its format tells: both are read before the sheet.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "import/book.h"

/* Each namespace has two names, of the transitional and the strict form. */
#define SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SHEET_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define RELATION \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION_STRICT \
	"http://purl.oclc.org/ooxml/officeDocument/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

#define TEXTS_MAX ((size_t)512 << 20)	/* bytes of the table of texts */

struct relation {
	const char *id, *type, *part;
};

struct xlsx {
	struct book b;
	struct arena *arena;	/* of what is below */
	const char **texts;
	size_t n_texts, cap_texts;
	const char **formats;	/* by style: how numbers are shown; or NULL */
	size_t n_formats, cap_formats;
	struct relation *relations;	/* of the part that was asked last */
	size_t n_relations, cap_relations;
	bool from_1904;		/* days are counted from there */
	size_t next_number;	/* of a row that does not say its own */
};

static void
xlsx_free(struct table *t)
{
	struct xlsx *x = (struct xlsx *)t;

	book_end(&x->b);
	arena_free(x->arena);
	free(x->texts);
	free(x->formats);
	free(x->relations);
	free(x);
}

static bool
is(const struct xml_event *e, const char *name)
{
	return event_is(e, SHEET, name) || event_is(e, SHEET_STRICT, name);
}

static size_t
number_attr(const struct xml_event *e, const char *name, size_t other)
{
	const char *s = event_attr(e, NULL, name);
	long n;

	return s != NULL && num_parse_int(s, NULL, &n) && n >= 0 ? (size_t)n
								 : other;
}

static bool
is_set(const char *value)
{
	return str_eq(value, "1") || str_eq(value, "true") ||
	    str_eq(value, "on");
}

/* ----------------------------------------------------------------- parts */

/* What a reference in a part names: "../a.xml" in xl/b.xml is a.xml. */
static const char *
resolve(struct arena *arena, const char *part, const char *target)
{
	char *path = arena_alloc(arena, strlen(part) + strlen(target) + 1);
	char *slash;

	strcpy(path, part);
	slash = strrchr(path, '/');
	*(slash != NULL ? slash : path) = '\0';
	if (*target == '/')
		return arena_strdup(arena, target + 1);
	for (; str_starts(target, "../") || str_starts(target, "./");
	     target = strchr(target, '/') + 1) {
		slash = strrchr(path, '/');
		if (target[1] == '.')
			*(slash != NULL ? slash : path) = '\0';
	}
	if (*path != '\0')
		strcat(path, "/");
	return strcat(path, target);
}

/* Reads what a part refers to (part 9.3); "": the archive itself. */
static void
read_relations(struct xlsx *x, const char *part)
{
	const char *slash = strrchr(part, '/');
	const char *name = slash != NULL ? slash + 1 : part;
	const struct xml_event *e;
	const char *id, *type, *target;
	struct buf file = { 0 };

	x->n_relations = 0;
	buf_printf(&file, "%.*s_rels/%s.rels", (int)(name - part), part, name);
	if (book_enter(&x->b, file.p))
		while ((e = book_next(&x->b)) != NULL) {
			if (e->type != XML_EVENT_START ||
			    !event_is(e, PACKAGE, "Relationship"))
				continue;
			id = event_attr(e, NULL, "Id");
			type = event_attr(e, NULL, "Type");
			target = event_attr(e, NULL, "Target");
			if (id == NULL || type == NULL || target == NULL)
				continue;
			VEC_RESERVE(x->relations, x->cap_relations,
			    x->n_relations + 1);
			x->relations[x->n_relations++] = (struct relation){
				arena_strdup(x->arena, id),
				arena_strdup(x->arena, type),
				resolve(x->arena, part, target) };
		}
	buf_free(&file);
}

/* The part of a type ("/styles" at its end), or of an id; NULL: there is
 * none. */
static const char *
find_part(const struct xlsx *x, const char *type, const char *id)
{
	size_t i;

	for (i = 0; i < x->n_relations; i++) {
		const struct relation *r = &x->relations[i];

		if (id != NULL ? str_eq(r->id, id) : str_ends(r->type, type))
			return r->part;
	}
	return NULL;
}

/* ----------------------------------------------------------------- texts */

/* _x000D_ stands for a character that XML may not have, or so. */
static void
put_unescaped(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;
	char digits[5] = { 0 };
	unsigned long cp;
	char *stop;

	for (; s < end; s++) {
		if (end - s >= 7 && s[0] == '_' && s[1] == 'x' &&
		    s[6] == '_') {
			memcpy(digits, s + 2, 4);
			cp = strtoul(digits, &stop, 16);
			if (*stop == '\0' && digits[0] != ' ' && cp > 0 &&
			    (cp < 0xd800 || cp > 0xdfff)) {
				buf_utf8(out, (uint32_t)cp);
				s += 6;
				continue;
			}
		}
		buf_putc(out, *s);
	}
}

/* The text of an element that has nothing else, to its end. */
static void
read_plain(struct xlsx *x, struct buf *out)
{
	const struct xml_event *e;
	size_t depth = 1;

	while (depth > 0 && (e = book_next(&x->b)) != NULL) {
		if (e->type == XML_EVENT_TEXT && depth == 1)
			buf_put(out, e->text, e->n_text);
		depth += e->type == XML_EVENT_START;
		depth -= e->type == XML_EVENT_END;
	}
}

/* A text in pieces that look different (18.4.8, 18.4.4), to its end; how it is
 * pronounced is not it. */
static void
read_rich(struct xlsx *x, struct buf *out)
{
	const struct xml_event *e;
	struct buf raw = { 0 };
	size_t depth = 1;

	while (depth > 0 && (e = book_next(&x->b)) != NULL) {
		if (e->type == XML_EVENT_END)
			depth--;
		else if (e->type == XML_EVENT_START && is(e, "t"))
			read_plain(x, &raw);
		else if (e->type == XML_EVENT_START && is(e, "r"))
			depth++;
		else if (e->type == XML_EVENT_START)
			book_skip(&x->b);
	}
	put_unescaped(out, buf_str(&raw), raw.n);
	buf_free(&raw);
}

static void
read_texts(struct xlsx *x, const char *part)
{
	const struct xml_event *e;
	struct buf text = { 0 };

	if (part == NULL || !book_enter(&x->b, part))
		return;
	while ((e = book_next(&x->b)) != NULL) {
		if (e->type != XML_EVENT_START || !is(e, "si"))
			continue;
		buf_clear(&text);
		read_rich(x, &text);
		VEC_RESERVE(x->texts, x->cap_texts, x->n_texts + 1);
		x->texts[x->n_texts++] = arena_strndup(x->arena,
		    buf_str(&text), text.n);
		if (arena_bytes(x->arena) > TEXTS_MAX)
			book_fail(&x->b, DIAG_IMPORT_LARGE);
	}
	buf_free(&text);
}

/* --------------------------------------------------------------- formats */

/* The formats that have a number and are not written out (18.8.30), as far as
 * they make a difference here: days and times of day. */
static const char *
known_format(size_t number)
{
	if ((number >= 14 && number <= 17) || number == 22 ||
	    (number >= 27 && number <= 31) || number == 36 ||
	    (number >= 50 && number <= 58))
		return "yyyy-mm-dd";
	return NULL;
}

/* What is behind a quoted, escaped or bracketed piece of a format; NULL: none
 * begins here. */
static const char *
behind_literal(const char *s)
{
	const char *end;

	switch (*s) {
	case '"':
	case '[':
		end = strchr(s + 1, *s == '"' ? '"' : ']');
		return end != NULL ? end + 1 : s + strlen(s);
	case '\\':
	case '_':
	case '*':
		end = s + 1;
		if (*end != '\0')
			utf8_next(&end, s + strlen(s));
		return end;
	default:
		return NULL;
	}
}

/* Does a format show a day?  One that has only hours does not. */
static bool
shows_day(const char *format)
{
	bool day = false, month = false, time = false;
	const char *next, *s;

	for (s = format; *s != '\0' && *s != ';'; s = next) {
		next = behind_literal(s);
		if (next != NULL)
			continue;
		next = s + (str_starts(s, "AM/PM") ? 5 : 1);
		day |= strchr("yYdD", *s) != NULL;
		month |= next == s + 1 && (*s == 'm' || *s == 'M');
		time |= strchr("hHsS", *s) != NULL;
	}
	return day || (month && !time);
}

/* The styles' formats: of cellXfs, the numbers; of numFmts, what some of these
 * mean. */
static void
read_formats(struct xlsx *x, const char *part)
{
	const struct xml_event *e;
	struct map *codes = map_new();
	struct buf key = { 0 };
	const char *code;
	bool cells = false;

	if (part == NULL || !book_enter(&x->b, part)) {
		map_free(codes);
		return;
	}
	while ((e = book_next(&x->b)) != NULL) {
		if (is(e, "cellXfs"))
			cells = e->type == XML_EVENT_START;
		if (e->type != XML_EVENT_START)
			continue;
		buf_clear(&key);
		buf_printf(&key, "%zu", number_attr(e, "numFmtId", 0));
		if (is(e, "numFmt") &&
		    (code = event_attr(e, NULL, "formatCode")) != NULL)
			map_put(codes, key.p, arena_strdup(x->arena, code));
		if (!cells || !is(e, "xf"))
			continue;
		code = map_lookup(codes, key.p);
		VEC_RESERVE(x->formats, x->cap_formats, x->n_formats + 1);
		x->formats[x->n_formats++] = code != NULL ? code
		    : known_format(number_attr(e, "numFmtId", 0));
	}
	buf_free(&key);
	map_free(codes);
}

/* ----------------------------------------------------------------- cells */

/* The day of a serial number: the first is 1 January 1900, and there is a 29
 * February in that year, which was none (18.17.4). */
static bool
find_day(double serial, bool from_1904, struct tm *tm)
{
	const int to_epoch = from_1904 ? 24107 : 25569;
	time_t t;

	serial = floor(serial + 1e-6);
	if (!from_1904 && serial < 61)
		serial = serial < 60 ? serial + 1 : -1;
	if (serial < 0 || serial > 3e6)
		return false;
	t = ((time_t)serial - to_epoch) * 86400;
	return gmtime_r(&t, tm) != NULL;
}

/* The cell is a day, and looks as it does in France. */
static void
put_day(struct xlsx *x, const struct tm *tm, struct cell *c)
{
	const int y = tm->tm_year + 1900, m = tm->tm_mon + 1, d = tm->tm_mday;
	struct buf out = { 0 };

	buf_printf(&out, "%04d-%02d-%02d", y, m, d);
	c->type = CELL_DATE;
	c->value = arena_strdup(x->b.t.arena, out.p);
	buf_clear(&out);
	buf_printf(&out, "%02d/%02d/%04d", d, m, y);
	c->text = arena_strdup(x->b.t.arena, out.p);
	buf_free(&out);
}

/* A place for a digit in a format; 0: shows one even if there is none. */
static bool
is_place(char c)
{
	return c == '0' || c == '#' || c == '?';
}

/* How many places a format has that is made of digits and what stands between
 * them, like that of telephone numbers, 0#" "##" "##" "##" "##; 0: it is
 * another. */
static size_t
count_places(const char *format)
{
	const char *next, *s;
	size_t n = 0;

	for (s = format; *s != '\0' && *s != ';'; s = next) {
		next = behind_literal(s);
		if (next == NULL) {
			if (!is_place(*s) && strchr(" -()+", *s) == NULL)
				return 0;
			n += is_place(*s);
			next = s + 1;
		} else if (*s == '[') {
			return 0;
		}
	}
	return n;
}

/* The digits of an integer in the places of such a format: the first takes all
 * that have none. */
static void
put_digits(struct buf *out, const char *format, size_t places,
    const char *digits)
{
	size_t left = strlen(digits);
	const char *next, *s;

	for (s = format; *s != '\0' && *s != ';'; s = next) {
		next = behind_literal(s);
		if (next != NULL) {
			if (*s == '\\')
				buf_put(out, s + 1, (size_t)(next - s) - 1);
			else if (*s == '"')
				buf_put(out, s + 1, strcspn(s + 1, "\""));
			continue;
		}
		next = s + 1;
		if (!is_place(*s)) {
			buf_putc(out, *s);
			continue;
		}
		if (left < places && *s == '0')
			buf_putc(out, '0');
		for (; left >= places && left > 0; left--)
			buf_putc(out, *digits++);
		places--;
	}
}

static void
read_number(struct xlsx *x, const char *v, const char *format, struct cell *c)
{
	struct buf out = { 0 };
	size_t places;
	struct tm day;
	double n;

	if (!num_parse(v, NULL, &n))
		return;
	if (format != NULL && shows_day(format) &&
	    find_day(n, x->from_1904, &day)) {
		put_day(x, &day, c);
		return;
	}
	/* Nine decimals are what fifteen digits, which Excel shows, leave of
	 * 12.699999999999999. */
	buf_num(&out, n, 9);
	c->type = CELL_NUMBER;
	c->text = c->value = arena_strdup(x->b.t.arena, out.p);
	places = format != NULL ? count_places(format) : 0;
	if (places > 0 && c->value[strspn(c->value, "0123456789")] == '\0') {
		buf_clear(&out);
		put_digits(&out, format, places, c->value);
		c->text = arena_strdup(x->b.t.arena, out.p);
	}
	buf_free(&out);
}

/* What a value is by the cell's type (18.18.11); none: a number. */
static void
read_value(struct xlsx *x, const char *type, size_t style, const char *v,
    struct cell *c)
{
	struct buf text = { 0 };
	size_t i;

	c->text = arena_strdup(x->b.t.arena, v);
	if (str_eq(type, "s")) {
		i = (size_t)strtoul(v, NULL, 10);
		c->text = i < x->n_texts ? x->texts[i] : "";
	} else if (str_eq(type, "b")) {
		c->type = CELL_BOOLEAN;
		c->text = c->value = is_set(v) ? "true" : "false";
	} else if (str_eq(type, "e")) {
		c->type = CELL_ERROR;
	} else if (str_eq(type, "d")) {
		c->type = CELL_DATE;
		c->value = c->text;
	} else if (str_eq(type, "str")) {
		put_unescaped(&text, v, strlen(v));
		c->text = arena_strdup(x->b.t.arena, buf_str(&text));
		buf_free(&text);
	} else if (*v != '\0') {
		read_number(x, v, style < x->n_formats ? x->formats[style]
		    : NULL, c);
	}
}

/* The column of "B3", from 0; of a cell that does not say, the next. */
static size_t
column_of(const char *at, size_t next)
{
	size_t n = 0;

	if (at == NULL || *at < 'A' || *at > 'Z')
		return next;
	for (; *at >= 'A' && *at <= 'Z' && n <= COLUMNS_MAX; at++)
		n = n * 26 + (size_t)(*at - 'A') + 1;
	return n - 1;
}

static void
read_cell(struct xlsx *x, const struct xml_event *start)
{
	const size_t column = column_of(event_attr(start, NULL, "r"),
	    x->b.t.row.n);
	const size_t style = number_attr(start, "s", SIZE_MAX);
	const char *t = event_attr(start, NULL, "t");
	const char *type = t != NULL ? arena_strdup(x->b.t.arena, t) : NULL;
	struct cell c = { CELL_TEXT, "", NULL };
	const struct xml_event *e;

	buf_clear(&x->b.text);
	while ((e = book_next(&x->b)) != NULL && e->type != XML_EVENT_END) {
		if (e->type != XML_EVENT_START)
			continue;
		if (is(e, "v"))
			read_plain(x, &x->b.text);
		else if (is(e, "is"))
			read_rich(x, &x->b.text);
		else
			book_skip(&x->b);
	}
	if (str_eq(type, "inlineStr"))
		c.text = arena_strdup(x->b.t.arena, buf_str(&x->b.text));
	else
		read_value(x, type, style, buf_str(&x->b.text), &c);
	if (*c.text != '\0')
		book_put(&x->b, column, 1, &c);
}

static const struct row *
next(struct table *t)
{
	struct xlsx *x = (struct xlsx *)t;
	const struct xml_event *e;
	size_t number;

	while ((e = book_next(&x->b)) != NULL) {
		if (e->type == XML_EVENT_END && is(e, "sheetData"))
			return NULL;
		if (e->type != XML_EVENT_START || !is(e, "row"))
			continue;
		number = number_attr(e, "r", x->next_number);
		x->next_number = number + 1;
		book_row(&x->b);
		while ((e = book_next(&x->b)) != NULL &&
		    e->type != XML_EVENT_END) {
			if (e->type == XML_EVENT_START && is(e, "c"))
				read_cell(x, e);
			else if (e->type == XML_EVENT_START)
				book_skip(&x->b);
		}
		if (t->failed)
			return NULL;
		if (!row_is_empty(&t->row))
			return book_give(&x->b, number);
	}
	return NULL;
}

static const struct table_type type = { next, xlsx_free };

/* --------------------------------------------------------------- opening */

/* The sheet of this name, or the first that is not hidden: the id of its part;
 * NULL after reporting that there is none. */
static const char *
find_sheet(struct xlsx *x, const char *sheet)
{
	const struct xml_event *e;
	struct buf names = { 0 };
	const char *name, *id, *state, *found = NULL;

	while (found == NULL && (e = book_next(&x->b)) != NULL) {
		if (e->type != XML_EVENT_START)
			continue;
		if (is(e, "workbookPr"))
			x->from_1904 = is_set(event_attr(e, NULL, "date1904"));
		name = is(e, "sheet") ? event_attr(e, NULL, "name") : NULL;
		if (name == NULL)
			continue;
		book_name(&names, name);
		id = event_attr(e, RELATION, "id");
		if (id == NULL)
			id = event_attr(e, RELATION_STRICT, "id");
		state = event_attr(e, NULL, "state");
		if (id == NULL || !(sheet != NULL ? str_eq(name, sheet)
			: state == NULL || str_eq(state, "visible")))
			continue;
		x->b.t.sheet = arena_strdup(x->b.t.job->arena, name);
		found = arena_strdup(x->arena, id);
	}
	if (found == NULL)
		book_no_sheet(&x->b, sheet, &names);
	buf_free(&names);
	return found;
}

/* Comes to the rows of the sheet. */
static bool
enter_sheet(struct xlsx *x, const char *sheet)
{
	const struct xml_event *e;
	const char *workbook, *id, *part;

	read_relations(x, "");
	workbook = find_part(x, "/officeDocument", NULL);
	if (workbook == NULL || !book_enter(&x->b, workbook) ||
	    (e = book_next(&x->b)) == NULL || !is(e, "workbook")) {
		book_fail(&x->b, DIAG_IMPORT_FORM);
		return false;
	}
	id = find_sheet(x, sheet);
	if (id == NULL)
		return false;
	read_relations(x, workbook);
	part = find_part(x, NULL, id);
	read_formats(x, find_part(x, "/styles", NULL));
	read_texts(x, find_part(x, "/sharedStrings", NULL));
	if (part == NULL || !book_enter(&x->b, part)) {
		book_fail(&x->b, DIAG_IMPORT_DAMAGED);
		return false;
	}
	while ((e = book_next(&x->b)) != NULL)
		if (e->type == XML_EVENT_START && is(e, "sheetData"))
			return true;
	book_fail(&x->b, DIAG_IMPORT_DAMAGED);
	return false;
}

struct table *
xlsx_open(struct job *job, struct xml *xml, const char *path,
    const char *sheet, zip_t *zip)
{
	struct xlsx *x = xcalloc(1, sizeof *x);

	book_start(&x->b, &type, job, xml, path, zip);
	x->arena = arena_new();
	x->next_number = 1;
	if (enter_sheet(x, sheet))
		return &x->b.t;
	table_free(&x->b.t);
	return NULL;
}
