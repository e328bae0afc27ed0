-- Views over the measures (schemas/measures.xml): every cell of a report is one of
-- theirs, or a count of their rows.  They stand in the registry itself, so
--   sqlite3 parcours.db "SELECT * FROM teamMatrix WHERE subject = 'site-fonderie'"
-- shows what a report is made of.  No clock is asked: what depends on a day is a
-- column, and whoever asks chooses.
--
-- These columns choose rows, whatever the view:
--   subject    whose report the row belongs to: a site or an organisation
--   lang       the language of the row's words: fr, en
--   of         the record that the row tells of
--   since, until  the days on which the row holds; until is NULL while it lasts
--   sinceBefore, untilBefore  the same of what the row is compared with
--   day, month, year  when it was: 2026-03-19, 2026-03, 2026
--   dueDay     the day by which something is to be done: it is shown when it comes
--              before the end of the period, however long ago that was
-- Rows are sorted by their columns from the left.  Other columns are elements of
-- schemas/records/tables.xsd, which names them and says who may see them.

-- Who is under contract, where and when: a row per contract, under its site and
-- under its organisation.  until is NULL while no end is known.
CREATE VIEW presence AS
SELECT site AS subject, person, "start" AS since, "end" AS until
FROM m_contract WHERE site IS NOT NULL
UNION ALL
SELECT organisation, person, "start", "end" FROM m_contract;

-- The team: a row per person and contract.
--   personName, personPost  as in the person's record
CREATE VIEW team AS
SELECT p.subject, p.person AS of, m.name AS personName, p.person AS personKey,
    m.post AS personPost, p.since, p.until
FROM presence p JOIN m_person m ON m.id = p.person;

-- How long each person is here: until they leave, or the end of the last contract;
-- NULL while that is not known.
CREATE VIEW stay AS
SELECT p.organisation AS subject, p.id AS person, p.passEnd, ifnull(p.exitDate,
    (SELECT CASE WHEN count(*) = count("end") THEN max("end") END
        FROM m_contract c WHERE c.person = p.id)) AS leaves
FROM m_person p WHERE p.erasedOn IS NULL;

-- Limits in force for good: those of reminders change with no date.
CREATE VIEW number AS
SELECT name, CAST(value AS INTEGER) AS n FROM m_limit
WHERE enabled AND "to" IS NULL;

-- A month later is the same day, or the last of a shorter month:
--   min(date(d, '+1 months'), date(d, 'start of month', '+2 months', '-1 day'))

-- The next evaluation of each contract: so many months after the last one, or
-- after the beginning, or on the day that was planned if that comes first.
CREATE VIEW evaluationDue AS
SELECT c.subject, c.person, c.until, c.last, c.holder,
    min(date(c.base, c.n || ' months'),
        date(c.base, 'start of month', (c.n + 1) || ' months', '-1 day'),
        ifnull(c.planned, '9999')) AS day
FROM (SELECT k.organisation AS subject, k.person, k."end" AS until,
        e.date AS last, e.nextReviewOn AS planned, e.supervisor AS holder,
        max(ifnull(e.date, k."start"), k."start") AS base,
        ifnull(o.reviewMonths, l.n) AS n
    FROM number l CROSS JOIN m_contract k LEFT JOIN m_organisation o
        ON o.id = k.organisation LEFT JOIN m_evaluation e ON e.version =
        (SELECT x.version FROM m_evaluation x WHERE x.person = k.person
            ORDER BY x.date DESC LIMIT 1)
    WHERE l.name = 'evaluation.reviewMonths') c;

-- The last contract of each person with an organisation, and when its summary is
-- to be handed over; one that was issued since `early` is it.
CREATE VIEW summaryDue AS
SELECT c.organisation AS subject, c.id AS contract, c.person, c."end" AS until,
    min(date(c."end", -k.n || ' months'), date(c."end", 'start of month',
        (1 - k.n) || ' months', '-1 day')) AS day,
    date(c."end", -k.n || ' months', -f.n || ' days') AS early,
    date(c."end", l.n || ' months') AS late
FROM number k, number f, number l CROSS JOIN m_contract c
WHERE k.name = 'evaluation.summaryMonths' AND f.name = 'evaluation.evidenceDays'
AND l.name = 'evaluation.lateMonths' AND c."end" IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM m_contract x WHERE x.person = c.person
    AND x.organisation IS c.organisation AND x."start" > c."start");

