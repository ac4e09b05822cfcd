//! Contacts, companies, notices.

use super::on_both_engines;

on_both_engines!(
    contacts_are_kept_in_lower_case_and_with_history,
    lists_are_pages,
    h2_a_contact_shows_what_one_may_see,
    companies_have_contacts,
    m9_notices_are_seen_by_whom_they_are_for
);

mod checks {
    use deskctl::domain::time::Time;
    use deskctl::store::history::Object;
    use deskctl::store::outbox::{self, Notice, NoticeKind, OutboxState};

    use crate::nouns::desk::{AGENT, Desk, KEEPER};

    pub fn contacts_are_kept_in_lower_case_and_with_history(desk: &Desk) {
        desk.json(&["companies", "create", "Łódzka", "--domain", "Lodzka.Example"]);
        let jan = desk.json(&["contacts", "create", "--email", "Jan@Example.COM", "--first-name", "Jan", "--as", AGENT]);
        assert_eq!((&jan["email"], &jan["name"]), (&"jan@example.com".into(), &"Jan".into()));
        desk.run(&["contacts", "create", "--email", "JAN@example.com"]).refused(6, "already_exists");
        desk.run(&["contacts", "create"]).refused(2, "bad_value");
        let changed = ["contacts", "update", "JAN@example.com", "--last-name", "Kowalski", "--company", "łódzka", "--as", KEEPER];
        assert_eq!(desk.json(&changed)["company"], "Łódzka");
        let text = |text: &str| Some(text.to_owned());
        let noted = [("last_name".to_owned(), None, text("Kowalski")), ("company".to_owned(), None, text("1"))];
        assert_eq!(desk.history(Object::Contact, 1), noted);
        let near = desk.run(&["contacts", "show", "jan@exmple.com"]).refused(5, "unknown_contact");
        assert!(near["hint"].as_str().unwrap().contains("jan@example.com"));
        desk.run(&["companies", "delete", "Łódzka", "--yes"]).refused(6, "in_use");
        desk.json(&["contacts", "delete", "jan@example.com", "--yes"]);
        desk.json(&["companies", "delete", "lodzka.example", "--yes"]);
    }

    pub fn lists_are_pages(desk: &Desk) {
        for number in 1..=5 {
            desk.json(&["contacts", "create", "--first-name", &format!("N{number}")]);
        }
        let first = desk.run(&["contacts", "list", "--limit", "2"]);
        assert_eq!(first.json().as_array().unwrap().len(), 2);
        assert!(first.stderr.contains("2 shown; more with --after 2, or --all"), "{}", first.stderr);
        assert_eq!(desk.column(&["contacts", "list", "--after", "3"], "name"), ["N4", "N5"]);
        assert_eq!(desk.column(&["contacts", "list", "--all"], "name").len(), 5);
        assert_eq!(desk.run(&["companies", "list"]).stdout.trim(), "[]");
    }

    pub fn h2_a_contact_shows_what_one_may_see(desk: &Desk) {
        desk.json(&["channels", "connect", "--name", "M", "--kind", "email", "--address", "m@acme.example", "--inbox", "Shared"]);
        desk.json(&["contacts", "create", "--email", "jan@example.com"]);
        desk.conversation(1, Some(1), Some(1), Some(1));
        desk.conversation(1, Some(3), Some(1), None);
        let seen = |extra: &[&str]| {
            let shown = desk.json(&[&["contacts", "show", "1"], extra].concat());
            shown["conversations"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(seen(&[]), [2, 1]);
        assert_eq!(seen(&["--as", AGENT]), [2]);
        assert!(seen(&["--as", KEEPER]).is_empty(), "without help desk access");
        desk.run(&["contacts", "delete", "1", "--yes"]).refused(6, "in_use");
    }

    pub fn companies_have_contacts(desk: &Desk) {
        desk.json(&["companies", "create", "Kowalski", "--domain", "kowalski.example"]);
        desk.json(&["companies", "create", "Kowalski"]);
        desk.run(&["companies", "create", "Other", "--domain", "KOWALSKI.example"]).refused(6, "already_exists");
        let ambiguous = desk.run(&["companies", "show", "kowalski"]).refused(2, "ambiguous_company");
        assert_eq!(ambiguous["details"]["candidates"].as_array().unwrap().len(), 2);
        desk.json(&["contacts", "create", "--first-name", "Jan", "--company", "kowalski.example"]);
        assert_eq!(desk.json(&["companies", "show", "kowalski.example"])["contacts"][0]["name"], "Jan");
        assert_eq!(desk.json(&["companies", "update", "2", "--name", "Nowak"])["name"], "Nowak");
        let near = desk.run(&["companies", "show", "Kowalsky"]).refused(5, "unknown_company");
        assert!(near["hint"].as_str().unwrap().contains("Kowalski"));
    }

    pub fn m9_notices_are_seen_by_whom_they_are_for(desk: &Desk) {
        let notice = |user_id, kind, state| Notice {
            id: 0,
            at: Time(0),
            kind,
            user_id,
            text: "New ticket".into(),
            state,
            run_id: None,
            ticket_id: Some(1),
        };
        desk.write(|tx| {
            let notices = vec![
                notice(1, NoticeKind::NewTicket, OutboxState::Pending),
                notice(3, NoticeKind::NewTicket, OutboxState::Muted),
                notice(3, NoticeKind::Migration, OutboxState::Pending),
            ];
            outbox::put(tx, notices).unwrap();
        });
        assert_eq!(desk.column(&["outbox", "list"], "id"), ["3", "2", "1"]);
        assert_eq!(desk.column(&["outbox", "list", "--state", "pending", "--kind", "new_ticket"], "id"), ["1"]);
        assert_eq!(desk.column(&["outbox", "list", "--user", AGENT, "--state", "muted"], "id"), ["2"]);
        assert_eq!(desk.column(&["outbox", "list", "--as", AGENT], "id"), ["3", "2"]);
        desk.run(&["outbox", "list", "--as", AGENT, "--user", KEEPER]).refused(4, "not_permitted");
        assert_eq!(desk.json(&["outbox", "show", "2", "--as", AGENT])["user"], AGENT);
        desk.run(&["outbox", "show", "1", "--as", AGENT]).refused(5, "unknown_notice");
        desk.run(&["outbox", "list", "--as", KEEPER]).refused(4, "not_permitted");
    }
}
