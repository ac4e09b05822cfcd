//! A whole store as text, to compare two of them row by row: by natural keys instead of generated ids, without the clock times
//! of the run. What belongs to the data (when a ticket was created, closed, answered) stays.
//!
//! Tables and columns are asked of the store itself, so that a new one is compared without anyone having to think of it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use deskctl::args;
use deskctl::error::Result;
use deskctl::store::{Cell, Dialect, FromCell, Location, Store, Tx, schema};
use serde_json::Value as Json;

/// Clock times, worker numbers and the like: what differs between two runs that did the same. `*` leaves out the table.
const OF_THE_RUN: &[(&str, &[&str])] = &[
    ("account", &["created_at"]),
    ("schema_versions", &["applied_at"]),
    ("migrations", &["fence", "batches", "busy_ms", "start_at", "started_at", "updated_at", "finished_at", "log", "seal"]),
    ("migration_phases", &["*"]),
    ("history", &["at"]),
    ("ticket_slas", &["last_at"]),
    ("outbox", &["at"]),
    ("audit", &["at", "client", "proxy"]),
    ("idempotency", &["at"]),
    ("tokens", &["last_used_at"]),
    // How far the search index happens to be.
    ("search_state", &["*"]),
    ("search_queue", &["*"]),
];

/// Which table a number refers to, by the name of its column, or of its field in a JSON text.
const REFERENCES: &[(&str, &str)] = &[
    ("channel_id", "channels"),
    ("inbox_id", "inboxes"),
    ("help_desk_id", "inboxes"),
    ("owner_id", "users"),
    ("user_id", "users"),
    ("actor_id", "users"),
    ("started_by", "users"),
    ("team_id", "teams"),
    ("contact_id", "contacts"),
    ("company_id", "companies"),
    ("conversation_id", "conversations"),
    ("boundary_conversation", "conversations"),
    ("boundary_channel_row", "conversation_channels"),
    ("made_for", "conversations"),
    ("ticket_id", "tickets"),
    ("message_id", "messages"),
    ("pipeline_id", "pipelines"),
    ("stage_id", "stages"),
    ("stage", "stages"),
    ("run_id", "migrations"),
    ("moved_by", "migrations"),
    ("made_by_run", "migrations"),
    ("migration", "migrations"),
    ("next_channels", "channels"),
    ("users", "users"),
    ("teams", "teams"),
];

/// What the values of a history row mean, by its property.
const PROPERTIES: &[(&str, &str)] = &[
    ("owner", "users"),
    ("stage", "stages"),
    ("created", "stages"),
    ("inbox", "inboxes"),
    ("team", "teams"),
    ("channel", "channels"),
    ("contact", "contacts"),
    ("company", "companies"),
    ("ticket", "tickets"),
];

/// JSON columns that describe one object: what their own `id` means.
const DESCRIBED: &[(&str, &str)] = &[("channel_before", "channels"), ("ticket_before", "tickets")];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot(Vec<String>);

impl Snapshot {
    pub fn of(location: &Location) -> Snapshot {
        read(location).unwrap_or_else(|error| panic!("the store cannot be read: {error:?}"))
    }

    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// The lines that only one of two snapshots has; `None` where they are equal.
    pub fn difference(&self, expected: &Snapshot) -> Option<String> {
        if self == expected {
            return None;
        }
        let mut balance: BTreeMap<&str, i64> = BTreeMap::new();
        self.0.iter().for_each(|line| *balance.entry(line).or_default() += 1);
        expected.0.iter().for_each(|line| *balance.entry(line).or_default() -= 1);
        let differing: Vec<(&str, i64)> = balance.into_iter().filter(|(_, count)| *count != 0).collect();
        let sign = |count: i64| if count > 0 { "unexpected" } else { "missing" };
        let shown: Vec<String> = differing.iter().take(30).map(|(line, count)| format!("  {}: {line}", sign(*count))).collect();
        Some(format!("{} rows differ:\n{}", differing.len(), shown.join("\n")))
    }
}

#[derive(Clone, PartialEq, Eq)]
enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(String),
}

