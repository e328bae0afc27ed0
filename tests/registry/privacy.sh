# What is held on a person: handed over, and erased to the last byte.
set -u
export SOURCE_DATE_EPOCH=1793836800
export TZ=UTC0	# moments are told by the clock here
p="$PARCOURS --messages en"
db="$T/reg.db"
hide() { sed "s|$(cd "$T" && pwd -P)|T|g; s|$T|T|g"; }

# A name that is in no other text; another in a version no longer in force.
mkdir "$T/in" && cp -r samples/chantier samples/genie "$T/in"
cd "$T/in" || exit 1
sed -i 's|<familyName>[^<]*|<familyName>Qzxfamily|' chantier/people/person-nguyen.xml
sed -i 's|<comment>|<comment>Qzxformer |' chantier/evaluations/evaluation-nguyen-2.xml
cd "$OLDPWD" || exit 1
$p add -r "$db" samples/frameworks "$T/in" 2>/dev/null
sed -i 's|Qzxformer|Qzxlatter|' "$T/in/chantier/evaluations/evaluation-nguyen-2.xml"
$p add -r "$db" --author Bo "$T/in/chantier/evaluations"
# A record of somebody else that named the person once.
sed 's|person-kowalczyk|person-nguyen|; s|<reason>[^<]*|<reason>Qzxother|' \
	samples/chantier/actions/action-kowalczyk-1-1.xml >"$T/action-kowalczyk-1-1.xml"
$p add -r "$db" "$T/action-kowalczyk-1-1.xml" 2>&1 | hide
$p add -r "$db" samples/chantier/actions/action-kowalczyk-1-1.xml
$p make competency-sheet -r "$db" -s person-nguyen -o "$T/n.pdf" | hide
$p make competency-sheet -r "$db" -s person-kowalczyk -o "$T/k.pdf" | hide
$p backup -r "$db" "$T/b.db" | hide
$p backup -r "$db" "$T/c.db" | hide

echo "-- handed over: every version, who entered it, what was issued"
$p export -r "$db" person-nguyen -o "$T/out" | hide
stat -c %a "$T/out"
(cd "$T/out" && ls | wc -l && ls -d eval*2* act*k* && cat eval*-2@?/*.xml |
	grep -o 'Qzx[a-z]*')
cmp "$T/out/person-nguyen@1/person-nguyen.xml" "$T/in/chantier/people/person-nguyen.xml"
xmllint --xpath 'count(//*[local-name()="version"])' "$T/out/log.xml"
grep '<issued' "$T/out/log.xml" | hide | sed 's/\(number\|sha256\)="[^"]*"/\1="N"/g'
# Nothing of anybody else: their names are in no file of theirs.
grep -rlE 'Lukasz|Vandenbr' "$T/out" | hide
$p export -r "$db" person-nguyen -o "$T/out" 2>&1 | hide
$p export -r "$db" person-nguye -o "$T/other" 2>&1 | hide
ls "$T/other" 2>/dev/null

echo "-- what was handed over is no record of the folder it lies in"
cp -r "$T/out" "$T/in/person-nguyen"
$p add -r "$db" "$T/in" 2>&1 | hide
$p check samples/frameworks "$T/in" | hide | grep -v R24
rm -r "$T/in/person-nguyen"

echo "-- nobody's record"
for id in org-ecluse step-nguyen-sst; do
	$p export -r "$db" $id -o "$T/other" 2>&1 | hide
	$p forget -r "$db" $id 2>&1 | hide
done
ls "$T/other" 2>/dev/null
$p show -r "$db" step-nguyen-sst | grep -c '<step'

echo "-- what belongs to others as well is not taken from them"
cp "$db" "$T/before"
$p forget -r "$db" person-bouchard 2>&1 | hide | head -2
$p forget -r "$db" person-kowalczyk 2>&1 | hide
cmp "$db" "$T/before"
$p forget -r "$db" person-bouchard --shared --json | head -1
$p list -r "$db" -q | grep -c -e agreement -e meeting -e bouchard
$p show -r "$db" person-stonge | head -3 | tail -1
$p verify -r "$db" -q && $p make competency-sheet -r "$db" -s person-kowalczyk \
	-o "$T/k.pdf" | hide

echo "-- erased"
# What a backup cut short may have left.
cp "$T/b.db" "$T/b.db.part"
grep -l -a -i -e 'qzx[flo][aot]' -e nguyen "$db" "$T"/b.db* "$T/c.db" | hide
mv "$T/c.db" "$T/drawer"
$p forget -r "$db" --author Cy person-nguyen >"$T/said" 2>"$T/found"
echo "exit status $?"
grep -v '^source' "$T/said" | hide
grep '^source' "$T/said" | hide | head -2
grep -c '^source' "$T/said"
hide <"$T/found"
find "$T" -name '*.db*' | sed 's|.*/||' | LC_ALL=C sort
grep -l -a -i -e 'qzx[flo][aot]' -e nguyen "$db" "$T"/*.db*
$p verify -r "$db" | hide
$p list -r "$T/b.db" -q >"$T/list"
$p list -r "$db" -q | cmp - "$T/list"

echo "-- and stays so"
$p make competency-sheet -r "$db" -s person-nguyen -o "$T/n2.pdf" 2>&1 | hide
for command in show history export forget; do
	$p $command -r "$db" person-nguyen 2>&1 | hide
done
$p add -r "$db" "$T/in/chantier/people" 2>&1 | hide
$PARCOURS --messages fr make competency-sheet -r "$db" -s person-nguyen 2>&1 | hide

echo "-- handed over though nothing of it has a date"
printf '<person xmlns="urn:parcours:record" id="person-bare" schemaVersion="1" xml:lang="fr-FR"><organisation ref="org-ecluse"/><givenName>Ana</givenName><familyName>A</familyName></person>' \
	>"$T/person-bare.xml"
$p add -r "$db" "$T/person-bare.xml"
(unset SOURCE_DATE_EPOCH && $p export -r "$db" person-bare -o "$T/bare") | hide
LC_ALL=C ls "$T/bare"
