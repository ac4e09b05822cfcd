//! Tokens of servers: make, list, revoke. Everyone keeps their own; super admins keep everybody's.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Desk, Operation, capabilities};
use crate::domain::Id;
use crate::domain::time::{DAY_MS, SECOND_MS, Time};
use crate::domain::token::{self, Presented, RANDOM_BYTES, Right, Scope};
use crate::domain::user::{Permission, User};
use crate::domain::when::{Clock, When};
use crate::error::{Error, Result, unknown};
use crate::secret::Secret;
use crate::store::tokens::{self, Token};
use crate::store::users;
use crate::text_enum;

text_enum! {
    /// Whether a token works.
    pub enum TokenState { Active = "active", Expired = "expired", Revoked = "revoked" }
}

/// A token as lists show it: never its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TokenRow {
    pub id: Id,
    /// The part of the token that names it; logs and the audit use it.
    pub name: String,
    pub user: String,
    /// What its maker calls it.
    pub label: String,
    pub scopes: Vec<Scope>,
    pub state: TokenState,
    pub created_at: Time,
    pub created_by: String,
    pub expires_at: Option<Time>,
    /// Roughly: it is written at most every few minutes.
    pub last_used_at: Option<Time>,
    pub revoked_at: Option<Time>,
    /// The id of the token that it was made with: it ends with that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_with: Option<Id>,
}

/// A new token. Its text is shown here and never again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewToken {
    /// Absent where an idempotency key brought the first answer again: the text is kept nowhere.
    #[serde(default, with = "shown_once")]
    #[schemars(with = "Option<String>")]
    pub token: Option<Secret>,
    #[serde(flatten)]
    pub row: TokenRow,
}

/// A token that was typed where another's name is asked for is as secret as any.
mod typed {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::secret::Secret;

    pub fn serialize<S: Serializer>(token: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(token.expose())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        String::deserialize(deserializer).map(Secret::new)
    }
}

/// The one answer in which a secret is shown.
mod shown_once {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::secret::Secret;

    pub fn serialize<S: Serializer>(token: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
        token.as_ref().map(Secret::expose).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Secret::new))
    }
}

/// Makes a token.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// Whose it is: their email address; by default the caller's own.
    pub user: Option<String>,
    /// What it may do; by default all that its user may, but not act as others.
    #[serde(default)]
    pub scopes: Vec<Scope>,
    #[serde(default)]
    pub label: String,
    /// When it stops working; never if absent. One that is made with a token stops with that one at the latest.
    pub expires_at: Option<When>,
    /// The same as so many seconds from when it is made: said again, it is the same (for idempotency keys).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<i64>,
}

/// A hundred years: whoever wants more wants no end.
const LONGEST_SECONDS: i64 = 100 * 365 * DAY_MS / SECOND_MS;

impl Create {
    fn expiry(&self, now: Time, zone: &TimeZone) -> Result<Option<Time>> {
        let at = match (&self.expires_at, self.expires_in_seconds) {
            (at, None) => at.as_ref().map(|at| at.instant(now, zone, Clock::Next)),
            (None, Some(seconds)) if seconds > LONGEST_SECONDS => {
                return Err(Error::usage("bad_expiry", "a token may last for a hundred years at most, unless it never expires"));
            }
            (None, Some(seconds)) => Some(now.plus_ms(seconds.saturating_mul(SECOND_MS))),
            (Some(_), Some(_)) => {
                return Err(Error::usage("bad_expiry", "a token expires at a time or after some seconds: one of the two, not both"));
            }
        };
        if at.is_some_and(|at| at <= now) {
            return Err(Error::usage("already_expired", "the token would have expired already").hint("name a time to come, such as 90d"));
        }
        Ok(at)
    }
}

