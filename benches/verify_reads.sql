PRAGMA cache_size = -16384;
CREATE TEMP TABLE k AS SELECT (SELECT id FROM channels WHERE address = 'support@example.com') AS channel;
SELECT c.* FROM k, conversations c WHERE c.channel_id = k.channel ORDER BY c.id;
SELECT m.* FROM k, conversations c JOIN messages m ON m.conversation_id = c.id WHERE c.channel_id = k.channel ORDER BY c.id, m.id;
SELECT h.* FROM k, conversations c JOIN conversation_channels h ON h.conversation_id = c.id WHERE c.channel_id = k.channel ORDER BY c.id;
SELECT * FROM migration_items ORDER BY run_id, conversation_id;
SELECT t.* FROM k, conversations c JOIN conversation_tickets l ON l.conversation_id = c.id JOIN tickets t ON t.id = l.ticket_id
    WHERE c.channel_id = k.channel ORDER BY c.id;
SELECT * FROM history ORDER BY object, object_id, position;
