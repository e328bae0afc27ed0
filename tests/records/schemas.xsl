<?xml version="1.0" encoding="UTF-8"?>
<!-- What the schemas promise: each element and attribute explained in two languages and given one disclosure class.
     Input: <schemas audiences="…"><file>…</file>…</schemas>. Output: a line per broken promise. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcours:schema" xmlns:a="urn:parcours:audiences"
    exclude-result-prefixes="xs p a">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="audiences" select="document(/schemas/@audiences)/a:audiences"/>
  <xsl:variable name="schemas" select="document(/schemas/file)/xs:schema"/>
  <xsl:variable name="named" select="$schemas//xs:element[@name] | $schemas//xs:attribute[@name]"/>

  <xsl:key name="by-name" match="xs:element[@name] | xs:attribute[@name]" use="concat(local-name(), ' ', @name)"/>

  <xsl:template match="/schemas">
    <xsl:for-each select="$named">
      <xsl:variable name="notes" select="xs:annotation"/>
      <xsl:variable name="class" select="string($notes/xs:appinfo/p:class)"/>
      <xsl:if test="string-length(normalize-space($notes/xs:documentation[@xml:lang = 'fr'])) &lt; 10">
        <xsl:call-template name="broken"><xsl:with-param name="what">has no French documentation</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="string-length(normalize-space($notes/xs:documentation[@xml:lang = 'en'])) &lt; 10">
        <xsl:call-template name="broken"><xsl:with-param name="what">has no English documentation</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="count($notes/xs:appinfo/p:class) != 1">
        <xsl:call-template name="broken"><xsl:with-param name="what">has no disclosure class</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="$class != '' and not($audiences/a:class[@id = $class])">
        <xsl:call-template name="broken">
          <xsl:with-param name="what">has a class that audiences.xml does not know: <xsl:value-of select="$class"/></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
      <xsl:if test="$class != '' and $named[local-name() = local-name(current())][@name = current()/@name]
          [xs:annotation/xs:appinfo/p:class != $class]">
        <xsl:call-template name="broken"><xsl:with-param name="what">has another class elsewhere</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="@type = 'r:link' and not($notes/xs:appinfo/p:target)">
        <xsl:call-template name="broken"><xsl:with-param name="what">links to no kind of record</xsl:with-param></xsl:call-template>
      </xsl:if>
    </xsl:for-each>
    <!-- A user may name a kind of record by its heading. -->
    <xsl:for-each select="$schemas/xs:element[.//xs:attributeGroup[@ref = 'r:record']]">
      <xsl:if test="count(xs:annotation/xs:appinfo/p:heading[@xml:lang = 'fr' or @xml:lang = 'en']) != 2">
        <xsl:call-template name="broken"><xsl:with-param name="what">is a kind without a heading in French and English</xsl:with-param></xsl:call-template>
      </xsl:if>
    </xsl:for-each>
    <!-- The wording of a type is what a finding says of the values it allows; a closed list speaks for itself. -->
    <xsl:for-each select="$schemas[@targetNamespace = 'urn:parcours:record']/xs:simpleType[not(xs:restriction/xs:enumeration)]
        [not(xs:annotation/xs:documentation[@xml:lang = 'fr']) or not(xs:annotation/xs:documentation[@xml:lang = 'en'])]">
      <xsl:value-of select="concat('type ', @name, ' is not explained in both languages&#10;')"/>
    </xsl:for-each>
    <xsl:for-each select="$schemas[@targetNamespace = 'urn:parcours:record']//xs:enumeration
        [not(xs:annotation/xs:documentation[@xml:lang = 'fr']) or not(xs:annotation/xs:documentation[@xml:lang = 'en'])]">
      <xsl:value-of select="concat('value ', @value, ' of ', ancestor::xs:simpleType[@name]/@name, ' is not explained in both languages&#10;')"/>
    </xsl:for-each>
    <xsl:for-each select="$audiences/a:class | $audiences/a:audience">
      <xsl:if test="not(a:title[@xml:lang = 'fr']) or not(a:title[@xml:lang = 'en'])">
        <xsl:value-of select="concat(local-name(), ' ', @id, ' lacks a title in French or English&#10;')"/>
      </xsl:if>
      <xsl:if test="self::a:class and not($named[xs:annotation/xs:appinfo/p:class = current()/@id])">
        <xsl:value-of select="concat('class ', @id, ' is used nowhere&#10;')"/>
      </xsl:if>
    </xsl:for-each>
    <xsl:for-each select="$audiences/a:class">
      <xsl:call-template name="each-audience">
        <xsl:with-param name="list" select="concat(normalize-space(@audiences), ' ')"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="each-audience">
    <xsl:param name="list"/>
    <xsl:variable name="one" select="substring-before($list, ' ')"/>
    <xsl:if test="$one != ''">
      <xsl:if test="not($audiences/a:audience[@id = $one])">
        <xsl:value-of select="concat('class ', @id, ' names an unknown audience: ', $one, '&#10;')"/>
      </xsl:if>
      <xsl:call-template name="each-audience">
        <xsl:with-param name="list" select="substring-after($list, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="broken">
    <xsl:param name="what"/>
    <xsl:value-of select="concat(local-name(), ' ', @name)"/>
    <xsl:for-each select="ancestor::xs:element[@name]">
      <xsl:if test="position() = last()"><xsl:value-of select="concat(' in ', @name)"/></xsl:if>
    </xsl:for-each>
    <xsl:value-of select="concat(' ', normalize-space($what), '&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
