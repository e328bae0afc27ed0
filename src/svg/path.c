/*
 * Paths in user space: built by calls, by shapes or from path data.  Every
 * curve is made cubic and every arc a few curves, which is all that a page
 * knows.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

#define PI 3.14159265358979323846
#define KAPPA 0.55228474983079339840	/* a quarter circle as a curve */

/* -------------------------------------------------------------- building */

static void
path_put(struct path *p, char cmd, const double *xy, size_t n)
{
	p->cmds = arena_grow(p->arena, p->cmds, &p->cap_cmds, p->n_cmds + 1, 1);
	p->xy = arena_grow(p->arena, p->xy, &p->cap_xy, p->n_xy + n + 1,
	    sizeof *p->xy);
	p->cmds[p->n_cmds++] = cmd;
	if (n > 0) {
		memcpy(p->xy + p->n_xy, xy, n * sizeof *xy);
		p->n_xy += n;
		p->x = xy[n - 2];
		p->y = xy[n - 1];
	}
}

void
svg_path_move(struct path *p, double x, double y)
{
	/* Of several moves only the last draws anything. */
	if (p->n_cmds > 0 && p->cmds[p->n_cmds - 1] == PATH_MOVE) {
		p->n_cmds--;
		p->n_xy -= 2;
	}
	path_put(p, PATH_MOVE, (double[]){ x, y }, 2);
	p->start_x = x;
	p->start_y = y;
	p->open = true;
}

/* After a close the next segment begins where the subpath began. */
static void
path_reopen(struct path *p)
{
	if (!p->open)
		svg_path_move(p, p->x, p->y);
}

void
svg_path_line(struct path *p, double x, double y)
{
	path_reopen(p);
	path_put(p, PATH_LINE, (double[]){ x, y }, 2);
}

void
svg_path_curve(struct path *p, double x1, double y1, double x2, double y2,
    double x, double y)
{
	path_reopen(p);
	path_put(p, PATH_CURVE, (double[]){ x1, y1, x2, y2, x, y }, 6);
}

void
svg_path_close(struct path *p)
{
	if (!p->open)
		return;
	path_put(p, PATH_CLOSE, NULL, 0);
	p->x = p->start_x;
	p->y = p->start_y;
	p->open = false;
}

/* --------------------------------------------------------------- shapes */

/* One piece of a unit circle, at most a quarter, through the ellipse. */
static void
arc_piece(struct path *p, struct mat m, double from, double to)
{
	double k = 4.0 / 3 * tan((to - from) / 4);
	double x1 = cos(from) - k * sin(from), y1 = sin(from) + k * cos(from);
	double x2 = cos(to) + k * sin(to), y2 = sin(to) - k * cos(to);
	double x = cos(to), y = sin(to);

	svg_mat_apply(m, &x1, &y1);
	svg_mat_apply(m, &x2, &y2);
	svg_mat_apply(m, &x, &y);
	svg_path_curve(p, x1, y1, x2, y2, x, y);
}

/* SVG 1.1, F.6: an elliptic arc as curves. */
static void
svg_path_arc(struct path *p, double rx, double ry, double rotation, bool large,
    bool sweep, double x, double y)
{
	double phi = rotation * PI / 180, c = cos(phi), s = sin(phi);
	double x0 = p->x, y0 = p->y;
	double dx = (x0 - x) / 2, dy = (y0 - y) / 2;
	double u = c * dx + s * dy, v = -s * dx + c * dy;
	double lambda, k, cu, cv, from, delta;
	struct mat m;
	int n;

	rx = fabs(rx);
	ry = fabs(ry);
	if (x == x0 && y == y0)
		return;
	if (rx < 1e-9 || ry < 1e-9) {
		svg_path_line(p, x, y);
		return;
	}
	/* F.6.6: radii that do not reach are scaled up. */
	lambda = u * u / (rx * rx) + v * v / (ry * ry);
	if (lambda > 1) {
		rx *= sqrt(lambda);
		ry *= sqrt(lambda);
	}
	/* F.6.5: the centre, in the ellipse's own axes. */
	k = (rx * rx * ry * ry - rx * rx * v * v - ry * ry * u * u) /
	    (rx * rx * v * v + ry * ry * u * u);
	k = k > 0 ? sqrt(k) : 0;
	if (large == sweep)
		k = -k;
	cu = k * rx * v / ry;
	cv = -k * ry * u / rx;
	from = atan2((v - cv) / ry, (u - cu) / rx);
	delta = atan2((-v - cv) / ry, (-u - cu) / rx) - from;
	if (sweep && delta < 0)
		delta += 2 * PI;
	if (!sweep && delta > 0)
		delta -= 2 * PI;

	m = (struct mat){ rx * c, rx * s, -ry * s, ry * c,
		c * cu - s * cv + (x0 + x) / 2,
		s * cu + c * cv + (y0 + y) / 2 };
	n = (int)ceil(fabs(delta) / (PI / 2) - 1e-9);
	for (int i = 0; i < n; i++)
		arc_piece(p, m, from + delta * i / n,
		    from + delta * (i + 1) / n);
	/* The end is stated exactly: a close must meet it. */
	if (n > 0) {
		p->xy[p->n_xy - 2] = p->x = x;
		p->xy[p->n_xy - 1] = p->y = y;
	}
}

