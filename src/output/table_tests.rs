use serde_json::json;

use super::*;

fn rows(value: Value) -> Vec<Row> {
    value.as_array().unwrap().iter().map(|row| row.as_object().unwrap().clone()).collect()
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn warsaw() -> TimeZone {
    TimeZone::get("Europe/Warsaw").unwrap()
}

fn draw(names: &[&str], value: Value, width: Option<usize>) -> String {
    table(&columns(names), &rows(value), &Look { zone: &warsaw(), width, colour: false })
}

#[test]
fn columns_stand_two_spaces_apart() {
    let value = json!([
        { "id": 7, "name": "Support", "in_help_desk": true, "started_at": "2026-03-28T15:00:00Z", "tags": ["a", "b"] },
        { "id": 1234, "name": null, "in_help_desk": false, "started_at": null, "tags": [] },
    ]);
    assert_eq!(
        draw(&["id", "name", "in_help_desk", "started_at", "tags"], value, None),
        "  ID  NAME     IN HELP DESK  STARTED AT        TAGS\n\
         \u{20}  7  Support  yes           2026-03-28 16:00  a, b\n\
         1234  -        no            -                 -\n"
    );
}

#[test]
fn numbers_go_to_the_right_and_only_where_all_are_numbers() {
    let value = json!([{ "open": 5, "zip": "00-001" }, { "open": 10.5, "zip": 3 }, { "open": null, "zip": 3 }]);
    assert_eq!(draw(&["open", "zip"], value, None), "OPEN  ZIP\n   5  00-001\n10.5  3\n   -  3\n");
}

#[test]
fn the_widest_texts_give_way_to_the_terminal() {
    let value = json!([{ "id": 1, "subject": "A rather long subject of a ticket", "owner": "Anna Nowak" }]);
    let cut = draw(&["id", "subject", "owner"], value.clone(), Some(34));
    assert_eq!(cut, "ID  SUBJECT             OWNER\n 1  A rather long sub…  Anna Nowak\n");
    assert_eq!(draw(&["id", "subject", "owner"], value, Some(20)), "ID  SUBJECT  OWNER\n 1  A rath…  Anna N…\n");
}

#[test]
fn width_is_what_the_terminal_shows() {
    let value = json!([{ "name": "票務系統客服信箱", "x": "a" }, { "name": "Zażółć gęślą jaźń!", "x": "b" }]);
    let text = draw(&["name", "x"], value, Some(13));
    assert_eq!(text, "NAME        X\n票務系統…   a\nZażółć gę…  b\n");
    assert_eq!(cut("e\u{301}e\u{301}e\u{301}e", 3), "e\u{301}e\u{301}…");
    for limit in NARROWEST..20 {
        for text in ["票務系統客服信箱票務系統", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️", "plain text of a certain length"]
        {
            assert!(cut(text, limit).width() <= limit, "{text} {limit}");
        }
    }
}

#[test]
fn data_cannot_command_the_terminal() {
    let value = json!([{ "name": "a\x1b[2J\nb\u{202e}", "n": { "k\x07": "\x07" } }]);
    assert_eq!(draw(&["name", "n"], value, None), "NAME                N\na\\x1b[2J⏎b\\u{202e}  k\\x07=\\x07\n");
}

#[test]
fn headers_may_stand_out() {
    let look = Look { zone: &warsaw(), width: None, colour: true };
    assert_eq!(table(&columns(&["id"]), &rows(json!([{ "id": 1 }])), &look), "\x1b[1mID\x1b[0m\n 1\n");
}

#[test]
fn one_thing_is_a_line_for_each_field() {
    let value = json!({
        "id": 4,
        "state": "completed",
        "map": { "open": "Support/New", "closed": "Support/Closed" },
        "last_error": null,
        "tags": ["x", "y"],
        "findings": [{ "code": "owner_lost", "count": 12 }, { "code": "no_sla", "count": 3, "rule": "M8" }],
        "finished_at": "2026-03-28T15:00:00Z",
        "note": "first\nsecond",
        "empty": {},
    });
    let text = record(value.as_object().unwrap(), &Look { zone: &warsaw(), width: None, colour: false });
    assert_eq!(
        text,
        "id           4\n\
         state        completed\n\
         last error   -\n\
         tags         x, y\n\
         finished at  2026-03-28 16:00\n\
         note         first\n\
         \u{20}            second\n\
         empty        -\n\
         \n\
         map:\n\
         \u{20} open    Support/New\n\
         \u{20} closed  Support/Closed\n\
         \n\
         findings:\n\
         \u{20} CODE        COUNT  RULE\n\
         \u{20} owner_lost     12  -\n\
         \u{20} no_sla          3  M8\n"
    );
}
