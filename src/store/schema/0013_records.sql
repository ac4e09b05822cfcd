-- What a migration has read of a conversation besides, kept in its record: what is changed later changes nothing that was decided.
-- Without last_message_at the record was written before this was kept.

-- The contact's name, where the ticket is named after it or a rule asked for it.
ALTER TABLE migration_items ADD COLUMN contact {text};
ALTER TABLE migration_items ADD COLUMN closed_at {int};
ALTER TABLE migration_items ADD COLUMN last_message_at {int};
-- The digest of what no operation changes: subject, contacts, company, thread key, start.
ALTER TABLE migration_items ADD COLUMN fixed {bytes};
-- What hung on the ticket that it had: JSON, with further contacts, deals and custom properties by id.
ALTER TABLE migration_items ADD COLUMN ticket_ties {text};
-- The digest of what was chosen and frozen, taken when the channel moved: it never changes after that.
ALTER TABLE migrations ADD COLUMN seal {bytes};
