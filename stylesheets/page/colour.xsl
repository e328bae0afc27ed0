<?xml version="1.0" encoding="UTF-8"?>
<!--
  Colour: ink, secondary ink, hairline and tint of every page, and the accent
  of the organisation's record, darkened until it can be read on white
  (contrast of WCAG 2.1 of at least 4.5 : 1).
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:func="http://exslt.org/functions"
    xmlns:math="http://exslt.org/math"
    xmlns:c="urn:parcours:colour"
    extension-element-prefixes="func math"
    exclude-result-prefixes="c">

  <xsl:variable name="ink" select="'#1F2933'"/>
  <xsl:variable name="secondary" select="'#52606D'"/>
  <xsl:variable name="hairline" select="'#CBD2D9'"/>
  <xsl:variable name="tint" select="'#F5F7FA'"/>
  <xsl:variable name="accent" select="c:readable($accent-asked)"/>
  <!-- The accent under figures: fills that a photocopier leaves light. -->
  <xsl:variable name="accent-pale" select="c:mix($accent, 0.10)"/>
  <xsl:variable name="accent-soft" select="c:mix($accent, 0.28)"/>

  <xsl:variable name="c:hex" select="'0123456789ABCDEF'"/>

  <!-- Channel 1, 2 or 3 of #RRGGBB, from 0 to 255. -->
  <func:function name="c:channel">
    <xsl:param name="colour"/>
    <xsl:param name="n"/>
    <xsl:variable name="pair" select="substring(translate($colour, 'abcdef',
        'ABCDEF'), 2 * $n, 2)"/>
    <func:result select="16 * string-length(substring-before($c:hex,
        substring($pair, 1, 1))) + string-length(substring-before($c:hex,
        substring($pair, 2, 1)))"/>
  </func:function>

  <func:function name="c:linear">
    <xsl:param name="byte"/>
    <xsl:choose>
      <xsl:when test="$byte &lt;= 10">
        <func:result select="$byte div 255 div 12.92"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="math:power(($byte div 255 + 0.055) div 1.055,
            2.4)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="c:contrast-on-white">
    <xsl:param name="colour"/>
    <func:result select="1.05 div (0.05
        + 0.2126 * c:linear(c:channel($colour, 1))
        + 0.7152 * c:linear(c:channel($colour, 2))
        + 0.0722 * c:linear(c:channel($colour, 3)))"/>
  </func:function>

  <func:function name="c:byte">
    <xsl:param name="n"/>
    <xsl:variable name="byte" select="round($n)"/>
    <func:result select="concat(
        substring($c:hex, floor($byte div 16) + 1, 1),
        substring($c:hex, $byte mod 16 + 1, 1))"/>
  </func:function>

  <!-- A share (0 to 1) of a colour laid on white. -->
  <func:function name="c:mix">
    <xsl:param name="colour"/>
    <xsl:param name="share"/>
    <func:result select="concat('#',
        c:byte(255 - (255 - c:channel($colour, 1)) * $share),
        c:byte(255 - (255 - c:channel($colour, 2)) * $share),
        c:byte(255 - (255 - c:channel($colour, 3)) * $share))"/>
  </func:function>

  <func:function name="c:darker">
    <xsl:param name="colour"/>
    <func:result select="concat('#',
        c:byte(c:channel($colour, 1) * 0.94),
        c:byte(c:channel($colour, 2) * 0.94),
        c:byte(c:channel($colour, 3) * 0.94))"/>
  </func:function>

  <!-- Each step takes 6 % of the light: hue stays, the end is certain. -->
  <func:function name="c:readable">
    <xsl:param name="colour"/>
    <xsl:choose>
      <xsl:when test="c:contrast-on-white($colour) &gt;= 4.5">
        <func:result select="$colour"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="c:readable(c:darker($colour))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
