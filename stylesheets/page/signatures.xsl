<?xml version="1.0" encoding="UTF-8"?>
<!--
  Signatures: a block per party with role, name, "le …, à …" and a box of at
  least 25 mm.  A refused signature is a state of its own.  The whole is kept
  together and with the block before it: never alone on a page.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    exclude-result-prefixes="r w">

  <!-- Below this width date and place to be filled stand on two lines. -->
  <xsl:variable name="narrow-box" select="140"/>

  <!-- parties: <party role="" name="" mention="" state="" date="" place=""
       reason=""/>; state as signature/@mode. -->
  <xsl:template name="signatures">
    <xsl:param name="parties"/>
    <xsl:param name="width" select="$measure"/>
    <xsl:param name="columns">
      <xsl:choose>
        <xsl:when test="count($parties) &lt; 4">
          <xsl:value-of select="count($parties)"/>
        </xsl:when>
        <xsl:when test="count($parties) = 4">2</xsl:when>
        <xsl:otherwise>3</xsl:otherwise>
      </xsl:choose>
    </xsl:param>
    <xsl:variable name="gap" select="13"/>
    <xsl:variable name="box" select="($width - ($columns - 1) * $gap)
        div $columns"/>
    <fo:table table-layout="fixed" width="{$width}pt" role="Div"
        keep-together.within-page="9" space-before="6.5pt">
      <xsl:for-each select="$parties[position() &lt;= $columns]">
        <xsl:if test="position() &gt; 1">
          <fo:table-column column-width="{$gap}pt"/>
        </xsl:if>
        <fo:table-column column-width="{$box}pt"/>
      </xsl:for-each>
      <fo:table-body role="Div">
        <xsl:for-each select="$parties[position() mod $columns = 1
            or $columns = 1]">
          <xsl:variable name="row"
              select=". | following-sibling::party[position() &lt; $columns]"/>
          <fo:table-row role="Div" keep-together.within-page="9"
              keep-with-next.within-page="always">
            <xsl:for-each select="$row">
              <xsl:if test="position() &gt; 1">
                <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
              </xsl:if>
              <fo:table-cell role="Div" display-align="after"
                  padding-after="4pt">
                <xsl:call-template name="party">
                  <xsl:with-param name="room" select="$box"/>
                </xsl:call-template>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
          <fo:table-row role="Div" keep-together.within-page="9">
            <xsl:for-each select="$row">
              <xsl:if test="position() &gt; 1">
                <fo:table-cell role="Artifact"><fo:block/></fo:table-cell>
              </xsl:if>
              <fo:table-cell role="Div" padding-after="9.75pt">
                <xsl:call-template name="signature-box">
                  <xsl:with-param name="narrow" select="$box &lt; $narrow-box"/>
                </xsl:call-template>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="party">
    <xsl:param name="room"/>
    <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}">
      <xsl:value-of select="@role"/>
    </fo:block>
    <fo:block font-weight="600">
      <xsl:if test="string-length(@name) &gt; 45">
        <xsl:attribute name="font-size">9.5pt</xsl:attribute>
        <xsl:attribute name="line-height">11.5pt</xsl:attribute>
      </xsl:if>
      <xsl:if test="w:hyphenate(@name, $room)">
        <xsl:attribute name="hyphenate">true</xsl:attribute>
      </xsl:if>
      <xsl:value-of select="@name"/>
      <xsl:if test="@name = ''">&#xA0;</xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template name="signature-box">
    <xsl:param name="narrow"/>
    <fo:block-container height="71pt" border-width="0.5pt"
        border-style="solid" border-color="{$secondary}"
        fox:border-radius="2pt"
        margin-left="0.25pt" margin-right="0.25pt">
      <xsl:if test="@state = 'refused'">
        <xsl:attribute name="border-style">dashed</xsl:attribute>
        <xsl:attribute name="background-color">
          <xsl:value-of select="$tint"/>
        </xsl:attribute>
      </xsl:if>
      <fo:block font-size="7.5pt" line-height="9.75pt" color="{$secondary}"
          margin-left="7pt" margin-right="7pt" padding-before="6pt">
        <xsl:choose>
          <xsl:when test="@state = 'refused'">
            <fo:block font-size="9.5pt" line-height="13pt" font-weight="600"
                color="{$ink}">
              <xsl:value-of select="w:t('signature.refused')"/>
            </fo:block>
            <xsl:if test="@date != ''">
              <fo:block>
                <xsl:call-template name="dated">
                  <xsl:with-param name="text" select="w:t('signature.refused-on',
                    w:date-long(@date))"/>
                </xsl:call-template>
              </fo:block>
            </xsl:if>
            <xsl:if test="@reason != ''">
              <fo:block color="{$ink}"><xsl:value-of select="@reason"/></fo:block>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise>
            <fo:block>
              <xsl:choose>
                <xsl:when test="@date != '' and @place != ''">
                  <xsl:call-template name="dated">
                    <xsl:with-param name="text" select="w:t('signature.on-at',
                      w:date-long(@date), @place)"/>
                  </xsl:call-template>
                </xsl:when>
                <xsl:when test="@date != ''">
                  <xsl:call-template name="dated">
                    <xsl:with-param name="text" select="w:t('signature.on',
                      w:date-long(@date))"/>
                  </xsl:call-template>
                </xsl:when>
                <xsl:when test="$narrow">
                  <fo:block>
                    <xsl:value-of select="w:t('signature.blank.date')"/>
                  </fo:block>
                  <fo:block>
                    <xsl:value-of select="w:t('signature.blank.place')"/>
                  </fo:block>
                </xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="w:t('signature.blank')"/>
                </xsl:otherwise>
              </xsl:choose>
            </fo:block>
            <xsl:if test="@state = 'electronic'">
              <fo:block color="{$ink}">
                <xsl:value-of select="w:t('signature.electronic')"/>
              </fo:block>
            </xsl:if>
            <xsl:if test="@mention != ''">
              <fo:block font-style="italic">
                <xsl:value-of select="@mention"/>
              </fo:block>
            </xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- A <party> from a record's signatures, for a role and a name; a pending
       one when the record has none. -->
  <xsl:template name="party-of">
    <xsl:param name="signature"/>
    <xsl:param name="role"/>
    <xsl:param name="name"/>
    <xsl:param name="mention" select="''"/>
    <party role="{$role}" name="{$name}" state="{$signature/@mode}"
        date="{$signature/r:date}" place="{$signature/r:place}"
        reason="{$signature/r:refusalReason}">
      <xsl:attribute name="mention">
        <xsl:choose>
          <xsl:when test="$signature/r:mention">
            <xsl:value-of select="$signature/r:mention"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$mention"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </party>
  </xsl:template>
</xsl:stylesheet>
