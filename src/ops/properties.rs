//! Custom properties of tickets: list, show, create, update, delete (H9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Operation, check};
use crate::domain::property::{CustomProperty, PropertyKind, PropertyObject, check_name};
use crate::domain::user::Permission;
use crate::error::{Error, Result, unknown};
use crate::store::properties;

fn tickets() -> PropertyObject {
    PropertyObject::Ticket
}

/// The property of this name, or else of this label; else `unknown_property` (exit 5).
pub fn property(desk: &mut Desk<'_>, object: PropertyObject, typed: &str) -> Result<CustomProperty> {
    let known = properties::all(&mut desk.tx, object)?;
    find(&known, typed).cloned()
}

/// The same among those that are known.
pub fn find<'p>(known: &'p [CustomProperty], typed: &str) -> Result<&'p CustomProperty> {
    let wanted = typed.trim().to_lowercase();
    let by_name = known.iter().find(|property| property.name == wanted);
    let found = by_name.or_else(|| known.iter().find(|property| property.label.to_lowercase() == wanted));
    found.ok_or_else(|| unknown("unknown_property", "custom property", typed, known.iter().map(|property| property.name.as_str())))
}

/// Lists the custom properties by name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {
    #[serde(default = "tickets")]
    pub object: PropertyObject,
}

impl Operation for List {
    const NAME: &'static str = "properties.list";
    const WRITES: bool = false;
    type Output = Vec<CustomProperty>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<CustomProperty>> {
        properties::all(&mut desk.tx, self.object)
    }
}

/// Shows one custom property.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    #[serde(default = "tickets")]
    pub object: PropertyObject,
    /// Its name or label.
    pub property: String,
}

impl Operation for Show {
    const NAME: &'static str = "properties.show";
    const WRITES: bool = false;
    type Output = CustomProperty;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<CustomProperty> {
        property(desk, self.object, &self.property)
    }
}

/// Adds a custom property.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    #[serde(default = "tickets")]
    pub object: PropertyObject,
    pub name: String,
    /// By default the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub kind: PropertyKind,
    /// What an enumeration may be, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

impl Operation for Create {
    const NAME: &'static str = "properties.create";
    const WRITES: bool = true;
    type Output = CustomProperty;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<CustomProperty> {
        let name = check_name(&self.name).map_err(|why| Error::usage("bad_name", why))?;
        let label = self.label.as_deref().map_or_else(|| Ok(name.clone()), |label| check::text("label", label))?;
        let known = properties::all(&mut desk.tx, self.object)?;
        check::unique("custom property", &name, known.iter().map(|property| (property.id, property.name.as_str())))?;
        check::unique("custom property", &label, known.iter().map(|property| (property.id, property.label.as_str())))?;
        let (is_enumeration, has_options) = (self.kind == PropertyKind::Enumeration, !self.options.is_empty());
        if is_enumeration != has_options {
            let message = if has_options {
                format!("a property of kind {} has no options", self.kind)
            } else {
                "an enumeration needs options".into()
            };
            return Err(Error::usage("bad_options", message));
        }
        let id = desk.tx.new_id("properties")?;
        let mut property =
            CustomProperty { id, object: self.object, name, label, kind: self.kind, options: Vec::new(), created_at: desk.now };
        add_options(&mut property, &self.options)?;
        properties::insert(&mut desk.tx, &property)?;
        Ok(property)
    }
}

fn add_options(property: &mut CustomProperty, options: &[String]) -> Result<()> {
    for typed in options {
        let option = check::text("option", typed)?;
        let lower = option.to_lowercase();
        if property.options.iter().any(|known| known.to_lowercase() == lower) {
            return Err(Error::refused("already_exists", "unique", format!("{} has the option \"{option}\" already", property.name)));
        }
        property.options.push(option);
    }
    Ok(())
}

/// Changes a custom property: its label, and the options of an enumeration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    #[serde(default = "tickets")]
    pub object: PropertyObject,
    /// Its name or label.
    pub property: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_options: Vec<String>,
    /// Only options that no ticket has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_options: Vec<String>,
}

impl Operation for Update {
    const NAME: &'static str = "properties.update";
    const WRITES: bool = true;
    type Output = CustomProperty;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<CustomProperty> {
        let mut property = property(desk, self.object, &self.property)?;
        if let Some(label) = &self.label {
            let known = properties::all(&mut desk.tx, self.object)?;
            let others = known.iter().filter(|other| other.id != property.id);
            check::unique("custom property", label.trim(), others.map(|other| (other.id, other.label.as_str())))?;
            property.label = check::text("label", label)?;
        }
        let touched = !self.add_options.is_empty() || !self.remove_options.is_empty();
        if touched && property.kind != PropertyKind::Enumeration {
            return Err(Error::usage("bad_options", format!("{} is of kind {}, which has no options", property.name, property.kind)));
        }
        for option in &self.remove_options {
            remove_option(desk, &mut property, option)?;
        }
        add_options(&mut property, &self.add_options)?;
        if property.kind == PropertyKind::Enumeration && property.options.is_empty() {
            return Err(Error::usage("bad_options", "an enumeration needs options"));
        }
        properties::update(&mut desk.tx, &property)?;
        Ok(property)
    }
}

fn remove_option(desk: &mut Desk<'_>, property: &mut CustomProperty, typed: &str) -> Result<()> {
    let lower = typed.trim().to_lowercase();
    let Some(at) = property.options.iter().position(|option| option.to_lowercase() == lower) else {
        return Err(unknown("unknown_option", "option", typed, property.options.iter().map(String::as_str)));
    };
    let option = property.options.remove(at);
    let tickets = properties::tickets_with(&mut desk.tx, property.id, Some(&option))?;
    check::unused(desk, &format!("the option \"{option}\""), &[("tickets", tickets)], "give these tickets another value first")
}

/// Removes a custom property with every value that tickets have of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    #[serde(default = "tickets")]
    pub object: PropertyObject,
    /// Its name or label.
    pub property: String,
}

/// A custom property that is gone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PropertyDeleted {
    pub name: String,
    pub label: String,
    /// How many tickets had a value.
    pub tickets: i64,
}

impl Operation for Delete {
    const NAME: &'static str = "properties.delete";
    const WRITES: bool = true;
    type Output = PropertyDeleted;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PropertyDeleted> {
        let property = property(desk, self.object, &self.property)?;
        let tickets = properties::tickets_with(&mut desk.tx, property.id, None)?;
        properties::delete(&mut desk.tx, property.id)?;
        Ok(PropertyDeleted { name: property.name, label: property.label, tickets })
    }
}
