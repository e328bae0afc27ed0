<?xml version="1.0" encoding="UTF-8"?>
<!--
  Dumbbell: one rail a skill, ○ self and ● other on the scale's steps, so the
  gap is read without arithmetic.  Not evaluated: an empty dashed rail with
  the words.  The head of the column names the steps.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:math="http://exslt.org/math"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="math"
    exclude-result-prefixes="g w">

  <!-- levels: <level value="" label=""/> -->
  <xsl:template name="dumbbell">
    <xsl:param name="self"/>
    <xsl:param name="other"/>
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:param name="self-name"/>
    <xsl:param name="other-name"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="steps" select="count($levels) - 1"/>
    <xsl:variable name="edge" select="$width div (2 * ($steps + 1))"/>
    <xsl:variable name="step" select="($width - 2 * $edge) div $steps"/>
    <xsl:variable name="has-self" select="string(number($self)) != 'NaN'"/>
    <xsl:variable name="has-other" select="string(number($other)) != 'NaN'"/>
    <xsl:variable name="xs" select="$edge + ($self - $low) * $step"/>
    <xsl:variable name="xo" select="$edge + ($other - $low) * $step"/>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{w:t(
        'figure.dumbbell', concat($self-name, w:t('colon'),
        g:level-name($self, $levels)), concat($other-name, w:t('colon'),
        g:level-name($other, $levels)))}">
      <svg:svg width="{$width}pt" height="13pt" viewBox="0 0 {$width} 13"
          font-family="Inter">
        <svg:line x1="{g:n($edge)}" y1="6.5" x2="{g:n($width - $edge)}"
            y2="6.5" stroke="{$hairline}" stroke-width="1">
          <xsl:if test="not($has-self or $has-other)">
            <xsl:attribute name="stroke-dasharray">2 2</xsl:attribute>
          </xsl:if>
        </svg:line>
        <xsl:for-each select="$levels">
          <svg:line x1="{g:n($edge + (@value - $low) * $step)}" y1="4.25"
              x2="{g:n($edge + (@value - $low) * $step)}" y2="8.75"
              stroke="{$hairline}" stroke-width="1"/>
        </xsl:for-each>
        <xsl:choose>
          <xsl:when test="$has-self and $has-other and $self != $other">
            <svg:line x1="{g:n($xs)}" y1="6.5" x2="{g:n($xo)}" y2="6.5"
                stroke="{$secondary}" stroke-width="1.5"/>
          </xsl:when>
          <xsl:when test="not($has-self or $has-other)">
            <svg:rect x="{g:n($width div 2 - 11)}" y="0" width="22"
                height="13" fill="#FFFFFF"/>
            <svg:text x="{g:n($width div 2)}" y="9.4" font-size="8"
                text-anchor="middle" fill="{$secondary}">
              <xsl:value-of select="w:t('not-rated.short')"/>
            </svg:text>
          </xsl:when>
        </xsl:choose>
        <!-- Equal levels: the disc inside the ring. -->
        <xsl:if test="$has-self">
          <svg:circle cx="{g:n($xs)}" cy="6.5" fill="#FFFFFF"
              stroke="{$ink}" stroke-width="1.2">
            <xsl:attribute name="r">
              <xsl:choose>
                <xsl:when test="$has-other and $self = $other">5.6</xsl:when>
                <xsl:otherwise>4.2</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:circle>
        </xsl:if>
        <xsl:if test="$has-other">
          <svg:circle cx="{g:n($xo)}" cy="6.5" fill="{$accent}">
            <xsl:attribute name="r">
              <xsl:choose>
                <xsl:when test="$has-self and $self = $other">3.4</xsl:when>
                <xsl:otherwise>4.8</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:circle>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- The steps' names above the rails. -->
  <xsl:template name="dumbbell-head">
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="steps" select="count($levels) - 1"/>
    <xsl:variable name="edge" select="$width div (2 * ($steps + 1))"/>
    <xsl:variable name="step" select="($width - 2 * $edge) div $steps"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$levels">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="@label"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
      <svg:svg width="{$width}pt" height="30pt" viewBox="0 0 {$width} 30"
          font-family="Inter">
        <xsl:for-each select="$levels">
          <xsl:call-template name="g:label">
            <xsl:with-param name="text" select="@label"/>
            <xsl:with-param name="room" select="$step - 2"/>
            <xsl:with-param name="x" select="$edge + (@value - $low) * $step"/>
            <xsl:with-param name="y" select="27"/>
            <xsl:with-param name="size" select="8"/>
            <xsl:with-param name="leading" select="9.5"/>
            <xsl:with-param name="anchor" select="'middle'"/>
            <xsl:with-param name="align" select="'bottom'"/>
            <xsl:with-param name="fill" select="$secondary"/>
          </xsl:call-template>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
</xsl:stylesheet>
