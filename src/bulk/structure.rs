//! The small sections of a document, from `account` to `channels`: gathered, checked and written at once.

use super::place::{Place, Seen, bad_document};
use super::references::{Known, KnownChannel, KnownStage};
use super::{sla, tickets};
use crate::domain::address::Mailbox;
use crate::domain::bot::{BotCondition, default_conditions};
use crate::domain::channel::State;
use crate::domain::document::{self, Account, BotConditionDoc, InboxKind};
use crate::domain::pipeline::{self, StageState};
use crate::domain::time::{self, Time};
use crate::domain::user::{self, Role, Working};
use crate::domain::{Id, channel, phone};
use crate::error::{Error, Result};
use crate::store::inboxes::Inbox;
use crate::store::pipelines::Pipeline;
use crate::store::users::Team;
use crate::store::{self, Tx, bots, channels, users};

/// What was pushed of the small sections.
#[derive(Default)]
pub struct Structure {
    pub account: Account,
    pub teams: Vec<document::Team>,
    pub users: Vec<document::User>,
    pub pipelines: Vec<document::Pipeline>,
    pub inboxes: Vec<document::Inbox>,
    pub conditions: Option<Vec<BotConditionDoc>>,
    pub channels: Vec<document::Channel>,
    pub sla: Option<document::Sla>,
    pub properties: Vec<document::Property>,
}

impl Structure {
    /// Writes everything; the account stays marked as loading.
    pub fn write(&self, tx: &mut Tx<'_>, now: Time) -> Result<Known> {
        let clock = self.account.as_of.map_or(now, |own| own.max(now));
        let mut known = Known { country: self.country()?, clock, ..Known::default() };
        self.write_account(tx, now, known.country.as_deref())?;
        if let Some(doc) = &self.sla {
            known.hours = sla::write_hours(tx, doc, now)?;
        }
        self.write_teams(tx, &mut known)?;
        self.write_users(tx, &mut known)?;
        self.write_pipelines(tx, &mut known)?;
        self.write_inboxes(tx, &mut known)?;
        self.write_conditions(tx)?;
        self.write_channels(tx, &mut known)?;
        if let Some(doc) = &self.sla {
            Place::section("sla").time("set_at", doc.set_at, known.clock)?;
            sla::write_policy(tx, doc, now)?;
        }
        known.properties = tickets::write_properties(tx, &known, &self.properties, now)?;
        Ok(known)
    }

    /// The account's country; where it says none, that of its first phone line (E4).
    fn country(&self) -> Result<Option<String>> {
        if let Some(country) = &self.account.country {
            return phone::country(country).map(Some).map_err(|why| Place::section("account").error("country", why));
        }
        let lines = self.channels.iter().filter(|channel| matches!(channel.kind, channel::Kind::Calling | channel::Kind::Whatsapp));
        Ok(lines.filter_map(|channel| phone::country_of(&channel.address)).next())
    }

    fn write_account(&self, tx: &mut Tx<'_>, now: Time, country: Option<&str>) -> Result<()> {
        let (place, doc) = (Place::section("account"), &self.account);
        place.name("name", &doc.name)?;
        time::zone(&doc.time_zone).map_err(|reason| place.error("time_zone", reason))?;
        let account = store::account::Account {
            name: doc.name.clone(),
            time_zone: doc.time_zone.clone(),
            limits: doc.limits.clone(),
            created_at: now,
        };
        store::account::put(tx, &account, true)?;
        store::account::put_country(tx, country)
    }

    fn write_teams(&self, tx: &mut Tx<'_>, known: &mut Known) -> Result<()> {
        let (mut ids, mut names) = (Seen::default(), Seen::default());
        let mut rows = Vec::with_capacity(self.teams.len());
        for ((index, doc), id) in self.teams.iter().enumerate().zip(new_ids(tx, "teams", self.teams.len())?) {
            let place = Place::new("teams", index, &doc.id);
            identified(&place, &mut ids)?;
            place.name("name", &doc.name)?;
            names.take(&place, "name", &doc.name)?;
            known.teams.insert(doc.id.clone(), id);
            rows.push(Team { id, name: doc.name.clone(), hours_id: known.hours(&place, doc.hours.as_ref())? });
        }
        tx.insert(&rows)
    }

