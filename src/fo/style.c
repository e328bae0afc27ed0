/*
 * Computed properties.
 *
 * The style of an object follows from its parent's style, its type and its
 * attributes alone, so it is computed once for each such combination and found
 * again through a memo: a table of 80,000 equal cells computes one.  What
 * depends on more (from-table-column() …) is marked `passing` and not kept in
 * the memo.
 *
 * Attributes are applied in any order; a rank for each row says which one
 * holds when a shorthand, a compound, a part and an absolute variant bear on
 * the same row (names.def).  Only then come margins, which become spaces and
 * indents (XSL 1.1, 5.3.2), as they need the final borders and paddings.
 */
#include "fo/fo_int.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60 };	/* bytes of a value in a message */

enum run_class { RUN_MIXED, RUN_INHERITED, RUN_INITIAL };

struct styles {
	struct arena *arena;
	struct map *names;	/* of attributes: struct name */
	struct map *memo;	/* parent, type, attributes: struct style */
	struct map *runs;	/* bytes of a run: the one copy of it */
	struct map *strings;	/* the one copy of each string */
	struct fo_style initial;
	struct fo_value border_width;	/* of a border that says no width */
	uint8_t class[FO_RUNS];
	uint32_t next_id;
	struct buf key;
	struct making making;	/* too large for the stack of a deep tree */
};

/* ------------------------------------------------------------ the store */

static const struct fo_value *
store_run(struct styles *st, const struct fo_value *values)
{
	struct fo_value *copy;
	size_t size = FO_RUN * sizeof *values;

	copy = map_lookup_bytes(st->runs, values, size);
	if (copy == NULL) {
		copy = arena_alloc(st->arena, size);
		memcpy(copy, values, size);
		map_put_bytes(st->runs, copy, size, copy);
	}
	return copy;
}

/* The last run is filled up with zeros. */
static void
store_values(struct styles *st, const struct fo_value v[FO_RUNS * FO_RUN],
    const struct fo_style *parent, struct fo_style *out)
{
	size_t size = FO_RUN * sizeof *v;
	int i;

	for (i = 0; i < FO_RUNS; i++) {
		if (parent != NULL &&
		    memcmp(parent->run[i], &v[i * FO_RUN], size) == 0)
			out->run[i] = parent->run[i];
		else
			out->run[i] = store_run(st, &v[i * FO_RUN]);
	}
}

const char *
styles_intern(struct styles *st, const char *s, size_t n)
{
	char *copy = map_lookup_bytes(st->strings, s, n);

	if (copy == NULL) {
		copy = arena_strndup(st->arena, s, n);
		map_put_bytes(st->strings, s, n, copy);
	}
	return copy;
}

static void settle_borders(struct making *m);

static void
set_initial_values(struct styles *st)
{
	struct making *m = &st->making;
	enum fo_prop p;
	int i, inherited;

	memset(m, 0, sizeof *m);
	m->st = st;
	for (p = 0; p < PR_COUNT; p++) {
		m->blame = prop_rows[p].name;
		if (prop_rows[p].initial[0] == '\0')
			m->v[p] = value_keyword(KW_NONE_GIVEN);
		else
			value_read(m, p, prop_rows[p].initial, &m->v[p]);
	}
	st->border_width = m->v[PR_BORDER_BEFORE_WIDTH];
	settle_borders(m);
	store_values(st, m->v, NULL, &st->initial);
	for (i = 0; i < FO_RUNS; i++) {
		inherited = 0;
		for (p = (enum fo_prop)(i * FO_RUN);
		     p < (enum fo_prop)((i + 1) * FO_RUN) && p < PR_COUNT; p++)
			inherited |= prop_rows[p].inherited ? 1 : 2;
		st->class[i] = inherited == 1 ? RUN_INHERITED
		    : inherited == 2	      ? RUN_INITIAL
					      : RUN_MIXED;
	}
}

struct styles *
styles_new(void)
{
	struct styles *st = xcalloc(1, sizeof *st);

	st->arena = arena_new();
	st->names = names_new();
	st->memo = map_new();
	st->runs = map_new();
	st->strings = map_new();
	set_initial_values(st);
	return st;
}

