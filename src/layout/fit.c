/*
 * Total fit: the breaks of a paragraph chosen together (D. E. Knuth and
 * M. F. Plass, "Breaking Paragraphs into Lines", 1981).
 *
 * Every place where a line may end is a node; from each active node the line
 * up to the next place is rated by how much its spaces must stretch or shrink
 * (ratio r: 1 is all the stretch a line has, -1 all the shrink), and the best
 * way to each place is kept per class of tightness.  Demerits of a line are
 * (1 + 100|r|^3 + p)^2 with p the price of the break; 50 more for two hyphens
 * in a row and for neighbours of very different tightness.
 *
 * A ragged line has no stretch of its own; it is given RAGGED at its end (each
 * end, when centred), so that ragged text is balanced too and does not break
 * greedily.  A last line that is not justified has the width of the room as
 * stretch, so that it had better not be a single short word.  The figures are
 * FOP's, so that lines break at the same words; what makes them differ is said
 * where it is done.
 *
 * Three attempts: without hyphens, r up to 1; with hyphens (or, where none may
 * be set, r up to 5); then r up to 20 and, where nothing fits, the line that
 * is too short least badly, or, if there is none because a word is wider than
 * the room, an overfull line, which is reported.  After such a line the rest
 * of the paragraph is broken as if it began there.
 */
#include <math.h>
#include <string.h>

#include "layout/para.h"

#define RAGGED 10008		/* mpt: three times 3.336 pt */
#define HYPHEN_PRICE 50.0
/* A word divided at the end of a paragraph, where typography is on. */
#define LAST_HYPHEN_PRICE 100.0
/* A break that no space shows: at a soft hyphen, after a dash or slash. */
#define INNER_PRICE 1.0
#define FLAGGED_DEMERITS 50.0
#define FITNESS_DEMERITS 50.0
#define ENDLESS 1000.0		/* the ratio of a line that cannot stretch */

/* A place where a line may end: after piece `at`. */
struct place {
	uint32_t at;
	uint32_t ink;		/* spaces from here to `at` are dropped */
	uint32_t lead;		/* …and from `next` to here */
	uint32_t next;		/* first piece of the next line */
	int64_t w, y, z;	/* sums of width, stretch, shrink up to `ink` */
	int64_t w0, y0, z0;	/* the same at the beginning of the next line */
	mpt hyphen;		/* width of a hyphen set here */
	mpt kept;		/* of edges that the line has at its end */
	double price;
	bool flagged;		/* hyphenation's, not a soft hyphen */
	bool stiff;		/* a ragged line has no stretch at its end here */
};

struct fit_node {
	struct fit_node *before;	/* how one came here */
	struct fit_node *next;		/* active list, by line */
	size_t place;		/* index + 1; 0: the beginning */
	int line, fitness;
	double ratio;		/* of the line that ends here */
	double demerits;	/* of all lines since the last forced one */
};

struct fitter {
	struct para *p;
	size_t from, to;	/* pieces between forced breaks */
	struct place begin;	/* only what it says of the next line */
	struct place *places;
	size_t n_places;
	struct fit_node *active;
	mpt ragged;		/* end stretch of a line, 0 when justified */
	bool justify_last;
	double tolerance;
	bool hyphens, force;
	/* When no line fits: the best that is too short, too long, and the
	 * node that was given up last. */
	struct fit_node *short_node, *long_node, *given_up;
};

/* --------------------------------------------------------------- places */

static bool
is_dropped(const struct piece *pc)
{
	return pc->type == PC_SPACE || pc->type == PC_GAP;
}

/* FOP breaks lines without regard to the spaces between inlines. */
static mpt
fit_width(const struct para *p, const struct piece *pc)
{
	return pc->aside || (pc->type == PC_GAP && !p->typography) ? 0 :
	    pc->width;
}

static bool
is_empty(const struct piece *pc)
{
	return pc->width == 0 && pc->type != PC_TEXT && pc->type != PC_GRAPHIC;
}

/* What parts no spaces: FOP has a box where a wrapper begins, and for an empty
 * inline that has an id; and it keeps the spaces of an inline that is kept
 * together. */
