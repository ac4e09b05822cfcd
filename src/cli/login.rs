//! `deskctl login`

use clap::Args;
use serde::Serialize;

use super::{App, ask, contexts};
use crate::error::{Error, Exit, Result};
use crate::ops::Call;
use crate::ops::machine::Whoami;
use crate::secret::Secret;
use crate::target::{Address, Server, ServerUrl};

#[derive(Args)]
#[command(after_help = "The token is tried before it is kept, in the configuration file (0600). DESKCTL_TOKEN goes before it.

Examples:
  deskctl --target https://desk.example login
  pass deskctl/ci | deskctl --target https://desk.example login --with-token
  deskctl contexts add prod https://desk.example && deskctl contexts use prod && deskctl login")]
pub struct Arguments {
    /// Read the token from stdin instead of asking for it
    #[arg(long)]
    with_token: bool,
}

#[derive(Serialize)]
struct LoggedIn {
    target: String,
    email: String,
    account: String,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let url = server_url(app)?;
    if !arguments.with_token && !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        return Err(Error::usage("no_terminal", "there is no terminal to ask for the token at")
            .hint("write it to stdin: deskctl login --with-token < FILE"));
    }
    let token = ask::secret("token", &format!("Token for {url}: "))?;
    let token = Secret::new(token.expose().trim());
    let identity = Server::new(url.clone(), Some(token.clone()))?.run(Whoami {}, &Call::default())?.output;
    if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    } else {
        let (path, mut config) = contexts::load(app)?;
        config.logins.insert(url.to_string(), token);
        config.save(&path)?;
    }
    app.out.one(&LoggedIn { target: url.to_string(), email: identity.email, account: identity.account })?;
    Ok(Exit::Done)
}

/// The server that this run works with.
pub fn server_url(app: &App) -> Result<ServerUrl> {
    match app.address()? {
        Address::Server(url) => Ok(url),
        Address::Store(location) => Err(Error::usage("no_server", format!("{location} is a store: nobody logs in to one"))
            .hint("name a server: deskctl --target https://HOST login")),
    }
}
