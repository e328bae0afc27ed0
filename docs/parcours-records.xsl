<?xml version="1.0" encoding="UTF-8"?>
<!-- Writes parcours-records(5) out of the schemas. Input: schemas/audiences.xml. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:parcours:schema" xmlns:a="urn:parcours:audiences"
    xmlns:str="http://exslt.org/strings" exclude-result-prefixes="xs p a str">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="lang" select="'en'"/>

  <xsl:variable name="folder" select="'../schemas/records/'"/>
  <xsl:variable name="kinds" select="str:tokenize('organisation site person actor assignment contract scale framework
      observation evaluation action certification step period agreement meeting cpdActivity roleChart integrationPlan
      booklet scheme session')"/>
  <xsl:variable name="common" select="document(concat($folder, 'common.xsd'))/xs:schema"/>

  <xsl:template match="/">
    <xsl:text>.\" Made from the schemas by docs/parcours-records.xsl.
.Dd November 21, 2026
.Dt PARCOURS-RECORDS 5
.Os
.Sh NAME
.Nm parcours-records
.Nd the records that parcours reads
.Sh DESCRIPTION
A record is one XML file about one thing: a person, a contract, an evaluation.
The root element names its kind, and all elements are in the namespace
.Li urn:parcours:record .
The file is named after the record:
.Pa person-nguyen.xml
holds the record whose
.Va id
is
.Li person-nguyen .
Folders are for people's own order; the program does not look at them.
.Pp
A record points to another by an element with the attribute
.Va ref ,
the identifier of the other record.
Elements stand in the order given here.
After a name,
.Ql \&amp;?
means at most one,
.Ql *
any number,
.Ql +
one or more,
and two numbers the least and the most.
Dates are written year-month-day, decimals with a point.
.Pp
In square brackets stands the disclosure class of an element, which says who may see it:
.Sx DISCLOSURE CLASSES .
An element is shown to an audience when its own class and those of all
elements around it name that audience.
.Ss Attributes of every record
.Bl -tag -width Ds
</xsl:text>
    <xsl:for-each select="$common/xs:attributeGroup[@name = 'record']/xs:attribute">
      <xsl:choose>
        <xsl:when test="@ref">
          <xsl:text>.It Va xml:lang
The language of the record's texts: fr-FR, fr-BE, fr-CA, en, nl.
</xsl:text>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:text>.El
.Sh KINDS OF RECORDS
</xsl:text>
    <xsl:for-each select="$kinds">
      <xsl:apply-templates select="document(concat($folder, ., '.xsd'))/xs:schema/xs:element" mode="kind"/>
    </xsl:for-each>
    <xsl:text>.Sh SHARED ELEMENTS
.Bl -tag -width Ds
</xsl:text>
    <xsl:apply-templates select="$common/xs:element"/>
    <xsl:text>.El
.Sh VALUES
.Bl -tag -width Ds
</xsl:text>
    <xsl:apply-templates select="$common/xs:simpleType | $common/xs:complexType[xs:annotation]"/>
    <xsl:text>.El
.Sh DISCLOSURE CLASSES
.Bl -tag -width Ds
</xsl:text>
    <xsl:for-each select="/a:audiences/a:class">
      <xsl:value-of select="concat('.It Li ', @id, '&#10;', a:title[@xml:lang = $lang], ': ',
          str:replace(@audiences, ' ', ', '), '.&#10;')"/>
    </xsl:for-each>
    <xsl:text>.El
