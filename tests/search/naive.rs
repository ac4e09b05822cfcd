//! Looking at every ticket, and comparing.

use std::collections::HashMap;

use deskctl::args;
use deskctl::domain::Id;
use deskctl::domain::access::Visibility;
use deskctl::domain::search::{Document, Firm, Person, Query};
use deskctl::ops::page::PageRequest;
use deskctl::ops::tickets::Search;
use deskctl::ops::{Call, Local};
use deskctl::store::{Tx, contacts, tickets, users};

/// Every page of a search, three to a page.
pub fn found(local: &mut Local, user: &str, text: &str, spam: bool) -> Vec<Id> {
    let call = Call { as_user: Some(user.into()), ..Call::default() };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { after, limit: if found.len() < 9 { 3 } else { 500 } };
        let search = Search { text: text.into(), spam, page, ..Search::default() };
        let page = local.run(search, &call).unwrap().output;
        found.extend(page.items.iter().map(|row| row.row.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return found,
        }
    }
}

/// The same by reading every ticket with its contacts and its company.
fn expected(tx: &mut Tx<'_>, user: &str, text: &str, spam: bool) -> Vec<Id> {
    let query = Query::parse(text).unwrap();
    let user = users::by_email(tx, user).unwrap().unwrap();
    let visibility = Visibility::of(&user);
    let people: HashMap<Id, Person> = contacts::page(tx, 0, 1_000_000).unwrap().into_iter().map(|c| (c.id, person(c))).collect();
    let firms: HashMap<Id, Firm> = contacts::companies(tx, 0, 1_000_000)
        .unwrap()
        .into_iter()
        .map(|c| (c.id, Firm { id: c.id, name: c.name, domain: c.domain }))
        .collect();
    let sql = format!("SELECT {} FROM tickets t ORDER BY t.id DESC", tickets::COLUMNS);
    let all = tx.query(&sql, &[], tickets::read).unwrap();
    let mut ids = Vec::new();
    for ticket in all.into_iter().filter(|ticket| ticket.in_help_desk && ticket.spam == spam) {
        let mut contacts: Vec<Id> = ticket.contact_id.into_iter().collect();
        let more = "SELECT contact_id FROM ticket_contacts WHERE ticket_id = $1";
        contacts.extend(tx.query(more, args![ticket.id], |row| row.get::<Id>()).unwrap());
        let document = Document {
            id: ticket.id,
            name: ticket.name,
            description: ticket.description,
            spam: ticket.spam,
            people: contacts.iter().map(|id| people[id].clone()).collect(),
            company: ticket.company_id.map(|id| firms[&id].clone()),
        };
        if visibility.sees(ticket.owner_id, ticket.team_id) && query.find(&document).is_some() {
            ids.push(ticket.id);
        }
    }
    // The very ticket comes first.
    if let Some(place) = ids.iter().position(|id| Some(*id) == query.id()) {
        let exact = ids.remove(place);
        ids.insert(0, exact);
    }
    ids
}

fn person(contact: contacts::Contact) -> Person {
    let contacts::Contact { id, first_name, last_name, email, phone, mobile_phone, .. } = contact;
    Person { id, first_name, last_name, email, phone, mobile_phone }
}

pub fn expect_same(local: &mut Local, user: &str, text: &str, spam: bool, case: &str) -> usize {
    let expected = expected(&mut local.store.read().unwrap(), user, text, spam);
    let found = found(local, user, text, spam);
    assert_eq!(found, expected, "{case}: {user} searches for {text:?}, spam {spam}");
    found.len()
}
