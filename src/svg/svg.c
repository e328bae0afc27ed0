/*
 * A figure: its tree, its ids, its size; and the walk through its elements.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "svg/svg_int.h"

#define COUNT(a) (sizeof (a) / sizeof *(a))
#define SVG_NS "http://www.w3.org/2000/svg"
#define XLINK_NS "http://www.w3.org/1999/xlink"

/* ------------------------------------------------------------- the tree */

/* Figures without a namespace are taken as meant. */
bool
svg_is_element(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && (!node->ns ||
	    str_eq((const char *)node->ns->href, SVG_NS));
}

bool
svg_node_is(const xmlNode *node, const char *name)
{
	return svg_is_element(node) && strcmp((const char *)node->name, name) ==
	    0;
}

static const char *
attr_value(const xmlAttr *a)
{
	return a->children && a->children->content ?
	    (const char *)a->children->content : "";
}

const char *
svg_node_attr(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (!a->ns && strcmp((const char *)a->name, name) == 0)
			return attr_value(a);
	return NULL;
}

const char *
svg_node_href(const xmlNode *node)
{
	const char *href = svg_node_attr(node, "href");

	for (const xmlAttr *a = node->properties; a && !href; a = a->next)
		if (a->ns && strcmp((const char *)a->name, "href") == 0 &&
		    str_eq((const char *)a->ns->href, XLINK_NS))
			href = attr_value(a);
	return href;
}

xmlNode *
svg_node_by_id(const struct painter *p, const char *id)
{
	return id ? map_lookup(p->svg->ids, id) : NULL;
}

