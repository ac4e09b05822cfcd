//! The list of all operations, for `deskctl capabilities` and for whoever builds on them.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::wire::{self, Arguments};
use super::{Call, Local, Operation, Stream};
use super::{
    account, account_document, audit, bots, channels, companies, contacts, conversations, deals, inboxes, machine, migrations, outbox,
    pipelines, properties, sla, teams, tickets, tokens, users, views,
};
use crate::domain::user::Permission;
use crate::error::Result;

/// One operation, as data.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Capability {
    pub operation: &'static str,
    pub writes: bool,
    /// The least that it asks for; some arguments may ask for more.
    pub needs: Permission,
    /// Whether the current target can do it. A store can do everything.
    pub supported: bool,
    /// Runs it from JSON to JSON, for servers.
    #[serde(skip)]
    pub run: fn(&mut Local, Arguments<'_>, &Call) -> Result<Vec<u8>>,
    /// What its arguments look like: the struct's own schema, whose name is not unique (`List`, `Show` …).
    #[serde(skip)]
    pub arguments: SchemaOf,
    /// What its output looks like.
    #[serde(skip)]
    pub output: SchemaOf,
}

/// Makes a schema; the types that it refers to come into the generator's definitions.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

const fn of<O: Operation>(needs: Permission) -> Capability {
    Capability {
        operation: O::NAME,
        writes: O::WRITES,
        needs,
        supported: true,
        run: wire::run::<O>,
        arguments: <O as JsonSchema>::json_schema,
        output: SchemaGenerator::subschema_for::<O::Output>,
    }
}

/// One stream, as data.
#[derive(Clone, Copy, Debug)]
pub struct StreamCapability {
    pub stream: &'static str,
    pub needs: Permission,
    /// Gives it out as lines of JSON, for servers.
    pub run: Lines,
    /// What its arguments look like: the struct's own schema.
    pub arguments: SchemaOf,
    pub item: SchemaOf,
    /// What is told when all of it is out.
    pub end: SchemaOf,
}

