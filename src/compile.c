/*
 * The road of the map as code: compile_document and compile_format are its
 * two entrances, lay_out is where they join, and what follows are the steps.
 */
#include "compile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "area/area.h"
#include "dossier/dossier.h"
#include "fo/fo.h"
#include "fonts/fonts.h"
#include "images/images.h"
#include "import/import.h"
#include "impose/impose.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "records/records.h"
#include "registry/registry.h"
#include "xml/xml.h"

/* A document whose page references do not settle is laid out again with what
 * was learnt, but not for ever: two of them can chase each other. */
#define ROUNDS 5

/* The thickness of common office paper, 80 g/m². */
#define PAPER 283

struct compiler {
	struct job *job;
	const char *data;
	struct xml *xml;
	const struct catalogue *catalogue;
	struct records *records;
	struct registry *registry;
	struct fonts *fonts;
	struct images *images;
	struct pdf_memory *pdf_memory;
	uint64_t data_sum;	/* of what all documents share; 0 until asked */
};

/* XSL-FO on its way to pages: a file or a tree. */
struct source {
	const char *path;	/* NULL: a tree */
	xmlDoc *tree;
	size_t bytes;		/* its size, about */
	bool issued;		/* the finished file is entered */
	const struct registry_call *call; /* by this call, unless held */
	struct registry_issue issue;
	/* What the file says of itself; of a tree only. */
	struct area_origin origin;
	struct area_attachment dossier; /* n 0: it carries none */
	struct buf dossier_text;
};

/* What receives the pages of one layout. */
struct writer {
	struct job *job;
	const struct source *source;
	struct compile_output *output;
	struct outfile *file;
	struct pdf *pdf;	/* NULL for END_AREAS */
	/* Of all layouts but the last: it may turn out to be in vain. */
	const struct layout_memory *trial;
	bool in_vain;
	struct buf text;
	struct area_page **held; /* until the booklet can be imposed */
	size_t n_held, cap_held;
	int pages;
	bool ok;
};

static struct dossier *assemble(struct job *, struct compiler *,
    const struct compile_request *);
static xmlDoc *transform(struct job *, struct compiler *,
    const struct compile_request *, const struct dossier *, const char **);
static bool lay_out(struct job *, struct compiler *, const struct source *,
    struct compile_output *);
static void note_origin(struct compiler *, struct source *,
    const struct document *, const struct dossier *);
static void plan_issue(struct job *, struct compiler *, struct source *,
    const struct compile_request *, const struct compile_output *,
    const struct dossier *);
static bool sum_recipe(struct job *, struct compiler *,
    const struct compile_request *, const struct compile_output *,
    struct registry_issue *);
static void provide(void *, const char *, const void *, size_t);
static bool write_tree(struct job *, const xmlDoc *, const char *);
static bool write_csv(struct job *, struct compiler *, const struct dossier *,
    struct compile_output *);
static size_t tree_bytes(const xmlDoc *);

/* ------------------------------------------------------------- the road */

bool
compile_document(struct job *job, struct compiler *c,
    const struct compile_request *request, struct compile_output *output)
{
	struct dossier *dossier;
	struct source source = { 0 };
	bool ok;

	ok = false;
	registry_look(c->registry, job);
	dossier = assemble(job, c, request);
	if (dossier != NULL) {
		registry_attachments(c->registry, job, provide, c->images);
		if (output->end == END_PDF &&
		    (request->call != NULL || output->hold))
			plan_issue(job, c, &source, request, output, dossier);
	}
	registry_looked(c->registry);
	if (dossier == NULL)
		goto out;
	if (output->end == END_DOSSIER) {
		ok = write_tree(job, dossier->doc, output->path);
		goto out;
	}
	if (output->end == END_CSV) {
		ok = write_csv(job, c, dossier, output);
		goto out;
	}
	if (output->end == END_PDF)
		note_origin(c, &source, request->document, dossier);
	source.tree = transform(job, c, request, dossier,
	    &source.issue.number);
	if (source.tree == NULL)
		goto out;
	source.origin.number = source.issue.number;
	if (output->end == END_FO) {
		ok = write_tree(job, source.tree, output->path);
		goto out;
	}
	source.bytes = tree_bytes(source.tree);
	ok = lay_out(job, c, &source, output);
out:
	if (source.tree != NULL)
		xmlFreeDoc(source.tree);
	buf_free(&source.dossier_text);
	dossier_free(dossier);
	return ok;
}

