//! Long lists: whole for scripts, a page for people.

use super::on_both_engines;

on_both_engines!(a_script_gets_every_row_and_a_person_a_page);

mod checks {
    use crate::nouns::desk::Desk;

    const ROWS: usize = 60;
    const LISTS: &[&[&str]] = &[
        &["contacts", "list"],
        &["conversations", "list"],
        &["tickets", "list"],
        &["tickets", "list", "--everywhere"],
        &["tickets", "list", "--sort", "name"],
        &["tickets", "search", "lamp"],
        &["views", "run", "All open"],
        &["audit", "list", "--operation", "conversations.receive"],
        &["outbox", "list"],
        &["sla", "due", "--within", "1d"],
    ];

    pub fn a_script_gets_every_row_and_a_person_a_page(desk: &Desk) {
        desk.json(&["sla", "set", "--close", "4h"]);
        desk.json(&["channels", "connect", "--name", "M", "--kind", "email", "--address", "m@acme.example", "--inbox", "Help desk"]);
        let lines: String =
            (0..ROWS).map(|n| format!("{{\"from\":\"c{n}@example.com\",\"subject\":\"Lamp {n}\",\"text\":\"It is broken\"}}\n")).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines).unwrap();
        assert_eq!(desk.run(&["conversations", "receive", "m@acme.example", "--input", file.path().to_str().unwrap()]).exit, 0);
        for list in LISTS {
            check(desk, list);
        }
    }

    fn check(desk: &Desk, list: &[&str]) {
        let said = |extra: &[&str]| {
            let said = desk.run(&[list, extra].concat());
            assert_eq!(said.exit, 0, "{list:?} {extra:?}: {}", said.stderr);
            said
        };
        let rows = desk.json(list).as_array().unwrap().len();
        assert!(rows >= ROWS, "{list:?}: {rows} rows");
        assert_eq!(said(&["--all"]).json().as_array().unwrap().len(), rows, "{list:?}: --all is every row");
        assert_eq!(said(&["-o", "ndjson"]).stdout.lines().count(), rows, "{list:?}");
        assert_eq!(said(&["-o", "csv"]).stdout.lines().count(), rows + 1, "{list:?}");
        for format in ["json", "ndjson", "table"] {
            let cut = said(&["--limit", "7", "-o", format]);
            let lines = cut.stdout.lines().filter(|line| line.chars().any(|c| c.is_ascii_digit())).count();
            assert_eq!(lines, 7, "{list:?} as {format}: {}", cut.stdout);
            assert!(cut.stderr.contains("7 shown; more with --after"), "{list:?}: {}", cut.stderr);
        }
        let page = said(&["-o", "table"]);
        assert_eq!(page.stdout.lines().count(), 51, "{list:?}: a table is a page of 50 under its heading");
        assert!(page.stderr.contains("50 shown; more with --after"), "{list:?}: {}", page.stderr);
        assert_eq!(said(&["-o", "table", "--all"]).stdout.lines().count(), rows + 1, "{list:?}");
    }
}
