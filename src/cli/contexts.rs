//! `deskctl contexts`: named targets.

use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use super::{App, ask};
use crate::config::{self, Config, Context};
use crate::error::{Error, Exit, Result};

#[derive(Subcommand)]
pub enum Verb {
    /// List the contexts; the current one works where --target is not given
    #[command(after_help = "Examples:\n  deskctl contexts list\n  deskctl contexts list -o json")]
    List,
    /// Add a context: a name for a target
    #[command(after_help = "Examples:\n  deskctl contexts add try sqlite:try.db\n  \
        deskctl contexts add prod postgres://desk@db.example/desk --with-password\n  \
        pass db/desk | deskctl contexts add prod postgres://desk@db.example/desk --with-password --replace")]
    Add {
        /// What to call it
        name: String,
        /// sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or https://HOST
        #[arg(value_name = "TARGET")]
        address: String,
        /// Keep PostgreSQL's password too: asked for without an echo, or read from stdin
        #[arg(long)]
        with_password: bool,
        /// Replace a context of the same name
        #[arg(long)]
        replace: bool,
    },
    /// Make a context the current one
    #[command(after_help = "Examples:\n  deskctl contexts use prod\n  deskctl contexts use --none     back to the default store")]
    Use {
        /// The context's name
        #[arg(required_unless_present = "none")]
        name: Option<String>,
        /// No current context: work on the default store
        #[arg(long, conflicts_with = "name")]
        none: bool,
    },
    /// Remove a context; the target itself is not touched
    #[command(after_help = "Examples:\n  deskctl contexts remove try\n  deskctl contexts remove prod --yes")]
    Remove {
        /// The context's name
        name: String,
    },
}

/// A context as lists show it; whether there is a password, never which.
#[derive(Serialize)]
struct ContextRow {
    name: String,
    target: String,
    current: bool,
    password: bool,
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let (path, mut config) = load(app)?;
    match verb {
        Verb::List => {
            let current = config.current.take();
            let row = |(name, context): (String, Context)| ContextRow {
                current: current.as_ref() == Some(&name),
                password: context.password.is_some(),
                target: context.target,
                name,
            };
            let rows: Vec<ContextRow> = config.contexts.into_iter().map(row).collect();
            app.out.list("contexts", &rows, &["name", "target", "current", "password"])?;
            return Ok(Exit::Done);
        }
        Verb::Add { name, address, with_password, replace } => add(&mut config, name, &address, with_password, replace)?,
        Verb::Use { name: Some(name), .. } => {
            config.context(&name)?;
            config.current = Some(name);
        }
        Verb::Use { name: None, .. } => config.current = None,
        Verb::Remove { name } => {
            if config.context(&name)?.password.is_some() {
                app.confirm(&format!("Removing the context {name} with its password"))?;
            }
            config.contexts.remove(&name);
            config.current = config.current.filter(|current| *current != name);
        }
    }
    if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    } else {
        config.save(&path)?;
    }
    Ok(Exit::Done)
}

pub fn load(app: &App) -> Result<(PathBuf, Config)> {
    let path = config::path().ok_or_else(|| {
        Error::failed("no_home", "there is no home directory to keep the configuration in").hint("name a file with DESKCTL_CONFIG=FILE")
    })?;
    if let Some(warning) = config::open_to_others(&path) {
        app.notices.warning(&warning);
    }
    let config = Config::load(&path)?;
    Ok((path, config))
}

fn add(config: &mut Config, name: String, address: &str, with_password: bool, replace: bool) -> Result<()> {
    config::check_name(&name).map_err(|reason| Error::usage("bad_context_name", reason))?;
    if config.contexts.contains_key(&name) && !replace {
        return Err(Error::usage("context_exists", format!("there is a context {name} already")).hint("add --replace to replace it"));
    }
    let target = config::kept_target(address)?;
    if with_password && !target.starts_with("postgres") {
        let hint = if target.starts_with("http") { "log in to a server with deskctl login" } else { "leave --with-password out" };
        return Err(Error::usage("no_password_needed", "only PostgreSQL has a password").hint(hint));
    }
    let password = if with_password { Some(ask::secret("password", &format!("Password for {target}: "))?) } else { None };
    config.contexts.insert(name, Context { target, password });
    Ok(())
}
