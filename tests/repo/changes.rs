//! Every change of a ticket or a conversation passes through one place.

use super::{expect_none, sources};

/// What may write tickets, conversations, their history, clocks, the search index's queue and the outbox: the lifecycle; migrations
/// and loaded documents, which write sets of rows; the clocks themselves; and the store, which is told to.
const WRITERS: &[&str] = &["src/lifecycle/", "src/migrate/", "src/migrate.rs", "src/bulk/", "src/sla/", "src/store/"];

/// Beyond what is written row by row: words that only a writer needs.
const WORDS: &[&str] = &[
    "history::note(",
    "outbox::put(",
    "tickets_changed(",
    "ticket_edited(",
    "contact_changed(",
    "company_changed(",
    "tickets::touch(",
    "take_contacts(",
    "remove_contact(",
    "deleted::put_away(",
    "bring_back(",
    "messages::add(",
    "mention::hand_over(",
    "deals::unlink(",
    "properties::set_value(",
    "pipelines::set_open(",
    "sla::events",
    "sweep::stage(",
    "MessageRow",
];

/// Rows that are written one by one: of these, nobody else inserts or updates any.
const ROWS: &[&str] = &["ticket", "conversation", "contact", "message", "channelsince", "link", "notice", "clocks"];

#[test]
fn tickets_and_conversations_change_in_one_place() {
    let mut found = Vec::new();
    for source in sources() {
        if WRITERS.iter().any(|writer| source.path.starts_with(writer)) {
            continue;
        }
        for (number, line) in source.code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let word = WORDS.iter().find(|word| line.contains(**word)).copied().or_else(|| row(line));
            found.extend(word.map(|word| format!("{}:{}: {word}", source.path, number + 1)));
        }
    }
    expect_none(&found, "changes beside src/lifecycle");
}

/// Whether a line writes a row that is guarded: `tx.update(std::slice::from_ref(&ticket))`.
fn row(line: &str) -> Option<&'static str> {
    let written = ["tx.insert(", "tx.update(", "tx.put("].iter().find_map(|verb| line.split_once(verb))?.1;
    ROWS.iter().find(|row| written.to_lowercase().contains(**row)).copied()
}

#[test]
fn a_change_beside_it_is_found() {
    assert_eq!(row("    desk.tx.update(std::slice::from_ref(&ticket))?;"), Some("ticket"));
    assert_eq!(row("    tx.insert(&[Conversation { id, ..conversation }])"), Some("conversation"));
    assert_eq!(row("    desk.tx.update(std::slice::from_ref(&team))?;"), None);
}
