<?xml version="1.0" encoding="UTF-8"?>
<!-- All limits in one file, so that a run opens one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:l="urn:parcours:limits" xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="str l">
  <xsl:strip-space elements="*"/>
  <xsl:output encoding="UTF-8"/>
  <xsl:param name="files"/>
  <xsl:template match="/">
    <limits xmlns="urn:parcours:limits">
      <xsl:for-each select="str:tokenize($files)">
        <xsl:copy-of select="document(string(.))/l:limits/l:limit"/>
      </xsl:for-each>
    </limits>
  </xsl:template>
</xsl:stylesheet>
