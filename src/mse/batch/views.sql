-- Ready views over the datasets facts, mentions, tasks, documents and failures.

-- Every document with what it says of itself and how much came out of it.
CREATE VIEW reports AS
SELECT
    d.path, d.doc, d.title, d.place, d.year, d.period, d.issued, d.document_number, d.characters,
    (SELECT count(*) FROM tasks t WHERE t.path = d.path) AS tasks,
    (SELECT count(*) FROM facts f WHERE f.path = d.path) AS facts
FROM documents d;

-- Every fact with what its document says of itself, and `percent`: how much of the promise is kept, as it follows from
-- the values, else as the report states it.
CREATE VIEW progress AS
SELECT
    f.*,
    d.place, d.year, d.title AS report,
    coalesce(f.completion.computed, f.completion.stated) AS percent
FROM facts f JOIN documents d USING (path);

-- One row an office and fact: who leads has `lead` true.
CREATE VIEW by_office AS
SELECT office, true AS lead, p.* FROM progress p, unnest(p.lead_organizations) AS u(office)
UNION ALL
SELECT office, false AS lead, p.* FROM progress p, unnest(p.supporting_organizations) AS u(office);

-- One row a leader and fact.
CREATE VIEW by_leader AS
SELECT leader, p.* FROM progress p, unnest(p.leaders) AS u(leader);

-- Offices and leaders with how many promises they answer for, how many are kept, and how far they are on average.
CREATE VIEW offices AS
SELECT
    office,
    count(*) FILTER (target IS NOT NULL) AS promises,
    count(*) FILTER (percent >= 100) AS kept,
    round(avg(least(percent, 100)), 2) AS percent
FROM by_office WHERE lead GROUP BY office;

CREATE VIEW leaders AS
SELECT
    leader,
    count(*) FILTER (target IS NOT NULL) AS promises,
    count(*) FILTER (percent >= 100) AS kept,
    round(avg(least(percent, 100)), 2) AS percent
FROM by_leader GROUP BY leader;

-- Promises of which less is kept than of their time has gone by, counted from the start of the deadline's year.
CREATE VIEW behind_schedule AS
SELECT * FROM (
    SELECT
        p.*,
        round(
            100.0 * (p.actual.period."end" - date_trunc('year', p.target.period."end")::DATE + 1)
            / (p.target.period."end" - date_trunc('year', p.target.period."end")::DATE + 1), 2
        ) AS time_gone
    FROM progress p
    WHERE p.target IS NOT NULL AND p.target.op IN ('=', '>=', '>')
      AND p.actual.period."end" >= date_trunc('year', p.target.period."end")
      AND p.actual.period."end" <= p.target.period."end"
) WHERE percent < time_gone;

-- Facts whose stated completion is not what their own values give.
CREATE VIEW contradictions AS
SELECT * FROM progress WHERE completion.consistent = false;
