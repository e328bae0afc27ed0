# Tables become records: every form of file, every fault told by its cell.
set -u
export SOURCE_DATE_EPOCH=1796083200
export TZ=UTC0	# moments are told by the clock here
here=tests/import
base="$T/base.db"
$PARCOURS --messages fr add -q -r "$base" --author Ana samples/frameworks samples/chantier
hide() { sed "s|$T|T|g"; }
fresh() { cp "$base" "$T/reg.db"; }
import() {
	for l in fr en; do
		$PARCOURS --messages $l import -r "$T/reg.db" --author Ana \
			"$@" >"$T/said" 2>&1
		status=$?
		hide <"$T/said"
		[ $status = 0 ] || echo "exit status $status"
	done
}
all() {
	for id in $($PARCOURS list -r "$T/reg.db" "$1" -q); do
		$PARCOURS show -r "$T/reg.db" "$id"
	done
}

echo "-- text in three encodings with three separators is one table"
for f in utf8 windows bom; do
	fresh
	import $here/people-$f.csv --as person -m $here/people.import.xml
	all person | sed 's/Lucja/Łucja/; s/Nguyen/Nguyễn/' >"$T/$f.xml"
	[ $f = utf8 ] || cmp "$T/utf8.xml" "$T/$f.xml"
done
fresh
import $here/people-utf8.csv --as person -m $here/people.import.xml >"$T/said"
for id in person-oeuvrard-lucja person-ben-said-ali person-nguyen-zoe; do
	$PARCOURS show -r "$T/reg.db" $id
done

echo "-- a changed row changes its record, and nothing else of it"
sed 's/Ouvrière paysagiste/Cheffe d’équipe/; s/1er janvier 2026//; s/31.12.1990/30\/12\/1990/' \
	$here/people-utf8.csv >"$T/people.csv"
cp $here/people.import.xml "$T/person.import.xml"
import "$T/people.csv" --as person
$PARCOURS --messages en history -r "$T/reg.db" person-oeuvrard-lucja | hide
$PARCOURS show -r "$T/reg.db" person-nguyen >"$T/before.xml"
printf 'Civilité;Prénom;Nom;Né(e) le;Téléphones;Poste;Entrée\n;Thị Mai;Nguyễn;;;Jardinière;\n' \
	>"$T/people.csv"
sed 's/<id .*/<id pattern="person-{Nom}"\/>/' $here/people.import.xml \
	>"$T/person.import.xml"
import "$T/people.csv" --as person --json
$PARCOURS show -r "$T/reg.db" person-nguyen | diff "$T/before.xml" -

echo "-- a title above the headings, nothing below them"
{
	printf 'Liste des personnes;;;\n\nau 1er septembre 2026 ;Nom;;\n'
	cat $here/people-utf8.csv
} >"$T/titled.csv"
fresh
import "$T/titled.csv" --as person -m $here/people.import.xml
all person | cmp "$T/utf8.xml" -
head -1 $here/people-utf8.csv >"$T/bare.csv"
import "$T/bare.csv" --as person -m $here/people.import.xml

echo "-- faults, all of them in one run"
fresh
cp $here/people.import.xml "$T/person.import.xml"
cp $here/people-bad.csv "$T/people.csv"
import "$T/people.csv" --as person
$PARCOURS list -r "$T/reg.db" person -q | wc -l
$PARCOURS --messages en import -r "$T/reg.db" "$T/people.csv" --as person --json 2>&1 |
	hide | head -2

echo "-- what is good, without them"
import "$T/people.csv" --as person --skip-bad | grep -Ev ': (erreur|error|avertissement|warning) '
cat "$T/people.refused.csv"
$PARCOURS list -r "$T/reg.db" person -q | grep ducrot
# What was refused is corrected and comes again.
grep -v -e Docteur -e '^column' -e ';;Evrard' "$T/people.refused.csv" |
	sed 's/31.02.1991/28\/02\/1991/; s/Cy;Ducrot/Cyr;Ducrot/' >"$T/again.csv"
import "$T/again.csv" --as person
$PARCOURS --messages en import -r "$T/reg.db" "$T/people.refused.csv" --as person \
	--skip-bad 2>/dev/null >/dev/null
head -1 "$T/people.refused.refused.csv"

echo "-- a spreadsheet, and links by name"
fresh
import $here/contracts.ods --as contract -m $here/contracts.import.xml
for id in contract-nguyen-thi-mai-4 contract-kowalczyk-lukasz-3; do
	$PARCOURS show -r "$T/reg.db" $id
done
for id in contract-nguyen-thi-mai-4 contract-kowalczyk-lukasz-3; do
	$PARCOURS show -r "$T/reg.db" $id
done >"$T/ods.xml"
fresh
import $here/contracts.xlsx --as contract -m $here/contracts.import.xml
for id in contract-nguyen-thi-mai-4 contract-kowalczyk-lukasz-3; do
	$PARCOURS show -r "$T/reg.db" $id
