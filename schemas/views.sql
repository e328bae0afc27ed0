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
