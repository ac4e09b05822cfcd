//! Who sees which ticket (H2): the one rule behind every list, page, search and count.

use super::Id;
use super::user::{TicketAccess, User};

/// What a user may see, as data: `store::visibility` says the same in SQL.
#[derive(Clone, Debug, PartialEq)]
pub enum Visibility {
    Everything,
    Limited { user: Id, scope: Scope, unassigned: bool },
}

/// Whose assigned tickets a limited user sees besides the own ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    Anyone,
    Teams(Vec<Id>),
    OnlyOwn,
}

impl Visibility {
    pub fn of(user: &User) -> Visibility {
        let scope = match user.ticket_access {
            _ if user.is_super_admin() => return Visibility::Everything,
            TicketAccess::All if user.unassigned_visible => return Visibility::Everything,
            TicketAccess::All => Scope::Anyone,
            TicketAccess::Team => Scope::Teams(user.teams().collect()),
            TicketAccess::Own => Scope::OnlyOwn,
        };
        Visibility::Limited { user: user.id, scope, unassigned: user.unassigned_visible }
    }

    /// Whether a ticket (or a conversation without one) with this owner and team is visible.
    pub fn sees(&self, owner: Option<Id>, team: Option<Id>) -> bool {
        let Visibility::Limited { user, scope, unassigned } = self else { return true };
        match (owner, scope) {
            (None, _) => *unassigned,
            (Some(owner), _) if owner == *user => true,
            (Some(_), Scope::Anyone) => true,
            (Some(_), Scope::Teams(teams)) => team.is_some_and(|team| teams.contains(&team)),
            (Some(_), Scope::OnlyOwn) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(scope: Scope, unassigned: bool) -> Visibility {
        Visibility::Limited { user: 1, scope, unassigned }
    }

    #[test]
    fn h2_everyone_sees_the_own_tickets() {
        for scope in [Scope::Anyone, Scope::Teams(vec![]), Scope::OnlyOwn] {
            assert!(limited(scope, false).sees(Some(1), None));
        }
    }

    #[test]
    fn h2_team_access_sees_the_own_teams_tickets_only() {
        let team = limited(Scope::Teams(vec![7]), false);
        assert!(team.sees(Some(2), Some(7)));
        assert!(!team.sees(Some(2), Some(8)));
        assert!(!team.sees(Some(2), None));
    }

    #[test]
    fn h2_unassigned_visible_alone_decides_about_unassigned_tickets() {
        assert!(limited(Scope::OnlyOwn, true).sees(None, None));
        assert!(!limited(Scope::Teams(vec![7]), false).sees(None, Some(7)));
        assert!(!limited(Scope::Anyone, false).sees(None, None));
    }
}
