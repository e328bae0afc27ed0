<?xml version="1.0" encoding="UTF-8"?>
<!--
  Tables: hairlines between rows only, the header in secondary ink, repeated
  on every page, there with "(suite)".  Use: <fo:table xsl:use-attribute-sets="table">, the header
  by `head-cell`, body cells with the attribute set "cell".
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:w="urn:parcours:words"
    exclude-result-prefixes="w">

  <xsl:attribute-set name="table">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <!-- A cell's line is its own: painted once, and sharp. -->
    <xsl:attribute name="border-collapse">separate</xsl:attribute>
    <xsl:attribute name="font-size">9.5pt</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
    <xsl:attribute name="border-after-width">0.5pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-color">
      <xsl:value-of select="$hairline"/>
    </xsl:attribute>
  </xsl:attribute-set>

  <xsl:attribute-set name="table-head">
    <xsl:attribute name="color"><xsl:value-of select="$secondary"/></xsl:attribute>
    <xsl:attribute name="font-size">7.5pt</xsl:attribute>
    <xsl:attribute name="line-height">9.75pt</xsl:attribute>
  </xsl:attribute-set>

  <xsl:attribute-set name="cell">
    <xsl:attribute name="border-before-width">0.5pt</xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-color">
      <xsl:value-of select="$hairline"/>
    </xsl:attribute>
    <xsl:attribute name="padding-before">5pt</xsl:attribute>
    <xsl:attribute name="padding-after">5pt</xsl:attribute>
  </xsl:attribute-set>

  <xsl:template name="head-cell">
    <xsl:param name="text"/>
    <xsl:param name="pad" select="'0pt'"/>
    <xsl:param name="align" select="'start'"/>
    <xsl:param name="first" select="false()"/>
    <xsl:param name="above" select="/.."/>
    <fo:table-cell role="TH" display-align="after" padding-after="4pt"
        padding-left="{$pad}" text-align="{$align}">
      <xsl:copy-of select="$above"/>
      <fo:block>
        <xsl:value-of select="$text"/>
        <xsl:if test="$first">
          <fo:retrieve-table-marker retrieve-class-name="continued"
              retrieve-position-within-table="first-starting"
              retrieve-boundary-within-table="table-fragment"/>
        </xsl:if>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- First in a row's first cell: what the first head cell adds where this
       row is the first on a page. -->
  <xsl:template name="continued">
    <xsl:param name="first"/>
    <fo:marker marker-class-name="continued">
      <xsl:if test="not($first)">
        <xsl:value-of select="concat('&#xA0;', w:t('continued'))"/>
      </xsl:if>
    </fo:marker>
  </xsl:template>

  <!-- In a row that a loop makes: the last does not stand alone on a page. -->
  <xsl:template name="row-keeps">
    <xsl:if test="position() = last() and position() &gt; 1">
      <xsl:attribute name="keep-with-previous.within-page">always</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- A cell of plain text; `tabular` for dates and numbers; `row`, its
       number, in the first cell of a row. -->
  <xsl:template name="text-cell">
    <xsl:param name="text"/>
    <xsl:param name="align" select="'start'"/>
    <xsl:param name="right" select="'9pt'"/>
    <xsl:param name="tabular" select="false()"/>
    <xsl:param name="weight" select="'400'"/>
    <xsl:param name="row" select="0"/>
    <fo:table-cell xsl:use-attribute-sets="cell" padding-right="{$right}"
        text-align="{$align}">
      <xsl:if test="$row &gt; 0">
        <xsl:call-template name="continued">
          <xsl:with-param name="first" select="$row = 1"/>
        </xsl:call-template>
      </xsl:if>
      <fo:block font-weight="{$weight}">
        <xsl:if test="w:hyphenate($text)">
          <xsl:attribute name="hyphenate">true</xsl:attribute>
        </xsl:if>
        <xsl:if test="$tabular">
          <xsl:attribute name="px:font-features">tnum</xsl:attribute>
        </xsl:if>
        <xsl:call-template name="place"/>
        <xsl:call-template name="own-language"/>
        <xsl:value-of select="$text"/>
      </fo:block>
    </fo:table-cell>
  </xsl:template>
</xsl:stylesheet>