static xmlNode *
element_from(xmlNode *n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

xmlNode *
svg_first_element(const xmlNode *node)
{
	return element_from(node->children);
}

xmlNode *
svg_next_element(const xmlNode *node)
{
	return element_from(node->next);
}

struct where
svg_where(const struct painter *p, const xmlNode *node)
{
	struct where w = xml_where(node);

	return w.file ? w : p->svg->where;
}

void
svg_report_value(struct painter *p, const xmlNode *node, const char *name,
    const char *value)
{
	size_t n = strlen(value);
	struct buf b = { 0 };

	/* A reader needs the beginning, not a page of path data. */
	if (n <= 60)
		buf_puts(&b, value);
	else
		buf_printf(&b, "%.*s…", (int)utf8_valid(value, 60), value);
	diag_report(p->ctx->job->diag, DIAG_SVG_VALUE, svg_where(p, node),
	    name, buf_str(&b));
	buf_free(&b);
}

void
svg_report_unsupported(struct painter *p, const xmlNode *node, const char *what)
{
	diag_report(p->ctx->job->diag, DIAG_SVG_UNSUPPORTED,
	    svg_where(p, node), what);
}

/* ------------------------------------------------------------- lengths */

double
svg_length_px(const struct frame *f, struct svg_length l, enum axis axis)
{
	switch (l.unit) {
	case UNIT_PERCENT:
		/* SVG 1.1, 7.10 */
		return l.v / 100 * (axis == AXIS_X ? f->vw :
		    axis == AXIS_Y ? f->vh :
		    sqrt((f->vw * f->vw + f->vh * f->vh) / 2));
	case UNIT_EM:
		return l.v * f->style->font_size;
	case UNIT_EX:
		return l.v * f->style->font_size / 2;
	default:
		return l.v;
	}
}

double
svg_attr_px(struct painter *p, const xmlNode *node, const struct frame *f,
    const char *name, enum axis axis, double otherwise)
{
	const char *s = svg_node_attr(node, name);
	struct svg_length l;

	if (!s || strcmp(s, "auto") == 0)
		return otherwise;
	if (!svg_value_length(s, &l)) {
		svg_report_value(p, node, name, s);
		return otherwise;
	}
	return svg_length_px(f, l, axis);
}

/* ------------------------------------------------------------- elements */

/* The element's own viewport in the rectangle, and its children in it. */
static void
paint_viewport(struct painter *p, xmlNode *node, const struct frame *f,
    double x, double y, double w, double h)
{
	struct frame in = *f;
	struct svg_fit fit = { false, false, 0.5, 0.5 };
	const char *attr;
	double box[4] = { 0, 0, w, h };
	struct path clip = { .arena = p->scratch };
	int groups;

	if (!(w > 0 && h > 0))
		return;
	if ((attr = svg_node_attr(node, "viewBox")) != NULL &&
	    !svg_value_view_box(attr, box)) {
		svg_report_value(p, node, "viewBox", attr);
		box[0] = box[1] = 0;
		box[2] = w;
		box[3] = h;
	}
	if ((attr = svg_node_attr(node, "preserveAspectRatio")) != NULL &&
	    !svg_value_fit(attr, &fit))
		svg_report_value(p, node, "preserveAspectRatio", attr);
	groups = svg_group_begin(p, node, f, false);
	if (groups < 0)
		return;
	if (!f->style->overflow_visible) {
		svg_path_rect(&clip, x, y, w, h, 0, 0);
		svg_push_clip(p, &clip, f->m, false);
		groups++;
	}
	in.m = svg_mat_mul(f->m, svg_fit_matrix(&fit, box, x, y, w, h));
	in.vw = box[2];
	in.vh = box[3];
	for (xmlNode *c = svg_first_element(node); c; c = svg_next_element(c))
		svg_paint_node(p, c, &in);
	svg_group_end(p, groups);
}

static void
paint_inner_svg(struct painter *p, xmlNode *node, const struct frame *f)
{
	paint_viewport(p, node, f, svg_attr_px(p, node, f, "x", AXIS_X, 0),
	    svg_attr_px(p, node, f, "y", AXIS_Y, 0),
	    svg_attr_px(p, node, f, "width", AXIS_X, f->vw),
	    svg_attr_px(p, node, f, "height", AXIS_Y, f->vh));
}

static void
paint_group(struct painter *p, xmlNode *node, const struct frame *f)
{
	int groups = svg_group_begin(p, node, f, false);

	if (groups < 0)
		return;
	for (xmlNode *c = svg_first_element(node); c; c = svg_next_element(c))
		svg_paint_node(p, c, f);
	svg_group_end(p, groups);
}

/* Is one of the languages ours, or ours with a region? */
static bool
speaks(const char *list, const char *lang)
{
	while (*list) {
		size_t n;

		svg_skip_comma(&list);
		n = strcspn(list, ", \t\r\n");
		if (n > 0 && strncmp(list, lang, strcspn(lang, "-")) == 0 &&
		    (n == strcspn(lang, "-") || list[strcspn(lang, "-")] ==
		    '-'))
			return true;
		list += n;
	}
	return false;
}

/* SVG 1.1, 5.8: every feature of it is claimed, no extension is. */
static bool
passes(const struct painter *p, const xmlNode *node)
{
	const char *want = svg_node_attr(node, "systemLanguage");
	const char *lang = p->ctx->lang ? p->ctx->lang : "";

	return !svg_node_attr(node, "requiredExtensions") &&
	    (!want || (*lang && speaks(want, lang)));
}

/* The first child that passes. */
static void
paint_switch(struct painter *p, xmlNode *node, const struct frame *f)
{
	for (xmlNode *c = svg_first_element(node); c; c = svg_next_element(c)) {
		if (!svg_is_element(c) || svg_node_is(c, "foreignObject") ||
		    !passes(p, c))
			continue;
		svg_paint_node(p, c, f);
		return;
	}
}

/* Where a link leads: into the figure, into the document, or out of it. */
static const char *
link_dest(struct painter *p, const char *href)
{
	const char *id = svg_value_fragment(p->scratch, href, NULL);
	struct buf b = { 0 };
	const char *dest;

	if (!id || !*id)
		return NULL;
	if (!svg_node_by_id(p, id))
		return arena_strdup(p->arena, id);
	buf_printf(&b, SVG_ANCHOR "%s", id);
	dest = arena_strdup(p->arena, b.p);
	buf_free(&b);
	return dest;
}

static const char *
link_title(struct painter *p, const xmlNode *node)
{
	for (xmlNode *c = svg_first_element(node); c; c = svg_next_element(c))
		if (svg_node_is(c, "title") && c->children &&
		    c->children->content)
			return arena_strdup(p->arena,
			    (const char *)c->children->content);
	return NULL;
}

void
svg_add_link(struct painter *p, const xmlNode *node, size_t from)
{
	const char *href = svg_node_href(node);
	struct area_link *l;
	double box[4];

	if (p->measuring || !svg_items_box(p->ctx->page, from, box,
	    p->scratch))
		return;
	if (!href || !*href) {
		diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(p, node), href ? href : "a");
		return;
	}
	l = arena_alloc(p->arena, sizeof *l);
	l->x = svg_to_mpt(box[0]);
	l->y = svg_to_mpt(box[1]);
	l->w = svg_to_mpt(box[2]);
	l->h = svg_to_mpt(box[3]);
	l->dest = link_dest(p, href);
	if (!l->dest)
		l->uri = arena_strdup(p->arena, href);
	l->title = link_title(p, node);
	area_add(p->ctx->page, AREA_LINK, p->ctx->elem, l);
}

