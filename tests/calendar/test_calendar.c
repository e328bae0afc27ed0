/*
 * iCalendar: what RFC 5545 says of lines, texts and components, looked at
 * strictly; with an argument, the file of that name is looked at instead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calendar/calendar.h"

/* ------------------------------------------------------------- the judge */

/* One property that an event has and how its value looks: 9 a digit. */
static const struct {
	const char *name, *shape; /* NULL: a text; else that, or of that form */
	bool required;
} properties[] = {
	{ "UID", NULL, true },
	{ "DTSTAMP", "99999999T999999Z", true },
	{ "DTSTART;VALUE=DATE", "99999999", true },
	{ "SUMMARY", NULL, true },
	{ "DESCRIPTION", NULL, false },
	{ "CLASS", "CONFIDENTIAL", true },
	{ "TRANSP", "TRANSPARENT", true },
};
#define N_PROPERTIES (sizeof properties / sizeof properties[0])

struct judge {
	char why[200];		/* empty: nothing is wrong */
	bool in_event;
	size_t seen[N_PROPERTIES];
	struct map *uids;
	size_t events;
};

static void
blame(struct judge *j, const char *what, const char *line)
{
	if (j->why[0] == '\0')
		snprintf(j->why, sizeof j->why, "%s: %.120s", what, line);
}

static bool
has_shape(const char *s, const char *shape)
{
	for (; *shape != '\0'; s++, shape++)
		if (*shape == '9' ? *s < '0' || *s > '9' : *s != *shape)
			return false;
	return *s == '\0';
}

static bool
is_day(const char *s)
{
	char day[11];

	snprintf(day, sizeof day, "%.4s-%.2s-%.2s", s, s + 4, s + 6);
	return date_is_valid(day);
}

/* A text: no bare separator, and a backslash only before what it may escape. */
static bool
is_text(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == ';' || *s == ',' ||
		    ((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f)
			return false;
		if (*s == '\\' && strchr(";,\\nN", *++s) == NULL)
			return false;
		if (*s == '\0')
			return false;
	}
	return true;
}

static void
judge_property(struct judge *j, char *line)
{
	char *value = strchr(line, ':');
	size_t i;

	if (value == NULL) {
		blame(j, "no colon", line);
		return;
	}
	*value++ = '\0';
	for (i = 0; i < N_PROPERTIES; i++)
		if (strcmp(properties[i].name, line) == 0)
			break;
	if (i == N_PROPERTIES) {
		blame(j, "a property that should not be here", line);
		return;
	}
	j->seen[i]++;
	if (properties[i].shape != NULL
		? !has_shape(value, properties[i].shape) : !is_text(value))
		blame(j, "value", value);
	if (str_starts(line, "DT") && !is_day(value))
		blame(j, "no day of the calendar", value);
	if (strcmp(line, "UID") == 0 && map_put(j->uids, value, j) != NULL)
		blame(j, "two events of one id", value);
	if (*value == '\0')
		blame(j, "empty", line);
}

static void
judge_line(struct judge *j, size_t number, char *line, bool last)
{
	static const char *const head[] = { "BEGIN:VCALENDAR", "VERSION:2.0",
		"PRODID:-//", "CALSCALE:GREGORIAN" };
	size_t i;

	if (number < 4) {
		if (!(number == 2 ? str_starts(line, head[2])
			: strcmp(line, head[number]) == 0))
			blame(j, "head", line);
	} else if (last) {
		if (j->in_event || strcmp(line, "END:VCALENDAR") != 0)
			blame(j, "end", line);
	} else if (!j->in_event) {
		if (strcmp(line, "BEGIN:VEVENT") != 0)
			blame(j, "between events", line);
		j->in_event = true;
		j->events++;
		memset(j->seen, 0, sizeof j->seen);
	} else if (strcmp(line, "END:VEVENT") == 0) {
		for (i = 0; i < N_PROPERTIES; i++)
			if (j->seen[i] > 1 ||
			    (j->seen[i] == 0 && properties[i].required))
				blame(j, "how often", properties[i].name);
		j->in_event = false;
	} else {
		judge_property(j, line);
	}
}

/* The next line of the file as it stands: to CR LF, at most 75 octets of
 * whole characters. */
static char *
take_octets(struct judge *j, char **p)
{
	char *line = *p, *end = strstr(line, "\r\n");

	if (end == NULL) {
		blame(j, "no end of line", line);
		*p = line + strlen(line);
		return line;
	}
	*end = '\0';
	*p = end + 2;
	if (end - line > 75)
		blame(j, "more than 75 octets", line);
	if (utf8_valid(line, (size_t)(end - line)) != (size_t)(end - line))
		blame(j, "a character is cut", line);
	if (strpbrk(line, "\r\n") != NULL)
		blame(j, "bare end of line", line);
	return line;
}

/* How many events a file has; -1 and why if it is none. */
static int
judge_file(const char *file, char why[200])
{
	struct judge j = { .uids = map_new() };
	char *copy = xstrdup(file), *p = copy;
	struct buf line = { 0 };
	size_t number = 0;

	if (*p == ' ' || *p == '\0')
		blame(&j, "begins with nothing", p);
	while (*p != '\0' && j.why[0] == '\0') {
		buf_clear(&line);
		buf_puts(&line, take_octets(&j, &p));
		while (*p == ' ' || *p == '\t')
			buf_puts(&line, take_octets(&j, &p) + 1);
		judge_line(&j, number++, line.p, *p == '\0');
	}
	strcpy(why, j.why);
	buf_free(&line);
	map_free(j.uids);
	free(copy);
	return why[0] == '\0' ? (int)j.events : -1;
}

