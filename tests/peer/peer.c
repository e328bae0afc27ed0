/*
 * make peer: the same XSL-FO through Apache FOP and through our formatter, and
 * where the two differ.  A case is a file below tests/peer; what is asked of it
 * are seven questions, each answered from the two PDFs by poppler's programs:
 *
 *	rendered   we make a PDF, in ten seconds and one gigabyte
 *	pages      as many pages of the same size
 *	words      every page has the same words
 *	lines      and the lines are broken at the same words
 *	places     every word stands within one point of the other's
 *	picture    the pages look alike: rules, borders, backgrounds, images
 *	links      the same links on each page, the same outline
 *
 * FOP is slow, so its PDFs are kept below build/peer under the digest of case
 * and configuration, and made again only when either changes.  A case that
 * differs on purpose stands in differences.txt with the reason.
 *
 * Any other folder of XSL-FO files can be asked the same with -d FOLDER CACHE;
 * there, only the first pages of a long document are compared as pictures.
 *
 * usage: peer BUILD [-v] [-d FOLDER CACHE] [WORD…]
 *						WORD: a part of the path of a case
 */
#define _DEFAULT_SOURCE /* wait4, S_ISDIR on d_type */

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sha2.h>

#include "base/base.h"

#define CONFIG "tests/peer/fop.xconf"
#define DIFFERENCES "tests/peer/differences.txt"
#define SECONDS 10
#define MEMORY ((rlim_t)1 << 30)
#define NEAR 1.0		/* points between two places of a word */
#define DPI "36"
#define GREY 64			/* two pixels are unlike beyond */
#define UNLIKE 250		/* alike: fewer than one pixel of so many */
#define PICTURES 12		/* pages of a document in a folder of others */

enum question { RENDERED, PAGES, WORDS, LINES, PLACES, PICTURE, LINKS, ASKED };

static const char *const names[ASKED] = {
	"rendered", "pages", "words", "lines", "places", "picture", "links"
};

struct word {
	char *text;
	double x, y;
	bool used;		/* found its like */
};

struct page {
	double w, h;
	struct word *words;
	size_t n_words, cap_words;
	char **lines;
	size_t n_lines, cap_lines;
};

struct text {
	struct page *pages;
	size_t n, cap;
};

struct result {
	bool yes[ASKED];
	char why[ASKED][720];	/* the first difference */
};

struct list {
	char **v;
	size_t n, cap;
};

static struct list purposely;	/* "case question reason" */
static char program[512];
static bool verbose;
static const char *cases_in = "tests/peer";
static const char *kept = "build/peer";
static size_t most_pictures = SIZE_MAX;	/* of a document's pages */

/* ---------------------------------------------------------- small things */

#define GROW(v, n, cap)                                                       \
	do {                                                                  \
		if ((n) == (cap)) {                                           \
			(cap) = (cap) ? (cap) * 2 : 16;                       \
			(v) = realloc((v), (cap) * sizeof *(v));              \
			if ((v) == NULL)                                      \
				abort();                                      \
		}                                                             \
	} while (0)

static void
list_add(struct list *l, const char *s)
{
	GROW(l->v, l->n, l->cap);
	l->v[l->n++] = strdup(s);
}

static void
list_empty(struct list *l)
{
	while (l->n > 0)
		free(l->v[--l->n]);
	free(l->v);
	memset(l, 0, sizeof *l);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A whole file; NULL if there is none.  The caller frees it. */
static char *
slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *s = NULL;
	size_t n = 0, cap = 0, got;

	if (f == NULL)
		return NULL;
	do {
		if (n + 65536 > cap) {
			cap = cap ? cap * 2 : 1 << 17;
			s = realloc(s, cap);
			if (s == NULL)
				abort();
		}
		got = fread(s + n, 1, 65535, f);
		n += got;
	} while (got > 0);
	fclose(f);
	s[n] = '\0';
	if (len != NULL)
		*len = n;
	return s;
}

/* Runs a program under the limits of a case; true if it ends with 0. */
static bool
run(const char *out, const char *err, const char *const *argv, bool limited)
{
	struct rlimit cpu = { SECONDS, SECONDS }, mem = { MEMORY, MEMORY };
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(open(out, O_WRONLY | O_CREAT | O_TRUNC, 0644), 1);
		dup2(open(err, O_WRONLY | O_CREAT | O_TRUNC, 0644), 2);
		if (limited) {
			setrlimit(RLIMIT_CPU, &cpu);
			setrlimit(RLIMIT_AS, &mem);
		}
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#define RUN(limited, out, err, ...)                                           \
	run(out, err, (const char *const[]){ __VA_ARGS__, NULL }, limited)

/* Two runs below one cache would write over each other's files: the second
 * waits until the first has ended. */
static void
await_turn(void)
{
	int fd = open(kept, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX) != 0)
		perror(kept);
}

