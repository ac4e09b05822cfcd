//! The schemas of operations are true to what deskctl prints, and to the arguments that it notes in the audit.

use std::collections::BTreeSet;
use std::process::Command;

use deskctl::clock::Clock;
use deskctl::ops::capabilities::{ALL, Capability, STREAMS};
use deskctl::ops::wire::Arguments;
use deskctl::ops::{Call, Local, Operation, audit, channels, contacts, conversations, migrations, tickets, users};
use deskctl::store::Location;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::repo::expect_none;

/// Whether and how the command line shows an operation's output.
#[derive(Clone, Copy)]
enum Shown {
    Whole,
    /// The items of a page, without where the next one begins.
    Items,
    /// With more fields around it, or in another form.
    Otherwise,
}
use Shown::{Items, Otherwise, Whole};

/// Command lines on the acme account, by the operations that they run.
const LINES: &[(&str, Shown, &str)] = &[
    ("account.show", Whole, "account show"),
    ("account.update", Whole, "account update --name Acme2 --limit custom_views=7"),
    ("account.whoami", Otherwise, "whoami"),
    ("store.info", Otherwise, "store info"),
    ("bots.conditions.list", Whole, "bots conditions list"),
    ("bots.conditions.set", Whole, "bots conditions set juggle --allowed true --why fun"),
    ("bots.conditions.remove", Whole, "bots conditions remove juggle"),
    ("teams.create", Whole, "teams create Night"),
    ("teams.update", Whole, "teams update Night --name Late --hours none"),
    ("teams.list", Whole, "teams list"),
    ("teams.show", Whole, "teams show Sales"),
    ("users.create", Whole, "users create new@acme.example --name New --seat service --team Late"),
    (
        "users.update",
        Whole,
        "users update new@acme.example --role super_admin --permission account_access --availability away --hours none",
    ),
    ("users.list", Whole, "users list"),
    ("users.show", Whole, "users show new@acme.example"),
    ("users.delete", Whole, "users delete new@acme.example"),
    ("teams.delete", Whole, "teams delete Late"),
    ("inboxes.create", Whole, "inboxes create Spare"),
    ("inboxes.update", Whole, "inboxes update Spare --name Other"),
    ("channels.connect", Whole, "channels connect --name Mail --kind email --address m@acme.example --inbox Other --signature Bye"),
    ("channels.update", Whole, "channels update m@acme.example --name Post --route-team Sales --automation {\"reply\":[1]}"),
    ("channels.list", Whole, "channels list"),
    ("channels.show", Whole, "channels show shop-chat"),
    ("inboxes.list", Whole, "inboxes list"),
    ("inboxes.show", Whole, "inboxes show Support"),
    ("pipelines.create", Whole, "pipelines create Returns --stage Asked=OPEN --stage Done=CLOSED"),
    ("pipelines.add_stage", Whole, "pipelines add-stage Returns Sent --state OPEN"),
    ("pipelines.update_stage", Whole, "pipelines update-stage Returns Sent --name Back --position 1"),
    ("pipelines.remove_stage", Whole, "pipelines remove-stage Returns Back"),
    ("pipelines.update", Whole, "pipelines update Returns --name Refunds"),
    ("pipelines.list", Whole, "pipelines list"),
    ("pipelines.show", Whole, "pipelines show Refunds"),
    ("pipelines.delete", Whole, "pipelines delete Refunds"),
    ("companies.create", Whole, "companies create Lamps --domain lamps.example"),
    ("companies.update", Whole, "companies update Lamps --name Lights"),
    ("companies.list", Items, "companies list --limit 3"),
    ("contacts.create", Whole, "contacts create --email eva@lamps.example --company Lights"),
    ("contacts.update", Whole, "contacts update eva@lamps.example --first-name Eva"),
    ("companies.show", Whole, "companies show Lights"),
    ("contacts.list", Items, "contacts list --limit 100"),
    ("contacts.show", Whole, "contacts show 1"),
    ("contacts.delete", Whole, "contacts delete eva@lamps.example"),
    ("companies.delete", Whole, "companies delete Lights"),
    ("sla.hours.set", Whole, "sla hours set office --zone Europe/Warsaw --day mon-fri=09:00-17:00"),
    (
        "sla.hours.add",
        Whole,
        "sla hours add office --holiday 12-25=Christmas --holiday 05-03 --override 2026-12-24=09:00-12:00 --extra 2026-12-27=10:00-12:00",
    ),
    ("sla.hours.list", Whole, "sla hours list"),
    ("sla.hours.show", Whole, "sla hours show office"),
    ("sla.hours.import", Otherwise, "sla hours import office fixtures/holidays.ics"),
    ("sla.hours.remove", Whole, "sla hours remove office --holiday 05-03"),
    ("sla.show", Whole, "sla show"),
    (
        "sla.set",
        Whole,
        "sla set --by priority --value HIGH --close 2d --close-due-soon 4h --hours office --pause Support/New --pause-target close",
    ),
    ("properties.create", Whole, "properties create region --kind enumeration --option North --option South --label Region"),
    ("properties.update", Whole, "properties update region --label Area --add-option West --remove-option South"),
    ("properties.list", Whole, "properties list"),
    ("properties.show", Whole, "properties show region"),
    ("deals.create", Whole, "deals create Lamps --amount 99.50 --company 1"),
    ("deals.update", Whole, "deals update Lamps --name Lights --amount 100"),
    ("deals.list", Items, "deals list"),
    ("deals.show", Whole, "deals show Lights"),
    (
        "tickets.create",
        Whole,
        "tickets create --name Lamp --stage New --owner me --priority HIGH --contact 1 --deal Lights --set region=north --source API",
    ),
    ("sla.explain", Whole, "sla explain 245"),
    ("sla.due", Items, "sla due --within 90d"),
    ("sla.report", Whole, "sla report --by team"),
    ("sla.breaches", Items, "sla report --breaches"),
    ("sla.show", Whole, "sla show"),
    ("sla.clear", Whole, "sla clear --apply-to open"),
    (
        "tickets.update",
        Whole,
        "tickets update 245 --close --team Sales --company 1 --add-contact 2 --remove-contact 1 --remove-deal Lights --set region=",
    ),
    ("tickets.follow", Whole, "tickets follow 245"),
    ("tickets.unfollow", Whole, "tickets unfollow 245"),
    ("tickets.history", Items, "tickets history 245"),
    ("tickets.merge", Whole, "tickets merge 4 5"),
    ("tickets.show", Whole, "tickets show 5"),
    ("deals.delete", Whole, "deals delete Lights"),
    ("tickets.list", Items, "tickets list --everywhere"),
    ("tickets.search", Items, "tickets search papu"),
    ("tickets.show", Whole, "tickets show 3"),
    ("tickets.delete", Whole, "tickets delete 245"),
    ("tickets.deleted", Items, "tickets list --deleted"),
    ("tickets.show", Whole, "tickets show 245"),
    ("tickets.restore", Whole, "tickets restore 245"),
    ("properties.delete", Whole, "properties delete region"),
    ("views.create", Whole, "views create Waiting --where open --sort name:desc --column id,name --team Sales"),
    ("views.update", Whole, "views update Waiting --name Late --where closed --sharing everyone"),
    ("views.list", Whole, "views list"),
    ("views.show", Whole, "views show Late"),
    ("views.run", Items, "views run Late"),
    ("views.count", Otherwise, "views count Late"),
    ("views.explain", Otherwise, "views explain Late"),
    ("views.delete", Whole, "views delete Late"),
    ("conversations.comment", Whole, "conversations comment 1 --text x --mention anna.nowak@acme.example"),
    (
        "conversations.receive",
        Whole,
        "conversations receive m@acme.example --from eva@lamps.example --text <b>Hi</b> --html --subject Lamp",
    ),
    ("conversations.reply", Whole, "conversations reply 569 --text Hello"),
    ("conversations.comment", Whole, "conversations comment 569 --text Nice"),
    ("conversations.assign", Whole, "conversations assign 569 --to me"),
    ("conversations.close", Whole, "conversations close 569"),
    ("conversations.reopen", Whole, "conversations reopen 569"),
    ("conversations.spam", Whole, "conversations spam 569"),
    ("conversations.move", Whole, "conversations move 569 --to help-desk"),
    ("conversations.list", Items, "conversations list --limit 100"),
    ("conversations.show", Whole, "conversations show 569"),
    ("conversations.start", Whole, "conversations start --ticket 1 --channel m@acme.example --text Hello --subject Lamp"),
    ("channels.disconnect", Whole, "channels disconnect m@acme.example"),
    ("inboxes.create", Whole, "inboxes create Empty"),
    ("inboxes.delete", Whole, "inboxes delete Empty"),
    ("migrations.plan", Whole, "migrations plan support@acme.example"),
    ("migrations.start", Whole, "migrations start website-chat --history all --map open=New --map closed=Closed --quiet"),
    ("migrations.status", Whole, "migrations status"),
    ("migrations.list", Whole, "migrations list"),
    ("migrations.report", Whole, "migrations report"),
    ("conversations.show", Whole, "conversations show 1"),
    ("migrations.start", Otherwise, "migrations start billing@acme.example --history none --at 2036-01-01T00:00:00Z --detach --quiet"),
    ("migrations.unschedule", Whole, "migrations unschedule 2"),
    ("outbox.list", Items, "outbox list"),
    ("outbox.show", Whole, "outbox show 1"),
    ("tokens.create", Whole, "tokens create --label night --expires 90d --scopes tickets:read,write"),
    ("tokens.list", Whole, "tokens list"),
    ("tokens.revoke", Whole, "tokens revoke 1"),
    ("audit.list", Items, "audit list --limit 1000"),
];

