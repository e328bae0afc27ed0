# The boxes of a page for a printer, and a link that is printed larger with it.
set -u
cat >"$T/x.fo" <<'FO'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">
  <fo:layout-master-set>
    <fo:simple-page-master master-name="a" page-width="200pt" page-height="100pt"
        fox:bleed="5pt" fox:crop-offset="20pt 10pt 30pt" fox:crop-box="bleed-box"
        fox:scale="2">
      <fo:region-body margin="10pt"/>
    </fo:simple-page-master>
  </fo:layout-master-set>
  <fo:page-sequence master-reference="a">
    <fo:flow flow-name="xsl-region-body">
      <fo:block><fo:basic-link external-destination="http://a.b/">One</fo:basic-link></fo:block>
    </fo:flow>
  </fo:page-sequence>
</fo:root>
FO
"$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" 2>&1
pdfinfo -box "$T/x.pdf" | grep Box
qpdf --qdf --object-streams=disable "$T/x.pdf" - | grep -a -A5 /Rect
