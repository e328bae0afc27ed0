<?xml version="1.0" encoding="UTF-8"?>
<!--
  Circle of actors: the worker in the centre, an inner ring of daily actors,
  an outer ring of the institution, the four phases as arcs around them.
  Each actor bears four small bars, filled for the phases in which it acts.
  <actor label="" ring="centre|inner|outer" phases=""/>,
  <phase key="" label=""/> in their order.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:exsl="http://exslt.org/common"
    xmlns:math="http://exslt.org/math"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="exsl math"
    exclude-result-prefixes="g w">

  <xsl:template name="circle">
    <xsl:param name="actors"/>
    <xsl:param name="phases"/>
    <xsl:param name="size"/>
    <xsl:variable name="c" select="$size div 2"/>
    <xsl:variable name="rim" select="$c - 1"/>
    <xsl:variable name="band" select="17"/>
    <xsl:variable name="in" select="$actors[@ring = 'inner']"/>
    <xsl:variable name="out" select="$actors[@ring = 'outer']"/>
    <!-- The outer ring is as large as its names, at their angles, leave it:
         each box ends 3 points before the band. -->
    <xsl:variable name="out-tree">
      <xsl:call-template name="g:boxes">
        <xsl:with-param name="actors" select="$out"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="out-boxes" select="exsl:node-set($out-tree)/box"/>
    <xsl:variable name="reaches">
      <r><xsl:value-of select="$rim - $band - 30"/></r>
      <xsl:for-each select="$out-boxes">
        <xsl:variable name="w" select="@w div 2"/>
        <xsl:variable name="h" select="@h div 2"/>
        <xsl:variable name="b" select="$w * math:abs(g:x(0, 1, @a))
            + $h * math:abs(g:y(0, 1, @a))"/>
        <r>
          <xsl:value-of select="math:sqrt($b * $b + ($rim - $band - 3)
              * ($rim - $band - 3) - $w * $w - $h * $h) - $b"/>
        </r>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="outer" select="math:min(exsl:node-set($reaches)/r)"/>
    <xsl:variable name="inner" select="$outer * 0.56"/>
    <xsl:variable name="in-tree">
      <xsl:call-template name="g:boxes">
        <xsl:with-param name="actors" select="$in"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="in-boxes" select="exsl:node-set($in-tree)/box"/>
    <!-- The inner ring is turned to where its names stand clearest of the
         outer ring's. -->
    <xsl:variable name="out-points">
      <xsl:for-each select="$out-boxes">
        <p x="{g:x(0, $outer, @a)}" y="{g:y(0, $outer, @a)}" w="{@w}" h="{@h}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="turns">
      <xsl:call-template name="g:turns">
        <xsl:with-param name="boxes" select="$in-boxes"/>
        <xsl:with-param name="radius" select="$inner"/>
        <xsl:with-param name="others"
            select="exsl:node-set($out-points)/p"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="turn">
      <xsl:for-each select="exsl:node-set($turns)/turn">
        <xsl:sort select="@room" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@a"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="twin">
      <xsl:value-of select="w:t('figure.circle', $actors[@ring
          = 'centre']/@label)"/>
      <xsl:for-each select="$in | $out">
        <xsl:text> </xsl:text>
        <xsl:value-of select="concat(@label, w:t('colon'))"/>
        <xsl:variable name="mine" select="concat(' ', @phases, ' ')"/>
        <xsl:for-each select="$phases[contains($mine,
            concat(' ', @key, ' '))]">
          <xsl:if test="position() &gt; 1">, </xsl:if>
          <xsl:value-of select="@label"/>
        </xsl:for-each>
        <xsl:text>.</xsl:text>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
      <svg:svg width="{$size}pt" height="{$size}pt"
          viewBox="0 0 {$size} {$size}" font-family="Inter" overflow="visible">
        <xsl:for-each select="$phases">
          <xsl:call-template name="g:arc">
            <xsl:with-param name="c" select="$c"/>
            <xsl:with-param name="r1" select="$rim - $band"/>
            <xsl:with-param name="r2" select="$rim"/>
            <xsl:with-param name="from" select="(position() - 1) * 90 + 1"/>
            <xsl:with-param name="to" select="position() * 90 - 1"/>
            <xsl:with-param name="dark" select="position() mod 2 = 1"/>
            <xsl:with-param name="label"
                select="concat(position(), '&#xA0; ', @label)"/>
          </xsl:call-template>
        </xsl:for-each>
        <svg:circle cx="{$c}" cy="{$c}" r="{g:n($outer)}" fill="none"
            stroke="{$hairline}" stroke-width="1"/>
        <svg:circle cx="{$c}" cy="{$c}" r="{g:n($inner)}" fill="{$tint}"
            stroke="{$hairline}" stroke-width="1"/>
        <xsl:for-each select="$in-boxes">
          <svg:line x1="{$c}" y1="{$c}"
              x2="{g:n(g:x($c, $inner, @a + $turn))}"
              y2="{g:n(g:y($c, $inner, @a + $turn))}" stroke="{$hairline}"
              stroke-width="1"/>
        </xsl:for-each>
        <svg:circle cx="{$c}" cy="{$c}" r="25" fill="{$accent}"/>
        <xsl:call-template name="g:label">
          <xsl:with-param name="text"
              select="$actors[@ring = 'centre']/@label"/>
          <xsl:with-param name="room" select="46"/>
          <xsl:with-param name="x" select="$c"/>
          <xsl:with-param name="y" select="$c"/>
          <xsl:with-param name="size" select="9.5"/>
          <xsl:with-param name="anchor" select="'middle'"/>
          <xsl:with-param name="align" select="'middle'"/>
          <xsl:with-param name="fill" select="'#FFFFFF'"/>
          <xsl:with-param name="weight" select="'600'"/>
        </xsl:call-template>
        <xsl:for-each select="$out-boxes">
          <xsl:call-template name="g:actor">
            <xsl:with-param name="x" select="g:x($c, $outer, @a)"/>
            <xsl:with-param name="y" select="g:y($c, $outer, @a)"/>
            <xsl:with-param name="phases" select="$phases"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="$in-boxes">
          <xsl:call-template name="g:actor">
            <xsl:with-param name="x" select="g:x($c, $inner, @a + $turn)"/>
            <xsl:with-param name="y" select="g:y($c, $inner, @a + $turn)"/>
            <xsl:with-param name="phases" select="$phases"/>
          </xsl:call-template>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- The actors of a ring: the lines of each name, the size of its box and
       its angle. -->
  <xsl:template name="g:boxes">
    <xsl:param name="actors"/>
    <xsl:for-each select="$actors">
      <xsl:variable name="lines">
        <xsl:call-template name="g:lines">
          <xsl:with-param name="text" select="@label"/>
          <xsl:with-param name="room" select="66"/>
          <xsl:with-param name="size" select="8.5"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:variable name="widths">
        <xsl:for-each select="exsl:node-set($lines)/line">
          <n><xsl:value-of select="g:width(., 8.5)"/></n>
        </xsl:for-each>
        <n>34</n>
      </xsl:variable>
      <box phases="{@phases}" a="{360 * (position() - 1) div last()}"
          w="{math:max(exsl:node-set($widths)/n) + 9}"
          h="{count(exsl:node-set($lines)/line) * 10 + 13}">
        <xsl:copy-of select="$lines"/>
      </box>
    </xsl:for-each>
  </xsl:template>

  <!-- For each turn of a ring, the room its tightest name has beside those of
       the other ring. -->
  <xsl:template name="g:turns">
    <xsl:param name="a" select="0"/>
    <xsl:param name="boxes"/>
    <xsl:param name="radius"/>
    <xsl:param name="others"/>
    <xsl:variable name="rooms">
      <xsl:for-each select="$boxes">
        <xsl:variable name="x" select="g:x(0, $radius, @a + $a)"/>
        <xsl:variable name="y" select="g:y(0, $radius, @a + $a)"/>
        <xsl:variable name="w" select="@w"/>
        <xsl:variable name="h" select="@h"/>
        <xsl:for-each select="$others">
          <xsl:variable name="dx" select="math:abs(@x - $x)
              - (@w + $w) div 2"/>
          <xsl:variable name="dy" select="math:abs(@y - $y)
              - (@h + $h) div 2"/>
          <room>
            <xsl:value-of select="$dx * ($dx &gt; $dy)
                + $dy * ($dx &lt;= $dy)"/>
          </room>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <turn a="{$a}" room="{math:min(exsl:node-set($rooms)/room)}"/>
    <xsl:if test="$boxes and $a + 10 &lt; 360 div count($boxes)">
      <xsl:call-template name="g:turns">
        <xsl:with-param name="a" select="$a + 10"/>
        <xsl:with-param name="boxes" select="$boxes"/>
        <xsl:with-param name="radius" select="$radius"/>
        <xsl:with-param name="others" select="$others"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A piece of ring with its name along it. -->
  <xsl:template name="g:arc">
    <xsl:param name="c"/>
    <xsl:param name="r1"/>
    <xsl:param name="r2"/>
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <xsl:param name="dark"/>
    <xsl:param name="label"/>
    <xsl:variable name="fill">
      <xsl:choose>
        <xsl:when test="$dark"><xsl:value-of select="$accent"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$accent-soft"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="ink-on">
      <xsl:choose>
        <xsl:when test="$dark">#FFFFFF</xsl:when>
        <xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <svg:path fill="{$fill}" d="M{g:point($c, $c, $r2, $from)}
        A{$r2} {$r2} 0 0 1 {g:point($c, $c, $r2, $to)}
        L{g:point($c, $c, $r1, $to)}
        A{$r1} {$r1} 0 0 0 {g:point($c, $c, $r1, $from)} Z"/>
    <xsl:variable name="mid" select="($from + $to) div 2"/>
    <!-- Names at the bottom are turned so that none stands on its head. -->
    <xsl:variable name="under" select="$mid &gt; 90 and $mid &lt; 270"/>
    <xsl:variable name="r" select="($r1 + $r2) div 2"/>
    <xsl:variable name="x" select="g:x($c, $r, $mid)"/>
    <xsl:variable name="y" select="g:y($c, $r, $mid)"/>
    <svg:text font-size="8.5" font-weight="600" text-anchor="middle"
        fill="{$ink-on}" x="{g:n($x)}" y="{g:n($y + 2)}"
        transform="rotate({$mid - 180 * $under} {g:n($x)} {g:n($y)})">
      <xsl:value-of select="$label"/>
    </svg:text>
  </xsl:template>

  <!-- The current box at a place. -->
  <xsl:template name="g:actor">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="phases"/>
    <xsl:variable name="w" select="@w"/>
    <xsl:variable name="h" select="@h"/>
    <xsl:variable name="mine" select="concat(' ', @phases, ' ')"/>
    <svg:rect x="{g:n($x - $w div 2)}" y="{g:n($y - $h div 2)}" rx="5"
        width="{g:n($w)}" height="{$h}" fill="#FFFFFF"
        stroke="{$secondary}" stroke-width="0.5"/>
    <xsl:for-each select="line">
      <svg:text x="{g:n($x)}" font-size="8.5" font-weight="500"
          y="{g:n($y - $h div 2 + position() * 10 + 0.5)}"
          text-anchor="middle" fill="{$ink}">
        <xsl:value-of select="."/>
      </svg:text>
    </xsl:for-each>
    <xsl:for-each select="$phases">
      <svg:rect x="{g:n($x - 16.5 + (position() - 1) * 8.5)}" width="7"
          y="{g:n($y + $h div 2 - 7.5)}" height="3.5" rx="1"
          stroke="{$accent}" stroke-width="0.5">
        <xsl:attribute name="fill">
          <xsl:choose>
            <xsl:when test="contains($mine, concat(' ', @key, ' '))">
              <xsl:value-of select="$accent"/>
            </xsl:when>
            <xsl:otherwise>#FFFFFF</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </svg:rect>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
