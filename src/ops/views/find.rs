//! Which view is meant, and what it shows.

use crate::domain::filter::{Filter, Schema, Sort, Tickets};
use crate::domain::view::{DefaultView, View};
use crate::error::{Error, Result, unknown};
use crate::ops::{Desk, filters};
use crate::store::lists::{Concerning, Owner, Spam, TicketFilter};
use crate::store::views;

/// A view.
pub enum Found {
    Default(DefaultView),
    Custom(View),
}

/// The view of this name or id that the viewer has.
///
/// # Errors
/// `unknown_view` (exit 5) with the nearest names; `no_seat` (exit 4) for a default view that asks for a Service seat (V1);
/// `ambiguous_view` (exit 2) where several that others shared have the name.
pub fn find(desk: &mut Desk<'_>, typed: &str) -> Result<Found> {
    if let Some(view) = DefaultView::find(typed) {
        if view.is_for(&desk.actor) {
            return Ok(Found::Default(view));
        }
        let message = format!("{} has no Service seat, and without one there is no view {}", desk.actor.email, view.name());
        return Err(Error::denied("no_seat", message).hint("without a seat there are All open, My mentions, Following, and shared views"));
    }
    let actor = &desk.actor;
    let seen: Vec<View> = views::all(&mut desk.tx)?.into_iter().filter(|view| view.is_seen_by(actor)).collect();
    let wanted = typed.trim().to_lowercase();
    if let Some(view) = seen.iter().find(|view| view.id.to_string() == wanted) {
        return Ok(Found::Custom(view.clone()));
    }
    let named: Vec<&View> = seen.iter().filter(|view| view.name.to_lowercase() == wanted).collect();
    let own = named.iter().find(|view| view.owner_id == actor.id);
    match (own, named.as_slice()) {
        (Some(view), _) | (None, [view]) => Ok(Found::Custom((*view).clone())),
        (None, []) => {
            let mut names: Vec<&str> = seen.iter().map(|view| view.name.as_str()).collect();
            for view in DefaultView::ALL.into_iter().filter(|view| view.is_for(actor)) {
                names.push(view.name());
            }
            Err(unknown("unknown_view", "view", typed, names))
        }
        (None, several) => {
            let ids: Vec<String> = several.iter().map(|view| view.id.to_string()).collect();
            let message = format!("several views are called \"{}\": {}", typed.trim(), ids.join(", "));
            Err(Error::usage("ambiguous_view", message).hint("give the id"))
        }
    }
}

/// V2: a custom view that the viewer may change: the own ones; super admins change those that others shared too.
pub fn to_change(desk: &mut Desk<'_>, typed: &str) -> Result<View> {
    let view = match find(desk, typed)? {
        Found::Custom(view) => view,
        Found::Default(view) => {
            return Err(Error::refused("default_view", "V1", format!("{} is a default view, and stays as it is", view.name()))
                .hint("deskctl views create makes one of your own"));
        }
    };
    if view.owner_id != desk.actor.id && !desk.actor.is_super_admin() {
        let message = format!("the view \"{}\" is somebody else's: its maker or a super admin can change it", view.name);
        return Err(Error::denied("not_yours", message));
    }
    Ok(view)
}

/// What a view shows to the viewer.
pub fn shows(desk: &mut Desk<'_>, found: &Found) -> Result<TicketFilter> {
    match found {
        Found::Default(view) => Ok(default(desk, *view)),
        Found::Custom(view) => custom(desk, view),
    }
}

fn default(desk: &Desk<'_>, view: DefaultView) -> TicketFilter {
    let actor = &desk.actor;
    let open = TicketFilter { open: Some(true), ..TicketFilter::default() };
    // Without a main team there is no ticket of it.
    let team = Some(actor.team_id.unwrap_or_default());
    match view {
        DefaultView::Unassigned => TicketFilter { owner: Some(Owner::Nobody), ..open },
        DefaultView::AssignedToMe => TicketFilter { owner: Some(Owner::User(actor.id)), ..open },
        DefaultView::MyTeamsOpen => TicketFilter { team, ..open },
        DefaultView::MyTeamsUnassigned => TicketFilter { team, owner: Some(Owner::Nobody), ..open },
        DefaultView::AllOpen => open,
        DefaultView::Sent => TicketFilter { sent: true, ..TicketFilter::default() },
        DefaultView::Spam => TicketFilter { spam: Spam::Only, ..TicketFilter::default() },
        DefaultView::MyMentions => TicketFilter { concerning: Some(Concerning::Mentions(actor.id)), ..TicketFilter::default() },
        DefaultView::Following => TicketFilter { concerning: Some(Concerning::FollowedBy(actor.id)), ..TicketFilter::default() },
    }
}

fn custom(desk: &mut Desk<'_>, view: &View) -> Result<TicketFilter> {
    let schema = filters::ticket_schema(desk)?;
    let filter = filter_of(view, &schema)?;
    let sort = view.sort.as_deref().map(|sort| Sort::parse(sort, &schema)).transpose().map_err(|source| broken(view, &source))?;
    given(desk, &filter, sort)
}

/// The filter of a custom view, with the names of now.
///
/// # Errors
/// `broken_view` (exit 6) where it names what is gone, such as a team or a custom property.
pub fn filter_of(view: &View, schema: &Schema) -> Result<Filter<Tickets>> {
    let filter: Filter<Tickets> = Filter::from_json(&view.filter, schema).map_err(|source| broken(view, &source))?;
    filter.check_references().map_err(|source| broken(view, &source))?;
    Ok(filter)
}

fn broken(view: &View, source: &Error) -> Error {
    let message = format!("the view \"{}\" names what is not there any more: {}", view.name, source.message());
    Error::refused("broken_view", "V2", message).hint(format!("deskctl views update {} --where FILTER gives it another filter", view.id))
}

/// What a filter shows to the viewer.
pub fn given(desk: &Desk<'_>, filter: &Filter<Tickets>, sort: Option<Sort>) -> Result<TicketFilter> {
    let spam = filters::spam(Some(filter));
    Ok(TicketFilter { spam, matching: Some(filters::prepare(desk, filter)?), sort, ..TicketFilter::default() })
}
