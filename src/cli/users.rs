//! `deskctl users`

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Subcommand};

use super::App;
use super::args::{hours_or_none, named};
use crate::domain::user::{Availability, Grant, Role, Seat, TicketAccess};
use crate::error::{Exit, Result};
use crate::ops::users;

#[derive(Subcommand)]
pub enum Verb {
    /// List users, with who has help desk access
    #[command(
        after_help = "Examples:\n  deskctl users list\n  deskctl users list --active true --help-desk-access false\n  deskctl users list --team Support -o csv"
    )]
    List {
        /// Only members of this team
        #[arg(long)]
        team: Option<String>,
        /// Only this role
        #[arg(long, value_parser = named::<Role>(Role::NAMES))]
        role: Option<Role>,
        /// Only active users, or only others
        #[arg(long, value_name = "true|false", action = ArgAction::Set)]
        active: Option<bool>,
        /// Only users with help desk access, or only others
        #[arg(long, value_name = "true|false", action = ArgAction::Set)]
        help_desk_access: Option<bool>,
    },
    /// Show a user
    ///
    /// A user works now who is active, available, and in the working hours: the own ones, else those of the main team; without
    /// either, at all times.
    #[command(after_help = "Examples:\n  deskctl users show anna@acme.example\n  deskctl users show 3 -o json")]
    Show {
        /// The email address or id
        user: String,
    },
    /// Add a user
    #[command(
        after_help = "Examples:\n  deskctl users create anna@acme.example --name \"Anna Nowak\" --seat service --team Support\n  deskctl users create boss@acme.example --name Boss --role super_admin\n  deskctl users create jan@acme.example --name Jan --permission service_access,custom_views"
    )]
    Create {
        /// The email address
        email: String,
        /// What people call the user
        #[arg(long)]
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change a user
    ///
    /// Super admins change users. Everyone may change the own availability.
    #[command(
        after_help = "Examples:\n  deskctl users update anna@acme.example --seat service\n  deskctl users update jan@acme.example --permission none --deactivate\n  deskctl users update jan@acme.example --team Support --more-team Billing --more-team Sales\n  deskctl users update jan@acme.example --hours office\n  deskctl users update jan@acme.example --availability away --as jan@acme.example"
    )]
    Update {
        /// The email address or id
        user: String,
        /// The new email address
        #[arg(long)]
        email: Option<String>,
        /// What people call the user
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Remove a user to whom nothing belongs; others are deactivated
    #[command(after_help = "Examples:\n  deskctl users delete jan@acme.example --yes\n  deskctl users delete jan@acme.example --dry-run")]
    Delete {
        /// The email address or id
        user: String,
    },
}

/// What can be set on a user.
#[derive(Args)]
pub struct Fields {
    /// A super admin may do everything
    #[arg(long, value_parser = named::<Role>(Role::NAMES))]
    role: Option<Role>,
    /// All permissions of the user, repeated or separated by commas; "none" takes them away
    #[arg(long = "permission", value_name = "NAME", value_delimiter = ',', value_parser = permission())]
    permissions: Option<Vec<Option<Grant>>>,
    /// The paid seat; a service seat brings help desk access
    #[arg(long, value_parser = named::<Seat>(Seat::NAMES))]
    seat: Option<Seat>,
    /// Whether the user may work in the account
    #[arg(long, value_name = "true|false", action = ArgAction::Set, conflicts_with_all = ["activate", "deactivate"])]
    active: Option<bool>,
    /// The same as --active true
    #[arg(long, conflicts_with = "deactivate")]
    activate: bool,
    /// The same as --active false
    #[arg(long)]
    deactivate: bool,
    /// Which tickets the user sees: all, those of the own teams, or the own ones
    #[arg(long, value_parser = named::<TicketAccess>(TicketAccess::NAMES))]
    ticket_access: Option<TicketAccess>,
    /// Whether the user sees tickets that belong to nobody
    #[arg(long, value_name = "true|false", action = ArgAction::Set)]
    unassigned_visible: Option<bool>,
    /// The main team; an empty text takes it away
    #[arg(long)]
    team: Option<String>,
    /// A further team; give all of them, or an empty text for none
    #[arg(long = "more-team", value_name = "TEAM")]
    more_teams: Option<Vec<String>>,
    /// Working hours of their own, by name (deskctl sla hours list); "none" takes them away, and those of the main team count
    #[arg(long, value_name = "NAME|none")]
    hours: Option<String>,
    /// Whether the user takes on work now; every user may set the own one
    #[arg(long, value_parser = named::<Availability>(Availability::NAMES))]
    availability: Option<Availability>,
}

fn permission() -> impl TypedValueParser<Value = Option<Grant>> {
    PossibleValuesParser::new(Grant::NAMES.iter().copied().chain(["none"])).map(|name| Grant::parse(&name))
}

impl Fields {
    fn changes(self, name: Option<String>) -> users::Changes {
        let active = match (self.activate, self.deactivate) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => self.active,
        };
        users::Changes {
            name,
            role: self.role,
            permissions: self.permissions.map(|permissions| permissions.into_iter().flatten().collect()),
            seat: self.seat,
            active,
            ticket_access: self.ticket_access,
            unassigned_visible: self.unassigned_visible,
            team: self.team,
            more_teams: self.more_teams,
            hours: self.hours.map(hours_or_none),
            availability: self.availability,
        }
    }
}

const COLUMNS: &[&str] = &["id", "email", "name", "role", "seat", "active", "help_desk_access", "availability", "team"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { team, role, active, help_desk_access } => {
            let rows = app.run(users::List { team, role, active, help_desk_access })?;
            app.out.list("users", &rows, COLUMNS)?;
            return Ok(Exit::Done);
        }
        Verb::Show { user } => app.run(users::Show { user })?,
        Verb::Create { email, name, fields } => app.run(users::Create { email, changes: fields.changes(Some(name)) })?,
        Verb::Update { user, email, name, fields } => app.run(users::Update { user, email, changes: fields.changes(name) })?,
        Verb::Delete { user } => {
            app.confirm(&format!("Removing the user {user}"))?;
            app.run(users::Delete { user })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
