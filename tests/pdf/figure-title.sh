# The alternative text of a figure: what the FO says, else what the figure says
# of itself.
set -u

svg='<s:svg width="20pt" height="20pt"><s:title>A square</s:title>
<s:rect width="20" height="20"/></s:svg></fo:instream-foreign-object>'
cat >"$T/x.fo" <<EOF
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:s="http://www.w3.org/2000/svg"><fo:layout-master-set>
<fo:simple-page-master master-name="a" page-width="200pt" page-height="100pt">
<fo:region-body margin="10pt"/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">
<fo:block><fo:instream-foreign-object>$svg
<fo:instream-foreign-object fox:alt-text="Something dark">$svg</fo:block>
</fo:flow></fo:page-sequence></fo:root>
EOF
"$PARCOURS" format "$T/x.fo" -o "$T/x.pdf" --uncompressed
grep -a -o '/Alt([^)]*)' "$T/x.pdf" | sort
