//! Views: the help desk's lists of tickets, those that everyone has (V1) and those that people make (V2).

use super::Id;
use super::user::{Seat, User};
use crate::text_enum;

text_enum! {
    /// V1: the default views, and HubSpot's newer ones.
    pub enum DefaultView {
        Unassigned = "unassigned",
        AssignedToMe = "assigned_to_me",
        MyTeamsOpen = "my_teams_open",
        MyTeamsUnassigned = "my_teams_unassigned",
        AllOpen = "all_open",
        Sent = "sent",
        Spam = "spam",
        MyMentions = "my_mentions",
        Following = "following",
    }
}

impl DefaultView {
    pub const ALL: [DefaultView; 9] = [
        DefaultView::Unassigned,
        DefaultView::AssignedToMe,
        DefaultView::MyTeamsOpen,
        DefaultView::MyTeamsUnassigned,
        DefaultView::AllOpen,
        DefaultView::Sent,
        DefaultView::Spam,
        DefaultView::MyMentions,
        DefaultView::Following,
    ];

    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            DefaultView::Unassigned => "Unassigned",
            DefaultView::AssignedToMe => "Assigned to me",
            DefaultView::MyTeamsOpen => "My team's open",
            DefaultView::MyTeamsUnassigned => "My team's unassigned",
            DefaultView::AllOpen => "All open",
            DefaultView::Sent => "Sent",
            DefaultView::Spam => "Spam",
            DefaultView::MyMentions => "My mentions",
            DefaultView::Following => "Following",
        }
    }

    /// The filter that means the same; none where it is no property of the ticket that decides.
    pub fn filter(self) -> Option<&'static str> {
        Some(match self {
            DefaultView::Unassigned => "open and owner is not set",
            DefaultView::AssignedToMe => "open and owner = me",
            DefaultView::MyTeamsOpen => "open and team = my team",
            DefaultView::MyTeamsUnassigned => "open and team = my team and owner is not set",
            DefaultView::AllOpen => "open",
            DefaultView::Sent => "last_message_direction = outgoing",
            DefaultView::Spam => "spam",
            DefaultView::MyMentions | DefaultView::Following => return None,
        })
    }

    /// What it shows, in words.
    pub fn words(self) -> &'static str {
        match self {
            DefaultView::Unassigned => "open tickets that nobody owns",
            DefaultView::AssignedToMe => "open tickets that you own",
            DefaultView::MyTeamsOpen => "open tickets of your main team",
            DefaultView::MyTeamsUnassigned => "open tickets of your main team that nobody owns",
            DefaultView::AllOpen => "all open tickets",
            DefaultView::Sent => "tickets whose last message is yours or your colleagues'",
            DefaultView::Spam => "tickets that are spam",
            DefaultView::MyMentions => "tickets on which a comment names you",
            DefaultView::Following => "tickets that you follow",
        }
    }

    /// V1: without a Service seat there are three only.
    pub fn is_for(self, user: &User) -> bool {
        let for_all = matches!(self, DefaultView::MyMentions | DefaultView::Following | DefaultView::AllOpen);
        for_all || user.is_super_admin() || user.seat == Seat::Service
    }

    /// The one of this name, in any case, or of this short name.
    pub fn find(typed: &str) -> Option<DefaultView> {
        let wanted = typed.trim().to_lowercase().replace('’', "'");
        let short = wanted.replace('-', "_");
        DefaultView::ALL.into_iter().find(|view| view.name().to_lowercase() == wanted || view.as_str() == short)
    }
}

text_enum! {
    /// V2: who else sees a custom view.
    pub enum Sharing { Private = "private", Team = "team", Everyone = "everyone" }
}

/// A view that somebody made (V2).
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub id: Id,
    pub name: String,
    /// Its maker.
    pub owner_id: Id,
    /// The filter in deskctl's own JSON, in which what belongs to the account stands by id.
    pub filter: serde_json::Value,
    /// `PROPERTY:asc` or `PROPERTY:desc`; newest activity first where there is none.
    pub sort: Option<String>,
    /// The columns of its table; the usual ones where there are none.
    pub columns: Vec<String>,
    pub sharing: Sharing,
    /// The teams that it is shared with.
    pub teams: Vec<Id>,
}

impl View {
    /// V2: its maker, everyone, or users whose main team is one of those that it is shared with.
    pub fn is_seen_by(&self, user: &User) -> bool {
        self.owner_id == user.id
            || match self.sharing {
                Sharing::Private => false,
                Sharing::Everyone => true,
                Sharing::Team => user.team_id.is_some_and(|team| self.teams.contains(&team)),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v1_default_views_are_found_by_either_name() {
        for view in DefaultView::ALL {
            assert_eq!(DefaultView::find(&view.name().to_uppercase()), Some(view));
            assert_eq!(DefaultView::find(&view.as_str().replace('_', "-")), Some(view));
        }
        assert_eq!(DefaultView::find("My team’s open"), Some(DefaultView::MyTeamsOpen));
        assert_eq!(DefaultView::find("open"), None);
    }
}
