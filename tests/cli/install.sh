# What `make install` puts below a prefix works there, without the tree.
set -eu

make --no-print-directory -s V="${BUILD#build/}" DESTDIR="$T" PREFIX=/usr \
	install >"$T/log" 2>&1 || {
	cat "$T/log"
	exit 1
}
cp -r samples "$T"
cd "$T"
find usr -type f | grep -v '^usr/share/parcours/' | sort
usr/bin/parcours documents -q
usr/bin/parcours make skills-summary --subject person-kowalczyk \
	--from samples/frameworks --from samples/chantier --messages en -o x.pdf
