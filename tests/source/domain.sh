# C knows how, never what: no C file names a thing of the domain.  The ids of
# the documents, figures, audiences and limits come from the data themselves.
set -eu

{
	printf '%s\n' 'competenc(y|ies|es?)' 'compétences?' 'encadrants?' \
		'mentors?' 'coaching' 'PMSMP' 'CDDI' 'OIQ' 'CléA' 'salariée?s?' \
		'apprentice?s?' 'supervisors?' 'employers?' 'prescribers?' \
		'referents?' 'insertion professionnelle' 'internships?'
	# Ids of two words: a single word may mean anything.
	for f in stylesheets/catalogue.xml schemas/limits/*.xml; do
		[ -f "$f" ] || continue
		tr '<' '\n' <"$f" | sed -n 's/.* id="\([^"]*-[^"]*\)".*/\1/p'
	done
} | sort -u >"$T/words"

if grep -rnwiE -f "$T/words" --include='*.[ch]' src; then
	echo "these lines name the domain, which belongs in data"
	exit 1
fi
