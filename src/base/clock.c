/*
 * The time of day, which a caller may set: SOURCE_DATE_EPOCH.
 */
#include "base/base.h"

#include <stdlib.h>

bool
clock_given(struct tm *utc)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t t;
	long n;

	if (epoch == NULL || !num_parse_int(epoch, NULL, &n))
		return false;
	t = (time_t)n;
	return gmtime_r(&t, utc) != NULL;
}

void
clock_now(struct tm *utc)
{
	const time_t t = time(NULL);

	if (!clock_given(utc))
		gmtime_r(&t, utc);
}