static void
paint_link(struct painter *p, xmlNode *node, const struct frame *f)
{
	size_t from = p->ctx->page->n;

	paint_group(p, node, f);
	svg_add_link(p, node, from);
}

static void
paint_use(struct painter *p, xmlNode *node, const struct frame *f)
{
	const char *href = svg_node_href(node);
	xmlNode *target = NULL;
	struct frame in = *f;
	struct svg_style st;
	double w, h;
	int groups;

	if (href)
		target = svg_node_by_id(p, svg_value_fragment(p->scratch, href,
		    NULL));
	if (!target) {
		diag_report(p->ctx->job->diag, DIAG_SVG_REFERENCE,
		    svg_where(p, node), href ? href : "use");
		return;
	}
	groups = svg_group_begin(p, node, f, false);
	if (groups < 0)
		return;
	in.m = svg_mat_mul(f->m, (struct mat){ 1, 0, 0, 1,
	    svg_attr_px(p, node, f, "x", AXIS_X, 0),
	    svg_attr_px(p, node, f, "y", AXIS_Y, 0) });
	if (svg_node_is(target, "symbol") || svg_node_is(target, "svg")) {
		svg_style_compute(p, target, f->style, &st);
		in.style = &st;
		w = svg_attr_px(p, target, f, "width", AXIS_X, f->vw);
		h = svg_attr_px(p, target, f, "height", AXIS_Y, f->vh);
		p->depth++;
		paint_viewport(p, target, &in, 0, 0,
		    svg_attr_px(p, node, f, "width", AXIS_X, w),
		    svg_attr_px(p, node, f, "height", AXIS_Y, h));
		p->depth--;
	} else {
		svg_paint_node(p, target, &in);
	}
	svg_group_end(p, groups);
}

/* Only these have vertices for markers. */
static bool
has_vertices(const xmlNode *node)
{
	return svg_node_is(node, "path") || svg_node_is(node, "line") ||
	    svg_node_is(node, "polyline") || svg_node_is(node, "polygon");
}

static void
paint_shape(struct painter *p, xmlNode *node, const struct frame *f)
{
	struct path path = { .arena = p->scratch };
	int groups;

	if (!svg_shape_path(p, node, f, &path))
		return;
	groups = svg_group_begin(p, node, f, true);
	if (groups < 0)
		return;
	svg_paint_path(p, node, f, &path);
	if (has_vertices(node))
		svg_paint_markers(p, node, f, &path);
	svg_group_end(p, groups);
}

static void
paint_text_element(struct painter *p, xmlNode *node, const struct frame *f)
{
	int groups = svg_group_begin(p, node, f, true);

	if (groups < 0)
		return;
	svg_paint_text(p, node, f);
	svg_group_end(p, groups);
}

/* ------------------------------------------------------------- dispatch */

