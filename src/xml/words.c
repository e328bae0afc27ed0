/*
 * What libxml2's parser finds, said in our words.  A row per code that a file
 * can cause; what has no row is "not well-formed here".  {1} and {2} of the
 * message are taken from the error's own fields as the row says.
 */
#include <string.h>

#include "xml/xml_int.h"

enum from { NOTHING, STR1, STR2 };

static const struct row {
	int error;
	enum diag_code code;
	enum from a, b;
} rows[] = {
	{ XML_ERR_INVALID_HEX_CHARREF, DIAG_XML_CHARREF, NOTHING, NOTHING },
	{ XML_ERR_INVALID_DEC_CHARREF, DIAG_XML_CHARREF, NOTHING, NOTHING },
	{ XML_ERR_INVALID_CHARREF, DIAG_XML_CHARREF, NOTHING, NOTHING },
	{ XML_ERR_DOCUMENT_EMPTY, DIAG_XML_EMPTY, NOTHING, NOTHING },
	{ XML_ERR_DOCUMENT_START, DIAG_XML_EMPTY, NOTHING, NOTHING },
	{ XML_ERR_DOCUMENT_END, DIAG_XML_AFTER_END, NOTHING, NOTHING },
	{ XML_ERR_INVALID_CHAR, DIAG_XML_CHARACTER, NOTHING, NOTHING },
	{ XML_ERR_UNDECLARED_ENTITY, DIAG_XML_ENTITY_UNKNOWN, STR1, NOTHING },
	{ XML_WAR_UNDECLARED_ENTITY, DIAG_XML_ENTITY_UNKNOWN, STR1, NOTHING },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, DIAG_XML_AMPERSAND, NOTHING,
	    NOTHING },
	{ XML_ERR_NAME_REQUIRED, DIAG_XML_AMPERSAND, NOTHING, NOTHING },
	{ XML_ERR_ENTITY_LOOP, DIAG_XML_ENTITY_LOOP, NOTHING, NOTHING },
	{ XML_ERR_UNKNOWN_ENCODING, DIAG_XML_ENCODING, STR1, NOTHING },
	{ XML_ERR_UNSUPPORTED_ENCODING, DIAG_XML_ENCODING, STR1, NOTHING },
	{ XML_ERR_INVALID_ENCODING, DIAG_XML_BYTES, NOTHING, NOTHING },
	{ XML_I18N_CONV_FAILED, DIAG_XML_BYTES, NOTHING, NOTHING },
	{ XML_ERR_LT_IN_ATTRIBUTE, DIAG_XML_LESS_THAN, STR1, NOTHING },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, DIAG_XML_QUOTES, NOTHING, NOTHING },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, DIAG_XML_QUOTES, NOTHING, NOTHING },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, DIAG_XML_NO_VALUE, STR1, NOTHING },
	{ XML_ERR_ATTRIBUTE_REDEFINED, DIAG_XML_TWICE, STR1, NOTHING },
	{ XML_NS_ERR_ATTRIBUTE_REDEFINED, DIAG_XML_TWICE, STR1, NOTHING },
	{ XML_ERR_TAG_NAME_MISMATCH, DIAG_XML_MISMATCH, STR1, STR2 },
	{ XML_ERR_TAG_NOT_FINISHED, DIAG_XML_UNFINISHED, STR1, NOTHING },
	{ XML_ERR_GT_REQUIRED, DIAG_XML_BRACKET, NOTHING, NOTHING },
	{ XML_ERR_LT_REQUIRED, DIAG_XML_BRACKET, NOTHING, NOTHING },
	{ XML_ERR_LTSLASH_REQUIRED, DIAG_XML_BRACKET, NOTHING, NOTHING },
	{ XML_ERR_SPACE_REQUIRED, DIAG_XML_SPACE, NOTHING, NOTHING },
	{ XML_ERR_COMMENT_NOT_FINISHED, DIAG_XML_COMMENT, NOTHING, NOTHING },
	{ XML_ERR_HYPHEN_IN_COMMENT, DIAG_XML_COMMENT, NOTHING, NOTHING },
	{ XML_ERR_CDATA_NOT_FINISHED, DIAG_XML_CDATA, NOTHING, NOTHING },
	{ XML_ERR_MISPLACED_CDATA_END, DIAG_XML_CDATA, NOTHING, NOTHING },
	{ XML_ERR_RESERVED_XML_NAME, DIAG_XML_DECLARATION, NOTHING, NOTHING },
	{ XML_ERR_XMLDECL_NOT_FINISHED, DIAG_XML_DECLARATION, NOTHING,
	    NOTHING },
	{ XML_ERR_VERSION_MISSING, DIAG_XML_DECLARATION, NOTHING, NOTHING },
	{ XML_ERR_UNKNOWN_VERSION, DIAG_XML_DECLARATION, NOTHING, NOTHING },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE, DIAG_XML_PREFIX, STR1, NOTHING },
	{ XML_ERR_NAME_TOO_LONG, DIAG_XML_LONG, NOTHING, NOTHING },
};

