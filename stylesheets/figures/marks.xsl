<?xml version="1.0" encoding="UTF-8"?>
<!--
  Small marks that stand in lines and cells: bullets, tick boxes, trend
  arrows, level dots, results and icons.  Drawn here, never fetched from a
  font.  A mark that says something has its text twin; one that only
  decorates is an artifact.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:func="http://exslt.org/functions"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="func"
    exclude-result-prefixes="g w">

  <xsl:template name="bullet">
    <fo:instream-foreign-object role="Artifact" baseline-shift="2.6pt">
      <svg:svg width="5pt" height="2pt" viewBox="0 0 5 2">
        <svg:rect x="0" y="0.4" width="5" height="1.2" rx="0.6"
            fill="{$accent}"/>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- A box to tick, or ticked. -->
  <xsl:template name="tick-box">
    <xsl:param name="ticked" select="false()"/>
    <xsl:param name="size" select="10"/>
    <xsl:variable name="twin">
      <xsl:choose>
        <xsl:when test="$ticked">
          <xsl:value-of select="w:t('box.ticked')"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="w:t('box.empty')"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}"
        baseline-shift="-1.2pt">
      <svg:svg width="{$size}pt" height="{$size}pt" viewBox="0 0 12 12">
        <svg:rect x="0.6" y="0.6" width="10.8" height="10.8" rx="1.6"
            fill="#FFFFFF" stroke="{$ink}" stroke-width="1"/>
        <xsl:if test="$ticked">
          <svg:path d="M2.9 6.4 L5.1 8.7 L9.3 3.4" fill="none"
              stroke="{$ink}" stroke-width="1.6" stroke-linecap="round"
              stroke-linejoin="round"/>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- ↗ → ↘ ; a first rating is a small open ring. -->
  <xsl:template name="trend">
    <xsl:param name="trend"/>
    <xsl:if test="$trend != 'none' and $trend != ''">
      <fo:instream-foreign-object role="Figure"
          fox:alt-text="{w:e('trend', $trend)}" baseline-shift="-2.4pt">
        <svg:svg width="12pt" height="12pt" viewBox="0 0 12 12">
          <xsl:choose>
            <xsl:when test="$trend = 'first'">
              <svg:circle cx="6" cy="6" r="2" fill="none"
                  stroke="{$secondary}" stroke-width="1"/>
            </xsl:when>
            <xsl:otherwise>
              <svg:g fill="none" stroke-width="1.3" stroke-linecap="round"
                  stroke-linejoin="round" stroke="{$ink}">
                <xsl:attribute name="transform">
                  <xsl:choose>
                    <xsl:when test="$trend = 'up'">rotate(-45 6 6)</xsl:when>
                    <xsl:when test="$trend = 'down'">rotate(45 6 6)</xsl:when>
                    <xsl:otherwise>rotate(0 6 6)</xsl:otherwise>
                  </xsl:choose>
                </xsl:attribute>
                <svg:path d="M1.4 6 H10.2 M6.9 2.7 L10.4 6 L6.9 9.3"/>
              </svg:g>
            </xsl:otherwise>
          </xsl:choose>
        </svg:svg>
      </fo:instream-foreign-object>
    </xsl:if>
  </xsl:template>

  <!-- As many dots as the scale has levels, filled up to the level. -->
  <xsl:template name="level-dots">
    <xsl:param name="level"/>
    <xsl:param name="levels"/>
    <xsl:param name="twin"/>
    <xsl:variable name="count" select="count($levels)"/>
    <fo:instream-foreign-object role="Artifact">
      <xsl:if test="$twin != ''">
        <xsl:attribute name="role">Figure</xsl:attribute>
        <xsl:attribute name="fox:alt-text">
          <xsl:value-of select="$twin"/>
        </xsl:attribute>
      </xsl:if>
      <svg:svg width="{$count * 9}pt" height="7pt"
          viewBox="0 0 {$count * 9} 7">
        <xsl:for-each select="$levels">
          <xsl:sort select="@value" data-type="number"/>
          <svg:circle cx="{position() * 9 - 5}" cy="3.5" r="2.9"
              stroke="{$accent}" stroke-width="0.9">
            <xsl:attribute name="fill">
              <xsl:choose>
                <xsl:when test="@value &lt;= $level">
                  <xsl:value-of select="$accent"/>
                </xsl:when>
                <xsl:otherwise>#FFFFFF</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:circle>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- An objective's result: full, half or empty disc. -->
  <xsl:template name="result">
    <xsl:param name="reached"/>
    <fo:instream-foreign-object role="Figure" baseline-shift="-1.5pt">
      <xsl:attribute name="fox:alt-text">
        <xsl:choose>
          <xsl:when test="$reached != ''">
            <xsl:value-of select="w:e('reached', $reached)"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="w:t('not-rated')"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <svg:svg width="12pt" height="12pt" viewBox="0 0 12 12">
        <svg:circle cx="6" cy="6" r="4.9" fill="#FFFFFF" stroke="{$ink}"
            stroke-width="1">
          <xsl:if test="$reached = ''">
            <xsl:attribute name="stroke-dasharray">2 1.6</xsl:attribute>
          </xsl:if>
        </svg:circle>
        <xsl:choose>
          <xsl:when test="$reached = 'yes'">
            <svg:circle cx="6" cy="6" r="4.9" fill="{$ink}"/>
            <svg:path d="M3.6 6.3 L5.3 8 L8.5 4.2" fill="none"
                stroke="#FFFFFF" stroke-width="1.3" stroke-linecap="round"
                stroke-linejoin="round"/>
          </xsl:when>
          <xsl:when test="$reached = 'partly'">
            <svg:path d="M6 1.1 A4.9 4.9 0 0 0 6 10.9 Z" fill="{$ink}"/>
          </xsl:when>
        </xsl:choose>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- Icons of a 24-unit square, stroke only. -->
  <xsl:variable name="g:icons" select="document('icons.xml')/icons/icon"/>

  <xsl:template name="icon-shape">
    <xsl:param name="name"/>
    <xsl:param name="stroke" select="$accent"/>
    <xsl:param name="line" select="1.5"/>
    <svg:path d="{$g:icons[@name = $name]/@d}" fill="none" stroke="{$stroke}"
        stroke-width="{$line}" stroke-linecap="round"
        stroke-linejoin="round"/>
  </xsl:template>

  <xsl:template name="icon">
    <xsl:param name="name"/>
    <xsl:param name="size" select="18"/>
    <xsl:param name="shift" select="'-4pt'"/>
    <fo:instream-foreign-object role="Artifact" baseline-shift="{$shift}">
      <svg:svg width="{$size}pt" height="{$size}pt" viewBox="0 0 24 24">
        <xsl:call-template name="icon-shape">
          <xsl:with-param name="name" select="$name"/>
        </xsl:call-template>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
  <!-- ○ self   ● other, centred on cx or from x on -->
  <xsl:template name="g:legend">
    <xsl:param name="self-name"/>
    <xsl:param name="other-name"/>
    <xsl:param name="cx" select="0"/>
    <xsl:param name="y"/>
    <xsl:param name="x" select="$cx - (g:width($self-name, 8.5)
        + g:width($other-name, 8.5) + 80) div 2"/>
    <xsl:variable name="ws" select="g:width($self-name, 8.5)"/>

    <svg:g stroke-width="1">
      <svg:line x1="{g:n($x)}" y1="{$y - 3}" x2="{g:n($x + 22)}" y2="{$y - 3}"
          stroke="{$ink}" stroke-dasharray="3 2"/>
      <svg:circle cx="{g:n($x + 11)}" cy="{$y - 3}" r="3.4" fill="#FFFFFF"
          stroke="{$ink}"/>
      <svg:line x1="{g:n($x + $ws + 46)}" y1="{$y - 3}"
          x2="{g:n($x + $ws + 68)}" y2="{$y - 3}" stroke="{$accent}"
          stroke-width="1.5"/>
      <svg:circle cx="{g:n($x + $ws + 57)}" cy="{$y - 3}" r="3.4"
          fill="{$accent}"/>
    </svg:g>
    <svg:text x="{g:n($x + 27)}" y="{$y}" font-size="8.5" fill="{$ink}">
      <xsl:value-of select="$self-name"/>
    </svg:text>
    <svg:text x="{g:n($x + $ws + 73)}" y="{$y}" font-size="8.5" fill="{$ink}">
      <xsl:value-of select="$other-name"/>
    </svg:text>
  </xsl:template>

  <!-- A mean between two levels is named by its number. -->
  <func:function name="g:level-name">
    <xsl:param name="value"/>
    <xsl:param name="levels"/>
    <xsl:choose>
      <xsl:when test="$levels[@value = $value]">
        <func:result select="string($levels[@value = $value]/@label)"/>
      </xsl:when>
      <xsl:when test="string(number($value)) = 'NaN'">
        <func:result select="w:t('not-rated')"/>
      </xsl:when>
      <xsl:otherwise><func:result select="w:num($value)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
