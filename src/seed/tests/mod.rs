//! What every seeded account promises, and what others rely on in the acme profile.

use std::collections::{BTreeMap, BTreeSet, HashMap};

mod checker;
mod import_script;

use checker::{Checker, channel_at, newest_channel, started};

use super::*;
use crate::domain::bot::{default_conditions, reasons_against};
use crate::domain::channel::Kind;
use crate::domain::conversation::{Direction, Status};
use crate::domain::time::zone;
use crate::domain::user::{Role, Seat, TicketAccess};

fn acme() -> Document {
    let mut document = Document::default();
    profile("acme", &mut document).expect("the profile is part of the program");
    document
}

fn generated(conversations: u64, seed: u64) -> Document {
    let mut document = Document::default();
    generate(conversations, seed, &mut document).expect("collecting cannot fail");
    document
}

fn json(document: &Document) -> String {
    serde_json::to_string(document).expect("a document is JSON")
}

#[test]
fn every_reference_resolves_and_sections_come_in_order() {
    let mut checker = Checker::default();
    profile("acme", &mut checker).expect("the profile");
    for conversations in [0, 1, 2, 7, 1_003] {
        let mut checker = Checker::default();
        generate(conversations, 5, &mut checker).expect("generated");
        assert_eq!(checker.count("conversations"), conversations as usize);
    }
}

#[test]
fn the_same_seed_gives_the_same_document_and_another_seed_another() {
    assert_eq!(json(&generated(50, 1)), json(&generated(50, 1)));
    assert_ne!(json(&generated(50, 1)), json(&generated(50, 2)));
    assert_eq!(json(&acme()), json(&acme()));
}

#[test]
fn a_document_survives_the_way_through_json() {
    for document in [acme(), generated(300, 3)] {
        let text = json(&document);
        let again: Document = serde_json::from_str(&text).expect("deny_unknown_fields is content");
        assert_eq!(json(&again), text);
    }
}

#[test]
fn a_generated_account_has_the_shape_that_benchmarks_rely_on() {
    let n = 10_000;
    let mut checker = Checker::default();
    let document = generated(n, 1);
    feed(generated(n, 1), &mut checker).expect("checked");
    let share =
        |wanted: &dyn Fn(&Conversation) -> bool| document.conversations.iter().filter(|item| wanted(item)).count() as f64 / n as f64;
    let near = |share: f64, wanted: f64| assert!((share - wanted).abs() < 0.02, "{share} instead of {wanted}");
    near(share(&|item| newest_channel(item) == "email"), 0.9);
    near(share(&|item| item.status == Status::Open), 0.3);
    near(share(&|item| item.spam), 0.02);
    near(share(&|item| item.ticket.is_some()), 0.2);
    near(share(&|item| item.owner.is_none()), 0.17);
    near(share(&|item| item.contacts.is_empty()), 0.02);
    near(share(&|item| item.channels.len() == 2), 0.01);
    assert!(share(&|item| item.status == Status::Closed && item.closed_at.is_none()) > 0.0);
    assert!(document.conversations.iter().any(|item| item.subject.is_none() && newest_channel(item) == "email"));
    assert!(document.conversations.iter().any(|item| !item.channels.is_sorted_by_key(|channel| channel.since)), "M21");
    near(checker.messages as f64 / n as f64 / 100.0, 0.032);
    assert_eq!((checker.count("users"), checker.count("channels"), checker.count("inboxes")), (20, 5, 4));
    assert_eq!(checker.count("contacts"), 3_334);
    let linked: BTreeSet<_> = document.conversations.iter().filter_map(|item| item.ticket.as_ref()).collect();
    assert_eq!(linked.len(), document.tickets.len(), "every ticket has its conversation");
    assert!(document.conversations.iter().filter(|item| item.ticket.is_some()).count() > linked.len(), "some share a ticket");
    let texts = document.conversations.iter().flat_map(|item| &item.messages).map(|message| message.body.text.len());
    assert!(texts.clone().min() >= Some(60) && texts.max() <= Some(300));
}

