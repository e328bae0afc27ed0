/*
 * Objects of the file, over libharu's object layer (which has the catalog, Info
 * and the stream to the file).
 *
 * Values come as finished text and leave at once: streams to the press, all
 * others into object streams of some hundred (ISO 32000-1, 7.5.7), because
 * 80,000 table cells are 80,000 dictionaries of the same few words.  What stays
 * in memory is a row of the table of cross references.  That is ours: libharu's
 * takes eight times the room, and most of what a long table keeps is this.
 * It is written as a stream, the only form that knows of object streams
 * (7.5.8).
 */
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define STREAM_OBJECTS 200
#define STREAM_BYTES  65536

/* ------------------------------------------------------------- libharu */

static void
on_error(HPDF_STATUS code, HPDF_STATUS detail, void *data)
{
	struct pdf *p = data;

	(void)detail;
	if (!p->o.error)
		p->o.error = code;
	p->failed = true;
}

static void *
on_alloc(HPDF_UINT n)
{
	return xmalloc(n);
}

bool
objects_open(struct pdf *p)
{
	p->o.haru = HPDF_NewEx(on_error, on_alloc, free, 0, p);
	if (!p->o.haru || !press_open(p))
		return false;
	/* Its own objects come first. */
	while (p->o.n < p->o.haru->xref->entries->count)
		object_new(p);
	press_text(p, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
	return true;
}

void
objects_free(struct pdf *p)
{
	press_free(p);
	if (p->o.out)
		HPDF_Stream_Free(p->o.out);
	if (p->o.haru)
		HPDF_Free(p->o.haru);
	free(p->o.table);
	buf_free(&p->o.stream.head);
	buf_free(&p->o.stream.body);
}

/* -------------------------------------------------------------- numbers */

unsigned
object_new(struct pdf *p)
{
	struct objects *o = &p->o;

	VEC_RESERVE(o->table, o->cap, o->n + 1);
	o->table[o->n] = (struct object_row){ 0, 0, OBJECT_NONE };
	return (unsigned)o->n++;
}

void
object_stands(struct pdf *p, unsigned id, uint32_t offset)
{
	p->o.table[id] = (struct object_row){ offset, 0, OBJECT_PLAIN };
}

/* -------------------------------------------------------------- streams */

void
object_put_stream(struct pdf *p, unsigned id, const char *keys,
    const void *data, size_t n, int level)
{
	press_stream(p, id, keys, data, n,
	    p->options.uncompressed ? STORED : level);
}

unsigned
object_add_stream(struct pdf *p, const char *keys, const void *data, size_t n,
    int level)
{
	unsigned id = object_new(p);

	object_put_stream(p, id, keys, data, n, level);
	return id;
}

/* ------------------------------------------------------- other objects */

static void
flush_stream(struct pdf *p)
{
	struct object_stream *s = &p->o.stream;
	struct buf keys = { 0 };

	if (!s->n)
		return;
	buf_printf(&keys, "/Type/ObjStm/N %zu/First %zu", s->n, s->head.n);
	buf_put(&s->head, s->body.p, s->body.n);
	object_put_stream(p, s->id, keys.p, s->head.p, s->head.n, DENSE);
	buf_free(&keys);
	buf_clear(&s->head);
	buf_clear(&s->body);
	s->id = 0;
	s->n = 0;
}

void
object_put(struct pdf *p, unsigned id, struct buf *b)
{
	struct object_stream *s = &p->o.stream;

	if (p->options.uncompressed) {
		press_object(p, id, b);
		buf_clear(b);
		return;
	}
	if (!s->id)
		s->id = object_new(p);
	p->o.table[id] = (struct object_row){ s->id, (uint16_t)s->n++,
		OBJECT_PACKED };
	put_uint(&s->head, id);
	buf_putc(&s->head, ' ');
	put_uint(&s->head, s->body.n);
	buf_putc(&s->head, ' ');
	buf_put(&s->body, b->p, b->n);
	buf_putc(&s->body, '\n');
	if (s->n == STREAM_OBJECTS || s->body.n > STREAM_BYTES)
		flush_stream(p);
	buf_clear(b);
}

unsigned
object_add(struct pdf *p, struct buf *b)
{
	unsigned id = object_new(p);

	object_put(p, id, b);
	return id;
}

/* ------------------------------------- libharu's dictionaries, the end */

static HPDF_STATUS
write_keys(HPDF_Dict d, HPDF_Stream out)
{
	struct buf *b = d->attr;

	return HPDF_Stream_Write(out, (HPDF_BYTE *)b->p, (HPDF_UINT)b->n);
}

/* Has libharu write the dictionary with more keys, and puts the result. */
static void
put_dict(struct pdf *p, HPDF_Dict d, struct buf *keys)
{
	HPDF_Stream mem = HPDF_MemStream_New(p->o.haru->mmgr, 4096);
	struct buf text = { 0 };

	d->attr = keys;
	d->write_fn = write_keys;
	if (mem && HPDF_Obj_WriteValue(d, mem, NULL) == HPDF_OK) {
		HPDF_UINT n = HPDF_MemStream_GetBufCount(mem);

		for (HPDF_UINT i = 0; i < n; i++) {
			HPDF_UINT size = 0;
			HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(mem, i,
			    &size);

			buf_put(&text, part, size);
		}
	}
	HPDF_Stream_Free(mem);
	d->attr = NULL;
	d->write_fn = NULL;
	object_put(p, d->header.obj_id & 0x00FFFFFF, &text);
	buf_free(&text);
	buf_clear(keys);
}

unsigned
objects_pages_id(struct pdf *p)
{
	return p->o.haru->root_pages->header.obj_id & 0x00FFFFFF;
}

void
objects_put_catalog(struct pdf *p, struct buf *keys)
{
	put_dict(p, p->o.haru->catalog, keys);
}

void
objects_put_info(struct pdf *p, struct buf *keys)
{
	HPDF_Dict_RemoveElement(p->o.haru->info, "Producer");
	put_dict(p, p->o.haru->info, keys);
}

/* Rows of type, offset, generation; differences to the row above deflate
 * well (predictor 12, "up"). */
static void
put_table(struct pdf *p, struct buf *out)
{
	unsigned char row[8] = { 2 }, last[8] = { 0 }, up[8] = { 2 };

	for (size_t i = 0; i < p->o.n; i++) {
		const struct object_row *r = &p->o.table[i];
		unsigned more = i == 0 ? 65535 : r->place;

		row[1] = r->type;
		for (int k = 0; k < 4; k++)
			row[2 + k] = (unsigned char)(r->at >> (24 - 8 * k));
		row[6] = (unsigned char)(more >> 8);
		row[7] = (unsigned char)more;
		for (int k = 1; k < 8; k++)
			up[k] = (unsigned char)(row[k] - last[k]);
		memcpy(last, row, sizeof last);
		buf_put(out, up, sizeof up);
	}
}

static void
put_id(struct buf *b, const uint64_t sums[2])
{
	buf_puts(b, "/ID[");
	for (int k = 0; k < 2; k++) {
		buf_putc(b, '<');
		for (int i = 0; i < 2; i++)
			buf_printf(b, "%08X%08X", (unsigned)(sums[i] >> 32),
			    (unsigned)(sums[i] & 0xFFFFFFFF));
		buf_putc(b, '>');
	}
	buf_puts(b, "]");
}

void
objects_finish(struct pdf *p)
{
	struct buf keys = { 0 }, rows = { 0 }, packed = { 0 };
	uint64_t sums[2];
	unsigned id, start;

	flush_stream(p);
	start = (unsigned)press_finish(p, sums);
	id = object_new(p);
	object_stands(p, id, start);
	put_table(p, &rows);
	buf_printf(&keys, "/Type/XRef/Size %u/W[1 4 2]/Root", id + 1);
	put_ref(&keys, p->o.haru->catalog->header.obj_id & 0x00FFFFFF);
	buf_puts(&keys, "/Info");
	put_ref(&keys, p->o.haru->info->header.obj_id & 0x00FFFFFF);
	put_id(&keys, sums);
	/* Stored or not, its rows are predicted: so always deflated. */
	press_pack(p, rows.p, rows.n, SMALL, &packed);
	buf_puts(&keys, "/Filter/FlateDecode"
	    "/DecodeParms<</Predictor 12/Columns 7>>");
	object_put_stream(p, id, keys.p, packed.p, packed.n, STORED);
	buf_clear(&keys);
	buf_printf(&keys, "startxref\n%u\n%%%%EOF\n", start);
	press_text(p, keys.p);
	buf_free(&keys);
	buf_free(&rows);
	buf_free(&packed);
}

/* --------------------------------------------------------------- values */

/* Numbers and references are the most frequent words of a file: no printf. */
void
put_uint(struct buf *b, uint64_t v)
{
	char text[20], *s = text + sizeof text;

	do
		*--s = (char)('0' + v % 10);
	while (v /= 10);
	buf_put(b, s, (size_t)(text + sizeof text - s));
}

void
put_ref(struct buf *b, unsigned id)
{
	buf_putc(b, ' ');
	put_uint(b, id);
	buf_put(b, " 0 R", 4);
}

void
put_name(struct buf *b, const char *name)
{
	buf_putc(b, '/');
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (c <= 32 || c >= 127 || strchr("#()<>[]{}/%", c))
			buf_printf(b, "#%02X", c);
		else
			buf_putc(b, c);
	}
}

