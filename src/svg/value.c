/*
 * Values of SVG attributes: numbers, lengths, colours, transforms, boxes.
 * Nothing here reports; a caller knows the place.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "svg/svg_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))
#define PI 3.14159265358979323846

/* ------------------------------------------------------------- matrices */

struct mat
svg_mat_identity(void)
{
	return (struct mat){ 1, 0, 0, 1, 0, 0 };
}

struct mat
svg_mat_mul(struct mat m, struct mat n)
{
	return (struct mat){
		m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b,
		m.a * n.c + m.c * n.d, m.b * n.c + m.d * n.d,
		m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f
	};
}

void
svg_mat_apply(struct mat m, double *x, double *y)
{
	double u = m.a * *x + m.c * *y + m.e;

	*y = m.b * *x + m.d * *y + m.f;
	*x = u;
}

bool
svg_mat_invert(struct mat m, struct mat *out)
{
	double det = m.a * m.d - m.b * m.c;

	if (!isfinite(det) || fabs(det) < 1e-12)
		return false;
	*out = (struct mat){
		m.d / det, -m.b / det, -m.c / det, m.a / det,
		(m.c * m.f - m.d * m.e) / det, (m.b * m.e - m.a * m.f) / det
	};
	return true;
}

double
svg_mat_scale(struct mat m)
{
	return sqrt(fabs(m.a * m.d - m.b * m.c));
}

bool
svg_mat_is_upright(struct mat m)
{
	double s = fabs(m.a) * 1e-6;

	return m.a > 0 && fabs(m.a - m.d) <= s && fabs(m.b) <= s &&
	    fabs(m.c) <= s;
}

bool
svg_mat_is_similar(struct mat m)
{
	double s = (fabs(m.a) + fabs(m.b)) * 1e-6;

	return (fabs(m.a - m.d) <= s && fabs(m.b + m.c) <= s) ||
	    (fabs(m.a + m.d) <= s && fabs(m.b - m.c) <= s);
}

mpt
svg_to_mpt(double v)
{
	if (!(v > -1e9))	/* also what is no number */
		return -1000000000;
	if (v > 1e9)
		return 1000000000;
	return (mpt)lround(v);
}

/* -------------------------------------------------------------- scanning */

void
svg_skip_space(const char **s)
{
	while (is_space((unsigned char)**s) || **s == '\f')
		++*s;
}

void
svg_skip_comma(const char **s)
{
	svg_skip_space(s);
	if (**s == ',') {
		++*s;
		svg_skip_space(s);
	}
}

bool
svg_parse_number(const char **s, double *out)
{
	const char *end;

	if (!num_parse(*s, &end, out) || !isfinite(*out))
		return false;
	*s = end;
	return true;
}

bool
svg_parse_length(const char **s, struct svg_length *out)
{
	/* px in each; the last four are relative to something else */
	static const struct {
		char name[3];
		double factor;
		enum svg_unit unit;
	} units[] = {
		{ "px", 1, UNIT_USER }, { "pt", 1, UNIT_USER },
		{ "mm", 72 / 25.4, UNIT_USER }, { "cm", 72 / 2.54, UNIT_USER },
		{ "in", 72, UNIT_USER }, { "pc", 12, UNIT_USER },
		{ "em", 1, UNIT_EM }, { "ex", 1, UNIT_EX },
		{ "%", 1, UNIT_PERCENT }
	};

	if (!svg_parse_number(s, &out->v))
		return false;
	out->unit = UNIT_USER;
	for (size_t i = 0; i < COUNT(units); i++) {
		size_t n = strlen(units[i].name);

		if (strncmp(*s, units[i].name, n) == 0) {
			*s += n;
			out->v *= units[i].factor;
			out->unit = units[i].unit;
			break;
		}
	}
	return true;
}

static bool
at_end(const char *s)
{
	svg_skip_space(&s);
	return *s == '\0';
}

