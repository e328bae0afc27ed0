/*
 * Records that many dossiers have are parsed once and copied: a copy is that of
 * the version in force, whatever happened since, and nobody's but the one's who
 * asked.
 */
#include "fixture.h"

#define SUBJECT "person-kowalczyk"
#define SHARED	"scale-autonomy"
#define OWN	"evaluation-kowalczyk-2"
#define FILE_NAME "samples/frameworks/scale-autonomy.xml"
#define LABEL	"Autonomie"

/* A version that says so in its label. */
static bool
enter(struct registry *r, const char *label)
{
	return enter_changed(r, FILE_NAME, LABEL, label);
}

static void
add(struct registry *r, const char *label)
{
	assert_true(registry_begin(r, &job, &call));
	assert_true(enter(r, label));
	assert_true(registry_commit(r, &job));
}

static const struct registry_row *
needed(struct registry *r, const char *id)
{
	struct registry_row *rows;
	const size_t n = registry_needed(r, &job, SUBJECT, "*", &rows);
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(rows[i].id, id))
			return &rows[i];
	fail_msg("%s is not needed", id);
	return NULL;
}

static struct record *
read_shared(struct registry *r)
{
	struct record *record = registry_read(r, &job, needed(r, SHARED));

	assert_non_null(record);
	return record;
}

static void
assert_label(struct registry *r, const char *label)
{
	struct record *record = read_shared(r);
	xmlChar *text = xmlNodeGetContent(xml_child(
	    xmlDocGetRootElement(record->doc), "label"));

	assert_string_equal((const char *)text, label);
	assert_int_equal(record->proof, RECORD_SILENT);
	xmlFree(text);
	record_free(record);
}

static void
assert_same_places(const xmlNode *a, const xmlNode *b)
{
	for (; a != NULL; a = xml_next(a, NULL), b = xml_next(b, NULL)) {
		const struct where x = xml_where(a), y = xml_where(b);

		assert_non_null(b);
		assert_true(a != b);
		assert_string_equal(x.file, y.file);
		assert_int_equal(x.line, y.line);
		assert_int_equal(x.col, y.col);
		assert_same_places(xml_child(a, NULL), xml_child(b, NULL));
	}
	assert_null(b);
}

/* As if it had been parsed: what it says, and where. */
static void
test_copies(void **unused)
{
	struct registry *r = open_file(REGISTRY_CREATE);
	const char *const samples[] = { "samples/frameworks",
		"samples/chantier" };
	struct record *parsed, *first, *second;
	uint64_t sum;

	(void)unused;
	assert_true(registry_begin(r, &job, &call));
	assert_true(registry_add(r, &job, samples, 2));
	assert_true(registry_commit(r, &job));
	assert_false(needed(r, OWN)->shared);
	assert_true(needed(r, SHARED)->shared);
	parsed = registry_load(r, &job, needed(r, SHARED));
	assert_non_null(parsed);
	sum = xml_sum(parsed->doc, 0);
	first = read_shared(r);
	second = read_shared(r);
	assert_true(xml_sum(first->doc, 0) == sum);
	assert_same_places(xmlDocGetRootElement(parsed->doc),
	    xmlDocGetRootElement(second->doc));
	assert_string_equal(second->id, SHARED);
	assert_string_equal(second->kind, "scale");
	assert_string_equal(second->lang, parsed->lang);
	assert_string_equal(second->file, parsed->file);
	xmlNodeSetContent(xmlDocGetRootElement(first->doc), NULL);
	record_free(first);
	assert_true(xml_sum(second->doc, 0) == sum);
	first = read_shared(r);
	assert_true(xml_sum(first->doc, 0) == sum);
	record_free(first);
	record_free(second);
	record_free(parsed);
	registry_free(r);
}

/* By us or by another process. */
static void
test_new_version(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);
	struct registry *other = open_file(REGISTRY_WRITE);

	(void)unused;
	add(r, "second");
	assert_label(r, "second");
	assert_label(other, "second");
	add(other, "third");
	assert_label(r, "third");
	assert_label(other, "third");
	add(r, "second");
	assert_label(r, "second");
	registry_free(other);
	registry_free(r);
}

/* A version that never came into force gives its number to the next, which may
 * have come from the same file. */
static void
test_undone(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);
	struct record *parsed, *record;

	(void)unused;
	add(r, "before");
	assert_label(r, "before");
	assert_true(registry_begin(r, &job, &call));
	assert_true(enter(r, "taken back"));
	assert_label(r, "taken back");
	registry_undo(r);
	assert_label(r, "before");
	assert_true(registry_begin(r, &job, &call));
	/* It says the same, a line further down. */
	assert_true(enter(r, "taken\nback"));
	parsed = registry_load(r, &job, needed(r, SHARED));
	record = read_shared(r);
	assert_same_places(xmlDocGetRootElement(parsed->doc),
	    xmlDocGetRootElement(record->doc));
	record_free(parsed);
	record_free(record);
	registry_undo(r);
	add(r, "taken again");
	assert_label(r, "taken again");
	record = read_shared(r);
	assert_string_equal(xml_where(xmlDocGetRootElement(record->doc)).file,
	    SHARED "@6/" SHARED ".xml");
	record_free(record);
	registry_free(r);
}

/* What other schemas let pass is looked at, though it was kept. */
static void
test_other_schemas(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	assert_label(r, "taken again");
	assert_true(registry_do(r, &job, "DROP TRIGGER version_stays;"
	    "UPDATE version SET schemas = schemas + 2, content ="
	    " replace(content, 'acquiredFrom', 'acquiredAt')"
	    " WHERE version = (SELECT version FROM record"
	    "  WHERE id = '" SHARED "')"));
	assert_null(registry_read(r, &job, needed(r, SHARED)));
	assert_true(diag_worst(job.diag) >= DIAG_ERROR);
	registry_free(r);
}

/* There is room for some; the others are parsed again. */
static void
test_many(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);
	struct buf label = { 0 };
	int i;

	(void)unused;
	for (i = 0; i < 40; i++) {
		buf_clear(&label);
		buf_printf(&label, "label %d", i);
		add(r, label.p);
		assert_label(r, label.p);
		assert_label(r, label.p);
	}
	buf_free(&label);
	registry_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_new_version),
		cmocka_unit_test(test_undone),
		cmocka_unit_test(test_other_schemas),
		cmocka_unit_test(test_many),
	};

	return run_in_registry(tests, sizeof tests / sizeof tests[0]);
}