void
put_bytes(struct buf *b, const char *s, size_t n)
{
	buf_putc(b, '(');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '(' || c == ')' || c == '\\')
			buf_putc(b, '\\');
		if (c < 32 || c >= 127)
			buf_printf(b, "\\%03o", c);
		else
			buf_putc(b, c);
	}
	buf_putc(b, ')');
}

void
put_hex4(struct buf *b, unsigned v)
{
	static const char digits[] = "0123456789ABCDEF";
	const char text[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15],
		digits[v >> 4 & 15], digits[v & 15] };

	buf_put(b, text, sizeof text);
}

void
put_utf16_hex(struct buf *b, uint32_t cp)
{
	if (cp >= 0x10000) {
		put_hex4(b, 0xD7C0 + (cp >> 10));
		cp = 0xDC00 + (cp & 0x3FF);
	}
	put_hex4(b, cp);
}

void
put_text_n(struct buf *b, const char *utf8, size_t n)
{
	const char *s = utf8, *end = utf8 + n;

	while (s < end && *s >= 32 && *s < 127)
		s++;
	if (s == end) {
		put_bytes(b, utf8, n);
		return;
	}
	buf_puts(b, "<FEFF");
	for (s = utf8; s < end;) {
		uint32_t cp = utf8_next(&s, end);

		if (cp >= 32 || cp == '\n' || cp == '\t')
			put_utf16_hex(b, cp);
	}
	buf_putc(b, '>');
}

void
put_text(struct buf *b, const char *utf8)
{
	put_text_n(b, utf8, strlen(utf8));
}

void
put_matrix(struct buf *b, const double m[6])
{
	for (int i = 0; i < 6; i++) {
		if (i)
			buf_putc(b, ' ');
		buf_num(b, m[i], i < 4 ? 6 : 3);
	}
}
