//! I5: what another system calls a ticket leads to one ticket, also after that was merged or deleted.

use super::on_both_engines;

on_both_engines!(
    i5_a_reference_belongs_to_one_ticket_through_merging_and_deletion,
    i5_a_reference_is_set_shown_filtered_and_noted,
    i5_documents_keep_references_and_refuse_the_same_twice
);

mod checks {
    use serde_json::{Value, json};

    use crate::nouns::desk::Desk;
    use crate::nouns::tickets::{create, furnish, ids, show};

    const REF: &str = "external_ref=zendesk:4711";

    pub fn i5_a_reference_belongs_to_one_ticket_through_merging_and_deletion(desk: &Desk) {
        furnish(desk);
        let (first, second) = (create(desk, "One", &["--set", REF]).to_string(), create(desk, "Two", &[]).to_string());
        let refused = |line: &[&str]| desk.run(line).refused(6, "already_exists");
        let another: &[&str] = &["tickets", "create", "--name", "Three", "--stage", "New", "--set", "external_ref=Zendesk: 4711"];
        refused(another);
        refused(&["tickets", "update", &second, "--set", REF]);
        // Its own it may be given again.
        desk.json(&["tickets", "update", &first, "--set", REF]);
        desk.json(&["tickets", "merge", &second, &first, "--yes"]);
        refused(another);
        refused(&["tickets", "update", &second, "--set", REF]);
        assert_eq!(show(desk, second.parse().unwrap())["external_ref"], Value::Null, "it stays with the ticket that was merged");

        let gone = create(desk, "Gone", &["--set", "external_ref=freshdesk:4711"]).to_string();
        desk.json(&["tickets", "delete", &gone, "--yes"]);
        refused(&["tickets", "update", &second, "--set", "external_ref=freshdesk:4711"]);
        desk.json(&["tickets", "restore", &gone]);
        assert_eq!(show(desk, gone.parse().unwrap())["external_ref"], "freshdesk:4711");
    }

    pub fn i5_a_reference_is_set_shown_filtered_and_noted(desk: &Desk) {
        furnish(desk);
        let id = create(desk, "One", &["--set", REF]);
        create(desk, "Two", &[]);
        let found = |filter: &str| ids(&desk.json(&["tickets", "list", "--where", filter]));
        assert_eq!(found("external_ref = zendesk:4711"), [id]);
        assert_eq!(found("external_ref starts with zendesk"), [id]);
        assert_eq!(found("external_ref is set"), [id]);
        for wrong in ["external_ref=4711", "external_ref=zendesk:"] {
            desk.run(&["tickets", "update", &id.to_string(), "--set", wrong]).refused(2, "bad_value");
        }
        desk.json(&["tickets", "update", &id.to_string(), "--set", "external_ref="]);
        let history = desk.json(&["tickets", "history", &id.to_string()]);
        let noted: Vec<&Value> = history.as_array().unwrap().iter().filter(|row| row["property"] == "external_ref").collect();
        assert_eq!((noted.len(), &noted[0]["old"], &noted[0]["new"]), (1, &json!("zendesk:4711"), &Value::Null), "{history}");
        desk.run(&["properties", "create", "external_ref", "--kind", "text"]).refused(2, "bad_name");
    }

    pub fn i5_documents_keep_references_and_refuse_the_same_twice(desk: &Desk) {
        furnish(desk);
        create(desk, "One", &["--set", REF]);
        let mut document = desk.json(&["export", "account"]);
        assert_eq!(document["tickets"][0]["properties"], json!({ "external_ref": "zendesk:4711" }));
        let load = |document: &Value| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("document.json");
            std::fs::write(&file, document.to_string()).unwrap();
            let file = file.display().to_string();
            desk.run(&["seed", "--file", &file, "--replace", "--yes"])
        };
        load(&document).json();
        assert_eq!(desk.json(&["export", "account"])["tickets"], document["tickets"]);
        let mut twice = document["tickets"][0].clone();
        twice["id"] = json!("other");
        document["tickets"].as_array_mut().unwrap().push(twice);
        let said = load(&document);
        assert!(said.stderr.contains("external_ref"), "{}", said.stderr);
        said.refused(2, "bad_document");
    }
}
