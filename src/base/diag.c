/*
 * The sink of findings.  Comes in: a code or a rule's text, and a place.  Goes
 * out: each finding once, in the order of files and places, as lines for
 * people or as JSON.
 *
 * A broken file can hold a million faults of one kind: beyond LIMIT findings
 * of an id only their number is kept, and one line says it.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

#include "base/base_int.h"

#define LIMIT 200

/* What a message shows of a value, in bytes: more hides the message. */
#define TEXT_LIMIT 2000

struct finding {
	const char *id;
	const char *text;
	struct where where;
	enum diag_severity severity;
	size_t order;	/* of arrival */
};

/* How often an id was met. */
struct tally {
	const char *id;
	enum diag_severity severity;
	size_t kept, hidden;
};

struct diag {
	enum lang lang;
	enum diag_form form;
	struct arena *arena;
	struct map *seen;	/* id, place and text -> non-NULL */
	struct map *tallies;	/* id -> struct tally */
	struct finding *findings;
	size_t n, cap;		/* gathered since the last flush */
	size_t order;
	size_t counts[DIAG_FATAL + 1];
};

static const enum diag_code severity_words[] = {
	[DIAG_NOTE] = DIAG_WORD_NOTE,
	[DIAG_WARNING] = DIAG_WORD_WARNING,
	[DIAG_ERROR] = DIAG_WORD_ERROR,
	[DIAG_FATAL] = DIAG_WORD_ERROR,
};

static const char *const severity_names[] = {
	[DIAG_NOTE] = "note",
	[DIAG_WARNING] = "warning",
	[DIAG_ERROR] = "error",
	[DIAG_FATAL] = "error",
};

static const char *const severity_colors[] = {
	[DIAG_NOTE] = "\033[36m",
	[DIAG_WARNING] = "\033[1;35m",
	[DIAG_ERROR] = "\033[1;31m",
	[DIAG_FATAL] = "\033[1;31m",
};

struct where
where_none(void)
{
	return (struct where){ 0 };
}

struct where
where_file(const char *file)
{
	return (struct where){ .file = file };
}

struct diag *
diag_new(enum lang lang, enum diag_form form)
{
	struct diag *d;

	d = xcalloc(1, sizeof *d);
	d->lang = lang;
	d->form = form;
	d->arena = arena_new();
	d->seen = map_new();
	d->tallies = map_new();
	return d;
}

void
diag_free(struct diag *d)
{
	if (d == NULL)
		return;
	map_free(d->seen);
	map_free(d->tallies);
	arena_free(d->arena);
	free(d->findings);
	free(d);
}

/* Text that is safe to print on one line of a terminal: values come from
 * files that may hold anything.  Control characters become spaces, ill-formed
 * bytes U+FFFD, and what is too long ends in an ellipsis. */
static void
put_clean(struct buf *out, const char *s)
{
	const char *end;
	uint32_t cp;
	size_t limit;

	end = s + strlen(s);
	limit = out->n + TEXT_LIMIT;
	while (s < end) {
		cp = utf8_next(&s, end);
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
			cp = ' ';
		buf_utf8(out, cp);
		if (out->n >= limit) {
			buf_utf8(out, 0x2026);
			break;
		}
	}
}

static struct tally *
find_tally(struct diag *d, const char *id, enum diag_severity severity)
{
	struct tally *t;

	t = map_lookup(d->tallies, id);
	if (t == NULL) {
		t = arena_alloc(d->arena, sizeof *t);
		t->id = arena_strdup(d->arena, id);
		t->severity = severity;
		map_put(d->tallies, id, t);
	}
	return t;
}

/* Whether this finding is new; remembers it. */
static bool
is_first(struct diag *d, const char *id, struct where w, const char *text)
{
	struct buf key = { 0 };
	bool first;

	buf_printf(&key, "%s\n%s\n%d %d\n%s", id, w.file != NULL ? w.file : "",
	    (int)w.line, (int)w.col, text);
	first = map_put_bytes(d->seen, key.p, key.n, d) == NULL;
	buf_free(&key);
	return first;
}

static void
add(struct diag *d, const char *id, enum diag_severity severity,
    struct where w, const char *text)
{
	struct tally *t;

	t = find_tally(d, id, severity);
	if (t->kept >= LIMIT && d->form != DIAG_KEPT) {
		t->hidden++;
		d->counts[severity]++;
		return;
	}
	if (!is_first(d, id, w, text))
		return;
	t->kept++;
	d->counts[severity]++;
	if (w.file != NULL)
		w.file = arena_strdup(d->arena, w.file);
	VEC_RESERVE(d->findings, d->cap, d->n + 1);
	d->findings[d->n++] = (struct finding){
		.id = t->id,
		.text = arena_strdup(d->arena, text),
		.where = w,
		.severity = severity,
		.order = d->order++,
	};
}

void
diag_report_args(struct diag *d, enum diag_code code, struct where where,
    const char *const *args)
{
	struct buf text = { 0 }, clean = { 0 };

	message_format(&text, d->lang, code, args);
	put_clean(&clean, buf_str(&text));
	add(d, message_id(code), message_severity(code), where,
	    buf_str(&clean));
	buf_free(&text);
	buf_free(&clean);
}

void
diag_report_rule(struct diag *d, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct buf clean = { 0 };

	put_clean(&clean, text);
	add(d, id, severity, where, buf_str(&clean));
	buf_free(&clean);
}

