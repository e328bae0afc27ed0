/*
 * Where the schemas and stylesheets are: PARCOURS_DATA; what lies beside the
 * program, built or installed; else the folder it was to be installed in.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli_int.h"

/* From …/build/VARIANT/ it is …/build/share, from …/bin/ …/share/parcours. */
static const struct {
	const char *program, *data;
} places[] = {
	{ "/build/", "/build/share" },
	{ "/bin/", "/share/parcours" },
};

static const char *
beside_program(struct job *job)
{
	const char *folder;
	char *exe, *at;
	struct buf path = { 0 };
	size_t i;

	exe = realpath("/proc/self/exe", NULL);
	folder = NULL;
	for (i = 0; exe != NULL && folder == NULL &&
	     i < sizeof places / sizeof places[0]; i++) {
		at = strstr(exe, places[i].program);
		if (at == NULL)
			continue;
		buf_clear(&path);
		buf_printf(&path, "%.*s%s", (int)(at - exe), exe,
		    places[i].data);
		if (access(path.p, R_OK | X_OK) == 0)
			folder = arena_strdup(job->arena, path.p);
	}
	buf_free(&path);
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
	folder = beside_program(job);
	return folder != NULL ? folder : PARCOURS_SHARE;
}
