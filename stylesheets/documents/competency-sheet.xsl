<?xml version="1.0" encoding="UTF-8"?>
<!--
  Competency sheet: worker and supervisor fill it jointly each cycle; it shows
  how each sees the skills and where they differ.  About one evaluation.

  First page: who, when, the radar of the domains beside strengths and
  progress axes, the path so far.  Then skill by skill, the words of both,
  the professional project, signatures.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="exsl"
    exclude-result-prefixes="r w g">

  <xsl:include href="../page/common.xsl"/>
  <xsl:include href="../figures/radar.xsl"/>
  <xsl:include href="../figures/dumbbell.xsl"/>
  <xsl:include href="../figures/timeline.xsl"/>

  <xsl:variable name="evaluation" select="$about"/>
  <xsl:variable name="framework"
      select="key('record', $evaluation/r:framework/@ref)"/>
  <xsl:variable name="scale"
      select="key('record', $evaluation/r:scale/@ref)"/>
  <xsl:variable name="contract"
      select="key('record', $evaluation/r:contract/@ref)"/>
  <xsl:variable name="supervisor"
      select="key('record', $evaluation/r:supervisor/@ref)"/>
  <xsl:variable name="counsellor"
      select="key('record', $evaluation/r:counsellor/@ref)"/>
  <xsl:variable name="cycle" select="$derived/r:cycleFact"/>
  <xsl:variable name="title" select="w:t('competency-sheet')"/>

  <xsl:variable name="level-tree">
    <xsl:for-each select="$scale/r:level">
      <xsl:sort select="@value" data-type="number"/>
      <level value="{@value}" label="{w:say(r:shortLabel)}"/>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="levels" select="exsl:node-set($level-tree)/level"/>

  <!-- The domains, if three or more have both views; else the skills, if
       there are not more than a radar can carry. -->
  <xsl:variable name="axis-tree">
    <xsl:variable name="domains" select="$derived/r:domainFact[@self
        and @supervisor]"/>
    <xsl:variable name="pairs" select="$evaluation/r:rating
        [number(r:selfLevel) = number(r:selfLevel)
        and number(r:supervisorLevel) = number(r:supervisorLevel)]"/>
    <xsl:choose>
      <xsl:when test="count($domains) &gt;= 3 and count($domains) &lt;= 10">
        <xsl:for-each select="$framework/r:domain[@id = $domains/@domain]">
          <xsl:variable name="fact" select="$domains[@domain
              = current()/@id]"/>
          <axis mean="true" self="{$fact/@self}" other="{$fact/@supervisor}"
              label="{w:say(r:shortLabel | r:label[not(../r:shortLabel)])}"/>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="count($pairs) &gt;= 3 and count($pairs) &lt;= 10">
        <xsl:for-each select="$pairs">
          <axis self="{r:selfLevel}" other="{r:supervisorLevel}"
              label="{w:say(key('skill', @skill)/r:label)}"/>
        </xsl:for-each>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="axes" select="exsl:node-set($axis-tree)/axis"/>

  <xsl:template match="/">
    <xsl:call-template name="paper">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="when" select="w:date-long($evaluation/r:date)"/>
      <xsl:with-param name="bookmarks">
        <xsl:call-template name="bookmarks"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:for-each select="$evaluation">
      <xsl:call-template name="identity"/>
      <xsl:call-template name="overview"/>
      <xsl:call-template name="path"/>
      <xsl:call-template name="skills"/>
      <xsl:call-template name="axes"/>
      <xsl:call-template name="both-words"/>
      <xsl:call-template name="project"/>
      <xsl:call-template name="notes"/>
      <xsl:call-template name="signed"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="bookmarks">
    <fo:bookmark-tree>
      <fo:bookmark internal-destination="top">
        <fo:bookmark-title><xsl:value-of select="$title"/></fo:bookmark-title>
        <fo:bookmark internal-destination="path">
          <fo:bookmark-title>
            <xsl:value-of select="w:t('path')"/>
          </fo:bookmark-title>
        </fo:bookmark>
        <fo:bookmark internal-destination="skills">
          <fo:bookmark-title>
            <xsl:value-of select="w:t('skills')"/>
          </fo:bookmark-title>
        </fo:bookmark>
        <fo:bookmark internal-destination="signatures">
          <fo:bookmark-title>
            <xsl:value-of select="w:t('signatures')"/>
          </fo:bookmark-title>
        </fo:bookmark>
      </fo:bookmark>
    </fo:bookmark-tree>
  </xsl:template>

  <xsl:template name="identity">
    <xsl:variable name="dates">
      <fact name="{w:t('evaluation.date')}" value="{w:date(r:date)}"/>
      <fact name="{w:t('cycle')}">
        <xsl:attribute name="value">
          <xsl:choose>
            <xsl:when test="@kind = 'final'">
              <xsl:value-of select="w:t('cycle.final', @cycle)"/>
            </xsl:when>
            <xsl:otherwise><xsl:value-of select="@cycle"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </fact>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="band">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="facts" select="exsl:node-set($dates)/fact"/>
      <xsl:with-param name="site"
          select="string(key('record', $contract/r:site/@ref)/r:name)"/>
    </xsl:call-template>
    <xsl:variable name="facts">
      <xsl:if test="$contract/r:post | $subject/r:post">
        <fact name="{w:t('post')}"
            value="{($contract/r:post | $subject/r:post)[last()]}"/>
      </xsl:if>
      <xsl:if test="$contract">
        <fact value="{w:period($contract/r:start, $contract/r:end)}">
          <xsl:attribute name="name">
            <xsl:choose>
              <xsl:when test="$contract/r:contractType">
                <xsl:value-of select="w:e('contractType',
                    $contract/r:contractType)"/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:value-of select="w:t('contract')"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </fact>
      </xsl:if>
      <xsl:if test="$supervisor">
        <fact name="{w:as('role.supervisor', $supervisor)}"
            value="{w:name($supervisor)}"/>
      </xsl:if>
      <xsl:if test="$cycle/@previousDate">
        <fact name="{w:t('evaluation.previous')}"
            value="{w:date-long($cycle/@previousDate)}"/>
      </xsl:if>
      <xsl:if test="r:nextReviewOn">
        <fact name="{w:t('evaluation.next')}"
            value="{w:date-long(r:nextReviewOn)}"/>
      </xsl:if>
      <xsl:if test="$derived/r:coverage">
        <fact name="{w:t('coverage')}" value="{w:t('coverage.value',
            $derived/r:coverage/@rated, $derived/r:coverage/@total)}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="facts">
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Long names of axes would leave a radar of half the width small. -->
  <xsl:variable name="long-axes">
    <xsl:for-each select="$axes[g:width(@label, 8.5) &gt; 90]">long</xsl:for-each>
  </xsl:variable>

  <!-- Radar at the left, cards at the right; below it when the radar needs the
       width; cards alone when there are not three axes with both views. -->
  <xsl:template name="overview">
    <xsl:variable name="cards">
      <xsl:call-template name="overview-cards"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$long-axes != ''">
        <fo:block font-size="1pt" line-height="1pt">
          <xsl:call-template name="radar">
            <xsl:with-param name="axes" select="$axes"/>
            <xsl:with-param name="levels" select="$levels"/>
            <xsl:with-param name="width" select="$measure"/>
            <xsl:with-param name="height" select="254"/>
            <xsl:with-param name="self-name" select="w:t('self')"/>
            <xsl:with-param name="other-name" select="w:t('other')"/>
            <xsl:with-param name="beside" select="124"/>
          </xsl:call-template>
        </fo:block>
        <xsl:call-template name="radar-note"/>
        <xsl:call-template name="side-by-side">
          <xsl:with-param name="blocks" select="exsl:node-set($cards)/*"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$axes">
        <fo:table table-layout="fixed" width="{$measure}pt" role="Div"
            space-before="6.5pt">
          <fo:table-column column-width="{$measure - 204}pt"/>
          <fo:table-column column-width="204pt"/>
          <fo:table-body role="Div">
            <fo:table-row role="Div">
              <fo:table-cell role="Div">
                <fo:block font-size="1pt" line-height="1pt" text-align="start">
                  <xsl:call-template name="radar">
                    <xsl:with-param name="axes" select="$axes"/>
                    <xsl:with-param name="levels" select="$levels"/>
                    <xsl:with-param name="width" select="$measure - 218"/>
                    <xsl:with-param name="height" select="260"/>
                    <xsl:with-param name="self-name" select="w:t('self')"/>
                    <xsl:with-param name="other-name" select="w:t('other')"/>
                  </xsl:call-template>
                </fo:block>
                <xsl:call-template name="radar-note"/>
              </fo:table-cell>
              <fo:table-cell role="Div">
                <xsl:copy-of select="$cards"/>
                <xsl:if test="not(exsl:node-set($cards)/*)">
                  <fo:block/>
                </xsl:if>
              </fo:table-cell>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="side-by-side">
          <xsl:with-param name="blocks" select="exsl:node-set($cards)/*"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A point on the axis of a domain is a mean, that of a skill a level. -->
  <xsl:template name="radar-note">
    <xsl:if test="$axes/@mean">
      <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}"
          text-align="center" space-before="3.25pt">
        <xsl:value-of select="w:t('figure.radar.mean')"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <xsl:template name="overview-cards">
    <xsl:variable name="new" select="$derived/r:skillFact[@new = 'true']"/>
    <xsl:if test="r:strength">
      <xsl:call-template name="card">
        <xsl:with-param name="title" select="w:t('strengths')"/>
        <xsl:with-param name="body">
          <xsl:call-template name="bullets">
            <xsl:with-param name="items" select="r:strength"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="key('record', r:progressAxis/@ref)">
      <xsl:call-template name="card">
        <xsl:with-param name="title" select="w:t('axes')"/>
        <xsl:with-param name="body">
          <xsl:call-template name="bullets">
            <xsl:with-param name="items"
                select="key('record', r:progressAxis/@ref)/r:objective"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$new">
      <xsl:variable name="labels">
        <xsl:for-each select="$new[position() &lt; 5]">
          <item><xsl:value-of select="w:say(key('skill', @skill)/r:label)"/></item>
        </xsl:for-each>
        <xsl:if test="count($new) &gt; 4">
          <item><xsl:value-of select="w:n('and-more', count($new) - 4)"/></item>
        </xsl:if>
      </xsl:variable>
      <xsl:call-template name="card">
        <xsl:with-param name="title" select="w:n('new-skills', count($new))"/>
        <xsl:with-param name="body">
          <xsl:call-template name="bullets">
            <xsl:with-param name="items" select="exsl:node-set($labels)/item"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- From the first contract to the end of the last. -->
  <xsl:template name="path">
    <xsl:variable name="contracts" select="key('kind', 'contract')"/>
    <xsl:variable name="evaluations" select="key('kind', 'evaluation')"/>
    <xsl:variable name="steps" select="key('kind', 'step')[r:state = 'done'
        or r:state = 'inProgress' or r:state = 'planned']"/>
    <xsl:variable name="lane-tree">
      <xsl:if test="$contracts">
        <lane label="{w:n('contracts', count($contracts))}">
          <xsl:for-each select="$contracts">
            <item from="{r:start}" style="solid">
              <xsl:attribute name="label">
                <xsl:choose>
                  <xsl:when test="r:renewalRank">
                    <xsl:value-of select="w:t('renewal', r:renewalRank)"/>
                  </xsl:when>
                  <xsl:when test="count($contracts) &gt; 1
                      and count($contracts[not(r:renewalRank)]) = 1">
                    <xsl:value-of select="w:t('contract.first')"/>
                  </xsl:when>
                  <xsl:otherwise><xsl:value-of select="r:post"/></xsl:otherwise>
                </xsl:choose>
              </xsl:attribute>
              <xsl:attribute name="to">
                <xsl:choose>
                  <xsl:when test="r:endedOn">
                    <xsl:value-of select="r:endedOn"/>
                  </xsl:when>
                  <xsl:when test="r:end">
                    <xsl:value-of select="r:end"/>
                  </xsl:when>
                  <xsl:otherwise>
                    <xsl:value-of select="$evaluation/r:date"/>
                  </xsl:otherwise>
                </xsl:choose>
              </xsl:attribute>
            </item>
          </xsl:for-each>
        </lane>
      </xsl:if>
      <lane label="{w:t('evaluations')}">
        <xsl:for-each select="$evaluations">
          <item from="{r:date}" to="{r:date}"
              label="{w:t('cycle.short', @cycle)}">
            <xsl:attribute name="style">
              <xsl:choose>
                <xsl:when test="@id = $evaluation/@id">point</xsl:when>
                <xsl:otherwise>open</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </item>
        </xsl:for-each>
      </lane>
      <xsl:call-template name="step-lane">
        <xsl:with-param name="steps" select="$steps[@kind = 'PMSMP'
            or @kind = 'shortMission' or @kind = 'EMT']"/>
        <xsl:with-param name="label" select="w:t('immersions')"/>
      </xsl:call-template>
      <xsl:call-template name="step-lane">
        <xsl:with-param name="steps" select="$steps[@kind = 'training'
            or @kind = 'CQP' or @kind = 'CleA' or @kind = 'VAE']"/>
        <xsl:with-param name="label" select="w:t('trainings')"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="lanes" select="exsl:node-set($lane-tree)/lane"/>
    <xsl:variable name="first">
      <xsl:for-each select="$lanes/item/@from">
        <xsl:sort/>
        <xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="last">
      <xsl:for-each select="$lanes/item/@to">
        <xsl:sort order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <fo:block keep-together.within-page="9">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('path')"/>
        <xsl:with-param name="id" select="'path'"/>
        <xsl:with-param name="before" select="'19.5pt'"/>
      </xsl:call-template>
      <fo:block font-size="1pt" line-height="1pt">
        <xsl:call-template name="timeline">
          <xsl:with-param name="lanes" select="$lanes"/>
          <xsl:with-param name="from" select="string($first)"/>
          <xsl:with-param name="to" select="string($last)"/>
          <xsl:with-param name="today" select="string(r:date)"/>
          <xsl:with-param name="width" select="$measure"/>
        </xsl:call-template>
      </fo:block>
    </fo:block>
  </xsl:template>

  <xsl:template name="step-lane">
    <xsl:param name="steps"/>
    <xsl:param name="label"/>
    <xsl:if test="$steps">
      <lane label="{$label}">
        <xsl:for-each select="$steps">
          <item from="{r:start}" to="{r:end}" style="soft">
            <xsl:attribute name="label">
              <xsl:choose>
                <xsl:when test="r:host/r:hostName">
                  <xsl:value-of select="r:host/r:hostName"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="r:title"/></xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </item>
        </xsl:for-each>
      </lane>
    </xsl:if>
  </xsl:template>

  <!-- ————— skill by skill ————— -->

  <xsl:variable name="rail" select="124"/>
  <xsl:variable name="rail-tree">
    <xsl:call-template name="dumbbell-rail">
      <xsl:with-param name="levels" select="$levels"/>
      <xsl:with-param name="width" select="$rail"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="rails" select="exsl:node-set($rail-tree)/rail"/>
  <xsl:variable name="self-name" select="w:t('self')"/>
  <xsl:variable name="other-name" select="w:t('other')"/>

  <xsl:template name="skills">
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:t('skills')"/>
      <xsl:with-param name="id" select="'skills'"/>
    </xsl:call-template>
    <fo:block font-size="9.5pt" color="{$secondary}" space-after="6.5pt"
        keep-with-next.within-page="always">
      <xsl:call-template name="scale-line">
        <xsl:with-param name="name" select="w:say($scale/r:label)"/>
        <xsl:with-param name="dimension"
            select="w:e('dimension', $scale/r:dimension)"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
      <xsl:value-of select="w:t('gap.note')"/>
    </fo:block>
    <!-- The marks are lower than a line, set as they are. -->
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt"
        line-height-shift-adjustment="consider-shifts">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="{$rail + 19}pt"/>
      <fo:table-column column-width="50pt"/>
      <fo:table-column column-width="27pt"/>
      <fo:table-column column-width="79pt"/>
      <fo:table-header xsl:use-attribute-sets="table-head">
        <fo:table-row>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('skill')"/>
            <xsl:with-param name="first" select="true()"/>
            <xsl:with-param name="above">
              <xsl:call-template name="key-line">
                <xsl:with-param name="name" select="$self-name"/>
                <xsl:with-param name="self" select="true()"/>
              </xsl:call-template>
              <xsl:call-template name="key-line">
                <xsl:with-param name="name" select="$other-name"/>
              </xsl:call-template>
            </xsl:with-param>
          </xsl:call-template>
          <fo:table-cell role="TH" display-align="after" padding-after="2pt">
            <fo:block font-size="1pt" line-height="1pt" margin-left="-14pt">
              <xsl:call-template name="dumbbell-head">
                <xsl:with-param name="levels" select="$levels"/>
                <xsl:with-param name="width" select="$rail"/>
              </xsl:call-template>
            </fo:block>
          </fo:table-cell>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('gap')"/>
          </xsl:call-template>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('trend')"/>
          </xsl:call-template>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('status')"/>
          </xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$framework/r:domain">
          <fo:table-row keep-with-next.within-page="always">
            <fo:table-cell number-columns-spanned="5" padding-before="5.5pt"
                padding-after="1pt" role="TH">
              <xsl:call-template name="continued">
                <xsl:with-param name="first" select="position() = 1"/>
              </xsl:call-template>
              <fo:block font-weight="600" color="{$accent}">
                <xsl:value-of select="w:say(r:label)"/>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
          <xsl:for-each select="r:skill">
            <xsl:call-template name="skill-row"/>
          </xsl:for-each>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Whose circle is whose, above the skills of every page. -->
  <xsl:template name="key-line">
    <xsl:param name="name"/>
    <xsl:param name="self" select="false()"/>
    <fo:block role="Artifact" space-after="1pt">
      <xsl:if test="not($self)">
        <xsl:attribute name="space-after">3.25pt</xsl:attribute>
      </xsl:if>
      <fo:instream-foreign-object role="Artifact" baseline-shift="-1pt">
        <svg:svg width="11pt" height="8pt" viewBox="0 0 11 8">
          <svg:circle cx="4" cy="4" r="3.4" fill="#FFFFFF" stroke="{$ink}"
              stroke-width="1">
            <xsl:if test="not($self)">
              <xsl:attribute name="fill">
                <xsl:value-of select="$accent"/>
              </xsl:attribute>
              <xsl:attribute name="stroke">
                <xsl:value-of select="$accent"/>
              </xsl:attribute>
            </xsl:if>
          </svg:circle>
        </svg:svg>
      </fo:instream-foreign-object>
      <xsl:value-of select="$name"/>
    </fo:block>
  </xsl:template>

  <!-- What the scale measures, unless its name says so. -->
  <xsl:template name="scale-line">
    <xsl:param name="name"/>
    <xsl:param name="dimension"/>
    <xsl:choose>
      <xsl:when test="contains(w:capital($name), w:capital($dimension))
          or contains($name, $dimension)">
        <xsl:value-of select="w:t('scale.line', $name)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="w:t('scale.measures', $name, $dimension)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="skill-row">
    <xsl:variable name="rating"
        select="$evaluation/r:rating[@skill = current()/@id]"/>
    <xsl:variable name="fact"
        select="$derived/r:skillFact[@skill = current()/@id]"/>
    <xsl:variable name="remarks" select="$rating/r:comment | $rating/r:proof
        | $rating/r:regressionReason
        | $rating/r:internalComment[$audience != 'worker']"/>
    <!-- The last skill of all never stands alone on a page. -->
    <xsl:variable name="last-but-one" select="count(following-sibling::r:skill)
        = 1 and not(../following-sibling::r:domain)"/>
    <fo:table-row keep-together.within-page="9">
      <xsl:if test="$remarks or $last-but-one">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
      <fo:table-cell xsl:use-attribute-sets="skill-cell" padding-right="4pt">
        <!-- Where skills go on from the page before, the head names their
             domain: briefly, for the head keeps its height. -->
        <!-- One inline around it all: Apache FOP 2.8 stops at a marker of two
             children that the head of a table retrieves. -->
        <fo:marker marker-class-name="continued"><fo:inline>
          <xsl:text> · </xsl:text>
          <fo:inline font-weight="600" color="{$accent}">
            <xsl:value-of select="concat(w:short(w:say(../r:shortLabel
                | ../r:label[not(../r:shortLabel)]), 30), '&#xA0;',
                w:t('continued'))"/>
          </fo:inline>
        </fo:inline></fo:marker>
        <fo:block>
          <xsl:for-each select="$rating">
            <xsl:call-template name="place"/>
          </xsl:for-each>
          <xsl:value-of select="w:say(r:label)"/>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="skill-cell">
        <fo:block>
          <xsl:call-template name="dumbbell">
            <xsl:with-param name="self" select="$rating/r:selfLevel"/>
            <xsl:with-param name="other" select="$rating/r:supervisorLevel"/>
            <xsl:with-param name="rail" select="$rails"/>
            <xsl:with-param name="self-name" select="$self-name"/>
            <xsl:with-param name="other-name" select="$other-name"/>
          </xsl:call-template>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="skill-cell">
        <fo:block px:font-features="tnum">
          <xsl:call-template name="gap">
            <xsl:with-param name="gap" select="$fact/@gap"/>
          </xsl:call-template>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="skill-cell" padding-left="4pt">
        <fo:block>
          <xsl:call-template name="trend">
            <xsl:with-param name="trend" select="string($fact/@trend)"/>
          </xsl:call-template>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="skill-cell">
        <fo:block font-size="7.5pt" line-height="9.75pt"
            padding-before="1.6pt" px:font-features="tnum">
          <xsl:call-template name="status">
            <xsl:with-param name="fact" select="$fact"/>
          </xsl:call-template>
        </fo:block>
      </fo:table-cell>
    </fo:table-row>
    <xsl:if test="$remarks">
      <fo:table-row>
        <xsl:if test="$last-but-one">
          <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
        </xsl:if>
        <fo:table-cell number-columns-spanned="5" padding-after="2.75pt">
          <fo:block font-size="8.5pt" line-height="11pt">
            <xsl:for-each select="$rating">
              <xsl:call-template name="place"/>
            </xsl:for-each>
            <xsl:for-each select="$remarks">
              <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
              <xsl:if test="not(self::r:comment)">
                <fo:inline color="{$secondary}">
                  <xsl:value-of select="concat(w:e('remark', local-name()),
                      w:t('colon'))"/>
                </fo:inline>
              </xsl:if>
              <fo:inline>
                <xsl:call-template name="own-language"/>
                <xsl:value-of select="."/>
              </fo:inline>
            </xsl:for-each>
          </fo:block>
        </fo:table-cell>
      </fo:table-row>
    </xsl:if>
  </xsl:template>

  <!-- A remark stands close under its skill, and both far from the next. -->
  <xsl:attribute-set name="skill-cell" use-attribute-sets="cell">
    <xsl:attribute name="padding-before">3.5pt</xsl:attribute>
    <xsl:attribute name="padding-after">1.25pt</xsl:attribute>
  </xsl:attribute-set>

  <!-- Neutral words: no one over- or underrates himself here. -->
  <xsl:template name="gap">
    <xsl:param name="gap"/>
    <xsl:choose>
      <xsl:when test="$gap">
        <fo:inline font-weight="500">
          <xsl:value-of select="concat(substring('+', 1, $gap &gt; 0),
              translate($gap, '-', '&#x2212;'))"/>
        </fo:inline>
        <xsl:if test="$gap != 0">
          <xsl:text>&#xA0;</xsl:text>
          <fo:inline font-size="7.5pt" color="{$secondary}">
            <xsl:choose>
              <xsl:when test="$gap &gt; 0">
                <xsl:value-of select="w:t('gap.higher')"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="w:t('gap.lower')"/></xsl:otherwise>
            </xsl:choose>
          </fo:inline>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>&#x2014;</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What is new stands out; a loss names the date it was once acquired. -->
  <xsl:template name="status">
    <xsl:param name="fact"/>
    <xsl:choose>
      <xsl:when test="not($fact)">
        <xsl:value-of select="w:e('status', 'notRated')"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:inline>
          <xsl:if test="$fact/@new = 'true'">
            <xsl:attribute name="font-weight">600</xsl:attribute>
          </xsl:if>
          <xsl:value-of select="w:e('status', $fact/@status)"/>
        </fo:inline>
        <xsl:choose>
          <xsl:when test="$fact/@new = 'true'">
            <xsl:value-of select="concat(', ', w:t('status.new'))"/>
          </xsl:when>
          <xsl:when test="$fact/@acquiredOn
              and $fact/@status != 'acquired'">
            <xsl:value-of select="concat(', ', w:t('status.was',
                w:date($fact/@acquiredOn)))"/>
          </xsl:when>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ————— what comes next ————— -->

  <xsl:template name="axes">
    <xsl:variable name="actions"
        select="key('record', r:progressAxis/@ref)"/>
    <xsl:if test="$actions">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('axes')"/>
        <xsl:with-param name="id" select="'axes'"/>
        <xsl:with-param name="before" select="'19.5pt'"/>
      </xsl:call-template>
      <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
        <fo:table-column column-width="proportional-column-width(4)"/>
        <fo:table-column column-width="proportional-column-width(4)"/>
        <fo:table-column column-width="104pt"/>
        <fo:table-column column-width="62pt"/>
        <fo:table-header xsl:use-attribute-sets="table-head">
          <fo:table-row>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('axis.objective')"/>
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('axis.means')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('axis.owner')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('axis.due')"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <!-- No row stands alone on either page. -->
          <xsl:for-each select="$actions">
            <fo:table-row keep-together.within-page="9">
              <xsl:if test="position() = 1 or position() = last() - 1">
                <xsl:attribute name="keep-with-next.within-page"
                    >always</xsl:attribute>
              </xsl:if>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="r:objective"/>
                <xsl:with-param name="weight" select="'500'"/>
                <xsl:with-param name="row" select="position()"/>
              </xsl:call-template>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="r:means"/>
              </xsl:call-template>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text">
                  <xsl:choose>
                    <xsl:when test="key('record', r:owner/@ref)">
                      <xsl:value-of
                          select="w:name(key('record', r:owner/@ref))"/>
                    </xsl:when>
                    <xsl:otherwise>
                      <xsl:value-of select="r:ownerText"/>
                    </xsl:otherwise>
                  </xsl:choose>
                </xsl:with-param>
              </xsl:call-template>
              <xsl:call-template name="text-cell">
                <xsl:with-param name="text" select="w:date(r:dueOn)"/>
                <xsl:with-param name="tabular" select="true()"/>
                <xsl:with-param name="align" select="'end'"/>
                <xsl:with-param name="right" select="'0pt'"/>
              </xsl:call-template>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>

  <!-- The worker's word and the supervisor's, side by side when both are
       short, one under the other when one is long. -->
  <xsl:template name="both-words">
    <xsl:variable name="long" select="string-length(r:workerWord) &gt; 700
        or string-length(r:supervisorWord) &gt; 700"/>
    <xsl:choose>
      <xsl:when test="r:workerWord and r:supervisorWord and not($long)">
        <fo:table table-layout="fixed" width="{$measure}pt" role="Div"
            space-before="19.5pt" keep-together.within-page="9"
            keep-with-next.within-page="always">
          <fo:table-column column-width="{($measure - 22) div 2}pt"/>
          <fo:table-column column-width="22pt"/>
          <fo:table-column column-width="{($measure - 22) div 2}pt"/>
          <fo:table-body role="Div">
            <fo:table-row role="Div">
              <fo:table-cell role="Div">
                <xsl:call-template name="one-word">
                  <xsl:with-param name="text" select="r:workerWord"/>
                  <xsl:with-param name="before" select="'0pt'"/>
                  <xsl:with-param name="size" select="'10.5pt'"/>
                  <xsl:with-param name="wide" select="false()"/>
                </xsl:call-template>
              </fo:table-cell>
              <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
              <fo:table-cell role="Div">
                <xsl:call-template name="one-word">
                  <xsl:with-param name="text" select="r:supervisorWord"/>
                  <xsl:with-param name="before" select="'0pt'"/>
                  <xsl:with-param name="size" select="'10.5pt'"/>
                  <xsl:with-param name="wide" select="false()"/>
                </xsl:call-template>
              </fo:table-cell>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="r:workerWord | r:supervisorWord">
          <xsl:call-template name="one-word">
            <xsl:with-param name="text" select="."/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="one-word">
    <xsl:param name="text"/>
    <xsl:param name="before" select="'19.5pt'"/>
    <xsl:param name="size" select="'13pt'"/>
    <xsl:param name="wide" select="true()"/>
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:as(concat('said.',
          local-name($text)), $subject[local-name($text) = 'workerWord']
          | $supervisor[local-name($text) = 'supervisorWord'])"/>
      <xsl:with-param name="id" select="local-name($text)"/>
      <xsl:with-param name="before" select="$before"/>
      <xsl:with-param name="size" select="$size"/>
    </xsl:call-template>
    <xsl:call-template name="prose">
      <xsl:with-param name="paragraphs" select="$text/r:p"/>
      <xsl:with-param name="wide" select="$wide"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="project">
    <xsl:for-each select="r:project">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('project')"/>
        <xsl:with-param name="id" select="'project'"/>
        <xsl:with-param name="before" select="'19.5pt'"/>
      </xsl:call-template>
      <fo:block keep-together.within-page="5"
          keep-with-next.within-page="always">
        <!-- Jobs of one code together, the code once. -->
        <xsl:for-each select="r:targetJob[not(r:rome/r:romeCode
            = preceding-sibling::r:targetJob/r:rome/r:romeCode)]">
          <xsl:variable name="job" select="."/>
          <fo:block>
            <xsl:call-template name="place"/>
            <xsl:for-each select=". | following-sibling::r:targetJob
                [r:rome/r:romeCode = $job/r:rome/r:romeCode]">
              <xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if>
              <fo:inline font-weight="600">
                <xsl:value-of select="w:say(r:label)"/>
              </fo:inline>
            </xsl:for-each>
            <xsl:if test="r:rome">
              <fo:inline color="{$secondary}">
                <xsl:value-of select="concat(' ', w:t('rome',
                    r:rome/r:romeCode, r:rome/r:romeLabel))"/>
              </fo:inline>
            </xsl:if>
          </fo:block>
        </xsl:for-each>
        <fo:block space-before="3.25pt" hyphenate="true">
          <xsl:value-of select="w:e('coherence', r:coherence)"/>
          <xsl:for-each select="r:reason/r:p">
            <xsl:text> </xsl:text>
            <fo:inline>
              <xsl:call-template name="own-language"/>
              <xsl:apply-templates mode="prose"/>
            </fo:inline>
          </xsl:for-each>
        </fo:block>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <!-- The supervisors' own notes: never on the copy of the worker. -->
  <xsl:template name="notes">
    <xsl:if test="r:internalNote and $audience != 'worker'">
      <xsl:call-template name="one-word">
        <xsl:with-param name="text" select="r:internalNote"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="signed">
    <xsl:variable name="party-tree">
      <xsl:call-template name="party-of">
        <xsl:with-param name="signature"
            select="r:signature[r:role = 'worker'][1]"/>
        <xsl:with-param name="role" select="w:as('role.worker', $subject)"/>
        <xsl:with-param name="name" select="w:name($subject)"/>
      </xsl:call-template>
      <xsl:call-template name="party-of">
        <xsl:with-param name="signature"
            select="r:signature[r:role = 'supervisor'][1]"/>
        <xsl:with-param name="role"
            select="w:as('role.supervisor', $supervisor)"/>
        <xsl:with-param name="name" select="w:name($supervisor)"/>
      </xsl:call-template>
      <xsl:if test="$counsellor">
        <xsl:call-template name="party-of">
          <xsl:with-param name="signature"
              select="r:signature[r:role = 'counsellor'][1]"/>
          <xsl:with-param name="role" select="w:t('visa',
              w:lower(w:as('role.counsellor', $counsellor)))"/>
          <xsl:with-param name="name" select="w:name($counsellor)"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <fo:block keep-together.within-page="9"
        keep-with-previous.within-page="always">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('signatures')"/>
        <xsl:with-param name="id" select="'signatures'"/>
        <xsl:with-param name="before" select="'19.5pt'"/>
      </xsl:call-template>
      <xsl:call-template name="signatures">
        <xsl:with-param name="parties"
            select="exsl:node-set($party-tree)/party"/>
      </xsl:call-template>
      <xsl:call-template name="note">
        <xsl:with-param name="text">
          <xsl:choose>
            <xsl:when test="r:copyGivenOn">
              <xsl:call-template name="dated">
                <xsl:with-param name="text" select="w:as('copy-given',
                    $subject, w:date-long(r:copyGivenOn))"/>
              </xsl:call-template>
            </xsl:when>
            <xsl:otherwise>
              <xsl:value-of select="w:as('copy-given.blank', $subject)"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
        <xsl:with-param name="before" select="'0pt'"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
