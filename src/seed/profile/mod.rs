//! Profiles: accounts made of readable files under `fixtures/`, which are part of the program.
//!
//! People, channels and noteworthy conversations are written by hand; the ordinary history of two years is
//! expanded from message templates, the same on every run.

mod history;
mod rhythm;
mod templates;
mod thread;

use serde::de::DeserializeOwned;

use super::{Sink, feed};
use crate::domain::document::Document;
use crate::error::{Error, Result, unknown};

/// Every name that [`profile`] knows.
pub const PROFILES: &[&str] = &["acme"];

/// Pushes the profile of this name.
pub fn profile(name: &str, sink: &mut dyn Sink) -> Result<()> {
    match name {
        "acme" => feed(acme()?, sink),
        _ => Err(unknown("unknown_profile", "profile", name, PROFILES.iter().copied())
            .hint(format!("the profiles are: {}", PROFILES.join(", ")))
            .detail("profiles", PROFILES)),
    }
}

/// The files of a profile, by name for the error that must not happen.
type File = (&'static str, &'static str);

/// Parts of one account document, each a document with some of the sections.
const PARTS: &[File] = &[
    ("account.json", include_str!("../../../fixtures/acme/account.json")),
    ("channels.json", include_str!("../../../fixtures/acme/channels.json")),
    ("people.json", include_str!("../../../fixtures/acme/people.json")),
    ("special.json", include_str!("../../../fixtures/acme/special.json")),
];

const HISTORY: File = ("history.json", include_str!("../../../fixtures/acme/history.json"));

const TEMPLATES: &[File] = &[
    ("templates/pl.json", include_str!("../../../fixtures/acme/templates/pl.json")),
    ("templates/fi.json", include_str!("../../../fixtures/acme/templates/fi.json")),
    ("templates/en.json", include_str!("../../../fixtures/acme/templates/en.json")),
    ("templates/ja.json", include_str!("../../../fixtures/acme/templates/ja.json")),
    ("templates/spam.json", include_str!("../../../fixtures/acme/templates/spam.json")),
];

fn acme() -> Result<Document> {
    let mut account = Document::default();
    for file in PARTS {
        append(&mut account, parse(file)?);
    }
    let templates = TEMPLATES.iter().map(parse).collect::<Result<Vec<_>>>()?;
    let plan: history::Plan = parse(&HISTORY)?;
    let history = history::expand(&plan, &account, &templates)?;
    append(&mut account, history);
    Ok(account)
}

fn parse<T: DeserializeOwned>((name, text): &File) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|source| Error::failed("profile_broken", format!("the profile's file {name} cannot be read")).caused_by(source))
}

/// Adds the sections of `part`; its account record counts where it has users, so that only one part has both.
fn append(whole: &mut Document, part: Document) {
    if !part.users.is_empty() {
        whole.account = part.account;
    }
    whole.teams.extend(part.teams);
    whole.users.extend(part.users);
    whole.pipelines.extend(part.pipelines);
    whole.inboxes.extend(part.inboxes);
    whole.bot_conditions = whole.bot_conditions.take().or(part.bot_conditions);
    whole.channels.extend(part.channels);
    whole.sla = whole.sla.take().or(part.sla);
    whole.companies.extend(part.companies);
    whole.contacts.extend(part.contacts);
    whole.tickets.extend(part.tickets);
    whole.conversations.extend(part.conversations);
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Where `left` has something that `right` lacks.
    fn lost(left: &Value, right: &Value, path: &str) -> Vec<String> {
        match (left, right) {
            (Value::Object(left), Value::Object(right)) => {
                left.iter().flat_map(|(key, value)| lost(value, right.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"))).collect()
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                left.iter().zip(right).enumerate().flat_map(|(index, (l, r))| lost(l, r, &format!("{path}[{index}]"))).collect()
            }
            _ if left == right => Vec::new(),
            _ => vec![path.to_owned()],
        }
    }

    #[test]
    fn nothing_in_the_files_is_misspelt_or_overlooked() {
        for (name, text) in PARTS {
            let written: Value = serde_json::from_str(text).expect(name);
            let read: Document = serde_json::from_str(text).expect(name);
            let again = serde_json::to_value(read).expect(name);
            let lost = lost(&written, &again, name);
            assert!(lost.is_empty(), "written but not kept: {lost:?}");
        }
    }

    #[test]
    fn an_unknown_profile_is_refused_with_the_list() {
        let error = profile("acne", &mut Document::default()).expect_err("there is none");
        assert_eq!(error.code(), "unknown_profile");
        assert_eq!(error.hint_text(), Some("the profiles are: acme"));
    }
}
