<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes records whose every text is a mark found nowhere else: Qzx and six digits. The input lists them:
     <records schemas="FOLDER/"><file out="PATH" in="PATH"/>...</records>. Elements and attributes that a schema allows
     and a record does not have are added where they can hold a text, so that no field is left out. What is no
     text (dates, numbers, closed lists, links) stays. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:r="urn:parcours:record"
    xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl"
    exclude-result-prefixes="xs r">

  <xsl:variable name="folder" select="/records/@schemas"/>
  <xsl:variable name="common" select="document(concat($folder, 'common.xsd'))/xs:schema"/>

  <xsl:template match="/records">
    <xsl:for-each select="file">
      <xsl:variable name="n" select="position()"/>
      <xsl:variable name="out" select="string(@out)"/>
      <xsl:for-each select="document(@in)/*">
        <xsl:variable name="record" select="."/>
        <xsl:variable name="name" select="local-name()"/>
        <xsl:variable name="marked">
          <xsl:for-each select="document(concat($folder, $name, '.xsd'))/xs:schema/xs:element[@name = $name]">
            <xsl:call-template name="element">
              <xsl:with-param name="old" select="$record"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:variable>
        <exsl:document href="{$out}" method="xml">
          <xsl:comment>Qzx<xsl:value-of select="format-number($n * 1000, '000000')"/></xsl:comment>
          <xsl:apply-templates select="exsl:node-set($marked)/*" mode="number">
            <xsl:with-param name="n" select="$n"/>
          </xsl:apply-templates>
        </exsl:document>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- The element of a declaration, the current node: from an old one, or new. -->
  <xsl:template name="element">
    <xsl:param name="old" select="/.."/>
    <xsl:variable name="ref" select="substring-after(@ref, ':')"/>
    <xsl:choose>
      <xsl:when test="@ref">
        <xsl:for-each select="$common/xs:element[@name = $ref]">
          <xsl:call-template name="element">
            <xsl:with-param name="old" select="$old"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{@name}" namespace="urn:parcours:record">
          <xsl:copy-of select="$old/@*"/>
          <xsl:if test="xs:complexType/xs:attributeGroup[@ref = 'r:record']">
            <xsl:attribute name="source">Qzx</xsl:attribute>
          </xsl:if>
          <xsl:if test="not($old) and xs:complexType/xs:attribute[@type = 'r:file']">
            <xsl:attribute name="{xs:complexType/xs:attribute[@type = 'r:file']/@name}">logo.png</xsl:attribute>
          </xsl:if>
          <xsl:if test="not($old) and xs:complexType/xs:attribute[@use = 'required' and @type != 'r:file']">
            <impossible/>
          </xsl:if>
          <xsl:variable name="type" select="substring-after(@type, ':')"/>
          <xsl:variable name="complex" select="xs:complexType | $common/xs:complexType[@name = $type]"/>
          <xsl:choose>
            <xsl:when test="$complex/xs:sequence[xs:element] | $complex/xs:choice[not($complex/@mixed)]">
              <xsl:for-each select="$complex/xs:sequence/* | $complex/xs:choice">
                <xsl:call-template name="particle">
                  <xsl:with-param name="old" select="$old"/>
                  <xsl:with-param name="new" select="not($old)"/>
                </xsl:call-template>
              </xsl:for-each>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="value">
                <xsl:with-param name="old" select="$old"/>
              </xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- One step of a sequence: the elements there are, else one if it is possible. -->
  <xsl:template name="particle">
    <xsl:param name="old"/>
    <xsl:param name="new"/>
    <xsl:variable name="particle" select="."/>
    <xsl:variable name="name" select="concat(@name, substring-after(@ref, ':'))"/>
    <xsl:variable name="there" select="$old/*[local-name() = $name]"/>
    <xsl:choose>
      <xsl:when test="self::xs:choice">
        <xsl:for-each select="$old/*">
          <xsl:variable name="one" select="."/>
          <xsl:for-each select="$particle/xs:element[concat(@name, substring-after(@ref, ':')) = local-name($one)]">
            <xsl:call-template name="element">
              <xsl:with-param name="old" select="$one"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$there">
        <xsl:for-each select="$there">
          <xsl:variable name="one" select="."/>
          <xsl:for-each select="$particle">
            <xsl:call-template name="element">
              <xsl:with-param name="old" select="$one"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$new and not(@minOccurs = 0) or not($new) and @minOccurs = 0">
        <xsl:variable name="made">
          <xsl:call-template name="element"/>
        </xsl:variable>
        <xsl:if test="not(exsl:node-set($made)//impossible) or $new">
          <xsl:copy-of select="$made"/>
        </xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="value">
    <xsl:param name="old"/>
    <xsl:choose>
      <xsl:when test="@type = 'r:line' or @type = 'r:comment' or @type = 'r:situation' or @type = 'r:langLine' or @type = 'r:externalCode' and $old">Qzx</xsl:when>
      <xsl:when test="@type = 'r:paragraph'">
        <xsl:text>Qzx </xsl:text>
        <strong xmlns="urn:parcours:record">Qzx</strong>
        <xsl:text> Qzx </xsl:text>
        <em xmlns="urn:parcours:record">Qzx</em>
      </xsl:when>
      <xsl:when test="@type = 'r:mail'">Qzx@example.org</xsl:when>
      <xsl:when test="@type = 'r:web'">example.org/Qzx</xsl:when>
      <xsl:when test="$old"><xsl:copy-of select="$old/node()"/></xsl:when>
      <xsl:when test="@type = 'r:phone'">01 99 00 74 12</xsl:when>
      <xsl:otherwise><impossible/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Each mark its number, in the order of the document. -->
  <xsl:template match="node() | @*" mode="number">
    <xsl:param name="n"/>
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" mode="number">
        <xsl:with-param name="n" select="$n"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="text()[contains(., 'Qzx')]" mode="number">
    <xsl:param name="n"/>
    <xsl:value-of select="substring-before(., 'Qzx')"/>
    <xsl:text>Qzx</xsl:text>
    <xsl:value-of select="format-number($n * 1000 + 1 + count(preceding::text()[contains(., 'Qzx')]), '000000')"/>
    <xsl:value-of select="substring-after(., 'Qzx')"/>
  </xsl:template>

  <xsl:template match="@*[. = 'Qzx']" mode="number">
    <xsl:param name="n"/>
    <xsl:attribute name="{name()}">
      <xsl:value-of select="concat('Qzx', format-number($n * 1000 + 999, '000000'))"/>
    </xsl:attribute>
  </xsl:template>
</xsl:stylesheet>