void
diag_length(const struct diag *d, struct buf *out, mpt v)
{
	struct buf b = { 0 };

	buf_num(&b, v / 1000.0, v < 1000 && v > -1000 ? 2 : 1);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '.' && d->lang == LANG_FR)
			b.p[i] = ',';
	buf_put(out, buf_str(&b), b.n);
	buf_free(&b);
}

enum lang
diag_lang(const struct diag *d)
{
	return d->lang;
}

enum diag_severity
diag_worst(const struct diag *d)
{
	int s;

	for (s = DIAG_FATAL; s > DIAG_NOTE; s--)
		if (d->counts[s] != 0)
			break;
	return (enum diag_severity)s;
}

size_t
diag_count(const struct diag *d, enum diag_severity at_least)
{
	size_t n;
	int s;

	n = 0;
	for (s = (int)at_least; s <= DIAG_FATAL; s++)
		n += d->counts[s];
	return n;
}

/* What has no place comes first, then files by name, then places in a file,
 * then order of arrival. */
static int
compare(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int c;

	c = strcmp(a->where.file != NULL ? a->where.file : "",
	    b->where.file != NULL ? b->where.file : "");
	if (c != 0)
		return c;
	if (a->where.line != b->where.line)
		return a->where.line < b->where.line ? -1 : 1;
	if (a->where.col != b->where.col)
		return a->where.col < b->where.col ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
put_text(const struct diag *d, const struct finding *f, bool color,
    struct buf *out)
{
	if (f->where.file != NULL) {
		buf_puts(out, color ? "\033[1m" : "");
		put_clean(out, f->where.file);
		if (f->where.line > 0)
			buf_printf(out, ":%d", (int)f->where.line);
		if (f->where.line > 0 && f->where.col > 0)
			buf_printf(out, ":%d", (int)f->where.col);
		buf_printf(out, ":%s ", color ? "\033[0m" : "");
	}
	if (color)
		buf_puts(out, severity_colors[f->severity]);
	buf_puts(out, message_text(d->lang, severity_words[f->severity]));
	if (color)
		buf_puts(out, "\033[0m");
	buf_printf(out, " [%s]: %s\n", f->id, f->text);
}

static void
put_json(const struct finding *f, struct buf *out)
{
	struct buf file = { 0 };

	buf_putc(out, '{');
	if (f->where.file != NULL) {
		put_clean(&file, f->where.file);
		buf_puts(out, "\"file\":");
		buf_json(out, buf_str(&file));
		buf_putc(out, ',');
		buf_free(&file);
	}
	if (f->where.line > 0)
		buf_printf(out, "\"line\":%d,", (int)f->where.line);
	if (f->where.line > 0 && f->where.col > 0)
		buf_printf(out, "\"column\":%d,", (int)f->where.col);
	buf_printf(out, "\"severity\":\"%s\",\"code\":",
	    severity_names[f->severity]);
	buf_json(out, f->id);
	buf_puts(out, ",\"message\":");
	buf_json(out, f->text);
	buf_puts(out, "}\n");
}

static void
put_finding(const struct diag *d, const struct finding *f, bool color,
    struct buf *out)
{
	if (d->form == DIAG_JSON)
		put_json(f, out);
	else
		put_text(d, f, color, out);
}

/* One line for each id whose findings were not all kept. */
static void
put_hidden(const struct diag *d, bool color, struct buf *out)
{
	struct finding f;
	struct buf text = { 0 };
	struct tally *t;
	struct buf digits = { 0 };
	size_t i;

	for (i = 0; i < map_count(d->tallies); i++) {
		t = map_value(d->tallies, i);
		if (t->hidden == 0)
			continue;
		buf_clear(&digits);
		buf_printf(&digits, "%zu", t->hidden);
		buf_clear(&text);
		message_format(&text, d->lang, DIAG_MORE_FINDINGS,
		    (const char *const[]){ buf_str(&digits), NULL });
		f = (struct finding){
			.id = t->id,
			.text = buf_str(&text),
			.severity = t->severity,
		};
		put_finding(d, &f, color, out);
		t->hidden = 0;
	}
	buf_free(&digits);
	buf_free(&text);
}

static void
render(struct diag *d, bool color, struct buf *out)
{
	size_t i;

	if (d->n > 1)
		qsort(d->findings, d->n, sizeof *d->findings, compare);
	for (i = 0; i < d->n; i++)
		put_finding(d, &d->findings[i], color, out);
	put_hidden(d, color, out);
	d->n = 0;
}

void
diag_flush(struct diag *d, int fd, bool color)
{
	struct buf out = { 0 };

	render(d, color, &out);
	fd_write_all(fd, out.p, out.n);
	buf_free(&out);
}

void
diag_take(struct diag *d, diag_taker_fn *fn, void *ctx)
{
	size_t i;

	if (d->n > 1)
		qsort(d->findings, d->n, sizeof *d->findings, compare);
	for (i = 0; i < d->n; i++)
		fn(ctx, d->findings[i].severity, d->findings[i].id,
		    d->findings[i].where, d->findings[i].text);
	map_free(d->seen);
	map_free(d->tallies);
	d->seen = map_new();
	d->tallies = map_new();
	arena_reset(d->arena);
	d->n = d->order = 0;
	memset(d->counts, 0, sizeof d->counts);
}

void
diag_dump(struct diag *d, struct buf *out)
{
	render(d, /*color*/ false, out);
}
