# A registry that lasts: what add, list, show, history and find say of it.
set -u
export SOURCE_DATE_EPOCH=1793836800
export TZ=UTC0	# moments are told by the clock here
p="$PARCOURS --messages en"
db="$T/reg.db"
in="samples/frameworks samples/chantier"
hide() { sed "s|$T|T|g"; }

echo "-- begun"
umask 000
$p add -r "$db" --author Ana $in
stat -c %a "$db"

echo "-- again"
$p add -r "$db" --author Ana $in
$p add -r "$db" --author Ana $in --json

echo "-- a changed record"
mkdir "$T/new"
sed 's/Lunettes oubli/Gants oubli/; s|<date>2026-03-19|<date>2026-03-18|
	/skill="trim-edges"/,/rating>/d' \
	samples/chantier/evaluations/evaluation-kowalczyk-1.xml \
	>"$T/new/evaluation-kowalczyk-1.xml"
$p add -r "$db" --author Bo "$T/new"
# The same fields in another layout are the same record.
tr -s ' \n' ' ' <"$T/new/evaluation-kowalczyk-1.xml" >"$T/flat.xml"
$p add -r "$db" --author Bo "$T/flat.xml"
$p history -r "$db" evaluation-kowalczyk-1 | hide
$PARCOURS --messages fr history -r "$db" evaluation-kowalczyk-1 | tail -3
$p history -r "$db" evaluation-kowalczyk-1 --json | tail -1
$p show -r "$db" evaluation-kowalczyk-1 | cmp - "$T/new/evaluation-kowalczyk-1.xml"
$p show -r "$db" evaluation-kowalczyk-1@1 |
	cmp - samples/chantier/evaluations/evaluation-kowalczyk-1.xml
$p list -r "$db" evaluation | head -3
$p list -r "$db" -q | wc -l

echo "-- found whatever the accents, not in what is no longer in force"
$p find -r "$db" GANTS oubliees
$p find -r "$db" lunettes oubliees
$p find -r "$db" lecoeuvre -q | head -2
for name in lukasz Łukasz ŁUKASZ; do
	$p find -r "$db" $name tondeuse -q
done
$p find -r "$db" lunettes introuvables
$p find -r "$db" lunettes introuvables -q
$p list -r "$db" evaluations 2>&1
$PARCOURS --messages fr list -r "$db" evaluations 2>&1
# A kind is called by its id or by what it is in either language.
$p list -r "$db" person -q >"$T/persons"
for kind in personne PERSONNE Person; do
	$p list -r "$db" $kind -q | cmp - "$T/persons"
done
$p list -r "$db" "referentiel" -q | head -1
$p list -r "$db" intervenant -q | wc -l
$p find -r "$db" '"' '*' 'NEAR(' | hide
for nothing in "" '" *' "…"; do
	$p find -r "$db" "$nothing" 2>&1
	echo "exit status $?"
done

echo "-- nothing of a call with a fault"
mkdir "$T/bad"
sed 's/Gants/Bottes/' "$T/new/evaluation-kowalczyk-1.xml" \
	>"$T/bad/evaluation-kowalczyk-1.xml"
sed 's/evaluation-kowalczyk-1/evaluation-kowalczyk-9/; s/"scale-autonomy"/"scale-autonom"/' \
	"$T/new/evaluation-kowalczyk-1.xml" >"$T/bad/evaluation-kowalczyk-9.xml"
$p add -r "$db" "$T/bad" 2>&1 | hide
$p history -r "$db" evaluation-kowalczyk-1 -q | wc -l
sed 's/id="person-kowalczyk"/id="evaluation-kowalczyk-1"/' \
	samples/chantier/people/person-kowalczyk.xml >"$T/kind.xml"
$p add -r "$db" "$T/kind.xml" 2>&1 | hide

echo "-- a first call with a fault leaves no registry, a second one leaves it as it was"
$p add -r "$T/first.db" "$T/kind.xml" "$T/bad" 2>&1 | hide | wc -l
$p add -r "$T/first.db" "$T/new" >/dev/null 2>&1
find "$T" -maxdepth 1 -name "*first*" -printf "%f\n" | sort
$p add -r "$T/first.db" -q samples/frameworks
$p add -r "$T/first.db" -q "$T/kind.xml" 2>/dev/null
$p list -r "$T/first.db" -q | wc -l

