<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rules (ISO Schematron, XSLT 1.0 binding) to the stylesheet that runs them.

  A pattern becomes a mode, a rule one template with all its assertions inside; as the standard says, a node meets the
  first rule of a pattern that matches it. Only failures are written:
      <finding id="R13" severity="error" place="file:line:column">message</finding>
  id: of the assertion, up to the first dot (R3.contract is reported as R3). severity: its role. place: of the node
  that the assertion's `subject` selects, else of the context. message: the assertion's diagnostic in $language, for which the stylesheet is made.
  Contexts are elements; below a rule of role "leaf" nothing is looked at. xsl:include and xsl:key at the top are copied.
  A variable of a rule that only messages use is reckoned when there is a message. xsl:param in a rule: the variable of
  that name of the rule which the parent element met, reckoned there once for all its children.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="urn:parcours:xsl" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" xmlns:r="urn:parcours:record"
    exclude-result-prefixes="sch out str exsl">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output indent="yes" encoding="UTF-8"/>

  <!-- Of the messages: a stylesheet each, since most runs say nothing. -->
  <xsl:param name="language"/>

  <xsl:key name="diagnostic" match="sch:diagnostic" use="@id"/>

  <xsl:template match="/sch:schema">
    <out:stylesheet version="1.0">
      <xsl:for-each select="sch:ns">
        <xsl:attribute name="{@prefix}:in" namespace="{@uri}">schematron</xsl:attribute>
      </xsl:for-each>
      <xsl:attribute name="exclude-result-prefixes">
        <xsl:for-each select="sch:ns"><xsl:value-of select="concat(@prefix, ' ')"/></xsl:for-each>
      </xsl:attribute>
      <xsl:copy-of select="xsl:include"/>
      <out:variable name="language" select="'{$language}'"/>
      <xsl:copy-of select="xsl:key"/>
      <xsl:apply-templates select="sch:let"/>
      <out:template match="/">
        <findings>
          <xsl:for-each select="sch:pattern">
            <out:apply-templates select="*" mode="p{position()}"/>
          </xsl:for-each>
        </findings>
      </out:template>
      <xsl:for-each select="sch:pattern">
        <xsl:variable name="mode" select="concat('p', position())"/>
        <out:template match="*" mode="{$mode}" priority="-1">
          <out:apply-templates select="*" mode="{$mode}"/>
        </out:template>
        <xsl:for-each select="sch:rule">
          <out:template match="{@context}" mode="{$mode}" priority="{last() - position()}">
            <xsl:for-each select="xsl:param"><out:param name="{@name}"/></xsl:for-each>
            <xsl:apply-templates select="../sch:let"/>
            <xsl:apply-templates select="sch:let" mode="always"/>
            <xsl:apply-templates select="sch:assert|sch:report"/>
            <xsl:if test="not(@role = 'leaf')">
              <out:apply-templates select="*" mode="{$mode}">
                <xsl:for-each select="sch:let[@name = ../../sch:rule/xsl:param/@name]">
                  <out:with-param name="{@name}" select="${@name}"/>
                </xsl:for-each>
              </out:apply-templates>
            </xsl:if>
          </out:template>
        </xsl:for-each>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:let">
    <out:variable name="{@name}" select="{@value}"/>
  </xsl:template>

  <!-- Of a rule: what something else than a message may use. -->
  <xsl:template match="sch:let" mode="always">
    <xsl:variable name="use" select="concat('$', @name)"/>
    <xsl:variable name="users">
      <xsl:apply-templates select="../sch:let[contains(@value, $use)][@name != current()/@name]" mode="always"/>
    </xsl:variable>
    <xsl:if test="../*/@test[contains(., $use)] or ../../sch:rule/xsl:param/@name = @name
        or exsl:node-set($users)/*">
      <xsl:apply-templates select="."/>
    </xsl:if>
  </xsl:template>

  <!-- What the message of an assertion may use, and nothing else. -->
  <xsl:template match="sch:let" mode="message">
    <xsl:param name="texts"/>
    <xsl:variable name="always"><xsl:apply-templates select="." mode="always"/></xsl:variable>
    <xsl:if test="($texts | ../sch:let/@value)[contains(., concat('$', current()/@name))]
        and not(exsl:node-set($always)/*)">
      <xsl:apply-templates select="."/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:assert">
    <out:if test="not({@test})"><xsl:call-template name="finding"/></out:if>
  </xsl:template>

  <xsl:template match="sch:report">
    <out:if test="{@test}"><xsl:call-template name="finding"/></out:if>
  </xsl:template>

  <xsl:template name="finding">
    <xsl:variable name="subject">
      <xsl:value-of select="@subject"/>
      <xsl:if test="not(@subject)">.</xsl:if>
    </xsl:variable>
    <xsl:variable name="message" select="key('diagnostic', str:tokenize(@diagnostics))[@xml:lang = $language]"/>
    <xsl:apply-templates select="../sch:let" mode="message">
      <xsl:with-param name="texts" select="@subject | $message/sch:value-of/@select"/>
    </xsl:apply-templates>
    <finding id="{substring-before(concat(@id, '.'), '.')}" severity="{@role}" place="{{r:place({$subject} | self::node()[not({$subject})])}}">
      <xsl:apply-templates select="$message"/>
    </finding>
  </xsl:template>

  <xsl:template match="sch:diagnostic">
    <xsl:apply-templates mode="message"/>
  </xsl:template>

  <xsl:template match="text()" mode="message">
    <xsl:variable name="text" select="normalize-space(concat('|', ., '|'))"/>
    <!-- Spaces at the ends part the text from a value; line breaks are those of the file. -->
    <out:text><xsl:value-of select="substring($text, 2, string-length($text) - 2)"/></out:text>
  </xsl:template>

  <!-- r:say writes a number as the language does. -->
  <xsl:template match="sch:value-of" mode="message">
    <out:value-of select="r:say({@select}, '{$language}')"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="message">
    <out:value-of select="name()"/>
  </xsl:template>
</xsl:stylesheet>
