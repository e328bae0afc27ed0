#!/bin/sh
# Makes the workspaces that try a layout hardest out of the sample `chantier`,
# one folder for each way below, and checks that they are still good records.
# usage: extremes.sh [FOLDER]; without one, in $T.
set -eu
out=${1:-$T}
case $out in /*) ;; *) out=$(pwd)/$out ;; esac
cd "$(dirname "$0")/../.."

ways='long-name one-skill sixty-skills no-comment page-of-comment no-logo lost-logo nothing-rated'

find samples/chantier samples/frameworks -name '*.xml' | LC_ALL=C sort >"$out/files"
for way in $ways; do
	while read -r f; do
		# What is about one skill only cannot speak of the others.
		case $way,$f in one-skill,*/observations/*) continue ;; esac
		to=$out/$way/${f#samples/}
		mkdir -p "$(dirname "$to")"
		xsltproc --nonet --stringparam way "$way" -o "$to" tests/records/extremes.xsl "$f"
	done <"$out/files"
	cp samples/chantier/organisation/logo.png "$out/$way/chantier/organisation/"
	for kind in organisation person framework evaluation; do
		grep -l "^<$kind " $(find "$out/$way" -name '*.xml') |
		    xargs xmllint --nonet --noout --schema "schemas/records/$kind.xsd" 2>&1 |
		    grep -v ' validates$' || :
	done
done
rm "$out/files"

# Each way did what it says.
framework=frameworks/framework-green-spaces.xml
evaluation=chantier/evaluations/evaluation-nguyen-3.xml
count() {
	printf '%s %s: ' "$1" "$3"
	xmllint --xpath "count(//*[$3])" "$out/$1/$2"
}
count one-skill $framework "local-name() = 'skill'"
count one-skill $evaluation "local-name() = 'rating'"
count sixty-skills $framework "local-name() = 'skill'"
count sixty-skills $evaluation "local-name() = 'rating'"
count no-comment $evaluation "local-name() = 'comment' or local-name() = 'workerWord'"
count page-of-comment $evaluation "local-name() = 'p' and local-name(..) = 'workerWord'"
count nothing-rated $evaluation "local-name() = 'supervisorLevel' and . != 'NE'"
count no-logo chantier/organisation/org-ecluse.xml "local-name() = 'logo'"