impl Operation for Create {
    const NAME: &'static str = "tokens.create";
    const WRITES: bool = true;
    type Output = NewToken;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<NewToken> {
        let user = match &self.user {
            Some(email) => super::users::user(desk, email)?,
            None => desk.actor.clone(),
        };
        own_or_super_admin(desk, user.id)?;
        let scopes = if self.scopes.is_empty() { Scope::usual() } else { sorted(self.scopes.clone()) };
        check_scopes(desk, &user, &scopes)?;
        if !user.active {
            return Err(Error::refused("inactive_user", "H2", format!("{} is not active: a token of theirs would not work", user.email)));
        }
        let expires_at = self.expiry(desk.now, &desk.zone()?)?;
        let expires_at = with_its_maker(desk, expires_at)?;
        let text = random_token()?;
        let shown = Presented::parse(&text).ok_or_else(|| Error::failed("unexpected", "the new token cannot be read"))?;
        let token = Token {
            id: desk.tx.new_id("tokens")?,
            secret_hash: shown.hash().to_vec(),
            name: shown.name,
            user_id: user.id,
            label: self.label,
            scopes,
            created_at: desk.now,
            created_by: desk.actor.id,
            expires_at,
            last_used_at: None,
            revoked_at: None,
            made_with: desk.bearer.as_ref().map(|bearer| bearer.token),
        };
        tokens::insert(&mut desk.tx, &token)?;
        if token.expires_at.is_none() {
            desk.notice("the token never expires; --expires 90d makes one that does");
        }
        Ok(NewToken { token: Some(Secret::new(text.as_str())), row: row(desk, token)? })
    }

    fn kept(output: &NewToken) -> NewToken {
        NewToken { token: None, row: output.row.clone() }
    }
}

/// No token outlives the one that it was made with.
fn with_its_maker(desk: &mut Desk<'_>, wanted: Option<Time>) -> Result<Option<Time>> {
    let Some(maker) = desk.bearer.as_ref().map(|bearer| bearer.token) else { return Ok(wanted) };
    let Some(last) = tokens::by_id(&mut desk.tx, maker)?.and_then(|maker| maker.expires_at) else { return Ok(wanted) };
    if wanted.is_some_and(|wanted| wanted <= last) {
        return Ok(wanted);
    }
    desk.notice(format!("the token expires at {last}, with the one that it was made with"));
    Ok(Some(last))
}

fn random_token() -> Result<Zeroizing<String>> {
    let mut random = Zeroizing::new([0; RANDOM_BYTES]);
    getrandom::fill(&mut *random).map_err(|error| Error::failed("no_randomness", format!("the system gives no random bytes: {error}")))?;
    Ok(token::mint(&random))
}

fn sorted(mut scopes: Vec<Scope>) -> Vec<Scope> {
    scopes.sort();
    scopes.dedup();
    scopes
}

/// Nouns must be known, a caller's token hands on no more than it has, and only super admins act as others.
fn check_scopes(desk: &Desk<'_>, user: &User, scopes: &[Scope]) -> Result<()> {
    for scope in scopes {
        if let Scope::Noun(noun, right) = scope
            && !capabilities::nouns().any(|known| known == noun)
        {
            let suffix = if *right == Right::Read { "read" } else { "write" };
            let error = unknown("unknown_scope", "noun", noun, capabilities::nouns());
            return Err(Error::usage("unknown_scope", format!("there is no scope {scope}: nothing is called {noun}"))
                .hint(error.hint_text().map_or_else(|| format!("write NOUN:{suffix}, such as tickets:{suffix}"), str::to_owned)));
        }
        if let Some(bearer) = &desk.bearer
            && !bearer.scopes.iter().any(|has| has.covers(scope))
        {
            return Err(Error::denied(
                "scope_missing",
                format!("a token may hand on only what it has itself, and it has no scope {scope}"),
            )
            .detail("scope", scope.to_string()));
        }
        if *scope == Scope::Impersonate && !user.is_super_admin() {
            return Err(Error::refused(
                "impersonate_needs_super_admin",
                "tokens",
                format!("{} is no super admin and cannot act as others", user.email),
            )
            .hint("leave the scope impersonate out, or name a super admin with --user"));
        }
    }
    Ok(())
}

fn own_or_super_admin(desk: &Desk<'_>, owner: Id) -> Result<()> {
    if owner == desk.actor.id { Ok(()) } else { desk.require(Permission::SuperAdmin) }
}

