# What has to be done: every kind of it, on a day that is set; as text, as JSON
# and for calendars.
set -u
export SOURCE_DATE_EPOCH=1795996800	# Monday, 30 November 2026
p="$PARCOURS --messages en"
db="$T/reg.db"
hide() { sed "s|$T|T|g"; }
for s in frameworks chantier genie asbl echeances; do
	$p add -q -r "$db" --author Ana samples/frameworks samples/$s 2>/dev/null
done
due() {
	$p due -r "$db" "$@" 2>&1 | hide
}

echo "-- in 30 days"
due
$PARCOURS --messages fr due -r "$db" | hide

echo "-- every kind, in 22 weeks; which month it is does not matter"
due --within 22w --json | sed 's/.*"kind":"\([^"]*\)".*/\1/' | sort | uniq -c
due --within 22w | grep -e Lavoie -e ahin
SOURCE_DATE_EPOCH=1861920000 due --within 0d	# 1 January 2029

echo "-- today is the day it is here, were it another one elsewhere"
$p add -q -r "$T/few.db" samples/frameworks
(
	unset SOURCE_DATE_EPOCH
	for zone in EAST-14 WEST12; do
		before=$(TZ=$zone date +%F)
		TZ=$zone $p due -r "$T/few.db" --within 0d >"$T/said"
		grep -q -e "$before" -e "$(TZ=$zone date +%F)" "$T/said" || cat "$T/said"
	done
)

echo "-- of one organisation, of none"
due --subject org-passerelles --within 100d
due --subject all --within 100d | grep -c .
# Nobody hears that nothing is to be done of one of whom nothing is said.
due --subject org-nowhere -q
due --subject person-nguyen
due --subject org-ecluse --subject org-passerelles

echo "-- what is done is no longer due"
due | grep -c summary
$p make skills-summary -r "$db" -s person-nguyen -d 2026-11-30 -o "$T/s.pdf" -q
due | grep summary
sed 's/<state>inProgress/<state>done/; s/<dueOn>.*/&/' \
	samples/chantier/actions/action-nguyen-3-2.xml >"$T/action-nguyen-3-2.xml"
due | grep -c 'quart d’heure'
$p add -q -r "$db" "$T/action-nguyen-3-2.xml" 2>/dev/null
due | grep -c 'quart d’heure'

echo "-- for calendars"
due -o "$T/a.ics"
"$BUILD/tests/calendar/test_calendar" "$T/a.ics"
$PARCOURS --messages fr due -r "$db" -o "$T/b.ics" -q
"$BUILD/tests/calendar/test_calendar" "$T/b.ics"
head -12 "$T/b.ics"
# The same thing has the same identity, in any language and a month later.
grep ^UID "$T/a.ics" | sort >"$T/a"
grep ^UID "$T/b.ics" | sort | cmp - "$T/a"
SOURCE_DATE_EPOCH=1796083200 due -o "$T/c.ics" >/dev/null
grep ^UID "$T/c.ics" | sort | comm -12 - "$T/a" | wc -l
due -o "$T/none/a.ics"
# Under another name it would be no calendar.
for f in a.txt a.csv agenda; do
	$p due -r "$db" -o "$T/$f" >"$T/said" 2>&1
	echo "exit status $?"
	hide <"$T/said"
done
rm -f "$T/b.ICS"
due -o "$T/b.ICS" -q
cmp "$T/a.ics" "$T/b.ICS"
due -o - | cmp - "$T/a.ics"
$PARCOURS --messages fr due -r "$db" -o "$T/a.txt" 2>&1 | hide
[ -e "$T/a.txt" ] || [ -e "$T/a.csv" ] || [ -e "$T/agenda" ] || echo "nothing was written"
due --within 3x
[ "$(due --within 3s)" = "$(due --within 21j)" ] && echo "weeks and days in French"

echo "-- on paper"
due -o "$T/agenda.pdf"
due --subject org-ecluse -o "$T/agenda.PDF"
due --subject org-ecluse -o "$T/agenda.pdf"
cmp "$T/agenda.PDF" "$T/agenda.pdf"
pdftotext -layout "$T/agenda.pdf" - | sed -n '/^ *Jusqu/,/Bailleul/p' |
	sed 's/  */ /g' | grep . | grep -v 'document nº'
$p verify -r "$db" "$T/agenda.pdf" | grep -c person-
$PARCOURS make agenda -r "$db" -s org-ecluse -d 2026-11-30 \
	--period 2026-11-30/2026-12-30 -o "$T/again.pdf" -q
cmp "$T/agenda.pdf" "$T/again.pdf"
exit 0
