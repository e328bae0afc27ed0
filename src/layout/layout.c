/*
 * One layout of a document: what is known of it as a whole, its page sequences
 * one after the other, and what the next layout may know in advance.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/pages.h"
#include "layout/recall.h"

/* ------------------------------------------------------------- document */

/* The text of a bookmark-title, in the run's arena. */
static const char *
title_text(struct layout *l, struct fo_node *n)
{
	struct buf b = { 0 };
	const char *text;
	struct fo_node *t, *c;

	for (t = fo_child(l->doc, n, NULL); t != NULL &&
	    t->type != FO_BOOKMARK_TITLE; t = fo_child(l->doc, n, t))
		;
	for (c = t != NULL ? fo_child(l->doc, t, NULL) : NULL; c != NULL;
	    c = fo_child(l->doc, t, c))
		if (c->type == FO_TEXT)
			buf_put(&b, c->text, c->text_n);
	text = arena_strdup(l->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static struct fo_node *
next_bookmark(struct layout *l, struct fo_node *parent, struct fo_node *after)
{
	struct fo_node *n = fo_child(l->doc, parent, after);

	while (n != NULL && n->type != FO_BOOKMARK)
		n = fo_child(l->doc, parent, n);
	return n;
}

static struct area_outline *
outline(struct layout *l, struct fo_node *parent, int depth)
{
	struct area_outline *first = NULL, **end = &first;
	struct fo_node *n;

	if (depth > LAYOUT_DEPTH_MAX) {
		diag_report(l->job->diag, DIAG_LAYOUT_DEPTH, parent->where,
		    fo_type_name((enum fo_type)parent->type));
		return NULL;
	}
	for (n = next_bookmark(l, parent, NULL); n != NULL;
	    n = next_bookmark(l, parent, n)) {
		struct area_outline *o = arena_alloc(l->arena, sizeof *o);
		const char *dest = fo_string(n->style,
		    PR_INTERNAL_DESTINATION);
		const char *uri = fo_string(n->style,
		    PR_EXTERNAL_DESTINATION);

		o->title = title_text(l, n);
		if (dest != NULL && *dest != '\0') {
			o->dest = arena_strdup(l->arena, dest);
			ids_link(l, o->dest, n->where);
		} else if (uri != NULL && *uri != '\0') {
			o->uri = arena_strdup(l->arena, uri);
		}
		o->open = fo_keyword(n->style, PR_STARTING_STATE) != KW_HIDE;
		o->first = outline(l, n, depth + 1);
		*end = o;
		end = &o->next;
	}
	return first;
}

/* The media type that a file's name lets expect. */
static const char *
media_type(const char *name)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{ ".xml", "text/xml" }, { ".csv", "text/csv" },
		{ ".txt", "text/plain" }, { ".json", "application/json" },
		{ ".pdf", "application/pdf" }, { ".png", "image/png" },
		{ ".jpg", "image/jpeg" }, { ".svg", "image/svg+xml" },
	};

	for (size_t i = 0; name != NULL && i < sizeof types / sizeof *types;
	    i++)
		if (str_ends(name, types[i].suffix))
			return types[i].type;
	return "application/octet-stream";
}

/* The files to be embedded (pdf:embedded-file). */
static void
attachments(struct layout *l, const struct fo_info *info)
{
	struct area_doc *d = &l->area_doc;

	d->attachments = arena_array(l->arena, info->n_files + 1,
	    sizeof *d->attachments);
	for (size_t i = 0; i < info->n_files; i++) {
		struct area_attachment *a =
		    &d->attachments[d->n_attachments];
		struct buf data = { 0 };

		if (!images_read(l->job, info->files[i].src, l->options->base,
		    where_file(l->options->base), &data)) {
			buf_free(&data);
			continue;
		}
		a->mime = media_type(info->files[i].name);
		a->name = info->files[i].name;
		a->description = info->files[i].description;
		a->relationship = "Source";
		a->n = data.n;
		a->data = memcpy(arena_alloc(l->arena, data.n + 1),
		    buf_str(&data), data.n);
		buf_free(&data);
		d->n_attachments++;
	}
}

