/*
 * The order of fallback families, from fallback.def.
 */
#include <string.h>

#include <hb.h>

#include "fonts/fonts_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))

static const struct {
	char tag[5];
	const char *sans, *serif;
} scripts[] = {
#define SCRIPT(tag, sans, serif) { tag, sans, serif },
#define COMMON(sans, serif)
#define COMPANION(afm, family)
#include "fonts/fallback.def"
#undef SCRIPT
#undef COMMON
};

static const struct {
	const char *sans, *serif;
} commons[] = {
#define SCRIPT(tag, sans, serif)
#define COMMON(sans, serif) { sans, serif },
#include "fonts/fallback.def"
#undef COMMON
#undef COMPANION
};

static const struct {
	enum afm_family afm;
	const char *family;
} companions[] = {
#define COMMON(sans, serif)
#define COMPANION(afm, family) { AFM_##afm, family },
#include "fonts/fallback.def"
#undef SCRIPT
#undef COMMON
#undef COMPANION
};

static const char *
companion(enum afm_family afm)
{
	for (size_t i = 0; i < COUNT(companions); i++)
		if (companions[i].afm == afm)
			return companions[i].family;
	return NULL;
}

/* Han characters are drawn differently in each language that uses them. */
static uint32_t
han_script(const char *lang)
{
	if (!lang || strncmp(lang, "zh", 2) == 0)
		return lang && (strstr(lang, "Hant") || strstr(lang, "TW") ||
		    strstr(lang, "HK")) ? HB_SCRIPT_BOPOMOFO : HB_SCRIPT_HAN;
	if (strncmp(lang, "ja", 2) == 0)
		return HB_SCRIPT_KATAKANA;
	if (strncmp(lang, "ko", 2) == 0)
		return HB_SCRIPT_HANGUL;
	return HB_SCRIPT_HAN;
}

static const char *
script_family(uint32_t script, bool serif)
{
	for (size_t i = 0; i < COUNT(scripts); i++)
		if (script == HB_TAG(scripts[i].tag[0], scripts[i].tag[1],
		    scripts[i].tag[2], scripts[i].tag[3]))
			return serif ? scripts[i].serif : scripts[i].sans;
	return NULL;
}

const char *
font_fallback_family(uint32_t script, const char *lang, bool serif,
    enum afm_family afm, size_t i)
{
	const char *name;

	if ((name = companion(afm)) != NULL && i-- == 0)
		return name;
	if (script == HB_SCRIPT_HAN)
		script = han_script(lang);
	if ((name = script_family(script, serif)) != NULL && i-- == 0)
		return name;
	if (i < COUNT(commons))
		return serif ? commons[i].serif : commons[i].sans;
	/* Ideographic punctuation belongs to no script. */
	i -= COUNT(commons);
	if (script == 0 && i == 0)
		return script_family(han_script(lang), serif);
	return NULL;
}
