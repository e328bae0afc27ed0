/*
 * The words of the program: codes.def names the codes, en.def and fr.def hold
 * a row of words for each.
 */
#include "base/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/base_int.h"

static const struct {
	const char *id;
	enum diag_severity severity;
} codes[DIAG_COUNT] = {
#define DIAG(name, id, severity) [DIAG_##name] = { id, DIAG_##severity },
#include "messages/codes.def"
#undef DIAG
};

#define TEXT(name, text) [DIAG_##name] = text,
static const char *const texts[][DIAG_COUNT] = {
	[LANG_FR] = {
#include "messages/fr.def"
	},
	[LANG_EN] = {
#include "messages/en.def"
	},
};
#undef TEXT

/* The system's errors that a user can do something about. */
static const struct {
	int err;
	enum diag_code code;
} reasons[] = {
	{ ENOENT, DIAG_REASON_MISSING },
	{ EACCES, DIAG_REASON_PERMISSION },
	{ EPERM, DIAG_REASON_PERMISSION },
	{ EISDIR, DIAG_REASON_FOLDER },
	{ ENOTDIR, DIAG_REASON_NOT_FOLDER },
	{ ENOSPC, DIAG_REASON_DISK_FULL },
	{ EDQUOT, DIAG_REASON_DISK_FULL },
	{ EFBIG, DIAG_REASON_FILE_LIMIT },
	{ EROFS, DIAG_REASON_READ_ONLY },
	{ ENAMETOOLONG, DIAG_REASON_NAME_LENGTH },
	{ ELOOP, DIAG_REASON_LINKS },
	{ EMFILE, DIAG_REASON_OPEN_FILES },
	{ ENFILE, DIAG_REASON_OPEN_FILES },
	{ EPIPE, DIAG_REASON_PIPE },
	{ EINVAL, DIAG_REASON_NOT_REGULAR },
	{ EIO, DIAG_REASON_DEVICE },
};

const char *
message_id(enum diag_code code)
{
	return codes[code].id;
}

enum diag_severity
message_severity(enum diag_code code)
{
	return codes[code].severity;
}

const char *
message_text(enum lang lang, enum diag_code code)
{
	/* A row missing in a language is caught by the tests; the id says
	 * more to a user than nothing. */
	return texts[lang][code] != NULL ? texts[lang][code] : codes[code].id;
}

const char *
message_reason(enum lang lang, int err)
{
	size_t i;

	for (i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].err == err)
			return message_text(lang, reasons[i].code);
	return message_text(lang, DIAG_REASON_OTHER);
}

void
message_format(struct buf *out, enum lang lang, enum diag_code code,
    const char *const *args)
{
	const char *p, *brace;
	int n, i;

	for (n = 0; args != NULL && args[n] != NULL; n++)
		continue;
	p = message_text(lang, code);
	while ((brace = strchr(p, '{')) != NULL) {
		i = brace[1] - '1';
		if (i < 0 || i > 8 || brace[2] != '}') {
			buf_put(out, p, (size_t)(brace + 1 - p));
			p = brace + 1;
			continue;
		}
		buf_put(out, p, (size_t)(brace - p));
		if (i < n)
			buf_puts(out, args[i]);
		p = brace + 3;
	}
	buf_puts(out, p);
}

static bool
is_language(const char *s, const char *code)
{
	return str_starts(s, code) && strchr("_.@-", s[2]) != NULL;
}

/* The language that was asked for holds for the whole process: running out of
 * memory is said in it, too, where no sink is at hand. */
static const char *asked;

enum lang
message_lang(const char *option)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value;
	size_t i;

	if (option != NULL)
		asked = option;
	value = asked;
	for (i = 0; value == NULL && i < 3; i++) {
		value = getenv(names[i]);
		if (value != NULL && *value == '\0')
			value = NULL;
	}
	return value != NULL && is_language(value, "fr") ? LANG_FR : LANG_EN;
}