static void
layers(struct layout *l, const struct fo_info *info)
{
	struct area_doc *d = &l->area_doc;

	d->layers = arena_array(l->arena, info->n_layers + 1,
	    sizeof *d->layers);
	for (; d->n_layers < info->n_layers; d->n_layers++)
		d->layers[d->n_layers] = (struct area_layer){
			.id = info->layers[d->n_layers].id,
			.name = info->layers[d->n_layers].name,
			.number = d->n_layers,
			.hidden = info->layers[d->n_layers].hidden,
		};
}

bool
layer_begin(struct painter *p, const struct fo_node *n)
{
	const struct area_doc *d = &p->l->area_doc;
	const char *id = fo_string(n->style, PR_LAYER);

	if (id == NULL)
		return false;
	for (size_t i = 0; i < d->n_layers; i++)
		if (str_eq(d->layers[i].id, id)) {
			area_push_layer(p->page, &d->layers[i]);
			return true;
		}
	diag_report(p->l->job->diag, DIAG_FO_PROP_VALUE, n->where, "fox:layer",
	    id);
	return false;
}

static void
describe(struct layout *l, struct fo_node *root)
{
	const struct fo_info *info = fo_info(l->doc);
	struct area_doc *d = &l->area_doc;
	struct fo_node *n;

	d->lang = info->lang;
	d->title = info->title;
	d->author = info->author;
	d->subject = info->subject;
	d->keywords = info->keywords;
	d->creator = info->creator;
	d->date = info->date;
	d->number = info->number;
	d->xmp = info->xmp;
	d->root = memory_root(l->memory);
	for (n = fo_child(l->doc, root, NULL); n != NULL;
	    n = fo_child(l->doc, root, n))
		if (n->type == FO_BOOKMARK_TREE)
			d->outline = outline(l, n, 0);
	attachments(l, info);
	layers(l, info);
}

/* ------------------------------------------------------------------ run */

/* False after reporting: a sequence could not be laid out. */
static bool
run_sequences(struct layout *l)
{
	struct fo_node *n;

	while ((n = fo_next_sequence(l->doc)) != NULL)
		if (!(n->type == FO_EXTERNAL_DOCUMENT ? external_run(l, n) :
		    sequence_run(l, n)))
			return false;
	return true;
}

void
layout_orphan(struct layout *l, struct area_elem *elem, bool seen)
{
	if (!seen) {
		area_elem_free(elem);
		return;
	}
	VEC_RESERVE(l->orphans, l->cap_orphans, l->n_orphans + 1);
	l->orphans[l->n_orphans++] = elem;
}

static void
layout_free(struct layout *l)
{
	/* No page came that could end them. */
	for (size_t i = 0; i < l->n_orphans; i++)
		area_elem_free(l->orphans[i]);
	ids_free(l->ids);
	markers_free(l->markers);
	masters_free(l->masters);
	binder_free(l->binder);
	for (size_t i = 0; i < l->n_scratch; i++)
		arena_free(l->scratch[i]);
	free(l->scratch);
	free(l->orphans);
	arena_free(l->arena);
}

struct layout_result
layout_run(struct job *job, struct fo_doc *doc, struct fonts *fonts,
    struct images *images, struct layout_memory *memory,
    const struct layout_options *options, const struct area_sink *sink)
{
	struct layout l = { .job = job, .doc = doc, .fonts = fonts,
		.images = images, .memory = memory, .options = options,
		.sink = sink, .last_index = -1 };
	struct layout_result result = { 0 };
	struct fo_node *root = fo_root(doc);
	bool done;

	if (root == NULL)
		return result;
	l.arena = arena_new();
	l.ids = ids_new();
	l.recall = recall_new();
	l.markers = markers_new();
	l.masters = masters_new(&l, root);
	l.binder = binder_new(&l);
	describe(&l, root);
	sink->begin(sink->ctx, &l.area_doc);
	done = run_sequences(&l);
	result.stable = binder_end(l.binder);
	result.stable &= ids_finish(&l);
	result.stable &= recall_finish(&l);
	result.pages = l.pages;
	result.ok = l.pages > 0;
	if (!result.ok && done)
		diag_report(job->diag, DIAG_LAYOUT_NO_PAGES, root->where,
		    NULL);
	sink->end(sink->ctx, &l.area_doc);
	layout_free(&l);
	return result;
}
