-- The SLA clocks of tickets (S5), kept so that what is due is found by an index.

-- What decides about a ticket's clocks: a row for each ticket that came to the help desk while a policy was in force, or was open
-- when one was set for open tickets too, or has no SLA for good (M12).
CREATE TABLE ticket_slas (
    ticket_id {int} PRIMARY KEY,
    -- The revision of the policy that holds for it.
    policy_id {int},
    -- The rule's number in it, from 0; NULL where none takes the ticket.
    rule {int},
    rule_since {int} NOT NULL,
    -- Whether somebody has answered the customer.
    replied {int} NOT NULL CHECK (replied IN (0, 1)),
    unanswered_since {int},
    -- Exempt or merged away: nothing moves any more.
    finished {int} NOT NULL CHECK (finished IN (0, 1)),
    -- The newest event that its clocks know of.
    last_at {int} NOT NULL,
    -- How many next responses there were: they are counted, from 1.
    next_responses {int} NOT NULL
) {strict};

-- How the clocks stand, where there are any: one row for all three, because a migration writes one for each ticket that it moves.
CREATE TABLE ticket_clocks (
    ticket_id {int} PRIMARY KEY,
    -- JSON: the stretches in which clocks ran, by target. NULL where each ran from its start without a pause.
    ran {text},
    -- Due times are by the rule that holds; of a clock that ended, by the one that held then.
    first_response_started_at {int},
    first_response_ended_at {int},
    first_response_outcome {text},
    first_response_breached_at {int},
    first_response_due_at {int},
    first_response_due_soon_at {int},
    -- The last one.
    next_response_started_at {int},
    next_response_ended_at {int},
    next_response_outcome {text},
    next_response_breached_at {int},
    next_response_due_at {int},
    next_response_due_soon_at {int},
    close_started_at {int},
    close_ended_at {int},
    close_outcome {text},
    close_breached_at {int},
    close_due_at {int},
    close_due_soon_at {int}
) {strict};
-- What is due next; the order goes on so that pages of it are found without sorting.
CREATE INDEX ticket_clocks_first_response ON ticket_clocks (first_response_due_at, ticket_id)
    WHERE first_response_ended_at IS NULL AND first_response_due_at IS NOT NULL;
CREATE INDEX ticket_clocks_next_response ON ticket_clocks (next_response_due_at, ticket_id)
    WHERE next_response_ended_at IS NULL AND next_response_due_at IS NOT NULL;
CREATE INDEX ticket_clocks_close ON ticket_clocks (close_due_at, ticket_id) WHERE close_ended_at IS NULL AND close_due_at IS NOT NULL;

-- Next responses before the last one: all have ended.
CREATE TABLE sla_past_responses (
    ticket_id {int} NOT NULL,
    instance {int} NOT NULL,
    started_at {int} NOT NULL,
    ended_at {int} NOT NULL,
    outcome {text} NOT NULL,
    breached_at {int},
    due_at {int},
    PRIMARY KEY (ticket_id, instance)
) {clustered};

-- All clocks one by one, as reports read them.
CREATE VIEW sla_clocks AS
    SELECT ticket_id, 'first_response' AS kind, 1 AS instance, first_response_started_at AS started_at,
        first_response_ended_at AS ended_at, first_response_outcome AS outcome, first_response_breached_at AS breached_at,
        first_response_due_at AS due_at
    FROM ticket_clocks WHERE first_response_started_at IS NOT NULL
    UNION ALL
    SELECT c.ticket_id, 'next_response', s.next_responses, next_response_started_at, next_response_ended_at, next_response_outcome,
        next_response_breached_at, next_response_due_at
    FROM ticket_clocks c JOIN ticket_slas s ON s.ticket_id = c.ticket_id WHERE next_response_started_at IS NOT NULL
    UNION ALL
    SELECT ticket_id, 'close', 1, close_started_at, close_ended_at, close_outcome, close_breached_at, close_due_at
    FROM ticket_clocks WHERE close_started_at IS NOT NULL
    UNION ALL
    SELECT ticket_id, 'next_response', instance, started_at, ended_at, outcome, breached_at, due_at FROM sla_past_responses;

-- What the run does about the SLAs of history (M12): apply, restart, exempt, or apart for open and closed tickets.
ALTER TABLE migrations ADD COLUMN sla_historic {text} NOT NULL DEFAULT 'apply';
