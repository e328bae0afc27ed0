<?xml version="1.0" encoding="UTF-8"?>
<!--
  Team skill matrix: the people under contract on a day and every skill of the
  frameworks they are evaluated by.  A disc is the last level given by the
  supervisor; below each skill, how many have acquired it, framed where it hangs
  on one person or nobody.  Skills that do not fit beside each other go into a
  further matrix.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="exsl"
    exclude-result-prefixes="r w">

  <xsl:include href="../page/report.xsl"/>

  <xsl:key name="rated" match="/r:dossier/r:tables/r:table[@view = 'teamMatrix']/r:row"
      use="concat(r:personKey, ' ', r:skillRank, ' ', r:frameworkName)"/>
  <xsl:key name="of-skill" match="/r:dossier/r:tables/r:table[@view = 'teamMatrix']/r:row"
      use="concat(r:skillRank, ' ', r:frameworkName)"/>

  <xsl:key name="framework" use="r:frameworkName"
      match="/r:dossier/r:tables/r:table[@view = 'teamMatrix']/r:row"/>

  <!-- Somebody with two contracts on a day is one person. -->
  <xsl:variable name="people" select="w:rows('team')[not(r:personKey
      = preceding-sibling::r:row[1]/r:personKey)]"/>
  <!-- Of frameworks by which one of them is rated. -->
  <xsl:variable name="skills" select="w:rows('teamSkill')[key('framework',
      r:frameworkName)]"/>

  <!-- How many skills stand beside each other, and how wide: headings of two
       lines need 16 points.  What few skills leave is for long names. -->
  <xsl:variable name="left" select="$measure - 26 * count($skills)"/>
  <xsl:variable name="name-width">
    <xsl:choose>
      <xsl:when test="count($skills) * 15.8 &gt; $measure - 150">120</xsl:when>
      <xsl:when test="$left &gt; 220">220</xsl:when>
      <xsl:when test="$left &gt; 150"><xsl:value-of select="$left"/></xsl:when>
      <xsl:otherwise>150</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="at-most" select="floor(($measure - $name-width) div 15.8)"/>
  <xsl:variable name="matrices" select="ceiling(count($skills)
      div $at-most)"/>
  <xsl:variable name="beside" select="ceiling(count($skills)
      div $matrices)"/>
  <xsl:variable name="wide">
    <xsl:choose>
      <xsl:when test="($measure - $name-width) div $beside &gt; 26">26</xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="floor(($measure - $name-width) * 100 div $beside)
            div 100"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- Three figures in bold, or two. -->
  <xsl:variable name="count-size">
    <xsl:choose>
      <xsl:when test="count($people) &gt; 99 and $wide &lt; 20">6.5pt</xsl:when>
      <xsl:otherwise>inherit</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template match="/">
    <xsl:call-template name="report">
      <xsl:with-param name="when" select="w:date-long($period-to)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:variable name="facts">
      <fact name="{w:t('state-on')}" value="{w:date($period-to)}"/>
      <fact name="{w:t('people')}" value="{count($people)}"/>
      <fact name="{w:t('matrix.skills')}" value="{count($skills)}"/>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="report-band">
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="not($people)">
        <fo:block><xsl:value-of select="w:t('nobody-there')"/></fo:block>
      </xsl:when>
      <xsl:when test="not($skills)">
        <fo:block><xsl:value-of select="w:t('nothing-rated')"/></fo:block>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="key-to-discs"/>
        <xsl:for-each select="$skills[position() mod $beside = 1
            or $beside = 1]">
          <xsl:call-template name="matrix">
            <xsl:with-param name="columns" select=". | following-sibling::r:row[
                position() &lt; $beside]"/>
            <xsl:with-param name="further" select="position() &gt; 1"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="key-to-discs">
    <xsl:variable name="sample" select="w:rows('teamMatrix')[1]"/>
    <fo:block font-size="7.5pt" line-height="13pt" color="{$secondary}"
        space-after="6.5pt">
      <xsl:call-template name="level-disc">
        <xsl:with-param name="level" select="1"/>
        <xsl:with-param name="levels" select="4"/>
        <xsl:with-param name="acquired" select="false()"/>
      </xsl:call-template>
      <xsl:value-of select="concat('&#xA0;', w:t('disc.begun'), '&#xA0; &#xA0; ')"/>
      <xsl:call-template name="level-disc">
        <xsl:with-param name="level" select="3"/>
        <xsl:with-param name="levels" select="4"/>
        <xsl:with-param name="acquired" select="true()"/>
      </xsl:call-template>
      <xsl:value-of select="concat('&#xA0;', w:t('disc.acquired'), '&#xA0; &#xA0; ')"/>
      <fo:inline border="0.75pt solid {$ink}" padding="0pt 3pt 0pt 3pt"
          color="{$ink}" font-weight="600">1</fo:inline>
      <xsl:value-of select="concat('&#xA0; ', w:t('matrix.gap'), '&#xA0; &#xA0; ')"/>
      <xsl:value-of select="w:t('disc.none')"/>
    </fo:block>
  </xsl:template>

  <xsl:template name="matrix">
    <xsl:param name="columns"/>
    <xsl:param name="further"/>
    <fo:table xsl:use-attribute-sets="table"
        width="{$name-width + $wide * count($columns)}pt">
      <xsl:if test="$further">
        <xsl:attribute name="break-before">page</xsl:attribute>
      </xsl:if>
      <fo:table-column column-width="{$name-width}pt"/>
      <xsl:for-each select="$columns">
        <fo:table-column column-width="{$wide}pt"/>
      </xsl:for-each>
      <fo:table-header xsl:use-attribute-sets="table-head">
        <xsl:call-template name="domains">
          <xsl:with-param name="columns" select="$columns"/>
        </xsl:call-template>
        <xsl:call-template name="headings">
          <xsl:with-param name="columns" select="$columns"/>
        </xsl:call-template>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$people">
          <xsl:call-template name="person">
            <xsl:with-param name="columns" select="$columns"/>
            <xsl:with-param name="turn" select="position()"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:call-template name="acquired-by">
          <xsl:with-param name="columns" select="$columns"/>
        </xsl:call-template>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Is this the first of its domain beside each other? -->
  <xsl:template name="edge">
    <xsl:param name="first"/>
    <xsl:if test="$first or r:domainName
        != preceding-sibling::r:row[1]/r:domainName">
      <xsl:attribute name="border-start-width">0.5pt</xsl:attribute>
      <xsl:attribute name="border-start-style">solid</xsl:attribute>
      <xsl:attribute name="border-start-color">
        <xsl:value-of select="$hairline"/>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template name="domains">
    <xsl:param name="columns"/>
    <fo:table-row>
      <fo:table-cell role="TD"><fo:block/></fo:table-cell>
      <xsl:for-each select="$columns">
        <xsl:variable name="of" select="string(r:domainName)"/>
        <xsl:if test="position() = 1 or $of
            != string(preceding-sibling::r:row[1]/r:domainName)">
          <xsl:variable name="span" select="count($columns[r:domainName = $of])"/>
          <fo:table-cell role="TH" display-align="after" padding="0pt 2pt 2pt 2pt"
              number-columns-spanned="{$span}">
            <xsl:call-template name="edge">
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:choose>
              <!-- No room for a word: upright, as the skills below. -->
              <xsl:when test="$span * $wide &lt; 45">
                <fo:block-container reference-orientation="90"
                    inline-progression-dimension="56pt"
                    block-progression-dimension="{$span * $wide - 4.5}pt"
                    display-align="center">
                  <fo:block font-weight="600" color="{$ink}" hyphenate="true"
                      line-height="7.8pt">
                    <xsl:value-of select="$of"/>
                  </fo:block>
                </fo:block-container>
              </xsl:when>
              <xsl:otherwise>
                <fo:block font-weight="600" color="{$ink}" hyphenate="true"
                    line-height="8.5pt">
                  <xsl:value-of select="$of"/>
                </fo:block>
              </xsl:otherwise>
            </xsl:choose>
          </fo:table-cell>
        </xsl:if>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="headings">
    <xsl:param name="columns"/>
    <fo:table-row>
      <xsl:call-template name="head-cell">
        <xsl:with-param name="text" select="w:t('name')"/>
        <xsl:with-param name="first" select="true()"/>
      </xsl:call-template>
      <xsl:for-each select="$columns">
        <fo:table-cell role="TH" display-align="after" padding-after="3pt">
          <xsl:call-template name="edge">
            <xsl:with-param name="first" select="position() = 1"/>
          </xsl:call-template>
          <fo:block-container reference-orientation="90"
              inline-progression-dimension="112pt"
              block-progression-dimension="{$wide - 0.5}pt"
              display-align="center">
            <fo:block line-height="7.8pt">
              <xsl:value-of select="r:skillName"/>
            </fo:block>
          </fo:block-container>
        </fo:table-cell>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="person">
    <xsl:param name="columns"/>
    <xsl:param name="turn"/>
    <xsl:variable name="who" select="string(r:personKey)"/>
    <fo:table-row keep-together.within-page="9">
      <xsl:if test="$turn mod 2 = 0 and count($people) &gt; 12">
        <xsl:attribute name="background-color">
          <xsl:value-of select="$tint"/>
        </xsl:attribute>
      </xsl:if>
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell"
          padding-before="2pt" padding-after="2pt" padding-right="4pt"
          display-align="center">
        <xsl:call-template name="continued">
          <xsl:with-param name="first" select="$turn = 1"/>
        </xsl:call-template>
        <fo:block line-height="11pt"><xsl:value-of select="r:personName"/></fo:block>
      </fo:table-cell>
      <xsl:for-each select="$columns">
        <fo:table-cell xsl:use-attribute-sets="cell" padding-before="0pt"
            padding-after="0pt" text-align="center" display-align="center">
          <fo:block font-size="7.5pt" line-height="9.75pt">
            <xsl:for-each select="key('rated', concat($who, ' ', r:skillRank,
                ' ', r:frameworkName))[1]">
              <xsl:call-template name="level-disc">
                <xsl:with-param name="level" select="r:ratedLevel"/>
                <xsl:with-param name="levels" select="r:levelMost"/>
                <xsl:with-param name="acquired"
                    select="r:ratedLevel &gt;= r:levelFrom"/>
              </xsl:call-template>
            </xsl:for-each>
          </fo:block>
        </fo:table-cell>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="acquired-by">
    <xsl:param name="columns"/>
    <fo:table-row keep-with-previous.within-page="always">
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell"
          display-align="center" border-before-color="{$ink}">
        <fo:block font-weight="600"><xsl:value-of select="w:t('acquired-by')"/></fo:block>
      </fo:table-cell>
      <xsl:for-each select="$columns">
        <xsl:variable name="n" select="count(key('of-skill', concat(r:skillRank,
            ' ', r:frameworkName))[r:ratedLevel &gt;= r:levelFrom])"/>
        <fo:table-cell xsl:use-attribute-sets="cell" text-align="center"
            display-align="center" border-before-color="{$ink}">
          <fo:block font-weight="600" font-size="{$count-size}"
              px:font-features="tnum">
            <xsl:choose>
              <xsl:when test="$n &lt; 2">
                <fo:inline border="0.75pt solid {$ink}"
                    padding="0pt 2.5pt 0pt 2.5pt"><xsl:value-of select="$n"/></fo:inline>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$n"/></xsl:otherwise>
            </xsl:choose>
          </fo:block>
        </fo:table-cell>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>
</xsl:stylesheet>
