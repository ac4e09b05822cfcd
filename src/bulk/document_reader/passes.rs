//! One pass over a document: a survey, or the sections whose turn it is.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::context::Context;
use super::input::{Source, TOO_LARGE};
use crate::bulk::place::bad_document;
use crate::domain::document::{Account, BotConditionDoc, SECTIONS, Sla, VERSION};
use crate::error::{Error, Result, io_error, nearest};
use crate::seed::Sink;

/// Looks through a document: is it JSON, of our version, and which sections does it have, of how many items.
pub fn survey(source: &mut Source, name: &str) -> Result<BTreeMap<&'static str, u64>> {
    let mut context = Context::new(source);
    let visitor = Survey { context: &mut context };
    let sections = run(source, visitor).map_err(|error| explain(error, context, name))?;
    if sections.contains_key(SECTIONS[0]) {
        return Ok(sections);
    }
    Err(bad_document(format!("{name} is no account document: it has no \"{}\": {VERSION}", SECTIONS[0])))
}

/// Pushes each section that comes after all those it may refer to. Returns those that are done after this pass.
pub fn pass(
    source: &mut Source,
    name: &str,
    present: &[&'static str],
    done: Vec<&'static str>,
    sink: &mut dyn Sink,
) -> Result<Vec<&'static str>> {
    let mut context = Context::new(source);
    let visitor = Pass { context: &mut context, present, done, sink };
    run(source, visitor).map_err(|error| explain(error, context, name))
}

fn run<'s, V: Visitor<'s>>(source: &'s mut Source, visitor: V) -> serde_json::Result<V::Value> {
    let mut deserializer = serde_json::Deserializer::from_reader(&mut source.reader);
    let value = deserializer.deserialize_map(visitor)?;
    deserializer.end()?;
    Ok(value)
}

struct Survey<'c> {
    context: &'c mut Context,
}

impl<'de> Visitor<'de> for Survey<'_> {
    type Value = BTreeMap<&'static str, u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an account document, which is a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut sections = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let Some(section) = SECTIONS.iter().copied().find(|section| *section == key) else {
                return Err(self.context.fail(unknown_section(&key)));
            };
            self.context.enter(section);
            self.context.meter.next_item();
            let items = match section {
                "deskctl_account" => version(map.next_value()?).map(|()| 1).map_err(|error| self.context.fail(error))?,
                "account" | "sla" => map.next_value::<IgnoredAny>().map(|_| 1)?,
                "bot_conditions" => map.next_value_seed(Count { context: self.context, nullable: true })?,
                _ => map.next_value_seed(Count { context: self.context, nullable: false })?,
            };
            if sections.insert(section, items).is_some() {
                return Err(self.context.fail(bad_document(format!("the section {section} is there twice"))));
            }
        }
        Ok(sections)
    }
}

fn version(version: i64) -> Result<()> {
    if version == VERSION {
        return Ok(());
    }
    Err(bad_document(format!("the document is of version {version}; this deskctl reads version {VERSION}")))
}

fn unknown_section(key: &str) -> Error {
    let error = bad_document(format!("there is no section \"{key}\" in an account document"));
    suggest(error, key, SECTIONS)
}

/// Says what was meant, or what there is.
fn suggest(error: Error, typed: &str, names: &[&str]) -> Error {
    match nearest(typed, names.iter().copied()).as_slice() {
        [] => error.hint(format!("it may be one of {}", names.join(", "))),
        near => error.hint(format!("did you mean \"{}\"?", near.join("\" or \""))),
    }
}

/// Counts the items of a section.
struct Count<'c> {
    context: &'c mut Context,
    nullable: bool,
}

impl<'de> DeserializeSeed<'de> for Count<'_> {
    type Value = u64;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<u64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Count<'_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: serde::de::Error>(self) -> std::result::Result<u64, E> {
        if self.nullable { Ok(0) } else { Err(E::invalid_type(serde::de::Unexpected::Unit, &self)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<u64, A::Error> {
        for index in 0.. {
            self.context.item = Some(index as usize);
            self.context.meter.next_item();
            if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(index);
            }
        }
        Err(A::Error::custom("the list does not end"))
    }
}

