<?xml version="1.0" encoding="UTF-8"?>
<!--
  Activity report of a site or an organisation for a year: how many people,
  month by month, what was done with them, and how they left.
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

  <xsl:variable name="year-of" select="substring($period-to, 1, 4)"/>
  <xsl:variable name="figures" select="w:rows('yearFigure')[r:year = $year-of]"/>
  <xsl:variable name="months" select="w:rows('headcount')"/>

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
      <xsl:when test="$figures">
        <xsl:variable name="large">
          <xsl:for-each select="$figures[r:figureRank &lt; 7]">
            <fact name="{w:e('figure', r:figureName)}"
                value="{w:num(r:figureValue)}"/>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="figures">
          <xsl:with-param name="facts" select="exsl:node-set($large)/fact"/>
        </xsl:call-template>
        <xsl:if test="$months">
          <xsl:call-template name="section">
            <xsl:with-param name="title" select="w:t('headcount')"/>
            <xsl:with-param name="id" select="'headcount'"/>
            <xsl:with-param name="before" select="'0pt'"/>
          </xsl:call-template>
          <xsl:call-template name="columns-by-month"/>
        </xsl:if>
        <xsl:call-template name="steps"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('year-empty')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$exits">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('outcomes')"/>
        <xsl:with-param name="id" select="'outcomes'"/>
      </xsl:call-template>
      <xsl:for-each select="$exit-years">
        <xsl:call-template name="exit-bar"/>
      </xsl:for-each>
      <xsl:call-template name="exit-table"/>
      <xsl:call-template name="exit-notes"/>
    </xsl:if>
  </xsl:template>

  <!-- A column per month, its number above. -->
  <xsl:template name="columns-by-month">
    <xsl:variable name="most">
      <xsl:for-each select="$months">
        <xsl:sort select="r:personCount" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="r:personCount"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="step" select="$measure div count($months)"/>
    <xsl:variable name="bar" select="28 * ($step &gt; 36)
        + ($step - 4) * not($step &gt; 36)"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$months">
        <xsl:if test="position() &gt; 1"><xsl:value-of select="w:t('semicolon')"/></xsl:if>
        <xsl:value-of select="concat(w:month(r:month), ' ', r:personCount)"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:block>
      <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
        <svg:svg width="{$measure}pt" height="104pt" font-family="Inter"
            overflow="visible"
            viewBox="0 0 {$measure} 104">
          <xsl:for-each select="$months">
            <xsl:variable name="x" select="($step - $bar) div 2
                + (position() - 1) * $step"/>
            <xsl:variable name="height" select="72 * r:personCount div $most"/>
            <svg:rect x="{g:n($x)}" y="{g:n(88 - $height)}" width="{g:n($bar)}"
                height="{g:n($height)}" fill="{$accent-soft}"/>
            <svg:rect x="{g:n($x)}" y="{g:n(88 - $height)}" width="{g:n($bar)}"
                height="2" fill="{$accent}"/>
            <svg:text x="{g:n($x + $bar div 2)}" y="{g:n(84 - $height)}"
                font-size="9.5" font-weight="600" fill="{$ink}"
                text-anchor="middle">
              <xsl:value-of select="r:personCount"/>
            </svg:text>
            <svg:text x="{g:n($x + $bar div 2)}" y="100" font-size="8"
                fill="{$secondary}" text-anchor="middle">
              <xsl:value-of select="w:t(concat('month.tick.',
                  number(substring(r:month, 6, 2))))"/>
            </svg:text>
          </xsl:for-each>
          <svg:line x1="0" x2="{$measure}" y1="88" y2="88" stroke="{$hairline}"
              stroke-width="0.5"/>
        </svg:svg>
      </fo:instream-foreign-object>
    </fo:block>
  </xsl:template>

  <!-- Steps by kind, with their hours where they say them. -->
  <xsl:template name="steps">
    <xsl:variable name="steps" select="$figures[starts-with(r:figureName,
        'step.')]"/>
    <xsl:if test="$steps">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('steps-done')"/>
        <xsl:with-param name="id" select="'steps'"/>
      </xsl:call-template>
      <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
        <fo:table-column column-width="proportional-column-width(1)"/>
        <fo:table-column column-width="90pt"/>
        <fo:table-column column-width="90pt"/>
        <fo:table-header xsl:use-attribute-sets="table-head">
          <fo:table-row>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('exit-kind')"/>
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('steps')"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('hours')"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="$steps">
            <xsl:sort select="r:figureValue" data-type="number"
                order="descending"/>
            <xsl:variable name="kind" select="substring-after(r:figureName, '.')"/>
            <xsl:variable name="hours" select="$figures[r:figureName
                = concat('hours.', $kind)]/r:figureValue"/>
            <fo:table-row>
              <xsl:call-template name="row-keeps"/>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="w:e('step-kind', $kind)"/>
                <xsl:with-param name="row" select="position()"/>
              </xsl:call-template>
              <xsl:call-template name="number-cell">
                <xsl:with-param name="text" select="w:num(r:figureValue)"/>
                <xsl:with-param name="right" select="'0pt'"/>
              </xsl:call-template>
              <xsl:call-template name="number-cell">
                <xsl:with-param name="text">
                  <xsl:if test="$hours"><xsl:value-of select="w:num($hours)"/></xsl:if>
                </xsl:with-param>
                <xsl:with-param name="right" select="'0pt'"/>
              </xsl:call-template>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
