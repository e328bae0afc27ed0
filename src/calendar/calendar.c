/*
 * Lines of iCalendar: ended by CR LF, folded so that none has more than 75
 * octets (RFC 5545, 3.1), texts escaped (3.3.11).
 */
#include "calendar/calendar.h"

#include <string.h>

#define LINE_MAX_OCTETS 75

/* A line may end inside a word, never inside a character. */
static void
put_line(struct buf *out, const struct buf *line)
{
	const char *s = buf_str(line), *end = s + line->n;
	size_t room = LINE_MAX_OCTETS, n;

	while ((size_t)(end - s) > room) {
		n = room;
		while (n > 1 && ((unsigned char)s[n] & 0xC0) == 0x80)
			n--;
		buf_put(out, s, n);
		buf_puts(out, "\r\n ");
		s += n;
		/* The space that says that the line goes on counts. */
		room = LINE_MAX_OCTETS - 1;
	}
	buf_put(out, s, (size_t)(end - s));
	buf_puts(out, "\r\n");
}

static void
put_plain(struct buf *out, const char *text)
{
	struct buf line = { 0 };

	buf_puts(&line, text);
	put_line(out, &line);
	buf_free(&line);
}

/* What no text may have, control characters and ill-formed bytes, is left
 * out. */
static void
put_escaped(struct buf *line, const char *text)
{
	const char *end = text + strlen(text);
	uint32_t cp;

	while (text < end) {
		cp = utf8_next(&text, end);
		if (cp == '\n')
			buf_puts(line, "\\n");
		if ((cp < 0x20 && cp != '\t') || cp == 0x7f || cp == 0xfffd)
			continue;
		if (cp == ';' || cp == ',' || cp == '\\')
			buf_putc(line, '\\');
		buf_utf8(line, cp);
	}
}

static void
put_text(struct buf *out, const char *name, const char *text)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s:", name);
	put_escaped(&line, text);
	put_line(out, &line);
	buf_free(&line);
}

void
calendar_begin(struct buf *out)
{
	put_plain(out, "BEGIN:VCALENDAR");
	put_plain(out, "VERSION:2.0");
	put_plain(out, "PRODID:-//parcours//parcours " PARCOURS_VERSION "//EN");
	put_plain(out, "CALSCALE:GREGORIAN");
}

void
calendar_put(struct buf *out, const struct calendar_entry *entry,
    const struct tm *stamp)
{
	struct buf line = { 0 };

	put_plain(out, "BEGIN:VEVENT");
	put_text(out, "UID", entry->uid);
	buf_printf(&line, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ",
	    stamp->tm_year + 1900, stamp->tm_mon + 1, stamp->tm_mday,
	    stamp->tm_hour, stamp->tm_min, stamp->tm_sec);
	put_line(out, &line);
	buf_clear(&line);
	buf_printf(&line, "DTSTART;VALUE=DATE:%.4s%.2s%.2s", entry->day,
	    entry->day + 5, entry->day + 8);
	put_line(out, &line);
	buf_free(&line);
	put_text(out, "SUMMARY", entry->summary);
	if (entry->description != NULL)
		put_text(out, "DESCRIPTION", entry->description);
	put_plain(out, "CLASS:CONFIDENTIAL");
	put_plain(out, "TRANSP:TRANSPARENT");
	put_plain(out, "END:VEVENT");
}

void
calendar_end(struct buf *out)
{
	put_plain(out, "END:VCALENDAR");
}