/* NULL: shows nothing by itself.  Sorted by name. */
static const struct svg_element {
	const char *name;
	void (*paint)(struct painter *p, xmlNode *node, const struct frame *f);
} elements[] = {
	{ "a", paint_link },
	{ "circle", paint_shape },
	{ "clipPath", NULL },
	{ "defs", NULL },
	{ "desc", NULL },
	{ "ellipse", paint_shape },
	{ "filter", NULL },
	{ "g", paint_group },
	{ "image", svg_paint_image },
	{ "line", paint_shape },
	{ "linearGradient", NULL },
	{ "marker", NULL },
	{ "mask", NULL },
	{ "metadata", NULL },
	{ "path", paint_shape },
	{ "pattern", NULL },
	{ "polygon", paint_shape },
	{ "polyline", paint_shape },
	{ "radialGradient", NULL },
	{ "rect", paint_shape },
	{ "style", NULL },
	{ "svg", paint_inner_svg },
	{ "switch", paint_switch },
	{ "symbol", NULL },
	{ "text", paint_text_element },
	{ "title", NULL },
	{ "use", paint_use },
	{ "view", NULL },
};

/* The place that links of the figure lead to. */
static void
add_anchor(struct painter *p, const xmlNode *node, size_t from)
{
	struct area_anchor *a;
	double box[4];
	struct buf b = { 0 };

	if (!svg_items_box(p->ctx->page, from, box, p->scratch))
		return;
	buf_printf(&b, SVG_ANCHOR "%s", svg_node_attr(node, "id"));
	a = arena_alloc(p->arena, sizeof *a);
	*a = (struct area_anchor){ arena_strdup(p->arena, b.p),
		svg_to_mpt(box[0]), svg_to_mpt(box[1]) };
	area_add(p->ctx->page, AREA_ANCHOR, p->ctx->elem, a);
	buf_free(&b);
}

static int
element_cmp(const void *key, const void *row)
{
	return strcmp(key, ((const struct svg_element *)row)->name);
}

/* False once the figure has outgrown its limits, which is said once. */
static bool
within_limits(struct painter *p, const xmlNode *node)
{
	if (p->full)
		return false;
	if (p->depth >= SVG_MAX_DEPTH) {
		/* Most often a use that uses itself: again and again. */
		if (!p->deep)
			diag_report(p->ctx->job->diag, DIAG_SVG_DEPTH,
			    svg_where(p, node), NULL);
		p->deep = true;
		return false;
	}
	if (++p->painted > SVG_MAX_PAINTED || p->points > SVG_MAX_POINTS) {
		p->full = true;
		diag_report(p->ctx->job->diag, DIAG_SVG_LARGE, p->svg->where,
		    NULL);
		return false;
	}
	return true;
}

void
svg_paint_node(struct painter *p, xmlNode *node, const struct frame *f)
{
	struct svg_style st;
	struct frame own = *f;
	const struct svg_element *e;
	const char *transform, *id;
	size_t from = p->ctx->page->n;
	struct mat m;

	/* What other programs keep in a figure is theirs. */
	if (!svg_is_element(node) || !within_limits(p, node))
		return;
	e = bsearch(node->name, elements, COUNT(elements), sizeof *elements,
	    element_cmp);
	if (!e) {
		svg_report_unsupported(p, node, (const char *)node->name);
		return;
	}
	if (!e->paint || !passes(p, node))
		return;
	svg_style_compute(p, node, f->style, &st);
	if (st.display_none)
		return;
	own.style = &st;
	transform = svg_node_attr(node, "transform");
	if (transform) {
		if (svg_value_transform(transform, &m))
			own.m = svg_mat_mul(f->m, m);
		else
			svg_report_value(p, node, "transform", transform);
	}
	p->depth++;
	e->paint(p, node, &own);
	p->depth--;
	id = svg_node_attr(node, "id");
	if (id && !p->measuring && map_lookup(p->svg->targets, id))
		add_anchor(p, node, from);
}

void
svg_paint_element(struct painter *p, xmlNode *node, const struct frame *f)
{
	const struct svg_element *e = bsearch(node->name, elements,
	    COUNT(elements), sizeof *elements, element_cmp);

	if (e && e->paint && within_limits(p, node))
		e->paint(p, node, f);
}

/* --------------------------------------------------------------- figures */

