<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rules (ISO Schematron, XSLT 1.0 binding) to the stylesheet that runs them.

  A pattern becomes a mode, a rule one template with all its assertions inside; as the standard says, a node meets the
  first rule of a pattern that matches it. Only failures are written:
      <finding id="R13" severity="error" place="file:line:column">message</finding>
  id: of the assertion, up to the first dot (R3.contract is reported as R3). severity: its role. place: of the node
  that the assertion's `subject` selects, else of the context. message: the assertion's diagnostic in $language, for which the stylesheet is made.
  Contexts are elements of the records' namespace; below a rule of role "leaf" nothing is looked at. A rule of role
  "$nodes" is for those only that the variable of this name holds, of the rule that the nearest element above met: where
  elements are many, one expression finds them all. xsl:include and xsl:key at the top are copied.
  A variable of a rule that only messages use is reckoned when there is a message.
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
            <xsl:variable name="below"><xsl:call-template name="below"/></xsl:variable>
            <out:apply-templates select="{$below}" mode="p{position()}"/>
          </xsl:for-each>
        </findings>
      </out:template>
      <xsl:for-each select="sch:pattern">
        <xsl:variable name="mode" select="concat('p', position())"/>
        <xsl:variable name="below"><xsl:call-template name="below"/></xsl:variable>
        <out:template match="*" mode="{$mode}" priority="-1">
          <out:apply-templates select="{$below}" mode="{$mode}"/>
        </out:template>
        <xsl:for-each select="sch:rule">
          <out:template match="{@context}" mode="{$mode}" priority="{last() - position()}">
            <xsl:apply-templates select="../sch:let"/>
            <xsl:apply-templates select="sch:let" mode="always"/>
            <xsl:apply-templates select="sch:assert|sch:report"/>
            <xsl:if test="not(@role)">
              <xsl:variable name="met" select="sch:let[concat('$', @name) = ../../sch:rule/@role]"/>
              <out:apply-templates mode="{$mode}" select="{$below}{substring(' | $', 1, 4 * boolean($met))}{$met/@name}"/>
            </xsl:if>
          </out:template>
        </xsl:for-each>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <!-- What may meet a rule of the pattern: by name, and that of its parent where the context has it, without trying
       templates on all that lies between. Of two predicates side by side libxslt looks for all matches in the whole
       tree. -->
  <xsl:template name="below">
    <xsl:text>r:below(., '</xsl:text>
    <xsl:for-each select="sch:rule[not(@role) or @role = 'leaf']">
      <xsl:variable name="plain"><xsl:apply-templates select="@context" mode="plain"/></xsl:variable>
      <xsl:if test="contains(@context, '][')">
        <xsl:message terminate="yes">context: <xsl:value-of select="@context"/></xsl:message>
      </xsl:if>
      <xsl:for-each select="str:tokenize($plain, '|')">
        <xsl:variable name="steps" select="str:tokenize(., '/')"/>
        <xsl:for-each select="$steps[position() >= last() - 1]">
          <xsl:variable name="step" select="normalize-space()"/>
          <xsl:if test="not(starts-with($step, 'r:')) or contains($step, '*') or contains($step, '::')">
            <xsl:message terminate="yes">context: <xsl:value-of select="$step"/></xsl:message>
          </xsl:if>
          <xsl:value-of select="concat(substring(' /', 1 + (position() = 2), 1), substring-after($step, 'r:'))"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:text> ')</xsl:text>
  </xsl:template>

  <!-- A pattern without its predicates. -->
  <xsl:template match="@context" name="plain" mode="plain">
    <xsl:param name="rest" select="string()"/>
    <xsl:choose>
      <xsl:when test="contains($rest, '[')">
        <xsl:value-of select="substring-before($rest, '[')"/>
        <xsl:call-template name="plain"><xsl:with-param name="rest" select="substring-after($rest, ']')"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$rest"/></xsl:otherwise>
    </xsl:choose>
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
    <xsl:if test="../*/@test[contains(., $use)] or ../../sch:rule/@role = $use or exsl:node-set($users)/*">
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
