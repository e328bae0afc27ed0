/*
 * make peer, the part of figures: each tests/svg/cases/CASE.svg through librsvg
 * (rsvg-convert) and through our formatter, both as PDF, both made pictures by
 * poppler at 72 dpi (and 72 px to the inch), so that what differs is the figure and not the painting of
 * edges.  Two pixels are unlike when a channel differs by more than UNLIKE
 * after either picture is blurred by one pixel; figures are alike when fewer
 * than one pixel of so many (FEW) is unlike.  A case that differs on purpose
 * stands in differences.txt with the reason.
 *
 * usage: peer BUILD [WORD…]     WORD: a part of the name of a case
 */
#define _DEFAULT_SOURCE /* scandir's filter types on all systems */

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "area/area.h"
#include "svg/svg.h"

#define CASES "tests/svg/cases/"
#define DIFFERENCES "tests/svg/differences.txt"
#define UNLIKE 48
#define FEW 250

struct picture {
	int w, h;
	unsigned char *rgb;
};

/* True if the program ends with 0; what it says goes to a log. */
static bool
run(const char *log, const char *const *argv)
{
	int status, fd;
	pid_t pid = fork();

	if (pid == 0) {
		fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		dup2(fd, 1);
		dup2(fd, 2);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	    WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A page of the figure's own size with nothing else on it. */
static bool
write_page(const char *svg, const char *fo)
{
	struct job job = { .arena = arena_new(),
		.diag = diag_new(LANG_EN, DIAG_TEXT) };
	struct svg *s = svg_open(&job, svg, where_none());
	char cwd[512];
	mpt w = 0, h = 0;
	FILE *f = NULL;

	if (s && getcwd(cwd, sizeof cwd) && (f = fopen(fo, "w")) != NULL) {
		svg_size(s, &w, &h);
		fprintf(f, "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/"
		    "Format\"><fo:layout-master-set><fo:simple-page-master "
		    "master-name=\"p\" page-width=\"%d.%03dpt\" "
		    "page-height=\"%d.%03dpt\"><fo:region-body/>"
		    "</fo:simple-page-master></fo:layout-master-set>"
		    "<fo:page-sequence master-reference=\"p\">"
		    "<fo:flow flow-name=\"xsl-region-body\">"
		    "<fo:block-container position=\"absolute\" "
		    "left=\"0\" top=\"0\"><fo:block line-height=\"0\" "
		    "font-size=\"0\"><fo:external-graphic src=\"%s/%s\"/>"
		    "</fo:block></fo:block-container><fo:block/></fo:flow>"
		    "</fo:page-sequence></fo:root>\n", w / 1000, w % 1000,
		    h / 1000, h % 1000, cwd, svg);
	}
	svg_free(s);
	diag_free(job.diag);
	arena_free(job.arena);
	return f && fclose(f) == 0;
}

static bool
rasterize(const char *pdf, const char *stem, const char *log)
{
	return run(log, (const char *const[]){ "pdftoppm", "-r", "72",
	    "-singlefile", pdf, stem, NULL });
}

static bool
picture_read(const char *path, struct picture *p)
{
	FILE *f = fopen(path, "rb");
	size_t n;
	bool ok;

	if (!f)
		return false;
	ok = fscanf(f, "P6 %d %d 255%*1[\n]", &p->w, &p->h) == 2 &&
	    p->w > 0 && p->h > 0 && p->w < 10000 && p->h < 10000;
	n = ok ? (size_t)p->w * (size_t)p->h * 3 : 0;
	p->rgb = ok ? malloc(n) : NULL;
	ok = p->rgb && fread(p->rgb, 1, n, f) == n;
	fclose(f);
	return ok;
}

/* The mean of a pixel and its eight neighbours. */
static int
blurred(const struct picture *p, int x, int y, int channel)
{
	int sum = 0, n = 0;

	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++)
			if (u >= 0 && v >= 0 && u < p->w && v < p->h) {
				sum += p->rgb[(v * p->w + u) * 3 + channel];
				n++;
			}
	return sum / n;
}

static long
count_unlike(const struct picture *a, const struct picture *b)
{
	long n = 0;

	for (int y = 0; y < a->h; y++)
		for (int x = 0; x < a->w; x++)
			for (int c = 0; c < 3; c++)
				if (abs(blurred(a, x, y, c) -
				    blurred(b, x, y, c)) > UNLIKE) {
					n++;
					break;
				}
	return n;
}

/* What is wrong, or an empty text. */
static void
compare(const char *build, const char *dir, const char *name, char why[96])
{
	char svg[512], fo[512], stem[2][512], path[2][520], log[512];
	char program[512];
	struct picture p[2] = { 0 };
	long unlike;

	snprintf(svg, sizeof svg, CASES "%.80s.svg", name);
	snprintf(fo, sizeof fo, "%.400s/%.80s.fo", dir, name);
	snprintf(log, sizeof log, "%.400s/%.80s.log", dir, name);
	snprintf(program, sizeof program, "%.400s/parcours", build);
	snprintf(stem[0], sizeof stem[0], "%.400s/%.80s-ours", dir, name);
	snprintf(stem[1], sizeof stem[1], "%.400s/%.80s-rsvg", dir, name);
	for (int i = 0; i < 2; i++)
		snprintf(path[i], sizeof path[i], "%.511s.pdf", stem[i]);
	why[0] = '\0';
	if (!write_page(svg, fo) || !run(log, (const char *const[]){ program,
	    "format", fo, "-o", path[0], NULL }))
		strcpy(why, "parcours makes no PDF of it");
	else if (!run("/dev/null", (const char *const[]){ "rsvg-convert",
	    "-f", "pdf", "-d", "72", "-p", "72", "-o", path[1], svg, NULL }))
		strcpy(why, "rsvg-convert makes no PDF of it");
	for (int i = 0; i < 2 && !why[0]; i++) {
		if (!rasterize(path[i], stem[i], "/dev/null"))
			strcpy(why, "pdftoppm makes no picture of it");
		snprintf(path[i], sizeof path[i], "%.511s.ppm", stem[i]);
		if (!why[0] && !picture_read(path[i], &p[i]))
			strcpy(why, "no picture");
	}
	if (!why[0] && (p[0].w != p[1].w || p[0].h != p[1].h))
		snprintf(why, 96, "%d x %d pixels, not %d x %d", p[0].w,
		    p[0].h, p[1].w, p[1].h);
	if (!why[0] && (unlike = count_unlike(&p[0], &p[1])) * FEW >
	    (long)p[0].w * p[0].h)
		snprintf(why, 96, "%ld pixels of %ld unlike", unlike,
		    (long)p[0].w * p[0].h);
	free(p[0].rgb);
	free(p[1].rgb);
}

/* The reason why a case may differ; NULL if it may not. */
static const char *
reason(const char *name, char line[512])
{
	FILE *f = fopen(DIFFERENCES, "r");
	size_t n = strlen(name);
	bool found = false;

	while (f && !found && fgets(line, 512, f)) {
		line[strcspn(line, "\n")] = '\0';
		found = strncmp(line, name, n) == 0 && line[n] == ' ';
	}
	if (f)
		fclose(f);
	return found ? line + n + strspn(line + n, " ") : NULL;
}

static bool
wanted(const char *name, char **words, int n)
{
	bool hit = n == 0;

	for (int i = 0; i < n; i++)
		hit |= strstr(name, words[i]) != NULL;
	return hit;
}

int
main(int argc, char **argv)
{
	struct dirent **list;
	int n = scandir(CASES, &list, NULL, alphasort);
	int cases = 0, alike = 0, excused = 0;
	char dir[400], why[96], line[512];

	if (argc < 2 || n < 0) {
		fprintf(stderr, "usage: peer BUILD [WORD…]\n");
		return 2;
	}
	snprintf(dir, sizeof dir, "%.300s/peer-svg", argv[1]);
	mkdir(dir, 0755);
	for (int i = 0; i < n; i++) {
		char *name = list[i]->d_name, *dot = strrchr(name, '.');
		const char *because;

		if (!dot || strcmp(dot, ".svg") != 0)
			continue;
		*dot = '\0';
		if (!wanted(name, argv + 2, argc - 2))
			continue;
		cases++;
		compare(argv[1], dir, name, why);
		because = reason(name, line);
		if (why[0] && because)
			excused++;
		else if (why[0])
			printf("svg %-24s %s\n", name, why);
		else
			alike++;
		if (!why[0] && because)
			printf("svg %-24s is alike: strike it from %s\n", name,
			    DIFFERENCES);
		free(list[i]);
	}
	free(list);
	if (cases > 0)
		printf("figures: %d of %d as librsvg, %d differ on purpose\n",
		    alike, cases, excused);
	return alike + excused < cases;
}
