#!/bin/sh
# Dates, numbers, hours and people's names in each language and gender style;
# colours, days and angles.
set -eu
cd "$(dirname "$0")"
T=${T:-$(mktemp -d)}
for style in middleDot doublet masculine neutral; do
	sed "s|<genderStyle>[^<]*|<genderStyle>$style|" skills-summary.xml >"$T/$style.xml"
done
xsltproc --nonet --stringparam language fr-FR functions.xsl "$T/doublet.xml"
xsltproc --nonet --stringparam language fr-BE functions.xsl "$T/middleDot.xml"
xsltproc --nonet --stringparam language fr-CA functions.xsl "$T/neutral.xml"
xsltproc --nonet --stringparam language fr-FR functions.xsl "$T/masculine.xml"
xsltproc --nonet --stringparam language en functions.xsl "$T/doublet.xml"
