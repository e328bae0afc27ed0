/*
 * The time of day, which a caller may set: SOURCE_DATE_EPOCH; the calendar.
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

void
clock_today(struct tm *day)
{
	const time_t t = time(NULL);

	if (clock_given(day))
		return;
	tzset();
	localtime_r(&t, day);
}

/* Days from 1 March of year 0 to a date of the Gregorian calendar: years that
 * begin in March have their leap day at the end, so months add up plainly. */
long
date_number(long year, long month, long day)
{
	const long y = month > 2 ? year : year - 1;
	const long m = (month + 9) % 12;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	    1;
}

int
date_month_days(long year, long month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

bool
date_is_valid(const char *s)
{
	int y, m, d;
	size_t i;

	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s[i] != '-'
				     : s[i] < '0' || s[i] > '9')
			return false;
	if (s[10] != '\0')
		return false;
	y = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 +
	    s[3] - '0';
	m = (s[5] - '0') * 10 + s[6] - '0';
	d = (s[8] - '0') * 10 + s[9] - '0';
	return y >= 1 && m >= 1 && m <= 12 && d >= 1 &&
	    d <= date_month_days(y, m);
}
