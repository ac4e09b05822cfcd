-- The full-text index of the help desk's tickets (V5), and what it does not know yet.

-- Tickets up to this id are in the index, as far as the queue does not name them. Later ones are found by looking at them.
CREATE TABLE search_state (
    id {int} PRIMARY KEY CHECK (id = 1),
    indexed_through {int} NOT NULL,
    -- No ticket up to this id comes any more: PostgreSQL commits ids out of order.
    settled_through {int} NOT NULL
) {strict};

-- What changed of that: tickets, contacts, companies. Written in the transaction of the change.
CREATE TABLE search_queue (
    id {id},
    object {text} NOT NULL,
    object_id {int} NOT NULL
) {strict};

-- Tokens of a ticket as deskctl makes them (domain/search), by the ticket's id.
{search_index}
