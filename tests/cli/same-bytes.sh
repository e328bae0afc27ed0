# Every document of the demo: accepted by qpdf, its fonts embedded, its text
# whole; and the same bytes from another folder, in another time zone, under a
# comma locale, on another day.
set -eu

grep -v '^#' samples/demo.list >"$T/demo"
mkdir "$T/one" "$T/two"
while read -r line; do
	# shellcheck disable=SC2086
	"$PARCOURS" make $line -q -o "$T/one/" 2>/dev/null
done <"$T/demo"

here=$PWD
(
	cd "$T"
	while read -r line; do
		# shellcheck disable=SC2046,SC2086,SC2001
		TZ=Asia/Tokyo LC_ALL=fr_FR.UTF-8 LOCPATH="$here/build/locale" \
			"$here/$BUILD/tests/parcours" make \
			$(echo "$line" | sed "s|samples/|$here/samples/|g") \
			-q -o two/ 2>/dev/null
	done <demo
)
for f in "$T"/one/*.pdf; do
	name=$(basename "$f")
	cmp "$f" "$T/two/$name" || exit 1
	qpdf --check "$f" >"$T/check" 2>&1 || {
		cat "$T/check"
		exit 1
	}
	pdffonts "$f" | awk 'NR > 2 && $(NF - 4) != "yes" { print; bad = 1 }
		END { exit bad }' || {
		echo "$name: a font is not embedded"
		exit 1
	}
	echo "$name: $(pdfinfo "$f" | sed -n 's/^Pages: *//p') pages"
done

# Made by itself, or after another in the same process: the same bytes.
line=$(grep '^activity-summary.*--subject all' "$T/demo")
for f in "$T"/one/activity-summary-*.pdf; do
	subject=$(basename "$f" .pdf)
	# shellcheck disable=SC2046
	"$PARCOURS" make $(echo "$line" |
		sed "s/--subject all/--subject ${subject#activity-summary-}/") \
		-q -o "$T/alone.pdf" 2>/dev/null
	cmp "$f" "$T/alone.pdf" || exit 1
done

# Every character of the formatting objects can be extracted; no-break spaces,
# which extractors fold, aside.
while read -r line; do
	# shellcheck disable=SC2086
	set -- $line
	for f in "$T/one/$1"-*.pdf; do
		case $f in *-booklet.pdf) continue ;; esac
		subject=$(basename "$f" .pdf)
		subject=${subject#"$1"-}
		period=$(echo "$line" | sed -n 's/.*--period \([^ ]*\).*/-\1/p')
		subject=${subject%"$(echo "$period" | tr / _)"}
		# shellcheck disable=SC2046,SC2001
		"$PARCOURS" make $(echo "$line" | sed 's/--subject [^ ]*//') \
			--dump-fo --subject "$subject" -q -o "$T/x.fo" \
			2>/dev/null
		# What stands in a font is text; the rest is metadata, or waits
		# in a marker for a page that continues.
		sed 's/<x:xmpmeta.*<\/x:xmpmeta>//' "$T/x.fo" |
			perl -CSD -0777 -ne 's/<fo:declarations.*?<\/fo:declarations>//s;
				s/<fo:marker .*?<\/fo:marker>//gs;
				s/<[^>]*>//g; s/&#?[a-z0-9]+;//g;
				print "$_\n" for sort keys %{{map { $_ => 1 } /\S/g}}' \
			>"$T/wanted"
		pdftotext -raw "$f" - | perl -CSD -0777 -ne \
			'print "$_\n" for sort keys %{{map { $_ => 1 } /\S/g}}' \
			>"$T/got"
		LC_ALL=C sort -o "$T/wanted" "$T/wanted"
		LC_ALL=C sort -o "$T/got" "$T/got"
		LC_ALL=C comm -23 "$T/wanted" "$T/got" >"$T/lost"
		[ ! -s "$T/lost" ] || {
			echo "$f: characters that cannot be extracted:"
			cat "$T/lost"
			exit 1
		}
	done
done <"$T/demo"
