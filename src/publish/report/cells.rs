//! What the cells hold that were read.

use std::ops::AddAssign as _;

use super::context::Context;
use super::unused;
use crate::collect::{CellCounts, Reading};
use crate::evaluation::CityEvaluation;
use crate::ledger::StepId;

/// What the cells of a city's workbooks that count, or of all, hold; and what of them was not used.
pub(super) fn cells_text(context: &Context<'_>, whose: Option<&CityEvaluation>) -> String {
    let of = whose.map_or("round", |city| city.plan.city.as_str());
    let is_own = |city: &&CityEvaluation| whose.is_none_or(|own| own.plan.city == city.plan.city);
    let mut sum = CellCounts::default();
    context.cities().iter().filter(is_own).for_each(|city| sum.add_assign(city.collected.cells));
    let say = |name: &str, is_one: fn(&Reading) -> bool, number: usize| {
        let seen = context.cities().iter().filter(is_own).flat_map(|city| &city.collected.observations);
        let seen = seen.filter(|seen| seen.is_current && is_one(&seen.reading));
        let members = seen.map(|seen| StepId::new(seen.at.to_string()));
        context.book.count(&format!("{of}/#cells.{name}"), members, &[], number)
    };
    format!(
        "采用的工作簿中读取{}的本年度实绩单元格{}个：数值{}个、文字{}个、空白{}个、缺报记号{}个、不能识别{}个，没有遗漏。{}",
        context.terms.row_head(),
        say("all", |_| true, sum.read),
        say("number", |reading| matches!(reading, Reading::Number(_)), sum.number),
        say("word", |reading| matches!(reading, Reading::Present | Reading::Absent), sum.word),
        say("blank", |reading| *reading == Reading::Blank, sum.blank),
        say("mark", |reading| *reading == Reading::Mark, sum.mark),
        say("unreadable", |reading| *reading == Reading::Unreadable, sum.unreadable),
        unused::parts_of_year(context, whose)
    )
}
