# What src/fo/support.def says is what the code does, as far as reading tells: a
# property that nothing reads is not supported, one that layout reads is; an
# object that layout never names is not, or is like its neighbours.  And
# docs/parcours-fo.7 is what the tables print.
set -eu

cc -std=c17 -Isrc -o "$T/conformance" docs/conformance.c
"$T/conformance" >"$T/page"
diff -u docs/parcours-fo.7 "$T/page" ||
	echo "docs/parcours-fo.7 is not what the tables say: make conformance"

"$T/conformance" -i >"$T/ids"
cat src/layout/*.[ch] src/svg/*.c src/compile.c | grep -o '\<PR_[A-Z_]*\>' |
	sort -u >"$T/layout"
cat src/fo/*.c | grep -o '\<PR_[A-Z_]*\>' | sort -u >"$T/fo"
awk -v layout="$T/layout" -v fo="$T/fo" '
BEGIN {
	while ((getline p <layout) > 0)
		by_layout[p] = read[p] = 1
	while ((getline p <fo) > 0)
		read[p] = 1
}
$1 == "PROP" {
	p = "PR_" $2
	if (($3 == "NO" || $3 == "IDLE") && p in by_layout)
		print p " is not supported, says support.def; layout reads it"
	if (($3 == "YES" || $3 == "PARTLY") && !(p in read))
		print p " is supported, says support.def; nothing reads it"
}' "$T/ids"
