-- Views that people make (V2), and an index for the default view My team's unassigned.

CREATE TABLE views (
    id {id},
    name {text} NOT NULL,
    -- Its maker.
    owner_id {int} NOT NULL,
    -- JSON; what belongs to the account stands in it by id.
    filter {text} NOT NULL,
    -- NULL: newest activity first.
    sort {text},
    -- JSON list of names.
    columns {text} NOT NULL,
    sharing {text} NOT NULL
) {strict};
CREATE INDEX views_owner ON views (owner_id);

-- The teams that a view is shared with.
CREATE TABLE view_teams (
    view_id {int} NOT NULL,
    team_id {int} NOT NULL,
    PRIMARY KEY (view_id, team_id)
) {clustered};

-- Tickets that a migration makes for nobody have no team, and cost nothing here.
CREATE INDEX tickets_view_team_unassigned ON tickets (team_id, open, last_activity_at)
    WHERE in_help_desk = 1 AND spam = 0 AND owner_id IS NULL AND team_id IS NOT NULL;
