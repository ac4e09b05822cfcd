//! Users, teams and what they may do.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::text_enum;

text_enum! {
    /// A super admin may do everything.
    pub enum Role { SuperAdmin = "super_admin", Member = "member" }
}
text_enum! {
    /// The paid seat; a Service seat brings help desk access (H2).
    pub enum Seat { Service = "service", Core = "core", None = "none" }
}
text_enum! {
    /// Which tickets a user sees (H2).
    pub enum TicketAccess { All = "all", Team = "team", Own = "own" }
}
text_enum! {
    /// What a user says of themselves (H7), by HubSpot's names.
    #[derive(Default)]
    pub enum Availability {
        #[default]
        Available = "available",
        Away = "away",
    }
}
text_enum! {
    /// A permission that can be given to a user.
    pub enum Grant {
        AccountAccess = "account_access",
        CustomViews = "custom_views",
        AgentEditor = "agent_editor",
        ServiceAccess = "service_access",
        SalesAccess = "sales_access",
    }
}

impl Availability {
    pub fn is_available(&self) -> bool {
        *self == Availability::Available
    }
}

/// What an operation asks of whoever runs it; checked in one place (`ops`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Any active user of the account.
    Member,
    /// M1, S6 and the account's own records: super admins only.
    SuperAdmin,
    /// Settings and H11: super admins and users with account access.
    AccountAccess,
    /// The help desk's conversations and tickets (H2).
    HelpDesk,
    /// Contacts and companies: agents and administrators keep them.
    Contacts,
    /// V2: to make, change and delete views, in the help desk.
    CustomViews,
}

impl Permission {
    /// How messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Permission::Member => "an active user",
            Permission::SuperAdmin => "super admin",
            Permission::AccountAccess => "account access",
            Permission::HelpDesk => "help desk access",
            Permission::Contacts => "help desk access or account access",
            Permission::CustomViews => "help desk access and the permission custom_views",
        }
    }
}

/// A person who works in the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub id: Id,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub grants: Vec<Grant>,
    pub seat: Seat,
    pub active: bool,
    pub ticket_access: TicketAccess,
    pub unassigned_visible: bool,
    /// The main team.
    pub team_id: Option<Id>,
    /// Further teams (H6).
    pub more_teams: Vec<Id>,
}

/// When a user works (H7).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Working {
    /// Working hours of their own.
    pub hours_id: Option<Id>,
    pub availability: Availability,
}

impl Working {
    /// Active, available, and within the working hours that count; without any, at all times.
    pub fn is_now(self, active: bool, in_hours: bool) -> bool {
        active && self.availability.is_available() && in_hours
    }
}

impl User {
    pub fn is_super_admin(&self) -> bool {
        self.role == Role::SuperAdmin
    }

    pub fn has(&self, grant: Grant) -> bool {
        self.grants.contains(&grant)
    }

    /// H2: active, and a super admin, a holder of a Service seat, or a user with Service or Sales access.
    pub fn has_help_desk_access(&self) -> bool {
        self.active
            && (self.is_super_admin() || self.seat == Seat::Service || self.has(Grant::ServiceAccess) || self.has(Grant::SalesAccess))
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.active
            && match permission {
                Permission::Member => true,
                Permission::SuperAdmin => self.is_super_admin(),
                Permission::AccountAccess => self.is_super_admin() || self.has(Grant::AccountAccess),
                Permission::HelpDesk => self.has_help_desk_access(),
                Permission::Contacts => self.may(Permission::HelpDesk) || self.may(Permission::AccountAccess),
                Permission::CustomViews => self.may(Permission::HelpDesk) && (self.is_super_admin() || self.has(Grant::CustomViews)),
            }
    }

    /// All teams, the main one first.
    pub fn teams(&self) -> impl Iterator<Item = Id> + '_ {
        self.team_id.into_iter().chain(self.more_teams.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member() -> User {
        User {
            id: 1,
            email: "a@example.com".into(),
            name: "A".into(),
            role: Role::Member,
            grants: vec![],
            seat: Seat::Core,
            active: true,
            ticket_access: TicketAccess::All,
            unassigned_visible: true,
            team_id: None,
            more_teams: vec![],
        }
    }

    #[test]
    fn h7_whoever_is_active_and_available_works_in_the_working_hours() {
        let working = Working::default();
        assert!(working.is_now(true, true));
        assert!(!working.is_now(true, false));
        assert!(!working.is_now(false, true));
        assert!(!Working { availability: Availability::Away, ..working }.is_now(true, true));
    }

    #[test]
    fn h2_help_desk_access_needs_activity_and_one_of_four_reasons() {
        assert!(!member().has_help_desk_access());
        assert!(User { seat: Seat::Service, ..member() }.has_help_desk_access());
        assert!(User { role: Role::SuperAdmin, ..member() }.has_help_desk_access());
        assert!(User { grants: vec![Grant::SalesAccess], ..member() }.has_help_desk_access());
        assert!(User { grants: vec![Grant::ServiceAccess], ..member() }.has_help_desk_access());
        assert!(!User { grants: vec![Grant::AccountAccess], ..member() }.has_help_desk_access());
        assert!(!User { role: Role::SuperAdmin, active: false, ..member() }.has_help_desk_access());
    }

    #[test]
    fn m1_only_super_admins_may_migrate() {
        assert!(!User { grants: vec![Grant::AccountAccess], ..member() }.may(Permission::SuperAdmin));
        assert!(User { role: Role::SuperAdmin, ..member() }.may(Permission::SuperAdmin));
    }
}