/// Operations that no command prints, with arguments, after those lines.
const NOT_PRINTED: &[(&str, &str)] = &[("migrations.resume", r#"{"id": 1}"#), ("migrations.timeline", r#"{"id": 1}"#)];

/// A schema by itself, with all that it refers to.
fn whole(schema: fn(&mut SchemaGenerator) -> Schema, settings: SchemaSettings) -> Value {
    let mut generator = settings.into_generator();
    let mut schema = schema(&mut generator).to_value();
    schema["$defs"] = generator.take_definitions(true).into();
    schema
}

fn arguments_of(capability: &Capability) -> Value {
    whole(capability.arguments, SchemaSettings::draft2020_12().for_deserialize())
}

fn output_of(capability: &Capability) -> Value {
    whole(capability.output, SchemaSettings::draft2020_12().for_serialize())
}

fn capability(operation: &str) -> &'static Capability {
    ALL.iter().find(|capability| capability.operation == operation).unwrap_or_else(|| panic!("{operation} is no operation"))
}

/// What a schema finds wrong with a value.
fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

struct Desk {
    target: String,
    folder: tempfile::TempDir,
}

impl Desk {
    fn acme() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { target: format!("sqlite:{}", folder.path().join("desk.db").display()), folder };
        desk.run("seed --profile acme --quiet");
        desk
    }

    fn run(&self, line: &str) -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_deskctl"))
            .args(["--target", &self.target, "-o", "json", "--yes"])
            .args(line.split(' '))
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs an operation as a server does, as a rehearsal; its output.
    fn call(&self, capability: &Capability, arguments: &str) -> Value {
        let mut local = Local::open(&Location::Sqlite(self.folder.path().join("desk.db")), Clock::System).unwrap();
        let arguments = Arguments { json: arguments.as_bytes(), version: None };
        let call = Call { dry_run: true, ..Call::default() };
        let answer = (capability.run)(&mut local, arguments, &call);
        let answer = answer.unwrap_or_else(|error| panic!("{}: {}", capability.operation, error.message()));
        serde_json::from_slice::<Value>(&answer).unwrap()["output"].take()
    }
}

