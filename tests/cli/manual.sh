# The manual and the completion know every command and option, and no other.
set -u

for command in $("$PARCOURS" --messages en --help |
	sed -n "s/^  \([a-z][a-z]*\) .*/\1/p"); do
	"$PARCOURS" "$command" --messages en --help |
		grep -o -- '--[a-z][a-z-]*'
done | sort -u >"$T/options"

sed -n '/^\.It .*Fl/p' docs/parcours.1 | grep -oE ' -[a-z][a-z-]+' |
	sed 's/^ -/--/' | sort -u >"$T/manual"
diff "$T/options" "$T/manual" || exit 1

offered() { # WORD... : what bash offers for the last one
	PATH=$(dirname "$PARCOURS"):$PATH bash -c '
		. docs/completion/parcours.bash
		compopt() { :; }
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_parcours
		printf "%s\n" "${COMPREPLY[@]}"' - "$@" | sort | paste -sd' ' -
}

offered parcours ''
offered parcours m
offered parcours make ''
offered parcours make competency-sheet --a
offered parcours format --
offered parcours make skills-summary --audience ''
offered parcours check src/ba
offered parcours check --messages ''