bool
compile_format(struct job *job, struct compiler *c, const char *path,
    struct compile_output *output)
{
	struct source source = { .path = path };
	struct stat st;
	bool piped;

	/* A pipe can be read once, and we may have to read again. */
	piped = strcmp(path, "-") == 0;
	if (piped && !file_spool(job, STDIN_FILENO))
		return false;
	if ((piped ? fstat(STDIN_FILENO, &st) : stat(path, &st)) == 0)
		source.bytes = (size_t)st.st_size;
	return lay_out(job, c, &source, output);
}

static void
provide(void *images, const char *name, const void *bytes, size_t n)
{
	images_provide(images, name, bytes, n);
}

/* The audience asked for, else the document's narrowest, its first. */
static const char *
audience(struct job *job, const struct compile_request *r)
{
	if (r->audience != NULL)
		return r->audience;
	return arena_strndup(job->arena, r->document->audiences,
	    strcspn(r->document->audiences, " "));
}

static struct dossier *
assemble(struct job *job, struct compiler *c,
    const struct compile_request *r)
{
	struct registry_forgotten f;

	if (registry_was_forgotten(c->registry, job, r->subject, &f)) {
		registry_report_forgotten(job, where_none(), r->subject, &f);
		return NULL;
	}
	return dossier_make(job, c->records, c->registry,
	    &(struct dossier_request){
		.subject = r->subject,
		.subject_kind = r->document->subject_kind,
		.about = r->about,
		.about_kind = r->document->about_kind,
		.date = r->date,
		.audience = audience(job, r),
		.document = r->document->id,
		.lang = r->lang,
		.whole = r->document->whole,
		.tables = r->document->tables,
		.from = r->from,
		.to = r->to,
	    });
}

/* The sum of the fonts of our documents: another edition of a font sets other
 * lines. */
static uint64_t
sum_fonts(struct compiler *c)
{
	static const int weights[] = { 400, 600 };
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < sizeof weights / sizeof *weights; i++) {
		const struct font *f = font_list_first(fonts_match(c->fonts,
		    &(struct font_query){ .families = c->catalogue->fonts,
			.weight = weights[i] }), NULL);

		sum = sum_add(sum, f->ps_name, strlen(f->ps_name)) + f->sum;
	}
	return sum;
}

static xmlDoc *
transform(struct job *job, struct compiler *c,
    const struct compile_request *r, const struct dossier *dossier,
    const char **number)
{
	struct transform_options options = {
		.data = c->data,
		.lang = dossier->lang,
		.paper = r->paper,
		.audience = dossier->audience,
		.date = dossier->date,
	};

	stopwatch_enter(job, STAGE_STYLE);
	options.number = transform_number(job, c->xml, c->catalogue,
	    r->document, dossier->doc, &options, sum_fonts(c));
	*number = options.number;
	return options.number == NULL ? NULL : transform_run(job, c->xml,
	    r->document, dossier->doc, &options);
}

/* What the file says of itself, and for those who may have it the dossier, which
 * is cut to them; before a stylesheet could touch it. */
static void
note_origin(struct compiler *c, struct source *s, const struct document *d,
    const struct dossier *dossier)
{
	s->origin = (struct area_origin){
		.document = d->id,
		.audience = dossier->audience,
		.date = dossier->date,
		.program = "parcours " PARCOURS_VERSION,
	};
	if (d->sources == NULL || c->catalogue->source == NULL ||
	    !str_has_word(d->sources, dossier->audience))
		return;
	xml_write(dossier->doc, /*indent*/ true, &s->dossier_text);
	s->dossier = (struct area_attachment){
		.name = c->catalogue->source,
		.description = catalogue_source_title(c->catalogue,
		    dossier->lang),
		.mime = "application/xml",
		.relationship = "Source",
		.data = s->dossier_text.p,
		.n = s->dossier_text.n,
	};
}

/* The date some months later: the same day, or the last of a shorter month. */
static const char *
months_later(struct job *job, const char *date, int months)
{
	struct buf b = { 0 };
	const char *later;
	long y, m, d;

	if (!num_parse_int(date, &date, &y) ||
	    !num_parse_int(date + 1, &date, &m) ||
	    !num_parse_int(date + 1, &date, &d))
		return NULL;
	m += months - 1;
	y += m / 12;
	m = m % 12;
	if (d > date_month_days(y, m + 1))
		d = date_month_days(y, m + 1);
	buf_printf(&b, "%04ld-%02ld-%02ld", y, m + 1, d);
	later = arena_strdup(job->arena, b.p);
	buf_free(&b);
	return later;
}

