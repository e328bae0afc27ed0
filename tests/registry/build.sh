# What is planned is made, once, and again only where something has changed.
set -u
export SOURCE_DATE_EPOCH=1793836800
export TZ=UTC0	# moments are told by the clock here
p="$PARCOURS --messages en"
db="$T/reg.db"
hide() { sed "s|$T|T|g"; }
sums() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); }
build() { # [OPTION]
	$p build -r "$db" -o "$T/out" --author Ana "$@" 2>&1 | hide | grep -v R24
}
# A data folder of our own, in which something may be changed.
cp -r build/share "$T/share"
export PARCOURS_DATA="$T/share"

echo "-- without a plan"
$p add -r "$db" samples/frameworks samples/service -q
build
echo "-- the first time"
$p add -r "$db" samples/chantier samples/genie
build -j 3
sums "$T/out" >"$T/sums"
find "$T/out" -name '.*' | hide

echo "-- nothing has changed, however many work on it"
build
build -j 1 --json
echo "-- the same bytes from one process as from three, and from make"
$p build -r "$db" -o "$T/one" -j 1 --author Ana 2>&1 | tail -1
sums "$T/one" | cmp - "$T/sums"
$p make activity-summary -r "$db" -s person-stonge -a order -o "$T/x.pdf" -q --author Ana 2>/dev/null
cmp "$T/x.pdf" "$T/out/activity-summary/activity-summary-person-stonge-order.pdf"
$p verify -r "$db" "$T/out/skills-summary/skills-summary-person-nguyen-employer.pdf" |
	hide | sed 's/no\. [^,]*/no. N/' | head -2

echo "-- a file that is missing, one that is altered"
rm "$T/out/skills-summary/skills-summary-person-nguyen-employer.pdf"
echo >>"$T/out/activity-summary/activity-summary-person-stonge-order.pdf"
build
sums "$T/out" | cmp - "$T/sums"

echo "-- a record of one person"
sed 's/Lunettes oubli/Gants oubli/' \
	samples/chantier/evaluations/evaluation-kowalczyk-1.xml >"$T/evaluation-kowalczyk-1.xml"
$p add -r "$db" "$T/evaluation-kowalczyk-1.xml"
build
echo "-- a stylesheet"
sed -i '2i <!-- another edition -->' "$T/share/stylesheets/documents/activity-summary.xsl"
build
echo "-- the words, a limit, the fonts, for all"
sed -i 's/>Compétences acquises</>Savoir-faire</' "$T/share/stylesheets/words/fr-FR.xml"
build | tail -1
sed -i 's/id="booklet.pageMultiple" value="4"/id="booklet.pageMultiple" value="8"/' \
	"$T/share/schemas/limits.xml"
build -q
build | tail -1
sed -i 's/fonts="Inter,/fonts="Noto Sans, Inter,/' "$T/share/stylesheets/catalogue.xml"
build | tail -1
build | tail -1

echo "-- reports over a period that is seen from a day"
sed 's|<plannedDocument document="competency-sheet"/>|<plannedDocument document="activity-report" audience="direction" period="lastYear"/>\
<plannedDocument document="team-matrix" period="month"/>|' \
	samples/chantier/organisation/org-ecluse.xml >"$T/org-ecluse.xml"
cp samples/chantier/organisation/logo.png "$T/"
$p add -r "$db" -q "$T/org-ecluse.xml"
build -d 2027-01-15 | grep -e report -e matrix -e made
find "$T/out/activity-report" "$T/out/team-matrix" -name "*.pdf" -printf "%f\n" | sort
pdftotext "$T/out/activity-report/activity-report-site-fonderie-2026-direction.pdf" - | grep -m 1 2026
build -d 2027-01-15 | tail -1
sed 's|document="skills-summary" audience="employer"|& period="year"|' \
	"$T/org-ecluse.xml" >"$T/org.xml"
mv "$T/org.xml" "$T/org-ecluse.xml"
$p add -r "$db" -q "$T/org-ecluse.xml"
build -d 2027-01-15 | grep error
build -d 2027-02-30 2>&1
build -d 2028-01-01 -q
find "$T/out/activity-report" -name "*.pdf" -printf "%f\n" | sort

echo "-- another day"
SOURCE_DATE_EPOCH=1793923200 build | tail -1

echo "-- one that is refused does not keep the others from being made"
sed 's/"skills-summary"/"activity-resume"/' \
	samples/chantier/organisation/org-ecluse.xml >"$T/org-ecluse.xml"
cp samples/chantier/organisation/logo.png "$T"
$p add -r "$db" "$T/org-ecluse.xml"
build | sed 's/there are: .*/there are: …/'
sed 's/audience="supervisor"/audience="prescriber"/
	s/audience="employer"/& booklet="true" paper="Letter"/' \
	samples/chantier/organisation/org-ecluse.xml >"$T/org-ecluse.xml"
$p add -r "$db" "$T/org-ecluse.xml" -q
build
cat >"$T/person-new.xml" <<END
<person xmlns="urn:parcours:record" id="person-new" schemaVersion="1"
    xml:lang="fr-FR" createdOn="2030-01-01">
  <organisation ref="org-ecluse"/>
  <civility>M</civility>
  <givenName>Abel</givenName>
  <familyName>Nouveau</familyName>
</person>
END
cp samples/chantier/organisation/org-ecluse.xml "$T"
$p add -r "$db" "$T/org-ecluse.xml" "$T/person-new.xml"
build | tail -1
# Of somebody new there is nothing to say yet; from a later year, it is too early.
sed 's/person-kowalczyk/person-new/; s/id="evaluation-kowalczyk-1"/id="evaluation-new"/
	s|<date>2026-..-..</date>|<date>2029-03-19</date>|
	s/createdOn="[^"]*"/createdOn="2029-03-20"/; s/contract-kowalczyk-1/contract-new/; /<\/*observation/d
	/<evidence/d; /<progressAxis/d' \
	samples/chantier/evaluations/evaluation-kowalczyk-1.xml >"$T/evaluation-new.xml"
sed 's/person-kowalczyk/person-new/; s/id="contract-kowalczyk-1"/id="contract-new"/' \
	samples/chantier/contracts/contract-kowalczyk-1.xml >"$T/contract-new.xml"
$p add -r "$db" "$T/contract-new.xml" "$T/evaluation-new.xml" 2>&1 | hide
build
$p build -r "$db" -o "$T/out" -q 2>/dev/null
echo "status $?"

echo "-- no process, too many"
build -j 0
build -j two
build -j 999 | tail -1

echo "-- somebody who is erased"
$p forget -r "$db" person-new -q 2>&1 | hide
rm -r "$T/out"
build | tail -1
$p verify -r "$db" | hide | head -1
exit 0
