# Who may not see a field finds it nowhere.  Records in which every text is a
# mark of its own (canary.xsl) become documents; from the schemas' classes and
# the audiences follows which marks may stand in them (visible.xsl).
set -u
. tests/road/road.inc
here=$(pwd)

marks() { # of what comes in
	joined | LC_ALL=C grep -aoiE 'qzx[0-9]{6}' | tr qzx QZX | sort -u
}

# Records of a practice, marked, in $T/PRACTICE.
mark() { # PRACTICE [FOLDER…]
	practice=$1
	echo "<records schemas='$here/schemas/records/'>" >"$T/$practice.list"
	[ $# -eq 1 ] || shift
	for folder; do set -- "$@" "samples/$folder"; shift; done
	find samples/frameworks "$@" -name '*.xml' | LC_ALL=C sort |
		while read -r f; do
			folder=$T/$practice/$(dirname "$f")
			mkdir -p "$folder"
			cp samples/chantier/organisation/logo.png "$folder/"
			echo "<file in='$here/$f' out='$T/$practice/$f'/>"
		done >>"$T/$practice.list"
	echo "</records>" >>"$T/$practice.list"
	xsltproc --nonet tests/road/canary.xsl "$T/$practice.list" || exit 1
}

visible() { # PRACTICE AUDIENCE SUBJECT
	xsltproc --nonet --stringparam audience "$2" --stringparam subject "$3" \
		--stringparam classes "$here/build/share/schemas/classes.xml" \
		--stringparam audiences "$here/schemas/audiences.xml" \
		tests/road/visible.xsl "$T/$1.list" >"$T/visible"
}

# What the file holds and the reader may not see: fields whose class, or the
# class of what they stand in, is not for them.
leaks() { # FILE
	everything "$1" >"$T/all"
	marks <"$T/all" >"$T/found"
	awk '$1 == "mark" && $3 == "yes" { print toupper($2) }' "$T/visible" |
		sort -u >"$T/allowed"
	comm -23 "$T/found" "$T/allowed" | while read -r m; do
		grep -i "^mark $m" "$T/visible"
	done | awk '{ print $3, $NF }'
	awk '$1 == "id" && $3 != "yes" { print $2 }' "$T/visible" |
		while read -r id; do
			grep -aqwF -e "$id" "$T/all" && echo "id $id"
		done
	# A date or number that stands only where the reader may not look.
	joined <"$T/all" >"$T/joined"
	awk '$1 == "value" && $3 == "yes" { seen[$2] }
	    $1 == "value" && $3 == "no" { hidden[$2] }
	    END { for (v in hidden) if (!(v in seen)) print v }' \
		"$T/visible" | grep -vxF -e "$date" | awk -f tests/road/forms.awk |
		while read -r value form; do
			grep -aqF -e "$form" "$T/joined" && echo "value $value"
		done | sort -u
}

# In a workshop nobody reads of another; an agreement is about two.
alone() { # PRACTICE SUBJECT
	[ "$1" = chantier ] && echo "$2"
}

# What an employer learns of records that are not for employers: proofs of
# acquired skills, trainings and immersions that were done, who signs, and
# the statement on insertion if the person wants it.
handed_on() { # AUDIENCE PATH
	case $1:$2 in
	employer:evaluation/rating/proof | \
	employer:step/title | employer:step/provider | \
	employer:step/host/hostName | employer:step/host/address/town | \
	employer:step/jobTitle | \
	employer:actor/givenName | employer:actor/familyName | \
	employer:actor/function | \
	employer:organisation/insertionStatement/p) ;;
	*) return 1 ;;
	esac
}

try() { # PRACTICE DOCUMENT AUDIENCE SUBJECT [OPTION]
	echo "== $2 for $3${5+, $5}"
	"$PARCOURS" make "$2" --subject "$4" --audience "$3" ${5+"$5"} \
		--from "$T/$1/samples" -o "$T/out.pdf" -q --messages en 2>&1 |
		sed "s|$T/||g" | grep -v 'R24\|line-overflow'
	# The day of the record that the document is about dates the document.
	date=$("$PARCOURS" make "$2" --subject "$4" --audience "$3" \
		${5+"$5"} --from "$T/$1/samples" --dump-dossier -o - -q 2>/dev/null |
		xmllint --xpath 'string(/*/@date)' -)
	visible "$1" "$3" "$(alone "$1" "$4")"
	# Those who may have the dossier find it attached, cut to them.
	if qpdf --list-attachments "$T/out.pdf" | grep -q '^dossier.xml'; then
		qpdf --show-attachment=dossier.xml "$T/out.pdf" |
			xmllint --xpath 'concat("attached for ", /*/@audience, ", cut as the dossier: ")' - |
			tr -d '\n'
		qpdf --show-attachment=dossier.xml "$T/out.pdf" |
			xmllint --c14n - >"$T/attached"
		"$PARCOURS" make "$2" --subject "$4" --audience "$3" \
			--from "$T/$1/samples" --dump-dossier -o - -q 2>/dev/null |
			xmllint --c14n - | cmp - "$T/attached" && echo yes
	fi
	# What the file says of its origin.
	pdfinfo -meta "$T/out.pdf" | sed -n 's#^<parcours:\(document\|audience\|date\)>\(.*\)</.*#\1 \2#p' |
		paste -sd, -
	# derive.xsl hands on some of it under a class of derived.xsd: of each
	# field that does so, how many.
	leaks "$T/out.pdf" | sort | uniq -c | while read -r n may path; do
		if [ "$may" = no ] && handed_on "$3" "$path"; then
			echo "handed on: $path ($n)"
		else
			echo "LEAK $may $path ($n)"
		fi
	done
	# That marks are found at all: the classes of those that are there.
	while read -r m; do
		grep -i "^mark $m" "$T/visible"
	done <"$T/found" | awk '$3 == "yes" { for (i = 4; i < NF; i++) print $i }' |
		sort -u | tr '\n' ' '
	echo
}

