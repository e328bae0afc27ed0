# Completion of parcours(1) for bash.  What there is to complete is asked of the
# program itself, so that this file never falls behind.

_parcours_words() {
	parcours "$@" --messages en 2>/dev/null
}

_parcours() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command='' operand='' i

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-o | -f | -r | -m | --mapping | --as | --template | --within | -s | -d | -a | -l | -p | -j | --jobs | --registry | --author | --subject | --about | --from | \
		--date | --audience | --lang | --paper | --output | --messages | --period | \
		--table)
			((i++))
			;;
		-*) ;;
		*)
			if [ -z "$command" ]; then
				command=${COMP_WORDS[i]}
			else
				operand=${COMP_WORDS[i]}
			fi
			;;
		esac
	done

	case $prev in
	--messages)
		mapfile -t COMPREPLY < <(compgen -W 'fr en' -- "$cur")
		return
		;;
	-a | --audience)
		mapfile -t COMPREPLY < <(compgen -W "$(_parcours_words documents \
			--json | sed 's/.*"audiences":"\([^"]*\)".*/\1/' |
			tr ' ' '\n' | sort -u)" -- "$cur")
		return
		;;
	--as | --template)
		mapfile -t COMPREPLY < <(compgen -W "$(parcours import \
			--template '?' -o /dev/null --messages en 2>&1 |
			sed 's/.*kinds are: //; s/,//g')" -- "$cur")
		return
		;;
	-o | --output | -m | --mapping | -f | --from | -r | --registry)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
		return
		;;
	-s | --subject)
		mapfile -t COMPREPLY < <(compgen -W all -- "$cur")
		return
		;;
	--within | --about | --author | -j | --jobs | -d | --date | -l | --lang | -p | --paper | --period | \
		--table)
		return
		;;
	esac

	if [[ $cur == -* ]]; then
		# shellcheck disable=SC2086
		mapfile -t COMPREPLY < <(compgen -W "$(_parcours_words $command \
			--help | grep -o -- '--[a-z-]*')" -- "$cur")
	elif [ -z "$command" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_parcours_words --help |
			sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')" -- "$cur")
	elif [[ $command =~ ^(make|report)$ ]] && [ -z "$operand" ]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_parcours_words documents -q)" -- "$cur")
	elif [[ $command =~ ^(check|format|add|import|verify|backup)$ ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
	fi
}

complete -F _parcours parcours
