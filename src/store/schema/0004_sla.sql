-- Service level agreements: working hours and the policy (S1 to S6).

CREATE TABLE sla_hours (
    id {id},
    name {text} NOT NULL UNIQUE,
    -- JSON: zone, week, overrides, extra windows, holidays.
    hours {text} NOT NULL,
    updated_at {int} NOT NULL
) {strict};

-- Every revision of the policy. The newest is in force.
CREATE TABLE sla_policies (
    id {id},
    -- JSON, with teams, pipelines and stages by id. NULL where SLAs were switched off.
    policy {text},
    -- Whether it holds for new tickets only, or for open ones too.
    apply_to {text} NOT NULL,
    set_at {int} NOT NULL,
    -- A user's id. Users can be removed, what they did stays.
    set_by {int} NOT NULL
) {strict};
