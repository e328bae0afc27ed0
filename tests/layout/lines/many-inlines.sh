# 100,000 inlines in one paragraph take time and memory in proportion.
set -eu

awk 'BEGIN {
	print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\">"
	print "<fo:layout-master-set><fo:simple-page-master master-name=\"p\""
	print " page-width=\"200pt\" page-height=\"200pt\" margin=\"10pt\">"
	print "<fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
	print "<fo:page-sequence master-reference=\"p\">"
	print "<fo:flow flow-name=\"xsl-region-body\"><fo:block>"
	for (i = 0; i < 100000; i++)
		printf "<fo:inline vertical-align=\"%s\">word </fo:inline>",
		    i % 50 ? "baseline" : "top"
	print "</fo:block></fo:flow></fo:page-sequence></fo:root>"
}' >"$T/many.fo"
"$PARCOURS" format "$T/many.fo" -q -o "$T/many.pdf"
pdfinfo "$T/many.pdf" | sed -n 's/^Pages: */pages: /p'
