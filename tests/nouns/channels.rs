//! Connecting, changing and disconnecting channels.

use super::on_both_engines;

on_both_engines!(
    a_channel_is_connected_with_its_settings,
    addresses_fit_the_kind_and_are_unique,
    h8_routing_goes_one_way_at_a_time,
    changes_are_noted_setting_by_setting,
    m1_m3_no_update_moves_a_channel_into_or_out_of_the_help_desk,
    m8_whatsapp_is_connected_to_the_help_desk_anew,
    a_disconnected_channel_is_connected_again,
    m20_what_a_migration_needs_stays_while_it_is_active,
);

mod checks {
    use deskctl::store::history::Object;
    use serde_json::json;

    use crate::nouns::desk::{AGENT, Desk, KEEPER};

    const MAIL: [&str; 10] =
        ["channels", "connect", "--name", "Mail", "--kind", "email", "--address", "Support@Acme.example", "--inbox", "Shared"];

    fn connect(desk: &Desk, extra: &[&str]) -> serde_json::Value {
        desk.json(&[&MAIL[..], extra].concat())
    }

    pub fn a_channel_is_connected_with_its_settings(desk: &Desk) {
        desk.json(&["teams", "create", "Support"]);
        let extra = ["--signature", "Bye", "--ticket-creation", "on", "--ticket-stage", "support/new", "--route-team", "Support"];
        let made = connect(desk, &[&extra[..], &["--only-available", "true", "--automation", "{\"reply\":[1]}", "--as", KEEPER]].concat());
        assert_eq!(made["address"], "support@acme.example");
        let settings = json!({
            "signature": "Bye",
            "routing": { "mode": "teams", "teams": ["Support"], "only_available": true },
            "automation": { "reply": [1] },
            "ticket_creation": { "enabled": true, "stage": "Support/New" },
            "transcription": false,
        });
        assert_eq!(made["settings"], settings);
        assert_eq!(desk.json(&["channels", "show", "1"]), made);
        desk.run(&["teams", "delete", "Support", "--yes"]).refused(6, "in_use");
        desk.run(&["channels", "update", "1", "--name", "X", "--as", AGENT]).refused(4, "not_permitted");
    }

    pub fn addresses_fit_the_kind_and_are_unique(desk: &Desk) {
        connect(desk, &[]);
        desk.run(&MAIL).refused(6, "already_exists");
        let try_one = |kind: &str, address: &str| {
            desk.run(&["channels", "connect", "--name", "X", "--kind", kind, "--address", address, "--inbox", "Shared"])
        };
        try_one("email", "support").refused(2, "bad_email");
        try_one("calling", "front desk").refused(2, "bad_address");
        try_one("whatsapp", "jan@example.com").refused(2, "bad_address");
        for (kind, address) in
            [("calling", "+48 22 123-45-67"), ("form", "Contact us"), ("facebook_messenger", "acme.page"), ("chat", "website")]
        {
            assert_eq!(try_one(kind, address).exit, 0);
        }
        let other = ["channels", "update", "website", "--address", "contact us"];
        desk.run(&other).refused(6, "already_exists");
        desk.run(&["channels", "update", "website", "--transcription", "on"]).refused(2, "setting_does_not_fit");
        desk.run(&["channels", "update", "support@acme.example", "--bot-name", "B"]).refused(2, "setting_does_not_fit");
        desk.run(&[&MAIL[..8], &["--inbox", "Shred"]].concat()).refused(5, "unknown_inbox");
    }

    pub fn h8_routing_goes_one_way_at_a_time(desk: &Desk) {
        connect(desk, &["--route-user", AGENT, "--route-user", KEEPER]);
        let routing = |extra: &[&str]| desk.json(&[&["channels", "update", "1"], extra].concat())["settings"]["routing"].clone();
        assert_eq!(routing(&["--signature", "S"])["users"], json!([AGENT, KEEPER]));
        assert_eq!(routing(&["--route-skill", "polish"]), json!({ "mode": "skill", "skill": "polish", "only_available": false }));
        assert_eq!(routing(&["--routing", "no_one"]), json!({ "mode": "no_one", "only_available": false }));
        desk.run(&["channels", "update", "1", "--routing", "users"]).refused(2, "bad_routing");
        desk.run(&["channels", "update", "1", "--routing", "teams", "--route-user", AGENT]).refused(2, "bad_routing");
        desk.run(&["channels", "update", "1", "--route-user", "nobody@acme.example"]).refused(5, "unknown_user");
    }

