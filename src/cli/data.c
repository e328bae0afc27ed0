/*
 * Where the schemas and stylesheets are: PARCOURS_DATA; for a program that was
 * not installed, what was built with it; else the installed folder.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli_int.h"

/* The program runs from …/build/VARIANT/: the data are in …/build/share. */
static const char *
build_share(struct job *job)
{
	const char *folder;
	char *exe, *build;
	struct buf path = { 0 };

	exe = realpath("/proc/self/exe", NULL);
	build = exe != NULL ? strstr(exe, "/build/") : NULL;
	folder = NULL;
	if (build != NULL) {
		buf_printf(&path, "%.*s/build/share", (int)(build - exe), exe);
		if (access(path.p, R_OK | X_OK) == 0)
			folder = arena_strdup(job->arena, path.p);
		buf_free(&path);
	}
	free(exe);
	return folder;
}

const char *
cli_data_folder(struct job *job)
{
	const char *folder;

	folder = getenv("PARCOURS_DATA");
	if (folder != NULL && *folder != '\0')
		return folder;
	folder = build_share(job);
	return folder != NULL ? folder : PARCOURS_SHARE;
}
