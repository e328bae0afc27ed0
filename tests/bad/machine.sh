# What the machine refuses: exit status 3, no new file, and the old one whole.
set -u
in='--from samples/frameworks --from samples/chantier'
make="make skills-summary --subject person-nguyen -q $in"

# As somebody who is not root, for whom nothing is forbidden.
cp -r build/share "$T/data"
cp "$PARCOURS" "$T/parcours"
mkdir "$T/in" "$T/closed" "$T/open"
cp -r samples "$T/in/"
chmod -R a+rX "$T"
chmod 755 "$T"
chmod 777 "$T/open"
chmod 555 "$T/closed"
echo old >"$T/open/old.pdf"
chmod 666 "$T/open/old.pdf"
someone() {
	if [ "$(id -u)" -eq 0 ]; then
		set -- setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	fi
	(cd "$T/in" && "$@")
}

try() { # TITLE ARGUMENTS...
	echo "== $1"
	shift
	for lang in fr en; do
		someone env PARCOURS_DATA="$T/data" "$T/parcours" "$@" \
			--messages $lang >"$T/said" 2>&1
		echo "exit status $?" >>"$T/said"
		sed "s|$T/||g" "$T/said"
	done
	for f in "$T"/closed/* "$T"/closed/.p* "$T"/open/.p*; do
		[ -e "$f" ] && echo "left behind: $f"
	done
	[ "$(cat "$T/open/old.pdf")" = old ] || echo 'the old file is damaged'
}

# shellcheck disable=SC2086
{
	try 'a folder one may not write to' $make -o "$T/closed/x.pdf"
	try 'a folder one may not make' $make -o "$T/closed/new/"
	try 'a full disk' $make -o /dev/full
	chmod 000 "$T/in/samples/chantier/people/person-nguyen.xml"
	try 'a record one may not read' $make -o "$T/open/old.pdf"
	try 'to check it' check samples/chantier samples/frameworks
	chmod 644 "$T/in/samples/chantier/people/person-nguyen.xml"
	chmod 000 "$T/in/samples/chantier/people"
	try 'a folder one may not read' $make -o "$T/open/old.pdf"
	chmod 755 "$T/in/samples/chantier/people"
}

echo '== a file larger than the machine allows'
for lang in fr en; do
	(
		cd "$T/in" || exit
		ulimit -f 8
		# shellcheck disable=SC2086
		PARCOURS_DATA=$T/data "$T/parcours" $make \
			-o "$T/open/old.pdf" --messages $lang 2>&1
		echo "exit status $?"
	) | sed "s|$T/||g"
	cat "$T/open/old.pdf"
done
ls -A "$T/open"

# shellcheck disable=SC2086
{
	echo '== and then it goes'
	rm "$T/open/old.pdf"
	try 'a new file' $make -o "$T/open/old.pdf" | grep -v damaged
	head -c 5 "$T/open/old.pdf"
}
exit 0