static void
plan_issue(struct job *job, struct compiler *c, struct source *s,
    const struct compile_request *r, const struct compile_output *output,
    const struct dossier *dossier)
{
	s->issued = true;
	s->call = r->call;
	s->issue.document = r->document->id;
	s->issue.subject = dossier->subject;
	s->issue.about = dossier->about;
	s->issue.audience = dossier->audience;
	s->issue.lang = dossier->lang;
	s->issue.date = dossier->date;
	if (r->document->keep > 0)
		s->issue.keep = months_later(job, dossier->date,
		    r->document->keep);
	sum_recipe(job, c, r, output, &s->issue);
}

/* ---------------------------------------------------------------- recipes */

/* Of what every document is made with. */
static uint64_t
sum_data(struct job *job, struct compiler *c)
{
	if (c->data_sum == 0)
		c->data_sum = (records_sum_all(job, c->records) * 31 +
			dossier_prepare(job, c->records) * 31 +
			sum_fonts(c)) | 1;
	return c->data_sum;
}

/* The date of a document for which none was asked may come from outside. */
static void
add_clock(struct digest *d)
{
	char text[16] = "";
	struct tm tm;

	if (clock_given(&tm))
		strftime(text, sizeof text, "%Y-%m-%d", &tm);
	digest_add(d, text, sizeof text);
}

/* Of the versions that the last registry_needed() gave. */
static bool
sum_recipe(struct job *job, struct compiler *c,
    const struct compile_request *r, const struct compile_output *output,
    struct registry_issue *issue)
{
	const uint64_t sums[] = { sum_data(job, c), transform_prepare(job,
		c->xml, c->catalogue, c->data, r->document) };
	const char *const texts[] = { PARCOURS_VERSION, r->document->id,
		r->subject, r->about, r->date, r->from, r->to,
		audience(job, r), r->lang, r->paper };
	const char flags[] = { (char)output->booklet,
		(char)output->uncompressed };
	struct digest *d = digest_new();
	size_t i;

	digest_add(d, sums, sizeof sums);
	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i] != NULL)
			digest_add(d, texts[i], strlen(texts[i]) + 1);
		else
			digest_add(d, "\1", 2);
	digest_add(d, flags, sizeof flags);
	add_clock(d);
	/* Its tables may tell of any record, of new ones too. */
	if (r->document->tables != NULL)
		registry_in_force(c->registry, job, d);
	issue->n_from = registry_taken(c->registry, job,
	    r->document->tables != NULL ? NULL : d, &issue->from);
	digest_end(d, issue->recipe);
	return sums[1] != 0;
}

bool
compile_recipe(struct job *job, struct compiler *c,
    const struct compile_request *r, const struct compile_output *output,
    uint8_t recipe[32])
{
	const struct document *d = r->document;
	struct registry_issue issue = { 0 };
	struct registry_row *rows;
	const size_t n = registry_needed(c->registry, job, r->subject,
	    d->whole ? "*" : d->about_kind, &rows);
	bool has = n > 0 && d->needs == NULL;
	size_t i;

	for (i = 0; i < n && !has; i++)
		has = str_eq(rows[i].kind, d->needs);
	if (!has || !sum_recipe(job, c, r, output, &issue))
		return false;
	memcpy(recipe, issue.recipe, sizeof issue.recipe);
	return true;
}

bool
compile_prepare(struct job *job, struct compiler *c, const struct document *d)
{
	registry_expect(c->registry, job);
	return records_prepare(job, c->records) &&
	    dossier_prepare(job, c->records) != 0 &&
	    transform_prepare(job, c->xml, c->catalogue, c->data, d) != 0;
}

/* ----------------------------------------------------- pages to a file */

static void
writer_begin(void *ctx, const struct area_doc *doc)
{
	struct writer *w = ctx;

	if (w->pdf != NULL)
		pdf_begin(w->pdf, doc);
}

static void
free_page(struct area_page *page)
{
	size_t i;

	for (i = 0; i < page->n_ended; i++)
		area_elem_free(page->ended[i]);
	area_page_free(page);
}