void
styles_free(struct styles *st)
{
	if (st == NULL)
		return;
	map_free(st->names);
	map_free(st->memo);
	map_free(st->runs);
	map_free(st->strings);
	buf_free(&st->key);
	arena_free(st->arena);
	free(st);
}

const struct name *
styles_name(const struct styles *st, const char *name)
{
	return map_lookup(st->names, name);
}

const struct fo_style *
styles_initial(const struct styles *st)
{
	return &st->initial;
}

/* ---------------------------------------------------- making one style */

/* What a message shows of a value: a long one is cut. */
static const char *
shown(struct styles *st, const char *s)
{
	struct buf b = { 0 };
	const char *end = s + strlen(s), *kept = s;

	if (end - s <= SHOWN)
		return styles_intern(st, s, (size_t)(end - s));
	while (kept - s < SHOWN)
		utf8_next(&kept, end);
	buf_put(&b, s, (size_t)(kept - s));
	buf_utf8(&b, 0x2026);
	s = styles_intern(st, buf_str(&b), b.n);
	buf_free(&b);
	return s;
}

void
making_report(struct making *m, enum diag_code code, const char *a,
    const char *b, const char *c)
{
	struct finding *f = arena_alloc(m->st->arena, sizeof *f);
	const char *args[3] = { a, b, c };
	size_t i;

	f->code = code;
	for (i = 0; i < 3; i++)
		f->args[i] = args[i] != NULL ? shown(m->st, args[i]) : NULL;
	f->next = m->findings;
	m->findings = f;
}

void
making_put(struct making *m, enum fo_prop p, struct fo_value v, int rank)
{
	if (rank < m->rank[p])
		return;
	m->rank[p] = (uint8_t)rank;
	m->v[p] = v;
}

void
making_set(struct making *m, enum fo_prop p, const char *text, int rank)
{
	struct fo_value v;

	if (rank >= m->rank[p] && value_read(m, p, text, &v))
		making_put(m, p, v, rank);
}

enum fo_prop
making_prop(struct making *m, const char *name, size_t n, enum fo_prop current)
{
	const struct name *entry;
	const char *part;
	int i;

	entry = styles_name(m->st, styles_intern(m->st, name, n));
	if (entry == NULL)
		return PR_COUNT;
	switch (entry->kind) {
	case NAME_PROP:
		return (enum fo_prop)entry->prop;
	case NAME_ABSOLUTE:
		return absolute_prop(m, entry->arg);
	case NAME_PARTS:
		part = strchr(prop_rows[current].name, '.');
		for (i = 0; part != NULL && i < entry->n; i++)
			if (str_ends(prop_rows[entry->prop + i].name, part))
				return (enum fo_prop)(entry->prop + i);
		/* The optimum of three. */
		return (enum fo_prop)(entry->prop + (entry->n == 3));
	default:
		return PR_COUNT;
	}
}

/* The sides of before, after, start and end, read from the mode's name:
 * inline direction, then block direction ("rl-tb"). */
static void
set_sides(struct making *m)
{
	const char *name = fo_keyword_name((enum fo_keyword)m->mode);
	const char *inl = name, *blk = strchr(name, '-');
	static const struct {
		const char *way;
		uint8_t from, to;
	} ways[] = {
		{ "lr", SIDE_LEFT, SIDE_RIGHT },
		{ "rl", SIDE_RIGHT, SIDE_LEFT },
		{ "tb", SIDE_TOP, SIDE_BOTTOM },
		{ "bt", SIDE_BOTTOM, SIDE_TOP },
	};
	size_t i;

	/* lr-alternating-rl-tb and the like end with the block direction. */
	if (strlen(name) > 5)
		blk = strrchr(name, '-');
	for (i = 0; i < 4; i++) {
		if (blk != NULL && str_starts(blk + 1, ways[i].way)) {
			m->sides[0] = ways[i].from;
			m->sides[1] = ways[i].to;
		}
		if (str_starts(inl, ways[i].way)) {
			m->sides[2] = ways[i].from;
			m->sides[3] = ways[i].to;
		}
	}
}

/* A writing-mode holds from objects that make reference areas on, and for
 * the columns of a table; elsewhere it has no effect (XSL 1.1, 7.29.7). */
