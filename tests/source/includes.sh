# Who may include whom: the tables of src/README.md, enforced.
set -eu

find src -name '*.[ch]' | sort | xargs awk '
# First the map: rows between the fences, as allowed[folder, other].
FILENAME == "src/README.md" {
	if (/^```/)
		table = substr($0, 4)
	else if (table == "includes") {
		known[$1] = 1
		for (i = 2; i <= NF; i++)
			allowed[$1, $i] = 1
	} else if (table == "libraries") {
		library[$1] = 1
		for (i = 2; i <= NF; i++)
			allowed[$1, $i] = 1
	}
	next
}
FNR == 1 {
	n = split(FILENAME, part, "/")
	me = part[2]
	sub(/\.[ch]$/, "", me)
	if (!(me in known))
		bad("the map of src/README.md does not have this folder")
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	n = split(quoted[2], part, "/")
	other = part[1]
	sub(/\.h$/, "", other)
	if (other == me)
		next
	if (other == "messages" && me == "base")
		next
	if (!((me, other) in allowed))
		bad(me " may not include " quoted[2])
	else if (n > 1 && part[2] != other ".h" && part[2] !~ /\.def$/)
		bad(quoted[2] " is for the files of " other " only")
}
/^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, quoted, /[<>]/)
	for (name in library)
		if (index(quoted[2], name) == 1 && !((name, me) in allowed))
			bad(quoted[2] " belongs in another folder than " me)
}
function bad(text) {
	print FILENAME ":" FNR ": " text
	failed = 1
}
END { exit failed }
' src/README.md
