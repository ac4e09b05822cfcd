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
    last_at {int} NOT NULL
) {strict};

CREATE TABLE sla_clocks (
    ticket_id {int} NOT NULL,
    kind {text} NOT NULL,
    -- Next responses are counted, from 1.
    instance {int} NOT NULL,
    started_at {int} NOT NULL,
    -- JSON: the stretches in which it ran. NULL where it ran from its start without a pause.
    ran {text},
    ended_at {int},
    outcome {text},
    breached_at {int},
    -- By the rule that holds; of a clock that ended, by the one that held then.
    due_at {int},
    due_soon_at {int},
    PRIMARY KEY (ticket_id, kind, instance)
) {clustered};
-- What is due next; the order goes on so that pages of it are found without sorting.
CREATE INDEX sla_clocks_due ON sla_clocks (due_at, ticket_id, kind) WHERE ended_at IS NULL AND due_at IS NOT NULL;

-- What the run does about the SLAs of history (M12): apply, restart, exempt, or apart for open and closed tickets.
ALTER TABLE migrations ADD COLUMN sla_historic {text} NOT NULL DEFAULT 'apply';