static bool
write_page(struct writer *w, const struct area_page *page)
{
	struct area_sheet sheet;

	impose_single(&sheet, page);

	pdf_structure(w->pdf, page);
	return pdf_sheet(w->pdf, &sheet);
}

static bool
writer_page(void *ctx, struct area_page *page)
{
	struct writer *w = ctx;

	enum stage former;

	w->pages++;
	if (w->output->progress != NULL)
		w->output->progress(w->output->ctx, w->pages);
	former = stopwatch_enter(w->job, STAGE_PDF);
	if (w->pdf != NULL && !w->output->booklet && w->trial != NULL &&
	    layout_is_stale(w->trial)) {
		pdf_free(w->pdf);
		w->pdf = NULL;
		w->in_vain = true;
	}
	if (w->in_vain) {
		free_page(page);
	} else if (w->pdf == NULL) {
		buf_clear(&w->text);
		area_dump_page(&w->text, page, /*glyphs*/ false);
		outfile_write(w->file, w->text.p, w->text.n);
		free_page(page);
	} else if (w->output->booklet) {
		VEC_RESERVE(w->held, w->cap_held, w->n_held + 1);
		w->held[w->n_held++] = page;
	} else {
		w->ok = w->ok && write_page(w, page);
		area_page_free(page);
	}
	stopwatch_enter(w->job, former);
	return w->ok;
}

/* A booklet's first sheet carries its last page, so it is written when all
 * pages are known; the structure keeps the order of reading. */
static bool
write_booklet(struct writer *w)
{
	struct arena *arena;
	struct area_sheet *sides;
	size_t i, n;
	bool ok;

	for (i = 0; i < w->n_held; i++)
		pdf_structure(w->pdf, w->held[i]);
	arena = arena_new();
	sides = impose_booklet(arena,
	    &(struct impose_options){ .thickness = PAPER }, w->held, w->n_held,
	    &n);
	ok = true;
	for (i = 0; ok && i < n; i++)
		ok = pdf_sheet(w->pdf, &sides[i]);
	arena_free(arena);
	return ok;
}

/* What layout knows of the document, and what it was made from. */
static bool
end_pdf(struct writer *w, const struct area_doc *doc)
{
	const struct source *s = w->source;
	struct area_attachment *v;
	struct area_doc whole = *doc;

	if (s->tree == NULL)
		return pdf_end(w->pdf, doc);
	whole.origin = &s->origin;
	if (s->dossier.n > 0) {
		v = arena_array(w->job->arena, doc->n_attachments + 1,
		    sizeof *v);
		if (doc->n_attachments > 0)
			memcpy(v, doc->attachments,
			    doc->n_attachments * sizeof *v);
		v[whole.n_attachments++] = s->dossier;
		whole.attachments = v;
	}
	return pdf_end(w->pdf, &whole);
}

static void
writer_end(void *ctx, const struct area_doc *doc)
{
	struct writer *w = ctx;
	enum stage former;

	if (w->in_vain)
		return;
	if (w->pdf == NULL) {
		buf_clear(&w->text);
		area_dump_doc(&w->text, doc);
		outfile_write(w->file, w->text.p, w->text.n);
		return;
	}
	former = stopwatch_enter(w->job, STAGE_PDF);
	if (w->output->booklet)
		w->ok = w->ok && write_booklet(w);
	w->ok = w->ok && end_pdf(w, doc);
	stopwatch_enter(w->job, former);
}

static void
writer_close(struct writer *w)
{
	size_t i;

	for (i = 0; i < w->n_held; i++)
		area_page_free(w->held[i]);
	free(w->held);
	buf_free(&w->text);
	pdf_free(w->pdf);
}

static struct fo_doc *
open_source(struct job *job, const struct source *s)
{
	if (s->path == NULL)
		return fo_open_tree(job, s->tree);
	if (strcmp(s->path, "-") == 0)
		lseek(STDIN_FILENO, 0, SEEK_SET);
	return fo_open(job, s->path);
}

/* One layout from beginning to end. */
static struct layout_result
lay_out_once(struct job *job, struct compiler *c, const struct source *source,
    struct layout_memory *memory, struct writer *w)
{
	struct layout_result result = { 0 };
	struct layout_options options = {
		.base = source->path,
		.input_bytes = source->bytes,
	};
	struct area_sink sink = { w, writer_begin, writer_page, writer_end };
	struct fo_doc *doc;

