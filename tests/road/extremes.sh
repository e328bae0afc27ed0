# Every document from the records that try a layout hardest
# (tests/records/extremes.sh): made without an error, nothing wider or higher
# than its room, no page without text but those of a booklet that are for
# notes, and nothing that qpdf or poppler minds.
set -u

sh tests/records/extremes.sh "$T/records" >"$T/made.txt" || exit 1

# Empty pages are counted by the form feeds that end them.
look() { # FILE
	pdftotext "$1" "$T/text" 2>"$T/err"
	empty=$(awk 'BEGIN { RS = "\f" } !/[[:alnum:]]/ { n++ }
	    END { print n + 0 }' "$T/text")
	qpdf --check "$1" >"$T/check" 2>&1 || cat "$T/check"
	pdftoppm -r 8 "$1" "$T/page" 2>>"$T/err"
	pdfinfo -struct "$1" 2>>"$T/err" | awk -f tests/road/tables.awk
	pdffonts "$1" 2>>"$T/err" | awk 'NR > 2 && !/ yes yes yes /'
	cat "$T/err"
	name=$(basename "$1" .pdf)
	n=$(tr -cd '\f' <"$T/text" | wc -c)
	case $name:$n in
	skills-summary-*:[12]) ;;
	skills-summary-*) echo "$name: $n pages, not 1 or 2" ;;
	esac
	echo "$name$([ "$empty" = 0 ] || echo ", pages without text: $empty")"
}

make() { # PRACTICE DOCUMENT OPTION...
	from=$T/records/$way
	[ -d "$from/$1" ] || return
	set -- "$@" --from "$from/$1"
	shift
	"$PARCOURS" make "$@" --from "$from/frameworks" -q \
		--messages en -o "$T/out/$way/" 2>&1 |
		sed "s|$T/records/||g" | grep -v '\[R[0-9]*\]'
}

for way in "$T"/records/*/; do
	way=$(basename "$way")
	echo "== $way"
	mkdir -p "$T/out/$way"
	make chantier competency-sheet --subject person-nguyen
	make chantier skills-summary --subject all
	# The lowest page.
	"$PARCOURS" make skills-summary --subject person-nguyen --lang en \
		--paper letter --from "$T/records/$way/chantier" -q \
		--from "$T/records/$way/frameworks" --messages en \
		-o "$T/out/$way/skills-summary-letter.pdf" 2>"$T/err" ||
		cat "$T/err"
	make genie activity-summary --subject all
	make asbl integration-booklet --subject person-sahin
	make asbl integration-booklet --subject person-sahin --booklet
	: >"$T/err"
	for f in "$T/out/$way"/*.pdf; do
		look "$f"
	done
done
exit 0
