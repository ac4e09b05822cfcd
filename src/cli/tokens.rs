//! `deskctl tokens`

use clap::Subcommand;

use super::App;
use crate::domain::time::{SECOND_MS, parse_duration_ms};
use crate::domain::token::Scope;
use crate::domain::when::When;
use crate::error::{Error, Exit, Result};
use crate::ops::tokens;
use crate::secret::Secret;

#[derive(Subcommand)]
pub enum Verb {
    /// Make a token; its text is shown once, and kept nowhere
    #[command(after_help = "A token can do what its scopes and its user's permissions both allow.

Scopes:
  read, write             with everything; the right to write brings that to read
  tickets:read, …         with one noun only (deskctl capabilities lists them)
  impersonate             act as another user with --as; super admins only

Examples:
  deskctl tokens create --user ci@acme.example --label \"nightly import\" --expires 90d
  deskctl tokens create --user ci@acme.example --scopes migrations:write,channels:read
  DESKCTL_TOKEN=$(deskctl tokens create --user ci@acme.example -o json | jq -r .token)")]
    Create {
        /// Whose token it is; by default yours
        #[arg(long, value_name = "EMAIL")]
        user: Option<String>,
        /// What it may do; by default read,write
        #[arg(long, value_name = "SCOPE,…", value_delimiter = ',')]
        scopes: Vec<Scope>,
        /// When it stops working: 90d, a time, or never
        #[arg(long, value_name = "WHEN", default_value = "never", hide_default_value = true)]
        expires: String,
        /// What it is for
        #[arg(long, default_value = "", hide_default_value = true)]
        label: String,
    },
    /// List tokens: your own, or everybody's for super admins
    #[command(after_help = "Examples:\n  deskctl tokens list\n  deskctl tokens list --ended -o json")]
    List {
        /// Those too that have expired or were revoked
        #[arg(long)]
        ended: bool,
    },
    /// End a token for good, and all that were made with it
    #[command(after_help = "Examples:\n  deskctl tokens revoke 3 --yes\n  deskctl tokens revoke 1c0ffee51c0ffee5 --yes")]
    Revoke {
        /// Its id or its name, as the list shows them
        token: String,
    },
}

const LIST: &[&str] = &["id", "name", "user", "label", "scopes", "expires_at", "last_used_at", "state"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::Create { user, scopes, expires, label } => {
            let (expires_at, expires_in_seconds) = expiry(&expires)?;
            let made = app.run(tokens::Create { user, scopes, label, expires_at, expires_in_seconds })?;
            if made.token.is_none() {
                return Err(Error::failed("token_not_shown", format!("token {} was made, but its text is not shown twice", made.row.id))
                    .hint(format!("revoke it and make another: deskctl tokens revoke {}", made.row.id)));
            }
            app.out.one(&made)?;
        }
        Verb::List { ended } => {
            let rows = app.run(tokens::List { all: ended })?;
            app.out.list("tokens", &rows, LIST)?;
        }
        Verb::Revoke { token } => {
            app.confirm("Revoking a token stops whoever works with it")?;
            let revoked = app.run(tokens::Revoke { token: Secret::new(token) })?;
            app.out.one(&revoked)?;
        }
    }
    Ok(Exit::Done)
}

/// A time, or how many seconds from when the token is made. The latter is counted by whoever makes it: the same words
/// are the same arguments, however often they are sent.
fn expiry(text: &str) -> Result<(Option<When>, Option<i64>)> {
    if text == "never" {
        return Ok((None, None));
    }
    if let Ok(ms) = parse_duration_ms(text) {
        return Ok((None, Some(ms / SECOND_MS)));
    }
    text.parse().map(|at| (Some(at), None)).map_err(|_| {
        Error::usage("bad_expiry", format!("--expires {text}: this is neither a duration, nor a time, nor never"))
            .hint("write 90d, 12h, 2027-01-01T00:00:00Z or never")
    })
}
