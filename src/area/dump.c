/*
 * Pages as text, one line an item, for people and diffs.  The grammar of a
 * line: what, where, how, the element's role, then the text.
 */
#include <string.h>

#include "area/area.h"
#include "fonts/fonts.h"
#include "images/images.h"

static void
put_mpts(struct buf *out, const mpt *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, ' ');
		buf_mpt(out, v[i]);
	}
}

/* #RRGGBB, and two digits more when not opaque. */
static void
put_color(struct buf *out, struct color c)
{
	buf_printf(out, "#%02X%02X%02X", c.r, c.g, c.b);
	if (c.a != 255)
		buf_printf(out, "%02X", c.a);
}

static void
put_quoted(struct buf *out, const char *s, size_t n)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\\')
			buf_putc(out, '\\');
		if (s[i] == '\n')
			buf_puts(out, "\\n");
		else
			buf_putc(out, s[i]);
	}
	buf_putc(out, '"');
}

static void
put_role(struct buf *out, const struct area_elem *e)
{
	buf_printf(out, " %s", area_role_name(e->role));
}

/* Bytes of the text that the run shows: up to the end of its last cluster.  The
 * space at a line's end, which takes no room, is left out. */
static void
text_extent(const struct area_text *t, size_t *from, size_t *to)
{
	*from = SIZE_MAX;
	*to = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct area_glyph *g = &t->glyphs[i];

		if (g->text_len == 0 || (i + 1 == t->n && g->advance == 0 &&
			t->text[g->text_off] == ' '))
			continue;
		if (g->text_off < *from)
			*from = g->text_off;
		if (g->text_off + (size_t)g->text_len > *to)
			*to = g->text_off + (size_t)g->text_len;
	}
	if (*from > *to)
		*from = *to = 0;
}

static void
dump_text(struct buf *out, const struct area_item *it, bool glyphs)
{
	const struct area_text *t = it->as.text;
	size_t from, to;
	int64_t width = 0;

	buf_puts(out, "text");
	put_mpts(out, (const mpt[]){ t->x, t->y }, 2);
	buf_printf(out, " %s ", t->font->ps_name);
	buf_mpt(out, t->size);
	buf_putc(out, ' ');
	put_color(out, t->color);
	put_role(out, it->elem);
	buf_putc(out, ' ');
	text_extent(t, &from, &to);
	put_quoted(out, t->text + from, to - from);
	for (size_t i = 0; i < t->n; i++)
		width += t->glyphs[i].advance;
	buf_puts(out, " w=");
	buf_mpt(out, mpt_scale(width, 1, 1));
	if (t->level)
		buf_printf(out, " level=%d", t->level);
	if (t->oblique)
		buf_puts(out, " oblique");
	if (t->stroke_width) {
		buf_puts(out, " stroke=");
		put_color(out, t->stroke);
		put_mpts(out, &t->stroke_width, 1);
	}
	for (size_t i = 0; glyphs && i < t->n; i++) {
		const struct area_glyph *g = &t->glyphs[i];

		buf_printf(out, "\n  glyph %u", (unsigned)g->gid);
		put_mpts(out, (const mpt[]){ g->advance, g->dx, g->dy }, 3);
		buf_putc(out, ' ');
		put_quoted(out, t->text + g->text_off, g->text_len);
	}
}

static void
dump_paint(struct buf *out, const char *name, const struct area_paint *p)
{
	if (p->kind == PAINT_NONE)
		return;
	buf_printf(out, " %s=", name);
	if (p->kind == PAINT_COLOR) {
		put_color(out, p->color);
		return;
	}
	buf_puts(out, p->kind == PAINT_LINEAR ? "linear(" : "radial(");
	const double v[12] = { p->x1, p->y1, p->r1, p->x2, p->y2, p->r2,
		p->m[0], p->m[1], p->m[2], p->m[3], p->m[4], p->m[5] };
	for (int i = 0; i < 12; i++) {
		if (i)
			buf_putc(out, ' ');
		buf_num(out, v[i], 3);
	}
	for (size_t i = 0; i < p->n_stops; i++) {
		buf_puts(out, ", ");
		buf_num(out, p->stops[i].offset, 4);
		buf_putc(out, ' ');
		put_color(out, p->stops[i].color);
	}
	buf_putc(out, ')');
}

