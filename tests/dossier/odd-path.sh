# Data and records below a folder whose name is hard on URIs.
set -eu

odd="$T/l’été à 100 %20 #1"
mkdir "$odd"
cp -r build/share tests/dossier/base "$odd"
for document in skills-summary activity-summary; do
	"$PARCOURS" make $document --subject lea --audience worker \
		--from tests/dossier/base --dump-fo -o "$T/plain"
	PARCOURS_DATA="$odd/share" "$PARCOURS" make $document --subject lea \
		--audience worker --from "$odd/base" --dump-fo -o "$T/odd"
	sed "s|$odd/base|tests/dossier/base|g" "$T/odd" | cmp - "$T/plain"
done
