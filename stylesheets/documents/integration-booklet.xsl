<?xml version="1.0" encoding="UTF-8"?>
<!--
  Welcome and integration booklet of a new worker.  About a booklet record,
  whose sections are printed in their order, a topic beginning a page; the
  figures that a section asks for come from the role chart and from the
  worker's integration plan.  The path lies on the centre spread, emergency
  numbers on the inside of the back cover: layout places both.
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
  <xsl:include href="../page/booklet.xsl"/>
  <xsl:include href="../figures/circle.xsl"/>
  <xsl:include href="../figures/motif.xsl"/>
  <xsl:include href="../figures/ribbon.xsl"/>

  <xsl:variable name="booklet" select="$about"/>
  <xsl:variable name="chart"
      select="key('record', $booklet/r:roleChart/@ref)"/>
  <xsl:variable name="plan"
      select="key('kind', 'integrationPlan')[r:person/@ref = $subject/@id]"/>
  <xsl:variable name="scale" select="key('record', $plan/r:scale/@ref)"/>
  <xsl:variable name="title" select="w:say($booklet/r:title)"/>
  <xsl:variable name="entry-date"
      select="string(($plan/r:entryDate | $subject/r:entryDate)[last()])"/>
  <xsl:variable name="urgent"
      select="$booklet/r:section[r:contactEntry/@emergency = 'true']"/>
  <xsl:variable name="topics"
      select="$booklet/r:section[not(r:contactEntry/@emergency = 'true')]"/>

  <xsl:variable name="phase-tree">
    <xsl:for-each select="$plan/r:phase">
      <xsl:variable name="fact"
          select="$derived/r:phaseFact[@key = current()/@key]"/>
      <phase key="{@key}" n="{position()}" label="{w:say(r:label)}">
        <xsl:attribute name="dates">
          <xsl:choose>
            <xsl:when test="$fact and $fact/@start = $fact/@end">
              <xsl:value-of select="w:date($fact/@start)"/>
            </xsl:when>
            <xsl:when test="$fact">
              <xsl:value-of select="w:t('from-to', w:date($fact/@start),
                  w:date($fact/@end))"/>
            </xsl:when>
            <xsl:when test="count(r:task) = 1
                or r:task[1]/@day = r:task[last()]/@day">
              <xsl:value-of select="w:day(r:task[1]/@day)"/>
            </xsl:when>
            <xsl:otherwise>
              <xsl:value-of select="w:t('from-to.days',
                  w:day(r:task[1]/@day), w:day(r:task[last()]/@day))"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </phase>
    </xsl:for-each>
    <xsl:if test="not($plan)">
      <phase key="prepare" n="1" label="{w:t('phase.prepare')}" dates=""/>
      <phase key="welcome" n="2" label="{w:t('phase.welcome')}" dates=""/>
      <phase key="support" n="3" label="{w:t('phase.support')}" dates=""/>
      <phase key="close" n="4" label="{w:t('phase.close')}" dates=""/>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="phases" select="exsl:node-set($phase-tree)/phase"/>

  <xsl:template match="/">
    <fo:root>
      <xsl:call-template name="root-properties"/>
      <xsl:attribute name="font-size">12.5pt</xsl:attribute>
      <xsl:attribute name="line-height">17pt</xsl:attribute>
      <xsl:call-template name="booklet-masters"/>
      <xsl:call-template name="about-the-file">
        <xsl:with-param name="title" select="concat($title, ' – ',
            w:name($subject))"/>
        <xsl:with-param name="description" select="w:t('booklet.about',
            $organisation/r:name, $booklet/r:edition)"/>
      </xsl:call-template>
      <xsl:call-template name="bookmarks"/>
      <xsl:call-template name="cover"/>
      <xsl:call-template name="inside"/>
      <xsl:if test="$plan">
        <xsl:call-template name="centre"/>
      </xsl:if>
      <xsl:if test="$urgent">
        <xsl:call-template name="urgent"/>
      </xsl:if>
      <xsl:call-template name="back"/>
    </fo:root>
  </xsl:template>

  <xsl:template name="bookmarks">
    <fo:bookmark-tree>
      <fo:bookmark internal-destination="contents">
        <fo:bookmark-title>
          <xsl:value-of select="w:t('contents')"/>
        </fo:bookmark-title>
      </fo:bookmark>
      <xsl:for-each select="$topics">
        <fo:bookmark internal-destination="topic-{@key}">
          <fo:bookmark-title>
            <xsl:value-of select="w:say(r:title)"/>
          </fo:bookmark-title>
        </fo:bookmark>
      </xsl:for-each>
      <xsl:if test="$plan">
        <fo:bookmark internal-destination="centre">
          <fo:bookmark-title>
            <xsl:value-of select="w:t('centre')"/>
          </fo:bookmark-title>
        </fo:bookmark>
      </xsl:if>
      <xsl:for-each select="$urgent">
        <fo:bookmark internal-destination="topic-{@key}">
          <fo:bookmark-title>
            <xsl:value-of select="w:say(r:title)"/>
          </fo:bookmark-title>
        </fo:bookmark>
      </xsl:for-each>
    </fo:bookmark-tree>
  </xsl:template>

  <!-- ————— covers ————— -->

  <xsl:template name="cover">
    <xsl:variable name="tile" select="$leaf-width div 6"/>
    <fo:page-sequence master-reference="cover" force-page-count="no-force">
      <xsl:call-template name="language-properties"/>
      <fo:flow flow-name="xsl-region-body">
        <fo:block-container absolute-position="absolute" top="0pt"
            left="0pt" width="{$leaf-width}pt" height="{$tile * 5 + 1}pt">
          <fo:block font-size="1pt" line-height="1pt">
            <xsl:call-template name="motif">
              <xsl:with-param name="columns" select="6"/>
              <xsl:with-param name="rows" select="5"/>
              <xsl:with-param name="width" select="$leaf-width"/>
              <xsl:with-param name="seed"
                  select="string-length($organisation/r:name)"/>
            </xsl:call-template>
          </fo:block>
        </fo:block-container>
        <fo:block margin-left="{$fold}pt" margin-right="{$edge}pt"
            padding-before="{$tile * 5 + 26}pt">
          <xsl:for-each select="$booklet">
            <xsl:call-template name="place"/>
          </xsl:for-each>
          <fo:block role="H1" font-size="20pt" line-height="26pt"
              font-weight="600" letter-spacing="-0.2pt" hyphenate="false">
            <xsl:for-each select="$booklet/r:title[not(@xml:lang)]">
              <xsl:call-template name="own-language"/>
            </xsl:for-each>
            <xsl:value-of select="$title"/>
          </fo:block>
          <xsl:for-each select="$booklet/r:subtitle">
            <fo:block font-size="10.5pt" line-height="13pt"
                color="{$secondary}" space-before="3pt">
              <xsl:call-template name="own-language"/>
              <xsl:value-of select="."/>
            </fo:block>
          </xsl:for-each>
          <fo:block font-size="13pt" line-height="17pt" font-weight="600"
              color="{$accent}" space-before="19.5pt">
            <xsl:value-of select="w:name($subject)"/>
          </fo:block>
          <xsl:if test="$entry-date != ''">
            <fo:block font-size="10.5pt" line-height="13pt">
              <xsl:call-template name="dated">
                <xsl:with-param name="text" select="w:t('entered-on',
                  w:date-long($entry-date))"/>
              </xsl:call-template>
            </fo:block>
          </xsl:if>
        </fo:block>
        <fo:block-container absolute-position="absolute"
            left="{$fold}pt" top="{$leaf-height - 62}pt"
            width="{$leaf}pt" height="36pt" display-align="after">
          <xsl:call-template name="house-mark"/>
        </fo:block-container>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- Logo and name on one line; the name alone without a logo. -->
  <xsl:template name="house-mark">
    <xsl:variable name="logo" select="$settings/r:logo"/>
    <fo:table table-layout="fixed" width="{$leaf}pt" role="Div">
      <xsl:if test="$logo">
        <fo:table-column column-width="42pt"/>
      </xsl:if>
      <fo:table-column column-width="{$leaf - 42 * count($logo)}pt"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:if test="$logo">
            <fo:table-cell role="Div" display-align="center">
              <fo:block font-size="1pt" line-height="1pt">
                <xsl:call-template name="logo">
                  <xsl:with-param name="width" select="32"/>
                  <xsl:with-param name="height" select="32"/>
                </xsl:call-template>
              </fo:block>
            </fo:table-cell>
          </xsl:if>
          <fo:table-cell role="Div" display-align="center">
            <fo:block font-size="10.5pt" line-height="13pt"
                font-weight="600">
              <xsl:value-of select="$organisation/r:name"/>
            </fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="back">
    <xsl:variable name="tile" select="$leaf-width div 6"/>
    <fo:page-sequence master-reference="cover" px:booklet="back"
        force-page-count="no-force">
      <xsl:call-template name="language-properties"/>
      <fo:flow flow-name="xsl-region-body">
        <fo:block-container absolute-position="absolute" left="0pt"
            top="{$leaf-height - $tile}pt" width="{$leaf-width}pt"
            height="{$tile + 1}pt">
          <fo:block font-size="1pt" line-height="1pt">
            <xsl:call-template name="motif">
              <xsl:with-param name="columns" select="6"/>
              <xsl:with-param name="rows" select="1"/>
              <xsl:with-param name="width" select="$leaf-width"/>
              <xsl:with-param name="seed"
                  select="string-length($organisation/r:name) + 5"/>
            </xsl:call-template>
          </fo:block>
        </fo:block-container>
        <fo:block-container absolute-position="absolute" left="{$edge}pt"
            top="{$leaf-height - $tile - 190}pt" width="{$leaf}pt"
            height="164pt" display-align="after">
          <xsl:call-template name="house-mark"/>
          <fo:block font-size="10.5pt" line-height="14pt"
              space-before="9.75pt">
            <xsl:for-each select="$organisation">
              <xsl:for-each select="r:address/r:street">
                <fo:block><xsl:value-of select="."/></fo:block>
              </xsl:for-each>
              <fo:block>
                <xsl:value-of select="concat(r:address/r:postcode, '&#xA0;',
                    r:address/r:town)"/>
              </fo:block>
              <xsl:for-each select="r:phone | r:mail | r:web">
                <fo:block>
                  <xsl:value-of select="translate(., ' ', '&#xA0;')"/>
                </fo:block>
              </xsl:for-each>
            </xsl:for-each>
          </fo:block>
          <fo:block font-size="7.5pt" line-height="9.75pt"
              color="{$secondary}" space-before="9.75pt">
            <xsl:call-template name="edition"/>
          </fo:block>
        </fo:block-container>
        <fo:block/>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- ————— inside ————— -->

  <xsl:template name="inside">
    <fo:page-sequence master-reference="leaves"
        force-page-count="no-force">
      <xsl:call-template name="language-properties"/>
      <xsl:call-template name="booklet-feet">
        <xsl:with-param name="line" select="concat(
            ($organisation/r:shortName | $organisation/r:name)[last()],
            ' · ', $title)"/>
      </xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <xsl:call-template name="imprint"/>
        <xsl:call-template name="contents"/>
        <xsl:for-each select="$topics">
          <xsl:call-template name="section-pages"/>
        </xsl:for-each>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- Inside the cover: whose it is, and which edition. -->
  <xsl:template name="imprint">
    <fo:block font-size="10.5pt" line-height="14pt">
      <fo:block color="{$secondary}">
        <xsl:value-of select="w:t('belongs-to')"/>
      </fo:block>
      <fo:block font-size="13pt" line-height="17pt" font-weight="600">
        <xsl:value-of select="w:name($subject)"/>
      </fo:block>
      <xsl:variable name="facts">
        <xsl:if test="$plan/r:post | $subject/r:post">
          <fact name="{w:t('post')}"
              value="{($plan/r:post | $subject/r:post)[last()]}"/>
        </xsl:if>
        <xsl:if test="$entry-date != ''">
          <fact name="{w:t('entry')}" value="{w:date-long($entry-date)}"/>
        </xsl:if>
        <xsl:if test="key('record', $plan/r:tutor/@ref)">
          <fact name="{w:e('role', 'tutor')}"
              value="{w:name(key('record', $plan/r:tutor/@ref))}"/>
        </xsl:if>
        <xsl:if test="key('record', $plan/r:manager/@ref)">
          <fact name="{w:e('role', 'manager')}"
              value="{w:name(key('record', $plan/r:manager/@ref))}"/>
        </xsl:if>
        <xsl:if test="key('record', $plan/r:referent/@ref)">
          <fact name="{w:e('role', 'trainingReferent')}"
              value="{w:name(key('record', $plan/r:referent/@ref))}"/>
        </xsl:if>
      </xsl:variable>
      <fo:block space-before="17pt">
        <xsl:call-template name="facts">
          <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
          <xsl:with-param name="columns" select="1"/>
          <xsl:with-param name="width" select="$leaf"/>
        </xsl:call-template>
      </fo:block>
    </fo:block>
    <fo:block-container absolute-position="absolute" left="0pt"
        top="{$leaf-height - 86 - 60}pt" width="{$leaf}pt" height="60pt"
        display-align="after">
      <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}">
        <xsl:call-template name="edition"/>
        <fo:block><xsl:value-of select="$confidentiality"/></fo:block>
        <xsl:if test="$number != ''">
          <fo:block>
            <xsl:value-of select="w:capital(w:t('document-number',
                $number))"/>
          </fo:block>
        </xsl:if>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- Which edition, since when, until when. -->
  <xsl:template name="edition">
    <fo:block>
      <xsl:call-template name="dated">
        <xsl:with-param name="text" select="w:t('booklet.edition',
            $booklet/r:edition, w:date-long($booklet/r:issuedOn),
            w:date-long($booklet/r:validUntil))"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template name="contents">
    <fo:block break-before="page">
      <xsl:call-template name="topic">
        <xsl:with-param name="title" select="w:t('contents')"/>
        <xsl:with-param name="id" select="'contents'"/>
      </xsl:call-template>
      <fo:block role="TOC">
        <xsl:for-each select="$topics">
          <xsl:call-template name="content-line">
            <xsl:with-param name="title" select="w:say(r:title)"/>
            <xsl:with-param name="id" select="concat('topic-', @key)"/>
            <xsl:with-param name="own" select="true()"/>
          </xsl:call-template>
        </xsl:for-each>
        <!-- What has its place apart from the order. -->
        <xsl:if test="$plan">
          <xsl:call-template name="content-line">
            <xsl:with-param name="title" select="w:t('contents.centre',
                w:t('centre'))"/>
            <xsl:with-param name="id" select="'centre'"/>
            <xsl:with-param name="before" select="'9.75pt'"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:for-each select="$urgent">
          <xsl:call-template name="content-line">
            <xsl:with-param name="title" select="w:t('contents.back',
                w:say(r:title))"/>
            <xsl:with-param name="id" select="concat('topic-', @key)"/>
          </xsl:call-template>
        </xsl:for-each>
      </fo:block>
    </fo:block>
  </xsl:template>

  <xsl:template name="content-line">
    <xsl:param name="title"/>
    <xsl:param name="id"/>
    <xsl:param name="before" select="'0pt'"/>
    <xsl:param name="own" select="false()"/>
    <fo:block role="TOCI" text-align-last="justify" font-size="10.5pt"
        line-height="19.5pt" hyphenate="false" space-before="{$before}">
      <xsl:if test="$own">
        <xsl:call-template name="own-language"/>
      </xsl:if>
      <fo:basic-link internal-destination="{$id}">
        <!-- Spaces that are not to stretch: the leader alone fills the line. -->
        <xsl:choose>
          <xsl:when test="string-length($title) &lt; 46">
            <xsl:value-of select="translate($title, ' ', '&#xA0;')"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$title"/></xsl:otherwise>
        </xsl:choose>
        <xsl:text>&#xA0;&#xA0;</xsl:text>
        <fo:leader leader-pattern="dots" leader-alignment="page" color="{$secondary}"
            leader-length.minimum="12pt"/>
        <xsl:text>&#xA0;&#xA0;</xsl:text>
        <fo:inline font-weight="500" px:font-features="tnum">
          <fo:page-number-citation ref-id="{$id}"/>
        </fo:inline>
      </fo:basic-link>
    </fo:block>
  </xsl:template>

  <!-- A topic that fills more than a page begins on the left, so that it lies
       open whole; how much it fills is estimated, for a stylesheet cannot
       measure: to a line or two, and in doubt it fills one. -->
  <xsl:template name="section-pages">
    <!-- The lines of each text, then what each kind of piece adds to them. -->
    <xsl:variable name="lines">
      <xsl:for-each select="r:p | r:note/r:p | r:list/r:item
          | r:checklist/r:check | r:glossary/r:term/r:meaning">
        <n>
          <xsl:value-of select="ceiling(g:width(normalize-space(.), 11.9)
              div ($leaf - 11 * boolean(self::r:item)
              - 24 * boolean(parent::r:note) - 153 * boolean(self::r:check)
              - 62 * boolean(self::r:meaning)))"/>
        </n>
      </xsl:for-each>
      <n><xsl:value-of select="ceiling(g:width(w:say(r:title), 20)
          div ($leaf - 37)) * 1.53 + 1.5"/></n>
    </xsl:variable>
    <xsl:variable name="high" select="17 * sum(exsl:node-set($lines)/n)
        + 8.5 * count(r:p | r:list) - 8.5 * boolean(r:contactEntry)
        + 5 * count(r:list/r:item[position() &gt; 1])
        + 26.5 * count(r:heading) + 32.5 * count(r:note)
        + 39 * count(r:checklist) + 10.5 * count(r:checklist/r:check)
        + 7 * count(r:glossary/r:term) + 18 * count(@basis)
        + 38.5 * count(r:contactEntry) + 17 * count(r:contactEntry/r:phone
        | r:contactEntry/r:contactName) + 14 * count(r:contactEntry/r:mail
        | r:contactEntry/r:web | r:contactEntry/r:address
        | r:contactEntry/r:availability) + 22 * sum(r:writingLines/@count)"/>
    <xsl:variable name="two" select="r:figure/@name = 'circleOfActors'
        or not(r:figure) and $high &gt; $leaf-height - 86 + 17"/>
    <fo:block break-before="page">
      <xsl:if test="$two">
        <xsl:attribute name="break-before">even-page</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="topic">
        <xsl:with-param name="title" select="w:say(r:title)"/>
        <xsl:with-param name="icon" select="string(@icon)"/>
        <xsl:with-param name="id" select="concat('topic-', @key)"/>
      </xsl:call-template>
      <xsl:apply-templates select="*[not(self::r:title)]" mode="topic"/>
      <xsl:if test="@basis">
        <xsl:call-template name="note">
          <xsl:with-param name="text" select="w:t('basis', @basis)"/>
          <xsl:with-param name="before" select="'17pt'"/>
        </xsl:call-template>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template match="r:p" mode="topic">
    <fo:block space-after="8.5pt">
      <xsl:call-template name="place"/>
      <xsl:call-template name="own-language"/>
      <xsl:apply-templates mode="prose"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="r:heading" mode="topic">
    <xsl:call-template name="small-heading">
      <xsl:with-param name="title" select="."/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="r:list" mode="topic">
    <fo:block space-after="8.5pt">
      <xsl:call-template name="own-language"/>
      <xsl:variable name="item-tree">
        <xsl:for-each select="r:item">
          <item><fo:wrapper><xsl:apply-templates mode="prose"/></fo:wrapper></item>
        </xsl:for-each>
      </xsl:variable>
      <xsl:call-template name="bullets">
        <xsl:with-param name="items" select="exsl:node-set($item-tree)/item"/>
        <xsl:with-param name="size" select="'12.5pt'"/>
        <xsl:with-param name="between" select="'5pt'"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template match="r:note" mode="topic">
    <fo:block background-color="{$accent-pale}" space-before="8.5pt"
        space-after="12.5pt" padding="10pt 12pt 10pt 12pt"
        margin-left="0pt" margin-right="0pt"
        keep-together.within-page="9">
      <xsl:call-template name="prose">
        <xsl:with-param name="paragraphs" select="r:p"/>
        <xsl:with-param name="wide" select="false()"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template match="r:contactEntry" mode="topic">
    <xsl:variable name="rest">
      <xsl:if test="r:none"><l><xsl:value-of select="r:none"/></l></xsl:if>
      <xsl:for-each select="r:mail | r:web">
        <l><xsl:value-of select="."/></l>
      </xsl:for-each>
      <xsl:if test="r:address">
        <l>
          <xsl:for-each select="r:address/r:street">
            <xsl:value-of select="concat(., ', ')"/>
          </xsl:for-each>
          <xsl:value-of select="concat(r:address/r:postcode, '&#xA0;',
              r:address/r:town)"/>
        </l>
      </xsl:if>
      <l><xsl:value-of select="r:availability"/></l>
    </xsl:variable>
    <xsl:call-template name="contact-card">
      <xsl:with-param name="for" select="w:say(r:label)"/>
      <xsl:with-param name="name" select="string(r:contactName)"/>
      <xsl:with-param name="phones" select="r:phone"/>
      <xsl:with-param name="rest" select="exsl:node-set($rest)/l"/>
      <xsl:with-param name="large" select="@emergency = 'true'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="r:checklist" mode="topic">
    <xsl:if test="r:title">
      <xsl:call-template name="small-heading">
        <xsl:with-param name="title" select="w:say(r:title)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:variable name="checks">
      <xsl:for-each select="r:check">
        <check label="{.}" done="" by="" below=""/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:call-template name="checklist">
      <xsl:with-param name="checks" select="exsl:node-set($checks)/check"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="r:glossary" mode="topic">
    <fo:list-block provisional-distance-between-starts="62pt"
        provisional-label-separation="8pt">
      <xsl:call-template name="own-language"/>
      <xsl:for-each select="r:term">
        <fo:list-item space-after="7pt"
            keep-together.within-page="9">
          <fo:list-item-label end-indent="label-end()">
            <fo:block font-weight="600" color="{$accent}"
                hyphenate="false">
              <xsl:value-of select="r:word"/>
            </fo:block>
          </fo:list-item-label>
          <fo:list-item-body start-indent="body-start()">
            <fo:block><xsl:value-of select="r:meaning"/></fo:block>
          </fo:list-item-body>
        </fo:list-item>
      </xsl:for-each>
    </fo:list-block>
  </xsl:template>

  <xsl:template match="r:writingLines" mode="topic">
    <xsl:call-template name="lines">
      <xsl:with-param name="n" select="@count"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ————— figures of the record ————— -->

  <xsl:template match="r:figure[@name = 'circleOfActors']" mode="topic">
    <xsl:variable name="actors">
      <xsl:for-each select="$chart/r:actorRole">
        <actor ring="{@ring}" phases="{@phases}"
            label="{w:say(r:shortLabel | r:label[not(../r:shortLabel)])}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="$chart">
      <fo:block font-size="1pt" line-height="1pt" space-before="8.5pt" text-align="center">
        <xsl:call-template name="circle">
          <xsl:with-param name="actors"
              select="exsl:node-set($actors)/actor"/>
          <xsl:with-param name="phases" select="$phases"/>
          <xsl:with-param name="size" select="$leaf"/>
        </xsl:call-template>
      </fo:block>
      <xsl:call-template name="note">
        <xsl:with-param name="text" select="w:t('circle.key')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Who does what: a block an actor, never broken. -->
  <xsl:template match="r:figure[@name = 'whoDoesWhat']" mode="topic">
    <xsl:for-each select="$chart">
      <fo:block break-before="page" role="H2" font-size="13pt"
          font-weight="600" space-after="6pt"
          keep-with-next.within-page="always" hyphenate="false">
        <xsl:call-template name="own-language"/>
        <xsl:value-of select="w:say(r:title)"/>
      </fo:block>
      <xsl:if test="r:intro">
        <xsl:apply-templates select="r:intro/r:p" mode="topic"/>
      </xsl:if>
      <xsl:for-each select="r:actorRole">
        <fo:block space-before="12.5pt" keep-together.within-page="9"
            border-before-width="0.5pt" border-before-style="solid"
            border-before-color="{$hairline}" padding-before="7pt">
          <xsl:call-template name="own-language"/>
          <fo:block role="H3" font-weight="600"
              keep-with-next.within-page="always" hyphenate="false">
            <xsl:call-template name="place"/>
            <xsl:value-of select="w:say(r:label)"/>
            <xsl:for-each select="key('record', r:contact/@ref)">
              <fo:inline font-weight="400" color="{$secondary}">
                <xsl:value-of select="concat(' · ', w:name(.))"/>
              </fo:inline>
            </xsl:for-each>
          </fo:block>
          <xsl:if test="r:help">
            <fo:block font-style="italic" space-after="4pt"
                keep-with-next.within-page="always">
              <xsl:value-of select="r:help"/>
            </fo:block>
          </xsl:if>
          <xsl:call-template name="bullets">
            <xsl:with-param name="items" select="r:duty"/>
            <xsl:with-param name="size" select="'12.5pt'"/>
            <xsl:with-param name="between" select="'2pt'"/>
          </xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- The path itself lies in the centre; here the way to it, after the phases
       where the topic has them. -->
  <xsl:template match="r:figure[@name = 'integrationPath']" mode="topic"
      name="see-centre">
    <xsl:if test="$plan and (self::r:phase
        or not(../r:figure[@name = 'phases']))">
      <fo:block space-before="13pt">
        <fo:basic-link internal-destination="centre">
          <xsl:value-of select="w:t('see-centre')"/>
          <xsl:text>&#xA0;</xsl:text>
          <fo:page-number-citation ref-id="centre"/>
          <xsl:text>.</xsl:text>
        </fo:basic-link>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- The four phases, each a checklist that is whole on its page. -->
  <xsl:template match="r:figure[@name = 'phases']" mode="topic">
    <xsl:for-each select="$plan/r:phase">
      <xsl:variable name="n" select="position()"/>
      <xsl:variable name="checks">
        <xsl:for-each select="r:task">
          <xsl:variable name="role" select="$chart/r:actorRole[@id
              = current()/@role]"/>
          <check label="{w:say(r:label)}" done="{r:doneOn}"
              by="{r:initials}">
            <xsl:attribute name="below">
              <xsl:value-of select="w:day(@day)"/>
              <xsl:if test="$role">
                <xsl:value-of select="concat(' · ',
                    w:say($role/r:shortLabel
                    | $role[not(r:shortLabel)]/r:label))"/>
              </xsl:if>
              <xsl:if test="r:taskRemark">
                <xsl:value-of select="concat(' · ', r:taskRemark)"/>
              </xsl:if>
            </xsl:attribute>
          </check>
        </xsl:for-each>
      </xsl:variable>
      <fo:block space-before="13pt" keep-together.within-page="5">
        <fo:block role="H2" font-size="13pt" line-height="17pt"
            font-weight="600" keep-with-next.within-page="always"
            hyphenate="false" background-color="{$accent}" color="#FFFFFF"
            padding="7pt 11pt 7pt 11pt" margin-left="0pt"
            margin-right="0pt">
          <xsl:value-of select="concat($n, '&#xA0;&#xA0;')"/>
          <fo:inline>
            <xsl:call-template name="own-language"/>
            <xsl:value-of select="w:say(r:label)"/>
          </fo:inline>
          <fo:inline font-weight="400" font-size="9.5pt">
            <xsl:value-of select="concat('&#xA0;&#xA0; ',
                $phases[$n]/@dates)"/>
          </fo:inline>
        </fo:block>
        <xsl:for-each select="r:aim">
          <fo:block space-before="6.5pt">
            <xsl:call-template name="own-language"/>
            <xsl:value-of select="."/>
          </fo:block>
        </xsl:for-each>
        <xsl:call-template name="checklist">
          <xsl:with-param name="checks" select="exsl:node-set($checks)/check"/>
        </xsl:call-template>
        <xsl:if test="position() = last()">
          <xsl:call-template name="see-centre"/>
        </xsl:if>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <!-- The receipt: kept by the organisation, so it is whole on its page. -->
  <xsl:template match="r:figure[@name = 'receipt']" mode="topic">
    <xsl:variable name="parties">
      <party role="{w:e('role', 'worker')}" name="{w:name($subject)}"
          state="" date="" place="" reason="" mention=""/>
      <party role="{w:t('for-employer')}" state="" date="" place=""
          reason="" mention=""
          name="{w:name($organisation/r:representative)}"/>
    </xsl:variable>
    <fo:block font-size="10.5pt" line-height="13pt" space-before="17pt"
        keep-together.within-page="9">
      <xsl:call-template name="signatures">
        <xsl:with-param name="parties" select="exsl:node-set($parties)/party"/>
        <xsl:with-param name="width" select="$leaf"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- ————— the centre spread ————— -->

  <!-- Two pages that join at the fold: the ribbon and the autonomy chart run
       over it, the texts keep clear of it. -->
  <xsl:template name="centre">
    <xsl:variable name="days">
      <tick day="0"/><tick day="30"/><tick day="90"/><tick day="180"/>
    </xsl:variable>
    <fo:page-sequence master-reference="centre" px:booklet="centre"
        force-page-count="no-force">
      <xsl:call-template name="language-properties"/>
      <xsl:call-template name="booklet-feet">
        <xsl:with-param name="line" select="concat(
            ($organisation/r:shortName | $organisation/r:name)[last()],
            ' · ', $title)"/>
      </xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <xsl:call-template name="centre-page">
          <xsl:with-param name="left" select="true()"/>
          <xsl:with-param name="ticks" select="exsl:node-set($days)/tick"/>
        </xsl:call-template>
        <xsl:call-template name="centre-page">
          <xsl:with-param name="left" select="false()"/>
          <xsl:with-param name="ticks" select="exsl:node-set($days)/tick"/>
        </xsl:call-template>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <xsl:template name="centre-page">
    <xsl:param name="left"/>
    <xsl:param name="ticks"/>
    <xsl:variable name="mine" select="$phases[$left and @n &lt; 3
        or not($left) and @n &gt; 2]"/>
    <xsl:variable name="levels-tree">
      <xsl:for-each select="$scale/r:level">
        <xsl:sort select="@value" data-type="number"/>
        <level value="{@value}" label="{w:say(r:shortLabel)}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="points-tree">
      <xsl:for-each select="$plan/r:autonomy">
        <point day="{@day}" self="{r:selfLevel}"
            other="{r:supervisorLevel}"/>
      </xsl:for-each>
    </xsl:variable>
    <fo:block-container height="{$leaf-height - 86}pt">
      <xsl:if test="not($left)">
        <xsl:attribute name="break-before">page</xsl:attribute>
      </xsl:if>
      <xsl:variable name="start" select="$edge * $left + $fold * not($left)"/>
      <xsl:variable name="end" select="$fold * $left + $edge * not($left)"/>
      <fo:block-container height="54pt">
        <fo:block margin-left="{$start}pt" margin-right="{$end}pt">
          <xsl:choose>
            <xsl:when test="$left">
              <fo:block role="H1" id="centre" font-size="20pt"
                  line-height="26pt" font-weight="600"
                  letter-spacing="-0.2pt" hyphenate="false">
                <xsl:value-of select="w:t('centre')"/>
              </fo:block>
            </xsl:when>
            <xsl:otherwise>
              <fo:block text-align="end" padding-before="8pt"
                  color="{$secondary}" font-size="10.5pt">
                <xsl:value-of select="w:short(w:name($subject), 30)"/>
                <xsl:if test="$entry-date != ''">
                  <xsl:call-template name="dated">
                    <xsl:with-param name="text" select="concat(' · ', w:t('entered-on',
                      w:date-long($entry-date)))"/>
                  </xsl:call-template>
                </xsl:if>
              </fo:block>
            </xsl:otherwise>
          </xsl:choose>
        </fo:block>
      </fo:block-container>
      <fo:block font-size="1pt" line-height="1pt">
        <xsl:call-template name="ribbon">
          <xsl:with-param name="phases" select="$mine"/>
          <xsl:with-param name="width" select="$leaf-width"/>
          <xsl:with-param name="edge" select="$edge"/>
          <xsl:with-param name="open-left" select="not($left)"/>
          <xsl:with-param name="open-right" select="$left"/>
        </xsl:call-template>
      </fo:block>
      <fo:table table-layout="fixed" width="{$leaf-width}pt" role="Div"
          space-before="11pt" font-size="9.5pt" line-height="13pt">
        <fo:table-column column-width="{$start}pt"/>
        <fo:table-column column-width="{($leaf - 16) div 2}pt"/>
        <fo:table-column column-width="16pt"/>
        <fo:table-column column-width="{($leaf - 16) div 2}pt"/>
        <fo:table-column column-width="{$end}pt"/>
        <fo:table-body role="Div">
          <fo:table-row role="Div" height="278pt">
            <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
            <xsl:for-each select="$plan/r:phase[@key = $mine/@key]">
              <xsl:if test="position() = 2">
                <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
              </xsl:if>
              <fo:table-cell role="Div">
                <xsl:for-each select="r:task">
                  <xsl:call-template name="milestone"/>
                </xsl:for-each>
              </fo:table-cell>
            </xsl:for-each>
            <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
      <xsl:if test="$scale">
        <fo:block-container height="20pt">
          <fo:block margin-left="{$start}pt" margin-right="{$end}pt"
              font-size="9.5pt" line-height="13pt" font-weight="600"
              color="{$accent}">
            <xsl:choose>
              <xsl:when test="$left">
                <xsl:value-of select="w:t('autonomy')"/>
              </xsl:when>
              <xsl:otherwise>
                <fo:instream-foreign-object role="Artifact">
                  <svg:svg width="{$leaf}pt" height="13pt"
                      viewBox="0 0 {$leaf} 13" font-family="Inter"
                      overflow="visible">
                    <xsl:call-template name="g:legend">
                      <xsl:with-param name="self-name" select="w:t('self')"/>
                      <xsl:with-param name="other-name"
                          select="w:e('role', 'tutor')"/>
                      <xsl:with-param name="cx" select="$leaf div 2"/>
                      <xsl:with-param name="y" select="10"/>
                    </xsl:call-template>
                  </svg:svg>
                </fo:instream-foreign-object>
              </xsl:otherwise>
            </xsl:choose>
          </fo:block>
        </fo:block-container>
        <fo:block font-size="1pt" line-height="1pt">
          <xsl:call-template name="autonomy">
            <xsl:with-param name="levels"
                select="exsl:node-set($levels-tree)/level"/>
            <xsl:with-param name="points"
                select="exsl:node-set($points-tree)/point"/>
            <xsl:with-param name="threshold" select="$plan/r:threshold"/>
            <xsl:with-param name="ticks" select="$ticks"/>
            <xsl:with-param name="days" select="185"/>
            <xsl:with-param name="width" select="$leaf-width"/>
            <xsl:with-param name="edge" select="$edge"/>
            <xsl:with-param name="left" select="$left"/>
          </xsl:call-template>
        </fo:block>
      </xsl:if>
    </fo:block-container>
  </xsl:template>

  <!-- More than six tasks in a phase must be set small to stay on the spread. -->
  <xsl:variable name="many" select="boolean($plan/r:phase[count(r:task) &gt; 6])"/>

  <xsl:template name="milestone">
    <xsl:variable name="fact"
        select="$derived/r:taskFact[@task = current()/@id]"/>
    <fo:list-block provisional-distance-between-starts="42pt"
        provisional-label-separation="5pt" space-after="6pt">
      <xsl:if test="$many">
        <xsl:attribute name="font-size">7.5pt</xsl:attribute>
        <xsl:attribute name="line-height">9.75pt</xsl:attribute>
        <xsl:attribute name="space-after">3pt</xsl:attribute>
      </xsl:if>
      <fo:list-item keep-together.within-page="9">
        <fo:list-item-label end-indent="label-end()">
          <fo:block font-weight="600" color="{$accent}">
            <xsl:value-of select="w:day(@day)"/>
          </fo:block>
        </fo:list-item-label>
        <fo:list-item-body start-indent="body-start()">
          <fo:block hyphenate="false">
            <xsl:call-template name="place"/>
            <xsl:call-template name="own-language"/>
            <xsl:value-of select="w:say(r:label)"/>
          </fo:block>
          <xsl:if test="not($many) and (r:doneOn or $fact/@due)">
            <fo:block font-size="7.5pt" line-height="9.75pt"
                color="{$secondary}">
              <xsl:choose>
                <xsl:when test="r:doneOn">
                  <xsl:value-of select="w:t('done-on', w:date(r:doneOn))"/>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="w:t('due-on', w:date($fact/@due))"/>
                </xsl:otherwise>
              </xsl:choose>
            </fo:block>
          </xsl:if>
        </fo:list-item-body>
      </fo:list-item>
    </fo:list-block>
  </xsl:template>

  <!-- ————— inside the back cover ————— -->

  <xsl:template name="urgent">
    <fo:page-sequence master-reference="leaves" px:booklet="inside-back"
        force-page-count="no-force">
      <xsl:call-template name="language-properties"/>
      <xsl:call-template name="booklet-feet">
        <xsl:with-param name="line" select="concat(
            ($organisation/r:shortName | $organisation/r:name)[last()],
            ' · ', $title)"/>
      </xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <xsl:for-each select="$urgent">
          <xsl:call-template name="topic">
            <xsl:with-param name="title" select="w:say(r:title)"/>
            <xsl:with-param name="icon" select="string(@icon)"/>
            <xsl:with-param name="id" select="concat('topic-', @key)"/>
          </xsl:call-template>
          <xsl:apply-templates select="*[not(self::r:title)]" mode="topic"/>
        </xsl:for-each>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>
</xsl:stylesheet>