	doc = open_source(job, source);
	if (doc == NULL)
		return result;
	w->ok = true;
	if (w->output->end == END_PDF) {
		w->pdf = pdf_open(job, w->file, c->fonts,
		    &(struct pdf_options){
			.uncompressed = w->output->uncompressed,
			.memory = c->pdf_memory });
		w->ok = w->pdf != NULL;
	}
	if (w->ok)
		result = layout_run(job, doc, c->fonts, c->images, memory,
		    &options, &sink);
	result.ok = result.ok && w->ok;
	fo_free(doc);
	return result;
}

static void
report_unstable(struct job *job, const struct source *source)
{
	struct buf rounds = { 0 };

	buf_printf(&rounds, "%d", ROUNDS);
	diag_report(job->diag, DIAG_COMPILE_UNSTABLE, where_file(source->path),
	    rounds.p);
	buf_free(&rounds);
}

/* An open call becomes that of this document; false after undoing it. */
static bool
enter_issue(struct job *job, struct compiler *c,
    const struct registry_call *call, const struct registry_issue *issue)
{
	if (!registry_begin(c->registry, job, call))
		return false;
	if (registry_issue(c->registry, job, issue))
		return true;
	registry_undo(c->registry);
	return false;
}

/* The file takes its place, and in the same moment that of a registry's log:
 * neither is there without the other, but where the machine fails between.  What
 * goes to standard output or a device cannot be taken back. */
static bool
hand_out(struct job *job, struct compiler *c, const struct source *source,
    struct compile_output *output, struct outfile *file)
{
	struct registry_issue issue = source->issue;

	if (!source->issued)
		return outfile_commit(file);
	issue.path = output->path;
	issue.pages = output->pages;
	outfile_digest(file, issue.digest);
	if (output->hold || outfile_is_ordinary(file)) {
		output->issue = issue;
		output->held = outfile_hold(file);
		return output->held != NULL && (output->hold ||
		    compile_enter(job, c, source->call, &issue, output->held));
	}
	if (!enter_issue(job, c, source->call, &issue)) {
		outfile_abort(file);
		return false;
	}
	if (outfile_commit(file))
		return registry_commit(c->registry, job);
	registry_undo(c->registry);
	return false;
}

bool
compile_enter(struct job *job, struct compiler *c,
    const struct registry_call *call, const struct registry_issue *issue,
    const char *held)
{
	bool ok = enter_issue(job, c, call, issue), can_undo;
	int err;

	if (ok) {
		err = file_swap(held, issue->path, &can_undo);
		if (err != 0)
			diag_report(job->diag, DIAG_FILE_WRITE,
			    where_file(issue->path),
			    message_reason(diag_lang(job->diag), err));
		if (err != 0)
			registry_undo(c->registry);
		ok = err == 0 && registry_commit(c->registry, job);
		/* A disk may be full just then. */
		if (err == 0 && !ok && can_undo)
			file_put_back(held, issue->path);
	}
	unlink(held);
	return ok;
}

static bool
lay_out(struct job *job, struct compiler *c, const struct source *source,
    struct compile_output *output)
{
	struct layout_memory *memory;
	struct layout_result result;
	struct outfile *file;
	size_t errors;
	int round;

	stopwatch_enter(job, STAGE_LAYOUT);
	errors = diag_count(job->diag, DIAG_ERROR);
	file = outfile_open(job, output->path);
	if (file == NULL)
		return false;
	memory = layout_memory_new();
	for (round = 1;; round++) {
		struct writer w = {
			.job = job, .source = source, .output = output,
			.file = file,
			.trial = round < ROUNDS ? memory : NULL
		};

		result = lay_out_once(job, c, source, memory, &w);
		writer_close(&w);
		if (!result.ok || result.stable || round == ROUNDS)
			break;
		outfile_restart(file);
	}
	layout_memory_free(memory);
	output->pages = result.pages;
	if (result.ok && !result.stable)
		report_unstable(job, source);
	stopwatch_enter(job, STAGE_PDF);
	if (result.ok && diag_count(job->diag, DIAG_ERROR) == errors)
		return hand_out(job, c, source, output, file);
	outfile_abort(file);
	return false;
}

/* ---------------------------------------------------------------- dumps */

