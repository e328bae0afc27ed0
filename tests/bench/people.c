/*
 * The organisations that make bench measures the registry with: as many people
 * as asked for, the same on every run.  A site has 200 of them, an organisation
 * ten sites; everyone has a contract and five evaluations by the framework and
 * the scale of samples/frameworks, and every hundredth the other records that a
 * whole pathway leaves behind.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/base.h"
#include "bench.h"

#define PER_ORGANISATION 10	/* sites */
#define EVALUATIONS	 5
#define FRAMEWORK	 "samples/frameworks/framework-green-spaces.xml"

struct world {
	const char *folder;
	char skills[64][32];
	int n_skills;
	long site;		/* of the person who is written */
	long records;
};

static const char *const given[] = { "Aline", "Bruno", "Chloé", "Driss", "Élise",
	"Farid", "Gaëlle", "Hervé", "Inès", "Jonas", "Karima", "Loïc", "Maëlle",
	"Nadia", "Oscar", "Pauline" };
static const char *const starts[] = { "Ba", "Cor", "De", "Fau", "Gri", "La",
	"Mer", "Nou", "Pé", "Ri", "Sau", "Ta", "Va", "Œu", "Ver", "Zé" };
static const char *const middles[] = { "ber", "cha", "dé", "gnan", "lle", "man",
	"nne", "quet", "ri", "ssi", "tier", "vre", "llan", "mo", "pont", "rou" };
static const char *const ends[] = { "t", "u", "rd", "x", "ne", "lle", "c", "in",
	"oy", "es", "on", "ier", "ault", "et", "ois", "y" };
static const char *const words[] = { "travail", "soigné", "machine", "réglée",
	"équipe", "consigne", "sécurité", "haie", "tonte", "rangement", "horaire",
	"progrès", "autonomie", "chantier", "outil", "aide" };

/* A number of an index that looks like chance. */
static unsigned
chance(long index, unsigned of)
{
	uint64_t x = (uint64_t)index * 0x9e3779b97f4a7c15u + of;

	x ^= x >> 31;
	x *= 0xbf58476d1ce4e5b9u;
	return (unsigned)(x >> 33);
}

/* So many days after the first of January 2026. */
static const char *
day(long n)
{
	static char texts[4][16];
	static int next;
	char *text = texts[next++ % 4];
	long year = 2026;
	int month = 1;

	while (n >= date_month_days(year, month)) {
		n -= date_month_days(year, month);
		year += month == 12;
		month = month % 12 + 1;
	}
	snprintf(text, sizeof texts[0], "%04ld-%02d-%02ld", year, month, n + 1);
	return text;
}

const char *
family_name(long person)
{
	static char name[64];
	const unsigned c = chance(person, 1);

	snprintf(name, sizeof name, "%s%s%s%s", starts[c & 15],
	    middles[c >> 4 & 15], middles[c >> 8 & 15], ends[c >> 12 & 15]);
	return name;
}

/* Opens "folder/id.xml" and writes its root's start tag; `more` are attributes. */
static FILE *
begin(struct world *w, const char *folder, const char *kind, const char *id,
    const char *created, const char *more)
{
	char path[1024];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s/%s.xml", w->folder, folder, id);
	f = fopen(path, "w");
	if (f == NULL) {
		perror(path);
		exit(3);
	}
	w->records++;
	fprintf(f, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<%s xmlns=\"urn:parcours:record\" id=\"%s\" schemaVersion=\"1\"%s\n"
	    "    xml:lang=\"fr-FR\" createdOn=\"%s\">\n", kind, id, more, created);
	return f;
}

static void
end(FILE *f, const char *kind)
{
	fprintf(f, "</%s>\n", kind);
	fclose(f);
}

static void
put_sentence(FILE *f, const char *element, long of, int n)
{
	int i;

	fprintf(f, "<%s>Le", element);
	for (i = 0; i < n; i++)
		fprintf(f, " %s", words[chance(of, 100 + (unsigned)i) & 15]);
	fprintf(f, "</%s>\n", element);
}

/* ------------------------------------------------------ what people belong to */

