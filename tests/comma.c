/*
 * Linked into the programs that the tests run under a comma locale: makes them
 * obey it from the start, as a host program of the library might.  parcours
 * itself calls no setlocale.
 */
#include <locale.h>

static void __attribute__((constructor))
obey_locale(void)
{
	setlocale(LC_ALL, "");
}