static bool
is_edge(const struct para *p, const struct piece *pc)
{
	const struct fo_node *n;

	if (pc->width > 0 || (pc->type != PC_START && pc->type != PC_ANCHOR))
		return pc->width == 0 && pc->type == PC_END;
	n = p->spans[pc->span].node;
	if (pc->type == PC_ANCHOR)
		return n->type != FO_WRAPPER && n->id == NULL;
	return n->type != FO_WRAPPER && fo_keyword(n->style,
	    PR_KEEP_TOGETHER_WITHIN_LINE) != KW_ALWAYS;
}

/* Pieces from the result on up to `at` are spaces or show nothing. */
static size_t
ink_end(const struct para *p, size_t from, size_t at)
{
	size_t i = at + 1, ink = at + 1;

	while (i > from && (is_dropped(&p->pieces[i - 1]) ||
	    is_empty(&p->pieces[i - 1]))) {
		i--;
		if (is_dropped(&p->pieces[i]))
			ink = i;
	}
	return ink;
}

/* Is it the place before a kept space where a line may end? */
static bool
is_opening(const struct piece *pc)
{
	return pc->type == PC_INDENT && pc->brk == BREAK_ALLOWED &&
	    pc->from == pc->to;
}

/* The same, but of spaces on both sides of an edge FOP drops only the last, and
 * none before a space that begins the next line. */
static size_t
last_spaces(const struct para *p, size_t from, size_t at)
{
	size_t i = at + 1;

	if (is_opening(&p->pieces[at]))
		return at + 1;
	while (i > from && is_empty(&p->pieces[i - 1]) &&
	    !is_dropped(&p->pieces[i - 1]))
		i--;
	if (i == from || !is_dropped(&p->pieces[i - 1]))
		return at + 1;
	while (i > from && is_dropped(&p->pieces[i - 1]))
		i--;
	return i;
}

/* Spaces, with edges between them, end before the result. */
static size_t
spaces_end(const struct fitter *f, size_t next)
{
	const struct para *p = f->p;
	size_t end = next;

	for (size_t i = next; i < f->to && (is_dropped(&p->pieces[i]) ||
	    is_edge(p, &p->pieces[i])); i++)
		if (is_dropped(&p->pieces[i]))
			end = i + 1;
	return end;
}

/* The spaces after a break, which are dropped, end before the result; a centred
 * line keeps, in FOP, those after an edge. */
static size_t
lead_end(const struct fitter *f, size_t next)
{
	if (!f->p->typography && f->p->align == KW_CENTER)
		return next;
	return spaces_end(f, next);
}

static void
price_place(struct fitter *f, struct place *pl, size_t last_space)
{
	const struct piece *pc = &f->p->pieces[pl->at];

	if (pl->at + 1 == f->to)
		return;
	if (pc->hyphen) {
		pl->hyphen = pc->hyphen_width;
		pl->flagged = pc->type == PC_TEXT;
		pl->price = !pl->flagged ? INNER_PRICE : pl->at >= last_space &&
		    f->p->typography ? LAST_HYPHEN_PRICE : HYPHEN_PRICE;
	} else if (pc->bare) {
		pl->price = HYPHEN_PRICE;
		pl->flagged = pl->stiff = true;
	} else if (pc->type == PC_TEXT || pc->inner) {
		pl->price = INNER_PRICE;
		pl->hyphen = pc->hyphen_width;
	}
}

/* The last space inside the stretch: what follows is its last word. */
static size_t
last_space(const struct fitter *f)
{
	size_t i = ink_end(f->p, f->from, f->to - 1);

	while (i > f->from && !is_dropped(&f->p->pieces[i - 1]))
		i--;
	return i;
}

/* Is piece i, or what stands before the edge i, a space beyond an edge after a
 * space, or one after a space that is kept?  A justified line may end at the
 * first of them only; where the last one alone is, a no-break space at the end of
 * an inline is a word. */
