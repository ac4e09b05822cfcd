//! That the comparison finds what differs, and only that.

use crate::support::postgres::PgServer;

use super::damage::script;
use super::desk::Origin;

#[test]
fn a_single_wrong_value_is_found() {
    let origin = Origin::sqlite(60, 32, 20);
    let spoiled = [
        "UPDATE tickets SET stage_id = stage_id + 1 WHERE id = (SELECT max(id) FROM tickets)",
        "UPDATE tickets SET created_at = created_at + 1 WHERE id = (SELECT max(id) FROM tickets)",
        "UPDATE conversations SET owner_id = 3 WHERE id = (SELECT max(id) FROM conversations WHERE owner_id <> 3)",
        "UPDATE messages SET text = text || '.' WHERE id = 5",
        "DELETE FROM messages WHERE id = 5",
        "DELETE FROM conversation_tickets WHERE conversation_id = (SELECT max(conversation_id) FROM conversation_tickets)",
        "INSERT INTO outbox (at, kind, user_id, text, state) VALUES (0, 'new_ticket', 1, '', 'pending')",
        "UPDATE migrations SET done = done + 1",
        "UPDATE migration_items SET outcome = 'kept' WHERE conversation_id = (SELECT max(conversation_id) FROM migration_items)",
        "DELETE FROM history WHERE object = 'ticket' AND object_id = (SELECT max(object_id) FROM history WHERE object = 'ticket')",
        "UPDATE channels SET settings = replace(settings, 'no_one', 'skill')",
    ];
    for sql in spoiled {
        let desk = origin.copy();
        desk.done(&origin.start());
        assert_eq!(desk.snapshot().difference(&origin.expected), None);
        script(&desk, sql);
        assert!(desk.snapshot().difference(&origin.expected).is_some(), "{sql} is not noticed");
    }
}

/// Nor does it matter on which engine, or in how many batches, a migration ran.
#[test]
fn both_engines_and_all_batches_give_the_same() {
    // Large enough for tickets that two conversations share (M13).
    let embedded = Origin::sqlite(1_000, 20, 1_000);
    assert_eq!(Origin::sqlite(1_000, 20, 3).expected.difference(&embedded.expected), None);
    let Some(server) = PgServer::shared() else { return };
    assert_eq!(Origin::postgres(server, 1_000, 20, 50).expected.difference(&embedded.expected), None);
}
