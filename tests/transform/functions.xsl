<?xml version="1.0" encoding="UTF-8"?>
<!-- The functions every document stands on, a line each: dates, numbers and
     words of a language, colours, geometry. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="urn:parcours:colour"
    xmlns:g="urn:parcours:figure"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words">
  <!-- Whom w:as agrees with; the last without a civility. -->
  <r:person><r:civility>Mme</r:civility></r:person>
  <r:person><r:civility>M</r:civility></r:person>
  <r:person><r:civility>neutral</r:civility></r:person>
  <r:person/>
  <xsl:include href="../../stylesheets/page/common.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:value-of select="concat($language, ', ', $gender-style, '&#10;',
        w:date('2025-06-24'), ' | ', w:date-long('2025-06-01'), ' | ',
        w:date-long('2025-12-24'), ' | ', w:month('2025-08'), ' | ',
        w:period('2025-01-02', '2025-03-04'), ' | ',
        w:period('2025-01-02', ''), '&#10;',
        w:time('14:30:00'), ' | ', w:time('08:05'), ' | ', w:time('19:00'),
        ' | ', w:day(-3), ' ', w:day(0), ' ', w:day(14), '&#10;',
        w:num(12345.5), ' | ', w:num(0), ' | ', w:num(-2), ' | ',
        w:signed(1), ' ', w:signed(0), ' ', w:signed(-1), ' | ',
        w:hours(7.25), ' | ', w:percent(0.256), '&#10;',
        w:n('days', 0), ' | ', w:n('days', 1), ' | ', w:n('days', 1.5),
        ' | ', w:n('days', 2), ' | ', w:e('role', 'worker'), ' | ',
        w:e('role', 'tutor'), '&#10;')"/>
    <xsl:for-each select="document('')/*/r:person">
      <xsl:value-of select="concat(w:as('role.worker', .), ' | ',
          w:as('copy-given', ., w:date-long('2025-06-24')), '&#10;')"/>
    </xsl:for-each>
    <xsl:if test="$language = 'en'">
      <xsl:value-of select="concat('day 2000-03-01 to 2025-01-01: ',
          g:day('2025-01-01') - g:day('2000-03-01'), ', leap: ',
          g:day('2024-03-01') - g:day('2024-02-28'), ', not: ',
          g:day('2100-03-01') - g:day('2100-02-28'), '&#10;',
          g:month-start('2025-11-17', 3), ' ', g:months('2025-11-17',
          '2026-02-01'), '&#10;', g:point(0, 0, 10, 0), ' | ',
          g:point(0, 0, 10, 90), ' | ', g:point(0, 0, 10, 210), '&#10;',
          w:short('abcdef', 6), ' ', w:short('abcdefg', 6), ' ',
          w:hyphenate('Wolfeschlegelsteinhausen'), ' ',
          w:hyphenate('Anne-Françoise-Clémentine'), '&#10;')"/>
      <xsl:for-each select="document('')//c:accent">
        <xsl:value-of select="concat(., ' -> ', c:readable(.), ' ',
            c:contrast-on-white(c:readable(.)) &gt;= 4.5, ' ',
            format-number(c:contrast-on-white(.), '0.00'), '&#10;')"/>
      </xsl:for-each>
      <xsl:variable name="lines">
        <xsl:call-template name="g:lines">
          <xsl:with-param name="text"
              select="'un texte assez long pour trois lignes'"/>
          <xsl:with-param name="room" select="70"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:for-each xmlns:exsl="http://exslt.org/common"
          select="exsl:node-set($lines)/line">
        <xsl:value-of select="concat(., ' /')"/>
      </xsl:for-each>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <c:accent>#FFFFFF</c:accent>
  <c:accent>#F2C200</c:accent>
  <c:accent>#767676</c:accent>
  <c:accent>#777777</c:accent>
  <c:accent>#00ff00</c:accent>
  <c:accent>#1F5A96</c:accent>
</xsl:stylesheet>
