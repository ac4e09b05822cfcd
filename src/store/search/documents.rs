//! Tickets with all that is searched of them.

use std::collections::HashMap;

use crate::args;
use crate::domain::Id;
use crate::domain::search::{Document, Firm, Person};
use crate::domain::ticket::Ticket;
use crate::error::Result;
use crate::store::visibility::Condition;
use crate::store::{Row, ToArg, Tx, tickets};

pub struct Loaded {
    pub ticket: Ticket,
    pub document: Document,
}

const PERSON: &str = "p.id, p.first_name, p.last_name, p.email, p.phone, p.mobile_phone";

/// Those of the tickets that satisfy the condition, whose parameters come after $1; the highest id first.
pub fn load(tx: &mut Tx<'_>, ids: &[Id], condition: &Condition) -> Result<Vec<Loaded>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let dialect = tx.dialect();
    let list = dialect.id_list(ids);
    let sql = format!(
        "SELECT {}, {PERSON}, f.id, f.name, f.domain FROM tickets t \
         LEFT JOIN contacts p ON p.id = t.contact_id LEFT JOIN companies f ON f.id = t.company_id \
         WHERE t.id {} AND {} ORDER BY t.id DESC",
        tickets::COLUMNS,
        dialect.any_of(1),
        condition.sql
    );
    let mut args = vec![list.to_arg()];
    args.extend(condition.args());
    let mut loaded = tx.query(&sql, &args, |row| {
        let ticket = tickets::read(row)?;
        let people = person(row)?.into_iter().collect();
        let (id, name, domain): (Option<Id>, Option<String>, Option<String>) = (row.get()?, row.get()?, row.get()?);
        let company = id.map(|id| Firm { id, name: name.unwrap_or_default(), domain });
        let (name, description) = (ticket.name.clone(), ticket.description.clone());
        let document = Document { id: ticket.id, name, description, spam: ticket.spam, people, company };
        Ok(Loaded { ticket, document })
    })?;
    let places: HashMap<Id, usize> = loaded.iter().enumerate().map(|(place, loaded)| (loaded.ticket.id, place)).collect();
    let sql = format!(
        "SELECT x.ticket_id, {PERSON} FROM ticket_contacts x JOIN contacts p ON p.id = x.contact_id WHERE x.ticket_id {} \
         ORDER BY x.ticket_id, x.contact_id",
        dialect.any_of(1)
    );
    tx.each(&sql, args![list], |row| {
        let ticket: Id = row.get()?;
        if let Some(loaded) = places.get(&ticket).and_then(|place| loaded.get_mut(*place)) {
            loaded.document.people.extend(person(row)?);
        }
        Ok(())
    })?;
    Ok(loaded)
}

fn person(row: &mut Row<'_>) -> Result<Option<Person>> {
    let id: Option<Id> = row.get()?;
    let (first_name, last_name, email) = (row.get()?, row.get()?, row.get()?);
    let (phone, mobile_phone) = (row.get()?, row.get()?);
    Ok(id.map(|id| Person { id, first_name, last_name, email, phone, mobile_phone }))
}
