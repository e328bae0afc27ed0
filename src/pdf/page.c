/*
 * Sheets: pages painted where they stand, with their links and anchors; each
 * is written and forgotten at once.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pdf/pdf_int.h"

/* Nodes of the page tree, so that no array grows with the document
 * (ISO 32000-1, 7.7.3.3). */
#define PAGES_PER_NODE 64

/* A page on its sheet, being painted. */
struct placing {
	struct pdf *p;
	struct content *c;
	const struct area_page *page;
	const struct plan *plan;
	unsigned id;		/* of the PDF page */
	uint32_t mcid;		/* its first mark's number */
	size_t link;		/* the next of plan->links */
	struct buf *annots;	/* references */
};

/* ---------------------------------------------------------------- marks */

static void
begin_mark(struct placing *pl, const struct mark *m)
{
	struct buf *out = &pl->c->out;

	content_mode(pl->c, MODE_PAGE);
	switch (m->elem->role) {
	case ROLE_ARTIFACT_HEADER:
		buf_puts(out, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
		break;
	case ROLE_ARTIFACT_FOOTER:
		buf_puts(out, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
		break;
	case ROLE_ARTIFACT_LAYOUT:
		buf_puts(out, "/Artifact BMC\n");
		break;
	default:
		buf_putc(out, '/');
		buf_puts(out, area_role_name(m->elem->role));
		buf_puts(out, "<</MCID ");
		put_uint(out, pl->mcid + m->mcid);
		buf_puts(out, ">>BDC\n");
	}
}

static void
end_mark(struct placing *pl)
{
	content_mode(pl->c, MODE_PAGE);
	buf_puts(&pl->c->out, "EMC\n");
}

/* ---------------------------------------------------------------- links */

/* The box around a transformed box. */
static void
transform_box(double out[4], const double box[4], const double m[6])
{
	for (int i = 0; i < 4; i++) {
		double x = box[i & 1 ? 2 : 0], y = box[i & 2 ? 3 : 1];

		matrix_apply(m, &x, &y);
		box_add(out, i == 0, x, y);
	}
}

static void
put_box(struct buf *b, const double box[4])
{
	buf_putc(b, '[');
	for (int i = 0; i < 4; i++) {
		buf_num(b, box[i], 2);
		buf_putc(b, i < 3 ? ' ' : ']');
	}
}

/* A URI is 7-bit (12.6.4.7); what is not allowed in one is percent-encoded,
 * a percent sign that is there already stays. */
static void
put_uri(struct buf *b, const char *uri)
{
	struct buf out = { 0 };

	for (; *uri; uri++) {
		unsigned char c = (unsigned char)*uri;

		if (c <= 32 || c >= 127 || strchr("<>\"{}|\\^`", c))
			buf_printf(&out, "%%%02X", c);
		else
			buf_putc(&out, c);
	}
	put_bytes(b, buf_str(&out), out.n);
	buf_free(&out);
}

/* The length of the name of a PDF file beside this one ("a.pdf", "a.pdf#…"),
 * 0: the URI names none. */
static size_t
remote_file(const char *uri)
{
	size_t n = strcspn(uri, "#");

	if (uri[strcspn(uri, ":/#")] == ':' || str_starts(uri, "//") ||
	    n < 4 || strncasecmp(uri + n - 4, ".pdf", 4))
		return 0;
	return n;
}

/* Where in that file (RFC 8118: page=, nameddest= and FOP's dest=). */
static void
put_remote_place(struct buf *b, const char *fragment)
{
	long page = 1;

	if (str_starts(fragment, "#dest=") ||
	    str_starts(fragment, "#nameddest=")) {
		const char *name = strchr(fragment, '=') + 1;

		put_bytes(b, name, strlen(name));
		return;
	}
	if (str_starts(fragment, "#page=") &&
	    (!num_parse_int(fragment + 6, NULL, &page) || page < 1))
		page = 1;
	buf_printf(b, "[%ld/XYZ null null null]", page - 1);
}

/* The action of a link out of the document (12.6.4.3, 12.6.4.7). */
void
put_action(struct buf *b, const char *uri)
{
	const char *file = str_starts(uri, "file://") ? uri + 7 : uri;
	size_t n = remote_file(file);

	if (n == 0) {
		buf_puts(b, "/A<</S/URI/URI");
		put_uri(b, uri);
	} else {
		buf_puts(b, "/A<</S/GoToR/F");
		put_bytes(b, file, n);
		buf_puts(b, "/D");
		put_remote_place(b, file + n);
	}
	buf_puts(b, ">>");
}

static const struct area_elem *
link_of(const struct area_elem *e)
{
	while (e && e->role != ROLE_LINK)
		e = e->parent;
	return e;
}

/* The characters that a run shows. */
static void
put_run(struct buf *b, const struct area_text *t)
{
	size_t from = SIZE_MAX, to = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct area_glyph *g = &t->glyphs[i];

		if (!g->text_len)
			continue;
		if (g->text_off < from)
			from = g->text_off;
		if (g->text_off + (size_t)g->text_len > to)
			to = g->text_off + (size_t)g->text_len;
	}
	if (from < to)
		buf_put(b, t->text + from, to - from);
}

/* What a screen reader says of a link (ISO 14289-1, 7.18.5): its title, else
 * its words on this page, else where it leads. */
static void
put_contents(struct buf *b, const struct placing *pl,
    const struct area_item *it)
{
	const struct area_link *l = it->as.link;
	const struct area_elem *e = link_of(it->elem);
	struct buf words = { 0 };

	if (l->title)
		buf_puts(&words, l->title);
	for (size_t i = 0; e && !l->title && i < pl->page->n; i++) {
		const struct area_item *k = &pl->page->items[i];

		if (k->type == AREA_TEXT && link_of(k->elem) == e)
			put_run(&words, k->as.text);
	}
	if (!words.n)
		buf_puts(&words, l->uri ? l->uri : l->dest ? l->dest : "");
	put_text(b, buf_str(&words));
	buf_free(&words);
}

static void
write_link(struct placing *pl, const struct area_item *it)
{
	const struct plan_link *link = &pl->plan->links[pl->link++];
	const struct area_link *l = it->as.link;
	struct buf *b = &pl->p->scratch;
	double box[4], at[4] = { 0 };

	content_item_box(pl->c, it, box);
	transform_box(at, box, pl->c->g.page);
	buf_clear(b);
	buf_puts(b, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
	put_box(b, at);
	if (l->uri) {
		put_action(b, l->uri);
	} else if (l->dest) {
		buf_puts(b, "/Dest");
		put_bytes(b, l->dest, strlen(l->dest));
		nav_want(pl->p, l->dest);
	}
	buf_puts(b, "/Contents");
	put_contents(b, pl, it);
	if (link->elem)
		buf_printf(b, "/StructParent %u", tags_key(pl->p, link->elem));
	buf_puts(b, ">>");
	object_put(pl->p, link->annot, b);
	put_ref(pl->annots, link->annot);
}

static void
set_anchor(struct placing *pl, const struct area_anchor *a)
{
	double x = a->x / 1000.0, y = ((double)pl->c->y0 - a->y) / 1000;

	matrix_apply(pl->c->g.page, &x, &y);
	nav_anchor(pl->p, a->id, pl->id, x, y);
}

/* ---------------------------------------------------------------- slots */

/* The slot's form, written at the end. */
static unsigned
slot_object(struct pdf *p, const struct area_slot *slot)
{
	size_t i = (size_t)slot->index;

	while (p->n_slots <= i) {
		VEC_RESERVE(p->slots, p->cap_slots, p->n_slots + 1);
		p->slots[p->n_slots++] = (struct slot){ 0, 0 };
	}
	if (!p->slots[i].id)
		p->slots[i].id = object_new(p);
	if (slot->width > p->slots[i].width)
		p->slots[i].width = slot->width;
	return p->slots[i].id;
}

static void
paint_slot(struct content *c, const struct area_slot *slot)
{
	unsigned id = slot_object(c->pdf, slot);

	content_mode(c, MODE_PAGE);
	content_alpha(c, 255, 255);
	content_resource(c, 'X', id);
	buf_puts(&c->out, "q 1 0 0 1 ");
	put_mpt(&c->out, slot->x);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, (int64_t)c->y0 - slot->y);
	buf_printf(&c->out, " cm/X%u Do Q\n", id);
}

/* The form stands wherever the slot does: nothing of the state is known. */
static void
write_slot(struct pdf *p, const struct slot *slot, const struct area_text *t)
{
	struct content *c = content_new(p, NULL, 0);
	double box[4] = { 0, 0, slot->width / 1000.0, 0 };

	c->g.fill = c->g.stroke = COLOR_UNKNOWN;
	c->g.render = 255;
	c->g.line_width = -1;
	if (t) {
		struct area_item it = { .type = AREA_TEXT, .as.text = t };

		content_text(c, t, false);
		content_mode(c, MODE_PAGE);
		content_item_box(c, &it, box);
		/* Marks and swashes may reach out of a line. */
		box[0] -= t->size / 1000.0;
		box[1] -= t->size / 1000.0;
		box[2] += t->size / 1000.0;
		box[3] += t->size / 1000.0;
	}
	paint_form(c, slot->id, box, "");
	content_free(c);
}

void
slots_write(struct pdf *p, const struct area_doc *doc)
{
	for (size_t i = 0; i < p->n_slots; i++)
		if (p->slots[i].id)
			write_slot(p, &p->slots[i],
			    i < doc->n_slots ? doc->slots[i] : NULL);
}

/* ------------------------------------------------------------- painting */

static void
note_figure(struct placing *pl, const struct area_item *it)
{
	double box[4], at[4] = { 0 };

	if (it->elem->role != ROLE_FIGURE && it->elem->role != ROLE_FORMULA)
		return;
	if (!content_item_box(pl->c, it, box))
		return;
	transform_box(at, box, pl->c->g.page);
	tags_box(it->elem, at);
}

static void
paint_item(struct placing *pl, const struct area_item *it, bool marked)
{
	switch (it->type) {
	case AREA_PUSH:
		content_push(&pl->c, it, marked);
		break;
	case AREA_POP:
		content_pop(&pl->c);
		break;
	case AREA_LINK:
		write_link(pl, it);
		break;
	case AREA_ANCHOR:
		set_anchor(pl, it->as.anchor);
		break;
	case AREA_SLOT:
		paint_slot(pl->c, it->as.slot);
		break;
	case AREA_TOUCH:
		break;
	default:
		content_item(pl->c, it);
		note_figure(pl, it);
	}
}

static void
paint_items(struct placing *pl)
{
	const struct mark *m = pl->plan->marks;
	size_t n = pl->plan->n;

	for (size_t i = 0; i < pl->page->n; i++) {
		if (n > 0 && m->from == i)
			begin_mark(pl, m);
		paint_item(pl, &pl->page->items[i], n > 0 && m->from <= i);
		if (n > 0 && m->to == i + 1) {
			end_mark(pl);
			m++;
			n--;
		}
	}
}

static bool
is_plain(const struct area_sheet *s, const struct area_placed *at)
{
	static const double identity[6] = { 1, 0, 0, 1, 0, 0 };

	return s->n == 1 && !memcmp(at->m, identity, sizeof identity) &&
	    at->page->width == s->width && at->page->height == s->height &&
	    at->clip_x == 0 && (at->clip_w == 0 || at->clip_w == s->width);
}

static void
paint_placed(struct placing *pl, const struct area_sheet *s,
    const struct area_placed *at)
{
	struct content *c = pl->c;
	size_t depth;

	c->y0 = at->page->height;
	if (!is_plain(s, at)) {
		const mpt clip[4] = { at->clip_x, 0, at->clip_w,
			at->page->height };
		double m[6];

		matrix_flip(m, at->m, at->page->height, s->height);
		content_group(c, m, at->clip_w ? clip : NULL);
	}
	depth = c->depth;
	paint_items(pl);
	/* Groups that nobody closed end with the page. */
	while (pl->c->up || pl->c->depth > depth)
		content_pop(&pl->c);
	content_mode(pl->c, MODE_PAGE);
	if (depth > 0)
		content_end_group(pl->c);
}

/* --------------------------------------------------------------- writing */

static unsigned
page_new(struct pdf *p, mpt height)
{
	unsigned id = object_new(p);

	if (p->n_pages % PAGES_PER_NODE == 0) {
		VEC_RESERVE(p->nodes, p->cap_nodes, p->n_nodes + 1);
		p->nodes[p->n_nodes++] = object_new(p);
	}
	if (p->n_pages == 0)
		p->top = height / 1000.0;
	VEC_RESERVE(p->page_ids, p->cap_pages, p->n_pages + 1);
	p->page_ids[p->n_pages++] = id;
	return id;
}

/* The elements of the page's marks, in order of their numbers (14.7.4.4). */
static void
put_owners(struct buf *b, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_owners; i++)
		put_ref(b, plan->owners[i]);
}