done | cmp - "$T/ods.xml"
import $here/contracts-errors.xlsx --as contract -m $here/contracts.import.xml
import $here/contracts-bad.ods --as contract -m $here/contracts.import.xml
fresh
sed 's/person-nguyen"/person-nguyen-2"/' \
	samples/chantier/people/person-nguyen.xml >"$T/person-nguyen-2.xml"
$PARCOURS --messages en add -q -r "$T/reg.db" "$T/person-nguyen-2.xml"
import $here/contracts.ods --as contract -m $here/contracts.import.xml

echo "-- a column for each of several; links and rules that the registry knows"
fresh
import $here/levels.csv --as evaluation -m $here/levels.import.xml
cp $here/levels.csv "$T/levels.csv"
import "$T/levels.csv" --as evaluation -m $here/levels.import.xml --skip-bad |
	grep -v ":.*:"
cut -d ';' -f 1-3,10 "$T/levels.refused.csv"
$PARCOURS show -r "$T/reg.db" evaluation-kowalczyk-4

echo "-- of a row, all that is wrong in one run: cells, values, links"
fresh
cat >"$T/levels.csv" <<'END'
Nom;Cycle;Nature;Contrat;Date;Encadrant;Tondre : soi;Tondre : encadrant;Tailler : encadrant
Nguyen;0;interim;contract-nguyen-9;hier;Lecoeuvre;-3;2;2
Nguyen;5;interim;contract-nguyen-9;12/11/2026;Lecoeuvre;-3;2;2
Nguyen;6;interim;person-nguyen;demain;Lecoeuvre;3;2;2
Nguyen;;interim;contract-nguyen-3;demain;Lecoeuvre;3;2;-2
Nguyen;7;interim;contract-nguyen-3;12/11/2026;Lecoeuvre;3;2;2
END
import "$T/levels.csv" --as evaluation -m $here/levels.import.xml

echo "-- mappings and files that cannot be"
fresh
sed 's/"Poste"/"Postes"/; s/"Mention" optional="true"/"Mention"/' \
	$here/people.import.xml >"$T/m.xml"
sed 's/Mention/Prenom/' $here/people-utf8.csv >"$T/t.csv"
import "$T/t.csv" --as person -m "$T/m.xml"
sed 's/path="post"/path="posts"/; s/path="birthDate" column/path="birthDate" colum/; /familyName/d; s/civility/civility[/' \
	$here/people.import.xml >"$T/m.xml"
import $here/people-utf8.csv --as person -m "$T/m.xml"
sed -i 's/ colum=/ default=/' "$T/m.xml"
import $here/people-utf8.csv --as person -m "$T/m.xml"
import $here/people-utf8.csv --as contract -m $here/people.import.xml
import $here/people-utf8.csv --as persons
# A kind is called as the user calls it; the mapping beside the table is of its id.
import $here/people-utf8.csv --as "Livret d'accueil" -m $here/people.import.xml
cp $here/people.import.xml "$T/person.import.xml"
cp $here/people-utf8.csv "$T/named.csv"
import "$T/named.csv" --as Personne
fresh
import README.md --as person
import samples/chantier/organisation/logo.png --as person
: >"$T/t.csv"
import "$T/t.csv" --as person
import "$T/none.csv" --as person
import $here/people-utf8.csv
import $here/contracts.ods --as contract -m "$here/people.import.xml"

echo "-- a template is a mapping"
(cd "$T" && for l in fr en; do
	$PARCOURS --messages $l import --template certification -o $l.xml
done)
sed -n '3,9p' "$T/fr.xml"
fresh
printf '%s;%s\n' 'Identifiant' 'Personne' >"$T/c.csv"
import "$T/c.csv" --as certification
import --template nothing
(cd "$T" && $PARCOURS --messages fr import --template Échelle -q && ls scale.import.xml)
# The table may be on another sheet.
import $here/contracts.ods --as person | grep import-sheet
# A value is told with what it means.
import --template person -o "$T/p.xml" | grep -i civilit
# What heads a column is a name, no sentence, and no word for the program.
for f in schemas/records/*.xsd; do
	k=$(basename "$f" .xsd)
	$PARCOURS --messages fr import --template "$k" -o "$T/$k.xml" >/dev/null 2>&1 &&
		sed -n "s/.*<\(id\|field\) .*column=\"\([^\"]*\)\".*/$k \2/p" "$T/$k.xml"
done >"$T/headings"
grep -c . "$T/headings"
grep -E " (« ?true|Le|La|Les|L’|Un|Une|Ce|Qui|Ou|Où|Jour où|Pourquoi)([  ]|[[:alpha:]]+ )" "$T/headings" | head
grep -E '.{70}' "$T/headings"
# Text is called as what it is of; an article after "ou" goes as the first did.
grep -E 'Paragraphe| ([^–]+) – \1$| ou (le |la |les |l’|un |une )' "$T/headings"
grep -E '^(action Respons|evaluation Mot|integrationPlan Tuteur)' "$T/headings"
# It says what it is the first day of, and no two columns have one.
sort "$T/headings" | uniq -d
grep -E "^(person|integrationPlan) .*(jour|Date)" "$T/headings"
exit 0