void
svg_path_ellipse(struct path *p, double cx, double cy, double rx, double ry)
{
	double kx = rx * KAPPA, ky = ry * KAPPA;

	svg_path_move(p, cx + rx, cy);
	svg_path_curve(p, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
	svg_path_curve(p, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
	svg_path_curve(p, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
	svg_path_curve(p, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
	svg_path_close(p);
}

void
svg_path_rect(struct path *p, double x, double y, double w, double h, double rx,
    double ry)
{
	double kx, ky;

	if (rx > w / 2)
		rx = w / 2;
	if (ry > h / 2)
		ry = h / 2;
	if (rx <= 0 || ry <= 0) {
		svg_path_move(p, x, y);
		svg_path_line(p, x + w, y);
		svg_path_line(p, x + w, y + h);
		svg_path_line(p, x, y + h);
		svg_path_close(p);
		return;
	}
	kx = rx * (1 - KAPPA);
	ky = ry * (1 - KAPPA);
	svg_path_move(p, x + rx, y);
	svg_path_line(p, x + w - rx, y);
	svg_path_curve(p, x + w - kx, y, x + w, y + ky, x + w, y + ry);
	svg_path_line(p, x + w, y + h - ry);
	svg_path_curve(p, x + w, y + h - ky, x + w - kx, y + h, x + w - rx,
	    y + h);
	svg_path_line(p, x + rx, y + h);
	svg_path_curve(p, x + kx, y + h, x, y + h - ky, x, y + h - ry);
	svg_path_line(p, x, y + ry);
	svg_path_curve(p, x, y + ky, x + kx, y, x + rx, y);
	svg_path_close(p);
}

/* ------------------------------------------------------------- path data */

/* How many numbers a command takes; -1: no command. */
static int
command_args(int c)
{
	switch (c | 0x20) {
	case 'm': case 'l': case 't':
		return 2;
	case 'h': case 'v':
		return 1;
	case 'c':
		return 6;
	case 's': case 'q':
		return 4;
	case 'a':
		return 7;
	case 'z':
		return 0;
	default:
		return -1;
	}
}

/* The numbers of one command; an arc's flags are single figures and need
 * nothing between them. */
static bool
parse_args(const char **s, int cmd, double *v, int n)
{
	for (int i = 0; i < n; i++) {
		if (i > 0)
			svg_skip_comma(s);
		if ((cmd | 0x20) == 'a' && (i == 3 || i == 4)) {
			if (**s != '0' && **s != '1')
				return false;
			v[i] = *(*s)++ - '0';
		} else if (!svg_parse_number(s, &v[i])) {
			return false;
		}
	}
	return true;
}

/* The last control point, for the smooth commands. */
struct smooth {
	char kind;	/* 'c', 'q' or 0 */
	double x, y;
};

static void
quadratic(struct path *p, double qx, double qy, double x, double y)
{
	svg_path_curve(p, p->x + (qx - p->x) * 2 / 3,
	    p->y + (qy - p->y) * 2 / 3,
	    x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y);
}

static void
run_command(struct path *p, int cmd, const double *v, struct smooth *sm)
{
	char kind = 0;
	double cx = p->x, cy = p->y;

	switch (cmd | 0x20) {
	case 'm':
		svg_path_move(p, v[0], v[1]);
		break;
	case 'l':
		svg_path_line(p, v[0], v[1]);
		break;
	case 'h':
		svg_path_line(p, v[0], p->y);
		break;
	case 'v':
		svg_path_line(p, p->x, v[0]);
		break;
	case 'c':
		svg_path_curve(p, v[0], v[1], v[2], v[3], v[4], v[5]);
		kind = 'c';
		cx = v[2];
		cy = v[3];
		break;
	case 's':
		if (sm->kind == 'c') {
			cx = 2 * p->x - sm->x;
			cy = 2 * p->y - sm->y;
		}
		svg_path_curve(p, cx, cy, v[0], v[1], v[2], v[3]);
		kind = 'c';
		cx = v[0];
		cy = v[1];
		break;
	case 'q':
		quadratic(p, v[0], v[1], v[2], v[3]);
		kind = 'q';
		cx = v[0];
		cy = v[1];
		break;
	case 't':
		if (sm->kind == 'q') {
			cx = 2 * p->x - sm->x;
			cy = 2 * p->y - sm->y;
		}
		quadratic(p, cx, cy, v[0], v[1]);
		kind = 'q';
		break;
	case 'a':
		svg_path_arc(p, v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5],
		    v[6]);
		break;
	default:
		svg_path_close(p);
		break;
	}
	*sm = (struct smooth){ kind, cx, cy };
}

/* Relative arguments count from the current point. */
static void
make_absolute(const struct path *p, int cmd, double *v, int n)
{
	int first = cmd == 'a' ? 5 : 0;

	if (cmd < 'a' || cmd == 'z')
		return;
	if (cmd == 'v')
		v[0] += p->y;
	else if (cmd == 'h')
		v[0] += p->x;
	else
		for (int i = first; i < n; i++)
			v[i] += (i - first) % 2 ? p->y : p->x;
}

bool
svg_path_parse(struct path *p, const char *d)
{
	struct smooth sm = { 0, 0, 0 };
	int cmd = 0;

	for (svg_skip_space(&d); *d;) {
		double v[7];
		int n = command_args((unsigned char)*d);

		if (((*d >= 'a' && *d <= 'z') || (*d >= 'A' && *d <= 'Z')) &&
		    n >= 0) {
			cmd = (unsigned char)*d++;
			svg_skip_space(&d);
		} else {
			/* More numbers repeat the command; a move then draws
			 * lines.  A close takes none. */
			if (cmd == 0 || (cmd | 0x20) == 'z')
				return false;
			if ((cmd | 0x20) == 'm')
				cmd = cmd == 'm' ? 'l' : 'L';
		}
		/* The data begins with a move, or draws nothing. */
		if (p->n_cmds == 0 && (cmd | 0x20) != 'm')
			return false;
		n = command_args(cmd);
		if (!parse_args(&d, cmd, v, n))
			return false;
		make_absolute(p, cmd, v, n);
		run_command(p, cmd, v, &sm);
		if (n > 0)
			svg_skip_comma(&d);
		else
			svg_skip_space(&d);
	}
	return true;
}

bool
svg_path_points(struct path *p, const char *s, bool close)
{
	double x, y;
	bool ok = true;

	svg_skip_space(&s);
	while (*s) {
		ok = svg_parse_number(&s, &x);
		if (ok) {
			svg_skip_comma(&s);
			ok = svg_parse_number(&s, &y);
		}
		if (!ok)
			break;
		if (p->n_cmds == 0)
			svg_path_move(p, x, y);
		else
			svg_path_line(p, x, y);
		svg_skip_comma(&s);
	}
	if (close)
		svg_path_close(p);
	return ok;
}

/* ------------------------------------------------------------- measuring */

struct bounds {
	double x0, y0, x1, y1;
};

static void
bounds_add(struct bounds *b, double x, double y)
{
	b->x0 = fmin(b->x0, x);
	b->y0 = fmin(b->y0, y);
	b->x1 = fmax(b->x1, x);
	b->y1 = fmax(b->y1, y);
}

static double
bezier(double a, double b, double c, double d, double t)
{
	double s = 1 - t;

	return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c +
	    t * t * t * d;
}

/* Where one coordinate of a curve turns: roots of the derivative. */
static int
turning_points(double a, double b, double c, double d, double t[2])
{
	double qa = -a + 3 * b - 3 * c + d, qb = 2 * (a - 2 * b + c);
	double qc = b - a, disc = qb * qb - 4 * qa * qc;

	if (fabs(qa) < 1e-12) {
		if (fabs(qb) < 1e-12)
			return 0;
		t[0] = -qc / qb;
		return 1;
	}
	if (disc < 0)
		return 0;
	t[0] = (-qb + sqrt(disc)) / (2 * qa);
	t[1] = (-qb - sqrt(disc)) / (2 * qa);
	return 2;
}

static void
bounds_curve(struct bounds *b, double x, double y, const double *c)
{
	double t[4];
	int n = turning_points(x, c[0], c[2], c[4], t);

	n += turning_points(y, c[1], c[3], c[5], t + n);
	for (int i = 0; i < n; i++)
		if (t[i] > 0 && t[i] < 1)
			bounds_add(b, bezier(x, c[0], c[2], c[4], t[i]),
			    bezier(y, c[1], c[3], c[5], t[i]));
	bounds_add(b, c[4], c[5]);
}

static size_t
command_points(char cmd)
{
	return cmd == PATH_CURVE ? 6 : cmd == PATH_CLOSE ? 0 : 2;
}

bool
svg_path_bounds(const struct path *p, double box[4])
{
	struct bounds b = { INFINITY, INFINITY, -INFINITY, -INFINITY };
	const double *xy = p->xy;

	for (size_t i = 0; i < p->n_cmds; i++) {
		if (p->cmds[i] == PATH_CURVE)
			bounds_curve(&b, xy[-2], xy[-1], xy);
		else if (p->cmds[i] != PATH_CLOSE)
			bounds_add(&b, xy[0], xy[1]);
		xy += command_points(p->cmds[i]);
	}
	if (!(b.x1 >= b.x0))
		return false;
	box[0] = b.x0;
	box[1] = b.y0;
	box[2] = b.x1 - b.x0;
	box[3] = b.y1 - b.y0;
	return true;
}

double
svg_path_area(const struct path *p)
{
	double area = 0, x = 0, y = 0, sx = 0, sy = 0;
	const double *xy = p->xy;

	for (size_t i = 0; i < p->n_cmds; i++) {
		size_t n = command_points(p->cmds[i]);
		double nx = n ? xy[n - 2] : sx, ny = n ? xy[n - 1] : sy;

		if (p->cmds[i] == PATH_MOVE) {
			/* an open subpath is closed for filling */
			area += x * sy - sx * y;
			sx = nx;
			sy = ny;
		} else {
			area += x * ny - nx * y;
		}
		x = nx;
		y = ny;
		xy += n;
	}
	return area + x * sy - sx * y;
}

/* ------------------------------------------------------------- combining */

static void
append_cmd(struct path *p, char cmd, const double *xy, struct mat m)
{
	double v[6];
	size_t n = command_points(cmd);

	memcpy(v, xy, n * sizeof *v);
	for (size_t i = 0; i < n; i += 2)
		svg_mat_apply(m, &v[i], &v[i + 1]);
	if (cmd == PATH_MOVE)
		svg_path_move(p, v[0], v[1]);
	else if (cmd == PATH_LINE)
		svg_path_line(p, v[0], v[1]);
	else if (cmd == PATH_CURVE)
		svg_path_curve(p, v[0], v[1], v[2], v[3], v[4], v[5]);
	else
		svg_path_close(p);
}

/* One subpath backwards: cmds[0] is its move, the rest lines and curves; xy
 * its points.  It is closed, as filling does anyway. */
static void
append_reversed(struct path *p, const char *cmds, size_t n,
    const double *xy, size_t n_xy, struct mat m)
{
	size_t at = n_xy - 2;

	append_cmd(p, PATH_MOVE, xy + at, m);
	for (size_t i = n; i-- > 1;) {
		if (cmds[i] == PATH_CURVE) {
			double v[6] = { xy[at - 2], xy[at - 1], xy[at - 4],
				xy[at - 3], xy[at - 6], xy[at - 5] };

			append_cmd(p, PATH_CURVE, v, m);
			at -= 6;
		} else if (cmds[i] == PATH_LINE) {
			at -= 2;
			append_cmd(p, PATH_LINE, xy + at, m);
		}
	}
	svg_path_close(p);
}

void
svg_path_append(struct path *p, const struct path *q, struct mat m,
    bool reverse)
{
	const double *xy = q->xy;

	for (size_t i = 0; i < q->n_cmds;) {
		size_t n = 1, n_xy = command_points(q->cmds[i]);

		if (!reverse) {
			append_cmd(p, q->cmds[i], xy, m);
			xy += n_xy;
			i++;
			continue;
		}
		while (i + n < q->n_cmds && q->cmds[i + n] != PATH_MOVE)
			n_xy += command_points(q->cmds[i + n++]);
		append_reversed(p, q->cmds + i, n, xy, n_xy, m);
		xy += n_xy;
		i += n;
	}
}