-- Hours declared for a reference period, by kind: an activity, or what a party of
-- an agreement declares; for the period named, or the one it ends in.
CREATE VIEW declaredHours AS
SELECT ifnull(e.period, (SELECT p.id FROM m_period p WHERE p.person = e.person
        AND e."end" BETWEEN p."start" AND p."end" LIMIT 1)) AS period,
    e.kind, sum(e.hours) AS hours
FROM (SELECT period, person, kind, "end", declaredHours AS hours
    FROM m_cpdActivity WHERE state = 'done'
    UNION ALL SELECT period, person, 'accompaniment', "end", declaredHours
    FROM m_declaration) e
GROUP BY 1, 2;

-- What of them counts: of a kind with a ceiling, no more than that.
CREATE VIEW hoursMissing AS
SELECT p.id, p.person, p."start" AS since, p."end" AS until, p.requiredHours
    - ifnull(p.carriedOverHours, 0) - ifnull((SELECT sum(min(d.hours, ifnull(
        (SELECT l.value FROM m_limit l WHERE l.name = p.limitSet || '.' || d.kind
            AND l.enabled AND (l."from" IS NULL OR l."from" <= p."end")
            AND (l."to" IS NULL OR l."to" >= p."end")), d.hours)))
        FROM declaredHours d WHERE d.period = p.id), 0) AS missing
FROM m_period p;

-- What has to be done, whatever it is: a row each.
--   kind    as in dueWords       person, record  whom and which it is about
--   day     until when           open    the last day on which it can still be
--                                done; NULL: as long as it is not
--   detail  in the words of the record
--   holder  who does it; else who has this role for the person or at all
-- (The casts give the columns of all parts one type, without which SQLite reads
-- every row of each before it looks at the day.)
CREATE VIEW dueItem AS
SELECT 'evaluation' AS kind, CAST(subject AS TEXT) AS subject, person,
    person AS record, CAST(day AS TEXT) AS day, CAST(until AS TEXT) AS open,
    last AS detail, holder, 'supervisor' AS role
FROM evaluationDue WHERE until IS NULL OR day <= until
UNION ALL
SELECT 'summary', CAST(subject AS TEXT), person, contract, CAST(day AS TEXT),
    CAST(late AS TEXT), until, NULL, 'counsellor'
FROM summaryDue s WHERE NOT EXISTS (SELECT 1 FROM issued i
    WHERE i.subject = s.person AND i.document = 'skills-summary'
    AND i.date >= s.early)
UNION ALL
SELECT 'pass', CAST(subject AS TEXT), person, person, CAST(passEnd AS TEXT),
    CAST(leaves AS TEXT), NULL, NULL, 'counsellor'
FROM stay WHERE passEnd IS NOT NULL
UNION ALL
SELECT 'certification', CAST(s.subject AS TEXT), s.person, c.id,
    CAST(c.expiresOn AS TEXT), CAST(s.leaves AS TEXT), c.title, NULL,
    'supervisor'
FROM m_certification c CROSS JOIN stay s ON s.person = c.person
WHERE c.expiresOn IS NOT NULL AND (s.leaves IS NULL OR s.leaves > c.expiresOn)
AND NOT EXISTS (SELECT 1 FROM m_certification n WHERE n.person = c.person
    AND n.kind = c.kind AND n.title = c.title AND n.obtainedOn > c.obtainedOn)
UNION ALL
SELECT 'hours', CAST(p.organisation AS TEXT), h.person, h.id,
    CAST(h.until AS TEXT), CAST(date(h.until, '+3 months') AS TEXT),
    h.missing, h.person, NULL
FROM hoursMissing h CROSS JOIN m_person p ON p.id = h.person
WHERE h.missing > 0 AND p.erasedOn IS NULL
UNION ALL
SELECT 'phase', CAST(h.organisation AS TEXT), h.person, h.id || '.' || h.key,
    CAST(date(h.entryDate, h.lastDay || ' days') AS TEXT),
    CAST(s.leaves AS TEXT), h.label, h.tutor, NULL
FROM m_phase h CROSS JOIN stay s ON s.person = h.person WHERE h.open > 0
UNION ALL
SELECT 'action', CAST(s.subject AS TEXT), s.person, a.id, CAST(a.dueOn AS TEXT),
    CAST(s.leaves AS TEXT), a.objective, a.owner, NULL
