//! Who writes: addresses, numbers and names as they really come (E4, E5, E6).

use deskctl::domain::Id;
use deskctl::ops::contacts::{self, ContactRow};
use deskctl::ops::conversations::Receive;
use deskctl::ops::{account, channels, users};
use deskctl::store::Store;
use deskctl::target::doctor;
use serde_json::json;

use super::desk::{Arrived, Desk, START, code, message, on_both_engines, time};

const MAIL: &str = "mail@acme.example";
const PHONE: &str = "+48 22 555 01 00";

fn from(channel: &str, from: &str) -> Receive {
    Receive { from: from.into(), ..message(channel) }
}

fn connect(desk: &mut Desk, address: &str, kind: &str) {
    let line = json!({ "name": address, "kind": kind, "address": address, "inbox": "Inbox" });
    desk.run(serde_json::from_value::<channels::Connect>(line).unwrap()).unwrap();
}

fn contact(desk: &mut Desk, received: &Arrived) -> Option<Id> {
    let sql = "SELECT contact_id FROM conversations WHERE id = $1";
    desk.local.store.read().unwrap().one(sql, deskctl::args![received.conversation], |row| row.get()).unwrap()
}

fn shown(desk: &mut Desk, id: Id) -> ContactRow {
    desk.run(contacts::Show { contact: id.to_string() }).unwrap().row
}

#[test]
fn e4_what_is_no_persons_address_makes_no_contact_and_is_kept_as_text() {
    on_both_engines(|desk| {
        connect(desk, PHONE, "calling");
        for (channel, typed) in [
            (MAIL, "a@x.example, b@x.example"),
            (MAIL, "Team: a@x.example, b@x.example;"),
            (MAIL, "undisclosed-recipients:;"),
            (MAIL, "MAILER-DAEMON"),
            (MAIL, "Mail System <MAILER-DAEMON@x.example>"),
            (MAIL, "@"),
            (MAIL, "\"\""),
            (MAIL, "<>"),
            (MAIL, "+48 600 100 200"),
            (PHONE, "anonymous"),
            (PHONE, "undisclosed-recipients:;"),
        ] {
            let received = desk.receive(from(channel, typed));
            assert!(received.no_contact.as_ref().is_some_and(|why| why.contains(typed)), "{typed:?}: {received:?}");
            assert_eq!(contact(desk, &received), None, "{typed:?}");
            assert_eq!(desk.conversation(received.conversation).messages[0].author, typed);
        }
        assert_eq!(desk.count("contacts"), 0);
        let folded = desk.receive(from(MAIL, "Jan\r\n Kowalski <jan@x.example>"));
        assert_eq!(folded.no_contact, None);
        assert_eq!(code(desk.run(from(MAIL, " \t"))), "bad_sender");
    });
}

#[test]
fn e4_e6_one_person_is_one_contact_however_the_address_is_written() {
    on_both_engines(|desk| {
        connect(desk, PHONE, "calling");
        connect(desk, "+48605550100", "whatsapp");
        let groups: [&[(&str, &str)]; 4] = [
            &[
                (MAIL, "jan@x.example"),
                (MAIL, "Jan@X.Example "),
                (MAIL, "mailto:jan@x.example"),
                (MAIL, "jan@x.example (Jan)"),
                ("contact-form", "<jan@x.example>"),
                ("chat", "jan@x.example"),
            ],
            &[(MAIL, "a@bücher.example"), (MAIL, "a@xn--bcher-kva.example"), (MAIL, "A@BÜCHER.example"), (MAIL, "a@bu\u{308}cher.example")],
            &[
                (PHONE, "+48 600 100 200"),
                (PHONE, "0048600100200"),
                (PHONE, "600100200"),
                (PHONE, "(600) 100-200"),
                (PHONE, "tel:+48600100200"),
                (PHONE, "６００１００２００"),
                ("+48605550100", "48600100200"),
                ("chat", "+48-600-100-200"),
            ],
            &[("chat", "visitor-7"), ("chat", " visitor-7 ")],
        ];
        for group in groups {
            let people: Vec<_> = group.iter().map(|(channel, typed)| desk.receive(from(channel, typed))).collect();
            let first = contact(desk, &people[0]);
            assert!(first.is_some(), "{group:?}");
            for (received, typed) in people.iter().zip(group) {
                assert_eq!(contact(desk, received), first, "{typed:?}");
            }
        }
        assert_eq!(desk.count("contacts"), 4);
        let visitor = desk.receive(from("chat", "visitor-7"));
        let row = contact(desk, &visitor).map(|id| shown(desk, id)).unwrap();
        assert_eq!((row.name.as_deref(), row.phone, row.other_address.as_deref()), (Some("visitor-7"), None, Some("visitor-7")));
    });
}

