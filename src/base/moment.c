/*
 * Days and moments as they are read.  Data hold 2026-03-19 and, in UTC,
 * 2026-03-19T22:52:30Z; a reader gets words of the language, and the time that
 * the clock on the wall showed.
 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base_int.h"

static const enum diag_code months[] = { DIAG_MONTH_1, DIAG_MONTH_2,
	DIAG_MONTH_3, DIAG_MONTH_4, DIAG_MONTH_5, DIAG_MONTH_6, DIAG_MONTH_7,
	DIAG_MONTH_8, DIAG_MONTH_9, DIAG_MONTH_10, DIAG_MONTH_11,
	DIAG_MONTH_12 };

static const char *
say(struct arena *a, enum lang lang, enum diag_code code,
    const char *const *args)
{
	struct buf b = { 0 };
	const char *text;

	message_format(&b, lang, code, args);
	text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static const char *
say_day(struct arena *a, enum lang lang, const struct tm *tm)
{
	char day[16], year[16];

	snprintf(day, sizeof day, "%d", tm->tm_mday);
	snprintf(year, sizeof year, "%d", tm->tm_year + 1900);
	return say(a, lang, DIAG_DAY_READ, (const char *const[]){
		tm->tm_mday == 1 ? message_text(lang, DIAG_DAY_FIRST) : day,
		message_text(lang, months[tm->tm_mon]), year, NULL });
}

static bool
read_day(struct arena *a, const char *s, struct tm *tm)
{
	const char *day = arena_strndup(a, s, strnlen(s, 10));
	long y, m, d;

	if (!date_is_valid(day))
		return false;
	num_parse_int(day, NULL, &y);
	num_parse_int(day + 5, NULL, &m);
	num_parse_int(day + 8, NULL, &d);
	*tm = (struct tm){ .tm_year = (int)y - 1900, .tm_mon = (int)m - 1,
		.tm_mday = (int)d };
	return true;
}

/* The moment by the clock here; false if it is none. */
static bool
read_moment(struct arena *a, const char *s, struct tm *local)
{
	struct tm utc;
	int h, m, sec, end = 0;
	time_t t;

	if (!read_day(a, s, &utc) || sscanf(s + 10, "T%2d:%2d:%2dZ%n", &h, &m,
		&sec, &end) != 3 || end != 10 || s[20] != '\0')
		return false;
	t = (time_t)(date_number(utc.tm_year + 1900, utc.tm_mon + 1,
		utc.tm_mday) - date_number(1970, 1, 1)) * 86400 + h * 3600 +
	    m * 60 + sec;
	tzset();
	return localtime_r(&t, local) != NULL;
}

const char *
message_day(struct arena *a, enum lang lang, const char *day)
{
	struct tm tm;

	if (strlen(day) != 10 || !read_day(a, day, &tm))
		return day;
	return say_day(a, lang, &tm);
}

const char *
message_day_of(struct arena *a, enum lang lang, const char *at)
{
	struct tm tm;

	return read_moment(a, at, &tm) ? say_day(a, lang, &tm) : at;
}

const char *
message_moment(struct arena *a, enum lang lang, const char *at)
{
	char hour[16], minute[16];
	struct tm tm;

	if (!read_moment(a, at, &tm))
		return at;
	snprintf(hour, sizeof hour, "%d", tm.tm_hour);
	snprintf(minute, sizeof minute, "%02d", tm.tm_min);
	return say(a, lang, DIAG_MOMENT_READ, (const char *const[]){
		say_day(a, lang, &tm), hour, minute, NULL });
}
