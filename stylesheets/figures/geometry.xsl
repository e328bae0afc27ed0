<?xml version="1.0" encoding="UTF-8"?>
<!--
  Geometry of the figures: angles, days as numbers, and how wide a text will
  be.  A stylesheet has no font metrics, so widths are estimated from Inter's
  by classes of letters, a little wide, and labels are wrapped by them.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:func="http://exslt.org/functions"
    xmlns:math="http://exslt.org/math"
    xmlns:str="http://exslt.org/strings"
    xmlns:exsl="http://exslt.org/common"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="func math str exsl"
    exclude-result-prefixes="g">

  <!-- A coordinate with at most two decimals. -->
  <func:function name="g:n">
    <xsl:param name="n"/>
    <func:result select="round($n * 100) div 100"/>
  </func:function>

  <!-- Degrees, clockwise from the top as on a clock. -->
  <func:function name="g:x">
    <xsl:param name="centre"/>
    <xsl:param name="radius"/>
    <xsl:param name="angle"/>
    <func:result select="$centre
        + $radius * math:sin($angle * 3.14159265358979 div 180)"/>
  </func:function>

  <func:function name="g:y">
    <xsl:param name="centre"/>
    <xsl:param name="radius"/>
    <xsl:param name="angle"/>
    <func:result select="$centre
        - $radius * math:cos($angle * 3.14159265358979 div 180)"/>
  </func:function>

  <!-- "x y" of a point on a circle, for path data. -->
  <func:function name="g:point">
    <xsl:param name="cx"/>
    <xsl:param name="cy"/>
    <xsl:param name="radius"/>
    <xsl:param name="angle"/>
    <xsl:variable name="a" select="$angle * 3.14159265358979 div 180"/>
    <func:result select="concat(
        round(($cx + $radius * math:sin($a)) * 100) div 100, ' ',
        round(($cy - $radius * math:cos($a)) * 100) div 100)"/>
  </func:function>

  <!-- The day of a date, counted from the first of March of the year 0, so
       that leap days stand at the end of a year. -->
  <func:function name="g:day">
    <xsl:param name="date"/>
    <xsl:variable name="m" select="number(substring($date, 6, 2))"/>
    <xsl:variable name="y" select="number(substring($date, 1, 4))
        - ($m &lt; 3)"/>
    <xsl:variable name="mp" select="($m + 9) mod 12"/>
    <func:result select="365 * $y + floor($y div 4) - floor($y div 100)
        + floor($y div 400) + floor((153 * $mp + 2) div 5)
        + number(substring(concat($date, '-01'), 9, 2)) - 1"/>
  </func:function>

  <!-- The first day of the month n months after a date's, as a date. -->
  <func:function name="g:month-start">
    <xsl:param name="date"/>
    <xsl:param name="n"/>
    <xsl:variable name="months" select="12 * number(substring($date, 1, 4))
        + number(substring($date, 6, 2)) - 1 + $n"/>
    <func:result select="concat(format-number(floor($months div 12), '0000'),
        '-', format-number($months mod 12 + 1, '00'), '-01')"/>
  </func:function>

  <!-- Months from one date's month to another's. -->
  <func:function name="g:months">
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <func:result select="12 * (number(substring($to, 1, 4))
        - number(substring($from, 1, 4))) + number(substring($to, 6, 2))
        - number(substring($from, 6, 2))"/>
  </func:function>

  <xsl:variable name="g:usual" select="'esanuodcpégvbhqxyèkêz'"/>
  <xsl:variable name="g:thin"
      select='" ijlI.,;:!&apos;’|·&#xA0;&#x202F;"'/>
  <xsl:variable name="g:slim"
      select="'frt()-/1'"/>
  <xsl:variable name="g:broad"
      select="'ABCDEFGHKLNOPQRSTUVXYZÀÂÇÉÈÊËÎÔÛŁŞ&amp;&#x2013;'"/>
  <xsl:variable name="g:wide"
      select="'mwMWŒœæÆ%&#x2014;&#x2192;'"/>

  <!-- The width of a text at a size, in the unit of the size. -->
  <func:function name="g:width">
    <xsl:param name="text"/>
    <xsl:param name="size"/>
    <xsl:variable name="all" select="string-length($text)"/>
    <!-- No letter is in two classes, so each looks at what the ones before
         left; most letters are in none and go first. -->
    <xsl:variable name="a" select="translate($text, $g:usual, '')"/>
    <xsl:variable name="b" select="translate($a, $g:thin, '')"/>
    <xsl:variable name="c" select="translate($b, $g:slim, '')"/>
    <xsl:variable name="d" select="translate($c, $g:broad, '')"/>
    <xsl:variable name="e" select="translate($d, $g:wide, '')"/>
    <xsl:variable name="thin" select="string-length($a) - string-length($b)"/>
    <xsl:variable name="slim" select="string-length($b) - string-length($c)"/>
    <xsl:variable name="broad" select="string-length($c) - string-length($d)"/>
    <xsl:variable name="wide" select="string-length($d) - string-length($e)"/>
    <func:result select="$size * (0.29 * $thin + 0.41 * $slim
        + 0.71 * $broad + 0.93 * $wide
        + 0.6 * ($all - $thin - $slim - $broad - $wide))"/>
  </func:function>

  <!-- A text as <line> elements none wider than `room` unless one word is:
       as many lines as needed, filled evenly rather than greedily. -->
  <xsl:template name="g:lines">
    <xsl:param name="text"/>
    <xsl:param name="room"/>
    <xsl:param name="size" select="8"/>
    <xsl:variable name="plain" select="normalize-space($text)"/>
    <xsl:variable name="width" select="g:width($plain, $size)"/>
    <xsl:variable name="even" select="$width div ceiling($width div $room)
        * 1.12 + 0.6 * $size"/>
    <xsl:call-template name="g:fill">
      <xsl:with-param name="words" select="$plain"/>
      <xsl:with-param name="size" select="$size"/>
      <xsl:with-param name="room">
        <xsl:choose>
          <xsl:when test="$width &lt;= $room or $even &gt; $room">
            <xsl:value-of select="$room"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$even"/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="g:fill">
    <xsl:param name="line" select="''"/>
    <xsl:param name="words"/>
    <xsl:param name="room"/>
    <xsl:param name="size"/>
    <xsl:variable name="word">
      <xsl:choose>
        <xsl:when test="contains($words, ' ')">
          <xsl:value-of select="substring-before($words, ' ')"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="longer" select="normalize-space(concat($line, ' ',
        $word))"/>
    <xsl:variable name="fits" select="$line = ''
        or g:width($longer, $size) &lt;= $room"/>
    <xsl:choose>
      <xsl:when test="$words = ''">
        <xsl:if test="$line != ''">
          <line><xsl:value-of select="$line"/></line>
        </xsl:if>
      </xsl:when>
      <xsl:when test="$fits">
        <xsl:call-template name="g:fill">
          <xsl:with-param name="line" select="$longer"/>
          <xsl:with-param name="words" select="substring-after($words, ' ')"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="size" select="$size"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <line><xsl:value-of select="$line"/></line>
        <xsl:call-template name="g:fill">
          <xsl:with-param name="words" select="$words"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="size" select="$size"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Lines of a label as SVG text: `align` says where y is: the first
       baseline (top), the middle of the block, or the last baseline. -->
  <xsl:template name="g:label">
    <xsl:param name="text"/>
    <xsl:param name="room"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="size" select="8"/>
    <xsl:param name="leading" select="$size * 1.2"/>
    <xsl:param name="anchor" select="'start'"/>
    <xsl:param name="align" select="'top'"/>
    <xsl:param name="fill" select="$ink"/>
    <xsl:param name="weight" select="'400'"/>
    <xsl:variable name="lines">
      <xsl:call-template name="g:lines">
        <xsl:with-param name="text" select="$text"/>
        <xsl:with-param name="room" select="$room"/>
        <xsl:with-param name="size" select="$size"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="count" select="count(exsl:node-set($lines)/line)"/>
    <xsl:variable name="first">
      <xsl:choose>
        <xsl:when test="$align = 'middle'">
          <xsl:value-of select="$y - ($count - 1) * $leading div 2
              + 0.36 * $size"/>
        </xsl:when>
        <xsl:when test="$align = 'bottom'">
          <xsl:value-of select="$y - ($count - 1) * $leading"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$y"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:for-each select="exsl:node-set($lines)/line">
      <svg:text x="{g:n($x)}" y="{g:n($first + (position() - 1) * $leading)}"
          font-size="{$size}" fill="{$fill}" text-anchor="{$anchor}"
          font-weight="{$weight}">
        <xsl:value-of select="."/>
      </svg:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
