<?xml version="1.0" encoding="UTF-8"?>
<!-- What every document includes. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="dossier.xsl"/>
  <xsl:include href="words.xsl"/>
  <xsl:include href="colour.xsl"/>
  <xsl:include href="masters.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="signatures.xsl"/>
  <xsl:include href="../figures/geometry.xsl"/>
  <xsl:include href="../figures/marks.xsl"/>
</xsl:stylesheet>
