//! Inboxes, pipelines, conditions for bots.

use super::on_both_engines;

on_both_engines!(
    h1_there_is_one_help_desk,
    an_inbox_shows_its_channels_and_stays_while_it_has_any,
    a_pipeline_is_made_with_its_stages,
    stages_are_added_moved_renamed_and_removed,
    m11_a_pipeline_keeps_an_open_stage,
    a_stage_with_tickets_stays_and_takes_them_along,
    m15_conditions_are_data,
);

mod checks {
    use deskctl::store::history::Object;

    use crate::nouns::desk::{AGENT, Desk, KEEPER};

    pub fn h1_there_is_one_help_desk(desk: &Desk) {
        desk.run(&["inboxes", "create", "Second", "--kind", "help_desk"]).refused(6, "already_exists");
        desk.run(&["inboxes", "create", "SHARED"]).refused(6, "already_exists");
        assert_eq!(desk.json(&["inboxes", "create", "Sales", "--as", KEEPER])["kind"], "inbox");
        desk.run(&["inboxes", "create", "More", "--as", AGENT]).refused(4, "not_permitted");
        assert_eq!(desk.column(&["inboxes", "list", "--kind", "inbox"], "name"), ["Shared", "Sales"]);
    }

    pub fn an_inbox_shows_its_channels_and_stays_while_it_has_any(desk: &Desk) {
        desk.json(&["channels", "connect", "--name", "Mail", "--kind", "email", "--address", "in@acme.example", "--inbox", "shared"]);
        let shown = desk.json(&["inboxes", "show", "Shared"]);
        assert_eq!((&shown["notice"], &shown["channels"][0]["address"]), (&().into(), &"in@acme.example".into()));
        desk.run(&["inboxes", "delete", "Shared", "--yes"]).refused(6, "in_use");
        desk.json(&["inboxes", "create", "Sales"]);
        assert_eq!(desk.json(&["inboxes", "update", "Sales", "--name", "Partners"])["name"], "Partners");
        desk.json(&["inboxes", "delete", "Partners", "--yes"]);
        desk.run(&["inboxes", "show", "Partners"]).refused(5, "unknown_inbox");
    }

    pub fn a_pipeline_is_made_with_its_stages(desk: &Desk) {
        let made = desk.json(&["pipelines", "create", "Returns", "--stage", "New=OPEN", "--stage", "Sent back=closed"]);
        assert_eq!((&made["stages"][1]["name"], &made["stages"][1]["state"]), (&"Sent back".into(), &"CLOSED".into()));
        desk.run(&["pipelines", "create", "returns", "--stage", "A=OPEN"]).refused(6, "already_exists");
        desk.run(&["pipelines", "create", "B", "--stage", "A=OPEN", "--stage", "a=CLOSED"]).refused(6, "already_exists");
        desk.run(&["pipelines", "create", "B", "--stage", "A=HALF"]).error(2);
        assert_eq!(desk.json(&["pipelines", "update", "Returns", "--position", "1", "--name", "RMA"])["name"], "RMA");
        assert_eq!(desk.column(&["pipelines", "list"], "name"), ["RMA", "Support"]);
        desk.json(&["pipelines", "delete", "RMA", "--yes"]);
        desk.run(&["pipelines", "delete", "Support", "--yes"]).refused(6, "last_pipeline");
    }

    pub fn stages_are_added_moved_renamed_and_removed(desk: &Desk) {
        let names = |shown: serde_json::Value| -> Vec<String> {
            shown["stages"].as_array().unwrap().iter().map(|stage| stage["name"].as_str().unwrap().to_owned()).collect()
        };
        let add = ["pipelines", "add-stage", "Support", "Waiting", "--state", "open", "--position", "2"];
        assert_eq!(names(desk.json(&add)), ["New", "Waiting", "Closed"]);
        desk.run(&add).refused(6, "already_exists");
        let change = ["pipelines", "update-stage", "Support", "waiting", "--name", "On hold", "--position", "1"];
        assert_eq!(names(desk.json(&change)), ["On hold", "New", "Closed"]);
        assert_eq!(names(desk.json(&["pipelines", "remove-stage", "Support", "On hold", "--yes"])), ["New", "Closed"]);
        let unknown = desk.run(&["pipelines", "remove-stage", "Support", "Clsed", "--yes"]).refused(5, "unknown_stage");
        assert!(unknown["hint"].as_str().unwrap().contains("Closed"));
    }

