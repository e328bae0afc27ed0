<?xml version="1.0" encoding="UTF-8"?>
<!--
  Training and hours: steps that were done, month by month and person by
  person, by kind.
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

  <xsl:import href="../page/report.xsl"/>

  <!-- Many kinds need the long side of the paper. -->
  <xsl:variable name="landscape" select="count($kinds) &gt; 6"/>

  <xsl:key name="in-month" use="concat(r:month, ' ', r:hourKind)"
      match="/r:dossier/r:tables/r:table/r:row"/>
  <xsl:key name="of-person" use="concat(r:personKey, ' ', r:hourKind)"
      match="/r:dossier/r:tables/r:table/r:row"/>
  <xsl:key name="of-kind" use="r:hourKind"
      match="/r:dossier/r:tables/r:table/r:row"/>
  <xsl:key name="one-month" use="r:month"
      match="/r:dossier/r:tables/r:table/r:row"/>
  <xsl:key name="one-person" use="r:personKey"
      match="/r:dossier/r:tables/r:table/r:row"/>

  <xsl:variable name="rows" select="w:rows('stepHours')"/>
  <xsl:variable name="kinds" select="$rows[generate-id()
      = generate-id(key('of-kind', r:hourKind)[1])]"/>
  <xsl:variable name="kind-width" select="floor(($measure - 176)
      div count($kinds))"/>
  <xsl:variable name="months" select="$rows[generate-id()
      = generate-id(key('one-month', r:month)[1])]"/>
  <xsl:variable name="persons" select="$rows[generate-id()
      = generate-id(key('one-person', r:personKey)[1])]"/>

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
          <fact name="{w:t('steps')}" value="{w:num(count($rows))}"/>
          <fact name="{w:t('people')}" value="{w:num(count($persons))}"/>
          <fact name="{w:t('hours')}"
              value="{w:num(sum($rows/r:hourCount))}"/>
          <xsl:if test="$rows/r:hourRecognised">
            <fact name="{w:t('hours-recognised')}"
                value="{w:num(sum($rows/r:hourRecognised))}"/>
          </xsl:if>
        </xsl:variable>
        <xsl:call-template name="figures">
          <xsl:with-param name="facts" select="exsl:node-set($figures)/fact"/>
        </xsl:call-template>
        <xsl:call-template name="crossed">
          <xsl:with-param name="title" select="w:t('by-month')"/>
          <xsl:with-param name="id" select="'by-month'"/>
          <xsl:with-param name="heads" select="$months"/>
          <xsl:with-param name="key" select="'in-month'"/>
        </xsl:call-template>
        <xsl:call-template name="note">
          <xsl:with-param name="text" select="w:t('training.note')"/>
        </xsl:call-template>
        <xsl:call-template name="crossed">
          <xsl:with-param name="title" select="w:t('by-person')"/>
          <xsl:with-param name="id" select="'by-person'"/>
          <xsl:with-param name="heads" select="$persons"/>
          <xsl:with-param name="key" select="'of-person'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('training.none')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Hours by kind, a row per month or person; steps that do not say their hours
       are a dash. -->
  <xsl:template name="crossed">
    <xsl:param name="title"/>
    <xsl:param name="id"/>
    <xsl:param name="heads"/>
    <xsl:param name="key"/>
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="id" select="$id"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
      <fo:table-column column-width="124pt"/>
      <xsl:for-each select="$kinds">
        <fo:table-column column-width="proportional-column-width(1)"/>
      </xsl:for-each>
      <fo:table-column column-width="52pt"/>
      <fo:table-header xsl:use-attribute-sets="table-head">
        <fo:table-row>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text">
              <xsl:choose>
                <xsl:when test="$key = 'in-month'"><xsl:value-of select="w:t('month')"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="w:t('name')"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
            <xsl:with-param name="first" select="true()"/>
          </xsl:call-template>
          <xsl:for-each select="$kinds">
            <xsl:sort select="r:fold(w:e('step-kind', r:hourKind))"/>
            <xsl:choose>
              <!-- No room for the words: upright. -->
              <xsl:when test="$landscape and $kind-width &lt; 54">
                <fo:table-cell role="TH" display-align="after" padding-after="3pt">
                  <fo:block-container reference-orientation="90"
                      inline-progression-dimension="86pt"
                      block-progression-dimension="{$kind-width}pt"
                      display-align="after">
                    <fo:block line-height="8.5pt">
                      <xsl:value-of select="w:e('step-kind', r:hourKind)"/>
                    </fo:block>
                  </fo:block-container>
                </fo:table-cell>
              </xsl:when>
              <xsl:otherwise>
                <xsl:call-template name="head-cell">
                  <xsl:with-param name="text" select="w:e('step-kind', r:hourKind)"/>
                  <xsl:with-param name="align" select="'end'"/>
                  <xsl:with-param name="pad" select="'6pt'"/>
                </xsl:call-template>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('hours')"/>
            <xsl:with-param name="align" select="'end'"/>
          </xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$heads">
          <xsl:sort select="r:month[$key = 'in-month']"/>
          <xsl:sort select="r:fold(r:personName[$key = 'of-person'])"/>
          <xsl:variable name="value" select="string((r:month[$key = 'in-month']
              | r:personKey[$key = 'of-person'])[1])"/>
          <fo:table-row>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text">
                <xsl:choose>
                  <xsl:when test="$key = 'in-month'">
                    <xsl:value-of select="w:month($value)"/>
                  </xsl:when>
                  <xsl:otherwise><xsl:value-of select="r:personName"/></xsl:otherwise>
                </xsl:choose>
              </xsl:with-param>
              <xsl:with-param name="row" select="position()"/>
            </xsl:call-template>
            <xsl:for-each select="$kinds">
              <xsl:sort select="r:fold(w:e('step-kind', r:hourKind))"/>
              <xsl:variable name="of" select="key($key, concat($value, ' ',
                  r:hourKind))"/>
              <xsl:call-template name="hours-cell">
                <xsl:with-param name="of" select="$of"/>
              </xsl:call-template>
            </xsl:for-each>
            <xsl:call-template name="hours-cell">
              <xsl:with-param name="of" select="key('one-month', $value)
                  | key('one-person', $value)"/>
              <xsl:with-param name="weight" select="'600'"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
        <fo:table-row keep-with-previous.within-page="always">
          <xsl:call-template name="text-cell">
            <xsl:with-param name="text" select="w:t('total')"/>
            <xsl:with-param name="weight" select="'600'"/>
          </xsl:call-template>
          <xsl:for-each select="$kinds">
            <xsl:sort select="r:fold(w:e('step-kind', r:hourKind))"/>
            <xsl:call-template name="hours-cell">
              <xsl:with-param name="of" select="key('of-kind', r:hourKind)"/>
              <xsl:with-param name="weight" select="'600'"/>
            </xsl:call-template>
          </xsl:for-each>
          <xsl:call-template name="hours-cell">
            <xsl:with-param name="of" select="$rows"/>
            <xsl:with-param name="weight" select="'600'"/>
          </xsl:call-template>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="hours-cell">
    <xsl:param name="of"/>
    <xsl:param name="weight" select="'400'"/>
    <xsl:variable name="text">
      <xsl:choose>
        <xsl:when test="$of/r:hourCount">
          <xsl:value-of select="w:num(sum($of/r:hourCount))"/>
        </xsl:when>
        <xsl:when test="$of">–</xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="number-cell">
      <xsl:with-param name="text" select="string($text)"/>
      <xsl:with-param name="weight" select="$weight"/>
      <xsl:with-param name="right" select="'0pt'"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
