//! Who calls, as whom, and whether they may: asked in this one place for every operation and stream.

use std::net::IpAddr;

use crate::domain::Id;
use crate::domain::time::Time;
use crate::domain::token::{Presented, Scope, redacted, scope_of};
use crate::domain::user::{Permission, User};
use crate::error::{Error, Result};
use crate::store::{self, Location, Tx, Waiting, owner};

/// Who calls.
#[derive(Clone, Debug, Default)]
pub enum Caller {
    /// Whoever can open the store itself: its first super admin, or anyone with `--as`.
    #[default]
    Owner,
    /// Whoever shows a token to a server; `None` where they showed none, or something else.
    Bearer(Option<Presented>),
}

/// From where a call came to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Whoever asks.
    pub client: IpAddr,
    /// The proxy that speaks for the client.
    pub proxy: Option<IpAddr>,
}

/// How an operation is called.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub caller: Caller,
    /// `--as EMAIL`
    pub as_user: Option<String>,
    /// Run, show, roll back.
    pub dry_run: bool,
    pub idempotency_key: Option<String>,
    /// Whether the caller still waits for the answer.
    pub waiting: Waiting,
    /// None on a store itself.
    pub origin: Option<Origin>,
}

/// What a call asks for.
#[derive(Clone, Copy, Debug)]
pub struct Demand {
    /// The operation's or stream's name.
    pub operation: &'static str,
    pub writes: bool,
    pub needs: Permission,
}

/// The token that a call came with.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub token: Id,
    /// Whose token it is.
    pub user: Id,
    pub email: String,
    pub scopes: Vec<Scope>,
    pub last_used_at: Option<Time>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub struct Acting {
    pub user: User,
    pub bearer: Option<Bearer>,
}

impl Acting {
    /// The names for the audit: who called, and on whose behalf, where that is someone else.
    pub fn names(&self) -> (String, Option<String>) {
        match &self.bearer {
            Some(bearer) if bearer.user != self.user.id => (bearer.email.clone(), Some(self.user.email.clone())),
            _ => (self.user.email.clone(), None),
        }
    }

    /// What the token allows, and what its bearer's permissions do.
    pub fn require(&self, demand: &Demand) -> Result<()> {
        if let Some(bearer) = &self.bearer {
            require_scope(bearer, &scope_of(demand.operation, demand.writes))?;
        }
        require(&self.user, demand.needs)
    }
}

/// The one place where permissions are checked.
pub fn require(actor: &User, permission: Permission) -> Result<()> {
    if actor.may(permission) {
        return Ok(());
    }
    Err(Error::denied("not_permitted", format!("{} may not do this: it needs {}", actor.email, permission.name()))
        .hint("ask a super admin, or act as another user with --as EMAIL")
        .detail("permission", permission.name()))
}

/// Whether the token, where the call came with one, allows an operation too.
pub fn has_scope(bearer: Option<&Bearer>, operation: &str, writes: bool) -> bool {
    bearer.is_none_or(|bearer| bearer.covers(&scope_of(operation, writes)))
}

impl Bearer {
    fn covers(&self, scope: &Scope) -> bool {
        self.scopes.iter().any(|has| has.covers(scope))
    }
}

pub fn require_scope(bearer: &Bearer, scope: &Scope) -> Result<()> {
    if bearer.covers(scope) {
        return Ok(());
    }
    let scopes: Vec<String> = bearer.scopes.iter().chain([scope]).map(Scope::to_string).collect();
    Err(Error::denied("scope_missing", format!("the token may not do this: it has no scope {scope}"))
        .hint(format!("make one that has it: deskctl tokens create --user {} --scopes {}", bearer.email, scopes.join(",")))
        .detail("scope", scope.to_string()))
}

/// Who acts: the owner's `--as` or the first super admin; the token's user, or whom they may act as.
pub fn acting(tx: &mut Tx<'_>, call: &Call, now: Time) -> Result<Acting> {
    match &call.caller {
        Caller::Owner => Ok(Acting { user: actor(tx, call.as_user.as_deref())?, bearer: None }),
        Caller::Bearer(presented) => of_bearer(tx, presented.as_ref(), call.as_user.as_deref(), now),
    }
}

/// Who replaces the store as a whole, by the names for the audit: a super admin, or, where the account has none left and nobody is
/// named, the owner of the store itself (G21).
pub fn master(tx: &mut Tx<'_>, location: &Location, call: &Call, now: Time) -> Result<(String, Option<String>)> {
    match acting(tx, call, now) {
        Err(error) if error.code() == NO_SUPER_ADMIN => Ok((owner::acting(tx, location)?, None)),
        acting => {
            let acting = acting?;
            require(&acting.user, Permission::SuperAdmin)?;
            Ok(acting.names())
        }
    }
}

const NO_SUPER_ADMIN: &str = "no_super_admin";

/// The named user, else the first super admin. Unknown and inactive users are refused alike.
fn actor(tx: &mut Tx<'_>, as_user: Option<&str>) -> Result<User> {
    let found = match as_user {
        Some(email) => store::users::by_email(tx, email)?,
        None => store::users::first_super_admin(tx)?,
    };
    match (found, as_user) {
        (Some(user), _) if user.active => Ok(user),
        (_, Some(email)) => Err(Error::denied("unknown_user", format!("there is no active user {} to act as", redacted(email)))),
        (_, None) => {
            Err(Error::denied(NO_SUPER_ADMIN, "the account has no active super admin").hint("act as another user with --as EMAIL"))
        }
    }
}

fn of_bearer(tx: &mut Tx<'_>, presented: Option<&Presented>, as_user: Option<&str>, now: Time) -> Result<Acting> {
    let (bearer, user) = authenticate(tx, presented, now)?;
    match as_user.filter(|email| !email.trim().eq_ignore_ascii_case(&user.email)) {
        None => Ok(Acting { user, bearer: Some(bearer) }),
        Some(email) => {
            require(&user, Permission::SuperAdmin)?;
            require_scope(&bearer, &Scope::Impersonate)?;
            Ok(Acting { user: actor(tx, Some(email))?, bearer: Some(bearer) })
        }
    }
}

/// The code of the error where a token is needed and none came, or none that is known.
pub const NOT_AUTHENTICATED: &str = "not_authenticated";

/// Only the bearer of the right secret learns that a token has expired, was revoked, or has lost its user (G13).
fn authenticate(tx: &mut Tx<'_>, presented: Option<&Presented>, now: Time) -> Result<(Bearer, User)> {
    let refused = |message: &str| {
        Error::denied(NOT_AUTHENTICATED, message)
            .hint("log in with deskctl login, or set DESKCTL_TOKEN; deskctl tokens create makes a token")
    };
    let Some(presented) = presented else { return Err(refused("a token is needed")) };
    // An unknown name is compared too, so that the answer takes no less time.
    let found = store::tokens::bearer(tx, &presented.name)?;
    let kept = found.as_ref().map_or(&[0; 32][..], |(token, _)| &token.secret_hash);
    let (true, Some((token, user))) = (presented.is(kept), found) else { return Err(refused("the token is not valid")) };
    if token.revoked_at.is_some() {
        return Err(refused("the token was revoked"));
    }
    if let Some(expired) = token.expires_at.filter(|at| *at <= now) {
        return Err(refused(&format!("the token expired at {expired}")));
    }
    if !user.active {
        return Err(refused(&format!("the token's user {} is not active", user.email)));
    }
    let bearer =
        Bearer { token: token.id, user: user.id, email: user.email.clone(), scopes: token.scopes, last_used_at: token.last_used_at };
    Ok((bearer, user))
}