fn row(desk: &mut Desk<'_>, token: Token) -> Result<TokenRow> {
    let mut email = |id: Id| Ok::<_, Error>(users::by_id(&mut desk.tx, id)?.map_or_else(|| format!("user {id}"), |user| user.email));
    let (user, created_by) = (email(token.user_id)?, email(token.created_by)?);
    let state = match (token.revoked_at, token.expires_at) {
        (Some(_), _) => TokenState::Revoked,
        (_, Some(at)) if at <= desk.now => TokenState::Expired,
        _ => TokenState::Active,
    };
    Ok(TokenRow {
        id: token.id,
        name: token.name,
        user,
        label: token.label,
        scopes: token.scopes,
        state,
        created_at: token.created_at,
        created_by,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
        revoked_at: token.revoked_at,
        made_with: token.made_with,
    })
}

/// Lists the caller's own tokens, or, for super admins, everybody's.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Those too that have expired or were revoked.
    #[serde(default)]
    pub all: bool,
}

impl Operation for List {
    const NAME: &'static str = "tokens.list";
    const WRITES: bool = false;
    type Output = Vec<TokenRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<TokenRow>> {
        let of = if desk.actor.is_super_admin() { None } else { Some(desk.actor.id) };
        let found = tokens::all(&mut desk.tx, of)?;
        let rows: Vec<TokenRow> = found.into_iter().map(|token| row(desk, token)).collect::<Result<_>>()?;
        Ok(rows.into_iter().filter(|row| self.all || row.state == TokenState::Active).collect())
    }
}

/// Ends a token for good, and all that were made with it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Revoke {
    /// Its id or its name.
    #[serde(with = "typed")]
    #[schemars(with = "String")]
    pub token: Secret,
}

impl Operation for Revoke {
    const NAME: &'static str = "tokens.revoke";
    const WRITES: bool = true;
    type Output = TokenRow;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenRow> {
        let of = if desk.actor.is_super_admin() { None } else { Some(desk.actor.id) };
        let typed = self.token.expose().trim();
        // A whole token that someone has come upon is one to revoke, too.
        let typed = Presented::parse(typed).map_or_else(|| typed.trim_start_matches(token::PREFIX).to_owned(), |whole| whole.name);
        let found = tokens::all(&mut desk.tx, of)?.into_iter().find(|token| token.name == typed || token.id.to_string() == typed);
        // What was typed is not told again: it might be a whole token.
        let found = found
            .ok_or_else(|| Error::not_found("unknown_token", "there is no such token").hint("deskctl tokens list shows ids and names"))?;
        let made = tokens::revoke(&mut desk.tx, found.id, desk.now)?;
        if made > 0 {
            desk.notice(format!("revoked with it: {made} {} made with it", if made == 1 { "token" } else { "tokens" }));
        }
        let revoked = tokens::by_id(&mut desk.tx, found.id)?.unwrap_or(found);
        row(desk, revoked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_expires_at_a_time_or_after_some_seconds() {
        let now = Time(5_000);
        let expiry = |expires_at: Option<i64>, expires_in_seconds| {
            let create = Create { expires_at: expires_at.map(|at| Time(at).into()), expires_in_seconds, ..Create::default() };
            create.expiry(now, &TimeZone::UTC).map_err(|error| error.code().to_owned())
        };
        assert_eq!(expiry(None, None), Ok(None));
        assert_eq!(expiry(Some(6_000), None), Ok(Some(Time(6_000))));
        assert_eq!(expiry(None, Some(3)), Ok(Some(Time(8_000))));
        assert_eq!(expiry(Some(6_000), Some(3)), Err("bad_expiry".into()));
        for seconds in [LONGEST_SECONDS + 1, i64::MAX] {
            assert_eq!(expiry(None, Some(seconds)), Err("bad_expiry".into()));
        }
        for (at, seconds) in [(Some(5_000), None), (None, Some(0)), (None, Some(-1)), (None, Some(i64::MIN))] {
            assert_eq!(expiry(at, seconds), Err("already_expired".into()));
        }
    }
}