#[test]
fn e6_mail_never_joins_people_by_a_number() {
    on_both_engines(|desk| {
        connect(desk, PHONE, "calling");
        let create = |email: &str| contacts::Create {
            changes: contacts::Changes { email: Some(email.into()), phone: Some(PHONE.into()), ..Default::default() },
        };
        let ann = desk.run(create("ann@x.example")).unwrap();
        let bob = desk.run(create("bob@x.example")).unwrap();
        let mail = desk.receive(from(MAIL, "bob@x.example"));
        assert_eq!(contact(desk, &mail), Some(bob.id));
        let call = desk.receive(from(PHONE, "22 555 01 00"));
        assert_eq!(contact(desk, &call), Some(ann.id), "a switchboard: the oldest");
        desk.run(contacts::Update {
            contact: ann.id.to_string(),
            changes: contacts::Changes { phone: Some("+48 22 555 01 99".into()), ..Default::default() },
        })
        .unwrap();
        let call = desk.receive(from(PHONE, "+48225550100"));
        assert_eq!(contact(desk, &call), Some(bob.id), "a changed number leads to nobody any more");
    });
}

#[test]
fn e5_e6_names_are_kept_as_given_and_fill_a_nameless_contact() {
    on_both_engines(|desk| {
        for (index, (given, first, last)) in [
            ("Jan Kowalski", "Jan", Some("Kowalski")),
            ("ACME Widgets, Inc.", "ACME Widgets, Inc.", None),
            ("\"Jane Doe, PhD\"", "Jane Doe, PhD", None),
            ("=?UTF-8?B?xYHDs2TFug==?=", "Łódź", None),
            ("\"O\\\"Brien\"", "O\"Brien", None),
            ("山田 太郎", "山田 太郎", None),
            ("Maria da Silva", "Maria da Silva", None),
        ]
        .into_iter()
        .enumerate()
        {
            // The name comes with the second mail only, and a third changes nothing.
            let thread = Receive { thread: Some(format!("t{index}")), ..from(MAIL, &format!("p{index}@x.example")) };
            let received = desk.receive(thread.clone());
            let id = contact(desk, &received).unwrap();
            let name = shown(desk, id).name;
            assert_eq!(name, Some(format!("p{index}@x.example")));
            for later in [given, "Somebody Else"] {
                desk.receive(Receive { from: format!("{later} <p{index}@x.example>"), ..thread.clone() });
                let row = shown(desk, id);
                assert_eq!((row.first_name.as_deref(), row.last_name.as_deref()), (Some(first), last), "{given}");
            }
        }
        let visitor = desk.receive(from("chat", "visitor-9"));
        let id = contact(desk, &visitor).unwrap();
        let sql = "SELECT count(*) FROM history WHERE object = 'contact' AND property = 'first_name'";
        let noted: i64 = desk.local.store.read().unwrap().one(sql, &[], |row| row.get()).unwrap();
        assert_eq!((noted, shown(desk, id).name.as_deref()), (7, Some("visitor-9")));
    });
}

