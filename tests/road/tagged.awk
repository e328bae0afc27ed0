# What PDF/UA asks of a file (ISO 14289-1, 7) and can be read off it, from
#   qpdf --qdf --object-streams=disable IN -
# A line for each fault; how many there are of what was looked at comes last.

function fault(what) {
	if (faults[what]++ == 0)
		print what, "(page " page ")"
}

/^%% Page [0-9]+$/ { page = $3; pages++ }
/^%% Contents for page/ { page = $5; content = 1 }

# Nothing is painted outside marked content; marks are closed and not nested
# as an artifact in a tag or a tag in an artifact.
content && /^stream$/ { inside = 1; depth = 0; next }
content && /^endstream$/ {
	if (depth != 0)
		fault("marked content is not closed")
	inside = content = 0
}
inside && /(BDC|BMC)$/ {
	kind[++depth] = /\/Artifact/ ? "artifact" : "tag"
	marks[kind[depth]]++
	if (depth > 1 && kind[depth] != kind[depth - 1] && !/\/Span/)
		fault("an artifact and a tag are nested")
}
inside && /EMC$/ { depth-- }
inside && $NF ~ /\]?T[jJ]$|^(f|f\*|F|S|s|B|B\*|b|b\*|Do|sh|EI)$/ {
	painted++
	if (depth == 0)
		fault("painted without a tag: " $0)
}

/^  \/Tabs \/S$/ { tabs++ }
/^  \/Annots / { annots++ }
/^  \/StructParents / { parents++ }
/^  \/Marked true|\/Marked true/ { marked = 1 }
/\/DisplayDocTitle true/ { title = 1 }
/^  \/Lang / { lang = 1 }
/\/Suspects true/ { print "suspects" }
/<pdfuaid:part>1</ { ua = 1 }
/<dc:title>/ { dc = 1 }

# A link says where it leads and belongs to the structure.
/^  \/Subtype \/Link$/ { link = 1; links++ }
/ 0 obj$/ { link = says = parent = 0 }
/^  \/Contents [(<]/ { says = 1 }
/^  \/StructParent / { parent = 1 }
/^>>$/ && link {
	if (!says)
		fault("a link without /Contents")
	if (!parent)
		fault("a link outside the structure")
	link = 0
}

# A figure says what it shows, a header cell whom it heads.
/^  \/S \/Figure$/ { figure = 1; figures++ }
/^  \/S \/TH$/ { th = 1; cells++ }
/^  \/Alt [(<]/ || /\/Alt [(<]/ { alt = 1 }
/\/Scope \// { scope = 1 }
/^endobj$/ {
	if (figure && !alt)
		fault("a figure without /Alt")
	if (th && !scope)
		fault("a header cell without /Scope")
	figure = th = alt = scope = 0
}

END {
	if (tabs != annots || parents < pages)
		print "tab order on", tabs + 0, "of", annots + 0, \
		    "pages with links, parents on", parents, "of", pages
	if (!marked || !title || !lang || !ua || !dc)
		print "missing in the catalogue or the metadata:", \
		    !marked ? "Marked" : "", !title ? "DisplayDocTitle" : "", \
		    !lang ? "Lang" : "", !ua ? "pdfuaid:part" : "", \
		    !dc ? "dc:title" : ""
	# Without these the above would have proved nothing.
	printf "%s%s%s%s\n", painted ? "painted " : "", \
	    marks["tag"] && marks["artifact"] ? "marked " : "", \
	    figures ? "figures " : "", cells ? "headers " : ""
}
