//! Who sees which ticket and which conversation (H2): the one rule behind every list, page, search and count.

use super::Id;
use super::conversation::Conversation;
use super::ticket::Ticket;
use super::user::{TicketAccess, User};

/// Which tickets a user may see, as data: `store::visibility` says the same in SQL.
#[derive(Clone, Debug, PartialEq)]
pub enum Visibility {
    Everything,
    /// Without access to the help desk.
    Nothing,
    Limited {
        user: Id,
        scope: Scope,
        unassigned: bool,
    },
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
        if user.has_help_desk_access() { Visibility::by_owner(user) } else { Visibility::Nothing }
    }

    /// What is seen by whose it is alone.
    fn by_owner(user: &User) -> Visibility {
        let scope = match user.ticket_access {
            _ if user.is_super_admin() => return Visibility::Everything,
            TicketAccess::All if user.unassigned_visible => return Visibility::Everything,
            TicketAccess::All => Scope::Anyone,
            TicketAccess::Team => Scope::Teams(user.teams().collect()),
            TicketAccess::Own => Scope::OnlyOwn,
        };
        Visibility::Limited { user: user.id, scope, unassigned: user.unassigned_visible }
    }

    /// Whether what has this owner and team is visible.
    pub fn sees(&self, owner: Option<Id>, team: Option<Id>) -> bool {
        let Visibility::Limited { user, scope, unassigned } = self else { return *self == Visibility::Everything };
        match (owner, scope) {
            (None, _) => *unassigned,
            (Some(owner), _) if owner == *user => true,
            (Some(_), Scope::Anyone) => true,
            (Some(_), Scope::Teams(teams)) => team.is_some_and(|team| teams.contains(&team)),
            (Some(_), Scope::OnlyOwn) => false,
        }
    }
}

/// Which conversations a user may see. Whoever has access to the help desk sees a conversation where they see its ticket. To others
/// there are no tickets: a conversation in an inbox is to them as if it had none, whatever became of its ticket (H11), and what lies
/// in the help desk is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// Access to the help desk.
    pub help_desk: bool,
    pub by_owner: Visibility,
}

impl Sight {
    pub const EVERYTHING: Sight = Sight { help_desk: true, by_owner: Visibility::Everything };

    pub fn of(user: &User) -> Sight {
        Sight { help_desk: user.has_help_desk_access(), by_owner: Visibility::by_owner(user) }
    }

    pub fn sees(&self, conversation: &Conversation, ticket: Option<&Ticket>, in_help_desk: bool) -> bool {
        match ticket {
            _ if in_help_desk && !self.help_desk => false,
            Some(ticket) if self.help_desk => self.by_owner.sees(ticket.owner_id, ticket.team_id),
            _ => self.by_owner.sees(conversation.owner_id, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h2_without_help_desk_access_there_are_no_tickets() {
        assert!(!Visibility::Nothing.sees(Some(1), None) && !Visibility::Nothing.sees(None, Some(7)));
    }

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
