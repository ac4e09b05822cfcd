//! Tickets by hand: associations, custom properties, merging, deleting, following, colleagues named in comments.

use serde_json::Value;

use super::desk::Desk;
use super::on_both_engines;

pub const MAIL: &str = "mail@acme.example";

on_both_engines!(
    h5_the_first_message_to_a_tickets_contact_makes_its_conversation,
    h9_a_ticket_is_tied_to_contacts_a_company_and_deals,
    h9_custom_properties_have_types_and_options,
    h9_a_list_shows_custom_properties_as_columns,
    h9_all_that_match_a_filter_are_changed_page_by_page,
    h12_a_comment_tells_whom_it_names,
    h2_what_one_may_not_see_is_not_there_in_any_command,
    following_is_everyones_own,
    history_is_pages_with_readable_names,
);

/// A channel in the help desk, and two contacts.
pub fn furnish(desk: &Desk) {
    desk.json(&["channels", "connect", "--name", "M", "--kind", "email", "--address", MAIL, "--inbox", "Help desk"]);
    desk.json(&["contacts", "create", "--email", "jan@example.com", "--first-name", "Jan"]);
    desk.json(&["contacts", "create", "--email", "eva@example.com", "--first-name", "Eva"]);
}

pub fn create(desk: &Desk, name: &str, more: &[&str]) -> i64 {
    desk.json(&[&["tickets", "create", "--name", name, "--stage", "New"], more].concat())["id"].as_i64().unwrap()
}

pub fn receive(desk: &Desk, now: &str, more: &[&str]) -> Value {
    let line = ["conversations", "receive", MAIL, "--from", "jan@example.com", "--text", "Help"];
    desk.run_at(&format!("2026-06-01T{now}:00Z"), &[&line[..], more].concat()).json()
}

pub fn show(desk: &Desk, id: i64) -> Value {
    desk.json(&["tickets", "show", &id.to_string()])
}

pub fn ids(rows: &Value) -> Vec<i64> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

mod checks {
    use deskctl::store::history::Object;
    use serde_json::{Value, json};

    use super::{MAIL, create, furnish, ids, receive, show};
    use crate::nouns::desk::{AGENT, BOSS, Desk, KEEPER};

    pub fn h5_the_first_message_to_a_tickets_contact_makes_its_conversation(desk: &Desk) {
        furnish(desk);
        let id = create(desk, "Call back", &["--owner", "me"]).to_string();
        let start = |more: &[&str]| desk.run(&[&["conversations", "start", "--ticket", &id, "--text", "Hello"], more].concat());
        start(&["--channel", MAIL]).refused(6, "no_contact");
        desk.json(&["tickets", "update", &id, "--add-contact", "jan@example.com"]);
        desk.json(&["channels", "connect", "--name", "S", "--kind", "email", "--address", "shared@acme.example", "--inbox", "Shared"]);
        desk.json(&["channels", "connect", "--name", "C", "--kind", "chat", "--address", "web", "--inbox", "Help desk"]);
        start(&["--channel", "shared@acme.example"]).refused(6, "channel_not_in_help_desk");
        start(&["--channel", "web"]).refused(6, "cannot_begin");
        let posted = start(&["--channel", MAIL]).json();
        assert_eq!((&posted["ticket"], &posted["in_help_desk"]), (&json!(1), &json!(true)));
        let shown = show(desk, 1);
        assert_eq!(shown["conversations"][0]["subject"], "Call back");
        assert_eq!(shown["messages"][0]["text"], "Hello");
        // The customer's answer finds the thread again.
        let mail = desk.json(&["conversations", "show", "1"])["messages"][0]["message_id"].as_str().unwrap().to_owned();
        let line = json!({ "channel": MAIL, "from": "jan@example.com", "text": "Yes", "in_reply_to": mail }).to_string();
        assert!(line.contains("acme.example"), "a mail has an id: {line}");
        // A contact who cannot be reached there.
        desk.json(&["contacts", "create", "--first-name", "Ola", "--phone", "123"]);
        let other = create(desk, "Other", &["--contact", "3"]).to_string();
        desk.run(&["conversations", "start", "--ticket", &other, "--channel", MAIL, "--text", "x"]).refused(6, "no_address");
    }