/* A file of this run's own, below the cache. */
static const char *
scratch(const char *name)
{
	static char path[4][512];
	static unsigned turn;
	char *s = path[turn++ % 4];

	snprintf(s, sizeof path[0], "%s/%s", kept, name);
	return s;
}

static bool
exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0;
}

/* ------------------------------------------------------------------ cases */

static void
find_cases(const char *folder, struct list *out)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char path[512];
	struct stat st;
	size_t n;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		n = strlen(path);
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
			find_cases(path, out);
		else if (n > 3 && strcmp(path + n - 3, ".fo") == 0)
			list_add(out, path);
	}
	closedir(d);
}

/* Where FOP's PDF of a case is kept. */
static void
kept_name(const char *path, char *name, size_t size)
{
	SHA2_CTX c;
	char hex[SHA256_DIGEST_STRING_LENGTH];
	char *text, *conf;
	size_t n, nc;

	text = slurp(path, &n);
	conf = slurp(CONFIG, &nc);
	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)conf, nc);
	SHA256Update(&c, (const uint8_t *)text, n);
	SHA256End(&c, hex);
	hex[20] = '\0';
	snprintf(name, size, "%s/fop/%s", kept, hex);
	free(text);
	free(conf);
}

/* FOP's PDF of a case, made if it is not kept.  False: FOP makes none, which
 * is kept as well. */
static bool
peer_pdf(const char *path, const char *base, char *pdf, size_t size)
{
	char log[600], half[600];

	snprintf(pdf, size, "%s.pdf", base);
	snprintf(log, sizeof log, "%s.log", base);
	snprintf(half, sizeof half, "%s.half", base);
	if (exists(pdf))
		return true;
	if (exists(log))
		return false;
	if (!RUN(false, "/dev/null", log, "nice", "fop", "-r", "-c", CONFIG,
	    path, "-pdf", half) || !exists(half)) {
		unlink(half);
		return false;
	}
	return rename(half, pdf) == 0;
}

/* ---------------------------------------------------- reading the two PDFs */

static double
attribute(const char *s, const char *name)
{
	const char *p = strstr(s, name);

	return p == NULL ? 0 : strtod(p + strlen(name) + 2, NULL);
}

static void
text_free(struct text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->pages[i].n_words; k++)
			free(t->pages[i].words[k].text);
		for (size_t k = 0; k < t->pages[i].n_lines; k++)
			free(t->pages[i].lines[k]);
		free(t->pages[i].words);
		free(t->pages[i].lines);
	}
	free(t->pages);
}

/* One word of pdftotext's list, added to its page and to its line. */
static void
read_word(struct page *pg, const char *s, char *line, size_t size)
{
	const char *from = strchr(s, '>') + 1;
	size_t len = strcspn(from, "<"), used = strlen(line);
	struct word *w;

	GROW(pg->words, pg->n_words, pg->cap_words);
	w = &pg->words[pg->n_words++];
	w->text = strndup(from, len);
	w->x = attribute(s, "xMin");
	w->y = attribute(s, "yMin");
	w->used = false;
	snprintf(line + used, size - used, "%s%s", used ? " " : "", w->text);
}

static bool
read_text(const char *pdf, struct text *t)
{
	char line[8192] = "";
	struct page *pg = NULL;
	char *s, *all, *save;

	memset(t, 0, sizeof *t);
	if (!RUN(false, scratch("bbox"), "/dev/null", "pdftotext", "-bbox-layout",
	    pdf, "-"))
		return false;
	all = slurp(scratch("bbox"), NULL);
	for (s = strtok_r(all, "\n", &save); s; s = strtok_r(NULL, "\n", &save)) {
		s += strspn(s, " ");
		if (strncmp(s, "<page ", 6) == 0) {
			GROW(t->pages, t->n, t->cap);
			pg = &t->pages[t->n++];
			memset(pg, 0, sizeof *pg);
			pg->w = attribute(s, "width");
			pg->h = attribute(s, "height");
		} else if (pg != NULL && strncmp(s, "<word ", 6) == 0) {
			read_word(pg, s, line, sizeof line);
		} else if (pg != NULL && strcmp(s, "</line>") == 0) {
			GROW(pg->lines, pg->n_lines, pg->cap_lines);
			pg->lines[pg->n_lines++] = strdup(line);
			line[0] = '\0';
		}
	}
	free(all);
	return true;
}

