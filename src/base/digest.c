/*
 * SHA-256 through libmd, and a quick sum.
 */
#include "base/base.h"

#include <stdlib.h>
#include <sys/types.h>

#include <sha2.h>

struct digest {
	SHA2_CTX ctx;
};

struct digest *
digest_new(void)
{
	struct digest *d;

	d = xmalloc(sizeof *d);
	SHA256Init(&d->ctx);
	return d;
}

void
digest_add(struct digest *d, const void *p, size_t n)
{
	SHA256Update(&d->ctx, p, n);
}

void
digest_end(struct digest *d, uint8_t out[32])
{
	SHA256Final(out, &d->ctx);
	free(d);
}

/* Eight bytes at a time; the odd multiplier and the shift spread each bit over
 * the whole word, the length keeps trailing zeros apart. */
static uint64_t
mix(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return sum ^ sum >> 32;
}

uint64_t
sum_add(uint64_t sum, const void *p, size_t n)
{
	const uint8_t *b = p;
	uint64_t last = 0;
	size_t i, j;

	for (i = 0; i + 8 <= n; i += 8)
		sum = mix(sum, (uint64_t)b[i] | (uint64_t)b[i + 1] << 8 |
		    (uint64_t)b[i + 2] << 16 | (uint64_t)b[i + 3] << 24 |
		    (uint64_t)b[i + 4] << 32 | (uint64_t)b[i + 5] << 40 |
		    (uint64_t)b[i + 6] << 48 | (uint64_t)b[i + 7] << 56);
	for (j = 0; i < n; i++, j += 8)
		last |= (uint64_t)b[i] << j;
	return mix(mix(sum, last), n);
}
