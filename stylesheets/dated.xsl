<?xml version="1.0" encoding="UTF-8"?>
<!--
  What rules and derived facts reckon up to the day of the dossier: the hours done, and what remains of a ceiling.
  It stands on functions.xsl, which whoever includes this includes too.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:exsl="http://exslt.org/common"
    xmlns:func="http://exslt.org/functions"
    xmlns:r="urn:parcours:record"
    xmlns:f="urn:parcours:facts"
    extension-element-prefixes="func"
    exclude-result-prefixes="exsl r f">

  <xsl:variable name="f:today" select="string($f:dossier/@date)"/>

  <!-- All that a person did of one kind in a period, up to the dossier's date. -->
  <func:function name="f:entries">
    <xsl:param name="person"/>
    <xsl:param name="period"/>
    <xsl:param name="kind"/>
    <func:result select="(key('f:by-person', concat('cpdActivity ', $person))[@kind = $kind][r:state = 'done']
        | $f:dossier/r:records/r:agreement[$kind = 'accompaniment']/r:declaration[f:declarant(.) = $person])
        [f:entry-period(.)/@id = $period/@id][r:day(f:entry-end(.)) &lt;= r:day($f:today)]"/>
  </func:function>

  <!-- The hours of the same kind that were declared before this entry in its period: by end date, then id. -->
  <func:function name="f:hours-before">
    <xsl:param name="entry"/>
    <xsl:variable name="period" select="f:entry-period($entry)"/>
    <xsl:variable name="me" select="generate-id($entry)"/>
    <xsl:variable name="ordered">
      <xsl:for-each select="f:entries(f:declarant($entry), $period, f:entry-kind($entry))">
        <xsl:sort select="f:entry-end(.)"/>
        <xsl:sort select="ancestor-or-self::*[@id][1]/@id"/>
        <entry hours="{r:declaredHours}"><xsl:if test="generate-id() = $me"><xsl:attribute name="me"/></xsl:if></entry>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="sum(exsl:node-set($ordered)/entry[@me][1]/preceding-sibling::entry/@hours)"/>
  </func:function>

  <!-- What remained under the ceiling when this entry was declared; all of it where there is no ceiling. -->
  <func:function name="f:room">
    <xsl:param name="entry"/>
    <xsl:variable name="ceiling" select="f:limit(f:ceiling-id($entry))"/>
    <xsl:variable name="room" select="$ceiling - f:hours-before($entry)"/>
    <xsl:choose>
      <xsl:when test="not($ceiling)"><func:result select="number($entry/r:declaredHours)"/></xsl:when>
      <xsl:when test="$room &lt; 0"><func:result select="0"/></xsl:when>
      <xsl:otherwise><func:result select="$room"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:recognised">
    <xsl:param name="entry"/>
    <xsl:variable name="room" select="f:room($entry)"/>
    <xsl:choose>
      <xsl:when test="$entry/r:declaredHours &gt; $room"><func:result select="$room"/></xsl:when>
      <xsl:otherwise><func:result select="number($entry/r:declaredHours)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
