/*
 * Bytes that claim to be a font: opened, measured, shaped with, drawn, and cut
 * down for embedding.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "fonts/fonts_int.h"

/* The smallest of the fonts that the documents need. */
const char *const fuzz_seeds[] = { "/usr/share/fonts/opentype/urw-base35",
	".otf", "/usr/share/fonts/truetype/liberation2", ".ttf",
	"/usr/share/fonts/truetype/liberation", ".ttf", NULL };

static void
move_to(void *ctx, double x, double y)
{
	*(double *)ctx += x + y;
}

static void
curve_to(void *ctx, double x1, double y1, double x2, double y2, double x,
    double y)
{
	*(double *)ctx += x1 + y1 + x2 + y2 + x + y;
}

static void
close_path(void *ctx)
{
	(void)ctx;
}

static void
use(struct fonts *fs, const struct font *f)
{
	static const char text[] = "AVfi \xc3\xa9\xd7\x90\xd8\xb3\xd9\x84";
	struct shape_query q = { .font = f, .lang = "fr" };
	const struct shaped *s = fonts_shape(fs, &q, text, sizeof text - 1);
	struct font_subset subset = { 0 };
	double sum = 0;
	struct font_pen pen = { move_to, move_to, curve_to, close_path, &sum };
	uint16_t gids[32];
	size_t n = 0;

	for (size_t i = 0; i < s->n && n < 32; i++) {
		font_outline(f, s->glyphs[i].gid, &pen);
		(void)font_advance(f, s->glyphs[i].gid);
		if (s->glyphs[i].gid <= UINT16_MAX)
			gids[n++] = (uint16_t)s->glyphs[i].gid;
	}
	(void)font_has_feature(f, "smcp");
	if (font_subset(f, gids, n, &subset)) {
		free(subset.data);
		free(subset.gids);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/fuzz-font-XXXXXX";
	struct fonts *fs = fonts_new();
	struct font_style st = { .file = path, .weight_lo = 400,
		.weight_hi = 400, .stretch_lo = 100, .stretch_hi = 100,
		.roman = true, .variable = size % 2 != 0 };
	struct font_family family = { .name = "Fuzz", .styles = &st, .n = 1,
		.afm = size % 4 == 3 ? AFM_SYMBOL : AFM_NONE };
	struct font_query q = { .families = "Fuzz", .weight = 500,
		.stretch = 100 };
	const struct font *f;
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	f = font_face_open(fs, &family, &st, &q);
	if (f != NULL)
		use(fs, f);
	fonts_free(fs);
	unlink(path);
	return 0;
}