static void
dump_outline(struct buf *out, const struct area_path *p)
{
	const mpt *xy = p->xy;

	for (size_t i = 0; i < p->n_cmds; i++) {
		size_t n = p->cmds[i] == PATH_CURVE ? 6
		    : p->cmds[i] == PATH_CLOSE	    ? 0
						    : 2;

		buf_printf(out, " %c", p->cmds[i]);
		put_mpts(out, xy, n);
		xy += n;
	}
}

static void
dump_path(struct buf *out, const struct area_item *it)
{
	const struct area_path *p = it->as.path;
	static const char *const caps[] = { "butt", "round", "square" };
	static const char *const joins[] = { "miter", "round", "bevel" };

	buf_puts(out, "path");
	dump_paint(out, "fill", &p->fill);
	if (p->even_odd)
		buf_puts(out, " even-odd");
	dump_paint(out, "stroke", &p->stroke);
	if (p->stroke.kind != PAINT_NONE) {
		buf_puts(out, " width=");
		buf_mpt(out, p->line_width);
		if (p->cap)
			buf_printf(out, " cap=%s", caps[p->cap]);
		if (p->join)
			buf_printf(out, " join=%s", joins[p->join]);
		if (p->n_dash) {
			buf_puts(out, " dash=");
			put_mpts(out, p->dash, p->n_dash);
		}
	}
	put_role(out, it->elem);
	dump_outline(out, p);
	if (p->cut != NULL) {
		buf_puts(out, " cut");
		put_mpts(out, p->cut, 2 * p->n_cut);
	}
}

static void
dump_push(struct buf *out, const struct area_item *it)
{
	const struct area_push *g = it->as.push;

	buf_puts(out, "push");
	for (int i = 0; i < 6; i++) {
		buf_putc(out, ' ');
		buf_num(out, i < 4 ? g->m[i] : g->m[i] / 1000, i < 4 ? 5 : 3);
	}
	if (g->opacity != 255)
		buf_printf(out, " opacity=%d", g->opacity);
	if (g->layer != NULL)
		buf_printf(out, " layer=%s", g->layer->id);
	put_role(out, it->elem);
	if (g->clip) {
		buf_puts(out, " clip");
		dump_outline(out, g->clip);
	}
}

static void
dump_link(struct buf *out, const struct area_item *it)
{
	const struct area_link *l = it->as.link;

	buf_puts(out, "link");
	put_mpts(out, (const mpt[]){ l->x, l->y, l->w, l->h }, 4);
	put_role(out, it->elem);
	buf_puts(out, l->uri ? " uri=" : " dest=");
	const char *to = l->uri ? l->uri : l->dest ? l->dest : "";
	put_quoted(out, to, strlen(to));
	if (l->title) {
		buf_puts(out, " title=");
		put_quoted(out, l->title, strlen(l->title));
	}
}

static void
dump_image(struct buf *out, const struct area_item *it)
{
	const struct area_image *i = it->as.image;

	buf_puts(out, "image");
	put_mpts(out, (const mpt[]){ i->x, i->y, i->w, i->h }, 4);
	buf_printf(out, " %dx%d", i->image->width, i->image->height);
	put_role(out, it->elem);
	if (it->elem->alt) {
		buf_putc(out, ' ');
		put_quoted(out, it->elem->alt, strlen(it->elem->alt));
	}
}

static void
dump_item(struct buf *out, const struct area_item *it, bool glyphs)
{
	switch (it->type) {
	case AREA_TEXT:
		dump_text(out, it, glyphs);
		break;
	case AREA_RECT: {
		const struct area_rect *r = it->as.rect;

		buf_puts(out, "rect");
		put_mpts(out, (const mpt[]){ r->x, r->y, r->w, r->h }, 4);
		buf_putc(out, ' ');
		put_color(out, r->color);
		put_role(out, it->elem);
		break;
	}
	case AREA_PATH:
		dump_path(out, it);
		break;
	case AREA_IMAGE:
		dump_image(out, it);
		break;
	case AREA_PUSH:
		dump_push(out, it);
		break;
	case AREA_POP:
		buf_puts(out, "pop");
		break;
	case AREA_LINK:
		dump_link(out, it);
		break;
	case AREA_ANCHOR:
		buf_puts(out, "anchor");
		put_mpts(out,
		    (const mpt[]){ it->as.anchor->x, it->as.anchor->y }, 2);
		buf_putc(out, ' ');
		put_quoted(out, it->as.anchor->id, strlen(it->as.anchor->id));
		break;
	case AREA_SLOT:
		buf_printf(out, "slot %d", it->as.slot->index);
		put_mpts(out,
		    (const mpt[]){ it->as.slot->x, it->as.slot->y,
			it->as.slot->width },
		    3);
		put_role(out, it->elem);
		break;
	case AREA_TOUCH:
		buf_puts(out, "touch");
		put_role(out, it->elem);
		break;
	}
	buf_putc(out, '\n');
}

