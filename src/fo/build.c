/*
 * Nodes from events: names and places are checked, properties computed,
 * paragraphs treated when they are complete.  What may not stand where it is
 * gets a warning and is left out; text where only blocks may be becomes a
 * block, as the reader would have meant it.
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------- events */

const struct xml_event *
event_peek(struct fo_doc *d)
{
	if (d->event == NULL && !d->ended) {
		d->event = source_next(d->source);
		d->ended = d->event == NULL;
	}
	return d->event;
}

void
event_next(struct fo_doc *d)
{
	d->event = NULL;
}

/* Consumes what is left up to the end of the element whose start was the last
 * event. */
static void
event_skip(struct fo_doc *d)
{
	const struct xml_event *e;
	int depth = 1;

	while (depth > 0 && (e = event_peek(d)) != NULL) {
		depth += (e->type == XML_EVENT_START) -
		    (e->type == XML_EVENT_END);
		event_next(d);
	}
}

static bool
is_blank(const char *s, size_t n)
{
	while (n > 0 && is_space((unsigned char)*s))
		s++, n--;
	return n == 0;
}

enum fo_type
build_type(const struct xml_event *e)
{
	struct buf b = { 0 };
	enum fo_type type;

	if (str_eq(e->ns, NS_FO))
		return type_lookup(e->name);
	if (!str_eq(e->ns, NS_FOX))
		return FO_TYPE_COUNT;
	buf_printf(&b, "fox:%s", e->name);
	type = type_lookup(buf_str(&b));
	buf_free(&b);
	return type;
}

enum fo_type
build_next_type(struct fo_doc *d)
{
	const struct xml_event *e = event_peek(d);

	if (e->type == XML_EVENT_TEXT)
		return FO_TEXT;
	return build_type(e);
}

enum next_kind
build_next_kind(struct fo_doc *d)
{
	const struct xml_event *e = event_peek(d);
	enum fo_type type;
	unsigned flags;

	if (e == NULL || e->type == XML_EVENT_END)
		return NEXT_END;
	if (e->type == XML_EVENT_TEXT)
		return is_blank(e->text, e->n_text) ? NEXT_SPACE : NEXT_TEXT;
	if (!str_eq(e->ns, NS_FO))
		return NEXT_OUT;
	type = type_lookup(e->name);
	if (type == FO_TYPE_COUNT)
		return NEXT_OUT;
	flags = type_flags(type);
	if (type == FO_WRAPPER || flags & OBJ_INLINE)
		return NEXT_INLINE;
	if (type == FO_INITIAL_PROPERTY_SET)
		return NEXT_OUT;
	return flags & OBJ_OUT ? NEXT_OUT : NEXT_BLOCK;
}

/* --------------------------------------------------------------- units */

struct unit *
unit_new(struct fo_doc *d)
{
	struct unit *u = d->pool;

	if (u != NULL) {
		d->pool = u->next;
		u->next = NULL;
		return u;
	}
	u = xcalloc(1, sizeof *u);
	u->doc = d;
	u->arena = arena_new();
	return u;
}

struct unit *
unit_filling(struct fo_doc *d)
{
	if (d->filling == NULL || d->filling->used > UNIT_SIZE)
		d->filling = unit_new(d);
	return d->filling;
}

void
unit_release(struct fo_doc *d, struct unit *u)
{
	struct foreign *f;

	for (f = u->foreign; f != NULL; f = f->next)
		xmlFreeDoc(f->doc);
	u->foreign = NULL;
	u->tops = 0;
	u->ended = false;
	u->used = 0;
	arena_reset(u->arena);
	if (u != d->filling) {
		u->next = d->pool;
		d->pool = u;
	}
}

/* --------------------------------------------------------------- nodes */

/* Wrappers and the like take what their own place takes; which that is, they
 * know, because they may be nested thousands deep. */
struct neutral {
	struct inner in;
	const struct fo_node *place;
};

