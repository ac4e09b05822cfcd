-- What servers need: tokens, and which runs are theirs to drive.

CREATE TABLE tokens (
    id {id},
    -- The part of the token that names it; of the secret part there is only its hash (G2).
    token_name {text} NOT NULL UNIQUE,
    secret_hash {bytes} NOT NULL,
    user_id {int} NOT NULL REFERENCES users (id),
    label {text} NOT NULL,
    -- JSON list.
    scopes {text} NOT NULL,
    created_at {int} NOT NULL,
    created_by {int} NOT NULL,
    expires_at {int},
    -- Kept roughly: written at most every few minutes.
    last_used_at {int},
    revoked_at {int}
) {strict};

-- 1 where servers drive the run: any of them takes it over when its worker is gone.
ALTER TABLE migrations ADD COLUMN served {int} NOT NULL DEFAULT 0 CHECK (served IN (0, 1));

-- Clients of servers send every write with a key, so that they can ask again: these are kept for an hour only.
ALTER TABLE idempotency ADD COLUMN expires_at {int} NOT NULL DEFAULT 0;
UPDATE idempotency SET expires_at = at + 2592000000;
CREATE INDEX idempotency_expires ON idempotency (expires_at);