/* Enters ids and style sheets; depth is bounded by the parser. */
static void
index_tree(struct svg *s, xmlNode *node)
{
	for (; node; node = svg_next_element(node)) {
		const char *id = svg_node_attr(node, "id");

		if (id && *id && !map_lookup(s->ids, id))
			map_put(s->ids, id, node);
		if (svg_node_is(node, "a") && svg_node_href(node) &&
		    svg_node_href(node)[0] == '#' &&
		    !map_lookup(s->targets, svg_node_href(node) + 1))
			map_put(s->targets, svg_node_href(node) + 1, node);
		if (svg_node_is(node, "style")) {
			xmlChar *sheet = xmlNodeGetContent(node);
			const char *unknown;

			if (!s->css)
				s->css = svg_css_new(s->arena);
			unknown = sheet ? svg_css_add(s->css,
			    (const char *)sheet) : NULL;
			if (unknown)
				diag_report(s->job->diag,
				    DIAG_SVG_UNSUPPORTED,
				    xml_where(node).file ? xml_where(node) :
				    s->where, unknown);
			xmlFree(sheet);
		}
		index_tree(s, svg_first_element(node));
		if (node == s->root)
			return;
	}
}

/* Text of title and desc, white space collapsed. */
static void
add_alt(struct buf *b, const xmlNode *root, const char *name)
{
	for (xmlNode *c = svg_first_element(root); c; c = svg_next_element(c)) {
		xmlChar *text;

		if (!svg_node_is(c, name))
			continue;
		text = xmlNodeGetContent(c);
		if (b->n > 0)
			buf_puts(b, ". ");
		for (const char *t = (const char *)text; t && *t; t++) {
			if (!is_space((unsigned char)*t))
				buf_putc(b, *t);
			else if (b->n > 0 && b->p[b->n - 1] != ' ')
				buf_putc(b, ' ');
		}
		while (b->n > 0 && b->p[b->n - 1] == ' ')
			b->p[--b->n] = '\0';
		xmlFree(text);
		return;
	}
}

static bool
read_length(struct svg *s, const char *name, struct svg_length *out)
{
	const char *v = svg_node_attr(s->root, name);

	if (!v || strcmp(v, "auto") == 0)
		return false;
	if (svg_value_length(v, out) && out->v >= 0) {
		/* The root's em is that of no text. */
		if (out->unit == UNIT_EM || out->unit == UNIT_EX)
			*out = (struct svg_length){ out->v * SVG_MEDIUM /
			    (out->unit == UNIT_EM ? 1 : 2), UNIT_USER };
		return true;
	}
	diag_report(s->job->diag, DIAG_SVG_VALUE, s->where, name, v);
	return false;
}

struct svg *
svg_new(struct job *job, xmlNode *root, struct where where)
{
	struct svg *s = xcalloc(1, sizeof *s);
	struct buf alt = { 0 };
	const char *v;

	s->job = job;
	s->arena = arena_new();
	s->root = root;
	s->where = xml_where(root).file ? xml_where(root) : where;
	s->ids = map_new();
	s->targets = map_new();
	index_tree(s, root);
	add_alt(&alt, root, "title");
	add_alt(&alt, root, "desc");
	if (alt.n > 0)
		s->alt = arena_strdup(s->arena, alt.p);
	buf_free(&alt);
	s->has_width = read_length(s, "width", &s->width);
	s->has_height = read_length(s, "height", &s->height);
	s->fit = (struct svg_fit){ false, false, 0.5, 0.5 };
	if ((v = svg_node_attr(root, "viewBox")) != NULL) {
		s->has_box = svg_value_view_box(v, s->box);
		if (!s->has_box)
			diag_report(job->diag, DIAG_SVG_VALUE, s->where,
			    "viewBox", v);
	}
	if ((v = svg_node_attr(root, "preserveAspectRatio")) != NULL &&
	    !svg_value_fit(v, &s->fit))
		diag_report(job->diag, DIAG_SVG_VALUE, s->where,
		    "preserveAspectRatio", v);
	return s;
}

/* A figure that cannot be read leaves a blank, as a missing image does: what is
 * wrong with it is told, and is no error of the document. */
static void
tell_as_warning(void *ctx, enum diag_severity severity, const char *id,
    struct where where, const char *text)
{
	struct job *job = ctx;

	diag_report_rule(job->diag,
	    severity < DIAG_WARNING ? severity : DIAG_WARNING, id, where, text);
}

/* The tree of a figure's file, or of one that stands in its own reference; NULL
 * after reporting. */
