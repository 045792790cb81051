//! What remarks on a plan are about, and what they quote.

use crate::plan::{Called, Quote, Quoted, Remark, RemarkSubject};

/// Numbers of the rows or targets that a remark concerns; empty when it concerns the table.
pub fn remark_numbers(remark: &Remark) -> String {
    remark.numbers.join("、")
}

/// The short name of what a remark concerns; of the table what its plan calls it.
pub fn remark_name<'a>(remark: &'a Remark, called: &'a Called) -> &'a str {
    match &remark.subject {
        RemarkSubject::Named(name) => name,
        RemarkSubject::Tiers => "两档目标",
        RemarkSubject::Interims => "年内目标",
        RemarkSubject::Table => &called.table,
    }
}

/// What stands in the plan, as the report quotes it.
pub fn quote_words(quote: &Quote) -> String {
    match &quote.text {
        Quoted::Words(parts) => parts.join("；"),
        Quoted::Target { year, value } => format!("{year}年目标{value}"),
        Quoted::Past { year, value } => format!("{year}年{value}"),
        Quoted::Reporters { name, reporters } => format!("{name}：{}", reporters.join("、")),
    }
}

/// The lines of the source that a quote stands on.
pub fn quote_lines(quote: &Quote) -> String {
    quote.lines.join("、")
}

/// What the table of a plan holds: 附表指标; 指标表中的指标 where its name speaks of indicators already.
pub fn table_rows(called: &Called) -> String {
    let table = &called.table;
    if called.names_indicators() { format!("{table}中的指标") } else { format!("{table}指标") }
}
