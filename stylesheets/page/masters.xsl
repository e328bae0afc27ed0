<?xml version="1.0" encoding="UTF-8"?>
<!--
  The page of an A4 or Letter document: margins, the calm band of the first
  page, the running head of the others, the footer, the outline and what the
  PDF says about itself.  A document calls `paper`, which applies its template
  of mode "flow": a flow given as a parameter would be copied once more.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:x="adobe:ns:meta/"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:r="urn:parcours:record"
    xmlns:a="urn:parcours:audiences"
    xmlns:w="urn:parcours:words"
    exclude-result-prefixes="r w a">

  <xsl:variable name="short-side">
    <xsl:choose>
      <xsl:when test="contains($sheet, 'letter')">612</xsl:when>
      <xsl:otherwise>595.28</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="long-side">
    <xsl:choose>
      <xsl:when test="contains($sheet, 'letter')">792</xsl:when>
      <xsl:otherwise>841.89</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="landscape"
      select="boolean($row/@orientation = 'landscape')"/>
  <xsl:variable name="page-width" select="number($short-side)
      * not($landscape) + number($long-side) * $landscape"/>
  <xsl:variable name="page-height" select="number($long-side)
      * not($landscape) + number($short-side) * $landscape"/>
  <!-- 18 mm at the sides; the text's width follows. -->
  <xsl:variable name="side" select="51.02"/>
  <xsl:variable name="measure" select="$page-width - 2 * $side"/>

  <xsl:variable name="confidentiality">
    <xsl:for-each select="document('../../schemas/audiences.xml')">
      <xsl:variable name="titles"
          select="a:audiences/a:audience[@id = $audience]/a:title"/>
      <xsl:variable name="fitting" select="$titles[contains(
          concat(' ', @subject, ' '), concat(' ', local-name($subject), ' '))]"/>
      <xsl:value-of select="w:say($fitting
          | $titles[not(@subject)][not($fitting)])"/>
    </xsl:for-each>
  </xsl:variable>

  <!-- What every root says: language, font, number, ink, baseline step. -->
  <xsl:template name="root-properties">
    <xsl:attribute name="xml:lang"><xsl:value-of select="$language"/></xsl:attribute>
    <xsl:attribute name="font-family">
      <xsl:value-of select="$row/../@fonts"/>
    </xsl:attribute>
    <xsl:if test="$number != ''">
      <xsl:attribute name="px:number">
        <xsl:value-of select="$number"/>
      </xsl:attribute>
    </xsl:if>
    <xsl:attribute name="font-size">10.5pt</xsl:attribute>
    <xsl:attribute name="line-height">13pt</xsl:attribute>
    <xsl:attribute name="line-height-shift-adjustment">disregard-shifts</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$ink"/></xsl:attribute>
    <xsl:attribute name="px:typography">on</xsl:attribute>
    <!-- Two letters alone look torn off in ragged lines. -->
    <xsl:attribute name="hyphenation-remain-character-count">3</xsl:attribute>
    <xsl:attribute name="hyphenation-push-character-count">3</xsl:attribute>
    <xsl:attribute name="px:borders">sharp</xsl:attribute>
  </xsl:template>

  <xsl:template name="language-properties">
    <xsl:attribute name="language">
      <xsl:value-of select="substring($language, 1, 2)"/>
    </xsl:attribute>
    <xsl:if test="contains($language, '-')">
      <xsl:attribute name="country">
        <xsl:value-of select="substring-after($language, '-')"/>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- Document information and XMP. -->
  <xsl:template name="about-the-file">
    <xsl:param name="title"/>
    <xsl:param name="description"/>
    <fo:declarations>
      <x:xmpmeta>
        <rdf:RDF>
          <rdf:Description rdf:about="">
            <dc:title>
              <rdf:Alt>
                <rdf:li xml:lang="x-default">
                  <xsl:value-of select="$title"/>
                </rdf:li>
              </rdf:Alt>
            </dc:title>
            <dc:creator>
              <rdf:Seq>
                <rdf:li><xsl:value-of select="$organisation/r:name"/></rdf:li>
              </rdf:Seq>
            </dc:creator>
            <dc:description>
              <rdf:Alt>
                <rdf:li xml:lang="x-default">
                  <xsl:value-of select="$description"/>
                </rdf:li>
              </rdf:Alt>
            </dc:description>
            <dc:language>
              <rdf:Bag>
                <rdf:li><xsl:value-of select="$language"/></rdf:li>
              </rdf:Bag>
            </dc:language>
          </rdf:Description>
        </rdf:RDF>
      </x:xmpmeta>
    </fo:declarations>
  </xsl:template>

  <!-- A whole document on A4 or Letter. -->
  <xsl:template name="paper">
    <xsl:param name="title"/>
    <xsl:param name="who"/>
    <xsl:param name="when"/>
    <xsl:param name="bookmarks"/>
    <xsl:param name="rest-top" select="60"/>
    <fo:root>
      <xsl:call-template name="root-properties"/>
      <fo:layout-master-set>
        <fo:simple-page-master master-name="first"
            page-width="{$page-width}pt" page-height="{$page-height}pt">
          <fo:region-body margin-left="{$side}pt" margin-right="{$side}pt"
              margin-top="0pt" margin-bottom="58pt"/>
          <fo:region-after region-name="foot" extent="58pt"/>
        </fo:simple-page-master>
        <fo:simple-page-master master-name="rest"
            page-width="{$page-width}pt" page-height="{$page-height}pt">
          <fo:region-body margin-left="{$side}pt" margin-right="{$side}pt"
              margin-top="{$rest-top}pt" margin-bottom="58pt"/>
          <fo:region-before region-name="head" extent="{$rest-top}pt"/>
          <fo:region-after region-name="foot" extent="58pt"/>
        </fo:simple-page-master>
        <fo:page-sequence-master master-name="pages">
          <fo:repeatable-page-master-alternatives>
            <fo:conditional-page-master-reference page-position="first"
                master-reference="first"/>
            <fo:conditional-page-master-reference page-position="any"
                master-reference="rest"/>
          </fo:repeatable-page-master-alternatives>
        </fo:page-sequence-master>
      </fo:layout-master-set>
      <xsl:call-template name="about-the-file">
        <xsl:with-param name="title" select="concat($title, ' – ', $who)"/>
        <xsl:with-param name="description" select="concat($title, ', ',
            $when)"/>
      </xsl:call-template>
      <xsl:copy-of select="$bookmarks"/>
      <fo:page-sequence master-reference="pages">
        <xsl:call-template name="language-properties"/>
        <fo:static-content flow-name="head">
          <xsl:call-template name="running-head">
            <xsl:with-param name="title" select="$title"/>
            <xsl:with-param name="who" select="$who"/>
            <xsl:with-param name="when" select="$when"/>
          </xsl:call-template>
        </fo:static-content>
        <fo:static-content flow-name="foot">
          <xsl:call-template name="footer">
            <xsl:with-param name="title" select="$title"/>
          </xsl:call-template>
        </fo:static-content>
        <fo:flow flow-name="xsl-region-body">
          <xsl:apply-templates select="/" mode="flow"/>
          <fo:block id="end"/>
        </fo:flow>
      </fo:page-sequence>
    </fo:root>
  </xsl:template>

  <xsl:template name="running-head">
    <xsl:param name="title"/>
    <xsl:param name="who"/>
    <xsl:param name="when"/>
    <fo:block role="Artifact" margin-left="{$side}pt" margin-right="{$side}pt"
        padding-before="34pt" font-size="7.5pt" line-height="9.75pt"
        color="{$secondary}" text-align-last="justify"
        border-after-width="0.5pt" border-after-style="solid"
        border-after-color="{$hairline}" padding-after="4pt">
      <fo:inline font-weight="600" color="{$ink}">
        <xsl:value-of select="w:short($who, 74)"/>
      </fo:inline>
      <fo:leader leader-pattern="space"/>
      <xsl:value-of select="$title"/>
      <xsl:text> · </xsl:text>
      <xsl:call-template name="dated">
        <xsl:with-param name="text" select="$when"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- Who may read it; organisation, edition and number; page x / y. -->
  <xsl:template name="footer">
    <xsl:param name="title"/>
    <fo:block role="Artifact" margin-left="{$side}pt" margin-right="{$side}pt"
        font-size="7.5pt" line-height="9.75pt" color="{$secondary}">
      <fo:block border-before-width="0.5pt" border-before-style="solid"
          border-before-color="{$hairline}" padding-before="5pt"
          text-align-last="justify" space-before="9.75pt"
          space-before.conditionality="retain">
        <xsl:value-of select="$confidentiality"/>
        <fo:leader leader-pattern="space"/>
        <fo:inline color="{$ink}" font-weight="500">
          <xsl:value-of select="w:t('page')"/>
          <xsl:text>&#xA0;</xsl:text>
          <fo:page-number/>
          <xsl:text>&#xA0;/&#xA0;</xsl:text>
          <fo:page-number-citation ref-id="end"/>
        </fo:inline>
      </fo:block>
      <fo:block>
        <xsl:value-of select="$organisation/r:name"/>
        <xsl:if test="$organisation/r:siret">
          <xsl:text> · </xsl:text>
          <xsl:value-of select="w:siret($organisation/r:siret)"/>
        </xsl:if>
        <xsl:text> · </xsl:text>
        <xsl:value-of select="w:t('edition', $title, $row/@edition)"/>
        <xsl:if test="$number != ''">
          <xsl:text> · </xsl:text>
          <xsl:value-of select="w:t('document-number', $number)"/>
        </xsl:if>
      </fo:block>
    </fo:block>
  </xsl:template>

  <!-- The band: bleeds to the page's edges, logo left, title and name large,
       dates and number right.  Without a logo the title begins at the left.
       `facts` are <fact name="" value=""/>, `site` stands beside the
       organisation. -->
  <xsl:template name="band">
    <xsl:param name="title"/>
    <xsl:param name="who"/>
    <xsl:param name="facts"/>
    <xsl:param name="site" select="''"/>
    <xsl:variable name="logo" select="$settings/r:logo"/>
    <fo:block margin-left="-{$side}pt" margin-right="-{$side}pt"
        padding-left="{$side}pt" padding-right="{$side}pt"
        background-color="{$tint}" padding-before="30pt"
        padding-after="17pt" border-before-width="5pt"
        border-before-style="solid" border-before-color="{$accent}"
        border-after-width="0.5pt" border-after-style="solid"
        border-after-color="{$hairline}" space-after="19.5pt">
      <fo:table table-layout="fixed" width="{$measure}pt" role="Div">
        <xsl:if test="$logo">
          <fo:table-column column-width="72pt"/>
        </xsl:if>
        <fo:table-column column-width="proportional-column-width(1)"/>
        <fo:table-column column-width="150pt"/>
        <fo:table-body role="Div">
          <fo:table-row role="Div">
            <xsl:if test="$logo">
              <fo:table-cell role="Div" display-align="before">
                <fo:block font-size="1pt" line-height="1pt">
                  <xsl:call-template name="logo">
                    <xsl:with-param name="width" select="58"/>
                    <xsl:with-param name="height" select="52"/>
                  </xsl:call-template>
                </fo:block>
              </fo:table-cell>
            </xsl:if>
            <fo:table-cell role="Div" padding-right="12pt">
              <fo:block font-size="9.5pt" color="{$secondary}">
                <xsl:value-of select="$organisation/r:name"/>
                <xsl:if test="$site != ''">
                  <xsl:value-of select="concat(' · ', $site)"/>
                </xsl:if>
              </fo:block>
              <fo:block role="H1" id="top" font-size="20pt" line-height="26pt"
                  font-weight="600" letter-spacing="-0.2pt" hyphenate="false">
                <xsl:value-of select="$title"/>
              </fo:block>
              <fo:block font-size="13pt" line-height="16.25pt"
                  font-weight="500" space-before="3pt" color="{$accent}">
                <xsl:if test="string-length($who) &gt; 45">
                  <xsl:attribute name="font-size">10.5pt</xsl:attribute>
                  <xsl:attribute name="line-height">13pt</xsl:attribute>
                </xsl:if>
                <xsl:value-of select="$who"/>
              </fo:block>
            </fo:table-cell>
            <fo:table-cell role="Div" text-align="end" font-size="9.5pt"
                display-align="after">
              <xsl:for-each select="$facts">
                <fo:block>
                  <fo:inline color="{$secondary}">
                    <xsl:value-of select="@name"/>
                  </fo:inline>
                  <xsl:text>&#xA0;</xsl:text>
                  <fo:inline font-weight="500" padding-start="3pt">
                    <xsl:value-of select="@value"/>
                  </fo:inline>
                </fo:block>
              </xsl:for-each>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
