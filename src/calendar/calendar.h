/*
 * calendar: things with a day become a file for calendars: iCalendar, RFC 5545.
 * Each is an all-day event, since many calendars leave out what is merely to be
 * done; it takes no time, so that nobody is busy because of it.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include <time.h>

#include "base/base.h"

struct calendar_entry {
	const char *uid;	/* the same for the same thing, always */
	const char *day;	/* 2026-03-19 */
	const char *summary;
	const char *description; /* may have several lines; NULL: none */
};

/* Append to a file; texts are UTF-8, `stamp` is when it is made (UTC). */
void calendar_begin(struct buf *out);
void calendar_put(struct buf *out, const struct calendar_entry *entry,
    const struct tm *stamp);
void calendar_end(struct buf *out);

#endif