/* The links and the outline, a string each: "page href", "level: title". */
static void
read_links(const char *pdf, struct list *l)
{
	char *all, *p, *save, *a, *end, row[1024];
	int page = 0;

	RUN(false, scratch("links"), "/dev/null", "pdftohtml", "-xml", "-i",
	    "-stdout", pdf);
	all = slurp(scratch("links"), NULL);
	for (p = strtok_r(all, "\n", &save); p; p = strtok_r(NULL, "\n", &save)) {
		a = strstr(p, "<page ");
		if (a != NULL)
			page = (int)attribute(a, "number");
		if (strncmp(p, "<item", 5) == 0 || strstr(p, "outline>"))
			list_add(l, p);
		for (a = p; (a = strstr(a, "<a href=\"")) != NULL; a = end) {
			a += 9;
			end = a + strcspn(a, "\"");
			*end++ = '\0';
			/* Links inside are written file.html#page. */
			if (strstr(a, ".html#") && strncmp(a, "http", 4))
				a = strstr(a, "#");
			snprintf(row, sizeof row, "%d %s", page, a);
			if (l->n == 0 || strcmp(l->v[l->n - 1], row) != 0)
				list_add(l, row);
		}
	}
	free(all);
}

/* ------------------------------------------------------------- comparing */

static void
ask_pages(const struct text *a, const struct text *b, struct result *r)
{
	if (a->n != b->n) {
		snprintf(r->why[PAGES], sizeof r->why[PAGES],
		    "%zu pages, not %zu", b->n, a->n);
		return;
	}
	for (size_t i = 0; i < a->n; i++) {
		const struct page *p = &a->pages[i], *q = &b->pages[i];

		if (p->w - q->w > .5 || q->w - p->w > .5 || p->h - q->h > .5 ||
		    q->h - p->h > .5) {
			snprintf(r->why[PAGES], sizeof r->why[PAGES],
			    "page %zu: %g x %g, not %g x %g", i + 1, q->w, q->h,
			    p->w, p->h);
			return;
		}
	}
	r->yes[PAGES] = true;
}

/* Are the two lists the same but for their order?  Sorts them. */
static bool
same_set(char **a, size_t n, char **b, size_t m, char *why, size_t size)
{
	size_t i = 0;

	if (n > 1)
		qsort(a, n, sizeof *a, by_text);
	if (m > 1)
		qsort(b, m, sizeof *b, by_text);
	while (i < n && i < m && strcmp(a[i], b[i]) == 0)
		i++;
	if (i == n && i == m)
		return true;
	if (i < m && (i == n || strcmp(b[i], a[i]) < 0))
		snprintf(why, size, "only we: \"%.100s\"", b[i]);
	else
		snprintf(why, size, "only FOP: \"%.100s\"", a[i]);
	return false;
}

static bool
same_words(struct page *p, struct page *q, char *why, size_t size)
{
	char **a = calloc(p->n_words + 1, sizeof *a);
	char **b = calloc(q->n_words + 1, sizeof *b);
	bool same;

	for (size_t i = 0; i < p->n_words; i++)
		a[i] = p->words[i].text;
	for (size_t i = 0; i < q->n_words; i++)
		b[i] = q->words[i].text;
	same = same_set(a, p->n_words, b, q->n_words, why, size);
	free(a);
	free(b);
	return same;
}

static double
far(const struct word *a, const struct word *b)
{
	double dx = a->x > b->x ? a->x - b->x : b->x - a->x;
	double dy = a->y > b->y ? a->y - b->y : b->y - a->y;

	return dx > dy ? dx : dy;
}

/* Each of FOP's words takes the nearest of ours that is the same. */
static bool
same_places(struct page *p, struct page *q, char *why, size_t size)
{
	double worst = 0;

	for (size_t i = 0; i < p->n_words; i++) {
		struct word *w = &p->words[i], *best = NULL;

		for (size_t k = 0; k < q->n_words; k++) {
			struct word *o = &q->words[k];

			if (!o->used && strcmp(o->text, w->text) == 0 &&
			    (best == NULL || far(w, o) < far(w, best)))
				best = o;
		}
		if (best == NULL)
			continue;
		best->used = true;
		if (far(w, best) > NEAR && far(w, best) > worst) {
			worst = far(w, best);
			snprintf(why, size, "\"%.40s\" at %.1f %.1f, not %.1f "
			    "%.1f", w->text, best->x, best->y, w->x, w->y);
		}
	}
	return worst == 0;
}