bool
svg_value_number(const char *s, double *out)
{
	svg_skip_space(&s);
	if (!svg_parse_number(&s, out))
		return false;
	if (*s == '%') {
		*out /= 100;
		s++;
	}
	return at_end(s);
}

bool
svg_value_length(const char *s, struct svg_length *out)
{
	svg_skip_space(&s);
	return svg_parse_length(&s, out) && at_end(s);
}

const struct svg_keyword *
svg_keyword_find(const struct svg_keyword *k, size_t n, const char *name,
    size_t len)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strncmp(name, k[mid].name, len);

		if (c == 0 && k[mid].name[len] == '\0')
			return &k[mid];
		if (c > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* --------------------------------------------------------------- colours */

static const struct color_name {
	const char *name;
	uint32_t rgba;
} color_names[] = {
#define COLOR(name, rgba) { name, rgba },
#include "base/colors.def"
#undef COLOR
};

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static struct color
color_rgba(uint32_t v)
{
	return (struct color){ (uint8_t)(v >> 24), (uint8_t)(v >> 16),
		(uint8_t)(v >> 8), (uint8_t)v };
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa */
static bool
color_hex(const char *s, size_t n, struct color *out)
{
	uint32_t v = 0;

	if (n != 3 && n != 4 && n != 6 && n != 8)
		return false;
	for (size_t i = 0; i < n; i++) {
		int d = hex_digit((unsigned char)s[i]);

		if (d < 0)
			return false;
		v = v << 4 | (uint32_t)d;
		if (n <= 4)
			v = v << 4 | (uint32_t)d;
	}
	if (n == 3 || n == 6)
		v = v << 8 | 0xff;
	*out = color_rgba(v);
	return true;
}

static uint8_t
color_byte(double v)
{
	return (uint8_t)(v <= 0 ? 0 : v >= 255 ? 255 : lround(v));
}

/* The figures of a colour function, after its name: three and perhaps an alpha,
 * with commas or without; those marked with a percentage are hundredths of
 * `whole`, the alpha of 1. */
static bool
color_figures(const char *s, double whole, double v[4])
{
	int n = 0;

	if (*s++ != '(')
		return false;
	v[3] = 1;
	for (svg_skip_space(&s); n < 4 && *s && *s != ')'; n++) {
		if (!svg_parse_number(&s, &v[n]))
			return false;
		if (str_starts(s, "deg"))
			s += 3;
		if (*s == '%') {
			v[n] = v[n] * (n < 3 ? whole : 1) / 100;
			s++;
		}
		svg_skip_comma(&s);
		if (*s == '/') {
			s++;
			svg_skip_space(&s);
		}
	}
	return n >= 3 && *s == ')' && at_end(s + 1);
}

/* rgb() and rgba(): figures or percentages. */
static bool
color_rgb(const char *s, struct color *out)
{
	double v[4];

	if (!color_figures(s + (str_starts(s, "rgba") ? 4 : 3), 255, v))
		return false;
	*out = (struct color){ color_byte(v[0]), color_byte(v[1]),
		color_byte(v[2]), color_byte(v[3] * 255) };
	return true;
}

static int
color_name_cmp(const void *key, const void *row)
{
	return strcmp(key, ((const struct color_name *)row)->name);
}

/* CSS Color 3, 4.2.4: one channel, from the hue turned to its third. */
static double
hsl_channel(double hue, double light, double chroma)
{
	hue = fmod(hue, 360);
	if (hue < 0)
		hue += 360;
	return light + chroma * (hue < 60 ? hue / 60 : hue < 180 ? 1 :
	    hue < 240 ? (240 - hue) / 60 : 0) - chroma / 2;
}

/* hsl() and hsla(): degrees, percentages. */
static bool
color_hsl(const char *s, struct color *out)
{
	double v[4], chroma;

	if (!color_figures(s + (str_starts(s, "hsla") ? 4 : 3), 1, v))
		return false;
	for (int i = 1; i < 3; i++)
		v[i] = v[i] < 0 ? 0 : v[i] > 1 ? 1 : v[i];
	chroma = (1 - fabs(2 * v[2] - 1)) * v[1];
	*out = (struct color){
		color_byte(hsl_channel(v[0] + 120, v[2], chroma) * 255),
		color_byte(hsl_channel(v[0], v[2], chroma) * 255),
		color_byte(hsl_channel(v[0] - 120, v[2], chroma) * 255),
		color_byte(v[3] * 255) };
	return true;
}

bool
svg_value_color(const char *s, struct color *out)
{
	char name[32];
	size_t n;
	const struct color_name *row;

	svg_skip_space(&s);
	n = strlen(s);
	while (n > 0 && is_space((unsigned char)s[n - 1]))
		n--;
	if (*s == '#')
		return color_hex(s + 1, n - 1, out);
	if (n == 0 || n >= sizeof name)
		return str_starts(s, "rgb") && color_rgb(s, out);
	for (size_t i = 0; i < n; i++)
		name[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ?
		    s[i] - 'A' + 'a' : s[i]);
	name[n] = '\0';
	if (str_starts(name, "rgb"))
		return color_rgb(name, out);
	if (str_starts(name, "hsl"))
		return color_hsl(name, out);
	if (strcmp(name, "transparent") == 0) {
		*out = (struct color){ 0, 0, 0, 0 };
		return true;
	}
	row = bsearch(name, color_names, COUNT(color_names),
	    sizeof *color_names, color_name_cmp);
	if (!row)
		return false;
	*out = color_rgba(row->rgba);
	return true;
}

/* ------------------------------------------------------------ transforms */

static struct mat
mat_rotate(double degrees)
{
	double t = degrees * PI / 180, s = sin(t), c = cos(t);

	return (struct mat){ c, s, -s, c, 0, 0 };
}

static struct mat
mat_translate(double x, double y)
{
	return (struct mat){ 1, 0, 0, 1, x, y };
}

/* Makes the matrix of one function; false if it takes other arguments. */
static bool
transform_function(const char *name, size_t len, const double *v, int n,
    struct mat *out)
{
	enum { MATRIX, ROTATE, SCALE, SKEWX, SKEWY, TRANSLATE };
	static const struct svg_keyword names[] = {
		{ "matrix", MATRIX }, { "rotate", ROTATE }, { "scale", SCALE },
		{ "skewX", SKEWX }, { "skewY", SKEWY },
		{ "translate", TRANSLATE }
	};
	const struct svg_keyword *k = svg_keyword_find(names, COUNT(names),
	    name,
	    len);

	if (!k)
		return false;
	switch (k->value) {
	case MATRIX:
		*out = (struct mat){ v[0], v[1], v[2], v[3], v[4], v[5] };
		return n == 6;
	case ROTATE:
		*out = mat_rotate(v[0]);
		if (n == 3)
			*out = svg_mat_mul(svg_mat_mul(mat_translate(v[1], v[2]),
			    *out), mat_translate(-v[1], -v[2]));
		return n == 1 || n == 3;
	case SCALE:
		*out = (struct mat){ v[0], 0, 0, n == 2 ? v[1] : v[0], 0, 0 };
		return n == 1 || n == 2;
	case SKEWX:
		*out = (struct mat){ 1, 0, tan(v[0] * PI / 180), 1, 0, 0 };
		return n == 1;
	case SKEWY:
		*out = (struct mat){ 1, tan(v[0] * PI / 180), 0, 1, 0, 0 };
		return n == 1;
	default:
		*out = mat_translate(v[0], n == 2 ? v[1] : 0);
		return n == 1 || n == 2;
	}
}

bool
svg_value_transform(const char *s, struct mat *out)
{
	*out = svg_mat_identity();
	for (svg_skip_space(&s); *s; svg_skip_comma(&s)) {
		const char *name = s;
		size_t len;
		double v[6] = { 0 };
		int n = 0;
		struct mat m;

		while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))
			s++;
		len = (size_t)(s - name);
		svg_skip_space(&s);
		if (*s++ != '(')
			return false;
		for (svg_skip_space(&s); n < 6 && *s && *s != ')'; n++) {
			if (!svg_parse_number(&s, &v[n]))
				return false;
			/* "deg" and "px" come from style sheets */
			if (str_starts(s, "deg"))
				s += 3;
			else if (str_starts(s, "px"))
				s += 2;
			svg_skip_comma(&s);
		}
		if (*s++ != ')' || !transform_function(name, len, v, n, &m))
			return false;
		*out = svg_mat_mul(*out, m);
	}
	return true;
}