    fn write_users(&self, tx: &mut Tx<'_>, known: &mut Known) -> Result<()> {
        let (mut ids, mut emails) = (Seen::default(), Seen::default());
        for ((index, doc), id) in self.users.iter().enumerate().zip(new_ids(tx, "users", self.users.len())?) {
            let place = Place::new("users", index, &doc.id);
            identified(&place, &mut ids)?;
            let user = read_user(doc, id, &place, known)?;
            emails.take(&place, "email", &user.email)?;
            users::put(tx, &user)?;
            let hours_id = known.hours(&place, doc.hours.as_ref())?;
            users::put_working(tx, id, Working { hours_id, availability: doc.availability })?;
            known.users.insert(doc.id.clone(), id);
        }
        if self.users.iter().any(|user| user.active && user.role == Role::SuperAdmin) {
            return Ok(());
        }
        Err(bad_document("users: an account needs an active user whose role is super_admin".into()).detail("section", "users"))
    }

    fn write_pipelines(&self, tx: &mut Tx<'_>, known: &mut Known) -> Result<()> {
        if self.pipelines.is_empty() {
            return write_pipeline(tx, &default_pipeline(), 1).map(drop);
        }
        let (mut ids, mut names, mut stage_ids) = (Seen::default(), Seen::default(), Seen::default());
        for (index, doc) in self.pipelines.iter().enumerate() {
            let place = Place::new("pipelines", index, &doc.id);
            identified(&place, &mut ids)?;
            place.name("name", &doc.name)?;
            names.take(&place, "name", &doc.name)?;
            let mut stage_names = Seen::default();
            for (stage_index, stage) in doc.stages.iter().enumerate() {
                let field = |name: &str| format!("stages[{stage_index}].{name}");
                place.name(&field("id"), &stage.id)?;
                place.name(&field("name"), &stage.name)?;
                stage_ids.take(&place, &field("id"), &stage.id)?;
                stage_names.take(&place, &field("name"), &stage.name)?;
            }
            let stages = write_pipeline(tx, doc, index as i64 + 1)?;
            for (stage, row) in doc.stages.iter().zip(stages) {
                known.stages.insert(stage.id.clone(), KnownStage { id: row.id, open: row.is_open() });
            }
        }
        Ok(())
    }

    fn write_inboxes(&self, tx: &mut Tx<'_>, known: &mut Known) -> Result<()> {
        let (mut ids, mut names) = (Seen::default(), Seen::default());
        let mut help_desk: Option<usize> = None;
        let mut rows = Vec::new();
        for ((index, doc), id) in self.inboxes.iter().enumerate().zip(new_ids(tx, "inboxes", self.inboxes.len())?) {
            let place = Place::new("inboxes", index, &doc.id);
            identified(&place, &mut ids)?;
            place.name("name", &doc.name)?;
            names.take(&place, "name", &doc.name)?;
            if doc.kind == InboxKind::HelpDesk
                && let Some(first) = help_desk.replace(index)
            {
                return Err(place.error("kind", format!("inboxes[{first}] is the help desk, and an account has one")));
            }
            known.inboxes.insert(doc.id.clone(), id);
            rows.push(Inbox { id, name: doc.name.clone(), kind: doc.kind });
        }
        tx.insert(&rows)?;
        if rows.is_empty() {
            make_inbox(tx, "Inbox", InboxKind::Inbox, &rows)?;
        }
        if help_desk.is_none() {
            make_inbox(tx, "Help desk", InboxKind::HelpDesk, &rows)?;
        }
        Ok(())
    }

    fn write_conditions(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(docs) = &self.conditions else {
            return default_conditions().iter().try_for_each(|condition| bots::put(tx, condition));
        };
        let mut actions = Seen::default();
        for (index, doc) in docs.iter().enumerate() {
            let place = Place::new("bot_conditions", index, &doc.action);
            place.name("action", &doc.action)?;
            actions.take(&place, "action", &doc.action)?;
            bots::put(tx, &BotCondition::from(doc.clone()))?;
        }
        Ok(())
    }

