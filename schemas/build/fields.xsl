<?xml version="1.0" encoding="UTF-8"?>
<!-- The form of a kind of record, flat: what can be written in one, in the order of its schema, for those who write
     records instead of reading them. A `field` holds a value, a `group` fields; both have a path of element names and
     perhaps an attribute, what they are in French and English, and `required` and `many` seen from what is around them.
     `vague` is what says little without what it is in, `nameless` what is called as that is; `common` is what every record has; heading-fr or brief-fr what may head its column.
     A field's type is date, number, boolean, choice (with the values), link (with the kinds) or text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcours:schema"
    xmlns="urn:parcours:schema" exclude-result-prefixes="xs p">
  <xsl:output indent="yes" encoding="UTF-8"/>
  <xsl:param name="kind"/>

  <xsl:variable name="all" select="/xs:schema|document(/xs:schema/xs:include/@schemaLocation, /)/xs:schema"/>

  <!-- With which a description begins and a heading does not. -->
  <p:articles>
    <p:article>Le </p:article><p:article>La </p:article><p:article>Les </p:article><p:article>L’</p:article>
    <p:article>Un </p:article><p:article>Une </p:article><p:article>Des </p:article>
    <p:article>The </p:article><p:article>A </p:article><p:article>An </p:article>
  </p:articles>
  <xsl:variable name="articles" select="document('')/*/p:articles/p:article"/>

  <xsl:template match="/">
    <form kind="{$kind}" version="{xs:schema/@version}">
      <xsl:apply-templates select="xs:schema/xs:element[@name = $kind]" mode="content">
        <xsl:with-param name="path"/>
      </xsl:apply-templates>
    </form>
  </xsl:template>

  <!-- An element where it may stand: itself, then what is in it. -->
  <xsl:template match="xs:element">
    <xsl:param name="path"/>
    <xsl:variable name="here" select="."/>
    <xsl:variable name="of" select="(self::*[@name]|$all/xs:element[@name = substring-after($here/@ref, ':')])[1]"/>
    <xsl:variable name="name" select="concat($path, $of/@name)"/>
    <xsl:variable name="type" select="$of/xs:complexType|$all/xs:complexType[@name = substring-after($of/@type, 'r:')]"/>
    <xsl:if test="string-length(translate($name, translate($name, '/', ''), '')) &lt; 6">
      <xsl:choose>
        <xsl:when test="$type and not($type/xs:simpleContent or $type/@mixed)">
          <group path="{$name}">
            <xsl:call-template name="place"><xsl:with-param name="of" select="$of"/></xsl:call-template>
          </group>
        </xsl:when>
        <xsl:otherwise>
          <field path="{$name}">
            <xsl:call-template name="place"><xsl:with-param name="of" select="$of"/></xsl:call-template>
            <xsl:call-template name="value"><xsl:with-param name="of" select="$of"/></xsl:call-template>
          </field>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="$of" mode="content">
        <xsl:with-param name="path" select="concat($name, '/')"/>
        <xsl:with-param name="here" select="$here"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>

  <!-- The attributes of an element and the elements in it. -->
  <xsl:template match="xs:element" mode="content">
    <xsl:param name="path"/>
    <xsl:param name="here" select="."/>
    <xsl:variable name="of" select="."/>
    <xsl:variable name="type" select="xs:complexType|$all/xs:complexType[@name = substring-after($of/@type, 'r:')]"/>
    <xsl:for-each select="$type//xs:attribute[generate-id((ancestor::xs:element|ancestor::xs:complexType[@name])[last()]) = generate-id($of)
        or generate-id((ancestor::xs:complexType[@name])[last()]) = generate-id($type)]
        | $all/xs:attributeGroup[@name = substring-after($type/xs:attributeGroup/@ref, ':')]/xs:attribute">
      <field path="{$path}@{@name}{@ref}">
        <xsl:if test="parent::xs:attributeGroup">
          <xsl:attribute name="common">true</xsl:attribute>
        </xsl:if>
        <xsl:if test="@use = 'required'">
          <xsl:attribute name="required">true</xsl:attribute>
        </xsl:if>
        <xsl:choose>
          <!-- What a link is, its element says. -->
          <xsl:when test="parent::xs:complexType/@name = 'link'">
            <xsl:attribute name="type">link</xsl:attribute>
            <xsl:attribute name="target"><xsl:value-of select="$here//p:target|$of//p:target"/></xsl:attribute>
            <xsl:call-template name="words"><xsl:with-param name="of" select="$here[xs:annotation]|$of[not($here/xs:annotation)]"/></xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="words"><xsl:with-param name="of" select="."/></xsl:call-template>
            <xsl:call-template name="value"><xsl:with-param name="of" select="."/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </field>
    </xsl:for-each>
    <xsl:apply-templates select="($type/xs:sequence|$type/xs:choice)//xs:element[generate-id(ancestor::xs:complexType[1]) = generate-id($type)]">
      <xsl:with-param name="path" select="$path"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- Of an element where it stands: whether it must, and how often it may. -->
  <xsl:template name="place">
    <xsl:param name="of"/>
    <xsl:if test="not(@minOccurs = 0) and not(ancestor::xs:choice)">
      <xsl:attribute name="required">true</xsl:attribute>
    </xsl:if>
    <xsl:if test="@maxOccurs[. != 1] or ancestor::xs:choice/@maxOccurs[. != 1]">
      <xsl:attribute name="many">true</xsl:attribute>
    </xsl:if>
    <xsl:call-template name="words">
      <xsl:with-param name="of" select="self::*[xs:annotation]|$of[not(current()/xs:annotation)]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="brief">
    <xsl:param name="text"/>
    <xsl:variable name="article" select="$articles[starts-with($text, .)]"/>
    <xsl:variable name="rest" select="substring($text, string-length($article) + 1)"/>
    <!-- "La ville ou la commune" is told as "Ville ou commune". -->
    <xsl:variable name="other" select="$articles[contains($rest, concat(' ou ', translate(., 'LUDTA', 'ludta')))
        or contains($rest, concat(' or ', translate(., 'LUDTA', 'ludta')))][1]"/>
    <xsl:variable name="second" select="translate($other, 'LUDTA', 'ludta')"/>
    <xsl:value-of select="translate(substring($rest, 1, 1), 'abcdefghijklmnopqrstuvwxyzéèêàâîôûç',
        'ABCDEFGHIJKLMNOPQRSTUVWXYZÉÈÊÀÂÎÔÛÇ')"/>
    <xsl:choose>
      <xsl:when test="$other">
        <xsl:variable name="or" select="substring(' ou  or ', 1 + 4 * contains($rest, concat(' or ', $second)), 4)"/>
        <xsl:value-of select="concat(substring-before(substring($rest, 2), concat($or, $second)), $or,
            substring-after($rest, concat($or, $second)))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="substring($rest, 2)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="words">
    <xsl:param name="of"/>
    <xsl:for-each select="$of/xs:annotation/xs:documentation">
      <xsl:attribute name="{@xml:lang}"><xsl:value-of select="normalize-space()"/></xsl:attribute>
    </xsl:for-each>
    <xsl:for-each select="$of/xs:annotation/xs:appinfo/p:vague|$of/xs:annotation/xs:appinfo/p:nameless">
      <xsl:attribute name="{local-name()}">true</xsl:attribute>
    </xsl:for-each>
    <!-- What heads a column: said by the schema, else what it is, without its article. -->
    <xsl:for-each select="$of/xs:annotation/xs:documentation">
      <xsl:variable name="lang" select="@xml:lang"/>
      <xsl:variable name="said" select="../xs:appinfo/p:heading[@xml:lang = $lang]"/>
      <xsl:choose>
        <xsl:when test="$said">
          <xsl:attribute name="heading-{$lang}"><xsl:value-of select="$said"/></xsl:attribute>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="brief-{$lang}">
            <xsl:call-template name="brief"><xsl:with-param name="text" select="normalize-space()"/></xsl:call-template>
          </xsl:attribute>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="value">
    <xsl:param name="of"/>
    <xsl:apply-templates select="($of|$of/xs:simpleType/xs:restriction/@base|$of/xs:simpleType/xs:union)[last()]" mode="value"/>
  </xsl:template>

  <xsl:template match="xs:element|xs:attribute" mode="value">
    <xsl:call-template name="type"><xsl:with-param name="name" select="string(@type)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="@base" mode="value">
    <xsl:choose>
      <xsl:when test="../xs:enumeration"><xsl:call-template name="choices"><xsl:with-param name="of" select=".."/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="type"><xsl:with-param name="name" select="string()"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="xs:union" mode="value">
    <xsl:attribute name="type">text</xsl:attribute>
  </xsl:template>

  <xsl:template name="type">
    <xsl:param name="name"/>
    <xsl:variable name="simple" select="$all/xs:simpleType[concat('r:', @name) = $name]"/>
    <xsl:choose>
      <xsl:when test="$simple//xs:enumeration and $simple/xs:restriction">
        <xsl:call-template name="choices"><xsl:with-param name="of" select="$simple/xs:restriction"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$simple/xs:restriction">
        <xsl:call-template name="type"><xsl:with-param name="name" select="string($simple/xs:restriction/@base)"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:attribute name="type">
          <xsl:choose>
            <xsl:when test="$name = 'xs:date'">date</xsl:when>
            <xsl:when test="$name = 'xs:boolean'">boolean</xsl:when>
            <xsl:when test="$name = 'xs:decimal' or contains($name, 'nteger')">number</xsl:when>
            <xsl:otherwise>text</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="choices">
    <xsl:param name="of"/>
    <xsl:attribute name="type">choice</xsl:attribute>
    <xsl:for-each select="$of/xs:enumeration">
      <choice value="{@value}">
        <xsl:call-template name="words"><xsl:with-param name="of" select="."/></xsl:call-template>
      </choice>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
