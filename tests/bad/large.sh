# Too much of everything: refused in a moment, at its place.
set -u

head='<site xmlns="urn:parcours:record" id="site-a" schemaVersion="1"
    xml:lang="fr-FR" createdOn="2026-01-05">'

try() { # TITLE, the record on standard input
	cat >"$T/x.xml"
	echo "== $1"
	for lang in fr en; do
		"$PARCOURS" check "$T/x.xml" --messages $lang | sed "s|$T/||g"
	done
}

repeat() { # COUNT TEXT
	awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) print s }'
}

{
	echo "$head<name>"
	repeat 1000000 'cinquante millions de caractères dans un seul nom'
	echo '</name></site>'
} | try '50 MB of text'

{
	echo "$head"
	repeat 300000 '<a/>'
	echo '</site>'
} | try '300,000 elements'

{
	echo "$head"
	repeat 70000 ''
	echo '  <nonsense/>'
	echo '</site>'
} | try 'a fault past line 65,535'

{
	echo "$head<name>"
	awk 'BEGIN { while (i++ < 100000) printf "é" }'
	echo '<b></name></site>'
} | try 'a fault past column 65,535'

{
	echo "$head<name a='"
	repeat 100000 'a very long value'
	echo "'/></site>"
} | try 'an attribute of 1.8 MB'

{
	printf '<site '
	awk 'BEGIN { while (i++ < 50000) printf "a%d=\"\" ", i }'
	echo '/>'
} | try '50,000 attributes'

{
	echo "$head"
	repeat 1000 '<nonsense/>'
	echo '</site>'
} | try '1,000 faults'
exit 0
