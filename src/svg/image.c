/*
 * Pictures in a figure: PNG and JPEG, and other figures.
 */
#include <math.h>
#include <string.h>

#include "svg/svg_int.h"

/* Where things stand that a matrix may turn: in page coordinates if it only
 * scales, else in a group of their own. */
static struct mat
local_space(struct painter *p, struct mat m, bool *pushed)
{
	double s = svg_mat_scale(m);

	*pushed = !(m.b == 0 && m.c == 0 && m.a > 0 && m.d > 0);
	if (!*pushed)
		return m;
	area_push(p->ctx->page, p->ctx->elem, (const double[6]){ m.a / s,
	    m.b / s, m.c / s, m.d / s, m.e, m.f }, NULL, 255);
	return (struct mat){ s, 0, 0, s, 0, 0 };
}

/* The box in mpt of a rectangle that an upright matrix maps. */
static void
map_box(struct mat m, const double in[4], mpt out[4])
{
	double x = in[0], y = in[1];

	svg_mat_apply(m, &x, &y);
	out[0] = svg_to_mpt(x);
	out[1] = svg_to_mpt(y);
	out[2] = svg_to_mpt(in[2] * m.a);
	out[3] = svg_to_mpt(in[3] * m.d);
}

static void
paint_raster(struct painter *p, const struct image *image,
    const struct svg_fit *fit, struct mat m, const double box[4])
{
	double size[4] = { 0, 0, image->width, image->height };
	struct mat to = svg_fit_matrix(fit, size, box[0], box[1], box[2],
	    box[3]);
	double in[4] = { to.e, to.f, size[2] * to.a, size[3] * to.d };
	struct area_image *a = arena_alloc(p->arena, sizeof *a);
	mpt out[4];

	map_box(m, in, out);
	*a = (struct area_image){ image, out[0], out[1], out[2], out[3] };
	area_add(p->ctx->page, AREA_IMAGE, p->ctx->elem, a);
}

/* The image's preserveAspectRatio speaks for that of the figure in it. */
static void
paint_figure(struct painter *p, const xmlNode *node, const char *path,
    const struct svg_fit *fit, struct mat m, const double box[4])
{
	struct svg_context ctx = *p->ctx;
	struct svg *s;
	mpt out[4];

	if (p->svg->files >= SVG_MAX_FILES) {
		diag_report(ctx.job->diag, DIAG_SVG_DEPTH, svg_where(p, node),
		    NULL);
		return;
	}
	s = svg_open_inner(ctx.job, path, svg_where(p, node),
	    p->svg->files + 1);
	if (!s)
		return;
	s->fit = *fit;
	map_box(m, box, out);
	svg_paint(s, &ctx, out[0], out[1], out[2], out[3]);
	svg_free(s);
}

void
svg_paint_image(struct painter *p, xmlNode *node, const struct frame *f)
{
	const char *href = svg_node_href(node), *attr, *path = NULL;
	struct where where = svg_where(p, node);
	struct svg_fit fit = { false, false, 0.5, 0.5 };
	double box[4] = { svg_attr_px(p, node, f, "x", AXIS_X, 0),
		svg_attr_px(p, node, f, "y", AXIS_Y, 0),
		svg_attr_px(p, node, f, "width", AXIS_X, -1),
		svg_attr_px(p, node, f, "height", AXIS_Y, -1) };
	const struct image *image = NULL;
	struct path clip = { .arena = p->scratch };
	bool figure, pushed;
	struct mat m;
	int groups;

	if (!href || f->style->hidden || svg_mat_scale(f->m) <= 0)
		return;
	figure = images_is_svg(p->ctx->job, href, where.file, &path);
	if (!figure)
		image = images_load(p->ctx->images, p->ctx->job, href,
		    where.file, where);
	if (!figure && (!image || image->kind == IMAGE_BOX))
		return;
	/* SVG 2, 12.3: a missing side is the picture's, in its ratio. */
	if (image && box[2] < 0)
		box[2] = box[3] < 0 ? image->width :
		    box[3] * image->width / image->height;
	if (image && box[3] < 0)
		box[3] = box[2] * image->height / image->width;
	if (!(box[2] > 0 && box[3] > 0))
		return;
	if ((attr = svg_node_attr(node, "preserveAspectRatio")) != NULL &&
	    !svg_value_fit(attr, &fit))
		svg_report_value(p, node, "preserveAspectRatio", attr);

	groups = svg_group_begin(p, node, f, false);
	if (groups < 0)
		return;
	m = local_space(p, f->m, &pushed);
	if (fit.slice && image) {
		svg_path_rect(&clip, box[0], box[1], box[2], box[3], 0, 0);
		svg_push_clip(p, &clip, m, false);
	}
	if (figure)
		paint_figure(p, node, path, &fit, m, box);
	else
		paint_raster(p, image, &fit, m, box);
	svg_group_end(p, groups + (fit.slice && image) + pushed);
}
