# Every code has its words in both languages with the same parameters, in the
# same order, and is used.
set -eu
cd src/messages

names() {
	sed -n "s/^$1(\([A-Z0-9_]*\),.*/\1/p" "$2"
}

names DIAG codes.def >"$T/codes"
status=0
for lang in en fr; do
	names TEXT $lang.def >"$T/$lang"
	diff -u --label codes.def --label $lang.def "$T/codes" "$T/$lang" ||
		status=1
	# NAME {1}{2}: which parameters a text uses.
	awk -F'[(,]' '/^TEXT\(/ {
		used = ""
		for (i = 1; i <= 9; i++)
			if (index($0, "{" i "}"))
				used = used "{" i "}"
		print $2, used
	}' $lang.def >"$T/$lang.used"
done
diff -u --label en.def --label fr.def "$T/en.used" "$T/fr.used" || status=1

sort "$T/codes" | uniq -d | sed 's/$/: a second row/' >"$T/twice"
cat "$T/twice"
[ ! -s "$T/twice" ] || status=1

cd ..
cat ./*/*.[ch] ./*/*.def ./*.[ch] 2>/dev/null | grep -oE 'DIAG_[A-Z0-9_]+' |
	sort -u >"$T/uses"
# The table of options names its words without the prefix.
grep -oE '\b(WORD|HELP)_[A-Z0-9_]+' cli/options.def | sed 's/^/DIAG_/' \
	>>"$T/uses"
while read -r name; do
	grep -qx "DIAG_$name" "$T/uses" || {
		echo "DIAG_$name: no C file uses it"
		status=1
	}
done <"$T/codes"
exit $status
