/*
 * Colours that are a name or hexadecimal digits; those that are functions of
 * numbers are in expr.c.
 */
#include "fo/fo_int.h"

#include <string.h>
#include <strings.h>

struct named_color {
	const char *name;
	uint32_t rgba;
};

static const struct named_color colors[] = {
#define COLOR(name, rgba) { name, rgba },
#include "base/colors.def"
#undef COLOR
};

/* The names of CSS 2, 18.2, as they look on a plain desktop. */
static const struct named_color system_colors[] = {
	{ "ActiveBorder", 0xd4d0c8ff }, { "ActiveCaption", 0x0a246aff },
	{ "AppWorkspace", 0x808080ff }, { "Background", 0xffffffff },
	{ "ButtonFace", 0xd4d0c8ff }, { "ButtonHighlight", 0xffffffff },
	{ "ButtonShadow", 0x808080ff }, { "ButtonText", 0x000000ff },
	{ "CaptionText", 0xffffffff }, { "GrayText", 0x808080ff },
	{ "Highlight", 0x0a246aff }, { "HighlightText", 0xffffffff },
	{ "InactiveBorder", 0xd4d0c8ff }, { "InactiveCaption", 0x808080ff },
	{ "InactiveCaptionText", 0xd4d0c8ff }, { "InfoBackground", 0xffffe1ff },
	{ "InfoText", 0x000000ff }, { "Menu", 0xd4d0c8ff },
	{ "MenuText", 0x000000ff }, { "Scrollbar", 0xd4d0c8ff },
	{ "ThreeDDarkShadow", 0x404040ff }, { "ThreeDFace", 0xd4d0c8ff },
	{ "ThreeDHighlight", 0xffffffff }, { "ThreeDLightShadow", 0xd4d0c8ff },
	{ "ThreeDShadow", 0x808080ff }, { "Window", 0xffffffff },
	{ "WindowFrame", 0x000000ff }, { "WindowText", 0x000000ff },
};

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* #rgb, #rgba, #rrggbb or #rrggbbaa, after the sign. */
static bool
parse_hex(const char *s, size_t n, uint32_t *rgba)
{
	uint32_t v = 0;
	size_t i;
	int d;

	if (n != 3 && n != 4 && n != 6 && n != 8)
		return false;
	for (i = 0; i < n; i++) {
		d = hex_digit((unsigned char)s[i]);
		if (d < 0)
			return false;
		v = v << 4 | (uint32_t)d;
		if (n <= 4)
			v = v << 4 | (uint32_t)d;
	}
	*rgba = n == 3 || n == 6 ? v << 8 | 0xff : v;
	return true;
}

bool
color_parse(const char *s, size_t n, uint32_t *rgba)
{
	size_t low = 0, high = sizeof colors / sizeof *colors, middle;
	int order;

	if (n > 0 && s[0] == '#')
		return parse_hex(s + 1, n - 1, rgba);
	while (low < high) {
		middle = (low + high) / 2;
		order = strncasecmp(s, colors[middle].name, n);
		if (order == 0 && colors[middle].name[n] != '\0')
			order = -1;
		if (order == 0) {
			*rgba = colors[middle].rgba;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

bool
system_color(const char *s, size_t n, uint32_t *rgba)
{
	size_t i;

	for (i = 0; i < sizeof system_colors / sizeof *system_colors; i++)
		if (strlen(system_colors[i].name) == n &&
		    strncasecmp(s, system_colors[i].name, n) == 0) {
			*rgba = system_colors[i].rgba;
			return true;
		}
	return false;
}
