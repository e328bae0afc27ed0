/* Images of every kind, good, odd and broken, from memory and from files. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "images/images.h"
#include "make_images.h"

struct fixture {
	struct job job;
	struct images *images;
	struct where where;
	char dir[64];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->job.arena = arena_new();
	f->job.diag = diag_new(LANG_EN, DIAG_TEXT);
	f->images = images_new();
	f->where = (struct where){ "doc.fo", 3, 5 };
	strcpy(f->dir, "/tmp/parcours-images-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;
	char cmd[128];

	snprintf(cmd, sizeof cmd, "rm -rf '%s'", f->dir);
	assert_int_equal(system(cmd), 0);
	images_free(f->images);
	diag_free(f->job.diag);
	arena_free(f->job.arena);
	free(f);
	return 0;
}

static const char *
save(struct fixture *f, const char *name, const struct buf *b, size_t n)
{
	struct buf path = { 0 };
	const char *kept;
	FILE *out;

	buf_printf(&path, "%s/%s", f->dir, name);
	out = fopen(path.p, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(b->p, 1, n, out), n);
	fclose(out);
	kept = arena_strdup(f->job.arena, path.p);
	buf_free(&path);
	return kept;
}

/* Loads the bytes; checks that exactly the finding `id` came, or none. */
static const struct image *
load(struct fixture *f, const struct buf *b, size_t n, const char *id)
{
	static int serial;
	char name[32];
	struct buf text = { 0 };
	const struct image *im;

	snprintf(name, sizeof name, "image%d", serial++);
	diag_free(f->job.diag);
	f->job.diag = diag_new(LANG_EN, DIAG_TEXT);
	im = images_load(f->images, &f->job, save(f, name, b, n), NULL,
	    f->where);
	diag_dump(f->job.diag, &text);
	if (id) {
		char expected[64];

		assert_null(im);
		snprintf(expected, sizeof expected,
		    "doc.fo:3:5: warning [%s]", id);
		if (!strstr(buf_str(&text), expected))
			fail_msg("%s not in \"%s\"", expected, buf_str(&text));
	} else if (text.n || !im) {
		fail_msg("finding: %s", buf_str(&text));
	}
	buf_free(&text);
	return im;
}

/* What 8-bit value a sample becomes. */
static unsigned char
to8(const struct make_png *m, int x, int y, int k)
{
	unsigned v = make_sample(m, x, y, k);

	if (m->depth == 16)
		return (unsigned char)((v * 255 + 32895) >> 16);
	return (unsigned char)(v * 255 / ((1u << m->depth) - 1));
}

static void
check_pixels(const struct make_png *m, const struct image *im)
{
	int channels = make_channels(m->type);

	for (int y = 0; y < m->height; y++)
		for (int x = 0; x < m->width; x++)
			for (int k = 0; k < im->components; k++) {
				size_t at = (size_t)(y * m->width + x);
				unsigned char v = im->data[at *
				    (size_t)im->components + (size_t)k];

				if (m->type == PNG_COLOR_TYPE_PALETTE) {
					const png_color *c = &make_palette
					    [make_sample(m, x, y, 0)];

					assert_int_equal(v,
					    k == 0 ? c->red
						: k == 1 ? c->green
							 : c->blue);
				} else {
					assert_int_equal(v, to8(m, x, y, k));
				}
				if (channels == 2 || channels == 4)
					assert_int_equal(im->alpha[at],
					    to8(m, x, y, channels - 1));
			}
}

