/* What is painted: pages are rendered by poppler and looked at point by point.
 */
#include "check_pdf.h"

#include "make_doc.h"
#include "../images/make_images.h"

static const struct color red = { 255, 0, 0, 255 };
static const struct color green = { 0, 128, 0, 255 };
static const struct color blue = { 0, 0, 255, 255 };

struct fixture {
	struct maker m;
	struct area_elem *figure, *layout;
	char path[64];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int fd;

	strcpy(f->path, "/tmp/parcours-paint-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	fclose(fdopen(fd, "w"));
	maker_begin(&f->m, f->path, NULL);
	/* Whole points, so that points are pixels. */
	maker_page(&f->m)->width = PT(595);
	f->m.page->height = PT(842);
	f->layout = area_artifact(ROLE_ARTIFACT_LAYOUT);
	f->figure = area_elem_new(ROLE_FIGURE, f->m.root);
	area_elem_set(f->figure, NULL, "Figure", NULL);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	remove(f->path);
	maker_free(&f->m);
	free(f);
	return 0;
}

static struct picture
finish(struct fixture *f)
{
	area_end(f->m.page, f->figure);
	area_end(f->m.page, f->m.root);
	assert_true(maker_send(&f->m));
	assert_true(maker_end(&f->m));
	assert_int_equal(diag_count(f->m.job.diag, DIAG_NOTE), 0);
	check_file(f->path);
	return render(f->path);
}

static struct area_path *
box(struct fixture *f, mpt x, mpt y, mpt w, mpt h)
{
	return area_round_rect(f->m.page->arena, x, y, w, h, NULL, NULL);
}

static struct area_paint
solid(struct color c)
{
	return (struct area_paint){ .kind = PAINT_COLOR, .color = c };
}

static void
test_rects(void **state)
{
	struct fixture *f = *state;
	struct area_page *p = f->m.page;
	struct picture pic;

	area_add_rect(p, f->layout, PT(100), PT(100), PT(50), PT(50), red);
	area_add_rect(p, f->layout, PT(160), PT(100), PT(50), PT(50), red);
	area_add_rect(p, f->layout, PT(120), PT(120), PT(70), PT(10), blue);
	/* Two of the same half-clear colour add up where they meet. */
	area_add_rect(p, f->figure, PT(100), PT(200), PT(40), PT(40),
	    (struct color){ 0, 0, 255, 128 });
	area_add_rect(p, f->figure, PT(120), PT(200), PT(40), PT(40),
	    (struct color){ 0, 0, 255, 128 });
	pic = finish(f);
	assert_pixel(&pic, 105, 105, 255, 0, 0);
	assert_pixel(&pic, 155, 105, 255, 255, 255);
	assert_pixel(&pic, 205, 145, 255, 0, 0);
	assert_pixel(&pic, 155, 125, 0, 0, 255);
	assert_pixel(&pic, 105, 220, 127, 127, 255);
	assert_pixel(&pic, 130, 220, 63, 63, 255);
	assert_pixel(&pic, 155, 220, 127, 127, 255);
	buf_free(&pic.ppm);
}

static void
test_gradients(void **state)
{
	static const struct area_stop hard[] = { { 0, { 255, 0, 0, 255 } },
		{ .5f, { 255, 0, 0, 255 } }, { .5f, { 0, 0, 255, 255 } },
		{ 1, { 0, 0, 255, 255 } } };
	static const struct area_stop late[] = { { .25f, { 0, 0, 0, 255 } },
		{ .75f, { 255, 255, 255, 255 } } };
	static const struct area_stop fading[] = { { 0, { 0, 0, 255, 255 } },
		{ 1, { 0, 0, 255, 0 } } };
	static const struct area_stop even[] = { { 0, { 0, 0, 0, 128 } },
		{ 1, { 0, 0, 0, 128 } } };
	struct fixture *f = *state;
	struct area_paint linear = { .kind = PAINT_LINEAR, .x2 = 1,
		.m = { 100000, 0, 0, 50000, 100000, 0 } };
	const struct {
		const struct area_stop *stops;
		size_t n;
	} rows[] = { { hard, 4 }, { late, 2 }, { fading, 2 }, { even, 2 },
		{ hard, 1 }, { hard, 0 } };
	struct area_path *path;
	struct picture pic;

	for (size_t i = 0; i < 6; i++) {
		linear.stops = rows[i].stops;
		linear.n_stops = rows[i].n;
		linear.m[5] = 100000 * (double)i;
		path = box(f, PT(100), PT(100 * (int)i), PT(100), PT(50));
		path->fill = linear;
		area_add(f->m.page, AREA_PATH, f->figure, path);
	}
	/* Radial, and one inside a turned group. */
	path = box(f, PT(300), PT(100), PT(100), PT(100));
	path->fill = (struct area_paint){ .kind = PAINT_RADIAL, .x1 = 350000,
		.y1 = 150000, .x2 = 350000, .y2 = 150000, .r2 = 50000,
		.m = { 1, 0, 0, 1, 0, 0 }, .stops = late, .n_stops = 2 };
	area_add(f->m.page, AREA_PATH, f->figure, path);
	area_push(f->m.page, f->figure,
	    (const double[]){ 0, 1, -1, 0, PT(400), PT(300) }, NULL, 255);
	path = box(f, 0, 0, PT(100), PT(50));
	linear.stops = hard;
	linear.n_stops = 4;
	linear.m[4] = linear.m[5] = 0;
	path->fill = linear;
	area_add(f->m.page, AREA_PATH, f->figure, path);
	area_pop(f->m.page);
	/* A stroke with a gradient. */
	path = box(f, PT(300), PT(500), PT(100), PT(100));
	path->stroke = linear;
	path->stroke.m[4] = 300000;
	path->line_width = PT(10);
	area_add(f->m.page, AREA_PATH, f->figure, path);
	pic = finish(f);

	assert_pixel(&pic, 102, 25, 255, 0, 0);
	assert_pixel(&pic, 145, 25, 255, 0, 0);
	assert_pixel(&pic, 155, 25, 0, 0, 255);
	assert_pixel(&pic, 110, 125, 0, 0, 0);
	assert_pixel(&pic, 150, 125, 128, 128, 128);
	assert_pixel(&pic, 190, 125, 255, 255, 255);
	assert_pixel(&pic, 101, 225, 3, 3, 255);
	assert_pixel(&pic, 150, 225, 128, 128, 255);
	assert_pixel(&pic, 198, 225, 250, 250, 255);
	assert_pixel(&pic, 150, 325, 127, 127, 127);
	assert_pixel(&pic, 150, 425, 255, 0, 0);
	assert_pixel(&pic, 150, 525, 255, 255, 255);
	assert_pixel(&pic, 350, 150, 0, 0, 0);
	assert_pixel(&pic, 375, 150, 128, 128, 128);
	assert_pixel(&pic, 375, 310, 255, 0, 0);
	assert_pixel(&pic, 375, 390, 0, 0, 255);
	assert_pixel(&pic, 320, 500, 255, 0, 0);
	assert_pixel(&pic, 380, 500, 0, 0, 255);
	assert_pixel(&pic, 350, 550, 255, 255, 255);
	buf_free(&pic.ppm);
}

static void
test_groups(void **state)
{
	struct fixture *f = *state;
	struct area_page *p = f->m.page;
	struct area_elem *para = area_elem_new(ROLE_P, f->m.root);
	struct area_path *path;
	struct picture pic;
	mpt r[4] = { PT(25), PT(25), PT(25), PT(25) };

	/* As a whole: where red and blue meet, blue alone shows through. */
	area_push(p, f->figure, NULL, NULL, 128);
	area_add_rect(p, f->figure, PT(100), PT(100), PT(50), PT(50), red);
	area_add_rect(p, f->figure, PT(125), PT(100), PT(50), PT(50), blue);
	area_pop(p);
	/* Of two elements: each by itself. */
	area_push(p, f->figure, NULL, NULL, 128);
	area_add_rect(p, f->figure, PT(100), PT(200), PT(50), PT(50), red);
	area_add_rect(p, para, PT(125), PT(200), PT(50), PT(50), blue);
	area_pop(p);
	/* Clip, inside a moved and scaled group. */
	area_push(p, f->figure, (const double[]){ 2, 0, 0, 2, PT(300), PT(100) },
	    area_round_rect(p->arena, 0, 0, PT(50), PT(50), r, r), 255);
	area_add_rect(p, f->figure, 0, 0, PT(100), PT(100), green);
	area_pop(p);
	/* A clip to nothing; groups one in another; the state comes back. */
	path = box(f, 0, 0, 0, 0);
	path->n_cmds = 0;
	area_push(p, f->layout, NULL, path, 255);
	area_add_rect(p, f->layout, PT(100), PT(300), PT(50), PT(50), red);
	area_pop(p);
	area_push(p, f->figure, (const double[]){ 1, 0, 0, 1, PT(100), 0 },
	    NULL, 128);
	area_push(p, f->figure, (const double[]){ 1, 0, 0, 1, 0, PT(400) },
	    NULL, 128);
	area_add_rect(p, f->figure, 0, 0, PT(50), PT(50), blue);
	area_pop(p);
	area_add_rect(p, f->figure, PT(60), PT(400), PT(50), PT(50), blue);
	area_pop(p);
	area_add_rect(p, f->figure, PT(220), PT(400), PT(50), PT(50), blue);
	area_end(p, para);
	pic = finish(f);

	assert_pixel(&pic, 110, 125, 255, 127, 127);
	assert_pixel(&pic, 140, 125, 127, 127, 255);
	assert_pixel(&pic, 110, 225, 255, 127, 127);
	assert_pixel(&pic, 140, 225, 127, 63, 191);
	assert_pixel(&pic, 350, 150, 0, 128, 0);
	assert_pixel(&pic, 304, 104, 255, 255, 255);
	assert_pixel(&pic, 396, 196, 255, 255, 255);
	assert_pixel(&pic, 420, 150, 255, 255, 255);
	assert_pixel(&pic, 125, 325, 255, 255, 255);
	assert_pixel(&pic, 125, 425, 191, 191, 255);
	assert_pixel(&pic, 180, 425, 127, 127, 255);
	assert_pixel(&pic, 240, 425, 0, 0, 255);
	buf_free(&pic.ppm);
}

static void
test_strokes(void **state)
{
	static const mpt dash[] = { 10000, 10000 };
	struct fixture *f = *state;
	struct area_path *path;
	struct picture pic;

	/* Fill and stroke; the stroke half clear over the fill. */
	path = box(f, PT(100), PT(100), PT(100), PT(100));
	path->fill = solid(red);
	path->stroke = solid(blue);
	path->line_width = PT(20);
	area_add(f->m.page, AREA_PATH, f->figure, path);
	path = box(f, PT(300), PT(100), PT(100), PT(100));
	path->fill = solid(red);
	path->stroke = solid((struct color){ 0, 0, 255, 128 });
	path->line_width = PT(20);
	area_add(f->m.page, AREA_PATH, f->figure, path);
	path = box(f, PT(100), PT(300), PT(100), PT(100));
	path->stroke = solid(green);
	path->line_width = PT(10);
	path->dash = dash;
	path->n_dash = 2;
	area_add(f->m.page, AREA_PATH, f->figure, path);
	/* No dash any more. */
	path = box(f, PT(300), PT(300), PT(100), PT(100));
	path->stroke = solid(green);
	path->line_width = PT(10);
	area_add(f->m.page, AREA_PATH, f->figure, path);
	pic = finish(f);

	assert_pixel(&pic, 150, 150, 255, 0, 0);
	assert_pixel(&pic, 105, 150, 0, 0, 255);
	assert_pixel(&pic, 92, 150, 0, 0, 255);
	assert_pixel(&pic, 305, 150, 127, 0, 128);
	assert_pixel(&pic, 295, 150, 127, 127, 255);
	assert_pixel(&pic, 125, 300, 0, 128, 0);
	assert_pixel(&pic, 115, 300, 255, 255, 255);
	assert_pixel(&pic, 315, 300, 0, 128, 0);
	buf_free(&pic.ppm);
}

static void
save(const char *path, const struct buf *b)
{
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(b->p, 1, b->n, out), b->n);
	assert_int_equal(fclose(out), 0);
}

