//! One meaning: SQL on SQLite, SQL on PostgreSQL, and evaluation in memory.

use std::cell::RefCell;

use deskctl::domain::Id;
use deskctl::domain::access::{Scope, Sight, Visibility};
use deskctl::domain::conversation::Conversation;
use deskctl::domain::filter::{CONVERSATIONS, Conversations, Expr, Fact, Facts, Filter, Key, Prepared, Sort, Tickets, Type};
use deskctl::domain::migration::{self, Subject};
use deskctl::store::filter_sql::{self, Source};
use deskctl::store::lists::{self, ConversationFilter, Spam, TicketFilter};
use deskctl::store::{Dialect, Store};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::any;
use super::world::{Made, World, context};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() })
}

fn visibility() -> impl Strategy<Value = Visibility> {
    let limited = |scope| (Just(scope), any::<bool>()).prop_map(|(scope, unassigned)| Visibility::Limited { user: 2, scope, unassigned });
    prop_oneof![
        3 => Just(Visibility::Everything),
        1 => limited(Scope::Anyone),
        1 => limited(Scope::Teams(vec![1, 3])),
        1 => limited(Scope::OnlyOwn),
    ]
}

fn ids(store: &RefCell<Store>, visibility: &Visibility, filter: &TicketFilter, limit: i64) -> Vec<Id> {
    let mut store = store.borrow_mut();
    let mut tx = store.read().unwrap();
    lists::tickets(&mut tx, visibility, filter, limit).unwrap().iter().map(|listed| listed.ticket.id).collect()
}

fn in_memory(world: &World, seen: impl Fn(&Made) -> bool) -> Vec<Id> {
    world.tickets.iter().filter(|made| seen(made)).map(|made| made.ticket.id).collect()
}

#[test]
fn v3_h2_a_filter_means_the_same_in_sql_on_both_engines_and_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(5);
    let schema = world.schema();
    let stores: Vec<RefCell<Store>> = world.stores(&folder).into_iter().map(RefCell::new).collect();
    let law = |(expr, visibility): (Expr, Visibility)| {
        let filter = Filter::<Tickets>::from_expr_in(expr, &schema).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let prepared = filter.prepare(&context());
        let sees = |made: &Made| visibility.sees(made.ticket.owner_id, made.ticket.team_id);
        let expected = in_memory(&world, |made| sees(made) && prepared.matches(&made.texts()));
        let wanted = TicketFilter { everywhere: true, spam: Spam::Either, matching: Some(prepared), ..TicketFilter::default() };
        for store in &stores {
            let mut found = ids(store, &visibility, &wanted, 1_000);
            found.sort_unstable();
            prop_assert_eq!(&found, &expected, "{} on {:?}", filter, store.borrow_mut().conn().dialect());
            let mut store = store.borrow_mut();
            let count = lists::count_tickets(&mut store.read().unwrap(), &visibility, &wanted, None).unwrap();
            prop_assert_eq!(count, expected.len() as i64);
        }
        Ok(())
    };
    runner(1_200).run(&(any::expr(&schema), visibility()), law).unwrap();
}

#[test]
fn v3_a_filter_on_conversations_means_the_same_as_in_a_migrations_map() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(8);
    let stores: Vec<RefCell<Store>> = world.stores(&folder).into_iter().map(RefCell::new).collect();
    let users = migration::users(world.names.users.iter().map(|user| (user.0, user.1.as_str())));
    let law = |expr: Expr| {
        let filter = Filter::<Conversations>::from_expr(expr).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let prepared = filter.prepare(&context());
        // A map knows the users by their ids.
        let by_id = prepared.clone().with_users(&mut |address| users.get(address).copied());
        let holds = |found: &&Conversation| {
            let contact = world.contact_name(found);
            let (address, kind) = world.channel(found.channel_id);
            by_id.matches(&Subject {
                status: found.status,
                spam: found.spam,
                owner: found.owner_id,
                subject: found.subject.as_deref(),
                contact: contact.as_deref(),
                kind,
                address,
                started_at: found.started_at,
                closed_at: found.closed_at,
                last_message_at: found.last_message_at,
                message_count: found.message_count,
                has_ticket: found.id < 2_000,
                in_help_desk: true,
            })
        };
        let mut expected: Vec<Id> = world.conversations.iter().filter(holds).map(|found| found.id).collect();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        for store in &stores {
            let mut store = store.borrow_mut();
            let wanted = ConversationFilter { matching: Some(prepared.clone()), ..ConversationFilter::default() };
            let found = lists::conversations(&mut store.read().unwrap(), &Sight::EVERYTHING, &wanted, 1_000).unwrap();
            let found: Vec<Id> = found.iter().map(|listed| listed.conversation.id).collect();
            prop_assert_eq!(&found, &expected, "{} on {:?}", filter, store.conn().dialect());
        }
        Ok(())
    };
    runner(500).run(&any::expr(&CONVERSATIONS), law).unwrap();
}

