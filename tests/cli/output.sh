# Where documents go: names, folders, standard output, and nothing half written.
set -u
in="--from samples/frameworks --from samples/chantier --messages en"
make="$PARCOURS make competency-sheet $in --dump-dossier"

echo "-- into a folder that is made"
$make --subject person-kowalczyk --subject person-nguyen -o "$T/new/"
ls "$T/new"

echo "-- what is for one reader does not take the place of what is for another"
for who in worker supervisor; do
	$make --subject person-nguyen -a $who -o "$T/named/" || exit 1
done
$make --subject person-nguyen -l en -o "$T/named/" || exit 1
ls "$T/named"

echo "-- standard output is the same as a file"
$make --subject person-nguyen -o - >"$T/stdout" || exit 1
cmp "$T/stdout" "$T/new/competency-sheet-person-nguyen.xml" || exit 1

echo "-- a full disk"
$make --subject person-nguyen -o /dev/full
echo "exit status $?"
$make --subject person-nguyen -o - >/dev/full
echo "exit status $?"
$PARCOURS documents --messages fr >/dev/full
echo "exit status $?"

echo "-- a folder that is none"
echo old >"$T/file"
$make --subject person-nguyen -o "$T/file/x.xml" 2>&1 | sed "s|$T|T|"
$make --subject person-nguyen -o "$T/no/x.xml" 2>&1 | sed "s|$T|T|"

echo "-- what was there stays when there is an error"
cp -r samples/chantier "$T/records"
sed -i 's/<date>.*/<date>soon<\/date>/' "$T"/records/evaluations/*nguyen-3.xml
$PARCOURS make competency-sheet --from samples/frameworks --from "$T/records" \
	--subject person-nguyen -o "$T/file" --messages en 2>&1 | sed "s|$T|T|"
cat "$T/file"
ls -A "$T"
exit 0
