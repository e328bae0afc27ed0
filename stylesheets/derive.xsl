<?xml version="1.0" encoding="UTF-8"?>
<!--
  The facts that follow from a dossier.  schemas/records/derived.xsd says what each is; nothing else is emitted, and
  no figure stands here: limits come from the dossier.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="urn:parcours:record"
    xmlns:exsl="http://exslt.org/common"
    xmlns:func="http://exslt.org/functions"
    xmlns:r="urn:parcours:record"
    xmlns:f="urn:parcours:facts"
    extension-element-prefixes="func"
    exclude-result-prefixes="exsl r f">
  <xsl:include href="functions.xsl"/>
  <xsl:include href="dated.xsl"/>

  <xsl:variable name="person" select="string($f:dossier/r:subject/r:person/@id)"/>
  <xsl:variable name="now" select="r:day($f:dossier/@date)"/>
  <xsl:variable name="organisation" select="key('f:record', $f:dossier/r:subject/r:person/r:organisation/@ref)
      | $f:dossier/r:subject/r:organisation"/>
  <xsl:variable name="evaluations" select="key('f:by-person', concat('evaluation ', $person))
      [r:day(r:date[1]) &lt;= $now]"/>
  <!-- The evaluation the document is about, else the last one. -->
  <xsl:variable name="asked" select="$evaluations[@id = $f:dossier/@about]"/>
  <xsl:variable name="last" select="$evaluations[r:date[1] = r:greatest($evaluations/r:date[1])][1]"/>
  <xsl:variable name="evaluation" select="$asked | $last[not($asked)]"/>
  <xsl:variable name="contracts" select="key('f:by-person', concat('contract ', $person))
      [r:day(r:start) &lt;= $now]"/>

  <xsl:template match="/r:dossier">
    <derived date="{@date}">
      <xsl:if test="$person != ''">
        <person ref="{$person}"/>
        <xsl:apply-templates select="$evaluation" mode="cycle"/>
        <xsl:apply-templates select="$evaluation" mode="skills"/>
        <xsl:call-template name="path"/>
        <xsl:call-template name="summary"/>
        <xsl:call-template name="hours"/>
        <xsl:apply-templates select="key('f:by-person', concat('integrationPlan ', $person))[1]" mode="integration"/>
        <xsl:call-template name="limits"/>
      </xsl:if>
    </derived>
  </xsl:template>

  <!-- ==================================================== the evaluation in time -->

  <xsl:template match="r:evaluation" mode="cycle">
    <xsl:variable name="previous" select="f:previous(.)"/>
    <xsl:variable name="set" select="$organisation/r:settings/r:reviewMonths"/>
    <xsl:variable name="months" select="concat($set, r:within($f:limits, 'evaluation.reviewMonths')/../@value[not($set)])"/>
    <xsl:variable name="contract" select="key('f:record', r:contract/@ref)"/>
    <xsl:variable name="end" select="f:contract-end($contract)"/>
    <cycleFact evaluation="{@id}">
      <xsl:if test="$previous">
        <xsl:attribute name="previous"><xsl:value-of select="$previous/@id"/></xsl:attribute>
        <xsl:attribute name="previousDate"><xsl:value-of select="$previous/r:date"/></xsl:attribute>
        <xsl:attribute name="intervalDays"><xsl:value-of select="r:day(r:date) - r:day($previous/r:date)"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="$months != '' and not(@kind = 'final')">
        <xsl:variable name="due" select="f:add-months(r:date, $months)"/>
        <xsl:attribute name="dueOn"><xsl:value-of select="$due"/></xsl:attribute>
        <xsl:attribute name="overdue"><xsl:value-of select="r:day($due) &lt; $now"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="$end">
        <xsl:attribute name="daysToContractEnd"><xsl:value-of select="r:day($end) - r:day($f:today)"/></xsl:attribute>
      </xsl:if>
    </cycleFact>
  </xsl:template>

  <!-- ================================================================= skills -->

  <!-- The supervisor's level of a skill in an evaluation, as a number; NaN if it was not rated. -->
  <func:function name="f:level">
    <xsl:param name="evaluation"/>
    <xsl:param name="skill"/>
    <func:result select="number(r:within($evaluation/r:rating/@skill, $skill)[1]/../r:supervisorLevel)"/>
  </func:function>

  <xsl:template match="r:evaluation" mode="skills">
    <xsl:variable name="this" select="."/>
    <xsl:variable name="date" select="string(r:date[1])"/>
    <xsl:variable name="framework" select="key('f:record', r:framework[1]/@ref)"/>
    <xsl:variable name="scale" select="key('f:record', r:scale[1]/@ref)"/>
    <!-- A level of another scale says nothing about this one. -->
    <xsl:variable name="before" select="f:previous(.)"/>
    <xsl:variable name="previous" select="$before[r:scale[1]/@ref = $scale/@id]"/>
    <xsl:variable name="alike" select="$evaluations[r:framework[1]/@ref = $framework/@id]
        [r:scale[1]/@ref = $scale/@id][r:day(r:date[1]) &lt;= r:day($date)]"/>
    <xsl:variable name="from" select="number($scale/r:acquiredFrom)"/>
    <xsl:variable name="lowest" select="number($scale/r:level[1]/@value)"/>
    <!-- What skills are rated here and before, and where one reached the level from which it is acquired. -->
    <xsl:variable name="ratings" select="r:rating/@skill"/>
    <xsl:variable name="earlier" select="$previous/r:rating/@skill"/>
    <xsl:variable name="reached" select="r:within($alike/r:rating/r:supervisorLevel, $scale/r:level/@value[. &gt;= $from])
        /../@skill"/>
    <xsl:variable name="facts">
      <xsl:for-each select="$framework/r:domain/r:skill">
        <xsl:variable name="rating" select="r:within($ratings, @id)[1]/.."/>
        <xsl:variable name="self" select="number($rating/r:selfLevel)"/>
        <xsl:variable name="level" select="number($rating/r:supervisorLevel)"/>
        <xsl:variable name="former" select="number(r:within($earlier, @id)[1]/../r:supervisorLevel)"/>
        <xsl:variable name="acquired-in" select="r:within($reached, @id)/../.."/>
        <skillFact skill="{@id}" domain="{../@id}">
          <!-- NaN is never equal to itself: that is how "not rated" is seen. -->
          <xsl:if test="$self = $self and $level = $level">
            <xsl:attribute name="gap"><xsl:value-of select="$self - $level"/></xsl:attribute>
          </xsl:if>
          <xsl:attribute name="trend">
            <xsl:choose>
              <xsl:when test="not($level = $level)">none</xsl:when>
              <xsl:when test="not($former = $former)">first</xsl:when>
              <xsl:when test="$level &gt; $former">up</xsl:when>
              <xsl:when test="$level &lt; $former">down</xsl:when>
              <xsl:otherwise>same</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
          <xsl:attribute name="status">
            <xsl:choose>
              <xsl:when test="not($level = $level)">notRated</xsl:when>
              <xsl:when test="$level &gt;= $from">acquired</xsl:when>
              <xsl:when test="$acquired-in">regressed</xsl:when>
              <xsl:when test="$level &lt;= $lowest">toWorkOn</xsl:when>
              <xsl:otherwise>inProgress</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
          <xsl:if test="$former = $former">
            <xsl:attribute name="previousLevel"><xsl:value-of select="$former"/></xsl:attribute>
          </xsl:if>
          <xsl:if test="$acquired-in">
            <xsl:variable name="acquired-on" select="r:least($acquired-in/r:date[1])"/>
            <xsl:attribute name="acquiredOn"><xsl:value-of select="$acquired-on"/></xsl:attribute>
            <xsl:if test="$level &lt; $from">
              <xsl:attribute name="lostOn">
                <xsl:for-each select="$evaluations[r:framework[1]/@ref = $framework/@id]
                    [r:day(r:date[1]) &gt; r:day(r:greatest($acquired-in/r:date[1]))][f:level(., current()/@id) &lt; $from]">
                  <xsl:sort select="r:date[1]"/>
                  <xsl:if test="position() = 1"><xsl:value-of select="r:date[1]"/></xsl:if>
                </xsl:for-each>
              </xsl:attribute>
            </xsl:if>
            <xsl:if test="$acquired-on = $date and $earlier and $level &gt;= $from">
              <xsl:attribute name="new">true</xsl:attribute>
            </xsl:if>
          </xsl:if>
        </skillFact>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="skills" select="exsl:node-set($facts)/r:skillFact"/>
    <xsl:variable name="statuses" select="$skills/@status"/>
    <xsl:variable name="domains" select="$skills/@domain"/>
    <!-- Skills on a scale of their own have no part in the mean. -->
    <xsl:variable name="apart" select="$framework/r:domain/r:skill/r:scale[not(@ref = $scale/@id)]/../@id"/>
    <xsl:variable name="rated" select="count(r:without($statuses, 'notRated'))"/>
    <xsl:copy-of select="$skills"/>
    <xsl:if test="$skills">
      <coverage rated="{$rated}" total="{count($skills)}" percent="{round(1000 * $rated div count($skills)) div 10}"/>
    </xsl:if>
    <xsl:for-each select="$framework/r:domain">
      <xsl:call-template name="domain">
        <xsl:with-param name="ratings" select="$ratings"/>
        <xsl:with-param name="apart" select="$apart"/>
        <xsl:with-param name="statuses" select="r:within($domains, @id)/../@status"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="domain">
    <xsl:param name="ratings"/>
    <xsl:param name="apart"/>
    <xsl:param name="statuses"/>
    <xsl:variable name="here" select="r:within($ratings, r:without(r:skill/@id, $apart))/.."/>
    <xsl:variable name="selves" select="$here/r:selfLevel[number() = number()]"/>
    <xsl:variable name="levels" select="$here/r:supervisorLevel[number() = number()]"/>
    <domainFact domain="{@id}" rated="{count(r:without($statuses, 'notRated'))}" total="{count($statuses)}">
      <xsl:if test="$selves">
        <xsl:attribute name="self"><xsl:value-of select="round(100 * sum($selves) div count($selves)) div 100"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="$levels">
        <xsl:attribute name="supervisor"><xsl:value-of select="round(100 * sum($levels) div count($levels)) div 100"/></xsl:attribute>
      </xsl:if>
      <xsl:attribute name="acquired"><xsl:value-of select="count(r:within($statuses, 'acquired'))"/></xsl:attribute>
    </domainFact>
  </xsl:template>

  <!-- ============================================================ the contracts -->

  <!-- A contract and those that renew it, one after the other. -->
  <func:function name="f:chain">
    <xsl:param name="chain"/>
    <xsl:variable name="more" select="$contracts[r:renews/@ref = $chain/@id]"/>
    <xsl:choose>
      <xsl:when test="$more[not(@id = $chain/@id)]"><func:result select="f:chain($chain | $more)"/></xsl:when>
      <xsl:otherwise><func:result select="$chain"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:template name="path">
    <xsl:variable name="latest" select="$contracts[not(r:renews/@ref = $contracts/@id)]
        [r:start = r:greatest($contracts[not(r:renews/@ref = $contracts/@id)]/r:start)][1]"/>
    <xsl:if test="$latest">
      <xsl:variable name="chain" select="f:chain($latest)"/>
      <xsl:variable name="final" select="$chain[r:start = r:greatest($chain/r:start)][1]"/>
      <xsl:variable name="end" select="f:contract-end($final)"/>
      <pathFact start="{$latest/r:start}">
        <xsl:if test="$end"><xsl:attribute name="end"><xsl:value-of select="$end"/></xsl:attribute></xsl:if>
        <xsl:attribute name="months">
          <xsl:value-of select="round(10 * f:months($latest/r:start, string($end | $f:dossier/@date[not($end)]))) div 10"/>
        </xsl:attribute>
        <xsl:attribute name="contracts"><xsl:value-of select="count($chain)"/></xsl:attribute>
      </pathFact>
    </xsl:if>
    <xsl:for-each select="$contracts[not(r:renews/@ref = $contracts/@id)]">
      <xsl:sort select="r:start" order="descending"/>
      <xsl:call-template name="employment"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A chain of contracts is one job held; what changed is said as it was last. -->
  <xsl:template name="employment">
    <xsl:variable name="chain" select="f:chain(.)"/>
    <xsl:variable name="final" select="$chain[r:start = r:greatest($chain/r:start)][1]"/>
    <xsl:variable name="end" select="f:contract-end($final)"/>
    <xsl:variable name="site" select="key('f:record', $final/r:site/@ref)"/>
    <employment>
      <start><xsl:value-of select="r:start"/></start>
      <xsl:if test="$end"><end><xsl:value-of select="$end"/></end></xsl:if>
      <weeklyHours><xsl:value-of select="$final/r:weeklyHours"/></weeklyHours>
      <post><xsl:value-of select="normalize-space($final/r:post)"/></post>
      <xsl:copy-of select="$final/r:rome"/>
      <months><xsl:value-of select="round(f:months(r:start, string($end | $f:dossier/@date[not($end)])))"/></months>
      <xsl:if test="$site">
        <siteName><xsl:value-of select="normalize-space($site/r:name)"/></siteName>
        <town><xsl:value-of select="normalize-space($site/r:address/r:town)"/></town>
      </xsl:if>
    </employment>
  </xsl:template>

  <!-- =============================================== what a summary hands over -->

  <xsl:template name="summary">
    <!-- Of each framework, what the last evaluation found acquired. -->
    <xsl:for-each select="$evaluations">
      <xsl:sort select="r:date[1]" order="descending"/>
      <xsl:variable name="framework" select="r:framework[1]/@ref"/>
      <xsl:variable name="on" select="r:day(r:date[1])"/>
      <xsl:if test="not($evaluations[r:framework[1]/@ref = $framework][r:day(r:date[1]) &gt; $on])">
        <xsl:call-template name="acquired"/>
      </xsl:if>
    </xsl:for-each>
    <xsl:variable name="steps" select="key('f:by-person', concat('step ', $person))[r:state = 'done']
        [r:day(r:end) &lt;= $now]"/>
    <xsl:for-each select="$steps[@kind = 'training' or @kind = 'CleA' or @kind = 'CQP' or @kind = 'VAE']">
      <xsl:sort select="r:start"/>
      <training step="{@id}">
        <title><xsl:value-of select="normalize-space(r:title)"/></title>
        <xsl:apply-templates select="r:provider | r:start | r:end | r:hours" mode="fact"/>
      </training>
    </xsl:for-each>
    <xsl:for-each select="$steps[r:host][@kind = 'PMSMP' or @kind = 'shortMission' or @kind = 'EMT']">
      <xsl:sort select="r:start"/>
      <immersion step="{@id}">
        <hostName><xsl:value-of select="normalize-space(r:host/r:hostName)"/></hostName>
        <xsl:apply-templates select="r:host/r:address/r:town" mode="fact"/>
        <xsl:if test="r:jobTitle"><job><xsl:value-of select="normalize-space(r:jobTitle)"/></job></xsl:if>
        <xsl:apply-templates select="r:start | r:end | r:days" mode="fact"/>
      </immersion>
    </xsl:for-each>
    <xsl:for-each select="key('f:by-person', concat('certification ', $person))[r:day(r:obtainedOn) &lt;= $now]
        [not(r:expiresOn) or r:day(r:expiresOn) &gt;= $now]">
      <xsl:sort select="r:obtainedOn"/>
      <validCertification certification="{@id}"/>
    </xsl:for-each>
    <xsl:call-template name="issuers"/>
    <xsl:if test="$f:dossier/r:subject/r:person/r:choices/r:mentionInsertion[. = 'true' or . = '1']
        and $organisation/r:insertionStatement">
      <insertionMention>
        <xsl:for-each select="$organisation/r:insertionStatement/r:p"><p><xsl:copy-of select="node()"/></p></xsl:for-each>
      </insertionMention>
    </xsl:if>
    <xsl:if test="$last">
      <xsl:variable name="days" select="r:day($f:today) - r:day($last/r:date)"/>
      <xsl:variable name="ceiling" select="r:within($f:limits, 'evaluation.evidenceDays')/../@value"/>
      <evidenceAge days="{$days}">
        <xsl:if test="$ceiling">
          <xsl:attribute name="ceiling"><xsl:value-of select="$ceiling"/></xsl:attribute>
          <xsl:attribute name="exceeded"><xsl:value-of select="$days &gt; $ceiling"/></xsl:attribute>
        </xsl:if>
      </evidenceAge>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:*" mode="fact">
    <xsl:element name="{local-name()}" namespace="urn:parcours:record">
      <xsl:value-of select="normalize-space()"/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="acquired">
    <xsl:variable name="scale" select="key('f:record', r:scale/@ref)"/>
    <xsl:variable name="known" select="key('f:record', r:framework/@ref)/r:domain/r:skill/@id"/>
    <xsl:for-each select="r:within(r:rating/r:supervisorLevel, $scale/r:level/@value[. &gt;= $scale/r:acquiredFrom])/..">
      <xsl:variable name="skill" select="r:within($known, @skill)/.."/>
      <xsl:if test="$skill">
        <acquiredSkill skill="{@skill}" domain="{$skill/../@id}" kind="{$skill/../@kind}"
            level="{normalize-space(r:supervisorLevel)}" evaluation="{../@id}">
          <xsl:apply-templates select="r:proof" mode="fact"/>
        </acquiredSkill>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- Who directs the organisation on that day, else who represents it; then who supervised last. -->
  <xsl:template name="issuers">
    <xsl:variable name="held" select="$f:dossier/r:records/r:assignment[r:role = 'director'][not(r:person)]
        [r:organisation/@ref = $organisation/@id][r:day(r:start) &lt;= $now]
        [not(r:end) or r:day(r:end) &gt;= $now]"/>
    <xsl:variable name="director" select="key('f:record', $held[1]/r:holder/@ref)"/>
    <xsl:if test="$director or $organisation">
      <xsl:call-template name="issuer">
        <xsl:with-param name="role" select="'director'"/>
        <xsl:with-param name="who" select="$director | $organisation/r:representative[not($director)]"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$last">
      <xsl:call-template name="issuer">
        <xsl:with-param name="role" select="'supervisor'"/>
        <xsl:with-param name="who" select="key('f:record', $last/r:supervisor/@ref)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="issuer">
    <xsl:param name="role"/>
    <xsl:param name="who"/>
    <xsl:if test="$who">
      <issuer>
        <role><xsl:value-of select="$role"/></role>
        <xsl:apply-templates select="$who/r:civility | $who/r:givenName | $who/r:familyName | $who/r:function"
            mode="fact"/>
      </issuer>
    </xsl:if>
  </xsl:template>

  <!-- ================================================================== hours -->

  <xsl:template name="hours">
    <xsl:for-each select="$f:dossier/r:records/r:agreement/r:declaration[f:declarant(.) = $person]
        [r:day(../r:end) &lt;= $now]">
      <xsl:sort select="../r:end"/>
      <xsl:sort select="../@id"/>
      <xsl:call-template name="declared"/>
    </xsl:for-each>
    <xsl:for-each select="key('f:by-person', concat('period ', $person))">
      <xsl:sort select="r:start"/>
      <xsl:call-template name="period"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="declared">
    <xsl:variable name="period" select="f:entry-period(.)"/>
    <xsl:variable name="limit" select="f:ceiling-id(.)"/>
    <xsl:variable name="ceiling" select="r:within($f:limits, $limit)/../@value"/>
    <xsl:variable name="meetings" select="$f:dossier/r:records/r:meeting[r:agreement/@ref = current()/../@id]"/>
    <xsl:variable name="before" select="f:hours-before(.)"/>
    <xsl:variable name="recognised" select="f:recognised(.)"/>
    <xsl:if test="$period and $ceiling">
      <hoursFact agreement="{../@id}" declarant="{$person}" period="{$period/@id}" limit="{$limit}"
          meetings="{count($meetings)}" total="{sum($meetings/r:hours)}" declared="{number(r:declaredHours)}"
          ceiling="{$ceiling}" already="{$ceiling - f:room(.)}" recognised="{$recognised}"
          surplus="{r:declaredHours - $recognised}" remaining="{f:room(.) - $recognised}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="period">
    <xsl:variable name="period" select="."/>
    <xsl:variable name="kinds">
      <xsl:for-each select="key('f:by-person', concat('cpdActivity ', $person))/@kind">
        <kind><xsl:value-of select="."/></kind>
      </xsl:for-each>
      <kind>accompaniment</kind>
    </xsl:variable>
    <xsl:variable name="facts">
      <xsl:for-each select="exsl:node-set($kinds)/r:kind[not(. = preceding-sibling::r:kind)]">
        <xsl:sort select="."/>
        <xsl:variable name="kind" select="string()"/>
        <xsl:for-each select="$period">
          <xsl:variable name="entries" select="f:entries($person, $period, $kind)"/>
          <xsl:variable name="ceiling" select="r:within($f:limits, concat($period/r:limitSet, '.', $kind))/../@value"/>
          <xsl:variable name="declared" select="sum($entries/r:declaredHours)"/>
          <xsl:if test="$entries">
            <kindFact kind="{$kind}" declared="{$declared}">
              <xsl:attribute name="recognised">
                <xsl:choose>
                  <xsl:when test="$declared &gt; $ceiling"><xsl:value-of select="$ceiling"/></xsl:when>
                  <xsl:otherwise><xsl:value-of select="$declared"/></xsl:otherwise>
                </xsl:choose>
              </xsl:attribute>
              <xsl:if test="$ceiling"><xsl:attribute name="ceiling"><xsl:value-of select="$ceiling"/></xsl:attribute></xsl:if>
            </kindFact>
          </xsl:if>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="recognised" select="sum(exsl:node-set($facts)/r:kindFact/@recognised)"/>
    <xsl:variable name="carried" select="sum(r:carriedOverHours)"/>
    <xsl:variable name="missing" select="r:requiredHours - $carried - $recognised"/>
    <xsl:variable name="proof-months" select="r:within($f:limits, concat(r:limitSet, '.proofMonths'))/../@value"/>
    <periodFact period="{@id}" required="{number(r:requiredHours)}" carried="{$carried}" recognised="{$recognised}"
        balance="{$missing * ($missing &gt; 0)}">
      <xsl:attribute name="keepUntil">
        <xsl:choose>
          <xsl:when test="$proof-months"><xsl:value-of select="f:add-months(r:end, $proof-months)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="r:end"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:copy-of select="$facts"/>
    </periodFact>
  </xsl:template>

  <!-- ============================================================ integration -->

  <xsl:template match="r:integrationPlan" mode="integration">
    <xsl:variable name="entry" select="string(r:entryDate)"/>
    <xsl:for-each select="r:phase">
      <xsl:variable name="days">
        <xsl:for-each select="r:task/@day"><xsl:sort select="." data-type="number"/><d><xsl:value-of select="."/></d></xsl:for-each>
      </xsl:variable>
      <xsl:variable name="day" select="exsl:node-set($days)/r:d"/>
      <phaseFact key="{@key}" start="{f:add-days($entry, number($day[1]))}"
          end="{f:add-days($entry, number($day[last()]))}" done="{count(r:task[r:day(r:doneOn) &lt;= $now])}" total="{count(r:task)}"/>
    </xsl:for-each>
    <xsl:for-each select="r:phase/r:task">
      <xsl:variable name="due" select="f:add-days($entry, number(@day))"/>
      <taskFact task="{@id}" due="{$due}">
        <xsl:attribute name="status">
          <xsl:choose>
            <xsl:when test="r:day(r:doneOn) &lt;= $now">done</xsl:when>
            <xsl:when test="r:day($due) &lt; $now">late</xsl:when>
            <xsl:when test="r:day($due) = $now">due</xsl:when>
            <xsl:otherwise>upcoming</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </taskFact>
    </xsl:for-each>
    <xsl:variable name="rated" select="r:autonomy[number(r:supervisorLevel) = number(r:supervisorLevel)]
        [r:day(r:date) &lt;= $now]"/>
    <xsl:for-each select="$rated[r:date = r:greatest($rated/r:date)][1]">
      <autonomyFact level="{normalize-space(r:supervisorLevel)}" threshold="{normalize-space(../r:threshold)}"
          sufficient="{r:supervisorLevel &gt;= ../r:threshold}" date="{r:date}"/>
    </xsl:for-each>
  </xsl:template>

  <!-- ================================================================= limits -->

  <xsl:template name="limits">
    <xsl:variable name="max" select="r:within($f:limits, 'cddi.maxMonths')/../@value"/>
    <xsl:variable name="latest" select="$contracts[r:contractType = 'CDDI'][not(r:renews/@ref = $contracts/@id)]"/>
    <xsl:variable name="first" select="$latest[r:start = r:greatest($latest/r:start)][1]"/>
    <xsl:if test="$max and $first">
      <xsl:variable name="chain" select="f:chain($first)"/>
      <xsl:variable name="end" select="r:greatest($chain/r:end[not(../r:endedOn)] | $chain/r:endedOn)"/>
      <xsl:if test="$end != ''">
        <limitUse limit="cddi.maxMonths" used="{round(10 * f:months($first/r:start, $end)) div 10}" ceiling="{$max}"
            unit="months" start="{$first/r:start}" end="{$end}"/>
      </xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
