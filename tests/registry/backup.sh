# Backups, and whether a registry is whole.
set -u
export SOURCE_DATE_EPOCH=1793836800
export TZ=UTC0	# moments are told by the clock here
p="$PARCOURS --messages en"
db="$T/reg.db"
hide() { sed "s|$(cd "$T" && pwd -P)|T|g; s|$T|T|g"; }
umask 000

$p add -r "$db" samples/frameworks samples/chantier
$p verify -r "$db" | hide

echo "-- a copy that only its owner can read, without anything beside it"
mkdir "$T/safe"
program=$(realpath "$PARCOURS")
(cd "$T" && $program --messages en backup -r reg.db safe/b.db)
stat -c %a "$T/safe/b.db"
ls -A "$T/safe"
$p verify -r "$db" | hide
$p verify -r "$db" --json | hide
$p list -r "$db" >"$T/list"
$p list -r "$T/safe/b.db" | cmp - "$T/list"
$p show -r "$T/safe/b.db" person-kowalczyk |
	cmp - samples/chantier/people/person-kowalczyk.xml

echo "-- a later one takes its place, a copy that failed does not"
sed 's/Lunettes/Gants/' samples/chantier/evaluations/evaluation-kowalczyk-1.xml \
	>"$T/evaluation-kowalczyk-1.xml"
$p add -r "$db" "$T/evaluation-kowalczyk-1.xml"
(
	ulimit -f 200
	$p backup -r "$db" "$T/safe/b.db"
	$p backup -r "$db" "$T/safe/c.db"
) 2>&1 | hide
ls -A "$T/safe"
$p history -r "$T/safe/b.db" evaluation-kowalczyk-1 -q | wc -l
$p backup -r "$db" "$T/safe/b.db" | hide
$p history -r "$T/safe/b.db" evaluation-kowalczyk-1 -q | wc -l

echo "-- what is not a backup stays as it is"
echo mine >"$T/mine"
: >"$T/empty"
for at in "$T/mine" "$T/empty" "$db" "$T/safe" "$T/none/b.db"; do
	$p backup -r "$db" "$at" 2>&1 | hide
done
cat "$T/mine"
$p backup -r "$T/none.db" "$T/safe/d.db" 2>&1 | hide
ls -A "$T/safe"

echo "-- a damaged registry says so, and its backup takes its place"
cp "$db" "$T/bad.db"
# Whatever the pages are, some thirty of them lose what they held.
dd if=/dev/zero of="$T/bad.db" bs=4096 seek=40 count=30 conv=notrunc 2>/dev/null
$p verify -r "$T/bad.db" >"$T/said" 2>&1
echo "exit status $?"
hide <"$T/said"
$p backup -r "$T/bad.db" "$T/safe/b.db" 2>&1 | hide
$p verify -r "$T/safe/b.db" | hide | head -1
cp "$T/safe/b.db" "$T/bad.db"
$p verify -r "$T/bad.db" | hide
$p add -r "$T/bad.db" samples/frameworks samples/genie | hide
exit 0
