<?xml version="1.0" encoding="UTF-8"?>
<!--
  Progress of a group: those evaluated at the beginning and at the end of a
  period, skill by skill and person by person.  What is compared is the level
  that the supervisor gave, on one scale; nothing is averaged.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:px="urn:parcours:fo"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:g="urn:parcours:figure"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="exsl"
    exclude-result-prefixes="r g w">

  <xsl:include href="../page/report.xsl"/>

  <xsl:key name="one-skill" match="/r:dossier/r:tables/r:table/r:row"
      use="concat(r:skillRank, ' ', r:frameworkName)"/>
  <xsl:key name="one-person" match="/r:dossier/r:tables/r:table/r:row"
      use="r:personKey"/>

  <xsl:variable name="rows" select="w:rows('cohortProgress')"/>
  <xsl:variable name="persons" select="$rows[generate-id()
      = generate-id(key('one-person', r:personKey)[1])]"/>
  <xsl:variable name="skills" select="$rows[generate-id() = generate-id(
      key('one-skill', concat(r:skillRank, ' ', r:frameworkName))[1])]"/>

  <xsl:template match="/">
    <xsl:call-template name="report"/>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:variable name="facts">
      <fact name="{w:t('the-period')}" value="{w:the-period()}"/>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="report-band">
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$rows">
        <xsl:variable name="figures">
          <fact name="{w:t('people')}" value="{w:num(count($persons))}"/>
          <fact name="{w:t('ratings-compared')}" value="{w:num(count($rows))}"/>
          <fact name="{w:t('risen')}" value="{w:num(count($rows[r:ratedLevel
              &gt; r:levelBefore]))}"/>
          <fact name="{w:t('fallen')}" value="{w:num(count($rows[r:ratedLevel
              &lt; r:levelBefore]))}"/>
        </xsl:variable>
        <xsl:call-template name="figures">
          <xsl:with-param name="facts" select="exsl:node-set($figures)/fact"/>
        </xsl:call-template>
        <xsl:call-template name="note">
          <xsl:with-param name="text" select="w:t('progress.note',
              w:date-long($period-from), w:date-long($period-to))"/>
        </xsl:call-template>
        <xsl:call-template name="by-person"/>
        <xsl:call-template name="by-skill"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('progress.none',
            w:date-long($period-from), w:date-long($period-to))"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="by-person">
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:t('by-person')"/>
      <xsl:with-param name="id" select="'by-person'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
      <xsl:call-template name="columns">
        <xsl:with-param name="first" select="w:t('name')"/>
        <xsl:with-param name="cycles" select="true()"/>
      </xsl:call-template>
      <fo:table-body>
        <xsl:for-each select="$persons">
          <xsl:variable name="of" select="key('one-person', r:personKey)"/>
          <fo:table-row keep-together.within-page="9">
            <xsl:call-template name="row-keeps"/>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="string(r:personName)"/>
              <xsl:with-param name="row" select="position()"/>
            </xsl:call-template>
            <xsl:call-template name="number-cell">
              <xsl:with-param name="text" select="concat(r:cycleBefore,
                  '&#xA0;→&#xA0;', r:cycleNumber)"/>
            </xsl:call-template>
            <xsl:call-template name="compared-cells">
              <xsl:with-param name="of" select="$of"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="by-skill">
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:t('by-skill')"/>
      <xsl:with-param name="id" select="'by-skill'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
      <xsl:call-template name="columns">
        <xsl:with-param name="first" select="w:t('skill')"/>
      </xsl:call-template>
      <fo:table-body>
        <xsl:for-each select="$skills">
          <xsl:sort select="r:fold(r:frameworkName)"/>
          <xsl:sort select="r:skillRank" data-type="number"/>
          <fo:table-row keep-together.within-page="9">
            <xsl:call-template name="row-keeps"/>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="string(r:skillName)"/>
              <xsl:with-param name="row" select="position()"/>
            </xsl:call-template>
            <xsl:call-template name="compared-cells">
              <xsl:with-param name="of" select="key('one-skill',
                  concat(r:skillRank, ' ', r:frameworkName))"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="columns">
    <xsl:param name="first"/>
    <xsl:param name="cycles" select="false()"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <xsl:if test="$cycles"><fo:table-column column-width="44pt"/></xsl:if>
    <fo:table-column column-width="96pt"/>
    <fo:table-column column-width="46pt"/>
    <fo:table-column column-width="46pt"/>
    <fo:table-column column-width="46pt"/>
    <fo:table-column column-width="52pt"/>
    <fo:table-column column-width="56pt"/>
    <fo:table-header xsl:use-attribute-sets="table-head">
      <fo:table-row>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="$first"/>
          <xsl:with-param name="first" select="true()"/>
        </xsl:call-template>
        <xsl:if test="$cycles">
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('cycles')"/>
            <xsl:with-param name="align" select="'end'"/>
          </xsl:call-template>
        </xsl:if>
        <fo:table-cell role="TH" display-align="after" padding-after="4pt"
            padding-left="12pt">
          <fo:block><xsl:value-of select="w:t('compared')"/></fo:block>
        </fo:table-cell>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="w:t('risen')"/>
          <xsl:with-param name="align" select="'end'"/>
        </xsl:call-template>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="w:t('unchanged')"/>
          <xsl:with-param name="align" select="'end'"/>
        </xsl:call-template>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="w:t('fallen')"/>
          <xsl:with-param name="align" select="'end'"/>
        </xsl:call-template>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="w:t('acquired-before')"/>
          <xsl:with-param name="align" select="'end'"/>
        </xsl:call-template>
        <xsl:call-template name="head-cell">
          <xsl:with-param name="text" select="w:t('acquired-after')"/>
          <xsl:with-param name="pad" select="'6pt'"/>
          <xsl:with-param name="align" select="'end'"/>
        </xsl:call-template>
      </fo:table-row>
    </fo:table-header>
  </xsl:template>

  <xsl:template name="compared-cells">
    <xsl:param name="of"/>
    <xsl:variable name="risen" select="count($of[r:ratedLevel
        &gt; r:levelBefore])"/>
    <xsl:variable name="fallen" select="count($of[r:ratedLevel
        &lt; r:levelBefore])"/>
    <fo:table-cell xsl:use-attribute-sets="cell" padding-left="12pt"
        role="TD">
      <fo:block>
        <xsl:call-template name="shares">
          <xsl:with-param name="risen" select="$risen"/>
          <xsl:with-param name="fallen" select="$fallen"/>
          <xsl:with-param name="all" select="count($of)"/>
        </xsl:call-template>
      </fo:block>
    </fo:table-cell>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="w:num($risen)"/>
      <xsl:with-param name="weight" select="'600'"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="w:num(count($of) - $risen - $fallen)"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="w:num($fallen)"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="w:num(count($of[r:levelBefore
          &gt;= r:levelFrom]))"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="w:num(count($of[r:ratedLevel
          &gt;= r:levelFrom]))"/>
      <xsl:with-param name="weight" select="'600'"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Risen solid, unchanged pale, fallen empty; the numbers stand beside it. -->
  <xsl:template name="shares">
    <xsl:param name="risen"/>
    <xsl:param name="fallen"/>
    <xsl:param name="all"/>
    <xsl:variable name="scale" select="82 div $all"/>
    <fo:instream-foreign-object role="Artifact">
      <svg:svg width="84pt" height="8pt" viewBox="0 0 84 8">
        <svg:rect x="1" y="0.5" width="82" height="7" fill="{$accent-soft}"/>
        <svg:rect x="1" y="0.5" width="{g:n($risen * $scale)}" height="7"
            fill="{$accent}"/>
        <xsl:if test="$fallen &gt; 0">
          <svg:rect x="{g:n(83 - $fallen * $scale)}" y="0.5" height="7"
              width="{g:n($fallen * $scale)}" fill="#FFFFFF"
              stroke="{$secondary}" stroke-width="0.5"/>
        </xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>
</xsl:stylesheet>