FROM m_action a CROSS JOIN stay s ON s.person = a.person
WHERE a.state NOT IN ('done', 'dropped')
UNION ALL
SELECT 'retention', CAST(p.organisation AS TEXT), p.id, p.id,
    CAST(ifnull(p.keepUntil, date(p.lastContactOn,
        ifnull(o.keepMonths, l.n) || ' months')) AS TEXT),
    CAST(NULL AS TEXT), NULL, NULL, 'director'
FROM number l CROSS JOIN m_person p
LEFT JOIN m_organisation o ON o.id = p.organisation
WHERE l.name = 'retention.afterLastContact' AND p.erasedOn IS NULL
AND (p.keepUntil IS NOT NULL OR p.lastContactOn IS NOT NULL);

-- What each kind is called, and what is said of it: {} is the detail; without one
-- the last column.
CREATE VIEW dueWords AS
SELECT column1 AS kind, column2 AS lang, column3 AS what, column4 AS said,
    column5 AS bare
FROM (VALUES
    ('evaluation', 'fr', 'Évaluer', 'dernière évaluation le {}',
        'aucune évaluation encore'),
    ('evaluation', 'en', 'Evaluate', 'last evaluation on {}',
        'no evaluation yet'),
    ('summary', 'fr', 'Remettre la synthèse', 'fin du contrat le {}', NULL),
    ('summary', 'en', 'Hand over the summary', 'contract ends on {}', NULL),
    ('pass', 'fr', 'Prolonger l’agrément', NULL, NULL),
    ('pass', 'en', 'Extend the approval', NULL, NULL),
    ('certification', 'fr', 'Renouveler', '{}', NULL),
    ('certification', 'en', 'Renew', '{}', NULL),
    ('hours', 'fr', 'Déclarer les heures qui manquent', '{} h', NULL),
    ('hours', 'en', 'Declare the missing hours', '{} h', NULL),
    ('phase', 'fr', 'Clore la phase d’intégration', '{}', NULL),
    ('phase', 'en', 'Close the phase of integration', '{}', NULL),
    ('action', 'fr', 'Atteindre l’objectif', '{}', NULL),
    ('action', 'en', 'Reach the objective', '{}', NULL),
    ('retention', 'fr', 'Effacer le dossier', NULL,
        'durée de conservation écoulée'),
    ('retention', 'en', 'Erase the file', NULL, 'retention has run out'));

CREATE VIEW someone AS
SELECT id, name FROM m_person UNION ALL SELECT id, name FROM m_actor;

-- What has to be done, by whom, until when.
--   dueDay     until when       dueWhat, dueDetail  what, in words
--   dueBy      who does it      dueKind, dueKey  which kind, and which of all
--   untilBefore  the last day on which it can still be done
-- A detail that is a day is one of the form 2026-03-19; of a number, French has a
-- decimal comma.
CREATE VIEW due AS
SELECT d.day AS dueDay, m.name AS personName, w.what AS dueWhat,
    CASE WHEN d.detail IS NULL THEN w.bare ELSE replace(w.said, '{}', CASE
        WHEN typeof(d.detail) <> 'text' AND w.lang = 'fr'
        THEN replace(rtrim(rtrim(printf('%.2f', d.detail), '0'), '.'), '.', ',')
        WHEN typeof(d.detail) <> 'text'
        THEN rtrim(rtrim(printf('%.2f', d.detail), '0'), '.')
        WHEN d.detail GLOB '????-??-??' AND w.lang = 'fr'
        THEN substr(d.detail, 9) || '/' || substr(d.detail, 6, 2) || '/'
            || substr(d.detail, 1, 4)
        ELSE d.detail END) END AS dueDetail,
    (SELECT s.name FROM someone s WHERE s.id = ifnull(d.holder,
        ifnull((SELECT a.holder FROM m_assignment a WHERE a.person = d.person
            AND a.role = d.role ORDER BY a."start" DESC LIMIT 1),
            (SELECT a.holder FROM m_assignment a
            WHERE a.organisation = d.subject AND a.role = d.role
            ORDER BY a."start" DESC LIMIT 1)))) AS dueBy,
    d.kind AS dueKind, d.kind || '-' || d.record || '@' || ifnull(d.subject, '')
        AS dueKey, d.person AS personKey,
    d.subject, w.lang, d.person AS of, d.open AS untilBefore
FROM dueItem d CROSS JOIN m_person m ON m.id = d.person
CROSS JOIN dueWords w ON w.kind = d.kind;