#[test]
fn a_generated_ticket_agrees_with_its_conversation() {
    let document = generated(500, 9);
    let conversations: HashMap<_, _> = document.conversations.iter().map(|item| (item.id[1..].to_owned(), item)).collect();
    for ticket in &document.tickets {
        let conversation = conversations[&ticket.id[1..]];
        assert_eq!(conversation.ticket.as_ref(), Some(&ticket.id));
        assert_eq!((&ticket.owner, ticket.spam), (&conversation.owner, conversation.spam));
        assert_eq!(ticket.created_at, started(conversation));
        assert_eq!(ticket.closed_at.is_some(), conversation.status == Status::Closed);
        assert_eq!(ticket.last_activity_at, conversation.messages.last().map(|message| message.at));
    }
}

#[test]
fn acme_has_every_kind_of_channel_and_bots_of_both_sorts() {
    let account = acme();
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    account.channels.iter().for_each(|channel| *kinds.entry(channel.kind.as_str()).or_default() += 1);
    assert_eq!(kinds.len(), Kind::NAMES.len());
    assert_eq!((kinds["email"], kinds["chat"]), (2, 2));
    let bots = account.channels.iter().filter_map(|channel| channel.settings.bot.as_ref());
    let reasons: Vec<usize> = bots.map(|bot| reasons_against(bot, &default_conditions()).len()).collect();
    assert_eq!(reasons, [0, 2], "M15: one bot can move, one cannot");
}

#[test]
fn acme_has_agents_of_every_sort() {
    let account = acme();
    let one = |wanted: &dyn Fn(&User) -> bool| account.users.iter().filter(|user| wanted(user)).count() == 1;
    assert!(one(&|user| user.role == Role::SuperAdmin));
    assert!(one(&|user| !user.active));
    assert!(one(&|user| user.ticket_access == TicketAccess::Team));
    assert!(one(&|user| user.ticket_access == TicketAccess::Own));
    assert_eq!(account.users.iter().filter(|user| !user.more_teams.is_empty()).count(), 2, "H6");
    let without: BTreeSet<_> =
        account.users.iter().filter(|user| user.active && user.seat != Seat::Service && user.permissions.is_empty()).collect_ids();
    assert_eq!(without, BTreeSet::from(["ewa", "jan", "marta"]));
    let owners: BTreeSet<_> = on(&account, "support-mail").filter_map(|item| item.owner.as_deref()).collect();
    for owner in ["anna", "piotr", "katarzyna", "mikko", "aino", "haruka", "tom", "ewa", "jan", "sanna"] {
        assert!(owners.contains(owner), "{owner} owns nothing on the main channel");
    }
}

trait CollectIds<'a> {
    fn collect_ids(self) -> BTreeSet<&'a str>;
}
impl<'a, I: Iterator<Item = &'a User>> CollectIds<'a> for I {
    fn collect_ids(self) -> BTreeSet<&'a str> {
        self.map(|user| user.id.as_str()).collect()
    }
}

/// The conversations whose newest channel this is.
fn on<'a>(account: &'a Document, channel: &'a str) -> impl Iterator<Item = &'a Conversation> {
    account.conversations.iter().filter(move |item| newest_channel(item) == channel)
}

#[test]
fn acme_speaks_four_languages() {
    let text = json(&acme());
    for word in ["zamówienie", "Młynek", "pahoittelut", "Ystävällisin", "warranty", "お問い合わせ", "定期便"] {
        assert!(text.contains(word), "{word} is missing");
    }
    assert!(!text.contains('{') || !["{order}", "{product}", "{agent}", "{amount}", "{invoice}"].iter().any(|word| text.contains(word)));
}

#[test]
fn acme_has_the_nights_on_which_the_clock_changes() {
    let (account, warsaw) = (acme(), zone("Europe/Warsaw").expect("a zone"));
    for night in ["2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25"] {
        let mut offsets = BTreeSet::new();
        for at in account.conversations.iter().flat_map(|item| &item.messages).map(|message| message.at) {
            if at.local(&warsaw) < format!("{night} 04:00") && at.local(&warsaw).starts_with(night) {
                offsets.insert(at.zoned(&warsaw).offset().seconds());
            }
        }
        assert_eq!(offsets.len(), 2, "{night}: messages before and after the change");
    }
}

