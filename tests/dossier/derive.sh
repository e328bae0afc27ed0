# The derived facts of a small workspace, for each document and several dates;
# the whole tree of one of them, as an employer sees it; and that every tree is
# what schemas/records/derived.xsd says.
set -u

show() { # TITLE ARGUMENTS...
	echo "== $1"
	shift
	"$PARCOURS" make "$@" --from tests/dossier/base --dump-dossier -o - \
		--messages en >"$T/tree" 2>"$T/said"
	sed 's|tests/dossier/base/||' "$T/said"
	sed -n '/<derived/,/<\/derived>/p' "$T/tree" | grep -v '^</dossier'
	xmllint --nonet --noout --schema schemas/records/derived.xsd "$T/tree" \
		2>&1 | grep -v ' validates$'
}

show 'first evaluation' competency-sheet --subject lea --about bilan-1
show 'second evaluation' competency-sheet --subject lea --about bilan-2
show 'last evaluation, by default' competency-sheet --subject lea
show 'the one not after a date' competency-sheet --subject lea --date 2026-10-01
show 'summary, for an employer' skills-summary --subject lea --date 2026-12-15
show 'summary, long after' skills-summary --subject lea --date 2027-02-15
show 'hours' activity-summary --subject lea --audience worker
show 'booklet, at the entry' integration-booklet --subject lea
show 'booklet, a month on' integration-booklet --subject lea --date 2026-02-04

echo '== what an employer sees of a contract, and of nothing else of the kind'
"$PARCOURS" make skills-summary --subject lea --audience employer \
	--date 2026-12-15 --from tests/dossier/base --dump-dossier -o - |
	sed -n '/<records/,/<\/contract>/p; /<evaluation/p; /<observation/p'
exit 0