bool
svg_transform(const char *list, double m[6])
{
	struct mat t;

	if (!svg_value_transform(list, &t))
		return false;
	m[0] = t.a;
	m[1] = t.b;
	m[2] = t.c;
	m[3] = t.d;
	m[4] = t.e;
	m[5] = t.f;
	return true;
}

/* ----------------------------------------------------------------- boxes */

bool
svg_value_view_box(const char *s, double out[4])
{
	svg_skip_space(&s);
	for (int i = 0; i < 4; i++) {
		if (!svg_parse_number(&s, &out[i]))
			return false;
		svg_skip_comma(&s);
	}
	return *s == '\0' && out[2] > 0 && out[3] > 0;
}

bool
svg_value_fit(const char *s, struct svg_fit *out)
{
	static const struct svg_keyword aligns[] = {
		{ "none", -1 }, { "xMaxYMax", 8 }, { "xMaxYMid", 5 },
		{ "xMaxYMin", 2 }, { "xMidYMax", 7 }, { "xMidYMid", 4 },
		{ "xMidYMin", 1 }, { "xMinYMax", 6 }, { "xMinYMid", 3 },
		{ "xMinYMin", 0 }
	};
	const struct svg_keyword *k;
	size_t n;

	svg_skip_space(&s);
	if (str_starts(s, "defer")) {
		s += 5;
		svg_skip_space(&s);
	}
	n = strcspn(s, " \t\r\n");
	k = svg_keyword_find(aligns, COUNT(aligns), s, n);
	if (!k)
		return false;
	*out = (struct svg_fit){ k->value < 0, false, k->value % 3 / 2.0,
		k->value / 3 / 2.0 };
	s += n;
	svg_skip_space(&s);
	if (str_starts(s, "slice"))
		out->slice = true;
	else if (*s && !str_starts(s, "meet"))
		return false;
	return true;
}

struct mat
svg_fit_matrix(const struct svg_fit *fit, const double box[4], double x,
    double y, double w, double h)
{
	double sx = w / box[2], sy = h / box[3];

	if (!fit->none) {
		double s = (sx > sy) == fit->slice ? sx : sy;

		x += (w - box[2] * s) * fit->x;
		y += (h - box[3] * s) * fit->y;
		sx = sy = s;
	}
	return (struct mat){ sx, 0, 0, sy, x - box[0] * sx, y - box[1] * sy };
}

const char *
svg_value_fragment(struct arena *a, const char *s, const char **rest)
{
	const char *end;
	bool url;

	svg_skip_space(&s);
	url = str_starts(s, "url(");
	if (url) {
		s += 4;
		svg_skip_space(&s);
		if (*s == '\'' || *s == '"')
			s++;
	}
	if (*s != '#')
		return NULL;
	end = ++s;
	while (*end && *end != '\'' && *end != '"' && *end != ')' &&
	    !is_space((unsigned char)*end))
		end++;
	if (rest) {
		*rest = end;
		while (**rest && **rest != ')')
			++*rest;
		if (**rest)
			++*rest;
	}
	return arena_strndup(a, s, (size_t)(end - s));
}
