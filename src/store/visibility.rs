//! `domain::access` said in SQL: the conditions that lists, pages and counts share (H2).

use super::Arg;
use crate::domain::access::{Scope, Sight, Visibility};

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

/// Of conversations `c`, with a ticket `t` where [`ticket_of`] joins one.
pub fn of_conversations(sight: &Sight, used: usize) -> Condition {
    if sight.help_desk {
        return condition(&sight.by_owner, "CASE WHEN t.id IS NULL THEN c.owner_id ELSE t.owner_id END", "t.team_id", used);
    }
    let owned = condition(&sight.by_owner, "c.owner_id", "CAST(NULL AS BIGINT)", used);
    let outside = "NOT EXISTS (SELECT 1 FROM inboxes x WHERE x.id = c.inbox_id AND x.kind = 'help_desk')";
    Condition { sql: format!("({outside} AND {})", owned.sql), ids: owned.ids }
}

/// Joins a conversation's link `l` to its ticket, where the viewer may know of one.
pub fn ticket_of(sight: &Sight) -> &'static str {
    if sight.help_desk {
        "LEFT JOIN conversation_tickets l ON l.conversation_id = c.id"
    } else {
        "LEFT JOIN conversation_tickets l ON 1 = 0"
    }
}

/// `owner` and `team` are SQL expressions: of the ticket where there is one, else of the conversation.
pub fn condition(visibility: &Visibility, owner: &str, team: &str, used: usize) -> Condition {
    let (user, scope, unassigned) = match visibility {
        Visibility::Everything => return Condition { sql: "1 = 1".into(), ids: Vec::new() },
        Visibility::Nothing => return Condition { sql: "1 = 0".into(), ids: Vec::new() },
        Visibility::Limited { user, scope, unassigned } => (user, scope, unassigned),
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