static bool
is_neutral(enum fo_type type)
{
	return type != FO_MARKER && type_flags(type) & OBJ_NEUTRAL;
}

static const struct fo_node *
effective_parent(const struct fo_node *n)
{
	return is_neutral((enum fo_type)n->type)
	    ? ((const struct neutral *)(const void *)n)->place : n;
}

void
node_place(struct fo_node *n, struct fo_node *parent)
{
	n->parent = parent;
	if (is_neutral((enum fo_type)n->type))
		((struct neutral *)(void *)n)->place = parent == NULL ? n
		    : effective_parent(parent);
}

struct fo_node *
node_new(struct unit *u, struct fo_node *parent, enum fo_type type)
{
	const size_t size = is_neutral(type) ? sizeof(struct neutral)
					     : sizeof(struct inner);
	struct inner *in = arena_alloc(u->arena, size);

	in->unit = u;
	u->used += size;
	in->n.type = (uint16_t)type;
	node_place(&in->n, parent);
	if (parent != NULL) {
		in->n.style = parent->style;
		in->n.where = parent->where;
		in->n.placed = parent->placed;
		in->n.in_marker = parent->in_marker ||
		    parent->type == FO_MARKER;
	}
	return &in->n;
}

void
node_append(struct fo_node *parent, struct fo_node *n)
{
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
	require_note((struct fo_node *)effective_parent(parent),
	    (enum fo_type)n->type);
}

static bool
mentions(const struct attr *attrs, size_t n, const char *function)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strchr(attrs[i].value, '(') != NULL &&
		    strstr(attrs[i].value, function) != NULL)
			return true;
	return false;
}

/* fo:multi-property-set counts only for an active state: none on paper. */
void
node_compute(struct fo_doc *d, struct fo_node *n, const struct attr *attrs,
    size_t n_attrs)
{
	const struct style *parent, *s;
	struct style_context context = { 0 };

	parent = n->parent != NULL ? node_style(n->parent) : NULL;
	if (parent != NULL)
		context.merge = &parent->s;
	if (mentions(attrs, n_attrs, "from-table-column")) {
		/* In which column it stands, a cell says itself. */
		if (n->type == FO_TABLE_CELL)
			n->style = &style_make(d->styles, parent,
			    (enum fo_type)n->type, attrs, n_attrs, &context)->s;
		context.column = column_style(n);
	}
	if (mentions(attrs, n_attrs, "from-page-master-region"))
		context.region = region_style(d, n);
	s = style_make(d->styles, parent, (enum fo_type)n->type, attrs,
	    n_attrs, &context);
	n->style = &s->s;
	if (s->findings != NULL)
		style_report(d->job, s, n->where);
}

/* ---------------------------------------------------------- attributes */

static const char *
full_name(struct fo_doc *d, const struct xml_attribute *a)
{
	const char *prefix;

	if (a->ns == NULL)
		return a->name;
	if (strcmp(a->ns, NS_FOX) == 0)
		prefix = "fox:";
	else if (strcmp(a->ns, NS_PX) == 0)
		prefix = "px:";
	else if (strcmp(a->ns, NS_XML) == 0)
		prefix = "xml:";
	else if (strcmp(a->ns, NS_FO) == 0)
		prefix = "";
	else
		return NULL;
	buf_clear(&d->name);
	buf_puts(&d->name, prefix);
	buf_puts(&d->name, a->name);
	return buf_str(&d->name);
}

/* "file:line:column"; false if the text has not that form. */
static bool
parse_place(struct fo_doc *d, const char *text, struct where *w)
{
	const char *second = strrchr(text, ':'), *first = second;
	long line, col;

	if (second == NULL)
		return false;
	while (first > text && *--first != ':')
		;
	if (first == text || !num_parse_int(first + 1, NULL, &line) ||
	    !num_parse_int(second + 1, NULL, &col))
		return false;
	w->file = styles_intern(d->styles, text, (size_t)(first - text));
	w->line = (int32_t)line;
	w->col = (int32_t)col;
	return true;
}

