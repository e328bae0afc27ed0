<?xml version="1.0" encoding="UTF-8"?>
<!-- Collects from the schemas named in $files what the program looks up on every run: the kinds of record and what they are called, the
     disclosure class of each element and attribute, what a link may lead to, and which elements may hold text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcours:schema"
    xmlns:str="http://exslt.org/strings" exclude-result-prefixes="xs p str">
  <xsl:output indent="yes" encoding="UTF-8"/>
  <xsl:param name="files"/>
  <!-- The types of elements that hold elements alone, each between spaces. -->
  <xsl:variable name="structures">
    <xsl:text> </xsl:text>
    <xsl:for-each select="str:tokenize($files)">
      <xsl:for-each select="document(string())/xs:schema/xs:complexType[not(@mixed = 'true')][not(xs:simpleContent)]">
        <xsl:value-of select="concat('r:', @name, ' ')"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>

  <xsl:template match="/">
    <index xmlns="urn:parcours:schema">
      <xsl:for-each select="str:tokenize($files)">
        <xsl:variable name="file" select="string(.)"/>
        <xsl:variable name="base" select="str:tokenize($file, '/')[last()]"/>
        <xsl:variable name="kind" select="substring-before($base, '.xsd')"/>
        <xsl:for-each select="document($file)/xs:schema">
          <xsl:if test="xs:element[@name = $kind]//xs:attributeGroup[@ref = 'r:record']">
            <kind name="{$kind}">
              <xsl:for-each select="xs:element[@name = $kind]/xs:annotation/xs:appinfo/p:heading">
                <xsl:attribute name="{@xml:lang}"><xsl:value-of select="."/></xsl:attribute>
              </xsl:for-each>
            </kind>
          </xsl:if>
          <xsl:apply-templates select=".//xs:element[@name]|.//xs:attribute[@name]">
            <xsl:with-param name="kind" select="$kind"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </xsl:for-each>
    </index>
  </xsl:template>

  <xsl:template match="xs:element|xs:attribute">
    <xsl:param name="kind"/>
    <xsl:variable name="info" select="xs:annotation/xs:appinfo"/>
    <xsl:element name="{local-name()}" namespace="urn:parcours:schema">
      <xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute>
      <xsl:if test="$info/p:class">
        <xsl:attribute name="class"><xsl:value-of select="$info/p:class"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="self::xs:element[not(contains($structures, concat(' ', @type, ' ')))]
          [not(xs:complexType[not(@mixed = 'true')][not(xs:simpleContent)])]">
        <xsl:attribute name="text">true</xsl:attribute>
      </xsl:if>
      <xsl:if test="self::xs:attribute">
        <xsl:attribute name="of">
          <xsl:value-of select="(ancestor::xs:element|ancestor::xs:attributeGroup|ancestor::xs:complexType)[@name][last()]/@name"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:if test="@type = 'r:file'">
        <xsl:attribute name="file">true</xsl:attribute>
      </xsl:if>
      <xsl:if test="$info/p:target">
        <xsl:attribute name="kind"><xsl:value-of select="$kind"/></xsl:attribute>
        <xsl:attribute name="target"><xsl:value-of select="$info/p:target"/></xsl:attribute>
      </xsl:if>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
