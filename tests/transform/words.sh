#!/bin/sh
# Every word a document prints stands in stylesheets/words, in French and in
# English, and every word there is printed by a document: a missing key, an
# unused key, a value of an enumeration without a name, and user text inside a
# stylesheet are each named.  Then the same of a copy with one fault of each
# kind, which must be found.
set -eu
cd "$(dirname "$0")/../.."
T=${T:-$(mktemp -d)}

# The keys of a words file; a key that ends in a dot stands for a set.
defined() {
	xmllint --xpath '//w/@k' "$1" | sed 's/ *k="\(.*\)"/\1/' | sort
}

# used FOLDER: keys and sets ("role.") that stylesheets ask for.
used() {
	find "$1" -name '*.xsl' ! -name derive.xsl -exec cat {} + | tr '\n' ' ' |
	    grep -oE "w:(t|n|e|as)\( *(concat\( *)?'[^']*'" |
	    sed -e "s/w:e( *'\(.*\)'/\1./" -e "s/w:[a-z]*( *\(concat( *\)\{0,1\}'\(.*\)'/\2/" |
	    sort -u
}

# The names of an enumerated type, as keys of a set.
values() {
	xmllint --xpath "//*[local-name() = 'simpleType'][@name = '$2']//*[local-name() = 'enumeration']/@value" \
	    schemas/records/common.xsd | sed "s/ *value=\"\(.*\)\"/$1.\1/"
}

# Sets and the types whose values they name.
sets='role:role contractType:contractType dimension:dimension reached:reached
    status:skillStatus coherence:coherence form:agreementForm mode:meetingMode
    learning:learningKind domain:domainKind phase:phase'

check() {
	used "$1" >"$T/used"
	for lang in fr-FR en; do
		defined "$1/words/$lang.xml" >"$T/$lang"
		{
			grep -v '\.$' "$T/used"
			for set in $sets; do
				values "${set%:*}" "${set#*:}"
			done
			seq 12 | sed 's/^/month./'
		} | sort -u | comm -23 - "$T/$lang" | sed "s/^/$lang: missing: /"
		while read -r key; do
			grep -qxF -e "$key" -e "${key%.*}." "$T/used" || echo "$lang: unused: $key"
		done <"$T/$lang"
		uniq -d "$T/$lang" | sed "s/^/$lang: twice: /"
	done
	# A region says only what its base says too.
	for lang in fr-BE fr-CA; do
		defined "$1/words/$lang.xml" | comm -23 - "$T/fr-FR" | sed "s/^/$lang: unused: /"
	done
	find "$1" -name '*.xsl' ! -name derive.xsl ! -name functions.xsl | sort | while read -r f; do
		xsltproc --nonet --stringparam file "${f#"$1"/}" tests/transform/words.xsl "$f"
	done
}

check stylesheets

echo 'with faults:'
rm -rf "$T/copy"
cp -r stylesheets "$T/copy"
sed -i 's/<\/words>/<w k="nobody.asks">x<\/w><\/words>/; /k="gap.higher"/d; /k="role.tutor"/d' "$T/copy/words/en.xml"
sed -i "s/w:t('strengths')/'Points forts'/; s/w:t('axes')/w:t('axis')/" "$T/copy/documents/competency-sheet.xsl"
sed -i 's/<xsl:value-of select="w:t(.page.)"\/>/page n° /' "$T/copy/page/masters.xsl"
check "$T/copy"
