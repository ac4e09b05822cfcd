//! `docs/import/csv_to_account.py` on the sample, as an administrator would run it.

use std::process::Command;

use super::Checker;
use crate::domain::conversation::Status;
use crate::domain::document::Document;
use crate::domain::ticket::Priority;
use crate::seed::feed;

/// What the script makes of the sample; none when there is no Python here (in CI that is a failure).
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn converted() -> Option<(Document, String)> {
    let root = env!("CARGO_MANIFEST_DIR");
    let script = format!("{root}/docs/import/csv_to_account.py");
    let sample = format!("{root}/fixtures/tickets_sample.csv");
    match Command::new("python3").args([&script, &sample, "--zone", "Europe/Warsaw"]).output() {
        Ok(output) => {
            let notes = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(output.status.success(), "{notes}");
            Some((serde_json::from_slice(&output.stdout).expect("an account document"), notes))
        }
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "python3 is needed in CI: {error}");
            eprintln!("skipped: python3 cannot be started ({error})");
            None
        }
    }
}

#[test]
fn the_sample_becomes_an_account() {
    let Some((document, notes)) = converted() else { return };
    assert_eq!((document.conversations.len(), document.tickets.len(), document.contacts.len()), (40, 27, 38));
    let closed = document.conversations.iter().filter(|item| item.status == Status::Closed).count();
    assert_eq!(closed, 18);
    assert!(document.tickets.iter().any(|ticket| ticket.priority == Some(Priority::Urgent)), "Critical");
    assert!(document.tickets.iter().all(|ticket| ticket.closed_at.is_none_or(|closed| closed >= ticket.created_at)));
    assert!(!document.conversations.iter().flat_map(|item| &item.messages).any(|message| message.body.text.contains("{product")));
    assert!(document.conversations[1].messages[0].body.text.contains('\n'), "fields of several lines");
    assert!(notes.contains("5  tickets that end before they begin") && notes.contains("taken as Europe/Warsaw"), "{notes}");
    feed(document, &mut Checker::default()).expect("every reference resolves");
}