.Sh FILES
.Bl -tag -width Ds
.It Pa schemas/records
The schemas this page was made from, with the same texts in French.
.It Pa schemas/audiences.xml
Audiences and disclosure classes.
.It Pa samples
Four small organisations, record by record.
.El
.Sh SEE ALSO
.Xr parcours 1
</xsl:text>
  </xsl:template>

  <xsl:template match="xs:element" mode="kind">
    <xsl:value-of select="concat('.Ss ', @name, '&#10;')"/>
    <xsl:call-template name="text"/>
    <xsl:value-of select="concat('[', xs:annotation/xs:appinfo/p:class, ']&#10;.Bl -tag -width Ds&#10;')"/>
    <xsl:apply-templates select="xs:complexType/xs:attribute"/>
    <xsl:apply-templates select="xs:complexType/xs:sequence"/>
    <xsl:text>.El&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="xs:sequence | xs:choice">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="xs:element">
    <xsl:value-of select="concat('.It Va ', @name)"/>
    <xsl:call-template name="how-many"/>
    <xsl:variable name="target" select="xs:annotation/xs:appinfo/p:target"/>
    <xsl:choose>
      <xsl:when test="$target">
        <xsl:value-of select="concat(' No → ', str:replace($target, ' ', ', '))"/>
      </xsl:when>
      <xsl:when test="starts-with(@type, 'r:')">
        <xsl:value-of select="concat(' Em ', substring-after(@type, 'r:'))"/>
      </xsl:when>
      <xsl:when test="@type">
        <xsl:value-of select="concat(' Em ', substring-after(@type, ':'))"/>
      </xsl:when>
      <xsl:when test="xs:complexType/xs:simpleContent">
        <xsl:value-of select="concat(' Em ', substring-after(xs:complexType/xs:simpleContent/xs:extension/@base, ':'))"/>
      </xsl:when>
    </xsl:choose>
    <xsl:value-of select="concat(' No [', xs:annotation/xs:appinfo/p:class, ']&#10;')"/>
    <xsl:call-template name="text"/>
    <xsl:variable name="inside" select="xs:complexType/xs:attribute | xs:complexType/xs:sequence
        | xs:complexType/xs:simpleContent/xs:extension/xs:attribute[@name]"/>
    <xsl:if test="$inside">
      <xsl:text>.Bl -tag -width Ds&#10;</xsl:text>
      <xsl:apply-templates select="$inside[self::xs:attribute]"/>
      <xsl:apply-templates select="$inside[self::xs:sequence]"/>
      <xsl:text>.El&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="xs:element[@ref]">
    <xsl:value-of select="concat('.It Va ', substring-after(@ref, 'r:'))"/>
    <xsl:call-template name="how-many"/>
    <xsl:text>&#10;See&#10;.Sx SHARED ELEMENTS .&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="xs:attribute">
    <xsl:value-of select="concat('.It Fa ', @name)"/>
    <xsl:if test="not(@use = 'required')"><xsl:text> Ns No \&amp;?</xsl:text></xsl:if>
    <xsl:value-of select="concat(' Em ', substring-after(@type, ':'), '&#10;')"/>
    <xsl:call-template name="text"/>
  </xsl:template>

  <xsl:template match="xs:simpleType | xs:complexType">
    <xsl:value-of select="concat('.It Em ', @name, '&#10;')"/>
    <xsl:call-template name="text"/>
    <xsl:if test="xs:restriction/xs:enumeration">
      <xsl:text>.Bl -tag -width Ds -compact&#10;</xsl:text>
      <xsl:for-each select="xs:restriction/xs:enumeration">
        <xsl:value-of select="concat('.It Li ', @value, '&#10;')"/>
        <xsl:call-template name="text"/>
      </xsl:for-each>
      <xsl:text>.El&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template name="how-many">
    <xsl:variable name="least">
      <xsl:choose>
        <xsl:when test="@minOccurs"><xsl:value-of select="@minOccurs"/></xsl:when>
        <xsl:otherwise>1</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@maxOccurs = 'unbounded' and $least = 0"> Ns No *</xsl:when>
      <xsl:when test="@maxOccurs = 'unbounded' and $least = 1"> Ns No +</xsl:when>
      <xsl:when test="@maxOccurs = 'unbounded'"><xsl:value-of select="concat(' No ', $least, '–')"/></xsl:when>
      <xsl:when test="@maxOccurs &gt; 1"><xsl:value-of select="concat(' No ', $least, '–', @maxOccurs)"/></xsl:when>
      <xsl:when test="$least = 0"> Ns No \&amp;?</xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A line of its own; one that begins like a request is kept from being one. -->
  <xsl:template name="text">
    <xsl:variable name="text" select="normalize-space(xs:annotation/xs:documentation[@xml:lang = $lang])"/>
    <xsl:if test="$text != ''">
      <xsl:if test='starts-with($text, ".") or starts-with($text, "&apos;")'>\&amp;</xsl:if>
      <xsl:value-of select="concat(str:replace(str:replace($text, '\', '\e'), '. ', '.&#10;'), '&#10;')"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
