# No two object files define the same external name: an archive takes whichever
# comes first, and nobody is told.
set -eu

# An object per source, whatever else lies in the build folder.
find src -name '*.c' | sort | while read -r c; do
	o=$BUILD/${c%.c}.o
	[ -f "$o" ] && nm -A --defined-only --extern-only "$o"
done | awk '
{
	sub(/:.*/, "", $1)
	if ($3 in file) {
		print $3 ": in " file[$3] " and in " $1
		bad = 1
	}
	file[$3] = $1
	n++
}
END {
	if (n == 0) {
		print "no object file was found in " ENVIRON["BUILD"]
		bad = 1
	}
	exit bad
}'