static bool
is_second_space(const struct fitter *f, size_t i)
{
	const struct para *p = f->p;
	size_t at = last_spaces(p, f->from, i), edge = at;

	if (p->typography || (p->align != KW_JUSTIFY &&
	    p->align_last != KW_JUSTIFY) || at > i)
		return false;
	if (at > f->from && p->pieces[at - 1].kept)
		return true;
	while (edge > f->from && is_edge(p, &p->pieces[edge - 1]))
		edge--;
	return edge < at && edge > f->from &&
	    (is_dropped(&p->pieces[edge - 1]) ||
		(p->align == KW_JUSTIFY && p->pieces[edge - 1].kept));
}

/* Is it among the spaces that the first line begins with?  No line ends there;
 * a text-indent is something to stand on a line by itself (as in FOP). */
static bool
is_first_space(const struct fitter *f, size_t i)
{
	return i < f->begin.lead && is_dropped(&f->p->pieces[i]) &&
	    f->p->indent == 0;
}

/* May a line end after piece i? */
static bool
is_place(const struct fitter *f, size_t i)
{
	return i + 1 == f->to || (f->p->pieces[i].brk != BREAK_NO &&
	    !f->p->nowrap && !is_first_space(f, i) && !is_second_space(f, i));
}

/* Takes dropped spaces off the sums, or adds them. */
static void
sum_spaces(const struct para *p, size_t from, size_t to, int sign, int64_t *w,
    int64_t *y, int64_t *z)
{
	for (; from < to; from++) {
		const struct piece *pc = &p->pieces[from];

		if (!is_dropped(pc))
			continue;
		*w += sign * fit_width(p, pc);
		*y += sign * pc->stretch;
		*z += sign * pc->shrink;
	}
}

/* The first line begins with no space either, but for its indent; in FOP it is
 * as wide as with it. */
static void
set_begin(struct fitter *f)
{
	struct place *b = &f->begin;
	size_t first = f->from == 0 && f->to > 0 &&
	    f->p->pieces[0].type == PC_INDENT;

	b->next = f->from;
	b->lead = spaces_end(f, f->from + first);
	if (f->p->typography)
		sum_spaces(f->p, f->from, b->lead, 1, &b->w0, &b->y0, &b->z0);
}

/* The edges that inlines keep where they are broken; a line after a linefeed is
 * reckoned without, as in FOP. */
static void
keep_edges(const struct fitter *f, struct place *pl)
{
	const struct para *p = f->p;

	pl->kept = p->spans[para_after(p, &p->pieces[pl->at])].kept_end;
	if (pl->next < f->to)
		pl->w0 -= p->spans[para_before(p,
		    &p->pieces[pl->next])].kept_start;
}

/* A kept space before which a line may end begins the next one: it stretches,
 * but FOP reckons without. */
static void
drop_flex(const struct fitter *f, struct place *pl)
{
	const struct para *p = f->p;
	bool opens = is_opening(&p->pieces[pl->at]);
	size_t i = pl->next;

	if (i < f->to && is_opening(&p->pieces[i])) {
		opens = true;
		i++;
	}
	if (p->typography || !opens || i >= f->to || !p->pieces[i].kept)
		return;
	pl->y0 += p->pieces[i].stretch;
	pl->z0 += p->pieces[i].shrink;
}

static void
find_places(struct fitter *f)
{
	struct para *p = f->p;
	struct place *pl;
	int64_t w = 0, y = 0, z = 0;
	size_t i, j, n = 0, last = last_space(f);

	set_begin(f);
	for (i = f->from; i < f->to; i++)
		n += is_place(f, i);
	f->places = arena_array(p->ways, n, sizeof *f->places);
	for (i = f->from; i < f->to; i++) {
		const struct piece *pc = &p->pieces[i];

		w += fit_width(p, pc);
		y += pc->stretch;
		z += pc->shrink;
		if (!is_place(f, i))
			continue;
		pl = &f->places[f->n_places++];
		pl->at = (uint32_t)i;
		/* Spaces at the end of a block are gone before, but those that
		 * something empty follows: FOP keeps them. */
		pl->ink = (uint32_t)(p->typography ? ink_end(p, f->from, i) :
		    i + 1 == f->to ? f->to : last_spaces(p, f->from, i));
		pl->w = pl->w0 = w;
		pl->y = pl->y0 = y;
		pl->z = pl->z0 = z;
		sum_spaces(p, pl->ink, i + 1, -1, &pl->w, &pl->y, &pl->z);
		for (j = i + 1; j < f->to && is_dropped(&p->pieces[j]); j++)
			;
		pl->next = (uint32_t)j;
		pl->lead = (uint32_t)lead_end(f, j);
		sum_spaces(p, i + 1, pl->lead, 1, &pl->w0, &pl->y0, &pl->z0);
		drop_flex(f, pl);
		price_place(f, pl, last);
		keep_edges(f, pl);
	}
}

