//! `deskctl logout`

use clap::Args;

use super::{App, contexts, login};
use crate::error::{Exit, Result};

#[derive(Args)]
#[command(after_help = "The token itself goes on working; deskctl tokens revoke ends it for good.

Examples:
  deskctl logout
  deskctl --target https://desk.example logout")]
pub struct Arguments {}

pub fn run(_: Arguments, app: &mut App) -> Result<Exit> {
    let url = login::server_url(app)?;
    let (path, mut config) = contexts::load(app)?;
    if config.logins.remove(&url.to_string()).is_none() {
        app.notices.notice(&format!("there was no token for {url}"));
    } else if app.global.dry_run {
        app.notices.notice("dry run: nothing was written");
    } else {
        config.save(&path)?;
        app.notices.notice(&format!("the token for {url} is forgotten here; deskctl tokens revoke ends it for good"));
    }
    Ok(Exit::Done)
}
