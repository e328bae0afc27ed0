# Reports over people: tables as CSV and as PDF, periods, who may see what.
set -u
export SOURCE_DATE_EPOCH=1793836800
export TZ=UTC0	# moments are told by the clock here
p="$PARCOURS --messages en"
db="$T/reg.db"
in="-f samples/frameworks -f samples/chantier -f samples/equipe"
hide() { sed "s|$T|T|g"; }
$p add -r "$db" -q samples/frameworks samples/chantier samples/equipe
report="$p report -r $db -s site-fonderie"

echo "-- what is asked"
$p report competency-sheet -s person-nguyen 2>&1
$p report team 2>&1
$report team-matrix --period 2026-02-30 2>&1
$report team-matrix --period 2026-03/2026-01 2>&1
$report team-matrix --table exits 2>&1
$report team-matrix --audience worker 2>&1
$p make competency-sheet -r "$db" -s person-nguyen --csv 2>&1
$p report team-matrix -r "$db" -s site-fondrie 2>&1 | hide
$p report team-matrix -r "$db" -s person-nguyen 2>&1 | hide

echo "-- the team on a day, in French and in English"
$report team-matrix --period 2026-11-05 --table team -o - | cat -A | sed -n '1,4p'
$report team-matrix --period 2026-11-05 --table team -l en -o - | sed -n '1,3p'
$report team-matrix --period 2026-01 --table team -o - | wc -l
# For a whole organisation the same people, for it has one site.
$report team-matrix --period 2026-11 --table team -o "$T/site.csv" -q
$p report team-matrix -r "$db" -s org-ecluse --period 2026-11 --table team -o "$T/org.csv" -q
cmp "$T/site.csv" "$T/org.csv"

echo "-- of a framework in one language, a report in the other"
mkdir "$T/french"
cp -R samples/frameworks "$T/french"
sed -i '/<[a-zA-Z]*abel xml:lang="en">/d' "$T"/french/frameworks/framework-green-spaces.xml
$p report team-matrix -s site-fonderie -f "$T/french" -f samples/chantier -f samples/equipe \
	--date 2026-11-05 -l en -o "$T/e.csv" -q
sed -n '1,3p' "$T/e.csv"

echo "-- steps of many kinds lie on the long side, their words upright"
cp -R samples/equipe "$T/kinds"
set -- interview shortMission training VAE skillsReview companyVisit collectiveAction CQP CleA other EMT ECCP
for f in "$T"/kinds/steps/*.xml; do
	sed -i "s/ kind=\"[a-zA-Z]*\"/ kind=\"$1\"/" "$f"
	set -- "$@" "$1"
	shift
done
for l in fr en; do
	$p report training-report -s site-fonderie -f samples/frameworks -f samples/chantier \
		-f "$T/kinds" --period 2026 -l $l -o "$T/k.pdf" -q 2>&1 | grep -v R19
	pdfinfo "$T/k.pdf" | grep 'Page size'
done

echo "-- the matrix, from the registry and from the files"
$report team-matrix --date 2026-11-05 -o "$T/m.csv" | hide
$report team-matrix --date 2026-11-05 -o "$T/m.csv" --json | hide
sed -n '1,3p' "$T/m.csv"
$p report team-matrix -s site-fonderie $in --date 2026-11-05 -o "$T/f.csv" -q
cmp "$T/m.csv" "$T/f.csv"

echo "-- a document that was issued, from the records of those it tells of"
$report team-matrix --period 2026-11-05 -o "$T/m.pdf" --author Cy | hide
pdftotext -raw "$T/m.pdf" - | grep -E 'Aubry|Acquise'
$p verify -r "$db" "$T/m.pdf" | hide | sed 's/no\. [^,]*/no. N/' | head -3
sed 's/Ouvrier des espaces verts/Jardinier/' \
	samples/equipe/people/person-aubry.xml >"$T/person-aubry.xml"
$p add -r "$db" -q "$T/person-aubry.xml"
$p verify -r "$db" -q "$T/m.pdf" | hide | sed 's/no\. [^,]*/no. N/' | grep aubry

echo "-- texts that a spreadsheet would run, separators and quotes"
sed -e 's|<familyName>Aubry|<familyName>=SUM(1;2) "Au\&quot;bry"|' \
	-e 's|<post>[^<]*|<post>@x, y|' \
	samples/equipe/people/person-aubry.xml >"$T/person-aubry.xml"
$p add -r "$db" -q "$T/person-aubry.xml"
$report team-matrix --period 2026-11-05 --table team -o - | grep SUM
$report team-matrix --period 2026-11-05 --table team -l en -o - | grep SUM

echo "-- names in the order of a reader, on any machine"
for n in carlier:Ébène diallo:Ebner gallet:ÉBÈNE-ADAM hoarau:Œuf ivanova:oflaz lemaire:Lécuyer; do
	sed "s|<familyName>[^<]*|<familyName>${n#*:}|" \
		"samples/equipe/people/person-${n%:*}.xml" >"$T/person-${n%:*}.xml"
	$p add -r "$db" -q "$T/person-${n%:*}.xml"
done
$report team-matrix --period 2026-11-05 --table team -o - | cut -d';' -f1

echo "-- exits: exact for the direction, masked for the public"
$report outcome-table --period 2025/2026 -o - --csv
$report outcome-table --period 2026 -a direction -o - --csv
$report outcome-table --period 2026 -a direction -l en --table exitByKind -o -
$report outcome-table --period 2026 --table exitByKind -o - 2>&1
$report outcome-table --period 2025/2026 -o "$T/o.pdf" | hide
pdftotext -layout "$T/o.pdf" - | sed -n '/Cat.gorie/,/Total/p' | tr -s ' '

echo "-- hours, months, figures, progress"
$report training-report --period 2026 -o - --csv | sed -n '1,4p'
$report activity-report --period 2026 -o - --csv
$report activity-report --period 2025-11/2026-02 --table headcount -o -
$report cohort-progress --period 2026-06-15/2026-11-05 -o - --csv | sed -n '1,3p'
$report cohort-progress --period 2026-06-15/2026-11-05 -o - --csv | wc -l
# Where nobody has two cycles, it says of which days that is true.
$report cohort-progress --period 2026 -o "$T/c.pdf" -q
pdftotext "$T/c.pdf" - | grep -A2 Personne
# The last row of a table does not stand alone on a page.
$report cohort-progress --period 2026-04-01/2026-11-30 -o "$T/c.pdf" -q
pdftotext -layout -f 3 "$T/c.pdf" - | grep -c '[0-9]  *[0-9]$' | sed 's/$/ rows/'
for d in training-report cohort-progress activity-report; do
	$report $d --period 2026-06-15/2026-11-05 -o "$T/$d.pdf" | hide
	$report $d --period 2001 -o "$T/empty.pdf" -q
	pdftotext "$T/empty.pdf" - | grep -cE '^(Aucune|Personne|Rien)'
done
# Engineers: what was declared and what the order recognises.
$p report training-report -s org-outardes -f samples/genie --period 2026 -o - --csv 2>&1 | sed -n '1,3p'

echo "-- of today, where no day is said"
(unset SOURCE_DATE_EPOCH && $p report team-matrix -r "$db" -s org-ecluse --dump-dossier -o -) |
	grep -o '<dossier [^>]*' | grep -c " date=\"$(date -u +%F)\""

echo "-- who is erased is in no table, and the report that named them is told"
$p forget -r "$db" person-aubry | grep -v ^source | hide
$report team-matrix --period 2026-11-05 --table team -o - | sed -n '2p'
grep -l -a -i aubry "$db"*
exit 0
