# One fault at a time in a good workspace: what is found, in both languages.
# Each row is a practice, a file of it, and what sed does to that file.
set -u

check() {
	for lang in fr en; do
		"$PARCOURS" check "$T/w" --messages $lang | sed "s|$T/w/||g"
	done
}

fault() { # TITLE PRACTICE FILE SED-EXPRESSION
	rm -rf "$T/w"
	mkdir "$T/w"
	cp -r samples/frameworks "samples/$2" "$T/w/"
	cp "$T/w/$3" "$T/before"
	sed -i "$4" "$T/w/$3"
	echo "== $1"
	cmp -s "$T/before" "$T/w/$3" && echo "the fault was not made"
	check
}

both() { # TITLE PRACTICE FILE COPY SED-EXPRESSION: a second file beside it
	rm -rf "$T/w"
	mkdir "$T/w"
	cp -r samples/frameworks "samples/$2" "$T/w/"
	sed "$5" "$T/w/$3" >"$T/w/$4"
	echo "== $1"
	check
}

evaluation=chantier/evaluations/evaluation-kowalczyk-1.xml
person=chantier/people/person-kowalczyk.xml
contract=chantier/contracts/contract-kowalczyk-1.xml
meeting=genie/meetings/meeting-dam-1.xml
period=genie/periods/period-bouchard-2025.xml

fault 'a date that does not exist' chantier $evaluation \
	'0,/<date>/s|<date>.*|<date>2026-02-30</date>|'
fault 'a date written another way' chantier $evaluation \
	'0,/<date>/s|<date>.*|<date>19/03/2026</date>|'
fault 'an element that is not known' chantier $person \
	's|<civility>M</civility>|&<nickname>Luc</nickname>|'
fault 'an element in the wrong place' chantier $person \
	'/<civility>/d; s|<familyName>|<civility>M</civility>&|'
fault 'an element that is missing' chantier $person '/<familyName>/d'
fault 'a file cut short' chantier $person '$d'
fault 'an element that stands twice' chantier $person \
	's|<givenName>.*|&&|'
fault 'an attribute that is not known' chantier $person \
	's|<person |<person colour="red" |'
fault 'an attribute that is missing' chantier $evaluation 's| cycle="1"||'
fault 'a value that is not in the list' chantier $contract \
	's|<contractType>CDDI|<contractType>CDDX|'
fault 'a number that is none' genie $meeting 's|<hours>.*|<hours>1,75</hours>|'
fault 'text where only elements may stand' chantier $person \
	's|<choices>|&yes|'
fault 'a level off the scale' chantier $evaluation \
	'0,/<selfLevel>3/s//<selfLevel>7/'
fault 'a level that is none' chantier $evaluation \
	'0,/<selfLevel>3/s//<selfLevel>good/'
fault 'a skill that the framework has not' chantier $evaluation \
	's|skill="mow-lawn"|skill="mow-the-lawn"|'
fault 'a skill rated twice' chantier $evaluation \
	's|skill="trim-edges"|skill="mow-lawn"|'
fault 'dates reversed' chantier $contract 's|<end>.*|<end>2025-05-31</end>|'
fault 'a reference to nothing' chantier $evaluation \
	's|actor-lecoeuvre|actor-lecouvre|'
fault 'a reference to another kind' chantier $evaluation \
	's|ref="scale-autonomy"|ref="person-nguyen"|'
fault 'hours that do not add up' genie $meeting \
	's|<hours>.*|<hours>3</hours>|'
fault 'a meeting that ends before it begins' genie $meeting \
	's|<endTime>.*|<endTime>11:00</endTime>|'
fault 'a period that is too long' genie $period \
	's|<end>.*|<end>2028-03-31</end>|'
both 'two persons with one id' chantier $person \
	chantier/people/person-second.xml 's|Łukasz|Piotr|'
both 'two kinds with one id' genie genie/people/person-stonge.xml \
	genie/people/second.xml 's|id="person-stonge"|id="org-outardes"|'
exit 0