/// What a list is sorted by, worked out from the facts.
fn key(made: &Made, sort: &Sort) -> Option<(i64, String)> {
    let texts = made.texts();
    let lower = |text: &str| Some((0, text.to_ascii_lowercase()));
    let number = |number: i64| Some((number, String::new()));
    match (texts.fact(&sort.property), &sort.property.kind) {
        (Fact::Missing, _) => None,
        (Fact::Text(text), Type::Enum(options)) => number(options.rank(text).unwrap() as i64),
        (Fact::Text(text), _) => lower(text),
        (Fact::Number(value), _) => number(value),
        (Fact::Decimal(value), _) => Some((0, value.stored())),
        (Fact::Time(time), _) => number(time.0),
        (Fact::Bool(value), _) => number(i64::from(value)),
        (Fact::Id(id), Type::Reference(choices)) if matches!(sort.property.key, Key::Owner | Key::Channel) => {
            Some((0, choices.by_id(id).name.to_string()))
        }
        (Fact::Id(id), Type::Reference(choices)) => number(choices.list.iter().position(|choice| choice.id == id).unwrap() as i64),
        (Fact::Id(_), _) => unreachable!(),
    }
}

#[test]
fn v4_lists_are_sorted_by_any_property_and_no_page_loses_or_repeats_a_ticket() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(6);
    let schema = world.schema();
    let stores: Vec<RefCell<Store>> = world.stores(&folder).into_iter().map(RefCell::new).collect();
    let sorts = (prop::sample::select(schema.properties.clone()), any::<bool>());
    let sorts = sorts.prop_map(|(property, descending)| format!("{}:{}", property.name, if descending { "desc" } else { "asc" }));
    let law = |(sort, expr, size): (Option<String>, Expr, i64)| {
        let prepared = Filter::<Tickets>::from_expr_in(expr, &schema).unwrap().prepare(&context());
        let sort = sort.map(|sort| Sort::parse(&sort, &schema).unwrap());
        let by = sort.clone().unwrap_or_else(|| Sort::parse("last_activity_at:desc", &schema).unwrap());
        let mut expected: Vec<&Made> = world.tickets.iter().filter(|made| prepared.matches(&made.texts())).collect();
        expected.retain(|made| made.ticket.in_help_desk && !made.ticket.spam);
        expected.sort_by(|a, b| {
            let values = match (key(a, &by), key(b, &by)) {
                (Some(a), Some(b)) if by.descending => b.cmp(&a),
                (a, b) => a.is_none().cmp(&b.is_none()).then(a.cmp(&b)),
            };
            let ids = a.ticket.id.cmp(&b.ticket.id);
            values.then(if by.descending { ids.reverse() } else { ids })
        });
        let expected: Vec<Id> = expected.iter().map(|made| made.ticket.id).collect();
        for store in &stores {
            let mut wanted = TicketFilter { matching: Some(prepared.clone()), sort: sort.clone(), ..TicketFilter::default() };
            let mut found = Vec::new();
            loop {
                let mut store = store.borrow_mut();
                let page = lists::tickets(&mut store.read().unwrap(), &Visibility::Everything, &wanted, size).unwrap();
                found.extend(page.iter().map(|listed| listed.ticket.id));
                wanted.after = match page.last() {
                    Some(last) => Some(last.place.clone()),
                    None => break,
                };
            }
            prop_assert_eq!(&found, &expected, "by {} on {:?}", by, store.borrow_mut().conn().dialect());
        }
        Ok(())
    };
    let mostly_all =
        prop_oneof![2 => Just("id >= 0".to_owned()), 1 => Just("open".to_owned()), 1 => Just("priority is not set or not spam".to_owned())];
    let exprs = mostly_all.prop_map(|text| Filter::<Tickets>::parse_in(&text, &world.schema()).unwrap().expr().clone());
    runner(300).run(&(prop::option::weighted(0.9, sorts), exprs, prop_oneof![1..9i64, Just(200)]), law).unwrap();
}

#[test]
fn v3_deep_and_wide_filters_are_within_what_the_engines_take() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(7);
    let schema = world.schema();
    let nested = (0..31)
        .fold("open".to_owned(), |inner, turn| format!("not ({inner} {} category is set)", if turn % 2 == 0 { "or" } else { "and" }));
    let deep = format!("{}{}", "not ".repeat(60), "spam");
    let wide = vec!["name contains ß"; 400].join(" or ");
    let listed = format!("id in ({})", vec!["1"; 15_000].join(","));
    let alternating = (0..1_000).map(|n| format!("(id = {n} or open and not spam)")).collect::<Vec<_>>().join(" and ");
    for store in world.stores(&folder) {
        let store = RefCell::new(store);
        for text in [&nested, &deep, &wide, &listed, &alternating] {
            let prepared = Filter::<Tickets>::parse_in(text, &schema).unwrap().prepare(&context());
            let expected = in_memory(&world, |made| prepared.matches(&made.texts()));
            let wanted = TicketFilter { everywhere: true, spam: Spam::Either, matching: Some(prepared), ..TicketFilter::default() };
            let mut found = ids(&store, &Visibility::Everything, &wanted, 1_000);
            found.sort_unstable();
            assert_eq!(found, expected, "{} on {:?}", &text[..20], store.borrow_mut().conn().dialect());
        }
    }
}

#[test]
fn v3_a_filter_with_more_values_than_a_statement_takes_is_refused() {
    let schema = World::new(1).schema();
    let many = (0..4).map(|_| format!("id in ({})", vec!["1"; 9_000].join(","))).collect::<Vec<_>>();
    let parts = many.iter().map(|text| Filter::<Tickets>::parse_in(text, &schema).unwrap().prepare(&context())).collect();
    let all = Prepared::Any(parts);
    let error = filter_sql::condition(&all, Source::Tickets, Dialect::Sqlite).unwrap_err();
    assert_eq!(error.code(), "filter_too_large");
}