static xmlDoc *
open_tree(struct job *job, struct xml *x, const char *path,
    struct where where)
{
	struct diag *found = diag_new(diag_lang(job->diag), DIAG_KEPT);
	struct job own = { job->arena, found, job->watch };
	struct buf b = { 0 };
	xmlDoc *doc = NULL;

	if (images_drawing(job, path, where, &b))
		doc = xml_parse_bytes(&own, x, buf_str(&b), b.n,
		    str_starts(path, "data:") ? "data:image/svg+xml" : path,
		    &xml_limits_drawing);
	diag_take(found, tell_as_warning, job);
	diag_free(found);
	buf_free(&b);
	return doc;
}

struct svg *
svg_open_inner(struct job *job, const char *path, struct where where,
    int files)
{
	struct xml *x = xml_new();
	xmlDoc *doc = open_tree(job, x, path, where);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	struct svg *s;

	if (!root || !svg_node_is(root, "svg")) {
		if (root)
			diag_report(job->diag, DIAG_SVG_ROOT,
			    where_file(path), (const char *)root->name);
		xmlFreeDoc(doc);
		xml_free(x);
		return NULL;
	}
	s = svg_new(job, root, where);
	s->doc = doc;
	s->xml = x;
	s->files = files;
	return s;
}

struct svg *
svg_open(struct job *job, const char *path, struct where where)
{
	return svg_open_inner(job, path, where, 0);
}

void
svg_free(struct svg *s)
{
	if (!s)
		return;
	map_free(s->ids);
	map_free(s->targets);
	arena_free(s->arena);
	if (s->doc)
		xmlFreeDoc(s->doc);
	xml_free(s->xml);
	free(s);
}

const char *
svg_alt(const struct svg *s)
{
	return s->alt;
}

/* What a figure without a size of its own is: FOP's. */
#define DEFAULT_SIDE 100

static double
side_px(bool has, struct svg_length l)
{
	if (!has)
		return DEFAULT_SIDE;
	return l.unit == UNIT_PERCENT ? l.v / 100 * DEFAULT_SIDE : l.v;
}

void
svg_size(const struct svg *s, mpt *w, mpt *h)
{
	*w = svg_to_mpt(side_px(s->has_width, s->width) * MPT_PER_PX);
	*h = svg_to_mpt(side_px(s->has_height, s->height) * MPT_PER_PX);
}

void
svg_paint(const struct svg *s, const struct svg_context *ctx, mpt x, mpt y,
    mpt w, mpt h)
{
	struct painter p = { .svg = s, .ctx = ctx, .arena = ctx->page->arena,
		.scratch = arena_new() };
	struct svg_style initial, st;
	struct frame f = { .vw = s->box[2], .vh = s->box[3], .style = &st };
	struct path clip = { .arena = p.scratch };
	double box[4];
	struct svg_fit fit = s->fit;
	mpt own_w, own_h;
	int groups;

	memcpy(box, s->box, sizeof box);
	if (!s->has_box) {
		/* Without a view box the figure's own size is one, and
		 * another size stretches it. */
		svg_size(s, &own_w, &own_h);
		box[0] = box[1] = 0;
		box[2] = f.vw = own_w / MPT_PER_PX;
		box[3] = f.vh = own_h / MPT_PER_PX;
		fit.none = true;
	}
	if (w > 0 && h > 0 && box[2] > 0 && box[3] > 0) {
		f.m = svg_fit_matrix(&fit, box, x, y, w, h);
		svg_style_init(&initial, ctx);
		svg_style_compute(&p, s->root, &initial, &st);
		groups = st.display_none ? -1 :
		    svg_group_begin(&p, s->root, &f, false);
		/* What reaches over the edge is cut off unless the figure says
		 * that it is to be seen (14.3.3). */
		if (groups >= 0 && !st.overflow_visible) {
			svg_path_rect(&clip, x, y, w, h, 0, 0);
			svg_push_clip(&p, &clip, svg_mat_identity(), false);
			groups++;
		}
		for (xmlNode *c = svg_first_element(s->root); c && groups >= 0;
		    c = svg_next_element(c))
			svg_paint_node(&p, c, &f);
		svg_group_end(&p, groups);
	}
	arena_free(p.scratch);
}
