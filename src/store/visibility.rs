//! `domain::access::Visibility` said in SQL: the one condition that lists, pages and counts share (H2).

use super::Arg;
use crate::domain::access::{Scope, Visibility};

/// A condition with its parameters, to be appended to a statement whose last parameter was `$used`.
pub struct Condition {
    pub sql: String,
    pub ids: Vec<i64>,
}

impl Condition {
    pub fn args(&self) -> impl Iterator<Item = Arg<'_>> {
        self.ids.iter().map(|id| Arg::Int(*id))
    }
}

/// `owner` and `team` are SQL expressions: of the ticket where there is one, else of the conversation.
pub fn condition(visibility: &Visibility, owner: &str, team: &str, used: usize) -> Condition {
    let Visibility::Limited { user, scope, unassigned } = visibility else {
        return Condition { sql: "1 = 1".into(), ids: Vec::new() };
    };
    let mut ids = vec![*user];
    let mut parts = vec![format!("{owner} = ${}", used + 1)];
    match scope {
        Scope::Anyone => parts.push(format!("{owner} IS NOT NULL")),
        Scope::OnlyOwn => {}
        Scope::Teams(teams) if teams.is_empty() => {}
        Scope::Teams(teams) => {
            let list: Vec<String> = teams.iter().enumerate().map(|(i, _)| format!("${}", used + 2 + i)).collect();
            ids.extend(teams);
            parts.push(format!("({owner} IS NOT NULL AND {team} IN ({}))", list.join(", ")));
        }
    }
    if *unassigned {
        parts.push(format!("{owner} IS NULL"));
    }
    Condition { sql: format!("({})", parts.join(" OR ")), ids }
}