static void
write_organisation(struct world *w, long org)
{
	char id[32];
	FILE *f;

	snprintf(id, sizeof id, "org-%03ld", org);
	f = begin(w, "common", "organisation", id, day(0),
	    " profile=\"fr-chantier\"");
	fprintf(f, "  <name>Ateliers %s</name>\n"
	    "  <organisationKind>ACI</organisationKind>\n"
	    "  <country>FR</country>\n  <sizeClass>from20</sizeClass>\n"
	    "  <address>\n    <street>1, rue du Pont</street>\n"
	    "    <postcode>59500</postcode>\n    <town>Douai</town>\n"
	    "  </address>\n"
	    "  <settings>\n    <locale>fr-FR</locale>\n    <paper>A4</paper>\n"
	    "    <accentColour>#2E6B4F</accentColour>\n"
	    "    <genderStyle>doublet</genderStyle>\n"
	    "    <reviewMonths>4</reviewMonths>\n  </settings>\n"
	    "  <representative>\n    <givenName>%s</givenName>\n"
	    "    <familyName>%s</familyName>\n"
	    "    <function>directrice</function>\n  </representative>\n",
	    family_name(org), given[org & 15], family_name(-org - 999));
	end(f, "organisation");
}

static void
write_site(struct world *w, long site)
{
	char id[32];
	FILE *f;

	snprintf(id, sizeof id, "site-%04ld", site);
	f = begin(w, "common", "site", id, day(0), "");
	fprintf(f, "  <organisation ref=\"org-%03ld\"/>\n"
	    "  <name>Site %ld</name>\n"
	    "  <address>\n    <street>%ld, rue du Pont</street>\n"
	    "    <postcode>59500</postcode>\n    <town>Douai</town>\n"
	    "  </address>\n", site / PER_ORGANISATION, site, site + 1);
	end(f, "site");
	snprintf(id, sizeof id, "actor-%04ld", site);
	f = begin(w, "common", "actor", id, day(0), "");
	fprintf(f, "  <organisation ref=\"org-%03ld\"/>\n"
	    "  <givenName>%s</givenName>\n  <familyName>%s</familyName>\n",
	    site / PER_ORGANISATION, given[site & 15], family_name(-site - 1));
	end(f, "actor");
}

/* ------------------------------------------------------------- what they leave */

static void
write_evaluation(struct world *w, const char *folder, long person, int cycle,
    long entry, bool rich)
{
	const char *date = day(entry + 90 * cycle - 30);
	char id[48], more[64];
	FILE *f;
	int s;

	snprintf(id, sizeof id, "evaluation-%06ld-%d", person, cycle);
	snprintf(more, sizeof more, " cycle=\"%d\" kind=\"interim\"", cycle);
	f = begin(w, folder, "evaluation", id, date, more);
	fprintf(f, "  <person ref=\"person-%06ld\"/>\n"
	    "  <contract ref=\"contract-%06ld\"/>\n"
	    "  <framework ref=\"framework-green-spaces\"/>\n"
	    "  <scale ref=\"scale-autonomy\"/>\n  <date>%s</date>\n"
	    "  <supervisor ref=\"actor-%04ld\"/>\n", person, person, date,
	    w->site);
	/* Nobody forgets what he could: what is not evaluated stays so. */
	for (s = 0; s < w->n_skills; s++) {
		const unsigned c = chance(person * 64 + s, 2);
		const int level = (int)(c % 3) + (cycle + (int)(c >> 8 & 1)) / 4;

		fprintf(f, "  <rating skill=\"%s\">\n", w->skills[s]);
		if (c % 5 == 4)
			fputs("    <selfLevel>NE</selfLevel>\n"
			      "    <supervisorLevel>NE</supervisorLevel>\n", f);
		else
			fprintf(f, "    <selfLevel>%d</selfLevel>\n"
			    "    <supervisorLevel>%d</supervisorLevel>\n",
			    level + 1, level + 1);
		if (rich ? s % 4 == 0 : s == 0) {
			fputs("    ", f);
			put_sentence(f, "comment", person * 8 + cycle + s, 9);
		}
		fputs("  </rating>\n", f);
	}
	end(f, "evaluation");
}

