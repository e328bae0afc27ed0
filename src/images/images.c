/*
 * The store of images: each reference is resolved, read and checked once, and
 * keeps its answer, good or bad.  A bad one is reported wherever it is asked
 * for again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "images/images_int.h"

struct entry {
	struct image image;
	enum image_fault fault;
};

struct images {
	struct map *by_name;	/* resolved name -> struct entry */
	int count;		/* good ones: the next id */
};

static const enum diag_code fault_codes[] = {
	[IMAGE_MISSING] = DIAG_IMAGE_MISSING,
	[IMAGE_ADDRESS] = DIAG_IMAGE_ADDRESS,
	[IMAGE_FORMAT] = DIAG_IMAGE_FORMAT,
	[IMAGE_DAMAGED] = DIAG_IMAGE_DAMAGED,
	[IMAGE_LARGE] = DIAG_IMAGE_LARGE,
};

struct images *
images_new(void)
{
	struct images *is = xcalloc(1, sizeof *is);

	is->by_name = map_new();
	return is;
}

void
images_free(struct images *is)
{
	if (!is)
		return;
	for (size_t i = 0; i < map_count(is->by_name); i++) {
		struct entry *e = map_value(is->by_name, i);

		free((void *)e->image.data);
		free((void *)e->image.alpha);
		free((void *)e->image.icc);
		free(e);
	}
	map_free(is->by_name);
	free(is);
}

bool
image_icc_fits(const unsigned char *p, size_t n, int components)
{
	const char *space = components == 1 ? "GRAY"
	    : components == 3		    ? "RGB "
					    : "CMYK";
	size_t size;

	if (n < 132)
		return false;
	size = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 |
	    p[3];
	return size == n && !memcmp(p + 36, "acsp", 4) &&
	    !memcmp(p + 16, space, 4);
}

/* ----------------------------------------------------------- references */

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 32) >= 'a' && (c | 32) <= 'f')
		return (c | 32) - 'a' + 10;
	return -1;
}

static void
percent_decode(struct buf *out, const char *s)
{
	while (*s) {
		int hi = s[0] == '%' ? hex_digit((unsigned char)s[1]) : -1;
		int lo = hi >= 0 ? hex_digit((unsigned char)s[2]) : -1;

		if (lo >= 0 && (hi | lo) != 0) {
			buf_putc(out, hi << 4 | lo);
			s += 3;
		} else {
			buf_putc(out, *s++);
		}
	}
}

/* The reference inside "url( '…' )", or the whole without white space around
 * (XSL 1.1, 5.11, <uri-specification>). */
static char *
unwrap(struct arena *a, const char *uri)
{
	const char *end;

	while (is_space(*uri))
		uri++;
	end = uri + strlen(uri);
	while (end > uri && is_space(end[-1]))
		end--;
	if (end - uri >= 5 && !strncasecmp(uri, "url(", 4) && end[-1] == ')') {
		uri += 4;
		end--;
		while (uri < end && is_space(*uri))
			uri++;
		while (end > uri && is_space(end[-1]))
			end--;
		if (end - uri >= 2 && (*uri == '"' || *uri == '\'') &&
		    end[-1] == *uri) {
			uri++;
			end--;
		}
	}
	return arena_strndup(a, uri, (size_t)(end - uri));
}

/* "file:///a", "file://localhost/a", "file:/a" and "file:a" without their
 * beginning; anything else as it is. */
static const char *
strip_file_scheme(const char *uri)
{
	if (strncasecmp(uri, "file:", 5))
		return uri;
	uri += 5;
	if (str_starts(uri, "//localhost/"))
		return uri + 11;
	if (str_starts(uri, "///"))
		return uri + 2;
	return uri;
}

