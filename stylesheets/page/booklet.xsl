<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pages of a booklet: A5 where the sheet is A4, half-letter where it is
  Letter.  12 mm at the fold, 10 mm outside; 12.5 pt on 17 pt, because these
  pages are read by people who may read with difficulty.  A page that would be
  left blank becomes a page for notes.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    exclude-result-prefixes="r w">

  <xsl:variable name="leaf-width">
    <xsl:choose>
      <xsl:when test="contains($sheet, 'letter')">396</xsl:when>
      <xsl:otherwise>419.53</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="leaf-height">
    <xsl:choose>
      <xsl:when test="contains($sheet, 'letter')">612</xsl:when>
      <xsl:otherwise>595.28</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="fold" select="34.02"/>
  <xsl:variable name="edge" select="28.35"/>
  <xsl:variable name="leaf" select="$leaf-width - $fold - $edge"/>

  <xsl:template name="booklet-masters">
    <fo:layout-master-set>
      <fo:simple-page-master master-name="cover"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="left"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-left="{$edge}pt" margin-right="{$fold}pt"
            margin-top="40pt" margin-bottom="46pt"/>
        <fo:region-after region-name="foot-left" extent="36pt"/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="right"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-left="{$fold}pt" margin-right="{$edge}pt"
            margin-top="40pt" margin-bottom="46pt"/>
        <fo:region-after region-name="foot-right" extent="36pt"/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="notes-left"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-left="{$edge}pt" margin-right="{$fold}pt"
            margin-top="{$leaf-height - 46}pt" margin-bottom="36pt"/>
        <fo:region-before region-name="notes-left"
            extent="{$leaf-height - 46}pt"/>
        <fo:region-after region-name="foot-left" extent="36pt"/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="notes-right"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-left="{$fold}pt" margin-right="{$edge}pt"
            margin-top="{$leaf-height - 46}pt" margin-bottom="36pt"/>
        <fo:region-before region-name="notes-right"
            extent="{$leaf-height - 46}pt"/>
        <fo:region-after region-name="foot-right" extent="36pt"/>
      </fo:simple-page-master>
      <!-- The two pages of the centre: text as elsewhere, figures over the
           fold. -->
      <fo:simple-page-master master-name="centre-left"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-top="40pt" margin-bottom="40pt"/>
        <fo:region-after region-name="foot-left" extent="36pt"/>
      </fo:simple-page-master>
      <fo:simple-page-master master-name="centre-right"
          page-width="{$leaf-width}pt" page-height="{$leaf-height}pt">
        <fo:region-body margin-top="40pt" margin-bottom="40pt"/>
        <fo:region-after region-name="foot-right" extent="36pt"/>
      </fo:simple-page-master>
      <fo:page-sequence-master master-name="leaves">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference odd-or-even="even"
              blank-or-not-blank="blank" master-reference="notes-left"/>
          <fo:conditional-page-master-reference odd-or-even="odd"
              blank-or-not-blank="blank" master-reference="notes-right"/>
          <fo:conditional-page-master-reference odd-or-even="even"
              master-reference="left"/>
          <fo:conditional-page-master-reference odd-or-even="odd"
              master-reference="right"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
      <fo:page-sequence-master master-name="centre">
        <fo:repeatable-page-master-alternatives>
          <fo:conditional-page-master-reference odd-or-even="even"
              master-reference="centre-left"/>
          <fo:conditional-page-master-reference odd-or-even="odd"
              master-reference="centre-right"/>
        </fo:repeatable-page-master-alternatives>
      </fo:page-sequence-master>
    </fo:layout-master-set>
  </xsl:template>

  <xsl:template name="booklet-feet">
    <xsl:param name="line"/>
    <fo:static-content flow-name="foot-left">
      <fo:block role="Artifact" margin-left="{$edge}pt"
          margin-right="{$fold}pt" font-size="7.5pt" line-height="9.75pt"
          color="{$secondary}" padding-before="6pt">
        <fo:inline font-size="9.5pt" font-weight="600" color="{$ink}">
          <fo:page-number/>
        </fo:inline>
        <xsl:text>&#xA0;&#xA0; </xsl:text>
        <xsl:value-of select="$line"/>
      </fo:block>
    </fo:static-content>
    <fo:static-content flow-name="foot-right">
      <fo:block role="Artifact" margin-left="{$fold}pt"
          margin-right="{$edge}pt" font-size="7.5pt" line-height="9.75pt"
          color="{$secondary}" padding-before="6pt" text-align="end">
        <xsl:value-of select="$line"/>
        <xsl:text>&#xA0;&#xA0; </xsl:text>
        <fo:inline font-size="9.5pt" font-weight="600" color="{$ink}">
          <fo:page-number/>
        </fo:inline>
      </fo:block>
    </fo:static-content>
    <fo:static-content flow-name="notes-left">
      <xsl:call-template name="notes-page">
        <xsl:with-param name="left" select="$edge"/>
        <xsl:with-param name="right" select="$fold"/>
      </xsl:call-template>
    </fo:static-content>
    <fo:static-content flow-name="notes-right">
      <xsl:call-template name="notes-page">
        <xsl:with-param name="left" select="$fold"/>
        <xsl:with-param name="right" select="$edge"/>
      </xsl:call-template>
    </fo:static-content>
  </xsl:template>

  <xsl:template name="notes-page">
    <xsl:param name="left"/>
    <xsl:param name="right"/>
    <fo:block role="Artifact" margin-left="{$left}pt"
        margin-right="{$right}pt" padding-before="40pt">
      <fo:block font-size="13pt" font-weight="600" color="{$secondary}"
          space-after="13pt">
        <xsl:value-of select="w:t('notes')"/>
      </fo:block>
      <xsl:call-template name="lines">
        <xsl:with-param name="n" select="20"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- Lines to write on, 22 pt apart. -->
  <xsl:template name="lines">
    <xsl:param name="n"/>
    <xsl:if test="$n &gt; 0">
      <fo:block line-height="22pt" border-after-width="0.5pt"
          border-after-style="solid"
          border-after-color="{$hairline}">&#xA0;</fo:block>
      <xsl:call-template name="lines">
        <xsl:with-param name="n" select="$n - 1"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A topic begins a page: its icon, its title, a short accent rule. -->
  <xsl:template name="topic">
    <xsl:param name="title"/>
    <xsl:param name="icon"/>
    <xsl:param name="id"/>
    <fo:block role="H1" id="{$id}" font-size="20pt" line-height="26pt"
        font-weight="600" letter-spacing="-0.2pt" hyphenate="false"
        keep-with-next.within-page="always" space-after="17pt"
        border-after-width="0.5pt" border-after-style="solid"
        border-after-color="{$hairline}" padding-after="8pt">
      <xsl:for-each select="r:title[not(@xml:lang)]">
        <xsl:call-template name="own-language"/>
      </xsl:for-each>
      <fo:block>
      <xsl:if test="$icon != ''">
        <xsl:attribute name="start-indent">37pt</xsl:attribute>
        <xsl:attribute name="text-indent">-37pt</xsl:attribute>
        <fo:inline padding-right="9pt">
          <fo:instream-foreign-object role="Artifact"
              baseline-shift="-7pt">
            <svg:svg width="28pt" height="28pt" viewBox="0 0 40 40">
              <svg:circle cx="20" cy="20" r="20" fill="{$accent-pale}"/>
              <svg:g transform="translate(8 8)">
                <xsl:call-template name="icon-shape">
                  <xsl:with-param name="name" select="$icon"/>
                </xsl:call-template>
              </svg:g>
            </svg:svg>
          </fo:instream-foreign-object>
        </fo:inline>
      </xsl:if>
      <xsl:value-of select="$title"/>
      </fo:block>
    </fo:block>
  </xsl:template>

  <xsl:template name="small-heading">
    <xsl:param name="title"/>
    <xsl:param name="before" select="'14pt'"/>
    <fo:block role="H2" font-size="12.5pt" font-weight="600"
        color="{$accent}" space-before="{$before}" space-after="4pt"
        keep-with-next.within-page="always" hyphenate="false">
      <xsl:call-template name="own-language"/>
      <xsl:value-of select="$title"/>
    </fo:block>
  </xsl:template>

  <!-- ————— contact cards ————— -->

  <!-- What it is for, who, the number large, then the rest. -->
  <xsl:template name="contact-card">
    <xsl:param name="for"/>
    <xsl:param name="name"/>
    <xsl:param name="phones"/>
    <xsl:param name="rest"/>
    <xsl:param name="large" select="false()"/>
    <fo:block background-color="{$tint}" space-before="8.5pt"
        padding="8.5pt 11pt 8.5pt 11pt" margin-left="0pt"
        margin-right="0pt" keep-together.within-page="9"
        border-start-width="2pt" border-start-style="solid"
        border-start-color="{$accent}">
      <xsl:call-template name="place"/>
      <xsl:call-template name="own-language"/>
      <fo:block font-size="9.5pt" line-height="13pt" color="{$secondary}">
        <xsl:value-of select="$for"/>
      </fo:block>
      <xsl:if test="$name != ''">
        <fo:block font-weight="600"><xsl:value-of select="$name"/></fo:block>
      </xsl:if>
      <xsl:for-each select="$phones">
        <fo:block font-weight="600" color="{$accent}">
          <xsl:if test="$large">
            <xsl:attribute name="font-size">20pt</xsl:attribute>
            <xsl:attribute name="line-height">26pt</xsl:attribute>
          </xsl:if>
          <!-- A number is neither broken nor grouped as thousands. -->
          <xsl:value-of select="translate(., ' ', '&#xA0;')"/>
        </fo:block>
      </xsl:for-each>
      <xsl:for-each select="$rest[. != '']">
        <fo:block font-size="10.5pt" line-height="14pt">
          <xsl:value-of select="."/>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- ————— checklists ————— -->

  <!-- checks: <check label="" done="" by="" below=""/>: a box, the words, then
       a date and initials, written or to be written. -->
  <xsl:template name="checklist">
    <xsl:param name="checks"/>
    <xsl:variable name="date" select="68"/>
    <xsl:variable name="by" select="46"/>
    <fo:table table-layout="fixed" width="{$leaf}pt" space-before="6.5pt">
      <fo:table-column column-width="23pt"/>
      <fo:table-column
          column-width="{$leaf - 23 - $date - $by - 16}pt"/>
      <fo:table-column column-width="8pt"/>
      <fo:table-column column-width="{$date}pt"/>
      <fo:table-column column-width="8pt"/>
      <fo:table-column column-width="{$by}pt"/>
      <fo:table-header font-size="7.5pt" line-height="9.75pt"
          color="{$secondary}">
        <fo:table-row>
          <fo:table-cell role="TH" number-columns-spanned="2">
            <fo:block><xsl:value-of select="w:t('check.what')"/></fo:block>
          </fo:table-cell>
          <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
          <fo:table-cell role="TH">
            <fo:block><xsl:value-of select="w:t('date')"/></fo:block>
          </fo:table-cell>
          <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
          <fo:table-cell role="TH">
            <fo:block><xsl:value-of select="w:t('check.by')"/></fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:call-template name="own-language"/>
        <xsl:for-each select="$checks">
          <fo:table-row keep-together.within-page="9">
            <fo:table-cell padding-before="6pt" padding-after="4.5pt">
              <fo:block>
                <xsl:call-template name="tick-box">
                  <xsl:with-param name="ticked" select="@done != ''"/>
                  <xsl:with-param name="size" select="13"/>
                </xsl:call-template>
              </fo:block>
            </fo:table-cell>
            <fo:table-cell padding-before="6pt" padding-after="4.5pt">
              <fo:block hyphenate="false">
                <xsl:value-of select="@label"/>
              </fo:block>
              <xsl:if test="@below != ''">
                <fo:block font-size="9.5pt" line-height="13pt"
                    color="{$secondary}">
                  <xsl:value-of select="@below"/>
                </fo:block>
              </xsl:if>
            </fo:table-cell>
            <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
            <xsl:call-template name="field">
              <xsl:with-param name="text">
                <xsl:if test="@done != ''">
                  <xsl:value-of select="w:date(@done)"/>
                </xsl:if>
              </xsl:with-param>
            </xsl:call-template>
            <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
            <xsl:call-template name="field">
              <xsl:with-param name="text" select="@by"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- A field on a line: what stands in it, or room to write. -->
  <xsl:template name="field">
    <xsl:param name="text"/>
    <fo:table-cell padding-before="6pt" display-align="before">
      <fo:block font-size="9.5pt" px:font-features="tnum"
          border-after-width="0.5pt" border-after-style="solid"
          border-after-color="{$secondary}">
        <xsl:value-of select="$text"/>
        <xsl:if test="$text = ''">&#xA0;</xsl:if>
      </fo:block>
    </fo:table-cell>
  </xsl:template>
</xsl:stylesheet>