struct Pass<'p> {
    context: &'p mut Context,
    present: &'p [&'static str],
    done: Vec<&'static str>,
    sink: &'p mut dyn Sink,
}

impl Pass<'_> {
    /// Whether everything that this section may refer to has been pushed.
    fn is_ready(&self, section: &'static str) -> bool {
        let before = SECTIONS.iter().take_while(|earlier| **earlier != section);
        !self.done.contains(&section) && before.into_iter().all(|earlier| self.done.contains(earlier) || !self.present.contains(earlier))
    }
}

impl<'de> Visitor<'de> for Pass<'_> {
    type Value = Vec<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an account document, which is a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let Some(section) = SECTIONS.iter().copied().find(|section| *section == key) else {
                return Err(self.context.fail(unknown_section(&key)));
            };
            self.context.enter(section);
            self.context.meter.next_item();
            if !self.is_ready(section) {
                map.next_value_seed(Skip { context: self.context })?;
                continue;
            }
            push_section(self.context, &mut *self.sink, section, &mut map)?;
            self.done.push(section);
        }
        Ok(self.done)
    }
}

fn push_section<'de, A: MapAccess<'de>>(
    context: &mut Context,
    sink: &mut dyn Sink,
    section: &'static str,
    map: &mut A,
) -> std::result::Result<(), A::Error> {
    match section {
        "account" => {
            let account: Account = map.next_value()?;
            context.check(&account)?;
            sink.account(account).map_err(|error| context.fail(error))
        }
        "bot_conditions" => match map.next_value::<Option<Vec<BotConditionDoc>>>()? {
            Some(conditions) => {
                for (index, condition) in conditions.iter().enumerate() {
                    context.item = Some(index);
                    context.check(condition)?;
                }
                sink.bot_conditions(conditions).map_err(|error| context.fail(error))
            }
            None => Ok(()),
        },
        "sla" => match map.next_value::<Option<Sla>>()? {
            Some(sla) => {
                context.check(&sla)?;
                sink.sla(sla).map_err(|error| context.fail(error))
            }
            None => Ok(()),
        },
        "teams" => map.next_value_seed(Items::new(context, sink, |sink, team| sink.team(team))),
        "users" => map.next_value_seed(Items::new(context, sink, |sink, user| sink.user(user))),
        "pipelines" => map.next_value_seed(Items::new(context, sink, |sink, pipeline| sink.pipeline(pipeline))),
        "inboxes" => map.next_value_seed(Items::new(context, sink, |sink, inbox| sink.inbox(inbox))),
        "channels" => map.next_value_seed(Items::new(context, sink, |sink, channel| sink.channel(channel))),
        "properties" => map.next_value_seed(Items::new(context, sink, |sink, property| sink.property(property))),
        "companies" => map.next_value_seed(Items::new(context, sink, |sink, company| sink.company(company))),
        "contacts" => map.next_value_seed(Items::new(context, sink, |sink, contact| sink.contact(contact))),
        "deals" => map.next_value_seed(Items::new(context, sink, |sink, deal| sink.deal(deal))),
        "tickets" => map.next_value_seed(Items::new(context, sink, |sink, ticket| sink.ticket(ticket))),
        "conversations" => map.next_value_seed(Items::new(context, sink, |sink, conversation| sink.conversation(conversation))),
        _ => map.next_value::<IgnoredAny>().map(drop),
    }
}

/// Passes over a section whose turn comes later.
struct Skip<'c> {
    context: &'c mut Context,
}

impl<'de> DeserializeSeed<'de> for Skip<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        match self.context.section {
            Some("account" | "deskctl_account" | "sla") => IgnoredAny::deserialize(deserializer).map(drop),
            _ => Count { context: self.context, nullable: true }.deserialize(deserializer).map(drop),
        }
    }
}

/// Pushes the items of a section one by one.
struct Items<'p, T> {
    context: &'p mut Context,
    sink: &'p mut dyn Sink,
    push: fn(&mut dyn Sink, T) -> Result<()>,
    item: PhantomData<T>,
}

