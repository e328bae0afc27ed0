<?xml version="1.0" encoding="UTF-8"?>
<!-- Collects from the schemas named in $files what they say of elements, attributes and types: for messages when a
     record is wrong, for headings and labels. in: what a local one stands in. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:str="http://exslt.org/strings"
    xmlns:p="urn:parcours:schema" exclude-result-prefixes="xs str p">
  <xsl:output indent="yes" encoding="UTF-8"/>
  <xsl:param name="files"/>
  <xsl:template match="/">
    <words xmlns="urn:parcours:schema">
      <xsl:for-each select="str:tokenize($files)">
        <xsl:for-each select="document(string(.))//*[self::xs:element or self::xs:attribute or self::xs:simpleType][@name]">
          <xsl:element name="{local-name()}" namespace="urn:parcours:schema">
            <xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute>
            <xsl:for-each select="ancestor::*[@name][1]">
              <xsl:attribute name="in"><xsl:value-of select="@name"/></xsl:attribute>
            </xsl:for-each>
            <xsl:if test="starts-with(@type, 'r:')">
              <xsl:attribute name="type"><xsl:value-of select="substring-after(@type, ':')"/></xsl:attribute>
            </xsl:if>
            <xsl:if test="@type = 'xs:decimal' or @type = 'xs:integer' or @type = 'xs:nonNegativeInteger'">
              <xsl:attribute name="number">true</xsl:attribute>
            </xsl:if>
            <xsl:for-each select="xs:annotation/xs:appinfo/p:heading">
              <xsl:attribute name="heading{concat(translate(substring(@xml:lang, 1, 1), 'ef', 'EF'), substring(@xml:lang, 2))}"><xsl:value-of select="."/></xsl:attribute>
            </xsl:for-each>
            <xsl:for-each select="xs:annotation/xs:documentation">
              <xsl:attribute name="{@xml:lang}"><xsl:value-of select="normalize-space()"/></xsl:attribute>
            </xsl:for-each>
            <xsl:for-each select="self::xs:simpleType/xs:restriction/xs:enumeration[xs:annotation]">
              <value xmlns="urn:parcours:schema" is="{@value}">
                <xsl:for-each select="xs:annotation/xs:documentation">
                  <xsl:attribute name="{@xml:lang}"><xsl:value-of select="normalize-space()"/></xsl:attribute>
                </xsl:for-each>
              </value>
            </xsl:for-each>
          </xsl:element>
        </xsl:for-each>
      </xsl:for-each>
    </words>
  </xsl:template>
</xsl:stylesheet>
