//! Lists of few tickets start from the index of the condition that leaves them (V3, V4), and texts are found in every form.

use deskctl::clock::Clock;
use deskctl::domain::Id;
use deskctl::ops::tickets::{Create, List};
use deskctl::ops::views::Explain;
use deskctl::ops::{Call, Local, contacts};
use deskctl::store::{Dialect, Location, Store};
use serde_json::{Value, json};

use super::world::{NOW, World};
use crate::machine::backups::make_older;

fn desks() -> (tempfile::TempDir, Vec<Local>) {
    let folder = tempfile::tempdir().unwrap();
    let stores = World::new(4).stores(&folder);
    let clock = || Clock::Started { at: NOW, when: std::time::Instant::now() };
    (folder, stores.into_iter().map(|store| Local { store, clock: clock() }).collect())
}

fn ids(desk: &mut Local, filter: &str) -> Vec<Id> {
    let list = List { filter: Some(filter.to_owned()), limit: 200, ..List::default() };
    desk.run(list, &Call::default()).unwrap().output.items.iter().map(|row| row.id).collect()
}

#[test]
fn v3_what_few_tickets_have_is_found_by_the_index_of_its_condition() {
    let (_folder, mut desks) = desks();
    for desk in &mut desks {
        for (filter, expected) in [
            ("contact = \"Jane Doe\"", &["contacts_name_key", "tickets_contact"][..]),
            ("open and contact_email in (a@x.example, b@x.example)", &["contacts_email_key", "tickets_contact"]),
            ("company = Acme and priority = HIGH", &["companies_name_key", "tickets_company"]),
            ("company_domain = acme.example", &["companies_domain_key", "tickets_company"]),
            ("note = refund", &["ticket_values_text_key"]),
            ("weight between 1.5 and 2", &["ticket_values_text"]),
            ("size = small", &["ticket_values_text"]),
            ("due = 2026-03-28", &["ticket_values_number"]),
            ("created_at > -1d", &["tickets_created"]),
            ("not spam and closed_at between -2d and now", &["tickets_closed"]),
            ("channel = chat", &["conversations_channel"]),
        ] {
            let explain = Explain { view: None, filter: Some(filter.to_owned()) };
            let told = desk.run(explain, &Call::default()).unwrap().output;
            if desk.store.conn().dialect() == Dialect::Sqlite {
                assert_eq!(told.indexes, expected, "{filter}");
            }
        }
    }
}

#[test]
fn v3_a_text_is_found_in_every_form_of_its_letters() {
    let (_folder, mut desks) = desks();
    let forms = ["żółw ŁÓDŹ", "z\u{307}o\u{301}łw ŁO\u{301}DZ\u{301}", "ŻÓŁW łódź", "zolw lodz"];
    for desk in &mut desks {
        leave_ids(&mut desk.store);
        for form in forms {
            let run = |desk: &mut Local, arguments: Value| {
                let contact: contacts::Create = serde_json::from_value(arguments).unwrap();
                desk.run(contact, &Call::default()).unwrap().output.id
            };
            let contact = run(desk, json!({ "first_name": form, "last_name": "Test" }));
            let create = json!({ "name": form, "stage": "Support/New", "category": form, "description": form, "contacts": [contact.to_string()],
                "set": { "note": form } });
            let create: Create = serde_json::from_value(create).unwrap();
            desk.run(create, &Call::default()).unwrap();
        }
        for property in ["name", "category", "description", "note", "contact"] {
            for form in forms {
                let whole = if property == "contact" { format!("{form} Test") } else { form.to_owned() };
                for test in [
                    format!("{property} = \"{whole}\""),
                    format!("{property} in (\"{whole}\", nothing)"),
                    format!("{property} contains \"{form}\""),
                    format!("{property} starts with \"{form}\""),
                    format!("{property} contains word \"{form}\""),
                ] {
                    assert_eq!(ids(desk, &test).len(), forms.len(), "{test} on {:?}", desk.store.conn().dialect());
                }
            }
        }
    }
}

/// The world took the first ids without asking for them.
fn leave_ids(store: &mut Store) {
    let mut tx = store.write().unwrap();
    if tx.dialect() == Dialect::Postgres {
        for table in ["contacts", "tickets"] {
            tx.script(&format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), 10000)")).unwrap();
        }
    }
    tx.commit().unwrap();
}

/// As a store of the version before had it: no keys, whole numbers as numbers.
#[test]
fn an_older_store_gets_its_keys_and_decimals() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(4);
    for mut store in world.stores(&folder) {
        let location: Location = store.location().clone();
        let mut tx = store.write().unwrap();
        let step: i64 = tx.one("SELECT version FROM schema_versions WHERE name = 'folding'", &[], |row| row.get()).unwrap();
        tx.execute("UPDATE ticket_values SET text_value = NULL, number_value = 7 WHERE property_id = 12", &[]).unwrap();
        tx.commit().unwrap();
        make_older(&location, step - 1);
        store.upgrade(NOW).unwrap();
        drop(store);
        let clock = Clock::Started { at: NOW, when: std::time::Instant::now() };
        let mut desk = Local { store: Store::open(&location, NOW).unwrap(), clock };
        assert!(!ids(&mut desk, "weight = 7").is_empty() && ids(&mut desk, "weight = 7") == ids(&mut desk, "weight between 6.5 and 7.5"));
        let made =
            world.tickets.iter().find(|made| made.ticket.in_help_desk && !made.ticket.spam && made.contact_name().is_some()).unwrap();
        let name = made.contact_name().unwrap().replace('\\', "\\\\").replace('"', "\\\"");
        assert!(ids(&mut desk, &format!("contact = \"{name}\"")).contains(&made.ticket.id), "{name}");
        let pending = deskctl::store::search::pending(&mut desk.store.read().unwrap()).unwrap();
        assert!(pending > 0, "the search index is made anew");
    }
}
