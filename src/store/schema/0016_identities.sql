-- By what mails and people are known again (E2 to E6).

-- Where phone numbers without a country's code are at home: ISO 3166, two letters.
ALTER TABLE account ADD COLUMN country {text};

-- What was given as a contact's address and is no person's, or what a chat calls its visitor: kept as it came.
ALTER TABLE contacts ADD COLUMN other_address {text};
CREATE INDEX contacts_other_address ON contacts (other_address) WHERE other_address IS NOT NULL;

-- The contacts' phone numbers in the form in which they are compared (domain/phone.rs).
CREATE TABLE contact_numbers (
    number {text} NOT NULL,
    contact_id {int} NOT NULL,
    PRIMARY KEY (number, contact_id)
) {clustered};
CREATE INDEX contact_numbers_contact ON contact_numbers (contact_id);

-- Message-IDs as RFC 5322 reads them (domain/message_id.rs), on the channel by which the mail came or went: of each mail its own,
-- and those that mails refer to, which stand under message 0. The messages keep theirs as they came: digests guard them.
CREATE TABLE mail_ids (
    channel_id {int} NOT NULL,
    mail_id {text} NOT NULL,
    message_id {int} NOT NULL,
    conversation_id {int} NOT NULL,
    PRIMARY KEY (channel_id, mail_id, message_id)
) {clustered};
DROP INDEX IF EXISTS messages_mail;
