/* A record: parsed, validated against the schemas and the rules. */
#include "fuzz.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "records/records.h"
#include "xml/xml.h"

const char *const fuzz_seeds[] = { "samples", ".xml", "tests/bad", ".xml",
	NULL };

/* Schemas and rules are compiled once; the process keeps them. */
static struct job data;
static struct xml *xml;
static struct records *records;

static void
set_up(void)
{
	data.arena = arena_new();
	data.diag = diag_new(LANG_EN, DIAG_TEXT);
	xml = xml_new();
	records = records_open(&data, xml, "build/share");
	if (records == NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char path[] = "/tmp/fuzz-record-XXXXXX";
	struct record_head head;
	struct job job = { arena_new(), diag_new(LANG_FR, DIAG_TEXT), NULL };
	int fd;

	if (records == NULL)
		set_up();
	fd = mkstemp(path);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		abort();
	close(fd);
	(void)record_scan(&job, records, path, &head);
	record_free(record_load(&job, records, path));
	unlink(path);
	diag_free(job.diag);
	arena_free(job.arena);
	return 0;
}