/* Every kind of PNG, among them all that libharu's own reader gets wrong. */
static void
test_png_kinds(void **state)
{
	static const struct {
		int type, depth, components;
		bool interlaced, trns, bad_gamma;
	} rows[] = {
		{ PNG_COLOR_TYPE_GRAY, 1, 1, 0, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY, 2, 1, 0, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY, 4, 1, 1, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY, 8, 1, 0, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY, 8, 1, 0, 1, 0 },
		{ PNG_COLOR_TYPE_GRAY, 16, 1, 0, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 8, 1, 0, 0, 0 },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 16, 1, 1, 0, 0 },
		{ PNG_COLOR_TYPE_RGB, 8, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_RGB, 8, 3, 1, 0, 0 },
		{ PNG_COLOR_TYPE_RGB, 8, 3, 0, 1, 0 },
		{ PNG_COLOR_TYPE_RGB, 8, 3, 0, 0, 1 },
		{ PNG_COLOR_TYPE_RGB, 16, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 8, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 8, 3, 1, 0, 0 },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 16, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_PALETTE, 1, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_PALETTE, 4, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_PALETTE, 8, 3, 0, 0, 0 },
		{ PNG_COLOR_TYPE_PALETTE, 2, 3, 0, 1, 0 },
		{ PNG_COLOR_TYPE_PALETTE, 8, 3, 0, 1, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct make_png m = { .width = 13, .height = 9,
			.type = rows[i].type, .depth = rows[i].depth,
			.interlaced = rows[i].interlaced,
			.trns = rows[i].trns, .bad_gamma = rows[i].bad_gamma };
		struct buf b = { 0 };
		const struct image *im;

		make_png(&b, &m);
		im = load(*state, &b, b.n, NULL);
		assert_int_equal(im->kind, IMAGE_RAW);
		assert_int_equal(im->width, 13);
		assert_int_equal(im->height, 9);
		assert_int_equal(im->components, rows[i].components);
		assert_int_equal(im->n, 13 * 9 * (size_t)im->components);
		check_pixels(&m, im);
		if (rows[i].trns) {
			/* The first entry or the key colour is clear. */
			assert_int_equal(im->alpha[0], 0);
			assert_int_equal(im->alpha[1],
			    m.type == PNG_COLOR_TYPE_PALETTE ? 128 : 255);
		} else if (make_channels(m.type) % 2) {
			assert_null(im->alpha);
		}
		buf_free(&b);
	}
}

static void
test_png_extras(void **state)
{
	struct make_png m = { .width = 4, .height = 4,
		.type = PNG_COLOR_TYPE_RGB, .depth = 8, .dense = true };
	struct buf b = { 0 };
	const struct image *im;

	make_png(&b, &m);
	im = load(*state, &b, b.n, NULL);
	assert_true(im->dpi_x > 299.99 && im->dpi_x < 300.01);
	assert_true(im->dpi_y > 149.99 && im->dpi_y < 150.02);
	assert_null(im->icc);
	buf_free(&b);
}

/* Cut anywhere, or with any byte changed, a file gives a finding or a
 * picture, and never the end of the program. */
static void
test_png_broken(void **state)
{
	struct make_png m = { .width = 20, .height = 20,
		.type = PNG_COLOR_TYPE_RGB_ALPHA, .depth = 8 };
	struct buf b = { 0 };

	make_png(&b, &m);
	for (size_t n = 8; n < b.n; n += 7)
		load(*state, &b, n, "image-damaged");
	load(*state, &b, b.n - 1, "image-damaged");
	for (size_t i = 8; i < b.n - 12; i += 5) {
		b.p[i] ^= 0x20;
		/* 33…: the data chunk; before it IHDR.  Each has a checksum,
		 * but its name may turn into one that may be skipped. */
		if (i >= 16 && i < 33)
			load(*state, &b, b.n, "image-damaged");
		if (i >= 41)
			load(*state, &b, b.n, "image-damaged");
		b.p[i] ^= 0x20;
	}
	buf_free(&b);
}

/* A header that promises 4 gigapixels costs nothing. */
static void
test_png_huge(void **state)
{
	struct make_png m = { .width = 8, .height = 8,
		.type = PNG_COLOR_TYPE_RGB, .depth = 8 };
	static const unsigned char sizes[2][8] = {
		{ 0, 1, 0, 0, 0, 1, 0, 0 }, { 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x0F }
	};
	struct buf b = { 0 };

	make_png(&b, &m);
	for (int i = 0; i < 2; i++) {
		png_uint_32 crc;

		memcpy(b.p + 16, sizes[i], 8);
		crc = (png_uint_32)0xFFFFFFFF;
		for (int k = 12; k < 29; k++) {
			crc ^= (unsigned char)b.p[k];
			for (int bit = 0; bit < 8; bit++)
				crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
		}
		crc = ~crc;
		for (int k = 0; k < 4; k++)
			b.p[29 + k] = (char)(crc >> (24 - 8 * k));
		load(*state, &b, b.n, "image-large");
	}
	buf_free(&b);
}