#[test]
fn outputs_and_audited_arguments_are_as_their_schemas_say() {
    let desk = Desk::acme();
    let mut wrong = Vec::new();
    for (operation, shown, line) in LINES {
        let printed = desk.run(line);
        let printed = match shown {
            Whole => printed,
            Items => json!({ "items": printed, "next": null }),
            Otherwise => continue,
        };
        let found = problems(&output_of(capability(operation)), &printed);
        wrong.extend(found.into_iter().map(|problem| format!("the output of {line}: {problem}")));
    }
    for (operation, arguments) in NOT_PRINTED {
        let capability = capability(operation);
        let found = problems(&output_of(capability), &desk.call(capability, arguments));
        wrong.extend(found.into_iter().map(|problem| format!("the output of {operation}: {problem}")));
    }
    let audited = desk.run("audit list --limit 1000");
    for entry in audited.as_array().unwrap() {
        // Not everything that is audited is an operation.
        let Some(capability) = ALL.iter().find(|capability| capability.operation == entry["operation"]) else { continue };
        let found = problems(&arguments_of(capability), &entry["arguments"]);
        wrong.extend(
            found.into_iter().map(|problem| format!("the arguments of {}: {problem} in {}", capability.operation, entry["arguments"])),
        );
    }
    expect_none(&wrong, "schemas that are not true");
    let tried: BTreeSet<&str> =
        LINES.iter().map(|(operation, ..)| *operation).chain(NOT_PRINTED.iter().map(|(operation, _)| *operation)).collect();
    let untried: Vec<String> = ALL.iter().map(|listed| listed.operation.to_owned()).filter(|name| !tried.contains(name.as_str())).collect();
    expect_none(&untried, "operations that no line tries");
}