static void
ask_text(struct text *a, struct text *b, struct result *r)
{
	bool *yes = r->yes;

	yes[WORDS] = yes[LINES] = yes[PLACES] = yes[PAGES];
	for (size_t i = 0; i < a->n && i < b->n; i++) {
		struct page *p = &a->pages[i], *q = &b->pages[i];
		char why[140];

		if (yes[WORDS] && !same_words(p, q, why, sizeof why)) {
			yes[WORDS] = yes[PLACES] = false;
			snprintf(r->why[WORDS], sizeof r->why[WORDS],
			    "page %zu: %s", i + 1, why);
		}
		if (yes[LINES] && !same_set(p->lines, p->n_lines, q->lines,
		    q->n_lines, why, sizeof why)) {
			yes[LINES] = false;
			snprintf(r->why[LINES], sizeof r->why[LINES],
			    "page %zu: %s", i + 1, why);
		}
		if (r->why[PLACES][0] == '\0' &&
		    !same_places(p, q, why, sizeof why)) {
			yes[PLACES] = false;
			snprintf(r->why[PLACES], sizeof r->why[PLACES],
			    "page %zu: %s", i + 1, why);
		}
	}
}

/* The pixels of pdftoppm's grey picture, behind its header "P5 W H 255". */
static const unsigned char *
pixels(const char *file, size_t len, int *w, int *h)
{
	const char *p = file;
	int v[4] = { 0 };

	for (int i = 0; i < 4; i++) {
		v[i] = atoi(p);
		p += strcspn(p, " \n");
		p++;
	}
	*w = v[1];
	*h = v[2];
	if ((size_t)(p - file) + (size_t)v[1] * (size_t)v[2] > len)
		*w = *h = 0;
	return (const unsigned char *)p;
}

static size_t
count_unlike(const unsigned char *p, const unsigned char *q, int w, int h)
{
	size_t unlike = 0;

	for (int i = 0; i < w * h; i++)
		unlike += abs(p[i] - q[i]) > GREY;
	return unlike;
}

static void
ask_picture(const char *peer, const char *ours, size_t pages, struct result *r)
{
	const char *cmd_a = scratch("a.pgm"), *cmd_b = scratch("b.pgm");
	char number[24];

	for (size_t i = 1; i <= pages && i <= most_pictures; i++) {
		const unsigned char *p, *q;
		size_t na = 0, nb = 0, unlike = 0;
		int w, h, ow, oh;
		char *a, *b;

		snprintf(number, sizeof number, "%zu", i);
		RUN(false, cmd_a, "/dev/null", "pdftoppm", "-r", DPI, "-gray",
		    "-f", number, "-l", number, peer);
		RUN(false, cmd_b, "/dev/null", "pdftoppm", "-r", DPI, "-gray",
		    "-f", number, "-l", number, ours);
		a = slurp(cmd_a, &na);
		b = slurp(cmd_b, &nb);
		p = pixels(a, na, &w, &h);
		q = pixels(b, nb, &ow, &oh);
		if (w == ow && h == oh)
			unlike = count_unlike(p, q, w, h);
		free(a);
		free(b);
		if (w != ow || h != oh || unlike * UNLIKE >
		    (size_t)w * (size_t)h) {
			snprintf(r->why[PICTURE], sizeof r->why[PICTURE],
			    "page %zu: %zu of %d pixels", i, unlike, w * h);
			return;
		}
	}
	r->yes[PICTURE] = true;
}

static void
ask_links(const char *peer, const char *ours, struct result *r)
{
	struct list a = { 0 }, b = { 0 };

	read_links(peer, &a);
	read_links(ours, &b);
	r->yes[LINKS] = same_set(a.v, a.n, b.v, b.n, r->why[LINKS],
	    sizeof r->why[LINKS]);
	list_empty(&a);
	list_empty(&b);
}

static void
compare(const char *peer, const char *ours, struct result *r)
{
	struct text a, b;

	if (!read_text(peer, &a) || !read_text(ours, &b)) {
		snprintf(r->why[RENDERED], sizeof r->why[RENDERED],
		    "not to be read");
		return;
	}
	r->yes[RENDERED] = true;
	ask_pages(&a, &b, r);
	ask_text(&a, &b, r);
	if (r->yes[PAGES])
		ask_picture(peer, ours, a.n, r);
	ask_links(peer, ours, r);
	text_free(&a);
	text_free(&b);
}

/* ---------------------------------------------------------------- report */

/* The reason why a case differs, from differences.txt, or NULL. */
static const char *
reason(const char *name, enum question q)
{
	char key[600];

	snprintf(key, sizeof key, "%s %s ", name, names[q]);
	for (size_t i = 0; i < purposely.n; i++) {
		const char *row = purposely.v[i];

		if (strncmp(row, key, strlen(key)) == 0)
			return row + strlen(key);
	}
	return NULL;
}

