# Headings in the text dump of the areas: no level is left out on the way down.
match($0, / H[1-6] "/) {
	level = substr($0, RSTART + 2, 1)
	if (level > last + 1)
		print "after H" last + 0 " comes", substr($0, RSTART + 1)
	last = level
	n++
}
END { if (!n) print "no headings" }
