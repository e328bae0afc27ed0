/*
 * A line of progress on standard error, on a terminal only: it appears after
 * half a second and changes at most ten times a second.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli_int.h"

#define FIRST 500	/* milliseconds */
#define NEXT 100

static long shown_at;	/* when the line changed last; 0: never asked */
static bool visible;

static long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_show(struct run *r, const char *text)
{
	long t;

	if (r->opt.quiet || r->opt.json || !isatty(STDERR_FILENO))
		return;
	t = now();
	if (shown_at == 0)
		shown_at = t;
	if (t - shown_at < (visible ? NEXT : FIRST))
		return;
	shown_at = t;
	visible = true;
	fprintf(stderr, "\r\033[K%s", text);
	fflush(stderr);
}

void
progress_clear(void)
{
	if (visible)
		fputs("\r\033[K", stderr);
	visible = false;
}