static void
settle_mode(struct making *m)
{
	bool own = m->parent == NULL || m->type == FO_TABLE ||
	    m->type == FO_PAGE_SEQUENCE ||
	    (type_flags(m->type) & OBJ_REFERENCE) != 0;

	m->mode = own ? m->v[PR_WRITING_MODE].kw : m->parent->mode;
	m->v[PR_WRITING_MODE] = value_keyword((enum fo_keyword)m->mode);
	set_sides(m);
}

static void
apply(struct making *m, const struct attr *a)
{
	const struct name *name = a->name;
	int i;

	m->blame = name->name;
	switch (name->kind) {
	case NAME_PROP:
	case NAME_PARTS:
		for (i = 0; i < name->n; i++)
			making_set(m, (enum fo_prop)(name->prop + i), a->value,
			    name->rank);
		break;
	case NAME_SHORTHAND:
		shorthand_expand(m, name, a->value);
		break;
	case NAME_ABSOLUTE:
		absolute_expand(m, name, a->value);
		break;
	default:
		break;
	}
}

/* What other values are computed from. */
static bool
is_early(const struct name *n)
{
	return (n->kind == NAME_SHORTHAND && n->arg >> 2 == SH_FONT) ||
	    (n->kind == NAME_PROP &&
		(n->prop == PR_FONT_SIZE || n->prop == PR_WRITING_MODE ||
		    n->prop == PR_COLOR));
}

static void
apply_all(struct making *m, const struct attr *attrs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (is_early(attrs[i].name))
			apply(m, &attrs[i]);
	settle_mode(m);
	/* The font shorthand again: its line-height may count in ems. */
	for (i = 0; i < n; i++)
		if (!is_early(attrs[i].name) ||
		    attrs[i].name->kind == NAME_SHORTHAND)
			apply(m, &attrs[i]);
}

/* What is asked for by name and not done is said, unless nothing else is asked
 * for than what is done anyway. */
static void
report_unsupported(struct making *m, const struct attr *attrs, size_t n)
{
	enum fo_prop p;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct name *name = attrs[i].name;

		if (name->kind == NAME_PROP)
			p = (enum fo_prop)name->prop;
		else if (name->kind == NAME_ABSOLUTE)
			p = absolute_prop(m, name->arg);
		else
			continue;
		if (p < PR_COUNT && fo_prop_support(p) == SUPPORT_NO &&
		    !fo_value_equal(&m->v[p], fo_value(&m->st->initial, p)))
			making_report(m, DIAG_FO_PROP_SUPPORT, name->name,
			    NULL, NULL);
	}
}

/* ------------------------------------------------------- after all rows */

static const struct {
	uint16_t style, width, padding;
} sides[4] = {
	{ PR_BORDER_BEFORE_STYLE, PR_BORDER_BEFORE_WIDTH, PR_PADDING_BEFORE },
	{ PR_BORDER_AFTER_STYLE, PR_BORDER_AFTER_WIDTH, PR_PADDING_AFTER },
	{ PR_BORDER_START_STYLE, PR_BORDER_START_WIDTH, PR_PADDING_START },
	{ PR_BORDER_END_STYLE, PR_BORDER_END_WIDTH, PR_PADDING_END },
};

static bool
is_negative(const struct fo_value *v)
{
	return v->kind == FV_LENGTH && v->len < 0 && v->pct == 0;
}

static void
refuse_negative(struct making *m, enum fo_prop p)
{
	struct buf b = { 0 };

	if (!is_negative(&m->v[p]))
		return;
	buf_mpt(&b, m->v[p].len);
	buf_puts(&b, "pt");
	making_report(m, DIAG_FO_PROP_VALUE, prop_rows[p].name, buf_str(&b),
	    NULL);
	buf_free(&b);
	m->v[p] = value_length(0, 0);
}

/* The three lengths of a size, which one attribute may have set: told once. */
static void
refuse_negative_size(struct making *m, enum fo_prop first)
{
	int i;

	refuse_negative(m, first);
	for (i = 1; i < 3; i++)
		if (is_negative(&m->v[first + i]))
			m->v[first + i] = value_length(0, 0);
}

static void
refuse_scale(struct making *m, enum fo_prop p)
{
	struct buf b = { 0 };

	if (m->v[p].num > 0)
		return;
	buf_mpt(&b, m->v[p].num);
	making_report(m, DIAG_FO_PROP_VALUE, prop_rows[p].name, buf_str(&b),
	    NULL);
	buf_free(&b);
	m->v[p].num = 1000;
}

