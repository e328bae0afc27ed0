/* Bytes that claim to be a PNG or JPEG. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "images/images.h"

const char *const fuzz_seeds[] = { "tests/images", ".png", "tests/images",
	".jpg", "samples", ".png", "samples", ".jpg", NULL };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[] = "/tmp/fuzz-image-XXXXXX";
	struct job job = { arena_new(), diag_new(LANG_EN, DIAG_TEXT), NULL };
	struct images *images;
	int fd;

	fd = mkstemp(path);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n)
		abort();
	close(fd);
	images = images_new();
	(void)images_load(images, &job, path, NULL, where_none());
	images_free(images);
	unlink(path);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
