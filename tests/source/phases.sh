# What rules of phase subject find is remembered whatever the day and the
# document: so they may not ask for these, nor for what is reckoned by them.
set -eu

if grep -nE '@(date|about|audience|document)\b|href=.[^"]*dated' \
	schemas/rules/subject.sch stylesheets/functions.xsl; then
	echo "these lines ask what only schemas/rules/document.sch may ask"
	exit 1
fi
