# XSL-FO that asks for too much: every file gives a PDF, in ten seconds of
# processor time and one gigabyte, and says what it could not do.
set -u

try() { # TITLE, the flow on standard input; the first warning of each kind
	{
		echo '<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
<fo:layout-master-set><fo:simple-page-master master-name="a"
  page-width="200pt" page-height="200pt" margin="10pt"><fo:region-body/>
</fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="a">
<fo:flow flow-name="xsl-region-body">'
		cat
		echo '</fo:flow></fo:page-sequence></fo:root>'
	} >"$T/x.fo"
	rm -f "$T/x.pdf"
	(
		# The sanitizers need time and reserve terabytes.
		# shellcheck disable=SC3045 # dash and bash have both
		case $PARCOURS in
		*asan* | *fuzz*) ;;
		*)
			ulimit -t 10
			ulimit -v 1000000
			;;
		esac
		exec "$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" --messages en
	) >/dev/null 2>"$T/x.err"
	echo "$1: status $?, $(pdfinfo "$T/x.pdf" 2>&1 |
	    sed -n 's/^Pages: *//p') pages, $(sed -n \
	    's/.*warning \[\([a-z-]*\)\].*/\1/p' "$T/x.err" | sort -u |
	    tr '\n' ' ')"
}

repeat() { # COUNT TEXT
	awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) print s }'
}

nest() { # COUNT OPENING CLOSING
	repeat "$1" "$2"
	echo '<fo:block>x</fo:block>'
	repeat "$1" "$3"
}

cell='<fo:table-cell><fo:block>c</fo:block></fo:table-cell>'
table='<fo:table table-layout="fixed" width="100%"><fo:table-body>'
row='<fo:table-row>'

nest 40000 '<fo:block>' '</fo:block>' | try '40,000 nested blocks'
nest 30 '<fo:block>a<fo:float float="start"><fo:block-container width="90%">' \
    '</fo:block-container></fo:float>word</fo:block>' | try '30 nested side floats'
nest 30 "<fo:block>a<fo:inline-container><fo:table table-layout=\"auto\">
<fo:table-body>$row<fo:table-cell>" '</fo:table-cell></fo:table-row>
</fo:table-body></fo:table></fo:inline-container></fo:block>' |
    try '30 nested tables in lines'
nest 2000 '<fo:block-container height="50pt">' '</fo:block-container>' |
    try '2,000 nested containers'
