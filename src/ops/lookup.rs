//! How a command names a thing of which there are few: by its name, in any case, or by its id.

use crate::domain::Id;
use crate::error::{Error, Result, unknown};
use crate::store::inboxes::Inbox;
use crate::store::pipelines::Pipeline;
use crate::store::users::Team;

/// What has a name and an id.
pub trait Named {
    /// What it is called in messages.
    const NOUN: &'static str;
    /// The codes of its errors: there is none, and it may be several.
    const UNKNOWN: &'static str;
    const AMBIGUOUS: &'static str;

    fn id(&self) -> Id;
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($type:ty: $noun:literal, $unknown:literal, $ambiguous:literal;)+) => { $(
        impl Named for $type {
            const NOUN: &'static str = $noun;
            const UNKNOWN: &'static str = $unknown;
            const AMBIGUOUS: &'static str = $ambiguous;

            fn id(&self) -> Id {
                self.id
            }
            fn name(&self) -> &str {
                &self.name
            }
        }
    )+ };
}

named! {
    Team: "team", "unknown_team", "ambiguous_team";
    Inbox: "inbox", "unknown_inbox", "ambiguous_inbox";
    Pipeline: "pipeline", "unknown_pipeline", "ambiguous_pipeline";
}

/// The one that a name or an id means.
///
/// # Errors
///
/// `unknown_…` (exit 5) with the nearest names; `ambiguous_…` (exit 2) where one is called like the id of another.
pub fn find<T: Named>(mut all: Vec<T>, typed: &str) -> Result<T> {
    let wanted = typed.trim().to_lowercase();
    let id = wanted.parse::<Id>().ok();
    let mut found: Vec<usize> = (0..all.len()).filter(|at| Some(all[*at].id()) == id || all[*at].name().to_lowercase() == wanted).collect();
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(all.swap_remove(one)),
        (None, _) => Err(unknown(T::UNKNOWN, T::NOUN, typed, all.iter().map(Named::name))),
        (Some(last), false) => {
            found.push(last);
            let candidates: Vec<String> = found.iter().map(|at| format!("\"{}\" (id {})", all[*at].name(), all[*at].id())).collect();
            Err(Error::usage(T::AMBIGUOUS, format!("the {} \"{typed}\" is ambiguous: {}", T::NOUN, candidates.join(", ")))
                .hint(format!("a {} is called like the id of another; give it another name, or write the other's name", T::NOUN))
                .detail("candidates", candidates))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipeline(id: Id, name: &str) -> Pipeline {
        Pipeline { id, name: name.into(), position: id }
    }

    #[test]
    fn a_name_like_another_ones_id_is_ambiguous() {
        let all = || vec![pipeline(1, "Support"), pipeline(2, "1"), pipeline(3, "3"), pipeline(4, "Łódź")];
        let id = |typed: &str| find(all(), typed).map(|found| found.id).map_err(|error| error.code().to_owned());
        assert_eq!(id("1"), Err("ambiguous_pipeline".into()));
        assert_eq!((id("2"), id("3"), id(" ŁÓDŹ "), id("support")), (Ok(2), Ok(3), Ok(4), Ok(1)));
        assert_eq!(id("5"), Err("unknown_pipeline".into()));
        let error = find(all(), "1").unwrap_err();
        assert!(error.message().contains("\"Support\" (id 1), \"1\" (id 2)") && error.hint_text().is_some(), "{}", error.message());
    }
}
