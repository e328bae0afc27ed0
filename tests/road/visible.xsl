<?xml version="1.0" encoding="UTF-8"?>
<!-- What of a set of records an audience may see, from the classes in the schemas and the audiences alone. Lines:
       mark Qzx000000 yes|no|other CLASS... PATH        a mark; the classes on the way to it
       id ID yes|no|other                               a record
       value VALUE yes|no|other                         a date or another number of six signs or more
     `other` is what is held on another person than the subject, if one is given: nobody sees it here. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:parcours:record" xmlns:s="urn:parcours:schema" xmlns:a="urn:parcours:audiences"
    exclude-result-prefixes="r s a">
  <xsl:output method="text"/>
  <xsl:param name="audience"/>
  <xsl:param name="subject"/>
  <xsl:param name="classes"/>
  <xsl:param name="audiences"/>
  <xsl:variable name="open" select="document($audiences)//a:class[contains(concat(' ', @audiences, ' '), concat(' ', $audience, ' '))]/@id"/>
  <xsl:key name="class" match="s:element" use="@name"/>
  <xsl:key name="attribute" match="s:attribute" use="@name"/>

  <xsl:template match="/records">
    <xsl:for-each select="file">
      <xsl:apply-templates select="document(@out)/*"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="/r:*">
    <xsl:variable name="of-other" select="$subject != '' and (r:person/@ref != $subject or self::r:person/@id != $subject)"/>
    <xsl:variable name="root">
      <xsl:apply-templates select="." mode="classes"/>
    </xsl:variable>
    <xsl:variable name="may">
      <xsl:call-template name="may">
        <xsl:with-param name="other" select="$of-other"/>
        <xsl:with-param name="classes" select="$root"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:value-of select="concat('id ', @id, ' ', $may, '&#10;')"/>
    <xsl:for-each select="preceding-sibling::comment()">
      <xsl:value-of select="concat('mark ', ., ' no - comment&#10;')"/>
    </xsl:for-each>
    <xsl:for-each select=".//text()[normalize-space()] | @source | @createdOn | @updatedOn">
      <xsl:variable name="chain">
        <xsl:apply-templates select="ancestor-or-self::*" mode="classes"/>
        <xsl:if test="not(self::text())">
          <xsl:variable name="name" select="local-name()"/>
          <xsl:for-each select="document($classes)">
            <xsl:value-of select="concat(key('attribute', $name)[@of = 'record']/@class, ' ')"/>
          </xsl:for-each>
        </xsl:if>
      </xsl:variable>
      <xsl:variable name="yes">
        <xsl:call-template name="may">
          <xsl:with-param name="other" select="$of-other"/>
          <xsl:with-param name="classes" select="$chain"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="contains(., 'Qzx')">
          <xsl:value-of select="concat('mark Qzx', substring(substring-after(., 'Qzx'), 1, 6), ' ', $yes, ' ', $chain)"/>
          <xsl:for-each select="ancestor::*[not(self::r:strong or self::r:em)]">
            <xsl:if test="position() &gt; 1">/</xsl:if>
            <xsl:value-of select="local-name()"/>
          </xsl:for-each>
          <xsl:text>&#10;</xsl:text>
        </xsl:when>
        <xsl:when test="string-length(.) &gt;= 6 and translate(., '0123456789', '') != .">
          <xsl:value-of select="concat('value ', translate(., ' ', ''), ' ', $yes, '&#10;')"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="*" mode="classes">
    <xsl:variable name="name" select="local-name()"/>
    <xsl:for-each select="document($classes)">
      <xsl:value-of select="key('class', $name)[@class]/@class"/>
      <xsl:if test="not(key('class', $name)[@class])">none</xsl:if>
      <xsl:text> </xsl:text>
    </xsl:for-each>
  </xsl:template>

  <!-- yes when every class of the list is open. -->
  <xsl:template name="may">
    <xsl:param name="other"/>
    <xsl:param name="classes"/>
    <xsl:choose>
      <xsl:when test="$other">other</xsl:when>
      <xsl:when test="normalize-space($classes) = ''">yes</xsl:when>
      <xsl:when test="$open[. = substring-before($classes, ' ')]">
        <xsl:call-template name="may">
          <xsl:with-param name="classes" select="substring-after($classes, ' ')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>no</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
