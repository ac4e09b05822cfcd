//! Deals: list, show, create, update, delete. Tickets can be tied to them (H9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::page::{Page, PageRequest};
use super::{Desk, Operation, check, companies};
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::domain::{Id, deal};
use crate::error::{Error, Result, unknown};
use crate::store;
use crate::store::deals::Deal;

/// A deal.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealRow {
    pub id: Id,
    pub name: String,
    /// In the account's currency, with two decimals.
    pub amount: Option<String>,
    pub company: Option<String>,
    pub created_at: Time,
}

/// The deal that an id or a name means; else `unknown_deal` (exit 5), and `ambiguous` (exit 2) where several have the name.
pub fn deal(desk: &mut Desk<'_>, typed: &str) -> Result<Deal> {
    let typed = typed.trim();
    if let Ok(id) = typed.parse::<Id>()
        && let Some(deal) = store::deals::by_id(&mut desk.tx, id)?
    {
        return Ok(deal);
    }
    let mut found = store::deals::by_name(&mut desk.tx, typed)?;
    if found.len() > 1 {
        let ids: Vec<String> = found.iter().map(|deal| deal.id.to_string()).collect();
        let message = format!("{} deals are called \"{typed}\"", found.len());
        return Err(Error::usage("ambiguous", message).hint(format!("name one by its id: {}", ids.join(", "))));
    }
    if let Some(deal) = found.pop() {
        return Ok(deal);
    }
    let names = store::deals::names(&mut desk.tx)?;
    Err(unknown("unknown_deal", "deal", typed, names.iter().map(String::as_str)))
}

fn row(desk: &mut Desk<'_>, deal: Deal) -> Result<DealRow> {
    let company = match deal.company_id {
        Some(id) => store::contacts::company_by_id(&mut desk.tx, id)?.map(|company| company.name),
        None => None,
    };
    Ok(DealRow { id: deal.id, name: deal.name, amount: deal.amount.map(deal::shown), company, created_at: deal.created_at })
}

/// Lists deals by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "deals.list";
    const WRITES: bool = false;
    type Output = Page<DealRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<DealRow>> {
        let deals = store::deals::page(&mut desk.tx, self.page.ascending(), self.page.fetch())?;
        let page = self.page.page(deals, |deal| deal.id);
        let items = page.items.into_iter().map(|deal| row(desk, deal)).collect::<Result<_>>()?;
        Ok(Page { items, next: page.next })
    }
}

/// Shows one deal.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub deal: String,
}

impl Operation for Show {
    const NAME: &'static str = "deals.show";
    const WRITES: bool = false;
    type Output = DealRow;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<DealRow> {
        let deal = deal(desk, &self.deal)?;
        row(desk, deal)
    }
}

/// What a deal has besides its name; what is `None` stays, an empty text takes a value away.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DealChanges")]
pub struct Changes {
    /// Such as `1200` or `99.50`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// By name, domain or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

impl Changes {
    fn apply(&self, desk: &mut Desk<'_>, deal: &mut Deal) -> Result<()> {
        if let Some(typed) = &self.amount {
            deal.amount = deal::amount(typed).map_err(|why| Error::usage("bad_amount", why))?;
        }
        if let Some(typed) = &self.company {
            deal.company_id = if typed.trim().is_empty() { None } else { Some(companies::company(desk, typed)?.id) };
        }
        Ok(())
    }
}

/// Adds a deal.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Create {
    pub name: String,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Create {
    const NAME: &'static str = "deals.create";
    const WRITES: bool = true;
    type Output = DealRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<DealRow> {
        let name = check::text("name", &self.name)?;
        let mut deal = Deal { id: 0, name, amount: None, company_id: None, created_at: desk.now };
        self.changes.apply(desk, &mut deal)?;
        deal.id = desk.tx.new_id("deals")?;
        desk.tx.insert(std::slice::from_ref(&deal))?;
        row(desk, deal)
    }
}

/// Changes a deal; what is `None` stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    pub deal: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Update {
    const NAME: &'static str = "deals.update";
    const WRITES: bool = true;
    type Output = DealRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<DealRow> {
        let mut deal = deal(desk, &self.deal)?;
        if let Some(name) = &self.name {
            deal.name = check::text("name", name)?;
        }
        self.changes.apply(desk, &mut deal)?;
        desk.tx.update(std::slice::from_ref(&deal))?;
        row(desk, deal)
    }
}

/// Removes a deal that no ticket is tied to.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub deal: String,
}

impl Operation for Delete {
    const NAME: &'static str = "deals.delete";
    const WRITES: bool = true;
    type Output = DealRow;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<DealRow> {
        let deal = deal(desk, &self.deal)?;
        let usage = store::deals::usage(&mut desk.tx, deal.id)?;
        check::unused(
            desk,
            &format!("the deal \"{}\"", deal.name),
            &usage,
            "part it from its tickets first (deskctl tickets update ID --remove-deal)",
        )?;
        store::deals::delete(&mut desk.tx, deal.id)?;
        row(desk, deal)
    }
}
