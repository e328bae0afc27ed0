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

  <!-- What all the rails of a table have in common: their path and the names in
       the text twin, once; levels: <level value="" label=""/>. -->
  <xsl:template name="dumbbell-rail">
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="edge" select="8"/>
    <xsl:variable name="step" select="($width - 2 * $edge)
        div (count($levels) - 1)"/>
    <rail low="{$low}" edge="{$edge}" step="{$step}" width="{$width}">
      <xsl:attribute name="d">
        <xsl:value-of select="concat('M', g:n($edge), ' 6.5H',
            g:n($width - $edge))"/>
        <xsl:for-each select="$levels">
          <xsl:value-of select="concat('M',
              g:n($edge + (@value - $low) * $step), ' 4.25V8.75')"/>
        </xsl:for-each>
      </xsl:attribute>
      <xsl:copy-of select="$levels"/>
    </rail>
  </xsl:template>

  <!-- One rail; called once a row, so it calls nothing.  Equal levels: the disc
       inside the ring. -->
  <xsl:template name="dumbbell">
    <xsl:param name="self"/>
    <xsl:param name="other"/>
    <xsl:param name="rail"/>
    <xsl:param name="self-name"/>
    <xsl:param name="other-name"/>
    <xsl:variable name="mine" select="$rail/level[@value = $self]"/>
    <xsl:variable name="theirs" select="$rail/level[@value = $other]"/>
    <xsl:variable name="xs" select="round(100 * ($rail/@edge
        + ($self - $rail/@low) * $rail/@step)) div 100"/>
    <xsl:variable name="xo" select="round(100 * ($rail/@edge
        + ($other - $rail/@low) * $rail/@step)) div 100"/>
    <xsl:variable name="equal" select="$mine and $xs = $xo"/>
    <fo:instream-foreign-object role="Figure" baseline-shift="-2.6pt">
      <xsl:attribute name="fox:alt-text">
        <xsl:value-of select="concat($self-name, $colon, $mine/@label,
            substring($not-rated, 1, 99 * not($mine)), $semicolon, $other-name,
            $colon, $theirs/@label, substring($not-rated, 1,
            99 * not($theirs)))"/>
      </xsl:attribute>
      <svg:svg width="{$rail/@width}pt" height="12pt"
          viewBox="0 0.5 {$rail/@width} 12">
        <svg:path d="{$rail/@d}" stroke="{$hairline}" fill="none">
          <xsl:if test="not($mine or $theirs)">
            <xsl:attribute name="stroke-dasharray">2 2</xsl:attribute>
          </xsl:if>
        </svg:path>
        <xsl:if test="$mine and $theirs and not($equal)">
          <svg:path d="M{$xs} 6.5H{$xo}" stroke="{$secondary}"
              stroke-width="1.5"/>
        </xsl:if>
        <xsl:if test="not($mine or $theirs)">
          <svg:rect x="{$rail/@width div 2 - 11}" y="0" width="22"
              height="13" fill="#FFFFFF"/>
          <svg:text x="{$rail/@width div 2}" y="9.4" font-size="8"
              font-family="Inter" text-anchor="middle" fill="{$secondary}">
            <xsl:value-of select="w:t('not-rated.short')"/>
          </svg:text>
        </xsl:if>
        <xsl:if test="$mine">
          <svg:circle cx="{$xs}" cy="6.5" r="{4.2 + $equal}"
              fill="#FFFFFF" stroke="{$ink}" stroke-width="1.2"/>
        </xsl:if>
        <xsl:if test="$theirs">
          <svg:circle cx="{$xo}" cy="6.5" r="{4.8 - 1.6 * $equal}"
              fill="{$accent}"/>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <xsl:variable name="colon" select="w:t('colon')"/>
  <xsl:variable name="semicolon" select="w:t('semicolon')"/>
  <xsl:variable name="not-rated" select="w:t('not-rated')"/>

  <!-- The steps' names above the rails; where they would touch, every second
       one stands higher.  The first may reach `before` ahead of the rail, the
       last `after` past it. -->
  <xsl:template name="dumbbell-head">
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:param name="before" select="14"/>
    <xsl:param name="after" select="12"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="steps" select="count($levels) - 1"/>
    <xsl:variable name="edge" select="8"/>
    <xsl:variable name="step" select="($width - 2 * $edge) div $steps"/>
    <xsl:variable name="stagger" select="number(boolean(
        $levels[g:width(@label, 8) + 6 &gt; $step]))"/>
    <!-- Lower names of two lines; one at the end has less room. -->
    <xsl:variable name="two" select="$stagger * boolean($levels[position()
        mod 2 = 0][g:width(@label, 8) &gt; 2 * $step - 4
        or g:width(@label, 8) * 1.5 + $edge + (@value - $low) * $step
        &gt; $width + $after + 2 * $step - 4])"/>
    <!-- Upper names of two lines. -->
    <xsl:variable name="tall" select="number(boolean($levels[position()
        mod 2 = 1 or not($stagger)]
        [g:width(@label, 8) &gt; (1 + $stagger) * $step - 4]))"/>
    <xsl:variable name="height" select="17 + 12 * $stagger + 9.5 * $two
        + 9.5 * $tall"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$levels">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="@label"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
      <svg:svg width="{$before + $width + $after}pt" height="{$height}pt"
          viewBox="{-$before} 0 {$before + $width + $after} {$height}"
          font-family="Inter" overflow="visible">
        <xsl:for-each select="$levels">
          <xsl:variable name="x" select="$edge + (@value - $low) * $step"/>
          <xsl:variable name="lift" select="$stagger
              * (position() mod 2 = 1) * (12 + 9.5 * $two)"/>
          <xsl:variable name="half" select="g:width(@label, 8) div 2"/>
          <xsl:variable name="past" select="$x + $half - $width - $after"/>
          <svg:line x1="{g:n($x)}" x2="{g:n($x)}" y2="{$height}"
              y1="{g:n($height - 4 - $lift)}" stroke="{$hairline}"
              stroke-width="0.5"/>
          <xsl:call-template name="g:label">
            <xsl:with-param name="text" select="@label"/>
            <xsl:with-param name="room" select="(1 + $stagger) * $step - 4
                - $past * ($past &gt; 0)"/>
            <xsl:with-param name="y" select="$height - 7 - $lift"/>
            <xsl:with-param name="size" select="8"/>
            <xsl:with-param name="leading" select="9.5"/>
            <xsl:with-param name="align" select="'bottom'"/>
            <xsl:with-param name="fill" select="$secondary"/>
            <!-- A name at an end begins or ends with the rail's box. -->
            <xsl:with-param name="x">
              <xsl:choose>
                <xsl:when test="$x - $half &lt; -$before">
                  <xsl:value-of select="-$before"/>
                </xsl:when>
                <xsl:when test="$past &gt; 0">
                  <xsl:value-of select="$width + $after"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$x"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="anchor">
              <xsl:choose>
                <xsl:when test="$x - $half &lt; -$before">start</xsl:when>
                <xsl:when test="$past &gt; 0">end</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
</xsl:stylesheet>
