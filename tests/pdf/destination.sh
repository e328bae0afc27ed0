# A named destination that Apache FOP's extension asks for: every id is one.
set -u
cat >"$T/x.fo" <<'FO'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">
  <fo:layout-master-set>
    <fo:simple-page-master master-name="a" page-width="200pt" page-height="100pt">
      <fo:region-body margin="10pt"/>
    </fo:simple-page-master>
  </fo:layout-master-set>
  <fox:destination internal-destination="second"/>
  <fo:page-sequence master-reference="a">
    <fo:flow flow-name="xsl-region-body">
      <fo:block>One</fo:block>
      <fo:block id="second" break-before="page">Two</fo:block>
    </fo:flow>
  </fo:page-sequence>
</fo:root>
FO
"$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" 2>&1
pdfinfo -dests "$T/x.pdf"
