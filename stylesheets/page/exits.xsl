<?xml version="1.0" encoding="UTF-8"?>
<!--
  Exits of years: a bar of the categories with the targets as ticks, and the
  table.  Who may see exact numbers reads those; others read what is published,
  where a masked number is said to be one, and drawn hatched.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:px="urn:parcours:fo"
    xmlns:func="http://exslt.org/functions"
    xmlns:r="urn:parcours:record"
    xmlns:g="urn:parcours:figure"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="func"
    exclude-result-prefixes="r g w">

  <xsl:variable name="exits" select="w:rows('exitTable')"/>
  <!-- The first row of each year. -->
  <xsl:variable name="exit-years" select="$exits[not(r:year
      = preceding-sibling::r:row/r:year)]"/>
  <xsl:variable name="masked-exits" select="$exits[not(r:exitCount)]
      [not(r:exitShown)]"/>

  <!-- What may be read of some rows of a year together: empty if one of them
       is masked. -->
  <func:function name="w:exits">
    <xsl:param name="rows"/>
    <xsl:choose>
      <xsl:when test="$rows[not(r:exitCount)][not(r:exitShown)]">
        <func:result select="''"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="sum($rows/r:exitCount)
            + sum($rows[not(r:exitCount)]/r:exitShown)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="w:exit-total">
    <xsl:param name="row"/>
    <func:result select="string(($row/r:exitTotal
        | $row/r:totalShown[not($row/r:exitTotal)])[1])"/>
  </func:function>

  <func:function name="w:tenths">
    <xsl:param name="n"/>
    <func:result select="w:percent-of(round($n * 10) div 10)"/>
  </func:function>

  <func:function name="w:percent-of">
    <xsl:param name="n"/>
    <xsl:choose>
      <xsl:when test="$w:english">
        <func:result select="concat(w:num($n), '%')"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat(w:num($n), '&#xA0;%')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ————— the bar of a year; the context is its first row ————— -->

  <xsl:template name="exit-bar">
    <xsl:param name="width" select="$measure"/>
    <xsl:variable name="year" select="string(r:year)"/>
    <xsl:variable name="rows" select="$exits[r:year = $year]"/>
    <xsl:variable name="total" select="number(w:exit-total(.))"/>
    <xsl:if test="$total &gt; 0">
      <xsl:variable name="scale" select="($width - 2) div $total"/>
      <xsl:variable name="said">
        <xsl:value-of select="w:t('exits.bar', $year)"/>
        <xsl:for-each select="$rows">
          <xsl:value-of select="concat(w:t('semicolon'), w:e('exit',
              r:exitCategory), ' ')"/>
          <xsl:call-template name="exit-number"/>
        </xsl:for-each>
      </xsl:variable>
      <fo:block space-after="6.5pt" keep-with-next.within-page="always">
        <fo:instream-foreign-object role="Figure" fox:alt-text="{$said}">
          <svg:svg width="{$width}pt" height="46pt" font-family="Inter"
              overflow="visible"
              viewBox="0 0 {$width} 46">
            <xsl:call-template name="exit-parts">
              <xsl:with-param name="rows" select="$rows"/>
              <xsl:with-param name="scale" select="$scale"/>
            </xsl:call-template>
            <xsl:variable name="shown" select="sum($rows/r:exitCount)
                + sum($rows[not(r:exitCount)]/r:exitShown)"/>
            <xsl:if test="$shown &lt; $total">
              <svg:rect x="{g:n(1 + $shown * $scale)}" y="14" height="18"
                  width="{g:n(($total - $shown) * $scale)}" fill="#FFFFFF"
                  stroke="{$secondary}" stroke-width="0.5"
                  stroke-dasharray="3 2"/>
              <svg:text x="{g:n(1 + ($shown + $total) div 2 * $scale)}" y="26"
                  font-size="8" text-anchor="middle" fill="{$secondary}">
                <xsl:value-of select="w:t('masked')"/>
              </svg:text>
            </xsl:if>
            <xsl:for-each select="w:rows('exitTarget')">
              <xsl:variable name="x" select="g:n(1 + r:targetValue div 100
                  * ($width - 2))"/>
              <svg:path d="M{$x} 9 V14 M{$x} 32 V37" stroke="{$ink}"
                  stroke-width="1.5" fill="none"/>
              <svg:text x="{$x}" y="45" font-size="8" fill="{$ink}"
                  text-anchor="middle">
                <xsl:value-of select="concat(w:e('target', r:targetName), ' ',
                    w:percent-of(r:targetValue))"/>
              </svg:text>
            </xsl:for-each>
            <svg:text x="0" y="9" font-size="9.5" font-weight="600"
                fill="{$ink}">
              <xsl:value-of select="$year"/>
            </svg:text>
          </svg:svg>
        </fo:instream-foreign-object>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- From solid to empty, in the order of the categories. -->
  <xsl:template name="exit-parts">
    <xsl:param name="rows"/>
    <xsl:param name="scale"/>
    <xsl:for-each select="$rows[r:exitCount &gt; 0 or r:exitShown &gt; 0]">
      <xsl:variable name="rank" select="number(r:categoryRank)"/>
      <xsl:variable name="before" select="$rows[r:categoryRank &lt; $rank]"/>
      <xsl:variable name="n" select="w:exits(.)"/>
      <xsl:variable name="x" select="1 + $scale * (sum($before/r:exitCount)
          + sum($before[not(r:exitCount)]/r:exitShown))"/>
      <xsl:variable name="fill">
        <xsl:choose>
          <xsl:when test="$rank = 1"><xsl:value-of select="$accent"/></xsl:when>
          <xsl:when test="$rank = 2"><xsl:value-of select="$accent-soft"/></xsl:when>
          <xsl:when test="$rank = 3"><xsl:value-of select="$accent-pale"/></xsl:when>
          <xsl:otherwise>#FFFFFF</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="colour">
        <xsl:choose>
          <xsl:when test="$rank = 1">#FFFFFF</xsl:when>
          <xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <svg:rect x="{g:n($x)}" y="14" width="{g:n($n * $scale)}" height="18"
          fill="{$fill}" stroke="{$secondary}" stroke-width="0.5"/>
      <xsl:variable name="label" select="concat(w:e('exit', r:exitCategory),
          ' ', w:num($n))"/>
      <svg:text x="{g:n($x + $n * $scale div 2)}" y="26" font-size="8"
          font-weight="500" text-anchor="middle" fill="{$colour}">
        <xsl:choose>
          <xsl:when test="g:width($label, 8) &lt; $n * $scale - 6">
            <xsl:value-of select="$label"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="w:num($n)"/></xsl:otherwise>
        </xsl:choose>
      </svg:text>
    </xsl:for-each>
  </xsl:template>

  <!-- ————— the table ————— -->

  <xsl:template name="exit-number">
    <xsl:choose>
      <xsl:when test="string(w:exits(.)) = ''">
        <xsl:value-of select="w:t('masked')"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="w:num(w:exits(.))"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="exit-cells">
    <xsl:param name="rows"/>
    <xsl:param name="weight" select="'400'"/>
    <xsl:for-each select="$exit-years">
      <xsl:variable name="year" select="string(r:year)"/>
      <xsl:variable name="of" select="$rows[r:year = $year]"/>
      <xsl:variable name="n" select="string(w:exits($of))"/>
      <xsl:variable name="total" select="w:exit-total(.)"/>
      <xsl:variable name="text">
        <xsl:choose>
          <xsl:when test="$n = ''"><xsl:value-of select="w:t('masked')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="w:num(number($n))"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:call-template name="number-cell">
        <xsl:with-param name="text" select="string($text)"/>
        <xsl:with-param name="right" select="'0pt'"/>
        <xsl:with-param name="weight" select="$weight"/>
      </xsl:call-template>
      <xsl:variable name="share">
        <xsl:if test="$n != '' and $total &gt; 0">
          <xsl:value-of select="w:tenths(100 * $n div $total)"/>
        </xsl:if>
      </xsl:variable>
      <xsl:call-template name="number-cell">
        <xsl:with-param name="text" select="string($share)"/>
        <xsl:with-param name="right" select="'0pt'"/>
        <xsl:with-param name="weight" select="$weight"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="exit-row">
    <xsl:param name="name"/>
    <xsl:param name="rows"/>
    <xsl:param name="weight" select="'400'"/>
    <fo:table-row>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="$name"/>
        <xsl:with-param name="weight" select="$weight"/>
      </xsl:call-template>
      <xsl:call-template name="exit-cells">
        <xsl:with-param name="rows" select="$rows"/>
        <xsl:with-param name="weight" select="$weight"/>
      </xsl:call-template>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="exit-table">
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt"
        space-before="9.75pt" keep-together.within-page="9">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <xsl:for-each select="$exit-years">
        <fo:table-column column-width="64pt"/>
        <fo:table-column column-width="64pt"/>
      </xsl:for-each>
      <fo:table-header xsl:use-attribute-sets="table-head">
        <fo:table-row>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('category')"/>
          </xsl:call-template>
          <xsl:for-each select="$exit-years">
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="concat(w:t('exit-of'), ' ', r:year)"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('share')"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$exits[r:year = $exit-years[1]/r:year]">
          <xsl:variable name="rank" select="string(r:categoryRank)"/>
          <xsl:if test="$rank = '4'">
            <xsl:call-template name="exit-row">
              <xsl:with-param name="name" select="w:t('exit.dynamic')"/>
              <xsl:with-param name="rows" select="$exits[r:categoryRank &lt; 4]"/>
              <xsl:with-param name="weight" select="'600'"/>
            </xsl:call-template>
          </xsl:if>
          <xsl:call-template name="exit-row">
            <xsl:with-param name="name" select="w:e('exit', r:exitCategory)"/>
            <xsl:with-param name="rows" select="$exits[r:categoryRank = $rank]"/>
          </xsl:call-template>
        </xsl:for-each>
        <fo:table-row>
          <xsl:call-template name="text-cell">
            <xsl:with-param name="text" select="w:t('total')"/>
            <xsl:with-param name="weight" select="'600'"/>
          </xsl:call-template>
          <xsl:for-each select="$exit-years">
            <xsl:variable name="total">
              <xsl:choose>
                <xsl:when test="w:exit-total(.) = ''">
                  <xsl:value-of select="w:t('masked')"/>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="w:num(number(w:exit-total(.)))"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:variable>
            <xsl:call-template name="number-cell">
              <xsl:with-param name="text" select="string($total)"/>
              <xsl:with-param name="right" select="'0pt'"/>
              <xsl:with-param name="weight" select="'600'"/>
            </xsl:call-template>
            <xsl:call-template name="number-cell">
              <xsl:with-param name="text" select="''"/>
            </xsl:call-template>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="exit-notes">
    <xsl:if test="$masked-exits">
      <xsl:call-template name="note">
        <xsl:with-param name="text" select="w:t('masked.note')"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="note">
      <xsl:with-param name="text" select="w:t('exits.definition')"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