static const struct area_image *
place(struct fixture *f, const struct buf *b, mpt x, mpt y)
{
	static int serial;
	struct area_image *im = arena_alloc(f->m.page->arena, sizeof *im);
	char path[96];

	snprintf(path, sizeof path, "%s-%d", f->path, serial++);
	save(path, b);
	im->image = images_load(f->m.images, &f->m.job, path, NULL,
	    where_none());
	remove(path);
	assert_non_null(im->image);
	im->x = x;
	im->y = y;
	im->w = PT(im->image->width);
	im->h = PT(im->image->height);
	area_add(f->m.page, AREA_IMAGE, f->figure, im);
	return im;
}

/* Each of the eight ways a camera can lie: the dark block of the stored
 * picture's top left corner must come to stand where Exif says. */
static void
test_orientations(void **state)
{
	/* For 1…8: does it stand right, does it stand low? */
	static const bool right[] = { 0, 0, 1, 1, 0, 0, 1, 1, 0 };
	static const bool low[] = { 0, 0, 0, 1, 1, 0, 0, 1, 1 };
	struct fixture *f = *state;
	struct picture pic;
	struct buf b = { 0 };

	for (int k = 1; k <= 8; k++) {
		const struct area_image *im;

		buf_clear(&b);
		make_jpeg(&b, &(struct make_jpeg){ .width = 48, .height = 32,
		    .components = k % 2 ? 1 : 3, .exif = k });
		im = place(f, &b, PT(60 * k), PT(100));
		assert_int_equal(im->w, k < 5 ? PT(48) : PT(32));
	}
	pic = finish(f);
	for (int k = 1; k <= 8; k++) {
		int w = k < 5 ? 48 : 32, h = k < 5 ? 32 : 48;

		for (int corner = 0; corner < 4; corner++) {
			bool r = corner & 1, l = corner & 2;
			bool dark = r == right[k] && l == low[k];
			int level = dark ? 28 : 155;

			assert_pixel(&pic, 60 * k + (r ? w - 4 : 4),
			    100 + (l ? h - 4 : 4), level, level, level);
		}
	}
	buf_free(&pic.ppm);
	buf_free(&b);
}