/* A border that is not drawn has no width (7.8.20): that is the initial state,
 * and a style alone gives it the initial width. */
static void
settle_borders(struct making *m)
{
	int i;

	for (i = 0; i < 4; i++) {
		if (m->v[sides[i].style].kw == KW_NONE ||
		    m->v[sides[i].style].kw == KW_HIDDEN)
			m->v[sides[i].width] = value_length(0, 0);
		else if (m->rank[sides[i].width] == 0)
			m->v[sides[i].width] = m->st->border_width;
		refuse_negative(m, (enum fo_prop)sides[i].width);
		refuse_negative(m, (enum fo_prop)sides[i].padding);
	}
}

static void
add_length(struct fo_value *to, const struct fo_value *v)
{
	if (v->kind == FV_LENGTH)
		*to = value_length(mpt_add(to->len, v->len),
		    mpt_add(to->pct, v->pct));
}

/* Does its content count indents from it?  A cell's does, though it has no
 * writing-mode of its own. */
static bool
begins_area(enum fo_type type)
{
	return type == FO_TABLE_CELL ||
	    (type_flags(type) & OBJ_REFERENCE) != 0;
}

struct fo_value
style_in_area(const struct style *parent, struct fo_value margin)
{
	const struct fo_value *start, *end;

	if (margin.pct == 0 || parent == NULL ||
	    parent->type == FO_LIST_ITEM_BODY ||
	    begins_area((enum fo_type)parent->type))
		return margin;
	start = fo_value(&parent->s, PR_START_INDENT);
	end = fo_value(&parent->s, PR_END_INDENT);
	margin.len = mpt_add(margin.len,
	    mpt_scale(-((int64_t)start->len + end->len), margin.pct, 100000));
	margin.pct = mpt_add(margin.pct,
	    mpt_scale(-((int64_t)start->pct + end->pct), margin.pct, 100000));
	return margin;
}

/* One that is inherited is there already. */
static void
put_in_area(const struct style *parent, struct fo_value *margin)
{
	struct fo_value v;

	if (margin->in_area || margin->pct == 0)
		return;
	v = style_in_area(parent, *margin);
	margin->len = v.len;
	margin->pct = v.pct;
	margin->in_area = true;
}

/* start-indent = inherited (unless this begins a reference area) + margin +
 * border + padding, when there is a margin and it is not outdone by an
 * explicit start-indent (5.3.2). */
static void
settle_indent(struct making *m, int side, enum fo_prop margin,
    enum fo_prop indent)
{
	struct fo_value v = value_length(0, 0), padding;
	int rank = m->rank[margin];

	if (rank == 0 || rank < m->rank[indent] ||
	    m->v[margin].kind != FV_LENGTH)
		return;
	if (!begins_area(m->type) && m->parent != NULL)
		add_length(&v, fo_value(&m->parent->s, indent));
	put_in_area(m->parent, &m->v[margin]);
	add_length(&v, &m->v[margin]);
	add_length(&v, &m->v[sides[side].width]);
	padding = style_in_area(m->parent, m->v[sides[side].padding]);
	add_length(&v, &padding);
	making_put(m, indent, v, rank);
}

/* A margin as a space; it stands at the top of a page, too (as in FOP), unless
 * the space itself is given. */
static void
settle_space(struct making *m, enum fo_prop margin, enum fo_prop minimum)
{
	struct fo_value retain = { .kind = FV_KEYWORD, .kw = KW_RETAIN };
	int i;

	if (m->rank[margin] == 0 || m->v[margin].kind != FV_LENGTH)
		return;
	for (i = 0; i < 3; i++)
		if (m->rank[minimum + i] > m->rank[margin])
			return;
	for (i = 0; i < 3; i++)
		making_put(m, (enum fo_prop)(minimum + i), m->v[margin],
		    m->rank[margin]);
	if (minimum == PR_SPACE_BEFORE_MINIMUM ||
	    minimum == PR_SPACE_AFTER_MINIMUM)
		making_put(m, (enum fo_prop)(minimum + 3), retain,
		    m->rank[margin]);
}