static void
put_press(struct buf *out, const struct area_press *press)
{
	static const char *const boxes[] = { [CROP_MEDIA] = "media",
		[CROP_BLEED] = "bleed", [CROP_TRIM] = "trim" };

	buf_puts(out, " bleed");
	for (int i = 0; i < 4; i++) {
		buf_putc(out, ' ');
		buf_mpt(out, press->bleed[i]);
	}
	buf_puts(out, " crop");
	for (int i = 0; i < 4; i++) {
		buf_putc(out, ' ');
		buf_mpt(out, press->crop[i]);
	}
	buf_printf(out, " show %s scale ", boxes[press->box]);
	buf_num(out, press->sx, 3);
	buf_putc(out, ' ');
	buf_num(out, press->sy, 3);
}

void
area_dump_page(struct buf *out, const struct area_page *p, bool glyphs)
{
	buf_printf(out, "page %d ", p->index + 1);
	put_quoted(out, p->label ? p->label : "",
	    p->label ? strlen(p->label) : 0);
	buf_putc(out, ' ');
	buf_mpt(out, p->width);
	buf_putc(out, 'x');
	buf_mpt(out, p->height);
	if (p->press)
		put_press(out, p->press);
	buf_putc(out, '\n');
	for (size_t i = 0; i < p->n; i++)
		dump_item(out, &p->items[i], glyphs);
}

static void
put_field(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_printf(out, "%s ", name);
	put_quoted(out, value, strlen(value));
	buf_putc(out, '\n');
}

static void
put_outline(struct buf *out, const struct area_outline *o, int depth)
{
	for (; o; o = o->next) {
		buf_printf(out, "outline %*s", 2 * depth, "");
		put_quoted(out, o->title, strlen(o->title));
		buf_printf(out, " -> %s%s\n", o->dest ? o->dest :
		    o->uri ? o->uri : "",
		    o->open ? " open" : "");
		put_outline(out, o->first, depth + 1);
	}
}

void
area_dump_doc(struct buf *out, const struct area_doc *doc)
{
	put_field(out, "lang", doc->lang);
	put_field(out, "title", doc->title);
	put_field(out, "author", doc->author);
	put_field(out, "subject", doc->subject);
	put_field(out, "keywords", doc->keywords);
	put_field(out, "creator", doc->creator);
	put_field(out, "date", doc->date);
	put_field(out, "number", doc->number);
	put_field(out, "xmp", doc->xmp);
	put_outline(out, doc->outline, 0);
	for (size_t i = 0; i < doc->n_attachments; i++)
		put_field(out, "attachment", doc->attachments[i].name);
	for (size_t i = 0; i < doc->n_layers; i++)
		put_field(out, doc->layers[i].hidden ? "layer hidden" : "layer",
		    doc->layers[i].name);
	for (size_t i = 0; i < doc->n_slots; i++) {
		const struct area_text *t = doc->slots[i];

		buf_printf(out, "slot %zu ", i);
		put_quoted(out, t ? t->text : "", t ? strlen(t->text) : 0);
		buf_putc(out, '\n');
	}
}

void
area_dump_elem(struct buf *out, const struct area_elem *e)
{
	if (e->parent) {
		area_dump_elem(out, e->parent);
		buf_puts(out, " / ");
	}
	buf_puts(out, area_role_name(e->role));
	if (e->colspan != 1)
		buf_printf(out, " colspan=%u", (unsigned)e->colspan);
	if (e->rowspan != 1)
		buf_printf(out, " rowspan=%u", (unsigned)e->rowspan);
	if (e->lang)
		buf_printf(out, " lang=%s", e->lang);
	if (e->id)
		buf_printf(out, " id=%s", e->id);
	if (e->alt) {
		buf_puts(out, " alt=");
		put_quoted(out, e->alt, strlen(e->alt));
	}
}
