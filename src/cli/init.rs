//! `deskctl init`

use clap::Args;
use serde::Serialize;

use super::App;
use super::seed::{self, Source};
use crate::bulk::{self, Existing, Outcome, Present};
use crate::domain::address::Mailbox;
use crate::domain::document::{Account, Document, User, VERSION};
use crate::domain::time;
use crate::domain::user::{Availability, Role, Seat, TicketAccess};
use crate::error::{Error, Exit, Result};
use crate::store::account::Account as AccountRow;
use crate::store::{Store, users};

const DEFAULT_ADMIN: &str = "admin@localhost";

/// Make a store with an account: a super admin, the pipeline "Support", an inbox and the help desk
///
/// Running it again is harmless: an account that is there is left as it is.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  deskctl init\n  deskctl init --name Acme --time-zone Europe/Warsaw --admin anna@acme.example --admin-name \"Anna Nowak\"\n  deskctl --target postgres://desk@localhost/desk init"
)]
pub struct Arguments {
    /// The account's name [default: My account]
    #[arg(long)]
    name: Option<String>,
    /// Its IANA time zone, such as Europe/Warsaw [default: UTC]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The super admin's email address [default: admin@localhost]
    #[arg(long, value_name = "EMAIL")]
    admin: Option<String>,
    /// The super admin's name [default: Administrator]
    #[arg(long, value_name = "NAME")]
    admin_name: Option<String>,
}

/// What there is now.
#[derive(Serialize)]
struct Made {
    store: String,
    name: String,
    time_zone: String,
    /// The first super admin.
    admin: String,
    created: bool,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    check(&arguments)?;
    let made = match bulk::present(&app.location()?, app.clock.now())? {
        Present::Account(account) => left_as_it_is(&arguments, app, account)?,
        _ => make(&arguments, app)?,
    };
    app.out.one(&made)?;
    Ok(Exit::Done)
}

fn check(arguments: &Arguments) -> Result<()> {
    if let Some(zone) = &arguments.time_zone {
        time::zone(zone).map_err(|reason| Error::usage("bad_time_zone", format!("--time-zone: {reason}")))?;
    }
    match &arguments.admin {
        Some(admin) => match Mailbox::parse(admin) {
            Ok(_) => Ok(()),
            Err(why) => Err(Error::usage("bad_email", format!("--admin: \"{admin}\" {why}"))),
        },
        None => Ok(()),
    }
}

fn make(arguments: &Arguments, app: &App) -> Result<Made> {
    let defaults = Account::default();
    let account = Account {
        name: arguments.name.clone().unwrap_or(defaults.name),
        time_zone: arguments.time_zone.clone().unwrap_or(defaults.time_zone),
        ..defaults
    };
    let made = |account: &Account, admin: &str| {
        Ok(Made {
            store: app.location()?.to_string(),
            name: account.name.clone(),
            time_zone: account.time_zone.clone(),
            admin: admin.to_owned(),
            created: true,
        })
    };
    let admin = arguments.admin.as_deref().unwrap_or(DEFAULT_ADMIN).trim().to_lowercase();
    let document = Document {
        deskctl_account: VERSION,
        account: account.clone(),
        users: vec![super_admin(&admin, arguments.admin_name.as_deref())],
        ..Document::default()
    };
    let mut source = Source::Document(Box::new(document));
    let asked = serde_json::json!({ "name": account.name, "time_zone": account.time_zone, "admin": admin });
    // Whoever made it in the meantime has made it: then it is refused like any other account that is there.
    match seed::load(app, "init", asked, Existing::Refuse, &mut source)? {
        Outcome::Loaded(_) => {}
        Outcome::Kept(_) => return Err(Error::failed("unexpected", "another process made the account")),
    }
    if arguments.admin.is_none() {
        app.notices.notice(&format!("the super admin is {DEFAULT_ADMIN}; --admin names another one"));
    }
    made(&account, &admin)
}

fn super_admin(email: &str, name: Option<&str>) -> User {
    User {
        id: "admin".into(),
        email: email.to_owned(),
        name: name.unwrap_or("Administrator").to_owned(),
        role: Role::SuperAdmin,
        permissions: Vec::new(),
        seat: Seat::Service,
        active: true,
        ticket_access: TicketAccess::All,
        unassigned_visible: true,
        team: None,
        more_teams: Vec::new(),
        hours: None,
        availability: Availability::Available,
    }
}

/// The account that is there, if it is what was asked for.
fn left_as_it_is(arguments: &Arguments, app: &App, account: AccountRow) -> Result<Made> {
    let location = app.location()?;
    let mut store = Store::open(&location, app.clock.now())?;
    let mut tx = store.read()?;
    let admin = match &arguments.admin {
        None => users::first_super_admin(&mut tx)?,
        Some(email) => users::by_email(&mut tx, email)?.filter(|user| user.active && user.is_super_admin()),
    };
    let differs = |asked: &Option<String>, there: &str| asked.as_ref().is_some_and(|asked| asked != there);
    if differs(&arguments.name, &account.name)
        || differs(&arguments.time_zone, &account.time_zone)
        || (admin.is_none() && arguments.admin.is_some())
    {
        return Err(Error::new(Exit::Refused, "not_empty", format!("this store holds another account already: \"{}\"", account.name))
            .hint("change it with deskctl account update and deskctl users, or name another store with --target"));
    }
    app.notices.notice("the account is there already: nothing was changed");
    Ok(Made {
        store: location.to_string(),
        name: account.name,
        time_zone: account.time_zone,
        admin: admin.map(|user| user.email).unwrap_or_default(),
        created: false,
    })
}
