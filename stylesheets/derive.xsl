<?xml version="1.0" encoding="UTF-8"?>
<!-- The facts that follow from a dossier: schemas/records/derived.xsd says what each is. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:parcours:record" xmlns:r="urn:parcours:record" exclude-result-prefixes="r">
  <xsl:template match="/r:dossier">
    <derived date="{@date}">
      <xsl:if test="r:subject/r:person"><person ref="{@subject}"/></xsl:if>
    </derived>
  </xsl:template>
</xsl:stylesheet>
