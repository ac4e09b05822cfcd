//! The revisions of the SLA policy, made ready as they are needed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::Id;
use crate::domain::sla::policy::{Policy, Property};
use crate::domain::sla::{Base, Prepared, Terms};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::properties::{PROPERTIES, words};
use crate::domain::time::Time;
use crate::error::Result;
use crate::store::sla::{NamedHours, Revision};
use crate::store::{self, Tx};

/// A revision made ready. Teams, pipelines and stages stand in its policy by id.
pub struct InForce {
    /// None before there was a policy.
    pub id: Option<Id>,
    pub policy: Policy,
    pub terms: Terms,
}

/// The revisions, with the working hours of now and the stages of now.
pub struct Policies {
    hours: Vec<NamedHours>,
    /// Around when tables of working hours are made; none for a question or two.
    tables_around: Option<Time>,
    bases: HashMap<String, Arc<Base>>,
    /// The pipeline of each stage.
    pipelines: HashMap<Id, Id>,
    ready: HashMap<Id, Arc<InForce>>,
    newest: Option<Id>,
}

impl Policies {
    /// For one ticket or a few; `None` where there never was a policy.
    pub fn load(tx: &mut Tx<'_>) -> Result<Option<Policies>> {
        Policies::read(tx, None)
    }

    /// For many tickets: working hours get tables, of the years around `now`.
    pub fn load_for_many(tx: &mut Tx<'_>, now: Time) -> Result<Option<Policies>> {
        Policies::read(tx, Some(now))
    }

    fn read(tx: &mut Tx<'_>, tables_around: Option<Time>) -> Result<Option<Policies>> {
        let Some(newest) = store::sla::newest(tx)? else { return Ok(None) };
        let mut policies = Policies {
            hours: store::sla::all_hours(tx)?,
            tables_around,
            bases: HashMap::new(),
            pipelines: store::pipelines::stages(tx)?.into_iter().map(|stage| (stage.id, stage.pipeline_id)).collect(),
            ready: HashMap::new(),
            newest: Some(newest.id),
        };
        policies.make_ready(newest)?;
        Ok(Some(policies))
    }

    /// With the working hours of another time.
    pub fn at(tx: &mut Tx<'_>, hours: Vec<NamedHours>) -> Result<Option<Policies>> {
        let mut policies = Policies::read(tx, None)?;
        policies.iter_mut().for_each(|policies| policies.replace_hours(hours.clone()));
        Ok(policies)
    }

    /// From now on these working hours hold. What was made ready before stays as it is, and is made ready anew.
    pub fn replace_hours(&mut self, hours: Vec<NamedHours>) {
        self.hours = hours;
        self.bases.clear();
        self.ready.clear();
    }

    /// A revision by the working hours of a time: what has ended is told by those.
    pub fn of_then(&mut self, tx: &mut Tx<'_>, revision: Option<Id>, at: Time) -> Result<Arc<InForce>> {
        if !store::sla::hours_changed_since(tx, at)? {
            return self.of(tx, revision);
        }
        let hours = store::sla::hours_at(&store::sla::hours_versions(tx)?, at);
        match Policies::at(tx, hours)? {
            Some(mut then) => then.of(tx, revision),
            None => Ok(Arc::new(InForce::none())),
        }
    }

    /// The policy in force; `None` where SLAs are switched off.
    pub fn newest(&self) -> Option<Arc<InForce>> {
        let newest = self.ready.get(&self.newest?)?;
        newest.id.map(|_| Arc::clone(newest))
    }

    /// The policy that holds for a ticket, by its revision.
    pub fn of(&mut self, tx: &mut Tx<'_>, revision: Option<Id>) -> Result<Arc<InForce>> {
        let Some(id) = revision else { return Ok(Arc::new(InForce::none())) };
        if let Some(ready) = self.ready.get(&id) {
            return Ok(Arc::clone(ready));
        }
        match store::sla::revision(tx, id)? {
            Some(revision) => self.make_ready(revision),
            None => Ok(Arc::new(InForce::none())),
        }
    }

    fn make_ready(&mut self, revision: Revision) -> Result<Arc<InForce>> {
        let ready = match revision.policy {
            None => InForce::none(),
            Some(policy) => {
                for name in policy.rules.iter().filter_map(|rule| policy.hours_of(rule)) {
                    self.make_base(name)?;
                }
                let terms = Terms::new(&policy, |name| self.bases.get(name).cloned(), |_, stage| stage.parse().ok());
                InForce { id: Some(revision.id), policy, terms }
            }
        };
        let ready = Arc::new(ready);
        self.ready.insert(revision.id, Arc::clone(&ready));
        Ok(ready)
    }

    fn make_base(&mut self, name: &str) -> Result<()> {
        let Some(named) = self.hours.iter().find(|hours| hours.name == name).filter(|_| !self.bases.contains_key(name)) else {
            return Ok(());
        };
        let calendar = named.hours.check()?;
        let prepared = match self.tables_around {
            Some(now) => Prepared::around(calendar, now),
            None => Prepared::bare(calendar),
        };
        self.bases.insert(name.to_owned(), Arc::new(Base::Hours(Box::new(prepared))));
        Ok(())
    }

    /// The value of the property by which a policy chooses; teams and pipelines by id.
    pub fn value(&self, by: Option<Property>, ticket: &Ticket) -> Option<String> {
        match by? {
            Property::Pipeline => self.pipelines.get(&ticket.stage_id).map(|pipeline| pipeline.to_string()),
            by => {
                let property = PROPERTIES.iter().find(|property| property.sla == Some(by))?;
                words((property.get)(ticket))
            }
        }
    }
}

impl InForce {
    /// No rules: nothing has a target.
    pub fn none() -> InForce {
        InForce { id: None, policy: Policy::default(), terms: Terms::default() }
    }
}