/* The pixels of an image of the file, as pdfimages takes them out. */
static void
check_image(struct fixture *f, const char *name, const struct make_png *m,
    int first, int n)
{
	char cmd[160];
	struct buf b;
	const unsigned char *px;

	snprintf(cmd, sizeof cmd,
	    "pdfimages @ @-im && tail -c 768 @-im-%s.ppm; rm @-im-*", name);
	b = run(cmd, f->path);
	assert_int_equal(b.n, 16 * 16 * 3);
	px = (unsigned char *)b.p;
	for (int y = 0; y < 16; y++)
		for (int x = 0; x < 16; x++)
			for (int k = 0; k < 3; k++)
				assert_int_equal(*px++, make_sample(m, x, y,
				    first + (n == 3 ? k : 0)));
	buf_free(&b);
}

static void
test_pictures(void **state)
{
	struct make_png rgb = { .width = 16, .height = 16, .depth = 8,
		.type = PNG_COLOR_TYPE_RGB };
	struct make_png grey = { .width = 16, .height = 16, .depth = 8,
		.type = PNG_COLOR_TYPE_GRAY_ALPHA };
	struct fixture *f = *state;
	struct picture pic;
	struct buf b = { 0 };

	make_png(&b, &rgb);
	place(f, &b, PT(100), PT(100));
	buf_clear(&b);
	make_png(&b, &grey);
	place(f, &b, PT(300), PT(100));
	buf_clear(&b);
	/* Of all four inks, inverted: 28 in the dark corner is 227. */
	make_jpeg(&b, &(struct make_jpeg){ .width = 16, .height = 16,
	    .components = 4, .adobe = true });
	place(f, &b, PT(400), PT(100));
	pic = finish(f);
	check_image(f, "000", &rgb, 0, 3);
	check_image(f, "001", &grey, 0, 1);
	check_image(f, "002", &grey, 1, 1);
	assert_pixel(&pic, 98, 108, 255, 255, 255);
	assert_pixel(&pic, 118, 108, 255, 255, 255);
	buf_free(&pic.ppm);
	buf_free(&b);
}

/* Odd pages do no harm: open groups, an end without a beginning, no points. */
static void
test_odd(void **state)
{
	struct fixture *f = *state;
	struct area_page *p = f->m.page;
	struct area_path *path = box(f, 0, 0, PT(10), PT(10));
	struct picture pic;

	area_pop(p);
	path->n_cmds = 0;
	path->fill = solid(red);
	area_add(p, AREA_PATH, f->figure, path);
	area_add_rect(p, f->figure, PT(10), PT(10), 0, PT(10), red);
	area_push(p, f->figure, NULL, NULL, 100);
	area_pop(p);
	area_push(p, f->figure, NULL, NULL, 128);
	area_push(p, f->figure, NULL, NULL, 255);
	area_add_rect(p, f->figure, PT(100), PT(100), PT(50), PT(50), red);
	pic = finish(f);
	assert_pixel(&pic, 125, 125, 255, 127, 127);
	buf_free(&pic.ppm);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rects),
		TEST(test_gradients),
		TEST(test_groups),
		TEST(test_strokes),
		TEST(test_orientations),
		TEST(test_pictures),
		TEST(test_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
