-- From where a call came to a server; nothing for what was done on the store itself.

ALTER TABLE audit ADD COLUMN client {text};
-- The proxy that spoke for the client.
ALTER TABLE audit ADD COLUMN proxy {text};