static void
test_jpeg_kinds(void **state)
{
	struct buf b = { 0 };
	const struct image *im;

	make_jpeg(&b, &(struct make_jpeg){ .width = 16, .height = 8,
	    .components = 1, .jfif = true });
	im = load(*state, &b, b.n, NULL);
	assert_int_equal(im->kind, IMAGE_JPEG);
	assert_int_equal(im->width, 16);
	assert_int_equal(im->height, 8);
	assert_int_equal(im->components, 1);
	assert_int_equal((int)im->dpi_x, 72);
	assert_int_equal((int)im->dpi_y, 144);
	assert_int_equal(im->orientation, 1);
	/* JFIF's segment of 18 bytes stays behind, the rest is as it was. */
	assert_int_equal(im->n, b.n - 18);
	assert_memory_equal(im->data + 2, b.p + 20, b.n - 20);

	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 24, .height = 8,
	    .components = 3, .exif = 6, .comment = true });
	im = load(*state, &b, b.n, NULL);
	assert_int_equal(im->orientation, 6);
	assert_int_equal(im->width, 8);
	assert_int_equal(im->height, 24);
	assert_int_equal((int)im->dpi_x, 150);
	assert_int_equal((int)im->dpi_y, 300);
	for (size_t i = 0; i + 3 < im->n; i++) {
		assert_memory_not_equal(im->data + i, "GPS", 3);
		assert_memory_not_equal(im->data + i, "sec", 3);
	}

	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 4, .adobe = true });
	im = load(*state, &b, b.n, NULL);
	assert_int_equal(im->components, 4);
	assert_true(im->inverted);
	assert_int_equal(im->n, b.n);

	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 4 });
	assert_false(load(*state, &b, b.n, NULL)->inverted);
	buf_free(&b);
}

static void
test_icc(void **state)
{
	unsigned char icc[200] = { [3] = 200 };
	struct buf b = { 0 };
	const struct image *im;

	memcpy(icc + 16, "GRAY", 4);
	memcpy(icc + 36, "acsp", 4);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 1, .icc = icc, .icc_n = sizeof icc });
	im = load(*state, &b, b.n, NULL);
	assert_int_equal(im->icc_n, sizeof icc);
	assert_memory_equal(im->icc, icc, sizeof icc);

	/* A profile of another kind of device is not passed on. */
	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 3, .icc = icc, .icc_n = sizeof icc });
	assert_null(load(*state, &b, b.n, NULL)->icc);
	buf_free(&b);
}

static void
test_jpeg_broken(void **state)
{
	struct buf b = { 0 };

	make_jpeg(&b, &(struct make_jpeg){ .width = 64, .height = 64,
	    .components = 3, .jfif = true, .exif = 3, .comment = true });
	for (size_t n = 3; n < b.n; n++)
		load(*state, &b, n, "image-damaged");
	/* Bytes after the end are left. */
	buf_puts(&b, "trailing");
	load(*state, &b, b.n, NULL);
	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 2 });
	load(*state, &b, b.n, "image-format");
	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 8, .height = 8,
	    .components = 1, .progressive_12bit = true });
	load(*state, &b, b.n, "image-format");
	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 0, .height = 8,
	    .components = 1 });
	load(*state, &b, b.n, "image-damaged");
	buf_clear(&b);
	make_jpeg(&b, &(struct make_jpeg){ .width = 16000, .height = 8000,
	    .components = 1 });
	load(*state, &b, b.n, "image-large");
	buf_clear(&b);
	buf_puts(&b, "GIX89a");
	load(*state, &b, b.n, "image-format");
	buf_clear(&b);
	buf_puts(&b, "");
	load(*state, &b, 0, "image-format");
	buf_free(&b);
}

static void
encode_base64(struct buf *out, const struct buf *b)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < b->n; i += 3) {
		unsigned v = 0;

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < b->n ? (unsigned char)b->p[i + k]
						   : 0);
		for (size_t k = 0; k < 4; k++)
			buf_putc(out, i + k > b->n ? '='
				: digits[v >> (18 - 6 * k) & 63]);
		if (i % 57 == 54)
			buf_putc(out, '\n');
	}
}

