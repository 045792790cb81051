//! 附件5, 上年数修订: values of earlier years that are told in two ways, and what would follow from taking the other one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::Context;
use super::findings;
use super::numbers::Key;
use super::numerals::{numeral, numerals_in};
use super::phrases::names;
use super::section::Draft;
use super::table::Table;
use super::values::or_dash;
use crate::evaluation::{CityEvaluation, Restatement, Taken};
use crate::ledger::StepId;
use crate::plan::Indicator;
use crate::rounding::plain;

/// Values of earlier years that are told in two ways.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Restatements {
    /// Head of the column of cities.
    place_head: &'static str,
    table: Table<RestatementRow>,
}

/// A value of an earlier year.
#[derive(Debug, Clone, Serialize)]
struct RestatementRow {
    city: String,
    indicator: String,
    year: String,
    planned: String,
    published: String,
    reported: String,
    difference: String,
    place: String,
    taken: String,
}

/// Where all of them stand.
const WHOLE: &str = "所附results.xlsx“上年数修订”表";

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Restatements> {
    let context = Some(draft.context).filter(|context| is_there(context) && !draft.is_of_many())?;
    let own = draft.own_city();
    let all = context.evaluation.restatements.iter();
    let all: Vec<&Restatement> =
        all.filter(|one| own.is_none_or(|city| one.city == city.plan.city)).collect();
    let table = Table::new("上年数修订")
        .some_note(note(&all))
        .whole_in(WHOLE)
        .empty("没有上年数修订。")
        .rows(all.into_iter().map(|one| context.restatement(one)).collect())
        .numbered(&mut draft.numbers, Key::in_annex(findings::ANNEX, "restatements"));
    Some(Restatements { place_head: context.terms.places.head, table })
}

/// Whether the round knows values of the year before at all, which could be told otherwise now, or values of any earlier year that are.
pub(super) fn is_there(context: &Context<'_>) -> bool {
    let before = context.evaluation.round.year() - 1;
    let knows_past = |city: &CityEvaluation| {
        let is_of_it = |row: &Indicator| row.past_of(before).is_some() || !row.published.is_empty();
        city.plan.indicators.iter().any(is_of_it)
    };
    let is_named = !context.evaluation.round.previous.is_empty();
    is_named || !context.evaluation.restatements.is_empty() || context.cities().iter().any(knows_past)
}

/// In which outputs the values were published.
fn note(all: &[&Restatement]) -> Option<String> {
    let published = all.iter().filter_map(|one| one.published.as_ref());
    let outputs: BTreeMap<&str, &str> =
        published.map(|one| (one.published_in.as_str(), one.figures.as_str())).collect();
    let told = |(output, figures): (&&str, &&str)| match figures.is_empty() {
        true => (*output).to_owned(),
        false => format!("{output}（数字指纹{figures}）"),
    };
    let told: Vec<String> = outputs.iter().map(told).collect();
    (!told.is_empty()).then(|| format!("注：已发布数出自{}。", told.join("；")))
}

impl Context<'_> {
    fn restatement(&self, one: &Restatement) -> RestatementRow {
        let city = self.evaluation.cities.find(&one.city);
        let row = city.and_then(|city| city.plan.indicator(&one.no));
        let unit = row.map_or("", |row| if row.is_qualitative() { "" } else { row.unit.text() });
        let name = row.map_or_else(String::new, |row| row.short.clone());
        let named = if unit.is_empty() { name } else { format!("{name}（{unit}）") };
        let reported = one.reported.as_ref();
        let place = reported.map(|told| {
            let unit = told.unit.as_ref().map_or("本报告", |unit| unit.as_str());
            match told.at.cell {
                Some(cell) => format!("{unit}，{cell}"),
                None => unit.to_owned(),
            }
        });
        let said = |text: &str, step: &Option<StepId>| or_dash(&numerals_in(text, step.as_slice()));
        RestatementRow {
            city: city.map_or_else(|| one.city.to_string(), |city| city.plan.short.clone()),
            indicator: format!("{} {named}", one.no),
            year: one.year.to_string(),
            planned: said(one.planned.as_ref().map_or("", |past| &past.text), &one.steps.planned),
            published: said(one.published.as_ref().map_or("", |past| &past.text), &one.steps.published),
            reported: said(&reported.map_or_else(String::new, |told| plain(told.value)), &one.steps.reported),
            difference: said(&one.difference.map_or_else(String::new, plain), &one.steps.difference),
            place: place.unwrap_or_else(|| "—".to_owned()),
            taken: self.taken(one),
        }
    }

    /// `未采用，与上年比较仍用方案数；如采用，判定不变`.
    fn taken(&self, one: &Restatement) -> String {
        let other = if one.reported.is_some() { "" } else { "已发布数" };
        let kept = match one.taken {
            Some(Taken::Reported) => return "采用本次数".to_owned(),
            Some(Taken::Plan) => "与上年比较仍用方案数",
            Some(Taken::Published) => "与上年比较仍用已发布数",
            None => "没有用于比较",
        };
        let verdict = match (one.restated.differs(), one.restated.would_be.chinese()) {
            (false, _) => "判定不变".to_owned(),
            (true, "") => "无判定".to_owned(),
            (true, words) => format!("判定为{words}"),
        };
        let others: Vec<String> = one.others.iter().map(|other| self.alternative(other)).collect();
        let count = others.len();
        let count = one.steps.others.as_ref().map_or_else(|| count.to_string(), |id| numeral(id, count));
        let others = if others.is_empty() {
            String::new()
        } else {
            format!("，另{}", names(&others, |_| count, "项不同"))
        };
        format!("未采用{other}，{kept}；如采用，{verdict}{others}")
    }
}
