<?xml version="1.0" encoding="UTF-8"?>
<!--
  Step ribbon: phases as chevrons.  It can run over the fold of two pages:
  a page draws `from`..`to` of the phases, and `open-left` / `open-right` say
  that the ribbon comes from or goes on to the other page.
  Autonomy: levels over the days of an integration, to be filled by hand, with
  what has been rated already; it runs over the fold too.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    exclude-result-prefixes="g w">

  <!-- phases: <phase label="" dates="" n=""/>; edge: white space at the outer
       side of the page; the ribbon fills the rest of the width. -->
  <xsl:template name="ribbon">
    <xsl:param name="phases"/>
    <xsl:param name="width"/>
    <xsl:param name="edge"/>
    <xsl:param name="open-left" select="false()"/>
    <xsl:param name="open-right" select="false()"/>
    <xsl:variable name="h" select="46"/>
    <xsl:variable name="point" select="15"/>
    <xsl:variable name="x0" select="$edge * not($open-left)"/>
    <xsl:variable name="end" select="$width - $edge * not($open-right)"/>
    <xsl:variable name="step" select="($end - $x0) div count($phases)"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$phases">
        <xsl:value-of select="concat(@n, '. ', @label, w:t('colon'),
            @dates, '. ')"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure"
        fox:alt-text="{normalize-space($twin)}">
      <svg:svg width="{g:n($width)}pt" height="{$h}pt"
          viewBox="0 0 {g:n($width)} {$h}" font-family="Inter"
          overflow="visible">
        <!-- The last first, so that each point lies on the next chevron. -->
        <xsl:for-each select="$phases">
          <xsl:sort select="@n" data-type="number" order="descending"/>
          <xsl:variable name="i" select="count($phases) - position()"/>
          <xsl:variable name="x" select="$x0 + $i * $step"/>
          <xsl:variable name="dark" select="@n mod 2 = 1"/>
          <xsl:variable name="cut" select="$open-right
              and $i = count($phases) - 1"/>
          <xsl:variable name="tip" select="($x + $step + $point)
              * not($cut) + $width * $cut"/>
          <xsl:variable name="back" select="($x + $step) * not($cut)
              + $width * $cut"/>
          <svg:path stroke="#FFFFFF" stroke-width="1.5">
            <xsl:attribute name="fill">
              <xsl:choose>
                <xsl:when test="$dark"><xsl:value-of select="$accent"/></xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="$accent-soft"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:attribute name="d">
              <xsl:choose>
                <xsl:when test="not($open-right) and $i = count($phases) - 1">
                  <xsl:value-of select="concat('M', g:n($x), ' 0 H',
                      g:n($end - $point), ' L', g:n($end), ' ', $h div 2,
                      ' L', g:n($end - $point), ' ', $h, ' H', g:n($x),
                      ' Z')"/>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="concat('M', g:n($x), ' 0 H',
                      g:n($back), ' L', g:n($tip), ' ', $h div 2, ' L',
                      g:n($back), ' ', $h, ' H', g:n($x), ' Z')"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:path>
          <xsl:variable name="on">
            <xsl:choose>
              <xsl:when test="$dark">#FFFFFF</xsl:when>
              <xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <xsl:variable name="tx" select="$x + 14
              + $point * ($i &gt; 0 or $open-left)"/>
          <svg:text x="{g:n($tx)}" y="21" font-size="13" font-weight="600"
              fill="{$on}">
            <xsl:value-of select="concat(@n, '&#xA0; ', @label)"/>
          </svg:text>
          <svg:text x="{g:n($tx)}" y="35" font-size="8.5" fill="{$on}">
            <xsl:value-of select="@dates"/>
          </svg:text>
        </xsl:for-each>
        <!-- The point that comes over the fold from the page before. -->
        <xsl:if test="$open-left">
          <svg:path d="M0 0 L{$point} {$h div 2} L0 {$h} Z"
              stroke="#FFFFFF" stroke-width="1.5">
            <xsl:attribute name="fill">
              <xsl:choose>
                <xsl:when test="$phases[1]/@n mod 2 = 0">
                  <xsl:value-of select="$accent"/>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="$accent-soft"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </svg:path>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- levels: <level value="" label=""/>; points: <point day="" self=""
       other=""/>; ticks: <tick day=""/>; over `days` in all, one page at a time. -->
  <xsl:template name="autonomy">
    <xsl:param name="levels"/>
    <xsl:param name="points"/>
    <xsl:param name="threshold"/>
    <xsl:param name="ticks"/>
    <xsl:param name="days"/>
    <xsl:param name="width"/>
    <xsl:param name="edge"/>
    <xsl:param name="left"/>
    <xsl:variable name="h" select="98"/>
    <xsl:variable name="top" select="8"/>
    <xsl:variable name="rows" select="count($levels)"/>
    <xsl:variable name="row" select="($h - 30) div $rows"/>
    <xsl:variable name="x0" select="($edge + 84) * $left"/>
    <xsl:variable name="x1" select="$width - $edge * not($left)"/>
    <!-- One scale on both sides of the fold, so that lines run on over it. -->
    <xsl:variable name="scale"
        select="2 * ($width - $edge - 42) div $days"/>
    <xsl:variable name="fold" select="($width - $edge - 84) div $scale"/>
    <xsl:variable name="from" select="$fold * not($left)"/>
    <xsl:variable name="to" select="$fold * $left + $days * not($left)"/>
    <xsl:variable name="twin">
      <xsl:for-each select="$points">
        <xsl:value-of select="w:t('figure.autonomy', w:day(@day),
            g:level-name(@self, $levels), g:level-name(@other, $levels))"/>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <xsl:if test="not($points)">
        <xsl:value-of select="w:t('figure.autonomy.blank')"/>
      </xsl:if>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure"
        fox:alt-text="{normalize-space($twin)}">
      <svg:svg width="{g:n($width)}pt" height="{$h}pt"
          viewBox="0 0 {g:n($width)} {$h}" font-family="Inter"
          overflow="visible">
        <xsl:for-each select="$levels">
          <xsl:variable name="y" select="$top + ($rows - position()) * $row
              + $row div 2"/>
          <svg:line x1="{g:n($x0)}" x2="{g:n($x1)}" y1="{g:n($y)}"
              y2="{g:n($y)}" stroke="{$hairline}" stroke-width="0.5">
            <xsl:if test="@value = $threshold">
              <xsl:attribute name="stroke">
                <xsl:value-of select="$ink"/>
              </xsl:attribute>
              <xsl:attribute name="stroke-width">1</xsl:attribute>
              <xsl:attribute name="stroke-dasharray">1 2</xsl:attribute>
            </xsl:if>
          </svg:line>
          <!-- Before the first point, where no line crosses it. -->
          <xsl:if test="@value = $threshold and $left">
            <svg:text x="{g:n($x0 + 6)}" font-size="8" y="{g:n($y - 4)}"
                fill="{$secondary}">
              <xsl:value-of select="w:t('threshold')"/>
            </svg:text>
          </xsl:if>
          <xsl:if test="$left">
            <svg:text x="{g:n($x0 - 8)}" y="{g:n($y + 3)}" font-size="8.5"
                text-anchor="end" fill="{$secondary}">
              <xsl:value-of select="@label"/>
            </svg:text>
          </xsl:if>
        </xsl:for-each>
        <xsl:for-each select="$ticks[@day &gt;= $from and @day &lt; $to]">
          <xsl:variable name="x" select="$x0 + (@day - $from) * $scale"/>
          <svg:line x1="{g:n($x)}" x2="{g:n($x)}" y1="{$top}"
              y2="{$h - 18}" stroke="{$hairline}" stroke-width="1"/>
          <svg:text x="{g:n($x)}" y="{$h - 6}" font-size="8.5"
              font-weight="600" fill="{$ink}">
            <xsl:attribute name="text-anchor">
              <xsl:choose>
                <xsl:when test="@day = 0">start</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:value-of select="w:day(@day)"/>
          </svg:text>
        </xsl:for-each>
        <xsl:for-each select="$points[position() &lt; last()][@day &lt; $to]">
          <xsl:variable name="next"
              select="following-sibling::point[1][@day &gt; $from]"/>
          <xsl:if test="$next">
            <xsl:call-template name="g:stretch">
              <xsl:with-param name="next" select="$next"/>
              <xsl:with-param name="v" select="@other"/>
              <xsl:with-param name="to-v" select="$next/@other"/>
              <xsl:with-param name="levels" select="$levels"/>
              <xsl:with-param name="from" select="$from"/>
              <xsl:with-param name="to" select="$to"/>
              <xsl:with-param name="x0" select="$x0"/>
              <xsl:with-param name="scale" select="$scale"/>
              <xsl:with-param name="bottom" select="$top + ($rows - 0.5) * $row"/>
              <xsl:with-param name="row" select="$row"/>
            </xsl:call-template>
            <xsl:call-template name="g:stretch">
              <xsl:with-param name="next" select="$next"/>
              <xsl:with-param name="v" select="@self"/>
              <xsl:with-param name="to-v" select="$next/@self"/>
              <xsl:with-param name="levels" select="$levels"/>
              <xsl:with-param name="from" select="$from"/>
              <xsl:with-param name="to" select="$to"/>
              <xsl:with-param name="x0" select="$x0"/>
              <xsl:with-param name="scale" select="$scale"/>
              <xsl:with-param name="bottom" select="$top + ($rows - 0.5) * $row"/>
              <xsl:with-param name="row" select="$row"/>
              <xsl:with-param name="self" select="true()"/>
            </xsl:call-template>
          </xsl:if>
        </xsl:for-each>
        <xsl:for-each select="$points[@day &gt;= $from and @day &lt; $to]">
          <xsl:variable name="x" select="$x0 + (@day - $from) * $scale"/>
          <xsl:variable name="self" select="@self"/>
          <xsl:variable name="other" select="@other"/>
          <xsl:for-each select="$levels">
            <xsl:variable name="y" select="$top + ($rows - position())
                * $row + $row div 2"/>
            <xsl:if test="@value = $self">
              <svg:circle cx="{g:n($x)}" cy="{g:n($y)}" r="5.6"
                  fill="#FFFFFF" stroke="{$ink}" stroke-width="1.2"/>
            </xsl:if>
            <xsl:if test="@value = $other">
              <svg:circle cx="{g:n($x)}" cy="{g:n($y)}" r="3.4"
                  fill="{$accent}"/>
            </xsl:if>
          </xsl:for-each>
        </xsl:for-each>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- What lies between two days of this page of the line from the current
       point to the next, where both were rated. -->
  <xsl:template name="g:stretch">
    <xsl:param name="next"/>
    <xsl:param name="v"/>
    <xsl:param name="to-v"/>
    <xsl:param name="levels"/>
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <xsl:param name="x0"/>
    <xsl:param name="scale"/>
    <xsl:param name="bottom"/>
    <xsl:param name="row"/>
    <xsl:param name="self" select="false()"/>
    <xsl:if test="$levels[@value = $v] and $levels[@value = $to-v]">
      <xsl:variable name="y1"
          select="$bottom - $row * count($levels[@value &lt; $v])"/>
      <xsl:variable name="rise" select="($bottom
          - $row * count($levels[@value &lt; $to-v]) - $y1)
          div ($next/@day - @day)"/>
      <xsl:variable name="a" select="@day * (@day &gt;= $from)
          + $from * (@day &lt; $from)"/>
      <xsl:variable name="b" select="$next/@day * ($next/@day &lt;= $to)
          + $to * ($next/@day &gt; $to)"/>
      <svg:line x1="{g:n($x0 + ($a - $from) * $scale)}"
          x2="{g:n($x0 + ($b - $from) * $scale)}"
          y1="{g:n($y1 + ($a - @day) * $rise)}"
          y2="{g:n($y1 + ($b - @day) * $rise)}"
          stroke="{$accent}" stroke-width="1.5">
        <xsl:if test="$self">
          <xsl:attribute name="stroke"><xsl:value-of select="$ink"/></xsl:attribute>
          <xsl:attribute name="stroke-width">1</xsl:attribute>
          <xsl:attribute name="stroke-dasharray">3 2</xsl:attribute>
        </xsl:if>
      </svg:line>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
