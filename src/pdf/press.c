/*
 * The press: streams are deflated and written, in the order in which they come.
 *
 * That is a quarter of the work on a long document and nobody waits for its
 * result, so from some size on a thread of its own does it.  What it works on
 * (zlib's state, libharu's stream, the file, sums and offsets) is then the
 * thread's alone until press_finish; the queue is all they share.  The bytes are
 * the same either way.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* A document of some thirty pages is done before a thread pays. */
#define ALONE_BYTES ((size_t)1 << 19)
/* What may wait: so much that the thread is not woken for every stream, and no
 * more than memory is worth. */
#define WAKE_COUNT  8
#define QUEUE_COUNT 64
#define QUEUE_BYTES ((size_t)4 << 20)

/* A stream on its way. */
struct parcel {
	struct parcel *next;
	unsigned id;
	int level;
	struct buf keys, data;
};

/* Where an object came to stand. */
struct place {
	unsigned id;
	uint32_t offset;
};

struct press {
	struct pdf *pdf;
	z_stream z;
	int level;		/* -1: z is not initialised */
	struct buf deflated, text;
	uint64_t offset;	/* bytes written */
	uint64_t sums[2];	/* of them, for the ID */
	bool failed;		/* zlib */
	struct place *places;
	size_t n_places, cap_places;
	size_t seen;		/* bytes that came */
	bool finished;

	bool threaded;
	pthread_t thread;
	pthread_mutex_t lock;	/* of what follows */
	pthread_cond_t filled, emptied;
	struct parcel *first, **last;	/* the queue */
	struct parcel *spare;
	size_t count, bytes;	/* in the queue, or being worked on */
	uint64_t written;	/* offset, for who may not see that */
	bool sleeping, closing;
};

/* ---------------------------------------------------------------- bytes */

static HPDF_STATUS
on_write(HPDF_Stream s, const HPDF_BYTE *data, HPDF_UINT n)
{
	struct press *pr = s->attr;

	outfile_write(pr->pdf->file, data, n);
	for (int i = 0; i < 2; i++)
		pr->sums[i] = sum_add(pr->sums[i], data, n);
	pr->offset += n;
	return HPDF_OK;
}

static void
emit(struct press *pr, const void *data, size_t n)
{
	const char *s = data;

	while (n > 0) {
		HPDF_UINT part = n > 1u << 30 ? 1u << 30 : (HPDF_UINT)n;

		HPDF_Stream_Write(pr->pdf->o.out, (const HPDF_BYTE *)s, part);
		s += part;
		n -= part;
	}
}

bool
press_open(struct pdf *p)
{
	struct press *pr = xcalloc(1, sizeof *pr);

	pr->pdf = p;
	pr->level = -1;
	/* Two sums with different beginnings are one of twice the size. */
	pr->sums[1] = 1;
	pr->last = &pr->first;
	p->o.press = pr;
	p->o.out = HPDF_CallbackWriter_New(p->o.haru->mmgr, on_write, pr);
	return p->o.out != NULL;
}

static bool
set_level(struct press *pr, int level)
{
	int error;

	if (pr->level == level)
		return deflateReset(&pr->z) == Z_OK;
	if (pr->level < 0)
		error = deflateInit(&pr->z, level);
	else if ((error = deflateReset(&pr->z)) == Z_OK)
		error = deflateParams(&pr->z, level, Z_DEFAULT_STRATEGY);
	if (error == Z_OK)
		pr->level = level;
	return error == Z_OK;
}

/* Deflates into pr->deflated.  False: failed, which zlib does for a wrong
 * argument or want of memory only. */
