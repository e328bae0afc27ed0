/* What people write in cells, and what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import/import_int.h"

typedef bool read_fn(struct buf *out, const char *text);

/* NULL: it is none. */
static void
check(read_fn *f, const char *text, const char *expected)
{
	struct buf out = { 0 };
	const bool ok = f(&out, text);

	if (!str_eq(ok ? buf_str(&out) : NULL, expected))
		fail_msg("\"%s\" gives %s", text, ok ? out.p : "nothing");
	buf_free(&out);
}

static void
dates(void **state)
{
	(void)state;
	check(value_date, "31/12/2025", "2025-12-31");
	check(value_date, "1/2/2026", "2026-02-01");
	check(value_date, "31.12.2025", "2025-12-31");
	check(value_date, "31-12-2025", "2025-12-31");
	check(value_date, "2025-12-31", "2025-12-31");
	check(value_date, "2025-12-31T00:00:00", "2025-12-31");
	check(value_date, "31/12/2025 08:30", "2025-12-31");
	check(value_date, "1er janvier 2026", "2026-01-01");
	check(value_date, "1ER JANVIER 2026", "2026-01-01");
	check(value_date, "29 f\u00e9vrier 2024", "2024-02-29");
	check(value_date, "mardi 3 mars 2026", "2026-03-03");
	check(value_date, "15 ao\u00fbt 2026", "2026-08-15");
	check(value_date, "15 sept. 2026", "2026-09-15");
	check(value_date, "December 31, 2025", "2025-12-31");
	check(value_date, "2nd May 2026", "2026-05-02");
	/* Not a day of the calendar, or two of them, or no date at all. */
	check(value_date, "29/02/2025", NULL);
	check(value_date, "31/04/2025", NULL);
	check(value_date, "12/31/2025", NULL);
	check(value_date, "31/12/25", NULL);
	check(value_date, "31/12-2025", NULL);
	check(value_date, "0/1/2025", NULL);
	check(value_date, "31 12 2025", NULL);
	check(value_date, "mars 2026", NULL);
	check(value_date, "3 mars", NULL);
	check(value_date, "le 3 mars 2026 environ", NULL);
	check(value_date, "3 mars 2026 4", NULL);
	check(value_date, "45291", NULL);
	check(value_date, "", NULL);
	check(value_date, "99999999999/1/2025", NULL);
}

static void
numbers(void **state)
{
	(void)state;
	check(value_number, "26", "26");
	check(value_number, "1,5", "1.5");
	check(value_number, "1.5", "1.5");
	check(value_number, "-3", "-3");
	check(value_number, "\u22123,25", "-3.25");
	check(value_number, "1 234,5", "1234.5");
	check(value_number, "1\u202f234\u202f567", "1234567");
	check(value_number, "1.234,5", "1234.5");
	check(value_number, "1,234.5", "1234.5");
	check(value_number, "1'234.5", "1234.5");
	check(value_number, "1,234,567", "1234567");
	check(value_number, "12 34", NULL);
	check(value_number, "1,5,2", NULL);
	check(value_number, "1,", NULL);
	check(value_number, ",5", NULL);
	check(value_number, "26 h", NULL);
	check(value_number, "1e5", NULL);
	check(value_number, "-", NULL);
	check(value_number, "", NULL);
}

static void
booleans(void **state)
{
	(void)state;
	check(value_boolean, "Oui", "true");
	check(value_boolean, "x", "true");
	check(value_boolean, "VRAI", "true");
	check(value_boolean, "non", "false");
	check(value_boolean, "0", "false");
	check(value_boolean, "peut-\u00eatre", NULL);
	check(value_boolean, "", NULL);
}

static bool
id(struct buf *out, const char *text)
{
	value_id(out, text);
	return out->n > 0;
}

static bool
line(struct buf *out, const char *text)
{
	value_trim(out, text, false);
	return true;
}

static bool
lines(struct buf *out, const char *text)
{
	value_trim(out, text, true);
	return true;
}

static void
texts(void **state)
{
	(void)state;
	check(id, "Nguy\u1ec5n  Th\u1ecb Mai", "nguyen-thi-mai");
	check(id, "\u0152UVRARD-L\u00e9a", "oeuvrard-lea");
	check(id, "\u0141ukasz d\u2019Or\u00e9", "lukasz-d-ore");
	check(id, " ?! ", NULL);
	check(line, " \t a  b\r\nc\u00a0", "a b c");
	check(line, "10\u00a0km", "10\u00a0km");
	check(line, "\u00a0", "");
	check(lines, " a \n\n b ", "a\nb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates),
		cmocka_unit_test(numbers),
		cmocka_unit_test(booleans),
		cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
