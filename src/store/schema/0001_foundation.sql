-- The store, written once for both engines. Type words in braces are rendered per engine (store/driver).
--
-- Times are milliseconds since the epoch, booleans 0 or 1, enumerations their lower- or upper-case names.
-- The large tables (conversations, messages, tickets and what hangs on them) declare no foreign keys: bulk work
-- resolves its references itself, and `doctor` looks for orphans.

CREATE TABLE account (
    id {int} PRIMARY KEY CHECK (id = 1),
    name {text} NOT NULL,
    time_zone {text} NOT NULL,
    limits {text} NOT NULL,
    -- 1 while a document is being loaded; the account is closed to other commands until the last batch.
    loading {int} NOT NULL CHECK (loading IN (0, 1)),
    created_at {int} NOT NULL
) {strict};

CREATE TABLE teams (
    id {id},
    name {text} NOT NULL UNIQUE
) {strict};

CREATE TABLE users (
    id {id},
    -- Lower case: addresses are compared without regard to case.
    email {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    role {text} NOT NULL,
    -- JSON list of permissions.
    grants {text} NOT NULL,
    seat {text} NOT NULL,
    active {int} NOT NULL CHECK (active IN (0, 1)),
    ticket_access {text} NOT NULL,
    unassigned_visible {int} NOT NULL CHECK (unassigned_visible IN (0, 1)),
    team_id {int} REFERENCES teams (id)
) {strict};

CREATE TABLE user_teams (
    user_id {int} NOT NULL REFERENCES users (id),
    team_id {int} NOT NULL REFERENCES teams (id),
    PRIMARY KEY (user_id, team_id)
) {strict};

CREATE TABLE pipelines (
    id {id},
    name {text} NOT NULL UNIQUE,
    position {int} NOT NULL
) {strict};

CREATE TABLE stages (
    id {id},
    pipeline_id {int} NOT NULL REFERENCES pipelines (id),
    name {text} NOT NULL,
    state {text} NOT NULL,
    position {int} NOT NULL,
    UNIQUE (pipeline_id, name)
) {strict};

CREATE TABLE inboxes (
    id {id},
    name {text} NOT NULL UNIQUE,
    kind {text} NOT NULL
) {strict};
-- One help desk for the account.
CREATE UNIQUE INDEX inboxes_one_help_desk ON inboxes (kind) WHERE kind = 'help_desk';

CREATE TABLE bot_conditions (
    action {text} PRIMARY KEY,
    allowed {int} NOT NULL CHECK (allowed IN (0, 1)),
    why {text} NOT NULL,
    position {int} NOT NULL
) {strict};

CREATE TABLE channels (
    id {id},
    name {text} NOT NULL,
    kind {text} NOT NULL,
    address {text} NOT NULL UNIQUE,
    inbox_id {int} NOT NULL REFERENCES inboxes (id),
    state {text} NOT NULL,
    -- Signature, routing, automation, ticket creation, bot, transcription: JSON, moved as it is (M10).
    settings {text} NOT NULL,
    moved_by {int}
) {strict};

CREATE TABLE companies (
    id {id},
    name {text} NOT NULL,
    domain {text}
) {strict};

CREATE TABLE contacts (
    id {id},
    first_name {text},
    last_name {text},
    -- Lower case.
    email {text},
    phone {text},
    mobile_phone {text},
    company_id {int}
) {strict};
CREATE INDEX contacts_email ON contacts (email);
CREATE INDEX contacts_phone ON contacts (phone);

-- Nothing that a migration changes stands in an index of this table: it would double the price of moving a row.
CREATE TABLE conversations (
    id {id},
    channel_id {int} NOT NULL,
    inbox_id {int} NOT NULL,
    status {text} NOT NULL,
    spam {int} NOT NULL CHECK (spam IN (0, 1)),
    owner_id {int},
    subject {text},
    contact_id {int},
    company_id {int},
    thread_key {text},
    started_at {int} NOT NULL,
    closed_at {int},
    last_message_at {int} NOT NULL,
    last_direction {text} NOT NULL,
    message_count {int} NOT NULL,
    -- The chain of its messages' digests, kept when messages are written; verify computes it anew.
    digest {bytes} NOT NULL
) {strict};
CREATE INDEX conversations_channel ON conversations (channel_id, id);
CREATE INDEX conversations_open ON conversations (channel_id, id) WHERE status = 'OPEN';
CREATE UNIQUE INDEX conversations_thread ON conversations (channel_id, thread_key) WHERE thread_key IS NOT NULL;

-- Every channel a conversation was on; the newest by time is the one it belongs to (M21).
CREATE TABLE conversation_channels (
    id {id},
    conversation_id {int} NOT NULL,
    channel_id {int} NOT NULL,
    since {int} NOT NULL
) {strict};
CREATE INDEX conversation_channels_conversation ON conversation_channels (conversation_id);

-- Contacts beyond the first.
CREATE TABLE conversation_contacts (
    conversation_id {int} NOT NULL,
    contact_id {int} NOT NULL,
    PRIMARY KEY (conversation_id, contact_id)
) {clustered};

CREATE TABLE messages (
    id {id},
    conversation_id {int} NOT NULL,
    channel_id {int} NOT NULL,
    direction {text} NOT NULL,
    author {text} NOT NULL,
    at {int} NOT NULL,
    text {text} NOT NULL,
    html {text},
    subject {text},
    message_id {text},
    -- JSON lists.
    reference_ids {text},
    cc {text},
    external_id {text},
    attachment_count {int} NOT NULL,
    digest {bytes} NOT NULL
) {strict};
CREATE INDEX messages_conversation ON messages (conversation_id);
CREATE UNIQUE INDEX messages_external ON messages (channel_id, external_id) WHERE external_id IS NOT NULL;
-- By which a mail's references find the conversation that it continues.
CREATE INDEX messages_mail ON messages (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE attachments (
    message_id {int} NOT NULL,
    position {int} NOT NULL,
    name {text} NOT NULL,
    content_type {text} NOT NULL,
    size {int} NOT NULL,
    blob_digest {text} NOT NULL,
    PRIMARY KEY (message_id, position)
) {clustered};

-- Contents, stored once however often they are attached, in pieces of 256 KiB so that they stream.
CREATE TABLE blobs (
    digest {text} PRIMARY KEY,
    size {int} NOT NULL
) {strict};
CREATE TABLE blob_pieces (
    digest {text} NOT NULL,
    position {int} NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (digest, position)
) {strict};

CREATE TABLE tickets (
    id {id},
    name {text} NOT NULL,
    stage_id {int} NOT NULL,
    open {int} NOT NULL CHECK (open IN (0, 1)),
    owner_id {int},
    team_id {int},
    priority {text},
    category {text},
    source {text},
    description {text},
    contact_id {int},
    company_id {int},
    created_at {int} NOT NULL,
    closed_at {int},
    last_activity_at {int} NOT NULL,
    spam {int} NOT NULL CHECK (spam IN (0, 1)),
    in_help_desk {int} NOT NULL CHECK (in_help_desk IN (0, 1)),
    made_for {int},
    made_by_run {int}
) {strict};
-- One index for each default view, ending in the views' order (V1).
CREATE INDEX tickets_view_open ON tickets (open, last_activity_at) WHERE in_help_desk = 1 AND spam = 0;
CREATE INDEX tickets_view_owner ON tickets (owner_id, open, last_activity_at) WHERE in_help_desk = 1 AND spam = 0;
CREATE INDEX tickets_view_team ON tickets (team_id, open, last_activity_at) WHERE in_help_desk = 1 AND spam = 0;
CREATE INDEX tickets_view_spam ON tickets (last_activity_at) WHERE in_help_desk = 1 AND spam = 1;
-- Behind the engine's own care: no conversation gets a second ticket (M13).
CREATE UNIQUE INDEX tickets_made_for ON tickets (made_for) WHERE made_for IS NOT NULL;

-- Contacts beyond the first.
CREATE TABLE ticket_contacts (
    ticket_id {int} NOT NULL,
    contact_id {int} NOT NULL,
    PRIMARY KEY (ticket_id, contact_id)
) {clustered};

-- A conversation has at most one ticket; a ticket may have several conversations.
CREATE TABLE conversation_tickets (
    conversation_id {int} PRIMARY KEY,
    ticket_id {int} NOT NULL
) {strict};
CREATE INDEX conversation_tickets_ticket ON conversation_tickets (ticket_id);

-- What changed on a ticket, conversation, channel or contact: the explanation that verify accepts.
CREATE TABLE history (
    object {text} NOT NULL,
    object_id {int} NOT NULL,
    position {int} NOT NULL,
    at {int} NOT NULL,
    actor_id {int},
    property {text} NOT NULL,
    old_value {text},
    new_value {text},
    run_id {int},
    PRIMARY KEY (object, object_id, position)
) {clustered};

CREATE TABLE outbox (
    id {id},
    at {int} NOT NULL,
    kind {text} NOT NULL,
    user_id {int} NOT NULL,
    text {text} NOT NULL,
    state {text} NOT NULL,
    run_id {int},
    ticket_id {int}
) {strict};
CREATE INDEX outbox_state ON outbox (state, id);

-- Append-only, written in the transaction of the change it describes (G15).
CREATE TABLE audit (
    id {id},
    at {int} NOT NULL,
    actor {text} NOT NULL,
    acting_for {text},
    operation {text} NOT NULL,
    arguments {text} NOT NULL,
    outcome {text} NOT NULL
) {strict};

CREATE TABLE idempotency (
    key {text} PRIMARY KEY,
    operation {text} NOT NULL,
    arguments_digest {text} NOT NULL,
    answer {text} NOT NULL,
    at {int} NOT NULL
) {strict};

-- The document's own ids while an account document is being loaded; empty otherwise.
CREATE TABLE load_refs (
    kind {text} NOT NULL,
    ref {text} NOT NULL,
    id {int} NOT NULL,
    PRIMARY KEY (kind, ref)
) {clustered};
