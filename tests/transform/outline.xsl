<?xml version="1.0" encoding="UTF-8"?>
<!--
  What a reader of an FO file meets, a line a block: its role, then its text,
  figures in their text twins, page numbers as #.  Made to be read in a diff.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:px="urn:parcours:fo"
    xmlns:svg="http://www.w3.org/2000/svg">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="fo:root">
    <xsl:value-of select="concat('document ', @xml:lang, '&#10;')"/>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="fo:simple-page-master">
    <xsl:value-of select="concat('master ', @master-name, ' ', @page-width,
        ' x ', @page-height, '&#10;')"/>
  </xsl:template>

  <xsl:template match="fo:bookmark">
    <xsl:value-of select="concat('bookmark ', @internal-destination, ': ',
        fo:bookmark-title, '&#10;')"/>
    <xsl:apply-templates select="fo:bookmark"/>
  </xsl:template>

  <xsl:template match="fo:page-sequence">
    <xsl:value-of select="concat('&#10;== pages ', @master-reference, ' ',
        @px:booklet, '&#10;')"/>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="fo:static-content">
    <xsl:value-of select="concat('[', @flow-name, '] ')"/>
    <xsl:apply-templates mode="text"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- A block that holds text of its own is a line. -->
  <xsl:template match="fo:block">
    <xsl:variable name="line">
      <xsl:apply-templates select="node()[not(self::fo:block
          or self::fo:table or self::fo:list-block
          or self::fo:block-container)]" mode="text"/>
    </xsl:variable>
    <xsl:if test="@break-before">
      <xsl:value-of select="concat('-- ', @break-before, '&#10;')"/>
    </xsl:if>
    <xsl:if test="normalize-space($line) != ''">
      <xsl:if test="@role"><xsl:value-of select="concat(@role, ' ')"/></xsl:if>
      <xsl:if test="parent::fo:table-cell/@role = 'TH'">TH </xsl:if>
      <xsl:value-of select="concat(normalize-space($line), '&#10;')"/>
    </xsl:if>
    <xsl:apply-templates select="fo:block | fo:table | fo:list-block
        | fo:block-container"/>
  </xsl:template>

  <xsl:template match="fo:instream-foreign-object" mode="text">
    <xsl:if test="@role = 'Figure'">
      <xsl:value-of select="concat(' ⟨', @fox:alt-text, '⟩ ')"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="fo:external-graphic" mode="text">
    <xsl:value-of select="concat(' ⟨', @fox:alt-text, '⟩ ')"/>
  </xsl:template>
  <xsl:template match="fo:page-number | fo:page-number-citation"
      mode="text">#</xsl:template>
  <xsl:template match="fo:leader" mode="text"> </xsl:template>
  <xsl:template match="fo:block" mode="text">
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="text"/>
  </xsl:template>
  <xsl:template match="text()" mode="text">
    <xsl:value-of select="."/>
  </xsl:template>

  <xsl:template match="text() | fo:declarations"/>
</xsl:stylesheet>