static void
settle_margins(struct making *m)
{
	static const uint16_t margins[4] = {
		[SIDE_TOP] = PR_MARGIN_TOP, [SIDE_BOTTOM] = PR_MARGIN_BOTTOM,
		[SIDE_LEFT] = PR_MARGIN_LEFT, [SIDE_RIGHT] = PR_MARGIN_RIGHT,
	};
	static const uint16_t spaces[4] = { PR_SPACE_BEFORE_MINIMUM,
		PR_SPACE_AFTER_MINIMUM, PR_SPACE_START_MINIMUM,
		PR_SPACE_END_MINIMUM };
	bool set = m->v[PR_TYPOGRAPHY].kind == FV_KEYWORD &&
	    m->v[PR_TYPOGRAPHY].kw == KW_ON;
	int i;

	/* Margins of inlines are their spaces (5.3.2), but FOP drops them, and
	 * stylesheets reckon with it. */
	for (i = 0; i < (set ? 4 : 2); i++)
		settle_space(m, (enum fo_prop)margins[m->sides[i]],
		    (enum fo_prop)spaces[i]);
	settle_indent(m, 2, (enum fo_prop)margins[m->sides[2]],
	    PR_START_INDENT);
	settle_indent(m, 3, (enum fo_prop)margins[m->sides[3]], PR_END_INDENT);
}

static bool
is_fixed(const struct fo_value *v)
{
	return v->kind == FV_LENGTH && v->pct == 0;
}

static bool
is_less(const struct fo_value *a, const struct fo_value *b)
{
	return is_fixed(a) && is_fixed(b) && a->len < b->len;
}

/* minimum <= optimum <= maximum: a part that was not given follows those
 * that were (5.11, 4.3.1). */
static void
settle_range(struct making *m, enum fo_prop minimum)
{
	struct fo_value *v = &m->v[minimum];
	const uint8_t *rank = &m->rank[minimum];

	if (rank[0] == 0 && rank[1] == 0 && rank[2] == 0)
		return;
	if (rank[1] == 0 && rank[0] != 0 && is_less(&v[1], &v[0]))
		v[1] = v[0];
	if (rank[1] == 0 && rank[2] != 0 && is_less(&v[2], &v[1]))
		v[1] = v[2];
	if (is_less(&v[1], &v[0]))
		v[0] = v[1];
	if (is_less(&v[2], &v[1]))
		v[2] = v[1];
}

/* A keep-together that is given at all is none of the parent's any more: parts
 * that were not given are "auto" (as in FOP). */
static void
settle_keep(struct making *m)
{
	enum fo_prop first = PR_KEEP_TOGETHER_WITHIN_LINE, p;
	const uint8_t *rank = &m->rank[first];

	if (rank[0] == 0 && rank[1] == 0 && rank[2] == 0)
		return;
	for (p = first; p < first + 3; p++)
		if (m->rank[p] == 0)
			m->v[p] = *fo_value(&m->st->initial, p);
}

static void
settle(struct making *m)
{
	static const uint16_t ranges[] = { PR_SPACE_BEFORE_MINIMUM,
		PR_SPACE_AFTER_MINIMUM, PR_SPACE_START_MINIMUM,
		PR_SPACE_END_MINIMUM, PR_LEADER_LENGTH_MINIMUM };
	size_t i;

	refuse_negative(m, PR_FONT_SIZE);
	refuse_negative_size(m, PR_BPD_MINIMUM);
	refuse_negative_size(m, PR_IPD_MINIMUM);
	refuse_scale(m, PR_SCALE_X);
	refuse_scale(m, PR_SCALE_Y);
	settle_borders(m);
	settle_margins(m);
	settle_keep(m);
	for (i = 0; i < sizeof ranges / sizeof *ranges; i++)
		settle_range(m, (enum fo_prop)ranges[i]);
}

/* ------------------------------------------------------------ the memo */

static void
make_key(struct buf *key, const struct style *parent, enum fo_type type,
    const struct attr *attrs, size_t n)
{
	size_t i;

	buf_clear(key);
	buf_put(key, &parent, sizeof parent);
	buf_put(key, &type, sizeof type);
	for (i = 0; i < n; i++) {
		buf_put(key, &attrs[i].name, sizeof attrs[i].name);
		buf_put(key, attrs[i].value, strlen(attrs[i].value) + 1);
	}
}