/* Two objects of one id: links and citations mean the first. */
static void
note_id(struct fo_doc *d, const struct fo_node *n)
{
	if (map_lookup(d->ids, n->id) != NULL)
		diag_report(d->job->diag, DIAG_FO_ID_TWICE, n->where, n->id);
	else
		map_put(d->ids, n->id, (void *)(uintptr_t)d->run);
}

uint32_t
fo_id_run(const struct fo_doc *d, const char *id)
{
	return (uint32_t)(uintptr_t)map_lookup(d->ids, id);
}

static bool
parts_runs(const struct fo_node *n, enum fo_prop breaks)
{
	return n->type == FO_PAGE_SEQUENCE || (fo_is_block((enum fo_type)
	    n->type) && (fo_keyword(n->style, breaks) != KW_AUTO ||
		fo_keyword(n->style, PR_SPAN) == KW_ALL));
}

static void
run_begin(struct fo_doc *d, struct fo_node *n)
{
	d->run += d->run == 0 || parts_runs(n, PR_BREAK_BEFORE);
	n->run = d->run;
	if (n->id != NULL)
		note_id(d, n);
}

void
build_run_end(struct fo_doc *d, const struct fo_node *n)
{
	d->run += !n->in_marker && parts_runs(n, PR_BREAK_AFTER);
}

static struct fo_access *
access_of(struct fo_node *n)
{
	struct fo_access *a = arena_alloc(inner(n)->unit->arena, sizeof *a);

	if (n->access != NULL)
		*a = *n->access;
	n->access = a;
	return a;
}

static void
set_field(struct fo_doc *d, struct fo_node *n, unsigned field,
    const char *value)
{
	struct arena *arena = inner(n)->unit->arena;

	switch (field) {
	case NODE_ID:
		n->id = arena_strdup(arena, value);
		break;
	case NODE_ROLE:
		access_of(n)->role = arena_strdup(arena, value);
		break;
	case NODE_ALT:
		access_of(n)->alt = arena_strdup(arena, value);
		break;
	case NODE_PLACE:
		if (parse_place(d, value, &n->where))
			n->placed = true;
		break;
	default:
		d->info.number = arena_strdup(d->lasting->arena, value);
		break;
	}
}

/* Sorts the element's attributes into the node's fields and, in d->attrs,
 * those that make its style.  Names that say nothing are reported once the
 * place is known. */
static void
take_attributes(struct fo_doc *d, struct fo_node *n, const struct xml_event *e)
{
	const struct name *name;
	const char *full;
	size_t i;

	d->n_attrs = 0;
	for (i = 0; i < e->n_attrs; i++) {
		full = full_name(d, &e->attrs[i]);
		name = full != NULL ? styles_name(d->styles, full) : NULL;
		if (name == NULL || name->kind == NAME_IGNORED)
			continue;
		if (name->kind == NAME_NODE) {
			set_field(d, n, name->arg, e->attrs[i].value);
			continue;
		}
		VEC_RESERVE(d->attrs, d->attrs_cap, d->n_attrs + 1);
		d->attrs[d->n_attrs++] = (struct attr){ .name = name,
			.value = e->attrs[i].value };
	}
	for (i = 0; i < e->n_attrs; i++) {
		full = full_name(d, &e->attrs[i]);
		if (full != NULL && styles_name(d->styles, full) == NULL)
			diag_report(d->job->diag, DIAG_FO_PROP_UNKNOWN,
			    n->where, full);
	}
}

/* What stands in a marker is computed where it is retrieved. */
static void
keep_attributes(struct fo_doc *d, struct fo_node *n)
{
	attrs_copy(inner(n)->unit, n, d->attrs, d->n_attrs);
}

/* ---------------------------------------------------- what stands where */

