<?xml version="1.0" encoding="UTF-8"?>
<!--
  What rules and derived facts both reckon with: dates, months, who declared which hours; dated.xsl has what depends on
  the day of the dossier.
  Dates are year-month-day; an end is the last day included.  r:day(date) is the program's: the day as a number.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:date="http://exslt.org/dates-and-times"
    xmlns:exsl="http://exslt.org/common"
    xmlns:func="http://exslt.org/functions"
    xmlns:l="urn:parcours:limits"
    xmlns:r="urn:parcours:record"
    xmlns:f="urn:parcours:facts"
    extension-element-prefixes="func"
    exclude-result-prefixes="date exsl l r f">

  <!-- What a key matches is written from the root and without a space after "|": libxslt looks through the whole
       dossier for anything else.  Of what records are full of there are no keys: making one costs more than
       r:within() does. -->
  <xsl:key name="f:record" use="@id" match="/r:dossier/r:subject/r:*|/r:dossier/r:records/r:*"/>
  <xsl:key name="f:by-person" use="concat(local-name(), ' ', r:person[1]/@ref)" match="/r:dossier/r:records/r:*"/>

  <xsl:variable name="f:dossier" select="/r:dossier"/>
  <xsl:variable name="f:limits" select="/r:dossier/r:limits/l:limit/@id"/>

  <func:function name="f:add-days">
    <xsl:param name="date"/>
    <xsl:param name="days"/>
    <xsl:choose>
      <xsl:when test="$days &lt; 0"><func:result select="string(date:add($date, concat('-P', -$days, 'D')))"/></xsl:when>
      <xsl:otherwise><func:result select="string(date:add($date, concat('P', $days, 'D')))"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:add-months">
    <xsl:param name="date"/>
    <xsl:param name="months"/>
    <func:result select="string(date:add($date, concat('P', $months, 'M')))"/>
  </func:function>

  <!-- The calendar months of a span: 1 January to 31 March is 3. -->
  <func:function name="f:months">
    <xsl:param name="start"/>
    <xsl:param name="end"/>
    <xsl:variable name="after" select="string(date:add($end, 'P1D'))"/>
    <func:result select="12 * (substring($after, 1, 4) - substring($start, 1, 4))
        + substring($after, 6, 2) - substring($start, 6, 2)
        + (substring($after, 9, 2) - substring($start, 9, 2)) div 31"/>
  </func:function>

  <!-- The value of a limit in force; empty if there is none. -->
  <func:function name="f:limit">
    <xsl:param name="id"/>
    <func:result select="r:within($f:limits, $id)/../@value"/>
  </func:function>

  <!-- The last day of a contract, whether it ran to its term or not; nothing if it has none. -->
  <func:function name="f:contract-end">
    <xsl:param name="contract"/>
    <func:result select="($contract/r:endedOn | $contract/r:end[not($contract/r:endedOn)])[1]"/>
  </func:function>

  <!-- The months of several contracts together. -->
  <func:function name="f:total-months">
    <xsl:param name="contracts"/>
    <xsl:variable name="each">
      <xsl:for-each select="$contracts[f:contract-end(.)]">
        <m><xsl:value-of select="f:months(r:start, f:contract-end(.))"/></m>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="sum(exsl:node-set($each)/m)"/>
  </func:function>

  <!-- The evaluation of the same person and framework before this one. -->
  <func:function name="f:previous">
    <xsl:param name="evaluation"/>
    <xsl:variable name="this" select="r:day($evaluation/r:date[1])"/>
    <xsl:variable name="framework" select="string($evaluation/r:framework[1]/@ref)"/>
    <xsl:variable name="before" select="key('f:by-person', concat('evaluation ', $evaluation/r:person[1]/@ref))
        [r:framework[1]/@ref = $framework][r:day(r:date[1]) &lt; $this]"/>
    <xsl:variable name="date" select="r:greatest($before/r:date[1])"/>
    <func:result select="$before[r:date[1] = $date][1]"/>
  </func:function>

  <!-- The supervisor's level of the same skill in the evaluation before, on the same scale. -->
  <func:function name="f:level-before">
    <xsl:param name="rating"/>
    <xsl:variable name="before" select="f:previous($rating/..)[r:scale/@ref = $rating/../r:scale/@ref]"/>
    <func:result select="r:within($before/r:rating/@skill, $rating/@skill)[1]/../r:supervisorLevel"/>
  </func:function>

  <!-- Hours. An entry is a declaration in an agreement, or an activity of one's own. -->

  <func:function name="f:declarant">
    <xsl:param name="entry"/>
    <func:result select="string($entry/self::r:cpdActivity/r:person/@ref
        | $entry/self::r:declaration/../r:*[local-name() = $entry/@party]/@ref)"/>
  </func:function>

  <func:function name="f:entry-period">
    <xsl:param name="entry"/>
    <xsl:variable name="own" select="$entry/r:period/@ref"/>
    <xsl:variable name="declarant" select="f:declarant($entry)"/>
    <xsl:variable name="end" select="r:day(f:entry-end($entry))"/>
    <xsl:choose>
      <xsl:when test="$own"><func:result select="key('f:record', $own)"/></xsl:when>
      <!-- Else the period of the declarant in which it ends. -->
      <xsl:otherwise>
        <func:result select="key('f:by-person', concat('period ', $declarant))
            [r:day(r:start) &lt;= $end and r:day(r:end) &gt;= $end][1]"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:entry-end">
    <xsl:param name="entry"/>
    <func:result select="string($entry/self::r:cpdActivity/r:end | $entry/self::r:declaration/../r:end)"/>
  </func:function>

  <func:function name="f:entry-kind">
    <xsl:param name="entry"/>
    <xsl:choose>
      <xsl:when test="$entry/self::r:declaration"><func:result select="'accompaniment'"/></xsl:when>
      <xsl:otherwise><func:result select="string($entry/@kind)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:ceiling-id">
    <xsl:param name="entry"/>
    <func:result select="concat(f:entry-period($entry)/r:limitSet, '.', f:entry-kind($entry))"/>
  </func:function>
</xsl:stylesheet>
