# What an audience may not see stands nowhere in its PDF.  Every free text of a
# whole workspace gets a canary of its own; those that the classes of the schemas
# hide are searched in the text of the pages, the structure, and everything in
# the decompressed file: as it stands, as UTF-16, in hexadecimal.  That the search
# would find them is shown on documents that may hold them.
set -eu

# Names that are always free text: never declared with another type.
types='r:(line|text|comment|langLine|paragraph)'
grep -ohE '<xs:element name="[A-Za-z]+"[^>]*' schemas/records/*.xsd >"$T/elements"
grep -E "type=\"$types\"" "$T/elements" | cut -d'"' -f2 | sort -u >"$T/free"
grep -vE "type=\"$types\"" "$T/elements" | cut -d'"' -f2 | sort -u >"$T/other"
free=$(sort "$T/free" | comm -23 - "$T/other" | tr '\n' ' ')

canaries() { # PRACTICE AUDIENCE: the workspace, and the list of its canaries
	rm -rf "$T/w"
	cp -r "samples/$1" "$T/w"
	cp -r samples/frameworks "$T/w/frameworks"
	: >"$T/list"
	n=0
	for f in $(find "$T/w" -name '*.xml' | sort); do
		n=$((n + 1))
		for list in yes no; do
			xsltproc --nonet --stringparam free " $free" \
				--stringparam file $n --stringparam root "$PWD" \
				--stringparam audience "$2" \
				--stringparam list $list \
				-o "$T/out-$list" tests/cli/canary.xsl "$f"
		done
		grep zq "$T/out-yes" | sed 's/^<?xml[^>]*>//' >>"$T/list" || true
		mv "$T/out-no" "$f"
	done
	awk '$3 == "hidden" { print $1 }' "$T/list" >"$T/hidden"
	echo "$1 for $2: $(wc -l <"$T/list") canaries," \
		"$(wc -l <"$T/hidden") of them hidden" >&2
}

# Everything that can be read in a PDF, in one file.
everything() {
	pdftotext -raw "$1" - | tr '\n' ' '
	pdftotext -raw "$1" - | tr -d '\n-'
	pdfinfo -struct-text "$1"
	qpdf --qdf --object-streams=disable "$1" "$T/plain.pdf"
	perl -0777 -ne '
		print;
		s/\\000//g; s/\0//g; print;
		while (/<([0-9A-Fa-f\s]{4,})>/g) {
			my $h = $1;
			$h =~ s/\s//g;
			my $b = pack("H*", $h);
			$b =~ s/\0//g;
			print "$b\n";
		}' "$T/plain.pdf"
}

search() { # DOCUMENT AUDIENCE SUBJECT: which hidden canaries it holds
	"$PARCOURS" make "$1" --subject "$3" --audience "$2" --from "$T/w" \
		--messages en -q -o "$T/x.pdf" 2>"$T/err" || {
		cat "$T/err"
		exit 1
	}
	everything "$T/x.pdf" >"$T/everything"
	grep -aoF -f "$T/hidden" "$T/everything" | sort -u >"$T/found" || true
	awk '{ print $1 }' "$T/list" >"$T/all"
	grep -aoF -f "$T/all" "$T/everything" | sort -u >"$T/seen" || true
	echo "$1 for $2:"
	sort "$T/list" | join - "$T/found" | awk '{ print "  hidden: " $2 }' |
		sort -u
	sort "$T/list" | join - "$T/seen" | awk '$3 == "open" {
		print "  shown: " $2 }' | sort -u
}

refuse() { # AUDIENCE FIELD...: fails if anything was found but the fields named
	sort "$T/list" | join - "$T/found" | cut -d' ' -f2 | sort -u >"$T/fields"
	shift
	printf '%s\n' "$@" | sort | comm -23 "$T/fields" - >"$T/leaks"
	[ ! -s "$T/leaks" ] || {
		echo "it holds what this audience may not see:"
		cat "$T/leaks"
		exit 1
	}
}

# An employer may not see the steps of somebody's path nor the file on those who
# accompanied it.  derive.xsl tells, by name and in classes of their own, where
# immersions and trainings took place, what proves a skill and who signs.
canaries chantier employer
search skills-summary employer person-nguyen
refuse employer actor/familyName actor/function actor/givenName \
	evaluation/proof step/hostName step/jobTitle step/provider step/title step/town
# The sentence on the kind of organisation is there by the worker's choice only.
search skills-summary employer person-kowalczyk
refuse employer actor/familyName actor/function actor/givenName \
	evaluation/proof step/hostName step/jobTitle step/provider step/title step/town \
	organisation/p
# The same search on what the worker's own papers hold: it finds them.
search competency-sheet worker person-kowalczyk
if [ ! -s "$T/found" ]; then
	echo "no canary was found where they must be"
	exit 1
fi

canaries genie order
search activity-summary order person-stonge
refuse order

canaries asbl worker
search integration-booklet worker person-sahin
refuse worker
