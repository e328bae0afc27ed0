/*
 * Objects of the file, over libharu's object layer (which has the numbers,
 * the cross-reference table, the catalog, Info and the output stream).
 *
 * Values come as finished text and leave at once: streams straight to the
 * file, all others into object streams of some hundred (ISO 32000-1, 7.5.7),
 * because 80,000 table cells are 80,000 dictionaries of the same few words.  What
 * stays in memory is an entry of the table.  The table is written as a stream,
 * the only form that knows of object streams (7.5.8).
 *
 * libharu frees what its table holds; a reserved number holds a null until its
 * value came.  entry_typ says what became of a number: IN_STREAM means that
 * byte_offset is the number of an object stream and gen_no the place in it.
 */
#include <string.h>

#include "pdf/pdf_int.h"

#define IN_STREAM     'c'
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

static HPDF_STATUS
on_write(HPDF_Stream s, const HPDF_BYTE *data, HPDF_UINT n)
{
	struct pdf *p = s->attr;

	outfile_write(p->file, data, n);
	digest_add(p->o.digest, data, n);
	p->o.offset += n;
	return HPDF_OK;
}

static void
emit(struct pdf *p, const void *data, size_t n)
{
	const char *s = data;

	while (n > 0) {
		HPDF_UINT part = n > 1u << 30 ? 1u << 30 : (HPDF_UINT)n;

		HPDF_Stream_Write(p->o.out, (const HPDF_BYTE *)s, part);
		s += part;
		n -= part;
	}
	/* Offsets are 32 bits wide. */
	if (p->o.offset > UINT32_MAX && !p->failed) {
		p->failed = true;
		diag_report(p->job->diag, DIAG_PDF_SIZE, where_none(), NULL);
	}
}

static void
emit_buf(struct pdf *p, struct buf *b)
{
	emit(p, b->p, b->n);
	buf_clear(b);
}

bool
objects_open(struct pdf *p)
{
	static const char header[] = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n";

	p->o.z_level = -1;
	p->o.digest = digest_new();
	p->o.haru = HPDF_NewEx(on_error, on_alloc, free, 0, p);
	if (!p->o.haru)
		return false;
	p->o.out = HPDF_CallbackWriter_New(p->o.haru->mmgr, on_write, p);
	if (!p->o.out)
		return false;
	emit(p, header, sizeof header - 1);
	return true;
}

void
objects_free(struct pdf *p)
{
	uint8_t unused[32];

	if (p->o.digest)
		digest_end(p->o.digest, unused);
	if (p->o.out)
		HPDF_Stream_Free(p->o.out);
	if (p->o.haru)
		HPDF_Free(p->o.haru);
	if (p->o.z_level >= 0)
		deflateEnd(&p->o.z);
	buf_free(&p->o.deflated);
	buf_free(&p->o.stream.head);
	buf_free(&p->o.stream.body);
}

/* -------------------------------------------------------------- numbers */

static HPDF_XrefEntry
entry_of(struct pdf *p, unsigned id)
{
	return HPDF_Xref_GetEntry(p->o.haru->xref, id);
}

unsigned
object_new(struct pdf *p)
{
	HPDF_List entries = p->o.haru->xref->entries;
	HPDF_Null null = HPDF_Null_New(p->o.haru->mmgr);

	/* Its list grows by constant steps, which is quadratic. */
	if (entries->count == entries->block_siz &&
	    entries->count > entries->items_per_block)
		entries->items_per_block = entries->count;
	if (!null || HPDF_Xref_Add(p->o.haru->xref, null) != HPDF_OK)
		return 0;
	return null->header.obj_id & 0x00FFFFFF;
}

/* The number has its value: the placeholder goes. */
static HPDF_XrefEntry
settle(struct pdf *p, unsigned id)
{
	HPDF_XrefEntry e = entry_of(p, id);
	HPDF_Null null = e ? e->obj : NULL;

	if (null && (null->header.obj_class & HPDF_OCLASS_ANY) ==
	    HPDF_OCLASS_NULL) {
		HPDF_FreeMem(p->o.haru->mmgr, null);
		e->obj = NULL;
	}
	return e;
}

static bool
is_reserved_only(HPDF_XrefEntry e)
{
	HPDF_Null null = e->obj;

	return null &&
	    (null->header.obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_NULL;
}

/* -------------------------------------------------------------- streams */

/* Deflates into o.deflated.  False: failed, which zlib does for a wrong
 * argument or want of memory only. */
static bool
deflate_bytes(struct pdf *p, const void *data, size_t n, int level)
{
	z_stream *z = &p->o.z;
	struct buf *out = &p->o.deflated;
	size_t room = n + n / 1000 + 64;

	if (p->o.z_level != level) {
		if (p->o.z_level >= 0)
			deflateEnd(z);
		memset(z, 0, sizeof *z);
		if (deflateInit(z, level) != Z_OK) {
			p->failed = true;
			return false;
		}
		p->o.z_level = level;
	} else {
		deflateReset(z);
	}
	buf_clear(out);
	if (out->cap < room) {
		out->p = xrealloc(out->p, room, 1);
		out->cap = room;
	}
	z->next_in = (Bytef *)(uintptr_t)data;
	z->avail_in = (uInt)n;
	z->next_out = (Bytef *)out->p;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END) {
		p->failed = true;
		return false;
	}
	out->n = room - z->avail_out;
	return true;
}

