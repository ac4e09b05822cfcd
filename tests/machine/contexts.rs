//! `deskctl contexts`, and how a target is found.

use super::{Place, make_store, mode, sqlite};

#[test]
fn a_context_names_a_target() {
    let place = Place::new();
    make_store(&sqlite(&place.path("a.db")), "A");
    make_store(&sqlite(&place.path("b.db")), "B");
    place.run(&["contexts", "add", "first", "a.db"]).ok();
    place.run(&["contexts", "add", "second", "sqlite:b.db"]).ok();
    let account = |arguments: &[&str]| place.run(&[arguments, &["whoami"]].concat()).ok().json()["account"].as_str().unwrap().to_owned();
    assert_eq!(account(&["--target", "first"]), "A");
    place.run(&["contexts", "use", "second"]).ok();
    assert_eq!((account(&[]).as_str(), account(&["--target", "first"]).as_str(), account(&["--target", "a.db"]).as_str()), ("B", "A", "A"));
    let listed = place.run(&["contexts", "list"]).ok().json();
    assert_eq!((listed[0]["name"].as_str(), listed[0]["current"].as_bool()), (Some("first"), Some(false)));
    assert_eq!(listed[0]["target"].as_str().unwrap(), format!("sqlite:{}", place.path("a.db").display()), "usable from anywhere");
    assert_eq!(listed[1]["current"].as_bool(), Some(true));
    place.run(&["contexts", "remove", "second"]).ok();
    assert_eq!(place.run(&["whoami"]).error(), "no_store", "back to the default store");
    assert!(place.path("b.db").exists());
}

#[test]
fn g1_g3_a_password_is_kept_in_a_private_file_and_never_shown() {
    let place = Place::new();
    let add = ["contexts", "add", "prod", "postgres://me@127.0.0.1:1/desk", "--with-password"];
    let said = place.run_with_stdin(&add, "s3cret\n").ok();
    assert!(!said.stdout.contains("s3cret") && !said.stderr.contains("s3cret"));
    let file = place.path("config/config.toml");
    assert_eq!((mode(&file), mode(&place.path("config"))), (0o600, 0o700));
    assert!(std::fs::read_to_string(&file).unwrap().contains("s3cret"));
    let listed = place.run(&["contexts", "list"]).ok();
    assert!(!listed.stdout.contains("s3cret"));
    assert_eq!(listed.json()[0]["password"].as_bool(), Some(true));
    let unreachable = place.run(&["--target", "prod", "whoami"]);
    assert!(unreachable.code == 7 && !unreachable.stderr.contains("s3cret"), "{}", unreachable.stderr);
    assert_eq!(place.run(&["contexts", "remove", "prod"]).error(), "confirmation_required");
    place.run(&["contexts", "remove", "prod", "--yes"]).ok();
    assert_eq!(place.run_with_stdin(&add, "\n").error(), "empty_password");
    assert_eq!(place.run_with_stdin(&["contexts", "add", "x", "x.db", "--with-password"], "a\n").error(), "no_password_needed");
    assert_eq!(place.run(&["contexts", "add", "x", "postgres://me:s3cret@host/desk"]).error(), "password_in_url");
}

#[test]
fn wrong_names_and_targets_are_refused() {
    let place = Place::new();
    assert_eq!(place.run(&["contexts", "add", "a.db", "b.db"]).error(), "bad_context_name");
    assert_eq!(place.run(&["contexts", "add", "hubspot", "b.db"]).error(), "bad_context_name");
    assert_eq!(place.run(&["contexts", "add", "a", "b"]).error(), "bad_target");
    place.run(&["contexts", "add", "staging", "b.db"]).ok();
    assert_eq!(place.run(&["contexts", "add", "staging", "c.db"]).error(), "context_exists");
    place.run(&["contexts", "add", "staging", "c.db", "--replace"]).ok();
    let unknown = place.run(&["--target", "stagin", "whoami"]);
    assert!(unknown.code == 5 && unknown.stderr.contains("did you mean \\\"staging\\\"?"), "{}", unknown.stderr);
    assert_eq!(place.run(&["contexts", "use", "nothing"]).error(), "unknown_context");
    place.run(&["contexts", "add", "dry", "d.db", "--dry-run"]).ok();
    assert_eq!(place.run(&["contexts", "list"]).ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn a_wrong_or_open_configuration_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.run(&["contexts", "add", "a", "a.db"]).ok();
    let file = place.path("config/config.toml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(place.run(&["contexts", "list"]).ok().stderr.contains("open to others"));
    std::fs::write(&file, "[contexts.a]\ntarget = \"a.db\"\npasswort = \"s3cret\"\n").unwrap();
    let said = place.run(&["contexts", "list", "--quiet"]);
    assert_eq!((said.code, said.error().as_str()), (2, "bad_config"));
    assert!(said.stderr.contains("passwort") && said.stderr.contains("config.toml") && !said.stderr.contains("s3cret"));
    make_store(&sqlite(&place.path("a.db")), "A");
    place.run(&["--target", "a.db", "whoami"]).ok();
}
