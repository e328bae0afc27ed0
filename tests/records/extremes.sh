#!/bin/sh
# Makes the workspaces that try a layout hardest out of the samples, one folder
# for each way below, and checks that they are still good records.
# usage: extremes.sh [FOLDER]; without one, in $T.
set -eu
out=${1:-$T}
case $out in /*) ;; *) out=$(pwd)/$out ;; esac
cd "$(dirname "$0")/../.."

everywhere='long-name no-comment page-of-comment no-logo lost-logo'
workshop='one-skill sixty-skills nothing-rated'

# make WAY FOLDER...: only the kinds that a way concerns are transformed.
make() {
	way=$1
	shift
	mkdir -p "$out/$way"
	(cd samples && tar cf - "$@") | (cd "$out/$way" && tar xf -)
	# What is about one skill only cannot speak of the others.
	if [ "$way" = one-skill ]; then
		rm -r "$out/$way/chantier/observations"
	fi
	grep -rlE '^<(organisation|person|framework|evaluation|agreement|meeting|integrationPlan) ' \
	    "$out/$way" | while read -r f; do
		xsltproc --nonet --stringparam way "$way" -o "$f" tests/records/extremes.xsl "$f"
	done
	for kind in organisation person framework evaluation agreement meeting integrationPlan; do
		grep -rl "^<$kind " "$out/$way" | xargs -r xmllint --nonet --noout \
		    --schema "schemas/records/$kind.xsd" 2>&1 | grep -v ' validates$' || :
	done
}

for way in $everywhere; do
	make "$way" frameworks chantier genie asbl
done
for way in $workshop; do
	make "$way" frameworks chantier
done

# Each way did what it says.
framework=frameworks/framework-green-spaces.xml
evaluation=chantier/evaluations/evaluation-nguyen-3.xml
agreement=genie/agreements/agreement-dam-safety.xml
count() {
	printf '%s %s: ' "$1" "$3"
	xmllint --xpath "count(//*[$3])" "$out/$1/$2"
}
count one-skill $framework "local-name() = 'skill'"
count one-skill $evaluation "local-name() = 'rating'"
count sixty-skills $framework "local-name() = 'skill'"
count sixty-skills $evaluation "local-name() = 'rating'"
count no-comment $evaluation "local-name() = 'comment' or local-name() = 'workerWord'"
count no-comment $agreement "local-name() = 'learning' or local-name() = 'workLink'"
count page-of-comment $evaluation "local-name() = 'p' and local-name(..) = 'workerWord'"
count page-of-comment $agreement "local-name() = 'p' and local-name(..) = 'learning'"
count nothing-rated $evaluation "local-name() = 'supervisorLevel' and . != 'NE'"
count no-logo chantier/organisation/org-ecluse.xml "local-name() = 'logo'"
count lost-logo genie/organisation/org-outardes.xml "@href = 'lost.png'"
for person in chantier/people/person-nguyen genie/people/person-stonge asbl/people/person-sahin; do
	count long-name $person.xml "local-name() = 'familyName' and string-length() > 90"
done