    pub fn h9_a_ticket_is_tied_to_contacts_a_company_and_deals(desk: &Desk) {
        furnish(desk);
        desk.json(&["companies", "create", "Lamps"]);
        desk.json(&["deals", "create", "Lights", "--amount", "1200.5", "--company", "Lamps"]);
        let id = create(desk, "Lamp", &["--contact", "jan@example.com", "--deal", "Lights", "--company", "Lamps"]).to_string();
        let update = |more: &[&str]| desk.json(&[&["tickets", "update", &id], more].concat())[0].clone();
        assert_eq!(update(&["--add-contact", "eva@example.com"])["contacts"], json!(["Jan", "Eva"]));
        assert_eq!(update(&["--add-contact", "jan@example.com"])["contacts"], json!(["Jan", "Eva"]), "once each");
        desk.run(&["deals", "delete", "Lights", "--yes"]).refused(6, "in_use");
        desk.run(&["companies", "delete", "Lamps", "--yes"]).refused(6, "in_use");
        let parted = update(&["--remove-contact", "1", "--remove-deal", "1", "--company", ""]);
        assert_eq!((&parted["contacts"], &parted["deals"], &parted["company"]), (&json!(["Eva"]), &json!([]), &Value::Null));
        let noted = |property: &str| {
            let changes = desk.history(Object::Ticket, 1).into_iter().filter(|change| change.0 == property);
            changes.map(|change| (change.1, change.2)).collect::<Vec<_>>()
        };
        let id = |id: &str| Some(id.to_owned());
        assert_eq!(noted("contacts"), [(None, id("2")), (id("1"), None)]);
        assert_eq!(noted("contact"), [(id("1"), id("2"))]);
        assert_eq!(noted("deals"), [(None, id("1")), (id("1"), None)]);
        assert_eq!(noted("company"), [(id("1"), None)]);
        desk.json(&["deals", "delete", "Lights", "--yes"]);
        desk.run(&["tickets", "update", "1", "--add-deal", "Lights"]).refused(5, "unknown_deal");
        desk.run(&["deals", "create", "Bad", "--amount", "12,5"]).refused(2, "bad_amount");
    }

    pub fn h9_custom_properties_have_types_and_options(desk: &Desk) {
        let property = |more: &[&str]| desk.run(&[&["properties", "create"], more].concat());
        property(&["region", "--kind", "enumeration", "--option", "North", "--option", "South", "--label", "Sales region"]).json();
        for (name, kind) in [("serial", "text"), ("pieces", "number"), ("bought", "date"), ("promised", "datetime"), ("paid", "bool")] {
            property(&[name, "--kind", kind]).json();
        }
        property(&["Serial", "--kind", "text"]).refused(6, "already_exists");
        property(&["status", "--kind", "text"]).refused(2, "bad_name");
        property(&["x", "--kind", "enumeration"]).refused(2, "bad_options");
        property(&["x", "--kind", "text", "--as", AGENT]).refused(4, "not_permitted");
        let all = ["region=south", "serial=A 7", "pieces=-3", "bought=2026-03-28", "promised=2026-04-01T10:00", "paid=yes"];
        let set: Vec<&str> = all.iter().flat_map(|set| ["--set", set]).collect();
        let made = desk.json(&[&["tickets", "create", "--name", "T", "--stage", "New"], &set[..]].concat());
        let values = |row: &Value| ["region", "serial", "pieces", "bought", "promised", "paid"].map(|name| row[name].clone());
        let expected = [json!("South"), json!("A 7"), json!(-3), json!("2026-03-28"), json!("2026-04-01T10:00:00Z"), json!(true)];
        assert_eq!(values(&made), expected);
        assert_eq!(values(&show(desk, 1)), expected);
        let update = |set: &str| desk.run(&["tickets", "update", "1", "--set", set]);
        for wrong in ["region=West", "pieces=many", "bought=28.3.2026", "paid=perhaps"] {
            update(wrong).refused(2, "bad_value");
        }
        let near = update("regoin=North").refused(5, "unknown_property");
        assert!(near["hint"].as_str().unwrap().contains("region"), "{near}");
        assert_eq!(update("Sales region=North").json()[0]["region"], "North", "by its label too");
        assert_eq!(update("serial=").json()[0]["serial"], Value::Null);
        let noted = desk.history(Object::Ticket, 1);
        let text = |text: &str| Some(text.to_owned());
        assert!(noted.contains(&("region".into(), text("South"), text("North"))), "{noted:?}");
        assert!(noted.contains(&("serial".into(), text("A 7"), None)), "{noted:?}");
        desk.run(&["properties", "update", "region", "--remove-option", "North"]).refused(6, "in_use");
        let changed = desk.json(&["properties", "update", "region", "--remove-option", "south", "--add-option", "West", "--label", "Area"]);
        assert_eq!((&changed["options"], &changed["label"]), (&json!(["North", "West"]), &json!("Area")));
        desk.run(&["properties", "delete", "region"]).refused(2, "confirmation_required");
        assert_eq!(desk.json(&["properties", "delete", "region", "--yes"])["tickets"], 1);
        assert_eq!(show(desk, 1).get("region"), None);
    }