/// What is not given is written as null, or left out; both are as the schema says.
fn check_arguments<O: Operation>(operation: &O) {
    let schema = arguments_of(capability(O::NAME));
    let mut arguments = serde_json::to_value(operation).unwrap();
    assert_eq!(problems(&schema, &arguments), [""; 0], "{} with nulls", O::NAME);
    arguments.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    assert_eq!(problems(&schema, &arguments), [""; 0], "{} without nulls", O::NAME);
    serde_json::from_value::<O>(arguments.clone()).unwrap_or_else(|error| panic!("{} without nulls: {error}", O::NAME));
    arguments["kind"] = json!("no such thing");
    arguments["limit"] = json!("many");
    assert_ne!(problems(&schema, &arguments), [""; 0], "{} with nonsense", O::NAME);
    assert!(serde_json::from_value::<O>(arguments).is_err(), "{} with nonsense", O::NAME);
}

#[test]
fn arguments_are_as_their_schemas_say() {
    check_arguments(&channels::List::default());
    check_arguments(&conversations::List::default());
    check_arguments(&tickets::List::default());
    check_arguments(&conversations::Receive { channel: "1".into(), from: "a".into(), ..Default::default() });
    // Flattened: what these do not know is refused all the same.
    check_arguments(&contacts::Create::default());
    check_arguments(&users::Update { user: "1".into(), ..Default::default() });
    check_arguments(&channels::Update { channel: "1".into(), ..Default::default() });
    for (schema, arguments) in [
        (capability(audit::List::NAME), json!({ "page": { "limit": 3 } })),
        (capability(migrations::Plan::NAME), json!({ "channels": ["1"], "history": "all", "map": [], "full": false })),
        (capability(tickets::Update::NAME), json!({ "tickets": [1], "step": { "to": "New" } })),
        (capability(tickets::Update::NAME), json!({ "tickets": [1], "step": "close" })),
        (capability(conversations::Reply::NAME), json!({ "conversation": 1, "html": true })),
        (capability(conversations::Reply::NAME), json!({ "conversation": 1, "html": "<p>" })),
    ] {
        assert_eq!(problems(&arguments_of(schema), &arguments), [""; 0], "{arguments}");
    }
    let bad = json!({ "tickets": [1], "step": "sideways" });
    assert_ne!(problems(&arguments_of(capability(tickets::Update::NAME)), &bad), [""; 0]);
}

