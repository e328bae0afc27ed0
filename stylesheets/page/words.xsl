<?xml version="1.0" encoding="UTF-8"?>
<!--
  Words: everything a reader reads comes from stylesheets/words by key, and
  every date, number and hour is written here, once per language.

  w:t(key, 1st, 2nd, 3rd)  the text of a key; <a n="1"/> in it is the 1st value
  w:e(set, value)          the name of an enumerated value: key "set.value"
  w:n(key, count)          as w:t with the count as 1st value, one or many
  w:as(key, who, 1st)      as w:t, in agreement with one person
  w:date, w:date-long, w:period, w:month, w:time, w:num, w:hours, w:signed, w:percent

  A language file holds only what differs from its base (fr-BE and fr-CA from
  fr-FR); English is whole.  A word that names people in general has variants
  <v s="…"> by the organisation's gender style.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:func="http://exslt.org/functions"
    xmlns:r="urn:parcours:record"
    xmlns:w="urn:parcours:words"
    extension-element-prefixes="func"
    exclude-result-prefixes="r w">

  <!-- A regional language without a file of its own is read in its base. -->
  <xsl:variable name="w:lang">
    <xsl:choose>
      <xsl:when test="$language = 'fr-BE' or $language = 'fr-CA'">
        <xsl:value-of select="$language"/>
      </xsl:when>
      <xsl:when test="starts-with($language, 'en')">en</xsl:when>
      <xsl:otherwise>fr-FR</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="w:english" select="$w:lang = 'en'"/>

  <xsl:variable name="w:base" select="document('../words/fr-FR.xml')"/>
  <xsl:variable name="w:own"
      select="document(concat('../words/', $w:lang, '.xml'))"/>

  <xsl:key name="w:word" match="/words/w" use="@k"/>

  <!-- Nearly every word stands in the language's own file, plain or with values
       in it: that one is answered at once. -->
  <func:function name="w:t">
    <xsl:param name="key"/>
    <xsl:param name="a" select="''"/>
    <xsl:param name="b" select="''"/>
    <xsl:param name="c" select="''"/>
    <xsl:for-each select="$w:own">
      <xsl:variable name="word" select="key('w:word', $key)"/>
      <xsl:choose>
        <xsl:when test="$word[not(*)]">
          <func:result select="string($word)"/>
        </xsl:when>
        <xsl:when test="$word/a">
          <xsl:variable name="text">
            <xsl:for-each select="$word/node()">
              <xsl:choose>
                <xsl:when test="@n = 1"><xsl:value-of select="$a"/></xsl:when>
                <xsl:when test="@n = 2"><xsl:value-of select="$b"/></xsl:when>
                <xsl:when test="@n = 3"><xsl:value-of select="$c"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </xsl:variable>
          <func:result select="string($text)"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="text">
            <xsl:call-template name="w:text">
              <xsl:with-param name="key" select="$key"/>
              <xsl:with-param name="a" select="$a"/>
              <xsl:with-param name="b" select="$b"/>
              <xsl:with-param name="c" select="$c"/>
            </xsl:call-template>
          </xsl:variable>
          <func:result select="string($text)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </func:function>

  <func:function name="w:e">
    <xsl:param name="set"/>
    <xsl:param name="value"/>
    <func:result select="w:t(concat($set, '.', $value))"/>
  </func:function>

  <!-- French counts 0 and everything below 2 as one, English only 1. -->
  <func:function name="w:n">
    <xsl:param name="key"/>
    <xsl:param name="count"/>
    <xsl:param name="b" select="''"/>
    <xsl:variable name="text">
      <xsl:call-template name="w:text">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="a" select="w:num($count)"/>
        <xsl:with-param name="b" select="$b"/>
        <xsl:with-param name="number">
          <xsl:choose>
            <xsl:when test="$w:english and $count != 1">many</xsl:when>
            <xsl:when test="not($w:english) and $count &gt;= 2">many</xsl:when>
            <xsl:otherwise>one</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:variable>
    <func:result select="string($text)"/>
  </func:function>

  <!-- A word for one person agrees with the civility of the record; without
       one, and where the organisation writes neutrally, as for people in
       general. -->
  <func:function name="w:as">
    <xsl:param name="key"/>
    <xsl:param name="who"/>
    <xsl:param name="a" select="''"/>
    <xsl:variable name="civility" select="string($who/r:civility)"/>
    <xsl:variable name="text">
      <xsl:call-template name="w:text">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="a" select="$a"/>
        <xsl:with-param name="style">
          <xsl:choose>
            <xsl:when test="$civility = '' or $gender-style = 'neutral'">
              <xsl:value-of select="$gender-style"/>
            </xsl:when>
            <xsl:when test="$civility = 'Mme'">feminine</xsl:when>
            <xsl:when test="$civility = 'M'">masculine</xsl:when>
            <xsl:otherwise>neutral</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:variable>
    <func:result select="string($text)"/>
  </func:function>

  <!-- The key's text in this language, else in its base; a key that nobody
       has stands in the page as itself and in the messages, never as a gap. -->
  <xsl:template name="w:text">
    <xsl:param name="key"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:param name="number" select="'one'"/>
    <xsl:param name="style" select="$gender-style"/>
    <!-- key() looks in the document of the context node. -->
    <xsl:for-each select="$w:own">
      <xsl:variable name="own" select="key('w:word', $key)[1]"/>
      <xsl:for-each select="$w:base">
        <xsl:variable name="word" select="$own
            | key('w:word', $key)[1][not($own)][not($w:english)]"/>
        <xsl:apply-templates select="$word" mode="w:say">
          <xsl:with-param name="a" select="$a"/>
          <xsl:with-param name="b" select="$b"/>
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="number" select="$number"/>
          <xsl:with-param name="style" select="$style"/>
        </xsl:apply-templates>
        <xsl:if test="not($word)">
          <xsl:message>missing word: <xsl:value-of select="$key"/></xsl:message>
          <xsl:value-of select="$key"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="w | v | one | many" mode="w:say">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:param name="number"/>
    <xsl:param name="style"/>
    <xsl:choose>
      <xsl:when test="v">
        <xsl:apply-templates mode="w:say" select="v[@s = $style]
            | v[1][not(../v[@s = $style])]">
          <xsl:with-param name="a" select="$a"/>
          <xsl:with-param name="b" select="$b"/>
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="number" select="$number"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:when test="one">
        <xsl:apply-templates select="*[name() = $number]" mode="w:say">
          <xsl:with-param name="a" select="$a"/>
          <xsl:with-param name="b" select="$b"/>
          <xsl:with-param name="c" select="$c"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates mode="w:say">
          <xsl:with-param name="a" select="$a"/>
          <xsl:with-param name="b" select="$b"/>
          <xsl:with-param name="c" select="$c"/>
        </xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="a" mode="w:say">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="@n = 1"><xsl:value-of select="$a"/></xsl:when>
      <xsl:when test="@n = 2"><xsl:value-of select="$b"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$c"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="text()" mode="w:say">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- ————— numbers ————— -->

  <!-- Up to two decimals; the comma or point and the thousands' space of the
       language.  U+2212 is the minus sign. -->
  <func:function name="w:num">
    <xsl:param name="n"/>
    <xsl:variable name="plain" select="format-number($n, '#,##0.##')"/>
    <xsl:choose>
      <xsl:when test="string(number($n)) = 'NaN'">
        <func:result select="string($n)"/>
      </xsl:when>
      <xsl:when test="$w:english">
        <func:result select="translate($plain, '-', '&#x2212;')"/>
      </xsl:when>
      <xsl:when test="$w:lang = 'fr-CA'">
        <func:result select="translate($plain, ',.-', '&#xA0;,&#x2212;')"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="translate($plain, ',.-', '&#x202F;,&#x2212;')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- 1 → +1, -1 → −1, 0 → 0 -->
  <func:function name="w:signed">
    <xsl:param name="n"/>
    <xsl:choose>
      <xsl:when test="$n &gt; 0">
        <func:result select="concat('+', w:num($n))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="w:num($n)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="w:hours">
    <xsl:param name="n"/>
    <func:result select="concat(w:num($n), '&#xA0;h')"/>
  </func:function>

  <func:function name="w:percent">
    <xsl:param name="share"/>
    <xsl:variable name="n" select="w:num(round($share * 100))"/>
    <xsl:choose>
      <xsl:when test="$w:english"><func:result select="concat($n, '%')"/></xsl:when>
      <xsl:otherwise><func:result select="concat($n, '&#xA0;%')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ————— dates ————— -->

  <!-- 24/06/2025; 2025-06-24 in fr-CA; 24 Jun 2025 in English, where figures
       alone would be read in two ways.  A year or a month stays one. -->
  <func:function name="w:date">
    <xsl:param name="d"/>
    <xsl:choose>
      <xsl:when test="$w:lang = 'fr-CA' or string-length($d) = 4">
        <func:result select="string($d)"/>
      </xsl:when>
      <xsl:when test="string-length($d) = 7">
        <func:result select="w:month($d)"/>
      </xsl:when>
      <xsl:when test="$w:english and string-length($d) &gt; 9">
        <func:result select="concat(number(substring($d, 9, 2)), '&#xA0;',
            w:t(concat('month.short.', number(substring($d, 6, 2)))),
            '&#xA0;', substring($d, 1, 4))"/>
      </xsl:when>
      <xsl:when test="string-length($d) &gt; 9">
        <func:result select="concat(substring($d, 9, 2), '/',
            substring($d, 6, 2), '/', substring($d, 1, 4))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="string($d)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- 24 juin 2025, 1er juin 2025, 24 June 2025 -->
  <func:function name="w:date-long">
    <xsl:param name="d"/>
    <xsl:variable name="day" select="number(substring($d, 9, 2))"/>
    <xsl:choose>
      <xsl:when test="string-length($d) &lt; 10">
        <func:result select="w:date($d)"/>
      </xsl:when>
      <xsl:when test="$day = 1">
        <func:result select="concat(w:t('day.first'), '&#xA0;', w:month($d))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat($day, '&#xA0;', w:month($d))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- du 3 mars 2025 au 2 mars 2026; depuis le 3 mars 2025 without an end -->
  <func:function name="w:period">
    <xsl:param name="start"/>
    <xsl:param name="end"/>
    <xsl:choose>
      <xsl:when test="string($end) = ''">
        <func:result select="w:t('since', w:date-long($start))"/>
      </xsl:when>
      <xsl:when test="string($end) = string($start)">
        <func:result select="w:date-long($start)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="w:t('from-to', w:date-long($start),
            w:date-long($end))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- juin 2025 -->
  <func:function name="w:month">
    <xsl:param name="d"/>
    <func:result select="concat(
        w:t(concat('month.', number(substring($d, 6, 2)))), '&#xA0;',
        substring($d, 1, 4))"/>
  </func:function>

  <!-- Days before and after an entry: J−3, J, J+14 -->
  <func:function name="w:day">
    <xsl:param name="n"/>
    <xsl:choose>
      <xsl:when test="$n = 0"><func:result select="w:t('day')"/></xsl:when>
      <xsl:otherwise>
        <func:result select="concat(w:t('day'), w:signed($n))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- 14 h 30, 19 h, 8 h 05 (8 h 5 in fr-CA, as the OQLF writes it); 14:30 in
       English -->
  <func:function name="w:time">
    <xsl:param name="t"/>
    <xsl:variable name="h" select="number(substring($t, 1, 2))"/>
    <xsl:variable name="m" select="substring($t, 4, 2)"/>
    <xsl:choose>
      <xsl:when test="$w:english">
        <func:result select="substring($t, 1, 5)"/>
      </xsl:when>
      <xsl:when test="$m = '00'">
        <func:result select="concat($h, '&#xA0;h')"/>
      </xsl:when>
      <xsl:when test="$w:lang = 'fr-CA'">
        <func:result select="concat($h, '&#xA0;h&#xA0;', number($m))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat($h, '&#xA0;h&#xA0;', $m)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
