//! Operations as tables write them, and read again.

use serde_json::Value;

use super::Operation;

impl Operation {
    /// The word in tables.
    pub fn key(&self) -> String {
        self.written().0
    }

    /// Its parameters as JSON; empty where it has none.
    pub fn params(&self) -> String {
        self.written().1
    }

    /// The word in tables, and the parameters as JSON with their names in order; empty where there are none.
    pub fn written(&self) -> (String, String) {
        // Names of a warrant stand among those beside it, which only a whole value can put in order; the fields of all others are declared in it.
        if matches!(self, Self::Decision { .. } | Self::OfAnother { .. }) {
            let (key, params) = self.parts();
            return (key, if params.is_null() { String::new() } else { params.to_string() });
        }
        let json = serde_json::to_string(self).unwrap_or_default();
        let own = json.strip_prefix(r#"{"op":""#).and_then(|rest| rest.strip_suffix('}'));
        let Some((key, rest)) = own.and_then(|own| own.split_once('"')) else { return Default::default() };
        (key.to_owned(), rest.strip_prefix(r#","params":"#).unwrap_or_default().to_owned())
    }

    /// The word in tables, and the parameters; null where there are none.
    fn parts(&self) -> (String, Value) {
        if let Self::OfAnother { op, params } = self {
            return (op.clone(), params.clone());
        }
        let mut value = serde_json::to_value(self).unwrap_or_default();
        let mut part = |name| value.get_mut(name).map(Value::take).unwrap_or_default();
        let (key, params) = (part("op"), part("params"));
        (key.as_str().unwrap_or_default().to_owned(), params)
    }

    /// Reads an operation as the table writes it.
    ///
    /// # Errors
    /// Fails with the words of the parser when it is none.
    pub fn read(key: &str, params: &str) -> Result<Self, serde_json::Error> {
        let mut value = serde_json::Map::new();
        value.insert("op".to_owned(), key.into());
        if !params.is_empty() {
            value.insert("params".to_owned(), serde_json::from_str(params)?);
        }
        serde_json::from_value(value.into())
    }

    /// The same of what another version may have written: what this one does not know is kept as it stands.
    ///
    /// # Errors
    /// Fails when the parameters are no JSON.
    pub fn read_of_another(op: &str, params: &str) -> Result<Self, serde_json::Error> {
        Self::read(op, params).or_else(|_| {
            let params = if params.is_empty() { Value::Null } else { serde_json::from_str(params)? };
            Ok(Self::OfAnother { op: op.to_owned(), params })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::OpenCause;
    use super::*;
    use crate::collect::CellForm;
    use crate::plan::{Operator, Warrant};

    #[test]
    fn an_operation_is_written_as_its_value_is() {
        let text = || "“a\"\\\n".to_owned();
        let warrant = Warrant { by: text(), reason: text(), basis: text(), ..Warrant::default() };
        let all = [
            Operation::Cell { stored: Some(CellForm::Number) },
            Operation::Cell { stored: None },
            Operation::File { received: Some(text()), registered: true, version: text() },
            Operation::Line { file: text(), line: text() },
            Operation::Curated { file: text(), line: Some(3) },
            Operation::Parameter { file: text(), line: None },
            Operation::Decision { file: text(), line: Some(1), kind: text(), what: text(), warrant },
            Operation::Finding,
            Operation::Read { by: text(), year: 2023 },
            Operation::ParseNumber { as_number: None },
            Operation::Scale { down: text(), from: text(), up: text() },
            Operation::PickVersion { chosen: None },
            Operation::PlanMagnitude { down: text(), least: text(), up: text() },
            Operation::Slack { absolute: true, counted: false },
            Operation::Reach { operator: Operator::About },
            Operation::Boundary { operator: Operator::LessThan, places: 2 },
            Operation::Due { all: 5, gone: -1 },
            Operation::Open { cause: OpenCause::NotDue },
            Operation::Count { of: vec![text(), text()] },
            Operation::Count { of: Vec::new() },
        ];
        for operation in all {
            let (key, params) = operation.parts();
            let params = if params.is_null() { String::new() } else { params.to_string() };
            assert_eq!(operation.written(), (key, params), "{operation:?}");
        }
    }

    #[test]
    fn what_another_version_did_is_kept_as_it_stands_where_outputs_are_compared() {
        let cause = r#"{"cause":"reference_lagged"}"#;
        for (op, params) in [("open", cause), ("points.of_old", ""), ("round", r#"{"digits":1}"#)] {
            assert!(Operation::read(op, params).is_err(), "{op}");
            let kept = Operation::read_of_another(op, params).unwrap();
            assert_eq!((kept.key().as_str(), kept.params().as_str()), (op, params));
        }
        assert_eq!(Operation::read_of_another("sum", "").unwrap(), Operation::Sum);
        assert!(Operation::read_of_another("sum", "{").is_err());
    }
}