static void
test_references(void **state)
{
	struct fixture *f = *state;
	struct make_png m = { .width = 5, .height = 4,
		.type = PNG_COLOR_TYPE_GRAY, .depth = 8 };
	struct buf b = { 0 }, uri = { 0 };
	const struct image *im, *again;
	const char *path, *base;

	make_png(&b, &m);
	path = save(f, "un deux.png", &b, b.n);
	im = images_load(f->images, &f->job, path, NULL, f->where);
	assert_non_null(im);
	assert_int_equal(im->id, 0);

	/* All these name the same file; it is loaded once. */
	base = arena_strdup(f->job.arena, save(f, "doc.fo", &b, 0));
	static const char *const names[] = { "un deux.png",
		"url('un deux.png')", " url( \"un%20deux.png\" ) ",
		"url(un%20deux.png)", "file:un%20deux.png" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		again = images_load(f->images, &f->job, names[i], base,
		    f->where);
		assert_ptr_equal(again, im);
	}
	buf_printf(&uri, "file://%s/un%%20deux.png", f->dir);
	assert_ptr_equal(images_load(f->images, &f->job, uri.p, base,
	    f->where), im);

	buf_clear(&uri);
	buf_puts(&uri, "url('data:image/png;base64,");
	encode_base64(&uri, &b);
	buf_puts(&uri, "')");
	again = images_load(f->images, &f->job, uri.p, base, f->where);
	assert_non_null(again);
	assert_int_equal(again->id, 1);
	assert_int_equal(again->n, im->n);
	assert_memory_equal(again->data, im->data, im->n);
	assert_int_equal(diag_count(f->job.diag, DIAG_NOTE), 0);

	/* What is not there, what is elsewhere, what is a folder. */
	static const char *const bad[] = { "no.png", "http://a.example/x.png",
		"//host/x.png", "data:image/png;base64", ".",
		"data:image/png;base64,*", "data:,GIF89a" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(images_load(f->images, &f->job, bad[i], base,
		    f->where));
		assert_int_equal(diag_count(f->job.diag, DIAG_NOTE), i + 1);
	}
	/* Asked again from another place, it is reported there too. */
	f->where.line = 4;
	assert_null(images_load(f->images, &f->job, "no.png", base, f->where));
	assert_int_equal(diag_count(f->job.diag, DIAG_NOTE),
	    sizeof bad / sizeof *bad + 1);
	buf_free(&uri);
	buf_free(&b);
}

static const struct image *
load_file(struct fixture *f, const char *name)
{
	const struct image *im = images_load(f->images, &f->job, name,
	    "tests/images/doc.fo", f->where);

	assert_non_null(im);
	return im;
}

/* GIF and BMP give the same pixels as the PNG they were made of. */
static void
test_other_kinds(void **state)
{
	static const char *const names[] = { "few-colors.gif",
		"few-colors-4.bmp", "few-colors-24.bmp", "few-colors.tif" };
	struct fixture *f = *state;
	const struct image *png = load_file(f, "few-colors.png"), *im;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		im = load_file(f, names[i]);
		assert_int_equal(im->width, png->width);
		assert_int_equal(im->height, png->height);
		assert_int_equal(im->components, 3);
		assert_null(im->alpha);
		assert_memory_equal(im->data, png->data, png->n);
	}
	im = load_file(f, "clear.gif");
	assert_non_null(im->alpha);
	for (int i = 0; i < png->width * png->height; i++) {
		const unsigned char *p = png->data + 3 * i;
		bool white = p[0] == 255 && p[1] == 255 && p[2] == 255;

		assert_int_equal(im->alpha[i], white ? 0 : 255);
		if (!white)
			assert_memory_equal(im->data + 3 * i, p, 3);
	}
}

/* Cut off anywhere or with any byte wrong, they harm nobody. */
static void
test_other_kinds_broken(void **state)
{
	static const char *const names[] = { "few-colors.gif", "clear.gif",
		"few-colors-4.bmp", "few-colors-24.bmp", "few-colors.tif" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf b = { 0 };

		assert_true(images_read(&f->job, names[i],
		    "tests/images/doc.fo", f->where, &b));
		for (size_t n = 0; n < b.n; n++) {
			unsigned char was = (unsigned char)b.p[n];

			images_load(f->images, &f->job, save(f, "cut", &b, n),
			    NULL, f->where);
			images_free(f->images);
			f->images = images_new();
			b.p[n] = (char)~was;
			images_load(f->images, &f->job, save(f, "cut", &b,
			    b.n), NULL, f->where);
			images_free(f->images);
			f->images = images_new();
			b.p[n] = (char)was;
		}
		buf_free(&b);
	}
}

