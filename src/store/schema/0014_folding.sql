-- Texts are compared without regard to case and marks (domain/fold): keys by which indexes find them, indexes by which lists of
-- few tickets are found, and a search index that knows more spellings.

-- Keys of folded texts: of what contacts and companies are called, of addresses and domains, of custom properties. Worked out when
-- a row is written; what was there before is filled in by the step's own code (store/schema/fill.rs).
ALTER TABLE contacts ADD COLUMN name_key {int};
ALTER TABLE contacts ADD COLUMN email_key {int};
ALTER TABLE companies ADD COLUMN name_key {int};
ALTER TABLE companies ADD COLUMN domain_key {int};
ALTER TABLE ticket_values ADD COLUMN text_key {int};
CREATE INDEX contacts_name_key ON contacts (name_key);
CREATE INDEX contacts_email_key ON contacts (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX companies_name_key ON companies (name_key);
CREATE INDEX companies_domain_key ON companies (domain_key) WHERE domain_key IS NOT NULL;
CREATE INDEX ticket_values_text_key ON ticket_values (property_id, text_key) WHERE text_key IS NOT NULL;

-- Each costs a migration something for every row. Those that can be partial are.
CREATE INDEX tickets_contact ON tickets (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX tickets_company ON tickets (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX tickets_created ON tickets (created_at);
CREATE INDEX tickets_closed ON tickets (closed_at) WHERE closed_at IS NOT NULL;

-- Made anew, bit by bit, by whoever uses it next.
{forget_search_index}
DELETE FROM search_queue;
DELETE FROM search_state;
