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
--   before     the day by which something is to be done: the row is shown when that
--              day is not after the end of the period, however long ago it was
-- Rows are sorted by their columns from the left.  Other columns are elements of
-- schemas/records/tables.xsd, which names them and says who may see them; so is
-- the view itself, if a document shows it: rows tell something by being there.

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
    d.subject, w.lang, d.person AS of, d.day AS before, d.open AS untilBefore
FROM dueItem d CROSS JOIN m_person m ON m.id = d.person
CROSS JOIN dueWords w ON w.kind = d.kind;

-- The same as the command due reads it, whatever the reminders are about.
--   date, name, what, detail, by  what is shown of each
--   kind, key  which kind, and which of all    about  whom, by id
CREATE VIEW reminder AS
SELECT dueDay AS date, personName AS name, dueWhat AS what, dueDetail AS detail,
    dueBy AS "by", dueKind AS kind, dueKey AS key, personKey AS about, subject,
    lang, of, before, untilBefore FROM due;

-- What the skills of a framework are called in a language, a row each: in
-- another where it has no name in this.
CREATE VIEW skillInLanguage AS
SELECT s.id AS framework, s.skill, l.lang, ifnull((SELECT f.name
        FROM m_framework f WHERE f.id = s.id AND f.lang = l.lang LIMIT 1),
        (SELECT min(f.name) FROM m_framework f WHERE f.id = s.id))
    AS frameworkName, s.rank AS skillRank, ifnull((SELECT d.name FROM m_domain d
        WHERE d.id = s.id AND d.domain = s.domain AND d.lang = l.lang
        ORDER BY d.short DESC LIMIT 1), (SELECT d.name FROM m_domain d
        WHERE d.id = s.id AND d.domain = s.domain
        ORDER BY d.short DESC, d.lang LIMIT 1)) AS domainName,
    s.name AS skillName
FROM m_skill s JOIN (SELECT 'fr' AS lang UNION ALL SELECT 'en') l
    ON l.lang = s.lang OR NOT EXISTS (SELECT 1 FROM m_skill o
        WHERE o.id = s.id AND o.skill = s.skill AND o.lang = l.lang)
    AND s.lang = (SELECT min(o.lang) FROM m_skill o
        WHERE o.id = s.id AND o.skill = s.skill);

-- How long a supervisor's rating holds: until the day before the next one of the
-- same person and skill.
CREATE VIEW ratingInTime AS
SELECT e.person, e.framework, r.skill, e.scale, e.cycle, r.supervisor AS level,
    e.date AS since, (SELECT date(min(n.date), '-1 day') FROM m_evaluation n
        CROSS JOIN m_rating x ON x.version = n.version AND x.skill = r.skill
        WHERE n.person = e.person AND n.framework = e.framework
        AND x.supervisor IS NOT NULL
        AND (n.date > e.date OR n.date = e.date AND n.id > e.id)) AS until
FROM m_evaluation e JOIN m_rating r ON r.version = e.version
WHERE r.supervisor IS NOT NULL;

-- The skill matrix: a row per person under contract and skill that was rated;
-- on a day, the last rating before it.  A skill not evaluated has no row.
--   ratedLevel  the supervisor's; acquired if it is levelFrom or more, of levelMost
CREATE VIEW teamMatrix AS
SELECT p.subject, s.lang, p.person AS of, m.name AS personName,
    p.person AS personKey, s.frameworkName, s.skillRank, s.domainName,
    s.skillName, r.level AS ratedLevel, c.acquiredFrom AS levelFrom,
    c.levels AS levelMost, r.cycle AS cycleNumber,
    max(p.since, r.since) AS since,
    nullif(min(ifnull(p.until, '9999-12-31'), ifnull(r.until, '9999-12-31')),
        '9999-12-31') AS until
FROM presence p JOIN m_person m ON m.id = p.person
JOIN ratingInTime r ON r.person = p.person
JOIN m_scale c ON c.id = r.scale
JOIN skillInLanguage s ON s.framework = r.framework AND s.skill = r.skill;

-- The skills of the frameworks by which somebody was evaluated there, rated or
-- not.
CREATE VIEW teamSkill AS
SELECT u.subject, s.lang, s.frameworkName, s.skillRank, s.domainName, s.skillName
FROM (SELECT DISTINCT p.subject, e.framework FROM presence p
    JOIN m_evaluation e ON e.person = p.person) u
JOIN skillInLanguage s ON s.framework = u.framework;