echo '== where marks are found'
echo '<x>Qzx000901</x>' >"$T/Qzx000902.xml"
cat >"$T/x.fo" <<END
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="fr"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">
<fo:layout-master-set><fo:simple-page-master master-name="p"
    page-width="9cm" page-height="9cm"><fo:region-body/>
</fo:simple-page-master></fo:layout-master-set>
<fo:declarations><x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF
    xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="" xmlns:d="http://purl.org/dc/elements/1.1/">
<d:title>title Qzx000903</d:title><d:source>xmp Qzx000904</d:source>
</r:Description></r:RDF></x:xmpmeta>
<e:embedded-file xmlns:e="http://xmlgraphics.apache.org/fop/extensions/pdf"
    filename="Qzx000902.xml" description="œuvre Qzx000905"
    src="url(Qzx000902.xml)"/></fo:declarations>
<fo:bookmark-tree><fo:bookmark internal-destination="a">
<fo:bookmark-title>œuvre Qzx000906</fo:bookmark-title></fo:bookmark>
</fo:bookmark-tree>
<fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">
<fo:block id="a">Qzx<fo:inline color="red">000</fo:inline>907 and
<fo:basic-link external-destination="http://example.org/Qzx000908">a
link</fo:basic-link></fo:block>
<fo:block-container absolute-position="absolute" left="12cm" top="1cm"
    width="5cm" height="1cm"><fo:block>Qzx000909</fo:block>
</fo:block-container>
<fo:block font-size="0.1pt" color="white">Qzx000910</fo:block>
<fo:block-container width="1.2cm"><fo:block>Qzx&#xAD;000&#xAD;911</fo:block>
</fo:block-container>
<fo:block><fo:instream-foreign-object fox:alt-text="œuvre Qzx000912"><svg
    xmlns="http://www.w3.org/2000/svg" width="30" height="9"><text y="8"
    font-size="4">Qzx000913</text></svg></fo:instream-foreign-object></fo:block>
</fo:flow></fo:page-sequence></fo:root>
END
"$PARCOURS" format "$T/x.fo" -o "$T/out.pdf" --messages en
everything "$T/out.pdf" | marks | tr '\n' ' '
echo

mark chantier
try chantier skills-summary employer person-kowalczyk
try chantier skills-summary worker person-kowalczyk
try chantier competency-sheet worker person-kowalczyk
try chantier competency-sheet supervisor person-kowalczyk

echo '== the internal sheet, as if it were for an employer'
visible chantier employer person-kowalczyk
leaks "$T/out.pdf" | sort | uniq -c | sort -rn | head -12

echo '== without the choice to speak of insertion'
sed -i 's|<mentionInsertion>true|<mentionInsertion>false|' \
	"$T"/chantier/samples/chantier/people/person-kowalczyk.xml
try chantier skills-summary employer person-kowalczyk
grep -ai insertion "$T/all"

# A report on a site tells its people, and only what the tables are for.
mark equipe chantier equipe
try equipe team-matrix supervisor site-fonderie --period=2026-04-03/2026-11-05
try equipe team-matrix direction site-fonderie --period=2026-04-03/2026-11-05
try equipe outcome-table public site-fonderie --period=2026-04-03/2026-11-05
try equipe outcome-table direction site-fonderie --period=2026-04-03/2026-11-05
try equipe training-report direction site-fonderie --period=2026-04-03/2026-11-05
try equipe cohort-progress supervisor site-fonderie --period=2026-04-03/2026-11-05
try equipe activity-report hr site-fonderie --period=2026-04-03/2026-11-05

mark genie
try genie activity-summary order person-stonge
try genie activity-summary worker person-bouchard

mark asbl
try asbl integration-booklet worker person-sahin
try asbl integration-booklet worker person-sahin --booklet
exit 0