echo "-- two files with one id, of which the registry may know the first"
mkdir "$T/twice"
cp samples/chantier/actors/*.xml "$T/twice"
sed 's/<familyName>/&Copie /' "$T/twice/actor-benali.xml" >"$T/twice/actor-new.xml"
$p add -r "$db" "$T/twice" 2>&1 | hide
$p history -r "$db" actor-benali -q | wc -l
rm "$T/twice/actor-benali.xml"
$p add -r "$T/first.db" samples/chantier/organisation "$T/twice" 2>&1 | hide

echo "-- a folder without records"
mkdir "$T/empty" "$T/capitals"
cp samples/chantier/actors/actor-thery.xml "$T/capitals/actor-thery.XML"
$p add -r "$db" "$T/capitals" 2>&1 | hide
echo hello >"$T/empty/note.txt"
$p add -r "$db" "$T/empty" 2>&1
$PARCOURS --messages fr add -r "$T/other.db" "$T/empty" 2>&1
[ -e "$T/other.db" ] || echo "no registry"

echo "-- documents from it, and from the files it was made of"
$p make skills-summary -r "$db" -s person-kowalczyk -o "$T/a.xml" --dump-dossier
rm -r "$T/new"
mkdir "$T/all" && cp -r samples/chantier "$T/all"
$p show -r "$db" evaluation-kowalczyk-1 \
	-o "$T/all/chantier/evaluations/evaluation-kowalczyk-1.xml"
$p make skills-summary -f samples/frameworks -f "$T/all" -s person-kowalczyk \
	-o "$T/b.xml" --dump-dossier
cmp "$T/a.xml" "$T/b.xml"

echo "-- the files beside a record are kept with it"
cp -r samples/chantier/organisation "$T/org"
cp samples/genie/organisation/*.png "$T/org/logo.png" 2>/dev/null ||
	cp samples/*/organisation/*.png "$T/org/"
printf x >>"$T/org/logo.png"
$p add -r "$db" "$T/org"
rm "$T/org/logo.png"
$p add -r "$db" "$T/org" 2>&1 | hide
$p make skills-summary -r "$db" -s person-kowalczyk -o "$T/a.pdf"  | hide
pdfimages -list "$T/a.pdf" | wc -l

echo "-- a document is entered when it is handed out"
$p make skills-summary -r "$db" -s person-kowalczyk -o "$T/a.pdf" --author Cy | hide
$p verify -r "$db" "$T/a.pdf" | hide | sed 's/no\. [^,]*/no. N/' | head -4
cp samples/chantier/evaluations/evaluation-kowalczyk-1.xml "$T/flat.xml"
$p add -r "$db" --author Bo "$T/flat.xml"
$p verify -r "$db" -q "$T/a.pdf" | hide | sed 's/no\. [^,]*/no. N/'
cp "$T/a.pdf" "$T/former.pdf"
sed 's|<post>[^<]*|<post>Polisseur|' samples/chantier/people/person-kowalczyk.xml \
	>"$T/person-kowalczyk.xml"
$p add -r "$db" --author Bo "$T/person-kowalczyk.xml"
$p make skills-summary -r "$db" -s person-kowalczyk -o "$T/a.pdf" -q
$p make skills-summary -r "$db" -s person-kowalczyk -a worker -o "$T/w.pdf" -q
for f in former a w; do
	$p verify -r "$db" -q "$T/$f.pdf" | hide | sed 's/no\. [^,]*/no. N/; s/ by .*//'
done
$p verify -r "$db" --json "$T/former.pdf" | head -1 | grep -c '"later":"SC-2026-'
cp "$T/former.pdf" "$T/a.pdf"
sed 's/^%%EOF/%%EOF /' "$T/a.pdf" >"$T/b.pdf"
$p verify -r "$db" "$T/b.pdf" README.md >"$T/said" 2>&1
echo "exit status $?"
hide <"$T/said" | sed 's/no\. [^ ]*/no. N/'
ln -s /dev/full "$T/full.pdf"
$p make skills-summary -r "$db" -s person-kowalczyk -o "$T/full.pdf" 2>&1 | hide
$p make competency-sheet -r "$db" -s all -o "$T/sheets/" --author Cy | hide
$p verify -r "$db" --json "$T"/sheets/*nguyen.pdf | hide | head -1 |
	sed 's/FC-2026-[^"]*/N/'

echo "-- what is not there"
$p show -r "$db" evaluation-kowalczyk 2>&1 | hide
$p show -r "$db" evaluation-kowalczyk-1@7 2>&1 | hide
$p history -r "$db" xyzzy-plugh-quux 2>&1 | hide
$p list -r "$T/none.db" 2>&1 | hide
$p list -r README.md 2>&1 | hide
$p list -r samples 2>&1
$p make skills-summary -r "$db" -f samples -s person-kowalczyk 2>&1 | head -1 | hide

echo "-- reading writes nothing"
before=$(sha256sum "$db" && stat -c '%y %s' "$db")
$p list -r "$db" -q >/dev/null && $p find -r "$db" gants >/dev/null
[ "$before" = "$(sha256sum "$db" && stat -c '%y %s' "$db")" ] && echo same
exit 0
