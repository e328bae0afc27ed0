<?xml version="1.0" encoding="UTF-8"?>
<!--
  Everything that is held on a person, for that person: every field of every
  record that is theirs, in force, under what the schemas say of it.  It knows
  no kind of record: a field that a schema gets tomorrow stands here tomorrow.

  Theirs are the records that schemas/dossier.xml says they bring along as their
  own; what these point to is told by its name.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:exsl="http://exslt.org/common"
    xmlns:func="http://exslt.org/functions"
    xmlns:r="urn:parcours:record"
    xmlns:d="urn:parcours:dossier"
    xmlns:s="urn:parcours:schema"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="exsl func"
    exclude-result-prefixes="r d s w">

  <xsl:include href="../page/common.xsl"/>

  <xsl:variable name="title" select="w:t('personal-data')"/>
  <xsl:variable name="schemas" select="document('../../schemas/words.xml')"/>
  <xsl:variable name="brings"
      select="document('../../schemas/dossier.xml')/d:dossier/d:bring[not(@of
          = 'any')][not(@subject) or contains(concat(' ', @subject, ' '),
          concat(' ', local-name($subject), ' '))]"/>
  <xsl:key name="said" use="@name" match="/s:words/s:element
      | /s:words/s:attribute | /s:words/s:simpleType"/>

  <!-- The ids of their records, each between bars: those found so far, and what
       these bring along, until that is nothing more. -->
  <xsl:template name="own">
    <xsl:param name="ids"/>
    <xsl:variable name="more">
      <xsl:for-each select="$dossier/r:records/r:*[not(contains($ids,
          concat('|', @id, '|')))]">
        <xsl:variable name="record" select="."/>
        <xsl:variable name="led" select=".//r:*[contains($ids,
            concat('|', @ref, '|'))][@ref]"/>
        <xsl:if test="$brings[@kind = local-name($record)]
            [w:leads($led, @link)]
            [not(@unless) or not(w:leads($record//r:*[@ref], @unless))]">
          <xsl:value-of select="concat(@id, '|')"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="string($more) = ''">
        <xsl:value-of select="$ids"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="own">
          <xsl:with-param name="ids" select="concat($ids, $more)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <func:function name="w:leads">
    <xsl:param name="elements"/>
    <xsl:param name="name"/>
    <func:result select="boolean($elements[local-name() = $name])"/>
  </func:function>

  <xsl:variable name="own">
    <xsl:call-template name="own">
      <xsl:with-param name="ids" select="concat('|', $subject/@id, '|')"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="records" select="$subject
      | $dossier/r:records/r:*[contains($own, concat('|', @id, '|'))]"/>

  <!-- ————— what the schemas say ————— -->

  <!-- The row on an element or attribute: the one of what it stands in, if
       several have the name; what all records have stands in "record". -->
  <func:function name="w:row">
    <xsl:param name="field"/>
    <xsl:variable name="tag">
      <xsl:choose>
        <xsl:when test="$field/self::r:*">element</xsl:when>
        <xsl:otherwise>attribute</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="name" select="local-name($field)"/>
    <xsl:variable name="in" select="local-name($field/..)"/>
    <xsl:for-each select="$schemas">
      <xsl:variable name="rows"
          select="key('said', $name)[local-name() = $tag]"/>
      <xsl:variable name="right" select="$rows[@in = $in]"/>
      <xsl:variable name="shared" select="$rows[not($right)][not(@in)
          or (@in = 'record' and $field/../@schemaVersion)]"/>
      <func:result select="($right | $shared
          | $rows[not($right | $shared)])[1]"/>
    </xsl:for-each>
  </func:function>

  <!-- What heads such a field in a table; else the first sentence of what is
       said, up to a colon or semicolon: what follows explains. -->
  <func:function name="w:label">
    <xsl:param name="field"/>
    <xsl:variable name="row" select="w:row($field)"/>
    <xsl:variable name="heading" select="$row/@headingFr[$base-language = 'fr']
        | $row/@headingEn[$base-language = 'en']"/>
    <xsl:variable name="text" select="string($row/@*[local-name()
        = $base-language])"/>
    <xsl:variable name="first" select="substring-before(concat(translate($text,
        ':;', '..'), '.'), '.')"/>
    <xsl:choose>
      <xsl:when test="$heading"><func:result select="string($heading)"/></xsl:when>
      <xsl:when test="$first = ''">
        <func:result select="local-name($field)"/>
      </xsl:when>
      <!-- What is said of a yes or no begins with when it is yes. -->
      <xsl:when test="starts-with(translate($first, '&#xA0;&#x202F;', '  '),
          '« true » si')">
        <func:result select="concat('Si', substring($first, 12))"/>
      </xsl:when>
      <xsl:when test="starts-with($first, '“true” if')">
        <func:result select="concat('If', substring($first, 10))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="normalize-space($first)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- What a value says in words: a date, a yes, a name of the schema's list,
       who or what is pointed to. -->
  <func:function name="w:value">
    <xsl:param name="field"/>
    <xsl:param name="text" select="normalize-space($field)"/>
    <xsl:variable name="type" select="string(w:row($field)/@type)"/>
    <xsl:variable name="listed" select="w:listed($type, $text)"/>
    <xsl:choose>
      <xsl:when test="$listed != ''"><func:result select="$listed"/></xsl:when>
      <xsl:when test="$text = 'true'">
        <func:result select="w:t('true')"/>
      </xsl:when>
      <xsl:when test="$text = 'false'">
        <func:result select="w:t('false')"/>
      </xsl:when>
      <xsl:when test="translate($text, '0123456789', '9999999999')
          = '9999-99-99' or translate($text, '0123456789', '9999999999')
          = '9999-99'">
        <func:result select="w:date-long($text)"/>
      </xsl:when>
      <xsl:when test="translate($text, '0123456789', '9999999999')
          = '99:99:99'">
        <func:result select="w:time($text)"/>
      </xsl:when>
      <xsl:when test="contains($text, '.') and string(number($text)) != 'NaN'">
        <func:result select="w:num($text)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="$text"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="w:listed">
    <xsl:param name="type"/>
    <xsl:param name="value"/>
    <xsl:for-each select="$schemas">
      <func:result select="string((key('said', $type)[self::s:simpleType]
          /s:value[@is = $value]/@*[local-name() = $base-language])[1])"/>
    </xsl:for-each>
  </func:function>

  <!-- The name of what a link points to: of a person as people are called, of
       anything else what stands first in it for reading. -->
  <func:function name="w:named">
    <xsl:param name="id"/>
    <xsl:for-each select="$dossier">
      <xsl:variable name="record" select="key('record', $id)"/>
      <xsl:variable name="texts" select="$record/*[self::r:name
          or self::r:title or self::r:jobTitle]"/>
      <xsl:choose>
        <xsl:when test="$record/r:familyName">
          <func:result select="w:name($record)"/>
        </xsl:when>
        <xsl:when test="$texts">
          <func:result select="w:say($texts)"/>
        </xsl:when>
        <xsl:when test="$record">
          <func:result select="concat(w:label($record), ' (', $id, ')')"/>
        </xsl:when>
        <xsl:otherwise><func:result select="string($id)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </func:function>

  <!-- ————— the page ————— -->

  <xsl:template match="/">
    <xsl:call-template name="paper">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="when" select="w:date-long($date)"/>
      <xsl:with-param name="bookmarks">
        <fo:bookmark-tree>
          <xsl:for-each select="$records">
            <fo:bookmark internal-destination="record-{@id}">
              <fo:bookmark-title>
                <xsl:value-of select="concat(w:label(.), ' – ', @id)"/>
              </fo:bookmark-title>
            </fo:bookmark>
          </xsl:for-each>
        </fo:bookmark-tree>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/" mode="flow">
    <xsl:variable name="facts">
      <fact name="{w:t('date')}" value="{w:date($date)}"/>
      <fact name="{w:t('personal-data.records')}" value="{count($records)}"/>
    </xsl:variable>
    <xsl:call-template name="band">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="who" select="w:name($subject)"/>
      <xsl:with-param name="facts" select="exsl:node-set($facts)/fact"/>
    </xsl:call-template>
    <fo:block font-size="9.5pt" hyphenate="true">
      <xsl:value-of select="w:t('personal-data.intro')"/>
    </fo:block>
    <xsl:apply-templates select="$records" mode="record"/>
  </xsl:template>

  <!-- Of several of a kind, which come together, the first has the heading. -->
  <xsl:template match="r:*" mode="record">
    <xsl:variable name="before" select="preceding-sibling::r:*[contains($own,
        concat('|', @id, '|'))][1]"/>
    <xsl:if test="local-name() != local-name($before)">
      <xsl:call-template name="section">
        <xsl:with-param name="title" select="w:label(.)"/>
        <xsl:with-param name="id" select="concat('kind-', local-name())"/>
        <xsl:with-param name="size" select="'11.5pt'"/>
        <xsl:with-param name="before" select="'22.75pt'"/>
      </xsl:call-template>
    </xsl:if>
    <fo:table id="record-{@id}" space-after="13pt" xsl:use-attribute-sets="table" width="{$measure}pt"
        font-size="8.5pt" line-height="11.5pt" role="Div">
      <fo:table-column column-width="{round($measure * 0.36)}pt"/>
      <fo:table-column column-width="{$measure - round($measure * 0.36)}pt"/>
      <fo:table-body role="Div">
        <xsl:apply-templates select="@*[w:is-told(.)]" mode="row"/>
        <xsl:apply-templates select="r:*" mode="row"/>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- What holds for every record alike, such as the number of its schema, is
       nothing that is held on a person. -->
  <func:function name="w:is-told">
    <xsl:param name="attribute"/>
    <func:result select="local-name($attribute) != 'schemaVersion'
        and local-name($attribute) != 'lang'"/>
  </func:function>

  <!-- A record's first line stays with the next and its last with the one
       before, if it is short; fields of several parts, of which there are many,
       such as ratings, part between them. -->
  <xsl:template name="keeps">
    <xsl:if test="not(self::r:*) and position() = 1">
      <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    </xsl:if>
    <xsl:if test="self::r:* and not(following-sibling::r:* or r:*)">
      <xsl:attribute name="keep-with-previous.within-page">always</xsl:attribute>
    </xsl:if>
    <xsl:if test="self::r:* and local-name()
        = local-name((preceding-sibling::r:*[1] | following-sibling::r:*[1])
        [local-name() = local-name(current())])">
      <xsl:attribute name="keep-together.within-page">5</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- A row for a field; of several of a name the first tells it. -->
  <xsl:template match="r:* | @*" mode="row">
    <xsl:variable name="again" select="self::r:*
        and local-name() = local-name(preceding-sibling::r:*[1])"/>
    <fo:table-row role="Div">
      <xsl:call-template name="keeps"/>
      <fo:table-cell xsl:use-attribute-sets="cell" padding-right="10pt"
          padding-before="3pt" padding-after="3pt" role="Div">
        <xsl:if test="$again">
          <xsl:attribute name="border-before-style">none</xsl:attribute>
        </xsl:if>
        <fo:block color="{$secondary}" hyphenate="false">
          <xsl:if test="not($again)"><xsl:value-of select="w:label(.)"/></xsl:if>
        </fo:block>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell" padding-before="3pt"
          padding-after="3pt" role="Div">
        <xsl:if test="$again">
          <xsl:attribute name="border-before-style">none</xsl:attribute>
        </xsl:if>
        <xsl:apply-templates select="." mode="value"/>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- ————— values ————— -->

  <xsl:template match="@*" mode="value">
    <fo:block hyphenate="true"><xsl:value-of select="w:value(.)"/></fo:block>
  </xsl:template>

  <xsl:template match="r:*" mode="value">
    <fo:block hyphenate="true">
      <xsl:call-template name="place"/>
      <xsl:call-template name="own-language"/>
      <xsl:apply-templates select="@*[w:is-told(.)]" mode="named"/>
      <xsl:choose>
        <xsl:when test="r:p">
          <xsl:apply-templates select="r:p" mode="prose"/>
        </xsl:when>
        <xsl:when test="r:*">
          <xsl:apply-templates select="r:*" mode="named"/>
        </xsl:when>
        <xsl:when test="normalize-space() != ''">
          <fo:block><xsl:value-of select="w:told(.)"/></fo:block>
        </xsl:when>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- What a field says; the id of a skill, by the name of the skill. -->
  <func:function name="w:told">
    <xsl:param name="field"/>
    <xsl:variable name="skill" select="w:skill(string($field[not(self::r:*)
        or self::r:skill]))"/>
    <xsl:choose>
      <xsl:when test="$skill">
        <func:result select="w:say($skill/r:label)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="w:value($field)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Who or what a link points to. -->
  <xsl:template match="@ref" mode="named">
    <fo:block><xsl:value-of select="w:named(string(.))"/></fo:block>
  </xsl:template>

  <!-- A field within another: its label, then what it says, beneath it where
       that has parts of its own. -->
  <xsl:template match="r:* | @*" mode="named">
    <xsl:variable name="simple" select="not(r:*) and not(@*[w:is-told(.)])"/>
    <fo:block>
      <fo:inline color="{$secondary}">
        <xsl:value-of select="concat(w:label(.), w:t('colon'))"/>
      </fo:inline>
      <xsl:choose>
        <xsl:when test="$simple">
          <xsl:value-of select="w:told(.)"/>
        </xsl:when>
        <xsl:when test="@ref and not(r:*) and count(@*[w:is-told(.)]) = 1">
          <xsl:value-of select="w:named(string(@ref))"/>
        </xsl:when>
        <xsl:otherwise>
          <fo:block margin-left="10pt">
            <xsl:apply-templates select="." mode="value"/>
          </fo:block>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