    fn write_channels(&self, tx: &mut Tx<'_>, known: &mut Known) -> Result<()> {
        let (mut ids, mut addresses) = (Seen::default(), Seen::default());
        for ((index, doc), id) in self.channels.iter().enumerate().zip(new_ids(tx, "channels", self.channels.len())?) {
            let place = Place::new("channels", index, &doc.id);
            identified(&place, &mut ids)?;
            place.name("name", &doc.name)?;
            place.name("address", &doc.address)?;
            let address = match Mailbox::parse(&doc.address) {
                Ok(mailbox) if doc.kind == channel::Kind::Email => mailbox.email,
                _ => doc.address.trim().to_lowercase(),
            };
            addresses.take(&place, "address", &address)?;
            let inbox_id = known.inbox(&place, "inbox", &doc.inbox)?;
            let channel = channel::Channel {
                id,
                name: doc.name.clone(),
                kind: doc.kind,
                address,
                inbox_id,
                inbox: String::new(),
                state: if doc.connected { State::Connected } else { State::Disconnected },
                in_help_desk: false,
                settings: settings(doc, &place, known)?,
                moved_by: None,
            };
            channels::put(tx, &channel)?;
            known.channels.insert(doc.id.clone(), KnownChannel { id, inbox: inbox_id });
            known.bots.insert(id, channel.settings.bot_name(&channel.name).to_owned());
        }
        Ok(())
    }
}

fn new_ids(tx: &mut Tx<'_>, table: &'static str, count: usize) -> Result<Vec<Id>> {
    if count == 0 { Ok(Vec::new()) } else { tx.new_ids(table, count) }
}

fn identified(place: &Place<'_>, ids: &mut Seen) -> Result<()> {
    place.name("id", place.id)?;
    ids.take(place, "id", place.id)
}

fn read_user(doc: &document::User, id: Id, place: &Place<'_>, known: &Known) -> Result<user::User> {
    place.name("name", &doc.name)?;
    place.name("email", &doc.email)?;
    let email = Mailbox::parse(&doc.email).map_err(|why| place.error("email", format!("\"{}\" {why}", doc.email)))?.email;
    place.once_each("more_teams", &doc.more_teams)?;
    Ok(user::User {
        id,
        email,
        name: doc.name.clone(),
        role: doc.role,
        grants: doc.permissions.clone(),
        seat: doc.seat,
        active: doc.active,
        ticket_access: doc.ticket_access,
        unassigned_visible: doc.unassigned_visible,
        team_id: doc.team.as_ref().map(|team| known.team(place, "team", team)).transpose()?,
        more_teams: doc.more_teams.iter().map(|team| known.team(place, "more_teams", team)).collect::<Result<_>>()?,
    })
}

/// What an account without pipelines gets.
fn default_pipeline() -> document::Pipeline {
    let stage = |name: &str, state| document::Stage { id: String::new(), name: name.into(), state };
    document::Pipeline {
        id: String::new(),
        name: "Support".into(),
        stages: vec![
            stage("New", StageState::Open),
            stage("Waiting on contact", StageState::Open),
            stage("Waiting on us", StageState::Open),
            stage("Closed", StageState::Closed),
        ],
    }
}

fn write_pipeline(tx: &mut Tx<'_>, doc: &document::Pipeline, position: i64) -> Result<Vec<pipeline::Stage>> {
    let pipeline_id = tx.new_id("pipelines")?;
    tx.insert(&[Pipeline { id: pipeline_id, name: doc.name.clone(), position }])?;
    let ids = new_ids(tx, "stages", doc.stages.len())?;
    let stages: Vec<pipeline::Stage> = doc
        .stages
        .iter()
        .zip(ids)
        .zip(1..)
        .map(|((stage, id), position)| pipeline::Stage {
            id,
            pipeline_id,
            pipeline: doc.name.clone(),
            name: stage.name.clone(),
            state: stage.state,
            position,
        })
        .collect();
    tx.insert(&stages)?;
    Ok(stages)
}

/// Makes an inbox that the document does not have, under a name that it does not have either.
fn make_inbox(tx: &mut Tx<'_>, name: &str, kind: InboxKind, taken: &[Inbox]) -> Result<()> {
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name} {n}")));
    let free = |candidate: &String| !taken.iter().any(|inbox| inbox.name == *candidate);
    let name = names.into_iter().find(free).unwrap_or_else(|| name.to_owned());
    let id = tx.new_id("inboxes")?;
    tx.insert(&[Inbox { id, name, kind }])
}

fn settings(doc: &document::Channel, place: &Place<'_>, known: &Known) -> Result<channel::Settings> {
    let settings = &doc.settings;
    settings.clone().map_refs(
        |user: String| known.user(place, "settings.routing.users", &user),
        |team: String| known.team(place, "settings.routing.teams", &team),
        |stage: String| known.stage(place, "settings.ticket_creation.stage", &stage).map(|stage| stage.id),
    ) as Result<channel::Settings, Error>
}
