/*
 * A mapping to begin with: every column that a record of a kind can have, called
 * as its schema says in the user's language.
 */
#include <string.h>

#include "import/import_int.h"

/* Text in an attribute or, without "--", in a comment. */
static void
put_text(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		case '-':
			buf_puts(out, s[1] == '-' ? "- " : "-");
			break;
		default:
			buf_putc(out, *s);
		}
}

static void
put_column(struct job *job, const struct form *form,
    const struct form_field *f, struct buf *mapping, struct buf *columns)
{
	static const enum diag_code types[] = {
		[FORM_TEXT] = DIAG_IMPORT_TEXT,
		[FORM_DATE] = DIAG_IMPORT_A_DATE,
		[FORM_NUMBER] = DIAG_IMPORT_A_NUMBER,
		[FORM_BOOLEAN] = DIAG_IMPORT_YES_NO,
		[FORM_CHOICE] = DIAG_IMPORT_ONE_OF,
		[FORM_LINK] = DIAG_IMPORT_A_LINK,
	};
	const enum lang lang = diag_lang(job->diag);
	const char *heading = form_heading(job, form, f, lang);
	const char *words = f->words[lang] != NULL ? f->words[lang] : "";
	const bool required = form_is_required(job, form, f);
	struct buf values = { 0 };

	form_choices(job, f, lang, &values);
	buf_puts(mapping, "\n  <!-- ");
	put_text(mapping, words);
	buf_puts(mapping, " -->\n  <field path=\"");
	put_text(mapping, f->path);
	buf_puts(mapping, "\" column=\"");
	put_text(mapping, heading);
	buf_puts(mapping, f->many ? "\" split=\"lines\"" : "\"");
	buf_puts(mapping, required ? "/>\n" : " optional=\"true\"/>\n");
	message_format(columns, lang, required ? DIAG_IMPORT_MUST
		: DIAG_IMPORT_MAY, (const char *const[]){ heading, NULL });
	message_format(columns, lang, types[f->type], (const char *const[]){
		f->target != NULL ? str_commas(job->arena, f->target)
				  : buf_str(&values), NULL });
	buf_putc(columns, '\n');
	buf_free(&values);
}

/* What no column can hold, since it stands several times. */
static void
put_hints(struct job *job, const struct form *form, struct buf *mapping)
{
	const enum lang lang = diag_lang(job->diag);
	size_t i;

	for (i = 0; i < form->n; i++) {
		const struct form_field *f = &form->fields[i];

		if (f->type != FORM_GROUP || !f->many)
			continue;
		buf_puts(mapping, "\n  <!-- ");
		message_format(mapping, lang, DIAG_IMPORT_HINT_MANY,
		    (const char *const[]){ f->path, NULL });
		buf_puts(mapping, " -->\n");
	}
}

bool
import_template(struct job *job, struct records *rs, const char *kind,
    const char *lang, struct buf *mapping, struct buf *columns)
{
	struct form form;
	const char *id;
	size_t i;

	if (!form_open(job, rs, kind, &form))
		return false;
	id = form_heading(job, &form, form_lookup(&form, "@id"),
	    diag_lang(job->diag));
	buf_puts(mapping, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ");
	message_format(mapping, diag_lang(job->diag), DIAG_IMPORT_HINT,
	    (const char *const[]){ kind, NULL });
	buf_printf(mapping, " -->\n<import xmlns=\"urn:parcours:import\" "
	    "kind=\"%s\" lang=\"%s\">\n  <!-- ", kind, lang);
	message_format(mapping, diag_lang(job->diag), DIAG_IMPORT_HINT_ID,
	    (const char *const[]){ kind, NULL });
	buf_puts(mapping, " -->\n  <id column=\"");
	put_text(mapping, id);
	buf_puts(mapping, "\"/>\n");
	message_format(columns, diag_lang(job->diag), DIAG_IMPORT_MUST,
	    (const char *const[]){ id, NULL });
	message_format(columns, diag_lang(job->diag), DIAG_IMPORT_TEXT, NULL);
	buf_putc(columns, '\n');
	for (i = 0; i < form.n; i++)
		if (form_has_column(&form, &form.fields[i]))
			put_column(job, &form, &form.fields[i], mapping,
			    columns);
	put_hints(job, &form, mapping);
	buf_puts(mapping, "</import>\n");
	form_close(&form);
	return true;
}