/// Arguments, call, a flag that ends it, and where the lines go.
type Lines = fn(&mut Local, Arguments<'_>, &Call, &Arc<AtomicBool>, &mut dyn FnMut(Vec<u8>) -> Result<()>) -> Result<()>;

const fn stream_of<S: Stream>(needs: Permission) -> StreamCapability {
    StreamCapability {
        stream: S::NAME,
        needs,
        run: wire::stream::<S>,
        arguments: <S as JsonSchema>::json_schema,
        item: SchemaGenerator::subschema_for::<S::Item>,
        end: SchemaGenerator::subschema_for::<S::End>,
    }
}

/// Every stream.
pub const STREAMS: &[StreamCapability] = &[
    stream_of::<account_document::Export>(Permission::SuperAdmin),
    stream_of::<conversations::AttachmentContent>(Permission::Member),
    stream_of::<migrations::Verify>(Permission::Member),
    stream_of::<sla::Backtest>(Permission::HelpDesk),
];

/// Every operation. `tests/repo.rs` says when one is missing, or when its permission is another.
pub const ALL: &[Capability] = &[
    of::<account::Show>(Permission::Member),
    of::<account::Update>(Permission::SuperAdmin),
    of::<audit::List>(Permission::SuperAdmin),
    of::<bots::List>(Permission::AccountAccess),
    of::<bots::Remove>(Permission::AccountAccess),
    of::<bots::Set>(Permission::AccountAccess),
    of::<channels::Connect>(Permission::AccountAccess),
    of::<channels::Disconnect>(Permission::AccountAccess),
    of::<channels::List>(Permission::Member),
    of::<channels::Show>(Permission::Member),
    of::<channels::Update>(Permission::AccountAccess),
    of::<companies::Create>(Permission::Contacts),
    of::<companies::Delete>(Permission::Contacts),
    of::<companies::List>(Permission::Member),
    of::<companies::Show>(Permission::Member),
    of::<companies::Update>(Permission::Contacts),
    of::<contacts::Create>(Permission::Contacts),
    of::<contacts::Delete>(Permission::Contacts),
    of::<contacts::List>(Permission::Member),
    of::<contacts::Show>(Permission::Member),
    of::<contacts::Update>(Permission::Contacts),
    of::<conversations::Assign>(Permission::Member),
    of::<conversations::Close>(Permission::Member),
    of::<conversations::Comment>(Permission::Member),
    of::<conversations::List>(Permission::Member),
    of::<conversations::Move>(Permission::AccountAccess),
    of::<conversations::Receive>(Permission::Member),
    of::<conversations::Reopen>(Permission::Member),
    of::<conversations::Reply>(Permission::Member),
    of::<conversations::Show>(Permission::Member),
    of::<conversations::Spam>(Permission::Member),
    of::<conversations::Start>(Permission::HelpDesk),
    of::<deals::Create>(Permission::Contacts),
    of::<deals::Delete>(Permission::Contacts),
    of::<deals::List>(Permission::Member),
    of::<deals::Show>(Permission::Member),
    of::<deals::Update>(Permission::Contacts),
    of::<inboxes::Create>(Permission::AccountAccess),
    of::<inboxes::Delete>(Permission::AccountAccess),
    of::<inboxes::List>(Permission::Member),
    of::<inboxes::Show>(Permission::Member),
    of::<inboxes::Update>(Permission::AccountAccess),
    of::<machine::Info>(Permission::SuperAdmin),
    of::<machine::Whoami>(Permission::Member),
    of::<migrations::List>(Permission::Member),
    of::<migrations::Plan>(Permission::SuperAdmin),
    of::<migrations::Report>(Permission::SuperAdmin),
    of::<migrations::Resume>(Permission::SuperAdmin),
    of::<migrations::Show>(Permission::Member),
    of::<migrations::Start>(Permission::SuperAdmin),
    of::<migrations::Timeline>(Permission::Member),
    of::<migrations::Unschedule>(Permission::SuperAdmin),
    of::<outbox::List>(Permission::HelpDesk),
    of::<outbox::Show>(Permission::HelpDesk),
    of::<pipelines::AddStage>(Permission::AccountAccess),
    of::<pipelines::Create>(Permission::AccountAccess),
    of::<pipelines::Delete>(Permission::AccountAccess),
    of::<pipelines::List>(Permission::Member),
    of::<pipelines::RemoveStage>(Permission::AccountAccess),
    of::<pipelines::Show>(Permission::Member),
    of::<pipelines::Update>(Permission::AccountAccess),
    of::<pipelines::UpdateStage>(Permission::AccountAccess),
    of::<properties::Create>(Permission::SuperAdmin),
    of::<properties::Delete>(Permission::SuperAdmin),
    of::<properties::List>(Permission::Member),
    of::<properties::Show>(Permission::Member),
    of::<properties::Update>(Permission::SuperAdmin),
    of::<sla::Clear>(Permission::SuperAdmin),
    of::<sla::Explain>(Permission::HelpDesk),
    of::<sla::ListBreaches>(Permission::HelpDesk),
    of::<sla::ListDue>(Permission::HelpDesk),
    of::<sla::Report>(Permission::HelpDesk),
    of::<sla::Set>(Permission::SuperAdmin),
    of::<sla::Show>(Permission::Member),
    of::<sla::hours::Add>(Permission::SuperAdmin),
    of::<sla::hours::Import>(Permission::SuperAdmin),
    of::<sla::hours::List>(Permission::Member),
    of::<sla::hours::Remove>(Permission::SuperAdmin),
    of::<sla::hours::Set>(Permission::SuperAdmin),
    of::<sla::hours::Show>(Permission::Member),
    of::<teams::Create>(Permission::SuperAdmin),
    of::<teams::Delete>(Permission::SuperAdmin),
    of::<teams::List>(Permission::Member),
    of::<teams::Show>(Permission::Member),
    of::<teams::Update>(Permission::SuperAdmin),
    of::<tickets::Create>(Permission::HelpDesk),
    of::<tickets::Delete>(Permission::SuperAdmin),
    of::<tickets::Follow>(Permission::HelpDesk),
    of::<tickets::History>(Permission::HelpDesk),
    of::<tickets::List>(Permission::HelpDesk),
    of::<tickets::ListDeleted>(Permission::HelpDesk),
    of::<tickets::Merge>(Permission::HelpDesk),
    of::<tickets::Restore>(Permission::SuperAdmin),
    of::<tickets::Search>(Permission::HelpDesk),
    of::<tickets::Show>(Permission::HelpDesk),
    of::<tickets::Unfollow>(Permission::HelpDesk),
    of::<tickets::Update>(Permission::HelpDesk),
    of::<tokens::Create>(Permission::Member),
    of::<tokens::List>(Permission::Member),
    of::<tokens::Revoke>(Permission::Member),
    of::<users::Create>(Permission::SuperAdmin),
    of::<users::Delete>(Permission::SuperAdmin),
    of::<users::List>(Permission::Member),
    of::<users::Show>(Permission::Member),
    of::<users::Update>(Permission::SuperAdmin),
    of::<views::Count>(Permission::HelpDesk),
    of::<views::Create>(Permission::CustomViews),
    of::<views::Delete>(Permission::CustomViews),
    of::<views::Explain>(Permission::HelpDesk),
    of::<views::List>(Permission::HelpDesk),
    of::<views::Run>(Permission::HelpDesk),
    of::<views::Show>(Permission::HelpDesk),
    of::<views::Update>(Permission::CustomViews),
];

/// What operations are about, each once, sorted.
pub fn nouns() -> impl Iterator<Item = &'static str> {
    let nouns: BTreeSet<&str> = ALL.iter().filter_map(|capability| capability.operation.split('.').next()).collect();
    nouns.into_iter()
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;

    use super::*;

    #[test]
    fn each_noun_is_named_once() {
        let nouns: Vec<&str> = nouns().collect();
        assert!(nouns.is_sorted_by(|one, next| one < next), "{nouns:?}");
        assert!(nouns.contains(&"account") && nouns.contains(&"store"));
    }

    #[test]
    fn no_two_types_have_the_same_name() {
        for settings in [SchemaSettings::draft2020_12().for_deserialize(), SchemaSettings::draft2020_12().for_serialize()] {
            let mut generator = settings.into_generator();
            let operations = ALL.iter().flat_map(|operation| [operation.arguments, operation.output]);
            let streams = STREAMS.iter().flat_map(|stream| [stream.arguments, stream.item, stream.end]);
            for schema in operations.chain(streams) {
                schema(&mut generator);
            }
            // A generator gives a number to the second type of a name.
            let numbered: Vec<&String> =
                generator.definitions().keys().filter(|name| name.ends_with(|last: char| last.is_ascii_digit())).collect();
            assert!(numbered.is_empty(), "give these a name of their own (#[schemars(rename = …)]): {numbered:?}");
        }
    }
}