static void
put_page_box(struct buf *b, const char *name, const struct area_box *box,
    mpt height)
{
	const int64_t y = (int64_t)height - box->y, v[4] = { box->x,
		y - box->h, (int64_t)box->x + box->w, y };

	buf_puts(b, name);
	for (int i = 0; i < 4; i++) {
		buf_putc(b, i == 0 ? '[' : ' ');
		put_mpt(b, v[i]);
	}
	buf_putc(b, ']');
}

/* The boxes of a printer's sheet (14.11.2). */
static void
put_page_boxes(struct buf *b, const struct area_sheet *s)
{
	const struct area_box whole = { 0, 0, s->width, s->height };

	put_page_box(b, "/MediaBox", &whole, s->height);
	if (!s->trimmed)
		return;
	put_page_box(b, "/CropBox", &s->crop, s->height);
	put_page_box(b, "/BleedBox", &s->bleed, s->height);
	put_page_box(b, "/TrimBox", &s->trim, s->height);
}

static void
write_page(struct pdf *p, const struct area_sheet *s, struct placing *pl,
    struct buf *owners)
{
	struct buf *b = &p->scratch;
	unsigned contents = object_add_stream(p, "", pl->c->out.p,
	    pl->c->out.n, p->options.uncompressed ? STORED : FAST);
	uint32_t key;