impl<'a> FromCell<'a> for Value {
    fn from_cell(cell: Cell<'a>) -> Option<Value> {
        Some(match cell {
            Cell::Null => Value::Null,
            Cell::Int(number) => Value::Int(number),
            Cell::Text(text) => Value::Text(text.to_owned()),
            Cell::Bytes(bytes) => Value::Bytes(blake3::hash(bytes).to_hex()[..16].to_owned()),
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("-"),
            Value::Int(number) => write!(f, "{number}"),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Bytes(digest) => write!(f, "#{digest}"),
        }
    }
}

type Row = BTreeMap<String, Value>;
type Tables = BTreeMap<&'static str, Vec<Row>>;

fn read(location: &Location) -> Result<Snapshot> {
    let mut store = Store::connect(location)?;
    let mut tx = store.read()?;
    let mut tables = Tables::new();
    for table in schema::tables() {
        tables.insert(table, rows(&mut tx, table)?);
    }
    let names = Names::of(&tables);
    let mut lines: Vec<String> = tables.iter().flat_map(|(table, rows)| rows.iter().filter_map(|row| names.line(table, row))).collect();
    lines.sort_unstable();
    Ok(Snapshot(lines))
}

fn columns(tx: &mut Tx<'_>, table: &str) -> Result<Vec<String>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "SELECT name FROM pragma_table_info($1)",
        Dialect::Postgres => {
            "SELECT CAST(column_name AS text) FROM information_schema.columns \
             WHERE table_name = $1 AND table_schema = ANY (current_schemas(false))"
        }
    };
    tx.query(sql, args![table], |row| row.get())
}

fn rows(tx: &mut Tx<'_>, table: &str) -> Result<Vec<Row>> {
    let columns = columns(tx, table)?;
    let left_out = OF_THE_RUN.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| columns);
    if left_out.contains(&"*") {
        return Ok(Vec::new());
    }
    let columns: Vec<&String> = columns.iter().filter(|column| !left_out.contains(&column.as_str())).collect();
    let names = columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(", ");
    let order = if columns.iter().any(|column| *column == "id") { "id" } else { "1" };
    tx.query(&format!("SELECT {names} FROM {table} ORDER BY {order}"), &[], |row| {
        columns.iter().map(|column| Ok(((*column).clone(), row.get()?))).collect()
    })
}

