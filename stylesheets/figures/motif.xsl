<?xml version="1.0" encoding="UTF-8"?>
<!--
  Motif: tiles of quarter circles, discs and halves in the accent colour, the
  same for the same organisation: the seed is the length of its name.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:g="urn:parcours:figure"
    exclude-result-prefixes="g">

  <xsl:template name="motif">
    <xsl:param name="columns"/>
    <xsl:param name="rows"/>
    <xsl:param name="width"/>
    <xsl:param name="seed"/>
    <xsl:variable name="t" select="$width div $columns"/>
    <fo:instream-foreign-object role="Artifact">
      <svg:svg width="{g:n($width)}pt" height="{g:n($t * $rows)}pt"
          viewBox="0 0 {g:n($width)} {g:n($t * $rows)}">
        <svg:rect x="0" y="0" width="{g:n($width)}"
            height="{g:n($t * $rows)}" fill="{$accent-pale}"/>
        <xsl:call-template name="g:tile">
          <xsl:with-param name="n" select="$columns * $rows"/>
          <xsl:with-param name="columns" select="$columns"/>
          <xsl:with-param name="t" select="$t"/>
          <xsl:with-param name="seed" select="$seed"/>
        </xsl:call-template>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- A small congruential sequence picks shape, turn and shade of each. -->
  <xsl:template name="g:tile">
    <xsl:param name="i" select="0"/>
    <xsl:param name="n"/>
    <xsl:param name="columns"/>
    <xsl:param name="t"/>
    <xsl:param name="seed"/>
    <xsl:if test="$i &lt; $n">
      <xsl:variable name="next" select="($seed * 137 + 71) mod 1009"/>
      <xsl:variable name="shape" select="floor($next div 7) mod 6"/>
      <xsl:variable name="turn" select="90 * (floor($next div 41) mod 4)"/>
      <xsl:variable name="fill">
        <xsl:choose>
          <xsl:when test="$next mod 3 = 0">
            <xsl:value-of select="$accent-soft"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$accent"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="x" select="g:n(($i mod $columns) * $t)"/>
      <xsl:variable name="y" select="g:n(floor($i div $columns) * $t)"/>
      <xsl:variable name="h" select="g:n($t div 2)"/>
      <svg:g fill="{$fill}"
          transform="translate({$x} {$y}) rotate({$turn} {$h} {$h})">
        <xsl:choose>
          <xsl:when test="$shape = 0 or $shape = 1">
            <svg:path d="M0 0 H{g:n($t)} A{g:n($t)} {g:n($t)} 0 0 1 0 {g:n($t)} Z"/>
          </xsl:when>
          <xsl:when test="$shape = 2">
            <svg:path d="M0 0 H{g:n($t)} L0 {g:n($t)} Z"/>
          </xsl:when>
          <xsl:when test="$shape = 3">
            <svg:circle cx="{$h}" cy="{$h}" r="{g:n($t * 0.5)}"/>
            <svg:circle cx="{$h}" cy="{$h}" r="{g:n($t * 0.2)}"
                fill="{$accent-pale}"/>
          </xsl:when>
          <xsl:when test="$shape = 4">
            <svg:path d="M0 0 H{$h} V{g:n($t)} H0 Z"/>
          </xsl:when>
          <xsl:otherwise>
            <svg:path d="M0 {g:n($t)} A{$h} {$h} 0 0 1 {g:n($t)} {g:n($t)} Z"/>
          </xsl:otherwise>
        </xsl:choose>
      </svg:g>
      <xsl:call-template name="g:tile">
        <xsl:with-param name="i" select="$i + 1"/>
        <xsl:with-param name="n" select="$n"/>
        <xsl:with-param name="columns" select="$columns"/>
        <xsl:with-param name="t" select="$t"/>
        <xsl:with-param name="seed" select="$next"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
