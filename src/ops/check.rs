//! What every noun checks alike: texts, addresses, names that are taken, things that are still in use.

use super::Desk;
use crate::domain::access::Visibility;
use crate::domain::address::Mailbox;
use crate::domain::time::{DAY_MS, SECOND_MS, Time, human_seconds, parse_duration_ms};
use crate::domain::when::{Clock, When};
use crate::domain::{Id, phone};
use crate::error::{Error, Result};

/// A text that must be there: trimmed, and not empty.
pub fn text(what: &str, typed: &str) -> Result<String> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Error::usage("bad_value", format!("the {what} is empty")));
    }
    Ok(text.to_owned())
}

/// A text that may be taken away again: an empty one means that there is none.
pub fn optional(what: &str, typed: &str) -> Result<Option<String>> {
    if typed.trim().is_empty() { Ok(None) } else { text(what, typed).map(Some) }
}

/// An email address, as addresses are kept (E4).
pub fn email(typed: &str) -> Result<String> {
    mailbox(typed, Mailbox::parse)
}

/// The email address of a contact: one person's.
pub fn contact_email(typed: &str) -> Result<String> {
    mailbox(typed, Mailbox::of_person)
}

fn mailbox(typed: &str, parse: fn(&str) -> std::result::Result<Mailbox, &'static str>) -> Result<String> {
    let address = text("email address", typed)?;
    parse(&address).map(|mailbox| mailbox.email).map_err(|why| Error::usage("bad_email", format!("\"{typed}\" {why}")))
}

/// A phone number, as it was typed.
pub fn phone(what: &str, typed: &str, country: Option<&str>) -> Result<Option<String>> {
    match optional(what, typed)? {
        Some(number) if phone::comparable(&number, country).is_none() => {
            Err(Error::usage("bad_phone", format!("\"{typed}\" is no phone number like +48 22 123 45 67")))
        }
        number => Ok(number),
    }
}

/// E1: what has happened has not happened in the future.
pub fn not_ahead(desk: &Desk<'_>, at: Time) -> Result<Time> {
    if !at.is_ahead_of(desk.now) {
        return Ok(at);
    }
    let seconds = (at.0 - desk.now.0) / SECOND_MS;
    let far = if seconds < 2 * DAY_MS / SECOND_MS { human_seconds(seconds) } else { format!("{} days", seconds * SECOND_MS / DAY_MS) };
    let said = format!("{at} is {far} ahead of the clock, which says {}", desk.now);
    Err(Error::usage("time_ahead", said)
        .hint("a message may be at most five minutes ahead; correct the time, or the clock of the machine that sends it")
        .detail("ahead_seconds", seconds))
}

/// The error for a name or address that another one has.
pub fn already_exists(what: &str, name: &str, id: Id) -> Error {
    Error::refused("already_exists", "unique", format!("there is a {what} \"{name}\" already")).detail("id", id)
}

/// Refuses a name, compared without regard to case, that one of `others` has.
pub fn unique<'a>(what: &str, name: &str, others: impl IntoIterator<Item = (Id, &'a str)>) -> Result<()> {
    let wanted = name.to_lowercase();
    match others.into_iter().find(|(_, other)| other.to_lowercase() == wanted) {
        Some((id, _)) => Err(already_exists(what, name, id)),
        None => Ok(()),
    }
}

/// Refuses to remove what is in use, with how much of what uses it. Of tickets and conversations no number is told to whoever does
/// not see all of them (H2).
pub fn unused(desk: &Desk<'_>, what: &str, usage: &[(&str, i64)], hint: &str) -> Result<()> {
    refuse_used(what, usage, hint, desk.visibility() == Visibility::Everything)
}

fn refuse_used(what: &str, usage: &[(&str, i64)], hint: &str, sees_all: bool) -> Result<()> {
    let hidden = |name: &str| !sees_all && (name.starts_with("tickets") || name.starts_with("conversations"));
    let used: Vec<&(&str, i64)> = usage.iter().filter(|(_, count)| *count > 0).collect();
    if used.is_empty() {
        return Ok(());
    }
    let used: Vec<&(&str, i64)> = used.into_iter().filter(|(name, _)| !hidden(name)).collect();
    if used.is_empty() {
        return Err(Error::refused("in_use", "references", format!("{what} is in use")).hint(hint.to_owned()));
    }
    let list: Vec<String> = used.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    let counts: serde_json::Map<String, serde_json::Value> =
        used.iter().map(|(name, count)| (name.replace(' ', "_"), (*count).into())).collect();
    Err(Error::refused("in_use", "references", format!("{what} is in use ({})", list.join(", ")))
        .hint(hint.to_owned())
        .detail("counts", counts))
}

/// The beginning of a span as people give it: `2026-03-28T16:00:00Z`, a date in the account's zone, `30d` for so long ago.
pub fn since(desk: &Desk<'_>, typed: &str) -> Result<Time> {
    desk.instant(&moment(typed)?, Clock::Today)
}

/// The end of a span, which is no part of it; a date's day is.
pub fn until(desk: &Desk<'_>, typed: &str) -> Result<Time> {
    Ok(moment(typed)?.end(desk.now, &desk.zone()?))
}

/// `30d` and `-30d` are both 30 days ago: a span that is looked back at lies in the past.
fn moment(typed: &str) -> Result<When> {
    let typed = typed.trim();
    let ago = parse_duration_ms(typed).map(|_| format!("-{typed}"));
    ago.as_deref().unwrap_or(typed).parse().map_err(|reason| Error::usage("bad_time", reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_case_and_have_two_sides() {
        assert_eq!(email(" Anna@Example.COM ").unwrap(), "anna@example.com");
        for bad in ["", "anna", "@example.com", "anna@", "a@b@c", "a b@c", "a@x.example, b@x.example", "undisclosed-recipients:;"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_compared_without_regard_to_case() {
        assert_eq!(unique("team", "ŁÓDŹ", [(7, "łódź")]).unwrap_err().code(), "already_exists");
        assert!(unique("team", "Łódź", [(7, "Lodz")]).is_ok());
    }

    #[test]
    fn what_is_in_use_says_how_much() {
        let usage = [("tickets", 2), ("main members", 1)];
        let error = refuse_used("the team", &usage, "", true).unwrap_err();
        assert_eq!(error.message(), "the team is in use (tickets: 2, main members: 1)");
        assert_eq!(error.details()["counts"]["main_members"], 1);
        let error = refuse_used("the team", &usage, "", false).unwrap_err();
        assert_eq!(error.message(), "the team is in use (main members: 1)", "H2: whoever sees few tickets learns no number");
        assert_eq!(refuse_used("the contact", &usage[..1], "", false).unwrap_err().message(), "the contact is in use");
        assert!(refuse_used("the contact", &[("tickets", 0)], "", false).is_ok());
    }
}