/* Inherited and initial values, before any attribute. */
static void
begin(struct styles *st, struct making *m, const struct fo_style *parent)
{
	enum fo_prop p;
	int i;

	for (i = 0; i < FO_RUNS; i++) {
		const struct fo_style *from = st->class[i] == RUN_INHERITED
		    ? parent : &st->initial;
		size_t n = PR_COUNT - i * FO_RUN;

		memcpy(&m->v[i * FO_RUN], from->run[i],
		    (n < FO_RUN ? n : FO_RUN) * sizeof *m->v);
		if (st->class[i] != RUN_MIXED)
			continue;
		for (p = (enum fo_prop)(i * FO_RUN);
		     p < (enum fo_prop)((i + 1) * FO_RUN) && p < PR_COUNT; p++)
			if (prop_rows[p].inherited)
				m->v[p] = *fo_value(parent, p);
	}
	memset(m->rank, 0, sizeof m->rank);
}

/* A wrapper has no area: what it says is for its children to inherit (margins,
 * too, as indents), and an index key (6.13.3). */
static void
settle_wrapper(struct making *m)
{
	enum fo_prop p;

	for (p = 0; m->type == FO_WRAPPER && p < PR_COUNT; p++) {
		if (m->rank[p] == 0 || prop_rows[p].inherited ||
		    p == PR_INDEX_KEY || p == PR_INDEX_CLASS ||
		    p == PR_MARGIN_LEFT || p == PR_MARGIN_RIGHT)
			continue;
		m->v[p] = *fo_value(&m->st->initial, p);
		m->rank[p] = 0;
	}
}

static const struct style *
compute(struct styles *st, const struct style *parent, enum fo_type type,
    const struct attr *attrs, size_t n, const struct style_context *context)
{
	struct making *m = &st->making;
	struct style *s;
	enum fo_prop p;

	m->parent = parent;
	m->type = type;
	m->context = context;
	m->findings = NULL;
	m->passing = false;
	begin(st, m, parent != NULL ? &parent->s : &st->initial);
	apply_all(m, attrs, n);
	settle_wrapper(m);
	settle(m);
	report_unsupported(m, attrs, n);

	s = arena_alloc(st->arena, sizeof *s);
	s->s.id = ++st->next_id;
	s->parent = parent;
	s->initial = &st->initial;
	s->type = (uint16_t)type;
	s->mode = m->mode;
	s->findings = m->findings;
	s->passing = m->passing;
	for (p = 0; p < PR_COUNT; p++)
		if (m->rank[p] != 0)
			s->specified[p / 8] |= (uint8_t)(1 << p % 8);
	store_values(st, m->v, parent != NULL ? &parent->s : &st->initial,
	    &s->s);
	return s;
}

const struct style *
style_make(struct styles *st, const struct style *parent, enum fo_type type,
    const struct attr *attrs, size_t n, const struct style_context *context)
{
	const struct style *s;

	make_key(&st->key, parent, type, attrs, n);
	s = map_lookup_bytes(st->memo, st->key.p, st->key.n);
	if (s != NULL)
		return s;
	s = compute(st, parent, type, attrs, n, context);
	if (!s->passing)
		map_put_bytes(st->memo, st->key.p, st->key.n, (void *)s);
	return s;
}

const struct fo_style *
style_with(struct arena *arena, const struct style *style,
    const struct fo_style *from, const enum fo_prop *props, size_t n)
{
	struct style *s = arena_alloc(arena, sizeof *s);

	*s = *style;
	for (size_t i = 0; i < n; i++) {
		struct fo_value *run = arena_array(arena, FO_RUN, sizeof *run);
		const struct fo_value **at = &s->s.run[props[i] / FO_RUN];

		memcpy(run, *at, FO_RUN * sizeof *run);
		run[props[i] % FO_RUN] = *fo_value(from, props[i]);
		*at = run;
	}
	return &s->s;
}

void
style_report(struct job *job, const struct style *s, struct where w)
{
	const struct finding *f;

	for (f = s->findings; f != NULL; f = f->next)
		diag_report(job->diag, f->code, w, f->args[0], f->args[1],
		    f->args[2]);
}
