//! `deskctl companies`

use clap::Subcommand;

use super::App;
use super::page::{self, PageArgs};
use crate::error::{Exit, Result};
use crate::ops::companies;

#[derive(Subcommand)]
pub enum Verb {
    /// List companies
    #[command(after_help = "Examples:\n  deskctl companies list\n  deskctl companies list --all -o csv")]
    List {
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a company with its contacts
    #[command(after_help = "Examples:\n  deskctl companies show example.com\n  deskctl companies show \"Kowalski Sp. z o.o.\"")]
    Show {
        /// The id, domain or name
        company: String,
    },
    /// Add a company
    #[command(after_help = "Examples:\n  deskctl companies create \"Kowalski Sp. z o.o.\" --domain kowalski.example")]
    Create {
        /// The company's name
        name: String,
        /// Its domain, such as example.com
        #[arg(long)]
        domain: Option<String>,
    },
    /// Change a company
    #[command(
        after_help = "Examples:\n  deskctl companies update kowalski.example --name Kowalski\n  deskctl companies update 4 --domain \"\""
    )]
    Update {
        /// The id, domain or name
        company: String,
        /// The new name
        #[arg(long, required_unless_present = "domain")]
        name: Option<String>,
        /// The new domain; an empty text takes it away
        #[arg(long)]
        domain: Option<String>,
    },
    /// Remove a company that nothing refers to
    #[command(after_help = "Examples:\n  deskctl companies delete kowalski.example --yes")]
    Delete {
        /// The id, domain or name
        company: String,
    },
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { page } => {
            page::print(app, &page, "companies", &["id", "name", "domain"], |app, page| app.run(companies::List { page }))?;
            return Ok(Exit::Done);
        }
        Verb::Show { company } => {
            let shown = app.run(companies::Show { company })?;
            app.out.one(&shown)?;
            return Ok(Exit::Done);
        }
        Verb::Create { name, domain } => app.run(companies::Create { name, domain })?,
        Verb::Update { company, name, domain } => app.run(companies::Update { company, name, domain })?,
        Verb::Delete { company } => {
            app.confirm(&format!("Removing the company {company}"))?;
            app.run(companies::Delete { company })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
