//! The schemas of the document: of what the server reads, and of what it writes.

use std::collections::BTreeSet;

use schemars::Schema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::domain::bounds::ARGUMENTS;
use crate::ops::capabilities::SchemaOf;

/// Where the document keeps its schemas.
const COMPONENTS: &str = "#/components/schemas/";

/// Both kinds, as they are asked for. A type that is read need not look as when it is written: there a default may be left
/// out, here it never is.
pub struct Schemas {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Schemas {
    pub fn new() -> Schemas {
        let settings = || SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
        Schemas {
            requests: settings()
                .for_deserialize()
                .with_transform(RecursiveTransform(close))
                .with_transform(RecursiveTransform(ARGUMENTS))
                .into_generator(),
            answers: settings().for_serialize().with_transform(RecursiveTransform(open)).into_generator(),
        }
    }

    /// What the server reads.
    pub fn request(&mut self, of: SchemaOf) -> Value {
        finished(&mut self.requests, of)
    }

    /// What the server writes.
    pub fn answer(&mut self, of: SchemaOf) -> Value {
        finished(&mut self.answers, of)
    }

    /// All that was referred to. What is read in another form than it is written has another name there, also in `paths`.
    pub fn into_components(mut self, paths: &mut Map<String, Value>) -> Map<String, Value> {
        let mut requests = self.requests.take_definitions(true);
        let mut all = self.answers.take_definitions(true);
        let differing = differing(&mut requests, &all);
        let input = |name: &str| if differing.contains(name) { format!("{name}Input") } else { name.to_owned() };
        let bodies = paths.values_mut().filter_map(|path| path.pointer_mut("/post/requestBody"));
        for value in requests.values_mut().chain(bodies) {
            each_reference(value, &mut |name| *name = input(name));
        }
        all.extend(requests.into_iter().map(|(name, schema)| (input(&name), schema)));
        all.insert("Error".into(), error());
        all.sort_keys();
        all
    }
}

fn finished(generator: &mut SchemaGenerator, of: SchemaOf) -> Value {
    let mut schema = of(generator);
    for transform in generator.transforms_mut() {
        transform.transform(&mut schema);
    }
    schema.to_value()
}

/// The server refuses fields that it does not know. Where alternatives have fields too, they are not known here.
fn close(schema: &mut Schema) {
    tell_of_json(schema);
    let is_object = schema.get("type").is_some_and(|kind| kind == "object");
    let others = ["additionalProperties", "unevaluatedProperties", "allOf", "anyOf", "oneOf"];
    if is_object && others.into_iter().all(|key| schema.get(key).is_none()) {
        schema.insert("additionalProperties".into(), false.into());
    }
}

/// Clients pass over fields that they do not know: a newer server may have more.
fn open(schema: &mut Schema) {
    tell_of_json(schema);
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
}

/// The comments are those of the types in Rust.
fn tell_of_json(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace("`None`", "null");
    }
}

/// The names whose two schemas are not the same, or refer to such.
fn differing(requests: &mut Map<String, Value>, answers: &Map<String, Value>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = found.len();
        for (name, schema) in requests.iter_mut() {
            let Some(written) = answers.get(name) else { continue };
            let mut differs = schema != written;
            each_reference(schema, &mut |referred| differs |= found.contains(referred));
            if differs {
                found.insert(name.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Hands out the name in each reference to a schema, for a look or a change.
fn each_reference(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value {
                    Value::String(target) if key == "$ref" && target.starts_with(COMPONENTS) => {
                        let mut name = target[COMPONENTS.len()..].to_owned();
                        change(&mut name);
                        *target = format!("{COMPONENTS}{name}");
                    }
                    _ => each_reference(value, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_reference(item, change)),
        _ => {}
    }
}

/// An error as `protocol::error_body` writes it.
fn error() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "code": text("Stable: it says which error this is."),
                    "message": text("What happened, to what, and why."),
                    "hint": text("What to do next."),
                    "details": { "type": "object", "additionalProperties": true },
                    "exit": { "type": "integer", "description": "The exit code of the command line." },
                    "request_id": text("The request's id, as in the server's log."),
                },
                "required": ["code", "message", "exit", "request_id"],
            },
        },
        "required": ["error"],
    })
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    use super::*;

    /// Read without its count, written always with it.
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Inner {
        #[serde(default)]
        count: i64,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Outer {
        inner: Inner,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Arguments {
        outer: Outer,
    }

    #[test]
    fn what_is_read_in_another_form_has_another_name() {
        let mut schemas = Schemas::new();
        let request = schemas.request(Arguments::json_schema);
        schemas.answer(SchemaGenerator::subschema_for::<Outer>);
        let mut paths = Map::from_iter([("/x".to_owned(), json!({ "post": { "requestBody": request } }))]);
        let all = schemas.into_components(&mut paths);
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(names, ["Error", "Inner", "InnerInput", "Outer", "OuterInput"]);
        assert_eq!(paths["/x"]["post"]["requestBody"]["properties"]["outer"]["$ref"], "#/components/schemas/OuterInput");
        assert_eq!(all["OuterInput"]["properties"]["inner"]["$ref"], "#/components/schemas/InnerInput");
        assert_eq!(all["Outer"]["properties"]["inner"]["$ref"], "#/components/schemas/Inner");
        assert_eq!(all["OuterInput"]["additionalProperties"], false);
        assert_eq!((all["InnerInput"].get("required"), &all["Inner"]["required"]), (None, &json!(["count"])));
    }
}