    pub fn m11_a_pipeline_keeps_an_open_stage(desk: &Desk) {
        desk.run(&["pipelines", "create", "B", "--stage", "Done=CLOSED"]).refused(6, "no_open_stage");
        desk.run(&["pipelines", "update-stage", "Support", "New", "--state", "CLOSED"]).refused(6, "no_open_stage");
        desk.run(&["pipelines", "remove-stage", "Support", "New", "--yes"]).refused(6, "no_open_stage");
        desk.json(&[
            "channels",
            "connect",
            "--name",
            "M",
            "--kind",
            "email",
            "--address",
            "m@a.example",
            "--inbox",
            "1",
            "--ticket-stage",
            "Closed",
        ]);
        let refused = desk.run(&["pipelines", "remove-stage", "Support", "Closed", "--yes"]).refused(6, "in_use");
        assert_eq!(refused["details"]["counts"]["channels_that_make_tickets_in_it"], 1);
    }

    pub fn a_stage_with_tickets_stays_and_takes_them_along(desk: &Desk) {
        desk.conversation(1, Some(1), None, Some(1));
        desk.conversation(1, Some(3), None, Some(1));
        let tickets = |arguments: &[&str]| desk.json(arguments)["stages"][0]["tickets"].clone();
        assert_eq!(tickets(&["pipelines", "show", "Support"]), 2);
        // H2: counts are of what one may see.
        assert_eq!(tickets(&["pipelines", "show", "Support", "--as", AGENT]), 1);
        desk.json(&["pipelines", "add-stage", "Support", "Second", "--state", "OPEN"]);
        let refused = desk.run(&["pipelines", "remove-stage", "Support", "New", "--yes"]).refused(6, "in_use");
        assert_eq!(refused["details"]["counts"]["tickets"], 2);
        desk.json(&["pipelines", "update-stage", "Support", "New", "--state", "CLOSED"]);
        let ticket = desk.ticket(1);
        assert!(!ticket.open && ticket.closed_at.is_some());
        let text = |text: &str| Some(text.to_owned());
        let noted = desk.history(Object::Ticket, 1);
        assert_eq!(noted[0], ("open".into(), text("1"), text("0")));
        assert_eq!(noted[1], ("closed_at".into(), None, ticket.closed_at.map(|at| at.to_string())));
        desk.json(&["pipelines", "update-stage", "Support", "New", "--state", "OPEN"]);
        assert!(desk.ticket(1).open && desk.ticket(1).closed_at.is_none());
        assert_eq!(desk.history(Object::Ticket, 2).len(), 4);
    }

    pub fn m15_conditions_are_data(desk: &Desk) {
        let connect = ["channels", "connect", "--name", "Chat", "--kind", "chat", "--address", "chat", "--inbox", "Shared"];
        let made = desk.json(&[&connect[..], &["--bot-name", "Bo", "--bot-action", "hand_over,juggle"]].concat());
        assert_eq!(made["movable"], false);
        assert!(made["not_movable_reason"].as_str().unwrap().contains("juggle"));
        desk.json(&["bots", "conditions", "set", "juggle", "--allowed", "true", "--why", "harmless", "--as", KEEPER]);
        assert_eq!(desk.json(&["channels", "show", "chat"])["movable"], true);
        desk.json(&["bots", "conditions", "remove", "juggle"]);
        desk.run(&["bots", "conditions", "remove", "juggle"]).refused(5, "unknown_action");
        desk.run(&["bots", "conditions", "remove", "hand_over"]).refused(6, "required_action");
        desk.run(&["bots", "conditions", "list", "--as", AGENT]).refused(4, "not_permitted");
    }
}
