# 25,000 levels of each object that can hold itself: pages in bounded time, with
# a warning at most.  (The runner stops what takes too long.)
set -u

most=25000	# the reader's limit is 30,000
ns='xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:s="http://www.w3.org/2000/svg"'

nested() { # TITLE OPEN CLOSE INNERMOST BEFORE AFTER
	rm -f "$T/x.pdf"
	awk -v most=$most -v o="$2" -v c="$3" -v m="$4" -v a="$5" -v z="$6" \
	    -v ns="$ns" 'BEGIN {
		n = int(most / gsub(/<\//, "</", c))
		print "<fo:root " ns "><fo:layout-master-set>"
		print "<fo:simple-page-master master-name=\"p\""
		print " page-width=\"220pt\" page-height=\"200pt\">"
		print "<fo:region-body/></fo:simple-page-master>"
		print "</fo:layout-master-set>"
		print "<fo:page-sequence master-reference=\"p\">"
		print "<fo:flow flow-name=\"xsl-region-body\">" a
		for (i = 0; i < n; i++)
			print o
		print m
		for (i = 0; i < n; i++)
			print c
		print z "</fo:flow></fo:page-sequence></fo:root>"
	}' >"$T/x.fo"
	echo "== $1"
	"$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" --messages en 2>&1 |
	    sed "s|$T/||g"
	qpdf --check "$T/x.pdf" >/dev/null 2>&1 || echo "no PDF"
}

b='<fo:block>' e='</fo:block>'
cell='<fo:table-body><fo:table-cell>' llec='</fo:table-cell></fo:table-body>'
item="<fo:list-item><fo:list-item-label>$b$e</fo:list-item-label>"
item="$item<fo:list-item-body>"
svg="<fo:instream-foreign-object><s:svg width='9pt' height='9pt'>"
gvs='</s:svg></fo:instream-foreign-object>'

nested blocks "$b" "$e" x '' ''
nested inlines '<fo:inline>' '</fo:inline>' x "$b" "$e"
nested wrappers '<fo:wrapper>' '</fo:wrapper>' x "$b" "$e"
nested lists "<fo:list-block>$item" \
    '</fo:list-item-body></fo:list-item></fo:list-block>' "$b$e" '' ''
nested tables "<fo:table>$cell" "$llec</fo:table>" "$b$e" '' ''
nested 'tables of automatic layout' "<fo:table table-layout='auto'>$cell" \
    "$llec</fo:table>" "$b$e" '' ''
nested containers '<fo:block-container>' '</fo:block-container>' "$b$e" '' ''
nested 'containers of a height' "<fo:block-container height='9pt'>" \
    '</fo:block-container>' "$b$e" '' ''
nested footnotes "<fo:footnote><fo:inline/><fo:footnote-body>$b" \
    "$e</fo:footnote-body></fo:footnote>" x "$b" "$e"
nested floats "<fo:float float='start'>$b" "$e</fo:float>" x "$b" "$e"
nested 'floats before' "<fo:float float='before'>$b" "$e</fo:float>" x \
    "$b" "$e"
nested leaders '<fo:leader leader-pattern="use-content">' '</fo:leader>' x \
    "$b" "$e"
nested figures '<s:g>' '</s:g>' '' "$b$svg" "$gvs$e"
exit 0