static bool
deflate_bytes(struct press *pr, const void *data, size_t n, int level)
{
	z_stream *z = &pr->z;
	struct buf *out = &pr->deflated;
	size_t room = n + n / 1000 + 64;

	buf_clear(out);
	if (!set_level(pr, level)) {
		pr->failed = true;
		return false;
	}
	if (out->cap < room) {
		out->p = xrealloc(out->p, room, 1);
		out->cap = room;
	}
	z->next_in = (Bytef *)(uintptr_t)data;
	z->avail_in = (uInt)n;
	z->next_out = (Bytef *)out->p;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END) {
		pr->failed = true;
		return false;
	}
	out->n = room - z->avail_out;
	return true;
}

static void
note_place(struct press *pr, unsigned id)
{
	VEC_RESERVE(pr->places, pr->cap_places, pr->n_places + 1);
	pr->places[pr->n_places++] =
	    (struct place){ id, (uint32_t)pr->offset };
}

static void
print(struct press *pr, unsigned id, const char *keys, const void *data,
    size_t n, int level)
{
	struct buf *text = &pr->text;
	bool packed = n > 0 && level > 0 &&
	    deflate_bytes(pr, data, n, level);

	if (packed) {
		data = pr->deflated.p;
		n = pr->deflated.n;
	}
	note_place(pr, id);
	buf_clear(text);
	buf_printf(text, "%u 0 obj\n<<%s%s/Length %zu>>stream\n", id, keys,
	    packed ? "/Filter/FlateDecode" : "", n);
	emit(pr, text->p, text->n);
	emit(pr, data, n);
	emit(pr, "\nendstream\nendobj\n", 18);
}

/* --------------------------------------------------------------- thread */

/* The whole queue at once; NULL: the end. */
static struct parcel *
take(struct press *pr)
{
	struct parcel *list;

	pthread_mutex_lock(&pr->lock);
	while (!pr->first && !pr->closing) {
		pr->sleeping = true;
		pthread_cond_wait(&pr->filled, &pr->lock);
	}
	pr->sleeping = false;
	list = pr->first;
	pr->first = NULL;
	pr->last = &pr->first;
	pthread_mutex_unlock(&pr->lock);
	return list;
}

static void
give_back(struct press *pr, struct parcel *done)
{
	pthread_mutex_lock(&pr->lock);
	pr->count--;
	pr->bytes -= done->data.n;
	pr->written = pr->offset;
	done->next = pr->spare;
	pr->spare = done;
	pthread_cond_signal(&pr->emptied);
	pthread_mutex_unlock(&pr->lock);
}

static void *
work(void *arg)
{
	struct press *pr = arg;
	struct parcel *list, *next;

	while ((list = take(pr)) != NULL) {
		for (; list; list = next) {
			next = list->next;
			print(pr, list->id, buf_str(&list->keys),
			    list->data.p, list->data.n, list->level);
			give_back(pr, list);
		}
	}
	return NULL;
}

static void
start(struct press *pr)
{
	pthread_mutex_init(&pr->lock, NULL);
	pthread_cond_init(&pr->filled, NULL);
	pthread_cond_init(&pr->emptied, NULL);
	pr->closing = pr->sleeping = false;
	pr->threaded = pthread_create(&pr->thread, NULL, work, pr) == 0;
}

/* A parcel to be filled, once there is room for it in the queue. */
static struct parcel *
new_parcel(struct press *pr, size_t n)
{
	struct parcel *parcel;

	pthread_mutex_lock(&pr->lock);
	while (pr->count > 0 &&
	    (pr->count >= QUEUE_COUNT || pr->bytes + n > QUEUE_BYTES)) {
		pthread_cond_signal(&pr->filled);
		pthread_cond_wait(&pr->emptied, &pr->lock);
	}
	parcel = pr->spare;
	if (parcel)
		pr->spare = parcel->next;
	pthread_mutex_unlock(&pr->lock);
	if (!parcel)
		parcel = xcalloc(1, sizeof *parcel);
	buf_clear(&parcel->keys);
	buf_clear(&parcel->data);
	parcel->next = NULL;
	return parcel;
}

