# What fo:declarations says goes into the file once: into the document
# information and its XMP, the rest as it is, under the usual prefixes.
set -u
cat >"$T/x.fo" <<'END'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="fr-BE">
<fo:layout-master-set><fo:simple-page-master master-name="p"
    page-width="9cm" page-height="9cm"><fo:region-body/>
</fo:simple-page-master></fo:layout-master-set>
<fo:declarations><x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF
    xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="" xmlns:d="http://purl.org/dc/elements/1.1/"
    xmlns:o="http://ns.adobe.com/pdf/1.3/" d:format="text/plain">
<d:title>Œuvre &amp; lumière</d:title>
<d:creator><r:Seq><r:li>A. Un</r:li><r:li>B. Deux</r:li></r:Seq></d:creator>
<d:language><r:Bag><r:li>nl</r:li></r:Bag></d:language>
<d:identifier>AB-7</d:identifier><o:Keywords>un, deux</o:Keywords>
</r:Description>
<r:Description r:about="" xmlns:d="http://purl.org/dc/elements/1.1/"
    d:source="carnet &lt;1>"><z:part xmlns:z="urn:z">1</z:part>
<d:contributor><r:Bag><r:li xml:lang="fr">C. &amp; fils</r:li></r:Bag>
</d:contributor></r:Description>
</r:RDF></x:xmpmeta></fo:declarations>
<fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">
<fo:block>x</fo:block></fo:flow></fo:page-sequence>
</fo:root>
END
"$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" || exit 1
pdfinfo -meta "$T/x.pdf" | sed "1d; /Producer/d"
pdfinfo "$T/x.pdf" | grep -E '^(Title|Author|Keywords)'
pdfinfo -meta "$T/x.pdf" | xmllint --noout - || exit 1
