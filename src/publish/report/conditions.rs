//! The conditions of publication (`[gate]`) as annex 8 lists them.

use crate::finding::Language;
use crate::plan::Withholding;

/// Those that withhold something: when, that it is withheld, and what.
pub(super) fn conditions(gate: &Withholding) -> impl Iterator<Item = (String, String, String)> {
    gate.set().map(|(key, what)| {
        let when = match key {
            "error" => "有错误未了结",
            "warning" => "有警告未了结",
            _ => "有错误级规则不能判断",
        };
        (when.to_owned(), "暂不刊出".to_owned(), format!("{}；已豁免的不计", what.words(Language::Chinese)))
    })
}
