//! `deskctl properties`

use clap::{Args, Subcommand};

use super::App;
use super::args::named;
use crate::domain::property::{PropertyKind, PropertyObject};
use crate::error::{Exit, Result};
use crate::ops::properties;

#[derive(Subcommand)]
pub enum Verb {
    /// List custom properties
    #[command(after_help = "Examples:\n  deskctl properties list\n  deskctl properties list --object ticket -o json")]
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Show a custom property
    #[command(after_help = "Examples:\n  deskctl properties show region")]
    Show {
        #[command(flatten)]
        of: Of,
        /// Its name or label
        property: String,
    },
    /// Add a custom property
    #[command(
        after_help = "Examples:\n  deskctl properties create region --kind enumeration --option North --option South --label \"Sales region\"\n  deskctl properties create serial --kind text\n  deskctl properties create promised_until --kind datetime"
    )]
    Create {
        #[command(flatten)]
        of: Of,
        /// Its name: a letter, then letters, digits and _
        name: String,
        /// What its values are
        #[arg(long, value_parser = named::<PropertyKind>(PropertyKind::NAMES))]
        kind: PropertyKind,
        /// How people call it; without it the name
        #[arg(long)]
        label: Option<String>,
        /// A value that an enumeration may have; may be repeated
        #[arg(long = "option", value_name = "TEXT")]
        options: Vec<String>,
    },
    /// Change a custom property's label or options
    #[command(
        after_help = "Examples:\n  deskctl properties update region --label Region\n  deskctl properties update region --add-option West --remove-option South"
    )]
    Update {
        #[command(flatten)]
        of: Of,
        /// Its name or label
        property: String,
        /// The new label
        #[arg(long)]
        label: Option<String>,
        /// A further option of an enumeration; may be repeated
        #[arg(long = "add-option", value_name = "TEXT")]
        add_options: Vec<String>,
        /// Take away an option that no ticket has; may be repeated
        #[arg(long = "remove-option", value_name = "TEXT")]
        remove_options: Vec<String>,
    },
    /// Remove a custom property with every value of it; this cannot be undone
    #[command(after_help = "Examples:\n  deskctl properties delete region --yes")]
    Delete {
        #[command(flatten)]
        of: Of,
        /// Its name or label
        property: String,
    },
}

/// Whose property it is.
#[derive(Args)]
pub struct Of {
    /// The kind of object that has it
    #[arg(long, default_value = "ticket", hide_default_value = true, value_parser = named::<PropertyObject>(PropertyObject::NAMES))]
    object: PropertyObject,
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { of } => {
            let rows = app.run(properties::List { object: of.object })?;
            app.out.list("custom properties", &rows, &["id", "name", "label", "kind", "options"])?;
            return Ok(Exit::Done);
        }
        Verb::Delete { of, property } => {
            app.confirm(&format!("Remove the custom property {property} with every value of it"))?;
            let gone = app.run(properties::Delete { object: of.object, property })?;
            app.out.one(&gone)?;
            return Ok(Exit::Done);
        }
        Verb::Show { of, property } => app.run(properties::Show { object: of.object, property })?,
        Verb::Create { of, name, kind, label, options } => app.run(properties::Create { object: of.object, name, label, kind, options })?,
        Verb::Update { of, property, label, add_options, remove_options } => {
            app.run(properties::Update { object: of.object, property, label, add_options, remove_options })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
