//! Companies: list, show, create, update, delete.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contacts::{self, ContactRow};
use super::page::{Page, PageRequest};
use super::{Desk, Operation, check};
use crate::domain::Id;
use crate::domain::event::Cause;
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::store::{self, contacts::Company};

/// How many of its contacts a company's page shows.
const CONTACTS_SHOWN: i64 = 50;

/// The company that an id, a domain or a name means.
///
/// Errors: `unknown_company` (exit 5, with the nearest names) and `ambiguous_company` (exit 2) where several share a name.
pub fn company(desk: &mut Desk<'_>, typed: &str) -> Result<Company> {
    if let Ok(id) = typed.trim().parse::<Id>()
        && let Some(company) = store::contacts::company_by_id(&mut desk.tx, id)?
    {
        return Ok(company);
    }
    let mut found = store::contacts::companies_named(&mut desk.tx, typed)?;
    if found.len() > 1 {
        let candidates: Vec<String> =
            found.iter().map(|company| format!("{} ({})", company.id, company.domain.as_deref().unwrap_or("no domain"))).collect();
        return Err(Error::usage("ambiguous_company", format!("several companies are called \"{typed}\": {}", candidates.join(", ")))
            .hint("take the id or the domain")
            .detail("candidates", candidates));
    }
    match found.pop() {
        Some(company) => Ok(company),
        None => {
            let names = store::contacts::company_names(&mut desk.tx)?;
            Err(unknown("unknown_company", "company", typed, names.iter().map(String::as_str)))
        }
    }
}

/// Lists companies by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for List {
    const NAME: &'static str = "companies.list";
    const WRITES: bool = false;
    type Output = Page<Company>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Page<Company>> {
        let companies = store::contacts::companies(&mut desk.tx, self.page.ascending(), self.page.fetch())?;
        Ok(self.page.page(companies, |company| company.id))
    }
}

/// A company with the contacts who work there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CompanyDetail {
    #[serde(flatten)]
    pub company: Company,
    /// The first ones by id.
    pub contacts: Vec<ContactRow>,
}

/// Shows one company.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub company: String,
}

impl Operation for Show {
    const NAME: &'static str = "companies.show";
    const WRITES: bool = false;
    type Output = CompanyDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<CompanyDetail> {
        let company = company(desk, &self.company)?;
        let people = store::contacts::of_company(&mut desk.tx, company.id, CONTACTS_SHOWN)?;
        Ok(CompanyDetail { contacts: contacts::rows(desk, people)?, company })
    }
}

/// The domain in lower case, if no other company has it.
fn free_domain(desk: &mut Desk<'_>, typed: &str, own: Id) -> Result<Option<String>> {
    let Some(domain) = check::optional("domain", typed)?.map(|domain| domain.to_lowercase()) else { return Ok(None) };
    if domain.contains(char::is_whitespace) || domain.contains(['/', '@']) {
        return Err(Error::usage("bad_domain", format!("\"{typed}\" is no domain like example.com")));
    }
    let others = store::contacts::companies_named(&mut desk.tx, &domain)?;
    match others.iter().find(|other| other.id != own && other.domain.as_ref() == Some(&domain)) {
        Some(other) => Err(check::already_exists("company with the domain", &domain, other.id)),
        None => Ok(Some(domain)),
    }
}

/// Adds a company.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    pub domain: Option<String>,
}

impl Operation for Create {
    const NAME: &'static str = "companies.create";
    const WRITES: bool = true;
    type Output = Company;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Company> {
        let name = check::text("name", &self.name)?;
        let domain = free_domain(desk, &self.domain.unwrap_or_default(), 0)?;
        let company = Company { id: desk.tx.new_id("companies")?, name, domain };
        desk.tx.insert(std::slice::from_ref(&company))?;
        Ok(company)
    }
}

/// Changes a company; what is `None` stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub company: String,
    pub name: Option<String>,
    /// An empty text takes it away.
    pub domain: Option<String>,
}

impl Operation for Update {
    const NAME: &'static str = "companies.update";
    const WRITES: bool = true;
    type Output = Company;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Company> {
        let mut company = company(desk, &self.company)?;
        let before = company.clone();
        if let Some(name) = &self.name {
            company.name = check::text("name", name)?;
        }
        if let Some(domain) = &self.domain {
            company.domain = free_domain(desk, domain, company.id)?;
        }
        desk.writer(Cause::Command).change_company(&before, &company)?;
        Ok(company)
    }
}

/// Removes a company that no contact, conversation or ticket names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub company: String,
}

impl Operation for Delete {
    const NAME: &'static str = "companies.delete";
    const WRITES: bool = true;
    type Output = Company;

    fn needs(&self) -> Permission {
        Permission::Contacts
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Company> {
        let company = company(desk, &self.company)?;
        let usage = store::contacts::company_usage(&mut desk.tx, company.id)?;
        let hint = "give its contacts another company first (deskctl contacts update EMAIL --company OTHER)";
        check::unused(desk, &format!("the company \"{}\"", company.name), &usage, hint)?;
        store::contacts::delete_company(&mut desk.tx, company.id)?;
        Ok(company)
    }
}
