# The text that pdftotext finds in scripts that change with their neighbours is
# what was written, in the order in which it is read.  Where a right-to-left line
# has marks or the ligature lam-alef, poppler 22.12 puts them elsewhere whatever
# the producer does (its own reordering works by glyph); those cases are not here,
# and the PDF says it right for who reads the ToUnicode tables.
set -eu

check() { # CASE [-raw]: all words of its blocks, spaces aside, are found in order
	"$PARCOURS" format "tests/layout/scripts/$1.fo" -o "$T/$1.pdf"
	# Direction marks are poppler's own, line ends are the page's; zero
	# width spaces are where a line may break.
	# shellcheck disable=SC2086
	pdftotext ${2-} "$T/$1.pdf" - | tr -d ' \n\f' |
		sed 's/[‪‫‬‎‏​]//g' >"$T/got"
	sed -n 's/.*<fo:block[^>]*>\(.*\)<\/fo:block>.*/\1/p' \
		"tests/layout/scripts/$1.fo" | tr -d ' \n' |
		sed 's/<[^>]*>//g; s/[‪‫‬‎‏​]//g' >"$T/want"
	if ! cmp -s "$T/got" "$T/want"; then
		echo "$1:"
		cat "$T/want"
		echo
		cat "$T/got"
		echo
		return 1
	fi
}

for c in thai cjk-japanese cjk-chinese; do
	check $c -raw
done
# From right to left the words stand in the order of the eye, which poppler turns
# round again when it is not asked to leave it.
check hebrew-paragraph
# Three lines of Devanagari that poppler cuts at signs without a glyph.
"$PARCOURS" format tests/layout/scripts/devanagari.fo -o "$T/d.pdf"
pdftotext "$T/d.pdf" - | tr '\n' ' ' >"$T/d"
for words in 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता' \
    'क्ष त्र ज्ञ श्री कि र्म' 'देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव'; do
	grep -qF "$words" "$T/d" || { cat "$T/d"; exit 1; }
done
