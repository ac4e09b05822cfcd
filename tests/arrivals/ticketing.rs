use deskctl::domain::ticket::{Priority, Source};
use deskctl::ops::tickets::{Changes, Create, Delete, List, Show, Step, Update};

use super::desk::{Desk, code, message, on_both_engines, time};

fn create(name: &str) -> Create {
    Create { name: name.into(), stage: "Support/New".into(), ..Create::default() }
}

fn update(id: i64, changes: Changes) -> Update {
    Update { tickets: vec![id], changes }
}

fn list() -> List {
    List { limit: 50, ..List::default() }
}

#[test]
fn h5_a_ticket_made_by_hand_needs_a_name_and_a_stage_and_is_in_the_help_desk() {
    on_both_engines(|desk| {
        desk.receive(message("mail@acme.example"));
        let contacts = vec!["jan@example.com".to_owned(), "1".to_owned()];
        let made = desk
            .run_as("anna", Create { contacts, owner: Some("me".into()), priority: Some(Priority::High), ..create("Call back") })
            .unwrap();
        assert!(made.row.in_help_desk && made.row.source == Some(Source::Manual) && made.conversations.is_empty());
        assert_eq!((made.contacts.len(), made.row.team.as_deref()), (1, Some("Support")));
        assert!(!desk.run(Create { outside: true, ..create("Imported") }).unwrap().row.in_help_desk);
        assert_eq!(desk.run(list()).unwrap().items.len(), 1, "H3: only those in the help desk");
        assert_eq!(desk.run(List { everywhere: true, ..list() }).unwrap().items.len(), 2);
        for (expected, wrong) in [
            ("empty_name", create(" ")),
            ("ambiguous_stage", Create { stage: "New".into(), ..create("x") }),
            ("unknown_stage", Create { stage: "Nwe".into(), pipeline: Some("Other".into()), ..create("x") }),
            ("unknown_contact", Create { contacts: vec!["nobody@example.com".into()], ..create("x") }),
            ("unknown_company", Create { company: Some("Nobody Inc".into()), ..create("x") }),
            ("no_help_desk_access", Create { owner: Some("max@acme.example".into()), ..create("x") }),
        ] {
            assert_eq!(code(desk.run(wrong)), expected);
        }
        assert_eq!(code(desk.run_as("max", create("x"))), "not_permitted");
    });
}

#[test]
fn h9_changes_are_noted_one_by_one_and_a_stage_sets_open_and_closed() {
    on_both_engines(|desk| {
        let id = desk.run(create("Lamp")).unwrap().row.id;
        let closed = desk.run(update(id, Changes { step: Some(Step::Close), ..Changes::default() })).unwrap().remove(0);
        assert!(!closed.row.open && closed.row.closed_at.is_some() && closed.row.stage == "Closed");
        let other = desk.run(update(id, Changes { step: Some(Step::To("Done".into())), ..Changes::default() })).unwrap().remove(0);
        assert_eq!((other.row.pipeline.as_str(), other.row.closed_at), ("Other", closed.row.closed_at), "closed is closed");
        let open = desk.run(update(id, Changes { step: Some(Step::To("New".into())), ..Changes::default() })).unwrap().remove(0);
        assert_eq!((open.row.pipeline.as_str(), open.row.closed_at, open.row.open), ("Other", None, true), "its own pipeline comes first");
        let changes = Changes {
            owner: Some("olga@acme.example".into()),
            priority: Some("urgent".into()),
            category: Some("hardware".into()),
            name: Some("Lamp 2".into()),
            ..Changes::default()
        };
        let changed = desk.run(update(id, changes)).unwrap().remove(0);
        assert_eq!((changed.row.team.as_deref(), changed.row.priority), (Some("Sales"), Some(Priority::Urgent)));
        let noted: Vec<&str> = changed.history.iter().map(|event| event.event.property.as_str()).collect();
        assert_eq!(
            noted,
            ["created", "stage", "closed_at", "stage", "stage", "closed_at", "owner", "team", "priority", "category", "name"]
        );
        let cleared = desk
            .run(update(id, Changes { category: Some(String::new()), priority: Some("none".into()), ..Changes::default() }))
            .unwrap()
            .remove(0);
        assert_eq!((cleared.row.category, cleared.row.priority), (None, None));
    });
}