	buf_putc(owners, ']');
	key = tags_key(p, object_add(p, owners));
	buf_clear(b);
	buf_puts(b, "<</Type/Page/Parent");
	put_ref(b, p->nodes[p->n_nodes - 1]);
	put_page_boxes(b, s);
	content_put_resources(pl->c, b);
	buf_puts(b, "/Contents");
	put_ref(b, contents);
	if (pl->c->transparent)
		buf_puts(b, "/Group<</S/Transparency/CS/DeviceRGB>>");
	buf_printf(b, "/StructParents %u", key);
	if (pl->annots->n)
		buf_printf(b, "/Tabs/S/Annots[%s]", pl->annots->p);
	buf_puts(b, ">>");
	object_put(p, pl->id, b);
}

bool
pdf_sheet(struct pdf *p, const struct area_sheet *s)
{
	struct buf annots = { 0 }, owners = { 0 };
	struct placing pl = { .p = p, .annots = &annots };
	uint32_t marks = 0;

	if (p->failed)
		return false;
	pl.id = page_new(p, s->height);
	pl.c = content_new(p, NULL, s->height);
	nav_label(p, s->label);
	buf_putc(&owners, '[');
	for (size_t i = 0; i < s->n; i++) {
		const struct area_page *page = s->placed[i].page;

		pl.page = page;
		pl.plan = page ? tags_plan(p, page) : NULL;
		if (!pl.plan)
			continue;
		pl.mcid = marks;
		pl.link = 0;
		paint_placed(&pl, s, &s->placed[i]);
		put_owners(&owners, pl.plan);
		marks += (uint32_t)pl.plan->n_owners;
		tags_painted(p, page, pl.id, pl.mcid);
	}
	write_page(p, s, &pl, &owners);
	tags_write_ended(p);
	content_free(pl.c);
	buf_free(&annots);
	buf_free(&owners);
	return !p->failed;
}

void
pages_finish(struct pdf *p)
{
	struct buf root = { 0 }, node = { 0 };
	unsigned id = objects_pages_id(p);

	buf_puts(&root, "<</Type/Pages/Kids[");
	for (size_t i = 0; i < p->n_nodes; i++) {
		size_t from = i * PAGES_PER_NODE, n = p->n_pages - from;

		if (n > PAGES_PER_NODE)
			n = PAGES_PER_NODE;
		buf_puts(&node, "<</Type/Pages/Parent");
		put_ref(&node, id);
		buf_printf(&node, "/Count %zu/Kids[", n);
		for (size_t k = from; k < from + n; k++)
			put_ref(&node, p->page_ids[k]);
		buf_puts(&node, "]>>");
		object_put(p, p->nodes[i], &node);
		put_ref(&root, p->nodes[i]);
	}
	buf_printf(&root, "]/Count %zu>>", p->n_pages);
	object_put(p, id, &root);
	buf_free(&root);
	buf_free(&node);
}