/* ---------------------------------------------------------------- lines */

static const struct place *
line_start(const struct fitter *f, const struct fit_node *a)
{
	return a->place > 0 ? &f->places[a->place - 1] : &f->begin;
}

/* What a line from node `a` to place `pl` is made of. */
static void
measure(const struct fitter *f, const struct fit_node *a,
    const struct place *pl, int64_t *w, int64_t *y, int64_t *z)
{
	const struct place *s = line_start(f, a);

	*w = pl->w - s->w0 + pl->hyphen + pl->kept;
	*y = pl->y - s->y0;
	*z = pl->z - s->z0;
}

static bool
is_end(const struct fitter *f, const struct place *pl)
{
	return pl == &f->places[f->n_places - 1];
}

/* Stretch at the ends of a line; in FOP that of the last one stays as it was
 * when the paragraph is laid out anew in another width. */
static int64_t
end_stretch(const struct fitter *f, const struct place *pl)
{
	if (!is_end(f, pl) || f->ragged > RAGGED)
		return pl->stiff ? 0 : f->ragged;
	return f->justify_last ? 0 : f->p->made - f->p->end_indent;
}

static double
ratio(const struct fitter *f, const struct fit_node *a,
    const struct place *pl)
{
	int64_t w, y, z, diff;

	measure(f, a, pl, &w, &y, &z);
	diff = f->p->width - w - (is_end(f, pl) ? f->p->end_indent : 0);
	if (diff == 0)
		return 0;
	if (diff > 0) {
		y += end_stretch(f, pl);
		return y > 0 ? (double)diff / (double)y : ENDLESS;
	}
	return z > 0 ? (double)diff / (double)z : -ENDLESS;
}

