/*
 * Total fit: the breaks of a paragraph chosen together (D. E. Knuth and
 * M. F. Plass, "Breaking Paragraphs into Lines", 1981).
 *
 * Every place where a line may end is a node; from each active node the line
 * up to the next place is rated by how much its spaces must stretch or shrink
 * (ratio r: 1 is all the stretch a line has, -1 all the shrink), and the best
 * way to each place is kept per class of tightness.  Demerits of a line are
 * (1 + 100|r|^3 + p)^2 with p the price of a hyphen; 50 more for two hyphens in
 * a row and for neighbours of very different tightness.
 *
 * A ragged line has no stretch of its own; it is given RAGGED at its end (each
 * end, when centred), so that ragged text is balanced too and does not break
 * greedily.  The figures are FOP's, so that lines break at the same words.
 *
 * Three attempts: without hyphens, r up to 1; with hyphens (or, where none may
 * be set, r up to 5); then whatever fits least badly, and if a word is wider
 * than the line an overfull line, which is reported.
 */
#include <math.h>
#include <string.h>

#include "layout/para.h"

#define RAGGED 10008		/* mpt: three times 3.336 pt */
#define HYPHEN_PRICE 50.0
#define FLAGGED_DEMERITS 50.0
#define FITNESS_DEMERITS 50.0
#define ENDLESS 1e9		/* a ratio that no line has */

/* A place where a line may end: after piece `at`. */
struct place {
	size_t at;
	size_t ink;		/* spaces from here to `at` are dropped */
	int64_t w, y, z;	/* sums of width, stretch, shrink up to `ink` */
	int64_t w0, y0, z0;	/* the same at the beginning of the next line */
	size_t next;		/* first piece of the next line */
	mpt hyphen;		/* width of a hyphen set here */
	bool flagged;
};

struct fit_node {
	struct fit_node *before;	/* how one came here */
	struct fit_node *next;		/* active list */
	size_t place;		/* index + 1; 0: the beginning */
	int line, fitness;
	bool overfull;
	double demerits;
};

struct fitter {
	struct para *p;
	size_t from, to;	/* pieces of this stretch between forced breaks */
	struct place *places;
	size_t n_places;
	struct fit_node *active;
	mpt ragged;		/* end stretch of a line, 0 when justified */
	bool justify_last;
	double tolerance;
	bool hyphens, force;
};

/* --------------------------------------------------------------- places */

static bool
is_dropped(const struct piece *pc)
{
	return pc->type == PC_SPACE;
}

