# The text that a PDF draws, in the order of its content streams, decoded by
# the ToUnicode maps: also what lies outside the page, is covered or is an
# artifact.  Reads the same file twice, made by
#   qpdf --qdf --object-streams=disable IN - | sed 's/\x00/\\000/g'
# One line for each content stream; nothing of it is omitted, spaces included.
# Run with LC_ALL=C: letters are written byte by byte.

function hex(s,   i, n) {
	s = toupper(s)
	for (i = 1; i <= length(s); i++)
		n = n * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
	return n
}

function utf8(c) {
	if (c < 128)
		return sprintf("%c", c)
	if (c < 2048)
		return sprintf("%c%c", 192 + int(c / 64), 128 + c % 64)
	if (c < 65536)
		return sprintf("%c%c%c", 224 + int(c / 4096),
		    128 + int(c / 64) % 64, 128 + c % 64)
	return sprintf("%c%c%c%c", 240 + int(c / 262144),
	    128 + int(c / 4096) % 64, 128 + int(c / 64) % 64, 128 + c % 64)
}

function utf16(s,   i, c, out) {
	for (i = 1; i < length(s); i += 4) {
		c = hex(substr(s, i, 4))
		if (c >= 55296 && c < 56320) {
			i += 4
			c = 65536 + (c - 55296) * 1024 + \
			    hex(substr(s, i, 4)) - 56320
		}
		out = out utf8(c)
	}
	return out
}

function decode(codes,   i, key, out) {
	gsub(/[ \t]/, "", codes)
	for (i = 1; i < length(codes); i += 4) {
		key = map[fonts[font]] "," toupper(substr(codes, i, 4))
		if (!(key in meaning)) {
			print "no meaning for", font, substr(codes, i, 4)
			bad = 1
		}
		out = out meaning[key]
	}
	return out
}

# A literal string from its opening parenthesis on, as hexadecimal; `used` is
# how long it was.
function literal(s,   i, c, out) {
	for (i = 2; (c = substr(s, i, 1)) != ")" && i <= length(s); i++) {
		if (c == "\\") {
			c = substr(s, ++i, 1)
			if (c ~ /[0-7]/) {
				out = out sprintf("%02X", c * 64 + \
				    substr(s, i + 1, 1) * 8 + \
				    substr(s, i + 2, 1))
				i += 2
				continue
			}
			if (c in escapes)
				c = escapes[c]
		}
		out = out sprintf("%02X", byte[c])
	}
	used = i
	return out
}

function strings(line,   out, c) {
	while (match(line, /[(<]/)) {
		line = substr(line, RSTART)
		c = substr(line, 1, 1)
		if (c == "(") {
			out = out decode(literal(line))
			line = substr(line, used + 1)
		} else if (match(line, /^<[0-9A-Fa-f \t]*>/)) {
			out = out decode(substr(line, 2, RLENGTH - 2))
			line = substr(line, RLENGTH + 1)
		} else {
			line = substr(line, 2)
		}
	}
	return out
}

BEGIN {
	for (i = 1; i < 256; i++)
		byte[sprintf("%c", i)] = i
	escapes["n"] = "\n"
	escapes["r"] = "\r"
	escapes["t"] = "\t"
	escapes["b"] = "\b"
	escapes["f"] = "\f"
}

FNR == 1 { pass++ }

# First the maps: resource name -> font object -> map object -> meanings.
pass == 1 && / 0 obj$/ { object = $1 }
pass == 1 && $1 ~ /^\/F[0-9]+$/ && $4 == "R" { fonts[$1] = $2 }
pass == 1 && $1 == "/ToUnicode" { map[object] = $2 }
pass == 1 && /beginbfchar/ { chars = 1; next }
pass == 1 && /endbfchar/ { chars = 0 }
pass == 1 && chars {
	gsub(/[<> ]/, "")
	meaning[object "," toupper(substr($0, 1, 4))] = utf16(substr($0, 5))
}
pass == 1 && /beginbfrange/ { print "a range, which this does not read"; exit 1 }

# Then the strings shown.
pass == 2 && $NF == "Tf" { font = $(NF - 2); drawn = 1 }
pass == 2 && drawn && !/BDC|DP/ { text = text strings($0) }
pass == 2 && /endstream/ {
	if (text != "")
		print text
	text = ""
	drawn = 0
}
END { exit bad }
