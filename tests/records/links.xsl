<?xml version="1.0" encoding="UTF-8"?>
<!-- What the records of one workspace promise to one another. Input: <records schemas="folder/"><file name="id">path</file>…
     </records>. Output: a line per broken promise. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcours:schema" xmlns:r="urn:parcours:record"
    exclude-result-prefixes="xs p r">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="folder" select="/records/@schemas"/>
  <xsl:variable name="common" select="document(concat($folder, 'common.xsd'))/xs:schema"/>
  <xsl:variable name="all" select="document(/records/file)/*"/>

  <xsl:template match="/records">
    <xsl:for-each select="file">
      <xsl:variable name="record" select="document(.)/*"/>
      <xsl:if test="$record/@id != @name">
        <xsl:value-of select="concat(., ': the file is not named after its id, ', $record/@id, '&#10;')"/>
      </xsl:if>
      <xsl:if test="count($all[@id = $record/@id]) != 1">
        <xsl:value-of select="concat(., ': the id ', $record/@id, ' stands in several files&#10;')"/>
      </xsl:if>
      <xsl:variable name="schema" select="document(concat($folder, local-name($record), '.xsd'))/xs:schema"/>
      <xsl:for-each select="$record//r:*[@ref]">
        <xsl:variable name="name" select="local-name()"/>
        <xsl:variable name="target" select="$all[@id = current()/@ref]"/>
        <xsl:variable name="kinds" select="($schema | $common)//xs:element[@name = $name]/xs:annotation/xs:appinfo/p:target
            | $schema//xs:element[@name = $name]/xs:complexType//xs:attribute[@name = 'ref']/xs:annotation/xs:appinfo/p:target"/>
        <xsl:choose>
          <xsl:when test="not($target)">
            <xsl:value-of select="concat($record/@id, ': ', $name, ' points to ', @ref, ', which is nowhere&#10;')"/>
          </xsl:when>
          <xsl:when test="not($kinds[contains(concat(' ', ., ' '), concat(' ', local-name($target), ' '))])">
            <xsl:value-of select="concat($record/@id, ': ', $name, ' points to ', @ref, ', of kind ', local-name($target), '&#10;')"/>
          </xsl:when>
        </xsl:choose>
      </xsl:for-each>
      <xsl:for-each select="$record[self::r:evaluation]/r:rating">
        <xsl:variable name="framework" select="$all[@id = $record/r:framework/@ref]"/>
        <xsl:variable name="scale" select="$all[@id = $record/r:scale/@ref]"/>
        <xsl:if test="not($framework//r:skill[@id = current()/@skill])">
          <xsl:value-of select="concat($record/@id, ': no skill ', @skill, ' in ', $framework/@id, '&#10;')"/>
        </xsl:if>
        <xsl:for-each select="(r:selfLevel | r:supervisorLevel)[. != 'NE'][not(. = $scale/r:level/@value)]">
          <xsl:value-of select="concat($record/@id, ': level ', ., ' is not on ', $scale/@id, '&#10;')"/>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="$record[self::r:integrationPlan]//r:task[not(@role = $all/r:actorRole/@id)]">
        <xsl:value-of select="concat($record/@id, ': no role ', @role, ' in a role chart&#10;')"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
