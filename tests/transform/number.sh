# Document numbers: the same for the same paper wherever and whenever it is made,
# another for anything a reader could notice.
set -u
export TZ=Asia/Tokyo
PARCOURS=$(realpath "$PARCOURS")
cp -r samples/frameworks samples/genie "$T"

number() {
	from=$1
	shift
	"$PARCOURS" make activity-summary -q --subject person-stonge \
	    --from "$from" --dump-fo -o - "$@" 2>/dev/null |
	    sed -n 's/.*px:number="\([^"]*\)".*/\1/p'
}
same() { [ "$2" = "$first" ] && echo "same: $1" || echo "another: $1"; }

first=$(number samples/genie)
echo "$first" | sed 's/[0-9A-HJKMNP-TV-Z]\{8\}$/########/'
same 'again' "$(number samples/genie)"
same 'from another folder' "$(cd /; number "$T/genie")"
same 'in another time zone' "$(TZ=America/Toronto; number samples/genie)"
same 'for someone else' "$(number samples/genie --audience worker)"
same 'on another paper' "$(number samples/genie --paper A4)"
same 'in another language' "$(number samples/genie --lang en)"
same 'at another date' "$(number samples/genie --date 2026-07-15)"
file=$T/genie/agreements/agreement-dam-safety.xml
xmllint --format --output "$file" "$file"
same 'indented otherwise' "$(number "$T/genie")"
sed -i 's/Prendre la responsabilité/Porter la responsabilité/' "$file"
same 'with one word changed' "$(number "$T/genie")"

echo "-- in the file"
"$PARCOURS" make activity-summary -q --subject person-stonge \
    --from samples/genie -o "$T/a.pdf" 2>/dev/null
pdfinfo -meta "$T/a.pdf" | grep -c "<dc:identifier>$first<"
pdftotext "$T/a.pdf" - | grep -c "$first"

# Another stylesheet, other words, another font of the catalogue.
share=${PARCOURS%/build/*}/build/share
# shellcheck disable=SC2258 # the comma stands in the list of fonts
for change in documents/activity-summary.xsl:H2: words/fr-FR.xml:Heures: \
    catalogue.xml:Inter,:Helvetica,; do
	rm -rf "$T/share"
	cp -rL "$share" "$T/share"
	f=${change%%:*}
	from=${change#*:}
	sed -i "s/${from%%:*}/${from#*:}/" "$T/share/stylesheets/$f"
	export PARCOURS_DATA=$T/share
	same "with $f changed" "$(number samples/genie)"
done