static bool
can_stand(const struct fo_node *parent, enum fo_type child)
{
	const struct fo_node *p;

	if (!type_can_contain((enum fo_type)parent->type, child))
		return false;
	p = effective_parent(parent);
	if (p == parent || p->type == FO_MARKER ||
	    type_can_contain((enum fo_type)p->type, child))
		return true;
	/* What only the wrapper-like object itself can hold (multi-case). */
	return (type_flags(child) & (OBJ_INLINE | OBJ_BLOCK)) == 0 &&
	    child != FO_TEXT;
}

/* Text and inline objects where only blocks may be: a block around them is
 * what was meant. */
static bool
needs_block(const struct fo_node *parent, enum fo_type child)
{
	return (child == FO_TEXT ||
		   (type_flags(child) & (OBJ_INLINE | OBJ_BLOCK)) ==
		       OBJ_INLINE) &&
	    !can_stand(parent, child) && can_stand(parent, FO_BLOCK);
}

static void
report_element(struct fo_doc *d, const struct fo_node *parent,
    const struct xml_event *e, struct where w)
{
	enum fo_type type = FO_TYPE_COUNT;

	/* Every id is a named destination, wanted or not. */
	if (str_eq(e->ns, NS_FOX) && str_eq(e->name, "destination"))
		return;
	if (!str_eq(e->ns, NS_FO)) {
		diag_report(d->job->diag, DIAG_FO_ELEMENT, w, e->name);
		return;
	}
	type = type_lookup(e->name);
	if (type == FO_TYPE_COUNT)
		diag_report(d->job->diag, DIAG_FO_OBJECT_UNKNOWN, w, e->name);
	else
		diag_report(d->job->diag, DIAG_FO_OBJECT_PLACE, w, e->name,
		    fo_type_name((enum fo_type)parent->type));
}

static bool
is_foreign_place(const struct fo_node *parent)
{
	return parent->type == FO_INSTREAM_FOREIGN_OBJECT ||
	    parent->type == FO_DECLARATIONS;
}

/* An element that is left out parts the text around it in two, as in FOP: spaces
 * before and after it are not one.  An object that goes with the spaces' treatment
 * stands for it until then. */
static void
part_text(struct fo_doc *d, struct fo_node *parent)
{
	struct fo_node *n;

	if (parent->in_marker || parent->type == FO_MARKER ||
	    !can_stand(parent, FO_EXTERNAL_GRAPHIC))
		return;
	n = node_new(inner(parent)->unit, parent, FO_EXTERNAL_GRAPHIC);
	node_compute(d, n, NULL, 0);
	n->complete = n->dropped = true;
	node_append(parent, n);
}

/* Takes, or reports and skips, an element that is no formatting object that
 * may stand here. */
static void
other_element(struct fo_doc *d, struct fo_node *parent)
{
	const struct xml_event *e = event_peek(d);
	struct where w = e->where;
	xmlNode *node;

	if (w.file == NULL || parent->placed)
		w = parent->where;
	if (str_eq(e->ns, NS_FO) || !is_foreign_place(parent)) {
		report_element(d, parent, e, w);
		if (!str_eq(e->ns, NS_FO))
			part_text(d, parent);
		event_next(d);
		event_skip(d);
		return;
	}
	node = foreign_read(d, inner(parent)->unit, e);
	if (parent->type == FO_DECLARATIONS)
		info_add(d, node);
	else if (parent->foreign == NULL)
		parent->foreign = node;
}

/* Attributes, place and style; consumes the start tag. */
static void
furnish(struct fo_doc *d, struct fo_node *n, const struct xml_event *e)
{
	if (e->where.file != NULL && !n->placed)
		n->where = e->where;
	take_attributes(d, n, e);
	if (n->in_marker || n->type == FO_MARKER)
		keep_attributes(d, n);
	if (!n->in_marker)
		node_compute(d, n, d->attrs, d->n_attrs);
	require_place(d, n);
	if (!n->in_marker) {
		run_begin(d, n);
		/* A graphic without a source is none. */
		n->dropped = !require_properties(d, n) &&
		    n->type == FO_EXTERNAL_GRAPHIC;
	}
	event_next(d);
}

