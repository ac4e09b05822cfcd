-- By which terms SLA clocks were judged, for explaining and replaying them (S5, E1).

-- Working hours as they were: each version from its time on, the first one also before. NULL where they were removed.
CREATE TABLE sla_hours_versions (
    name {text} NOT NULL,
    since {int} NOT NULL,
    hours {text},
    PRIMARY KEY (name, since)
) {clustered};
INSERT INTO sla_hours_versions (name, since, hours) SELECT name, updated_at, hours FROM sla_hours;

-- JSON by target: the revision and the number of the rule by which an ended clock was judged, where others hold for the ticket now.
ALTER TABLE ticket_clocks ADD COLUMN ended_by {text};