/* Has the reference a scheme that is not a file's?  (RFC 3986, 3.1) */
static bool
is_remote(const char *uri)
{
	size_t n = strspn(uri, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return (n > 1 && uri[n] == ':' && strncasecmp(uri, "file:", 5)) ||
	    str_starts(uri, "//") || str_starts(uri, "file://");
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* The path that a reference names, seen from `base`.  A reference may be
 * written as a URI ("a%20b.png") or as a plain path: what exists wins. */
static const char *
resolve(struct arena *a, const char *uri, const char *base)
{
	const char *path = strip_file_scheme(uri), *slash;
	struct buf b = { 0 };
	char *plain, *decoded;

	base = base ? strip_file_scheme(base) : NULL;
	slash = base ? strrchr(base, '/') : NULL;
	if (*path != '/' && slash)
		buf_put(&b, base, (size_t)(slash - base) + 1);
	buf_puts(&b, path);
	plain = arena_strdup(a, buf_str(&b));
	if (!strchr(path, '%') || is_file(plain)) {
		buf_free(&b);
		return plain;
	}
	buf_clear(&b);
	if (*path != '/' && slash)
		buf_put(&b, base, (size_t)(slash - base) + 1);
	percent_decode(&b, path);
	decoded = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return decoded;
}

static bool
ends_as(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n >= k && strcasecmp(name + n - k, end) == 0;
}

bool
images_is_svg(struct job *job, const char *uri, const char *base,
    const char **path)
{
	const char *ref = unwrap(job->arena, uri);
	const char *p = strip_file_scheme(ref);

	if (!strncasecmp(ref, "data:image/svg+xml", 18)) {
		*path = ref;
		return true;
	}
	if (!strncasecmp(ref, "data:", 5) || is_remote(p) ||
	    !(ends_as(p, ".svg") || ends_as(p, ".svgz")))
		return false;
	*path = resolve(job->arena, ref, base);
	return true;
}

/* -------------------------------------------------------------- reading */

static enum image_fault
read_fd(int fd, struct buf *out)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return IMAGE_MISSING;
	if (st.st_size > (off_t)IMAGE_MAX_BYTES)
		return IMAGE_LARGE;
	while (out->n < (size_t)st.st_size) {
		char chunk[65536];
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return IMAGE_MISSING;
		if (n == 0)
			break;
		buf_put(out, chunk, (size_t)n);
	}
	return IMAGE_GOOD;
}

static enum image_fault
read_file(const char *path, struct buf *out)
{
	/* O_NONBLOCK: a FIFO must not hold us up; it is then refused. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	enum image_fault fault;

	if (fd < 0)
		return IMAGE_MISSING;
	fault = read_fd(fd, out);
	close(fd);
	return fault;
}

static int
base64_digit(int c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	if (c == '/' || c == '_')
		return 63;
	return -1;
}

/* RFC 4648, also its URL alphabet; white space is skipped. */
static bool
base64_decode(struct buf *out, const char *s)
{
	uint32_t bits = 0;
	int have = 0;

	for (; *s && *s != '='; s++) {
		int d = base64_digit((unsigned char)*s);

		if (d < 0 && is_space(*s))
			continue;
		if (d < 0)
			return false;
		bits = (bits << 6 | (uint32_t)d) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_putc(out, (int)(bits >> have & 0xFF));
		}
	}
	return true;
}

/* RFC 2397. */
static enum image_fault
read_data_uri(const char *uri, struct buf *out)
{
	const char *comma = strchr(uri, ',');
	struct buf text = { 0 };
	enum image_fault fault = IMAGE_GOOD;

	if (!comma)
		return IMAGE_ADDRESS;
	percent_decode(&text, comma + 1);
	if (comma - uri >= 7 && !strncasecmp(comma - 7, ";base64", 7)) {
		if (!base64_decode(out, buf_str(&text)))
			fault = IMAGE_DAMAGED;
	} else {
		buf_put(out, buf_str(&text), text.n);
	}
	buf_free(&text);
	return fault;
}

static enum image_fault
read_bytes(const char *name, struct buf *out)
{
	return strncasecmp(name, "data:", 5) ? read_file(name, out)
					     : read_data_uri(name, out);
}

static enum image_fault
decode(const unsigned char *p, size_t n, int page, struct image *im)
{
	static const unsigned char png[] = "\x89PNG\r\n\x1a\n";

	if (n >= 8 && !memcmp(p, png, 8))
		return image_read_png(p, n, im);
	if (n >= 3 && !memcmp(p, "\xFF\xD8\xFF", 3))
		return image_read_jpeg(p, n, im);
	if (n >= 6 && (!memcmp(p, "GIF87a", 6) || !memcmp(p, "GIF89a", 6)))
		return image_read_gif(p, n, im);
	if (n >= 2 && !memcmp(p, "BM", 2))
		return image_read_bmp(p, n, im);
	if (n >= 4 && (!memcmp(p, "II*", 4) || !memcmp(p, "MM\0*", 4)))
		return image_read_tiff(p, n, page, im);
	return image_read_box(p, n, im);
}

/* Takes "#page=N" off the end of a reference to a file that has no such name;
 * returns N, or 0 where none is named. */
static int
split_page(const char *name, struct buf *file)
{
	const char *at = strrchr(name, '#');
	int page;

	if (at == NULL || !str_starts(at, "#page=") || is_file(name)) {
		buf_puts(file, name);
		return 0;
	}
	buf_put(file, name, (size_t)(at - name));
	page = atoi(at + 6);
	return page < 1 ? 1 : page;
}

static enum image_fault
read_image(const char *name, struct image *im)
{
	struct buf b = { 0 }, file = { 0 };
	int page = split_page(name, &file);
	enum image_fault fault = read_bytes(buf_str(&file), &b);

	im->pages = 1;
	if (fault == IMAGE_GOOD)
		fault = decode((const unsigned char *)b.p, b.n, page, im);
	buf_free(&b);
	buf_free(&file);
	return fault;
}

/* The name under which a reference is read, or NULL after reporting. */
static const char *
reference(struct job *job, const char *uri, const char *base,
    struct where where)
{
	const char *name = unwrap(job->arena, uri);

	if (!strncasecmp(name, "data:", 5))
		return name;
	if (!is_remote(strip_file_scheme(name)))
		return resolve(job->arena, name, base);
	diag_report(job->diag, DIAG_IMAGE_ADDRESS, where, name);
	return NULL;
}

/* A data: reference can be megabytes long: its beginning will do. */
static void
report(struct job *job, enum diag_code code, const char *name,
    struct where where)
{
	diag_report(job->diag, code, where, strncasecmp(name, "data:", 5)
	    ? name
	    : arena_strndup(job->arena, name, strcspn(name, ",")));
}

static void
report_fault(struct job *job, enum image_fault fault, const char *name,
    struct where where)
{
	report(job, fault_codes[fault], name, where);
}

bool
images_read(struct job *job, const char *uri, const char *base,
    struct where where, struct buf *out)
{
	const char *name = reference(job, uri, base, where);
	enum image_fault fault;

	if (!name)
		return false;
	fault = read_bytes(name, out);
	if (fault == IMAGE_GOOD)
		return true;
	report_fault(job, fault, name, where);
	return false;
}

/* RFC 1952. */
static enum image_fault
gunzip(const struct buf *in, struct buf *out)
{
	z_stream z = { .next_in = (Bytef *)in->p, .avail_in = (uInt)in->n };
	unsigned char chunk[16384];
	int ret = inflateInit2(&z, 16 + MAX_WBITS);
	enum image_fault fault = IMAGE_GOOD;

	while (ret == Z_OK && fault == IMAGE_GOOD) {
		z.next_out = chunk;
		z.avail_out = sizeof chunk;
		ret = inflate(&z, Z_NO_FLUSH);
		buf_put(out, chunk, sizeof chunk - z.avail_out);
		if (out->n > IMAGE_MAX_BYTES)
			fault = IMAGE_LARGE;
	}
	inflateEnd(&z);
	return fault == IMAGE_GOOD && ret != Z_STREAM_END ? IMAGE_DAMAGED :
	    fault;
}

bool
images_drawing(struct job *job, const char *path, struct where where,
    struct buf *out)
{
	struct buf b = { 0 };
	enum image_fault fault = read_bytes(path, &b);

	if (fault == IMAGE_GOOD && b.n > 2 && !memcmp(b.p, "\x1f\x8b", 2))
		fault = gunzip(&b, out);
	else if (fault == IMAGE_GOOD)
		buf_put(out, b.p, b.n);
	buf_free(&b);
	if (fault != IMAGE_GOOD)
		report_fault(job, fault, path, where);
	return fault == IMAGE_GOOD;
}

static struct entry *
enter(struct images *is, const char *name)
{
	struct entry *e = xcalloc(1, sizeof *e);

	e->image.orientation = 1;
	map_put(is->by_name, name, e);
	return e;
}

static void
settle(struct images *is, struct entry *e, enum image_fault fault)
{
	e->fault = fault;
	if (fault == IMAGE_GOOD)
		e->image.id = is->count++;
}

void
images_provide(struct images *is, const char *name, const void *bytes,
    size_t n)
{
	struct entry *e;

	if (map_lookup(is->by_name, name) != NULL)
		return;
	e = enter(is, name);
	settle(is, e, decode(bytes, n, 1, &e->image));
}

const struct image *
images_load(struct images *is, struct job *job, const char *uri,
    const char *base, struct where where)
{
	const char *name = reference(job, uri, base, where);
	struct entry *e;

	if (!name)
		return NULL;
	e = map_lookup(is->by_name, name);
	if (!e) {
		e = enter(is, name);
		settle(is, e, read_image(name, &e->image));
	}
	if (e->fault == IMAGE_GOOD && e->image.kind == IMAGE_BOX)
		report(job, DIAG_IMAGE_BOX, name, where);
	if (e->fault == IMAGE_GOOD)
		return &e->image;
	report_fault(job, e->fault, name, where);
	return NULL;
}
