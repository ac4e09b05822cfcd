-- What the clocks of service level agreements need to know of a conversation, kept when its messages are written.

-- 1 where a chatflow's bot wrote an outgoing message.
ALTER TABLE messages ADD COLUMN by_bot {int} NOT NULL DEFAULT 0 CHECK (by_bot IN (0, 1));

-- A reply is an outgoing message by a person, an answer one by a person or a bot. since: the oldest incoming message after the
-- last of them by time and id; of all, where there is none. verify computes the four anew.
ALTER TABLE conversations ADD COLUMN first_reply_at {int};
ALTER TABLE conversations ADD COLUMN no_reply_since {int};
ALTER TABLE conversations ADD COLUMN first_answer_at {int};
ALTER TABLE conversations ADD COLUMN no_answer_since {int};

-- The bot's name stands in the settings of the message's channel, as JSON text that this program wrote; where no bot is
-- configured, the bot writes under the channel's name.
UPDATE messages SET by_bot = 1 WHERE direction = 'outgoing' AND EXISTS (SELECT 1 FROM channels h WHERE h.id = messages.channel_id AND CASE
    WHEN replace(h.settings, '"bot":{"name":"', '') = h.settings THEN h.name = messages.author
    ELSE replace(h.settings, '"bot":{"name":"' || replace(replace(messages.author, '\', '\\'), '"', '\"') || '","actions":[', '') <> h.settings
END);

-- First the time of the last reply or answer in the place of since; then what came after it.
UPDATE conversations SET (first_reply_at, no_reply_since, first_answer_at, no_answer_since) = (
    SELECT min(CASE WHEN m.by_bot = 0 THEN m.at END), max(CASE WHEN m.by_bot = 0 THEN m.at END), min(m.at), max(m.at)
    FROM messages m WHERE m.conversation_id = conversations.id AND m.direction = 'outgoing'
);
UPDATE conversations SET (no_reply_since, no_answer_since) = (
    SELECT
        min(CASE
            WHEN conversations.no_reply_since IS NULL OR m.at > conversations.no_reply_since THEN m.at
            WHEN m.at = conversations.no_reply_since AND m.id > (
                SELECT max(o.id) FROM messages o
                WHERE o.conversation_id = m.conversation_id AND o.direction = 'outgoing' AND o.by_bot = 0 AND o.at = m.at
            ) THEN m.at
        END),
        min(CASE
            WHEN conversations.no_answer_since IS NULL OR m.at > conversations.no_answer_since THEN m.at
            WHEN m.at = conversations.no_answer_since AND m.id > (
                SELECT max(o.id) FROM messages o
                WHERE o.conversation_id = m.conversation_id AND o.direction = 'outgoing' AND o.at = m.at
            ) THEN m.at
        END)
    FROM messages m WHERE m.conversation_id = conversations.id AND m.direction = 'incoming'
);
