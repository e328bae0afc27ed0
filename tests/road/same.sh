# The same records give the same bytes: from another folder, whose files were
# made in another order, with the arguments in another order, in another time
# zone, language and locale, with the data installed elsewhere.  So does the
# formatter by itself.
set -u
here=$(pwd)
case $PARCOURS in
/*) there=$PARCOURS ;;
*) there=$here/$PARCOURS ;;
esac

mkdir -p "$T/one" "$T/deep/er/two" "$T/deep/data"
cp -r build/share/. "$T/deep/data/"
find samples -type f | LC_ALL=C sort -r | tar cf - -T - |
	(cd "$T/deep/er" && tar xf -)

# The words after the document in reverse: pairs of an option and its value.
reversed() {
	awk '{ first = $1; n = 0; $1 = ""; split($0, w, " ")
	    for (i = 1; i in w; i++)
		if (w[i] ~ /^--/) o[++n] = w[i]; else o[n] = o[n] " " w[i]
	    printf "%s", first
	    while (n > 0) printf " %s", o[n--]
	    print "" }'
}

grep -v '^#' samples/demo.list >"$T/list"
while read -r line; do
	# shellcheck disable=SC2086
	"$PARCOURS" make $line -o "$T/one/" -q 2>"$T/err" || cat "$T/err"
	line=$(echo "$line" | reversed)
	(
		cd "$T/deep/er" || exit 1
		umask 077
		# shellcheck disable=SC2086
		env -u HOME TZ=Asia/Tokyo LC_ALL=C PARCOURS_DATA=../data \
			"$there" make $line -o two/ -q --messages en \
			2>"$T/err" || cat "$T/err"
	)
	document=$(echo "$line" | cut -d' ' -f1)
	# shellcheck disable=SC2086
	"$PARCOURS" make $line -o "$T/fo/" --dump-fo -q 2>"$T/err" || cat "$T/err"
	for fo in "$T"/fo/"$document"*.fo; do
		[ -e "$fo" ] || echo "no objects for $document"
		"$PARCOURS" format "$fo" -o "$T/a.pdf" -q 2>"$T/err" ||
			cat "$T/err"
		(
			cd "$T/deep" || exit 1
			TZ=America/St_Johns LC_ALL=C "$there" format -o b.pdf \
				--messages en "../fo/$(basename "$fo")" -q \
				2>"$T/err" || cat "$T/err"
		)
		cmp "$T/a.pdf" "$T/deep/b.pdf" && echo "$(basename "$fo"): the same"
	done
	rm -rf "$T/fo"
done <"$T/list"

for f in "$T"/one/*.pdf; do
	cmp "$f" "$T/deep/er/two/$(basename "$f")" &&
		echo "$(basename "$f"): the same"
done

echo '-- another date is another document'
"$PARCOURS" make skills-summary --subject person-kowalczyk --date 2026-12-24 \
	--from samples/frameworks --from samples/chantier -o "$T/late.pdf" -q
cmp -s "$T/late.pdf" "$T/one/skills-summary-person-kowalczyk.pdf" && echo same
SOURCE_DATE_EPOCH=1798070400 "$PARCOURS" make skills-summary \
	--subject person-kowalczyk --from samples/chantier \
	--from samples/frameworks -o "$T/epoch.pdf" -q
cmp "$T/late.pdf" "$T/epoch.pdf" && echo 'but not by way of SOURCE_DATE_EPOCH'
exit 0
