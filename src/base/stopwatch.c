/*
 * A stopwatch with a counter for each stage of a job.
 */
#include "base/base.h"

#include <stdlib.h>
#include <time.h>

struct stopwatch {
	enum stage stage;	/* now */
	int64_t since;		/* microseconds */
	int64_t spent[STAGE_COUNT];
};

static const char *const names[] = {
#define STAGE(name, text) [STAGE_##name] = text,
#include "base/stages.def"
#undef STAGE
};

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct stopwatch *
stopwatch_new(void)
{
	struct stopwatch *w;

	w = xcalloc(1, sizeof *w);
	w->since = now();
	return w;
}

void
stopwatch_free(struct stopwatch *w)
{
	free(w);
}

static void
settle(struct stopwatch *w)
{
	int64_t t;

	t = now();
	w->spent[w->stage] += t - w->since;
	w->since = t;
}

enum stage
stopwatch_enter(struct job *job, enum stage stage)
{
	enum stage former;

	if (job->watch == NULL)
		return STAGE_OTHER;
	former = job->watch->stage;
	if (former != stage)
		settle(job->watch);
	job->watch->stage = stage;
	return former;
}

int64_t
stopwatch_time(struct stopwatch *w, enum stage stage)
{
	settle(w);
	return w->spent[stage];
}

const char *
stage_name(enum stage stage)
{
	return names[stage];
}
