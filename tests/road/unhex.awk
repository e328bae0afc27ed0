# The strings that a PDF holds as hexadecimal, as they would read without the
# zero bytes of UTF-16, one on a line.
BEGIN {
	for (i = 0; i < 256; i++)
		byte[sprintf("%02x", i)] = i > 31 ? sprintf("%c", i) : ""
}
{
	line = tolower($0)
	while (match(line, /<[0-9a-f][0-9a-f \t]+>/)) {
		hex = substr(line, RSTART + 1, RLENGTH - 2)
		gsub(/[ \t]/, "", hex)
		out = ""
		for (i = 1; i < length(hex); i += 2)
			out = out byte[substr(hex, i, 2)]
		print out
		line = substr(line, RSTART + RLENGTH)
	}
}