static uint64_t
put(struct press *pr, struct parcel *parcel)
{
	uint64_t written;

	pthread_mutex_lock(&pr->lock);
	*pr->last = parcel;
	pr->last = &parcel->next;
	pr->count++;
	pr->bytes += parcel->data.n;
	if (pr->sleeping && pr->count >= WAKE_COUNT)
		pthread_cond_signal(&pr->filled);
	written = pr->written;
	pthread_mutex_unlock(&pr->lock);
	return written;
}

static void
stop(struct press *pr)
{
	struct parcel *next;

	if (!pr->threaded)
		return;
	pthread_mutex_lock(&pr->lock);
	pr->closing = true;
	pthread_cond_signal(&pr->filled);
	pthread_mutex_unlock(&pr->lock);
	pthread_join(pr->thread, NULL);
	pr->threaded = false;
	pthread_mutex_destroy(&pr->lock);
	pthread_cond_destroy(&pr->filled);
	pthread_cond_destroy(&pr->emptied);
	for (; pr->spare; pr->spare = next) {
		next = pr->spare->next;
		buf_free(&pr->spare->keys);
		buf_free(&pr->spare->data);
		free(pr->spare);
	}
}

/* ------------------------------------------------------------ both ways */

/* Offsets are 32 bits wide. */
static void
check_size(struct pdf *p, uint64_t written)
{
	if (written <= UINT32_MAX || p->failed)
		return;
	p->failed = true;
	diag_report(p->job->diag, DIAG_PDF_SIZE, where_none(), NULL);
}

void
press_stream(struct pdf *p, unsigned id, const char *keys, const void *data,
    size_t n, int level)
{
	struct press *pr = p->o.press;
	struct parcel *parcel;

	/* Readable files are for tests: their other objects do not queue. */
	if (!pr->finished && !p->options.uncompressed)
		pr->seen += n;
	if (!pr->threaded && pr->seen > ALONE_BYTES)
		start(pr);
	if (!pr->threaded) {
		print(pr, id, keys, data, n, level);
		check_size(p, pr->offset);
		return;
	}
	parcel = new_parcel(pr, n);
	parcel->id = id;
	parcel->level = level;
	buf_puts(&parcel->keys, keys);
	buf_put(&parcel->data, data, n);
	check_size(p, put(pr, parcel));
}

void
press_object(struct pdf *p, unsigned id, const struct buf *value)
{
	struct press *pr = p->o.press;

	note_place(pr, id);
	buf_clear(&pr->text);
	buf_printf(&pr->text, "%u 0 obj\n", id);
	emit(pr, pr->text.p, pr->text.n);
	emit(pr, value->p, value->n);
	emit(pr, "\nendobj\n", 8);
	check_size(p, pr->offset);
}

void
press_text(struct pdf *p, const char *text)
{
	emit(p->o.press, text, strlen(text));
}

uint64_t
press_finish(struct pdf *p, uint64_t sums[2])
{
	struct press *pr = p->o.press;

	stop(pr);
	pr->finished = true;
	pr->seen = 0;
	if (pr->failed)
		p->failed = true;
	check_size(p, pr->offset);
	for (size_t i = 0; i < pr->n_places; i++)
		object_stands(p, pr->places[i].id, pr->places[i].offset);
	pr->n_places = 0;
	memcpy(sums, pr->sums, sizeof pr->sums);
	return pr->offset;
}

void
press_pack(struct pdf *p, const void *data, size_t n, int level,
    struct buf *out)
{
	struct press *pr = p->o.press;

	if (deflate_bytes(pr, data, n, level))
		buf_put(out, pr->deflated.p, pr->deflated.n);
	p->failed |= pr->failed;
}

void
press_free(struct pdf *p)
{
	struct press *pr = p->o.press;

	if (!pr)
		return;
	stop(pr);
	if (pr->level >= 0)
		deflateEnd(&pr->z);
	buf_free(&pr->deflated);
	buf_free(&pr->text);
	free(pr->places);
	free(pr);
}