static bool
write_tree(struct job *job, const xmlDoc *tree, const char *path)
{
	struct buf text = { 0 };
	struct outfile *file;

	file = outfile_open(job, path);
	if (file == NULL)
		return false;
	xml_write(tree, /*indent*/ true, &text);
	outfile_write(file, text.p, text.n);
	buf_free(&text);
	return outfile_commit(file);
}

static bool
write_csv(struct job *job, struct compiler *c, const struct dossier *dossier,
    struct compile_output *output)
{
	struct buf text = { 0 };
	struct outfile *file = NULL;

	if (dossier_csv(job, c->records, dossier, output->table, &text,
		&output->rows))
		file = outfile_open(job, output->path);
	else
		diag_report(job->diag, DIAG_DOSSIER_TABLE, where_none(),
		    output->table, dossier->audience);
	if (file != NULL)
		outfile_write(file, text.p, text.n);
	buf_free(&text);
	return file != NULL && outfile_commit(file);
}

/* About what the tree would take as a file: text and as much markup. */
static size_t
tree_bytes(const xmlDoc *tree)
{
	const xmlNode *n;
	size_t bytes;

	bytes = 0;
	for (n = xmlDocGetRootElement(tree); n != NULL;) {
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			bytes += strlen((const char *)n->content);
		bytes += 40;
		if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
			n = n->children;
			continue;
		}
		while (n != NULL && n->next == NULL)
			n = n->parent->type == XML_ELEMENT_NODE ? n->parent
								: NULL;
		if (n != NULL)
			n = n->next;
	}
	return bytes;
}

/* ------------------------------------------------------------- checking */

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
compile_check(struct job *job, struct compiler *c, const char *const *paths,
    size_t n_paths, size_t *records)
{
	struct registry_row *rows;
	struct record *record;
	bool ok, together;
	size_t i;

	together = false;
	for (i = 0; i < n_paths; i++)
		together = together || is_folder(paths[i]);
	ok = compiler_scan(c, paths, n_paths) != NULL;
	if (c->registry == NULL)
		return false;
	*records = registry_list(c->registry, job, NULL, &rows);
	for (i = 0; i < *records; i++)
		records_expect(c->records, rows[i].kind);
	for (i = 0; i < *records; i++) {
		record = registry_load(c->registry, job, &rows[i]);
		ok = record != NULL && ok;
		record_free(record);
	}
	/* Files by themselves may refer to others that were not given. */
	if (!together)
		return ok;
	ok = registry_check(c->registry, job, NULL) && ok;
	for (i = 0; i < *records; i++)
		if (records_is_subject(c->records, rows[i].kind))
			ok = dossier_check(job, c->records, c->registry,
				 &(struct dossier_request){
				     .subject = rows[i].id }) && ok;
	return ok;
}

static bool
check_concerned(struct job *job, struct compiler *c)
{
	struct registry_row *rows;
	size_t n, i;
	bool ok = true;

	n = registry_concerned(c->registry, job, &rows);
	for (i = 0; i < n; i++) {
		struct job own = { arena_new(), job->diag, job->watch };

		ok = dossier_check(&own, c->records, c->registry,
			 &(struct dossier_request){
			     .subject = rows[i].id }) && ok;
		arena_free(own.arena);
	}
	return ok;
}

bool
compile_add(struct job *job, struct compiler *c, const char *const *paths,
    size_t n_paths, const struct registry_call *call)
{
	bool ok;

	if (!registry_begin(c->registry, job, call))
		return false;
	ok = registry_add(c->registry, job, paths, n_paths);
	ok = registry_check_added(c->registry, job) && ok;
	ok = check_concerned(job, c) && ok;
	if (ok)
		return registry_commit(c->registry, job);
	registry_undo(c->registry);
	return false;
}

/* ---------------------------------------------------------------- import */

enum round { ROUND_GOOD, ROUND_AGAIN, ROUND_BAD };

/* Enters the rows that are not refused yet; good, and committed, if there is
 * nothing to refuse among them. */
static enum round
import_round(struct job *job, struct compiler *c, struct import *im,
    const struct registry_call *call)
{
	struct job own = { job->arena, diag_new(diag_lang(job->diag),
		DIAG_KEPT), job->watch };
	enum round result = ROUND_BAD;
	bool ok;

	if (registry_begin(c->registry, job, call)) {
		ok = import_rows(im, job, c->registry);
		(void)registry_check_added(c->registry, &own);
		(void)check_concerned(&own, c);
		ok = import_judge(im, job, c->registry, own.diag) && ok;
		if (ok)
			result = import_state(im)->round > 0 ? ROUND_AGAIN
							     : ROUND_GOOD;
		if (result != ROUND_GOOD)
			registry_undo(c->registry);
		else if (!registry_commit(c->registry, job))
			result = ROUND_BAD;
	}
	diag_free(own.diag);
	return result;
}

