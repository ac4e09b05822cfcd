-- What belongs to tickets beyond their own columns, and tickets that are gone. No index of these is touched by a migration.

-- Custom properties.
CREATE TABLE properties (
    id {id},
    object {text} NOT NULL,
    -- As commands, filters and columns name it.
    name {text} NOT NULL,
    label {text} NOT NULL,
    kind {text} NOT NULL,
    -- JSON list of the values that an enumeration may have.
    options {text},
    created_at {int} NOT NULL,
    UNIQUE (object, name)
) {strict};

-- Numbers, times in milliseconds and booleans (0 or 1) in number_value, texts and options in text_value.
CREATE TABLE ticket_values (
    ticket_id {int} NOT NULL,
    property_id {int} NOT NULL,
    text_value {text},
    number_value {int},
    PRIMARY KEY (ticket_id, property_id)
) {clustered};
CREATE INDEX ticket_values_text ON ticket_values (property_id, text_value) WHERE text_value IS NOT NULL;
CREATE INDEX ticket_values_number ON ticket_values (property_id, number_value) WHERE number_value IS NOT NULL;

CREATE TABLE deals (
    id {id},
    name {text} NOT NULL,
    -- In hundredths of the account's currency.
    amount {int},
    company_id {int},
    created_at {int} NOT NULL
) {strict};
CREATE TABLE ticket_deals (
    ticket_id {int} NOT NULL,
    deal_id {int} NOT NULL,
    PRIMARY KEY (ticket_id, deal_id)
) {clustered};
CREATE INDEX ticket_deals_deal ON ticket_deals (deal_id);

-- Users whom comments name (H12).
CREATE TABLE mentions (
    ticket_id {int} NOT NULL,
    user_id {int} NOT NULL,
    message_id {int} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (ticket_id, user_id, message_id)
) {clustered};
CREATE INDEX mentions_user ON mentions (user_id, ticket_id);

CREATE TABLE ticket_followers (
    user_id {int} NOT NULL,
    ticket_id {int} NOT NULL,
    PRIMARY KEY (user_id, ticket_id)
) {clustered};
CREATE INDEX ticket_followers_ticket ON ticket_followers (ticket_id);

-- Tickets that were deleted, or merged into another: their rows are taken out of `tickets`, so that nothing else has to leave them
-- out. Their values, deals, mentions, followers, clocks and history stay where they are.
CREATE TABLE deleted_tickets (
    id {int} PRIMARY KEY,
    deleted_at {int} NOT NULL,
    deleted_by {int} NOT NULL,
    -- For whoever may see it (H2).
    owner_id {int},
    team_id {int},
    -- The ticket that lives on, where it was merged (H10).
    merged_into {int},
    -- The row, and the ids of its conversations and further contacts: JSON.
    ticket {text} NOT NULL,
    conversations {text} NOT NULL,
    contacts {text} NOT NULL
) {strict};
CREATE INDEX deleted_tickets_at ON deleted_tickets (deleted_at, id) WHERE merged_into IS NULL;
CREATE INDEX deleted_tickets_merged ON deleted_tickets (merged_into) WHERE merged_into IS NOT NULL;
