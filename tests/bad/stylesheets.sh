# Stylesheets that are broken, or that try what a document needs not do: each
# takes the place of a document's own.  No secret may be read, nothing written.
set -u

cp -r build/share "$T/data"
echo secret >"$T/secret.xml"
sheet=$T/data/stylesheets/documents/competency-sheet.xsl

try() { # TITLE BODY [TOP-LEVEL]
	cat >"$sheet" <<-END
	<xsl:stylesheet version="1.0"
	    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	    xmlns:exsl="http://exslt.org/common"
	    xmlns:date="http://exslt.org/dates-and-times"
	    xmlns:math="http://exslt.org/math"
	    xmlns:saxon="http://icl.com/saxon"
	    extension-element-prefixes="exsl saxon">
	$3
	<xsl:template match="/">
	<root>$2</root>
	</xsl:template>
	</xsl:stylesheet>
	END
	echo "== $1"
	for lang in fr en; do
		PARCOURS_DATA=$T/data "$PARCOURS" make competency-sheet \
			--subject person-nguyen --from samples/frameworks \
			--from samples/chantier --messages $lang --dump-fo \
			-o "$T/out.fo" 2>&1 | sed "s|$T|T|g"
	done
	if [ -e "$T/out.fo" ] && grep secret "$T/out.fo"; then
		echo "it read what it may not read"
	fi
	rm -f "$T/out.fo"
	for f in "$T"/written*; do
		[ -e "$f" ] && echo "it wrote $f" | sed "s|$T|T|g"
	done
}

try 'writes with exsl:document' \
	"<exsl:document href='$T/written'>x</exsl:document>" ''
try 'writes with xsl:document' \
	"<xsl:document href='$T/written'>x</xsl:document>" ''
try 'writes with saxon:output' \
	"<saxon:output href='$T/written'>x</saxon:output>" ''
try 'reads a file outside' \
	"<xsl:copy-of select=\"document('$T/secret.xml')\"/>" ''
try 'reads a file outside, by steps' \
	"<xsl:copy-of select=\"document('../../../secret.xml')\"/>" ''
try 'reads the network' \
	"<xsl:copy-of select=\"document('http://example.invalid/x')\"/>" ''
try 'includes a file outside' '' "<xsl:include href='$T/secret.xml'/>"
try 'includes a file that is missing' '' "<xsl:include href='none.xsl'/>"
try 'calls itself without end' "<xsl:call-template name='t'/>" \
	"<xsl:template name='t'><xsl:call-template name='t'/></xsl:template>"
try 'writes without end' "<xsl:call-template name='t'/>" \
	"<xsl:template name='t'><xsl:param name='s' select=\"'0123456789'\"/>
	<xsl:value-of select='\$s'/><xsl:call-template name='t'>
	<xsl:with-param name='s' select='concat(\$s, \$s)'/>
	</xsl:call-template></xsl:template>"
try 'asks for the time' "<xsl:value-of select='date:date-time()'/>" ''
try 'asks for chance' "<xsl:value-of select='math:random()'/>" ''
try 'stops with a message' \
	"<xsl:message terminate='yes'>enough</xsl:message>" ''
try 'warns with a message' '<xsl:message>careful</xsl:message>' ''
try 'is not well-formed' '<p>' ''
try 'is no XSLT' '<xsl:nothing/>' ''
try 'calls what is not there' "<xsl:call-template name='none'/>" ''
try 'uses a function that is not there' "<xsl:value-of select='f()'/>" ''
try 'uses a variable that is not there' "<xsl:value-of select='\$v'/>" ''
try 'has a broken expression' "<xsl:value-of select='1 +'/>" ''
try 'makes no formatting objects' '' ''
exit 0
