<?xml version="1.0" encoding="UTF-8"?>
<!--
  Activity summary of a structured individual accompaniment, joined to the
  declaration of continuing-education hours.  Made for each of the two
  parties, whichever is the subject, under their own ceiling: it prints the
  hours met, the hours recognised and the surplus.  About one agreement.
  Letter; it will be scanned in black and white.
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

  <xsl:include href="../page/common.xsl"/>
  <xsl:include href="../figures/gauge.xsl"/>

  <xsl:variable name="agreement" select="$about"/>
  <xsl:variable name="apprentice"
      select="key('record', $agreement/r:apprentice/@ref)"/>
  <xsl:variable name="accompanier"
      select="key('record', $agreement/r:accompanier/@ref)"/>
  <xsl:variable name="party">
    <xsl:choose>
      <xsl:when test="$agreement/r:accompanier/@ref = $subject/@id"
          >accompanier</xsl:when>
      <xsl:otherwise>apprentice</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="declaration"
      select="$agreement/r:declaration[@party = $party]"/>
  <xsl:variable name="hours" select="$derived/r:hoursFact[@agreement
      = $agreement/@id and @declarant = $subject/@id]"/>
  <xsl:variable name="period-id">
    <xsl:choose>
      <xsl:when test="$hours"><xsl:value-of select="$hours/@period"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$declaration/r:period/@ref"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="period" select="key('record', string($period-id))"/>
  <xsl:variable name="meetings"
      select="key('kind', 'meeting')[r:agreement/@ref = $agreement/@id]"/>
  <xsl:variable name="told"
      select="$declaration/r:learning | $declaration/r:workLink"/>
  <xsl:variable name="title" select="w:t('activity-summary')"/>

  <!-- Long names take room that the log needs to begin on the first page. -->
  <xsl:variable name="long" select="string-length(w:styled-name($apprentice))
      + string-length(w:styled-name($accompanier)) &gt; 90"/>
  <xsl:variable name="before" select="concat(13 - 3.25 * $long, 'pt')"/>

  <xsl:template match="/">
    <xsl:call-template name="paper">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:styled-name($subject)"/>
      <xsl:with-param name="when" select="w:date-long(substring(concat(
          $declaration/r:declaredOn, $date), 1, 10))"/>
      <xsl:with-param name="bookmarks">
        <fo:bookmark-tree>
          <fo:bookmark internal-destination="top">
            <fo:bookmark-title><xsl:value-of select="$title"/></fo:bookmark-title>
            <xsl:if test="$hours">
              <fo:bookmark internal-destination="hours">
                <fo:bookmark-title>
                  <xsl:value-of select="w:t('hours')"/>
                </fo:bookmark-title>
              </fo:bookmark>
            </xsl:if>
            <fo:bookmark internal-destination="objectives">
              <fo:bookmark-title>
                <xsl:value-of select="w:t('objectives')"/>
              </fo:bookmark-title>
            </fo:bookmark>
            <xsl:if test="$meetings">
              <fo:bookmark internal-destination="meetings">
                <fo:bookmark-title>
                  <xsl:value-of select="w:t('meetings')"/>
                </fo:bookmark-title>
              </fo:bookmark>
            </xsl:if>
            <xsl:if test="$told">
              <fo:bookmark internal-destination="learned">
                <fo:bookmark-title>
                  <xsl:value-of select="w:t('learned')"/>
                </fo:bookmark-title>
              </fo:bookmark>
            </xsl:if>
          </fo:bookmark>
        </fo:bookmark-tree>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:for-each select="$agreement">
      <xsl:call-template name="identity"/>
      <xsl:call-template name="parties"/>
      <xsl:call-template name="hours"/>
      <xsl:call-template name="objectives"/>
      <xsl:call-template name="log"/>
      <!-- What is declared stands over its signatures where it is short. -->
      <fo:block>
        <xsl:if test="string-length($declaration) &lt; 2500">
          <xsl:attribute name="keep-together.within-page">5</xsl:attribute>
        </xsl:if>
        <xsl:call-template name="learned"/>
        <xsl:call-template name="attested"/>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="identity">
    <xsl:variable name="facts">
      <xsl:if test="$declaration/r:declaredOn">
        <fact name="{w:t('declared-on')}"
            value="{w:date($declaration/r:declaredOn)}"/>
      </xsl:if>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="band">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:styled-name($subject)"/>
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <fo:block font-size="9.5pt" color="{$secondary}">
      <xsl:value-of select="w:t('accompaniment')"/>
    </fo:block>
    <fo:block role="H2" font-size="13pt" line-height="16.25pt"
        font-weight="600" space-after="{9.75 - 3.25 * $long}pt" hyphenate="false">
      <xsl:call-template name="place"/>
      <xsl:call-template name="own-language"/>
      <xsl:value-of select="r:title"/>
    </fo:block>
    <xsl:variable name="terms">
      <fact name="{w:t('agreement.form')}" value="{w:e('form', @form)}"/>
      <fact name="{w:t('agreement.dates')}"
          value="{w:t('from-to', w:date(r:start),
          w:date(r:end))}"/>
      <xsl:if test="$period">
        <fact name="{w:t('period')}" value="{w:t('from-to',
            w:date($period/r:start), w:date($period/r:end))}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="facts">
      <xsl:with-param name="facts" select="exsl:node-set($terms)/fact"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Who declares, and with whom. -->
  <xsl:template name="parties">
    <fo:table table-layout="fixed" width="{$measure}pt" role="Div"
        keep-together.within-page="9">
      <fo:table-column column-width="{($measure - 13) div 2}pt"/>
      <fo:table-column column-width="13pt"/>
      <fo:table-column column-width="{($measure - 13) div 2}pt"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:call-template name="party-cell">
            <xsl:with-param name="who" select="$subject"/>
            <xsl:with-param name="name" select="w:t('declares',
                w:e('role', $party))"/>
          </xsl:call-template>
          <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
          <xsl:choose>
            <xsl:when test="$party = 'apprentice'">
              <xsl:call-template name="party-cell">
                <xsl:with-param name="who" select="$accompanier"/>
                <xsl:with-param name="name" select="w:e('role',
                    'accompanier')"/>
              </xsl:call-template>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="party-cell">
                <xsl:with-param name="who" select="$apprentice"/>
                <xsl:with-param name="name" select="w:e('role',
                    'apprentice')"/>
              </xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="party-cell">
    <xsl:param name="who"/>
    <xsl:param name="name"/>
    <fo:table-cell role="Div" background-color="{$tint}"
        border-start-width="2pt" border-start-style="solid"
        border-start-color="{$accent}" padding="{6.5 - 2.5 * $long}pt 11pt">
      <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}">
        <xsl:value-of select="$name"/>
      </fo:block>
      <fo:block font-weight="600">
        <xsl:if test="string-length(w:styled-name($who)) &gt; 45">
          <xsl:attribute name="font-size">9.5pt</xsl:attribute>
          <xsl:attribute name="line-height">11.5pt</xsl:attribute>
        </xsl:if>
        <xsl:for-each select="$who">
          <xsl:call-template name="place"/>
        </xsl:for-each>
        <xsl:value-of select="w:styled-name($who)"/>
      </fo:block>
      <fo:block font-size="9.5pt">
        <xsl:value-of select="($who/r:post | $who/r:function)[1]"/>
      </fo:block>
      <fo:block font-size="9.5pt">
        <xsl:variable name="house" select="key('record',
            $who/r:organisation/@ref)/r:name | $who/r:organisationName"/>
        <xsl:value-of select="$house[1]"/>
        <xsl:if test="$who/r:memberNumber">
          <xsl:if test="$house"> · </xsl:if>
          <xsl:value-of select="w:t('member', $who/r:memberNumber)"/>
        </xsl:if>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- The figure that counts is large; beside it the gauge; below, the sum. -->
  <xsl:template name="hours">
    <xsl:for-each select="$hours">
      <fo:block keep-together.within-page="9">
        <xsl:call-template name="section">
          <xsl:with-param name="title" select="w:t('hours')"/>
          <xsl:with-param name="id" select="'hours'"/>
          <xsl:with-param name="before" select="$before"/>
        </xsl:call-template>
        <fo:table table-layout="fixed" width="{$measure}pt" role="Div">
          <fo:table-column column-width="120pt"/>
          <fo:table-column column-width="{$measure - 120}pt"/>
          <fo:table-body role="Div">
            <fo:table-row role="Div">
              <fo:table-cell role="Div">
                <fo:block font-size="20pt" line-height="26pt"
                    font-weight="600" color="{$accent}">
                  <xsl:value-of select="w:hours(@recognised)"/>
                </fo:block>
                <fo:block font-size="7.5pt" line-height="9.75pt"
                    color="{$secondary}">
                  <xsl:value-of select="w:t('hours.recognised-for')"/>
                </fo:block>
              </fo:table-cell>
              <fo:table-cell role="Div">
                <fo:block font-size="1pt" line-height="1pt">
                  <xsl:call-template name="gauge">
                    <xsl:with-param name="before" select="@already"/>
                    <xsl:with-param name="counted" select="@recognised"/>
                    <xsl:with-param name="beyond" select="@surplus"/>
                    <xsl:with-param name="ceiling" select="@ceiling"/>
                    <xsl:with-param name="width" select="$measure - 120"/>
                    <xsl:with-param name="before-label" select="w:t(
                        'gauge.before', w:hours(@already))"/>
                    <xsl:with-param name="counted-label" select="w:t(
                        'gauge.counted', w:hours(@recognised))"/>
                    <xsl:with-param name="beyond-label" select="w:t(
                        'gauge.beyond', w:hours(@surplus))"/>
                    <xsl:with-param name="ceiling-label" select="w:t(
                        'gauge.ceiling', w:hours(@ceiling))"/>
                  </xsl:call-template>
                </fo:block>
              </fo:table-cell>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
        <fo:table xsl:use-attribute-sets="table" width="{$measure}pt"
            space-before="6.5pt">
          <fo:table-column column-width="proportional-column-width(1)"/>
          <fo:table-column column-width="80pt"/>
          <fo:table-body role="Div">
            <xsl:if test="@declared != @total">
              <xsl:call-template name="sum-row">
                <xsl:with-param name="name"
                    select="w:n('sum.meetings', @meetings)"/>
                <xsl:with-param name="value" select="w:hours(@total)"/>
              </xsl:call-template>
            </xsl:if>
            <xsl:call-template name="sum-row">
              <xsl:with-param name="name"
                  select="w:n('sum.declared', @meetings)"/>
              <xsl:with-param name="value" select="w:hours(@declared)"/>
            </xsl:call-template>
            <xsl:if test="@already &gt; 0">
              <xsl:call-template name="sum-row">
                <xsl:with-param name="name" select="w:t('sum.already')"/>
                <xsl:with-param name="value" select="w:hours(@already)"/>
              </xsl:call-template>
            </xsl:if>
            <xsl:call-template name="sum-row">
              <xsl:with-param name="name" select="w:t('sum.recognised',
                  w:hours(@ceiling))"/>
              <xsl:with-param name="value" select="w:hours(@recognised)"/>
              <xsl:with-param name="weight" select="'600'"/>
            </xsl:call-template>
            <xsl:choose>
              <xsl:when test="@surplus &gt; 0">
                <xsl:call-template name="sum-row">
                  <xsl:with-param name="name" select="w:t('sum.surplus')"/>
                  <xsl:with-param name="value" select="w:hours(@surplus)"/>
                </xsl:call-template>
              </xsl:when>
              <xsl:otherwise>
                <xsl:call-template name="sum-row">
                  <xsl:with-param name="name" select="w:t('sum.remaining')"/>
                  <xsl:with-param name="value" select="w:hours(@remaining)"/>
                </xsl:call-template>
              </xsl:otherwise>
            </xsl:choose>
          </fo:table-body>
        </fo:table>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="sum-row">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:param name="weight" select="'400'"/>
    <fo:table-row keep-together.within-page="9">
      <fo:table-cell role="TH" xsl:use-attribute-sets="cell"
          padding-before="2pt" padding-after="2pt">
        <fo:block font-weight="{$weight}">
          <xsl:value-of select="$name"/>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell" padding-before="2pt"
          padding-after="2pt" text-align="end">
        <fo:block font-weight="{$weight}" px:font-features="tnum">
          <xsl:value-of select="$value"/>
        </fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="objectives">
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:t('objectives')"/>
      <xsl:with-param name="id" select="'objectives'"/>
      <xsl:with-param name="before" select="$before"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="94pt"/>
      <fo:table-header xsl:use-attribute-sets="table-head">
        <fo:table-row>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('axis.objective')"/>
            <xsl:with-param name="first" select="true()"/>
          </xsl:call-template>
          <xsl:call-template name="head-cell">
            <xsl:with-param name="text" select="w:t('objective.state')"/>
          </xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="r:objectives/r:objective">
          <fo:table-row keep-together.within-page="9">
            <fo:table-cell xsl:use-attribute-sets="close-cell"
                padding-right="9pt">
              <xsl:call-template name="continued">
                <xsl:with-param name="first" select="position() = 1"/>
              </xsl:call-template>
              <fo:block>
                <xsl:call-template name="place"/>
                <fo:inline font-weight="500">
                  <xsl:for-each select="r:label[not(@xml:lang)]">
                    <xsl:call-template name="own-language"/>
                  </xsl:for-each>
                  <xsl:value-of select="w:say(r:label)"/>
                </fo:inline>
                <xsl:for-each select="r:outcome">
                  <fo:inline>
                    <xsl:call-template name="own-language"/>
                    <xsl:value-of select="concat('&#xA0;– ', .)"/>
                  </fo:inline>
                </xsl:for-each>
              </fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="close-cell">
              <fo:block>
                <xsl:call-template name="result">
                  <xsl:with-param name="reached" select="string(r:reached)"/>
                </xsl:call-template>
                <xsl:text>&#xA0; </xsl:text>
                <xsl:choose>
                  <xsl:when test="r:reached">
                    <xsl:value-of select="w:e('reached', r:reached)"/>
                  </xsl:when>
                  <xsl:otherwise>
                    <xsl:value-of select="w:t('not-rated')"/>
                  </xsl:otherwise>
                </xsl:choose>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:attribute-set name="close-cell" use-attribute-sets="cell">
    <xsl:attribute name="padding-before">3.25pt</xsl:attribute>
    <xsl:attribute name="padding-after">3.25pt</xsl:attribute>
  </xsl:attribute-set>

  <xsl:variable name="concluded" select="boolean($meetings/r:conclusion)"/>

  <xsl:template name="log">
    <xsl:if test="$meetings">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('meetings')"/>
        <xsl:with-param name="id" select="'meetings'"/>
        <xsl:with-param name="before" select="$before"/>
      </xsl:call-template>
      <fo:table xsl:use-attribute-sets="table" width="{$measure}pt">
        <fo:table-column column-width="18pt"/>
        <fo:table-column column-width="75pt"/>
        <fo:table-column column-width="proportional-column-width(6)"/>
        <xsl:if test="$concluded">
          <fo:table-column column-width="proportional-column-width(5)"/>
        </xsl:if>
        <fo:table-column column-width="48pt"/>
        <fo:table-header xsl:use-attribute-sets="table-head">
          <fo:table-row>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('number')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('date')"/>
            </xsl:call-template>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('subjects')"/>
              <xsl:with-param name="first" select="true()"/>
            </xsl:call-template>
            <xsl:if test="$concluded">
              <xsl:call-template name="head-cell">
                <xsl:with-param name="text" select="w:t('conclusions')"/>
              </xsl:call-template>
            </xsl:if>
            <xsl:call-template name="head-cell">
              <xsl:with-param name="text" select="w:t('duration')"/>
              <xsl:with-param name="align" select="'end'"/>
            </xsl:call-template>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="$meetings">
            <xsl:sort select="r:date"/>
            <xsl:sort select="r:startTime"/>
            <xsl:call-template name="meeting"/>
          </xsl:for-each>
          <fo:table-row keep-with-previous.within-page="always">
            <fo:table-cell xsl:use-attribute-sets="cell" role="TH"
                number-columns-spanned="{3 + $concluded}">
              <fo:block font-weight="600">
                <xsl:value-of select="w:t('total')"/>
              </fo:block>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell" text-align="end">
              <fo:block font-weight="600" px:font-features="tnum">
                <xsl:value-of select="w:hours(sum($meetings/r:hours))"/>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>

  <!-- The first row is never alone under its heading. -->
  <xsl:template name="meeting">
    <fo:table-row keep-together.within-page="9">
      <xsl:if test="position() = 1 and last() &gt; 1">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
      <fo:table-cell xsl:use-attribute-sets="close-cell">
        <fo:block px:font-features="tnum">
          <xsl:call-template name="place"/>
          <xsl:value-of select="@number"/>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="close-cell" padding-right="6pt">
        <fo:block px:font-features="tnum">
          <xsl:value-of select="w:date(r:date)"/>
        </fo:block>
        <xsl:if test="r:startTime and r:endTime">
          <fo:block font-size="7.5pt" line-height="9.75pt"
              color="{$secondary}" px:font-features="tnum">
            <xsl:value-of select="concat(w:time(r:startTime), '&#xA0;–&#xA0;',
                w:time(r:endTime))"/>
          </fo:block>
        </xsl:if>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="close-cell" padding-right="9pt">
        <xsl:call-template name="continued">
          <xsl:with-param name="first" select="position() = 1"/>
        </xsl:call-template>
        <xsl:apply-templates select="r:subject" mode="line"/>
      </fo:table-cell>
      <xsl:if test="$concluded">
        <fo:table-cell xsl:use-attribute-sets="close-cell"
            padding-right="6pt">
          <xsl:apply-templates select="r:conclusion" mode="line"/>
          <xsl:if test="not(r:conclusion)"><fo:block/></xsl:if>
        </fo:table-cell>
      </xsl:if>
      <fo:table-cell xsl:use-attribute-sets="close-cell" text-align="end">
        <fo:block px:font-features="tnum">
          <xsl:value-of select="w:hours(r:hours)"/>
        </fo:block>
        <fo:block font-size="7.5pt" line-height="9.75pt"
            color="{$secondary}">
          <xsl:value-of select="w:e('mode', r:mode)"/>
        </fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="r:subject | r:conclusion | r:document" mode="line">
    <fo:block>
      <xsl:call-template name="own-language"/>
      <xsl:value-of select="."/>
    </fo:block>
  </xsl:template>

  <!-- Knowledge, skills, attitudes, in this order whoever declares; documents
       joined have a place here even where nothing is told. -->
  <xsl:template name="learned">
    <xsl:if test="$told">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('learned')"/>
        <xsl:with-param name="id" select="'learned'"/>
        <xsl:with-param name="before" select="$before"/>
      </xsl:call-template>
      <xsl:for-each select="$declaration/r:learning">
        <xsl:sort data-type="number" select="string-length(
            substring-before('knowledge skill attitude', @kind))"/>
        <xsl:call-template name="labelled">
          <xsl:with-param name="name" select="w:e('learning', @kind)"/>
          <xsl:with-param name="body">
            <xsl:apply-templates select="r:p" mode="prose"/>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$declaration/r:workLink">
        <xsl:call-template name="labelled">
          <xsl:with-param name="name" select="w:t('work-link')"/>
          <xsl:with-param name="body">
            <xsl:apply-templates select="r:p" mode="prose"/>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:if>
    <xsl:if test="$declaration/r:document">
      <xsl:call-template name="labelled">
        <xsl:with-param name="name" select="w:t('documents')"/>
        <xsl:with-param name="keep" select="9"/>
        <xsl:with-param name="before" select="13 * not($told)"/>
        <xsl:with-param name="body">
          <xsl:apply-templates select="$declaration/r:document" mode="line"/>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A name in the margin column, its text beside it. -->
  <xsl:template name="labelled">
    <xsl:param name="name"/>
    <xsl:param name="body"/>
    <xsl:param name="keep" select="'auto'"/>
    <xsl:param name="before" select="0"/>
    <fo:list-block provisional-distance-between-starts="96pt"
        provisional-label-separation="10pt" space-before="{$before}pt"
        space-after="6.5pt">
      <fo:list-item keep-together.within-page="{$keep}">
        <fo:list-item-label end-indent="label-end()">
          <fo:block font-size="9.5pt" color="{$secondary}">
            <xsl:value-of select="$name"/>
          </fo:block>
        </fo:list-item-label>
        <fo:list-item-body start-indent="body-start()">
          <fo:block hyphenate="true"><xsl:copy-of select="$body"/></fo:block>
        </fo:list-item-body>
      </fo:list-item>
    </fo:list-block>
  </xsl:template>

  <xsl:template name="attested">
    <xsl:variable name="party-tree">
      <xsl:call-template name="party-of">
        <xsl:with-param name="signature" select="$declaration/r:signature
            [r:role = 'apprentice'][1]"/>
        <xsl:with-param name="role" select="w:e('role', 'apprentice')"/>
        <xsl:with-param name="name" select="w:styled-name($apprentice)"/>
      </xsl:call-template>
      <xsl:call-template name="party-of">
        <xsl:with-param name="signature" select="$declaration/r:signature
            [r:role = 'accompanier'][1]"/>
        <xsl:with-param name="role" select="w:e('role', 'accompanier')"/>
        <xsl:with-param name="name" select="w:styled-name($accompanier)"/>
      </xsl:call-template>
    </xsl:variable>
    <fo:block keep-together.within-page="9"
        keep-with-previous.within-page="always">
      <fo:block space-before="13pt" space-after="6.5pt" id="attestation">
        <xsl:value-of select="w:t('attestation.text')"/>
      </fo:block>
      <xsl:call-template name="signatures">
        <xsl:with-param name="parties"
            select="exsl:node-set($party-tree)/party"/>
      </xsl:call-template>
      <xsl:variable name="kept" select="$derived/r:periodFact[@period
          = $period/@id]/@keepUntil"/>
      <xsl:if test="$kept">
        <xsl:call-template name="note">
          <xsl:with-param name="text" select="w:t('keep-until',
              w:date-long($kept))"/>
          <xsl:with-param name="before" select="'0pt'"/>
        </xsl:call-template>
      </xsl:if>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
