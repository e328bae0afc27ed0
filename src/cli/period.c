/*
 * Periods as users write them.
 */
#include <string.h>

#include "cli/cli_int.h"

static int
digits(const char *s, int n)
{
	int value = 0;

	for (; n > 0; n--)
		value = 10 * value + *s++ - '0';
	return value;
}

/* A year, a month or a day? */
static bool
is_some_date(const char *s, size_t n)
{
	char day[] = "0000-01-01";

	if (n != 4 && n != 7 && n != 10)
		return false;
	memcpy(day, s, n);
	return date_is_valid(day);
}

/* Its first or its last day. */
static const char *
day_of(struct job *job, const char *s, size_t n, bool last)
{
	const int year = digits(s, 4);
	const int month = n >= 7 ? digits(s + 5, 2) : last ? 12 : 1;
	const int day = n >= 10 ? digits(s + 8, 2)
	    : last		? date_month_days(year, month)
				: 1;
	struct buf b = { 0 };
	const char *text;

	buf_printf(&b, "%04d-%02d-%02d", year, month, day);
	text = arena_strdup(job->arena, b.p);
	buf_free(&b);
	return text;
}

bool
cli_period(struct job *job, const char *s, const char **from, const char **to)
{
	const size_t n = strcspn(s, "/");
	const char *second = s[n] == '/' ? s + n + 1 : s;

	if (!is_some_date(s, n) || !is_some_date(second, strlen(second)))
		return false;
	*from = day_of(job, s, n, false);
	*to = day_of(job, second, strlen(second), true);
	return strcmp(*from, *to) <= 0;
}

bool
cli_period_seen(struct job *job, const char *s, const char *day,
    const char **name, const char **from, const char **to)
{
	static const struct {
		const char *name;
		bool month;
		int back;
	} rows[] = {
		{ "year", false, 0 }, { "lastYear", false, 1 },
		{ "month", true, 0 }, { "lastMonth", true, 1 },
	};
	struct buf b = { 0 };
	int months;
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_eq(rows[i].name, s))
			break;
	if (i == sizeof rows / sizeof *rows || !date_is_valid(day))
		return false;
	months = 12 * digits(day, 4) + digits(day + 5, 2) - 1 -
	    rows[i].back * (rows[i].month ? 1 : 12);
	buf_printf(&b, "%04d", months / 12);
	if (rows[i].month)
		buf_printf(&b, "-%02d", months % 12 + 1);
	*name = arena_strdup(job->arena, b.p);
	buf_free(&b);
	return cli_period(job, *name, from, to);
}