/* Without a row that was refused, others may be wrong: those that link to its
 * record.  Each round refuses one at least, so there is an end. */
bool
compile_import(struct job *job, struct compiler *c,
    struct compile_import *what, const struct registry_call *call)
{
	const struct import_source source = { what->path, what->kind,
		what->mapping, what->lang };
	struct import *im = import_open(job, c->records, &source);
	enum round round;
	bool ok;

	if (im == NULL)
		return false;
	do
		round = import_round(job, c, im, call);
	while (round == ROUND_AGAIN && what->refused != NULL);
	what->rows = import_state(im)->rows;
	what->n_refused = import_state(im)->refused;
	ok = round == ROUND_GOOD;
	if (ok && what->n_refused > 0)
		ok = import_refused(im, job, what->refused);
	import_free(im);
	return ok;
}

const char *
compile_kind(struct job *job, struct compiler *c, const char *name)
{
	const char *kind;

	if (c->records == NULL)
		c->records = records_open(c->job, c->xml, c->data);
	if (c->records == NULL)
		return NULL;
	kind = records_kind_called(c->records, name);
	if (kind == NULL)
		records_report_kind(job, c->records, where_none(), name);
	return kind;
}

bool
compile_template(struct job *job, struct compiler *c, const char *kind,
    const char *lang, struct buf *mapping, struct buf *columns)
{
	if (c->records == NULL)
		c->records = records_open(c->job, c->xml, c->data);
	return c->records != NULL && import_template(job, c->records, kind,
	    lang, mapping, columns);
}

void
compile_field_names(struct job *job, struct compiler *c, const char *kind,
    const char *const *paths, size_t n, const char **names)
{
	import_field_names(job, c->records, kind, paths, n, names);
}

/* ------------------------------------------------------------- compiler */

struct compiler *
compiler_new(struct job *job, const char *data)
{
	struct buf hyphens = { 0 };
	struct compiler *c;

	c = xcalloc(1, sizeof *c);
	c->job = job;
	c->data = arena_strdup(job->arena, data);
	c->xml = xml_new();
	xml_allow(c->xml, c->data);
	c->fonts = fonts_new();
	buf_printf(&hyphens, "%s/hyphen", data);
	fonts_set_hyphens(c->fonts, hyphens.p);
	buf_free(&hyphens);
	c->images = images_new();
	c->pdf_memory = pdf_memory_new();
	return c;
}

void
compiler_free(struct compiler *c)
{
	if (c == NULL)
		return;
	registry_free(c->registry);
	records_free(c->records);
	pdf_memory_free(c->pdf_memory);
	images_free(c->images);
	fonts_free(c->fonts);
	xml_free(c->xml);
	free(c);
}

void
compiler_close(struct compiler *c)
{
	registry_free(c->registry);
	c->registry = NULL;
}

struct records *
compiler_records(struct compiler *c)
{
	return c->records;
}

const struct catalogue *
compiler_catalogue(struct compiler *c)
{
	if (c->catalogue == NULL)
		c->catalogue = catalogue_load(c->job, c->xml, c->data);
	return c->catalogue;
}

struct registry *
compiler_open(struct job *job, struct compiler *c, const char *path,
    enum registry_access access)
{
	if (c->records == NULL)
		c->records = records_open(c->job, c->xml, c->data);
	if (c->records != NULL && c->registry == NULL)
		c->registry = registry_open_file(job, c->records, path, access);
	return c->registry;
}

struct registry *
compiler_scan(struct compiler *c, const char *const *paths, size_t n_paths)
{
	bool ok;

	if (c->records == NULL)
		c->records = records_open(c->job, c->xml, c->data);
	if (c->records != NULL && c->registry == NULL)
		c->registry = registry_open(c->job, c->records);
	stopwatch_enter(c->job, STAGE_SCAN);
	ok = c->registry != NULL &&
	    registry_scan(c->registry, c->job, paths, n_paths);
	stopwatch_enter(c->job, STAGE_OTHER);
	return ok ? c->registry : NULL;
}
