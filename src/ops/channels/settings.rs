//! A channel's settings: changing them, telling them by readable names, and noting what changed.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::Id;
use crate::domain::bounds::{self, distinct};
use crate::domain::channel::{Bot, Kind, RoutingMode, Settings};
use crate::domain::event::Difference;
use crate::error::{Error, Result};
use crate::ops::{Desk, check, pipelines, teams, users};
use crate::store;

/// What to set; what is `None` stays as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SettingsChange {
    /// An empty text takes it away.
    #[schemars(length(max = bounds::LONG))]
    pub signature: Option<String>,
    /// Whether a new conversation gets a ticket (A1).
    pub ticket_creation: Option<bool>,
    /// The stage of new tickets; an empty text means the first open one again.
    pub ticket_stage: Option<String>,
    pub routing: Option<RoutingMode>,
    /// Addresses, in place of those there were.
    pub route_users: Option<Vec<String>>,
    /// Names, in place of those there were.
    pub route_teams: Option<Vec<String>>,
    pub skill: Option<String>,
    pub only_available: Option<bool>,
    /// An empty text takes the bot away.
    pub bot_name: Option<String>,
    /// All actions, in place of those there were.
    pub bot_actions: Option<Vec<String>>,
    /// H7: for calling channels.
    pub transcription: Option<bool>,
    /// Automation settings, in place of those there were.
    pub automation: Option<Map<String, Value>>,
}

impl SettingsChange {
    /// The settings after the change.
    pub fn apply(self, desk: &mut Desk<'_>, kind: Kind, mut settings: Settings) -> Result<Settings> {
        if let Some(signature) = &self.signature {
            settings.signature = Some(signature.clone()).filter(|signature| !signature.trim().is_empty());
        }
        settings.ticket_creation.enabled = self.ticket_creation.unwrap_or(settings.ticket_creation.enabled);
        if let Some(stage) = &self.ticket_stage {
            settings.ticket_creation.stage = if stage.trim().is_empty() { None } else { Some(pipelines::stage(desk, stage)?.id) };
        }
        if let Some(transcription) = self.transcription {
            only_for(kind, Kind::Calling, "transcription", transcription)?;
            settings.transcription = transcription;
        }
        self.route(desk, &mut settings)?;
        self.set_bot(kind, &mut settings)?;
        settings.automation = self.automation.unwrap_or(settings.automation);
        Ok(settings)
    }

    /// H8: one way of routing at a time; what belongs to another one goes.
    fn route(&self, desk: &mut Desk<'_>, settings: &mut Settings) -> Result<()> {
        let routing = &mut settings.routing;
        routing.only_available = self.only_available.unwrap_or(routing.only_available);
        let Some(mode) = self.routing_mode()? else { return Ok(()) };
        routing.mode = mode;
        if let Some(typed) = &self.route_users {
            routing.users = ids(typed, |typed| Ok(users::user(desk, typed)?.id))?;
        }
        if let Some(typed) = &self.route_teams {
            routing.teams = ids(typed, |typed| Ok(teams::team(desk, typed)?.id))?;
        }
        if let Some(skill) = &self.skill {
            routing.skill = check::optional("skill", skill)?;
        }
        if mode != RoutingMode::Users {
            routing.users.clear();
        }
        if mode != RoutingMode::Teams {
            routing.teams.clear();
        }
        if mode != RoutingMode::Skill {
            routing.skill = None;
        }
        let missing = match mode {
            RoutingMode::Users if routing.users.is_empty() => "at least one --route-user",
            RoutingMode::Teams if routing.teams.is_empty() => "at least one --route-team",
            RoutingMode::Skill if routing.skill.is_none() => "a --route-skill",
            _ => return Ok(()),
        };
        Err(Error::usage("bad_routing", format!("routing to {mode} needs {missing}")))
    }

    /// The mode that is named, or that follows from what is named; `None` when routing stays as it is.
    fn routing_mode(&self) -> Result<Option<RoutingMode>> {
        let implied = [
            (self.route_users.is_some(), RoutingMode::Users),
            (self.route_teams.is_some(), RoutingMode::Teams),
            (self.skill.is_some(), RoutingMode::Skill),
        ];
        let implied: Vec<RoutingMode> = implied.into_iter().filter(|(given, _)| *given).map(|(_, mode)| mode).collect();
        match (self.routing, implied.as_slice()) {
            (mode, []) => Ok(mode),
            (None, [mode]) => Ok(Some(*mode)),
            (Some(mode), [implied]) if mode == *implied => Ok(Some(mode)),
            _ => Err(Error::usage("bad_routing", "a channel routes in one way: to no one, to users, to teams, or by a skill")),
        }
    }

    /// Only a chatflow has a bot.
    fn set_bot(&self, kind: Kind, settings: &mut Settings) -> Result<()> {
        if self.bot_name.is_none() && self.bot_actions.is_none() {
            return Ok(());
        }
        let was = settings.bot.take();
        let name = match (&self.bot_name, &was) {
            (Some(name), _) => check::optional("bot's name", name)?,
            (None, Some(bot)) => Some(bot.name.clone()),
            (None, None) => Some("Bot".to_owned()),
        };
        let Some(name) = name else { return Ok(()) };
        only_for(kind, Kind::Chat, "a bot", true)?;
        let actions = match &self.bot_actions {
            Some(actions) => distinct(actions).iter().map(|action| check::text("bot action", action)).collect::<Result<_>>()?,
            None => was.map(|bot| bot.actions).unwrap_or_default(),
        };
        settings.bot = Some(Bot { name, actions });
        Ok(())
    }
}

fn only_for(kind: Kind, fitting: Kind, what: &str, wanted: bool) -> Result<()> {
    if kind == fitting || !wanted {
        return Ok(());
    }
    Err(Error::usage("setting_does_not_fit", format!("only a {fitting} channel has {what}; this one is a {kind} channel")))
}

fn ids(typed: &[String], mut id: impl FnMut(&str) -> Result<Id>) -> Result<Vec<Id>> {
    let mut ids: Vec<Id> = Vec::new();
    for typed in typed.iter().filter(|typed| !typed.trim().is_empty()) {
        let id = id(typed)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The settings with addresses and names where the store has ids.
pub fn by_name(desk: &mut Desk<'_>, settings: Settings) -> Result<Settings<String>> {
    let users: HashMap<Id, String> = store::users::all(&mut desk.tx)?.into_iter().map(|user| (user.id, user.email)).collect();
    let teams: HashMap<Id, String> = store::users::teams(&mut desk.tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    let stages: HashMap<Id, String> =
        store::pipelines::stages(&mut desk.tx)?.into_iter().map(|stage| (stage.id, stage.full_name())).collect();
    let name = |names: &HashMap<Id, String>, id: Id| Ok(names.get(&id).cloned().unwrap_or_else(|| id.to_string()));
    settings.map_refs(|id| name(&users, id), |id| name(&teams, id), |id| name(&stages, id))
}

/// What differs, setting by setting, for the history: values as compact JSON.
pub fn differences(old: &Settings, new: &Settings) -> Result<Vec<Difference>> {
    let fields = |settings: &Settings| match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(Error::unexpected(error)),
    };
    let (old, new) = (fields(old)?, fields(new)?);
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    // Noted as null, not left out: verify takes the newest noted value as the explanation.
    let text = |fields: &Map<String, Value>, name: &str| Some(fields.get(name).unwrap_or(&Value::Null).to_string());
    Ok(names.into_iter().map(|name| Difference::new(name.clone(), text(&old, name), text(&new, name))).collect())
}
