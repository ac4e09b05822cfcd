//! Few tickets first: where a condition has an index of its own and holds for few tickets, a list is found among those, rather than
//! by walking all tickets in the list's order.
//!
//! Which condition that is, is tried: each index is asked for its first tickets, and the one that has the fewest is taken. So neither
//! engine has to guess, and both find a page in the same way. All conditions are still asked of the tickets themselves.

use super::filter_sql::Value;
use super::lists::{Owner, Spam, TicketFilter};
use super::{Arg, Dialect, ToArg, Tx, lists};
use crate::domain::Id;
use crate::domain::access::{Scope, Visibility};
use crate::domain::filter::{Check, Key, Prepared, Property, Range};
use crate::domain::fold;
use crate::domain::pipeline::StageState;
use crate::error::Result;

/// With more tickets than this, walking all of them finds a page as soon.
const FEW: usize = 5_000;

/// The only tickets that a list can show, and how they were found.
pub struct Few {
    /// Each once.
    pub ids: Vec<Id>,
    way: Way,
}

/// A statement that gives tickets by an index: `{}` stands for the most rows, each `?` for a value.
struct Way {
    sql: String,
    values: Vec<Value>,
}

/// The fewest that one condition leaves; none where each leaves many.
pub fn of_list(tx: &mut Tx<'_>, visibility: &Visibility, filter: &TicketFilter) -> Result<Option<Few>> {
    if filter.concerning.is_some() {
        return Ok(None);
    }
    fewest(tx, ways(visibility, filter))
}

/// The tickets of the help desk that the viewer sees, spam apart; none where there are many.
pub fn visible(tx: &mut Tx<'_>, visibility: &Visibility) -> Result<Option<Few>> {
    fewest(tx, seen(visibility).into_iter().collect())
}

fn fewest(tx: &mut Tx<'_>, ways: Vec<Way>) -> Result<Option<Few>> {
    let mut best: Option<Few> = None;
    for way in ways {
        let most = best.as_ref().map_or(FEW, |few| few.ids.len());
        let (sql, args) = way.statement(most);
        let mut rows = 0;
        let mut ids: Vec<Id> = Vec::new();
        tx.each(&sql, &args, |row| {
            rows += 1;
            ids.extend(row.get::<Option<Id>>()?);
            Ok(())
        })?;
        if rows < most {
            ids.sort_unstable();
            ids.dedup();
            best = Some(Few { ids, way });
        }
    }
    Ok(best)
}

impl Few {
    /// How the engine finds them, in its own words.
    pub fn plan(&self, tx: &mut Tx<'_>) -> Result<Vec<String>> {
        let (sql, args) = self.way.statement(FEW);
        lists::explained(tx, &sql, &args)
    }
}

impl Way {
    fn new(sql: impl Into<String>, values: Vec<Value>) -> Way {
        Way { sql: sql.into(), values }
    }

    fn statement(&self, most: usize) -> (String, Vec<Arg<'_>>) {
        let mut sql = String::with_capacity(self.sql.len() + 8);
        let mut number = 0;
        for c in self.sql.replace("{}", &most.to_string()).chars() {
            if c == '?' {
                number += 1;
                sql.push_str(&format!("${number}"));
            } else {
                sql.push(c);
            }
        }
        (sql, self.values.iter().map(ToArg::to_arg).collect())
    }
}

/// By the viewer, by the list's own conditions, by its filter's.
fn ways(visibility: &Visibility, filter: &TicketFilter) -> Vec<Way> {
    // The indexes of views know the help desk without its spam only.
    let in_views = !filter.everywhere && filter.spam == Spam::Without;
    let mut ways = Vec::new();
    if in_views {
        ways.extend(seen(visibility));
        // In the order of these indexes a page is found by walking them.
        if filter.sort.is_some() {
            ways.extend(filter.open.map(|open| view("t.open = ?", vec![Value::Int(i64::from(open))])));
        }
        if filter.sort.is_some() {
            ways.extend(filter.team.map(|team| view("t.team_id = ?", vec![Value::Int(team)])));
            ways.extend(filter.owner.map(|owner| match owner {
                Owner::Nobody => view("t.owner_id IS NULL", Vec::new()),
                Owner::User(user) => view("t.owner_id = ?", vec![Value::Int(user)]),
            }));
        }
    }
    if let Some(matching) = &filter.matching {
        of_filter(matching, in_views && filter.sort.is_some(), &mut ways);
    }
    ways
}

fn view(condition: &str, values: Vec<Value>) -> Way {
    Way::new(format!("SELECT t.id FROM tickets t WHERE t.in_help_desk = 1 AND t.spam = 0 AND {condition} LIMIT {{}}"), values)
}

/// What a viewer of few tickets sees, and perhaps more.
fn seen(visibility: &Visibility) -> Option<Way> {
    let Visibility::Limited { user, scope, unassigned } = visibility else { return None };
    let mut conditions = vec![("t.owner_id = ?".to_owned(), vec![Value::Int(*user)])];
    match scope {
        Scope::Anyone => return None,
        Scope::OnlyOwn => {}
        Scope::Teams(teams) => {
            conditions.extend(teams.iter().map(|team| ("t.team_id = ?".to_owned(), vec![Value::Int(*team)])));
        }
    }
    if *unassigned {
        conditions.push(("t.owner_id IS NULL".to_owned(), Vec::new()));
    }
    let of_one = |(condition, _): &(String, Vec<Value>)| {
        format!("SELECT t.id FROM tickets t WHERE t.in_help_desk = 1 AND t.spam = 0 AND {condition}")
    };
    let selects = conditions.iter().map(of_one).collect::<Vec<_>>().join(" UNION ALL ");
    let sql = format!("SELECT id FROM ({selects}) x LIMIT {{}}");
    Some(Way::new(sql, conditions.into_iter().flat_map(|(_, values)| values).collect()))
}

