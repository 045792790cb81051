//! An entry as its file has it.

use std::fmt::Write as _;

use super::DecisionEntry;

/// The lines of an entry, with the heading of its list in front.
pub fn text(entry: &DecisionEntry) -> String {
    let mut lines = EntryLines(format!("[[{}]]\n", entry.list()));
    match entry {
        DecisionEntry::Waiver(one) => {
            lines.text("code", &one.code);
            lines.text("city", one.city.as_str());
            lines.text_if("unit", one.unit.as_ref().map_or("", |unit| unit.as_str()));
            lines.text_if("indicator", &one.object.as_ref().map_or_else(String::new, ToString::to_string));
            lines.text("reason", &one.reason);
            lines.text("owner", &one.owner);
            lines.plain("until", &one.until);
            if let Some(on) = &one.on {
                lines.plain("on", on);
            }
            lines.text_if("basis", &one.basis);
        }
        DecisionEntry::Preference(one) => {
            lines.text("city", one.city.as_str());
            lines.text("indicator", one.indicator.as_str());
            lines.text("unit", one.unit.as_str());
            lines.text("reason", &one.reason);
            lines.text("by", &one.by);
            lines.plain("on", &one.on);
            lines.text_if("basis", &one.basis);
        }
        DecisionEntry::Decision(one) => {
            lines.text("city", &one.city);
            lines.text("object", &one.object);
            lines.text("matter", &one.matter);
            lines.text("decision", &one.decision);
            lines.text("reason", &one.reason);
            lines.text("by", &one.by);
            lines.plain("on", &one.on);
            lines.text_if("basis", &one.basis);
        }
    }
    lines.0
}

/// A text in quotation marks, in one line whatever it holds. The escapes of JSON are those of TOML, which wants one more.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

struct EntryLines(String);

impl EntryLines {
    fn plain(&mut self, key: &str, value: &impl std::fmt::Display) {
        // Writing to a text does not fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, value: &str) {
        self.plain(key, &quoted(value));
    }

    fn text_if(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.text(key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::finding::Object;
    use crate::ident::{CityId, UnitName};
    use crate::plan::{Decision, Preference, Waiver};

    fn read<T: serde::de::DeserializeOwned>(entry: &DecisionEntry) -> Vec<T> {
        let mut lists: BTreeMap<String, Vec<T>> = toml::from_str(&text(entry)).unwrap();
        lists.remove(entry.list()).unwrap()
    }

    proptest! {
        #[test]
        fn an_entry_is_read_as_it_was_meant(
            [one, other, third, basis] in [".{1,20}", "(?s).{1,20}", "[\"'\\\\\n\t=#\\]]{1,12}", ".{0,9}"],
            day in 1_u32..29, is_long in any::<bool>(),
        ) {
            let on = NaiveDate::from_ymd_opt(2024, 1, day).unwrap();
            let city = CityId::parse("jia").unwrap();
            let waiver = Waiver {
                code: "V406".to_owned(),
                city: city.clone(),
                unit: is_long.then(|| UnitName::from(one.as_str())),
                object: is_long.then(|| Object::Task(third.as_str().into())),
                reason: one.clone(),
                owner: other.clone(),
                until: on,
                on: is_long.then_some(on),
                basis: basis.clone(),
            };
            prop_assert_eq!(read::<Waiver>(&DecisionEntry::Waiver(waiver.clone())), [waiver]);
            let preference = Preference {
                city,
                indicator: third.as_str().into(),
                unit: UnitName::from(one.as_str()),
                reason: other.clone(),
                by: one.clone(),
                on,
                basis: basis.clone(),
            };
            prop_assert_eq!(read::<Preference>(&DecisionEntry::Preference(preference.clone())), [preference]);
            let decision = Decision {
                city: "各市".to_owned(), object: one.clone(), matter: other, decision: third, reason: one.clone(), by: one, on, basis,
            };
            prop_assert_eq!(read::<Decision>(&DecisionEntry::Decision(decision.clone())), [decision]);
        }
    }
}