/* ------------------------------------------------------------- the cases */

static const struct tm stamp = { .tm_year = 126, .tm_mon = 10, .tm_mday = 30,
	.tm_hour = 7, .tm_min = 5, .tm_sec = 9 };

static void
put(struct buf *out, const char *uid, const char *summary,
    const char *description)
{
	calendar_put(out, &(struct calendar_entry){ uid, "2026-12-31", summary,
		description }, &stamp);
}

static void
check(const struct buf *file, int events)
{
	char why[200];
	const int n = judge_file(buf_str(file), why);

	if (n != events)
		fail_msg("%d events instead of %d: %s", n, events, why);
}

static void
plain(void **state)
{
	struct buf b = { 0 };

	(void)state;
	calendar_begin(&b);
	put(&b, "a@x", "Remettre la synth\u00e8se", "deux\nlignes; a, b\\c");
	calendar_end(&b);
	check(&b, 1);
	assert_non_null(strstr(b.p, "\r\nDTSTAMP:20261130T070509Z\r\n"));
	assert_non_null(strstr(b.p, "\r\nDTSTART;VALUE=DATE:20261231\r\n"));
	assert_non_null(strstr(b.p,
	    "\r\nDESCRIPTION:deux\\nlignes\\; a\\, b\\\\c\r\n"));
	buf_free(&b);
}

static void
nothing(void **state)
{
	struct buf b = { 0 };

	(void)state;
	calendar_begin(&b);
	calendar_end(&b);
	check(&b, 0);
	buf_free(&b);
}

/* Texts of every length, of characters of every length. */
static void
folding(void **state)
{
	static const char *const letters[] = { "x", "\u00e9", "\u20ac",
		"\U0001F333", ",", "\\" };
	struct buf b = { 0 }, text = { 0 }, uid = { 0 };
	size_t i, n;

	(void)state;
	calendar_begin(&b);
	for (i = 0; i < 6; i++) {
		buf_clear(&text);
		for (n = 1; n < 200; n++) {
			buf_puts(&text, letters[i]);
			buf_clear(&uid);
			buf_printf(&uid, "%zu-%zu@x", i, n);
			put(&b, uid.p, text.p, text.p);
		}
	}
	calendar_end(&b);
	check(&b, 6 * 199);
	buf_free(&b);
	buf_free(&text);
	buf_free(&uid);
}

static void
hostile(void **state)
{
	struct buf b = { 0 };

	(void)state;
	calendar_begin(&b);
	put(&b, "a@x", "x\r\nBEGIN:VEVENT\r\n", "\x01\x7f\xff bad \xc3");
	calendar_end(&b);
	check(&b, 1);
	buf_free(&b);
}

/* The judge has to find what is wrong. */
static void
judged(void **state)
{
	static const struct {
		const char *good, *bad;
	} faults[] = {
		{ "\r\nSUMMARY", "\nSUMMARY" }, { "VERSION:2.0", "VERSION:1.0" },
		{ "SUMMARY:y", "SUMMARY:a,b" }, { "UID:b", "UID:a" },
		{ "20261231\r\nSUMMARY:y", "20261232\r\nSUMMARY:y" },
		{ "CLASS:CONFIDENTIAL\r\n", "" }, { "END:VCALENDAR\r\n", "" },
		{ "T070509Z", "T070509" }, { "SUMMARY:y", "SUMMARY:a\\b" },
		{ "SUMMARY:y", "SUMMARY:\xc3" }, { "SUMMARY:y", "SUMMARY:" },
		{ "SUMMARY:y", "SUMMARY:0123456789012345678901234567890123456789"
		    "0123456789012345678901234567890" },
	};
	struct buf b = { 0 }, bad = { 0 };
	char why[200];
	const char *at;
	size_t i;

	(void)state;
	calendar_begin(&b);
	put(&b, "a", "x", NULL);
	put(&b, "b", "y", NULL);
	calendar_end(&b);
	check(&b, 2);
	for (i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		at = strstr(b.p, faults[i].good);
		assert_non_null(at);
		buf_clear(&bad);
		buf_put(&bad, b.p, (size_t)(at - b.p));
		buf_puts(&bad, faults[i].bad);
		buf_puts(&bad, at + strlen(faults[i].good));
		if (judge_file(bad.p, why) >= 0)
			fail_msg("fault %zu is not seen", i);
	}
	buf_free(&b);
	buf_free(&bad);
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain),
		cmocka_unit_test(nothing),
		cmocka_unit_test(folding),
		cmocka_unit_test(hostile),
		cmocka_unit_test(judged),
	};
	struct buf file = { 0 };
	char why[200];
	int n;

	if (argc < 2)
		return cmocka_run_group_tests(tests, NULL, NULL);
	n = file_look(argv[1], 1 << 24, &file)
	    ? judge_file(buf_str(&file), why) : -1;
	buf_free(&file);
	if (n < 0)
		printf("%s\n", why);
	else
		printf("%d events\n", n);
	return n < 0;
}