static void
write_person(struct world *w, const char *folder, long person, long entry)
{
	char id[48];
	FILE *f;

	snprintf(id, sizeof id, "person-%06ld", person);
	f = begin(w, folder, "person", id, day(entry), "");
	fprintf(f, "  <organisation ref=\"org-%03ld\"/>\n"
	    "  <givenName>%s</givenName>\n  <familyName>%s</familyName>\n"
	    "  <post>Ouvrier des espaces verts</post>\n"
	    "  <entryDate>%s</entryDate>\n",
	    w->site / PER_ORGANISATION,
	    given[chance(person, 3) & 15], family_name(person), day(entry));
	end(f, "person");
	snprintf(id, sizeof id, "contract-%06ld", person);
	f = begin(w, folder, "contract", id, day(entry), "");
	fprintf(f, "  <person ref=\"person-%06ld\"/>\n"
	    "  <organisation ref=\"org-%03ld\"/>\n  <site ref=\"site-%04ld\"/>\n"
	    "  <contractType>CDDI</contractType>\n  <start>%s</start>\n"
	    "  <end>%s</end>\n  <weeklyHours>26</weeklyHours>\n"
	    "  <post>Ouvrier des espaces verts</post>\n", person,
	    w->site / PER_ORGANISATION, w->site, day(entry), day(entry + 540));
	end(f, "contract");
}

/* What not everybody has: together with what they belong to, twenty records. */
static void
write_pathway(struct world *w, const char *folder, long person, long entry)
{
	char id[48];
	FILE *f;
	int i;

	for (i = 1; i <= 4; i++) {
		snprintf(id, sizeof id, "action-%06ld-%d", person, i);
		f = begin(w, folder, "action", id, day(entry + 90 * i - 30), "");
		fprintf(f, "  <person ref=\"person-%06ld\"/>\n"
		    "  <evaluation ref=\"evaluation-%06ld-%d\"/>\n  ", person,
		    person, i);
		put_sentence(f, "objective", person + i, 6);
		fprintf(f, "  <owner ref=\"person-%06ld\"/>\n"
		    "  <dueOn>%s</dueOn>\n  <state>inProgress</state>\n", person,
		    day(entry + 90 * i + 60));
		end(f, "action");
		snprintf(id, sizeof id, "observation-%06ld-%d", person, i);
		f = begin(w, folder, "observation", id, day(entry + 80 * i), "");
		fprintf(f, "  <person ref=\"person-%06ld\"/>\n"
		    "  <framework ref=\"framework-green-spaces\"/>\n"
		    "  <skill>%s</skill>\n  <date>%s</date>\n"
		    "  <author ref=\"actor-%04ld\"/>\n"
		    "  ", person, w->skills[i], day(entry + 80 * i), w->site);
		put_sentence(f, "situation", person + 7 * i, 12);
		fputs("  <observedLevel>2</observedLevel>\n", f);
		end(f, "observation");
	}
}

/* ------------------------------------------------------------------ together */

static void
read_skills(struct world *w)
{
	FILE *f = fopen(FRAMEWORK, "r");
	char line[512];

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (w->n_skills < 64 && sscanf(line, " <skill id=\"%31[^\"]\"",
			w->skills[w->n_skills]) == 1)
			w->n_skills++;
	if (f != NULL)
		fclose(f);
}

static void
make_folder(const struct world *w, const char *name)
{
	char path[1024];

	snprintf(path, sizeof path, "%s/%s", w->folder, name);
	if (mkdir(path, 0700) != 0)
		perror(path);
}

void
write_person_more(const char *folder, long person)
{
	struct world w = { .folder = folder };
	int cycle;

	read_skills(&w);
	mkdir(folder, 0700);
	make_folder(&w, "more");
	/* At the site of the last. */
	w.site = (person - 1) / PEOPLE_PER_SITE;
	write_person(&w, "more", person, 0);
	for (cycle = 1; cycle <= EVALUATIONS; cycle++)
		write_evaluation(&w, "more", person, cycle, 0, false);
}

long
write_people(const char *folder, long people)
{
	struct world w = { .folder = folder };
	char site[32] = "";
	long i, entry;
	int cycle;

	read_skills(&w);
	mkdir(folder, 0700);
	make_folder(&w, "common");
	for (i = 0; i < people; i++) {
		w.site = i / PEOPLE_PER_SITE;
		if (i % (PEOPLE_PER_SITE * PER_ORGANISATION) == 0)
			write_organisation(&w, w.site / PER_ORGANISATION);
		if (i % PEOPLE_PER_SITE == 0) {
			write_site(&w, w.site);
			snprintf(site, sizeof site, "site-%04ld", w.site);
			make_folder(&w, site);
		}
		entry = chance(i, 4) % 365;
		write_person(&w, site, i, entry);
		for (cycle = 1; cycle <= EVALUATIONS; cycle++)
			write_evaluation(&w, site, i, cycle, entry,
			    i % PEOPLE_RICH == 0);
		if (i % PEOPLE_RICH == 0)
			write_pathway(&w, site, i, entry);
	}
	return w.records;
}
