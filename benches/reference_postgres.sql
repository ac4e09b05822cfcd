BEGIN;
CREATE TEMP TABLE k AS SELECT
    (SELECT id FROM channels WHERE address = 'support@example.com') AS channel,
    (SELECT id FROM inboxes WHERE kind = 'help_desk') AS desk,
    (SELECT min(id) FROM stages WHERE name = 'New') AS new_stage,
    (SELECT min(id) FROM stages WHERE name = 'Closed') AS closed_stage,
    (SELECT max(id) FROM tickets) AS last_ticket,
    (SELECT max(id) FROM conversations) AS last_conversation;
CREATE TEMP TABLE agents AS SELECT id, team_id FROM users
    WHERE active = 1 AND (role = 'super_admin' OR seat = 'service' OR grants LIKE '%service_access%' OR grants LIKE '%sales_access%');
ANALYZE k; ANALYZE agents;
INSERT INTO migration_items (run_id, conversation_id, outcome, status, spam, owner_id, inbox_id, message_count, digest, ticket_id, ticket_before)
    SELECT 1, c.id, CASE WHEN l.ticket_id IS NULL THEN 'made' ELSE 'moved' END, c.status, c.spam, c.owner_id, c.inbox_id, c.message_count, c.digest,
           l.ticket_id,
           CASE WHEN t.id IS NOT NULL THEN CAST(json_build_object('id', t.id, 'name', t.name, 'stage_id', t.stage_id, 'open', t.open, 'owner_id', t.owner_id,
               'team_id', t.team_id, 'priority', t.priority, 'category', t.category, 'source', t.source, 'description', t.description,
               'contact_id', t.contact_id, 'company_id', t.company_id, 'created_at', t.created_at, 'closed_at', t.closed_at,
               'last_activity_at', t.last_activity_at, 'spam', t.spam, 'in_help_desk', t.in_help_desk, 'made_for', t.made_for, 'made_by_run', t.made_by_run) AS text) END
    FROM k, conversations c LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LEFT JOIN tickets t ON t.id = l.ticket_id
    WHERE c.channel_id = k.channel ORDER BY c.id;
INSERT INTO tickets (id, name, stage_id, open, owner_id, team_id, source, contact_id, company_id, created_at, closed_at, last_activity_at, spam, in_help_desk, made_for, made_by_run)
    SELECT k.last_ticket + row_number() OVER (ORDER BY c.id),
           coalesce(c.subject, 'Conversation with ' || coalesce(p.first_name || ' ' || p.last_name, p.first_name, p.last_name, p.email, p.phone, 'an unknown contact')),
           CASE c.status WHEN 'OPEN' THEN k.new_stage ELSE k.closed_stage END, CASE c.status WHEN 'OPEN' THEN 1 ELSE 0 END,
           a.id, a.team_id, 'EMAIL', c.contact_id, c.company_id, c.started_at,
           CASE c.status WHEN 'OPEN' THEN NULL ELSE coalesce(c.closed_at, c.last_message_at) END, c.last_message_at, c.spam, 1, c.id, 1
    FROM k, conversations c LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LEFT JOIN agents a ON a.id = c.owner_id
    LEFT JOIN contacts p ON p.id = c.contact_id AND c.subject IS NULL
    WHERE c.channel_id = k.channel AND l.ticket_id IS NULL ORDER BY c.id;
INSERT INTO conversation_tickets (conversation_id, ticket_id) SELECT made_for, t.id FROM k, tickets t WHERE t.id > k.last_ticket;
INSERT INTO history (object, object_id, position, at, actor_id, property, old_value, new_value, run_id)
    SELECT 'conversation', c.id, 1, 1790000000000, 1, 'owner', c.owner_id, NULL, 1
    FROM k, conversations c WHERE c.channel_id = k.channel AND c.owner_id IS NOT NULL AND c.owner_id NOT IN (SELECT id FROM agents) ORDER BY c.id;
INSERT INTO history (object, object_id, position, at, actor_id, property, old_value, new_value, run_id)
    SELECT 'ticket', t.id, 1, 1790000000000, 1, 'in_help_desk', '0', '1', 1
    FROM k, tickets t WHERE t.id <= k.last_ticket AND t.in_help_desk = 0
    AND t.id IN (SELECT ticket_id FROM migration_items WHERE run_id = 1) ORDER BY t.id;
INSERT INTO history (object, object_id, position, at, actor_id, property, old_value, new_value, run_id)
    SELECT 'ticket', t.id, 1, 1790000000000, 1, 'created', NULL, t.stage_id, 1 FROM k, tickets t WHERE t.id > k.last_ticket;
UPDATE tickets SET in_help_desk = 1 WHERE in_help_desk = 0 AND id IN (SELECT ticket_id FROM migration_items WHERE run_id = 1);
UPDATE conversations SET inbox_id = (SELECT desk FROM k), owner_id = CASE WHEN owner_id IN (SELECT id FROM agents) THEN owner_id END
    WHERE channel_id = (SELECT channel FROM k);
UPDATE channels SET inbox_id = (SELECT desk FROM k), moved_by = 1 WHERE id = (SELECT channel FROM k);
INSERT INTO outbox (at, kind, user_id, text, state, run_id)
    SELECT 1790000000000, 'migration', id, 'support@example.com moved to the help desk', 'pending', 1 FROM agents;
COMMIT;