nest 400 "$table$row<fo:table-cell>" \
    '</fo:table-cell></fo:table-row></fo:table-body></fo:table>' |
    try '400 nested tables'
{
	echo '<fo:block>'
	repeat 200000 x | tr -d '\n'
	echo '</fo:block>'
} | try 'a word of 200,000 letters'
{
	echo "$table<fo:table-row keep-together=\"always\"><fo:table-cell>"
	repeat 5000 '<fo:block>x</fo:block>'
	echo '</fo:table-cell></fo:table-row></fo:table-body></fo:table>'
} | try 'a row of 5,000 lines kept together'
repeat 500 '<fo:block keep-with-next="always">k</fo:block>' |
    try '500 blocks kept with the next'
{
	echo '<fo:block>'
	repeat 10000 '<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>
<fo:block>n</fo:block></fo:footnote-body></fo:footnote>'
	echo '</fo:block>'
} | try '10,000 footnotes on a page'
repeat 500 "<fo:block>a<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>
$table$(repeat 30 "$row$cell$cell</fo:table-row>")</fo:table-body></fo:table>
</fo:footnote-body></fo:footnote></fo:block>" |
    try '500 tables in footnotes'
{
	echo '<fo:block>'
	repeat 200000 '<fo:inline>a</fo:inline>'
	echo '</fo:block>'
} | try '200,000 inlines in a paragraph'
{
	echo "$table$row"
	repeat 3000 "$cell"
	echo '</fo:table-row></fo:table-body></fo:table>'
} | try '3,000 columns'
{
	echo "$table$row<fo:table-cell number-rows-spanned=\"1000000000\"
number-columns-spanned=\"1000000000\"><fo:block>s</fo:block></fo:table-cell>"
	echo '</fo:table-row></fo:table-body></fo:table>'
} | try 'a cell over a milliard rows and columns'
repeat 20000 '<fo:block break-before="page"/>' | try '20,000 breaks and nothing'
repeat 20000 '<fo:block break-before="page">p</fo:block>' | try '20,000 pages of a letter'
{
	echo '<fo:block start-indent="500pt" font-size="0.1pt">'
	repeat 5000 word
	echo '</fo:block>'
} | try 'no room left for lines'
{
	echo '<fo:block orphans="1000000" widows="1000000">'
	repeat 20000 word
	echo '</fo:block>'
} | try 'a million orphans'
{
	echo "$table$row<fo:table-cell>"
	repeat 20000 '<fo:block>x</fo:block>'
	echo '</fo:table-cell></fo:table-row></fo:table-body></fo:table>'
} | try '20,000 blocks in a cell'
{
	echo "$table$row<fo:table-cell number-rows-spanned=\"20000\">
<fo:block>s</fo:block></fo:table-cell>$cell</fo:table-row>"
	repeat 19999 "$row$cell</fo:table-row>"
	echo '</fo:table-body></fo:table>'
} | try '20,000 rows tied by one cell'
{
	echo "$table$row$cell<fo:table-cell number-rows-spanned=\"2\">
<fo:block>s</fo:block></fo:table-cell></fo:table-row>"
	repeat 5000 "$row<fo:table-cell number-rows-spanned=\"2\"><fo:block>s</fo:block>
</fo:table-cell></fo:table-row>"
	echo '</fo:table-body></fo:table>'
} | try '5,000 rows tied like a chain'
{
	echo '<fo:block>'
	repeat 1500000 'word '
	echo '</fo:block>'
} | try 'a paragraph of 1,500,000 words'
{
	printf '<fo:block>a'
	repeat 100000 '&#x301;' | tr -d '\n'
	echo '</fo:block>'
} | try '100,000 marks on one letter'
{
	echo '<fo:block hyphenate="true" language="en" xml:lang="en">'
	repeat 20000 'incomprehensibilities' | tr -d '\n'
	echo '</fo:block>'
} | try 'a word of 420,000 letters with hyphens'
repeat 10000 '<fo:block-container absolute-position="absolute" top="5pt">
<fo:block>x</fo:block></fo:block-container>' | try '10,000 absolute containers'
{
	echo '<fo:block>'
	repeat 50000 'a<fo:leader leader-pattern="dots" leader-length="9pt"/>'
	echo '</fo:block>'
} | try '50,000 leaders'
{
	echo '<fo:block>'
	repeat 50000 'a<fo:leader leader-pattern="dots" leader-length="1000000pt"/>'
	echo '</fo:block>'
} | try '50,000 leaders far beyond the page'
awk 'BEGIN { for (i = 0; i < 50000; i++)
	printf "<fo:block><fo:marker marker-class-name=\"m%d\"/>m</fo:block>", i }' |
    try '50,000 classes of markers'
awk 'BEGIN { for (i = 0; i < 20000; i++)
	printf "<fo:block id=\"i%d\"><fo:page-number-citation ref-id=\"i%d\"/>" \
	    "<fo:basic-link internal-destination=\"i%d\">l</fo:basic-link>" \
	    "</fo:block>\n", i, 19999 - i, i * 7 % 20000 }' |
    try '20,000 ids, citations and links'
repeat 5000 '<fo:block space-before="-1e9pt" padding="99999pt"
start-indent="-1e9pt" font-size="1e9pt" line-height="-3pt">x</fo:block>' |
    try 'lengths beyond every measure'
{
	echo '<fo:block start-indent="'
	repeat 20000 '(' | tr -d '\n'
	echo '1pt">x</fo:block><fo:block start-indent="1pt div 0">x</fo:block>'
	echo '<fo:block start-indent="9e999pt * 9e999 - 9e999">x</fo:block>'
} | try 'expressions without end'
{
	echo '<fo:block><fo:instream-foreign-object><svg width="9" height="9"
xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
><defs><g id="g0"><rect width="1" height="1"/></g>'
	awk 'BEGIN { for (i = 1; i < 13; i++) {
		printf "<g id=\"g%d\">", i
		for (k = 0; k < 10; k++)
			printf "<use xlink:href=\"#g%d\"/>", i - 1
		print "</g>" } }'
	printf '</defs><use xlink:href="#g12"/><path d="M0 0'
	repeat 1000000 'L1 1' | tr '\n' ' '
	echo '"/></svg></fo:instream-foreign-object></fo:block>'
} | try 'a milliard uses and a million points'
{
	echo '<fo:block><fo:instream-foreign-object><svg width="99" height="99"
xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
><path id="p" d="M0 0'
	repeat 20000 'L1 1L9 9' | tr '\n' ' '
	echo '"/><text><textPath xlink:href="#p">'
	repeat 20000 'word '
	echo '</textPath></text></svg></fo:instream-foreign-object></fo:block>'
} | try '80,000 letters along a path'
{
	echo '<fo:block>'
	repeat 10000 '<fo:float float="start"><fo:block>f</fo:block></fo:float>
word word'
	echo '</fo:block>'
} | try '10,000 floats in a paragraph'
exit 0
