<?xml version="1.0" encoding="UTF-8"?>
<!--
  The blocks pages are made of: section headings, key facts, cards, notes.
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

  <!-- Text with dates in it: the letters of "1er", and of an ordinal such as
       "4e" that it begins with, are superiors of the font, so that the text
       still reads, and is found, as 1er. -->
  <xsl:variable name="first-day" select="concat(w:t('day.first'), '&#xA0;')"/>
  <xsl:template name="dated">
    <xsl:param name="text"/>
    <xsl:variable name="begin" select="substring-before($text, ' ')"/>
    <xsl:choose>
      <xsl:when test="not($w:english)
          and translate($begin, '0123456789', '') = 'e'">
        <xsl:value-of select="substring-before($begin, 'e')"/>
        <fo:inline px:font-features="sups">e</fo:inline>
        <xsl:text>&#xA0;</xsl:text>
        <xsl:call-template name="dated">
          <xsl:with-param name="text" select="substring-after($text, ' ')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="string-length($first-day) &gt; 2
          and contains($text, $first-day)">
        <xsl:value-of select="concat(substring-before($text, $first-day),
            substring($first-day, 1, 1))"/>
        <fo:inline px:font-features="sups">
          <xsl:value-of select="substring(w:t('day.first'), 2)"/>
        </fo:inline>
        <xsl:text>&#xA0;</xsl:text>
        <xsl:call-template name="dated">
          <xsl:with-param name="text"
              select="substring-after($text, $first-day)"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A section's heading stays with what follows it. -->
  <xsl:template name="section">
    <xsl:param name="title"/>
    <xsl:param name="id"/>
    <xsl:param name="before" select="'26pt'"/>
    <xsl:param name="size" select="'13pt'"/>
    <fo:block role="H2" id="{$id}" font-size="{$size}" line-height="16.25pt"
        font-weight="600" space-before="{$before}" space-after="6.5pt"
        keep-with-next.within-page="always" hyphenate="false">
      <xsl:value-of select="$title"/>
    </fo:block>
  </xsl:template>

  <xsl:template name="subsection">
    <xsl:param name="title"/>
    <xsl:param name="before" select="'13pt'"/>
    <fo:block role="H3" font-size="9.5pt" font-weight="600"
        color="{$accent}" space-before="{$before}" space-after="3.25pt"
        keep-with-next.within-page="always" hyphenate="false">
      <xsl:value-of select="$title"/>
    </fo:block>
  </xsl:template>

  <!-- Name above value, `columns` to a row: <fact name="" value=""/>. -->
  <xsl:template name="facts">
    <xsl:param name="facts"/>
    <xsl:param name="columns" select="3"/>
    <xsl:param name="width" select="$measure"/>
    <fo:table table-layout="fixed" width="{$width}pt" role="Div">
      <xsl:for-each select="$facts[position() &lt;= $columns]">
        <fo:table-column column-width="proportional-column-width(1)"/>
      </xsl:for-each>
      <fo:table-body role="Div">
        <xsl:for-each select="$facts[position() mod $columns = 1
            or $columns = 1]">
          <fo:table-row role="Div" keep-together.within-column="9">
            <xsl:for-each select=". | following-sibling::*[position()
                &lt; $columns]">
              <fo:table-cell role="Div" padding-right="10pt"
                  padding-after="9.75pt">
                <fo:block font-size="7.5pt" line-height="9.75pt"
                    color="{$secondary}">
                  <xsl:value-of select="@name"/>
                </fo:block>
                <fo:block>
                  <xsl:call-template name="dated">
                    <xsl:with-param name="text" select="@value"/>
                  </xsl:call-template>
                </fo:block>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- A titled list on the tint, an accent edge at the start. -->
  <xsl:template name="card">
    <xsl:param name="title"/>
    <xsl:param name="body"/>
    <xsl:param name="after" select="'13pt'"/>
    <fo:block background-color="{$tint}" padding="9.75pt 11pt 9.75pt 11pt"
        margin-left="0pt" margin-right="0pt" space-after="{$after}"
        border-start-width="2pt" border-start-style="solid"
        border-start-color="{$accent}" keep-together.within-page="5">
      <fo:block role="H2" font-weight="600" space-after="5pt"
          keep-with-next.within-page="always">
        <xsl:value-of select="$title"/>
      </fo:block>
      <xsl:copy-of select="$body"/>
    </fo:block>
  </xsl:template>

  <!-- Cards in columns of one width, all as high as the highest. -->
  <xsl:template name="side-by-side">
    <xsl:param name="blocks"/>
    <xsl:variable name="n" select="count($blocks)"/>
    <xsl:if test="$n &gt; 0">
      <fo:table table-layout="fixed" width="{$measure}pt" role="Div"
          space-before="6.5pt" border-collapse="separate">
        <xsl:for-each select="$blocks">
          <xsl:if test="position() &gt; 1">
            <fo:table-column column-width="13pt"/>
          </xsl:if>
          <fo:table-column
              column-width="{($measure - 13 * ($n - 1)) div $n}pt"/>
        </xsl:for-each>
        <fo:table-body role="Div">
          <fo:table-row role="Div">
            <xsl:for-each select="$blocks">
              <xsl:if test="position() &gt; 1">
                <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
              </xsl:if>
              <fo:table-cell role="Div">
                <xsl:copy-of select="@background-color | @padding
                    | @border-start-width | @border-start-style
                    | @border-start-color | node()"/>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>

  <!-- Items with a small accent dash, drawn and not fetched from a font. -->
  <xsl:template name="bullets">
    <xsl:param name="items"/>
    <xsl:param name="size" select="'9.5pt'"/>
    <xsl:param name="between" select="'3.25pt'"/>
    <xsl:param name="wide" select="false()"/>
    <xsl:if test="$items">
      <fo:list-block provisional-distance-between-starts="11pt"
          provisional-label-separation="4pt" font-size="{$size}">
        <xsl:for-each select="$items">
          <fo:list-item space-after="{$between}">
            <xsl:if test="position() = last()">
              <xsl:attribute name="space-after">0pt</xsl:attribute>
            </xsl:if>
            <fo:list-item-label end-indent="label-end()">
              <fo:block><xsl:call-template name="bullet"/></fo:block>
            </fo:list-item-label>
            <fo:list-item-body start-indent="body-start()">
              <fo:block hyphenate="{$wide}">
                <xsl:call-template name="own-language"/>
                <xsl:choose>
                  <xsl:when test="*"><xsl:copy-of select="node()"/></xsl:when>
                  <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
                </xsl:choose>
              </fo:block>
            </fo:list-item-body>
          </fo:list-item>
        </xsl:for-each>
      </fo:list-block>
    </xsl:if>
  </xsl:template>

  <!-- Running text of a record; words are divided where it is `wide`, more than
       60 mm and all of the page. -->
  <xsl:template name="prose">
    <xsl:param name="paragraphs"/>
    <xsl:param name="wide" select="true()"/>
    <fo:block hyphenate="{$wide}">
      <xsl:apply-templates select="$paragraphs" mode="prose"/>
    </fo:block>
  </xsl:template>

  <xsl:template name="note">
    <xsl:param name="text"/>
    <xsl:param name="before" select="'6.5pt'"/>
    <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}"
        space-before="{$before}">
      <xsl:copy-of select="$text"/>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
