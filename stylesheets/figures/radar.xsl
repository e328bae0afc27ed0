<?xml version="1.0" encoding="UTF-8"?>
<!--
  Radar: 3 to 10 <axis label="" self="" other=""/> on the levels of a scale,
  <level value="" label=""/>.  Self is dashed and open, other solid and
  translucent: both are told apart without colour.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:exsl="http://exslt.org/common"
    xmlns:func="http://exslt.org/functions"
    xmlns:math="http://exslt.org/math"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="exsl func math"
    exclude-result-prefixes="g w">

  <xsl:template name="radar">
    <xsl:param name="axes"/>
    <xsl:param name="levels"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:param name="self-name"/>
    <xsl:param name="other-name"/>
    <xsl:param name="beside" select="70"/>
    <xsl:variable name="n" select="count($axes)"/>
    <xsl:variable name="low" select="math:min($levels/@value)"/>
    <xsl:variable name="steps" select="math:max($levels/@value) - $low + 1"/>
    <xsl:variable name="cx" select="$width div 2"/>
    <xsl:variable name="legend" select="22"/>
    <xsl:variable name="cy" select="($height - $legend) div 2"/>
    <!-- Room for two lines of label above and below; beside, each axis in its
         direction leaves room for its label, wrapped where it is wider than
         `beside`. -->
    <xsl:variable name="radii">
      <r><xsl:value-of select="$cy - 24"/></r>
      <xsl:for-each select="$axes">
        <xsl:variable name="side" select="math:abs(g:x(0, 1,
            360 * (position() - 1) div $n))"/>
        <xsl:variable name="wide" select="g:width(@label, 8.5)"/>
        <xsl:if test="$side &gt; 0.3">
          <r>
            <xsl:value-of select="($cx - 2 - $wide * ($wide &lt;= $beside)
                - $beside * ($wide &gt; $beside)) div $side - 8"/>
          </r>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="radius" select="math:min(exsl:node-set($radii)/r)"/>
    <xsl:variable name="step" select="$radius div $steps"/>
    <!-- The rings' names stand one above the other midway between two spokes,
         there where they cover fewest points and both outlines pass farthest
         from them. -->
    <xsl:variable name="half" select="180 div $n"/>
    <xsl:variable name="between" select="$step
        * math:cos($half * 3.14159265358979 div 180)"/>
    <xsl:variable name="spot-tree">
      <xsl:for-each select="$axes">
        <xsl:variable name="a" select="360 * (position() - 1) div $n"/>
        <xsl:for-each select="@self | @other">
          <spot x="{g:x($cx, $step * (. - $low + 1), $a)}"
              y="{g:y($cy, $step * (. - $low + 1), $a)}"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="spots" select="exsl:node-set($spot-tree)/spot"/>
    <xsl:variable name="sector-tree">
      <xsl:for-each select="$axes">
        <xsl:variable name="a" select="$half * (2 * position() - 1)"/>
        <xsl:variable name="dx" select="g:x(0, $between, $a)"/>
        <xsl:variable name="dy" select="g:y(0, $between, $a)"/>
        <xsl:if test="math:abs($dy) &gt;= 10">
          <xsl:variable name="covered">
            <xsl:for-each select="$levels">
              <xsl:variable name="x" select="$cx
                  + $dx * (@value - $low + 1)"/>
              <xsl:variable name="y" select="$cy
                  + $dy * (@value - $low + 1)"/>
              <xsl:variable name="w" select="0.47 * g:width(@label, 8) + 3.4"/>
              <xsl:for-each select="$spots[math:abs(@y - $y) &lt; 8]
                  [math:abs(@x - $x) &lt; $w]">.</xsl:for-each>
            </xsl:for-each>
          </xsl:variable>
          <sector a="{$a}" covered="{string-length($covered)}"
              clear="{g:clearance(., $low)}"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="sector">
      <xsl:for-each select="exsl:node-set($sector-tree)/sector">
        <xsl:sort select="@covered" data-type="number"/>
        <xsl:sort select="@clear" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@a"/></xsl:if>
      </xsl:for-each>
      <xsl:if test="not(exsl:node-set($sector-tree)/sector)">
        <xsl:value-of select="$half"/>
      </xsl:if>
    </xsl:variable>
    <xsl:variable name="twin">
      <xsl:value-of select="w:t('figure.radar', $self-name, $other-name)"/>
      <xsl:for-each select="$axes">
        <xsl:text> </xsl:text>
        <xsl:value-of select="w:t('figure.radar.axis', @label,
            g:level-name(@self, $levels), g:level-name(@other, $levels))"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:instream-foreign-object role="Figure" fox:alt-text="{$twin}">
      <svg:svg width="{$width}pt" height="{$height}pt"
          viewBox="0 0 {$width} {$height}" font-family="Inter"
          overflow="visible">
        <!-- rings and spokes -->
        <xsl:for-each select="$levels">
          <xsl:variable name="r" select="$step * (@value - $low + 1)"/>
          <svg:polygon fill="none" stroke="{$hairline}" stroke-width="0.5">
            <xsl:if test="position() = last()">
              <xsl:attribute name="stroke-width">1</xsl:attribute>
            </xsl:if>
            <xsl:attribute name="points">
              <xsl:for-each select="$axes">
                <xsl:value-of select="concat(g:point($cx, $cy, $r,
                    360 * (position() - 1) div $n), ' ')"/>
              </xsl:for-each>
            </xsl:attribute>
          </svg:polygon>
        </xsl:for-each>
        <xsl:for-each select="$axes">
          <xsl:variable name="a" select="360 * (position() - 1) div $n"/>
          <svg:line x1="{$cx}" y1="{$cy}"
              x2="{g:n(g:x($cx, $radius, $a))}"
              y2="{g:n(g:y($cy, $radius, $a))}"
              stroke="{$hairline}" stroke-width="0.5"/>
        </xsl:for-each>
        <!-- other, then self above it -->
        <svg:polygon fill="{$accent}" fill-opacity="0.18" stroke="{$accent}"
            stroke-width="1.5" stroke-linejoin="round">
          <xsl:attribute name="points">
            <xsl:for-each select="$axes">
              <xsl:value-of select="concat(g:point($cx, $cy,
                  $step * (@other - $low + 1),
                  360 * (position() - 1) div $n), ' ')"/>
            </xsl:for-each>
          </xsl:attribute>
        </svg:polygon>
        <svg:polygon fill="none" stroke="{$ink}" stroke-width="1"
            stroke-dasharray="3 2" stroke-linejoin="round">
          <xsl:attribute name="points">
            <xsl:for-each select="$axes">
              <xsl:value-of select="concat(g:point($cx, $cy,
                  $step * (@self - $low + 1),
                  360 * (position() - 1) div $n), ' ')"/>
            </xsl:for-each>
          </xsl:attribute>
        </svg:polygon>
        <!-- the rings in words, above the outlines and under the points -->
        <xsl:for-each select="$levels">
          <xsl:variable name="mid" select="$between * (@value - $low + 1)"/>
          <xsl:variable name="y" select="g:y($cy, $mid, $sector)"/>
          <xsl:variable name="w" select="0.94 * g:width(@label, 8) + 4"/>
          <xsl:variable name="x" select="g:x($cx, $mid, $sector)"/>
          <svg:rect x="{g:n($x - $w div 2)}" y="{g:n($y - 5)}" rx="2"
              width="{g:n($w)}" height="10" fill="#FFFFFF"
              fill-opacity="0.82"/>
          <svg:text x="{g:n($x)}" y="{g:n($y + 2.9)}" font-size="8"
              fill="{$secondary}" text-anchor="middle">
            <xsl:value-of select="@label"/>
          </svg:text>
        </xsl:for-each>
        <xsl:for-each select="$axes">
          <xsl:variable name="a" select="360 * (position() - 1) div $n"/>
          <xsl:variable name="rs" select="$step * (@self - $low + 1)"/>
          <xsl:variable name="ro" select="$step * (@other - $low + 1)"/>
          <svg:circle cx="{g:n(g:x($cx, $rs, $a))}" r="3.4"
              cy="{g:n(g:y($cy, $rs, $a))}" fill="#FFFFFF" stroke="{$ink}"
              stroke-width="1"/>
          <svg:circle cx="{g:n(g:x($cx, $ro, $a))}" r="2.2"
              cy="{g:n(g:y($cy, $ro, $a))}" fill="{$accent}"/>
        </xsl:for-each>
        <!-- the axes' names -->
        <xsl:for-each select="$axes">
          <xsl:variable name="a" select="360 * (position() - 1) div $n"/>
          <xsl:variable name="side" select="g:x(0, 1, $a)"/>
          <xsl:variable name="up" select="-g:y(0, 1, $a)"/>
          <xsl:variable name="x" select="g:x($cx, $radius + 8, $a)"/>
          <xsl:variable name="y" select="g:y($cy, $radius + 8, $a)"/>
          <xsl:call-template name="g:label">
            <xsl:with-param name="text" select="@label"/>
            <xsl:with-param name="x" select="$x"/>
            <xsl:with-param name="size" select="8.5"/>
            <xsl:with-param name="leading" select="10"/>
            <xsl:with-param name="weight" select="'500'"/>
            <xsl:with-param name="y">
              <xsl:choose>
                <xsl:when test="$up &gt; 0.75">
                  <xsl:value-of select="$y"/>
                </xsl:when>
                <xsl:when test="$up &lt; -0.75">
                  <xsl:value-of select="$y + 8"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$y"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="align">
              <xsl:choose>
                <xsl:when test="$up &gt; 0.75">bottom</xsl:when>
                <xsl:when test="$up &lt; -0.75">top</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="anchor">
              <xsl:choose>
                <xsl:when test="$side &gt; 0.3">start</xsl:when>
                <xsl:when test="$side &lt; -0.3">end</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="room">
              <xsl:choose>
                <xsl:when test="$side &gt; 0.3">
                  <xsl:value-of select="$width - $x - 2"/>
                </xsl:when>
                <xsl:when test="$side &lt; -0.3">
                  <xsl:value-of select="$x - 2"/>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="$width * 0.6"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
        <!-- legend -->
        <xsl:call-template name="g:legend">
          <xsl:with-param name="self-name" select="$self-name"/>
          <xsl:with-param name="other-name" select="$other-name"/>
          <xsl:with-param name="cx" select="$cx"/>
          <xsl:with-param name="y" select="$height - 6"/>
        </xsl:call-template>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
  <!-- How far, in steps, the outlines pass from the nearest ring midway between
       an axis and the next: there they are at the harmonic mean of the two. -->
  <func:function name="g:clearance">
    <xsl:param name="axis"/>
    <xsl:param name="low"/>
    <xsl:variable name="next" select="($axis/following-sibling::axis
        | $axis/../axis[1][not($axis/following-sibling::axis)])[1]"/>
    <xsl:variable name="s" select="2 div (1 div ($axis/@self - $low + 1)
        + 1 div ($next/@self - $low + 1))"/>
    <xsl:variable name="o" select="2 div (1 div ($axis/@other - $low + 1)
        + 1 div ($next/@other - $low + 1))"/>
    <xsl:variable name="ds" select="math:abs($s - round($s))"/>
    <xsl:variable name="do" select="math:abs($o - round($o))"/>
    <func:result select="$ds * ($ds &lt; $do) + $do * ($ds &gt;= $do)"/>
  </func:function>
</xsl:stylesheet>
