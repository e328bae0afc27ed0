# Tables in what pdfinfo -struct prints: every row has as many cells as the
# first, spans counted (ISO 14289-1, 7.5).
function cell_end() {
	if (in_cell) {
		n[depth] += cols
		# What stands over rows to come takes its columns there.
		for (i = 1; i < rows; i++)
			over[depth "," row[depth] + i] += cols
	}
	in_cell = 0
}
function row_end(   have) {
	cell_end()
	if (depth == 0 || !in_row[depth])
		return
	have = n[depth] + over[depth "," row[depth]]
	if (width[depth] == 0)
		width[depth] = have
	else if (have != width[depth])
		print "table", tables, "row", row[depth] ":", have, "cells, not", \
		    width[depth]
	in_row[depth] = 0
	counted++
}
{ match($0, /^ */); indent = RLENGTH; name = $1; sub(/:$/, "", name) }
depth > 0 && indent <= at[depth] && name !~ /^[\/"]/ { row_end(); depth-- }
name == "Table" {
	cell_end()
	at[++depth] = indent
	width[depth] = row[depth] = in_row[depth] = 0
	for (k in over)
		if (index(k, depth ",") == 1)
			delete over[k]
	tables++
}
name == "TR" { row_end(); in_row[depth] = 1; row[depth]++; n[depth] = 0 }
name == "TD" || name == "TH" { cell_end(); in_cell = cols = rows = 1 }
name == "/ColSpan" { cols = $2 }
name == "/RowSpan" { rows = $2 }
END { while (depth > 0) { row_end(); depth-- } }
