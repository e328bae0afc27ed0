# Every character set on a page can be taken out of the file again: what the
# layout placed, what the content streams draw through the ToUnicode maps and
# what poppler extracts are the same characters, as often.  And what poppler
# and qpdf say of each file: nothing.
set -u
. tests/road/road.inc

# How often each character stands, but for spaces; digits too are left out
# where page numbers are filled in late.
characters() {
	LC_ALL=C sed 's/\xC2\xA0//g; s/\xE2\x80\xAF//g' |
		LC_ALL=C.UTF-8 grep -o '[^[:space:]0-9[:cntrl:]]' |
		LC_ALL=C sort | uniq -c
}

# The strings of the text dump of the areas.
placed() {
	LC_ALL=C sed -n 's/^ *text [^"]*"\(.*\)" w=[0-9.]*.*$/\1/p' |
		sed 's/\\\(["\\]\)/\1/g'
}

quiet() { # COMMAND...
	"$@" >/dev/null 2>"$T/err" || echo "$1: exit status $?"
	cat "$T/err"
}

look() { # FILE AREAS
	echo "== $(basename "$1")"
	quiet qpdf --check "$1"
	quiet pdfinfo -struct-text "$1"
	quiet pdftoppm -r 20 "$1" "$T/page"
	quiet pdftotext "$1" "$T/text"
	qpdf --qdf --object-streams=disable "$1" "$T/qdf"
	pdffonts "$1" | awk 'NR > 2 && !/ yes yes yes +[0-9]+ +0$/'
	pdfinfo "$1" | grep -E '^(Tagged|Suspects|JavaScript|Encrypted)' |
		tr -s ' ' | tr '\n' ';'
	echo
	LC_ALL=C awk -f tests/road/tagged.awk "$T/qdf"
	pdfinfo -struct "$1" | awk -f tests/road/tables.awk
	[ -z "${2-}" ] || LC_ALL=C awk -f tests/road/headings.awk "$2"
	# Page numbers cited on every page are one object, drawn again.
	drawn "$1" >"$T/drawn.txt"
	characters <"$T/drawn.txt" >"$T/drawn.n"
	if [ -n "${2-}" ]; then
		placed <"$2" | characters >"$T/placed.n"
		diff "$T/placed.n" "$T/drawn.n"
	fi
	# A hyphen at the end of a line: poppler may take it away.
	characters <"$T/text" | grep -v -e ' -$' >"$T/text.n"
	grep -v -e ' -$' "$T/drawn.n" | diff - "$T/text.n"
	cat "$T/text" >>"$T/extracted"
	cat "$T/drawn.txt" >>"$T/all.txt"
}

each() { # ARGUMENTS OF make
	rm -rf "$T/made"
	"$PARCOURS" make "$@" -o "$T/made/" -q 2>"$T/err" || cat "$T/err"
	"$PARCOURS" make "$@" -o "$T/made/" -q --dump-areas 2>/dev/null
	for f in "$T"/made/*.pdf; do
		case $* in
		*--booklet*) look "$f" ;;
		*) look "$f" "${f%.pdf}.txt" ;;
		esac
	done
}

each competency-sheet --subject all --from samples/frameworks \
	--from samples/chantier
each skills-summary --subject all --from samples/frameworks \
	--from samples/chantier
each activity-summary --subject all --from samples/genie
each integration-booklet --subject all --from samples/frameworks \
	--from samples/asbl
each integration-booklet --subject all --booklet --from samples/frameworks \
	--from samples/asbl
# Letters of many kinds did stand on these pages.
for word in 'Łukasz' 'Nguyễn' 'Şahin' 'œ' '·' '’' '«' '»' '–' '…' '−'; do
	grep -qF -e "$word" "$T/extracted" || echo "nowhere: $word"
done
# Poppler folds these to spaces; the maps know better.
grep -q "$(printf '\302\240')" "$T/all.txt" || echo 'nowhere: U+00A0'
grep -q "$(printf '\342\200\257')" "$T/all.txt" || echo 'nowhere: U+202F'
exit 0
