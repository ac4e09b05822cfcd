-- The migration's own records.

CREATE TABLE migrations (
    id {id},
    channel_id {int} NOT NULL,
    history {text} NOT NULL,
    -- The frozen status map, who had help desk access when it was frozen, and the channel as it was: JSON.
    map {text} NOT NULL,
    agents {text} NOT NULL,
    channel_before {text} NOT NULL,
    help_desk_id {int} NOT NULL,
    muted {int} NOT NULL CHECK (muted IN (0, 1)),
    -- Channels that follow with the same map: JSON list of ids.
    next_channels {text} NOT NULL,
    accepted {text} NOT NULL,
    state {text} NOT NULL,
    phase {text} NOT NULL,
    -- 1 until completed, then NULL: the unique index below allows one active migration (M4).
    active {int} CHECK (active = 1),
    last_error {text},
    -- The commit that moved the channel: conversations up to here are history, later ones are new (M6).
    boundary_conversation {int},
    boundary_channel_row {int},
    -- Where moving_history stands: the pass (0 open ones, 1 all others) and the last conversation done.
    pass {int} NOT NULL,
    cursor {int} NOT NULL,
    total {int} NOT NULL,
    done {int} NOT NULL,
    tickets_created {int} NOT NULL,
    tickets_moved {int} NOT NULL,
    unassigned {int} NOT NULL,
    -- Raised by every worker that takes over; a batch commits only under its own number.
    fence {int} NOT NULL,
    batches {int} NOT NULL,
    -- Milliseconds spent moving history, over all workers: the measured rate.
    busy_ms {int} NOT NULL,
    start_at {int},
    started_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    finished_at {int},
    started_by {int} NOT NULL,
    log {text}
) {strict};
CREATE UNIQUE INDEX migrations_one_active ON migrations (active);

-- The record of a conversation before its move, written in the transaction that moves it. verify compares with it.
CREATE TABLE migration_items (
    run_id {int} NOT NULL,
    conversation_id {int} NOT NULL,
    outcome {text} NOT NULL,
    status {text} NOT NULL,
    spam {int} NOT NULL,
    owner_id {int},
    inbox_id {int} NOT NULL,
    message_count {int} NOT NULL,
    digest {bytes} NOT NULL,
    -- The ticket it had, with its properties as JSON; NULL where one was made.
    ticket_id {int},
    ticket_before {text},
    PRIMARY KEY (run_id, conversation_id)
) {clustered};

-- How many tickets of this run each user will be told about, in one notice at the end (M9).
CREATE TABLE migration_notices (
    run_id {int} NOT NULL,
    user_id {int} NOT NULL,
    assigned {int} NOT NULL,
    PRIMARY KEY (run_id, user_id)
) {strict};

-- When each phase began and ended, for the report.
CREATE TABLE migration_phases (
    run_id {int} NOT NULL,
    position {int} NOT NULL,
    phase {text} NOT NULL,
    at {int} NOT NULL,
    worker {text} NOT NULL,
    PRIMARY KEY (run_id, position)
) {strict};
