/*
 * SHA-256 through libmd.
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
