<?xml version="1.0" encoding="UTF-8"?>
<!--
  Outcome table: exits of a year, or of years side by side, for the dialogue
  with the State.  It names nobody; what is published has small numbers masked,
  what the direction reads is exact and has the kinds of exit, too.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:px="urn:parcours:fo"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:g="urn:parcours:figure"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="exsl"
    exclude-result-prefixes="r g w">

  <xsl:include href="../page/report.xsl"/>
  <xsl:include href="../page/exits.xsl"/>

  <xsl:template match="/">
    <xsl:call-template name="report"/>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:variable name="facts">
      <fact name="{w:t('the-period')}" value="{w:the-period()}"/>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="report-band">
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$exits">
        <xsl:for-each select="$exit-years">
          <xsl:call-template name="exit-bar"/>
        </xsl:for-each>
        <xsl:call-template name="exit-table"/>
        <xsl:call-template name="exit-notes"/>
        <xsl:call-template name="by-kind"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('exits.none')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="by-kind">
    <xsl:variable name="kinds" select="w:rows('exitByKind')[r:exitKind]"/>
    <xsl:if test="$kinds">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('exits.by-kind')"/>
        <xsl:with-param name="id" select="'by-kind'"/>
      </xsl:call-template>
      <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
        <fo:table-column column-width="150pt"/>
        <fo:table-column column-width="proportional-column-width(1)"/>
        <xsl:for-each select="$exit-years">
          <fo:table-column column-width="64pt"/>
        </xsl:for-each>
        <fo:table-header xsl:use-attribute-sets="table-head">
          <fo:table-row>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('category')"/>
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('exit-kind')"/>
            </xsl:call-template>
            <xsl:for-each select="$exit-years">
              <xsl:call-template name="head-cell">
                <xsl:with-param name="text" select="string(r:year)"/>
                <xsl:with-param name="align" select="'end'"/>
              </xsl:call-template>
            </xsl:for-each>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="$kinds[not(r:exitKind
              = preceding-sibling::r:row/r:exitKind)]">
            <xsl:sort select="r:categoryRank" data-type="number"/>
            <xsl:sort select="r:fold(w:e('exit-kind', r:exitKind))"/>
            <xsl:variable name="kind" select="string(r:exitKind)"/>
            <fo:table-row>
              <xsl:call-template name="row-keeps"/>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="w:e('exit', r:exitCategory)"/>
                <xsl:with-param name="row" select="position()"/>
              </xsl:call-template>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="w:e('exit-kind', $kind)"/>
              </xsl:call-template>
              <xsl:for-each select="$exit-years">
                <xsl:variable name="year" select="string(r:year)"/>
                <xsl:call-template name="number-cell">
                  <xsl:with-param name="right" select="'0pt'"/>
                  <xsl:with-param name="text" select="w:num(sum($kinds[r:year
                      = $year][r:exitKind = $kind]/r:exitCount))"/>
                </xsl:call-template>
              </xsl:for-each>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
