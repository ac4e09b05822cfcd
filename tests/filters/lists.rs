//! Lists with a filter and an order, as operations give them.

use deskctl::clock::Clock;
use deskctl::domain::Id;
use deskctl::domain::access::Visibility;
use deskctl::domain::filter::{Filter, TicketNames, Tickets};
use deskctl::domain::property::check_name;
use deskctl::error::Result;
use deskctl::ops::page::TokenPage;
use deskctl::ops::tickets::{List, TicketRow};
use deskctl::ops::{Call, conversations};
use deskctl::store::Dialect;
use deskctl::store::lists::{self, TicketFilter};
use deskctl::target::Local;

use super::world::{Made, NOW, World, context};

struct Desk(Local);

impl Desk {
    fn all() -> (tempfile::TempDir, Vec<Desk>) {
        let folder = tempfile::tempdir().unwrap();
        let stores = World::new(4).stores(&folder);
        let clock = || Clock::Started { at: NOW, when: std::time::Instant::now() };
        let desks = stores.into_iter().map(|store| Desk(Local { store, clock: clock() })).collect();
        (folder, desks)
    }

    fn list(&mut self, list: List) -> Result<TokenPage<TicketRow>> {
        self.0.run(list, &Call::default()).map(|answer| answer.output)
    }

    fn ids(&mut self, filter: &str) -> Vec<Id> {
        let list = List { filter: Some(filter.to_owned()), limit: 200, ..List::default() };
        self.list(list).unwrap().items.iter().map(|row| row.id).collect()
    }
}

#[test]
fn v1_a_list_shows_spam_where_its_filter_names_it() {
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        let rows = |desk: &mut Desk, filter: &str| {
            let list = List { filter: Some(filter.to_owned()), limit: 200, ..List::default() };
            desk.list(list).unwrap().items
        };
        assert!(rows(desk, "id > 0").iter().all(|row| !row.spam && row.in_help_desk));
        assert!(rows(desk, "spam").iter().all(|row| row.spam) && !rows(desk, "spam").is_empty());
        let either = rows(desk, "spam or not spam");
        assert!(either.iter().any(|row| row.spam) && either.iter().any(|row| !row.spam));
        // H3: outside the help desk only with --everywhere.
        assert!(rows(desk, "not in_help_desk").is_empty());
        let all = List { everywhere: true, filter: Some("not in_help_desk".into()), limit: 200, ..List::default() };
        assert!(!desk.list(all).unwrap().items.is_empty());
    }
}

#[test]
fn v4_pages_go_on_in_their_own_order_only() {
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        let page = |desk: &mut Desk, sort: Option<&str>, after: Option<String>| {
            let (sort, filter) = (sort.map(str::to_owned), Some("id > 0".to_owned()));
            desk.list(List { sort, after, filter, limit: 7, ..List::default() })
        };
        for sort in [None, Some("owner"), Some("category:desc"), Some("priority"), Some("AGE"), Some("contact:DESC")] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let found = page(desk, sort, after).unwrap();
                seen.extend(found.items.iter().map(|row| row.id));
                after = found.next;
                if after.is_none() {
                    break;
                }
                let other = if sort == Some("owner") { "owner:desc" } else { "owner" };
                assert_eq!(page(desk, Some(other), after.clone()).unwrap_err().code(), "bad_page");
            }
            let mut ids = seen.clone();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((ids.len(), seen.len()), (desk.ids("id > 0").len(), seen.len()), "{sort:?}");
            assert_eq!(ids.len(), seen.len(), "{sort:?}");
        }
        for (sort, hint) in [("ownr", "owner"), ("owner:down", "PROPERTY:asc"), ("", "there is pipeline")] {
            let error = page(desk, Some(sort), None).unwrap_err();
            assert_eq!(error.code(), "bad_sort", "{sort}");
            assert!(error.hint_text().unwrap().contains(hint), "{sort}: {:?}", error.hint_text());
        }
    }
}

