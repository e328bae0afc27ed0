#!/bin/sh
# The schemas keep their promises and the samples keep the schemas.
# Needs xmllint and xsltproc. What fails is printed; the count goes to standard error.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
here=tests/records
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# check NAME FILE: the file holds what went wrong; empty is well.
check() {
	if [ -s "$2" ]; then
		failed=$((failed + 1))
		echo "FAIL $1"
		sed 's/^/  /' "$2" | head -20
	else
		passed=$((passed + 1))
	fi
}

kind_of() {
	xmllint --xpath 'local-name(/*)' "$1" | tr -d '\n'
}

# schema_promises EXTRA...: the lines of schemas.xsl on all schemas.
schema_promises() {
	{
		echo "<schemas audiences='$root/schemas/audiences.xml'>"
		for f in schemas/records/*.xsd schemas/limits/*.xsd "$@"; do
			echo "<file>$root/$f</file>"
		done
		echo '</schemas>'
	} >"$work/schemas.xml"
	xsltproc --nonet "$here/schemas.xsl" "$work/schemas.xml"
}

# links FILE...: the lines of links.xsl on the records of one workspace.
links() {
	{
		echo "<records schemas='$root/schemas/records/'>"
		for f in "$@"; do
			name=${f##*/}
			case $f in /*) ;; *) f=$root/$f ;; esac
			echo "<file name='${name%.xml}'>$f</file>"
		done
		echo '</records>'
	} >"$work/links.xml"
	xsltproc --nonet "$here/links.xsl" "$work/links.xml"
}

schema_promises >"$work/out" 2>&1
check 'every element is explained twice and has one known class' "$work/out"

# The check above must be able to fail.
schema_promises "$here/schemas/broken.xsd" 2>&1 | LC_ALL=C sort >"$work/found"
diff "$here/schemas/broken.expected" "$work/found" >"$work/out" 2>&1
check 'a schema that breaks the promises is told so' "$work/out"

for f in schemas/records/*.xsd schemas/limits/*.xsd; do
	echo '<nothing/>' | xmllint --nonet --noout --schema "$f" - 2>&1 |
	    grep -v -e 'No matching global declaration' -e 'fails to validate' >"$work/out"
	check "$f is a schema" "$work/out"
done

for f in schemas/limits/*.xml; do
	xmllint --nonet --noout --schema schemas/limits/limits.xsd "$f" 2>&1 |
	    grep -v ' validates$' >"$work/out"
	check "$f" "$work/out"
done

: >"$work/kinds"
find samples -name '*.xml' 2>/dev/null | LC_ALL=C sort >"$work/files"
while read -r f; do
	echo "$(kind_of "$f") $f" >>"$work/kinds"
done <"$work/files"
cut -d ' ' -f 1 "$work/kinds" | sort -u | while read -r kind; do
	sed -n "s/^$kind //p" "$work/kinds" |
	    xargs xmllint --nonet --noout --schema "schemas/records/$kind.xsd" 2>&1 |
	    grep -v ' validates$' >"$work/kind.$kind"
done
for f in "$work"/kind.*; do
	check "samples of kind ${f##*.}" "$f"
done

for d in samples/[!f]*/; do
	[ -d "$d" ] || continue
	# One without an organisation of its own adds to the others.
	[ -d "$d/organisation" ] && with="samples/frameworks $d" || with=samples
	# shellcheck disable=SC2046 # names of records hold no blanks
	links $(find $with -name '*.xml') >"$work/out" 2>&1
	check "links of $d" "$work/out"
done

# Nor may a dangling link pass: one framework taken away is missed.
# shellcheck disable=SC2046
links $(find samples/chantier -name '*.xml') 2>&1 |
    grep -c 'framework-green-spaces, which is nowhere' >"$work/count"
echo "$(find samples/chantier -name 'evaluation-*.xml' -o -name 'observation-*.xml' |
    wc -l | tr -d ' ')" >"$work/expected"
diff "$work/expected" "$work/count" >"$work/out"
check 'a missing framework is missed' "$work/out"

xsltproc --nonet docs/parcours-records.xsl schemas/audiences.xml >"$work/page" 2>&1
diff docs/parcours-records.5 "$work/page" >"$work/out"
check 'docs/parcours-records.5 says what the schemas say (see docs/parcours-records.xsl)' "$work/out"

# French typography the stages do not set: no straight apostrophe in a text.
grep -rn "[[:alpha:]]'[[:alpha:]]" samples --include='*.xml' |
    grep -v '^[^:]*:[0-9]*:<?xml' >"$work/out"
check 'typographic apostrophes in the samples' "$work/out"

# On standard error, so that the runner has nothing to compare.
echo "$passed passed, $failed failed" >&2
[ "$failed" -eq 0 ]