#[test]
fn what_a_backtest_gives_out_is_as_its_schemas_say() {
    let desk = Desk::acme();
    desk.run("sla set --close 2d");
    desk.run("migrations start support@acme.example --history all --map open=New --map closed=Closed --quiet");
    let stream = STREAMS.iter().find(|stream| stream.stream == "sla.backtest").unwrap();
    let arguments = json!({ "change": { "by": "priority", "close": "1h" }, "since": "2024-01-01" });
    assert_eq!(problems(&whole(stream.arguments, SchemaSettings::draft2020_12().for_deserialize()), &arguments), [""; 0]);
    let mut local = Local::open(&Location::Sqlite(desk.folder.path().join("desk.db")), Clock::System).unwrap();
    let mut lines: Vec<Value> = Vec::new();
    let mut take = |line: Vec<u8>| {
        lines.push(serde_json::from_slice(&line).unwrap());
        Ok(())
    };
    let json = arguments.to_string();
    let arguments = Arguments { json: json.as_bytes(), version: None };
    (stream.run)(&mut local, arguments, &Call::default(), &std::sync::Arc::default(), &mut take).unwrap();
    let end = lines.pop().unwrap();
    let schema = |of| whole(of, SchemaSettings::draft2020_12().for_serialize());
    assert_eq!(problems(&schema(stream.end), &end["end"]["output"]), [""; 0]);
    assert!(!lines.is_empty());
    for line in lines {
        assert_eq!(problems(&schema(stream.item), &line["item"]), [""; 0], "{line}");
    }
}

/// Arguments of those who write them by hand: only what has to be said.
const SHORT: &[(&str, &str)] = &[
    ("migrations.plan", "{}"),
    ("migrations.start", r#"{"channels": ["support@acme.example"], "history": "none"}"#),
    ("tickets.create", r#"{"name": "Lamp", "stage": "New"}"#),
    ("tickets.update", r#"{"tickets": [3]}"#),
    ("account.update", r#"{"name": "Acme2"}"#),
    ("inboxes.create", r#"{"name": "Spare"}"#),
    ("conversations.spam", r#"{"conversations": [1]}"#),
    ("contacts.list", r#"{"page": {"after": 1}}"#),
];

#[test]
fn what_goes_without_saying_may_be_left_out() {
    let desk = Desk::acme();
    let lists = ALL.iter().filter(|capability| capability.operation.ends_with(".list"));
    let lists: Vec<(&Capability, &str)> = lists.map(|capability| (capability, "{}")).collect();
    assert!(lists.len() > 12, "{}", lists.len());
    for (capability, arguments) in SHORT.iter().map(|(operation, arguments)| (capability(operation), *arguments)).chain(lists) {
        let parsed: Value = serde_json::from_str(arguments).unwrap();
        assert_eq!(problems(&arguments_of(capability), &parsed), [""; 0], "{} {arguments}", capability.operation);
        let output = desk.call(capability, arguments);
        assert_eq!(problems(&output_of(capability), &output), [""; 0], "the output of {} {arguments}", capability.operation);
    }
    assert_eq!(desk.call(capability("tickets.list"), r#"{"everywhere": true}"#)["items"].as_array().unwrap().len(), 50);
    assert_eq!(desk.call(capability("conversations.spam"), r#"{"conversations": [1]}"#)[0]["spam"], true);
}

/// A field that no version knows, in every object.
fn with_more(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, with_more(value)));
            fields.chain([("since_the_next_version".to_owned(), json!({ "more": [1] }))]).collect()
        }
        Value::Array(items) => items.into_iter().map(with_more).collect(),
        other => other,
    }
}

#[test]
fn answers_of_a_newer_server_are_understood() {
    fn check<O: Operation>(desk: &Desk, arguments: &str) {
        let output = desk.call(capability(O::NAME), arguments);
        let newer = with_more(output.clone());
        assert_ne!(output, newer);
        if let Err(error) = serde_json::from_value::<O::Output>(newer) {
            panic!("{} {arguments}: {error}", O::NAME);
        }
    }
    let desk = Desk::acme();
    // A bot, routing to teams, automation.
    for channel in ["shop-chat", "support@acme.example", "website-chat"] {
        check::<channels::Show>(&desk, &json!({ "channel": channel }).to_string());
    }
    check::<conversations::Show>(&desk, r#"{"conversation": 1}"#);
    check::<tickets::Show>(&desk, r#"{"ticket": 3}"#);
    check::<migrations::Plan>(&desk, r#"{"channels": ["support@acme.example"]}"#);
}