void
object_put_stream(struct pdf *p, unsigned id, const char *keys,
    const void *data, size_t n, int level)
{
	struct buf head = { 0 };
	HPDF_XrefEntry e = settle(p, id);
	bool packed = n > 0 && level > 0 && !p->options.uncompressed &&
	    deflate_bytes(p, data, n, level);

	if (!e)
		return;
	if (packed) {
		data = p->o.deflated.p;
		n = p->o.deflated.n;
	}
	e->byte_offset = (HPDF_UINT)p->o.offset;
	buf_printf(&head, "%u 0 obj\n<<%s%s/Length %zu>>stream\n", id, keys,
	    packed ? "/Filter/FlateDecode" : "", n);
	emit_buf(p, &head);
	emit(p, data, n);
	buf_puts(&head, "\nendstream\nendobj\n");
	emit_buf(p, &head);
	buf_free(&head);
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
	HPDF_XrefEntry e = settle(p, id);

	if (!e) {
		buf_clear(b);
		return;
	}
	if (p->options.uncompressed) {
		struct buf out = { 0 };

		e->byte_offset = (HPDF_UINT)p->o.offset;
		buf_printf(&out, "%u 0 obj\n", id);
		buf_put(&out, b->p, b->n);
		buf_puts(&out, "\nendobj\n");
		emit_buf(p, &out);
		buf_free(&out);
	} else {
		if (!s->id)
			s->id = object_new(p);
		e->entry_typ = IN_STREAM;
		e->byte_offset = s->id;
		e->gen_no = (HPDF_UINT16)s->n++;
		put_uint(&s->head, id);
		buf_putc(&s->head, ' ');
		put_uint(&s->head, s->body.n);
		buf_putc(&s->head, ' ');
		buf_put(&s->body, b->p, b->n);
		buf_putc(&s->body, '\n');
		if (s->n == STREAM_OBJECTS || s->body.n > STREAM_BYTES)
			flush_stream(p);
	}
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
put_table(struct pdf *p, struct buf *out, unsigned n)
{
	unsigned char row[8] = { 2 }, last[8] = { 0 }, up[8] = { 2 };

	for (unsigned i = 0; i < n; i++) {
		HPDF_XrefEntry e = entry_of(p, i);
		uint32_t where = e->byte_offset;
		unsigned more = e->gen_no, type = 1;

		if (e->entry_typ == IN_STREAM) {
			type = 2;
		} else if (e->entry_typ == HPDF_FREE_ENTRY ||
		    is_reserved_only(e) || where == 0) {
			type = where = 0;
			more = i == 0 ? 65535 : 0;
		}
		row[1] = (unsigned char)type;
		for (int k = 0; k < 4; k++)
			row[2 + k] = (unsigned char)(where >> (24 - 8 * k));
		row[6] = (unsigned char)(more >> 8);
		row[7] = (unsigned char)more;
		for (int k = 1; k < 8; k++)
			up[k] = (unsigned char)(row[k] - last[k]);
		memcpy(last, row, sizeof last);
		buf_put(out, up, sizeof up);
	}
}

void
objects_finish(struct pdf *p)
{
	struct buf keys = { 0 }, table = { 0 };
	uint8_t digest[32];
	unsigned id, start;

	flush_stream(p);
	digest_end(p->o.digest, digest);
	p->o.digest = digest_new();
	id = object_new(p);
	start = (unsigned)p->o.offset;
	settle(p, id)->byte_offset = start;
	put_table(p, &table, id + 1);
	buf_printf(&keys, "/Type/XRef/Size %u/W[1 4 2]/Root", id + 1);
	put_ref(&keys, p->o.haru->catalog->header.obj_id & 0x00FFFFFF);
	buf_puts(&keys, "/Info");
	put_ref(&keys, p->o.haru->info->header.obj_id & 0x00FFFFFF);
	buf_puts(&keys, "/ID[");
	for (int k = 0; k < 2; k++) {
		buf_putc(&keys, '<');
		for (int i = 0; i < 16; i++)
			buf_printf(&keys, "%02X", (unsigned)digest[i]);
		buf_putc(&keys, '>');
	}
	buf_puts(&keys, "]");
	/* Stored or not, its rows are predicted: so always deflated. */
	deflate_bytes(p, table.p, table.n, SMALL);
	buf_puts(&keys, "/Filter/FlateDecode"
	    "/DecodeParms<</Predictor 12/Columns 7>>");
	buf_clear(&table);
	buf_put(&table, p->o.deflated.p, p->o.deflated.n);
	object_put_stream(p, id, keys.p, table.p, table.n, STORED);
	buf_clear(&keys);
	buf_printf(&keys, "startxref\n%u\n%%%%EOF\n", start);
	emit_buf(p, &keys);
	buf_free(&keys);
	buf_free(&table);
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
put_utf16_hex(struct buf *b, uint32_t cp)
{
	if (cp < 0x10000)
		buf_printf(b, "%04X", cp);
	else
		buf_printf(b, "%04X%04X", 0xD7C0 + (cp >> 10),
		    0xDC00 + (cp & 0x3FF));
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
