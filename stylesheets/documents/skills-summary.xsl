<?xml version="1.0" encoding="UTF-8"?>
<!--
  Skills summary: handed to the worker at the end of the contract, to show to
  an employer.  Acquired skills only; no self-assessment, no gap, no progress
  axis.  The word "insertion" stands on it only by the worker's choice, which
  the derived facts have already applied (insertionMention).

  A narrow column (post, training, titles, immersions, contact) beside what the
  person did and can do.  It must stay within two pages: when the skills with
  their proofs would not fit, they are listed by level without them, and when
  even that would not fit, run on.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:exsl="http://exslt.org/common"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    xmlns:g="urn:parcours:figure"
    extension-element-prefixes="exsl"
    exclude-result-prefixes="r w g">

  <xsl:include href="../page/common.xsl"/>

  <xsl:variable name="title" select="w:t('skills-summary')"/>
  <xsl:variable name="acquired" select="$derived/r:acquiredSkill"/>

  <xsl:variable name="job" select="$derived/r:employment[last()]"/>
  <!-- The contract that says most of what was done. -->
  <xsl:variable name="told" select="key('kind', 'contract')[r:activities
      or r:context][last()]"/>

  <xsl:variable name="narrow" select="136"/>
  <xsl:variable name="gutter" select="30"/>
  <xsl:variable name="wide" select="$measure - $narrow - $gutter"/>

  <!-- What stands above the skills, and how high they would be: estimated, for
       a stylesheet cannot measure. -->
  <xsl:variable name="height-tree">
    <above>
      <xsl:value-of select="46 + 13 * ceiling(g:width($told/r:context
          | $organisation/r:presentation[not($told/r:context)], 9.5)
          div ($wide - 20))"/>
    </above>
    <above>
      <xsl:value-of select="42 * boolean($told/r:activities)
          + 15 * count($told/r:activities/r:activity)"/>
    </above>
    <xsl:for-each select="$acquired">
      <xsl:variable name="label"
          select="w:say(w:skill(@skill)/r:employerLabel)"/>
      <xsl:variable name="length" select="g:width($label, 9.5)"/>
      <proved>
        <xsl:value-of select="13 * ceiling($length
            div ($wide - 44)) + 3.25 + 9.75 * ceiling(g:width(r:proof, 7.5)
            div ($wide - 10))"/>
      </proved>
      <listed>
        <xsl:value-of select="13 * ceiling($length div ($wide - 16))"/>
      </listed>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="heights" select="exsl:node-set($height-tree)"/>
  <!-- What a long name takes in the band and above its signature. -->
  <xsl:variable name="named" select="g:width(w:name($subject), 10.5)"/>
  <xsl:variable name="long-name" select="13 * floor($named
      div ($measure - 234)) + 11.5 * floor($named div ($measure div 3 - 8))"/>
  <!-- Two pages without the band, the headings of the kinds, one of them twice,
       and the signatures. -->
  <xsl:variable name="room" select="2 * $page-height - 142 - 127 - 62
      - sum($heights/above) - 136 - 160 - $long-name"/>
  <!-- Short enough for the signatures to stand below the skills on the first
       page, whatever the narrow column needs. -->
  <xsl:variable name="brief" select="sum($heights/above)
      + sum($heights/proved) + 120 + 160 + $long-name
      &lt; $page-height - 142 - 62"/>
  <xsl:variable name="dense" select="sum($heights/proved) &gt; $room"/>
  <xsl:variable name="very-dense"
      select="sum($heights/listed) + 70 &gt; $room"/>

  <xsl:template match="/">
    <xsl:call-template name="paper">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="when" select="w:date-long($date)"/>
      <xsl:with-param name="bookmarks">
        <fo:bookmark-tree>
          <fo:bookmark internal-destination="top">
            <fo:bookmark-title><xsl:value-of select="$title"/></fo:bookmark-title>
            <fo:bookmark internal-destination="can-do">
              <fo:bookmark-title>
                <xsl:value-of select="w:t('acquired-skills')"/>
              </fo:bookmark-title>
            </fo:bookmark>
          </fo:bookmark>
        </fo:bookmark-tree>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:call-template name="identity"/>
    <fo:table table-layout="fixed" width="{$measure}pt" role="Div">
      <fo:table-column column-width="{$narrow}pt"/>
      <fo:table-column column-width="{$gutter}pt"/>
      <fo:table-column column-width="{$wide}pt"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <fo:table-cell role="Div" font-size="9.5pt">
            <xsl:call-template name="beside"/>
          </fo:table-cell>
          <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
          <fo:table-cell role="Div">
            <xsl:call-template name="done"/>
            <xsl:call-template name="can-do"/>
            <xsl:if test="$brief">
              <xsl:call-template name="issued">
                <xsl:with-param name="width" select="$wide"/>
              </xsl:call-template>
            </xsl:if>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
    <xsl:if test="not($brief)">
      <xsl:call-template name="issued"/>
    </xsl:if>
  </xsl:template>

  <!-- Name large, as on a résumé; what the paper is below it. -->
  <xsl:template name="identity">
    <xsl:variable name="facts">
      <fact name="{w:t('issued-on')}" value="{w:date($date)}"/>
      <xsl:if test="$number != ''">
        <fact name="{w:t('number')}" value="{$number}"/>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="band">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ————— the narrow column ————— -->

  <xsl:template name="aside">
    <xsl:param name="title"/>
    <xsl:param name="body"/>
    <xsl:if test="exsl:node-set($body)/*">
      <fo:block space-after="19.5pt" keep-together.within-page="5">
        <fo:block role="H2" font-size="7.5pt" line-height="9.75pt"
            font-weight="600" color="{$accent}" space-after="4pt"
            border-after-width="0.5pt" border-after-style="solid"
            border-after-color="{$hairline}" padding-after="3pt"
            keep-with-next.within-page="always" hyphenate="false">
          <xsl:value-of select="$title"/>
        </fo:block>
        <xsl:copy-of select="$body"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- A line in ink with lines in secondary ink under it. -->
  <xsl:template name="entry">
    <xsl:param name="main"/>
    <xsl:param name="below"/>
    <fo:block space-after="6.5pt" keep-together.within-page="9">
      <xsl:call-template name="place"/>
      <fo:block font-weight="500"><xsl:value-of select="$main"/></fo:block>
      <xsl:for-each select="$below[. != '']">
        <fo:block font-size="7.5pt" line-height="9.75pt"
            color="{$secondary}">
          <xsl:call-template name="dated">
            <xsl:with-param name="text" select="."/>
          </xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="beside">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:n('posts',
          count($derived/r:employment))"/>
      <xsl:with-param name="body">
        <xsl:for-each select="$derived/r:employment">
          <xsl:variable name="below">
            <l><xsl:value-of select="w:period(r:start, r:end)"/></l>
            <xsl:if test="r:weeklyHours">
              <l><xsl:value-of select="w:t('weekly-hours',
                  w:hours(r:weeklyHours))"/></l>
            </xsl:if>
            <xsl:if test="r:rome">
              <l><xsl:value-of select="w:t('rome.line', r:rome/r:romeCode,
                  r:rome/r:romeLabel)"/></l>
            </xsl:if>
            <xsl:if test="r:siteName or r:town">
              <l>
                <xsl:value-of select="r:siteName"/>
                <xsl:if test="r:siteName and r:town">, </xsl:if>
                <xsl:value-of select="r:town"/>
              </l>
            </xsl:if>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:post"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="employer"/>
    <xsl:call-template name="trained"/>
    <xsl:call-template name="certified"/>
    <xsl:call-template name="immersed"/>
    <xsl:call-template name="reference"/>
  </xsl:template>

  <xsl:template name="employer">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:e('role', 'employer')"/>
      <xsl:with-param name="body">
        <xsl:for-each select="$organisation">
          <xsl:variable name="below">
            <xsl:for-each select="r:address/r:street">
              <l><xsl:value-of select="."/></l>
            </xsl:for-each>
            <l>
              <xsl:value-of select="concat(r:address/r:postcode, '&#xA0;',
                  r:address/r:town)"/>
            </l>
            <xsl:if test="r:siret">
              <l><xsl:value-of select="w:siret(r:siret)"/></l>
            </xsl:if>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:name"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="trained">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:t('trainings')"/>
      <xsl:with-param name="body">
        <xsl:for-each select="$derived/r:training">
          <xsl:sort select="r:end" order="descending"/>
          <xsl:variable name="below">
            <l>
              <xsl:value-of select="w:month(r:end)"/>
              <xsl:if test="r:hours">
                <xsl:value-of select="concat(', ', w:hours(r:hours))"/>
              </xsl:if>
            </l>
            <l><xsl:value-of select="r:provider"/></l>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:title"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Only what is valid at the date: expired titles are not derived. -->
  <xsl:template name="certified">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:t('certifications')"/>
      <xsl:with-param name="body">
        <xsl:for-each select="key('record',
            $derived/r:validCertification/@certification)">
          <xsl:variable name="below">
            <xsl:for-each select="r:block">
              <l><xsl:value-of select="w:t('block', w:say(r:label))"/></l>
            </xsl:for-each>
            <xsl:if test="r:code">
              <l><xsl:value-of select="r:code"/></l>
            </xsl:if>
            <xsl:choose>
              <xsl:when test="r:expiresOn">
                <l><xsl:value-of select="w:t('valid-until',
                    w:date-long(r:expiresOn))"/></l>
              </xsl:when>
              <xsl:when test="r:obtainedOn">
                <l><xsl:value-of select="w:t('obtained',
                    w:date-long(r:obtainedOn))"/></l>
              </xsl:when>
            </xsl:choose>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:title"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="immersed">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:t('immersions.employer')"/>
      <xsl:with-param name="body">
        <xsl:for-each select="$derived/r:immersion">
          <xsl:sort select="r:end" order="descending"/>
          <xsl:variable name="below">
            <l><xsl:value-of select="r:job"/></l>
            <l>
              <xsl:value-of select="w:month(r:end)"/>
              <xsl:if test="r:days">
                <xsl:value-of select="concat(', ', w:n('days', r:days))"/>
              </xsl:if>
            </l>
            <l><xsl:value-of select="r:town"/></l>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:hostName"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="reference">
    <xsl:call-template name="aside">
      <xsl:with-param name="title" select="w:t('reference')"/>
      <xsl:with-param name="body">
        <xsl:for-each select="$organisation/r:referenceContact">
          <xsl:variable name="below">
            <l><xsl:value-of select="r:function"/></l>
            <xsl:for-each select="r:phone | r:mail">
              <l><xsl:value-of select="."/></l>
            </xsl:for-each>
          </xsl:variable>
          <xsl:call-template name="entry">
            <xsl:with-param name="main" select="r:contactName"/>
            <xsl:with-param name="below" select="exsl:node-set($below)/l"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ————— the wide column ————— -->

  <xsl:template name="done">
    <xsl:if test="$told/r:context or $organisation/r:presentation
        or $derived/r:insertionMention">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('context')"/>
        <xsl:with-param name="id" select="'context'"/>
        <xsl:with-param name="before" select="'0pt'"/>
      </xsl:call-template>
      <fo:block font-size="9.5pt" hyphenate="true">
        <xsl:for-each select="$told/r:context/r:p
            | $organisation/r:presentation[not($told/r:context)]/r:p">
          <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:apply-templates mode="prose"/>
        </xsl:for-each>
      </fo:block>
      <xsl:if test="$derived/r:insertionMention">
        <fo:block font-size="9.5pt" space-before="3.25pt">
          <xsl:call-template name="prose">
            <xsl:with-param name="paragraphs"
                select="$derived/r:insertionMention/r:p"/>
          </xsl:call-template>
        </fo:block>
      </xsl:if>
    </xsl:if>
    <xsl:if test="$told/r:activities">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:t('activities')"/>
        <xsl:with-param name="id" select="'activities'"/>
        <xsl:with-param name="before" select="'19.5pt'"/>
      </xsl:call-template>
      <xsl:call-template name="bullets">
        <xsl:with-param name="items" select="$told/r:activities/r:activity"/>
        <xsl:with-param name="between" select="'2pt'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The kinds of domain in the order an employer reads them. -->
  <xsl:variable name="kind-tree">
    <kind>technical</kind>
    <kind>transferable</kind>
    <kind>behaviour</kind>
    <kind>core</kind>
  </xsl:variable>

  <xsl:template name="can-do">
    <xsl:call-template name="section">
      <xsl:with-param name="title" select="w:t('acquired-skills')"/>
      <xsl:with-param name="id" select="'can-do'"/>
      <xsl:with-param name="before" select="'19.5pt'"/>
    </xsl:call-template>
    <xsl:choose>
      <xsl:when test="$acquired">
        <xsl:variable name="skills" select="$acquired"/>
        <xsl:if test="not($dense)">
          <xsl:call-template name="level-key">
            <xsl:with-param name="skills" select="$acquired"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:for-each select="exsl:node-set($kind-tree)/kind">
          <xsl:variable name="kind" select="string()"/>
          <xsl:variable name="mine" select="$skills[@kind = $kind]"/>
          <xsl:if test="$mine">
            <xsl:choose>
              <xsl:when test="$dense">
                <xsl:call-template name="subsection">
                  <xsl:with-param name="title" select="w:e('domain', $kind)"/>
                  <xsl:with-param name="before" select="'9.75pt'"/>
                </xsl:call-template>
                <xsl:call-template name="by-level">
                  <xsl:with-param name="skills" select="$mine"/>
                </xsl:call-template>
              </xsl:when>
              <xsl:otherwise>
                <xsl:call-template name="one-by-one">
                  <xsl:with-param name="title" select="w:e('domain', $kind)"/>
                  <xsl:with-param name="skills" select="$mine"/>
                </xsl:call-template>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:if>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <fo:block><xsl:value-of select="w:t('no-skill-yet')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Sentence and, under it, one concrete proof; the level at the right.  The
       title is said again where the skills go on. -->
  <xsl:template name="one-by-one">
    <xsl:param name="title"/>
    <xsl:param name="skills"/>
    <fo:table table-layout="fixed" font-size="9.5pt" hyphenate="false"
        width="{$wide}pt" space-before="9.75pt">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="40pt"/>
      <fo:table-header>
        <fo:table-row>
          <fo:table-cell role="TH" number-columns-spanned="2"
              padding-after="3.25pt">
            <fo:block role="H3" font-weight="600" color="{$accent}">
              <xsl:value-of select="$title"/>
              <fo:retrieve-table-marker retrieve-class-name="continued"
                  retrieve-position-within-table="first-starting"
                  retrieve-boundary-within-table="table-fragment"/>
            </fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$skills">
          <xsl:variable name="skill" select="w:skill(@skill)"/>
          <xsl:variable name="levels" select="w:levels($skill)"/>
          <fo:table-row keep-together.within-page="9">
            <xsl:if test="r:proof">
              <xsl:attribute name="keep-with-next.within-page"
                  >always</xsl:attribute>
            </xsl:if>
            <fo:table-cell padding-right="4pt">
              <xsl:call-template name="continued">
                <xsl:with-param name="first" select="position() = 1"/>
              </xsl:call-template>
              <fo:block font-weight="500">
                <xsl:call-template name="place"/>
                <xsl:value-of select="w:say($skill/r:employerLabel)"/>
              </fo:block>
            </fo:table-cell>
            <fo:table-cell text-align="end">
              <fo:block>
                <xsl:call-template name="level-dots">
                  <xsl:with-param name="level" select="@level"/>
                  <xsl:with-param name="levels" select="$levels"/>
                  <xsl:with-param name="twin" select="w:level($levels,
                      @level)"/>
                </xsl:call-template>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
          <fo:table-row keep-together.within-page="9">
            <fo:table-cell number-columns-spanned="2"
                padding-after="3.25pt">
              <fo:block font-size="7.5pt" line-height="9.75pt"
                  color="{$secondary}">
                <xsl:for-each select="key('record', @evaluation)">
                  <xsl:call-template name="own-language"/>
                </xsl:for-each>
                <xsl:value-of select="r:proof"/>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- What the dots of these skills mean, in words. -->
  <xsl:template name="level-key">
    <xsl:param name="skills"/>
    <xsl:variable name="levels" select="w:levels(w:skill($skills[1]/@skill))"/>
    <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}"
        keep-with-next.within-page="always">
      <xsl:for-each select="$levels[@value = $skills/@level]">
        <xsl:sort select="@value" data-type="number" order="descending"/>
        <xsl:if test="position() &gt; 1">
          <xsl:text>&#xA0;&#xA0; </xsl:text>
        </xsl:if>
        <xsl:call-template name="level-dots">
          <xsl:with-param name="level" select="@value"/>
          <xsl:with-param name="levels" select="$levels"/>
          <xsl:with-param name="twin" select="''"/>
        </xsl:call-template>
        <xsl:text>&#xA0;</xsl:text>
        <xsl:value-of select="w:level($levels, @value)"/>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- Many skills: a paragraph a level, the highest first. -->
  <xsl:template name="by-level">
    <xsl:param name="skills"/>
    <xsl:variable name="levels" select="w:levels(w:skill($skills[1]/@skill))"/>
      <xsl:for-each select="$levels">
        <xsl:sort select="@value" data-type="number" order="descending"/>
        <xsl:variable name="level" select="@value"/>
        <xsl:variable name="mine" select="$skills[@level = $level]"/>
        <xsl:if test="$mine">
          <fo:block font-size="9.5pt" space-before="3pt"
              keep-with-next.within-page="always" color="{$secondary}">
            <xsl:call-template name="level-dots">
              <xsl:with-param name="level" select="$level"/>
              <xsl:with-param name="levels" select="$levels"/>
              <xsl:with-param name="twin" select="''"/>
            </xsl:call-template>
            <xsl:text>&#xA0; </xsl:text>
            <xsl:value-of select="w:level($levels, $level)"/>
          </fo:block>
          <xsl:variable name="item-tree">
            <xsl:for-each select="$mine">
              <item>
                <xsl:value-of select="w:say(w:skill(@skill)/r:employerLabel)"/>
              </item>
            </xsl:for-each>
          </xsl:variable>
          <xsl:variable name="items" select="exsl:node-set($item-tree)/item"/>
          <xsl:choose>
            <xsl:when test="$very-dense">
              <fo:block font-size="9.5pt" hyphenate="true">
                <xsl:for-each select="$items">
                  <xsl:if test="position() &gt; 1"> · </xsl:if>
                  <xsl:value-of select="."/>
                </xsl:for-each>
              </fo:block>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="bullets">
                <xsl:with-param name="items" select="$items"/>
                <xsl:with-param name="between" select="'0pt'"/>
              </xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:if>
      </xsl:for-each>
  </xsl:template>

  <!-- ————— signatures ————— -->

  <xsl:template name="issued">
    <xsl:param name="width" select="$measure"/>
    <xsl:variable name="party-tree">
      <xsl:for-each select="$derived/r:issuer">
        <xsl:call-template name="party-of">
          <xsl:with-param name="signature" select="/.."/>
          <xsl:with-param name="role">
            <xsl:choose>
              <xsl:when test="r:function and not($other-tongue)">
                <xsl:value-of select="w:capital(r:function)"/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:value-of select="w:as(concat('role.', r:role), .)"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
          <xsl:with-param name="name" select="w:name(.)"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="party-of">
        <xsl:with-param name="signature" select="/.."/>
        <xsl:with-param name="role" select="w:t('received-by')"/>
        <xsl:with-param name="name" select="w:name($subject)"/>
      </xsl:call-template>
    </xsl:variable>
    <fo:block keep-together.within-page="9" space-before="19.5pt"
        keep-with-previous.within-page="always">
      <xsl:call-template name="signatures">
        <xsl:with-param name="parties"
            select="exsl:node-set($party-tree)/party"/>
        <xsl:with-param name="width" select="$width"/>
      </xsl:call-template>
      <xsl:if test="$number != ''">
        <xsl:call-template name="note">
          <xsl:with-param name="text">
            <xsl:for-each select="$organisation">
              <xsl:value-of select="w:t('check-number', $number, concat(r:name,
                  substring(', ', 1, 2 * boolean(r:phone)), r:phone))"/>
            </xsl:for-each>
          </xsl:with-param>
          <xsl:with-param name="before" select="'0pt'"/>
        </xsl:call-template>
      </xsl:if>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