-- The progress of those evaluated twice on one scale: a row per person, skill
-- and pair of ratings.  levelBefore held from sinceBefore to untilBefore,
-- ratedLevel holds from since to until while they are under contract.
CREATE VIEW cohortProgress AS
SELECT p.subject, s.lang, p.person AS of, m.name AS personName,
    p.person AS personKey, s.frameworkName, s.skillRank, s.domainName,
    s.skillName, b.level AS levelBefore, a.level AS ratedLevel,
    c.acquiredFrom AS levelFrom, c.levels AS levelMost,
    b.cycle AS cycleBefore, a.cycle AS cycleNumber,
    b.since AS sinceBefore, b.until AS untilBefore,
    max(p.since, a.since) AS since,
    nullif(min(ifnull(p.until, '9999-12-31'), ifnull(a.until, '9999-12-31')),
        '9999-12-31') AS until
FROM presence p JOIN m_person m ON m.id = p.person
JOIN ratingInTime a ON a.person = p.person
JOIN ratingInTime b ON b.person = a.person AND b.framework = a.framework
    AND b.skill = a.skill AND b.scale = a.scale AND b.since < a.since
JOIN m_scale c ON c.id = a.scale
JOIN skillInLanguage s ON s.framework = a.framework AND s.skill = a.skill;

-- Exits from pathways, under their site and under their organisation.
-- category is NULL of one that does not count.
CREATE VIEW leaving AS
SELECT e.subject, e.year, e.kind, c.category, e.person
FROM (SELECT site AS subject, substr(date, 1, 4) AS year, kind, person
    FROM m_exit WHERE site IS NOT NULL
    UNION ALL SELECT organisation, substr(date, 1, 4), kind, person
    FROM m_exit) e
LEFT JOIN m_exitCategory c ON c.kind = e.kind;

-- Exits of a year by category, all four of them: 1 durable, 2 transition,
-- 3 positive (the three make the dynamic exits), 4 other.
CREATE VIEW leavingByCategory AS
SELECT y.subject, y.year, k.column1 AS rank, k.column2 AS category,
    (SELECT count(*) FROM leaving e WHERE e.subject = y.subject
        AND e.year = y.year AND e.category = k.column2) AS n,
    (SELECT count(*) FROM leaving e WHERE e.subject = y.subject
        AND e.year = y.year AND e.category IS NOT NULL) AS total
FROM (SELECT DISTINCT subject, year FROM leaving) y
CROSS JOIN (VALUES (1, 'durable'), (2, 'transition'), (3, 'positive'),
    (4, 'other')) k;

-- The same, as it may be published.  A number from 1 to exits.maskBelow - 1 is
-- not shown.  Where the total would give away those hidden, the smallest other
-- number is hidden with them, or the total where there is no other: one alone,
-- some that are too few even together, or all as large as a hidden one can be.
--   exitCount, exitRate, exitTotal  exact, for those who may see them
--   exitShown, rateShown, totalShown  what may be published; NULL: masked
CREATE VIEW exitTable AS
WITH mask(least) AS (SELECT value FROM m_limit WHERE name = 'exits.maskBelow'),
small AS (SELECT e.*, least, e.n > 0 AND e.n < least AS hidden,
    total > 0 AND total < least AS all_hidden FROM leavingByCategory e, mask),
pairs AS (SELECT s.*, sum(hidden) OVER y AS masked, count(*) OVER y AS cells,
    sum(hidden * n) OVER y AS together, row_number() OVER (PARTITION BY subject,
        year ORDER BY hidden OR n = 0, n, rank) AS turn FROM small s
    WINDOW y AS (PARTITION BY subject, year)),
given AS (SELECT *, masked = 1 OR masked > 0 AND together < least
    OR masked > 0 AND together = masked * (least - 1) AS away FROM pairs),
said AS (SELECT *, all_hidden OR hidden OR (away AND turn = 1) AS secret
    FROM given)
SELECT subject, year, rank AS categoryRank, category AS exitCategory,
    n AS exitCount, total AS exitTotal,
    round(100.0 * n / total, 1) AS exitRate,
    CASE WHEN NOT secret THEN n END AS exitShown,
    CASE WHEN NOT secret THEN round(100.0 * n / total, 1) END AS rateShown,
    CASE WHEN NOT all_hidden AND NOT (away AND masked = cells) THEN total END
        AS totalShown
FROM said;

-- The same by kind, exact.  Exits that do not count have no category.
CREATE VIEW exitByKind AS
SELECT subject, year, CASE category WHEN 'durable' THEN 1
    WHEN 'transition' THEN 2 WHEN 'positive' THEN 3 WHEN 'other' THEN 4
    ELSE 5 END AS categoryRank, ifnull(category, 'notCounted') AS exitCategory,
    kind AS exitKind, count(*) AS exitCount
