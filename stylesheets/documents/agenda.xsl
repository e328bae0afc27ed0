<?xml version="1.0" encoding="UTF-8"?>
<!--
  Agenda: what has to be done in an organisation from a day on, by whom and until
  when; what is overdue on that day first.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:exsl="http://exslt.org/common"
    xmlns:date="http://exslt.org/dates-and-times"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="exsl date"
    exclude-result-prefixes="r w">

  <xsl:include href="../page/report.xsl"/>

  <xsl:variable name="rows" select="w:rows('due')"/>
  <xsl:variable name="today" select="r:day($period-from)"/>
  <!-- A week ends on Sunday, the first day of EXSLT's. -->
  <xsl:variable name="sunday"
      select="$today + (8 - date:day-in-week($period-from)) mod 7"/>
  <xsl:variable name="overdue" select="$rows[r:day(r:dueDay) &lt; $today]"/>
  <xsl:variable name="this-week" select="$rows[r:day(r:dueDay) &gt;= $today
      and r:day(r:dueDay) &lt;= $sunday]"/>
  <xsl:variable name="later" select="$rows[r:day(r:dueDay) &gt; $sunday
      and r:day(r:dueDay) &gt;= $today]"/>

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
    <xsl:variable name="figures">
      <fact name="{w:t('due.overdue')}" value="{w:num(count($overdue))}"/>
      <fact name="{w:t('due.week')}" value="{w:num(count($this-week))}"/>
      <fact name="{w:t('due.later')}" value="{w:num(count($later))}"/>
    </xsl:variable>
    <xsl:call-template name="report-band">
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$rows">
        <xsl:call-template name="figures">
          <xsl:with-param name="facts" select="exsl:node-set($figures)/fact"/>
        </xsl:call-template>
        <xsl:call-template name="agenda">
          <xsl:with-param name="title" select="w:t('due.overdue')"/>
          <xsl:with-param name="id" select="'overdue'"/>
          <xsl:with-param name="what" select="$overdue"/>
        </xsl:call-template>
        <xsl:call-template name="agenda">
          <xsl:with-param name="title" select="w:t('due.week')"/>
          <xsl:with-param name="id" select="'week'"/>
          <xsl:with-param name="what" select="$this-week"/>
        </xsl:call-template>
        <xsl:call-template name="agenda">
          <xsl:with-param name="title" select="w:t('due.later')"/>
          <xsl:with-param name="id" select="'later'"/>
          <xsl:with-param name="what" select="$later"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('due.none')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="agenda">
    <xsl:param name="title"/>
    <xsl:param name="id"/>
    <xsl:param name="what"/>
    <xsl:if test="$what">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="$title"/>
        <xsl:with-param name="id" select="$id"/>
      </xsl:call-template>
      <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
        <fo:table-column column-width="76pt"/>
        <fo:table-column column-width="proportional-column-width(8)"/>
        <fo:table-column column-width="proportional-column-width(5)"/>
        <fo:table-column column-width="proportional-column-width(5)"/>
        <fo:table-header xsl:use-attribute-sets="table-head">
          <fo:table-row>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('due.until')"/>
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('due.what')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('due.whom')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('due.by')"/>
            </xsl:call-template>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="$what">
            <xsl:call-template name="thing">
              <xsl:with-param name="turn" select="position()"/>
            </xsl:call-template>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>

  <!-- The kind of thing in strong letters, what it is below. -->
  <xsl:template name="thing">
    <xsl:param name="turn"/>
    <fo:table-row keep-together.within-page="9">
      <xsl:call-template name="row-keeps"/>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="w:date(r:dueDay)"/>
        <xsl:with-param name="tabular" select="true()"/>
        <xsl:with-param name="row" select="$turn"/>
      </xsl:call-template>
      <fo:table-cell xsl:use-attribute-sets="cell" padding-right="9pt">
        <fo:block font-weight="600"><xsl:value-of select="r:dueWhat"/></fo:block>
        <xsl:if test="r:dueDetail">
          <fo:block hyphenate="true"><xsl:value-of select="r:dueDetail"/></fo:block>
        </xsl:if>
      </fo:table-cell>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="string(r:personName)"/>
      </xsl:call-template>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="string(r:dueBy)"/>
        <xsl:with-param name="right" select="'0pt'"/>
      </xsl:call-template>
    </fo:table-row>
  </xsl:template>
</xsl:stylesheet>