#[test]
fn h2_tickets_of_others_are_not_found() {
    on_both_engines(|desk| {
        let id = desk.run(Create { owner: Some("anna@acme.example".into()), ..create("Lamp") }).unwrap().row.id;
        assert_eq!(code(desk.run_as("olga", Show::of(id))), "unknown_ticket");
        assert_eq!(code(desk.run_as("olga", update(id, Changes { name: Some("mine".into()), ..Changes::default() }))), "unknown_ticket");
        assert_eq!(desk.run_as("olga", list()).unwrap().items.len(), 0);
        assert_eq!(desk.run_as("tom", list()).unwrap().items.len(), 1, "of tom's team");
        assert_eq!(code(desk.run_as("max", list())), "not_permitted");
    });
}

#[test]
fn a_deleted_ticket_leaves_its_conversation_and_its_history() {
    on_both_engines(|desk| {
        let arrived = desk.receive(message("desk@acme.example"));
        let delete = || Delete { tickets: vec![arrived.ticket.unwrap()] };
        assert_eq!(code(desk.run_as("anna", delete())), "not_permitted");
        assert_eq!(desk.run(delete()).unwrap()[0].conversations, [arrived.conversation]);
        let shown = desk.conversation(arrived.conversation);
        assert!(shown.ticket.is_none());
        assert_eq!(shown.history.last().map(|event| (event.property.as_str(), event.new.clone())), Some(("ticket", None)));
        assert_eq!((desk.count("tickets"), desk.count("conversation_tickets")), (0, 0));
        assert_eq!(code(desk.run(delete())), "ticket_deleted");
        assert_eq!(desk.count("deleted_tickets"), 1);
    });
}

#[test]
fn the_list_is_in_the_order_of_activity_across_pages() {
    on_both_engines(|desk| {
        let mut expected = Vec::new();
        for (n, minute) in [3, 1, 1, 2, 5, 4].into_iter().enumerate() {
            let at = time(&format!("2026-01-05T10:0{minute}:00Z"));
            let id =
                desk.receive(deskctl::ops::conversations::Receive { at: Some(at.into()), ..message("desk@acme.example") }).ticket.unwrap();
            if n % 2 == 0 {
                desk.run(update(id, Changes { step: Some(Step::Close), ..Changes::default() })).unwrap();
            }
            expected.push((at, id));
        }
        expected.sort_by(|a, b| b.cmp(a));
        let expected: Vec<i64> = expected.into_iter().map(|(_, id)| id).collect();
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = desk.run(List { limit: 2, after, ..list() }).unwrap();
            found.extend(page.items.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected);
        let closed = List { status: Some(deskctl::domain::conversation::Status::Closed), ..list() };
        assert_eq!(desk.run(closed).unwrap().items.len(), 3);
        assert_eq!(desk.run(List { pipeline: Some("Other".into()), ..list() }).unwrap().items.len(), 0);
        assert_eq!(desk.run(List { stage: Some("Support/New".into()), team: None, ..list() }).unwrap().items.len(), 3);
        assert_eq!(code(desk.run(List { after: Some("rubbish".into()), ..list() })), "bad_page");
    });
}

#[test]
fn the_default_views_read_their_index_in_order() {
    let mut desk = Desk::embedded();
    let views = [
        ("t.open = 1", "tickets_view_open"),
        ("t.open = 1 AND t.owner_id = 2", "tickets_view_owner"),
        ("t.open = 1 AND t.owner_id IS NULL", "tickets_view_owner"),
        ("t.open = 1 AND t.team_id = 1", "tickets_view_team"),
    ];
    for (condition, index) in views {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT t.id, p.email, f.name FROM tickets t LEFT JOIN contacts p ON p.id = t.contact_id \
             LEFT JOIN companies f ON f.id = t.company_id WHERE 1 = 1 AND t.in_help_desk = 1 AND t.spam = 0 AND {condition} \
             ORDER BY t.last_activity_at DESC, t.id DESC LIMIT 51"
        );
        let mut tx = desk.local.store.read().unwrap();
        let plan =
            tx.query(&sql, &[], |row| Ok((row.get::<i64>()?, row.get::<i64>()?, row.get::<i64>()?, row.get::<String>()?).3)).unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{condition}:\n{plan}");
    }
}
