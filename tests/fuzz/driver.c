/*
 * What `make test` runs fuzz targets with: every seed, then each of them
 * mutated a few times, the same way on every run.
 *
 * usage: fuzz_NAME            the short run
 *        fuzz_NAME -x FOLDER  copies the seeds there, for libFuzzer
 *        fuzz_NAME FILE...    runs these inputs, to see a failure again
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/base.h"

#include "fuzz.h"

#define MUTATIONS 24	/* of each seed */
#define SECONDS 3	/* in all, about */
#define SEED_LIMIT 200000

static unsigned long long state = 88172645463325252ULL;

static size_t
below(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n == 0 ? 0 : (size_t)(state % n);
}

static bool
slurp(const char *path, struct buf *out)
{
	char chunk[65536];
	size_t n;
	FILE *f;

	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(out, chunk, n);
	fclose(f);
	return true;
}

static void
run(const struct buf *input)
{
	uint8_t *copy;

	/* An exact copy, so that a sanitizer sees one byte too far. */
	copy = xmalloc(input->n);
	if (input->n != 0)
		memcpy(copy, input->p, input->n);
	LLVMFuzzerTestOneInput(copy, input->n);
	free(copy);
}

/* Puts bytes in the place of n bytes at an offset. */
static void
splice(struct buf *b, size_t at, size_t n, const char *bytes, size_t n_bytes)
{
	struct buf tail = { 0 };

	buf_put(&tail, b->p + at + n, b->n - at - n);
	b->n = at;
	buf_put(b, bytes, n_bytes);
	buf_put(b, buf_str(&tail), tail.n);
	buf_free(&tail);
}

/* One change of the kind that damaged and hostile files have. */
static void
mutate(struct buf *b)
{
	static const char *const tokens[] = { "<", ">", "&", "\"", "/>", "]]>",
		"<!--", "&#x0;", "-1", "0", "99999999999", "1e99", "%", "\xff",
		"\xef\xbf\xbe", "NaN", "(", ")", "url(", "xsl", ":" };
	const char *token;
	char *part;
	size_t at, n;

	at = below(b->n + 1);
	n = below(below(b->n - at + 1) + 1);
	switch (below(5)) {
	case 0: /* a bit */
		if (at < b->n)
			b->p[at] = (char)(b->p[at] ^ (1 << below(8)));
		break;
	case 1: /* a part is lost */
		splice(b, at, n, "", 0);
		break;
	case 2: /* a part stands twice */
		part = xstrndup(b->p + at, n);
		splice(b, at, 0, part, n);
		free(part);
		break;
	case 3: /* something foreign */
		token = tokens[below(sizeof tokens / sizeof tokens[0])];
		splice(b, at, 0, token, strlen(token));
		break;
	default: /* the rest is lost */
		splice(b, at, b->n - at, "", 0);
		break;
	}
}

static void
run_mutations(const struct buf *seed, clock_t end)
{
	struct buf b = { 0 };
	size_t i, k;

	for (i = 0; i < MUTATIONS && clock() < end; i++) {
		buf_clear(&b);
		buf_put(&b, buf_str(seed), seed->n);
		for (k = below(4) + 1; k > 0; k--)
			mutate(&b);
		run(&b);
	}
	buf_free(&b);
}

struct seeds {
	char **paths;
	size_t n, cap;
};

static void
collect(struct seeds *s, const char *folder, const char *suffix)
{
	struct buf path = { 0 };
	struct dirent *e;
	struct stat st;
	DIR *dir;

	dir = opendir(folder);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder, e->d_name);
		if (stat(path.p, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			collect(s, path.p, suffix);
		} else if (str_ends(path.p, suffix) &&
		    st.st_size < SEED_LIMIT) {
			VEC_RESERVE(s->paths, s->cap, s->n + 1);
			s->paths[s->n++] = xstrdup(path.p);
		}
	}
	if (dir != NULL)
		closedir(dir);
	buf_free(&path);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every seed to the function, with its number. */
static void
for_each_seed(void (*f)(const struct buf *seed, size_t i, void *ctx),
    void *ctx)
{
	struct seeds s = { 0 };
	struct buf seed = { 0 };
	size_t i;

	for (i = 0; fuzz_seeds[i] != NULL; i += 2)
		collect(&s, fuzz_seeds[i], fuzz_seeds[i + 1]);
	if (s.n > 1)
		qsort(s.paths, s.n, sizeof *s.paths, compare);
	for (i = 0; i < s.n; i++) {
		buf_clear(&seed);
		if (slurp(s.paths[i], &seed))
			f(&seed, i, ctx);
		free(s.paths[i]);
	}
	free(s.paths);
	buf_free(&seed);
}

static void
copy_to(const struct buf *seed, size_t i, void *ctx)
{
	const char *folder = ctx;
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/seed-%zu", folder, i);
	f = fopen(path.p, "wb");
	if (f == NULL || fwrite(buf_str(seed), 1, seed->n, f) != seed->n ||
	    fclose(f) != 0)
		exit(3);
	buf_free(&path);
}

static void
run_briefly(const struct buf *seed, size_t i, void *ctx)
{
	const clock_t *end = ctx;

	(void)i;
	if (clock() >= *end)
		return;
	run(seed);
	run_mutations(seed, *end);
}

int
main(int argc, char *argv[])
{
	struct buf input = { 0 };
	clock_t end;
	int i;

	end = clock() + SECONDS * CLOCKS_PER_SEC;
	if (argc == 1)
		for_each_seed(run_briefly, &end);
	else if (argc == 3 && strcmp(argv[1], "-x") == 0)
		for_each_seed(copy_to, argv[2]);
	else
		for (i = 1; i < argc; i++) {
			buf_clear(&input);
			if (slurp(argv[i], &input))
				run(&input);
		}
	buf_free(&input);
	return 0;
}