#[test]
fn m7_acme_is_quiet_at_night() {
    let (account, warsaw) = (acme(), zone("Europe/Warsaw").expect("a zone"));
    let mut by_hour = [0; 24];
    on(&account, "support-mail").for_each(|item| by_hour[started(item).zoned(&warsaw).hour() as usize] += 1);
    assert!(by_hour[0..6].iter().sum::<i32>() < 20 && by_hour[8..17].iter().sum::<i32>() > 200, "{by_hour:?}");
}

#[test]
fn m21_m22_acme_has_conversations_that_changed_channel() {
    let account = acme();
    let changed = |from: &str, to: &str| {
        let first = |item: &Conversation| channel_at(item, started(item));
        on(&account, to).filter(|item| item.channels.len() > 1 && first(item) == from).count()
    };
    assert!(changed("contact-form", "support-mail") > 10, "M22");
    assert_eq!((changed("website-chat", "support-mail"), changed("support-mail", "whatsapp")), (1, 1));
    assert_eq!((changed("support-mail", "billing-mail"), changed("support-mail", "support-mail")), (1, 1));
    let out_of_order = account.conversations.iter().filter(|item| !item.channels.is_sorted_by_key(|channel| channel.since));
    assert_eq!(out_of_order.count(), 4, "M21: stored out of time order");
}

#[test]
fn acme_has_what_is_easily_lost_on_a_move() {
    let account = acme();
    let messages = || account.conversations.iter().flat_map(|item| &item.messages);
    assert!(messages().any(|message| message.body.html.is_some()));
    assert!(messages().any(|message| !message.body.cc.is_empty() && message.body.references.len() > 1));
    assert!(messages().any(|message| message.direction == Direction::Comment));
    let mut contents: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for file in messages().flat_map(|message| &message.attachments) {
        contents.entry(&file.content_base64).or_default().insert(&file.name);
    }
    assert!(contents.len() >= 4 && contents.values().any(|names| names.len() > 1), "the same content under two names");
    let sharing = account.conversations.iter().filter(|item| item.ticket.as_deref() == Some("tk-fika")).count();
    assert_eq!(sharing, 2, "M13: two conversations with one ticket");
    assert!(on(&account, "support-mail").any(|item| item.spam));
    assert_eq!(on(&account, "support-mail").filter(|item| item.inbox.as_deref() == Some("help-desk")).count(), 2, "H11");
}

/// `fixtures/acme/README.md` has this table: whoever changes the files changes it there too.
#[test]
fn acme_in_numbers() {
    let account = acme();
    let row = |channel: &Channel| {
        let count = |wanted: &dyn Fn(&Conversation) -> bool| on(&account, &channel.id).filter(|item| wanted(item)).count();
        let open = count(&|item| item.status == Status::Open);
        let (all, ticket, spam) = (count(&|_| true), count(&|item| item.ticket.is_some()), count(&|item| item.spam));
        format!("| {all} | {open} | {ticket} | {spam} |")
    };
    let readme = include_str!("../../../fixtures/acme/README.md");
    for channel in &account.channels {
        let line = readme.lines().find(|line| line.starts_with(&format!("| `{}` | {} |", channel.id, channel.address)));
        let (line, row) = (line.expect("a line for each channel"), row(channel));
        assert!(line.ends_with(&row), "{line}\nshould end with {row}");
    }
    let messages: usize = account.conversations.iter().map(|item| item.messages.len()).sum();
    assert_eq!((account.conversations.len(), messages, account.tickets.len()), (568, 1_570, 244));
    let numbers = [account.users.len(), account.teams.len(), account.companies.len(), account.contacts.len()];
    assert_eq!(numbers, [12, 5, 10, 33]);
    let owned = |user: &str| on(&account, "support-mail").filter(|item| item.owner.as_deref() == Some(user)).count();
    assert_eq!(["ewa", "jan", "sanna"].map(owned), [24, 14, 22], "who will be lost as an owner (M13)");
}