/// The conditions that must all hold; `by_views`: the indexes of views serve too, because they do not have the list's order.
fn of_filter(filter: &Prepared, by_views: bool, ways: &mut Vec<Way>) {
    match filter {
        Prepared::All(parts) => parts.iter().for_each(|part| of_filter(part, by_views, ways)),
        Prepared::Test { property, check, negated: false } => ways.extend(of_test(property, check, by_views)),
        _ => {}
    }
}

fn of_test(property: &Property, check: &Check, by_views: bool) -> Option<Way> {
    match (property.key, check) {
        (Key::Contact, Check::Texts(texts)) => of_customer("contacts", "name_key", texts),
        (Key::ContactEmail, Check::Texts(texts)) => of_customer("contacts", "email_key", texts),
        (Key::Company, Check::Texts(texts)) => of_customer("companies", "name_key", texts),
        (Key::CompanyDomain, Check::Texts(texts)) => of_customer("companies", "domain_key", texts),
        (Key::Custom(id), check) => of_value(id, check),
        (Key::CreatedAt, Check::Within(ranges)) => ranged("t.created_at", ranges),
        (Key::ClosedAt, Check::Within(ranges)) => ranged("t.closed_at", ranges),
        (Key::Id, Check::Within(ranges)) => ranged("t.id", ranges),
        (Key::Channel, Check::Ids(ids)) => of_channels(ids),
        (Key::Owner, Check::Ids(ids)) if by_views => among("t.owner_id", ids.iter().copied()).map(|(sql, values)| view(&sql, values)),
        (Key::Team, Check::Ids(ids)) if by_views => among("t.team_id", ids.iter().copied()).map(|(sql, values)| view(&sql, values)),
        (Key::State, Check::Names(names)) if by_views && names.len() == 1 => {
            let open = names.iter().any(|name| **name == *StageState::Open.as_str());
            Some(view("t.open = ?", vec![Value::Int(i64::from(open))]))
        }
        _ => None,
    }
}

/// More values than this are no few tickets' either.
const MOST_VALUES: usize = 100;

fn among(column: &str, values: impl Iterator<Item = i64>) -> Option<(String, Vec<Value>)> {
    let values: Vec<Value> = values.map(Value::Int).collect();
    let places = vec!["?"; values.len()].join(", ");
    (1..=MOST_VALUES).contains(&values.len()).then(|| (format!("{column} IN ({places})"), values))
}

fn keys(column: &str, texts: &[String]) -> Option<(String, Vec<Value>)> {
    among(column, texts.iter().map(|text| fold::key_of_folded(text)))
}

/// The tickets of contacts or companies; customers without tickets count, so that the search for them ends.
fn of_customer(table: &str, key: &str, texts: &[String]) -> Option<Way> {
    let (condition, values) = keys(&format!("k.{key}"), texts)?;
    let column = if table == "contacts" { "contact_id" } else { "company_id" };
    let sql = format!(
        "SELECT t.id FROM (SELECT k.id FROM {table} k WHERE {condition} LIMIT {{}}) k LEFT JOIN tickets t ON t.{column} = k.id LIMIT {{}}"
    );
    Some(Way::new(sql, values))
}

fn of_channels(ids: &[Id]) -> Option<Way> {
    let (condition, values) = among("c.channel_id", ids.iter().copied())?;
    let sql = format!(
        "SELECT l.ticket_id FROM (SELECT c.id FROM conversations c WHERE {condition} LIMIT {{}}) c \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LIMIT {{}}"
    );
    Some(Way::new(sql, values))
}

fn of_value(property: Id, check: &Check) -> Option<Way> {
    let (condition, values) = match check {
        Check::Texts(texts) => keys("v.text_key", texts)?,
        Check::Names(names) if (1..=MOST_VALUES).contains(&names.len()) => {
            let places = vec!["?"; names.len()].join(", ");
            (format!("v.text_value IN ({places})"), names.iter().map(|name| Value::Text(name.to_string())).collect())
        }
        Check::Decimals(ranges) => match ranges.as_slice() {
            [(first, last)] => ("v.text_value BETWEEN ? AND ?".to_owned(), vec![Value::Text(first.stored()), Value::Text(last.stored())]),
            _ => return None,
        },
        Check::Within(ranges) => range("v.number_value", ranges)?,
        Check::Bool(wanted) => ("v.number_value = ?".to_owned(), vec![Value::Int(i64::from(*wanted))]),
        _ => return None,
    };
    let values = std::iter::once(Value::Int(property)).chain(values).collect();
    Some(Way::new(format!("SELECT v.ticket_id FROM ticket_values v WHERE v.property_id = ? AND {condition} LIMIT {{}}"), values))
}

fn ranged(column: &str, ranges: &[Range]) -> Option<Way> {
    let (condition, values) = range(column, ranges)?;
    Some(Way::new(format!("SELECT t.id FROM tickets t WHERE {condition} LIMIT {{}}"), values))
}

fn range(column: &str, ranges: &[Range]) -> Option<(String, Vec<Value>)> {
    match ranges {
        [Range { first: i64::MIN, last: i64::MAX }] => None,
        [Range { first, last }] => Some((format!("{column} BETWEEN ? AND ?"), vec![Value::Int(*first), Value::Int(*last)])),
        ranges if ranges.iter().all(|range| range.first == range.last) => among(column, ranges.iter().map(|range| range.first)),
        _ => None,
    }
}

/// The table of tickets where its rows are looked up by their ids: SQLite is kept from walking an index in the list's order.
pub fn by_ids(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "NOT INDEXED",
        Dialect::Postgres => "",
    }
}
