#!/bin/sh
# What each document says, from the dossier beside it, as lines to be read: the
# four documents in the language of their records, then in another, and a
# signature that was refused.
set -eu
cd "$(dirname "$0")"
T=${T:-$(mktemp -d)}

# outline DOCUMENT DOSSIER [PARAMETER VALUE]...
outline() {
	document=$1
	dossier=$2
	shift 2
	for p in "$@"; do
		set -- "$@" --stringparam "${p%%=*}" "${p#*=}"
		shift
	done
	xsltproc --nonet "$@" -o "$T/$document.fo" \
	    "../../stylesheets/documents/$document.xsl" "$dossier"
	xsltproc --nonet outline.xsl "$T/$document.fo"
}

for document in competency-sheet skills-summary activity-summary integration-booklet; do
	echo "#### $document"
	outline $document $document.xml number=XX-2026-ABCDEFGH
done

echo '#### in English'
outline competency-sheet competency-sheet.xml language=en paper=Letter | head -60
outline activity-summary activity-summary.xml language=en | head -60

echo '#### refused'
sed '/<signature mode=/{N;s/handwritten\(.*<role>worker<.*\)/refused\1<refusalReason>pas d’accord sur le délai<\/refusalReason>/}' \
    competency-sheet.xml >"$T/refused.xml"
outline competency-sheet "$T/refused.xml" | sed -n '/^H2 Signatures/,$p'