static void
read_differences(void)
{
	char *all = slurp(DIFFERENCES, NULL), *save, *s;

	if (all == NULL)
		return;
	for (s = strtok_r(all, "\n", &save); s; s = strtok_r(NULL, "\n", &save)) {
		if (*s != '#')
			list_add(&purposely, s);
	}
	free(all);
}

/* "tests/peer/tables/width.fo" is the case tables/width. */
static void
case_name(const char *path, char *name, size_t size)
{
	snprintf(name, size, "%s", path + strlen(cases_in) + 1);
	name[strlen(name) - 3] = '\0';
}

/* The marks of a case and the first difference of each kind. */
static void
show(const char *name, const struct result *r)
{
	char marks[ASKED + 1] = "";
	bool all = true;

	for (int q = 0; q < ASKED; q++) {
		marks[q] = r->yes[q] ? '+' : reason(name, q) ? 'o' : '-';
		all = all && r->yes[q];
	}
	if (all && !verbose)
		return;
	printf("%s  %s\n", marks, name);
	for (int q = 0; q < ASKED; q++) {
		if (!r->yes[q] && r->why[q][0] != '\0' && !reason(name, q))
			printf("           %s: %s\n", names[q], r->why[q]);
	}
}

static bool
run_case(const char *path, struct result *r)
{
	char name[512], base[560], peer[600], ours[600], err[600];

	case_name(path, name, sizeof name);
	kept_name(path, base, sizeof base);
	if (!peer_pdf(path, base, peer, sizeof peer)) {
		printf("FOP makes nothing of %s\n", name);
		return false;
	}
	snprintf(base, sizeof base, "%s/ours/%s", kept, name);
	for (char *p = base + strlen(kept) + 6; *p; p++)
		*p = *p == '/' ? '-' : *p;
	snprintf(ours, sizeof ours, "%s.pdf", base);
	snprintf(err, sizeof err, "%s.diag", base);
	unlink(ours);
	if (RUN(true, "/dev/null", err, program, "format", path, "-o", ours))
		compare(peer, ours, r);
	else
		snprintf(r->why[RENDERED], sizeof r->why[RENDERED],
		    "does not end with 0, see %s", err);
	show(name, r);
	return true;
}

static bool
wanted(const char *path, char **words, int n)
{
	for (int i = 0; i < n; i++) {
		if (strstr(path, words[i]) != NULL)
			return true;
	}
	return n == 0;
}

int
main(int argc, char **argv)
{
	size_t yes[ASKED] = { 0 }, meant[ASKED] = { 0 }, n = 0;
	struct list cases = { 0 };
	int first = 2;

	if (argc < 2) {
		fprintf(stderr, "usage: peer BUILD [-v] "
		    "[-d FOLDER CACHE] [WORD...]\n");
		return 2;
	}
	snprintf(program, sizeof program, "%s/parcours", argv[1]);
	if (argc > first && strcmp(argv[first], "-v") == 0) {
		verbose = true;
		first++;
	}
	if (argc > first + 2 && strcmp(argv[first], "-d") == 0) {
		cases_in = argv[first + 1];
		kept = argv[first + 2];
		most_pictures = PICTURES;
		first += 3;
	}
	if (!RUN(false, "/dev/null", "/dev/null", "fop", "-version")) {
		printf("fop is not installed: nothing to compare with\n");
		return 0;
	}
	mkdir("build", 0777);
	mkdir(kept, 0777);
	await_turn();
	mkdir(scratch("fop"), 0777);
	mkdir(scratch("ours"), 0777);
	read_differences();
	find_cases(cases_in, &cases);
	if (cases.n > 1)
		qsort(cases.v, cases.n, sizeof *cases.v, by_text);
	for (size_t i = 0; i < cases.n; i++) {
		struct result r = { 0 };
		char name[512];

		if (!wanted(cases.v[i], argv + first, argc - first) ||
		    !run_case(cases.v[i], &r))
			continue;
		n++;
		case_name(cases.v[i], name, sizeof name);
		for (int q = 0; q < ASKED; q++) {
			yes[q] += r.yes[q];
			meant[q] += !r.yes[q] && reason(name, q) != NULL;
		}
	}
	printf("\n%zu cases    alike  on purpose\n", n);
	for (int q = 0; q < ASKED && n > 0; q++)
		printf("%-9s %6.1f %%  %6.1f %%\n", names[q],
		    100.0 * (double)yes[q] / (double)n,
		    100.0 * (double)meant[q] / (double)n);
	list_empty(&cases);
	list_empty(&purposely);
	return n > 0 && yes[RENDERED] < n;
}
