<?xml version="1.0" encoding="UTF-8"?>
<!--
  The dossier as documents see it: what they were asked for, the subject, the
  record they are about, records by id, texts in the document's language,
  people's names, and the place of a record for the formatter's warnings.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:px="urn:parcours:fo"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:func="http://exslt.org/functions"
    xmlns:str="http://exslt.org/strings"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="func str"
    exclude-result-prefixes="r w">

  <!-- Given by the program; from the dossier when run by hand. -->
  <xsl:param name="language" select="string(/r:dossier/@xml:lang)"/>
  <xsl:param name="paper" select="''"/>
  <xsl:param name="audience" select="string(/r:dossier/@audience)"/>
  <xsl:param name="date" select="string(/r:dossier/@date)"/>
  <xsl:param name="document" select="string(/r:dossier/@document)"/>
  <xsl:param name="number" select="''"/>

  <!-- What a key matches is written from the root and without a space after
       "|": libxslt looks through the whole dossier for anything else. -->
  <xsl:key name="record" use="@id"
      match="/r:dossier/r:subject/r:*|/r:dossier/r:records/r:*"/>
  <xsl:key name="kind" use="local-name()"
      match="/r:dossier/r:subject/r:*|/r:dossier/r:records/r:*"/>
  <xsl:key name="skill" use="@id"
      match="/r:dossier/r:records/r:framework/r:domain/r:skill"/>

  <xsl:variable name="base-language" select="substring($language, 1, 2)"/>
  <xsl:variable name="has-places" select="function-available('r:place')"/>
  <xsl:variable name="dossier" select="/r:dossier"/>
  <xsl:variable name="subject" select="/r:dossier/r:subject/r:*"/>
  <xsl:variable name="about"
      select="key('record', string(/r:dossier/@about))"/>
  <xsl:variable name="frameworks" select="key('kind', 'framework')"/>
  <xsl:variable name="scales" select="key('kind', 'scale')"/>
  <xsl:variable name="derived" select="/r:dossier/r:derived"/>
  <xsl:variable name="organisation" select="$subject/self::r:organisation
      | key('record', ($subject/r:organisation/@ref)[1])"/>
  <xsl:variable name="settings" select="$organisation/r:settings"/>
  <xsl:variable name="gender-style" select="string($settings/r:genderStyle)"/>
  <xsl:variable name="accent-asked">
    <xsl:choose>
      <xsl:when test="$settings/r:accentColour">
        <xsl:value-of select="$settings/r:accentColour"/>
      </xsl:when>
      <xsl:otherwise>#1F2933</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- The row of this document in the catalogue. -->
  <xsl:variable name="row"
      select="document('../catalogue.xml')/catalogue/document[@id = $document]"/>

  <!-- The paper asked for, else what the organisation prints on, else the
       document's own: a4, letter… -->
  <xsl:variable name="sheet">
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="$paper != ''"><xsl:value-of select="$paper"/></xsl:when>
        <xsl:when test="$settings/r:paper">
          <xsl:value-of select="$settings/r:paper"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$row/@paper"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="capitals" select="'AELRT'"/>
    <xsl:value-of select="translate($name, $capitals, 'aelrt')"/>
  </xsl:variable>

  <!-- Of several texts, the one in the document's language; else in its base
       language; else the first. -->
  <func:function name="w:say">
    <xsl:param name="texts"/>
    <xsl:variable name="exact" select="$texts[@xml:lang = $language]"/>
    <xsl:choose>
      <xsl:when test="$exact">
        <func:result select="normalize-space($exact)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="base" select="$texts[starts-with(@xml:lang,
            $base-language)]"/>
        <func:result select="normalize-space(($base
            | $texts[not($base)])[1])"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- First name and family name as written: never upper-cased, which would
       lose accents and particles. -->
  <func:function name="w:name">
    <xsl:param name="who"/>
    <xsl:choose>
      <xsl:when test="$who/r:preferredName">
        <func:result select="concat($who/r:preferredName, ' ',
            $who/r:familyName)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="normalize-space(concat($who/r:givenName, ' ',
            $who/r:familyName))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- At most n characters, the rest an ellipsis. -->
  <func:function name="w:short">
    <xsl:param name="text"/>
    <xsl:param name="n"/>
    <xsl:choose>
      <xsl:when test="string-length($text) &lt;= $n">
        <func:result select="string($text)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat(normalize-space(substring($text, 1,
            $n - 1)), '…')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- A word that its column does not hold may be hyphenated, even a name; a
       letter takes 6 points of the room at most. -->
  <func:function name="w:hyphenate">
    <xsl:param name="text"/>
    <xsl:param name="room" select="108"/>
    <func:result select="string-length($text) * 6 &gt; $room
        and boolean(str:tokenize($text, ' -')[string-length() * 6 &gt; $room])"/>
  </func:function>

  <!-- "Camille Duhem, ing.": titles are never broken. -->
  <func:function name="w:styled-name">
    <xsl:param name="who"/>
    <xsl:choose>
      <xsl:when test="$who/r:professionalTitle">
        <func:result select="concat(w:name($who), ', ',
            translate($who/r:professionalTitle, ' ', '&#xA0;'))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="w:name($who)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- A skill of the dossier's frameworks, wherever the current node is. -->
  <func:function name="w:skill">
    <xsl:param name="id"/>
    <xsl:for-each select="$dossier">
      <func:result select="key('skill', $id)"/>
    </xsl:for-each>
  </func:function>

  <!-- The levels a skill is rated on: its own scale's or its framework's. -->
  <func:function name="w:levels">
    <xsl:param name="skill"/>
    <xsl:variable name="ref" select="($skill/r:scale/@ref
        | $skill[not(r:scale)]/../../r:scale/@ref)[1]"/>
    <func:result select="$scales[@id = $ref]/r:level"/>
  </func:function>

  <!-- How a level is named to an employer, else how it is named at length. -->
  <func:function name="w:level">
    <xsl:param name="levels"/>
    <xsl:param name="value"/>
    <xsl:variable name="level" select="$levels[@value = $value]"/>
    <func:result select="w:say($level/r:employerLabel
        | $level[not(r:employerLabel)]/r:shortLabel)"/>
  </func:function>

  <!-- A function or title at the start of a line. -->
  <func:function name="w:capital">
    <xsl:param name="text"/>
    <func:result select="concat(translate(substring($text, 1, 1),
        'abcdefghijklmnopqrstuvwxyzàâçéèêëîïôöùûü',
        'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊËÎÏÔÖÙÛÜ'), substring($text, 2))"/>
  </func:function>

  <!-- The same within a line. -->
  <func:function name="w:lower">
    <xsl:param name="text"/>
    <func:result select="concat(translate(substring($text, 1, 1),
        'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊËÎÏÔÖÙÛÜ',
        'abcdefghijklmnopqrstuvwxyzàâçéèêëîïôöùûü'), substring($text, 2))"/>
  </func:function>

  <!-- SIRET 493 820 518 00014 -->
  <func:function name="w:siret">
    <xsl:param name="n"/>
    <func:result select="w:t('siret', concat(substring($n, 1, 3), '&#xA0;',
        substring($n, 4, 3), '&#xA0;', substring($n, 7, 3), '&#xA0;',
        substring($n, 10)))"/>
  </func:function>

  <!-- px:place of the current record, where the program supplies it. -->
  <xsl:template name="place">
    <xsl:param name="node" select="."/>
    <xsl:if test="$has-places">
      <xsl:attribute name="px:place">
        <xsl:value-of select="r:place($node)"/>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- A picture named in a record lies beside the record's file. -->
  <func:function name="w:beside">
    <xsl:param name="node"/>
    <xsl:choose>
      <xsl:when test="$has-places and not(starts-with($node/@href, '/'))">
        <xsl:variable name="path">
          <xsl:for-each select="str:tokenize(r:place($node), '/')">
            <xsl:if test="position() != last()">
              <xsl:value-of select="concat(., '/')"/>
            </xsl:if>
          </xsl:for-each>
        </xsl:variable>
        <func:result select="concat(substring('/', 1,
            number(starts-with(r:place($node), '/'))), $path, $node/@href)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="string($node/@href)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The organisation's logo, or nothing. -->
  <xsl:template name="logo">
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:for-each select="$settings/r:logo">
      <fo:external-graphic src="url('{w:beside(.)}')"
          content-width="scale-down-to-fit"
          content-height="scale-down-to-fit" width="{$width}pt"
          height="{$height}pt" fox:alt-text="{w:say(r:alternative)}">
        <xsl:call-template name="place"/>
      </fo:external-graphic>
    </xsl:for-each>
  </xsl:template>

  <!-- What a record says in its own language, in a document in another: for
       hyphenation and for who listens to it. -->
  <xsl:variable name="other-tongue" select="boolean((/r:dossier/r:subject/r:*
      | /r:dossier/r:records/r:*)[@xml:lang][substring(@xml:lang, 1, 2)
      != substring($language, 1, 2)])"/>
  <xsl:template name="own-language">
    <xsl:if test="$other-tongue and not(lang($base-language))">
      <xsl:variable name="own"
          select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
      <xsl:if test="$own != '' and substring($own, 1, 2) != $base-language">
        <xsl:attribute name="xml:lang">
          <xsl:value-of select="$own"/>
        </xsl:attribute>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- Paragraphs <p> with <strong> and <em>. -->
  <xsl:template match="r:p" mode="prose">
    <fo:block space-after="6.5pt">
      <xsl:call-template name="place"/>
      <xsl:call-template name="own-language"/>
      <xsl:if test="position() = last()">
        <xsl:attribute name="space-after">0pt</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates mode="prose"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="r:strong" mode="prose">
    <fo:inline font-weight="600"><xsl:apply-templates mode="prose"/></fo:inline>
  </xsl:template>

  <xsl:template match="r:em" mode="prose">
    <fo:inline font-style="italic"><xsl:apply-templates mode="prose"/></fo:inline>
  </xsl:template>

  <!-- The names of those the dossier knows are never divided. -->
  <xsl:variable name="names" select="(key('kind', 'person')
      | key('kind', 'actor'))/*[self::r:givenName or self::r:preferredName
      or self::r:familyName][string-length() &gt; 3]"/>

  <xsl:template match="text()" mode="prose" name="prose-text">
    <xsl:param name="text" select="."/>
    <xsl:variable name="name" select="string($names[contains($text, .)][1])"/>
    <xsl:choose>
      <xsl:when test="$name = ''"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="substring-before($text, $name)"/>
        <fo:inline hyphenate="false">
          <xsl:if test="string-length($name) &lt; 24">
            <xsl:attribute name="keep-together.within-line">always</xsl:attribute>
          </xsl:if>
          <xsl:value-of select="$name"/>
        </fo:inline>
        <xsl:call-template name="prose-text">
          <xsl:with-param name="text"
              select="substring-after($text, $name)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
