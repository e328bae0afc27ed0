# A disk that fills up in each command: it says so (status 3), what was there is as
# it was, nothing half done is left; with room the same command is done.  The disk
# is a small tmpfs in a mount namespace of our own; where none can be mounted,
# no file may grow beyond what would be the room, which is nearly the same.
set -u
export SOURCE_DATE_EPOCH=1793836800
p="$PARCOURS --messages en"
if [ -z "${PARCOURS_DISK-}" ]; then
	mkdir -p "$T/disk" "$T/model"
	export PARCOURS_DISK="$T/disk" T PARCOURS
	unshare -m sh -c 'mount -t tmpfs -o size=6m none "$PARCOURS_DISK" &&
		exec sh tests/registry/full.sh' 2>/dev/null && exit
	[ -e "$T/began" ] && exit 1
	echo "no tmpfs can be mounted here: the size of files is limited instead" >&2
	(ulimit -f 1) || exit 1
	PARCOURS_LIMIT=yes exec sh tests/registry/full.sh
fi
touch "$T/began"
disk=$PARCOURS_DISK
PARCOURS_LIMIT=${PARCOURS_LIMIT-}
model=$T/model

# What a registry holds, and whether it is whole.
state() { # FILE
	$p verify -r "$1" | sed 's|^.*: whole|whole|; /backup/d'
	$p list -r "$1" --json
}

# Runs a command with so much room left on the disk, in units of 1024 bytes.
with_room() { # ROOM COMMAND...
	room=$1
	shift
	if [ -n "$PARCOURS_LIMIT" ]; then
		(ulimit -f $((room * 2)) && "$@") >"$T/said" 2>&1
		return
	fi
	free=$(df -k "$disk" | awk 'END { print $4 }')
	if [ "$free" -gt "$room" ]; then
		dd if=/dev/zero of="$disk/filler" bs=1024 \
			count=$((free - room)) 2>/dev/null
	fi
	"$@" >"$T/said" 2>&1
	status=$?
	rm -f "$disk/filler"
	return $status
}

# Tries with more and more room until it is done.
fill() { # NAME PRODUCT COMMAND...
	name=$1
	product=$2
	shift 2
	refused=0
	state "$model/reg.db" >"$T/before"
	for room in 0 1 4 8 30 60 80 100 150 300 600 1200 3000; do
		# What it says must be written, too.
		[ "$room$PARCOURS_LIMIT" = 0yes ] && continue
		rm -rf "${disk:?}"/*
		cp -r "$model"/. "$disk"
		with_room $room "$@"
		status=$?
		[ $status -eq 0 ] && break
		refused=$((refused + 1))
		[ $status -eq 3 ] || { echo "$name, $room kB: status $status"; cat "$T/said"; }
		grep -qE 'disk is full|registry-(full|disk)|file-(write|create)' "$T/said" ||
			{ echo "$name, $room kB: it does not say why"; cat "$T/said"; }
		[ -n "$product" ] && [ -e "$disk/$product" ] &&
			echo "$name, $room kB: $product is there"
		find "$disk" -name '.parcours*' -o -name '*.part'
		case $name in
		forget) # may be cut short when it is done in the registry
			$p verify -r "$disk/reg.db" >/dev/null 2>&1 || [ $? -eq 1 ] ||
				echo "$name, $room kB: not whole" ;;
		build) # each document by itself: as many files as are entered
			issued=$($p verify -r "$disk/reg.db" --json | sed 's/.*"issued":"\([0-9]*\)".*/\1/')
			[ "$issued" -eq "$(find "$disk/out" -name '*.pdf' 2>/dev/null | wc -l)" ] ||
				echo "$name, $room kB: $issued entered" ;;
		*)
			state "$disk/reg.db" | cmp - "$T/before" ;;
		esac
	done
	[ $status -eq 0 ] && [ $refused -gt 1 ] &&
		{ [ -z "$product" ] || [ -e "$disk/$product" ]; } &&
		echo "$name: refused, and done when there is room" && return
	echo "$name: status $status, refused $refused times"
	cat "$T/said"
}

$p add -r "$model/reg.db" -q samples/frameworks samples/genie/organisation \
	samples/genie/people samples/genie/agreements samples/genie/meetings \
	samples/genie/periods samples/genie/activities samples/chantier
# Without -wal and -shm, so that it can be copied.
$p add -r "$model/reg.db" -q samples/frameworks
mkdir "$T/more"
for i in 1 2 3 4 5 6 7 8; do
	for f in samples/chantier/actors/*.xml; do
		sed "s/ id=\"/&copy-$i-/" "$f" >"$T/more/copy-$i-${f##*/}"
	done
done

fill add '' $p add -r "$disk/reg.db" "$T/more"
fill import '' $p import tests/import/people-utf8.csv --as person \
	-m tests/import/people.import.xml -r "$disk/reg.db"
fill make a.pdf $p make activity-summary -r "$disk/reg.db" \
	-s person-stonge -o "$disk/a.pdf"
fill build out/activity-summary/activity-summary-person-stonge-order.pdf \
	$p build -r "$disk/reg.db" -j 2 -o "$disk/out"
fill due agenda.ics $p due -r "$disk/reg.db" --within 36600d -o "$disk/agenda.ics"
fill "due on paper" agenda.pdf $p due -r "$disk/reg.db" --subject org-ecluse \
	--within 30d -o "$disk/agenda.pdf"
fill report team.pdf $p report team-matrix -r "$disk/reg.db" -s site-fonderie \
	-o "$disk/team.pdf"
fill "report as a table" team.csv $p report team-matrix -r "$disk/reg.db" \
	-s site-fonderie --table teamMatrix -o "$disk/team.csv"
fill backup copy.db $p backup -r "$disk/reg.db" "$disk/copy.db"
fill export out/personal-data.pdf $p export -r "$disk/reg.db" person-kowalczyk \
	-o "$disk/out"
fill forget '' $p forget -r "$disk/reg.db" person-vandenbroeck
exit 0
