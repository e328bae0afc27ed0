# Pictures that are none, are damaged or are not where they should be, as an
# organisation's logo: the document is made with a blank and says so at the
# record's place, or the record is refused.
set -u

cp -r samples/frameworks samples/chantier "$T/"
org=$T/chantier/organisation/org-ecluse.xml
logo=$T/chantier/organisation/logo.png
good=samples/chantier/organisation/logo.png
size=$(wc -c <$good)

try() { # TITLE
	echo "== $1"
	rm -f "$T/out.pdf"
	for lang in fr en; do
		"$PARCOURS" make skills-summary --subject person-nguyen -q \
			--from "$T/frameworks" --from "$T/chantier" \
			-o "$T/out.pdf" --messages $lang 2>&1 |
			sed "s|$T/||g"
	done
	if [ -e "$T/out.pdf" ]; then
		qpdf --check "$T/out.pdf" >/dev/null || echo 'a broken file'
		pdfimages -list "$T/out.pdf" | awk 'NR > 2 { print "a picture" }'
	else
		echo 'no document'
	fi
}

bytes() { # OFFSET OCTAL...
	at=$1
	shift
	# shellcheck disable=SC2059
	printf "$*" | dd of="$logo" bs=1 seek="$at" conv=notrunc 2>/dev/null
}

try 'a good one'
cp $good "$logo"
bytes 29 '\377'
try 'a PNG whose header has a bad CRC'
cp $good "$logo"
bytes $((size / 2)) '\000\377\000'
try 'a PNG whose data have a bad CRC'
head -c $((size / 2)) $good >"$logo"
try 'half a PNG'
head -c $((size - 12)) $good >"$logo"
try 'a PNG without its end'
cp $good "$logo"
bytes 16 '\177\377\377\377\177\377\377\377'
try 'a PNG of four billion by four billion'
head -c 33 $good >"$logo"
try 'only the header of a PNG'
head -c 100 tests/images/ink.jpg >"$logo"
try 'a truncated JPEG'
head -c 172 tests/images/ink.jpg >"$logo"
try 'a JPEG without its end'
printf '\377\330\377' >"$logo"
try 'three bytes of a JPEG'
printf 'II*\000\010\000\000\000' >"$logo"
try 'a TIFF that ends at once'
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$logo"
try 'an SVG named PNG'
: >"$logo"
try 'nothing in it'
rm "$logo"
try 'no such file'
mkdir "$logo"
try 'a folder'
rmdir "$logo"
mkfifo "$logo"
try 'a pipe'
rm "$logo"
cp $good "$logo"

href() { # VALUE
	sed "s|<logo href=\"[^\"]*\"|<logo href=\"$1\"|" \
		samples/chantier/organisation/org-ecluse.xml >"$org"
}

href /etc/hostname
try 'a file anywhere'
href ../../../secret.png
try 'a file outside the folder'
href https://example.invalid/logo.png
try 'a file of the network'
href file:logo.png
try 'a file with a scheme'
exit 0