struct fo_node *
build_root(struct fo_doc *d, struct unit *u)
{
	struct fo_node *n = node_new(u, NULL, FO_ROOT);

	furnish(d, n, event_peek(d));
	return n;
}

struct fo_node *
build_start(struct fo_doc *d, struct unit *u, struct fo_node *parent)
{
	const struct xml_event *e = event_peek(d);
	enum fo_type type = build_type(e);
	struct fo_node *n;

	if (type == FO_TYPE_COUNT || !can_stand(parent, type)) {
		other_element(d, parent);
		return NULL;
	}
	n = node_new(u, parent, type);
	furnish(d, n, e);
	if ((type == FO_TABLE_HEADER || type == FO_TABLE_FOOTER ||
		type == FO_TABLE_BODY) &&
	    parent->type == FO_TABLE && !n->in_marker)
		inner(parent)->taken = NULL;
	return n;
}

/* ---------------------------------------------------------------- text */

static void
add_text(struct fo_doc *d, struct unit *u, struct fo_node *parent)
{
	const struct xml_event *e = event_peek(d);
	struct fo_node *n;

	n = node_new(u, parent, FO_TEXT);
	if (e->where.file != NULL && !n->placed)
		n->where = e->where;
	n->text = arena_strndup(u->arena, e->text, e->n_text);
	n->text_n = (uint32_t)e->n_text;
	n->complete = true;
	u->used += e->n_text;
	node_append(parent, n);
	event_next(d);
}

/* Text where there may be none, by its beginning. */
static void
report_text(struct fo_doc *d, const struct fo_node *parent, struct where w,
    const char *s, size_t n)
{
	const char *end = s + n;
	struct buf b = { 0 };
	int shown = 0;

	while (s < end && is_space((unsigned char)*s))
		s++;
	while (s < end && *s != '\n' && shown++ < 20)
		buf_utf8(&b, utf8_next(&s, end));
	diag_report(d->job->diag, DIAG_FO_TEXT_PLACE, w,
	    fo_type_name((enum fo_type)parent->type), buf_str(&b));
	buf_free(&b);
}

/* White space where there may be no text is only layout of the file. */
void
build_refuse_text(struct fo_doc *d, struct fo_node *parent)
{
	const struct xml_event *e = event_peek(d);
	struct where w = e->where;

	if (w.file == NULL || parent->placed)
		w = parent->where;
	if (!is_blank(e->text, e->n_text))
		report_text(d, parent, w, e->text, e->n_text);
	event_next(d);
}

/* Empties are taken out of the inline content of a paragraph. */
static void
drop_empty(struct fo_node *parent, struct fo_node *before)
{
	struct fo_node *n, *next, *last = before;

	for (n = before != NULL ? before->next : parent->first; n != NULL;
	     n = next) {
		next = n->next;
		if ((n->type == FO_TEXT && n->text_n == 0) ||
		    n->dropped) {
			if (last != NULL)
				last->next = next;
			else
				parent->first = next;
			continue;
		}
		if (n->first != NULL && fo_is_inline((enum fo_type)n->type) &&
		    !(type_flags((enum fo_type)n->type) & OBJ_LINES))
			drop_empty(n, NULL);
		last = n;
	}
	parent->last = last;
}

void
build_finish_lines(struct fo_node *parent, struct fo_node *before, bool begins,
    bool ends)
{
	struct fo_node *first = before != NULL ? before->next : parent->first;

	if (first == NULL)
		return;
	space_treat(inner(first)->unit->arena, first, begins, ends);
	drop_empty(parent, before);
	hoist_blocks(parent, before);
}

/* ------------------------------------------------------------ subtrees */