FROM leaving GROUP BY subject, year, category, kind;

-- What share of exits is to be reached, and when that was said.
CREATE VIEW exitTarget AS
SELECT CASE name WHEN 'exits.durableTarget' THEN 'durable' ELSE 'dynamic' END
    AS targetName, value AS targetValue, "from" AS since, "to" AS until
FROM m_limit WHERE enabled
AND name IN ('exits.durableTarget', 'exits.dynamicTarget');

-- Steps and activities that are done, by the month they ended in: a row each.
-- A step counts where the person was under contract at its end; an activity for
-- a professional order, for the person's organisation.
CREATE VIEW stepHours AS
SELECT p.subject, s.person AS of, substr(s."end", 1, 7) AS month,
    s.kind AS hourKind, m.name AS personName, s.person AS personKey,
    s.title AS hourTitle, s."end" AS hourEnd, s.hours AS hourCount,
    NULL AS hourRecognised, s.days AS hourDays
FROM presence p JOIN m_step s ON s.person = p.person AND s."end" >= p.since
    AND (p.until IS NULL OR s."end" <= p.until)
JOIN m_person m ON m.id = s.person WHERE s.state = 'done'
UNION ALL
SELECT m.organisation, a.person, substr(a."end", 1, 7), 'cpd', m.name, a.person,
    a.title, a."end", a.declaredHours, a.recognisedHours, NULL
FROM m_cpdActivity a JOIN m_person m ON m.id = a.person WHERE a.state = 'done';

-- Months of the calendar, with their first and last day.
CREATE VIEW calendar AS
WITH RECURSIVE m(first) AS (SELECT '2000-01-01'
    UNION ALL SELECT date(first, '+1 month') FROM m WHERE first < '2099-12-01')
SELECT substr(first, 1, 7) AS month, first,
    date(first, '+1 month', '-1 day') AS last FROM m;

-- How many people are under contract on some day of a month.
CREATE VIEW headcount AS
SELECT p.subject, c.month, count(DISTINCT p.person) AS personCount
FROM presence p JOIN calendar c ON c.last >= p.since
    AND c.first <= ifnull(p.until, '2099-12-31')
GROUP BY p.subject, c.month;

-- The year of a site or organisation in figures, a row each; a figure that is
-- nought has no row.
--   people       under contract on some day of it
--   entries      whose first contract there began in it
--   contracts    that began in it, renewals included
--   exits        recorded, whether they count or not
--   evaluations  held with people then under contract there
--   step.KIND    steps done; hours.KIND the hours of those that say them
--   certifications  obtained by people then under contract there
CREATE VIEW yearFigure AS
SELECT p.subject, substr(c.month, 1, 4) AS year, 1 AS figureRank,
    'people' AS figureName, count(DISTINCT p.person) AS figureValue
FROM presence p JOIN calendar c ON c.last >= p.since
    AND c.first <= ifnull(p.until, '2099-12-31')
GROUP BY p.subject, substr(c.month, 1, 4)
UNION ALL
SELECT subject, substr(first, 1, 4), 2, 'entries', count(*)
FROM (SELECT subject, person, min(since) AS first FROM presence
    GROUP BY subject, person) GROUP BY subject, substr(first, 1, 4)
UNION ALL
SELECT subject, substr(since, 1, 4), 3, 'contracts', count(*)
FROM presence GROUP BY subject, substr(since, 1, 4)
UNION ALL
SELECT subject, year, 4, 'exits', count(*) FROM leaving GROUP BY subject, year
UNION ALL
SELECT p.subject, substr(e.date, 1, 4), 5, 'evaluations', count(*)
FROM presence p JOIN m_evaluation e ON e.person = p.person
    AND e.date BETWEEN p.since AND ifnull(p.until, '9999-12-31')
GROUP BY p.subject, substr(e.date, 1, 4)
UNION ALL
SELECT p.subject, substr(e.obtainedOn, 1, 4), 6, 'certifications', count(*)
FROM presence p JOIN m_certification e ON e.person = p.person
    AND e.obtainedOn BETWEEN p.since AND ifnull(p.until, '9999-12-31')
GROUP BY p.subject, substr(e.obtainedOn, 1, 4)
UNION ALL
SELECT subject, substr(month, 1, 4), 7, 'step.' || hourKind, count(*)
FROM stepHours GROUP BY subject, substr(month, 1, 4), hourKind
UNION ALL
SELECT subject, substr(month, 1, 4), 8, 'hours.' || hourKind, sum(hourCount)
FROM stepHours WHERE hourCount IS NOT NULL
GROUP BY subject, substr(month, 1, 4), hourKind;