    pub fn h9_a_list_shows_custom_properties_as_columns(desk: &Desk) {
        desk.json(&["properties", "create", "serial", "--kind", "text"]);
        create(desk, "A", &["--set", "serial=7"]);
        create(desk, "B", &[]);
        let rows = desk.json(&["tickets", "list", "--sort", "id:desc", "--columns", "name,serial"]);
        assert_eq!(rows, json!([{ "name": "B", "serial": null }, { "name": "A", "serial": "7" }]));
        assert_eq!(
            desk.run(&["tickets", "list", "--sort", "id:desc", "--columns", "name,serial", "-o", "csv"]).stdout,
            "name,serial\nB,\nA,7\n"
        );
    }

    pub fn h9_all_that_match_a_filter_are_changed_page_by_page(desk: &Desk) {
        desk.json(&["properties", "create", "pieces", "--kind", "number"]);
        create(desk, "Mine", &["--owner", AGENT, "--set", "pieces=1"]);
        create(desk, "Theirs", &["--owner", BOSS, "--set", "pieces=2"]);
        desk.write(|tx| {
            for _ in 0..450 {
                desk.bare_ticket(tx, Some(3));
            }
        });
        let update = |filter: &str, more: &[&str]| desk.run(&[&["tickets", "update", "--where", filter], more].concat());
        let asked = update("pieces >= 1", &["--priority", "LOW"]).refused(2, "confirmation_required");
        assert!(asked["message"].as_str().unwrap().starts_with("Change 2 tickets"), "{asked}");
        update("pieces >= 1", &["--priority", "LOW", "--dry-run"]).json();
        assert_eq!(show(desk, 1)["priority"], Value::Null);
        assert_eq!(ids(&update("pieces >= 1", &["--priority", "LOW", "--set", "pieces=0", "--yes"]).json()), [1, 2]);
        assert_eq!(update("pieces >= 1", &["--priority", "HIGH", "--yes"]).json(), json!([]));
        // Only what one may see.
        let own = update("open", &["--category", "mine", "--yes", "--as", AGENT]).json();
        assert_eq!((own.as_array().unwrap().len(), &show(desk, 2)["category"]), (451, &Value::Null));
        update("open", &["--owner", "keeper@acme.example", "--yes"]).refused(6, "no_help_desk_access");
        update("priority", &["--close", "--yes"]).refused(2, "bad_filter");
        update("open", &["--close", "--yes", "--idempotency-key", "k"]).refused(2, "usage");
        desk.run(&["tickets", "update", "1", "--where", "open", "--close"]).error(2);
        desk.run(&["tickets", "update", "--close"]).error(2);
    }

