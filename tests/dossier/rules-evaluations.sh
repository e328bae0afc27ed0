# Rules of ids, links, dates and evaluations.
. tests/dossier/rules.inc

echo '== nothing broken'
start
check

fails R1 'a reference to nothing' bilan-1 's|ref="tom"|ref="ton"|'
fails R1 'a reference to another kind' bilan-1 's|<scale ref="autonomie"|<scale ref="jardin"|'
fails R2 'one id twice' tom 's|id="tom"|id="zoe"|' bilan-1 's|"tom"|"zoe"|'
fails R2 'a file of another name' tom 's|id="tom"|id="tim"|' bilan-1 's|"tom"|"tim"|'
fails R2 'a skill twice in a framework' jardin 's|id="planter"|id="tondre"|'

fails R3 'an end before its start' stage-1 's|<end>2026-10-06|<end>2026-09-06|'
holds R3 'one day only' stage-1 's|<end>2026-10-06|<end>2026-09-07|'
fails R3 'validity reversed' jardin 's|<validTo>2027|<validTo>2024|'
fails R3 'an evaluation before the entry' bilan-1 's|2026-05-04|2026-01-04|'
fails R3 'a contract before the entry' contrat-1 's|2026-01-05|2026-01-04|'
fails R3 'an evaluation outside its contract' bilan-3 's|contrat-2|contrat-1|'
fails R3 'written before it happened' bilan-3 's|createdOn="2026-12-01"|createdOn="2026-11-29"|'
holds R3 'changed since' bilan-3 's|createdOn="2026-12-01"|createdOn="2026-11-29" updatedOn="2026-11-30"|'

fails R4 'a level off the scale' bilan-1 's|<selfLevel>2|<selfLevel>7|'
holds R4 'not evaluated' bilan-1 's|<selfLevel>2|<selfLevel>NE|'
fails R4 'a skill of no framework' bilan-1 's|skill="planter"|skill="planté"|'
fails R4 'a framework not yet valid' jardin 's|<validFrom>2025-01-01|<validFrom>2026-05-05|'
fails R4 'an observation off the scale' vu-1 's|<observedLevel>3|<observedLevel>5|'
fails R4 'autonomy off the scale' plan 's|<supervisorLevel>3|<supervisorLevel>6|'
fails R4 'a threshold that is no level' autonomie 's|<acquiredFrom>3|<acquiredFrom>5|'
fails R4 'levels out of order' autonomie 's|level value="2"|level value="5"|'
echo '== R4 past line 65,535'
start
# shellcheck disable=SC2154 # base is of the file that was sourced
awk '{ print } /<framework/ { for (i = 0; i < 70000; i++) print "" }' \
	"$base/bilan-1.xml" | sed 's|<selfLevel>2|<selfLevel>NE</selfLevel><supervisorLevel>9|;
	/<supervisorLevel>9/,/<supervisorLevel>2/{/<supervisorLevel>2/d;s|9</selfLevel>|9</supervisorLevel>|}' >"$T/w/bilan-1.xml"
check

fails R5 'a skill on a scale of its own' jardin '/id="planter"/,/<.skill>/s|</employerLabel>|&<scale ref="autre"/>|'

fails R6 'a skill left out' bilan-1 '/skill="tailler"/,/<.rating>/d'
fails R7 'a gap without a word' bilan-1 '/skill="planter"/,/<.rating>/s|<selfLevel>2|<selfLevel>4|'
holds R7 'the word said' bilan-1 '/skill="planter"/,/<.rating>/{s|<selfLevel>2|<selfLevel>4|;s|</supervisorLevel>|&<comment>Elle se voit déjà prête.</comment>|}'
fails R8 'an acquired skill lost' bilan-3 '/skill="planter"/,/<.rating>/{s|<selfLevel>3|<selfLevel>2|;s|<supervisorLevel>3|<supervisorLevel>2|}'
holds R8 'its reason given' bilan-3 '/skill="planter"/,/<.rating>/{s|<selfLevel>3|<selfLevel>2|;s|<supervisorLevel>3</supervisorLevel>|<supervisorLevel>2</supervisorLevel><regressionReason>Nouveaux sols.</regressionReason>|}'

fails R9 'a cycle twice' bilan-2 's|cycle="2"|cycle="1"|'
fails R9 'numbers against dates' bilan-2 's|2026-09-01|2026-05-03|'
fails R9 'two final evaluations' bilan-2 's|kind="interim"|kind="final"|'
fails R10 'too long between two' bilan-2 's|2026-09-01|2026-09-05|'
holds R10 'to the day' bilan-2 's|2026-09-01|2026-09-04|'
fails R10 'none before the end of the contract' bilan-3 's|2026-11-30|2026-12-01|' contrat-2 's|2026-12-31|2026-11-30|'
holds R10 'one thirty days before the end' bilan-2 's|2026-09-01|2026-09-04|' contrat-2 's|2026-12-31|2026-10-04|'
fails R10 'one thirty-one days before the end' bilan-2 's|2026-09-01|2026-09-03|' contrat-2 's|2026-12-31|2026-10-04|'
holds R10 'another kind of contract' bilan-2 's|2026-09-01|2026-09-03|' contrat-2 's|2026-12-31|2026-10-04|;s|CDDI|CDD|'
exit 0
