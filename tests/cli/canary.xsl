<?xml version="1.0" encoding="UTF-8"?>
<!-- Puts a canary, zqFILExNUMBER, at the end of every free text of a record; or,
     with list='yes', lists them: the canary, its element, and whether everything
     from the record down to it bears a class that names the audience. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:parcours:audiences" xmlns:s="urn:parcours:schema">
  <xsl:output encoding="UTF-8"/>
  <xsl:param name="free"/>
  <xsl:param name="file"/>
  <xsl:param name="root"/>
  <xsl:param name="audience"/>
  <xsl:param name="list" select="'no'"/>
  <xsl:variable name="classes"
      select="document(concat($root, '/build/share/schemas/classes.xml'))"/>
  <xsl:variable name="audiences"
      select="document(concat($root, '/build/share/schemas/audiences.xml'))"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$list = 'yes'">
        <xsl:apply-templates select="//text()" mode="list"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:value-of select="."/>
    <xsl:call-template name="canary"><xsl:with-param name="before" select="' '"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="canary">
    <xsl:param name="before"/>
    <xsl:if test="normalize-space() and contains($free, concat(' ', local-name(..), ' '))">
      <xsl:value-of select="concat($before, 'zq', $file, 'x')"/>
      <xsl:number level="any" count="text()"/>
      <xsl:text>z</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="text()" mode="list">
    <xsl:variable name="canary"><xsl:call-template name="canary"/></xsl:variable>
    <xsl:if test="string($canary)">
      <xsl:value-of select="concat($canary, ' ', local-name(/*), '/', local-name(..), ' ')"/>
      <xsl:variable name="hidden">
        <xsl:for-each select="ancestor::*">
          <xsl:variable name="class" select="$classes/s:index/s:element[@name = local-name(current())]/@class"/>
          <xsl:if test="not(contains(concat(' ', $audiences//a:class[@id = $class]/@audiences, ' '),
              concat(' ', $audience, ' ')))">x</xsl:if>
        </xsl:for-each>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="string($hidden)">hidden&#10;</xsl:when>
        <xsl:otherwise>open&#10;</xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
