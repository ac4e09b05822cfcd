-- The token that a token was made with: it ends with that one.
ALTER TABLE tokens ADD COLUMN made_with {int};

-- How often the same was refused to the same caller within a minute, in one record.
ALTER TABLE audit ADD COLUMN times {int} NOT NULL DEFAULT 1;
CREATE INDEX audit_refused ON audit (actor, at) WHERE outcome <> 'done';
