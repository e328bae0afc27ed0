<?xml version="1.0" encoding="UTF-8"?>
<!--
  Gauge: hours under a ceiling.  What was counted before is pale, what this
  activity adds is solid, what remains is empty, and what is beyond the
  ceiling is hatched, so that a photocopy tells them apart.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    exclude-result-prefixes="g w">

  <xsl:template name="gauge">
    <xsl:param name="before" select="0"/>
    <xsl:param name="counted"/>
    <xsl:param name="beyond" select="0"/>
    <xsl:param name="ceiling"/>
    <xsl:param name="width"/>
    <xsl:param name="before-label"/>
    <xsl:param name="counted-label"/>
    <xsl:param name="beyond-label"/>
    <xsl:param name="ceiling-label"/>
    <xsl:variable name="all" select="$ceiling + $beyond"/>
    <!-- Room at the end for the ceiling's label. -->
    <xsl:variable name="scale" select="($width - 2) div $all"/>
    <xsl:variable name="x1" select="1 + $before * $scale"/>
    <xsl:variable name="x2" select="$x1 + $counted * $scale"/>
    <xsl:variable name="xc" select="1 + $ceiling * $scale"/>
    <xsl:variable name="height" select="46"/>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{w:t(
        'figure.gauge', w:hours($before + $counted), w:hours($ceiling),
        w:hours($beyond))}">
      <svg:svg width="{$width}pt" height="{$height}pt"
          viewBox="0 0 {$width} {$height}" font-family="Inter"
          overflow="visible">
        <xsl:variable name="y" select="15"/>
        <svg:rect x="1" y="{$y}" width="{g:n($ceiling * $scale)}" height="14"
            fill="#FFFFFF" stroke="{$secondary}" stroke-width="0.5"/>
        <xsl:if test="$before &gt; 0">
          <svg:rect x="1" y="{$y}" width="{g:n($before * $scale)}"
              height="14" fill="{$accent-soft}" stroke="{$secondary}"
              stroke-width="0.5"/>
        </xsl:if>
        <xsl:if test="$counted &gt; 0">
          <svg:rect x="{g:n($x1)}" y="{$y}" width="{g:n($x2 - $x1)}"
              height="14" fill="{$accent}"/>
        </xsl:if>
        <xsl:if test="$beyond &gt; 0">
          <svg:rect x="{g:n($xc)}" y="{$y}" width="{g:n($beyond * $scale)}"
              height="14" fill="#FFFFFF" stroke="{$secondary}"
              stroke-width="0.5"/>
          <xsl:call-template name="g:hatch">
            <xsl:with-param name="x" select="$xc"/>
            <xsl:with-param name="end" select="$xc + $beyond * $scale"/>
            <xsl:with-param name="from" select="$xc - 14"/>
            <xsl:with-param name="y" select="$y"/>
          </xsl:call-template>
        </xsl:if>
        <!-- the ceiling -->
        <svg:line x1="{g:n($xc)}" x2="{g:n($xc)}" y1="{$y - 4}"
            y2="{$y + 14.25}" stroke="{$ink}" stroke-width="1.5"/>
        <svg:text y="8" font-size="8" font-weight="500" fill="{$ink}"
            text-anchor="end" x="{g:n($xc + 0.75)}">
          <xsl:value-of select="$ceiling-label"/>
        </svg:text>
        <!-- what the parts are, each at its own start where there is room -->
        <xsl:if test="$before &gt; 0">
          <svg:text x="1" y="{$y + 26}" font-size="8" fill="{$secondary}">
            <xsl:value-of select="$before-label"/>
          </svg:text>
        </xsl:if>
        <xsl:variable name="after-before" select="($before &gt; 0)
            * (12 + g:width($before-label, 8))"/>
        <xsl:variable name="start" select="$x1 * ($x1 &gt;= $after-before)
            + $after-before * ($x1 &lt; $after-before)"/>
        <xsl:variable name="last" select="$width - 1
            - g:width($counted-label, 8)
            - ($beyond &gt; 0) * (11 + g:width($beyond-label, 8))"/>
        <svg:text y="{$y + 26}" font-size="8" fill="{$ink}"
            x="{g:n($start * ($start &lt;= $last) + $last * ($start &gt; $last))}">
          <xsl:value-of select="$counted-label"/>
        </svg:text>
        <xsl:if test="$beyond &gt; 0">
          <svg:text x="{$width - 1}" y="{$y + 26}" font-size="8"
              fill="{$secondary}" text-anchor="end">
            <xsl:value-of select="$beyond-label"/>
          </svg:text>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- Lines at 45° in a box 14 high from x to end, 3.5 apart. -->
  <xsl:template name="g:hatch">
    <xsl:param name="x"/>
    <xsl:param name="end"/>
    <xsl:param name="from"/>
    <xsl:param name="y"/>
    <xsl:if test="$from &lt; $end">
      <xsl:variable name="left" select="$from * ($from &gt;= $x)
          + $x * ($from &lt; $x)"/>
      <xsl:variable name="right" select="($from + 14) * ($from + 14
          &lt;= $end) + $end * ($from + 14 &gt; $end)"/>
      <xsl:if test="$right &gt; $left">
        <svg:line x1="{g:n($left)}" y1="{g:n($y + 14 - ($left - $from))}"
            x2="{g:n($right)}" y2="{g:n($y + 14 - ($right - $from))}"
            stroke="{$secondary}" stroke-width="0.7"/>
      </xsl:if>
      <xsl:call-template name="g:hatch">
        <xsl:with-param name="x" select="$x"/>
        <xsl:with-param name="end" select="$end"/>
        <xsl:with-param name="from" select="$from + 3.5"/>
        <xsl:with-param name="y" select="$y"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
