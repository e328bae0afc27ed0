# The ways a value may be written in a document: a date by numbers and in
# words, without spaces; anything else as it is and without punctuation.
BEGIN {
	split("janvier février mars avril mai juin juillet août septembre " \
	    "octobre novembre décembre", fr)
	split("January February March April May June July August September " \
	    "October November December", en)
}
/^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/ {
	split($1, d, "-")
	day = d[3] + 0
	print $1, d[1] d[2] d[3]
	print $1, d[3] "/" d[2] "/" d[1]
	print $1, (day == 1 ? "1er" : day) fr[d[2] + 0] d[1]
	print $1, day en[d[2] + 0] d[1]
	print $1, en[d[2] + 0] day "," d[1]
	next
}
{
	print $1, $1
	plain = $1
	gsub(/[^0-9A-Za-z]/, "", plain)
	print $1, plain
}
