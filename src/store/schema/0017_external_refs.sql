-- What other systems call tickets (I5): one ticket each, deleted and merged ones included.
ALTER TABLE tickets ADD COLUMN external_ref {text};
CREATE UNIQUE INDEX tickets_external_ref ON tickets (external_ref) WHERE external_ref IS NOT NULL;
ALTER TABLE deleted_tickets ADD COLUMN external_ref {text};
CREATE UNIQUE INDEX deleted_tickets_external_ref ON deleted_tickets (external_ref) WHERE external_ref IS NOT NULL;
