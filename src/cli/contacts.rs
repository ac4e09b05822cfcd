//! `deskctl contacts`

use clap::{Args, Subcommand};

use super::App;
use super::page::{self, PageArgs};
use crate::error::{Exit, Result};
use crate::ops::contacts;

#[derive(Subcommand)]
pub enum Verb {
    /// List contacts
    #[command(
        after_help = "Examples:\n  deskctl contacts list\n  deskctl contacts list --after 50\n  deskctl contacts list --all -o ndjson"
    )]
    List {
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a contact with the company and the last conversations
    #[command(after_help = "Examples:\n  deskctl contacts show jan@example.com\n  deskctl contacts show 12 -o json")]
    Show {
        /// The id or email address
        contact: String,
    },
    /// Add a contact
    #[command(
        after_help = "Examples:\n  deskctl contacts create --email jan@example.com --first-name Jan --last-name Kowalski\n  deskctl contacts create --phone +48221234567 --company \"Kowalski Sp. z o.o.\""
    )]
    Create {
        #[command(flatten)]
        fields: Fields,
    },
    /// Change a contact; an empty text takes a value away
    #[command(
        after_help = "Examples:\n  deskctl contacts update jan@example.com --phone +48221234567\n  deskctl contacts update 12 --company \"\""
    )]
    Update {
        /// The id or email address
        contact: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Remove a contact who has no conversation and no ticket
    #[command(after_help = "Examples:\n  deskctl contacts delete jan@example.com --yes")]
    Delete {
        /// The id or email address
        contact: String,
    },
}

/// What can be set on a contact.
#[derive(Args)]
pub struct Fields {
    /// The first name
    #[arg(long)]
    first_name: Option<String>,
    /// The last name
    #[arg(long)]
    last_name: Option<String>,
    /// The email address; no other contact may have it
    #[arg(long)]
    email: Option<String>,
    /// The phone number
    #[arg(long)]
    phone: Option<String>,
    /// The mobile phone number
    #[arg(long)]
    mobile_phone: Option<String>,
    /// The company's name, domain or id
    #[arg(long)]
    company: Option<String>,
}

impl From<Fields> for contacts::Changes {
    fn from(fields: Fields) -> contacts::Changes {
        let Fields { first_name, last_name, email, phone, mobile_phone, company } = fields;
        contacts::Changes { first_name, last_name, email, phone, mobile_phone, company }
    }
}

const COLUMNS: &[&str] = &["id", "name", "email", "phone", "company"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { page } => {
            page::print(app, &page, "contacts", COLUMNS, |app, page| app.run(contacts::List { page }))?;
            return Ok(Exit::Done);
        }
        Verb::Show { contact } => {
            let shown = app.run(contacts::Show { contact })?;
            app.out.one(&shown)?;
            return Ok(Exit::Done);
        }
        Verb::Create { fields } => app.run(contacts::Create { changes: fields.into() })?,
        Verb::Update { contact, fields } => app.run(contacts::Update { contact, changes: fields.into() })?,
        Verb::Delete { contact } => {
            app.confirm(&format!("Removing the contact {contact}"))?;
            app.run(contacts::Delete { contact })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
