//! 一、城市间比较 （二）: the indicators that all plans share, side by side.

use serde::Serialize;

use super::context::{Context, FEW};
use super::numbers::Key;
use super::say::say;
use super::section::Draft;
use super::table::Table;
use super::totals::completion;
use super::values::is_published;
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorId;
use crate::plan::Indicator;
use crate::plan::Origin;

/// Indicators common to all cities.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Common {
    cities: Vec<String>,
    table: Table<CommonRow>,
}

/// A common indicator.
#[derive(Debug, Clone, Serialize)]
struct CommonRow {
    name: String,
    cells: Vec<CommonCell>,
}

/// A city's value of a common indicator.
#[derive(Debug, Clone, Serialize)]
struct CommonCell {
    actual: String,
    published: bool,
    target: String,
    completion: String,
    state: State,
}

pub(super) fn key() -> Key {
    Key::table("common")
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Common> {
    let context = draft.compared()?;
    let ids = common_ids(context);
    if ids.is_empty() || context.cities().len() > FEW {
        return None;
    }
    let mut rows = Vec::new();
    for id in &ids {
        let mut name = String::new();
        let mut cells = Vec::new();
        for city in context.printed() {
            let found = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id));
            let Some((one, row)) = found else { continue };
            name = context.row_with_unit(&city.plan, row);
            cells.push(CommonCell {
                actual: context.actual(city, one).unwrap_or_else(|| "—".to_owned()),
                published: is_published(city, one),
                target: target_of(context, one, row),
                completion: completion_cell(one),
                state: one.state,
            });
        }
        rows.push(CommonRow { name, cells });
    }
    Some(Common {
        cities: context.printed().map(|city| context.short(&city.plan).to_owned()).collect(),
        table: Table::new(context.language.of("共同指标对比", "Shared indicators compared"))
            .told_in(context.language)
            .rows(rows)
            .numbered(&mut draft.numbers, key()),
    })
}

/// The target, with its year where that is a later one.
fn target_of(context: &Context<'_>, one: &Assessment, row: &Indicator) -> String {
    let (target, year) = (context.target_beside(one, row), one.target.year);
    match year == context.evaluation.round.year() {
        true => target,
        false => say!(context.language, "{target}（{year}年）", "{target} ({year})"),
    }
}

fn completion_cell(one: &Assessment) -> String {
    let judged = completion(one).filter(|_| one.state.is_assessable());
    judged.unwrap_or_else(|| "—".to_owned())
}

/// Catalogue ids that the table of every city holds whose chapter is printed, in the order of the first one; none where there is one alone.
pub(super) fn common_ids(context: &Context<'_>) -> Vec<IndicatorId> {
    let ids = |city: &CityEvaluation| -> Vec<IndicatorId> {
        city.assessments
            .iter()
            .filter(|one| one.origin == Origin::Table && one.is_primary())
            .filter_map(|one| one.id.clone())
            .collect()
    };
    let all: Vec<Vec<IndicatorId>> = context.printed().map(ids).collect();
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return Vec::new();
    }
    first.iter().filter(|id| rest.iter().all(|other| other.contains(id))).cloned().collect()
}
