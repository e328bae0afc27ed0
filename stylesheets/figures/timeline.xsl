<?xml version="1.0" encoding="UTF-8"?>
<!--
  Timeline in swim lanes: <lane label=""><item from="" to="" label=""
  style="solid|soft|point|open"/></lane>, months as ticks, the date of the
  document marked.  Within a lane an item goes to the first row where neither
  its bar nor its label meets another, so labels never collide.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:exsl="http://exslt.org/common"
    xmlns:math="http://exslt.org/math"
    xmlns:str="http://exslt.org/strings"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="exsl math str"
    exclude-result-prefixes="g w">

  <xsl:variable name="g:row" select="15"/>

  <xsl:template name="timeline">
    <xsl:param name="lanes"/>
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <xsl:param name="today"/>
    <xsl:param name="today-label" select="''"/>
    <xsl:param name="width"/>
    <xsl:param name="gutter" select="76"/>
    <xsl:variable name="start" select="g:month-start($from, 0)"/>
    <xsl:variable name="months" select="g:months($start, $to) + 1"/>
    <xsl:variable name="d0" select="g:day($start)"/>
    <xsl:variable name="scale" select="($width - $gutter)
        div (g:day(g:month-start($start, $months)) - $d0)"/>

    <!-- Each item with its place on the line and its row. -->
    <xsl:variable name="placed-tree">
      <xsl:for-each select="$lanes">
        <xsl:variable name="sorted">
          <xsl:for-each select="item">
            <xsl:sort select="@from"/>
            <item>
              <xsl:copy-of select="@*"/>
              <xsl:variable name="x1" select="$gutter
                  + (g:day(@from) - $d0) * $scale"/>
              <xsl:variable name="x2" select="$gutter
                  + (g:day(@to) + 1 - $d0) * $scale"/>
              <xsl:variable name="text" select="g:width(@label, 8)"/>
              <xsl:variable name="point" select="@style = 'point'
                  or @style = 'open'"/>
              <xsl:variable name="bar">
                <xsl:choose>
                  <xsl:when test="$point">0</xsl:when>
                  <xsl:when test="$x2 - $x1 &lt; 5">5</xsl:when>
                  <xsl:otherwise>
                    <xsl:value-of select="$x2 - $x1"/>
                  </xsl:otherwise>
                </xsl:choose>
              </xsl:variable>
              <xsl:variable name="side">
                <xsl:choose>
                  <xsl:when test="$text + 10 &lt;= $bar">in</xsl:when>
                  <xsl:when test="$x1 + $bar + $text + 9 &lt;= $width"
                      >right</xsl:when>
                  <xsl:otherwise>left</xsl:otherwise>
                </xsl:choose>
              </xsl:variable>
              <xsl:attribute name="x1">
                <xsl:value-of select="$x1"/>
              </xsl:attribute>
              <xsl:attribute name="bar">
                <xsl:value-of select="$bar"/>
              </xsl:attribute>
              <xsl:attribute name="side">
                <xsl:value-of select="$side"/>
              </xsl:attribute>
              <xsl:attribute name="left">
                <xsl:value-of select="$x1 - 5 * $point
                    - ($side = 'left') * ($text + 4)"/>
              </xsl:attribute>
              <xsl:attribute name="right">
                <xsl:value-of select="$x1 + $bar + 5 * $point
                    + ($side = 'right') * ($text + 8)"/>
              </xsl:attribute>
            </item>
          </xsl:for-each>
        </xsl:variable>
        <lane label="{@label}">
          <xsl:call-template name="g:rows">
            <xsl:with-param name="item"
                select="exsl:node-set($sorted)/item[1]"/>
          </xsl:call-template>
        </lane>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="sized-tree">
      <xsl:for-each select="exsl:node-set($placed-tree)/lane">
        <lane rows="{math:max(item/@row) + 1}">
          <xsl:copy-of select="@* | item"/>
        </lane>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="placed" select="exsl:node-set($sized-tree)/lane"/>
    <xsl:variable name="top" select="30"/>
    <xsl:variable name="height" select="$top
        + sum($placed/@rows) * $g:row + count($placed) * 6 + 2"/>

    <xsl:variable name="twin">
      <xsl:for-each select="$lanes">
        <xsl:value-of select="concat(@label, w:t('colon'))"/>
        <xsl:for-each select="item">
          <xsl:sort select="@from"/>
          <xsl:if test="position() &gt; 1">
            <xsl:value-of select="w:t('semicolon')"/>
          </xsl:if>
          <xsl:value-of select="@label"/>
          <xsl:text> (</xsl:text>
          <xsl:choose>
            <xsl:when test="@from = @to">
              <xsl:value-of select="w:date(@from)"/>
            </xsl:when>
            <xsl:otherwise>
              <xsl:value-of select="w:t('from-to', w:date(@from),
                  w:date(@to))"/>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:text>)</xsl:text>
        </xsl:for-each>
        <xsl:text>. </xsl:text>
      </xsl:for-each>
    </xsl:variable>

    <fo:instream-foreign-object role="Figure"
        fox:alt-text="{normalize-space($twin)}">
      <svg:svg width="{$width}pt" height="{$height}pt"
          viewBox="0 0 {$width} {$height}" font-family="Inter"
          overflow="visible">
        <xsl:call-template name="g:month-ticks">
          <xsl:with-param name="start" select="$start"/>
          <xsl:with-param name="n" select="$months"/>
          <xsl:with-param name="x" select="$gutter"/>
          <xsl:with-param name="scale" select="$scale"/>
          <xsl:with-param name="bottom" select="$height"/>
          <xsl:with-param name="every" select="1 + floor(22 div
              ($scale * 30.4))"/>
        </xsl:call-template>
        <xsl:if test="$today != '' and g:day($today) &gt;= $d0
            and g:day($today) &lt;= g:day($to) + 31">
          <xsl:variable name="x" select="$gutter
              + (g:day($today) - $d0) * $scale"/>
          <svg:line x1="{g:n($x)}" x2="{g:n($x)}" y1="{$top - 3}"
              y2="{$height}" stroke="{$ink}" stroke-width="1"
              stroke-dasharray="1.5 2"/>
          <svg:path d="M{g:n($x - 3.2)} {$top - 6.5} H{g:n($x + 3.2)}
              L{g:n($x)} {$top - 1.5} Z" fill="{$ink}"/>
        </xsl:if>
        <xsl:for-each select="$placed">
          <xsl:variable name="y" select="$top + 4
              + sum(preceding-sibling::lane/@rows) * $g:row
              + count(preceding-sibling::lane) * 6"/>
          <xsl:if test="position() &gt; 1">
            <svg:line x1="0" x2="{$width}" y1="{g:n($y - 3.5)}"
                y2="{g:n($y - 3.5)}" stroke="{$hairline}"
                stroke-width="0.5"/>
          </xsl:if>
          <svg:text x="0" y="{g:n($y + 10)}" font-size="8"
              fill="{$secondary}">
            <xsl:value-of select="@label"/>
          </svg:text>
          <xsl:for-each select="item">
            <xsl:call-template name="g:item">
              <xsl:with-param name="y" select="$y + @row * $g:row"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- Gives one item after the other the first row that is free from its left
       edge on; `ends` holds the right edge of each row so far. -->
  <xsl:template name="g:rows">
    <xsl:param name="item"/>
    <xsl:param name="ends" select="''"/>
    <xsl:if test="$item">
      <xsl:variable name="taken" select="str:tokenize($ends, ' ')"/>
      <xsl:variable name="free">
        <xsl:for-each select="$taken">
          <xsl:if test=". &lt;= $item/@left + 0.1">
            <row n="{position() - 1}"/>
          </xsl:if>
        </xsl:for-each>
        <row n="{count($taken)}"/>
      </xsl:variable>
      <xsl:variable name="row"
          select="number(exsl:node-set($free)/row[1]/@n)"/>
      <item row="{$row}"><xsl:copy-of select="$item/@*"/></item>
      <xsl:call-template name="g:rows">
        <xsl:with-param name="item" select="$item/following-sibling::item[1]"/>
        <xsl:with-param name="ends">
          <xsl:for-each select="$taken">
            <xsl:choose>
              <xsl:when test="position() - 1 = $row">
                <xsl:value-of select="$item/@right"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
            </xsl:choose>
            <xsl:text> </xsl:text>
          </xsl:for-each>
          <xsl:if test="$row = count($taken)">
            <xsl:value-of select="$item/@right"/>
          </xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="g:item">
    <xsl:param name="y"/>
    <xsl:variable name="solid" select="@style = 'solid'"/>
    <xsl:choose>
      <xsl:when test="@style = 'point' or @style = 'open'">
        <svg:circle cx="{g:n(@x1)}" cy="{g:n($y + 7)}" r="3.4"
            stroke="{$accent}" stroke-width="1.2">
          <xsl:attribute name="fill">
            <xsl:choose>
              <xsl:when test="@style = 'point'">
                <xsl:value-of select="$accent"/>
              </xsl:when>
              <xsl:otherwise>#FFFFFF</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </svg:circle>
      </xsl:when>
      <xsl:otherwise>
        <svg:rect x="{g:n(@x1 + 0.5)}" y="{g:n($y + 1)}"
            width="{g:n(@bar - 1)}"
            height="12" rx="2" stroke="{$accent}" stroke-width="0.5">
          <xsl:attribute name="fill">
            <xsl:choose>
              <xsl:when test="$solid"><xsl:value-of select="$accent"/></xsl:when>
              <xsl:otherwise>
                <xsl:value-of select="$accent-soft"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </svg:rect>
      </xsl:otherwise>
    </xsl:choose>
    <!-- Beside its bar a label keeps clear of the lines it crosses. -->
    <xsl:if test="@side != 'in'">
      <xsl:variable name="w" select="g:width(@label, 8)"/>
      <xsl:variable name="point" select="2 * (@style = 'point'
          or @style = 'open')"/>
      <svg:rect y="{g:n($y + 1)}" width="{g:n($w)}" height="12"
          fill="#FFFFFF"
          x="{g:n((@x1 + @bar + 4 + $point) * (@side = 'right')
              + (@x1 - 4 - $point - $w) * (@side = 'left'))}"/>
    </xsl:if>
    <svg:text y="{g:n($y + 9.9)}" font-size="8">
      <xsl:attribute name="x">
        <xsl:choose>
          <xsl:when test="@side = 'in'">
            <xsl:value-of select="g:n(@x1 + 5)"/>
          </xsl:when>
          <xsl:when test="@side = 'right'">
            <xsl:value-of select="g:n(@x1 + @bar + 4
                + 2 * (@style = 'point' or @style = 'open'))"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="g:n(@x1 - 4
                - 2 * (@style = 'point' or @style = 'open'))"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="text-anchor">
        <xsl:choose>
          <xsl:when test="@side = 'left'">end</xsl:when>
          <xsl:otherwise>start</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="fill">
        <xsl:choose>
          <xsl:when test="$solid and @side = 'in'">#FFFFFF</xsl:when>
          <xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="@label"/>
    </svg:text>
  </xsl:template>

  <!-- A tick a month, a name every `every` months, the year under January
       and under the first. -->
  <xsl:template name="g:month-ticks">
    <xsl:param name="start"/>
    <xsl:param name="i" select="0"/>
    <xsl:param name="n"/>
    <xsl:param name="x"/>
    <xsl:param name="scale"/>
    <xsl:param name="bottom"/>
    <xsl:param name="every"/>
    <xsl:if test="$i &lt; $n">
      <xsl:variable name="month" select="g:month-start($start, $i)"/>
      <xsl:variable name="m" select="number(substring($month, 6, 2))"/>
      <xsl:variable name="mx" select="$x
          + (g:day($month) - g:day($start)) * $scale"/>
      <xsl:variable name="next" select="$x
          + (g:day(g:month-start($start, $i + 1)) - g:day($start)) * $scale"/>
      <svg:line x1="{g:n($mx)}" x2="{g:n($mx)}" y2="{$bottom}"
          stroke="{$hairline}">
        <xsl:attribute name="stroke-width">
          <xsl:choose>
            <xsl:when test="$m = 1 or $i = 0">1</xsl:when>
            <xsl:otherwise>0.5</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <xsl:attribute name="y1">
          <xsl:choose>
            <xsl:when test="$m = 1 or $i = 0">2</xsl:when>
            <xsl:otherwise>26</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </svg:line>
      <xsl:if test="$m = 1 or ($i = 0 and $m &lt; 11)">
        <svg:text x="{g:n($mx + 3)}" y="9" font-size="8" font-weight="600"
            fill="{$ink}">
          <xsl:value-of select="substring($month, 1, 4)"/>
        </svg:text>
      </xsl:if>
      <xsl:if test="($m - 1) mod $every = 0">
        <svg:text x="{g:n(($mx + $next) div 2)}" y="20" font-size="8"
            fill="{$secondary}" text-anchor="middle">
          <xsl:value-of select="w:t(concat('month.tick.', $m))"/>
        </svg:text>
      </xsl:if>
      <xsl:call-template name="g:month-ticks">
        <xsl:with-param name="start" select="$start"/>
        <xsl:with-param name="i" select="$i + 1"/>
        <xsl:with-param name="n" select="$n"/>
        <xsl:with-param name="x" select="$x"/>
        <xsl:with-param name="scale" select="$scale"/>
        <xsl:with-param name="bottom" select="$bottom"/>
        <xsl:with-param name="every" select="$every"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
