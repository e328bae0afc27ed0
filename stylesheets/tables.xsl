<?xml version="1.0" encoding="UTF-8"?>
<!--
  The tables of a dossier with the words of its language in place of what only
  the program reads, for those who take them into a spreadsheet: the same words
  as in the documents.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    exclude-result-prefixes="w">

  <xsl:param name="language"/>
  <xsl:include href="page/words.xsl"/>
  <!-- Words for people in general are not among these. -->
  <xsl:variable name="gender-style" select="'neutral'"/>

  <xsl:template match="/">
    <xsl:apply-templates select="r:dossier/r:tables"/>
  </xsl:template>

  <xsl:template match="node() | @*">
    <xsl:copy><xsl:apply-templates select="node() | @*"/></xsl:copy>
  </xsl:template>

  <xsl:template match="r:row/r:exitCategory/text()">
    <xsl:value-of select="w:e('exit', .)"/>
  </xsl:template>
  <xsl:template match="r:row/r:exitKind/text()">
    <xsl:value-of select="w:e('exit-kind', .)"/>
  </xsl:template>
  <xsl:template match="r:row/r:targetName/text()">
    <xsl:value-of select="w:e('target', .)"/>
  </xsl:template>
  <xsl:template match="r:row/r:hourKind/text()">
    <xsl:value-of select="w:e('step-kind', .)"/>
  </xsl:template>
  <!-- step.KIND and hours.KIND are of one kind of step. -->
  <xsl:template match="r:row/r:figureName/text()">
    <xsl:value-of select="w:e('figure', .)"/>
  </xsl:template>
  <xsl:template match="r:row/r:figureName/text()[starts-with(., 'step.')]">
    <xsl:value-of select="w:e('step-kind', substring-after(., '.'))"/>
  </xsl:template>
  <xsl:template match="r:row/r:figureName/text()[starts-with(., 'hours.')]">
    <xsl:value-of select="w:t('hours-of', w:e('step-kind', substring-after(., '.')))"/>
  </xsl:template>
</xsl:stylesheet>
