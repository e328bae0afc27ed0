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
    <fo:instream-foreign-object role="Figure" baseline-shift="-2.6pt"
        fox:alt-text="{w:t(
        'figure.dumbbell', concat($self-name, w:t('colon'),
        g:level-name($self, $levels)), concat($other-name, w:t('colon'),
        g:level-name($other, $levels)))}">
      <svg:svg width="{$width}pt" height="12pt" viewBox="0 0.5 {$width} 12"
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
                <xsl:when test="$has-other and $self = $other">5.2</xsl:when>
                <xsl:otherwise>4.2</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:circle>
        </xsl:if>
        <xsl:if test="$has-other">
          <svg:circle cx="{g:n($xo)}" cy="6.5" fill="{$accent}">
            <xsl:attribute name="r">
              <xsl:choose>
                <xsl:when test="$has-self and $self = $other">3.2</xsl:when>
                <xsl:otherwise>4.8</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:circle>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- The steps' names above the rails; where they would touch, every second
       one stands higher.  The last may reach `after` past the rail. -->
  <xsl:template name="dumbbell-head">
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:param name="after" select="8"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="steps" select="count($levels) - 1"/>
    <xsl:variable name="edge" select="$width div (2 * ($steps + 1))"/>
    <xsl:variable name="step" select="($width - 2 * $edge) div $steps"/>
    <xsl:variable name="stagger" select="number(boolean(
        $levels[g:width(@label, 8) + 6 &gt; $step]))"/>
    <xsl:variable name="height" select="30 + 6 * $stagger"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$levels">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="@label"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
      <svg:svg width="{$width + $after}pt" height="{$height}pt"
          viewBox="0 0 {$width + $after} {$height}" font-family="Inter">
        <xsl:for-each select="$levels">
          <xsl:variable name="x" select="$edge + (@value - $low) * $step"/>
          <xsl:variable name="lift" select="$stagger
              * (position() mod 2 = 1) * 12"/>
          <xsl:variable name="half" select="g:width(@label, 8) div 2"/>
          <svg:line x1="{g:n($x)}" x2="{g:n($x)}" y2="{$height}"
              y1="{g:n($height - 4 - $lift)}" stroke="{$hairline}"
              stroke-width="0.5"/>
          <xsl:call-template name="g:label">
            <xsl:with-param name="text" select="@label"/>
            <xsl:with-param name="room" select="(1 + $stagger) * $step - 4"/>
            <xsl:with-param name="y" select="$height - 7 - $lift"/>
            <xsl:with-param name="size" select="8"/>
            <xsl:with-param name="leading" select="9.5"/>
            <xsl:with-param name="align" select="'bottom'"/>
            <xsl:with-param name="fill" select="$secondary"/>
            <!-- A name at an end begins or ends with the rail's box. -->
            <xsl:with-param name="x">
              <xsl:choose>
                <xsl:when test="$x - $half &lt; 0">0</xsl:when>
                <xsl:when test="$x + $half &gt; $width + $after">
                  <xsl:value-of select="$width + $after"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$x"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="anchor">
              <xsl:choose>
                <xsl:when test="$x - $half &lt; 0">start</xsl:when>
                <xsl:when test="$x + $half &gt; $width + $after">end</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
</xsl:stylesheet>