#[test]
fn e4_every_command_takes_addresses_and_numbers_by_one_parser() {
    on_both_engines(|desk| {
        for bad in ["a@x.example, b@x.example", "undisclosed-recipients:;", "@", "\"\"", "jan", "MAILER-DAEMON@x.example"] {
            let changes = || contacts::Changes { email: Some(bad.into()), ..Default::default() };
            assert_eq!(code(desk.run(contacts::Create { changes: changes() })), "bad_email", "{bad}");
            if !bad.starts_with("MAILER") {
                assert_eq!(code(desk.run(users::Create { email: bad.into(), ..Default::default() })), "bad_email", "{bad}");
                let line = json!({ "name": "x", "kind": "email", "address": bad, "inbox": "Inbox" });
                assert_eq!(code(desk.run(serde_json::from_value::<channels::Connect>(line).unwrap())), "bad_email", "{bad}");
            }
        }
        for bad in ["MAILER-DAEMON", "undisclosed-recipients:;", "12", "ask for Jan"] {
            let changes = contacts::Changes { email: Some("jan@x.example".into()), phone: Some(bad.into()), ..Default::default() };
            assert_eq!(code(desk.run(contacts::Create { changes })), "bad_phone", "{bad}");
            let changes = contacts::Changes { email: Some("jan@x.example".into()), mobile_phone: Some(bad.into()), ..Default::default() };
            assert_eq!(code(desk.run(contacts::Create { changes })), "bad_phone", "{bad}");
        }
        let user = desk.run(users::Create { email: "mailto:Eva@bücher.example".into(), ..Default::default() }).unwrap();
        assert_eq!(user.email, "eva@bücher.example");
        assert_eq!(desk.run(users::Show { user: "eva@xn--bcher-kva.example".into() }).unwrap().id, user.id);
        let twice = users::Create { email: "eva@xn--bcher-kva.example".into(), ..Default::default() };
        assert_eq!(code(desk.run(twice)), "already_exists");
        assert_eq!(desk.count("contacts"), 0);
    });
}

#[test]
fn e4_the_accounts_country_says_where_numbers_are_at_home() {
    on_both_engines(|desk| {
        let show = |desk: &mut Desk| desk.run(account::Show {}).unwrap().country;
        let set = |country: &str| account::Update { country: Some(country.into()), ..Default::default() };
        assert_eq!(show(desk), None);
        let changes = contacts::Changes { phone: Some("030 123456".into()), ..Default::default() };
        let berlin = desk.run(contacts::Create { changes }).unwrap();
        assert_eq!(code(desk.run(set("Germany"))), "bad_country");
        assert_eq!(desk.run(set("de")).unwrap().country.as_deref(), Some("DE"));
        connect(desk, PHONE, "calling");
        assert_eq!(show(desk).as_deref(), Some("DE"), "what is set stays");
        let call = desk.receive(from(PHONE, "+49 30 123456"));
        assert_eq!(contact(desk, &call), Some(berlin.id), "numbers are read anew");
        assert_eq!(desk.run(set("")).unwrap().country, None);
    });
}

#[test]
fn e4_e6_doctor_lists_what_older_stores_hold_and_changes_nothing() {
    on_both_engines(|desk| {
        let mut tx = desk.local.store.write().unwrap();
        for (id, email, phone) in [
            (1, Some("a@x.example, b@x.example"), None),
            (2, Some("jan@bücher.example"), None),
            (3, Some("jan@xn--bcher-kva.example"), Some("MAILER-DAEMON")),
            (4, None, Some("+48 600 100 200")),
            (5, None, Some("0048600100200")),
        ] {
            let row = deskctl::store::contacts::Contact {
                id,
                email: email.map(str::to_owned),
                phone: phone.map(str::to_owned),
                ..Default::default()
            };
            tx.insert(&[row]).unwrap();
        }
        deskctl::store::account::put_country(&mut tx, Some("PL")).unwrap();
        tx.commit().unwrap();
        let location = desk.location.clone();
        let found = doctor::examine(&location, None, time(START), false);
        let found = found.iter().find(|finding| finding.check == "contacts").unwrap();
        assert_eq!(
            (found.status, found.message.as_str()),
            (
                doctor::Status::Warning,
                "1 contacts hold what is no person's email address (1); 1 contacts hold what is no phone number (3); \
                 1 pairs of contacts have one email address (2 and 3); 1 phone numbers belong to several contacts (+48600100200)"
            )
        );
        assert_eq!(desk.count("contacts"), 5);
        let mail = desk.receive(from(MAIL, "jan@xn--bcher-kva.example"));
        assert_eq!(contact(desk, &mail), Some(2), "either form leads to the oldest");
        drop(Store::open(&location, time(START)).unwrap());
    });
}