/* The second page, one bit deep, at its own resolution. */
static void
test_tiff_pages(void **state)
{
	struct fixture *f = *state;
	const struct image *im = load_file(f, "few-colors.tif");

	assert_int_equal(im->pages, 2);
	assert_true(im->dpi_x == 144 && im->dpi_y == 144);
	im = load_file(f, "few-colors.tif#page=2");
	assert_int_equal(im->width, 40);
	assert_int_equal(im->height, 24);
	assert_int_equal(im->components, 1);
	assert_int_equal(im->data[0], 255);
	assert_int_equal(im->data[4], 0);
	assert_null(images_load(f->images, &f->job, "few-colors.tif#page=3",
	    "tests/images/doc.fo", f->where));
}

/* What is not drawn, has a size all the same, or is not whole. */
static void
test_boxes(void **state)
{
	static const char eps[] = "%!PS-Adobe-3.0 EPSF-3.0\n"
	    "%%BoundingBox: 10 20 111 71\n%%EndComments\n";
	static const char fine[] = "%!PS-Adobe-3.0 EPSF-3.0\n"
	    "%%BoundingBox: 10 20 111 71\n"
	    "%%HiResBoundingBox: 10 20 110.5 70.25\n%%EndComments\n";
	static const char late[] = "%!PS-Adobe-3.0 EPSF-3.0\n"
	    "%%BoundingBox: (atend)\n";
	static const char emf[44] = { 1, [32] = 0x10, 0x27, [36] = (char)0x88,
		0x13, [40] = ' ', 'E', 'M', 'F' };
	static const char wmf[22] = { (char)0xD7, (char)0xCD, (char)0xC6,
		(char)0x9A, [10] = 100, [12] = 50, [14] = 100 };
	static const struct {
		const char *bytes;
		size_t n;
		int w, h;	/* thousandths of a point; 0: none */
	} v[] = {
		{ eps, sizeof eps - 1, 101000, 51000 },
		{ fine, sizeof fine - 1, 100500, 50250 },
		{ late, sizeof late - 1, 0, 0 },
		{ emf, sizeof emf, 283465, 141732 },
		{ emf, sizeof emf - 1, 0, 0 },
		{ wmf, sizeof wmf, 72000, 36000 },
		{ wmf, sizeof wmf - 1, 0, 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct buf b = { 0 };
		const struct image *im;

		buf_put(&b, v[i].bytes, v[i].n);
		im = images_load(f->images, &f->job, save(f, "box", &b, b.n),
		    NULL, f->where);
		assert_true((im != NULL) == (v[i].w > 0));
		if (im != NULL) {
			assert_int_equal(im->kind, IMAGE_BOX);
			assert_int_equal(im->width, v[i].w);
			assert_int_equal(im->height, v[i].h);
		}
		images_free(f->images);
		f->images = images_new();
		buf_free(&b);
	}
}

static void
test_svg_reference(void **state)
{
	struct fixture *f = *state;
	const char *path = NULL;

	assert_true(images_is_svg(&f->job, "url('a/b.SVG')", "/x/doc.fo",
	    &path));
	assert_string_equal(path, "/x/a/b.SVG");
	assert_true(images_is_svg(&f->job, "b.svg", NULL, &path));
	assert_string_equal(path, "b.svg");
	assert_false(images_is_svg(&f->job, "a.png", NULL, &path));
	assert_false(images_is_svg(&f->job, "http://h/a.svg", NULL, &path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_png_kinds, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_png_extras, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_png_broken, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_png_huge, setup, teardown),
		cmocka_unit_test_setup_teardown(test_jpeg_kinds, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_icc, setup, teardown),
		cmocka_unit_test_setup_teardown(test_jpeg_broken, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_other_kinds, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_other_kinds_broken, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_tiff_pages, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_boxes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_references, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_svg_reference, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