    pub fn changes_are_noted_setting_by_setting(desk: &Desk) {
        connect(desk, &["--signature", "Old"]);
        desk.json(&["channels", "update", "1", "--signature", "", "--ticket-creation", "on", "--name", "Post"]);
        let text = |text: &str| Some(text.to_owned());
        let noted = [
            ("state".to_owned(), None, text("connected")),
            ("signature".to_owned(), text("\"Old\""), text("null")),
            ("ticket_creation".to_owned(), text("{\"enabled\":false}"), text("{\"enabled\":true}")),
            ("name".to_owned(), text("Mail"), text("Post")),
        ];
        assert_eq!(desk.history(Object::Channel, 1), noted);
    }

    pub fn m1_m3_no_update_moves_a_channel_into_or_out_of_the_help_desk(desk: &Desk) {
        connect(desk, &[]);
        let refused = desk.run(&["channels", "update", "1", "--inbox", "Help desk"]).refused(6, "needs_migration");
        assert_eq!((&refused["details"]["rule"], &refused["hint"]), (&json!("M1"), &json!("deskctl migrations plan support@acme.example")));
        desk.json(&["inboxes", "create", "Sales"]);
        assert_eq!(desk.json(&["channels", "update", "1", "--inbox", "Sales"])["inbox"], "Sales");
        desk.json(&["channels", "connect", "--name", "Form", "--kind", "form", "--address", "form", "--inbox", "Help desk"]);
        let refused = desk.run(&["channels", "update", "form", "--inbox", "Sales"]).refused(6, "one_way");
        assert_eq!(refused["details"]["rule"], "M3");
    }

    pub fn m8_whatsapp_is_connected_to_the_help_desk_anew(desk: &Desk) {
        let whatsapp = |inbox| ["channels", "connect", "--name", "WA", "--kind", "whatsapp", "--address", "+48123456789", "--inbox", inbox];
        desk.json(&whatsapp("Shared"));
        let refused = desk.run(&["channels", "update", "+48123456789", "--inbox", "Help desk"]).refused(6, "kind_cannot_move");
        assert!(refused["hint"].as_str().unwrap().contains("channels disconnect +48123456789"));
        desk.conversation(1, None, None, None);
        desk.run(&["channels", "disconnect", "+48123456789"]).refused(2, "confirmation_required");
        assert_eq!(desk.json(&["channels", "disconnect", "+48123456789", "--yes"])["state"], "disconnected");
        let anew = desk.json(&whatsapp("Help desk"));
        assert_eq!((&anew["id"], &anew["in_help_desk"], &anew["open"]), (&json!(2), &json!(true), &json!(0)));
        let old = desk.json(&["channels", "show", "1"]);
        assert_eq!((&old["address"], &old["open"]), (&json!("+48123456789 (disconnected 1)"), &json!(1)));
        assert_eq!(desk.json(&["channels", "show", "+48123456789"])["id"], 2);
    }

    pub fn a_disconnected_channel_is_connected_again(desk: &Desk) {
        connect(desk, &["--signature", "Kept"]);
        desk.json(&["channels", "disconnect", "1", "--yes"]);
        let again = connect(desk, &[]);
        assert_eq!((&again["id"], &again["state"], &again["settings"]["signature"]), (&json!(1), &json!("connected"), &json!("Kept")));
    }

    pub fn m20_what_a_migration_needs_stays_while_it_is_active(desk: &Desk) {
        connect(desk, &[]);
        desk.json(&["pipelines", "add-stage", "Support", "Second", "--state", "OPEN"]);
        desk.schedule("1", &["open=Second", "closed=Closed"]);
        for inbox in ["Shared", "Help desk"] {
            let shown = desk.run(&["inboxes", "show", inbox]);
            let notice = "channel support@acme.example is scheduled to move to the help desk";
            assert!(shown.json()["notice"].as_str().unwrap().contains(notice) && shown.stderr.contains(notice), "{}", shown.stderr);
        }
        desk.run(&["channels", "disconnect", "1", "--yes"]).refused(6, "migration_active");
        desk.run(&["channels", "update", "1", "--address", "other@acme.example"]).refused(6, "migration_active");
        desk.run(&["inboxes", "delete", "Shared", "--yes"]).refused(6, "migration_active");
        desk.run(&["pipelines", "remove-stage", "Support", "Second", "--yes"]).refused(6, "migration_active");
        desk.run(&["pipelines", "update-stage", "Support", "Second", "--state", "CLOSED"]).refused(6, "migration_active");
        assert_eq!(desk.json(&["channels", "update", "1", "--name", "Post"])["name"], "Post");
    }
}