static void
finish(struct fo_doc *d, struct fo_node *n)
{
	bool whole;	/* lines of its own, not a part of others' */

	n->complete = true;
	build_run_end(d, n);
	require_children(d, n);
	if (type_flags((enum fo_type)n->type) & OBJ_LINES &&
	    n->type != FO_MARKER && !n->in_marker) {
		whole = n->type == FO_BLOCK || n->type == FO_TITLE ||
		    n->type == FO_BOOKMARK_TITLE;
		build_finish_lines(n, NULL, whole, whole);
	}
	if (n->type == FO_TABLE_ROW && !n->in_marker)
		column_row_done(n);
}

/* A block around text or inline objects that stand where they may not. */
static struct fo_node *
start_anonymous(struct fo_doc *d, struct unit *u, struct fo_node *parent)
{
	struct fo_node *n = node_new(u, parent, FO_BLOCK);
	const struct xml_event *e = event_peek(d);

	if (e->where.file != NULL && !n->placed)
		n->where = e->where;
	if (n->in_marker)
		inner(n)->attrs = NULL;
	else
		node_compute(d, n, NULL, 0);
	return n;
}

static bool
is_text_only(const struct fo_node *n)
{
	const struct fo_node *c = n->first;

	if (c == NULL || c->type != FO_TEXT)
		return false;
	while (c != NULL && (c->type == FO_TEXT || c->dropped))
		c = c->next;
	return c == NULL;
}

/* What stands in a marker has no style yet. */
static bool
has_typography(const struct fo_node *n)
{
	while (n->in_marker)
		n = n->parent;
	return fo_keyword(n->style, PR_TYPOGRAPHY) == KW_ON;
}

/* Text by itself is left out, as in FOP: files have scraps of it that nobody has
 * ever seen on a page.  With an inline object beside it, it was meant to be; and
 * where px:typography is on, nothing was written for FOP: nothing is lost. */
static void
end_anonymous(struct fo_doc *d, struct fo_node *n)
{
	struct fo_node *parent = n->parent;

	if (parent->type != FO_WRAPPER && is_text_only(n) &&
	    !has_typography(n)) {
		report_text(d, parent, n->where, n->first->text,
		    n->first->text_n);
		return;
	}
	diag_report(d->job->diag, DIAG_FO_TEXT_WRAPPED, n->where,
	    fo_type_name((enum fo_type)parent->type));
	node_append(parent, n);
	finish(d, n);
}

/* Consumes one event below `cur` and returns the node that is then open. */
static struct fo_node *
build_step(struct fo_doc *d, struct unit *u, struct fo_node *cur)
{
	const struct xml_event *e = event_peek(d);
	enum fo_type type = build_next_type(d);
	struct fo_node *n;

	if (type != FO_TYPE_COUNT && needs_block(cur, type) &&
	    !(e->type == XML_EVENT_TEXT && is_blank(e->text, e->n_text))) {
		n = start_anonymous(d, u, cur);
		build_run(d, u, n);
		end_anonymous(d, n);
		return cur;
	}
	if (e->type == XML_EVENT_TEXT) {
		if (can_stand(cur, FO_TEXT))
			add_text(d, u, cur);
		else
			build_refuse_text(d, cur);
		return cur;
	}
	n = build_start(d, u, cur);
	if (n == NULL)
		return cur;
	node_append(cur, n);
	return n;
}

void
build_rest(struct fo_doc *d, struct fo_node *n)
{
	struct unit *u = inner(n)->unit;
	struct fo_node *cur = n;
	const struct xml_event *e;

	for (;;) {
		e = event_peek(d);
		if (e != NULL && e->type != XML_EVENT_END) {
			cur = build_step(d, u, cur);
			continue;
		}
		event_next(d);
		finish(d, cur);
		if (cur == n)
			return;
		cur = cur->parent;
	}
}

void
build_run(struct fo_doc *d, struct unit *u, struct fo_node *parent)
{
	enum next_kind kind;
	struct fo_node *n;

	for (;;) {
		kind = build_next_kind(d);
		if (kind == NEXT_END || kind == NEXT_BLOCK)
			return;
		n = build_step(d, u, parent);
		if (n != parent)
			build_rest(d, n);
	}
}