    pub fn h12_a_comment_tells_whom_it_names(desk: &Desk) {
        furnish(desk);
        let ticket = receive(desk, "10:00", &[])["ticket"].to_string();
        desk.json(&["tickets", "update", &ticket, "--owner", AGENT]);
        let comment = |text: &str, more: &[&str]| desk.run(&[&["conversations", "comment", "1", "--text", text], more].concat());
        let posted = comment("Ask @Agent@acme.example, not @keeper@acme.example or @nobody@x.example.", &[]);
        assert_eq!(posted.json()["mentioned"], json!([AGENT]));
        assert!(posted.stderr.contains("keeper@acme.example cannot see conversation 1"), "{}", posted.stderr);
        assert_eq!(comment("Thanks", &["--mention", BOSS, "--as", AGENT]).json()["mentioned"], json!([BOSS]));
        comment("x", &["--mention", KEEPER]).refused(6, "cannot_see");
        comment("x", &["--mention", "nobody@x.example"]).refused(5, "unknown_user");
        assert_eq!(comment("plain @anna", &[]).json().get("mentioned"), None);
        let notices = desk.json(&["outbox", "list", "--kind", "mention"]);
        let told: Vec<(&str, &str)> =
            notices.as_array().unwrap().iter().map(|row| (row["user"].as_str().unwrap(), row["text"].as_str().unwrap())).collect();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0], (BOSS, "agent named you in a comment on ticket 1 \"Conversation with Jan\": Thanks"));
        assert_eq!(told[1].0, AGENT);
        desk.write(|tx| {
            let rows =
                tx.query("SELECT user_id, ticket_id FROM mentions ORDER BY user_id", &[], |row| Ok((row.get::<i64>()?, row.get::<i64>()?)));
            assert_eq!(rows.unwrap(), [(1, 1), (3, 1)]);
        });
    }

    pub fn h2_what_one_may_not_see_is_not_there_in_any_command(desk: &Desk) {
        furnish(desk);
        create(desk, "Mine", &["--owner", AGENT]);
        create(desk, "Theirs", &["--owner", BOSS, "--contact", "jan@example.com"]);
        let lines: &[&[&str]] = &[
            &["tickets", "show", "ID"],
            &["tickets", "history", "ID"],
            &["tickets", "update", "ID", "--close"],
            &["tickets", "merge", "ID", "1", "--yes"],
            &["tickets", "follow", "ID"],
            &["tickets", "unfollow", "ID"],
            &["conversations", "start", "--ticket", "ID", "--channel", MAIL, "--text", "x"],
        ];
        let ask = |line: &[&str], id: &str| {
            let line: Vec<&str> = line.iter().map(|word| if *word == "ID" { id } else { word }).collect();
            desk.run(&[&line[..], &["--as", AGENT]].concat()).refused(5, "unknown_ticket").to_string().replace(id, "ID")
        };
        for line in lines {
            assert_eq!(ask(line, "2"), ask(line, "987654"), "{line:?}");
        }
        desk.run(&["tickets", "update", "1", "2", "--name", "x", "--as", AGENT]).refused(5, "unknown_ticket");
        assert_eq!(show(desk, 1)["name"], "Mine", "all or none");
        // Deleted or merged, it still is not there.
        desk.json(&["tickets", "delete", "2", "--yes"]);
        for line in lines {
            assert_eq!(ask(line, "2"), ask(line, "987654"), "{line:?}");
        }
        assert_eq!(desk.json(&["tickets", "list", "--deleted", "--as", AGENT]), json!([]));
        assert_eq!(ids(&desk.json(&["tickets", "list", "--deleted"])), [2]);
        desk.run(&["tickets", "restore", "2", "--as", AGENT]).refused(4, "not_permitted");
        desk.json(&["tickets", "restore", "2"]);
        create(desk, "Gone", &["--owner", AGENT]);
        desk.json(&["tickets", "merge", "2", "3", "--yes"]);
        for line in lines {
            assert_eq!(ask(line, "3"), ask(line, "987654"), "{line:?}");
        }
    }

    pub fn following_is_everyones_own(desk: &Desk) {
        create(desk, "A", &["--owner", AGENT]);
        let follow = |verb: &str, user: &str| desk.json(&["tickets", verb, "1", "--as", user])[0]["changed"].clone();
        assert_eq!((follow("follow", BOSS), follow("follow", AGENT), follow("follow", AGENT)), (json!(true), json!(true), json!(false)));
        assert_eq!(show(desk, 1)["followers"], json!([BOSS, AGENT]));
        assert_eq!(follow("unfollow", BOSS), true);
        assert_eq!(show(desk, 1)["followers"], json!([AGENT]));
    }

    pub fn history_is_pages_with_readable_names(desk: &Desk) {
        furnish(desk);
        create(desk, "A", &["--contact", "jan@example.com"]);
        desk.json(&["tickets", "update", "1", "--owner", AGENT, "--stage", "Closed", "--add-contact", "eva@example.com"]);
        let all = desk.json(&["tickets", "history", "1", "--all"]);
        let said: Vec<(&str, &str)> =
            all.as_array().unwrap().iter().map(|row| (row["property"].as_str().unwrap(), row["new"].as_str().unwrap_or("-"))).collect();
        assert!(
            said.contains(&("owner", AGENT)) && said.contains(&("stage", "Support/Closed")) && said.contains(&("contacts", "Eva")),
            "{said:?}"
        );
        let first = desk.run(&["tickets", "history", "1", "--limit", "2"]);
        let after = first.stderr.split("--after ").nth(1).unwrap().split(',').next().unwrap().to_owned();
        let rest = desk.json(&["tickets", "history", "1", "--after", &after]);
        let joined = [first.json().as_array().unwrap().clone(), rest.as_array().unwrap().clone()].concat();
        assert_eq!(json!(joined), all);
        desk.run(&["tickets", "history", "1", "--after", "x"]).refused(2, "bad_page");
    }
}