impl<'p, T> Items<'p, T> {
    fn new(context: &'p mut Context, sink: &'p mut dyn Sink, push: fn(&mut dyn Sink, T) -> Result<()>) -> Items<'p, T> {
        Items { context, sink, push, item: PhantomData }
    }
}

impl<'de, T: DeserializeOwned + Serialize + JsonSchema> DeserializeSeed<'de> for Items<'_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned + Serialize + JsonSchema> Visitor<'de> for Items<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<(), A::Error> {
        for index in 0.. {
            self.context.item = Some(index);
            self.context.meter.next_item();
            let Some(item) = items.next_element::<T>()? else { break };
            self.context.check(&item)?;
            (self.push)(self.sink, item).map_err(|error| self.context.fail::<A::Error>(error))?;
        }
        Ok(())
    }
}

/// The error behind serde's, with its place.
fn explain(error: serde_json::Error, context: Context, name: &str) -> Error {
    if let Some(ours) = context.failed {
        return ours;
    }
    let place = match (context.section, context.item) {
        (Some(section), Some(item)) => format!("{section}[{item}]: "),
        (Some(section), None) => format!("{section}: "),
        (None, _) => String::new(),
    };
    let said = error.to_string().replace('`', "\"");
    let (line, column) = (error.line(), error.column());
    let told = match error.classify() {
        Category::Io if said.contains(TOO_LARGE) => bad_document(format!("{name}: {place}{TOO_LARGE}")),
        Category::Io => return io_error("read", Path::new(name), error.into()),
        Category::Eof => bad_document(format!("{name} ends too early: {said}")),
        Category::Syntax => bad_document(format!("{name} is no JSON: {said}")),
        Category::Data => unknown_key(bad_document(format!("{name}: {place}{said}")), &said, context.section),
    };
    if line == 0 { told } else { told.detail("line", line).detail("column", column) }
}

/// The keys of a channel's settings and of what is in them, which are not listed in the error.
const SETTINGS_KEYS: &[&str] = &[
    "signature",
    "routing",
    "automation",
    "ticket_creation",
    "bot",
    "transcription",
    "mode",
    "users",
    "teams",
    "skill",
    "only_available",
    "enabled",
    "stage",
    "name",
    "actions",
];

/// A message's keys, which serde does not list in its error.
const MESSAGE_KEYS: &[&str] = &[
    "direction",
    "author",
    "at",
    "channel",
    "text",
    "html",
    "subject",
    "message_id",
    "references",
    "cc",
    "external_id",
    "mentions",
    "attachments",
];

/// Adds the nearest of the known keys, which serde lists in its message.
fn unknown_key(error: Error, said: &str, section: Option<&str>) -> Error {
    let Some(rest) = said.strip_prefix("unknown field \"") else { return error };
    let mut quoted = rest.split('"').step_by(2);
    let typed = quoted.next().unwrap_or_default();
    let known: Vec<&str> = rest.split('"').skip(2).step_by(2).collect();
    match section {
        Some("channels") if known.is_empty() => suggest(error, typed.rsplit('.').next().unwrap_or(typed), SETTINGS_KEYS),
        Some("conversations") if known.is_empty() => suggest(error, typed, MESSAGE_KEYS),
        _ => suggest(error, typed, &known),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::channel::Settings;

    fn keys_of(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
        match schema {
            serde_json::Value::Object(fields) => {
                let properties = fields.get("properties").and_then(serde_json::Value::as_object);
                found.extend(properties.into_iter().flat_map(serde_json::Map::keys).cloned());
                fields.values().for_each(|value| keys_of(value, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| keys_of(item, found)),
            _ => {}
        }
    }

    #[test]
    fn the_keys_that_may_be_meant_are_those_that_there_are() {
        let mut keys = BTreeSet::new();
        keys_of(schemars::schema_for!(Settings<String>).as_value(), &mut keys);
        assert_eq!(keys, SETTINGS_KEYS.iter().map(|key| (*key).to_owned()).collect());
    }
}
