# What is handed over can be read: every text of every record that is a person's
# stands in the document, with the names of what it points to, in both languages.
set -u
export SOURCE_DATE_EPOCH=1793836800
. tests/road/road.inc
p="$PARCOURS --messages en"
db="$T/reg.db"

# A text is found wherever its lines are broken; short ones are names of a
# list, dates or numbers, which are written out.
missing() { # FOLDER
	pdftotext -raw "$1/personal-data.pdf" - | joined >"$T/page"
	for f in "$1"/*/*.xml; do
		xmllint --xpath '//*[not(*)]/text() | //*[local-name() = "p"]/text()' "$f" 2>/dev/null
	done | sed 's/&amp;/\&/g' | grep '[^ ] [^ ]' | sort -u >"$T/texts"
	echo "texts looked for: $(wc -l <"$T/texts")"
	while read -r text; do
		grep -qF -e "$(printf %s "$text" | joined)" "$T/page" || echo "missing: $text"
	done <"$T/texts"
}

$p add -r "$db" -q samples/frameworks samples/chantier samples/genie 2>/dev/null
$p export -r "$db" person-nguyen -o "$T/fr" | sed "s|$T|T|"
missing "$T/fr"
pdftotext -layout -f 1 -l 1 "$T/fr/personal-data.pdf" - | sed 's/  */ /g; s/ *$//; s/DP-[^ ]*/DP-…/' | head -50
pdftotext -layout "$T/fr/personal-data.pdf" - | grep 'Compétence obs' | tr -s ' ' | head -1
echo "-- in English, for another"
$p export -r "$db" person-bouchard -o "$T/en" --lang en | sed "s|$T|T|"
missing "$T/en"
pdftotext -layout "$T/en/personal-data.pdf" - | grep -A4 'professional' | head -12
qpdf --check "$T/en/personal-data.pdf" | tail -1

echo "-- whatever the rules say of the record today, it is handed over"
SOURCE_DATE_EPOCH=1000000000 $p export -r "$db" person-kowalczyk -o "$T/early" -q
find "$T/early" -maxdepth 1 -name "*.pdf" -printf "%f\n" | sort
echo "-- who is accompanied by profession is a person, too"
$p export -r "$db" actor-obringer -o "$T/actor" | sed "s|$T|T|"
ls "$T/actor" | sed 's/@.*//' | sort -u
exit 0
