/*
 * A dossier that obeyed the rules without a word is not asked again, as long as
 * nothing is different: that is seen by a rule which would object now.
 */
#include "dossier/dossier.h"
#include "fixture.h"

#define SUBJECT	   "person-kowalczyk"
#define EVALUATION "samples/chantier/evaluations/evaluation-kowalczyk-2.xml"
#define LONG_AGO   "1999-01-01" /* other limits were in force */
#define CONTRACT   "samples/chantier/contracts/contract-kowalczyk-2.xml"
#define STEP	   "samples/chantier/steps/step-kowalczyk-permis.xml"
#define SCALE	   "samples/frameworks/scale-autonomy.xml"

static bool
is_proven(struct registry *r)
{
	struct registry_row *rows;
	uint64_t limits;

	assert_true(registry_needed(r, &job, SUBJECT, "*", &rows) > 0);
	return registry_proven(r, &job, SUBJECT, &limits);
}

static bool
check(struct registry *r, const char *date)
{
	return dossier_check(&job, rs, r,
	    &(struct dossier_request){ .subject = SUBJECT, .date = date });
}

static void
add_changed(struct registry *r, const char *file, const char *from,
    const char *to)
{
	assert_true(registry_begin(r, &job, &call));
	assert_true(enter_changed(r, file, from, to));
	assert_true(registry_commit(r, &job));
}

/* Checks within a call, as whoever adds does. */
static void
prove(struct registry *r)
{
	assert_true(registry_begin(r, &job, &call));
	assert_true(check(r, NULL));
	assert_true(registry_commit(r, &job));
}

/* What is held has two of one cycle from now on, behind the back of all. */
static void
break_rule(struct registry *r)
{
	assert_true(registry_do(r, &job, "DROP TRIGGER IF EXISTS version_stays;"
	    "UPDATE version SET content = replace(content, ' cycle=\"2\"',"
	    " ' cycle=\"1\"') WHERE id = 'evaluation-kowalczyk-2'"));
}

static void
mend(struct registry *r)
{
	assert_true(registry_do(r, &job, "UPDATE version SET"
	    " content = replace(content, ' cycle=\"1\"', ' cycle=\"2\"')"
	    " WHERE id = 'evaluation-kowalczyk-2'"));
}

static void
test_remembered(void **unused)
{
	const char *const samples[] = { "samples/frameworks",
		"samples/chantier" };
	struct registry *r = open_file(REGISTRY_CREATE);

	(void)unused;
	assert_true(registry_begin(r, &job, &call));
	assert_true(registry_add(r, &job, samples, 2));
	assert_false(is_proven(r));
	assert_true(check(r, NULL));
	assert_true(is_proven(r));
	assert_true(registry_commit(r, &job));
	assert_true(is_proven(r));
	break_rule(r);
	assert_true(check(r, NULL));
	mend(r);
	registry_free(r);
}

/* What is found outside a call is not remembered, for nothing may be written. */
static void
test_reading(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	assert_true(registry_do(r, &job, "DELETE FROM proven"));
	registry_free(r);
	r = open_file(REGISTRY_READ);
	assert_true(check(r, NULL));
	assert_false(is_proven(r));
	registry_free(r);
}

/* Other rules, other limits: whoever breaks a rule is found out. */
static void
test_other_rules(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	prove(r);
	assert_true(check(r, LONG_AGO));
	break_rule(r);
	assert_true(check(r, NULL));
	assert_false(check(r, LONG_AGO));
	assert_true(registry_do(r, &job, "UPDATE proven SET rules = rules + 2"));
	assert_false(is_proven(r));
	assert_false(check(r, NULL));
	mend(r);
	registry_free(r);
}

/* What passes with a warning is told again. */
static void
test_warning(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	add_changed(r, CONTRACT, "<weeklyHours>26", "<weeklyHours>39");
	prove(r);
	assert_false(is_proven(r));
	add_changed(r, CONTRACT, "<weeklyHours>26", "<weeklyHours>26");
	prove(r);
	assert_true(is_proven(r));
	registry_free(r);
}

/* It goes to somebody else: nothing that is left is newer than before. */
static void
test_taken_away(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	prove(r);
	assert_true(is_proven(r));
	add_changed(r, STEP, "person-kowalczyk", "person-nguyen");
	assert_false(is_proven(r));
	add_changed(r, STEP, "person-kowalczyk", "person-kowalczyk");
	registry_free(r);
}

/* Somebody else is erased. */
static void
test_forgotten(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);
	const struct registry_call erase = { call.author, call.at, "forget" };
	struct registry_forgotten f;

	(void)unused;
	prove(r);
	assert_true(is_proven(r));
	assert_true(registry_forget(r, &job, "person-nguyen", /*shared*/ false,
	    &erase, &f));
	assert_false(is_proven(r));
	registry_free(r);
}

/* Of a record that others have too, or one more of the subject's own; one that
 * says the same is none. */
static void
test_new_version(void **unused)
{
	struct registry *r = open_file(REGISTRY_WRITE);

	(void)unused;
	prove(r);
	add_changed(r, EVALUATION, "<date>", "<!-- again --><date>");
	assert_true(is_proven(r));
	add_changed(r, SCALE, "Autonomie", "Autonomie, dite autrement");
	assert_false(is_proven(r));
	prove(r);
	assert_true(is_proven(r));
	add_changed(r, EVALUATION, "id=\"evaluation-kowalczyk-2\"",
	    "id=\"evaluation-kowalczyk-4\"");
	assert_false(is_proven(r));
	assert_false(check(r, NULL));
	registry_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_remembered),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_other_rules),
		cmocka_unit_test(test_warning),
		cmocka_unit_test(test_taken_away),
		cmocka_unit_test(test_forgotten),
		cmocka_unit_test(test_new_version),
	};

	return run_in_registry(tests, sizeof tests / sizeof tests[0]);
}
