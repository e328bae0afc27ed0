<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes a record of a sample extreme in one way; what the way does not concern stays as it is. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="urn:parcours:record" xmlns:r="urn:parcours:record" exclude-result-prefixes="r">
  <xsl:output encoding="UTF-8"/>
  <xsl:param name="way"/>

  <xsl:variable name="framework" select="document('../../samples/frameworks/framework-green-spaces.xml')/*"/>
  <xsl:variable name="first" select="$framework/r:domain[1]/r:skill[1]/@id"/>

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- long-name -->
  <xsl:template match="r:person[@id]/r:givenName">
    <xsl:choose>
      <xsl:when test="$way = 'long-name'">
        <givenName>Anne-Françoise-Clémentine-Wilhelmina</givenName>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="r:person[@id]/r:familyName">
    <xsl:choose>
      <xsl:when test="$way = 'long-name'">
        <familyName>van der Vandenbrœck-Wolfeschlegelsteinhausenbergerdorff de La Fontaine-Saint-Aubin-lez-Valenciennes</familyName>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- one-skill, sixty-skills -->
  <xsl:template match="r:framework[@id = 'framework-green-spaces']/r:domain">
    <xsl:if test="$way != 'one-skill' or r:skill/@id = $first">
      <xsl:copy>
        <xsl:apply-templates select="@* | node()"/>
        <xsl:if test="$way = 'sixty-skills'">
          <xsl:apply-templates select="r:skill[../following-sibling::r:domain]" mode="again"/>
        </xsl:if>
      </xsl:copy>
    </xsl:if>
  </xsl:template>
  <xsl:template match="r:framework[@id = 'framework-green-spaces']//r:skill">
    <xsl:if test="$way != 'one-skill' or @id = $first">
      <xsl:copy-of select="."/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="r:skill" mode="again">
    <skill id="{@id}-again">
      <xsl:copy-of select="*"/>
    </skill>
  </xsl:template>

  <xsl:template match="r:rating">
    <xsl:choose>
      <xsl:when test="$way = 'one-skill' and @skill != $first"/>
      <xsl:when test="$way = 'nothing-rated'">
        <rating skill="{@skill}">
          <selfLevel>NE</selfLevel>
          <supervisorLevel>NE</supervisorLevel>
        </rating>
      </xsl:when>
      <xsl:when test="$way = 'no-comment'">
        <rating skill="{@skill}">
          <xsl:copy-of select="r:selfLevel | r:supervisorLevel"/>
        </rating>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy-of select="."/>
        <xsl:if test="$way = 'sixty-skills' and $framework/r:domain[following-sibling::r:domain]/r:skill/@id = @skill">
          <rating skill="{@skill}-again">
            <xsl:copy-of select="*"/>
          </rating>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- no-comment, page-of-comment -->
  <xsl:template match="r:strength | r:progressAxis | r:internalNote | r:workLink | r:privateNote | r:conclusion
      | r:taskRemark | r:autonomy/r:comment | r:workerView | r:tutorView | r:agreement//r:result">
    <xsl:if test="$way != 'no-comment'"><xsl:copy-of select="."/></xsl:if>
  </xsl:template>
  <xsl:template match="r:workerWord | r:supervisorWord">
    <xsl:if test="$way != 'no-comment'">
      <xsl:copy>
        <xsl:copy-of select="*"/>
        <xsl:if test="$way = 'page-of-comment'">
          <xsl:variable name="word" select="*"/>
          <xsl:for-each select="$framework//r:skill">
            <xsl:if test="position() &lt;= 16">
              <p>
                <xsl:value-of select="concat(r:plainLabel[1], '. ', r:employerLabel[1], '. ', $word[1])"/>
              </p>
            </xsl:if>
          </xsl:for-each>
        </xsl:if>
      </xsl:copy>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:learning">
    <xsl:if test="$way != 'no-comment'">
      <xsl:copy>
        <xsl:copy-of select="@* | *"/>
        <xsl:if test="$way = 'page-of-comment'">
          <xsl:copy-of select="/r:agreement//r:learning/r:p | /r:agreement//r:workLink/r:p"/>
        </xsl:if>
      </xsl:copy>
    </xsl:if>
  </xsl:template>

  <!-- no-logo, lost-logo -->
  <xsl:template match="r:logo">
    <xsl:choose>
      <xsl:when test="$way = 'no-logo'"/>
      <xsl:when test="$way = 'lost-logo'">
        <logo href="lost.png"><xsl:copy-of select="*"/></logo>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
