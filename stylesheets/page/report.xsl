<?xml version="1.0" encoding="UTF-8"?>
<!--
  What reports over people share: the tables of the dossier, the period, the
  band of a site, cells of numbers, the mark of a level.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:px="urn:parcours:fo"
    xmlns:func="http://exslt.org/functions"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:g="urn:parcours:figure"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="func exsl"
    exclude-result-prefixes="r g w">

  <xsl:include href="common.xsl"/>

  <xsl:variable name="tables" select="/r:dossier/r:tables"/>
  <xsl:variable name="period-from" select="string($tables/@periodFrom)"/>
  <xsl:variable name="period-to" select="string($tables/@periodTo)"/>
  <xsl:variable name="title"
      select="w:say($row/title)"/>
  <xsl:variable name="place-name" select="string($subject/r:name)"/>

  <func:function name="w:rows">
    <xsl:param name="view"/>
    <func:result select="$tables/r:table[@view = $view]/r:row"/>
  </func:function>

  <!-- 2026; 2025–2026; du 1er mars 2026 au … -->
  <func:function name="w:the-period">
    <xsl:variable name="from" select="$period-from"/>
    <xsl:variable name="to" select="$period-to"/>
    <xsl:variable name="years" select="substring($from, 5) = '-01-01'
        and substring($to, 5) = '-12-31'"/>
    <xsl:choose>
      <xsl:when test="$years and substring($from, 1, 4)
          = substring($to, 1, 4)">
        <func:result select="substring($from, 1, 4)"/>
      </xsl:when>
      <xsl:when test="$years">
        <func:result select="concat(substring($from, 1, 4), '–',
            substring($to, 1, 4))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="w:period($from, $to)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- A report on a site: `when` says which day or period it tells of. -->
  <xsl:template name="report">
    <xsl:param name="when" select="w:the-period()"/>
    <xsl:call-template name="paper">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="$place-name"/>
      <xsl:with-param name="when" select="$when"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="report-band">
    <xsl:param name="facts"/>
    <xsl:call-template name="band">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="$place-name"/>
      <xsl:with-param name="facts" select="$facts"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The numbers at the head of a report, large: <fact name="" value=""/>. -->
  <xsl:template name="figures">
    <xsl:param name="facts"/>
    <fo:table table-layout="fixed" width="{$measure}pt" role="Div"
        space-after="19.5pt">
      <xsl:for-each select="$facts">
        <fo:table-column column-width="proportional-column-width(1)"/>
      </xsl:for-each>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:for-each select="$facts">
            <fo:table-cell role="Div" padding-right="10pt">
              <fo:block font-size="20pt" line-height="26pt" font-weight="600"
                  color="{$accent}" px:font-features="tnum">
                <xsl:value-of select="@value"/>
              </fo:block>
              <fo:block font-size="9.5pt" color="{$secondary}">
                <xsl:value-of select="@name"/>
              </fo:block>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="number-cell">
    <xsl:param name="text"/>
    <xsl:param name="weight" select="'400'"/>
    <xsl:param name="right" select="'9pt'"/>
    <xsl:call-template name="text-cell">
      <xsl:with-param name="text" select="$text"/>
      <xsl:with-param name="align" select="'end'"/>
      <xsl:with-param name="tabular" select="true()"/>
      <xsl:with-param name="weight" select="$weight"/>
      <xsl:with-param name="right" select="$right"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A level as a disc that fills up; acquired ones in the accent with a
       strong ring, so that a photocopy tells them apart. -->
  <xsl:template name="level-disc">
    <xsl:param name="level"/>
    <xsl:param name="levels"/>
    <xsl:param name="acquired"/>
    <xsl:param name="size" select="9"/>
    <xsl:variable name="colour">
      <xsl:choose>
        <xsl:when test="$acquired"><xsl:value-of select="$accent"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$secondary"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="share" select="$level div $levels"/>
    <fo:instream-foreign-object role="Figure"
        fox:alt-text="{w:t('level-of', $level, $levels)}">
      <svg:svg width="{$size}pt" height="{$size}pt" viewBox="0 0 12 12">
        <svg:circle cx="6" cy="6" r="5" fill="#FFFFFF" stroke="{$colour}"
            stroke-width="{1 + 0.6 * $acquired}"/>
        <xsl:choose>
          <xsl:when test="$share &gt;= 1">
            <svg:circle cx="6" cy="6" r="5" fill="{$colour}"/>
          </xsl:when>
          <xsl:otherwise>
            <svg:path fill="{$colour}" d="M6 6 V1 A5 5 0 {number($share
                &gt; 0.5)} 1 {g:x(6, 5, 360 * $share)} {g:y(6, 5,
                360 * $share)} Z"/>
          </xsl:otherwise>
        </xsl:choose>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
</xsl:stylesheet>