static const char *
field(const xmlError *err, enum from from)
{
	switch (from) {
	case STR1:
		return err->str1;
	case STR2:
		return err->str2;
	default:
		return NULL;
	}
}

/* A byte that is no UTF-8 is for libxml2 a character like any other that XML
 * does not allow; users must hear that the encoding is wrong. */
static bool
is_foreign_byte(const xmlError *err)
{
	const xmlParserCtxt *ctxt = err->ctxt;
	const xmlChar *at;

	if (ctxt == NULL || ctxt->input == NULL)
		return false;
	at = ctxt->input->cur;
	return at < ctxt->input->end && *at >= 0x80 &&
	    utf8_valid((const char *)at, (size_t)(ctxt->input->end - at)) == 0;
}

/* libxml2 has one code for too much and for too little at the end. */
static enum diag_code
refine(const struct parse *p, const xmlError *err, enum diag_code code)
{
	if (code == DIAG_XML_AFTER_END && p->elements == 0)
		return DIAG_XML_EMPTY;
	if (code == DIAG_XML_AFTER_END && p->depth > 0)
		return DIAG_XML_UNFINISHED;
	if (code == DIAG_XML_CHARACTER && is_foreign_byte(err))
		return DIAG_XML_BYTES;
	return code;
}

static void
report_row(struct parse *p, const xmlError *err, const struct row *row,
    struct where where)
{
	const enum diag_code code = refine(p, err, row->code);
	const xmlParserCtxt *ctxt = err->ctxt;

	if (code == DIAG_XML_UNFINISHED && ctxt != NULL && ctxt->name != NULL)
		parse_fail(p, code, where, (const char *)ctxt->name, NULL);
	else
		parse_fail(p, code, where, field(err, row->a),
		    field(err, row->b));
}

void
parse_error_report(struct parse *p, const xmlError *err)
{
	struct where where = { p->file, err->line, err->int2 };
	const struct row *row = NULL;
	size_t i;

	if (err->ctxt != NULL && err->ctxt != p->main)
		where = parse_last_where(p);
	/* Once one thing is badly wrong, what follows is its echo; and
	 * warnings of the parser are about what we do not use. */
	if (p->fatal || (err->level < XML_ERR_ERROR &&
	    err->code != XML_WAR_UNDECLARED_ENTITY))
		return;
	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].error == err->code)
			row = &rows[i];
	if (err->domain == XML_FROM_NAMESPACE && row == NULL)
		return; /* a relative namespace name and the like */
	/* The first tag may not be a tag at all: a spreadsheet, a text. */
	if (row == NULL && err->line <= 1 && err->int2 <= 1)
		parse_fail(p, DIAG_XML_EMPTY, where, NULL, NULL);
	else if (row == NULL)
		parse_fail(p, DIAG_XML_SYNTAX, where, NULL, NULL);
	else
		report_row(p, err, row, where);
}