static bool
is_empty(const struct piece *pc)
{
	return pc->width == 0 && pc->type != PC_TEXT && pc->type != PC_GRAPHIC;
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

static void
find_places(struct fitter *f)
{
	struct para *p = f->p;
	struct place *pl;
	int64_t w = 0, y = 0, z = 0;
	size_t i, j;

	f->places = arena_array(p->arena, f->to - f->from + 1,
	    sizeof *f->places);
	for (i = f->from; i < f->to; i++) {
		const struct piece *pc = &p->pieces[i];

		w += pc->width;
		y += pc->stretch;
		z += pc->shrink;
		if (i + 1 < f->to && (pc->brk == BREAK_NO || p->nowrap))
			continue;
		pl = &f->places[f->n_places++];
		pl->at = i;
		pl->ink = ink_end(p, f->from, i);
		pl->w = w;
		pl->y = y;
		pl->z = z;
		for (j = pl->ink; j <= i; j++) {
			if (!is_dropped(&p->pieces[j]))
				continue;
			pl->w -= p->pieces[j].width;
			pl->y -= p->pieces[j].stretch;
			pl->z -= p->pieces[j].shrink;
		}
		pl->w0 = w;
		pl->y0 = y;
		pl->z0 = z;
		for (j = i + 1; j < f->to && is_dropped(&p->pieces[j]); j++) {
			pl->w0 += p->pieces[j].width;
			pl->y0 += p->pieces[j].stretch;
			pl->z0 += p->pieces[j].shrink;
		}
		pl->next = j;
		pl->flagged = pc->hyphen && i + 1 < f->to;
		pl->hyphen = pl->flagged ? para_hyphen_width(p, pc) : 0;
	}
}

/* ---------------------------------------------------------------- lines */

/* What a line from node `a` to place `pl` is made of. */
static void
measure(const struct fitter *f, const struct fit_node *a,
    const struct place *pl, int64_t *w, int64_t *y, int64_t *z)
{
	const struct place *s = a->place > 0 ?
	    &f->places[a->place - 1] : NULL;

	*w = pl->w - (s != NULL ? s->w0 : 0) + pl->hyphen;
	*y = pl->y - (s != NULL ? s->y0 : 0);
	*z = pl->z - (s != NULL ? s->z0 : 0);
}

static bool
is_end(const struct fitter *f, const struct place *pl)
{
	return pl == &f->places[f->n_places - 1];
}

static double
ratio(const struct fitter *f, const struct fit_node *a,
    const struct place *pl)
{
	int64_t w, y, z, room = f->p->width, diff;
	bool last = is_end(f, pl);

	measure(f, a, pl, &w, &y, &z);
	if (last)
		room -= f->p->end_indent;
	diff = room - w;
	if (diff == 0)
		return 0;
	if (diff > 0) {
		if (last && !f->justify_last)
			return 0;
		y += f->ragged;
		return y > 0 ? (double)diff / (double)y : ENDLESS;
	}
	return z > 0 ? (double)diff / (double)z : -ENDLESS;
}

static int
fitness_class(double r)
{
	return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static double
line_demerits(const struct fitter *f, const struct fit_node *a,
    const struct place *pl, double r)
{
	double bad = 1 + 100 * fabs(r) * fabs(r) * fabs(r);
	double d;

	if (pl->flagged)
		bad += HYPHEN_PRICE;
	d = bad * bad;
	if (pl->flagged && a->place > 0 && f->places[a->place - 1].flagged)
		d += FLAGGED_DEMERITS;
	if (fitness_class(r) - a->fitness > 1 ||
	    a->fitness - fitness_class(r) > 1)
		d += FITNESS_DEMERITS;
	return a->demerits + d;
}

static struct fit_node *
new_node(struct fitter *f, struct fit_node *before, size_t place, int fitness,
    double demerits)
{
	struct fit_node *n = arena_alloc(f->p->arena, sizeof *n);

	n->before = before;
	n->place = place;
	n->line = before != NULL ? before->line + 1 : 0;
	n->fitness = fitness;
	n->demerits = demerits;
	return n;
}

/* Too many hyphens in a row? (XSL 1.1, 7.16.2) */
static bool
ladder_full(const struct fitter *f, const struct fit_node *a)
{
	int most = fo_integer(f->p->style, PR_HYPHENATION_LADDER_COUNT, 0);
	int n;

	for (n = 0; most > 0 && a->place > 0 &&
	    f->places[a->place - 1].flagged; a = a->before)
		if (++n >= most)
			return true;
	return false;
}

/* Tries the lines that end at a place and keeps the best of each class. */
static void
try_place(struct fitter *f, size_t i)
{
	struct place *pl = &f->places[i];
	struct fit_node *best[4] = { NULL }, **link = &f->active, *a;
	struct fit_node *dropped = NULL;
	int c;

	while ((a = *link) != NULL) {
		double r = ratio(f, a, pl), d;

		if (r < -1) {
			/* Later lines from here can only be longer. */
			*link = a->next;
			dropped = a;
			continue;
		}
		link = &a->next;
		if (r > f->tolerance || (pl->flagged && ladder_full(f, a)))
			continue;
		d = line_demerits(f, a, pl, r);
		c = fitness_class(r);
		if (best[c] == NULL || d < best[c]->demerits)
			best[c] = new_node(f, a, i + 1, c, d);
	}
	for (c = 0; c < 4; c++) {
		if (best[c] == NULL)
			continue;
		best[c]->next = f->active;
		f->active = best[c];
	}
	/* A word wider than the line: it stands there all the same. */
	if (f->active == NULL && f->force) {
		f->active = new_node(f, dropped, i + 1, 0,
		    dropped->demerits + 1e12);
		f->active->overfull = true;
	}
}

static struct fit_node *
attempt(struct fitter *f, double tolerance, bool hyphens, bool force)
{
	struct fit_node *n, *best = NULL;
	size_t i;

	f->tolerance = tolerance;
	f->hyphens = hyphens;
	f->force = force;
	f->active = new_node(f, NULL, 0, 1, 0);
	for (i = 0; i < f->n_places && f->active != NULL; i++)
		if (hyphens || !f->places[i].flagged)
			try_place(f, i);
	for (n = f->active; n != NULL; n = n->next)
		if (n->place == f->n_places &&
		    (best == NULL || n->demerits < best->demerits))
			best = n;
	return best;
}

static struct fit_node *
choose(struct fitter *f)
{
	struct fit_node *n = attempt(f, 1, false, false);
	bool hyphens = false;
	size_t i;

	for (i = 0; i < f->n_places; i++)
		hyphens |= f->places[i].flagged;
	if (n == NULL)
		n = hyphens ? attempt(f, 1, true, false) :
		    attempt(f, 5, false, false);
	if (n == NULL)
		n = attempt(f, 20, hyphens, false);
	if (n == NULL)
		n = attempt(f, 2 * ENDLESS, hyphens, true);
	return n;
}

/* ------------------------------------------------------------- stretches */

static void
fill_line(struct fitter *f, const struct fit_node *n, struct fit_line *out)
{
	const struct place *pl = &f->places[n->place - 1];
	int64_t w, y, z;

	measure(f, n->before, pl, &w, &y, &z);
	out->from = n->before->place > 0 ?
	    f->places[n->before->place - 1].next : f->from;
	out->to = pl->at + 1;
	out->ink = pl->ink;
	out->natural = (mpt)(w > MPT_MAX ? MPT_MAX : w);
	out->stretch = (mpt)y;
	out->shrink = (mpt)z;
	out->hyphen = pl->flagged;
	out->forced = is_end(f, pl);
	out->overfull = n->overfull;
}

/* Everything on one line, when it fits there: most table cells. */
static struct fit_node *
single_line(struct fitter *f)
{
	struct fit_node *start = new_node(f, NULL, 0, 1, 0);
	const struct place *end = &f->places[f->n_places - 1];
	double r = ratio(f, start, end);

	/* A justified last line must be rated like the others. */
	if (r < 0 || (f->justify_last && f->n_places > 1 && r > 1))
		return NULL;
	return new_node(f, start, f->n_places, 1, 0);
}

/* Breaks pieces [from, to), appending to the lines. */
static void
fit_stretch(struct para *p, size_t from, size_t to, struct fit_line **lines,
    size_t *n, size_t *cap)
{
	struct fitter f = { .p = p, .from = from, .to = to };
	struct fit_node *node;
	size_t i;

	f.ragged = p->align == KW_JUSTIFY ? 0 :
	    p->align == KW_CENTER ? 2 * RAGGED : RAGGED;
	f.justify_last = p->align_last == KW_JUSTIFY;
	find_places(&f);
	node = single_line(&f);
	if (node == NULL)
		node = choose(&f);
	i = *n + (size_t)node->line;
	*lines = arena_grow(p->arena, *lines, cap, i, sizeof **lines);
	for (*n = i; node->before != NULL; node = node->before)
		fill_line(&f, node, &(*lines)[--i]);
}

struct fit_line *
para_fit(struct para *p, size_t *n)
{
	struct fit_line *lines = NULL;
	size_t cap = 0, from = 0, i;

	*n = 0;
	for (i = 0; i < p->n_pieces; i++) {
		if (p->pieces[i].brk != BREAK_MANDATORY &&
		    i + 1 < p->n_pieces)
			continue;
		fit_stretch(p, from, i + 1, &lines, n, &cap);
		from = i + 1;
	}
	return lines;
}