/// Natural keys by table and id.
#[derive(Default)]
struct Names<'t> {
    names: HashMap<(&'static str, i64), String>,
    /// How often a key was given: a second one of the same gets a number, in the order of the ids.
    given: HashMap<(&'static str, String), usize>,
    tickets_of: HashMap<i64, i64>,
    first_messages: HashMap<i64, &'t Row>,
}

fn int(row: &Row, column: &str) -> Option<i64> {
    match row.get(column) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}

fn text(row: &Row, column: &str) -> String {
    row.get(column).map_or_else(String::new, ToString::to_string)
}

impl<'t> Names<'t> {
    fn of(tables: &'t Tables) -> Names<'t> {
        let mut names = Names::default();
        for link in &tables["conversation_tickets"] {
            if let (Some(conversation), Some(ticket)) = (int(link, "conversation_id"), int(link, "ticket_id")) {
                names.tickets_of.entry(ticket).and_modify(|first| *first = conversation.min(*first)).or_insert(conversation);
            }
        }
        for message in &tables["messages"] {
            if let Some(conversation) = int(message, "conversation_id") {
                names.first_messages.entry(conversation).or_insert(message);
            }
        }
        // What a name is made of comes first.
        let order = ["users", "teams", "pipelines", "stages", "inboxes", "channels", "companies", "contacts"];
        let order = order.into_iter().chain(["conversations", "conversation_channels", "messages", "tickets", "migrations"]);
        for table in order {
            for row in &tables[table] {
                let name = names.natural(table, row);
                names.give(table, row, name);
            }
        }
        names
    }

    fn natural(&self, table: &str, row: &Row) -> String {
        let parts = |columns: &[&str]| columns.iter().map(|column| text(row, column)).collect::<Vec<_>>().join(" ");
        let named = |column: &str| self.shown(column, &row[column]);
        match table {
            "users" => parts(&["email"]),
            "channels" => parts(&["address"]),
            "stages" => format!("{}/{}", named("pipeline_id"), parts(&["name"])),
            "companies" => parts(&["name", "domain"]),
            "contacts" => parts(&["email", "phone", "mobile_phone", "first_name", "last_name"]),
            "conversations" => self.conversation(row),
            "conversation_channels" => format!("{} on {} since {}", named("conversation_id"), named("channel_id"), text(row, "since")),
            "messages" => format!("message of {}", named("conversation_id")),
            "tickets" => self.ticket(row),
            "migrations" => format!("run of {}", named("channel_id")),
            _ => parts(&["name"]),
        }
    }

    /// By what begins it; a thread or an external id says most.
    fn conversation(&self, row: &Row) -> String {
        let first = int(row, "id").and_then(|id| self.first_messages.get(&id));
        match (row.get("thread_key"), first.and_then(|first| first.get("external_id"))) {
            (Some(thread @ Value::Text(_)), _) => format!("thread {thread}"),
            (_, Some(external @ Value::Text(_))) => format!("begun by {external}"),
            _ => {
                let said: String = first.map(|first| text(first, "text")).unwrap_or_default().chars().take(40).collect();
                format!("{} {} {said}", text(row, "started_at"), text(row, "subject"))
            }
        }
    }

    fn ticket(&self, row: &Row) -> String {
        let of = |id: i64| self.shown("conversation_id", &Value::Int(id));
        match (int(row, "made_for"), int(row, "id").and_then(|id| self.tickets_of.get(&id))) {
            (Some(conversation), _) => format!("made for {}", of(conversation)),
            (None, Some(conversation)) => format!("of {}", of(*conversation)),
            (None, None) => format!("{} {}", text(row, "name"), text(row, "created_at")),
        }
    }

    fn give(&mut self, table: &'static str, row: &Row, name: String) {
        let Some(id) = int(row, "id") else { return };
        let count = self.given.entry((table, name.clone())).or_default();
        *count += 1;
        let name = if *count == 1 { name } else { format!("{name} #{count}") };
        self.names.insert((table, id), name);
    }

    fn name(&self, table: &'static str, id: i64) -> String {
        match self.names.get(&(table, id)) {
            Some(name) => format!("<{name}>"),
            None if id == 0 => "<nobody>".to_owned(),
            None => format!("<no such row of {table}>"),
        }
    }

    fn shown(&self, column: &str, value: &Value) -> String {
        let table = REFERENCES.iter().find(|(name, _)| *name == column);
        match (table, value) {
            (Some((_, table)), Value::Int(id)) => self.name(table, *id),
            (_, Value::Text(text)) if text.starts_with(['{', '[']) => self.json(column, text),
            _ => value.to_string(),
        }
    }

    fn line(&self, table: &'static str, row: &Row) -> Option<String> {
        // What was refused or failed on the way is no difference in what came of it.
        if table == "audit" && text(row, "outcome") != "\"done\"" {
            return None;
        }
        let own = int(row, "id").and_then(|id| self.names.get(&(table, id)).cloned()).unwrap_or_default();
        let shown = row.iter().filter(|(column, _)| *column != "id").map(|(column, value)| match (table, column.as_str()) {
            ("history", "object_id") => format!("object={}", self.object(row)),
            ("history", "old_value" | "new_value") => format!("{column}={}", self.changed(row, value)),
            _ => format!("{column}={}", self.shown(column, value)),
        });
        Some(format!("{table} {own}: {}", shown.collect::<Vec<_>>().join(" ")))
    }

    fn object(&self, row: &Row) -> String {
        let tables = ["tickets", "conversations", "channels", "contacts"];
        let object = text(row, "object");
        let table = tables.into_iter().find(|table| object.trim_matches('"') == table.trim_end_matches('s'));
        table.zip(int(row, "object_id")).map_or_else(|| text(row, "object_id"), |(table, id)| self.name(table, id))
    }

    fn changed(&self, row: &Row, value: &Value) -> String {
        let property = text(row, "property");
        let table = PROPERTIES.iter().find(|(name, _)| property.trim_matches('"') == *name);
        match (table, value) {
            (Some((_, table)), Value::Text(text)) => text.parse().map_or_else(|_| value.to_string(), |id| self.name(table, id)),
            _ => value.to_string(),
        }
    }

    fn json(&self, column: &str, text: &str) -> String {
        let Ok(json) = serde_json::from_str(text) else { return format!("{text:?}") };
        let json = match (column, json) {
            // Users with access, and their teams.
            ("agents", Json::Object(agents)) => {
                let agent =
                    |(user, team): (String, Json)| (user.parse().map_or(user, |id| self.name("users", id)), self.renamed("team_id", team));
                Json::Object(agents.into_iter().map(agent).collect())
            }
            // When the map was frozen.
            ("map", Json::Object(mut map)) => {
                map.remove("at");
                self.renamed(column, Json::Object(map))
            }
            (column, json) => self.renamed(column, json),
        };
        json.to_string()
    }

    fn renamed(&self, field: &str, json: Json) -> Json {
        let table = REFERENCES.iter().find(|(name, _)| *name == field).map(|(_, table)| *table);
        match json {
            Json::Number(number) => match (table, number.as_i64()) {
                (Some(table), Some(id)) => self.name(table, id).into(),
                _ => Json::Number(number),
            },
            Json::Array(items) => items.into_iter().map(|item| self.renamed(field, item)).collect(),
            Json::Object(fields) => {
                let described = DESCRIBED.iter().find(|(name, _)| *name == field).map(|(_, table)| *table);
                let field = |(name, value): (String, Json)| match (name.as_str(), described, value.as_i64()) {
                    ("id", Some(table), Some(id)) => (name, self.name(table, id).into()),
                    _ => (name.clone(), self.renamed(&name, value)),
                };
                Json::Object(fields.into_iter().map(field).collect())
            }
            json => json,
        }
    }
}