#[test]
fn v3_filters_come_in_every_form() {
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        let by_text = desk.ids("priority in (HIGH, URGENT)");
        assert!(!by_text.is_empty());
        assert_eq!(desk.ids(r#"{"property": "priority", "operator": "in", "values": ["HIGH", "URGENT"]}"#), by_text);
        assert_eq!(
            desk.ids(r#"[{"filters": [{"propertyName": "hs_ticket_priority", "operator": "IN", "values": ["HIGH", "URGENT"]}]}]"#),
            by_text
        );
        assert_eq!(desk.ids("priority > MEDIUM"), by_text);
        // Whoever asks is the first super admin, of team 1.
        assert_eq!(desk.ids("owner = me"), desk.ids("owner = boss@acme.example"));
        assert_eq!(desk.ids("team = my team"), desk.ids("team = Support"));
        let list = List { filter: Some("stauts = New".into()), ..List::default() };
        assert_eq!(desk.list(list).unwrap_err().code(), "bad_filter");
    }
}

#[test]
fn v3_conversations_are_listed_by_the_maps_own_language() {
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        let mut list = |filter: &str| {
            let list = conversations::List { filter: Some(filter.to_owned()), ..Default::default() };
            desk.0.run(list, &Call::default()).map(|answer| answer.output.items.len())
        };
        assert!(list("open and has_ticket").unwrap() > 0);
        assert_eq!(list("open and closed").unwrap(), 0);
        assert_eq!(list("owner = nobody@acme.example").unwrap_err().code(), "unknown_user");
    }
}

#[test]
fn v1_the_default_views_are_found_by_their_indexes() {
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        let store = &mut desk.0.store;
        let sqlite = store.conn().dialect() == Dialect::Sqlite;
        let mut tx = store.read().unwrap();
        let schema = World::new(4).schema();
        for (text, index) in [
            ("open", "tickets_view_open (open=?)"),
            ("open and owner is not set", "tickets_view_owner (owner_id=? AND open=?)"),
            ("open and owner = me", "tickets_view_owner (owner_id=? AND open=?)"),
            ("open and team = my team", "tickets_view_team (team_id=? AND open=?)"),
            ("last_message_direction = outgoing", "tickets_view_open (open=?)"),
            ("priority >= HIGH and name contains x", "tickets_view_open (open=?)"),
            ("spam", "tickets_view_spam"),
        ] {
            let filter = Filter::<Tickets>::parse_in(text, &schema).unwrap();
            let matching = Some(filter.prepare(&context()));
            let wanted = TicketFilter { matching, spam: deskctl::ops::filters::spam(Some(&filter)), ..TicketFilter::default() };
            let plan = lists::plan_of_tickets(&mut tx, &Visibility::Everything, &wanted, 50).unwrap().page;
            assert!(!plan.is_empty());
            if sqlite {
                assert!(plan[0].contains(index), "{text}: {plan:?}");
                // Who wrote last is found among the conversations of one ticket; the list itself is never sorted.
                let sorts = plan.iter().filter(|step| step.contains("TEMP B-TREE")).count();
                assert_eq!(sorts, usize::from(text.starts_with("last_message")), "{text}: {plan:?}");
            }
        }
    }
}

#[test]
fn v3_v4_custom_properties_are_filtered_and_sorted_by_as_the_account_has_them() {
    let world = World::new(4);
    let schema = world.schema();
    let (_folder, mut desks) = Desk::all();
    for desk in &mut desks {
        for text in [
            "vip",
            "weight between 1.5 and 6",
            "weight > 2.4 and weight < 7",
            "renewal > -2d",
            "due <= yesterday",
            "size in (small, ß)",
            "note contains s",
            "size is not set and not vip",
        ] {
            let prepared = Filter::<Tickets>::parse_in(text, &schema).unwrap().prepare(&context());
            let shown = |made: &&Made| !made.ticket.spam && made.ticket.in_help_desk && prepared.matches(&made.texts());
            let expected: Vec<Id> = world.tickets.iter().filter(shown).map(|made| made.ticket.id).collect();
            let mut found = desk.ids(text);
            found.sort_unstable();
            assert!(!expected.is_empty() && found == expected, "{text}: {found:?} {expected:?}");
        }
        for sort in ["weight:desc", "due", "size"] {
            let list = List { sort: Some(sort.into()), limit: 3, ..List::default() };
            let page = desk.list(list.clone()).unwrap();
            assert!(desk.list(List { after: page.next, ..list }).is_ok(), "{sort}");
        }
    }
}

#[test]
fn v3_no_custom_property_takes_the_name_of_what_every_ticket_has() {
    for name in TicketNames::default().schema().names().chain(["and", "or", "not"]) {
        assert!(check_name(name).is_err(), "{name}");
    }
}
