<?xml version="1.0" encoding="UTF-8"?>
<!--
  Finds user text inside a stylesheet: what a reader would read belongs in
  stylesheets/words.  A text or a string is taken for a value and not for user
  text when it is one word of lower-case letters, digits and hyphens.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="file"/>

  <xsl:variable name="lower" select="'abcdefghijklmnopqrstuvwxyz'"/>
  <xsl:variable name="upper" select="'ABCDEFGHIJKLMNOPQRSTUVWXYZ'"/>
  <xsl:variable name="accented" select="'àâçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÖÙÛÜŒ'"/>

  <xsl:template match="text()">
    <xsl:if test="not(ancestor::xsl:attribute or ancestor::xsl:message)">
      <xsl:call-template name="judge">
        <xsl:with-param name="text" select="normalize-space()"/>
        <xsl:with-param name="where" select="name(..)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Attributes a reader meets, without what stands in braces. -->
  <xsl:template match="@*[local-name() = 'alt-text' or name() = 'label'
      or name() = 'title' or name() = 'name' or name() = 'value']">
    <xsl:if test="local-name() = 'alt-text' or namespace-uri(..) = ''">
      <xsl:call-template name="outside">
        <xsl:with-param name="rest" select="."/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Strings in expressions. -->
  <xsl:template match="xsl:value-of/@select | xsl:with-param/@select">
    <xsl:call-template name="strings">
      <xsl:with-param name="rest" select="."/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@*" priority="-1"/>
  <xsl:template match="*">
    <xsl:apply-templates select="@* | node()"/>
  </xsl:template>

  <xsl:template name="outside">
    <xsl:param name="rest"/>
    <xsl:call-template name="judge">
      <xsl:with-param name="text"
          select="substring-before(concat($rest, '{'), '{')"/>
      <xsl:with-param name="where" select="name()"/>
    </xsl:call-template>
    <xsl:if test="contains($rest, '{')">
      <xsl:call-template name="outside">
        <xsl:with-param name="rest" select="substring-after($rest, '}')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="strings">
    <xsl:param name="rest"/>
    <xsl:variable name="quote">'</xsl:variable>
    <xsl:variable name="after" select="substring-after($rest, $quote)"/>
    <xsl:if test="contains($after, $quote)">
      <xsl:variable name="before" select="normalize-space(
          substring-before($rest, $quote))"/>
      <!-- What is compared with is a value. -->
      <xsl:if test="substring($before, string-length($before)) != '='">
        <xsl:call-template name="judge">
          <xsl:with-param name="text"
              select="substring-before($after, $quote)"/>
          <xsl:with-param name="where" select="'select'"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:call-template name="strings">
        <xsl:with-param name="rest"
            select="substring-after($after, $quote)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A letter somewhere, and anything that no value has: a capital first, an
       accent, or two words. -->
  <xsl:template name="judge">
    <xsl:param name="text"/>
    <xsl:param name="where"/>
    <xsl:variable name="words" select="normalize-space(translate($text,
        ',;:!?·/()&#xA0;', '         '))"/>
    <xsl:variable name="letters" select="string-length($text)
        - string-length(translate($text, concat($lower, $upper, $accented),
        ''))"/>
    <xsl:if test="$letters &gt; 1 and not(starts-with($text, '#'))
        and not(starts-with($text, 'http')) and (contains($words, ' ')
        or translate(substring($words, 1, 1), $upper, '') = ''
        or translate($words, $accented, '') != $words)">
      <xsl:value-of select="concat($file, ': user text in ', $where, ': ',
          $text, '&#10;')"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
