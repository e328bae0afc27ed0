# Rules of contracts and steps.
. tests/dossier/rules.inc

fails R13 'a contract too short' contrat-1 's|2026-06-30|2026-05-03|' contrat-2 '/renews\|renewalRank/d'
holds R13 'four months to the day' contrat-1 's|2026-06-30|2026-05-04|'
holds R13 'a legal ground' contrat-1 's|2026-06-30|2026-03-31|; s|</post>|&<shortTermReason>legalException</shortTermReason>|'
fails R14 'too long in all' contrat-2 's|2026-12-31|2028-01-05|' lea 's|2027-12-31|2029-12-31|'
holds R14 'two years to the day' contrat-2 's|2026-12-31|2028-01-04|' lea 's|2027-12-31|2029-12-31|'
holds R14 'a derogation' contrat-2 's|2026-12-31|2028-06-30|; s|<renewalRank>1</renewalRank>|&<derogation reason="training"><decidedOn>2026-06-01</decidedOn><months>6</months></derogation>|' lea 's|2027-12-31|2029-12-31|'
fails R14 'a decision too large' contrat-2 's|<renewalRank>1</renewalRank>|&<derogation reason="aciDifficulty"><decidedOn>2026-06-01</decidedOn><months>13</months></derogation>|'
fails R15 'too few hours' contrat-1 's|<weeklyHours>26|<weeklyHours>19.5|'
holds R15 'the least' contrat-1 's|<weeklyHours>26|<weeklyHours>20|'
fails R15 'too many hours' contrat-1 's|<weeklyHours>26|<weeklyHours>36|'
fails R16 'beyond the approval' lea 's|2027-12-31|2026-12-30|'
holds R16 'the approval extended' lea 's|<end>2027-12-31</end>|<end>2026-12-30</end><passExtension><decidedOn>2026-06-01</decidedOn><end>2027-06-30</end></passExtension>|'
fails R17 'two contracts at once' contrat-2 's|2026-07-01|2026-06-30|'
holds R17 'the first ended early' contrat-2 's|2026-07-01|2026-06-30|' contrat-1 's|</end>|&<endedOn>2026-06-29</endedOn>|'
fails R18 'an immersion too long' stage-1 's|2026-10-06|2026-10-07|'
fails R18 'an immersion without object' stage-1 '/immersionObject/d'
holds R18 'the last day of a short month' stage-1 's|2026-09-07|2026-01-31|; s|2026-10-06|2026-02-27|'
fails R19 'a scheme that is no more' stage-1 's|kind="PMSMP"|kind="EMT"|; /immersionObject/d'
exit 0