static int
fitness_class(double r)
{
	return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static bool
ends_flagged(const struct fitter *f, const struct fit_node *a)
{
	return a->place > 0 && f->places[a->place - 1].flagged;
}

/* Too many hyphens in a row? (XSL 1.1, 7.16.2) */
static bool
ladder_full(const struct fitter *f, const struct fit_node *a)
{
	int n;

	for (n = 0; f->p->ladder > 0 && ends_flagged(f, a); a = a->before)
		if (++n >= f->p->ladder)
			return true;
	return false;
}

static double
line_demerits(const struct fitter *f, const struct fit_node *a,
    const struct place *pl, double r)
{
	double bad = 1 + 100 * fabs(r) * fabs(r) * fabs(r) + pl->price;
	double d = bad * bad;

	if (pl->flagged && ends_flagged(f, a))
		d += FLAGGED_DEMERITS;
	if (pl->flagged && ladder_full(f, a))
		return HUGE_VAL;
	if (fitness_class(r) - a->fitness > 1 ||
	    a->fitness - fitness_class(r) > 1)
		d += FITNESS_DEMERITS;
	return a->demerits + d;
}

/* ---------------------------------------------------------------- nodes */

/* The line from a node to a place, rated. */
struct trial {
	struct fit_node *from;
	size_t place;		/* index + 1 */
	double r, demerits;
};

static struct fit_node *
new_node(struct fitter *f, const struct trial *t)
{
	struct fit_node *n = arena_alloc(f->p->ways, sizeof *n);

	n->before = t->from;
	n->place = t->place;
	n->line = t->from != NULL ? t->from->line + 1 : 0;
	n->fitness = fitness_class(t->r);
	n->ratio = t->r;
	n->demerits = t->demerits;
	return n;
}

/* Remembers the least bad line that is too long or too short.  Of equal ones
 * the later short one, and the first long one. */
static void
note_misfit(struct fitter *f, const struct trial *t)
{
	struct fit_node **n = t->r <= -1 ? &f->long_node : &f->short_node;

	if (*n == NULL || t->demerits < (*n)->demerits ||
	    (t->r > -1 && t->demerits <= (*n)->demerits))
		*n = new_node(f, t);
}

/* A node that no later line can begin at: the furthest, then the best. */
static void
give_up(struct fitter *f, struct fit_node *a)
{
	struct fit_node *g = f->given_up;

	if (g == NULL || a->place > g->place ||
	    (a->place == g->place && a->demerits < g->demerits))
		f->given_up = a;
}

/* Tries the lines from all active nodes to a place and keeps the best of each
 * class; of equal ones that of fewer lines. */
static void
try_lines(struct fitter *f, size_t i, struct trial best[4])
{
	const struct place *pl = &f->places[i];
	struct fit_node **link = &f->active, *a;
	int c;

	while ((a = *link) != NULL) {
		struct trial t = { .from = a, .place = i + 1 };

		t.r = ratio(f, a, pl);
		t.demerits = line_demerits(f, a, pl, t.r);
		/* Later lines from here can only be longer. */
		if (t.r < -1 || is_end(f, pl)) {
			*link = a->next;
			give_up(f, a);
		} else {
			link = &a->next;
		}
		c = fitness_class(t.r);
		if (t.r >= -1 && t.r <= f->tolerance &&
		    t.demerits < best[c].demerits) {
			best[c] = t;
			f->short_node = NULL;
		}
		if (f->force && (t.r <= -1 || t.r > f->tolerance))
			note_misfit(f, &t);
	}
}

/* The active list is in the order of the nodes' lines. */
static void
activate(struct fitter *f, struct fit_node *n)
{
	struct fit_node **link = &f->active;

	while (*link != NULL && (*link)->line <= n->line)
		link = &(*link)->next;
	n->next = *link;
	*link = n;
}

static void
try_place(struct fitter *f, size_t i)
{
	struct trial best[4];
	double limit = HUGE_VAL;
	int c;

	f->given_up = f->long_node = NULL;
	for (c = 0; c < 4; c++)
		best[c].demerits = HUGE_VAL;
	try_lines(f, i, best);
	for (c = 0; c < 4; c++)
		if (best[c].demerits < limit)
			limit = best[c].demerits;
	/* What is worse by more than a change of class costs cannot win. */
	for (c = 0; c < 4; c++)
		if (best[c].demerits < HUGE_VAL &&
		    best[c].demerits <= limit + FITNESS_DEMERITS)
			activate(f, new_node(f, &best[c]));
}

/* Nothing fits: goes on from the line that is too short least badly, or else
 * from one that is too long.  Returns its node. */
static struct fit_node *
recover(struct fitter *f, const struct fit_node *last)
{
	struct fit_node *n;

	if (f->given_up != NULL && f->given_up != last) {
		if (f->given_up->ratio > 0)
			f->short_node = f->given_up;
		else
			f->long_node = f->given_up;
	}
	n = f->short_node;
	if (n == NULL || n->place == last->place)
		n = f->long_node;
	n->demerits = 0;
	n->next = NULL;
	f->active = n;
	f->short_node = f->long_node = NULL;
	return n;
}

static struct fit_node *
attempt(struct fitter *f, double tolerance, bool hyphens, bool force)
{
	const struct trial nothing = { .from = NULL };
	struct fit_node *n, *best = NULL, *last;
	size_t i;

	f->tolerance = tolerance;
	f->hyphens = hyphens;
	f->force = force;
	f->short_node = NULL;
	f->active = last = new_node(f, &nothing);
	for (i = 0; i < f->n_places; i++) {
		if (!hyphens && f->places[i].flagged)
			continue;
		try_place(f, i);
		if (f->active != NULL)
			continue;
		if (!force)
			return NULL;
		last = recover(f, last);
		i = last->place - 1;
	}
	for (n = f->active; n != NULL; n = n->next)
		if (best == NULL || n->demerits < best->demerits)
			best = n;
	return best;
}

static struct fit_node *
choose(struct fitter *f)
{
	bool hyphens = f->p->hyphenate && !f->p->nowrap;
	struct fit_node *n = attempt(f, 1, false, false);

	if (n == NULL)
		n = attempt(f, hyphens ? 1 : 5, hyphens, false);
	if (n == NULL)
		n = attempt(f, 20, hyphens, true);
	return n;
}

/* ------------------------------------------------------------- stretches */

/* The spaces that end a line go to the next one, which prints them. */
static bool
hands_on(const struct fitter *f, const struct place *pl)
{
	return f->p->prints_lead && f->p->align != KW_JUSTIFY &&
	    !f->justify_last && pl != &f->begin && !is_end(f, pl) &&
	    pl->ink <= pl->at;
}

static void
fill_line(struct fitter *f, const struct fit_node *n, struct fit_line *out)
{
	const struct place *pl = &f->places[n->place - 1];
	const struct place *start = line_start(f, n->before);
	int64_t w, y, z;

	measure(f, n->before, pl, &w, &y, &z);
	out->from = hands_on(f, start) ? start->ink : start->next;
	out->lead = f->p->prints_lead ? out->from : start->lead;
	out->to = hands_on(f, pl) ? pl->ink : pl->at + 1;
	out->ink = pl->ink;
	out->natural = (mpt)(w > MPT_MAX ? MPT_MAX : w);
	out->stretch = (mpt)y;
	out->shrink = (mpt)z;
	out->hyphen = f->p->pieces[pl->at].hyphen && pl->hyphen > 0;
	out->forced = is_end(f, pl);
}

/* Everything on one line, when it fits there: most table cells. */
static struct fit_node *
single_line(struct fitter *f)
{
	const struct trial nothing = { .from = NULL };
	struct trial all = { .from = new_node(f, &nothing),
		.place = f->n_places };

	all.r = ratio(f, all.from, &f->places[f->n_places - 1]);
	/* A justified last line must be rated like the others. */
	if (all.r < 0 || (f->justify_last && f->n_places > 1 && all.r > 1))
		return NULL;
	return new_node(f, &all);
}

/* Breaks pieces [from, to), appending to the lines. */
static void
fit_stretch(struct para *p, size_t from, size_t to, struct fit_line **lines,
    size_t *n, size_t *cap)
{
	struct fitter f = { .p = p, .from = from, .to = to };
	struct fit_node *node;
	size_t i;

	f.justify_last = p->align_last == KW_JUSTIFY;
	/* With a justified last line only the spaces stretch. */
	f.ragged = p->align == KW_JUSTIFY || f.justify_last ? 0 :
	    p->align == KW_CENTER ? 2 * RAGGED : RAGGED;
	find_places(&f);
	node = single_line(&f);
	if (node == NULL)
		node = choose(&f);
	i = *n + (size_t)node->line;
	*lines = arena_grow(p->fit, *lines, cap, i, sizeof **lines);
	for (*n = i; node->before != NULL; node = node->before)
		fill_line(&f, node, &(*lines)[--i]);
	arena_reset(p->ways);
}

/* Lines are broken with the room of open numbers, and measured without. */
static void
reserve(struct para *p, int sign)
{
	for (size_t i = 0; p->reserves && i < p->n_pieces; i++)
		p->pieces[i].width += sign * p->pieces[i].reserve;
}

static void
measure_again(const struct para *p, struct fit_line *lines, size_t n)
{
	for (size_t i = 0; p->reserves && i < n; i++)
		for (size_t j = lines[i].from; j < lines[i].ink; j++)
			lines[i].natural -= p->pieces[j].reserve;
}

struct fit_line *
para_fit(struct para *p, size_t *n)
{
	struct fit_line *lines = NULL;
	size_t cap = 0, from = 0, i;

	*n = 0;
	reserve(p, 1);
	for (i = 0; i < p->n_pieces; i++) {
		if (p->pieces[i].brk != BREAK_MANDATORY &&
		    i + 1 < p->n_pieces)
			continue;
		fit_stretch(p, from, i + 1, &lines, n, &cap);
		from = i + 1;
	}
	reserve(p, -1);
	measure_again(p, lines, *n);
	return lines;
}
